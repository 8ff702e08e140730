//! Pictures that say nothing of themselves, neither time nor number nor name: they are counted in the order of their names, as people read it.

use super::names::Told;
use crate::domain::album::Album;

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
