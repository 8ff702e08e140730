//! What is delivered: folders of other people, folders by class, a second delivery, broken files, somebody photographed twice.

use duihao::desk::export::Only;
use duihao::desk::{copying, photographs};
use duihao::domain::command::{Action, Ask, LogRow, PhotoAsk, Refusal, RulingAsk};
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::photo::{Fault, Picture};
use duihao::domain::review::looks::{LookKind, looks};
use duihao::domain::review::{Besides, FrameStatus, RowStatus, settle};
use duihao::domain::ruling::{PhotoRuling, RulingWord};
use duihao::ui::words::{Lang, photo, photo_cause, photo_trouble};

use super::film::{Film, Odd, date, log_row, student};

fn processed(path: String, n: usize) -> Picture {
    let counter = duihao::domain::photo_names::counter(path.rsplit('/').next().unwrap());
    Picture { path, bytes: 20_000 + n as u64, counter, width: 480, height: 640, turned: 1, ..Picture::default() }
}

fn read(film: &mut Film, folder: &str, pictures: Vec<Picture>) {
    film.ask(PhotoAsk::Read { folder: folder.to_owned(), pictures, offset: None });
}

/// Named by 学号, these of the list.
fn named(film: &mut Film, folder: &str, who: impl IntoIterator<Item = usize>) {
    let pictures = who.into_iter().map(|n| processed(format!("{}.jpg", student(n)), n)).collect();
    read(film, folder, pictures);
}

fn ask(word: RulingWord, who: Option<usize>, picture: &str) -> RulingAsk {
    RulingAsk { who: who.map(student), photo: Some(picture.to_owned()), ..RulingAsk::of(word) }
}

fn refusal(film: &Film, ask: &RulingAsk) -> Refusal {
    let review = film.desk.review(&film.session);
    settle::rulings(film.desk.day(), &review, ask, film.desk.now()).unwrap_err()
}

/// A hundred sat here; ten of them sat next door, too, in 11B107.
fn two_rooms() -> Film {
    let mut film = Film::of(100, &[], false);
    let next_door =
        |n: usize| LogRow { room: "11B107".to_owned(), ..log_row(n, Some(n as i64 * 20_000), Action::Shoot, Some(student(n)), None) };
    let rows = (1..=10).map(next_door);
    film.desk.submit(Ask::TakeLog { source: "b.csv".to_owned(), hash: "b".to_owned(), rows: rows.collect(), date: None }).unwrap();
    film
}

fn next_door() -> SessionKey {
    SessionKey { room: RoomKey::of("11B107"), date: date() }
}

#[test]
fn a_folder_of_another_rooms_people_is_said_to_be_theirs_and_nobody_is_without_a_picture() {
    let mut film = two_rooms();
    let session = next_door();
    let pictures = (20..=80).map(|n| processed(format!("{}.jpg", student(n)), n)).collect();
    let ask = PhotoAsk::Read { folder: "D:/照片/一组".to_owned(), pictures, offset: None };
    film.desk.submit(Ask::Photos { session: session.clone(), ask }).unwrap();
    let review = film.desk.review(&session);
    let strangers = review.strangers.first().unwrap();
    assert_eq!((strangers.named, strangers.here, strangers.room.clone()), (61, 0, Some(RoomKey::of("11B105"))));
    let (said, hint) = photo_trouble::strangers(Lang::Zh, film.desk.day(), "D:/照片/一组", strangers);
    assert!(said.contains("多半是 11B105 的照片") && said.contains("61 张") && hint.contains("撤下"), "{said} {hint}");
    film.session = session.clone();
    let here = film.rows().into_iter().filter(|(r, _)| r.room == session.room);
    assert_eq!(here.map(|(_, row)| row.status).collect::<Vec<_>>(), vec![RowStatus::Doubt; 10]);
    assert!((0..61).all(|place| review.frame(place) == Some(FrameStatus::Unclaimed)), "no row has them");
    // Set aside, and the right one read: everybody is there.
    film.ask(PhotoAsk::Withdraw { reading: strangers.reading.clone() });
    named(&mut film, "D:/照片/二组", 1..=10);
    let review = film.desk.review(&session);
    assert!(review.strangers.is_empty());
    assert!((1..=10).all(|n| film.picture(n) == Some(format!("{}.jpg", student(n)))));
}

