//! Copying from the photos screen: asked, shown beforehand, done in the background, stopped and gone on with, noted by the desk.

use std::fs;
use std::path::{Path, PathBuf};

use crossterm::event::KeyCode;
use duihao::desk::copying;
use duihao::domain::review::RowStatus;

use crate::harness::{self, Play, expect_screen};
use crate::photo_screens::{LONG, drawn, key, read_in, shown, student};

fn retype(play: &mut Play, text: &str) {
    for _ in 0..400 {
        play.raw(KeyCode::Backspace, crossterm::event::KeyModifiers::NONE);
    }
    play.type_slowly(text);
}

/// Ctrl+U, the folder, the names: what would leave is on the screen.
fn ask(play: &mut Play, folder: &Path, template: &str) -> String {
    play.ctrl('u');
    retype(play, &folder.to_string_lossy());
    play.press(KeyCode::Enter);
    retype(play, template);
    play.press(KeyCode::Enter);
    shown(play)
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn sure(play: &Play) -> Vec<String> {
    let (desk, review) = (play.stage.desk(), play.stage.desk().review(&key()));
    let usable = |p: &&duihao::domain::roster::Person| {
        let row = review.row(&duihao::domain::visit::Subject::Person(p.id));
        row.is_some_and(|r| matches!(r.status, RowStatus::Sure | RowStatus::Confirmed))
    };
    let mut names: Vec<String> =
        desk.day().roster().people().filter(usable).map(|p| format!("{}.jpg", p.student_no.as_deref().unwrap())).collect();
    names.sort();
    names
}

fn scene() -> (tempfile::TempDir, PathBuf, Play) {
    let dir = tempfile::tempdir().unwrap();
    let play = drawn(&dir.path().join("originals"), (80, 24));
    let dest = dir.path().join("copies");
    (dir, dest, play)
}

#[test]
fn the_key_asks_for_folder_and_names_and_proposes_both() {
    let mut play = read_in();
    let before = play.facts();
    play.ctrl('u');
    expect_screen("photos_copy_form", &shown(&mut play));
    play.press(KeyCode::Enter);
    play.press(KeyCode::Tab);
    play.press(KeyCode::Tab);
    play.press(KeyCode::Enter);
    // The originals of this one are nowhere: said before anything is written.
    let screen = play.screen();
    assert!(screen.contains("读不了原始照片") && screen.contains("返回，改文件夹或命名"), "{screen}");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("{student_no}.jpg"), "back to the form: {}", play.screen());
    play.press(KeyCode::Esc);
    assert!(!play.screen().contains("新文件夹"));
    assert_eq!(play.facts(), before);
}

#[test]
fn what_leaves_is_shown_first_then_copied_noted_and_said_to_stay() {
    let (_dir, dest, mut play) = scene();
    let (before, wanted) = (play.facts(), sure(&play));
    let screen = ask(&mut play, &dest, "{student_no}.jpg");
    let n = wanted.len();
    assert!(screen.contains(&format!("{n} 张 · ")) && screen.contains(" 待核对不复制 · "), "{screen}");
    assert!(screen.contains(&format!("▶ 开始复制 {n} 张")) && !dest.exists(), "{screen}");
    play.press(KeyCode::Enter);
    assert!(play.stage.await_work(LONG, play.at));
    let screen = shown(&mut play);
    assert_eq!(screen.matches(&format!("已复制并核对 {n} 张")).count(), 2, "said, and it stays above: {screen}");
    play.press(KeyCode::Down);
    play.f(3);
    play.f(8);
    assert!(shown(&mut play).contains(&format!("已复制并核对 {n} 张")));
    let mut there = files(&dest);
    there.retain(|f| f != "清单.csv");
    assert_eq!(there, wanted);
    assert_eq!(play.facts(), before + 1);
    // Undo takes the record back and says so; the files stay.
    play.ctrl('z');
    let screen = play.screen();
    assert!(screen.contains("只去掉“复制过”这条记录，文件还在") && screen.contains("--undo"), "{screen}");
    play.press(KeyCode::Enter);
    assert!(!shown(&mut play).contains("已复制并核对"), "{}", play.screen());
    assert_eq!(files(&dest).len(), n + 1);
    // The last names are proposed again where a copy counts.
    play.ctrl('y');
    play.ctrl('u');
    assert!(play.screen().contains("{student_no}.jpg"));
}

#[test]
fn scans_and_keys_go_on_while_pictures_are_copied() {
    let (_dir, dest, mut play) = scene();
    let n = sure(&play).len();
    ask(&mut play, &dest, "{student_no}.jpg");
    play.press(KeyCode::Enter);
    play.ctrl('u');
    let screen = play.screen();
    assert!(screen.contains("正在复制照片：等它完成") && screen.contains("Esc 停止"), "{screen}");
    play.f(3);
    assert!(play.screen().contains("复制照片 "), "{}", play.screen());
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    play.scan(&harness::number(1));
    assert!(play.screen().contains("✓ 已签到"), "{}", play.screen());
    assert!(play.stage.await_work(LONG, play.at));
    assert!(play.screen().contains("✓ 已签到"), "what was said of a scan stays: {}", play.screen());
    play.ctrl('w');
    assert!(play.screen().contains(&format!("✓ 已复制并核对 {n} 张")), "{}", play.screen());
}

