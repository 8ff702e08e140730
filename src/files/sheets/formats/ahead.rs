//! Unpacking ahead of whoever reads: while one window is taken apart, the next ones are unpacked on another thread.
//!
//! ```text
//! archive ──▶ unpack ──▶ │ window │ window │ window │ ──▶ taken apart into cells
//! ```

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::super::error::SheetError;
use crate::files::quiet::quietly;

/// Fewer bytes are not worth a thread.
pub const FROM: u64 = 1 << 20;
/// Bytes unpacked at once.
const WINDOW: usize = 64 << 10;
/// Most windows that wait to be read.
const WAITING: usize = 4;

/// Calls `read` with what `from` gives, byte for byte, its error included.
pub fn unpacking<T>(from: impl Read + Send, read: impl FnOnce(Ahead) -> T) -> T {
    thread::scope(|scope| {
        let (give, windows) = sync_channel(WAITING);
        scope.spawn(move || {
            // A library that panics on damaged bytes is one more damaged file, on whichever thread.
            if quietly(|| unpack(from, &give)).is_none() {
                let _ = give.send(Err(io::Error::other(SheetError::Damaged("the reader gave up".to_owned()))));
            }
        });
        read(Ahead { windows, open: Vec::new(), at: 0 })
    })
}

/// Ends with the source, with its first error, or where nobody reads on.
fn unpack(mut from: impl Read, give: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut window = vec![0; WINDOW];
        let read = from.read(&mut window);
        let ends = !matches!(read, Ok(1..));
        if let Ok(0) = read {
            return;
        }
        let window = read.map(|n| {
            window.truncate(n);
            window
        });
        if give.send(window).is_err() || ends {
            return;
        }
    }
}

/// What was unpacked ahead.
#[derive(Debug)]
pub struct Ahead {
    windows: Receiver<io::Result<Vec<u8>>>,
    /// The window being read, and how far.
    open: Vec<u8>,
    at: usize,
}

impl Read for Ahead {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.at == self.open.len() {
            // Whoever unpacks has ended.
            let Ok(window) = self.windows.recv() else { return Ok(0) };
            (self.open, self.at) = (window?, 0);
        }
        let left = self.open.get(self.at..).unwrap_or_default();
        let n = left.len().min(to.len());
        to.get_mut(..n).unwrap_or_default().copy_from_slice(left.get(..n).unwrap_or_default());
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes piece by piece, then an error.
    struct Cut(Vec<u8>, usize);

    impl Read for Cut {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(self.0.len()).min(to.len());
            if n == 0 {
                return Err(io::Error::other(SheetError::Empty));
            }
            to[..n].copy_from_slice(&self.0[..n]);
            self.0.drain(..n);
            Ok(n)
        }
    }

    fn bytes() -> Vec<u8> {
        (0..3 * WINDOW + 7).map(|n| u8::try_from(n % 251).unwrap()).collect()
    }

    #[test]
    fn what_was_unpacked_ahead_is_what_would_have_been_read() {
        let mut read = Vec::new();
        unpacking(bytes().as_slice(), |mut from| from.read_to_end(&mut read)).unwrap();
        assert_eq!(read, bytes());
    }

    #[test]
    fn the_error_of_the_source_comes_behind_all_that_came_before_it() {
        let mut read = Vec::new();
        let error = unpacking(Cut(bytes(), 1_000), |mut from| from.read_to_end(&mut read)).unwrap_err();
        assert_eq!(error.into_inner().unwrap().downcast_ref::<SheetError>(), Some(&SheetError::Empty));
        assert_eq!(read, bytes());
    }

    #[test]
    fn whoever_stops_reading_waits_for_nothing() {
        assert_eq!(unpacking(io::repeat(7), |mut from| from.read(&mut [0; 3]).unwrap()), 3);
    }

    #[test]
    fn a_source_that_panics_is_damaged() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                panic!("damaged")
            }
        }
        assert!(unpacking(Broken, |mut from| from.read(&mut [0; 3])).is_err());
    }
}
