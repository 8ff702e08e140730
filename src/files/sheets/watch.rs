//! How far the reading of one file is, and whether it is to go on.

use super::error::SheetError;

/// It is told every so many rows.
pub const ROWS_BETWEEN: usize = 2_000;

/// How far a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Far {
    /// Its sheet is being unpacked: bytes of its part, of how many, and rows seen in them.
    Unpacked {
        /// Bytes so far.
        bytes: u64,
        /// Bytes in all, as the file says.
        of: u64,
        /// Rows so far.
        rows: u64,
    },
    /// Its rows are being understood.
    Understood {
        /// Rows so far.
        rows: u64,
        /// Rows in all.
        of: u64,
    },
}

/// Who is told, and may stop it: nothing of a file that is stopped is taken.
pub struct Watch<'a>(Option<&'a mut dyn FnMut(Far) -> bool>);

impl<'a> Watch<'a> {
    /// Tells `told` every few thousand rows; the reading ends where it answers `false`.
    pub fn of(told: &'a mut dyn FnMut(Far) -> bool) -> Self {
        Self(Some(told))
    }

    /// Tells nobody.
    pub fn nobody() -> Self {
        Self(None)
    }

    /// Tells how far a part is unpacked: bytes, of how many. Errors: [`SheetError::Cancelled`].
    pub fn unpacked(&mut self, (bytes, of): (u64, u64), rows: u64) -> Result<(), SheetError> {
        self.tell(Far::Unpacked { bytes, of, rows })
    }

    /// Tells how many rows are understood. Errors: [`SheetError::Cancelled`].
    pub fn understood(&mut self, rows: u64, of: u64) -> Result<(), SheetError> {
        self.tell(Far::Understood { rows, of })
    }

    fn tell(&mut self, far: Far) -> Result<(), SheetError> {
        let goes_on = self.0.as_mut().is_none_or(|told| told(far));
        if goes_on { Ok(()) } else { Err(SheetError::Cancelled) }
    }
}
