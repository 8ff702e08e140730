//! A sheet as a grid of text cells, and how much of one is read at most.

use std::collections::HashMap;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::text::Text;
use crate::domain::width;

/// Largest file in bytes.
pub const FILE_MAX: usize = 64 << 20;
/// Most rows of a sheet.
pub const ROWS_MAX: u32 = 2_000_000;
/// Most columns of a sheet.
pub const COLUMNS_MAX: u32 = 1_024;
/// Most bytes of one cell.
pub const CELL_MAX: usize = 32 << 10;
/// Most cells with text in a file: a hundred thousand people with twenty columns each.
pub const CELLS_MAX: usize = 2_000_000;
/// Most rows with text in a file.
pub const FILLED_MAX: usize = 200_000;
/// Most bytes of text in a file.
pub const TEXT_MAX: usize = 64 << 20;

/// One cell that holds text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// 1-based column.
    pub col: u32,
    /// Text as shown, control characters dropped, line breaks kept.
    pub text: Text,
    /// A copy of a merged cell's text, not its own corner.
    pub merged: bool,
    /// The value of a formula.
    pub formula: bool,
    /// A number longer than Excel keeps: its last digits are gone.
    pub digits_lost: bool,
    /// So many zeros at the front are only shown by the number format, not stored.
    pub zeros: u8,
}

impl Cell {
    /// A cell with that text and nothing odd about it; its column is given when it is put on a sheet.
    pub fn of(text: Text) -> Self {
        Self { text, ..Self::default() }
    }

    /// The stored number, where the number format shows more zeros than are stored.
    pub fn stored(&self) -> Option<&str> {
        self.text.get(usize::from(self.zeros)..).filter(|_| self.zeros > 0)
    }
}

/// The cells of a row: a part of a block.
#[derive(Clone, Default)]
pub struct Cells {
    block: Arc<Vec<Cell>>,
    from: u32,
    to: u32,
}

impl Cells {
    /// These of a block.
    pub fn part(block: &Arc<Vec<Cell>>, places: Range<u32>) -> Self {
        Self { block: Arc::clone(block), from: places.start, to: places.end }
    }
}

impl Deref for Cells {
    type Target = [Cell];

    fn deref(&self) -> &[Cell] {
        self.block.get(self.from as usize..self.to as usize).unwrap_or_default()
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Cells {}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl From<Vec<Cell>> for Cells {
    fn from(cells: Vec<Cell>) -> Self {
        Self { from: 0, to: u32::try_from(cells.len()).unwrap_or(u32::MAX), block: Arc::new(cells) }
    }
}

impl FromIterator<Cell> for Cells {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        cells.into_iter().collect::<Vec<Cell>>().into()
    }
}

impl<'a> IntoIterator for &'a Cells {
    type Item = &'a Cell;
    type IntoIter = std::slice::Iter<'a, Cell>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One row with at least one cell; rows without text are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// 1-based, as a spreadsheet shows it; in csv the record.
    pub number: u32,
    /// Cells by column.
    pub cells: Cells,
}

impl Row {
    /// The cell of that column, a merged copy included.
    pub fn cell(&self, col: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&col, |c| c.col).ok().and_then(|i| self.cells.get(i))
    }

    /// The text of that column, a merged copy included; empty where there is none.
    pub fn text(&self, col: u32) -> &str {
        self.cell(col).map_or("", |c| c.text.as_str())
    }

    /// The text of that column where the cell is no merged copy.
    pub fn own(&self, col: u32) -> &str {
        self.cell(col).filter(|c| !c.merged).map_or("", |c| c.text.as_str())
    }

    /// The cells that are no merged copies and hold something.
    pub fn written(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|c| !c.merged && !c.text.trim().is_empty())
    }

    /// Name of the cell in that column (`B7`).
    pub fn name(&self, col: u32) -> String {
        cell_name(col, self.number)
    }
}

