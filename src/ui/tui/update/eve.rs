//! 明天 and 叫号屏: lines of the evening, what Enter opens, the print pack on its way.

use super::super::eve::Detail;
use super::super::keys::Screen;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Msg};
use crate::desk::disk;
use crate::domain::day::Day;
use crate::domain::evening::{Matter, Point, State};
use crate::ui::words::{error, eve, handing_out};

/// The lines: what lists tell, then what this laptop tells.
pub fn points(ui: &Ui) -> Vec<Point> {
    let mut points = ui.eve.points.clone();
    let of = |matter, state| Point { matter, state, who: Vec::new() };
    let disk = match ui.eve.free {
        None => State::Unknown,
        Some(mb) if mb < disk::LITTLE >> 20 => State::Open,
        Some(_) => State::Ready,
    };
    let gun = if ui.last_scan.is_some() { State::Ready } else { State::Unknown };
    // Only what the program knows of stands here: who is on duty is said at 开场.
    points.extend(ui.clock_back.then(|| of(Matter::Clocks, State::Open)));
    points.extend([of(Matter::Gun, gun), of(Matter::Disk, disk)]);
    points
}

/// How many rows there are, the print pack's included.
pub fn rows(ui: &Ui) -> usize {
    points(ui).len() + 1
}

/// Enter: the print pack on the last row, who and what on any other.
pub fn enter(ui: &mut Ui) -> Option<Effect> {
    let points = points(ui);
    let Some(point) = points.get(ui.eve.at) else { return print(ui) };
    let lang = ui.words.lang;
    let detail = Detail {
        title: eve::matter(lang, point.matter).to_owned(),
        text: vec![eve::help(lang, point).to_owned()],
        who: point.who.clone(),
        at: 0,
    };
    ui.overlays.push(Overlay::Eve(Box::new(detail)));
    None
}

/// Begins to write the print pack, once at a time.
pub fn print(ui: &mut Ui) -> Option<Effect> {
    if ui.eve.printing.is_some() {
        return None;
    }
    ui.eve.printing = Some((0, 0));
    // 明天 has a row that tells how far it is.
    if ui.screen != Screen::Tomorrow {
        ui.say(Mark::Note, handing_out::writing(ui.words.lang), "");
    }
    Some(Effect::PrintPack)
}

/// What the stage tells of the evening.
pub fn told(ui: &mut Ui, msg: Msg) {
    let lang = ui.words.lang;
    match msg {
        Msg::Evening(points, free, out) => (ui.eve.points, ui.eve.free, ui.eve.out) = (points, free, out),
        Msg::Printing(done, total) => ui.eve.printing = Some((done, total)),
        Msg::Printed(Ok((folder, files, shown))) => {
            ui.eve.printing = None;
            let where_to = folder.to_string_lossy().into_owned();
            // Green is for people: elsewhere this is a remark.
            let mark = if ui.screen == Screen::Tomorrow { Mark::Right } else { Mark::Note };
            ui.say(mark, eve::printed(lang, files, &where_to), if shown { "" } else { eve::open_yourself(lang) });
        }
        Msg::Printed(Err(why)) => {
            ui.eve.printing = None;
            let (what, hint) = error::say(lang, &why);
            ui.say(Mark::Wrong, what, hint);
        }
        _ => {}
    }
}

/// The board shows the next room, or the one before.
pub fn other_room(ui: &mut Ui, day: &Day, forward: bool) {
    let count = day.rooms().iter().count().max(1);
    let now = board_room(ui, day);
    ui.eve.room = Some((now + if forward { 1 } else { count - 1 }) % count);
}

/// The room of the board by its place: the one chosen there, else the one worked in, else that of the dashboard.
pub fn board_room(ui: &Ui, day: &Day) -> usize {
    let own = ui.room.as_ref().and_then(|key| day.rooms().iter().position(|r| r.key == *key));
    ui.eve.room.or(own).unwrap_or(ui.room_at)
}
