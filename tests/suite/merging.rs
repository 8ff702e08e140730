//! Two laptops and a paper log of one queue: a correct day gives no finding however its pieces come together, a planted jump gives one.

use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow, LogTime};
use duihao::domain::day::Day;
use duihao::domain::event::Entry;
use duihao::domain::finding::Code;
use duihao::domain::ids::Millis;
use proptest::prelude::*;

use super::world::{Station, afterwards, at, by_card, card, check_in, date, merged, of, only_finding, prepared, room, told};

/// The queue of the day.
const PEOPLE: u32 = 50;
/// The door laptop is down from the shot of this one …
const DOWN: u32 = 11;
/// … to the shot of this one: ten minutes.
const UP: u32 = 37;

/// Someone shot every so many ms.
const PACE: Millis = 23_000;

/// When the n-th sitting takes place, by the clock on the wall.
fn sitting(place: usize) -> Millis {
    at(8, 30, 3) + place as Millis * PACE
}

/// How the paper notes the time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Paper {
    Seconds,
    Minutes,
    /// Only every third row has a time.
    Sparse,
    /// No time at all.
    None,
}

/// What each of the three wrote.
struct Day3 {
    common: Vec<Entry>,
    desk: Vec<Entry>,
    door: Station,
    paper: Vec<Entry>,
}

impl Day3 {
    fn logs(&self) -> [&[Entry]; 4] {
        [&self.common, &self.desk, &self.door.log, &self.paper]
    }
}

/// The day in which people sit down in this order; the door's clock is so far ahead.
fn day(order: &[u32], ahead: Millis, paper: Paper, by_number: bool) -> Day3 {
    let mut desk = prepared(PEOPLE);
    let common = desk.log.clone();
    let mut door = Station::new(0xd0, ahead);
    door.hear(&common);
    for n in 1..=PEOPLE {
        check_in(&mut desk, at(8, 0, 0) + Millis::from(n) * 20_000, n);
    }
    let mut written = Vec::new();
    for (place, n) in order.iter().enumerate() {
        let when = sitting(place);
        let shot = if by_number { by_card(Action::Shoot, *n) } else { LogRow { token: Some(card(*n)), ..of(Action::Shoot, *n) } };
        if (place as u32 + 1) < DOWN || (place as u32 + 1) >= UP {
            door.act(when, shot);
        } else {
            let zone = desk.day.campaign().zone;
            let whole = zone.local(when).time();
            let minute = zone.local(when - when.rem_euclid(60_000)).time();
            let time = match paper {
                Paper::Seconds => Some(whole),
                Paper::Minutes => Some(minute),
                Paper::Sparse => place.is_multiple_of(3).then_some(whole),
                Paper::None => None,
            };
            written.push(LogRow { row: place as u32 + 2, time: LogTime { date: Some(date()), time, offset: None }, ..shot });
        }
    }
    let mut typist = Station::new(0x9a, 0);
    typist.hear(&common);
    typist.ask(at(11, 0, 0), Ask::TakeLog { source: "paper.csv".into(), hash: "paper".into(), rows: written, date: None });
    Day3 { common, desk: desk.log[common_len(&desk)..].to_vec(), door, paper: typist.log }
}

fn common_len(desk: &Station) -> usize {
    desk.log.iter().take_while(|e| e.at == at(7, 0, 0)).count()
}

/// The judge's day: all of it, the door's clock difference noted.
fn judged(logs: &[&[Entry]], ahead: Millis) -> Day {
    let mut day = merged(logs);
    day.note_clock(duihao::domain::ids::StationId(0xd0), ahead);
    day
}

fn orders() -> Vec<[usize; 4]> {
    let mut all = Vec::new();
    for a in 0..4 {
        for b in 0..4 {
            for c in 0..4 {
                for d in 0..4 {
                    let order = [a, b, c, d];
                    if (0..4).all(|n| order.contains(&n)) {
                        all.push(order);
                    }
                }
            }
        }
    }
    all
}

