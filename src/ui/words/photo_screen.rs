//! Words of the photos screen: counts, candidates side by side, the proof, and how far work in the background is.

use super::{Lang, label, photo};
use crate::desk::jobs::{Pace, Stretch};
use crate::domain::align::outcome::{Clock, Refusal, Why};
use crate::domain::ids::Millis;
use crate::domain::review::Review;

/// `照片 868  登记拍摄 842  相机时差 +197.3 秒`
pub fn figures(lang: Lang, frames: usize, shots: usize, clock: Option<&Clock>) -> String {
    let offset = clock.map_or_else(|| "–".to_owned(), |c| format!("{:+.1} {}", c.offset as f64 / 1000.0, lang.pick("秒", "s")));
    let drift = clock.filter(|c| c.drift_ppm.abs() >= 0.5).map(|c| format!(" {:+.0} ppm", c.drift_ppm)).unwrap_or_default();
    match lang {
        Lang::Zh => format!("照片 {frames}  登记拍摄 {shots}  相机时差 {offset}{drift}"),
        Lang::En => format!("{frames} frames  {shots} shots  clock difference {offset}{drift}"),
    }
}

/// More faces than this are quicker looked at class by class.
const FEW_FACES: usize = 20;

/// The same of a session; where somebody said no it says why there may be more of them than before.
pub fn faces_of(lang: Lang, review: &Review) -> String {
    let said = faces(lang, review.faces_left());
    let after_no = review.alignment.shots.iter().any(|placed| placed.why.contains(&Why::Denied));
    match (after_no, lang) {
        (true, Lang::Zh) => format!("{said}（有“不是”：问到两头都对为止）"),
        (true, Lang::En) => format!("{said} (after a no: until both sides are right)"),
        (false, _) => said,
    }
}

/// `再核对 6 张脸即可证实`, or about how many where the answers decide what is asked next; of very many, what is quicker.
fn faces(lang: Lang, (asked, more): (usize, usize)) -> String {
    let n = asked + more;
    match lang {
        Lang::Zh if n > FEW_FACES => format!("时间证实不了的约 {n} 人，要一张张认：按班打印对照页核对更快"),
        Lang::En if n > FEW_FACES => {
            format!("time proves little: about {n} faces left to confirm, quicker class by class with contact sheets")
        }
        Lang::Zh if more > 0 => format!("大约再核对 {n} 张脸即可证实"),
        Lang::En if more > 0 => format!("about {n} faces left to confirm"),
        Lang::Zh => format!("再核对 {n} 张脸即可证实"),
        Lang::En if n == 1 => "1 face left to confirm".to_owned(),
        Lang::En => format!("{n} faces left to confirm"),
    }
}

/// Everything was proven.
pub fn proven(lang: Lang) -> &'static str {
    lang.pick("✓ 已证实没有错位", "✓ no shift: proven")
}

/// The question of the proof.
pub fn is_it(lang: Lang, who: &str) -> String {
    match lang {
        Lang::Zh => format!("这是 {who} 吗？"),
        Lang::En => format!("Is this {who}?"),
    }
}

/// The two answers of the proof.
pub fn answers(lang: Lang) -> [&'static str; 2] {
    [lang.pick("是", "Yes"), lang.pick("不是：看前后的照片", "No: look at the neighbours")]
}

/// `前 -22秒`, `后 +8秒`: a neighbour in the proof.
pub fn beside(lang: Lang, later: bool, after: Option<Millis>) -> String {
    let side = if later { lang.pick("后", "after") } else { lang.pick("前", "before") };
    [side.to_owned(), after.map(|ms| self::after(lang, ms)).unwrap_or_default()].join(" ").trim_end().to_owned()
}

/// What the keys of the proof do.
pub fn proof_keys(lang: Lang) -> &'static str {
    lang.pick(
        "↑↓ 选择  回车 确定  ←→ 是本人的另一张  PgDn 先看下一张脸  Esc 返回",
        "up/down choose  Enter takes  left/right another of theirs  PgDn next face  Esc back",
    )
}

/// What the keys beside the candidates do.
pub fn face_keys(lang: Lang) -> &'static str {
    lang.pick("←→ 选照片   ↑↓ 前后一人   Esc 返回", "left/right picture   up/down person   Esc back")
}

