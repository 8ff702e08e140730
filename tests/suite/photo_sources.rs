//! The photos screen and where pictures come from: several cameras, folders that are set aside, the box of the folder.

use crossterm::event::KeyCode;
use duihao::ui::words::Lang;

use crate::harness::Play;
use crate::photo_screens::{frames, go_to, key, open, read_in, with_pictures};

fn offsets(play: &Play) -> Vec<(Option<String>, i64)> {
    play.stage.desk().review(&key()).offsets()
}

#[test]
fn the_box_of_the_folder_proposes_the_last_one_and_typing_or_ctrl_u_replaces_it() {
    let mut play = read_in();
    play.f(4);
    assert!(play.screen().contains("/nowhere"), "{}", play.screen());
    play.type_slowly("/else");
    let screen = play.screen();
    assert!(screen.contains("/else") && !screen.contains("/nowhere"), "{screen}");
    play.ctrl('u');
    let screen = play.screen();
    assert!(screen.contains("读哪个文件夹") && !screen.contains("/else") && !screen.contains("文件名样式"), "{screen}");
}

#[test]
fn a_folder_is_set_aside_by_enter_and_undo_brings_it_back() {
    let mut play = read_in();
    open(&mut play, "▸ 读过的文件夹", "/nowhere");
    assert!(play.screen().contains("撤下这个文件夹？"), "{}", play.screen());
    // Nothing is set aside by an Enter too many.
    play.press(KeyCode::Enter);
    assert!(play.stage.desk().review(&key()).is_read());
    play.press(KeyCode::Enter);
    play.press(KeyCode::Up);
    play.press(KeyCode::Enter);
    assert!(!play.stage.desk().review(&key()).is_read());
    assert!(play.screen().contains("撤下照片文件夹 /nowhere/photos"), "{}", play.screen());
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert!(play.stage.desk().review(&key()).is_read());
}

#[test]
fn two_cameras_stand_in_two_lines_and_each_is_told_its_own_clock() {
    let mut pictures = frames();
    pictures[30..].iter_mut().for_each(|p| p.body = Some("C20".to_owned()));
    let mut play = with_pictures(Lang::Zh, (80, 24), "/nowhere", pictures);
    let before = offsets(&play);
    go_to(&mut play, "C20：");
    assert!(play.screen().contains("C10：30 张，时差 "), "{}", play.screen());
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("相机比记录快几秒") && screen.contains("C20：30 张"), "{screen}");
    play.type_slowly("199");
    play.press(KeyCode::Enter);
    let after = offsets(&play);
    assert_eq!((after[0].1, after[1].1), (before[0].1, 199_000), "{after:?}");
}
