//! For whom a row of a schedule is: its college, its classes, how many they are.

use crate::domain::intake::{IntakeCode, Severity};
use crate::domain::width;

use super::super::grid::Row;
use super::classes;
use super::content;
use super::slot_words::{college, is_blank, is_ditto, number, some_of};
use super::slots::{Group, Reader};
use super::student_numbers;

/// More people than that have no slot: such a figure is a number of somebody.
const PEOPLE_MAX: u32 = 10_000;
/// Shortest name in characters of a major that stands on a line of its own, or between blanks.
const MAJOR_MIN: usize = 3;

/// 全体, 全部: everybody of whatever stands beside it.
fn is_everybody(text: &str) -> bool {
    const ALL: [&str; 12] =
        ["全体", "全部", "所有", "各班", "全部班级", "所有班级", "全体班级", "全体学生", "全体毕业生", "全部学生", "所有学生", "各班级"];
    ALL.contains(&width::key(text).as_str())
}

/// `300人`, `约120人`, and nothing else.
fn people_alone(text: &str) -> Option<u32> {
    let key = width::key(text);
    let bare = key.trim_start_matches(['共', '约', '计']).strip_suffix(['人', '名'])?.to_owned();
    bare.parse().ok().filter(|n| (1..=PEOPLE_MAX).contains(n))
}

/// `软件工程\n网络工程` are two majors; a name that only wraps is one.
fn majors_apart(cell: &str) -> String {
    let parts: Vec<&str> = cell.split(char::is_whitespace).filter(|p| !p.is_empty()).collect();
    let names = |p: &&str| p.chars().count() >= MAJOR_MIN && !p.starts_with(['（', '(']);
    if parts.iter().all(names) { parts.join("、") } else { cell.to_owned() }
}

