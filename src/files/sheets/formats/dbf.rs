//! dBase and FoxPro tables as a grid: field names are the first row, deleted records only counted.

use std::borrow::Cow;

use chrono::NaiveDate;
use encoding_rs::{BIG5, GB18030, UTF_8};

use super::super::error::SheetError;
use super::super::grid::{Cell, Grid};
use super::csv_text::tidy;
use super::values::{self, Budget, Rows};

const VERSIONS: &[u8] = &[0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0x8c, 0x8e, 0xcb, 0xf5, 0xfb];
const DESCRIPTOR: usize = 32;
/// Most fields that any program writes.
const FIELDS_MAX: usize = 255;

struct Head {
    records: usize,
    length: usize,
    record: usize,
    fields: Vec<Field>,
}

struct Field {
    name: Vec<u8>,
    kind: u8,
    from: usize,
    to: usize,
    decimals: u8,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes).map(usize::from)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

/// The header, where it is one: version, a date that exists, fields that fill a record.
fn head(bytes: &[u8]) -> Option<Head> {
    let (version, month, day) = (bytes.first()?, bytes.get(2)?, bytes.get(3)?);
    if !VERSIONS.contains(version) || *month > 12 || *day > 31 {
        return None;
    }
    let (length, record) = (u16_at(bytes, 8)?, u16_at(bytes, 10)?);
    let mut fields = Vec::new();
    let mut from = 1;
    let mut descriptors = bytes.get(DESCRIPTOR..length)?.chunks(DESCRIPTOR);
    loop {
        let one = descriptors.next()?;
        if one.first() == Some(&0x0d) {
            break;
        }
        let name: Vec<u8> = one.get(..11)?.iter().copied().take_while(|b| *b != 0).collect();
        let (kind, size, decimals) = (*one.get(11)?, usize::from(*one.get(16)?), *one.get(17)?);
        if name.is_empty() || !kind.is_ascii_graphic() || fields.len() >= FIELDS_MAX {
            return None;
        }
        // A long text field keeps the upper half of its length where others keep decimals.
        let size = if kind == b'C' { size + (usize::from(decimals) << 8) } else { size };
        fields.push(Field { name, kind, from, to: from + size, decimals });
        from += size;
    }
    let fits = !fields.is_empty() && from <= record && record > 1;
    fits.then_some(Head { records: u32_at(bytes, 4)? as usize, length, record, fields })
}

/// True where the bytes begin as such a table does.
pub fn is_table(bytes: &[u8]) -> bool {
    head(bytes).is_some()
}

/// Reads the table; the header's count is believed only as far as the file goes.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    let head = head(bytes).ok_or(SheetError::OtherFile("a binary file"))?;
    let data = bytes.get(head.length..).unwrap_or_default();
    let there = data.len() / head.record;
    if head.records > there {
        return Err(SheetError::Damaged(format!("table: {} records of {}", there, head.records)));
    }
    // A program that died while it wrote leaves the count at nothing.
    let count = if head.records == 0 { there } else { head.records };
    let language = Language::of(bytes, data);
    let (mut rows, mut left) = (Rows::default(), Budget::default());
    let mut deleted = Vec::new();
    let mut memos = vec![false; head.fields.len()];
    for (col, field) in (1u32..).zip(&head.fields).filter(|(_, f)| f.is_shown()) {
        let text = language.text(&field.name)?;
        rows.put(1, col, Cell::of(tidy(&text).into()), &mut left)?;
    }
    for (number, record) in (2u32..).zip(data.chunks_exact(head.record).take(count)) {
        match record.first() {
            Some(b'*') => deleted.push(number),
            Some(0x1a) => break,
            _ => {
                for ((col, field), memo) in (1u32..).zip(&head.fields).zip(&mut memos).filter(|((_, f), _)| f.is_shown()) {
                    *memo |= field.points_elsewhere(record.get(field.from..field.to).unwrap_or_default());
                    let cell = field.cell(record.get(field.from..field.to).unwrap_or_default(), language)?;
                    rows.put(number, col, cell, &mut left)?;
                }
            }
        }
    }
    let memos = head.fields.iter().zip(memos).filter(|(f, memo)| *memo && f.is_shown());
    let elsewhere = memos.map(|(f, _)| Ok(tidy(&language.text(&f.name)?).into_owned())).collect::<Result<Vec<String>, SheetError>>()?;
    Ok(vec![Grid { rows: rows.finish(&[], &mut left)?, deleted, elsewhere, ..Grid::default() }])
}

