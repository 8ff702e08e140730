//! Words of the first start: the welcome, the templates, the form of a campaign and what is to be done next.

use super::{Lang, drill_screen, label};
use crate::desk::founding::{Founding, Lack, Part, Template};
use crate::domain::campaign::{Campaign, Source};
use crate::domain::rooms::SERIES;

/// 导入文件
pub fn import(lang: Lang) -> &'static str {
    lang.pick("导入文件", "Import files")
}

/// 新建批次
pub fn new_campaign(lang: Lang) -> &'static str {
    lang.pick("新建采集批次", "New campaign")
}

/// 打开另一个批次
pub fn open_campaign(lang: Lang) -> &'static str {
    lang.pick("打开另一个批次", "Open another campaign")
}

/// What Enter is called in the footer.
pub fn enter_key(lang: Lang) -> &'static str {
    lang.pick("回车", "Enter")
}

/// The title of the welcome.
pub fn title(lang: Lang) -> &'static str {
    lang.pick("对号 · 毕业生图像采集", "duihao · graduate photo collection")
}

/// What it is for.
pub fn about(lang: Lang) -> &'static str {
    lang.pick(
        "守住队伍的顺序，证明哪张照片是谁的，没拍的人一个不漏。",
        "The order of the queue, whose photograph is whose, and who has none.",
    )
}

/// The entries of the welcome, each with what it does.
pub fn entries(lang: Lang) -> [(&'static str, &'static str); 4] {
    [
        (
            lang.pick("样例日", "Sample day"),
            lang.pick("一个采集日的上午 9:41，随便试，不留下文件", "a collection day at 9:41, to try; leaves no file"),
        ),
        (
            lang.pick("新建采集批次", "New campaign"),
            lang.pick("填八项，然后导入安排表和名单", "eight fields, then import schedule and lists"),
        ),
        (
            lang.pick("打开数据文件", "Open a database"),
            lang.pick("以前建的、或从别的电脑拷来的 .db 文件", "a .db file made before or copied from elsewhere"),
        ),
        drill_screen::entry(lang),
    ]
}

/// What the keys of the welcome do.
pub fn welcome_keys(lang: Lang) -> &'static str {
    lang.pick("↑↓ 选择   回车 打开   F11 颜色   Esc 或 F10 退出", "arrows choose   Enter opens   F11 colours   Esc or F10 quits")
}

/// The question of the templates.
pub fn template_title(lang: Lang) -> &'static str {
    lang.pick("新建采集批次：和哪一种最像？（后面都能改）", "New campaign: which is most like yours? (all can be changed)")
}

/// A template, and what it fills in.
pub fn template(lang: Lang, template: Template) -> (&'static str, [&'static str; 2]) {
    match template {
        Template::Lishui => (
            lang.pick("丽水式", "Lishui"),
            [
                lang.pick(
                    "图片社印好号牌 0001A，按名单顺序发给到场的人，号牌不收回",
                    "printed cards 0001A in list order, kept by the student",
                ),
                lang.pick(
                    "常见：三个机位，每处两人、一台电脑，签到台和入场口轮着用",
                    "usually three rooms, two people and one laptop in each",
                ),
            ],
        ),
        Template::Zstu => (
            lang.pick("浙理工式", "ZSTU"),
            [
                lang.pick("门口按到场先后发 0001A，凭号进场，拍完交回号牌", "cards 0001A in order of arrival, given back after the shot"),
                lang.pick("常见：两个教室，提前十分钟集合", "usually two rooms, classes come ten minutes early"),
            ],
        ),
        Template::Reader => (
            lang.pick("设备给号", "Reader"),
            [
                lang.pick("图片社的读卡设备扫身份证或采集码，给一个号，如 57", "the vendor's reader gives a number such as 57"),
                lang.pick("程序提出下一个号，一样就回车；跳号会问", "the next number is proposed, Enter accepts; a jump asks"),
            ],
        ),
    }
}

/// The title of the form.
pub fn form_title(lang: Lang) -> &'static str {
    lang.pick("新建采集批次", "New campaign")
}

