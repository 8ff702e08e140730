//! Words of the screens: one table with every label in both languages, and the few sentences that carry values.

use chrono::NaiveDate;

use super::{Lang, fact};
use crate::domain::act::NO_FRAME;
use crate::domain::event::{Act, Fact};
use crate::domain::finding::Choice;

macro_rules! table {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// Every label of the screens; both languages have all of them, or nothing compiles.
        #[derive(Debug)]
        #[allow(missing_docs)] // each is its words
        pub struct Words { pub lang: Lang, $(pub $name: &'static str),+ }

        static ZH: Words = Words { lang: Lang::Zh, $($name: $zh),+ };
        static EN: Words = Words { lang: Lang::En, $($name: $en),+ };
    };
}

table! {
    title: "对号", "duihao";
    dashboard: "总览", "Overview";
    desk: "签到台", "Desk";
    door: "入场口", "Door";
    findings: "异常", "Findings";
    photos: "照片核对", "Photos";
    journal: "日志", "Journal";
    checkup: "自检", "Self-check";
    this_laptop: "本机", "here";
    undone_mark: "已撤销 ", "undone ";
    in_order: "● 顺序一致", "● in order";
    follower: "只读跟随", "read-only";
    clock_back: "! 时间倒退，请校准电脑", "! clock went back: set it";
    desk_prompt: "扫码或输入：学号（或末几位）· 证件号 · 姓名 · 拼音首字母", "Scan or type: student no. (or its end) · document · name · pinyin initials";
    door_prompt: "扫号牌、学号或证件；应拍的这位已拍，直接回车", "Scan card, student no. or document; Enter: the one due was shot";
    right: "✓", "✓";
    check: "! 请核对", "! please check";
    wrong: "✗ 顺序不对", "✗ out of order";
    failed: "✗ 没有记下", "✗ not recorded";
    again: "· 已扫过，不重复记", "· scanned before, not counted again";
    aside_of: "请到旁边核对", "Please step aside";
    already_shot: "已拍过，不用再排队", "Already photographed, no need to queue";
    exempt: "免拍", "exempt";
    excused: "不参加", "not taking part";
    unpaid: "未缴费（F8 现场缴费）", "not paid (F8 takes the fee)";
    no_code: "无采集码：先请到旁边调出来", "no collection code: have it fetched first";
    unchecked: "信息未核对", "data not checked";
    nobody: "名单里没有：F9 登记，照发号牌", "On no list: F9 registers, the card is given all the same";
    registered: "登记，待认领", "registered, to be claimed";
    no_scan_yet: "等第一位同学", "Waiting for the first student";
    no_scan_now: "等下一位同学", "Waiting for the next student";
    student_no: "学号", "No.";
    document_end: "尾号", "doc. ends";
    expected: "应到", "expected";
    arrived: "已到", "arrived";
    signed: "已签", "signed";
    issued: "发号", "cards";
    shot: "已拍", "shot";
    in_line: "在队", "in line";
    set_aside: "暂缓", "set aside";
    passed: "过号", "passed over";
    void: "作废", "void";
    shot_elsewhere: "别处已拍", "shot elsewhere";
    moved_in: "转来", "moved here";
    moved_out: "转走", "moved away";
    shot_bare: "无号已拍", "without a card";
    not_shot_yet: "还没有拍摄记录：问一下拍了没有，没拍就把号牌还给他", "no shot is recorded: ask, and give the card back if there was none";
    not_due: "未到时段", "not due";
    overdue: "时段已过未拍", "overdue";
    missing: "未拍", "missing";
    just_now: "刚刚", "just now";
    frames: "照片", "frames";
    retakes: "重拍", "retakes";
    tests: "试拍", "tests";
    counter: "计数", "counter";
    counter_none: "计数未报", "no counter yet";
    counts_agree: "✓ 三数一致", "✓ counts agree";
    given_back: "交回", "back";
    counts_open: "张数待核", "counter to be read";
    counts_differ: "✗ 计数不符", "✗ counts differ";
    now: "现在", "now";
    next: "下一", "next";
    elsewhere: "不在这一屏，在：", "Not on this screen but on:";
    no_such_task: "没有这样的命令：换个词，或删掉几个字；找人请回到扫码行直接输入", "No such command: try another word. People are found by typing into the scan line";
    nothing_planned: "没有时段", "no slot";
    due: "应拍", "Due";
    came: "来的是", "Came";
    nobody_due: "队里没有人", "Nobody in line";
    coming: "接下来", "next";
    last_one: "上一位", "last";
    none: "无", "none";
    frames_wanted: "本班拍完请摄影师报张数", "ask for the frame count after the class";
    shift_warning: "若先拍该生而不登记，后面照片将全部错位。", "Unrecorded, every later photograph would go to the wrong person.";
    paused: "已暂停", "paused";
    college: "学院", "College";
    as_of: "截至", "as of";
    worst: "最要紧的异常", "Worst findings";
    no_findings: "没有异常", "No findings";
    no_rooms: "还没有采集点：先导入时段表", "No rooms yet: import a schedule first";
    choose_room: "先选采集点（↑↓ 回车）", "Choose a room first (arrows, Enter)";
    too_small: "窗口小于 80×24，请放大；扫码照常记录", "Window below 80×24, please enlarge; scans are still taken";
    affected: "涉及", "concerns";
    choices: "可以", "can be done";
    enter_mark: "（回车）", " (Enter)";
    foot_list: "↑↓ 选择   回车 确定   Esc 返回", "arrows choose   Enter takes   Esc back";
    foot_field: "回车 确定   Esc 返回", "Enter takes   Esc back";
    foot_form: "Tab 下一项   回车 确定   Esc 返回", "Tab next field   Enter takes   Esc back";
    foot_later: "回车 确定   Esc 稍后", "Enter takes   Esc later";
    help: "帮助", "Help";
    help_field: "键入以筛选", "type to filter";
    quit: "退出", "Quit";
    quit_ask: "要退出吗？已记的都在，随时可以接着来。", "Quit? Everything recorded is kept.";
    stay: "留下", "Stay";
    yes_quit: "退出", "Quit";
    undo: "撤销", "Undo";
    colon: "：", ": ";
    undo_ask: "将撤销（可用 Ctrl+Y 恢复）：", "This will be undone (Ctrl+Y brings it back):";
    closed: "已收场（再扫码就接着拍）", "closed (a scan goes on)";
    redo_late: "撤销以后又记了别的，不能恢复：照原样再做一次", "something else was recorded since: do it again instead";
    redo_ask: "将恢复：", "This comes back:";
    undo_nothing: "没有可撤销的", "Nothing to undo";
    redo: "恢复", "Redo";
    done_undo: "✓ 已撤销", "✓ undone";
    done_redo: "✓ 已恢复", "✓ brought back";
    pick: "是哪一位？", "Which one?";
    pick_hint: "先用 ↑↓ 选定，再回车", "choose with the arrows first, then Enter";
    no_key: "此人没有学号或证件号，请用号牌", "This person has no number or document: use the card";
    register: "登记", "Register";
    register_title: "登记：不在名单上的同学", "Register someone on no list";
    name: "姓名", "Name";
    code: "学号或末四位", "Student no. or last four";
    class: "班级", "Class";
    name_needed: "请写姓名", "A name is needed";
    reasons: "暂缓：为什么？", "Set aside: why?";
    nobody_on_card: "先扫这位同学", "Scan the student first";
    hand_ask: "手里下一张是几号？", "Which number is next in hand?";
    hand_same: "✓ 号牌与屏幕一致", "✓ hand and screen agree";
    hand_differs: "手里与屏幕不一致", "Hand and screen differ";
    hand_odd: "这不是本采集点的号", "Not a card of this room";
    hand_later: "稍后再核", "Later";
    hand_people: "可能拿错的同学", "May hold the wrong card";
    count_title: "摄影师报张数：相机上显示几号？", "What does the camera's counter show?";
    number_needed: "请写数字", "A number is needed";
    backfill_title: "补记：号牌、范围（0422B-0431B）或学号", "Shot unscanned: card, range (0422B-0431B) or student no.";
    void_title: "作废上一张：为什么？", "Void the last shot: why?";
    claim_title: "认领：这位是名单上的谁？（学号、姓名）", "Claim: who on the list is it? (number, name)";
    bind_title: "这是谁的码？（学号、姓名，或扫他的证件）", "Whose code is this? (number, name, or scan their card)";
    choose_title: "怎么处理？", "What was it?";
    settled: "✓ 已处理", "✓ settled";
    left_open: "未处理，留在异常里", "left open, among the findings";
    next_card: "下一张", "next card";
    waiting_back: "人待回来", "to come back";
    of_call: "预计", "expected";
    switch_door: "入场口", "Door";
    switch_desk: "签到台", "Desk";
    task_undo: "撤销上一步", "Undo the last step";
    task_redo: "恢复撤销的", "Redo";
    task_theme: "深色 / 浅色 / 高对比", "Dark / light / high contrast";
    task_plain_signs: "线条和符号改用 ASCII（老控制台）", "Plain ASCII lines and marks (old consoles)";
    task_hand: "核对手里号牌", "Check the hand";
    task_pay: "现场缴费", "Fee paid here";
    task_back: "返回（暂缓的回来了）", "Came back";
    task_retake: "重拍", "Retake";
    beside: "＋", "+";
    nobody_shot: "这里还没有人拍过", "nobody was photographed here yet";
    task_count: "报张数", "Frame count";
    task_test: "试拍一张", "Test shot";
    task_pass: "过号", "Pass over";
    task_backfill: "补记", "Shot unscanned";
    task_pause: "暂停 / 恢复", "Pause / resume";
    task_collect: "收号牌 / 回入场口", "Collect cards / back to the door";
    collect: "收号", "Cards back";
    collect_prompt: "收号牌：扫号牌或学号；Ctrl+U 回入场口", "Cards back: scan card or student no.; Ctrl+U back to the door";
    no_collecting: "本批次不收号牌", "cards are not collected in this campaign";
    task_void: "作废上一张", "Void last shot";
    task_read_folder: "读照片文件夹", "Read a folder";
    task_one_more: "这张算重拍", "One more of them";
    task_not_them: "不是本人", "Not them";
    task_no_photo: "无照片", "No picture";
    task_drop: "这张不要", "Nobody's picture";
    task_swap: "互换", "Swap";
    task_shift: "平移", "Shift";
    task_class: "全班已签字", "Class signed";
    task_prove: "逐张核对脸", "Face after face";
    task_offset: "相机时差", "Clock difference";
    task_viewer: "用系统看图打开", "System viewer";
    task_pictures: "图片显示方式", "How pictures are drawn";
    task_copy: "复制照片", "Copy pictures";
    card_number: "号牌", "Card";
    other_room: "应在", "belongs to";
    done: "✓ 已记", "✓ recorded";
    minutes: "分钟", "min";
    person_unit: "人", "";
}

/// The table of a language.
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}

