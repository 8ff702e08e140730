//! The screens.

pub mod alarm;
pub mod board;
pub mod dashboard;
pub mod desk;
pub mod door;
pub mod faces;
pub mod findings;
pub mod photos;
pub mod proof;
pub mod small;
pub mod tomorrow;
pub mod top;
