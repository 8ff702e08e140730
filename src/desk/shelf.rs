//! The shelf: what lies in a folder and can be taken, while its path is being typed.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use super::ground::{Ground, Place};

/// Most entries of a folder that are looked at.
const LOOKED_AT: usize = 5_000;
/// Most entries shown.
const SHOWN: usize = 200;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// Tables.
    Sheets,
    /// Databases.
    Databases,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder to begin with.
    Place(Place),
    /// All files of this folder: so many.
    Whole(usize),
    /// A file of so many bytes.
    File(u64),
    /// A folder below.
    Folder,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What the path becomes by choosing it.
    pub path: String,
    /// What it is.
    pub kind: Kind,
}

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shelf {
    /// The text it is for.
    pub text: String,
    /// The entries.
    pub entries: Vec<Entry>,
    /// What Tab makes of the text.
    pub completed: String,
}

/// True for the files that are looked for; what a spreadsheet keeps while a file is open is not.
pub fn is_wanted(name: &str, wants: Wants) -> bool {
    let suffix = name.rsplit_once('.').map(|(_, s)| s.to_ascii_lowercase()).unwrap_or_default();
    let fits = match wants {
        Wants::Sheets => matches!(suffix.as_str(), "xlsx" | "xlsm" | "csv" | "tsv" | "xls" | "ods" | "et" | "dbf"),
        Wants::Databases => suffix == "db",
    };
    fits && !name.starts_with(['.', '~'])
}

/// What a text can become: places where it is empty, else what its folder holds and begins like its last part.
pub fn shelf(ground: &Ground, text: &str, wants: Wants) -> Shelf {
    if text.trim().is_empty() {
        let entry = |(place, path): (Place, PathBuf)| {
            let path = path.to_string_lossy().into_owned();
            Entry { name: path.clone(), path: ended(&path), kind: Kind::Place(place) }
        };
        let entries = ground.places().into_iter().map(entry).collect();
        return Shelf { text: text.to_owned(), entries, completed: String::new() };
    }
    let cut = text.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let (head, begun) = text.split_at(cut);
    let folder = if head.is_empty() { PathBuf::from(".") } else { ground.path(head) };
    let wanted = begun.to_lowercase();
    let (mut folders, mut files, mut whole) = (Vec::new(), Vec::new(), 0);
    for entry in fs::read_dir(&folder).into_iter().flatten().take(LOOKED_AT).filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(about) = fs::metadata(entry.path()) else { continue };
        let fits = name.to_lowercase().starts_with(&wanted);
        if about.is_dir() {
            if fits && !name.starts_with('.') {
                folders.push(Entry { path: ended(&format!("{head}{name}")), name, kind: Kind::Folder });
            }
        } else if is_wanted(&name, wants) {
            whole += 1;
            if fits {
                let changed = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                files.push((changed, Entry { path: format!("{head}{name}"), name, kind: Kind::File(about.len()) }));
            }
        }
    }
    folders.sort_by(|a, b| a.name.cmp(&b.name));
    // The file that was just saved is the one that is wanted.
    files.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    let mut entries: Vec<Entry> = files.into_iter().map(|(_, e)| e).chain(folders).collect();
    let completed = completed(text, head, begun, &entries);
    if wants == Wants::Sheets && begun.is_empty() && whole > 1 {
        entries.insert(0, Entry { name: String::new(), path: head.to_owned(), kind: Kind::Whole(whole) });
    }
    entries.truncate(SHOWN);
    Shelf { text: text.to_owned(), entries, completed }
}

fn completed(text: &str, head: &str, begun: &str, entries: &[Entry]) -> String {
    if let [only] = entries {
        return only.path.clone();
    }
    let mut names = entries.iter().map(|e| e.name.as_str());
    let Some(first) = names.next() else { return text.to_owned() };
    let shared = |a: usize, b: &str| first.chars().zip(b.chars()).take(a).take_while(|(x, y)| x == y).count();
    let length = names.fold(first.chars().count(), shared);
    if length < begun.chars().count() { text.to_owned() } else { format!("{head}{}", first.chars().take(length).collect::<String>()) }
}

/// A folder's path with its last stroke.
pub fn ended(path: &str) -> String {
    if path.ends_with(['/', '\\']) { path.to_owned() } else { format!("{path}{}", std::path::MAIN_SEPARATOR) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::clock::Wall;
    use crate::desk::settings::Home;

    #[test]
    fn a_path_is_completed_and_only_sheets_and_folders_are_listed() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["安排表.xlsx", "安排说明.pdf", "名单/商学院.xlsx", "名单/工学院.csv", "名单/~$商学院.xlsx", ".hidden/a.csv"]
        {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let ground = Ground::at(Home::at(dir.path().join(".home")), dir.path(), || Box::new(Wall));
        let list = |text: &str| shelf(&ground, text, Wants::Sheets);
        let names = |s: &Shelf| s.entries.iter().map(|e| e.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&list("~/")), ["安排表.xlsx", "名单"]);
        assert_eq!(list("~/安").completed, "~/安排表.xlsx");
        assert_eq!(list("~/名").completed, ended("~/名单"));
        let whole = list("~/名单/");
        assert_eq!((whole.entries[0].kind, whole.entries.len()), (Kind::Whole(2), 3));
        assert_eq!(list("~/没有/x"), Shelf { text: "~/没有/x".into(), completed: "~/没有/x".into(), entries: Vec::new() });
        assert!(list("").entries.iter().any(|e| e.kind == Kind::Place(Place::Here)));
    }
}
