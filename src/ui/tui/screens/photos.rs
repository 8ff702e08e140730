//! 照片核对: where counting goes wrong, whom a person must look at, and the rest in one line each.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::super::model::Ui;
use super::super::photos::facing::by_log;
use super::super::photos::pictures::Kept;
use super::super::photos::seen::{Seen, Sitting};
use super::super::photos::table::{Group, Line};
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::{faces, proof, top};
use crate::desk::pictures::Wanted;
use crate::domain::day::Day;
use crate::domain::review::RowStatus;
use crate::ui::words::{Lang, copying, label, photo, photo_cause, photo_screen as say, photo_trouble};

/// First row under the title.
const HEAD: u16 = 2;
/// Most rows that the chosen line takes.
const WRAPPED: usize = 6;
/// So wide a window shows the picture of the chosen line beside the table.
const WIDE: u16 = 110;
/// Cells of that picture.
const BESIDE: u16 = 36;

/// What can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A line of the table.
    Line(usize),
    /// A photograph, by its place in the album.
    Picture(usize),
    /// An answer of the proof: true for no.
    Answer(bool),
}

/// What is at a position.
pub fn hit(ui: &Ui, day: &Day, area: Rect, at: Position) -> Option<Hit> {
    let seen = ui.table.seen.as_ref()?;
    match &ui.table.facing {
        Some(facing) if facing.asking => {
            let picture = || proof::place_at(seen, facing, area, at).map(Hit::Picture);
            proof::answer_at(area, at).map(Hit::Answer).or_else(picture)
        }
        Some(facing) => faces::place_at(seen, facing, area, at).map(Hit::Picture),
        None => {
            let table = table_area(ui, day, area);
            let shown = shown(ui, day, seen, table);
            let row = at.y.checked_sub(table.y)?;
            shown.into_iter().find(|(_, y, rows)| (*y..*y + rows.len() as u16).contains(&row)).map(|(n, _, _)| Hit::Line(n))
        }
    }
}

/// The pictures in sight, with the cells of their boxes.
pub fn pictures(ui: &Ui, area: Rect) -> Vec<(Wanted, Size)> {
    let Some(seen) = &ui.table.seen else { return Vec::new() };
    let places: Vec<(usize, Rect)> = match &ui.table.facing {
        Some(facing) if facing.asking => {
            let beside = proof::beside(seen, facing, area).into_iter().map(|(card, place)| (card.place, place));
            facing.place.map(|p| (p, proof::place(area))).into_iter().chain(beside).collect()
        }
        Some(facing) => faces::places(seen, facing, area).into_iter().map(|(card, place)| (card.place, place)).collect(),
        None => beside(ui, seen, area).into_iter().collect(),
    };
    let wanted = |(place, area): (usize, Rect)| Some((ui.pictures.wanted(&seen.review, place, area.into())?, Size::from(area)));
    places.into_iter().filter_map(wanted).collect()
}

/// True where that photograph is in sight and has not come from the disk yet.
pub fn is_awaited(ui: &Ui, place: usize) -> bool {
    let area = Rect { x: 0, y: 0, width: ui.size.0, height: ui.size.1 };
    let Some(photo) = ui.table.seen.as_ref().and_then(|s| s.review.album.photos.get(place)) else { return false };
    let own = |w: &Wanted| w.path == photo.id.path;
    pictures(ui, area).iter().any(|(w, _)| own(w) && matches!(ui.pictures.get(w), None | Some(Kept::Awaited)))
}

