//! The one door: command, decide, write, fold.

pub mod beside;
pub mod campaign;
pub mod checkup;
pub mod chosen;
pub mod clock;
pub mod clock_code;
pub mod closing;
pub mod copying;
pub mod derived;
pub mod disk;
pub mod door;
pub mod error;
pub mod founding;
pub mod ground;
pub mod handing_out;
pub mod jobs;
pub mod looking;
pub mod pictures;
pub mod practice;
pub mod preferences;
pub mod print_pack;
pub mod rehearsal;
pub mod relisting;
pub mod sample;
pub mod sample_photos;
pub mod settings;
pub mod sheets;
pub mod shelf;

pub use crate::journal::{Damage, Mode, NewStation, Notice};
pub use door::{Desk, Receipt};
pub use error::{Error, Kind};
pub mod export;
pub mod intake;
pub mod photographs;
