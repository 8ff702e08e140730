//! What a picture may rest on: times, names, order, or nothing yet; and what is never sure.

use duihao::desk::export::{self, Only, Photographs, What};
use duihao::desk::sheets::{self, SheetKind};
use duihao::desk::{closing, copying};
use duihao::domain::align::outcome::{Method, Refusal, Why};
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, PhotoAsk};
use duihao::domain::finding::Code;
use duihao::domain::ids::SessionKey;
use duihao::domain::person::{ClassList, ListRow};
use duihao::domain::photo::{Checked, Fault, Picture};
use duihao::domain::review::RowStatus;
use duihao::domain::review::looks::{LookKind, looks};
use duihao::domain::ruling::RulingWord;
use duihao::domain::tally;
use duihao::ui::words::{Lang, photo, photo_cause, photo_screen};

use super::film::{AHEAD, Film, Odd, START, log_row, student};

fn processed(film: &Film, name: impl Fn(usize) -> String) -> Vec<Picture> {
    let picture = |n: usize| {
        let path = name(n);
        let counter = duihao::domain::photo_names::counter(&path);
        Picture { path, bytes: 20_000 + n as u64, counter, width: 480, height: 640, turned: 1, ..Picture::default() }
    };
    (1..=film.frames.len()).map(picture).collect()
}

#[test]
fn before_a_folder_is_read_every_picture_column_is_empty() {
    let film = Film::of(10, &[], false);
    let photographs = Photographs { reviews: film.desk.reviews(), say: &|_, _, _| Default::default() };
    let report = export::report(film.desk.day(), film.desk.now(), What::Mapping, &Only::default(), &photographs).unwrap();
    let rows = report.json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 10);
    for row in rows {
        for key in ["photo", "photo_at", "method", "confidence", "status"] {
            assert!(row[key].is_null(), "{key} {row}");
        }
    }
}

#[test]
fn times_make_pictures_sure_and_say_so() {
    let film = Film::of(120, &[], false).read();
    let sure: Vec<_> = film.rows().into_iter().filter(|(_, r)| r.status == RowStatus::Sure).collect();
    assert!(sure.len() > 100, "{}", sure.len());
    assert!(sure.iter().all(|(_, r)| r.method == Some(Method::Time) && r.confidence > 0.99));
}

#[test]
fn where_only_the_handing_out_is_known_nothing_is_sure_and_it_is_said() {
    let film = Film::with(90, &[], false, false).read();
    let review = film.desk.review(&film.session);
    assert_eq!(review.refused(), Some(Refusal::HandedOnly));
    assert_eq!(film.count(RowStatus::Sure), 0);
}

#[test]
fn processed_pictures_numbered_in_order_are_proposed_and_never_sure() {
    let mut film = Film::of(60, &[], false);
    let pictures = processed(&film, |n| format!("{n:04}.jpg"));
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    assert_eq!(film.desk.review(&film.session).refused(), Some(Refusal::NoTimes));
    assert_eq!(film.count(RowStatus::Sure), 0);
    assert_eq!(film.picture(1).as_deref(), Some("0001.jpg"));
    assert_eq!(film.picture(60).as_deref(), Some("0060.jpg"));
}

#[test]
fn processed_pictures_named_by_document_go_to_their_people_and_are_to_be_looked_at() {
    let mut film = Film::of(60, &[], false);
    let mut pictures = processed(&film, |n| format!("商学院/99010219980101{n:04}.jpg"));
    pictures.remove(9);
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    assert_eq!(film.picture(7).as_deref(), Some("商学院/990102199801010007.jpg"));
    let row = film.row(7);
    assert_eq!((row.status, row.method, row.why.as_slice()), (RowStatus::Doubt, Some(Method::Name), &[Why::NameOnly][..]));
    assert_eq!((film.row(10).status, film.row(10).photo), (RowStatus::NoPhoto, None), "who has none is known");
    assert_eq!(film.count(RowStatus::Sure), 0);
}

