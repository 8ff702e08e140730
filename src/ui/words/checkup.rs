//! Words of 自检: each point in a sentence with what helps, and what the scanner's trial came to.

use super::{Lang, error};
use crate::desk::checkup::{Point, State};
use crate::domain::zone::Zone;

/// `✓`, `!` or `✗`.
pub fn mark(state: State) -> &'static str {
    match state {
        State::Good => "✓",
        State::Look => "!",
        State::Bad => "✗",
    }
}

/// A point and what helps where it is not as it should be.
pub fn point(lang: Lang, point: &Point) -> (String, String) {
    let hint = |zh: &str, en: &str| if point.state() == State::Good { String::new() } else { lang.pick(zh, en).to_owned() };
    match point {
        Point::Program { version, system } => {
            (lang.pick(format!("对号 {version} · {system}"), format!("duihao {version} · {system}")), String::new())
        }
        Point::Database { path, entries, people, writable } => {
            let place = path.as_ref().map_or_else(|| lang.pick("内存", "memory").to_owned(), |p| p.display().to_string());
            let only = if *writable { "" } else { lang.pick("（只读）", " (read-only)") };
            let what = lang.pick(
                format!("数据库{only} {people} 人，日志 {entries} 条：{place}"),
                format!("database{only}: {people} people, {entries} entries: {place}"),
            );
            (what, hint("另一个程序正在写，或者盘不能写", "another program is writing, or the disk takes nothing"))
        }
        Point::NoDatabase(path) => {
            let path = path.display();
            let what = lang.pick(format!("还没有数据库：{path}"), format!("no database yet: {path}"));
            (what, hint("先 duihao new 新建批次", "make a campaign first: duihao new"))
        }
        Point::Unreadable(why) | Point::NoCommit(why) => error::say(lang, why),
        Point::Commit { middle, slowest } => {
            let (middle, slowest) = (ms(*middle), ms(*slowest));
            let what = lang.pick(
                format!("一次扫码写进硬盘：{middle} 毫秒（最慢 {slowest}）"),
                format!("a scan is on the disk after {middle} ms (slowest {slowest})"),
            );
            (what, hint("这块盘很慢：换到本机硬盘，不要用 U 盘或网络盘", "a slow disk: use the laptop's own, no stick or network folder"))
        }
        Point::Space(None) => (lang.pick("硬盘剩余空间：系统没有说", "free space: not told by the system").to_owned(), String::new()),
        Point::Space(Some(bytes)) => {
            let free = *bytes as f64 / f64::from(1 << 30);
            let what = lang.pick(format!("硬盘剩余 {free:.1} GB"), format!("{free:.1} GB free on the disk"));
            (what, hint("空间不多了：照片可能放不下", "little is left: photographs may not fit"))
        }
        Point::Clock { now, ahead } => {
            let zone = Zone::default();
            let when = |at: i64| zone.local(at).format("%Y-%m-%d %H:%M:%S").to_string();
            let what = match ahead {
                None => lang.pick(format!("电脑时间 {}（北京时间）", when(*now)), format!("clock {} (Beijing)", when(*now))),
                Some(later) => lang.pick(
                    format!("电脑时间 {}，比已有记录 {} 还早", when(*now), when(*later)),
                    format!("clock {}, before the newest entry {}", when(*now), when(*later)),
                ),
            };
            (what, hint("校准这台电脑的时间", "set this laptop's clock"))
        }
        Point::Home { path, writable } => {
            let path = path.display();
            let what = lang.pick(format!("个人设置 {path}"), format!("preferences {path}"));
            let what = if *writable { what } else { format!("{what}{}", lang.pick(" 不能写", " cannot be written")) };
            (what, hint("设置记不住；数据不受影响", "preferences are forgotten; data are not touched"))
        }
    }
}

fn ms(us: i64) -> String {
    format!("{:.1}", us as f64 / 1_000.0)
}

/// Heading of the scanner's trial.
pub fn scanner_title(lang: Lang) -> &'static str {
    lang.pick("扫码枪：请扫任意一个码（这里扫的不记入现场）", "Scanner: scan any code (nothing is recorded here)")
}

/// What the trial came to: what arrived, and how quickly.
pub fn scanner_result(lang: Lang, text: &str, gap: i64, limit: i64) -> [String; 2] {
    let n = text.chars().count();
    let shown = super::label::code(text);
    let first = lang.pick(
        format!("收到 {shown}（{n} 个字符），键间最慢 {gap} 毫秒"),
        format!("received {shown} ({n} characters), at most {gap} ms between keys"),
    );
    let second = lang.pick(
        format!("本机按 {limit} 毫秒以内识别为扫码枪；少了字母就按 Shift 切到英文输入"),
        format!("keys within {limit} ms count as a scan here; if letters are missing, switch the input method with Shift"),
    );
    [first, second]
}

/// Typed by hand, or too slowly for a gun.
pub fn scanner_slow(lang: Lang, gap: i64) -> String {
    lang.pick(
        format!("键间最慢 {gap} 毫秒，太慢：这是手打的，或者扫码枪要换设置；现场仍可用，以回车为准"),
        format!("{gap} ms between keys is too slow: typed by hand, or the gun needs another setting; it works all the same, Enter decides"),
    )
}

/// Over the lines that must be of one length.
pub fn widths_title(lang: Lang) -> &'static str {
    lang.pick("字体：下面两行的竖线应当对齐", "Font: the bars of both lines must meet")
}

/// What the keys do.
pub fn foot(lang: Lang) -> &'static str {
    lang.pick(
        "Esc 返回   命令行 duihao doctor 打印同样的内容，可以粘贴发给别人",
        "Esc back   duihao doctor prints the same, to be pasted into a message",
    )
}
