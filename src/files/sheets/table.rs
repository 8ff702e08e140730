//! Where the schedule tables of a sheet are: stacked, side by side, with captions above or below.
//!
//! ```text
//! title                      7-115 教室     7-119 教室      one caption per block of columns
//! header  header  header     学院  时间段   学院  时间段
//! row     row     row        row   row      row   row
//! A组拍摄地点：11B-103       (a caption may stand below its table)
//! ```

use super::captions::{self, Caption};
use super::columns::{Column, Header, headers};
use super::grid::{Grid, Row};
use super::times::{self, Day};

/// One table: a block of columns under a header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// First column of the block.
    pub first: u32,
    /// Column after the last.
    pub end: u32,
    /// Its headers.
    pub headers: Vec<Header>,
    /// Index of the first row below the header.
    pub from: usize,
    /// Index after the last row.
    pub to: usize,
    /// What the captions say of it.
    pub caption: Caption,
}

/// The tables of a sheet, by header row and then from left to right.
pub fn tables(grid: &Grid) -> Vec<Table> {
    let heads: Vec<usize> = (0..grid.rows.len()).filter(|i| grid.rows.get(*i).is_some_and(is_header)).collect();
    let mut bands: Vec<Band> = Vec::new();
    for (n, &head) in heads.iter().enumerate() {
        let limit = heads.get(n + 1).copied().unwrap_or(grid.rows.len());
        let blocks = grid.rows.get(head).map(blocks).unwrap_or_default();
        let to = (head + 1..limit).rev().find(|i| grid.rows.get(*i).is_some_and(|r| is_data(r, &blocks))).map_or(head + 1, |i| i + 1);
        bands.push(Band { head, to, blocks, captions: Vec::new() });
    }
    give_captions(grid, &mut bands);
    let title = grid.rows.iter().take(heads.first().copied().unwrap_or(0)).find_map(day_of_row);
    let own = captions::read(&grid.sheet).filter(Caption::places);
    bands.iter().flat_map(|band| band.tables(title, own.as_ref())).collect()
}

/// All blocks that share one header row.
struct Band {
    head: usize,
    to: usize,
    blocks: Vec<Block>,
    /// Captions with the column in which they stand.
    captions: Vec<(u32, Caption)>,
}

#[derive(Debug, Clone)]
struct Block {
    first: u32,
    end: u32,
    headers: Vec<Header>,
}

impl Band {
    fn tables(&self, title: Option<Day>, sheet: Option<&Caption>) -> Vec<Table> {
        let first_columns = self.blocks.iter().map(|b| b.first).collect::<Vec<_>>();
        self.blocks
            .iter()
            .map(|block| {
                let mut caption = Caption { day: title, ..Caption::default() };
                for (col, said) in &self.captions {
                    // A caption over a block belongs to it; one that stands left of all columns of its own belongs to every block.
                    let here = (block.first..block.end).contains(col) || self.blocks.len() == 1;
                    let for_all = self.captions.len() == 1 && first_columns.first().is_some_and(|f| col <= f);
                    if here || for_all {
                        caption.room = said.room.clone().or(caption.room);
                        caption.series = said.series.clone().or(caption.series);
                        caption.day = said.day.or(caption.day);
                    }
                }
                if !caption.places()
                    && let Some(sheet) = sheet
                {
                    caption.room.clone_from(&sheet.room);
                    caption.series.clone_from(&sheet.series);
                }
                Table { first: block.first, end: block.end, headers: block.headers.clone(), from: self.head + 1, to: self.to, caption }
            })
            .collect()
    }
}

/// A header row names a time and at least one more thing we know.
fn is_header(row: &Row) -> bool {
    let known: Vec<Column> = headers(row).iter().filter_map(|h| h.column).collect();
    let time = known.iter().any(|c| matches!(c, Column::Time | Column::Start));
    let other = |c: &Column| {
        matches!(c, Column::College | Column::Class | Column::Headcount | Column::Place | Column::Unit | Column::Major | Column::Date)
    };
    time && known.iter().any(other)
}

