//! One session from problem to answer: order, clocks, habits, posteriors, and what may be said of them.

use super::clocks::{self, Camera, Epoch};
use super::counts;
use super::ground::Ground;
use super::habits::Habits;
use super::learning;
use super::line_up::{Line, line_up};
use super::moved::Moved;
use super::odds::Oddsmaker;
use super::outcome::{Alignment, Placed, Refusal, Role, Standing, Used, Why};
use super::paths::Paths;
use super::problem::{Problem, Tie, Timing};
use super::reading::Reading;
use super::rulings::Decided;
use super::standing::stand;
use super::sweep::{Sweeper, Swept};
use super::told;
use super::track::Track;
use super::weighed::{Weighed, choose};

/// Passes in which habits are learned: over a part, then over all.
const BEGINNING: usize = 3;
const ROUNDS: usize = 2;
/// So many faces in a row nobody confirms one by one.
const RANGE: usize = 6;
/// More steps than this are a long session.
const LONG: usize = 8_000;

/// Says whose picture is whose.
pub fn align(problem: &Problem) -> Alignment {
    if problem.shots.is_empty() || problem.frames.is_empty() {
        return nothing(problem);
    }
    let decided = Decided::of(problem);
    // So many faces in a row are a range that was moved: it says nothing of the others' seconds, so that these are looked at by themselves.
    if decided.longest_run() >= RANGE {
        let (alone, others) = (decided.without_faces(), problem.without_faces());
        let mut looked = look(&others, &alone, None);
        let (moved, contradicted) = looked.told(problem, &decided);
        if !moved.is_empty() {
            return again(problem, &decided, looked, &moved, contradicted);
        }
    }
    let mut looked = look(problem, &decided, None);
    // Once faces have told that people were scanned as their neighbours, everything is looked at anew with the times that this means.
    let (moved, contradicted) = looked.told(problem, &decided);
    if moved.is_empty() {
        return Alignment { contradicted, ..looked.stand(problem, &decided, &[]) };
    }
    again(problem, &decided, looked, &moved, contradicted)
}

/// Once more with the times that faces told, by the clocks by which they told them.
fn again(problem: &Problem, decided: &Decided, looked: Looked, moved: &[Moved], contradicted: Vec<usize>) -> Alignment {
    let problem = told::with_times(problem, moved);
    let Looked { epoch, cameras, weighed, .. } = looked;
    Alignment { contradicted, ..look(&problem, decided, Some((epoch, cameras, weighed))).stand(&problem, decided, moved) }
}

/// A session looked at.
struct Looked {
    cameras: Vec<Camera>,
    track: Track,
    habits: Habits,
    reading: Reading,
    paths: Paths,
    swept: Swept,
    line: Line,
    epoch: Epoch,
    weighed: Vec<Weighed>,
    refused: Option<Refusal>,
    by_time: Vec<u32>,
    sweeper: Sweeper,
}

/// Looks at it by clocks that are `known`, or finds them.
fn look(problem: &Problem, decided: &Decided, known: Option<(Epoch, Vec<Camera>, Vec<Weighed>)>) -> Looked {
    let epoch = known.as_ref().map_or_else(|| clocks::epoch(problem), |(epoch, ..)| *epoch);
    let shots = clocks::shot_times(problem, epoch);
    let (mut line, mut refused) = way(problem, &shots);
    let (mut cameras, known) = match known {
        Some((_, cameras, weighed)) => (cameras, Some(weighed)),
        None => (clocks::cameras(problem, epoch), None),
    };
    if line == Line::Timed && known.is_none() && !clocks::set(problem, &mut cameras, &shots, epoch) {
        (line, refused) = (Line::Order, Some(Refusal::NoRhythm));
    }
    let mut track = line_up(problem, &cameras, decided, epoch, line);
    let prior = learning::prior(&track, problem.frames_per_person, line != Line::Timeless);
    let mut sweeper = Sweeper::default();
    let weighed = match known {
        Some(weighed) => weighed,
        None if line == Line::Timed => choose(&mut sweeper, problem, &mut cameras, decided, epoch, &mut track, &prior),
        None => Vec::new(),
    };
    let mut habits = learning::learn(&mut sweeper, &track, &prior, BEGINNING);
    if line != Line::Timeless {
        // A long session has learned enough from its part.
        let rounds = if track.steps.len() > LONG { 1 } else { ROUNDS };
        for round in 0..rounds {
            // Names lead clocks astray: a slip in naming would bend them until it fits.
            let bare = named(&track, line).then(|| track.clone().nameless());
            let (learned, lags, _) = learning::pass(&mut sweeper, bare.as_ref().unwrap_or(&track), &habits, &prior);
            habits = learned;
            if line == Line::Timed && (rounds == 1 || round + 1 < rounds) {
                learning::refine(&mut cameras, &track, &lags, problem.frames.len());
                track = line_up(problem, &cameras, decided, epoch, line);
            }
        }
    }
    if problem.ties.iter().any(|t| matches!(t, Tie::Count { .. })) {
        let mut first = Reading::new(track.steps.len(), problem.shots.len());
        sweeper.sweep(&Oddsmaker::new(&track, &habits), &mut [&mut first]);
        counts::anchor(problem, &mut track, &first);
    }
    let mut reading = Reading::new(track.steps.len(), problem.shots.len());
    let mut paths = Paths::default();
    let swept = sweeper.sweep(&Oddsmaker::new(&track, &habits), &mut [&mut reading, &mut paths]);
    reading.finish();
    paths.finish();
    let by_time = by_time(&mut sweeper, &track, &habits, line);
    Looked { cameras, track, habits, reading, paths, swept, line, epoch, weighed, refused, by_time, sweeper }
}

impl Looked {
    /// Whom confirmed faces move, and the shots whose faces are not clearly where their scans are.
    fn told(&mut self, problem: &Problem, decided: &Decided) -> (Vec<Moved>, Vec<usize>) {
        if self.line != Line::Timed || decided.shots.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let Self { sweeper, track, habits, reading, .. } = self;
        told::moved(sweeper, problem, decided, track, habits, reading)
    }

    fn stand(self, problem: &Problem, decided: &Decided, moved: &[Moved]) -> Alignment {
        let Self { cameras, track, habits, reading, paths, swept, line, epoch, weighed, refused, by_time, .. } = self;
        stand(Ground {
            problem,
            decided,
            cameras,
            track,
            habits: &habits,
            reading,
            paths,
            swept: &swept,
            line,
            epoch,
            weighed,
            refused,
            by_time,
            moved,
        })
    }
}

/// Names speak beside times.
fn named(track: &Track, line: Line) -> bool {
    line == Line::Timed && track.hints.iter().any(|h| h.named.is_some())
}

