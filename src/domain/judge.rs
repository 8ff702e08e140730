//! Judges one session: every sitting by the first rule it breaks, then the order of all, then who was left waiting.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::album;
use super::campaign::Step;
use super::cards;
use super::day::Day;
use super::event::{Act, Fact};
use super::finding::{Code, Finding};
use super::guard::{self, Classes, LATER_NUMBERS, Waiting};
use super::ids::{Millis, SessionKey};
use super::moving;
use super::order;
use super::person::Marks;
use super::plan::SLOT_GRACE;
use super::roster::Person;
use super::sitting::{Course, Miscount, Rank, Sitting};
use super::visit::{Subject, Visit};

/// Everybody who sat down in a session, judged.
#[derive(Debug, Clone)]
pub struct Seats {
    course: Arc<Course>,
    /// What is wrong but for the order, settled findings included.
    pub findings: Vec<Finding>,
    /// By the place in the course: told already.
    blamed: Vec<bool>,
    /// Who takes part in the order, in queue order: place in the course, and rank.
    ranked: Vec<(usize, Rank)>,
    /// Those of them who came too early or too late among those who came, by their place in the course.
    misfits: BTreeMap<usize, Finding>,
}

/// Judges sessions of one day.
pub struct Judge<'a> {
    day: &'a Day,
    now: Millis,
    settled: BTreeSet<Subject>,
}

impl<'a> Judge<'a> {
    /// A judge at this instant.
    pub fn new(day: &'a Day, now: Millis) -> Self {
        Self { day, now, settled: day.settled_people() }
    }

    /// Judges everybody who sat down in a session. What comes of it depends on them alone, and on no clock.
    pub fn seats(&self, key: &SessionKey) -> Seats {
        let course = self.day.course(key);
        let mut findings = Vec::new();
        let mut blamed = vec![false; course.sittings.len()];
        let mut partners: BTreeSet<Subject> = BTreeSet::new();
        for (index, sitting) in course.sittings.iter().enumerate().filter(|(_, s)| !s.void) {
            if let Some(told) = self.event(key, &course, index, sitting, &mut partners) {
                blamed[index] = true;
                // One registered or unknown person is one finding, told with all of the day.
                findings.extend(told.filter(|f| f.code != Code::NotOnRoster));
            }
            if let Some(finding) = self.slot(key, sitting) {
                findings.push(finding);
            }
        }
        let (ranked, misfits) = self.order(key, &course, &blamed);
        findings.extend(course.miscounts.iter().map(|miss| self.miscount(key, &course, miss)));
        Seats { course, findings, blamed, ranked, misfits }
    }

    /// What is wrong with the order of a session: who came out of turn, and who waits although later ones were shot;
    /// with how long that holds if nothing is written and the date stays: until a class is over.
    pub fn turns(&self, key: &SessionKey, seats: &Seats) -> (Vec<Finding>, Millis) {
        let line = guard::everybody_in_line(self.day, key);
        let classes = Classes::of(self.day, key);
        let ends = line.iter().filter_map(|waiting| classes.over_at(waiting));
        let until = ends.filter(|end| *end >= self.now).min().unwrap_or(Millis::MAX);
        let mut found = seats.misfits.clone();
        let skipped = self.skipped(key, seats, line, &classes, &mut found);
        (found.into_values().chain(skipped).collect(), until)
    }

    fn miscount(&self, key: &SessionKey, course: &Course, miss: &Miscount) -> Finding {
        let subject = [key.room.as_str(), &key.date.to_string(), &format!("{}-{}", miss.readings.0, miss.readings.1)].map(str::to_owned);
        let mut finding = self.finding(Code::CountMismatch, key, &subject.each_ref().map(String::as_str));
        finding.at = miss.at;
        finding.args =
            vec![miss.expected.to_string(), miss.counted.to_string(), format!("{:04}", miss.readings.0), format!("{:04}", miss.readings.1)];
        // Whose class to look through.
        let sat = course.sittings.get(miss.between.clone()).unwrap_or_default().iter().filter(|s| !s.void);
        for class in sat.filter_map(|s| self.person(&s.subject)?.class.as_deref()) {
            if !finding.args.iter().skip(4).any(|known| known == class) {
                finding.args.push(class.to_owned());
            }
        }
        finding
    }

    fn finding(&self, code: Code, key: &SessionKey, subject: &[&str]) -> Finding {
        Finding { room: Some(key.room.clone()), date: Some(key.date), ..Finding::of(code, subject) }
    }