/// Measures every picture; the 21st is the 20th once more, to the byte.
fn checked_with_a_twin(film: &mut Film) {
    let reading = film.desk.review(&film.session).album.folders.keys().next().unwrap().clone();
    let checked = |(n, (path, _)): (usize, &(String, Option<String>))| Checked {
        path: path.clone(),
        hash: if n == 20 { format!("{:064x}", 19) } else { format!("{n:064x}") },
        light: 120,
        sharp: 400,
        back: [60, 120, 200],
        ..Checked::default()
    };
    let checked = film.frames.iter().enumerate().map(checked).collect();
    film.ask(PhotoAsk::Check { reading, checked });
}

#[test]
fn one_picture_under_two_names_is_nobodys_until_a_person_has_said_whose() {
    let mut film = Film::of(60, &[], false).read();
    let before: Vec<RowStatus> = film.rows().iter().map(|(_, r)| r.status).collect();
    assert_eq!(before[19..21], [RowStatus::Sure; 2]);
    checked_with_a_twin(&mut film);
    let review = film.desk.review(&film.session);
    let seen = looks(&review, &film.desk.day().campaign().photo);
    let twins: Vec<_> = seen.iter().filter(|l| l.kind == LookKind::Twin).collect();
    assert_eq!(twins.len(), 1, "{seen:?}");
    assert_eq!(review.owner(twins[0].place).map(|s| film.desk.day().key_of(s)), Some(student(20)));
    let statuses = |film: &Film| film.rows().iter().map(|(_, r)| r.status).collect::<Vec<_>>();
    let with = |a: RowStatus, b: RowStatus| [&before[..19], &[a, b], &before[21..]].concat();
    assert_eq!(statuses(&film), with(RowStatus::Doubt, RowStatus::Doubt));
    let (row, day) = (film.row(20), film.desk.day());
    assert!(row.why.contains(&Why::Twin) && row.confidence <= 0.5, "{row:?}");
    assert_eq!(photo::whys(Lang::Zh, day, &review, &row), "与 DSC_0021.JPG 学生021 是同一张照片");
    // Neither leaves.
    let plan = copying::plan(&film.desk, "{student_no}.jpg", &Only::default(), copying::Choice::default());
    assert!(plan.is_err() || plan.is_ok_and(|p| p.doubts == 2), "two wait");
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(student(20)));
    assert_eq!(statuses(&film), with(RowStatus::Confirmed, RowStatus::Doubt));
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(student(21)));
    assert_eq!(statuses(&film), with(RowStatus::Doubt, RowStatus::Doubt), "of equal bytes one is wrong, whatever was said");
    film.rule(RulingWord::Gap, |ask| ask.who = Some(student(21)));
    assert_eq!(film.row(20).status, RowStatus::Confirmed);
}

#[test]
fn a_picture_whose_time_says_another_place_than_its_number_is_looked_at() {
    for earlier in [20_000, 40_000, 161_000, 500_000] {
        let mut film = Film::of(120, &[], false);
        let taken = film.pictures[54].taken.unwrap().min(film.pictures[55].taken.unwrap() - earlier) - 2_000;
        film.pictures[55].taken = Some(taken);
        let film = film.read();
        let row = film.row(56);
        assert_eq!(row.status, RowStatus::Doubt, "{earlier} {row:?}");
        assert!(row.why.contains(&Why::OutOfOrder), "{earlier} {:?}", row.why);
        assert_eq!(film.wrong(), Vec::<String>::new());
        assert!(film.count(RowStatus::Sure) > 100, "{earlier}: the others stay sure");
    }
}

