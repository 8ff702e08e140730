//! Causes in words, with an example that cannot be read both ways: why counting goes wrong, whom that concerns, and whose a picture of nobody may be.

use super::photo::{file_of, number, sitter};
use super::photo_trouble::broken;
use super::{Lang, label};
use crate::domain::align::outcome::{CauseKind, Placed, Standing};
use crate::domain::day::Day;
use crate::domain::review::{Review, ReviewCause};
use crate::domain::visit::Subject;

/// The cause in a sentence, and the example in another.
pub fn cause(lang: Lang, day: &Day, review: &Review, cause: &ReviewCause) -> (String, String) {
    let c = &cause.cause;
    let example = example(lang, day, review, cause);
    let reason = reason(lang, day, review, cause);
    let chance = (c.confidence.clamp(0.0, 1.0) * 100.0).floor();
    let (from, to) = (number(lang, day, review, c.from), number(lang, day, review, c.to));
    let stretch = match (lang, c.shift, from == to) {
        (_, 0, _) => String::new(),
        (Lang::Zh, _, true) => format!("{from} 的照片错位{}", zh_places(c.shift)),
        (Lang::Zh, ..) => format!("从 {from} 到 {to} 照片整体错{}", zh_places(c.shift)),
        (Lang::En, _, true) => format!("the picture of {from} is off by {}", c.shift.abs()),
        (Lang::En, ..) => format!("from {from} to {to} pictures are off by {}", c.shift.abs()),
    };
    let which = review.broken.get(&c.at).filter(|files| c.kind == CauseKind::Missed && files.files > 1);
    let sure = match (lang, either(review, cause)) {
        // How sure it is that a picture is missing is not how sure it is which file would be theirs.
        _ if which.is_some() => lang.pick("先请图片社从卡上找", "ask for the card first").to_owned(),
        (Lang::Zh, true) => "时间分不出来，看照片".to_owned(),
        (Lang::En, true) => "time cannot tell: look at it".to_owned(),
        (Lang::Zh, false) => format!("把握约 {chance}%"),
        (Lang::En, false) => format!("about {chance}% sure"),
    };
    let explanation = match lang {
        Lang::Zh if c.shift == 0 => format!("{reason}，此后照片又对得上；{sure}"),
        Lang::En if c.shift == 0 => format!("{reason}; from here on pictures fit again; {sure}"),
        Lang::Zh if is_put_right(review, cause) => {
            format!("{reason}；照张数数，{} 会错{}，已按时间对好；{sure}", range(lang, &from, &to), zh_places(c.shift))
        }
        Lang::En if is_put_right(review, cause) => {
            format!("{reason}; by counting {} would be off by {}, time has put that right; {sure}", range(lang, &from, &to), c.shift.abs())
        }
        Lang::Zh => {
            let head = [stretch.as_str(), example.as_str()].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join("：");
            let head = if head.is_empty() { String::new() } else { format!("{head}；") };
            format!("{head}原因：{reason}；{sure}")
        }
        Lang::En => {
            let head = [stretch.as_str(), example.as_str()].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(": ");
            let head = if head.is_empty() { String::new() } else { format!("{head}; ") };
            format!("{head}because {reason}; {sure}")
        }
    };
    (explanation, example)
}

/// True where everybody of the stretch has their picture, whatever counting would give them: nothing is open in the session, or the cause is
/// dealt with.
fn is_put_right(review: &Review, cause: &ReviewCause) -> bool {
    let open = |p: &Placed| p.standing == Standing::Doubt;
    let stretch = review.alignment.shots.get(cause.cause.from..=cause.cause.to).unwrap_or(&[]);
    !review.alignment.shots.iter().any(open) || cause.applied && !stretch.iter().any(open)
}

/// Whose scan is missing just where a picture of nobody stands.
fn unscanned<'a>(review: &'a Review, cause: &ReviewCause) -> Option<&'a Subject> {
    let [frame] = cause.cause.frames.as_slice() else { return None };
    let place = review.setup.photo_of.get(*frame)?;
    let between = review.between.iter().map(|(subject, (place, _))| (subject, place));
    review.given.iter().chain(between).find(|(_, p)| *p == place).map(|(subject, _)| subject)
}

