//! `duihao rehearse` without a terminal.

use super::Scene;

#[test]
fn a_practice_without_a_terminal_says_so_and_touches_nothing() {
    let scene = Scene::empty();
    let ran = scene.run(&["rehearse"]).exits(2);
    assert!(ran.err.contains("演练要在终端窗口里做"), "{}", ran.err);
    let ran = scene.run(&["--lang", "en", "rehearse", "--severity", "hard", "--speed", "4", "--seed", "7"]).exits(2);
    assert!(ran.err.contains("needs a terminal"), "{}", ran.err);
    assert!(!scene.path("day.db").exists());
    scene.run(&["rehearse", "--speed", "5"]).exits(2);
    scene.run(&["rehearse", "--severity", "awful"]).exits(2);
}
