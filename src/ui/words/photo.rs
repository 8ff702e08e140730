//! Photographs in words: doubts, refusals, and what the pictures show.

use super::photo_trouble::{besides, broken, names_nobody};
pub use super::photo_trouble::{fault, file_of};
use super::{Lang, label};
use crate::domain::align::outcome::{Clock, Method, Refusal, Why};
use crate::domain::day::Day;
use crate::domain::ids::Millis;
use crate::domain::review::looks::{Look, LookKind};
use crate::domain::review::{FrameStatus, Review, ReviewCamera, RowPhoto, RowStatus, Stretch};
use crate::domain::visit::Subject;

/// `0413B 徐敏`: someone who sat down.
pub fn sitter(lang: Lang, day: &Day, review: &Review, shot: usize) -> String {
    let Some(sitter) = review.setup.sitters.get(shot) else { return String::new() };
    let name = label::name(lang, day, &sitter.subject);
    match &sitter.token {
        Some(token) if *token != name => format!("{} {name}", label::clean(token)),
        _ => name,
    }
}

/// The number alone, else the name.
pub(super) fn number(lang: Lang, day: &Day, review: &Review, shot: usize) -> String {
    let Some(sitter) = review.setup.sitters.get(shot) else { return String::new() };
    sitter.token.as_deref().map_or_else(|| label::name(lang, day, &sitter.subject), label::clean)
}

/// File name without its folders.
pub fn file(path: &str) -> String {
    label::code(path.rsplit('/').next().unwrap_or(path))
}

/// How a picture stands.
pub fn status(lang: Lang, status: RowStatus) -> &'static str {
    match status {
        RowStatus::Sure => lang.pick("可用", "sure"),
        RowStatus::Doubt => lang.pick("待核对", "look"),
        RowStatus::Confirmed => lang.pick("已核对", "confirmed"),
        RowStatus::NoPhoto => lang.pick("无照片", "none"),
    }
}

/// What a photograph is.
pub fn frame(lang: Lang, status: FrameStatus) -> &'static str {
    match status {
        FrameStatus::Used => lang.pick("使用", "used"),
        FrameStatus::Retake => lang.pick("重拍", "retake"),
        FrameStatus::Extra => lang.pick("无主", "nobody's"),
        FrameStatus::Sync => lang.pick("对时", "clock"),
        FrameStatus::Marker => lang.pick("标记", "marker"),
        FrameStatus::Unclaimed => lang.pick("待认领", "unclaimed"),
    }
}

/// What a picture rests on.
pub fn method(lang: Lang, method: Method) -> &'static str {
    match method {
        Method::Name => lang.pick("文件名", "name"),
        Method::Order => lang.pick("顺序", "order"),
        Method::Time => lang.pick("时间", "time"),
        Method::Marker => lang.pick("标记", "marker"),
        Method::Person => lang.pick("人工", "person"),
    }
}

/// Why a person must look.
pub fn why(lang: Lang, why: Why) -> &'static str {
    match why {
        Why::Refused => lang.pick("这一段时间对不上", "the times of this stretch do not fit"),
        Why::Ambiguous => lang.pick("可能是前后相邻的人", "may be a neighbour's"),
        Why::MaybeStray => lang.pick("最后一张可能是误拍", "the last frame may be a stray"),
        Why::GapBesideExtra => lang.pick("旁边一人缺照片、一人多照片", "a neighbour lacks a picture, another has one too many"),
        Why::ForgottenBesideMissed => lang.pick("旁边有漏扫，又有漏拍", "a forgotten scan beside a missed shot"),
        Why::NearJump => lang.pick("相机时钟跳变前后十分钟内", "within ten minutes of a jump of the camera's clock"),
        Why::OutOfOrder => lang
            .pick("这张或相邻的照片，文件号和拍摄时间的先后不一致", "number and time of this frame or one beside it tell different orders"),
        Why::Twin => lang.pick("与另一人用的是同一张照片", "another person has the same picture"),
        Why::Broken => lang.pick("照片坏了", "the file cannot be read"),
        Why::CounterGap => lang.pick("该生照片之间文件号不连", "a file number is missing inside their frames"),
        Why::NameContradicts => lang.pick("文件名与顺序、时间不符", "the file's name contradicts order and time"),
        Why::OrderOnly => lang.pick("只凭顺序，须本人或班主任核对", "order alone: the class has to look"),
        Why::NameOnly => lang.pick("只凭文件名，须本人或班主任核对", "the name alone: the class has to look"),
        Why::Asked => lang.pick("现场记录有疑问（顺序不同或拍了两次）", "the log asks for it (out of order, or sat twice)"),
        Why::LagOff => lang.pick("扫码到快门的时间与当天不符", "far from the day's usual time between scan and shutter"),
        Why::NoTime => lang.pick("这张或相邻的照片没有可用的拍摄时间", "this frame or one beside it has no usable capture time"),
        Why::FramesUnclaimed => lang.pick("旁边有没有主人的照片，可能是该生的", "frames of nobody stand there and may be theirs"),
        Why::RetakeMissing => lang.pick("记了重拍，该生的照片却不够", "the log has a retake of theirs, and there are fewer pictures"),
        Why::SameMoment => lang.pick(
            "最后几张在同一秒拍的，又没有文件号，分不出先后",
            "the last pictures were taken in one second and have no numbers: which came last cannot be told",
        ),
        Why::ScannedTogether => {
            lang.pick("这一段几个人一起扫码，谁先拍分不出来", "scanned together here: time cannot tell who went in first")
        }
        Why::Denied => {
            lang.pick("这一段有人认出“不是”，错到哪里还没有认清", "a picture here was said not to be theirs: how far that reaches is open")
        }
        Why::OneAhead => lang.pick("这一段像是整体差一位（提前一位扫码）", "this stretch looks one person off (scanned one ahead)"),
    }
}

