//! 导入: which files, what they hold and what is wrong in them; nothing enters before a person says so.

use ratatui::layout::Rect;

use super::super::begin::{Begin, Busy, Finder, Seen, Sighting};
use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::super::widgets::page::{Hit, Line, Page};
use crate::desk::intake::{Sort, Taken};
use crate::domain::intake::{IntakeFinding, Severity};
use crate::ui::words::{Lang, intake, intake_screen as say, refusal};

/// All kinds, as they are asked for.
pub const SORTS: [Sort; 4] = [Sort::Schedule, Sort::Roster, Sort::Marks, Sort::Log];

/// The page of a dialog.
pub fn page(ui: &Ui, begin: &Begin, area: Rect) -> Page {
    let lang = ui.words.lang;
    match begin {
        Begin::Pick(finder) => Page { title: say::pick_title(lang).to_owned(), ..self::finder(ui, finder, area) },
        Begin::Unsure { at } => unsure(ui, *at),
        Begin::Review { top } => review(ui, *top, area),
        Begin::AllTheSame { at } => all_the_same(ui, *at),
        _ => busy(ui),
    }
}

/// A path and what it can become.
pub fn finder(ui: &Ui, finder: &Finder, area: Rect) -> Page {
    let lang = ui.words.lang;
    let (shown, at) = finder.field.view(area.width.saturating_sub(7));
    let line = Line { cursor: Some(2 + at), ..Line::pieces(vec![("> ".to_owned(), Tone::Accent), (shown, Tone::Strong)]) };
    let head = vec![Line::of(say::pick_hint(lang), Tone::Dim), line, Line::default()];
    let width = usize::from(area.width).saturating_sub(24);
    let entry = |(n, entry): (usize, &crate::desk::shelf::Entry)| {
        let (name, about) = say::entry(lang, entry);
        choice(n, finder.at, &name, &about, width)
    };
    let mut body: Vec<Line> = ui.begin.shelf.entries.iter().enumerate().map(entry).collect();
    if body.is_empty() && !ui.begin.listing {
        body.push(Line::of(say::nothing_there(lang), Tone::Dim));
    }
    Page { head, body, keep: finder.at.unwrap_or(0), foot: say::pick_keys(lang).to_owned(), ..Page::default() }
}

fn choice(n: usize, at: Option<usize>, name: &str, about: &str, width: usize) -> Line {
    let (mark, tone) = if at == Some(n) { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
    Line::pieces(vec![(mark.to_owned(), tone), (cells::column(name, width), tone), (about.to_owned(), Tone::Dim)]).hit(Hit::Row(n))
}

fn busy(ui: &Ui) -> Page {
    let lang = ui.words.lang;
    let (said, foot) = match &ui.begin.busy {
        Some(Busy::Looking(done, total, name)) => (say::looking(lang, *done, *total, name), say::looking_keys(lang)),
        Some(Busy::Taking(done, total)) => (say::taking(lang, *done, *total), ""),
        _ => (String::new(), ""),
    };
    let body = vec![Line::default(), Line::of(said, Tone::Text)];
    Page { title: say::pick_title(lang).to_owned(), body, foot: foot.to_owned(), ..Page::default() }
}

fn unsure(ui: &Ui, at: usize) -> Page {
    let lang = ui.words.lang;
    let name = ui.begin.unsure().map(|s| s.name.as_str()).unwrap_or_default();
    let names = SORTS.map(|s| say::sort(lang, s)).into_iter().chain([say::leave_out(lang)]);
    let mut body = vec![Line::default()];
    body.extend(names.enumerate().map(|(n, name)| choice(n, Some(at), name, "", 40)));
    Page { title: say::unsure_title(lang, name), body, foot: ui.words.foot_list.to_owned(), ..Page::default() }
}

fn all_the_same(ui: &Ui, at: usize) -> Page {
    let lang = ui.words.lang;
    let mut body = vec![Line::default()];
    body.extend(say::all_the_same_text(lang).map(|text| Line::of(text, Tone::Check)));
    body.push(Line::default());
    body.extend(say::all_the_same(lang).iter().enumerate().map(|(n, name)| choice(n, Some(at), name, "", 60)));
    let title = say::review_title(lang, ui.begin.found.len());
    Page { title, body, foot: ui.words.foot_list.to_owned(), ..Page::default() }
}

fn review(ui: &Ui, top: usize, area: Rect) -> Page {
    let lang = ui.words.lang;
    let width = usize::from(area.width.saturating_sub(4)).max(10);
    let found = &ui.begin.found;
    let longest = found.iter().map(|s| cells::width(&s.name)).max().unwrap_or(0).min(26);
    let mut body: Vec<Line> = found.iter().flat_map(|s| file(lang, s, longest)).collect();
    let findings = findings(found);
    let count = |severity| findings.iter().filter(|f| f.finding.severity == severity).map(|f| f.times).sum::<usize>();
    let sums = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let tone = match sums {
        [0, 0, _] => Tone::Right,
        [0, ..] => Tone::Check,
        _ => Tone::Wrong,
    };
    body.push(Line::default());
    body.push(Line::of(say::severities(lang, sums), tone));
    let several = found.len() > 1;
    for told in &findings {
        let tone = tone_of(told.finding.severity);
        let place = intake::place(lang, told.finding);
        let place = if several { format!("{} {place}", told.file) } else { place };
        let times = say::places(lang, told.times);
        let text = format!("{} {} {}{times}", say::mark(told.finding.severity), place.trim(), intake::message(lang, told.finding));
        let indent = |n: usize| if n == 0 { "" } else { "  " };
        body.extend(cells::wrap(&text, width - 2).into_iter().enumerate().map(|(n, l)| Line::of(format!("{}{l}", indent(n)), tone)));
        if told.finding.severity != Severity::Info {
            let hint = intake::hint(lang, told.finding);
            body.extend(cells::wrap(&hint, width - 4).into_iter().map(|l| Line::of(format!("    {l}"), Tone::Dim)));
        }
    }
    let foot = say::review_keys(lang, ui.begin.can_be_taken(), found.len() == 1);
    Page { title: say::review_title(lang, found.len()), body, top, foot, ..Page::default() }
}

/// Lines that the review has in all.
pub fn lines(ui: &Ui, area: Rect) -> usize {
    review(ui, 0, area).body.len()
}

fn tone_of(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Wrong,
        Severity::Warning => Tone::Check,
        Severity::Info => Tone::Dim,
    }
}