#[test]
fn a_file_that_cannot_be_read_in_somebodys_place_is_named_and_nobody_is_sent_away() {
    for fault in [Fault::Empty, Fault::NotAPicture] {
        let mut film = Film::of(120, &[], false);
        let broken = &mut film.pictures[49];
        (broken.taken, broken.body, broken.fault) = (None, None, Some(fault));
        let film = film.read();
        let (row, review) = (film.row(50), film.desk.review(&film.session));
        assert_eq!((row.status, row.photo), (RowStatus::Doubt, None), "{row:?}");
        let said = photo::whys(Lang::Zh, film.desk.day(), &review, &row);
        assert!(said.starts_with("照片坏了：DSC_0050.JPG（"), "{said}");
        let causes =
            review.causes.iter().map(|c| photo_cause::cause(Lang::Zh, film.desk.day(), &review, c).0).collect::<Vec<_>>().join("\n");
        assert!(!causes.contains("没有照片"), "{causes}");
        assert!(!no_shows(&film).contains(&student(50)), "they were photographed");
    }
}

/// Whoever stands on the 未拍名单.
fn no_shows(film: &Film) -> String {
    let photographs = Photographs { reviews: film.desk.reviews(), say: &|_, _, _| Default::default() };
    export::report(film.desk.day(), film.desk.now(), What::NoShows, &Only::default(), &photographs).unwrap().json.to_string()
}

#[test]
fn whose_picture_a_person_confirmed_is_no_no_show_though_nobody_scanned_them() {
    let mut film = Film::of(60, &[(20, Odd::Unlogged)], false).read();
    assert!(no_shows(&film).contains(&student(20)));
    let theirs = film.truth[&student(20)].clone();
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(student(20)), Some(theirs)));
    assert!(!no_shows(&film).contains(&student(20)));
    let photographs = Photographs { reviews: film.desk.reviews(), say: &|_, _, _| Default::default() };
    let summary = export::report(film.desk.day(), film.desk.now(), What::Summary, &Only::default(), &photographs).unwrap();
    assert_eq!(summary.json["colleges"][0]["shot"].as_u64(), Some(60), "{}", summary.json);
}

#[test]
fn whose_picture_a_person_confirmed_is_photographed_in_every_count_and_waited_for_nowhere() {
    let mut film = Film::of(60, &[(20, Odd::Unlogged)], false).read();
    let counts = |film: &Film| {
        let (day, now) = (film.desk.day(), film.desk.now());
        let photographs = Photographs { reviews: film.desk.reviews(), say: &|_, _, _| Default::default() };
        let summary = export::report(day, now, What::Summary, &Only::default(), &photographs).unwrap().json;
        let closing = closing::report(day, now, &Only::default()).unwrap().json;
        let of_closing: u64 = closing["sessions"][0]["classes"].as_array().unwrap().iter().filter_map(|c| c["shot"].as_u64()).sum();
        let waiting = check::findings(day, now).iter().filter(|f| f.code == Code::LeftBehind).count();
        let status = tally::status(day, now);
        (summary["colleges"][0]["shot"].as_u64(), of_closing, u64::from(status.colleges[0].tally.shot), waiting)
    };
    assert_eq!(counts(&film), (Some(59), 59, 59, 1));
    let mut book = check::Book::default();
    let waits =
        |book: &mut check::Book, film: &Film| book.open(film.desk.day(), film.desk.now()).iter().any(|f| f.code == Code::LeftBehind);
    assert!(waits(&mut book, &film));
    let theirs = film.truth[&student(20)].clone();
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(student(20)), Some(theirs)));
    assert_eq!(counts(&film), (Some(60), 60, 60, 0));
    assert!(!waits(&mut book, &film), "also where only what changed is judged anew");
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!(counts(&film), (Some(59), 59, 59, 1));
    assert!(waits(&mut book, &film));
}

