//! Why a decision about photographs was not taken, and what would be.

use super::{Lang, label, photo};
use crate::domain::command::Refusal;
use crate::domain::ruling::RulingWord;

/// The sentence and the hint; empty for refusals that are not about photographs.
pub fn say(lang: Lang, refusal: &Refusal) -> (String, String) {
    let (what, hint) = match refusal {
        Refusal::NoPhotosRead(room) => (
            match lang {
                Lang::Zh => format!("{} 这一天的照片还没有读", label::clean(room)),
                Lang::En => format!("no photographs of {} were read for that day", label::clean(room)),
            },
            lang.pick("先读照片文件夹", "read the folder of photographs first"),
        ),
        Refusal::WhichClock(first, second) => (
            {
                let (first, second) = (*first as f64 / 1_000.0, *second as f64 / 1_000.0);
                match lang {
                    Lang::Zh => format!("有两个相机时差都说得通：{first:+.1} 秒和 {second:+.1} 秒，差一个人"),
                    Lang::En => format!("two differences fit, one person apart: {first:+.1} s and {second:+.1} s"),
                }
            },
            lang.pick(
                "对一次相机的钟，写明是哪个时差；不知道就先认一两张脸，不要猜",
                "read the camera's clock and say which one it is; else confirm a face or two, do not guess",
            ),
        ),
        Refusal::NoClock(room) => (
            match lang {
                Lang::Zh => format!("{} 的照片没有算出相机时差", label::clean(room)),
                Lang::En => format!("no clock difference was worked out for {}", label::clean(room)),
            },
            lang.pick("自己给出：相机时钟减现场记录，多少秒", "give it: the camera's clock less the log's, in seconds"),
        ),
        Refusal::NoPhotoNamed(text) => (
            match lang {
                Lang::Zh => format!("没有名为 {} 的照片", label::code(text)),
                Lang::En => format!("there is no photograph {}", label::code(text)),
            },
            lang.pick("照清单上的写，连同文件夹", "write it as listed, with its folder"),
        ),
        Refusal::ManyPhotosNamed(text, fitting) => {
            let fitting = label::listed(lang, &fitting.iter().map(|p| label::code(p)).collect::<Vec<_>>());
            (
                match lang {
                    Lang::Zh => format!("{} 有几张：{fitting}", label::code(text)),
                    Lang::En => format!("{} fits several: {fitting}", label::code(text)),
                },
                lang.pick("连同文件夹写全", "write it with its folder"),
            )
        }
        Refusal::HasNoPhoto(who) => (
            match lang {
                Lang::Zh => format!("{} 名下没有照片", label::code(who)),
                Lang::En => format!("{} has no picture", label::code(who)),
            },
            lang.pick("指明是哪一张照片", "name the picture that is meant"),
        ),
        Refusal::ShowsNothing(file, why) => (
            match lang {
                Lang::Zh => format!("{} 里没有图像（{}），没有什么可以核对", label::code(file), photo::fault(lang, *why)),
                Lang::En => format!("{} shows nothing ({}) that could be confirmed", label::code(file), photo::fault(lang, *why)),
            },
            lang.pick("请图片社重给一份，再读一次", "ask for the file again and read it once more"),
        ),
        Refusal::TakesConfirmed(who) => (
            match lang {
                Lang::Zh => format!("{} 核对过的照片会被别人拿走", label::code(who)),
                Lang::En => format!("the confirmed picture of {} would go to another", label::code(who)),
            },
            lang.pick(
                "先改这位的照片；平移就把这位也选进来；确是别人的，命令行加上确认参数（手册有）",
                "change their picture first; shift that person as well; or say that it is meant (--yes)",
            ),
        ),
        Refusal::RulingNeeds(word, what) => (
            match lang {
                Lang::Zh => format!("“{}”还缺{}", word.word(), needed(lang, what)),
                Lang::En => format!("\"{}\" also needs {}", word.english(), needed(lang, what)),
            },
            example(lang, *word),
        ),
        Refusal::NoCause(id) => (
            match lang {
                Lang::Zh => format!("没有编号为 {} 的错位原因", label::code(id)),
                Lang::En => format!("there is no cause {}", label::code(id)),
            },
            lang.pick("处理过照片后原因会变；再看一遍", "causes change as pictures are decided; look again"),
        ),
        Refusal::NothingToRule(word) => (
            match lang {
                Lang::Zh => format!("“{}”在这里没有什么要决定的", word.word()),
                Lang::En => format!("there is nothing to decide by \"{}\" here", word.english()),
            },
            lang.pick("可能已经处理好了；再看一遍", "it may be decided by now; look again"),
        ),
        _ => (String::new(), ""),
    };
    (what, hint.to_owned())
}

fn needed(lang: Lang, what: &str) -> &'static str {
    match what {
        "who" => lang.pick("是谁（序号、学号或姓名）", "whose it is (number, student number or name)"),
        "with" => lang.pick("另一位是谁", "the second person"),
        "photo" => lang.pick("是哪一张照片", "which picture"),
        "by" => lang.pick("平移几张（如 1 或 -1）", "by how many pictures (like 1 or -1)"),
        "cause" => lang.pick("原因的编号", "the id of the cause"),
        _ => lang.pick("是哪个班", "which class"),
    }
}

fn example(lang: Lang, word: RulingWord) -> &'static str {
    match word {
        RulingWord::Confirm => lang.pick("例如：确认，序号 0413B", "for example: confirm, number 0413B"),
        RulingWord::Pair => lang.pick("例如：指定，序号 0413B，照片 4812", "for example: pair, number 0413B and a picture"),
        RulingWord::Deny => lang.pick("例如：不是，序号 0413B，照片 4812", "for example: deny, number 0413B and a picture"),
        RulingWord::Gap => lang.pick("例如：无照，序号 0413B", "for example: gap, number 0413B"),
        RulingWord::Drop => lang.pick("例如：不要，照片 4812", "for example: drop, and a picture"),
        RulingWord::Retake => lang.pick("例如：重拍，照片 4812", "for example: retake, and a picture"),
        RulingWord::Swap => lang.pick("例如：互换，0413B 与 0414B", "for example: swap, 0413B with 0414B"),
        RulingWord::Shift => lang.pick("例如：平移，0413B 到 0457B，1 张", "for example: shift, 0413B to 0457B by 1"),
        RulingWord::Cause => lang.pick("照核对结果里的编号写", "write the id as the review lists it"),
        RulingWord::Class => lang.pick("例如：全班，电商171", "for example: class, and its name"),
    }
}
