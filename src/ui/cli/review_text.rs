//! A session's review for people and programs: offset, causes, doubts, faces to look at, odd pictures.

use std::sync::Arc;

use serde_json::{Value, json};

use super::print::Printer;
use crate::desk::Desk;
use crate::desk::photographs::FolderRead;
use crate::domain::review::looks::{LookKind, looks};
use crate::domain::review::{Review, ReviewCamera, RowStatus, Stretch};
use crate::domain::visit::Subject;
use crate::ui::words::{Lang, label, photo, photo_cause, photo_screen, photo_trouble};

/// Most lines of one kind printed for people; JSON has them all.
const PRINTED: usize = 20;

/// `860 张照片，…`: what was found in a folder.
pub fn read_line(lang: Lang, read: &FolderRead, review: &Review) -> String {
    let faults = review.album.photos.iter().filter(|p| p.picture.fault.is_some()).count();
    let mark = if read.unopened > 0 || read.strangers.is_some() { "!" } else { "✓" };
    match lang {
        Lang::Zh => format!(
            "{mark} 读到照片 {} 张（未变 {}，有问题 {faults}，重复 {}，其他文件 {}）",
            read.pictures, read.unchanged, review.album.copies, read.left_out
        ),
        Lang::En => format!(
            "{mark} {} pictures read ({} unchanged, {faults} faulty, {} copies, {} other files)",
            read.pictures, read.unchanged, review.album.copies, read.left_out
        ),
    }
}

/// Faulty files for programs.
pub fn faults(review: &Review) -> Value {
    let faulty = review.album.photos.iter().enumerate().filter_map(|(at, p)| Some((review.album.shown(at), p.picture.fault?)));
    faulty.map(|(path, fault)| json!({"photo": path, "fault": fault})).collect()
}

