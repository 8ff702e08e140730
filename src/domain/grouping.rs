//! People by name, class and college.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::ids::PersonId;
use super::profile::Person;
use super::text::Text;
use super::width::{self, name_key};

/// Who bears a name, and who is in a class or a college, in list order.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    by_name: HashMap<String, Vec<PersonId>>,
    by_class: BTreeMap<String, Vec<PersonId>>,
    /// Classes of one name in several colleges, each with those colleges, by their keys.
    shared: BTreeMap<String, BTreeSet<String>>,
    by_college: BTreeMap<String, Vec<PersonId>>,
    /// 免拍, on a list: few, and asked for at every scan.
    pub exempt: Vec<PersonId>,
}

impl Groups {
    /// Of these people.
    pub fn of(people: &[Person]) -> Self {
        let mut groups = Self::default();
        for person in people {
            groups.name(person);
        }
        // People of a class follow each other, and those of a college.
        for (key, ids) in runs(people, Person::unit, width::class_key).into_iter().filter(|(key, _)| key.is_some()) {
            groups.by_class.entry(key.unwrap_or_default()).or_default().extend(ids);
        }
        groups.part(people);
        for (key, ids) in runs(people, |p| p.college.as_ref(), width::key) {
            groups.by_college.entry(key.unwrap_or_default()).or_default().extend(ids);
        }
        let exempt = people.iter().filter(|p| p.listed && p.marks.exempt == Some(true));
        groups.exempt = exempt.map(|p| p.id).collect();
        groups
    }

    // `会计2201` of 商学院 and of 继续教育学院 are two classes: beside their common name each has one with its college.
    fn part(&mut self, people: &[Person]) {
        let listed: Vec<&Person> = people.iter().filter(|p| p.listed && p.college.is_some() && p.unit().is_some()).collect();
        let runs = || listed.chunk_by(|a, b| (a.unit(), &a.college) == (b.unit(), &b.college));
        let text = |p: &&Person| Some((p.unit()?.to_string(), p.college.as_ref()?.to_string()));
        let mut first: HashMap<String, String> = HashMap::default();
        for (class, college) in runs().filter_map(|run| run.first().and_then(text)) {
            let (class, college) = (width::class_key(&class), width::key(&college));
            match first.get(&class) {
                Some(known) if *known != college => {
                    let known = known.clone();
                    self.shared.entry(class).or_default().extend([known, college]);
                }
                Some(_) => {}
                None => drop(first.insert(class, college)),
            }
        }
        if self.shared.is_empty() {
            return;
        }
        for run in runs() {
            let Some((class, college)) = run.first().and_then(text) else { continue };
            let class = width::class_key(&class);
            if self.shared.contains_key(&class) {
                let key = of_college(&class, &width::key(&college));
                self.by_class.entry(key).or_default().extend(run.iter().map(|p| p.id));
            }
        }
    }

    /// The colleges that have a class of that name, by their keys, where they are several.
    pub fn sharing(&self, class_key: &str) -> Option<&BTreeSet<String>> {
        self.shared.get(class_key)
    }

    /// Adds somebody's name.
    pub fn name(&mut self, person: &Person) {
        if !person.name.is_empty() {
            self.by_name.entry(name_key(&person.name)).or_default().push(person.id);
        }
    }

    /// Who bears that name.
    pub fn called(&self, name_key: &str) -> &[PersonId] {
        self.by_name.get(name_key).map_or(&[], Vec::as_slice)
    }

    /// Who is in the class.
    pub fn class(&self, class_key: &str) -> &[PersonId] {
        self.by_class.get(class_key).map_or(&[], Vec::as_slice)
    }

    /// Who is in the college.
    pub fn college(&self, college_key: &str) -> &[PersonId] {
        self.by_college.get(college_key).map_or(&[], Vec::as_slice)
    }
}

/// Key of a class of one college, where another college has one of that name.
pub fn of_college(class_key: &str, college_key: &str) -> String {
    format!("{class_key}@{college_key}")
}

/// Those on lists, as they follow each other with the same text, by its key.
fn runs(people: &[Person], text: fn(&Person) -> Option<&Text>, key: fn(&str) -> String) -> Vec<(Option<String>, Vec<PersonId>)> {
    let listed: Vec<&Person> = people.iter().filter(|p| p.listed).collect();
    let run = |run: &[&Person]| (run.first().and_then(|p| text(p)).map(|t| key(t)), run.iter().map(|p| p.id).collect());
    listed.chunk_by(|a, b| text(a) == text(b)).map(run).collect()
}
