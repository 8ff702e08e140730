//! The photos screen through the harness: causes first, doubts face to face, the proof, folders in the background, pictures in the terminal.

use std::fs;
use std::path::Path;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use crossterm::event::{KeyCode, KeyModifiers};
use duihao::domain::command::{Action, Ask, LogRow, LogTime, PhotoAsk};
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::person::{ClassList, ListRow};
use duihao::domain::photo::{Checked, Picture};
use duihao::domain::review::RowStatus;
use duihao::ui::tui::Start;
use duihao::ui::tui::theme::Theme;
use duihao::ui::words::Lang;

use crate::harness::{self, NINE, Play, expect_screen};

/// How many sit down in the session.
const PEOPLE: usize = 60;
/// Camera − log.
pub const OFFSET: i64 = 197_000;
/// Longest wait for a thread.
pub const LONG: Duration = Duration::from_secs(20);

pub fn key() -> SessionKey {
    SessionKey { room: RoomKey::of("11B105"), date: NaiveDate::from_ymd_opt(2020, 9, 13).unwrap() }
}

pub fn student(n: usize) -> String {
    format!("20170301{n:02}")
}

/// Synthetic names that differ: a family and a number word.
fn name(n: usize) -> String {
    let family = ["赵", "钱", "孙", "周", "吴", "郑"][n % 6];
    let given = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"][n / 6 % 10];
    format!("{family}{given}")
}

/// When the n-th sits down, in ms: 18 to 47 s apart without any pattern that a wrong offset could fit.
pub fn sat(n: usize) -> i64 {
    let mut dice: u32 = 2021;
    let mut gap = || {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        18_000 + i64::from(dice >> 16) % 30 * 1_000
    };
    NINE + (0..n).map(|_| gap()).sum::<i64>()
}

fn frame(n: usize, at: i64) -> Picture {
    Picture {
        path: format!("100CANON/IMG_{:04}.JPG", n + 1),
        bytes: 4_000 + n as u64,
        taken: Some(at + OFFSET),
        body: Some("C10".to_owned()),
        counter: Some(n as u32 + 1),
        width: 480,
        height: 640,
        turned: 1,
        ..Picture::default()
    }
}

/// What the camera brought: the 20th is taken twice 5 s apart, the 40th not at all.
pub fn frames() -> Vec<Picture> {
    let mut times = Vec::new();
    for n in (0..PEOPLE).filter(|n| *n != 39) {
        let at = sat(n) + 5_000 + (n * 13 % 7) as i64 * 1_000;
        times.push(at);
        if n == 19 {
            times.push(at + 5_000);
        }
    }
    times.into_iter().enumerate().map(|(n, at)| frame(n, at)).collect()
}

/// The photos screen of a room whose 60 people were photographed; nothing is read yet.
pub fn before_reading(lang: Lang, size: (u16, u16)) -> Play {
    let (mut desk, clock) = harness::desk(&["11B105"], NINE);
    let rows = (0..PEOPLE).map(|n| ListRow {
        row: n as u32 + 2,
        student_no: Some(student(n + 1).into()),
        name: Some(name(n).into()),
        college: Some("商学院".into()),
        class: Some(if n < 30 { "国贸171" } else { "国贸172" }.into()),
        ..ListRow::default()
    });
    let list = ClassList { source: "国贸.xlsx".to_owned(), hash: "more".to_owned(), sheet: String::new(), rows: rows.collect() };
    desk.submit(Ask::TakeLists(vec![list.into()])).unwrap();
    let nine = chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    let row = |n: usize, action, at: i64, token: Option<String>| LogRow {
        row: 0,
        time: LogTime { date: Some(key().date), time: Some(nine + TimeDelta::milliseconds(at - NINE)), offset: None },
        room: "11B105".to_owned(),
        action,
        student: Some(student(n + 1)),
        token,
        with: None,
        value: None,
        note: None,
    };
    let rows = (0..PEOPLE)
        .flat_map(|n| [row(n, Action::Issue, sat(n) - 300_000, Some(format!("{:04}B", n + 1))), row(n, Action::Shoot, sat(n), None)]);
    desk.submit(Ask::TakeLog { source: "log".to_owned(), hash: "log".to_owned(), rows: rows.collect(), date: Some(key().date) }).unwrap();
    let mut play = Play::of((desk, clock), Start::Dashboard, lang, size);
    play.f(8);
    play
}

