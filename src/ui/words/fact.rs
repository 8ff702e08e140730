//! A fact in one line: `11B105 拍摄 0131B 李佳琪`, for the journal and for what undo will take.

use super::{Lang, label};
use crate::domain::day::Day;
use crate::domain::event::{Act, Entry, Fact, Field, Whole};
use crate::domain::ids::{CommandId, RoomKey, Who};
use crate::domain::roster::SHORTEST_KEY;
use crate::domain::ruling::{PhotoRuling, RulingWord};
use crate::domain::visit::Subject;

/// One entry.
pub fn line(lang: Lang, day: &Day, entry: &Entry) -> String {
    match &entry.event.fact {
        Fact::Whole(whole) => about_whole(lang, day, whole),
        Fact::InRoom { room, act, .. } => format!("{} {}", label::room(day, room), about_act(lang, day, room, act)),
        Fact::Unknown(Some(_)) => lang.pick("来自更新的版本", "from a newer version").to_owned(),
        Fact::Unknown(None) => lang.pick("内容已永久删除", "removed for good").to_owned(),
    }
}

/// One entry about somebody whose name stands above it: what was done, where, and whatever else it names.
pub fn of_one(lang: Lang, day: &Day, subject: &Subject, entry: &Entry) -> String {
    match &entry.event.fact {
        Fact::InRoom { room, act, .. } if act.who().is_some_and(|w| day.subject(room, w) == *subject) => {
            let (zh, en) = act_words(act);
            let extra = extra(lang, day, room, act);
            let place = label::room(day, room);
            [lang.pick(zh, en), &extra, &place].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ")
        }
        Fact::Whole(Whole::Corrected { field, old, new, evidence, .. }) => {
            let (old, new, evidence) = (value(lang, *field, old), value(lang, *field, new), label::code(evidence));
            let changed = format!("{} {old} → {new}", field_name(lang, *field));
            match (evidence.is_empty(), lang) {
                (true, Lang::Zh) => format!("更正 {changed}"),
                (true, Lang::En) => format!("corrected: {changed}"),
                (false, Lang::Zh) => format!("更正 {changed}（依据：{evidence}）"),
                (false, Lang::En) => format!("corrected: {changed} (seen: {evidence})"),
            }
        }
        _ => line(lang, day, entry),
    }
}

