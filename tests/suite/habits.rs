//! What a laptop keeps from run to run: which signs its console draws, and what is done most.

use crossterm::event::KeyCode;
use duihao::desk::preferences::Which;
use duihao::desk::settings::Home;
use duihao::ui::tui::{Stage, Start};
use duihao::ui::words::Lang;

use crate::harness::{NINE, Play, desk};

fn run(home: &Home, ascii: bool) -> Play {
    let mut play = Play::of(desk(&["11B105"], NINE), Start::Dashboard, Lang::Zh, (80, 24));
    play.on(|stage: Stage| stage.with_home(home.clone()).with_habits(ascii));
    play.resize((80, 24));
    play
}

fn choose(play: &mut Play, what: &str) {
    play.f(1);
    play.type_slowly(what);
    play.press(KeyCode::Enter);
}

/// The first line of the list of F1.
fn first_listed(play: &mut Play) -> String {
    play.f(1);
    let screen = play.screen();
    let chosen = |line: &&str| line.split_once('│').is_some_and(|(_, row)| row.trim_start().starts_with('▶'));
    let line = screen.lines().find(chosen).unwrap_or_else(|| panic!("{screen}")).to_owned();
    play.press(KeyCode::Esc);
    line
}

#[test]
fn what_was_done_most_stands_first_in_the_next_run_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let mut play = run(&home, false);
    assert!(!first_listed(&mut play).contains("自检"));
    for _ in 0..3 {
        choose(&mut play, "zijian");
        play.f(3);
    }
    assert!(home.used().is_empty(), "nothing is written while the day runs");
    play.stage.keep_habits();
    assert!(first_listed(&mut run(&home, false)).contains("自检"));
    // Another run with nothing done keeps it.
    run(&home, false).stage.keep_habits();
    assert!(first_listed(&mut run(&home, false)).contains("自检"));
}

#[test]
fn a_file_of_uses_that_somebody_spoilt_is_read_as_far_as_it_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let noise: String = (0..5_000).map(|n| format!("{n} Levitate{n}\n")).collect();
    std::fs::write(folder.path().join("used"), format!("3 Checkup\nnonsense\n-1 Undo\n{noise}")).unwrap();
    assert!(first_listed(&mut run(&home, false)).contains("自检"));
    run(&home, false).stage.keep_habits();
    assert_eq!(home.used(), [("Checkup".to_owned(), 3)]);
}

#[test]
fn plain_signs_are_chosen_from_the_list_and_stay_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let mut play = run(&home, false);
    assert!(play.screen().contains('─'));
    choose(&mut play, "duibuqi");
    assert!(play.screen().contains('─'), "there is no such thing: {}", play.screen());
    play.press(KeyCode::Esc);
    choose(&mut play, "对不齐");
    assert!(!play.screen().contains('─') && play.screen().contains('-'), "{}", play.screen());
    assert_eq!(home.preferences().word(Which::Signs), "ascii");
    let mut next = run(&home, false);
    assert!(!next.screen().contains('─'));
    choose(&mut next, "ascii");
    assert!(next.screen().contains('─'));
    assert_eq!(home.preferences().word(Which::Signs), "lines");
    assert!(!run(&home, true).screen().contains('─'), "asked for on the command line");
}