/// Prints a review; true where a person is needed.
pub fn tell(printer: &Printer, desk: &Desk, review: &Review, all: bool) -> bool {
    let (lang, day) = (printer.lang, desk.day());
    let rows: Vec<(Subject, crate::domain::review::RowPhoto)> = rows(desk, review);
    let count = |status: RowStatus| rows.iter().filter(|(_, r)| r.status == status).count();
    let clock = review.clock();
    let offset = clock.map(|c| format!("{:+.1} s", c.offset as f64 / 1000.0)).unwrap_or_else(|| "–".to_owned());
    let drift = clock.map(|c| format!("{:+.0} ppm", c.drift_ppm)).unwrap_or_default();
    let head = format!("{} {}", label::room(day, &review.key.room), review.key.date);
    printer.say(&match lang {
        Lang::Zh => format!(
            "{head}  照片 {}  登记拍摄 {}  相机时差 {offset} {drift}\n  可用 {}  已核对 {}  待核对 {}  无照片 {}",
            review.in_order().len(),
            review.setup.sitters.len(),
            count(RowStatus::Sure),
            count(RowStatus::Confirmed),
            count(RowStatus::Doubt),
            count(RowStatus::NoPhoto)
        ),
        Lang::En => format!(
            "{head}  {} frames  {} shots  clock difference {offset} {drift}\n  sure {}  confirmed {}  to look at {}  without {}",
            review.in_order().len(),
            review.setup.sitters.len(),
            count(RowStatus::Sure),
            count(RowStatus::Confirmed),
            count(RowStatus::Doubt),
            count(RowStatus::NoPhoto)
        ),
    });
    let cameras = review.cameras();
    if cameras.len() > 1 {
        list(printer, lang.pick("相机", "cameras"), cameras.iter().map(|c| photo::camera(lang, c)).collect(), all);
    }
    for (clock, given) in review.alignment.clocks.iter().filter_map(|c| Some((c, c.overruled?))) {
        let of = cameras.iter().find(|c| c.number == clock.camera && cameras.len() > 1);
        let of = of.map(|c| format!("{} ", photo::body(lang, c))).unwrap_or_default();
        printer.say(&format!("  ! {of}{}", photo::overruled(lang, given)));
    }
    if !review.album.replaced.is_empty() {
        printer.say(&format!("  ! {}", photo::replaced(lang, review.album.replaced.len())));
    }
    for strangers in &review.strangers {
        let folder = review.album.folders.get(&strangers.reading).map(String::as_str).unwrap_or_default();
        let (what, hint) = photo_trouble::strangers(lang, day, folder, strangers);
        printer.say(&format!("  ✗ {what}{}{hint}", lang.pick("。", ". ")));
    }
    if review.unopened() > 0 {
        printer.say(&format!("  ! {}", photo_trouble::unopened(lang, review.unopened())));
    }
    if !review.setup.unordered.is_empty() {
        printer.say(&format!("  ! {}", photo_trouble::unordered(lang, review)));
    }
    if !review.setup.outside.is_empty() {
        printer.say(&format!("  ! {}", photo::outside(lang, day, review)));
    }
    if review.has_many_more() {
        printer.say(&format!("  ! {}", photo::many_more(lang, review)));
    }
    if let Some(refused) = review.refused() {
        let (what, hint) = (photo::refused(lang, review, refused), photo::refusal(lang, refused).1);
        if let Some(clock) = review.unconfirmed() {
            printer.say(&format!("  ? {}", photo::confirm(lang, clock)));
        }
        printer.say(&format!("  ✗ {what}{}{hint}", lang.pick("。", ". ")));
    }
    let stretches = review.stretches();
    let lines = stretches.iter().map(|s| photo::stretch(lang, day, review, s)).collect();
    list(printer, lang.pick("一整段待核对", "whole stretches to look at"), lines, all);
    let open: Vec<_> = review.causes.iter().filter(|c| c.is_open()).collect();
    // Where there is nothing to decide at one go the sentence still says where counting breaks.
    let lines = review.causes.iter().filter(|c| !c.applied).map(|c| format!("[{}] {}", c.id, photo_cause::cause(lang, day, review, c).0));
    list(printer, lang.pick("错位原因", "causes"), lines.collect(), all);
    let doubts = rows.iter().filter(|(_, r)| r.status == RowStatus::Doubt).map(|(subject, row)| {
        let file = row.photo.map(|p| photo::file_of(review, p)).unwrap_or_else(|| "–".to_owned());
        let why = photo::whys(lang, day, review, row);
        format!("{}  {file}  {why}", who(lang, desk, review, subject))
    });
    list(printer, lang.pick("待核对", "to look at"), doubts.collect(), all);
    let faces = review.faces_left();
    if faces.0 > 0 {
        printer.say(&format!("  {}", photo_screen::faces_of(lang, review)));
    }
    let seen = looks(review, &day.campaign().photo);
    list(printer, lang.pick("照片本身", "the pictures"), seen.iter().map(|l| photo::look(lang, day, review, l)).collect(), all);
    let loose: Vec<usize> = review.loose().into_iter().filter(|p| all && !review.is_unplaced(*p)).collect();
    let lines = loose.into_iter().map(|p| photo::loose(lang, day, review, p)).collect();
    list(printer, photo_screen::group::loose(lang), lines, all);
    let twins = seen.iter().any(|l| l.kind == LookKind::Twin);
    let odd = !review.strangers.is_empty() || !review.setup.unordered.is_empty() || review.unopened() > 0;
    odd || review.refused().is_some() || !open.is_empty() || !review.album.replaced.is_empty() || count(RowStatus::Doubt) > 0 || twins
}

fn list(printer: &Printer, title: &str, lines: Vec<String>, all: bool) {
    if lines.is_empty() {
        return;
    }
    printer.say(&format!("  {title}（{}）", lines.len()));
    let shown = if all { lines.len() } else { PRINTED };
    for line in lines.iter().take(shown) {
        printer.say(&format!("    {line}"));
    }
    if lines.len() > shown {
        printer.say(&match printer.lang {
            Lang::Zh => format!("    …… 还有 {} 条（--all 全部列出）", lines.len() - shown),
            Lang::En => format!("    … {} more (--all lists them)", lines.len() - shown),
        });
    }
}

