//! Whose clock, and which session's pictures: what people bear out, and what was taken on another day.

use duihao::domain::align::align;
use duihao::domain::align::outcome::{Alignment, CauseKind, Refusal, Standing};
use duihao::domain::align::problem::{Frame, Problem, Ruling, Shot, Tie};
use duihao::domain::photo::Picture;
use duihao::domain::review::RowStatus;
use duihao::ui::words::{Lang, photo};

use super::film::{AHEAD, Film, Odd, START, student};

/// A clean day of quick people, so even that one person further fits nearly as well: 120 of them, 15 to 34 s apart, 3 to 9 s before the
/// shutter. `seed` makes another one.
fn quick(seed: u64) -> Problem {
    let mut state = seed;
    let mut next = |span: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % span) as i64
    };
    let mut problem = Problem { max_wrong: 1e-4, frames_per_person: 1, ..Problem::default() };
    let mut at = START;
    for n in 0..120 {
        problem.shots.push(Shot { at: Some(at), group: n / 40, ..Shot::default() });
        let taken = Some(at + 3_000 + next(6_000));
        problem.frames.push(Frame { counter: Some(n + 1), taken, ..Frame::default() });
        at += 15_000 + next(19_000) + if n % 40 == 39 { 60_000 } else { 0 };
    }
    problem
}

fn wrong(answer: &Alignment) -> usize {
    answer.shots.iter().enumerate().filter(|(n, s)| s.standing == Standing::Sure && s.used != Some(*n)).count()
}

fn sure(answer: &Alignment) -> usize {
    answer.shots.iter().filter(|s| s.standing == Standing::Sure).count()
}

/// Days of which the rhythm alone leaves two differences open.
fn unclear() -> Vec<Problem> {
    (0..24).map(quick).filter(|p| align(p).refused == Some(Refusal::TwoOffsets)).collect()
}

#[test]
fn a_difference_that_a_person_gives_ends_the_question_where_the_rhythm_says_the_same_and_never_else() {
    let unclear = unclear();
    assert!(unclear.len() >= 3, "{}", unclear.len());
    for problem in &unclear {
        let with = |offset: i64| {
            let mut problem = problem.clone();
            problem.ties.push(Tie::Offset { camera: 0, offset, within: 6_000 });
            align(&problem)
        };
        let right = with(0);
        assert_eq!((right.refused, wrong(&right)), (None, 0));
        assert!(sure(&right) > 100, "{}", sure(&right));
        for off in [-25_000, 25_000] {
            let answer = with(off);
            assert_eq!(wrong(&answer), 0, "{off}: {:?}", answer.clocks);
        }
    }
}

#[test]
fn three_confirmed_faces_end_the_question_also_where_one_is_mistaken() {
    for problem in &unclear() {
        let with = |faces: &[(usize, usize)]| {
            let mut problem = problem.clone();
            problem.rulings = faces.iter().map(|&(shot, frame)| Ruling::Use { frame, shot }).collect();
            align(&problem)
        };
        let right = with(&[(20, 20), (60, 60), (100, 100)]);
        assert_eq!((right.refused, wrong(&right)), (None, 0));
        // One of them mistaken.
        let mistaken = with(&[(20, 20), (60, 61), (100, 100)]);
        let others = |n: &usize| mistaken.shots[*n].standing == Standing::Sure && mistaken.shots[*n].used != Some(*n);
        assert_eq!((0..120).filter(others).collect::<Vec<_>>(), Vec::<usize>::new());
    }
}

#[test]
fn nothing_is_refused_any_more_once_people_have_said_everything() {
    let mut problem = unclear().remove(0);
    problem.rulings = (0..120).map(|n| Ruling::Use { frame: n, shot: n }).collect();
    assert_eq!(align(&problem).refused, None);
}

#[test]
fn where_nothing_is_believed_whoever_was_not_scanned_is_not_said_to_have_no_picture() {
    // Another session's pictures.
    let other = Film::of(60, &[(7, Odd::Missed)], false);
    let mut film = Film::of(60, &[(30, Odd::Unlogged)], false);
    film.pictures = other.pictures.into_iter().rev().collect();
    let times: Vec<_> = film.pictures.iter().rev().map(|p| p.taken.map(|t| (t - START) * 5 / 4 + START)).collect();
    film.pictures.iter_mut().zip(times).for_each(|(p, taken)| p.taken = taken);
    let film = film.read_with(None);
    assert!(film.desk.review(&film.session).refused().is_some());
    assert_eq!(film.row(30).status, RowStatus::Doubt, "{:?}", film.row(30));
    assert_eq!(film.count(RowStatus::Sure), 0);
}