#[test]
fn names_of_several_kinds_in_one_folder_are_all_believed_and_one_that_means_nobody_is_told() {
    let film = Film::of(60, &[], false);
    let name = |n: usize| match n % 4 {
        0 => format!("99010219980101{n:04}.jpg"),
        1 => format!("{}.jpg", super::film::token(n)),
        2 => format!("学生{n:03} {}.jpg", student(n)),
        _ => format!("{}_{n:03}.jpg", student(n)),
    };
    let mut pictures = processed(&film, name);
    pictures.push(Picture {
        path: "110101199003070011.jpg".to_owned(),
        bytes: 20_900,
        width: 480,
        height: 640,
        turned: 1,
        ..Picture::default()
    });
    let mut film = film;
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    for n in 1..=60 {
        assert_eq!(film.picture(n), Some(name(n)), "{n}");
    }
    let review = film.desk.review(&film.session);
    let seen = looks(&review, &film.desk.day().campaign().photo);
    let strange: Vec<_> =
        seen.iter().filter(|l| l.kind == LookKind::NamesNobody).map(|l| photo::look(Lang::Zh, film.desk.day(), &review, l)).collect();
    assert!(matches!(strange.as_slice(), [one] if one.ends_with("0011.jpg：文件名认不出是谁：名单上没有，或写错了")), "{strange:?}");
}

#[test]
fn whoever_has_a_file_of_their_own_name_is_given_no_other_by_counting() {
    let film = Film::of(20, &[], false);
    // The second half has numbers only.
    let name = |n: usize| if n <= 10 { format!("{}.jpg", student(n)) } else { format!("{n:03}.jpg") };
    let pictures = processed(&film, name);
    let mut film = film;
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    for n in 1..=20 {
        assert_eq!(film.picture(n), Some(name(n)), "{n}");
    }
}

#[test]
fn pictures_whose_names_say_nothing_are_counted_in_the_order_of_their_names() {
    let film = Film::of(20, &[], false);
    let pictures = processed(&film, |n| format!("照片 ({n}).jpg"));
    let mut film = film;
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    for n in 1..=20 {
        assert_eq!((film.picture(n), film.row(n).status), (Some(format!("照片 ({n}).jpg")), RowStatus::Doubt));
    }
}

#[test]
fn a_file_of_nobodys_number_in_a_folder_of_cards_pushes_nobody_out() {
    let film = Film::of(30, &[], false);
    let mut pictures = processed(&film, |n| if n == 30 { "0704B.jpg".to_owned() } else { format!("{}.jpg", super::film::token(n)) });
    pictures[29].counter = duihao::domain::photo_names::counter("0704B.jpg");
    let mut film = film;
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    for n in 1..=29 {
        assert_eq!(film.picture(n), Some(format!("{}.jpg", super::film::token(n))), "{n}");
    }
}

#[test]
fn a_copy_beside_its_original_is_no_second_frame() {
    let mut film = Film::of(60, &[], false);
    let copy = |n: usize| Picture { path: film.pictures[n].path.replace(".JPG", " (1).JPG"), ..film.pictures[n].clone() };
    let copies: Vec<Picture> = [9, 19].map(copy).into();
    film.pictures.extend(copies);
    let checked: Vec<Checked> =
        film.pictures.iter().map(|p| Checked { path: p.path.clone(), hash: p.path.replace(" (1)", ""), ..Checked::default() }).collect();
    let mut film = film.read();
    let reading = film.desk.review(&film.session).album.folders.keys().next().unwrap().clone();
    film.ask(PhotoAsk::Check { reading, checked });
    let review = film.desk.review(&film.session);
    assert_eq!((review.album.copies, review.causes.len()), (2, 0));
    assert_eq!(film.picture(10), film.truth.get(&student(10)).cloned());
}

#[test]
fn how_many_faces_are_left_is_said_as_far_as_it_can_be_known() {
    let film = Film::of(60, &[], false);
    let with = |film: Film, count: usize| {
        let mut film = film;
        let mut pictures = processed(&film, |n| format!("{n:03}.jpg"));
        let plain = pictures[0].clone();
        pictures.extend((61..=count).map(|n| Picture { path: format!("{n:03}.jpg"), counter: Some(n as u32), ..plain.clone() }));
        film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
        photo_screen::faces_of(Lang::Zh, &film.desk.review(&film.session))
    };
    assert_eq!(with(Film::of(60, &[], false), 60), "再核对 2 张脸即可证实");
    // Each of three that are too many is found among 60 by halves.
    assert_eq!(with(film, 63), "大约再核对 17 张脸即可证实");
}

