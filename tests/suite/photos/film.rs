//! A session on film: people who sit down, the frames a camera made of them, and who is truly on each.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use duihao::desk::Desk;
use duihao::desk::clock::Fixed;
use duihao::domain::campaign::{Campaign, RoomPlan};
use duihao::domain::command::{Action, Ask, LogRow, LogTime, PhotoAsk, RulingAsk};
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::mapping;
use duihao::domain::outcome::MappingRow;
use duihao::domain::person::{ClassList, ListRow};
use duihao::domain::photo::Picture;
use duihao::domain::review::{RowPhoto, RowStatus};
use duihao::domain::ruling::RulingWord;

/// 2020-09-13 8:30:00 in Shanghai.
pub const START: i64 = 1_599_957_000_000;
/// The camera runs ahead by so much, in ms.
pub const AHEAD: i64 = 197_000;

/// What happens to one person, beside one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// Two frames, the second `gap` ms later, and nobody says so.
    Twice(i64),
    /// Logged, no frame.
    Missed,
    /// Photographed, and nobody scanned their card at the door.
    Unlogged,
    /// A frame of nobody so many ms after theirs.
    Stray(i64),
}

/// A session being made.
pub struct Film {
    pub desk: Desk,
    pub session: SessionKey,
    /// 学号 → the picture that is theirs.
    pub truth: BTreeMap<String, String>,
    /// In capture order: path and whose (`None`: nobody's).
    pub frames: Vec<(String, Option<String>)>,
    pub pictures: Vec<Picture>,
}

pub fn student(n: usize) -> String {
    format!("20170104{n:03}")
}

pub fn token(n: usize) -> String {
    format!("{n:04}B")
}

pub fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 9, 13).unwrap()
}

/// A desk with one room and so many people of classes of thirty.
pub fn desk(people: usize) -> Desk {
    let room = RoomPlan { name: "11B105".to_owned(), series: Some("B".to_owned()), ..RoomPlan::default() };
    let campaign = Campaign { id: "film".to_owned(), dates: vec![date()], rooms: vec![room], ..Campaign::default() };
    let row = |n: usize| ListRow {
        row: n as u32 + 1,
        student_no: Some(student(n).into()),
        name: Some(format!("学生{n:03}").into()),
        id_no: Some(format!("99010219980101{n:04}").into()),
        college: Some("商学院".into()),
        class: Some(format!("电商{}", 171 + (n - 1) / 30).into()),
        ..ListRow::default()
    };
    let list =
        ClassList { source: "名单.csv".to_owned(), hash: "list".to_owned(), sheet: String::new(), rows: (1..=people).map(row).collect() };
    let mut desk = Desk::in_memory(Box::new(Fixed(START + 86_400_000))).unwrap();
    desk.submit(Ask::Declare(Box::new(campaign))).unwrap();
    desk.submit(Ask::TakeLists(vec![list.into()])).unwrap();
    desk
}

pub fn log_row(row: usize, at: Option<i64>, action: Action, student: Option<String>, token: Option<String>) -> LogRow {
    let time = at.map(|ms| NaiveTime::from_hms_opt(8, 30, 0).unwrap() + chrono::TimeDelta::milliseconds(ms));
    let time = LogTime { date: Some(date()), time, offset: None };
    LogRow { row: row as u32, time, room: "11B105".to_owned(), action, student, token, with: None, value: None, note: None }
}

// Steady numbers without a generator: the same film every time, and no pattern that a rhythm could fit twice.
fn wobble(n: usize, span: i64) -> i64 {
    let mixed = (n as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) as i64 % span
}

impl Film {
    /// So many people in their order, some of them odd (counted from 1); `retakes_logged` writes 重拍 for those taken twice.
    pub fn of(people: usize, odd: &[(usize, Odd)], retakes_logged: bool) -> Self {
        Self::with(people, odd, retakes_logged, true)
    }

    /// As [`Film::of`]; without `door` nobody wrote down who sat down when.
    pub fn with(people: usize, odd: &[(usize, Odd)], retakes_logged: bool, door: bool) -> Self {
        let mut film = Self {
            desk: desk(people),
            session: SessionKey { room: RoomKey::of("11B105"), date: date() },
            truth: BTreeMap::new(),
            frames: Vec::new(),
            pictures: Vec::new(),
        };
        let mut rows = Vec::new();
        let mut at = 0;
        for n in 1..=people {
            let whose = Some(student(n));
            rows.push(log_row(rows.len() + 2, Some((at - 240_000).max(0)), Action::Issue, whose.clone(), Some(token(n))));
            if door && !odd.contains(&(n, Odd::Unlogged)) {
                rows.push(log_row(rows.len() + 2, Some(at), Action::Shoot, None, Some(token(n))));
            }
            let flash = at + 5_000 + wobble(n, 6_000);
            let odd: Vec<Odd> = odd.iter().filter(|(m, _)| *m == n).map(|(_, o)| *o).collect();
            if !odd.contains(&Odd::Missed) {
                film.expose(flash, whose.clone());
            }
            for odd in odd {
                match odd {
                    Odd::Twice(gap) => {
                        film.expose(flash + gap, whose.clone());
                        if retakes_logged {
                            rows.push(log_row(rows.len() + 2, Some(flash + gap - at), Action::Retake, None, Some(token(n))));
                            rows.last_mut().unwrap().time = log_row(0, Some(flash + gap - 1_000), Action::Retake, None, None).time;
                        }
                    }
                    Odd::Stray(gap) => film.expose(flash + gap, None),
                    Odd::Missed | Odd::Unlogged => {}
                }
            }
            at += 24_000 + wobble(n + 7_000, 30_000);
        }
        film.desk.submit(Ask::TakeLog { source: "log.csv".to_owned(), hash: "log".to_owned(), rows, date: None }).unwrap();
        film
    }

