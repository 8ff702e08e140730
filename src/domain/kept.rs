//! Columns that nothing of the day needs and a person chose to keep, as a list says them of somebody: a telephone, a dormitory.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::few::Few;
use super::text::Text;
use super::width;

/// Most columns of a list that are kept.
pub const COLUMNS_MAX: usize = 8;
/// Longest value that is kept, in characters.
pub const LONGEST: usize = 60;

/// So many digits are a telephone, a document, a card, or a date of birth, which a masked document hides too.
const DIGITS: usize = 6;
/// So many letters and digits in a row, and a digit among them, may be a document of another country.
const RUN: usize = 7;

/// Values by the header of their column, in the order of the headers. Nearly nobody has any: then it is a pointer to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept(Option<Arc<Few<Text, Text>>>);

impl Kept {
    /// True where nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Header and value of each column.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &Text)> {
        self.0.iter().flat_map(|few| few.iter())
    }

    /// What stands in that column.
    pub fn get(&self, header: &Text) -> Option<&Text> {
        self.0.as_ref()?.get(header)
    }

    /// True where a value is masked.
    pub fn holds_number(&self) -> bool {
        self.iter().any(|(_, value)| is_number(value))
    }

    /// Takes over whatever the later list says.
    pub fn overlay(&mut self, later: &Self) {
        match &mut self.0 {
            None => self.clone_from(later),
            Some(mine) if !later.is_empty() => {
                let mine = Arc::make_mut(mine);
                for (header, value) in later.iter() {
                    mine.insert(header.clone(), value.clone());
                }
            }
            Some(_) => {}
        }
    }

    /// Takes over only what it has nothing of.
    pub fn fill(&mut self, other: &Self) {
        let mut all = other.clone();
        all.overlay(self);
        *self = all;
    }
}

impl FromIterator<(Text, Text)> for Kept {
    fn from_iter<I: IntoIterator<Item = (Text, Text)>>(values: I) -> Self {
        let few: Few<Text, Text> = values.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        Self((!few.is_empty()).then(|| Arc::new(few)))
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<Text, Text>::deserialize(from)?.into_iter().collect())
    }
}

/// True for what looks like a number of somebody: it is masked wherever documents are, with whatever stands around it.
pub fn is_number(value: &str) -> bool {
    let folded = width::fold(value);
    let in_a_row = |run: &str| run.len() >= RUN && run.bytes().any(|b| b.is_ascii_digit());
    folded.chars().filter(|c| c.is_numeric()).count() >= DIGITS || folded.split(|c: char| !c.is_ascii_alphanumeric()).any(in_a_row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(values: &[(&str, &str)]) -> Kept {
        values.iter().map(|(header, value)| (Text::from(*header), Text::from(*value))).collect()
    }

    #[test]
    fn whoever_has_nothing_kept_pays_a_pointer() {
        assert_eq!(size_of::<Kept>(), size_of::<usize>());
        assert!(kept(&[("手机", "")]).is_empty());
    }

    #[test]
    fn a_later_list_says_its_columns_anew_and_leaves_the_others() {
        let mut mine = kept(&[("手机", "1"), ("宿舍", "2-301")]);
        mine.overlay(&kept(&[("手机", "2"), ("民族", "畲族")]));
        mine.overlay(&Kept::default());
        assert_eq!(mine, kept(&[("民族", "畲族"), ("手机", "2"), ("宿舍", "2-301")]));
        mine.fill(&kept(&[("手机", "3"), ("籍贯", "丽水")]));
        assert_eq!(mine, kept(&[("民族", "畲族"), ("手机", "2"), ("宿舍", "2-301"), ("籍贯", "丽水")]));
    }

    proptest! {
        #[test]
        fn it_is_read_as_it_was_written(values in prop::collection::vec(("[一-龥A-Z]{1,4}", "\\PC{0,8}"), 0..6)) {
            let kept: Kept = values.iter().map(|(header, value)| (Text::from(header.as_str()), Text::from(value.as_str()))).collect();
            let written = serde_json::to_string(&kept).unwrap();
            prop_assert_eq!(serde_json::from_str::<Kept>(&written).unwrap(), kept);
        }
    }
}
