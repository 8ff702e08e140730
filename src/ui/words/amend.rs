//! Words of what is done about one person from their card: 更正, 补发号牌, 互换号牌, 暂缓, 返回, 作废.

use super::{Lang, label};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// 更正 of 学号, 姓名, 证件号, 班级 or 考生号, with what shows it.
    Correct,
    /// 补发: a new card instead of the old one.
    Reissue,
    /// 换号: two hold each other's card.
    Exchange,
    /// 暂缓, with its reason.
    SetAside,
    /// 返回
    ComeBack,
    /// 作废 of the shot, or of the card where nothing was shot.
    Void,
}

impl Deed {
    /// All.
    pub const ALL: [Self; 6] = [Self::Correct, Self::Reissue, Self::Exchange, Self::SetAside, Self::ComeBack, Self::Void];
}

/// What it is called.
pub fn name(lang: Lang, deed: Deed) -> &'static str {
    match deed {
        Deed::Correct => lang.pick("更正", "Correct data"),
        Deed::Reissue => lang.pick("补发号牌", "New card"),
        Deed::Exchange => lang.pick("互换号牌", "Exchange cards"),
        Deed::SetAside => lang.pick("暂缓", "Set aside"),
        Deed::ComeBack => lang.pick("返回", "Came back"),
        Deed::Void => lang.pick("作废", "Void"),
    }
}

/// How its name is typed in pinyin.
pub fn pinyin(deed: Deed) -> &'static str {
    match deed {
        Deed::Correct => "gengzheng gz gaimingzi gaixuehao",
        Deed::Reissue => "bufahaopai bf bfhp diule",
        Deed::Exchange => "huhuanhaopai hh hhhp huanhao nafan 拿反 拿错 换号",
        Deed::SetAside => "zanhuan zh",
        Deed::ComeBack => "fanhui fh",
        Deed::Void => "zuofei zf",
    }
}

/// The fields of 更正: the right value, and what shows it.
pub fn fields(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::Zh => ["改为", "依据"],
        Lang::En => ["right", "seen"],
    }
}

/// What 更正 asks.
pub fn correct_text(lang: Lang) -> &'static str {
    lang.pick(
        "↑↓ 选哪一项；依据写看了什么（身份证原件、学院证明……）",
        "arrows choose what; say what you saw (identity card, letter of the college ...)",
    )
}

/// Nothing was written where a value is needed.
pub fn value_needed(lang: Lang) -> &'static str {
    lang.pick("请写正确的是什么", "write what is right")
}

/// Nobody can say later why it was changed.
pub fn evidence_needed(lang: Lang) -> &'static str {
    lang.pick("请写依据：看了什么证件", "write what shows it: which document did you see?")
}

/// It is so already.
pub fn unchanged(lang: Lang) -> &'static str {
    lang.pick("和现在的一样", "it is so already")
}

/// The check character says that the document was mistyped, or is wrong itself.
pub fn odd_document(lang: Lang) -> &'static str {
    lang.pick("校验位不对：请对照证件再看一遍。确实是这样，再按回车", "the check character is wrong: look again; if it is so, Enter again")
}

/// A number without a digit is none.
pub fn odd_number(lang: Lang) -> &'static str {
    lang.pick(
        "这一项应是号码，写的没有数字：看看选对了哪一项。确实是这样，再按回车",
        "no digit in it: is it the right line? If it is so, Enter again",
    )
}

/// Nobody is in that class so far.
pub fn odd_class(lang: Lang, class: &str) -> String {
    let class = label::clean(class);
    lang.pick(format!("名单里没有“{class}”这个班。确实要改，再按回车"), format!("no such class: {class}; if it is so, Enter again"))
}

/// Another person has this number.
pub fn taken(lang: Lang, who: &str) -> String {
    lang.pick(format!("这个号现在是{who}的。确实要改，再按回车"), format!("this number is that of {who}; if it is so, Enter again"))
}

/// What 补发 asks.
pub fn reissue_text(lang: Lang, old: Option<&str>) -> String {
    let old = old.map(label::clean);
    match (old, lang) {
        (Some(old), Lang::Zh) => format!("原号 {old} 不再算数。新号（手里下一张）："),
        (None, Lang::Zh) => "现在没有号牌。新号（手里下一张）：".to_owned(),
        (Some(old), Lang::En) => format!("{old} counts no longer. The new card (next in hand):"),
        (None, Lang::En) => "No card so far. The new card (next in hand):".to_owned(),
    }
}

/// What 互换号牌 asks.
pub fn exchange_text(lang: Lang, who: &str) -> String {
    lang.pick(
        format!("{who} 和谁拿反了？写对方的号牌、学号或姓名。按号牌扫过的照片也跟着换过来。"),
        format!("{who} has whose card? The other one's card, number or name; shots scanned by card go with it."),
    )
}

/// Whoever has no card has none to exchange.
pub fn no_card(lang: Lang) -> &'static str {
    lang.pick("还没有号牌", "no card yet")
}

/// Neither a shot nor a card is there.
pub fn nothing_to_void(lang: Lang) -> &'static str {
    lang.pick("没有拍摄，也没有号牌可作废", "neither a shot nor a card to void")
}

/// Who is not set aside does not come back.
pub fn not_aside(lang: Lang) -> &'static str {
    lang.pick("没有暂缓，也没有过号", "neither set aside nor passed over")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_what_is_done_about_a_person_are_in_both_languages() {
        for deed in Deed::ALL {
            assert!(
                name(Lang::En, deed).is_ascii() && !name(Lang::Zh, deed).is_ascii() && pinyin(deed).starts_with(|c: char| c.is_ascii())
            );
        }
        let words: [fn(Lang) -> &'static str; 9] =
            [correct_text, value_needed, evidence_needed, unchanged, odd_document, odd_number, nothing_to_void, not_aside, no_card];
        assert!(!odd_class(Lang::Zh, "1").is_ascii() && odd_class(Lang::En, "1").is_ascii());
        for word in words {
            assert!(word(Lang::En).is_ascii() && !word(Lang::Zh).is_ascii());
        }
        assert!(exchange_text(Lang::En, "0001B").is_ascii() && !exchange_text(Lang::Zh, "0001B").is_ascii());
        for old in [None, Some("0001B")] {
            assert!(reissue_text(Lang::En, old).is_ascii() && !reissue_text(Lang::Zh, old).is_ascii());
        }
    }
}
