//! Class cells taken apart: `社工181、182高` is 社工181高 and 社工182高; what is not certain stays whole and is said.

use std::collections::HashSet;

use crate::domain::width;

use super::class_notes::{self, below_names, counted, digit, of_both, unwrapped, without_part};
use super::shorthand;
use super::student_numbers::{self, is_range_sign};

/// The classes of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Classes {
    /// Expanded names, in order.
    pub names: Vec<String>,
    /// True where the cell mixes forms or could not be expanded with certainty.
    pub odd: bool,
    /// Sum of the head counts behind the names (`电商171（36人）`), where each has one.
    pub headcount: Option<u32>,
}

/// Most classes that one range may stand for.
const RANGE_MAX: u32 = 30;
/// Most pieces of a cell that are taken apart.
const PIECES_MAX: usize = 1_000;
/// Longest piece in bytes that may be a class: what is longer stays whole, and nothing is named after it.
const PIECE_MAX: usize = 300;
/// Endings that a bare number may carry and still be a number of the major on its left.
const ENDINGS: &[&str] = &["", "高", "班", "高班", "本", "专", "级"];

/// One piece between separators: `学前` + `182` + `高`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    major: String,
    number: String,
    ending: String,
    /// Took its major from the left.
    inherited: bool,
}

impl Piece {
    fn name(&self) -> String {
        format!("{}{}{}", self.major, self.number, self.ending)
    }
}

/// Takes a class cell apart by the published rule: split on 、 outside brackets; a bare number inherits the major on
/// its left; a trailing 高 or 班 covers the whole run of the same major; `专升本19` after a major inherits it.
pub fn expand(cell: &str) -> Classes {
    // `除临床2201、2202外的其余班级`: whose slot it is, the other slots tell.
    if ["其余", "其他", "其它", "剩余"].iter().any(|w| cell.contains(w)) && ["班", "专业"].iter().any(|w| cell.contains(w)) {
        return Classes { names: vec![cell.replace('\n', "").trim().to_owned()], odd: false, headcount: None };
    }
    let noted = class_notes::noted(cell);
    let mut odd = noted.odd;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut counts: Vec<Option<u32>> = Vec::new();
    let texts = shorthand::run(shorthand::of_cohorts(of_both(split(&parted(&noted.text)), &mut odd)));
    if texts.len() > PIECES_MAX {
        return Classes { names: vec![cell.to_owned()], odd: true, headcount: None };
    }
    for text in texts {
        let (text, count) = counted(unwrapped(&text));
        counts.push(count);
        let whole_text = text;
        let (text, part) = without_part(whole_text.clone());
        odd |= part;
        // `日语2201前15人` says how many come.
        let few = whole_text.get(text.len()..).filter(|_| part).and_then(|t| t.trim_start_matches(['前', '后']).strip_suffix(['人', '名']));
        if let (Some(few), Some(count)) = (few.and_then(|n| width::fold(n).parse::<u32>().ok()), counts.last_mut()) {
            count.get_or_insert(few);
        }
        if let Some(name) = student_numbers::range(&text, false) {
            pieces.push(whole(&name));
            continue;
        }
        if student_numbers::is_part(&text) {
            pieces.push(whole(&text));
            odd = true;
            continue;
        }
        let last = pieces.last().cloned();
        let text = shorthand::opened(&text).unwrap_or(text);
        if let Some((named, doubtful)) = shorthand::names(&text) {
            pieces.extend(named.iter().enumerate().map(|(at, name)| Piece { inherited: at > 0, ..parts(name) }));
            odd |= doubtful;
            continue;
        }
        let read = read_piece(&text, last.as_ref());
        odd |= read.odd || text.ends_with('等');
        pieces.extend(read.pieces);
    }
    spread_endings(&mut pieces);
    leave_out(&mut pieces, &noted.left_out);
    let names: Vec<String> = pieces.iter().map(Piece::name).filter(|n| !n.is_empty()).collect();
    // `10:00` is a time, whatever cell it slipped into.
    odd |= names.iter().any(|n| n.contains([':', '：']));
    let keys: HashSet<String> = names.iter().map(|n| width::class_key(n)).collect();
    // One class named twice in a cell: a stroke was taken for a range, or a number is wrong.
    odd |= keys.len() < names.len();
    odd |= noted.classes.is_some_and(|stated| stated != names.len());
    let each = noted.each.and_then(|n| n.checked_mul(u32::try_from(names.len()).ok()?));
    let headcount = if counts.is_empty() { None } else { counts.into_iter().sum::<Option<u32>>().or(each) };
    Classes { names, odd, headcount }
}

