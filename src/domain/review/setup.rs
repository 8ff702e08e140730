//! From the facts of a session to the aligner's question: who sat down in which order, which frames there are, what ties the two.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDateTime;

use crate::domain::album::{Album, Photo};
use crate::domain::align::problem::{Frame, Problem, Ruling, Shot, Tie, Timing};
use crate::domain::cameras;
use crate::domain::cards;
use crate::domain::day::Day;
use crate::domain::guard;
use crate::domain::ids::{Millis, SessionKey};
use crate::domain::order;
use crate::domain::photo::{Marker, Picture};
use crate::domain::ruling::{PhotoId, PhotoRuling};
use crate::domain::sitting::{Course, Rank, TieKind};
use crate::domain::visit::Subject;
use crate::domain::width;

use super::names::{self, Told};
use super::numbered;
use super::outside;

/// How far, in ms, the true offset may lie from the one a person said.
const WITHIN: Millis = 6_000;

/// How many people a late scan passes at the most.
const NEAR: usize = 5;

/// Someone who sat down, or was handed a number where nobody wrote down who sat down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitter {
    /// Who.
    pub subject: Subject,
    /// The number they hold or held up.
    pub token: Option<String>,
    /// When, by the log.
    pub at: Option<Millis>,
    /// Voided: whoever it was sat down again, or never was photographed.
    pub void: bool,
}

/// The question, and which of its numbers mean whom.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// What the aligner is asked.
    pub problem: Problem,
    /// One per shot of the problem.
    pub sitters: Vec<Sitter>,
    /// Problem frame → place in the album.
    pub photo_of: Vec<usize>,
    /// Place in the album → problem frame; `None` for files that are no frame (foreign formats, or named ones without time and number).
    pub frame_of: Vec<Option<usize>>,
    /// Camera number of the problem → body, where the file says.
    pub bodies: Vec<Option<String>>,
    /// What the names of the files say, by place in the album.
    pub told: Vec<Told>,
    /// Places in the album of pictures that were taken well outside the session.
    pub outside: Vec<usize>,
    /// Places in the album of numbered pictures in several folders of which nothing says which comes first.
    pub unordered: Vec<usize>,
    /// Subject → their last shot that counts.
    pub shot_of: HashMap<Subject, usize>,
}

impl Setup {
    /// Puts the question for a session.
    pub fn of(day: &Day, key: &SessionKey, album: &Album) -> Self {
        let course = day.course(key);
        let mut setup = Self::default();
        let room = day.rooms().get(&key.room);
        setup.problem.frames_per_person = room.map_or(1, |r| r.plan.frames_per_person);
        setup.problem.max_wrong = day.campaign().max_wrong;
        let places = setup.sit(day, key, &course);
        if setup.sitters.is_empty() {
            setup.hand_out(day, key);
        }
        for (index, sitter) in setup.sitters.iter().enumerate().filter(|(_, s)| !s.void) {
            // Written in afterwards though they were scanned: they sat down when they were scanned.
            let scanned = setup.shot_of.get(&sitter.subject).is_some_and(|before| setup.sitters[*before].at.is_some());
            if !scanned || sitter.at.is_some() {
                setup.shot_of.insert(sitter.subject.clone(), index);
            }
        }
        setup.told = names::told(day, key, album);
        setup.frames(day, key, album);
        setup.ties(day, &course, &places.before);
        for (camera, body) in setup.bodies.iter().enumerate() {
            if let Some(offset) = album.offsets.get(body).or_else(|| album.offsets.get(&None)) {
                setup.problem.ties.push(Tie::Offset { camera: camera as u16, offset: *offset, within: WITHIN });
            }
        }
        setup.rulings(day, key, album);
        setup
    }