pub fn with_pictures(lang: Lang, size: (u16, u16), folder: &str, pictures: Vec<Picture>) -> Play {
    let mut play = before_reading(lang, size);
    let ask = PhotoAsk::Read { folder: folder.to_owned(), pictures, offset: Some(OFFSET) };
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask }).unwrap();
    play.f(3);
    play.f(8);
    play.stage.await_pictures(LONG, play.at);
    play
}

pub fn read_in() -> Play {
    with_pictures(Lang::Zh, (80, 24), "/nowhere/photos", frames())
}

pub fn shown(play: &mut Play) -> String {
    assert!(play.stage.await_pictures(LONG, play.at));
    // The test's terminal keeps what stood under the second half of a wide character; a real one does not.
    play.terminal.clear().unwrap();
    play.screen()
}

fn status(play: &Play, n: usize) -> (RowStatus, Option<String>) {
    let review = play.stage.desk().review(&key());
    let day = play.stage.desk().day();
    let person = day.roster().people().find(|p| p.student_no.as_deref() == Some(&student(n))).unwrap();
    let row = review.row(&duihao::domain::visit::Subject::Person(person.id)).unwrap();
    (row.status, row.photo.map(|p| review.album.photos[p].id.path.clone()))
}

/// Moves the arrows to the first line that contains the text.
pub fn go_to(play: &mut Play, text: &str) {
    play.press(KeyCode::Home);
    for _ in 0..200 {
        if play.screen().lines().any(|l| l.starts_with('▶') && l.contains(text)) {
            return;
        }
        play.press(KeyCode::Down);
    }
    panic!("no {text} in\n{}", play.screen());
}

/// Opens someone from the groups of one line each.
pub fn open(play: &mut Play, group: &str, who: &str) {
    go_to(play, group);
    play.press(KeyCode::Enter);
    go_to(play, who);
    play.press(KeyCode::Enter);
}

// Whole screens.

#[test]
fn causes_come_first_then_doubts_and_the_rest_is_one_line_each() {
    let mut play = read_in();
    expect_screen("photos", &shown(&mut play));
    play.resize((120, 40));
    expect_screen("photos_wide", &shown(&mut play));
}

#[test]
fn candidates_stand_side_by_side_with_their_neighbours() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = drawn(dir.path(), (80, 24));
    open(&mut play, "▸ 可用", "0010B");
    // The footer names the folder, which is another every time.
    let above = |screen: String| screen.lines().take(screen.lines().count() - 1).collect::<Vec<_>>().join("\n") + "\n";
    expect_screen("photos_faces", &above(shown(&mut play)));
    play.resize((120, 40));
    expect_screen("photos_faces_wide", &above(shown(&mut play)));
}

#[test]
fn without_a_folder_the_screen_says_that_this_is_no_error() {
    let mut play = before_reading(Lang::Zh, (80, 24));
    let screen = play.screen();
    assert!(screen.contains("这一场还没有读照片") && screen.contains("以学信网为准"), "{screen}");
}

#[test]
fn english_has_every_word_of_the_photos() {
    let mut play = with_pictures(Lang::En, (80, 24), "/nowhere", frames());
    let screen = shown(&mut play);
    assert!(screen.contains("Photos 11B105") && screen.contains("Where the order breaks"), "{screen}");
    let foreign: Vec<&str> = screen.lines().filter(|l| l.contains("错位") || l.contains("照片")).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

// Deciding.

#[test]
fn a_cause_says_what_it_will_decide_and_enter_applies_it_and_undo_takes_it_back() {
    let mut play = read_in();
    let before = play.facts();
    go_to(&mut play, "错");
    go_to(&mut play, "0020B");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("采用这个原因？") && screen.contains("IMG_0020.JPG → 0020B"), "{screen}");
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("✓ 已记") && screen.contains("处理过的原因 1"), "{screen}");
    assert_eq!(play.facts(), before + 1);
    play.ctrl('z');
    assert!(play.screen().contains("采用错位原因"), "{}", play.screen());
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("✓ 已撤销") && !screen.contains("已采用的原因"), "{screen}");
}

#[test]
fn enter_confirms_the_proposed_picture_and_another_one_is_paired() {
    let mut play = read_in();
    let (_, own) = status(&play, 10);
    open(&mut play, "▸ 可用", "0010B");
    shown(&mut play);
    play.press(KeyCode::Enter);
    assert_eq!(status(&play, 10), (RowStatus::Confirmed, own.clone()));
    assert!(play.screen().contains("✓ 已记 · 确认照片"), "{}", play.screen());
    play.press(KeyCode::Right);
    shown(&mut play);
    let before = play.facts();
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("这是别人名下的照片，改用吗？") && screen.contains("0011B"), "who loses it is named: {screen}");
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Enter);
    let (standing, other) = status(&play, 10);
    assert_eq!(standing, RowStatus::Confirmed);
    assert_ne!(other, own);
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert_eq!(status(&play, 10), (RowStatus::Confirmed, own));
}