/// What Enter would do with the chosen photograph.
pub fn enter_does(lang: Lang, proposed: bool, known: bool) -> &'static str {
    match (known, proposed) {
        (false, _) => lang.pick("回车：写明这是谁", "Enter: say whose it is"),
        (true, true) => lang.pick("回车：确认这张就是", "Enter: confirm this one"),
        (true, false) => lang.pick("回车：改用这张", "Enter: take this one instead"),
    }
}

/// `+8秒`: capture time after they sat down, by the log's clock.
pub fn after(lang: Lang, ms: Millis) -> String {
    let s = (ms as f64 / 1000.0).round() as i64;
    match lang {
        _ if s.abs() >= 6_000 => format!("{:+}{}", s / 60, lang.pick("分", "min")),
        Lang::Zh => format!("{s:+}秒"),
        Lang::En => format!("{s:+}s"),
    }
}

/// The mark of the proposed photograph; of one that another is likelier than only that it stands so now.
pub fn proposed(lang: Lang, is_likeliest: bool) -> &'static str {
    if is_likeliest { lang.pick("◆ 建议", "◆ proposed") } else { lang.pick("◆ 现在是", "◆ as it stands") }
}

/// Whose a picture is that is looked at under the question about somebody else.
pub fn is_of(lang: Lang, owner: &str) -> String {
    match lang {
        Lang::Zh => format!("! 现在是 {owner} 的"),
        Lang::En => format!("! {owner}'s as it stands"),
    }
}

/// A picture that was confirmed and should not be handed over as it is.
pub fn damaged(lang: Lang, fault: &str) -> String {
    match lang {
        Lang::Zh => format!("可是{fault}：请图片社重给一份再交"),
        Lang::En => format!("but: {fault}; ask for the file again before it is handed over"),
    }
}

/// The mark of a photograph of which somebody said that it does not show this person.
pub fn denied(lang: Lang) -> &'static str {
    lang.pick("✗ 认过不是", "✗ said no")
}

/// Nobody's photograph.
pub fn of_nobody(lang: Lang) -> &'static str {
    lang.pick("不知是谁", "nobody known")
}

/// Nothing was read for this session.
pub fn nothing_read(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("这一场还没有读照片", "no photographs were read for this session"),
        lang.pick(
            "F4 读照片文件夹（一台相机一次）。没有照片也不要紧：以学信网为准。",
            "F4 reads a folder (once a camera). Without photographs CHSI is the evidence.",
        ),
    )
}

/// No session at all.
pub fn no_sessions(lang: Lang) -> &'static str {
    lang.pick("还没有发过号、拍过照：先导入现场记录", "nobody has a number or was shot yet: import the scan log first")
}

/// What to do here where nothing of a session is sure; as the command line says it where no key of the screen is meant.
pub fn way_out(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoFrames => lang.pick("F4 换一个文件夹再读", "F4 reads another folder"),
        Refusal::NoRhythm => lang.pick(
            "多半是别的采集点或别的日子的：在“读过的文件夹”里撤下；确是这一场，就按 Ctrl+A 给出相机时差",
            "most likely another room's or day's: set it aside under “Folders that were read”; if it is this session's, Ctrl+A gives the difference",
        ),
        Refusal::TooFewFrames => lang.pick(
            "还有一张卡或另一台相机没有读？按 F4 接着读",
            "is there another card or camera? F4 reads it, too",
        ),
        Refusal::TwoOffsets => lang.pick(
            "按 Ctrl+F 认三张脸就能定下来；或按 Ctrl+A 给出时差",
            "Ctrl+F: confirming three faces settles it; or give the difference by Ctrl+A",
        ),
        Refusal::OffsetUnconfirmed => lang.pick("是就在下面第一行按回车", "if so press Enter on the first line below"),
        other => photo::refusal(lang, other).1,
    }
}

/// Every cause and doubt is decided.
pub fn nothing_left(lang: Lang) -> &'static str {
    lang.pick("没有待核对的了", "nothing is left to look at")
}

/// The picture has not come from the disk yet.
pub fn awaited(lang: Lang) -> &'static str {
    lang.pick("正在读…", "reading…")
}

/// A decision before the picture was seen.
pub fn look_first(lang: Lang) -> &'static str {
    lang.pick("照片还没有显示出来，看过再确认", "the picture is not shown yet: look first")
}

