//! Class names that may mean one class: what people write differently, taken apart. Equal keys are one class; what is found here is only
//! ever proposed, so that nobody is sent to another class's time.

use std::collections::HashMap;

use super::width;

/// A class name taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parts {
    /// Last two digits of the year of entry (`17`), where written.
    pub(super) cohort: Option<u32>,
    /// The year is that of leaving (`2021届`).
    pub(super) leaving: bool,
    pub(super) major: String,
    /// Number of the class, where written.
    pub(super) number: Option<u32>,
}

impl Parts {
    /// `电商171`, `17电商1`, `2017级电子商务（1）班`, `电商17-1`, `软件2101`.
    pub(super) fn of(name: &str) -> Self {
        let key = counted(width::class_key(name));
        let mut parts = Self::default();
        let mut rest: &str = &key;
        let lead: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if matches!(lead.len(), 2 | 4) && lead.len() < rest.len() {
            parts.cohort = lead.get(lead.len() - 2..).and_then(|y| y.parse().ok());
            rest = rest.get(lead.len()..).unwrap_or_default();
            parts.leaving = rest.starts_with('届');
            rest = rest.trim_start_matches(['级', '届']);
        }
        let body = rest.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')') || width::is_dash(c));
        let tail = rest.get(body.len()..).unwrap_or_default();
        let figures: Vec<&str> = tail.split(|c: char| !c.is_ascii_digit()).filter(|f| !f.is_empty()).collect();
        let (cohort, number) = match figures.as_slice() {
            [] => (None, None),
            [one] if parts.cohort.is_some() => (None, Some(*one)),
            // Three digits are year and class, four year and two digits; two are the year, one the class.
            [one] => match one.len() {
                3 | 4 => (one.get(..2), one.get(2..)),
                2 => (Some(*one), None),
                _ => (None, Some(*one)),
            },
            [year, class, ..] => (Some(*year), Some(*class)),
        };
        let year = |y: &str| y.get(y.len().saturating_sub(2)..).and_then(|y| y.parse().ok());
        parts.cohort = parts.cohort.or_else(|| cohort.and_then(year));
        parts.number = number.and_then(|n| n.parse().ok());
        parts.major = body.trim_end_matches(['级', '届']).replace("专业", "");
        parts
    }

    /// How unlike two names are, 0 for the same class written in another way; `None` for two classes.
    fn unlike(&self, other: &Self) -> Option<u32> {
        let cohort = match (self.cohort, other.cohort) {
            (Some(a), Some(b)) if a != b || self.leaving != other.leaving => {
                // 2021届 are those of 2017级, as a rule.
                let (left, entered) = if self.leaving { (a, b) } else { (b, a) };
                let four = self.leaving != other.leaving && left == entered + 4;
                let slip = self.leaving != other.leaving && a == b;
                if four || slip { 2 } else { return None }
            }
            (Some(_), Some(_)) => 0,
            (None, None) => 0,
            _ => 2,
        };
        let number = match (self.number, other.number) {
            (a, b) if a == b => 0,
            // 电商17 beside 电商171: one class of its year, or all of it.
            (None, Some(1)) | (Some(1), None) => 2,
            _ => return None,
        };
        let major = match (self.major == other.major, short_of(&self.major, &other.major) || short_of(&other.major, &self.major)) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => return None,
        };
        Some(cohort + number + major)
    }
}

/// `护理一` as `护理1`.
fn counted(key: String) -> String {
    const FIGURES: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut signs = key.chars();
    let figure = signs.next_back().and_then(|last| FIGURES.iter().position(|f| *f == last));
    let alone = signs.next_back().is_some_and(|c| c != '十' && !FIGURES.contains(&c));
    match figure.filter(|_| alone) {
        Some(at) => format!("{}{}", key.trim_end_matches(FIGURES), at + 1),
        None => key,
    }
}

/// 电商 is short for 电子商务: its characters in their order, beginning alike.
pub(super) fn short_of(short: &str, long: &str) -> bool {
    let mut left = long.chars();
    let alike = short.chars().next().is_some() && short.chars().next() == long.chars().next();
    alike && short.chars().count() >= 2 && short.chars().all(|c| left.any(|l| l == c))
}

/// True for words that stand for several classes: `软件一班-三班`, `软件2201-2203（共3个班）`.
fn is_several(name: &str) -> bool {
    let behind = |at: usize| name.get(at..).and_then(|rest| rest.chars().nth(1));
    name.contains("个班") || name.match_indices('班').any(|(at, _)| behind(at).is_some_and(|c| width::is_dash(c) || "~～至到".contains(c)))
}

/// True where two names surely are those of one class: 22软件1班 and 软件2201.
pub fn is_one(a: &str, b: &str) -> bool {
    width::class_key(a) == width::class_key(b) || Parts::of(a).unlike(&Parts::of(b)) == Some(0)
}

/// Most pairs of names that are compared: a school has some hundred classes.
const PAIRS: usize = 4_000_000;

