//! Who is expected: lists, marks and corrections folded into people, and people found by what a scanner or a teacher types.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::event::{Field, Same};
use super::grouping::Groups;
use super::ids::{PersonId, Who};
use super::joining::Union;
use super::person::{ClassList, MarkList};
use super::person_numbers::Numbers;
pub use super::profile::{Person, SHORTEST_KEY};
use super::text::Text;
use super::width::{self, class_name, document_in};

pub use super::width::name_key;

/// What the facts say, in fold order, before identities are decided.
#[derive(Debug, Clone, Default)]
pub struct Sources<'a> {
    /// Class lists.
    pub lists: Vec<&'a ClassList>,
    /// What was kept of these afterwards.
    pub kept: Vec<&'a ClassList>,
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

impl Found {
    /// All whom the code or name may mean.
    pub fn into_ids(self) -> Vec<PersonId> {
        match self {
            Self::One(id) => vec![id],
            Self::Many(ids) => ids,
            Self::Nobody => Vec::new(),
        }
    }
}

/// Everybody, with their keys.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// In list order, those only registered after them.
    people: Vec<Person>,
    /// Where in `people` the one stands whom an id means.
    speaks: HashMap<PersonId, u32>,
    numbers: Numbers,
    groups: Groups,
    clashes: Vec<Clash>,
    /// Keys of names that were corrected.
    former: HashMap<PersonId, Vec<String>>,
    /// People whom claims or corrections name, known or not.
    named: BTreeSet<PersonId>,
    /// Keys that mark lists name, also where nobody has them yet.
    marked: HashSet<String>,
    /// The last signs of a 学号 that were given at 登记.
    ends: HashMap<PersonId, Text>,
}

impl Roster {
    /// Folds the sources. Two ids that share 学号 or document under equal names are one person; the smaller id speaks for both.
    pub fn of(sources: &Sources<'_>) -> Self {
        let mut roster = Self::default();
        let longest = sources.lists.iter().map(|list| list.rows.len()).max().unwrap_or(0);
        let mut raw: Vec<Person> = Vec::with_capacity(longest);
        let mut at: HashMap<PersonId, usize> = HashMap::with_capacity(longest);
        // Behind which list each was named last.
        let mut named: Vec<usize> = Vec::with_capacity(longest);
        let mut readings: HashMap<(&str, &str), usize> = HashMap::new();
        for (number, list) in sources.lists.iter().enumerate() {
            // Read anew, a row says nothing that it said before; and nobody who is gone comes back by it.
            let before = readings.insert((&list.hash, &list.sheet), number);
            let anew = before.and_then(|n| sources.lists.get(n)).is_some_and(|l| l.rows != list.rows);
            for row in &list.rows {
                let id = list.person(row);
                let known = raw.len();
                let index = *at.entry(id).or_insert_with(|| {
                    raw.push(Person { id, place: raw.len(), ..Person::default() });
                    named.push(0);
                    raw.len() - 1
                });
                if anew && index < known {
                    raw[index] = Person { id, place: raw[index].place, ..Person::default() };
                } else {
                    named[index] = number + 1;
                }
                raw[index].overlay(row);
            }
        }
        // Nobody is on a list by that alone: the list itself may be undone.
        for (list, row) in sources.kept.iter().flat_map(|l| l.rows.iter().map(move |r| (l, r))) {
            if let Some(index) = at.get(&list.person(row)) {
                raw[*index].kept.fill(&row.kept);
            }
        }
        for (id, code, name, class) in &sources.registered {
            if at.contains_key(id) {
                continue;
            }
            at.insert(*id, raw.len());
            raw.push(Person::registered(*id, *code, name, *class, raw.len()));
        }
        // A list that still has the name from before a correction names the same person.
        let mut written: HashMap<usize, String> = HashMap::new();
        for (id, field, new) in &sources.corrections {
            if let Some(index) = at.get(id) {
                written.entry(*index).or_insert_with(|| name_key(&raw[*index].name));
                raw[*index].correct(*field, new);
            }
        }
        roster.named = sources.corrections.iter().map(|(id, ..)| *id).collect();
        roster.named.extend(sources.claims.iter().filter_map(|(who, _)| if let Who::Person(id) = who { Some(*id) } else { None }));
        roster.named.extend(sources.same.iter().flat_map(|s| [s.was, s.is]).chain(sources.gone.iter().map(|(_, id)| *id)));
        let mut union = Union::new(raw.len());
        roster.join(&raw, &written, &at, sources, &mut union);
        roster.gather(raw, union, sources);
        roster.settle_clashes();
        for (id, index) in
            sources.corrections.iter().filter(|(_, field, _)| *field == Field::Name).filter_map(|(id, ..)| Some((id, at.get(id)?)))
        {
            let speaker = roster.speaker(*id);
            roster.former.entry(speaker).or_default().extend(written.get(index).cloned());
        }
        roster.strike(&named, &at, sources);
        roster.mark(sources);
        roster.correct_marks(sources);
        // Room for the indexes: nobody is looked up by row any more.
        drop((at, named, written));
        roster.index(sources);
        roster
    }

