//! Settling: one fault is one finding, every choice of every code makes it go and brings no other, and undo brings it back.

use duihao::domain::campaign::Campaign;
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow};
use duihao::domain::event::{Entry, Event, Fact, Whole};
use duihao::domain::finding::{Choice, Code, Severity};
use duihao::domain::ids::Millis;
use duihao::domain::person::{ClassList, ListRow, MarkList, MarkRow, Marks};
use duihao::domain::schedule::{ScheduleRow, ScheduleTable};

use crate::world::{
    ROOM, Station, afterwards, at, by_card, campaign, card, check_in, class_list, date, of, only_finding, prepared, row, student, time,
};

/// A day with one fault, and when it is looked at.
struct Fault {
    name: &'static str,
    code: Code,
    station: Station,
    now: Millis,
}

fn fault(name: &'static str, code: Code, now: Millis, station: Station) -> Fault {
    Fault { name, code, station, now }
}

const LATER: (u32, u32, u32) = (9, 0, 0);

fn later() -> Millis {
    at(LATER.0, LATER.1, LATER.2)
}

/// So many people with a number in hand.
fn queue(people: u32) -> Station {
    let mut desk = prepared(30);
    (1..=people).for_each(|n| {
        check_in(&mut desk, at(8, 0, n), n);
    });
    desk
}

/// The queue, shot in this order by 学号.
fn shot(people: u32, order: &[u32]) -> Station {
    let mut desk = queue(people);
    for (place, n) in order.iter().enumerate() {
        desk.act(at(8, 20, 0) + place as i64 * 30_000, of(Action::Shoot, *n));
    }
    desk
}

/// The queue, shot in this order by the card held up.
fn shot_by_card(people: u32, order: &[u32]) -> Station {
    let mut desk = queue(people);
    for (place, n) in order.iter().enumerate() {
        desk.act(at(8, 20, 0) + place as i64 * 30_000, by_card(Action::Shoot, *n));
    }
    desk
}

fn with_marks(mut station: Station, marks: Marks) -> Station {
    let list =
        MarkList { source: "m".into(), hash: "m".into(), sheet: String::new(), rows: vec![MarkRow { row: 2, key: student(2), marks }] };
    station.ask(at(7, 30, 0), Ask::TakeMarks(vec![list]));
    station
}

fn with_slot(mut station: Station, room: &str, hour: u32) -> Station {
    let row = ScheduleRow {
        room: room.into(),
        series: None,
        date: Some(date()),
        start: time(hour, 0, 0),
        end: time(hour, 40, 0),
        college: "工学院".into(),
        classes: vec!["计171".into()],
        headcount: None,
        sheet: String::new(),
        row: 2,
    };
    station.ask(at(7, 30, 0), Ask::TakeSchedule(ScheduleTable { source: "s".into(), hash: "s".into(), rows: vec![row] }));
    station
}

/// Shot, with only some of the steps before.
fn hurried(steps: &[Action]) -> Station {
    let mut desk = queue(1);
    for action in steps {
        let token = (*action == Action::Issue).then(|| card(2));
        desk.act(at(8, 10, 0), LogRow { token, ..of(*action, 2) });
    }
    desk.act(at(8, 20, 0), of(Action::Shoot, 1));
    desk.act(at(8, 21, 0), of(Action::Shoot, 2));
    desk
}

