//! Where pictures come from: several cameras with clocks of their own, folders of another session, folders that are set aside again.

use duihao::domain::album;
use duihao::domain::align::outcome::Refusal;
use duihao::domain::command::{Ask, PhotoAsk};
use duihao::domain::photo::Picture;
use duihao::domain::review::RowStatus;
use duihao::domain::ruling::RulingWord;
use duihao::ui::words::{Lang, photo};

use super::film::{AHEAD, Film, Odd, student};

const SECOND: &str = "另一台相机 2";

/// A session whose second half another camera took, its clock `ahead` of the log.
fn two_cameras(people: usize, ahead: i64) -> (Film, [Vec<Picture>; 2]) {
    let mut film = Film::of(people, &[], false);
    let half = film.pictures.len() / 2;
    for picture in &mut film.pictures[half..] {
        picture.body = Some(SECOND.to_owned());
        picture.taken = picture.taken.map(|at| at - AHEAD + ahead);
    }
    let (first, second) = film.pictures.split_at(half);
    let both = [first.to_vec(), second.to_vec()];
    (film, both)
}

fn read(film: &mut Film, folder: &str, pictures: &[Picture], offset: Option<i64>) {
    film.ask(PhotoAsk::Read { folder: folder.to_owned(), pictures: pictures.to_vec(), offset });
}

/// The clocks worked out, by camera.
fn clocks(film: &Film) -> Vec<(Option<String>, i64)> {
    film.desk.review(&film.session).offsets()
}

#[test]
fn a_difference_that_was_given_for_one_camera_stays_its_own_whichever_is_said_last() {
    for turned in [false, true] {
        let (mut film, [first, second]) = two_cameras(80, 600_000);
        let mut readings = [("卡1", &first, AHEAD), ("卡2", &second, 600_000)];
        if turned {
            readings.reverse();
        }
        for (folder, pictures, offset) in readings {
            read(&mut film, folder, pictures, Some(offset));
        }
        assert_eq!(clocks(&film), [(Some(SECOND.to_owned()), 600_000), (Some("示例相机 1".to_owned()), AHEAD)]);
        assert_eq!(film.wrong(), Vec::<String>::new());
        assert!(film.count(RowStatus::Sure) >= 76, "{}", film.count(RowStatus::Sure));
    }
}

#[test]
fn a_difference_given_for_a_folder_of_both_cameras_is_each_ones_and_one_corrected_leaves_the_other() {
    let (mut film, [first, second]) = two_cameras(80, AHEAD);
    read(&mut film, "照片", &[first, second].concat(), Some(AHEAD));
    assert_eq!(clocks(&film).iter().map(|c| c.1).collect::<Vec<_>>(), [AHEAD, AHEAD]);
    film.ask(PhotoAsk::Offsets(vec![(Some(SECOND.to_owned()), AHEAD + 3_000)]));
    assert_eq!(clocks(&film).iter().map(|c| c.1).collect::<Vec<_>>(), [AHEAD + 3_000, AHEAD]);
}

#[test]
fn two_cameras_are_told_one_by_one() {
    let (mut film, [first, second]) = two_cameras(80, 600_000);
    read(&mut film, "照片", &[first, second].concat(), None);
    let review = film.desk.review(&film.session);
    let said: Vec<String> = review.cameras().iter().map(|c| photo::camera(Lang::Zh, c)).collect();
    assert!(said[0].starts_with("示例相机 1：40 张，时差 +19") && said[1].starts_with("另一台相机 2：40 张，时差 +59"), "{said:?}");
}

#[test]
fn one_camera_of_two_is_no_folder_of_another_session() {
    let (mut film, [first, second]) = two_cameras(80, 600_000);
    read(&mut film, "卡1", &first[..30], None);
    assert_eq!(film.desk.review(&film.session).refused(), Some(Refusal::TooFewFrames));
    read(&mut film, "卡1", &first, None);
    read(&mut film, "卡2", &second, None);
    assert_eq!(film.desk.review(&film.session).refused(), None);
}

/// The same number of pictures with the gaps between them the other way round: another room's rhythm.
fn other_room(film: &Film) -> Vec<Picture> {
    let times: Vec<i64> = film.pictures.iter().filter_map(|p| p.taken).collect();
    let (first, last) = (times[0], times[times.len() - 1]);
    let mut pictures = film.pictures.clone();
    for (picture, at) in pictures.iter_mut().zip(times.iter().rev()) {
        picture.taken = Some(first + last - at);
        picture.path = picture.path.replace("100CAM", "200CAM");
    }
    pictures
}

