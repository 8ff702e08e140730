//! The 对时屏 from the key to the proof: shown, photographed, read off the photograph, and the camera's clock known from it.

use std::fs;
use std::path::Path;

use crossterm::event::KeyCode;
use duihao::desk::photographs::{self, ReadPlan};
use duihao::domain::command::{Action, Ask, LogRow, LogTime};
use duihao::domain::event::{Act, Fact};
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::person::{ClassList, ListRow};
use duihao::domain::photo::Marker;
use duihao::domain::review::FrameStatus;
use duihao::domain::visit::Subject;
use duihao::ui::tui::Start;
use duihao::ui::tui::theme::Theme;
use duihao::ui::words::Lang;
use image::{GrayImage, Luma, imageops};
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use crate::cli::photos::exif;
use crate::harness::{self, NINE, Play, number};

/// People of the session, one every half minute to the second: a rhythm that any half minute fits.
const PEOPLE: usize = 40;
/// Camera − laptop: its date was never set.
const OFFSET: i64 = -3 * 86_400_000 + 197_000;

fn open(play: &mut Play) {
    play.f(1);
    play.type_slowly("dsp");
    play.press(KeyCode::Enter);
}

fn show(play: &mut Play) {
    open(play);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
}

fn acts(play: &Play) -> Vec<Act> {
    let day = play.stage.desk().day();
    day.entries().filter_map(|e| if let Fact::InRoom { act, .. } = &e.event.fact { Some(act.clone()) } else { None }).collect()
}

/// How light a colour of the terminal is: its own text and ground as told.
fn light(color: Color, own: u8) -> u8 {
    match color {
        Color::Indexed(16) => 5,
        Color::Indexed(231) => 250,
        _ => own,
    }
}

/// The window as a screen shows it: 10 × 20 pixels a cell; letters are only their blocks.
fn window(buffer: &Buffer, (text, ground): (u8, u8)) -> GrayImage {
    GrayImage::from_fn(u32::from(buffer.area.width) * 10, u32::from(buffer.area.height) * 20, |x, y| {
        let cell = &buffer[((x / 10) as u16, (y / 20) as u16)];
        let filled = match cell.symbol() {
            "█" => true,
            "▀" => y % 20 < 10,
            "▄" => y % 20 >= 10,
            _ => false,
        };
        Luma([if filled { light(cell.fg, text) } else { light(cell.bg, ground) }])
    })
}

/// A camera's view of it: not quite straight, not quite sharp, the light uneven, the screen a part of the picture.
fn photograph(window: &GrayImage, part: f32) -> GrayImage {
    let (width, height) = (1_500.0_f32, 1_000.0_f32);
    let scale = (window.width() as f32 / (width * part)).max(window.height() as f32 / (height * part));
    let (sin, cos) = 3.0_f32.to_radians().sin_cos();
    let view = GrayImage::from_fn(width as u32, height as u32, |x, y| {
        let (dx, dy) = (x as f32 - width / 2.0, y as f32 - height / 2.0);
        // The upper edge is further away.
        let far = 1.0 + dy * -0.00006;
        let (u, v) = ((dx * cos - dy * sin) * scale * far, (dx * sin + dy * cos) * scale * far);
        let (u, v) = (u + window.width() as f32 / 2.0, v + window.height() as f32 / 2.0);
        let inside = u >= 0.0 && v >= 0.0 && u < window.width() as f32 && v < window.height() as f32;
        let seen = if inside { window.get_pixel(u as u32, v as u32).0[0] } else { 90 + (x * 7 % 11) as u8 };
        Luma([(30.0 + f32::from(seen) * (0.6 + 0.2 * x as f32 / width)) as u8])
    });
    imageops::blur(&view, 1.2)
}

/// Writes a picture as a camera does.
fn write(folder: &Path, n: usize, picture: &GrayImage, at: i64) {
    let taken = chrono::DateTime::from_timestamp_millis(at + OFFSET + 8 * 3_600_000).unwrap();
    let said = exif::Said {
        make: "Canon",
        model: "C10",
        serial: "7",
        turned: 1,
        taken: &taken.format("%Y:%m:%d %H:%M:%S").to_string(),
        hundredths: "00",
    };
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(picture).unwrap();
    bytes.splice(2..2, exif::segment(&said));
    fs::write(folder.join(format!("IMG_{n:04}.JPG")), bytes).unwrap();
}

