//! Who is expected: lists, marks and corrections folded into people, and people found by what a scanner or a teacher types.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::event::{Field, Same};
use super::ids::{PersonId, Who};
use super::joining::Union;
use super::person::{ClassList, ListRow, MarkList, Marks};
use super::width;

/// One person as all facts together tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The id that speaks for them.
    pub id: PersonId,
    /// 学号
    pub student_no: Option<String>,
    /// 姓名
    pub name: String,
    /// Document.
    pub id_no: Option<String>,
    /// 考生号
    pub exam_no: Option<String>,
    /// 学院
    pub college: Option<String>,
    /// 专业
    pub major: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// 层次
    pub level: Option<String>,
    /// Number printed beside the name.
    pub printed: Option<String>,
    /// 免拍, 缴费 …
    pub marks: Marks,
    /// On a list; false for someone only registered, or gone from the lists.
    pub listed: bool,
    /// Was on a list, and a person said that they are on it no longer.
    pub gone: bool,
    /// Position in list order.
    pub place: usize,
}

impl Person {
    /// True where the person is outside 应到.
    pub fn excused(&self) -> bool {
        self.marks.exempt == Some(true) || self.marks.not_taking_part == Some(true)
    }

    fn overlay(&mut self, row: &ListRow) {
        let take = |slot: &mut Option<String>, value: &Option<String>| {
            if value.is_some() {
                slot.clone_from(value);
            }
        };
        take(&mut self.student_no, &row.student_no);
        take(&mut self.id_no, &row.id_no);
        take(&mut self.exam_no, &row.exam_no);
        take(&mut self.college, &row.college);
        take(&mut self.major, &row.major);
        take(&mut self.class, &row.class);
        take(&mut self.level, &row.level);
        take(&mut self.printed, &row.token);
        if let Some(name) = &row.name {
            self.name.clone_from(name);
        }
        self.marks.overlay(&row.marks);
        self.listed = true;
    }

    fn correct(&mut self, field: Field, new: &str) {
        let value = (!new.is_empty()).then(|| new.to_owned());
        match field {
            Field::StudentNo => self.student_no = value,
            Field::Name => self.name = new.to_owned(),
            Field::IdNo => self.id_no = value,
            Field::ExamNo => self.exam_no = value,
            Field::Class => self.class = value,
        }
    }

    /// The value of a field that can be corrected.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::StudentNo => self.student_no.as_deref().unwrap_or(""),
            Field::Name => &self.name,
            Field::IdNo => self.id_no.as_deref().unwrap_or(""),
            Field::ExamNo => self.exam_no.as_deref().unwrap_or(""),
            Field::Class => self.class.as_deref().unwrap_or(""),
        }
    }
}

/// What the facts say, in fold order, before identities are decided.
#[derive(Debug, Clone, Default)]
pub struct Sources<'a> {
    /// Class lists.
    pub lists: Vec<&'a ClassList>,
    /// Mark lists.
    pub marks: Vec<&'a MarkList>,
    /// Registered off-list: id, code, name, class.
    pub registered: Vec<(PersonId, Option<&'a str>, &'a str, Option<&'a str>)>,
    /// Claims.
    pub claims: Vec<(&'a Who, PersonId)>,
    /// Corrections.
    pub corrections: Vec<(PersonId, Field, &'a str)>,
    /// Rows that are people known before.
    pub same: Vec<Same>,
    /// People who are on no list any more, each after so many of `lists`.
    pub gone: Vec<(usize, PersonId)>,
}

/// Two people who share 学号 or document under different names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What they share.
    pub key: String,
    /// Both, the smaller id first.
    pub people: [PersonId; 2],
}

/// The answer to a code or name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Exactly one person.
    One(PersonId),
    /// Several: never chosen for the user.
    Many(Vec<PersonId>),
    /// Nobody.
    Nobody,
}

/// Everybody, with their keys.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    people: HashMap<PersonId, Person>,
    speaks: HashMap<PersonId, PersonId>,
    order: Vec<PersonId>,
    by_key: HashMap<String, Vec<PersonId>>,
    by_name: HashMap<String, Vec<PersonId>>,
    by_class: BTreeMap<String, Vec<PersonId>>,
    by_college: BTreeMap<String, Vec<PersonId>>,
    clashes: Vec<Clash>,
    /// Keys of names that were corrected.
    former: HashMap<PersonId, Vec<String>>,
    /// 免拍, on a list, in list order: few, and asked for at every scan.
    exempt: Vec<PersonId>,
    /// People whom claims or corrections name, known or not.
    named: BTreeSet<PersonId>,
    /// Keys that mark lists name, also where nobody has them yet.
    marked: HashSet<String>,
}

