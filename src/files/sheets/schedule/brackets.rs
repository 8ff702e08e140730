//! Brackets in the cells of a schedule.

/// The first bracket: where it opens, what it holds, where it is closed.
pub fn bracket(text: &str) -> Option<(usize, &str, usize)> {
    let open = text.find(['（', '('])?;
    let from = open + text[open..].chars().next().map_or(0, char::len_utf8);
    let length = text[from..].find(['）', ')'])?;
    let close = from + length;
    Some((open, &text[from..close], close + text[close..].chars().next().map_or(0, char::len_utf8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bracket_is_found_in_either_width_and_an_open_one_is_none() {
        assert_eq!(bracket("甲（乙)丙（丁）"), Some((3, "乙", 10)));
        assert_eq!(bracket("甲（乙"), None);
        assert_eq!(bracket("甲）"), None);
    }
}