#[test]
fn a_picture_that_two_people_have_is_shown_beside_its_twin() {
    let mut play = read_in();
    let reading = play.stage.desk().review(&key()).album.folders.keys().next().unwrap().clone();
    let checked = |(n, p): (usize, Picture)| Checked {
        path: p.path,
        hash: format!("{:064x}", if n == 50 { 5 } else { n }),
        light: 120,
        sharp: 400,
        back: [60, 120, 200],
        ..Checked::default()
    };
    let checked = frames().into_iter().enumerate().map(checked).collect();
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask: PhotoAsk::Check { reading, checked } }).unwrap();
    play.f(3);
    play.f(8);
    assert!(!shown(&mut play).contains("已证实"));
    go_to(&mut play, "IMG_0006.JPG 郑一：与 IMG_0051.JPG");
    play.press(KeyCode::Enter);
    let screen = shown(&mut play);
    let files = screen.lines().find(|l| l.starts_with("IMG_")).unwrap();
    assert!(files.contains("IMG_0006.JPG") && files.contains("IMG_0051.JPG") && files.matches(".JPG").count() == 2, "{screen}");
    play.press(KeyCode::Right);
    assert!(shown(&mut play).contains("回车：改用这张"), "{}", play.screen());
}

#[test]
fn a_key_held_down_confirms_one_face() {
    let mut play = read_in();
    open(&mut play, "▸ 可用", "0010B");
    shown(&mut play);
    let before = play.facts();
    play.press(KeyCode::Enter);
    for _ in 0..20 {
        play.wait(30);
        play.raw(KeyCode::Enter, KeyModifiers::NONE);
    }
    assert_eq!(play.facts(), before + 1);
}

#[test]
fn gap_drop_retake_and_swap_are_one_key_each_and_undone_like_any_other() {
    let mut play = read_in();
    open(&mut play, "▸ 可用", "0010B");
    shown(&mut play);
    let start = status(&play, 10);
    let undo = |play: &mut Play| {
        play.ctrl('z');
        play.press(KeyCode::Enter);
        shown(play);
    };
    play.f(7);
    assert_eq!(status(&play, 10), (RowStatus::NoPhoto, None));
    undo(&mut play);
    assert_eq!(status(&play, 10), start);
    play.press(KeyCode::Esc);
    go_to(&mut play, "0010B");
    play.press(KeyCode::Enter);
    shown(&mut play);
    play.f(8);
    assert_ne!(status(&play, 10).1, start.1, "a picture of nobody is not theirs");
    undo(&mut play);
    play.press(KeyCode::Esc);
    go_to(&mut play, "0010B");
    play.press(KeyCode::Enter);
    shown(&mut play);
    let neighbour = status(&play, 11);
    play.f(9);
    assert!(play.screen().contains("先用 ←→ 选到另一位同学的照片"), "{}", play.screen());
    play.press(KeyCode::Right);
    shown(&mut play);
    play.ctrl('x');
    assert_eq!((status(&play, 10).1, status(&play, 11).1), (neighbour.1.clone(), start.1.clone()));
    undo(&mut play);
    assert_eq!((status(&play, 10), status(&play, 11)), (start, neighbour));
}

#[test]
fn a_range_is_shifted_by_what_is_typed() {
    let mut play = read_in();
    go_to(&mut play, "▸ 可用");
    play.press(KeyCode::Enter);
    go_to(&mut play, "0005B");
    let next: Vec<_> = (6..=8).map(|n| status(&play, n).1).collect();
    for _ in 0..2 {
        play.wait(1_000);
        play.raw(KeyCode::Down, KeyModifiers::SHIFT);
    }
    assert!(play.screen().lines().any(|l| l.starts_with("+ ") && l.contains("0005B")), "{}", play.screen());
    play.ctrl('b');
    let screen = play.screen();
    assert!(screen.contains("从 0005B 吴一 到 0007B"), "{screen}");
    play.type_slowly("x");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("写 1 或 -1 这样的数"));
    play.press(KeyCode::Backspace);
    play.type_slowly("1");
    play.press(KeyCode::Enter);
    let now: Vec<_> = (5..=7).map(|n| status(&play, n).1).collect();
    assert_eq!(now, next);
}

