//! Text as people and schools write it: full-width forms folded, control characters dropped.

use std::borrow::Cow;

/// Folds full-width letters, digits, signs and spaces to their ASCII forms; everything else stays.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// True for every stroke that people use as a hyphen or a range sign, the tilde excepted.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '–' | '—' | '―' | '‐' | '‑' | '−' | '﹣')
}

/// Drops control characters, terminal escapes and invisible direction marks, keeps line breaks only if asked.
pub fn clean(text: &str, keep_breaks: bool) -> String {
    text.chars().filter(|c| (keep_breaks && *c == '\n') || !(c.is_control() || is_invisible(*c))).collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A name or code as a key: folded, without white space and control characters, upper case.
pub fn key(text: &str) -> String {
    // Called for every row several times over: one pass, one allocation.
    let mut key = String::with_capacity(text.len());
    for c in text.chars().map(fold_char).filter(|c| !(c.is_control() || c.is_whitespace() || is_invisible(*c))) {
        match c {
            _ if c.is_ascii() => key.push(c.to_ascii_uppercase()),
            // Chinese has no case, and is most of what is asked for: nothing to look up.
            '\u{2e80}'..='\u{9fff}' => key.push(c),
            _ => key.extend(c.to_uppercase()),
        }
    }
    key
}

/// As [`key`], for looking something up: a text that is its own key, as most scans are, is not written once more.
pub fn as_key(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_lowercase()) { Cow::Borrowed(text) } else { Cow::Owned(key(text)) }
}

/// A class name as a key: as [`key`], brackets in one form, a trailing 班 dropped (`电商 171班` = `电商171`), the year of entry with its
/// last two digits and without 级 (`2017级电商1` = `17电商1`), brackets around a number alone dropped (`计算机（1）班` = `计算机1班`).
///
/// Only spellings of one name: 届 is the year of leaving and stays.
pub fn class_key(name: &str) -> String {
    let mut k = key(name);
    if k.contains(['【', '】', '〔', '〕']) {
        k = k.replace(['【', '〔'], "(").replace(['】', '〕'], ")");
    }
    if k.ends_with('班') {
        k.truncate(k.len() - '班'.len_utf8());
    }
    let k = bare_number(k);
    let digits = k.bytes().take_while(u8::is_ascii_digit).count();
    let (year, rest) = k.split_at(digits);
    let entry = rest.strip_prefix('级').unwrap_or(rest);
    match (digits, year.strip_prefix("20")) {
        (4, Some(short)) if !entry.is_empty() => format!("{short}{entry}"),
        (2, _) if !entry.is_empty() => format!("{year}{entry}"),
        _ => k,
    }
}

/// A name for comparing: folded, `·` variants equal.
pub fn name_key(name: &str) -> String {
    const DOTS: [char; 7] = ['•', '・', '‧', '∙', '.', '．', '●'];
    let name = key(name);
    if name.contains(DOTS) { name.replace(DOTS, "·") } else { name }
}

/// Name and class as one key.
pub fn class_name(name: &str, class: &str) -> String {
    format!("{}@{}", name_key(name), class_key(class))
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// The 18-character document number inside a line like `姓名,性别,…,身份证号,…` (screens.md, law 9).
pub fn document_in(key: &str) -> Option<String> {
    key.split(|c: char| !c.is_ascii_alphanumeric())
        .find(|part| part.len() == 18 && part.as_bytes()[..17].iter().all(u8::is_ascii_digit))
        .map(str::to_owned)
}

/// `计算机(1)` without its brackets; `软件17(1)` keeps them, or its numbers would run together.
fn bare_number(key: String) -> String {
    let Some((name, number)) = key.strip_suffix(')').and_then(|k| k.rsplit_once('(')) else { return key };
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let apart = name.chars().last().is_some_and(|c| !c.is_ascii_digit());
    if plain && apart { format!("{name}{number}") } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_that_is_passed_by_has_a_case() {
        assert!(('\u{2e80}'..='\u{9fff}').all(|c| c.to_uppercase().eq([c])));
    }

    #[test]
    fn a_text_that_is_its_own_key_is_found_as_any_other() {
        for text in ["2017010101", "0001A", "S2-0057", "s2 0057", "１７", "李 佳", "", "a\u{200b}b", "~\u{7f}"] {
            assert_eq!(as_key(text), key(text), "{text:?}");
        }
    }

    #[test]
    fn spellings_of_one_class_have_one_key_and_two_classes_two() {
        for (a, b) in [
            ("电商 171班", "电商171"),
            ("２０１７级电商1班", "17电商1"),
            ("2017级电商1班", "17级电商1班"),
            ("计算机（1）班", "计算机1班"),
            ("艺术设计（青瓷、石雕）19高", "艺术设计(青瓷、石雕)19高班"),
        ] {
            assert_eq!(class_key(a), class_key(b), "{a} {b}");
        }
        for (a, b) in [
            ("2021届电商1班", "2021级电商1班"),
            ("软件17(1)", "软件171"),
            ("电商17", "电商171"),
            ("2017级", "17"),
            ("2017010101", "17010101"),
        ] {
            assert_ne!(class_key(a), class_key(b), "{a} {b}");
        }
    }
}
