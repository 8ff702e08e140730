//! A cell that holds a whole slot, or several: `商学院电商171、172 60人 8:30-9:00`.

use chrono::NaiveTime;

use crate::domain::width;

use super::captions::without_day;
use super::classes;
use super::times::{self, Days, Half, Span};

/// What one slot of such a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its windows; empty where the row or the column gives the time.
    pub windows: Vec<(NaiveTime, NaiveTime)>,
    /// College; empty where the cell names none.
    pub college: String,
    /// Classes as written.
    pub classes: String,
    /// Head count.
    pub headcount: Option<u32>,
    /// Days.
    pub days: Days,
    /// Room.
    pub room: Option<String>,
}

/// Takes a cell apart into its slots.
pub fn entries(cell: &str, half: Option<Half>) -> Vec<Entry> {
    let cell = without_number(cell);
    let spans = times::spans(cell, half);
    if spans.len() < 2 {
        return vec![entry(cell, half)];
    }
    for separators in [&['\n'][..], &[';', '；', '\n'], &[',', '，', ';', '；', '\n']] {
        let parts: Vec<&str> = cell.split(separators).map(str::trim).filter(|p| !p.is_empty()).collect();
        let each = parts.iter().all(|p| !times::windows(p, half).is_empty() && !times::without_times(p, half).is_empty());
        if parts.len() > 1 && each {
            return parts.iter().flat_map(|p| entries(p, half)).collect();
        }
    }
    by_windows(cell, half, &spans)
}

/// `1.8:30-9:20 …`, `（2）9:20-…`: what counts the lines of a notice is no part of them.
fn without_number(text: &str) -> &str {
    let bare = text.trim_start().trim_start_matches(['（', '(']);
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = bare.get(digits..).unwrap_or_default();
    match rest.strip_prefix(['.', '．', '、', ')', '）']) {
        Some(rest) if (1..=2).contains(&digits) => rest.trim_start(),
        _ => text,
    }
}

/// Several windows in running text: each takes the text before it, or behind it where the cell begins with a window.
fn by_windows(cell: &str, half: Option<Half>, spans: &[Span]) -> Vec<Entry> {
    let chars: Vec<char> = cell.chars().collect();
    let piece = |from: usize, to: usize| -> String {
        let text: String = chars.get(from..to).unwrap_or_default().iter().collect();
        text.trim_matches(|c: char| c.is_whitespace() || ",，;；、:：/".contains(c)).to_owned()
    };
    let ends: Vec<usize> = std::iter::once(0).chain(spans.iter().map(|s| s.to)).collect();
    let starts: Vec<usize> = spans.iter().map(|s| s.from).chain(std::iter::once(chars.len())).collect();
    let texts: Vec<String> = ends.iter().zip(&starts).map(|(from, to)| piece(*from, (*to).max(*from))).collect();
    let leads = texts.first().is_some_and(String::is_empty);
    let mut found: Vec<Entry> = Vec::new();
    let mut waiting = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        let text = texts.get(if leads { at + 1 } else { at }).map_or("", String::as_str);
        match (text.is_empty(), leads) {
            (true, true) => waiting.push(span.window),
            (true, false) => {
                if let Some(last) = found.last_mut() {
                    last.windows.push(span.window);
                }
            }
            (false, _) => {
                let mut entry = entry(text, half);
                entry.windows = std::mem::take(&mut waiting);
                entry.windows.push(span.window);
                found.push(entry);
            }
        }
    }
    if let Some(last) = found.last_mut() {
        last.windows.append(&mut waiting);
    }
    // What stands behind the last window belongs to the last slot: its head count, as a rule.
    if !leads && let (Some(text), Some(last)) = (texts.last().filter(|t| !t.is_empty()), found.last_mut()) {
        let more = entry(text, half);
        last.headcount = last.headcount.or(more.headcount);
        if last.classes.is_empty() {
            last.classes = more.classes;
        }
        if last.college.is_empty() {
            last.college = more.college;
        }
    }
    if found.is_empty() {
        found.push(Entry { windows: spans.iter().map(|s| s.window).collect(), ..Entry::default() });
    }
    found
}

