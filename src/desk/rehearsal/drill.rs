//! The script of a practice: who comes to the door and when, what slips, and which facts are the right answer. Same seed, same script.
//!
//! ```text
//!   Terms + guests ──▶ cues: scan · scan · slip (what the corridor says, who was scanned) · scan …
//!   facts written since a slip ──▶ judge ──▶ right, wrong, or not yet
//! ```

use std::collections::VecDeque;

use super::seed::Seed;
use crate::domain::event::{Act, Entry, Fact, Whole};
use crate::domain::finding::Choice;
use crate::domain::ids::{Millis, Who};

/// How much goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Severity {
    /// One thing in a while, of the commonest kinds.
    Light,
    /// A usual day.
    #[default]
    Usual,
    /// A day on which nearly everything happens.
    Hard,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How much goes wrong.
    pub severity: Severity,
    /// How fast people come and the clock runs: 1 to 4 times.
    pub speed: u8,
    /// The script's number: the same number, the same script.
    pub seed: u64,
    /// How long, in minutes.
    pub minutes: u16,
}

impl Default for Terms {
    fn default() -> Self {
        Self { severity: Severity::Usual, speed: 1, seed: super::DEFAULT_SEED, minutes: 10 }
    }
}

/// Somebody of the classes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guest {
    /// 学号
    pub student_no: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: String,
    /// The card in their hand; empty while they have none.
    pub token: String,
}

/// What slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Two or three were shot and nobody scanned them: 补记.
    Unscanned,
    /// Someone pushed in: 请该生归队.
    Jumped,
    /// The next one first, the one due follows: 后面的先拍.
    LetAhead,
    /// The teacher agrees: 提前拍.
    Consent,
    /// The one due is not there: 过号.
    Absent,
    /// Two hold each other's card: 互换登记.
    Swapped,
    /// The flash went off twice: 重拍.
    DoubleFlash,
    /// The photographer reads the counter: 报张数.
    Counter,
    /// A frame of nobody: 试拍.
    Stray,
    /// Someone already shot is scanned again: nothing to do.
    Repeated,
    /// No 采集码 at the desk: 暂缓.
    NoCode,
    /// That one is back: 返回.
    Back,
    /// On no list: 登记.
    Unlisted,
}

/// The fact that is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// A choice of the red screen.
    Choice(Choice),
    /// 重拍
    Retake,
    /// 试拍
    TestShot,
    /// 报张数, as read.
    Count,
    /// 登记
    Register,
    /// 暂缓
    SetAside,
    /// 返回
    ComeBack,
    /// None.
    Nothing,
}

/// The reason that is right for [`Kind::NoCode`].
pub const NO_CODE: &str = "无采集码";

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Unscanned,
        Self::Jumped,
        Self::LetAhead,
        Self::Consent,
        Self::Absent,
        Self::Swapped,
        Self::DoubleFlash,
        Self::Counter,
        Self::Stray,
        Self::Repeated,
        Self::NoCode,
        Self::Back,
        Self::Unlisted,
    ];

    /// The one right answer.
    pub fn right(self) -> Right {
        match self {
            Self::Unscanned => Right::Choice(Choice::Backfill),
            Self::Jumped => Right::Choice(Choice::SendBack),
            Self::LetAhead => Right::Choice(Choice::OthersFollow),
            Self::Consent => Right::Choice(Choice::TakenEarly),
            Self::Absent => Right::Choice(Choice::PassOver),
            Self::Swapped => Right::Choice(Choice::Exchange),
            Self::DoubleFlash => Right::Retake,
            Self::Counter => Right::Count,
            Self::Stray => Right::TestShot,
            Self::Repeated => Right::Nothing,
            Self::NoCode => Right::SetAside,
            Self::Back => Right::ComeBack,
            Self::Unlisted => Right::Register,
        }
    }

    /// True where it happens at the desk.
    pub fn at_desk(self) -> bool {
        matches!(self, Self::NoCode | Self::Back | Self::Unlisted)
    }

    /// How long it waits for an answer, in ms; where nothing is to be done, how long nothing must be.
    pub fn patience(self) -> i64 {
        match self {
            Self::Repeated => 8_000,
            Self::Unlisted => 90_000,
            _ => 60_000,
        }
    }
}

