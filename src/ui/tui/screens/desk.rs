//! 签到台: the scan line, the last person as a card, the class in its order, and the counts.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::figures;
use super::super::model::{Mark, Ui};
use super::super::people;
use super::super::theme::Tone;
use super::super::widgets::{cells, digits};
use super::top;
use crate::domain::day::Day;
use crate::domain::guard;
use crate::domain::ids::{PersonId, RoomKey};
use crate::domain::lookup;
use crate::domain::moving;
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::label;

/// Columns of the card; the class stands right of it.
const CARD: u16 = 38;

/// Draws it; tells where the cursor stands.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let room = ui.room.clone()?;
    let style = |t| ui.theme.style(t);
    let place = format!("{} {}", ui.words.desk, top::camera(ui, day, &room));
    top::title(ui, day, buf, area, &place, &top::slot(ui, day, &room), (Tone::Text, Tone::Strong));
    let cursor = top::scan_line(ui, buf, area, 2, ui.words.desk_prompt);
    cells::rule(buf, area, 4, style(Tone::Rule));
    let bottom = area.height - 6;
    let body = Rect { x: area.x, y: area.y + 5, width: area.width, height: bottom - 5 };
    card(ui, day, buf, Rect { width: CARD, ..body }, &room);
    let class = Rect { x: body.x + CARD + 1, width: body.width - CARD - 1, ..body };
    // A wide window shows the classes of the slot beside each other.
    let columns = if class.width >= 80 { 2 } else { 1 };
    let each = class.width / columns;
    for n in 0..columns {
        let part = Rect { x: class.x + n * each, width: each - if columns > 1 { 2 } else { 0 }, ..class };
        class_list(ui, day, buf, part, &room, usize::from(n));
    }
    cells::rule(buf, area, bottom, style(Tone::Rule));
    top::identity(ui, day, buf, area, bottom + 1, &room);
    cells::put(buf, area, 0, bottom + 2, &[(&top::pace(ui, day, &room), style(Tone::Text))]);
    warnings(ui, day, buf, area, bottom + 3, &room);
    cells::rule(buf, area, bottom + 4, style(Tone::Rule));
    Some(cursor)
}

fn warnings(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, y: u16, room: &RoomKey) {
    let style = |t| ui.theme.style(t);
    let aside = figures::aside(day, &figures::today(day, room, ui.now));
    let aside: Vec<String> = aside.into_iter().map(|(subject, ..)| people::name(day, subject)).collect();
    let mut x = 0;
    if !aside.is_empty() {
        x = cells::put(buf, area, 0, y, &[("! ", style(Tone::Check)), (&ui.words.to_come_back(&aside), style(Tone::Check))]) + 4;
    }
    let late: Vec<String> = figures::late(day, room, ui.now).into_iter().map(|(c, at, n)| ui.words.late(&c, &at, n)).collect();
    cells::put(buf, area, x, y, &[(&late.join(" · "), style(Tone::Dim))]);
}