/// A field: its name, and what it means.
pub fn part(lang: Lang, part: Part) -> (&'static str, &'static str) {
    let (zh, en) = match part {
        Part::Name => {
            (("学校名称", "写全称，和学信网上一致；它会印在各种表上"), ("School", "the full name as CHSI has it; printed on all sheets"))
        }
        Part::Cohort => (("届别", "哪一届毕业生，如 2021届"), ("Cohort", "the graduating year, such as 2021")),
        Part::Dates => (
            ("采集日期", "2020-09-13、2020/9/13 或 9月13日；几天就都写上，用逗号分开"),
            ("Dates", "2020-09-13 or 2020/9/13; several with commas"),
        ),
        Part::Rooms => (
            ("采集点", "一台相机一个，用逗号分开：甲、乙；安排表里写了地点就留空，导入时自动建"),
            ("Rooms", "one per camera, with commas; leave empty where the schedule names them"),
        ),
        Part::Token => (
            ("号牌样式", "第一张号牌上印的：0001A（字母随采集点换）、57、S2-0001 都可以"),
            ("First card", "as printed: 0001A (the letter goes with the room), 57, S2-0001"),
        ),
        Part::Source => (("号牌来源", "号从哪里来，用 ←→ 换"), ("Numbers", "where numbers come from; left and right change it")),
        Part::Frames => {
            (("每人张数", "摄影师每人按几次快门，用 ←→ 换；不固定选“不定”"), ("Frames each", "shots per person; left and right change it"))
        }
        Part::Target => (
            ("保存到", "放在哪个文件夹；数据库和批次文件都在里面，记得备份"),
            ("Save in", "the folder for the database and the campaign file; back it up"),
        ),
    };
    lang.pick(zh, en)
}

/// A source of numbers.
pub fn source(lang: Lang, source: Source) -> &'static str {
    match source {
        Source::Roster => lang.pick("按名单顺序发印好的号牌", "printed cards in list order"),
        Source::Queue => lang.pick("按到场先后发号牌", "cards in order of arrival"),
        Source::Preprinted => lang.pick("号已印在名单上，一人一号", "printed beside the name"),
        Source::Reader => lang.pick("对方的设备给号", "given by the vendor's reader"),
    }
}

/// Frames each.
pub fn frames(lang: Lang, n: u8) -> String {
    match n {
        0 => lang.pick("不定", "varies").to_owned(),
        n => format!("{n}{}", lang.pick(" 张", "")),
    }
}

/// What is wrong in a field.
pub fn lack(lang: Lang, lack: &Lack) -> String {
    let path = |p: &std::path::Path| label::clean(&p.to_string_lossy());
    match (lack, lang) {
        (Lack::Empty, _) => lang.pick("这一项不能空", "this cannot be empty").to_owned(),
        (Lack::TooMuch, _) => lang.pick("太长了，或太多了", "too long, or too many").to_owned(),
        (Lack::NoDate(word), Lang::Zh) => format!("“{}”看不懂：写成 2020-09-13 或 9月13日", label::clean(word)),
        (Lack::NoDate(word), Lang::En) => format!("\"{}\" is no date: write 2020-09-13", label::clean(word)),
        (Lack::Twice(room), Lang::Zh) => format!("“{}”写了两次", label::clean(room)),
        (Lack::Twice(room), Lang::En) => format!("\"{}\" is there twice", label::clean(room)),
        (Lack::NoNumber, _) => lang.pick("里面要有数字，如 0001A 或 57", "it needs a number, such as 0001A or 57").to_owned(),
        (Lack::Exists(p), Lang::Zh) => format!("已有 {}：换个文件夹，或打开它", path(p)),
        (Lack::Exists(p), Lang::En) => format!("{} is there already: another folder, or open it", path(p)),
        (Lack::NoFolder(p), Lang::Zh) => format!("{} 是文件，不是文件夹", path(p)),
        (Lack::NoFolder(p), Lang::En) => format!("{} is a file, no folder", path(p)),
    }
}

/// What the keys of the form do.
pub fn form_keys(lang: Lang) -> &'static str {
    lang.pick("回车 下一项   Tab ↑↓ 移动   ←→ 换选项   Esc 返回", "Enter next   Tab, arrows move   left, right change   Esc back")
}

/// The title above what will be made.
pub fn preview_title(lang: Lang) -> &'static str {
    lang.pick("将新建：", "This will be made:")
}

/// What the keys below it do.
pub fn preview_keys(lang: Lang) -> &'static str {
    lang.pick("回车 新建   Esc 回去改", "Enter makes it   Esc back to change it")
}

