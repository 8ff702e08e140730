//! `duihao doctor`: what is said of a laptop, with and without a campaign.

use super::Scene;

#[test]
fn a_laptop_without_a_campaign_is_looked_at_and_nothing_is_made() {
    let scene = Scene::empty();
    let ran = scene.run(&["doctor"]).exits(0);
    assert!(ran.out.contains("还没有数据库") && ran.out.contains("一次扫码写进硬盘"), "{}", ran.out);
    let checks = scene.run(&["--json", "doctor"]).exits(0).json();
    assert!(checks["checks"].as_array().unwrap().iter().any(|c| c["state"] == "look"), "{checks}");
    assert!(!scene.path("day.db").exists());
}

#[test]
fn a_campaign_is_looked_at_and_a_file_that_is_none_is_said() {
    let scene = Scene::usual();
    let ran = scene.run(&["--lang", "en", "doctor"]).exits(0);
    assert!(ran.out.contains("database: 12 people"), "{}", ran.out);
    scene.file("day.db", "no database at all, only text that is long enough to be looked at");
    let ran = scene.run(&["doctor"]).exits(1);
    assert!(ran.out.contains('✗'), "{}", ran.out);
}
