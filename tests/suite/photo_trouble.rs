//! The photos screen when something is wrong: another room's folder, a stick pulled out, a folder so large that matching takes its time; and the
//! neighbours of a face that is asked about.

use std::fs;

use crossterm::event::KeyCode;
use duihao::domain::command::{Ask, PhotoAsk};
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::photo::{Fault, Picture};
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use crate::harness::{self, NINE, Play};
use crate::photo_screens::{LONG, OFFSET, ask_to_read, before_reading, drawn, frames, key, sat, shown, student, with_pictures};

fn processed(name: String) -> Picture {
    Picture { path: name, bytes: 20_000, width: 480, height: 640, turned: 1, ..Picture::default() }
}

#[test]
fn a_folder_of_other_people_stands_first_in_red_and_enter_sets_it_aside() {
    let mut play = before_reading(Lang::Zh, (80, 24));
    // The people of the sample list, none of whom sat here.
    let pictures: Vec<Picture> = (1..=8).map(|n| processed(format!("{}.jpg", harness::number(n)))).collect();
    let ask = PhotoAsk::Read { folder: "/nowhere/二组".to_owned(), pictures, offset: None };
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask }).unwrap();
    play.f(3);
    play.f(8);
    let screen = shown(&mut play);
    assert!(screen.contains("▶ ✗ 读错了采集点？") && screen.contains("8 张写明是谁"), "{screen}");
    assert!(!screen.contains("已证实") && screen.contains("待核对 60") && screen.contains("无照片 0"), "{screen}");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("撤下这个文件夹？"), "{}", play.screen());
    play.press(KeyCode::Up);
    play.press(KeyCode::Enter);
    assert!(!play.stage.desk().review(&key()).is_read());
}

#[test]
fn files_that_could_not_be_opened_are_counted_and_nothing_is_green() {
    let mut pictures = frames();
    for picture in &mut pictures[50..] {
        (picture.fault, picture.taken, picture.body) = (Some(Fault::Unreadable), None, None);
    }
    let n = pictures.len() - 50;
    let mut play = with_pictures(Lang::Zh, (80, 24), "/nowhere", pictures);
    let screen = shown(&mut play);
    assert!(screen.contains(&format!("✗ {n} 张打不开，没有读进来")) && screen.contains("再读一次"), "{screen}");
    assert!(!screen.contains("已证实"), "{screen}");
    play.press(KeyCode::Home);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("读哪个文件夹？"), "{}", play.screen());
}

#[cfg(unix)]
#[test]
fn a_file_that_goes_away_while_the_folder_is_read_is_no_green_end() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..6u8 {
        image::RgbImage::from_pixel(48, 64, image::Rgb([n * 30, 90, 200])).save(dir.path().join(format!("{:04}B.jpg", n + 1))).unwrap();
    }
    // As good as gone: a link that leads nowhere is listed and cannot be opened.
    let lost = dir.path().join("0007B.jpg");
    fs::write(&lost, b"x").unwrap();
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(&lost, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&lost).is_ok() {
        return; // The superuser opens everything.
    }
    let mut play = before_reading(Lang::Zh, (80, 24));
    ask_to_read(&mut play, &dir.path().to_string_lossy());
    assert!(play.stage.await_work(LONG, play.at));
    let screen = play.screen();
    assert!(screen.contains("1 张打不开") && !screen.contains("✓ 图像也检查完了"), "{screen}");
}

#[test]
fn a_large_folder_is_matched_while_scans_go_on_and_nothing_is_decided_meanwhile() {
    let mut play = before_reading(Lang::Zh, (80, 24));
    let more = |n: usize| Picture {
        path: format!("B/DSC_{n:04}.JPG"),
        bytes: 9_000 + n as u64,
        taken: Some(sat(0) + OFFSET + n as i64 * 3_700),
        body: Some("B".to_owned()),
        counter: Some(n as u32),
        ..frames()[0].clone()
    };
    let pictures: Vec<Picture> = frames().into_iter().chain((1..560).map(more)).collect();
    let ask = PhotoAsk::Read { folder: "/nowhere".to_owned(), pictures, offset: None };
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask }).unwrap();
    play.f(3);
    play.f(8);
    let screen = play.screen();
    assert!(screen.contains("正在把照片和人对上"), "{screen}");
    let facts = play.facts();
    play.ctrl('f');
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), facts);
    play.f(3);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    play.scan(&harness::number(1));
    assert!(play.screen().contains("✓ 已签到"), "{}", play.screen());
    assert!(play.stage.desk().review_at_hand(&key()).is_none(), "it is not worked out here");
    play.ctrl('w');
    assert!(play.stage.await_match(LONG * 6, play.at));
    let screen = shown(&mut play);
    assert!(!screen.contains("正在把照片和人对上") && screen.contains("照片 619"), "{screen}");
    // A scan at the desk is no new question: nothing is matched again.
    play.f(3);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    play.scan(&harness::number(2));
    play.ctrl('w');
    assert!(!play.screen().contains("正在把照片和人对上"), "{}", play.screen());
}

