//! What would be taken: files and counts, what is to be decided, what is wrong; a row as published beside what was understood; columns.

use ratatui::layout::Rect;

use super::super::begin::{Beginning, Seen, Sighting};
use super::super::intake::{Beside, Choice, ColumnSheet, Decision, Item, choices, is_choice, is_open};
use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::super::widgets::page::{Hit, Line, Page};
use crate::desk::beside::{Column, Guess};
use crate::desk::intake::{Sort, Taken};
use crate::desk::relisting;
use crate::domain::intake::{IntakeFinding, Severity};
use crate::domain::person::mask_kept;
use crate::ui::words::{Lang, alike, beside_screen, intake, intake_screen as say, mark, refusal, relist, repair};

/// Most people named that are new or changed.
const NAMED: usize = 6;

/// Everything the arrows can stand on, in the order of the screen.
pub fn items(beginning: &Beginning) -> Vec<Item> {
    let mut items = Vec::new();
    for (at, sighting) in beginning.found.iter().enumerate() {
        if let Seen::Ready(_, taken) = &sighting.seen
            && is_open(taken)
        {
            items.extend(choices(taken).into_iter().map(|choice| Item::Choice(at, choice)));
        }
    }
    items.extend(
        findings(Lang::Zh, &beginning.found).iter().filter(|t| t.finding.row.is_some()).map(|t| Item::Finding(t.place.0, t.place.1)),
    );
    items
}

/// What a list that comes again leaves open: repairs that nobody accepts leave the sheet as published.
fn undecided(beginning: &Beginning) -> usize {
    let open = |(sighting, _, taken): (&Sighting, Sort, &Taken)| {
        let decision = beginning.decisions.get(&sighting.path);
        let left = |choice: &Choice| match choice {
            Choice::Repair(_) | Choice::Apart => false,
            Choice::Same(_) if decision.is_some_and(|d| d.apart) => false,
            choice => !decision.is_some_and(|d| d.has(*choice)),
        };
        choices(taken).iter().filter(|c| left(c)).count()
    };
    beginning.ready().filter(|(.., taken)| !taken.already).map(open).sum()
}

/// The page.
pub fn page(ui: &Ui, at: Option<usize>, top: usize, area: Rect) -> Page {
    let lang = ui.words.lang;
    let width = usize::from(area.width.saturating_sub(4)).max(10);
    let found = &ui.begin.found;
    let longest = found.iter().map(|s| cells::width(&s.name)).max().unwrap_or(0).min(26);
    let mut writing = Writing { at, width, body: Vec::new(), keep: 0, item: 0 };
    let none = Decision::default();
    for sighting in found {
        writing.body.extend(file(lang, sighting, longest));
        if let Seen::Ready(_, taken) = &sighting.seen
            && is_open(taken)
        {
            writing.body.extend(diff(lang, taken, width));
            let decision = ui.begin.decisions.get(&sighting.path).unwrap_or(&none);
            for choice in choices(taken) {
                let mark = if decision.has(choice) { "[✓] " } else { "[ ] " };
                writing.item(&format!("{mark}{}", choice_text(lang, taken, choice)), Tone::Text);
            }
        }
    }
    let told = findings(lang, found);
    let count = |severity| told.iter().filter(|t| !t.cleared && t.finding.severity == severity).map(|t| t.times).sum::<usize>();
    let sums = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let tone = match sums {
        [0, 0, _] => Tone::Right,
        [0, ..] => Tone::Check,
        _ => Tone::Wrong,
    };
    writing.body.push(Line::default());
    let open = undecided(&ui.begin);
    if open == 0 || sums != [0; 3] {
        writing.body.push(Line::of(say::severities(lang, sums), tone));
    }
    if open > 0 {
        let mut diffs = ui.begin.ready().filter_map(|(.., taken)| taken.diff.as_deref());
        let slipped = diffs.any(relisting::leaves_out);
        writing.body.push(Line::of(beside_screen::undecided(lang, open, slipped), Tone::Check));
    }
    for one in &told {
        let tone = if one.cleared { Tone::Dim } else { tone_of(one.finding.severity) };
        let place = intake::place(lang, one.finding);
        let place = if found.len() > 1 { format!("{} {place}", one.file) } else { place };
        let mark = if one.cleared { "✓" } else { say::mark(one.finding.severity) };
        let text = format!("{mark} {} {}{}", place.trim(), intake::message(lang, one.finding), one.more);
        if one.finding.row.is_some() {
            writing.item(&text, tone);
        } else {
            writing.text(&text, tone);
        }
        if one.finding.severity != Severity::Info && !one.cleared {
            let hint = intake::hint(lang, one.finding);
            writing.body.extend(cells::wrap(&hint, width - 6).into_iter().map(|l| Line::of(format!("      {l}"), Tone::Dim)));
        }
    }
    let choices = ui.begin.ready().any(|(_, _, taken)| !choices(taken).is_empty());
    let lists = ui.begin.ready().any(|(_, sort, _)| matches!(sort, Sort::Roster | Sort::Marks));
    let foot = say::review_keys(lang, ui.begin.can_be_taken(), choices, lists, found.len() == 1);
    let Writing { body, keep, .. } = writing;
    Page { title: say::review_title(lang, found.len()), body, top, keep, foot, ..Page::default() }
}

