//! What the pictures themselves show: damaged, of the wrong size, dark, blurred, or the same picture under two names. Never a rejection by itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::rows::{Besides, FrameStatus, RowStatus};
use super::session::{Review, Twins};
use crate::domain::campaign::PhotoRules;
use crate::domain::photo::{Checked, Fault};
use crate::domain::visit::Subject;

/// Hexadecimal digits of one part of a perceptual hash: pictures that differ in fewer bits than there are parts agree in one of them.
const PART: usize = 4;
/// Most pictures of one part that are compared with one another: a folder of grey cards must not be compared pair by pair.
const MOST: usize = 50;

/// What is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LookKind {
    /// Two people have the same picture: the surest sign of a slip.
    Twin,
    /// Two folders have a picture of one person, and nobody has said which it is to be.
    Second,
    /// The file cannot be used, or its time cannot.
    Fault(Fault),
    /// Its name says of nobody whose it is, and nothing else does.
    NamesNobody,
    /// Not of the size asked for.
    Size,
    /// Fewer or more bytes than asked for.
    Bytes,
    /// Lies on its side.
    Turned,
    /// Too dark.
    Dark,
    /// Too bright.
    Bright,
    /// Not sharp.
    Blurred,
    /// The background is not blue.
    NotBlue,
    /// The background is not even.
    Uneven,
}

impl LookKind {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Twin => "same_picture",
            Self::Second => "second_picture",
            Self::Fault(Fault::Empty) => "empty",
            Self::Fault(Fault::Truncated) => "truncated",
            Self::Fault(Fault::NotAPicture) => "not_a_picture",
            Self::Fault(Fault::ForeignFormat) => "foreign_format",
            Self::Fault(Fault::Unreadable) => "unreadable",
            Self::Fault(Fault::ZeroTime) => "zero_time",
            Self::Fault(Fault::Damaged) => "damaged",
            Self::NamesNobody => "names_nobody",
            Self::Size => "size",
            Self::Bytes => "bytes",
            Self::Turned => "turned",
            Self::Dark => "dark",
            Self::Bright => "bright",
            Self::Blurred => "blurred",
            Self::NotBlue => "background_not_blue",
            Self::Uneven => "background_uneven",
        }
    }
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Place in the album.
    pub place: usize,
    /// What.
    pub kind: LookKind,
    /// The other picture of a pair.
    pub other: Option<usize>,
    /// What was measured, in words of numbers (`480×640`, `23`).
    pub value: String,
}

/// Everything to look at in a session, by kind, then in the album's order.
pub fn looks(review: &Review, rules: &PhotoRules) -> Vec<Look> {
    let twin = |twins: &Twins| Look {
        place: twins.places[0],
        kind: LookKind::Twin,
        other: Some(twins.places[1]),
        value: if twins.equal { "=".to_owned() } else { "≈".to_owned() },
    };
    let mut found: Vec<Look> = review.twins.iter().map(twin).collect();
    for subject in review.by_name.keys().filter(|subject| !review.absent.contains(*subject)) {
        let Some(row) = review.row(subject) else { continue };
        let other = row.besides.iter().find_map(|b| if let Besides::Second(other) = b { Some(*other) } else { None });
        if let (Some(place), Some(other)) = (row.photo, other) {
            found.push(Look { place, kind: LookKind::Second, other: Some(other), value: String::new() });
        }
    }
    for (place, photo) in review.album.photos.iter().enumerate() {
        let picture = &photo.picture;
        let fault = picture.fault.or_else(|| photo.checked.as_ref().and_then(|c| c.fault));
        let mut see = |kind, value: String| found.push(Look { place, kind, other: None, value });
        if let Some(fault) = fault {
            see(LookKind::Fault(fault), String::new());
        }
        if review.is_unplaced(place) {
            see(LookKind::NamesNobody, String::new());
        }
        // Only what may become somebody's picture is judged.
        if !matches!(review.frame(place), Some(FrameStatus::Used)) {
            continue;
        }
        // Originals are larger and are cut to size later; a picture without capture time is what will be delivered.
        let delivered = picture.taken.is_none();
        if delivered && picture.width > 0 && (picture.width, picture.height) != (rules.width, rules.height) {
            see(LookKind::Size, format!("{}×{}", picture.width, picture.height));
        }
        if delivered && !(rules.bytes_min..=rules.bytes_max).contains(&picture.bytes) {
            see(LookKind::Bytes, format!("{} KB", picture.bytes.div_ceil(1024)));
        }
        if picture.width > picture.height {
            see(LookKind::Turned, format!("{}×{}", picture.width, picture.height));
        }
        if let Some(checked) = photo.checked.as_ref().filter(|c| !c.look.is_empty()) {
            measured(checked, rules, &mut see);
        }
    }
    found.sort_by_key(|l| (l.kind, l.place));
    found
}

