//! 异常: worst first, what it means, who is affected, and what can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::figures;
use super::super::model::Ui;
use super::super::people;
use super::super::sheets;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::top;
use crate::domain::day::Day;
use crate::domain::finding::Severity;
use crate::domain::visit::Subject;
use crate::ui::words::finding as sentence;

/// First row of the list.
const FIRST: u16 = 2;
/// Rows below the list: rule, what it means, who, what can be done, what was said, rule, footer.
const DETAIL: u16 = 11;

fn shown(ui: &Ui, area: Rect) -> (usize, usize) {
    let most = usize::from(area.height.saturating_sub(FIRST + DETAIL)).max(1);
    (ui.finding_at.saturating_sub(most - 1), ui.findings.len().min(most))
}

/// The finding at a row of the screen.
pub fn row_at(ui: &Ui, area: Rect, y: u16) -> Option<usize> {
    let (first, count) = shown(ui, area);
    let n = usize::from(y.checked_sub(FIRST)?);
    (n < count).then_some(first + n)
}

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let words = ui.words;
    let errors = ui.findings.iter().filter(|f| f.severity() == Severity::Error).count();
    let rest = if ui.unjudged > 0 { format!("   {}", words.still_judging(ui.unjudged)) } else { String::new() };
    let middle = format!("✗ {errors}   ! {}{rest}", ui.findings.len() - errors);
    top::title(ui, day, buf, area, words.findings, &middle, (Tone::Text, Tone::Strong));
    if ui.findings.is_empty() && ui.unjudged == 0 {
        cells::put(buf, area, 3, 4, &[("✓ ", style(Tone::Right)), (words.no_findings, style(Tone::Text))]);
    }
    let (first, count) = shown(ui, area);
    for (n, finding) in ui.findings.iter().enumerate().skip(first).take(count) {
        let y = FIRST + (n - first) as u16;
        let chosen = n == ui.finding_at;
        let (mark, tone) = if finding.severity() == Severity::Error { ("✗ ", Tone::Wrong) } else { ("! ", Tone::Check) };
        let room = finding.room.as_ref().map(|r| day.rooms().name(r).to_owned()).unwrap_or_default();
        let at = finding.at.map(|t| figures::hour(day, t)).unwrap_or_default();
        let subject = finding.person.map(Subject::Person);
        let who = subject.map(|s| people::name(day, &s)).or_else(|| finding.bare_code.clone()).unwrap_or_default();
        let text = if chosen { Tone::Chosen } else { Tone::Text };
        cells::put(
            buf,
            area,
            0,
            y,
            &[
                (if chosen { "▶ " } else { "  " }, style(Tone::Chosen)),
                (mark, style(tone)),
                (&cells::column(&room, 9), style(Tone::Dim)),
                (&cells::column(&at, 6), style(Tone::Dim)),
                (&cells::column(sentence::title(words.lang, finding.code), 20), style(text)),
                (&cells::column(finding.token.as_deref().unwrap_or(""), 8), style(text)),
                (&who, style(text)),
            ],
        );
    }
    let bottom = area.height - 2;
    let top_of_detail = area.height - DETAIL;
    cells::rule(buf, area, top_of_detail, style(Tone::Rule));
    if let Some(finding) = ui.findings.get(ui.finding_at) {
        let inner = Rect { x: area.x + 2, width: area.width - 4, ..area };
        let mut y = top_of_detail + 1;
        let message = sentence::message(words.lang, day, finding);
        for line in cells::wrap(&message, usize::from(inner.width)).iter().take(2) {
            cells::put(buf, inner, 0, y, &[(line, style(Tone::Strong))]);
            y += 1;
        }
        for line in cells::wrap(&sentence::hint(words.lang, day, finding), usize::from(inner.width)).iter().take(2) {
            cells::put(buf, inner, 0, y, &[(line, style(Tone::Dim))]);
            y += 1;
        }
        let others: Vec<String> = finding.other_people.iter().map(|id| people::name(day, &Subject::Person(*id))).collect();
        let others = if others.is_empty() { finding.others.clone() } else { others };
        if !others.is_empty() {
            let line = format!("{} {}", words.affected, others.join("、"));
            cells::put(buf, inner, 0, y, &[(&line, style(Tone::Text))]);
        }
        let choices: Vec<String> = sheets::later_choices(ui, day, finding).into_iter().map(|(label, _)| label).collect();
        if !choices.is_empty() {
            let line = format!("{}{} {}", words.choices, words.enter_mark, choices.join(" · "));
            let lines: Vec<String> = cells::wrap(&line, usize::from(inner.width)).into_iter().take(3).collect();
            let first = bottom - 1 - (lines.len() as u16).max(2);
            for (n, line) in lines.iter().enumerate() {
                cells::put(buf, inner, 0, first + n as u16, &[(line, style(Tone::Accent))]);
            }
        }
    }
    if let Some(ack) = &ui.ack {
        cells::put(
            buf,
            area,
            2,
            bottom - 1,
            &[(&ack.what, style(top::tone(ack.mark))), ("  ", style(Tone::Text)), (&ack.hint, style(Tone::Dim))],
        );
    }
    cells::rule(buf, area, bottom, style(Tone::Rule));
}
