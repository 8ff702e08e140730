//! What may be said of each shot: sure, doubt or no photo, and why.

use super::causes::causes;
use super::clocks::Camera;
use super::doubts::{self, push};
use super::ground::{Ground, NEVER_CERTAIN, Row};
use super::islands::{self, Ends};
use super::lags;
use super::line_up::Line;
use super::odds::heaps;
use super::outcome::{Alignment, Method, Placed, Refusal, Role, Standing, Used, Why};
use super::pairs;
use super::paths::Paths;
use super::proof::proofs;
use super::shifts::{self, Scales, Shift};
use super::slips;
use super::stories;
use super::together;
use super::track::{NONE, Track};
use super::trust;

/// A row is sure only above this.
const SURE: f64 = 0.99;
/// Order inside a group between markers is not believed above this.
const LIKELY_WRONG: f64 = 0.5;

/// Judges.
pub fn stand(mut ground: Ground) -> Alignment {
    part_strangers(&mut ground);
    let clocks = trust::clocks(&ground);
    let mut rows = rows(&ground);
    // Of a million frames everything together would be much: what has been used goes at once.
    ground.reading.entries = Vec::new();
    let lags = lags::far_off(&ground, &rows);
    let (ends, mut scales) = (Ends::of(&ground, &rows, &lags), Scales::new(&ground, rows.len()));
    let off = islands::off(&ends, &rows, |part, way| scales.allows(&ends, part, way));
    let shifts = shifts::found(&mut scales, &ends, &rows);
    drop(scales);
    let slips = [slips::stretches(&ground, &rows), pairs::stretches(&ground, &rows, &ends, &lags)].concat();
    let together = together::scanned(&ground.track.seats);
    let refused = match trust::refusal(&ground, &rows, &clocks) {
        // Why the model lost its way says more than that it did.
        None | Some(Refusal::Lost) if together.mostly => Some(Refusal::ScannedTogether),
        refused => refused.or(off.mostly.then_some(Refusal::OneAhead)),
    };
    let lost = trust::lost(&ground, &rows);
    reasons(&ground, &mut rows, &lost, refused);
    doubts::all(&ground, &mut rows, &lags);
    doubts::behind_pauses(&ground, &mut rows, &ends);
    drop(ends);
    let shifted: Vec<(usize, usize)> = shifts.iter().map(|shift| shift.shots).collect();
    for (parts, why) in
        [(&off.parts, Why::OneAhead), (&shifted, Why::OneAhead), (&slips, Why::OneAhead), (&together.parts, Why::ScannedTogether)]
    {
        parts.iter().for_each(|&(from, to)| rows[from..=to].iter_mut().for_each(|row| push(row, why)));
    }
    // Whoever would have the frame of the next lacks none for certain.
    for shot in off.parts.iter().chain(&shifted).chain(&slips).flat_map(|&(from, to)| from..=to) {
        if rows[shot].placed.standing == Standing::Doubt {
            rows[shot].placed.posterior = rows[shot].placed.posterior.min(NEVER_CERTAIN);
        }
        let open = !ground.problem.shots[shot].void && !ground.decided.shots.contains_key(&shot);
        if open && rows[shot].placed.standing == Standing::NoPhoto {
            rows[shot].doubt(Why::OneAhead);
        }
    }
    both_told(&ground, &mut rows, &shifts);
    beyond_faces(&ground, &mut rows);
    between_markers(&ground, &mut rows);
    let expected_wrong = cut(&mut rows, ground.problem.max_wrong);
    // Whole classes between markers may be sure where the rest of the session is not; and where people have said everything nothing is
    // left to refuse.
    let unsaid = |r: &Row| r.placed.method != Method::Person && r.placed.standing != Standing::NoPhoto;
    let refused = refused.filter(|_| rows.iter().all(|r| r.placed.standing != Standing::Sure) && rows.iter().any(unsaid));
    let steps: Vec<Option<usize>> = rows.iter().map(Row::step).collect();
    let mut shots: Vec<Placed> = rows.into_iter().map(|r| r.placed).collect();
    shots.shrink_to_fit();
    let walls: Vec<usize> = ground.track.steps.iter().filter(|s| s.wall != NONE).map(|s| s.wall as usize).collect();
    let stories = stories::all(&ground, &shots, &steps, &[&off.parts[..], &shifted, &slips].concat(), refused);
    let proofs = proofs(&shots, &steps, &ground.paths, &walls, &stories, refused);
    drop((steps, stories));
    if let Some(refused) = refused {
        // Whatever the posteriors say, they say it of a session that may stand wrongly.
        let open = shots.iter_mut().filter(|placed| placed.method != Method::Person);
        open.for_each(|placed| placed.posterior = placed.posterior.min(refused.at_most()));
    }
    (ground.paths, ground.track.seats) = (Paths::default(), Vec::new());
    let frames = frames(&ground, &shots, refused.is_some());
    (ground.track, ground.reading.seen) = (Track::default(), Vec::new());
    let causes = match refused {
        // Where nothing fits, whatever was found says nothing.
        Some(Refusal::NoRhythm | Refusal::TooFewFrames | Refusal::TwoOffsets | Refusal::TimesUseless) => Vec::new(),
        _ => {
            let jumped = |c: &Camera| c.course.stretches.iter().skip(1).map(|s| c.order[s.from]).collect::<Vec<_>>();
            let jumps: Vec<usize> = ground.cameras.iter().filter(|_| ground.line == Line::Timed).flat_map(jumped).collect();
            causes(ground.problem, &shots, &frames, &ground.reading.none, &jumps)
        }
    };
    Alignment { clocks, shots, frames, causes, refused, lost, expected_wrong, proofs, contradicted: Vec::new() }
}

