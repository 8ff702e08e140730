//! What the readers of XML sheets share: the walk through the markup, attributes by local name, and how long a piece of it may be.

use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::error::SheetError;

/// Most bytes from one `<` to the next: a cell's text with every character escaped, and room.
pub const GAP_MAX: usize = 1 << 20;

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
        match reader.read_event_into(&mut buffer).map_err(|e| unreadable(&e))? {
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

/// Appends what `&amp;` or `&#23398;` stands for, given what is between `&` and `;`; entities that a file declares itself are nothing.
pub fn append_reference(name: &str, text: &mut String) {
    let Some(number) = name.strip_prefix('#') else {
        return text.push_str(quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default());
    };
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    text.extend(code.ok().and_then(char::from_u32).filter(|c| *c != '\0'));
}

/// Why a part cannot be read on.
pub fn refused(error: &io::Error) -> SheetError {
    let ours = error.get_ref().and_then(|e| e.downcast_ref::<SheetError>());
    ours.cloned().unwrap_or_else(|| damaged(&error.to_string()))
}

fn unreadable(error: &quick_xml::Error) -> SheetError {
    match error {
        quick_xml::Error::Io(error) => refused(error),
        other => damaged(&other.to_string()),
    }
}

/// A file whose XML cannot be read to its end.
pub fn damaged(why: &str) -> SheetError {
    SheetError::Damaged(why.chars().filter(|c| !c.is_control()).take(200).collect())
}