/// True where it may as well be one more picture of the person beside it.
fn either(review: &Review, cause: &ReviewCause) -> bool {
    !cause.cause.maybe.is_empty() && !cause.applied && unscanned(review, cause).is_none()
}

/// `0413B` or `0413B 到 0457B`
fn range(lang: Lang, from: &str, to: &str) -> String {
    match lang {
        _ if from == to => from.to_owned(),
        Lang::Zh => format!("{from} 到 {to}"),
        Lang::En => format!("{from} to {to}"),
    }
}

fn zh_places(shift: i32) -> String {
    let n = shift.unsigned_abs();
    let digit =
        ["", "一", "两", "三", "四", "五", "六", "七", "八", "九"].get(n as usize).map_or_else(|| n.to_string(), |d| (*d).to_owned());
    format!("{digit}位")
}

// Both people and whose picture it really is: it cannot be read both ways.
fn example(lang: Lang, day: &Day, review: &Review, cause: &ReviewCause) -> String {
    let Some((shot, whose)) = cause.cause.example else { return String::new() };
    let who = sitter(lang, day, review, shot);
    match (lang, whose) {
        (Lang::Zh, Some(other)) => format!("{who}名下现在是 {} 的照片", sitter(lang, day, review, other)),
        (Lang::Zh, None) => format!("{who}名下现在是一张不属于任何人的照片"),
        (Lang::En, Some(other)) => format!("under {who} stands the picture of {}", sitter(lang, day, review, other)),
        (Lang::En, None) => format!("under {who} stands a picture of nobody"),
    }
}

/// Why counting goes wrong there, in a clause.
pub fn reason(lang: Lang, day: &Day, review: &Review, cause: &ReviewCause) -> String {
    let c = &cause.cause;
    let at = number(lang, day, review, c.at);
    let frames = c.frames.iter().filter_map(|f| review.setup.photo_of.get(*f)).map(|p| file_of(review, *p));
    let files = files(lang, &frames.collect::<Vec<_>>());
    let gap = c.gap_s.map(|s| s.round().max(0.0) as i64);
    match (lang, c.kind) {
        (Lang::Zh, CauseKind::Retake) => {
            let times = match c.frames.len() {
                0 | 1 => "两".to_owned(),
                n => (n + 1).to_string(),
            };
            let gap = gap.map(|s| format!("（间隔 {s} 秒）")).unwrap_or_default();
            format!("{at} 拍了{times}张{gap}")
        }
        (Lang::En, CauseKind::Retake) => {
            let gap = gap.map(|s| format!(" ({s} s apart)")).unwrap_or_default();
            format!("{at} was photographed {} times{gap}", c.frames.len() + 1)
        }
        (_, CauseKind::Missed) if review.broken.contains_key(&c.at) => {
            format!("{at} {}", broken(lang, review, review.broken[&c.at]))
        }
        (Lang::Zh, CauseKind::Missed) => format!("{at} 登记了拍摄，没有照片"),
        (Lang::En, CauseKind::Missed) => format!("{at} was recorded and has no picture"),
        (_, CauseKind::Extra | CauseKind::Unlogged) => nobodys(lang, day, review, cause, &files),
        (Lang::Zh, CauseKind::ClockJump) => format!("相机时钟在 {files} 处跳变"),
        (Lang::En, CauseKind::ClockJump) => format!("the camera's clock jumped at {files}"),
        (Lang::Zh, CauseKind::NameContradicts) => format!("{files} 的文件名写的是别人，按顺序和时间是 {at}"),
        (Lang::En, CauseKind::NameContradicts) => format!("the name of {files} means someone else; order and time say {at}"),
    }
}

