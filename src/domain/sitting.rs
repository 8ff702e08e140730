//! Sittings: who sat down before the camera, in queue order, and how many frames that makes.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

use super::event::{Act, Entry, Fact};
use super::ids::{EntryId, Millis};
use super::visit::Subject;

/// Place of a card among the cards of a room: (range opened, number).
pub type Rank = (u32, u32);

/// One time that someone sat down (or was called to).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// Who.
    pub subject: Subject,
    /// The fact that the guard judges: the first of 进场 and 拍摄.
    pub entry: EntryId,
    /// The card they held up, where one was read.
    pub shown: Option<String>,
    /// Rank of the card shown, else of their own.
    pub rank: Option<Rank>,
    /// 进场
    pub entered_at: Option<Millis>,
    /// 拍摄
    pub shot_at: Option<Millis>,
    /// 拍摄 or 补记 was recorded, not only 进场.
    pub confirmed: bool,
    /// 补记: the time is not known.
    pub backfilled: bool,
    /// Voided.
    pub void: bool,
    /// Sent back before sitting down: no frame.
    pub sent_back: bool,
    /// Frames beyond the first: 重拍.
    pub retakes: u32,
    /// A live sitting of the same person came before, in this session.
    pub second: bool,
    /// How many of their sittings in this session were voided before it.
    pub voided_before: usize,
}

impl Sitting {
    /// When: 拍摄, else 进场.
    pub fn at(&self) -> Option<Millis> {
        self.shot_at.or(self.entered_at)
    }
}

/// Two readings of the camera's counter that do not fit what happened between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miscount {
    /// When the second was read.
    pub at: Option<Millis>,
    /// First and second reading.
    pub readings: (u32, u32),
    /// Frames that should have been made.
    pub expected: u32,
    /// Frames the counter tells.
    pub counted: u32,
    /// Places of the sittings between the two readings.
    pub between: std::ops::Range<usize>,
}

/// What ties the queue to the camera, and where in the queue it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Index of the sitting that comes next.
    pub after: usize,
    /// When.
    pub at: Option<Millis>,
    /// What.
    pub kind: TieKind,
}

/// The kinds of [`Tie`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieKind {
    /// 计数
    Count(u32),
    /// 对时: the camera's clock as read.
    Clock(String),
    /// 试拍: so many frames.
    Tests(u32),
    /// So many frames of the 对时屏.
    ClockScreen(u32),
    /// 换卡
    Card,
    /// 换相机
    Camera,
    /// 暂停
    Pause,
    /// 恢复
    Resume,
    /// 重拍 of somebody who had left the chair to others: they sat down once more.
    Back(Subject),
}

/// A session in queue order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// Sittings in queue order.
    pub sittings: Vec<Sitting>,
    /// Counter readings that do not fit.
    pub miscounts: Vec<Miscount>,
    /// How many readings of the counter could be held against the one before.
    pub compared: usize,
    /// How many sat down where no two readings enclose them: before the first one, or around another card.
    pub unread: usize,
    /// Last counter reading.
    pub last_count: Option<(Option<Millis>, u32)>,
    /// Frames since the session began, retakes and test shots included.
    pub frames: u32,
    /// 重拍 in all.
    pub retakes: u32,
    /// 试拍 in all.
    pub tests: u32,
    /// 收场 was written.
    pub closed: bool,
    /// Frames a person as 开场 said them, where it did; 0 for 不定.
    pub each: Option<u32>,
    /// 计数, 对时, 试拍, 换卡 and the like, in queue order.
    pub ties: Vec<Tie>,
    /// The last counter reading, where the camera has counted on from it without a break.
    pub base: Option<u32>,
    /// Frames since.
    pub since: u32,
    /// Whoever was set aside or passed over and came back: how many had sat down by then.
    pub came_back: BTreeMap<Subject, usize>,
    /// Whose picture was no good (作废, not 归队) and who has not sat down again: since when they are owed one.
    pub owed: BTreeMap<Subject, Owed>,
}

/// Since when somebody is owed a picture whose own was voided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// How many had sat down by then.
    pub after: usize,
    /// When it was voided.
    pub at: Option<Millis>,
}

impl Course {
    /// Frames that the log tells since the last reading and those that this reading tells, where they differ. `each` is what was
    /// planned of frames a person; with 0 no reading is reckoned. `more` frames came to light that the log does not have yet.
    pub fn misfit(&self, value: u32, each: u32, more: i64) -> Option<(u32, u32)> {
        let base = self.base.filter(|_| self.each.unwrap_or(each) > 0)?;
        let readings: Vec<u32> = if value >= base { vec![value - base] } else { vec![value + 10_000 - base, value + 9_999 - base] };
        let expected = u32::try_from((i64::from(self.since) + more).max(0)).unwrap_or(u32::MAX);
        let nearest = readings.into_iter().min_by_key(|c| c.abs_diff(expected))?;
        (nearest != expected).then_some((expected, nearest))
    }
}

