//! Words of the settings: each preference, what it means, what it can be; and what the campaign decided.

use super::{Lang, label};
use crate::desk::preferences::Which;
use crate::domain::campaign::{Campaign, Late, Step};

/// 设置
pub fn title(lang: Lang) -> &'static str {
    lang.pick("设置", "Settings")
}

/// What a preference is called.
pub fn name(lang: Lang, which: Which) -> &'static str {
    match which {
        Which::Language => lang.pick("语言", "Language"),
        Which::Colours => lang.pick("颜色", "Colours"),
        Which::Signs => lang.pick("符号", "Signs"),
        Which::Bell => lang.pick("响铃", "Bell"),
        Which::Mouse => lang.pick("鼠标", "Mouse"),
        Which::Burst => lang.pick("扫码枪", "Scanner"),
        Which::Pictures => lang.pick("图片", "Pictures"),
        Which::Reveal => lang.pick("证件号", "Documents"),
        Which::PrintFolder => lang.pick("打印包", "Print pack"),
    }
}

/// What it is now.
pub fn value(lang: Lang, which: Which, word: &str) -> String {
    let said = match (which, word) {
        (Which::Language, "en") => "English",
        (Which::Language, _) => "中文",
        (Which::Colours, "light") => lang.pick("浅色", "light"),
        (Which::Colours, "contrast") => lang.pick("高对比", "high contrast"),
        (Which::Colours, "plain") => lang.pick("无颜色", "none"),
        (Which::Colours, _) => lang.pick("深色", "dark"),
        (Which::Signs, "lines") => lang.pick("线条", "lines"),
        (Which::Signs, "ascii") => "ASCII",
        (Which::Signs, _) => lang.pick("看终端", "as the console"),
        (Which::Bell, "off") => lang.pick("不响", "never"),
        (Which::Bell, "both") => lang.pick("不对响两声，记上响一声", "twice for wrong, once for right"),
        (Which::Bell, _) => lang.pick("不对响一声，记上不响", "once for wrong, none for right"),
        (Which::Mouse, "off") => lang.pick("不用", "off"),
        (Which::Mouse, _) => lang.pick("用", "on"),
        (Which::Burst, ms) => return lang.pick(format!("键间 {ms} 毫秒以内"), format!("{ms} ms between keys")),
        (Which::Pictures, "sixel") => "Sixel",
        (Which::Pictures, "kitty") => "Kitty",
        (Which::Pictures, "iterm2") => "iTerm2",
        (Which::Pictures, _) => lang.pick("半块字符", "half-blocks"),
        (Which::Reveal, seconds) => return lang.pick(format!("看全 {seconds} 秒"), format!("shown for {seconds} s")),
        (Which::PrintFolder, "") => lang.pick("数据文件旁边", "beside the database"),
        (Which::PrintFolder, folder) => return label::clean(folder),
    };
    said.to_owned()
}

/// What it means, in plain words.
pub fn meaning(lang: Lang, which: Which) -> &'static str {
    match which {
        Which::Language => lang.pick(
            "屏幕和命令行说哪种话。名单、表格和记录里的字不变。",
            "The language of screens and command line. Lists, sheets and records stay as they are.",
        ),
        Which::Colours => lang.pick(
            "深色用终端自己的底色；走廊太亮用浅色；看不清用高对比；无颜色只用粗细和反显。F11 也是它。",
            "Dark keeps the terminal's ground; light for a bright corridor; high contrast for tired eyes; none: weight and reversal only. F11 turns it too.",
        ),
        Which::Signs => lang.pick(
            "线条、勾、箭头怎样画。看终端：老的 Windows 控制台用 ASCII，别的画线条。竖线对不齐、勾成了方框，就选 ASCII；汉字照旧。",
            "How lines and marks are drawn. As the console: ASCII on old Windows consoles, lines elsewhere. Choose ASCII where lines stand askew.",
        ),
        Which::Bell => lang.pick(
            "扫码以后响不响。只靠听就知道对错：两声是不对，一声是记上了。声音由终端和电脑音量定。",
            "Whether a scan rings. With both, two rings are wrong and one is right. How loud it is says the terminal.",
        ),
        Which::Mouse => lang.pick(
            "能不能用鼠标点。不用的时候，鼠标可以选中屏幕上的字来复制。",
            "Whether the mouse clicks here. Switched off, it selects text of the screen for copying.",
        ),
        Which::Burst => lang.pick(
            "两个字之间不超过这么久，才当是扫码枪。蓝牙枪慢，要 80 到 120。F12 自检里扫一个码，会自己量好。",
            "Keys no further apart are a scanner's. Bluetooth guns need 80 to 120. The self-check (F12) measures it off one scan.",
        ),
        Which::Pictures => lang.pick(
            "照片怎样画在屏幕上。半块字符到处能用；终端能显示真图片的，选它认得的一种。",
            "How photographs are drawn. Half-blocks work everywhere; where the terminal shows graphics, choose its own kind.",
        ),
        Which::Reveal => lang.pick(
            "学生卡片上按键看全证件号以后，过多久自己又遮住。看一次记一笔。",
            "How long a document number stays shown on the student card. Every look is recorded.",
        ),
        Which::PrintFolder => lang.pick(
            "打印包写到哪个文件夹里，例如 U 盘。空着就写在数据文件旁边。回车填写。",
            "The folder that the print pack is written into, a stick perhaps. Empty: beside the database. Enter to type.",
        ),
    }
}

