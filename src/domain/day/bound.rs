//! Codes that people were bound to by hand, a campus card or a 采集码: nobody's list holds them, and of each only a keyed hash is kept.

use super::Day;
use crate::domain::campaign::DEFAULT_ID;
use crate::domain::digest;
use crate::domain::event::{Entry, Fact, Whole};
use crate::domain::ids::PersonId;
use crate::domain::width;

/// Most characters of a 学号, 考生号 or document: a longer code is of something else.
const LONGEST_NUMBER: usize = 18;

/// True where a text is a code as guns read them, and too long to be the number of anybody.
pub fn is_long(text: &str) -> bool {
    let text = width::fold(text);
    let text = text.trim();
    text.chars().count() > LONGEST_NUMBER && text.bytes().all(|b| b.is_ascii_graphic()) && text.bytes().any(|b| b.is_ascii_digit())
}

// The campaign is the key: the same card tells nothing in another campaign's file.
fn hash(campaign: &str, code: &str) -> String {
    digest::hex(&digest::of(&["duihao code", campaign, &width::key(code)])[..16])
}

impl Day {
    /// The hash under which a code is bound from now on.
    pub fn code_hash(&self, code: &str) -> String {
        hash(&self.campaign.id, code)
    }

    /// Whose code that is, as somebody said last.
    pub fn bound_to(&self, code: &str) -> Option<PersonId> {
        if self.bound.is_empty() {
            return None;
        }
        // What was bound before the campaign was declared stays bound.
        let said = [self.campaign.id.as_str(), DEFAULT_ID].map(|id| self.bound.get(&hash(id, code)));
        let (_, person) = said.into_iter().flatten().filter_map(|by| by.last_key_value()).max_by_key(|(at, _)| **at)?;
        Some(self.roster.speaker(*person)).filter(|id| self.roster.person(*id).is_some())
    }

    pub(super) fn bind(&mut self, entry: &Entry) {
        if let Fact::Whole(Whole::Bound { code_hash, person }) = &entry.event.fact {
            self.bound.entry(code_hash.clone()).or_default().insert(entry.fold_key(), *person);
        }
    }

    pub(super) fn unbind(&mut self, entry: &Entry) {
        if let Fact::Whole(Whole::Bound { code_hash, .. }) = &entry.event.fact
            && let Some(said) = self.bound.get_mut(code_hash)
        {
            said.remove(&entry.fold_key());
            if said.is_empty() {
                self.bound.remove(code_hash);
            }
        }
    }
}
