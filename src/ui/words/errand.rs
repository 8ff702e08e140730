//! Words of the errands of the running day: what is asked, and the line for the telephone.

use super::{Lang, label};
use crate::domain::outcome::Tally;

/// Heading and what the answer is.
pub fn ask(lang: Lang, errand: Asked) -> (&'static str, &'static str) {
    match errand {
        Asked::Telephone => (
            lang.pick("报数", "Read out"),
            lang.pick("键入学院筛选，↑↓ 选择；念这一行：", "type to filter, arrows choose; read this line out:"),
        ),
        Asked::Clock => (
            lang.pick("对时", "Camera clock"),
            lang.pick(
                "相机菜单里现在几点？如 9:41:07；不填就是与电脑一致",
                "What does the camera show, e.g. 9:41:07? Empty: the same as this laptop",
            ),
        ),
        Asked::Card => (
            lang.pick("换卡", "New card"),
            lang.pick("换好后相机显示的文件号末四位或张数（可不填）", "What the counter shows now (may be left empty)"),
        ),
        Asked::Camera => (
            lang.pick("换相机", "New camera"),
            lang.pick("新相机显示的文件号末四位或张数（可不填）", "What the new counter shows (may be left empty)"),
        ),
        Asked::MoveClass => (
            lang.pick("调班", "Move a class"),
            lang.pick(
                "哪个班改到这里来拍？如 国贸171，或 国贸171@14:30；随班只来一位，写学号",
                "Which class comes here? e.g. 国贸171, or 国贸171@14:30; one student alone: the student number",
            ),
        ),
        Asked::Duty => (lang.pick("换班", "Change of duty"), lang.pick("现在是谁在岗？写姓名，用顿号分开", "Who is on duty now?")),
        Asked::Open => (lang.pick("开场", "Opening"), ""),
        Asked::Paper => (lang.pick("纸质点收", "Count signatures on paper"), ""),
        Asked::Close => (
            lang.pick("收场", "Close the session"),
            lang.pick("摄影师屏幕上最后的张数（可不填），回车收场", "The last reading of the counter (may be left empty); Enter closes"),
        ),
        Asked::HandOut => {
            (lang.pick("导出", "Export"), lang.pick("键入筛选，↑↓ 选择，回车写出：", "type to filter, arrows choose, Enter writes:"))
        }
        Asked::BackUp => (
            lang.pick("备份", "Back up"),
            lang.pick(
                "备份到哪里？写 U 盘或文件夹，如 E:\\；不填就放在数据旁边的“备份”文件夹",
                "Where to? A stick or folder, e.g. E:\\; empty: the folder “backup” beside the database",
            ),
        ),
    }
}

/// No row is called like that.
pub fn nothing_fits(lang: Lang) -> &'static str {
    lang.pick("没有这样的：换个写法（汉字、拼音、首字母都行）", "nothing is called like that: try another way")
}

/// How its name is typed in pinyin.
pub fn pinyin(errand: Asked) -> &'static str {
    match errand {
        Asked::Telephone => "baoshu bs dianhua 还差几个 差几个 电话 学院",
        Asked::Clock => "duishi ds xiangjishijian 相机时间",
        Asked::Card => "huanka hk",
        Asked::Camera => "huanxiangji hxj",
        Asked::MoveClass => "diaoban db gaiqi 改期 晚到 换教室 迟到 随班 suiban sb 一位 one student moved",
        Asked::Duty => "huanban hb zhiban",
        Asked::Open => "kaichang kc",
        Asked::Paper => "zhizhidianshou zzds qianming 实签 签名表",
        Asked::Close => "shouchang sc 结束 收工 确认单",
        Asked::HandOut => "daochu dc 对应表 未拍名单 汇总 确认单 对照页 通知 微信 tongzhi weixin duiyingbiao weipai huizong",
        Asked::BackUp => "beifen bf U盘 upan 拷贝",
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// 报数: a line for the telephone, by college.
    Telephone,
    /// 对时: the camera's clock as read.
    Clock,
    /// 换卡: what the counter shows then.
    Card,
    /// 换相机: the same.
    Camera,
    /// 调班: a class that is to be photographed here.
    MoveClass,
    /// 换班: who is on duty from now on.
    Duty,
    /// 开场: the form again.
    Open,
    /// 纸质点收: signatures on paper are counted.
    Paper,
    /// 收场: how the session stands, and the last reading.
    Close,
    /// 导出: which sheet.
    HandOut,
    /// 备份: where to.
    BackUp,
}

