//! The sample data: made again from its seed byte for byte, and every planted fault, no more, found by a plain reading of the rules.

#[path = "../../examples/sample_data/campaign.rs"]
mod campaign;
#[path = "../../examples/sample_data/log.rs"]
mod log;
#[path = "../../examples/sample_data/pack.rs"]
mod pack;
#[path = "../../examples/sample_data/readme.rs"]
mod readme;
#[path = "../../examples/sample_data/roster.rs"]
mod roster;
#[path = "../../examples/sample_data/schedule.rs"]
mod schedule;
#[path = "../../examples/sample_data/truth.rs"]
mod truth;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, NaiveTime, Timelike};
use duihao::desk::rehearsal::faults::Fault;
use duihao::desk::rehearsal::{DEFAULT_SEED, Day, lishui, zstu};
use duihao::domain::command::{Action, LogRow};
use duihao::domain::finding::Code;
use duihao::domain::ids::RoomKey;
use duihao::domain::person::{IdCheck, check_id};

use crate::guard::{Told, said};

const SEEDS: [u64; 4] = [DEFAULT_SEED, 1, 77, 20_200_913];

#[test]
fn the_committed_files_are_what_the_seed_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let files = pack::files(DEFAULT_SEED).unwrap();
    assert!(files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() < 3_000_000);
    for (path, bytes) in &files {
        assert!(std::fs::read(root.join(path)).unwrap() == *bytes, "{path} is not what the generator writes");
    }
    assert!(files == pack::files(DEFAULT_SEED).unwrap());
}

#[test]
fn the_lists_hold_the_published_heads_and_right_document_numbers() {
    for seed in SEEDS {
        let day = lishui(seed);
        assert_eq!((day.people.len(), day.lists.len(), day.slots.len()), (2643, 73, 37));
        for (at, slot) in day.slots.iter().enumerate() {
            let heads: usize = day.lists.iter().filter(|l| l.slot == at).map(|l| l.people.len()).sum();
            assert_eq!(Some(heads as u32), slot.headcount, "{}", slot.classes.join("、"));
        }
        let documents: BTreeSet<&str> = day.people.iter().filter_map(|p| p.row.id_no.as_deref()).collect();
        let numbers: BTreeSet<&str> = day.people.iter().map(|p| p.student_no()).collect();
        assert_eq!((documents.len(), numbers.len()), (2643, 2643));
        assert!(documents.iter().all(|id| check_id(id) == IdCheck::Right));
        assert!(documents.iter().any(|id| id.ends_with('X')));
        let names: Vec<&str> = day.people.iter().filter_map(|p| p.row.name.as_deref()).collect();
        for part in ["𬱖", "㛃", "䶮", "·", "欧阳", "诸葛", "上官"] {
            assert!(names.iter().any(|n| n.contains(part)), "nobody is called {part}");
        }
        let twice_in_a_class = day.lists.iter().any(|l| {
            let class = &names[l.people.clone()];
            class.iter().collect::<BTreeSet<_>>().len() < class.len()
        });
        assert!(twice_in_a_class);

        let day = zstu(seed);
        assert!((1850..1950).contains(&day.people.len()));
        let other = day.people.iter().filter(|p| check_id(p.row.id_no.as_deref().unwrap()) != IdCheck::Right).count();
        assert_eq!(other, 2, "two passports, everything else right");
        let numbers: BTreeSet<&str> = day.people.iter().map(|p| p.student_no()).collect();
        assert_eq!(numbers.len(), day.people.len());
    }
}

