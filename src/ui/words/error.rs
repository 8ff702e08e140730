//! Everything that can keep a command from being done, as a sentence and a hint.

use std::path::Path;

use super::disk::{file, report, system_says, two};
use super::{Lang, label, photo_error, refusal};
use crate::desk::error::{CampaignError, Fault, JournalError, SheetError, ValueKind};
use crate::desk::{Damage, Error};

/// The sentence and the hint.
pub fn say(lang: Lang, error: &Error) -> (String, String) {
    match error {
        Error::Refused(refused) => refusal::say(lang, refused),
        Error::Journal(error) => journal(lang, error),
        Error::Sheet(error) => sheet(lang, error),
        Error::Report(error) => report(lang, error),
        Error::Campaign(path, error) => campaign(lang, path, error),
        Error::File(path, why) => two(
            lang,
            (format!("打不开 {}：{}", file(path), system_says(lang, why)), "看看文件在不在、是不是正被别的程序打开"),
            (
                format!("{} cannot be read: {}", file(path), system_says(lang, why)),
                "see whether it is there and not open in another program",
            ),
        ),
        Error::Photos(error) => photo_error::reading(lang, error),
        Error::Copy(error) => photo_error::copying(lang, error),
        Error::NoPictures(path, others) => photo_error::none(lang, path, *others),
        Error::InFile(file, why) => {
            let (what, hint) = say(lang, why);
            (format!("{}{}{what}", label::clean(file), lang.pick("：", ": ")), hint)
        }
        Error::NoTables(folder) => no_tables(lang, &label::clean(&folder.to_string_lossy())),
        Error::Usage(what, hint) => usage(lang, what, hint),
        Error::Word(what, word, allowed) => {
            let allowed = label::listed(lang, &allowed.iter().map(|w| label::clean(w)).collect::<Vec<_>>());
            let (what, word) = (label::thing(lang, what), label::code(word));
            match lang {
                Lang::Zh => (format!("{what}里没有“{word}”"), format!("可选：{allowed}")),
                Lang::En => (format!("no {what} is called \"{word}\""), format!("choose one of: {allowed}")),
            }
        }
        Error::Several(what, which) => {
            let which = label::listed(lang, &which.iter().map(|w| label::clean(w)).collect::<Vec<_>>());
            let what = label::thing(lang, what);
            match (lang, which.is_empty()) {
                (Lang::Zh, true) => (format!("没说是哪个{what}"), format!("写明{what}")),
                (Lang::Zh, false) => (format!("没说是哪个{what}"), format!("写明{what}，可选：{which}")),
                (Lang::En, true) => (format!("which {what} is not said"), format!("name the {what}")),
                (Lang::En, false) => (format!("which {what} is not said"), format!("name the {what}, one of: {which}")),
            }
        }
        Error::Nowhere(what, name) => {
            let (what, name) = (label::thing(lang, what), label::code(name));
            match lang {
                Lang::Zh => (format!("没有这个{what}：{name}"), "照名单或安排表上的写法再试".to_owned()),
                Lang::En => (format!("there is no {what} {name}"), "write it as the list or the schedule does".to_owned()),
            }
        }
        Error::Bug(what) => two(
            lang,
            (format!("程序自己出错了：{}", label::clean(what)), "已记下的都还在；重开一次，再把这句话告诉维护的人"),
            (format!("the program failed: {}", label::clean(what)), "all that was recorded is safe; start again, and report this sentence"),
        ),
    }
}

fn fixed(lang: Lang, zh: (&str, &str), en: (&str, &str)) -> (String, String) {
    two(lang, (zh.0.to_owned(), zh.1), (en.0.to_owned(), en.1))
}