/// What the course needs to know of the room and its people.
pub struct Lens<'a> {
    /// Who a fact is about.
    pub subject: &'a dyn Fn(&Entry) -> Option<Subject>,
    /// Rank of a card (as shown), else of the subject's own.
    pub rank: &'a dyn Fn(&Subject, Option<&str>) -> Option<Rank>,
    /// Frames per person; 0 = 不定.
    pub frames_per_person: u32,
}

/// True where a course depends on such a fact; the others stand beside it.
pub fn takes_part(act: &Act) -> bool {
    match act {
        Act::Entered { .. }
        | Act::Shot { .. }
        | Act::Backfilled { .. }
        | Act::ShotVoided { .. }
        | Act::Retaken { .. }
        | Act::TestShot { .. }
        | Act::Counted { .. }
        | Act::ClockRead { .. }
        | Act::CardChanged
        | Act::CameraChanged
        | Act::Paused { .. }
        | Act::Resumed
        | Act::PassedOver { .. }
        | Act::SetAside { .. }
        | Act::CameBack { .. }
        | Act::Opened { .. }
        | Act::Closed => true,
        Act::Arrived { .. }
        | Act::Signed { .. }
        | Act::Issued { .. }
        | Act::GaveWay { .. }
        | Act::Inserted { .. }
        | Act::Swapped { .. }
        | Act::TokenVoided { .. }
        | Act::Reissued { .. }
        | Act::Returned { .. }
        | Act::Missing { .. }
        | Act::NextSet { .. }
        | Act::CardsPassed { .. }
        | Act::Moved { .. }
        | Act::Paid { .. }
        | Act::DutyChanged { .. }
        | Act::HandChecked { .. }
        | Act::Revealed { .. }
        | Act::PicturesRead { .. }
        | Act::PicturesChecked { .. }
        | Act::OffsetSet { .. }
        | Act::PicturesRuled { .. }
        | Act::PicturesCopied { .. } => false,
    }
}

/// After so many others somebody has left the chair: a retake of theirs is a sitting of its own.
const LEFT: usize = 2;

/// Walks the facts of a session in queue order.
pub fn course(ordered: &[Arc<Entry>], lens: &Lens<'_>) -> Course {
    let mut walk = Walk { course: Course::default(), sat: HashSet::new() };
    for entry in ordered {
        if let Fact::InRoom { act, .. } = &entry.event.fact {
            walk.step(entry, act, lens);
        }
    }
    walk.course
}

struct Walk {
    course: Course,
    /// Whoever sat down at all: only their sittings are looked for.
    sat: HashSet<Subject>,
}

impl Walk {
    fn step(&mut self, entry: &Entry, act: &Act, lens: &Lens<'_>) {
        let at = entry.event.happened;
        self.tie(at, act);
        // Whoever is scanned at the door after 收场 goes on with the day: its order is guarded again.
        self.course.closed &= !matches!(act, Act::Entered { .. } | Act::Shot { .. });
        match act {
            Act::Entered { shown, .. } => self.sit(entry, shown, lens, |s| s.entered_at = at),
            Act::Shot { shown, .. } => {
                let subject = (lens.subject)(entry);
                let open = match &subject {
                    Some(subject) if self.sat.contains(subject) => self.course.sittings.iter_mut().rev().find(|s| s.subject == *subject),
                    _ => None,
                };
                match open {
                    Some(sitting) if !sitting.confirmed && !sitting.void => {
                        sitting.shot_at = at;
                        sitting.confirmed = true;
                    }
                    _ => self.sit(entry, shown, lens, |s| {
                        s.shot_at = at;
                        s.confirmed = true;
                    }),
                }
            }
            Act::Backfilled { .. } => {
                self.sit(entry, &None, lens, |s| {
                    s.backfilled = true;
                    s.confirmed = true;
                });
                self.settle_back();
            }
            Act::ShotVoided { sent_back, .. } => {
                let subject = (lens.subject)(entry);
                let last = self.course.sittings.iter_mut().rev().find(|s| Some(&s.subject) == subject.as_ref() && !s.void);
                if let Some(sitting) = last {
                    sitting.void = true;
                    sitting.sent_back = *sent_back;
                    if *sent_back {
                        self.expose(self.each(lens), false);
                    }
                    let owed = Owed { after: self.course.sittings.len(), at };
                    let sits = |s: &Sitting| Some(&s.subject) == subject.as_ref() && !s.void;
                    if !*sent_back && !self.course.sittings.iter().any(sits) {
                        self.course.owed.extend(subject.map(|subject| (subject, owed)));
                    }
                }
            }
            Act::Retaken { .. } => {
                let subject = (lens.subject)(entry);
                let sitting = self.course.sittings.iter_mut().rev().find(|s| subject.is_none() || Some(&s.subject) == subject.as_ref());
                if let Some(sitting) = sitting {
                    sitting.retakes += 1;
                }
                self.sat_again(at, subject);
                self.course.retakes += 1;
                self.expose(1, true);
            }
            Act::CameBack { .. } => {
                let sat = self.course.sittings.len();
                self.course.came_back.extend((lens.subject)(entry).map(|subject| (subject, sat)));
            }
            Act::PassedOver { .. } | Act::SetAside { .. } => {
                if let Some(subject) = (lens.subject)(entry) {
                    self.course.came_back.remove(&subject);
                }
            }
            Act::TestShot { frames, .. } => {
                self.course.tests += frames;
                self.expose(*frames, true);
            }
            Act::Counted { value } => self.count(at, *value, self.each(lens)),
            Act::CardChanged | Act::CameraChanged | Act::Paused { .. } => self.course.base = None,
            Act::Closed => self.course.closed = true,
            Act::Opened { frames, .. } => {
                self.course.closed = false;
                self.course.each = frames.map(u32::from).or(self.course.each);
            }
            _ => {}
        }
    }

