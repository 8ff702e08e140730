//! A day that is looked at after every fact says what a day says that is looked at for the first time: one busy room, two dates, people
//! on a list and in slots, cards that change hands, settled findings, undo, a clock that is set back.

use std::sync::Arc;

use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow, LogTime};
use duihao::domain::day::Day;
use duihao::domain::event::{Event, Whole};
use duihao::domain::ids::Millis;
use duihao::domain::person::{MarkList, MarkRow, Marks};
use duihao::domain::schedule::{ScheduleRow, ScheduleTable};
use proptest::prelude::*;

use super::bounded;
use crate::world::{ROOM, Station, at, card, date, of, prepared, row, student, time};

const PEOPLE: u32 = 7;

#[derive(Debug, Clone)]
enum Step {
    /// Arrived, signed, the next number in hand, shot.
    Through(u32),
    Row {
        action: Action,
        who: u32,
        token: Option<u32>,
        with: u32,
        written: Option<u32>,
    },
    Settle(prop::sample::Index, prop::sample::Index),
    Undo,
    Redo,
    NextDay,
    ClockBack,
}

fn step() -> impl Strategy<Value = Step> {
    use Action::*;
    let often = prop::sample::select(vec![Arrive, Issue, Issue, Enter, Shoot, Shoot, Shoot, Swap, Swap, Void]);
    let seldom = prop::sample::select(vec![
        Sign, Reissue, PassOver, SetAside, ComeBack, GiveWay, Insert, Backfill, Move, Pay, Return, Retake, Missing, SetNext, SetNext, Count,
    ]);
    let action = prop_oneof![3 => often, 2 => seldom];
    let token = prop::option::weighted(0.5, 1..=PEOPLE + 2);
    let written = prop::option::weighted(0.1, 0u32..59);
    prop_oneof![
        4 => (1..=PEOPLE).prop_map(Step::Through),
        12 => (action, 1..=PEOPLE, token, 1..=PEOPLE, written)
            .prop_map(|(action, who, token, with, written)| Step::Row { action, who, token, with, written }),
        3 => (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(n, choice)| Step::Settle(n, choice)),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => Just(Step::NextDay),
        1 => Just(Step::ClockBack),
    ]
}

fn slots(desk: &mut Station) {
    let slot = |hour, class: &str, row| ScheduleRow {
        room: ROOM.into(),
        series: None,
        date: Some(date()),
        start: time(hour, 0, 0),
        end: time(hour, 20, 0),
        college: "工学院".into(),
        classes: vec![class.into()],
        headcount: None,
        sheet: String::new(),
        row,
    };
    let rows = vec![slot(8, "计171", 2), slot(9, "乙171", 3)];
    desk.ask(at(7, 1, 0), Ask::TakeSchedule(ScheduleTable { source: "plan.xlsx".into(), hash: "plan".into(), rows }));
    let marks = |row, n, marks| MarkRow { row, key: student(n), marks };
    let rows =
        vec![marks(2, 1, Marks { exempt: Some(true), ..Marks::default() }), marks(3, 2, Marks { paid: Some(false), ..Marks::default() })];
    let list = MarkList { source: "marks.csv".into(), hash: "marks".into(), sheet: String::new(), rows };
    desk.ask(at(7, 2, 0), Ask::TakeMarks(vec![list]));
}

fn play(desk: &mut Station, step: &Step, now: Millis) {
    let mut act = |row: LogRow| drop(desk.try_ask(now, Ask::Act(row)));
    match step {
        Step::Through(n) => [Action::Arrive, Action::Sign, Action::Issue, Action::Shoot].into_iter().for_each(|a| act(of(a, *n))),
        Step::Row { action, who, token, with, written } => {
            let token = token.map(card);
            let time =
                written.map(|m| LogTime { date: Some(date()), time: Some(time(8, m, m % 2 * 30)), offset: None }).unwrap_or_default();
            let with = (*action == Action::Swap && token.is_none()).then(|| student(*with));
            let value = match action {
                Action::Count => Some(format!("{who:04}")),
                Action::Move if *who > 4 => Some("计171".to_owned()),
                _ => None,
            };
            let nobody = matches!(action, Action::Missing | Action::SetNext | Action::Count) || value.is_some();
            act(LogRow { student: (!nobody).then(|| student(*who)), token, with, value, time, ..row(*action) });
        }
        Step::Settle(n, choice) => {
            let findings = check::findings(&desk.day, now);
            let Some(finding) = findings.get(n.index(findings.len().max(1))) else { return };
            let choices = finding.choices();
            if !choices.is_empty() {
                let choice = choices[choice.index(choices.len())].word().to_owned();
                drop(desk.try_ask(now, Ask::Settle { finding: finding.id.clone(), choice }));
            }
        }
        Step::Undo => drop(desk.try_ask(now, Ask::Undo { command: None, room: None })),
        Step::Redo => drop(desk.try_ask(now, Ask::Redo)),
        Step::NextDay | Step::ClockBack => {}
    }
}

