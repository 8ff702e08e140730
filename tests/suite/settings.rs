//! The settings: what is changed is in force at once, kept over a restart, and nothing of it is a fact.

use crossterm::event::KeyCode;
use duihao::desk::preferences::Which;
use duihao::desk::settings::Home;
use duihao::domain::ids::RoomKey;
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;
use duihao::ui::words::settings_screen::meaning;

use crate::harness::{Play, expect_screen, number};

/// A desk whose user's preferences are kept there.
fn at(home: &std::path::Path) -> Play {
    let mut play = Play::at_desk();
    play.on(|stage| stage.with_home(Home::at(home)));
    play
}

fn open(play: &mut Play) {
    play.f(1);
    play.type_slowly("shezhi");
    play.press(KeyCode::Enter);
}

fn row(play: &mut Play, which: Which) {
    let at = Which::ALL.iter().position(|w| *w == which).unwrap();
    (0..Which::ALL.len() + 1).for_each(|_| play.press(KeyCode::Up));
    (0..at).for_each(|_| play.press(KeyCode::Down));
}

#[test]
fn every_setting_stands_with_its_value_at_every_size_in_both_languages() {
    let mut all = String::new();
    for lang in [Lang::Zh, Lang::En] {
        for size in [(80, 24), (120, 40), (200, 60)] {
            let mut play = Play::new(&["11B105"], Start::Desk(RoomKey::of("11B105")), lang, size);
            play.press(KeyCode::Esc);
            open(&mut play);
            all.push_str(&format!("======== {}x{}\n{}", size.0, size.1, play.screen()));
        }
    }
    expect_screen("settings", &all);
}

#[test]
fn what_a_setting_means_is_shown_to_its_end_in_the_smallest_window() {
    for lang in [Lang::Zh, Lang::En] {
        let mut play = Play::new(&["11B105"], Start::Desk(RoomKey::of("11B105")), lang, (80, 24));
        play.press(KeyCode::Esc);
        open(&mut play);
        for which in Which::ALL {
            row(&mut play, which);
            let end: String = meaning(lang, which).chars().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
            let screen = play.screen();
            assert!(screen.lines().skip(12).take(2).any(|line| line.trim_end().ends_with(&end)), "{which:?} {end}: {screen}");
        }
    }
}

#[test]
fn what_is_chosen_is_in_force_at_once_and_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    let facts = play.facts();
    open(&mut play);
    row(&mut play, Which::Language);
    play.press(KeyCode::Right);
    assert!(play.screen().contains("Settings") && play.screen().contains("English"), "{}", play.screen());
    play.press(KeyCode::Left);
    row(&mut play, Which::Colours);
    play.press(KeyCode::Char(' '));
    assert!(play.screen().contains("浅色"), "{}", play.screen());
    let ground = play.buffer()[(0, 5)].bg;
    assert_eq!(ground, ratatui::style::Color::Indexed(255));
    row(&mut play, Which::Burst);
    play.press(KeyCode::Right);
    play.press(KeyCode::Right);
    assert_eq!(play.facts(), facts, "a preference is no fact");
    let mut again = at(home.path());
    open(&mut again);
    let screen = again.screen();
    assert!(screen.contains("浅色") && screen.contains("键间 70 毫秒以内"), "{screen}");
    assert_eq!(Home::at(home.path()).preferences().number(Which::Burst), 70);
}

#[test]
fn the_colours_of_f11_are_kept_too() {
    let home = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    play.f(11);
    play.f(11);
    assert_eq!(Home::at(home.path()).preferences().word(Which::Colours), "contrast");
    play.f(11);
    assert!(Home::at(home.path()).preferences().is_usual(Which::Colours));
}

#[test]
fn a_quicker_limit_is_the_scanners_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    open(&mut play);
    row(&mut play, Which::Burst);
    play.press(KeyCode::Left);
    assert!(play.screen().contains("120 毫秒"), "{}", play.screen());
    // A Bluetooth gun, 100 ms between its keys, into a screen without a scan line.
    let before = play.facts();
    play.wait(5_000);
    for c in number(1).chars() {
        play.at += 100;
        play.raw(KeyCode::Char(c), crossterm::event::KeyModifiers::NONE);
    }
    play.at += 100;
    play.raw(KeyCode::Enter, crossterm::event::KeyModifiers::NONE);
    assert_eq!(play.facts(), before + 3, "{}", play.screen());
    assert!(play.screen().contains("签到台") && play.screen().contains("✓ 已签到"), "{}", play.screen());
}

#[test]
fn bells_ring_as_they_were_chosen() {
    let home = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    let mut rings = |word: Option<bool>| {
        if let Some(right) = word {
            open(&mut play);
            row(&mut play, Which::Bell);
            play.press(if right { KeyCode::Right } else { KeyCode::Left });
            play.press(KeyCode::Esc);
        }
        let _ = play.stage.bells();
        play.scan(&number(1));
        let right = play.stage.bells();
        play.ctrl('z');
        play.press(KeyCode::Enter);
        let _ = play.stage.bells();
        play.scan("wrong-is-nobody");
        play.press(KeyCode::Esc);
        (right, play.stage.bells())
    };
    assert_eq!(rings(None), (0, 1), "one for wrong, none for right");
    assert_eq!(rings(Some(true)), (1, 2), "two patterns");
    assert_eq!(rings(Some(true)), (0, 0), "never");
}

