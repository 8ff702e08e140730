//! What a person decides holds, re-flows, and undoes; what cannot be decided is refused with nothing written.

use duihao::desk::Error;
use duihao::domain::command::{Ask, PhotoAsk, Refusal, RulingAsk};
use duihao::domain::day::Day;
use duihao::domain::photo::Checked;
use duihao::domain::review::{Besides, FrameStatus, RowStatus};
use duihao::domain::ruling::RulingWord;
use duihao::ui::words::Lang;

use super::film::{Film, Odd, student, token};

fn refusal(film: &mut Film, ask: RulingAsk) -> Refusal {
    let before = film.desk.day().len();
    let refused = film.desk.submit(Ask::Photos { session: film.session.clone(), ask: PhotoAsk::Rule(ask) });
    assert_eq!(film.desk.day().len(), before, "nothing is written");
    match refused {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_picture_confirmed_or_given_is_confirmed_whatever_the_times_say() {
    let mut film = Film::of(60, &[], false).read();
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(20)));
    assert_eq!(film.row(20).status, RowStatus::Confirmed);
    assert_eq!(film.picture(20), film.truth.get(&student(20)).cloned());
    let other = film.truth[&student(22)].clone();
    film.rule(RulingWord::Pair, |ask| {
        ask.who = Some(student(21));
        ask.photo = Some(other.rsplit('/').next().unwrap().to_lowercase());
    });
    assert_eq!((film.row(21).status, film.picture(21)), (RowStatus::Confirmed, Some(other.clone())));
    assert_ne!(film.picture(22), Some(other), "nobody else keeps it");
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!(film.picture(22), film.truth.get(&student(22)).cloned());
}

#[test]
fn two_who_have_each_others_picture_are_swapped() {
    let mut film = Film::of(60, &[], false).read();
    let (a, b) = (film.truth[&student(30)].clone(), film.truth[&student(31)].clone());
    film.rule(RulingWord::Swap, |ask| {
        ask.who = Some(token(30));
        ask.with = Some(token(31));
    });
    assert_eq!((film.picture(30), film.picture(31)), (Some(b), Some(a)));
    assert_eq!((film.row(30).status, film.row(31).status), (RowStatus::Confirmed, RowStatus::Confirmed));
    assert_eq!(film.picture(32), film.truth.get(&student(32)).cloned());
}

#[test]
fn a_range_takes_the_pictures_one_place_on() {
    let mut film = Film::of(60, &[], false).read();
    film.rule(RulingWord::Shift, |ask| {
        ask.who = Some(token(10));
        ask.with = Some(token(14));
        ask.by = Some(1);
    });
    for n in 10..=14 {
        assert_eq!(film.picture(n), film.truth.get(&student(n + 1)).cloned(), "{n}");
    }
    assert_eq!(film.picture(40), film.truth.get(&student(40)).cloned());
}

#[test]
fn a_gap_and_a_dropped_frame_leave_their_person_and_picture_alone() {
    let mut film = Film::of(60, &[], false).read();
    let frame = film.truth[&student(25)].clone();
    film.rule(RulingWord::Drop, |ask| ask.photo = Some(frame.clone()));
    film.rule(RulingWord::Gap, |ask| ask.who = Some(token(25)));
    let review = film.desk.review(&film.session);
    let place = review.album.named(&frame)[0];
    assert_eq!(review.frame(place), Some(FrameStatus::Extra));
    assert_eq!((film.row(25).status, film.row(25).photo), (RowStatus::NoPhoto, None));
    assert_eq!(film.picture(26), film.truth.get(&student(26)).cloned());
}

#[test]
fn a_class_that_signed_its_sheet_is_confirmed_whole() {
    let mut film = Film::with(60, &[], false, false).read();
    assert_eq!(film.count(RowStatus::Sure), 0, "only hand-out times: nothing is sure");
    film.rule(RulingWord::Class, |ask| ask.class = Some("电商171".to_owned()));
    let confirmed =
        film.rows().iter().filter(|(r, row)| r.class.as_deref() == Some("电商171") && row.status == RowStatus::Confirmed).count();
    assert_eq!(confirmed, 30);
}