/// A cell in which `机械（1）（2）班` is written as two, and without labels of levels: `高职：会计1班；专升本：会计2班`.
fn parted(cell: &str) -> String {
    let mut said = String::new();
    let cell = &below_names(cell);
    for line in cell.split_inclusive(['；', ';', '\n']) {
        let labelled = line.split_once(['：', ':']).filter(|(label, rest)| {
            let figure = |t: &str| t.chars().any(|c| digit(c).is_some());
            label.chars().count() <= 8 && !figure(label) && figure(rest) && !label.contains(['(', '（', '、'])
        });
        said.push_str(labelled.map_or(line, |(_, rest)| rest));
    }
    let chars: Vec<char> = said.chars().collect();
    let figure = |at: Option<usize>| at.and_then(|i| chars.get(i)).is_some_and(|c| digit(*c).is_some());
    let mut apart = String::new();
    for (at, c) in chars.iter().enumerate() {
        // `软件22（1）-（3）班` is a range.
        let shut = |c: Option<&char>| matches!(c, Some(')' | '）'));
        let opens = |c: Option<&char>| matches!(c, Some('(' | '（'));
        let at_stroke = |at: usize| {
            let sides = shut(at.checked_sub(1).and_then(|i| chars.get(i))) && opens(chars.get(at + 1));
            sides && chars.get(at).is_some_and(|c| is_range_sign(*c)) && figure(at.checked_sub(2)) && figure(Some(at + 2))
        };
        if (shut(Some(c)) && at_stroke(at + 1)) || (opens(Some(c)) && at.checked_sub(1).is_some_and(at_stroke)) {
            continue;
        }
        let closes = at.checked_sub(1).and_then(|i| chars.get(i)).is_some_and(|p| matches!(p, ')' | '）'));
        if matches!(c, '(' | '（') && closes && figure(at.checked_sub(2)) && figure(Some(at + 1)) {
            apart.push('、');
        }
        apart.push(*c);
    }
    apart
}

/// Takes off the classes that a note leaves out, by their names or by their numbers alone.
fn leave_out(pieces: &mut Vec<Piece>, left_out: &[String]) {
    for class in left_out.iter().flat_map(|told| split(told)) {
        let (key, own) = (width::class_key(&class), parts(&class));
        let bare = own.major.is_empty() && !own.number.is_empty();
        pieces.retain(|p| width::class_key(&p.name()) != key && !(bare && p.number == own.number));
    }
}

/// True where a cell reads like classes, not like a remark.
pub fn looks_like_classes(cell: &str) -> bool {
    let odd_words = ["分钟", "请", "注意", "提前", "人", "到场", "地点", "时间", "老师", "电话"];
    let has_number = cell.chars().any(|c| width::fold(&c.to_string()).chars().all(|c| c.is_ascii_digit()));
    let short = split(cell).iter().all(|p| p.chars().count() <= 30);
    (has_number || cell.trim_end().ends_with('班')) && short && !cell.contains('。') && !odd_words.iter().any(|w| cell.contains(w))
}

/// True for people who are no class: `2020级全体本科毕业生`, `补拍`, `其他学院`, `因故未拍摄的同学`.
pub fn is_no_class(name: &str) -> bool {
    const ALL: [&str; 18] = [
        "全体",
        "全部",
        "所有",
        "其他",
        "其它",
        "其余",
        "剩余",
        "补拍",
        "补采",
        "未拍",
        "未采",
        "散拍",
        "机动",
        "因故",
        "自由",
        "预留",
        "各班",
        "各专业",
    ];
    const ENDS: [&str; 9] = ["毕业生", "研究生", "本科生", "专科生", "学生", "同学", "人员", "学院", "待定"];
    const NOT: [&str; 4] = ["教师", "教职工", "老师", "教工"];
    let name = name.trim();
    NOT.contains(&name)
        || shorthand::is_ordinal(name)
        || (name.ends_with("个班") && shorthand::stated(name).is_some())
        || ALL.iter().any(|w| name.contains(w))
        || ENDS.iter().any(|w| name.ends_with(w))
}

