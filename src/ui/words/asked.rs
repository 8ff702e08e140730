//! Words of what overview, desk and door ask by themselves: which room, why, and what is special about a room's cards.

use super::{Lang, label};

/// Something was scanned before a room was chosen.
pub fn which_room(lang: Lang, codes: &[String]) -> (&'static str, String) {
    let codes = codes.join(lang.pick("、", ", "));
    let title = lang.pick("这台电脑在哪个采集点？", "In which room is this computer?");
    (title, lang.pick(format!("扫到 {codes}：选好就记到那里"), format!("{codes} was scanned and is recorded in the room you choose")))
}

/// The room was not chosen.
pub fn taken_nowhere(lang: Lang, codes: &[String]) -> String {
    let codes = codes.join(lang.pick("、", ", "));
    lang.pick(format!("没有记下：{codes}。先选采集点再扫"), format!("not recorded: {codes}. Choose a room and scan again"))
}

/// In the list of F1 over the red screen: how its choices are taken.
pub fn red_keys(lang: Lang, choices: usize) -> String {
    lang.pick(
        format!("红屏上的处理：Alt+1 到 Alt+{choices}，或 ↑↓ 回车；直接扫码是下一位"),
        format!("the choices of the red screen: Alt+1 to Alt+{choices}, or arrows and Enter; a scan is the next arrival"),
    )
}

/// Heading of the question why somebody exempt was photographed.
pub fn reason_title(lang: Lang, who: &str) -> String {
    lang.pick(format!("{who} 免拍，为什么拍？"), format!("{who} is exempt: why a picture?"))
}

/// The answer that leaves it open.
pub fn reason_later(lang: Lang) -> &'static str {
    lang.pick("以后再说：留在异常里，接着扫下一位", "later: left among the findings, scan whoever is next")
}

/// A room whose numbers stand beside the names has no pile of cards.
pub fn printed_beside_names(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("号印在名单上，没有一叠号牌可核对", "numbers stand beside the names: there is no pile to compare"),
        lang.pick("哪张丢了，按 F4 找到本人，补发号牌", "is a card lost: find its owner (F4) and give a new card"),
    )
}

/// A number was given in order of arrival though the room's numbers are printed beside the names; `some` others have one.
pub fn by_arrival(lang: Lang, token: &str, some: bool) -> String {
    let token = label::clean(token);
    match (lang, some) {
        (Lang::Zh, true) => format!("名单没给这位印号，发了 {token}"),
        (Lang::Zh, false) => format!("名单没有拍摄序号，按先来后到发号（{token} 起）；要按名单的号，先重导名单"),
        (Lang::En, true) => format!("the list has no number for them: {token} was given"),
        (Lang::En, false) => format!("the list has no numbers: given in order of arrival from {token} on; else import it again"),
    }
}

/// The card that a list printed beside the name is missing.
pub fn card_missing(lang: Lang, printed: &str, token: &str) -> String {
    let (printed, token) = (label::clean(printed), label::clean(token));
    lang.pick(format!("{printed} 缺号，改发 {token}"), format!("{printed} is missing: {token} was given"))
}

/// A reading that did not fit, once what was settled since explains it.
pub fn fits_now(lang: Lang, base: u32, value: u32) -> String {
    lang.pick(format!("{base:04} → {value:04} 现在对上了"), format!("camera {base:04} → {value:04} fits now"))
}

/// The answer to it.
pub fn noted_now(lang: Lang) -> &'static str {
    lang.pick("记下这次张数", "note this reading")
}