/// A cell (row, column), and what is written in it or beside it.
pub type Noted = ((u32, u32), String);

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// Cells (row, column) without a value: formulas that were never calculated, error values.
    pub valueless: Vec<(u32, u32)>,
    /// Cells (row, column) whose text is struck through.
    pub struck: Vec<(u32, u32)>,
    /// What is written beside cells as a comment.
    pub comments: Vec<Noted>,
    /// Numbers of rows that the spreadsheet does not show.
    pub hidden_rows: Vec<u32>,
    /// Columns that the spreadsheet does not show.
    pub hidden_columns: Vec<u32>,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// Rows with text, top down.
    pub rows: Vec<Row>,
    /// Numbers of rows that the table holds as deleted.
    pub deleted: Vec<u32>,
    /// Headers of columns whose text lies in another file, which is not read.
    pub elsewhere: Vec<String>,
}

impl Grid {
    /// A finding on this sheet.
    pub fn finding(
        &self,
        code: IntakeCode,
        severity: Severity,
        row: Option<u32>,
        cell: Option<String>,
        args: Vec<String>,
    ) -> IntakeFinding {
        IntakeFinding { code, severity, sheet: self.sheet.clone(), cell, row, others: Vec::new(), args }
    }
}

/// The cells of each column that are no copies, top down: most columns of a wide sheet are empty in most rows.
pub fn by_column<'a>(body: impl IntoIterator<Item = &'a Row>) -> HashMap<u32, Vec<&'a str>> {
    let mut columns: HashMap<u32, Vec<&str>> = HashMap::new();
    for cell in body.into_iter().flat_map(|r| &r.cells).filter(|c| !c.merged && !c.text.is_empty()) {
        columns.entry(cell.col).or_default().push(&cell.text);
    }
    columns
}

/// True for what a formula shows that could not be calculated.
pub fn is_fault(text: &str) -> bool {
    text.starts_with('#') && matches!(text, "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!")
}

/// The last text of each column.
#[derive(Debug, Default)]
pub struct Above(Vec<Text>);

impl Above {
    /// A text for the next cell of that column: where the cell above has it too, as all people of a class do, they share it.
    pub fn like(&mut self, col: u32, text: &str) -> Text {
        let at = col.min(COLUMNS_MAX) as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, Text::default());
        }
        match self.0.get_mut(at) {
            Some(last) if *last == *text => last.clone(),
            Some(last) => {
                *last = text.into();
                last.clone()
            }
            None => text.into(),
        }
    }
}

/// Name of a cell by 1-based column and row.
pub fn cell_name(col: u32, row: u32) -> String {
    let mut letters = Vec::new();
    let mut left = col;
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{row}")
}

/// A number written in nothing but digits.
pub fn digits(written: &[u8]) -> Option<u32> {
    str::from_utf8(written).ok().filter(|t| t.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse().ok())
}

/// `B7` as 1-based row and column: what [`cell_name`] writes.
pub fn cell_place(written: &[u8]) -> Option<(u32, u32)> {
    let letters = written.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (letters, number) = written.split_at_checked(letters).filter(|(l, _)| (1..=4).contains(&l.len()))?;
    let col = letters.iter().fold(0, |col, b| col * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((digits(number).filter(|n| *n > 0)?, col))
}

/// File name without folders and control characters.
pub fn source_name(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    width::clean(name, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        assert_eq!(cell_name(1, 1), "A1");
        assert_eq!(cell_name(26, 7), "Z7");
        assert_eq!(cell_name(27, 7), "AA7");
        assert_eq!(cell_name(16_384, 1_048_576), "XFD1048576");
    }

    #[test]
    fn places_are_read_as_written() {
        assert_eq!(cell_place(b"A1"), Some((1, 1)));
        assert_eq!(cell_place(b"xfd1048576"), Some((1_048_576, 16_384)));
        for odd in ["", "A", "1", "A0", "A-1", "ZZZZZ1", "A99999999999"] {
            assert_eq!(cell_place(odd.as_bytes()), None, "{odd}");
        }
    }
}
