//! Why a command was not taken, and what would be.

use super::Lang;
use super::{label, photo_refusal, running};
use crate::domain::command::{Action, Refusal};

/// The sentence and the hint.
pub fn say(lang: Lang, refusal: &Refusal) -> (String, String) {
    let (what, hint) = match refusal {
        Refusal::RoomNeeded(rooms) => (
            lang.pick("没说是哪个采集点", "which room is not said").to_owned(),
            match lang {
                Lang::Zh => format!("加上采集点，可选：{}", names(lang, rooms)),
                Lang::En => format!("name the room, one of: {}", names(lang, rooms)),
            },
        ),
        Refusal::WhoNeeded(action) => (
            match lang {
                Lang::Zh => format!("“{}”没说是谁", label::action(lang, *action)),
                Lang::En => format!("\"{}\" does not say who", label::action(lang, *action)),
            },
            lang.pick("写上学号或序号", "give the student number or the number of the card").to_owned(),
        ),
        Refusal::ValueNeeded(action) => (
            match lang {
                Lang::Zh => format!("“{}”还缺{}", label::action(lang, *action), needed(lang, *action)),
                Lang::En => format!("\"{}\" also needs {}", label::action(lang, *action), needed(lang, *action)),
            },
            example(lang, *action),
        ),
        Refusal::ValueOdd(action, text) => (
            match lang {
                Lang::Zh => format!("“{}”的数值看不懂：{}", label::action(lang, *action), label::code(text)),
                Lang::En => format!("the value of \"{}\" cannot be understood: {}", label::action(lang, *action), label::code(text)),
            },
            example(lang, *action),
        ),
        Refusal::TokenOdd(text) => (
            match lang {
                Lang::Zh => format!("{} 不是这个采集点的号牌", label::code(text)),
                Lang::En => format!("{} cannot be a card of this room", label::code(text)),
            },
            lang.pick("照号牌上印的写；一串号写成 0422B-0431B", "write it as printed on the card; a range as 0422B-0431B").to_owned(),
        ),
        Refusal::RangeTurned(text) => (
            match lang {
                Lang::Zh => format!("{} 前后写反了：小号写在前面", label::code(text)),
                Lang::En => format!("{} is the wrong way round: the lower number comes first", label::code(text)),
            },
            lang.pick("一串号写成 0422B-0431B", "a range is written 0422B-0431B").to_owned(),
        ),
        Refusal::RangeLong(text) => (
            match lang {
                Lang::Zh => format!("{} 这一串太长了", label::code(text)),
                Lang::En => format!("{} is too long a range", label::code(text)),
            },
            lang.pick("看看是不是多打了一位；真的要这么多就分几次", "see whether a digit is too many; else do it in several parts")
                .to_owned(),
        ),
        Refusal::BackfillOpen(open) => (
            {
                let told: Vec<String> = open.iter().map(|(who, why)| running::doubt(lang, &label::clean(who), *why)).collect();
                match lang {
                    Lang::Zh => format!("要先问清楚是不是拍了：{}", told.join("；")),
                    Lang::En => format!("of these nobody knows whether they sat down: {}", told.join("; ")),
                }
            },
            lang.pick(
                "没有记下。确实都拍了，加上 --yes 再写一次；只有几位拍了，一位一位补记",
                "nothing was recorded; if all of them were photographed, say --yes; else backfill one by one",
            )
            .to_owned(),
        ),
        Refusal::Ambiguous(text, fitting) => (
            match lang {
                Lang::Zh => format!("“{}”有 {} 个人符合：{}", label::code(text), fitting.len(), names(lang, fitting)),
                Lang::En => format!("\"{}\" fits {} people: {}", label::code(text), fitting.len(), names(lang, fitting)),
            },
            lang.pick("用完整学号指明是哪一位", "say which one by the whole student number").to_owned(),
        ),
        Refusal::Unknown(text) => (
            match lang {
                Lang::Zh => format!("名单上找不到 {}", label::code(text)),
                Lang::En => format!("{} is nobody on the list", label::code(text)),
            },
            lang.pick("认领和更正要指名单上的人，请写完整学号", "name someone of the list, best by the whole student number").to_owned(),
        ),
        Refusal::NoCardHeld(who) => (
            match lang {
                Lang::Zh => format!("{} 在这里没有号牌", label::clean(who)),
                Lang::En => format!("{} holds no number here", label::clean(who)),
            },
            lang.pick("两位都有号牌才能换号", "both need a number to exchange them").to_owned(),
        ),
        Refusal::OtherRoom(token, room) => (
            match lang {
                Lang::Zh => format!("{} 是 {} 的号牌", label::code(token), label::clean(room)),
                Lang::En => format!("{} is a card of {}", label::code(token), label::clean(room)),
            },
            match lang {
                Lang::Zh => format!("请该生到 {}；要在这里拍，先登记调班，手里的号照用", label::clean(room)),
                Lang::En => {
                    format!("send them to {}; to take them here, record the move: their number stays good", label::clean(room))
                }
            },
        ),
        Refusal::NoMatch(text) => (
            match lang {
                Lang::Zh => format!("没有人对得上 {}", label::code(text)),
                Lang::En => format!("nobody fits {}", label::code(text)),
            },
            lang.pick(
                "核对学号或号牌再扫一次；确实不在名单上就登记",
                "check the student number or card and scan again; if they are on no list, register them",
            )
            .to_owned(),
        ),
        Refusal::DateNeeded => (
            lang.pick("没说是哪一天", "the day is not said").to_owned(),
            lang.pick("时间写全，如 2020-09-13 9:43:20，或另外指明日期", "write the whole time, like 2020-09-13 9:43:20, or name the date")
                .to_owned(),
        ),
        Refusal::NoCommand(id) => (
            match lang {
                Lang::Zh => format!("没有编号为 {} 的操作", label::clean(id)),
                Lang::En => format!("there is no command {}", label::clean(id)),
            },
            lang.pick("在流水里查编号，再试一次", "look its number up in the log and try again").to_owned(),
        ),
        Refusal::NothingToUndo => (
            lang.pick("本机没有可以撤销的操作", "this computer has nothing to undo").to_owned(),
            lang.pick("别的电脑做的，到那台电脑上撤销，或写明编号", "what another computer did is undone there, or by its number")
                .to_owned(),
        ),
        Refusal::AlreadyUndone => (
            lang.pick("这一步已经撤销过了", "that was undone already").to_owned(),
            lang.pick("要它再算数，在界面里恢复，或重新做一次", "to have it count again press Ctrl+Y on the screen, or do it anew")
                .to_owned(),
        ),
        Refusal::TakenAgain => (
            lang.pick("这份记录撤销以后又导过一次，已经算数", "that log was taken once more since, and counts").to_owned(),
            lang.pick("不用恢复；恢复了每一行会算两次", "nothing is to be brought back: every row would count twice").to_owned(),
        ),
        Refusal::NothingToRedo => (
            lang.pick("没有可以恢复的操作", "there is nothing to bring back").to_owned(),
            lang.pick("只有撤销过的操作才能恢复", "only what was undone can be brought back").to_owned(),
        ),
        Refusal::MustRemember(id) => (
            match lang {
                Lang::Zh => format!("第 {} 条是撤销或删除本身，不能删", label::clean(id)),
                Lang::En => format!("{} is itself an undo or a removal and must stay", label::clean(id)),
            },
            lang.pick(
                "删掉它，被撤销的会重新算数；要删就删它所指的那几条",
                "without it what was undone would count again; remove what it names instead",
            )
            .to_owned(),
        ),
        Refusal::NotAsPublished(row, value) => (
            match lang {
                Lang::Zh => format!("第 {row} 行现在的值不是 {}", label::clean(value)),
                Lang::En => format!("row {row} does not hold {} any more", label::clean(value)),
            },
            lang.pick("再看一遍这份安排表，重新选要改的", "look at the schedule again and choose anew").to_owned(),
        ),
        Refusal::RemovedForGood(id) => (
            match lang {
                Lang::Zh => format!("第 {} 条是永久删除，撤不回来", label::clean(id)),
                Lang::En => format!("{} is a removal for good and cannot be undone", label::clean(id)),
            },
            lang.pick("要用那些人，请重新导入名单", "import the list again to have them back").to_owned(),
        ),
        Refusal::NothingCalled(name) => (
            match lang {
                Lang::Zh => format!("没有导入过叫“{}”的名单，也没有这个人", label::code(name)),
                Lang::En => format!("no list and nobody is called \"{}\"", label::code(name)),
            },
            lang.pick("写文件名、学号、证件号，或“日志”里的编号", "name a file, a student number, a document, or an entry of the log")
                .to_owned(),
        ),
        Refusal::NoFinding(id) => (
            match lang {
                Lang::Zh => format!("没有编号为 {} 的异常", label::clean(id)),
                Lang::En => format!("there is no finding {}", label::clean(id)),
            },
            lang.pick("可能已经处理好了；再看一遍异常列表", "it may be settled by now; look at the list of findings again").to_owned(),
        ),
        Refusal::NoChoice(choice, words) => (
            match lang {
                Lang::Zh => format!("这条异常不能选“{}”", label::code(choice)),
                Lang::En => format!("\"{}\" is no choice here", label::code(choice)),
            },
            match (words.is_empty(), lang) {
                (true, Lang::Zh) => "这条只能请管理员处理".to_owned(),
                (true, Lang::En) => "this one needs the person in charge".to_owned(),
                (false, Lang::Zh) => format!("可选：{}", names(lang, words)),
                (false, Lang::En) => format!("choose one of: {}", names(lang, words)),
            },
        ),
        Refusal::OtherCampaign(here, there) => other_campaign(lang, here, there),
        Refusal::AlreadyDeclared(id) => (
            match lang {
                Lang::Zh => format!("这个文件已经是批次 {}", label::clean(id)),
                Lang::En => format!("this file is campaign {} already", label::clean(id)),
            },
            lang.pick("新批次请另建一个文件", "make another file for a new campaign").to_owned(),
        ),
        Refusal::NoPhotosRead(_)
        | Refusal::NoClock(_)
        | Refusal::WhichClock(..)
        | Refusal::NoPhotoNamed(_)
        | Refusal::ManyPhotosNamed(..)
        | Refusal::HasNoPhoto(_)
        | Refusal::ShowsNothing(..)
        | Refusal::TakesConfirmed(_)
        | Refusal::RulingNeeds(..)
        | Refusal::NoCause(_)
        | Refusal::NothingToRule(_) => return photo_refusal::say(lang, refusal),
        Refusal::Row(row, inner) => {
            let (what, hint) = say(lang, inner);
            return match lang {
                Lang::Zh => (format!("第 {row} 行：{what}"), format!("{hint}；改好后整个文件再导一次，这次一行也没有记")),
                Lang::En => (format!("row {row}: {what}"), format!("{hint}; then import the whole file again, no row of it was taken")),
            };
        }
    };
    (what, hint)
}