fn entry(text: &str, half: Option<Half>) -> Entry {
    let windows = times::windows(text, half);
    let (timeless, room, days) = take_place_and_day(&times::without_times(text, half));
    let (rest, headcount) = take_headcount(&timeless);
    // A tick says that the row's people come at the column's time, and names nobody.
    let rest = if is_tick(&rest) { String::new() } else { rest };
    let (college, classes) = college_and_classes(&rest);
    Entry { windows, college, classes, headcount, days, room }
}

fn is_tick(text: &str) -> bool {
    matches!(text.trim(), "√" | "✓" | "✔" | "✅" | "☑" | "■" | "●" | "○" | "★" | "V" | "v" | "Y" | "是")
}

/// Takes days and a room that stands by itself off a text.
pub fn take_place_and_day(text: &str) -> (String, Option<String>, Days) {
    let days = times::days(text);
    let mut left = text.to_owned();
    for _ in &days.list {
        left = without_day(&left);
    }
    let left = left.trim_matches(|c: char| c.is_whitespace() || "、，,；;。".contains(c)).to_owned();
    let (left, mut room) = without_place_behind(left);
    let kept: Vec<String> = left
        .split('\n')
        .map(|line| {
            let words: Vec<&str> = line.split([' ', '\u{3000}']).collect();
            let bare = |w: &str| {
                w.strip_prefix(['（', '(']).and_then(|w| w.strip_suffix(['）', ')'])).filter(|w| in_brackets(w)).map(str::to_owned)
            };
            let plain = |w: &str| w.trim_matches(|c: char| "，,；;：:".contains(c)).to_owned();
            let stays = |w: &&str| match super::captions::room_alone(&bare(w).unwrap_or_else(|| plain(w)))
                .filter(|_| room.is_none() && !is_college(w))
            {
                Some(name) => {
                    room = Some(name);
                    false
                }
                None => true,
            };
            words.into_iter().filter(stays).collect::<Vec<_>>().join(" ")
        })
        .collect();
    // Nothing but a room is no people: whoever asks for those gets the text back.
    let joined = kept.into_iter().filter(|l| !l.trim().is_empty()).collect::<Vec<_>>().join("\n");
    (joined.trim().to_owned(), room, days)
}

/// True for what a bracket of its own holds where it is a room: `（A101）`, and no class in brackets.
fn in_brackets(text: &str) -> bool {
    let key = width::key(text);
    in_a_house(text)
        || (key.is_ascii() && key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.ends_with(|c: char| c.is_ascii_digit()))
}

/// `软件2201班（30人）在教一101`, `软件2201（教一101）`: the place that a text ends with, in so many words.
fn without_place_behind(text: String) -> (String, Option<String>) {
    let ends = ["进行", "拍摄", "采集", "集合"].iter().fold(text.as_str(), |t, w| t.strip_suffix(w).unwrap_or(t));
    let behind = ends.rsplit_once('在').filter(|(_, place)| !place.contains('\n'));
    let bracket = || text.strip_suffix(['）', ')']).and_then(|t| t.rsplit_once(['（', '('])).filter(|(_, inner)| in_a_house(inner));
    let place = |(before, place): (&str, &str)| {
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || "、，,；;".contains(c));
        super::captions::room_alone(place).filter(|_| !before.is_empty()).map(|room| (before.to_owned(), room))
    };
    match behind.and_then(place).or_else(|| bracket().and_then(place)) {
        Some((before, room)) => (before, Some(room)),
        None => (text, None),
    }
}

/// `软件2201（教一101）` under `班级（地点）`: the class and its room.
pub(super) fn class_and_place(text: &str) -> Option<(&str, &str)> {
    let (class, place) = text.trim().strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    (!class.trim().is_empty() && !place.trim().is_empty()).then(|| (class.trim(), place.trim()))
}