#[test]
fn the_plan_is_the_published_schedule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/published");
    let read = |name: &str| -> Vec<String> {
        let mut rows = Vec::new();
        for record in csv::Reader::from_path(folder.join(name)).unwrap().records() {
            rows.push(record.unwrap().iter().take(7).collect::<Vec<_>>().join("|"));
        }
        rows
    };
    let said = |day: &Day| -> Vec<String> {
        let row = |s: &duihao::domain::schedule::ScheduleRow| {
            let heads = s.headcount.map(|n| n.to_string()).unwrap_or_default();
            let (start, end) = (s.start.format("%H:%M"), s.end.format("%H:%M"));
            format!("{}|{}|{start}|{end}|{}|{}|{heads}", s.room, s.date.unwrap(), s.college, s.classes.join(";"))
        };
        day.slots.iter().map(row).collect()
    };
    let lishui_rows: Vec<String> = ["lishui_A", "lishui_B", "lishui_C"].iter().flat_map(|t| read(&format!("{t}.expected.csv"))).collect();
    assert_eq!(said(&lishui(1)), lishui_rows);
    assert_eq!(said(&zstu(1)), read("zstu_two_rooms.expected.csv"));
}

/// First and last cell of a merged area.
type Area = ((u32, u32), (u32, u32));

/// Cell texts of a sheet with its merged areas, as (row, column) pairs counted from 0.
fn sheet_of(bytes: Vec<u8>) -> (Vec<Vec<String>>, Vec<Area>) {
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let merges = book.merge_cells_by_sheet_id(0).unwrap().iter().map(|d| (d.start, d.end)).collect();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let (height, width) = range.end().map(|(r, c)| (r + 1, c + 1)).unwrap();
    let text = |r, c| match range.get_value((r, c)) {
        Some(Data::Float(n)) => n.to_string(),
        Some(Data::String(s)) => s.clone(),
        _ => String::new(),
    };
    ((0..height).map(|r| (0..width).map(|c| text(r, c)).collect()).collect(), merges)
}

#[test]
fn the_schedule_workbooks_hold_the_published_cells() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/published");
    let published = |name: &str| schedule::cells(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let (cells, merges) = sheet_of(schedule::lishui().unwrap());
    assert_eq!(cells, published("lishui_sheet.csv"));
    for merged in [((2, 0), (6, 0)), ((2, 2), (6, 2)), ((7, 2), (12, 2)), ((15, 0), (15, 4)), ((46, 2), (47, 2))] {
        assert!(merges.contains(&merged), "{merged:?} is not merged");
    }
    let (cells, merges) = sheet_of(schedule::zstu().unwrap());
    assert_eq!(cells, published("zstu_two_rooms.csv"));
    assert!(merges.contains(&((0, 2), (0, 3))));
}

fn seconds(row: &LogRow) -> Option<u32> {
    row.time.time.map(|t| t.num_seconds_from_midnight())
}

#[test]
fn the_log_is_in_order_of_time_and_every_counter_is_right_but_the_planted_one() {
    for seed in SEEDS {
        for day in [lishui(seed), zstu(seed)] {
            let times: Vec<u32> = day.log.iter().filter_map(seconds).collect();
            assert!(times.is_sorted());
            let mut wrong = 0;
            for room in rooms(&day) {
                let (mut last, mut frames) = (None, 0);
                for row in day.log.iter().filter(|r| r.room == room) {
                    match row.action {
                        Action::Shoot | Action::Retake => frames += 1,
                        Action::Backfill => frames += 10,
                        Action::TestShot => frames += row.value.as_deref().unwrap().parse::<u32>().unwrap(),
                        Action::Count => {
                            let value: u32 = row.value.as_deref().unwrap().parse().unwrap();
                            assert!((1..=9999).contains(&value));
                            if let Some(last) = last.replace(value) {
                                wrong += u32::from((value + 9999 - last) % 9999 != frames);
                            }
                            frames = 0;
                        }
                        _ => {}
                    }
                }
                assert_eq!(frames, 0, "the counter is read after the last shot");
            }
            assert_eq!(wrong, u32::from(day.slots.len() == 37), "seed {seed}");
        }
    }
}

