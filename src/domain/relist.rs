//! A list that comes again, held against what is known: who is new, what changed, who may be the same person, who is on it no longer.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::event::Same;
use super::ids::PersonId;
use super::kept::Kept;
use super::person::{ClassList, ListRow, Marks};
use super::renumbered::{self, Number};
use super::roster::{Person, Roster, name_key};
use super::text::Text;
use super::width;

/// What a list can say of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// 学号
    StudentNo,
    /// 姓名
    Name,
    /// 身份证号
    IdNo,
    /// 考生号
    ExamNo,
    /// 学院
    College,
    /// 专业
    Major,
    /// 班级
    Class,
    /// 层次
    Level,
    /// 拍摄序号
    Token,
    /// 免拍, 缴费, 学籍状态 …
    Marks,
    /// A column that is kept, by its header.
    Kept(Text),
}

/// Somebody as people know them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// 姓名
    pub name: String,
    /// 学号, empty where there is none.
    pub student_no: String,
    /// 班级, empty where there is none.
    pub class: String,
}

/// Somebody of whom the list says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who.
    pub person: PersonId,
    /// As they were known.
    pub named: Named,
    /// What, the value before, the value in the list.
    pub what: Vec<(Said, String, String)>,
}

/// Why a row may be somebody known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The same 学号 or document under another name.
    SameNumber,
    /// The same name in the same class, each once, and the number known before is not in the list.
    NameAndClass,
    /// The same name, and a 学号 with one digit changed, or two exchanged.
    NearNumber,
    /// 学号 and document are both theirs, and the name is that of somebody else on the list: a column that slipped by one row.
    OthersName,
    /// Name and document are theirs, and the 学号 is that of somebody else, several times on the list.
    OthersStudentNo,
    /// Name and 学号 are theirs, and the document is that of somebody else, several times on the list.
    OthersDocument,
}

/// A row that may be somebody known: a person must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// Both.
    pub pair: Same,
    /// As known.
    pub was: Named,
    /// As the list says.
    pub is: Named,
    /// 1-based row of the list as the spreadsheet shows it, and its sheet.
    pub place: (String, u32),
    /// Why.
    pub why: Why,
    /// Whose number the row has, where it is that of somebody else.
    pub whose: String,
}

/// Somebody listed before and not now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Who.
    pub person: PersonId,
    /// As known.
    pub named: Named,
    /// Something happened on the day: they stay, and become a finding.
    pub came: bool,
    /// They are in no class of the list, nor on a list of its file name: it only looks like a newer version of the one that names them.
    pub beside: bool,
}

/// What a list that comes again would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Rows that are nobody known.
    pub fresh: Vec<Named>,
    /// Rows that say nothing new.
    pub unchanged: usize,
    /// Rows of people known, that say something else.
    pub changed: Vec<Change>,
    /// Rows of another name that are people known all the same: 学号 and document are both theirs. They are among `changed`.
    pub renamed: Vec<Same>,
    /// Rows that may be people known.
    pub likely: Vec<Likely>,
    /// People of the same classes, or of the list of that name, who are not on it.
    pub gone: Vec<Gone>,
    /// People whom an earlier list called 免拍, 休学 …, and this one does not: it stays.
    pub marks_left: Vec<Named>,
    /// Rows that may be people known, and are taken as further people since nobody said so.
    pub doubled: usize,
}

impl Comparison {
    /// Rows of people who are known, or may be.
    pub fn known(&self) -> usize {
        self.unchanged + self.changed.len() + self.likely.len()
    }
}

/// What is known before the list comes.
pub struct Before<'a> {
    /// Everybody, without this list.
    pub roster: &'a Roster,
    /// Earlier lists.
    pub lists: Vec<&'a ClassList>,
    /// True for people of whom the day knows something.
    pub came: &'a dyn Fn(PersonId) -> bool,
}