#[test]
fn a_class_that_signed_is_confirmed_after_it_was_asked() {
    let mut play = read_in();
    go_to(&mut play, "▸ 可用");
    play.press(KeyCode::Enter);
    go_to(&mut play, "0005B");
    play.ctrl('k');
    let screen = play.screen();
    assert!(screen.contains("全班已看过对照页并签字？") && screen.contains("国贸171：30 人"), "{screen}");
    play.press(KeyCode::Enter);
    assert!((1..=30).all(|n| status(&play, n).0 == RowStatus::Confirmed));
    assert_ne!(status(&play, 31).0, RowStatus::Confirmed);
}

#[test]
fn a_camera_that_is_a_day_off_is_asked_about_once() {
    let mut play = before_reading(Lang::Zh, (80, 24));
    let day = |mut p: Picture| {
        p.taken = p.taken.map(|t| t + 86_400_000);
        p
    };
    let ask = PhotoAsk::Read { folder: "/nowhere".to_owned(), pictures: frames().into_iter().map(day).collect(), offset: None };
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask }).unwrap();
    play.f(3);
    play.f(8);
    assert!(play.screen().contains("是就在下面第一行按回车"), "{}", play.screen());
    go_to(&mut play, "? 相机日期差");
    assert!(play.screen().contains("可用 0"), "{}", play.screen());
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("相机日期差 +1 天，节奏吻合"), "{screen}");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("✓ 已记 · 相机时差") && !screen.contains("可用 0 "), "{screen}");
}

#[test]
fn the_clock_difference_is_typed_in_seconds() {
    let mut play = read_in();
    play.ctrl('a');
    play.type_slowly("three");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("写秒数，如 197 或 -12.5"), "{}", play.screen());
    for _ in 0..5 {
        play.press(KeyCode::Backspace);
    }
    play.type_slowly("199.5");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("相机时差 C10 +199.5 s"), "{}", play.screen());
}

#[test]
fn a_clock_difference_that_the_day_contradicts_is_a_cause_and_enter_writes_another() {
    let mut play = before_reading(Lang::Zh, (100, 30));
    let ask = PhotoAsk::Read { folder: "/nowhere".to_owned(), pictures: frames(), offset: Some(OFFSET + 60_000) };
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask }).unwrap();
    play.f(3);
    play.f(8);
    go_to(&mut play, "! 给出的时差 +257.0 秒与扫码和照片的节奏不符");
    assert!(play.screen().contains("算出来是 +1"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("相机比记录快几秒？"), "{}", play.screen());
}

#[test]
fn a_stretch_of_which_nothing_is_sure_says_why_and_enter_opens_the_face_to_look_at_first() {
    // The camera's clock was set in the middle of the session: whoever sat down around that time must be looked at.
    let set = |mut p: Picture| {
        p.taken = p.taken.map(|t| if p.counter > Some(33) { t + 240_000 } else { t });
        p
    };
    let mut play = with_pictures(Lang::Zh, (120, 30), "/nowhere", frames().into_iter().map(set).collect());
    go_to(&mut play, "待核对：相机时钟跳变前后十分钟内；看这一段的对照页");
    let stretch = play.stage.desk().review(&key()).stretches()[0];
    assert!(stretch.people > 10, "{stretch:?}");
    let face = format!("先认一张脸：{:04}B", stretch.face.unwrap() + 1);
    assert!(play.screen().contains(&face), "{face}\n{}", play.screen());
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains(&name(stretch.face.unwrap())) && screen.contains("Esc 返回"), "{screen}");
}

#[test]
fn a_click_chooses_a_line_and_another_opens_it() {
    let mut play = read_in();
    let (x, y) = play.find("▸ 可用");
    play.click(x + 2, y);
    assert!(play.screen().contains("▶ ▸ 可用"), "{}", play.screen());
    play.click(x + 2, y);
    assert!(play.screen().contains("▶ ▾ 可用"), "{}", play.screen());
    let (x, y) = play.find("0002B");
    play.click(x, y);
    play.click(x, y);
    shown(&mut play);
    let (x, y) = play.find("IMG_0003.JPG");
    play.click(x, y);
    assert!(shown(&mut play).contains("回车：改用这张"), "{}", play.screen());
}

