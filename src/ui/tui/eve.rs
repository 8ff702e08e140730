//! What the screens of the evening before remember.

use std::path::{Path, PathBuf};

use crate::desk::export::Only;
use crate::desk::print_pack::{self, PrintPlan};
use crate::desk::{Desk, Error};
use crate::domain::evening::Point;
use crate::ui::words::{Lang, eve};

/// What 明天 remembers.
#[derive(Debug, Clone, Default)]
pub struct Eve {
    /// The row the arrows stand on.
    pub at: usize,
    /// What lists and schedule tell, looked at once a change.
    pub points: Vec<Point>,
    /// Free space in MB, where the system tells.
    pub free: Option<u64>,
    /// Where the print pack goes.
    pub out: String,
    /// Sheets written, of how many.
    pub printing: Option<(usize, usize)>,
    /// The room that the board shows, by its place.
    pub room: Option<usize>,
}

/// The print pack of the day as it stands.
///
/// # Errors
/// As [`print_pack::plan`].
pub fn pack(desk: &Desk, lang: Lang, folder: &Path) -> Result<PrintPlan, Error> {
    print_pack::plan(desk.day(), desk.now(), &Only::default(), eve::at_a_glance(lang), folder)
}

/// Where it goes: into the folder this user likes, else beside the database; a day without a file has nowhere else than the folder for
/// what is not to last.
pub fn pack_folder(desk: &Desk, lang: Lang, liked: &str) -> PathBuf {
    let folder = if liked.is_empty() { desk.folder().unwrap_or_else(std::env::temp_dir) } else { PathBuf::from(liked) };
    folder.join(eve::pack_folder(lang))
}

/// A line opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// What.
    pub title: String,
    /// What it means and what to do.
    pub text: Vec<String>,
    /// Who or what.
    pub who: Vec<String>,
    /// The row the arrows stand on.
    pub at: usize,
}
