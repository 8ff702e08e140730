//! The one table of keys: dispatch, footer and help all read it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::ui::words::amend::{self, Deed};
use crate::ui::words::clock_screen;
use crate::ui::words::errand::{self, Asked};
use crate::ui::words::eve;
use crate::ui::words::roster_screen;
use crate::ui::words::screen::Words;
use crate::ui::words::settings_screen;
use crate::ui::words::welcome_screen;

/// Where we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// 总览
    Dashboard,
    /// 签到台
    Desk,
    /// 入场口
    Door,
    /// 异常
    Findings,
    /// 照片核对
    Photos,
    /// 日志
    Journal,
    /// 自检
    Checkup,
    /// 明天
    Tomorrow,
    /// 叫号屏
    Board,
    /// 名单
    Roster,
    /// 对时屏
    Clock,
    /// 设置
    Settings,
}

impl Screen {
    /// True where printable keys go to a scan line.
    pub fn scans(self) -> bool {
        matches!(self, Self::Desk | Self::Door)
    }
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // each is labelled in `label`
pub enum Task {
    Help,
    Switch,
    Dashboard,
    Findings,
    SetAside,
    Hand,
    Pay,
    Register,
    ComeBack,
    Retake,
    Count,
    TestShot,
    PassOver,
    Backfill,
    Pause,
    Collect,
    Void,
    Photos,
    Tomorrow,
    PrintPack,
    Board,
    Roster,
    Card,
    Reveal,
    Amend(Deed),
    ReadFolder,
    OneMore,
    NotThem,
    NoPhoto,
    Drop,
    Swap,
    Shift,
    ClassSigned,
    Prove,
    Offset,
    Viewer,
    Pictures,
    Copy,
    Undo,
    Redo,
    Theme,
    PlainSigns,
    Errand(Asked),
    Journal,
    Checkup,
    ClockScreen,
    Settings,
    Import,
    NewCampaign,
    OpenCampaign,
    Quit,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// What it does.
    pub task: Task,
    /// Its function key; 0 for none.
    pub f: u8,
    /// Its Ctrl twin, or [`DELETE`]; [`NO_KEY`] for none: it is found in the list of F1.
    pub ctrl: char,
    /// Where it works.
    pub screens: &'static [Screen],
}

use Screen::{Board, Checkup, Clock, Dashboard, Desk, Door, Findings, Journal, Photos, Roster, Settings, Tomorrow};

const ALL: &[Screen] = &[Dashboard, Desk, Door, Findings, Photos, Journal, Checkup, Tomorrow, Board, Roster, Clock, Settings];

const fn key(task: Task, f: u8, ctrl: char, screens: &'static [Screen]) -> Key {
    Key { task, f, ctrl, screens }
}

/// What is seldom done has no key of its own.
pub const NO_KEY: char = '\0';

/// The Delete key, where no text is typed; Ctrl and a letter are all taken there.
pub const DELETE: char = '\u{7f}';

/// All keys. Ctrl with h, i, j, m and [ are Backspace, Tab and Enter to a terminal: never used.
pub const KEYS: &[Key] = &[
    key(Task::Help, 1, 'p', ALL),
    key(Task::Switch, 2, 't', ALL),
    key(Task::Dashboard, 3, 'g', &[Desk, Door, Findings, Photos, Journal, Checkup, Tomorrow, Board, Roster, Clock, Settings]),
    key(Task::Roster, 4, 's', &[Dashboard, Desk, Door, Findings, Tomorrow]),
    key(Task::Photos, 8, 'w', &[Dashboard, Findings]),
    key(Task::Photos, 0, 'w', &[Desk, Door]),
    key(Task::Card, 0, NO_KEY, &[Desk, Door]),
    key(Task::Reveal, 0, 'v', &[Roster]),
    key(Task::Amend(Deed::Correct), 0, NO_KEY, &[Roster]),
    key(Task::Amend(Deed::Reissue), 0, NO_KEY, &[Roster]),
    key(Task::Amend(Deed::Exchange), 0, NO_KEY, &[Roster]),
    key(Task::Amend(Deed::SetAside), 0, NO_KEY, &[Roster]),
    key(Task::Amend(Deed::ComeBack), 0, NO_KEY, &[Roster]),
    key(Task::Amend(Deed::Void), 0, NO_KEY, &[Roster]),
    key(Task::ReadFolder, 4, 'w', &[Photos]),
    key(Task::Findings, 5, 'e', &[Dashboard, Desk, Door, Photos, Journal, Checkup, Roster]),
    key(Task::SetAside, 6, 'd', &[Desk]),
    key(Task::SetAside, 0, 'd', &[Door]),
    key(Task::Hand, 7, 'n', &[Desk]),
    key(Task::Pay, 8, 'f', &[Desk]),
    key(Task::Register, 9, 'r', &[Desk]),
    key(Task::ComeBack, 0, 'b', &[Desk]),
    key(Task::Retake, 6, 'r', &[Door]),
    key(Task::Count, 7, 'n', &[Door]),
    key(Task::TestShot, 8, 'a', &[Door]),
    key(Task::PassOver, 9, 'k', &[Door]),
    key(Task::Backfill, 10, 'b', &[Door]),
    key(Task::Pause, 0, 'o', &[Door]),
    key(Task::Collect, 0, 'u', &[Door]),
    key(Task::Void, 0, 'x', &[Door]),
    key(Task::OneMore, 6, 'r', &[Photos]),
    key(Task::NotThem, 0, DELETE, &[Photos]),
    key(Task::NoPhoto, 7, 'n', &[Photos]),
    key(Task::Drop, 8, 'd', &[Photos]),
    key(Task::Swap, 9, 'x', &[Photos]),
    key(Task::Shift, 0, 'b', &[Photos]),
    key(Task::ClassSigned, 0, 'k', &[Photos]),
    key(Task::Prove, 0, 'f', &[Photos]),
    key(Task::Offset, 0, 'a', &[Photos]),
    key(Task::Viewer, 0, 'o', &[Photos]),
    key(Task::Pictures, 0, 's', &[Photos]),
    key(Task::Tomorrow, 0, NO_KEY, &[Dashboard, Desk, Door, Findings, Photos]),
    key(Task::PrintPack, 0, NO_KEY, &[Dashboard, Tomorrow]),
    key(Task::Board, 0, NO_KEY, &[Dashboard, Desk, Door, Tomorrow]),
    key(Task::Copy, 0, 'u', &[Photos]),
    key(Task::Undo, 0, 'z', ALL),
    key(Task::Redo, 0, 'y', ALL),
    key(Task::Theme, 11, 'l', ALL),
    key(Task::PlainSigns, 0, NO_KEY, ALL),
    key(Task::Errand(Asked::Telephone), 0, NO_KEY, &[Dashboard, Desk, Door, Findings]),
    key(Task::Errand(Asked::Clock), 0, NO_KEY, &[Desk, Door]),
    key(Task::ClockScreen, 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::Card), 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::Camera), 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::MoveClass), 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::Duty), 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::Open), 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::Paper), 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::Close), 0, NO_KEY, &[Desk, Door]),
    key(Task::Errand(Asked::HandOut), 6, 'o', &[Dashboard]),
    key(Task::Errand(Asked::HandOut), 0, NO_KEY, &[Desk, Door, Findings, Photos, Roster, Tomorrow]),
    key(Task::Errand(Asked::BackUp), 0, NO_KEY, &[Dashboard, Desk, Door, Checkup, Tomorrow]),
    key(Task::Journal, 0, NO_KEY, &[Dashboard, Desk, Door, Findings, Photos, Checkup, Roster]),
    key(Task::Checkup, 12, 'v', &[Dashboard, Desk, Door, Findings, Photos, Journal, Tomorrow]),
    key(Task::Checkup, 12, NO_KEY, &[Roster]),
    key(Task::Checkup, 12, 'v', &[Settings]),
    key(Task::Settings, 12, 'v', &[Checkup]),
    key(Task::Settings, 0, NO_KEY, &[Dashboard, Desk, Door, Findings, Photos, Journal, Tomorrow, Board, Roster]),
    key(Task::Quit, 10, 'q', &[Dashboard, Desk, Findings, Photos, Journal, Checkup, Tomorrow, Board, Roster, Clock, Settings]),
    key(Task::Import, 0, NO_KEY, ALL),
    key(Task::NewCampaign, 0, NO_KEY, ALL),
    key(Task::OpenCampaign, 0, NO_KEY, ALL),
    key(Task::Quit, 0, 'q', &[Door]),
];