#[test]
fn a_picture_given_to_somebody_never_scanned_stands_in_every_list() {
    let mut film = Film::of(60, &[(30, Odd::Stray(14_000))], false).read();
    let list = ClassList {
        source: "补.csv".to_owned(),
        hash: "more".to_owned(),
        sheet: String::new(),
        rows: vec![ListRow {
            row: 2,
            student_no: Some(student(900).into()),
            name: Some("学生900".into()),
            college: Some("商学院".into()),
            class: Some("电商179".into()),
            ..ListRow::default()
        }],
    };
    film.desk.submit(Ask::TakeLists(vec![list.into()])).unwrap();
    let theirs = film.frames.iter().find(|(_, whose)| whose.is_none()).unwrap().0.clone();
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(student(900)), Some(theirs.clone())));
    assert_eq!((film.row(900).status, film.picture(900)), (RowStatus::Confirmed, Some(theirs.clone())));
    let rows = export::mapping_rows(film.desk.day(), film.desk.now(), &Only::default(), &film.desk.reviews()).unwrap();
    let row = rows.iter().find(|r| r.student_no == Some(student(900))).unwrap();
    assert_eq!(row.photo.as_ref().and_then(|p| p.photo.clone()), Some(theirs));
    assert!(!no_shows(&film).contains(&student(900)));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert!(film.rows().iter().all(|(r, _)| r.student_no != Some(student(900))));
}

#[test]
fn a_clean_session_has_a_proof_sheet_with_three_faces() {
    let film = Film::of(120, &[], false).read();
    let (desk, dir) = (&film.desk, tempfile::tempdir().unwrap());
    let photographs = Photographs { reviews: desk.reviews(), say: &|_, _, _| Default::default() };
    let out = dir.path().join("证明页.html");
    sheets::write(desk.day(), desk.now(), SheetKind::Proof, &Only::default(), &photographs, None, &out).unwrap();
    let page = std::fs::read_to_string(&out).unwrap();
    if film.desk.review(&film.session).alignment.proofs.is_empty() {
        assert!(page.contains("共 120 人的照片没有错位") && page.contains("核对 3 人"), "{page}");
    }
    assert!(!page.contains("照片还没有读"));
}

#[test]
fn the_same_folder_read_again_is_the_same_reading_and_a_copy_of_it_counts_once() {
    let mut film = Film::of(30, &[], false).read();
    let entries = film.desk.day().len();
    let pictures = film.pictures.clone();
    film.ask(PhotoAsk::Read { folder: "照片".to_owned(), pictures: pictures.clone(), offset: None });
    assert_eq!(film.desk.day().len(), entries, "nothing changed, nothing is written");
    // The disc has another letter today.
    film.ask(PhotoAsk::Read { folder: "F:/照片".to_owned(), pictures: pictures.clone(), offset: None });
    let folders = film.desk.review(&film.session).album.folders.clone();
    assert_eq!(folders.values().collect::<Vec<_>>(), ["F:/照片"]);
    let copy: Vec<Picture> = pictures.iter().map(|p| Picture { path: format!("备份/{}", p.path), ..p.clone() }).collect();
    film.ask(PhotoAsk::Read { folder: "备份盘".to_owned(), pictures: copy, offset: None });
    let review = film.desk.review(&film.session);
    assert_eq!((review.album.photos.len(), review.album.copies, review.album.folders.len()), (30, 30, 2));
}

#[test]
fn processed_pictures_beside_the_originals_are_one_more_of_each_and_shift_nobody() {
    let mut film = Film::of(60, &[], false).read();
    let before: Vec<_> = film.rows().into_iter().map(|(_, r)| (r.status, r.confidence)).collect();
    let pictures = processed(&film, |n| format!("{}.jpg", student(n)));
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    assert_eq!(film.rows().into_iter().map(|(_, r)| (r.status, r.confidence)).collect::<Vec<_>>(), before);
    assert_eq!(film.picture(7), film.truth.get(&student(7)).cloned());
    let review = film.desk.review(&film.session);
    let place = review.album.named(&format!("{}.jpg", student(7)))[0];
    assert_eq!(review.owner(place).map(|s| film.desk.day().key_of(s)), Some(student(7)));
}