const TIMED: [Paper; 3] = [Paper::Seconds, Paper::Minutes, Paper::Sparse];
const CLOCKS: [Millis; 3] = [0, 600_000, -600_000];

#[test]
fn a_correct_day_of_desk_door_and_paper_gives_no_finding_in_any_order_of_arrival() {
    let order: Vec<u32> = (1..=PEOPLE).collect();
    for paper in TIMED {
        for ahead in CLOCKS {
            for by_number in [false, true] {
                let whole = day(&order, ahead, paper, by_number);
                for arrival in orders() {
                    let logs = arrival.map(|n| whole.logs()[n]);
                    let mut one_by_one = Day::default();
                    logs.iter().for_each(|log| log.iter().for_each(|e| one_by_one.apply(e.clone())));
                    one_by_one.note_clock(whole.door.id, ahead);
                    let label = format!("{paper:?} ahead {ahead} by number {by_number} {arrival:?}");
                    assert_eq!(told(&one_by_one, afterwards()), [], "{label}");
                    if arrival == [0, 1, 2, 3] {
                        assert_eq!(told(&judged(&logs, ahead), afterwards()), [], "{label}, replayed");
                        let course = one_by_one.course(&duihao::domain::ids::SessionKey { room: room(), date: date() });
                        assert_eq!(course.sittings.len(), PEOPLE as usize, "{label}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_jump_is_one_finding_wherever_it_is_written() {
    // Somebody three places early: at the door before, on the paper, across its edges, at the door after.
    for place in [4usize, 8, 15, 22, 34, 40] {
        let mut order: Vec<u32> = (1..=PEOPLE).collect();
        let jumper = order.remove(place + 2);
        order.insert(place, jumper);
        for paper in TIMED {
            for ahead in CLOCKS {
                let whole = day(&order, ahead, paper, false);
                let day = judged(&whole.logs(), ahead);
                let finding = only_finding(&day, afterwards());
                let label = format!("{place} {paper:?} {ahead}");
                if paper == Paper::Minutes && [8, 34].contains(&place) {
                    // Within one minute of the paper's edge it cannot be known which of the three it was.
                    assert!((jumper - 2..=jumper).map(card).any(|c| Some(c) == finding.token), "{label} {finding:?}");
                    continue;
                }
                assert_eq!((finding.code, finding.token), (Code::OutOfOrder, Some(card(jumper))), "{label}");
                assert_eq!(finding.others, [card(jumper - 2), card(jumper - 1)], "{label}");
            }
        }
    }
}

#[test]
fn a_number_left_out_of_all_three_is_left_behind_once() {
    let order: Vec<u32> = (1..=PEOPLE).filter(|n| *n != 14).collect();
    for paper in TIMED {
        let whole = day(&order, 600_000, paper, true);
        let finding = only_finding(&judged(&whole.logs(), 600_000), afterwards());
        assert_eq!((finding.code, finding.token), (Code::LeftBehind, Some(card(14))));
    }
}

#[test]
fn people_written_down_without_any_time_are_shot_and_none_is_lost() {
    let order: Vec<u32> = (1..=PEOPLE).collect();
    let whole = day(&order, 0, Paper::None, false);
    let day = judged(&whole.logs(), 0);
    let key = duihao::domain::ids::SessionKey { room: room(), date: date() };
    assert_eq!(day.course(&key).sittings.len(), PEOPLE as usize);
    assert!(day.entries().count() == whole.logs().iter().map(|l| l.len()).sum::<usize>());
}

/// Two laptops at one door, taking turns: each scans every other person.
fn turns(ahead: Millis) -> (Vec<Entry>, Station, Station) {
    let mut desk = prepared(PEOPLE);
    let mut left = Station::new(0xd1, 0);
    let mut right = Station::new(0xd2, ahead);
    for n in 1..=PEOPLE {
        check_in(&mut desk, at(8, 0, 0) + Millis::from(n) * 20_000, n);
    }
    left.hear(&desk.log);
    right.hear(&desk.log);
    for n in 1..=PEOPLE {
        let door = if n % 2 == 0 { &mut left } else { &mut right };
        door.act(sitting(n as usize), of(Action::Shoot, n));
    }
    (desk.log, left, right)
}

#[test]
fn laptops_that_take_turns_at_one_door_agree_once_the_difference_of_their_clocks_is_noted() {
    for ahead in CLOCKS {
        let (desk, left, right) = turns(ahead);
        for (mine, logs) in [(&left, [&desk, &left.log, &right.log]), (&right, [&right.log, &left.log, &desk])] {
            let mut day = merged(&logs.map(Vec::as_slice));
            // Each sees the other's clock by its own.
            let other = if mine.id == left.id { (right.id, ahead) } else { (left.id, -ahead) };
            day.note_clock(other.0, other.1);
            assert_eq!(told(&day, afterwards()), [], "ahead {ahead} seen at {}", mine.id);
        }
    }
    let (desk, left, right) = turns(600_000);
    assert!(!told(&merged(&[&desk, &left.log, &right.log]), afterwards()).is_empty(), "without the note it cannot be known");
}

#[test]
fn called_at_one_laptop_and_shot_at_another_is_one_shot() {
    for ahead in [0, 200_000, -200_000] {
        let mut desk = prepared(8);
        (1..=8).for_each(|n| {
            check_in(&mut desk, at(8, 0, n), n);
        });
        let (mut caller, mut camera) = (Station::new(0xd1, 0), Station::new(0xd2, ahead));
        caller.hear(&desk.log);
        camera.hear(&desk.log);
        for n in 1..=8 {
            caller.act(sitting(n as usize), of(Action::Enter, n));
            camera.act(sitting(n as usize) + 9_000, of(Action::Shoot, n));
        }
        // Whichever of the two folds first, nobody was shot twice, and a void leaves nobody shot.
        for lead in [0, 500] {
            let mut camera = camera.clone();
            camera.log.iter_mut().for_each(|e| e.tick += lead);
            let mut caller = caller.clone();
            caller.log.iter_mut().for_each(|e| e.tick += 500 - lead);
            let mut day = merged(&[&desk.log, &caller.log, &camera.log]);
            day.note_clock(camera.id, ahead);
            assert_eq!(told(&day, afterwards()), [], "ahead {ahead} lead {lead}");
            let mut judge = Station { day, ..Station::new(0xff, 0) };
            judge.act(at(9, 30, 0), of(Action::Void, 8));
            assert_eq!(told(&judge.day, afterwards()), [], "void, ahead {ahead} lead {lead}");
            assert!(
                !duihao::domain::mapping::rows(&judge.day, afterwards()).iter().any(|r| r.token == Some(card(8)) && r.shot),
                "lead {lead}"
            );
        }
    }
}

#[test]
fn an_exchange_written_at_the_door_before_the_desk_is_heard_of_leaves_nobody_without_a_number() {
    let mut desk = prepared(4);
    let mut door = Station::new(0xd0, 600_000);
    door.hear(&desk.log);
    (1..=4).for_each(|n| {
        check_in(&mut desk, at(8, 0, n), n);
    });
    // 2 and 3 hold each other's cards; the door writes both.
    for (n, held) in [(2, 3), (3, 2)] {
        door.act(at(8, 20, 0), LogRow { token: Some(card(held)), ..of(Action::Swap, n) });
    }
    for (n, held) in [(1, 1), (3, 2), (2, 3), (4, 4)] {
        door.act(at(8, 30, 0) + held * 30_000, LogRow { token: Some(card(held as u32)), ..of(Action::Shoot, n) });
    }
    for logs in [[&desk.log, &door.log], [&door.log, &desk.log]] {
        let mut day = Day::default();
        logs.iter().for_each(|log| log.iter().for_each(|e| day.apply(e.clone())));
        assert_eq!(told(&day, afterwards()), []);
        assert_eq!(day.holders(&room(), &card(3)).len(), 1);
    }
}

#[test]
fn a_card_taken_out_of_use_by_a_laptop_that_did_not_know_whose_it_was_is_out_of_use_once_it_is_known() {
    let mut desk = prepared(3);
    let mut door = Station::new(0xd0, 0);
    door.hear(&desk.log);
    door.act(at(8, 10, 0), by_card(Action::Void, 2));
    (1..=3).for_each(|n| {
        check_in(&mut desk, at(8, 0, n), n);
    });
    for logs in [[&desk.log, &door.log], [&door.log, &desk.log]] {
        let mut day = Day::default();
        logs.iter().for_each(|log| log.iter().for_each(|e| day.apply(e.clone())));
        assert_eq!(day.holders(&room(), &card(2)), []);
        assert_eq!(day.holders(&room(), &card(3)).len(), 1);
        assert_eq!(told(&day, at(9, 0, 0)), []);
    }
}

#[test]
fn what_was_built_on_a_fact_that_is_undone_stays_and_is_told() {
    let mut desk = prepared(3);
    let mut door = Station::new(0xd0, 0);
    (1..=3).for_each(|n| {
        check_in(&mut desk, at(8, 0, n), n);
    });
    door.hear(&desk.log);
    (1..=3).for_each(|n| {
        door.act(at(8, 20, 0) + Millis::from(n) * 30_000, of(Action::Shoot, n));
    });
    // The desk, which has not heard of the shots, takes back the number and the signature of 2.
    let commands: Vec<_> = desk.day.commands(desk.id).collect();
    let of_two = &commands[commands.len() - 6..commands.len() - 3];
    for (command, code) in
        [(of_two[2], Code::ShotWithoutToken), (of_two[1], Code::ShotWithoutSignature), (of_two[0], Code::ShotWithoutArrival)]
    {
        let mut later = desk.clone();
        later.ask(at(8, 40, 0), Ask::Undo { command: Some(command), room: None });
        let day = merged(&[&door.log, &later.log]);
        let finding = check::findings(&day, afterwards()).into_iter().find(|f| f.code == code);
        assert!(finding.is_some(), "{code:?}: {:?}", told(&day, afterwards()));
        assert_eq!(day.len(), door.log.len() + later.log.len(), "nothing is lost");
        later.ask(at(8, 41, 0), Ask::Redo);
        assert_eq!(told(&merged(&[&door.log, &later.log]), afterwards()), [], "{code:?} brought back");
    }
}

#[test]
fn an_undo_of_what_is_not_received_yet_waits_and_then_counts() {
    let mut desk = prepared(2);
    let first = check_in(&mut desk, at(8, 0, 0), 1);
    let undone = desk.ask(at(8, 1, 0), Ask::Undo { command: Some(first), room: None });
    let mut door = Day::default();
    door.apply(undone[0].clone());
    assert!(!door.undo().counts(first), "known before the command itself");
    desk.log.iter().for_each(|e| door.apply(e.clone()));
    assert_eq!(told(&door, afterwards()), told(&desk.day, afterwards()));
    assert!(!door.undo().counts(first));
}

/// What a laptop does at its own place, without having heard of the others.
fn deeds() -> impl Strategy<Value = Vec<(usize, u32)>> {
    prop::collection::vec((0usize..10, 1u32..8), 0..14)
}

fn play(station: &mut Station, start: Millis, deeds: &[(usize, u32)]) {
    let actions = [
        Action::Shoot,
        Action::Shoot,
        Action::Enter,
        Action::Arrive,
        Action::Sign,
        Action::Issue,
        Action::Backfill,
        Action::Return,
        Action::PassOver,
        Action::Void,
    ];
    for (n, (action, who)) in deeds.iter().enumerate() {
        let action = actions[*action];
        let token = (action == Action::Issue).then(|| card(*who));
        let _ = station.try_ask(start + n as Millis * 20_000, Ask::Act(LogRow { token, ..of(action, *who) }));
    }
}

fn ids(day: &Day, now: Millis) -> Vec<String> {
    let mut ids: Vec<String> =
        check::findings(day, now).into_iter().map(|f| format!("{:?} {} {:?} {:?}", f.code, f.id, f.token, f.others)).collect();
    ids.sort();
    ids
}

proptest! {
    #![proptest_config(super::properties::bounded(120))]

    #[test]
    fn no_finding_depends_on_the_fold_order_of_stations_that_had_not_seen_each_other(
        deeds in prop::collection::vec(deeds(), 3),
        steps in prop::collection::vec((0u64..5, 0u64..5), 3),
        hour in 0u32..2,
    ) {
        let mut desk = prepared(8);
        (1..=4).for_each(|n| {
            check_in(&mut desk, at(8, 0, n), n);
        });
        let base = desk.day.tick();
        let mut logs = vec![desk.log.clone()];
        let mut shifted = vec![desk.log.clone()];
        for (place, deeds) in deeds.iter().enumerate() {
            let mut station = Station::new(0xa0 + place as u64, 0);
            station.hear(&desk.log);
            play(&mut station, at(8, 20, 7 * place as u32), deeds);
            logs.push(station.log.clone());
            // Another course of the Lamport clock that the station could have had just as well.
            let (lead, step) = steps[place];
            station.log.iter_mut().for_each(|e| e.tick = base + lead * 7 + (e.tick - base) * (step + 1));
            shifted.push(station.log);
        }
        let now = [at(9, 0, 0), afterwards()][hour as usize];
        let all = |logs: &[Vec<Entry>]| merged(&logs.iter().map(Vec::as_slice).collect::<Vec<_>>());
        prop_assert_eq!(ids(&all(&logs), now), ids(&all(&shifted), now));
    }
}

#[test]
fn a_second_paper_with_seconds_does_not_take_the_grace_from_the_one_with_minutes() {
    let order: Vec<u32> = (1..=PEOPLE).collect();
    let whole = day(&order, 0, Paper::Minutes, false);
    let mut typist = Station::new(0x9b, 0);
    typist.hear(&whole.common);
    let note = |n: u32, s| LogRow {
        row: n,
        time: LogTime { date: Some(date()), time: Some(super::world::time(8, 40, s)), offset: None },
        ..of(Action::Return, n)
    };
    typist.ask(
        at(11, 5, 0),
        Ask::TakeLog { source: "cards.csv".into(), hash: "cards".into(), rows: vec![note(2, 7), note(3, 31)], date: None },
    );
    let [a, b, c, d] = whole.logs();
    assert_eq!(told(&judged(&[a, b, c, d, &typist.log], 0), afterwards()), []);
}

#[test]
fn a_typed_row_and_its_neighbours_keep_their_place_beside_live_ones() {
    let mut desk = prepared(6);
    (1..=6).for_each(|n| {
        check_in(&mut desk, at(8, 0, n), n);
    });
    for n in [1u32, 2, 5, 6] {
        desk.act(at(8, 30, 0) + Millis::from(n) * 30_000, of(Action::Shoot, n));
    }
    // Typed in one by one afterwards, as a person at the command line does.
    for n in [3u32, 4] {
        let time = desk.day.campaign().zone.local(at(8, 30, 0) + Millis::from(n) * 30_000).time();
        let written = LogTime { date: Some(date()), time: Some(time), offset: None };
        desk.ask(at(9, 0, 0), Ask::Act(LogRow { time: written, ..of(Action::Shoot, n) }));
    }
    assert_eq!(told(&desk.day, afterwards()), []);
}
