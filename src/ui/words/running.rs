//! Words of the running day's dialogs: 开场, and what the role of a laptop means.

use super::{Lang, label};
use crate::domain::command::Doubt;
use crate::domain::command::Role;

/// A role as it is shown.
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Both => lang.pick("一机两用", "desk and door"),
        Role::Desk => lang.pick("签到台", "desk"),
        Role::Door => lang.pick("入场口", "door"),
    }
}

/// What a scan writes on a laptop of that role.
pub fn role_means(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Both => lang
            .pick("两样都管：签到台扫码签到发号，入场口扫码记拍摄", "both here: a scan at the desk signs in, a scan at the door is a shot"),
        Role::Desk => lang.pick("这台电脑只签到、发号，扫码从不记拍摄", "this laptop signs in and gives numbers; no scan is a shot"),
        Role::Door => lang.pick("这台电脑只记拍摄，扫码从不签到、发号", "this laptop takes shots down; no scan signs anybody in"),
    }
}

/// `本机：签到台`
pub fn this_laptop(lang: Lang, of: Role) -> String {
    format!("{}{}", lang.pick("本机：", "this laptop: "), role(lang, of))
}

/// An empty Enter confirms nobody at the desk's laptop.
pub fn only_desk(lang: Lang) -> &'static str {
    lang.pick(
        "这台电脑开场时定为签到台，不记拍摄；F1 打“开场”可以改",
        "opened as the desk: no shots are taken down here; F1, Opening changes it",
    )
}

/// Heading of 开场.
pub fn opening_title(lang: Lang, camera: &str) -> String {
    let camera = label::clean(camera);
    lang.pick(format!("开场 · {camera}"), format!("Opening · {camera}"))
}

/// Its lines.
pub fn opening_labels(lang: Lang) -> [&'static str; 6] {
    lang.pick(
        ["本机用作", "手里第一张", "每人张数", "相机张数", "相机时间", "谁在岗"],
        ["laptop", "first card", "frames each", "counter", "clock", "on duty"],
    )
}

/// What its typed lines ask.
pub fn opening_hints(lang: Lang) -> [&'static str; 5] {
    lang.pick(
        [
            "手里第一张号牌是几号？和屏幕一样就直接回车",
            "每人拍几张？不一定就写 不定",
            "相机上显示的文件号末四位；没有看就空着",
            "相机菜单里现在几点，如 9:41:07；没有看，或改用“对时屏”（F1），就空着",
            "写姓名，用顿号分开；可以空着",
        ],
        [
            "Which number is first in hand?",
            "Frames a person; 0 where nobody can say",
            "The last four digits on the camera; may be left empty",
            "The camera's clock, e.g. 9:41:07; may be left empty (or F1, the clock screen)",
            "Names; may be left empty",
        ],
    )
}

/// What its keys do.
pub fn opening_foot(lang: Lang) -> &'static str {
    lang.pick("回车 下一项（末项开场）  ↑↓ 换项  ←→ 换用途  Esc 以后", "Enter next, last opens  ↑↓ line  ←→ role  Esc later")
}

/// 开场 was put off.
pub fn opening_later(lang: Lang) -> &'static str {
    lang.pick("开场以后再填：F1 打“开场”", "opening put off: F1, Opening")
}

/// Heading of 调班 as it is offered.
pub fn offer_title(lang: Lang, class: &str) -> String {
    let class = label::clean(class);
    lang.pick(format!("{class} 改到这里拍？"), format!("Move {class} here?"))
}

/// How many came, and where the schedule has them.
pub fn offer_text(lang: Lang, class: &str, came: usize, planned: &[String]) -> Vec<String> {
    let (class, planned) = (label::clean(class), label::listed(lang, planned));
    vec![lang.pick(
        format!("{class} 已经来了 {came} 人，安排表上是 {planned}。扫码照常。"),
        format!("{came} of {class} came; the schedule says {planned}. Scans go on."),
    )]
}

/// What can be done.
pub fn offer_rows(lang: Lang, class: &str, who: &str) -> [String; 3] {
    let (class, who) = (label::clean(class), label::clean(who));
    [
        lang.pick(format!("调班：{class} 整班现在改到这里"), format!("move all of {class} here, now")),
        lang.pick(format!("随班：只有 {who} 这一位"), format!("only {who}")),
        lang.pick("不调，仍按安排表".to_owned(), "no, the schedule stands".to_owned()),
    ]
}

/// So many frames off are far.
const FAR: u32 = 20;

