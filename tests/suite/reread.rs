//! A file taken before and read anew with its columns corrected: whose values change, who stays, and that nothing else does.

use std::sync::Arc;

use duihao::domain::command::{Ask, Command};
use duihao::domain::day::Day;
use duihao::domain::decide::decide;
use duihao::domain::event::Entry;
use duihao::domain::ids::{EntryId, PersonId, StationId};
use duihao::domain::person::{ClassList, ListRow, MarkList, MarkRow, Marks};
use duihao::domain::relist::Said;
use duihao::domain::reread::{compare, compare_marks};
use duihao::domain::roster::Person;

/// A day that takes what is asked, one command after the other.
#[derive(Default)]
struct Desk {
    day: Day,
    seq: u64,
}

impl Desk {
    fn ask(&mut self, ask: Ask) -> usize {
        let events = decide(&self.day, &Command { now: 0, station: StationId(1), ask }).unwrap();
        let cmd = self.seq + 1;
        for event in &events {
            self.seq += 1;
            let id = EntryId { station: StationId(1), seq: self.seq };
            self.day.apply(Entry { id, cmd, tick: self.seq, at: 0, event: event.clone() });
        }
        events.len()
    }

    fn person(&self, list: &ClassList, row: usize) -> Person {
        self.day.roster().person(list.person(&list.rows[row])).unwrap().clone()
    }
}

fn row(number: u32, no: &str, name: &str, class: &str) -> ListRow {
    let text = |t: &str| (!t.is_empty()).then(|| t.into());
    ListRow { row: number, student_no: text(no), name: text(name), class: text(class), ..ListRow::default() }
}

fn list(hash: &str, rows: Vec<ListRow>) -> ClassList {
    ClassList { source: format!("{hash}.csv"), hash: hash.to_owned(), sheet: String::new(), rows }
}

fn marked(hash: &str, paid: &[(&str, bool)]) -> MarkList {
    let row = |(at, (key, paid)): (u32, &(&str, bool))| MarkRow {
        row: at,
        key: (*key).to_owned(),
        marks: Marks { paid: Some(*paid), ..Marks::default() },
    };
    MarkList { source: format!("{hash}.csv"), hash: hash.to_owned(), sheet: String::new(), rows: (2..).zip(paid).map(row).collect() }
}

fn anew(list: &ClassList) -> Ask {
    Ask::ReadAnew { lists: vec![Arc::new(list.clone())], marks: Vec::new(), gone: Vec::new() }
}

#[test]
fn a_list_read_anew_takes_the_place_of_its_earlier_reading_and_of_nothing_else() {
    let wrong = list("a", vec![row(2, "20230101", "班主任", "一班"), row(3, "20230102", "李雷", "一班")]);
    let right = list("a", vec![row(2, "20230101", "王芳", ""), row(3, "20230102", "李雷", "")]);
    let later = list("b", vec![row(2, "20230102", "李雷", "三班")]);
    let mut desk = Desk::default();
    desk.ask(Ask::TakeLists(vec![Arc::new(wrong.clone())]));
    desk.ask(Ask::TakeLists(vec![Arc::new(later)]));
    let comparison = compare(&desk.day, &[Arc::new(right.clone())]);
    let what: Vec<_> = comparison.changed.iter().flat_map(|c| c.what.clone()).collect();
    let said = |said, old: &str, new: &str| (said, old.to_owned(), new.to_owned());
    assert_eq!(what, [said(Said::Name, "班主任", "王芳"), said(Said::Class, "一班", "")]);
    assert_eq!((comparison.unchanged, comparison.fresh.len(), comparison.gone.len()), (1, 0, 0));
    assert_eq!(desk.ask(anew(&right)), 1);
    let (first, second) = (desk.person(&right, 0), desk.person(&right, 1));
    assert_eq!((&*first.name, first.class.as_deref()), ("王芳", None));
    // What a later list says of somebody is not taken back.
    assert_eq!(second.class.as_deref(), Some("三班"));
    // Once more it is nothing new, and undone it never was.
    assert_eq!(desk.ask(anew(&right)), 0);
    desk.ask(Ask::Undo { command: None, room: None });
    assert_eq!(&*desk.person(&wrong, 0).name, "班主任");
}

#[test]
fn whoever_is_on_no_row_any_more_stays_until_a_person_says_that_they_are_gone() {
    let wrong = list("a", vec![row(2, "20230101", "王芳", "一班"), row(9, "2026.6.1", "制表人", "一班")]);
    let right = list("a", vec![row(2, "20230101", "王芳", "二班")]);
    let mut desk = Desk::default();
    desk.ask(Ask::TakeLists(vec![Arc::new(wrong.clone())]));
    let comparison = compare(&desk.day, &[Arc::new(right.clone())]);
    let gone: Vec<PersonId> = comparison.gone.iter().map(|g| g.person).collect();
    assert_eq!(comparison.gone.iter().map(|g| g.named.name.as_str()).collect::<Vec<_>>(), ["制表人"]);
    desk.ask(anew(&right));
    assert!(desk.person(&wrong, 1).listed);
    desk.ask(Ask::ReadAnew { lists: vec![Arc::new(right)], marks: Vec::new(), gone });
    assert!(!desk.person(&wrong, 1).listed);
}

#[test]
fn whoever_was_gone_is_not_brought_back_by_reading_an_old_list_anew() {
    let old = list("a", vec![row(2, "20230101", "王芳", "一班"), row(3, "20230102", "李雷", "一班")]);
    let right = list("a", vec![row(2, "20230101", "王芳", "二班"), row(3, "20230102", "李雷", "二班")]);
    let new = list("b", vec![row(2, "20230101", "王芳", "一班")]);
    let mut desk = Desk::default();
    desk.ask(Ask::TakeLists(vec![Arc::new(old.clone())]));
    let gone = vec![old.person(&old.rows[1])];
    desk.ask(Ask::Relist { lists: vec![Arc::new(new)], same: Vec::new(), gone });
    desk.ask(anew(&right));
    assert!(!desk.person(&old, 1).listed);
}

#[test]
fn marks_read_anew_say_nothing_more_of_whom_they_leave_out_and_stay_older_than_later_lists() {
    let people = list("p", vec![row(2, "20230101", "王芳", ""), row(3, "20230102", "李雷", ""), row(4, "20230103", "韩梅", "")]);
    let wrong = marked("m", &[("20230101", true), ("20230102", true)]);
    let right = marked("m", &[("20230101", false), ("20230103", false)]);
    let mut desk = Desk::default();
    desk.ask(Ask::TakeLists(vec![Arc::new(people.clone())]));
    desk.ask(Ask::TakeMarks(vec![wrong]));
    desk.ask(Ask::TakeMarks(vec![marked("later", &[("20230101", true)])]));
    let comparison = compare_marks(&desk.day, std::slice::from_ref(&right));
    assert_eq!(comparison.changed.iter().map(|c| c.named.name.as_str()).collect::<Vec<_>>(), ["李雷", "韩梅"]);
    desk.ask(Ask::ReadAnew { lists: Vec::new(), marks: vec![right], gone: Vec::new() });
    let paid = |row| desk.person(&people, row).marks.paid;
    assert_eq!((paid(0), paid(1), paid(2)), (Some(true), None, Some(false)));
    // Forgetting somebody writes lists again, and changes nothing of the others.
    let person = people.person(&people.rows[2]);
    desk.ask(Ask::ForgetPerson(person));
    let paid = |row| desk.person(&people, row).marks.paid;
    assert_eq!((paid(0), paid(1)), (Some(true), None));
}