fn key() -> SessionKey {
    SessionKey { room: RoomKey::of("11B105"), date: chrono::NaiveDate::from_ymd_opt(2020, 9, 13).unwrap() }
}

/// When the n-th sits down.
fn sat(n: usize) -> i64 {
    NINE + 600_000 + n as i64 * 30_000
}

/// A morning of even rhythm; before it the 对时屏 is photographed, where `clock` says at which light and in which theme.
fn morning(folder: &Path, clock: Option<((u8, u8), Theme)>) -> Play {
    let (mut desk, hand) = harness::desk(&["11B105"], NINE);
    let row = |n: usize| ListRow {
        row: n as u32 + 2,
        student_no: Some(format!("20170301{n:02}").into()),
        name: Some(format!("学生{n:02}").into()),
        class: Some("国贸171".into()),
        ..ListRow::default()
    };
    let list =
        ClassList { source: "国贸.xlsx".to_owned(), hash: "more".to_owned(), sheet: String::new(), rows: (0..PEOPLE).map(row).collect() };
    desk.submit(Ask::TakeLists(vec![list.into()])).unwrap();
    let mut play = Play::of((desk, hand), Start::Door(key().room), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    if let Some((lights, theme)) = clock {
        play.on(|stage| stage.with_theme(theme));
        play.resize((80, 24));
        show(&mut play);
        play.wait(1_400);
        let now = play.stage.desk().now();
        write(folder, 1, &photograph(&window(&play.buffer(), lights), 0.8), now);
        play.press(KeyCode::Enter);
        assert!(play.screen().contains("对时屏已拍"), "{}", play.screen());
        assert!(matches!(acts(&play).last(), Some(Act::TestShot { frames: 1, clock: true })));
    }
    let nine = chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    let said = |n: usize, action, at: i64, token: Option<String>| LogRow {
        row: 0,
        time: LogTime { date: Some(key().date), time: Some(nine + chrono::TimeDelta::milliseconds(at - NINE)), offset: None },
        room: "11B105".to_owned(),
        action,
        student: Some(format!("20170301{n:02}")),
        token,
        with: None,
        value: None,
        note: None,
    };
    let rows = (0..PEOPLE)
        .flat_map(|n| [said(n, Action::Issue, sat(n) - 300_000, Some(format!("{:04}B", n + 1))), said(n, Action::Shoot, sat(n), None)]);
    let log = Ask::TakeLog { source: "log".to_owned(), hash: "log".to_owned(), rows: rows.collect(), date: Some(key().date) };
    play.stage.desk_mut().submit(log).unwrap();
    for n in 0..PEOPLE {
        let face = GrayImage::from_fn(48, 64, |x, y| Luma([(x * 5 + y * (n as u32 + 1)) as u8]));
        write(folder, n + 2, &face, sat(n) + 6_000);
    }
    let desk = play.stage.desk_mut();
    let plan = ReadPlan::of(desk.day(), &key(), folder);
    let first = plan.read(&mut |_| true).unwrap();
    photographs::take(desk, &first, None).unwrap();
    let checked = plan.check(&first.pictures, &mut |_| true).unwrap();
    photographs::take_checks(desk, &plan, checked).unwrap();
    play
}

#[test]
fn a_photographed_clock_screen_gives_the_cameras_clock_and_without_it_an_even_rhythm_is_refused() {
    let bare = tempfile::tempdir().unwrap();
    let play = morning(bare.path(), None);
    let review = play.stage.desk().review(&key());
    assert!(review.refused().is_some(), "three days off and every half minute fits");

    let told = tempfile::tempdir().unwrap();
    let play = morning(told.path(), Some(((220, 15), Theme::Dark)));
    let review = play.stage.desk().review(&key());
    let code = review.album.photos[0].checked.as_ref().unwrap().code.as_deref().unwrap();
    assert!(matches!(Marker::parse(code), Some(Marker::Clock(at)) if at % 1_000 == 0), "{code}");
    assert_eq!(review.refused(), None);
    // A camera's clock is told apart from the lag between scan and shutter to some seconds.
    let off = review.clock().unwrap().offset - OFFSET;
    assert!((-3_000..=10_000).contains(&off), "{off} ms off");
    assert_eq!(review.frame(0), Some(FrameStatus::Sync));
    for n in 0..PEOPLE {
        let number = format!("20170301{n:02}");
        let day = play.stage.desk().day();
        let person = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number)).unwrap();
        let place = review.row(&Subject::Person(person.id)).and_then(|row| row.photo).unwrap();
        assert_eq!(review.album.photos[place].id.path, format!("IMG_{:04}.JPG", n + 2), "nobody is moved by the extra frame");
    }
}