/// Why the counter may tell another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Somebody was flashed twice.
    Again,
    /// Somebody sat down and was not scanned.
    Missed,
    /// The photographer tried the light.
    Tests,
    /// Somebody got up again.
    GotUp,
    /// It was misread.
    Misread,
    /// Card or camera was changed and nobody noted it.
    Card,
    /// None of that: it stays a finding.
    Unknown,
}

impl Why {
    /// The questions to ask when the log has so many frames and the counter tells so many. Where they are far apart it was hardly
    /// a flash too many.
    pub fn all(expected: u32, counted: u32) -> &'static [Self] {
        match (counted > expected, counted.abs_diff(expected) > FAR) {
            (true, false) => &[Self::Again, Self::Missed, Self::Tests, Self::Misread, Self::Unknown],
            (true, true) => &[Self::Misread, Self::Card, Self::Missed, Self::Unknown],
            (false, false) => &[Self::GotUp, Self::Misread, Self::Card, Self::Unknown],
            (false, true) => &[Self::Misread, Self::Card, Self::Unknown],
        }
    }
}

/// The reasons of 暂停, as they are written down and as they are shown.
pub const PAUSES: [(&str, &str); 4] = [("午休", "lunch"), ("停电", "power cut"), ("离场", "everybody left"), ("其他", "other")];

/// A reason of 暂停 in this language.
pub fn pause(lang: Lang, reason: &str) -> String {
    let known = PAUSES.iter().find(|p| p.0 == reason);
    known.map_or_else(|| label::clean(reason), |p| lang.pick(p.0, p.1).to_owned())
}

/// Heading of 暂停.
pub fn pause_title(lang: Lang) -> &'static str {
    lang.pick("暂停：为什么？", "Pause: why?")
}

/// Heading of the question about those of a 补记 who did not stand in line, and about numbers that were never handed out.
pub fn backfill_title(lang: Lang, people: usize, numbers: usize) -> String {
    match (people, numbers) {
        (0, n) => lang.pick(format!("补记：这 {n} 个号没有发出过"), format!("{n} of these numbers were never handed out")),
        (p, 0) => lang.pick(format!("补记：这 {p} 位也拍了吗？"), format!("Were these {p} photographed too?")),
        (p, n) => lang.pick(
            format!("补记：这 {p} 位也拍了吗？还有 {n} 个号没有发出过"),
            format!("Were these {p} photographed too? And {n} numbers were never handed out"),
        ),
    }
}

/// Under the question about numbers that were never handed out: what the answers do.
pub fn never_given_hint(lang: Lang) -> &'static str {
    lang.pick(
        "看看号牌；另一台电脑发的号还没有同步过来，就照号记，来了名单再对上人",
        "look at the card; given by another laptop that is not synced yet, it is noted by its number",
    )
}

/// Of the row that was said to have been missed, somebody need not have sat down.
pub fn missed_open(lang: Lang, doubt: &str) -> String {
    lang.pick(
        format!("{doubt}：只写真拍了的，一位一位也行"),
        format!("{doubt}: name only those who were photographed, one by one if need be"),
    )
}

/// Of a row that was written all the same, these numbers are nobody's.
pub fn not_written_for(lang: Lang, numbers: &[String]) -> String {
    let numbers = numbers.join(lang.pick("、", ", "));
    lang.pick(format!("没有发出过的没有记：{numbers}"), format!("never handed out, and not recorded: {numbers}"))
}

/// What was not written of a row, because it was scanned already.
pub fn not_written_twice(lang: Lang, people: &[String]) -> String {
    let people = label::people(lang, people);
    lang.pick(format!("已经扫过的没有再记：{people}"), format!("scanned already, and not recorded once more: {people}"))
}

/// Whoever has a card of another room and was not moved here, and what to do.
pub fn strangers(lang: Lang, people: &[String]) -> (String, String) {
    let people = label::people(lang, people);
    (
        lang.pick(format!("没有调来：{people}"), format!("not moved here: {people}")),
        lang.pick("只补记调来的，一位一位写号或学号".to_owned(), "record those who were moved, one by one".to_owned()),
    )
}

/// The same about who was said to be missing.
pub fn missed_strangers(lang: Lang, people: &[String]) -> String {
    let people = label::people(lang, people);
    lang.pick(format!("没有调来：{people}，只写调来的"), format!("not moved here: {people}; name only those who were"))
}

/// The same where only some were written.
pub fn not_written_strangers(lang: Lang, people: &[String]) -> String {
    let people = label::people(lang, people);
    lang.pick(format!("不是调来的没有记：{people}"), format!("not moved here, and not recorded: {people}"))
}

