//! Who goes with which number: one row per person and session with an arrival, number or shot.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::cards;
use super::day::Day;
use super::guard;
use super::ids::{Millis, SessionKey};
use super::outcome::{MappingRow, PhotoCells};
use super::review::rows::method_word;
use super::review::{Review, RowStatus};
use super::sitting::Rank;
use super::text;
use super::visit::{State, Subject, Visit};

/// The mapping, sorted by room, date, number, person; people without a number last.
pub fn rows(day: &Day, now: Millis) -> Vec<MappingRow> {
    rows_with(day, now, [])
}

/// As [`rows`], with everybody who was given a picture of a session in which the log does not have them.
pub fn rows_with<'a>(day: &Day, now: Millis, reviews: impl IntoIterator<Item = &'a Review>) -> Vec<MappingRow> {
    let mut rows = Vec::new();
    let mut given: BTreeSet<(&SessionKey, &Subject)> =
        reviews.into_iter().flat_map(|r| r.given.keys().map(move |subject| (&r.key, subject))).collect();
    for (subject, state) in day.subjects() {
        for (key, visit) in state.visits.iter() {
            let holds = state.tokens.iter().any(|h| h.session == *key && h.live);
            if visit.arrived.is_none() && visit.shots == 0 && !holds {
                continue;
            }
            // Whoever was moved with the card of this session has one row, where the card counts.
            let to = cards::went(day, key, subject, state);
            let has_row = |to: &SessionKey| {
                let seen = state.visits.get(to).is_some_and(|v| v.arrived.is_some() || v.shots > 0);
                seen || state.visits.get(to).is_some() && state.tokens.iter().any(|h| h.session == *to && h.live)
            };
            if to.is_some_and(has_row) {
                continue;
            }
            let key = to.unwrap_or(key);
            given.remove(&(key, subject));
            rows.push(placed(day, key, row(day, key, (subject, state), visit, now)));
        }
    }
    let (unknown, nothing) = (State::default(), Visit::default());
    for (key, subject) in given {
        let state = day.state(subject).unwrap_or(&unknown);
        let visit = state.visits.get(key).unwrap_or(&nothing);
        rows.push(placed(day, key, row(day, key, (subject, state), visit, now)));
    }
    rows.sort_by(|a, b| {
        let last = |r: &MappingRow| (r.student_no.clone(), r.name.clone(), r.person);
        (a.0, a.2.date, a.1).cmp(&(b.0, b.2.date, b.1)).then_with(|| last(&a.2).cmp(&last(&b.2)))
    });
    rows.into_iter().map(|(_, _, row)| row).collect()
}

/// The review of the session that a row belongs to.
pub fn review_of<'a>(reviews: &'a [Arc<Review>], row: &MappingRow) -> Option<&'a Arc<Review>> {
    reviews.iter().find(|r| r.key.room == row.room && r.key.date == row.date)
}

/// Fills in the pictures. Someone with two sessions has two rows and at most one `sure` picture: the later session's.
pub fn with_photos(rows: &mut [MappingRow], reviews: &[Arc<Review>]) {
    let mut sure: BTreeMap<Subject, (NaiveDate, usize)> = BTreeMap::new();
    for index in 0..rows.len() {
        let row = &mut rows[index];
        let review = review_of(reviews, row);
        row.photo = review.and_then(|r| Some((r, r.row(&row.subject)?))).map(|(review, found)| {
            let photo = found.photo.map(|p| &review.album.photos[p]);
            PhotoCells {
                photo: found.photo.map(|p| review.album.shown(p)),
                photo_at: photo.and_then(|p| p.picture.taken),
                method: found.method.map(method_word),
                confidence: Some(found.confidence),
                status: found.status.as_str(),
            }
        });
        let date = row.date;
        if row.photo.as_ref().is_some_and(|p| p.status == RowStatus::Sure.as_str())
            && let Some((before, at)) = sure.insert(row.subject.clone(), (date, index))
        {
            let (earlier, later) = if before <= date { (at, index) } else { (index, at) };
            if let Some(photo) = &mut rows[earlier].photo {
                photo.status = RowStatus::Doubt.as_str();
            }
            sure.insert(rows[later].subject.clone(), (rows[later].date, later));
        }
    }
}

// With the place of its room, and its place there; who has no number stands last.
fn placed(day: &Day, key: &SessionKey, row: MappingRow) -> (usize, (bool, Option<Rank>), MappingRow) {
    let place = day.rooms().iter().position(|r| r.key == key.room).unwrap_or(usize::MAX);
    let token = row.token.as_deref();
    let elsewhere = || guard::rank_elsewhere(day, token.filter(|t| guard::card_elsewhere(day, key, &row.subject) == Some(*t))?);
    let rank = day.rank(&key.room, &row.subject, token).or_else(elsewhere);
    (place, (rank.is_none(), rank), row)
}

// The number they hold; someone whose card was read but never handed out by us is known by that card.
fn token(day: &Day, key: &SessionKey, subject: &Subject, state: &State, visit: &Visit) -> Option<String> {
    let held = state.live().find(|h| h.session == *key).or_else(|| state.token_in(&key.room).filter(|_| visit.shots > 0));
    if let Some(held) = held {
        return Some(held.token.clone());
    }
    if let Subject::Token(_, token) = subject {
        return Some(token.clone());
    }
    let course = day.course(key);
    let shown = course.sittings.iter().find(|s| s.subject == *subject && !s.void).and_then(|s| s.shown.clone());
    shown.or_else(|| cards::of(day, key, subject))
}

fn row(day: &Day, key: &SessionKey, (subject, state): (&Subject, &State), visit: &Visit, now: Millis) -> MappingRow {
    let token = token(day, key, subject, state, visit);
    // What was said in the room that they were moved from, with the card that they took along.
    let before = state.visits.iter().find(|(k, _)| cards::went(day, k, subject, state) == Some(key)).map(|(_, v)| v);
    let said = |what: fn(&Visit) -> Option<Millis>| what(visit).or_else(|| what(before?));
    let person = subject.person().and_then(|id| day.roster().person(id));
    let bare = match subject {
        Subject::Person(_) => String::new(),
        Subject::Code(code) | Subject::Token(_, code) => code.clone(),
    };
    let shot = visit.shots > 0 && guard::is_shot(day, subject, state, now);
    MappingRow {
        subject: subject.clone(),
        photo: None,
        room: key.room.clone(),
        room_name: day.rooms().name(&key.room).to_owned(),
        date: key.date,
        token,
        person: subject.person(),
        student_no: person.and_then(|p| text::owned(&p.student_no)),
        number_end: person.and_then(|p| day.roster().end_of(p)).map(str::to_owned),
        name: person.map_or(bare, |p| p.name.to_string()),
        id_no: person.and_then(|p| text::owned(&p.id_no)),
        college: person.and_then(|p| text::owned(&p.college)),
        class: person.and_then(|p| text::owned(&p.class)),
        arrived_at: said(|v| v.arrived.flatten()),
        signed_at: said(|v| v.signed.flatten()),
        issued_at: said(|v| v.issued.flatten()),
        shot_at: visit.shot_at.filter(|_| shot),
        shot,
    }
}