#[test]
fn numbered_pictures_move_up_behind_a_gap_that_a_person_puts_in() {
    let mut film = Film::of(60, &[(20, super::film::Odd::Missed)], false);
    let pictures = processed(&film, |n| format!("{n:04}.jpg"));
    film.ask(PhotoAsk::Read { folder: "成品".to_owned(), pictures, offset: None });
    assert_eq!(film.picture(21).as_deref(), Some("0021.jpg"), "counted, and one off behind the missed one");
    film.rule(RulingWord::Gap, |ask| ask.who = Some(student(20)));
    assert_eq!((film.picture(19).as_deref(), film.picture(20), film.picture(21).as_deref()), (Some("0019.jpg"), None, Some("0020.jpg")));
    assert_eq!(film.picture(60).as_deref(), Some("0059.jpg"));
    assert_eq!(film.count(RowStatus::Sure), 0);
}

#[test]
fn a_contact_sheet_marks_the_earlier_of_two_sure_pictures_as_the_mapping_does() {
    let mut film = Film::of(60, &[], false).read();
    let next = film.session.date.succ_opt().unwrap();
    let later = |row: &mut duihao::domain::command::LogRow| row.time.date = Some(next);
    let mut rows = Vec::new();
    for (n, picture) in film.pictures.iter().enumerate() {
        let sat = picture.taken.unwrap() - AHEAD - START - 6_000;
        rows.push(log_row(n + 2, Some(sat), Action::Shoot, Some(student(n + 1)), None));
    }
    rows.iter_mut().for_each(later);
    film.desk.submit(Ask::TakeLog { source: "次日.csv".to_owned(), hash: "次日".to_owned(), rows, date: None }).unwrap();
    let day_after = |mut p: Picture| {
        p.taken = p.taken.map(|t| t + 86_400_000);
        p.path = p.path.replace("DSC", "DSD");
        p
    };
    let pictures: Vec<Picture> = film.pictures.iter().cloned().map(day_after).collect();
    let session = SessionKey { date: next, ..film.session.clone() };
    let ask = PhotoAsk::Read { folder: "次日".to_owned(), pictures, offset: Some(AHEAD) };
    film.desk.submit(Ask::Photos { session, ask }).unwrap();

    let (desk, dir) = (&film.desk, tempfile::tempdir().unwrap());
    let photographs = || Photographs { reviews: desk.reviews(), say: &|_, _, _| Default::default() };
    for date in [film.session.date, next] {
        let only = Only { date: Some(date), ..Only::default() };
        let rows = export::mapping_rows(desk.day(), desk.now(), &only, &desk.reviews()).unwrap();
        let doubts = rows.iter().filter(|r| r.photo.as_ref().is_some_and(|p| p.status == "doubt")).count();
        let out = dir.path().join("对照页.html");
        sheets::write(desk.day(), desk.now(), SheetKind::Contact, &only, &photographs(), None, &out).unwrap();
        let page = std::fs::read_to_string(&out).unwrap();
        assert_eq!(page.matches("<figure class=\"cell doubt\">").count(), doubts, "{date}");
        assert!(if date == next { doubts < 20 } else { doubts == 60 }, "{date}: {doubts}");
    }
}