impl Reader<'_> {
    pub(super) fn take_college(&mut self, row: &Row) {
        let Some(col) = self.layout.college else { return };
        let text = row.text(col);
        if text.is_empty() || is_ditto(text) {
            return;
        }
        let (mut name, stated) = college(text);
        // Which of its classes these are, the row may say in another column.
        if let Some(bare) = some_of(&name).map(str::to_owned) {
            let classes = self.layout.class.map_or("", |c| row.text(c)).trim();
            if (classes.is_empty() || is_blank(classes)) && !row.own(col).trim().is_empty() {
                let args = vec![name.replace('\n', " ")];
                let finding = self.grid.finding(IntakeCode::NoClass, Severity::Warning, Some(row.number), Some(row.name(col)), args);
                self.out.findings.push(finding);
            }
            name = bare;
        }
        if name != self.group.college {
            self.close_group();
            self.group = Group { college: name.clone(), stated: None, sum: Some(0) };
        }
        if let Some(n) = stated {
            self.group.stated.get_or_insert((n, row.number, row.name(col)));
        }
        self.college = name;
    }

    pub(super) fn headcount(&mut self, row: &Row) -> Option<u32> {
        match self.layout.headcount {
            Some(col) => {
                let text = row.own(col);
                let count = number(text).filter(|n| *n <= PEOPLE_MAX && !self.counts_too_much(row, text));
                if count.is_none() && text.chars().any(|c| c.is_ascii_digit() || "十百".contains(c)) {
                    let args = vec!["人数".to_owned(), text.replace('\n', " ")];
                    let cell = Some(row.name(col));
                    self.out.findings.push(self.grid.finding(
                        IntakeCode::RowNotUnderstood,
                        Severity::Warning,
                        Some(row.number),
                        cell,
                        args,
                    ));
                }
                self.counts_against(row, count);
                count
            }
            None => {
                let whom = self.layout.class.or(self.layout.major);
                // `300人` alone in the remarks.
                let remark = || self.layout.remark.and_then(|col| people_alone(row.own(col)));
                whom.and_then(|col| classes::expand(&self.class_text(row, col)).headcount).or_else(remark)
            }
        }
    }

    /// `会计2301（45）` beside 50 people: one of the two is wrong.
    fn counts_against(&mut self, row: &Row, stated: Option<u32>) {
        let Some((stated, col)) = stated.zip(self.layout.class).filter(|(_, col)| row.own(*col).contains(['（', '('])) else { return };
        let text = self.class_text(row, col);
        let Some(told) = classes::expand(&text).headcount.filter(|told| *told != stated) else { return };
        let args = vec!["counts".to_owned(), text.replace('\n', " "), told.to_string(), stated.to_string()];
        let finding = self.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args);
        self.out.findings.push(finding);
    }

    /// `30、31` beside one class: one of the two figures is somebody else's.
    fn counts_too_much(&self, row: &Row, text: &str) -> bool {
        let col = self.layout.class.or_else(|| self.layout.content.first().map(|(col, _)| *col));
        let class = col.map(|col| row.own(col).trim()).filter(|t| !t.is_empty());
        text.contains('、') && class.is_some_and(|class| classes::expand(class).names.len() == 1)
    }

    pub(super) fn classes(&mut self, row: &Row) -> (Vec<String>, Option<String>) {
        let Some(col) = self.layout.class else { return self.without_class(row) };
        let text = self.class_text(row, col);
        if text.trim().is_empty() {
            return self.without_class(row);
        }
        // `审计学 | 全部`: all of the major that stands beside it.
        if is_everybody(&text) && self.layout.major.is_some_and(|c| !row.text(c).trim().is_empty()) {
            return self.without_class(row);
        }
        let bare = width::fold(text.trim()).chars().next().is_some_and(|c| c.is_ascii_digit() || c == '(');
        let major = self.major_of(row).filter(|_| bare);
        let text = major.map_or_else(|| text.clone(), |m| format!("{m}{}", text.trim()));
        // `计算机学院（软工1901-1905）` where no other column names the college.
        let parted = self.layout.college.is_none().then(|| content::college_and_classes(&text));
        if let Some((college, classes)) = parted.filter(|(college, classes)| !college.is_empty() && !classes.is_empty()) {
            self.college.clone_from(&college);
            let names = self.expand(row, col, &classes);
            // `商学院2026届本科毕业生`: whoever they are, they are of that college.
            self.college = college;
            return (names, Some(row.name(col)));
        }
        (self.expand(row, col, &text), Some(row.name(col)))
    }

    /// Majors in the place of classes, or ranges of 学号, or both: `会计学 | 2021001-2021120`.
    fn without_class(&mut self, row: &Row) -> (Vec<String>, Option<String>) {
        let said = |col: u32| Some(row.text(col).trim()).filter(|t| !t.is_empty() && !is_blank(t) && !is_ditto(t));
        let major = self.layout.major.and_then(|col| Some((col, majors_apart(said(col)?))));
        let ranges = self.layout.numbers.and_then(|(col, to)| {
            let first = said(col)?;
            let ranges = match to.map(said) {
                Some(last) => student_numbers::between(first, last?).map(|one| vec![one]),
                None => student_numbers::ranges(first, true),
            };
            Some((col, ranges.unwrap_or_else(|| vec![first.to_owned()])))
        });
        match (major, ranges) {
            (Some((col, major)), None) => (self.expand(row, col, &major), Some(row.name(col))),
            // Of one major the range is that of its people.
            (Some((col, major)), Some((_, ranges))) if !major.contains('、') => {
                let named: Vec<String> =
                    ranges.iter().map(|r| if r.starts_with("学号") { format!("{major}{r}") } else { r.clone() }).collect();
                (self.expand(row, col, &named.join("、")), Some(row.name(col)))
            }
            (_, Some((col, ranges))) => (self.expand(row, col, &ranges.join("、")), Some(row.name(col))),
            (None, None) => (Vec::new(), None),
        }
    }

    /// The class cell; where its head says 人数, figures in brackets are written as such.
    fn class_text(&self, row: &Row, col: u32) -> String {
        let more = self.layout.classes.iter().map(|c| row.own(*c).trim()).filter(|t| !t.is_empty() && !is_blank(t));
        let text = std::iter::once(row.text(col)).chain(more).collect::<Vec<_>>().join("、");
        let text = text.trim_start_matches('、');
        // A sign that a legend explains is no part of a name.
        let text = text.trim_end_matches(['★', '☆', '▲', '△', '※', '●', ' ']);
        if let Some((class, _)) = self.layout.place_in_class.then(|| content::class_and_place(text)).flatten() {
            return class.to_owned();
        }
        if !(self.layout.counted || self.counts_proved(row, text)) || text.contains("人)") || text.contains("人）") {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let digit = |at: Option<usize>| {
            at.and_then(|i| chars.get(i)).is_some_and(|c| width::fold(&c.to_string()).bytes().all(|b| b.is_ascii_digit()))
        };
        let mut said = String::new();
        for (at, c) in chars.iter().enumerate() {
            if matches!(c, '）' | ')') && digit(at.checked_sub(1)) {
                said.push('人');
            }
            said.push(*c);
        }
        said
    }

    /// True where the figures in brackets behind the classes make up the head count beside them: `软件2301（40）、软件2302（38）` and 78.
    fn counts_proved(&self, row: &Row, text: &str) -> bool {
        let Some(stated) = self.layout.headcount.and_then(|c| number(row.own(c))) else { return false };
        let folded = width::fold(text);
        let figures = folded.split('(').skip(1).map(|part| part.split_once(')'));
        let mut sum = 0u32;
        for part in figures {
            // What goes on behind the bracket is a name: 计算机(1)班.
            let counted = part.filter(|(_, rest)| rest.chars().next().is_none_or(|c| c.is_whitespace() || "、,;，；".contains(c)));
            let Some(count) = counted.and_then(|(figure, _)| figure.parse::<u32>().ok()) else { return false };
            sum = sum.saturating_add(count);
        }
        sum > 0 && sum == stated
    }

    pub(super) fn expand(&mut self, row: &Row, col: u32, text: &str) -> Vec<String> {
        let mut read = classes::expand(text);
        let named = read.names.len();
        self.out.holds(read.names.iter().map(String::as_str), 0);
        read.names.retain(|name| !classes::is_no_class(name));
        if read.names.len() < named {
            read.odd &= !read.names.is_empty();
            // How many they are, beside their college, is no name and no fault.
            let counted = (text.trim().ends_with("个班") || is_everybody(text)) && !self.college.is_empty();
            let args = vec![text.replace('\n', " ")];
            let finding = self.grid.finding(IntakeCode::NoClass, Severity::Warning, Some(row.number), Some(row.name(col)), args);
            self.out.findings.extend(Some(finding).filter(|_| !counted));
            // Whom it is for stays to be seen where nothing else says it.
            if read.names.is_empty() && (self.layout.college.is_none_or(|c| row.text(c).trim().is_empty())) {
                self.college = text.replace('\n', "").trim().to_owned();
            }
        }
        if read.odd {
            let args = vec![text.replace('\n', " "), read.names.join(";")];
            let finding = self.grid.finding(IntakeCode::ClassNameOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args);
            self.out.findings.push(finding);
        }
        read.names
    }
}
