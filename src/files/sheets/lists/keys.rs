//! Keys of people in cells: student numbers, document numbers, names, and what a spreadsheet did to them.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{IdCheck, check_id, mask};
use crate::domain::text::Text;
use crate::domain::width;

use super::super::columns::{Column, Header};
use super::super::grid::{self, Grid, Row};
use super::mark_words;
use super::masked;
use super::shapes::{self, is_han, old_birth};

/// A key as read: its text, or nothing where the cell is empty or ruined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Key {
    /// The key; absent where the cell is empty or its digits are lost.
    pub text: Option<Text>,
    /// True where digits are lost: the row cannot be taken.
    pub lost: bool,
    /// What stood behind a number, `2022030102（转专业）`, or in the place of a document: `遗失补办中`.
    pub note: Option<String>,
}

impl Key {
    fn lost() -> Self {
        Self { lost: true, ..Self::default() }
    }

    /// Words in the place of a document are no reason to leave somebody out who has another number: it is said, and the document is none.
    pub fn pardon(&mut self, row: &Row, header: Option<&Header>, findings: &mut [IntakeFinding]) {
        let Some(cell) = header.filter(|_| self.lost && self.note.is_some()).map(|h| row.name(h.col)) else { return };
        let refused =
            |f: &&mut IntakeFinding| f.code == IntakeCode::RowNotUnderstood && f.row == Some(row.number) && f.cell.as_ref() == Some(&cell);
        if let Some(finding) = findings.iter_mut().rev().take(8).find(refused) {
            (finding.code, finding.severity) = (IntakeCode::ValueOdd, Severity::Warning);
            finding.args.insert(0, "words".to_owned());
            self.lost = false;
        }
    }
}

/// Words that stand where there is nothing.
const NOTHING: [&str; 20] = [
    "(跳过)",
    "（跳过）",
    "(空)",
    "（空）",
    "无",
    "暂无",
    "没有",
    "-",
    "--",
    "/",
    "\\",
    "—",
    "——",
    "#N/A",
    "NULL",
    "NONE",
    "待补",
    "未提供",
    "NAN",
    "N/A",
];

/// True for a cell that says in words that it holds nothing.
pub fn is_nothing(text: &str) -> bool {
    grid::is_fault(text) || (text.len() <= 12 && NOTHING.contains(&text.trim().to_uppercase().as_str()))
}

