//! Words of the running day's dialogs: 开场, and what the role of a laptop means.

use super::{Lang, label};
use crate::domain::command::Role;

/// A role as it is shown.
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Both => lang.pick("一机两用", "desk and door"),
        Role::Desk => lang.pick("签到台", "desk"),
        Role::Door => lang.pick("入场口", "door"),
    }
}

/// What a scan writes on a laptop of that role.
pub fn role_means(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Both => lang
            .pick("两样都管：签到台扫码签到发号，入场口扫码记拍摄", "both here: a scan at the desk signs in, a scan at the door is a shot"),
        Role::Desk => lang.pick("这台电脑只签到、发号，扫码从不记拍摄", "this laptop signs in and gives numbers; no scan is a shot"),
        Role::Door => lang.pick("这台电脑只记拍摄，扫码从不签到、发号", "this laptop takes shots down; no scan signs anybody in"),
    }
}

/// `本机：签到台`
pub fn this_laptop(lang: Lang, of: Role) -> String {
    format!("{}{}", lang.pick("本机：", "this laptop: "), role(lang, of))
}

/// An empty Enter confirms nobody at the desk's laptop.
pub fn only_desk(lang: Lang) -> &'static str {
    lang.pick(
        "这台电脑开场时定为签到台，不记拍摄；F1 打“开场”可以改",
        "opened as the desk: no shots are taken down here; F1, Opening changes it",
    )
}

/// Heading of 开场.
pub fn opening_title(lang: Lang, camera: &str) -> String {
    let camera = label::clean(camera);
    lang.pick(format!("开场 · {camera}"), format!("Opening · {camera}"))
}

/// Its lines.
pub fn opening_labels(lang: Lang) -> [&'static str; 6] {
    lang.pick(
        ["本机用作", "手里第一张", "每人张数", "相机张数", "相机时间", "谁在岗"],
        ["laptop", "first card", "frames each", "counter", "clock", "on duty"],
    )
}

/// What its typed lines ask.
pub fn opening_hints(lang: Lang) -> [&'static str; 5] {
    lang.pick(
        [
            "手里第一张号牌是几号？和屏幕一样就直接回车",
            "每人拍几张？不一定就写 不定",
            "相机上显示的文件号末四位；没有看就空着",
            "相机菜单里现在几点，如 9:41:07；没有看就空着",
            "写姓名，用顿号分开；可以空着",
        ],
        [
            "Which number is first in hand?",
            "Frames a person; 0 where nobody can say",
            "The last four digits on the camera; may be left empty",
            "The camera's clock, e.g. 9:41:07; may be left empty",
            "Names; may be left empty",
        ],
    )
}

/// What its keys do.
pub fn opening_foot(lang: Lang) -> &'static str {
    lang.pick("回车 下一项（末项开场）  ↑↓ 换项  ←→ 换用途  Esc 以后", "Enter next, last opens  ↑↓ line  ←→ role  Esc later")
}

/// 开场 was put off.
pub fn opening_later(lang: Lang) -> &'static str {
    lang.pick("开场以后再填：F1 打“开场”", "opening put off: F1, Opening")
}

/// Heading of 调班 as it is offered.
pub fn offer_title(lang: Lang, class: &str) -> String {
    let class = label::clean(class);
    lang.pick(format!("{class} 改到这里拍？"), format!("Move {class} here?"))
}

/// How many came, and where the schedule has them.
pub fn offer_text(lang: Lang, class: &str, came: usize, planned: &[String]) -> Vec<String> {
    let (class, planned) = (label::clean(class), label::listed(lang, planned));
    vec![lang.pick(
        format!("{class} 已经来了 {came} 人，安排表上是 {planned}。扫码照常。"),
        format!("{came} of {class} came; the schedule says {planned}. Scans go on."),
    )]
}

/// What can be done.
pub fn offer_rows(lang: Lang, class: &str, who: &str) -> [String; 3] {
    let (class, who) = (label::clean(class), label::clean(who));
    [
        lang.pick(format!("调班：{class} 整班现在改到这里"), format!("move all of {class} here, now")),
        lang.pick(format!("随班：只有 {who} 这一位"), format!("only {who}")),
        lang.pick("不调，仍按安排表".to_owned(), "no, the schedule stands".to_owned()),
    ]
}
