//! Where the schedule tables of a sheet are: stacked, side by side, with captions above or below.
//!
//! ```text
//! title                      7-115 教室     7-119 教室      one caption per block of columns
//! header  header  header     学院  时间段   学院  时间段
//! row     row     row        row   row      row   row
//! A组拍摄地点：11B-103       (a caption may stand below its table)
//! ```

use std::collections::{BTreeSet, HashSet};

use super::super::columns::{Column, Header, header_key};
use super::super::grid::{Grid, Row};
use super::captions::{self, Caption};
use super::content;
use super::heads::{self, Head, Says};
use super::sections::{Section, sections};
use super::times::{self, Day};
use super::unheaded;

/// Most rows above a head that a printed page repeats with it.
const ABOVE: usize = 12;

/// Most columns left of all blocks that each of them shares.
const SHARED_MAX: usize = 16;

/// One table: a block of columns under a header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// First column of the block.
    pub first: u32,
    /// Column after the last.
    pub end: u32,
    /// Its headers; those of columns that several blocks share are among them.
    pub headers: Vec<Header>,
    /// Columns that are a room, a day or a time themselves, each cell of which is a slot.
    pub content: Vec<(u32, Says)>,
    /// Index of the header row, the upper one of two.
    pub upper: usize,
    /// Index of the header row, the lower one of two.
    pub head: usize,
    /// Index of the first row below the header.
    pub from: usize,
    /// Index after the last row.
    pub to: usize,
    /// No header row was found: the columns are guessed by what stands in them.
    pub guessed: bool,
    /// Rows between that only repeat the head, at the top of a printed page.
    pub repeated: BTreeSet<usize>,
    /// What the captions say of it.
    pub caption: Caption,
}

impl Table {
    /// True where a column belongs to this table.
    pub fn holds(&self, col: u32) -> bool {
        (self.first..self.end).contains(&col) || self.headers.iter().any(|h| h.col == col)
    }
}

/// The tables of a sheet, by header row and then from left to right.
pub fn tables(grid: &Grid) -> Vec<Table> {
    let heads = heads::heads(grid);
    if heads.is_empty() {
        return unheaded(grid).map_or_else(|| below_headings(grid), |table| vec![table]);
    }
    let mut bands: Vec<Band> = Vec::new();
    for (n, head) in heads.iter().enumerate() {
        let limit = heads.get(n + 1).map_or(grid.rows.len(), |h| h.first);
        let blocks = blocks(grid, head);
        let mut to =
            (head.last + 1..limit).rev().find(|i| grid.rows.get(*i).is_some_and(|r| is_data(r, &blocks))).map_or(head.last + 1, |i| i + 1);
        // A head without rows below it is none that repeats.
        to = to.max(head.last + 1);
        if let Some(band) = bands.last_mut().filter(|b| b.goes_on(grid, head)) {
            band.repeated.extend(band.to..=head.last);
            band.to = to;
            continue;
        }
        bands.push(Band {
            first: head.first,
            head: head.last,
            from: head.last + 1,
            to,
            blocks,
            captions: Vec::new(),
            repeated: BTreeSet::new(),
        });
    }
    give_captions(grid, &mut bands);
    let bands = by_sections(grid, bands);
    let title = title_day(grid, heads.first().map_or(0, |h| h.first));
    let titles = grid.rows.get(..heads.first().map_or(0, |h| h.first)).unwrap_or_default();
    let own = captions::of_tab(&grid.sheet).or_else(|| captions::of_titles(titles));
    let own_day = times::day_of_name(&grid.sheet);
    let title = match (own_day, title) {
        (Some(own), Some(title)) => Some(Day { year: own.year.or(title.year), month: own.month.or(title.month), day: own.day }),
        (own, title) => own.or(title),
    };
    bands.iter().flat_map(|band| band.tables(title, own.as_ref())).collect()
}