/// There is no photograph to decide about.
pub fn no_picture(lang: Lang) -> &'static str {
    lang.pick("没有照片", "no picture")
}

/// A person has to be chosen first.
pub fn choose_person(lang: Lang) -> &'static str {
    lang.pick("先选一位同学", "choose a person first")
}

/// A photograph has to be chosen first.
pub fn choose_picture(lang: Lang) -> &'static str {
    lang.pick("先打开一位同学，选一张照片", "open a person and choose a picture first")
}

/// For 互换 the arrows stand on the other person's picture.
pub fn choose_other(lang: Lang) -> &'static str {
    lang.pick("先用 ←→ 选到另一位同学的照片", "move to the other person's picture first")
}

/// The head of a dialog that accepts a cause.
pub fn cause_title(lang: Lang) -> &'static str {
    lang.pick("采用这个原因？", "Accept this cause?")
}

/// What accepting decides.
pub fn decides(lang: Lang, n: usize, what: &str) -> String {
    match lang {
        Lang::Zh => format!("将决定 {n} 项：{what}"),
        Lang::En => format!("decides {n}: {what}"),
    }
}

/// The answers of a dialog that decides.
pub fn decide(lang: Lang) -> [&'static str; 2] {
    [lang.pick("采用", "Accept"), lang.pick("返回，先不决定", "Back, decide nothing")]
}

/// The head of a dialog that takes a picture from somebody.
pub fn taking_title(lang: Lang) -> &'static str {
    lang.pick("这是别人名下的照片，改用吗？", "This picture is somebody's already. Take it?")
}

/// Who loses which picture to whom.
pub fn taking(lang: Lang, file: &str, from: &str, to: &str) -> String {
    match lang {
        Lang::Zh => format!("{file} 现在在 {from} 名下。改给 {to} 以后，{from} 要另找照片。两人拿反了，用互换（F9）"),
        Lang::En => format!("{file} is under {from}. Given to {to}, {from} needs another one. Where the two are exchanged, swap them (F9)"),
    }
}

/// The head of the dialog about another day.
pub fn offset_title(lang: Lang) -> &'static str {
    lang.pick("是当天的照片吗？", "Are these that day's pictures?")
}

/// `相机日期差 1 天，节奏吻合 99%`
pub fn offset(lang: Lang, clock: &Clock) -> String {
    let days = clock.offset as f64 / 86_400_000.0;
    let fit = (clock.fit.clamp(0.0, 1.0) * 100.0).floor();
    match lang {
        Lang::Zh if days.abs() >= 0.5 => format!("相机日期差 {:+.0} 天，节奏吻合 {fit}%，是当天的照片吗？", days.round()),
        Lang::Zh => format!("相机时差 {:+.0} 秒，节奏吻合 {fit}%，是当天的照片吗？", clock.offset as f64 / 1000.0),
        Lang::En if days.abs() >= 0.5 => {
            format!("the camera is {:+.0} days off, rhythm fits {fit}%: are these that day's pictures?", days.round())
        }
        Lang::En => format!("the camera is {:+.0} s off, rhythm fits {fit}%: are these that day's pictures?", clock.offset as f64 / 1000.0),
    }
}

/// The head of the dialog of 全班.
pub fn class_title(lang: Lang) -> &'static str {
    lang.pick("全班已看过对照页并签字？", "Has the class signed its contact sheet?")
}

/// What 全班 confirms.
pub fn class(lang: Lang, class: &str, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{}：{n} 人名下的照片都记为已核对", label::clean(class)),
        Lang::En => format!("{}: the pictures of {n} people are confirmed", label::clean(class)),
    }
}

/// Whom 全班 leaves out.
pub fn not_with_class(lang: Lang, names: &[String]) -> String {
    let names = label::people(lang, names);
    match lang {
        Lang::Zh => format!("不在内，要一个一个看（照片坏了、与别人同一张、又来了一张……）：{names}"),
        Lang::En => format!("not among them, to be looked at one by one (broken, the same as another's, two pictures): {names}"),
    }
}

/// The head of the dialog of 平移.
pub fn shift_title(lang: Lang) -> &'static str {
    lang.pick("平移：改用往后第几张？（往前写 -1）", "Shift: by how many pictures? (back: -1)")
}

