//! The small words: people, numbers, rooms, days and counts as sentences name them, cleaned and with document numbers masked.

use chrono::{Datelike as _, NaiveDate};

use super::Lang;
use crate::domain::command::Action;
use crate::domain::day::Day;
use crate::domain::ids::{Millis, PersonId, RoomKey};
use crate::domain::intake::Severity;
use crate::domain::kept::Kept;
use crate::domain::person;
use crate::domain::roster::Person;
use crate::domain::text::Text;
use crate::domain::visit::Subject;
use crate::domain::width;

/// Longest piece of foreign text inside a sentence, in characters.
const LONGEST: usize = 60;
/// How many of a list are named before the rest is counted.
const NAMED: usize = 4;

/// Foreign text fit for a sentence: no control characters, not endless.
pub fn clean(text: &str) -> String {
    let text = width::clean(text, false);
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Text that was scanned or typed and may be anything: as [`clean`], and whatever looks like a document number is masked.
pub fn code(text: &str) -> String {
    let text = width::clean(text, false);
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars() {
        if width::fold(&c.to_string()).chars().all(|f| f.is_ascii_alphanumeric()) {
            run.push(c);
        } else {
            out.push_str(&masked(&run));
            run.clear();
            out.push(c);
        }
    }
    out.push_str(&masked(&run));
    clean(&out)
}

/// `手机 13*******01`: columns that are kept, with their values; what looks like somebody's number is masked unless it is to be seen whole.
pub fn kept(kept: &Kept, whole: bool) -> impl Iterator<Item = String> {
    let said = move |(header, value): (&Text, &Text)| {
        let value = clean(value);
        format!("{} {}", clean(header), if whole { value } else { person::mask_kept(&value) })
    };
    kept.iter().map(said)
}

// Fifteen and more digits are a document, a campus card or a collection code; a letter or two and seven or eight digits a passport.
fn masked(run: &str) -> String {
    let folded = width::fold(run);
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let letters = folded.bytes().take_while(u8::is_ascii_alphabetic).count();
    let length = folded.len();
    let passport = (1..=2).contains(&letters) && (7..=8).contains(&digits) && letters + digits == length;
    if (length >= 15 && digits + 1 >= length) || passport { person::mask(run) } else { run.to_owned() }
}

/// `徐敏（2017010418 电商171）`: a person beyond doubt, or the code or number that is nobody's.
pub fn who(lang: Lang, day: &Day, subject: &Subject) -> String {
    match subject {
        Subject::Person(id) => person(lang, day, *id),
        Subject::Code(text) | Subject::Token(_, text) => code(text),
    }
}

/// `徐敏（2017010418 电商171）`.
pub fn person(lang: Lang, day: &Day, id: PersonId) -> String {
    let Some(person) = day.roster().person(id) else { return lang.pick("某人", "someone").to_owned() };
    let beside: Vec<String> = number(lang, day, person).into_iter().chain(person.class.as_deref().map(clean)).collect();
    let name = clean(&person.name);
    match (beside.is_empty(), lang) {
        (true, _) => name,
        (false, Lang::Zh) => format!("{name}（{}）", beside.join(" ")),
        (false, Lang::En) => format!("{name} ({})", beside.join(" ")),
    }
}

/// 学号, or as much of its end as was said at 登记: `末四位 0797`.
pub fn number(lang: Lang, day: &Day, person: &Person) -> Option<String> {
    person.student_no.as_deref().map(clean).or_else(|| day.roster().end_of(person).map(|signs| end(lang, signs)))
}

/// The last signs of a 学号, called so: nobody takes them for a whole one.
pub fn end(lang: Lang, signs: &str) -> String {
    let (signs, many) = (clean(signs), signs.chars().count());
    let many = ["一", "两", "三", "四", "五"].get(many.saturating_sub(1)).copied().unwrap_or("几");
    lang.pick(format!("末{many}位 {signs}"), format!("ends {signs}"))
}

/// The name alone, where the number beside it tells people apart.
pub fn name(lang: Lang, day: &Day, subject: &Subject) -> String {
    match subject {
        Subject::Person(id) => day.roster().person(*id).map_or_else(|| lang.pick("某人", "someone").to_owned(), |p| clean(&p.name)),
        Subject::Code(text) | Subject::Token(_, text) => code(text),
    }
}

/// `0134B 赵磊`: a number and whose it is; the number alone where nobody holds it.
pub fn card(lang: Lang, day: &Day, room: Option<&RoomKey>, token: &str) -> String {
    let shown = clean(token);
    match room.and_then(|r| day.holder(r, token)) {
        Some(Subject::Token(..)) | None => shown,
        Some(subject) => format!("{shown} {}", name(lang, day, &subject)),
    }
}

/// A room as people call it.
pub fn room(day: &Day, key: &RoomKey) -> String {
    clean(day.rooms().name(key))
}

/// `0132B 徐敏、0133B 杨子轩 等 12 人`: the first few by name, the rest counted.
pub fn people(lang: Lang, all: &[String]) -> String {
    match (all.len() > NAMED, lang) {
        (false, _) => listed(lang, all),
        (true, Lang::Zh) => format!("{} 等 {} 人", listed(lang, &all[..NAMED - 1]), all.len()),
        (true, Lang::En) => format!("{} and {} more", listed(lang, &all[..NAMED - 1]), all.len() - NAMED + 1),
    }
}

/// All of them, one after another.
pub fn listed(lang: Lang, all: &[String]) -> String {
    all.join(lang.pick("、", ", "))
}

/// `3 人`, `1 person`.
pub fn heads(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Zh, n) => format!("{n} 人"),
        (Lang::En, 1) => "1 person".to_owned(),
        (Lang::En, n) => format!("{n} people"),
    }
}