/// The table of a sheet without any header row.
fn unheaded(grid: &Grid) -> Option<Table> {
    let (headers, content, first, last) = match unheaded::guess(grid) {
        Some((headers, first, last)) => (headers, Vec::new(), first, last),
        None => {
            let (col, first, last) = unheaded::lines(grid)?;
            (vec![Header { col, column: None, text: String::new() }], vec![(col, Says::default())], first, last)
        }
    };
    let above = grid.rows.iter().take(first).flat_map(|row| with_room(row, captions_of(row, &[]))).map(|(_, c)| c);
    let own = captions::of_tab(&grid.sheet);
    let mut caption = Caption { day: title_day(grid, first).or_else(|| times::day_of_name(&grid.sheet)), ..Caption::default() };
    for said in own.into_iter().chain(above) {
        caption.room = said.room.or(caption.room);
        caption.series = said.series.or(caption.series);
    }
    let (head, from, to, repeated) = (first, first, last + 1, BTreeSet::new());
    Some(Table { first: 1, end: u32::MAX, headers, content, upper: head, head, from, to, guessed: true, repeated, caption })
}

/// The tables of a sheet without any header row whose times stand over the classes.
fn below_headings(grid: &Grid) -> Vec<Table> {
    let Some((headers, rows)) = unheaded::below_headings(grid) else { return Vec::new() };
    let title = title_day(grid, rows.start);
    let (first, blocks) = (rows.start, vec![Block { first: 1, end: u32::MAX, headers, content: Vec::new() }]);
    let captions = grid.rows.iter().take(first).flat_map(|row| captions_of(row, &[])).collect();
    let band = Band { first, head: first, from: first, to: rows.end, blocks, captions, repeated: BTreeSet::new() };
    let bands = by_sections(grid, vec![band]);
    bands.iter().flat_map(|band| band.tables(title, None)).map(|table| Table { guessed: true, ..table }).collect()
}

/// Parts tables without a column of times where a row of its own names the time of those below it.
fn by_sections(grid: &Grid, bands: Vec<Band>) -> Vec<Band> {
    let mut parted: Vec<Band> = Vec::new();
    // A heading above the next header row is that table's.
    let mut carried: Vec<(u32, Caption)> = Vec::new();
    for mut band in bands {
        band.captions.splice(0..0, std::mem::take(&mut carried));
        let times = [Column::Time, Column::Start];
        let timed = |b: &Block| !b.content.is_empty() || b.headers.iter().any(|h| h.column.is_some_and(|c| times.contains(&c)));
        let sections = if band.blocks.iter().any(timed) { Vec::new() } else { sections(grid, band.from..band.to) };
        let Some(first) = sections.first().map(|s| s.heading) else {
            parted.push(band);
            continue;
        };
        let mut captions = band.captions.clone();
        if first > band.from {
            parted.push(Band { to: first, ..band.clone() });
        }
        for Section { col, caption, rows, .. } in sections {
            captions.push((col, caption));
            if rows.is_empty() {
                carried.clone_from(&captions);
            } else {
                parted.push(Band { from: rows.start, to: rows.end, captions: captions.clone(), ..band.clone() });
            }
        }
    }
    parted
}

/// All blocks that share one header row.
#[derive(Clone)]
struct Band {
    first: usize,
    head: usize,
    from: usize,
    to: usize,
    blocks: Vec<Block>,
    /// Captions with the column in which they stand.
    captions: Vec<(u32, Caption)>,
    repeated: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
struct Block {
    first: u32,
    end: u32,
    headers: Vec<Header>,
    content: Vec<(u32, Says)>,
}

impl Band {
    /// True where a head only repeats this one, with nothing between but rows that stand above this one too.
    fn goes_on(&self, grid: &Grid, head: &Head) -> bool {
        let texts =
            |i: usize| grid.rows.get(i).map(|r| r.cells.iter().map(|c| (c.col, c.text.as_str())).collect::<Vec<_>>()).unwrap_or_default();
        let rows = head.last - head.first == self.head - self.first
            && (0..=head.last - head.first).all(|i| texts(head.first + i) == texts(self.first + i));
        // What a page repeats stands right above its head: the title, and what is said of the table.
        let above = || (self.first.saturating_sub(ABOVE)..self.first).map(texts).collect::<Vec<_>>();
        let numbered = |i: usize| texts(i).iter().all(|(_, t)| t.starts_with('第') && t.contains('页'));
        // Two tables with equal heads and no captions are two only where the second has its own sums or captions below.
        rows && (self.to..head.first).filter(|i| !numbered(*i)).all(|i| above().contains(&texts(i)))
    }

