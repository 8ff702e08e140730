//! The screens.

pub mod alarm;
pub mod dashboard;
pub mod desk;
pub mod door;
pub mod faces;
pub mod findings;
pub mod intake;
pub mod next;
pub mod photos;
pub mod proof;
pub mod small;
pub mod top;
pub mod welcome;