fn who(lang: Lang, desk: &Desk, review: &Review, subject: &Subject) -> String {
    match review.setup.shot_of.get(subject) {
        Some(shot) => photo::sitter(lang, desk.day(), review, *shot),
        None => label::who(lang, desk.day(), subject),
    }
}

fn rows(desk: &Desk, review: &Review) -> Vec<(Subject, crate::domain::review::RowPhoto)> {
    let rows = crate::domain::mapping::rows_with(desk.day(), desk.now(), [review]);
    let here = rows.into_iter().filter(|r| r.room == review.key.room && r.date == review.key.date);
    here.filter_map(|r| Some((r.subject.clone(), review.row(&r.subject)?))).collect()
}

/// What the pictures show, for programs.
pub fn looks_json(lang: Lang, desk: &Desk, reviews: &[Arc<Review>]) -> Value {
    let day = desk.day();
    let of = |review: &Review| -> Vec<Value> {
        let seen = looks(review, &day.campaign().photo);
        let line = |l: &crate::domain::review::looks::Look| {
            json!({
                "room": day.rooms().name(&review.key.room),
                "date": review.key.date.to_string(),
                "photo": review.album.shown(l.place),
                "code": l.kind.as_str(),
                "other": l.other.map(|p| review.album.shown(p)),
                "value": l.value,
                "message": photo::look(lang, day, review, l),
            })
        };
        seen.iter().map(line).collect()
    };
    reviews.iter().flat_map(|r| of(r)).collect()
}

/// Stretches of which nothing is sure for one reason, for programs.
pub fn stretches_json(lang: Lang, desk: &Desk, reviews: &[Arc<Review>]) -> Value {
    let day = desk.day();
    let of = |review: &Review| -> Vec<Value> {
        let token = |shot: usize| review.setup.sitters.get(shot).and_then(|s| s.token.clone());
        let line = |s: &Stretch| {
            json!({
                "room": day.rooms().name(&review.key.room),
                "date": review.key.date.to_string(),
                "from": token(s.from),
                "to": token(s.to),
                "people": s.people,
                "code": s.why.as_str(),
                "face": s.face.and_then(token),
                "message": photo::stretch(lang, day, review, s),
            })
        };
        review.stretches().iter().map(line).collect()
    };
    reviews.iter().flat_map(|r| of(r)).collect()
}

/// The cameras of each session and their clocks, for programs.
pub fn cameras_json(desk: &Desk, reviews: &[Arc<Review>]) -> Value {
    let day = desk.day();
    let of = |review: &Review| -> Vec<Value> {
        let seconds = |ms: i64| ms as f64 / 1_000.0;
        let line = |c: &ReviewCamera<'_>| {
            json!({
                "room": day.rooms().name(&review.key.room),
                "date": review.key.date.to_string(),
                "body": c.body,
                "frames": c.frames,
                "offset_s": c.clock.map(|clock| seconds(clock.offset)),
                "rival_s": c.clock.and_then(|clock| clock.rival).map(seconds),
            })
        };
        review.cameras().iter().map(line).collect()
    };
    reviews.iter().flat_map(|r| of(r)).collect()
}

/// The faces that are left to confirm, for programs.
pub fn proofs_json(lang: Lang, desk: &Desk, reviews: &[Arc<Review>]) -> Value {
    let day = desk.day();
    let of = |review: &Review| -> Vec<Value> {
        let name = |shot: usize| photo::sitter(lang, day, review, shot);
        let block = |p: &crate::domain::align::outcome::Proof| {
            json!({
                "room": day.rooms().name(&review.key.room),
                "date": review.key.date.to_string(),
                "from": name(p.block.0),
                "to": name(p.block.1),
                "faces": p.faces.iter().map(|f| review.setup.sitters.get(*f).and_then(|s| s.token.clone()).unwrap_or_else(|| name(*f))).collect::<Vec<_>>(),
            })
        };
        review.alignment.proofs.iter().map(block).collect()
    };
    reviews.iter().flat_map(|r| of(r)).collect()
}
