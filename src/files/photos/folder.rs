//! First pass over a folder of photographs: one open and one small read of every file that is new or has changed.

use std::collections::{HashMap, HashSet};
use std::fs::{File, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use chrono::{NaiveDateTime, TimeDelta};

use super::capture::{self, Capture};
use super::error::PhotoError;
use super::kind::{self, Kind};
use super::listing::{self, Entry};
use super::pair::{self, Progress};
use super::window::Window;
use crate::domain::ids::Millis;
use crate::domain::photo::{Fault, Picture};
use crate::domain::photo_names;
use crate::files::quiet::quietly;

/// What was read of a folder. It holds every picture, usable or not, and says what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Pictures sorted by path, damaged ones and those of foreign formats among them.
    pub pictures: Vec<Picture>,
    /// Paths of pictures that are as they were known and were not opened again.
    pub unchanged: HashSet<String>,
    /// Pictures that were known and are no more there.
    pub gone: Vec<String>,
    /// Paths of foreign-format pictures (RAW, HEIC) beside a JPEG of the same name: nothing is lost with them.
    pub beside_jpeg: HashSet<String>,
    /// Links that lead back above or into what is read anyway.
    pub loops: Vec<String>,
    /// Folders and links that cannot be opened.
    pub closed: Vec<String>,
    /// Files left out: hidden, system files, and kinds that are no pictures.
    pub left_out: usize,
}

/// Reads the pictures below `dir`. `known` is what an earlier reading gave: what has the same path, size and time of
/// writing is not opened again. `instant` turns a local time of the campaign into an instant (ms). `progress` returning
/// false stops.
///
/// # Errors
/// See [`PhotoError`]; a picture that cannot be read is told as its fault.
pub fn read(
    dir: &Path,
    known: &[Picture],
    instant: &(dyn Fn(NaiveDateTime) -> Millis + Sync),
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Reading, PhotoError> {
    let listing = listing::list(dir, &mut |done| progress(Progress { done, total: 0 }))?;
    let before: HashMap<&str, &Picture> = known.iter().map(|p| (p.path.as_str(), p)).collect();
    let read = pair::work(&listing.entries, 64, progress, &|entry| picture(entry, before.get(entry.shown.as_str()).copied(), instant))?;

    let mut reading = Reading { loops: listing.loops, closed: listing.closed, left_out: listing.left_out, ..Reading::default() };
    for seen in read {
        match seen {
            Seen::Known(picture) => {
                reading.unchanged.insert(picture.path.clone());
                reading.pictures.push(picture);
            }
            Seen::New(picture) => reading.pictures.push(picture),
            Seen::NoPicture => reading.left_out += 1,
        }
    }
    let paths: HashSet<&str> = reading.pictures.iter().map(|p| p.path.as_str()).collect();
    reading.gone = known.iter().filter(|p| !paths.contains(p.path.as_str())).map(|p| p.path.clone()).collect();
    reading.beside_jpeg = beside_jpeg(&reading.pictures);
    Ok(reading)
}

enum Seen {
    Known(Picture),
    New(Picture),
    NoPicture,
}

fn picture(entry: &Entry, known: Option<&Picture>, instant: &dyn Fn(NaiveDateTime) -> Millis) -> Seen {
    // Only for what may be unchanged is it worth asking before opening.
    if let Some(known) = known.filter(|k| k.fault != Some(Fault::Unreadable))
        && let Ok(metadata) = entry.file.metadata()
        && metadata.len() == known.bytes
        && known.modified.is_some()
        && known.modified == modified(&metadata)
    {
        return Seen::Known(known.clone());
    }
    let name = entry.shown.rsplit('/').next().unwrap_or(&entry.shown);
    let mut picture = Picture { path: entry.shown.clone(), turned: 1, counter: photo_names::counter(name), ..Picture::default() };
    let opened = File::open(&entry.file).and_then(|file| file.metadata().map(|m| (file, m)));
    let result = opened.and_then(|(file, metadata)| {
        picture.bytes = metadata.len();
        picture.modified = modified(&metadata);
        let mut window = Window::open(file)?;
        let kind = kind::of(name, window.head());
        let capture = quietly(|| capture::read(&mut window, kind, false));
        std::io::Result::Ok((kind, capture.unwrap_or(Capture { turned: 1, fault: Some(Fault::Damaged), ..Capture::default() })))
    });
    match result {
        Ok((Kind::Other, _)) if !kind::promises_a_picture(name) => return Seen::NoPicture,
        Ok((_, capture)) => tell(&mut picture, capture, instant),
        Err(_) => picture.fault = Some(Fault::Unreadable),
    }
    if picture.bytes == 0 && picture.fault != Some(Fault::Unreadable) {
        picture.fault = Some(Fault::Empty);
    }
    Seen::New(picture)
}

fn modified(metadata: &Metadata) -> Option<Millis> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Millis::try_from(since.as_millis()).ok()
}