fn journal(lang: Lang, error: &JournalError) -> (String, String) {
    match error {
        JournalError::NotFound(path) => two(
            lang,
            (format!("找不到数据文件 {}", file(path)), "核对文件位置；新批次先 duihao new 新建，或先导入名单；想看看样子：duihao demo"),
            (
                format!("there is no campaign file {}", file(path)),
                "check where it lies; for a new campaign: duihao new, or import a list; to look around: duihao demo",
            ),
        ),
        JournalError::NotADatabase => fixed(
            lang,
            ("这不是对号的数据文件", "换一个文件；名单和安排表要用导入"),
            ("this is no campaign file of this program", "choose another file; lists and schedules are imported"),
        ),
        JournalError::TooNew { found } => two(
            lang,
            (format!("这个文件是新版程序写的（第 {found} 版），本程序太旧"), "换用新版程序；文件没有动过"),
            (
                format!("this file was written by a newer program (form {found}), this one is too old for it"),
                "take the newer program; the file is untouched",
            ),
        ),
        JournalError::Damaged { station, seq, what } => {
            let what = damage(lang, *what);
            two(
                lang,
                (format!("第 {seq} 条记录坏了（电脑 {station}）：{what}"), "不要再往里记：用最近的备份顶替，再与别的电脑交换数据"),
                (
                    format!("record {seq} of station {station} is damaged: {what}"),
                    "record no more into it: put the last backup in its place, then exchange with the other computers",
                ),
            )
        }
        JournalError::Corrupt(detail) => two(
            lang,
            (format!("数据文件坏了（{}）", label::clean(detail)), "用最近的备份顶替，再与别的电脑交换数据"),
            (
                format!("the campaign file is broken ({})", label::clean(detail)),
                "put the last backup in its place, then exchange with the other computers",
            ),
        ),
        JournalError::Busy => fixed(
            lang,
            ("本机另一个窗口正在记录这个批次", "到那个窗口去做，或先把它关掉"),
            ("another window on this computer is recording this campaign", "use that window, or close it first"),
        ),
        JournalError::Behind => fixed(
            lang,
            ("刚才别的窗口抢先记了一条，这一条没有记上", "再做一次"),
            ("another window was a moment faster, this was not recorded", "do it once more"),
        ),
        JournalError::ReadOnly => fixed(
            lang,
            (
                "这里只能看，不能记",
                "本机另一个窗口正在记录的，到那个窗口去扫；用 --view 打开的，去掉它再开；文件在只读的盘上，就复制到本机硬盘",
            ),
            (
                "here one can only look, not record",
                "scan in the other window of this computer that records; open it without --view; copy a file from a read-only disk to this computer first",
            ),
        ),
        JournalError::DiskFull => fixed(
            lang,
            ("硬盘满了，这一条没有记上", "腾出地方再做一次；在记上之前请先用纸笔"),
            ("the disk is full, this was not recorded", "make room and do it again; use paper until then"),
        ),
        JournalError::Locked => fixed(
            lang,
            ("别的程序占着数据文件，这一条没有记上", "关掉同步盘、杀毒或别的打开它的程序，再做一次"),
            (
                "another program holds the campaign file, this was not recorded",
                "close whatever has it open (cloud drive, virus scanner) and do it again",
            ),
        ),
        JournalError::OtherCampaign { here, there } => refusal::other_campaign(lang, here, there),
        JournalError::TooLarge(bytes) => two(
            lang,
            (format!("这一条太大了（{} 兆），没有记上", bytes >> 20), "名单分成几个文件再导"),
            (format!("this is too large to record at once ({} MB)", bytes >> 20), "split the list into several files"),
        ),
        JournalError::CannotOpen(detail) => two(
            lang,
            (format!("数据文件打不开：{}", label::clean(detail)), "看看文件夹在不在、有没有权限"),
            (format!("the campaign file cannot be opened: {}", label::clean(detail)), "see whether its folder is there and may be used"),
        ),
        JournalError::InTheWay(path) => two(
            lang,
            (format!("{} 已经有了，又不是本批次以前的备份，没有动它", file(path)), "换一个文件名，或写一个文件夹"),
            (
                format!("{} is there and is no earlier backup of this campaign; it was left alone", file(path)),
                "take another name, or a folder",
            ),
        ),
        JournalError::Io(detail) => two(
            lang,
            (format!("硬盘出问题，这一条没有记上：{}", label::clean(detail)), "看看硬盘或 U 盘是否还在，再做一次"),
            (
                format!("disk trouble, this was not recorded: {}", label::clean(detail)),
                "see whether the disk or stick is still there and do it again",
            ),
        ),
        JournalError::NoHome(folder, kind) => {
            let (folder, why) = (file(folder), system_says(lang, &(*kind).into()));
            two(
                lang,
                (format!("放设置和本机身份的文件夹用不了：{folder}（{why}）"), "换成能写的文件夹：设环境变量 DUIHAO_HOME；什么都没有记"),
                (
                    format!("the folder for settings and this computer's identity cannot be used: {folder} ({why})"),
                    "let $DUIHAO_HOME name a folder that can be written; nothing was recorded",
                ),
            )
        }
        JournalError::Sqlite(detail) => two(
            lang,
            (format!("数据文件出问题，这一条没有记上：{}", label::clean(detail)), "重开一次；还不行就用最近的备份"),
            (
                format!("trouble with the campaign file, this was not recorded: {}", label::clean(detail)),
                "start again; if it stays, take the last backup",
            ),
        ),
    }
}

