//! Whether lists and schedule speak of the same classes and colleges, and of as many people. Pure.
//!
//! Arguments of the findings, in order:
//!
//! | code | args |
//! |---|---|
//! | `class_not_in_schedule` | class, how many people, scheduled class that it may be, where one |
//! | `class_without_roster` | class, listed class that it may be, where one |
//! | `college_without_roster` | college, listed college that it may be, where one |
//! | both of them, for several | names, and how many they are where not all are named |
//! | `nothing_agrees` | `class` or `college`, how many are scheduled, one of them, how many are listed, one of them |
//! | `headcount_differs` | room, start, published figure, people in its classes |

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::class_match;
use super::day::Day;
use super::intake::{IntakeCode, IntakeFinding, Severity};
use super::person::{ClassList, ListRow};
use super::plan;
use super::repair::clock;
use super::schedule::ScheduleRow;
use super::width;

/// Most classes or colleges without a list that one finding names.
const NAMED_MAX: usize = 6;

/// Everybody who is on a list, as one list.
pub fn everybody(day: &Day) -> ClassList {
    let rows = day.roster().people().filter(|p| p.listed).map(|p| p.as_row()).collect();
    ClassList { source: String::new(), hash: String::new(), sheet: String::new(), rows }
}

/// Those of whom the lists do not speak, by 学号 and document: what is said of the others is said anew.
pub fn others(known: &[ListRow], lists: &[ClassList]) -> Vec<ListRow> {
    if known.is_empty() {
        return Vec::new();
    }
    let keys = |row: &ListRow| [&row.student_no, &row.id_no].into_iter().flatten().map(|key| width::key(key)).collect::<Vec<_>>();
    let spoken: HashSet<String> = lists.iter().flat_map(|l| &l.rows).flat_map(keys).collect();
    known.iter().filter(|row| !keys(row).iter().any(|key| spoken.contains(key))).cloned().collect()
}

/// Compares class lists, and people known `beside` them, with the schedule: classes that no slot names, classes and colleges of which
/// nobody is known, and slots whose head count is not that of their classes.
///
/// One list is seldom the whole school's, and one schedule neither: a class is only missed where some of its college agree, or where the
/// other side has one that it may be.
pub fn findings(lists: &[ClassList], beside: &[ListRow], slots: &[ScheduleRow]) -> Vec<IntakeFinding> {
    let sides = Sides::of(lists, beside, slots);
    let mut findings = sides.classes(lists);
    findings.extend(sides.colleges());
    findings.extend(headcounts(slots, &|slot, class| sides.count(slot, class)));
    findings
}

/// A scheduled class or college and the place of the slot that names it first.
type Named<'a> = (usize, &'a str);

/// What both sides name.
struct Sides<'a> {
    slots: &'a [ScheduleRow],
    /// Scheduled classes, each once.
    scheduled: HashSet<String>,
    /// Listed classes: how many people.
    people: HashMap<String, u32>,
    /// The same by class and college.
    of_college: HashMap<(String, String), u32>,
    /// Listed colleges as written.
    colleges: BTreeMap<String, &'a str>,
    /// Classes and colleges of the lists themselves, without what is known beside them: how much of the school they are.
    own: HashSet<String>,
}

impl<'a> Sides<'a> {
    fn of(lists: &'a [ClassList], beside: &'a [ListRow], slots: &'a [ScheduleRow]) -> Self {
        let scheduled = slots.iter().flat_map(|s| s.classes.iter().map(|c| width::class_key(c))).collect();
        let mut sides =
            Self { slots, scheduled, people: HashMap::new(), of_college: HashMap::new(), colleges: BTreeMap::new(), own: HashSet::new() };
        sides.add(lists.iter().flat_map(|l| &l.rows));
        sides.own = sides.people.keys().chain(sides.colleges.keys()).cloned().collect();
        sides.add(beside);
        sides
    }

