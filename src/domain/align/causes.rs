//! Where and why "the n-th picture is the n-th person's" breaks, and whose picture counting would give whom.
//!
//! ```text
//!   shots        0411   0412   0413   0414
//!   frames        1     2  3    4      5         0412 was shot twice
//!   counting      1     2       3      4         from 0413 on everybody gets the picture before: shift +1
//! ```

use super::outcome::{Cause, CauseKind, Placed, Role, Used};
use super::problem::{Problem, Tie};

/// Names less reliable than this contradict nothing.
const NAMES: f64 = 0.5;
/// So many seconds from a person's frame another of theirs may have been taken: whoever blinked is asked for another when somebody has
/// looked at the camera.
pub(super) const ANOTHER: f64 = 25.0;
/// Shots looked through for an example.
const EXAMPLES: usize = 60;

/// The session as counting and as the aligner see it.
struct Count<'a> {
    problem: &'a Problem,
    frames: &'a [Used],
    /// Frames that count, in capture order.
    order: Vec<usize>,
    /// Frames of each shot.
    own: Lists,
    /// Frames of nobody after each shot (the first: before all).
    nobody: Lists,
    /// How many frames each shot should have.
    need: Vec<usize>,
    /// Place in `order` of each shot's first frame by counting.
    start: Vec<usize>,
}

/// Frames by the list they belong to, all in one: a list of their own for each of a million shots would be mostly overhead.
#[derive(Default)]
struct Lists(Vec<(u32, u32)>);

impl Lists {
    /// The frames of one list, in the order in which they were put there.
    fn of(&self, list: usize) -> Vec<usize> {
        let from = self.0.partition_point(|(of, _)| (*of as usize) < list);
        self.0[from..].iter().take_while(|(of, _)| *of as usize == list).map(|(_, frame)| *frame as usize).collect()
    }
}

/// The causes, in queue order. `none` is the posterior of having no frame, by shot; `jumps` are first frames behind a jump of a clock.
pub fn causes(problem: &Problem, shots: &[Placed], frames: &[Used], none: &[f64], jumps: &[usize]) -> Vec<Cause> {
    let count = Count::new(problem, frames);
    let mut out: Vec<Cause> = Vec::new();
    let mut tests = tests(problem);
    count.extras(0, &count.nobody.of(0), tests.first_mut(), &mut out);
    for (shot, none) in none.iter().enumerate().take(problem.shots.len()) {
        count.sitting(shot, *none, &mut out);
        count.extras(shot + 1, &count.nobody.of(shot + 1), tests.get_mut(shot + 1), &mut out);
    }
    stretches(&count, &mut out);
    for &frame in jumps {
        let at = frames[frame].owner.or_else(|| next_owner(&count, frame)).unwrap_or(0);
        out.push(Cause { at, frames: vec![frame], from: at, to: at, confidence: 0.99, ..blank(CauseKind::ClockJump) });
    }
    out.extend(contradictions(&count, shots));
    out.sort_by_key(|c| (c.at, c.from, c.frames.first().copied()));
    out
}

fn blank(kind: CauseKind) -> Cause {
    Cause { kind, at: 0, frames: Vec::new(), from: 0, to: 0, shift: 0, example: None, gap_s: None, maybe: Vec::new(), confidence: 0.0 }
}

/// Announced test frames by the number of shots before them.
fn tests(problem: &Problem) -> Vec<usize> {
    let mut out = vec![0_usize; problem.shots.len() + 1];
    for tie in &problem.ties {
        if let Tie::Tests { after, frames } = *tie
            && let Some(n) = out.get_mut(after)
        {
            *n = n.saturating_add(frames as usize);
        }
    }
    out
}

