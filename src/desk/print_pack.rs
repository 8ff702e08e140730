//! The evening before on paper: sign-in sheets, number cards, the print pack of a room, the notices of the classes, corrections.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use super::error::Error;
use super::export::Only;
use crate::domain::campaign::Source;
use crate::domain::day::Day;
use crate::domain::event::{Fact, Whole};
use crate::domain::ids::{Millis, PersonId, RoomKey};
use crate::domain::lookup;
use crate::domain::moving;
use crate::domain::person::mask;
use crate::domain::plan::Slot;
use crate::domain::roster::Person;
use crate::domain::text;
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::files::reports::cards::{self, Cards};
use crate::files::reports::corrections::{self, CorrectionRow};
use crate::files::reports::form::{self, Form};
use crate::files::reports::notices::{self, ClassNotice, Lack, LackRow};
use crate::files::reports::print_pack::{self, PrintRoom, SignClass, Signer};
use crate::files::reports::table::{Heading, Report};
use crate::files::reports::write::{self, Format};

/// The first year in which everybody needs a 采集码.
const CODES_SINCE: i32 = 2023;
/// Most cards that are printed at once.
const MOST_CARDS: u32 = 20_000;
/// Cards beyond those expected: people on no list, lost cards.
const SPARE: usize = 20;

/// What to print.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintPlan {
    heading: Heading,
    rooms: Vec<PrintRoom>,
    keys: Vec<(String, String)>,
    /// The folder it goes to.
    pub out: PathBuf,
}

/// A room with its slots and their places in the plan.
type InRoom<'a> = (RoomKey, Vec<(usize, &'a Slot)>);

/// Every room with its classes, narrowed; those without a slot stand last, in a room without a name.
pub fn rooms(day: &Day, only: &Only) -> Result<Vec<PrintRoom>, Error> {
    let wanted = only.check(day)?;
    let mut found: BTreeMap<(usize, Option<NaiveDate>), InRoom<'_>> = BTreeMap::new();
    for (index, slot) in day.plan().slots().iter().enumerate() {
        let date = date_of(day, slot);
        let fits = wanted.as_ref().is_none_or(|k| slot.room == *k);
        if let Some(at) = day.rooms().iter().position(|r| r.key == slot.room).filter(|_| fits) {
            found.entry((at, date)).or_insert_with(|| (slot.room.clone(), Vec::new())).1.push((index, slot));
        }
    }
    let mut rooms: Vec<PrintRoom> = Vec::new();
    // Cards go on where the day before ended: a room's stack is one. A narrowed pack counts all its days the same.
    let mut used: BTreeMap<RoomKey, u32> = BTreeMap::new();
    for ((_, date), (key, mut slots)) in found {
        slots.sort_by_key(|(index, s)| (s.row.start, *index));
        let classes = slots.iter().flat_map(|(index, slot)| classes_of(day, *index, slot));
        let classes = merged(classes.collect());
        let numbers = numbers(day, &key, &classes, used.get(&key).copied().unwrap_or(0));
        *used.entry(key.clone()).or_default() += numbers.len().saturating_sub(SPARE) as u32;
        rooms.push(PrintRoom { room: day.rooms().name(&key).to_owned(), date, numbers, classes, gather_min: day.campaign().gather_min });
    }
    rooms.retain(|r| only.date.is_none_or(|d| r.date.is_none_or(|own| own == d)));
    let alone = day.rooms().only().map(|r| r.key.clone());
    if wanted.is_none() || wanted == alone {
        let rest = without_slot(day);
        let numbers = alone.as_ref().filter(|_| rooms.is_empty()).map(|key| numbers(day, key, &rest, 0)).unwrap_or_default();
        let room = alone.as_ref().map(|key| day.rooms().name(key).to_owned()).unwrap_or_default();
        match rooms.as_mut_slice() {
            _ if rest.is_empty() => {}
            [one] if alone.is_some() => one.classes.extend(rest),
            _ => rooms.push(PrintRoom {
                room,
                date: only.date.or(day.campaign().only_date()),
                classes: rest,
                numbers,
                gather_min: day.campaign().gather_min,
            }),
        }
    }
    for room in &mut rooms {
        room.classes
            .retain(|c| only.has_class(Some(&c.class)) && only.college.as_deref().is_none_or(|w| width::key(w) == width::key(&c.college)));
    }
    rooms.retain(|r| !r.classes.is_empty());
    Ok(rooms)
}

