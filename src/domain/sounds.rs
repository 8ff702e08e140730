//! How a name may be read aloud: every reading of every character, the surname's own first.

use std::collections::HashMap;
use std::sync::Arc;

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

use super::width;

/// Surnames whose everyday reading is not the surname's.
const SURNAMES: &[(&str, &[&str])] = &[
    ("单于", &["chan", "yu"]),
    ("万俟", &["mo", "qi"]),
    ("尉迟", &["yu", "chi"]),
    ("长孙", &["zhang", "sun"]),
    ("澹台", &["tan", "tai"]),
    ("鲜于", &["xian", "yu"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("盖", &["ge"]),
    ("区", &["ou"]),
    ("尉", &["wei"]),
    ("朴", &["piao"]),
    ("缪", &["miao"]),
    ("覃", &["qin"]),
    ("员", &["yun"]),
    ("乐", &["yue"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("翟", &["zhai"]),
    ("种", &["chong"]),
    ("重", &["chong"]),
    ("秘", &["bi"]),
    ("折", &["she"]),
    ("繁", &["po"]),
    ("冼", &["xian"]),
    ("召", &["shao"]),
    ("祭", &["zhai"]),
    ("洗", &["xian"]),
    ("逄", &["pang"]),
    ("黑", &["he"]),
    ("晟", &["cheng"]),
    ("哈", &["ha"]),
    ("柏", &["bai"]),
    ("燕", &["yan"]),
    ("纪", &["ji"]),
    ("宁", &["ning"]),
    ("葛", &["ge"]),
    ("阚", &["kan"]),
    ("牟", &["mu"]),
    ("隗", &["wei"]),
    ("幺", &["yao"]),
    ("车", &["che"]),
    ("石", &["shi"]),
    ("沈", &["shen"]),
    ("薄", &["bo"]),
    ("贾", &["jia"]),
    ("那", &["na"]),
    ("南", &["nan"]),
    ("不", &["fou"]),
];

/// Ways to read one character.
pub type Readings = Arc<[Box<str>]>;

/// A piece of a name: one character with its readings, or one foreign word that reads as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Piece {
    /// As written, one character of it; a foreign word its lower-case letters.
    pub text: Box<str>,
    /// How it may be read, the usual one first; nothing for a character nobody wrote down.
    pub readings: Readings,
    /// It begins a part of the name: first of all, or behind `·` or a space.
    pub begins: bool,
}

/// True where the letters read the name, or begin to, from any of its characters on: whole syllables, their beginnings, or initials
/// (`shang`, `sxy` for 商学院).
pub fn is_read(name: &str, letters: &str) -> bool {
    let letters: Vec<char> = letters.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let pieces = pieces(name);
    !letters.is_empty() && (0..pieces.len()).any(|at| reads(&pieces[at..], &letters))
}

fn reads(pieces: &[Piece], letters: &[char]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((piece, rest)) = pieces.split_first() else { return false };
    let text: Vec<char> = piece.text.chars().collect();
    let written = letters.starts_with(&text) && reads(rest, &letters[text.len()..]);
    written
        || piece.readings.iter().any(|reading| {
            let same = reading.chars().zip(letters).take_while(|(a, b)| a == *b).count();
            (1..=same).rev().any(|taken| reads(rest, &letters[taken..]))
        })
}

/// The readings of every character met so far: there are few characters and many names.
#[derive(Debug, Clone, Default)]
pub struct Sounds {
    known: HashMap<char, Readings>,
}

/// The pieces of a name, dots and spaces between them left out.
pub fn pieces(name: &str) -> Vec<Piece> {
    Sounds::default().pieces(name)
}

impl Sounds {
    /// As [`pieces`].
    pub fn pieces(&mut self, name: &str) -> Vec<Piece> {
        let folded = width::fold(&width::clean(name, false));
        let mut out: Vec<Piece> = Vec::new();
        let (mut begins, mut word) = (true, String::new());
        let flush = |word: &mut String, out: &mut Vec<Piece>, begins: &mut bool| {
            if !word.is_empty() {
                let text: Box<str> = std::mem::take(word).into();
                out.push(Piece { readings: Arc::new([text.clone()]), text, begins: *begins });
                *begins = false;
            }
        };
        for c in folded.chars() {
            if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase());
                continue;
            }
            flush(&mut word, &mut out, &mut begins);
            if !c.is_alphanumeric() {
                begins = true;
                continue;
            }
            out.push(Piece {
                text: c.to_string().into(),
                readings: Arc::clone(self.known.entry(c).or_insert_with(|| readings(c))),
                begins,
            });
            begins = false;
        }
        flush(&mut word, &mut out, &mut begins);
        surname(&folded, &mut out);
        out
    }
}

fn readings(c: char) -> Readings {
    let mut all: Vec<String> = Vec::new();
    let usual = c.to_pinyin().map(|p| p.plain());
    let others = c.to_pinyin_multi();
    for reading in usual.into_iter().chain(others.into_iter().flatten().map(|p| p.plain())) {
        // ü is typed as v, or as u by those who do not know.
        let spelt = reading.replace('ü', "v");
        for typed in [spelt.clone(), spelt.replace('v', "u")] {
            if !all.contains(&typed) {
                all.push(typed);
            }
        }
    }
    all.into_iter().map(Into::into).collect()
}

fn surname(name: &str, pieces: &mut [Piece]) {
    let Some((_, sounds)) = SURNAMES.iter().find(|(surname, _)| name.starts_with(surname)) else { return };
    for (piece, sound) in pieces.iter_mut().zip(*sounds) {
        let mut all: Vec<Box<str>> = vec![(*sound).into()];
        all.extend(piece.readings.iter().filter(|r| ***r != **sound).cloned());
        piece.readings = all.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> String {
        pieces(name)[0].readings[0].to_string()
    }

    #[test]
    fn a_college_is_read_by_syllables_and_initials_from_any_character_on() {
        for letters in ["shang", "sxy", "xueyuan", "SHANGXY", "shangxueyuan"] {
            assert!(is_read("商学院", letters), "{letters}");
        }
        for letters in ["", "gong", "sxyy", "q"] {
            assert!(!is_read("商学院", letters), "{letters}");
        }
    }

    #[test]
    fn a_surname_is_read_as_a_surname() {
        for (name, sound) in [
            ("单晓燕", "shan"),
            ("曾文", "zeng"),
            ("仇英", "qiu"),
            ("解放", "xie"),
            ("查良", "zha"),
            ("盖伦", "ge"),
            ("区晓", "ou"),
            ("尉迟恭", "yu"),
            ("尉文", "wei"),
            ("朴树", "piao"),
            ("缪斯", "miao"),
            ("覃辉", "qin"),
            ("员外", "yun"),
            ("乐嘉", "yue"),
        ] {
            assert_eq!(first(name), sound, "{name}");
        }
    }

    #[test]
    fn u_with_dots_is_typed_as_v_or_u() {
        let sounds: Vec<String> = pieces("吕")[0].readings.iter().map(ToString::to_string).collect();
        assert!(sounds.contains(&"lv".to_owned()) && sounds.contains(&"lu".to_owned()), "{sounds:?}");
    }

    #[test]
    fn a_foreign_name_has_a_piece_a_word() {
        let words: Vec<String> = pieces("Anna-Maria ＳMITH").iter().map(|p| p.text.to_string()).collect();
        assert_eq!(words, ["anna", "maria", "smith"]);
        assert!(pieces("买买提·艾山").iter().filter(|p| p.begins).count() == 2);
    }
}
