//! One session made ready for the lattice: frames and markers in one line on the log's clock, shots as seats, and what is known of each.

/// No number.
pub const NONE: u32 = u32::MAX;

/// A frame or a marker, in capture order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Index of the frame in the problem.
    pub frame: u32,
    /// A marker: shots below were taken before, the others after; [`NONE`] for a frame.
    pub wall: u32,
    /// Index into [`Track::hints`]; 0 says nothing.
    pub hint: u32,
    /// First and one past the last number of shots that may be done by then.
    pub band: (u32, u32),
    /// When, in seconds by the log's clock.
    pub at: f64,
}

/// A shot as the lattice needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seat {
    /// When, in seconds; not a number where it is not known.
    pub at: f64,
    /// Which lag: 0 拍摄, 1 进场.
    pub timing: u8,
    /// Frames that plan and log ask for.
    pub need: u8,
    /// A person said that it has no frame, or it has been dealt with outside the line.
    pub closed: bool,
    /// Test frames were announced before it.
    pub tests: bool,
    /// Its number is out of order: its scan may have come so late that those of others overtook it.
    pub overtaken: bool,
    /// How many steps come before its first frame by the counter that was called out; [`NONE`] where it was not.
    pub count: u32,
    /// Class.
    pub group: u32,
}

/// What else is known of a frame.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hint {
    /// A person said whom it shows.
    pub shows: Option<usize>,
    /// A person said that it shows nobody expected.
    pub nobody: bool,
    /// Its name says whom it shows, and how many times likelier that makes them.
    pub named: Option<(usize, f64)>,
    /// Its folder names a class.
    pub group: Option<u32>,
    /// Whom a person said that it does not show.
    pub not: Vec<usize>,
}

/// One session in one line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Track {
    /// Frames and markers.
    pub steps: Vec<Step>,
    /// Shots.
    pub seats: Vec<Seat>,
    /// What is known of frames; the first says nothing.
    pub hints: Vec<Hint>,
}

/// A class folder holds another class's frame this often.
const WRONG_FOLDER: f64 = 0.05;
/// A number called out is wrong this often.
const WRONG_COUNT: f64 = 0.03;

impl Track {
    /// How a step's hint weighs on this shot owning it.
    pub fn favours(&self, step: usize, shot: usize) -> f64 {
        let hint = &self.hints[self.steps[step].hint as usize];
        if hint.nobody || hint.shows.is_some_and(|s| s != shot) || hint.not.contains(&shot) {
            return 0.0;
        }
        let named = hint.named.map_or(1.0, |(s, times)| if s == shot { times } else { 1.0 });
        let group = hint.group.map_or(1.0, |g| if self.seats[shot].group == g { 1.0 } else { WRONG_FOLDER });
        named * group
    }

    /// How a step's hint weighs on its being of nobody.
    pub fn favours_nobody(&self, step: usize) -> f64 {
        let hint = &self.hints[self.steps[step].hint as usize];
        if hint.shows.is_some() { 0.0 } else { 1.0 }
    }

    /// How the counter called out weighs on this shot's first frame being this step.
    pub fn counted(&self, step: usize, shot: usize) -> f64 {
        match self.seats[shot].count {
            NONE => 1.0,
            expected => match (step as i64 - i64::from(expected)).unsigned_abs() {
                0 => 1.0,
                off => WRONG_COUNT.powi(off.min(2) as i32).max(0.002),
            },
        }
    }

    /// Works out which shots each step may come after: by time where shots have one, along the diagonal otherwise.
    pub fn set_bands(&mut self, timed: bool) {
        if timed {
            self.bands_by_time()
        } else {
            self.bands_by_order()
        }
        self.widen_for_rulings();
    }

    /// So many steps from one on, with the shots they may be about: a session of its own.
    pub fn part(&self, from: usize, length: usize) -> Track {
        let steps = &self.steps[from..(from + length).min(self.steps.len())];
        let low = steps.iter().map(|s| s.band.0).min().unwrap_or(0);
        let high = steps.iter().map(|s| s.band.1).max().unwrap_or(1);
        let moved = steps.iter().map(|s| Step {
            wall: if s.wall == NONE { NONE } else { s.wall.saturating_sub(low) },
            band: (s.band.0 - low, s.band.1 - low),
            hint: if self.hints[s.hint as usize].shows.is_some() { 0 } else { s.hint },
            ..*s
        });
        let seats = self.seats[low as usize..(high as usize - 1).min(self.seats.len())].iter().map(|s| Seat { count: NONE, ..*s });
        let hints = self.hints.iter().map(|h| Hint {
            named: h.named.map(|(s, t)| (s.wrapping_sub(low as usize), t)),
            not: h.not.iter().map(|s| s.wrapping_sub(low as usize)).collect(),
            ..h.clone()
        });
        Track { steps: moved.collect(), seats: seats.collect(), hints: hints.collect() }
    }

    /// The same without what names say.
    pub fn nameless(mut self) -> Track {
        self.hints.iter_mut().for_each(|h| h.named = None);
        self
    }