fn date_of(day: &Day, slot: &Slot) -> Option<NaiveDate> {
    slot.row.date.or(day.campaign().only_date())
}

fn window(slot: &Slot) -> String {
    format!("{}–{}", slot.row.start.format("%-H:%M"), slot.row.end.format("%-H:%M"))
}

// A slot without classes is a whole college: its people stand by class all the same.
fn classes_of(day: &Day, index: usize, slot: &Slot) -> Vec<SignClass> {
    let mut named: Vec<(String, Vec<PersonId>)> =
        slot.row.classes.iter().zip(&slot.classes).map(|(name, key)| (name.clone(), day.roster().class(key).to_vec())).collect();
    if named.is_empty() {
        for person in lookup::slot_people(day, index).into_iter().filter_map(|id| day.roster().person(id)) {
            let class = text::owned(&person.class).unwrap_or_else(|| slot.row.college.clone());
            match named.iter_mut().find(|(name, _)| *name == class) {
                Some((_, ids)) => ids.push(person.id),
                None => named.push((class, vec![person.id])),
            }
        }
    }
    if named.is_empty() {
        named.push((slot.row.college.clone(), Vec::new()));
    }
    let single = named.len() == 1;
    let class = |(name, ids): (String, Vec<PersonId>)| {
        let elsewhere = ids.first().and_then(|id| day.roster().person(*id)).into_iter().flat_map(|p| day.plan().of_person(p));
        // Where several colleges share a slot each class is of its own.
        let shared = slot.classes.is_empty() && slot.colleges.len() > 1;
        let college = ids.first().and_then(|id| day.roster().person(*id)).and_then(|p| text::owned(&p.college)).filter(|_| shared);
        let elsewhere = elsewhere.filter(|s| s.room != slot.room || date_of(day, s) != date_of(day, slot));
        SignClass {
            class: name,
            college: college.unwrap_or_else(|| slot.row.college.clone()),
            slot: window(slot),
            elsewhere: elsewhere.map(|s| place(day, s)).collect(),
            people: signers(day, Some(&slot.room), ids),
            stated: slot.row.headcount.filter(|_| single),
        }
    };
    named.into_iter().map(class).collect()
}

fn place(day: &Day, slot: &Slot) -> String {
    let date = date_of(day, slot).map(|d| format!("{}月{}日 ", d.month(), d.day())).unwrap_or_default();
    format!("{} {date}{}", day.rooms().name(&slot.room), window(slot))
}

// A class with two slots in one room has one sheet.
fn merged(classes: Vec<SignClass>) -> Vec<SignClass> {
    let mut all: Vec<SignClass> = Vec::new();
    for class in classes {
        match all.iter_mut().find(|c| width::class_key(&c.class) == width::class_key(&class.class) && c.people == class.people) {
            Some(known) => known.slot = format!("{}、{}", known.slot, class.slot),
            None => all.push(class),
        }
    }
    all
}

fn without_slot(day: &Day) -> Vec<SignClass> {
    let mut classes: Vec<(String, String, Vec<PersonId>)> = Vec::new();
    for person in day.roster().people().filter(|p| p.listed && day.plan().slots_of(p).is_empty()) {
        let (class, college) = (
            text::owned(&person.class).unwrap_or_else(|| "未注明班级".to_owned()),
            person.college.as_deref().unwrap_or_default().to_owned(),
        );
        match classes.iter_mut().find(|(name, of, _)| *name == class && *of == college) {
            Some((_, _, ids)) => ids.push(person.id),
            None => classes.push((class, college, vec![person.id])),
        }
    }
    let sheet = |(class, college, ids)| SignClass {
        class,
        college,
        slot: if day.plan().is_empty() { String::new() } else { "未排时段".to_owned() },
        elsewhere: Vec::new(),
        people: signers(day, None, ids),
        stated: None,
    };
    classes.into_iter().map(sheet).collect()
}