/// `商学院（截至10:02）还差160：应到374 已拍214 在队9 暂缓3 未到时段120 已过未拍28；免拍12`; what was asked comes first.
pub fn telephone(lang: Lang, college: &str, as_of: Option<&str>, t: &Tally) -> String {
    let college = label::clean(college);
    let hour = as_of.unwrap_or("—");
    let left = match t.expected.saturating_sub(t.shot) {
        0 => lang.pick("已拍完", "done").to_owned(),
        n => lang.pick(format!("还差{n}"), format!("{n} to go")),
    };
    match lang {
        Lang::Zh => format!(
            "{college}（截至{hour}）{left}：应到{} 已拍{} 在队{} 暂缓{} 未到时段{} 已过未拍{}；免拍{}",
            t.expected, t.shot, t.in_line, t.set_aside, t.not_due, t.overdue, t.exempt
        ),
        Lang::En => format!(
            "{college} (as of {hour}), {left}: {} expected, {} shot, {} in line, {} set aside, {} not due, {} overdue; {} exempt",
            t.expected, t.shot, t.in_line, t.set_aside, t.not_due, t.overdue, t.exempt
        ),
    }
}

/// A class that nobody on the lists is in.
pub fn no_such_class(lang: Lang, class: &str) -> String {
    let class = label::clean(class);
    lang.pick(format!("名单里没有这个班：{class}"), format!("no such class: {class}"))
}

/// `发号 170 = 已拍 152 + 在队 18 + 暂缓 0 + 过号 0 + 作废 0`; cards that came or went with a class are named where there are any.
pub fn cards(lang: Lang, [issued, shot, in_line, aside, passed, void]: [usize; 6], [came, went]: [usize; 2], excused: &str) -> String {
    let some = |n: usize, zh: &str, en: &str| if n > 0 { lang.pick(format!(" + {zh} {n}"), format!(" + {n} {en}")) } else { String::new() };
    let (came, went) = (some(came, "转来", "moved here"), some(went, "转走", "moved away"));
    match lang {
        Lang::Zh => {
            format!("发号 {issued}{came} = 已拍 {shot}{excused} + 在队 {in_line}{went} + 暂缓 {aside} + 过号 {passed} + 作废 {void}")
        }
        Lang::En => {
            format!(
                "{issued} cards{came} = {shot} shot{excused} + {in_line} in line{went} + {aside} set aside + {passed} passed over + {void} void"
            )
        }
    }
}

/// `实拍 3（其中免拍 1、无号 1），免拍的不算应到`: as 确认单 counts them, beside the cards.
pub fn photographed(lang: Lang, shot: usize, [excused, bare]: [usize; 2]) -> String {
    let some = |n: usize, zh: &str, en: &str| (n > 0).then(|| lang.pick(format!("{zh} {n}"), format!("{n} {en}")));
    let parts: Vec<String> = [some(excused, "免拍", "exempt"), some(bare, "无号", "without a card")].into_iter().flatten().collect();
    let of = lang.pick(format!("（其中{}）", parts.join("、")), format!(" ({} of them)", parts.join(", ")));
    let excused = if excused > 0 { lang.pick("，免拍的不算应到", "; the exempt are not expected") } else { "" };
    lang.pick(format!("实拍 {shot}{of}{excused}"), format!("{shot} photographed{of}{excused}"))
}

/// Who has yet to come today: before 收场 it is the last time to call them.
pub fn not_come(lang: Lang, overdue: usize, not_due: usize) -> Option<String> {
    let early =
        (not_due > 0).then(|| lang.pick(format!("，其中 {not_due} 人的时段还没过"), format!(", the slots of {not_due} are not over")));
    let early = early.unwrap_or_default();
    let all = overdue + not_due;
    (all > 0).then(|| lang.pick(format!("今天这里还有 {all} 人没来{early}"), format!("{all} have not come today{early}")))
}

/// All colleges together.
pub fn all_colleges(lang: Lang) -> &'static str {
    lang.pick("全部", "all")
}

/// Who has yet to come back, and what is open.
pub fn left(lang: Lang, waiting: &[String], open: usize) -> Vec<String> {
    let mut out = Vec::new();
    if !waiting.is_empty() {
        let names = label::people(lang, waiting);
        out.push(lang.pick(format!("待回来：{names}"), format!("to come back: {names}")));
    }
    if open > 0 {
        out.push(lang.pick(format!("还有 {open} 条异常没有处理（F5）"), format!("{open} findings are open (F5)")));
    }
    out.push(lang.pick("收场后写出《图像采集人数确认单》，打印后签字", "the confirmation to sign is written afterwards").to_owned());
    out
}