fn faults() -> Vec<Fault> {
    let mut faults = vec![
        fault("one before one who waits", Code::OutOfOrder, later(), shot(4, &[1, 3])),
        fault("one before one who followed", Code::OutOfOrder, later(), shot(4, &[1, 3, 2, 4])),
        fault("the same, by card", Code::OutOfOrder, later(), shot_by_card(4, &[1, 3])),
        fault("the same, by card, all shot", Code::OutOfOrder, later(), shot_by_card(4, &[1, 3, 2, 4])),
        fault("one before two who wait", Code::OutOfOrder, later(), shot(5, &[1, 4])),
        fault("never came", Code::LeftBehind, afterwards(), shot(4, &[1, 3, 4])),
        fault("came last", Code::LeftBehind, afterwards(), shot(4, &[1, 3, 4, 2])),
        fault("came last, the same day", Code::LeftBehind, later(), shot_by_card(4, &[1, 3, 4, 2])),
    ];

    let mut desk = queue(3);
    desk.act(at(8, 20, 0), LogRow { token: Some(card(2)), ..of(Action::Shoot, 1) });
    faults.push(fault("one shows another's card", Code::WrongToken, later(), desk.clone()));
    desk.act(at(8, 21, 0), LogRow { token: Some(card(1)), ..of(Action::Shoot, 2) });
    faults.push(fault("two show each other's", Code::WrongToken, later(), desk));

    let mut desk = queue(2);
    desk.act(at(8, 10, 0), LogRow { token: Some(card(2)), ..of(Action::Issue, 3) });
    faults.push(fault("two with one number", Code::DuplicateToken, later(), desk));
    let mut desk = queue(2);
    desk.act(at(8, 10, 0), LogRow { token: Some(card(3)), ..of(Action::Issue, 2) });
    faults.push(fault("one with two numbers", Code::TwoTokens, later(), desk.clone()));
    desk.act(at(8, 20, 0), by_card(Action::Shoot, 1));
    desk.act(at(8, 21, 0), by_card(Action::Shoot, 3));
    faults.push(fault("one with two numbers, shot with the second", Code::TwoTokens, later(), desk));
    let mut desk = queue(2);
    desk.act(at(8, 10, 0), LogRow { token: Some(card(5)), ..of(Action::Arrive, 3) });
    desk.act(at(8, 10, 0), LogRow { token: Some(card(5)), ..of(Action::Issue, 3) });
    faults.push(fault("numbers left out", Code::TokenGap, later(), desk));

    let mut desk = queue(1);
    for action in [Action::Arrive, Action::Sign, Action::Issue] {
        let token = (action == Action::Issue).then(|| card(2));
        desk.act(at(8, 10, 0), LogRow { token, ..of(action, 30) });
    }
    desk.act(at(8, 20, 0), of(Action::Shoot, 1));
    desk.act(at(8, 21, 0), LogRow { student: Some("99000001".into()), ..row(Action::Shoot) });
    faults.push(fault("nobody's code", Code::NotOnRoster, later(), desk));
    let mut desk = queue(1);
    desk.act(at(8, 20, 0), LogRow { note: Some("王新".into()), token: Some(card(2)), ..row(Action::Register) });
    faults.push(fault("registered at the desk", Code::NotOnRoster, later(), desk));

    faults.push(fault("shot again", Code::ShotTwice, later(), shot(3, &[1, 2, 1])));
    faults.push(fault("another room's class", Code::WrongRoom, later(), with_slot(shot(1, &[1]), "乙", 8)));
    faults.push(fault("hours late", Code::WrongSlot, later(), with_slot(shot(1, &[1]), ROOM, 11)));
    let all = [Action::Arrive, Action::Sign, Action::Issue];
    let without = |left: Action| hurried(&all.iter().copied().filter(|a| *a != left).collect::<Vec<_>>());
    faults.push(fault("no number", Code::ShotWithoutToken, later(), without(Action::Issue)));
    faults.push(fault("no signature", Code::ShotWithoutSignature, later(), without(Action::Sign)));
    faults.push(fault("no arrival", Code::ShotWithoutArrival, later(), without(Action::Arrive)));
    faults.push(fault(
        "not paid",
        Code::UnpaidShot,
        later(),
        with_marks(shot(2, &[1, 2]), Marks { paid: Some(false), ..Marks::default() }),
    ));
    faults.push(fault("exempt", Code::ExemptShot, later(), with_marks(shot(2, &[1, 2]), Marks { exempt: Some(true), ..Marks::default() })));

    let mut desk = prepared(3);
    let mut upgraded = class_list("upgraded", [20]);
    upgraded.rows[0].level = Some("专升本".into());
    upgraded.rows[0].student_no = Some("18000020".into());
    upgraded.rows[0].marks.exempt = Some(true);
    desk.ask(at(7, 30, 0), Ask::TakeLists(vec![upgraded.into()]));
    faults.push(fault("exempt by an old record", Code::ExemptDoubtful, later(), desk));

    let mut desk = queue(2);
    desk.act(at(8, 15, 0), LogRow { value: Some("100".into()), ..row(Action::Count) });
    desk.act(at(8, 20, 0), of(Action::Shoot, 1));
    desk.act(at(8, 25, 0), LogRow { value: Some("105".into()), ..row(Action::Count) });
    faults.push(fault("four frames too many", Code::CountMismatch, later(), desk));

    let mut desk = Station::new(0xde, 0);
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(Campaign { return_tokens: true, ..campaign(&[ROOM]) })));
    desk.ask(at(7, 0, 0), Ask::TakeLists(vec![class_list("list", 1..=3).into()]));
    check_in(&mut desk, at(8, 0, 0), 1);
    desk.act(at(8, 20, 0), of(Action::Shoot, 1));
    faults.push(fault("card kept", Code::TokenNotReturned, afterwards(), desk));

    let mut desk = prepared(3);
    let other = ListRow {
        row: 2,
        student_no: Some(student(2).into()),
        name: Some("别人".into()),
        class: Some("计171".into()),
        ..ListRow::default()
    };
    desk.ask(
        at(7, 30, 0),
        Ask::TakeLists(vec![ClassList { source: "o".into(), hash: "o".into(), sheet: String::new(), rows: vec![other] }.into()]),
    );
    faults.push(fault("one 学号, two names", Code::Conflict, later(), desk));

    // The same number written twice by one station can only come of a copied home.
    let mut desk = queue(1);
    let mut twin = desk.log[4].clone();
    twin.event = Event { happened: Some(1), fact: Fact::Whole(Whole::Undone { commands: Vec::new() }) };
    desk.hear(&[twin]);
    faults.push(fault("one entry, two contents", Code::Fork, later(), desk));
    faults
}