/// Splits on 、，,;；/ and line breaks outside brackets, and at a space that stands between a number and a name.
fn split(cell: &str) -> Vec<String> {
    let chars: Vec<char> = cell.chars().collect();
    let mut depth = 0usize;
    let mut parts = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends =
            at.checked_sub(1).and_then(|i| chars.get(i)).is_some_and(|p| digit(*p).is_some() || matches!(p, '班' | '高' | ')' | '）'));
        let begins = chars.get(at + 1).is_some_and(|n| !n.is_whitespace() && !matches!(n, '班' | '高' | '(' | '（'));
        // `软件2201 45人` is one class and its people.
        let counts = || {
            let behind = chars.get(at + 1..).unwrap_or_default();
            let figures = behind.iter().take_while(|c| digit(**c).is_some()).count();
            figures > 0 && matches!(behind.get(figures), Some('人' | '名'))
        };
        let separates = match c {
            '、' | '，' | ',' | ';' | '；' | '/' | '丶' | '､' => true,
            '和' | '及' | '与' | '&' => ends,
            ' ' | '\u{3000}' | '\n' => ends && begins && !counts(),
            // `软件2201+2202`, and `软件2201.2202`: no name holds the sign between two long numbers.
            '+' | '＋' => ends && begins && (long_figure(&chars, at) || matches!(chars.get(at.wrapping_sub(1)), Some(')' | '）'))),
            '.' | '·' => long_figure(&chars, at) && chars.get(at + 1..at + 4).is_some_and(|n| n.iter().all(char::is_ascii_digit)),
            _ => false,
        };
        if separates && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut()
            && !(c == '\n' || c == '\u{3000}')
        {
            part.push(c);
        }
    }
    parts.iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// True where a number of three digits or more, or 班, ends before that place.
fn long_figure(chars: &[char], at: usize) -> bool {
    let before = chars.get(..at).unwrap_or_default();
    before.last() == Some(&'班') || before.iter().rev().take_while(|c| c.is_ascii_digit()).count() >= 3
}

struct Read {
    pieces: Vec<Piece>,
    odd: bool,
}

fn read_piece(text: &str, left: Option<&Piece>) -> Read {
    if text.len() > PIECE_MAX {
        return Read { pieces: vec![whole(text)], odd: true };
    }
    let left = left.filter(|l| l.major.len() <= PIECE_MAX);
    if let Some(read) = bracketed(text, left) {
        return read;
    }
    if let Some(read) = range(text, left) {
        return read;
    }
    if let Some(piece) = lettered(text, left) {
        return Read { pieces: vec![piece], odd: false };
    }
    let mut piece = parts(text);
    let mut odd = false;
    // `2023级博士` is a whole name.
    if piece.major.is_empty() && piece.ending.starts_with(['级', '届']) && piece.ending.chars().count() > 1 {
        return Read { pieces: vec![piece], odd };
    }
    let alike = |l: &Piece| l.number.contains('-') && piece.number.contains('-') && piece.number.len() <= 8;
    if piece.major.is_empty() && !piece.number.is_empty() && (piece.number.len() <= 4 || left.is_some_and(alike)) {
        match left.filter(|l| !l.number.is_empty()) {
            Some(left) => {
                // `2201、2`: a person has to see it.
                let short = piece.number.len() == 1 && left.number.len() == 4 && !left.number.contains('-');
                if let Some(number) = continued(&left.number, &piece.number) {
                    piece.number = number;
                }
                let known = ENDINGS.contains(&piece.ending.as_str()) || piece.ending == left.ending;
                odd = !known || short || mixes(&left.number, &piece.number);
                piece.major.clone_from(&left.major);
                piece.inherited = true;
            }
            // A number without a major: nobody can tell which class it is.
            None => odd = true,
        }
    } else if let Some(ending) = piece.major.strip_prefix("专升本").filter(|rest| rest.is_empty()) {
        // `音乐学171、172、专升本19`
        if let Some(left) = left.filter(|l| !l.major.is_empty()) {
            let base = left.major.strip_suffix("专升本").unwrap_or(&left.major);
            // `软工本2201、专升本2401`: 本 is the level of the first, as it seems.
            let level = ["本科", "专科", "本", "专"].iter().find_map(|w| base.strip_suffix(w)).filter(|b| b.chars().count() > 1);
            odd = level.is_some();
            let base = level.unwrap_or(base);
            piece.major = format!("{base}专升本{ending}");
        } else {
            odd = true;
        }
    }
    Read { pieces: vec![piece], odd }
}