/// Where a stretch may be one person off each has two frames that may be theirs: as likely as the two stories are.
fn both_told(ground: &Ground, rows: &mut [Row], shifts: &[Shift]) {
    for shift in shifts {
        for (shot, step) in (shift.shots.0..).zip(&shift.instead) {
            let placed = &mut rows[shot].placed;
            if placed.standing != Standing::Doubt {
                continue;
            }
            placed.posterior = placed.posterior.min(shift.stands());
            let frame = ground.track.steps.get(*step as usize).map(|step| step.frame as usize);
            let Some(frame) = frame.filter(|frame| !ground.decided.not.contains(&(*frame, shot))) else { continue };
            placed.others.retain(|(other, _)| *other != frame);
            placed.others.insert(0, (frame, 1.0 - shift.stands()));
        }
    }
}

/// Before the first face that told of people scanned as their neighbours, and behind the last, nothing tells whether they were.
fn beyond_faces(ground: &Ground, rows: &mut [Row]) {
    for moved in ground.moved {
        for shot in (moved.within.0..=moved.within.1).filter(|shot| !moved.is_told(*shot)) {
            let open = !ground.problem.shots[shot].void && !ground.decided.shots.contains_key(&shot);
            if open && rows[shot].placed.standing == Standing::NoPhoto {
                rows[shot].doubt(Why::OneAhead);
            }
            push(&mut rows[shot], Why::OneAhead);
        }
    }
}

/// Nobody sits on for so long, seconds, before one more frame.
const GONE: f64 = 90.0;

/// Frames that come long after all others of a person are not theirs: a class that nobody scanned would else be one person's retakes.
fn part_strangers(ground: &mut Ground) {
    if ground.line != Line::Timed {
        return;
    }
    let mut last: Vec<Option<f64>> = vec![None; ground.track.seats.len()];
    for (step, seen) in ground.track.steps.iter().zip(&mut ground.reading.seen).filter(|(step, _)| step.wall == NONE) {
        let Some(before) = last.get_mut(seen.owner as usize) else { continue };
        let decided = ground.decided.frames.contains_key(&(step.frame as usize));
        if before.is_some_and(|before| step.at - before > GONE) && !decided {
            (seen.owner, seen.unlogged) = (NONE, seen.posterior);
        } else {
            *before = Some(step.at);
        }
    }
}

/// What the posteriors say, person by person.
fn rows(ground: &Ground) -> Vec<Row> {
    let shots = ground.problem.shots.len();
    let mut used: Vec<u32> = vec![NONE; shots];
    for (step, seen) in ground.reading.seen.iter().enumerate() {
        if let Some(used) = used.get_mut(seen.owner as usize) {
            *used = step as u32;
        }
    }
    let heaps = heaps(&ground.track);
    let haircut = HAIRCUT + STRANGERS * (ground.habits.unlogged - FEW_STRANGERS).max(0.0);
    (0..shots).map(|shot| row(ground, shot, used[shot], if heaps[shot] > 0 { HEAPED.max(haircut) } else { haircut })).collect()
}