#[test]
fn a_picture_of_nobody_is_given_to_whoever_is_typed() {
    let mut play = read_in();
    open(&mut play, "▸ 可用", "0010B");
    shown(&mut play);
    play.f(8);
    shown(&mut play);
    play.press(KeyCode::Esc);
    open(&mut play, "▸ 不属于任何人的照片", "IMG_0010.JPG");
    shown(&mut play);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("这是谁？"), "{}", play.screen());
    play.type_slowly("0010B");
    play.press(KeyCode::Enter);
    assert_eq!(status(&play, 10), (RowStatus::Confirmed, Some("100CANON/IMG_0010.JPG".to_owned())));
}

#[test]
fn letters_decide_nothing_and_a_scan_still_goes_to_the_desk() {
    let mut play = Play::at_desk();
    play.ctrl('w');
    let before = play.facts();
    play.type_slowly("yndq1");
    assert_eq!(play.facts(), before);
    play.scan(&harness::number(1));
    assert!(play.screen().contains("✓ 已签到"), "{}", play.screen());
}

#[test]
fn the_proof_asks_face_after_face_and_its_number_goes_down() {
    let mut play = read_in();
    let left = |play: &Play| {
        let review = play.stage.desk().review(&key());
        review.alignment.proofs.iter().map(|p| p.faces.len()).sum::<usize>()
    };
    let begin = left(&play);
    assert!(begin > 0, "this session has something to prove");
    play.ctrl('f');
    let screen = shown(&mut play);
    assert!(screen.contains("这是 ") && screen.contains(" 吗？") && screen.contains(&format!("再核对 {begin} 张脸")), "{screen}");
    expect_screen("photos_proof", &screen);
    let mut before = begin;
    for _ in 0..begin {
        shown(&mut play);
        play.press(KeyCode::Enter);
        let now = left(&play);
        assert!(now < before, "{before} → {now}\n{}", play.screen());
        before = now;
        if now == 0 {
            break;
        }
    }
    assert_eq!(left(&play), 0);
    let screen = play.screen();
    assert!(!screen.contains("吗？"), "{screen}");
}

#[test]
fn no_in_the_proof_is_a_fact_and_leads_to_the_candidates() {
    let mut play = read_in();
    play.ctrl('f');
    let screen = shown(&mut play);
    let file = screen.lines().find_map(|l| l.find("IMG_").map(|at| l[at..at + 12].to_owned())).unwrap();
    let before = play.facts();
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    let screen = shown(&mut play);
    assert_eq!(play.facts(), before + 1);
    assert!(screen.contains("照片不是本人") && screen.contains(&file) && screen.contains("✗ 认过不是"), "{screen}");
    assert!(!screen.contains("吗？"), "{screen}");
    play.ctrl('z');
    play.press(KeyCode::Enter);
    let screen = shown(&mut play);
    assert!(!screen.contains("✗ 认过不是") && screen.contains("✓ 已撤销"), "{screen}");
}

#[test]
fn delete_says_of_a_candidate_that_it_is_not_them_and_stays_with_whoever_is_looked_at() {
    let mut play = read_in();
    open(&mut play, "▸ 可用", "0010B");
    shown(&mut play);
    let start = status(&play, 10);
    let before = play.facts();
    play.press(KeyCode::Delete);
    let screen = shown(&mut play);
    assert_eq!(play.facts(), before + 1);
    assert!(screen.contains("照片不是本人") && screen.contains("✗ 认过不是") && screen.contains("0010B"), "{screen}");
    let denied = status(&play, 10);
    assert!(denied.0 != RowStatus::Sure && denied.1 != start.1, "{denied:?}");
    play.ctrl('z');
    play.press(KeyCode::Enter);
    shown(&mut play);
    assert_eq!(status(&play, 10), start);
    // On the lines of the table no picture is meant.
    play.press(KeyCode::Esc);
    let before = play.facts();
    play.press(KeyCode::Delete);
    assert_eq!(play.facts(), before);
    assert!(play.screen().contains("先打开一位同学"), "{}", play.screen());
}

#[test]
fn page_down_asks_about_the_next_face_and_escape_leaves_the_proof() {
    let mut play = read_in();
    play.ctrl('f');
    let asked = |screen: &str| screen.lines().find(|l| l.contains("吗？")).map(str::to_owned);
    let first = asked(&shown(&mut play)).unwrap();
    let before = play.facts();
    play.press(KeyCode::PageDown);
    if let Some(next) = asked(&play.screen()) {
        assert_ne!(next, first);
        play.press(KeyCode::Esc);
    }
    assert!(!play.screen().contains("吗？") && play.screen().contains("▶ "), "{}", play.screen());
    // Whoever comes back from another screen finds the table.
    play.ctrl('f');
    assert!(asked(&play.screen()).is_some());
    play.f(3);
    play.f(8);
    assert!(asked(&play.screen()).is_none(), "{}", play.screen());
    assert_eq!(play.facts(), before);
}