/// Reads a key of the row and says what is wrong with it. A copy of a merged cell is nobody's key.
pub fn read(grid: &Grid, row: &Row, header: &Header, findings: &mut Vec<IntakeFinding>) -> Key {
    let Some(cell) = row.cell(header.col).filter(|c| !c.merged) else { return Key::default() };
    let text = if cell.text.bytes().all(|b| b.is_ascii_alphanumeric()) { cell.text.clone() } else { folded(&cell.text).into() };
    let mut say = |code, severity, args| findings.push(grid.finding(code, severity, Some(row.number), Some(row.name(header.col)), args));
    let is_id = header.column == Some(Column::IdNo);
    // Two numbers in one cell are nobody's one.
    let whole = |part: &str| part.len() >= 6 && part.bytes().all(|b| b.is_ascii_alphanumeric()) && part.bytes().any(|b| b.is_ascii_digit());
    let parts = cell.text.split(['\n', '、', '/', '；', ';']).map(str::trim).filter(|p| whole(p)).count();
    if parts > 1 {
        say(IntakeCode::RowNotUnderstood, Severity::Error, vec![header.text.clone(), cell.text.replace('\n', " ")]);
        return Key::lost();
    }
    if cell.digits_lost || in_exponent_form(&text) || (is_id && ends_in_lost_digits(&text)) {
        say(IntakeCode::DigitsLost, Severity::Error, vec![header.text.clone(), text.into()]);
        return Key::lost();
    }
    if text.is_empty() || is_nothing(&text) {
        return Key::default();
    }
    // `330…0076（身份证）`: what kind of document it is stands behind it.
    let bare = text.strip_suffix(')').and_then(|t| t.split_once('(')).filter(|(_, inner)| is_id && is_kind(inner));
    let text = bare.map_or_else(|| text.clone(), |(number, _)| number.into());
    let beside = if is_id { document_with_note(&text) } else { with_note(&text) };
    let beside = beside.map(|(number, note)| (Text::from(number), note.to_owned()));
    if let Some((number, note)) = &beside {
        let args = vec!["aside".to_owned(), header.text.clone(), text.to_string(), number.to_string(), note.clone()];
        say(IntakeCode::ValueOdd, Severity::Warning, args);
    }
    let (text, note) = beside.map_or((text, None), |(number, note)| (number, Some(note)));
    let text = match as_whole(&text) {
        Some(whole) => {
            say(IntakeCode::ValueOdd, Severity::Info, vec!["decimal".to_owned(), header.text.clone(), text.to_string(), whole.clone()]);
            whole.into()
        }
        None => text,
    };
    if let Some(stored) = cell.stored() {
        say(IntakeCode::LeadingZeroLost, Severity::Warning, vec![header.text.clone(), stored.to_owned(), text.to_string()]);
    }
    // `4113**********7604` is a document that somebody has hidden: the person is taken, the number is none.
    if is_id && masked::is_masked(&text) {
        say(IntakeCode::ValueOdd, Severity::Warning, vec![masked::MASKED.to_owned(), header.text.clone(), text.into()]);
        return Key::default();
    }
    // 男生, 合计, 丢失: a word is no key.
    // A number among many words is a person pasted into one cell.
    let wordy = text.len() > 20 && text.chars().filter(|c| is_han(*c)).count() > 3;
    // `男2人` below the last one is no number of anybody.
    let counts = text.chars().any(is_han) && text.bytes().filter(u8::is_ascii_digit).count() <= 2;
    // ON LEAVE is nobody's passport.
    let wordless = is_id && !text.bytes().any(|b| b.is_ascii_digit());
    if wordy || counts || wordless || !text.bytes().any(|b| b.is_ascii_alphanumeric()) {
        let written = if wordless { cell.text.replace('\n', " ") } else { text.to_string() };
        let words = (is_id && !wordy).then(|| written.clone());
        say(IntakeCode::RowNotUnderstood, Severity::Error, vec![header.text.clone(), written]);
        return Key { note: words, ..Key::lost() };
    }
    // What a database keeps where it has no number.
    if text.bytes().all(|b| b == b'0') {
        say(IntakeCode::ValueOdd, Severity::Warning, vec!["words".to_owned(), header.text.clone(), text.into()]);
        return Key::default();
    }
    let text = if is_id && text.bytes().any(|b| b.is_ascii_lowercase()) { text.to_uppercase().into() } else { text };
    if is_id && wrong_document(&text) {
        say(IntakeCode::BadIdChecksum, Severity::Warning, vec![mask(&text)]);
    } else if is_id && ((text.chars().any(is_han) && !text.contains("字第")) || shapes::is_phone(&text)) {
        // 军字第1234567号 is an officer's document.
        say(IntakeCode::ValueOdd, Severity::Warning, vec![String::new(), header.text.clone(), text.to_string()]);
    }
    Key { text: Some(text), lost: false, note }
}

/// `2022030102*`, `2022030102（转专业）`: a number and what stands behind it.
fn with_note(text: &str) -> Option<(&str, &str)> {
    let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let behind = text.get(number.len()..).filter(|rest| !rest.is_empty())?;
    let sign = behind.chars().all(|c| matches!(c, '*' | '★' | '☆' | '▲' | '△' | '※' | '#'));
    let bracket = behind.strip_prefix('(').and_then(|b| b.strip_suffix(')')).filter(|inner| !inner.is_empty() && inner.chars().all(is_han));
    let plain = number.len() >= 6 && number.bytes().all(|b| b.is_ascii_alphanumeric());
    // 2022030102休学
    let words = behind.chars().count() >= 2 && behind.chars().all(is_han);
    (plain && (sign || bracket.is_some() || words)).then(|| (number, bracket.unwrap_or(behind)))
}