/// Two schools met.
pub(super) fn other_campaign(lang: Lang, here: &str, there: &str) -> (String, String) {
    let (here, there) = (label::clean(here), label::clean(there));
    match lang {
        Lang::Zh => (format!("这里是批次 {here}，那边是批次 {there}，不能混在一起"), "换成同一批次的文件".to_owned()),
        Lang::En => (
            format!("this is campaign {here}, that is campaign {there}: they cannot be mixed"),
            "take a file of the same campaign".to_owned(),
        ),
    }
}

// All of them are named: whoever reads it must choose one.
fn names(lang: Lang, all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|n| label::code(n)).collect();
    label::listed(lang, &all)
}

fn needed(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Register => lang.pick("姓名（写在备注）", "the name (as a note)"),
        Action::Claim => lang.pick("名单上的那位（写另一个学号）", "the one of the list (the second student number)"),
        Action::Swap => lang.pick("新号或另一位的学号", "the new number or the other student's number"),
        Action::Missing | Action::SetNext | Action::Backfill | Action::Reissue | Action::Issue => {
            lang.pick("序号", "the number of the card")
        }
        _ => lang.pick("数值", "a value"),
    }
}

fn example(lang: Lang, action: Action) -> String {
    let text = match action {
        Action::Count => lang.pick("写相机上的计数，如 0131", "write the camera's counter, like 0131"),
        Action::ReadClock => lang.pick("写相机上的时间，如 9:43:20", "write the camera's clock, like 9:43:20"),
        Action::TestShot => lang.pick("写试拍了几张，如 3", "write how many test pictures, like 3"),
        Action::Correct => lang.pick("写成 姓名=徐敏 或 班级=电商171", "write which field and its right value, with = between them"),
        Action::Register => lang.pick("例如备注写 林子皓 电商171", "for example name and class as the note"),
        Action::Claim => lang.pick("例如 登记的学号 加上 名单上的学号", "for example the registered number and the one of the list"),
        Action::Swap => lang.pick("例如 学号 2017010418，序号 0133B", "for example student number 2017010418, card 0133B"),
        Action::Missing | Action::Backfill => lang.pick("例如 0422B，或一串 0422B-0431B", "for example 0422B, or a range 0422B-0431B"),
        Action::SetNext => lang.pick("写手里下一张的号，如 0140B", "write the next card in hand, like 0140B"),
        _ => lang.pick("参照手册里这个动作的例子", "see the example of this action in the manual"),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ruling::RulingWord;

    fn all() -> Vec<Refusal> {
        let text = || "0132B".to_owned();
        let mut all = vec![
            Refusal::RoomNeeded(vec!["11B105".to_owned(), "11B107".to_owned()]),
            Refusal::TokenOdd(text()),
            Refusal::Ambiguous("418".to_owned(), vec!["2017010418 171".to_owned(), "2017020418 172".to_owned()]),
            Refusal::Unknown(text()),
            Refusal::OtherRoom(text(), "11B107".to_owned()),
            Refusal::NoCardHeld(text()),
            Refusal::AlreadyUndone,
            Refusal::TakenAgain,
            Refusal::NoMatch(text()),
            Refusal::DateNeeded,
            Refusal::NoCommand("7".to_owned()),
            Refusal::NothingToUndo,
            Refusal::NothingToRedo,
            Refusal::MustRemember("7".to_owned()),
            Refusal::NotAsPublished(7, "10:55".to_owned()),
            Refusal::RemovedForGood("01:2".to_owned()),
            Refusal::NothingCalled("0123".to_owned()),
            Refusal::NoFinding("0123".to_owned()),
            Refusal::NoChoice("1".to_owned(), vec!["2".to_owned()]),
            Refusal::NoChoice("1".to_owned(), Vec::new()),
            Refusal::OtherCampaign("1".to_owned(), "2".to_owned()),
            Refusal::AlreadyDeclared("1".to_owned()),
            Refusal::Row(12, Box::new(Refusal::NoMatch(text()))),
            Refusal::NoPhotosRead("11B105".to_owned()),
            Refusal::NoClock("11B105".to_owned()),
            Refusal::WhichClock(86_463_000, 86_437_000),
            Refusal::NoPhotoNamed("0131".to_owned()),
            Refusal::ManyPhotosNamed("0131".to_owned(), vec!["1/0131".to_owned(), "2/0131".to_owned()]),
            Refusal::HasNoPhoto(text()),
            Refusal::ShowsNothing("0131".to_owned(), crate::domain::photo::Fault::Empty),
            Refusal::TakesConfirmed(text()),
            Refusal::NoCause("0123".to_owned()),
        ];
        for word in RulingWord::ALL {
            all.push(Refusal::NothingToRule(word));
            all.extend(["who", "with", "photo", "by", "cause", "class"].map(|what| Refusal::RulingNeeds(word, what)));
        }
        for action in Action::ALL {
            all.extend([Refusal::WhoNeeded(*action), Refusal::ValueNeeded(*action), Refusal::ValueOdd(*action, "?".to_owned())]);
        }
        all
    }

    #[test]
    fn every_refusal_says_what_and_what_to_do_in_its_own_language() {
        for refusal in all() {
            let (what, hint) = say(Lang::En, &refusal);
            assert!(!what.is_empty() && !hint.is_empty() && what.is_ascii() && hint.is_ascii(), "{what} | {hint}");
            let (what, hint) = say(Lang::Zh, &refusal);
            for text in [what, hint] {
                assert!(!text.is_ascii(), "{text}");
                assert!(!text.split(|c: char| !c.is_ascii_alphabetic()).any(|w| w.len() > 2), "{text}");
            }
        }
    }

    #[test]
    fn a_document_that_matches_nobody_is_not_read_out() {
        let (what, _) = say(Lang::Zh, &Refusal::NoMatch("331002199901011234".to_owned()));
        assert_eq!(what, "没有人对得上 3310**********1234");
    }

    #[test]
    fn a_refused_row_is_named_and_nothing_of_the_log_is_taken() {
        let (what, hint) = say(Lang::Zh, &Refusal::Row(12, Box::new(Refusal::TokenOdd("99".to_owned()))));
        assert!(what.starts_with("第 12 行：99") && hint.contains("一行也没有记"), "{what} {hint}");
    }
}
