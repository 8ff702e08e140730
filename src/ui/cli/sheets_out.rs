//! `duihao export` of what is printed and told the evening before, and of corrections.

use std::path::Path;

use serde_json::json;

use super::options::{ExportArgs, WhatArg};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::export::{self, Format, Only};
use crate::desk::{Desk, Error, closing, print_pack};
use crate::ui::tui::eve;
use crate::ui::words::Lang;

/// Writes one of these and tells its format; nothing where something else is asked for.
pub fn run(desk: &Desk, args: &ExportArgs, only: &Only, format: Option<Format>, lang: Lang) -> Result<Option<&'static str>, Error> {
    let (day, now, out) = (desk.day(), desk.now(), args.out.as_path());
    let word = |f: Format| match f {
        Format::Html => "html",
        Format::Csv => "csv",
        Format::Json => "json",
        Format::Xlsx => "xlsx",
    };
    Ok(Some(match args.what {
        WhatArg::Signatures => word(print_pack::write_signatures(day, now, only, format, out)?),
        WhatArg::Tokens => word(print_pack::write_tokens(day, now, only, args.range.as_deref(), format, out)?),
        WhatArg::Notices => print_pack::write_notices(day, now, only, format, out)?,
        WhatArg::Corrections => word(export::save(&print_pack::corrections(day, now, only)?, format, out)?),
        WhatArg::Closing => word(export::save(&closing::report(day, now, only)?, format, out)?),
        // A name that ends like a sheet's is no folder anybody meant.
        WhatArg::Checklist if format.is_some() || is_sheet(out) => return Err(Error::Usage("pack_format".to_owned(), String::new())),
        WhatArg::Checklist => {
            print_pack::plan(day, now, only, eve::at_a_glance(lang), out)?.write(&mut |_, _| true)?;
            "folder"
        }
        _ => return Ok(None),
    }))
}

fn is_sheet(out: &Path) -> bool {
    let ends = out.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    ["xlsx", "xls", "csv", "html", "htm", "json", "pdf", "zip"].contains(&ends.as_str()) && !out.is_dir()
}

/// Says that it is written.
pub fn done(printer: &Printer, out: &Path, format: &str) -> Outcome {
    printer.document(&json!({"out": out.to_string_lossy(), "format": format}));
    printer.say(&format!("{} {}", printer.pick("✓ 已导出", "✓ written"), out.display()));
    Outcome::Done
}