/// The folder of the print pack is typed.
pub fn folder_asked(lang: Lang) -> &'static str {
    lang.pick("写到哪个文件夹？空着就是数据文件旁边。", "Which folder? Empty: beside the database.")
}

/// There is none.
pub fn no_folder(lang: Lang, path: &str) -> String {
    let path = label::clean(path);
    lang.pick(format!("没有这个文件夹：{path}"), format!("no such folder: {path}"))
}

/// The last row.
pub fn usual(lang: Lang) -> &'static str {
    lang.pick("全部恢复默认", "Everything as usual")
}

/// What that does.
pub fn usual_means(lang: Lang) -> &'static str {
    lang.pick(
        "上面各项都回到一开始的样子。名单和记录不受影响。",
        "All of the above as they were at first. Lists and records are not touched.",
    )
}

/// Another value than the one kept is in force.
pub fn forced(lang: Lang, kept: &str) -> String {
    match lang {
        Lang::Zh => format!("这次由命令行或环境变量定；记住的是 {kept}"),
        Lang::En => format!("given for this time; kept: {kept}"),
    }
}

/// The home cannot be written.
pub fn not_kept(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::Zh => ["这次有效，但记不住", "个人设置的文件夹不能写，见 F12 自检"],
        Lang::En => ["in force now, but not kept", "the folder of preferences cannot be written: see F12"],
    }
}

/// What the keys do.
pub fn keys(lang: Lang) -> &'static str {
    lang.pick(
        "↑↓ 选   ←→ 空格 改，马上有效，重开还在   退格 恢复这一项   Esc 返回",
        "arrows choose, change at once, kept   Backspace: usual   Esc back",
    )
}

/// Over what the campaign decided.
pub fn campaign_title(lang: Lang) -> &'static str {
    lang.pick("本批次的规矩（建批次时定，建好后不改）", "This campaign (decided when it was made)")
}

/// Where that can be changed all the same.
pub fn campaign_pointer(lang: Lang) -> &'static str {
    lang.pick(
        "当天能改的：每人张数在“开场”，改地方改时间用“调班”，对时屏问过摄影师就能用。",
        "On the day: frames a person in the opening form, place and time by moving a class, the clock screen by asking the photographer.",
    )
}

/// A room: name, frames a person, marker cards.
pub type Room = (String, u8, bool);

