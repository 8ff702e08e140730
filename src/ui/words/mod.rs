//! The one place where refusals, findings, conflicts and errors become sentences, in Chinese and English.

pub mod screen;

/// The language people are spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, whatever the locale.
    #[default]
    Zh,
    /// English, on request.
    En,
}
