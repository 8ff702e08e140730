//! Queue order of a session: the order in which people sat down, whoever wrote it down and whenever.
//!
//! ```text
//!   live, station 1   1 ── 2 ────── 3 ── 4        own seq order, never reshuffled by a clock
//!   live, station 2         1 ── 2                 merged in by time, its clock difference taken off
//!   typed in             a ── b(no time) ── c      by written time; b keeps its place after a
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use super::event::Entry;
use super::ids::{Millis, StationId};

/// A minute's grace for papers that note minutes only.
const MINUTE: Millis = 60_000;

/// One fact with the time by which it is merged.
struct Item {
    time: Millis,
    entry: Arc<Entry>,
}

/// Puts the session's counting facts in queue order. `clock_ahead` says how far a station's clock runs ahead, in ms;
/// `rank` gives the rank of the number concerned, which decides inside a minute that a paper does not resolve.
pub fn order(
    facts: &[Arc<Entry>],
    clock_ahead: impl Fn(StationId) -> Millis,
    rank: impl Fn(&Entry) -> Option<(u32, u32)>,
) -> Vec<Arc<Entry>> {
    let mut live: BTreeMap<StationId, Vec<Item>> = BTreeMap::new();
    let mut typed: BTreeMap<(StationId, u64), Vec<Arc<Entry>>> = BTreeMap::new();
    let mut sorted: Vec<&Arc<Entry>> = facts.iter().collect();
    sorted.sort_by_key(|e| e.id);
    for entry in sorted {
        if entry.is_live() {
            let stream = live.entry(entry.id.station).or_default();
            // A clock that jumps back must not move people: times only ever grow along one station.
            let time = (entry.at - clock_ahead(entry.id.station)).max(stream.last().map_or(Millis::MIN, |i| i.time));
            stream.push(Item { time, entry: Arc::clone(entry) });
        } else {
            typed.entry((entry.id.station, entry.cmd)).or_default().push(Arc::clone(entry));
        }
    }
    let mut streams: Vec<Stream> = live.into_values().map(|items| Stream { items, by_minute: false }).collect();
    streams.extend(papers(typed));
    merge(streams, rank)
}

/// Items in an order that no other stream can change.
struct Stream {
    items: Vec<Item>,
    /// Its times are whole minutes.
    by_minute: bool,
}

/// The typed-in rows: those of papers that note seconds as one stream, those of papers that note minutes as another.
fn papers(commands: BTreeMap<(StationId, u64), Vec<Arc<Entry>>>) -> Vec<Stream> {
    // Rows typed one by one are one paper; a file is a paper of its own.
    let mut papers: BTreeMap<(StationId, u64), Vec<Vec<Arc<Entry>>>> = BTreeMap::new();
    for ((station, cmd), rows) in commands {
        let paper = if rows.len() > 1 { cmd } else { 0 };
        papers.entry((station, paper)).or_default().push(rows);
    }
    let (mut exact, mut coarse) = (Vec::new(), Vec::new());
    for paper in papers.into_values() {
        let by_minute = paper.iter().flatten().filter_map(|e| e.event.happened).all(|at| at % MINUTE == 0);
        let items = if by_minute { &mut coarse } else { &mut exact };
        for rows in paper {
            let first = rows.iter().find_map(|e| e.event.happened);
            let mut time = first.unwrap_or_else(|| rows.first().map_or(0, |e| e.at));
            for entry in rows {
                time = entry.event.happened.unwrap_or(time);
                items.push(Item { time, entry });
            }
        }
    }
    // Stable: rows of one paper with one time keep their place.
    exact.sort_by_key(|i| i.time);
    coarse.sort_by_key(|i| i.time);
    vec![Stream { items: exact, by_minute: false }, Stream { items: coarse, by_minute: true }]
}

fn merge(streams: Vec<Stream>, rank: impl Fn(&Entry) -> Option<(u32, u32)>) -> Vec<Arc<Entry>> {
    let mut out = Vec::with_capacity(streams.iter().map(|s| s.items.len()).sum());
    let mut heads: Vec<_> = streams.into_iter().map(|s| (s.items.into_iter().peekable(), s.by_minute)).collect();
    loop {
        let times = heads.iter_mut().enumerate().filter_map(|(n, (items, _))| items.peek().map(|i| (i.time, i.entry.id, n)));
        let Some((earliest, _, mut next)) = times.min() else { return out };
        // Beside a paper of minutes the number decides, never between two clocks that tell seconds.
        let coarse = heads[next].1;
        let rivals = heads.iter_mut().any(|(items, by_minute)| *by_minute && items.peek().is_some());
        // Facts without a number (counter, card change) go by time alone.
        let mut best = if rivals { heads[next].0.peek().and_then(|i| rank(&i.entry)) } else { None };
        for (n, (items, by_minute)) in heads.iter_mut().enumerate() {
            let near = items.peek().filter(|i| best.is_some() && (coarse || *by_minute) && i.time <= earliest + MINUTE);
            let other = near.and_then(|i| rank(&i.entry));
            if other.is_some() && other < best {
                (best, next) = (other, n);
            }
        }
        out.extend(heads[next].0.next().map(|i| i.entry));
    }
}