/// Holds lists against what is known; `None` where nobody on them is known: they are new lists.
pub fn compare(before: &Before<'_>, lists: &[Arc<ClassList>]) -> Option<Comparison> {
    if before.roster.is_empty() {
        return None;
    }
    let mut comparison = Comparison::default();
    let mut found: HashSet<PersonId> = HashSet::new();
    let mut open: Vec<(PersonId, &str, &ListRow)> = Vec::new();
    let (mut renames, mut kept): (Vec<renumbered::Known<'_>>, Vec<renumbered::Known<'_>>) = Default::default();
    for (list, row) in lists.iter().flat_map(|l| l.rows.iter().map(move |r| (&**l, r))) {
        let known = by_number(before.roster, row);
        let same = known.iter().copied().find(|p| names_agree(before.roster, p, row));
        let renamed = same.is_none().then(|| known.iter().copied().find(|p| both_numbers(p, row))).flatten();
        if let Some(person) = renamed {
            comparison.renamed.push(Same { was: person.id, is: list.person(row) });
            renames.push((person, list, row));
        }
        kept.extend(same.map(|person| (person, list, row)));
        match (same.or(renamed), known.first()) {
            (Some(person), _) => {
                found.extend(renamed.map(|p| p.id));
                found.extend(known.iter().filter(|p| names_agree(before.roster, p, row)).map(|p| p.id));
                match changes(before.roster, person, row) {
                    what if what.is_empty() => comparison.unchanged += 1,
                    what => comparison.changed.push(Change { person: person.id, named: named(person), what }),
                }
            }
            (None, Some(other)) => {
                found.insert(other.id);
                comparison.likely.push(likely(other, list.person(row), &list.sheet, row, Why::SameNumber));
            }
            (None, None) => open.push((list.person(row), &list.sheet, row)),
        }
    }
    slipped(&renames, &mut comparison);
    exchanged(&mut comparison);
    in_doubt(renumbered::slipped(before.roster, &kept), &mut comparison);
    look_for(before.roster, &mut found, open, &mut comparison);
    if found.is_empty() {
        return None;
    }
    let classes: HashSet<String> = lists.iter().flat_map(|l| &l.rows).filter_map(|r| r.class.as_deref()).map(width::class_key).collect();
    let renewed = renewed(before, &found, lists);
    let gone = before.roster.people().filter(|p| p.listed && !found.contains(&p.id)).filter_map(|p| {
        let class = p.class.as_deref().is_some_and(|c| classes.contains(&width::class_key(c)));
        let beside = if class { false } else { *renewed.get(&p.id)? };
        Some(Gone { person: p.id, named: named(p), came: (before.came)(p.id), beside })
    });
    comparison.gone = gone.collect();
    comparison.marks_left = marks_left(before, &found, lists);
    Some(comparison)
}

/// Names that others of the same list bore: several of them are no corrections, until a person says so; nor is any other name of such a list
/// (the last row of a column that slipped has a name that nobody bore).
fn slipped(renames: &[(&Person, &ClassList, &ListRow)], comparison: &mut Comparison) {
    let bore: HashSet<String> = renames.iter().map(|(person, ..)| name_key(&person.name)).collect();
    let others = |row: &ListRow| row.name.as_deref().is_some_and(|n| bore.contains(&name_key(n)));
    if renames.iter().filter(|(.., row)| others(row)).count() < 2 {
        return;
    }
    for (person, list, row) in renames {
        let is = list.person(row);
        comparison.renamed.retain(|same| same.is != is);
        comparison.changed.retain(|change| change.person != person.id);
        let why = if others(row) { Why::OthersName } else { Why::SameNumber };
        comparison.likely.push(likely(person, is, &list.sheet, row, why));
    }
}

/// The same of rows that hold one number only: `孙博玉` under the 学号 of 卢杰然, and 卢杰然 under hers.
fn exchanged(comparison: &mut Comparison) {
    let alike = |l: &&Likely| matches!(l.why, Why::SameNumber | Why::OthersName);
    let bore: HashSet<String> = comparison.likely.iter().filter(alike).map(|l| name_key(&l.was.name)).collect();
    let slip = |l: &Likely| matches!(l.why, Why::SameNumber) && !l.is.name.is_empty() && bore.contains(&name_key(&l.is.name));
    if comparison.likely.iter().filter(|l| slip(l)).count() > 1 {
        comparison.likely.iter_mut().filter(|l| slip(l)).for_each(|l| l.why = Why::OthersName);
    }
}