// The picture of the chosen line, in a wide window.
fn beside(ui: &Ui, seen: &Seen, area: Rect) -> Option<(usize, Rect)> {
    if area.width < WIDE {
        return None;
    }
    let of_frame = |frame: &usize| seen.review.setup.photo_of.get(*frame).copied();
    let place = match ui.table.chosen()? {
        Line::Person(n) => seen.people.get(n)?.photo.photo,
        Line::Look(n) => seen.looks.get(n).map(|l| l.place),
        Line::Frame(place) => Some(place),
        Line::Cause(n) => seen.review.causes.get(n)?.cause.frames.first().and_then(of_frame),
        _ => None,
    };
    let top = HEAD + 3;
    let height = area.height.saturating_sub(top + 7).min(BESIDE / 3 * 2 + 1);
    Some((place?, Rect { x: area.right() - BESIDE, y: area.y + top, width: BESIDE - 1, height }))
}

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let session = ui.table.session().map(|k| format!("{} {}", day.rooms().name(&k.room), k.date)).unwrap_or_default();
    let of = if ui.table.sessions.len() > 1 { format!("◂ {}/{} ▸", ui.table.at + 1, ui.table.sessions.len()) } else { String::new() };
    top::title(ui, day, buf, area, &format!("{} {session}", ui.words.photos), &of, (Tone::Text, Tone::Strong));
    if let (Some(seen), Some(facing)) = (&ui.table.seen, &ui.table.facing) {
        if facing.asking {
            proof::draw(ui, day, seen, facing, buf, area);
        } else {
            faces::draw(ui, day, seen, facing, buf, area);
        }
    } else {
        for (y, line, tone) in head(ui, area) {
            cells::put(buf, area, 0, y, &[(&line, style(tone))]);
        }
        let table = table_area(ui, day, area);
        cells::rule(buf, area, table.y - area.y - 1, style(Tone::Rule));
        if let Some(seen) = &ui.table.seen {
            draw_table(ui, day, seen, buf, table);
            draw_beside(ui, day, seen, buf, area);
        }
        if let Some(running) = &ui.table.running {
            let line = format!("{}   {}", say::pace(lang, running.pace.as_ref(), running.stopping), lang.pick("Esc 停止", "Esc stops"));
            cells::put(buf, area, 0, area.height - 4, &[(&line, style(Tone::Accent))]);
        }
    }
    faces::said(ui, buf, area);
    cells::rule(buf, area, area.height - 2, style(Tone::Rule));
}

// Counts, and why nothing is sure: rows with their place.
fn head(ui: &Ui, area: Rect) -> Vec<(u16, String, Tone)> {
    let lang = ui.words.lang;
    let width = usize::from(area.width);
    let mut rows = Vec::new();
    let mut put = |text: &str, tone: Tone, most: usize| {
        for line in cells::wrap(text, width).into_iter().take(most) {
            rows.push((HEAD + rows.len() as u16, line, tone));
        }
    };
    if ui.table.matching.is_some() {
        put(say::matching(lang), Tone::Accent, 1);
    }
    let Some(seen) = &ui.table.seen else {
        if ui.table.matching.is_some() {
            return rows;
        }
        put(say::no_sessions(lang), Tone::Dim, 2);
        return rows;
    };
    let review = &seen.review;
    if !review.is_read() {
        if ui.table.matching.is_some() {
            return rows;
        }
        let (what, hint) = say::nothing_read(lang);
        put(what, Tone::Strong, 1);
        put(hint, Tone::Dim, 2);
        return rows;
    }
    put(&say::figures(lang, seen.order.len(), review.setup.sitters.len(), review.clock()), Tone::Text, 1);
    let count = |status| format!("{} {}", photo::status(lang, status), seen.count(status));
    let counts = [RowStatus::Sure, RowStatus::Confirmed, RowStatus::Doubt, RowStatus::NoPhoto].map(count).join("  ");
    let proven = if seen.is_proven() { format!("      {}", say::proven(lang)) } else { String::new() };
    put(&format!("{counts}{proven}"), Tone::Strong, 1);
    if let Some(copied) = &seen.copied {
        put(&copying::done(lang, copied.files as usize, &copied.folder), Tone::Right, 1);
    }
    if let Some(refused) = review.refused() {
        let (what, hint) = (photo::refused(lang, review, refused), say::way_out(lang, refused));
        put(&format!("✗ {what}{}{hint}", lang.pick("。", ". ")), Tone::Wrong, 2);
    }
    rows
}

fn table_area(ui: &Ui, _day: &Day, area: Rect) -> Rect {
    let first = HEAD + head(ui, area).len() as u16 + 1;
    let last = area.height.saturating_sub(if ui.table.running.is_some() { 4 } else { 3 });
    let width = if area.width >= WIDE { area.width - BESIDE - 2 } else { area.width };
    Rect { x: area.x, y: area.y + first, width, height: last.saturating_sub(first) }
}

