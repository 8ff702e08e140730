//! What truthful answers come to: which question is asked, what each answer settles, and what none may settle by itself.

use std::collections::BTreeMap;

use duihao::domain::align::outcome::Refusal;
use duihao::domain::command::{Action, Ask, PhotoAsk};
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::photo::Picture;
use duihao::domain::review::RowStatus;
use duihao::ui::words::{Lang, photo};

use super::film::{Film, Odd, START, date, desk, log_row, student, token};

const DAY: i64 = 86_400_000;

/// So many people, one every thirty seconds to the second, by a camera that is a day behind.
fn even(people: usize) -> Film {
    let mut desk = desk(people);
    let mut rows = Vec::new();
    let mut pictures = Vec::new();
    for n in 1..=people {
        let at = n as i64 * 30_000;
        rows.push(log_row(rows.len() + 2, Some(0), Action::Issue, Some(student(n)), Some(token(n))));
        rows.push(log_row(rows.len() + 2, Some(at), Action::Shoot, None, Some(token(n))));
        pictures.push(Picture {
            path: format!("100CAM/DSC_{n:04}.JPG"),
            taken: Some(START + at + 8_000 - DAY),
            body: Some("示例相机 1".to_owned()),
            counter: Some(n as u32),
            ..Picture::default()
        });
    }
    desk.submit(Ask::TakeLog { source: "log.csv".to_owned(), hash: "log".to_owned(), rows, date: None }).unwrap();
    let session = SessionKey { room: RoomKey::of("11B105"), date: date() };
    Film { desk, session, truth: BTreeMap::new(), frames: Vec::new(), pictures }
}

#[test]
fn an_honest_yes_to_the_day_does_not_settle_which_of_two_clocks_one_pace_apart_it_is() {
    let film = even(40).read_with(None);
    let review = film.desk.review(&film.session);
    assert_eq!(review.refused(), Some(Refusal::OffsetUnconfirmed));
    let (first, second) = review.undecided().unwrap();
    assert!((20_000..40_000).contains(&(first - second).abs()), "{first} {second}");
    // Both doors ask which of them before a yes is written down, and nothing is sure meanwhile.
    assert_eq!(film.count(RowStatus::Sure), 0);
}

#[test]
fn a_folder_of_which_half_is_missing_asks_for_the_other_card_and_for_nobodys_face() {
    let mut film = Film::of(120, &[], false);
    film.pictures.truncate(50);
    let film = film.read();
    let review = film.desk.review(&film.session);
    assert_eq!(review.refused(), Some(Refusal::TooFewFrames));
    assert_eq!(review.faces_left(), (0, 0));
    assert!(film.rows().iter().all(|(_, row)| row.confidence <= 0.9), "nothing reads as certain");
}

#[test]
fn each_truthful_answer_leaves_fewer_faces_until_none_is_asked() {
    let odd: Vec<(usize, Odd)> = (1..11).map(|n| (n * 11, Odd::Twice(3_000 + n as i64 * 900))).collect();
    let mut film = Film::of(120, &odd, false).read();
    let mut left = film.desk.review(&film.session).faces_left();
    let mut answers = 0;
    while left.0 > 0 {
        let review = film.desk.review(&film.session);
        let shot = review.alignment.proofs[0].faces[0];
        let number = review.setup.sitters[shot].token.clone().unwrap();
        let n: usize = number.trim_end_matches('B').parse().unwrap();
        let picture = film.truth[&student(n)].clone();
        film.rule(duihao::domain::ruling::RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(student(n)), Some(picture)));
        let now = film.desk.review(&film.session).faces_left();
        assert!(now.0 + now.1 < left.0 + left.1, "{left:?} {now:?}");
        (left, answers) = (now, answers + 1);
    }
    assert!(answers < 30, "{answers}");
    assert_eq!(film.wrong(), Vec::<String>::new());
}

#[test]
fn whoever_was_scanned_and_written_in_once_more_keeps_the_picture_of_their_scan() {
    let mut film = Film::of(60, &[], false);
    let rows = vec![log_row(2, None, Action::Backfill, Some(student(30)), None)];
    film.desk.submit(Ask::TakeLog { source: "补记.csv".to_owned(), hash: "again".to_owned(), rows, date: None }).unwrap();
    let film = film.read();
    assert_eq!(film.picture(30).as_ref(), film.truth.get(&student(30)));
    assert_ne!(film.row(30).status, RowStatus::NoPhoto);
}

#[test]
fn half_as_many_pictures_again_as_people_are_told() {
    let odd: Vec<(usize, Odd)> = (1..=60).filter(|n| n % 3 != 0).map(|n| (n, Odd::Stray(12_000))).collect();
    let film = Film::of(60, &odd, false).read();
    let review = film.desk.review(&film.session);
    assert!(review.has_many_more() || review.refused() == Some(Refusal::TooManyFrames));
    assert!(photo::many_more(Lang::Zh, &review).contains("照片 100 张，登记拍摄 60 人"));
    let calm = Film::of(60, &[(5, Odd::Twice(4_000))], false).read();
    assert!(!calm.desk.review(&calm.session).has_many_more());
}
