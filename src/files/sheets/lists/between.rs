//! What stands between the people of a class list: captions, sums, titles above a header that comes again.

use crate::domain::intake::{IntakeCode, Nobody, Severity};
use crate::domain::text::Text;
use crate::domain::width;

use super::super::columns::Column;
use super::super::grid::{Cell, Row};
use super::caption_state::{ABOVE, Stated, Unclear, own, text_of};
use super::class_captions;
use super::headings;
use super::legends;
use super::list_rows::{self, Block, RowKind};
use super::list_titles::{self, Caption};
use super::mapping;
use super::roster_in::Reading;
use super::shapes;
use super::statement_hints;
use super::statements::{self, Said};

/// Most cells of a caption.
const CELLS: usize = 6;
/// Most rows below a sum that are looked at for somebody.
const LOOKED_AT: usize = 30;
/// Longest caption that may state something of people, in characters.
const STATEMENT: usize = 60;

/// `延期毕业生图像采集名单`, `复学学生名单`: those who are to come, whatever became of their studies.
fn comes_all_the_same(title: &str, said: &Said) -> bool {
    let photographed = ["采集", "拍摄", "拍照"].iter().any(|w| title.contains(w));
    let status = said.marks.status.as_deref().unwrap_or_default();
    let comes = status.contains("复学") || (photographed && ["延", "往届", "结业", "转专业"].iter().any(|w| status.contains(w)));
    comes && said.marks.each().len() == 1
}

impl Reading<'_, '_> {
    /// `电商171班 │ 电商172班` over blocks of people; false where the row is about all of them.
    pub(super) fn classes_side_by_side(&mut self, row: &Row) -> bool {
        let starts: Vec<u32> = self.blocks.iter().map(Block::begins).collect();
        let own = row.written();
        let placed: Vec<(usize, String)> = own
            .filter_map(|cell| {
                let class = list_titles::caption_of(&cell.text.replace('\n', " "))?.class?;
                let block = starts.iter().rposition(|from| *from <= cell.col).unwrap_or(0);
                Some((block, class))
            })
            .collect();
        if self.blocks.len() < 2 || placed.len() < 2 {
            return false;
        }
        for (block, class) in placed {
            if let Some(slot) = self.in_blocks.get_mut(block) {
                *slot = Some(class.into());
            }
        }
        true
    }

    /// `会计学院 │ 金融学院` over blocks of people.
    pub(super) fn colleges_side_by_side(&mut self, row: &Row) {
        let starts: Vec<u32> = self.blocks.iter().map(Block::begins).collect();
        let placed: Vec<(usize, String)> = row
            .written()
            .filter_map(|cell| {
                let college = list_titles::college_of_caption(&cell.text.replace('\n', " "))?;
                Some((starts.iter().rposition(|from| *from <= cell.col).unwrap_or(0), college))
            })
            .collect();
        if self.blocks.len() < 2 || placed.len() < 2 {
            return;
        }
        for (block, college) in placed {
            if let Some(slot) = self.colleges.get_mut(block) {
                *slot = Some(college.into());
            }
        }
    }

    /// Takes over what a caption says of the people below it.
    pub(super) fn caption(&mut self, row: &Row, caption: Caption) {
        self.compare_stated();
        self.say_unclear();
        self.ends_statement(row);
        self.since = self.read;
        self.colleges_side_by_side(row);
        if self.classes_side_by_side(row) {
            return;
        }
        if let (Some(class), Some(count)) = (&caption.class, caption.count) {
            self.stated = Some((class.clone(), count, row.number, self.read));
        }
        let other = |said: &Option<String>, known: &Option<Text>| said.is_some() && said.as_deref() != known.as_deref();
        if caption.class.is_some() {
            self.in_blocks.fill(None);
            self.by_caption = true;
        } else if other(&caption.college, &self.college) || other(&caption.major, &self.major) {
            // The class of before is one of the college before.
            self.nobodys_class(row);
        }
        if let Some(cohort) = caption.class.as_deref().filter(|c| class_captions::is_cohort(c)) {
            self.lists.iter_mut().for_each(|list| list.captions.push((row.number, cohort.to_owned())));
        }
        self.class = caption.class.map(Text::from).or_else(|| self.class.take());
        self.college = caption.college.map(Text::from).or_else(|| self.college.take());
        self.major = caption.major.map(Text::from).or_else(|| self.major.take());
    }

