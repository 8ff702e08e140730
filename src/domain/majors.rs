//! Slots that name majors or ranges of 学号 in the place of classes: which classes those are, as the lists tell. Pure.
//!
//! ```text
//! slot: 会计学              list: 专业 会计学 in 会计2101, 会计2102            → their slot
//! slot: 学号2021001-060     list: all of 会计2101 inside, half of 会计2102     → 会计2101; 会计2102 lies across
//! ```
//!
//! What is proved holds by itself, whichever came first, and anew with every list; what is only likely is proposed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::class_match::{Parts, is_one_college, short_of};
use super::intake::{IntakeCode, IntakeFinding, Severity};
use super::person::ListRow;
use super::profile::Person;
use super::schedule::ScheduleRow;
use super::width;

/// Somebody on a list, as far as it tells whose slot is whose.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    college: Option<&'a str>,
    major: Option<&'a str>,
    class: Option<&'a str>,
    student_no: Option<&'a str>,
}

impl<'a> From<&'a Person> for Listed<'a> {
    fn from(p: &'a Person) -> Self {
        Self { college: p.college.as_deref(), major: p.major.as_deref(), class: p.class.as_deref(), student_no: p.student_no.as_deref() }
    }
}

impl<'a> From<&'a ListRow> for Listed<'a> {
    fn from(r: &'a ListRow) -> Self {
        Self { college: r.college.as_deref(), major: r.major.as_deref(), class: r.class.as_deref(), student_no: r.student_no.as_deref() }
    }
}

/// What the lists tell of a name in a slot that no class bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// Place of the slot.
    pub at: usize,
    /// The name as published.
    pub name: String,
    /// Classes that are meant for certain.
    pub classes: Vec<String>,
    /// Classes of which only some people are meant.
    pub across: Vec<String>,
    /// Classes that are meant as it seems, where none is for certain.
    pub likely: Vec<String>,
}

/// A range of 学号, as it stands among the classes of a slot: `学号2021001-2021120`, `会计学学号2021001-2021120`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// What stands before it: a major, or nothing.
    pub of: String,
    /// First number.
    pub first: String,
    /// Last number, as long as the first.
    pub last: String,
}

impl Numbers {
    /// Reads one; `None` where a name is no range of numbers.
    pub fn parse(name: &str) -> Option<Self> {
        let (of, range) = name.split_once("学号")?;
        let (first, last) = range.split_once('-')?;
        let is_number = |t: &str| t.len() >= 5 && t.bytes().all(|b| b.is_ascii_alphanumeric()) && t.ends_with(|c: char| c.is_ascii_digit());
        let ranged = first.len() == last.len() && first <= last && is_number(first) && is_number(last);
        ranged.then(|| Self { of: of.to_owned(), first: first.to_owned(), last: last.to_owned() })
    }

    /// As it stands among classes.
    pub fn name(&self) -> String {
        format!("{}学号{}-{}", self.of, self.first, self.last)
    }

    fn holds(&self, number: &str) -> bool {
        let number = width::key(number);
        number.len() == self.first.len() && (self.first.as_str()..=self.last.as_str()).contains(&number.as_str())
    }
}

/// A class of the lists.
struct Class<'a> {
    key: String,
    name: &'a str,
    parts: Parts,
    majors: BTreeSet<String>,
    colleges: BTreeSet<&'a str>,
    numbers: Vec<Option<&'a str>>,
}

impl Class<'_> {
    fn is_of(&self, major: &str) -> bool {
        match self.majors.len() {
            // Where no list tells the major, the name of the class does.
            0 => self.parts.major == major,
            1 => self.majors.contains(major),
            _ => false,
        }
    }

    /// By what it may be called: its major, else the name in front of its number.
    fn label(&self) -> &str {
        match self.majors.len() {
            0 => &self.parts.major,
            1 => self.majors.first().map_or("", String::as_str),
            _ => "",
        }
    }

    fn is_in_college(&self, row: &ScheduleRow) -> bool {
        let named = row.colleges();
        named.is_empty() || self.colleges.is_empty() || self.colleges.iter().all(|own| named.iter().any(|c| is_one_college(c, own)))
    }
}

fn major_key(text: &str) -> String {
    width::key(text).replace("专业", "")
}

/// A name as a major: of which year of entry, and whether of all its people.
struct Major {
    name: String,
    cohort: Option<u32>,
    leaving: bool,
}