impl Field {
    // FoxPro's own flags are no column of the table.
    fn is_shown(&self) -> bool {
        self.kind != b'0'
    }

    /// True for a place in the memo file: its block as digits, or as a number of four bytes; nothing where there is no memo.
    fn points_elsewhere(&self, bytes: &[u8]) -> bool {
        let long = bytes.len() == 10;
        let memo = matches!(self.kind, b'M' | b'G' | b'P' | b'W' | b'Q') || (self.kind == b'B' && long);
        memo && if long { bytes.iter().any(|b| (b'1'..=b'9').contains(b)) } else { bytes.iter().any(|b| !matches!(b, 0 | b' ')) }
    }

    fn cell(&self, bytes: &[u8], language: Language) -> Result<Cell, SheetError> {
        let plain = |text: String| Cell::of(text.into());
        let digits = || String::from_utf8_lossy(bytes).trim_matches(|c: char| c.is_whitespace() || c == '\0').to_owned();
        let number = |n: f64| values::number(n, values::Shape::Plain, false);
        Ok(match self.kind {
            b'N' | b'F' => {
                let text = digits();
                // A number that does not fit is written as stars: it is lost.
                let digits_lost = !text.is_empty() && text.bytes().all(|b| b == b'*');
                Cell { digits_lost, ..Cell::of(without_decimals(&text).into()) }
            }
            b'D' => plain(date(&digits())),
            b'L' => plain(match bytes.first() {
                Some(b'T' | b't' | b'Y' | b'y') => "TRUE".to_owned(),
                Some(b'F' | b'f' | b'N' | b'n') => "FALSE".to_owned(),
                _ => String::new(),
            }),
            b'I' => u32_at(bytes, 0).map_or_else(Cell::default, |n| number(f64::from(n.cast_signed()))),
            b'B' if bytes.len() == 8 => bytes.try_into().map_or_else(|_| Cell::default(), |b| number(f64::from_le_bytes(b))),
            b'Y' => bytes.try_into().map_or_else(|_| Cell::default(), |b| number(i64::from_le_bytes(b) as f64 / 10_000.0)),
            b'T' if bytes.len() == 8 && self.decimals == 0 => plain(moment(bytes)),
            // Memos lie in another file.
            b'M' | b'G' | b'P' | b'W' | b'Q' | b'B' | b'T' => Cell::default(),
            _ => plain(values::text(language.text(bytes)?.trim_end_matches([' ', '\0']))?.into_owned()),
        })
    }
}

/// `30.00` as a spreadsheet shows it.
fn without_decimals(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, rest)) if !whole.is_empty() && rest.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => text.to_owned(),
    }
}

fn date(digits: &str) -> String {
    NaiveDate::parse_from_str(digits, "%Y%m%d").map_or_else(|_| digits.to_owned(), |d| d.to_string())
}