#[test]
fn a_folder_of_another_room_is_told_when_it_is_read_and_insisting_on_one_picture_takes_it() {
    let dir = tempfile::tempdir().unwrap();
    for n in 20..=40 {
        image::RgbImage::new(8, 8).save(dir.path().join(format!("{}.jpg", student(n)))).unwrap();
    }
    let mut film = two_rooms();
    let session = next_door();
    let told = photographs::read(&mut film.desk, &session, dir.path(), None, &mut |_| true).unwrap();
    assert_eq!(told.strangers.unwrap().named, 21);
    film.session = session.clone();
    film.ask(PhotoAsk::Rule(ask(RulingWord::Pair, Some(1), &format!("{}.jpg", student(20)))));
    assert!(film.desk.review(&session).strangers.is_empty());
}

#[test]
fn whoever_sat_and_has_no_file_is_doubtful_where_files_bear_names_that_mean_nobody() {
    let mut film = Film::of(20, &[], false);
    let name = |n: usize| if n == 7 { "2017010400.jpg".to_owned() } else { format!("{}.jpg", student(n)) };
    let pictures = (1..=20).filter(|n| *n != 9).map(|n| processed(name(n), n)).collect();
    read(&mut film, "成品", pictures);
    for n in [7, 9] {
        let row = film.row(n);
        assert_eq!((row.status, row.besides.as_slice(), row.others.len()), (RowStatus::Doubt, &[Besides::Nameless(1)][..], 1), "{n}");
    }
    film.ask(PhotoAsk::Rule(ask(RulingWord::Pair, Some(7), "2017010400.jpg")));
    assert_eq!((film.row(7).status, film.row(9).status), (RowStatus::Confirmed, RowStatus::NoPhoto));
}

