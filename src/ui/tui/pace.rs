//! The pace of a session: how long each person takes while people are being photographed.

use crate::domain::ids::Millis;
use crate::domain::sitting::{Course, TieKind};

/// A minute.
const MINUTE: Millis = 60_000;
/// How much work the pace looks back on.
const WINDOW: Millis = 20 * MINUTE;
/// Nobody takes so long before the camera: the photographer was not at work, whether 暂停 was said or not.
const IDLE: Millis = 5 * MINUTE;
/// From so many people on there is a pace.
const FEWEST: usize = 3;

/// People an hour, and seconds a person, over the last twenty minutes of work; nothing before three were shot.
///
/// Time that was paused, and time in which nobody sat down, is no work: after lunch the pace is the one of before.
pub fn pace(course: &Course, now: Millis) -> Option<(u32, u32)> {
    let mut times: Vec<Millis> = course.sittings.iter().filter(|s| !s.void).filter_map(|s| s.at()).filter(|t| *t <= now).collect();
    times.sort_unstable();
    let pauses = pauses(course, &times);
    let (mut worked, mut people) = (0, 0_i64);
    for pair in times.windows(2).rev() {
        let gap = work(&pauses, pair[0], pair[1]);
        if gap > IDLE {
            continue;
        }
        if worked + gap > WINDOW {
            break;
        }
        (worked, people) = (worked + gap, people + 1);
    }
    if times.len() < FEWEST || people == 0 {
        return None;
    }
    // Whoever sits now and takes longer than the others slows the pace while they sit.
    let since = times.last().map_or(0, |last| work(&pauses, *last, now));
    if since <= IDLE && since * people > worked {
        (worked, people) = (worked + since, people + 1);
    }
    // A few scans made up for in a row are no pace.
    let each = worked.max(MINUTE) / people;
    Some(((3_600_000 / each).min(Millis::from(u32::MAX)) as u32, (each / 1_000) as u32))
}

/// From when to when it was paused; the last one may go on.
fn pauses(course: &Course, times: &[Millis]) -> Vec<(Millis, Millis)> {
    let mut pauses: Vec<(Millis, Millis)> = Vec::new();
    let mut since = None;
    for tie in &course.ties {
        match (&tie.kind, tie.at) {
            (TieKind::Pause, Some(at)) => since = since.or(Some(at)),
            (TieKind::Resume, Some(at)) => pauses.extend(since.take().map(|from| (from, at))),
            _ => {}
        }
    }
    pauses.extend(since.map(|from| (from, Millis::MAX)));
    // Whoever sits down ends it.
    let next = |from: Millis| times.iter().copied().find(|at| *at > from);
    pauses.into_iter().map(|(from, to)| (from, next(from).map_or(to, |at| at.min(to)))).collect()
}

/// What of a stretch was not paused.
fn work(pauses: &[(Millis, Millis)], from: Millis, to: Millis) -> Millis {
    let paused: Millis = pauses.iter().map(|(begun, ended)| ((*ended).min(to) - (*begun).max(from)).max(0)).sum();
    (to - from - paused).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EntryId, StationId};
    use crate::domain::sitting::{Sitting, Tie};
    use crate::domain::visit::Subject;

    const SECOND: Millis = 1_000;

    fn course(times: &[Millis], ties: &[(Millis, TieKind)]) -> Course {
        let sitting = |at: &Millis| Sitting {
            subject: Subject::Code("1".to_owned()),
            entry: EntryId { station: StationId(1), seq: 1 },
            shown: None,
            rank: None,
            entered_at: None,
            shot_at: Some(*at),
            confirmed: true,
            backfilled: false,
            void: false,
            sent_back: false,
            retakes: 0,
            second: false,
            voided_before: 0,
        };
        let tie = |(at, kind): &(Millis, TieKind)| Tie { after: 0, at: Some(*at), kind: kind.clone() };
        Course { sittings: times.iter().map(sitting).collect(), ties: ties.iter().map(tie).collect(), ..Course::default() }
    }

    fn every(seconds: Millis, from: Millis, n: Millis) -> Vec<Millis> {
        (0..n).map(|i| from + i * seconds * SECOND).collect()
    }

    #[test]
    fn three_people_make_a_pace_and_two_do_not() {
        assert_eq!(pace(&course(&every(30, 0, 2), &[]), 40 * SECOND), None);
        assert_eq!(pace(&course(&every(30, 0, 3), &[]), 70 * SECOND), Some((120, 30)));
    }

    #[test]
    fn a_pause_is_no_work_whether_it_was_said_or_not() {
        let mut times = every(20, 0, 60);
        times.extend(every(20, 120 * MINUTE, 3));
        let now = 120 * MINUTE + 45 * SECOND;
        let said = [(21 * MINUTE, TieKind::Pause), (119 * MINUTE, TieKind::Resume)];
        assert_eq!(pace(&course(&times, &[]), now).map(|(_, each)| each), Some(20));
        let each = pace(&course(&times, &said), now).map(|(_, each)| each);
        assert!(each.is_some_and(|each| (20..=22).contains(&each)), "{each:?}: the minute before and behind the pause counts");
    }

    #[test]
    fn a_pause_that_goes_on_leaves_the_pace_as_it_was() {
        let times = every(20, 0, 60);
        let paused = course(&times, &[(20 * MINUTE, TieKind::Pause)]);
        assert_eq!(pace(&paused, 24 * MINUTE), pace(&paused, 80 * MINUTE));
    }

    #[test]
    fn whoever_sits_down_ends_a_pause_that_nobody_ended() {
        let mut times = every(20, 0, 9);
        times.extend(every(20, 4 * MINUTE, 4));
        let of = |ties: &[(Millis, TieKind)]| pace(&course(&times, ties), 5 * MINUTE).map(|(_, each)| each);
        assert_eq!(of(&[(161 * SECOND, TieKind::Pause)]), Some(18), "the gap of the pause adds one second of work and one person");
        assert!(of(&[]) > of(&[(161 * SECOND, TieKind::Pause)]));
    }

    #[test]
    fn whoever_sits_long_slows_it() {
        let times = every(20, 0, 4);
        let of = |seconds: Millis| pace(&course(&times, &[]), (60 + seconds) * SECOND).map(|(_, each)| each);
        assert_eq!((of(10), of(60)), (Some(20), Some(30)));
    }
}