#[test]
fn whoever_was_not_scanned_is_never_without_a_picture_beside_frames_of_nobody() {
    // Five in a row were not scanned, and a frame too many stands among theirs: nobody can say which is whose.
    let mut odd: Vec<(usize, Odd)> = (60..65).map(|n| (n, Odd::Unlogged)).collect();
    odd.push((62, Odd::Stray(14_000)));
    let film = Film::of(120, &odd, false).read();
    for n in 60..65 {
        let row = film.row(n);
        assert_eq!(row.status, RowStatus::Doubt, "{n} {row:?}");
        assert!(row.confidence < 1.0 && !row.why.is_empty());
    }
    // One was not scanned, and the next one's frame is lost: the frame that is left is given to nobody for sure.
    let film = Film::of(120, &[(60, Odd::Unlogged), (61, Odd::Missed)], false).read();
    assert_eq!([film.row(60).status, film.row(61).status], [RowStatus::Doubt; 2], "{:?} {:?}", film.row(60), film.row(61));
}

#[test]
fn a_picture_without_time_and_camera_lies_by_its_number_and_is_looked_at() {
    let mut film = Film::of(120, &[], false);
    (film.pictures[49].taken, film.pictures[49].body) = (None, None);
    let film = film.read();
    for n in 49..52 {
        let row = film.row(n);
        assert_eq!((row.status, film.picture(n).as_ref()), (RowStatus::Doubt, film.truth.get(&student(n))), "{n} {:?}", row.why);
    }
    assert!(film.count(RowStatus::Sure) > 100);
}

#[test]
fn two_clock_differences_are_named_and_a_face_settles_them() {
    let film = Film::of(60, &[], false).read();
    let mut review = (*film.desk.review(&film.session)).clone();
    let clock = &mut review.alignment.clocks[0];
    (clock.offset, clock.rival) = (0, Some(-43_000));
    let said = photo::refused(Lang::Zh, &review, Refusal::TwoOffsets);
    assert_eq!(said, "有两个相机时差都说得通：+0.0 秒和 -43.0 秒");
    assert!(photo::refusal(Lang::Zh, Refusal::TwoOffsets).1.contains("认三张分散的脸就能定下来"));
    assert_eq!(photo::refused(Lang::Zh, &review, Refusal::NoRhythm), photo::refusal(Lang::Zh, Refusal::NoRhythm).0);
}

#[test]
fn whose_picture_a_person_confirmed_is_shot_in_every_count_until_that_is_taken_back() {
    let mut film = Film::of(60, &[(30, Odd::Unlogged)], false).read();
    let shot = |film: &Film| {
        let status = duihao::domain::tally::status(film.desk.day(), film.desk.now());
        let rooms: u32 = status.rooms.iter().map(|r| r.tally.shot).sum();
        (rooms, status.colleges.iter().map(|r| r.tally.shot).sum::<u32>())
    };
    assert_eq!(shot(&film), (59, 59));
    let picture = film.truth[&student(30)].clone();
    film.rule(RulingWord::Pair, |ask| (ask.who, ask.photo) = (Some(student(30)), Some(picture.clone())));
    assert_eq!(shot(&film), (60, 60));
    assert!(!no_shows(&film).contains(&student(30)));
    film.rule(RulingWord::Drop, |ask| ask.photo = Some(picture.clone()));
    assert_eq!(shot(&film), (59, 59));
    assert!(no_shows(&film).contains(&student(30)));
}

#[test]
fn beside_a_face_on_the_proof_sheet_stands_the_very_next_picture_also_where_it_is_nobodys() {
    let mut film = Film::of(120, &[(60, Odd::Stray(18_000))], false).read();
    film.rule(RulingWord::Confirm, |ask| ask.who = Some(student(60)));
    let stray = film.frames.iter().find(|(_, whose)| whose.is_none()).unwrap().0.clone();
    film.rule(RulingWord::Drop, |ask| ask.photo = Some(stray));
    let (desk, dir) = (&film.desk, tempfile::tempdir().unwrap());
    let photographs = Photographs { reviews: desk.reviews(), say: &|_, _, _| Default::default() };
    let out = dir.path().join("证明页.html");
    sheets::write(desk.day(), desk.now(), SheetKind::Proof, &Only::default(), &photographs, None, &out).unwrap();
    let page = std::fs::read_to_string(&out).unwrap();
    assert!(page.contains("0060B") && page.contains("不属于谁"), "{page}");
}