impl Severity {
    /// What happens on such a day; [`Kind::Back`] follows [`Kind::NoCode`] of itself.
    pub fn kinds(self) -> &'static [Kind] {
        use Kind::*;
        match self {
            Self::Light => &[Unscanned, Jumped, DoubleFlash, Counter, Absent, Repeated],
            Self::Usual => &[Unscanned, Jumped, DoubleFlash, Counter, Absent, Repeated, Swapped, LetAhead, NoCode, Unlisted, Stray],
            Self::Hard => &[Unscanned, Jumped, DoubleFlash, Counter, Absent, Repeated, Swapped, LetAhead, NoCode, Unlisted, Stray, Consent],
        }
    }

    // So many people come in their order between two slips.
    fn between(self) -> (i64, i64) {
        match self {
            Self::Light => (4, 5),
            Self::Usual => (2, 3),
            Self::Hard => (1, 2),
        }
    }
}

/// Something that slips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What.
    pub kind: Kind,
    /// Who came, or whom it is about.
    pub who: Guest,
    /// Those before them who were not scanned.
    pub others: Vec<Guest>,
    /// The counter as read; filled in when it is read.
    pub counter: u32,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// So many ms after the one before was done with.
    pub after: i64,
    /// What the gun reads.
    pub scan: Option<String>,
    /// What slips.
    pub slip: Option<Slip>,
}

/// A script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill {
    /// What was asked for.
    pub terms: Terms,
    /// What happens.
    pub cues: Vec<Cue>,
}

/// How many were shot before it begins.
pub const SHOT: usize = 4;
/// How many of the classes have not come yet at the least: whom the desk is about.
const TO_COME: usize = 24;
/// At speed 1 one comes every so many ms at the least, and at the most.
const RHYTHM: (i64, i64) = (15_000, 20_000);
/// People after whom somebody comes back.
const LATER: usize = 4;

impl Terms {
    /// The usual terms, with a script that differs from one moment to the next; its number is short enough to be told.
    pub fn at(now: Millis) -> Self {
        Self { seed: now.unsigned_abs() / 1_000 % 10_000, ..Self::default() }
    }

    /// How many of so many people stand in line with a card when it begins, those shot among them.
    pub fn queued(&self, people: usize) -> usize {
        let most = i64::from(self.minutes) * 60_000 * i64::from(self.speed) / RHYTHM.0;
        (usize::try_from(most).unwrap_or(0) + SHOT + 8).min(people.saturating_sub(TO_COME))
    }
}

/// The script for these people, of whom the first `queued` hold a card.
pub fn drill(terms: Terms, guests: &[Guest], queued: usize) -> Drill {
    let line = (SHOT..queued.min(guests.len())).map(|n| (n, false)).collect();
    let mut writer =
        Writer { terms, guests, seed: Seed::new(terms.seed, "drill"), line, cues: Vec::new(), last: SHOT - 1, later: Vec::new() };
    let mut to_come = queued.min(guests.len())..guests.len();
    let mut bag: Vec<Kind> = Vec::new();
    let (low, high) = terms.severity.between();
    let mut until = 2;
    let most = i64::from(terms.minutes) * 60_000;
    while writer.cues.iter().map(|c| c.after).sum::<i64>() < most && writer.line.len() > 5 {
        if until > 0 || !writer.is_calm() {
            writer.next();
            until -= 1;
            continue;
        }
        if bag.is_empty() {
            bag = terms.severity.kinds().to_vec();
            writer.seed.shuffle(&mut bag);
        }
        let Some(kind) = bag.pop() else { break };
        writer.slip(kind, &mut to_come);
        until = writer.seed.between(low, high);
    }
    Drill { terms, cues: writer.cues }
}

/// What comes later: after so many people in their order.
enum Later {
    Card(usize),
    Back(Guest),
}

struct Writer<'a> {
    terms: Terms,
    guests: &'a [Guest],
    seed: Seed,
    /// Who comes next, and whether by 学号 instead of by card.
    line: VecDeque<(usize, bool)>,
    cues: Vec<Cue>,
    /// Who was shot last.
    last: usize,
    later: Vec<(usize, Later)>,
}