/// True for the name of a kind of document, and nothing else.
fn is_kind(words: &str) -> bool {
    const KINDS: [&str; 16] = [
        "身份证",
        "居民",
        "护照",
        "港澳",
        "台湾",
        "来往",
        "往来",
        "内地",
        "大陆",
        "通行证",
        "居住证",
        "回乡证",
        "台胞证",
        "军官证",
        "证件",
        "号",
    ];
    words.chars().all(is_han) && KINDS.iter().fold(words.to_owned(), |rest, kind| rest.replace(kind, "")).is_empty()
}

/// `330…0076（已退学）`, `P1234567B(EXPIRED)`, `330…0076已退学`: a document and what stands behind it.
fn document_with_note(text: &str) -> Option<(&str, &str)> {
    let at = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (number, behind) = text.split_at(at);
    let bracket = behind.strip_prefix('(').map(|b| b.strip_suffix(')').unwrap_or(b));
    let note = bracket.unwrap_or(behind);
    let words = |c: char| c.is_alphabetic() || ",.;/-、，。".contains(c);
    // `（新）`; a single letter may be of the number.
    let least = if bracket.is_some() && note.chars().all(is_han) { 1 } else { 2 };
    let said = (bracket.is_some() || note.chars().all(words)) && note.chars().filter(|c| c.is_alphabetic()).count() >= least;
    let plain = number.len() >= 6 && number.bytes().filter(u8::is_ascii_digit).count() >= 4;
    (plain && said && (bracket.is_some() || note.chars().all(is_han))).then_some((number, note))
}

/// A number that a program wrote as a figure: `2022090201.0`, `2,022,090,201`.
fn as_whole(text: &str) -> Option<String> {
    let whole = |t: &str| t.len() >= 5 && t.bytes().all(|b| b.is_ascii_digit());
    if let Some(figure) = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00")).filter(|t| whole(t)) {
        return Some(figure.to_owned());
    }
    let (first, rest) = text.split_once(',')?;
    let three = |t: &str| t.len() == 3 && t.bytes().all(|b| b.is_ascii_digit());
    let parted = (1..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit()) && rest.split(',').all(three);
    Some(format!("{first}{rest}").replace(',', "")).filter(|t| parted && whole(t))
}

/// Folded for width, without white space.
fn folded(text: &str) -> String {
    let text: String = width::clean(&width::fold(text), false).chars().filter(|c| !c.is_whitespace()).collect();
    // Signs that make a spreadsheet keep a number as text.
    let bare = text.trim_matches(['=', '"', '\'', '`', '’', '‘', '“', '”']);
    if bare.is_empty() { text } else { bare.to_owned() }
}

/// `3.30102E+17`: what Excel writes of a long number into csv.
pub fn in_exponent_form(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or_default();
    let number = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.bytes().next().is_some_and(|b| b.is_ascii_digit());
    number && !exponent.is_empty() && exponent.bytes().all(|b| b.is_ascii_digit())
}

/// 18 digits whose last three became zeros, so that the check character fails.
fn ends_in_lost_digits(text: &str) -> bool {
    text.len() == 18 && text.ends_with("000") && text.bytes().all(|b| b.is_ascii_digit()) && check_id(text) == IdCheck::WrongChecksum
}

/// A wrong check character, or so many digits that it can be no passport.
fn wrong_document(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match check_id(text) {
        IdCheck::Right => text.len() == 15 && old_birth(text).is_none(),
        IdCheck::WrongChecksum => true,
        IdCheck::Other => digits >= 14 && text.len() <= 20,
    }
}

/// A name as written and as taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// As taken; absent where the cell is empty.
    pub name: Option<Text>,
    /// What stood in brackets behind it, or signs around it.
    pub note: Option<String>,
}

