//! The screens.

pub mod alarm;
pub mod candidates;
pub mod dashboard;
pub mod desk;
pub mod door;
pub mod faces;
pub mod findings;
pub mod photos;
pub mod proof;
pub mod small;
pub mod top;