#[test]
fn the_print_pack_goes_where_it_is_said_and_a_folder_that_is_not_there_is_said() {
    let home = tempfile::tempdir().unwrap();
    let stick = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    open(&mut play);
    row(&mut play, Which::PrintFolder);
    play.press(KeyCode::Enter);
    play.paste("/nowhere/at/all");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("没有这个文件夹"), "{}", play.screen());
    (0..20).for_each(|_| play.press(KeyCode::Backspace));
    play.paste(&stick.path().to_string_lossy());
    play.press(KeyCode::Enter);
    let shown = stick.path().file_name().unwrap().to_string_lossy().into_owned();
    assert!(play.screen().contains(&shown), "{}", play.screen());
    assert_eq!(Home::at(home.path()).preferences().word(Which::PrintFolder), stick.path().to_string_lossy());
    play.press(KeyCode::Backspace);
    assert!(play.screen().contains("数据文件旁边"), "{}", play.screen());
}

#[test]
fn the_last_row_brings_back_what_is_usual() {
    let home = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    open(&mut play);
    for which in [Which::Colours, Which::Bell, Which::Reveal] {
        row(&mut play, which);
        play.press(KeyCode::Left);
    }
    assert!(!Home::at(home.path()).preferences().is_usual(Which::Reveal));
    (0..10).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Enter);
    let kept = Home::at(home.path()).preferences();
    assert!(Which::ALL.into_iter().all(|which| kept.is_usual(which)), "{kept:?}");
    assert!(play.screen().contains("深色"), "{}", play.screen());
}

#[test]
fn a_document_number_is_masked_again_after_the_time_that_was_chosen() {
    let home = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    open(&mut play);
    row(&mut play, Which::Reveal);
    play.press(KeyCode::Right);
    assert!(play.screen().contains("看全 15 秒"), "{}", play.screen());
    play.press(KeyCode::Esc);
    play.f(4);
    play.type_slowly(&number(2));
    play.press(KeyCode::Enter);
    play.ctrl('v');
    assert!(play.screen().contains("330102199801011201"), "{}", play.screen());
    play.wait(16_000);
    assert!(!play.screen().contains("330102199801011201"), "{}", play.screen());
}

#[test]
fn self_check_and_settings_lead_to_each_other_by_one_key_and_escape_goes_back() {
    let mut play = Play::at_desk();
    play.f(12);
    assert!(play.screen().contains("自检"), "{}", play.screen());
    play.f(12);
    assert!(play.screen().contains("全部恢复默认"), "{}", play.screen());
    play.f(12);
    assert!(play.screen().contains("扫码枪：请扫任意一个码"), "{}", play.screen());
    play.press(KeyCode::Esc);
    play.f(4);
    open(&mut play);
    assert!(play.screen().contains("全部恢复默认"), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("名单"), "{}", play.screen());
}

#[test]
fn plain_signs_are_a_row_that_is_in_force_at_once_and_what_the_list_of_f1_changes_stands_there() {
    let home = tempfile::tempdir().unwrap();
    let mut play = at(home.path());
    open(&mut play);
    row(&mut play, Which::Signs);
    assert!(play.screen().contains("看终端") && play.screen().contains('─'), "{}", play.screen());
    play.press(KeyCode::Left);
    let screen = play.screen();
    assert!(screen.contains("ASCII") && !screen.contains('─') && screen.contains("> 符号"), "{screen}");
    assert_eq!(Home::at(home.path()).preferences().word(Which::Signs), "ascii");
    play.f(1);
    play.type_slowly("对不齐");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains('─') && screen.lines().any(|line| line.contains("符号") && line.contains("线条")), "{screen}");
    play.press(KeyCode::Backspace);
    assert!(play.screen().contains("看终端"), "{}", play.screen());
    assert!(Home::at(home.path()).preferences().is_usual(Which::Signs));
}

#[test]
fn a_home_that_cannot_be_written_says_that_it_forgets() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let mut play = at(&file.join("home"));
    open(&mut play);
    row(&mut play, Which::Mouse);
    play.press(KeyCode::Right);
    let screen = play.screen();
    assert!(screen.contains("不用") && screen.contains("记不住"), "{screen}");
    assert!(!play.stage.wants_mouse());
}

#[test]
fn a_row_is_chosen_by_a_click_and_changed_by_another() {
    let mut play = Play::at_desk();
    open(&mut play);
    let (x, y) = play.find("响铃");
    play.click(x, y);
    assert!(play.screen().lines().any(|l| l.contains('▶') && l.contains("响铃")), "{}", play.screen());
    play.click(x, y);
    assert!(play.screen().contains("不对响两声"), "{}", play.screen());
}
