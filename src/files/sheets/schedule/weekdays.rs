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