/// A class was moved, and numbers without a letter stay where they were handed out.
pub fn cards_stay(lang: Lang, people: usize) -> String {
    lang.pick(
        format!("{people} 人手里的号没有字母，分不清是哪里的：仍在原处叫号、核对；到这里拍的，扫学号"),
        format!(
            "{people} hold numbers without a letter: they are called where they got them; whoever comes here is scanned by student no."
        ),
    )
}

/// Of a row of numbers nobody is missing.
pub fn all_scanned(lang: Lang) -> &'static str {
    lang.pick("这些号都已经扫过、拍过，不用补记", "all of these were scanned already")
}

/// Why somebody of a 补记 is asked about.
pub fn doubt(lang: Lang, who: &str, why: Doubt) -> String {
    let why = match why {
        Doubt::SetAside => lang.pick("暂缓，还没回来", "set aside, not back yet"),
        Doubt::PassedOver => lang.pick("过号", "passed over"),
        Doubt::NeverCame => lang.pick("没有来过", "has not come"),
        Doubt::NeverGiven => lang.pick("没有发出过", "never handed out"),
    };
    format!("{who}  {why}")
}

/// So many more than are named.
pub fn and_more(lang: Lang, more: usize) -> String {
    lang.pick(format!("……还有 {more} 位"), format!("and {more} more"))
}

/// What can be answered: none of them where anybody stood in line, all of them, another row of numbers.
pub fn backfill_answers(lang: Lang, in_line: usize, doubtful: usize) -> Vec<String> {
    let line = (in_line > 0).then(|| lang.pick(format!("没有：只补记在队的 {in_line} 位"), format!("No: only the {in_line} in line")));
    let again = lang.pick("重新输入".to_owned(), "Type it again".to_owned());
    let all = lang.pick(format!("也拍了：{} 位都补记", in_line + doubtful), format!("Yes: all {}", in_line + doubtful));
    match line {
        Some(line) => vec![line, all, again],
        // Nothing is left but what is in doubt: Enter alone writes none of it.
        None => vec![again, all],
    }
}

/// Somebody is said to have got up who sat down before the last reading.
pub fn sat_before(lang: Lang, who: &str) -> String {
    lang.pick(
        format!("{who} 是上次报张数以前拍的，那次张数对得上：这次里没有这一位"),
        format!("{who} sat down before the last reading, which fitted"),
    )
}

/// Several are waited for, and the key alone does not say who came.
pub fn who_came_back(lang: Lang, names: &[String]) -> String {
    let names = label::people(lang, names);
    lang.pick(format!("待回来的不止一位（{names}）：扫他的码就是返回"), format!("several are waited for ({names}): scan whoever came back"))
}

/// Before a break the counter is read.
pub fn count_first(lang: Lang) -> &'static str {
    lang.pick("这一段还没有报张数：Esc，按 F7 先报，再暂停", "the counter was not read yet: Esc, F7 first")
}

/// An empty Enter at the door of a room that was closed.
pub fn closed_already(lang: Lang) -> &'static str {
    lang.pick("已收场：回车不记；还有人来拍，扫他的码", "the room is closed: Enter records nothing; scan whoever still comes")
}

/// Somebody who had been set aside waits with a number before the one just shot: `前面还没拍：0004B 王天旭`.
pub fn came_back(lang: Lang, who: &str) -> String {
    lang.pick(format!("前面还没拍：{who}"), format!("still waiting: {who}"))
}

/// Cards of a room that stand in no count of people: `另有名单外 1、作废 1`; nothing where there are none.
pub fn uncounted(lang: Lang, unexpected: usize, void: usize) -> String {
    let part = |n: usize, zh: &str, en: &str| (n > 0).then(|| lang.pick(format!("{zh} {n}"), format!("{n} {en}")));
    let parts: Vec<String> = [part(unexpected, "名单外或免拍", "not expected"), part(void, "作废", "void")].into_iter().flatten().collect();
    if parts.is_empty() {
        return String::new();
    }
    let parts = parts.join(lang.pick("、", ", "));
    lang.pick(format!("另有{parts}"), format!("besides {parts}"))
}

/// Somebody was scanned while it is asked who on the list a stranger is.
pub fn claimant(lang: Lang, who: &str) -> String {
    lang.pick(format!("扫到 {who}：这位就是他，再按回车；不是就按 Esc"), format!("{who}: Enter if this is them, Esc if not"))
}

