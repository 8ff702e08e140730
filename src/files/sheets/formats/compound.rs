//! The container of old Office files: streams as chains of sectors, each chain no longer than the file.

use std::borrow::Cow;

use super::super::error::SheetError;

const END: u32 = 0xffff_fffe;
/// Ids from here on are marks, no sectors.
const MARKS: u32 = 0xffff_fffa;
/// Streams shorter than this lie in the small sectors.
const SMALL: u64 = 4096;
const SMALL_SECTOR: usize = 64;

/// An opened container.
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Cow<'a, [u8]>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

fn broken(what: &str) -> SheetError {
    SheetError::Damaged(format!("container: {what}"))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|c| u32_at(c, 0))
}

impl<'a> Compound<'a> {
    /// Reads the header, the table of sectors and the directory.
    pub fn open(bytes: &'a [u8]) -> Result<Self, SheetError> {
        let head = |at| u32_at(bytes, at).ok_or_else(|| broken("header"));
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(broken("sector size")),
        };
        let mut this = Self { bytes, sector, next: Vec::new(), next_small: Vec::new(), small: Cow::Borrowed(&[]), entries: Vec::new() };
        this.next = this.table(head(68)?)?;
        let directory = this.chain(head(48)?, None)?;
        this.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let root = this.entries.first().map(|e| (e.start, e.size)).ok_or_else(|| broken("directory"))?;
        if head(64)? > 0 {
            // A file cut off inside the small sectors may still hold its workbook elsewhere.
            this.next_small = this.chain(head(60)?, None).map(|t| words(&t).collect()).unwrap_or_default();
            this.small = this.chain(root.0, Some(root.1)).unwrap_or_default();
        }
        Ok(this)
    }

    /// True where there is a stream or folder of that name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; `None` where there is none of that name.
    pub fn stream(&self, name: &str) -> Result<Option<Cow<'a, [u8]>>, SheetError> {
        let Some(entry) = self.entries.iter().find(|e| e.name.eq_ignore_ascii_case(name)) else { return Ok(None) };
        if entry.size < SMALL { self.small_chain(entry).map(Some) } else { self.chain(entry.start, Some(entry.size)).map(Some) }
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let from = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last sector may be cut: some writers do not fill it.
        self.bytes.get(from..from.checked_add(self.sector)?.min(self.bytes.len())).filter(|s| !s.is_empty())
    }

    /// The table that gives each sector its next one.
    fn table(&self, mut more: u32) -> Result<Vec<u32>, SheetError> {
        let mut parts: Vec<u32> = words(self.bytes.get(76..512).unwrap_or_default()).collect();
        let mut seen = 0;
        while more < MARKS {
            seen += 1;
            if seen > self.sectors() {
                return Err(broken("a chain without end"));
            }
            parts.extend(words(self.sector(more).ok_or_else(|| broken("cut off"))?));
            more = parts.pop().unwrap_or(END);
            if parts.len() > self.sectors() + 1024 {
                return Err(broken("a table without end"));
            }
        }
        let mut table = Vec::new();
        for id in parts.into_iter().filter(|id| *id < MARKS) {
            // More than one entry a sector says nothing.
            if table.len() > self.sectors() {
                break;
            }
            table.extend(words(self.sector(id).ok_or_else(|| broken("cut off"))?));
        }
        Ok(table)
    }

    fn chain(&self, start: u32, size: Option<u64>) -> Result<Cow<'a, [u8]>, SheetError> {
        let size = size.map_or(usize::MAX, |s| usize::try_from(s).unwrap_or(usize::MAX));
        if let Some(whole) = self.in_one_piece(start, size) {
            return Ok(Cow::Borrowed(whole));
        }
        let mut chain = Vec::new();
        let (mut id, mut seen) = (start, 0);
        while id < MARKS && chain.len() < size {
            seen += 1;
            if seen > self.sectors() + 1 {
                return Err(broken("a chain without end"));
            }
            chain.extend_from_slice(self.sector(id).ok_or_else(|| broken("cut off"))?);
            id = self.next.get(id as usize).copied().ok_or_else(|| broken("a sector outside the table"))?;
        }
        if size != usize::MAX && chain.len() < size {
            return Err(broken("cut off"));
        }
        chain.truncate(size);
        Ok(Cow::Owned(chain))
    }

    /// A stream whose sectors follow one another needs no copy.
    fn in_one_piece(&self, start: u32, size: usize) -> Option<&'a [u8]> {
        let count = u32::try_from(size.checked_add(self.sector - 1)? / self.sector).ok()?;
        let last = start.checked_add(count)?.checked_sub(1)?;
        let follows = |id: u32| self.next.get(id as usize).is_some_and(|next| *next == id + 1);
        if last >= MARKS || (last as usize) > self.sectors() || !(start..last).all(follows) {
            return None;
        }
        let from = (start as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(from..from.checked_add(size)?)
    }

    fn small_chain(&self, entry: &Entry) -> Result<Cow<'a, [u8]>, SheetError> {
        let size = usize::try_from(entry.size).unwrap_or(0);
        let mut chain = Vec::new();
        let mut id = entry.start;
        while id < MARKS && chain.len() < size {
            let from = (id as usize).saturating_mul(SMALL_SECTOR);
            let part = self.small.get(from..from.saturating_add(SMALL_SECTOR).min(self.small.len())).filter(|p| !p.is_empty());
            chain.extend_from_slice(part.ok_or_else(|| broken("cut off"))?);
            id = self.next_small.get(id as usize).copied().ok_or_else(|| broken("a sector outside the table"))?;
        }
        if chain.len() < size {
            return Err(broken("cut off"));
        }
        chain.truncate(size);
        Ok(Cow::Owned(chain))
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let units = bytes.get(..64)?.chunks_exact(2).filter_map(|c| u16_at(c, 0)).take_while(|u| *u != 0);
    let name: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    // Above four bytes old writers leave whatever was in memory.
    Some(Entry { name, start: u32_at(bytes, 116)?, size: u64::from(u32_at(bytes, 120)?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_that_is_cut_or_runs_in_a_circle_is_refused() {
        let mut bytes = vec![0u8; 512 * 4];
        bytes[30] = 9;
        assert!(Compound::open(&bytes[..100]).is_err());
        let put = |bytes: &mut Vec<u8>, at: usize, n: u32| bytes[at..at + 4].copy_from_slice(&n.to_le_bytes());
        for at in (76..512).step_by(4) {
            put(&mut bytes, at, u32::MAX);
        }
        // Sector 0 is the table; the directory's sector 1 is its own next.
        put(&mut bytes, 76, 0);
        put(&mut bytes, 68, END);
        put(&mut bytes, 48, 1);
        put(&mut bytes, 512, 0xffff_fffd);
        put(&mut bytes, 516, 1);
        assert!(matches!(Compound::open(&bytes), Err(SheetError::Damaged(_))));
        put(&mut bytes, 68, 2);
        put(&mut bytes, 512 * 3 + 508, 2);
        assert!(matches!(Compound::open(&bytes), Err(SheetError::Damaged(_))));
    }
}