#[test]
fn of_two_decisions_the_later_counts_in_any_order_of_arrival() {
    let mut film = Film::of(40, &[], false).read();
    let (mine, other) = (film.truth[&student(8)].clone(), film.truth[&student(9)].clone());
    film.rule(RulingWord::Pair, |ask| {
        ask.who = Some(student(8));
        ask.photo = Some(other);
    });
    film.rule(RulingWord::Pair, |ask| {
        ask.who = Some(student(8));
        ask.photo = Some(mine.clone());
    });
    assert_eq!(film.picture(8), Some(mine));
    let mut entries: Vec<_> = film.desk.day().entries().cloned().collect();
    entries.reverse();
    let day = Day::replay(entries);
    let again = duihao::domain::review::review(&day, &film.session);
    assert_eq!(again.alignment, film.desk.review(&film.session).alignment);
    assert_eq!(again.album, film.desk.review(&film.session).album);
}

#[test]
fn what_names_nobody_no_picture_or_several_is_refused_and_nothing_is_written() {
    let mut film = Film::of(40, &[], false);
    assert!(matches!(refusal(&mut film, RulingAsk::of(RulingWord::Confirm)), Refusal::NoPhotosRead(room) if room == "11B105"));
    let mut film = film.read();
    assert_eq!(refusal(&mut film, RulingAsk::of(RulingWord::Confirm)), Refusal::RulingNeeds(RulingWord::Confirm, "who"));
    assert_eq!(refusal(&mut film, RulingAsk::of(RulingWord::Drop)), Refusal::RulingNeeds(RulingWord::Drop, "photo"));
    let photo = |name: &str| RulingAsk { photo: Some(name.to_owned()), ..RulingAsk::of(RulingWord::Drop) };
    assert_eq!(refusal(&mut film, photo("DSC_9999.JPG")), Refusal::NoPhotoNamed("DSC_9999.JPG".to_owned()));
    let cause = RulingAsk { cause: Some("0123456789".to_owned()), ..RulingAsk::of(RulingWord::Cause) };
    assert_eq!(refusal(&mut film, cause), Refusal::NoCause("0123456789".to_owned()));
    let shift = RulingAsk { who: Some(token(3)), by: Some(0), ..RulingAsk::of(RulingWord::Shift) };
    assert_eq!(refusal(&mut film, shift), Refusal::RulingNeeds(RulingWord::Shift, "by"));
    let far = RulingAsk { who: Some(token(3)), with: Some(token(8)), by: Some(300), ..RulingAsk::of(RulingWord::Shift) };
    assert_eq!(refusal(&mut film, far), Refusal::RulingNeeds(RulingWord::Shift, "by"), "nobody would keep a picture");
    let nobody = RulingAsk { who: Some("0999B".to_owned()), ..RulingAsk::of(RulingWord::Gap) };
    assert!(matches!(refusal(&mut film, nobody), Refusal::NoMatch(_)));
    let class = RulingAsk { class: Some("没有这个班".to_owned()), ..RulingAsk::of(RulingWord::Class) };
    assert_eq!(refusal(&mut film, class), Refusal::NoMatch("没有这个班".to_owned()));
}

#[test]
fn someone_who_sat_twice_is_asked_for_once_and_their_proof_ends() {
    let mut film = Film::of(60, &[], false);
    let again = super::film::log_row(2, Some(1_900_000), duihao::domain::command::Action::Shoot, None, Some(token(12)));
    film.desk.submit(Ask::TakeLog { source: "again.csv".to_owned(), hash: "again".to_owned(), rows: vec![again], date: None }).unwrap();
    let mut film = film.read();
    film.rule(RulingWord::Confirm, |ask| {
        ask.who = Some(student(12));
        ask.photo = Some("DSC_0012.JPG".to_owned());
    });
    assert_eq!(film.row(12).status, RowStatus::Confirmed);
    let review = film.desk.review(&film.session);
    let asked: Vec<usize> = review.alignment.proofs.iter().flat_map(|p| p.faces.iter().copied()).collect();
    assert!(asked.iter().all(|shot| review.setup.sitters[*shot].token != Some(token(12))), "{asked:?}");
}

