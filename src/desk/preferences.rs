//! What this user likes on this laptop: language, colours, bells, timing. Kept in `$DUIHAO_HOME`, never in a campaign.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// The file in the user's home.
const FILE: &str = "preferences.json";
/// Largest such file in bytes.
const SIZE_MAX: u64 = 1 << 16;
/// Most characters of a folder.
const LONGEST: usize = 1_000;

/// One preference. Every one is a word; what is not known counts as not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// 语言
    Language,
    /// 颜色
    Colours,
    /// 符号: lines and marks as they are, or in ASCII for old consoles.
    Signs,
    /// 响铃
    Bell,
    /// 鼠标
    Mouse,
    /// 扫码枪: most ms between two keys.
    Burst,
    /// 图片: how the terminal draws them.
    Pictures,
    /// 证件号: for how many seconds it is shown whole.
    Reveal,
    /// 打印包: the folder it goes to; empty for beside the database.
    PrintFolder,
}

impl Which {
    /// All, as they are listed.
    pub const ALL: [Self; 9] =
        [Self::Language, Self::Colours, Self::Signs, Self::Bell, Self::Mouse, Self::Burst, Self::Pictures, Self::Reveal, Self::PrintFolder];

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Colours => "colours",
            Self::Signs => "signs",
            Self::Bell => "bell",
            Self::Mouse => "mouse",
            Self::Burst => "burst_ms",
            Self::Pictures => "pictures",
            Self::Reveal => "reveal_s",
            Self::PrintFolder => "print_folder",
        }
    }

    /// What it can be, in the order of →; a path is typed and has none.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Language => &["zh", "en"],
            Self::Colours => &["dark", "light", "contrast", "plain"],
            Self::Signs => &["auto", "lines", "ascii"],
            Self::Bell => &["off", "wrong", "both"],
            Self::Mouse => &["on", "off"],
            Self::Burst => &["50", "60", "70", "80", "90", "100", "110", "120"],
            Self::Pictures => &["halfblocks", "sixel", "kitty", "iterm2"],
            Self::Reveal => &["15", "30", "60"],
            Self::PrintFolder => &[],
        }
    }

    /// What it is where nothing was said.
    pub fn usual(self) -> &'static str {
        match self {
            Self::Language => "zh",
            Self::Colours => "dark",
            Self::Signs => "auto",
            Self::Bell => "wrong",
            Self::Mouse => "on",
            Self::Burst => "50",
            Self::Pictures => "halfblocks",
            Self::Reveal => "60",
            Self::PrintFolder => "",
        }
    }

    fn takes(self, word: &str) -> bool {
        match self {
            Self::PrintFolder => word.chars().count() <= LONGEST && !word.chars().any(char::is_control),
            _ => self.choices().contains(&word),
        }
    }
}

/// What was said. Keys of a newer version are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preferences {
    said: Map<String, Value>,
}

impl Preferences {
    /// Those kept in a home; none where there is no file that can be read. What earlier versions kept in files of their own counts
    /// where nothing newer was said.
    pub fn kept(home: &Path) -> Self {
        let file = home.join(FILE);
        let fits = fs::metadata(&file).is_ok_and(|m| m.len() <= SIZE_MAX);
        let text = if fits { fs::read_to_string(&file).unwrap_or_default() } else { String::new() };
        let mut all = Self { said: serde_json::from_str(&text).unwrap_or_default() };
        for (which, name) in EARLIER {
            let said = fs::read_to_string(home.join(name)).unwrap_or_default();
            if all.own(which).is_none() && which.takes(said.trim()) {
                all.set(which, said.trim());
            }
        }
        all
    }

    /// Keeps them; false where the home cannot be written.
    pub fn keep(&self, home: &Path) -> bool {
        let text = serde_json::to_string_pretty(&self.said).unwrap_or_default();
        let (file, new) = (home.join(FILE), home.join(format!("{FILE}.{}", std::process::id())));
        let kept = fs::create_dir_all(home).and_then(|()| fs::write(&new, text)).and_then(|()| fs::rename(&new, &file));
        if kept.is_err() {
            let _ = fs::remove_file(&new);
            return false;
        }
        for (_, name) in EARLIER {
            let _ = fs::remove_file(home.join(name));
        }
        true
    }