impl Major {
    /// `会计学`, `2021级会计学专业`, `会计学2021级`; `None` where the name has the number of a class.
    fn of(name: &str) -> Option<Self> {
        let key = width::key(name);
        let behind = key.strip_suffix('级').map(|k| (k.trim_end_matches(|c: char| c.is_ascii_digit()), k));
        if let Some((major, whole)) = behind.filter(|(major, whole)| matches!(whole.len() - major.len(), 2 | 4) && !major.is_empty()) {
            let cohort = whole.get(whole.len() - 2..)?.parse().ok();
            return Some(Self { name: major_key(major), cohort, leaving: false });
        }
        let parts = Parts::of(name);
        let plain = parts.number.is_none() && parts.major.chars().count() >= 2;
        plain.then_some(Self { name: parts.major, cohort: parts.cohort, leaving: parts.leaving })
    }

    /// True where that is the year of a class; `None` where nobody can tell.
    fn is_of_year(&self, class: &Class<'_>) -> Option<bool> {
        let Some(year) = self.cohort else { return Some(true) };
        let own = class.parts.cohort?;
        match (self.leaving, class.parts.leaving) {
            (a, b) if a == b => Some(year == own),
            // 2021届 are those of 2016级 to 2018级.
            (true, false) => (3..=5).contains(&year.checked_sub(own)?).then_some(true).or(Some(false)),
            (false, true) => (3..=5).contains(&own.checked_sub(year)?).then_some(true).or(Some(false)),
            _ => None,
        }
    }
}

/// What the lists know that names of slots may mean.
struct Known<'a> {
    /// Also majors, of people who are in no class.
    classes: Vec<Class<'a>>,
    /// Keys of classes that slots name themselves.
    named: HashSet<String>,
}

/// The names in these slots that no class bears, with what the lists tell of them; nothing where nobody is known.
pub fn find<'a>(rows: &[ScheduleRow], people: impl Iterator<Item = Listed<'a>> + Clone) -> Vec<Whose> {
    let names: HashSet<String> = rows.iter().flat_map(|r| &r.classes).map(|c| width::class_key(c)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let listed = class_keys(people.clone());
    if listed.is_empty() && people.clone().next().is_none() || names.iter().all(|name| listed.contains(name)) {
        return Vec::new();
    }
    let known = Known::of(people, names.intersection(&listed).cloned().collect());
    let mut found: Vec<Whose> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for name in row.classes.iter().filter(|name| !listed.contains(&width::class_key(name))) {
            found.push(known.whose(at, row, name));
        }
    }
    known.likely(rows, &mut found);
    // One class that is the only one of its name is a class written in another way, and proposed as such.
    let alone = |w: &Whose| matches!(w.likely.as_slice(), [one] if matches!(Parts::of(one).number, None | Some(1)));
    found.iter_mut().filter(|w| alone(w)).for_each(|w| w.likely.clear());
    found
}

fn class_keys<'a>(people: impl Iterator<Item = Listed<'a>>) -> HashSet<String> {
    let mut keys = HashSet::new();
    // Neighbours in a list are of one class, as a rule.
    let mut last = None;
    for class in people.filter_map(|p| p.class) {
        if last.replace(class) != Some(class) {
            keys.insert(width::class_key(class));
        }
    }
    keys
}

/// Names the classes that are meant for certain in the place of what was published.
pub fn put_in(rows: &mut [ScheduleRow], found: &[Whose]) {
    for whose in found.iter().filter(|w| !w.classes.is_empty()) {
        let Some(row) = rows.get_mut(whose.at) else { continue };
        let Some(at) = row.classes.iter().position(|c| *c == whose.name) else { continue };
        let others: HashSet<String> = row.classes.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, c)| width::class_key(c)).collect();
        let fresh = whose.classes.iter().filter(|c| !others.contains(&width::class_key(c))).cloned();
        row.classes.splice(at..=at, fresh);
    }
}