/// `计算机（1）班`, `（2）班` after it, `计算机（1-3）班`, `计算机（1、2）班`; `None` where no bracket holds class numbers.
fn bracketed(text: &str, left: Option<&Piece>) -> Option<Read> {
    let (major, rest) = text.split_once(['（', '('])?;
    let (inner, ending) = rest.split_once(['）', ')'])?;
    let round = text.contains('（');
    let dash = |c: char| is_range_sign(c);
    let figures = width::fold(inner);
    let plain = !figures.is_empty() && figures.chars().all(|c| c.is_ascii_digit() || dash(c) || matches!(c, '、' | ',' | '，' | ' '));
    if !plain {
        // `土木（1-2班）`: numbers in brackets that nobody can take apart with certainty.
        let several = figures.chars().zip(figures.chars().skip(1)).any(|(a, b)| a.is_ascii_digit() && (dash(b) || b == '、'));
        return several.then(|| Read { pieces: vec![whole(text)], odd: true });
    }
    let ending = ending.trim();
    let mut numbers: Vec<u32> = Vec::new();
    for part in figures.split(['、', ',', '，']) {
        let ends: Vec<u32> = part.split(dash).filter_map(|n| n.trim().parse().ok()).collect();
        match ends.as_slice() {
            [one] => numbers.push(*one),
            [a, b] if a < b && b - a < RANGE_MAX => numbers.extend(*a..=*b),
            _ => return Some(Read { pieces: vec![whole(text)], odd: true }),
        }
    }
    let several = numbers.len() > 1;
    if !(several || matches!(ending, "班" | "")) || (several && ending != "班") || numbers.iter().any(|n| *n > 99) {
        return several.then(|| Read { pieces: vec![whole(text)], odd: true });
    }
    // `中文23(1)、23(2)` repeats the cohort.
    let cohort = major.trim();
    let repeats = |l: &&Piece| l.number.starts_with(['（', '(']) && l.major.ends_with(cohort);
    let inherits = cohort.chars().all(|c| digit(c).is_some()) && (cohort.is_empty() || left.is_some_and(|l| repeats(&l)));
    let major = if inherits { left.filter(repeats)?.major.clone() } else { major.trim_end().to_owned() };
    let (open, close) = if round { ('（', '）') } else { ('(', ')') };
    let ending = if ending.is_empty() { String::new() } else { ending.to_owned() };
    let piece = |(i, n): (usize, &u32)| Piece {
        major: major.clone(),
        number: format!("{open}{n}{close}"),
        ending: ending.clone(),
        inherited: inherits || i > 0,
    };
    Some(Read { pieces: numbers.iter().enumerate().map(piece).collect(), odd: false })
}

/// `2` after `22-1` is `22-2`, `03` after `2201` is `2203`: what a shorter number leaves out stands in the one before.
fn continued(left: &str, number: &str) -> Option<String> {
    if let Some((cohort, class)) = left.split_once('-') {
        let goes_on = !number.contains('-') && class.len() <= 2 && number.len() <= 2 && class.parse::<u32>().ok()? < number.parse().ok()?;
        return goes_on.then(|| format!("{cohort}-{number}"));
    }
    let (cohort, class) = left.split_at_checked(left.len().checked_sub(2)?)?;
    if number.len() == 1 && left.len() == 4 && !is_year(left) && class.starts_with('0') && class[1..] < *number {
        return Some(format!("{cohort}0{number}"));
    }
    let goes_on = number.len() == 2 && number.starts_with('0') && cohort.len() == 2 && class < number;
    goes_on.then(|| format!("{cohort}{number}"))
}