#[test]
fn one_counter_passes_9999_and_every_word_of_a_usual_day_is_in_the_log() {
    for seed in SEEDS {
        let day = lishui(seed);
        let counts: Vec<u32> = day
            .log
            .iter()
            .filter(|r| r.action == Action::Count && r.room == "11B105")
            .map(|r| r.value.as_deref().unwrap().parse().unwrap())
            .collect();
        assert!(!counts.is_sorted());
        let words: BTreeSet<&str> = day.log.iter().map(|r| r.action.word()).collect();
        for word in
            ["重拍", "试拍", "换卡", "过号", "暂缓", "返回", "换号", "作废", "补发", "补记", "缺号", "登记", "调班", "插入", "让位", "计数"]
        {
            assert!(words.contains(word), "no {word} under seed {seed}");
        }
    }
}

#[test]
fn at_9_41_07_one_jump_is_open_in_11b105_and_a_few_people_stand_in_line() {
    let moment = 9 * 3600 + 41 * 60 + 7;
    for seed in SEEDS {
        let day = lishui(seed);
        let jump = day.truth.iter().find(|p| p.fault == Fault::QueueJump).unwrap();
        assert_eq!(jump.room, "11B105");
        let class_of = |code: &str| day.people.iter().find(|p| p.student_no() == code).and_then(|p| p.row.class.clone()).unwrap();
        assert!(class_of(jump.student_no.as_deref().unwrap()).starts_with("电商17"));
        let before = Day { log: day.log.iter().filter(|r| seconds(r).is_none_or(|t| t <= moment)).cloned().collect(), ..day.clone() };
        let here = |action: Action| before.log.iter().filter(move |r| r.room == "11B105" && r.action == action);
        let last = here(Action::Shoot).next_back().unwrap();
        assert_eq!(last.student, jump.student_no, "the jumper is the last who was shot");
        let in_line = here(Action::Issue).count() - here(Action::Shoot).count();
        assert!((4..=14).contains(&in_line), "{in_line} in line");
        assert_eq!(here(Action::SetAside).count(), here(Action::ComeBack).count() + 1);
        let number: u32 = jump.token.as_deref().unwrap()[..4].parse().unwrap();
        let victims = [number - 2, number - 1].map(|n| Some(format!("{n:04}B")));
        let later: Vec<u32> =
            day.log.iter().filter(|r| r.action == Action::Shoot && victims.contains(&r.token)).filter_map(seconds).collect();
        assert!(later.len() == 2 && later.iter().all(|t| *t > moment + 23));
        let first_fault = found(&day).into_iter().filter(|f| f.0 != Code::OutOfOrder).filter_map(|f| time_of(&day, &f)).min().unwrap();
        assert!(first_fault > moment, "nothing else is wrong yet");
    }
}

/// Person, own number, second of the day.
type Turn<'a> = (&'a str, Option<u32>, u32);

/// Code, room, token, student: what both sides of the comparison hold.
type Found = (Code, String, Option<String>, Option<String>);

fn time_of(day: &Day, found: &Found) -> Option<u32> {
    day.log
        .iter()
        .filter(|r| r.room == found.1 && matches!(r.action, Action::Shoot | Action::Issue))
        .find(|r| (found.3.is_some() && r.student == found.3) || (found.2.is_some() && r.token == found.2))
        .and_then(seconds)
}

fn rooms(day: &Day) -> BTreeSet<String> {
    day.log.iter().map(|r| r.room.clone()).collect()
}

#[test]
fn a_plain_reading_of_the_rules_finds_what_was_planted_and_nothing_else() {
    for seed in SEEDS.into_iter().chain(100..104) {
        for (day, kinds) in [(lishui(seed), Fault::LISHUI.len()), (zstu(seed), Fault::ZSTU.len())] {
            let planted: BTreeSet<Found> =
                day.truth.iter().map(|p| (p.code(), p.room.clone(), p.token.clone(), p.student_no.clone())).collect();
            assert_eq!(day.truth.iter().map(|p| p.fault).collect::<BTreeSet<_>>().len(), kinds);
            assert_eq!(found(&day), planted, "seed {seed}, {}", day.campaign.id);
            let never: BTreeSet<&str> = day.no_shows.iter().map(String::as_str).collect();
            let shot = day.log.iter().filter(|r| r.action == Action::Shoot).filter_map(|r| r.student.as_deref());
            assert!(shot.into_iter().all(|code| !never.contains(code)));
        }
    }
}

