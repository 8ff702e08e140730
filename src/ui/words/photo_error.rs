//! Why photographs could not be read or copied, and what helps.

use std::path::Path;

use super::disk::{file, report, system_says, two};
use super::{Lang, label};
use crate::desk::error::{CopyError, PhotoError};

/// A folder that could not be read at all.
pub fn reading(lang: Lang, error: &PhotoError) -> (String, String) {
    match error {
        PhotoError::Missing(path) => two(
            lang,
            (format!("没有这个文件夹：{}", file(path)), "核对路径；U 盘或读卡器插好了吗？"),
            (format!("there is no folder {}", file(path)), "check the path; is the stick or card reader plugged in?"),
        ),
        PhotoError::NotAFolder(path) => two(
            lang,
            (format!("{} 是文件，不是文件夹", file(path)), "指明照片所在的文件夹"),
            (format!("{} is a file, no folder", file(path)), "name the folder that holds the photographs"),
        ),
        PhotoError::Unreadable { path, source } => two(
            lang,
            (format!("读不了 {}：{}", file(path), system_says(lang, source)), "换一个读卡器或盘再试；已读过的都还在"),
            (
                format!("{} cannot be read: {}", file(path), system_says(lang, source)),
                "try another reader or disc; what was read before is still there",
            ),
        ),
        PhotoError::TooMany(most) => two(
            lang,
            (format!("文件超过 {most} 个"), "只指一台相机的文件夹，不要指整个盘"),
            (format!("there are more than {most} files"), "name the folder of one camera, not a whole disk"),
        ),
        PhotoError::Cancelled => two(
            lang,
            ("已停止，没有读进照片".to_owned(), "需要时再读一次"),
            ("stopped, no pictures were taken".to_owned(), "read it again when needed"),
        ),
    }
}

/// A folder without pictures.
pub fn none(lang: Lang, path: &Path, others: usize) -> (String, String) {
    two(
        lang,
        (format!("{} 里没有照片（其他文件 {others} 个）", file(path)), "核对文件夹；没有照片也不要紧，以学信网为准"),
        (
            format!("there are no photographs in {} ({others} other files)", file(path)),
            "check the folder; without pictures CHSI is the evidence",
        ),
    )
}

