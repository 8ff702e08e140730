//! Doubts that the posteriors do not see: jumps of a clock, frames without a time, a gap beside an extra frame, names and file numbers that
//! contradict.

use super::causes::ANOTHER;
use super::clocks::Camera;
use super::ground::{Ground, Row};
use super::islands::Ends;
use super::lags::Lag;
use super::line_up::Line;
use super::outcome::{Method, Standing, Why};
use super::rulings::longest_rising;
use super::track::NONE;

/// More numbers than this missing inside one person's frames is another series, not a deleted file.
const MISSING_NUMBERS: i64 = 20;
/// Ten minutes around a jump of the clock, seconds.
const NEAR_JUMP: f64 = 600.0;
/// A frame of nobody so long after somebody's is another story, seconds.
const LATER: f64 = 900.0;
/// At most so many frames that may be theirs are named.
const OTHERS: usize = 8;
/// Clocks that tell whole seconds may seem to go back so far, ms.
const ROUNDED: usize = 1_500;

/// Writes all of them down.
pub(super) fn all(ground: &Ground, rows: &mut [Row], lags: &[Lag]) {
    jumps(ground, rows);
    without_time(ground, rows);
    out_of_order(ground, rows);
    rows.iter_mut().zip(lags).filter(|(_, lag)| **lag != Lag::Usual).for_each(|(row, _)| push(row, Why::LagOff));
    gaps_beside_extras(ground, rows);
    followed_by_nobodys(ground, rows);
    short_or_at_once(ground, rows);
    names_and_numbers(ground, rows);
    named_otherwise(ground, rows);
    against_times(ground, rows);
    without_frame(ground, rows);
    denied(ground, rows);
}

pub(super) fn push(row: &mut Row, why: Why) {
    if row.placed.method != Method::Person && row.placed.standing != Standing::NoPhoto && !row.placed.why.contains(&why) {
        row.placed.why.push(why);
    }
}

fn jumps(ground: &Ground, rows: &mut [Row]) {
    let mut times: Vec<f64> = Vec::new();
    for camera in &ground.cameras {
        for stretch in camera.course.stretches.iter().skip(1) {
            times.extend([camera.at(stretch.from), camera.at(stretch.from.saturating_sub(1))]);
        }
    }
    if times.is_empty() || ground.line != Line::Timed {
        return;
    }
    for (shot, row) in rows.iter_mut().enumerate() {
        let at = row.step().map_or(ground.track.seats[shot].at, |s| ground.track.steps[s].at);
        if !times.iter().any(|t| (t - at).abs() < NEAR_JUMP) {
            continue;
        }
        let open =
            row.placed.standing == Standing::NoPhoto && !ground.problem.shots[shot].void && !ground.decided.shots.contains_key(&shot);
        if open {
            // Whose frame is where is not known there, nor who has none.
            row.doubt(Why::NearJump);
        } else {
            push(row, Why::NearJump);
        }
    }
}

/// Whoever comes last before a pause and has a frame of nobody in it, however long after: it may be one more of theirs.
pub(super) fn behind_pauses(ground: &Ground, rows: &mut [Row], ends: &Ends) {
    let mut before = None;
    for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen).filter(|(step, _)| step.wall == NONE) {
        let decided = ground.decided.frames.contains_key(&(step.frame as usize));
        match before {
            _ if seen.owner != NONE => before = Some((seen.owner as usize, step.at)),
            Some((shot, at)) if !decided && ends.is_pause(shot) && step.at - at < LATER => push(&mut rows[shot], Why::FramesUnclaimed),
            _ => {}
        }
    }
}

/// Whoever has fewer frames than the log says, and whoever has the last two without numbers in one moment, so that nothing tells which came
/// last.
fn short_or_at_once(ground: &Ground, rows: &mut [Row]) {
    let mut frames: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen).filter(|(step, _)| step.wall == NONE) {
        if let Some(own) = frames.get_mut(seen.owner as usize) {
            own.push(step.frame as usize);
        }
    }
    for (shot, own) in frames.iter().enumerate() {
        let logged = &ground.problem.shots[shot];
        let need = usize::from(ground.problem.frames_per_person) + usize::from(logged.retakes);
        if logged.retakes > 0 && ground.problem.frames_per_person > 0 && own.len() < need {
            push(&mut rows[shot], Why::RetakeMissing);
        }
        let at_once = |one: usize, two: usize| {
            let (one, two) = (&ground.problem.frames[one], &ground.problem.frames[two]);
            one.taken.is_some() && one.taken == two.taken && (one.counter.is_none() || two.counter.is_none())
        };
        if let [.., before, last] = own[..]
            && at_once(before, last)
        {
            push(&mut rows[shot], Why::SameMoment);
        }
    }
}