/// A code that no list holds was scanned.
pub fn whose_code(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("还没记：这个码名单里没有", "not recorded: no list has this code"),
        lang.pick("指明是谁的，以后扫它就是他；Esc 不记", "say whose it is and it is theirs from now on; Esc records nothing"),
    )
}

/// Somebody of that name was registered before.
pub fn registered_before(lang: Lang, who: &str) -> String {
    lang.pick(
        format!("已登记过 {who}：是同一位就按 Esc；确是另一位，再按回车"),
        format!("{who} is registered already: Esc if it is the same, Enter again if not"),
    )
}

/// Counts that agree as far as the counter was read: so many sat down where no two readings enclose them.
pub fn counts_partly(lang: Lang, unread: usize) -> String {
    lang.pick(format!("✓ 核过的一致，{unread} 人没核过"), format!("✓ agree where read, {unread} not"))
}

/// A scan on a day without slots, in a room that was not opened.
pub fn not_the_day(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("还没记", "not recorded"),
        lang.pick("今天不是拍摄日，这里也没开场。要记就再按回车", "it is not the day, and nothing was opened here; Enter records it"),
    )
}

/// A reading of before was itself wrong.
pub fn misread_then(lang: Lang) -> &'static str {
    lang.pick("张数报错了，照片没有问题（已核对，无误）", "the reading was wrong, the pictures are right (checked)")
}

/// A reading of before cannot be explained yet.
pub fn still_open(lang: Lang) -> &'static str {
    lang.pick("都不是，还留在异常里", "none of these: it stays a finding")
}

/// Heading of a reading that does not fit.
pub fn miscount_title(lang: Lang, classes: &str) -> String {
    let classes = Some(label::clean(classes)).filter(|c| !c.is_empty()).map(|c| format!(" · {c}")).unwrap_or_default();
    lang.pick(format!("张数不符{classes}"), format!("The counter does not fit{classes}"))
}

/// By how much.
pub fn miscount_text(lang: Lang, base: u32, value: u32, expected: u32, counted: u32) -> String {
    let off = counted.abs_diff(expected);
    let (zh, en) = if counted > expected { ("多", "too many") } else { ("少", "too few") };
    lang.pick(
        format!("{base:04} → {value:04} 是 {counted} 张，记录 {expected} 张：{zh} {off} 张"),
        format!("camera {base:04} → {value:04} is {counted}, the log has {expected}: {off} {en}"),
    )
}

/// A question that finds it, and what the answer does.
pub fn why(lang: Lang, why: Why, off: u32) -> String {
    match why {
        Why::Again => lang.pick("谁闪了两次？ → 记重拍", "who was flashed twice? → retake").to_owned(),
        Why::Missed => lang.pick("谁拍了没扫？ → 补记", "who sat down without a scan? → fill in").to_owned(),
        Why::Tests => lang.pick(format!("试拍了 {off} 张，不是任何人的 → 记试拍"), format!("{off} test shots → note them")),
        Why::GotUp => lang.pick("谁又起来了，没拍？ → 还在队里", "who got up again? → still in line").to_owned(),
        Why::Misread => lang.pick("看错了，再报一次", "misread: read it again").to_owned(),
        Why::Card => lang.pick("换了卡或相机，没有记 → 记换卡", "card or camera was changed → note it").to_owned(),
        Why::Unknown => lang.pick("都不是，先记着（异常里留一条）", "none of these: keep it as a finding").to_owned(),
    }
}

/// Whom a cause is about.
pub fn whom(lang: Lang, why: Why) -> &'static str {
    match why {
        Why::Missed => lang.pick("谁拍了没扫？号牌、一串号（0422B-0431B）、学号或姓名", "Who? A card, a range, a number or a name"),
        Why::GotUp => lang.pick("谁又起来了？扫号牌，或写号牌、学号、姓名", "Who got up? Scan the card, or type number or name"),
        _ => lang.pick("谁闪了两次？扫号牌，或写号牌、学号、姓名", "Who was flashed twice? Scan the card, or type number or name"),
    }
}

/// What came to light, in a word.
pub fn done(lang: Lang, why: Why) -> &'static str {
    match why {
        Why::Missed => lang.pick("补记", "filled in"),
        Why::GotUp => lang.pick("没拍", "not shot"),
        Why::Tests => lang.pick("试拍", "test shots"),
        _ => lang.pick("重拍", "retake"),
    }
}

