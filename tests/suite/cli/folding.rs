//! Folding facts one by one, all at once, and as one batch must give the same day.

use duihao::domain::check;
use duihao::domain::command::{Action, Ask, Command, LogRow, LogTime};
use duihao::domain::day::Day;
use duihao::domain::decide::decide;
use duihao::domain::event::Entry;
use duihao::domain::ids::RoomKey;
use duihao::domain::ids::{EntryId, StationId};
use duihao::domain::mapping;

const NOW: i64 = 1_600_000_000_000;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn row(dice: &mut Dice) -> LogRow {
    use Action::{Enter, Issue, Register, Reissue, Shoot, Sign, Swap, Void};
    let actions = [Issue, Issue, Issue, Shoot, Shoot, Enter, Sign, Register, Register, Swap, Reissue, Void];
    let action = actions[dice.roll(actions.len() as u64) as usize];
    let code = format!("20170104{:02}", dice.roll(9));
    let token = format!("{:04}A", dice.roll(9) + 1);
    let by_number = dice.roll(3) > 0 && !matches!(action, Issue | Reissue | Swap);
    LogRow {
        row: 0,
        time: LogTime::default(),
        room: "R1".to_owned(),
        action,
        student: (!by_number).then_some(code),
        token: (by_number || action != Void && dice.roll(2) > 0).then_some(token),
        with: None,
        value: None,
        note: Some(format!("人{}", dice.roll(5))),
    }
}

/// Facts that name numbers before anybody holds them must not depend on how the day was folded.
#[test]
fn numbers_and_registrations_one_by_one_give_the_day_of_all_at_once() {
    for seed in 0..20 {
        let mut dice = Dice(seed);
        let (mut day, mut all) = (Day::default(), Vec::new());
        for step in 0..40 {
            let ask = Ask::Act(row(&mut dice));
            let Ok(events) = decide(&day, &Command { now: NOW + step, station: StationId(1), ask }) else { continue };
            let tick = day.tick() + 1;
            for event in events {
                let seq = all.len() as u64 + 1;
                let entry = Entry { id: EntryId { station: StationId(1), seq }, cmd: seq, tick, at: NOW + step, event };
                all.push(entry.clone());
                day.apply(entry);
            }
            let (replayed, mut batch) = (Day::replay(all.clone()), Day::default());
            batch.extend(all.clone());
            for other in [&replayed, &batch] {
                assert_eq!(check::all(&day, NOW), check::all(other, NOW), "seed {seed} step {step}");
                assert_eq!(mapping::rows(&day, NOW), mapping::rows(other, NOW), "seed {seed} step {step}");
                assert_eq!(day.next_token(&RoomKey::of("R1")), other.next_token(&RoomKey::of("R1")));
            }
        }
    }
}

#[test]
fn a_settlement_about_a_code_follows_whoever_is_registered_under_it() {
    use duihao::domain::event::{Event, Whole};
    use duihao::domain::ids::{PersonId, Who};

    let code = "2017999901";
    let settled = Whole::Settled {
        finding: "0123456789".into(),
        code: "out_of_order".into(),
        choice: "先拍".into(),
        people: vec![Who::Code(code.into())],
    };
    let person = PersonId::of_registration(&[code, "", ""]);
    let registered = Whole::Registered { person, code: Some(code.into()), name: "林子皓".into(), class: None };
    let entry =
        |(seq, whole)| Entry { id: EntryId { station: StationId(1), seq }, cmd: seq, tick: seq, at: NOW, event: Event::whole(NOW, whole) };
    let entries: Vec<Entry> = (1u64..).zip([settled, registered]).map(entry).collect();
    let mut one_by_one = Day::default();
    entries.iter().for_each(|e| one_by_one.apply(e.clone()));
    assert_eq!(one_by_one.settled_people(), Day::replay(entries).settled_people());
}

#[test]
fn a_mark_for_someone_on_no_list_counts_as_soon_as_they_are_registered() {
    use duihao::domain::event::{Event, Whole};
    use duihao::domain::ids::PersonId;
    use duihao::domain::person::{MarkList, MarkRow, Marks};

    let code = "2017999901";
    let person = PersonId::of_registration(&[code, "", ""]);
    let row = MarkRow { row: 2, key: code.into(), marks: Marks { exempt: Some(true), ..Marks::default() } };
    let marks = Whole::Marks { list: MarkList { source: "免拍.csv".into(), hash: "m".into(), sheet: String::new(), rows: vec![row] } };
    let registered = Whole::Registered { person, code: Some(code.into()), name: "林子皓".into(), class: None };
    let mut day = Day::default();
    for (seq, whole) in (1u64..).zip([marks, registered]) {
        let id = EntryId { station: StationId(1), seq };
        day.apply(Entry { id, cmd: seq, tick: seq, at: NOW, event: Event::whole(NOW, whole) });
    }
    assert_eq!(day.roster().person(person).unwrap().marks.exempt, Some(true));
}