#[test]
fn a_row_taken_out_of_the_log_is_noticed() {
    let mut day = lishui(4);
    let before = found(&day);
    let at = day.log.iter().position(|r| r.action == Action::Sign).unwrap();
    let row = day.log.remove(at);
    let more: Vec<Found> = found(&day).difference(&before).cloned().collect();
    assert_eq!(more.iter().map(|f| (f.0, f.3.clone())).collect::<Vec<_>>(), [(Code::ShotWithoutSignature, row.student)]);
}

/// Checks a day by the rules as written in the design, without any of the program's own judgement.
fn found(day: &Day) -> BTreeSet<Found> {
    rooms(day).iter().flat_map(|room| Guard::new(day, room).judge()).collect()
}

struct Guard<'a> {
    day: &'a Day,
    room: &'a str,
    rows: Vec<&'a LogRow>,
    done: BTreeSet<(&'static str, &'a str)>,
    places: BTreeMap<&'a str, usize>,
    /// Live numbers of each person, and everybody who was given a number.
    held: BTreeMap<&'a str, Vec<u32>>,
    given: BTreeMap<u32, Vec<&'a str>>,
    out: BTreeSet<Found>,
    blamed: BTreeSet<&'a str>,
}

fn number(token: &str) -> u32 {
    token[..4].parse().unwrap()
}

impl<'a> Guard<'a> {
    fn new(day: &'a Day, room: &'a str) -> Self {
        let rows: Vec<&LogRow> = day.log.iter().filter(|r| r.room == room).collect();
        let done = rows.iter().filter_map(|r| Some((r.action.word(), r.student.as_deref()?))).collect();
        let places = day.people.iter().enumerate().map(|(at, p)| (p.student_no(), at)).collect();
        Self { day, room, rows, done, places, held: BTreeMap::new(), given: BTreeMap::new(), out: BTreeSet::new(), blamed: BTreeSet::new() }
    }

    fn blame(&mut self, code: Code, token: Option<String>, who: Option<&'a str>) {
        if who.is_none_or(|w| self.blamed.insert(w)) {
            self.out.insert((code, self.room.to_owned(), token, who.map(str::to_owned)));
        }
    }

    fn did(&self, action: Action, code: &str) -> bool {
        self.done.contains(&(action.word(), code))
    }

    fn judge(mut self) -> BTreeSet<Found> {
        let (mut shots, mut missing, mut voided) = (Vec::<Turn>::new(), Vec::new(), Vec::new());
        let (mut partners, mut frames, mut last) = (Vec::<&str>::new(), 0, None::<u32>);
        for row in self.rows.clone() {
            let code = row.student.as_deref().unwrap_or_default();
            let token = row.token.as_deref().filter(|_| row.action != Action::Backfill).map(number);
            match (row.action, token) {
                (Action::Issue | Action::Reissue, Some(n)) => {
                    self.held.entry(code).or_default().push(n);
                    self.given.entry(n).or_default().push(code);
                }
                (Action::Void, Some(n)) => {
                    self.held.entry(code).or_default().retain(|h| *h != n);
                    voided.push(n);
                }
                (Action::Missing, Some(n)) => missing.push(n),
                (Action::Swap, Some(n)) => {
                    let other = *self.held.iter().find(|(_, h)| h.contains(&n)).unwrap().0;
                    let given = std::mem::replace(self.held.get_mut(code).unwrap(), vec![n]);
                    self.held.insert(other, given);
                }
                (Action::Backfill, _) => {
                    frames += 10;
                    let (first, last) = row.token.as_deref().unwrap().split_once('-').unwrap();
                    for n in number(first)..=number(last) {
                        let who = self.held.iter().find(|(_, h)| h.contains(&n)).unwrap().0;
                        shots.push((who, Some(n), 0));
                    }
                }
                (Action::Retake, _) => frames += 1,
                (Action::TestShot, _) => frames += row.value.as_deref().unwrap().parse::<u32>().unwrap(),
                (Action::Count, _) => {
                    let value: u32 = row.value.as_deref().unwrap().parse().unwrap();
                    if last.replace(value).is_some_and(|before| (before + frames - 1) % 9999 + 1 != value) {
                        self.blame(Code::CountMismatch, None, None);
                    }
                    frames = 0;
                }
                (Action::Shoot, shown) => {
                    frames += 1;
                    self.shot(row, code, shown, &shots, &mut partners);
                    let own = self.held.get(code).and_then(|h| h.first().copied());
                    let again = shots.iter().any(|s| s.0 == code);
                    shots.push((code, own.filter(|_| !again), seconds(row).unwrap()));
                }
                _ => {}
            }
        }
        self.numbers(&missing, &voided, &shots);
        self.order(&shots);
        self.out
    }

