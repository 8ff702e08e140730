//! Pictures to look at: found only below the folder that was read, shrunk on a thread of their own, or shown by the system's viewer.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use image::RgbImage;

use crate::domain::photo::Fault;
use crate::files::photos::{kind, listing, thumb};
use crate::files::quiet::quietly;

/// Nobody's photograph has more bytes.
const BYTES_MAX: u64 = 256 << 20;

/// A picture that is wanted small.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Wanted {
    /// The folder that was read.
    pub folder: String,
    /// Path below it, with `/`.
    pub path: String,
    /// EXIF orientation, 1–8.
    pub turned: u8,
    /// Most pixels wide.
    pub width: u32,
    /// Most pixels high.
    pub height: u32,
}

/// A small picture, or why there is none.
pub type Small = Result<RgbImage, Fault>;

/// The file of a picture, nowhere but below the folder that was read.
///
/// # Errors
/// [`Fault::Unreadable`] where it is not there, is no file, or a link leads out of the folder.
pub fn find(folder: &str, path: &str) -> Result<PathBuf, Fault> {
    listing::locate(Path::new(folder), path).map_err(|_| Fault::Unreadable)
}

/// Reads and shrinks one picture, as seen, never larger than it is.
///
/// # Errors
/// Why there is nothing to show.
pub fn small(wanted: &Wanted) -> Small {
    let file = File::open(find(&wanted.folder, &wanted.path)?).map_err(|_| Fault::Unreadable)?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX).read_to_end(&mut bytes).map_err(|_| Fault::Unreadable)?;
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    // A library that panics is one more damaged file.
    quietly(|| thumb::thumb(&bytes, wanted.turned, wanted.width, wanted.height)).flatten().ok_or(Fault::Damaged)
}

/// Shows a picture in the system's viewer and does not wait for it.
///
/// # Errors
/// [`Fault::Unreadable`] where it is not there or no viewer starts, [`Fault::NotAPicture`] where its name promises no picture:
/// the system goes by the name, and might run it.
pub fn view(folder: &str, path: &str) -> Result<(), Fault> {
    let file = find(folder, path)?;
    if !kind::promises_a_picture(path) {
        return Err(Fault::NotAPicture);
    }
    open(&file)
}

/// Opens a file or folder of ours with the system and does not wait for it.
///
/// # Errors
/// [`Fault::Unreadable`] where nothing starts.
pub fn open(path: &Path) -> Result<(), Fault> {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started = Command::new(program).arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut viewer = started.map_err(|_| Fault::Unreadable)?;
    // Somebody has to hear that it ended.
    thread::spawn(move || viewer.wait());
    Ok(())
}

/// The thread that shrinks pictures, apart from long work: what is looked at must not wait for a folder to be read.
pub struct Shrinker {
    wanted: Sender<Wanted>,
}

impl Shrinker {
    /// Starts it; `tell` is called there with every picture. It ends when this is dropped.
    pub fn start(tell: impl Fn(Wanted, Small) + Send + 'static) -> Self {
        let (wanted, asked): (Sender<Wanted>, Receiver<Wanted>) = channel();
        thread::spawn(move || {
            while let Ok(first) = asked.recv() {
                // Whoever leafs through wants the last one first.
                let mut all = vec![first];
                while let Some(next) = all.pop() {
                    let small = small(&next);
                    tell(next, small);
                    all.extend(asked.try_iter());
                }
            }
        });
        Self { wanted }
    }

    /// Asks for one.
    pub fn ask(&self, wanted: Wanted) {
        // Without the thread there is no picture; its frame says that it is still awaited.
        let _ = self.wanted.send(wanted);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn wanted(folder: &Path, path: &str) -> Wanted {
        Wanted { folder: folder.to_string_lossy().into_owned(), path: path.to_owned(), turned: 1, width: 20, height: 20 }
    }

    #[test]
    fn a_picture_is_shrunk_to_its_box_and_turned_as_seen() {
        let dir = tempfile::tempdir().unwrap();
        RgbImage::from_pixel(60, 80, image::Rgb([10, 200, 30])).save(dir.path().join("a.jpg")).unwrap();
        let upright = small(&wanted(dir.path(), "a.jpg")).unwrap();
        assert_eq!((upright.width(), upright.height()), (15, 20));
        let lying = small(&Wanted { turned: 6, ..wanted(dir.path(), "a.jpg") }).unwrap();
        assert_eq!((lying.width(), lying.height()), (20, 15));
    }

    #[test]
    fn nothing_outside_the_folder_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let inside = dir.path().join("photos");
        fs::create_dir(&inside).unwrap();
        RgbImage::new(4, 4).save(dir.path().join("secret.png")).unwrap();
        for path in ["../secret.png", "/etc/passwd", "./../secret.png", ""] {
            assert_eq!(small(&wanted(&inside, path)), Err(Fault::Unreadable), "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path().join("secret.png"), inside.join("link.png")).unwrap();
            assert_eq!(small(&wanted(&inside, "link.png")), Err(Fault::Unreadable));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_picture_with_an_odd_name_is_shown_like_any_other() {
        let dir = tempfile::tempdir().unwrap();
        RgbImage::new(4, 4).save(dir.path().join("a\u{1b}b.png")).unwrap();
        assert!(small(&wanted(dir.path(), "a\u{fffd}b.png")).is_ok());
    }

    #[test]
    fn what_is_no_picture_says_why() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("empty.jpg"), b"").unwrap();
        fs::write(dir.path().join("text.jpg"), b"no picture at all").unwrap();
        fs::write(dir.path().join("run.bat"), b"\xff\xd8\xff").unwrap();
        assert_eq!(small(&wanted(dir.path(), "empty.jpg")), Err(Fault::Empty));
        assert_eq!(small(&wanted(dir.path(), "text.jpg")), Err(Fault::Damaged));
        assert_eq!(view(&dir.path().to_string_lossy(), "run.bat"), Err(Fault::NotAPicture));
    }
}
