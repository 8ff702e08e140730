//! Candidates side by side: photographs in capture order with file, time, owner and part, the one proposed and the chosen one marked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui_image::picker::ProtocolType;

use super::super::model::Ui;
use super::super::photos::facing::{Card, Facing, by_log, cards};
use super::super::photos::pictures::Kept;
use super::super::photos::seen::Seen;
use super::super::theme::{Theme, Tone};
use super::super::widgets::{cells, picture};
use super::top;
use crate::desk::pictures::Wanted;
use crate::domain::day::Day;
use crate::ui::words::{Lang, label, photo, photo_screen as say};

/// Fewest cells of a card.
const CARD: u16 = 16;
/// Rows of text under a picture.
const TEXT: u16 = 5;
/// First row of the cards.
const FIRST: u16 = 4;
/// Rows below the cards: what Enter does, what was said, rule, footer.
const BELOW: u16 = 4;

/// How many photographs fit: an odd number, so that as many stand left as right.
fn room(area: Rect) -> u16 {
    match area.width / CARD {
        0..=4 => 3,
        5..=9 => 5,
        _ => 7,
    }
}

/// Photographs with the box of their picture.
pub fn places(seen: &Seen, facing: &Facing, area: Rect) -> Vec<(Card, Rect)> {
    let n = room(area);
    let width = area.width / n;
    let height = area.height.saturating_sub(FIRST + 1 + TEXT + BELOW).max(1);
    let all = cards(seen, facing, usize::from(n));
    // Pictures are seldom taller than four thirds of their width; more rows would be empty.
    let height = height.min((width - 1).div_ceil(3) * 2 + 1);
    let place = |n: usize| Rect { x: area.x + n as u16 * width, y: area.y + FIRST + 1, width: width - 1, height };
    all.into_iter().enumerate().map(|(n, card)| (card, place(n))).collect()
}

/// The photograph at a position.
pub fn place_at(seen: &Seen, facing: &Facing, area: Rect, at: Position) -> Option<usize> {
    let hit = |r: &Rect| Rect { y: r.y - 1, height: r.height + 1 + TEXT, ..*r }.contains(at);
    places(seen, facing, area).into_iter().find(|(_, r)| hit(r)).map(|(card, _)| card.place)
}

/// Draws them.
pub fn draw(ui: &Ui, day: &Day, seen: &Seen, facing: &Facing, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    who(ui, day, seen, facing, buf, area);
    let all = places(seen, facing, area);
    if all.is_empty() {
        cells::put(buf, area, 2, FIRST + 1, &[(say::no_picture(lang), style(Tone::Check))]);
    }
    for (card, place) in &all {
        let tone = if card.chosen { Tone::Chosen } else { Tone::Text };
        let chance = card.chance.map(|c| format!(" {:.0}%", (c * 100.0).floor())).unwrap_or_default();
        let mark = match card {
            Card { denied: true, .. } => say::denied(lang),
            Card { proposed: true, likeliest, .. } => say::proposed(lang, *likeliest),
            _ => "",
        };
        let head = format!("{}{mark}{chance}", if card.chosen { "▶ " } else { "  " });
        let column = Rect { y: place.y - 1, height: place.height + 1 + TEXT, ..*place };
        cells::put(buf, column, 0, 0, &[(&head, style(if card.proposed && !card.chosen { Tone::Accent } else { tone }))]);
        draw_picture(ui, seen, card.place, *place, buf);
        for (n, line) in text(day, lang, seen, card).iter().enumerate() {
            let tone = if n == 0 || n == 3 { tone } else { Tone::Dim };
            cells::put(buf, column, 0, place.height + 1 + n as u16, &[(line, style(tone))]);
        }
    }
    let proposed = all.iter().any(|(c, _)| c.chosen && c.proposed);
    let does = say::enter_does(lang, proposed, facing.subject.is_some());
    cells::put(
        buf,
        area,
        0,
        area.height - 4,
        &[(does, style(Tone::Accent)), ("   ", style(Tone::Text)), (say::face_keys(lang), style(Tone::Dim))],
    );
}

