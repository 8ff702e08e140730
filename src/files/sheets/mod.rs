//! Sheets in: schedules, class lists, marks and scan logs as schools write them.
//!
//! A file becomes grids ([`grid`]), a header row becomes columns ([`columns`]), and one reader per kind of list makes a draft.
//!
//! Arguments of the findings that the readers raise, in order (those of the schedule's own rules stand in `domain::lint`):
//!
//! | code | args |
//! |---|---|
//! | `sum_differs` | what is summed (college, class, 小计 or 合计), stated figure, sum of the rows |
//! | `class_name_odd` | class cell as published, what it was taken for (`;` between classes) |
//! | `date_incomplete` | date as published, empty where the table has none |
//! | `time_assumed` | time as published, start, end as taken; the other rows in `others` |
//! | `headers_guessed` | columns as understood (`A 时间`), `;` between them |
//! | `weekday_differs` | date as published, date as taken |
//! | `bad_id_checksum` | masked number |
//! | `digits_lost` | header, text that is left |
//! | `leading_zero_lost` | header, stored text, text as taken |
//! | `duplicate_student_no` | the number |
//! | `duplicate_id_no` | masked number |
//! | `same_name` | name, class |
//! | `space_in_name` | name as written, name as taken |
//! | `unknown_column`, `dropped_column` | header |
//! | `missing_column` | what is missing (`学号`, `时间`, `采集点`, `动作`; `标记` where nothing in a mark list marks anybody) |
//! | `row_not_understood` | what cannot be understood (header), text of the cell |
//! | `formula_cell` | how many cells hold formulas |
//! | `hidden_sheet` | sheet name |
//! | `column_guessed` | header or letter of the column, what it was taken for (usual header) |
//! | `column_odd` | header, what the values look like (usual header) |
//! | `note_in_name` | name as written, name as taken, note |
//! | `filled_down` | header, how many cells were empty |
//! | `id_contradicts` | header of the other column, masked number |
//! | `deleted_row` | how many rows are deleted in the table |
//! | `row_passed_over` | what stands in the row |
//! | `key_missing` | name, what is missing (usual header) |
//! | `no_class` | cell as published |
//! | `mark_unclear` | `title` and the text; `ticks` and the header; `amounts`, header and value; `legend` and the text; `against`, remark and title; `remark`, header and text; `none` |
//! | `mark_contradicts` | `twice`, key, other rows; `count`, title, how many it says, how many there are; `columns` and two headers; `titles` and two texts; `title`, its text, how many rows say otherwise, of how many; `person` (raised by the desk), key, who it is on the roster, who stands in the row |
//!
//! Of a fault that may be in every row ([`alike`]), the rows beyond the first ten thousand are the `others` of the last finding.

pub mod account;
pub mod alike;
pub mod blocks;
pub mod column_words;
pub mod columns;
pub mod error;
pub mod formats;
pub mod grid;
pub mod kind;
pub mod lists;
pub mod opening;
pub mod schedule;
pub mod watch;

pub use error::SheetError;