/// What is to be said of them. Arguments of `major_for_class`, in order: what the lists tell (`classes` these are meant, `across` of these
/// only a part is, `likely` these are meant as it seems, `range` no class lies in these numbers), the name as published, classes. A class that
/// two names mean is `same_class_twice`.
pub fn told(rows: &[ScheduleRow], found: &[Whose]) -> Vec<IntakeFinding> {
    let mut findings = Vec::new();
    let finding = |code, severity, at: usize, args: Vec<String>| {
        let (sheet, row) = rows.get(at).map(|r| (r.sheet.clone(), r.row)).unzip();
        IntakeFinding { code, severity, sheet: sheet.unwrap_or_default(), cell: None, row, others: Vec::new(), args }
    };
    let mut said: HashSet<(&str, &[String], &[String])> = HashSet::new();
    let mut meant: BTreeMap<String, (&str, BTreeMap<&str, usize>)> = BTreeMap::new();
    for whose in found {
        for class in &whose.classes {
            let by = &mut meant.entry(width::class_key(class)).or_insert((class, BTreeMap::new())).1;
            by.entry(&whose.name).or_insert(whose.at);
        }
        if !said.insert((&whose.name, &whose.classes, &whose.across)) {
            continue;
        }
        let of = |why: &str, severity, classes: &[String]| {
            let args = [why, &whose.name].into_iter().map(str::to_owned).chain(classes.iter().cloned()).collect();
            finding(IntakeCode::MajorForClass, severity, whose.at, args)
        };
        let parts = [
            ("classes", Severity::Info, &whose.classes),
            ("across", Severity::Warning, &whose.across),
            ("likely", Severity::Warning, &whose.likely),
        ];
        findings.extend(parts.into_iter().filter(|(.., classes)| !classes.is_empty()).map(|(why, severity, all)| of(why, severity, all)));
        let nobodys = whose.classes.is_empty() && whose.across.is_empty() && Numbers::parse(&whose.name).is_some();
        findings.extend(nobodys.then(|| of("range", Severity::Warning, &[])));
    }
    for (class, by) in meant.values().filter(|(_, by)| by.len() > 1) {
        let mut places = by.values().copied();
        let Some(first) = places.next() else { continue };
        let others = places.filter_map(|at| rows.get(at)).map(|r| r.row.to_string()).collect();
        let twice = finding(IntakeCode::SameClassTwice, Severity::Warning, first, vec![(*class).to_owned()]);
        findings.push(IntakeFinding { others, ..twice });
    }
    findings
}

impl<'a> Known<'a> {
    fn of(people: impl Iterator<Item = Listed<'a>>, named: HashSet<String>) -> Self {
        let mut known = Self { classes: Vec::new(), named };
        let mut places: HashMap<String, usize> = HashMap::new();
        let (mut last, mut at): (Option<&str>, usize) = (None, 0);
        for person in people {
            let Some(name) = person.class.or(person.major) else { continue };
            if last.replace(name) != Some(name) {
                let key = width::class_key(name);
                at = *places.entry(key.clone()).or_insert_with(|| {
                    let parts = Parts::of(name);
                    let class = Class { key, name, parts, majors: BTreeSet::new(), colleges: BTreeSet::new(), numbers: Vec::new() };
                    known.classes.push(class);
                    known.classes.len() - 1
                });
            }
            let Some(class) = known.classes.get_mut(at) else { continue };
            class.majors.extend(person.major.filter(|m| !m.is_empty()).map(major_key));
            class.colleges.extend(person.college.filter(|c| !c.is_empty()));
            class.numbers.push(person.student_no);
        }
        known
    }

    fn whose(&self, at: usize, row: &ScheduleRow, name: &str) -> Whose {
        let mut whose = Whose { at, name: name.to_owned(), classes: Vec::new(), across: Vec::new(), likely: Vec::new() };
        let free = || self.classes.iter().filter(|c| !self.named.contains(&c.key));
        if let Some(numbers) = Numbers::parse(name) {
            let of = major_key(&numbers.of);
            let meant = |c: &&Class<'_>| of.is_empty() || c.is_of(&of) || may_be(&of, c.label());
            for class in free().filter(meant).filter(|c| c.is_in_college(row)) {
                let inside = class.numbers.iter().filter(|n| n.is_some_and(|n| numbers.holds(n))).count();
                match inside {
                    0 => {}
                    all if all == class.numbers.len() => whose.classes.push(class.name.to_owned()),
                    _ => whose.across.push(class.name.to_owned()),
                }
            }
            return whose;
        }
        let Some(major) = Major::of(name) else { return whose };
        let of_major: Vec<&Class<'_>> = free().filter(|c| c.is_of(&major.name) && c.is_in_college(row)).collect();
        let colleges: BTreeSet<&str> = of_major.iter().flat_map(|c| c.colleges.iter().copied()).collect();
        let one_house = colleges.len() <= 1 || !row.colleges().is_empty();
        let years: Vec<Option<bool>> = of_major.iter().map(|c| major.is_of_year(c)).collect();
        // `电商17` may be one class: only 2017级 says that all are meant.
        let whole = major.cohort.is_none() || name.contains(['级', '届']);
        let of_year = || of_major.iter().zip(&years).filter(|(_, year)| **year != Some(false)).map(|(c, _)| c.name.to_owned());
        match one_house && whole && years.iter().all(Option::is_some) {
            true => whose.classes = of_year().collect(),
            false => whose.likely = of_year().collect(),
        }
        let mixed = free().filter(|c| c.majors.len() > 1 && c.majors.contains(&major.name) && c.is_in_college(row));
        whose.across = mixed.filter(|c| major.is_of_year(c) != Some(false)).map(|c| c.name.to_owned()).collect();
        whose
    }

