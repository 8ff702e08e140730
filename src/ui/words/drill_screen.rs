//! Words of a practice: what the corridor says, what would be right, and how it went.

use super::Lang;
use crate::desk::rehearsal::drill::{Guest, Kind, Severity, Slip, Terms};

/// 演练
pub fn name(lang: Lang) -> &'static str {
    lang.pick("演练", "DRILL")
}

/// The entry of the welcome, and what it does.
pub fn entry(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("演练", "Practice"),
        lang.pick("十分钟，走廊自己出状况，您来处理；不留下文件", "ten minutes of a corridor gone wrong; leaves no file"),
    )
}

// A name in so few cells that a sentence fits the strip.
fn short(name: &str) -> String {
    match name.chars().count() {
        0..=4 => name.to_owned(),
        _ => name.chars().take(3).chain(['…']).collect(),
    }
}

fn guest(guest: &Guest) -> String {
    format!("{} {}", guest.token, short(&guest.name))
}

/// What is said in the corridor; one line of the strip.
pub fn said(lang: Lang, slip: &Slip) -> String {
    let (who, name) = (guest(&slip.who), short(&slip.who.name));
    let first = slip.others.first().map(guest).unwrap_or_default();
    let token = slip.others.first().map(|o| o.token.clone()).unwrap_or_default();
    let (class, n) = (&slip.who.class, slip.others.len());
    let end: String = slip.who.student_no.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    match lang {
        Lang::Zh => match slip.kind {
            Kind::Unscanned => format!("走廊：{first}等 {n} 人已经拍完出来了，忘了扫"),
            Kind::Jumped => format!("老师：{who} 插队，前面 {n} 人还没拍，叫他回去"),
            Kind::LetAhead => format!("走廊：{first} 在整理衣领，让 {name} 先拍，马上来"),
            Kind::Consent => format!("老师：{name} 要赶车，我同意提前拍"),
            Kind::Absent => format!("走廊：叫了三遍，{first} 人不在"),
            Kind::Swapped => format!("{name}：我手里的号牌是 {token}，不是 {}", slip.who.token),
            Kind::DoubleFlash => "摄影师：刚才那位闪了两次".to_owned(),
            Kind::Counter => format!("摄影师：报张数，文件号 {:04}", slip.counter),
            Kind::Stray => "摄影师：手碰了快门，空拍一张，没有人".to_owned(),
            Kind::Repeated => "走廊：拍完的那位又把号牌伸到枪下".to_owned(),
            Kind::NoCode => format!("签到台：{class} {name} 没有采集码"),
            Kind::Back => format!("签到台：{name}（学号…{end}）采集码办好，回来了"),
            Kind::Unlisted => format!("签到台：{class} {name}，名单上没有"),
        },
        Lang::En => match slip.kind {
            Kind::Unscanned => format!("{first} and {} more were shot, nobody scanned", n.saturating_sub(1)),
            Kind::Jumped => format!("teacher: {who} pushed in before {n}, send back"),
            Kind::LetAhead => format!("{first} lets {name} go first, comes right after"),
            Kind::Consent => format!("teacher: {name} has a train, I agree to take them early"),
            Kind::Absent => format!("called three times, {first} is not here"),
            Kind::Swapped => format!("{name}: my card says {token}, not {}", slip.who.token),
            Kind::DoubleFlash => "photographer: it flashed twice just now".to_owned(),
            Kind::Counter => format!("photographer: the counter shows {:04}", slip.counter),
            Kind::Stray => "photographer: one frame went off with nobody there".to_owned(),
            Kind::Repeated => "the one just shot holds the card under the gun again".to_owned(),
            Kind::NoCode => format!("desk: {class} {name} has no collection code"),
            Kind::Back => format!("desk: {name} (no. …{end}) is back with a code"),
            Kind::Unlisted => format!("desk: {class} {name} is on no list"),
        },
    }
}

