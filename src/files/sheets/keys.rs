//! Keys of people in cells: student numbers, document numbers, names, and what a spreadsheet did to them.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{IdCheck, Marks, check_id, mask};
use crate::domain::width;

use super::columns::{Column, Header};
use super::grid::{Cell, Grid, Row};

/// A key as read: its text, or nothing where the cell is empty or ruined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Key {
    /// The key; absent where the cell is empty or its digits are lost.
    pub text: Option<String>,
    /// True where digits are lost: the row cannot be taken.
    pub lost: bool,
}

/// Reads a key of the row and says what is wrong with it.
pub fn read(grid: &Grid, row: &Row, header: &Header, findings: &mut Vec<IntakeFinding>) -> Key {
    let Some(cell) = row.cell(header.col) else { return Key::default() };
    let text = folded(&cell.text);
    let mut say = |code, severity, args| findings.push(grid.finding(code, severity, Some(row.number), Some(row.name(header.col)), args));
    let is_id = header.column == Some(Column::IdNo);
    if cell.digits_lost || in_exponent_form(&text) || (is_id && ends_in_lost_digits(&text)) {
        say(IntakeCode::DigitsLost, Severity::Error, vec![header.text.clone(), text]);
        return Key { text: None, lost: true };
    }
    if let Some(stored) = &cell.stored {
        say(IntakeCode::LeadingZeroLost, Severity::Warning, vec![header.text.clone(), stored.clone(), text.clone()]);
    }
    if text.is_empty() {
        return Key::default();
    }
    let text = if is_id { text.to_uppercase() } else { text };
    if is_id && wrong_document(&text) {
        say(IntakeCode::BadIdChecksum, Severity::Warning, vec![mask(&text)]);
    }
    Key { text: Some(text), lost: false }
}

/// Folded for width, without white space.
fn folded(text: &str) -> String {
    width::clean(&width::fold(text), false).chars().filter(|c| !c.is_whitespace()).collect()
}

/// `3.30102E+17`: what Excel writes of a long number into csv.
pub(super) fn in_exponent_form(text: &str) -> bool {
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
        IdCheck::Right => false,
        IdCheck::WrongChecksum => true,
        IdCheck::Other => digits >= 14 && text.len() <= 20,
    }
}

/// A name: control characters and outer spaces dropped, spaces between Chinese characters too, which is said.
pub fn name(grid: &Grid, row: &Row, col: u32, findings: &mut Vec<IntakeFinding>) -> Option<String> {
    let written = row.text(col).replace(['\n', '\u{3000}', '\u{a0}'], " ");
    let written = width::clean(&written, false);
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    let chars: Vec<char> = written.chars().collect();
    let beside = |at: usize| {
        let left = chars[..at].iter().rev().find(|c| !c.is_whitespace());
        let right = chars[at..].iter().find(|c| !c.is_whitespace());
        left.zip(right).is_some_and(|(l, r)| is_han(*l) && is_han(*r))
    };
    let taken: String = chars.iter().enumerate().filter(|(at, c)| !(c.is_whitespace() && beside(*at))).map(|(_, c)| *c).collect();
    if taken != written {
        let args = vec![written.to_owned(), taken.clone()];
        findings.push(grid.finding(IntakeCode::SpaceInName, Severity::Warning, Some(row.number), Some(row.name(col)), args));
    }
    Some(taken)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '·' | '〇')
}

/// The marks of a row; a mark cell that says something else is reported and left out.
pub fn marks(grid: &Grid, row: &Row, headers: &[Header], findings: &mut Vec<IntakeFinding>) -> Marks {
    let mut marks = Marks::default();
    for header in headers {
        let Some(cell) = row.cell(header.col).filter(|c| !c.text.trim().is_empty()) else { continue };
        match header.column {
            Some(Column::Status) => marks.status = Some(cell.text.replace('\n', " ")),
            Some(Column::Remark) => marks.overlay(&remark(&cell.text)),
            Some(
                column @ (Column::Paid | Column::Code | Column::Checked | Column::Exempt | Column::NotTakingPart | Column::TakingPart),
            ) => match yes(cell, column) {
                Some(yes) => set(&mut marks, column, yes),
                None => {
                    let args = vec![header.text.clone(), cell.text.replace('\n', " ")];
                    let place = Some(row.name(header.col));
                    findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Warning, Some(row.number), place, args));
                }
            },
            _ => {}
        }
    }
    marks
}

