//! A table as csv: UTF-8 with BOM, CRLF, RFC 4180, and no cell that a spreadsheet would run.

use std::borrow::Cow;

use super::error::ReportError;
use super::table::{Cell, Table};

/// Tells Excel that the text is UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The bytes of the table as csv.
///
/// # Errors
/// Only where the writer itself fails, which memory does not.
pub fn bytes(table: &Table) -> Result<Vec<u8>, ReportError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BOM.to_vec());
    let failed = |e: csv::Error| ReportError::Text(std::io::Error::other(e));
    writer.write_record(table.columns.iter().map(|c| harmless(&c.header).into_owned())).map_err(failed)?;
    for row in &table.rows {
        writer.write_record(row.cells.iter().map(field).map(|f| f.into_owned())).map_err(failed)?;
    }
    writer.into_inner().map_err(|e| ReportError::Text(std::io::Error::other(e.to_string())))
}

/// A cell as a field.
fn field(cell: &Cell) -> Cow<'_, str> {
    if let Cell::Text(text) = cell { harmless(text) } else { cell.shown() }
}

/// What a spreadsheet would take for a formula gets an apostrophe before it.
fn harmless(text: &str) -> Cow<'_, str> {
    if runs(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// True where a spreadsheet might run the text; full-width signs count too, since East Asian Excel takes them for the same.
fn runs(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with('\t')
}