impl Key {
    /// `F5` or `Ctrl+Z`; empty without a key.
    pub fn name(&self) -> String {
        if self.f > 0 { format!("F{}", self.f) } else { self.ctrl_name() }
    }

    /// `Ctrl+Z`; empty without one.
    pub fn ctrl_name(&self) -> String {
        match self.ctrl {
            NO_KEY => String::new(),
            DELETE => "Delete".to_owned(),
            letter => format!("Ctrl+{}", letter.to_ascii_uppercase()),
        }
    }
}

/// The keys of a screen.
pub fn of(screen: Screen) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |k| k.screens.contains(&screen))
}

/// What a key press does on a screen.
pub fn task(screen: Screen, event: &KeyEvent) -> Option<Task> {
    let found = match event.code {
        KeyCode::F(n) => of(screen).find(|k| k.f == n),
        KeyCode::Char('c' | 'C') if event.modifiers.contains(KeyModifiers::CONTROL) => return Some(Task::Quit),
        KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => of(screen).find(|k| k.ctrl == c.to_ascii_lowercase()),
        _ => None,
    };
    found.map(|k| k.task)
}

/// The key of a task on a screen.
pub fn find(screen: Screen, task: Task) -> Option<&'static Key> {
    of(screen).find(|k| k.task == task)
}