/// Whom each step shows by the times alone, where names say something, too.
fn by_time(sweeper: &mut Sweeper, track: &Track, habits: &Habits, line: Line) -> Vec<u32> {
    if !named(track, line) {
        return Vec::new();
    }
    let bare = track.clone().nameless();
    let mut reading = Reading::new(bare.steps.len(), bare.seats.len());
    sweeper.sweep(&Oddsmaker::new(&bare, habits), &mut [&mut reading]);
    reading.finish();
    reading.seen.iter().map(|seen| seen.owner).collect()
}

/// No shots or no frames.
fn nothing(problem: &Problem) -> Alignment {
    let no_frames = problem.frames.is_empty();
    let shot = Placed { posterior: 1.0, standing: Standing::NoPhoto, why: vec![Why::Refused], ..Placed::default() };
    let frame = |(place, f): (usize, &super::problem::Frame)| Used {
        role: match f {
            f if f.sync => Role::Sync,
            f if f.marker.is_some() => Role::Marker,
            _ => Role::Unclaimed,
        },
        owner: None,
        posterior: 1.0,
        place,
    };
    Alignment {
        shots: vec![shot; problem.shots.len()],
        frames: problem.frames.iter().enumerate().map(frame).collect(),
        refused: Some(if no_frames { Refusal::NoFrames } else { Refusal::NoShots }),
        ..Alignment::default()
    }
}

