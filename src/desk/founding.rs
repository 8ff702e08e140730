//! A new campaign from a short form: what was typed becomes a campaign, its file and its database.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, Days, NaiveDate};

use super::campaign::file_name;
use super::door::Desk;
use super::error::Error;
use super::ground::Ground;
use crate::domain::campaign::{Campaign, Late, RoomPlan, Source, Step};
use crate::domain::command::Ask;
use crate::domain::ids::RoomKey;
use crate::domain::rooms::{SERIES, letter};
use crate::domain::token::TokenForm;
use crate::domain::width;
use crate::files::sheets::schedule::times;
use crate::journal::Mode;

/// Most characters of a value.
const LONGEST: usize = 100;
/// Most rooms and dates of a form.
const MOST: usize = 40;
/// A day so long ago is last year's no more: without a year the next one is meant.
const PAST_DAYS: u64 = 60;

/// How a school usually works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// 丽水式: cards in list order, kept by the student.
    Lishui,
    /// 浙理工式: cards in order of arrival, given back.
    Zstu,
    /// The vendor's device gives the number.
    Reader,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Lishui, Self::Zstu, Self::Reader];
}

/// The eight values of the form, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it began with.
    pub template: Template,
    /// 学校名称
    pub name: String,
    /// 届别
    pub cohort: String,
    /// 采集日期, one or several
    pub dates: String,
    /// 采集点, several with commas; empty where the schedule names them
    pub rooms: String,
    /// 号牌样式, the first card of the first room
    pub token: String,
    /// 号牌来源
    pub source: Source,
    /// 每人张数; 0 for 不定
    pub frames: u8,
    /// 保存到: a folder, or a file that ends in `.db`
    pub target: String,
}

/// The fields by their order on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // each is a field of `Form`
pub enum Part {
    Name,
    Cohort,
    Dates,
    Rooms,
    Token,
    Source,
    Frames,
    Target,
}

impl Part {
    /// In order.
    pub const ALL: [Self; 8] = [Self::Name, Self::Cohort, Self::Dates, Self::Rooms, Self::Token, Self::Source, Self::Frames, Self::Target];
}

/// What is wrong in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Nothing is typed.
    Empty,
    /// Too long, or too many.
    TooMuch,
    /// No date: the words that are none.
    NoDate(String),
    /// A room twice.
    Twice(String),
    /// No card: it has no number.
    NoNumber,
    /// This file is there already.
    Exists(PathBuf),
    /// The folder cannot be: a file is in its way.
    NoFolder(PathBuf),
}

/// A campaign that can be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Founding {
    /// What is declared.
    pub campaign: Campaign,
    /// Its database.
    pub database: PathBuf,
    /// The same as a campaign file beside it.
    pub file: PathBuf,
}

impl Form {
    /// A template with this day's values.
    pub fn of(template: Template, ground: &Ground, today: NaiveDate) -> Self {
        // From August on the next summer's graduates are photographed.
        let year = today.year() + i32::from(today.month() >= 8);
        let (token, source) = match template {
            Template::Lishui => ("0001A", Source::Roster),
            Template::Zstu => ("0001A", Source::Queue),
            Template::Reader => ("57", Source::Reader),
        };
        Self {
            template,
            name: String::new(),
            cohort: format!("{year}届"),
            dates: today.to_string(),
            rooms: String::new(),
            token: token.to_owned(),
            source,
            frames: 1,
            target: ground.campaigns().to_string_lossy().into_owned(),
        }
    }

    /// The campaign that the form describes, or what is wrong in which field.
    pub fn read(&self, ground: &Ground, today: NaiveDate) -> Result<Founding, Vec<(Part, Lack)>> {
        let mut lacks = Vec::new();
        let text = |part, text: &str, lacks: &mut Vec<(Part, Lack)>| {
            let text = width::clean(text, false).trim().to_owned();
            if text.is_empty() {
                lacks.push((part, Lack::Empty));
            } else if text.chars().count() > LONGEST {
                lacks.push((part, Lack::TooMuch));
            }
            text
        };
        let name = text(Part::Name, &self.name, &mut lacks);
        let cohort = text(Part::Cohort, &self.cohort, &mut lacks);
        let mut keep = |part, lack: Lack| lacks.push((part, lack));
        let dates = dates(&self.dates, today).unwrap_or_else(|lack| {
            keep(Part::Dates, lack);
            Vec::new()
        });
        let names = rooms(&self.rooms).unwrap_or_else(|lack| {
            keep(Part::Rooms, lack);
            Vec::new()
        });
        let card = card(&self.token).unwrap_or_else(|| {
            keep(Part::Token, Lack::NoNumber);
            Card::default()
        });
        let first = dates.first().map(NaiveDate::to_string).unwrap_or_default();
        let id: String = format!("{name}-{cohort}-{first}").split_whitespace().collect();
        let (database, file) = target(ground, &self.target, &format!("{name}-{cohort}")).unwrap_or_else(|lack| {
            keep(Part::Target, lack);
            Default::default()
        });
        if !lacks.is_empty() {
            return Err(lacks);
        }
        let plan = |n: Option<usize>| RoomPlan {
            source: self.source,
            token: Some(card.form(n)),
            frames_per_person: self.frames.min(2),
            ..RoomPlan::default()
        };
        let room = |(n, name): (usize, &String)| RoomPlan { name: name.clone(), series: Some(card.series(n)), ..plan(Some(n)) };
        let campaign = Campaign {
            id,
            name,
            cohort,
            dates,
            rooms: names.iter().enumerate().map(room).collect(),
            usual_room: Some(plan(None)),
            ..usual(self.template)
        };
        Ok(Founding { campaign, database, file })
    }
}