#[test]
fn a_shift_goes_on_to_the_next_picture_also_where_it_is_nobodys_yet_and_takes_no_confirmed_one() {
    let mut film = Film::of(60, &[(30, Odd::Unlogged)], false).read();
    let before = film.proposed();
    // The picture behind that of the 29th is of the one who was not scanned.
    film.rule(RulingWord::Shift, |ask| (ask.who, ask.with, ask.by) = (Some(token(28)), Some(token(29)), Some(1)));
    assert_eq!((film.picture(28), film.picture(29)), (before[&student(29)].clone(), film.truth.get(&student(30)).cloned()));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(12)));
    let ask = RulingAsk { who: Some(token(10)), with: Some(token(11)), by: Some(1), ..RulingAsk::of(RulingWord::Shift) };
    assert!(matches!(refusal(&mut film, ask), Refusal::TakesConfirmed(_)));
    assert_eq!(film.row(12).status, RowStatus::Confirmed);
}

#[test]
fn what_was_decided_about_a_picture_counts_no_more_once_another_came_under_its_name() {
    let mut film = Film::of(60, &[], false).read();
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(10)));
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(20)));
    let mut pictures = film.pictures.clone();
    pictures[9].bytes += 17;
    film.ask(PhotoAsk::Read { folder: "照片".to_owned(), pictures: pictures.clone(), offset: None });
    assert_ne!(film.row(10).status, RowStatus::Confirmed);
    assert_eq!(film.row(20).status, RowStatus::Confirmed);
    let review = film.desk.review(&film.session);
    assert_eq!(review.album.replaced.len(), 1);
    // Equal in size and time, and another all the same.
    let reading = review.album.folders.keys().next().unwrap().clone();
    let checked = |hash: &str| vec![Checked { path: pictures[19].path.clone(), hash: hash.to_owned(), ..Checked::default() }];
    film.ask(PhotoAsk::Check { reading: reading.clone(), checked: checked("a") });
    assert_eq!(film.row(20).status, RowStatus::Confirmed);
    film.ask(PhotoAsk::Check { reading, checked: checked("b") });
    assert_ne!(film.row(20).status, RowStatus::Confirmed);
    // Looked at again, they count again.
    for n in [10, 20] {
        film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(n)));
        assert_eq!(film.row(n).status, RowStatus::Confirmed);
    }
    assert!(film.desk.review(&film.session).album.replaced.is_empty());
}

#[test]
fn whoever_was_called_back_long_after_has_the_later_picture_and_is_shown_to_a_person() {
    let film = Film::of(60, &[], false).call_back(10, true).read();
    let row = film.row(10);
    assert_eq!(film.path(&row), film.truth.get(&student(10)).cloned(), "{row:?}");
    assert_eq!(row.status, RowStatus::Doubt);
    assert!(film.wrong().is_empty() && film.count(RowStatus::Sure) > 50, "{:?} {}", film.wrong(), film.count(RowStatus::Sure));
}

#[test]
fn a_picture_said_to_be_a_retake_of_somebody_long_gone_is_the_one_that_is_used() {
    let mut film = Film::of(60, &[], false).call_back(10, false).read();
    let last = film.truth[&student(10)].clone();
    let before = film.row(10);
    assert_ne!(film.picture(10), Some(last.clone()), "by time nobody can know");
    film.rule(RulingWord::Retake, |ask| {
        ask.who = Some(token(10));
        ask.photo = Some(last.clone());
    });
    assert_eq!((film.row(10).status, film.picture(10)), (RowStatus::Confirmed, Some(last)));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!(film.row(10), before);
}

#[test]
fn a_retake_beside_the_first_is_no_sitting_of_its_own() {
    let film = Film::of(60, &[(20, Odd::Twice(4_000))], true).read();
    assert_eq!(film.picture(20), film.truth.get(&student(20)).cloned());
    assert_eq!(film.row(20).status, RowStatus::Sure);
}

#[test]
fn a_picture_that_somebody_confirmed_is_named_before_another_gets_it() {
    let mut film = Film::of(40, &[], false).read();
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(8)));
    let theirs = film.truth[&student(8)].clone();
    let pair = RulingAsk { who: Some(token(9)), photo: Some(theirs), ..RulingAsk::of(RulingWord::Pair) };
    let loser = duihao::desk::photographs::loser(&film.desk, &film.session, &pair).unwrap();
    assert_eq!(film.desk.day().key_of(&loser), student(8));
    let own = RulingAsk { who: Some(token(9)), ..RulingAsk::of(RulingWord::Confirm) };
    assert_eq!(duihao::desk::photographs::loser(&film.desk, &film.session, &own), None);
}