#[test]
fn a_copy_that_was_stopped_is_proposed_again_and_goes_on() {
    let (_dir, dest, mut play) = scene();
    let (n, before) = (sure(&play).len(), play.facts());
    ask(&mut play, &dest, "x/{student_no}");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    assert!(play.stage.await_work(LONG, play.at));
    let screen = play.screen();
    // So few pictures may be copied before the word arrives.
    let stopped = screen.contains("同样再复制一次会接着做");
    assert!(stopped || screen.contains("已复制并核对"), "{screen}");
    assert_eq!(play.facts(), before + usize::from(!stopped));
    play.ctrl('u');
    if stopped {
        let screen = play.screen();
        assert!(screen.contains("copies") && screen.contains("x/{student_no}"), "{screen}");
        play.press(KeyCode::Enter);
        play.press(KeyCode::Enter);
        play.press(KeyCode::Enter);
        assert!(play.stage.await_work(LONG, play.at));
        assert!(play.screen().contains(&format!("已复制并核对 {n} 张")), "{}", play.screen());
        assert_eq!((files(&dest.join("x")).len(), play.facts()), (n, before + 1));
    }
}

#[test]
fn names_given_twice_are_refused_with_examples_and_lacking_people_may_be_left_out() {
    let (_dir, dest, mut play) = scene();
    let screen = ask(&mut play, &dest, "{class}.jpg");
    assert!(screen.contains("2 个文件名会重复") && screen.contains("国贸171.jpg") && screen.contains(&student(1)), "{screen}");
    assert!(!screen.contains("缺的人先不复制"), "{screen}");
    play.press(KeyCode::Enter);
    retype(&mut play, "{id_no}.jpg");
    play.press(KeyCode::Enter);
    let screen = shown(&mut play);
    assert!(screen.contains("人缺命名要用的内容") && screen.contains("身份证号"), "{screen}");
    assert!(screen.contains("▶ 缺的人先不复制，其余照常"), "{screen}");
    play.press(KeyCode::Enter);
    let screen = shown(&mut play);
    // Nobody here has a document: nothing can begin.
    assert!(screen.contains("0 张 · ") && screen.contains("缺命名内容，先不复制") && !screen.contains("开始复制"), "{screen}");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    assert!(!dest.exists() && play.screen().contains("可用"));
}

#[test]
fn a_copy_among_the_originals_or_over_something_else_is_refused() {
    let (dir, dest, mut play) = scene();
    let before = play.facts();
    ask(&mut play, &dir.path().join("originals/new"), "{student_no}.jpg");
    play.press(KeyCode::Enter);
    assert!(play.stage.await_work(LONG, play.at));
    assert!(play.screen().contains("在原始照片的文件夹里"), "{}", play.screen());
    fs::create_dir(&dest).unwrap();
    fs::write(dest.join("文章.docx"), b"mine").unwrap();
    ask(&mut play, &dest, "{student_no}.jpg");
    play.press(KeyCode::Enter);
    assert!(play.stage.await_work(LONG, play.at));
    assert!(play.screen().contains("不是空的"), "{}", play.screen());
    assert_eq!((files(&dest).len(), play.facts()), (1, before));
    assert!(!dir.path().join("originals/new").exists());
}

#[test]
fn a_decision_made_meanwhile_is_shown_before_anything_is_copied() {
    let (_dir, dest, mut play) = scene();
    let n = sure(&play).len();
    ask(&mut play, &dest, "{student_no}.jpg");
    let who = sure(&play)[0].trim_end_matches(".jpg").to_owned();
    let gap = duihao::domain::command::RulingAsk {
        who: Some(who),
        ..duihao::domain::command::RulingAsk::of(duihao::domain::ruling::RulingWord::Gap)
    };
    let ask = duihao::domain::command::PhotoAsk::Rule(gap);
    play.stage.desk_mut().submit(duihao::domain::command::Ask::Photos { session: key(), ask }).unwrap();
    play.press(KeyCode::Enter);
    let (screen, now) = (shown(&mut play), sure(&play).len());
    assert!(now != n && screen.contains(&format!("▶ 开始复制 {now} 张")) && !dest.exists(), "{screen}");
    play.press(KeyCode::Enter);
    assert!(play.stage.await_work(LONG, play.at));
    assert_eq!(copying::last(play.stage.desk().day(), &key()).map(|k| k.files as usize), Some(now));
}

#[test]
fn everything_proven_the_footer_names_the_copy() {
    let mut play = read_in();
    let foot = |play: &mut Play| shown(play).lines().last().unwrap().to_owned();
    assert!(!foot(&mut play).contains("复制照片"));
    play.ctrl('f');
    shown(&mut play);
    play.press(KeyCode::Enter);
    assert!(foot(&mut play).contains("Ctrl+U 复制照片"), "{}", play.screen());
    play.ctrl('p');
    play.type_slowly("fzzp");
    assert!(play.screen().contains("Ctrl+U"), "{}", play.screen());
}
