//! Words of the intake screen: which files, what they hold, what is wrong in them, and what was taken.

use super::{Lang, label};
use crate::desk::ground::Place;
use crate::desk::intake::{Sort, Taken};
use crate::desk::looking::{Far, Within};
use crate::desk::shelf::{Entry, Kind};
use crate::domain::intake::{Account, Severity};

/// Asks for files.
pub fn pick_title(lang: Lang) -> &'static str {
    lang.pick("导入文件：安排表、名单、免拍缴费名单、现场记录", "Import: schedule, class lists, marks, scan log")
}

/// What can be named.
pub fn pick_hint(lang: Lang) -> &'static str {
    lang.pick(
        "写文件或文件夹的路径，或用 ↓ 在下面选；也可以把文件拖进窗口",
        "type the path of a file or folder, choose below with the arrows, or drop a file here",
    )
}

/// What its keys do.
pub fn pick_keys(lang: Lang) -> &'static str {
    lang.pick("Tab 补全   ↑↓ 选择   回车 打开   Esc 返回", "Tab completes   arrows choose   Enter opens   Esc back")
}

/// What the columns of a schedule are is said on the command line.
pub fn columns_elsewhere(lang: Lang) -> (String, String) {
    let what = lang.pick("这里只能改名单的列", "only the columns of lists are changed here");
    let zh = "安排表：改好原表的表头再导，或用命令行指明（import schedule 文件 --columns 班级=C）";
    let en = "a schedule: correct its heads, or say so on the command line (import schedule FILE --columns 班级=C)";
    (what.to_owned(), lang.pick(zh, en).to_owned())
}

/// Repairs of names are not taken all at once.
pub fn names_one_by_one(lang: Lang) -> (String, String) {
    let what = lang.pick("班名、学院的改法不能一次全用", "repairs of class names are not taken all at once");
    let hint = lang.pick("一条一条看过，要用的按空格", "look at each, and press Space on those that are right");
    (what.to_owned(), hint.to_owned())
}

/// Nothing is there.
pub fn nothing_there(lang: Lang) -> &'static str {
    lang.pick("这里没有可以打开的文件", "nothing to open here")
}

/// An entry of the list, and what it is.
pub fn entry(lang: Lang, entry: &Entry) -> (String, String) {
    let name = label::clean(&entry.name);
    match (entry.kind, lang) {
        (Kind::Place(Place::Recent), _) => (name, lang.pick("上次用的", "used before").to_owned()),
        (Kind::Place(Place::Own), _) => (name, String::new()),
        (Kind::Place(Place::Stick), _) => (name, lang.pick("移动盘", "removable").to_owned()),
        (Kind::Place(Place::Here), _) => (name, lang.pick("当前文件夹", "this folder").to_owned()),
        (Kind::Whole(n), Lang::Zh) => ("整个文件夹".to_owned(), format!("{n} 个表格")),
        (Kind::Whole(n), Lang::En) => ("the whole folder".to_owned(), format!("{n} sheets")),
        (Kind::File(bytes), _) => (name, size(bytes)),
        (Kind::Folder, _) => (format!("{name}/"), lang.pick("文件夹", "folder").to_owned()),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_240 => format!("{:.1} KB", bytes as f64 / 1024.0),
        10_240..10_485_760 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}

/// What a file is taken as.
pub fn sort(lang: Lang, sort: Sort) -> &'static str {
    match sort {
        Sort::Schedule => lang.pick("安排表", "schedule"),
        Sort::Roster => lang.pick("名单", "class list"),
        Sort::Marks => lang.pick("免拍、缴费名单", "marks"),
        Sort::Log => lang.pick("现场记录", "scan log"),
    }
}

/// How far the reading is.
pub fn looking(lang: Lang, done: usize, total: usize, name: &str) -> String {
    let name = label::clean(name);
    match lang {
        Lang::Zh => format!("正在看 {}/{total}  {name}", (done + 1).min(total)),
        Lang::En => format!("reading {}/{total}  {name}", (done + 1).min(total)),
    }
}

/// How far one file is read.
pub fn within(lang: Lang, within: &Within) -> String {
    let rows = within.rows();
    let percent = within.percent().map(|p| format!("{p}%")).unwrap_or_default();
    let pace = within.per_second().filter(|_| rows > 0);
    let said = match (lang, within.far, pace) {
        (Lang::Zh, Far::Unpacked { .. }, Some(pace)) => format!("读到第 {rows} 行，每秒 {pace} 行"),
        (Lang::Zh, Far::Unpacked { .. }, None) => "正在读共用的文字".to_owned(),
        (Lang::Zh, Far::Understood { of, .. }, _) => format!("核对第 {rows} 行，共 {of} 行"),
        (Lang::En, Far::Unpacked { .. }, Some(pace)) => format!("row {rows}, {pace} rows a second"),
        (Lang::En, Far::Unpacked { .. }, None) => "reading shared texts".to_owned(),
        (Lang::En, Far::Understood { of, .. }, _) => format!("checking row {rows} of {of}"),
    };
    format!("{percent}  {said}").trim_start().to_owned()
}

