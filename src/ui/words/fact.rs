//! A fact in one line: `11B105 拍摄 0131B 李佳琪`, for the journal and for what undo will take.

use super::{Lang, label};
use crate::domain::command::Action;
use crate::domain::day::Day;
use crate::domain::event::{Act, Entry, Fact, Field, Whole};
use crate::domain::ids::{CommandId, RoomKey, Who};

/// One entry.
pub fn line(lang: Lang, day: &Day, entry: &Entry) -> String {
    match &entry.event.fact {
        Fact::Whole(whole) => about_whole(lang, day, whole),
        Fact::InRoom { room, act, .. } => format!("{} {}", label::room(day, room), about_act(lang, day, room, act)),
        Fact::Unknown(Some(_)) => lang.pick("来自更新的版本", "from a newer version").to_owned(),
        Fact::Unknown(None) => lang.pick("内容已永久删除", "removed for good").to_owned(),
    }
}

/// A command in few words: its first person and all its steps (`签到、签名、发号 李佳琪`).
pub fn command(lang: Lang, day: &Day, command: CommandId) -> String {
    let entries = day.command(command);
    let mut words: Vec<&'static str> = Vec::new();
    let mut of = None;
    for entry in &entries {
        if let Fact::InRoom { room, act, .. } = &entry.event.fact {
            let word = label::action(lang, action(act));
            if !words.contains(&word) {
                words.push(word);
            }
            of = of.or_else(|| act.who().map(|w| name(lang, day, room, w)));
        }
    }
    match (words.is_empty(), entries.first()) {
        (false, _) if words.len() > 4 => label::heads(lang, entries.len()),
        (false, _) => format!("{} {}", words.join(lang.pick("、", ", ")), of.unwrap_or_default()).trim_end().to_owned(),
        (true, Some(entry)) => line(lang, day, entry),
        (true, None) => command.to_string(),
    }
}

fn name(lang: Lang, day: &Day, room: &RoomKey, who: &Who) -> String {
    label::name(lang, day, &day.subject(room, who))
}

fn about_whole(lang: Lang, day: &Day, whole: &Whole) -> String {
    let text = |zh: String, en: String| lang.pick(zh, en);
    match whole {
        Whole::Campaign { campaign } => {
            let name = label::clean(&campaign.name);
            text(format!("批次 {name}"), format!("campaign {name}"))
        }
        Whole::Room { plan, .. } => {
            let name = label::clean(&plan.name);
            text(format!("新增采集点 {name}"), format!("room {name} added"))
        }
        Whole::List { list } => {
            let source = format!("{} {}", label::clean(&list.source), label::clean(&list.sheet));
            text(format!("名单 {source} {} 人", list.rows.len()), format!("list {source} {} people", list.rows.len()))
        }
        Whole::Schedule { table } => {
            let source = label::clean(&table.source);
            text(format!("安排表 {source} {} 个时段", table.rows.len()), format!("schedule {source} {} slots", table.rows.len()))
        }
        Whole::Marks { list } => {
            let source = label::clean(&list.source);
            text(format!("免拍缴费名单 {source} {} 行", list.rows.len()), format!("marks {source} {} rows", list.rows.len()))
        }
        Whole::Log { source, rows, .. } => {
            let source = label::clean(source);
            text(format!("现场记录 {source} {rows} 行"), format!("scan log {source} {rows} rows"))
        }
        Whole::Registered { name, class, .. } => {
            let who = format!("{} {}", label::clean(name), label::clean(class.as_deref().unwrap_or("")));
            text(format!("登记 {who}"), format!("registered {who}"))
        }
        Whole::Claimed { person, .. } => {
            let who = label::person(lang, day, *person);
            text(format!("认领 {who}"), format!("claimed as {who}"))
        }
        Whole::Corrected { person, field, old, new, .. } => {
            let who = label::person(lang, day, *person);
            let (old, new) = (label::code(old), label::code(new));
            text(
                format!("更正 {who} {}：{old} → {new}", field_name(lang, *field)),
                format!("{who}: {} {old} → {new}", field_name(lang, *field)),
            )
        }
        Whole::Bound { person, .. } => {
            let who = label::person(lang, day, *person);
            text(format!("绑定码 {who}"), format!("code bound to {who}"))
        }
        Whole::Forgotten { entries } => {
            text(format!("永久删除 {} 条内容", entries.len()), format!("{} entries removed for good", entries.len()))
        }
        Whole::Undone { commands } => {
            // A redo names undos.
            let redo = commands.iter().any(|c| day.undo().is_undo(*c));
            let what: Vec<String> = if redo {
                commands.iter().flat_map(|c| day.undo().named_by(c.to_owned())).map(ToString::to_string).collect()
            } else {
                commands.iter().map(|c| self::command(lang, day, *c)).collect()
            };
            let word = if redo { lang.pick("恢复", "redone:") } else { lang.pick("撤销", "undone:") };
            format!("{word} {}", label::listed(lang, &what))
        }
        Whole::Settled { finding, choice, .. } => {
            text(format!("处理异常 {finding}：{choice}"), format!("finding {finding} settled: {choice}"))
        }
    }
}

