//! Every screen at every size: both languages, with colours and without, and never half a character.

use crossterm::event::KeyCode;
use duihao::domain::command::Action;
use duihao::domain::ids::RoomKey;
use duihao::ui::tui::theme::Theme;
use duihao::ui::tui::{Stage, Start};
use duihao::ui::words::Lang;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr as _;

use crate::harness::{Play, expect_screen, number, text};

const ROOMS: [&str; 3] = ["11B105", "7-115", "12-102"];
/// The smallest window, a usual one, a large one.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// Shows one screen.
type Show = fn(&mut Play);

/// Screens with the name they have here. `false`: what the laptop itself says stands on it, so it is looked at and not compared.
const SCREENS: [(&str, bool, Show); 30] = [
    ("dashboard", true, |p| {
        p.act(Action::Shoot, Some(&number(2)), None, None);
        p.f(3);
        p.wait(6_000);
    }),
    ("desk", true, |p| [1, 2, 5].into_iter().for_each(|n| p.scan(&number(n)))),
    ("desk, a long name", true, |p| p.scan(&number(11))),
    ("desk, candidates", true, |p| p.type_slowly("zw")),
    ("desk, which one", true, |p| {
        p.type_slowly("张伟");
        p.press(KeyCode::Enter);
    }),
    ("desk, nobody", true, |p| p.scan("2099000001")),
    ("desk, list of tasks", true, |p| p.f(1)),
    ("desk, set aside", true, |p| {
        p.scan(&number(4));
        p.f(6);
    }),
    ("desk, register", true, |p| p.f(9)),
    ("desk, undo", true, |p| {
        p.scan(&number(4));
        p.ctrl('z');
    }),
    ("door", true, |p| {
        line(p);
        p.press(KeyCode::Enter);
    }),
    ("door, wrong", true, |p| {
        line(p);
        p.scan("0003B");
    }),
    ("door, count", true, |p| {
        line(p);
        p.f(7);
    }),
    ("findings", true, |p| {
        line(p);
        p.scan("0003B");
        p.f(5);
    }),
    ("finding, what to do", true, |p| {
        line(p);
        p.scan("0003B");
        p.f(5);
        p.press(KeyCode::Enter);
    }),
    ("photos", true, |p| {
        p.f(1);
        choose(p, "zphd");
    }),
    ("journal", true, |p| {
        line(p);
        p.f(1);
        choose(p, "rizhi");
    }),
    ("tomorrow", false, |p| {
        p.f(1);
        choose(p, "mingtian");
    }),
    ("board", true, |p| {
        line(p);
        p.f(1);
        choose(p, "jhp");
    }),
    ("read out", true, |p| {
        p.f(1);
        choose(p, "baoshu");
    }),
    ("move a class", true, |p| {
        p.f(1);
        choose(p, "diaoban");
    }),
    ("opening", true, |p| {
        p.f(1);
        choose(p, "kaichang");
    }),
    ("miscount", true, |p| {
        line(p);
        p.f(7);
        p.type_slowly("100");
        p.press(KeyCode::Enter);
        p.press(KeyCode::Enter);
        p.f(7);
        p.type_slowly("102");
        p.press(KeyCode::Enter);
    }),
    ("roster", true, |p| p.f(4)),
    ("roster, found", true, |p| {
        p.f(4);
        p.type_slowly("w");
    }),
    ("card", true, |p| {
        line(p);
        p.f(4);
        p.type_slowly("吴桐");
        p.press(KeyCode::Enter);
    }),
    ("self-check", false, |p| p.f(12)),
    ("clock screen, agreed?", true, |p| {
        p.f(1);
        choose(p, "dsp");
    }),
    ("clock screen", true, |p| {
        p.f(1);
        choose(p, "dsp");
        p.press(KeyCode::Down);
        p.press(KeyCode::Enter);
    }),
    // What colours are in force stands on it: its own test compares it.
    ("settings", false, |p| {
        p.f(1);
        choose(p, "shezhi");
    }),
];

fn choose(play: &mut Play, what: &str) {
    play.type_slowly(what);
    play.press(KeyCode::Enter);
}

/// Six people in line, seen from the door.
fn line(play: &mut Play) {
    [1, 2, 4, 5, 7, 8].into_iter().for_each(|n| play.scan(&number(n)));
    play.f(2);
}