/// Whoever has another picture than the one of which somebody said that it is not theirs is looked at once more.
fn denied(ground: &Ground, rows: &mut [Row]) {
    for (_, shot) in &ground.decided.not {
        let open = !ground.problem.shots[*shot].void && !ground.decided.shots.contains_key(shot);
        if open && rows[*shot].placed.standing == Standing::NoPhoto {
            rows[*shot].doubt(Why::Denied);
        }
        push(&mut rows[*shot], Why::Denied);
    }
}

/// A shot without a frame beside one with too many; a shot without a time beside one that may be missed.
fn gaps_beside_extras(ground: &Ground, rows: &mut [Row]) {
    let extras = Extras::of(ground, rows.len());
    for shot in 0..rows.len() {
        let ruled = rows[shot].placed.method == Method::Person;
        let around = shot.saturating_sub(1)..(shot + 2).min(rows.len());
        if rows[shot].used == NONE && !ruled {
            let beside: Vec<(usize, Vec<usize>)> = extras.beside(ground, shot).collect();
            for (near, _) in &beside {
                push(&mut rows[*near], Why::GapBesideExtra);
            }
            let open = !ground.problem.shots[shot].void && !ground.decided.shots.contains_key(&shot);
            if open && !beside.is_empty() {
                rows[shot].doubt(Why::GapBesideExtra);
                let placed = &mut rows[shot].placed;
                let chance = 1.0 - placed.posterior;
                for frame in beside.into_iter().flat_map(|(_, frames)| frames) {
                    if !placed.others.iter().any(|(other, _)| *other == frame) && !ground.decided.not.contains(&(frame, shot)) {
                        placed.others.push((frame, chance));
                    }
                }
                placed.others.sort_by(|a, b| b.1.total_cmp(&a.1));
                placed.others.truncate(OTHERS);
            }
        }
        if ground.problem.shots[shot].at.is_none() && ground.line == Line::Timed && !ruled {
            let missed: f64 = around.clone().map(|s| ground.reading.none[s]).sum();
            if missed > 0.02 {
                around.for_each(|near| push(&mut rows[near], Why::ForgottenBesideMissed));
            }
        }
    }
}

/// Whoever's last frame is followed so soon by one of nobody that this may be their last.
fn followed_by_nobodys(ground: &Ground, rows: &mut [Row]) {
    let frame = |step: usize| &ground.problem.frames[ground.track.steps[step].frame as usize];
    let mut before = None;
    for (step, seen) in ground.reading.seen.iter().enumerate() {
        if ground.track.steps[step].wall != NONE || seen.owner != NONE {
            before = (seen.owner != NONE).then_some(step);
            continue;
        }
        let (Some(last), false) = (before, ground.decided.frames.contains_key(&(ground.track.steps[step].frame as usize))) else {
            continue;
        };
        let gap = ground.track.steps[step].at - ground.track.steps[last].at;
        if frame(last).camera == frame(step).camera && gap < ANOTHER {
            push(&mut rows[ground.reading.seen[last].owner as usize], Why::FramesUnclaimed);
        }
    }
}

/// Names that contradict, or that alone speak for a picture; file numbers missing inside a person's frames.
fn names_and_numbers(ground: &Ground, rows: &mut [Row]) {
    let frame = |step: usize| &ground.problem.frames[ground.track.steps[step].frame as usize];
    let mut before: Vec<u32> = vec![NONE; rows.len()];
    for (step, seen) in ground.reading.seen.iter().enumerate() {
        let shot = seen.owner as usize;
        let Some(last) = before.get_mut(shot) else { continue };
        let earlier = std::mem::replace(last, step as u32);
        if earlier == NONE || frame(earlier as usize).camera != frame(step).camera {
            continue;
        }
        if let (Some(from), Some(to)) = (frame(earlier as usize).counter, frame(step).counter) {
            // Strays between have numbers too; two wraps are known.
            let taken = step as i64 - i64::from(earlier);
            let missing = (i64::from(to) - i64::from(from)).rem_euclid(9_999) - taken;
            if (1..=MISSING_NUMBERS).contains(&missing) && i64::from(to) != taken - 1 {
                push(&mut rows[shot], Why::CounterGap);
            }
        }
    }
    for (shot, row) in rows.iter_mut().enumerate() {
        let Some((named, right)) = row.step().and_then(|step| frame(step).named) else { continue };
        if named != shot && named < ground.problem.shots.len() && right >= 0.5 {
            push(row, Why::NameContradicts);
        } else if named == shot && ground.line != Line::Timed && row.placed.method == Method::Order {
            row.placed.method = Method::Name;
            row.placed.why.retain(|w| *w != Why::OrderOnly);
            push(row, Why::NameOnly);
        }
    }
}

