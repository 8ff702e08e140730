//! `$DUIHAO_HOME`: station identities, the campaign used last, preferences. And which database a command means.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::preferences::{Preferences, Which};

/// The name of the database where none is named.
const DATABASE: &str = "duihao.db";
/// Most tasks whose use is counted.
const USED: usize = 200;

/// The folder with everything that belongs to this user on this laptop and not into a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home(PathBuf);

impl Home {
    /// `$DUIHAO_HOME`, else the platform's configuration folder.
    pub fn find() -> Self {
        if let Some(home) = env::var_os("DUIHAO_HOME").filter(|h| !h.is_empty()) {
            return Self(PathBuf::from(home));
        }
        let base = etcetera::choose_base_strategy().map(|s| s.config_dir()).unwrap_or_else(|_| env::temp_dir());
        Self(base.join("duihao"))
    }

    /// At this folder.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database of the campaign used last, if it is still there.
    pub fn last_campaign(&self) -> Option<PathBuf> {
        self.last().filter(|p| p.is_file())
    }

    /// The database of the campaign used last, where it is there no more: on a stick that is not plugged in.
    pub fn missing_campaign(&self) -> Option<PathBuf> {
        self.last().filter(|p| !p.as_os_str().is_empty() && !p.exists())
    }

    fn last(&self) -> Option<PathBuf> {
        let text = fs::read_to_string(self.0.join("last")).ok()?;
        Some(PathBuf::from(text.trim_end_matches('\n')))
    }

    /// Remembers the campaign used. A home that cannot be written only forgets it.
    pub fn remember_campaign(&self, database: &Path) {
        let path = fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
        if fs::create_dir_all(&self.0).is_ok() {
            let _ = fs::write(self.0.join("last"), path.to_string_lossy().as_bytes());
        }
    }

    /// What this user likes.
    pub fn preferences(&self) -> Preferences {
        Preferences::kept(&self.0)
    }

    /// Remembers one preference beside what another window kept meanwhile; false where this home cannot be written.
    pub fn prefer(&self, which: Which, word: &str) -> bool {
        let mut all = self.preferences();
        all.set(which, word);
        all.keep(&self.0)
    }

    /// What was done from the list or by key, and how often; at most [`USED`] lines of the file are read.
    pub fn used(&self) -> Vec<(String, u32)> {
        let text = fs::read_to_string(self.0.join("used")).unwrap_or_default();
        let line = |line: &str| {
            let (times, name) = line.split_once(' ')?;
            Some((name.to_owned(), times.parse().ok()?))
        };
        text.lines().take(USED).filter_map(line).collect()
    }

    /// Remembers it. A home that cannot be written only forgets it.
    pub fn remember_used(&self, used: &[(String, u32)]) {
        let lines: String = used.iter().take(USED).map(|(name, times)| format!("{times} {name}\n")).collect();
        if fs::create_dir_all(&self.0).is_ok() {
            let _ = fs::write(self.0.join("used"), lines);
        }
    }

    /// Which database a command means: the one named, `$DUIHAO_DB`, the campaign used last, `duihao.db` here.
    pub fn database(&self, named: Option<&Path>) -> PathBuf {
        let from_env = || env::var_os("DUIHAO_DB").filter(|v| !v.is_empty()).map(PathBuf::from);
        named.map(Path::to_owned).or_else(from_env).or_else(|| self.last_campaign()).unwrap_or_else(|| PathBuf::from(DATABASE))
    }
}
