//! Causes and their repairs: what counting gets wrong is named, accepting it is the truth, and undo takes it back to the byte.

use duihao::desk::export::{self, Only, Photographs, What};
use duihao::domain::align::align;
use duihao::domain::align::outcome::{CauseKind, Standing};
use duihao::domain::command::Ask;
use duihao::domain::photo::Picture;
use duihao::domain::review::RowStatus;
use duihao::domain::ruling::RulingWord;
use duihao::files::reports::write::{self, Format};
use duihao::ui::words::{Lang, photo_cause};
use proptest::prelude::*;

use super::film::{Film, Odd, student};

fn json(film: &Film) -> Vec<u8> {
    let say = |day: &_, review: &_, cause: &_| photo_cause::cause(Lang::Zh, day, review, cause);
    let photographs = Photographs { reviews: film.desk.reviews(), say: &say };
    let report = export::report(film.desk.day(), film.desk.now(), What::Mapping, &Only::default(), &photographs).unwrap();
    write::bytes(&report, Format::Json).unwrap()
}

#[test]
fn a_plain_session_is_sure_and_right_and_its_offset_is_found() {
    let film = Film::of(700, &[], false).read_with(None);
    assert_eq!(film.wrong(), Vec::<String>::new());
    assert!(film.count(RowStatus::Sure) >= 690, "{} sure", film.count(RowStatus::Sure));
    let review = film.desk.review(&film.session);
    let offset = review.clock().unwrap().offset;
    assert!((offset - super::film::AHEAD).abs() < 12_000, "{offset}");
}

#[test]
fn somebody_photographed_twice_shifts_all_who_follow_and_the_sentence_names_both() {
    let film = Film::of(120, &[(40, Odd::Twice(4_000)), (100, Odd::Stray(14_000))], false).read();
    let review = film.desk.review(&film.session);
    let [cause, _] = review.causes.as_slice() else { panic!("{:#?}", review.causes) };
    assert_eq!((cause.cause.kind, cause.cause.shift), (CauseKind::Retake, 1));
    let (said, example) = photo_cause::cause(Lang::Zh, film.desk.day(), &review, cause);
    assert!(
        said.starts_with(
            "从 0041B 到 0100B 照片整体错一位：0041B 学生041名下现在是 0040B 学生040 的照片；原因：0040B 拍了两张（间隔 4 秒）；把握约 "
        ),
        "{said}"
    );
    assert_eq!(example, "0041B 学生041名下现在是 0040B 学生040 的照片");
    assert_eq!(film.wrong(), Vec::<String>::new());
}

#[test]
fn a_missed_shot_and_a_stray_frame_are_told_apart_and_nobody_gets_a_neighbours_picture() {
    let film = Film::of(150, &[(50, Odd::Missed), (100, Odd::Stray(14_000))], false).read();
    let review = film.desk.review(&film.session);
    let kinds: Vec<CauseKind> = review.causes.iter().map(|c| c.cause.kind).collect();
    assert_eq!(kinds, [CauseKind::Missed, CauseKind::Extra], "{:#?}", review.causes);
    assert_eq!(film.wrong(), Vec::<String>::new());
    assert_eq!(film.row(50).photo, None);
}

#[test]
fn a_logged_retake_whose_first_frame_was_deleted_lacks_nothing() {
    let mut film = Film::of(120, &[(40, Odd::Twice(9_000))], true);
    film.pictures.remove(39);
    let film = film.read();
    let review = film.desk.review(&film.session);
    assert!(review.causes.iter().all(|c| c.cause.kind != CauseKind::Missed), "{:#?}", review.causes);
    assert_eq!(film.picture(40), film.truth.get(&student(40)).cloned());
    assert_eq!(film.wrong(), Vec::<String>::new());
}

