//! What can be done about a finding, in full: the labels of the red screen and of the list of findings.

use super::Lang;
use crate::domain::finding::Choice;

/// The label of a choice; its short word stays [`Choice::word`].
pub fn label(lang: Lang, choice: Choice) -> &'static str {
    match choice {
        Choice::SendBack => lang.pick("请该生归队", "Send back to their place in line"),
        Choice::Backfill => lang.pick("补记（前面几位已拍、漏扫）", "The ones before were photographed, only not scanned"),
        Choice::OthersFollow => lang.pick("后面的先拍，前面几位随后", "This one first, the ones before follow"),
        Choice::PassOver => lang.pick("过号：前面的人不在，以后补拍", "Pass over: the ones before are not here"),
        Choice::Exchange => lang.pick("号牌拿错，互换登记", "Cards mixed up, swap"),
        Choice::TakenEarly => lang.pick("提前拍（老师同意）", "Taken early, the teacher agrees"),
        Choice::Retake => lang.pick("重拍：同一人多拍一张", "Retake: one more picture of them"),
        Choice::SetAside => lang.pick("暂缓：先离队，稍后回来", "Set aside: leaves the line, comes back later"),
        Choice::Reissue => lang.pick("补发号牌", "Hand out a new card"),
        Choice::Void => lang.pick("作废（记错的一次或多余的号）", "Void: wrong entry or spare number"),
        Choice::MissingCard => lang.pick("缺号：这些号牌没有或丢了", "Missing cards: they do not exist or are lost"),
        Choice::Claim => lang.pick("认领：指明是名单上的谁", "Claim: say who of the list this is"),
        Choice::Move => lang.pick("调班：改在这里、现在拍", "Moved: photographed here and now"),
        Choice::Arrive => lang.pick("补签到", "Check in afterwards"),
        Choice::Sign => lang.pick("补签名", "Sign afterwards"),
        Choice::Pay => lang.pick("已缴费", "Has paid"),
        Choice::Return => lang.pick("已交号牌", "Card was given back"),
        Choice::NewPicture => lang.pick("旧照片不能用，换成这张照片", "The old picture is of no use: this one replaces it"),
        Choice::AtWish => lang.pick("本人自愿再拍一张", "They wanted another picture"),
        Choice::MarkedWrongly => lang.pick("名单标错了：不是免拍", "The list is wrong: not exempt"),
        Choice::Accept => lang.pick("已核对，无误", "Checked, nothing wrong"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Code;

    const ALL: [Choice; 21] = [
        Choice::SendBack,
        Choice::Backfill,
        Choice::OthersFollow,
        Choice::PassOver,
        Choice::Exchange,
        Choice::TakenEarly,
        Choice::Retake,
        Choice::SetAside,
        Choice::Reissue,
        Choice::Void,
        Choice::MissingCard,
        Choice::Claim,
        Choice::Move,
        Choice::Arrive,
        Choice::Sign,
        Choice::Pay,
        Choice::Return,
        Choice::NewPicture,
        Choice::AtWish,
        Choice::MarkedWrongly,
        Choice::Accept,
    ];

    #[test]
    fn no_two_choices_read_alike_and_english_ones_are_english() {
        for lang in Lang::ALL {
            let labels: std::collections::BTreeSet<_> = ALL.iter().map(|c| label(lang, *c)).collect();
            assert_eq!(labels.len(), ALL.len());
        }
        assert!(ALL.iter().all(|c| label(Lang::En, *c).is_ascii()));
    }

    #[test]
    fn the_long_form_holds_the_word_by_which_the_choice_is_taken() {
        for choice in ALL {
            let long = label(Lang::Zh, choice);
            assert!(choice.word().chars().all(|c| long.contains(c)), "{long} {}", choice.word());
        }
    }

    #[test]
    fn in_the_smallest_window_no_choice_of_a_red_screen_is_cut() {
        // 38 columns, of which a mark, a digit and a space take three.
        const ROOM: usize = 35;
        let red = [
            Code::WrongToken,
            Code::DuplicateToken,
            Code::TwoTokens,
            Code::NotOnRoster,
            Code::ShotTwice,
            Code::WrongRoom,
            Code::ShotWithoutToken,
        ];
        for choice in red.iter().flat_map(|code| code.choices()) {
            let label = label(Lang::En, *choice);
            assert!(label.len() <= ROOM, "{label}");
        }
    }
}