/// A name: control characters and outer spaces dropped, spaces between Chinese characters and notes behind them too, which is said.
pub fn name(grid: &Grid, row: &Row, col: u32, findings: &mut Vec<IntakeFinding>) -> Named {
    let Some(cell) = row.cell(col).filter(|c| !c.merged) else { return Named::default() };
    let written = cell.text.as_str();
    if (2..=4).contains(&written.chars().count()) && written.chars().all(|c| is_han(c) && !is_double(c)) && !is_placeholder(written) {
        return Named { name: Some(cell.text.clone()), note: None };
    }
    let written = width::clean(&written.replace(['\n', '\u{3000}', '\u{a0}', '\u{2002}', '\u{2003}'], " "), false);
    let written = written.trim();
    if written.is_empty() || is_nothing(written) {
        return Named::default();
    }
    if let Some((name, phone)) = with_phone(written) {
        let args = vec![written.to_owned(), name.clone(), phone.clone()];
        findings.push(grid.finding(IntakeCode::NoteInName, Severity::Warning, Some(row.number), Some(row.name(col)), args));
        return Named { name: Some(name.into()), note: None };
    }
    let counted = without_number(written);
    if let Some(name) = counted {
        let args = vec!["number".to_owned(), written.to_owned(), name.to_owned()];
        findings.push(grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args));
    }
    let written = counted.unwrap_or(written);
    if written.chars().any(is_double) {
        let args = vec!["double".to_owned(), "姓名".to_owned(), written.to_owned()];
        findings.push(grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args));
    } else if !is_likely(written) {
        let args = vec![String::new(), "姓名".to_owned(), written.to_owned()];
        findings.push(grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args));
    }
    let (base, note) = parted(written);
    let taken = without_gaps(&base);
    // `张伟A`: whose letter that is nobody knows.
    if note.is_none() && taken.chars().any(is_han) && taken.chars().any(is_other_letter) {
        let args = vec![String::new(), "姓名".to_owned(), written.to_owned()];
        findings.push(grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args));
    }
    let mut say = |code, args| findings.push(grid.finding(code, Severity::Warning, Some(row.number), Some(row.name(col)), args));
    match &note {
        Some(note) => say(IntakeCode::NoteInName, vec![written.to_owned(), taken.clone(), note.clone()]),
        None if taken != written => say(IntakeCode::SpaceInName, vec![written.to_owned(), taken.clone()]),
        None => {}
    }
    Named { name: Some(taken.into()), note }
}

/// `1.何春`, `2、李泽`: a name behind the figure that counts it.
fn without_number(written: &str) -> Option<&str> {
    let rest = written.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = (1..=3).contains(&(written.len() - rest.len()));
    let name = rest.strip_prefix(['.', '、', '．', ')', '）']).map(str::trim).filter(|_| counted)?;
    (2..=4).contains(&name.chars().count()).then_some(name).filter(|name| name.chars().all(is_han))
}

/// `李明 13800001111`, `王芳（电话：13900002222）`: a Chinese name and a telephone behind it.
fn with_phone(written: &str) -> Option<(String, String)> {
    let at = written.find(|c: char| c.is_ascii_digit())?;
    let (head, tail) = written.split_at(at);
    let phone: String = tail.chars().filter(|c| !(c.is_whitespace() || "-）)".contains(*c))).collect();
    let words = |c: char| c.is_whitespace() || "（(：:,，/-".contains(c);
    let mut base = head.trim_end_matches(words);
    for word in ["联系电话", "电话", "手机", "TEL", "Tel", "tel"] {
        base = base.strip_suffix(word).map_or(base, |b| b.trim_end_matches(words));
    }
    let base = without_gaps(base);
    let named = (2..=15).contains(&base.chars().count()) && base.chars().all(in_name);
    (named && shapes::is_phone(&phone)).then_some((base, phone))
}

/// True for words that stand where no name is known.
fn is_placeholder(written: &str) -> bool {
    matches!(written, "待定" | "某某" | "某某某" | "姓名" | "同上" | "未知" | "不详" | "测试" | "空缺")
}