    fn bands_by_time(&mut self) {
        let count = self.seats.len();
        let (mut earliest, mut latest) = (vec![0.0; count], vec![0.0; count]);
        let mut bound = f64::MIN;
        for (seat, out) in self.seats.iter().zip(&mut latest) {
            bound = if seat.at > bound { seat.at } else { bound };
            *out = bound;
        }
        bound = f64::MAX;
        for (seat, out) in self.seats.iter().zip(&mut earliest).rev() {
            bound = if seat.at < bound { seat.at } else { bound };
            *out = bound;
        }
        // A shot without a time lies between its neighbours.
        // Steps come in order of time, so that each bound is looked for from where the one before was found.
        let (mut now, mut back, mut ahead) = (0, 0, 0);
        let on = |list: &[f64], from: usize, within: &dyn Fn(f64) -> bool| from + list[from..].iter().take_while(|a| within(**a)).count();
        let mut wall = 0;
        for step in &mut self.steps {
            if step.wall != NONE {
                wall = (step.wall as usize).min(count).max(wall);
                step.band = (wall as u32, wall as u32 + 1);
                continue;
            }
            now = on(&latest, now, &|a| a <= step.at);
            back = on(&latest, back, &|a| a < step.at - BACK);
            ahead = on(&earliest, ahead, &|a| a <= step.at + AHEAD);
            let low = back.min(now.saturating_sub(AROUND));
            let high = ahead.max(now + AROUND);
            let low = low.max(now.saturating_sub(WIDEST / 2));
            let high = high.min(now + WIDEST / 2).min(count);
            step.band = (low as u32, high as u32 + 1);
        }
        self.inside_walls();
    }

    fn bands_by_order(&mut self) {
        let count = self.seats.len();
        let total = self.steps.len();
        // From wall to wall the line runs straight.
        let mut fixed = vec![(0, 0)];
        fixed.extend(self.steps.iter().enumerate().filter(|(_, s)| s.wall != NONE).map(|(i, s)| (i, (s.wall as usize).min(count))));
        fixed.push((total, count));
        for pair in fixed.windows(2) {
            let ((from, first), (to, last)) = (pair[0], pair[1]);
            let length = (to - from).max(1) as f64;
            let surplus = (last as f64 - first as f64 - length).abs();
            let half = (6.0 + 1.5 * (length.sqrt()).min(40.0) + 0.5 * surplus).min(WIDEST as f64 / 2.0);
            for at in from..to {
                let share = (at - from) as f64 / length;
                let middle = first as f64 + share * (last as f64 - first as f64);
                let low = (middle - half).max(0.0) as usize;
                let high = ((middle + half) as usize + 1).min(count);
                self.steps[at].band = (low.min(high) as u32, high as u32 + 1);
            }
        }
        for step in self.steps.iter_mut().filter(|s| s.wall != NONE) {
            let wall = (step.wall as usize).min(count) as u32;
            step.band = (wall, wall + 1);
        }
        self.inside_walls();
    }

    /// No band reaches across a marker.
    fn inside_walls(&mut self) {
        let count = self.seats.len() as u32;
        let mut low = 0;
        for step in &mut self.steps {
            if step.wall != NONE {
                low = step.band.0;
            } else {
                step.band = (step.band.0.max(low), step.band.1.max(low + 1));
            }
        }
        let mut high = count + 1;
        for step in self.steps.iter_mut().rev() {
            if step.wall != NONE {
                high = step.band.0 + 1;
            } else {
                step.band = (step.band.0.min(high - 1), step.band.1.min(high));
            }
        }
    }

    /// What a person said holds whatever the clock says.
    fn widen_for_rulings(&mut self) {
        for at in 0..self.steps.len() {
            let Some(shot) = self.hints[self.steps[at].hint as usize].shows else { continue };
            let (from, to) = (at.saturating_sub(2), (at + 3).min(self.steps.len()));
            for step in self.steps[from..to].iter_mut().filter(|s| s.wall == NONE) {
                step.band = (step.band.0.min(shot as u32), step.band.1.max(shot as u32 + 2));
            }
        }
    }
}

/// A frame may come so many seconds after its scan, and a scan so many after its frame, before the number of people between decides.
const BACK: f64 = 120.0;
const AHEAD: f64 = 130.0;
/// At least so many people around.
const AROUND: usize = 4;
/// At most so many people in one band.
const WIDEST: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    fn track(steps: &[(f64, u32)], seats: &[f64]) -> Track {
        let step = |&(at, wall): &(f64, u32)| Step { frame: 0, wall, hint: 0, band: (0, 0), at };
        let seat = |&at: &f64| Seat { at, timing: 0, need: 1, closed: false, tests: false, overtaken: false, count: NONE, group: 0 };
        Track { steps: steps.iter().map(step).collect(), seats: seats.iter().map(seat).collect(), hints: vec![Hint::default()] }
    }

    #[test]
    fn a_band_never_crosses_a_marker() {
        let mut track = track(&[(8.0, NONE), (20.0, 1), (38.0, NONE)], &[0.0, 30.0]);
        for timed in [true, false] {
            track.set_bands(timed);
            assert_eq!(track.steps[1].band, (1, 2));
            assert!(track.steps[0].band.1 <= 2 && track.steps[2].band.0 >= 1);
        }
    }

    #[test]
    fn a_band_holds_the_people_around_the_frame() {
        let seats: Vec<f64> = (0..100).map(|i| f64::from(i) * 30.0).collect();
        let mut track = track(&[(1_508.0, NONE)], &seats);
        track.set_bands(true);
        let (low, high) = track.steps[0].band;
        // Shot 50 was scanned eight seconds ago; two minutes back and ahead lie four people each.
        assert!(low <= 47 && high >= 55 && high - low < 20, "{low} {high}");
    }

    #[test]
    fn shots_without_times_and_none_at_all_give_bands() {
        let mut some = track(&[(5.0, NONE), (9.0, NONE)], &[f64::NAN, f64::NAN]);
        some.set_bands(true);
        some.set_bands(false);
        assert!(some.steps.iter().all(|s| s.band.0 < s.band.1 && s.band.1 <= 3));
        let mut none = track(&[(5.0, NONE)], &[]);
        none.set_bands(true);
        assert_eq!(none.steps[0].band, (0, 1));
    }
}