/// One screen.
fn shown(show: Show, size: (u16, u16), lang: Lang, theme: Theme) -> Play {
    let mut play = Play::new(&ROOMS, Start::Desk(RoomKey::of(ROOMS[0])), lang, size);
    play.on(|stage: Stage| stage.with_theme(theme));
    play.resize(size);
    play.press(KeyCode::Esc);
    show(&mut play);
    play
}

/// Where a wide character lost its second half, or stands half outside.
fn cut(buffer: &Buffer) -> Vec<(u16, u16, String)> {
    let mut found = Vec::new();
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let whole = symbol.width() < 2 || x + 1 < buffer.area.width && matches!(buffer[(x + 1, y)].symbol(), "" | " ");
            if !whole {
                found.push((x, y, symbol.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_screen_looks_as_it_was_looked_at() {
    for lang in [Lang::Zh, Lang::En] {
        for size in SIZES {
            let mut all = String::new();
            for (name, _, show) in SCREENS.iter().filter(|s| s.1) {
                let screen = shown(*show, size, lang, Theme::Dark).screen();
                all.push_str(&format!("======== {name}\n{screen}"));
            }
            let lang = if lang == Lang::Zh { "zh" } else { "en" };
            expect_screen(&format!("all_{}x{}_{lang}", size.0, size.1), &all);
        }
    }
}

#[test]
fn without_colours_every_screen_says_the_same() {
    for (name, _, show) in SCREENS.iter().filter(|s| s.1) {
        let mut dark = shown(*show, SIZES[0], Lang::Zh, Theme::Dark);
        let mut plain = shown(*show, SIZES[0], Lang::Zh, Theme::Plain);
        assert_eq!(dark.screen(), plain.screen(), "{name}");
        let buffer = plain.buffer();
        let coloured = buffer.content.iter().find(|c| c.fg != ratatui::style::Color::Reset || c.bg != ratatui::style::Color::Reset);
        assert!(coloured.is_none(), "{name}: {coloured:?}");
    }
}

#[test]
fn in_plain_signs_every_screen_is_chinese_and_ascii_and_nothing_else() {
    let odd = |buffer: &Buffer| -> Vec<String> {
        let symbols = buffer.content.iter().map(|c| c.symbol());
        symbols.filter(|s| !s.is_ascii() && s.width() != 2).map(str::to_owned).collect()
    };
    for (name, _, show) in SCREENS {
        for lang in [Lang::Zh, Lang::En] {
            let mut play = shown(show, SIZES[0], lang, Theme::Dark);
            assert!(!odd(&play.buffer()).is_empty(), "{name} has lines");
            play.on(|stage: Stage| stage.with_habits(true));
            for size in [(80, 24), (120, 40), (200, 60), (60, 20), (7, 3), (1, 1)] {
                play.resize(size);
                let buffer = play.buffer();
                assert!(odd(&buffer).is_empty(), "{name} {size:?} {:?}\n{}", odd(&buffer), text(&buffer));
                play.on(|stage: Stage| stage.with_habits(false));
                let marks = |buffer: &Buffer| text(buffer).matches('?').count();
                assert_eq!(marks(&buffer), marks(&play.buffer()), "{name}: a sign without a stand-in\n{}", text(&buffer));
                play.on(|stage: Stage| stage.with_habits(true));
            }
        }
    }
}

#[test]
fn a_border_over_the_second_half_of_a_character_is_seen() {
    let mut buffer = Buffer::with_lines(["王思远 1", "abc 王"]);
    assert!(cut(&buffer).is_empty());
    buffer[(3, 0)].set_symbol("│");
    buffer[(7, 1)].set_symbol("远");
    assert_eq!(cut(&buffer).iter().map(|(x, y, _)| (*x, *y)).collect::<Vec<_>>(), [(2, 0), (7, 1)]);
}

#[test]
fn no_wide_character_is_ever_cut() {
    for (name, _, show) in SCREENS {
        for lang in [Lang::Zh, Lang::En] {
            let mut play = shown(show, SIZES[0], lang, Theme::Dark);
            for size in [(80, 24), (81, 25), (97, 31), (120, 40), (133, 37), (200, 60), (60, 20), (7, 3), (1, 1)] {
                play.resize(size);
                let buffer = play.buffer();
                assert!(cut(&buffer).is_empty(), "{name} {size:?} {:?}\n{}", cut(&buffer), text(&buffer));
            }
        }
    }
}
