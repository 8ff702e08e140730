//! A report before it has a format: tables of typed cells, the notes under them, and the same as JSON.

use std::borrow::Cow;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::domain::campaign::Campaign;
use crate::domain::ids::Millis;
use crate::domain::width;
use crate::domain::zone::Zone;

/// Longest text in one cell, in characters; more is cut and marked (a name is never that long).
const LONGEST_TEXT: usize = 500;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, also where it looks like a number (学号, 身份证号, 序号).
    Text,
    /// Counts.
    Number,
    /// A clock time or date as text, centred.
    Time,
    /// A share of people, shown in per cent.
    Share,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header as printed.
    pub header: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// Widest it may get, in display cells (a 汉字 has two); longer text wraps.
    pub width: u16,
}

impl Column {
    /// A column of text up to `width` display cells wide.
    pub fn text(header: &'static str, width: u16) -> Self {
        Self { header: header.into(), kind: Kind::Text, width }
    }

    /// A column of text under a header from outside, made plain.
    pub fn named(header: &str, width: u16) -> Self {
        Self { header: plain(header).into(), kind: Kind::Text, width }
    }

    /// A column of counts.
    pub fn number(header: &'static str) -> Self {
        Self { header: header.into(), kind: Kind::Number, width: 12 }
    }

    /// A column of times or dates.
    pub fn time(header: &'static str) -> Self {
        Self { header: header.into(), kind: Kind::Time, width: 20 }
    }

    /// A column of shares.
    pub fn share(header: &'static str) -> Self {
        Self { header: header.into(), kind: Kind::Share, width: 10 }
    }
}

/// One cell; text in it is already plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing known.
    Empty,
    /// Text.
    Text(String),
    /// A count.
    Number(u32),
    /// So many of so many.
    Share {
        /// The part.
        done: u32,
        /// The whole, which is never 0.
        of: u32,
    },
}

impl Cell {
    /// Text from outside, made plain; empty text is [`Cell::Empty`].
    pub fn text(text: &str) -> Self {
        let text = plain(text);
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Text that may be unknown.
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// So many of so many; empty where nobody is expected.
    pub fn share(done: u32, of: u32) -> Self {
        if of == 0 { Self::Empty } else { Self::Share { done, of } }
    }

    /// A share in tenths of a per cent. Rounded down, so that 100% means that nobody is missing.
    pub fn per_mille(done: u32, of: u32) -> u64 {
        u64::from(done) * 1000 / u64::from(of.max(1))
    }

    /// The cell as text without a format.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(n) => Cow::Owned(n.to_string()),
            Self::Share { done, of } => {
                let share = Self::per_mille(*done, *of);
                Cow::Owned(format!("{}.{}%", share / 10, share % 10))
            }
        }
    }
}

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// An ordinary row.
    Plain,
    /// The sum of the rows above it.
    Sum,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As many cells as the table has columns.
    pub cells: Vec<Cell>,
    /// How it stands out.
    pub weight: Weight,
}

impl Row {
    /// An ordinary row.
    pub fn plain(cells: Vec<Cell>) -> Self {
        Self { cells, weight: Weight::Plain }
    }

    /// A row of sums.
    pub fn sum(cells: Vec<Cell>) -> Self {
        Self { cells, weight: Weight::Sum }
    }
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands over it on paper.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Width of every column in display cells: its content up to its limit and one cell of air.
    pub fn widths(&self) -> Vec<u16> {
        let measure = |column: usize| {
            // Three more for the arrow of the filter beside the header.
            let header = cells_wide(&self.columns[column].header) + 3;
            let content = self.rows.iter().filter_map(|r| r.cells.get(column)).map(|c| cells_wide(&c.shown())).max();
            header.max(content.unwrap_or(0).min(self.columns[column].width) + 1)
        };
        (0..self.columns.len()).map(measure).collect()
    }
}

/// A line of the block under a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A heading.
    Heading(String),
    /// A sentence over the full width.
    Line(String),
    /// One or two labelled values side by side.
    Pairs(Vec<(String, String)>),
}

impl Note {
    /// A heading from text that may come from outside.
    pub fn heading(text: &str) -> Self {
        Self::Heading(plain(text))
    }

    /// A sentence from text that may come from outside.
    pub fn line(text: &str) -> Self {
        Self::Line(plain(text))
    }
}

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The wished name; the workbook makes it a permitted and distinct one.
    pub name: String,
    /// The table.
    pub table: Table,
    /// What stands under it.
    pub notes: Vec<Note>,
}

/// What stands at the head and foot of every printed page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// School and cohort.
    pub school: String,
    /// When the report was made, as local text.
    pub made: String,
    /// When the report was made.
    pub made_at: Millis,
    /// True where full document numbers stand in it: the paper says so.
    pub confidential: bool,
}

impl Heading {
    /// The heading of a report of this campaign made at that instant.
    pub fn of(campaign: &Campaign, made_at: Millis, confidential: bool) -> Self {
        let school = plain(format!("{} {}", campaign.name, campaign.cohort).trim());
        Self { school, made: moment(campaign.zone, made_at), made_at, confidential }
    }
}

/// A report, ready for any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// For paper.
    pub heading: Heading,
    /// The sheets of the workbook, at least one.
    pub sheets: Vec<Sheet>,
    /// All of it as one table.
    pub flat: Table,
    /// All of it with English keys and natural types.
    pub json: Value,
}

/// Text from outside on one line: breaks and tabs become spaces, control characters go, length is bounded.
pub fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    let clean = width::clean(&spaced, false);
    if clean.chars().count() <= LONGEST_TEXT {
        return clean;
    }
    let mut cut: String = clean.chars().take(LONGEST_TEXT - 1).collect();
    cut.push('…');
    cut
}

/// A JSON string of text from outside; null where unknown or empty.
pub fn json_text(text: Option<&str>) -> Value {
    match text.map(plain) {
        Some(text) if !text.is_empty() => Value::String(text),
        _ => Value::Null,
    }
}

/// Width in display cells; characters of ambiguous width count as wide, as Chinese fonts draw them.
pub fn cells_wide(text: &str) -> u16 {
    u16::try_from(text.width_cjk()).unwrap_or(u16::MAX)
}

/// `09:41:07`.
pub fn clock(zone: Zone, at: Millis) -> String {
    zone.local(at).format("%H:%M:%S").to_string()
}

/// `2020-09-13 09:41`.
pub fn moment(zone: Zone, at: Millis) -> String {
    zone.local(at).format("%Y-%m-%d %H:%M").to_string()
}