fn usual(template: Template) -> Campaign {
    let steps = vec![Step::Arrive, Step::Sign, Step::Issue, Step::Shoot];
    match template {
        Template::Lishui => Campaign { steps, gather_min: 15, late: Late::ClassEnd, ..Campaign::default() },
        Template::Zstu => Campaign {
            steps: vec![Step::Arrive, Step::Sign, Step::Issue, Step::Enter, Step::Shoot, Step::Return],
            gather_min: 10,
            return_tokens: true,
            ..Campaign::default()
        },
        Template::Reader => Campaign { steps, ..Campaign::default() },
    }
}

// 9月13日, 2020/9/13, 2020-09-13; several with 、 or a comma, the later ones may be days of the same month.
fn dates(text: &str, today: NaiveDate) -> Result<Vec<NaiveDate>, Lack> {
    let mut found: Vec<NaiveDate> = Vec::new();
    for word in width::fold(text).split([',', '、', ';', ' ']).map(str::trim).filter(|w| !w.is_empty()) {
        if word.chars().any(|c| !(c.is_ascii_digit() || "年月日号-/.()周星期一二三四五六天".contains(c))) {
            return Err(Lack::NoDate(word.to_owned()));
        }
        let bare = word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2 && !found.is_empty();
        let short = word.split(['/', '.', '-']).count() == 2;
        let spelt = match (bare, short) {
            (true, _) => format!("{word}日"),
            (_, true) => format!("{}日", word.replacen(['/', '.', '-'], "月", 1)),
            _ => format!("{word}日"),
        };
        let day = times::day(&spelt).ok_or_else(|| Lack::NoDate(word.to_owned()))?;
        let date = day.resolve(Some(*found.last().unwrap_or(&today))).filter(|_| day.month.is_some() || !found.is_empty());
        let mut date = date.ok_or_else(|| Lack::NoDate(word.to_owned()))?;
        let long_ago = today.checked_sub_days(Days::new(PAST_DAYS)).is_some_and(|then| date < then);
        if day.year.is_none() && found.is_empty() && long_ago {
            date = date.with_year(date.year() + 1).ok_or_else(|| Lack::NoDate(word.to_owned()))?;
        }
        if !found.contains(&date) {
            found.push(date);
        }
    }
    found.sort();
    match found.len() {
        0 => Err(Lack::Empty),
        n if n > MOST => Err(Lack::TooMuch),
        _ => Ok(found),
    }
}

// `11B-103 11B105` are two rooms, `7-115 教室` and `体育馆 东侧` are one.
fn apart(word: &str) -> Vec<&str> {
    let parts: Vec<&str> = word.split_whitespace().collect();
    let each_numbered = parts.iter().all(|part| part.chars().any(|c| c.is_ascii_digit()));
    if parts.len() > 1 && each_numbered { parts } else { vec![word.trim()] }
}

fn rooms(text: &str) -> Result<Vec<String>, Lack> {
    let mut names: Vec<String> = Vec::new();
    let text = width::clean(text, false);
    for word in text.split([',', '，', '、', ';', '；']).flat_map(apart).filter(|w| !w.is_empty()) {
        let key = RoomKey::of(word);
        if key.is_empty() || word.chars().count() > LONGEST {
            return Err(Lack::TooMuch);
        }
        if names.iter().any(|n| RoomKey::of(n) == key) {
            return Err(Lack::Twice(word.to_owned()));
        }
        names.push(word.to_owned());
    }
    if names.len() > MOST { Err(Lack::TooMuch) } else { Ok(names) }
}

/// A card as typed: its form, and the place of its letter among the series where it ends in one.
#[derive(Default)]
struct Card {
    form: TokenForm,
    letter: Option<u8>,
}