#[test]
fn undoing_the_reading_closes_the_faces_and_another_folder_does_not_change_which_picture_is_looked_at() {
    let mut play = read_in();
    play.ctrl('f');
    assert!(shown(&mut play).contains("吗？"));
    play.ctrl('z');
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("这一场还没有读照片") && screen.contains("✓ 已撤销"), "{screen}");
    let mut play = read_in();
    open(&mut play, "▸ 可用", "0010B");
    assert!(shown(&mut play).contains("IMG_0010.JPG"));
    let other = |n: usize| Picture { path: format!("A{n:03}.JPG"), body: Some("B".to_owned()), ..frame(n, sat(n) + 14_000_000) };
    let ask = PhotoAsk::Read { folder: "/elsewhere".to_owned(), pictures: (0..12).map(other).collect(), offset: None };
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask }).unwrap();
    play.wait(6_000);
    let screen = shown(&mut play);
    let chosen = screen.lines().nth(4).unwrap().find('▶').unwrap();
    let files = screen.lines().find(|l| l.contains(".JPG")).unwrap();
    assert!(files[chosen.min(files.len())..].starts_with("IMG_0010.JPG"), "{screen}");
}

// Work in the background.

/// Small drawn pictures on the disk, with the times of the synthetic session in the journal.
pub fn drawn(folder: &Path, size: (u16, u16)) -> Play {
    fs::create_dir_all(folder.join("100CANON")).unwrap();
    for (n, picture) in frames().iter().enumerate() {
        let shade = (n * 37 % 200) as u8 + 20;
        let face = |x: u32, y: u32| {
            let (dx, dy) = (x as i32 - 15, y as i32 - 18);
            if dx * dx + dy * dy < 60 { image::Rgb([230, 190, shade]) } else { image::Rgb([60, 110, 220]) }
        };
        // Without loss, whatever the name says: plain colours are the same on every machine.
        image::RgbImage::from_fn(30, 40, face).save_with_format(folder.join(&picture.path), image::ImageFormat::Png).unwrap();
    }
    with_pictures(Lang::Zh, size, &folder.to_string_lossy(), frames())
}

pub fn ask_to_read(play: &mut Play, folder: &str) {
    play.f(4);
    let screen = play.screen();
    assert!(screen.contains("读哪个文件夹？"), "{screen}");
    play.type_slowly(folder);
    play.press(KeyCode::Enter);
}

#[test]
fn a_folder_that_is_not_there_says_so_and_what_to_do() {
    let mut play = before_reading(Lang::Zh, (80, 24));
    ask_to_read(&mut play, "/nowhere/at/all");
    assert!(play.stage.await_work(LONG, play.at));
    let screen = play.screen();
    assert!(screen.contains("✗ 没有这个文件夹") && screen.contains("核对路径"), "{screen}");
}

#[test]
fn a_folder_is_read_while_scans_go_on_and_both_passes_become_facts() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..6u8 {
        image::RgbImage::from_pixel(48, 64, image::Rgb([n * 30, 90, 200])).save(dir.path().join(format!("{:04}B.jpg", n + 1))).unwrap();
    }
    let mut play = before_reading(Lang::Zh, (80, 24));
    ask_to_read(&mut play, &format!("\"{}\"", dir.path().display()));
    play.f(3);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    play.scan(&harness::number(1));
    let said = play.screen();
    assert!(said.contains("✓ 已签到"), "{said}");
    assert!(play.stage.await_work(LONG, play.at));
    assert!(play.screen().contains("✓ 已签到"), "what was said of a scan stays: {}", play.screen());
    let review = play.stage.desk().review(&key());
    assert_eq!(review.album.photos.len(), 6);
    assert!(review.album.photos.iter().all(|p| p.checked.is_some()));
    play.ctrl('w');
    assert!(play.screen().contains("✓ 图像也检查完了"), "{}", play.screen());
}

#[test]
fn escape_stops_a_reading_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..400u32 {
        fs::write(dir.path().join(format!("IMG_{n:04}.jpg")), vec![0xff; 64]).unwrap();
    }
    let mut play = before_reading(Lang::Zh, (80, 24));
    ask_to_read(&mut play, &dir.path().to_string_lossy());
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("正在停止…"), "{}", play.screen());
    assert!(play.stage.await_work(LONG, play.at));
    let screen = play.screen();
    // So small a folder may be read before the word arrives.
    assert!(screen.contains("已停止") || screen.contains("✓ 图像也检查完了"), "{screen}");
    assert!(!screen.contains("正在停止"), "{screen}");
}

