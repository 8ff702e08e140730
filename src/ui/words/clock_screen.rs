//! Words of the 对时屏: the laptop's time to be photographed, where the photographer agreed.

use super::Lang;

/// 对时屏
pub fn title(lang: Lang) -> &'static str {
    lang.pick("对时屏", "Clock screen")
}

/// Where the time is typed: there is another way.
pub fn instead(lang: Lang) -> &'static str {
    lang.pick("摄影师同意多拍一张的，用 F1 里的“对时屏”。", "Where the photographer agreed to one more frame: the clock screen in F1.")
}

/// What the photographer is asked for.
pub fn ask(lang: Lang) -> &'static str {
    lang.pick(
        "请摄影师对着这块屏幕拍一张：二维码要拍全、拍清楚、不反光，高度占画面三分之一以上。",
        "Ask the photographer for one picture of this screen: the whole code, sharp, no glare, a third of the picture's height or more.",
    )
}

/// What Enter writes, and why.
pub fn after(lang: Lang) -> &'static str {
    lang.pick(
        "拍好了按回车：记一张，不算学生的照片，报张数才对得上。",
        "Then press Enter: one frame that shows no student, so that the counter agrees.",
    )
}

/// People sat down already: a frame between them moves the photographer's own list.
pub fn begun(lang: Lang, shot: usize) -> String {
    match lang {
        Lang::Zh => format!("! 已经拍了 {shot} 人：中间多一张会错动摄影师的名单，收工后再拍"),
        Lang::En => format!("! {shot} were shot: a frame between shifts the photographer's list; take it at the end"),
    }
}

/// The keys.
pub fn keys(lang: Lang) -> &'static str {
    lang.pick("回车 已拍一张   Esc 返回   扫码照常", "Enter photographed   Esc back   scans are still taken")
}

/// Before it is shown where nobody said that the photographer agreed.
pub fn agreed(lang: Lang) -> &'static str {
    lang.pick("摄影师同意吗？", "Has the photographer agreed?")
}

/// What he agrees to.
pub fn means(lang: Lang) -> &'static str {
    lang.pick(
        "对时屏要摄影师拍一张，他的照片里会多出一张不是学生的。同意才用，只在开拍前或收工后拍。看相机菜单上的时间，什么也不用他做。",
        "The clock screen has to be photographed: one frame more that shows no student. Only where he agreed, before the first or after the last. \
Reading the camera's clock off its menu costs him nothing.",
    )
}

/// The answers: no first.
pub fn answers(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::Zh => ["填相机菜单上的时间（对时）", "同意了，显示对时屏"],
        Lang::En => ["Type the time off the camera's menu", "He agreed: show the clock screen"],
    }
}
