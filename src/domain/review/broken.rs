//! Files that cannot be read and stand just where someone has no picture: damaged, not missed.

use std::collections::BTreeMap;

use super::session::{Broken, Review};
use crate::domain::album::Photo;
use crate::domain::align::outcome::{Method, Placed};
use crate::domain::photo::Fault;

/// A hole in the numbers is no wider than so many more than people without a picture.
const AROUND: u32 = 2;

/// Finds them: shot → places in the album of the files. Just as many files as people between two pictures are theirs one by one; else
/// somebody's second frames may be among them, and nothing tells whose is which.
pub fn broken(review: &Review) -> BTreeMap<usize, Broken> {
    let mut found = BTreeMap::new();
    let faulty = faulty(review);
    if faulty.is_empty() {
        return found;
    }
    let shots = &review.alignment.shots;
    let empty = |shot: usize| shots[shot].used.is_none();
    let mut at = 0;
    while at < shots.len() {
        if !empty(at) {
            at += 1;
            continue;
        }
        let end = (at..shots.len()).find(|s| !empty(*s)).unwrap_or(shots.len());
        let lacking: Vec<usize> = (at..end).filter(|s| is_open(review, *s, &shots[*s])).collect();
        let before = at.checked_sub(1).and_then(|s| number(review, &shots[s]));
        let after = shots.get(end).and_then(|s| number(review, s));
        if let Some((home, from, to)) = hole(before, after, &faulty, lacking.len() as u32) {
            let inside: Vec<usize> = faulty.iter().filter(|f| f.0 == home && (from..to).contains(&f.1)).map(|f| f.2).collect();
            let one_by_one = inside.len() == lacking.len() && (inside.len() == 1 || before.is_some() && after.is_some());
            for (n, shot) in lacking.iter().enumerate().filter(|_| !inside.is_empty()) {
                let files = if one_by_one { &inside[n..=n] } else { &inside[..] };
                if let [first, .., last] | [first @ last] = files {
                    found.insert(*shot, Broken { first: *first, last: *last, files: files.len() });
                }
            }
        }
        at = end;
    }
    found
}

/// Reading and folder of a file.
type Home<'a> = (&'a str, &'a str);

fn home(photo: &Photo) -> Home<'_> {
    (&photo.id.reading, photo.id.path.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// Files that cannot be read, by home and number; of a JPEG beside its raw file the JPEG alone.
fn faulty(review: &Review) -> Vec<(Home<'_>, u32, usize)> {
    let mut all: Vec<((Home<'_>, u32), bool, usize)> = Vec::new();
    for (place, photo) in review.album.photos.iter().enumerate() {
        if let (Some(fault), Some(number)) = (photo.picture.fault.filter(|f| !f.shows()), photo.picture.counter) {
            all.push(((home(photo), number), fault == Fault::ForeignFormat, place));
        }
    }
    all.sort_unstable();
    all.dedup_by(|next, first| next.0 == first.0);
    all.into_iter().map(|((home, number), _, place)| (home, number, place)).collect()
}

// Whoever a person said has none, or whose sitting was voided, lacks none.
fn is_open(review: &Review, shot: usize, placed: &Placed) -> bool {
    placed.method != Method::Person && !review.setup.sitters[shot].void
}

/// Home and number of a shot's picture.
fn number<'a>(review: &'a Review, placed: &Placed) -> Option<(Home<'a>, u32)> {
    let photo = &review.album.photos[*review.setup.photo_of.get(placed.used?)?];
    Some((home(photo), photo.picture.counter?))
}

/// The numbers between two pictures of one folder, or just beside the only one.
fn hole<'a>(
    before: Option<(Home<'a>, u32)>,
    after: Option<(Home<'a>, u32)>,
    faulty: &[(Home<'_>, u32, usize)],
    people: u32,
) -> Option<(Home<'a>, u32, u32)> {
    let is_faulty = |home: Home<'_>, number: u32| faulty.binary_search_by(|f| (f.0, f.1).cmp(&(home, number))).is_ok();
    match (before, after) {
        (Some((home, from)), Some((other, to))) => {
            let narrow = || to - from <= people + AROUND + 1 || (from + 1..to).all(|n| is_faulty(home, n));
            (home == other && from < to && narrow()).then_some((home, from + 1, to))
        }
        (Some((home, from)), None) => {
            let mut to = from + people + AROUND;
            while is_faulty(home, to) {
                to += 1;
            }
            Some((home, from + 1, to))
        }
        (None, Some((home, to))) => {
            let mut from = to.saturating_sub(people + AROUND);
            while from > 0 && is_faulty(home, from - 1) {
                from -= 1;
            }
            Some((home, from, to))
        }
        (None, None) => None,
    }
}
