//! The screens.

pub mod alarm;
pub mod dashboard;
pub mod desk;
pub mod door;
pub mod findings;
pub mod small;
pub mod top;