/// False where a character is lost, or stands where none of a name can: `张?`, `李�`, `王□`, `李2泽`, `男`.
fn is_likely(written: &str) -> bool {
    let lost = |c: char| matches!(c, '?' | '？' | '\u{fffd}' | '□' | '\u{e000}'..='\u{f8ff}');
    let chars: Vec<char> = written.chars().collect();
    let inside = chars.windows(3).any(|w| is_han(w[0]) && w[1].is_ascii_digit() && is_han(w[2]));
    // `王芳1` is one of two of that name, and bears it without the figure.
    let counted = written.strip_suffix(|c: char| c.is_ascii_digit()).is_some_and(shapes::is_name);
    // `李` is the half of a name that a comma too many has cut.
    let cut = matches!(chars.as_slice(), [one] if is_han(*one));
    !is_placeholder(written) && !chars.iter().copied().any(lost) && !inside && !counted && !cut && !matches!(written, "男" | "女")
}

/// True for a character that looks like another and has a number of its own: 李 as U+F9E1. Nobody who types the name finds it.
fn is_double(c: char) -> bool {
    const OWN: [u32; 12] = [0xfa0e, 0xfa0f, 0xfa11, 0xfa13, 0xfa14, 0xfa1f, 0xfa21, 0xfa23, 0xfa24, 0xfa27, 0xfa28, 0xfa29];
    matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}') && !OWN.contains(&u32::from(c))
}

/// A name without the white space between two Chinese characters.
fn without_gaps(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let (mut taken, mut to) = (String::with_capacity(name.len()), 0);
    for run in chars.chunk_by(|a, b| a.is_whitespace() == b.is_whitespace()) {
        to += run.len();
        let blank = run.first().is_some_and(|c| c.is_whitespace());
        if !(blank && taken.chars().next_back().is_some_and(in_name) && chars.get(to).copied().is_some_and(in_name)) {
            taken.extend(run);
        }
    }
    taken
}

/// `张三（休学）`, `张三 休学`, `*张三`: a Chinese name and what stands beside it; other names stay whole.
fn parted(written: &str) -> (String, Option<String>) {
    const SIGNS: [char; 15] = ['"', '“', '”', '*', '＊', '★', '☆', '▲', '△', '●', '○', '#', '※', '√', '+'];
    let whole = || (written.to_owned(), None);
    let bare = written.trim_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace());
    let chinese = |text: &str| {
        let han = text.chars().filter(|c| !c.is_whitespace()).count();
        han >= 2 && text.chars().all(|c| c.is_whitespace() || in_name(c))
    };
    if chinese(bare) {
        // The last of several words may be a mark: 张三 休学.
        if let Some((base, word)) = bare.rsplit_once(char::is_whitespace)
            && chinese(base)
            && !mark_words::remark(word).is_empty()
        {
            return (base.trim().to_owned(), Some(word.to_owned()));
        }
        let signs: String = written.chars().filter(|c| SIGNS.contains(c)).collect();
        return (bare.to_owned(), (!signs.is_empty()).then_some(signs));
    }
    if let Some((name, other)) = in_two_scripts(bare) {
        return (name, Some(other));
    }
    let at = bare.find(|c: char| "(（[【〔-－—/、".contains(c));
    let Some((base, rest)) = at.map(|at| bare.split_at(at)).filter(|(base, _)| chinese(base)) else { return whole() };
    let bracket = rest.starts_with(|c: char| "(（[【〔".contains(c));
    let note = rest.trim_matches(|c: char| "()（）[]【】〔〕-－—/、".contains(c) || c.is_whitespace());
    let telling = !note.is_empty() && (bracket || !mark_words::remark(note).is_empty());
    if telling { (base.trim().to_owned(), Some(note.to_owned())) } else { whole() }
}