/// `B班` after `电子A班`, `二班` after `法学一班`.
fn lettered(text: &str, left: Option<&Piece>) -> Option<Piece> {
    let left = left?;
    // `软件2201A/B`
    if shorthand::is_letter(&left.ending) && shorthand::is_letter(text) {
        return Some(Piece { ending: text.to_owned(), inherited: true, ..left.clone() });
    }
    let base = match left.ending.as_str() {
        "" => shorthand::counted_by_letter(&left.major)?,
        ending if shorthand::counted_by_letter(ending) == Some("") => left.major.as_str(),
        _ => return None,
    };
    let own = shorthand::counted_by_letter(text) == Some("") && !base.is_empty();
    own.then(|| Piece { major: base.to_owned(), number: String::new(), ending: text.to_owned(), inherited: true })
}

/// `17、172` mixes a cohort with a class number; `9、10` only counts on.
fn mixes(left: &str, right: &str) -> bool {
    let follows = matches!((left.parse::<u32>(), right.parse::<u32>()), (Ok(a), Ok(b)) if b == a + 1);
    left.len() != right.len() && !follows
}

/// Takes `2022级专硕6班` apart from its end: the last digits are the number; the rest in front is the major.
fn parts(text: &str) -> Piece {
    let chars: Vec<char> = text.chars().collect();
    let last = chars.iter().rposition(|c| digit(*c).is_some());
    let Some(last) = last else {
        return Piece { major: text.to_owned(), number: String::new(), ending: String::new(), inherited: false };
    };
    // A number inside brackets belongs to the name: 法学（2+2）.
    let closing = chars[last..].iter().filter(|c| matches!(c, ')' | '）')).count();
    let opening = chars[last..].iter().filter(|c| matches!(c, '(' | '（')).count();
    if closing > opening {
        return Piece { major: text.to_owned(), number: String::new(), ending: String::new(), inherited: false };
    }
    let mut first = last;
    while first > 0 && (digit(chars[first - 1]).is_some() || inner_dash(&chars, first - 1)) {
        first -= 1;
    }
    Piece {
        major: chars[..first].iter().collect::<String>().trim_end().to_owned(),
        number: chars[first..=last].iter().map(|c| digit(*c).unwrap_or('-')).collect(),
        ending: chars[last + 1..].iter().collect::<String>().trim().to_owned(),
        inherited: false,
    }
}

/// The stroke of `计算机18-1`, which is a name.
fn inner_dash(chars: &[char], at: usize) -> bool {
    width::is_dash(chars[at]) && at > 0 && digit(chars[at - 1]).is_some()
}

