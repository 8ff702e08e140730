//! Sheets in: schedules, class lists, marks and scan logs as schools write them.

/// Why a sheet cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetError {}