/// The reasons of 暂缓, as they are written down and as they are shown.
pub const REASONS: [(&str, &str); 6] = [
    ("未带证件", "no document"),
    (NO_CODE, "no collection code"),
    (UNPAID, "not paid"),
    ("着装妆发", "clothes or make-up"),
    ("信息不符", "data differ"),
    ("其他", "other"),
];

/// Set aside until their code is there.
pub const NO_CODE: &str = "无采集码";
/// The reason that goes once the fee is paid.
pub const UNPAID: &str = "未缴费";

/// The reasons for voiding a shot.
pub const VOID_REASONS: [(&str, &str); 4] =
    [("拍错了人", "wrong person"), (NO_FRAME[0], "no frame was taken"), (NO_FRAME[1], "scanned by mistake"), ("其他", "other")];

impl Words {
    fn pick(&self, zh: String, en: String) -> String {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A reason in this language.
    pub fn reason(&self, reason: &(&'static str, &'static str)) -> &'static str {
        match self.lang {
            Lang::Zh => reason.0,
            Lang::En => reason.1,
        }
    }

    /// `11B105·B机位`
    pub fn camera(&self, room: &str, series: &str) -> String {
        if series.is_empty() { room.to_owned() } else { self.pick(format!("{room}·{series}机位"), format!("{room}·{series}")) }
    }