/// `12 张` of cards or pictures, `12`.
pub fn sheets(lang: Lang, count: i64, what: (&str, &str)) -> String {
    match (lang, count) {
        (Lang::Zh, n) => format!("{n} 张{}", what.0),
        (Lang::En, 1) => format!("1 {}", what.1),
        (Lang::En, n) => format!("{n} {}s", what.1),
    }
}

/// `9月13日`, `13 September`.
pub fn date(lang: Lang, date: NaiveDate) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        Lang::En => format!("{} {}", date.day(), month(lang, date.month())),
    }
}

/// The month, from 1.
pub fn month(lang: Lang, month: u32) -> String {
    const NAMES: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    match lang {
        Lang::Zh => format!("{month}月"),
        Lang::En => NAMES.get(month.wrapping_sub(1) as usize).map_or_else(|| month.to_string(), |n| (*n).to_owned()),
    }
}

/// The clock time of an instant in the campaign's zone.
pub fn clock(day: &Day, at: Millis) -> String {
    day.campaign().zone.clock(at)
}

/// 错误, 提醒, 说明.
pub fn severity(lang: Lang, severity: Severity) -> &'static str {
    match severity {
        Severity::Error => lang.pick("错误", "error"),
        Severity::Warning => lang.pick("提醒", "warning"),
        Severity::Info => lang.pick("说明", "note"),
    }
}

/// A word of the scan log; Chinese as the log writes it.
pub fn action(lang: Lang, action: Action) -> &'static str {
    let english = match action {
        Action::Arrive => "check-in",
        Action::Sign => "signature",
        Action::Issue => "number handed out",
        Action::Enter => "entry",
        Action::Shoot => "photograph",
        Action::Retake => "retake",
        Action::Backfill => "shot but not scanned",
        Action::PassOver => "passed over",
        Action::GiveWay => "gave way",
        Action::Insert => "taken early",
        Action::Swap => "numbers exchanged",
        Action::Void => "void",
        Action::Reissue => "new card",
        Action::Return => "card back",
        Action::Missing => "missing card",
        Action::SetNext => "next card",
        Action::Register => "registered off-list",
        Action::Claim => "claimed",
        Action::SetAside => "set aside",
        Action::ComeBack => "came back",
        Action::Move => "moved",
        Action::Correct => "correction",
        Action::Count => "camera counter",
        Action::ReadClock => "camera clock",
        Action::TestShot => "test shot",
        Action::ChangeCard => "memory card changed",
        Action::ChangeCamera => "camera changed",
        Action::Pause => "pause",
        Action::Resume => "resumed",
        Action::Pay => "paid here",
    };
    lang.pick(action.word(), english)
}