/// The range of 平移.
pub fn range(lang: Lang, from: &str, to: &str) -> String {
    match lang {
        _ if from == to => from.to_owned(),
        Lang::Zh => format!("从 {from} 到 {to}"),
        Lang::En => format!("from {from} to {to}"),
    }
}

/// A number with a sign is needed.
pub fn shift_needed(lang: Lang) -> &'static str {
    lang.pick("写 1 或 -1 这样的数", "a number like 1 or -1 is needed")
}

/// What Enter does on the line of a folder of other people.
pub fn enter_withdraws(lang: Lang) -> &'static str {
    lang.pick("。回车：撤下它，读给那个采集点；确是这一场的，认一张脸", ". Enter sets it aside; if it is this session's, confirm a face")
}

/// The head of the dialog that sets a folder aside.
pub fn withdraw_title(lang: Lang) -> &'static str {
    lang.pick("撤下这个文件夹？", "Set this folder aside?")
}

/// What setting a folder aside does.
pub fn withdraw(lang: Lang) -> &'static str {
    lang.pick(
        "不是这一场的照片就撤下：这里不再用它，原片不动；再读一次就又有了",
        "for pictures of another session: they are no longer used here, the files stay; reading it again brings them back",
    )
}

/// The head of the dialog for the camera's clock.
pub fn clock_title(lang: Lang) -> &'static str {
    lang.pick("相机比记录快几秒？（慢写 -）", "How many seconds is the camera ahead of the log? (behind: -)")
}

/// Where the clock of another camera is said.
pub fn other_camera(lang: Lang) -> &'static str {
    lang.pick("要写另一台的：在表里选那台相机，再按回车", "for another camera choose its line in the table and press Enter")
}

/// What was worked out.
pub fn offset_found(lang: Lang, clock: &Clock) -> String {
    let seconds = clock.offset as f64 / 1000.0;
    match lang {
        Lang::Zh => format!("算出来是 {seconds:+.1} 秒"),
        Lang::En => format!("worked out: {seconds:+.1} s"),
    }
}

/// A difference was given that the day contradicts, the one that was used, and what may be done.
pub fn overruled(lang: Lang, clock: &Clock) -> String {
    let what = photo::overruled(lang, clock.overruled.unwrap_or_default());
    let found = offset_found(lang, clock);
    match lang {
        Lang::Zh => format!("{what}；{found}。看一眼相机的时钟，回车另写"),
        Lang::En => format!("{what}; {found}. Look at the camera's clock; Enter writes another"),
    }
}

/// Seconds are needed.
pub fn seconds_needed(lang: Lang) -> &'static str {
    lang.pick("写秒数，如 197 或 -12.5", "seconds are needed, like 197 or -12.5")
}

/// The head of the dialog for a folder.
pub fn folder_title(lang: Lang) -> &'static str {
    lang.pick("读哪个文件夹？（只读，不改原片）", "Which folder? (originals are never touched)")
}

/// The head of the dialog for whose picture it is.
pub fn whose_title(lang: Lang) -> &'static str {
    lang.pick("这是谁？（序号、学号或姓名）", "Whose is it? (number, student no. or name)")
}

/// A reading is under way already.
pub fn busy(lang: Lang) -> &'static str {
    lang.pick("正在读一个文件夹：等它读完，或按 Esc 停止", "a folder is being read: wait, or stop it by Esc")
}

/// `读时间 1 200 / 5 000  2 400 张/秒  还要 2 秒   Esc 停止`
pub fn pace(lang: Lang, pace: Option<&Pace>, stopping: bool) -> String {
    let Some(pace) = pace.filter(|_| !stopping) else {
        return if stopping {
            lang.pick("正在停止…", "stopping…")
        } else {
            lang.pick("正在找照片…", "looking for pictures…")
        }
        .to_owned();
    };
    let what = match pace.stretch {
        Stretch::Heads => lang.pick("读拍摄时间", "reading times"),
        Stretch::Wholes => lang.pick("检查图像", "checking pictures"),
        Stretch::Copies => lang.pick("复制照片", "copying pictures"),
    };
    let total = if pace.total > 0 { format!(" / {}", pace.total) } else { String::new() };
    let speed = pace.per_second().map(|n| format!("  {n} {}", lang.pick("张/秒", "a second"))).unwrap_or_default();
    let left = match (lang, pace.left_s()) {
        (_, None) => String::new(),
        (Lang::Zh, Some(s)) => format!("  还要 {s} 秒"),
        (Lang::En, Some(s)) => format!("  {s} s left"),
    };
    format!("{what} {}{total}{speed}{left}", pace.done)
}

