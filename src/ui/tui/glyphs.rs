//! Lines, marks and gauges for consoles that cannot draw them: one table, laid over the finished frame.
//!
//! The console that Windows had before Windows Terminal draws lines, arrows and many signs two columns wide in its Chinese fonts, and has
//! no ✓ at all: every line after one of them stands askew. Everything narrow that is not plain ASCII is replaced there; Chinese stays.

use std::ffi::OsString;

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr as _;

use crate::desk::preferences::Which;
use crate::desk::settings::Home;

/// Terminals that say who they are and draw every sign in the width it has.
const MODERN: [&str; 6] = ["WT_SESSION", "TERM_PROGRAM", "TERM", "ConEmuANSI", "ALACRITTY_WINDOW_ID", "WEZTERM_PANE"];

/// True where plain signs are wanted: asked for on the command line, else by `$DUIHAO_ASCII` (`0` and `no` are against it), else chosen
/// before on this computer, else because the console is an old one.
pub fn plain(asked: bool, home: &Home) -> bool {
    wanted(asked, chosen(home.preferences().word(Which::Signs)), cfg!(windows), |name| std::env::var_os(name))
}

/// The same once the program runs: what is chosen now holds whatever was asked for at the start.
pub fn plain_by(word: &str) -> bool {
    chosen(word).unwrap_or_else(|| wanted(false, None, cfg!(windows), |name| std::env::var_os(name)))
}

fn chosen(word: &str) -> Option<bool> {
    match word {
        "ascii" => Some(true),
        "lines" => Some(false),
        _ => None,
    }
}

fn wanted(asked: bool, chosen: Option<bool>, windows: bool, var: impl Fn(&str) -> Option<OsString>) -> bool {
    let said = |name: &str| var(name).filter(|value| !value.is_empty());
    if asked {
        return true;
    }
    if let Some(value) = said("DUIHAO_ASCII") {
        return value != "0" && value != "no";
    }
    chosen.unwrap_or_else(|| windows && !MODERN.iter().any(|name| said(name).is_some()))
}

/// Replaces everything in the frame that an old console draws in another width, or not at all.
pub fn lay_over(buf: &mut Buffer) {
    let mut text = String::new();
    for cell in &mut buf.content {
        let symbol = cell.symbol();
        if symbol.is_ascii() || symbol.width() != 1 {
            continue;
        }
        text.clear();
        // A sign with accents above it is one cell: the first says what it is.
        text.extend(symbol.chars().next().map(stand_in));
        cell.set_symbol(&text);
    }
}

/// What stands in for a sign of one column.
fn stand_in(sign: char) -> char {
    match sign {
        c if c.is_ascii() => c,
        '─' | '━' | '═' | '╌' | '┄' | '–' | '—' | '―' | '‐' | '‑' | '−' => '-',
        '│' | '┃' | '║' | '┆' | '▌' | '▐' => '|',
        '\u{2500}'..='\u{257f}' => '+',
        '█' | '■' | '▇' => '#',
        '▓' => '%',
        '▒' => ':',
        '░' | '·' | '•' | '・' | '‧' => '.',
        '▀' => '"',
        '▄' | '▁' | '▂' | '▃' => '_',
        '▶' | '►' | '▸' | '→' | '›' | '≥' => '>',
        '◀' | '◂' | '←' | '‹' | '≤' | '↵' | '⏎' => '<',
        '▲' | '↑' => '^',
        '▼' | '↓' | '✓' | '✔' | '√' => 'v',
        '✗' | '✘' | '×' => 'x',
        '●' | '◆' | '★' | '※' => '*',
        '○' | '◇' | '□' | '◯' | '°' => 'o',
        '…' => '~',
        '“' | '”' | '„' | '″' => '"',
        '‘' | '’' | '′' => '\'',
        '±' => '+',
        '≠' => '!',
        '≈' => '~',
        'ü' => 'u',
        '①'..='⑨' => char::from(b'1' + (sign as u32 - '①' as u32) as u8),
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_old_console_has_plain_signs_by_itself() {
        let old = |_: &str| None;
        let terminal = |name: &str| (name == "WT_SESSION").then(|| OsString::from("1"));
        assert!(wanted(false, None, true, old));
        assert!(!wanted(false, None, true, terminal));
        assert!(!wanted(false, None, false, old));
    }

    #[test]
    fn what_is_asked_for_goes_before_what_was_chosen_and_that_before_what_is_guessed() {
        let said = |value: &'static str| move |name: &str| (name == "DUIHAO_ASCII").then(|| OsString::from(value));
        assert!(wanted(true, Some(false), false, said("0")));
        assert!(wanted(false, Some(false), false, said("1")));
        assert!(!wanted(false, Some(true), true, said("no")));
        assert!(wanted(false, Some(true), false, said("")));
        assert!(!wanted(false, Some(false), true, |_: &str| None));
    }

    #[test]
    fn chinese_stays_and_every_narrow_sign_becomes_ascii() {
        let mut buf = Buffer::with_lines(["┌─┐│王思远 ✓│▶ ①…é", "阿卜杜拉·买买提 █░▀▄"]);
        lay_over(&mut buf);
        assert_eq!(buf, Buffer::with_lines(["+-+|王思远 v|> 1~?", "阿卜杜拉.买买提 #.\"_"]));
    }
}
