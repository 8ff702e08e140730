//! Pictures without times, by counting: the n-th picture to the n-th person, anew behind every picture that a person has decided about.
//!
//! ```text
//!   people    1 2 3 4 5 6 7        confirmed: 4 is picture 5; nobody: picture 2
//!   pictures  1 · 3 4 5 6 7        1→1  2→3  3→4  4→5 | 5→6  6→7  7→none
//! ```
//! Nothing is sure by it: a proposal to look at, which moves up or down as gaps are put in and pictures dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::align::outcome::{Alignment, Method, Placed, Proof, Role, Standing, Used, Why};
use crate::domain::align::problem::{Problem, Ruling};

/// Chance of a proposal where the pictures between two decided ones are as many as the people, and where they are not.
const EVEN: f64 = 0.9;
const UNEVEN: f64 = 0.5;

/// Proposes pictures by counting, in place of what the aligner says of an order that no time bears out. Whoever has a file of their own name
/// (`named`) is not counted.
pub fn propose(problem: &Problem, named: &BTreeSet<usize>, alignment: &mut Alignment) {
    let decided = Decided::of(problem);
    let mut order: Vec<usize> = (0..problem.frames.len()).collect();
    order.sort_by_key(|f| alignment.frames.get(*f).map_or(usize::MAX, |u| u.place));
    let frames: Vec<usize> = order.into_iter().filter(|f| !decided.nobody(*f) && !problem.frames[*f].sync).collect();
    let counts = |s: &usize| !problem.shots[*s].void && !decided.none.contains(s) && !named.contains(s);
    let people: Vec<usize> = (0..problem.shots.len()).filter(counts).collect();
    let mut state = State { alignment, proofs: Vec::new() };
    state.begin(problem, &decided);
    for (people, frames) in folders(problem, &people, &frames) {
        let (mut person, mut frame) = (0, 0);
        // Pictures decided about, in the order of the people; one that would turn the order round stands for itself alone.
        for (shot, used) in &decided.pairs {
            let (Some(at), Some(place)) = (people.iter().position(|s| s == shot), frames.iter().position(|f| f == used)) else { continue };
            if at >= person && place >= frame {
                state.count(&people[person..at], &frames[frame..place], (person > 0, true));
                (person, frame) = (at + 1, place + 1);
            }
        }
        state.count(&people[person..], &frames[frame..], (person > 0, false));
    }
    let proofs = state.proofs;
    alignment.proofs = proofs;
    alignment.causes.clear();
    alignment.expected_wrong = 0.0;
}

/// People and pictures that are counted together: where folders are classes each class by itself, so that one too few in the one moves nobody
/// of the next.
fn folders(problem: &Problem, people: &[usize], frames: &[usize]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let classes: BTreeSet<u32> = frames.iter().filter_map(|f| problem.frames[*f].folder_group).collect();
    let own = |class: Option<u32>| class.filter(|class| classes.contains(class));
    let of = |class: Option<u32>| {
        let people = people.iter().copied().filter(|s| own(Some(problem.shots[*s].group)) == class).collect();
        (people, frames.iter().copied().filter(|f| problem.frames[*f].folder_group == class).collect())
    };
    classes.iter().copied().map(Some).chain([None]).map(of).collect()
}

/// What people decided, the last word on each.
struct Decided {
    /// Shot → its frame to use.
    pairs: BTreeMap<usize, usize>,
    /// Frames shown to be somebody's or nobody's: no part of the count.
    out: BTreeSet<usize>,
    /// Shots without a frame.
    none: BTreeSet<usize>,
}

