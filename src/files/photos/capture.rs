//! What a picture says of itself in its first bytes: capture time, camera body, orientation, size, embedded thumbnail.
//!
//! ```text
//! JPEG: FFD8 │ APP1 Exif ┬ IFD0: make, model, orientation ──► Exif IFD: times, serial, size
//!            │           └ IFD1: thumbnail
//!            │ …other segments… │ SOF: width, height │ SOS
//! ```
//! Only the bytes that are needed are looked at; every length and offset is checked against the file (Exif 2.32, TIFF 6.0).

use std::io::{Read, Seek};

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, TimeDelta};

use super::kind::Kind;
use super::window::Window;
use crate::domain::photo::Fault;
use crate::domain::width;

/// What a picture says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capture {
    /// By the camera's clock, with sub-seconds (ms).
    pub taken: Option<NaiveDateTime>,
    /// The camera's zone in minutes east of Greenwich, where it says one.
    pub zone_min: Option<i32>,
    /// Make, model and serial number.
    pub body: Option<String>,
    /// EXIF orientation 1–8.
    pub turned: u8,
    /// Pixels wide as stored, 0 where not known.
    pub width: u32,
    /// Pixels high as stored.
    pub height: u32,
    /// Where the embedded thumbnail stands: offset in the file and bytes.
    pub thumbnail: Option<(u64, usize)>,
    /// What is wrong so far.
    pub fault: Option<Fault>,
}

/// Most segments of a JPEG, chunks of a PNG, entries of a directory that are looked at.
const SEGMENTS: usize = 256;
const ENTRIES: usize = 512;
/// Longest text taken from a tag, in bytes.
const TEXT: usize = 128;

/// Reads a picture of this kind; never fails, since whatever is wrong is a fault of the picture. The thumbnail is
/// looked for only if asked, since it may lie far on.
pub fn read<R: Read + Seek>(window: &mut Window<R>, kind: Kind, thumbnail: bool) -> Capture {
    let mut capture = Capture { turned: 1, ..Capture::default() };
    match kind {
        Kind::Jpeg => jpeg(window, &mut capture, thumbnail),
        Kind::Png => png(window, &mut capture, thumbnail),
        Kind::Foreign => capture.fault = Some(Fault::ForeignFormat),
        Kind::Other => capture.fault = Some(Fault::NotAPicture),
    }
    if window.failed() {
        capture.fault = Some(Fault::Unreadable);
    }
    capture
}

fn jpeg<R: Read + Seek>(window: &mut Window<R>, capture: &mut Capture, thumbnail: bool) {
    let mut at = 2u64;
    let mut seen_exif = false;
    for _ in 0..SEGMENTS {
        let Some(&[prefix, code]) = window.get(at, 2) else { break };
        if prefix != 0xff {
            capture.fault = Some(Fault::Damaged);
            return;
        }
        match code {
            // Fill bytes and markers without a body.
            0xff => {
                at += 1;
                continue;
            }
            0x01 | 0xd0..=0xd8 => {
                at += 2;
                continue;
            }
            0xd9 | 0xda => {
                capture.fault = Some(Fault::Damaged);
                return;
            }
            0xc0..=0xcf if !matches!(code, 0xc4 | 0xc8 | 0xcc) => {
                let Some(&[h1, h0, w1, w0]) = window.get(at + 5, 4) else { break };
                capture.height = u32::from(u16::from_be_bytes([h1, h0]));
                capture.width = u32::from(u16::from_be_bytes([w1, w0]));
                return;
            }
            _ => {}
        }
        let Some(&[l1, l0]) = window.get(at + 2, 2) else { break };
        let length = u64::from(u16::from_be_bytes([l1, l0]));
        if length < 2 {
            capture.fault = Some(Fault::Damaged);
            return;
        }
        let next = at + 2 + length;
        if code == 0xe1 && !seen_exif && window.get(at + 4, 6) == Some(b"Exif\0\0") {
            seen_exif = true;
            let size = tiff(window, at + 10, next, capture, thumbnail);
            // Behind a long Exif segment the frame lies far on, one more read of the disk; cameras say the size here too.
            if let Some((width, height)) = size.filter(|_| next + 9 > window.head().len() as u64) {
                (capture.width, capture.height) = (width, height);
                return;
            }
        }
        at = next;
    }
    capture.fault = Some(if window.gave_up() { Fault::Damaged } else { Fault::Truncated });
}