    /// A finding about a sitting. What was settled about one that does not count is not settled for the next: whoever was sent back and
    /// comes too early again is a finding of its own. 补记 is no next one: it tells of the same shot.
    fn about(&self, code: Code, key: &SessionKey, sitting: &Sitting) -> Finding {
        let date = key.date.to_string();
        let nth = match (code, sitting.voided_before) {
            (Code::ShotTwice, _) => sitting.at().map(|t| t.to_string()).unwrap_or_default(),
            (_, before) if before > 0 && !sitting.backfilled => format!("again {before}"),
            _ => String::new(),
        };
        let mut finding = self.finding(code, key, &[key.room.as_str(), &date, &sitting.subject.key(), &nth]);
        finding.token = sitting.shown.clone().or_else(|| cards::of(self.day, key, &sitting.subject));
        finding.at = sitting.at();
        finding.person = sitting.subject.person();
        finding.bare_code = sitting.subject.bare().map(str::to_owned);
        finding
    }

    fn person(&self, subject: &Subject) -> Option<&'a Person> {
        self.day.roster().person(subject.person()?)
    }

    /// The first rule that holds (design.md section 6), order excepted. `Some(None)`: told already with someone else's.
    fn event(
        &self,
        key: &SessionKey,
        course: &Course,
        index: usize,
        sitting: &Sitting,
        partners: &mut BTreeSet<Subject>,
    ) -> Option<Option<Finding>> {
        let day = self.day;
        let subject = &sitting.subject;
        let person = self.person(subject);
        let about = |code| Some(Some(self.about(code, key, sitting)));
        let Some(person) = person.filter(|p| p.listed) else { return about(Code::NotOnRoster) };
        if person.marks.exempt == Some(true) {
            return about(Code::ExemptShot);
        }
        if sitting.second || self.shot_before(key, subject, sitting.at()) {
            return about(Code::ShotTwice);
        }
        if self.in_wrong_room(key, person, subject) {
            let mut finding = self.about(Code::WrongRoom, key, sitting);
            finding.args = day.plan().of_person(person).map(|s| day.rooms().name(&s.room).to_owned()).collect();
            finding.args.dedup();
            return Some(Some(finding));
        }
        if let Some(finding) = self.wrong_token(key, course, index, sitting, partners) {
            return Some(finding);
        }
        let campaign = day.campaign();
        let state = day.state(subject);
        let holds = state.is_some_and(|s| s.live().next().is_some()) || day.token_of(&key.room, subject).is_some();
        if campaign.wants(Step::Issue) && !holds && sitting.shown.is_none() {
            return about(Code::ShotWithoutToken);
        }
        if campaign.wants(Step::Sign) && !state.is_some_and(|s| s.signed()) {
            return about(Code::ShotWithoutSignature);
        }
        if campaign.wants(Step::Arrive) && !state.is_some_and(|s| s.arrived()) {
            return about(Code::ShotWithoutArrival);
        }
        let Marks { paid, .. } = person.marks;
        if paid == Some(false) && !state.is_some_and(|s| s.paid_here) {
            return about(Code::UnpaidShot);
        }
        None
    }

    // A live sitting on an earlier day, or before this one in another room; where nobody knows when, the rooms' order decides.
    fn shot_before(&self, key: &SessionKey, subject: &Subject, at: Option<Millis>) -> bool {
        let earlier = |(k, v): (&SessionKey, &Visit)| match v.shot_at.zip(at) {
            Some((then, at)) if k.date == key.date && k.room != key.room && then != at => then < at,
            _ => (k.date, &k.room) < (key.date, &key.room),
        };
        self.day.state(subject).is_some_and(|s| s.visits.iter().any(|visit| visit.1.shots > 0 && earlier(visit)))
    }

    fn in_wrong_room(&self, key: &SessionKey, person: &Person, subject: &Subject) -> bool {
        let mut slots = self.day.plan().of_person(person).peekable();
        let expected = || guard::is_moved_to(self.day, key, subject) || moving::is_made_up(self.day, key, person);
        slots.peek().is_some() && !slots.any(|s| s.room == key.room) && !expected()
    }

    fn slot(&self, key: &SessionKey, sitting: &Sitting) -> Option<Finding> {
        let person = self.person(&sitting.subject).filter(|p| p.listed)?;
        let at = sitting.at()?;
        let expected = || guard::is_moved_to(self.day, key, &sitting.subject) || moving::is_made_up(self.day, key, person);
        if sitting.second || self.in_wrong_room(key, person, &sitting.subject) || expected() {
            return None;
        }
        let zone = self.day.campaign().zone;
        let windows: Vec<_> = self
            .day
            .plan()
            .of_person(person)
            .filter(|s| s.room == key.room)
            .filter_map(|s| s.window(zone, self.day.campaign().only_date().or(Some(key.date))))
            .collect();
        let fits = windows.iter().any(|(start, end)| at >= start - SLOT_GRACE && at <= end + SLOT_GRACE);
        if windows.is_empty() || fits {
            return None;
        }
        let mut finding = self.about(Code::WrongSlot, key, sitting);
        let told = |(a, b): &(Millis, Millis)| {
            let (a, b) = (zone.local(*a), zone.local(*b));
            // An hour alone would be read as one of this day.
            let date = if a.date() == key.date { String::new() } else { a.format("%-m月%-d日 ").to_string() };
            format!("{date}{}–{}", a.format("%-H:%M"), b.format("%-H:%M"))
        };
        finding.args = windows.iter().map(told).collect();
        Some(finding)
    }

    /// `Some(Some)`: a wrong number. `Some(None)`: the partner of a pair already told.
    fn wrong_token(
        &self,
        key: &SessionKey,
        course: &Course,
        index: usize,
        sitting: &Sitting,
        partners: &mut BTreeSet<Subject>,
    ) -> Option<Option<Finding>> {
        let shown = sitting.shown.as_ref()?;
        let holders = self.day.holders(&key.room, shown);
        if holders.is_empty() || holders.contains(&sitting.subject) {
            return None;
        }
        // An exchange written later does not make wrong what was right when the card was shown.
        let own = self.day.state(&sitting.subject).into_iter().flat_map(|s| &s.tokens).filter(|h| h.room == key.room && h.token == *shown);
        if own.into_iter().any(|h| h.was_theirs(sitting.entry, sitting.at())) {
            return None;
        }
        // Judged once, though both sat down: the pair is one fault.
        if partners.contains(&sitting.subject) {
            return Some(None);
        }
        let mut finding = self.about(Code::WrongToken, key, sitting);
        let own = self.day.token_of(&key.room, &sitting.subject);
        let partner =
            course.sittings.iter().skip(index + 1).find(|s| !s.void && holders.contains(&s.subject) && s.shown.is_some() && s.shown == own);
        partners.extend(partner.map(|s| s.subject.clone()));
        finding.others = holders.iter().map(|h| self.day.key_of(h)).collect();
        finding.other_people = holders.iter().filter_map(Subject::person).collect();
        finding.args = own.into_iter().collect();
        Some(Some(finding))
    }

    // A number printed beside the name says nothing about who is here: nobody is waited for who comes later.
    fn came_since(&self, key: &SessionKey, late: &Subject, sat: &Sitting) -> bool {
        let came = || self.day.state(late)?.visits.get(key)?.arrived?;
        guard::is_preprinted(self.day, &key.room) && came().zip(sat.at()).is_some_and(|(came, sat)| came > sat)
    }

    fn outside(&self, key: &SessionKey, subject: &Subject) -> bool {
        self.settled.contains(subject) || guard::outside_order(self.day, key, subject)
    }

    // A card that was handed out on this laptop after its holder had sat down says nothing of when they should have. One that came by an
    // exchange does: it is whose turn it was.
    fn given_since(&self, key: &SessionKey, sitting: &Sitting) -> bool {
        let Some(state) = self.day.state(&sitting.subject).filter(|_| sitting.shown.is_none()) else { return false };
        let Some(held) = state.token_in(&key.room) else { return false };
        let after = held.entry.station == sitting.entry.station && held.entry.seq > sitting.entry.seq && held.at > sitting.at();
        let exchanged = || {
            let fact = self.day.fact(&held.session, held.entry).map(|e| &e.event.fact);
            matches!(fact, Some(Fact::InRoom { act: Act::Swapped { .. }, .. }))
        };
        after && held.at.is_some() && sitting.at().is_some() && !exchanged()
    }

    fn rank_elsewhere(&self, key: &SessionKey, subject: &Subject) -> Option<Rank> {
        guard::rank_elsewhere(self.day, guard::card_elsewhere(self.day, key, subject)?)
    }

    // The rank of the card of whoever sat down here although their class had been moved away: in order among those who did so too.
    fn rank_of_gone(&self, key: &SessionKey, sitting: &Sitting) -> Option<Rank> {
        let state = self.day.state(&sitting.subject)?;
        let held = state.token_in(&key.room)?;
        let since = moving::went_since(self.day, &sitting.subject, state, held)?;
        sitting.at().filter(|at| *at > since)?;
        guard::rank_elsewhere(self.day, &held.token)
    }

    /// Who takes part in the order, in queue order, and those of them who came out of turn, by their place in the course.
    fn order(&self, key: &SessionKey, course: &Course, blamed: &[bool]) -> (Vec<(usize, Rank)>, BTreeMap<usize, Finding>) {
        let redone = redone(course);
        let again = |i: usize, s: &Sitting| {
            let since = redone.get(&s.subject).and_then(|at| course.sittings.get(at + 1..i)).unwrap_or_default();
            since.iter().any(|other| !other.void && other.rank > s.rank)
        };
        let shared: BTreeSet<&str> = self.day.shared_tokens().into_iter().filter(|(r, ..)| **r == key.room).map(|(_, t, _)| t).collect();
        let token = |s: &Sitting| s.shown.clone().or_else(|| cards::of(self.day, key, &s.subject));
        let ranked: Vec<(usize, Rank)> = course
            .sittings
            .iter()
            .enumerate()
            .filter(|(_, s)| !s.void && !s.second && !self.outside(key, &s.subject))
            .filter(|(i, s)| !again(*i, s))
            .filter(|(_, s)| shared.is_empty() || token(s).is_none_or(|t| !shared.contains(t.as_str())))
            .filter(|(_, s)| !self.given_since(key, s))
            .filter_map(|(i, s)| Some((i, self.rank_of_gone(key, s).or(s.rank).or_else(|| self.rank_elsewhere(key, &s.subject))?)))
            .collect();
        // Cards of two rooms say nothing of each other: each kind is in order by itself.
        let (elsewhere, here): (Vec<usize>, Vec<usize>) = (0..ranked.len()).partition(|i| ranked[*i].1.0 == guard::ELSEWHERE);
        let misfits = [here, elsewhere].into_iter().flat_map(|places| {
            let ranks: Vec<Rank> = places.iter().map(|i| ranked[*i].1).collect();
            let of_all = |m: order::Misfit| order::Misfit {
                at: places[m.at],
                early: m.early,
                others: m.others.into_iter().map(|i| places[i]).collect(),
            };
            order::misfits(&ranks).into_iter().map(of_all).collect::<Vec<_>>()
        });
        let mut found: BTreeMap<usize, Finding> = BTreeMap::new();
        for misfit in misfits {
            let index = ranked[misfit.at].0;
            if blamed[index] || misfit.others.is_empty() {
                continue;
            }
            let code = if misfit.early { Code::OutOfOrder } else { Code::LeftBehind };
            let mut finding = self.about(code, key, &course.sittings[index]);
            let came_since = |other: &Sitting| {
                let (sat, late) = if misfit.early { (&course.sittings[index], other) } else { (other, &course.sittings[index]) };
                self.came_since(key, &late.subject, sat)
            };
            let others: Vec<&Sitting> = misfit.others.iter().map(|i| &course.sittings[ranked[*i].0]).filter(|o| !came_since(o)).collect();
            if others.is_empty() {
                continue;
            }
            finding.others = others.iter().map(|s| token(s).unwrap_or_default()).collect();
            finding.other_people = others.iter().filter_map(|s| s.subject.person()).collect();
            found.insert(index, finding);
        }
        (ranked, found)
    }

    // Numbers that nobody has shot although later ones were. While the session runs and few have passed, whoever came out of turn is told
    // at once; later, those who never came are left behind.
    fn skipped(
        &self,
        key: &SessionKey,
        seats: &Seats,
        line: Vec<Waiting>,
        classes: &Classes<'_>,
        found: &mut BTreeMap<usize, Finding>,
    ) -> Vec<Finding> {
        let mut sorted: Vec<Rank> = seats.ranked.iter().map(|(_, rank)| *rank).collect();
        sorted.sort_unstable();
        let sat = LazyCell::new(|| {
            let there = seats.course.sittings.iter().enumerate().filter(|(_, s)| !s.void);
            there.map(|(at, s)| (at, s.rank, classes.slot_of(&s.subject))).collect::<Vec<_>>()
        });
        let over = guard::over(self.day, key, self.now);
        let confirmed = LazyCell::new(|| album::confirmed(self.day));
        let mut skipped = Vec::new();
        let preprinted = guard::is_preprinted(self.day, &key.room);
        let redone = redone(&seats.course);
        let has_moved = seats.ranked.iter().any(|(_, rank)| rank.0 == guard::ELSEWHERE);
        let due = line.iter().find(|w| w.rank.0 != guard::ELSEWHERE && !self.outside(key, &w.subject)).map(|w| w.subject.clone());
        for waiting in line {
            let same_kind = |rank: &Rank| (rank.0 == guard::ELSEWHERE) == (waiting.rank.0 == guard::ELSEWHERE);
            let by = |(index, rank): &(usize, Rank)| {
                *rank > waiting.rank
                    && same_kind(rank)
                    && !(preprinted && self.came_since(key, &waiting.subject, &seats.course.sittings[*index]))
            };
            let passed = match preprinted {
                true => seats.ranked.iter().filter(|seat| by(seat)).count(),
                false => {
                    let end = sorted.partition_point(|rank| rank.0 < guard::ELSEWHERE || same_kind(&(guard::ELSEWHERE, 0)));
                    end - sorted.partition_point(|rank| *rank <= waiting.rank)
                }
            };
            // Whose picture was no good waits anew: while the day runs, who sat down before that was said passed nobody.
            let owed = seats.course.owed.get(&waiting.subject).map(|owed| owed.after);
            let since = |at: usize| owed.is_none_or(|after| at >= after);
            let passed_since = || match owed {
                Some(_) => seats.ranked.iter().filter(|seat| by(seat) && since(seat.0)).count(),
                None => passed,
            };
            // Whoever was moved here stands behind everybody of the room: where they go on, whoever is due has been passed.
            let of_room = has_moved && waiting.rank.0 != guard::ELSEWHERE;
            let moved = if of_room { self.moved_since(key, seats, &waiting.subject) } else { 0 };
            if passed + moved == 0 || self.outside(key, &waiting.subject) || self.day.holders(&key.room, &waiting.token).len() > 1 {
                continue;
            }
            // In the evening somebody found their picture: they came, and only their scan is missing.
            if waiting.subject.person().is_some_and(|id| confirmed.contains(&id)) {
                continue;
            }
            // A class that waits as a whole until they are through is told by the first of it.
            let moved = if due.as_ref() == Some(&waiting.subject) { moved } else { 0 };
            if over || passed_since() + moved >= LATER_NUMBERS || classes.over(&waiting, sat.iter().filter(|seat| since(seat.0)), self.now)
            {
                // Whoever went elsewhere with their class is missed there.
                skipped.extend((!waiting.went).then(|| self.never_came(key, &waiting)));
                continue;
            }
            // The first to pass them jumped the queue, and so did whoever came later with a lower number; who followed one of these did not.
            let mut lowest = None;
            // Whose picture was no good waits again: nobody who sat down after it jumped the queue.
            let first_time = |(index, _): &&(usize, Rank)| redone.get(&waiting.subject).is_none_or(|at| index < at);
            for (index, rank) in seats.ranked.iter().filter(|seat| by(seat)).filter(first_time) {
                if lowest.is_some_and(|low| low <= *rank) {
                    continue;
                }
                lowest = Some(*rank);
                if seats.blamed[*index] {
                    continue;
                }
                let finding = found.entry(*index).or_insert_with(|| self.about(Code::OutOfOrder, key, &seats.course.sittings[*index]));
                if finding.code == Code::OutOfOrder {
                    finding.others.push(waiting.token.clone());
                    finding.other_people.extend(waiting.subject.person());
                }
            }
        }
        skipped
    }

    // How many who were moved here sat down since that person of the room waits.
    fn moved_since(&self, key: &SessionKey, seats: &Seats, subject: &Subject) -> usize {
        let state = self.day.state(subject);
        let got = state.and_then(|s| s.token_in(&key.room)).and_then(|held| held.at);
        let came = || state.and_then(|s| s.visits.get(key)?.arrived.flatten());
        let Some(since) = got.or_else(came) else { return 0 };
        let owed = seats.course.owed.get(subject).map(|owed| owed.after);
        let sat = |(index, rank): &&(usize, Rank)| {
            let at = seats.course.sittings.get(*index).and_then(Sitting::at);
            rank.0 == guard::ELSEWHERE && at.is_some_and(|at| at > since) && owed.is_none_or(|after| *index >= after)
        };
        seats.ranked.iter().filter(sat).count()
    }

    fn never_came(&self, key: &SessionKey, waiting: &Waiting) -> Finding {
        let date = key.date.to_string();
        let mut finding = self.finding(Code::LeftBehind, key, &[key.room.as_str(), &date, &waiting.subject.key(), ""]);
        finding.token = Some(waiting.token.clone());
        finding.person = waiting.subject.person();
        finding.bare_code = waiting.subject.bare().map(str::to_owned);
        finding
    }
}

/// By whom a picture was taken that is to be taken again (作废, not 归队): the place in the course of the last of theirs.
fn redone(course: &Course) -> BTreeMap<&Subject, usize> {
    let void = course.sittings.iter().enumerate().filter(|(_, s)| s.void && !s.sent_back);
    void.map(|(at, s)| (&s.subject, at)).collect()
}
