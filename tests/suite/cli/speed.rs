//! Whole papers are taken in the time of a cup of water, whatever their rows name.

use std::time::{Duration, Instant};

use super::Scene;

/// Far above what it takes, far below what folding everything anew for every row takes.
const SOON: Duration = Duration::from_secs(30);

fn list(people: usize) -> String {
    let rows = (1..=people).map(|i| format!("{},学生{i},班{}\n", 2_017_010_000 + i, i / 40));
    std::iter::once("学号,姓名,班级\n".to_owned()).chain(rows).collect()
}

fn time(second: usize) -> String {
    format!("2020-09-13 {:02}:{:02}:{:02}", 8 + second / 3600, second / 60 % 60, second % 60)
}

#[test]
fn three_thousand_rows_that_name_only_numbers_are_taken_at_once() {
    let scene = Scene::of(super::CAMPAIGN, &list(3000));
    let rows: Vec<String> = (1..=3000).map(|i| format!("{},R1,拍摄,,{i:04}A,,", time(i * 5))).collect();
    let begun = Instant::now();
    scene.log(&super::strs(&rows)).exits(0);
    assert_eq!(scene.json(&["check"]).1["counts"]["not_on_roster"], 3000);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}

#[test]
fn numbers_told_before_their_people_are_taken_at_once() {
    let scene = Scene::of(super::CAMPAIGN, &list(1500));
    let mut rows: Vec<String> = (1..=1500).map(|i| format!("{},R1,拍摄,,{i:04}A,,", time(i * 5))).collect();
    rows.extend((1..=1500).map(|i| format!("{},R1,发号,{},{i:04}A,,", time(i * 5), 2_017_010_000 + i)));
    rows.extend((1..=500).map(|i| format!("{},R1,登记,,{},,外来{i}", time(i * 5), i + 2000)));
    let begun = Instant::now();
    scene.log(&super::strs(&rows)).exits(0);
    let shot = scene.json(&["status"]).1["rooms"][0]["shot"].clone();
    assert_eq!(shot, 1500);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}
