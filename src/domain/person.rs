//! People as lists give them: rows, marks, and the checks a document number carries in itself.

use serde::{Deserialize, Serialize};

use super::ids::PersonId;
use super::kept::{self, Kept};
use super::text::Text;

/// What a list says of a person beside who they are; `None` where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// 免拍: a picture is already on CHSI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exempt: Option<bool>,
    /// 缴费.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<bool>,
    /// 不参加: not taking part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_taking_part: Option<bool>,
    /// Has a 采集码; the code itself is never kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<bool>,
    /// 信息核对: has checked their own data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// 学籍状态 as written (在籍, 休学 …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Text>,
    /// 毕业批次 (`6月`, `2021年12月`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<Text>,
    /// 境外: abroad, so another route holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abroad: Option<bool>,
    /// 证件类型 where it is no 居民身份证.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
}

impl Marks {
    /// True where something is said that the first form of lists could not say.
    pub fn is_newer(&self) -> bool {
        self.batch.is_some() || self.abroad.is_some() || self.document.is_some()
    }

    /// Takes over whatever the later list says.
    pub fn overlay(&mut self, later: &Marks) {
        self.exempt = later.exempt.or(self.exempt);
        self.paid = later.paid.or(self.paid);
        self.not_taking_part = later.not_taking_part.or(self.not_taking_part);
        self.code = later.code.or(self.code);
        self.checked = later.checked.or(self.checked);
        if later.status.is_some() {
            self.status.clone_from(&later.status);
        }
        self.abroad = later.abroad.or(self.abroad);
        for (mine, theirs) in [(&mut self.batch, &later.batch), (&mut self.document, &later.document)] {
            if theirs.is_some() {
                mine.clone_from(theirs);
            }
        }
    }

    /// True where nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Each thing said by itself.
    pub fn each(&self) -> Vec<Self> {
        let nothing = Self::default;
        let all = [
            Self { exempt: self.exempt, ..nothing() },
            Self { paid: self.paid, ..nothing() },
            Self { not_taking_part: self.not_taking_part, ..nothing() },
            Self { code: self.code, ..nothing() },
            Self { checked: self.checked, ..nothing() },
            Self { status: self.status.clone(), ..nothing() },
            Self { batch: self.batch.clone(), ..nothing() },
            Self { abroad: self.abroad, ..nothing() },
            Self { document: self.document.clone(), ..nothing() },
        ];
        all.into_iter().filter(|one| !one.is_empty()).collect()
    }

    /// True where one says yes to what the other denies. 学籍状态 changes over the years, so that two words of it contradict nothing.
    pub fn contradicts(&self, other: &Self) -> bool {
        let differ = |mine: Option<bool>, theirs: Option<bool>| mine.is_some_and(|m| theirs.is_some_and(|t| m != t));
        differ(self.exempt, other.exempt)
            || differ(self.paid, other.paid)
            || differ(self.not_taking_part, other.not_taking_part)
            || differ(self.code, other.code)
            || differ(self.checked, other.checked)
            || differ(self.abroad, other.abroad)
            || (self.batch.is_some() && other.batch.is_some() && self.batch != other.batch)
    }
}

/// One row of a class list: only what the file held.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListRow {
    /// 1-based row as the spreadsheet shows it.
    pub row: u32,
    /// 学号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_no: Option<Text>,
    /// 姓名
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// 身份证号 or another document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_no: Option<Text>,
    /// 考生号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exam_no: Option<Text>,
    /// 学院
    #[serde(skip_serializing_if = "Option::is_none")]
    pub college: Option<Text>,
    /// 专业
    #[serde(skip_serializing_if = "Option::is_none")]
    pub major: Option<Text>,
    /// 班级
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Text>,
    /// 层次
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Text>,
    /// 拍摄序号 printed beside the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Text>,
    /// Marks in the same row.
    #[serde(skip_serializing_if = "Marks::is_empty")]
    pub marks: Marks,
    /// Columns of the same row that a person chose to keep.
    #[serde(skip_serializing_if = "Kept::is_empty")]
    pub kept: Kept,
}

impl ListRow {
    /// By what they are called into a room: their class, or their major where the list tells no class.
    pub fn unit(&self) -> Option<&Text> {
        self.class.as_ref().or(self.major.as_ref())
    }
}

/// One class list as taken: a sheet of a workbook, or a csv file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassList {
    /// File name, without folders.
    pub source: String,
    /// SHA-256 of the file's bytes, hex.
    pub hash: String,
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// The rows in the file's order.
    pub rows: Vec<ListRow>,
}

