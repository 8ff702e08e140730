//! 明天: what is not ready for the next collection day, and the print pack.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::update::eve::points;
use super::super::widgets::cells;
use super::top;
use crate::domain::day::Day;
use crate::domain::evening::{self, State};
use crate::ui::words::eve;

/// First row of the list.
const FIRST: u16 = 3;
/// Rows of the list: fourteen matters, air, the print pack.
const PACK: u16 = FIRST + 15;

/// The row of the list at a row of the screen.
pub fn row_at(_ui: &Ui, y: u16) -> Option<usize> {
    match y {
        PACK => Some(14),
        y => Some(usize::from(y.checked_sub(FIRST)?)).filter(|n| *n < 14),
    }
}

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let date = evening::next_date(day, ui.now);
    let middle = format!("{} {}  {}", day.campaign().name, day.campaign().cohort, date.map(|d| d.to_string()).unwrap_or_default());
    top::title(ui, day, buf, area, eve::tomorrow(lang), middle.trim(), (Tone::Text, Tone::Strong));
    let points = points(ui);
    let open = points.iter().filter(|p| p.state == State::Open).count();
    let (sum, tone) = if open == 0 { (eve::all_ready(lang).to_owned(), Tone::Right) } else { (eve::open(lang, open), Tone::Check) };
    cells::put(buf, area, 2, 2, &[(&sum, style(tone))]);
    for (n, point) in points.iter().enumerate() {
        let chosen = ui.eve.at == n;
        let (mark, tone) = match point.state {
            State::Ready => ("✓ ", Tone::Right),
            State::Open => ("! ", Tone::Check),
            State::Told => ("· ", Tone::Dim),
            State::Unknown => ("– ", Tone::Dim),
        };
        let text = if chosen {
            Tone::Chosen
        } else if point.state == State::Open {
            Tone::Text
        } else {
            Tone::Dim
        };
        let name = cells::column(eve::matter(lang, point.matter), 26);
        let said = eve::said(lang, point, ui.eve.free);
        cells::put(
            buf,
            area,
            0,
            FIRST + n as u16,
            &[(if chosen { "▶ " } else { "  " }, style(Tone::Chosen)), (mark, style(tone)), (&name, style(text)), (&said, style(text))],
        );
    }
    let chosen = ui.eve.at >= points.len();
    let pack = match ui.eve.printing {
        Some((done, total)) => eve::printing(lang, done, total),
        None => format!("{} → {}", eve::print_all(lang), ui.eve.out),
    };
    let tone = if chosen { Tone::Chosen } else { Tone::Accent };
    cells::put(buf, area, 0, PACK, &[(if chosen { "▶ " } else { "  " }, style(Tone::Chosen)), (&pack, style(tone))]);
    cells::rule(buf, area, PACK + 1, style(Tone::Rule));
    if let Some(ack) = &ui.ack {
        let lines = cells::wrap(&format!("{}  {}", ack.what, ack.hint), usize::from(area.width.saturating_sub(4)));
        for (n, line) in lines.iter().take(2).enumerate() {
            cells::put(buf, area, 2, PACK + 2 + n as u16, &[(line, style(top::tone(ack.mark)))]);
        }
    } else {
        let help = points.get(ui.eve.at).map_or_else(|| eve::pack_holds(lang), |p| eve::help(lang, p));
        for (n, line) in cells::wrap(help, usize::from(area.width.saturating_sub(4))).iter().take(2).enumerate() {
            cells::put(buf, area, 2, PACK + 2 + n as u16, &[(line, style(Tone::Dim))]);
        }
    }
}