#[test]
fn pictures_of_yesterday_and_of_the_evening_are_left_out_and_named() {
    let plain = Film::of(120, &[(40, Odd::Missed)], false).read();
    let mut film = Film::of(120, &[(40, Odd::Missed)], false);
    let others = |n: i64, at: i64| {
        let path = format!("101CAM/DSC_{n:04}.JPG");
        let (body, taken) = (Some("示例相机 1".to_owned()), Some(START + AHEAD + at + n * 21_000));
        Picture {
            path,
            bytes: 9_000 + n as u64,
            taken,
            body,
            counter: Some(1_000 + n as u32),
            width: 3000,
            height: 4000,
            turned: 1,
            ..Picture::default()
        }
    };
    film.pictures.extend((0..60).map(|n| others(n, -86_400_000)).chain((60..130).map(|n| others(n, 8 * 3_600_000))));
    let film = film.read();
    assert_eq!((film.wrong(), film.count(RowStatus::Sure)), (vec![], plain.count(RowStatus::Sure)));
    assert_eq!(film.row(40).status, plain.row(40).status);
    let review = film.desk.review(&film.session);
    assert_eq!(review.setup.outside.len(), 130);
    let said = photo::outside(Lang::Zh, film.desk.day(), &review);
    assert!(said.starts_with("130 张不是这一场拍的（9-12 8:33–9-13 "), "{said}");
    // They can still be given to somebody.
    let mut film = film;
    film.rule(duihao::domain::ruling::RulingWord::Pair, |ask| {
        (ask.who, ask.photo) = (Some(student(40)), Some("101CAM/DSC_0100.JPG".to_owned()));
    });
    assert_eq!((film.row(40).status, film.picture(40)), (RowStatus::Confirmed, Some("101CAM/DSC_0100.JPG".to_owned())));
}

#[test]
fn nothing_is_left_out_where_the_cameras_clock_is_off_by_hours() {
    let mut film = Film::of(60, &[], false);
    film.pictures.iter_mut().for_each(|p| p.taken = p.taken.map(|t| t + 5 * 3_600_000));
    let film = film.read_with(None);
    assert_eq!(film.desk.review(&film.session).setup.outside, Vec::<usize>::new());
}

/// Sixty people of two classes, the second scanned when the one before sits down.
fn one_ahead() -> Problem {
    let mut problem = quick(3);
    for shot in (81..120).rev() {
        problem.shots[shot].at = problem.shots[shot - 1].at.map(|at| at + 2_000);
    }
    problem
}

#[test]
fn one_class_that_was_scanned_one_person_ahead_is_looked_at_whole() {
    let answer = align(&one_ahead());
    assert_eq!(wrong(&answer), 0, "{:?}", answer.refused);
    assert!(answer.shots[..80].iter().filter(|s| s.standing == Standing::Sure).count() > 60 || answer.refused.is_some());
}

#[test]
fn a_clock_that_was_set_by_one_pace_in_the_midst_of_the_day_makes_nobody_wrong() {
    for seed in 0..12 {
        for by in [-22_000, 22_000] {
            let mut problem = quick(seed);
            problem.frames[70..].iter_mut().for_each(|f| f.taken = f.taken.map(|t| t + by));
            let answer = align(&problem);
            assert_eq!(wrong(&answer), 0, "{seed} {by}");
        }
    }
}

#[test]
fn names_that_slipped_by_one_in_a_class_never_beat_the_times() {
    for seed in 0..6 {
        let mut problem = quick(seed);
        for frame in 0..120 {
            let named = if (40..80).contains(&frame) { frame - 1 } else { frame };
            problem.frames[frame].named = Some((named, 0.99));
        }
        let answer = align(&problem);
        assert_eq!(wrong(&answer), 0, "{seed}");
    }
}

#[test]
fn a_class_that_nobody_scanned_is_nobodys_retake_and_nobody_of_it_has_no_picture_for_certain() {
    let odd: Vec<(usize, Odd)> = (61..=80).map(|n| (n, Odd::Unlogged)).collect();
    let film = Film::of(80, &odd, false).read();
    assert_eq!(film.wrong(), Vec::<String>::new());
    for n in 61..=80 {
        assert_eq!(film.row(n).status, RowStatus::Doubt, "{n}");
    }
    let review = film.desk.review(&film.session);
    assert!(review.causes.iter().all(|c| c.cause.kind != CauseKind::Retake), "{:#?}", review.causes);
}