impl Decided {
    fn of(problem: &Problem) -> Self {
        let mut decided = Self { pairs: BTreeMap::new(), out: BTreeSet::new(), none: BTreeSet::new() };
        for ruling in &problem.rulings {
            match *ruling {
                Ruling::Use { frame, shot } => {
                    decided.pairs.retain(|_, f| *f != frame);
                    decided.out.remove(&frame);
                    decided.none.remove(&shot);
                    decided.pairs.insert(shot, frame);
                }
                Ruling::Shows { frame, .. } | Ruling::Nobody { frame } => {
                    decided.pairs.retain(|_, f| *f != frame);
                    decided.out.insert(frame);
                }
                // The frame is still counted: whose it is instead the count says.
                Ruling::Not { frame, shot } => decided.pairs.retain(|s, f| (*s, *f) != (shot, frame)),
                Ruling::NoFrame { shot } => {
                    decided.pairs.remove(&shot);
                    decided.none.insert(shot);
                }
            }
        }
        decided.pairs.retain(|shot, frame| *shot < problem.shots.len() && *frame < problem.frames.len());
        decided
    }

    fn nobody(&self, frame: usize) -> bool {
        self.out.contains(&frame)
    }
}

struct State<'a> {
    alignment: &'a mut Alignment,
    proofs: Vec<Proof>,
}

