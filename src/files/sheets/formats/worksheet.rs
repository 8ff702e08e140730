//! The cells of one sheet of an xlsx workbook: values, formulas and merged regions in one pass.

use super::super::error::SheetError;
use super::super::grid::{CELL_MAX, COLUMNS_MAX, Cell, FILLED_MAX, cell_place as place, digits};
use super::super::watch::{ROWS_BETWEEN, Watch};
use super::parts::Part;
use super::tags::{self, Piece, Tag, Tags};
use super::values::{self, Budget, Region, Rows, Shape};
use super::xml;
use crate::domain::text::Text;

/// What the cells of every sheet refer to.
#[derive(Debug, Default)]
pub struct Shared {
    /// Texts by number, tidied.
    pub texts: Vec<Text>,
    /// How numbers are shown, by style.
    pub shapes: Vec<Shape>,
    /// Whether texts are struck through, by style.
    pub struck: Vec<bool>,
    /// Days are counted from 1904.
    pub is_1904: bool,
}

/// What a sheet says beside its cells.
#[derive(Debug, Default)]
pub struct Beside {
    /// Merged regions.
    pub merged: Vec<Region>,
    /// Cells (row, column) of formulas that were never calculated and of error values; of very many the first.
    pub valueless: Vec<(u32, u32)>,
    /// Cells whose text is struck through; of very many the first.
    pub struck: Vec<(u32, u32)>,
    /// Numbers of hidden rows.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns.
    pub hidden_columns: Vec<u32>,
}

/// Most cells without a value, or struck through, that are told one by one.
const VALUELESS_MAX: usize = 1_000;

/// Puts the cells of a sheet into `rows` and returns what stands beside them.
pub fn read(part: Part<'_>, shared: &Shared, rows: &mut Rows, left: &mut Budget, watch: &mut Watch<'_>) -> Result<Beside, SheetError> {
    let mut tags = Tags::new(part);
    let mut beside = Beside::default();
    let mut cell = Open::default();
    let (mut begun, mut ended, mut seen) = (false, false, 0);
    while let Some(piece) = tags.piece()? {
        match piece {
            Piece::Start(tag) => match tag.name {
                b"c" => {
                    cell.begin(&tag)?;
                    if tag.empty {
                        cell.col = cell.col.saturating_add(1);
                    }
                }
                b"row" => {
                    cell.row = row_of(&tag)?.unwrap_or(cell.row.saturating_add(1));
                    cell.col = 1;
                    if beside.hidden_rows.len() < FILLED_MAX && is_hidden(&tag) {
                        beside.hidden_rows.push(cell.row);
                    }
                    seen += 1;
                    if usize::is_multiple_of(seen, ROWS_BETWEEN) {
                        watch.unpacked(tags.source().far(), seen as u64)?;
                    }
                }
                b"col" if is_hidden(&tag) && beside.hidden_columns.len() < COLUMNS_MAX as usize => {
                    let place = |name: &str| tag.attribute(name).and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
                    beside.hidden_columns.extend(place("min")..=place("max").min(COLUMNS_MAX));
                }
                b"sheetData" => (begun, ended) = (true, tag.empty),
                b"mergeCell" => beside.merged.extend(tag.attribute("ref").as_deref().and_then(region)),
                _ => cell.hear(&piece)?,
            },
            Piece::End(b"c") => {
                if let Some(value) = cell.value(shared, rows)? {
                    rows.put(cell.row, cell.col, value, left)?;
                    if shared.struck.get(cell.style) == Some(&true) && beside.struck.len() < VALUELESS_MAX {
                        beside.struck.push((cell.row, cell.col));
                    }
                } else if cell.lacks_value() && beside.valueless.len() < VALUELESS_MAX {
                    beside.valueless.push((cell.row, cell.col));
                }
                cell.col = cell.col.saturating_add(1);
            }
            Piece::End(b"sheetData") => ended = true,
            piece => cell.hear(&piece)?,
        }
    }
    // A part without cells is a chart or a macro sheet.
    if begun && !ended { Err(xml::damaged("a sheet is cut off")) } else { Ok(beside) }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attributes().any(|both| matches!(both, (b"hidden", b"1" | b"true")))
}