/// What would be right.
pub fn right(lang: Lang, slip: &Slip) -> String {
    let (zh, en) = match slip.kind {
        Kind::Unscanned => ("补记：前面几位已拍、漏扫", "the ones before were shot, not scanned"),
        Kind::Jumped => ("请该生归队", "send back to their place"),
        Kind::LetAhead => ("后面的先拍，前面的随后", "this one first, the others follow"),
        Kind::Consent => ("提前拍（老师同意）", "taken early, the teacher agrees"),
        Kind::Absent => ("过号：前面的人不在", "pass over: not here"),
        Kind::Swapped => ("号牌拿错，互换登记", "exchange the numbers"),
        Kind::DoubleFlash => ("入场口 F6 重拍", "door, F6 retake"),
        Kind::Counter => ("入场口 F7 报张数", "door, F7 counter"),
        Kind::Stray => ("入场口 F8 试拍（没有人的一张）", "door, F8 test shot (a frame of nobody)"),
        Kind::Repeated => ("什么都不用做", "nothing at all"),
        Kind::NoCode => ("签到台 F6 暂缓，无采集码", "desk, F6 set aside, no collection code"),
        Kind::Back => ("签到台打学号末几位，回车", "desk: type the end of the number, Enter"),
        Kind::Unlisted => ("签到台 F9 登记", "desk, F9 register"),
    };
    let text = lang.pick(zh, en);
    match slip.kind {
        Kind::Counter => format!("{text} {:04}", slip.counter),
        _ => text.to_owned(),
    }
}

/// Seconds as people say them.
pub fn seconds(lang: Lang, ms: i64) -> String {
    let tenths = ms.max(0) / 100;
    format!("{}.{} {}", tenths / 10, tenths % 10, lang.pick("秒", "s"))
}

/// It begins.
pub fn begin(lang: Lang) -> &'static str {
    lang.pick("人自己来扫码，您只管看这一行，用平时的键；Ctrl+Q 结束", "people come by themselves: watch this line; Ctrl+Q ends")
}

/// Right.
pub fn caught(lang: Lang, kind: Kind, ms: i64) -> String {
    match (lang, kind) {
        (Lang::Zh, Kind::Repeated) => "✓ 对：再扫一次什么都不用做".to_owned(),
        (Lang::En, Kind::Repeated) => "✓ right: scanned again, nothing to do".to_owned(),
        (Lang::Zh, _) => format!("✓ 对，{}", seconds(lang, ms)),
        (Lang::En, _) => format!("✓ right, {}", seconds(lang, ms)),
    }
}

/// Too late.
pub fn missed(lang: Lang, slip: &Slip) -> String {
    match lang {
        Lang::Zh => format!("✗ 应该：{}；已替您记上", right(lang, slip)),
        Lang::En => format!("✗ it was: {}; done for you", right(lang, slip)),
    }
}

/// What was written is not what the corridor says.
pub fn wrong(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("✗ 记成了「{what}」，不是这样：Ctrl+Z 撤销再选"),
        Lang::En => format!("✗ \"{what}\" is not what was said: Ctrl+Z, then again"),
    }
}

/// Nobody said that.
pub fn taken_back(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("✗ 现在没人这样说：「{what}」已替您撤回"),
        Lang::En => format!("✗ nobody said so: \"{what}\" was taken back"),
    }
}

/// Where to go for it.
pub fn go_desk(lang: Lang) -> &'static str {
    lang.pick("  F2 去签到台", "  F2 to the desk")
}

/// What was undone is chosen again.
pub fn choose_again(lang: Lang) -> &'static str {
    lang.pick("  F5 再选", "  F5 again")
}

/// People wait at the door.
pub fn go_door(lang: Lang) -> &'static str {
    lang.pick("门口有人等着扫码：F2 回入场口", "people wait at the door: F2 back to it")
}

/// So far.
pub fn so_far(lang: Lang, caught: usize, of: usize, wrong: u32) -> String {
    match lang {
        Lang::Zh => format!("抓住 {caught}/{of}  记错 {wrong}    Ctrl+Q 结束"),
        Lang::En => format!("caught {caught}/{of}  wrong {wrong}    Ctrl+Q ends"),
    }
}

/// What a practice does not do.
pub fn not_here(lang: Lang) -> &'static str {
    lang.pick("演练中不导入、不打印、不复制，也不开别的批次", "a practice imports, prints and copies nothing and opens no other campaign")
}

/// Before it ends.
pub fn quit_ask(lang: Lang) -> &'static str {
    lang.pick("演练到此为止，看看结果？", "End the practice and see how it went?")
}