    /// Adds someone registered after everybody else; false where they may be one of those known, so that all must be folded anew.
    pub fn register(&mut self, id: PersonId, code: Option<&str>, name: &str, class: Option<&str>) -> bool {
        // Rows that were joined keep their places: as many as there are ids, not people.
        let place = self.speaks.len();
        let person = Person::registered(id, code, name, class, place);
        let key = person.student_no.as_deref().or(person.id_no.as_deref()).map(width::key);
        if self.speaks.contains_key(&id)
            || self.named.contains(&id)
            || key.as_ref().is_some_and(|k| self.numbers.holds(k) || self.marked.contains(k))
        {
            return false;
        }
        let at = self.people.len() as u32;
        if let Some(key) = key {
            self.numbers.give(key.into(), at);
        }
        self.note_end(id, code);
        self.groups.name(&person);
        self.speaks.insert(id, at);
        self.people.push(person);
        true
    }

    fn note_end(&mut self, id: PersonId, code: Option<&str>) {
        let end = code.map(width::key).filter(|end| !end.is_empty() && end.chars().count() < SHORTEST_KEY);
        self.ends.extend(end.map(|end| (id, end.into())));
    }

    /// The last signs of their 学号 as given at 登记, where no more is known.
    pub fn end_of(&self, person: &Person) -> Option<&str> {
        self.ends.get(&person.id).filter(|_| person.student_no.is_none()).map(|end| &**end)
    }

