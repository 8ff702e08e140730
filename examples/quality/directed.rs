//! Days on which one class goes otherwise than the rest, in such a way that counting does not show it: the door scans one person ahead of the
//! camera, or behind it, and one more frame of the first or the last person makes up for the one that is missing.

use super::chair::{Chair, Sitter};
use super::dice::Dice;

/// What is otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directed {
    /// How the door scans.
    pub door: Door,
    /// Who is photographed once more.
    pub twice: Twice,
    /// So many classes in a row.
    pub classes: u32,
}

/// How the door scans a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// As everywhere.
    InTime,
    /// The next one, while somebody sits down; the first of the class some moments before.
    Ahead,
    /// The same from the second on: the first is scanned when they sit down, and the second before the last frame of the first.
    AheadAfterFirst,
    /// The next one ahead, and the first of the class was scanned before the pause, behind the last of the class before.
    AheadOverPause,
    /// Everybody when the next one sits down.
    Behind,
    /// Ahead from the middle of the class on.
    AheadFromMiddle,
    /// Behind from there on: when people are about to leave.
    BehindFromMiddle,
}

/// Who of the class has a frame more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twice {
    /// Nobody.
    Nobody,
    /// The first, as others are photographed again.
    First,
    /// The first, about when the second is due: the frame before stands where the class begins.
    FirstSlowly,
    /// The last, as others are.
    Last,
    /// The last, about when one more would be due.
    LastSlowly,
    /// The last, minutes later, before the next class begins.
    LastLater,
    /// Everybody may be photographed several times within a second.
    Bursts,
}

/// Bends the day; gives when each sitter was scanned, where that is not when they sat down.
pub fn bend(chair: &mut Chair, wish: Directed, dice: &mut Dice) -> Vec<Option<f64>> {
    let mut scans = vec![None; chair.sitters.len()];
    if wish.twice == Twice::Bursts {
        bursts(&mut chair.sitters, dice);
        return scans;
    }
    let groups = chair.sitters.last().map_or(0, |s| s.group);
    let first = dice.whole(1, i64::from(groups.saturating_sub(wish.classes).max(1))) as u32;
    let inside = |s: &Sitter| (first..first + wish.classes).contains(&s.group);
    let Some(from) = chair.sitters.iter().position(inside) else { return scans };
    let to = chair.sitters.iter().rposition(inside).unwrap_or(from) + 1;
    pause(chair, from, dice.between(60.0, 240.0));
    pause(chair, to, if wish.twice == Twice::LastLater { dice.between(260.0, 480.0) } else { dice.between(90.0, 240.0) });
    once_more(&mut chair.sitters, wish.twice, from, to, dice);
    let own: Vec<usize> = (from..to).filter(|s| chair.sitters[*s].logged && !chair.sitters[*s].swapped).collect();
    let seats: Vec<f64> = own.iter().map(|s| chair.sitters[*s].seat).collect();
    for (place, &sitter) in own.iter().enumerate() {
        scans[sitter] = match (wish.door, place.checked_sub(1)) {
            (Door::InTime, _) => None,
            (Door::AheadFromMiddle | Door::BehindFromMiddle, _) if place <= own.len() / 2 => None,
            (Door::BehindFromMiddle, _) => {
                let next = seats.get(place + 1).map(|next| next - dice.between(3.0, 8.0));
                Some(next.unwrap_or(seats[place] + dice.between(15.0, 30.0)).max(seats[place]))
            }
            (Door::AheadAfterFirst, None) => Some(seats[0]),
            (Door::AheadAfterFirst, Some(0)) => {
                let frame = chair.sitters[own[0]].exposures.last().copied().unwrap_or(seats[0]);
                Some((frame - dice.between(3.0, 9.0)).max(seats[0] + 1.0))
            }
            (Door::Ahead | Door::AheadOverPause | Door::AheadAfterFirst | Door::AheadFromMiddle, Some(before)) => {
                Some(seats[before] + dice.between(0.8, 3.0))
            }
            (Door::Ahead | Door::AheadFromMiddle, None) => Some(seats[0] - dice.between(1.0, 40.0)),
            (Door::AheadOverPause, None) => from.checked_sub(1).map(|before| chair.sitters[before].seat + dice.between(2.0, 12.0)),
            (Door::Behind, _) => {
                let frame = chair.sitters[sitter].exposures.last().copied().unwrap_or(seats[place]);
                Some(seats.get(place + 1).copied().unwrap_or(frame + 6.0) + dice.between(0.5, 3.0))
            }
        };
    }
    scans
}

fn bursts(sitters: &mut [Sitter], dice: &mut Dice) {
    for sitter in sitters.iter_mut().filter(|s| !s.exposures.is_empty()) {
        if dice.chance(0.3) {
            let mut at = sitter.exposures[sitter.exposures.len() - 1];
            for _ in 0..dice.whole(1, 3) {
                at += dice.between(0.15, 0.5);
                sitter.exposures.push(at);
            }
        }
    }
}

/// Before this sitter nobody sat down for so long at least.
fn pause(chair: &mut Chair, at: usize, least: f64) {
    let (Some(here), Some(before)) = (chair.sitters.get(at), at.checked_sub(1).and_then(|b| chair.sitters.get(b))) else { return };
    let (from, free) = (here.seat, here.seat - before.exposures.last().copied().unwrap_or(before.seat));
    let by = (least - free).max(0.0);
    let moved = |at: &mut f64| *at += if *at >= from { by } else { 0.0 };
    for sitter in &mut chair.sitters {
        [&mut sitter.seat, &mut sitter.until].into_iter().for_each(moved);
        sitter.exposures.iter_mut().for_each(moved);
    }
    chair.strays.iter_mut().chain(&mut chair.breaks).for_each(moved);
    chair.end += by;
    if by > 30.0 {
        chair.breaks.push(from + by / 2.0);
        chair.breaks.sort_by(f64::total_cmp);
    }
}

fn once_more(sitters: &mut [Sitter], twice: Twice, from: usize, to: usize, dice: &mut Dice) {
    let soon = 2.0 + dice.gamma(2.0, 1.5);
    let slowly = dice.between(10.0, 32.0);
    let next = sitters.get(to).map_or(f64::MAX, |s| s.seat);
    match twice {
        Twice::First | Twice::FirstSlowly => {
            let first = &mut sitters[from];
            let by = if twice == Twice::First { soon } else { slowly };
            if let Some(own) = first.exposures.first().copied() {
                // They sat down so much sooner.
                first.exposures.insert(0, own - by);
                first.seat -= by;
            }
        }
        Twice::Last | Twice::LastSlowly | Twice::LastLater => {
            let last = &mut sitters[to - 1];
            if let Some(own) = last.exposures.last().copied() {
                let at = match twice {
                    Twice::Last => own + soon,
                    Twice::LastSlowly => own + slowly,
                    _ if next < f64::MAX => (own + dice.between(180.0, 420.0)).min(next - dice.between(3.0, 40.0)),
                    _ => own + dice.between(180.0, 420.0),
                };
                last.exposures.push(at);
            }
        }
        Twice::Nobody | Twice::Bursts => {}
    }
}
