//! Words of the search: where somebody stands, and what the keys do with candidates.

use super::Lang;

/// Signed in.
pub fn arrived(lang: Lang) -> &'static str {
    lang.pick("已签到", "signed in")
}

/// Photographed.
pub fn shot(lang: Lang) -> &'static str {
    lang.pick("已拍", "shot")
}

/// Not seen yet.
pub fn not_here(lang: Lang) -> &'static str {
    lang.pick("未到", "not here")
}

/// What the keys do, and how many fit.
pub fn candidates(lang: Lang, all: usize, shown: usize) -> String {
    match (all, lang) {
        (1, Lang::Zh) => "只有这一位".to_owned(),
        (1, Lang::En) => "only this one".to_owned(),
        (n, Lang::Zh) if n > shown => format!("共 {n} 位，再多打一两个字；↑↓ 选定后回车"),
        (n, Lang::Zh) => format!("共 {n} 位；↑↓ 选定后回车"),
        (n, Lang::En) if n > shown => format!("{n} fit, type a little more; arrows choose, Enter takes"),
        (n, Lang::En) => format!("{n} fit; arrows choose, Enter takes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_search_are_in_both_languages() {
        for n in [1, 3, 50] {
            assert!(candidates(Lang::En, n, 6).is_ascii());
            assert!(!candidates(Lang::Zh, n, 6).is_ascii());
        }
        for word in [arrived, shot, not_here] {
            assert!(word(Lang::En).is_ascii() && !word(Lang::Zh).is_ascii());
        }
    }
}
