//! Puts a report on disk: chooses the format, builds the bytes, replaces the old file in one step.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::error::ReportError;
use super::table::Report;
use super::{delimited, page, workbook};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook for Excel and WPS.
    Xlsx,
    /// One table as text.
    Csv,
    /// A page for the browser and the printer.
    Html,
    /// For programs.
    Json,
}

impl FromStr for Format {
    type Err = ReportError;
    fn from_str(word: &str) -> Result<Self, ReportError> {
        match word.to_ascii_lowercase().as_str() {
            "xlsx" => Ok(Self::Xlsx),
            "csv" => Ok(Self::Csv),
            "html" | "htm" => Ok(Self::Html),
            "json" => Ok(Self::Json),
            _ => Err(ReportError::UnknownFormat(word.to_owned())),
        }
    }
}

impl Format {
    /// The format asked for, else the one of the file's suffix, else a workbook.
    ///
    /// # Errors
    /// [`ReportError::UnknownFormat`] where nothing was asked for and the suffix is none of ours.
    pub fn choose(asked: Option<Self>, out: &Path) -> Result<Self, ReportError> {
        match (asked, out.extension()) {
            (Some(format), _) => Ok(format),
            (None, Some(suffix)) => suffix.to_string_lossy().parse(),
            (None, None) => Ok(Self::Xlsx),
        }
    }
}

/// Writes a report to `out` and says in which format; the folder is made where it is missing.
///
/// # Errors
/// See [`ReportError`]; whatever went wrong, a file already there is as it was.
pub fn save(report: &Report, asked: Option<Format>, out: &Path) -> Result<Format, ReportError> {
    let format = Format::choose(asked, out)?;
    check_target(out)?;
    replace(out, &bytes(report, format)?)?;
    Ok(format)
}

/// The bytes of a report in that format.
///
/// # Errors
/// Only where a library refuses what it was given.
pub fn bytes(report: &Report, format: Format) -> Result<Vec<u8>, ReportError> {
    match format {
        Format::Xlsx => workbook::bytes(&report.heading, &report.sheets),
        Format::Csv => delimited::bytes(&report.flat),
        Format::Html => Ok(page::bytes(&report.heading, &report.sheets)),
        Format::Json => {
            let mut text = serde_json::to_vec_pretty(&report.json).map_err(|e| ReportError::Text(e.into()))?;
            text.push(b'\n');
            Ok(text)
        }
    }
}

/// Replaces the file at `out` by these bytes in one step: a new file beside it, flushed to the disk, then renamed over it.
///
/// # Errors
/// See [`ReportError`]; the old file is as it was.
pub fn replace(out: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    check_target(out)?;
    // A link stays a link: what it points to is replaced.
    let target = if out.is_symlink() { fs::canonicalize(out).unwrap_or_else(|_| out.to_owned()) } else { out.to_owned() };
    // A pipe or a device takes the bytes; a rename would put a file in its place.
    if fs::metadata(&target).is_ok_and(|m| !m.is_file()) {
        let opened = OpenOptions::new().write(true).open(&target);
        return opened.and_then(|mut pipe| pipe.write_all(bytes)).map_err(|e| ReportError::of_disk(out, e));
    }
    let folder = match target.parent() {
        Some(p) if !p.as_os_str().is_empty() => p.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&folder).map_err(|e| ReportError::of_disk(&folder, e))?;
    let (draft, file) = create_draft(&folder).map_err(|e| ReportError::of_disk(&folder, e))?;
    let written = fill(file, bytes).and_then(|()| fs::rename(&draft, &target));
    if let Err(e) = written {
        // The draft holds people's data: it must not stay behind. The first error is the one to tell.
        let _ = fs::remove_file(&draft);
        return Err(ReportError::of_disk(out, e));
    }
    // Makes the new name itself survive a power cut; not every system can open a folder, and the file is whole either way.
    let _ = File::open(&folder).and_then(|f| f.sync_all());
    Ok(())
}

fn check_target(out: &Path) -> Result<(), ReportError> {
    if out.is_dir() {
        return Err(ReportError::IsFolder(out.to_owned()));
    }
    if out.file_name().is_none() || out.as_os_str().to_string_lossy().ends_with(std::path::is_separator) {
        return Err(ReportError::NoName(out.to_owned()));
    }
    // A rename would go over a write-protected file on some systems and not on others.
    if fs::metadata(out).is_ok_and(|m| m.permissions().readonly()) {
        return Err(ReportError::ReadOnly(out.to_owned()));
    }
    Ok(())
}

fn fill(mut file: File, bytes: &[u8]) -> std::io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new empty file in `folder` under a name that is nobody's.
fn create_draft(folder: &Path) -> std::io::Result<(PathBuf, File)> {
    let mut number = 0;
    loop {
        let path = folder.join(format!(".duihao-{}-{number}.part", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(e) if e.kind() == ErrorKind::AlreadyExists && number < 1000 => number += 1,
            Err(e) => return Err(e),
        }
    }
}