#[test]
fn a_folder_of_another_room_is_told_by_its_rhythm_and_asks_for_nobodys_face() {
    let mut film = Film::of(120, &[(40, Odd::Missed), (80, Odd::Twice(4_000))], false);
    let others = other_room(&film);
    read(&mut film, "别的采集点", &others, None);
    let review = film.desk.review(&film.session);
    assert_eq!(review.refused(), Some(Refusal::NoRhythm));
    let said = photo::refused(Lang::Zh, &review, Refusal::NoRhythm);
    assert!(said.contains("节奏与这一场对不上") && !said.contains("认三张分散的脸"), "{said}");
    assert_eq!(film.count(RowStatus::Sure), 0);
}

#[test]
fn a_folder_that_was_set_aside_counts_no_more_until_it_is_read_again_and_undo_brings_it_back() {
    let mut film = Film::of(60, &[], false);
    let (own, others) = (film.pictures.clone(), other_room(&film));
    read(&mut film, "别的采集点", &others, None);
    read(&mut film, "照片", &own, Some(AHEAD));
    let reading = |film: &Film, shown: &str| {
        let album = &film.desk.review(&film.session).album;
        album.folders.iter().find(|(_, folder)| *folder == shown).map(|(reading, _)| reading.clone())
    };
    let wrong = reading(&film, "别的采集点").unwrap();
    film.ask(PhotoAsk::Withdraw { reading: wrong.clone() });
    assert_eq!((reading(&film, "别的采集点"), film.wrong()), (None, vec![]));
    assert!(film.count(RowStatus::Sure) >= 58, "{}", film.count(RowStatus::Sure));
    // What is not there cannot be set aside, and nothing is written.
    let facts = film.desk.day().len();
    film.ask(PhotoAsk::Withdraw { reading: wrong.clone() });
    assert_eq!(film.desk.day().len(), facts);
    read(&mut film, "别的采集点", &others, None);
    assert_eq!(reading(&film, "别的采集点"), Some(wrong));
    film.desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!(reading(&film, "别的采集点"), None);
}

#[test]
fn pictures_that_were_confirmed_in_a_folder_set_aside_confirm_nobody() {
    let mut film = Film::of(60, &[(30, Odd::Unlogged)], false);
    let pictures = film.pictures.clone();
    read(&mut film, "照片", &pictures, Some(AHEAD));
    film.rule(RulingWord::Pair, |ask| {
        (ask.who, ask.photo) = (Some(student(30)), Some("100CAM/DSC_0030.JPG".to_owned()));
    });
    let found = |film: &Film| album::confirmed(film.desk.day()).len();
    assert_eq!(found(&film), 1);
    let reading = film.desk.review(&film.session).album.folders.keys().next().unwrap().clone();
    film.ask(PhotoAsk::Withdraw { reading });
    assert_eq!(found(&film), 0);
}

#[test]
fn of_two_people_of_one_name_neither_is_said_to_have_no_picture_where_files_bear_it() {
    let mut film = Film::of(12, &[], false);
    for n in [5, 6] {
        let mut row = super::film::log_row(0, None, duihao::domain::command::Action::Correct, Some(student(n)), None);
        row.value = Some("姓名=许强航".to_owned());
        film.desk.submit(Ask::Act(row)).unwrap();
    }
    let name = |n: usize| match n {
        5 => "许强航.jpg".to_owned(),
        6 => "许强航(2).jpg".to_owned(),
        n => format!("{}.jpg", student(n)),
    };
    let named = |n: usize| Picture { path: name(n), bytes: 50_000 + n as u64, width: 480, height: 640, turned: 1, ..Picture::default() };
    let pictures: Vec<Picture> = (1..=12).filter(|n| *n != 9).map(named).collect();
    read(&mut film, "成品", &pictures, None);
    for n in [5, 6] {
        let row = film.row(n);
        assert_eq!((row.status, row.photo, row.others.len()), (RowStatus::Doubt, None, 2), "{row:?}");
    }
    assert_eq!(film.row(9).status, RowStatus::NoPhoto, "nobody else bears that name");
    // Said to be the one's, it is.
    film.rule(RulingWord::Pair, |ask| {
        ask.who = Some(student(5));
        ask.photo = Some("许强航.jpg".to_owned());
    });
    assert_eq!((film.row(5).status, film.row(6).others.len()), (RowStatus::Confirmed, 2));
}
