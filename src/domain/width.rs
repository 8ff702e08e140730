//! Text as people and schools write it: full-width forms folded, control characters dropped.

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
        if c.is_ascii() { key.push(c.to_ascii_uppercase()) } else { key.extend(c.to_uppercase()) }
    }
    key
}

/// A class name as a key: as [`key`], brackets in one form, a trailing 班 dropped (`电商 171班` = `电商171`).
pub fn class_key(name: &str) -> String {
    let mut k = key(name);
    if k.contains(['【', '】', '〔', '〕']) {
        k = k.replace(['【', '〔'], "(").replace(['】', '〕'], ")");
    }
    if k.ends_with('班') {
        k.truncate(k.len() - '班'.len_utf8());
    }
    k
}