/// Numbers that may be those of neighbours are no changes yet.
fn in_doubt(slipped: Vec<renumbered::Moved<'_>>, comparison: &mut Comparison) {
    let said = |number| if number == Number::Student { Said::StudentNo } else { Said::IdNo };
    let moved: HashMap<PersonId, Said> = slipped.iter().map(|m| (m.row.0.id, said(m.number))).collect();
    comparison.changed.retain_mut(|change| {
        change.what.retain(|(what, ..)| moved.get(&change.person) != Some(what));
        !change.what.is_empty()
    });
    for renumbered::Moved { row: (person, list, row), number, whose } in slipped {
        let why = if number == Number::Student { Why::OthersStudentNo } else { Why::OthersDocument };
        let one = likely(person, list.person(row), &list.sheet, row, why);
        comparison.likely.push(Likely { whose, ..one });
    }
}

/// Marks that an earlier version of the list said of people and this one does not: how many people, and some of them. They stay, so it is said.
fn marks_left(before: &Before<'_>, found: &HashSet<PersonId>, lists: &[Arc<ClassList>]) -> Vec<Named> {
    let mut said: HashMap<PersonId, &ListRow> = HashMap::new();
    for list in &before.lists {
        let marked = list.rows.iter().filter(|row| !row.marks.is_empty());
        said.extend(marked.map(|row| (before.roster.speaker(list.person(row)), row)));
    }
    if said.is_empty() {
        return Vec::new();
    }
    let mut left = Vec::new();
    for (list, row) in lists.iter().flat_map(|l| l.rows.iter().map(move |r| (l, r))) {
        let speaker = before.roster.speaker(list.person(row));
        let known = by_number(before.roster, row).into_iter().find(|p| found.contains(&p.id) && names_agree(before.roster, p, row));
        let Some(person) = known else { continue };
        let Some(old) = said.get(&before.roster.speaker(person.id)).or_else(|| said.get(&speaker)) else { continue };
        let keeps_away = |marks: &Marks| {
            let Marks { exempt, not_taking_part, abroad, status, .. } = marks;
            [exempt, not_taking_part, abroad].map(|m| *m == Some(true)).contains(&true) || status.is_some()
        };
        let silent = |marks: &Marks| marks.exempt.or(marks.not_taking_part).or(marks.abroad).is_none() && marks.status.is_none();
        // What counts now may have been said otherwise since.
        if keeps_away(&old.marks) && silent(&row.marks) && keeps_away(&person.marks) {
            left.push(named(person));
        }
    }
    left
}

/// Everybody of earlier lists that this one is a newer version of, true where its file had another name: every college sends a `名单.xlsx`,
/// so at least half of the old list is on the new one; and under another name half of the new one on the old, in the same columns.
fn renewed(before: &Before<'_>, found: &HashSet<PersonId>, lists: &[Arc<ClassList>]) -> HashMap<PersonId, bool> {
    let (source, columns) = (lists.first().map(|l| l.source.as_str()), columns(lists.iter().map(|l| &**l)));
    let rows: usize = lists.iter().map(|l| l.rows.len()).sum();
    let mut meant = HashMap::new();
    for list in &before.lists {
        let people: Vec<PersonId> = list.rows.iter().map(|row| before.roster.speaker(list.person(row))).collect();
        let stay = people.iter().filter(|id| found.contains(id)).count() * 2;
        let beside = Some(list.source.as_str()) != source;
        if stay >= people.len() && !(beside && (stay < rows || self::columns([*list]) != columns)) {
            people.into_iter().for_each(|id| *meant.entry(id).or_insert(beside) &= beside);
        }
    }
    meant
}

/// Which columns say anything in these lists.
fn columns<'a>(lists: impl IntoIterator<Item = &'a ClassList>) -> [bool; 9] {
    lists.into_iter().flat_map(|l| &l.rows).fold([false; 9], |said, row| {
        let mut of_row = texts(row).into_iter().map(|(_, text)| text.is_some());
        said.map(|said| of_row.next() == Some(true) || said)
    })
}

/// Fewer people of one class are named one by one.
const MANY: usize = 3;

/// Whom a list leaves out, class by class where they are many: `体育2202（5）`, else by name.
pub fn named_by_class<'a>(gone: impl IntoIterator<Item = &'a Gone>) -> Vec<String> {
    let mut classes: Vec<(&str, Vec<&str>)> = Vec::new();
    for Named { name, class, .. } in gone.into_iter().map(|g| &g.named) {
        match classes.iter_mut().find(|(known, _)| known == class) {
            Some((_, names)) => names.push(name),
            None => classes.push((class, vec![name])),
        }
    }
    let said = |(class, names): (&str, Vec<&str>)| match names.len() {
        many @ MANY.. if !class.is_empty() => vec![format!("{class}（{many}）")],
        _ => names.into_iter().map(str::to_owned).collect(),
    };
    classes.into_iter().flat_map(said).collect()
}