impl Writer<'_> {
    fn guest(&self, n: usize) -> Guest {
        self.guests.get(n).cloned().unwrap_or_default()
    }

    // The next four stand in their order, with their cards.
    fn is_calm(&self) -> bool {
        let first = self.line.front().map_or(0, |(n, _)| *n);
        self.line.len() > 4 && self.line.iter().take(4).enumerate().all(|(i, next)| *next == (first + i, false))
    }

    fn cue(&mut self, scan: Option<String>, slip: Option<Slip>) {
        let after = self.seed.between(RHYTHM.0, RHYTHM.1) / i64::from(self.terms.speed.max(1));
        self.cues.push(Cue { after, scan, slip });
    }

    fn code(&self, n: usize, by_number: bool) -> String {
        let guest = self.guest(n);
        if by_number { guest.student_no } else { guest.token }
    }

    fn next(&mut self) {
        self.later.iter_mut().for_each(|(left, _)| *left = left.saturating_sub(1));
        let ripe = self.later.iter().position(|(left, _)| *left == 0);
        match ripe.map(|at| self.later.remove(at).1) {
            Some(Later::Card(n)) => {
                let code = self.code(n, false);
                self.last = n;
                self.cue(Some(code), None);
            }
            Some(Later::Back(guest)) => {
                self.cue(None, Some(Slip { kind: Kind::Back, who: guest, others: Vec::new(), counter: 0 }));
            }
            None => {
                let Some((n, by_number)) = self.line.pop_front() else { return };
                let code = self.code(n, by_number);
                self.last = n;
                self.cue(Some(code), None);
            }
        }
    }

    fn slip(&mut self, kind: Kind, to_come: &mut impl Iterator<Item = usize>) {
        let first = self.line.front().map_or(0, |(n, _)| *n);
        // Who is scanned, whom they left behind, and who is gone from the line with it.
        let (who, skipped) = match kind {
            Kind::Unscanned => {
                let n = self.seed.between(2, 3) as usize;
                self.line.drain(..=n);
                (first + n, n)
            }
            Kind::Jumped => (first + 2, 2),
            Kind::LetAhead => {
                self.line.remove(1);
                (first + 1, 1)
            }
            Kind::Consent => {
                self.line.remove(3);
                (first + 3, 3)
            }
            Kind::Absent => {
                self.line.drain(..2);
                self.later.push((LATER, Later::Card(first)));
                (first + 1, 1)
            }
            Kind::Swapped => {
                // The other one comes next, with the wrong card too: known by their 学号.
                self.line.drain(..2);
                self.line.push_front((first, true));
                (first + 1, 1)
            }
            Kind::DoubleFlash | Kind::Counter | Kind::Stray | Kind::Repeated => (self.last, 0),
            Kind::NoCode | Kind::Back | Kind::Unlisted => match to_come.next() {
                Some(n) => (n, 0),
                None => return,
            },
        };
        let mut slip = Slip { kind, who: self.guest(who), others: (first..first + skipped).map(|n| self.guest(n)).collect(), counter: 0 };
        let scan = match kind {
            Kind::DoubleFlash | Kind::Counter | Kind::Stray | Kind::Back => None,
            Kind::Swapped | Kind::NoCode => Some(self.code(who, true)),
            Kind::Unlisted => {
                // A number of that class that nobody on its list has.
                slip.who.student_no = format!("{}97", slip.who.student_no.get(..8).unwrap_or_default());
                slip.who.name = super::names::everyday(&mut self.seed).text;
                Some(slip.who.student_no.clone())
            }
            _ => Some(self.code(who, false)),
        };
        if skipped > 0 && kind != Kind::Jumped {
            self.last = who;
        }
        if kind == Kind::NoCode {
            self.later.push((LATER, Later::Back(slip.who.clone())));
        }
        self.cue(scan, Some(slip));
    }
}

/// What a command was to a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The answer.
    Right,
    /// Not what the corridor says.
    Wrong,
    /// Neither.
    Open,
}

impl Slip {
    /// What a command's entries are to it; `number` tells whose 学号 a fact names.
    pub fn judge(&self, entries: &[&Entry], number: &dyn Fn(&Who) -> Option<String>) -> Verdict {
        let right = self.kind.right();
        let settled = entries.iter().find_map(|e| match &e.event.fact {
            Fact::Whole(Whole::Settled { choice, .. }) => Some(choice.as_str()),
            _ => None,
        });
        if let Some(word) = settled {
            return if matches!(right, Right::Choice(choice) if choice.word() == word) { Verdict::Right } else { Verdict::Wrong };
        }
        if entries.iter().any(|e| matches!(&e.event.fact, Fact::Whole(Whole::Registered { .. }))) {
            return if right == Right::Register { Verdict::Right } else { Verdict::Wrong };
        }
        let acts: Vec<&Act> = entries
            .iter()
            .filter_map(|e| match &e.event.fact {
                Fact::InRoom { act, .. } => Some(act),
                _ => None,
            })
            .filter(|act| !(self.kind.at_desk() && is_of_the_desk(act)))
            .collect();
        let about = |who: &Who, guest: &Guest| number(who).as_deref() == Some(guest.student_no.as_str());
        let done = |act: &Act| match (right, act) {
            (Right::Choice(Choice::Backfill), Act::Backfilled { who }) | (Right::Choice(Choice::PassOver), Act::PassedOver { who }) => {
                self.others.iter().any(|o| about(who, o))
            }
            (Right::Choice(Choice::SendBack), Act::ShotVoided { who, sent_back: true, .. })
            | (Right::Choice(Choice::TakenEarly), Act::Inserted { who })
            | (Right::ComeBack, Act::CameBack { who }) => about(who, &self.who),
            (Right::Choice(Choice::Exchange), Act::Swapped { who, .. }) => {
                about(who, &self.who) || self.others.iter().any(|o| about(who, o))
            }
            (Right::Retake, Act::Retaken { who }) => who.as_ref().is_none_or(|who| about(who, &self.who)),
            (Right::TestShot, Act::TestShot { frames, clock: false }) => *frames == 1,
            (Right::Count, Act::Counted { value }) => *value == self.counter,
            (Right::SetAside, Act::SetAside { who, reason }) => about(who, &self.who) && reason == NO_CODE,
            _ => false,
        };
        let many = matches!(right, Right::Choice(Choice::Backfill | Choice::PassOver));
        let enough = if many { acts.len() >= self.others.len() } else { true };
        match acts.as_slice() {
            [] => Verdict::Open,
            _ if !acts.iter().all(|act| done(act)) => Verdict::Wrong,
            _ if enough => Verdict::Right,
            // One of several: the rest may follow.
            _ => Verdict::Open,
        }
    }
}

