//! What crosses the disk: sheets in, reports out.

pub mod reports;
pub mod sheets;
