//! Class names that may mean one class: what people write differently, taken apart. Equal keys are one class; what is found here is only
//! ever proposed, so that nobody is sent to another class's time.

use std::collections::HashMap;

use super::width;

/// A class name taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Parts {
    /// Last two digits of the year of entry (`17`), where written.
    cohort: Option<u32>,
    /// The year is that of leaving (`2021届`).
    leaving: bool,
    major: String,
    /// Number of the class, where written.
    number: Option<u32>,
}

impl Parts {
    /// `电商171`, `17电商1`, `2017级电子商务（1）班`, `电商17-1`, `软件2101`.
    fn of(name: &str) -> Self {
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
fn short_of(short: &str, long: &str) -> bool {
    let mut left = long.chars();
    let alike = short.chars().next().is_some() && short.chars().next() == long.chars().next();
    alike && short.chars().count() >= 2 && short.chars().all(|c| left.any(|l| l == c))
}

/// Most pairs of names that are compared: a school has some hundred classes.
const PAIRS: usize = 4_000_000;

/// For each of the first names the one among the second that it may be: the only one that is least unlike. No name is proposed twice.
pub fn proposed<'a>(names: &[&str], among: &[&'a str]) -> Vec<Option<&'a str>> {
    if names.len().saturating_mul(among.len()) > PAIRS {
        return vec![None; names.len()];
    }
    let parts: Vec<Parts> = among.iter().map(|n| Parts::of(n)).collect();
    let near = |name: &str| {
        let own = Parts::of(name);
        parts.iter().enumerate().filter_map(|(i, p)| Some((own.unlike(p)?, i))).collect()
    };
    least_unlike(names, among, near)
}

/// The same for colleges: 经管学院 is short for 经济管理学院.
pub fn proposed_colleges<'a>(names: &[&str], among: &[&'a str]) -> Vec<Option<&'a str>> {
    let stem = |college: &str| {
        let key = width::key(college);
        let end = ["学院", "学部", "系", "院"].into_iter().find(|end| key.ends_with(end)).unwrap_or_default();
        key.strip_suffix(end).unwrap_or(&key).to_owned()
    };
    let stems: Vec<String> = among.iter().map(|n| stem(n)).collect();
    let near = |name: &str| {
        let own = stem(name);
        let unlike = |s: &String| match *s == own {
            true => Some(0),
            false => (short_of(&own, s) || short_of(s, &own)).then_some(1),
        };
        stems.iter().enumerate().filter_map(|(i, s)| Some((unlike(s)?, i))).collect()
    };
    least_unlike(names, among, near)
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
    }
}