    // Everybody who sat down, in queue order; whoever was called back sat down once more.
    fn sit(&mut self, day: &Day, key: &SessionKey, course: &Course) -> Places {
        let mut groups = Groups::default();
        let mut places = Places::default();
        let mut ties = course.ties.iter().peekable();
        let back =
            |subject: &Subject| course.ties.iter().filter(|t| matches!(&t.kind, TieKind::Back(who) if who == subject)).count() as u32;
        for index in 0..=course.sittings.len() {
            while let Some(tie) = ties.next_if(|tie| tie.after <= index) {
                places.before.push(self.sitters.len());
                if let TieKind::Back(subject) = &tie.kind {
                    let group = groups.of(day, subject);
                    self.problem.shots.push(Shot { at: tie.at, timing: Timing::Seated, group, ..Shot::default() });
                    let token = cards::of(day, key, subject);
                    self.sitters.push(Sitter { subject: subject.clone(), token, at: tie.at, void: false });
                }
            }
            let Some(sitting) = course.sittings.get(index) else { break };
            places.own.push((!sitting.sent_back).then_some(self.sitters.len()));
            if sitting.sent_back {
                continue;
            }
            let retakes = sitting.retakes.saturating_sub(back(&sitting.subject));
            self.problem.shots.push(Shot {
                at: sitting.at(),
                timing: if sitting.shot_at.is_some() { Timing::Seated } else { Timing::Called },
                retakes: retakes.min(u32::from(u8::MAX)) as u8,
                void: sitting.void,
                group: groups.of(day, &sitting.subject),
                show: false,
            });
            let token = sitting.shown.clone().or_else(|| cards::of(day, key, &sitting.subject));
            self.sitters.push(Sitter { subject: sitting.subject.clone(), token, at: sitting.at(), void: sitting.void });
        }
        self.ask_for(day, key, course, &places.own);
        places
    }

    // Whoever sat down out of the order of the numbers, or twice, is shown to a person whatever the times say.
    fn ask_for(&mut self, day: &Day, key: &SessionKey, course: &Course, own: &[Option<usize>]) {
        let elsewhere = |subject: &Subject| guard::rank_elsewhere(day, guard::card_elsewhere(day, key, subject)?);
        let kept: Vec<(usize, Rank)> = course
            .sittings
            .iter()
            .zip(own)
            .filter(|(s, _)| !s.void && !s.second && !guard::outside_order(day, key, &s.subject))
            .filter_map(|(s, shot)| Some(((*shot)?, s.rank.or_else(|| elsewhere(&s.subject))?)))
            .collect();
        // Cards of two rooms say nothing of each other: those of whoever was moved here are in order by themselves.
        let (moved, own): (Vec<_>, Vec<_>) = kept.into_iter().partition(|(_, rank)| rank.0 == guard::ELSEWHERE);
        for kept in [own, moved] {
            let ranks: Vec<Rank> = kept.iter().map(|(_, rank)| *rank).collect();
            for misfit in order::misfits(&ranks) {
                self.problem.shots[kept[misfit.at].0].show = true;
                // A scan written late looks like someone who came late: any of the few it passed may have sat down before. Whoever
                // stays away for half a class and comes back was seen to come.
                if misfit.others.len() <= NEAR {
                    misfit.others.iter().for_each(|other| self.problem.shots[kept[*other].0].show = true);
                }
            }
        }
        let mut sat: HashMap<&Subject, usize> = HashMap::new();
        let live = self.sitters.iter().enumerate().filter(|(_, s)| !s.void);
        let mut twice = Vec::new();
        for (index, sitter) in live {
            if let Some(first) = sat.insert(&sitter.subject, index) {
                twice.extend([first, index]);
            }
        }
        twice.into_iter().for_each(|i| self.problem.shots[i].show = true);
    }

