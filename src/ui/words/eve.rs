//! Words of the evening before: what is not ready, the print pack, the keys at a glance.

use super::Lang;
use crate::domain::evening::{Matter, Point, State};

/// When to do what, for the last page of the print pack. `{Desk.Register}` stands for the keys of that task on that screen, which the table
/// of keys knows: `key` tells them.
pub fn at_a_glance(lang: Lang, key: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let rows: [(&str, &str, &str, &str); 13] = [
        (
            "同学来签到",
            "扫码，或打学号末几位；绿了就发屏幕上的号牌",
            "A student comes",
            "scan, or type the end of the number; green: hand out the card shown",
        ),
        ("名单里没有这个人", "{Desk.Register} 登记，照发号牌", "On no list", "{Desk.Register} registers; give the card"),
        (
            "没带证件、无采集码、未缴费",
            "{Desk.SetAside} 暂缓，回来按 {Desk.ComeBack}；现场缴费 {Desk.Pay}",
            "Something is missing",
            "{Desk.SetAside} sets aside, {Desk.ComeBack} back; {Desk.Pay} takes the fee",
        ),
        ("手里的号和屏幕不一样", "签到台 {Desk.Hand} 核对手里号牌", "Card in hand differs", "desk {Desk.Hand}"),
        ("入场口：应拍的这位拍了", "扫号牌，或直接回车", "Door: the one due was shot", "scan the card, or Enter"),
        ("屏幕红了", "先拦住人，↑↓ 选实际情况，回车", "Red screen", "stop the person, arrows, Enter"),
        ("拍了忘了扫", "入场口 {Door.Backfill} 补记，可写一段 0422B-0431B", "Shot, not scanned", "door {Door.Backfill}, a range too"),
        ("同一人又拍一张", "入场口 {Door.Retake} 重拍", "One more frame", "door {Door.Retake}"),
        ("人不在", "入场口 {Door.PassOver} 过号", "Nobody there", "door {Door.PassOver} passes over"),
        ("一个班拍完", "入场口 {Door.Count} 报张数", "A class is done", "door {Door.Count}: the counter"),
        ("试拍、暂停", "试拍 {Door.TestShot}；暂停、恢复 {Door.Pause}", "Test frame, pause", "{Door.TestShot}; {Door.Pause}"),
        ("看全部、看异常", "{Desk.Dashboard} 总览，{Desk.Findings} 异常", "Overview, findings", "{Desk.Dashboard}, {Desk.Findings}"),
        ("记错了", "{Desk.Undo} 撤销，{Desk.Redo} 恢复", "A mistake", "{Desk.Undo} undoes, {Desk.Redo} redoes"),
    ];
    let filled = |text: &str| {
        let mut parts = text.split('{');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for (name, rest) in parts.filter_map(|part| part.split_once('}')) {
            out.push_str(&key(name));
            out.push_str(rest);
        }
        out
    };
    rows.into_iter().map(|(zh, how, en, does)| (lang.pick(zh, en).to_owned(), filled(lang.pick(how, does)))).collect()
}

/// A key and its twin: `F9（Ctrl+R）`.
pub fn either_key(lang: Lang, key: &str, twin: &str) -> String {
    match lang {
        _ if key == twin || twin.is_empty() => key.to_owned(),
        Lang::Zh => format!("{key}（{twin}）"),
        Lang::En => format!("{key} ({twin})"),
    }
}

/// 明天
pub fn tomorrow(lang: Lang) -> &'static str {
    lang.pick("明天", "Tomorrow")
}

/// 打印包
pub fn print_pack(lang: Lang) -> &'static str {
    lang.pick("打印包", "Print pack")
}

/// 叫号屏
pub fn board(lang: Lang) -> &'static str {
    lang.pick("叫号屏", "Board")
}

/// The folder of the print pack.
pub fn pack_folder(lang: Lang) -> &'static str {
    lang.pick("打印包", "print-pack")
}

/// The last row.
pub fn print_all(lang: Lang) -> &'static str {
    lang.pick("写打印包（回车）", "Write the print pack (Enter)")
}

/// What the pack holds.
pub fn pack_holds(lang: Lang) -> &'static str {
    lang.pick(
        "每个采集点一个文件夹：签到表、班级顺序、空白应急表、门口号表、一页速查；网页和表格各一份。",
        "A folder a room: sign-in sheets, class order, empty log, door numbers, keys; as pages and as workbooks.",
    )
}

/// How far it is.
pub fn printing(lang: Lang, done: usize, total: usize) -> String {
    format!("{} {done}/{total}", lang.pick("正在写打印包", "writing the print pack"))
}

/// Where it is.
pub fn printed(lang: Lang, files: usize, folder: &str) -> String {
    match lang {
        Lang::Zh => format!("✓ 打印包 {files} 个文件，在 {folder}"),
        Lang::En => format!("✓ print pack, {files} files in {folder}"),
    }
}

/// No system that shows it.
pub fn open_yourself(lang: Lang) -> &'static str {
    lang.pick("用文件管理器打开它", "open it in your file manager")
}

/// Nothing is open.
pub fn all_ready(lang: Lang) -> &'static str {
    lang.pick("✓ 名单和时段都齐；“–”的几样请自己看一眼", "✓ lists and slots are complete; see to the lines with – yourself")
}

/// So many lines are open.
pub fn open(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("! 还有 {n} 样没准备好（↑↓ 选，回车看是谁、怎么办）"),
        Lang::En => format!("! {n} not ready (arrows, Enter says who and what to do)"),
    }
}