/// How far the taking is.
pub fn taking(lang: Lang, done: usize, total: usize) -> String {
    match lang {
        Lang::Zh => format!("正在导入 {done}/{total}"),
        Lang::En => format!("taking {done}/{total}"),
    }
}

/// What its keys do.
pub fn looking_keys(lang: Lang) -> &'static str {
    lang.pick("Esc 停下（什么都不会导入）；扫码照常", "Esc stops (nothing is taken); scans go on")
}

/// What is this file?
pub fn unsure_title(lang: Lang, name: &str) -> String {
    let name = label::clean(name);
    match lang {
        Lang::Zh => format!("{name} 是什么表？"),
        Lang::En => format!("What is {name}?"),
    }
}

/// It is left out.
pub fn leave_out(lang: Lang) -> &'static str {
    lang.pick("不导入这个文件", "leave this file out")
}

/// Heading above what would be taken.
pub fn review_title(lang: Lang, files: usize) -> String {
    match lang {
        Lang::Zh => format!("看过 {files} 个文件，还没有导入"),
        Lang::En => format!("{files} files read, nothing taken yet"),
    }
}

/// `37 个时段 · 73 个班 · 3 个采集点 · 应到 2,643`
pub fn counts(lang: Lang, sort: Sort, counts: &[(&'static str, usize)]) -> String {
    let mut parts = Vec::new();
    let mut put = |key: &str, zh: &str, en: &str| {
        if let Some((_, n)) = counts.iter().find(|(k, _)| *k == key) {
            parts.push(format!("{} {}", thousands(*n), lang.pick(zh, en)));
        }
    };
    match sort {
        Sort::Schedule => {
            put("rows", "个时段", "slots");
            put("classes", "个班", "classes");
            put("rooms", "个采集点", "rooms");
            put("headcount", "人", "people");
        }
        Sort::Roster => {
            put("people", "人", "people");
            put("classes", "个班", "classes");
        }
        Sort::Marks => put("rows", "人", "people"),
        Sort::Log => put("rows", "条", "rows"),
    }
    parts.join(" · ")
}

/// `表里 46 行：取用 40，指出 2，标题、表头、小计等 4`
pub fn account(lang: Lang, account: &Account) -> String {
    let [rows, taken, reported, skipped] = [account.rows, account.taken, account.reported, account.skipped.len()].map(thousands);
    match lang {
        Lang::Zh => format!("表里 {rows} 行：取用 {taken}，指出问题未取 {reported}，标题、表头、小计等 {skipped}"),
        Lang::En => format!("{rows} rows: {taken} taken, {reported} reported and not taken, {skipped} titles, headers, sums and notes"),
    }
}

/// `2,643`
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Taken before, and understood otherwise now.
pub fn anew(lang: Lang) -> &'static str {
    lang.pick(
        "以前已导入；按更正的列读出来不一样，导入后以这次为准",
        "taken before; with the columns as corrected it says something else, which counts once taken",
    )
}

/// It was taken before; `outdone` of its rows are said otherwise since.
pub fn already(lang: Lang, outdone: usize) -> String {
    match (outdone, lang) {
        (0, _) => lang.pick("以前导入过，没有变化", "taken before, nothing changed").to_owned(),
        (n, Lang::Zh) => format!("以前导入过，没有变化；其中 {n} 行后来另有说法（之后的表或更正），以后来的为准"),
        (n, Lang::En) => {
            format!("taken before, nothing changed; {n} of its rows are said otherwise since (a later sheet, a correction), which counts")
        }
    }
}

/// It was taken before, and something can still be decided.
pub fn already_open(lang: Lang) -> &'static str {
    lang.pick("以前导入过；下面几处还可以补定", "taken before; what stands below can still be decided")
}

/// It was taken before, and columns are to be kept that were not kept then.
pub fn already_keeps(lang: Lang) -> &'static str {
    lang.pick("以前导入过；回车补上新保留的列", "taken before; Enter adds the columns to be kept")
}

/// Rooms that come with it.
pub fn rooms_added(lang: Lang, rooms: &[(String, String)]) -> String {
    let rooms: Vec<String> = rooms.iter().map(|(name, series)| format!("{} {series}", label::clean(name))).collect();
    format!("{}{}", lang.pick("新增采集点：", "new rooms: "), label::listed(lang, &rooms))
}

/// A row of a log that the rules refuse.
pub fn refused(lang: Lang, row: u32, why: &str) -> String {
    match lang {
        Lang::Zh => format!("第 {row} 行：{why}；整个文件不能导入"),
        Lang::En => format!("row {row}: {why}; the whole file cannot be taken"),
    }
}