/// Queue order: by the number printed beside the name where it is fixed, else by 学号; whoever has none comes last.
fn signers(day: &Day, room: Option<&RoomKey>, ids: Vec<PersonId>) -> Vec<Signer> {
    let fixed = room.and_then(|key| day.rooms().get(key)).is_some_and(|r| r.plan.source == Source::Preprinted);
    let token = |p: &Person| room.and_then(|key| day.token_of(key, &Subject::Person(p.id))).unwrap_or_default();
    let mut people: Vec<(Option<u32>, &Person)> = ids
        .into_iter()
        .filter_map(|id| day.roster().person(id))
        .map(|p| (room.filter(|_| fixed).and_then(|key| day.form(key).parse(&token(p))), p))
        .collect();
    people.sort_by_key(|(number, p)| {
        let key = p.student_no.as_deref().map(width::key);
        (number.unwrap_or(u32::MAX), key.is_none(), key.as_ref().map(String::len), key, p.place)
    });
    let signer = |(_, p): (Option<u32>, &Person)| Signer {
        student_no: p.student_no.as_deref().unwrap_or_default().to_owned(),
        name: p.name.to_string(),
        token: token(p),
        excused: match (p.marks.exempt, p.marks.not_taking_part) {
            (Some(true), _) => Some("免拍"),
            (_, Some(true)) => Some("不参加"),
            _ => None,
        },
    };
    people.into_iter().map(signer).collect()
}

// Printed beside the names where they are fixed; else from the first of the stack, a few more than expected.
fn numbers(day: &Day, room: &RoomKey, classes: &[SignClass], used: u32) -> Vec<String> {
    let expected = classes.iter().flat_map(|c| &c.people).filter(|p| p.excused.is_none());
    if day.rooms().get(room).is_some_and(|r| r.plan.source == Source::Preprinted) {
        return expected.filter(|p| !p.token.is_empty()).map(|p| p.token.clone()).collect();
    }
    let stated: usize = classes.iter().filter(|c| c.people.is_empty()).filter_map(|c| c.stated).map(|n| n as usize).sum();
    let form = day.form(room);
    let count = u32::try_from(expected.count() + stated + SPARE).unwrap_or(MOST_CARDS).min(MOST_CARDS);
    let first = form.start.saturating_add(used);
    (first..first.saturating_add(count)).map(|n| form.print(n)).collect()
}

fn html_or_xlsx(format: Option<Format>, out: &Path) -> Result<bool, Error> {
    match Format::choose(format, out)? {
        Format::Html => Ok(true),
        Format::Xlsx => Ok(false),
        other => Err(Error::Word("format", format!("{other:?}").to_lowercase(), vec!["xlsx".to_owned(), "html".to_owned()])),
    }
}

fn written(heading: &Heading, title: &str, forms: &[Form], html: bool, out: &Path) -> Result<(), Error> {
    let bytes = if html { form::html(heading, title, forms) } else { form::xlsx(heading, title, forms)? };
    Ok(write::replace(out, &bytes)?)
}

/// Writes the sign-in sheets of all rooms into one file.
pub fn write_signatures(day: &Day, now: Millis, only: &Only, format: Option<Format>, out: &Path) -> Result<Format, Error> {
    let html = html_or_xlsx(format, out)?;
    let forms: Vec<Form> = rooms(day, only)?.iter().flat_map(print_pack::signatures).collect();
    if forms.is_empty() {
        return Err(Error::Usage("nothing_to_print".to_owned(), String::new()));
    }
    written(&Heading::of(day.campaign(), now, false), "签到表", &forms, html, out)?;
    Ok(if html { Format::Html } else { Format::Xlsx })
}

/// Writes number cards, with `range` those of one room (`0001B-0120B`) and no others.
pub fn write_tokens(day: &Day, now: Millis, only: &Only, range: Option<&str>, format: Option<Format>, out: &Path) -> Result<Format, Error> {
    let html = html_or_xlsx(format, out)?;
    let room = only.check(day)?;
    let all: Vec<Cards> = match range {
        None => {
            rooms(day, only)?.into_iter().filter(|r| !r.numbers.is_empty()).map(|r| Cards { room: r.room, numbers: r.numbers }).collect()
        }
        Some(text) => {
            let names = || day.rooms().iter().map(|r| r.name.clone()).collect();
            let key = room.or_else(|| day.rooms().only().map(|r| r.key.clone())).ok_or_else(|| Error::Several("room", names()))?;
            let form = day.form(&key);
            let (first, last) = form.parse_range(text).ok_or_else(|| Error::Nowhere("token", text.to_owned()))?;
            let last = last.min(first.saturating_add(MOST_CARDS - 1));
            vec![Cards { room: day.rooms().name(&key).to_owned(), numbers: (first..=last).map(|n| form.print(n)).collect() }]
        }
    };
    let bytes = if html { cards::html(&all) } else { cards::xlsx(&Heading::of(day.campaign(), now, false), &all)? };
    write::replace(out, &bytes)?;
    Ok(if html { Format::Html } else { Format::Xlsx })
}

