//! All findings of the day: those of every session, and those of people, numbers and rooms.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use foldhash::{HashSet, HashSetExt};

use super::day::{Changed, Day, Followed};
use super::finding::{Code, Finding};
use super::guard;
use super::halves;
use super::ids::{Millis, RoomKey, SessionKey};
use super::judge::{Judge, Seats};
use super::rooms::RoomClash;
use super::text::Text;
use super::visit::{Held, State, Subject};

/// Unsettled findings, worst first, then by time.
pub fn findings(day: &Day, now: Millis) -> Vec<Finding> {
    Book::default().open(day, now)
}

/// All findings, settled ones included.
pub fn all(day: &Day, now: Millis) -> Vec<Finding> {
    Book::default().all(day, now)
}

/// Journals of fewer entries are judged whole before anybody could wait for it.
const MANY: usize = 50_000;

/// What was found in one session, and how long that holds if nothing is written.
#[derive(Debug, Clone)]
struct Judged {
    seats: Seats,
    turns: Vec<Finding>,
    until: Millis,
}

impl Judged {
    fn by(judge: &Judge<'_>, key: &SessionKey, seats: Seats) -> Self {
        let (turns, until) = judge.turns(key, &seats);
        Self { turns, until, seats }
    }
}

/// The findings of one day as they were worked out last: only what changed since is judged anew.
#[derive(Debug, Clone)]
pub struct Book {
    /// How far it has followed the day, and when it looked; nothing before the first look.
    looked: Option<(Followed, Millis)>,
    sessions: BTreeMap<SessionKey, Judged>,
    people: BTreeMap<Subject, Vec<Finding>>,
    gaps: BTreeMap<RoomKey, Vec<Finding>>,
    /// Sessions of other dates that are still to be judged.
    waiting: BTreeSet<SessionKey>,
    /// Sessions are left for later only where the journal has so many entries.
    many: usize,
}

impl Default for Book {
    fn default() -> Self {
        Self::leaving_from(MANY)
    }
}

impl Book {
    /// Nothing looked at yet; leaves sessions for later where a journal has so many entries.
    pub fn leaving_from(many: usize) -> Self {
        let (sessions, people, gaps, waiting) = Default::default();
        Self { looked: None, sessions, people, gaps, waiting, many }
    }

    /// As [`findings`], of the same day as ever.
    pub fn open(&mut self, day: &Day, now: Millis) -> Vec<Finding> {
        self.follow(day, now);
        self.go_on(day, now, usize::MAX);
        self.unsettled(day)
    }

    /// As [`Book::open`]; of a journal so large that it would be waited for, those sessions are left for later that are not of this date.
    pub fn open_soon(&mut self, day: &Day, now: Millis) -> Vec<Finding> {
        self.follow(day, now);
        self.unsettled(day)
    }

    /// How many sessions were left for later.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Judges at most so many of the sessions that were left for later, the newest first.
    pub fn go_on(&mut self, day: &Day, now: Millis, most: usize) {
        let mut keys: Vec<SessionKey> = take(&mut self.waiting).into_iter().collect();
        keys.sort_by_key(|key| std::cmp::Reverse(key.date));
        self.waiting = keys.split_off(most.min(keys.len())).into_iter().collect();
        self.judge_anew(day, now, keys);
    }

    fn judge_anew(&mut self, day: &Day, now: Millis, keys: Vec<SessionKey>) {
        if keys.is_empty() {
            return;
        }
        let judge = Judge::new(day, now);
        let judged = |key: SessionKey| (Judged::by(&judge, &key, judge.seats(&key)), key);
        self.sessions.extend(halves::map(keys, judged).into_iter().map(|(judged, key)| (key, judged)));
    }