fn row(ground: &Ground, shot: usize, used: u32, haircut: f64) -> Row {
    let entries = ground.reading.of(shot);
    let none = ground.reading.none[shot];
    let frame_of = |step: u32| ground.track.steps[step as usize].frame as usize;
    let last: f64 = entries.iter().filter(|e| e.step == used).map(|e| f64::from(e.last)).sum();
    let mut others: Vec<(usize, f64)> =
        entries.iter().filter(|e| e.step != used && e.shows > 0.001).map(|e| (frame_of(e.step), f64::from(e.shows))).collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    others.truncate(8);
    others.shrink_to_fit();
    let mut placed = Placed { others, ..Placed::default() };
    placed.method = match ground.line {
        Line::Timed => Method::Time,
        _ => Method::Order,
    };
    let wrong = if used == NONE {
        (placed.posterior, placed.standing) = (none, Standing::NoPhoto);
        1.0 - none
    } else {
        placed.used = Some(frame_of(used));
        let wrong = (1.0 - last).clamp(0.0, 1.0);
        let wrong = (wrong * haircut + FLOOR).min(1.0);
        placed.posterior = 1.0 - wrong;
        wrong
    };
    if let Some(&frame) = ground.decided.shots.get(&shot) {
        placed.used = frame;
        placed.posterior = 1.0;
        placed.method = Method::Person;
        placed.standing = if frame.is_some() { Standing::Confirmed } else { Standing::NoPhoto };
    } else if ground.problem.shots[shot].void {
        placed.used = None;
        placed.standing = Standing::NoPhoto;
    }
    let earlier: f64 = entries.iter().filter(|e| used != NONE && e.step < used && e.shows > 0.5).map(|e| f64::from(e.last)).sum();
    Row { placed, wrong, used, stray: earlier > 0.5 * wrong }
}

/// A model is never as right as it thinks.
const HAIRCUT: f64 = 1.1;
/// Less so where scans were written at one go: one mistake moves all of them.
const HEAPED: f64 = 5.0;
/// And where more than a few were never logged: each of them can move a run of rows together, which no row sees alone. So much more for
/// each stranger a person beyond those few; set on the hostile and harsher days of `examples/quality`, where of the pairs said with
/// 0.99 and more fewer than 99 % were right without it.
const STRANGERS: f64 = 80.0;
const FEW_STRANGERS: f64 = 0.06;
const FLOOR: f64 = 5e-6;

/// Writes down why a person must look.
fn reasons(ground: &Ground, rows: &mut [Row], lost: &[(usize, usize)], refused: Option<Refusal>) {
    for (shot, row) in rows.iter_mut().enumerate() {
        let astray = refused.is_some() || lost.iter().any(|(from, to)| (*from..=*to).contains(&shot));
        if row.placed.method == Method::Person || row.placed.standing == Standing::NoPhoto {
            // Where nothing can be said, it cannot be said either that someone has no picture; nor where it is merely likelier than not.
            if row.placed.method != Method::Person && !ground.problem.shots[shot].void {
                match () {
                    () if astray => row.doubt(Why::Refused),
                    () if row.placed.posterior < SURE => row.doubt(Why::Ambiguous),
                    () => {}
                }
            }
            continue;
        }
        let why = &mut row.placed.why;
        if astray {
            why.push(Why::Refused);
        }
        if ground.line != Line::Timed {
            why.push(Why::OrderOnly);
        }
        if ground.problem.shots[shot].show {
            why.push(Why::Asked);
        }
    }
}

/// Groups between two markers that hold just as many frames as planned and logged stand on the markers, not on order alone.
fn between_markers(ground: &Ground, rows: &mut [Row]) {
    if ground.line == Line::Timed || !matches!(ground.refused, None | Some(Refusal::HandedOnly | Refusal::NoTimes)) {
        return;
    }
    let steps = &ground.track.steps;
    let walls: Vec<(usize, usize)> = steps.iter().enumerate().filter(|(_, s)| s.wall != NONE).map(|(i, s)| (i, s.wall as usize)).collect();
    if walls.is_empty() {
        return;
    }
    let ends: Vec<(usize, usize)> = [(usize::MAX, 0)].into_iter().chain(walls).chain([(steps.len(), rows.len())]).collect();
    let (mut equal, mut groups) = (Vec::new(), 0_u32);
    for pair in ends.windows(2) {
        let ((from, first), (to, last)) = (pair[0], pair[1]);
        let own = first.min(rows.len())..last.min(rows.len());
        if own.is_empty() {
            continue;
        }
        groups += 1;
        let need: usize = own.clone().map(|s| usize::from(ground.track.seats[s].need)).sum();
        if to - from.wrapping_add(1) == need && ground.problem.frames_per_person > 0 && own.clone().all(|s| rows[s].wrong < LIKELY_WRONG) {
            equal.push(own);
        }
    }
    // Where hardly a group is one off, hardly one has two errors that cancel.
    let errors = f64::from(groups) - equal.len() as f64 + 0.5;
    let cancelling = (errors / f64::from(groups.max(1))).powi(2) / 4.0;
    for row in equal.into_iter().flat_map(|own| own.collect::<Vec<_>>()) {
        let row = &mut rows[row];
        if row.placed.method != Method::Person {
            row.placed.method = Method::Marker;
            row.placed.why.retain(|w| !matches!(w, Why::OrderOnly | Why::NameOnly | Why::Refused));
            row.wrong = (cancelling + FLOOR).min(1.0);
            row.placed.posterior = 1.0 - row.wrong;
        }
    }
}