#[test]
fn folders_of_classes_that_each_begin_with_one_are_counted_class_by_class() {
    for apart in [false, true] {
        let mut film = Film::of(90, &[], false);
        // The second class has one too few, the third one too many.
        let all = [("电商171", 30), ("电商172", 29), ("电商173", 31)];
        if apart {
            for (class, n) in all {
                let pictures = (1..=n).map(|k| processed(format!("{k:03}.jpg"), 100 * n + k)).collect();
                read(&mut film, &format!("D:/成品/{class}"), pictures);
            }
        } else {
            let of = |(class, n): (&'static str, usize)| (1..=n).map(move |k| processed(format!("{class}/{k:03}.jpg"), k));
            read(&mut film, "D:/成品", all.into_iter().flat_map(of).collect());
        }
        let review = film.desk.review(&film.session);
        assert_eq!(review.cameras().len(), 1);
        let shown = |n: usize| film.row(n).photo.map(|place| review.album.shown(place));
        for (n, class, k) in [(1, "电商171", 1), (30, "电商171", 30), (31, "电商172", 1), (40, "电商172", 10), (61, "电商173", 1)]
        {
            assert_eq!(shown(n), Some(format!("{class}/{k:03}.jpg")), "{n} apart {apart}");
        }
        assert_eq!((shown(60), film.count(RowStatus::Sure)), (None, 0));
        assert_eq!(review.album.short(review.album.named("电商172/010.jpg")[0]), "电商172/010.jpg");
    }
}

#[test]
fn folders_that_begin_anew_and_name_no_class_are_not_counted_and_that_is_said() {
    let mut film = Film::of(40, &[], false);
    let of = |folder: &'static str| (1..=20).map(move |k| processed(format!("{folder}/{k:03}.jpg"), k));
    read(&mut film, "D:/成品", of("上午").chain(of("下午")).collect());
    let review = film.desk.review(&film.session);
    assert_eq!(review.setup.unordered.len(), 40);
    let said = photo_trouble::unordered(Lang::Zh, &review);
    assert!(said.contains("40 张编号的照片") && said.contains("班级名"), "{said}");
    assert!((1..=40).all(|n| film.picture(n).is_none()));
    assert_eq!(film.count(RowStatus::NoPhoto), 0, "theirs are there, unordered");
}

#[test]
fn a_second_delivery_stands_beside_the_first_and_the_folder_names_the_one_that_is_meant() {
    let mut film = Film::of(20, &[], false);
    named(&mut film, "D:/d1", 1..=20);
    let first = |n: usize| format!("{}.jpg", student(n));
    film.ask(PhotoAsk::Rule(ask(RulingWord::Confirm, Some(4), &first(4))));
    let again = [4, 8].map(|n| Picture { bytes: 33_000, ..processed(first(n), n) });
    read(&mut film, "D:/d2", again.to_vec());
    let review = film.desk.review(&film.session);
    for n in [4, 8] {
        let row = film.row(n);
        assert!(matches!(row.besides[..], [Besides::Second(_)]) && row.status == RowStatus::Doubt, "{row:?}");
        let said = photo::whys(Lang::Zh, film.desk.day(), &review, &row);
        assert!(said.starts_with("又来了一张：d"), "{said}");
    }
    let seen = looks(&review, &film.desk.day().campaign().photo);
    assert_eq!(seen.iter().filter(|l| l.kind == LookKind::Second).count(), 2);
    // Side by side, and no two frames have one name.
    let order = review.in_order();
    let paths: Vec<String> = order.iter().map(|p| review.album.shown(*p)).collect();
    let at = paths.iter().position(|p| *p == format!("d1/{}", first(4))).unwrap();
    assert_eq!(paths[at + 1], format!("d2/{}", first(4)));
    let mut apart = paths.clone();
    apart.sort();
    apart.dedup();
    assert_eq!(apart.len(), paths.len());
    // The bare name means either; refused with both in full. The class does not confirm what nobody has chosen.
    let both = vec![format!("d1/{}", first(4)), format!("d2/{}", first(4))];
    assert_eq!(refusal(&film, &ask(RulingWord::Confirm, Some(4), &first(4))), Refusal::ManyPhotosNamed(first(4), both));
    let (taken, left) = settle::signed(film.desk.day(), &review, "电商171");
    assert_eq!((taken.len(), left.len()), (18, 2));
    film.ask(PhotoAsk::Rule(ask(RulingWord::Confirm, Some(4), &format!("d2/{}", first(4)))));
    film.ask(PhotoAsk::Rule(ask(RulingWord::Confirm, Some(8), &format!("d1/{}", first(8)))));
    let review = film.desk.review(&film.session);
    let shown = |n: usize| (film.row(n).status, film.row(n).photo.map(|p| review.album.shown(p)));
    assert_eq!(shown(4), (RowStatus::Confirmed, Some(format!("d2/{}", first(4)))));
    assert_eq!(shown(8), (RowStatus::Confirmed, Some(format!("d1/{}", first(8)))));
}

#[test]
fn a_class_signs_for_nobody_whose_file_is_broken_or_empty_and_no_such_file_is_copied() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("成品");
    std::fs::create_dir(&folder).unwrap();
    for n in 1..=20u8 {
        let face = image::RgbImage::from_fn(30, 40, |x, y| image::Rgb([n * 12, (x * 5) as u8, (y as u8).wrapping_mul(n)]));
        face.save(folder.join(format!("{}.jpg", student(usize::from(n))))).unwrap();
    }
    std::fs::write(folder.join(format!("{}.jpg", student(3))), b"").unwrap();
    let whole = std::fs::read(folder.join(format!("{}.jpg", student(5)))).unwrap();
    std::fs::write(folder.join(format!("{}.jpg", student(5))), &whole[..whole.len() / 2]).unwrap();
    let mut film = Film::of(20, &[], false);
    let session = film.session.clone();
    photographs::read(&mut film.desk, &session, &folder, None, &mut |_| true).unwrap();
    let review = film.desk.review(&session);
    let (taken, left) = settle::signed(film.desk.day(), &review, "电商171");
    assert_eq!(left.len(), 2, "{left:?}");
    film.rule(RulingWord::Class, |ask| ask.class = Some("电商171".to_owned()));
    assert_eq!(film.count(RowStatus::Confirmed), taken.len());
    assert_eq!((film.row(3).status, film.row(5).status), (RowStatus::Doubt, RowStatus::Doubt));
    // Nor is it said one by one to be theirs: there is nothing to see.
    let empty = PhotoAsk::Rule(ask(RulingWord::Confirm, Some(3), &format!("{}.jpg", student(3))));
    assert!(film.desk.submit(Ask::Photos { session: film.session.clone(), ask: empty }).is_err());
    let plan = copying::plan(&film.desk, "{student_no}.jpg", &Only::default(), copying::Choice::default()).unwrap();
    assert_eq!((plan.plan.len(), plan.spoilt, plan.doubts), (18, 0, 2));
    assert!(plan.plan.items().iter().all(|item| !item.file.contains(&student(3)) && !item.file.contains(&student(5))));
}