fn damage(lang: Lang, damage: Damage) -> &'static str {
    match damage {
        Damage::Gap => lang.pick("它前面少了一条", "the one before it is missing"),
        Damage::Prev => lang.pick("它和前一条接不上", "it does not follow from the one before"),
        Damage::Hash => lang.pick("它的编号或时间被改过", "its number or time was changed"),
        Damage::Body => lang.pick("它的内容被改过", "its content was changed"),
        Damage::BodyMissing => lang.pick("它的内容不见了", "its content is gone"),
        Damage::Column => lang.pick("它有一格不成样子", "a part of it cannot be what it is"),
    }
}

fn campaign(lang: Lang, path: &Path, error: &CampaignError) -> (String, String) {
    let (path, what) = (file(path), lang.pick(fault(&error.fault), label::clean(&error.fault.to_string())));
    let (zh, en) = match error.line {
        Some(line) => (format!("{path} 第 {line} 行有误：{what}"), format!("{path}, line {line}: {what}")),
        None => (format!("{path} 有误：{what}"), format!("{path}: {what}")),
    };
    two(lang, (zh, "照示例批次文件改好这一行；没有新建任何东西"), (en, "correct it as in the sample campaign; nothing was created"))
}

/// A campaign file's fault in Chinese; the keys stay as they are typed.
fn fault(fault: &Fault) -> String {
    let clean = label::clean;
    match fault {
        Fault::TooLarge(most) => format!("文件超过 {most} 字节"),
        Fault::NotText => "不是 UTF-8 文本".to_owned(),
        Fault::Syntax(_) => "写法不对（引号、方括号、等号要成对，文字要加引号，同一项不能写两次）".to_owned(),
        Fault::UnknownKey(key) => format!("没有 {} 这一项", clean(key)),
        Fault::NoneOf(key, allowed, found) => format!("{} 只能是 {} 之一，不能是 {}", clean(key), allowed.replace(' ', "、"), clean(found)),
        Fault::Kind(key, kind) => format!("{} 应写{}", clean(key), value_kind(*kind)),
        Fault::TooLong(key, most) => format!("{} 超过 {most} 个字", clean(key)),
        Fault::RoomTwice(room) => format!("采集点 {} 写了两次", clean(room)),
        Fault::SeriesTwice(room) => format!("{} 的号段字母和别的采集点相同", clean(room)),
        Fault::BytesTurned => "bytes_min 比 bytes_max 还大".to_owned(),
        Fault::UnknownZone(name) => format!("没有 {} 这个时区", clean(name)),
    }
}

fn value_kind(kind: ValueKind) -> String {
    match kind {
        ValueKind::Table => "成一段（方括号开头）".to_owned(),
        ValueKind::List => "成一列，放在方括号里".to_owned(),
        ValueKind::Text => "文字".to_owned(),
        ValueKind::Filled => "文字，不能空".to_owned(),
        ValueKind::Switch => " true 或 false".to_owned(),
        ValueKind::Whole(most) => format!(" 0 到 {most} 的整数"),
        ValueKind::Share => " 0 到 1 之间的数".to_owned(),
        ValueKind::Date => "日期，如 2020-09-13".to_owned(),
        ValueKind::Letter => "一个大写字母".to_owned(),
    }
}

