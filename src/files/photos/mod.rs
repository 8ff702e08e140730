//! Photographs in: folders read in two passes, small pictures to show, copies out under new names.
//!
//! The first pass ([`folder`]) opens every file once and reads its head: time, body, size. The second ([`check`]) reads
//! files whole: hash, strict decoding, measures, QR cards. Originals are never written to.

pub mod capture;
pub mod check;
pub mod copy;
pub mod decode;
pub mod error;
mod finder_pattern;
pub mod folder;
pub mod kind;
pub mod listing;
pub mod marker;
pub mod measure;
pub mod pair;
pub mod thumb;
pub mod window;

pub use error::PhotoError;
pub use folder::{Reading, read};
pub use pair::Progress;