fn png<R: Read + Seek>(window: &mut Window<R>, capture: &mut Capture, thumbnail: bool) {
    let Some(&[w3, w2, w1, w0, h3, h2, h1, h0]) = window.get(16, 8) else {
        capture.fault = Some(Fault::Truncated);
        return;
    };
    capture.width = u32::from_be_bytes([w3, w2, w1, w0]);
    capture.height = u32::from_be_bytes([h3, h2, h1, h0]);
    let mut at = 8u64;
    for _ in 0..SEGMENTS {
        let Some(&[l3, l2, l1, l0, a, b, c, d]) = window.get(at, 8) else { break };
        let length = u64::from(u32::from_be_bytes([l3, l2, l1, l0]));
        match &[a, b, c, d] {
            // What stands behind the picture data would cost a second read and is written by editors, not cameras.
            b"IDAT" | b"IEND" => return,
            b"eXIf" => {
                tiff(window, at + 8, at + 8 + length, capture, thumbnail);
            }
            _ => {}
        }
        at += 12 + length;
    }
    capture.fault = Some(Fault::Truncated);
}

/// A TIFF block between two offsets of the file.
struct Block {
    start: u64,
    end: u64,
    little: bool,
}

/// One entry of a directory.
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    /// The value where it fits, else its offset from the block's start.
    value: [u8; 4],
}

impl Block {
    fn u16(&self, b: [u8; 2]) -> u16 {
        if self.little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) }
    }

    fn u32(&self, b: [u8; 4]) -> u32 {
        if self.little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) }
    }

    fn get<'w, R: Read + Seek>(&self, window: &'w mut Window<R>, offset: u32, n: usize) -> Option<&'w [u8]> {
        let at = self.start + u64::from(offset);
        if at + n as u64 > self.end {
            return None;
        }
        window.get(at, n)
    }

    /// Entries of the directory at `offset`, and the offset of the next directory.
    fn directory<R: Read + Seek>(&self, window: &mut Window<R>, offset: u32) -> Option<(Vec<Entry>, u32)> {
        let &[a, b] = self.get(window, offset, 2)? else { return None };
        let count = usize::from(self.u16([a, b])).min(ENTRIES);
        let mut entries = Vec::with_capacity(count);
        for n in 0..count {
            let at = offset.checked_add(2 + 12 * u32::try_from(n).ok()?)?;
            // A directory that is cut off still says what stands before the cut.
            let Some(&[t1, t0, k1, k0, c3, c2, c1, c0, v3, v2, v1, v0]) = self.get(window, at, 12) else { return Some((entries, 0)) };
            entries.push(Entry {
                tag: self.u16([t1, t0]),
                kind: self.u16([k1, k0]),
                count: self.u32([c3, c2, c1, c0]),
                value: [v3, v2, v1, v0],
            });
        }
        let after = offset.checked_add(2 + 12 * u32::try_from(count).ok()?)?;
        let next = match self.get(window, after, 4) {
            Some(&[a, b, c, d]) => self.u32([a, b, c, d]),
            _ => 0,
        };
        Some((entries, next))
    }

    fn number(&self, entry: &Entry) -> Option<u32> {
        let [a, b, ..] = entry.value;
        match entry.kind {
            3 if entry.count == 1 => Some(u32::from(self.u16([a, b]))),
            4 if entry.count == 1 => Some(self.u32(entry.value)),
            _ => None,
        }
    }

    fn text<R: Read + Seek>(&self, window: &mut Window<R>, entry: &Entry) -> Option<String> {
        // ASCII, or UTF-8 by Exif 3.0.
        if !matches!(entry.kind, 2 | 129) {
            return None;
        }
        let count = (entry.count as usize).min(TEXT);
        let bytes = if entry.count <= 4 { &entry.value[..count] } else { self.get(window, self.u32(entry.value), count)? };
        let bytes = bytes.split(|b| *b == 0).next().unwrap_or(&[]);
        let text = width::clean(&String::from_utf8_lossy(bytes), false).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }
}

/// Texts of the tags that matter.
#[derive(Default)]
struct Said {
    make: Option<String>,
    model: Option<String>,
    serial: Option<String>,
    original: Option<String>,
    digitized: Option<String>,
    original_sub: Option<String>,
    digitized_sub: Option<String>,
    original_zone: Option<String>,
    digitized_zone: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
}