/// The heading of the result.
pub fn result_title(lang: Lang) -> &'static str {
    lang.pick("演练结果", "How the practice went")
}

/// The result in one line.
pub fn result(lang: Lang, caught: usize, of: usize, mean: Option<i64>, wrong: u32) -> String {
    let mean = mean.map(|ms| match lang {
        Lang::Zh => format!("，平均 {}", seconds(lang, ms)),
        Lang::En => format!(", {} on average", seconds(lang, ms)),
    });
    let mean = mean.unwrap_or_default();
    match (lang, of) {
        (Lang::Zh, 0) => format!("还没有出状况就结束了；记错 {wrong} 次"),
        (Lang::En, 0) => format!("it ended before anything went wrong; {wrong} wrong facts"),
        (Lang::Zh, _) => format!("出了 {of} 个状况，处理对 {caught} 个{mean}；记错 {wrong} 次"),
        (Lang::En, _) => format!("{of} things went wrong, {caught} dealt with{mean}; {wrong} wrong facts"),
    }
}

/// What was played, so that it can be played again.
pub fn terms(lang: Lang, terms: &Terms) -> String {
    let severity = match terms.severity {
        Severity::Light => lang.pick("状况少", "light"),
        Severity::Usual => lang.pick("平常", "usual"),
        Severity::Hard => lang.pick("状况多", "hard"),
    };
    match lang {
        Lang::Zh => format!("{severity}，{} 倍速；再来一次同样的：--seed {}", terms.speed, terms.seed),
        Lang::En => format!("{severity}, speed {}; the same once more: --seed {}", terms.speed, terms.seed),
    }
}

/// What was written first.
pub fn you_wrote(lang: Lang, wrong: &[String]) -> String {
    let all = wrong.join(lang.pick("、", ", "));
    match lang {
        Lang::Zh => format!("记成了：{all}"),
        Lang::En => format!("you wrote: {all}"),
    }
}

/// What was right: what they did, or what they should have done.
pub fn should(lang: Lang, slip: &Slip, done: bool) -> String {
    let answer = right(lang, slip);
    match (lang, done) {
        (Lang::Zh, true) => format!("您做对了：{answer}"),
        (Lang::Zh, false) => format!("应该：{answer}"),
        (Lang::En, true) => format!("you did: {answer}"),
        (Lang::En, false) => format!("right: {answer}"),
    }
}

/// Too late, in the list.
pub fn late(lang: Lang) -> &'static str {
    lang.pick("没处理", "missed")
}

/// What the keys of the result do.
pub fn result_keys(lang: Lang) -> &'static str {
    lang.pick("↑↓ 翻看   Esc 结束", "arrows scroll   Esc ends")
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::desk::rehearsal::drill::Right;

    fn slip(kind: Kind) -> Slip {
        let guest = |token: &str| Guest {
            student_no: "2017010497".to_owned(),
            name: "阿卜杜拉·买买提·艾合买提江".to_owned(),
            class: "旅游专升本19".to_owned(),
            token: token.to_owned(),
        };
        Slip { kind, who: guest("0134B"), others: vec![guest("0131B"), guest("0132B"), guest("0133B")], counter: 4_127 }
    }

    #[test]
    fn every_sentence_of_the_corridor_fits_the_strip_and_no_two_read_alike() {
        for lang in Lang::ALL {
            let all: std::collections::BTreeSet<String> = Kind::ALL.iter().map(|k| said(lang, &slip(*k))).collect();
            assert_eq!(all.len(), Kind::ALL.len());
            for kind in Kind::ALL {
                let mut line = said(lang, &slip(kind));
                if kind.at_desk() {
                    line.push_str(go_desk(lang));
                }
                // The strip is 80 cells with the word, the time that is left and a blank.
                if matches!(kind.right(), Right::Choice(_)) {
                    line.push_str(choose_again(lang));
                }
                assert!(line.width() <= 67, "{} {line}", line.width());
                assert!(missed(lang, &slip(kind)).width() <= 66, "{}", missed(lang, &slip(kind)));
            }
            for line in [begin(lang), go_door(lang)] {
                assert!(line.width() <= 66, "{} {line}", line.width());
            }
        }
    }
}