#[test]
fn several_broken_files_in_a_row_are_told_as_a_row_and_one_alone_by_its_name() {
    let twice: Vec<(usize, Odd)> = [51, 54, 57].map(|n| (n, Odd::Twice(4_000))).to_vec();
    let mut film = Film::of(60, &twice, false);
    let last = film.pictures.len();
    for picture in &mut film.pictures[last - 13..] {
        (picture.fault, picture.taken) = (Some(Fault::Unreadable), None);
    }
    (film.pictures[9].fault, film.pictures[9].taken) = (Some(Fault::Empty), None);
    let film = film.read();
    let review = film.desk.review(&film.session);
    let whys = |n: usize| photo::whys(Lang::Zh, film.desk.day(), &review, &film.row(n));
    assert!(whys(10).starts_with("照片坏了：DSC_0010.JPG（"), "{}", whys(10));
    for n in 51..=60 {
        assert_eq!(film.row(n).status, RowStatus::Doubt);
        assert!(whys(n).starts_with("照片坏了：DSC_0051.JPG 到 DSC_0063.JPG 共 13 张"), "{n} {}", whys(n));
    }
    let said: Vec<String> = review.causes.iter().map(|c| photo_cause::cause(Lang::Zh, film.desk.day(), &review, c).0).collect();
    assert!(!said.iter().any(|s| s.contains("DSC_0051.JPG") && s.contains("把握约")), "{said:?}");
}

#[test]
fn whoever_was_not_scanned_is_shifted_with_the_range() {
    let mut film = Film::of(60, &[(30, Odd::Unlogged)], false).read();
    assert!(film.row(30).photo.is_some(), "a picture is proposed where they are missing");
    let next: Vec<_> = (29..=32).map(|n| film.picture(n)).collect();
    film.rule(RulingWord::Shift, |ask| {
        (ask.who, ask.with, ask.by) = (Some(student(28)), Some(student(31)), Some(1));
    });
    let now: Vec<_> = (28..=31).map(|n| film.picture(n)).collect();
    assert_eq!(now, next);
    assert!((28..=31).all(|n| film.row(n).status == RowStatus::Confirmed));
}

#[test]
fn somebody_confirmed_in_one_room_is_not_sure_in_another_and_the_room_is_named() {
    let mut film = two_rooms().read();
    assert_eq!(film.row(6).status, RowStatus::Sure);
    let session = next_door();
    let pictures = (1..=10).map(|n| processed(format!("{}.jpg", student(n)), n)).collect();
    let folder = PhotoAsk::Read { folder: "二组".to_owned(), pictures, offset: None };
    film.desk.submit(Ask::Photos { session: session.clone(), ask: folder }).unwrap();
    let confirm = PhotoAsk::Rule(ask(RulingWord::Confirm, Some(6), &format!("{}.jpg", student(6))));
    film.desk.submit(Ask::Photos { session: session.clone(), ask: confirm }).unwrap();
    let row = film.row(6);
    assert_eq!((row.status, row.besides.as_slice()), (RowStatus::Doubt, &[Besides::Elsewhere(session)][..]));
    let review = film.desk.review(&film.session);
    let said = photo::whys(Lang::Zh, film.desk.day(), &review, &row);
    assert!(said.contains("11B107") && said.contains("已经核对过"), "{said}");
    assert!(review.album.rulings.iter().all(|r| !matches!(r, PhotoRuling::Use { .. })));
}

#[test]
fn a_processed_picture_beside_originals_that_bears_somebody_elses_name_is_a_contradiction_that_is_told() {
    use duihao::domain::photo::Checked;
    let mut film = Film::of(40, &[], false).read();
    let original = film.truth[&student(11)].clone();
    named(&mut film, "成品", [10]);
    let look = |n: usize| format!("{:016x}", (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)).repeat(4);
    let checked = |path: String, n: usize| Checked { path, hash: format!("{n:064x}"), look: look(n % 100), ..Checked::default() };
    let review = film.desk.review(&film.session);
    for (reading, folder) in &review.album.folders {
        let own = review.album.photos.iter().filter(|p| p.id.reading == *reading).map(|p| p.id.path.clone());
        // The file named for the tenth looks as the original of the eleventh.
        let checked = own
            .enumerate()
            .map(|(at, path)| {
                if folder == "成品" {
                    checked(path, 110)
                } else {
                    let n = if path == original { 10 } else { at + 20 };
                    checked(path, n)
                }
            })
            .collect();
        film.ask(PhotoAsk::Check { reading: reading.clone(), checked });
    }
    let review = film.desk.review(&film.session);
    assert_eq!(review.twins.len(), 1, "{:?}", review.twins);
    assert_eq!(film.row(11).status, RowStatus::Doubt);
    let said = photo::whys(Lang::Zh, film.desk.day(), &review, &film.row(11));
    assert!(said.contains(&format!("{}.jpg", student(10))), "{said}");
}
