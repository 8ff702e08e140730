//! Small things that are drawn.

pub mod cells;
pub mod digits;
pub mod page;
pub mod picture;
pub mod qr;
pub mod sheet;
