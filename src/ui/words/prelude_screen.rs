//! Words while a database is being opened.

use super::Lang;

/// The program's name.
pub fn title(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "对号",
        Lang::En => "duihao",
    }
}

/// What is opened.
pub fn opens(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("正在打开 {name}，请稍候……"),
        Lang::En => format!("opening {name} …"),
    }
}

/// How far it is.
pub fn pace(lang: Lang, done: u64, of: u64) -> String {
    match (lang, of) {
        (_, 0) => String::new(),
        (Lang::Zh, _) if done == of => format!("{of} 条记录已核验，正在整理当天情况"),
        (Lang::En, _) if done == of => format!("{of} entries verified; working the day out"),
        (Lang::Zh, _) => format!("已核验 {done}／{of} 条记录"),
        (Lang::En, _) => format!("{done} of {of} entries verified"),
    }
}

/// Keys were typed.
pub fn kept(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "已键入、已扫的都留着，打开后照次序处理；现在还没有写入",
        Lang::En => "what you typed or scanned is kept and taken in order once open; nothing of it is written yet",
    }
}