#[test]
fn the_dashboard_opens_the_photographs_of_the_room_under_the_arrow_and_escape_leads_back() {
    let (mut desk, clock) = harness::desk(&["11B105", "11B107", "11B109"], NINE);
    for (n, room) in ["11B105", "11B107", "11B109"].into_iter().enumerate() {
        let session = SessionKey { room: RoomKey::of(room), date: key().date };
        let pictures = vec![processed(format!("{n}.jpg"))];
        desk.submit(Ask::Photos { session, ask: PhotoAsk::Read { folder: format!("/{n}"), pictures, offset: None } }).unwrap();
    }
    let mut play = Play::of((desk, clock), Start::Dashboard, Lang::Zh, (80, 24));
    for room in ["11B105", "11B107", "11B109"] {
        play.f(8);
        assert!(play.screen().lines().next().unwrap().contains(room), "{room}: {}", play.screen());
        play.press(KeyCode::Esc);
        assert!(play.screen().contains("总览"), "{}", play.screen());
        play.press(KeyCode::Down);
    }
}

#[test]
fn a_face_is_asked_about_beside_its_neighbours_and_the_last_frame_of_its_burst() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = drawn(dir.path(), (80, 24));
    play.ctrl('f');
    let screen = shown(&mut play);
    let names = |screen: &str| screen.matches("IMG_").count();
    assert!(screen.contains(" 吗？") && names(&screen) >= 3, "{screen}");
    assert!(screen.contains("前 ") && screen.contains("后 "), "left and right: {screen}");
    // Another frame may be theirs: it is asked about in place of the first, and undecided the question goes back.
    let file = |screen: &str| {
        screen.lines().find(|l| l.contains("登记")).unwrap().split_whitespace().find(|w| w.contains("IMG_")).unwrap().to_owned()
    };
    let asked = file(&screen);
    play.press(KeyCode::Right);
    assert_ne!(file(&shown(&mut play)), asked);
    // Whose another one is stands beside it.
    for _ in 0..3 {
        play.press(KeyCode::Right);
    }
    assert!(shown(&mut play).contains("! 现在是 "), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert!(!play.screen().contains(" 吗？"));
    play.ctrl('f');
    assert_eq!(file(&shown(&mut play)), asked);
    play.resize((120, 40));
    assert!(names(&shown(&mut play)) >= 4, "{}", play.screen());
}

#[test]
fn of_several_reasons_the_most_telling_stands_first() {
    let pictures: Vec<Picture> = (1..=60).map(|n| processed(format!("{}.jpg", student(n)))).collect();
    let mut play = with_pictures(Lang::Zh, (80, 24), "/nowhere/成品", pictures.clone());
    let reading = play.stage.desk().review(&key()).album.folders.keys().next().unwrap().clone();
    let checked = |(n, p): (usize, Picture)| duihao::domain::photo::Checked {
        path: p.path,
        hash: format!("{:064x}", if n == 50 { 5 } else { n }),
        light: 120,
        sharp: 400,
        back: [60, 120, 200],
        ..Default::default()
    };
    let checked = pictures.into_iter().enumerate().map(checked).collect();
    play.stage.desk_mut().submit(Ask::Photos { session: key(), ask: PhotoAsk::Check { reading, checked } }).unwrap();
    play.f(3);
    play.f(8);
    let screen = shown(&mut play);
    let row = screen.lines().find(|l| l.contains("0006B")).unwrap().to_owned();
    assert!(row.contains("与 ") && !row.contains("只凭文件名"), "{screen}");
}