fn set(marks: &mut Marks, column: Column, yes: bool) {
    match column {
        Column::Paid => marks.paid = Some(yes),
        Column::Code => marks.code = Some(yes),
        Column::Checked => marks.checked = Some(yes),
        Column::Exempt => marks.exempt = Some(yes),
        Column::NotTakingPart => marks.not_taking_part = Some(yes),
        Column::TakingPart => marks.not_taking_part = Some(!yes),
        _ => {}
    }
}

fn yes(cell: &Cell, column: Column) -> Option<bool> {
    let key = width::key(&cell.text);
    let said = match key.as_str() {
        "是" | "√" | "✓" | "✔" | "对" | "Y" | "YES" | "TRUE" | "有" | "1" | "PAID" | "V" => Some(true),
        "否" | "×" | "✗" | "✘" | "X" | "N" | "NO" | "FALSE" | "无" | "0" | "UNPAID" | "-" => Some(false),
        _ => None,
    };
    said.or_else(|| match column {
        // The amount paid says it too.
        Column::Paid => paid(&key).or_else(|| key.trim_end_matches(['元', '圆']).parse::<f64>().ok().map(|n| n > 0.0)),
        // The code itself says that there is one; it is dropped here.
        Column::Code => match key.as_str() {
            "没有" | "未获取" | "未领取" | "未下载" | "未生成" => Some(false),
            "已获取" | "已领取" | "已下载" | "已生成" => Some(true),
            code => (code.len() >= 6 && code.bytes().all(|b| b.is_ascii_graphic())).then_some(true),
        },
        Column::Checked => match key.as_str() {
            "已核对" | "已确认" | "正确" | "核对无误" | "无误" => Some(true),
            "未核对" | "未确认" | "待核对" => Some(false),
            _ => None,
        },
        Column::Exempt => match key.as_str() {
            "免拍" | "免" | "免采" | "免采集" | "无需拍摄" | "已采集" | "已拍" => Some(true),
            "不免" | "需拍" | "需拍摄" | "不免拍" => Some(false),
            _ => None,
        },
        Column::NotTakingPart => match key.as_str() {
            "不参加" | "放弃" => Some(true),
            "参加" => Some(false),
            _ => None,
        },
        Column::TakingPart => match key.as_str() {
            "参加" => Some(true),
            "不参加" | "放弃" => Some(false),
            _ => None,
        },
        _ => None,
    })
}

fn paid(key: &str) -> Option<bool> {
    match key {
        "已缴" | "已交" | "已缴费" | "已交费" | "已付" | "已付款" | "已支付" | "缴费成功" | "缴" | "交" | "缴费" => {
            Some(true)
        }
        "未缴" | "未交" | "未缴费" | "未交费" | "未付" | "未付款" | "未支付" | "欠费" | "待缴费" => Some(false),
        _ => None,
    }
}

/// What a remark says that consists of such a word only.
pub fn remark(text: &str) -> Marks {
    let key = width::key(text);
    let mut marks = Marks { paid: paid(&key), ..Marks::default() };
    match key.as_str() {
        "免拍" | "免采" | "免采集" | "无需拍摄" | "不需拍摄" => marks.exempt = Some(true),
        "不参加" | "不参加采集" | "不参加拍摄" | "放弃" | "放弃拍摄" => marks.not_taking_part = Some(true),
        "休学" | "退学" | "复学" | "转专业" | "转学" | "延长学制" | "延期" | "延期毕业" | "结业" | "保留学籍" | "保留入学资格" | "入伍"
        | "参军" | "在籍" | "往届" | "降级" | "留级" | "肄业" => {
            marks.status = Some(key);
        }
        _ => {}
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn marks_are_read_in_their_words() {
        let yes_of = |text: &str, column| yes(&Cell { text: text.to_owned(), ..Cell::default() }, column);
        assert_eq!(yes_of("已缴费", Column::Paid), Some(true));
        assert_eq!(yes_of("20", Column::Paid), Some(true));
        assert_eq!(yes_of("0", Column::Paid), Some(false));
        assert_eq!(yes_of("√", Column::Exempt), Some(true));
        assert_eq!(yes_of("看情况", Column::Exempt), None);
        assert_eq!(remark("休学").status.as_deref(), Some("休学"));
        assert_eq!(remark(" 免 拍").exempt, Some(true));
        assert!(remark("家在外地").is_empty());
    }
}
