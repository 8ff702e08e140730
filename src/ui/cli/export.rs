//! `duihao export`: reports as xlsx, csv, html or json; sheets with pictures as xlsx or html.

use serde_json::json;

use super::options::{ExportArgs, FormatArg, Options, WhatArg};
use super::outcome::Outcome;
use super::photos::with_photographs;
use super::print::Printer;
use super::sheets_out;
use crate::desk::export::{self, Format, Only, What};
use crate::desk::sheets::{self, SheetKind};
use crate::desk::{Error, Mode};
use crate::ui::words::{self, Lang};

/// What is to be written: a table, or a sheet with pictures.
enum Wanted {
    Table(What),
    Sheet(SheetKind),
}

/// Writes the report.
pub fn run(options: &Options, args: &ExportArgs, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let wanted = match args.what {
        WhatArg::Mapping if args.thumbs => Wanted::Sheet(SheetKind::Mapping),
        WhatArg::Mapping => Wanted::Table(What::Mapping),
        WhatArg::NoShows => Wanted::Table(What::NoShows),
        WhatArg::Summary => Wanted::Table(What::Summary),
        WhatArg::ContactSheet => Wanted::Sheet(SheetKind::Contact),
        WhatArg::Evidence => Wanted::Sheet(SheetKind::Proof),
        WhatArg::Pack => Wanted::Sheet(SheetKind::Pack),
        // Those of the evening before need no photographs: they are written further down.
        _ => Wanted::Table(What::Summary),
    };
    let format = args.format.map(|f| match f {
        FormatArg::Xlsx => Format::Xlsx,
        FormatArg::Csv => Format::Csv,
        FormatArg::Html => Format::Html,
        FormatArg::Json => Format::Json,
    });
    let only = Only { college: args.college.clone(), room: args.room.clone(), class: args.class.clone(), date: args.date };
    if let Some(date) = only.strange_date(desk.day()) {
        printer.remark(&match printer.lang {
            Lang::Zh => format!("{date} 没有时段，也没有记录：看看日期写错没有"),
            Lang::En => format!("{date} has no slots, and nothing happened on it: is the date right?"),
        });
    }
    if let Some(word) = sheets_out::run(&desk, args, &only, format, printer.lang)? {
        return Ok(sheets_out::done(printer, &args.out, word));
    }
    let (format, refused, unseen) = with_photographs(&desk, printer.lang, |photographs| {
        let refused = matches!(args.what, WhatArg::Mapping) && photographs.reviews.iter().any(|r| r.refused().is_some());
        let format = match &wanted {
            Wanted::Table(what) => export::save(&export::report(desk.day(), desk.now(), *what, &only, photographs)?, format, &args.out)?,
            Wanted::Sheet(kind) => sheets::write(desk.day(), desk.now(), *kind, &only, photographs, format, &args.out)?,
        };
        let unseen = match &wanted {
            Wanted::Sheet(SheetKind::Pack) | Wanted::Table(_) => 0,
            Wanted::Sheet(_) => sheets::unseen(desk.day(), desk.now(), &only, photographs)?,
        };
        Ok((format, refused, unseen))
    })?;
    printer.document(&json!({"out": args.out.to_string_lossy(), "format": format!("{format:?}").to_lowercase(), "unseen": unseen}));
    printer.say(&format!("{} {}", printer.pick("✓ 已导出", "✓ written"), args.out.display()));
    if unseen > 0 {
        printer.say(&format!("! {}", words::photo::unseen(printer.lang, unseen)));
    }
    // The mapping of a session whose pictures tell nothing is written all the same, and said.
    Ok(Outcome::from(refused || unseen > 0))
}