impl<'a> Count<'a> {
    fn new(problem: &'a Problem, frames: &'a [Used]) -> Self {
        let shots = problem.shots.len();
        let mut order: Vec<usize> = (0..frames.len()).filter(|&f| !matches!(frames[f].role, Role::Sync | Role::Marker)).collect();
        order.sort_by_key(|&f| frames[f].place);
        let (mut own, mut nobody) = (Lists::default(), Lists::default());
        let mut last = 0;
        for &frame in &order {
            match frames[frame].owner {
                Some(shot) if shot < shots => {
                    own.0.push((shot as u32, frame as u32));
                    last = last.max(shot + 1);
                }
                _ => nobody.0.push((last as u32, frame as u32)),
            }
        }
        own.0.sort_by_key(|(shot, _)| *shot);
        let planned = usize::from(problem.frames_per_person);
        let need: Vec<usize> = (0..shots)
            .map(|s| match planned {
                // 不定: counting takes as many as there are.
                0 => own.of(s).len().max(1),
                // Of several frames some were deleted by the photographer: nobody lacks a picture, and counting goes on.
                plan => match own.of(s).len() {
                    0 => plan + usize::from(problem.shots[s].retakes),
                    taken => (plan + usize::from(problem.shots[s].retakes)).min(taken),
                },
            })
            .collect();
        let tests = tests(problem);
        let mut at = 0;
        let start = (0..shots)
            .map(|s| {
                at += tests[s];
                let here = at;
                at += need[s];
                here
            })
            .collect();
        Self { problem, frames, order, own, nobody, need, start }
    }

    /// More or fewer frames of one person than planned and logged.
    fn sitting(&self, shot: usize, none: f64, out: &mut Vec<Cause>) {
        let (own, need) = (self.own.of(shot), self.need[shot]);
        if own.len() > need {
            let surplus = own[need..].to_vec();
            let confidence = surplus.iter().map(|f| self.frames[*f].posterior).product();
            let gap_s = self.gap(surplus[0]);
            let shift = surplus.len() as i32;
            out.push(Cause { at: shot, frames: surplus, from: shot + 1, shift, gap_s, confidence, ..blank(CauseKind::Retake) });
        } else if own.is_empty() {
            let shift = -i32::try_from(need).unwrap_or(i32::MAX);
            out.push(Cause { at: shot, from: shot, shift, confidence: none, ..blank(CauseKind::Missed) });
        }
    }

    /// Frames of nobody after so many shots; those announced as tests are no surprise.
    fn extras(&self, after: usize, frames: &[usize], tests: Option<&mut usize>, out: &mut Vec<Cause>) {
        let announced = tests.map_or(0, std::mem::take);
        let (tested, left) = frames.split_at(announced.min(frames.len()));
        if tested.len() < announced && !self.order.is_empty() {
            let shift = tested.len() as i32 - announced as i32;
            out.push(Cause { at: after.saturating_sub(1), from: after, shift, confidence: 0.5, ..blank(CauseKind::Missed) });
        }
        // Whoever was photographed without a scan between two such people is one of them, however stray the frame looks.
        let strangers = |f: &usize| self.frames[*f].role == Role::Unclaimed;
        let (first, last) = (left.iter().position(strangers), left.iter().rposition(strangers));
        let (from, to) = first.zip(last).map_or((0, 0), |(first, last)| (first, last + 1));
        for run in [&left[..from], &left[from..to], &left[to..]].into_iter().filter(|run| !run.is_empty()) {
            let kind = if strangers(&run[0]) { CauseKind::Unlogged } else { CauseKind::Extra };
            let confidence = run.iter().map(|f| self.frames[*f].posterior).product();
            let gap_s = self.gap(run[0]);
            let maybe = if let [frame] = run { self.maybe(*frame) } else { Vec::new() };
            let (at, shift) = (after.saturating_sub(1), run.len() as i32);
            out.push(Cause { at, frames: run.to_vec(), from: after, shift, gap_s, maybe, confidence, ..blank(kind) });
        }
    }