/// Lines being written, and where the arrows stand among them.
struct Writing {
    at: Option<usize>,
    width: usize,
    body: Vec<Line>,
    keep: usize,
    item: usize,
}

impl Writing {
    /// Something the arrows can stand on.
    fn item(&mut self, text: &str, tone: Tone) {
        let here = self.at == Some(self.item);
        for (n, line) in cells::wrap(text, self.width - 4).into_iter().enumerate() {
            let mark = if here && n == 0 { "▶ " } else { "  " };
            let indent = if n == 0 { "" } else { "    " };
            let tone = if here { Tone::Chosen } else { tone };
            self.body.push(Line::of(format!("{mark}{indent}{line}"), tone).hit(Hit::Row(self.item)));
        }
        if here {
            // Its hint is seen too.
            self.keep = self.body.len() + 1;
        }
        self.item += 1;
    }

    fn text(&mut self, text: &str, tone: Tone) {
        let lines = cells::wrap(text, self.width - 4).into_iter().enumerate();
        self.body.extend(lines.map(|(n, l)| Line::of(format!("  {}{l}", if n == 0 { "" } else { "  " }), tone)));
    }
}

fn choice_text(lang: Lang, taken: &Taken, choice: Choice) -> String {
    let diff = taken.diff.as_deref();
    match choice {
        Choice::Repair(n) => taken.repairs.get(n).map(|r| beside_screen::repair(lang, &repair::repair(lang, r))).unwrap_or_default(),
        Choice::Same(n) => diff.and_then(|d| d.likely.get(n)).map(|l| beside_screen::same(lang, l)).unwrap_or_default(),
        Choice::Apart => beside_screen::apart(lang).to_owned(),
        Choice::Gone => diff.map(|d| beside_screen::gone(lang, &d.gone)).unwrap_or_default(),
    }
}

fn diff(lang: Lang, taken: &Taken, width: usize) -> Vec<Line> {
    let Some(diff) = &taken.diff else { return Vec::new() };
    let named = diff.changed.iter().map(|c| relist::changed(lang, c)).chain(diff.fresh.iter().map(|n| relist::fresh(lang, n)));
    let mut lines = vec![relist::counts(lang, diff)];
    lines.extend(named.take(NAMED).map(|l| format!("  {l}")));
    let more = (diff.changed.len() + diff.fresh.len()).saturating_sub(NAMED);
    lines.extend((more > 0).then(|| format!("  {}", beside_screen::more(lang, more))));
    lines.iter().flat_map(|l| cells::wrap(l, width - 6)).map(|l| Line::of(format!("    {l}"), Tone::Text)).collect()
}

/// Lines that the review has in all.
pub fn lines(ui: &Ui, area: Rect) -> usize {
    page(ui, None, 0, area).body.len()
}

/// The line at which the row that is looked at stands in the upper third.
pub fn first_beside(beside: &Beside) -> usize {
    let before = beside.rows.iter().take_while(|(p, _)| p.row < beside.row);
    before.map(|(_, u)| 1 + u.len().max(1)).sum::<usize>().saturating_sub(4)
}

/// Rows as published, each above what was understood of it.
pub fn beside(ui: &Ui, beside: &Beside, area: Rect) -> Page {
    let lang = ui.words.lang;
    let width = usize::from(area.width.saturating_sub(4)).max(10);
    let mut body = Vec::new();
    for (published, understood) in &beside.rows {
        let here = published.row == beside.row;
        let cells: Vec<String> = published.cells.iter().map(|text| beside_screen::cell(text)).collect();
        let text = format!("{:>4} {}", published.row, cells.join(" │ "));
        let tone = if here { Tone::Chosen } else { Tone::Strong };
        body.push(Line::of(format!("{}{}", if here { "▶" } else { " " }, cells::fit(&text, width - 2)), tone));
        let mut told: Vec<String> = understood.iter().map(|u| beside_screen::understood(lang, u)).collect();
        if told.is_empty() {
            told.push(beside_screen::not_taken(lang).to_owned());
        }
        let tone = if understood.is_empty() { Tone::Dim } else { Tone::Right };
        body.extend(told.iter().map(|t| Line::of(format!("      → {}", cells::fit(t, width.saturating_sub(8))), tone)));
    }
    let top = beside.top.unwrap_or_else(|| first_beside(beside));
    let name = beside.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let title = beside_screen::beside_title(lang, &name, &beside.sheet);
    Page { title, body, top, foot: beside_screen::beside_keys(lang).to_owned(), ..Page::default() }
}

