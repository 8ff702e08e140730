//! Comma-separated text as a grid; blank lines count as rows, as a spreadsheet shows them.
//!
//! The `csv` crate drops blank lines, after which no row number can be trusted; hence the few lines here.

use std::borrow::Cow;

use crate::domain::width;

use super::super::blocks::Blocks;
use super::super::columns::column_of;
use super::super::error::SheetError;
use super::super::grid::{Above, CELL_MAX, CELLS_MAX, COLUMNS_MAX, Cell, FILLED_MAX, Grid, ROWS_MAX, TEXT_MAX};

/// Reads text (without byte-order mark); the separator is a comma, else a tab, a semicolon or a bar where no comma is used.
pub fn read(text: &str) -> Result<Grid, SheetError> {
    let text = &*parted(text);
    if is_garbled(text) {
        return Err(SheetError::NotUtf8);
    }
    let separator = separator(text);
    // A file of nothing but fields is refused before memory is taken for them; commas inside quotes count, hence the room.
    let ends = |b: u8| b == b'\n' || b == b'\r' || char::from(b) == separator;
    let fields = text.bytes().zip(text.bytes().skip(1)).filter(|(a, b)| !ends(*a) && ends(*b)).count();
    if fields > 2 * CELLS_MAX {
        return Err(SheetError::TooLarge { what: "cells", limit: CELLS_MAX as u64 });
    }
    let mut reading = Reading { rows: Blocks::default(), row: 1, col: 1, cells: 0, text: 0, above: Above::default() };
    let mut field = String::new();
    let mut quoted = false;
    // True from the start of a field to its first character: only there a quote opens.
    let mut fresh = true;
    let mut quotes = Quotes { separator, columns: columns(text, separator), left: LOOKED_MAX.saturating_mul(text.len()) };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            if c != '"' {
                field.push(c);
            } else if chars.peek() == Some(&'"') {
                chars.next();
                field.push('"');
            } else {
                quoted = false;
            }
        } else if c == '"' && fresh {
            // A quote that nobody closed opens nothing: the rows below are rows.
            quoted = quotes.opens(chars.clone());
            fresh = false;
        } else if c == separator {
            reading.field(&mut field)?;
            fresh = true;
        } else if c == '\n' || c == '\r' {
            if c == '\r' && chars.peek() == Some(&'\n') {
                chars.next();
            }
            reading.field(&mut field)?;
            reading.end_row()?;
            fresh = true;
        } else {
            field.push(c);
            fresh = false;
        }
        if field.len() > CELL_MAX {
            return Err(SheetError::TooLarge { what: "one cell, bytes", limit: CELL_MAX as u64 });
        }
    }
    reading.field(&mut field)?;
    reading.end_row()?;
    Ok(Grid { rows: reading.rows.finish(), ..Grid::default() })
}

/// Most times that a file is looked through for the ends of its quoted fields.
const LOOKED_MAX: usize = 4;

/// Which quotes open a field.
struct Quotes {
    separator: char,
    /// Separators of the first line.
    columns: usize,
    /// Characters that may still be looked at.
    left: usize,
}

impl Quotes {
    /// False where the field would swallow rows: it never ends, ends inside another field, or holds a line parted as the first one is.
    fn opens(&mut self, rest: impl Iterator<Item = char>) -> bool {
        let mut rest = rest.take(CELL_MAX).peekable();
        let (mut lines, mut parts) = (0usize, 0usize);
        while let Some(c) = rest.next() {
            let Some(left) = self.left.checked_sub(1) else { return true };
            self.left = left;
            match c {
                '"' if rest.peek() == Some(&'"') => {
                    rest.next();
                }
                '"' => {
                    let ends = rest.peek().is_none_or(|next| *next == self.separator || matches!(next, '\n' | '\r' | ' '));
                    return lines == 0 || ends;
                }
                '\n' | '\r' => {
                    if lines > 0 && self.columns > 0 && parts >= self.columns.max(2) {
                        return false;
                    }
                    (lines, parts) = (lines + 1, 0);
                }
                c if c == self.separator => parts += 1,
                _ => {}
            }
        }
        // So long a field is refused by its length.
        lines == 0
    }
}

fn columns(text: &str, separator: char) -> usize {
    text.lines().next().map_or(0, |line| line.matches(separator).count())
}

struct Reading {
    rows: Blocks,
    row: u32,
    col: u32,
    cells: usize,
    text: usize,
    above: Above,
}