// Pictures in the terminal.

#[test]
fn pictures_are_half_blocks_of_their_colours() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = drawn(dir.path(), (80, 24));
    open(&mut play, "▸ 可用", "0010B");
    let screen = shown(&mut play);
    assert!(screen.contains('▀') || screen.contains('▄'), "{screen}");
    let buffer = play.terminal.backend().buffer();
    let blue = |c: ratatui::style::Color| matches!(c, ratatui::style::Color::Rgb(r, _, b) if b > 180 && r < 120);
    assert!(buffer.content().iter().filter(|c| blue(c.fg) || blue(c.bg)).count() > 50);
}

#[test]
fn without_colours_pictures_are_shades() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = drawn(dir.path(), (80, 24));
    open(&mut play, "▸ 可用", "0010B");
    shown(&mut play);
    let Play { stage, mut terminal, .. } = play;
    let stage = stage.with_theme(Theme::Plain);
    terminal.clear().unwrap();
    stage.draw(&mut terminal).unwrap();
    let buffer = terminal.backend().buffer();
    let screen = harness::text(buffer);
    assert!(screen.contains('░') || screen.contains('▒') || screen.contains('▓'), "{screen}");
    assert!(buffer.content().iter().all(|c| !matches!(c.fg, ratatui::style::Color::Rgb(..))));
}

#[test]
fn a_picture_that_is_gone_or_damaged_says_so_in_its_frame() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = drawn(dir.path(), (80, 24));
    fs::remove_file(dir.path().join("100CANON/IMG_0010.JPG")).unwrap();
    fs::write(dir.path().join("100CANON/IMG_0011.JPG"), b"no picture").unwrap();
    open(&mut play, "▸ 可用", "0010B");
    let screen = shown(&mut play);
    assert!(screen.contains("打不开") && screen.contains("图像损坏"), "{screen}");
}

#[test]
fn the_key_for_graphics_goes_round_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = drawn(dir.path(), (80, 24));
    open(&mut play, "▸ 可用", "0010B");
    for word in ["sixel", "kitty", "iterm2", "halfblocks"] {
        play.ctrl('s');
        let screen = shown(&mut play);
        assert!(screen.contains(word), "{word}: {screen}");
    }
}

#[test]
fn no_size_of_window_breaks_the_photos() {
    let dir = tempfile::tempdir().unwrap();
    for size in [(1, 1), (10, 3), (79, 24), (80, 24), (100, 30), (121, 41), (250, 70)] {
        let mut play = drawn(dir.path(), size);
        for key in [KeyCode::Down, KeyCode::Enter, KeyCode::Right, KeyCode::Esc, KeyCode::End, KeyCode::Enter, KeyCode::PageUp] {
            play.press(key);
            let screen = shown(&mut play);
            for line in screen.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= usize::from(size.0), "{size:?} {line}");
            }
        }
        play.ctrl('f');
        shown(&mut play);
    }
}

proptest::proptest! {
    #![proptest_config(crate::properties::bounded(12))]
    #[test]
    fn whatever_is_pressed_on_the_photos_nothing_breaks(keys in proptest::collection::vec((0u8..16, 0usize..12), 1..40)) {
        let mut play = read_in();
        let mut facts = play.facts();
        for (what, n) in keys {
            match what {
                0..=2 => play.press(KeyCode::Enter),
                3 | 4 => play.press(KeyCode::Down),
                5 => play.press(KeyCode::Up),
                6 => play.press(KeyCode::Right),
                7 => play.raw(KeyCode::Down, KeyModifiers::SHIFT),
                8 => play.press(KeyCode::Esc),
                9 | 10 => play.f([4, 6, 7, 8, 9, 3][n % 6]),
                11 | 12 => play.ctrl(['b', 'k', 'f', 's', 'z', 'y', 'a', 'x', 'd', 'n', 'u', 'w'][n]),
                13 => play.type_slowly(["1", "-2", "0010B", " ", "?"][n % 5]),
                14 => play.click(n as u16 * 7, n as u16 * 2),
                _ => play.press([KeyCode::Home, KeyCode::End, KeyCode::PageDown][n % 3]),
            }
            proptest::prop_assert!(play.stage.await_work(LONG, play.at));
            let screen = shown(&mut play);
            proptest::prop_assert!(screen.lines().all(|l| unicode_width::UnicodeWidthStr::width(l) <= 80), "{}", screen);
            proptest::prop_assert!(play.facts() >= facts);
            facts = play.facts();
        }
    }
}

