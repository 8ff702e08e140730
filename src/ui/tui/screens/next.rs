//! What is to be done before the day, on the dashboard of a campaign that lacks its schedule or its lists.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::cells;
use crate::domain::day::Day;
use crate::ui::words::welcome_screen as say;

/// True where nobody is on a list and nobody came: the next thing is a file.
pub fn is_unready(day: &Day) -> bool {
    day.roster().people().next().is_none() && day.sessions().next().is_none()
}

/// True where there are people and no schedule.
pub fn lacks_schedule(day: &Day) -> bool {
    day.plan().slots().is_empty() && day.roster().people().next().is_some()
}

/// The steps, with a mark at those done.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    cells::put(buf, area, 2, 0, &[(say::next_title(lang), style(Tone::Strong))]);
    let declared = !day.campaign().name.is_empty();
    let done = [declared, !day.plan().slots().is_empty(), day.roster().people().next().is_some(), false, false];
    let first = done.iter().position(|d| !d);
    let campaign = say::campaign(day.campaign());
    for (n, (name, about)) in say::next(lang).iter().enumerate() {
        let (mark, tone) = match done[n] {
            true => ("✓", Tone::Right),
            false if Some(n) == first => ("▶", Tone::Chosen),
            false => (" ", Tone::Text),
        };
        let about = if n == 0 && declared { campaign.as_str() } else { about };
        let name = cells::column(&format!("{} {name}", n + 1), 34);
        let weight = if done[n] { Tone::Dim } else { tone };
        let pieces = [(mark, style(tone)), (" ", style(Tone::Text)), (name.as_str(), style(weight)), (about, style(Tone::Dim))];
        cells::put(buf, area, 2, 2 + n as u16, &pieces);
    }
    if ui.writable {
        cells::put(buf, area, 2, 8, &[(say::next_keys(lang), style(Tone::Accent))]);
    }
}
