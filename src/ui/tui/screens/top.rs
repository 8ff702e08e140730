//! What several screens share: the title line, the scan line, the last thing said, and the figures of a session.

use chrono::NaiveTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::figures;
use super::super::keys::Screen;
use super::super::model::{Mark, Ui};
use super::super::pace;
use super::super::people;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::drill;
use crate::domain::day::Day;
use crate::domain::finding::{Code, Finding, Severity};
use crate::domain::ids::RoomKey;
use crate::domain::running;
use crate::ui::words::{finding as sentence, photo_screen, running as running_words};

/// Between the name of a slot and its time.
const GAP: &str = "  ";

/// `11B105·B机位`
pub fn camera(ui: &Ui, day: &Day, room: &RoomKey) -> String {
    let series = day.rooms().get(room).map(|r| r.series.as_str()).unwrap_or("");
    ui.words.camera(day.rooms().name(room), series)
}

/// The order light: errors of a room, or of the day.
pub fn light(ui: &Ui, room: Option<&RoomKey>) -> (String, Tone) {
    let here = |f: &&Finding| f.severity() == Severity::Error && (room.is_none() || f.room.as_ref() == room);
    match ui.findings.iter().filter(here).count() {
        // Nothing is called in order that nobody has looked at.
        0 if ui.unjudged > 0 => (ui.words.still_judging(ui.unjudged), Tone::Check),
        0 => (ui.words.in_order.to_owned(), Tone::Right),
        n => (ui.words.troubles(n), Tone::Wrong),
    }
}

/// `✗ 顺序不对`, or what else is wrong.
pub fn alarm_title(ui: &Ui, finding: &Finding) -> String {
    match finding.code {
        Code::OutOfOrder => ui.words.wrong.to_owned(),
        code => format!("✗ {}", sentence::title(ui.words.lang, code)),
    }
}

/// The title line: program, screen and place at the left, what is going on in the middle, light and clock at the right.
pub fn title(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, place: &str, middle: &str, tones: (Tone, Tone)) {
    let style = |tone| ui.theme.style(tone);
    let alarm = tones.0 == Tone::Alarm;
    let clock = cells::right(&day.campaign().zone.clock(ui.now), 8);
    let (light, tone) = match alarm {
        true => (ui.red.as_ref().map(|red| alarm_title(ui, &red.finding)).unwrap_or_default(), Tone::Alarm),
        false if ui.screen.scans() => light(ui, ui.room.as_ref()),
        false => light(ui, None),
    };
    let running = match &ui.table.running {
        Some(running) if ui.screen != Screen::Photos => format!("{}  ", photo_screen::pace_short(ui.words.lang, running.pace.as_ref())),
        _ => String::new(),
    };
    let follower = match (ui.writable, ui.clock_back) {
        (false, _) => format!("{}  ", ui.words.follower),
        (true, true) => format!("{}  ", ui.words.clock_back),
        (true, false) => running,
    };
    let right = cells::width(&light) + cells::width(&follower) + 2 + 8;
    let start = usize::from(area.width).saturating_sub(right);
    let left = Rect { width: start.saturating_sub(2) as u16, ..area };
    let before = cells::width(drill::program(ui)) + 2 + cells::width(place) + 3;
    let middle = &whole_end(middle, usize::from(left.width).saturating_sub(before));
    cells::put(
        buf,
        left,
        0,
        0,
        &[
            (drill::program(ui), style(if alarm { Tone::Alarm } else { Tone::Accent })),
            ("  ", style(tones.0)),
            (place, style(tones.1)),
            ("   ", style(tones.0)),
            (middle, style(tones.0)),
        ],
    );
    let dim = if alarm { Tone::AlarmDim } else { Tone::Dim };
    cells::put(
        buf,
        area,
        start as u16,
        0,
        &[
            (&follower, style(if alarm { Tone::Alarm } else { Tone::Check })),
            (&light, style(tone)),
            ("  ", style(dim)),
            (&clock, style(dim)),
        ],
    );
    cells::rule(buf, area, 1, style(if alarm { Tone::AlarmDim } else { Tone::Rule }));
    let free = role(ui, day, buf, area, if alarm { Tone::Alarm } else { Tone::Accent });
    campaign(ui, day, buf, Rect { width: free, ..area }, dim);
}

// Of `商学院 电商171、172  9:25–9:55` the time stays whole, and what stands before it is cut.
fn whole_end(text: &str, room: usize) -> String {
    match text.rsplit_once(GAP) {
        Some((name, end)) if cells::width(text) > room => {
            let name = cells::fit(name, room.saturating_sub(cells::width(end) + 1));
            format!("{name} {end}")
        }
        _ => text.to_owned(),
    }
}

// Whose day it is and in which file stands in the rule under the title: nobody works a morning in last year's.
fn campaign(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, tone: Tone) {
    // The overview names the school above; the right end is for what this laptop is used for.
    let said = super::super::heading::told(ui, day, ui.screen != Screen::Dashboard);
    let text = cells::fit(&said, usize::from(area.width.saturating_sub(5)));
    if !text.is_empty() {
        cells::put(buf, area, 2, 1, &[(" ", ui.theme.style(tone)), (&text, ui.theme.style(tone)), (" ", ui.theme.style(tone))]);
    }
}