    // Whoever is called back long after sits down again: the frame stands there and not beside their first.
    fn sat_again(&mut self, at: Option<Millis>, subject: Option<Subject>) {
        let Some(subject) = subject else { return };
        let since = self.course.sittings.iter().rev().filter(|s| !s.void).take_while(|s| s.subject != subject).count();
        if since >= LEFT && self.sat.contains(&subject) {
            self.course.ties.push(Tie { after: self.course.sittings.len(), at, kind: TieKind::Back(subject) });
        }
    }

    // What was said in the morning goes before what was planned.
    fn each(&self, lens: &Lens<'_>) -> u32 {
        self.course.each.unwrap_or(lens.frames_per_person)
    }

    fn sit(&mut self, entry: &Entry, shown: &Option<String>, lens: &Lens<'_>, fill: impl FnOnce(&mut Sitting)) {
        let Some(subject) = (lens.subject)(entry) else { return };
        let (mut second, mut voided_before) = (false, 0);
        if !self.sat.insert(subject.clone()) {
            for earlier in self.course.sittings.iter().filter(|s| s.subject == subject) {
                second |= !earlier.void;
                voided_before += usize::from(earlier.void);
            }
        }
        self.course.owed.remove(&subject);
        let rank = (lens.rank)(&subject, shown.as_deref());
        let mut sitting = Sitting {
            subject,
            entry: entry.id,
            shown: shown.clone(),
            rank,
            entered_at: None,
            shot_at: None,
            confirmed: false,
            backfilled: false,
            void: false,
            sent_back: false,
            retakes: 0,
            second,
            voided_before,
        };
        fill(&mut sitting);
        self.course.sittings.push(sitting);
        self.expose(self.each(lens), true);
    }

    // 补记 tells that people were shot in their place and not scanned: they go before later numbers that were scanned meanwhile.
    fn settle_back(&mut self) {
        let sittings = &mut self.course.sittings;
        let mut at = sittings.len().saturating_sub(1);
        while at > 0 && sittings[at].rank.is_some() && sittings[at - 1].rank > sittings[at].rank {
            sittings.swap(at, at - 1);
            at -= 1;
        }
        self.course.ties.iter_mut().filter(|t| t.after > at).for_each(|t| t.after += 1);
    }

    fn tie(&mut self, at: Option<Millis>, act: &Act) {
        let kind = match act {
            Act::Counted { value } => TieKind::Count(*value),
            Act::ClockRead { camera } => TieKind::Clock(camera.clone()),
            Act::TestShot { frames, clock: true } => TieKind::ClockScreen(*frames),
            Act::TestShot { frames, clock: false } => TieKind::Tests(*frames),
            Act::CardChanged => TieKind::Card,
            Act::CameraChanged => TieKind::Camera,
            Act::Paused { .. } => TieKind::Pause,
            Act::Resumed => TieKind::Resume,
            _ => return,
        };
        self.course.ties.push(Tie { after: self.course.sittings.len(), at, kind });
    }

    fn expose(&mut self, frames: u32, more: bool) {
        let change = |n: u32| if more { n + frames } else { n.saturating_sub(frames) };
        self.course.since = change(self.course.since);
        self.course.frames = change(self.course.frames);
    }

    fn count(&mut self, at: Option<Millis>, value: u32, frames_per_person: u32) {
        // The tie of this very reading stands already.
        let before = self.course.ties.iter().rev().skip(1).find(|tie| matches!(tie.kind, TieKind::Count(_)));
        let between = before.map_or(0, |tie| tie.after)..self.course.sittings.len();
        self.course.compared += usize::from(self.course.base.is_some());
        if self.course.base.is_none() {
            self.course.unread += self.course.sittings.get(between.clone()).unwrap_or_default().iter().filter(|s| !s.void).count();
        }
        if let (Some(base), Some((expected, counted))) = (self.course.base, self.course.misfit(value, frames_per_person, 0)) {
            self.course.miscounts.push(Miscount { at, readings: (base, value), expected, counted, between });
        }
        self.course.base = Some(value);
        self.course.since = 0;
        self.course.last_count = Some((at, value));
    }
}