    fn add(&mut self, rows: impl IntoIterator<Item = &'a ListRow>) {
        // Neighbours in a list are of one class, as a rule.
        let mut last: (Option<&str>, String) = (None, String::new());
        let mut written: HashSet<&str> = HashSet::new();
        let mut run: (Option<(&str, &str)>, u32) = (None, 0);
        let ended = |run: (Option<(&str, &str)>, u32), of: &mut HashMap<(String, String), u32>| {
            if let (Some((class, college)), count) = run {
                *of.entry((width::class_key(class), width::key(college))).or_default() += count;
            }
        };
        for row in rows {
            let place = row.unit().map(|c| &**c).zip(row.college.as_deref());
            if run.0 != place {
                ended(std::mem::replace(&mut run, (place, 0)), &mut self.of_college);
            }
            run.1 += 1;
            if let Some(class) = row.unit().map(|t| &**t) {
                if last.0 != Some(class) {
                    last = (Some(class), width::class_key(class));
                }
                match self.people.get_mut(&last.1) {
                    Some(count) => *count += 1,
                    None => drop(self.people.insert(last.1.clone(), 1)),
                }
            }
            if let Some(college) = row.college.as_deref().filter(|c| !c.is_empty() && written.insert(c)) {
                self.colleges.entry(width::key(college)).or_insert(college);
            }
        }
        ended(run, &mut self.of_college);
    }

    /// People of a class, of the slot's college where several have one of that name.
    fn count(&self, slot: &ScheduleRow, class: &str) -> Option<u32> {
        let all = self.people.get(class).copied()?;
        let colleges: Vec<String> = slot.colleges().into_iter().map(width::key).collect();
        let own: u32 = colleges.iter().filter_map(|c| self.of_college.get(&(class.to_owned(), c.clone()))).sum();
        Some(if own > 0 { own } else { all })
    }

    fn classes(&self, lists: &[ClassList]) -> Vec<IntakeFinding> {
        let mut unscheduled = self.unscheduled(lists);
        let missing = self.missing_by_college();
        // A slot for one class that is half as large again, or smaller, is another one's.
        let stated: HashMap<&str, u32> = self
            .slots
            .iter()
            .filter_map(|s| if let ([one], Some(count)) = (s.classes.as_slice(), s.headcount) { Some((one.as_str(), count)) } else { None })
            .collect();
        let paired = pair(&mut unscheduled, missing.values().flat_map(|side| side.missing.iter().map(|(_, class)| *class)), &stated);
        // Of a list that shares nothing with the schedule only what may be a scheduled class by another name is told.
        let told = |class: &Unscheduled| !(class.strange || class.rest) || class.finding.args.len() > 2;
        let mut findings: Vec<IntakeFinding> = unscheduled.into_iter().filter(told).map(|class| class.finding).collect();
        for side in missing.values() {
            let whole = side.present >= 2 && side.present as usize >= side.missing.len();
            // Too many to be forgotten ones, and said all the same.
            let others: Vec<Named<'_>> = side.missing.iter().filter(|(_, class)| !whole && !paired.contains_key(*class)).copied().collect();
            findings.extend(self.several(IntakeCode::ClassWithoutRoster, &others).filter(|_| side.present > 0));
            for (at, class) in side.missing.iter().filter(|(_, class)| whole || paired.contains_key(*class)) {
                let args = std::iter::once((*class).to_owned()).chain(paired.get(*class).cloned()).collect();
                findings.push(self.of_slot(IntakeCode::ClassWithoutRoster, Severity::Warning, *at, args));
            }
        }
        let none = paired.is_empty() && !self.scheduled.iter().any(|class| self.people.contains_key(class));
        findings.extend(none.then(|| self.no_class_agrees(lists)).flatten());
        findings
    }

    /// Listed classes that no slot names, each once.
    fn unscheduled(&self, lists: &[ClassList]) -> Vec<Unscheduled> {
        let colleges: HashSet<String> = self.slots.iter().filter(|s| !s.classes.is_empty()).map(|s| width::key(&s.college)).collect();
        let whole = self.slots.iter().filter(|s| s.classes.is_empty());
        let whole: HashSet<String> = whole.flat_map(|s| s.colleges()).map(width::key).collect();
        let mut found = Vec::new();
        let mut said: HashSet<String> = HashSet::new();
        for list in lists {
            let of_row = |row: &ListRow| row.unit().map(|class| width::class_key(class));
            let college = |row: &ListRow| row.college.as_deref().map(width::key);
            // A college is in the schedule if one of its classes is; a list without colleges counts as one.
            let agrees = |row: &&ListRow| {
                of_row(row).is_some_and(|k| self.scheduled.contains(&k)) || college(row).is_some_and(|c| colleges.contains(&c))
            };
            let known: HashSet<Option<String>> = list.rows.iter().filter(agrees).map(college).collect();
            for row in &list.rows {
                let (Some(class), Some(key)) = (row.unit(), of_row(row)) else { continue };
                let concerned = known.is_empty() || known.contains(&college(row)) || row.college.is_none();
                if self.scheduled.contains(&key) || !concerned || !said.insert(key.clone()) {
                    continue;
                }
                let count = self.people.get(&key).copied().unwrap_or(0);
                let finding = IntakeFinding {
                    code: IntakeCode::ClassNotInSchedule,
                    severity: Severity::Warning,
                    sheet: list.sheet.clone(),
                    cell: None,
                    row: Some(row.row),
                    others: Vec::new(),
                    args: vec![class.to_string(), count.to_string()],
                };
                let rest = college(row).is_some_and(|c| whole.contains(&c));
                found.push(Unscheduled { finding, strange: known.is_empty(), rest });
            }
        }
        found
    }

