//! The sample's photographs: what was planted is found, and nobody gets another's picture.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use duihao::desk::export::{self, Only, Photographs, What};
use duihao::desk::sheets::{self, SheetKind};
use duihao::desk::{sample, sample_photos};
use duihao::domain::day::Day;
use duihao::domain::mapping;
use duihao::domain::review::cause::kind_word;
use duihao::domain::review::setup::Sitter;
use duihao::domain::review::{Review, ReviewCause, RowStatus};
use duihao::files::reports::write::Format;
use serde_json::Value;
use tempfile::TempDir;

const TRUTH: &str = include_str!("../../sample-data/lishui-2021/photos-truth.json");

#[test]
fn the_planted_slips_of_the_sample_are_named_and_no_sure_picture_is_anothers() {
    let folder = TempDir::new().unwrap();
    let mut desk = sample::whole_day(folder.path(), &mut |_| ()).unwrap();
    let read = sample_photos::read(&mut desk, &folder.path().join("photos")).unwrap();
    assert_eq!(read.pictures, 868);
    let review = desk.review(&sample_photos::session());
    assert_eq!(review.refused(), None);
    let offset = review.clock().unwrap().offset as f64 / 1000.0;
    assert!((offset - 197.0).abs() < 8.0, "{offset}");

    let truth: Value = serde_json::from_str(TRUTH).unwrap();
    let photos: BTreeMap<&str, &str> =
        truth["photos"].as_object().unwrap().iter().map(|(k, v)| (k.as_str(), v.as_str().unwrap())).collect();
    let (mut sure, mut wrong, mut all) = (0, Vec::new(), 0);
    for row in mapping::rows(desk.day(), desk.now()).iter().filter(|r| r.room == review.key.room) {
        all += 1;
        let found = review.row(&row.subject).unwrap();
        if found.status == RowStatus::Sure {
            sure += 1;
            let photo = found.photo.map(|p| review.album.photos[p].id.path.as_str());
            let student = row.student_no.as_deref().unwrap_or_default();
            if photos.get(student).copied() != photo {
                wrong.push(student.to_owned());
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(sure * 100 >= all * 95, "{sure} of {all} sure");

    let planted: Vec<(&str, &str)> =
        truth["causes"].as_array().unwrap().iter().map(|c| (c["kind"].as_str().unwrap(), c["token"].as_str().unwrap())).collect();
    let named: Vec<(&str, String)> = review
        .causes
        .iter()
        .map(|c| (kind_word(c.cause.kind), review.setup.sitters[c.cause.at].token.clone().unwrap_or_default()))
        .collect();
    for (kind, token) in &planted {
        assert!(named.iter().any(|(k, t)| k == kind && t == token), "{kind} {token} not among {named:?}");
    }
}

#[test]
fn once_all_is_proven_the_proof_shows_the_faces_and_the_list_of_missing_people_those_in_no_picture() {
    let folder = TempDir::new().unwrap();
    let mut desk = sample::whole_day(folder.path(), &mut |_| ()).unwrap();
    sample_photos::read(&mut desk, &folder.path().join("photos")).unwrap();
    sample_photos::prove(&mut desk).unwrap();
    let review = desk.review(&sample_photos::session());
    let say = |_: &Day, _: &Review, _: &ReviewCause| (String::new(), String::new());
    let photographs = Photographs { reviews: vec![Arc::clone(&review)], say: &say };

    let page = folder.path().join("proof.html");
    sheets::write(desk.day(), desk.now(), SheetKind::Proof, &Only::default(), &photographs, Some(Format::Html), &page).unwrap();
    let page = std::fs::read_to_string(page).unwrap();
    let sure = |s: &&Sitter| review.row(&s.subject).is_some_and(|r| r.status == RowStatus::Confirmed && r.photo.is_some());
    let people: BTreeSet<_> = review.setup.sitters.iter().filter(sure).map(|s| &s.subject).collect();
    let confirmed = people.len();
    assert!(confirmed > 0);
    assert!(page.contains(&format!("核对 {confirmed} 人")), "{confirmed}");

    let none: Vec<String> = mapping::rows(desk.day(), desk.now())
        .iter()
        .filter(|r| r.room == review.key.room && review.row(&r.subject).is_some_and(|f| f.status == RowStatus::NoPhoto))
        .filter_map(|r| r.student_no.clone())
        .collect();
    assert!(!none.is_empty());
    let missing = export::report(desk.day(), desk.now(), What::NoShows, &Only::default(), &photographs).unwrap().json;
    let named: Vec<&str> = missing["rows"].as_array().unwrap().iter().filter_map(|r| r["student_no"].as_str()).collect();
    for student in &none {
        assert!(named.contains(&student.as_str()), "{student} is in no picture and not on the list");
    }
}
