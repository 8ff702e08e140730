//! Places inside the folder of copies: no name leads out of it, neither by its text nor by a link.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// The path of a name (with `/`) below the folder; `None` where its text would leave the folder or name none in it.
pub fn below(root: &Path, file: &str) -> Option<PathBuf> {
    let inside = !file.is_empty()
        && !file.contains(['\\', '\0'])
        && file.split('/').all(|part| !part.is_empty() && part != ".")
        && Path::new(file).components().all(|c| matches!(c, Component::Normal(_)));
    inside.then(|| root.join(file))
}

/// The folders that a name stands in below the root, outermost first.
pub fn folders(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..at])
}

/// True where every folder on the way to a name is a folder and no link.
pub fn is_reached(root: &Path, file: &str) -> bool {
    folders(file).all(|f| fs::symlink_metadata(root.join(f)).is_ok_and(|m| m.is_dir()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leads_out_of_the_folder() {
        let root = Path::new("/copies");
        assert_eq!(below(root, "a/b.jpg"), Some(root.join("a/b.jpg")));
        for outside in ["", "/etc/x", "../x", "a/../../x", "a//b", "./a", "a/.", "a\\..\\x", "a/"] {
            assert_eq!(below(root, outside), None, "{outside}");
        }
        assert_eq!(folders("a/b/c.jpg").collect::<Vec<_>>(), ["a", "a/b"]);
    }
}