/// `机械1-3班`, `学硕1班-5班`, `2022级专硕6班—专硕11班`; `None` where the text is no range at all.
fn range(text: &str, left: Option<&Piece>) -> Option<Read> {
    let chars: Vec<char> = text.chars().collect();
    let at = chars.iter().position(|c| is_range_sign(*c)).filter(|at| *at > 0)?;
    let end = at + chars[at..].iter().take_while(|c| is_range_sign(**c) || c.is_whitespace()).count();
    let first = parts(chars[..at].iter().collect::<String>().trim_end());
    let last = parts(&chars[end..].iter().collect::<String>());
    if first.number.is_empty() || last.number.is_empty() || !ENDINGS.contains(&first.ending.as_str()) {
        return None;
    }
    if first.major.is_empty() && left.is_some_and(|l| l.number.contains('-')) {
        // `会计1-1、1-2`: names, as the one before.
        return None;
    }
    let whole = |odd| Some(Read { pieces: vec![whole(text)], odd });
    let (Ok(a), Ok(b)) = (first.number.parse::<u32>(), last.number.parse::<u32>()) else { return whole(true) };
    let bare = first.ending.is_empty() && last.ending.is_empty();
    if b <= a && last.major.is_empty() && first.ending.is_empty() {
        // `计算机18-1` counts the classes of a cohort: a name, no range; so is `18-1` after it.
        let name = (first.number.len() >= 2).then(|| parts(text))?;
        let inherited = name.major.is_empty().then(|| left.map(|l| l.major.clone())).flatten();
        let known = !name.major.is_empty() || inherited.is_some();
        let piece = Piece { inherited: inherited.is_some(), major: inherited.unwrap_or(name.major), ..name };
        // `财务171-3` may be three classes.
        return Some(Read { pieces: vec![piece], odd: !known || (first.number.len() >= 3 && !is_year(&first.number)) });
    }
    let major = match (first.major.is_empty(), left) {
        (true, Some(left)) if first.number.len() <= 4 => left.major.clone(),
        (true, _) => return whole(true),
        (false, _) => first.major.clone(),
    };
    // `软件17-19` may be three cohorts or class 19 of cohort 17.
    let cohorts = bare && a >= 10 && first.number.len() == 2;
    let same_major = last.major.is_empty() || major.ends_with(&last.major);
    let endings_fit = first.ending.is_empty() || last.ending.is_empty() || first.ending == last.ending;
    let certain = b > a && b - a < RANGE_MAX && same_major && endings_fit && !cohorts && ENDINGS.contains(&last.ending.as_str());
    if !certain || (first.number.len() != last.number.len() && first.number.len() + 1 != last.number.len()) {
        return whole(true);
    }
    let ending = if last.ending.is_empty() { first.ending } else { last.ending };
    let digits = first.number.len();
    let piece = |n: u32| Piece { major: major.clone(), number: format!("{n:0digits$}"), ending: ending.clone(), inherited: n > a };
    Some(Read { pieces: (a..=b).map(piece).collect(), odd: false })
}

/// `2023` of `计科2023-1班`
fn is_year(number: &str) -> bool {
    number.len() == 4 && number.starts_with("20")
}

fn whole(text: &str) -> Piece {
    Piece { major: text.to_owned(), number: String::new(), ending: String::new(), inherited: false }
}