impl Card {
    fn series(&self, n: usize) -> String {
        letter(n + usize::from(self.letter.unwrap_or(0)))
    }

    // Of the n-th room; without one, of rooms whose letter is not known yet.
    fn form(&self, n: Option<usize>) -> TokenForm {
        let suffix = match (self.letter, n) {
            (None, _) => self.form.suffix.clone(),
            (Some(_), Some(n)) => self.series(n),
            (Some(_), None) => SERIES.to_owned(),
        };
        TokenForm { suffix, ..self.form.clone() }
    }
}

fn card(text: &str) -> Option<Card> {
    let text = width::key(text);
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let from = text[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let (prefix, number, suffix) = (&text[..from], &text[from..end], &text[end..]);
    if number.len() > 9 || prefix.chars().count() > 16 || suffix.chars().count() > 16 {
        return None;
    }
    let start = number.parse().ok()?;
    let digits = if number.starts_with('0') { number.len() as u8 } else { 0 };
    let letter = match suffix.as_bytes() {
        [c @ b'A'..=b'Z'] => Some(c - b'A'),
        _ => None,
    };
    Some(Card { form: TokenForm { prefix: prefix.to_owned(), digits, suffix: suffix.to_owned(), start }, letter })
}

fn target(ground: &Ground, text: &str, name: &str) -> Result<(PathBuf, PathBuf), Lack> {
    if text.trim().is_empty() {
        return Err(Lack::Empty);
    }
    let path = ground.path(text);
    let named = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("db"));
    let database = if named { path } else { path.join(format!("{}.db", file_name(name))) };
    let file = database.with_extension("toml");
    if let Some(there) = [&database, &file].into_iter().find(|p| p.exists()) {
        return Err(Lack::Exists(there.clone()));
    }
    let blocked = database.ancestors().skip(1).find(|p| p.exists()).filter(|p| !p.is_dir());
    blocked.map_or(Ok((database.clone(), file)), |p| Err(Lack::NoFolder(p.to_owned())))
}

/// Makes it: the folder, the campaign file, the database with the declaration. What was there before is never touched.
pub fn make(ground: &Ground, founding: &Founding) -> Result<Desk, Error> {
    let broken = |path: &Path| {
        let path = path.to_owned();
        move |why| Error::File(path, why)
    };
    if founding.database.exists() {
        return Err(broken(&founding.database)(std::io::ErrorKind::AlreadyExists.into()));
    }
    if let Some(folder) = founding.database.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(broken(folder))?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(&founding.file).map_err(broken(&founding.file))?;
    let written = file.write_all(text(&founding.campaign).as_bytes()).and_then(|()| file.sync_all());
    let made = written.map_err(broken(&founding.file)).and_then(|()| {
        let mut desk = Desk::open(&founding.database, ground.home().path(), Mode::WriteWaiting, ground.clock())?;
        desk.submit(Ask::Declare(Box::new(founding.campaign.clone())))?;
        Ok(desk)
    });
    match &made {
        Ok(_) => ground.home().remember_campaign(&founding.database),
        // Half of a campaign is none: the file that we made goes again.
        Err(_) => drop(fs::remove_file(&founding.file)),
    }
    made
}