    /// Whoever was registered with no more than these last signs of a 学号.
    pub fn by_end(&self, end: &str) -> Found {
        let end = width::key(end);
        let mut ids: Vec<PersonId> = self.ends.iter().filter(|(_, known)| ***known == *end).map(|(id, _)| self.speaker(*id)).collect();
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [] => Found::Nobody,
            [one] => Found::One(*one),
            _ => Found::Many(ids),
        }
    }

    fn join(
        &mut self,
        raw: &[Person],
        written: &HashMap<usize, String>,
        at: &HashMap<PersonId, usize>,
        sources: &Sources<'_>,
        union: &mut Union,
    ) {
        for pair in &sources.same {
            if let (Some(was), Some(is)) = (at.get(&pair.was), at.get(&pair.is)) {
                union.join(*was, *is);
            }
        }
        let mut first: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(raw.len() * 2);
        // Nearly every number stands in one row only.
        let mut later: HashMap<Cow<'_, str>, Vec<usize>> = HashMap::new();
        for (index, person) in raw.iter().enumerate() {
            for key in [&person.student_no, &person.id_no].into_iter().flatten() {
                let (head, key) = match first.entry(width::as_key(key)) {
                    Entry::Vacant(free) => {
                        free.insert(index);
                        continue;
                    }
                    Entry::Occupied(known) => (*known.get(), known.key().clone()),
                };
                let later = later.entry(key.clone()).or_default();
                let name = name_key(&person.name);
                let same = std::iter::once(head).chain(later.iter().copied()).find(|other| {
                    let known = name_key(&raw[*other].name);
                    let before = |index: usize, now: &String| written.get(&index).unwrap_or(now).clone();
                    known == name
                        || before(*other, &known) == before(index, &name)
                        || known.is_empty()
                        || name.is_empty()
                        || union.root(*other) == union.root(index)
                });
                match same {
                    Some(other) => union.join(other, index),
                    None => {
                        let mut people = [raw[head].id, person.id];
                        people.sort();
                        self.clashes.push(Clash { key: key.into_owned(), people });
                    }
                }
                later.push(index);
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

    /// Rows of one person become one; the smallest of their ids speaks for all.
    fn gather(&mut self, mut raw: Vec<Person>, mut union: Union, sources: &Sources<'_>) {
        let mut rows: Vec<(usize, usize)> = (0..raw.len()).map(|row| (union.root(row), row)).collect();
        rows.sort_unstable();
        let mut also: Vec<(PersonId, PersonId)> = Vec::new();
        let mut joined: HashSet<usize> = HashSet::new();
        for members in rows.chunk_by(|a, b| a.0 == b.0).filter(|members| members.len() > 1) {
            let mut members: Vec<usize> = members.iter().map(|(_, row)| *row).collect();
            let root = members[0];
            let Some(speaker) = members.iter().map(|m| raw[*m].id).min() else { continue };
            also.extend(members.iter().map(|m| (raw[*m].id, speaker)));
            let listed = members.iter().any(|m| raw[*m].listed);
            let place = members.iter().copied().filter(|m| raw[*m].listed == listed).min().unwrap_or(usize::MAX);
            // Someone on a list says more about a person than a registration at the desk: listed rows last.
            members.sort_by_key(|m| (raw[*m].listed, *m));
            let mut person = raw[members[0]].clone();
            for m in &members[1..] {
                person.overlay(&raw[*m].as_row());
            }
            raw[root] = Person { id: speaker, listed, place, ..person };
            joined.extend(members.into_iter().filter(|m| *m != root));
        }
        let mut row = 0..;
        raw.retain(|_| row.next().is_none_or(|row| !joined.contains(&row)));
        raw.shrink_to_fit();
        raw.sort_by_key(|p| p.place);
        self.people = raw;
        self.speaks = self.people.iter().zip(0..).map(|(person, at)| (person.id, at)).collect();
        for (id, speaker) in also {
            if let Some(at) = self.speaks.get(&speaker).copied() {
                self.speaks.insert(id, at);
            }
        }
        for (id, field, new) in &sources.corrections {
            if let Some(person) = self.person_mut(*id) {
                person.correct(*field, new);
            }
        }
    }

    /// A number that one of both gave up, by a later list or a correction, is no clash any more.
    fn settle_clashes(&mut self) {
        let clashes = std::mem::take(&mut self.clashes);
        let has = |id: PersonId, key: &str| {
            let numbers = self.person(id).into_iter().flat_map(|p| [&p.student_no, &p.id_no]).flatten();
            numbers.into_iter().any(|number| width::as_key(number) == key)
        };
        self.clashes = clashes.into_iter().filter(|c| c.people.iter().all(|id| has(*id, &c.key))).collect();
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
            if let Some(person) = self.person_mut(speaker).filter(|_| last.get(&speaker).is_some_and(|n| n <= lists)) {
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
        for person in &self.people {
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
                    if let Some(person) = self.person_mut(*id) {
                        person.marks.overlay(&row.marks);
                    }
                }
            }
        }
    }

    // Who said so had the person before them: a list says nothing against it, whether it came before or after.
    fn correct_marks(&mut self, sources: &Sources<'_>) {
        for (id, field, new) in sources.corrections.iter().filter(|(_, field, _)| *field == Field::Exempt) {
            if let Some(person) = self.person_mut(*id) {
                person.correct(*field, new);
            }
        }
    }

    /// People by name and class (`王芳@电商171`); two of one name are nobody.
    fn named_in_classes(&self) -> HashMap<String, Option<PersonId>> {
        let mut found = HashMap::new();
        for (person, class) in self.people.iter().filter_map(|p| Some((p, p.class.as_ref()?))) {
            found.entry(class_name(&person.name, class)).and_modify(|id| *id = None).or_insert(Some(person.id));
        }
        found
    }

    fn index(&mut self, sources: &Sources<'_>) {
        // One after the other: on two threads it takes less time, and a fifth more memory at the top of an import.
        self.numbers = Numbers::of(&self.people);
        self.groups = Groups::of(&self.people);
        for (who, person) in &sources.claims {
            if let (Who::Code(code), Some(at)) = (who, self.speaks.get(person).copied()) {
                self.numbers.give(Text::from(width::key(code)), at);
            }
        }
        for (id, code, ..) in &sources.registered {
            // What was scanned before somebody said who that is was scanned of the same person.
            if let (Some(code), Some(at)) = (code.map(width::key), self.speaks.get(id).copied())
                && code.chars().count() >= SHORTEST_KEY
                && !self.numbers.holds(&code)
            {
                self.numbers.give(Text::from(code), at);
            }
            self.note_end(*id, *code);
        }
    }

    /// Everybody in list order, those only registered after them.
    pub fn people(&self) -> impl Iterator<Item = &Person> + Clone {
        self.people.iter()
    }

    /// Those on lists who are exempt, in list order.
    pub fn exempt(&self) -> impl Iterator<Item = &Person> {
        self.groups.exempt.iter().filter_map(|id| self.person(*id))
    }

    /// The person that id stands for.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(*self.speaks.get(&id)? as usize)
    }

    fn person_mut(&mut self, id: PersonId) -> Option<&mut Person> {
        self.people.get_mut(*self.speaks.get(&id)? as usize)
    }

    /// The id that speaks for this one.
    pub fn speaker(&self, id: PersonId) -> PersonId {
        self.person(id).map_or(id, |p| p.id)
    }

    /// Where somebody stands in [`Roster::people`].
    pub fn standing(&self, id: PersonId) -> Option<usize> {
        self.speaks.get(&id).map(|at| *at as usize)
    }

    /// True where they bear that name, or bore it before a correction.
    pub fn bears(&self, person: &Person, name_key: &str) -> bool {
        self::name_key(&person.name) == name_key || self.former.get(&person.id).is_some_and(|names| names.iter().any(|n| n == name_key))
    }

    /// People of a class by its key, in list order.
    pub fn class(&self, class_key: &str) -> &[PersonId] {
        self.groups.class(class_key)
    }

    /// Keys of the colleges that have a class of that name, where they are several: each of these classes has a key of its own
    /// ([`of_college`](super::grouping::of_college)).
    pub fn sharing(&self, class_key: &str) -> Option<&BTreeSet<String>> {
        self.groups.sharing(class_key)
    }

    /// People of a college by its key, in list order.
    pub fn college(&self, college: &str) -> &[PersonId] {
        self.groups.college(&width::key(college))
    }

    /// People who share a key under different names.
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }

    /// Number of people on lists.
    pub fn len(&self) -> usize {
        self.people.iter().filter(|p| p.listed).count()
    }

    /// True where nobody is known.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// By a strong key: 学号, document, 考生号. An ID reader's whole line is understood by its 18 characters.
    pub fn by_key(&self, code: &str) -> Found {
        let key = width::as_key(code);
        match self.exactly(&key) {
            Found::Nobody => document_in(&key).map_or(Found::Nobody, |id| self.exactly(&id)),
            found => found,
        }
    }

    fn exactly(&self, key: &str) -> Found {
        if let Some(several) = self.numbers.several(key) {
            return Found::Many(several.to_vec());
        }
        let one = self.numbers.first(key).and_then(|at| self.people.get(at));
        one.map_or(Found::Nobody, |person| Found::One(person.id))
    }

    /// By a strong key, else by full name where only one bears it.
    pub fn find(&self, text: &str) -> Found {
        match self.by_key(text) {
            Found::Nobody => match self.groups.called(&name_key(text)) {
                [] => Found::Nobody,
                [one] => Found::One(*one),
                many => Found::Many(many.to_vec()),
            },
            found => found,
        }
    }
}