    /// A room has no slot today, and when it has.
    pub fn on_another_date(&self, date: NaiveDate) -> String {
        self.pick(format!("时段在 {date}，不是今天"), format!("not today but {date}"))
    }

    /// What to do next, told to the student.
    pub fn queue_up(&self, token: &str, room: &str) -> String {
        self.pick(format!("请发号牌 {token}，到 {room} 门口排队"), format!("Give card {token}; queue outside {room}"))
    }

    /// Somebody to be looked at aside, whose number counts as handed out.
    pub fn aside_with(&self, token: &str) -> String {
        self.pick(format!("请到旁边核对；号牌 {token} 已记，照发"), format!("Please step aside; card {token} is theirs"))
    }

    /// A card that nobody was given was scanned at the desk.
    pub fn card_not_out(&self, token: &str) -> String {
        self.pick(
            format!("号牌 {token} 还没发给谁：号对不上就按 F7 核对"),
            format!("card {token} is nobody's yet: F7 checks the cards in hand"),
        )
    }

    /// Somebody is claimed to be one of another name.
    pub fn claim_differs(&self, registered: &str, listed: &str) -> String {
        self.pick(
            format!("名字不同：登记的是 {registered}，名单上是 {listed}；是他就再按回车"),
            format!("another name: registered as {registered}, listed as {listed}; Enter again if it is them"),
        )
    }

