//! Words for what is wrong with the files of a delivery: other people's folders, sticks pulled out, numbers without an order, broken files.

use super::{Lang, label};
use crate::domain::day::Day;
use crate::domain::photo::Fault;
use crate::domain::review::session::Broken;
use crate::domain::review::strangers::Strangers;
use crate::domain::review::{Besides, Review};

/// Why a person must look, where no time or order is the reason.
pub(super) fn besides(lang: Lang, day: &Day, review: &Review, reason: &Besides) -> String {
    match (reason, lang) {
        (Besides::Strangers, _) => {
            lang.pick("读进来的是别人的照片，该生的还没有读", "other people's pictures were read, theirs are still to come").to_owned()
        }
        (Besides::Second(other), Lang::Zh) => format!("又来了一张：{}，用哪一张？", file_of(review, *other)),
        (Besides::Second(other), Lang::En) => format!("another one came, {}: which is it to be?", file_of(review, *other)),
        (Besides::Nameless(n), Lang::Zh) => format!("有 {n} 张文件名认不出是谁，可能是该生的"),
        (Besides::Nameless(n), Lang::En) => format!("{n} files bear a name that means nobody: one may be theirs"),
        (Besides::Denied(places), _) => {
            let files: Vec<String> = places.iter().take(2).map(|place| file_of(review, *place)).collect();
            let more = if places.len() > files.len() { "…" } else { "" };
            match lang {
                Lang::Zh => format!("认过不是本人：{}{more}", files.join("、")),
                Lang::En => format!("said not to be theirs: {}{more}", files.join(", ")),
            }
        }
        (Besides::Elsewhere(key), Lang::Zh) => format!("{} {} 也拍了，那里已经核对过", label::room(day, &key.room), key.date),
        (Besides::Elsewhere(key), Lang::En) => {
            format!("photographed in {} on {}, too, and confirmed there", label::room(day, &key.room), key.date)
        }
    }
}

/// A folder whose names are those of other people: whose, and what to do.
pub fn strangers(lang: Lang, day: &Day, folder: &str, strangers: &Strangers) -> (String, &'static str) {
    let folder = label::clean(folder);
    let room = strangers.room.as_ref().map(|room| label::room(day, room));
    let (named, here) = (strangers.named, strangers.here);
    let whose = match (lang, room) {
        (Lang::Zh, Some(room)) => format!("多半是 {room} 的照片"),
        (Lang::Zh, None) => "多半不是这一场的照片".to_owned(),
        (Lang::En, Some(room)) => format!("most likely these are the pictures of {room}"),
        (Lang::En, None) => "most likely these are not the pictures of this session".to_owned(),
    };
    let what = match lang {
        Lang::Zh => format!("读错了采集点？{whose}：{folder} 里 {named} 张写明是谁，这一场的只有 {here} 张"),
        Lang::En => format!("the wrong room? {whose}: {named} files in {folder} say whose they are, {here} of people of this session"),
    };
    let hint = lang.pick(
        "撤下它（duihao photos settle 撤下 --folder 文件夹），读给那个采集点；确是这一场的，指定一张",
        "set it aside (duihao photos settle withdraw --folder DIR) and read it for that room; if it is this session's give one picture to its person",
    );
    (what, hint)
}

/// Pictures that could not be opened when the folder was read.
pub fn unopened(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 张打不开，没有读进来：U 盘或读卡器拔了？接好，同一个文件夹再读一次"),
        Lang::En => {
            format!("{n} files could not be opened and were not read: was the stick pulled out? Connect it and read the same folder again")
        }
    }
}

/// Numbered pictures of several folders that have no order.
pub fn unordered(lang: Lang, review: &Review) -> String {
    let n = review.setup.unordered.len();
    let first = review.setup.unordered.first().map(|p| file_of(review, *p)).unwrap_or_default();
    match lang {
        Lang::Zh => format!(
            "{n} 张编号的照片（{first} 等）在几个文件夹里各自从头编号，文件夹名又不是班级名：先后不知道，没有拿来数。把文件夹改成班级名（每班一个）再读"
        ),
        Lang::En => format!(
            "{n} numbered pictures ({first} …) lie in several folders that each begin anew, and no folder is named by a class: their order is not known and they were not counted. Name each folder by its class and read again"
        ),
    }
}

/// `照片坏了：DSC_4731.JPG（空文件）`, or between which files theirs is.
pub(super) fn broken(lang: Lang, review: &Review, files: Broken) -> String {
    let photo = &review.album.photos[files.first];
    let (first, fault) = (file_of(review, files.first), photo.picture.fault.map(|f| fault(lang, f)).unwrap_or_default());
    let last = file_of(review, files.last);
    match lang {
        Lang::Zh if files.files > 1 => format!("照片坏了：{first} 到 {last} 共 {} 张（{fault}），该生的是哪一张分不出来", files.files),
        Lang::En if files.files > 1 => {
            format!("files cannot be read: {first} to {last}, {} files ({fault}); which of them is theirs cannot be told", files.files)
        }
        Lang::Zh => format!("照片坏了：{first}（{fault}）"),
        Lang::En => format!("the file cannot be read: {first} ({fault})"),
    }
}

/// A name may mean somebody and still nobody of this session.
pub(super) fn names_nobody(lang: Lang, day: &Day, review: &Review, place: usize) -> String {
    let told = &review.setup.told[place];
    match (&told.who, told.namesakes.len()) {
        (Some((subject, _)), _) => {
            let name = label::name(lang, day, subject);
            match lang {
                Lang::Zh => format!("是 {name} 的，这一场没有该生的记录"),
                Lang::En => format!("{name}'s, whom this session does not have"),
            }
        }
        (None, n) if n > 1 => match lang {
            Lang::Zh => format!("名单上有 {n} 个人叫这个名字"),
            Lang::En => format!("{n} people of the lists bear this name"),
        },
        (None, _) if told.class.is_some() && told.counter.is_some() => {
            let class = label::clean(told.class.as_deref().unwrap_or_default());
            match lang {
                Lang::Zh => format!("文件夹是 {class} 的，没有拿来数"),
                Lang::En => format!("its folder is that of {class}: it was not counted"),
            }
        }
        _ => lang.pick("文件名认不出是谁：名单上没有，或写错了", "the name means nobody: not on the lists, or mistyped").to_owned(),
    }
}

/// File name, with the folder it lies in where another file has the same name.
pub fn file_of(review: &Review, place: usize) -> String {
    label::code(&review.album.short(place))
}

/// A damaged or odd file.
pub fn fault(lang: Lang, fault: Fault) -> &'static str {
    match fault {
        Fault::Empty => lang.pick("空文件", "empty file"),
        Fault::Truncated => lang.pick("文件不完整", "file ends too early"),
        Fault::NotAPicture => lang.pick("不是图片", "no picture"),
        Fault::ForeignFormat => lang.pick("格式不读（HEIC、RAW 等），请另存为 JPEG", "format not read (HEIC, RAW …): save it as JPEG"),
        Fault::Unreadable => lang.pick("打不开", "cannot be opened"),
        Fault::ZeroTime => lang.pick("拍摄时间为零", "capture time is zero"),
        Fault::Damaged => lang.pick("图像损坏", "damaged picture"),
    }
}