/// What a column, option or place is called: `room`, `college`, `class`, `date` and the like; anything else as it is.
pub fn thing(lang: Lang, key: &str) -> String {
    let zh = match key {
        "room" => "采集点",
        "camera" => "相机",
        "folder" => "文件夹",
        "college" => "学院",
        "class" => "班级",
        "date" => "日期",
        "day" => "日期",
        "format" => "格式",
        "action" => "动作",
        "choice" => "处理办法",
        "sheet" => "工作表",
        "person" => "学生",
        "token" => "号牌",
        "time" => "时间",
        "lang" | "language" => "语言",
        "report" | "export" => "导出内容",
        "people" => "人",
        "lists" => "名单",
        "classes" => "班级",
        "rows" => "行",
        "rooms" => "采集点",
        "column to keep" => "可以保留的列",
        "column" => "列",
        "meaning" => "列的意思",
        "headcount" => "人数",
        other => return clean(other),
    };
    lang.pick(zh, key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_number_is_masked_wherever_it_stands_in_a_scanned_line() {
        assert_eq!(code("徐敏,女,331002199901011234,浙江"), "徐敏,女,3310**********1234,浙江");
        assert_eq!(code("33100219990101123X"), "3310**********123X");
        assert_eq!(code("331002990101123"), "3310*******1123");
        assert_eq!(code("E12345678"), "E1*****78");
    }

    #[test]
    fn student_numbers_and_cards_stay_readable() {
        for text in ["2017010418", "0134B", "S2-0057", "201701041812", "赵磊"] {
            assert_eq!(code(text), text);
        }
    }

    #[test]
    fn foreign_text_brings_no_escapes_and_no_endless_lines() {
        assert_eq!(clean("\u{1b}[31m赵磊\u{7}\u{202e}\n"), "[31m赵磊");
        assert_eq!(clean(&"长".repeat(500)).chars().count(), LONGEST);
    }

    #[test]
    fn a_long_list_names_the_first_and_counts_the_rest() {
        let all: Vec<String> = (1..=12).map(|n| format!("{n:04}B")).collect();
        assert_eq!(people(Lang::Zh, &all), "0001B、0002B、0003B 等 12 人");
        assert_eq!(people(Lang::En, &all), "0001B, 0002B, 0003B and 9 more");
        assert_eq!(people(Lang::Zh, &all[..4]), "0001B、0002B、0003B、0004B");
    }

    #[test]
    fn every_word_of_the_scan_log_is_said_in_english_too() {
        for action in Action::ALL {
            assert!(label_is_english(super::action(Lang::En, *action)), "{action:?}");
            assert_eq!(super::action(Lang::Zh, *action), action.word());
        }
    }

    fn label_is_english(text: &str) -> bool {
        !text.is_empty() && text.is_ascii()
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        let day = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        assert_eq!(date(Lang::Zh, day), "9月13日");
        assert_eq!(date(Lang::En, day), "13 September");
    }

    #[test]
    fn the_manual_shows_a_row_for_every_word_of_the_scan_log() {
        let manual = include_str!("../../../docs/手册.md");
        let rows: Vec<&str> = manual.lines().filter_map(|l| l.strip_prefix("| ")?.split(" |").next()).collect();
        for action in Action::ALL {
            assert!(rows.iter().any(|r| r.split(' ').any(|w| w == action.word())), "{}", action.word());
        }
    }
}