    fn tables(&self, title: Option<Day>, sheet: Option<&Caption>) -> Vec<Table> {
        let first_column = self.blocks.first().map(|b| b.first);
        let alone = self.captions.iter().filter(|(_, c)| c.places()).count() <= 1;
        let for_all = |col: u32, said: &Caption| (alone || !said.places()) && first_column.is_some_and(|f| col <= f);
        self.blocks
            .iter()
            .map(|block| {
                let mut caption = Caption { day: title, ..Caption::default() };
                for (col, said) in &self.captions {
                    // A caption over a block belongs to it; one that stands left of all columns of its own belongs to every block.
                    let here = (block.first..block.end).contains(col) || self.blocks.len() == 1;
                    if here || for_all(*col, said) {
                        caption.room = said.room.clone().or(caption.room);
                        caption.series = said.series.clone().or(caption.series);
                        caption.half = if said.day.is_some() { said.half } else { caption.half };
                        caption.day = said.day.or(caption.day);
                        caption.college = said.college.clone().or(caption.college);
                        if !said.windows.is_empty() {
                            caption.windows.clone_from(&said.windows);
                        }
                    }
                }
                if !caption.places()
                    && let Some(sheet) = sheet
                {
                    caption.room.clone_from(&sheet.room);
                    caption.series.clone_from(&sheet.series);
                }
                Table {
                    first: block.first,
                    end: block.end,
                    headers: block.headers.clone(),
                    content: block.content.clone(),
                    upper: self.first,
                    head: self.head,
                    from: self.from,
                    guessed: false,
                    to: self.to,
                    repeated: self.repeated.clone(),
                    caption,
                }
            })
            .collect()
    }
}

/// Splits a header row where a header comes again; what stands before the first one that does is shared.
fn blocks(grid: &Grid, head: &Head) -> Vec<Block> {
    // Columns of classes side by side are places side by side where captions over them say so, else classes of one slot.
    let over = head.first.checked_sub(1).and_then(|at| grid.rows.get(at)).into_iter().chain(grid.rows.get(head.first));
    let placed = over.flat_map(|row| row.cells.iter()).filter(|c| captions::read(&c.text).is_some_and(|c| c.places())).count() > 1;
    let mut blocks: Vec<Block> = Vec::new();
    let mut names = Names::default();
    let mut before: Option<&Header> = None;
    for header in &head.headers {
        // `班级1 | 班级2` are classes of one slot.
        let goes_on = |b: &Header| {
            let beside = [b, header].iter().all(|h| h.column == Some(Column::Class)) && b.col + 1 == header.col;
            beside && (b.text != header.text || !placed)
        };
        let follows = before.replace(header).is_some_and(goes_on);
        let again = names.repeat(header) && !follows;
        if again {
            names = Names::default();
        }
        names.add(header);
        match blocks.last_mut() {
            Some(block) if !again => block.headers.push(header.clone()),
            _ => {
                if let Some(block) = blocks.last_mut() {
                    block.end = header.col;
                }
                let first = if blocks.is_empty() { 1 } else { header.col };
                blocks.push(Block { first, end: u32::MAX, headers: vec![header.clone()], content: Vec::new() });
            }
        }
    }
    if !head.content.is_empty() {
        let headers = head.headers.clone();
        return vec![Block { first: 1, end: u32::MAX, headers, content: head.content.clone() }];
    }
    let (first, later) = match blocks.split_first_mut() {
        Some((first, later)) if !later.is_empty() => (first, later),
        _ => return blocks,
    };
    // `时间 | 学院 人数 | 学院 人数`: the time counts for both.
    let (again, _) = later.split_first().map(|(b, rest)| (b.headers.clone(), rest.len())).unwrap_or_default();
    let mut names = Names::default();
    again.iter().for_each(|h| names.add(h));
    let own = first.headers.iter().position(|h| names.repeat(h)).unwrap_or(0);
    let shared = first.headers.get(..own).unwrap_or_default().iter().filter(|h| shareable(h)).take(SHARED_MAX);
    let shared: Vec<Header> = shared.cloned().collect();
    if !shared.is_empty() {
        first.first = first.headers.get(own).map_or(1, |h| h.col);
    }
    for block in later {
        block.headers.splice(0..0, shared.iter().filter(|h| again.iter().all(|a| a.column != h.column)).cloned());
    }
    blocks
}

fn shareable(header: &Header) -> bool {
    let kinds = [Column::Time, Column::Start, Column::End, Column::Date, Column::Place, Column::Unit, Column::College, Column::Class];
    header.column.is_some_and(|c| kinds.contains(&c))
}

/// The names of a block's columns, by which the next block is told.
#[derive(Debug, Default)]
struct Names {
    spelt: HashSet<String>,
    /// 学院, 班级 and 人数, however spelt.
    known: HashSet<Column>,
}

impl Names {
    fn once(header: &Header) -> Option<Column> {
        header.column.filter(|c| matches!(c, Column::College | Column::Class | Column::Headcount))
    }