/// Makes rows sure, the surest first, as long as the mean of what may be wrong stays within the limit; returns that mean.
fn cut(rows: &mut [Row], max_wrong: f64) -> f64 {
    let mut able: Vec<usize> = (0..rows.len())
        .filter(|&i| {
            let p = &rows[i].placed;
            p.standing == Standing::Doubt && p.why.is_empty() && rows[i].wrong < 1.0 - SURE && p.used.is_some()
        })
        .collect();
    able.sort_by(|a, b| rows[*a].wrong.total_cmp(&rows[*b].wrong).then(a.cmp(b)));
    let (mut sum, mut count) = (0.0, 0);
    for &i in &able {
        if sum + rows[i].wrong > max_wrong * (count + 1) as f64 {
            break;
        }
        sum += rows[i].wrong;
        count += 1;
    }
    for &i in &able[..count] {
        rows[i].placed.standing = Standing::Sure;
    }
    for row in rows.iter_mut().filter(|r| r.placed.standing == Standing::Doubt && r.placed.why.is_empty()) {
        row.placed.why.push(if row.stray { Why::MaybeStray } else { Why::Ambiguous });
    }
    if count == 0 { 0.0 } else { sum / count as f64 }
}

fn frames(ground: &Ground, shots: &[Placed], refused: bool) -> Vec<Used> {
    let problem = ground.problem;
    let mut out = vec![Used::default(); problem.frames.len()];
    if let [camera] = &ground.cameras[..] {
        camera.order.iter().enumerate().for_each(|(place, &frame)| out[frame].place = place);
    } else {
        let mut places: Vec<(f64, usize)> = Vec::with_capacity(out.len());
        for camera in &ground.cameras {
            let mut latest = f64::MIN;
            for (place, &frame) in camera.order.iter().enumerate() {
                latest = latest.max(match ground.line {
                    Line::Timed if camera.is_timeless() => f64::MAX,
                    Line::Timed => camera.at(place),
                    _ => camera.taken[place],
                });
                places.push((latest, frame));
            }
        }
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        places.into_iter().enumerate().for_each(|(place, (_, frame))| out[frame].place = place);
    }
    for (frame, used) in problem.frames.iter().zip(&mut out) {
        if frame.sync || frame.marker.is_some() {
            used.role = if frame.sync { Role::Sync } else { Role::Marker };
            used.posterior = 1.0;
        }
    }
    for camera in ground.cameras.iter().filter(|c| ground.line == Line::Timed && c.is_timeless()) {
        camera.order.iter().filter(|f| ground.is_person(**f)).for_each(|f| out[*f].role = Role::Unclaimed);
    }
    for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen) {
        if step.wall != NONE {
            continue;
        }
        let used = &mut out[step.frame as usize];
        used.posterior = f64::from(seen.posterior);
        if seen.owner == NONE {
            used.role = if seen.unlogged * 2.0 > seen.posterior { Role::Unclaimed } else { Role::Extra };
        } else {
            used.owner = Some(seen.owner as usize);
            used.role = if problem.shots[seen.owner as usize].void { Role::Extra } else { Role::Retake };
        }
    }
    // Whoever chose a picture did not say whose the others are, and where the times are not believed nothing else says so.
    let chosen = |used: &Used| used.role == Role::Retake && used.owner.is_some_and(|shot| shots[shot].method == Method::Person);
    for used in out.iter_mut().filter(|used| refused && chosen(used)) {
        (used.role, used.owner) = (Role::Unclaimed, None);
    }
    for (&frame, &shows) in &ground.decided.frames {
        let used = &mut out[frame];
        used.owner = shows;
        used.posterior = 1.0;
        used.role = if shows.is_some() { Role::Retake } else { Role::Extra };
    }
    for (shot, placed) in shots.iter().enumerate() {
        if let Some(frame) = placed.used {
            out[frame].role = Role::Used;
            out[frame].owner = Some(shot);
        }
    }
    out
}