/// Why nothing of a stretch is sure, and what to do: what to look through, and whose face first.
pub fn stretch(lang: Lang, day: &Day, review: &Review, stretch: &Stretch) -> String {
    let why = why(lang, stretch.why);
    let (from, to) = (number(lang, day, review, stretch.from), number(lang, day, review, stretch.to));
    let face = stretch.face.map(|shot| sitter(lang, day, review, shot));
    let first = match (lang, face) {
        (Lang::Zh, Some(face)) => format!("，先认一张脸：{face}"),
        (Lang::En, Some(face)) => format!(", one face first: {face}"),
        (_, None) => String::new(),
    };
    match lang {
        Lang::Zh => format!("从 {from} 到 {to} 共 {} 人待核对：{why}；看这一段的对照页{first}", stretch.people),
        Lang::En => {
            format!("from {from} to {to}, {} people to look at: {why}; go through the contact sheet of that stretch{first}", stretch.people)
        }
    }
}

/// All of that in one line.
pub fn whys(lang: Lang, day: &Day, review: &Review, row: &RowPhoto) -> String {
    reasons(lang, day, review, row).join(lang.pick("、", ", "))
}

/// Why a person must look, with the files it is about: what tells most first, that order or name alone speaks for it last.
pub fn reasons(lang: Lang, day: &Day, review: &Review, row: &RowPhoto) -> Vec<String> {
    let of = |why: &Why| match (why, row.broken, row.photo) {
        (Why::Broken, Some(files), _) => broken(lang, review, files),
        (Why::Refused, ..) if matches!(review.refused(), Some(Refusal::NoTimes | Refusal::TimesUseless | Refusal::HandedOnly)) => {
            lang.pick("没有时间可对", "there are no times to go by").to_owned()
        }
        (Why::Twin, _, Some(place)) => twin(lang, day, review, place),
        _ => self::why(lang, *why).to_owned(),
    };
    let weight = |why: &&Why| match why {
        Why::Twin | Why::Broken => 0,
        Why::OrderOnly | Why::NameOnly => 3,
        _ => 2,
    };
    let mut said: Vec<(u8, String)> = row.why.iter().map(|why| (weight(&why), of(why))).collect();
    said.extend(row.besides.iter().map(|reason| (1, besides(lang, day, review, reason))));
    said.sort_by_key(|(weight, _)| *weight);
    said.into_iter().map(|(_, said)| said).collect()
}

/// Which other picture it is, and under whose name.
fn twin(lang: Lang, day: &Day, review: &Review, place: usize) -> String {
    let twins = review.twins.iter().find(|t| t.places.contains(&place));
    let Some((twins, other)) = twins.and_then(|t| Some((t, *t.places.iter().find(|p| **p != place)?))) else {
        return why(lang, Why::Twin).to_owned();
    };
    same(lang, &of_whom(lang, day, review, other), twins.equal)
}

/// `DSC_4751.JPG 郭霞玉`
fn of_whom(lang: Lang, day: &Day, review: &Review, place: usize) -> String {
    let whose = review.owner(place).map(|s: &Subject| label::name(lang, day, s)).unwrap_or_default();
    format!("{} {whose}", file_of(review, place)).trim_end().to_owned()
}