/// For each of the first names the one among the second that it may be: the only one that is least unlike. No name is proposed twice.
pub fn proposed<'a>(names: &[&str], among: &[&'a str]) -> Vec<Option<&'a str>> {
    if names.len().saturating_mul(among.len()) > PAIRS {
        return vec![None; names.len()];
    }
    let parts: Vec<Parts> = among.iter().map(|n| Parts::of(n)).collect();
    let own: Vec<Parts> = names.iter().map(|n| Parts::of(n)).collect();
    // 会计22 beside 会计221 and 会计222 is all of them, and so is 会计学.
    let of_several = |whole: &Parts, all: &[Parts]| {
        let of_it = |p: &&Parts| {
            let year = whole.cohort.is_none() || p.cohort.is_none() || whole.cohort == p.cohort;
            year && p.number.is_some() && (p.major == whole.major || short_of(&p.major, &whole.major) || short_of(&whole.major, &p.major))
        };
        whole.number.is_none() && all.iter().filter(of_it).count() > 1
    };
    let near = |name: &str| {
        if is_several(name) {
            return Vec::new();
        }
        let mine = Parts::of(name);
        let fits = |i: usize, p: &Parts| {
            let plain = !of_several(&mine, &parts) && !of_several(p, &own) && !among.get(i).is_some_and(|n| is_several(n));
            mine.unlike(p).filter(|_| plain)
        };
        parts.iter().enumerate().filter_map(|(i, p)| Some((fits(i, p)?, i))).collect()
    };
    least_unlike(names, among, near)
}

/// The same for colleges: 经管学院 is short for 经济管理学院.
pub fn proposed_colleges<'a>(names: &[&str], among: &[&'a str]) -> Vec<Option<&'a str>> {
    let stems: Vec<String> = among.iter().map(|n| college_stem(n)).collect();
    let near = |name: &str| {
        let own = college_stem(name);
        let unlike = |s: &String| match *s == own {
            true => Some(0),
            false => (short_of(&own, s) || short_of(s, &own)).then_some(1),
        };
        stems.iter().enumerate().filter_map(|(i, s)| Some((unlike(s)?, i))).collect()
    };
    least_unlike(names, among, near)
}

fn college_stem(college: &str) -> String {
    let key = width::key(college);
    let end = ["学院", "学部", "系", "院"].into_iter().find(|end| key.ends_with(end)).unwrap_or_default();
    key.strip_suffix(end).unwrap_or(&key).to_owned()
}

/// True where two names may be those of one college.
pub(super) fn is_one_college(a: &str, b: &str) -> bool {
    let (a, b) = (college_stem(a), college_stem(b));
    a == b || short_of(&a, &b) || short_of(&b, &a)
}

/// For each name the only one that is least unlike, where no other name gets the same.
fn least_unlike<'a>(names: &[&str], among: &[&'a str], near: impl Fn(&str) -> Vec<(u32, usize)>) -> Vec<Option<&'a str>> {
    let best = |name: &&str| {
        let mut near = near(name);
        near.sort_unstable();
        match near.as_slice() {
            [(_, one)] => Some(*one),
            [(first, one), (second, _), ..] if first < second => Some(*one),
            _ => None,
        }
    };
    let found: Vec<Option<usize>> = names.iter().map(best).collect();
    let mut times: HashMap<usize, usize> = HashMap::new();
    for at in found.iter().flatten() {
        *times.entry(*at).or_default() += 1;
    }
    found.into_iter().map(|at| at.filter(|a| times.get(a) == Some(&1)).and_then(|a| among.get(a).copied())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_that_people_make_are_proposed_where_only_one_class_fits() {
        let listed = ["电商171", "电商172", "国贸171", "国际商务171", "软件2101", "学前17", "护理（1）班"];
        for (name, proposal) in [
            ("电子商务171", Some("电商171")),
            ("17电商2班", Some("电商172")),
            ("2017级电商1班", Some("电商171")),
            ("电商17-2", Some("电商172")),
            ("国际贸易171", Some("国贸171")),
            ("21软件01", Some("软件2101")),
            ("学前教育171", Some("学前17")),
            ("2021届电商1班", Some("电商171")),
            ("商务英语171", None),
            ("电商181", None),
            ("电商173", None),
        ] {
            assert_eq!(proposed(&[name], &listed), [proposal], "{name}");
        }
    }

    #[test]
    fn of_two_classes_that_fit_none_is_proposed_and_none_is_proposed_twice() {
        assert_eq!(proposed(&["电商1班"], &["电商171", "电商181"]), [None]);
        assert_eq!(proposed(&["电子商务171", "电商17-1"], &["电商171"]), [None, None]);
        assert_eq!(proposed(&["会计221", "会计222"], &["会计22"]), [None, None], "all of a year");
        assert_eq!(proposed(&["会计2201", "会计2202"], &["会计学"]), [None, None]);
        assert_eq!(proposed(&["软件三班"], &["软件一班-三班"]), [None]);
        assert!(is_one("22软件1班", "软件2201") && !is_one("软件2201", "软件2202") && !is_one("电商171", "电子商务171"));
    }
}