#[test]
fn one_no_in_a_doubtful_stretch_makes_nobody_of_it_sure() {
    // Nobody on the first frame of the second class, and one more at its end: it may as well have been scanned one person ahead.
    let film = || Film::of(60, &[(31, Odd::Missed), (60, Odd::Twice(26_000))], false).read();
    let class = |film: &Film, status: RowStatus| (32..60).filter(|n| film.row(*n).status == status).count();
    let mut yes = film();
    let doubted = class(&yes, RowStatus::Doubt);
    assert!(doubted > 20, "{doubted}");
    yes.rule(RulingWord::Confirm, |ask| ask.who = Some(token(45)));
    assert!(class(&yes, RowStatus::Sure) > 20, "a yes settles it: {}", class(&yes, RowStatus::Sure));
    let mut no = film();
    let next = no.picture(46).unwrap();
    no.rule(RulingWord::Pair, |ask| {
        ask.who = Some(token(45));
        ask.photo = Some(next);
    });
    let review = no.desk.review(&no.session);
    let kept = (32..45).filter(|n| no.row(*n).status == RowStatus::Sure && no.picture(*n) == yes.picture(*n)).count();
    assert_eq!(kept, 0, "whoever keeps the picture that was doubted is doubted still");
    assert!(review.faces_left().0 > 0, "and the next face is asked for");
}

#[test]
fn what_would_settle_a_stretch_of_which_another_story_tells_is_not_offered_before_a_face_in_its_midst() {
    use duihao::domain::align::outcome::CauseKind;
    let mut film = Film::of(60, &[(31, Odd::Missed), (60, Odd::Twice(26_000))], false).read();
    let offered = |film: &Film| {
        let review = film.desk.review(&film.session);
        review.causes.iter().filter(|c| c.cause.kind == CauseKind::Missed).count()
    };
    let sure = |film: &Film| (32..60).filter(|n| film.row(*n).status == RowStatus::Sure).count();
    assert_eq!(offered(&film), 0, "nobody adopts a reason of 99 % that is as likely as its contrary");
    film.accept_causes();
    assert_eq!(sure(&film), 0);
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(45)));
    assert_eq!(offered(&film), 1, "a face has told which story it is");
}

#[test]
fn a_no_is_a_fact_that_holds_is_shown_and_is_undone() {
    let mut film = Film::of(60, &[(20, Odd::Twice(15_000))], false).read();
    let (before, first, drawn) = (film.proposed(), film.row(20), film.picture(20).unwrap());
    film.rule(RulingWord::Deny, |ask| ask.who = Some(token(20)));
    let review = film.desk.review(&film.session);
    let place = review.album.named(&drawn)[0];
    let row = film.row(20);
    assert_ne!(film.path(&row), Some(drawn.clone()));
    assert_eq!(row.status, RowStatus::Doubt);
    assert!(row.besides.iter().any(|b| matches!(b, Besides::Denied(places) if places == &[place])), "{row:?}");
    assert!(row.others.iter().all(|(other, _)| *other != place), "neither to use nor as one more of theirs");
    assert_ne!(review.owner(place).map(|s| film.desk.day().key_of(s)), Some(student(20)));
    let said = duihao::ui::words::photo::whys(Lang::Zh, film.desk.day(), &review, &row);
    assert!(said.contains(&format!("认过不是本人：{}", drawn.rsplit('/').next().unwrap())), "{said}");
    // A later yes is the last word.
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(token(20)), Some(drawn.clone())));
    assert_eq!((film.row(20).status, film.picture(20)), (RowStatus::Confirmed, Some(drawn)));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!((film.proposed(), film.row(20)), (before, first));
}

