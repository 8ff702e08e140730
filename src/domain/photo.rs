//! Photographs as they were read: what a file says of itself, what its picture measures, and what a marker card says.

use serde::{Deserialize, Serialize};

use super::ids::Millis;

/// What the first pass reads of one file. Originals are never touched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// Path below the folder that was read, with `/`, control characters stripped.
    pub path: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// When the file was last written; only tells whether it changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Millis>,
    /// Capture time by the camera's clock, read as campaign-zone time; absent for processed pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Millis>,
    /// Camera body: make, model and serial number as far as the file says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Number in the file name, as the camera counts (`DSC_0417` = 417).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counter: Option<u32>,
    /// Pixels wide as seen, orientation applied; 0 where unknown.
    pub width: u32,
    /// Pixels high as seen.
    pub height: u32,
    /// EXIF orientation, 1–8; 1 where absent.
    pub turned: u8,
    /// Why it cannot be used, where it cannot, or why its time cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// No bytes.
    Empty,
    /// Ends before the picture does.
    Truncated,
    /// No picture.
    NotAPicture,
    /// A picture of a kind that is not read (HEIC, RAW …).
    ForeignFormat,
    /// Cannot be opened.
    Unreadable,
    /// Its capture time is zero or nonsense.
    ZeroTime,
    /// Damaged inside: the strict decoder refuses it.
    Damaged,
}

impl Fault {
    /// True where there is a picture to show all the same.
    pub fn shows(self) -> bool {
        matches!(self, Self::ZeroTime | Self::Truncated | Self::Damaged)
    }
}

/// What the second pass measures of one picture. No judgement: limits are the campaign's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Checked {
    /// Which picture.
    pub path: String,
    /// SHA-256 of the file, hex.
    pub hash: String,
    /// Pixels wide as seen and decoded; 0 where it could not be.
    pub width: u32,
    /// Pixels high as seen and decoded.
    pub height: u32,
    /// Perceptual hash, 64 hex digits: two pictures that differ in few bits look alike. Empty where it could not be decoded.
    pub look: String,
    /// Mean brightness of the picture, 0–255.
    pub light: u8,
    /// Sharpness: variance of the Laplacian on a version at most 640 px high, rounded.
    pub sharp: u32,
    /// Mean colour of the background strips beside and above the head.
    pub back: [u8; 3],
    /// Standard deviation of the background's brightness, 0–255: even is small.
    pub uneven: u8,
    /// Damage that only decoding finds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Text of a QR code in it, where one was looked for and found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Checked {
    /// In how many of 256 bits two pictures look different; `None` where one could not be decoded.
    pub fn distance(&self, other: &Self) -> Option<u32> {
        if self.look.is_empty() || self.look.len() != other.look.len() {
            return None;
        }
        self.look.chars().zip(other.look.chars()).map(|(a, b)| Some((a.to_digit(16)? ^ b.to_digit(16)?).count_ones())).sum()
    }

    /// True where both files surely show one picture, perhaps scaled or compressed anew: equal bytes, or looks, light and
    /// background that differ no more than that makes them.
    pub fn looks_like(&self, other: &Self) -> bool {
        let near = |a: u8, b: u8, most: u8| a.abs_diff(b) <= most;
        let backs = self.back.iter().zip(&other.back).all(|(a, b)| near(*a, *b, 6));
        let measures = near(self.light, other.light, 3) && near(self.uneven, other.uneven, 4) && backs;
        let same = !self.hash.is_empty() && self.hash == other.hash;
        same || (measures && self.distance(other).is_some_and(|bits| bits <= SAME_LOOK))
    }
}

/// Bits of 256 in which one picture, scaled or compressed anew, may differ from itself. Of 600 such copies of drawn people
/// three differed in more; no two of 400 people in fewer than 20.
pub const SAME_LOOK: u32 = 14;

/// What a QR card before the camera says. It names numbers only, never a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    /// Whoever holds this number comes next: `duihao:m1:0413B`.
    Next(String),
    /// The log's time, in ms since 1970 UTC: `duihao:t1:1599960667000`.
    Clock(Millis),
}

impl Marker {
    /// Reads a code's text; `None` where it is none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(token) = text.strip_prefix("duihao:m1:") {
            let plain = !token.is_empty() && token.len() <= 40 && !token.chars().any(char::is_control);
            return plain.then(|| Self::Next(token.to_owned()));
        }
        text.strip_prefix("duihao:t1:")?.parse().ok().map(Self::Clock)
    }

    /// The text to draw.
    pub fn text(&self) -> String {
        match self {
            Self::Next(token) => format!("duihao:m1:{token}"),
            Self::Clock(at) => format!("duihao:t1:{at}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pictures_look_alike_only_where_looks_and_measures_agree() {
        let one = Checked { hash: "a".into(), look: "f".repeat(64), light: 120, back: [67, 142, 219], ..Checked::default() };
        let near = Checked { hash: "b".into(), look: format!("{}0", "f".repeat(63)), light: 121, ..one.clone() };
        assert_eq!(one.distance(&near), Some(4));
        assert!(one.looks_like(&near));
        assert!(!one.looks_like(&Checked { light: 140, ..near.clone() }));
        assert!(!one.looks_like(&Checked { look: format!("{}{}", "f".repeat(32), "0".repeat(32)), ..near.clone() }));
        assert!(!one.looks_like(&Checked { look: String::new(), ..near }));
        assert!(!Checked::default().looks_like(&Checked::default()), "what could not be read is not alike");
    }

    #[test]
    fn a_marker_says_what_was_drawn() {
        for marker in [Marker::Next("0413B".to_owned()), Marker::Clock(1_599_960_667_000)] {
            assert_eq!(Marker::parse(&marker.text()), Some(marker));
        }
        assert_eq!(Marker::parse("https://example.edu/0413B"), None);
        assert_eq!(Marker::parse("duihao:m1:"), None);
    }
}