/// What the campaign decided, a line each: what, and how.
pub fn campaign(lang: Lang, campaign: &Campaign, rooms: &[Room]) -> Vec<(&'static str, String)> {
    let steps = |steps: &[Step]| steps.iter().map(|s| step(lang, *s)).collect::<Vec<_>>().join(lang.pick("、", ", "));
    let late = match campaign.late {
        Late::ClassEnd => lang.pick("排到本班最后", "to the end of the class"),
        Late::DayEnd => lang.pick("排到当天最后", "to the end of the day"),
        Late::Front => lang.pick("排到最前", "to the front"),
    };
    let cards = if campaign.return_tokens {
        lang.pick("号牌拍完收回", "cards come back")
    } else {
        lang.pick("号牌不收回", "cards are kept")
    };
    let frames = |n: u8| match (lang, n) {
        (Lang::Zh, 0) => "张数不定".to_owned(),
        (Lang::Zh, n) => format!("每人 {n} 张"),
        (Lang::En, 0) => "any number of frames".to_owned(),
        (Lang::En, n) => format!("{n} each"),
    };
    let marked = |on: bool| if on { lang.pick("，拍标记卡", ", marker cards") } else { "" };
    let rooms: Vec<String> = rooms.iter().map(|(name, n, on)| format!("{} {}{}", label::clean(name), frames(*n), marked(*on))).collect();
    let photo = &campaign.photo;
    let size = format!("{}×{}  {}–{} KB", photo.width, photo.height, photo.bytes_min / 1024, photo.bytes_max / 1024);
    let looks = &photo.looks;
    let blue = if looks.blue { lang.pick("  蓝底", "  blue") } else { "" };
    let looks = match lang {
        Lang::Zh => format!("亮度 {}–{}  清晰度 {} 以上{blue}", looks.light_min, looks.light_max, looks.sharp_min),
        Lang::En => format!("light {}–{}  sharp from {}{blue}", looks.light_min, looks.light_max, looks.sharp_min),
    };
    let most = if campaign.max_wrong > 0.0 { (1.0 / campaign.max_wrong).round() } else { 0.0 };
    let wrong = match (lang, most > 0.0) {
        (_, false) => lang.pick("一张也不许错", "none").to_owned(),
        (Lang::Zh, true) => format!("每 {most} 张“可用”里预计错不到 1 张"),
        (Lang::En, true) => format!("fewer than 1 in {most} of those that may be used"),
    };
    let gather = campaign.gather_min;
    let fee = campaign.fee.as_deref().map_or_else(|| lang.pick("没有写", "not written").to_owned(), label::clean);
    vec![
        (
            lang.pick("手续", "Steps"),
            format!("{}   {}{}", steps(&campaign.steps), lang.pick("扫一下记：", "one scan: "), steps(&campaign.scan)),
        ),
        (
            lang.pick("迟到", "Late"),
            match lang {
                Lang::Zh => format!("{late}   提前 {gather} 分钟集合   {cards}"),
                Lang::En => format!("{late}   gather {gather} min before   {cards}"),
            },
        ),
        (lang.pick("采集点", "Rooms"), rooms.join(lang.pick("；", "; "))),
        (lang.pick("照片", "Pictures"), format!("{size}   {looks}")),
        (lang.pick("许错", "Wrong"), format!("{wrong}   {}{fee}", lang.pick("费用：", "fee: "))),
    ]
}

fn step(lang: Lang, step: Step) -> &'static str {
    let english = match step {
        Step::Arrive => "check-in",
        Step::Sign => "signature",
        Step::Issue => "card",
        Step::Enter => "entry",
        Step::Shoot => "photograph",
        Step::Return => "card back",
    };
    lang.pick(step.word(), english)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_preference_and_everything_it_can_be_is_said_in_both_languages() {
        for which in Which::ALL {
            for text in [name(Lang::Zh, which), meaning(Lang::Zh, which)] {
                assert!(has_chinese(text), "{text}");
            }
            for text in [name(Lang::En, which), meaning(Lang::En, which)] {
                assert!(!has_chinese(text), "{text}");
            }
            let all: Vec<String> = which.choices().iter().map(|word| value(Lang::Zh, which, word)).collect();
            assert!(all.iter().enumerate().all(|(n, a)| !all[n + 1..].contains(a)), "{which:?}: {all:?}");
            // A language is called what those who speak it call it.
            let english = which.choices().iter().filter(|_| which != Which::Language).map(|word| value(Lang::En, which, word));
            assert!(english.into_iter().all(|said| !has_chinese(&said)), "{which:?}");
        }
    }

    #[test]
    fn what_a_campaign_decided_is_said_in_both_languages() {
        let zh = campaign(Lang::Zh, &Campaign::default(), &[("11B105".to_owned(), 0, true)]);
        assert!(zh.iter().any(|(_, said)| said.contains("10000")) && zh[2].1.contains("11B105 张数不定，拍标记卡"), "{zh:?}");
        let en = campaign(Lang::En, &Campaign::default(), &[("11B105".to_owned(), 2, false)]);
        assert!(en.iter().all(|(what, said)| !has_chinese(what) && !has_chinese(said)), "{en:?}");
        let never = Campaign { max_wrong: 0.0, ..Campaign::default() };
        assert!(campaign(Lang::Zh, &never, &[])[4].1.contains("不许错"));
    }
}
