//! People by their numbers: 学号, document, 考生号.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt};

use super::ids::PersonId;
use super::profile::Person;
use super::text::Text;
use super::width;

/// Who has which number.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// Where the first of them stands.
    first: HashMap<Text, u32>,
    /// Numbers of several people, which are few.
    several: HashMap<Text, Vec<PersonId>>,
}

/// A number as a key; the text itself where nothing is to be folded.
fn key_text(text: &Text) -> Text {
    match width::as_key(text) {
        Cow::Borrowed(_) => text.clone(),
        Cow::Owned(key) => key.into(),
    }
}

impl Numbers {
    /// Of these people.
    pub fn of(people: &[Person]) -> Self {
        let mut numbers = Self { first: HashMap::with_capacity(people.len() * 3), several: HashMap::new() };
        for (person, at) in people.iter().zip(0..) {
            for key in [&person.student_no, &person.id_no, &person.exam_no].into_iter().flatten() {
                let (key, first) = match numbers.first.entry(key_text(key)) {
                    Entry::Vacant(free) => {
                        free.insert(at);
                        continue;
                    }
                    Entry::Occupied(known) if *known.get() == at => continue,
                    Entry::Occupied(known) => (known.key().clone(), *known.get()),
                };
                let first = people.get(first as usize).map_or(person.id, |p| p.id);
                let several = numbers.several.entry(key).or_insert_with(|| vec![first]);
                if !several.contains(&person.id) {
                    several.push(person.id);
                }
            }
        }
        numbers
    }

    /// True where somebody has it.
    pub fn holds(&self, key: &str) -> bool {
        self.first.contains_key(key)
    }

    /// Gives it to one, whoever had it.
    pub fn give(&mut self, key: Text, at: u32) {
        self.several.remove(&key);
        self.first.insert(key, at);
    }

    /// Place of the first who has it.
    pub fn first(&self, key: &str) -> Option<usize> {
        self.first.get(key).map(|at| *at as usize)
    }

    /// Those who have it, where they are several.
    pub fn several(&self, key: &str) -> Option<&[PersonId]> {
        self.several.get(key).map(Vec::as_slice)
    }
}