#[test]
fn after_one_no_the_pictures_of_the_class_are_not_used_until_faces_beside_it_are_known() {
    let mut film = Film::of(90, &[], false).read();
    let sure = |film: &Film, class: std::ops::RangeInclusive<usize>| class.filter(|n| film.row(*n).status == RowStatus::Sure).count();
    assert!(sure(&film, 31..=60) > 27 && sure(&film, 61..=90) > 27);
    film.rule(RulingWord::Deny, |ask| ask.who = Some(token(45)));
    assert_eq!(sure(&film, 31..=60), 0, "how far it reaches is not known");
    assert!(sure(&film, 61..=90) > 27 && sure(&film, 1..=30) > 27);
    let review = film.desk.review(&film.session);
    assert!(review.faces_left().0 > 0 && !review.stretches().is_empty());
    // It was a slip of the hand.
    let own = film.truth[&student(45)].clone();
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(token(45)), Some(own)));
    assert!(sure(&film, 31..=60) > 26);
}

#[test]
fn whoever_was_not_scanned_beside_a_frame_too_many_may_have_it_until_somebody_says_whose_it_is() {
    let mut film = Film::of(60, &[(29, Odd::Twice(20_000)), (30, Odd::Unlogged), (30, Odd::Missed)], false).read();
    let (first, second) = ("DSC_0029.JPG", "DSC_0030.JPG");
    let may_have = |film: &Film| {
        let (row, review) = (film.row(30), film.desk.review(&film.session));
        let place = review.album.named(second)[0];
        row.status == RowStatus::Doubt && (row.photo == Some(place) || row.others.iter().any(|(other, _)| *other == place))
    };
    assert!(may_have(&film), "{:?}", film.row(30));
    assert_ne!(film.row(29).status, RowStatus::Sure);
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(token(29)), Some(first.to_owned())));
    assert!(may_have(&film), "{:?}", film.row(30));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    film.rule(RulingWord::Deny, |ask| (ask.who, ask.photo) = (Some(token(29)), Some(second.to_owned())));
    assert!(may_have(&film), "{:?}", film.row(30));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(token(29)), Some(second.to_owned())));
    assert_eq!(film.row(30).status, RowStatus::NoPhoto);
}

#[test]
fn a_name_that_somebody_denied_ties_its_picture_to_nobody() {
    let mut film = Film::of(40, &[], false);
    film.pictures =
        (1..=40).map(|n| duihao::domain::photo::Picture { path: format!("{}.jpg", student(n)), ..Default::default() }).collect();
    let mut film = film.read_with(None);
    film.rule(RulingWord::Deny, |ask| ask.who = Some(token(7)));
    let row = film.row(7);
    assert_eq!((row.photo, row.status), (None, RowStatus::Doubt));
    let review = film.desk.review(&film.session);
    assert_eq!(review.frame(review.album.named(&format!("{}.jpg", student(7)))[0]), Some(FrameStatus::Unclaimed));
}

#[test]
fn a_file_that_shows_nothing_is_confirmed_for_nobody_and_one_that_was_cut_off_says_so() {
    use duihao::domain::photo::Fault;
    let mut film = Film::of(40, &[], false);
    let fault = |n: usize| match n {
        7 => Some(Fault::Empty),
        8 => Some(Fault::Truncated),
        _ => None,
    };
    let picture = |n: usize| duihao::domain::photo::Picture { path: format!("{}.jpg", student(n)), fault: fault(n), ..Default::default() };
    film.pictures = (1..=40).map(picture).collect();
    let mut film = film.read_with(None);
    for word in [RulingWord::Confirm, RulingWord::Pair] {
        let ask = RulingAsk { who: Some(token(7)), photo: Some(format!("{}.jpg", student(7))), ..RulingAsk::of(word) };
        assert_eq!(refusal(&mut film, ask), Refusal::ShowsNothing(format!("{}.jpg", student(7)), Fault::Empty));
    }
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(8)));
    assert_eq!(film.row(8).status, RowStatus::Confirmed);
    let review = film.desk.review(&film.session);
    assert_eq!(review.spoilt_by(&review.album.rulings), Some(Fault::Truncated));
}

#[test]
fn what_comes_of_a_decision_among_very_many_pictures_is_worked_out_apart() {
    let mut film = Film::of(60, &[], false).read();
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(token(5)));
    let question = film.desk.review_within(&film.session, 100).unwrap_err();
    film.desk.know(question.answer());
    let review = film.desk.review_within(&film.session, 100).unwrap();
    assert_eq!(review.alignment.shots[4].standing, duihao::domain::align::outcome::Standing::Confirmed);
}
