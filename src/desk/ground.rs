//! Where a session stands: the user's home with its preferences, the clock for databases, and the folders people keep files in.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clock::{Clock, Wall};
use super::settings::Home;

/// Most folders remembered.
const RECENT: usize = 6;
/// Most entries below a mount point that are looked at.
const STICKS: usize = 20;

/// What a folder is to its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Files were taken from it before.
    Recent,
    /// One of the user's usual folders.
    Own,
    /// A stick or card.
    Stick,
    /// Where the program was started.
    Here,
}

/// Makes a clock for a database that is opened.
type Clocks = Arc<dyn Fn() -> Box<dyn Clock> + Send + Sync>;

/// Where we stand.
#[derive(Clone)]
pub struct Ground {
    home: Home,
    clocks: Clocks,
    user: PathBuf,
    mounts: Vec<PathBuf>,
}

impl Ground {
    /// This user on this laptop.
    pub fn found() -> Self {
        let user = etcetera::home_dir().unwrap_or_default();
        let name = user.file_name().map(PathBuf::from).unwrap_or_default();
        let mounts = vec![PathBuf::from("/run/media").join(&name), PathBuf::from("/media").join(&name), PathBuf::from("/Volumes")];
        Self { home: Home::find(), clocks: Arc::new(|| Box::new(Wall)), user, mounts }
    }

    /// Another home, user folder and clock; no sticks.
    pub fn at(home: Home, user: impl Into<PathBuf>, clocks: impl Fn() -> Box<dyn Clock> + Send + Sync + 'static) -> Self {
        Self { home, clocks: Arc::new(clocks), user: user.into(), mounts: Vec::new() }
    }

    /// Preferences and identities.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// A clock for a database.
    pub fn clock(&self) -> Box<dyn Clock> {
        (self.clocks)()
    }

    /// Where a new campaign is kept unless the user says otherwise.
    pub fn campaigns(&self) -> PathBuf {
        let documents = ["文档", "Documents"].iter().map(|name| self.user.join(name)).find(|p| p.is_dir());
        documents.unwrap_or_else(|| self.user.clone()).join("对号")
    }

    /// A path as typed: quotes and `file://` dropped, `~` for the user's folder.
    pub fn path(&self, text: &str) -> PathBuf {
        let text = text.trim();
        let bare = text.strip_prefix("file://").unwrap_or(text);
        let quoted = |q: char| bare.strip_prefix(q).and_then(|t| t.strip_suffix(q));
        let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(bare);
        match bare.strip_prefix('~') {
            Some("") => self.user.clone(),
            Some(rest) if rest.starts_with(['/', '\\']) => self.user.join(&rest[1..]),
            _ => PathBuf::from(bare),
        }
    }

    /// Folders to begin with, those used before first.
    pub fn places(&self) -> Vec<(Place, PathBuf)> {
        let mut places: Vec<(Place, PathBuf)> = self.recent().into_iter().map(|p| (Place::Recent, p)).collect();
        let own = ["桌面", "Desktop", "文档", "Documents", "下载", "Downloads"];
        places.extend(own.iter().map(|name| (Place::Own, self.user.join(name))));
        for mount in &self.mounts {
            let sticks = fs::read_dir(mount).into_iter().flatten().take(STICKS).filter_map(Result::ok);
            places.extend(sticks.map(|entry| (Place::Stick, entry.path())));
        }
        if cfg!(windows) {
            places.extend(('D'..='Z').map(|letter| (Place::Stick, PathBuf::from(format!("{letter}:\\")))));
        }
        places.extend(std::env::current_dir().ok().map(|p| (Place::Here, p)));
        places.extend((!self.user.as_os_str().is_empty()).then(|| (Place::Own, self.user.clone())));
        let mut seen: Vec<PathBuf> = Vec::new();
        places.retain(|(_, path)| {
            let fresh = path.is_dir() && !seen.contains(path);
            seen.push(path.clone());
            fresh
        });
        places
    }

    fn recent(&self) -> Vec<PathBuf> {
        let text = fs::read_to_string(self.home.path().join("folders")).unwrap_or_default();
        text.lines().filter(|l| !l.is_empty()).take(RECENT).map(PathBuf::from).collect()
    }

    /// Remembers a folder that files were taken from. A home that cannot be written only forgets it.
    pub fn remember(&self, folder: &Path) {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let mut all = self.recent();
        all.retain(|p| *p != folder);
        all.insert(0, folder);
        all.truncate(RECENT);
        let lines: Vec<String> = all.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        if fs::create_dir_all(self.home.path()).is_ok() {
            let _ = fs::write(self.home.path().join("folders"), lines.join("\n"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_used_before_come_first_and_only_those_that_are_there() {
        let dir = tempfile::tempdir().unwrap();
        let ground = Ground::at(Home::at(dir.path().join("home")), dir.path().join("user"), || Box::new(Wall));
        for name in ["user/下载", "user/桌面", "lists"] {
            fs::create_dir_all(dir.path().join(name)).unwrap();
        }
        ground.remember(&dir.path().join("gone"));
        ground.remember(&dir.path().join("lists"));
        let names: Vec<String> =
            ground.places().iter().map(|(_, p)| p.file_name().unwrap_or_default().to_string_lossy().into_owned()).take(3).collect();
        assert_eq!(names, ["lists", "桌面", "下载"]);
    }

    #[test]
    fn a_path_dropped_on_the_terminal_is_the_path() {
        let ground = Ground::at(Home::at("/h"), "/u", || Box::new(Wall));
        for (text, path) in [("'/a/商 学院.xlsx' ", "/a/商 学院.xlsx"), ("~/下载", "/u/下载"), ("file:///a/b", "/a/b"), ("~", "/u")]
        {
            assert_eq!(ground.path(text), PathBuf::from(path), "{text}");
        }
    }
}