/// A line's name.
pub fn matter(lang: Lang, matter: Matter) -> &'static str {
    match matter {
        Matter::SlotsWithoutList => lang.pick("有时段、没名单", "slots without a list"),
        Matter::ClassesWithoutSlot => lang.pick("有名单、没时段", "classes without a slot"),
        Matter::Heads => lang.pick("安排表人数与名单不同", "head counts that differ"),
        Matter::Times => lang.pick("时段重叠或颠倒", "slots that overlap or end too early"),
        Matter::Twice => lang.pick("同一个班排了两次", "classes in two slots"),
        Matter::DoubleBooked => lang.pick("同一学院同时在两处", "colleges in two rooms at once"),
        Matter::NoPrinted => lang.pick("号已印好，名单没写", "printed numbers not on the list"),
        Matter::Unpaid => lang.pick("未缴费", "not paid"),
        Matter::NoCode => lang.pick("无采集码", "no collection code"),
        Matter::NotChecked => lang.pick("未核对", "data not checked"),
        Matter::Excused => lang.pick("免拍、不参加", "exempt, not taking part"),
        Matter::Clocks => lang.pick("电脑时间", "laptop clocks"),
        Matter::Gun => lang.pick("扫码枪", "scanner"),
        Matter::Disk => lang.pick("硬盘空间", "disk space"),
    }
}

/// How a line stands, in a few words.
pub fn said(lang: Lang, point: &Point, free: Option<u64>) -> String {
    match (point.state, point.matter) {
        (State::Open | State::Ready, Matter::Disk) => match free {
            Some(mb) if mb >= 10_240 => format!("{} {} GB", lang.pick("还有", "free:"), mb / 1024),
            Some(mb) => format!("{} {mb} MB", lang.pick("还有", "free:")),
            None => String::new(),
        },
        (State::Open, Matter::Clocks) => lang.pick("时间倒退过", "the clock went back").to_owned(),
        (State::Open | State::Told, _) => point.who.len().to_string(),
        (State::Ready, Matter::Gun) => lang.pick("扫过，能用", "has scanned").to_owned(),
        (State::Ready, _) => String::new(),
        (State::Unknown, Matter::Unpaid | Matter::NoCode | Matter::NotChecked) => lang.pick("名单没有这一列", "no list says").to_owned(),
        (State::Unknown, _) => lang.pick("请自己看一眼", "see to it yourself").to_owned(),
    }
}

/// What it means and what to do.
pub fn help(lang: Lang, point: &Point) -> &'static str {
    match point.matter {
        Matter::SlotsWithoutList => lang.pick(
            "这些班在安排表里，名单里一个人也没有：导入名单，或核对班级写法。",
            "These are scheduled, but no list has anybody: import their lists, or compare the spelling.",
        ),
        Matter::ClassesWithoutSlot => lang.pick(
            "这些班（人数）没有时段：补排并重导安排表，或当天调班。",
            "These classes (people) have no slot: schedule them and import again, or move them on the day.",
        ),
        Matter::Heads => {
            lang.pick("安排表人数 ≠ 名单人数：多半是名单旧了或有人转专业，问学院。", "Schedule ≠ list: ask the college which is right.")
        }
        Matter::Times => lang.pick(
            "两批人同一时间来同一处：问教务处，改好表再导一次，或调班。",
            "Two groups come to one place at once: ask the office, import the corrected sheet, or move a class.",
        ),
        Matter::Twice => lang.pick(
            "同一个班出现在两个时段：确认哪一个是对的，改好重导。",
            "The same class stands in two slots: find out which is right, import again.",
        ),
        Matter::DoubleBooked => lang.pick(
            "同一学院同一时间在两个采集点：两边都要有学院的人带队。",
            "One college in two rooms at once: each needs somebody of the college.",
        ),
        Matter::NoPrinted => lang.pick(
            "这个采集点的号已经印在名字旁边，名单里却没有拍摄序号：到时会按先来后到发号。带拍摄序号那一列，名单再导一次。",
            "Numbers are printed beside the names there, and the list lacks them: import it again with that column.",
        ),
        Matter::Unpaid => lang.pick(
            "缴费名单里写着未缴：今晚发通知，当天也可现场缴费。",
            "The list says not paid: tell them tonight; paying on the day works too.",
        ),
        Matter::NoCode => {
            lang.pick("没有采集码就拍不了：今晚在学信网领取，长按保存。", "Without a code nobody can be photographed: get it tonight.")
        }
        Matter::NotChecked => lang.pick("学籍信息还没核对：照片会对不上学籍，今晚核对。", "Their data is not checked: do it tonight."),
        Matter::Excused => lang.pick("这些人不在应到里，来了要问清楚。", "They are outside the expected; ask if they come."),
        Matter::Clocks => lang
            .pick("每台电脑联网对一次时间；两台差一分钟，先后就会乱。", "Set every laptop's clock: a minute's difference mixes the order."),
        Matter::Gun => lang.pick(
            "在自检（F12）里扫一个试试：在那里扫不算签到；在别处扫就记下来了。",
            "Scan something in the self-check (F12): there it is no sign-in.",
        ),
        Matter::Disk => lang.pick("至少留 2 GB；不够就清一清。", "Keep at least 2 GB."),
    }
}

/// Over the number at the chair.
pub fn shooting(lang: Lang) -> &'static str {
    lang.pick("正在拍", "now")
}

/// Over the numbers to come.
pub fn next_ten(lang: Lang) -> &'static str {
    lang.pick("接下来", "next")
}

/// Classes that were moved to this room and to now.
pub fn now_here(lang: Lang, classes: &str) -> String {
    lang.pick(format!("现在来这里：{classes}（调班）"), format!("here now: {classes} (moved)"))
}

/// The class that should be here.
pub fn get_ready(lang: Lang, classes: &str, time: &str) -> String {
    format!("{} {classes}  {time}", lang.pick("请准备：", "get ready:"))
}