/// People known under the row's 学号 or document.
fn by_number<'a>(roster: &'a Roster, row: &ListRow) -> Vec<&'a Person> {
    let mut known: Vec<&Person> = Vec::new();
    for key in [&row.student_no, &row.id_no].into_iter().flatten() {
        let people = roster.by_key(key).into_ids().into_iter().filter_map(|id| roster.person(id));
        known.extend(people.filter(|p| !known.iter().any(|k| k.id == p.id)).collect::<Vec<_>>());
    }
    known
}

fn names_agree(roster: &Roster, person: &Person, row: &ListRow) -> bool {
    let name = row.name.as_deref().map(name_key).unwrap_or_default();
    name.is_empty() || person.name.is_empty() || roster.bears(person, &name)
}

/// A number may be typed wrong; two numbers of one person under another name are a name that was corrected.
fn both_numbers(person: &Person, row: &ListRow) -> bool {
    let equal = |a: &Option<Text>, b: &Option<Text>| a.as_deref().zip(b.as_deref()).is_some_and(|(a, b)| width::key(a) == width::key(b));
    equal(&person.student_no, &row.student_no) && equal(&person.id_no, &row.id_no)
}

/// Most people and rows of equal names that are held against each other: where a hundred thousand bear one name, nobody is guessed.
const PAIRS: usize = 5_000_000;

/// Rows whose numbers nobody has: the same name in the same class, or nearly the same number, and no other who could be meant.
fn look_for(roster: &Roster, found: &mut HashSet<PersonId>, open: Vec<(PersonId, &str, &ListRow)>, comparison: &mut Comparison) {
    let mut left: HashMap<String, Vec<&Person>> = HashMap::new();
    for person in roster.people().filter(|p| p.listed && !found.contains(&p.id) && !p.name.is_empty()) {
        left.entry(name_key(&person.name)).or_default().push(person);
    }
    let mut rows: HashMap<String, Vec<&ListRow>> = HashMap::new();
    for (_, _, row) in &open {
        rows.entry(row.name.as_deref().map(name_key).unwrap_or_default()).or_default().push(row);
    }
    let mut pairs = 0;
    for (id, sheet, row) in open {
        let key = row.name.as_deref().map(name_key).unwrap_or_default();
        let (mut people, bearers) = (left.get(&key).map_or(&[][..], Vec::as_slice), rows.get(&key).map_or(&[][..], Vec::as_slice));
        pairs += people.len() + bearers.len();
        if pairs > PAIRS {
            people = &[];
        }
        let only = |fits: &dyn Fn(&Person, &ListRow) -> bool| {
            let mut people = people.iter().filter(|p| fits(p, row));
            let person = people.next().filter(|_| people.next().is_none())?;
            // Two rows that could both be this one person are nobody's proof.
            (bearers.iter().filter(|r| fits(person, r)).count() == 1).then_some(*person)
        };
        let why = [(Why::NameAndClass, &same_class as &dyn Fn(&Person, &ListRow) -> bool), (Why::NearNumber, &near_number)];
        let hit = why.into_iter().find_map(|(why, fits)| Some((only(fits)?, why))).filter(|(p, _)| !found.contains(&p.id));
        match hit {
            Some((person, why)) => {
                found.insert(person.id);
                comparison.likely.push(likely(person, id, sheet, row, why));
            }
            None => comparison.fresh.push(named_row(row)),
        }
    }
}

fn same_class(person: &Person, row: &ListRow) -> bool {
    let (a, b) = (person.class.as_deref().map(width::class_key), row.class.as_deref().map(width::class_key));
    a.is_some() && a == b
}

fn near_number(person: &Person, row: &ListRow) -> bool {
    let (Some(a), Some(b)) = (&person.student_no, &row.student_no) else { return false };
    let (a, b): (Vec<char>, Vec<char>) = (width::key(a).chars().collect(), width::key(b).chars().collect());
    let odd: Vec<usize> = a.iter().zip(&b).enumerate().filter(|(_, (x, y))| x != y).map(|(at, _)| at).collect();
    a.len() == b.len()
        && match odd.as_slice() {
            [_] => true,
            [first, second] => a[*first] == b[*second] && a[*second] == b[*first],
            _ => false,
        }
}