fn card(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, room: &RoomKey) {
    let style = |t| ui.theme.style(t);
    let words = ui.words;
    let inner = Rect { x: area.x + 2, width: area.width - 3, ..area };
    let said = match &ui.ack {
        Some(ack) => {
            let mut said = cells::wrap(&ack.what, usize::from(inner.width));
            // Over somebody's card two lines are free; where nobody stands on it there is room.
            said.truncate(if ui.card.is_some() { 2 } else { 5 });
            for (n, line) in said.iter().enumerate() {
                cells::put(buf, inner, 0, n as u16, &[(line, style(top::tone(ack.mark)))]);
            }
            said.len() as u16
        }
        None => {
            let given = figures::counts(day, &figures::today(day, room, ui.now)).issued > 0;
            cells::put(buf, inner, 0, 1, &[(if given { words.no_scan_now } else { words.no_scan_yet }, style(Tone::Dim))]);
            cells::put(buf, inner, 0, 3, &[(words.next_card, style(Tone::Dim))]);
            number(ui, buf, inner, 5, &day.next_token(room), Tone::Dim);
            return;
        }
    };
    let hint = ui.ack.as_ref().map(|a| a.hint.clone()).unwrap_or_default();
    let body = Rect { x: area.x + 5, width: area.width - 6, ..area };
    let Some(subject) = &ui.card else {
        let below = (said + 1).max(2);
        hints(ui, buf, body, below, area.height.saturating_sub(below), &hint);
        return;
    };
    let name = people::name(day, subject);
    let class = people::class(day, subject);
    // A long name takes its own line, and a second one if it must; the class then follows.
    let wide = usize::from(body.width);
    let names = cells::wrap(&name, wide);
    let mut y = 2;
    match names.as_slice() {
        [one] if cells::width(one) + 2 + cells::width(&class) <= wide => {
            let gap = 16usize.saturating_sub(cells::width(one)).max(2);
            cells::put(buf, body, 0, y, &[(one, style(Tone::Strong)), (&" ".repeat(gap), style(Tone::Text)), (&class, style(Tone::Text))]);
            y += 1;
        }
        lines => {
            for line in lines.iter().take(2) {
                cells::put(buf, body, 0, y, &[(line, style(Tone::Strong))]);
                y += 1;
            }
            cells::put(buf, body, 0, y, &[(&class, style(Tone::Text))]);
            y += 1;
        }
    }
    if let Some(p) = people::person(day, subject) {
        let end = people::document_end(p).map(|e| format!("  {} {e}", words.document_end)).unwrap_or_default();
        let line = format!("{} {}{end}", words.student_no, label::number(words.lang, day, p).as_deref().unwrap_or("—"));
        cells::put(buf, body, 0, y, &[(&line, style(Tone::Dim))]);
        y += 1;
    }
    y += u16::from(y < 5);
    let token = people::card(day, room, subject);
    let check = ui.card_asks && ui.ack.as_ref().is_some_and(|a| a.mark == Mark::Check);
    if let Some(token) = &token {
        number(ui, buf, body, y, token, if check { Tone::Check } else { Tone::Strong });
        y += 4;
    }
    let (next, tone) = todo(ui, day, room, subject, token.as_deref());
    let foot = Rect { x: area.x + 2, width: area.width - 3, ..area };
    let lines = cells::wrap(&next, usize::from(foot.width));
    for line in lines.iter().take(2) {
        cells::put(buf, foot, 0, y, &[(line, style(tone))]);
        y += 1;
    }
    let left = area.height.saturating_sub(y);
    hints(ui, buf, foot, y, left, &hint);
}

// The reason stands small: it is the operator's, not the corridor's.
fn hints(ui: &Ui, buf: &mut Buffer, area: Rect, y: u16, rows: u16, hint: &str) {
    for (n, line) in cells::wrap(hint, usize::from(area.width)).iter().take(usize::from(rows)).enumerate() {
        cells::put(buf, area, 0, y + n as u16, &[(line, ui.theme.style(Tone::Dim))]);
    }
}

fn number(ui: &Ui, buf: &mut Buffer, area: Rect, y: u16, token: &str, tone: Tone) {
    if digits::cells(token, 1) <= area.width {
        for (n, row) in digits::rows(token, 1).iter().enumerate() {
            cells::put(buf, area, 0, y + n as u16, &[(row, ui.theme.style(tone))]);
        }
    } else {
        cells::put(buf, area, 0, y + 1, &[(token, ui.theme.style(tone))]);
    }
}

