//! `duihao export`: mapping, no-shows and summary as xlsx, csv, html or json.

use serde_json::json;

use super::options::{ExportArgs, FormatArg, Options, WhatArg};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::export::{self, Format, Only, What};
use crate::desk::{Error, Mode};

/// Writes the report.
pub fn run(options: &Options, args: &ExportArgs, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let what = match args.what {
        WhatArg::Mapping => What::Mapping,
        WhatArg::NoShows => What::NoShows,
        WhatArg::Summary => What::Summary,
    };
    let format = args.format.map(|f| match f {
        FormatArg::Xlsx => Format::Xlsx,
        FormatArg::Csv => Format::Csv,
        FormatArg::Html => Format::Html,
        FormatArg::Json => Format::Json,
    });
    let only = Only { college: args.college.clone(), room: args.room.clone(), class: None, date: args.date };
    let report = export::report(desk.day(), desk.now(), what, &only)?;
    let format = export::save(&report, format, &args.out)?;
    printer.document(&json!({"out": args.out.to_string_lossy(), "format": format!("{format:?}").to_lowercase()}));
    printer.say(&format!("{} {}", printer.pick("✓ 已导出", "✓ written"), args.out.display()));
    Ok(Outcome::Done)
}