fn field_name(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::StudentNo => lang.pick("学号", "student no."),
        Field::Name => lang.pick("姓名", "name"),
        Field::IdNo => lang.pick("身份证号", "document"),
        Field::ExamNo => lang.pick("考生号", "exam no."),
        Field::Class => lang.pick("班级", "class"),
    }
}

/// The word of the scan log for an act.
fn action(act: &Act) -> Action {
    match act {
        Act::Arrived { .. } => Action::Arrive,
        Act::Signed { .. } => Action::Sign,
        Act::Issued { .. } => Action::Issue,
        Act::Entered { .. } => Action::Enter,
        Act::Shot { .. } => Action::Shoot,
        Act::Retaken { .. } => Action::Retake,
        Act::Backfilled { .. } => Action::Backfill,
        Act::PassedOver { .. } => Action::PassOver,
        Act::GaveWay { .. } => Action::GiveWay,
        Act::Inserted { .. } => Action::Insert,
        Act::Swapped { .. } => Action::Swap,
        Act::ShotVoided { .. } | Act::TokenVoided { .. } => Action::Void,
        Act::Reissued { .. } => Action::Reissue,
        Act::Returned { .. } => Action::Return,
        Act::Missing { .. } => Action::Missing,
        Act::NextSet { .. } | Act::CardsPassed { .. } | Act::HandChecked { .. } | Act::Opened { .. } | Act::Closed => Action::SetNext,
        Act::SetAside { .. } => Action::SetAside,
        Act::CameBack { .. } => Action::ComeBack,
        Act::Moved { .. } => Action::Move,
        Act::Paid { .. } => Action::Pay,
        Act::Counted { .. } => Action::Count,
        Act::ClockRead { .. } => Action::ReadClock,
        Act::TestShot { .. } => Action::TestShot,
        Act::CardChanged => Action::ChangeCard,
        Act::CameraChanged => Action::ChangeCamera,
        Act::Paused => Action::Pause,
        Act::Resumed => Action::Resume,
        Act::Revealed { .. } => Action::Correct,
    }
}

fn about_act(lang: Lang, day: &Day, room: &RoomKey, act: &Act) -> String {
    let word = match act {
        Act::Opened { .. } => lang.pick("开场", "opened"),
        Act::Closed => lang.pick("收场", "closed"),
        Act::HandChecked { .. } => lang.pick("核对手里的号", "hand checked"),
        Act::CardsPassed { .. } => lang.pick("移交号牌", "cards passed"),
        Act::Revealed { .. } => lang.pick("查看证件号", "document shown"),
        other => label::action(lang, action(other)),
    };
    let who = act.who().map(|w| label::who(lang, day, &day.subject(room, w))).unwrap_or_default();
    let extra = match act {
        Act::Issued { token, .. }
        | Act::Swapped { token, .. }
        | Act::TokenVoided { token, .. }
        | Act::Reissued { token, .. }
        | Act::NextSet { token }
        | Act::HandChecked { token } => label::clean(token),
        Act::Entered { shown, .. } | Act::Shot { shown, .. } => label::clean(shown.as_deref().unwrap_or("")),
        Act::Missing { first, last } | Act::CardsPassed { first, last, .. } if first == last => label::clean(first),
        Act::Missing { first, last } | Act::CardsPassed { first, last, .. } => format!("{}–{}", label::clean(first), label::clean(last)),
        Act::SetAside { reason, .. } => label::clean(reason),
        Act::Moved { class, .. } => label::clean(class.as_deref().unwrap_or("")),
        Act::Counted { value } => format!("{value:04}"),
        Act::ClockRead { camera } => label::clean(camera),
        Act::TestShot { frames } => frames.to_string(),
        _ => String::new(),
    };
    [word, &extra, &who].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