    // Nobody wrote down who sat down: all that is known is who was handed which number.
    fn hand_out(&mut self, day: &Day, key: &SessionKey) {
        let mut groups = Groups::default();
        let mut handed: Vec<(Rank, Sitter)> = day
            .subjects()
            .filter_map(|(subject, state)| {
                let held = state.live().find(|h| h.session == *key)?;
                let rank = day.rank(&key.room, subject, Some(&held.token))?;
                Some((rank, Sitter { subject: subject.clone(), token: Some(held.token.clone()), at: held.at, void: false }))
            })
            .collect();
        handed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.subject.cmp(&b.1.subject)));
        for (_, sitter) in handed {
            let group = groups.of(day, &sitter.subject);
            self.problem.shots.push(Shot { at: sitter.at, timing: Timing::Handed, group, ..Shot::default() });
            self.sitters.push(sitter);
        }
    }

    fn frames(&mut self, day: &Day, key: &SessionKey, album: &Album) {
        let pictures: Vec<Picture> = album.photos.iter().map(|p| p.picture.clone()).collect();
        let apart = cameras::cameras(&pictures);
        let mut numbers: BTreeMap<(u16, &str), u16> = BTreeMap::new();
        let groups: HashMap<String, u32> = self.groups(day);
        let delivered = delivered(album);
        let folders = own_folders(album);
        let outside = outside::outside(album, &self.problem.shots);
        let ranks = numbered::by_name(album, &self.told);
        let anew = numbered::anew(album, &self.told, &groups);
        let without: BTreeSet<usize> = anew.unordered.iter().chain(&anew.others).copied().collect();
        for (place, photo) in album.photos.iter().enumerate() {
            let picture = &photo.picture;
            let told = &self.told[place];
            let counter = picture.counter.or(told.counter).or(ranks[place]);
            // Without a time a name that says whose it is says more than the place in the folder.
            let numbered = counter.is_some() && told.who.is_none() && !delivered.contains(photo.id.reading.as_str());
            let ordered = picture.taken.is_some() || numbered;
            // A name says more than the hour.
            let elsewhen = outside[place] && told.who.is_none();
            if elsewhen {
                self.outside.push(place);
            }
            let is_frame = picture.fault.is_none_or(|f| f.shows()) && ordered && !elsewhen && !without.contains(&place);
            if !is_frame {
                self.frame_of.push(None);
                continue;
            }
            // A body is one camera over all cards; files that name none are told apart by their folder.
            // Where every class begins its numbers anew all of them are one camera's.
            let whole = picture.body.is_some() || anew.ranks[place].is_some();
            let reading = if whole { "" } else { photo.id.reading.as_str() };
            let counter = anew.ranks[place].or(counter);
            let next = numbers.len() as u16;
            let camera = *numbers.entry((apart[place], reading)).or_insert_with(|| {
                self.bodies.push(picture.body.clone());
                next
            });
            let marker = photo.checked.as_ref().and_then(|c| Marker::parse(c.code.as_deref()?));
            let mut frame = Frame {
                camera,
                counter,
                folder: folders[place],
                taken: picture.taken,
                named: told.who.as_ref().and_then(|(subject, chance)| Some((*self.shot_of.get(subject)?, *chance))),
                folder_group: told.class.as_ref().and_then(|c| groups.get(&width::class_key(c)).copied()),
                marker: None,
                sync: false,
            };
            match marker {
                Some(Marker::Next(token)) => frame.marker = self.next_of(day, key, &token),
                Some(Marker::Clock(at)) => {
                    frame.sync = true;
                    if let Some(shown) = picture.taken {
                        self.problem.ties.push(Tie::Clock { camera: Some(camera), at, shown });
                    }
                }
                None => {}
            }
            self.frame_of.push(Some(self.problem.frames.len()));
            self.photo_of.push(place);
            self.problem.frames.push(frame);
        }
        self.unordered = anew.unordered;
    }

    fn groups(&self, day: &Day) -> HashMap<String, u32> {
        let class =
            |s: &Sitter| s.subject.person().and_then(|id| day.roster().person(id)).and_then(|p| p.class.as_deref()).map(width::class_key);
        self.sitters.iter().zip(&self.problem.shots).filter_map(|(s, shot)| Some((class(s)?, shot.group))).collect()
    }

    // Who sat down first of those with this number or a later one.
    fn next_of(&self, day: &Day, key: &SessionKey, token: &str) -> Option<usize> {
        let token = day.form(&key.room).canonical(token);
        let held = self.sitters.iter().position(|s| !s.void && s.token.as_deref() == Some(&token));
        let number = day.form(&key.room).parse(&token);
        let later = || {
            let numbers = self.sitters.iter().map(|s| s.token.as_deref().and_then(|t| day.form(&key.room).parse(t)));
            numbers.enumerate().find(|(_, n)| n.is_some() && *n >= number).map(|(i, _)| i)
        };
        held.or_else(|| number.and_then(|_| later()))
    }

    fn ties(&mut self, day: &Day, course: &Course, before: &[usize]) {
        let zone = day.campaign().zone;
        let screens = course.ties.iter().filter(|t| matches!(t.kind, TieKind::ClockScreen(_))).count();
        // A clock that was read off its picture stands in the line already; one that was not is a frame of nobody.
        let unread = self.problem.frames.iter().filter(|f| f.sync).count() < screens;
        for (tie, after) in course.ties.iter().zip(before) {
            let after = *after;
            let at = tie.at;
            let tied = match &tie.kind {
                TieKind::Count(value) => Some(Tie::Count { after, value: *value }),
                TieKind::Tests(frames) => Some(Tie::Tests { after, frames: *frames }),
                TieKind::ClockScreen(frames) => unread.then_some(Tie::Tests { after, frames: *frames }),
                TieKind::Card => Some(Tie::Card { after, at }),
                TieKind::Camera => Some(Tie::Camera { after, at }),
                TieKind::Pause => Some(Tie::Pause { after, at }),
                TieKind::Resume => Some(Tie::Resume { after, at }),
                TieKind::Back(_) => None,
                TieKind::Clock(text) => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok().zip(at).map(|(shown, at)| {
                    let shown = zone.instant(shown.date(), shown.time());
                    Tie::Clock { camera: None, at, shown }
                }),
            };
            self.problem.ties.extend(tied);
        }
    }

    fn rulings(&mut self, day: &Day, key: &SessionKey, album: &Album) {
        let frame = |id: &PhotoId| album.place(id).and_then(|p| self.frame_of[p]);
        let mut rulings = Vec::new();
        for ruling in &album.rulings {
            let shot = ruling.who().and_then(|who| self.shot_of.get(&day.subject(&key.room, who)).copied());
            rulings.extend(match (ruling, ruling.photo().and_then(frame), shot) {
                (PhotoRuling::Use { .. }, Some(frame), Some(shot)) => Some(Ruling::Use { frame, shot }),
                (PhotoRuling::Shows { .. }, Some(frame), Some(shot)) => Some(Ruling::Shows { frame, shot }),
                // Someone who sat down unseen by the log: for the queue it is a frame of nobody.
                (PhotoRuling::Use { .. } | PhotoRuling::Shows { .. } | PhotoRuling::Nobody { .. }, Some(frame), _) => {
                    Some(Ruling::Nobody { frame })
                }
                (PhotoRuling::NotOf { photo, .. }, _, Some(shot)) => frame(photo).map(|frame| Ruling::Not { frame, shot }),
                (PhotoRuling::NoPhoto { .. }, _, Some(shot)) => Some(Ruling::NoFrame { shot }),
                _ => None,
            });
        }
        self.problem.rulings = rulings;
    }
}

