//! Reports out: who is on which photograph, who has none and why, how far every college is.
//!
//! ```text
//!   rows of the day          mapping · no_shows · summary
//!         │
//!      Report                table: sheets for a workbook, one flat table, one JSON value
//!         │
//!   bytes of one format      workbook (xlsx) · delimited (csv) · page (html) · JSON
//!         │
//!    file on disk            write: the old file stays until the new one is whole
//! ```

pub mod cards;
pub mod closing;
pub mod contact;
pub mod corrections;
pub mod delimited;
pub mod error;
pub mod form;
pub mod mapping;
pub mod no_shows;
pub mod notices;
pub mod pack;
pub mod page;
pub mod paper;
pub mod pictures;
pub mod print_pack;
pub mod proof;
pub mod summary;
pub mod table;
pub mod workbook;
pub mod write;
