//! Which camera took which picture: by what the body says, and where it says nothing by series that run side by side.

use std::collections::{BTreeMap, HashSet};

use super::ids::Millis;
use super::photo::Picture;

/// Changes from one series to the other and back before they cannot be one camera's: nobody changes cards so often.
const CHANGES: usize = 6;
/// Numbers that may be missing inside a series: deleted frames.
const GAP: u32 = 30;
/// Counters of cameras run to this and start again.
const WRAP: u32 = 9_999;
/// Most blocks of numbers that one folder is taken apart into.
const BLOCKS: usize = 64;
/// Most cameras of one make without serial numbers.
const CAMERAS: usize = 8;

/// The pictures of one body, by folder and letters of their names.
type Groups<'a> = BTreeMap<(&'a str, &'a str), Vec<usize>>;

/// A number for each picture: equal where one camera took both, counted from 0 in the order of the paths. Two bodies
/// of one make without serial numbers are told apart where their pictures alternate in time, by folder, by the letters
/// of their names, or by two runs of counters in one folder.
pub fn cameras(pictures: &[Picture]) -> Vec<u16> {
    let mut bodies: BTreeMap<Option<&str>, Groups<'_>> = BTreeMap::new();
    for (at, picture) in pictures.iter().enumerate() {
        bodies.entry(picture.body.as_deref()).or_default().entry(series(&picture.path)).or_default().push(at);
    }
    let mut camera_of: Vec<usize> = vec![0; pictures.len()];
    let mut count = 0;
    for groups in bodies.into_values() {
        // Each camera: the pictures it has so far.
        let mut known: Vec<Vec<usize>> = Vec::new();
        for group in groups.into_values().flat_map(|group| runs(pictures, group)) {
            let own = known.iter().position(|camera| !side_by_side(pictures, camera, &group));
            match own {
                Some(own) => known[own].extend(group),
                None if known.len() < CAMERAS => known.push(group),
                None => known[0].extend(group),
            }
        }
        for (camera, members) in (count..).zip(&known) {
            members.iter().for_each(|at| camera_of[*at] = camera);
        }
        count += known.len();
    }
    // By first appearance, so that the numbers do not hang on how bodies are spelt.
    let mut order: BTreeMap<usize, u16> = BTreeMap::new();
    camera_of
        .into_iter()
        .map(|camera| {
            let next = u16::try_from(order.len()).unwrap_or(u16::MAX);
            *order.entry(camera).or_insert(next)
        })
        .collect()
}

/// Folder and letters of a name: what a camera keeps while it counts.
fn series(path: &str) -> (&str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folder, name.split(|c: char| c.is_ascii_digit()).next().unwrap_or(""))
}

/// Takes pictures of one folder and letters apart into blocks of numbers without large gaps. A clock that jumps leaves a
/// block whole, so that its pictures are never taken for two cameras'.
fn runs(pictures: &[Picture], mut group: Vec<usize>) -> Vec<Vec<usize>> {
    group.sort_by_key(|at| (pictures[*at].counter, *at));
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut last = None;
    for at in &group {
        let counter = pictures[*at].counter;
        let goes_on = counter.zip(last).is_none_or(|(now, before)| now - before <= GAP);
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) => run.push(*at),
            None => runs.push(vec![*at]),
        }
        last = counter;
    }
    // Numbers with so many gaps are no camera's counter.
    if runs.len() > BLOCKS { vec![group] } else { runs }
}

/// True where pictures of both alternate in time as only two cameras can: again and again the numbers do not go on from
/// one to the other. One camera's pictures sorted into two folders go on; copies of the same frames do not count.
fn side_by_side(pictures: &[Picture], a: &[usize], b: &[usize]) -> bool {
    let frame = |at: &usize| Some((pictures[*at].taken?, pictures[*at].counter?));
    let frames: HashSet<(Millis, u32)> = a.iter().filter_map(frame).collect();
    let mut both: Vec<(Millis, u32, bool)> = frames.iter().map(|(taken, counter)| (*taken, *counter, true)).collect();
    both.extend(b.iter().filter_map(frame).filter(|f| !frames.contains(f)).map(|(taken, counter)| (taken, counter, false)));
    both.sort_unstable();
    let breaks = |pair: &&[(Millis, u32, bool)]| {
        let ((_, before, was), (_, now, is)) = (pair[0], pair[1]);
        was != is && !(before..=before.saturating_add(GAP)).contains(&now) && before.saturating_sub(now) < WRAP - GAP
    };
    both.windows(2).filter(breaks).count() >= CHANGES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(path: String, taken: Millis, counter: u32, body: Option<&str>) -> Picture {
        Picture { path, taken: Some(taken), counter: Some(counter), body: body.map(str::to_owned), ..Picture::default() }
    }

    fn run(folder: &str, letters: &str, from: u32, start: Millis, body: Option<&str>) -> Vec<Picture> {
        (0..40)
            .map(|n| {
                let counter = (from + n - 1) % 9_999 + 1;
                picture(format!("{folder}/{letters}{counter:04}.JPG"), start + i64::from(n) * 20_000, counter, body)
            })
            .collect()
    }

    fn count(pictures: &[Picture]) -> usize {
        cameras(pictures).into_iter().collect::<HashSet<_>>().len()
    }

    #[test]
    fn bodies_with_serial_numbers_are_two_cameras_and_one_body_in_two_folders_is_one() {
        let both = [run("a", "DSC_", 1, 0, Some("C100 1")), run("a", "DSC_", 900, 0, Some("C100 2"))].concat();
        assert_eq!(count(&both), 2);
        let wrapped = [run("100", "DSC_", 9_980, 0, Some("C100")), run("101", "DSC_", 1, 800_000, Some("C100"))].concat();
        assert_eq!(count(&wrapped), 1);
        assert_eq!(count(&[]), 0);
    }

    #[test]
    fn bodies_that_say_nothing_are_told_apart_where_they_work_side_by_side() {
        let letters = [run("a", "DSC_", 1, 0, Some("C100")), run("a", "IMG_", 700, 7_000, Some("C100"))].concat();
        assert_eq!(count(&letters), 2);
        let folders = [run("left", "DSC_", 1, 0, None), run("right", "DSC_", 20, 7_000, None)].concat();
        assert_eq!(count(&folders), 2);
        let counters = [run("a", "DSC_", 9_990, 0, None), run("a", "DSC_", 3_000, 7_000, None)].concat();
        let found = cameras(&counters);
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), 2);
        assert!(found[..40].iter().all(|c| *c == found[0]) && found[40..].iter().all(|c| *c != found[0]));
    }

    #[test]
    fn a_copy_of_the_folder_a_changed_card_and_a_jumping_clock_are_no_second_camera() {
        let copy = [run("a", "DSC_", 1, 0, None), run("backup", "DSC_", 1, 0, None)].concat();
        assert_eq!(count(&copy), 1);
        let mut sorted = run("women", "DSC_", 9_980, 0, None);
        sorted.iter_mut().step_by(2).for_each(|p| p.path = p.path.replace("women", "men"));
        assert_eq!(count(&sorted), 1);
        let card = [run("a", "DSC_", 500, 0, None), run("a", "DSC_", 1, 900_000, None)].concat();
        assert_eq!(count(&card), 1);
        let mut jumped = run("a", "DSC_", 1, 0, None);
        jumped[20..].iter_mut().for_each(|p| p.taken = p.taken.map(|t| t - 300_000));
        assert_eq!(count(&jumped), 1);
    }
}