fn likely(person: &Person, is: PersonId, sheet: &str, row: &ListRow, why: Why) -> Likely {
    let pair = Same { was: person.id, is };
    Likely { pair, was: named(person), is: named_row(row), place: (sheet.to_owned(), row.row), why, whose: String::new() }
}

pub(super) fn named(person: &Person) -> Named {
    let text = |t: &Option<Text>| t.as_deref().unwrap_or_default().to_owned();
    Named { name: person.name.to_string(), student_no: text(&person.student_no), class: text(&person.class) }
}

pub(super) fn named_row(row: &ListRow) -> Named {
    let text = |t: &Option<Text>| t.as_deref().unwrap_or_default().to_owned();
    Named { name: text(&row.name), student_no: text(&row.student_no), class: text(&row.class) }
}

/// What a row says, text by text.
pub(super) fn texts(row: &ListRow) -> [(Said, &Option<Text>); 9] {
    [
        (Said::StudentNo, &row.student_no),
        (Said::Name, &row.name),
        (Said::IdNo, &row.id_no),
        (Said::ExamNo, &row.exam_no),
        (Said::College, &row.college),
        (Said::Major, &row.major),
        (Said::Class, &row.class),
        (Said::Level, &row.level),
        (Said::Token, &row.token),
    ]
}

/// What the row says otherwise; what it does not say changes nothing.
fn changes(roster: &Roster, person: &Person, row: &ListRow) -> Vec<(Said, String, String)> {
    let name = Some(person.name.clone()).filter(|n| !n.is_empty());
    let known = [
        &person.student_no,
        &name,
        &person.id_no,
        &person.exam_no,
        &person.college,
        &person.major,
        &person.class,
        &person.level,
        &person.printed,
    ];
    let mut what: Vec<_> = texts(row)
        .into_iter()
        .zip(known)
        .filter_map(|((said, new), old)| {
            let (old, new) = (old.as_deref().unwrap_or_default(), new.as_deref()?);
            // A name from before a correction changes nothing: what was corrected stays corrected.
            let same = width::key(old) == width::key(new) || (said == Said::Name && roster.bears(person, &name_key(new)));
            (!same).then(|| (said, old.to_owned(), new.to_owned()))
        })
        .collect();
    let mut marks = person.marks.clone();
    marks.overlay(&row.marks);
    if marks != person.marks {
        what.push((Said::Marks, String::new(), String::new()));
    }
    what.extend(row.kept.iter().filter_map(|(header, new)| {
        let old = person.kept.get(header).map(Text::as_str).unwrap_or_default();
        (width::key(old) != width::key(new)).then(|| (Said::Kept(header.clone()), old.to_owned(), new.to_string()))
    }));
    what
}

