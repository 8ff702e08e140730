//! A key of the search among 50,000 names, against a plain look through the same names.
//!
//! `cargo bench --bench search` prints the median of each text and its ratio to the plain look.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use duihao::desk::rehearsal;
use duihao::domain::day::Day;
use duihao::domain::event::{Entry, Event, Whole};
use duihao::domain::ids::{EntryId, StationId};
use duihao::domain::person::ClassList;
use duihao::domain::search::{self, Index, Nearness, Text};

const PEOPLE: usize = 50_000;
const ROUNDS: usize = 41;

fn people() -> Day {
    let sample = rehearsal::lishui(rehearsal::DEFAULT_SEED);
    let known: Vec<_> = sample.class_lists().into_iter().flat_map(|l| l.rows.clone()).collect();
    // The same names again and again, each time with other numbers.
    let rows = (0..PEOPLE).map(|n| {
        let mut row = known[n % known.len()].clone();
        row.row = n as u32 + 2;
        row.student_no = Some(format!("2017{n:08}").into());
        row.id_no = Some(format!("33010219{:010}", n * 7919).into());
        row.exam_no = None;
        row
    });
    let list = ClassList { source: "all.xlsx".into(), hash: "all".into(), sheet: String::new(), rows: rows.collect() };
    let mut day = Day::default();
    let event = Event::whole(0, Whole::List { list: list.into() });
    day.apply(Entry { id: EntryId { station: StationId(1), seq: 1 }, cmd: 1, tick: 1, at: 0, event });
    day
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn main() {
    let day = people();
    let start = Instant::now();
    let mut index = Index::of(day.roster());
    println!("{} people, index made in {:.1} ms", index.len(), start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    index.follow(day.roster());
    println!("followed the same roster in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let names: Vec<String> = day.roster().people().map(|p| p.name.to_string()).collect();
    let near = Nearness::default();
    let plain = median(|| {
        black_box(names.iter().filter(|n| n.contains(black_box("佳琪"))).count());
    });
    println!("{:<14} {:>8.3} ms", "plain look", plain.as_secs_f64() * 1e3);
    for text in ["2", "17", "0417", "201700", "王", "佳琪", "李琪", "w", "ws", "wsy", "wangsy", "wangsiyuan", "lv", "maimaiti"] {
        let mut found = 0;
        let time = median(|| {
            let mut hits = index.find(&Text::of(black_box(text)));
            search::rank(&mut hits, &near);
            found = black_box(hits).len();
        });
        println!(
            "{text:<14} {:>8.3} ms   {found:>6} found   ratio {:.2}",
            time.as_secs_f64() * 1e3,
            time.as_secs_f64() / plain.as_secs_f64()
        );
    }
}
