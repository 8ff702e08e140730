//! Pictures that say nothing of themselves, neither time nor number nor name: they are counted in the order of their names, as people read it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::names::Told;
use crate::domain::album::{Album, Photo};
use crate::domain::width;

/// Pictures of several folders, each of which begins its numbers anew (`电商171/001.jpg`, `电商172/001.jpg`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anew {
    /// By place in the album, for those of a class of the session: their number through all classes, in the order in which these sat down.
    pub ranks: Vec<Option<u32>>,
    /// Places of those of whom nothing says which folder comes first.
    pub unordered: Vec<usize>,
    /// Places of those whose folder is a class that is not of this session.
    pub others: Vec<usize>,
}

/// Orders them: by class, then by number. A folder that names no class has no place among others, nor have two of one class.
pub fn anew(album: &Album, told: &[Told], groups: &HashMap<String, u32>) -> Anew {
    let mut out = Anew { ranks: vec![None; album.photos.len()], ..Anew::default() };
    let mut homes: BTreeMap<(&str, &str), Vec<(u32, usize)>> = BTreeMap::new();
    for (place, (photo, told)) in album.photos.iter().zip(told).enumerate() {
        let picture = &photo.picture;
        let silent = picture.taken.is_none() && picture.body.is_none() && told.who.is_none();
        if let (Some(number), true) = (picture.counter.or(told.counter), silent && picture.fault.is_none_or(|f| f.shows())) {
            homes.entry(home(photo)).or_default().push((number, place));
        }
    }
    let class_of = |members: &[(u32, usize)]| members.first().and_then(|m| told[m.1].class.as_deref()).map(width::class_key);
    homes.retain(|_, members| {
        let foreign = !groups.is_empty() && class_of(members).is_some_and(|class| !groups.contains_key(&class));
        if foreign {
            out.others.extend(members.iter().map(|m| m.1));
        }
        !foreign
    });
    let mut known: BTreeSet<u32> = BTreeSet::new();
    let begins_anew = homes.values().any(|members| {
        let own: BTreeSet<u32> = members.iter().map(|m| m.0).collect();
        let twice = own.iter().any(|n| known.contains(n));
        known.extend(own);
        twice
    });
    if !begins_anew {
        return out;
    }
    let mut classes: BTreeMap<u32, Vec<&Vec<(u32, usize)>>> = BTreeMap::new();
    let mut nameless = Vec::new();
    for members in homes.values() {
        match class_of(members).and_then(|class| groups.get(&class)) {
            Some(group) => classes.entry(*group).or_default().push(members),
            None => nameless.push(members),
        }
    }
    let mut number = 0;
    let last = classes.keys().next_back().map_or(0, |group| group + 1);
    // A single folder without a class is ordered in itself; where it stands among the classes does not matter to them.
    match nameless.as_slice() {
        [only] => classes.entry(last).or_default().push(only),
        several => out.unordered.extend(several.iter().flat_map(|members| members.iter().map(|m| m.1))),
    }
    for folders in classes.values() {
        let mut members: Vec<(u32, usize)> = folders.iter().flat_map(|f| f.iter().copied()).collect();
        members.sort_unstable();
        if folders.len() > 1 && members.windows(2).any(|two| two[0].0 == two[1].0) {
            out.unordered.extend(members.iter().map(|m| m.1));
            continue;
        }
        for (_, place) in members {
            number += 1;
            out.ranks[place] = Some(number);
        }
    }
    out.unordered.sort_unstable();
    out
}

/// Reading and folder of a photograph.
fn home(photo: &Photo) -> (&str, &str) {
    (&photo.id.reading, photo.id.path.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// The place of each picture among all, from 1, where none of them says anything; nothing of those that cannot be looked at.
pub fn by_name(album: &Album, told: &[Told]) -> Vec<Option<u32>> {
    let mut ranks = vec![None; album.photos.len()];
    let shows = |place: &usize| album.photos[*place].picture.fault.is_none_or(|f| f.shows());
    let mut places: Vec<usize> = (0..album.photos.len()).filter(shows).collect();
    let silent = |place: &usize| {
        let (picture, told) = (&album.photos[*place].picture, &told[*place]);
        picture.taken.is_none() && picture.counter.is_none() && told.counter.is_none() && told.who.is_none()
    };
    if !places.iter().all(silent) {
        return ranks;
    }
    places.sort_by_cached_key(|place| (album.photos[*place].id.reading.clone(), natural(&album.photos[*place].id.path)));
    for (number, place) in (1..).zip(places) {
        ranks[place] = Some(number);
    }
    ranks
}

/// Letters and numbers by turns: `照片 (10)` comes behind `照片 (9)`.
fn natural(path: &str) -> Vec<(String, usize, String)> {
    let mut parts: Vec<(String, usize, String)> = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, from) = rest.split_at(letters);
        let digits = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (number, behind) = from.split_at(digits);
        let number = number.trim_start_matches('0');
        parts.push((text.to_owned(), number.len(), number.to_owned()));
        rest = behind;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_in_which_people_read_them() {
        let mut names =
            ["照片 (10).jpg", "照片 (9).jpg", "照片 (1).jpg", "照片.jpg", "mmexport1778900000001.jpg", "mmexport1778900000000.jpg"];
        names.sort_by_cached_key(|name| natural(name));
        assert_eq!(names[..2], ["mmexport1778900000000.jpg", "mmexport1778900000001.jpg"]);
        assert_eq!(names[2..5], ["照片 (1).jpg", "照片 (9).jpg", "照片 (10).jpg"]);
    }
}