/// Plans the print pack; `keys` says on its last page when to press what.
pub fn plan(day: &Day, now: Millis, only: &Only, keys: Vec<(String, String)>, out: &Path) -> Result<PrintPlan, Error> {
    Ok(PrintPlan { heading: Heading::of(day.campaign(), now, false), rooms: rooms(day, only)?, keys, out: out.to_owned() })
}

impl PrintPlan {
    /// How many files it makes.
    pub fn files(&self) -> usize {
        self.rooms.len() * 10
    }

    /// Writes them, a folder a room; `watch` hears done and total, false stops.
    pub fn write(&self, watch: &mut dyn FnMut(usize, usize) -> bool) -> Result<Vec<PathBuf>, Error> {
        let mut done = Vec::new();
        for room in &self.rooms {
            let several = self.rooms.iter().filter(|r| r.room == room.room).count() > 1;
            let folder = self.out.join(folder_name(room, several));
            fs::create_dir_all(&folder).map_err(|e| Error::File(folder.clone(), e))?;
            let sheets = [
                ("01 签到表", print_pack::signatures(room)),
                ("02 班级顺序", vec![print_pack::order(room)]),
                ("03 空白应急表", vec![print_pack::emergency(room)]),
                ("04 门口号表", vec![print_pack::door(room)]),
                ("05 一页速查", vec![print_pack::at_a_glance(room, &self.keys)]),
            ];
            for (name, forms) in sheets {
                for (suffix, html) in [("html", true), ("xlsx", false)] {
                    let file = folder.join(format!("{name}.{suffix}"));
                    written(&self.heading, name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '), &forms, html, &file)?;
                    done.push(file);
                    if !watch(done.len(), self.files()) {
                        return Ok(done);
                    }
                }
            }
        }
        Ok(done)
    }
}

// A room's name comes from a table: nothing of it may lead elsewhere.
fn folder_name(room: &PrintRoom, dated: bool) -> String {
    let name = if room.room.is_empty() { "未排时段" } else { &room.room };
    let safe: String =
        name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '·' | '(' | ')') { c } else { '_' }).take(60).collect();
    match room.date.filter(|_| dated) {
        Some(date) => format!("{safe} {date}"),
        None => safe,
    }
}

/// The notices of all classes, and who has something left to do.
pub fn notices_of(day: &Day, only: &Only) -> Result<(Vec<ClassNotice>, Vec<LackRow>), Error> {
    let campaign = day.campaign();
    let year = |d: &NaiveDate| d.year() >= CODES_SINCE;
    let known = day.roster().people().any(|p| p.marks.code.is_some());
    let dates = day.plan().slots().iter().filter_map(|s| s.row.date).chain(campaign.dates.iter().copied());
    let with_code = known || dates.into_iter().any(|d| year(&d));
    let mut classes: Vec<ClassNotice> = Vec::new();
    for room in rooms(day, only)? {
        for class in room.classes {
            let date = room.date.map(|d| format!("{}月{}日 ", d.month(), d.day())).unwrap_or_default();
            let slot = if room.room.is_empty() || class.slot.is_empty() || class.slot == "未排时段" {
                None
            } else {
                Some(format!("{date}{} {}", class.slot, room.room))
            };
            let people = class.people.iter().filter(|p| p.excused.is_none()).count();
            let source = day.rooms().source(&RoomKey::of(&room.room));
            let by_arrival = matches!(source, Some(Source::Queue | Source::Reader));
            match classes.iter_mut().find(|c| width::class_key(&c.class) == width::class_key(&class.class) && c.college == class.college) {
                Some(known) => known.slots.extend(slot),
                None => classes.push(ClassNotice {
                    college: class.college,
                    class: class.class,
                    slots: slot.into_iter().collect(),
                    people,
                    with_code,
                    by_arrival,
                }),
            }
        }
    }
    for notice in &mut classes {
        if let Some(moved) = moving::of_class(day, &notice.class) {
            notice.slots = vec![moved_slot(day, moved)];
        }
    }
    Ok((classes, lacks(day, only)))
}

// `9月13日 10:25 起 11B107（调班）`
fn moved_slot(day: &Day, (to, start): moving::Destination<'_>) -> String {
    let start = start.map(|t| t.format("%-H:%M 起 ").to_string()).unwrap_or_default();
    format!("{}月{}日 {start}{}（调班）", to.date.month(), to.date.day(), day.rooms().name(&to.room))
}