/// The one who is named sat down already, or has not.
pub fn sat_or_not(lang: Lang, who: &str, wants_sat: bool) -> String {
    let who = label::clean(who);
    match wants_sat {
        true => lang.pick(format!("{who} 还没有拍"), format!("{who} has not been shot")),
        false => lang.pick(format!("{who} 已经拍过"), format!("{who} has been shot")),
    }
}

/// The counter should be read.
pub fn read_counter(lang: Lang, people: usize) -> String {
    lang.pick(format!("! 已拍 {people} 人没报张数 [F7]"), format!("! {people} shot, counter not read [F7]"))
}

/// 报张数 was given up.
pub fn not_written(lang: Lang) -> &'static str {
    lang.pick("张数没有记下；F7 再报", "the reading was not written; F7 asks again")
}

/// The same of the last reading: with it the session would have been closed.
pub fn not_closed(lang: Lang) -> &'static str {
    lang.pick("还没有收场，张数也没有记下：F1 打“收场”再来", "not closed, and the reading not written: F1, Close, asks again")
}

/// 过号 on a red screen that does not show whoever is due.
pub fn not_shown(lang: Lang, who: &str) -> String {
    lang.pick(
        format!("没有记下：红屏上的不是应拍的 {who}。先处理这一项，或按 Esc 收起，再过号"),
        format!("nothing written: the red screen is not about {who}, who is due. Answer it or leave it by Esc first"),
    )
}

/// A class is done: how many never came, and who of it has yet to come back.
pub fn class_over(lang: Lang, classes: &str, missing: usize, waiting: &[String]) -> Vec<String> {
    let classes = label::clean(classes);
    let here = match missing {
        0 if !waiting.is_empty() => lang.pick(format!("{classes} 都到过了"), format!("{classes}: everybody has come")),
        0 => lang.pick(format!("{classes} 到齐了"), format!("{classes}: everybody came")),
        n => lang.pick(format!("{classes} 叫完了，还有 {n} 人没来"), format!("{classes} is done, {n} did not come")),
    };
    let names = label::listed(lang, waiting);
    let call = (!waiting.is_empty()).then(|| lang.pick(format!("请点名待回来：{names}"), format!("call out: {names}")));
    [here].into_iter().chain(call).collect()
}

/// Heading of 纸质点收.
pub fn paper_title(lang: Lang, classes: &str) -> String {
    let classes = label::clean(classes);
    lang.pick(format!("纸质点收 · {classes}"), format!("Signatures on paper · {classes}"))
}

/// How many there should be, and are.
pub fn paper_ask(lang: Lang, came: usize) -> String {
    lang.pick(format!("签名表应 {came}，实签？"), format!("{came} should have signed. How many did?"))
}

/// Fewer signed than came.
pub fn paper_who(lang: Lang, missing: usize) -> String {
    lang.pick(
        format!("差 {missing} 人：谁没签？学号末几位、号牌或姓名，几个用顿号分开"),
        format!("{missing} missing: who? Numbers or names, parted by commas"),
    )
}

/// More signed than came.
pub fn paper_more(lang: Lang, more: usize) -> String {
    lang.pick(
        format!("比到场的多 {more} 个签名：有人签了没扫，或别班的签在这里"),
        format!("{more} signatures too many: somebody signed and was not scanned"),
    )
}

/// Nobody of them.
pub fn paper_stranger(lang: Lang, text: &str) -> String {
    let text = label::clean(text);
    lang.pick(format!("{text} 不在这次到场的人里"), format!("{text} is not among those who came"))
}

/// Not so many as are missing.
pub fn paper_so_many(lang: Lang, named: usize, wanted: usize) -> String {
    lang.pick(format!("写了 {named} 人，差的是 {wanted} 人"), format!("{named} named, {wanted} missing"))
}

/// They are written down.
pub fn paper_done(lang: Lang, signed: usize) -> String {
    lang.pick(format!("✓ 已点收签名 {signed} 人"), format!("✓ {signed} signatures counted"))
}

/// No paper is used.
pub fn no_paper(lang: Lang) -> &'static str {
    lang.pick("本批次扫码即签，没有纸质签名要点", "a scan is the signature here: nothing on paper")
}

/// Nobody's signature to count.
pub fn nobody_came(lang: Lang) -> &'static str {
    lang.pick("还没有人到场", "nobody came yet")
}

/// A reading at 开场 that does not fit is asked about once.
pub fn doubted(lang: Lang) -> &'static str {
    lang.pick("。看错了就改，没看错再按一次回车", ". Misread? Enter once more takes it")
}