/// Gives the ending of a run's last member to those before it: `财务171、172班`.
fn spread_endings(pieces: &mut [Piece]) {
    let mut at = pieces.len();
    while at > 0 {
        let end = at - 1;
        let mut start = end;
        while start > 0 && pieces[start].inherited {
            start -= 1;
        }
        let ending = pieces[end].ending.clone();
        if ENDINGS.contains(&ending.as_str()) {
            for piece in &mut pieces[start..end] {
                if piece.ending.is_empty() {
                    piece.ending.clone_from(&ending);
                }
            }
        }
        at = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_cells_are_expanded_by_the_published_rule() {
        for (cell, names, odd) in [
            ("社工181、182高", "社工181高;社工182高", false),
            ("财务171、172、173", "财务171;财务172;财务173", false),
            ("音乐学171、172、专升本19", "音乐学171;音乐学172;音乐学专升本19", false),
            ("艺术设计（青瓷、石雕）19高", "艺术设计（青瓷、石雕）19高", false),
            ("土木17、物理学17", "土木17;物理学17", false),
            ("软工本2201、专升本2401", "软工本2201;软工专升本2401", true),
            ("园艺17、园艺专升本191、192", "园艺17;园艺专升本191;园艺专升本192", false),
            ("汉语言学17、172", "汉语言学17;汉语言学172", true),
            ("2022级专硕6班—专硕11班", "2022级专硕6班;2022级专硕7班;2022级专硕8班;2022级专硕9班;2022级专硕10班;2022级专硕11班", false),
            ("学硕1班-5班", "学硕1班;学硕2班;学硕3班;学硕4班;学硕5班", false),
            ("机械1-3班", "机械1班;机械2班;机械3班", false),
            ("电商171-173", "电商171;电商172;电商173", false),
            ("机械9、10班", "机械9班;机械10班", false),
            ("计算机18-1、18-2", "计算机18-1;计算机18-2", false),
            ("软件17-19", "软件17-19", true),
            ("全体研究生", "全体研究生", false),
            ("软件工程2101-2104班", "软件工程2101班;软件工程2102班;软件工程2103班;软件工程2104班", false),
            ("计算机（1）班、（2）班", "计算机（1）班;计算机（2）班", false),
            ("计算机（1-3）班", "计算机（1）班;计算机（2）班;计算机（3）班", false),
            ("计算机（1、2）班", "计算机（1）班;计算机（2）班", false),
            ("22护理1、2、3班", "22护理1班;22护理2班;22护理3班", false),
            ("会计1-1、1-2班", "会计1-1班;会计1-2班", false),
            ("财务171-3", "财务171-3", true),
            ("土木（1-2班）", "土木（1-2班）", true),
            ("法学（2+2）", "法学（2+2）", false),
            ("电商171和国贸172", "电商171;国贸172", false),
            ("电商171（36人）、电商172（34人）", "电商171;电商172", false),
            ("电商171、171", "电商171;电商171", true),
            ("电商171等", "电商171等", true),
            ("电商171 国贸172", "电商171;国贸172", false),
            ("171、172", "171;172", true),
            ("机械（1）（2）班", "机械（1）班;机械（2）班", false),
            ("电商171班45人、172班46人", "电商171班;电商172班", false),
            ("电子A班、B班、C班", "电子A班;电子B班;电子C班", false),
            ("法学一班、二班", "法学一班;法学二班", false),
            ("中文23(1)、23(2)", "中文23(1);中文23(2)", false),
            ("2022级、2023级博士", "2022级博士;2023级博士", false),
            ("2023级博士班", "2023级博士班", false),
            ("高职：会计1、2班；专升本：会计3班", "会计1班;会计2班;会计3班", false),
            ("计科2023-1班，计科2023-2班", "计科2023-1班;计科2023-2班", false),
            ("水工241（高）、242（高）", "水工241（高）;水工242（高）", false),
            ("2021001-2021120号、2021121-240", "学号2021001-2021120;学号2021121-2021240", false),
            ("会计学（2021001-2021120号）、软件工程", "会计学学号2021001-2021120;软件工程", false),
            ("学号尾号01-30", "学号尾号01-30", true),
            ("软件2201（学号尾号01-30）、软件2202学号尾号01-30", "软件2201;软件2202", true),
            ("软件2201单号", "软件2201", true),
            ("软件2201 2021001-2021030号", "软件2201;学号2021001-2021030", false),
            ("软件202101-202104", "软件202101;软件202102;软件202103;软件202104", false),
            ("除临床2201、2202外的其余班级", "除临床2201、2202外的其余班级", false),
            ("", "", false),
        ] {
            let read = expand(cell);
            assert_eq!((read.names.join(";").as_str(), read.odd), (names, odd), "{cell}");
        }
    }

    #[test]
    fn what_stands_beside_the_classes_is_no_part_of_their_names() {
        for (cell, names, odd, headcount) in [
            ("软件2205 和 网络2202", "软件2205;网络2202", false, None),
            ("软件2205 + 网络2202", "软件2205;网络2202", false, None),
            ("软件2205 & 网络2202", "软件2205;网络2202", false, None),
            ("软件2205班网络2202班", "软件2205班;网络2202班", false, None),
            ("软件1班2班", "软件1班;软件2班", false, None),
            ("软件2201(30)、软件2202(31)", "软件2201;软件2202", false, Some(61)),
            ("软件2201班（30）", "软件2201班", false, Some(30)),
            ("软件2201班30", "软件2201班", false, Some(30)),
            ("软件2201班(32)软件2202班(33)", "软件2201班;软件2202班", false, Some(65)),
            ("软件2201（32人）+网络2201（30人）", "软件2201;网络2201", false, Some(62)),
            ("软件2201 32人 软件2202 33人", "软件2201;软件2202", false, Some(65)),
            ("（软件2201、2202）", "软件2201;软件2202", false, None),
            ("软件2201班、（2202班）", "软件2201班;软件2202班", false, None),
            ("2022级软件1班2班3班", "2022级软件1班;2022级软件2班;2022级软件3班", false, None),
            ("会计与金融2201", "会计与金融2201", false, None),
            ("软件2201 30 软件2202 31", "软件2201;软件2202", false, Some(61)),
            ("软件2022(12)", "软件2022(12)", false, None),
            ("中文23(1)、23(2)", "中文23(1);中文23(2)", false, None),
            ("软件2201A/B", "软件2201A;软件2201B", false, None),
            ("软件2201男/女", "软件2201", true, None),
            ("软件2202（男生）", "软件2202", true, None),
            ("软件1-4班（网络1班除外）", "软件1班;软件2班;软件3班;软件4班", true, None),
            ("软件2201-2204（除2203）", "软件2201;软件2202;软件2204", true, None),
            ("软件2201、2202（除休学）", "软件2201;软件2202", true, None),
            ("软件2202→软件2203", "软件2202;软件2203", true, None),
            ("软件2204（与网络2201合拍）", "软件2204;网络2201", true, None),
            ("软件2201（原软件2101）", "软件2201", true, None),
            ("软件2201（1-15号）", "软件2201", true, None),
            ("软件2201第1-20号", "软件2201", true, None),
            ("软件2201班30人", "软件2201班", false, Some(30)),
            ("软件2201班前15人", "软件2201班", true, None),
            ("软件2201班A组", "软件2201班", true, None),
            ("软件工程（中外合作）2201、2202", "软件工程（中外合作）2201;软件工程（中外合作）2202", false, None),
            ("水工241（高）、242（高）", "水工241（高）;水工242（高）", false, None),
            ("护理2201（男）", "护理2201（男）", false, None),
        ] {
            let read = expand(cell);
            assert_eq!(
                (read.names.join(";").as_str(), read.odd, read.headcount.filter(|_| headcount.is_some())),
                (names, odd, headcount),
                "{cell}"
            );
        }
    }

    #[test]
    fn people_of_all_classes_or_of_none_are_no_class() {
        for text in ["2020级全体本科毕业生", "补拍", "其他学院", "因故未拍摄的同学", "全体研究生", "往届毕业生"]
        {
            assert!(is_no_class(text), "{text}");
        }
        assert!(is_no_class("第1场") && is_no_class("第二批") && !is_no_class("第一临床医学院2201"));
        for text in ["机械2001", "2022级专硕6班", "专升本19", "艺术设计（青瓷、石雕）19高", "卓越工程师班"] {
            assert!(!is_no_class(text), "{text}");
        }
    }

    #[test]
    fn a_remark_is_not_taken_for_classes() {
        assert!(looks_like_classes("电信171、172"));
        assert!(!looks_like_classes("请提前15分钟到场"));
        assert!(!looks_like_classes(""));
    }

    #[test]
    fn classes_written_short_are_all_told_and_what_may_be_otherwise_is_said() {
        for (cell, wanted, odd) in [
            ("软件一班-三班", "软件一班;软件二班;软件三班", false),
            ("软件一至三班", "软件一班;软件二班;软件三班", false),
            ("22级软件工程一、二、三班", "22级软件工程一班;22级软件工程二班;22级软件工程三班", false),
            ("软件2201-2203（共3个班）", "软件2201;软件2202;软件2203", false),
            ("软件2201-2203（共4个班）", "软件2201;软件2202;软件2203", true),
            ("软件2201等3个班", "软件2201", true),
            ("软件2201上半班", "软件2201", true),
            ("软件2201班（张三老师带队）", "软件2201班", false),
            ("软件2201~03", "软件2201;软件2202;软件2203", false),
            ("软件2201-03班", "软件2201班;软件2202班;软件2203班", false),
            ("软件221-3班", "软件221班;软件222班;软件223班", true),
            ("软件22-1至22-3", "软件22-1;软件22-2;软件22-3", false),
            ("软件2201、2、3", "软件2201;软件2202;软件2203", true),
            ("软件工程（2201-2203班）", "软件工程2201班;软件工程2202班;软件工程2203班", false),
            ("软件2201 45人", "软件2201", false),
            ("软件2021-05", "软件2021-05", false),
            ("土木（1-2班）", "土木（1-2班）", true),
        ] {
            let read = expand(cell);
            assert_eq!((read.names.join(";").as_str(), read.odd), (wanted, odd), "{cell}");
        }
        assert_eq!(expand("软件2201 45人、软件2202 40人").headcount, Some(85));
    }
}