#[test]
fn ten_who_were_not_scanned_keep_the_pictures_proposed_whatever_is_accepted() {
    let odd: Vec<(usize, Odd)> = (31..=40).map(|n| (n, Odd::Unlogged)).collect();
    let mut film = Film::of(120, &odd, false).read();
    let proposed = film.proposed();
    assert!((31..=40).filter(|n| film.picture(*n) == film.truth.get(&student(*n)).cloned()).count() >= 9, "{proposed:?}");
    let review = film.desk.review(&film.session);
    let here: Vec<_> = review.causes.iter().filter(|c| (29..=41).contains(&c.cause.at)).collect();
    assert!(!here.is_empty() && here.iter().all(|c| c.cause.kind == CauseKind::Unlogged), "{here:#?}");
    film.accept_causes();
    assert_eq!(film.proposed(), proposed, "nothing is dropped by accepting");
}

#[test]
fn a_second_frame_that_nobody_logged_is_told_with_both_truths_and_never_dropped_unseen() {
    for gap in [9_000, 14_000, 22_000] {
        let film = Film::of(120, &[(40, Odd::Twice(gap))], false).read();
        let review = film.desk.review(&film.session);
        let second = film.truth[&student(40)].clone();
        if film.picture(40) == Some(second.clone()) {
            continue;
        }
        assert_eq!(film.row(40).status, RowStatus::Doubt, "{gap}");
        let cause = review.causes.iter().find(|c| !c.cause.frames.is_empty()).unwrap();
        assert!(cause.cause.maybe.contains(&39) && cause.repair.is_empty(), "{gap} {cause:?}");
        let (said, _) = photo_cause::cause(Lang::Zh, film.desk.day(), &review, cause);
        assert!(
            said.contains("：0040B ") && said.contains(" 又拍的一张，或有人拍了没有扫码") && said.ends_with("时间分不出来，看照片"),
            "{said}"
        );
    }
}

#[test]
fn somebody_with_a_number_whose_scan_is_missing_is_named_and_stays_named_once_accepted() {
    let mut film = Film::of(120, &[(40, Odd::Unlogged)], false).read();
    let said = |film: &Film| {
        let review = film.desk.review(&film.session);
        let [cause] = review.causes.as_slice() else { panic!("{:#?}", review.causes) };
        (photo_cause::cause(Lang::Zh, film.desk.day(), &review, cause).0, cause.applied)
    };
    let (before, applied) = said(&film);
    assert!(before.contains("0040B 学生040 拍了没有扫码：DSC_0040.JPG") && !applied, "{before}");
    film.accept_causes();
    let (after, applied) = said(&film);
    assert!(after.starts_with("0040B 学生040 拍了没有扫码：DSC_0040.JPG") && applied, "{after}");
}

#[test]
fn a_cause_is_dealt_with_once_a_person_has_looked_at_what_it_is_about() {
    let mut film = Film::of(120, &[(40, Odd::Twice(4_000)), (80, Odd::Missed)], false).read();
    let open = |film: &Film| film.desk.review(&film.session).causes.iter().filter(|c| !c.applied).map(|c| c.cause.kind).collect::<Vec<_>>();
    assert_eq!(open(&film), [CauseKind::Retake, CauseKind::Missed]);
    let theirs = film.truth[&student(40)].clone();
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(student(40)), Some(theirs)));
    assert_eq!(open(&film), [CauseKind::Missed]);
    film.rule(RulingWord::Gap, |ask| ask.who = Some(student(80)));
    assert_eq!(open(&film), []);
}

#[test]
fn where_everybody_has_their_picture_no_sentence_says_that_another_is_under_their_name() {
    let film = Film::of(120, &[(40, Odd::Twice(4_000)), (44, Odd::Missed)], false).read();
    let review = film.desk.review(&film.session);
    let said: Vec<_> = review.causes.iter().map(|c| photo_cause::cause(Lang::Zh, film.desk.day(), &review, c).0).collect();
    let right = review.alignment.shots.iter().all(|p| p.standing != Standing::Doubt);
    if right {
        assert!(said[0].starts_with("0040B 拍了两张（间隔 4 秒）；照张数数，0041B 到 0043B 会错一位，已按时间对好；把握约 "), "{said:?}");
    }
    assert!(right || said[0].contains("名下现在是"), "{said:?}");
}