/// Reads a TIFF block into `capture`; gives the size that it says, where it says one.
fn tiff<R: Read + Seek>(window: &mut Window<R>, start: u64, end: u64, capture: &mut Capture, thumbnail: bool) -> Option<(u32, u32)> {
    let &[o1, o0, v1, v0, p3, p2, p1, p0] = window.get(start, 8)? else { return None };
    let little = match [o1, o0] {
        [b'I', b'I'] => true,
        [b'M', b'M'] => false,
        _ => return None,
    };
    let block = Block { start, end, little };
    if block.u16([v1, v0]) != 42 {
        return None;
    }
    let mut said = Said::default();
    let (first, next) = block.directory(window, block.u32([p3, p2, p1, p0]))?;
    let mut exif = None;
    for entry in &first {
        match entry.tag {
            0x010f => said.make = block.text(window, entry),
            0x0110 => said.model = block.text(window, entry),
            0x0112 => capture.turned = block.number(entry).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=8).contains(n)).unwrap_or(1),
            0x8769 => exif = block.number(entry),
            0xc62f => said.serial = block.text(window, entry),
            _ => {}
        }
    }
    for entry in exif.and_then(|at| block.directory(window, at)).map_or_else(Vec::new, |(entries, _)| entries) {
        match entry.tag {
            0x9003 => said.original = block.text(window, &entry).or_else(|| Some(String::new())),
            0x9004 => said.digitized = block.text(window, &entry),
            0x9011 => said.original_zone = block.text(window, &entry),
            0x9012 => said.digitized_zone = block.text(window, &entry),
            0x9291 => said.original_sub = block.text(window, &entry),
            0x9292 => said.digitized_sub = block.text(window, &entry),
            0xa002 => said.width = block.number(&entry),
            0xa003 => said.height = block.number(&entry),
            0xa431 => said.serial = block.text(window, &entry).or(said.serial),
            _ => {}
        }
    }
    said.tell(capture);
    if thumbnail && next != 0 {
        capture.thumbnail = embedded(window, &block, next);
    }
    said.width.zip(said.height).filter(|(w, h)| *w > 0 && *h > 0)
}

fn embedded<R: Read + Seek>(window: &mut Window<R>, block: &Block, at: u32) -> Option<(u64, usize)> {
    let (entries, _) = block.directory(window, at)?;
    let number = |tag| entries.iter().find(|e| e.tag == tag).and_then(|e| block.number(e));
    let (offset, length) = (number(0x0201)?, number(0x0202)?);
    let from = block.start + u64::from(offset);
    (length > 0 && from + u64::from(length) <= block.end).then_some((from, length as usize))
}

impl Said {
    fn tell(&self, capture: &mut Capture) {
        capture.body = body(self.make.as_deref(), self.model.as_deref(), self.serial.as_deref());
        let original = self.original.as_deref().and_then(|text| clock(text, self.original_sub.as_deref()));
        let digitized = self.digitized.as_deref().and_then(|text| clock(text, self.digitized_sub.as_deref()));
        let zone = if original.is_some() { &self.original_zone } else { &self.digitized_zone };
        capture.taken = original.or(digitized);
        capture.zone_min = capture.taken.and(zone.as_deref()).and_then(zone_minutes);
        if capture.taken.is_none() && (self.original.is_some() || self.digitized.is_some()) {
            capture.fault = Some(Fault::ZeroTime);
        }
    }
}

