//! Words of 导出 and 备份.

use std::path::Path;

use super::{Lang, label};
use crate::desk::handing_out::Handout;

/// What a sheet is called, and what it is for.
pub fn about(lang: Lang, what: Handout) -> (&'static str, &'static str) {
    let (name, why) = match what {
        Handout::Summary => {
            (("汇总", "Summary"), ("各采集点、学院、班级的人数，报给教务处", "counts by room, college and class, for the office"))
        }
        Handout::NoShows => (
            ("未拍名单", "No-shows"),
            (
                "应到未拍的人，按学院和班级；通知他们自行到新华社采集点补拍",
                "who has yet to be photographed, and must go to Xinhua themselves",
            ),
        ),
        Handout::Mapping => {
            (("照片对应表", "Mapping"), ("哪张照片是谁的，把握多大，凭什么", "which photograph is whose, how sure and why"))
        }
        Handout::Closing => (
            ("图像采集人数确认单", "Confirmation of counts"),
            ("各班应到、实拍、重拍、作废；没有姓名，摄影师和学校签字", "counts by class, no names; photographer and school sign it"),
        ),
        Handout::Corrections => (
            ("需更正学籍信息名单", "Records to correct"),
            ("当天更正过的学号、姓名、证件，和凭什么改", "what was corrected on the day, and on what evidence"),
        ),
        Handout::Contact => {
            (("班级对照页", "Contact sheets"), ("每班一页照片，发给班主任认人", "a page of pictures a class, for the class teacher"))
        }
        Handout::Proof => {
            (("证明页", "Proof sheets"), ("核对这几张脸就证明整段没错位，签字存档", "the faces that prove a block; signed and kept"))
        }
        Handout::Pictures => (
            ("照片对应表（带小图）", "Mapping with pictures"),
            ("和照片对应表一样，多一列小图", "the mapping, with a small picture in every row"),
        ),
        Handout::Notices => (("各班通知", "Notices"), ("每班一段，复制到微信群", "a text a class, to paste into its group")),
        Handout::Pack => (("摄影师用表", "Photographer's pack"), ("号牌和班级，没有姓名", "numbers and classes, no names")),
    };
    (lang.pick(name.0, name.1), lang.pick(why.0, why.1))
}

/// Everything at once.
pub fn all(lang: Lang) -> (&'static str, &'static str) {
    (lang.pick("全部", "Everything"), lang.pick("下面这些各写一份", "one of each of those below"))
}

/// The name of its file.
pub fn file(lang: Lang, what: Handout) -> String {
    let suffix = match what {
        Handout::Contact | Handout::Proof | Handout::Pack => "html",
        Handout::Notices => "txt",
        _ => "xlsx",
    };
    format!("{}.{suffix}", about(lang, what).0)
}

/// The folder beside the database.
pub fn folder(lang: Lang) -> &'static str {
    lang.pick("导出", "export")
}

/// The folder of backups beside the database.
pub fn backups(lang: Lang) -> &'static str {
    lang.pick("备份", "backup")
}

/// What is there once photographs were read.
pub fn without_photographs(lang: Lang) -> String {
    let names: Vec<&str> = Handout::ALL.iter().filter(|h| h.needs_photographs()).map(|h| about(lang, *h).0).collect();
    match lang {
        Lang::Zh => format!("读过照片文件夹以后还有：{}", names.join("、")),
        Lang::En => format!("once a folder of photographs was read: {}", names.join(", ")),
    }
}

/// It has begun.
pub fn writing(lang: Lang) -> &'static str {
    lang.pick("正在写，扫码照常", "writing; scans go on")
}

/// It is there.
pub fn written(lang: Lang, files: usize, folder: &Path) -> String {
    // The whole path does not fit a line.
    let folder = label::clean(&folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy());
    lang.pick(
        format!("已导出 {files} 个文件，在“{folder}”文件夹（数据文件旁边）"),
        format!("{files} files in the folder {folder} beside the database"),
    )
}

/// The backup is there.
pub fn backed_up(lang: Lang, to: &Path) -> String {
    let to = label::clean(&to.to_string_lossy());
    lang.pick(format!("已备份到 {to}"), format!("backed up to {to}"))
}

/// How to use a backup.
pub fn how_to_use(lang: Lang) -> &'static str {
    lang.pick("以后用“打开数据文件”打开它就能看", "open it with “Open a database” to look at it")
}

/// A day that leaves no file.
pub fn nothing_kept(lang: Lang) -> &'static str {
    lang.pick("样例日不留下文件，没有可备份的", "the sample day keeps no file: there is nothing to back up")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_has_a_file_name_of_its_own_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut names: Vec<String> = Handout::ALL.iter().map(|h| file(lang, *h)).collect();
            assert!(names.iter().all(|n| !n.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])), "{names:?}");
            names.sort();
            names.dedup();
            assert_eq!(names.len(), Handout::ALL.len());
        }
    }
}
