//! The one place where refusals, findings, conflicts and errors become sentences, in Chinese and English.

pub mod alike;
pub mod amend;
pub mod asked;
pub mod beside_screen;
pub mod checkup;
pub mod choice;
pub mod clock_screen;
pub mod copying;
mod disk;
pub mod drill_screen;
pub mod errand;
pub mod error;
pub mod eve;
pub mod fact;
pub mod finding;
pub mod hand_check;
pub mod handing_out;
pub mod help;
pub mod intake;
pub mod intake_hint;
pub mod intake_screen;
pub mod label;
pub mod mark;
pub mod notice;
mod odd_sheet;
pub mod people_screen;
pub mod photo;
pub mod photo_cause;
pub mod photo_error;
pub mod photo_refusal;
pub mod photo_screen;
pub mod photo_trouble;
pub mod prelude_screen;
pub mod refusal;
pub mod relist;
pub mod repair;
pub mod roster_screen;
pub mod running;
pub mod screen;
pub mod settings_screen;
mod unclear_mark;
pub mod usage;
pub mod welcome_screen;

/// The language people are spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, whatever the locale.
    #[default]
    Zh,
    /// English, on request.
    En,
}

impl Lang {
    /// Both, for tests and lists.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The text of this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