    fn add(&mut self, header: &Header) {
        self.spelt.insert(header_key(&header.text));
        self.known.extend(Self::once(header));
    }

    fn repeat(&self, header: &Header) -> bool {
        self.spelt.contains(&header_key(&header.text)) || Self::once(header).is_some_and(|c| self.known.contains(&c))
    }
}

/// A row with a window, a sum, several cells that are not captions, or a class that continues the row above.
fn is_data(row: &Row, blocks: &[Block]) -> bool {
    let own: Vec<u32> = row.cells.iter().filter(|c| !c.merged).map(|c| c.col).collect();
    let timed = row.cells.iter().any(|c| !times::windows(&c.text, None).is_empty());
    let captions = captions_of(row, blocks).into_iter().filter(|(_, c)| c.places()).count();
    let first = |col: u32| col == 1 || blocks.iter().any(|b| b.first == col || b.headers.first().is_some_and(|h| h.col == col));
    let continues = own.iter().any(|col| !first(*col));
    timed || (captions < own.len() && (own.len() > 1 || continues))
}

/// The captions of a row: certain ones anywhere, others only in the first column of a block.
fn captions_of(row: &Row, blocks: &[Block]) -> Vec<(u32, Caption)> {
    let own: Vec<_> = row.cells.iter().filter(|c| !c.merged).collect();
    let labelled = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| own.get(i));
        before.is_some_and(|c| heads::schedule_column(c.text.trim_end_matches(['：', ':'])) == Some(Column::Place))
    };
    let read = |(at, cell): (usize, &&super::super::grid::Cell)| {
        if labelled(at) && heads::schedule_column(&cell.text).is_none() {
            let room = captions::room_name(&cell.text);
            return Some((cell.col, Caption { series: captions::series(&room), room: Some(room), certain: true, ..Caption::default() }));
        }
        let college = cell.text.strip_prefix("学院：").or_else(|| cell.text.strip_prefix("学院:")).map(str::trim);
        let over = (blocks.len() > 1 || own.len() == 1).then_some(cell.text.trim());
        if let Some(name) =
            college.or(over).filter(|t| content::is_college(t) && t.chars().count() <= 16 && !captions::read(t).is_some_and(|c| c.places()))
        {
            return Some((cell.col, Caption { college: Some(name.replace('\n', "")), ..Caption::default() }));
        }
        let says = |c: &Caption| c.places() || ((c.day.is_some() || !c.windows.is_empty()) && dated(&cell.text));
        let over = || (blocks.len() > 1).then(|| captions::over_columns(&cell.text)).flatten();
        let placed = || over().map(|room| Caption { room: Some(room), ..Caption::default() });
        let caption = captions::read_timed(&cell.text).filter(says).or_else(placed)?;
        let first = cell.col == 1 || blocks.iter().any(|b| b.first == cell.col);
        (caption.certain || first || !caption.places()).then_some((cell.col, caption))
    };
    own.iter().enumerate().filter_map(read).collect()
}

/// True for a text whose day is that of the table, not a date limit or the date of the letter.
fn dated(text: &str) -> bool {
    text.chars().count() <= 40
        && !["前", "截止", "缴费", "教务", "印发", "制表", "打印", "更新", "修订", "发布", "公布"].iter().any(|w| text.contains(w))
}