impl State<'_> {
    fn begin(&mut self, problem: &Problem, decided: &Decided) {
        let none = |shot: usize| Placed {
            posterior: if decided.none.contains(&shot) { 1.0 } else { UNEVEN },
            standing: Standing::NoPhoto,
            method: if decided.none.contains(&shot) { Method::Person } else { Method::Order },
            ..Placed::default()
        };
        self.alignment.shots = (0..problem.shots.len()).map(none).collect();
        for (frame, used) in self.alignment.frames.iter_mut().enumerate() {
            let role = if problem.frames[frame].sync { Role::Sync } else { Role::Extra };
            *used = Used { role, owner: None, posterior: UNEVEN, place: used.place };
        }
        for ruling in &problem.rulings {
            if let Ruling::Shows { frame, shot } = *ruling
                && decided.nobody(frame)
                && let Some(used) = self.alignment.frames.get_mut(frame)
            {
                (used.role, used.owner, used.posterior) = (Role::Retake, Some(shot), 1.0);
            }
        }
        for (shot, frame) in &decided.pairs {
            self.pair(*shot, *frame, 1.0, Standing::Confirmed);
        }
    }

    fn pair(&mut self, shot: usize, frame: usize, posterior: f64, standing: Standing) {
        let confirmed = standing == Standing::Confirmed;
        self.alignment.shots[shot] = Placed {
            used: Some(frame),
            posterior,
            others: Vec::new(),
            standing,
            method: if confirmed { Method::Person } else { Method::Order },
            why: if confirmed { Vec::new() } else { vec![Why::OrderOnly] },
        };
        let place = self.alignment.frames[frame].place;
        self.alignment.frames[frame] = Used { role: Role::Used, owner: Some(shot), posterior, place };
    }

    // A stretch between two decided pictures; tells whether one stands before it and behind it.
    fn count(&mut self, people: &[usize], frames: &[usize], (before, behind): (bool, bool)) {
        let even = people.len() == frames.len();
        let chance = if even { EVEN } else { UNEVEN };
        let free = |state: &Self, shot: usize| state.alignment.shots[shot].standing != Standing::Confirmed;
        let people: Vec<usize> = people.iter().copied().filter(|s| free(self, *s)).collect();
        let frames: Vec<usize> = frames.iter().copied().filter(|f| self.alignment.frames[*f].role != Role::Used).collect();
        // Between two decided pictures the count slips somewhere: half of the people count on from the one, half back from the other.
        let halves = behind && !even;
        let front = if halves { people.len().div_ceil(2) } else { people.len() };
        let back = |n: usize| (frames.len() + n).checked_sub(people.len()).filter(|at| *at >= front);
        let mut shown = Vec::with_capacity(people.len());
        for (n, shot) in people.iter().enumerate() {
            let at = if n < front { Some(n) } else { back(n) };
            if let Some(frame) = at.and_then(|at| frames.get(at)) {
                self.pair(*shot, *frame, chance, Standing::Doubt);
                shown.push(*shot);
            }
        }
        for frame in &frames {
            if self.alignment.frames[*frame].role != Role::Used {
                self.alignment.frames[*frame].role = Role::Unclaimed;
            }
        }
        let (Some(first), Some(last)) = (shown.first().copied(), shown.last().copied()) else { return };
        let mut faces = Vec::new();
        if halves {
            // Theirs is right, and it slips behind them, or it is not, and it slips before: each answer leaves half of them.
            faces.push(shown[front.min(shown.len()) - 1]);
        } else {
            // Where the count slips it slips to the end: the last face tells most, then the first that nothing stands before.
            faces.extend((!behind).then_some(last));
            faces.extend((!before).then_some(first));
            faces.dedup();
        }
        if !faces.is_empty() {
            let asked = people.len().abs_diff(frames.len()) * (people.len() + 1).ilog2() as usize;
            let more = if halves { asked.saturating_sub(faces.len()) } else { asked };
            self.proofs.push(Proof { block: (first, last), faces, more });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::align::problem::{Frame, Shot};

    fn session(people: usize, frames: usize, rulings: Vec<Ruling>) -> Alignment {
        let problem = Problem {
            shots: vec![Shot::default(); people],
            frames: (0..frames as u32).map(|n| Frame { counter: Some(n + 1), ..Frame::default() }).collect(),
            rulings,
            ..Problem::default()
        };
        let frames = (0..frames).map(|place| Used { place, ..Used::default() }).collect();
        let mut alignment = Alignment { frames, ..Alignment::default() };
        propose(&problem, &BTreeSet::new(), &mut alignment);
        alignment
    }

    fn used(alignment: &Alignment) -> Vec<Option<usize>> {
        alignment.shots.iter().map(|s| s.used).collect()
    }

    #[test]
    fn the_nth_picture_goes_to_the_nth_person_and_nothing_is_sure() {
        let alignment = session(4, 4, Vec::new());
        assert_eq!(used(&alignment), [Some(0), Some(1), Some(2), Some(3)]);
        assert!(alignment.shots.iter().all(|s| s.standing == Standing::Doubt));
    }

    #[test]
    fn a_gap_moves_everyone_behind_it_and_a_dropped_picture_moves_them_back() {
        let alignment = session(5, 5, vec![Ruling::NoFrame { shot: 1 }, Ruling::Nobody { frame: 3 }]);
        assert_eq!(used(&alignment), [Some(0), None, Some(1), Some(2), Some(4)]);
        assert_eq!(alignment.frames[3].role, Role::Extra);
    }

    #[test]
    fn counting_begins_anew_behind_a_picture_that_a_person_has_confirmed() {
        let alignment = session(7, 7, vec![Ruling::Nobody { frame: 1 }, Ruling::Use { frame: 4, shot: 3 }]);
        assert_eq!(used(&alignment), [Some(0), Some(2), Some(3), Some(4), Some(5), Some(6), None]);
        assert_eq!(alignment.shots[3].standing, Standing::Confirmed);
    }

    #[test]
    fn where_the_count_slips_is_found_by_halves() {
        // Three pictures of nobody: before the first, in the midst, behind the last.
        let whose = |shot: usize| if shot < 70 { shot + 1 } else { shot + 2 };
        let (mut rulings, mut asked) = (Vec::new(), 0);
        loop {
            let alignment = session(120, 123, rulings.clone());
            let Some(face) = alignment.proofs.first().map(|p| p.faces[0]) else { break };
            rulings.push(Ruling::Use { frame: whose(face), shot: face });
            asked += 1;
            assert!(asked < 20, "{asked} faces");
        }
        let alignment = session(120, 123, rulings);
        assert_eq!(used(&alignment), (0..120).map(|shot| Some(whose(shot))).collect::<Vec<_>>());
    }

    #[test]
    fn no_picture_is_two_peoples_however_people_decide() {
        let rulings = vec![Ruling::Use { frame: 0, shot: 3 }, Ruling::Use { frame: 3, shot: 0 }, Ruling::Use { frame: 0, shot: 2 }];
        let alignment = session(4, 4, rulings);
        let mut all: Vec<usize> = used(&alignment).into_iter().flatten().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!((alignment.shots[0].used, alignment.shots[2].used), (Some(3), Some(0)));
    }
}
