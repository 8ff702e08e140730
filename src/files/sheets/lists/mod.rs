//! Lists in: columns by header and value, people, marks, rows of a scan log.

pub mod between;
pub mod caption_state;
pub mod class_captions;
pub mod class_words;
pub mod filling;
pub mod headings;
pub mod keys;
pub mod lacking;
pub mod legends;
pub mod list_rows;
pub mod list_titles;
pub mod log_in;
pub mod mapping;
pub mod mark_answers;
pub mod mark_columns;
pub mod mark_words;
pub mod marks_in;
pub mod odd_keys;
pub mod repeats;
pub mod roster_in;
pub mod shapes;
pub mod statement_words;
pub mod statements;