fn tell(picture: &mut Picture, capture: Capture, instant: &dyn Fn(NaiveDateTime) -> Millis) {
    picture.taken = capture.taken.map(|local| match capture.zone_min {
        Some(minutes) => (local - TimeDelta::minutes(i64::from(minutes))).and_utc().timestamp_millis(),
        None => instant(local),
    });
    picture.body = capture.body;
    picture.turned = capture.turned;
    (picture.width, picture.height) = match capture.turned {
        5..=8 => (capture.height, capture.width),
        _ => (capture.width, capture.height),
    };
    picture.fault = capture.fault;
}

/// A RAW and a JPEG written by one press have one name.
fn beside_jpeg(pictures: &[Picture]) -> HashSet<String> {
    let stem = |p: &Picture| p.path.rsplit_once('.').map_or(p.path.as_str(), |(stem, _)| stem).to_lowercase();
    let foreign = |p: &Picture| p.fault == Some(Fault::ForeignFormat);
    if !pictures.iter().any(foreign) {
        return HashSet::new();
    }
    let read: HashSet<String> = pictures.iter().filter(|p| !foreign(p)).map(stem).collect();
    pictures.iter().filter(|p| foreign(p) && read.contains(&stem(p))).map(|p| p.path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Cursor;

    use image::{ImageFormat, RgbImage};

    use super::*;
    use crate::domain::zone::Zone;

    fn instant(local: NaiveDateTime) -> Millis {
        Zone::default().instant(local.date(), local.time())
    }

    fn scan(dir: &Path, known: &[Picture]) -> Reading {
        read(dir, known, &instant, &mut |_| true).unwrap()
    }

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        RgbImage::from_fn(60, 80, |x, y| image::Rgb([x as u8, y as u8, 9])).write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    /// A JPEG with this capture time, 20 characters with its end.
    fn photo(time: &str) -> Vec<u8> {
        let plain = encoded(ImageFormat::Jpeg);
        let mut block = b"II*\0\x08\0\0\0\x02\0".to_vec();
        block.extend(b"\x10\x01\x02\0\x04\0\0\0C10\0\x69\x87\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
        block.extend(b"\x01\0\x03\x90\x02\0\x14\0\0\0\x38\0\0\0\0\0\0\0");
        block.extend(time.as_bytes());
        block.push(0);
        let mut out = b"\xff\xd8\xff\xe1".to_vec();
        out.extend((block.len() as u16 + 8).to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(block);
        out.extend(&plain[2..]);
        out
    }

    fn of<'a>(reading: &'a Reading, path: &str) -> &'a Picture {
        reading.pictures.iter().find(|p| p.path == path).unwrap()
    }

    #[test]
    fn a_folder_is_read_with_its_times_bodies_and_counters() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("100CANON")).unwrap();
        fs::write(dir.path().join("100CANON/IMG_0417.JPG"), photo("2020:09:13 08:30:12")).unwrap();
        fs::write(dir.path().join("100CANON/IMG_0417.CR2"), b"II*\0\x10\0\0\0CR\x02\0").unwrap();
        fs::write(dir.path().join("0418A.jpeg"), photo("2020:09:13 08:30:42")).unwrap();
        let reading = scan(dir.path(), &[]);
        assert_eq!(reading.pictures.len(), 3);
        let picture = of(&reading, "100CANON/IMG_0417.JPG");
        assert_eq!(picture.taken, Some(1_599_957_012_000), "2020-09-13T08:30:12+08:00");
        assert_eq!((picture.body.as_deref(), picture.counter, picture.turned), (Some("C10"), Some(417), 1));
        assert_eq!((picture.width, picture.height, picture.fault), (60, 80, None));
        assert_eq!(of(&reading, "0418A.jpeg").counter, Some(418));
        assert_eq!(of(&reading, "100CANON/IMG_0417.CR2").fault, Some(Fault::ForeignFormat));
        assert!(reading.beside_jpeg.contains("100CANON/IMG_0417.CR2"));
    }

    #[test]
    fn every_fault_is_told_beside_its_name_and_the_rest_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let good = photo("2020:09:13 08:30:12");
        let png = encoded(ImageFormat::Png);
        let faults: [(&str, &[u8], Option<Fault>); 9] = [
            ("good.jpg", &good, None),
            ("empty.jpg", b"", Some(Fault::Empty)),
            ("cut.jpg", &good[..90], Some(Fault::Truncated)),
            ("png.jpg", &png, None),
            ("text.jpg", b"this is a list of names", Some(Fault::NotAPicture)),
            ("zero.jpg", &photo("0000:00:00 00:00:00"), Some(Fault::ZeroTime)),
            ("phone.HEIC", b"\0\0\0\x18ftypheic", Some(Fault::ForeignFormat)),
            ("a\nb\x1b.jpg", &good, None),
            ("noise.jpg", b"\xff\xd8\xff\xe0\0\0\0", Some(Fault::Damaged)),
        ];
        for (name, bytes, _) in &faults {
            fs::write(dir.path().join(name), bytes).unwrap();
        }
        fs::write(dir.path().join("no picture"), b"text").unwrap();
        let reading = scan(dir.path(), &[]);
        assert_eq!((reading.pictures.len(), reading.left_out), (faults.len(), 1));
        for (name, bytes, fault) in faults {
            let shown = name.replace(['\n', '\x1b'], "\u{fffd}");
            let picture = of(&reading, &shown);
            assert_eq!((picture.fault, picture.bytes), (fault, bytes.len() as u64), "{name}");
        }
        assert_eq!(of(&reading, "png.jpg").width, 60);
    }

    #[test]
    fn what_has_not_changed_is_not_opened_again() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.jpg", "b.jpg", "c.jpg"] {
            fs::write(dir.path().join(name), photo("2020:09:13 08:30:12")).unwrap();
        }
        let mut first = scan(dir.path(), &[]);
        first.pictures[0].body = Some("as it was known".to_owned());
        fs::write(dir.path().join("b.jpg"), photo("2020:09:13 08:30:12").repeat(2)).unwrap();
        fs::remove_file(dir.path().join("c.jpg")).unwrap();
        let second = scan(dir.path(), &first.pictures);
        assert_eq!(second.unchanged, HashSet::from(["a.jpg".to_owned()]));
        assert_eq!(of(&second, "a.jpg").body.as_deref(), Some("as it was known"));
        assert_eq!(second.gone, ["c.jpg"]);
    }

    #[test]
    fn an_empty_folder_is_no_error_and_a_stop_is_one() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(scan(dir.path(), &[]), Reading::default());
        fs::write(dir.path().join("a.jpg"), b"").unwrap();
        assert!(matches!(read(dir.path(), &[], &instant, &mut |_| false), Err(PhotoError::Cancelled)));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_opened_is_told_and_the_rest_is_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let closed = dir.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::write(dir.path().join("a.jpg"), photo("2020:09:13 08:30:12")).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let reading = scan(dir.path(), &[]);
        // The superuser opens everything.
        let barred = fs::read_dir(&closed).is_err();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(reading.pictures.len(), 1);
        assert_eq!(reading.closed, if barred { vec!["closed"] } else { vec![] });
    }
}