    /// Of each college of the schedule: how many of its classes these lists have, and those that nobody has.
    fn missing_by_college(&self) -> BTreeMap<String, Side<'a>> {
        let mut colleges: BTreeMap<String, Side<'a>> = BTreeMap::new();
        let mut seen: HashSet<String> = HashSet::new();
        for (at, slot) in self.slots.iter().enumerate() {
            for class in &slot.classes {
                let key = width::class_key(class);
                if !seen.insert(key.clone()) {
                    continue;
                }
                let side = colleges.entry(width::key(&slot.college)).or_default();
                match self.people.contains_key(&key) {
                    true => side.present += u32::from(self.own.contains(&key)),
                    false => side.missing.push((at, class)),
                }
            }
        }
        colleges
    }

    /// Not one class is on both sides: another part of the school's, or all of them written in another way.
    fn no_class_agrees(&self, lists: &[ClassList]) -> Option<IntakeFinding> {
        let scheduled = self.slots.iter().enumerate().find_map(|(at, s)| Some((at, s.classes.first()?.as_str())))?;
        let listed = lists.iter().flat_map(|l| &l.rows).find_map(|r| r.unit().map(|t| &**t))?;
        let colleges: BTreeSet<String> = self.slots.iter().map(|s| width::key(&s.college)).filter(|c| !c.is_empty()).collect();
        let apart = !colleges.is_empty() && !self.colleges.is_empty() && !colleges.iter().any(|c| self.colleges.contains_key(c));
        let severity = if apart { Severity::Info } else { Severity::Warning };
        Some(self.nothing_agrees(severity, "class", scheduled, self.scheduled.len(), listed, self.people.len()))
    }

    /// Slots that are for whole colleges, of which nobody is known.
    fn colleges(&self) -> Vec<IntakeFinding> {
        let mut named: BTreeMap<String, Named<'a>> = BTreeMap::new();
        for (at, slot) in self.slots.iter().enumerate().filter(|(_, s)| s.classes.is_empty()) {
            // What reads like two may be the name of one.
            let whole = self.colleges.contains_key(&width::key(&slot.college));
            for college in if whole { vec![slot.college.as_str()] } else { slot.colleges() } {
                named.entry(width::key(college)).or_insert((at, college));
            }
        }
        let missing: Vec<Named<'a>> = named.iter().filter(|(key, _)| !self.colleges.contains_key(*key)).map(|(_, named)| *named).collect();
        let Some(first) = missing.iter().min().copied().filter(|_| !self.colleges.is_empty()) else { return Vec::new() };
        let free: Vec<&str> = self.colleges.iter().filter(|(key, _)| !named.contains_key(*key)).map(|(_, college)| *college).collect();
        let names: Vec<&str> = missing.iter().map(|(_, college)| *college).collect();
        let proposals = class_match::proposed_colleges(&names, &free);
        let present = named.keys().filter(|key| self.own.contains(*key)).count();
        // Beside slots that name classes one for 机动 or 研究生 is no schedule by colleges.
        let by_colleges = self.slots.iter().all(|s| s.classes.is_empty());
        if named.len() == missing.len() && by_colleges && proposals.iter().all(Option::is_none) {
            let listed = self.colleges.values().next().copied().unwrap_or_default();
            return vec![self.nothing_agrees(Severity::Warning, "college", first, named.len(), listed, self.colleges.len())];
        }
        let whole = present >= 2 && present >= missing.len();
        let told = missing.iter().zip(proposals).filter(|(_, proposal)| whole || proposal.is_some());
        let finding = |((at, college), proposal): (&Named<'a>, Option<&str>)| {
            let args = std::iter::once((*college).to_owned()).chain(proposal.map(str::to_owned)).collect();
            self.of_slot(IntakeCode::CollegeWithoutRoster, Severity::Warning, *at, args)
        };
        let mut findings: Vec<IntakeFinding> = told.map(finding).collect();
        let others: Vec<Named<'_>> =
            missing.iter().filter(|(_, college)| !whole && findings.iter().all(|f| f.args[0] != *college)).copied().collect();
        findings.extend(self.several(IntakeCode::CollegeWithoutRoster, &others).filter(|_| present > 0));
        findings
    }

    /// Names that no list has, told in one: the lists of most are still to come, or they are written in another way.
    fn several(&self, code: IntakeCode, names: &[Named<'_>]) -> Option<IntakeFinding> {
        let mut names = names.to_vec();
        names.sort_unstable();
        let (first, _) = names.first()?;
        let shown = names.iter().take(NAMED_MAX).map(|(_, name)| *name).collect::<Vec<_>>().join("、");
        let all = if names.len() > NAMED_MAX { format!("{shown}…（{}）", names.len()) } else { shown };
        Some(self.of_slot(code, Severity::Info, *first, vec![all]))
    }

    fn nothing_agrees(&self, severity: Severity, what: &str, of: Named<'_>, scheduled: usize, listed: &str, lists: usize) -> IntakeFinding {
        let args = vec![what.to_owned(), scheduled.to_string(), of.1.to_owned(), lists.to_string(), listed.to_owned()];
        self.of_slot(IntakeCode::NothingAgrees, severity, of.0, args)
    }

    fn of_slot(&self, code: IntakeCode, severity: Severity, at: usize, args: Vec<String>) -> IntakeFinding {
        let (sheet, row) = self.slots.get(at).map(|slot| (slot.sheet.clone(), slot.row)).unzip();
        IntakeFinding { code, severity, sheet: sheet.unwrap_or_default(), cell: None, row, others: Vec::new(), args }
    }
}