/// Whoever has a frame without a usable time, and whoever has the frames before and behind it: one frame more or less of a neighbour, and it
/// is the last of another.
fn without_time(ground: &Ground, rows: &mut [Row]) {
    if ground.line == Line::Timed {
        beside(ground, rows, Why::NoTime, |camera| (0..camera.order.len()).filter(|place| !camera.read[*place]).collect());
    }
}

/// Whoever has a frame whose time says another place than its number: it is another picture under that name, or its time was changed.
fn out_of_order(ground: &Ground, rows: &mut [Row]) {
    beside(ground, rows, Why::OutOfOrder, misplaced);
}

/// Doubts the owners of odd frames of people, given by their places in the camera's order, and those before and behind them.
fn beside(ground: &Ground, rows: &mut [Row], why: Why, odd: impl Fn(&Camera) -> Vec<usize>) {
    let found: Vec<(&Camera, Vec<usize>)> = ground.cameras.iter().map(|camera| (camera, odd(camera))).collect();
    if found.iter().all(|(_, odd)| odd.is_empty()) {
        return;
    }
    let mut owners = vec![NONE; ground.problem.frames.len()];
    for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen) {
        owners[step.frame as usize] = seen.owner;
    }
    for (camera, odd) in found {
        let people: Vec<usize> = (0..camera.order.len()).filter(|&p| ground.is_person(camera.order[p])).collect();
        for at in odd.iter().filter_map(|place| people.binary_search(place).ok()) {
            for near in &people[at.saturating_sub(1)..(at + 2).min(people.len())] {
                if let Some(row) = rows.get_mut(owners[camera.order[*near]] as usize) {
                    push(row, why);
                }
            }
        }
    }
}

/// Places of the fewest frames without which capture times rise with the order; a clock that was set begins anew.
fn misplaced(camera: &Camera) -> Vec<usize> {
    let known: Vec<usize> = (0..camera.order.len()).filter(|place| camera.read[*place]).collect();
    let set = |place: &usize| camera.course.stretches.iter().any(|s| s.from == *place);
    let mut odd = Vec::new();
    for part in known.chunk_by(|_, next| !set(next)) {
        if part.windows(2).all(|w| camera.taken[w[0]] <= camera.taken[w[1]]) {
            continue;
        }
        let first = part.iter().map(|p| camera.taken[*p]).fold(f64::MAX, f64::min);
        let times: Vec<usize> = part.iter().map(|p| ((camera.taken[*p] - first) * 1_000.0) as usize).collect();
        let kept = longest_rising(&times);
        let mut next = 0;
        for (at, time) in times.iter().enumerate() {
            if kept.get(next) == Some(&at) {
                next += 1;
                continue;
            }
            let (before, after) = (next.checked_sub(1).map(|n| times[kept[n]]), kept.get(next).map(|k| times[*k]));
            if before.is_some_and(|b| time.saturating_add(ROUNDED) < b) || after.is_some_and(|a| *time > a.saturating_add(ROUNDED)) {
                odd.push(part[at]);
            }
        }
    }
    odd
}

/// A name on another frame than the one to be used, of the same person or of somebody else's.
fn named_otherwise(ground: &Ground, rows: &mut [Row]) {
    let frame = |step: usize| &ground.problem.frames[ground.track.steps[step].frame as usize];
    for step in 0..ground.track.steps.len() {
        let Some((named, right)) = frame(step).named else { continue };
        let Some(row) = rows.get_mut(named).filter(|_| right >= 0.5) else { continue };
        let used = row.step();
        if used != Some(step) && used.and_then(|used| frame(used).named).is_none_or(|(other, _)| other != named) {
            push(row, Why::NameContradicts);
        }
    }
}

/// Whoever has another frame by the times alone than with what names say: a slip in naming moves a whole class, and each name bears out the
/// next.
fn against_times(ground: &Ground, rows: &mut [Row]) {
    let mut used = vec![NONE; rows.len()];
    for (step, owner) in ground.by_time.iter().enumerate() {
        if let Some(used) = used.get_mut(*owner as usize) {
            *used = step as u32;
        }
    }
    if ground.by_time.is_empty() {
        return;
    }
    for (shot, row) in rows.iter_mut().enumerate().filter(|(shot, row)| row.used != used[*shot]) {
        let open = !ground.problem.shots[shot].void && !ground.decided.shots.contains_key(&shot);
        if open && row.placed.standing == Standing::NoPhoto {
            row.doubt(Why::NameContradicts);
        }
        push(row, Why::NameContradicts);
    }
}