/// The campaign as a campaign file.
pub fn text(campaign: &Campaign) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let list = |words: Vec<String>| format!("[{}]", words.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(", "));
    let steps = |steps: &[Step]| list(steps.iter().map(|s| s.word().to_owned()).collect());
    let late = match campaign.late {
        Late::ClassEnd => "class_end",
        Late::DayEnd => "day_end",
        Late::Front => "front",
    };
    let mut out = format!(
        "id = {}\nname = {}\ncohort = {}\nzone = {}\ndates = {}\nsteps = {}\nscan = {}\nreturn_tokens = {}\nlate = {}\ngather_min = {}\n",
        quoted(&campaign.id),
        quoted(&campaign.name),
        quoted(&campaign.cohort),
        quoted(campaign.zone.name()),
        list(campaign.dates.iter().map(NaiveDate::to_string).collect()),
        steps(&campaign.steps),
        steps(&campaign.scan),
        campaign.return_tokens,
        quoted(late),
        campaign.gather_min,
    );
    let tables = campaign.rooms.iter().map(|r| ("[[room]]", r)).chain(campaign.usual_room.iter().map(|r| ("[usual_room]", r)));
    for (head, room) in tables {
        let source = match room.source {
            Source::Roster => "roster",
            Source::Preprinted => "preprinted",
            Source::Queue => "queue",
            Source::Reader => "reader",
        };
        out.push_str(&format!("\n{head}\n"));
        if !room.name.is_empty() {
            out.push_str(&format!("name = {}\n", quoted(&room.name)));
        }
        if let Some(series) = &room.series {
            out.push_str(&format!("series = {}\n", quoted(series)));
        }
        out.push_str(&format!("source = {}\n", quoted(source)));
        if let Some(form) = &room.token {
            let (prefix, suffix) = (quoted(&form.prefix), quoted(&form.suffix));
            out.push_str(&format!(
                "token = {{ prefix = {prefix}, digits = {}, suffix = {suffix}, start = {} }}\n",
                form.digits, form.start
            ));
        }
        out.push_str(&format!("frames_per_person = {}\nmarkers = {}\n", room.frames_per_person, room.markers));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::clock::Wall;
    use crate::desk::settings::Home;
    use crate::files::campaign_in;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 9, 1).unwrap()
    }

    fn ground(folder: &Path) -> Ground {
        Ground::at(Home::at(folder.join("home")), folder, || Box::new(Wall))
    }

    fn filled(folder: &Path, template: Template) -> Form {
        Form { name: "丽水\"学院".to_owned(), rooms: "甲、乙，丙".to_owned(), ..Form::of(template, &ground(folder), today()) }
    }

    #[test]
    fn dates_are_understood_as_people_write_them() {
        let read = |text: &str| dates(text, today()).map(|all| all.iter().map(NaiveDate::to_string).collect::<Vec<_>>().join(" "));
        for (text, date) in [
            ("2020-09-13", "2020-09-13"),
            ("9月13日", "2020-09-13"),
            ("2020/9/13", "2020-09-13"),
            ("9.13", "2020-09-13"),
            ("２０２０年９月１３日", "2020-09-13"),
            ("12月6日、7日", "2020-12-06 2020-12-07"),
            ("12月6、7", "2020-12-06 2020-12-07"),
            ("3月11日", "2021-03-11"),
            ("9月13日（周日）", "2020-09-13"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(date), "{text}");
        }
        for text in ["", "明天", "2020-13-40", "2月30日", "13日", "13", "2020-09-13x"] {
            assert!(read(text).is_err(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn rooms_typed_with_blanks_between_are_several_where_each_has_a_number() {
        for (text, names) in [
            ("11B-103 11B105 11B107", vec!["11B-103", "11B105", "11B107"]),
            ("7-115 教室", vec!["7-115 教室"]),
            ("体育馆 东侧，体育馆 西侧", vec!["体育馆 东侧", "体育馆 西侧"]),
            ("甲、乙", vec!["甲", "乙"]),
        ] {
            assert_eq!(rooms(text).unwrap(), names, "{text}");
        }
    }

    #[test]
    fn a_card_as_typed_says_how_all_cards_look() {
        let shown = |text: &str, n| card(text).map(|c| c.form(n)).map(|f| f.print(f.start));
        assert_eq!(shown("0001A", Some(1)).as_deref(), Some("0001B"));
        assert_eq!(shown("０００１ａ", Some(0)).as_deref(), Some("0001A"));
        assert_eq!(shown("57", Some(2)).as_deref(), Some("57"));
        assert_eq!(shown("S2-0057", Some(0)).as_deref(), Some("S2-0057"));
        assert_eq!(shown("0001A", None).as_deref(), Some("0001{series}"));
        assert_eq!(shown("甲", None), None);
    }

    #[test]
    fn every_template_makes_a_campaign_whose_file_says_the_same() {
        for template in Template::ALL {
            let dir = tempfile::tempdir().unwrap();
            let founding = filled(dir.path(), template).read(&ground(dir.path()), today()).unwrap();
            let desk = make(&ground(dir.path()), &founding).unwrap();
            let file = fs::read_to_string(&founding.file).unwrap();
            assert_eq!(campaign_in::read(&file).unwrap(), *desk.day().campaign(), "{file}");
            assert_eq!(desk.day().rooms().iter().map(|r| r.series.as_str()).collect::<String>(), "ABC");
            assert_eq!(ground(dir.path()).home().last_campaign(), Some(fs::canonicalize(&founding.database).unwrap()));
            let again = filled(dir.path(), template).read(&ground(dir.path()), today());
            assert!(matches!(again.unwrap_err().as_slice(), [(Part::Target, Lack::Exists(_))]));
        }
    }

    #[test]
    fn each_fault_is_said_at_its_field() {
        let dir = tempfile::tempdir().unwrap();
        let form = Form { dates: "明天".into(), rooms: "甲、甲".into(), token: "A".into(), ..filled(dir.path(), Template::Lishui) };
        let lacks = Form { name: " ".into(), ..form }.read(&ground(dir.path()), today()).unwrap_err();
        let parts: Vec<Part> = lacks.iter().map(|l| l.0).collect();
        assert_eq!(parts, [Part::Name, Part::Dates, Part::Rooms, Part::Token]);
    }
}
