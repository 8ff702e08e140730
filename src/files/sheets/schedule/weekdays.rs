//! Days of the week that schedules name beside a day, or instead of one.

/// The day of the week that a text names, Monday = 0.
pub fn weekday(text: &str) -> Option<u32> {
    let at = ["星期", "周", "礼拜"].iter().find_map(|w| text.find(w).map(|at| at + w.len()))?;
    let c = text.get(at..)?.chars().next()?;
    "一二三四五六".chars().zip(0u32..).find(|(d, _)| *d == c).map(|(_, n)| n).or(matches!(c, '日' | '天').then_some(6))
}

/// The day of the week that a short text names, 0 for Monday; none where it names several (`周一至周五`).
pub fn only_weekday(text: &str) -> Option<u32> {
    let times = ["星期", "周", "礼拜"].iter().map(|w| text.matches(w).count()).sum::<usize>();
    let alone = times == 1 && text.chars().count() <= 12 && !text.contains(['至', '、', '每', '到']);
    alone.then(|| weekday(text)).flatten()
}

/// What stands beside a time and counts its day from another: `次日`, `第二天`, `后天`.
const COUNTED: [&str; 9] = ["次日", "翌日", "隔日", "隔天", "第二天", "第三天", "第二日", "明天", "后天"];

/// What a text beside a clock time says of the day, where it names no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// `周三`: 0 for Monday.
    Weekday(u32),
    /// `次日`, `周二、周三`: some day, and which nobody can tell.
    Unknown,
}

/// What a text names beside its times: a day of the week, one counted from another, or no day.
pub fn beside_time(text: &str) -> Option<Beside> {
    if let Some(weekday) = only_weekday(text) {
        return Some(Beside::Weekday(weekday));
    }
    let unknown = weekday(text).is_some() || COUNTED.iter().any(|w| text.contains(w));
    (unknown && text.chars().count() <= 24).then_some(Beside::Unknown)
}