fn measured(checked: &Checked, rules: &PhotoRules, see: &mut impl FnMut(LookKind, String)) {
    if checked.light < rules.looks.light_min {
        see(LookKind::Dark, checked.light.to_string());
    }
    if checked.light > rules.looks.light_max {
        see(LookKind::Bright, checked.light.to_string());
    }
    if checked.sharp < rules.looks.sharp_min {
        see(LookKind::Blurred, checked.sharp.to_string());
    }
    let [r, g, b] = checked.back;
    // Blue as the capture centre asks for it: more of it than of red and green.
    if rules.looks.blue && (u16::from(b) < u16::from(r) + 20 || u16::from(b) < u16::from(g) + 5) {
        see(LookKind::NotBlue, format!("{r},{g},{b}"));
    }
    if checked.uneven > rules.looks.uneven_max {
        see(LookKind::Uneven, checked.uneven.to_string());
    }
}

/// Finds them. Of two frames of one person it is no wonder that they look alike; a processed picture beside originals that bears the name of
/// somebody else than the original that it was made of contradicts it.
pub fn twins(review: &Review) -> Vec<Twins> {
    let delivered = |place: usize| review.frame(place) == Some(FrameStatus::Retake) && review.frame_at(place).is_none();
    let used: Vec<(usize, &Subject, &Checked)> = (0..review.album.photos.len())
        .filter(|p| review.frame(*p) == Some(FrameStatus::Used) || delivered(*p))
        .filter_map(|p| Some((p, review.owner(p)?, review.album.photos[p].checked.as_ref()?)))
        .collect();
    let mut buckets: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    for (i, (_, _, checked)) in used.iter().enumerate() {
        let parts = (0..checked.look.len() / PART).filter_map(|n| Some((n, checked.look.get(n * PART..(n + 1) * PART)?)));
        parts.for_each(|part| buckets.entry(part).or_default().push(i));
        buckets.entry((usize::MAX, &checked.hash)).or_default().push(i);
    }
    let mut pairs: BTreeMap<[usize; 2], bool> = BTreeMap::new();
    for bucket in buckets.values() {
        for (n, a) in bucket.iter().enumerate() {
            for b in bucket[n + 1..].iter().take(MOST) {
                let (a, b) = (&used[*a], &used[*b]);
                if a.1 != b.1 && a.2.looks_like(b.2) {
                    pairs.insert([a.0, b.0], a.2.hash == b.2.hash);
                }
            }
        }
    }
    pairs.into_iter().map(|(places, equal)| Twins { places, equal }).collect()
}

/// Pictures of two that nobody may use: those that no person has confirmed, and those confirmed for both though they are one.
pub fn shared(review: &Review) -> BTreeSet<usize> {
    let confirmed = |place: usize| {
        let row = review.owner(place).and_then(|subject| review.alone(subject));
        row.is_some_and(|row| row.status == RowStatus::Confirmed)
    };
    let open = |twins: &Twins| {
        let both = twins.equal && twins.places.iter().all(|p| confirmed(*p));
        twins.places.into_iter().filter(move |p| both || !confirmed(*p)).collect::<Vec<_>>()
    };
    review.twins.iter().flat_map(open).collect()
}
