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
    let (paper, by_minute) = paper(typed);
    let mut streams: Vec<(Vec<Item>, bool)> = live.into_values().map(|s| (s, false)).collect();
    if !paper.is_empty() {
        streams.push((paper, by_minute));
    }
    merge(streams, rank)
}

/// All typed-in rows as one stream, and whether its times are whole minutes.
fn paper(batches: BTreeMap<(StationId, u64), Vec<Arc<Entry>>>) -> (Vec<Item>, bool) {
    let mut items = Vec::new();
    let mut by_minute = true;
    for batch in batches.into_values() {
        let first = batch.iter().find_map(|e| e.event.happened);
        let mut time = first.unwrap_or_else(|| batch.first().map_or(0, |e| e.at));
        for entry in batch {
            if let Some(happened) = entry.event.happened {
                by_minute &= happened % MINUTE == 0;
                time = happened;
            }
            items.push(Item { time, entry });
        }
    }
    // Stable: rows of one paper with one time keep their place.
    items.sort_by_key(|i| i.time);
    (items, by_minute)
}

fn merge(streams: Vec<(Vec<Item>, bool)>, rank: impl Fn(&Entry) -> Option<(u32, u32)>) -> Vec<Arc<Entry>> {
    let mut out = Vec::with_capacity(streams.iter().map(|s| s.0.len()).sum());
    let coarse = streams.iter().any(|(_, by_minute)| *by_minute) && streams.len() > 1;
    let mut heads: Vec<_> = streams.into_iter().map(|(items, _)| items.into_iter().peekable()).collect();
    loop {
        let Some(earliest) = heads.iter_mut().filter_map(|h| h.peek().map(|i| i.time)).min() else { return out };
        let limit = if coarse { earliest + MINUTE } else { earliest };
        let next = heads
            .iter_mut()
            .enumerate()
            .filter_map(|(n, h)| {
                let item = h.peek()?;
                let near = item.time <= limit;
                // Facts without a number (counter, card change) go by time alone.
                let rank = if coarse { rank(&item.entry) } else { None };
                near.then_some((rank.is_some() && coarse, rank, item.time, item.entry.id, n))
            })
            .min_by(|a, b| match (a.0, b.0) {
                (true, true) => a.1.cmp(&b.1).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)),
                _ => a.2.cmp(&b.2).then(a.3.cmp(&b.3)),
            })
            .map(|(.., n)| n);
        match next.and_then(|n| heads[n].next()) {
            Some(item) => out.push(item.entry),
            None => return out,
        }
    }
}
