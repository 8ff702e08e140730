//! What crosses the disk: sheets in, reports out.

pub mod campaign_fault;
pub mod campaign_in;
pub mod photos;
pub mod qr_code;
pub mod quiet;
pub mod reports;
pub mod sheets;
