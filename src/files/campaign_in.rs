//! The campaign file.

/// Why it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignError {
    /// 1-based line.
    pub line: Option<usize>,
    /// What.
    pub what: String,
}