proptest! {
    #![proptest_config(bounded(200))]

    #[test]
    fn a_day_looked_at_after_every_fact_says_what_a_day_looked_at_once_says(
        steps in prop::collection::vec(step(), 8..40), cards_come_back in any::<bool>(),
    ) {
        let mut desk = prepared(PEOPLE);
        slots(&mut desk);
        if cards_come_back {
            let campaign = duihao::domain::campaign::Campaign { return_tokens: true, ..desk.day.campaign().clone() };
            desk.write(at(7, 3, 0), vec![Event::whole(at(7, 3, 0), Whole::Campaign { campaign: Box::new(campaign) })]);
        }
        let (mut book, mut now) = (check::Book::default(), at(8, 0, 0));
        let mut later = check::Book::leaving_from(0);
        for step in &steps {
            now += match step {
                Step::NextDay => 86_400_000,
                Step::ClockBack => -420_000,
                _ => 97_000,
            };
            play(&mut desk, step, now);
            let fresh = Day::replay(desk.log.iter().cloned());
            for key in fresh.sessions() {
                prop_assert_eq!(desk.day.course(key), fresh.course(key), "{:?} after {:?}", key, step);
            }
            let whole = check::all(&fresh, now);
            prop_assert_eq!(book.all(&desk.day, now), &whole[..], "after {:?}", step);
            // What is said before everything was looked at is a part of the whole, and today's is never left for later.
            let (today, soon) = (fresh.date(now), later.open_soon(&desk.day, now));
            let open = |f: &&duihao::domain::finding::Finding| fresh.settlement(&f.id).is_none();
            prop_assert!(soon.iter().all(|f| whole.contains(f)), "after {:?}", step);
            let missing = whole.iter().filter(open).filter(|f| !soon.contains(f)).collect::<Vec<_>>();
            prop_assert!(missing.iter().all(|f| later.waiting() > 0 && f.date != Some(today)), "{:?} after {:?}", missing, step);
            later.go_on(&desk.day, now, 1);
        }
        prop_assert_eq!(later.open(&desk.day, now), check::findings(&desk.day, now));
        // Two looks at one day share what was worked out.
        for key in desk.day.sessions() {
            prop_assert!(Arc::ptr_eq(&desk.day.course(key), &desk.day.course(key)));
        }
    }
}

#[test]
fn a_scan_of_today_never_brings_up_what_is_old_and_was_left_for_later() {
    let mut desk = prepared(PEOPLE);
    let yesterday = |minute| at(8, minute, 0);
    for (minute, n) in [(1, 1), (2, 2), (3, 3)] {
        for action in [Action::Arrive, Action::Sign, Action::Issue] {
            desk.ask(yesterday(minute), Ask::Act(of(action, n)));
        }
    }
    // The third number before the first.
    desk.ask(yesterday(10), Ask::Act(of(Action::Shoot, 3)));
    let old = check::findings(&desk.day, yesterday(11));
    assert!(!old.is_empty());
    // Opened anew: nobody has worked out yesterday's course, so that it may have anybody in it.
    desk.day = Day::replay(desk.log.iter().cloned());

    let today = at(8, 0, 0) + 86_400_000;
    let mut later = check::Book::leaving_from(0);
    let is_old = |f: &duihao::domain::finding::Finding| f.date == Some(date());
    assert!(!later.open_soon(&desk.day, today).iter().any(is_old));
    for (minute, action) in [(1, Action::Arrive), (2, Action::Issue), (3, Action::Shoot)] {
        desk.ask(today + minute * 60_000, Ask::Act(of(action, 5)));
        let soon = later.open_soon(&desk.day, today + minute * 60_000);
        assert!(!soon.iter().any(is_old) && later.waiting() == 1, "{action:?} {soon:?}");
    }
    let now = today + 240_000;
    later.go_on(&desk.day, now, 1);
    let soon = later.open_soon(&desk.day, now);
    assert!(soon.iter().any(is_old) && later.waiting() == 0);
    assert_eq!(soon, check::findings(&desk.day, now));
}
