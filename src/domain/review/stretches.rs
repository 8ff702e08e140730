//! Stretches of people of whom nothing is sure for one reason: told once, with the face to look at first, and not person by person alone.

use super::session::Review;
use crate::domain::align::outcome::{Alignment, Standing, Why};

/// Reasons that stand for many people in a row, the plainest first.
const GATES: [Why; 5] = [Why::ScannedTogether, Why::OneAhead, Why::Denied, Why::Refused, Why::NearJump];
/// Fewer people are told each by themselves.
const FEW: usize = 3;

/// Such a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First and last shot.
    pub from: usize,
    /// See `from`.
    pub to: usize,
    /// How many of them are doubts for this reason.
    pub people: usize,
    /// The reason.
    pub why: Why,
    /// The shot in the middle of them that has a picture to look at first.
    pub face: Option<usize>,
}

impl Review {
    /// The stretches, in queue order; none where the whole session is refused, which says it already.
    pub fn stretches(&self) -> Vec<Stretch> {
        if !self.is_read() || self.refused().is_some() { Vec::new() } else { stretches(&self.alignment) }
    }
}

fn stretches(alignment: &Alignment) -> Vec<Stretch> {
    let mut runs: Vec<(Why, Vec<usize>)> = Vec::new();
    let mut open = false;
    for (shot, placed) in alignment.shots.iter().enumerate() {
        let gate = GATES.into_iter().find(|gate| placed.standing == Standing::Doubt && placed.why.contains(gate));
        match (gate, runs.last_mut()) {
            (Some(gate), Some((why, shots))) if open && *why == gate => shots.push(shot),
            (Some(gate), _) => runs.push((gate, vec![shot])),
            // Whoever has no picture, and whoever was looked at, parts nothing.
            (None, _) => open &= matches!(placed.standing, Standing::NoPhoto | Standing::Confirmed),
        }
        open |= gate.is_some();
    }
    let told = |(why, shots): (Why, Vec<usize>)| {
        let pictured: Vec<usize> = shots.iter().copied().filter(|shot| alignment.shots[*shot].used.is_some()).collect();
        let face = pictured.get(pictured.len() / 2).copied();
        Some(Stretch { from: *shots.first()?, to: *shots.last()?, people: shots.len(), why, face }).filter(|s| s.people >= FEW)
    };
    runs.into_iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::align::outcome::Placed;

    fn day(text: &str) -> Alignment {
        let placed = |(shot, letter): (usize, char)| {
            let (standing, why) = match letter {
                't' => (Standing::Doubt, vec![Why::Ambiguous, Why::ScannedTogether]),
                'o' => (Standing::Doubt, vec![Why::OneAhead]),
                'd' => (Standing::Doubt, vec![Why::Ambiguous]),
                '-' => (Standing::NoPhoto, vec![]),
                'c' => (Standing::Confirmed, vec![]),
                _ => (Standing::Sure, vec![]),
            };
            Placed { used: (letter != '-').then_some(shot), standing, why, ..Placed::default() }
        };
        Alignment { shots: text.chars().enumerate().map(placed).collect(), ..Alignment::default() }
    }

    fn told(text: &str) -> Vec<(usize, usize, usize, Why, Option<usize>)> {
        stretches(&day(text)).into_iter().map(|s| (s.from, s.to, s.people, s.why, s.face)).collect()
    }

    #[test]
    fn people_who_are_doubts_for_one_reason_are_one_stretch() {
        assert_eq!(told("..tt-tct..d.."), [(2, 7, 4, Why::ScannedTogether, Some(5))]);
    }

    #[test]
    fn another_reason_and_whoever_is_sure_part_stretches() {
        assert_eq!(told("ttttooo"), [(0, 3, 4, Why::ScannedTogether, Some(2)), (4, 6, 3, Why::OneAhead, Some(5))]);
        assert_eq!(told("ttt.ttt").len(), 2);
    }

    #[test]
    fn a_few_are_told_by_themselves_and_a_calm_day_tells_nothing() {
        assert_eq!(told("..tt.o.."), []);
        assert_eq!(told(""), []);
    }
}