// What no list says anything of.
fn unknown(day: &Day) -> Vec<Lack> {
    let says = |lack: &Lack| {
        day.roster().people().filter(|p| p.listed).any(|p| match lack {
            Lack::Fee => p.marks.paid.is_some(),
            Lack::Code => p.marks.code.is_some(),
            Lack::Check => p.marks.checked.is_some(),
        })
    };
    Lack::ALL.into_iter().filter(|lack| !says(lack)).collect()
}

/// Who has something left to do before the day, as far as the lists say.
pub fn lacks(day: &Day, only: &Only) -> Vec<LackRow> {
    let fits = |p: &&Person| {
        let class = p.class.as_deref().unwrap_or("");
        p.listed
            && !p.excused()
            && only.class.as_deref().is_none_or(|w| width::class_key(w) == width::class_key(class))
            && only.college.as_deref().is_none_or(|w| p.college.as_deref().is_some_and(|c| width::key(c) == width::key(w)))
    };
    let mut rows = Vec::new();
    for person in day.roster().people().filter(fits) {
        let paid_here = day.state(&Subject::Person(person.id)).is_some_and(|s| s.paid_here);
        let open = [
            (Lack::Fee, person.marks.paid == Some(false) && !paid_here),
            (Lack::Code, person.marks.code == Some(false)),
            (Lack::Check, person.marks.checked == Some(false)),
        ];
        for (lack, _) in open.into_iter().filter(|(_, open)| *open) {
            rows.push(LackRow {
                lack,
                college: person.college.as_deref().unwrap_or_default().to_owned(),
                class: person.class.as_deref().unwrap_or_default().to_owned(),
                student_no: person.student_no.as_deref().unwrap_or_default().to_owned(),
                name: person.name.to_string(),
                id_masked: person.id_no.as_deref().map(mask).unwrap_or_default(),
            });
        }
    }
    rows
}

/// Writes the notices: txt, html, xlsx, csv or json.
pub fn write_notices(day: &Day, now: Millis, only: &Only, format: Option<Format>, out: &Path) -> Result<&'static str, Error> {
    let (classes, lacks) = notices_of(day, only)?;
    let campaign = day.campaign();
    if format.is_none() && out.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) {
        write::replace(out, &notices::txt(campaign, &classes, &lacks, &unknown(day)))?;
        return Ok("txt");
    }
    let format = Format::choose(format, out)?;
    if format == Format::Html {
        write::replace(out, &notices::html(campaign, &Heading::of(campaign, now, false), &classes, &lacks, &unknown(day)))?;
        return Ok("html");
    }
    write::save(&notices::report(campaign, now, &classes, &lacks), Some(format), out)?;
    Ok(match format {
        Format::Csv => "csv",
        Format::Json => "json",
        _ => "xlsx",
    })
}

/// Every correction that counts, oldest first; `--date` means the day it was written down.
pub fn corrections(day: &Day, now: Millis, only: &Only) -> Result<Report, Error> {
    only.check(day)?;
    let row = |entry: &crate::domain::event::Entry| {
        let Fact::Whole(Whole::Corrected { person, field, old, new, evidence }) = &entry.event.fact else { return None };
        let person = day.roster().person(*person);
        let college = person.and_then(|p| text::owned(&p.college));
        let class = person.and_then(|p| text::owned(&p.class));
        let fits = only.date.is_none_or(|d| day.date(entry.event.happened.unwrap_or(entry.at)) == d)
            && only.college.as_deref().is_none_or(|w| college.as_deref().is_some_and(|c| width::key(c) == width::key(w)))
            && only.class.as_deref().is_none_or(|w| class.as_deref().is_some_and(|c| width::class_key(c) == width::class_key(w)));
        fits.then(|| CorrectionRow {
            at: entry.event.happened,
            college,
            class,
            student_no: person.and_then(|p| text::owned(&p.student_no)),
            name: person.map(|p| p.name.to_string()).unwrap_or_default(),
            id_no: person.and_then(|p| text::owned(&p.id_no)),
            field: *field,
            old: old.clone(),
            new: new.clone(),
            evidence: evidence.clone(),
        })
    };
    let rows: Vec<CorrectionRow> = day.entries().filter(|e| day.undo().counts(e.command())).filter_map(row).collect();
    Ok(corrections::report(day.campaign(), now, &rows))
}