fn row_of(tag: &Tag<'_>) -> Result<Option<u32>, SheetError> {
    let written = tag.attributes().find(|(name, _)| *name == b"r");
    let number = |(_, written): (&[u8], &[u8])| digits(written).filter(|n| *n > 0).ok_or_else(|| xml::damaged("a row without a number"));
    written.map(number).transpose()
}

/// `B7:C9`, or one cell.
fn region(written: &str) -> Option<Region> {
    let (from, to) = written.split_once(':').unwrap_or((written, written));
    let ((top, first), (bottom, end)) = (place(from.as_bytes())?, place(to.as_bytes())?);
    Some(Region { top, first, bottom, end })
}

/// Text that may be made of several pieces, some of which tell only how it is pronounced.
#[derive(Debug, Default)]
pub struct Rich {
    text: String,
    /// Where the piece begins that is being read; `None` outside of one.
    open: Option<usize>,
    keeps_blanks: bool,
    pronounced: bool,
}

impl Rich {
    /// Takes in `<t>`, what is in it, and what is around it.
    pub fn hear(&mut self, piece: &Piece<'_>) -> Result<(), SheetError> {
        match piece {
            Piece::Start(tag) if tag.name == b"t" && !tag.empty && !self.pronounced => {
                self.open = Some(self.text.len());
                self.keeps_blanks = tag.attributes().any(|both| both == (b"space", b"preserve"));
            }
            Piece::Start(tag) if tag.name == b"rPh" => self.pronounced = !tag.empty,
            Piece::End(b"rPh") => self.pronounced = false,
            Piece::End(b"t") => {
                if let Some(from) = self.open.take()
                    && !self.keeps_blanks
                {
                    let blank = |c| matches!(c, ' ' | '\t' | '\r' | '\n');
                    self.text.truncate(self.text.trim_end_matches(blank).len().max(from));
                    let blanks = self.text.len() - from - self.text.get(from..).unwrap_or_default().trim_start_matches(blank).len();
                    self.text.drain(from..from + blanks);
                }
            }
            Piece::Text(text) if self.open.is_some() => tags::append(text, &mut self.text)?,
            Piece::Data(text) if self.open.is_some() => tags::append_plain(text, &mut self.text)?,
            _ => {}
        }
        if self.text.len() > 2 * CELL_MAX {
            return values::text(&self.text).map(|_| ());
        }
        Ok(())
    }

    /// What it says, with `_x000D_` and the like as the characters they stand for.
    pub fn said(&mut self) -> &str {
        if self.text.contains("_x") {
            self.text = unescaped(&self.text);
        }
        &self.text
    }

    /// Forgets all of it.
    pub fn clear(&mut self) {
        self.text.clear();
        (self.open, self.pronounced) = (None, false);
    }
}

/// Characters that XML cannot hold are written as `_x0007_`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.filter(|c| c.bytes().all(|b| b.is_ascii_hexdigit())).and_then(|c| u32::from_str_radix(c, 16).ok());
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = after.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = after.get(2..).unwrap_or_default();
            }
        }
    }
    out + rest
}

/// What a cell's value is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Fault,
    Moment,
}

/// The cell being read.
#[derive(Debug, Default)]
struct Open {
    row: u32,
    col: u32,
    kind: Kind,
    /// A type that says it is a number, where one says it.
    numeric: bool,
    style: usize,
    formula: bool,
    in_value: bool,
    written: String,
    inline: Rich,
}