// Whether 收场 was said, and what this laptop is used for, stand in the rule under the title, where no language takes its place.
// Tells how many columns it leaves.
fn role(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, tone: Tone) -> u16 {
    let Some(room) = ui.room.as_ref().filter(|_| ui.screen.scans()) else { return area.width };
    let key = figures::today(day, room, ui.now);
    let role = running::role(day, &key, ui.station).map(|role| running_words::this_laptop(ui.words.lang, role));
    let closed = day.course(&key).closed.then(|| ui.words.closed.to_owned());
    let told: Vec<String> = closed.into_iter().chain(role).collect();
    if told.is_empty() {
        return area.width;
    }
    let text = format!(" {} ", told.join(" · "));
    let x = usize::from(area.width).saturating_sub(cells::width(&text) + 1) as u16;
    cells::put(buf, area, x, 1, &[(&text, ui.theme.style(tone))]);
    x
}

/// `商学院 电商171、172  9:25–9:55`
pub fn slot(ui: &Ui, day: &Day, room: &RoomKey) -> String {
    let slot = figures::slots(day, room, ui.now).0.map_or_else(
        || figures::no_slot(ui.words, day, room, ui.now),
        |(_, s)| format!("{}{GAP}{}", figures::slot_name(day, ui.now, s), figures::slot_time(s)),
    );
    format!("{slot}{}", with_moved(ui, day, room))
}

/// `  ＋国贸171`: classes that were moved here and are coming beside those of the slot.
pub fn with_moved(ui: &Ui, day: &Day, room: &RoomKey) -> String {
    let here = moved(ui, day, room, |start, now| start <= now);
    if here.is_empty() { String::new() } else { format!("{GAP}{}{}", ui.words.beside, people::classes(&here)) }
}

/// Classes that were moved here and are still awaited, where `when` says so of their hour and now.
pub fn moved(ui: &Ui, day: &Day, room: &RoomKey, when: impl Fn(NaiveTime, NaiveTime) -> bool) -> Vec<String> {
    let now = day.campaign().zone.local(ui.now).time();
    let all = figures::moved_in(day, &figures::today(day, room, ui.now), ui.now);
    all.into_iter().filter(|(_, start)| when(*start, now)).map(|(class, _)| class).collect()
}

/// The prompt and the line under it; tells where the cursor stands.
pub fn scan_line(ui: &Ui, buf: &mut Buffer, area: Rect, y: u16, prompt: &str) -> Position {
    cells::put(buf, area, 0, y, &[(prompt, ui.theme.style(Tone::Dim))]);
    line(ui, buf, area, y + 1, (ui.theme.style(Tone::Accent), ui.theme.style(Tone::Strong)))
}

/// Only the line.
pub fn line(ui: &Ui, buf: &mut Buffer, area: Rect, y: u16, styles: (Style, Style)) -> Position {
    let (shown, at) = ui.line.view(area.width.saturating_sub(3));
    cells::put(buf, area, 0, y, &[("> ", styles.0), (&shown, styles.1)]);
    Position { x: area.x + 2 + at, y: area.y + y }
}

/// Tone of a mark.
pub fn tone(mark: Mark) -> Tone {
    match mark {
        Mark::Right => Tone::Right,
        Mark::Check => Tone::Check,
        Mark::Wrong => Tone::Wrong,
        Mark::Note => Tone::Dim,
    }
}