    // Of names that mean nothing for certain: the classes whose major, or whose own name, may be written in another way there. None is
    // proposed for two names, and none where the name may mean two majors.
    fn likely(&self, rows: &[ScheduleRow], found: &mut [Whose]) {
        let certain: HashSet<String> = found.iter().flat_map(|w| &w.classes).map(|c| width::class_key(c)).collect();
        let is_certain = |found: &[Whose], name: &str| found.iter().any(|w| w.name == name && !w.classes.is_empty());
        let mut claims: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for n in 0..found.len() {
            let (Some(whose), Some(row)) = (found.get(n), found.get(n).and_then(|w| rows.get(w.at))) else { continue };
            let open = whose.classes.is_empty() && whose.across.is_empty() && whose.likely.is_empty() && !is_certain(found, &whose.name);
            if open && let Some(major) = Major::of(&whose.name).filter(|_| Numbers::parse(&whose.name).is_none()) {
                let fits = |c: &&Class<'_>| {
                    !self.named.contains(&c.key)
                        && !certain.contains(&c.key)
                        && may_be(&major.name, c.label())
                        && major.is_of_year(c) != Some(false)
                        && c.is_in_college(row)
                };
                let fitting: Vec<&Class<'_>> = self.classes.iter().filter(fits).collect();
                let labels: BTreeSet<&str> = fitting.iter().map(|c| c.label()).collect();
                let likely: Vec<String> = if labels.len() == 1 { fitting.iter().map(|c| c.name.to_owned()).collect() } else { Vec::new() };
                if let Some(whose) = found.get_mut(n) {
                    whose.likely = likely;
                }
            }
        }
        for whose in found.iter() {
            for class in &whose.likely {
                claims.entry(class.clone()).or_default().insert(width::class_key(&whose.name));
            }
        }
        let twice = |class: &String| claims.get(class).is_some_and(|names| names.len() > 1);
        for whose in found.iter_mut().filter(|w| w.likely.iter().any(twice)) {
            whose.likely.clear();
        }
    }
}

