//! The review of a session's photographs: whose each one is, how sure that is, where counting goes wrong, and what a person may do about it.

pub mod broken;
pub mod cause;
pub mod counted;
pub mod denied;
pub mod looks;
pub mod making;
pub mod names;
pub mod numbered;
pub mod outside;
pub mod rows;
pub mod session;
pub mod settle;
pub mod setup;
pub mod strangers;
pub mod stretches;
pub mod unseen;

pub use making::review;
pub use rows::{Besides, FrameStatus, RowPhoto, RowStatus};
pub use session::{Review, ReviewCamera, ReviewCause};
pub use stretches::Stretch;