#[test]
fn the_student_card_says_how_the_photograph_stands() {
    let mut play = with_pictures(Lang::Zh, (80, 24), "/nowhere", frames());
    let card = |play: &mut Play, n: usize| {
        play.f(3);
        play.f(4);
        play.type_slowly(&student(n));
        play.press(KeyCode::Enter);
        play.screen()
    };
    let screen = card(&mut play, 5);
    assert!(screen.contains("照片 可用 IMG_0005.JPG"), "{screen}");
    let told = |screen: &str| screen.lines().take(12).find(|l| l.contains("照片")).map(|l| l.trim().to_owned());
    let screen = card(&mut play, 40);
    assert!(told(&screen).is_some_and(|l| l.starts_with("照片 无照片") || l.starts_with("照片 待核对")), "{screen}");
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    play.type_slowly("2017010408");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("杨子轩") && told(&screen).is_none(), "{screen}");
}

/// The card of the n-th of the session.
fn card_of(play: &mut Play, n: usize) -> String {
    play.f(3);
    play.f(4);
    play.type_slowly(&student(n));
    play.press(KeyCode::Enter);
    shown(play)
}

#[test]
fn the_student_card_shows_a_small_picture_and_is_complete_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    for size in [(80, 24), (120, 40), (200, 60)] {
        let body = |screen: &str| screen.lines().skip(1).take(usize::from(size.1) - 2).collect::<Vec<_>>().join("\n");
        let mut with = drawn(dir.path(), size);
        let screen = card_of(&mut with, 10);
        assert!(screen.contains("照片 可用 IMG_0010.JPG"), "{screen}");
        let buffer = with.terminal.backend().buffer();
        let blue = |c: ratatui::style::Color| matches!(c, ratatui::style::Color::Rgb(r, _, b) if b > 180 && r < 120);
        assert!(buffer.content().iter().filter(|c| blue(c.fg) || blue(c.bg)).count() > 20, "{size:?}\n{screen}");
        let mut without = with_pictures(Lang::Zh, size, "/nowhere", frames());
        without.f(3);
        without.f(4);
        without.type_slowly("2017030140");
        without.press(KeyCode::Enter);
        let bare = shown(&mut without);
        let own = card_of(&mut with, 40);
        assert_eq!(body(&own), body(&bare), "where nobody's picture is known there is no box for it");
        for text in ["0010B", "0008B", "0012B", "发号", "拍摄"] {
            assert!(screen.contains(text), "{text} {size:?}\n{screen}");
        }
        if size == (80, 24) {
            // The footer names the folder of this run.
            expect_screen("card_picture", &body(&screen));
        }
    }
}

#[test]
fn the_picture_of_the_card_never_holds_up_a_key_and_says_where_it_cannot_be_shown() {
    let mut play = with_pictures(Lang::Zh, (80, 24), "/nowhere", frames());
    play.f(3);
    play.f(4);
    play.type_slowly(&student(10));
    play.press(KeyCode::Enter);
    let before = play.screen();
    assert!(before.contains("0010B") && before.contains('┌'), "its frame stands while it is awaited: {before}");
    play.press(KeyCode::Right);
    play.press(KeyCode::Left);
    let screen = shown(&mut play);
    assert!(screen.contains("打不开"), "{screen}");
    play.press(KeyCode::Esc);
    play.type_slowly("x");
    assert!(!shown(&mut play).contains("打不开"));
}

#[test]
fn beside_the_list_of_a_wide_window_the_card_has_its_picture_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = drawn(dir.path(), (120, 40));
    play.f(3);
    play.f(4);
    play.type_slowly(&student(10));
    let screen = shown(&mut play);
    let buffer = play.terminal.backend().buffer();
    let blue = |c: ratatui::style::Color| matches!(c, ratatui::style::Color::Rgb(r, _, b) if b > 180 && r < 120);
    let columns: Vec<u16> = (0..120).filter(|x| (0..40).any(|y| blue(buffer[(*x, y)].fg) || blue(buffer[(*x, y)].bg))).collect();
    assert!(columns.len() >= 6 && columns[0] > 76, "{columns:?}\n{screen}");
    assert!(screen.contains("IMG_0010.JPG"), "{screen}");
}
