//! 导出 and 备份 from the screen: what the worker is given.

use std::path::{Path, PathBuf};

use crate::desk::handing_out::{Handout, HandoutPlan, SayCause};
use crate::desk::jobs::Job;
use crate::desk::{Desk, Error, backups, pictures};
use crate::ui::words::{Lang, handing_out, photo_cause};

/// These sheets of the day as it stands, beside the database. A day without a file leaves nothing behind unasked; what was `asked` for goes
/// to the folder for what is not to last.
pub fn job(desk: &Desk, lang: Lang, wanted: &[Handout], asked: bool) -> Option<Job> {
    let folder = desk.folder().or_else(|| asked.then(std::env::temp_dir))?;
    let say: SayCause = match lang {
        Lang::Zh => |day, review, cause| photo_cause::cause(Lang::Zh, day, review, cause),
        Lang::En => |day, review, cause| photo_cause::cause(Lang::En, day, review, cause),
    };
    // Worked out anew where something was written since: no scan waits for that where nobody reads it.
    let of_pictures = wanted.iter().any(|what| what.tells_of_photographs());
    Some(Job::HandOut(Box::new(HandoutPlan {
        day: desk.day().clone(),
        now: desk.now(),
        reviews: if of_pictures { desk.reviews() } else { Vec::new() },
        say,
        wanted: wanted.iter().map(|what| (*what, handing_out::file(lang, *what))).collect(),
        out: folder.join(handing_out::folder(lang)),
    })))
}

/// A copy of the database: where it is said, a folder or a file; else into the folder of backups beside it, named by the minute.
/// Nothing where the day is in memory only.
pub fn backup(desk: &Desk, lang: Lang, to: &str) -> Option<Job> {
    let (path, folder) = (desk.path()?, desk.folder()?);
    let to = match to.trim().trim_matches('"') {
        "" => folder.join(handing_out::backups(lang)).join(backups::name(desk)?),
        said => backups::place(desk, Path::new(said)),
    };
    Some(Job::BackUp(path.to_owned(), to))
}

/// A folder of sheets that are written, opened by the system where the day has a file: a rehearsal opens no windows.
///
/// # Errors
/// Those of the writing.
pub fn shown(desk: &Desk, written: Result<(PathBuf, usize), Error>) -> Result<(PathBuf, usize, bool), Error> {
    written.map(|(folder, files)| {
        let shown = desk.path().is_some() && pictures::open(&folder).is_ok();
        (folder, files, shown)
    })
}
