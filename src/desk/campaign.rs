//! Starting a campaign from its file.

use std::path::Path;

use super::door::{Desk, Receipt};
use super::error::Error;
use super::intake;
use crate::domain::campaign::Campaign;
use crate::domain::command::Ask;
use crate::files::campaign_fault::{CampaignError, Fault};
use crate::files::campaign_in;

/// Reads a campaign file.
pub fn read(path: &Path) -> Result<Campaign, Error> {
    let bytes = intake::bytes(path)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text =
        std::str::from_utf8(bytes).map_err(|_| Error::Campaign(path.to_owned(), CampaignError { line: None, fault: Fault::NotText }))?;
    campaign_in::read(text).map_err(|e| Error::Campaign(path.to_owned(), e))
}

/// Declares it; the same declaration again is nothing.
pub fn declare(desk: &mut Desk, campaign: Campaign) -> Result<Receipt, Error> {
    desk.submit(Ask::Declare(Box::new(campaign)))
}

/// A campaign's id as a file name.
pub fn file_name(id: &str) -> String {
    let safe: String = id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' }).take(80).collect();
    if safe.is_empty() { "duihao".to_owned() } else { safe }
}
