//! Cells of all rows of a sheet in one piece of memory, which is given back as one: pieces row by row would lie between the texts that
//! outlive them, and be lost until those go.

use std::sync::Arc;

use super::grid::{Cell, Cells, Row};

/// Rows while they are read, one after the other.
#[derive(Debug, Default)]
pub struct Blocks {
    /// Each row's number, and where it begins.
    begun: Vec<(u32, u32)>,
    cells: Vec<Cell>,
}

impl Blocks {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.begun.len()
    }

    /// True where there is no row yet.
    pub fn is_empty(&self) -> bool {
        self.begun.is_empty()
    }

    /// Number of the last row.
    pub fn last(&self) -> Option<u32> {
        self.begun.last().map(|(number, _)| *number)
    }

    /// The last cell of the last row.
    pub fn last_cell(&mut self) -> Option<&mut Cell> {
        let (_, from) = *self.begun.last()?;
        self.cells.get_mut(from as usize..)?.last_mut()
    }

    /// Begins a row; what is put from now on stands in it.
    pub fn begin(&mut self, number: u32) {
        self.begun.push((number, u32::try_from(self.cells.len()).unwrap_or(u32::MAX)));
    }

    /// Puts a cell into the last row.
    pub fn put(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// The rows.
    pub fn finish(self) -> Vec<Row> {
        let mut cells = self.cells;
        cells.shrink_to_fit();
        let block = Arc::new(cells);
        let end = u32::try_from(block.len()).unwrap_or(u32::MAX);
        let ends = self.begun.iter().skip(1).map(|(_, from)| *from).chain([end]);
        let rows = self.begun.iter().zip(ends);
        rows.map(|((number, from), to)| Row { number: *number, cells: Cells::part(&block, *from..to) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_cells_in_the_common_piece() {
        let mut blocks = Blocks::default();
        let cell = |n: u32| Cell { col: n % 7 + 1, ..Cell::of(n.to_string().as_str().into()) };
        for number in 0..20_000u32 {
            blocks.begin(number);
            (0..number % 5).for_each(|n| blocks.put(cell(number + n)));
            assert_eq!(blocks.last(), Some(number));
            assert_eq!(blocks.last_cell().is_some(), number % 5 > 0);
        }
        assert_eq!(blocks.len(), 20_000);
        let rows = blocks.finish();
        for (number, row) in (0..).zip(&rows) {
            let wanted: Cells = (0..number % 5).map(|n| cell(number + n)).collect();
            assert_eq!((row.number, &row.cells), (number, &wanted));
        }
        assert_eq!(rows.len(), 20_000);
    }
}
