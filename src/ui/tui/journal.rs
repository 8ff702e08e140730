//! What the screen of the journal remembers, and its lines: who did what, when, on which laptop; the newest first.

use super::field::Field;
use crate::domain::day::Day;
use crate::domain::event::Entry;
use crate::domain::ids::StationId;
use crate::ui::words::fact;
use crate::ui::words::screen::Words;

/// Most lines that a search keeps.
const MOST: usize = 2_000;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `09-13 9:41:07`: when it happened, else when it was written down.
    pub when: String,
    /// Which laptop.
    pub laptop: String,
    /// What.
    pub what: String,
    /// False where it was undone.
    pub counts: bool,
}

/// The memory of the screen.
#[derive(Debug, Clone, Default)]
pub struct JournalView {
    /// The search.
    pub filter: Field,
    /// The row the arrows stand on.
    pub at: usize,
    found: Vec<Line>,
}

/// Whose screen it is: its words, and which laptop is here.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The words.
    pub words: &'static Words,
    /// The laptop.
    pub station: StationId,
}

impl JournalView {
    /// How many lines there are.
    pub fn count(&self, day: &Day) -> usize {
        if self.filter.is_empty() { day.len() } else { self.found.len() }
    }

    /// So many lines from the `first` on, the newest first.
    pub fn lines(&self, day: &Day, reader: Reader, first: usize, count: usize) -> Vec<Line> {
        if self.filter.is_empty() {
            return day.entries().rev().skip(first).take(count).map(|e| whole(day, reader, e)).collect();
        }
        self.found.iter().skip(first).take(count).cloned().collect()
    }

    /// Searches anew: the text or the day has changed.
    pub fn search(&mut self, day: &Day, reader: Reader) {
        let wanted = self.filter.text().trim().to_lowercase();
        let fits = |l: &Line| [&l.what, &l.when, &l.laptop].iter().any(|t| t.to_lowercase().contains(&wanted));
        let lines = day.entries().rev().map(|e| whole(day, reader, e));
        self.found = if self.filter.is_empty() { Vec::new() } else { lines.filter(fits).take(MOST).collect() };
        self.at = self.at.min(self.count(day).saturating_sub(1));
    }
}

fn whole(day: &Day, reader: Reader, entry: &Entry) -> Line {
    line(day, reader, entry, fact::line(reader.words.lang, day, entry))
}

/// The line of an entry that says this.
pub fn line(day: &Day, reader: Reader, entry: &Entry, what: String) -> Line {
    let zone = day.campaign().zone;
    let at = entry.event.happened.unwrap_or(entry.at);
    let own = entry.id.station == reader.station;
    // Sixteen characters of a laptop's id tell nobody more than the first four.
    let laptop = if own { reader.words.this_laptop.to_owned() } else { entry.id.station.to_string().chars().take(4).collect() };
    Line { when: zone.local(at).format("%m-%d %H:%M:%S").to_string(), laptop, what, counts: day.undo().counts(entry.command()) }
}
