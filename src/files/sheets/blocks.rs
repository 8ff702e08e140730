//! Cells of many rows in one piece of memory: a hundred thousand rows are a dozen pieces to ask for and to give back, not one each
//! between the texts that outlive them.

use std::sync::Arc;

use super::grid::{COLUMNS_MAX, Cell, Cells, Row};

/// Cells of a block; it is full where the widest row would find no room.
const BLOCK: usize = 32 << 10;
const FULL: usize = BLOCK - COLUMNS_MAX as usize;

/// Rows while they are read, one after the other.
#[derive(Debug, Default)]
pub struct Blocks {
    done: Vec<Row>,
    /// The rows of the open block: number, and where each begins.
    begun: Vec<(u32, usize)>,
    open: Vec<Cell>,
}

impl Blocks {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.done.len() + self.begun.len()
    }

    /// True where there is no row yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of the last row.
    pub fn last(&self) -> Option<u32> {
        self.begun.last().map(|(number, _)| *number).or_else(|| self.done.last().map(|r| r.number))
    }

    /// The last cell of the last row.
    pub fn last_cell(&mut self) -> Option<&mut Cell> {
        let (_, from) = *self.begun.last()?;
        self.open.get_mut(from..)?.last_mut()
    }

    /// Begins a row; what is put from now on stands in it.
    pub fn begin(&mut self, number: u32) {
        if self.open.len() > FULL {
            self.close();
            // Whoever filled one block will fill the next.
            self.open.reserve_exact(BLOCK);
        }
        self.begun.push((number, self.open.len()));
    }

    /// Puts a cell into the last row.
    pub fn put(&mut self, cell: Cell) {
        self.open.push(cell);
    }

    /// The rows.
    pub fn finish(mut self) -> Vec<Row> {
        self.close();
        self.done
    }

    fn close(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        open.shrink_to_fit();
        let block = Arc::new(open);
        let ends = self.begun.iter().skip(1).map(|(_, from)| *from).chain([block.len()]);
        let rows = self.begun.iter().zip(ends).map(|((number, from), to)| {
            let cells = Cells::part(&block, *from..to);
            Row { number: *number, cells }
        });
        self.done.extend(rows);
        self.begun.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_cells_whatever_block_they_stand_in() {
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
