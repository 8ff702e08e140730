//! What the disk says: paths, the system's own words, and why a file could not be written.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::{Lang, label};
use crate::desk::error::ReportError;

/// A sentence with values and its hint, in the language asked for.
pub(super) fn two(lang: Lang, zh: (String, &str), en: (String, &str)) -> (String, String) {
    let (what, hint) = lang.pick(zh, en);
    (what, hint.to_owned())
}

/// What the system says of a file, in the user's language where it is one of the usual things.
pub(super) fn system_says(lang: Lang, why: &io::Error) -> String {
    let known = match why.kind() {
        ErrorKind::NotFound => ("没有这个文件或文件夹", "there is no such file or folder"),
        ErrorKind::PermissionDenied => ("没有权限", "no permission"),
        ErrorKind::IsADirectory => ("这是文件夹，不是文件", "this is a folder, no file"),
        ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "part of the path is no folder"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("硬盘满了", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => ("这个盘只能读", "the disk can only be read"),
        ErrorKind::InvalidFilename => ("文件名不能用", "the file name cannot be used"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => ("正被别的程序占用", "another program uses it"),
        _ => return label::clean(&why.to_string()),
    };
    lang.pick(known.0, known.1).to_owned()
}

/// A path fit for a sentence.
pub(super) fn file(path: &Path) -> String {
    label::clean(&path.display().to_string())
}

/// Why a file could not be written.
pub(super) fn report(lang: Lang, error: &ReportError) -> (String, String) {
    match error {
        ReportError::UnknownFormat(word) => {
            let word = label::clean(word);
            two(
                lang,
                (format!("不会写 {word} 格式"), "可选：xlsx、csv、html、json"),
                (format!("no report format is called {word}"), "choose one of: xlsx, csv, html, json"),
            )
        }
        ReportError::NoName(path) => two(
            lang,
            (format!("{} 不能作文件名", file(path)), "换一个短一点、不带特殊符号的名字"),
            (format!("{} cannot be the name of a file", file(path)), "take a shorter name without special signs"),
        ),
        ReportError::IsFolder(path) => {
            two(lang, (format!("{} 是文件夹", file(path)), "在后面加上文件名"), (format!("{} is a folder", file(path)), "add a file name"))
        }
        ReportError::NotAFolder(path) => two(
            lang,
            (format!("{} 建不了：路上有一段是文件", file(path)), "换一个文件夹"),
            (format!("{} cannot be made: part of its path is a file", file(path)), "choose another folder"),
        ),
        ReportError::ReadOnly(path) => two(
            lang,
            (format!("{} 不让写", file(path)), "换一个文件夹，例如桌面"),
            (format!("{} may not be written", file(path)), "choose another folder"),
        ),
        ReportError::InUse(path) => two(
            lang,
            (format!("{} 正被别的程序打开", file(path)), "先在表格软件里关掉它，再导一次；旧文件没有动"),
            (format!("{} is open in another program", file(path)), "close it there and export again; the old file is untouched"),
        ),
        ReportError::DiskFull(path) => two(
            lang,
            (format!("放不下 {}：硬盘满了", file(path)), "腾出地方再导一次；旧文件没有动"),
            (format!("no space left for {}", file(path)), "make room and export again; the old file is untouched"),
        ),
        ReportError::Disk { path, source } => two(
            lang,
            (format!("{} 没写成：{}", file(path), system_says(lang, source)), "换一个文件夹再试；旧文件没有动"),
            (format!("{} was not written: {}", file(path), system_says(lang, source)), "try another folder; the old file is untouched"),
        ),
        ReportError::Workbook(detail) => built(lang, &detail.to_string()),
        ReportError::Text(detail) => built(lang, &detail.to_string()),
    }
}

fn built(lang: Lang, detail: &str) -> (String, String) {
    two(
        lang,
        (format!("表格没做成：{}", label::clean(detail)), "换 csv 格式试试，并把这句话告诉维护的人"),
        (format!("the table could not be made: {}", label::clean(detail)), "try csv, and report this sentence"),
    )
}