/// A command in few words: its first person and all its steps (`签到、签名、发号 李佳琪`).
pub fn command(lang: Lang, day: &Day, command: CommandId) -> String {
    let entries = day.command(command);
    let mut words: Vec<&'static str> = Vec::new();
    let mut of = None;
    for entry in &entries {
        if let Fact::InRoom { room, act, .. } = &entry.event.fact {
            let (zh, en) = act_words(act);
            let word = lang.pick(zh, en);
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
            let people = list.rows.len();
            if list.is_of_kept() {
                return text(
                    format!("名单 {source} 补上保留的列，{people} 人"),
                    format!("list {source}: columns kept now, {people} people"),
                );
            }
            text(format!("名单 {source} {people} 人"), format!("list {source} {people} people"))
        }
        Whole::Columns { columns, .. } => {
            let said: Vec<String> = columns.iter().map(|c| format!("{}={}", label::clean(&c.means), label::clean(&c.place))).collect();
            let said = label::listed(lang, &said);
            text(format!("列的含义：{said}"), format!("columns mean: {said}"))
        }
        Whole::Repaired { edits, .. } => {
            let edits: Vec<String> = edits.iter().map(|edit| super::repair::edit(lang, edit)).collect();
            let edits = edits.join(lang.pick("；", "; "));
            text(format!("更正安排表：{edits}"), format!("schedule repaired: {edits}"))
        }
        Whole::Relisted { same, gone, .. } => {
            let (same, gone) = (same.len(), gone.len());
            text(
                format!("名单更新：{same} 行是原来的人，{gone} 人不再列入"),
                format!("list again: {same} rows are people known, {gone} are on it no longer"),
            )
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
        Whole::Registered { name, class, code, .. } => {
            // Where the whole number is known by now the person has it; what was typed here stays what it was.
            let end = code.as_deref().filter(|code| code.chars().count() < SHORTEST_KEY).map(|code| label::end(lang, code));
            let parts = [Some(label::clean(name)), end, class.as_deref().map(label::clean)];
            let who = parts.into_iter().flatten().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
            text(format!("登记 {who}"), format!("registered {who}"))
        }
        Whole::Claimed { person, .. } => {
            let who = label::person(lang, day, *person);
            text(format!("认领 {who}"), format!("claimed as {who}"))
        }
        Whole::Corrected { person, field, old, new, .. } => {
            let who = label::person(lang, day, *person);
            let (old, new) = (value(lang, *field, old), value(lang, *field, new));
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

// What stands in an attribute; whether somebody is exempt is written in a word.
fn value(lang: Lang, field: Field, text: &str) -> String {
    match (field, text, lang) {
        (Field::Exempt, "是", Lang::En) => "yes".to_owned(),
        (Field::Exempt, "否", Lang::En) => "no".to_owned(),
        _ => label::code(text),
    }
}

/// What an attribute is called.
pub fn field_name(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::StudentNo => lang.pick("学号", "student no."),
        Field::Name => lang.pick("姓名", "name"),
        Field::IdNo => lang.pick("身份证号", "document"),
        Field::ExamNo => lang.pick("考生号", "exam no."),
        Field::Class => lang.pick("班级", "class"),
        Field::Exempt => lang.pick("免拍", "exempt"),
    }
}

/// What a fact is called in a word or two.
pub fn verb(lang: Lang, fact: &Fact) -> &'static str {
    let (zh, en) = match fact {
        Fact::InRoom { act, .. } => act_words(act),
        Fact::Whole(whole) => match whole {
            Whole::Campaign { .. } => ("建批次", "campaign"),
            Whole::Room { .. } => ("加采集点", "room"),
            Whole::List { .. } => ("导入名单", "list import"),
            Whole::Columns { .. } => ("列的含义", "columns"),
            Whole::Repaired { .. } => ("更正安排表", "schedule repair"),
            Whole::Relisted { .. } => ("名单更新", "list again"),
            Whole::Schedule { .. } => ("导入时段表", "schedule import"),
            Whole::Marks { .. } => ("导入标记", "marks import"),
            Whole::Log { .. } => ("导入现场记录", "log import"),
            Whole::Registered { .. } => ("登记", "registration"),
            Whole::Claimed { .. } => ("认领", "claim"),
            Whole::Corrected { .. } => ("更正", "correction"),
            Whole::Bound { .. } => ("绑码", "code binding"),
            Whole::Forgotten { .. } => ("删除", "removal"),
            Whole::Undone { .. } => ("撤销", "undo"),
            Whole::Settled { .. } => ("处理异常", "settlement"),
        },
        Fact::Unknown(_) => ("新版本的记录", "newer entry"),
    };
    lang.pick(zh, en)
}

/// What an act is called in a word or two: Chinese, English.
pub fn act_words(act: &Act) -> (&'static str, &'static str) {
    match act {
        Act::Arrived { .. } => ("签到", "sign-in"),
        Act::Signed { .. } => ("签名", "signature"),
        Act::Issued { .. } => ("发号", "card"),
        Act::Entered { .. } => ("进场", "call-in"),
        Act::Shot { .. } => ("拍摄", "shot"),
        Act::Retaken { .. } => ("重拍", "retake"),
        Act::Backfilled { .. } => ("补记", "unscanned shot"),
        Act::PassedOver { .. } => ("过号", "pass over"),
        Act::GaveWay { .. } => ("让位", "give way"),
        Act::Inserted { .. } => ("提前拍", "taken early"),
        Act::Swapped { .. } => ("换号", "exchange"),
        Act::ShotVoided { sent_back: true, .. } => ("归队", "back to the queue"),
        Act::ShotVoided { .. } => ("作废拍摄", "void shot"),
        Act::TokenVoided { .. } => ("作废号牌", "void card"),
        Act::Reissued { .. } => ("补发", "new card"),
        Act::Returned { .. } => ("交号", "card back"),
        Act::Missing { .. } => ("缺号", "missing cards"),
        Act::NextSet { .. } => ("改号", "next card set"),
        Act::CardsPassed { .. } => ("交接号牌", "cards passed on"),
        Act::SetAside { .. } => ("暂缓", "set aside"),
        Act::CameBack { .. } => ("返回", "came back"),
        Act::Moved { .. } => ("调班", "moved"),
        Act::Paid { .. } => ("缴费", "fee"),
        Act::Counted { .. } => ("计数", "frame count"),
        Act::ClockRead { .. } => ("对时", "clock"),
        Act::TestShot { clock: true, .. } => ("对时屏已拍", "clock screen shot"),
        Act::TestShot { .. } => ("试拍", "test shot"),
        Act::CardChanged => ("换卡", "card change"),
        Act::CameraChanged => ("换相机", "camera change"),
        Act::Paused { .. } => ("暂停", "pause"),
        Act::Resumed => ("恢复", "resume"),
        Act::Opened { .. } => ("开场", "opening"),
        Act::DutyChanged { .. } => ("换班", "on duty"),
        Act::Closed => ("收场", "closing"),
        Act::HandChecked { .. } => ("核对号牌", "hand check"),
        Act::Revealed { .. } => ("查看证件号", "reveal"),
        Act::PicturesRead { pictures, .. } if pictures.is_empty() => ("撤下照片文件夹", "folder set aside"),
        Act::PicturesRead { .. } => ("读照片", "pictures read"),
        Act::PicturesChecked { .. } => ("检查照片", "pictures checked"),
        Act::OffsetSet { .. } => ("相机时差", "clock difference"),
        Act::PicturesRuled { word, .. } => match word {
            RulingWord::Confirm => ("确认照片", "picture confirmed"),
            RulingWord::Pair => ("指定照片", "picture paired"),
            RulingWord::Deny => ("照片不是本人", "picture not theirs"),
            RulingWord::Gap => ("无照片", "no picture"),
            RulingWord::Drop => ("不要照片", "picture dropped"),
            RulingWord::Retake => ("算作重拍", "counted as retake"),
            RulingWord::Swap => ("互换照片", "pictures swapped"),
            RulingWord::Shift => ("平移照片", "pictures shifted"),
            RulingWord::Cause => ("采用错位原因", "cause accepted"),
            RulingWord::Class => ("全班核对", "class confirmed"),
        },
        Act::PicturesCopied { .. } => ("复制照片", "pictures copied"),
    }
}

// One decision names person and picture; of many the number is enough.
fn ruled(lang: Lang, day: &Day, room: &RoomKey, rulings: &[PhotoRuling]) -> String {
    let [only] = rulings else { return rulings.len().to_string() };
    let photo = only.names().map(|p| label::code(p.path.rsplit('/').next().unwrap_or(&p.path))).unwrap_or_default();
    let who = only.who().map(|w| name(lang, day, room, w)).unwrap_or_default();
    [photo, who].iter().filter(|s| !s.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

fn about_act(lang: Lang, day: &Day, room: &RoomKey, act: &Act) -> String {
    let (zh, en) = act_words(act);
    let word = lang.pick(zh, en);
    let who = act.who().map(|w| label::who(lang, day, &day.subject(room, w))).unwrap_or_default();
    let extra = extra(lang, day, room, act);
    [word, &extra, &who].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

// What an act says beside its word and its person.
fn extra(lang: Lang, day: &Day, room: &RoomKey, act: &Act) -> String {
    match act {
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
        Act::Moved { class, start, .. } => [class, start].into_iter().flatten().map(|t| label::clean(t)).collect::<Vec<_>>().join(" "),
        Act::Paused { reason: Some(reason) } | Act::DutyChanged { names: reason } => label::clean(reason),
        Act::Opened { role, first, duty, .. } => {
            [Some(role), first.as_ref(), duty.as_ref()].into_iter().flatten().map(|t| label::clean(t)).collect::<Vec<_>>().join(" ")
        }
        Act::Counted { value } => format!("{value:04}"),
        Act::ClockRead { camera } => label::clean(camera),
        Act::TestShot { frames, .. } => frames.to_string(),
        Act::PicturesRead { pictures, folder, .. } if pictures.is_empty() => label::clean(folder),
        Act::PicturesRead { pictures, folder, .. } => format!("{} {}", label::clean(folder), pictures.len()),
        Act::PicturesChecked { checked, .. } => checked.len().to_string(),
        Act::OffsetSet { offset, body } => {
            let body = body.as_ref().map(|b| format!("{} ", label::clean(b))).unwrap_or_default();
            format!("{body}{:+.1} s", *offset as f64 / 1000.0)
        }
        Act::PicturesRuled { rulings, .. } => ruled(lang, day, room, rulings),
        Act::PicturesCopied { folder, files, .. } => format!("{} {files}", label::clean(folder)),
        _ => String::new(),
    }
}
