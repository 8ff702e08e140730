//! `duihao new`: creates the database of a campaign.

use std::path::PathBuf;

use serde_json::json;

use super::options::{NewArgs, Options};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::settings::Home;
use crate::desk::{Error, Mode, campaign};

/// Reads the campaign file and declares it; a database of the default campaign takes on the declaration.
pub fn run(options: &Options, args: &NewArgs, printer: &Printer) -> Result<Outcome, Error> {
    let declared = campaign::read(&args.campaign)?;
    let home = Home::find();
    let named = options.db.clone().or_else(|| std::env::var_os("DUIHAO_DB").filter(|v| !v.is_empty()).map(PathBuf::from));
    // A new campaign is never written into the one used last.
    let path = named.unwrap_or_else(|| PathBuf::from(format!("{}.db", campaign::file_name(&declared.id))));
    let mut desk = options.open_at(&home, &path, Mode::WriteWaiting)?;
    printer.notices(&desk);
    let receipt = campaign::declare(&mut desk, declared)?;
    let c = desk.day().campaign().clone();
    let rooms: Vec<_> = desk.day().rooms().iter().map(|r| json!({"name": r.name, "series": r.series})).collect();
    let already = receipt.entries.is_empty();
    printer.document(&json!({"campaign": c.id, "name": c.name, "database": path.to_string_lossy(), "already": already, "rooms": rooms}));
    let title = format!("{} {}", c.name, c.cohort);
    printer.say(&match printer.lang {
        _ if already => printer.pick("以前已新建，没有变化：", "known already, nothing changed: ").to_owned() + title.trim(),
        crate::ui::words::Lang::Zh => format!("已新建：{}  采集点 {} 个  数据库 {}", title.trim(), rooms.len(), path.display()),
        crate::ui::words::Lang::En => format!("created: {}  {} rooms  database {}", title.trim(), rooms.len(), path.display()),
    });
    desk.close()?;
    Ok(Outcome::Done)
}