// Where pictures of nobody stand, and whose they may be.
fn nobodys(lang: Lang, day: &Day, review: &Review, cause: &ReviewCause, files: &str) -> String {
    let c = &cause.cause;
    let at = number(lang, day, review, c.at);
    let place = |frame: usize| review.alignment.frames.get(frame).map(|f| f.place);
    let used = review.alignment.shots.get(c.at).and_then(|p| p.used);
    let before = c.at == 0 && used.zip(c.frames.first()).is_some_and(|(used, frame)| place(*frame) < place(used));
    let where_ = match (lang, before) {
        (Lang::Zh, true) => format!("{at} 之前"),
        (Lang::Zh, false) => format!("{at} 之后"),
        (Lang::En, true) => format!("before {at}"),
        (Lang::En, false) => format!("after {at}"),
    };
    if let Some(whose) = unscanned(review, cause) {
        let number = day.token_of(&review.key.room, whose).map(|t| format!("{} ", label::clean(&t))).unwrap_or_default();
        let who = format!("{number}{}", label::name(lang, day, whose));
        return match lang {
            Lang::Zh => format!("{who} 拍了没有扫码：{files}"),
            Lang::En => format!("{who} was photographed and not scanned: {files}"),
        };
    }
    let own: Vec<String> = c.maybe.iter().filter(|_| !cause.applied).map(|shot| number(lang, day, review, *shot)).collect();
    let own = (!own.is_empty()).then(|| own.join(lang.pick(" 或 ", " or ")));
    match (lang, c.kind, own) {
        (Lang::Zh, _, Some(own)) => format!("{where_}多出 {files}：{own} 又拍的一张，或有人拍了没有扫码"),
        (Lang::En, _, Some(own)) => format!("{where_} there is {files}: one more of {own}, or somebody who was not scanned"),
        (Lang::Zh, CauseKind::Unlogged, None) => format!("{where_}有人拍了没有扫码：{files}"),
        (Lang::En, CauseKind::Unlogged, None) => format!("{where_} somebody was photographed and not scanned: {files}"),
        (Lang::Zh, ..) if c.frames.len() > 1 => format!("{where_}多出 {} 张不属于任何人的照片 {files}", c.frames.len()),
        (Lang::Zh, ..) => format!("{where_}多出一张不属于任何人的照片 {files}"),
        (Lang::En, ..) if c.frames.len() > 1 => format!("{where_} there are {} pictures of nobody, {files}", c.frames.len()),
        (Lang::En, ..) => format!("{where_} there is a picture of nobody, {files}"),
    }
}

// Of many the first and the last: nobody reads ten names.
fn files(lang: Lang, files: &[String]) -> String {
    match (files, lang) {
        ([first, _, _, .., last], Lang::Zh) => format!("{first} 到 {last} 共 {} 张", files.len()),
        ([first, _, _, .., last], Lang::En) => format!("{first} to {last}, {} pictures", files.len()),
        _ => files.join(lang.pick("、", ", ")),
    }
}

/// What accepting a cause does, in a few words.
pub fn repair(lang: Lang, cause: &ReviewCause) -> &'static str {
    match cause.cause.kind {
        CauseKind::Retake => lang.pick("这几张都算该生的，用最后一张", "these are all of that person; the last one is used"),
        CauseKind::Missed => lang.pick("该生没有照片，后面的照片不变", "that person has no picture"),
        CauseKind::Extra | CauseKind::Unlogged if cause.repair.is_empty() && !cause.cause.maybe.is_empty() => {
            lang.pick("看过这张再认：不能一次采用", "look at the picture first: it cannot be accepted at once")
        }
        CauseKind::Extra => lang.pick("这张不要", "the picture is of nobody"),
        CauseKind::Unlogged if cause.repair.iter().any(|r| r.who().is_some()) => {
            lang.pick("这张给该处未扫码的人", "the picture goes to the one not scanned there")
        }
        CauseKind::Unlogged if cause.repair.is_empty() => lang.pick(
            "在下面“待核对”里逐张看过再认，这里不能一次采用",
            "look at each of them among those to look at: they cannot be accepted at once",
        ),
        CauseKind::Unlogged => lang.pick("这张不属于应拍的人", "the picture is of nobody expected"),
        CauseKind::NameContradicts => lang.pick("按顺序和时间认人", "order and time decide whose it is"),
        CauseKind::ClockJump => lang.pick("只作说明，无需处理", "nothing to decide"),
    }
}