// What a scan at the desk writes.
fn is_of_the_desk(act: &Act) -> bool {
    matches!(act, Act::Arrived { .. } | Act::Signed { .. } | Act::Issued { .. })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn guests(n: usize) -> Vec<Guest> {
        let guest = |n: usize| Guest {
            student_no: format!("20170104{n:02}"),
            name: format!("某{n}"),
            class: "电商171".to_owned(),
            token: format!("{:04}B", n + 1),
        };
        (0..n).map(guest).collect()
    }

    fn script(terms: Terms) -> Drill {
        let people = guests(200);
        drill(terms, &people, terms.queued(people.len()))
    }

    fn slips(drill: &Drill) -> Vec<&Slip> {
        drill.cues.iter().filter_map(|c| c.slip.as_ref()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_script_and_another_another() {
        let terms = Terms { minutes: 20, ..Terms::default() };
        assert_eq!(script(terms), script(terms));
        assert_ne!(script(terms).cues, script(Terms { seed: 7, ..terms }).cues);
    }

    #[test]
    fn the_harder_the_day_the_more_slips_and_the_more_kinds() {
        let of = |severity| script(Terms { severity, minutes: 20, ..Terms::default() });
        let days = [of(Severity::Light), of(Severity::Usual), of(Severity::Hard)];
        let counts = days.each_ref().map(|d| slips(d).len());
        let kinds = days.each_ref().map(|d| slips(d).iter().map(|s| s.kind).collect::<BTreeSet<_>>().len());
        assert!(counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
        assert!(kinds[0] < kinds[1] && kinds[1] < kinds[2], "{kinds:?}");
        assert_eq!(kinds[2], Kind::ALL.len(), "a hard day has everything");
    }

    #[test]
    fn the_time_between_two_people_is_that_of_the_speed() {
        for speed in 1..=4 {
            let drill = script(Terms { speed, ..Terms::default() });
            let within = 15_000 / i64::from(speed)..=20_000 / i64::from(speed);
            assert!(drill.cues.iter().all(|c| within.contains(&c.after)), "{speed}");
        }
    }

    #[test]
    fn everybody_who_comes_in_order_comes_once_and_a_slip_leaves_nobody_out() {
        for seed in 0..40 {
            let drill = script(Terms { severity: Severity::Hard, seed, minutes: 15, ..Terms::default() });
            // The truth of the corridor: whom a cue puts before the camera.
            let mut shot: Vec<String> = Vec::new();
            for cue in &drill.cues {
                match (&cue.slip, &cue.scan) {
                    (None, Some(code)) => {
                        let number =
                            if code.len() == 10 { format!("{:04}B", code[8..].parse::<usize>().unwrap() + 1) } else { code.clone() };
                        shot.push(number);
                    }
                    (Some(slip), _) => match slip.kind {
                        Kind::Unscanned => shot.extend(slip.others.iter().chain([&slip.who]).map(|g| g.token.clone())),
                        Kind::LetAhead | Kind::Consent | Kind::Absent | Kind::Swapped => shot.push(slip.who.token.clone()),
                        _ => {}
                    },
                    (None, None) => panic!("nothing happens"),
                }
            }
            let once: BTreeSet<&String> = shot.iter().collect();
            assert_eq!(once.len(), shot.len(), "{seed}: somebody twice in {shot:?}");
            let highest = shot.iter().max().unwrap();
            let missing = (SHOT + 1..).map(|n| format!("{n:04}B")).take_while(|t| t < highest).filter(|t| !once.contains(t)).count();
            assert!(missing <= 4, "{seed}: {missing} left out before {highest}");
        }
    }
}
