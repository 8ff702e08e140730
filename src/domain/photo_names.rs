//! What the names of pictures say: keys of people, numbers of cards, classes of folders, and the camera's own counter.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::ids::PersonId;
use super::person::{IdCheck, check_id};
use super::width;

/// One picture as far as its name is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown<'a> {
    /// Path below the folder that was read, with `/`.
    pub path: &'a str,
    /// True where the picture carries a capture time, so that a bare number in its name is the camera's.
    pub timed: bool,
}

/// What kind of key a name carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyKind {
    /// 身份证号, 15 or 18 characters.
    IdNo,
    /// 学号
    StudentNo,
    /// 考生号
    ExamNo,
    /// 拍摄序号 as the card prints it (`0413B`).
    Token,
    /// A bare number that a card of the room bears too; it may be no more than the order of the pictures.
    Number,
    /// 姓名, only where one person bears it.
    Name,
}

/// A card that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The number as printed.
    pub token: String,
    /// Who holds it, where somebody does.
    pub person: Option<PersonId>,
}

/// Who and what the day knows, asked by text.
pub trait Lookup {
    /// The one person with this 学号, document number or 考生号, and which of them it is.
    fn by_key(&self, key: &str) -> Option<(PersonId, KeyKind)>;
    /// The card of the room with this number, only if it was issued; prefix and suffix may be missing.
    fn by_token(&self, text: &str) -> Option<Card>;
    /// The person with this full name: in the class if one is given, else only where nobody else bears it.
    fn by_name(&self, name: &str, class: Option<&str>) -> Option<PersonId>;
    /// The class that a folder of this name means, as the list writes it.
    fn class(&self, folder: &str) -> Option<String>;
}

/// Whom the name of a picture means.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The text that was understood, folded.
    pub key: String,
    /// What it is.
    pub kind: KeyKind,
    /// The person, where the day knows one; a document number of nobody known has none.
    pub person: Option<PersonId>,
    /// The card, for [`KeyKind::Token`] and [`KeyKind::Number`].
    pub token: Option<String>,
    /// Somebody else whom another part of the same name means: the name contradicts itself.
    pub other: Option<PersonId>,
    /// 0–1: how far names of this folder are to be believed, from how consistently they follow one pattern.
    pub reliability: f64,
}

/// What the path of a picture says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// Whom the file name means.
    pub named: Option<Named>,
    /// The class that a folder above it names.
    pub class: Option<String>,
    /// The camera's counter.
    pub counter: Option<u32>,
}

/// Least share of a folder's names that must follow a pattern of numbers before it is one.
const PATTERN: f64 = 0.6;
/// Most pieces of one name that are looked at.
const PIECES: usize = 12;

/// The number in a file name as a camera or photographer counts: `DSC_0417`, `IMG_0417`, `_MG_0417`, `0417A` and
/// `20200913_0417` are 417. Names made of date and time, long numbers and other names have none.
pub fn counter(file_name: &str) -> Option<u32> {
    match shape(&stem(file_name)) {
        Shape::Camera(n) | Shape::Bare(n) | Shape::Dated(Some(n)) => Some(n),
        Shape::Dated(None) | Shape::Other => None,
    }
}

/// How a name is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Letters of a camera and its counter.
    Camera(u32),
    /// A number of up to six digits, perhaps with a series letter.
    Bare(u32),
    /// A date, then a time or a counter.
    Dated(Option<u32>),
    /// Anything else.
    Other,
}

fn shape(stem: &str) -> Shape {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !stem.is_ascii() || stem.is_empty() {
        return Shape::Other;
    }
    // The date may stand behind letters (`IMG_20200913_083012`), whatever follows its time is a burst.
    let parts: Vec<&str> = stem.split(['_', '-', ' ', '.']).filter(|p| !p.is_empty()).collect();
    if let Some(at) = parts.iter().take(2).position(|p| is_date(p)) {
        let clock = |p: &str| matches!(p.len(), 6 | 9) && digits(p) && (&p[..2] < "24") && (&p[2..4] < "60") && (&p[4..6] < "60");
        match parts.get(at + 1) {
            Some(p) if clock(p) => return Shape::Dated(None),
            Some(p) if digits(p) && (3..=6).contains(&p.len()) => return Shape::Dated(p.parse().ok()),
            // A date alone may be somebody's number: looked up like any other.
            _ => {}
        }
    }
    // Design rule for Camera File system: four free characters, four digits.
    if let Some((free, number)) = stem.split_at_checked(4)
        && number.len() == 4
        && digits(number)
        && free.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && free.bytes().any(|b| !b.is_ascii_digit())
    {
        return number.parse().map_or(Shape::Other, Shape::Camera);
    }
    let letters = stem.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    let rest = stem[letters..].trim_start_matches(['-', ' ']);
    let number: &str = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
    let tail = &rest[number.len()..];
    match (letters, number.len()) {
        // `IMG_0417_1`, `DSC_0417-2`: one more of the same press.
        (1..=6, 3..=6) if tail.is_empty() || tail.trim_start_matches(['_', '-', ' ']).len() <= 2 => {
            number.parse().map_or(Shape::Other, Shape::Camera)
        }
        (0, 1..=6) if tail.len() <= 2 && tail.bytes().all(|b| b.is_ascii_alphabetic()) => number.parse().map_or(Shape::Other, Shape::Bare),
        _ => Shape::Other,
    }
}