/// A listed class that no slot names.
struct Unscheduled {
    finding: IntakeFinding,
    /// Its list shares neither class nor college with the schedule.
    strange: bool,
    /// Its college has a slot of its own, for those of its classes that have none.
    rest: bool,
}

/// Of a college: how many scheduled classes these lists have, and those that nobody has, by slot.
#[derive(Default)]
struct Side<'a> {
    present: u32,
    missing: Vec<Named<'a>>,
}

/// Names with each unscheduled class the scheduled one that it may be; the listed class by the scheduled one.
fn pair<'a>(
    unscheduled: &mut [Unscheduled],
    missing: impl Iterator<Item = &'a str>,
    stated: &HashMap<&str, u32>,
) -> HashMap<&'a str, String> {
    let among: Vec<&str> = missing.collect();
    let names: Vec<String> = unscheduled.iter().filter_map(|class| class.finding.args.first().cloned()).collect();
    let proposals = class_match::proposed(&names.iter().map(String::as_str).collect::<Vec<_>>(), &among);
    let mut paired = HashMap::new();
    for ((class, name), proposal) in unscheduled.iter_mut().zip(names).zip(proposals) {
        let people: u32 = class.finding.args.get(1).and_then(|n| n.parse().ok()).unwrap_or(0);
        let fits = |scheduled: &&str| stated.get(scheduled).is_none_or(|n| n.abs_diff(people) * 2 <= people.max(2));
        if let Some(scheduled) = proposal.filter(fits) {
            class.finding.args.push(scheduled.to_owned());
            paired.insert(scheduled, name);
        }
    }
    paired
}

/// Slots whose head count is not that of the people on the lists.
pub fn heads(day: &Day, slots: &[ScheduleRow]) -> Vec<IntakeFinding> {
    let count = |slot: &ScheduleRow, class: &str| {
        let people = day.roster().class(&plan::of_slot(day.roster(), slot, class.to_owned())).len();
        Some(people as u32).filter(|n| *n > 0)
    };
    headcounts(slots, &count)
}