/// The lines in sight: which, at which row of the table, in how many rows.
fn shown(ui: &Ui, day: &Day, seen: &Seen, area: Rect) -> Vec<(usize, u16, Vec<String>)> {
    let width = usize::from(area.width).saturating_sub(4).max(8);
    let height = usize::from(area.height);
    let rows = |n: usize, line: Line| {
        let text = text(ui, day, seen, line);
        if n == ui.table.line {
            cells::wrap(&text, width).into_iter().take(WRAPPED.min(height)).collect()
        } else {
            vec![cells::fit(&text, width)]
        }
    };
    let chosen = ui.table.chosen().map_or(0, |line| rows(ui.table.line, line).len());
    // The chosen line is seen whole, at the end of the table at the latest.
    let first = (ui.table.line + chosen).saturating_sub(height).min(ui.table.line);
    let mut y = 0;
    let mut out = Vec::new();
    for (n, line) in ui.table.lines.iter().enumerate().skip(first) {
        let rows: Vec<String> = rows(n, *line);
        if y + rows.len() > height {
            break;
        }
        let taken = rows.len();
        out.push((n, y as u16, rows));
        y += taken;
    }
    out
}

fn draw_table(ui: &Ui, day: &Day, seen: &Seen, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    for (n, y, rows) in shown(ui, day, seen, area) {
        let line = ui.table.lines[n];
        let chosen = n == ui.table.line;
        let ranged = matches!(line, Line::Person(p) if ui.table.in_range(p));
        let mark = match (chosen, ranged) {
            (true, _) => "▶ ",
            (false, true) => "+ ",
            _ => "  ",
        };
        let (sign, tone) = sign(ui, seen, line);
        let text = if chosen { Tone::Chosen } else { tone };
        for (k, row) in rows.iter().enumerate() {
            let (mark, sign) = if k == 0 { (mark, sign) } else { ("  ", "  ") };
            cells::put(buf, area, 0, y + k as u16, &[(mark, style(Tone::Chosen)), (sign, style(tone)), (row, style(text))]);
        }
    }
}

fn sign(ui: &Ui, seen: &Seen, line: Line) -> (&'static str, Tone) {
    match line {
        Line::Strangers(_) | Line::Unopened => ("✗ ", Tone::Wrong),
        Line::Unordered => ("! ", Tone::Check),
        Line::Offset => ("? ", Tone::Check),
        Line::Stretch(_) => ("? ", Tone::Check),
        Line::Overruled | Line::Outside | Line::Replaced => ("! ", Tone::Check),
        Line::Faces => ("◆ ", Tone::Accent),
        Line::Head(group, _) => (if ui.table.is_open(group) { "▾ " } else { "▸ " }, Tone::Strong),
        Line::Cause(n) if seen.review.causes.get(n).is_some_and(|c| c.applied) => ("✓ ", Tone::Right),
        Line::Cause(_) => ("! ", Tone::Check),
        Line::Person(n) => match seen.people.get(n).map(|p| p.photo.status) {
            Some(RowStatus::Sure | RowStatus::Confirmed) => ("✓ ", Tone::Text),
            Some(RowStatus::Doubt) => ("? ", Tone::Text),
            _ => ("– ", Tone::Text),
        },
        Line::Look(_) => ("! ", Tone::Text),
        Line::Frame(_) | Line::Camera(_) | Line::Folder(_) => ("– ", Tone::Text),
    }
}