/// True for a place that can be nothing else, as those in brackets behind classes must be: `教一101`, `7-115`, `图书馆报告厅`.
pub(super) fn in_a_house(text: &str) -> bool {
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let house = ["教", "楼", "馆", "室", "厅", "栋", "座", "机房"].iter().any(|w| text.contains(w)) || text.contains(width::is_dash);
    house && (figures >= 3 || ["馆", "厅", "室"].iter().any(|w| text.trim_end().ends_with(w))) && !text.contains(['班', '组', '号', '人'])
}

/// Takes `60人`, `（60）`, `共60人` or a last bare figure off a text.
pub fn take_headcount(text: &str) -> (String, Option<u32>) {
    let chars: Vec<char> = text.chars().collect();
    let folded: Vec<char> = width::fold(text).chars().collect();
    let digits = |from: usize| folded.get(from..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
    let mut at = 0;
    let mut hits: Vec<(usize, usize, u32)> = Vec::new();
    while at < folded.len() {
        let count = digits(at);
        if count == 0 {
            at += 1;
            continue;
        }
        let mut to = at + count;
        while folded.get(to) == Some(&' ') {
            to += 1;
        }
        let figure: String = folded.get(at..at + count).unwrap_or_default().iter().collect();
        let open = at.checked_sub(1).and_then(|i| folded.get(i)) == Some(&'(');
        let unit = folded.get(to).is_some_and(|c| matches!(c, '人' | '名'));
        let (from, end) = match (unit, open, folded.get(to) == Some(&')')) {
            (true, _, _) => (at, to + 1),
            (false, true, true) if count <= 3 && !numbers_a_class(&folded, to) => (at - 1, to + 1),
            _ => {
                at += count;
                continue;
            }
        };
        if let Ok(n) = figure.parse() {
            hits.push((from, end, n));
        }
        at = end;
    }
    if !hits.is_empty() {
        let mut left = String::new();
        let mut rest_at = 0;
        for (from, to, _) in &hits {
            let mut before: String = chars.get(rest_at..*from).unwrap_or_default().iter().collect();
            for word in ["共计", "共", "约", "计"] {
                before = before.strip_suffix(word).map(str::to_owned).unwrap_or(before);
            }
            rest_at = *to;
            if before.ends_with(['（', '(']) && matches!(chars.get(*to), Some('）' | ')')) {
                before.pop();
                rest_at += 1;
            }
            left.push_str(before.trim_end_matches(|c: char| c.is_whitespace() || "：:".contains(c)));
            let next = chars.get(rest_at);
            if next.is_some_and(|c| !"、，,；;".contains(*c)) {
                left.push('\n');
            }
        }
        left.extend(chars.get(rest_at..).unwrap_or_default());
        let left = left.trim_matches(|c: char| c.is_whitespace() || "：:，,、；;".contains(c)).to_owned();
        return (left, hits.iter().map(|(.., n)| *n).reduce(u32::saturating_add));
    }
    // `商学院 60`: a figure of its own behind the name.
    if let Some((name, figure)) = text.trim_end().rsplit_once([' ', '\n', '\u{3000}'])
        && let Ok(n) = width::fold(figure.trim()).parse::<u32>()
        && n < 1_000
        && is_college(name)
    {
        return (name.trim().to_owned(), Some(n));
    }
    (text.to_owned(), None)
}

/// True where the bracket that closes there, and those behind it, hold the numbers of classes: `会计（1）（2）班`.
fn numbers_a_class(chars: &[char], close: usize) -> bool {
    let behind = chars.get(close..).unwrap_or_default();
    behind.iter().take(24).find(|c| !(c.is_ascii_digit() || "()、,- ".contains(**c))) == Some(&'班')
}

/// `商学院电商171、172` is 商学院 and its classes; a text without a college is classes where it reads like them.
pub fn college_and_classes(text: &str) -> (String, String) {
    let text = text.trim();
    if let Some(several) = of_colleges(text) {
        return several;
    }
    if let Some((head, rest)) = text.split_once(['：', ':'])
        && is_college(head)
    {
        return (head.replace('\n', "").trim().to_owned(), rest.trim().to_owned());
    }
    let end = college_end(text);
    let (college, rest) = match end {
        Some(end) => text.split_at(end),
        None => ("", text),
    };
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ",，;；、:：-—".contains(c));
    let rest =
        rest.strip_prefix(['（', '(']).and_then(|r| r.strip_suffix(['）', ')'])).filter(|r| !r.contains(['（', '('])).unwrap_or(rest);
    let whole = || text.replace('\n', "");
    match (college.is_empty(), rest.is_empty()) {
        // `商学院全体`
        (false, false) if ["全体", "全院", "全体毕业生", "全体学生"].contains(&rest) => {
            (college.replace('\n', "").trim().to_owned(), String::new())
        }
        (_, true) => (whole(), String::new()),
        (false, false) if is_college(rest) && !rest.chars().any(|c| c.is_ascii_digit()) => (text.replace('\n', "、"), String::new()),
        (false, false) => (college.replace('\n', "").trim().to_owned(), rest.to_owned()),
        (true, false) if classes::looks_like_classes(rest) => (String::new(), rest.to_owned()),
        (true, false) => (whole(), String::new()),
    }
}