/// The day in the title above the first head; none where it names several.
fn title_day(grid: &Grid, head: usize) -> Option<Day> {
    grid.rows
        .iter()
        .take(head)
        .flat_map(|r| r.cells.iter().filter(|c| !c.merged))
        .filter(|c| dated(&c.text))
        .find_map(|c| captions::read_timed(&c.text).and_then(|c| c.day))
}

/// A caption row: its index and what it says.
type CaptionRow = (usize, Vec<(u32, Caption)>);

/// Gives every caption between two tables to the one it belongs to.
fn give_captions(grid: &Grid, bands: &mut [Band]) {
    let count = bands.len();
    let rows_between = |from: usize, to: usize, blocks: &[Block], above: bool| -> Vec<CaptionRow> {
        let read = |row: &Row| if above { with_room(row, captions_of(row, blocks)) } else { captions_of(row, blocks) };
        let rows = (from..to).filter_map(|i| grid.rows.get(i).map(|r| (i, read(r))));
        rows.filter(|(_, c)| !c.is_empty()).collect()
    };
    let zones: Vec<Vec<CaptionRow>> = (0..=count)
        .map(|n| {
            let from = n.checked_sub(1).and_then(|p| bands.get(p)).map_or(0, |b| b.to);
            // Rooms may stand in the upper one of two header rows.
            let to = bands.get(n).map_or(grid.rows.len(), |b| b.head);
            let blocks = bands.get(n).or(bands.last()).map(|b| b.blocks.clone()).unwrap_or_default();
            rows_between(from, to, &blocks, n < count)
        })
        .collect();
    let below = zones.last().is_some_and(|z| z.iter().any(|(_, c)| c.iter().any(|(_, c)| c.places())));
    for (n, zone) in zones.iter().enumerate() {
        let lacking = n.checked_sub(1).and_then(|p| bands.get(p)).is_some_and(|b| !b.captions.iter().any(|(_, c)| c.places()));
        // Below a table only its room may stand: a day there is the next table's, or the letter's.
        let (placing, mut others): (Vec<&CaptionRow>, Vec<&CaptionRow>) = zone.iter().partition(|(_, c)| c.iter().any(|(_, c)| c.places()));
        let mut zone = placing.as_slice();
        if lacking
            && let Some((first, rest)) = zone.split_first()
            && (!rest.is_empty() || n == count || below || hangs_on_the_upper(grid, bands, n, first.0))
        {
            if let Some(band) = bands.get_mut(n - 1) {
                band.captions.extend(first.1.iter().cloned());
            }
            zone = rest;
        }
        others.extend(zone);
        others.sort_by_key(|(row, _)| *row);
        if let Some(band) = bands.get_mut(n) {
            band.captions.extend(others.iter().flat_map(|(_, c)| c.iter().cloned()));
        }
    }
}

/// The captions of a row of one cell above a table, with the room that stands among its words.
fn with_room(row: &Row, mut captions: Vec<(u32, Caption)>) -> Vec<(u32, Caption)> {
    let mut own = row.cells.iter().filter(|c| !c.merged);
    let (Some(only), None) = (own.next(), own.next()) else { return captions };
    if only.text.chars().count() > 60 || captions.iter().any(|(_, c)| c.places()) || !times::windows(&only.text, None).is_empty() {
        return captions;
    }
    let Some(room) = captions::among(&only.text) else { return captions };
    match captions.first_mut() {
        Some((_, caption)) => (caption.room, caption.certain) = (Some(room), true),
        None => captions.push((only.col, Caption { room: Some(room), certain: true, ..Caption::default() })),
    }
    captions
}

/// True where a single caption touches the table above and not the one below.
fn hangs_on_the_upper(grid: &Grid, bands: &[Band], n: usize, caption: usize) -> bool {
    let number = |i: usize| grid.rows.get(i).map_or(0, |r| r.number);
    let touches_upper = n.checked_sub(1).and_then(|p| bands.get(p)).is_some_and(|b| number(b.to.saturating_sub(1)) + 1 == number(caption));
    let touches_lower = bands.get(n).is_some_and(|b| number(caption) + 1 == number(b.first));
    touches_upper && !touches_lower
}