    /// The first rule that a shot breaks, in the order of the design.
    fn shot(&mut self, row: &'a LogRow, code: &'a str, shown: Option<u32>, before: &[Turn], partners: &mut Vec<&'a str>) {
        let token = row.token.clone();
        let Some(at) = self.places.get(code).copied() else {
            return self.blame(Code::NotOnRoster, token, Some(code));
        };
        let person = &self.day.people[at];
        let slot = &self.day.slots[self.day.lists.iter().find(|l| l.people.contains(&at)).unwrap().slot];
        let moved = self.did(Action::Move, code);
        let owners = shown.and_then(|n| self.given.get(&n).cloned()).unwrap_or_default();
        let own = self.held.get(code).cloned().unwrap_or_default();
        let stranger = shown.filter(|n| !own.contains(n) && !owners.is_empty());
        let (from, to) = (slot.start.min(slot.end), slot.start.max(slot.end));
        let hour = 3600;
        let when = seconds(row).unwrap();
        let outside = when + hour < from.num_seconds_from_midnight() || when > to.num_seconds_from_midnight() + hour;
        let code_found = match () {
            () if person.is_exempt() => Code::ExemptShot,
            () if before.iter().any(|s| s.0 == code) => Code::ShotTwice,
            () if slot.key() != RoomKey::of(self.room) && !moved => Code::WrongRoom,
            () if stranger.is_some() => {
                // A swapped pair is one finding.
                partners.extend(owners);
                if partners.contains(&code) {
                    self.blamed.insert(code);
                    return;
                }
                Code::WrongToken
            }
            () if own.is_empty() => Code::ShotWithoutToken,
            () if !self.did(Action::Sign, code) => Code::ShotWithoutSignature,
            () if !self.did(Action::Arrive, code) => Code::ShotWithoutArrival,
            () if !person.has_paid() => Code::UnpaidShot,
            () if outside && !moved => Code::WrongSlot,
            () if self.day.campaign.return_tokens && !self.did(Action::Return, code) => Code::TokenNotReturned,
            () => return,
        };
        self.blame(code_found, token, Some(code));
    }

    fn numbers(&mut self, missing: &[u32], voided: &[u32], shots: &[Turn]) {
        let print = |n: u32| Some(format!("{n:04}{}", self.given_suffix()));
        let top = self.given.keys().last().copied().unwrap_or(0);
        let mut more = Vec::new();
        for n in (1..=top).filter(|n| !self.given.contains_key(n) && !missing.contains(n)) {
            more.push((Code::TokenGap, print(n), None));
        }
        for (n, who) in self.given.iter().filter(|(_, who)| who.len() > 1) {
            assert_eq!(who.len(), 2);
            more.push((Code::DuplicateToken, print(*n), None));
        }
        for (who, numbers) in &self.held {
            assert!(numbers.iter().all(|n| !voided.contains(n)));
            if let [_, second] = numbers[..] {
                more.push((Code::TwoTokens, print(second), Some(*who)));
            }
            if !shots.iter().any(|s| s.0 == *who) {
                more.push((Code::LeftBehind, print(numbers[0]), Some(*who)));
                assert!(self.day.no_shows.iter().any(|n| n == who));
            }
        }
        for (code, token, who) in more {
            self.blame(code, token, who);
        }
    }

