//! Why a file cannot be read as a sheet at all, and what to do.

use thiserror::Error;

/// A file that is no sheet we can read; nothing of it is taken. Every sentence says what the file is and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetError {
    /// No bytes, or not one cell with text.
    #[error("the file is empty: choose the file that holds the list")]
    Empty,
    /// A binary workbook from before 1995.
    #[error("this is a very old Excel workbook (.xls): open it and save it as .xlsx or as UTF-8 csv")]
    OldExcel,
    /// Workbook with a password.
    #[error("this workbook is protected by a password: remove the password and save it as .xlsx")]
    Encrypted,
    /// A web page saved under another name.
    #[error("this is a web page under a workbook's name: open it in Excel or WPS and save it as .xlsx")]
    WebPage,
    /// Text that is neither UTF-8 nor UTF-16 nor GB18030 to its last byte.
    #[error("the encoding of this text is not known: save it as .xlsx or as UTF-8 csv")]
    NotUtf8,
    /// Text that is probably Big5, whose characters GB18030 would read as others.
    #[error("this text seems to be in Big5: save it as .xlsx or as UTF-8 csv")]
    Big5,
    /// A known other kind of file: what it is.
    #[error("this is {0}, no sheet: save the list as .xlsx or as UTF-8 csv")]
    OtherFile(&'static str),
    /// A workbook that cannot be read to its end, and the reason.
    #[error("the workbook is damaged ({0}): open it, save it again as .xlsx and take that file")]
    Damaged(String),
    /// More than any list needs: what, and the limit.
    #[error("too large: {what} (limit {limit}): take only the sheet that holds the list")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// Stopped by whoever asked for it.
    #[error("the reading was stopped; nothing was taken")]
    Cancelled,
    /// The sheet asked for is not there.
    #[error("no sheet {wanted}; there are: {}", .have.join("、"))]
    NoSuchSheet {
        /// Asked for.
        wanted: String,
        /// Names in the workbook.
        have: Vec<String>,
    },
}
