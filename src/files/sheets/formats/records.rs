//! The records of a binary workbook's parts: a number, a length, and so many bytes, none of which may lie beyond the part.

use std::io::{self, BufReader, Read};

use super::super::error::SheetError;
use super::old_workbook::u32_at;
use super::xml;

/// Most bytes of one record: a cell's text takes 64 KiB, and nothing that is read more.
const RECORD_MAX: usize = 1 << 20;

/// Records one after another, as they are unpacked.
pub struct Records<R> {
    from: BufReader<R>,
    body: Vec<u8>,
}

impl<R: Read> Records<R> {
    /// Those of a part.
    pub fn of(part: R) -> Self {
        Self { from: BufReader::with_capacity(32 << 10, part), body: Vec::new() }
    }

    /// The part.
    pub fn source(&self) -> &R {
        self.from.get_ref()
    }

    /// The next one; `None` where the part ends. Errors: a record that goes on beyond the part, or that is too long.
    pub fn record(&mut self) -> Result<Option<(u16, &[u8])>, SheetError> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut number = u16::from(first & 0x7f);
        if first & 0x80 != 0 {
            number |= u16::from(self.byte()?.ok_or_else(cut)? & 0x7f) << 7;
        }
        let mut length = 0;
        for place in 0..4 {
            let byte = self.byte()?.ok_or_else(cut)?;
            length |= usize::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > RECORD_MAX {
            return Err(SheetError::TooLarge { what: "one record, bytes", limit: RECORD_MAX as u64 });
        }
        self.body.resize(length, 0);
        self.from
            .read_exact(&mut self.body)
            .map_err(|e| if e.kind() == io::ErrorKind::UnexpectedEof { cut() } else { xml::refused(&e) })?;
        Ok(Some((number, &self.body)))
    }

    fn byte(&mut self) -> Result<Option<u8>, SheetError> {
        let mut byte = [0];
        match self.from.read_exact(&mut byte) {
            Ok(()) => Ok(Some(byte[0])),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(e) => Err(xml::refused(&e)),
        }
    }
}

fn cut() -> SheetError {
    damaged("it is cut off")
}

/// A damaged binary workbook, and what is wrong with it.
pub fn damaged(what: &str) -> SheetError {
    SheetError::Damaged(format!("binary workbook: {what}"))
}

/// The text at a place of a record, two bytes a character and without its length, and where it ends; `None` where it goes on beyond the record.
pub fn wide(body: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let from = at.checked_add(4)?;
    let end = from.checked_add(usize::try_from(u32_at(body, at)?).ok()?.checked_mul(2)?)?;
    Some((body.get(from..end)?, end))
}

/// That text.
pub fn said(wide: &[u8]) -> String {
    let units = wide.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

/// Appends a record made of some pieces.
pub fn write(number: u16, pieces: &[&[u8]], to: &mut Vec<u8>) {
    if number < 0x80 {
        to.push(number as u8);
    } else {
        to.extend([(number & 0x7f) as u8 | 0x80, (number >> 7) as u8 & 0x7f]);
    }
    let mut length: usize = pieces.iter().map(|p| p.len()).sum();
    while length >= 0x80 {
        to.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    to.push(length as u8);
    pieces.iter().for_each(|piece| to.extend_from_slice(piece));
}

/// Appends a text's characters with their number before them. A first character that could be taken for a mark of another encoding gets
/// one before it that no sheet shows.
pub fn write_wide(wide: &[u8], to: &mut Vec<u8>) {
    let marked = [&b"\xef\xbb\xbf"[..], b"\xfe\xff", b"\xff\xfe"].iter().any(|mark| wide.starts_with(mark));
    let count = wide.len() / 2 + usize::from(marked);
    to.extend_from_slice(&(count as u32).to_le_bytes());
    to.extend_from_slice(if marked { &[0, 0] } else { &[] });
    to.extend_from_slice(wide);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(number in 0..0x4000_u16, body in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut bytes = Vec::new();
            write(number, &[&body[..body.len() / 2], &body[body.len() / 2..]], &mut bytes);
            let mut records = Records::of(bytes.as_slice());
            prop_assert_eq!(records.record().unwrap(), Some((number, body.as_slice())));
            prop_assert_eq!(records.record().unwrap(), None);
            let mut short = Records::of(&bytes[..bytes.len() - 1]);
            prop_assert!(short.record().is_err());
        }
    }

    #[test]
    fn a_length_on_the_files_word_reserves_nothing() {
        let mut records = Records::of(&b"\x13\xff\xff\xff\x7f"[..]);
        assert!(matches!(records.record(), Err(SheetError::TooLarge { .. })));
        assert!(records.body.capacity() < 1 << 10);
    }
}