impl Reading {
    fn field(&mut self, field: &mut String) -> Result<(), SheetError> {
        let text = tidy(field);
        if !text.is_empty() {
            if self.col > COLUMNS_MAX {
                return Err(SheetError::TooLarge { what: "columns", limit: u64::from(COLUMNS_MAX) });
            }
            self.cells += 1;
            if self.cells > CELLS_MAX {
                return Err(SheetError::TooLarge { what: "cells", limit: CELLS_MAX as u64 });
            }
            self.text += text.len();
            if self.text > TEXT_MAX {
                return Err(SheetError::TooLarge { what: "text, bytes", limit: TEXT_MAX as u64 });
            }
            let text = self.above.like(self.col, &text);
            if self.rows.last() != Some(self.row) {
                if self.rows.len() >= FILLED_MAX {
                    return Err(SheetError::TooLarge { what: "rows with text", limit: FILLED_MAX as u64 });
                }
                self.rows.begin(self.row);
            }
            self.rows.put(Cell { col: self.col, ..Cell::of(text) });
        }
        field.clear();
        self.col = self.col.saturating_add(1);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SheetError> {
        self.col = 1;
        if self.row > ROWS_MAX {
            return Err(SheetError::TooLarge { what: "rows", limit: u64::from(ROWS_MAX) });
        }
        self.row += 1;
        Ok(())
    }
}

/// A cell's text: line breaks in one form, other control characters dropped, ends trimmed, Excel's `="…"` unwrapped.
pub fn tidy(field: &str) -> Cow<'_, str> {
    // Nearly every cell is plain: the lead bytes of controls and invisible marks are looked for before anything is copied.
    let plain = !field.bytes().any(|b| b < 0x20 || matches!(b, 0x7f | 0xc2 | 0xe2 | 0xef));
    if plain {
        return Cow::Borrowed(unwrapped(field));
    }
    let text = field.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    Cow::Owned(unwrapped(&width::clean(&text, true)).to_owned())
}

fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    // `="0171"` and `'0171` are how people keep Excel from eating the zero.
    let text = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    let quoted = text.strip_prefix('\'').filter(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    quoted.unwrap_or(text).trim()
}

/// A list whose columns are parted by blanks, `，` or `、`: by tabs instead. Its header must say that they are columns.
fn parted(text: &str) -> Cow<'_, str> {
    let head = || text.lines().filter(|l| !l.trim().is_empty()).take(30);
    let first = head().next().unwrap_or_default();
    if text.lines().take(30).any(|line| line.contains([',', '\t', ';', '|'])) {
        return Cow::Borrowed(text);
    }
    for sign in [' ', '，', '、'] {
        let words = |line: &str| line.split(sign).filter(|w| !w.trim().is_empty()).count();
        let (columns, known) = (words(first), first.split(sign).filter(|w| column_of(w).is_some()).count());
        if known >= 2 && known * 2 >= columns && head().count() > 1 && head().all(|line| words(line) == columns) {
            let line = |line: &str| line.split(sign).map(str::trim).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("\t");
            return Cow::Owned(text.lines().map(line).collect::<Vec<_>>().join("\n"));
        }
    }
    Cow::Borrowed(text)
}

/// True for Chinese that another program has read in a wrong encoding and written so: `Ñ§ºÅ`, `瀛﹀彿`, `??,??`.
fn is_garbled(text: &str) -> bool {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let head = || text.chars().take(2_000);
    let chinese = head().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
    let latin = head().filter(|c| matches!(c, '\u{80}'..='\u{ff}')).count();
    let lost = first.split([',', '\t', ';']).filter(|f| f.len() > 1 && f.chars().all(|c| c == '?')).count();
    let twice = ["瀛﹀彿", "濮撳悕", "鐝骇", "鏃堕棿", "缂磋垂"].iter().any(|w| first.contains(w));
    (!chinese && (latin >= 8 || lost >= 2)) || twice
}

fn separator(text: &str) -> char {
    let head: String = text.lines().take(30).collect();
    let count = |c: char| head.chars().filter(|x| *x == c).count();
    match (count(','), count('\t'), count(';')) {
        // Exports of databases part with a bar, at least twice in a row.
        (0, 0, 0) if count('|') > 1 => '|',
        (0, 0, 0) => ',',
        (0, 0, _) => ';',
        // A tab that a program puts behind every number stands before a comma.
        (commas, tabs, _) if tabs > commas && head.matches("\t,").count() * 2 < tabs => '\t',
        _ => ',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_inside_quotes_is_one_row_and_a_blank_line_is_one_too() {
        let grid = read("\"13日\n上午\",\"say \"\"hi\"\"\"\r\n\r\nx,,y\n").unwrap();
        assert_eq!(grid.rows.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(grid.rows[0].text(1), "13日\n上午");
        assert_eq!(grid.rows[0].text(2), "say \"hi\"");
        assert_eq!(grid.rows[1].text(3), "y");
    }

    #[test]
    fn a_quote_that_nobody_closed_swallows_no_rows() {
        let names = |text: &str| read(text).unwrap().rows.iter().map(|r| r.text(2).to_owned()).collect::<Vec<_>>();
        assert_eq!(names("学号,姓名,班级\n1,\"王芳,甲\n2,李雷,甲\n3,张三,甲\n"), ["姓名", "王芳", "李雷", "张三"]);
        assert_eq!(names("学号,姓名,班级\n1,\"王芳,甲\n2,李雷,甲\n3,\"张三\",甲\n"), ["姓名", "王芳", "李雷", "张三"]);
        assert_eq!(names("学号,姓名,班级\n1,\"王\n芳，五班\",甲\n"), ["姓名", "王\n芳，五班"]);
        assert_eq!(names("学号,姓名\n1,\"一,二\n三\"\n"), ["姓名", "一,二\n三"]);
    }

    #[test]
    fn tabs_separate_where_there_are_no_commas() {
        assert_eq!(read("学号\t姓名\n1\t张三\n").unwrap().rows[1].text(2), "张三");
    }

    #[test]
    fn tricks_against_lost_zeros_are_unwrapped() {
        assert_eq!(tidy("=\"0171\""), "0171");
        assert_eq!(tidy("'0171"), "0171");
    }
}