/// How many of each severity.
pub fn severities(lang: Lang, n: [usize; 3]) -> String {
    let [errors, warnings, notes] = n;
    match lang {
        Lang::Zh if n == [0; 3] => "✓ 没有问题".to_owned(),
        Lang::En if n == [0; 3] => "✓ nothing wrong".to_owned(),
        // Nothing that is not there: a red cross with a nought looks like a fault.
        _ => [("✗", errors, "项错误", "errors"), ("!", warnings, "项提醒", "warnings"), ("·", notes, "项说明", "notes")]
            .into_iter()
            .filter(|(_, n, ..)| *n > 0)
            .map(|(mark, n, zh, en)| format!("{mark} {n} {}", lang.pick(zh, en)))
            .collect::<Vec<_>>()
            .join("   "),
    }
}

/// The mark of a severity.
pub fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗",
        Severity::Warning => "!",
        Severity::Info => "·",
    }
}

/// In how many places.
pub fn places(lang: Lang, n: usize) -> String {
    match lang {
        _ if n == 1 => String::new(),
        Lang::Zh => format!("（共 {n} 处）"),
        Lang::En => format!(" ({n} places)"),
    }
}

/// What its keys do: `ready` files could be taken; there is something to choose; there are lists with columns; there is one file.
pub fn review_keys(lang: Lang, ready: usize, choices: bool, lists: bool, one: bool) -> String {
    let mut keys = vec![match (ready, lang) {
        (0, Lang::Zh) => "没有要导入的",
        (0, Lang::En) => "nothing to take",
        (_, Lang::Zh) => "回车 导入",
        (_, Lang::En) => "Enter takes it",
    }];
    keys.push(lang.pick("↑↓ 选", "arrows"));
    keys.extend(choices.then(|| lang.pick("空格 采用", "Space yes")));
    keys.extend(choices.then(|| lang.pick("F7 全用", "F7 all")));
    keys.push(lang.pick("→ 原表", "→ sheet"));
    keys.extend(lists.then(|| lang.pick("F6 列", "F6 columns")));
    keys.extend(one.then(|| lang.pick("Tab 换种类", "Tab kind")));
    keys.push(lang.pick("Esc 返回", "Esc back"));
    keys.join("  ")
}

/// Errors: all the same?
pub fn all_the_same(lang: Lang) -> [&'static str; 2] {
    [lang.pick("先不导入，改好表再来", "Not yet: correct the sheets first"), lang.pick("仍然导入", "Take it all the same")]
}

/// What that means.
pub fn all_the_same_text(lang: Lang) -> [&'static str; 2] {
    [
        lang.pick(
            "有错误。照样导入的话：写错的时间、人数按表上原样收下，坏行不收，",
            "There are errors. Published times and figures are taken as they stand, bad rows are left out,",
        ),
        lang.pick(
            "打不开的文件不收，现场记录有错就整个不收。其余收下。",
            "unreadable files and logs with errors as a whole. The rest is taken.",
        ),
    ]
}

/// What was taken.
pub fn took(lang: Lang, taken: &[Taken]) -> String {
    let files = taken.iter().filter(|t| t.taken).count();
    let updated = taken.iter().filter(|t| t.updated).count();
    if files == 0 && updated > 0 {
        return match lang {
            Lang::Zh => format!("✓ {updated} 个文件已按您的决定更新"),
            Lang::En => format!("✓ {updated} files updated as decided"),
        };
    }
    let sum =
        |key: &str| taken.iter().filter(|t| t.taken).flat_map(|t| &t.counts).filter(|(k, _)| *k == key).map(|(_, n)| n).sum::<usize>();
    let people = sum("people");
    let tail = match (people, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!("，{} 人", thousands(n)),
        (n, Lang::En) => format!(", {} people", thousands(n)),
    };
    match lang {
        Lang::Zh => format!("✓ 已导入 {files} 个文件{tail}"),
        Lang::En => format!("✓ {files} files taken{tail}"),
    }
}

/// It ended before all were taken.
pub fn took_some(lang: Lang, files: usize, why: &str) -> String {
    match lang {
        Lang::Zh => format!("只导入了 {files} 个文件：{why}"),
        Lang::En => format!("only {files} files were taken: {why}"),
    }
}

/// Only the first process takes files.
pub fn read_only(lang: Lang) -> &'static str {
    lang.pick("只读：请在主窗口导入", "read-only: import in the main window")
}

/// It was stopped.
pub fn stopped(lang: Lang) -> &'static str {
    lang.pick("已停下，什么都没有导入", "stopped, nothing was taken")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_with_their_units() {
        let all = [("rows", 37), ("rooms", 3), ("classes", 73), ("headcount", 2643)];
        assert_eq!(counts(Lang::Zh, Sort::Schedule, &all), "37 个时段 · 73 个班 · 3 个采集点 · 2,643 人");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert!(counts(Lang::En, Sort::Schedule, &all).is_char_boundary(0));
    }
}