#[test]
fn a_clock_screen_without_colours_is_read_on_a_dark_ground_and_on_a_light_one() {
    for lights in [(220, 15), (20, 235)] {
        let dir = tempfile::tempdir().unwrap();
        let play = morning(dir.path(), Some((lights, Theme::Plain)));
        let review = play.stage.desk().review(&key());
        assert_eq!(review.frame(0), Some(FrameStatus::Sync), "{lights:?}");
    }
}

#[test]
fn the_code_is_read_off_every_size_of_window_and_from_some_way_off() {
    for size in [(80, 24), (120, 40), (200, 60)] {
        let mut play = Play::new(&["11B105"], Start::Desk(key().room), Lang::Zh, size);
        play.press(KeyCode::Esc);
        show(&mut play);
        let seen = window(&play.buffer(), (220, 15));
        for part in [0.95, 0.5] {
            let mut bytes = Vec::new();
            let picture = photograph(&seen, part);
            image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&picture).unwrap();
            let checked = duihao::files::photos::check::of_bytes(&bytes, 1, true);
            let said = checked.code.as_deref().and_then(Marker::parse);
            let now = play.stage.desk().now();
            assert_eq!(said, Some(Marker::Clock(now - now % 1_000)), "{size:?} {part}");
        }
    }
}

#[test]
fn the_clock_turns_every_second_and_its_code_with_it() {
    let mut play = Play::at_desk();
    show(&mut play);
    let first = play.screen();
    play.wait(1_000);
    assert_ne!(play.screen(), first);
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("签到台"), "{}", play.screen());
}

#[test]
fn who_did_not_agree_reads_the_time_off_the_cameras_menu_and_is_asked_once() {
    let mut play = Play::at_door(2);
    open(&mut play);
    assert!(play.screen().contains("摄影师同意吗"), "{}", play.screen());
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("相机菜单里现在几点"), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert_eq!(play.facts(), before);
    show(&mut play);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    // Once it was photographed it is agreed.
    open(&mut play);
    assert!(!play.screen().contains("摄影师同意吗") && play.screen().contains('▀'), "{}", play.screen());
}

#[test]
fn a_scan_before_the_clock_is_taken_at_its_place_and_is_no_photograph_of_it() {
    let mut play = Play::at_door(3);
    show(&mut play);
    let before = play.facts();
    play.scan("0001B");
    assert_eq!(play.facts(), before + 1);
    assert!(matches!(acts(&play).last(), Some(Act::Shot { .. })));
    assert!(play.screen().contains("入场口"), "{}", play.screen());
    open(&mut play);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("已经拍了 1 人"), "{}", play.screen());
}

#[test]
fn the_frame_of_the_clock_is_counted_and_can_be_undone() {
    let mut play = Play::at_door(3);
    play.act(Action::Count, None, None, Some("100"));
    show(&mut play);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    play.scan("0001B");
    play.act(Action::Count, None, None, Some("102"));
    let course = play.stage.desk().day().course(&key());
    assert!(course.miscounts.is_empty() && course.tests == 1, "{course:?}");
    show_again_and_undo(&mut play);
}

fn show_again_and_undo(play: &mut Play) {
    open(play);
    play.press(KeyCode::Enter);
    let tests = |play: &Play| play.stage.desk().day().course(&key()).tests;
    assert_eq!(tests(play), 2);
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert_eq!(tests(play), 1);
}

#[test]
fn a_log_says_with_a_note_that_the_test_frame_shows_the_clock() {
    let mut play = Play::at_door(1);
    let row = LogRow {
        row: 0,
        time: LogTime::default(),
        room: "11B105".to_owned(),
        action: Action::TestShot,
        student: None,
        token: None,
        with: None,
        value: None,
        note: Some("对时屏".to_owned()),
    };
    play.stage.desk_mut().submit(Ask::Act(row)).unwrap();
    assert!(matches!(acts(&play).last(), Some(Act::TestShot { frames: 1, clock: true })));
    assert!(photographs::agreed(play.stage.desk().day(), &key()));
    play.scan(&number(1));
}
