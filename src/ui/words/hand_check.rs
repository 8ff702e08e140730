//! Words of 号牌核对: the card in hand is not the one the screen would give next.

use super::{Lang, label};

/// Whoever is named is still in the corridor.
pub fn look(lang: Lang) -> &'static str {
    lang.pick("请这几位举起号牌看一眼，再选：", "Look at the cards they hold, then choose:")
}

/// Only the last one holds another card: `0018B 王思远 手里是 0019B`.
pub fn holds(lang: Lang, who: &str, really: &str) -> String {
    let really = label::clean(really);
    lang.pick(format!("{who} 手里是 {really}"), format!("{who} holds {really}"))
}

/// From this one on: `从 0017B 吴桐 起都是后面的号（手里是 0018B）`.
pub fn from_on(lang: Lang, who: &str, really: &str) -> String {
    let really = label::clean(really);
    lang.pick(format!("从 {who} 起都是后面的号（手里是 {really}）"), format!("from {who} on all hold later ones ({really})"))
}

/// The last one left without a card.
pub fn not_taken(lang: Lang, who: &str) -> String {
    lang.pick(format!("{who} 没拿走：手里这张现在给本人"), format!("{who} left it: hand it over now"))
}

/// Several cards of people on the screen are still in hand.
pub fn several(lang: Lang) -> &'static str {
    lang.pick(
        "没拿号牌的人，请按号补给他；拿了别的号的人，在名单（F4）里补发号牌。",
        "Give a card to whoever has none; whoever holds another one gets it by “New card” in the list (F4).",
    )
}

/// It was handed over.
pub fn handed_over(lang: Lang) -> &'static str {
    lang.pick("✓ 补给本人以后，手里与屏幕一致", "✓ once handed over, hand and screen agree")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_about_cards_in_hand_are_in_both_languages() {
        for word in [look, handed_over] {
            assert!(!word(Lang::Zh).is_ascii() && word(Lang::En).trim_start_matches('✓').is_ascii());
        }
        for word in [holds, from_on] {
            assert!(!word(Lang::Zh, "0001B", "0002B").is_ascii() && word(Lang::En, "0001B", "0002B").is_ascii());
        }
        assert!(!not_taken(Lang::Zh, "0001B").is_ascii() && not_taken(Lang::En, "0001B").is_ascii());
        assert!(!several(Lang::Zh).is_ascii());
    }
}