    /// A card was held up that its owner was given another one for.
    pub fn card_of_before(&self, token: &str) -> String {
        self.pick(format!("亮的是旧号牌 {token}，已作废：收回来"), format!("card {token} is void by now: take it back"))
    }

    /// ` 等 4 人`, behind the first of several.
    pub fn and_others(&self, people: usize) -> String {
        if people < 2 { String::new() } else { self.pick(format!(" 等 {people} 人"), format!(" and {} more", people - 1)) }
    }

    /// The same of somebody who was scanned again: no second card.
    pub fn has_card(&self, token: &str, room: &str) -> String {
        self.pick(format!("号牌 {token} 已发过，到 {room} 门口排队"), format!("has card {token} already; queue outside {room}"))
    }

    /// `✗ 2 项`
    pub fn troubles(&self, n: usize) -> String {
        self.pick(format!("✗ {n} 项"), format!("✗ {n} wrong"))
    }

    /// `另 37 场核对中`
    pub fn still_judging(&self, n: usize) -> String {
        self.pick(format!("另 {n} 场核对中"), format!("checking {n} more"))
    }

    /// `128 人/时`
    pub fn pace(&self, per_hour: u32, seconds: u32) -> String {
        self.pick(format!("{per_hour} 人/时 {seconds} 秒/人"), format!("{per_hour}/h {seconds} s each"))
    }

    /// When the slot really ends.
    pub fn ends(&self, at: &str, slip: i64) -> String {
        let zh = match slip {
            0 => "准时".to_owned(),
            s if s > 0 => format!("晚 {s} 分"),
            s => format!("早 {} 分", -s),
        };
        let en = match slip {
            0 => "on time".to_owned(),
            s if s > 0 => format!("{s} min late"),
            s => format!("{} min early", -s),
        };
        self.pick(format!("本时段预计 {at} 结束（{zh}）"), format!("slot ends about {at} ({en})"))
    }

    /// `9:53 通知 国贸171、172`
    pub fn call(&self, at: &str, classes: &str) -> String {
        self.pick(format!("{at} 通知 {classes}"), format!("call {classes} at {at}"))
    }

    /// The time for it has come.
    pub fn call_now(&self, classes: &str) -> String {
        self.pick(format!("现在通知 {classes}"), format!("call {classes} now"))
    }

    /// `电商172 9:40 起，还未到 6 人`
    pub fn late(&self, classes: &str, start: &str, n: usize) -> String {
        self.pick(format!("{classes} {start} 起，还未到 {n} 人"), format!("{classes} since {start}: {n} not here"))
    }

    /// `暂缓 1 人待回来：陈博文`
    pub fn to_come_back(&self, names: &[String]) -> String {
        let (n, names) = (names.len(), super::label::people(self.lang, names));
        self.pick(format!("暂缓 {n} 人待回来：{names}"), format!("{n} set aside, to come back: {names}"))
    }

    /// `暂缓：无采集码  6 分钟`
    pub fn aside(&self, reason: &str, minutes: i64) -> String {
        let shown = REASONS.iter().find(|r| r.0 == reason).map_or(reason, |r| self.reason(r));
        self.pick(format!("暂缓：{shown}  {minutes} 分钟"), format!("set aside: {shown}, {minutes} min"))
    }