/// `读照片 45%` or `复制照片 45%`, for the title of other screens.
pub fn pace_short(lang: Lang, pace: Option<&Pace>) -> String {
    let copies = pace.is_some_and(|p| p.stretch == Stretch::Copies);
    let what = if copies { lang.pick("复制照片", "copying") } else { lang.pick("读照片", "reading") };
    match pace.filter(|p| p.total > 0) {
        Some(p) => format!("{what} {}%", p.done * 100 / p.total),
        None => format!("{what}…"),
    }
}

/// A folder was read.
pub fn read(lang: Lang, pictures: usize, unchanged: usize, left_out: usize) -> String {
    match lang {
        Lang::Zh => format!("✓ 读到照片 {pictures} 张（未变 {unchanged}，其他文件 {left_out}）"),
        Lang::En => format!("✓ {pictures} pictures read ({unchanged} unchanged, {left_out} other files)"),
    }
}

/// The second pass is done.
pub fn measured(lang: Lang) -> &'static str {
    lang.pick("✓ 图像也检查完了", "✓ the pictures are checked too")
}

/// The second pass is done over a folder of other people.
pub fn measured_strangers(lang: Lang) -> &'static str {
    lang.pick(
        "图像检查完了；文件名写的是别人，看最上面一行",
        "the pictures are checked; their names are other people's: see the first line",
    )
}

/// Photographs and people are being matched.
pub fn matching(lang: Lang) -> &'static str {
    lang.pick("正在把照片和人对上，照样可以扫码…", "matching pictures and people, scanning goes on…")
}

/// Reading was stopped; `taken` where the capture times had been taken in before.
pub fn stopped(lang: Lang, taken: bool) -> &'static str {
    if taken {
        lang.pick(
            "已停止：时间已读进，图像没有检查完，再读一次会接着做",
            "stopped: times are in, pictures are not all checked; read again to go on",
        )
    } else {
        lang.pick("已停止，没有读进照片", "stopped, no pictures were taken")
    }
}

/// The viewer of the system was started.
pub fn viewing(lang: Lang) -> &'static str {
    lang.pick("已用系统看图打开", "opened in the system's viewer")
}

/// How pictures are drawn from now on.
pub fn drawn(lang: Lang, word: &str) -> String {
    match lang {
        Lang::Zh => format!("图片显示方式：{word}（显示不出就再按一次）"),
        Lang::En => format!("pictures drawn as {word} (press again if nothing is to be seen)"),
    }
}

/// Names of the groups of the table.
pub mod group {
    use super::Lang;

    /// 错位原因
    pub fn causes(lang: Lang) -> &'static str {
        lang.pick("错位原因", "Where the order breaks")
    }

    /// 待核对
    pub fn doubts(lang: Lang) -> &'static str {
        lang.pick("待核对", "To look at")
    }

    /// 照片本身
    pub fn looks(lang: Lang) -> &'static str {
        lang.pick("照片本身", "The pictures themselves")
    }

    /// 可用
    pub fn sure(lang: Lang) -> &'static str {
        lang.pick("可用", "Sure")
    }

    /// 已核对
    pub fn confirmed(lang: Lang) -> &'static str {
        lang.pick("已核对", "Confirmed")
    }

    /// 无照片
    pub fn without(lang: Lang) -> &'static str {
        lang.pick("无照片", "Without a picture")
    }

    /// Photographs of nobody.
    pub fn loose(lang: Lang) -> &'static str {
        lang.pick("不属于任何人的照片", "Pictures of nobody")
    }

    /// Folders that were read.
    pub fn folders(lang: Lang) -> &'static str {
        lang.pick("读过的文件夹", "Folders that were read")
    }

    /// Decided causes.
    pub fn applied(lang: Lang) -> &'static str {
        lang.pick("处理过的原因", "Causes dealt with")
    }
}
