//! What a person should be told once when a campaign is opened.

use super::Lang;
use crate::desk::{NewStation, Notice};
use crate::domain::vain::Vain;

/// The sentence of a notice.
pub fn say(lang: Lang, notice: &Notice) -> String {
    let said = match notice {
        Notice::NewStation { why: NewStation::FirstTime } => lang.pick(
            "这台电脑第一次用这个批次：已给它一个新的电脑编号，照常使用即可。",
            "This computer opens the campaign for the first time: it got its own station number, go on as usual.",
        ),
        Notice::NewStation { why: NewStation::CopyOrBackup } => lang.pick(
            "这个文件是复制来的，或者是旧备份：本机从现在起用新的电脑编号，原来的记录都在。如果原文件还在用，请尽快与它交换数据。",
            "This file is a copy or an old backup: this computer goes on under a new station number, nothing of the old records is lost. \
             If the original is still in use, exchange data with it soon.",
        ),
        Notice::ReadOnlyMedium { incomplete: false } => lang.pick(
            "这里只能看、不能记：文件在只读的盘上。要记录，请先把它复制到本机硬盘。",
            "Look only: the file lies on a medium that cannot be written. Copy it to this computer to record anything.",
        ),
        Notice::ReadOnlyMedium { incomplete: true } => lang.pick(
            "这里只能看、不能记，而且最后几条记录读不到：请在原来的电脑上正常关闭后，重新备份一份再看。",
            "Look only, and the last few records cannot be read from here: close the program on the computer it came from and make a fresh backup.",
        ),
        Notice::FollowerOnly => lang.pick(
            "本机另一个窗口正在记录：这里只看，内容会自动更新。",
            "Another window on this computer is recording: this one only looks on and keeps up by itself.",
        ),
    };
    said.to_owned()
}

/// Something was written that changes nothing.
pub fn vain(lang: Lang, vain: Vain) -> &'static str {
    match vain {
        Vain::NoShot => {
            lang.pick("这一位在这里没有拍过，没有可作废的", "nobody of that name or number was photographed here: nothing was voided")
        }
        Vain::NotAway => lang.pick("这一位没有暂缓或过号，不用返回", "neither set aside nor passed over: nobody had to come back"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_is_said_in_both_languages() {
        let all = [
            Notice::NewStation { why: NewStation::FirstTime },
            Notice::NewStation { why: NewStation::CopyOrBackup },
            Notice::ReadOnlyMedium { incomplete: false },
            Notice::ReadOnlyMedium { incomplete: true },
            Notice::FollowerOnly,
        ];
        let mut seen = std::collections::BTreeSet::new();
        for notice in all {
            assert!(say(Lang::En, &notice).is_ascii());
            assert!(!say(Lang::Zh, &notice).chars().any(|c| c.is_ascii_alphabetic()));
            assert!(seen.insert(say(Lang::Zh, &notice)));
        }
        for one in [Vain::NoShot, Vain::NotAway] {
            assert!(vain(Lang::En, one).is_ascii() && !vain(Lang::Zh, one).is_ascii());
        }
    }
}