    fn expose(&mut self, at: i64, whose: Option<String>) {
        let n = 1 + self.frames.len() as u32;
        let path = format!("100CAM/DSC_{n:04}.JPG");
        if let Some(student) = &whose {
            self.truth.insert(student.clone(), path.clone());
        }
        self.pictures.push(Picture {
            path: path.clone(),
            bytes: 4_000_000 + u64::from(n),
            taken: Some(START + at + AHEAD),
            body: Some("示例相机 1".to_owned()),
            counter: Some(n),
            width: 3000,
            height: 4000,
            turned: 1,
            ..Picture::default()
        });
        self.frames.push((path, whose));
    }

    /// The n-th is called back when everybody has been photographed, for their first picture was no good; `logged` writes 重拍.
    pub fn call_back(mut self, n: usize, logged: bool) -> Self {
        let last = self.pictures.last().and_then(|p| p.taken).unwrap() - START - AHEAD;
        let at = last + 31_000;
        self.expose(at + 7_500, Some(student(n)));
        if logged {
            let rows = vec![log_row(2, Some(at), Action::Retake, Some(student(n)), None)];
            self.desk.submit(Ask::TakeLog { source: "back.csv".to_owned(), hash: "back".to_owned(), rows, date: None }).unwrap();
        }
        self
    }

    /// Reads the photographs; somebody has read the camera's clock.
    pub fn read(self) -> Self {
        self.read_with(Some(AHEAD))
    }

    /// Reads the photographs, with or without a clock difference that a person says.
    pub fn read_with(mut self, offset: Option<i64>) -> Self {
        let pictures = self.pictures.clone();
        self.ask(PhotoAsk::Read { folder: "照片".to_owned(), pictures, offset });
        self
    }

    pub fn ask(&mut self, ask: PhotoAsk) {
        self.desk.submit(Ask::Photos { session: self.session.clone(), ask }).unwrap();
    }

    /// Decides.
    pub fn rule(&mut self, word: RulingWord, fill: impl FnOnce(&mut RulingAsk)) {
        let mut ask = RulingAsk::of(word);
        fill(&mut ask);
        self.ask(PhotoAsk::Rule(ask));
    }

    /// Accepts every plain cause, one after the other, as they re-flow; what may as well be otherwise a person would look at.
    pub fn accept_causes(&mut self) -> usize {
        let mut accepted = 0;
        loop {
            let review = self.desk.review(&self.session);
            let Some(id) =
                review.causes.iter().find(|c| !c.applied && !c.repair.is_empty() && c.cause.confidence > 0.9).map(|c| c.id.clone())
            else {
                return accepted;
            };
            self.rule(RulingWord::Cause, |ask| ask.cause = Some(id));
            accepted += 1;
            assert!(accepted < 100, "causes never end");
        }
    }

    pub fn rows(&self) -> Vec<(MappingRow, RowPhoto)> {
        let review = self.desk.review(&self.session);
        let rows = mapping::rows_with(self.desk.day(), self.desk.now(), [&*review]);
        rows.into_iter().filter_map(|r| Some((r.clone(), review.row(&r.subject)?))).collect()
    }

    pub fn row(&self, n: usize) -> RowPhoto {
        self.rows().into_iter().find(|(r, _)| r.student_no == Some(student(n))).unwrap().1
    }

    pub fn path(&self, row: &RowPhoto) -> Option<String> {
        row.photo.map(|p| self.desk.review(&self.session).album.photos[p].id.path.clone())
    }

    /// The picture of the n-th person.
    pub fn picture(&self, n: usize) -> Option<String> {
        self.path(&self.row(n))
    }

    /// Rows that may be used and are wrong.
    pub fn wrong(&self) -> Vec<String> {
        let usable = |row: &RowPhoto| matches!(row.status, RowStatus::Sure | RowStatus::Confirmed);
        let wrong = |(r, row): (MappingRow, RowPhoto)| {
            let student = r.student_no?;
            (usable(&row) && self.path(&row).as_ref() != self.truth.get(&student)).then_some(student)
        };
        self.rows().into_iter().filter_map(wrong).collect()
    }

    pub fn count(&self, status: RowStatus) -> usize {
        self.rows().iter().filter(|(_, r)| r.status == status).count()
    }

    /// Everybody's picture, as it is proposed.
    pub fn proposed(&self) -> BTreeMap<String, Option<String>> {
        self.rows().into_iter().filter_map(|(r, row)| Some((r.student_no?, self.path(&row)))).collect()
    }
}