/// Equal to the byte, or alike as far as can be measured.
fn same(lang: Lang, other: &str, equal: bool) -> String {
    match (lang, equal) {
        (Lang::Zh, true) => format!("与 {other} 是同一张照片"),
        (Lang::Zh, false) => format!("与 {other} 看起来是同一张照片"),
        (Lang::En, true) => format!("the same picture as {other}"),
        (Lang::En, false) => format!("looks the same as {other}"),
    }
}

/// `NIKON D7500 30022`, or that the files do not say.
pub fn body(lang: Lang, camera: &ReviewCamera<'_>) -> String {
    camera.body.map_or_else(|| lang.pick("没写机号的相机", "camera without a name").to_owned(), label::clean)
}

/// `NIKON D7500 30022：11 张，时差 -21.0 秒`
pub fn camera(lang: Lang, camera: &ReviewCamera<'_>) -> String {
    let offset = camera.clock.map_or_else(|| "–".to_owned(), |c| format!("{:+.1} {}", c.offset as f64 / 1_000.0, lang.pick("秒", "s")));
    match lang {
        Lang::Zh => format!("{}：{} 张，时差 {offset}", body(lang, camera), camera.frames),
        Lang::En => format!("{}: {} pictures, clock difference {offset}", body(lang, camera), camera.frames),
    }
}

/// `F:\\DCIM：860 张`, a folder that was read.
pub fn folder(lang: Lang, review: &Review, reading: &str) -> String {
    let shown = review.album.folders.get(reading).map(|f| label::clean(f)).unwrap_or_default();
    let n = review.album.photos.iter().filter(|p| p.id.reading == reading).count();
    match lang {
        Lang::Zh => format!("{shown}：{n} 张"),
        Lang::En => format!("{shown}: {n} pictures"),
    }
}

/// What is refused, with the two differences where there are two, and of which camera where there are several.
pub fn refused(lang: Lang, review: &Review, refused: Refusal) -> String {
    let near = review.alignment.clocks.iter().filter_map(|c| Some((c, c.rival?)));
    let two = near.min_by(|a, b| a.0.margin.total_cmp(&b.0.margin)).filter(|_| refused == Refusal::TwoOffsets);
    let what = refusal(lang, refused).0;
    let Some((clock, rival)) = two else { return what.to_owned() };
    let (first, second) = (clock.offset as f64 / 1_000.0, rival as f64 / 1_000.0);
    let cameras = review.cameras();
    let own = cameras.iter().find(|c| c.number == clock.camera && cameras.len() > 1);
    let of = own.map(|c| format!("{} ", body(lang, c))).unwrap_or_default();
    match lang {
        Lang::Zh => format!("{what}：{of}{first:+.1} 秒和 {second:+.1} 秒"),
        Lang::En => format!("{what}: {of}{first:+.1} s and {second:+.1} s"),
    }
}