    fn given_suffix(&self) -> &'static str {
        let at = self.day.campaign.rooms.iter().position(|r| RoomKey::of(&r.name) == RoomKey::of(self.room)).unwrap();
        ["A", "B", "C"][at]
    }

    /// Those outside a longest increasing subsequence: too early or too late.
    fn order(&mut self, shots: &[Turn<'a>]) {
        let part = |code: &str| ![Action::PassOver, Action::GiveWay, Action::Insert].iter().any(|a| self.did(*a, code));
        let line: Vec<(&str, u32)> = shots.iter().filter(|s| part(s.0)).filter_map(|s| Some((s.0, s.1?))).collect();
        // Longest non-decreasing run ending at each place (two people may share a number), quadratic and obvious.
        let mut best: Vec<(usize, Option<usize>)> = Vec::new();
        for (at, (_, n)) in line.iter().enumerate() {
            let from = (0..at).filter(|i| line[*i].1 <= *n).max_by_key(|i| best[*i].0);
            best.push((from.map_or(1, |i| best[i].0 + 1), from));
        }
        let mut keep = BTreeSet::new();
        let mut at = (0..line.len()).max_by_key(|i| best[*i].0);
        while let Some(i) = at {
            keep.insert(i);
            at = best[i].1;
        }
        for i in (0..line.len()).filter(|i| !keep.contains(i)) {
            let early = line.iter().enumerate().any(|(j, s)| j > i && keep.contains(&j) && s.1 < line[i].1);
            let token = Some(format!("{:04}{}", line[i].1, self.given_suffix()));
            self.blame(if early { Code::OutOfOrder } else { Code::LeftBehind }, token, Some(line[i].0));
        }
    }
}

#[test]
fn nobody_is_shot_before_the_number_nor_far_from_the_slot() {
    for seed in SEEDS {
        let day = lishui(seed);
        let visitors: BTreeSet<&str> =
            day.truth.iter().filter(|p| p.fault == Fault::Latecomer).filter_map(|p| p.student_no.as_deref()).collect();
        let issued: BTreeMap<&str, u32> =
            day.log.iter().filter(|r| r.action == Action::Issue).map(|r| (r.student.as_deref().unwrap(), seconds(r).unwrap())).collect();
        for row in day.log.iter().filter(|r| r.action == Action::Shoot) {
            let (code, at) = (row.student.as_deref().unwrap(), seconds(row).unwrap());
            assert!(issued.get(code).is_none_or(|t| t + 60 < at), "{code} is shot right after the number");
            let Some(place) = day.people.iter().position(|p| p.student_no() == code) else { continue };
            let slot = &day.slots[day.lists.iter().find(|l| l.people.contains(&place)).unwrap().slot];
            let (from, to) = (slot.start.min(slot.end), slot.start.max(slot.end));
            let far = at + 2400 < from.num_seconds_from_midnight() || at > to.num_seconds_from_midnight() + 2400;
            let here = slot.key() == RoomKey::of(&row.room);
            assert!(!here || far == visitors.contains(code), "{code} at {at}, slot {}", slot.classes.join("、"));
        }
    }
}

#[test]
fn the_campaign_files_are_valid_and_say_what_the_plan_says() {
    let text = campaign::text(&lishui(1).campaign);
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["id"].as_str(), Some("lishui-2021"));
    assert_eq!(table["room"].as_array().unwrap().len(), 3);
    assert_eq!(table["room"][1]["token"]["suffix"].as_str(), Some("B"));
    let table: toml::Table = campaign::text(&zstu(1).campaign).parse().unwrap();
    assert_eq!((table["return_tokens"].as_bool(), table["gather_min"].as_integer()), (Some(true), Some(10)));
    assert_eq!(table["self_service"]["deadline"].as_str(), Some("2021年1月前"));
}

