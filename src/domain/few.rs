//! A map of a few pairs, kept in order in one piece of memory.
//!
//! Most people have one visit and five facts: a tree for each of a hundred thousand would be room for nothing, and takes longer to fill
//! than to fold what is in it.

use std::cmp::Ordering;

/// Pairs in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Few<K, V>(Vec<(K, V)>);

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Few<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        // Collected where they lie: what is a list already stays that list. Of equal keys the last one counts, as in a tree.
        let mut pairs: Vec<(K, V)> = pairs.into_iter().collect();
        if !pairs.is_sorted_by(|a, b| a.0 < b.0) {
            let tree: std::collections::BTreeMap<K, V> = pairs.into_iter().collect();
            pairs = tree.into_iter().collect();
        }
        Self(pairs)
    }
}

impl<K: Ord, V> Few<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        // What comes last is put in last: a journal is read in its order.
        match self.0.last() {
            Some((last, _)) if last < key => Err(self.0.len()),
            _ => self.0.binary_search_by(|(k, _)| k.cmp(key)),
        }
    }

    /// What stands under this key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// Puts it there; what stood there before comes back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Takes it away.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }
}

impl<K, V: Default> Few<K, V> {
    /// What stands where `order` says that a key is equal; where there is none, a new one under the key that is made then.
    pub fn find_or_put(&mut self, order: impl Fn(&K) -> Ordering, key: impl FnOnce() -> K) -> &mut V {
        let at = self.0.binary_search_by(|(k, _)| order(k)).unwrap_or_else(|at| {
            if self.0.is_empty() {
                // Most have one and never another.
                self.0.reserve_exact(1);
            }
            self.0.insert(at, (key(), V::default()));
            at
        });
        &mut self.0[at].1
    }
}

impl<K, V> Few<K, V> {
    /// All pairs in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.0.iter().map(|(k, v)| (k, v))
    }

    /// All keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.iter().map(|(k, _)| k)
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.iter().map(|(_, v)| v)
    }

    /// All values, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, v)| v)
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_is_collected_as_a_tree_is(pairs in proptest::collection::vec((0u8..12, any::<u8>()), 0..30)) {
            let (few, tree): (Few<u8, u8>, BTreeMap<u8, u8>) = (pairs.iter().copied().collect(), pairs.iter().copied().collect());
            prop_assert!(few.iter().eq(tree.iter()));
        }

        #[test]
        fn it_holds_what_a_tree_holds(steps in proptest::collection::vec((0u8..12, any::<u8>(), 0u8..3), 0..60)) {
            let (mut few, mut tree) = (Few::default(), BTreeMap::new());
            for (key, value, what) in steps {
                match what {
                    0 => prop_assert_eq!(few.insert(key, value), tree.insert(key, value)),
                    1 => prop_assert_eq!(few.remove(&key), tree.remove(&key)),
                    _ => {
                        *few.find_or_put(|k: &u8| k.cmp(&key), || key) = value;
                        *tree.entry(key).or_default() = value;
                    }
                }
                prop_assert_eq!(few.get(&key), tree.get(&key));
                prop_assert!(few.iter().eq(tree.iter()) && few.keys().eq(tree.keys()) && few.values().eq(tree.values()));
                prop_assert_eq!(few.is_empty(), tree.is_empty());
            }
        }
    }
}