fn todo(ui: &Ui, day: &Day, room: &RoomKey, subject: &Subject, token: Option<&str>) -> (String, Tone) {
    let words = ui.words;
    let state = day.state(subject);
    if let Some((since, why)) = state.and_then(|s| s.set_aside()) {
        let minutes = since.map_or(0, |t| (ui.now - t).max(0) / 60_000);
        return (words.aside(why, minutes), Tone::Check);
    }
    if state.is_some_and(|s| s.shot()) {
        return (words.already_shot.to_owned(), Tone::Text);
    }
    let mark = ui.ack.as_ref().map(|a| a.mark).filter(|mark| *mark != Mark::Check || ui.card_asks);
    match (token, mark) {
        (Some(token), Some(Mark::Check)) if ui.card_given => (words.aside_with(token), Tone::Check),
        // A card of another room is in their hand already: it is good there, or here where they were moved here.
        (Some(token), _) if day.token_of(room, subject).is_none() => {
            let here = guard::card_elsewhere(day, &figures::today(day, room, ui.now), subject).is_some();
            let other = state.and_then(|s| s.live().next()).map_or(room, |held| &held.room);
            let (room, tone) = if here { (room, Tone::Text) } else { (other, Tone::Check) };
            (words.has_card(token, day.rooms().name(room)), tone)
        }
        (Some(token), Some(Mark::Check)) => (words.has_card(token, day.rooms().name(room)), Tone::Check),
        (Some(token), Some(Mark::Note)) => (words.has_card(token, day.rooms().name(room)), Tone::Text),
        (Some(token), Some(Mark::Right)) if !ui.card_given => (words.has_card(token, day.rooms().name(room)), Tone::Text),
        (Some(token), _) => (words.queue_up(token, day.rooms().name(room)), Tone::Text),
        (None, _) => (String::new(), Tone::Text),
    }
}

fn class_list(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, room: &RoomKey, nth: usize) {
    let style = |t| ui.theme.style(t);
    let Some((name, people)) = class_shown(ui, day, room, nth) else { return };
    let person = |id: &PersonId| day.roster().person(*id);
    let excused = people.iter().filter_map(person).filter(|p| p.excused()).count();
    let expected = people.iter().filter(|id| person(id).is_some_and(|p| !p.excused()));
    let here = expected.filter(|id| day.state(&Subject::Person(**id)).is_some_and(|s| s.arrived())).count();
    let counts = ui.words.class_counts(people.len() - excused, excused, here);
    // The counts stay whole; a long name gives way.
    let name = cells::fit(&name, usize::from(area.width).saturating_sub(cells::width(&counts) + 2).max(8));
    cells::put(buf, area, 0, 0, &[(&name, style(Tone::Strong)), ("  ", style(Tone::Text)), (&counts, style(Tone::Dim))]);
    let rows: Vec<Row> = people.iter().enumerate().map(|(n, id)| row(ui, day, room, *id, n + 1)).collect();
    let token = rows.iter().map(|r| r.token.chars().count()).max().unwrap_or(0).max(day.next_token(room).chars().count());
    let height = usize::from(area.height) - 1;
    for (y, index) in window(&rows, height).into_iter().enumerate() {
        let r = &rows[index];
        let left = format!("{:<token$} {:>2} ", r.token, r.place);
        let rest = usize::from(area.width).saturating_sub(cells::width(&left) + 2);
        let name = match r.note.is_empty() {
            true => cells::fit(&r.name, rest),
            false => cells::column(&r.name, cells::width(&r.name).max(8).min(rest.saturating_sub(cells::width(&r.note) + 1).max(8))),
        };
        cells::put(
            buf,
            area,
            0,
            y as u16 + 1,
            &[
                (r.mark, style(r.tone)),
                (" ", style(Tone::Text)),
                (&left, style(if r.now { Tone::Strong } else { Tone::Dim })),
                (&name, style(r.name_tone)),
                (" ", style(Tone::Text)),
                (&r.note, style(Tone::Dim)),
            ],
        );
    }
}