    fn own(&self, which: Which) -> Option<&str> {
        self.said.get(which.key()).and_then(Value::as_str).filter(|word| which.takes(word))
    }

    /// What it is.
    pub fn word(&self, which: Which) -> &str {
        self.own(which).unwrap_or(which.usual())
    }

    /// The same as a number; 0 for what is none.
    pub fn number(&self, which: Which) -> i64 {
        self.word(which).parse().unwrap_or(0)
    }

    /// True where it is what it is without being said.
    pub fn is_usual(&self, which: Which) -> bool {
        self.word(which) == which.usual()
    }

    /// Says it; what it cannot be is not taken.
    pub fn set(&mut self, which: Which, word: &str) {
        if word == which.usual() {
            self.said.remove(which.key());
        } else if which.takes(word) {
            self.said.insert(which.key().to_owned(), Value::String(word.to_owned()));
        }
    }

    /// The next choice after this one, or the one before, round and round; the same word for what is typed.
    pub fn beside(which: Which, word: &str, forward: bool) -> &'static str {
        let all = which.choices();
        let at = all.iter().position(|w| *w == word).unwrap_or(0);
        let next = if forward { at + 1 } else { at + all.len().max(1) - 1 };
        all.get(next % all.len().max(1)).copied().unwrap_or(which.usual())
    }
}

/// Files of earlier versions.
const EARLIER: [(Which, &str); 3] = [(Which::Language, "lang"), (Which::Burst, "burst_ms"), (Which::Signs, "signs")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preference_has_its_usual_among_its_choices_and_a_key_of_its_own() {
        for (n, which) in Which::ALL.into_iter().enumerate() {
            assert!(which.takes(which.usual()), "{which:?}");
            assert!(Which::ALL[n + 1..].iter().all(|other| other.key() != which.key()));
            let round = which.choices().iter().fold(which.usual(), |word, _| Preferences::beside(which, word, true));
            assert_eq!(round, which.usual());
            assert_eq!(Preferences::beside(which, Preferences::beside(which, which.usual(), true), false), which.usual());
        }
    }

    #[test]
    fn what_was_said_is_kept_and_what_a_newer_version_said_too() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(FILE), r#"{"colours":"sepia","later":{"a":[1]},"mouse":7,"bell":"both"}"#).unwrap();
        let mut all = Preferences::kept(home.path());
        assert_eq!((all.word(Which::Colours), all.word(Which::Mouse), all.word(Which::Bell)), ("dark", "on", "both"));
        all.set(Which::Bell, "off");
        all.set(Which::Burst, "80");
        all.set(Which::Mouse, "perhaps");
        assert!(all.keep(home.path()));
        let again = Preferences::kept(home.path());
        assert_eq!((again.word(Which::Bell), again.number(Which::Burst)), ("off", 80));
        assert!(fs::read_to_string(home.path().join(FILE)).unwrap().contains("later"));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_earlier_versions_kept_counts_until_something_else_is_said() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("lang"), "en\n").unwrap();
        fs::write(home.path().join("burst_ms"), "100").unwrap();
        fs::write(home.path().join("signs"), "ascii").unwrap();
        let mut all = Preferences::kept(home.path());
        assert_eq!((all.word(Which::Language), all.number(Which::Burst), all.word(Which::Signs)), ("en", 100, "ascii"));
        all.set(Which::Language, "zh");
        assert!(all.keep(home.path()));
        let again = Preferences::kept(home.path());
        assert_eq!((again.word(Which::Language), again.number(Which::Burst), again.word(Which::Signs)), ("zh", 100, "ascii"));
    }

    #[test]
    fn a_file_that_is_none_and_a_home_that_takes_nothing_break_nothing() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(FILE), "[1, 2").unwrap();
        assert_eq!(Preferences::kept(home.path()), Preferences::default());
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(!Preferences::default().keep(&file.join("below")));
    }
}
