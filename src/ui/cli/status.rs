//! `duihao status`: counts per room, college and class.

use super::options::{Options, StatusArgs};
use super::outcome::Outcome;
use super::print::{Printer, columns};
use crate::desk::export::{self, Only};
use crate::desk::{Error, Mode};
use crate::domain::outcome::{Tally, TallyRow};
use crate::domain::zone::Zone;

/// Prints the counts.
pub fn run(options: &Options, args: &StatusArgs, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let only = Only { college: args.college.clone(), room: args.room.clone(), class: args.class.clone(), date: None };
    let status = export::status(desk.day(), desk.now(), &only)?;
    printer.document(&export::status_json(desk.day(), &status));
    let zone = desk.day().campaign().zone;
    let parts = [
        (printer.pick("采集点", "room"), &status.rooms),
        (printer.pick("学院", "college"), &status.colleges),
        (printer.pick("班级", "class"), &status.classes),
    ];
    for (title, rows) in parts.iter().filter(|(_, rows)| !rows.is_empty()) {
        printer.say(&table(title, rows, zone, printer));
        printer.say("");
    }
    Ok(Outcome::Done)
}

/// One table of counts for people.
pub fn table(title: &str, rows: &[TallyRow], zone: Zone, printer: &Printer) -> String {
    let heads = match printer.lang {
        crate::ui::words::Lang::Zh => ["应到", "已到", "已签", "已发号", "已拍", "免拍", "未到时段", "已过未拍", "在队", "暂缓", "截至"],
        crate::ui::words::Lang::En => {
            ["expected", "arrived", "signed", "issued", "shot", "exempt", "not due", "overdue", "in line", "set aside", "as of"]
        }
    };
    let mut lines = vec![std::iter::once(title).chain(heads).map(str::to_owned).collect::<Vec<_>>()];
    lines.extend(rows.iter().map(|row| {
        let t: &Tally = &row.tally;
        let counts = [t.expected, t.arrived, t.signed, t.issued, t.shot, t.exempt, t.not_due, t.overdue, t.in_line, t.set_aside];
        let mut cells = vec![row.name.clone()];
        cells.extend(counts.iter().map(u32::to_string));
        cells.push(t.as_of.map(|at| zone.clock(at)).unwrap_or_default());
        cells
    }));
    columns(&lines, &(1..=11).collect::<Vec<_>>())
}