    fn unsettled(&self, day: &Day) -> Vec<Finding> {
        let mut open: Vec<Finding> = self.found(day).into_iter().filter(|f| day.settlement(&f.id).is_none()).collect();
        open.sort_by(|a, b| {
            fn rank(f: &Finding) -> impl Ord + '_ {
                (std::cmp::Reverse(f.severity()), f.date, f.at, f.room.as_ref(), f.code, f.token.as_deref(), f.id.as_str())
            }
            rank(a).cmp(&rank(b))
        });
        open
    }

    /// As [`all`], of the same day as ever.
    pub fn all(&mut self, day: &Day, now: Millis) -> Vec<Finding> {
        self.follow(day, now);
        self.go_on(day, now, usize::MAX);
        self.found(day)
    }

    fn found(&self, day: &Day) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .sessions
            .values()
            .flat_map(|j| j.seats.findings.iter().chain(&j.turns))
            .chain(self.people.values().flatten())
            .cloned()
            .collect();
        for (room, token, subjects) in day.shared_tokens() {
            findings.push(duplicate(day, room, token, subjects));
        }
        findings.extend(day.rooms().iter().filter_map(|r| self.gaps.get(&r.key)).flatten().cloned());
        findings.extend(doubtful(day));
        findings.extend(conflicts(day));
        let mut seen = HashSet::with_capacity(findings.len());
        findings.retain(|f| seen.insert(f.id.clone()));
        findings
    }

    fn follow(&mut self, day: &Day, now: Millis) {
        // Whether a session is over, and with it whether a card is missing, is told by the date.
        let known = self.looked.filter(|(_, then)| *then <= now && day.date(*then) == day.date(now));
        let changed = known.and_then(|(followed, _)| day.changes().since(followed));
        self.looked = Some((day.changes().here(), now));
        let Some(changed) = changed else {
            return self.begin(day, now);
        };
        let (mut seats, mut lines) = (BTreeSet::new(), BTreeSet::new());
        for change in changed {
            match change {
                Changed::Subject(subject) => self.look_at(day, subject, now),
                Changed::Seats(key) => drop(seats.insert(key)),
                Changed::Line(key) => drop(lines.insert(key)),
                Changed::Cards(room) => drop(self.gaps.insert(room.clone(), gaps(day, room))),
            }
        }
        let judge = LazyCell::new(|| Judge::new(day, now));
        self.sessions.retain(|key, _| day.has_session(key));
        // Whatever changed of those: they wait, or what is old there would look as if the change had brought it up.
        self.waiting.retain(|key| day.has_session(key));
        for key in day.sessions().filter(|key| !self.waiting.contains(key)) {
            match self.sessions.get_mut(key) {
                Some(judged) if !seats.contains(key) => {
                    if lines.contains(key) || now > judged.until {
                        (judged.turns, judged.until) = judge.turns(key, &judged.seats);
                    }
                }
                _ => drop(self.sessions.insert(key.clone(), Judged::by(&judge, key, judge.seats(key)))),
            }
        }
        if day.campaign().return_tokens {
            // Others who sat down since make a card missing.
            for key in seats {
                for (subject, _) in day.members(key) {
                    self.look_at(day, subject, now);
                }
            }
        }
    }

    fn begin(&mut self, day: &Day, now: Millis) {
        self.sessions.clear();
        let today = day.date(now);
        let (first, later): (Vec<_>, Vec<_>) = day.sessions().cloned().partition(|key| day.len() < self.many || key.date == today);
        self.waiting = later.into_iter().collect();
        self.judge_anew(day, now, first);
        self.gaps = day.rooms().iter().map(|r| (r.key.clone(), gaps(day, &r.key))).collect();
        let of = |(subject, state): (&Subject, &State)| {
            Some((subject.clone(), person(day, subject, state, now))).filter(|(_, found)| !found.is_empty())
        };
        self.people = day.subjects().filter_map(of).collect();
    }

    fn look_at(&mut self, day: &Day, subject: &Subject, now: Millis) {
        match day.state(subject).map(|state| person(day, subject, state, now)) {
            Some(found) if !found.is_empty() => drop(self.people.insert(subject.clone(), found)),
            _ => drop(self.people.remove(subject)),
        }
    }
}

fn placed(mut finding: Finding, key: &SessionKey) -> Finding {
    finding.room = Some(key.room.clone());
    finding.date = Some(key.date);
    finding
}

fn person(day: &Day, subject: &Subject, state: &State, now: Millis) -> Vec<Finding> {
    let mut findings = Vec::new();
    let known = subject.person().and_then(|id| day.roster().person(id));
    let first = state.visits.iter().next();
    if let (false, Some((key, visit))) = (known.is_some_and(|p| p.listed), first) {
        let mut finding = placed(Finding::of(Code::NotOnRoster, &[&subject.key()]), key);
        finding.person = subject.person();
        finding.bare_code = subject.bare().map(str::to_owned);
        finding.token = match subject {
            Subject::Token(_, token) => Some(token.clone()),
            _ => state.live().next().map(|h| h.token.clone()),
        };
        finding.at = visit.shot_at.or(visit.arrived.flatten());
        findings.push(finding);
    }
    let live: Vec<&Held> = state.live().collect();
    if let [earlier @ .., last] = live.as_slice()
        && !earlier.is_empty()
    {
        let mut finding = placed(Finding::of(Code::TwoTokens, &[&subject.key()]), &last.session);
        finding.person = subject.person();
        finding.token = Some(last.token.clone());
        finding.others = earlier.iter().map(|h| h.token.clone()).collect();
        finding.at = last.at;
        findings.push(finding);
    }
    if day.campaign().return_tokens {
        findings.extend(kept_card(day, subject, state, now));
    }
    findings
}