fn headcounts(slots: &[ScheduleRow], people: &dyn Fn(&ScheduleRow, &str) -> Option<u32>) -> Vec<IntakeFinding> {
    // A class with two slots, or a row with two windows, has its people in either: nothing can be compared.
    let mut times: HashMap<String, u32> = HashMap::new();
    for class in slots.iter().flat_map(|s| &s.classes) {
        *times.entry(width::class_key(class)).or_default() += 1;
    }
    let differing = slots.iter().filter_map(|slot| {
        let stated = slot.headcount.filter(|_| !slot.classes.is_empty())?;
        let keys: Vec<String> = slot.classes.iter().map(|c| width::class_key(c)).collect();
        if keys.iter().any(|k| times.get(k) != Some(&1)) {
            return None;
        }
        let count = keys.iter().map(|k| people(slot, k)).sum::<Option<u32>>()?;
        (count != stated).then(|| IntakeFinding {
            code: IntakeCode::HeadcountDiffers,
            severity: Severity::Warning,
            sheet: slot.sheet.clone(),
            cell: None,
            row: Some(slot.row),
            others: slot.classes.clone(),
            args: vec![slot.room.clone(), clock(slot.start), stated.to_string(), count.to_string()],
        })
    });
    differing.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(row: u32, college: &str, classes: &[&str]) -> ScheduleRow {
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
            row,
        }
    }

    fn list(rows: &[(&str, &str)]) -> ClassList {
        let row = |(n, (college, class)): (u32, &(&str, &str))| ListRow {
            row: n,
            class: Some((*class).into()).filter(|_| !class.is_empty()),
            college: Some((*college).into()).filter(|_| !college.is_empty()),
            ..ListRow::default()
        };
        ClassList { source: String::new(), hash: String::new(), sheet: String::new(), rows: (2..).zip(rows).map(row).collect() }
    }

    fn said(list: &ClassList, slots: &[ScheduleRow]) -> Vec<(IntakeCode, String)> {
        findings(std::slice::from_ref(list), &[], slots).into_iter().map(|f| (f.code, f.args.join(" "))).collect()
    }

    #[test]
    fn a_class_of_two_colleges_is_counted_in_the_one_that_the_slot_means_also_by_its_short_name() {
        let listed = list(&[("经济管理学院", "会计2201"), ("经济管理学院", "会计2201"), ("法学院", "会计2201")]);
        let event = crate::domain::event::Event::whole(0, crate::domain::event::Whole::List { list: listed.into() });
        let id = crate::domain::ids::EntryId { station: crate::domain::ids::StationId(1), seq: 1 };
        let day = Day::replay([crate::domain::event::Entry { id, cmd: 1, tick: 1, at: 0, event }]);
        let slot = |college: &str| ScheduleRow { headcount: Some(2), ..slot(1, college, &["会计2201"]) };
        let said = |college: &str| heads(&day, &[slot(college)]).iter().map(|f| f.args[3].clone()).collect::<Vec<_>>();
        assert_eq!(said("经济管理学院"), [""; 0]);
        assert_eq!(said("经管学院"), [""; 0], "as the slot itself finds its people");
        assert_eq!(said("法学院"), ["1"]);
        assert_eq!(said(""), ["3"], "nobody is meant but all");
    }

    #[test]
    fn a_listed_class_and_a_scheduled_one_that_may_be_one_are_named_together() {
        let slots = [slot(1, "商学院", &["电子商务171", "国贸171"]), slot(2, "商学院", &["国贸172"])];
        let found = said(&list(&[("商学院", "电商171"), ("商学院", "国贸171班"), ("商学院", "国贸172")]), &slots);
        assert!(found.contains(&(IntakeCode::ClassNotInSchedule, "电商171 1 电子商务171".to_owned())), "{found:?}");
        assert!(found.contains(&(IntakeCode::ClassWithoutRoster, "电子商务171 电商171".to_owned())), "{found:?}");
    }

    #[test]
    fn where_every_class_is_written_in_another_way_each_is_named_all_the_same() {
        let slots = [slot(1, "", &["22软件工程1班"]), slot(2, "", &["22软件工程2班"])];
        let found = said(&list(&[("", "软件工程2201班"), ("", "软件工程2202班")]), &slots);
        assert_eq!(found.iter().filter(|(code, _)| *code == IntakeCode::ClassNotInSchedule).count(), 2, "{found:?}");
        assert!(found.contains(&(IntakeCode::ClassWithoutRoster, "22软件工程1班 软件工程2201班".to_owned())), "{found:?}");
    }

    #[test]
    fn where_no_class_agrees_and_none_may_be_another_it_is_said_once() {
        let found = said(&list(&[("", "软件2201"), ("", "软件2202")]), &[slot(1, "", &["土木2201", "土木2202", "护理2201"])]);
        assert_eq!(found, [(IntakeCode::NothingAgrees, "class 3 土木2201 2 软件2201".to_owned())]);
        let severity = |list: &ClassList| findings(std::slice::from_ref(list), &[], &[slot(1, "医学院", &["护理2201"])])[0].severity;
        assert_eq!(severity(&list(&[("商学院", "会计2201")])), Severity::Info, "another college's schedule");
        assert_eq!(severity(&list(&[("", "会计2201")])), Severity::Warning);
    }

    #[test]
    fn colleges_and_classes_without_a_list_are_told_in_one_however_many_they_are() {
        let listed = list(&[("商学院", "会计2201"), ("法学院", "法学2201")]);
        let colleges = ["商学院", "法学院", "文学院", "理学院", "工学院", "农学院", "医学院", "药学院", "体育学院", "音乐学院"];
        let slots: Vec<ScheduleRow> = (1..).zip(colleges).map(|(row, college)| slot(row, college, &[])).collect();
        let told = "文学院、理学院、工学院、农学院、医学院、药学院…（8）".to_owned();
        assert_eq!(said(&listed, &slots), [(IntakeCode::CollegeWithoutRoster, told)]);
        let classes = [slot(1, "商学院", &["会计2201", "会计2203"])];
        assert_eq!(said(&listed, &classes), [(IntakeCode::ClassWithoutRoster, "会计2203".to_owned())]);
    }

    #[test]
    fn a_slot_for_a_college_that_the_list_writes_in_another_way_names_it() {
        let listed = list(&[("信息工程学院", "软件2201"), ("经济管理学院", "会计2201"), ("外国语学院", "英语2201")]);
        let slots = [slot(1, "信息学院、外国语学院", &[]), slot(2, "经管学院", &[])];
        assert_eq!(
            said(&listed, &slots),
            [
                (IntakeCode::CollegeWithoutRoster, "信息学院 信息工程学院".to_owned()),
                (IntakeCode::CollegeWithoutRoster, "经管学院 经济管理学院".to_owned()),
            ]
        );
        let later = findings(std::slice::from_ref(&listed), &[], &[slot(1, "外国语学院", &[]), slot(2, "体育学院", &[])]);
        let told: Vec<(IntakeCode, Severity)> = later.iter().map(|f| (f.code, f.severity)).collect();
        assert_eq!(told, [(IntakeCode::CollegeWithoutRoster, Severity::Info)], "one college's list may come later");
        let whole = list(&[("理学院物理系", "物理2201"), ("外国语学院", "英语2201")]);
        assert_eq!(said(&whole, &[slot(1, "理学院物理系", &[]), slot(2, "外国语学院", &[])]), [], "one name that reads like two");
        let none = said(&listed, &[slot(1, "体育学院", &[])]);
        assert_eq!(none, [(IntakeCode::NothingAgrees, "college 1 体育学院 3 信息工程学院".to_owned())]);
    }

    #[test]
    fn people_known_beside_a_list_count_and_those_it_speaks_of_count_as_it_says() {
        let known = |no: &str, class: &str| ListRow { student_no: Some(no.into()), class: Some(class.into()), ..ListRow::default() };
        let before = [known("1", "软件2201"), known("2", "软件2201"), known("3", "会计2201")];
        let mut slots = [slot(1, "", &["软件2201"]), slot(2, "", &["会计2201"])];
        slots[0].headcount = Some(3);
        let mut more = list(&[("", "软件2201")]);
        more.rows[0].student_no = Some("4".into());
        let found = findings(std::slice::from_ref(&more), &others(&before, std::slice::from_ref(&more)), &slots);
        assert_eq!(found, [], "two known and one more are three");
        let mut renamed = list(&[("", "软件工程2201"), ("", "软件工程2201")]);
        renamed.rows.iter_mut().zip(["1", "2"]).for_each(|(row, no)| row.student_no = Some(no.into()));
        let found = findings(std::slice::from_ref(&renamed), &others(&before, std::slice::from_ref(&renamed)), &slots);
        let told: Vec<_> = found.iter().map(|f| (f.code, f.args.join(" "))).collect();
        assert!(told.contains(&(IntakeCode::ClassWithoutRoster, "软件2201 软件工程2201".to_owned())), "{told:?}");
    }
}