/// Splits a header row where a header comes again.
fn blocks(row: &Row) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for header in headers(row) {
        let again = blocks.last().is_some_and(|b| b.headers.iter().any(|h| repeats(h, &header)));
        match blocks.last_mut() {
            Some(block) if !again => block.headers.push(header),
            _ => {
                if let Some(block) = blocks.last_mut() {
                    block.end = header.col;
                }
                let first = if blocks.is_empty() { 1 } else { header.col };
                blocks.push(Block { first, end: u32::MAX, headers: vec![header] });
            }
        }
    }
    blocks
}

fn repeats(a: &Header, b: &Header) -> bool {
    let one = |c: Column| matches!(c, Column::College | Column::Class | Column::Headcount);
    let spelling = |h: &Header| super::columns::header_key(&h.text);
    spelling(a) == spelling(b) || (a.column == b.column && a.column.is_some_and(one))
}

/// A row with a window, a sum, several cells that are not captions, or a class that continues the row above.
fn is_data(row: &Row, blocks: &[Block]) -> bool {
    let own: Vec<u32> = row.cells.iter().filter(|c| !c.merged).map(|c| c.col).collect();
    let timed = row.cells.iter().any(|c| !times::windows(&c.text, None).is_empty());
    let captions = captions_of(row, blocks);
    let continues = own.iter().any(|col| !blocks.iter().any(|b| b.first == *col));
    timed || (captions.len() < own.len() && (own.len() > 1 || continues))
}

/// The captions of a row: certain ones anywhere, others only in the first column of a block.
fn captions_of(row: &Row, blocks: &[Block]) -> Vec<(u32, Caption)> {
    let own = row.cells.iter().filter(|c| !c.merged);
    own.filter_map(|cell| {
        let caption = captions::read(&cell.text).filter(Caption::places)?;
        let first = cell.col == 1 || blocks.iter().any(|b| b.first == cell.col);
        (caption.certain || first).then_some((cell.col, caption))
    })
    .collect()
}

fn day_of_row(row: &Row) -> Option<Day> {
    row.cells.iter().find_map(|c| captions::read(&c.text).and_then(|c| c.day))
}

/// A caption row: its index and what it says.
type CaptionRow = (usize, Vec<(u32, Caption)>);

/// Gives every caption between two tables to the one it belongs to.
fn give_captions(grid: &Grid, bands: &mut [Band]) {
    let count = bands.len();
    let rows_between = |from: usize, to: usize, blocks: &[Block]| -> Vec<CaptionRow> {
        let rows = (from..to).filter_map(|i| grid.rows.get(i).map(|r| (i, captions_of(r, blocks))));
        rows.filter(|(_, c)| !c.is_empty()).collect()
    };
    let zones: Vec<Vec<CaptionRow>> = (0..=count)
        .map(|n| {
            let from = n.checked_sub(1).and_then(|p| bands.get(p)).map_or(0, |b| b.to);
            let to = bands.get(n).map_or(grid.rows.len(), |b| b.head);
            let blocks = bands.get(n).or(bands.last()).map(|b| b.blocks.clone()).unwrap_or_default();
            rows_between(from, to, &blocks)
        })
        .collect();
    let below = zones.last().is_some_and(|z| !z.is_empty());
    for (n, zone) in zones.iter().enumerate() {
        let lacking = n.checked_sub(1).and_then(|p| bands.get(p)).is_some_and(|b| b.captions.is_empty());
        let mut zone = zone.as_slice();
        if lacking
            && let Some((first, rest)) = zone.split_first()
            && (!rest.is_empty() || n == count || below || hangs_on_the_upper(grid, bands, n, first.0))
        {
            if let Some(band) = bands.get_mut(n - 1) {
                band.captions.extend(first.1.iter().cloned());
            }
            zone = rest;
        }
        if let Some(band) = bands.get_mut(n) {
            band.captions.extend(zone.iter().flat_map(|(_, c)| c.iter().cloned()));
        }
    }
}

/// True where a single caption touches the table above and not the one below.
fn hangs_on_the_upper(grid: &Grid, bands: &[Band], n: usize, caption: usize) -> bool {
    let number = |i: usize| grid.rows.get(i).map_or(0, |r| r.number);
    let touches_upper = n.checked_sub(1).and_then(|p| bands.get(p)).is_some_and(|b| number(b.to.saturating_sub(1)) + 1 == number(caption));
    let touches_lower = bands.get(n).is_some_and(|b| number(caption) + 1 == number(b.head));
    touches_upper && !touches_lower
}