    /// The shots with a frame so near to one of nobody that this one may be theirs too.
    fn maybe(&self, frame: usize) -> Vec<usize> {
        let place = self.order.binary_search_by_key(&self.frames[frame].place, |f| self.frames[*f].place);
        let Ok(place) = place else { return Vec::new() };
        let near = |place: Option<usize>| {
            let other = *self.order.get(place?)?;
            self.frames[other].owner.filter(|_| self.between(frame, other).is_some_and(|gap| gap.abs() < ANOTHER))
        };
        [place.checked_sub(1), Some(place + 1)].into_iter().filter_map(near).collect()
    }

    /// Seconds to the frame before, by one camera's clock.
    fn gap(&self, frame: usize) -> Option<f64> {
        let place = self.order.binary_search_by_key(&self.frames[frame].place, |f| self.frames[*f].place).ok()?;
        self.between(frame, *self.order.get(place.checked_sub(1)?)?)
    }

    /// Seconds from a frame to another, by one camera's clock.
    fn between(&self, frame: usize, before: usize) -> Option<f64> {
        let (now, then) = (&self.problem.frames[frame], &self.problem.frames[before]);
        if now.camera != then.camera {
            return None;
        }
        let gap = i128::from(now.taken?) - i128::from(then.taken?);
        Some(gap as f64 / 1_000.0)
    }

    /// Whose picture counting gives a shot: of the last frame it would take.
    fn counted(&self, shot: usize) -> Option<Option<usize>> {
        let frame = self.order.get(self.start[shot] + self.need[shot] - 1)?;
        Some(self.frames[*frame].owner)
    }

    fn example(&self, from: usize, to: usize) -> Option<(usize, Option<usize>)> {
        let wrong = |shot: usize| self.counted(shot).filter(|o| *o != Some(shot)).map(|o| (shot, o));
        let near = (from..=to).take(EXAMPLES).filter_map(wrong);
        let mut any = None;
        for found in near {
            if found.1.is_some() {
                return Some(found);
            }
            any = any.or(Some(found));
        }
        any
    }
}

/// Adds the shifts up and says how far each cause reaches.
fn stretches(count: &Count, causes: &mut [Cause]) {
    let mut shift = 0;
    let ends: Vec<usize> = causes.iter().skip(1).map(|c| c.from).chain([count.problem.shots.len()]).collect();
    for (cause, end) in causes.iter_mut().zip(ends) {
        shift += cause.shift;
        cause.shift = shift;
        if shift == 0 || end <= cause.from {
            (cause.from, cause.to) = (cause.at, cause.at);
        } else {
            cause.to = end - 1;
            cause.example = count.example(cause.from, cause.to);
        }
    }
}

fn next_owner(count: &Count, frame: usize) -> Option<usize> {
    let place = count.frames[frame].place;
    let from = count.order.partition_point(|f| count.frames[*f].place < place);
    count.order[from..].iter().take(EXAMPLES).find_map(|f| count.frames[*f].owner)
}