/// Pictures that could not be copied.
pub fn copying(lang: Lang, error: &CopyError) -> (String, String) {
    match error {
        CopyError::UnknownField(name) => two(
            lang,
            (
                format!("命名里没有“{}”这一项", label::clean(name)),
                "可用：{id_no} {student_no} {token} {name} {class} {college} {room} {date}",
            ),
            (
                format!("no field of names is called \"{}\"", label::clean(name)),
                "use {id_no} {student_no} {token} {name} {class} {college} {room} {date}",
            ),
        ),
        CopyError::Brace(text) => two(
            lang,
            (format!("花括号不成对：{}", label::clean(text)), "写成 {id_no}.jpg 这样"),
            (format!("a brace has no partner: {}", label::clean(text)), "write it like {id_no}.jpg"),
        ),
        CopyError::Sign(sign) => {
            two(lang, (format!("文件名里不能有 {sign}"), "去掉它"), (format!("a file name may not hold {sign}"), "leave it out"))
        }
        CopyError::Outside(text) => two(
            lang,
            (format!("“{}”不是这个文件夹里的文件名", label::clean(text)), "写成 {class}/{id_no}.jpg 这样"),
            (format!("\"{}\" does not name a file inside the folder", label::clean(text)), "write it like {class}/{id_no}.jpg"),
        ),
        CopyError::Lacks(lacks) => {
            let who: Vec<String> = lacks.iter().map(|l| format!("{} {}", label::code(&l.who), field(lang, l.field))).collect();
            two(
                lang,
                (
                    format!("{} 人缺命名要用的内容：{}", lacks.len(), some(lang, &who)),
                    "补名单，或换一种命名，或让这些人先不复制（命令行加 --skip-lacking）；一张也没有复制",
                ),
                (
                    format!("{} people lack what the name needs: {}", lacks.len(), some(lang, &who)),
                    "complete the list, choose another name, or leave these people out (--skip-lacking); nothing was copied",
                ),
            )
        }
        CopyError::TooLong { who, file } => two(
            lang,
            (format!("{} 的文件名太长：{}", label::code(who), label::clean(file)), "换一种短的命名；一张也没有复制"),
            (format!("the name for {} is too long: {}", label::code(who), label::clean(file)), "choose a shorter name; nothing was copied"),
        ),
        CopyError::Collides(collisions) => {
            let names: Vec<String> = collisions
                .iter()
                .map(|c| format!("{}{}{}", label::code(&c.file), lang.pick(" ← ", " for "), people(lang, &c.who)))
                .collect();
            two(
                lang,
                (format!("{} 个文件名会重复：{}", collisions.len(), some(lang, &names)), "命名里加上学号；一张也没有复制"),
                (
                    format!("{} names would be given twice: {}", collisions.len(), some(lang, &names)),
                    "add the student number to the name; nothing was copied",
                ),
            )
        }
        CopyError::TwoRooms(twice) => {
            let names: Vec<String> =
                twice.iter().map(|c| format!("{}{}{}", label::code(&c.file), lang.pick("：", ": "), people(lang, &c.who))).collect();
            two(
                lang,
                (
                    format!("{} 人在两个地方都有核对过的照片：{}", twice.len(), some(lang, &names)),
                    "各留一处，另一处记“无照”（duihao photos settle 无照 --room 采集点 --student 学号）；一张也没有复制",
                ),
                (
                    format!("{} people have a confirmed picture in two places: {}", twice.len(), some(lang, &names)),
                    "keep one and record no picture for the other (duihao photos settle gap --room ROOM --student NO); nothing was copied",
                ),
            )
        }
        CopyError::SharedPicture(shared) => {
            let names: Vec<String> =
                shared.iter().map(|c| format!("{}{}{}", label::code(&c.file), lang.pick(" ← ", " for "), people(lang, &c.who))).collect();
            two(
                lang,
                (format!("{} 张照片同时算作几个人的：{}", shared.len(), some(lang, &names)), "先核对这几个人；一张也没有复制"),
                (
                    format!("{} pictures stand for several people: {}", shared.len(), some(lang, &names)),
                    "look at these people first; nothing was copied",
                ),
            )
        }
        CopyError::NotEmpty(path) => {
            two(lang, (format!("{} 不是空的", file(path)), "换一个新文件夹"), (format!("{} is not empty", file(path)), "take a new folder"))
        }
        CopyError::OtherCopy(path) => two(
            lang,
            (format!("{} 里是另一批照片", file(path)), "换一个新文件夹，或先撤销那一批"),
            (format!("{} holds another copy", file(path)), "take a new folder, or undo that copy first"),
        ),
        CopyError::AmongOriginals(path) => two(
            lang,
            (format!("{} 在原始照片的文件夹里", file(path)), "换到别处，免得下次当成新照片读进来"),
            (format!("{} lies among the originals", file(path)), "put it elsewhere, or the next reading takes the copies for new pictures"),
        ),
        CopyError::Busy(path) => two(
            lang,
            (format!("另一个程序正在往 {} 复制", file(path)), "等它完成"),
            (format!("another program is copying to {}", file(path)), "wait until it is done"),
        ),
        CopyError::InTheWay(path) => two(
            lang,
            (format!("{} 挡在路上", file(path)), "移开它，或换一个文件夹"),
            (format!("{} is in the way", file(path)), "move it away, or take another folder"),
        ),
        CopyError::Original { photo, source } => two(
            lang,
            (format!("读不了原始照片 {}：{}", label::code(photo), system_says(lang, source)), "插好存放原始照片的盘，再运行一次，会接着做"),
            (
                format!("the original {} cannot be read: {}", label::code(photo), system_says(lang, source)),
                "plug in the disk with the originals and run it again: it goes on where it stopped",
            ),
        ),
        CopyError::OriginalOutside(photo) => two(
            lang,
            (format!("原始照片 {} 不在读过的文件夹里，是通到别处的链接", label::code(photo)), "读照片真正所在的文件夹，核对后再复制"),
            (
                format!("the original {} is a link out of the folder that was read", label::code(photo)),
                "read the folder where the photographs really are, look, then copy",
            ),
        ),
        CopyError::OriginalChanged(photo) => two(
            lang,
            (format!("原始照片 {} 读过之后变了", label::code(photo)), "重新读一遍照片，核对后再复制"),
            (format!("the original {} has changed since it was read", label::code(photo)), "read the photographs again, look, then copy"),
        ),
        CopyError::TooLarge(photo) => two(
            lang,
            (format!("{} 太大，不像照片", label::code(photo)), "核对这个文件"),
            (format!("{} is too large to be a photograph", label::code(photo)), "look at that file"),
        ),
        CopyError::ReadBack(path) => two(
            lang,
            (format!("{} 写完读回来不一样", file(path)), "这个盘靠不住，换一个再复制"),
            (format!("{} reads back differently than it was written", file(path)), "do not trust this disk: take another one"),
        ),
        CopyError::Disk(error) => report(lang, error),
        CopyError::Cancelled { done, of } => two(
            lang,
            (format!("已停止：{of} 张里复制了 {done} 张"), "再运行一次会接着做"),
            (format!("stopped after {done} of {of}"), "run it again: it goes on where it stopped"),
        ),
        CopyError::NoCopy(path) => two(
            lang,
            (format!("{} 里没有复制好的照片", file(path)), "核对文件夹"),
            (format!("{} holds no finished copy", file(path)), "check the folder"),
        ),
        CopyError::Manifest(path) => two(
            lang,
            (format!("{} 不能作清单用", file(path)), "清单被改过；要删照片请自己动手"),
            (format!("{} cannot be read as a manifest", file(path)), "it was changed; remove pictures by hand"),
        ),
    }
}

fn some(lang: Lang, all: &[String]) -> String {
    label::people(lang, all)
}

fn people(lang: Lang, who: &[String]) -> String {
    label::listed(lang, &who.iter().map(|w| label::code(w)).collect::<Vec<_>>())
}

fn field(lang: Lang, name: &str) -> &'static str {
    match name {
        "id_no" => lang.pick("身份证号", "document"),
        "student_no" => lang.pick("学号", "student number"),
        "token" => lang.pick("序号", "number"),
        "name" => lang.pick("姓名", "name"),
        "class" => lang.pick("班级", "class"),
        "college" => lang.pick("学院", "college"),
        "room" => lang.pick("采集点", "room"),
        _ => lang.pick("日期", "date"),
    }
}