/// A name for comparing: folded, `·` variants equal.
pub fn name_key(name: &str) -> String {
    width::key(name).chars().map(|c| if matches!(c, '•' | '・' | '‧' | '∙' | '.' | '．' | '●') { '·' } else { c }).collect()
}

fn class_name(name: &str, class: &str) -> String {
    format!("{}@{}", name_key(name), width::class_key(class))
}

impl Roster {
    /// Folds the sources. Two ids that share 学号 or document under equal names are one person; the smaller id speaks for both.
    pub fn of(sources: &Sources<'_>) -> Self {
        let mut roster = Self::default();
        let mut raw: Vec<Person> = Vec::new();
        let mut at: HashMap<PersonId, usize> = HashMap::new();
        // Behind which list each was named last.
        let mut named: Vec<usize> = Vec::new();
        for (number, list) in sources.lists.iter().enumerate() {
            for row in &list.rows {
                let id = list.person(row);
                let index = *at.entry(id).or_insert_with(|| {
                    raw.push(Person { id, place: raw.len(), ..Person::default() });
                    named.push(0);
                    raw.len() - 1
                });
                raw[index].overlay(row);
                named[index] = number + 1;
            }
        }
        for (id, code, name, class) in &sources.registered {
            if at.contains_key(id) {
                continue;
            }
            at.insert(*id, raw.len());
            raw.push(registered_person(*id, *code, name, *class, raw.len()));
        }
        // A list that still has the name from before a correction names the same person.
        let written: Vec<String> = raw.iter().map(|p| name_key(&p.name)).collect();
        for (id, field, new) in &sources.corrections {
            if let Some(index) = at.get(id) {
                raw[*index].correct(*field, new);
            }
        }
        roster.named = sources.corrections.iter().map(|(id, ..)| *id).collect();
        roster.named.extend(sources.claims.iter().filter_map(|(who, _)| if let Who::Person(id) = who { Some(*id) } else { None }));
        roster.named.extend(sources.same.iter().flat_map(|s| [s.was, s.is]).chain(sources.gone.iter().map(|(_, id)| *id)));
        let mut union = Union::new(raw.len());
        roster.join(&raw, &written, &at, sources, &mut union);
        roster.gather(raw, &mut union, sources, &at);
        for (id, index) in
            sources.corrections.iter().filter(|(_, field, _)| *field == Field::Name).filter_map(|(id, ..)| Some((id, at.get(id)?)))
        {
            let speaker = roster.speaker(*id);
            roster.former.entry(speaker).or_default().push(written[*index].clone());
        }
        roster.strike(&named, &at, sources);
        roster.mark(sources);
        roster.index(sources);
        roster
    }

    /// Adds someone registered after everybody else; false where they may be one of those known, so that all must be folded anew.
    pub fn register(&mut self, id: PersonId, code: Option<&str>, name: &str, class: Option<&str>) -> bool {
        // Rows that were joined keep their places: as many as there are ids, not people.
        let place = self.speaks.len();
        let person = registered_person(id, code, name, class, place);
        let key = person.student_no.as_deref().map(width::key);
        if self.speaks.contains_key(&id)
            || self.named.contains(&id)
            || key.as_ref().is_some_and(|k| self.by_key.contains_key(k) || self.marked.contains(k))
        {
            return false;
        }
        if let Some(key) = key {
            self.by_key.insert(key, vec![id]);
        }
        if !person.name.is_empty() {
            self.by_name.entry(name_key(&person.name)).or_default().push(id);
        }
        self.speaks.insert(id, id);
        self.order.push(id);
        self.people.insert(id, person);
        true
    }

