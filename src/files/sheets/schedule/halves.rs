//! Halves of a day, and how English names them.

/// Half of a day that a cell names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// 上午
    Morning,
    /// 中午
    Noon,
    /// 下午, 晚上
    Afternoon,
}

/// `PM`, `p.m.`, `noon`, `Morning`: half of a day in English, and its characters.
pub fn letters_at(chars: &[char], at: usize) -> Option<(Half, usize)> {
    if at.checked_sub(1).and_then(|i| chars.get(i)).is_some_and(char::is_ascii_alphabetic) {
        return None;
    }
    let rest: String = chars.get(at..)?.iter().take(10).collect::<String>().to_ascii_lowercase();
    const WORDS: [(&str, Half); 10] = [
        ("a.m.", Half::Morning),
        ("p.m.", Half::Afternoon),
        ("a.m", Half::Morning),
        ("p.m", Half::Afternoon),
        ("am", Half::Morning),
        ("pm", Half::Afternoon),
        ("morning", Half::Morning),
        ("afternoon", Half::Afternoon),
        ("evening", Half::Afternoon),
        ("noon", Half::Noon),
    ];
    let (word, half) = WORDS.iter().find(|(w, _)| rest.starts_with(w))?;
    let ends = !rest.get(word.len()..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()));
    ends.then_some((*half, word.len()))
}
