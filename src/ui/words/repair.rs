//! A repair of a schedule in words: what stands there, what should, and why.

use super::{Lang, label};
use crate::domain::repair::{Edit, Field, Repair, Why};

/// One value: `第22行 结束 10:55 → 9:55`.
pub fn edit(lang: Lang, edit: &Edit) -> String {
    let field = match edit.field {
        Field::Start => lang.pick("开始", "start"),
        Field::End => lang.pick("结束", "end"),
        Field::Headcount => lang.pick("人数", "people"),
        Field::Class => lang.pick("班级", "class"),
        Field::College => lang.pick("学院", "college"),
        Field::Major => lang.pick("专业", "major"),
    };
    let sheet = label::clean(&edit.row.sheet);
    let (row, was, is) = (edit.row.row, label::clean(&edit.published), label::clean(&edit.repaired));
    let text = match lang {
        Lang::Zh => format!("{sheet} 第 {row} 行{field} {was} → {is}"),
        Lang::En => format!("{sheet} row {row} {field} {was} → {is}"),
    };
    text.trim_start().to_owned()
}

/// All of a repair, why, and how many findings it clears.
pub fn repair(lang: Lang, repair: &Repair) -> String {
    let edits: Vec<String> = repair.edits.iter().map(|e| edit(lang, e)).collect();
    let clears = repair.clears.len();
    match lang {
        Lang::Zh => format!("{}（{}，可消除 {clears} 条）", edits.join("；"), why(lang, repair.why)),
        Lang::En => format!("{} ({}, clears {clears})", edits.join("; "), why(lang, repair.why)),
    }
}

/// What the slip was.
pub fn why(lang: Lang, why: Why) -> &'static str {
    match why {
        Why::Hour => lang.pick("小时差一", "the hour is one off"),
        Why::HalfDay => lang.pick("上下午写混", "morning and afternoon mixed up"),
        Why::Digit => lang.pick("写错一个数字", "one digit is wrong"),
        Why::Neighbour => lang.pick("应与相邻时段相接", "it should meet its neighbour"),
        Why::Swapped => lang.pick("开始和结束写反", "start and end are exchanged"),
        Why::ClassName => lang.pick("名单上这样写，安排表跟着改", "the list writes it so, the schedule follows"),
        Why::Sum => lang.pick("与合计对不上", "the stated sum tells another figure"),
    }
}