fn sheet(lang: Lang, error: &SheetError) -> (String, String) {
    match error {
        SheetError::Empty => fixed(lang, ("文件是空的", "换有名单的那个文件"), ("the file is empty", "choose the one that holds the list")),
        SheetError::OldExcel => fixed(
            lang,
            ("这是一九九五年以前的老式表格（.xls）", "用表格软件打开，另存为 .xlsx"),
            ("this is a workbook from before 1995 (.xls)", "open it and save it as .xlsx"),
        ),
        SheetError::Cancelled => fixed(lang, ("读到一半停下了", "什么都没有导入"), ("the reading was stopped", "nothing was taken")),
        SheetError::Encrypted => fixed(
            lang,
            ("表格设了密码", "去掉密码，另存为 .xlsx"),
            ("the workbook has a password", "remove the password and save it as .xlsx"),
        ),
        SheetError::WebPage => fixed(
            lang,
            ("这其实是网页，只是名字像表格", "用表格软件打开，另存为 .xlsx"),
            ("this is a web page under a workbook's name", "open it and save it as .xlsx"),
        ),
        SheetError::NotUtf8 => fixed(
            lang,
            ("文字的编码认不出，怕读成别的字", "用表格软件打开，看字对不对，另存为 .xlsx 或 UTF-8 的 csv"),
            ("the encoding of the text is not known", "open it, see that the characters are right, save it as .xlsx or as UTF-8 csv"),
        ),
        SheetError::Big5 => fixed(
            lang,
            ("文字像是繁体的 Big5 编码，怕读成别的字", "用表格软件打开，看字对不对，另存为 .xlsx 或 UTF-8 的 csv"),
            ("the text seems to be in Big5", "open it, see that the characters are right, save it as .xlsx or as UTF-8 csv"),
        ),
        SheetError::OtherFile(kind) => two(
            lang,
            ("这不是表格".to_owned(), "把名单存成 .xlsx 再导"),
            (format!("this is {}, no sheet", label::clean(kind)), "save the list as .xlsx"),
        ),
        SheetError::Damaged(why) => two(
            lang,
            ("表格坏了，读不到底".to_owned(), "用表格软件打开，重新另存为 .xlsx"),
            (format!("the workbook is damaged ({})", label::clean(why)), "open it and save it again as .xlsx"),
        ),
        SheetError::TooLarge { what, limit } => two(
            lang,
            ("表格太大，不像名单".to_owned(), "只留有名单的那一张表，另存为 .xlsx"),
            (
                format!("too large for a list: {} (limit {limit})", label::clean(what)),
                "keep only the sheet with the list and save it as .xlsx",
            ),
        ),
        SheetError::NoSuchSheet { wanted, have } => {
            let have = label::listed(lang, &have.iter().map(|n| label::clean(n)).collect::<Vec<_>>());
            let wanted = label::clean(wanted);
            match lang {
                Lang::Zh => (format!("没有工作表“{wanted}”"), format!("这个文件里有：{have}")),
                Lang::En => (format!("there is no sheet \"{wanted}\""), format!("the file holds: {have}")),
            }
        }
    }
}

fn no_tables(lang: Lang, folder: &str) -> (String, String) {
    match lang {
        Lang::Zh => {
            (format!("{folder} 里没有表格文件"), "表格是 .xlsx .xls .csv .ods .dbf 等文件；名单若在更深的文件夹里，指到那一层".to_owned())
        }
        Lang::En => (
            format!("there are no tables in {folder}"),
            "tables are files such as .xlsx .xls .csv .ods .dbf; name the folder they are in".to_owned(),
        ),
    }
}

