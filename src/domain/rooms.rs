//! Rooms of the campaign: declared ones, those a schedule or log named, their letters and cards.

use std::collections::BTreeMap;

use super::campaign::{Campaign, RoomPlan, Source};
use super::event::Whole;
use super::ids::RoomKey;
use super::token::TokenForm;

/// Stands for a room's letter in the suffix of the usual card.
pub const SERIES: &str = "{series}";

/// A room with everything settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// Its key.
    pub key: RoomKey,
    /// Name as first published, 教室 dropped.
    pub name: String,
    /// Series letter.
    pub series: String,
    /// How its cards look.
    pub form: TokenForm,
    /// The rest of its plan.
    pub plan: RoomPlan,
}

/// A contradiction about rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomClash {
    /// Two rooms with one letter.
    OneLetter(String, RoomKey, RoomKey),
    /// Two letters for one room.
    TwoLetters(RoomKey, String, String),
}

/// All rooms, in order of declaration, then of their letter.
#[derive(Debug, Clone, Default)]
pub struct Rooms {
    rooms: Vec<Room>,
    usual: RoomPlan,
    clashes: Vec<RoomClash>,
}

/// A room's name as shown: 教室 and outer spaces dropped.
pub fn shown(name: &str) -> String {
    name.replace("教室", "").trim().to_owned()
}

/// The `n`-th series letter, from 0: A…Z, AA….
pub fn letter(mut n: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push((b'A' + (n % 26) as u8) as char);
        if n < 26 {
            break;
        }
        n = n / 26 - 1;
    }
    out.iter().rev().collect()
}

impl Rooms {
    /// Folds the declaration and the rooms added since.
    pub fn of(campaign: &Campaign, added: &[(RoomKey, &RoomPlan)]) -> Self {
        let mut rooms = Self { usual: campaign.usual_room.clone().unwrap_or_default(), ..Self::default() };
        let mut plans: Vec<(RoomKey, RoomPlan)> = campaign.rooms.iter().map(|p| (RoomKey::of(&p.name), p.clone())).collect();
        let declared: BTreeMap<RoomKey, Option<String>> = plans.iter().map(|(k, p)| (k.clone(), p.series.clone())).collect();
        for (key, plan) in added {
            match plans.iter_mut().find(|(k, _)| k == key) {
                Some((_, known)) => match (&known.series, &plan.series) {
                    (Some(a), Some(b)) if a != b => rooms.clashes.push(RoomClash::TwoLetters(key.clone(), a.clone(), b.clone())),
                    (None, Some(b)) => known.series = Some(b.clone()),
                    _ => {}
                },
                None => plans.push((key.clone(), (*plan).clone())),
            }
        }
        let mut taken: BTreeMap<String, RoomKey> = BTreeMap::new();
        for (key, plan) in &plans {
            if let Some(series) = &plan.series {
                match taken.get(series) {
                    Some(other) if other != key => rooms.clashes.push(RoomClash::OneLetter(series.clone(), other.clone(), key.clone())),
                    _ => {
                        taken.insert(series.clone(), key.clone());
                    }
                }
            }
        }
        for (key, plan) in plans {
            let series = plan.series.clone().unwrap_or_else(|| {
                let free = (0..).map(letter).find(|l| !taken.contains_key(l)).unwrap_or_default();
                taken.insert(free.clone(), key.clone());
                free
            });
            let form = plan.token.clone().unwrap_or_else(|| TokenForm::of_series(&series));
            rooms.rooms.push(Room { name: shown(&plan.name), key, series, form, plan });
        }
        // Declared rooms keep the school's order; added ones follow by letter, whichever station added them first.
        rooms.rooms[..].sort_by_key(|r| {
            let place = declared.keys().any(|k| *k == r.key);
            (!place, if place { String::new() } else { format!("{:>4}", r.series) })
        });
        rooms
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Room> {
        self.rooms.iter()
    }

    /// The room of that name in any spelling, else the one with that letter.
    pub fn named(&self, name: &str) -> Option<&Room> {
        let key = RoomKey::of(name);
        self.get(&key).or_else(|| self.iter().find(|r| r.series == key.as_str()))
    }

    /// Where a room's numbers come from; `None` for a room that is not known.
    pub fn source(&self, key: &RoomKey) -> Option<Source> {
        self.get(key).map(|room| room.plan.source)
    }

    /// The room of a key.
    pub fn get(&self, key: &RoomKey) -> Option<&Room> {
        self.rooms.iter().find(|r| r.key == *key)
    }

    /// The only room, where there is exactly one.
    pub fn only(&self) -> Option<&Room> {
        match self.rooms.as_slice() {
            [room] => Some(room),
            _ => None,
        }
    }

    /// The room's name as shown; its key where it is unknown.
    pub fn name<'a>(&'a self, key: &'a RoomKey) -> &'a str {
        self.get(key).map_or(key.as_str(), |r| r.name.as_str())
    }

    /// The next series letter that no room has, `others` taken as well.
    pub fn free_letter(&self, others: &[String]) -> String {
        (0..).map(letter).find(|l| !others.contains(l) && self.rooms.iter().all(|r| r.series != *l)).unwrap_or_default()
    }

    /// The fact that adds a room: with the letter its caption gives where that is free, else with the next free one. `taken` holds
    /// letters given away by the same command and gets this one.
    pub fn added(&self, name: &str, series: Option<&str>, taken: &mut Vec<String>) -> Whole {
        let free = |s: &&str| !taken.iter().any(|t| t == s) && self.rooms.iter().all(|r| r.series != **s);
        let series = series.filter(free).map_or_else(|| self.free_letter(taken), str::to_owned);
        taken.push(series.clone());
        let mut plan = RoomPlan { name: shown(name), series: Some(series.clone()), ..self.usual.clone() };
        if let Some(form) = &mut plan.token {
            form.suffix = form.suffix.replace(SERIES, &series);
        }
        Whole::Room { room: RoomKey::of(name), plan }
    }

    /// Contradictions among stations.
    pub fn clashes(&self) -> &[RoomClash] {
        &self.clashes
    }

    /// The room whose cards look like this whole number (`0131A` shown in room B).
    pub fn of_token(&self, text: &str) -> Option<&Room> {
        let mut fitting = self.rooms.iter().filter(|r| r.form.is_whole(text) && !(r.form.suffix.is_empty() && r.form.prefix.is_empty()));
        match (fitting.next(), fitting.next()) {
            (Some(room), None) => Some(room),
            _ => None,
        }
    }
}