fn text(ui: &Ui, day: &Day, seen: &Seen, line: Line) -> String {
    let lang = ui.words.lang;
    let review = &seen.review;
    match line {
        Line::Strangers(n) => strangers(lang, day, seen, n),
        Line::Unopened => photo_trouble::unopened(lang, seen.unopened),
        Line::Unordered => photo_trouble::unordered(lang, review),
        Line::Offset => review.unconfirmed().map(|c| say::offset(lang, c)).unwrap_or_default(),
        Line::Outside => photo::outside(lang, day, review),
        Line::Replaced => photo::replaced(lang, review.album.replaced.len()),
        Line::Faces => say::faces_of(lang, review),
        Line::Overruled => review.clock().map(|c| say::overruled(lang, c)).unwrap_or_default(),
        Line::Stretch(n) => seen.stretches.get(n).map(|s| photo::stretch(lang, day, review, s)).unwrap_or_default(),
        Line::Head(group, n) => format!("{} {n}", group_name(lang, group)),
        Line::Cause(n) => review.causes.get(n).map(|c| photo_cause::cause(lang, day, review, c).0).unwrap_or_default(),
        Line::Person(n) => seen.people.get(n).map(|p| person(lang, day, seen, p)).unwrap_or_default(),
        Line::Look(n) => seen.looks.get(n).map(|l| photo::look(lang, day, review, l)).unwrap_or_default(),
        Line::Camera(number) => review.cameras().iter().find(|c| c.number == number).map(|c| photo::camera(lang, c)).unwrap_or_default(),
        Line::Folder(n) => review.album.folders.keys().nth(n).map(|r| photo::folder(lang, review, r)).unwrap_or_default(),
        Line::Frame(place) => {
            let photo = &review.album.photos[place];
            let taken = photo.picture.taken.map(|at| label::clock(day, at)).unwrap_or_default();
            let part = review.frame(place).map(|f| photo::frame(lang, f)).unwrap_or_default();
            format!("{} {taken}  {part}", cells::column(&photo::file_of(review, place), 18))
        }
    }
}

fn strangers(lang: Lang, day: &Day, seen: &Seen, n: usize) -> String {
    let Some(strangers) = seen.review.strangers.get(n) else { return String::new() };
    let folder = seen.review.album.folders.get(&strangers.reading).map(String::as_str).unwrap_or_default();
    let what = photo_trouble::strangers(lang, day, folder, strangers).0;
    format!("{what}{}", say::enter_withdraws(lang))
}

// `0413B   徐敏        IMG_0417.JPG        97%  可能是前后相邻的人`
fn person(lang: Lang, day: &Day, seen: &Seen, p: &Sitting) -> String {
    let file = p.photo.photo.map(|at| photo::file_of(&seen.review, at)).unwrap_or_else(|| "–".to_owned());
    let chance = if p.photo.photo.is_some() { format!("{:.0}%", (p.photo.confidence * 100.0).floor()) } else { String::new() };
    let why = photo::whys(lang, day, &seen.review, &p.photo);
    let number = cells::column(p.token.as_deref().unwrap_or(""), 8);
    format!("{number}{} {} {}  {why}", cells::column(&p.name, 12), cells::column(&file, 16), cells::right(&chance, 4))
}

fn group_name(lang: Lang, group: Group) -> &'static str {
    match group {
        Group::Causes => say::group::causes(lang),
        Group::Doubts => say::group::doubts(lang),
        Group::Looks => say::group::looks(lang),
        Group::Sure => say::group::sure(lang),
        Group::Confirmed => say::group::confirmed(lang),
        Group::Without => say::group::without(lang),
        Group::Loose => say::group::loose(lang),
        Group::Applied => say::group::applied(lang),
        Group::Folders => say::group::folders(lang),
    }
}

fn draw_beside(ui: &Ui, day: &Day, seen: &Seen, buf: &mut Buffer, area: Rect) {
    let Some((place, cells_of)) = beside(ui, seen, area) else { return };
    faces::draw_picture(ui, seen, place, cells_of, buf);
    let photo = &seen.review.album.photos[place];
    let taken = photo.picture.taken.map(|at| label::clock(day, at)).unwrap_or_default();
    let by_log = by_log(seen, place).map(|at| format!("= {}", label::clock(day, at))).unwrap_or_default();
    let owner = seen.review.owner(place).map(|s| super::super::people::number_and_name(day, &seen.review.key.room, s)).unwrap_or_default();
    let under = Rect { y: cells_of.bottom(), height: 3, ..cells_of };
    for (n, (text, tone)) in
        [(photo::file_of(&seen.review, place), Tone::Text), (format!("{taken} {by_log}"), Tone::Dim), (owner, Tone::Text)]
            .iter()
            .enumerate()
    {
        cells::put(buf, under, 0, n as u16, &[(text, ui.theme.style(*tone))]);
    }
}