    fn join(&mut self, raw: &[Person], written: &[String], at: &HashMap<PersonId, usize>, sources: &Sources<'_>, union: &mut Union) {
        for pair in &sources.same {
            if let (Some(was), Some(is)) = (at.get(&pair.was), at.get(&pair.is)) {
                union.join(*was, *is);
            }
        }
        let mut first: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, person) in raw.iter().enumerate() {
            for key in [&person.student_no, &person.id_no].into_iter().flatten() {
                let key = width::key(key);
                let known = first.entry(key.clone()).or_default();
                let same = known.iter().copied().find(|other| {
                    let (a, b) = (name_key(&raw[*other].name), name_key(&person.name));
                    a == b || written[*other] == written[index] || a.is_empty() || b.is_empty() || union.root(*other) == union.root(index)
                });
                match (same, known.first()) {
                    (Some(other), _) => union.join(other, index),
                    (None, Some(other)) => {
                        let mut people = [raw[*other].id, person.id];
                        people.sort();
                        self.clashes.push(Clash { key, people });
                    }
                    (None, None) => {}
                }
                known.push(index);
            }
        }
        for (who, person) in &sources.claims {
            if let (Who::Person(registered), Some(to)) = (who, at.get(person))
                && let Some(from) = at.get(registered)
            {
                union.join(*from, *to);
            }
        }
    }

    fn gather(&mut self, raw: Vec<Person>, union: &mut Union, sources: &Sources<'_>, at: &HashMap<PersonId, usize>) {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..raw.len() {
            groups.entry(union.root(index)).or_default().push(index);
        }
        for members in groups.values() {
            let Some(speaker) = members.iter().map(|m| raw[*m].id).min() else { continue };
            // Someone on a list says more about a person than a registration at the desk: listed rows last.
            let mut ordered = members.clone();
            ordered.sort_by_key(|m| (raw[*m].listed, *m));
            let mut person = raw[ordered[0]].clone();
            person.id = speaker;
            for m in &ordered[1..] {
                let row = &raw[*m];
                person.overlay(&ListRow {
                    row: 0,
                    student_no: row.student_no.clone(),
                    name: (!row.name.is_empty()).then(|| row.name.clone()),
                    id_no: row.id_no.clone(),
                    exam_no: row.exam_no.clone(),
                    college: row.college.clone(),
                    major: row.major.clone(),
                    class: row.class.clone(),
                    level: row.level.clone(),
                    token: row.printed.clone(),
                    marks: row.marks.clone(),
                });
            }
            person.listed = members.iter().any(|m| raw[*m].listed);
            person.place = members.iter().copied().filter(|m| raw[*m].listed == person.listed).min().unwrap_or(usize::MAX);
            for m in members {
                self.speaks.insert(raw[*m].id, speaker);
            }
            self.people.insert(speaker, person);
        }
        for (id, field, new) in &sources.corrections {
            if at.contains_key(id)
                && let Some(person) = self.speaks.get(id).and_then(|s| self.people.get_mut(s))
            {
                person.correct(*field, new);
            }
        }
        let mut order: Vec<_> = self.people.values().map(|p| (p.place, p.id)).collect();
        order.sort_unstable();
        self.order = order.into_iter().map(|(_, id)| id).collect();
    }

    // Who is gone stays known, with everything that happened; a list that names them later brings them back.
    fn strike(&mut self, named: &[usize], at: &HashMap<PersonId, usize>, sources: &Sources<'_>) {
        if sources.gone.is_empty() {
            return;
        }
        let mut last: HashMap<PersonId, usize> = HashMap::new();
        for (id, index) in at {
            let number = named.get(*index).copied().unwrap_or(0);
            let known = last.entry(self.speaker(*id)).or_default();
            *known = number.max(*known);
        }
        for (lists, id) in &sources.gone {
            let speaker = self.speaker(*id);
            if let Some(person) = self.people.get_mut(&speaker).filter(|_| last.get(&speaker).is_some_and(|n| n <= lists)) {
                (person.listed, person.gone) = (false, true);
            }
        }
    }

    fn mark(&mut self, sources: &Sources<'_>) {
        self.marked = sources.marks.iter().flat_map(|l| &l.rows).map(|r| width::key(&r.key)).collect();
        if sources.marks.is_empty() {
            return;
        }
        let mut keys: HashMap<String, Vec<PersonId>> = HashMap::new();
        for person in self.people.values() {
            for key in [&person.student_no, &person.id_no, &person.exam_no].into_iter().flatten() {
                keys.entry(width::key(key)).or_default().push(person.id);
            }
        }
        let by_name = self.marked.iter().any(|key| key.contains('@'));
        let in_classes = if by_name { self.named_in_classes() } else { HashMap::new() };
        for list in &sources.marks {
            for row in &list.rows {
                let named = || row.key.split_once('@').and_then(|(name, class)| *in_classes.get(&class_name(name, class))?);
                let ids = keys.get(&width::key(&row.key)).cloned().unwrap_or_else(|| named().into_iter().collect());
                for id in &ids {
                    if let Some(person) = self.people.get_mut(id) {
                        person.marks.overlay(&row.marks);
                    }
                }
            }
        }
    }

    /// People by name and class (`王芳@电商171`); two of one name are nobody.
    fn named_in_classes(&self) -> HashMap<String, Option<PersonId>> {
        let mut found = HashMap::new();
        for (person, class) in self.people.values().filter_map(|p| Some((p, p.class.as_ref()?))) {
            found.entry(class_name(&person.name, class)).and_modify(|id| *id = None).or_insert(Some(person.id));
        }
        found
    }

    fn index(&mut self, sources: &Sources<'_>) {
        for id in &self.order {
            let Some(person) = self.people.get(id) else { continue };
            for key in [&person.student_no, &person.id_no, &person.exam_no].into_iter().flatten() {
                let slot = self.by_key.entry(width::key(key)).or_default();
                if !slot.contains(id) {
                    slot.push(*id);
                }
            }
            if !person.name.is_empty() {
                self.by_name.entry(name_key(&person.name)).or_default().push(*id);
            }
            if person.listed {
                if person.marks.exempt == Some(true) {
                    self.exempt.push(*id);
                }
                if let Some(class) = &person.class {
                    self.by_class.entry(width::class_key(class)).or_default().push(*id);
                }
                self.by_college.entry(width::key(person.college.as_deref().unwrap_or(""))).or_default().push(*id);
            }
        }
        for (who, person) in &sources.claims {
            if let (Who::Code(code), Some(speaker)) = (who, self.speaks.get(person)) {
                self.by_key.insert(width::key(code), vec![*speaker]);
            }
        }
    }

    /// Everybody in list order, those only registered after them.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.order.iter().filter_map(|id| self.people.get(id))
    }

    /// Those on lists who are exempt, in list order.
    pub fn exempt(&self) -> impl Iterator<Item = &Person> {
        self.exempt.iter().filter_map(|id| self.people.get(id))
    }

    /// The person that id stands for.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(self.speaks.get(&id)?)
    }

    /// The id that speaks for this one.
    pub fn speaker(&self, id: PersonId) -> PersonId {
        self.speaks.get(&id).copied().unwrap_or(id)
    }

    /// True where they bear that name, or bore it before a correction.
    pub fn bears(&self, person: &Person, name_key: &str) -> bool {
        self::name_key(&person.name) == name_key || self.former.get(&person.id).is_some_and(|names| names.iter().any(|n| n == name_key))
    }

    /// People of a class by its key, in list order.
    pub fn class(&self, class_key: &str) -> &[PersonId] {
        self.by_class.get(class_key).map_or(&[], Vec::as_slice)
    }

    /// People of a college by its key, in list order.
    pub fn college(&self, college: &str) -> &[PersonId] {
        self.by_college.get(&width::key(college)).map_or(&[], Vec::as_slice)
    }

    /// People who share a key under different names.
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }

    /// Number of people on lists.
    pub fn len(&self) -> usize {
        self.people.values().filter(|p| p.listed).count()
    }

    /// True where nobody is known.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// By a strong key: 学号, document, 考生号. An ID reader's whole line is understood by its 18 characters.
    pub fn by_key(&self, code: &str) -> Found {
        let key = width::key(code);
        match self.by_key.get(&key).map(Vec::as_slice) {
            Some([one]) => return Found::One(*one),
            Some(many) if !many.is_empty() => return Found::Many(many.to_vec()),
            _ => {}
        }
        match reader_line_id(&key).and_then(|id| self.by_key.get(&id)) {
            Some(ids) if ids.len() == 1 => Found::One(ids[0]),
            Some(ids) => Found::Many(ids.clone()),
            None => Found::Nobody,
        }
    }

    /// By a strong key, else by full name where only one bears it.
    pub fn find(&self, text: &str) -> Found {
        match self.by_key(text) {
            Found::Nobody => match self.by_name.get(&name_key(text)).map(Vec::as_slice) {
                Some([one]) => Found::One(*one),
                Some(many) if !many.is_empty() => Found::Many(many.to_vec()),
                _ => Found::Nobody,
            },
            found => found,
        }
    }
}

/// The 18-character document number inside a line like `姓名,性别,…,身份证号,…` (screens.md, law 9).
fn reader_line_id(key: &str) -> Option<String> {
    key.split(|c: char| !c.is_ascii_alphanumeric())
        .find(|part| part.len() == 18 && part.as_bytes()[..17].iter().all(u8::is_ascii_digit))
        .map(str::to_owned)
}

fn registered_person(id: PersonId, code: Option<&str>, name: &str, class: Option<&str>, place: usize) -> Person {
    Person {
        id,
        place,
        name: name.to_owned(),
        // Fewer characters than that are the last ones of a number, no key.
        student_no: code.filter(|c| c.chars().count() >= 6).map(width::key),
        class: class.map(str::to_owned),
        ..Person::default()
    }
}
