//! Words for copying pictures on the screen: what is asked, what would leave, and what has left.

use super::{Lang, label};

/// The head of the form.
pub fn title(lang: Lang) -> &'static str {
    lang.pick("复制照片", "Copy pictures")
}

/// The labels of the form: folder, name.
pub fn labels(lang: Lang) -> [&'static str; 2] {
    [lang.pick("新文件夹", "New folder"), lang.pick("命名", "Names")]
}

/// What a name may be made of.
pub fn fields(lang: Lang) -> &'static str {
    lang.pick(
        "可用：{student_no} 学号 {id_no} 身份证号 {token} 序号 {name} 姓名 {class} 班级 {college} 学院 {room} 采集点 {date} 日期",
        "names take {student_no} {id_no} {token} {name} {class} {college} {room} {date}",
    )
}

/// `817 张 · 14 待核对不复制 · 3 无照片`
pub fn leaving(lang: Lang, pictures: usize, doubts: usize, without: usize) -> String {
    match lang {
        Lang::Zh => format!("{pictures} 张 · {doubts} 待核对不复制 · {without} 无照片"),
        Lang::En => format!("{pictures} pictures · {doubts} doubts left out · {without} without"),
    }
}

/// `5 人缺命名内容，先不复制`
pub fn lacking(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 人缺命名内容，先不复制"),
        Lang::En => format!("{n} lack what the name needs, left out"),
    }
}

/// `2 人的照片坏了，不复制`
pub fn spoilt(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 人的照片坏了，不复制"),
        Lang::En => format!("{n} have a broken file, left out"),
    }
}

/// `→ 文件夹，第一张 2017010401.jpg`
pub fn goes_to(lang: Lang, folder: &str, first: Option<&str>) -> String {
    let folder = label::clean(folder);
    match (lang, first.map(label::clean)) {
        (_, None) => format!("→ {folder}"),
        (Lang::Zh, Some(first)) => format!("→ {folder}，第一张 {first}"),
        (Lang::En, Some(first)) => format!("→ {folder}, first {first}"),
    }
}

/// The row that begins.
pub fn begin(lang: Lang, pictures: usize) -> String {
    match lang {
        Lang::Zh => format!("开始复制 {pictures} 张"),
        Lang::En => format!("Copy {pictures} pictures"),
    }
}

/// The row that leaves some people out.
pub fn leave_out(lang: Lang) -> &'static str {
    lang.pick("缺的人先不复制，其余照常", "Leave these people out, copy the rest")
}

/// The row that goes back to the form.
pub fn back(lang: Lang) -> &'static str {
    lang.pick("返回，改文件夹或命名", "Back, change folder or names")
}

/// A folder is needed.
pub fn folder_needed(lang: Lang) -> &'static str {
    lang.pick("写明新文件夹", "name the new folder")
}

/// `已复制并核对 817 张 → 文件夹`
pub fn done(lang: Lang, pictures: usize, folder: &str) -> String {
    let folder = label::clean(folder);
    match lang {
        Lang::Zh => format!("已复制并核对 {pictures} 张 → {folder}"),
        Lang::En => format!("{pictures} copied and verified → {folder}"),
    }
}

/// Copying was stopped.
pub fn stopped(lang: Lang, done: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("已停止：{of} 张里复制了 {done} 张，同样再复制一次会接着做"),
        Lang::En => format!("stopped after {done} of {of}; the same copy again goes on there"),
    }
}

/// A copy is under way already.
pub fn busy(lang: Lang) -> &'static str {
    lang.pick("正在复制照片：等它完成，或按 Esc 停止", "pictures are being copied: wait, or stop it by Esc")
}

/// What undo does about a copy.
pub fn undo(lang: Lang, folder: &str) -> String {
    let folder = label::clean(folder);
    match lang {
        Lang::Zh => format!("只去掉“复制过”这条记录，文件还在。要删文件：duihao photos copy {folder} --undo"),
        Lang::En => format!("Only the record goes, the files stay. To remove them: duihao photos copy {folder} --undo"),
    }
}
