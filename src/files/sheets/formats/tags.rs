//! Markup taken apart piece by piece while it is unpacked: fast, and never more in memory than one piece.
//!
//! ```text
//! <c r="A1" t="s"><v>12</v></c>    Start(c, r="A1" t="s")  Start(v)  Text(12)  End(v)  End(c)
//! ```
//! A sheet of 100,000 rows is six million pieces, so nothing is copied: a piece lies in the window that the next one may move.

use std::io::Read;

use memchr::memmem;

use super::super::error::SheetError;
use super::xml::{self, GAP_MAX};

/// Bytes asked for at once.
const WINDOW: usize = 64 << 10;

/// One piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// The element of that local name ends.
    End(&'a [u8]),
    /// Text as written: [`append`] tells what it says.
    Text(&'a [u8]),
    /// Text without references.
    Data(&'a [u8]),
}

/// How an element begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name without prefix.
    pub name: &'a [u8],
    /// True where it ends at once, without an [`Piece::End`].
    pub empty: bool,
    attributes: &'a [u8],
}

impl<'a> Tag<'a> {
    /// Attributes in their order: local name, and the value as written.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let equals = memchr::memchr(b'=', rest)?;
            let (name, value) = rest.split_at(equals);
            let value = value.get(1..)?.trim_ascii_start();
            let quote = *value.first().filter(|q| matches!(q, b'"' | b'\''))?;
            let value = value.get(1..)?;
            let end = memchr::memchr(quote, value)?;
            rest = value.get(end + 1..)?;
            Some((local(name.trim_ascii()), value.get(..end)?))
        })
    }

    /// The value of an attribute by its local name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let (_, written) = self.attributes().find(|(n, _)| *n == name.as_bytes())?;
        let mut value = String::new();
        append(written, &mut value).ok()?;
        Some(value)
    }
}

/// Takes the markup of a part apart.
#[derive(Debug)]
pub struct Tags<R> {
    from: R,
    window: Vec<u8>,
    /// What of the window is filled and not given yet.
    at: usize,
    filled: usize,
}

/// What the next piece is, with its length.
enum Next {
    Start,
    End,
    Text,
    Data,
    /// Comments and instructions.
    Nothing,
    /// A document type, which could declare its own entities.
    Type,
}

impl<R: Read> Tags<R> {
    /// From its first byte.
    pub fn new(from: R) -> Self {
        Self { from, window: vec![0; WINDOW], at: 0, filled: 0 }
    }

    /// What it is read from.
    pub fn source(&self) -> &R {
        &self.from
    }

    /// The next piece; `None` at the end. Errors: markup that is cut, a piece longer than any cell, what the source says.
    pub fn piece(&mut self) -> Result<Option<Piece<'_>>, SheetError> {
        loop {
            let ahead = self.window.get(self.at..self.filled).unwrap_or_default();
            let Some((next, length)) = measure(ahead) else {
                if self.more()? {
                    continue;
                }
                // Blanks behind the last element are no piece.
                let cut = self.window.get(self.at..self.filled).unwrap_or_default().contains(&b'<');
                return if cut { Err(xml::damaged("it is cut off")) } else { Ok(None) };
            };
            let from = self.at;
            self.at += length;
            let within = |cut: usize, tail: usize| from + cut..(from + length).saturating_sub(tail);
            let (next, range) = match next {
                Next::Nothing => continue,
                Next::Type => return Err(xml::damaged("a document type of its own")),
                Next::Text => (next, within(0, 0)),
                Next::Start => (next, within(1, 1)),
                Next::End => (next, within(2, 1)),
                Next::Data => (next, within(DATA.len(), DATA_END.len())),
            };
            let written = self.window.get(range).unwrap_or_default();
            return Ok(Some(match next {
                Next::Start => Piece::Start(tag(written)),
                Next::End => Piece::End(local(written.trim_ascii_end())),
                Next::Data => Piece::Data(written),
                _ => Piece::Text(written),
            }));
        }
    }

    /// Reads on; false at the end of the part.
    fn more(&mut self) -> Result<bool, SheetError> {
        if self.at > 0 {
            self.window.copy_within(self.at..self.filled, 0);
            (self.filled, self.at) = (self.filled - self.at, 0);
        }
        if self.filled > GAP_MAX {
            return Err(SheetError::TooLarge { what: "one cell, bytes", limit: super::super::grid::CELL_MAX as u64 });
        }
        if self.window.len() - self.filled < WINDOW / 2 {
            self.window.resize(self.window.len() * 2, 0);
        }
        let read = self.from.read(self.window.get_mut(self.filled..).unwrap_or_default());
        let read = read.map_err(|e| xml::refused(&e))?;
        self.filled += read;
        Ok(read > 0)
    }
}

const DATA: &[u8] = b"<![CDATA[";
const DATA_END: &[u8] = b"]]>";