/// `发号 131 = 已拍 126 + 在队 5      照片 139 − 重拍 13 = 126    ✓ 三数一致`
pub fn identity(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, y: u16, room: &RoomKey) {
    let words = ui.words;
    let key = figures::today(day, room, ui.now);
    let counts = figures::counts(day, &key);
    let course = day.course(&key);
    let mut parts = vec![
        format!("{} {}{}", words.shot, counts.shot, words.of_these_excused(counts.excused)),
        format!("{} {}", words.in_line, counts.in_line),
    ];
    let rest = [
        (words.shot_elsewhere, counts.elsewhere),
        (words.moved_out, counts.went),
        (words.set_aside, counts.set_aside),
        (words.passed, counts.passed),
        (words.void, counts.void),
    ];
    for (label, n) in rest {
        if n > 0 {
            parts.push(format!("{label} {n}"));
        }
    }
    let back = figures::given_back(day, &key).map(|back| format!("  {} {back}", words.given_back));
    let bare = if counts.bare > 0 { format!("  {} {}", words.shot_bare, counts.bare) } else { String::new() };
    let came = if counts.came > 0 { format!(" + {} {}", words.moved_in, counts.came) } else { String::new() };
    let left = format!("{} {}{came} = {}{bare}{}", words.issued, counts.issued, parts.join(" + "), back.unwrap_or_default());
    let sat = course.sittings.iter().filter(|s| !s.void && !s.second).count() as u32;
    // Whoever sat down twice is one person: the second time is a retake, once somebody has said so.
    let twice = course.sittings.iter().filter(|s| !s.void && s.second).count() as u32;
    let open_twice = ui.findings.iter().any(|f| f.code == Code::ShotTwice && f.room.as_ref() == Some(room));
    let each = course.each.unwrap_or_else(|| day.rooms().get(room).map_or(1, |r| u32::from(r.plan.frames_per_person)));
    let mut photos = format!("{} {}", words.frames, course.frames);
    let short = photos.clone();
    // Whoever was voided after the flash left a frame; whoever got up before it left none.
    let void = course.sittings.iter().filter(|s| s.void && !s.sent_back).count() as u32 * each;
    for (label, n) in [(words.retakes, course.retakes + twice * each), (words.void, void), (words.tests, course.tests)] {
        if n > 0 {
            photos.push_str(&format!(" − {label} {n}"));
        }
    }
    let net = course.frames.saturating_sub(course.retakes + twice * each + course.tests + void);
    let agree = course.miscounts.is_empty() && !open_twice && net == sat * each;
    if each == 1 {
        photos.push_str(&format!(" = {net}"));
    }
    let partly = running_words::counts_partly(words.lang, course.unread);
    let (verdict, tone) = match agree {
        _ if each == 0 => ("", Tone::Dim),
        // Until the photographer has said a number twice, the photographs are only what we think they are.
        true if course.compared == 0 => (words.counts_open, Tone::Dim),
        true if course.unread > 0 => (partly.as_str(), Tone::Right),
        true => (words.counts_agree, Tone::Right),
        false => (words.counts_differ, Tone::Wrong),
    };
    let style = |t| ui.theme.style(t);
    cells::put(buf, area, 0, y, &[(&left, style(Tone::Text))]);
    // The verdict is never cut: what it rests on gives way.
    let free = |x: usize| usize::from(area.width).saturating_sub(x + cells::width(verdict));
    let wide = (cells::width(&left) + 4).max(34);
    let (x, gap, photos) = match () {
        () if cells::width(&photos) + 4 <= free(wide) => (wide, "    ", photos),
        () if cells::width(&short) + 2 <= free(cells::width(&left) + 2) => (cells::width(&left) + 2, "  ", short),
        () => (usize::from(area.width).saturating_sub(cells::width(verdict) + 2), "  ", String::new()),
    };
    cells::put(buf, area, x as u16, y, &[(&photos, style(Tone::Text)), (gap, style(Tone::Text)), (verdict, style(tone))]);
}

/// `128 人/时 28 秒/人 · 本时段预计 10:08 结束（晚 13 分） · 9:53 通知 国贸171、172`
pub fn pace(ui: &Ui, day: &Day, room: &RoomKey) -> String {
    let words = ui.words;
    let mut parts = Vec::new();
    let key = figures::today(day, room, ui.now);
    if day.course(&key).closed {
        return String::new();
    }
    let next = figures::slots(day, room, ui.now).1;
    if let Some(reason) = figures::pause(day, &key) {
        let why = if reason.is_empty() { reason } else { format!("{}{}", words.colon, running_words::pause(words.lang, &reason)) };
        // Nobody knows how long it takes.
        return format!("{}{why}", words.paused);
    }
    if let Some((per_hour, seconds)) = pace::pace(&day.course(&key), ui.now) {
        parts.push(words.pace(per_hour, seconds));
        if let Some(forecast) = figures::forecast(day, room, ui.now, seconds) {
            parts.push(words.ends(&figures::hour(day, forecast.end), forecast.slip));
            if let Some((_, slot)) = next {
                let classes = figures::coming(day, ui.now, slot);
                let due = forecast.call <= ui.now;
                parts.push(if due { words.call_now(&classes) } else { words.call(&figures::hour(day, forecast.call), &classes) });
            }
        }
    } else if let Some((_, slot)) = next {
        parts.push(format!("{} {} {}", words.next, figures::slot_name(day, ui.now, slot), figures::slot_time(slot)));
    }
    let later = figures::moved_in(day, &key, ui.now).into_iter().find(|(_, start)| *start > day.campaign().zone.local(ui.now).time());
    parts.extend(later.map(|(class, start)| words.moved_at(&class, &start.format("%-H:%M").to_string())));
    parts.join(" · ")
}

/// Above the footer: what was said last, else what the keys do.
pub fn said(ui: &Ui, buf: &mut Buffer, area: Rect, keys: &str) {
    let style = |t| ui.theme.style(t);
    let y = area.height - 3;
    match &ui.ack {
        Some(ack) => {
            let pieces = [(&*ack.what, style(tone(ack.mark))), ("  ", style(Tone::Text)), (&*ack.hint, style(Tone::Dim))];
            cells::put(buf, area, 2, y, &pieces)
        }
        None => cells::put(buf, area, 2, y, &[(keys, style(Tone::Dim))]),
    };
}