impl Open {
    fn begin(&mut self, tag: &Tag<'_>) -> Result<(), SheetError> {
        (self.kind, self.numeric, self.style, self.formula, self.in_value) = (Kind::Number, false, 0, false, false);
        self.written.clear();
        self.inline.clear();
        for (name, value) in tag.attributes() {
            match name {
                b"r" => (self.row, self.col) = place(value).ok_or_else(|| xml::damaged("a cell without a place"))?,
                b"s" => self.style = digits(value).unwrap_or(0) as usize,
                b"t" => {
                    self.numeric = value == b"n";
                    self.kind = match value {
                        b"s" => Kind::Shared,
                        b"inlineStr" | b"is" => Kind::Inline,
                        b"str" => Kind::Text,
                        b"b" => Kind::Bool,
                        b"e" => Kind::Fault,
                        b"d" => Kind::Moment,
                        _ => Kind::Number,
                    };
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn hear(&mut self, piece: &Piece<'_>) -> Result<(), SheetError> {
        match piece {
            Piece::Start(tag) if tag.name == b"v" => self.in_value = !tag.empty,
            Piece::Start(tag) if tag.name == b"f" => self.formula = true,
            Piece::End(b"v") => self.in_value = false,
            Piece::Text(text) if self.in_value => tags::append(text, &mut self.written)?,
            Piece::Data(text) if self.in_value => tags::append_plain(text, &mut self.written)?,
            piece => self.inline.hear(piece)?,
        }
        if self.written.len() > 2 * CELL_MAX {
            return values::text(&self.written).map(|_| ());
        }
        Ok(())
    }

    /// True for an error value, and for a formula whose result was never written; a text of no letters is one.
    fn lacks_value(&self) -> bool {
        self.kind == Kind::Fault || (self.formula && self.kind == Kind::Number && self.written.is_empty())
    }

    /// The cell as it is shown; `None` where it is empty.
    fn value(&mut self, shared: &Shared, rows: &mut Rows) -> Result<Option<Cell>, SheetError> {
        let col = self.col;
        let written = self.written.as_str();
        let mut plain = |text: &str| -> Result<Cell, SheetError> { Ok(Cell::of(rows.like_above(col, &values::text(text)?))) };
        let cell = match self.kind {
            Kind::Inline => plain(self.inline.said())?,
            _ if written.is_empty() => return Ok(None),
            Kind::Fault => return Ok(None),
            Kind::Shared => {
                let at = written.trim().parse::<usize>().unwrap_or(0);
                let text = shared.texts.get(at).ok_or_else(|| xml::damaged("a shared text is missing"))?;
                Cell::of(values::whole(text)?.clone())
            }
            Kind::Text => plain(if written.contains("_x") { unescaped(written) } else { written.to_owned() }.as_str())?,
            Kind::Bool => plain(if matches!(written.trim(), "1" | "true" | "TRUE") { "TRUE" } else { "FALSE" })?,
            Kind::Moment => Cell::of(values::iso(&values::text(written)?).into()),
            Kind::Number => {
                let shape = shared.shapes.get(self.style).copied().unwrap_or_default();
                let whole = written.len() < 15 && !written.starts_with('0') && written.bytes().all(|b| b.is_ascii_digit());
                if whole && shape == Shape::Plain {
                    Cell::of(written.into())
                } else {
                    match written.trim().parse::<f64>() {
                        Ok(n) => values::number(n, shape, shared.is_1904),
                        Err(_) if self.numeric => return Err(xml::damaged("a number that is none")),
                        Err(_) => plain(written)?,
                    }
                }
            }
        };
        Ok(Some(Cell { formula: self.formula, ..cell }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_as_written() {
        assert_eq!(region("B7:C9"), Some(Region { top: 7, first: 2, bottom: 9, end: 3 }));
    }

    #[test]
    fn rich_text_is_joined_and_its_pronunciation_left_out() {
        let markup = "<r><t>电商</t></r><r><t xml:space=\"preserve\"> 171 </t></r><rPh><t>dian</t></rPh><t>_x0041_\u{20}&amp;_x_</t>";
        let mut tags = Tags::new(markup.as_bytes());
        let mut text = Rich::default();
        while let Some(piece) = tags.piece().unwrap() {
            text.hear(&piece).unwrap();
        }
        assert_eq!(text.said(), "电商 171 A &_x_");
    }
}