    /// `无采集码 6 分钟`, in a list.
    pub fn aside_short(&self, reason: &str, minutes: i64) -> String {
        let shown = REASONS.iter().find(|r| r.0 == reason).map_or(reason, |r| self.reason(r));
        self.pick(format!("{shown} {minutes} 分钟"), format!("{shown}, {minutes} min"))
    }

    /// `应到 33（免拍 1）  已到 15`
    pub fn class_counts(&self, expected: usize, exempt: usize, arrived: usize) -> String {
        let zh = if exempt > 0 { format!("（免拍 {exempt}）") } else { String::new() };
        let en = if exempt > 0 { format!(" ({exempt} exempt)") } else { String::new() };
        self.pick(format!("应到 {expected}{zh}  已到 {arrived}"), format!("expected {expected}{en}  here {arrived}"))
    }

    /// `（其中免拍 1）`: people who were photographed and need no picture; nothing where there are none.
    pub fn of_these_excused(&self, n: usize) -> String {
        if n > 0 { self.pick(format!("（其中免拍 {n}）"), format!(" ({n} exempt)")) } else { String::new() }
    }

    /// `10:50 起 国贸171（调班）`
    pub fn moved_at(&self, class: &str, start: &str) -> String {
        self.pick(format!("{start} 起 {class}（调班）"), format!("{class} from {start} (moved)"))
    }

    /// `18 号`: the place in the class.
    pub fn place(&self, n: usize) -> String {
        self.pick(format!("{n} 号"), format!("no. {n}"))
    }

    /// `前面还有 2 人：…`
    pub fn before(&self, n: usize, people: &str) -> String {
        self.pick(format!("前面还有 {n} 人：{people}"), format!("{n} before: {people}"))
    }

    /// The choices of the red screen, with the number of people they are about; others keep their general label.
    pub fn choice(&self, choice: Choice, n: usize) -> Option<String> {
        let (zh, en) = match choice {
            Choice::SendBack => ("请该生归队".to_owned(), "Back to the queue".to_owned()),
            Choice::Backfill => (format!("补记：前面 {n} 人已拍、漏扫"), format!("The {n} before were shot, unscanned")),
            Choice::OthersFollow => (format!("后面的先拍，前面 {n} 人随后"), format!("This one first, the {n} follow")),
            Choice::PassOver => ("过号：前面的人不在，以后补拍".to_owned(), "Pass over: the others are absent".to_owned()),
            Choice::Exchange => ("号牌拿错，互换登记".to_owned(), "Cards mixed up, swap".to_owned()),
            Choice::TakenEarly => ("提前拍（老师同意）".to_owned(), "Taken early (teacher agrees)".to_owned()),
            _ => return None,
        };
        Some(self.pick(zh, en))
    }

    /// The number on the screen and the one in hand.
    pub fn hand(&self, screen: &str, hand: &str) -> String {
        self.pick(format!("屏幕：{screen}    手里：{hand}"), format!("screen: {screen}    hand: {hand}"))
    }

    /// How many people a line fits.
    pub fn fits(&self, text: &str, n: usize) -> String {
        self.pick(format!("“{text}” 有 {n} 位"), format!("“{text}” fits {n}"))
    }

    /// What an action is called once it is done.
    pub fn done(&self, act: &Act) -> &'static str {
        let (zh, en) = match act {
            Act::Arrived { .. } => ("已签到", "signed in"),
            Act::Signed { .. } => ("已签名", "signature taken"),
            Act::Issued { .. } => ("已发号", "card given"),
            Act::Entered { .. } => ("已进场", "called in"),
            Act::Shot { .. } => ("已拍", "shot"),
            Act::CameBack { .. } => ("已返回", "came back"),
            Act::Returned { .. } => ("已交号", "card back"),
            other => fact::act_words(other),
        };
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// What an arrival is called, for undo.
    pub fn verb_arrived(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "签到",
            Lang::En => "sign-in",
        }
    }

    /// What a fact is called, for undo.
    pub fn verb(&self, fact: &Fact) -> &'static str {
        fact::verb(self.lang, fact)
    }
}
