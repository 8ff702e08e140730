//! `duihao forget`: removes what a file or a person left in the journal, or single entries, for good; the chain stays valid.

use serde_json::json;

use super::options::{ForgetArgs, Options};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Desk, Error, Mode};
use crate::domain::command::{Ask, Refusal};
use crate::domain::forgetting::{self, Removal};
use crate::domain::ids::{CommandId, EntryId, PersonId};
use crate::domain::roster::{Found, Person};
use crate::ui::words::{Lang, label};

/// What a word on the command line means.
enum Target {
    Entry(EntryId),
    Source(String),
    Person(PersonId),
}

/// Forgets what is named: files, people, entries.
pub fn run(options: &Options, args: &ForgetArgs, printer: &Printer) -> Result<Outcome, Error> {
    if !options.yes && !args.dry_run {
        return Err(Error::Usage("forget".to_owned(), "--yes".to_owned()));
    }
    let mut desk = options.open_known(if args.dry_run { Mode::Read } else { Mode::WriteWaiting })?;
    printer.notices(&desk);
    // All are understood before anything goes.
    let targets: Vec<Target> = args.targets.iter().map(|text| target(&desk, text)).collect::<Result<_, _>>()?;
    let mut told = Vec::new();
    let (mut entries, mut pictures) = (Vec::new(), 0);
    for (text, target) in args.targets.iter().zip(&targets) {
        let (removal, ask) = match target {
            Target::Entry(id) => {
                entries.push(*id);
                continue;
            }
            Target::Source(name) => (forgetting::of_source(desk.day(), name), Ask::ForgetSource(name.clone())),
            Target::Person(id) => (forgetting::of_person(desk.day(), *id), Ask::ForgetPerson(*id)),
        };
        pictures += removal.pictures;
        tell(printer, text, &removal);
        told.push(json!({
            "target": text, "entries": removal.entries.len(), "written_again": removal.instead.len(), "scans": removal.scans,
            "pictures": removal.pictures,
        }));
        if !args.dry_run {
            desk.submit(ask)?;
        }
    }
    if !entries.is_empty() && !args.dry_run {
        desk.submit(Ask::Forget(entries))?;
    }
    printer.document(&json!({"forgotten": args.targets, "removed": told, "dry_run": args.dry_run}));
    if args.dry_run {
        return Ok(Outcome::from(pictures > 0));
    }
    printer.say(printer.pick(
        "✓ 内容已永久删除，日志链仍然完整。备份、U 盘和别的电脑上的副本要同步后才会删",
        "✓ removed for good; the chain stays whole. Backups and copies elsewhere are not reached until they are synced",
    ));
    desk.close()?;
    Ok(Outcome::from(pictures > 0))
}

fn target(desk: &Desk, text: &str) -> Result<Target, Error> {
    if let Ok(id) = text.parse::<CommandId>() {
        return Ok(Target::Entry(EntryId { station: id.station, seq: id.cmd }));
    }
    if !forgetting::of_source(desk.day(), text).entries.is_empty() {
        return Ok(Target::Source(text.to_owned()));
    }
    match desk.day().roster().find(text) {
        Found::One(id) => Ok(Target::Person(id)),
        Found::Many(ids) => {
            let person = |id| desk.day().roster().person(id);
            let one = |p: &Person| format!("{} {}", p.student_no.as_deref().unwrap_or("–"), p.class.as_deref().unwrap_or("–"));
            Err(Refusal::Ambiguous(text.to_owned(), ids.into_iter().filter_map(person).map(one).collect()).into())
        }
        Found::Nobody => Err(Refusal::NothingCalled(text.to_owned()).into()),
    }
}

fn tell(printer: &Printer, text: &str, removal: &Removal) {
    let (entries, again, text) = (removal.entries.len(), removal.instead.len(), label::code(text));
    printer.say(&match printer.lang {
        Lang::Zh => format!("{text}：删 {entries} 条记录，其中的别人照样保留（{again} 份名单重写）"),
        Lang::En => format!("{text}: {entries} entries go; everybody else on them stays ({again} lists written again)"),
    });
    if removal.scans > 0 {
        printer.say(&match printer.lang {
            Lang::Zh => format!("  其中 {} 条是直接扫到号码的现场记录，删后队列里少这几次", removal.scans),
            Lang::En => format!("  {} of them are scans of the number itself: the queue is so much shorter", removal.scans),
        });
    }
    if removal.pictures > 0 {
        printer.say(&match printer.lang {
            Lang::Zh => format!("  {} 张照片的文件名里有这个人的号码：先把文件改名，再重新读一次照片", removal.pictures),
            Lang::En => format!("  {} photographs have the number in their names: rename them and read the folder again", removal.pictures),
        });
    }
}
