//! What the photos screen remembers: the table of a session's causes, doubts and people, the faces being looked at, and small pictures.

pub mod copying;
pub mod decision;
pub mod facing;
pub mod pictures;
pub mod seen;
pub mod table;
