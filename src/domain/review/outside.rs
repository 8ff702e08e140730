//! Pictures of other days and other hours on the same card: yesterday's session, a party in the evening. They are nobody's of this session,
//! and among its frames they would only keep its clock from being found.

use crate::domain::album::Album;
use crate::domain::align::problem::{Shot, Timing};
use crate::domain::ids::Millis;

/// So long, ms, before the first and after the last person a session still goes on.
const AROUND: Millis = 90 * 60_000;
/// Fewer people tell no session.
const FEW: usize = 20;
/// So many of the people, per cent, must have a picture within the session before anything outside is left out: else the camera's clock is
/// off, and nothing is known of when its pictures were taken.
const WITHIN: usize = 80;

/// For each photograph of the album whether it was taken well outside the session.
pub fn outside(album: &Album, shots: &[Shot]) -> Vec<bool> {
    let none = vec![false; album.photos.len()];
    let live: Vec<Millis> = shots.iter().filter(|s| !s.void && s.timing != Timing::Handed).filter_map(|s| s.at).collect();
    let (Some(first), Some(last)) = (live.iter().min(), live.iter().max()) else { return none };
    let taken = |place: usize| {
        let picture = &album.photos[place].picture;
        let offset = album.offsets.get(&picture.body).or_else(|| album.offsets.get(&None)).copied().unwrap_or_default();
        picture.taken.filter(|_| picture.fault.is_none_or(|f| f.shows())).map(|at| at - offset)
    };
    let times: Vec<Option<Millis>> = (0..album.photos.len()).map(taken).collect();
    let is_within = |at: Millis| (first - AROUND..=last + AROUND).contains(&at);
    let within = times.iter().flatten().filter(|at| is_within(**at)).count();
    if live.len() < FEW || within * 100 < live.len() * WITHIN {
        return none;
    }
    times.into_iter().map(|at| at.is_some_and(|at| !is_within(at))).collect()
}