/// Why nothing of a session is sure: what, and what to do.
pub fn refusal(lang: Lang, refusal: Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::NoFrames => (
            lang.pick("没有可用的照片", "there are no usable pictures"),
            lang.pick("换一个文件夹再读：duihao photos read 文件夹", "read another folder: duihao photos read DIR"),
        ),
        Refusal::NoShots => (
            lang.pick("这一场没有拍摄记录", "nobody was photographed there by the log"),
            lang.pick("先导入现场记录", "import the scan log first"),
        ),
        Refusal::TimesUseless => (
            lang.pick("照片时间全都一样或几乎一样，时间不能作依据", "all capture times are alike: time cannot decide"),
            lang.pick("取相机原始照片；否则按班打印对照页核对", "get the camera's originals, or check class by class with contact sheets"),
        ),
        Refusal::NoRhythm => (
            lang.pick("照片的节奏与这一场对不上", "the rhythm of the pictures does not fit this session"),
            lang.pick(
                "多半是别的采集点或别的日子的照片：撤下它（duihao photos settle 撤下 --folder 文件夹）；确是这一场就用 --offset 给出相机时差",
                "most likely another room's or another day's: set it aside (duihao photos settle withdraw --folder DIR); if it is this session's give the clock difference by --offset",
            ),
        ),
        Refusal::TooFewFrames => (
            lang.pick("节奏对得上，可是一半以上的人没有照片", "the rhythm fits, but more than half of the people have no picture"),
            lang.pick(
                "还有一张卡或另一台相机没有读？接着读它：duihao photos read 文件夹",
                "is there another card or camera? Read it, too: duihao photos read DIR",
            ),
        ),
        Refusal::TwoOffsets => (
            lang.pick("有两个相机时差都说得通", "two clock differences fit about as well"),
            lang.pick(
                "认三张分散的脸就能定下来：duihao photos settle 确认；相机上看得到时钟的，也可以给出时差：duihao photos settle 时差 --value 秒",
                "confirming three faces far apart settles it: duihao photos settle confirm; or give the difference read off the camera: duihao photos settle offset --value SECONDS",
            ),
        ),
        Refusal::OffsetUnconfirmed => (
            lang.pick("相机日期与这一天不同，还没有人确认", "the camera's date is another day, and nobody has confirmed it"),
            lang.pick(
                "是就确认一次：duihao photos settle 时差 --room 采集点",
                "if so confirm once: duihao photos settle offset --room ROOM",
            ),
        ),
        Refusal::Lost => (
            lang.pick("缺照片太多或顺序跟不上，整场不可信", "too many are missing or the order cannot be followed"),
            lang.pick("核对采集点、日期和现场记录", "check room, date and scan log"),
        ),
        Refusal::TooManyFrames => (
            lang.pick("照片比人多出一半以上", "there are half as many pictures again as people, or more"),
            lang.pick("是否读进了别的采集点的照片？", "are another room's pictures among them?"),
        ),
        Refusal::HandedOnly => (
            lang.pick("只有发号时间，没有拍摄时间，时间不能作依据", "only the times of handing out numbers are known: time cannot decide"),
            lang.pick("按班打印对照页，本人签字确认", "print contact sheets by class and have them signed"),
        ),
        Refusal::OneAhead => (
            lang.pick(
                "每个班（或整场）都是一头没有照片、一头多一张：像是整体差一位，例如提前一位扫码",
                "class after class, or all of it, lacks a picture at one end and has one too many at the other: everybody may be one off",
            ),
            lang.pick(
                "问现场是怎么扫码的、时差给得对不对，按班打印对照页核对",
                "ask how they were scanned and whether the clock difference is right, and check class by class",
            ),
        ),
        Refusal::ScannedTogether => (
            lang.pick(
                "门口常常两三个人一起扫码、再一个一个拍：谁先进去时间分不出来",
                "people were scanned two or three at once and photographed one after the other: time cannot tell who went in first",
            ),
            lang.pick(
                "按班打印对照页核对；下次坐下再扫，或每班拍一张标记",
                "check class by class with contact sheets; next time scan when they sit down, or shoot a marker for each class",
            ),
        ),
        Refusal::NoTimes => (
            lang.pick("照片没有拍摄时间，只能凭顺序或文件名", "the pictures have no times: only order or names speak for them"),
            lang.pick("按班打印对照页，本人签字确认", "print contact sheets by class and have them signed"),
        ),
    }
}

/// More frames than people by half and more.
pub fn many_more(lang: Lang, review: &Review) -> String {
    let (frames, people) = (review.setup.problem.frames.len(), review.setup.sitters.len());
    match lang {
        Lang::Zh => format!("照片 {frames} 张，登记拍摄 {people} 人，照片比人多出一半以上：是不是把别的采集点的照片也读进来了？"),
        Lang::En => format!("{frames} pictures of {people} people, half as many again: are another room's pictures among them?"),
    }
}

/// A camera that says another day or is hours off: is it the right folder?
pub fn confirm(lang: Lang, clock: &Clock) -> String {
    let hours = clock.offset.abs() as f64 / 3_600_000.0;
    let fit = (clock.fit.clamp(0.0, 1.0) * 100.0).floor();
    let (days, more) = ((hours / 24.0).round(), hours < 18.0);
    match (lang, more) {
        (Lang::Zh, true) => format!("相机时钟差 {hours:.1} 小时，节奏吻合 {fit}%，是这一场的照片吗？"),
        (Lang::Zh, false) => format!("相机日期差 {days} 天，节奏吻合 {fit}%，是当天的照片吗？"),
        (Lang::En, true) => {
            format!("the camera's clock is {hours:.1} hours off, the rhythm fits {fit}%: are these the pictures of this session?")
        }
        (Lang::En, false) => format!("the camera's date is {days} days off, the rhythm fits {fit}%: are these the pictures of that day?"),
    }
}

