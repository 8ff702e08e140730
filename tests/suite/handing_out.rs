//! 导出 and 备份 from the screen: whoever has never seen a command line gets every sheet.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use calamine::{Reader as _, Xlsx, open_workbook};
use crossterm::event::KeyCode;
use duihao::desk::clock::Stopwatch;
use duihao::desk::handing_out::Handout;
use duihao::desk::jobs::{Job, Report, Worker};
use duihao::desk::{Desk, Error, Mode};
use duihao::domain::command::{Ask, Place};
use duihao::domain::ids::RoomKey;
use duihao::ui::tui::handing_out::{backup, job};
use duihao::ui::words::Lang;

use crate::harness::{Hand, NINE, Play, kept_desk, number};

const ROOM: &str = "11B105";

fn arrived(folder: &Path) -> Desk {
    let mut desk = kept_desk(folder, &[ROOM]);
    for n in [1, 2] {
        desk.submit(Ask::Scan { room: RoomKey::of(ROOM), place: Place::Desk, code: number(n) }).unwrap();
    }
    desk
}

/// The last report of a work.
fn last(work: Job) -> Report {
    let (tell, told) = channel();
    let mut worker = Worker::start(move |report| drop(tell.send(report)));
    worker.give(work).unwrap();
    loop {
        let report = told.recv_timeout(Duration::from_secs(60)).unwrap();
        if report.is_last() {
            return report;
        }
    }
}

#[test]
fn every_sheet_is_written_beside_the_database_and_opens() {
    let folder = tempfile::tempdir().unwrap();
    let desk = arrived(folder.path());
    let Report::HandedOut(Ok((out, files))) = last(job(&desk, Lang::Zh, &Handout::ALL, false).unwrap()) else { panic!() };
    assert_eq!((out.parent(), files), (Some(folder.path()), Handout::ALL.len()));
    let mut sheets = Vec::new();
    for entry in std::fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|e| e.to_str()).unwrap() {
            "xlsx" => {
                let book: Xlsx<_> = open_workbook(&path).unwrap();
                sheets.push(book.sheet_names().len());
            }
            "html" => assert!(std::fs::read_to_string(&path).unwrap().contains("<html")),
            _ => assert!(std::fs::read_to_string(&path).unwrap().contains("电商171")),
        }
    }
    assert_eq!(sheets.len(), 6);
    assert!(sheets.iter().all(|n| *n > 0));
    // Again: what is there is replaced, nothing else comes.
    assert!(matches!(last(job(&desk, Lang::Zh, &Handout::ALL, false).unwrap()), Report::HandedOut(Ok((_, 10)))));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), Handout::ALL.len());
}

#[test]
fn a_folder_that_cannot_be_written_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let desk = arrived(folder.path());
    std::fs::write(folder.path().join("导出"), "a file in the way").unwrap();
    let report = last(job(&desk, Lang::Zh, &[Handout::Summary], false).unwrap());
    assert!(matches!(&report, Report::HandedOut(Err(Error::File(path, _))) if path.ends_with("导出")), "{report:?}");
}

#[test]
fn a_backup_is_taken_beside_the_running_desk_into_the_folder_that_is_named_or_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = arrived(folder.path());
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    for to in [String::new(), stick.to_string_lossy().into_owned(), folder.path().join("另存.db").to_string_lossy().into_owned()] {
        desk.submit(Ask::Scan { room: RoomKey::of(ROOM), place: Place::Desk, code: number(4) }).unwrap();
        let Report::BackedUp(Ok(copy)) = last(backup(&desk, Lang::Zh, &to).unwrap()) else { panic!("{to}") };
        let read = Desk::open(&copy, &folder.path().join("elsewhere"), Mode::Read, Box::new(Hand::at(NINE))).unwrap();
        assert_eq!(read.day().len(), desk.day().len(), "{}", copy.display());
        assert!(read.journal().verify().is_ok());
    }
    // Never over the database itself.
    let own = desk.path().unwrap().to_string_lossy().into_owned();
    assert!(matches!(last(backup(&desk, Lang::Zh, &own).unwrap()), Report::BackedUp(Err(Error::Journal(_)))));
}

#[test]
fn the_overview_lists_the_sheets_by_what_people_call_them_and_writes_the_chosen_one() {
    let mut play = Play::at_door(3);
    play.f(3);
    play.f(6);
    let list = play.screen();
    for name in ["全部", "汇总", "未拍名单", "照片对应表", "图像采集人数确认单", "读过照片文件夹"] {
        assert!(list.contains(name), "{name}\n{list}");
    }
    play.type_slowly("未拍");
    assert!(play.screen().contains("应到未拍的人") && !play.screen().contains("需更正"), "{}", play.screen());
    play.press(KeyCode::Enter);
    let watch = Stopwatch::start();
    while !play.screen().contains("已导出 1 个文件") && watch.ms() < 30_000 {
        play.stage.wait(Duration::from_millis(200), watch);
    }
    assert!(play.screen().contains("已导出 1 个文件"), "{}", play.screen());
}

#[test]
fn a_day_that_keeps_no_file_leaves_no_sheet_behind_unasked_and_says_that_there_is_nothing_to_back_up() {
    let mut play = Play::at_door(1);
    assert!(job(play.stage.desk(), Lang::Zh, &[Handout::Closing], false).is_none());
    play.f(1);
    play.type_slowly("备份");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("没有可备份的"), "{}", play.screen());
}

#[test]
fn sheets_that_were_written_keep_no_print_pack_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let desk = arrived(folder.path());
    let (tell, told) = channel();
    let mut worker = Worker::start(move |report| drop(tell.send(report)));
    worker.give(job(&desk, Lang::Zh, &[Handout::Summary], false).unwrap()).unwrap();
    let first = told.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(matches!(first, Report::HandedOut(Ok(_))), "how far it is would be taken for the print pack's: {first:?}");
}