/// The first piece of what lies ahead, and its length; `None` where it does not end there.
fn measure(ahead: &[u8]) -> Option<(Next, usize)> {
    let ends = |with: &[u8], next| memmem::find(ahead, with).map(|at| (next, at + with.len()));
    match ahead {
        [] | [b'<'] => None,
        [b'<', b'/', ..] => memchr::memchr(b'>', ahead).map(|at| (Next::End, at + 1)),
        [b'<', b'?', ..] => ends(b"?>", Next::Nothing),
        [b'<', b'!', ..] if ahead.starts_with(b"<!--") => {
            // `<!-->` is no whole comment.
            memmem::find(ahead.get(4..)?, b"-->").map(|at| (Next::Nothing, 4 + at + 3))
        }
        [b'<', b'!', ..] if ahead.starts_with(DATA) => ends(DATA_END, Next::Data),
        [b'<', b'!', ..] if ahead.len() < DATA.len() => None,
        [b'<', b'!', ..] => Some((Next::Type, 2)),
        [b'<', ..] => {
            // A value may hold `>`.
            let mut at = 1;
            loop {
                at += memchr::memchr3(b'>', b'"', b'\'', ahead.get(at..)?)?;
                match ahead.get(at)? {
                    b'>' => return Some((Next::Start, at + 1)),
                    quote => at += 2 + memchr::memchr(*quote, ahead.get(at + 1..)?)?,
                }
            }
        }
        _ => memchr::memchr(b'<', ahead).map(|at| (Next::Text, at)),
    }
}

fn tag(written: &[u8]) -> Tag<'_> {
    let empty = written.last() == Some(&b'/');
    let written = written.strip_suffix(b"/").unwrap_or(written);
    let name = written.iter().position(u8::is_ascii_whitespace).unwrap_or(written.len());
    let (name, attributes) = written.split_at(name);
    Tag { name: local(name), empty, attributes }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    memchr::memrchr(b':', name).and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// Appends what text says: `&amp;` and `&#23398;` resolved, line ends made one.
pub fn append(written: &[u8], to: &mut String) -> Result<(), SheetError> {
    let text = str::from_utf8(written).map_err(|_| xml::damaged("text that is no UTF-8"))?;
    if memchr::memchr2(b'&', b'\r', written).is_none() {
        to.push_str(text);
        return Ok(());
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut parts = text.split('&');
    to.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or_else(|| xml::damaged("a reference without its end"))?;
        xml::append_reference(name, to);
        to.push_str(rest);
    }
    Ok(())
}

/// Appends text in which nothing stands for anything else.
pub fn append_plain(written: &[u8], to: &mut String) -> Result<(), SheetError> {
    to.push_str(str::from_utf8(written).map_err(|_| xml::damaged("text that is no UTF-8"))?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKUP: &str =
        "\u{feff}<?xml version='1.0'?><!-- <c> --><x:c r = \"A>1\" t='s' x:id=\"&lt;7\"><v/>1 &amp;&#23398;\r\n2</x:c ><![CDATA[<&]]>\n";

    fn said(markup: impl Read) -> Vec<String> {
        let mut tags = Tags::new(markup);
        let mut all = Vec::new();
        while let Some(piece) = tags.piece().unwrap() {
            let name = |n: &[u8]| String::from_utf8_lossy(n).into_owned();
            all.push(match piece {
                Piece::Start(tag) => {
                    let with: Vec<_> = tag.attributes().map(|(n, _)| format!("{}={}", name(n), tag.attribute(&name(n)).unwrap())).collect();
                    format!("+{}{} {}", name(tag.name), if tag.empty { "/" } else { "" }, with.join(" "))
                }
                Piece::End(n) => format!("-{}", name(n)),
                Piece::Data(text) => name(text),
                Piece::Text(text) => {
                    let mut out = String::new();
                    append(text, &mut out).unwrap();
                    out
                }
            });
        }
        all
    }

    /// Gives its text in chunks of so many bytes.
    struct Chunks(&'static [u8], usize);

    impl Read for Chunks {
        fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
            let n = self.1.min(self.0.len()).min(to.len());
            let (now, later) = self.0.split_at(n);
            to[..n].copy_from_slice(now);
            self.0 = later;
            Ok(n)
        }
    }

    #[test]
    fn markup_comes_apart_the_same_in_chunks_of_any_size() {
        let whole = said(MARKUP.as_bytes());
        assert_eq!(whole, ["\u{feff}", "+c r=A>1 t=s id=<7", "+v/ ", "1 &学\n2", "-c", "<&"]);
        for size in 1..MARKUP.len() {
            assert_eq!(said(Chunks(MARKUP.as_bytes(), size)), whole, "{size}");
        }
    }

    #[test]
    fn what_ends_early_or_never_or_brings_its_own_entities_is_refused() {
        let all = |markup: &[u8]| {
            let mut tags = Tags::new(markup);
            loop {
                match tags.piece() {
                    Ok(Some(_)) => {}
                    Ok(None) => return None,
                    Err(error) => return Some(error),
                }
            }
        };
        for cut in ["<a", "<a b=\"", "<!-- a", "<![CDATA[x", "<a><b>x</"] {
            assert!(matches!(all(cut.as_bytes()), Some(SheetError::Damaged(_))), "{cut}");
        }
        assert!(matches!(all(b"<!DOCTYPE a [<!ENTITY b 'b'>]><a/>"), Some(SheetError::Damaged(_))));
        assert!(matches!(all(&[b"<t>".as_slice(), &vec![b'x'; 3 << 20]].concat()), Some(SheetError::TooLarge { .. })));
        assert_eq!(all(b"<a>x</a> \n"), None);
    }
}