/// A difference that somebody gave and that the day contradicts.
pub fn overruled(lang: Lang, given: Millis) -> String {
    let given = given as f64 / 1_000.0;
    match lang {
        Lang::Zh => format!("给出的时差 {given:+.1} 秒与扫码和照片的节奏不符，没有用它"),
        Lang::En => format!("the clock difference given, {given:+.1} s, contradicts the rhythm of scans and pictures and was not used"),
    }
}

/// Pictures that were replaced after somebody had decided about them.
pub fn replaced(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 张核对过的照片后来换了文件：换了的要重新核对"),
        Lang::En => format!("{n} pictures were replaced after they had been decided about: look at them again"),
    }
}

/// Pictures of other days and hours: how many, and from when to when by the camera.
pub fn outside(lang: Lang, day: &Day, review: &Review) -> String {
    let places = &review.setup.outside;
    let taken = || places.iter().filter_map(|p| review.album.photos[*p].picture.taken);
    let said = |at: Option<Millis>| at.map(|at| day.campaign().zone.local(at).format("%-m-%-d %-H:%M").to_string()).unwrap_or_default();
    let (from, to) = (said(taken().min()), said(taken().max()));
    let when = if from == to { from } else { format!("{from}–{to}") };
    match lang {
        Lang::Zh => format!("{} 张不是这一场拍的（{when}），没有拿来对，也不算谁的", places.len()),
        Lang::En => format!("{} pictures are not of this session ({when}): they were left out and are nobody's", places.len()),
    }
}

/// `DSC_0417.JPG 8:41:07 待认领`: a picture of nobody.
pub fn loose(lang: Lang, day: &Day, review: &Review, place: usize) -> String {
    let photo = &review.album.photos[place];
    let taken = photo.picture.taken.map(|at| label::clock(day, at)).unwrap_or_default();
    let part = review.frame(place).map(|f| frame(lang, f)).unwrap_or_default();
    [file_of(review, place).as_str(), &taken, part].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Pictures that are not where they were read.
pub fn unseen(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 张照片打不开，格子是空的：插好存放原始照片的盘，或从新位置再读一次照片文件夹"),
        Lang::En => {
            format!("{n} pictures cannot be opened, their boxes are empty: connect their disc, or read the folder again where it is now")
        }
    }
}

/// The pictures of another room.
pub fn elsewhere(lang: Lang, room: &str) -> String {
    match lang {
        Lang::Zh => format!(
            "这些照片已经读给 {room} 了：是不是读错了采集点？读错的那一次可以撤下：照片核对里“读过的文件夹”，或 duihao photos settle 撤下"
        ),
        Lang::En => format!(
            "these pictures were read for {room} already: is it the right room? The wrong reading can be set aside: under “Folders that were read”, or duihao photos settle withdraw"
        ),
    }
}

/// Something to look at in a picture.
pub fn look(lang: Lang, day: &Day, review: &Review, look: &Look) -> String {
    let what = match look.kind {
        LookKind::Fault(f) => fault(lang, f).to_owned(),
        LookKind::Twin => {
            let other = look.other.map(|p| of_whom(lang, day, review, p)).unwrap_or_default();
            same(lang, &other, look.value == "=")
        }
        LookKind::NamesNobody => names_nobody(lang, day, review, look.place),
        LookKind::Second => {
            let other = look.other.map(|p| of_whom(lang, day, review, p)).unwrap_or_default();
            match lang {
                Lang::Zh => format!("又来了一张 {other}：并排看，用哪一张就确认哪一张"),
                Lang::En => format!("another one came, {other}: look at both and confirm the one to use"),
            }
        }
        LookKind::Size => format!("{} {}", lang.pick("尺寸不符", "wrong size"), look.value),
        LookKind::Bytes => format!("{} {}", lang.pick("文件大小不符", "wrong file size"), look.value),
        LookKind::Turned => format!("{} {}", lang.pick("横放", "lies on its side"), look.value),
        LookKind::Dark => format!("{} {}", lang.pick("太暗", "too dark"), look.value),
        LookKind::Bright => format!("{} {}", lang.pick("太亮", "too bright"), look.value),
        LookKind::Blurred => format!("{} {}", lang.pick("不清晰", "not sharp"), look.value),
        LookKind::NotBlue => format!("{} {}", lang.pick("背景不是蓝色", "background not blue"), look.value),
        LookKind::Uneven => format!("{} {}", lang.pick("背景不匀", "background uneven"), look.value),
    };
    format!("{}{}{what}", of_whom(lang, day, review, look.place), lang.pick("：", ": "))
}