// People give the card back on their way out: only once ten others have been shot since is it missing.
fn kept_card(day: &Day, subject: &Subject, state: &State, now: Millis) -> Option<Finding> {
    let (key, visit) = state.visits.iter().find(|(_, v)| v.shots > 0)?;
    let held = state.live().next()?;
    if state.visits.values().any(|v| v.returned) {
        return None;
    }
    let course = day.course(key);
    let since = course.sittings.iter().rev().take_while(|s| s.subject != *subject).count();
    if since < guard::LATER_NUMBERS && !guard::over(day, key, now) {
        return None;
    }
    let mut finding = placed(Finding::of(Code::TokenNotReturned, &[&subject.key()]), key);
    finding.person = subject.person();
    finding.token = Some(held.token.clone());
    finding.at = visit.shot_at;
    Some(finding)
}

fn duplicate(day: &Day, room: &RoomKey, token: &str, subjects: &[Subject]) -> Finding {
    let held = subjects.iter().filter_map(|s| day.state(s)?.live().find(|h| h.room == *room && h.token == token)).max_by_key(|h| h.at);
    let mut finding = Finding::of(Code::DuplicateToken, &[room.as_str(), token]);
    finding.room = Some(room.clone());
    finding.date = held.map(|h| h.session.date);
    finding.at = held.and_then(|h| h.at);
    finding.token = Some(token.to_owned());
    finding.other_people = subjects.iter().filter_map(Subject::person).collect();
    finding.others = subjects.iter().map(|s| day.key_of(s)).collect();
    finding
}

fn gaps(day: &Day, room: &RoomKey) -> Vec<Finding> {
    // A number fixed to a name leaves a hole when its student is absent: that is no gap.
    if guard::is_preprinted(day, room) {
        return Vec::new();
    }
    let runs = day.stack(room).map(|s| s.gaps()).unwrap_or_default();
    if runs.is_empty() {
        return Vec::new();
    }
    let form = day.form(room);
    let mut handed: BTreeMap<u32, &Held> = BTreeMap::new();
    let holders: BTreeMap<&Subject, &State> = day.sessions().filter(|key| key.room == *room).flat_map(|key| day.members(key)).collect();
    for held in holders.values().flat_map(|s| &s.tokens).filter(|h| h.room == *room) {
        handed.extend(held.number.map(|n| (n, held)));
    }
    runs.into_iter()
        .map(|(first, last)| {
            let token = form.print(first);
            let mut finding = Finding::of(Code::TokenGap, &[room.as_str(), &token]);
            finding.room = Some(room.clone());
            let next = handed.range(last..).next().map(|(_, h)| *h);
            finding.date = next.map(|h| h.session.date);
            finding.at = next.and_then(|h| h.at);
            finding.token = Some(token);
            // A mistyped number must not print ten thousand others.
            finding.others = (first + 1..=last).take(200).map(|n| form.print(n)).collect();
            finding.args = vec![form.print(last)];
            finding
        })
        .collect()
}

// 免拍 holds for one student record only: an upgraded student's old picture belongs to the old record.
fn doubtful(day: &Day) -> Vec<Finding> {
    day.roster()
        .exempt()
        .filter(|p| {
            let says = |t: &Option<Text>| t.as_deref().is_some_and(|t| t.contains("专升本") || t.contains("硕博连读"));
            says(&p.class) || says(&p.level) || says(&p.major)
        })
        .filter(|p| !day.state(&Subject::Person(p.id)).is_some_and(State::shot))
        .map(|p| {
            let mut finding = Finding::of(Code::ExemptDoubtful, &[&p.id.to_string()]);
            finding.person = Some(p.id);
            finding
        })
        .collect()
}

fn conflicts(day: &Day) -> Vec<Finding> {
    let mut findings = Vec::new();
    for clash in day.roster().clashes() {
        let ids = clash.people.map(|p| p.to_string());
        let mut finding = Finding::of(Code::Conflict, &["person", &ids[0], &ids[1]]);
        finding.person = Some(clash.people[0]);
        finding.other_people = vec![clash.people[1]];
        finding.others = vec![clash.key.clone()];
        finding.args = vec!["person".to_owned(), clash.key.clone()];
        findings.push(finding);
    }
    for clash in day.rooms().clashes() {
        let parts = match clash {
            RoomClash::OneLetter(letter, a, b) => ["one_letter", letter.as_str(), a.as_str(), b.as_str()],
            RoomClash::TwoLetters(room, a, b) => ["two_letters", room.as_str(), a.as_str(), b.as_str()],
        };
        let mut finding = Finding::of(Code::Conflict, &parts);
        finding.args = parts.iter().map(|s| (*s).to_owned()).collect();
        if let RoomClash::TwoLetters(room, ..) = clash {
            finding.room = Some(room.clone());
        }
        findings.push(finding);
    }
    for id in day.disputed() {
        let mut finding = Finding::of(Code::Conflict, &["settled", id]);
        finding.args = vec!["settled".to_owned(), id.to_owned()];
        findings.push(finding);
    }
    for id in day.forks() {
        let mut finding = Finding::of(Code::Fork, &[&id.station.to_string(), &id.seq.to_string()]);
        finding.args = vec![id.station.to_string(), id.seq.to_string()];
        findings.push(finding);
    }
    findings
}