/// What a task is called, how its Chinese is typed in pinyin, and what people say instead.
pub fn label(task: Task, screen: Screen, words: &Words) -> (&'static str, &'static str) {
    match task {
        Task::Help => (words.help, "bangzhu bz"),
        Task::Switch if screen == Desk => (words.switch_door, "ruchangkou rck"),
        Task::Switch => (words.switch_desk, "qiandaotai qdt"),
        Task::Dashboard => (words.dashboard, "zonglan zl"),
        Task::Findings => (words.findings, "yichang yc"),
        Task::SetAside => (words.set_aside, "zanhuan zh 待会儿 没带证件 无采集码"),
        Task::Hand => (words.task_hand, "hedui hd haopai 改号 缺号 gaihao quehao 号对不上"),
        Task::Pay => (words.task_pay, "xianchangjiaofei xcjf 补交"),
        Task::Register => (words.register, "dengji dj 名单外 没有这个人 不在名单"),
        Task::ComeBack => (words.task_back, "fanhui fh 回来了 待回来"),
        Task::Retake => (words.task_retake, "chongpai cp 多拍一张 闪了两次 双闪"),
        Task::Count => (words.task_count, "baozhangshu bzs jishu 计数 张数 文件号"),
        Task::TestShot => (words.task_test, "shipai sp"),
        Task::PassOver => (words.task_pass, "guohao gh 人不在 叫不到"),
        Task::Backfill => (words.task_backfill, "buji bj 漏扫 忘了扫 已拍没扫"),
        Task::Pause => (words.task_pause, "zanting huifu zt hf 午休 停电 休息"),
        Task::Collect => (words.task_collect, "shouhaopai sh shp jiaohao jh 交号 交回 jiaohui give back return cards"),
        Task::Void => (words.task_void, "zuofei zf 拍错了"),
        Task::Photos => (words.photos, "zhaopianhedui zphd"),
        Task::Tomorrow => (eve::tomorrow(words.lang), "mingtian mt zhunbei 准备 前一天 未缴费 未核对 还差什么"),
        Task::PrintPack => (eve::print_pack(words.lang), "dayinbao dyb dayin 签到表 签名表 应急表"),
        Task::Board => (eve::board(words.lang), "jiaohaoping jhp 大屏 第二块屏"),
        Task::Roster => (roster_screen::roster(words.lang), "mingdan md zhaoren"),
        Task::Card => (roster_screen::card(words.lang), "xueshengkapian xskp kapian"),
        Task::Amend(deed) => (amend::name(words.lang, deed), amend::pinyin(deed)),
        Task::Reveal => (roster_screen::reveal(words.lang), "xianshizhengjianhao xszjh zhengjian"),
        Task::ReadFolder => (words.task_read_folder, "duzhaopian dzp wenjianjia"),
        Task::OneMore => (words.task_one_more, "chongpai cp"),
        Task::NotThem => (words.task_not_them, "bushibenren bsbr bushi 认错"),
        Task::NoPhoto => (words.task_no_photo, "wuzhaopian wzp"),
        Task::Drop => (words.task_drop, "buyao by"),
        Task::Swap => (words.task_swap, "huhuan hh"),
        Task::Shift => (words.task_shift, "pingyi py"),
        Task::ClassSigned => (words.task_class, "quanban qb qianzi"),
        Task::Prove => (words.task_prove, "zhuzhanghedui hedui hd zhengshi"),
        Task::Offset => (words.task_offset, "xiangjishicha xjsc shicha"),
        Task::Viewer => (words.task_viewer, "xitong kantu kt dakai"),
        Task::Pictures => (words.task_pictures, "tupian tp xianshi"),
        Task::Copy => (words.task_copy, "fuzhizhaopian fzzp"),
        Task::Undo => (words.task_undo, "chexiao cx"),
        Task::Redo => (words.task_redo, "huifu hf chongzuo cz"),
        Task::Theme => (words.task_theme, "shense qianse yanse ss qs ys 颜色 高对比 主题"),
        Task::PlainSigns => (words.task_plain_signs, "biankuang bk fuhao fh ascii 线条 对不齐 乱码 方框 老控制台"),
        Task::Errand(asked) => (errand::ask(words.lang, asked).0, errand::pinyin(asked)),
        Task::Journal => (words.journal, "rizhi rz"),
        Task::Checkup => (words.checkup, "zijian zj saomaqiang 扫码枪 doctor"),
        Task::ClockScreen => (clock_screen::title(words.lang), "duishiping dsp erweima 二维码 大钟"),
        Task::Settings => (settings_screen::title(words.lang), "shezhi sz pianhao 偏好 语言 颜色 铃声 鼠标 yuyan lingsheng"),
        Task::Import => (welcome_screen::import(words.lang), "daoruwenjian dr drwj anpaibiao mingdan 安排表 名单 缴费"),
        Task::NewCampaign => (welcome_screen::new_campaign(words.lang), "xinjianpici xj xjpc"),
        Task::OpenCampaign => (welcome_screen::open_campaign(words.lang), "dakailingyigepici dk dkpc"),
        Task::Quit => (words.quit, "tuichu tc"),
    }
}