/// Runs of names that say another person than order and time.
fn contradictions(count: &Count, shots: &[Placed]) -> Vec<Cause> {
    let mut out: Vec<Cause> = Vec::new();
    for &frame in &count.order {
        let Some((named, right)) = count.problem.frames[frame].named else { continue };
        let Some(owner) = count.frames[frame].owner else { continue };
        if right < NAMES || named == owner || named >= shots.len() {
            continue;
        }
        let off = owner as i64 - named as i64;
        let posterior = count.frames[frame].posterior;
        match out.last_mut() {
            // One slip in naming makes many names wrong by the same.
            Some(c) if owner <= c.to + 3 && c.example.is_some_and(|(n, o)| o.map(|o| o as i64 - n as i64) == Some(off)) => {
                c.frames.push(frame);
                (c.to, c.confidence) = (c.to.max(owner), c.confidence.min(posterior));
            }
            _ => out.push(Cause {
                at: owner,
                frames: vec![frame],
                from: owner,
                to: owner,
                example: Some((named, Some(owner))),
                confidence: posterior,
                ..blank(CauseKind::NameContradicts)
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::align::problem::{Frame, Shot};

    fn told(owners: &[Option<usize>], shots: usize) -> Vec<Cause> {
        told_of(owners, shots, &[])
    }

    /// `strangers` are frames of somebody who was not scanned.
    fn told_of(owners: &[Option<usize>], shots: usize, strangers: &[usize]) -> Vec<Cause> {
        let problem = Problem {
            shots: vec![Shot::default(); shots],
            frames: (0..owners.len()).map(|i| Frame { taken: Some(i as i64 * 29_000), ..Frame::default() }).collect(),
            frames_per_person: 1,
            ..Problem::default()
        };
        let frames: Vec<Used> = owners
            .iter()
            .enumerate()
            .map(|(place, owner)| {
                let role = match owner {
                    Some(_) => Role::Used,
                    None if strangers.contains(&place) => Role::Unclaimed,
                    None => Role::Extra,
                };
                Used { role, owner: *owner, posterior: 0.97, place }
            })
            .collect();
        causes(&problem, &vec![Placed::default(); shots], &frames, &vec![0.9; shots], &[])
    }

    #[test]
    fn someone_shot_twice_gives_the_next_one_their_picture() {
        let causes = told(&[Some(0), Some(1), Some(1), Some(2), Some(3)], 4);
        assert_eq!(causes.len(), 1);
        let cause = &causes[0];
        assert_eq!((cause.kind, cause.at, cause.from, cause.to, cause.shift), (CauseKind::Retake, 1, 2, 3, 1));
        assert_eq!(cause.example, Some((2, Some(1))));
        assert_eq!(cause.gap_s, Some(29.0));
        assert_eq!(cause.frames, [2]);
    }

    #[test]
    fn a_missed_one_after_a_retake_ends_the_shift() {
        let causes = told(&[Some(0), Some(0), Some(1), Some(3)], 4);
        assert_eq!(causes.len(), 2);
        assert_eq!((causes[0].from, causes[0].to, causes[0].shift), (1, 1, 1));
        assert_eq!((causes[1].kind, causes[1].at, causes[1].shift, causes[1].example), (CauseKind::Missed, 2, 0, None));
    }

    #[test]
    fn a_frame_of_nobody_before_all_shifts_everybody() {
        let causes = told(&[None, Some(0), Some(1)], 2);
        assert_eq!((causes[0].kind, causes[0].at, causes[0].from, causes[0].to, causes[0].shift), (CauseKind::Extra, 0, 0, 1, 1));
        assert_eq!(causes[0].example, Some((1, Some(0))));
    }

    #[test]
    fn people_who_were_not_scanned_one_after_the_other_are_one_cause_whatever_one_of_them_looks_like() {
        // Frame 3 looks like a stray between them, and frame 5 like one behind them.
        let owners = [Some(0), None, None, None, None, None, Some(1), Some(2)];
        let causes = told_of(&owners, 3, &[1, 2, 4]);
        let told: Vec<_> = causes.iter().map(|c| (c.kind, c.frames.clone())).collect();
        assert_eq!(told, [(CauseKind::Unlogged, vec![1, 2, 3, 4]), (CauseKind::Extra, vec![5])]);
        assert_eq!(causes[1].shift, 5);
    }

    #[test]
    fn a_retake_whose_first_frame_was_deleted_is_no_missing_picture() {
        let problem = Problem {
            shots: (0..4).map(|s| Shot { retakes: u8::from(s == 1), ..Shot::default() }).collect(),
            frames: (0..4).map(|i| Frame { taken: Some(i * 29_000), ..Frame::default() }).collect(),
            frames_per_person: 1,
            ..Problem::default()
        };
        let frames: Vec<Used> = (0..4).map(|place| Used { role: Role::Used, owner: Some(place), posterior: 0.97, place }).collect();
        assert_eq!(causes(&problem, &vec![Placed::default(); 4], &frames, &[0.0; 4], &[]), []);
    }

    #[test]
    fn counting_that_holds_has_no_causes() {
        assert_eq!(told(&[Some(0), Some(1), Some(2)], 3), []);
    }
}