fn is_date(text: &str) -> bool {
    let number = |r: std::ops::Range<usize>| text.get(r).and_then(|s| s.parse::<u32>().ok()).unwrap_or(0);
    text.len() == 8
        && text.bytes().all(|b| b.is_ascii_digit())
        && (1980..2100).contains(&number(0..4))
        && (1..=12).contains(&number(4..6))
        && (1..=31).contains(&number(6..8))
}

/// The name without suffix and without what copying adds: `0413B (2)`, `张三 - 副本`.
pub fn stem(file_name: &str) -> String {
    let name = file_name.rsplit('/').next().unwrap_or(file_name);
    let stem = name.rsplit_once('.').filter(|(s, e)| !s.is_empty() && e.len() <= 5).map_or(name, |(s, _)| s);
    let mut stem = width::clean(&width::fold(stem), false);
    loop {
        let before = stem.len();
        stem.truncate(stem.trim_end().len());
        for mark in ["副本", "copy", "Copy"] {
            if let Some(head) = stem.strip_suffix(mark).map(|h| h.trim_end().trim_end_matches(['-', '_']).len()) {
                stem.truncate(head);
            }
        }
        if stem.ends_with(')')
            && let Some(open) = stem.rfind('(')
            && stem[open + 1..stem.len() - 1].bytes().all(|b| b.is_ascii_digit())
        {
            stem.truncate(open);
        }
        if stem.len() == before {
            return stem;
        }
    }
}