/// Where the shots of a session stand.
#[derive(Default)]
struct Places {
    /// Of each sitting its shot; none where nobody was photographed.
    own: Vec<Option<usize>>,
    /// How many shots stand before each tie.
    before: Vec<usize>,
}

/// The number of the camera's own folder (`101NIKON`: three digits and five signs) that each photograph lies in; none where two folders of
/// a reading have one number.
fn own_folders(album: &Album) -> Vec<Option<u32>> {
    let own = |photo: &Photo| -> Option<(u32, String)> {
        let root = album.folders.get(&photo.id.reading)?.replace('\\', "/");
        let (folder, _) = photo.id.path.rsplit_once('/').unwrap_or(("", &photo.id.path));
        let name = [root.as_str(), folder].into_iter().rev().find(|f| !f.is_empty())?.rsplit('/').next()?;
        let (digits, signs) = name.split_at_checked(3)?;
        let plain = signs.len() == 5 && signs.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let number = digits.parse().ok().filter(|n| (100..=999).contains(n))?;
        plain.then(|| (number, folder.to_owned()))
    };
    let found: Vec<Option<(u32, String)>> = album.photos.iter().map(own).collect();
    let mut first: BTreeMap<(&str, u32), &str> = BTreeMap::new();
    let mut twice: BTreeSet<(&str, u32)> = BTreeSet::new();
    for (photo, (number, folder)) in album.photos.iter().zip(&found).filter_map(|(p, f)| Some((p, f.as_ref()?))) {
        let key = (photo.id.reading.as_str(), *number);
        if *first.entry(key).or_insert(folder) != folder {
            twice.insert(key);
        }
    }
    let alone = |(photo, found): (&Photo, &Option<(u32, String)>)| {
        found.as_ref().map(|f| f.0).filter(|n| !twice.contains(&(photo.id.reading.as_str(), *n)))
    };
    album.photos.iter().zip(&found).map(alone).collect()
}

/// Readings of processed pictures beside camera originals: the same people once more, so that they are no frames of the queue.
fn delivered(album: &Album) -> BTreeSet<&str> {
    let timed = |reading: &str| {
        let here = || album.photos.iter().filter(|p| p.id.reading == reading);
        here().filter(|p| p.picture.taken.is_some()).count() * 2 > here().count()
    };
    let (originals, others): (Vec<&str>, Vec<&str>) = album.folders.keys().map(String::as_str).partition(|r| timed(r));
    if originals.is_empty() { BTreeSet::new() } else { others.into_iter().collect() }
}

/// Classes as numbers, in the order in which they first sit down.
#[derive(Default)]
struct Groups(HashMap<String, u32>);

impl Groups {
    fn of(&mut self, day: &Day, subject: &Subject) -> u32 {
        let class = subject.person().and_then(|id| day.roster().person(id)).and_then(|p| p.class.as_deref()).map(width::class_key);
        let next = self.0.len() as u32;
        *self.0.entry(class.unwrap_or_default()).or_insert(next)
    }
}