fn errors(station: &Station, now: Millis) -> Vec<(Code, String)> {
    let findings = check::findings(&station.day, now).into_iter().filter(|f| f.severity() == Severity::Error || f.code == Code::LeftBehind);
    findings.map(|f| (f.code, f.token.unwrap_or_default())).collect()
}

#[test]
fn one_fault_is_one_finding() {
    for fault in faults() {
        let findings = check::findings(&fault.station.day, fault.now);
        assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [fault.code], "{}: {findings:#?}", fault.name);
    }
}

#[test]
fn every_code_has_its_fault_here() {
    use Code::*;
    let all = [
        OutOfOrder,
        LeftBehind,
        WrongToken,
        DuplicateToken,
        TwoTokens,
        TokenGap,
        NotOnRoster,
        ExemptShot,
        ExemptDoubtful,
        ShotTwice,
        WrongRoom,
        WrongSlot,
        ShotWithoutToken,
        ShotWithoutSignature,
        ShotWithoutArrival,
        UnpaidShot,
        CountMismatch,
        TokenNotReturned,
        Conflict,
        Fork,
    ];
    let here: Vec<Code> = faults().into_iter().map(|f| f.code).collect();
    assert!(all.iter().all(|code| here.contains(code)));
}

#[test]
fn every_choice_makes_its_finding_go_brings_no_other_and_undo_brings_it_back() {
    let mut wrong = Vec::new();
    for fault in faults() {
        let finding = only_finding(&fault.station.day, fault.now);
        for choice in finding.choices() {
            let label = format!("{} · {}", fault.name, choice.word());
            let mut station = fault.station.clone();
            let word = if *choice == Choice::Claim { format!("认领:{}", student(30)) } else { choice.word().to_owned() };
            let settle = Ask::Settle { finding: finding.id.clone(), choice: word };
            let written = match station.try_ask(fault.now, settle) {
                Ok(written) => written,
                Err(why) => {
                    wrong.push(format!("{label}: refused {why:?}"));
                    continue;
                }
            };
            if check::findings(&station.day, fault.now).iter().any(|f| f.id == finding.id) {
                wrong.push(format!("{label}: still there"));
            }
            if !errors(&station, fault.now).is_empty() {
                wrong.push(format!("{label}: now {:?}", errors(&station, fault.now)));
            }
            let command = written.first().map(Entry::command);
            station.ask(fault.now, Ask::Undo { command, room: None });
            let back = check::findings(&station.day, fault.now);
            if back != [finding.clone()] {
                wrong.push(format!("{label}: undone, but {back:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