/// What a list that was taken before says now in columns that were not kept then: rows of nothing else, so that what later lists say stays.
/// `None` where that is nothing.
pub fn kept_since(roster: &Roster, list: &ClassList) -> Option<ClassList> {
    let since = |row: &ListRow| {
        // Whoever is on no list any more is not brought back by it.
        let person = roster.person(list.person(row)).filter(|p| p.listed)?;
        let kept: Kept =
            row.kept.iter().filter(|(header, _)| person.kept.get(header).is_none()).map(|(h, v)| (h.clone(), v.clone())).collect();
        (!kept.is_empty()).then(|| ListRow { row: row.row, kept, ..ListRow::default() })
    };
    let rows: Vec<ListRow> = list.rows.iter().filter(|row| !row.kept.is_empty()).filter_map(since).collect();
    (!rows.is_empty()).then(|| ClassList { rows, source: list.source.clone(), hash: list.hash.clone(), sheet: list.sheet.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::Sources;

    fn row(number: u32, no: &str, name: &str, class: &str) -> ListRow {
        let text = |t: &str| (!t.is_empty()).then(|| t.into());
        ListRow { row: number, student_no: text(no), name: text(name), class: text(class), ..ListRow::default() }
    }

    fn list(hash: &str, rows: Vec<ListRow>) -> ClassList {
        ClassList { source: "电商.xlsx".into(), hash: hash.into(), sheet: String::new(), rows }
    }

    fn held_against(old: &ClassList, new: &ClassList) -> Option<Comparison> {
        let roster = Roster::of(&Sources { lists: vec![old], ..Sources::default() });
        compare(&Before { roster: &roster, lists: vec![old], came: &|_| false }, &[Arc::new(new.clone())])
    }

    fn four() -> ClassList {
        let rows = ["王思远", "李佳琪", "张示例", "陈小雨"];
        list("old", rows.iter().zip(1..).map(|(name, n)| row(n, &format!("201701010{n}"), name, "电商171")).collect())
    }

    #[test]
    fn a_list_that_comes_again_tells_new_changed_and_gone_apart() {
        let mut new = four();
        new.hash = "new".into();
        new.rows[1].class = Some("电商172班".into());
        new.rows.remove(3);
        new.rows.push(row(9, "2017010199", "周新来", "电商171"));
        let told = held_against(&four(), &new).unwrap();
        assert_eq!((told.unchanged, told.fresh.len(), told.changed.len(), told.gone.len(), told.likely.len()), (2, 1, 1, 1, 0));
        assert_eq!(told.changed[0].what, [(Said::Class, "电商171".to_owned(), "电商172班".to_owned())]);
        assert_eq!((told.fresh[0].name.as_str(), told.gone[0].named.name.as_str()), ("周新来", "陈小雨"));
    }

    #[test]
    fn a_corrected_number_is_proposed_as_the_same_person_and_is_neither_new_nor_gone() {
        let mut new = four();
        new.hash = "new".into();
        new.rows[2].student_no = Some("2017010777".into());
        let told = held_against(&four(), &new).unwrap();
        assert_eq!((told.fresh.len(), told.gone.len(), told.likely.len()), (0, 0, 1));
        let pair = told.likely[0].pair;
        assert_eq!((pair.was, pair.is, told.likely[0].why), (four().person(&four().rows[2]), new.person(&new.rows[2]), Why::NameAndClass));
    }

    #[test]
    fn two_of_one_name_in_a_class_are_never_taken_for_one_by_name() {
        let old = list("old", vec![row(1, "2017010101", "王思远", "电商171"), row(2, "2017010102", "王思远", "电商171")]);
        let new = list("new", vec![row(1, "2017010101", "王思远", "电商171"), row(2, "2017010555", "王思远", "电商171")]);
        let told = held_against(&old, &new).unwrap();
        // Only one is left who could be meant: that is proposed.
        assert_eq!((told.likely.len(), told.fresh.len()), (1, 0));
        let both = list("new", vec![row(1, "2017010666", "王思远", "电商171"), row(2, "2017010555", "王思远", "电商171")]);
        let told = held_against(&old, &both).unwrap_or_default();
        assert_eq!(told.likely.len(), 0);
    }

    #[test]
    fn another_name_under_both_numbers_of_somebody_is_their_corrected_name() {
        let (mut old, mut new) = (four(), four());
        new.hash = "new".into();
        old.rows[0].id_no = Some("330102200302020076".into());
        new.rows[0].id_no = Some("330102200302020076".into());
        new.rows[0].name = Some("王思源".into());
        let told = held_against(&old, &new).unwrap();
        assert_eq!((told.likely.len(), told.fresh.len(), told.gone.len()), (0, 0, 0));
        assert_eq!(told.changed[0].what, [(Said::Name, "王思远".to_owned(), "王思源".to_owned())]);
        assert_eq!(told.renamed, [Same { was: old.person(&old.rows[0]), is: new.person(&new.rows[0]) }]);
    }

    #[test]
    fn two_names_exchanged_under_their_numbers_are_told_as_what_they_are() {
        let mut new = four();
        new.hash = "new".into();
        let (one, other) = (new.rows[0].name.clone(), new.rows[1].name.clone());
        (new.rows[0].name, new.rows[1].name) = (other, one);
        let told = held_against(&four(), &new).unwrap();
        assert_eq!(told.likely.iter().map(|l| l.why).collect::<Vec<_>>(), [Why::OthersName, Why::OthersName]);
    }

    #[test]
    fn a_mark_that_the_newer_version_leaves_out_stays_and_is_said() {
        let (mut old, mut new) = (four(), four());
        new.hash = "new".into();
        old.rows[0].marks.exempt = Some(true);
        old.rows[1].marks.paid = Some(true);
        assert_eq!(held_against(&old, &new).unwrap().marks_left.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["王思远"]);
        new.rows[0].marks.exempt = Some(false);
        assert_eq!(held_against(&old, &new).unwrap().marks_left, []);
    }

    #[test]
    fn another_name_under_a_known_number_is_asked_about() {
        let mut new = four();
        new.hash = "new".into();
        new.rows[0].name = Some("王思源".into());
        let told = held_against(&four(), &new).unwrap();
        assert_eq!((told.likely[0].why, told.likely[0].is.name.as_str()), (Why::SameNumber, "王思源"));
    }

    fn keeping(mut list: ClassList, header: &str, values: &[&str]) -> ClassList {
        for (row, value) in list.rows.iter_mut().zip(values) {
            row.kept = [(header.into(), (*value).into())].into_iter().collect();
        }
        list
    }

    #[test]
    fn a_column_that_is_kept_is_a_change_where_it_says_something_else() {
        let old = keeping(four(), "手机", &["13800000001", "13800000002"]);
        let mut new = keeping(four(), "手机", &["138 0000 0001", "13900000002", "13800000003"]);
        new.hash = "new".into();
        let told = held_against(&old, &new).unwrap();
        let said = || Said::Kept("手机".into());
        assert_eq!((told.unchanged, told.changed.len()), (2, 2));
        assert_eq!(told.changed[0].what, [(said(), "13800000002".to_owned(), "13900000002".to_owned())]);
        assert_eq!(told.changed[1].what, [(said(), String::new(), "13800000003".to_owned())]);
        // A list that does not say it changes nothing.
        new.rows.iter_mut().for_each(|row| row.kept = Kept::default());
        assert_eq!(held_against(&old, &new).unwrap().changed, []);
    }

    #[test]
    fn what_is_kept_afterwards_is_what_nobody_has_yet_and_says_nothing_else() {
        let roster = |lists: Vec<&ClassList>, kept: Vec<&ClassList>| Roster::of(&Sources { lists, kept, ..Sources::default() });
        let (old, later) = (four(), keeping(four(), "手机", &["1", "2"]));
        let since = kept_since(&roster(vec![&old], vec![]), &later).unwrap();
        assert!(since.is_of_kept() && !later.is_of_kept());
        assert_eq!(since.rows.iter().map(|r| r.row).collect::<Vec<_>>(), [later.rows[0].row, later.rows[1].row]);
        let both = roster(vec![&old], vec![&since]);
        assert!(roster(vec![], vec![&since]).is_empty(), "without the list nobody is on it");
        assert_eq!(both.people().map(|p| (p.name.clone(), p.kept.clone())).collect::<Vec<_>>(), {
            let folded = roster(vec![&later], vec![]);
            folded.people().map(|p| (p.name.clone(), p.kept.clone())).collect::<Vec<_>>()
        });
        assert_eq!(kept_since(&both, &later), None);
        assert_eq!(kept_since(&both, &keeping(four(), "手机", &["3"])), None, "what a later list said is not taken back");
        let stranger = ClassList { hash: "new".into(), ..later };
        assert_eq!(kept_since(&both, &stranger), None);
    }

    /// Four of one class and so many of another, under another file name.
    fn two_classes(others: u32) -> ClassList {
        let mut list = ClassList { source: "全部.xlsx".into(), ..four() };
        list.rows.extend((0..others).map(|n| row(20 + n, &format!("20170102{n:02}"), "孙悦", "电商172")));
        list
    }

    #[test]
    fn a_class_that_a_newer_version_leaves_out_is_gone_whatever_the_file_is_called() {
        let told = held_against(&two_classes(4), &ClassList { hash: "new".into(), ..four() }).unwrap();
        assert_eq!(told.gone.iter().filter(|g| g.beside).count(), 4);
        assert_eq!(named_by_class(&told.gone), ["电商172（4）"]);
        assert_eq!(named_by_class(&told.gone[..2]), ["孙悦", "孙悦"]);
        // Most of the old list is of other classes: this is the list of one class.
        assert_eq!(held_against(&two_classes(5), &ClassList { hash: "new".into(), ..four() }).unwrap().gone, []);
        // Other columns make another list.
        let mut documents = ClassList { hash: "new".into(), ..four() };
        documents.rows.iter_mut().for_each(|row| row.exam_no = row.student_no.clone());
        assert_eq!(held_against(&two_classes(4), &documents).unwrap().gone, []);
    }

    #[test]
    fn another_class_is_a_new_list_and_nobody_is_gone() {
        let new = list("new", vec![row(1, "2017020101", "何新", "电商172")]);
        assert_eq!(held_against(&four(), &new), None);
    }
}
