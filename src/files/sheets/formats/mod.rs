//! One reader a format: bytes become grids, each bounded and cleaned.

pub mod ahead;
pub mod binary_workbook;
pub mod compound;
pub mod csv_text;
pub mod dbf;
pub mod encoding;
pub mod markup;
pub mod ods;
pub mod old_workbook;
pub mod parts;
pub mod records;
pub mod tags;
pub mod values;
pub mod web_page;
pub mod workbook;
pub mod worksheet;
pub mod xml;
pub mod xml_workbook;