/// Runs of letters and digits, cut where script changes: `张三_0413B` and `张三0413B` are 张三 and 0413B.
fn pieces(stem: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = None;
    for c in stem.chars() {
        let kind = match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => Some(true),
            // Part of many a name of a minority.
            '·' | '•' => last.or(Some(false)),
            c if c.is_alphanumeric() => Some(false),
            _ => None,
        };
        if kind.is_some() {
            if kind != last || pieces.is_empty() {
                pieces.push(String::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        last = kind;
    }
    pieces.iter().take(PIECES).map(|p| width::key(p)).collect()
}

/// What one name may mean, before the folder is known.
#[derive(Default)]
struct Meant {
    strong: Option<(String, KeyKind, Option<PersonId>)>,
    card: Option<(String, Card)>,
    number: Option<(String, Card)>,
    name: Option<(String, PersonId)>,
}

impl Meant {
    fn of(stem: &str, timed: bool, class: Option<&str>, shared: &HashSet<String>, lookup: &dyn Lookup) -> Self {
        let mut meant = Self::default();
        let whole = width::key(stem);
        let mut texts = vec![whole.clone()];
        // The numbers inside a camera's name or a date are neither cards nor keys, but a whole name may be one (`S2-0057`).
        if matches!(shape(stem), Shape::Bare(_) | Shape::Other) {
            texts.extend(pieces(stem).into_iter().filter(|p| *p != whole));
        }
        texts.retain(|t| !shared.contains(t));
        for text in &texts {
            if meant.strong.is_none() {
                meant.strong = strong(text, lookup);
            }
            let is_key = meant.strong.as_ref().is_some_and(|(key, ..)| key == text);
            if let Some(card) = lookup.by_token(text).filter(|_| !is_key) {
                if text.bytes().all(|b| b.is_ascii_digit()) {
                    if !timed && meant.number.is_none() {
                        meant.number = Some((text.clone(), card));
                    }
                } else if meant.card.is_none() && width::key(&card.token) == *text {
                    meant.card = Some((text.clone(), card));
                }
            }
            let may_be_name = meant.name.is_none() && text.chars().count() >= 2 && !text.bytes().any(|b| b.is_ascii_digit());
            if may_be_name && let Some(person) = lookup.by_name(text, class) {
                meant.name = Some((text.clone(), person));
            }
        }
        meant
    }

    /// The person of another part of the name, where it is not the one chosen.
    fn other(&self, chosen: Option<PersonId>) -> Option<PersonId> {
        let strong = self.strong.as_ref().and_then(|(.., p)| *p);
        let card = self.card.as_ref().and_then(|(_, c)| c.person);
        let name = self.name.as_ref().map(|(_, p)| *p);
        chosen.and_then(|person| [strong, name, card].into_iter().flatten().find(|p| *p != person))
    }
}

fn strong(text: &str, lookup: &dyn Lookup) -> Option<(String, KeyKind, Option<PersonId>)> {
    // Fewer characters are nobody's key, and might be a counter.
    if text.len() < 5 || !text.is_ascii() {
        return None;
    }
    if let Some((person, kind)) = lookup.by_key(text) {
        return Some((text.to_owned(), kind, Some(person)));
    }
    // A right check character is no accident: a document of somebody on no list.
    (text.len() == 18 && check_id(text) == IdCheck::Right).then(|| (text.to_owned(), KeyKind::IdNo, None))
}

/// Reads what the paths say, folder by folder; the answers stand in the order of `shown`. Bare numbers count only where six in ten names
/// of the folder are such, cards where six in ten say who somebody is, each in its own way; keys and full names count wherever they stand, since they are
/// no accident, and are believed less where few names of the folder carry them or many carry the same.
pub fn evidence(shown: &[Shown<'_>], lookup: &dyn Lookup) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = vec![Evidence::default(); shown.len()];
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, picture) in shown.iter().enumerate() {
        folders.entry(picture.path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default().push(at);
    }
    for (folder, members) in folders {
        let class = folder.rsplit('/').find_map(|part| lookup.class(part));
        let stems: Vec<String> = members.iter().map(|at| stem(shown[*at].path)).collect();
        let shared = shared(&stems);
        let meant: Vec<Meant> =
            members.iter().zip(&stems).map(|(at, s)| Meant::of(s, shown[*at].timed, class.as_deref(), &shared, lookup)).collect();
        let habits = Habits::of(&meant);
        for ((at, stem), meant) in members.iter().zip(&stems).zip(&meant) {
            let counter = match shape(stem) {
                Shape::Camera(n) | Shape::Bare(n) | Shape::Dated(Some(n)) => Some(n),
                _ => None,
            };
            out[*at] = Evidence { named: habits.named(meant), class: class.clone(), counter };
        }
    }
    out
}

/// Pieces that most names of a folder share: a class, a date, a school; nobody's key.
fn shared(stems: &[String]) -> HashSet<String> {
    if stems.len() < 4 {
        return HashSet::new();
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for stem in stems {
        for piece in pieces(stem).into_iter().collect::<HashSet<_>>() {
            *counts.entry(piece).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, n)| n * 2 > stems.len()).map(|(piece, _)| piece).collect()
}

/// How the names of one folder are built: for each kind how many carry it, and how many different ones there are.
struct Habits {
    all: f64,
    /// Names that carry the key, the card or the name of somebody.
    somebody: f64,
    strong: (f64, f64),
    card: (f64, f64),
    number: (f64, f64),
    name: (f64, f64),
}

impl Habits {
    fn of(meant: &[Meant]) -> Self {
        let count = |key: &dyn Fn(&Meant) -> Option<String>| {
            let keys: Vec<String> = meant.iter().filter_map(key).collect();
            (keys.len() as f64, keys.iter().collect::<HashSet<_>>().len() as f64)
        };
        Self {
            all: meant.len() as f64,
            somebody: meant.iter().filter(|m| m.strong.is_some() || m.card.is_some() || m.name.is_some()).count() as f64,
            strong: count(&|m| m.strong.as_ref().map(|s| s.0.clone())),
            card: count(&|m| m.card.as_ref().map(|(_, c)| c.token.clone())),
            number: count(&|m| m.number.as_ref().map(|(_, c)| c.token.clone())),
            name: count(&|m| m.name.as_ref().map(|n| n.0.clone())),
        }
    }

    /// `base` where all names carry a key and no two the same; half of it in the worst folder.
    fn belief(&self, base: f64, (carrying, different): (f64, f64)) -> f64 {
        let share = carrying / self.all.max(1.0);
        let single = different / carrying.max(1.0);
        base * (0.5 + 0.5 * single) * (0.98 + 0.02 * share)
    }

    fn is_pattern(&self, carrying: f64) -> bool {
        carrying >= PATTERN * self.all
    }

    fn named(&self, meant: &Meant) -> Option<Named> {
        let (key, kind, person, token, belief) = if let Some((key, kind, person)) = &meant.strong {
            (key, *kind, *person, None, self.belief(0.999, self.strong))
        } else if let Some((key, card)) = meant.card.as_ref().filter(|_| self.is_pattern(self.somebody)) {
            (key, KeyKind::Token, card.person, Some(card.token.clone()), self.belief(0.98, self.card))
        } else if let Some((key, person)) = &meant.name {
            (key, KeyKind::Name, Some(*person), None, self.belief(0.98, self.name))
        } else {
            let (key, card) = meant.number.as_ref().filter(|_| self.is_pattern(self.number.0))?;
            (key, KeyKind::Number, card.person, Some(card.token.clone()), self.belief(0.6, self.number))
        };
        let other = meant.other(person);
        let reliability = if other.is_some() { belief * 0.5 } else { belief };
        Some(Named { key: key.clone(), kind, person, token, other, reliability })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::id_check_character;
    use crate::domain::token::TokenForm;

    struct School;

    fn id_no(n: u128) -> String {
        let first = format!("33010920000101{n:03}");
        format!("{first}{}", id_check_character(&first).unwrap())
    }

    const NAMES: [&str; 8] = ["张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "阿依古丽·买买提"];

    impl Lookup for School {
        fn by_key(&self, key: &str) -> Option<(PersonId, KeyKind)> {
            (1..=800u128).find_map(|n| {
                let person = PersonId(n);
                if key == id_no(n) {
                    Some((person, KeyKind::IdNo))
                } else if key == format!("2017{n:04}") {
                    Some((person, KeyKind::StudentNo))
                } else if key == format!("17330{n:09}") {
                    Some((person, KeyKind::ExamNo))
                } else {
                    None
                }
            })
        }

        fn by_token(&self, text: &str) -> Option<Card> {
            let form = TokenForm::of_series("B");
            let n = form.parse(text).filter(|n| (1..=800).contains(n))?;
            Some(Card { token: form.print(n), person: Some(PersonId(u128::from(n))) })
        }

        fn by_name(&self, name: &str, _class: Option<&str>) -> Option<PersonId> {
            NAMES.iter().position(|n| *n == name).map(|at| PersonId(at as u128 + 1))
        }

        fn class(&self, folder: &str) -> Option<String> {
            (width::class_key(folder) == "电商171").then(|| "电商171".to_owned())
        }
    }

    fn read(paths: &[String], timed: bool) -> Vec<Evidence> {
        let shown: Vec<Shown<'_>> = paths.iter().map(|path| Shown { path, timed }).collect();
        evidence(&shown, &School)
    }

    fn kinds(found: &[Evidence]) -> HashSet<Option<KeyKind>> {
        found.iter().map(|e| e.named.as_ref().map(|n| n.kind)).collect()
    }

    #[test]
    fn a_counter_is_what_a_camera_counts() {
        for (name, want) in [
            ("DSC_0417.JPG", Some(417)),
            ("100CANON/IMG_0417.jpg", Some(417)),
            ("_MG_0001.JPG", Some(1)),
            ("0417A.jpg", Some(417)),
            ("5D4A0417.JPG", Some(417)),
            ("P1000123.JPG", Some(123)),
            ("DSC00417.JPG", Some(417)),
            ("DHC_9999.JPG", Some(9999)),
            ("IMG_0417 (2).JPG", Some(417)),
            ("IMG_0417 - 副本.JPG", Some(417)),
            ("20200913_0930.jpg", Some(930)),
            ("20200913_093012.jpg", None),
            ("IMG_20200913_093012.jpg", None),
            ("33010920000101001X.jpg", None),
            ("201734567890.jpg", None),
            ("张三.jpg", None),
            (".jpg", None),
            ("", None),
            ("1.jpg", Some(1)),
        ] {
            assert_eq!(counter(name), want, "{name}");
        }
    }

    #[test]
    fn document_numbers_and_student_numbers_name_people() {
        let by_id: Vec<String> = (1..=20).map(|n| format!("a/{}.jpg", id_no(n).to_lowercase())).collect();
        let found = read(&by_id, false);
        assert_eq!(kinds(&found), HashSet::from([Some(KeyKind::IdNo)]));
        for (n, e) in found.iter().enumerate() {
            let named = e.named.as_ref().unwrap();
            assert_eq!(named.person, Some(PersonId(n as u128 + 1)));
            assert!(named.reliability > 0.99);
        }
        let by_number: Vec<String> = (1..=20).map(|n| format!("2017{n:04}.JPG")).collect();
        assert_eq!(kinds(&read(&by_number, false)), HashSet::from([Some(KeyKind::StudentNo)]));
        let by_exam: Vec<String> = (1..=20).map(|n| format!("17330{n:09}.JPG")).collect();
        assert_eq!(kinds(&read(&by_exam, false)), HashSet::from([Some(KeyKind::ExamNo)]));
        let stranger = read(&[format!("{}.jpg", id_no(900))], false);
        assert_eq!(stranger[0].named.as_ref().unwrap().person, None);
    }

    #[test]
    fn name_and_number_in_either_order_are_one_person_and_contradict_each_other_aloud() {
        for form in ["{name}_{no}.jpg", "{no}-{name}.jpg", "{name}{no}.jpg"] {
            let make = |n: usize, name: &str| form.replace("{name}", name).replace("{no}", &format!("2017{n:04}"));
            let paths: Vec<String> = NAMES.iter().enumerate().map(|(n, name)| make(n + 1, name)).collect();
            for (n, e) in read(&paths, true).iter().enumerate() {
                let named = e.named.as_ref().unwrap();
                assert_eq!(
                    (named.kind, named.person, named.other),
                    (KeyKind::StudentNo, Some(PersonId(n as u128 + 1)), None),
                    "{}",
                    paths[n]
                );
            }
        }
        let wrong = read(&["张三_20170002.jpg".to_owned()], false);
        let named = wrong[0].named.as_ref().unwrap();
        assert_eq!((named.person, named.other), (Some(PersonId(2)), Some(PersonId(1))));
        assert!(named.reliability <= 0.5);
    }

    #[test]
    fn a_camera_name_is_never_a_card() {
        let forms: [fn(u32) -> String; 4] = [
            |n| format!("DSC_{n:04}.JPG"),
            |n| format!("IMG_{n:04}.JPG"),
            |n| format!("P1000{n:03}.JPG"),
            |n| format!("20200913_{n:04}.jpg"),
        ];
        for make in forms {
            for timed in [true, false] {
                let found = read(&(1..=50).map(make).collect::<Vec<_>>(), timed);
                assert_eq!(kinds(&found), HashSet::from([None]));
                assert!(found.iter().zip(1..).all(|(e, n)| e.counter == Some(n)));
            }
        }
    }

    #[test]
    fn printed_cards_are_believed_bare_numbers_hardly_and_never_beside_times() {
        let cards: Vec<String> = (1..=50).map(|n| format!("{n:04}b.jpg")).collect();
        let found = read(&cards, true);
        assert_eq!(kinds(&found), HashSet::from([Some(KeyKind::Token)]));
        assert_eq!(found[12].named.as_ref().unwrap().token.as_deref(), Some("0013B"));
        let bare: Vec<String> = (1..=865).map(|n| format!("{n:04}.jpg")).collect();
        assert_eq!(kinds(&read(&bare, true)), HashSet::from([None]));
        let numbered = read(&bare, false);
        assert_eq!(numbered[0].named.as_ref().unwrap().kind, KeyKind::Number);
        assert!(numbered.iter().filter_map(|e| e.named.as_ref()).all(|n| n.reliability <= 0.6));
        // A few numbers among other names are no pattern.
        let mixed: Vec<String> = (1..=10).map(|n| format!("x{n}yz.jpg")).chain((1..=4).map(|n| format!("{n:04}b.jpg"))).collect();
        assert_eq!(kinds(&read(&mixed, false)), HashSet::from([None]));
    }

    #[test]
    fn folders_named_by_class_say_so_and_a_date_all_share_is_nobodys_number() {
        let paths: Vec<String> = NAMES.iter().map(|n| format!("照片/电商171班/{n}.jpg")).collect();
        let found = read(&paths, false);
        assert!(found.iter().all(|e| e.class.as_deref() == Some("电商171")));
        assert_eq!(found[7].named.as_ref().unwrap().person, Some(PersonId(8)));
        // 20170101 is also somebody's 学号.
        let dated: Vec<String> = (1..=20).map(|n| format!("20170101 合影 {n}x.jpg")).collect();
        assert_eq!(kinds(&read(&dated, false)), HashSet::from([None]));
    }

    #[test]
    fn the_same_key_on_many_pictures_lowers_belief() {
        let paths: Vec<String> = (1..=20).map(|n| format!("2017{:04} ({n}).jpg", n % 10)).collect();
        let found = read(&paths, false);
        let belief = found.iter().filter_map(|e| e.named.as_ref()).map(|n| n.reliability).fold(0.0, f64::max);
        assert!(belief > 0.5 && belief < 0.9, "{belief}");
    }
}