/// Make, model and serial as one line; the make is left out where the model begins with it.
fn body(make: Option<&str>, model: Option<&str>, serial: Option<&str>) -> Option<String> {
    let first = make.and_then(|m| m.split_whitespace().next()).unwrap_or("").to_lowercase();
    let make = make.filter(|_| model.is_none_or(|m| first.is_empty() || !m.to_lowercase().starts_with(&first)));
    let line = [make, model, serial].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// `2020:09:13 08:30:12` and its sub-seconds; separators are not looked at. `None` for zero, impossible and blank times,
/// and for years in which no camera wrote Exif.
fn clock(text: &str, sub: Option<&str>) -> Option<NaiveDateTime> {
    let parts: Vec<u32> = text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map_while(|p| p.parse().ok()).collect();
    let &[year, month, day, hour, minute, second, ..] = parts.as_slice() else { return None };
    let time = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?.and_hms_opt(hour, minute, second)?;
    (1980..2100).contains(&time.year()).then_some(())?;
    let digits: String = sub.unwrap_or("").chars().take_while(char::is_ascii_digit).take(3).collect();
    // `5` is half a second, `05` a twentieth.
    let ms = format!("{digits:0<3}").parse::<i64>().ok()?;
    Some(time + TimeDelta::milliseconds(ms))
}

/// `+08:00` in minutes.
fn zone_minutes(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes)).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A value of a tag.
    enum Value<'a> {
        Text(&'a str),
        Short(u16),
        Long(u32),
        Bytes(usize),
    }

    /// A TIFF block: IFD0 with a pointer to the Exif directory, and IFD1 with a thumbnail where one is given.
    fn block(little: bool, first: &[(u16, Value)], exif: &[(u16, Value)], thumbnail: &[u8]) -> Vec<u8> {
        let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut out = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        out.extend(long(8));
        let directory = |out: &mut Vec<u8>, entries: &[(u16, Value)], next: &dyn Fn(u32) -> u32| {
            let mut far = Vec::new();
            let base = out.len() + 2 + entries.len() * 12 + 4;
            out.extend(short(entries.len() as u16));
            for (tag, value) in entries {
                let (kind, count, mut bytes) = match value {
                    Value::Text(t) => (2, t.len() as u32 + 1, [t.as_bytes(), b"\0"].concat()),
                    Value::Short(n) => (3, 1, short(*n).to_vec()),
                    Value::Long(n) => (4, 1, long(*n).to_vec()),
                    Value::Bytes(n) => (7, *n as u32, vec![7; *n]),
                };
                out.extend([short(*tag), short(kind)].concat());
                out.extend(long(count));
                if bytes.len() > 4 {
                    out.extend(long((base + far.len()) as u32));
                    far.extend(bytes);
                } else {
                    bytes.resize(4, 0);
                    out.extend(bytes);
                }
            }
            out.extend(long(next((base + far.len()) as u32)));
            out.extend(far);
        };
        // The pointer is known only when the first directory stands.
        let mut head: Vec<(u16, Value)> = first.iter().map(|(t, v)| (*t, copy(v))).collect();
        head.push((0x8769, Value::Long(0)));
        let mut trial = out.clone();
        directory(&mut trial, &head, &|_| 0);
        let exif_at = trial.len() as u32;
        let mut both = trial.clone();
        directory(&mut both, exif, &|_| 0);
        let thumb_at = both.len() as u32;
        head.pop();
        head.push((0x8769, Value::Long(exif_at)));
        directory(&mut out, &head, &|_| if thumbnail.is_empty() { 0 } else { thumb_at });
        directory(&mut out, exif, &|_| 0);
        if !thumbnail.is_empty() {
            let data_at = thumb_at + 2 + 2 * 12 + 4;
            directory(&mut out, &[(0x0201, Value::Long(data_at)), (0x0202, Value::Long(thumbnail.len() as u32))], &|_| 0);
            out.extend(thumbnail);
        }
        out
    }

    fn copy<'a>(value: &Value<'a>) -> Value<'a> {
        match value {
            Value::Text(t) => Value::Text(t),
            Value::Short(n) => Value::Short(*n),
            Value::Long(n) => Value::Long(*n),
            Value::Bytes(n) => Value::Bytes(*n),
        }
    }

    /// A JPEG's header: Exif, then a frame of 480 × 640.
    fn picture(block: &[u8]) -> Vec<u8> {
        let mut out = vec![0xff, 0xd8, 0xff, 0xe1];
        out.extend((block.len() as u16 + 8).to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(block);
        out.extend([0xff, 0xc0, 0, 11, 8, 2, 128, 1, 224, 1, 1, 0x11, 0, 0xff, 0xda]);
        out
    }

    fn look(bytes: &[u8]) -> Capture {
        let mut window = Window::open(Cursor::new(bytes)).unwrap();
        let kind = super::super::kind::of("", window.head());
        read(&mut window, kind, true)
    }

    fn timed(text: &str, sub: &str) -> Capture {
        look(&picture(&block(true, &[], &[(0x9003, Value::Text(text)), (0x9291, Value::Text(sub))], &[])))
    }

    fn at(text: &str) -> Option<NaiveDateTime> {
        Some(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").unwrap())
    }

    #[test]
    fn time_body_orientation_and_size_are_read_in_either_byte_order() {
        for little in [true, false] {
            let first = [(0x010f, Value::Text("DAHUA IMAGING")), (0x0110, Value::Text("Dahua C100")), (0x0112, Value::Short(6))];
            let exif = [
                (0x9003, Value::Text("2020:09:13 08:30:12")),
                (0x9011, Value::Text("+08:00")),
                (0x9291, Value::Text("045")),
                (0xa431, Value::Text("3001234")),
            ];
            let capture = look(&picture(&block(little, &first, &exif, b"thumb")));
            assert_eq!(capture.taken, at("2020-09-13 08:30:12.045"));
            assert_eq!(capture.zone_min, Some(480));
            assert_eq!(capture.body.as_deref(), Some("Dahua C100 3001234"));
            assert_eq!((capture.turned, capture.width, capture.height), (6, 480, 640));
            assert_eq!(capture.thumbnail.map(|(_, n)| n), Some(5));
            assert_eq!(capture.fault, None);
        }
    }

    #[test]
    fn a_serial_number_behind_long_makers_notes_is_fetched() {
        let exif = [
            (0x9003, Value::Text("2020:09:13 08:30:12")),
            (0x927c, Value::Bytes(40_000)),
            (0xa002, Value::Long(6000)),
            (0xa003, Value::Long(4000)),
            (0xa431, Value::Text("0042")),
        ];
        let capture = look(&picture(&block(true, &[(0x0110, Value::Text("C100"))], &exif, &[])));
        assert_eq!(capture.body.as_deref(), Some("C100 0042"));
        assert_eq!((capture.width, capture.height, capture.fault), (6000, 4000, None));
        let unsaid = look(&picture(&block(true, &[], &[(0x927c, Value::Bytes(40_000))], &[])));
        assert_eq!((unsaid.width, unsaid.height), (480, 640));
    }

    #[test]
    fn zero_and_nonsense_times_are_a_fault_and_no_time_is_none() {
        for text in [
            "0000:00:00 00:00:00",
            "    :  :     :  :  ",
            "2020:13:41 08:30:12",
            "2020:09:13 25:00:00",
            "nonsense",
            "",
            "1904:01:01 00:00:00",
        ] {
            let capture = timed(text, "00");
            assert_eq!((capture.taken, capture.fault), (None, Some(Fault::ZeroTime)), "{text}");
        }
        let without = look(&picture(&block(true, &[(0x0132, Value::Text("2020:09:13 08:30:12"))], &[], &[])));
        assert_eq!((without.taken, without.fault), (None, None));
    }

    #[test]
    fn sub_seconds_are_a_fraction() {
        for (sub, ms) in [("5", ".5"), ("05", ".05"), ("45", ".45"), ("123456", ".123"), ("", ""), ("  ", ""), ("000", "")] {
            assert_eq!(timed("2020:09:13 08:30:12", sub).taken, at(&format!("2020-09-13 08:30:12{ms}")), "{sub}");
        }
        assert_eq!(timed("2020-09-13T08:30:12", "").taken, at("2020-09-13 08:30:12"));
    }

    #[test]
    fn half_a_header_is_truncated_and_says_what_it_can() {
        let whole = picture(&block(true, &[(0x0110, Value::Text("C100"))], &[(0x9003, Value::Text("2020:09:13 08:30:12"))], &[]));
        let cut = look(&whole[..whole.len() - 13]);
        assert_eq!((cut.taken, cut.fault), (at("2020-09-13 08:30:12"), Some(Fault::Truncated)));
        assert_eq!(look(b"\xff\xd8").fault, Some(Fault::Truncated));
        assert_eq!(look(b"\x89PNG\r\n").fault, Some(Fault::Truncated));
        assert_eq!(look(b"hello").fault, Some(Fault::NotAPicture));
        assert_eq!(look(b"II*\0").fault, Some(Fault::ForeignFormat));
    }

    #[test]
    fn no_bytes_make_the_reader_fail() {
        let exif = [(0x9003, Value::Text("2020:09:13 08:30:12")), (0x927c, Value::Bytes(5_000)), (0xa431, Value::Text("0042"))];
        let whole = picture(&block(false, &[(0x0110, Value::Text("C100"))], &exif, b"thumb"));
        let mut state = 0x9e37_79b9_7f4a_7c15u64;
        for round in 0..20_000 {
            let mut bytes = whole.clone();
            for _ in 0..1 + round % 6 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let place = (state >> 33) as usize % if round % 2 == 0 { 200 } else { bytes.len() };
                bytes[place] = [0, 0xff, 0x7f, (state >> 20) as u8][(state >> 60) as usize % 4];
            }
            look(&bytes);
            look(&bytes[..(state >> 40) as usize % bytes.len()]);
        }
    }
}
