//! A file seen through its first bytes: what lies further is fetched only where it is asked for.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

/// Bytes taken with the first read: what a camera says of time and body lies there.
pub const HEAD: usize = 4096;
/// Least bytes fetched at once from further on.
const PATCH: usize = 1024;
/// Most fetches from further on; a picture that needs more is no camera's.
const PATCHES: usize = 64;

/// The head of a file, and one stretch from further on.
#[derive(Debug)]
pub struct Window<R> {
    source: R,
    head: Vec<u8>,
    /// True where the head is the whole file.
    whole: bool,
    patch: Vec<u8>,
    patch_at: u64,
    patches: usize,
    failed: bool,
}

impl<R: Read + Seek> Window<R> {
    /// Reads the head.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn open(mut source: R) -> std::io::Result<Self> {
        let mut head = vec![0; HEAD];
        let filled = fill(&mut source, &mut head)?;
        head.truncate(filled);
        Ok(Self { source, whole: filled < HEAD, head, patch: Vec::new(), patch_at: 0, patches: 0, failed: false })
    }

    /// The first bytes of the file.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The `n` bytes at `at`; `None` where the file ends before, or cannot be read there.
    pub fn get(&mut self, at: u64, n: usize) -> Option<&[u8]> {
        let end = at.checked_add(n as u64)?;
        if end <= self.head.len() as u64 {
            let at = usize::try_from(at).ok()?;
            return self.head.get(at..at + n);
        }
        if self.whole {
            return None;
        }
        let inside = self.patch_at <= at && end <= self.patch_at + self.patch.len() as u64;
        if !inside {
            self.fetch(at, n)?;
        }
        let from = usize::try_from(at - self.patch_at).ok()?;
        self.patch.get(from..from + n)
    }

    /// True where the disk refused, so that what is missing may be there all the same.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// True where so much lay so far on that reading was given up.
    pub fn gave_up(&self) -> bool {
        self.patches >= PATCHES
    }

    fn fetch(&mut self, at: u64, n: usize) -> Option<()> {
        if self.gave_up() {
            return None;
        }
        self.patches += 1;
        self.patch.resize(n.max(PATCH), 0);
        self.patch_at = at;
        let read = self.source.seek(SeekFrom::Start(at)).and_then(|_| fill(&mut self.source, &mut self.patch));
        self.failed |= read.is_err();
        self.patch.truncate(read.unwrap_or(0));
        Some(())
    }
}

/// Reads until the buffer is full or the file ends; the number of bytes read.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn what_lies_further_on_is_found_and_what_lies_past_the_end_is_not() {
        let bytes: Vec<u8> = (0..20_000u32).map(|n| (n % 251) as u8).collect();
        let mut window = Window::open(Cursor::new(&bytes)).unwrap();
        for at in [0usize, 10, HEAD - 3, HEAD, 15_000, 19_990, 5_000] {
            assert_eq!(window.get(at as u64, 10).unwrap(), &bytes[at..at + 10]);
        }
        assert_eq!(window.get(19_995, 10), None);
        assert_eq!(window.get(u64::MAX - 2, 10), None);
        assert!(!window.failed());
    }

    #[test]
    fn a_file_that_sends_the_reader_about_is_given_up() {
        let bytes = vec![0u8; 1 << 20];
        let mut window = Window::open(Cursor::new(&bytes)).unwrap();
        let got = (0..200u64).filter(|n| window.get(HEAD as u64 + n * 4_000, 8).is_some()).count();
        assert_eq!(got, PATCHES);
        assert!(window.gave_up());
    }
}
