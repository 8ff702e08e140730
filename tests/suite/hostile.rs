//! Sheets made to be slow, and those that once were: looked at in bounded time, every row accounted for.

use std::path::Path;
use std::time::{Duration, Instant};

use duihao::desk::Error;
use duihao::desk::intake::{self, Manner, Sort};
use duihao::domain::day::Day;
use duihao::files::sheets::SheetError;

#[path = "../../examples/fuzz_sheets/hostile.rs"]
mod made;

/// One row in so many: a debug build is twenty times slower, and other tests run beside this one.
const SHARE: usize = if cfg!(debug_assertions) { 100 } else { 1 };

/// Looks at a sheet in every way; five seconds at most, more in a debug build beside other tests.
fn look(name: &str, bytes: &[u8]) {
    for sort in [Sort::Schedule, Sort::Roster, Sort::Marks, Sort::Log] {
        let since = Instant::now();
        let start = made::spent(since);
        let taken = intake::look(&Day::default(), sort, name, bytes, &Manner::default());
        let took = made::spent(since).saturating_sub(start);
        let most = if cfg!(debug_assertions) { 20 } else { 5 };
        assert!(took < Duration::from_secs(most), "{name} {sort:?}: {took:?}");
        match taken {
            Ok(taken) => {
                let account = taken.account;
                assert_eq!(account.rows, account.taken + account.reported + account.skipped.len(), "{name} {sort:?}");
            }
            Err(error) => assert!(matches!(error, Error::Sheet(_)), "{name} {sort:?}: {error:?}"),
        }
    }
}

#[test]
fn sheets_made_to_be_slow_are_looked_at_in_time() {
    for (name, text) in made::sheets(SHARE) {
        look(name, text.as_bytes());
    }
}

#[test]
fn sheets_that_were_slow_or_broke_a_reader_no_longer_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        look(&path.file_name().unwrap().to_string_lossy(), &std::fs::read(&path).unwrap());
    }
}

#[test]
fn a_schedule_larger_than_any_school_has_is_refused_by_what_is_too_large() {
    let refused = |text: String| match intake::look(&Day::default(), Sort::Schedule, "a.csv", text.as_bytes(), &Manner::default()) {
        Err(Error::Sheet(SheetError::TooLarge { what, .. })) => what,
        other => panic!("{other:?}"),
    };
    let head = "时间,日期,班级\n";
    assert_eq!(refused(head.to_owned() + &"8:00-9:00,9月13日,电商171\n".repeat(34_000)), "cells of a schedule");
    assert_eq!(refused(head.to_owned() + &format!("8:00-9:00,9月13日,{}\n", "电商".repeat(5_000)).repeat(75)), "text of a schedule, bytes");
    assert_eq!(refused(head.to_owned() + &"8:00-9:00,9月13日,电商171\n".repeat(5_001)), "rows of a schedule");
    // 20 rows of 600 windows on 28 days are a third of a million slots.
    let many = made::sheets(1).into_iter().find(|(name, _)| *name == "days times windows times classes").unwrap().1;
    assert_eq!(refused(many), "slots and classes of a schedule, bytes");
}

#[test]
fn of_very_many_equal_faults_the_last_one_told_names_the_other_rows() {
    let rows: String = (0..10_500).map(|n| format!("2017{n:06},王 芳,电商171\n")).collect();
    let taken =
        intake::look(&Day::default(), Sort::Roster, "a.csv", format!("学号,姓名,班级\n{rows}").as_bytes(), &Manner::default()).unwrap();
    let spaces: Vec<_> = taken.findings.iter().filter(|f| f.code.of_a_row()).collect();
    assert_eq!((spaces.len(), spaces[9_999].others.len()), (10_000, 500));
    let said = duihao::ui::words::intake::message(duihao::ui::words::Lang::Zh, spaces[9_999]);
    assert!(said.ends_with("（后面还有 500 行一样）"), "{said}");
}
