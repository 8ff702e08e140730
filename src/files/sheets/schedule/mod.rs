//! Schedules in: heads, layouts, times, classes, slots.

pub mod apart;
pub mod capacity;
pub mod captions;
pub mod classes;
pub mod content;
pub mod days;
pub mod half_hours;
pub mod heads;
pub mod layout;
pub mod open_ends;
pub mod passed;
pub mod places;
pub mod schedule_in;
pub mod sections;
pub mod slot_cells;
pub mod slot_days;
pub mod slot_people;
pub mod slot_sums;
pub mod slot_words;
pub mod slots;
pub mod table;
pub mod times;
pub mod turned;
pub mod unheaded;
pub mod weekdays;
