//! What the readers of XML sheets share: the walk through the markup, attributes by local name, and how long a piece of it may be.

use std::io::{BufRead, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::error::SheetError;

/// Most bytes from one `<` to the next: a cell's text with every character escaped, and room.
const GAP_MAX: usize = 1 << 20;

/// Longest prefix of a counted tag.
const PREFIX_MAX: usize = 16;

/// What hears of a sheet's markup, piece by piece.
pub trait Hearing {
    /// An element begins.
    fn start(&mut self, e: &BytesStart<'_>) -> Result<(), SheetError>;
    /// Text inside it.
    fn text(&mut self, text: &str) -> Result<(), SheetError>;
    /// An element ends; true where the sheets do.
    fn end(&mut self, name: &str) -> Result<bool, SheetError>;
}

/// Tells the hearer of the markup until its sheets end; `cut` says what is missing where the file ends first.
pub fn hear(markup: impl BufRead, hearer: &mut impl Hearing, cut: &str) -> Result<(), SheetError> {
    let mut reader = Reader::from_reader(markup);
    // Names are not compared: remembering every open one is what a hostile file would ask for.
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|e| damaged(&e.to_string()))? {
            Event::Start(e) => hearer.start(&e)?,
            Event::End(e) if hearer.end(e.local_name().as_ref())? => return Ok(()),
            Event::Text(t) => hearer.text(&t.xml10_content())?,
            Event::CData(t) => hearer.text(&t.xml10_content())?,
            Event::GeneralRef(r) => {
                let mut text = String::new();
                append_reference(&r, &mut text);
                hearer.text(&text)?;
            }
            Event::DocType(_) => return Err(damaged("a document type of its own")),
            Event::Eof => return Err(damaged(cut)),
            _ => {}
        }
        buffer.clear();
    }
}

/// The value of an attribute, whatever its prefix; `None` where there is none or it cannot be read.
pub fn attribute(start: &BytesStart<'_>, local: &str) -> Option<String> {
    let named = |key: &str| key.rsplit(':').next() == Some(local);
    let found = start.attributes().with_checks(false).filter_map(Result::ok).find(|a| named(a.key.as_ref()))?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|v| v.into_owned())
}

/// An attribute that counts; 1 where it is missing, at least 1 and never above what fits.
pub fn count(start: &BytesStart<'_>, local: &str) -> u32 {
    attribute(start, local).map_or(1, |v| v.trim().parse::<u64>().map_or(1, |n| u32::try_from(n.max(1)).unwrap_or(u32::MAX)))
}

/// Appends what `&amp;` or `&#23398;` stands for; entities that a file declares itself are nothing.
fn append_reference(reference: &BytesRef<'_>, text: &mut String) {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => text.push(c),
        Ok(None) => text.push_str(quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default()),
        Err(_) => {}
    }
}

/// A file whose XML cannot be read to its end.
pub fn damaged(why: &str) -> SheetError {
    SheetError::Damaged(why.chars().filter(|c| !c.is_control()).take(200).collect())
}

/// Takes unpacked markup in, keeps nothing, and knows the longest piece and how often a tag began.
#[derive(Debug, Default)]
pub struct Sieve {
    since: usize,
    longest: usize,
    tag: &'static [u8],
    tags: usize,
    /// What the end of one chunk and the start of the next hold together.
    seam: Vec<u8>,
}

impl Sieve {
    /// Counts the tags of that name; none where it is empty.
    pub fn counting(tag: &'static [u8]) -> Self {
        Self { tag, ..Self::default() }
    }

    /// How often the tag was seen.
    pub fn tags(&self) -> u64 {
        self.tags as u64
    }

    /// True where one piece is longer than any cell.
    pub fn is_endless(&self) -> bool {
        self.longest.max(self.since) > GAP_MAX
    }

    fn count(&mut self, chunk: &[u8]) {
        if self.tag.is_empty() {
            return;
        }
        self.seam.extend_from_slice(chunk);
        let text = std::mem::take(&mut self.seam);
        // A tag near the end may go on in the next chunk: it waits.
        let whole = text.len().saturating_sub(self.tag.len() + PREFIX_MAX + 2);
        let found = memchr::memchr_iter(b'<', &text).take_while(|at| *at < whole);
        self.tags += found.filter(|at| text.get(at + 1..).is_some_and(|rest| is_tag(rest, self.tag))).count();
        self.seam = text.get(whole..).unwrap_or_default().to_vec();
    }
}

// `<si>`, `<si/>` and `<x:si>` count, `<size>` does not.
fn is_tag(rest: &[u8], tag: &[u8]) -> bool {
    let prefix = rest.iter().take(PREFIX_MAX).take_while(|b| b.is_ascii_alphanumeric()).count();
    let rest = if rest.get(prefix) == Some(&b':') { rest.get(prefix + 1..).unwrap_or_default() } else { rest };
    rest.strip_prefix(tag).and_then(|r| r.first()).is_some_and(|next| matches!(next, b'>' | b'/') || next.is_ascii_whitespace())
}

impl Write for Sieve {
    fn write(&mut self, chunk: &[u8]) -> std::io::Result<usize> {
        match (memchr::memchr(b'<', chunk), memchr::memrchr(b'<', chunk)) {
            (Some(first), Some(last)) => {
                self.longest = self.longest.max(self.since + first);
                self.since = chunk.len() - last;
            }
            _ => self.since += chunk.len(),
        }
        self.count(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_counted_across_chunks_and_a_piece_without_end_is_seen() {
        let text = "<sst><si><t>a</t></si><si/><size/><x:si ><t>b</t></si></sst> and then more";
        for chunk in 1..text.len() {
            let mut sieve = Sieve { tag: b"si", ..Sieve::default() };
            text.as_bytes().chunks(chunk).for_each(|c| sieve.write_all(c).unwrap());
            assert_eq!(sieve.tags, 3, "{chunk}");
            assert!(!sieve.is_endless());
        }
        let mut sieve = Sieve::default();
        sieve.write_all(b"<t>").unwrap();
        (0..300).for_each(|_| sieve.write_all(&[b'x'; 4096]).unwrap());
        assert!(sieve.is_endless());
    }
}
