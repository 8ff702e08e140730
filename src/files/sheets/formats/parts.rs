//! The parts of a workbook that is a zip archive: each unpacked while it is read, within bounds that hold whatever the archive declares.
//!
//! A directory may lie: the sizes in it are judged first, and what really comes out is counted on the way.

use std::collections::HashMap;
use std::io::{self, Cursor, Read};

use zip::result::ZipError;

use super::super::error::SheetError;
use super::ahead;
use super::xml::{self, GAP_MAX};

/// Most bytes that all parts may unpack to.
const INFLATED_MAX: u64 = 256 << 20;
/// Largest ratio of unpacked to packed bytes of a part that unpacks to more than [`RATIO_FROM`].
const RATIO_MAX: u64 = 200;
/// Below this the ratio does not matter.
const RATIO_FROM: u64 = 1 << 20;
/// Bytes kept of a part in which something is looked for.
const HEAD: u64 = 64 << 10;

/// What a zip archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archive {
    /// xlsx
    Workbook,
    /// xlsb
    BinaryWorkbook,
    /// OpenDocument spreadsheet
    OpenDocument,
}

/// An archive, open.
pub struct Parts<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// Parts by name, in lower case and with `/`: not every program keeps to that.
    places: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Parts<'a> {
    /// Opens it and judges its directory; nothing is unpacked.
    pub fn open(bytes: &'a [u8]) -> Result<Self, SheetError> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let mut places = HashMap::new();
        let mut total = 0u64;
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(broken)?;
            total = total.saturating_add(part.size());
            if total > INFLATED_MAX || part.size() > most(part.compressed_size()) {
                return Err(too_large());
            }
            let name = part.name().map_or_else(|_| String::new(), |n| key(&n));
            places.entry(name).or_insert(at);
        }
        Ok(Self { archive, places, left: INFLATED_MAX })
    }

    /// What it is, told by the names of its parts.
    pub fn kind(&mut self) -> Result<Archive, SheetError> {
        let says = |head: Vec<u8>, what: &[u8]| memchr::memmem::find(&head, what).is_some();
        let encrypted = says(self.head("meta-inf/manifest.xml")?, b"encryption-data");
        let spreadsheet = says(self.head("mimetype")?, b"opendocument.spreadsheet");
        let has = |fits: &dyn Fn(&str) -> bool| self.places.keys().any(|name| fits(name));
        match () {
            () if encrypted => Err(SheetError::Encrypted),
            () if has(&|n| n.ends_with("workbook.xml")) => Ok(Archive::Workbook),
            () if spreadsheet && has(&|n| n == "content.xml") => Ok(Archive::OpenDocument),
            () if has(&|n| n.ends_with("workbook.bin")) => Ok(Archive::BinaryWorkbook),
            () if has(&|n| n == "content.xml" || n.starts_with("word/") || n.starts_with("ppt/")) => {
                Err(SheetError::OtherFile("a document of another office program"))
            }
            () => Err(SheetError::OtherFile("a zip archive")),
        }
    }

    /// The first bytes of a part; none where there is no such part.
    fn head(&mut self, name: &str) -> Result<Vec<u8>, SheetError> {
        let mut head = Vec::new();
        if let Some(part) = self.part(name)? {
            part.take(HEAD).read_to_end(&mut head).map_err(|e| xml::refused(&e))?;
        }
        Ok(head)
    }

    /// Unpacks a part, whatever its letters' case; `None` where it is not there.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, SheetError> {
        let Some(at) = self.places.get(&key(name)) else { return Ok(None) };
        let part = self.archive.by_index(*at).map_err(broken)?;
        let (of, most) = (part.size(), most(part.compressed_size()));
        let piece = (!key(name).ends_with(".bin")).then_some(0);
        Ok(Some(Part { from: Box::new(Bounded { from: part, left: &mut self.left, most, read: 0, piece }), read: 0, of }))
    }
}

fn key(name: &str) -> String {
    name.to_ascii_lowercase().replace('\\', "/")
}

/// Most bytes that so many may unpack to.
fn most(packed: u64) -> u64 {
    packed.saturating_mul(RATIO_MAX).clamp(RATIO_FROM, INFLATED_MAX)
}

/// One part while it is unpacked. Reading fails with [`SheetError::TooLarge`] at the first byte too many.
pub struct Part<'p> {
    from: Box<dyn Read + Send + 'p>,
    read: u64,
    of: u64,
}

impl Part<'_> {
    /// Bytes read, and of how many as the directory says.
    pub fn far(&self) -> (u64, u64) {
        (self.read, self.of)
    }

    /// Lets it be read while what follows is unpacked on another thread.
    pub fn ahead<T>(self, read: impl FnOnce(Part<'_>) -> T) -> T {
        if self.of < ahead::FROM {
            return read(self);
        }
        ahead::unpacking(self.from, |from| read(Part { from: Box::new(from), read: self.read, of: self.of }))
    }
}

impl Read for Part<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(to)?;
        self.read += n as u64;
        Ok(n)
    }
}

/// What comes out of the archive, counted.
struct Bounded<'p, R> {
    from: R,
    /// What all parts together may still unpack to.
    left: &'p mut u64,
    most: u64,
    read: u64,
    /// Bytes since the last `<`; `None` where the part is no markup.
    piece: Option<usize>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(to)?;
        self.read += n as u64;
        let left = self.left.checked_sub(n as u64).filter(|_| self.read <= self.most);
        *self.left = left.ok_or_else(|| io::Error::other(too_large()))?;
        // A reader that keeps a piece of markup whole must not be given one without end.
        if let Some(piece) = &mut self.piece {
            *piece = match memchr::memrchr(b'<', to.get(..n).unwrap_or_default()) {
                Some(last) => n - last,
                None => *piece + n,
            };
        }
        if self.piece.is_some_and(|piece| piece > 2 * GAP_MAX) { Err(io::Error::other(too_large())) } else { Ok(n) }
    }
}

fn broken(error: ZipError) -> SheetError {
    match error {
        ZipError::Io(error) => xml::refused(&error),
        other => SheetError::Damaged(other.to_string()),
    }
}

fn too_large() -> SheetError {
    SheetError::TooLarge { what: "unpacked workbook, bytes", limit: INFLATED_MAX }
}