/// Nobody is said to have no frame where frames of nobody stand, where a neighbour has one too many, or where nothing can be said at all.
fn without_frame(ground: &Ground, rows: &mut [Row]) {
    let mut free = vec![false; rows.len() + 1];
    let mut after = 0;
    for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen).filter(|(step, _)| step.wall == NONE) {
        let decided = ground.decided.frames.contains_key(&(step.frame as usize));
        match seen.owner {
            NONE if !decided => free[after] = true,
            NONE => {}
            owner => {
                let owner = owner as usize;
                // What came so long after its scan, or before, may be anybody's around.
                if rows[owner].placed.why.contains(&Why::LagOff) {
                    (free[owner], free[owner + 1]) = (true, true);
                }
                after = after.max(owner + 1);
            }
        }
    }
    // Frames of nobody stand behind the last person that has any: everyone up to the next who has some may be theirs.
    let mut beside = vec![false; rows.len()];
    for shot in 0..rows.len() {
        let before = shot.checked_sub(1).is_some_and(|b| rows[b].used == NONE && beside[b]);
        beside[shot] = rows[shot].used == NONE && (free[shot] || before);
    }
    for shot in (0..rows.len()).rev() {
        // Those that come after one without a frame count for them as well.
        let behind = beside.get(shot + 1).is_some_and(|b| *b && rows[shot + 1].used == NONE);
        beside[shot] |= rows[shot].used == NONE && (free[shot + 1] || behind);
    }
    // Out of order they may have sat a place further.
    let around = |shot: usize| free[shot.saturating_sub(1)..(shot + 3).min(free.len())].contains(&true) && is_out_of_order(ground, shot);
    for shot in 0..rows.len() {
        let open = rows[shot].used == NONE && !ground.problem.shots[shot].void && !ground.decided.shots.contains_key(&shot);
        if open && (beside[shot] || around(shot)) {
            rows[shot].doubt(Why::FramesUnclaimed);
        }
    }
}

/// True of whoever sat down out of the order of the numbers, and of whom they passed.
fn is_out_of_order(ground: &Ground, shot: usize) -> bool {
    ground.problem.shots[shot.saturating_sub(1)..(shot + 2).min(ground.problem.shots.len())].iter().any(|near| near.show)
}

/// Frames beyond those asked for of which nobody said whose they are.
struct Extras {
    /// Frames of each shot, in order.
    own: Vec<Vec<usize>>,
    /// Shots that have any, in order.
    shown: Vec<usize>,
}

impl Extras {
    fn of(ground: &Ground, shots: usize) -> Self {
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); shots];
        for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen).filter(|(step, _)| step.wall == NONE) {
            if let Some(own) = own.get_mut(seen.owner as usize) {
                own.push(step.frame as usize);
            }
        }
        let shown = (0..shots).filter(|shot| !own[*shot].is_empty()).collect();
        Self { own, shown }
    }

    /// Whoever comes next before and behind a shot without a frame, where they have one too many that may be its: between it and every frame of
    /// which somebody said that it is theirs. Whoever sat down out of the order of the numbers may have sat a place further, on either side.
    fn beside<'a>(&'a self, ground: &'a Ground, shot: usize) -> impl Iterator<Item = (usize, Vec<usize>)> + 'a {
        let (at, next) = (self.shown.partition_point(|near| *near < shot), self.shown.partition_point(|near| *near <= shot));
        let loose = is_out_of_order(ground, shot);
        let reach = if loose { 2 } else { 1 };
        let before = self.shown[..at].iter().rev().take(reach).map(|near| (*near, true));
        let behind = self.shown[next..].iter().take(reach).map(|near| (*near, false));
        let extra = move |(near, before): (usize, bool)| {
            let own = &self.own[near];
            let said = |frame: &usize| ground.decided.frames.get(frame) == Some(&Some(near));
            let open: Vec<usize> = match before {
                _ if loose => own.iter().filter(|frame| !said(frame)).copied().collect(),
                true => own.iter().rposition(said).map_or(&own[..], |last| &own[last + 1..]).to_vec(),
                false => own.iter().position(said).map_or(&own[..], |first| &own[..first]).to_vec(),
            };
            (own.len() > usize::from(ground.track.seats[near].need) && !open.is_empty()).then_some((near, open))
        };
        before.chain(behind).filter_map(extra)
    }
}