/// What will be made, in words.
pub fn preview(lang: Lang, founding: &Founding) -> Vec<String> {
    let c = &founding.campaign;
    let path = |p: &std::path::Path| label::clean(&p.to_string_lossy());
    let dates = label::listed(lang, &c.dates.iter().map(ToString::to_string).collect::<Vec<_>>());
    let first = |form: &crate::domain::token::TokenForm| form.print(form.start).replace(SERIES, "A");
    let rooms: Vec<String> = c.rooms.iter().map(|r| format!("{} {}", r.name, r.token.as_ref().map(first).unwrap_or_default())).collect();
    let usual = c.usual_room.clone().unwrap_or_default();
    let card = usual.token.as_ref().map(first).unwrap_or_default();
    let rooms = match (rooms.is_empty(), lang) {
        (true, Lang::Zh) => "导入安排表时，按表里的地点自动建".to_owned(),
        (true, Lang::En) => "made from the schedule when it is imported".to_owned(),
        (false, _) => label::listed(lang, &rooms),
    };
    let (source, frames) = (source(lang, usual.source), frames(lang, usual.frames_per_person));
    match lang {
        Lang::Zh => vec![
            format!("学校    {} {}", c.name, c.cohort),
            format!("日期    {dates}"),
            format!("采集点  {rooms}"),
            format!("号牌    第一张 {card}；{source}；{}", if c.return_tokens { "拍完交回" } else { "不收回" }),
            format!("拍摄    每人 {frames}；各班提前 {} 分钟到", c.gather_min),
            "费用    没有写：要写进通知，改用批次文件（fee）新建".to_owned(),
            format!("数据库  {}", path(&founding.database)),
            format!("批次文件 {}", path(&founding.file)),
        ],
        Lang::En => vec![
            format!("School    {} {}", c.name, c.cohort),
            format!("Dates     {dates}"),
            format!("Rooms     {rooms}"),
            format!("Cards     first {card}; {source}; {}", if c.return_tokens { "given back" } else { "kept" }),
            format!("Shots     {frames} each; classes come {} minutes early", c.gather_min),
            "Fee       not written: for the notices make it from a campaign file (fee)".to_owned(),
            format!("Database  {}", path(&founding.database)),
            format!("Campaign  {}", path(&founding.file)),
        ],
    }
}

/// Asks for a database.
pub fn open_title(lang: Lang) -> &'static str {
    lang.pick("打开数据文件（.db）", "Open a database (.db)")
}

/// A database is being opened.
pub fn opening(lang: Lang) -> &'static str {
    lang.pick("正在打开……", "opening ...")
}

/// Photographs are being read: another campaign must wait.
pub fn busy(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("正在读照片，读完再换批次", "photographs are being read: wait before another campaign is opened"),
        lang.pick("或到照片核对屏按 Esc 停下", "or stop it with Esc on the photos screen"),
    )
}

/// The heading of what is to be done next.
pub fn next_title(lang: Lang) -> &'static str {
    lang.pick("接下来", "What to do next")
}

/// What is to be done before the day: name, what for; the first is the campaign itself.
pub fn next(lang: Lang) -> [(&'static str, &'static str); 5] {
    [
        (lang.pick("新建采集批次", "Make the campaign"), ""),
        (lang.pick("导入安排表", "Import the schedule"), lang.pick("哪个班几点在哪个采集点", "which class is due when and where")),
        (
            lang.pick("导入名单", "Import the lists"),
            lang.pick("应到的人：学号、姓名、身份证号、班级", "who is expected: number, name, document, class"),
        ),
        (
            lang.pick("导入免拍、缴费名单（有就导）", "Import marks, if any"),
            lang.pick("免拍的不算应到；未缴费的到场会提醒", "exempt people are not expected, unpaid ones are told"),
        ),
        (
            lang.pick("自检（F12）里试一下扫码枪", "Try the scanner in F12"),
            lang.pick("在那里扫不算签到；在别处扫就记下来了", "a scan there is no sign-in; anywhere else it is"),
        ),
    ]
}

/// There are lists and no schedule.
pub fn no_schedule(lang: Lang) -> &'static str {
    lang.pick("还没有安排表：F1 里选“导入文件”", "No schedule yet: choose Import files from F1")
}

/// What Enter does on the dashboard of a campaign without anything.
pub fn next_keys(lang: Lang) -> &'static str {
    lang.pick("按回车导入文件：一个文件，或放着各学院名单的整个文件夹", "Enter imports: one file, or a whole folder of lists")
}

/// The campaign in a line.
pub fn campaign(c: &Campaign) -> String {
    let dates: Vec<String> = c.dates.iter().map(ToString::to_string).collect();
    format!("{} {}  {}", c.name, c.cohort, dates.join(" ")).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_template_and_fault_is_said_in_either_language() {
        let faults = [Lack::Empty, Lack::TooMuch, Lack::NoDate("x".into()), Lack::Twice("x".into()), Lack::NoNumber];
        for lang in Lang::ALL {
            let mut said: Vec<String> = faults.iter().map(|f| lack(lang, f)).collect();
            said.extend(Part::ALL.iter().flat_map(|p| [part(lang, *p).0.to_owned(), part(lang, *p).1.to_owned()]));
            said.extend(
                Template::ALL
                    .iter()
                    .flat_map(|t| [template(lang, *t).0, template(lang, *t).1[0], template(lang, *t).1[1]].map(str::to_owned)),
            );
            said.extend(entries(lang).iter().flat_map(|e| [e.0.to_owned(), e.1.to_owned()]));
            for text in said {
                assert!(!text.is_empty() && (lang == Lang::Zh || text.is_ascii()), "{text}");
            }
        }
    }
}
