//! The manifest (清单.csv): which picture lies under which name, whose it is and what that rests on.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::error::CopyError;
use crate::domain::digest;
use crate::files::reports::table::{Cell, Column, Row, Table, plain};
use crate::files::reports::{delimited, error::ReportError, write};

/// Its name in the folder.
pub const MANIFEST: &str = "清单.csv";
/// Largest manifest that is read, in bytes: some 200,000 pictures.
const LARGEST: u64 = 64 << 20;
const HASH: &str = "SHA-256";
const PHOTO: &str = "原照片";
const FILE: &str = "文件";

/// One picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// SHA-256 of the file, hex.
    pub hash: String,
    /// The original, below the folder that was read.
    pub photo: String,
    /// 学号
    pub student_no: Option<String>,
    /// 姓名
    pub name: Option<String>,
    /// 身份证号, masked.
    pub id_no: Option<String>,
    /// The copy, below the folder of copies, with `/`.
    pub file: String,
    /// 依据
    pub method: String,
    /// 把握, 0–1.
    pub posterior: Option<f64>,
    /// 状态
    pub status: String,
}

/// What a manifest says of a file on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// SHA-256, hex.
    pub hash: String,
    /// The original.
    pub photo: String,
    /// The copy; not yet checked to be inside the folder.
    pub file: String,
}

/// Which copy these pairs of original and copy are, in whatever order.
pub fn identity<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut pairs: Vec<(String, String)> = pairs.map(|(photo, file)| (bare(&plain(photo)), bare(file))).collect();
    pairs.sort_unstable();
    let parts: Vec<&str> = pairs.iter().flat_map(|(photo, file)| [photo.as_str(), file.as_str()]).collect();
    digest::hex(&digest::of(&parts))
}

/// Writes the manifest of this folder in one step.
///
/// # Errors
/// See [`ReportError`]; a manifest already there is as it was.
pub fn write(folder: &Path, lines: &[Line]) -> Result<(), ReportError> {
    let columns = vec![
        Column::text(HASH, 64),
        Column::text(PHOTO, 40),
        Column::text("学号", 20),
        Column::text("姓名", 20),
        Column::text("身份证号", 20),
        Column::text(FILE, 40),
        Column::text("依据", 10),
        Column::text("把握", 10),
        Column::text("状态", 10),
    ];
    let row = |line: &Line| {
        Row::plain(vec![
            Cell::text(&line.hash),
            Cell::text(&line.photo),
            Cell::maybe(line.student_no.as_deref()),
            Cell::maybe(line.name.as_deref()),
            Cell::maybe(line.id_no.as_deref()),
            Cell::text(&line.file),
            Cell::text(&line.method),
            line.posterior.map_or(Cell::Empty, |p| Cell::Text(sureness(p))),
            Cell::text(&line.status),
        ])
    };
    let table = Table { title: String::new(), columns, rows: lines.iter().map(row).collect() };
    write::replace(&folder.join(MANIFEST), &delimited::bytes(&table)?)
}

/// Reads the manifest of this folder; `None` where there is none.
///
/// # Errors
/// [`CopyError::Manifest`] where it is damaged, too large or not ours.
pub fn read(folder: &Path) -> Result<Option<Vec<Named>>, CopyError> {
    let path = folder.join(MANIFEST);
    let Ok(file) = File::open(&path) else { return Ok(None) };
    let fault = || CopyError::Manifest(path.clone());
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|_| fault())?;
    if bytes.len() as u64 > LARGEST {
        return Err(fault());
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| fault())?;
    named(text.trim_start_matches('\u{feff}')).ok_or_else(fault).map(Some)
}

fn named(text: &str) -> Option<Vec<Named>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().ok()?.clone();
    let column = |name: &str| header.iter().position(|h| h == name);
    let (hash, photo, file) = (column(HASH)?, column(PHOTO)?, column(FILE)?);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let field = |at: usize| record.get(at).map(bare);
        let hash = field(hash).filter(|h| h.len() == 64 && h.bytes().all(|b| b.is_ascii_hexdigit()))?;
        rows.push(Named { hash: hash.to_ascii_lowercase(), photo: field(photo)?, file: field(file)? });
    }
    Some(rows)
}

/// A field without the apostrophe that keeps a spreadsheet from running it; no name of ours begins with one.
fn bare(field: &str) -> String {
    field.trim_start_matches('\'').to_owned()
}

// Cut, not rounded: 1 means certain.
fn sureness(posterior: f64) -> String {
    format!("{:.5}", (posterior.clamp(0.0, 1.0) * 1e5).floor() / 1e5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_and_runs_in_no_spreadsheet() {
        let folder = tempfile::tempdir().unwrap();
        let line = |photo: &str, file: &str| Line {
            hash: "a".repeat(64),
            photo: photo.into(),
            name: Some("=HYPERLINK(\"x\")".into()),
            file: file.into(),
            posterior: Some(0.999_999),
            ..Line::default()
        };
        let lines = [line("100CANON/=1.jpg", "-x/1.jpg"), line("=2\n.jpg", "\"引号\",2.jpg"), line("'=3.jpg", "3.jpg")];
        write(folder.path(), &lines).unwrap();
        let text = std::fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
        assert!(text.starts_with("\u{feff}SHA-256,原照片,学号,"));
        assert!(
            text.contains("\"'=HYPERLINK(\"\"x\"\")\"")
                && text.contains("'=2 .jpg")
                && text.contains("'-x/1.jpg")
                && text.contains("0.99999,"),
            "{text}"
        );
        let read = read(folder.path()).unwrap().unwrap();
        assert_eq!(read.iter().map(|n| n.file.as_str()).collect::<Vec<_>>(), ["-x/1.jpg", "\"引号\",2.jpg", "3.jpg"]);
        let of = |pairs: &[(&str, &str)]| identity(pairs.iter().copied());
        let pairs: Vec<(&str, &str)> = lines.iter().map(|l| (l.photo.as_str(), l.file.as_str())).collect();
        assert_eq!(identity(read.iter().map(|n| (n.photo.as_str(), n.file.as_str()))), of(&pairs));
    }

    #[test]
    fn what_is_no_manifest_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), None);
        let short = "SHA-256,原照片,文件\nabc,1,2\n".as_bytes();
        for bytes in [&b"\xff\xfe"[..], b"", "姓名\n张三\n".as_bytes(), short] {
            std::fs::write(folder.path().join(MANIFEST), bytes).unwrap();
            assert!(matches!(read(folder.path()), Err(CopyError::Manifest(_))), "{bytes:?}");
        }
    }
}