impl ClassList {
    /// The person whom this row makes.
    pub fn person(&self, row: &ListRow) -> PersonId {
        PersonId::of_row(&self.hash, &self.sheet, row.row)
    }

    /// True where it says nothing but columns that were kept once people on it were known.
    pub fn is_of_kept(&self) -> bool {
        let only =
            |row: &ListRow| !row.kept.is_empty() && [&row.student_no, &row.id_no, &row.exam_no, &row.name].iter().all(|t| t.is_none());
        !self.rows.is_empty() && self.rows.iter().all(only)
    }
}

/// One row of a mark list: a key and what is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkRow {
    /// 1-based row as the spreadsheet shows it.
    pub row: u32,
    /// 学号, document or 考生号 as written; name and class as `王芳@电商171` where a list has no better key.
    pub key: String,
    /// What is said.
    pub marks: Marks,
}

/// One mark list (免拍, 缴费 …) as taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkList {
    /// File name, without folders.
    pub source: String,
    /// SHA-256 of the file's bytes, hex.
    pub hash: String,
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// The rows in the file's order.
    pub rows: Vec<MarkRow>,
}

/// What a document number says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdCheck {
    /// 18 characters with a right check character, or the old 15.
    Right,
    /// 18 characters whose check character or birth date is wrong.
    WrongChecksum,
    /// Not of the mainland form: a passport or another document.
    Other,
}

/// Checks a mainland document number by GB 11643-1999 (ISO 7064 MOD 11-2); 15-digit numbers carry no check.
pub fn check_id(id_no: &str) -> IdCheck {
    let bytes = id_no.as_bytes();
    match bytes.len() {
        15 if bytes.iter().all(u8::is_ascii_digit) => IdCheck::Right,
        18 if bytes[..17].iter().all(u8::is_ascii_digit) && matches!(bytes[17], b'0'..=b'9' | b'X' | b'x') => {
            let right = id_check_character(&id_no[..17]) == Some(bytes[17].to_ascii_uppercase() as char);
            let number = |range: std::ops::Range<usize>| id_no[range].parse::<u32>().unwrap_or(0);
            let born = chrono::NaiveDate::from_ymd_opt(number(6..10) as i32, number(10..12), number(12..14));
            if right && born.is_some() { IdCheck::Right } else { IdCheck::WrongChecksum }
        }
        _ => IdCheck::Other,
    }
}

/// The check character of the first 17 digits of a document number.
pub fn id_check_character(first17: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = || first17.bytes().filter(u8::is_ascii_digit);
    if digits().count() != 17 {
        return None;
    }
    let sum: u32 = digits().zip(WEIGHTS).map(|(d, w)| u32::from(d - b'0') * w).sum();
    b"10X98765432".get((sum % 11) as usize).copied().map(char::from)
}

/// A document number as it may be seen in public: first and last four, passports first and last two (screens.md, law 11).
pub fn mask(id_no: &str) -> String {
    let chars: Vec<char> = id_no.chars().collect();
    let keep = if chars.len() >= 15 { 4 } else { 2 };
    if chars.len() <= keep * 2 {
        return "*".repeat(chars.len());
    }
    let (head, tail) = (&chars[..keep], &chars[chars.len() - keep..]);
    format!("{}{}{}", head.iter().collect::<String>(), "*".repeat(chars.len() - keep * 2), tail.iter().collect::<String>())
}

/// A value of a column that is kept, as it may be seen in public.
pub fn mask_kept(value: &str) -> String {
    if kept::is_number(value) { mask(value) } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whatever_looks_like_a_number_of_somebody_is_masked_however_it_is_written() {
        for number in [
            "13800000000",
            "138 0000 0000",
            "０５７８－２２００００",
            "999999200001010017",
            "2000-01-01",
            "2000年1月1日",
            "父：13800000000",
            "XN3A41B",
            "E1234567",
        ] {
            let seen = mask_kept(number);
            assert!(seen.contains('*') && !seen.contains("0000"), "{number} {seen}");
        }
        for plain in ["畲族", "2-301", "共青团员", "浙江省丽水市示例路928号", "English", ""] {
            assert_eq!(mask_kept(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn six_digits_are_never_all_seen(value in "[0-9 \\-一-龥]{0,20}[0-9]{6}[0-9a-z\\-]{0,20}") {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            prop_assert!(digits(&mask_kept(&value)) < digits(&value));
        }
    }
}