/// What the session can be lined up by.
fn way(problem: &Problem, shots: &[f64]) -> (Line, Option<Refusal>) {
    let mut times: Vec<_> = problem.frames.iter().filter_map(|f| f.taken).collect();
    let (known, frames) = (times.len(), problem.frames.len());
    times.sort_unstable();
    times.dedup();
    let handed = problem.shots.iter().filter(|s| s.timing == Timing::Handed).count();
    match () {
        () if known * 2 < frames => (Line::Timeless, Some(Refusal::NoTimes)),
        () if times.len() * 4 < known && known > 5 => (Line::Timeless, Some(Refusal::TimesUseless)),
        () if handed * 2 > problem.shots.len() => (Line::Order, Some(Refusal::HandedOnly)),
        () if shots.len() * 3 < problem.shots.len() => (Line::Order, Some(Refusal::NoTimes)),
        () => (Line::Timed, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::align::outcome::{CauseKind, Method};
    use crate::domain::align::problem::{Frame, Ruling, Shot};
    use crate::domain::ids::Millis;
    use proptest::prelude::*;

    const OFFSET: Millis = 197_000;

    /// Uneven gaps that no shift repeats, milliseconds.
    fn rhythm(shots: usize) -> Vec<Millis> {
        let mut at = 1_600_000_000_000;
        let gap = |i: usize| 24_000 + (i * 7_919 % 23) as Millis * 700 + if i % 30 == 29 { 90_000 } else { 0 };
        (0..shots)
            .map(|i| {
                at += gap(i);
                at
            })
            .collect()
    }

    /// Everybody has one frame, some seconds after their scan; whoever is in `twice` has another four seconds later.
    fn session(shots: usize, twice: &[usize], missed: &[usize]) -> Problem {
        let times = rhythm(shots);
        let mut frames = Vec::new();
        for (shot, at) in times.iter().enumerate().filter(|(s, _)| !missed.contains(s)) {
            let lag = 6_000 + (shot * 104_729 % 11) as Millis * 500;
            frames.push(at + lag + OFFSET);
            if twice.contains(&shot) {
                frames.push(at + lag + OFFSET + 4_000);
            }
        }
        let frame =
            |(i, taken): (usize, Millis)| Frame { counter: Some(((9_900 + i) % 9_999 + 1) as u32), taken: Some(taken), ..Frame::default() };
        Problem {
            shots: times.into_iter().map(|at| Shot { at: Some(at), ..Shot::default() }).collect(),
            frames: frames.into_iter().enumerate().map(frame).collect(),
            frames_per_person: 1,
            max_wrong: 1e-4,
            ..Problem::default()
        }
    }

    #[test]
    fn a_plain_day_is_sure_across_the_wrap_of_the_counter() {
        let answer = align(&session(300, &[], &[]));
        assert_eq!(answer.refused, None);
        assert!(answer.shots.iter().enumerate().all(|(s, p)| p.used == Some(s) && p.standing == Standing::Sure));
        assert!((answer.clocks[0].offset - OFFSET).abs() < 6_000);
        assert_eq!(answer.causes, []);
        assert_eq!(answer.proofs, []);
    }

    #[test]
    fn a_retake_and_a_missed_shot_are_causes_and_shift_nobody() {
        let answer = align(&session(300, &[100], &[200]));
        assert_eq!(answer.shots[99].used, Some(99));
        assert_eq!(answer.shots[100].used, Some(101));
        assert_eq!(answer.shots[101].used, Some(102));
        assert_eq!((answer.shots[200].used, answer.shots[200].standing), (None, Standing::NoPhoto));
        assert_eq!(answer.shots[201].used, Some(201));
        let told: Vec<_> = answer.causes.iter().map(|c| (c.kind, c.at, c.from, c.to, c.shift)).collect();
        assert_eq!(told, [(CauseKind::Retake, 100, 101, 199, 1), (CauseKind::Missed, 200, 200, 200, 0)]);
        assert_eq!(answer.causes[0].example, Some((101, Some(100))));
        assert_eq!(answer.causes[0].gap_s, Some(4.0));
    }

    #[test]
    fn the_order_of_the_frames_given_changes_nothing() {
        let problem = session(200, &[20, 90], &[50]);
        let straight = align(&problem);
        let mut turned = problem.clone();
        turned.frames.reverse();
        let back = align(&turned);
        let last = problem.frames.len() - 1;
        for (a, b) in straight.shots.iter().zip(&back.shots) {
            assert_eq!((a.used, a.standing), (b.used.map(|f| last - f), b.standing));
            assert!((a.posterior - b.posterior).abs() < 1e-9);
        }
    }

    #[test]
    fn rulings_hold_whatever_the_times_say() {
        let mut problem = session(200, &[], &[]);
        problem.rulings = vec![
            Ruling::Use { frame: 10, shot: 11 },
            Ruling::Nobody { frame: 30 },
            Ruling::NoFrame { shot: 60 },
            Ruling::Use { frame: 150, shot: 3 },
        ];
        let answer = align(&problem);
        assert_eq!(
            (answer.shots[11].used, answer.shots[11].standing, answer.shots[11].method),
            (Some(10), Standing::Confirmed, Method::Person)
        );
        assert_eq!((answer.shots[3].used, answer.shots[3].standing), (Some(150), Standing::Confirmed));
        assert_eq!((answer.frames[30].role, answer.frames[30].owner), (Role::Extra, None));
        assert_eq!((answer.shots[60].used, answer.shots[60].standing), (None, Standing::NoPhoto));
        assert!(answer.shots.iter().enumerate().all(|(s, p)| s == 3 || p.used != Some(150)));
        assert_eq!(answer.shots[100].used, Some(100));
    }

    #[test]
    fn a_shift_never_crosses_a_marker() {
        let mut problem = session(200, &[40], &[]);
        let taken = problem.frames[121].taken.map(|t| t - 12_000);
        problem.frames.push(Frame { taken, marker: Some(120), ..Frame::default() });
        let answer = align(&problem);
        assert_eq!(answer.frames[201].role, Role::Marker);
        assert_eq!(answer.shots[119].used, Some(120));
        assert_eq!(answer.shots[120].used, Some(121));
    }

    #[test]
    fn without_times_nothing_is_sure_by_order_alone() {
        let mut problem = session(60, &[], &[]);
        problem.frames.iter_mut().for_each(|f| f.taken = None);
        let answer = align(&problem);
        assert_eq!(answer.refused, Some(Refusal::NoTimes));
        assert!(answer.shots.iter().enumerate().all(|(s, p)| p.used == Some(s) && p.standing == Standing::Doubt));
        assert!(answer.shots.iter().all(|p| p.why.contains(&Why::OrderOnly)));
        assert!(!answer.proofs.is_empty());
    }

    #[test]
    fn a_day_in_which_only_numbers_were_handed_out_is_refused_and_still_ordered() {
        let mut problem = session(60, &[7], &[]);
        problem.shots.iter_mut().for_each(|s| s.timing = Timing::Handed);
        let answer = align(&problem);
        assert_eq!(answer.refused, Some(Refusal::HandedOnly));
        assert_eq!(answer.shots[59].used, Some(60));
        assert!(answer.shots.iter().all(|p| p.standing == Standing::Doubt));
    }

    #[test]
    fn a_name_that_contradicts_is_shown_and_a_name_alone_is_never_sure() {
        let mut problem = session(200, &[], &[]);
        problem.frames[50].named = Some((51, 0.9));
        problem.frames[60].named = Some((60, 0.9));
        let answer = align(&problem);
        assert!(answer.shots[50].why.contains(&Why::NameContradicts) && answer.shots[50].standing == Standing::Doubt);
        assert_eq!(answer.shots[60].standing, Standing::Sure);
        assert!(answer.causes.iter().any(|c| c.kind == CauseKind::NameContradicts && c.at == 50));
        for (i, frame) in problem.frames.iter_mut().enumerate() {
            (frame.taken, frame.named) = (None, Some((i, 0.95)));
        }
        let answer = align(&problem);
        assert!(
            answer
                .shots
                .iter()
                .all(|p| p.method == Method::Name && p.why == [Why::NameOnly, Why::Refused] || p.why.contains(&Why::NameOnly))
        );
        assert!(answer.shots.iter().all(|p| p.standing == Standing::Doubt));
    }

    #[test]
    fn a_number_missing_inside_one_persons_frames_is_shown() {
        let mut problem = session(200, &[100], &[]);
        problem.frames.iter_mut().skip(101).for_each(|f| f.counter = f.counter.map(|c| c % 9_999 + 1));
        let answer = align(&problem);
        assert_eq!(answer.shots[100].why, [Why::CounterGap]);
        assert!(!answer.shots[99].why.contains(&Why::CounterGap));
    }

    #[test]
    fn a_class_between_markers_with_equal_counts_stands_on_them() {
        let mut problem = session(1_200, &[], &[]);
        problem.shots.iter_mut().for_each(|s| s.timing = Timing::Handed);
        for wall in (0..1_200).step_by(30) {
            let taken = problem.frames[wall].taken.map(|t| t - 15_000);
            problem.frames.push(Frame { taken, marker: Some(wall), ..Frame::default() });
        }
        let answer = align(&problem);
        let odd: Vec<_> = answer.shots.iter().enumerate().filter(|(s, p)| p.used != Some(*s) || p.method != Method::Marker).collect();
        assert!(odd.is_empty(), "{} {:?}", odd.len(), odd[0]);
        assert!(answer.shots.iter().all(|p| p.standing == Standing::Sure));
        // One frame too many, and its class is in doubt.
        let taken = problem.frames[45].taken.map(|t| t + 12_000);
        problem.frames.push(Frame { taken, ..Frame::default() });
        let answer = align(&problem);
        assert!(answer.shots[30..60].iter().all(|p| p.standing == Standing::Doubt && p.why.contains(&Why::OrderOnly)));
        assert_eq!(answer.shots[61].method, Method::Marker);
    }

    #[test]
    fn a_clock_that_is_days_off_must_be_confirmed_once() {
        let mut problem = session(300, &[], &[]);
        let days = 3 * 86_400_000;
        problem.frames.iter_mut().for_each(|f| f.taken = f.taken.map(|t| t + days));
        let answer = align(&problem);
        assert_eq!(answer.refused, Some(Refusal::OffsetUnconfirmed));
        assert!(answer.clocks[0].confirm);
        problem.ties.push(Tie::Offset { camera: 0, offset: answer.clocks[0].offset, within: 10_000 });
        let answer = align(&problem);
        assert_eq!(answer.refused, None);
        assert!(answer.shots.iter().all(|p| p.standing == Standing::Sure));
    }

    #[test]
    fn nothing_to_align_is_a_state_and_nonsense_a_refusal() {
        let full = session(40, &[], &[]);
        assert_eq!(align(&Problem { frames: Vec::new(), ..full.clone() }).refused, Some(Refusal::NoFrames));
        assert_eq!(align(&Problem { shots: Vec::new(), ..full.clone() }).refused, Some(Refusal::NoShots));
        let mut equal = full.clone();
        equal.frames.iter_mut().for_each(|f| f.taken = Some(5));
        assert_eq!(align(&equal).refused, Some(Refusal::TimesUseless));
        let mut wild = full.clone();
        for (i, f) in wild.frames.iter_mut().enumerate() {
            f.taken = Some(if i % 2 == 0 { Millis::MAX - i as Millis } else { Millis::MIN + i as Millis });
        }
        assert!(align(&wild).refused.is_some());
        let mut flood = full;
        flood.shots.truncate(10);
        flood.frames = (0..20_000).map(|i| Frame { taken: Some(1_600_000_000_000 + i * 3_000), ..Frame::default() }).collect();
        assert!(align(&flood).refused.is_some());
    }

    /// Takes a shot out of the log and a frame out of the folder; what is left keeps its order.
    fn without(mut problem: Problem, shots: &[usize], frames: &[usize]) -> Problem {
        let mut at = 0..;
        problem.shots.retain(|_| !shots.contains(&at.next().unwrap()));
        let mut at = 0..;
        problem.frames.retain(|_| !frames.contains(&at.next().unwrap()));
        problem
    }

    #[test]
    fn a_frame_far_from_the_lag_of_the_day_is_never_sure() {
        // 150 was photographed and not scanned, 151 scanned and lost: the frame of the one is all that is left for the other.
        let answer = align(&without(session(301, &[], &[]), &[150], &[151]));
        let placed = &answer.shots[150];
        assert!(placed.standing != Standing::Sure, "{placed:?}");
        assert!(placed.used.is_none() || placed.why.contains(&Why::LagOff), "{placed:?}");
        assert!(answer.shots.iter().enumerate().all(|(s, p)| s.abs_diff(150) < 2 || p.standing == Standing::Sure));
    }

    #[test]
    fn a_frame_without_a_time_lies_by_its_number_and_is_never_sure() {
        let mut problem = session(300, &[], &[]);
        // Whatever took the time out of a file took the body out too.
        (problem.frames[100].taken, problem.frames[100].camera) = (None, 1);
        let answer = align(&problem);
        assert_eq!(answer.refused, None);
        for shot in 99..102 {
            let placed = &answer.shots[shot];
            assert_eq!((placed.used, placed.standing), (Some(shot), Standing::Doubt), "{shot}");
            assert!(placed.why.contains(&Why::NoTime), "{shot} {:?}", placed.why);
        }
        assert!(answer.shots.iter().enumerate().all(|(s, p)| s.abs_diff(100) < 2 || (p.used, p.standing) == (Some(s), Standing::Sure)));
    }

    #[test]
    fn one_frame_with_an_odd_time_leaves_the_rest_of_the_day_alone() {
        for odd in [3 * 3_600_000, 86_400_000, -86_400_000] {
            let mut problem = session(300, &[], &[]);
            problem.frames[150].taken = problem.frames[150].taken.map(|t| t + odd);
            let answer = align(&problem);
            assert_eq!(answer.refused, None);
            assert_eq!((answer.shots[150].used, answer.shots[150].standing), (Some(150), Standing::Doubt));
            assert!(answer.shots.iter().enumerate().all(|(s, p)| s.abs_diff(150) < 2 || (p.used, p.standing) == (Some(s), Standing::Sure)));
        }
    }

    #[test]
    fn a_name_on_another_frame_than_the_last_is_a_doubt() {
        let mut problem = session(200, &[50], &[]);
        problem.frames[50].named = Some((50, 0.95));
        let answer = align(&problem);
        assert_eq!((answer.shots[50].used, answer.shots[50].standing), (Some(51), Standing::Doubt));
        assert!(answer.shots[50].why.contains(&Why::NameContradicts));
        problem.frames[51].named = Some((50, 0.95));
        assert_eq!(align(&problem).shots[50].standing, Standing::Sure);
    }

    #[test]
    fn nobody_is_without_a_picture_beside_frames_that_may_be_theirs() {
        // The last four of the session have no frames, and a quarter of an hour later there are some.
        let mut problem = session(200, &[], &[196, 197, 198, 199]);
        let last = problem.frames[195].taken.unwrap();
        problem.frames.extend((1..=5).map(|i| Frame { taken: Some(last + 900_000 + i * 9_000), counter: None, ..Frame::default() }));
        let answer = align(&problem);
        for placed in &answer.shots[196..] {
            assert_eq!(placed.standing, Standing::Doubt, "{placed:?}");
            assert!(placed.used.is_some() || placed.why == [Why::FramesUnclaimed] && placed.posterior < 0.95, "{placed:?}");
        }
        assert!(answer.shots[196].used.is_none());
        // Once they are known to be of nobody, whoever has none has none.
        problem.rulings.extend((196..201).map(|frame| Ruling::Nobody { frame }));
        assert!(align(&problem).shots[196..].iter().all(|p| (p.used, p.standing) == (None, Standing::NoPhoto)));
    }

    #[test]
    fn names_on_all_frames_do_not_make_a_second_clock() {
        let mut problem = session(300, &[], &[]);
        problem.frames.iter_mut().enumerate().for_each(|(i, f)| (f.named, f.counter) = (Some((i, 0.97)), None));
        let answer = align(&problem);
        assert_eq!(answer.refused, None);
        assert!(answer.shots.iter().enumerate().all(|(s, p)| (p.used, p.standing) == (Some(s), Standing::Sure)));
    }

    /// Classes of 30 with a pause before each; `scan` says when a person is scanned, from when they sit down (14 s before their frame) and
    /// when the one before and their own frame were taken, all in milliseconds.
    fn classes(classes: usize, scan: impl Fn(usize, [Option<Millis>; 4]) -> Millis) -> Problem {
        let mut problem = session(classes * 30, &[], &[]);
        let frames: Vec<Millis> = problem.frames.iter().map(|f| f.taken.unwrap() - OFFSET).collect();
        for shot in 0..problem.shots.len() {
            let own = frames[shot];
            let first = shot % 30 == 0;
            let before = shot.checked_sub(1).filter(|_| !first).map(|b| frames[b]);
            let sat = before.map(|b| b - 7_000 - (shot as Millis * 7_001 % 2_500));
            problem.shots[shot].at = Some(scan(shot, [Some(own - 9_000), sat, before, Some(own)]));
            problem.shots[shot].group = (shot / 30) as u32;
        }
        problem
    }

    fn wrong(answer: &Alignment) -> usize {
        answer.shots.iter().enumerate().filter(|(s, p)| p.standing == Standing::Sure && p.used != Some(*s)).count()
    }

    #[test]
    fn scans_one_person_ahead_in_every_class_are_refused() {
        // While one sits, the next is scanned; only the first of a class is scanned for himself.
        let answer = align(&classes(8, |_, [own, sat, ..]| sat.or(own).unwrap()));
        assert_eq!(wrong(&answer), 0);
        assert_eq!(answer.refused, Some(Refusal::OneAhead));
    }

    #[test]
    fn scans_one_person_ahead_from_midday_on_leave_the_morning_alone() {
        let answer = align(&classes(12, |shot, [own, sat, ..]| if shot < 180 { own.unwrap() } else { sat.or(own).unwrap() }));
        assert_eq!(wrong(&answer), 0);
        assert!(answer.shots[..150].iter().filter(|p| p.standing == Standing::Sure).count() > 140);
    }

    /// Ten classes of 24, a pause of minutes before each; `scan` says when somebody of the sixth is scanned, from when they and the one before
    /// sit down, and `more` what other frames there are: whose, and how long after their first. The frame to use of each shot beside it.
    fn one_class(scan: impl Fn(usize, Millis, Millis) -> Millis, more: &[(usize, Millis)]) -> (Problem, Vec<usize>) {
        let mut at = 1_600_000_000_000;
        let seat = |n: usize| {
            at += 22_000 + (n * 7_919 % 13) as Millis * 900 + if n.is_multiple_of(24) { 200_000 } else { 0 };
            at
        };
        let seats: Vec<Millis> = (0..240).map(seat).collect();
        let own = |n: usize| seats[n] + 7_000 + (n * 104_729 % 7) as Millis * 500 + OFFSET;
        let mut frames: Vec<(Millis, usize)> = (0..240).map(|n| (own(n), n)).chain(more.iter().map(|(n, by)| (own(*n) + by, *n))).collect();
        frames.sort_unstable();
        let right = (0..240).map(|n| frames.iter().rposition(|(_, whose)| *whose == n).unwrap()).collect();
        let scanned = |n: usize| if n / 24 == 5 { scan(n, seats[n - 1], seats[n]) } else { seats[n] };
        let shots = (0..240).map(|n| Shot { at: Some(scanned(n)), group: (n / 24) as u32, ..Shot::default() });
        let problem = Problem {
            shots: shots.collect(),
            frames: frames.iter().map(|(taken, _)| Frame { taken: Some(*taken), ..Frame::default() }).collect(),
            frames_per_person: 1,
            max_wrong: 1e-4,
            ..Problem::default()
        };
        (problem, right)
    }

    /// While somebody of the sixth class sits the next one is scanned, the first of all when the class comes in.
    fn one_ahead(shot: usize, before: Millis, own: Millis) -> Millis {
        if shot == 120 { own - 15_000 } else { before + 1_500 }
    }

    fn is_shown_whole(answer: &Alignment, right: &[usize], case: &str) {
        let slipped: Vec<usize> =
            (0..240).filter(|s| answer.shots[*s].standing == Standing::Sure && answer.shots[*s].used != Some(right[*s])).collect();
        assert!(slipped.is_empty(), "{case} {slipped:?}");
        assert!(answer.shots[121..143].iter().all(|p| p.why.contains(&Why::OneAhead)), "{case} {:?}", answer.shots[130]);
        assert!((0..240).filter(|s| s / 24 != 5 && answer.shots[*s].standing == Standing::Sure).count() > 190, "{case}");
    }

    #[test]
    fn one_class_scanned_one_person_ahead_is_never_sure_whoever_of_it_was_shot_twice() {
        let cases: [(&str, &[(usize, Millis)]); 6] = [
            ("nobody twice", &[]),
            ("the first twice", &[(120, 5_000)]),
            ("the last twice", &[(143, 5_000)]),
            ("the last twice, a pace later", &[(143, 24_000)]),
            ("the last twice, minutes later", &[(143, 170_000)]),
            ("both twice", &[(120, 5_000), (143, 100_000)]),
        ];
        for (case, more) in cases {
            let (problem, right) = one_class(one_ahead, more);
            let answer = align(&problem);
            is_shown_whole(&answer, &right, case);
            // Both truths are told: what stands, and the picture that is theirs.
            let told = |p: &Placed, right: usize| p.used == Some(right) || p.others.iter().any(|(frame, _)| *frame == right);
            assert!((122..143).all(|s| told(&answer.shots[s], right[s])), "{case} {:?}", answer.shots[130]);
        }
    }

    #[test]
    fn a_frame_that_was_said_not_to_be_somebodys_is_neither_theirs_to_use_nor_one_more_of_theirs() {
        let mut problem = session(200, &[50], &[]);
        assert_eq!(align(&problem).shots[50].used, Some(51));
        problem.rulings.push(Ruling::Not { frame: 51, shot: 50 });
        let answer = align(&problem);
        assert_ne!(answer.shots[50].used, Some(51));
        assert!(answer.frames[51].owner != Some(50) && answer.shots[50].others.iter().all(|(frame, _)| *frame != 51));
        assert_eq!(answer.shots[50].standing, Standing::Doubt);
        assert!(answer.shots[50].why.contains(&Why::Denied), "{:?}", answer.shots[50]);
    }

    #[test]
    fn whoever_lacks_a_frame_beside_one_with_a_frame_too_many_that_nobody_looked_at_is_a_doubt_also_where_that_one_is_confirmed() {
        let mut problem = session(200, &[50], &[51]);
        assert_eq!(align(&problem).shots[51].standing, Standing::Doubt);
        // The first is theirs: whose the second is nobody said.
        problem.rulings.push(Ruling::Use { frame: 50, shot: 50 });
        let answer = align(&problem);
        let next = &answer.shots[51];
        assert_eq!(next.standing, Standing::Doubt);
        assert!(next.used == Some(51) || next.others.iter().any(|(frame, _)| *frame == 51), "{next:?}");
        // Both are theirs: the next one has none.
        problem.rulings.push(Ruling::Use { frame: 51, shot: 50 });
        assert_eq!(align(&problem).shots[51].standing, Standing::NoPhoto);
    }

    #[test]
    fn whoever_sat_out_of_order_and_lacks_a_frame_may_have_the_open_one_on_the_other_side_of_a_neighbour() {
        let mut problem = session(200, &[], &[]);
        problem.shots[101].show = true;
        // They changed places at the chair; three faces were looked at, the picture between is the other one's.
        problem.rulings = [(100, 100), (102, 101), (103, 103)].map(|(frame, shot)| Ruling::Use { frame, shot }).to_vec();
        let other = &align(&problem).shots[102];
        assert_eq!((other.used, other.standing), (None, Standing::Doubt));
        assert!(other.why.contains(&Why::GapBesideExtra) && other.others.iter().any(|(frame, _)| *frame == 101), "{other:?}");
    }

    #[test]
    fn the_last_few_of_a_class_scanned_behind_or_ahead_are_never_sure_of_a_neighbours_frame() {
        for (from, ahead) in [(138, false), (140, false), (130, false), (140, true), (132, true)] {
            let (mut problem, right) = one_class(|_, _, own| own, &[]);
            let seats: Vec<_> = problem.shots.iter().map(|shot| shot.at.unwrap()).collect();
            for shot in from..144 {
                let behind = if shot < 143 { seats[shot + 1] - 5_000 } else { seats[shot] + 20_000 };
                problem.shots[shot].at = Some(if ahead { seats[shot - 1] + 1_500 } else { behind });
            }
            let answer = align(&problem);
            let wrong: Vec<usize> =
                (0..240).filter(|s| answer.shots[*s].standing == Standing::Sure && answer.shots[*s].used != Some(right[*s])).collect();
            assert!(wrong.is_empty(), "{from} {ahead} {wrong:?}");
            assert!(answer.shots.iter().all(|p| p.standing != Standing::NoPhoto), "{from} {ahead}");
            let sure = (0..240).filter(|s| s / 24 != 5 && answer.shots[*s].standing == Standing::Sure).count();
            assert!(sure > 205, "{from} {ahead} {sure}");
        }
    }

    #[test]
    fn a_class_given_the_pictures_one_place_on_leaves_all_others_as_they_were() {
        let (mut problem, right) = one_class(one_ahead, &[]);
        let before = align(&problem);
        let range: Vec<usize> = (121..144).collect();
        shown_to_have(&mut problem, &right, &range);
        let answer = align(&problem);
        assert_eq!(answer.refused, None);
        assert!(range.iter().all(|s| answer.shots[*s].standing == Standing::Confirmed && answer.shots[*s].used == Some(right[*s])));
        let lost: Vec<usize> = (0..240)
            .filter(|s| before.shots[*s].standing == Standing::Sure && answer.shots[*s].standing != Standing::Sure)
            .filter(|s| !range.contains(s))
            .collect();
        assert!(lost.len() <= 2, "{lost:?}");
        assert!((0..240).all(|s| answer.shots[s].standing != Standing::Sure || answer.shots[s].used == Some(right[s])));
    }

    #[test]
    fn a_class_one_person_ahead_whose_first_was_scanned_before_the_pause_is_never_sure() {
        let over = |shot, before, own| if shot == 120 { before + 5_000 } else { one_ahead(shot, before, own) };
        for more in [&[][..], &[(143, 170_000)]] {
            let (problem, right) = one_class(over, more);
            let answer = align(&problem);
            assert!((0..240).all(|s| answer.shots[s].standing != Standing::Sure || answer.shots[s].used == Some(right[s])), "{more:?}");
        }
    }

    #[test]
    fn one_class_scanned_behind_the_camera_is_never_sure_though_the_last_was_shot_twice() {
        for (case, more) in [("soon", (143, 5_000)), ("a little later", (143, 9_000))] {
            let (mut problem, right) = one_class(|_, _, own| own, &[more]);
            // Everybody is scanned when the next one sits down.
            let next: Vec<_> =
                (120..144).map(|s| if s < 143 { problem.shots[s + 1].at } else { problem.shots[s].at.map(|at| at + 26_000) }).collect();
            problem.shots[120..144].iter_mut().zip(next).for_each(|(shot, at)| shot.at = at);
            is_shown_whole(&align(&problem), &right, case);
        }
    }

    #[test]
    fn the_rest_of_a_class_scanned_one_person_ahead_from_its_midst_on_is_never_sure() {
        let from_then_on = |shot, before, own| if shot > 130 { before + 1_500 } else { own };
        let (problem, right) = one_class(from_then_on, &[]);
        let answer = align(&problem);
        assert!((0..240).all(|s| answer.shots[s].standing != Standing::Sure || answer.shots[s].used == Some(right[s])));
        assert!(answer.shots[132..143].iter().all(|p| p.why.contains(&Why::OneAhead)), "{:?}", answer.shots[136]);
        assert!(answer.shots[120..129].iter().all(|p| p.standing == Standing::Sure));
    }

    #[test]
    fn nor_where_the_last_of_it_was_never_photographed_so_that_nothing_is_left_over() {
        for from in [126, 130, 134] {
            let from_then_on = |shot, before, own| if shot > from { before + 1_500 } else { own };
            let (mut problem, right) = one_class(from_then_on, &[]);
            problem.frames.remove(right[143]);
            let right = |shot: usize| right[shot] - usize::from(shot > 143);
            let answer = align(&problem);
            let wrong: Vec<usize> = (0..240)
                .filter(|s| answer.shots[*s].standing == Standing::Sure && (*s == 143 || answer.shots[*s].used != Some(right(*s))))
                .collect();
            assert!(wrong.is_empty(), "{from} {wrong:?}");
            // Nor is anybody but the last said to have no picture.
            let none: Vec<usize> = (0..240).filter(|s| answer.shots[*s].standing == Standing::NoPhoto && *s != 143).collect();
            assert!(none.is_empty(), "{from} {none:?}");
            assert!((0..240).filter(|s| s / 24 != 5 && answer.shots[*s].standing == Standing::Sure).count() > 205, "{from}");
        }
    }

    #[test]
    fn whoever_only_likely_has_no_picture_is_a_doubt_with_the_pictures_that_may_be_theirs() {
        // Scanned at one go, one frame for the two: the second's, or the first's with the second missed.
        let mut problem = session(200, &[], &[101]);
        problem.shots[101].at = problem.shots[100].at.map(|at| at + 1_500);
        let answer = align(&problem);
        let none: Vec<&Placed> = answer.shots[100..102].iter().filter(|p| p.used.is_none()).collect();
        assert_eq!(none.len(), 1);
        assert_eq!(none[0].standing, Standing::Doubt);
        assert!(none[0].others.iter().any(|(frame, _)| *frame == 100), "{none:?}");
    }

    #[test]
    fn classes_scanned_in_time_are_sure_though_the_first_or_the_last_was_shot_twice() {
        for more in [(120, 5_000), (143, 5_000), (120, 9_000)] {
            let (problem, right) = one_class(|_, _, own| own, &[more]);
            let answer = align(&problem);
            let sure = (0..240).filter(|s| answer.shots[*s].standing == Standing::Sure && answer.shots[*s].used == Some(right[*s])).count();
            assert!(sure > 236, "{more:?} {sure}");
        }
    }

    #[test]
    fn a_face_that_was_confirmed_in_the_midst_of_a_class_tells_which_story_is_true() {
        let (mut problem, right) = one_class(|_, _, own| own, &[(143, 24_000)]);
        // The first has no frame, and one is left over at the end.
        problem.frames.remove(right[120]);
        let before = align(&problem);
        let open = |answer: &Alignment| answer.shots[120..144].iter().filter(|p| p.why.contains(&Why::OneAhead)).count();
        assert!(open(&before) > 20, "{}", open(&before));
        problem.rulings.push(Ruling::Use { frame: right[132] - 1, shot: 132 });
        let after = align(&problem);
        assert_eq!(open(&after), 0);
    }

    fn shown_to_have(problem: &mut Problem, right: &[usize], shots: &[usize]) {
        problem.rulings.extend(shots.iter().map(|shot| Ruling::Use { frame: right[*shot], shot: *shot }));
    }

    #[test]
    fn faces_that_tell_of_a_class_scanned_ahead_or_behind_make_it_sure_and_the_right_pictures_with_it() {
        let (ahead, right) = one_class(one_ahead, &[]);
        let mut behind = one_class(|_, _, own| own, &[]).0;
        let next: Vec<_> = (120..144).map(|s| behind.shots[s].at.map(|at| at + if s < 143 { 21_000 } else { 26_000 })).collect();
        behind.shots[120..144].iter_mut().zip(next).for_each(|(shot, at)| shot.at = at);
        for mut problem in [ahead, behind] {
            shown_to_have(&mut problem, &right, &[131]);
            let one = align(&problem);
            assert!((0..240).all(|s| one.shots[s].standing != Standing::Sure || one.shots[s].used == Some(right[s])));
            // The others of the class are drawn as the face tells, and where it began and ceased is asked.
            assert!((123..142).all(|s| one.shots[s].used == Some(right[s])), "{:?}", one.shots[125]);
            let asked: Vec<usize> = one.proofs.iter().flat_map(|p| p.faces.clone()).collect();
            assert!(asked.iter().any(|face| (120..123).contains(face)) && asked.iter().any(|face| (141..145).contains(face)), "{asked:?}");
            let mut told = one;
            for _ in 0..12 {
                let Some(face) = told.proofs.iter().flat_map(|p| p.faces.first().copied()).next() else { break };
                shown_to_have(&mut problem, &right, &[face]);
                told = align(&problem);
                assert!((0..240).all(|s| told.shots[s].standing != Standing::Sure || told.shots[s].used == Some(right[s])));
            }
            let sure = (120..144).filter(|s| matches!(told.shots[*s].standing, Standing::Sure | Standing::Confirmed)).count();
            assert!(sure > 20, "{sure}");
        }
    }

    #[test]
    fn lags_that_wander_by_some_seconds_in_two_hours_are_no_persons_time() {
        let mut problem = session(200, &[], &[]);
        let from = problem.frames[0].taken.unwrap();
        problem.frames.iter_mut().for_each(|f| f.taken = f.taken.map(|at| at + (at - from) / 1_600));
        let answer = align(&problem);
        assert_eq!((answer.refused, answer.clocks[0].rival), (None, None), "{:?}", answer.clocks);
    }

    #[test]
    fn faces_all_over_the_day_bear_out_a_clock_that_seems_to_gain_a_person_and_faces_at_one_end_do_not() {
        let mut problem = session(400, &[], &[]);
        let from = problem.frames[0].taken.unwrap();
        problem.frames.iter_mut().for_each(|f| f.taken = f.taken.map(|at| at + (at - from) / 1_250));
        let before = align(&problem);
        assert!(before.clocks[0].rival.is_some(), "both are named");
        let asked: Vec<usize> = before.proofs.iter().flat_map(|p| p.faces.clone()).collect();
        assert!(asked.len() >= 3 && asked.iter().any(|f| *f < 140) && asked.iter().any(|f| *f > 260), "{asked:?}");
        let right: Vec<usize> = (0..400).collect();
        let mut early = problem.clone();
        shown_to_have(&mut early, &right, &[20, 40, 60, 80]);
        assert_eq!(align(&early).refused, Some(Refusal::TwoOffsets));
        shown_to_have(&mut problem, &right, &[60, 200, 330]);
        assert_eq!(align(&problem).refused, None);
    }

    #[test]
    fn what_is_proposed_in_a_refused_session_is_no_likelier_than_the_session_is_rightly_placed() {
        let ahead = align(&classes(8, |_, [own, sat, ..]| sat.or(own).unwrap()));
        assert_eq!(ahead.refused, Some(Refusal::OneAhead));
        assert!(ahead.shots.iter().all(|p| p.posterior <= 0.1), "{:?}", ahead.shots[20]);
        let together = align(&pairs(150, 2_000, &[], &[]));
        assert!(together.shots.iter().all(|p| p.posterior <= 0.75));
        assert_eq!(together.proofs, [], "no face ends this");
    }

    #[test]
    fn near_a_jump_of_the_clock_nobody_is_said_to_have_no_picture() {
        let mut problem = session(400, &[], &[203, 350]);
        problem.frames.iter_mut().skip(200).for_each(|f| f.taken = f.taken.map(|at| at + 300_000));
        let answer = align(&problem);
        assert_eq!(answer.clocks[0].jumps.len(), 1);
        assert_eq!((answer.shots[203].used, answer.shots[203].standing), (None, Standing::Doubt));
        assert!(answer.shots[203].why.contains(&Why::NearJump));
        assert_eq!(answer.shots[350].standing, Standing::NoPhoto);
    }

    #[test]
    fn two_last_frames_of_one_second_are_sure_by_their_numbers_only() {
        let twice: Vec<usize> = (20..80).collect();
        let mut problem = session(200, &twice, &[]);
        (0..60).for_each(|i| problem.frames[21 + 2 * i].taken = problem.frames[20 + 2 * i].taken);
        let numbered = align(&problem);
        assert!(numbered.shots.iter().all(|p| !p.why.contains(&Why::SameMoment)));
        problem.frames.iter_mut().for_each(|f| f.counter = None);
        let answer = align(&problem);
        assert!(answer.shots[20..80].iter().all(|p| p.standing == Standing::Doubt), "{:?}", answer.shots[50]);
        assert!(answer.shots[20..80].iter().any(|p| p.why.contains(&Why::SameMoment)), "{:?}", answer.shots[50]);
    }

    #[test]
    fn whoever_has_a_logged_retake_and_one_frame_is_looked_at() {
        let mut problem = session(200, &[50], &[]);
        problem.shots[50].retakes = 1;
        problem.shots[120].retakes = 1;
        let answer = align(&problem);
        assert_eq!(answer.shots[50].standing, Standing::Sure);
        assert_eq!((answer.shots[120].used, answer.shots[120].standing), (Some(121), Standing::Doubt));
        assert!(answer.shots[120].why.contains(&Why::RetakeMissing));
    }

    #[test]
    fn a_frame_in_the_pause_may_be_the_last_one_s_of_the_class_before() {
        let (problem, _) = one_class(|_, _, own| own, &[(143, 120_000)]);
        let answer = align(&problem);
        assert!(answer.shots[143].why.contains(&Why::FramesUnclaimed), "{:?}", answer.shots[143]);
        assert_eq!(answer.shots[142].standing, Standing::Sure);
    }

    /// Two scanned at once at the door, then one after the other before the camera; `unlogged` was not scanned, `missed` has no frame.
    fn pairs(couples: usize, apart: Millis, unlogged: &[usize], missed: &[usize]) -> Problem {
        let mut problem = Problem { frames_per_person: 1, max_wrong: 1e-4, ..Problem::default() };
        let mut at = 1_600_000_000_000;
        for couple in 0..couples {
            let wobble = |by: usize, of: usize| (couple * by % of) as Millis * 500;
            let frames = [at + 5_000 + wobble(104_729, 5), at + 15_000 + wobble(7_907, 23)];
            for (second, taken) in frames.into_iter().enumerate() {
                let person = couple * 2 + second;
                if !unlogged.contains(&person) {
                    problem.shots.push(Shot { at: Some(at + second as Millis * apart), ..Shot::default() });
                }
                if !missed.contains(&person) {
                    problem.frames.push(Frame { taken: Some(taken + OFFSET), ..Frame::default() });
                }
            }
            at = frames[1] + 6_000 + wobble(15_485_863, 37) + if couple % 25 == 24 { 150_000 } else { 0 };
        }
        problem
    }

    #[test]
    fn two_people_scanned_together_at_the_door_make_nothing_sure_and_are_proposed_as_they_went_in() {
        let answer = align(&pairs(150, 2_000, &[], &[]));
        assert_eq!(answer.refused, Some(Refusal::ScannedTogether));
        assert_eq!(wrong(&answer), 0);
        assert!(answer.shots.iter().all(|p| p.why.contains(&Why::ScannedTogether)));
        let right = answer.shots.iter().enumerate().filter(|(s, p)| p.used == Some(*s)).count();
        assert!(right > 285, "{right} of 300");
    }

    #[test]
    fn of_an_hour_of_pairs_behind_a_usual_day_nobody_is_sure() {
        let mut problem = session(200, &[], &[]);
        let (shift, frames) = (problem.shots[199].at.unwrap() + 400_000 - 1_600_000_000_000, problem.frames.len());
        let pairs = pairs(50, 2_000, &[], &[]);
        problem.shots.extend(pairs.shots.into_iter().map(|s| Shot { at: s.at.map(|at| at + shift), ..s }));
        problem.frames.extend(pairs.frames.into_iter().enumerate().map(|(i, f)| Frame {
            taken: f.taken.map(|at| at + shift),
            counter: Some(((9_900 + frames + i) % 9_999 + 1) as u32),
            ..f
        }));
        let answer = align(&problem);
        assert_eq!(wrong(&answer), 0);
        assert!(answer.shots[200..].iter().all(|p| p.standing != Standing::Sure));
    }

    #[test]
    fn a_clock_that_seems_to_gain_a_person_in_the_course_of_the_day_is_no_clock() {
        let mut problem = session(400, &[], &[]);
        let from = problem.frames[0].taken.unwrap();
        problem.frames.iter_mut().for_each(|f| f.taken = f.taken.map(|at| at + (at - from) / 1_250));
        let answer = align(&problem);
        assert_eq!(answer.refused, Some(Refusal::TwoOffsets), "{:?}", answer.clocks);
    }

    #[test]
    fn scans_when_people_leave_the_chair_move_nobody() {
        let mut problem = classes(10, |shot, [.., own]| own.unwrap() + 1_000 + (shot as Millis * 7_919 % 3_000));
        problem.ties.push(Tie::Clock { camera: None, at: 1_600_000_000_000, shown: 1_600_000_000_000 + OFFSET });
        assert_eq!(wrong(&align(&problem)), 0);
    }

    #[test]
    fn an_offset_typed_wrong_by_a_pace_makes_nothing_wrong_sure() {
        for shots in [40, 56, 300] {
            for wrong_by in [-30_000, 25_000, 30_000] {
                let mut problem = session(shots, &[], &[]);
                problem.ties.push(Tie::Offset { camera: 0, offset: OFFSET + wrong_by, within: 6_000 });
                assert_eq!(wrong(&align(&problem)), 0, "{shots} {wrong_by}");
            }
        }
    }

    fn anything() -> impl Strategy<Value = Problem> {
        let time = prop_oneof![4 => 0..4_000_000_i64, 1 => any::<i64>()];
        let timing = prop_oneof![6 => Just(Timing::Seated), 1 => Just(Timing::Called), 1 => Just(Timing::Handed)];
        let shot = (proptest::option::weighted(0.9, time.clone()), timing, 0..3_u8, any::<bool>(), 0..4_u32, any::<bool>())
            .prop_map(|(at, timing, retakes, void, group, show)| Shot { at, timing, retakes, void, group, show });
        let named = proptest::option::weighted(0.2, (0..30_usize, -0.5..1.5_f64));
        let frame = (
            0..3_u16,
            proptest::option::of(0..10_000_u32),
            proptest::option::weighted(0.9, time.clone()),
            named,
            proptest::option::weighted(0.2, 0..4_u32),
            proptest::option::weighted(0.05, 0..30_usize),
            proptest::bool::weighted(0.05),
        )
            .prop_map(|(camera, counter, taken, named, folder_group, marker, sync)| Frame {
                camera,
                counter,
                folder: None,
                taken,
                named,
                folder_group,
                marker,
                sync,
            });
        let tie = prop_oneof![
            (time.clone(), time.clone()).prop_map(|(at, shown)| Tie::Clock { camera: None, at, shown }),
            (0..30_usize, any::<u32>()).prop_map(|(after, value)| Tie::Count { after, value }),
            (0..30_usize, any::<u32>()).prop_map(|(after, frames)| Tie::Tests { after, frames }),
            (0..30_usize, proptest::option::of(time.clone())).prop_map(|(after, at)| Tie::Camera { after, at }),
            (0..3_u16, time.clone(), any::<i64>()).prop_map(|(camera, offset, within)| Tie::Offset { camera, offset, within }),
        ];
        let ruling = prop_oneof![
            (0..40_usize, 0..30_usize).prop_map(|(frame, shot)| Ruling::Use { frame, shot }),
            (0..40_usize, 0..30_usize).prop_map(|(frame, shot)| Ruling::Shows { frame, shot }),
            (0..40_usize).prop_map(|frame| Ruling::Nobody { frame }),
            (0..30_usize).prop_map(|shot| Ruling::NoFrame { shot }),
        ];
        let some = |n| 0..n;
        (
            proptest::collection::vec(shot, some(25)),
            proptest::collection::vec(frame, some(35)),
            proptest::collection::vec(tie, some(4)),
            proptest::collection::vec(ruling, some(6)),
            0..3_u8,
        )
            .prop_map(|(shots, frames, ties, rulings, frames_per_person)| Problem {
                shots,
                frames,
                ties,
                rulings,
                frames_per_person,
                max_wrong: 1e-4,
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn whatever_is_given_gets_an_answer_in_bounds(problem in anything()) {
            let answer = align(&problem);
            prop_assert_eq!(answer.shots.len(), problem.shots.len());
            prop_assert_eq!(answer.frames.len(), problem.frames.len());
            prop_assert!(answer.shots.iter().all(|p| (0.0..=1.0).contains(&p.posterior)));
            prop_assert!(answer.shots.iter().flat_map(|p| &p.others).all(|(_, p)| (0.0..=1.0).contains(p)));
            prop_assert!(answer.frames.iter().all(|f| (0.0..=1.0).contains(&f.posterior)));
            prop_assert!((0.0..=1.0).contains(&answer.expected_wrong));
            let mut used: Vec<usize> = answer.shots.iter().filter_map(|p| p.used).collect();
            let all = used.len();
            used.sort_unstable();
            used.dedup();
            prop_assert_eq!(used.len(), all, "one frame is used for two");
            let decided = Decided::of(&problem);
            for (shot, frame) in &decided.shots {
                if !problem.shots.is_empty() && !problem.frames.is_empty() {
                    prop_assert_eq!(answer.shots[*shot].used, *frame);
                }
            }
            for cause in &answer.causes {
                prop_assert!(cause.from <= cause.to && cause.to < problem.shots.len());
                prop_assert!((0.0..=1.0).contains(&cause.confidence));
            }
        }

        #[test]
        fn of_people_scanned_together_nobody_is_ever_sure_of_another_s_frame(
            couples in 12..60_usize,
            apart in 1_000..3_500_i64,
            unlogged in proptest::collection::vec(0..120_usize, 0..3),
            missed in proptest::collection::vec(0..120_usize, 0..3),
        ) {
            let answer = align(&pairs(couples, apart, &unlogged, &missed));
            prop_assert!(answer.shots.iter().all(|p| p.standing != Standing::Sure));
        }

        #[test]
        fn owners_never_go_back_along_one_camera(twice in proptest::collection::vec(0..80_usize, 0..9), missed in proptest::collection::vec(0..80_usize, 0..4)) {
            let answer = align(&session(80, &twice, &missed));
            let owners: Vec<usize> = answer.frames.iter().filter(|f| f.role == Role::Used).filter_map(|f| f.owner).collect();
            prop_assert!(owners.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
