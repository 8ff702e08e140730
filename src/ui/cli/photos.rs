//! `duihao photos`: reads folders, reviews whose picture is whose, decides, copies under names.

use serde_json::json;

use super::options::{CopyArgs, Options, PhotosCommand, ReadArgs, ReviewArgs, RuleArgs};
use super::outcome::Outcome;
use super::print::Printer;
use super::review_text;
use crate::desk::export::{self, Only, Photographs, What};
use crate::desk::{Desk, Error, Mode, copying, photographs};
use crate::domain::command::{Ask, PhotoAsk, Refusal, RulingAsk};
use crate::domain::event::{Act, Fact};
use crate::domain::ids::SessionKey;
use crate::domain::ruling::RulingWord;
use crate::domain::width;
use crate::ui::words::{self, Lang};

/// Runs one of them.
pub fn run(options: &Options, command: &PhotosCommand, printer: &Printer) -> Result<Outcome, Error> {
    match command {
        PhotosCommand::Read(args) => read(options, args, printer),
        PhotosCommand::Review(args) => review(options, args, printer),
        PhotosCommand::Settle(args) => settle(options, args, printer),
        PhotosCommand::Copy(args) => copy(options, args, printer),
    }
}

/// What is known of photographs, causes said in the printer's language.
pub fn with_photographs<T>(desk: &Desk, lang: Lang, then: impl FnOnce(&Photographs<'_>) -> Result<T, Error>) -> Result<T, Error> {
    then(&Photographs { reviews: desk.reviews(), say: &|day, review, cause| words::photo_cause::cause(lang, day, review, cause) })
}

fn read(options: &Options, args: &ReadArgs, printer: &Printer) -> Result<Outcome, Error> {
    if !options.is_there() {
        options.open(Mode::Read)?;
    }
    let mut desk = options.open_known(Mode::WriteWaiting)?;
    printer.notices(&desk);
    let session = photographs::session(desk.day(), args.room.as_deref(), args.date)?;
    let offset = args.offset.map(|s| (s * 1000.0).round() as i64);
    let mut told = 0;
    let read = photographs::read(&mut desk, &session, &args.dir, offset, &mut |p| {
        // A line every thousand files is enough for whoever waits.
        if p.done >= told + 1_000 {
            told = p.done;
            printer.remark(&format!("{} / {}", p.done, p.total));
        }
        true
    })?;
    let review = desk.review(&session);
    let only = Only { room: args.room.clone(), date: Some(session.date), ..Only::default() };
    let report = with_photographs(&desk, printer.lang, |p| export::report(desk.day(), desk.now(), What::Mapping, &only, p))?;
    let mut document = report.json;
    if let Some(object) = document.as_object_mut() {
        object.insert(
            "read".to_owned(),
            json!({
                "folder": read.folder.to_string_lossy(), "pictures": read.pictures, "unchanged": read.unchanged, "gone": read.gone,
                "left_out": read.left_out, "beside_jpeg": read.beside_jpeg, "closed": read.closed,
                "elsewhere": read.elsewhere, "copies": review.album.copies,
                "faults": review_text::faults(&review),
            }),
        );
    }
    printer.document(&document);
    printer.say(&review_text::read_line(printer.lang, &read, &review));
    if let Some(other) = &read.elsewhere {
        printer.say(&format!("! {}", words::photo::elsewhere(printer.lang, other)));
    }
    let needed = review_text::tell(printer, &desk, &review, false) || read.elsewhere.is_some();
    desk.close()?;
    Ok(Outcome::from(needed))
}

fn review(options: &Options, args: &ReviewArgs, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let only = Only { room: args.room.clone(), date: args.date, ..Only::default() };
    let room = only.check(desk.day())?;
    let report = with_photographs(&desk, printer.lang, |p| export::report(desk.day(), desk.now(), What::Mapping, &only, p))?;
    let fits = |k: &SessionKey| room.as_ref().is_none_or(|r| k.room == *r) && args.date.is_none_or(|d| k.date == d);
    let reviews: Vec<_> = desk.reviews().into_iter().filter(|r| fits(&r.key)).collect();
    let mut document = report.json;
    if let Some(object) = document.as_object_mut() {
        object.insert("pictures".to_owned(), review_text::looks_json(printer.lang, &desk, &reviews));
        object.insert("cameras".to_owned(), review_text::cameras_json(&desk, &reviews));
        object.insert("stretches".to_owned(), review_text::stretches_json(printer.lang, &desk, &reviews));
        object.insert("proofs".to_owned(), review_text::proofs_json(printer.lang, &desk, &reviews));
    }
    printer.document(&document);
    if reviews.is_empty() {
        printer.say(
            printer.pick(
                "还没有读照片：duihao photos read 文件夹 --room 采集点",
                "no photographs read yet: duihao photos read DIR --room ROOM",
            ),
        );
    }
    let mut needed = false;
    for review in &reviews {
        needed |= review_text::tell(printer, &desk, review, args.all);
    }
    Ok(Outcome::from(needed))
}

fn settle(options: &Options, args: &RuleArgs, printer: &Printer) -> Result<Outcome, Error> {
    let mut desk = options.open_known(Mode::WriteWaiting)?;
    printer.notices(&desk);
    let session = photographs::session(desk.day(), args.room.as_deref(), args.date)?;
    let ask = match args.what.as_str() {
        "时差" | "offset" => offset(&desk, &session, args)?,
        "撤下" | "withdraw" => withdraw(&desk, &session, args.folder.as_deref())?,
        word => {
            let words = RulingWord::ALL.iter().map(|w| (w.word(), w.english())).chain([("时差", "offset"), ("撤下", "withdraw")]);
            let allowed = || words.map(|(zh, en)| printer.lang.pick(zh, en).to_owned()).collect();
            let word = RulingWord::of(word).ok_or_else(|| Error::Word("choice", word.to_owned(), allowed()))?;
            let person = args.token.clone().or_else(|| args.student.clone());
            let ask = RulingAsk {
                photo: args.photo.clone(),
                who: person,
                with: args.with.clone(),
                by: args.by,
                cause: args.cause.clone(),
                class: args.class.clone(),
                ..RulingAsk::of(word)
            };
            // A picture that somebody has confirmed goes to another only where that is meant.
            if let (Some(loser), false) = (photographs::loser(&desk, &session, &ask), options.yes) {
                return Err(Error::Refused(Refusal::TakesConfirmed(desk.day().key_of(&loser))));
            }
            PhotoAsk::Rule(ask)
        }
    };
    let receipt = desk.submit(Ask::Photos { session: session.clone(), ask })?;
    let command = receipt.command();
    let what = command.map(|c| words::fact::command(printer.lang, desk.day(), c)).unwrap_or_default();
    printer.document(&json!({"command": command.map(|c| c.to_string()), "what": what}));
    printer.say(&format!("✓ {what}"));
    let review = desk.review(&session);
    let ruled = receipt.entries.iter().find_map(|entry| match &entry.event.fact {
        Fact::InRoom { act: Act::PicturesRuled { rulings, .. }, .. } => review.spoilt_by(rulings),
        _ => None,
    });
    if let Some(fault) = ruled {
        let lang = printer.lang;
        printer.say(&format!("  ! {}", words::photo_screen::damaged(lang, words::photo::fault(lang, fault))));
    }
    let needed = review_text::tell(printer, &desk, &review, false);
    desk.close()?;
    Ok(Outcome::from(needed))
}

// A number says it of one camera, no number confirms what was worked out.
fn offset(desk: &Desk, session: &SessionKey, args: &RuleArgs) -> Result<PhotoAsk, Error> {
    let review = desk.review(session);
    let mut bodies: Vec<Option<String>> = review.cameras().iter().map(|c| c.body.map(str::to_owned)).collect();
    bodies.dedup();
    if let Some(text) = &args.camera {
        let wanted = width::key(text);
        bodies.retain(|body| body.as_deref().is_some_and(|b| width::key(b).contains(&wanted)));
        if bodies.is_empty() {
            return Err(Error::Nowhere("camera", text.clone()));
        }
    }
    if let Some(seconds) = args.value {
        let offset = (seconds * 1000.0).round() as i64;
        return match bodies.as_slice() {
            [] => Ok(PhotoAsk::Offsets(vec![(None, offset)])),
            [body] => Ok(PhotoAsk::Offsets(vec![(body.clone(), offset)])),
            several => Err(Error::Several("camera", several.iter().flatten().cloned().collect())),
        };
    }
    let worked_out: Vec<_> = review.offsets().into_iter().filter(|(body, _)| bodies.contains(body)).collect();
    if worked_out.is_empty() {
        return Err(Error::Refused(Refusal::NoClock(desk.day().rooms().name(&session.room).to_owned())));
    }
    if let Some((first, second)) = review.undecided() {
        return Err(Error::Refused(Refusal::WhichClock(first, second)));
    }
    Ok(PhotoAsk::Offsets(worked_out))
}

fn withdraw(desk: &Desk, session: &SessionKey, folder: Option<&str>) -> Result<PhotoAsk, Error> {
    let folders = desk.review(session).album.folders.clone();
    let ends =
        |shown: &str, text: &str| shown.replace('\\', "/").trim_end_matches('/').ends_with(text.replace('\\', "/").trim_end_matches('/'));
    let meant: Vec<(&String, &String)> = folders.iter().filter(|(_, shown)| folder.is_none_or(|text| ends(shown, text))).collect();
    match (meant.as_slice(), folder) {
        ([(reading, _)], _) => Ok(PhotoAsk::Withdraw { reading: (*reading).clone() }),
        ([], Some(text)) => Err(Error::Nowhere("folder", text.to_owned())),
        ([], None) => Err(Error::Refused(Refusal::NoPhotosRead(desk.day().rooms().name(&session.room).to_owned()))),
        (several, _) => Err(Error::Several("folder", several.iter().map(|(_, shown)| (*shown).clone()).collect())),
    }
}

fn copy(options: &Options, args: &CopyArgs, printer: &Printer) -> Result<Outcome, Error> {
    if args.undo {
        let mut desk = if options.is_there() { Some(options.open_known(Mode::WriteWaiting)?) } else { None };
        let undone = copying::undo(&args.dir, desk.as_mut())?;
        if let Some(desk) = desk {
            desk.close()?;
        }
        printer.document(&json!({"removed": undone.removed, "gone": undone.gone, "changed": undone.changed}));
        printer.say(&match printer.lang {
            Lang::Zh => format!("✓ 删去复制的照片 {} 张；改过而留下的 {} 个", undone.removed, undone.changed.len()),
            Lang::En => format!("✓ {} copied pictures removed; {} changed ones left", undone.removed, undone.changed.len()),
        });
        return Ok(Outcome::from(!undone.changed.is_empty()));
    }
    let mut desk = options.open_known(Mode::WriteWaiting)?;
    printer.notices(&desk);
    let only = Only { college: args.college.clone(), room: args.room.clone(), class: args.class.clone(), date: args.date };
    let plan = copying::plan(&desk, &args.name, &only, copying::Choice { doubts: args.doubts, skip_lacking: args.skip_lacking })?;
    let copied = plan.copy(&args.dir, &mut |_, _| true)?;
    copying::note(&mut desk, &copied)?;
    let done = copied.done;
    printer.document(&json!({
        "out": args.dir.to_string_lossy(), "copied": done.copied, "kept": done.kept, "bytes": done.bytes,
        "manifest": done.manifest.to_string_lossy(), "doubts": plan.doubts, "without": plan.without, "lacking": plan.lacking,
        "broken": plan.spoilt,
    }));
    printer.say(&match printer.lang {
        Lang::Zh => format!(
            "✓ 复制并核对 {} 张（已在 {} 张），清单 {}；待核对而未复制 {} 人，无照片 {} 人，缺命名内容 {} 人，照片坏了 {} 人",
            done.copied,
            done.kept,
            done.manifest.display(),
            plan.doubts,
            plan.without,
            plan.lacking,
            plan.spoilt
        ),
        Lang::En => format!(
            "✓ {} copied and verified ({} there already), manifest {}; {} to be looked at left out, {} without picture, {} lack what the name needs, {} broken",
            done.copied,
            done.kept,
            done.manifest.display(),
            plan.doubts,
            plan.without,
            plan.lacking,
            plan.spoilt
        ),
    });
    desk.close()?;
    // Whoever has no picture needs another one, not a look at these.
    Ok(Outcome::from(plan.doubts + plan.lacking + plan.spoilt > 0))
}
