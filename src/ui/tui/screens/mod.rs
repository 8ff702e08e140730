//! The screens.

pub mod alarm;
pub mod board;
pub mod candidates;
pub mod checkup;
pub mod dashboard;
pub mod desk;
pub mod door;
pub mod faces;
pub mod findings;
pub mod journal;
pub mod photos;
pub mod proof;
pub mod small;
pub mod tomorrow;
pub mod top;