// The person: number, name, class, when they sat down; under it why a person must look.
fn who(ui: &Ui, day: &Day, seen: &Seen, facing: &Facing, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let Some(sitting) = facing.sitting(seen) else {
        cells::put(buf, area, 0, 2, &[(say::of_nobody(lang), style(Tone::Check))]);
        return;
    };
    let name = [sitting.token.as_deref().unwrap_or(""), &sitting.name].join(" ");
    let sat = sitting.shot_at.map(|at| format!("{} {}", lang.pick("登记", "logged"), label::clock(day, at))).unwrap_or_default();
    let status = photo::status(lang, sitting.photo.status);
    let of = facing.doubt.map(|n| format!(" {}/{}", n + 1, seen.doubts().count())).unwrap_or_default();
    cells::put(
        buf,
        area,
        0,
        2,
        &[
            (name.trim(), style(Tone::Strong)),
            ("  ", style(Tone::Text)),
            (sitting.class.as_deref().unwrap_or(""), style(Tone::Text)),
            ("  ", style(Tone::Text)),
            (&sat, style(Tone::Text)),
            ("   ", style(Tone::Text)),
            (status, style(Tone::Check)),
            (&of, style(Tone::Check)),
        ],
    );
    let why = photo::whys(lang, day, &seen.review, &sitting.photo);
    cells::put(buf, area, 0, 3, &[(&why, style(Tone::Dim))]);
}

/// Draws a photograph of the album in its box.
pub fn draw_picture(ui: &Ui, seen: &Seen, place: usize, area: Rect, buf: &mut Buffer) {
    draw_wanted(ui, ui.pictures.wanted(&seen.review, place, area.into()), area, buf);
}

/// Draws a picture in its box; where it is not here its frame says why.
pub fn draw_wanted(ui: &Ui, wanted: Option<Wanted>, area: Rect, buf: &mut Buffer) {
    let lang = ui.words.lang;
    // A terminal's own graphics lie over whatever is written: they make room for a dialog.
    if ui.pictures.protocol() != ProtocolType::Halfblocks && !ui.overlays.is_empty() {
        return;
    }
    let kept = wanted.and_then(|w| ui.pictures.get(&w));
    let words = match kept {
        Some(Kept::Fault(fault)) => photo::fault(lang, *fault),
        _ => say::awaited(lang),
    };
    let tone = if matches!(kept, Some(Kept::Fault(_))) { Tone::Check } else { Tone::Dim };
    picture::draw(buf, area, kept, ui.theme == Theme::Plain, words, ui.theme.style(tone));
}

/// Under a picture: file, when by the camera, when by the log, whose, as what.
fn text(day: &Day, lang: Lang, seen: &Seen, card: &Card) -> [String; 5] {
    let review = &seen.review;
    let photo = &review.album.photos[card.place];
    let camera = photo.picture.taken.map(|at| format!("{} {}", lang.pick("相机", "camera"), label::clock(day, at))).unwrap_or_default();
    let after = card.after.map(|ms| say::after(lang, ms)).unwrap_or_default();
    let log = by_log(seen, card.place).map(|at| format!("= {} {after}", label::clock(day, at))).unwrap_or_default();
    let owner = review.owner(card.place).map(|s| owner(day, seen, s)).unwrap_or_default();
    let part = review.frame(card.place).map(|f| photo::frame(lang, f)).unwrap_or_default();
    [photo::file_of(review, card.place), camera, log, owner, part.to_owned()]
}

/// Number and name of whose a photograph is.
pub fn owner(day: &Day, seen: &Seen, subject: &crate::domain::visit::Subject) -> String {
    match seen.of_subject(subject) {
        Some(p) => [p.token.as_deref().unwrap_or(""), &p.name].join(" ").trim().to_owned(),
        None => super::super::people::name(day, subject),
    }
}

/// What was said last, above the footer.
pub fn said(ui: &Ui, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    if let Some(ack) = &ui.ack {
        let y = area.height - 3;
        cells::put(buf, area, 0, y, &[(&ack.what, style(top::tone(ack.mark))), ("  ", style(Tone::Text)), (&ack.hint, style(Tone::Dim))]);
    }
}