#[test]
fn test_frames_before_everybody_stand_before_the_first_and_are_counted() {
    let mut film = Film::of(60, &[], false);
    let first = film.pictures[0].taken.unwrap();
    let tests = [-400_000, -380_000].iter().enumerate().map(|(n, at)| {
        let path = format!("100CAM/DSC_{:04}.JPG", 9_000 + n);
        Picture { path, taken: Some(first + at), counter: None, ..film.pictures[0].clone() }
    });
    film.pictures = tests.collect::<Vec<_>>().into_iter().chain(film.pictures.clone()).collect();
    let film = film.read();
    let review = film.desk.review(&film.session);
    let said: Vec<_> = review.causes.iter().map(|c| photo_cause::cause(Lang::Zh, film.desk.day(), &review, c).0).collect();
    assert!(said.iter().any(|s| s.contains("0001B 之前多出 2 张不属于任何人的照片")), "{said:?}");
}

#[test]
fn accepting_and_undoing_gives_back_the_same_bytes() {
    let mut film = Film::of(90, &[(30, Odd::Twice(4_000)), (60, Odd::Missed)], false).read();
    let before = json(&film);
    let accepted = film.accept_causes();
    assert!(accepted >= 2, "{accepted}");
    assert_ne!(json(&film), before);
    for _ in 0..accepted {
        film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    }
    assert_eq!(json(&film), before);
    film.rule(RulingWord::Gap, |ask| ask.who = Some(student(70)));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!(json(&film), before);
}

#[test]
fn an_accepted_retake_gives_what_a_retake_written_on_the_day_gives() {
    let odd = [(25, Odd::Twice(4_000)), (66, Odd::Twice(3_000))];
    let written = Film::of(90, &odd, true).read();
    let mut accepted = Film::of(90, &odd, false).read();
    accepted.accept_causes();
    assert!(written.desk.review(&written.session).causes.is_empty(), "{:#?}", written.desk.review(&written.session).causes);
    assert_eq!(accepted.proposed(), written.proposed());
}

fn odd_days() -> impl Strategy<Value = Vec<(usize, Odd)>> {
    let odd = prop_oneof![
        3 => (2_500i64..5_500).prop_map(Odd::Twice),
        1 => Just(Odd::Missed),
        1 => (11_000i64..16_000).prop_map(Odd::Stray),
    ];
    proptest::collection::btree_map(3usize..58, odd, 0..4).prop_map(|m| m.into_iter().collect())
}

proptest! {
    #![proptest_config(crate::properties::bounded(8))]

    #[test]
    fn every_repair_leads_to_the_state_of_the_repaired_truth(odd in odd_days()) {
        let mut film = Film::of(60, &odd, false).read();
        prop_assert_eq!(film.wrong(), Vec::<String>::new());
        film.accept_causes();
        // One by one as they re-flowed, or all rulings put to the aligner at once: the same.
        let review = film.desk.review(&film.session);
        let at_once = align(&review.setup.problem);
        prop_assert_eq!(&at_once, &review.alignment);
        prop_assert_eq!(film.wrong(), Vec::<String>::new());
        // And what a person who looks at every face says is what stands in the end.
        for n in 1..=60 {
            match film.truth.get(&student(n)).cloned() {
                Some(path) => film.rule(RulingWord::Pair, |ask| { ask.who = Some(student(n)); ask.photo = Some(path); }),
                None => film.rule(RulingWord::Gap, |ask| ask.who = Some(student(n))),
            }
        }
        for (student, picture) in film.proposed() {
            prop_assert_eq!(picture.as_ref(), film.truth.get(&student), "{}", student);
        }
        let without = odd.iter().filter(|(_, o)| *o == Odd::Missed).count();
        prop_assert_eq!(film.count(RowStatus::Confirmed), 60 - without);
    }
}
