//! Words of the search: where somebody stands, and what the keys do with candidates.

use super::Lang;
use crate::domain::whereabouts::Whereabouts;

/// Where somebody stands, in a word.
pub fn whereabouts(lang: Lang, at: Whereabouts) -> &'static str {
    match at {
        Whereabouts::SetAside => lang.pick("暂缓", "set aside"),
        Whereabouts::PassedOver => lang.pick("过号", "passed over"),
        Whereabouts::InLine => lang.pick("在队", "in line"),
        Whereabouts::Arrived => lang.pick("已签到", "signed in"),
        Whereabouts::NotHere => lang.pick("未到", "not here"),
        Whereabouts::Shot => lang.pick("已拍", "shot"),
        Whereabouts::Exempt => lang.pick("免拍", "exempt"),
        Whereabouts::Excused => lang.pick("不参加", "not taking part"),
    }
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
        for at in [
            Whereabouts::SetAside,
            Whereabouts::PassedOver,
            Whereabouts::InLine,
            Whereabouts::Arrived,
            Whereabouts::NotHere,
            Whereabouts::Shot,
            Whereabouts::Exempt,
            Whereabouts::Excused,
        ] {
            assert!(whereabouts(Lang::En, at).is_ascii() && !whereabouts(Lang::Zh, at).is_ascii());
        }
    }
}