/// `信息学院：网络2201班；商学院：会计2201、2202班`: all its colleges and all their classes.
fn of_colleges(text: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = text.split(['；', ';', '\n']).map(str::trim).filter(|p| !p.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let one = |part| Some(college_and_classes(part)).filter(|(college, classes)| !college.is_empty() && !classes.is_empty());
    let (mut colleges, classes): (Vec<String>, Vec<String>) = parts.into_iter().map(one).collect::<Option<Vec<_>>>()?.into_iter().unzip();
    colleges.dedup();
    Some((colleges.join("、"), classes.join("；")))
}

/// True for a cell of nothing but classes, each of a major and a number: no room, no time, no telephone.
pub(super) fn are_classes(text: &str) -> bool {
    const OTHER: [&str; 12] = ["楼", "馆", "室", "厅", "教", "座", "电话", "老师", "号机", "点", "元", "http"];
    let plain = times::windows(text, None).is_empty() && times::days(text).list.is_empty() && width::key(text).parse::<u32>().is_err();
    let class = |name: &String| {
        let letters = name.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
        let figures = name.chars().filter(|c| width::fold(&c.to_string()).bytes().all(|b| b.is_ascii_digit())).count();
        let ends = name.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '班' | '高' | ')' | '）'));
        letters >= 2 && (2..=6).contains(&figures) && ends
    };
    let names = classes::expand(text).names;
    plain
        && !names.is_empty()
        && names.iter().all(class)
        && !OTHER.iter().any(|w| text.contains(w))
        && super::captions::room_alone(text).is_none()
}

/// True where a text ends as colleges and their like do.
pub fn is_college(text: &str) -> bool {
    let key = width::key(text);
    let key = key.trim_end_matches([')', ':']);
    key.chars().count() >= 2
        && ["学院", "书院", "学部", "中心", "研究院", "研究所", "系", "院", "所", "部"].iter().any(|w| key.ends_with(w))
}

/// Bytes of the college that a text begins with: up to 学院 and the bracket behind it.
fn college_end(text: &str) -> Option<usize> {
    let mut best = None;
    for word in ["学院", "书院", "研究院", "研究所", "学部", "中心", "系", "部", "院", "所"] {
        // `补拍（各学院漏拍学生）` names no college before its bracket.
        let open = |at: usize| text[..at].rfind(['（', '(']).is_some_and(|from| !text[from..at].contains(['）', ')']));
        let Some(at) = text.find(word).filter(|at| *at > 0 && !open(*at)) else { continue };
        let end = at + word.len();
        let next = text.get(end..).and_then(|r| r.chars().next());
        let parts = next.is_none_or(|c| c.is_whitespace() || "（(：:、，,".contains(c));
        if word.chars().count() == 1 && !parts {
            continue;
        }
        let end = bracketed(text, end);
        if best.is_none_or(|b| end < b) {
            best = Some(end);
        }
    }
    best
}