#[test]
fn a_roster_workbook_has_one_sheet_a_class_and_only_text_cells() {
    let day = lishui(3);
    let books = roster::workbooks(&day, roster::Columns::School).unwrap();
    let mut sheets = 0;
    for (name, bytes) in books {
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        for sheet in book.sheet_names() {
            sheets += 1;
            let range = book.worksheet_range(&sheet).unwrap();
            let cells_are_text = range.cells().all(|(_, _, cell)| matches!(cell, Data::String(_) | Data::Empty));
            assert!(cells_are_text, "{name} {sheet}");
            let list = day.lists.iter().find(|l| l.sheet == sheet).unwrap();
            let first = &day.people[list.people.start];
            assert_eq!(range.get_value((first.row.row - 1, 1)), Some(&Data::String(first.student_no().to_owned())));
            assert_eq!(range.end().unwrap().0 + 1, first.row.row + list.people.len() as u32 - 1);
        }
    }
    assert_eq!(sheets, 73);
    assert_eq!(roster::sheet_name("A/B[1]:*?").as_str(), "A_B_1____");
}

#[test]
fn the_day_starts_at_the_published_time() {
    let day = lishui(9);
    let first = day.log.iter().find(|r| r.action == Action::Shoot).unwrap();
    assert_eq!(first.time.date, NaiveDate::from_ymd_opt(2020, 9, 13));
    let (open, late) = (NaiveTime::from_hms_opt(8, 30, 0), NaiveTime::from_hms_opt(8, 31, 0));
    assert!(first.time.time >= open && first.time.time < late);
}

/// A campaign's files taken as a secretary would, and what the program then says: code, room, number, 学号.
fn said_of_files(files: &[pack::File], folder: &str) -> (BTreeMap<Told, usize>, BTreeMap<Told, usize>) {
    use duihao::desk::Desk;
    use duihao::desk::clock::Fixed;
    use duihao::desk::intake::{Manner, Sort, take};
    use duihao::domain::command::Ask;
    use duihao::files::campaign_in;

    let file = |name: &str| &files.iter().find(|(path, _)| *path == format!("{folder}/{name}")).unwrap().1;
    let mut desk = Desk::in_memory(Box::new(Fixed(1_800_000_000_000))).unwrap();
    let campaign = campaign_in::read(std::str::from_utf8(file("campaign.toml")).unwrap()).unwrap();
    desk.submit(Ask::Declare(Box::new(campaign))).unwrap();
    let manner = Manner { yes: true, ..Manner::default() };
    assert!(take(&mut desk, Sort::Schedule, "schedule.xlsx", file("schedule.xlsx"), &manner).unwrap().taken);
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with(&format!("{folder}/rosters/"))) {
        assert!(take(&mut desk, Sort::Roster, path, bytes, &manner).unwrap().taken, "{path}");
    }
    let log = take(&mut desk, Sort::Log, "scan-log.csv", file("scan-log.csv"), &Manner::default()).unwrap();
    assert!(log.taken && log.findings.is_empty(), "{:?} {:?}", log.refused, log.findings);

    let truth: serde_json::Value = serde_json::from_slice(file("truth.json")).unwrap();
    let mut planted = BTreeMap::new();
    for f in truth["findings"].as_array().unwrap() {
        let text = |key: &str| f[key].as_str().map(str::to_owned);
        let told = (text("code").unwrap_or_default(), text("room"), text("token"), text("student_no"));
        *planted.entry(told).or_default() += 1;
    }
    (said(&desk), planted)
}

#[test]
fn the_files_of_both_schools_taken_from_import_to_check_give_the_planted_faults_and_nothing_else() {
    let files = pack::files(DEFAULT_SEED).unwrap();
    for folder in ["lishui-2021", "zstu-2021"] {
        let (said, planted) = said_of_files(&files, folder);
        assert_eq!(said, planted, "{folder}");
    }
}

#[test]
fn the_files_of_three_other_seeds_give_the_planted_faults_and_nothing_else() {
    for seed in [7, 99, 31_415] {
        let (said, planted) = said_of_files(&pack::files(seed).unwrap(), "lishui-2021");
        assert_eq!(said, planted, "seed {seed}");
    }
}