    /// Takes over what a row below people says of them: `以上为园林2201班，共5人`, `软件2201班合计 │ 4人`. False where it is no such row.
    pub(super) fn closes_class(&mut self, row: &Row) -> bool {
        let Some((class, count)) = class_captions::closed(&text_of(row)) else { return false };
        let above = self.read - self.since;
        let last = self.lists.first().and_then(|l| l.rows.last()).and_then(|person| person.class.as_deref());
        // People of another class stand above it: then it is over those who follow.
        let other = last.is_some_and(|known| width::class_key(known) != width::class_key(&class));
        if self.blocks.len() > 1 || above == 0 || other {
            return false;
        }
        let written = Text::from(class.clone());
        let theirs = self.lists.first_mut().into_iter().flat_map(|l| l.rows.iter_mut().rev().take(above));
        theirs.filter(|person| person.class.is_none()).for_each(|person| person.class = Some(written.clone()));
        if let Some(count) = count {
            self.sum_differs(class, count, row.number, above);
        }
        self.stated = None;
        self.unclear = None;
        self.since = self.read;
        true
    }

    /// `1班合计 | 3人` where it closes no class: a sum all the same, where everybody's class stands beside them, or nobody stands below.
    /// `at` is the index of the row below it.
    pub(super) fn sums_up(&self, row: &Row, at: usize) -> Option<Option<u32>> {
        let text = text_of(row);
        let sums = ["合计", "小计", "共计", "总计"].iter().any(|w| text.contains(w));
        // `电商171班（合计32人）` stands over them.
        if !sums || text.contains(['（', '(']) || self.read == self.since {
            return None;
        }
        let classed = self.headers.iter().any(|h| h.column == Some(Column::Class));
        let below = || self.grid.rows.iter().skip(at).take(LOOKED_AT).any(|r| list_rows::kind(r, &self.blocks) == RowKind::Person);
        (classed || !below()).then(|| class_captions::count_of(&text))
    }

    /// A label of which nothing is read (`新增：`) is over other people: what was stated before holds no longer.
    pub(super) fn ends_with_label(&mut self, row: &Row) {
        let cells = own(row);
        if cells.is_empty() || !cells.iter().all(|c| c.text.trim_end().ends_with([':', '：'])) {
            return;
        }
        self.say_stated();
        // 待定： and 去世： leave open how those below are.
        if headings::leaves_open(row) {
            self.states = Some(Stated { said: Said { unclear: true, ..Said::default() }, unclear: Unclear::of(row) });
        }
    }

