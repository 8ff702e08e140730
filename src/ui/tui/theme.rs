//! Colours by meaning; without colours the same meanings by weight and reversal.

use ratatui::style::{Color, Modifier, Style};

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// On the terminal's own dark ground.
    #[default]
    Dark,
    /// Black on white, for a sunlit corridor.
    Light,
    /// The strongest contrast.
    Contrast,
    /// `NO_COLOR`.
    Plain,
}

/// A meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    Text,
    /// Of less weight.
    Dim,
    /// Of more weight.
    Strong,
    /// Lines between.
    Rule,
    /// Something to press or look at.
    Accent,
    /// Committed and right.
    Right,
    /// A person should look.
    Check,
    /// Wrong.
    Wrong,
    /// Ground and text of the red screen.
    Alarm,
    /// Of less weight on the red screen.
    AlarmDim,
    /// The chosen row.
    Chosen,
    /// The chosen row of the red screen.
    AlarmChosen,
}

impl Theme {
    /// The theme to start with: `NO_COLOR` (no-color.org) is obeyed where set and not empty, else what this user likes.
    pub fn start(liked: &str) -> Self {
        match std::env::var_os("NO_COLOR") {
            Some(value) if !value.is_empty() => Self::Plain,
            _ => Self::of_word(liked),
        }
    }

    /// Its word among the preferences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
            Self::Plain => "plain",
        }
    }

    /// The theme of a word; the dark one for what is none.
    pub fn of_word(word: &str) -> Self {
        [Self::Light, Self::Contrast, Self::Plain].into_iter().find(|t| t.word() == word).unwrap_or_default()
    }

    /// The next one; without colours there is only one.
    pub fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Contrast,
            Self::Contrast => Self::Dark,
            Self::Plain => Self::Plain,
        }
    }

    /// The style of a meaning.
    pub fn style(self, tone: Tone) -> Style {
        match self {
            Self::Dark => shades(
                tone,
                &[Color::Reset, Color::Reset, Color::Indexed(245), Color::Indexed(239), Color::Indexed(75)],
                [Color::Indexed(114), Color::Indexed(179), Color::Indexed(203)],
            ),
            Self::Light => shades(
                tone,
                &[Color::Indexed(255), Color::Indexed(235), Color::Indexed(243), Color::Indexed(250), Color::Indexed(25)],
                [Color::Indexed(28), Color::Indexed(130), Color::Indexed(160)],
            ),
            Self::Contrast => shades(
                tone,
                &[Color::Black, Color::White, Color::White, Color::White, Color::LightCyan],
                [Color::LightGreen, Color::LightYellow, Color::LightRed],
            ),
            Self::Plain => plain(tone),
        }
    }
}

// base: ground, text, dim, rule, accent; marks: right, check, wrong.
fn shades(tone: Tone, base: &[Color; 5], marks: [Color; 3]) -> Style {
    let [ground, text, dim, rule, accent] = *base;
    let on = |color| Style::new().fg(color).bg(ground);
    let alarm = Style::new().fg(Color::Indexed(231)).bg(Color::Indexed(124));
    match tone {
        Tone::Text => on(text),
        Tone::Strong => on(text).add_modifier(Modifier::BOLD),
        Tone::Dim => on(dim),
        Tone::Rule => on(rule),
        Tone::Accent => on(accent),
        Tone::Right => on(marks[0]).add_modifier(Modifier::BOLD),
        Tone::Check => on(marks[1]).add_modifier(Modifier::BOLD),
        Tone::Wrong => on(marks[2]).add_modifier(Modifier::BOLD),
        Tone::Chosen => on(accent).add_modifier(Modifier::BOLD),
        Tone::Alarm => alarm,
        Tone::AlarmDim => alarm.fg(Color::Indexed(224)),
        Tone::AlarmChosen => Style::new().fg(Color::Indexed(124)).bg(Color::Indexed(231)).add_modifier(Modifier::BOLD),
    }
}

fn plain(tone: Tone) -> Style {
    let style = Style::new();
    match tone {
        Tone::Text | Tone::Rule | Tone::Alarm | Tone::AlarmDim | Tone::Dim | Tone::Accent => style,
        Tone::Strong | Tone::Right | Tone::Check | Tone::Chosen => style.add_modifier(Modifier::BOLD),
        Tone::Wrong | Tone::AlarmChosen => style.add_modifier(Modifier::BOLD | Modifier::REVERSED),
    }
}