/// `（国际丝绸学院）` behind a college belongs to its name.
fn bracketed(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let Some(inner) = rest.trim_start().strip_prefix(['（', '(']) else { return end };
    let Some(close) = inner.find(['）', ')']) else { return end };
    let skipped = rest.len() - inner.len();
    let bracket = inner.get(close..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8);
    if is_college(&inner[..close]) { end + skipped + close + bracket } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cell: &str) -> Vec<String> {
        let clock = |(a, b): &(NaiveTime, NaiveTime)| format!("{}-{}", a.format("%H:%M"), b.format("%H:%M"));
        let one = |e: &Entry| {
            let count = e.headcount.map(|n| n.to_string()).unwrap_or_default();
            format!("{}|{}|{count}|{}", e.college, e.classes, e.windows.iter().map(clock).collect::<Vec<_>>().join(" "))
        };
        entries(cell, None).iter().map(one).collect()
    }

    #[test]
    fn a_cell_with_a_whole_slot_is_taken_apart() {
        for (cell, read) in [
            ("商学院 60人", "商学院||60|"),
            ("商学院（60人）8:30-9:00", "商学院||60|08:30-09:00"),
            ("商学院\n60人\n8:30-9:00", "商学院||60|08:30-09:00"),
            ("8:30-9:00 商学院 60", "商学院||60|08:30-09:00"),
            ("商学院电商171、172（60人）", "商学院|电商171、172|60|"),
            ("商学院：电商171、172", "商学院|电商171、172||"),
            ("信息学院：网络2201班；商学院：会计2201、2202班", "信息学院、商学院|网络2201班；会计2201、2202班||"),
            ("会计（2）班", "|会计（2）班||"),
            ("会计（1）、（2）班（60）", "|会计（1）、（2）班|60|"),
            ("软件2201班（30人）在教一101", "|软件2201班|30|"),
            ("软件2201（教一101）", "|软件2201||"),
            ("电商171、172", "|电商171、172||"),
            ("艺术设计（青瓷、石雕）19高", "|艺术设计（青瓷、石雕）19高||"),
            ("纺织科学与工程学院（国际丝绸学院）60人", "纺织科学与工程学院（国际丝绸学院）||60|"),
            ("商学院、工学院 60人", "商学院、工学院||60|"),
            ("国际关系171", "|国际关系171||"),
            ("商学院全体（160人）", "商学院||160|"),
            ("MBA教育中心", "MBA教育中心|||"),
            ("商学院 60人 8:30-9:00、13:00-13:30", "商学院||60|08:30-09:00 13:00-13:30"),
        ] {
            assert_eq!(said(cell), [read], "{cell}");
        }
    }

    #[test]
    fn a_cell_with_several_slots_gives_each() {
        let two = ["商学院||60|08:30-09:00", "工学院||55|09:00-09:30"];
        for cell in [
            "商学院60人8:30-9:00\n工学院55人9:00-9:30",
            "商学院（60人）8:30-9:00；工学院（55人）9:00-9:30",
            "8:30-9:00商学院60人，9:00-9:30工学院55人",
            "商学院\n60人\n8:30-9:00\n工学院\n55人\n9:00-9:30",
        ] {
            assert_eq!(said(cell), two, "{cell}");
        }
        assert_eq!(said("商学院8:30-9:00 60人\n工学院9:00-9:30 55人"), two);
    }

    #[test]
    fn cells_of_classes_are_told_from_rooms_times_and_telephones() {
        for text in ["护理2201-2203（120人）", "会计2201、2202", "软件221班", "22级软件1班、2班"] {
            assert!(are_classes(text), "{text}");
        }
        for text in
            ["A101", "教一101", "13800138000", "8:30-9:00", "王老师 88320011", "3", "第1批", "会计学院", "11月10日", "备用2号机", "体育馆"]
        {
            assert!(!are_classes(text), "{text}");
        }
    }
}
