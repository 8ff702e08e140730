//! The first source of days: the rehearsal's own camera. It does not tell strangers from strays: a frame of neither counts as a stray.

use duihao::desk::rehearsal::camera;

use super::recipe::Kind;
use super::truth::{Session, Shows};

/// The session of this seed.
pub fn session(kind: Kind, seed: u64) -> Session {
    let kind = match kind {
        Kind::Clean => camera::Kind::Clean,
        Kind::Good => camera::Kind::Good,
        Kind::Rough => camera::Kind::Rough,
        Kind::Hostile => camera::Kind::Hostile,
        Kind::Harsher => camera::Kind::Harsher,
    };
    let day = camera::usual_day(kind, seed);
    let shows = day.owner.iter().map(|owner| owner.map_or(Shows::Nobody, Shows::Shot)).collect();
    Session { problem: day.problem, shows, right: day.picture, offsets: Vec::new(), limit: Vec::new() }
}
