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

/// Nobody was given these and nobody will be: `缺号 0131B–0133B：这些号牌没有了`.
pub fn missing(lang: Lang, first: &str, last: &str) -> String {
    let range = range(first, last);
    let zh = if first == last { "这张号牌没有了" } else { "这些号牌没有了" };
    lang.pick(format!("缺号 {range}：{zh}"), format!("missing: {range} not in the stack"))
}

/// The one in hand is the next: `改号：下一张发 0134B`.
pub fn set_next(lang: Lang, token: &str) -> String {
    let token = label::clean(token);
    lang.pick(format!("改号：下一张发 {token}"), format!("set: {token} is the next"))
}

fn range(first: &str, last: &str) -> String {
    let (first, last) = (label::clean(first), label::clean(last));
    if first == last { first } else { format!("{first}–{last}") }
}

/// The last one left without a card.
pub fn not_taken(lang: Lang, who: &str) -> String {
    lang.pick(format!("{who} 没拿走：手里这张现在给本人"), format!("{who} left it: hand it over now"))
}

/// Somebody before left without one, and whoever came since holds the card before theirs.
pub fn left_without(lang: Lang, who: &str, next: &str) -> String {
    let next = label::clean(next);
    lang.pick(
        format!("{who} 没拿走，后面的人都小一号：改过来，接着发 {next}"),
        format!("{who} left it, all since hold one lower; {next} is next"),
    )
}

/// Several cards of people on the screen are still in hand.
pub fn several(lang: Lang) -> &'static str {
    lang.pick(
        "没拿号牌的人，请按号补给他；拿了别的号的人，在名单（F4）里补发号牌。",
        "Give a card to whoever has none; whoever holds another one gets it by “New card” in the list (F4).",
    )
}

/// What 设备给号 asks.
pub fn device_title(lang: Lang) -> &'static str {
    lang.pick("设备给的是几号？", "Which number did the device give?")
}

/// `李佳琪：屏幕提出 0057。一样就回车，不一样就照设备上的打`
pub fn proposed(lang: Lang, who: &str, token: &str) -> String {
    let token = label::clean(token);
    lang.pick(
        format!("{who}：屏幕提出 {token}。一样就回车，不一样就照设备上的打。"),
        format!("{who}: {token} is proposed. Enter if so, else type the one of the device."),
    )
}

/// Somebody has that number already.
pub fn somebodys(lang: Lang, token: &str, who: &str) -> String {
    let token = label::clean(token);
    lang.pick(
        format!("{token} 已经是 {who} 的：看错了再打；{who} 记错了，先按 F4 给这位补发"),
        format!("{token} is that of {who}: type it again, or give them another one first (F4)"),
    )
}

/// What the keys do.
pub fn foot(lang: Lang) -> &'static str {
    lang.pick(
        "回车 一样   打号再回车   F6 没有给号：暂缓   扫下一位也算一样",
        "Enter same, or type it; F6 none given; next scan means same",
    )
}

/// The title of the second question.
pub fn jump_title(lang: Lang) -> &'static str {
    lang.pick("跳号", "Numbers passed over")
}

/// `设备给 0060，屏幕提出 0057`
pub fn jumped(lang: Lang, proposed: &str, given: &str) -> String {
    let (proposed, given) = (label::clean(proposed), label::clean(given));
    lang.pick(
        format!("设备给 {given}，屏幕提出 {proposed}：中间的号呢？"),
        format!("the device gave {given}, not {proposed}: those between?"),
    )
}

/// What may have happened to the numbers passed over.
pub fn jumps(lang: Lang, first: &str, last: &str) -> [String; 3] {
    let range = range(first, last);
    match lang {
        Lang::Zh => [
            format!("作废 {range}：设备上跳过了，没有人拿"),
            format!("漏扫：{range} 有人拿了没扫码，等会儿补"),
            "看错了，再打一次".to_owned(),
        ],
        Lang::En => [format!("void: nobody has {range}"), format!("unscanned: somebody has {range}"), "misread: type it again".to_owned()],
    }
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
        for word in [look, handed_over, device_title, foot, jump_title] {
            assert!(!word(Lang::Zh).is_ascii() && word(Lang::En).trim_start_matches('✓').is_ascii());
        }
        let all = |lang| jumps(lang, "0001B", "0001B");
        assert!(all(Lang::Zh).iter().all(|j| !j.is_ascii()) && all(Lang::En).iter().all(|j| j.is_ascii()));
        for word in [missing, left_without] {
            assert!(!word(Lang::Zh, "0001B", "0001B").is_ascii() && word(Lang::En, "0001B", "0001B").is_ascii());
        }
        for word in [holds, from_on, proposed, jumped, somebodys] {
            assert!(!word(Lang::Zh, "0001B", "0002B").is_ascii() && word(Lang::En, "0001B", "0002B").is_ascii());
        }
        for word in [not_taken, set_next] {
            assert!(!word(Lang::Zh, "0001B").is_ascii() && word(Lang::En, "0001B").is_ascii());
        }
        assert!(!several(Lang::Zh).is_ascii());
    }
}