/// 会计 is short for 会计学, and 会计学(师范) a longer name of it.
fn may_be(major: &str, label: &str) -> bool {
    !label.is_empty() && (major == label || short_of(major, label) || short_of(label, major))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(college: &str, classes: &[&str]) -> ScheduleRow {
        let time = |hour| chrono::NaiveTime::MIN + chrono::TimeDelta::hours(hour);
        ScheduleRow {
            room: "甲".to_owned(),
            series: None,
            date: None,
            start: time(8),
            end: time(9),
            college: college.to_owned(),
            classes: classes.iter().map(|c| (*c).to_owned()).collect(),
            headcount: None,
            sheet: String::new(),
            row: 1,
        }
    }

    /// (学号, 学院, 专业, 班级), empty for nothing.
    type Row = (&'static str, &'static str, &'static str, &'static str);

    fn told(slots: &[ScheduleRow], people: &[Row]) -> Vec<String> {
        fn some(text: &'static str) -> Option<&'static str> {
            Some(text).filter(|t| !t.is_empty())
        }
        let listed = people.iter().map(|(no, college, major, class)| Listed {
            college: some(college),
            major: some(major),
            class: some(class),
            student_no: some(no),
        });
        let shown = |w: Whose| {
            let part = |sign: &str, of: &[String]| if of.is_empty() { String::new() } else { format!(" {sign} {}", of.join("、")) };
            format!("{}{}{}{}", w.name, part("=", &w.classes), part("|", &w.across), part("?", &w.likely))
        };
        find(slots, listed).into_iter().map(shown).collect()
    }

    const LIST: [Row; 5] = [
        ("2101001", "商学院", "会计学", "会计2101"),
        ("2101002", "商学院", "会计学", "会计2101"),
        ("2102001", "商学院", "会计学", "会计2102"),
        ("2103001", "商学院", "财务管理", "财管2101"),
        ("2001001", "商学院", "会计学", "会计2001"),
    ];

    #[test]
    fn a_major_that_the_lists_know_means_its_classes() {
        assert_eq!(told(&[slot("", &["会计学专业"])], &LIST), ["会计学专业 = 会计2101、会计2102、会计2001"]);
        assert_eq!(told(&[slot("商学院", &["2021级会计学"])], &LIST), ["2021级会计学 = 会计2101、会计2102"]);
        assert_eq!(told(&[slot("商学院", &["会计学21级", "财务管理"])], &LIST), ["会计学21级 = 会计2101、会计2102", "财务管理 = 财管2101"]);
        assert_eq!(told(&[slot("", &["会计2101", "会计2102"])], &LIST), Vec::<String>::new(), "classes are classes");
        assert_eq!(
            told(&[slot("", &["会计学", "会计2102"])], &LIST),
            ["会计学 = 会计2101、会计2001"],
            "a class of its own slot has that one"
        );
        assert_eq!(told(&[slot("软件学院", &["会计学"])], &LIST), ["会计学"], "another college's people");
        assert_eq!(told(&[slot("", &["会计学"])], &[]), Vec::<String>::new());
    }

    #[test]
    fn a_major_of_two_colleges_is_that_of_the_slots_college_and_else_only_likely() {
        let two = [LIST[0], ("1", "继续教育学院", "会计学", "会计专2101")];
        assert_eq!(told(&[slot("商学院", &["会计学"])], &two), ["会计学 = 会计2101"]);
        assert_eq!(told(&[slot("", &["会计学"])], &two), ["会计学 ? 会计2101、会计专2101"]);
    }

    #[test]
    fn a_class_of_several_majors_lies_across_and_is_nobodys() {
        let mixed = [LIST[0], ("2101003", "商学院", "财务管理", "会计2101"), LIST[2]];
        assert_eq!(told(&[slot("", &["会计学"])], &mixed), ["会计学 = 会计2102 | 会计2101"]);
    }

    #[test]
    fn without_majors_on_the_lists_the_name_before_the_number_proves_or_proposes() {
        let bare = [("1", "", "", "会计学2101"), ("2", "", "", "会计学2102"), ("3", "", "", "软件2101"), ("4", "", "", "软件2102")];
        assert_eq!(
            told(&[slot("", &["会计学"]), slot("", &["软件工程"])], &bare),
            ["会计学 = 会计学2101、会计学2102", "软件工程 ? 软件2101、软件2102"]
        );
        assert_eq!(told(&[slot("", &["软件工程", "软件技术"])], &bare), ["软件工程", "软件技术"], "two majors that it may be");
        let cohort = [("1", "", "", "电商171"), ("2", "", "", "电商172")];
        assert_eq!(told(&[slot("", &["电商17"])], &cohort), ["电商17 ? 电商171、电商172"]);
        assert_eq!(told(&[slot("", &["17级电商"])], &cohort), ["17级电商 = 电商171、电商172"]);
        assert_eq!(told(&[slot("", &["电商17"])], &cohort[..1]), ["电商17"], "one class in another writing");
    }

    #[test]
    fn a_range_of_numbers_means_the_classes_that_lie_in_it_wholly() {
        let slots = [slot("", &["学号2101001-2102999"]), slot("", &["学号2103001-2103050"]), slot("", &["学号2101001-2101001"])];
        let found = told(&slots, &LIST);
        assert_eq!(found, ["学号2101001-2102999 = 会计2101、会计2102", "学号2103001-2103050 = 财管2101", "学号2101001-2101001 | 会计2101"]);
        assert_eq!(told(&[slot("", &["会计学学号2101001-2103999"])], &LIST), ["会计学学号2101001-2103999 = 会计2101、会计2102"]);
        assert_eq!(told(&[slot("", &["学号101001-103050"])], &LIST), ["学号101001-103050"], "other numbers");
        assert_eq!(Numbers::parse("学号2103050-2103001"), None);
    }

    #[test]
    fn people_without_a_class_are_called_by_their_major() {
        let mixed = [LIST[0], ("9", "商学院", "会计学", "")];
        assert_eq!(told(&[slot("", &["会计学专业"])], &mixed), ["会计学专业 = 会计2101、会计学"]);
        let mut rows = [slot("", &["会计学", "会计2101"])];
        put_in(
            &mut rows,
            &[Whose {
                at: 0, name: "会计学".into(), classes: vec!["会计2101".into(), "会计2102".into()], across: vec![], likely: vec![]
            }],
        );
        assert_eq!(rows[0].classes, ["会计2102", "会计2101"]);
    }
}