/// The keys of a screen whose Chinese, pinyin or English name, or what people say instead, contains the text, those with a word that
/// begins so first; of everything, what was `used` most comes first.
pub fn listed(screen: Screen, filter: &str, used: &[(Task, u32)]) -> Vec<&'static Key> {
    let mut keys = matching(screen, filter);
    let times = |task: Task| used.iter().find(|(t, _)| *t == task).map_or(0, |(_, n)| *n);
    if filter.trim().is_empty() {
        // The sort is stable: the rest stays as in the table.
        keys.sort_by_key(|k| std::cmp::Reverse(times(k.task)));
    }
    keys
}

/// What of other screens fits the filter: where it is, and its key.
pub fn elsewhere(screen: Screen, filter: &str) -> Vec<(Screen, &'static Key)> {
    let here = |task: Task| of(screen).any(|k| k.task == task);
    let mut found: Vec<(Screen, &Key)> = Vec::new();
    for other in [Screen::Desk, Screen::Door, Screen::Dashboard, Screen::Roster, Screen::Photos].into_iter().filter(|s| *s != screen) {
        for key in matching(other, filter) {
            if !here(key.task) && found.iter().all(|(_, k)| k.task != key.task) {
                found.push((other, key));
            }
        }
    }
    found
}

fn matching(screen: Screen, filter: &str) -> Vec<&'static Key> {
    use crate::ui::words::{Lang, screen};
    let wanted = filter.trim().to_lowercase();
    let names = |k: &Key| {
        let (zh, pinyin) = label(k.task, screen, screen::of(Lang::Zh));
        let (en, _) = label(k.task, screen, screen::of(Lang::En));
        [zh.to_lowercase(), pinyin.to_owned(), en.to_lowercase(), k.name().to_lowercase()]
    };
    let mut found: Vec<&Key> = of(screen).filter(|k| names(k).iter().any(|t| t.contains(&wanted))).collect();
    // `gz` is 更正 before it is the end of bang-zhu.
    found.sort_by_cached_key(|k| !names(k).iter().any(|t| t.split(' ').any(|word| word.starts_with(&wanted))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_on_one_screen() {
        for screen in ALL {
            let keys: Vec<_> = of(*screen).collect();
            for (i, a) in keys.iter().enumerate() {
                for b in &keys[i + 1..] {
                    assert!(a.f == 0 || a.f != b.f, "{a:?} {b:?}");
                    assert!(a.ctrl == NO_KEY || a.ctrl != b.ctrl, "{a:?} {b:?}");
                }
                assert!(!"chijm[".contains(a.ctrl), "{a:?} is another key to a terminal");
            }
        }
    }

    #[test]
    fn help_is_found_in_chinese_pinyin_and_english() {
        for text in ["暂缓", "zanh", "set as", "F6"] {
            let found: Vec<Task> = matching(Desk, text).iter().map(|k| k.task).collect();
            assert_eq!(found.first(), Some(&Task::SetAside), "{text}");
            assert!(found.len() <= 2, "{text}: {found:?}");
        }
    }

    #[test]
    fn the_manual_has_every_key_as_the_table_has_it() {
        use crate::ui::words::{Lang, screen};
        let manual = include_str!("../../../docs/手册.md");
        let words = screen::of(Lang::Zh);
        let mut lacking = Vec::new();
        for key in KEYS {
            let places: Vec<&str> =
                key.screens.iter().map(|s| if key.screens.len() == ALL.len() { "所有屏幕" } else { place(*s) }).collect();
            let f = if key.f > 0 { format!("F{}", key.f) } else { String::new() };
            let mut names: Vec<&str> = Vec::new();
            for name in key.screens.iter().map(|s| label(key.task, *s, words).0) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let place = if key.screens.len() == ALL.len() { places[0].to_owned() } else { places.join("、") };
            let line = format!("| {f} | {} | {place} | {} |", key.ctrl_name(), names.join("、"));
            if !manual.contains(&line) {
                lacking.push(line);
            }
        }
        assert!(lacking.is_empty(), "the manual lacks\n{}", lacking.join("\n"));
    }

    fn place(screen: Screen) -> &'static str {
        match screen {
            Dashboard => "总览",
            Desk => "签到台",
            Door => "入场口",
            Findings => "异常",
            Photos => "照片核对",
            Journal => "日志",
            Checkup => "自检",
            Tomorrow => "明天",
            Board => "叫号屏",
            Roster => "名单",
            Clock => "对时屏",
            Settings => "设置",
        }
    }
}