    /// `注：2022030101何春已退学`: a note below the people that speaks of one of them marks nobody, and is not passed over in silence.
    pub(super) fn names_somebody(&mut self, row: &Row) {
        self.explains_colour(row);
        let text = text_of(row);
        let speaks = text.chars().count() <= STATEMENT && statement_hints::speaks_of_somebody(&text);
        let named =
            || self.lists.iter().flat_map(|l| &l.rows).filter_map(|p| p.name.as_deref()).any(|n| n.chars().count() > 1 && text.contains(n));
        if speaks && (list_titles::holds_number(&text) || named() || self.explains_sign(row, &text)) {
            let cell = own(row).first().map(|c| row.name(c.col));
            let args = vec!["note".to_owned(), text];
            self.findings.push(self.grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), cell, args));
        }
    }

    /// `黄色为休学`: colours are not read, and nobody is marked by them.
    pub(super) fn explains_colour(&mut self, row: &Row) {
        let text = text_of(row);
        let spoken = text.chars().count() <= STATEMENT && legends::is_of_colours(&text);
        if spoken && statement_hints::speaks_of_somebody(&text) {
            let cell = own(row).first().map(|c| row.name(c.col));
            let args = vec!["colour".to_owned(), text];
            self.findings.push(self.grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), cell, args));
        }
    }

    /// `注：★为免拍学生` where somebody has that sign.
    fn explains_sign(&self, row: &Row, text: &str) -> bool {
        const SIGNS: [char; 10] = ['★', '☆', '▲', '△', '※', '*', '●', '○', '■', '◆'];
        let Some(sign) = text.chars().find(|c| SIGNS.contains(c)) else { return false };
        let bare: String = text.chars().filter(|c| !(c.is_whitespace() || "“”\"（）()【】".contains(*c))).collect();
        let said = ["为", "是", "表示", "代表", "：", ":"]
            .iter()
            .any(|w| ["", "的", "者", "号", "符号", "同学", "学生"].iter().any(|of| bare.contains(&format!("{sign}{of}{w}"))));
        let signed = |r: &Row| r.number < row.number && r.cells.iter().any(|c| !c.merged && c.text.contains(sign));
        said && self.grid.rows.iter().skip(self.from).any(signed)
    }

    /// True for a row of one cell that surely states something of the people below it, though no colon ends it: `以下不参加`.
    pub(super) fn is_statement(&self, row: &Row) -> bool {
        // Asked of every row: nearly all hold a number.
        if row.cells.iter().any(|c| c.text.bytes().any(|b| b.is_ascii_digit())) {
            return false;
        }
        let cells = own(row);
        let [only] = cells.as_slice() else { return false };
        let words = only.text.chars().count() <= STATEMENT && !shapes::is_name(&only.text);
        words && !statements::of_title(&only.text).marks.is_empty()
    }

    /// A caption said how many would follow.
    pub(super) fn compare_stated(&mut self) {
        let Some((class, count, row, before)) = self.stated.take() else { return };
        self.sum_differs(class, count, row, self.read - before);
    }

    /// Compares a sum with the people above it.
    pub(super) fn total(&mut self, row: &Row, figure: Option<u32>) {
        let since = self.stated.as_ref().map(|(.., before)| self.read - before);
        let word = row.cells.first().map(|c| c.text.replace('\n', " ")).unwrap_or_default();
        // A sum is of the class above it, or of all of them.
        let since = since.unwrap_or(self.read - self.since);
        if let Some(figure) = figure.filter(|f| ![since, self.read - self.since, self.read].contains(&(*f as usize))) {
            self.sum_differs(word, figure, row.number, since);
        }
        self.since = self.read;
    }

    fn sum_differs(&mut self, what: String, stated: u32, row: u32, read: usize) {
        // Where rows could not be taken, that is already said.
        if stated as usize != read && self.bad == 0 {
            let args = vec![what, stated.to_string(), read.to_string()];
            self.findings.push(self.grid.finding(IntakeCode::SumDiffers, Severity::Warning, Some(row), None, args));
        }
    }

    /// A header that comes again stands below the caption of its people. Where no class is read from that, theirs is not the one before.
    pub(super) fn before_header(&mut self) {
        let since = std::mem::take(&mut self.since_person);
        if since.named {
            return;
        }
        let grid = self.grid;
        let rows = || since.rows.iter().rev().filter_map(|at| grid.rows.get(*at));
        if let Some((row, caption)) = rows().find_map(|row| Some((row, class_captions::title(&own(row))?))) {
            self.caption(row, caption);
            self.done.skipped.push((row.number, Nobody::Caption));
        } else if let Some(row) = rows().find(|row| self.may_name_a_class(row)) {
            self.nobodys_class(row);
        }
    }

    /// From this row on nobody is in the class that a caption named before.
    fn nobodys_class(&mut self, row: &Row) {
        if !self.by_caption || (self.class.is_none() && self.in_blocks.iter().all(Option::is_none)) {
            return;
        }
        self.compare_stated();
        self.say_unclear();
        self.ends_statement(row);
        self.class = None;
        self.in_blocks.fill(None);
        self.unclear = Some(Unclear::of(row));
    }

    /// False for sums, signatures, page numbers, parts of one class, and what a printed page repeats.
    fn may_name_a_class(&self, row: &Row) -> bool {
        let cells = own(row);
        let key = width::key(&text_of(row));
        let above = self.grid.rows.get(..self.from).unwrap_or_default();
        let part = ["男生", "女生", "男", "女", "续"].iter().any(|w| key.starts_with(w))
            || (key.starts_with('第') && key.contains(['组', '批', '页']));
        let words = key.chars().filter(|c| shapes::is_han(*c)).count() >= 2;
        words
            && !part
            && list_titles::total(&cells).is_none()
            && !list_titles::is_signed(&cells)
            && !above.iter().any(|r| text_of(r) == text_of(row))
    }

    /// True for a row of a few words right above a header that comes again: nobody stands there.
    pub(super) fn is_above_header(&self, at: usize) -> bool {
        let grid = self.grid;
        // Asked of every row: most hold a number of somebody.
        let numbered = |row: &Row| row.cells.iter().any(|c| c.text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 5));
        if grid.rows.get(at).is_none_or(numbered) {
            return false;
        }
        let words = |row: &Row| {
            let cells = own(row);
            let colon = |c: &&Cell| c.text.contains([':', '：']);
            let somebody = |c: &&Cell| shapes::is_name(&c.text) || shapes::is_number(&c.text) || shapes::is_id(&c.text);
            let caption = cells.len() == 1 || cells.iter().all(colon) || class_captions::plain(&cells).is_some();
            (1..=CELLS).contains(&cells.len()) && caption && !cells.iter().any(somebody)
        };
        let header = |row: &Row| self.begins_columns(row, &list_rows::kind(row, &self.blocks));
        let mut below = grid.rows.iter().skip(at).take(ABOVE / 2);
        below.next().is_some_and(words) && below.find(|row| !words(row)).is_some_and(header)
    }

    /// True for a header, by its words or because it comes again.
    pub(super) fn begins_columns(&self, row: &Row, kind: &RowKind) -> bool {
        let labels = || row.cells.iter().filter(|c| !c.merged).all(|c| c.text.trim_end().ends_with([':', '：']));
        matches!(kind, RowKind::Nobody(Nobody::Header)) || (mapping::is_header(row, self.given) && (*kind == RowKind::Person || !labels()))
    }

    /// What stands above the header: `休学：` right above it is of those below, as between people; of a title that states something of
    /// everybody nobody is marked on a class list, and that is said.
    pub(super) fn titled(&mut self, above: &[Row]) {
        let last = above.iter().rev().find(|row| !own(row).is_empty());
        for row in above {
            self.explains_colour(row);
            let text = text_of(row);
            let said = if own(row).len() <= 2 && text.chars().count() <= STATEMENT { statements::of_title(&text) } else { Said::default() };
            if said.marks.is_empty() || said.unclear || said.register || comes_all_the_same(&text, &said) {
                continue;
            }
            if last.is_some_and(|l| l.number == row.number) && text.trim_end().ends_with([':', '：']) {
                self.states = Some(Stated { said, unclear: Unclear::of(row) });
            } else {
                let cell = own(row).first().map(|c| row.name(c.col));
                let args = vec!["as_list".to_owned(), text];
                self.findings.push(self.grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), cell, args));
            }
        }
    }

    /// Takes over what a row between people states of those below it; false where it states nothing.
    pub(super) fn states(&mut self, row: &Row) -> bool {
        let cells = own(row);
        let text = text_of(row);
        let short = cells.len() <= 2 && text.chars().count() <= STATEMENT;
        let said = if short { statements::of_title(&text) } else { Said::default() };
        if said.is_silent() {
            return false;
        }
        self.say_stated();
        self.states = Some(Stated { said, unclear: Unclear::of(row) });
        true
    }

    /// A caption that states nothing ends what another one stated.
    fn ends_statement(&mut self, row: &Row) {
        if self.states.as_ref().is_some_and(|s| s.unclear.row != row.number) {
            self.say_stated();
        }
    }

    /// What was stated holds no longer.
    pub(super) fn say_stated(&mut self) {
        let Some(Stated { said, unclear }) = self.states.take() else { return };
        if said.marks.is_empty() && unclear.people > 0 {
            let args = vec!["title".to_owned(), unclear.text];
            self.findings.push(self.grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(unclear.row), unclear.cell, args));
        }
    }

    /// Says from which caption no class was read, once its people are over.
    pub(super) fn say_unclear(&mut self) {
        let Some(unclear) = self.unclear.take().filter(|u| u.people > 0) else { return };
        let args = vec![unclear.text, unclear.people.to_string()];
        self.findings.push(self.grid.finding(IntakeCode::CaptionUnclear, Severity::Warning, Some(unclear.row), unclear.cell, args));
    }
}