// The classes of the slot being called; the card's own class first.
fn class_shown(ui: &Ui, day: &Day, room: &RoomKey, nth: usize) -> Option<(String, Vec<PersonId>)> {
    let own = ui.card.as_ref().map(|s| people::class(day, s)).filter(|c| !c.is_empty());
    let slot = figures::slots(day, room, ui.now).0;
    let mut names: Vec<String> = own.into_iter().collect();
    if let Some((_, slot)) = slot {
        let key = names.first().map(|c| width::class_key(c));
        let here = figures::today(day, room, ui.now);
        let comes = |class: &&String| !moving::is_gone(day, &here, class) && !moving::is_put_off(day, &here, class, ui.now);
        let of_slot = slot.row.classes.iter().filter(comes);
        // First the one that still expects somebody.
        let open = |c: &&String| {
            let people = day.roster().class(&width::class_key(c));
            let excused = |id: &PersonId| day.roster().person(*id).is_none_or(|p| p.excused());
            people.iter().any(|id| !excused(id) && !day.state(&Subject::Person(*id)).is_some_and(|s| s.arrived() || s.shot()))
        };
        let (mut now, done): (Vec<&String>, Vec<&String>) = of_slot.partition(open);
        now.extend(done);
        names.extend(now.into_iter().filter(|c| Some(width::class_key(c)) != key).cloned());
    }
    if let Some(name) = names.get(nth) {
        let people = day.roster().class(&width::class_key(name)).to_vec();
        if !people.is_empty() || slot.is_none() {
            return Some((name.clone(), people));
        }
    }
    let (index, slot) = slot?;
    (nth == 0).then(|| (slot.row.college.clone(), lookup::slot_people(day, index)))
}

struct Row {
    mark: &'static str,
    tone: Tone,
    token: String,
    place: usize,
    name: String,
    name_tone: Tone,
    note: String,
    now: bool,
    /// Must stay in sight: set aside or exempt.
    kept: bool,
}

fn row(ui: &Ui, day: &Day, room: &RoomKey, id: PersonId, place: usize) -> Row {
    let words = ui.words;
    let subject = Subject::Person(id);
    let person = day.roster().person(id);
    let state = day.state(&subject);
    let now = ui.card.as_ref() == Some(&subject);
    let held = state.and_then(|s| s.live().next()).map(|h| h.token.clone()).or_else(|| day.token_of(room, &subject));
    let mut row = Row {
        mark: "·",
        tone: Tone::Dim,
        token: held.unwrap_or_default(),
        place,
        name: person.map(|p| p.name.to_string()).unwrap_or_default(),
        name_tone: Tone::Text,
        note: String::new(),
        now,
        kept: false,
    };
    if let Some((since, why)) = state.and_then(|s| s.set_aside()) {
        row.mark = "!";
        row.tone = Tone::Check;
        row.note = words.aside_short(why, since.map_or(0, |t| (ui.now - t).max(0) / 60_000));
        row.kept = true;
    } else if person.is_some_and(|p| p.excused()) && !state.is_some_and(|s| s.arrived()) {
        row.mark = "–";
        row.name_tone = Tone::Dim;
        let exempt = person.is_some_and(|p| p.marks.exempt == Some(true));
        row.note = if exempt { words.exempt } else { words.excused }.to_owned();
        row.kept = true;
    } else if now {
        row.mark = "▶";
        row.tone = Tone::Accent;
        row.name_tone = Tone::Strong;
        row.note = words.just_now.to_owned();
    } else if state.is_some_and(|s| s.arrived() || s.shot()) {
        row.mark = "✓";
        row.tone = Tone::Right;
    }
    row
}

// Three before the last one and what follows; those set aside and exempt keep the last rows where they would fall out.
fn window(rows: &[Row], height: usize) -> Vec<usize> {
    if rows.len() <= height {
        return (0..rows.len()).collect();
    }
    let at = rows.iter().position(|r| r.now).or_else(|| rows.iter().position(|r| r.mark == "·")).unwrap_or(0);
    let kept_most = height / 3;
    let mut size = height;
    loop {
        let first = at.saturating_sub(3).min(rows.len() - size);
        let shown: Vec<usize> = (first..first + size).collect();
        let out: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].kept && !shown.contains(i)).collect();
        if shown.len() + out.len().min(kept_most) <= height {
            return shown.into_iter().chain(out.into_iter().take(kept_most)).collect();
        }
        size -= 1;
    }
}
