//! What a person decided about photographs: facts that hold whatever order and times say, each undone like any other.

use serde::{Deserialize, Serialize};

use super::ids::Who;

/// One photograph: in which reading of a folder, and where below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PhotoId {
    /// The reading: the same folder keeps its name when it is read again.
    pub reading: String,
    /// Path below the folder, with `/`.
    pub path: String,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PhotoRuling {
    /// The photograph shows this person, and is the one to use.
    Use {
        /// Which.
        photo: PhotoId,
        /// Whose.
        who: Who,
    },
    /// The photograph shows this person; which of theirs is used stays open.
    Shows {
        /// Which.
        photo: PhotoId,
        /// Whose.
        who: Who,
    },
    /// The photograph is of nobody expected.
    Nobody {
        /// Which.
        photo: PhotoId,
    },
    /// The photograph does not show this person; whom it shows stays open.
    NotOf {
        /// Which.
        photo: PhotoId,
        /// Whom it does not show.
        who: Who,
    },
    /// This person was not photographed.
    NoPhoto {
        /// Who.
        who: Who,
    },
}

impl PhotoRuling {
    /// The photograph of which it says whose it is, where there is one: that it is not somebody's leaves that open.
    pub fn photo(&self) -> Option<&PhotoId> {
        match self {
            Self::Use { photo, .. } | Self::Shows { photo, .. } | Self::Nobody { photo } => Some(photo),
            Self::NotOf { .. } | Self::NoPhoto { .. } => None,
        }
    }

    /// The photograph it is about in any way.
    pub fn names(&self) -> Option<&PhotoId> {
        match self {
            Self::NotOf { photo, .. } => Some(photo),
            other => other.photo(),
        }
    }

    /// The person it is about, where there is one.
    pub fn who(&self) -> Option<&Who> {
        match self {
            Self::Use { who, .. } | Self::Shows { who, .. } | Self::NotOf { who, .. } | Self::NoPhoto { who } => Some(who),
            Self::Nobody { .. } => None,
        }
    }
}

/// The ways of deciding, by the words of the screen and of `photos settle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulingWord {
    /// 确认: the picture proposed is theirs.
    Confirm,
    /// 指定: this picture is theirs.
    Pair,
    /// 不是: this picture does not show them.
    Deny,
    /// 无照: they have no picture; later ones move up.
    Gap,
    /// 不要: a picture of nobody; later ones move up.
    Drop,
    /// 重拍: one more frame of theirs.
    Retake,
    /// 互换: two people have each other's picture.
    Swap,
    /// 平移: a range of people takes the pictures n places on.
    Shift,
    /// 采用: a cause, with all that follows from it.
    Cause,
    /// 全班: the class has looked at its contact sheet and signed.
    Class,
}

impl RulingWord {
    /// All of them.
    pub const ALL: [Self; 10] =
        [Self::Confirm, Self::Pair, Self::Deny, Self::Gap, Self::Drop, Self::Retake, Self::Swap, Self::Shift, Self::Cause, Self::Class];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirm => "确认",
            Self::Pair => "指定",
            Self::Deny => "不是",
            Self::Gap => "无照",
            Self::Drop => "不要",
            Self::Retake => "重拍",
            Self::Swap => "互换",
            Self::Shift => "平移",
            Self::Cause => "采用",
            Self::Class => "全班",
        }
    }

    /// The word in English.
    pub fn english(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Pair => "pair",
            Self::Deny => "deny",
            Self::Gap => "gap",
            Self::Drop => "drop",
            Self::Retake => "retake",
            Self::Swap => "swap",
            Self::Shift => "shift",
            Self::Cause => "apply",
            Self::Class => "class",
        }
    }

    /// The way of a word in either language.
    pub fn of(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL.into_iter().find(|w| w.word() == word || w.english() == word)
    }
}