/// What the command line cannot do as asked; `what` is a key where the sentence stands here, else the sentence itself.
fn usage(lang: Lang, what: &str, hint: &str) -> (String, String) {
    match what {
        "terminal" => fixed(
            lang,
            ("这里不是终端窗口，开不了屏幕", "在终端窗口里运行，或用命令，见 duihao --help"),
            ("this is no terminal, the screen cannot be shown", "run it in a terminal, or give a command, see duihao --help"),
        ),
        "rehearse" => fixed(
            lang,
            ("演练要在终端窗口里做，这里不是终端", "打开终端窗口，运行 duihao rehearse，不加 --json"),
            ("a practice needs a terminal, and this is none", "open a terminal and run duihao rehearse there, without --json"),
        ),
        "forget" => fixed(
            lang,
            ("彻底删去以后找不回来，所以还没有删", "确定要删就加 --yes"),
            ("what is forgotten cannot be brought back, so nothing was removed yet", "add --yes if it shall go"),
        ),
        "keep_many" => fixed(
            lang,
            ("一份名单最多保留 8 列", "只留用得上的，不保留的列写 --columns 不取=表头"),
            ("of a list at most 8 columns are kept", "keep what is of use; --columns drop=HEADER leaves one out"),
        ),
        "keep_where" => fixed(
            lang,
            ("只有名单的列可以保留", "--keep 只和 duihao import roster 一起用"),
            ("only columns of class lists are kept", "--keep goes with duihao import roster only"),
        ),
        "nothing_to_print" => fixed(
            lang,
            ("没有可打印的：这里没有名单上的人，也没有时段", "先导入安排表和名单，或换一个采集点、日期"),
            (
                "nothing to print: nobody on a list and no slot is meant here",
                "import schedule and lists first, or name another room or date",
            ),
        ),
        "pack_format" => fixed(
            lang,
            ("打印包是一个文件夹，没有别的格式", "--out 写文件夹的名字（不带 .xlsx），去掉 --format；单份表用 export signatures 等"),
            (
                "the print pack is a folder and has no other format",
                "give --out a folder (no .xlsx) and leave --format out; single sheets: export signatures and others",
            ),
        ),
        "replace_schedule" => fixed(
            lang,
            (
                "安排表不用 --replace：同一间屋同一天，后导的那份自动代替先导的",
                "去掉它再导；整间屋或整天都取消了的，先撤销原来那次导入（duihao log 查编号，duihao undo 编号）",
            ),
            (
                "a schedule needs no --replace: for a room and day the later one counts by itself",
                "leave it out; where a whole room or day is off, undo the earlier import first (duihao log, duihao undo NUMBER)",
            ),
        ),
        "replace_where" => fixed(
            lang,
            ("现场记录用不着 --replace、--same、--others", "这些选项只和名单一起用；去掉再导"),
            ("a log has no use for --replace, --same or --others", "they go with class lists; leave them out"),
        ),
        _ => (label::clean(what), label::clean(hint)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::desk::error::{Collision, CopyError, Lack, PhotoError, ReportError};
    use crate::domain::command::Refusal;
    use crate::domain::ids::StationId;

    fn all() -> Vec<Error> {
        let path = || PathBuf::from("/x/7");
        let text = || "7".to_owned();
        let system = || std::io::Error::other("7");
        let journal = [
            JournalError::NotFound(path()),
            JournalError::NotADatabase,
            JournalError::TooNew { found: 9 },
            JournalError::Corrupt(text()),
            JournalError::Busy,
            JournalError::Behind,
            JournalError::ReadOnly,
            JournalError::DiskFull,
            JournalError::Locked,
            JournalError::OtherCampaign { here: text(), there: text() },
            JournalError::TooLarge(70 << 20),
            JournalError::CannotOpen(text()),
            JournalError::InTheWay(path()),
            JournalError::Io(text()),
            JournalError::Sqlite(text()),
        ];
        let damaged = [Damage::Gap, Damage::Prev, Damage::Hash, Damage::Body, Damage::BodyMissing, Damage::Column]
            .map(|what| JournalError::Damaged { station: StationId(0xa1), seq: 7, what });
        let reports = [
            ReportError::UnknownFormat(text()),
            ReportError::NoName(path()),
            ReportError::IsFolder(path()),
            ReportError::NotAFolder(path()),
            ReportError::ReadOnly(path()),
            ReportError::InUse(path()),
            ReportError::DiskFull(path()),
            ReportError::Disk { path: path(), source: system() },
            ReportError::Text(system()),
        ];
        let sheets = [
            SheetError::Empty,
            SheetError::OldExcel,
            SheetError::Encrypted,
            SheetError::WebPage,
            SheetError::NotUtf8,
            SheetError::Big5,
            SheetError::OtherFile("7"),
            SheetError::Damaged(text()),
            SheetError::TooLarge { what: "rows", limit: 7 },
            SheetError::NoSuchSheet { wanted: text(), have: vec![text(), text()] },
        ];
        let mut all = vec![
            Error::Usage("terminal".to_owned(), text()),
            Error::Usage("forget".to_owned(), text()),
            Error::Usage("nothing_to_print".to_owned(), text()),
            Error::Usage("rehearse".to_owned(), text()),
            Error::Usage("keep_many".to_owned(), text()),
            Error::Usage("keep_where".to_owned(), text()),
            Error::Usage("pack_format".to_owned(), text()),
            Error::Usage("replace_schedule".to_owned(), text()),
            Error::Usage("replace_where".to_owned(), text()),
            Error::Refused(Refusal::NothingToUndo),
            Error::Campaign(path(), CampaignError { line: Some(7), fault: Fault::UnknownKey(text()) }),
            Error::Campaign(path(), CampaignError { line: None, fault: Fault::NotText }),
            Error::File(path(), system()),
            Error::NoTables(path()),
            Error::InFile(text(), Box::new(Error::NoTables(path()))),
            Error::Word("room", text(), vec![text()]),
            Error::Nowhere("college", text()),
            Error::Several("room", vec![text(), text()]),
            Error::Several("date", Vec::new()),
            Error::Bug(text()),
        ];
        all.extend(journal.into_iter().chain(damaged).map(Error::Journal));
        all.extend(reports.into_iter().map(Error::Report));
        all.extend(sheets.into_iter().map(Error::Sheet));
        all.extend(pictures());
        all
    }

    fn pictures() -> Vec<Error> {
        let path = || PathBuf::from("/x/7");
        let text = || "7".to_owned();
        let system = || std::io::Error::other("7");
        let twice = || vec![Collision { file: text(), who: vec![text(), text()] }];
        let reading = [
            PhotoError::Missing(path()),
            PhotoError::NotAFolder(path()),
            PhotoError::Unreadable { path: path(), source: system() },
            PhotoError::TooMany(7),
            PhotoError::Cancelled,
        ];
        let fields = ["student_no", "token", "name", "class", "college", "room", "date"];
        let mut copying = vec![
            CopyError::Sign('7'),
            CopyError::TooLong { who: text(), file: text() },
            CopyError::Collides(twice()),
            CopyError::TwoRooms(twice()),
            CopyError::SharedPicture(twice()),
            CopyError::NotEmpty(path()),
            CopyError::OtherCopy(path()),
            CopyError::AmongOriginals(path()),
            CopyError::Busy(path()),
            CopyError::InTheWay(path()),
            CopyError::Original { photo: text(), source: system() },
            CopyError::OriginalOutside(text()),
            CopyError::OriginalChanged(text()),
            CopyError::TooLarge(text()),
            CopyError::ReadBack(path()),
            CopyError::Disk(ReportError::DiskFull(path())),
            CopyError::Cancelled { done: 7, of: 9 },
            CopyError::NoCopy(path()),
            CopyError::Manifest(path()),
        ];
        copying.extend(fields.map(|field| CopyError::Lacks(vec![Lack { who: text(), field }])));
        let none = [Error::NoPictures(path(), 7)];
        reading.into_iter().map(Error::Photos).chain(copying.into_iter().map(Error::Copy)).chain(none).collect()
    }

    #[test]
    fn every_error_says_what_and_what_to_do_in_its_own_language() {
        for error in all() {
            let (what, hint) = say(Lang::En, &error);
            assert!(!what.is_empty() && !hint.is_empty() && what.is_ascii() && hint.is_ascii(), "{what} | {hint}");
            let (what, hint) = say(Lang::Zh, &error);
            assert!([&what, &hint].iter().all(|t| !t.is_ascii()), "{what} | {hint}");
        }
    }

    #[test]
    fn a_sheet_that_cannot_be_read_says_how_to_save_it() {
        let unreadable = [
            SheetError::OldExcel,
            SheetError::Encrypted,
            SheetError::WebPage,
            SheetError::NotUtf8,
            SheetError::Big5,
            SheetError::OtherFile("a PDF"),
            SheetError::Damaged("7".to_owned()),
        ];
        for error in unreadable {
            for lang in Lang::ALL {
                assert!(say(lang, &Error::Sheet(error.clone())).1.contains(".xlsx"), "{error}");
            }
        }
    }

    #[test]
    fn a_full_disk_is_said_so_that_nobody_takes_the_scan_for_recorded() {
        let (what, hint) = say(Lang::Zh, &Error::Journal(JournalError::DiskFull));
        assert!(what.contains("没有记上") && hint.contains("纸笔"), "{what} {hint}");
    }
}