/// `单二 SHAN ER`, `单三SHANSAN`, `SHAN YI 单一`: no document has one name in two scripts. What stands in brackets is the other one:
/// `KIM MIN-JI (金敏智)`.
pub fn in_two_scripts(bare: &str) -> Option<(String, String)> {
    let between = |c: char| c.is_whitespace() || "()（）[]【】/／|,，、-－—:：".contains(c);
    let han = |text: &str| text.chars().filter(|c| is_han(*c)).count() >= 2 && text.chars().all(|c| c.is_whitespace() || in_name(c));
    let letters =
        |c: char| is_other_letter(c) || c.is_whitespace() || matches!(c, '·' | '•' | '・' | '\'' | '’' | '‘' | '`' | '.' | '-' | ',' | '/');
    let latin = |text: &str| text.chars().filter(|c| is_other_letter(*c)).count() >= 2 && text.chars().all(letters);
    let first = bare.find(|c: char| is_han(c) || is_other_letter(c))?;
    let begins = bare.get(first..)?.chars().next()?;
    let at = bare.find(|c: char| if is_han(begins) { is_other_letter(c) } else { is_han(c) })?;
    let (head, tail) = bare.split_at(at);
    let bracketed = head.trim_end().ends_with(['(', '（', '[', '【']);
    let (head, tail) = (head.trim_matches(between), tail.trim_matches(between));
    let pair = |name: &str, other: &str| Some((name.to_owned(), other.to_owned()));
    match is_han(begins) {
        true if han(head) && latin(tail) => pair(head, tail),
        false if latin(head) && bracketed && tail.chars().all(|c| c.is_whitespace() || in_name(c)) => pair(head, tail),
        // SMITH 休学 is no name behind another.
        false if latin(head) && han(tail) && !mark_words::remark(tail).is_empty() => pair(head, tail),
        false if latin(head) && han(tail) => pair(tail, head),
        _ => None,
    }
}

/// A letter of another script than Chinese.
fn is_other_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
}

fn in_name(c: char) -> bool {
    is_han(c) || matches!(c, '·' | '•' | '・')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_brackets_behind_a_document_is_no_part_of_it() {
        for (written, parted) in [
            ("330107200403030531(新)", Some(("330107200403030531", "新"))),
            ("330102200403120121(已退学)", Some(("330102200403120121", "已退学"))),
            ("P1234567B(EXPIRED)", Some(("P1234567B", "EXPIRED"))),
            ("H1234567(8)", None),
            ("H1234567(A)", None),
            ("H1234567()", None),
        ] {
            assert_eq!(document_with_note(written), parted, "{written}");
        }
    }

    #[test]
    fn numbers_that_a_spreadsheet_ruined_are_known() {
        assert!(in_exponent_form("3.30102E+17"));
        assert!(in_exponent_form("1.2e+17"));
        assert!(!in_exponent_form("E12345678"));
        assert!(!in_exponent_form("2017E01"));
        assert!(ends_in_lost_digits("330102199901011000"));
        assert!(!ends_in_lost_digits("11010519491231002X"));
    }

    #[test]
    fn a_document_of_odd_length_is_wrong_and_a_passport_is_not() {
        assert!(wrong_document("33010219990101123"));
        assert!(!wrong_document("E12345678"));
        assert!(!wrong_document("11010519491231002X"));
    }

    #[test]
    fn what_stands_beside_a_name_is_no_part_of_it() {
        for (written, name, note) in [
            ("张三（休学）", "张三", Some("休学")),
            ("王 芳", "王 芳", None),
            ("王芳 休学", "王芳", Some("休学")),
            ("*李雷", "李雷", Some("*")),
            ("学生07", "学生07", None),
            ("张三(女", "张三", Some("女")),
            ("阿卜杜·热合曼", "阿卜杜·热合曼", None),
            ("JOHN SMITH (约翰)", "JOHN SMITH", Some("约翰")),
            ("KIM MIN-JI (金敏智)", "KIM MIN-JI", Some("金敏智")),
            ("单一 SHAN YI", "单一", Some("SHAN YI")),
            ("单三SHANSAN", "单三", Some("SHANSAN")),
            ("单四/Shan Si", "单四", Some("Shan Si")),
            ("SHAN WU 单五", "单五", Some("SHAN WU")),
            ("SMITH 休学", "SMITH", Some("休学")),
            ("阿卜杜·热合曼 ABDU·REHMAN", "阿卜杜·热合曼", Some("ABDU·REHMAN")),
            ("张伟A", "张伟A", None),
            ("O'BRIEN SEÁN", "O'BRIEN SEÁN", None),
        ] {
            assert_eq!(parted(written), (name.to_owned(), note.map(str::to_owned)), "{written}");
        }
    }
}