/// Days since the year -4712 and milliseconds.
fn moment(bytes: &[u8]) -> String {
    const EPOCH: i64 = 2_440_588;
    let (Some(day), Some(time)) = (u32_at(bytes, 0), u32_at(bytes, 4)) else { return String::new() };
    let seconds = (i64::from(day) - EPOCH) * 86_400 + i64::from(time) / 1000;
    if day == 0 {
        String::new()
    } else {
        chrono::DateTime::from_timestamp(seconds, 0).map_or_else(String::new, |at| values::date(at.naive_utc()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Utf8,
    Gbk,
    Big5,
}

impl Language {
    /// By the language byte; most programs here leave it at nothing and write GBK.
    fn of(bytes: &[u8], data: &[u8]) -> Self {
        match bytes.get(29) {
            Some(0x4f | 0x78) => Self::Big5,
            _ if !data.is_ascii() && std::str::from_utf8(data).is_ok() => Self::Utf8,
            _ => Self::Gbk,
        }
    }

    fn text(self, bytes: &[u8]) -> Result<Cow<'_, str>, SheetError> {
        let encoding = match self {
            Self::Utf8 => UTF_8,
            Self::Gbk => GB18030,
            Self::Big5 => BIG5,
        };
        let strictly = |bytes| encoding.decode_without_bom_handling_and_without_replacement(bytes);
        let end = bytes.iter().rposition(|b| !matches!(b, b' ' | 0)).map_or(0, |at| at + 1);
        let bytes = bytes.get(..end).unwrap_or_default();
        // A field that is too short cuts its last character in two.
        let shorter = || (1..3).find_map(|less| strictly(bytes.get(..bytes.len().checked_sub(less)?)?));
        strictly(bytes).or_else(shorter).ok_or(SheetError::NotUtf8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of text fields, with the flag of each record before it.
    fn table(fields: &[(&str, u8, u8)], records: &[(u8, Vec<&[u8]>)]) -> Vec<u8> {
        let record: usize = 1 + fields.iter().map(|f| usize::from(f.2)).sum::<usize>();
        let length = 32 + 32 * fields.len() + 1;
        let mut bytes = vec![0x03, 121, 3, 1];
        bytes.extend_from_slice(&u32::try_from(records.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&u16::try_from(length).unwrap().to_le_bytes());
        bytes.extend_from_slice(&u16::try_from(record).unwrap().to_le_bytes());
        bytes.resize(32, 0);
        for (name, kind, size) in fields {
            let start = bytes.len();
            bytes.extend_from_slice(name.as_bytes());
            bytes.resize(start + 11, 0);
            bytes.push(*kind);
            bytes.resize(start + 16, 0);
            bytes.push(*size);
            bytes.resize(start + 32, 0);
        }
        bytes.push(0x0d);
        for (flag, values) in records {
            bytes.push(*flag);
            for ((_, _, size), value) in fields.iter().zip(values) {
                let start = bytes.len();
                bytes.extend_from_slice(value);
                bytes.resize(start + usize::from(*size), b' ');
            }
        }
        bytes.push(0x1a);
        bytes
    }

    fn sample() -> Vec<u8> {
        let name = |text| GB18030.encode(text).0.into_owned();
        let (first, second) = (name("王思远"), name("欧阳明喆"));
        table(
            &[("XH", b'C', 12), ("XM", b'C', 7), ("RS", b'N', 8), ("CSRQ", b'D', 8), ("JF", b'L', 1)],
            &[
                (b' ', vec![b"0170101", &first, b"   30.00", b"19990101", b"T"]),
                (b'*', vec![b"0170102", &first, b"", b"", b""]),
                (b' ', vec![b"0170103", &second, b"********", b"", b"?"]),
            ],
        )
    }

    #[test]
    fn fields_are_read_by_their_kind_and_deleted_records_are_counted() {
        let bytes = sample();
        assert!(is_table(&bytes));
        let grid = &read(&bytes).unwrap()[0];
        let shown: Vec<_> = grid.rows.iter().map(|r| (r.number, r.text(1), r.text(2), r.text(3), r.text(4), r.text(5))).collect();
        assert_eq!(shown[0], (1, "XH", "XM", "RS", "CSRQ", "JF"));
        assert_eq!(shown[1], (2, "0170101", "王思远", "30", "1999-01-01", "TRUE"));
        // 欧阳明喆 needs eight bytes and the field has seven: the half character is dropped.
        assert_eq!(shown[2], (4, "0170103", "欧阳明", "********", "", ""));
        assert!(grid.rows[2].cell(3).unwrap().digits_lost);
        assert_eq!(grid.deleted, [3]);
    }

    #[test]
    fn a_header_that_lies_is_refused_or_read_as_far_as_the_file_goes() {
        let mut bytes = sample();
        bytes[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(matches!(read(&bytes), Err(SheetError::Damaged(_))));
        bytes[4..8].copy_from_slice(&0u32.to_le_bytes());
        assert_eq!(read(&bytes).unwrap()[0].rows.len(), 3);
        bytes[10..12].copy_from_slice(&3u16.to_le_bytes());
        assert!(!is_table(&bytes));
        for cut in 0..sample().len() {
            let _ = read(&sample()[..cut]);
        }
    }
}