fn file(lang: Lang, sighting: &Sighting, width: usize) -> Vec<Line> {
    let name = cells::column(&sighting.name, width);
    let head = |mark: &str, tone, what: String| {
        Line::pieces(vec![
            (format!("{mark} "), tone),
            (format!("{name} "), Tone::Strong),
            (what, if tone == Tone::Wrong { tone } else { Tone::Text }),
        ])
    };
    match &sighting.seen {
        Seen::Ready(sort, taken) if taken.already => {
            vec![head("·", Tone::Dim, format!("{}  {}", say::sort(lang, *sort), say::already(lang)))]
        }
        Seen::Ready(sort, taken) => {
            let (mark, tone) = match taken.worst() {
                _ if taken.refused.is_some() => ("✗", Tone::Wrong),
                Some(severity) if severity != Severity::Info => (say::mark(severity), tone_of(severity)),
                _ => ("✓", Tone::Right),
            };
            let counts = say::counts(lang, *sort, &taken.counts);
            let mut lines = vec![Line::pieces(vec![
                (format!("{mark} "), tone),
                (format!("{name} "), Tone::Strong),
                (format!("{}  {counts}", say::sort(lang, *sort)), Tone::Text),
            ])];
            lines.extend(extras(lang, taken));
            lines
        }
        Seen::Unsure(_) => vec![head("?", Tone::Check, String::new())],
        Seen::Failed(what, hint) => vec![head("✗", Tone::Wrong, what.clone()), Line::of(format!("    {hint}"), Tone::Dim)],
    }
}

fn extras(lang: Lang, taken: &Taken) -> Vec<Line> {
    let mut lines = Vec::new();
    if !taken.rooms_added.is_empty() {
        lines.push(Line::of(format!("    {}", say::rooms_added(lang, &taken.rooms_added)), Tone::Text));
    }
    if let Some((row, why)) = &taken.refused {
        lines.push(Line::of(format!("    {}", say::refused(lang, *row, &refusal::say(lang, why).0)), Tone::Wrong));
    }
    lines
}

/// A finding with its file, and in how many places it is.
struct Told<'a> {
    file: &'a str,
    finding: &'a IntakeFinding,
    times: usize,
}

// Worst first; the same remark of every sheet and file is one remark, what is wrong is told place by place.
fn findings(found: &[Sighting]) -> Vec<Told<'_>> {
    let mut all: Vec<Told<'_>> = Vec::new();
    for sighting in found {
        let Seen::Ready(_, taken) = &sighting.seen else { continue };
        if taken.already {
            continue;
        }
        for finding in &taken.findings {
            let same = |t: &&mut Told<'_>| {
                finding.severity == Severity::Info && (t.finding.code, &t.finding.args) == (finding.code, &finding.args)
            };
            match all.iter_mut().find(same) {
                Some(told) => told.times += 1,
                None => all.push(Told { file: &sighting.name, finding, times: 1 }),
            }
        }
    }
    all.sort_by_key(|t| std::cmp::Reverse(t.finding.severity));
    all
}
