//! Schedules: repairs that a sheet proves by itself, forms of times, classes and layouts.

use std::path::PathBuf;

use chrono::NaiveDate;
use duihao::domain::intake::{Draft, IntakeCode};
use duihao::domain::repair;
use duihao::domain::schedule::ScheduleRow;
use duihao::files::sheets::schedule_in::{self, ScheduleOptions};

fn published(name: &str) -> Draft<Vec<ScheduleRow>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/published").join(name);
    let options = ScheduleOptions { date: NaiveDate::from_ymd_opt(2020, 9, 13), ..ScheduleOptions::default() };
    schedule_in::read(&std::fs::read(path).unwrap(), name, &options).unwrap()
}

#[test]
fn the_sheet_of_lishui_proves_one_repair_and_no_more() {
    let draft = published("lishui_sheet.csv");
    let repairs = repair::proposals(&draft.content, &draft.findings);
    let edits: Vec<String> = repairs
        .iter()
        .flat_map(|r| r.edits.iter().map(|e| format!("{} {:?} {} {}", e.row.row, e.field, e.published, e.repaired)))
        .collect();
    assert_eq!(edits, ["21 End 10:55 09:55", "22 Start 10:55 09:55"]);
    let cleared: Vec<IntakeCode> = repairs[0].clears.iter().map(|i| draft.findings[*i].code).collect();
    assert_eq!(cleared, [IntakeCode::SlotOverlap, IntakeCode::PaceOutlier, IntakeCode::EndBeforeStart]);
    let zstu = published("zstu_two_rooms.csv");
    assert_eq!(repair::proposals(&zstu.content, &zstu.findings), []);
}