/// The columns of a list: header, first values, what each means.
pub fn columns(ui: &Ui, sheet: &ColumnSheet, area: Rect) -> Page {
    let lang = ui.words.lang;
    let width = usize::from(area.width.saturating_sub(4)).max(40);
    let wide = width.saturating_sub(46);
    let row = |(n, (guess, means)): (usize, (&Guess, &Option<Column>))| {
        let here = n == sheet.at;
        let changed = *means != guess.column;
        let values = guess.values.iter().map(|v| beside_screen::cell(v));
        let private = matches!(guess.column, Some(Column::Dropped | Column::Kept));
        let values = values.map(|v| if private { mask_kept(&v) } else { v }).collect::<Vec<_>>().join(" ");
        let mark = sheet.marks.get(n).copied().flatten().filter(|_| means.is_none());
        let text = beside_screen::meaning(lang, means.or(mark));
        let why = match (changed, mark) {
            (true, _) => beside_screen::changed(lang).to_owned(),
            (false, Some(_)) => beside_screen::as_mark(lang).to_owned(),
            (false, None) => beside_screen::why(lang, guess),
        };
        let tone = if here { Tone::Chosen } else { Tone::Text };
        let sure = if changed || mark.is_some() || guess.confidence >= 80 { Tone::Right } else { Tone::Check };
        Line::pieces(vec![
            (format!("{} {:<3}", if here { "▶" } else { " " }, guess.letter), tone),
            (cells::column(&guess.header, 12), tone),
            (cells::column(&values, wide), Tone::Dim),
            (format!(" {} ", if here { "←→" } else { "  " }), Tone::Accent),
            (cells::column(&text, 10), if here { Tone::Chosen } else { sure }),
            (why, Tone::Dim),
        ])
        .hit(Hit::Row(n))
    };
    let body = sheet.columns.list.iter().zip(&sheet.means).enumerate().map(row).collect();
    let head = vec![Line::of(beside_screen::columns_hint(lang), Tone::Dim), Line::default()];
    let title = beside_screen::columns_title(lang, &sheet.columns.sheet);
    Page { title, head, body, keep: sheet.at, foot: beside_screen::columns_keys(lang).to_owned(), ..Page::default() }
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
            let said = match () {
                () if taken.keeps => say::already_keeps(lang).to_owned(),
                () if is_open(taken) => say::already_open(lang).to_owned(),
                () => say::already(lang, taken.outdone),
            };
            vec![head("·", Tone::Dim, format!("{}  {said}", say::sort(lang, *sort)))]
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
    let anew = taken.anew.then(|| Line::of(format!("    {}", say::anew(lang)), Tone::Check));
    let mut lines: Vec<Line> = anew.into_iter().collect();
    lines.push(Line::of(format!("    {}", say::account(lang, &taken.account)), Tone::Dim));
    if !taken.counted.is_empty() {
        lines.push(Line::of(format!("    {}", mark::counted(lang, &taken.counted)), Tone::Text));
    }
    if !taken.rooms_added.is_empty() {
        lines.push(Line::of(format!("    {}", say::rooms_added(lang, &taken.rooms_added)), Tone::Text));
    }
    if let Some((row, why)) = &taken.refused {
        lines.push(Line::of(format!("    {}", say::refused(lang, *row, &refusal::say(lang, why).0)), Tone::Wrong));
    }
    lines
}

/// Findings of one kind with their file.
struct Told<'a> {
    file: &'a str,
    /// Numbers of the file and of the first finding in it.
    place: (usize, usize),
    /// Accepted repairs clear them all.
    cleared: bool,
    finding: &'a IntakeFinding,
    /// How many of them are not cleared.
    times: usize,
    /// Where else, in words.
    more: String,
}

// Worst first; many of one kind are one line.
fn findings(lang: Lang, found: &[Sighting]) -> Vec<Told<'_>> {
    let mut all: Vec<Told<'_>> = Vec::new();
    for (at, sighting) in found.iter().enumerate() {
        let Seen::Ready(_, taken) = &sighting.seen else { continue };
        if taken.already {
            continue;
        }
        let told = || taken.findings.iter().enumerate().filter(|(_, f)| !is_choice(f));
        for cleared in [false, true] {
            for kind in alike::kinds(lang, told().filter(|(n, _)| taken.is_cleared(*n) == cleared)) {
                let (finding, times) = (kind.first, kind.all.len());
                let same = |t: &&mut Told<'_>| {
                    finding.severity == Severity::Info && (t.finding.code, &t.finding.args) == (finding.code, &finding.args)
                };
                // The same remark of every file is one remark; what is wrong is told file by file.
                if let Some(told) = all.iter_mut().find(same) {
                    told.times += times;
                    told.more = say::places(lang, told.times);
                    continue;
                }
                let Some(n) = kind.all.first() else { continue };
                all.push(Told { file: &sighting.name, place: (at, *n), cleared, finding, times, more: kind.more(lang) });
            }
        }
    }
    all.sort_by_key(|t| std::cmp::Reverse(t.finding.severity));
    all
}
