//! Changes the sheets of the corpus at random and reads them, for as long as asked: no reader may panic, hang or eat memory.
//!
//! `cargo run --release --example fuzz_sheets -- --minutes 20 [--seed 7] [--out tests/data/fuzz]`. Every file has a number and is made of
//! seed and number alone (and of the seeds, where `--of xlsb` chooses those whose name has that in it): `--only 17,4711` makes just these again, writes them and says what each way of reading them took;
//! `--file PATH` says the same of a file, `--hostile` of sheets made to be slow. A file in which a reader panicked, took longer than a second or more than 128 MiB is
//! written to `--out`; a panic that the guard of the readers catches is counted apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use duihao::desk::intake::{self, Manner, Sort};
use duihao::domain::day::Day;
use duihao::files::sheets::SheetError;
use duihao::files::sheets::opening;

/// Panics that reached nobody's guard, and those in a reader of our own.
static PANICS: AtomicU64 = AtomicU64::new(0);
/// Panics that the guard around the readers turned into a damaged file.
static CAUGHT: AtomicU64 = AtomicU64::new(0);

/// A file is kept that takes longer to look at in one way, or more memory than that.
const LONGEST: Duration = Duration::from_secs(1);
const MOST_KIB: u64 = 128 << 10;

/// xorshift64*: enough for changes, nothing to depend on.
struct Dice(u64);

impl Dice {
    /// For one file: the same for ever, whatever was made before it.
    fn of(seed: u64, number: u64) -> Self {
        let mut mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(mixed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }
}

/// Bytes that mean something to one reader or another.
const WORDS: &[&[u8]] = &[
    b"<",
    b">",
    b"\"",
    b"&#x",
    b"<td rowspan=99999>",
    b"</table>",
    b"<table>",
    b"number-rows-repeated=\"999999999\"",
    b"table:number-columns-spanned=\"16384\"",
    b"r=\"XFD1048576\"",
    b"\xff\xff\xff\xff",
    // Records of binary workbooks: a text without end, the end of the cells, a row and a column far away, a merged region.
    b"\x06\xff\xff\xff\x7f",
    b"\x92\x01\x00",
    b"\x00\x04\xff\xff\x0f\x00",
    b"\x07\x0c\xff\x3f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
    b"\xb0\x01\x10\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff",
    b"\xfe\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\x00\x80",
    b"\x09\x08\x10\x00",
    b"\x3c\x00\xff\xff",
    b"\xfc\x00\x10\x00",
    b"\x0d",
    b"\x1a",
    b"*",
    b"\xd1\xa7",
    b"\xef\xbb\xbf",
    b"1e308",
    b"-1",
    b"nan",
    b"PT9999999999H",
    b"9999-99-99",
    b"8:30-9:00",
    "、".as_bytes(),
    "18级".as_bytes(),
    b"4294967295",
    b"18446744073709551616",
];

fn change(bytes: &mut Vec<u8>, dice: &mut Dice, others: &[Vec<u8>]) {
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(9) {
            0 | 1 if at < bytes.len() => bytes[at] = dice.next() as u8,
            2 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            3 => {
                let word = WORDS[dice.below(WORDS.len())];
                let end = (at + word.len()).min(bytes.len());
                bytes.splice(at..end, word.iter().copied());
            }
            4 => {
                let word = WORDS[dice.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            5 => {
                let end = (at + dice.below(64)).min(bytes.len());
                bytes.drain(at..end);
            }
            6 => {
                let end = (at + dice.below(400)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let many = dice.below(50) == 0;
                let times = 1 + dice.below(if many { 2_000 } else { 4 });
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, piece.repeat(times));
            }
            7 => {
                let other = &others[dice.below(others.len())];
                let from = dice.below(other.len() + 1);
                let end = (from + dice.below(200)).min(other.len());
                bytes.splice(at..at, other[from..end].iter().copied());
            }
            _ if dice.below(10) == 0 => bytes.truncate(at),
            _ if at + 4 <= bytes.len() => bytes[at..at + 4].copy_from_slice(&(dice.below(70_000) as u32).to_le_bytes()),
            _ => {}
        }
    }
}

/// A zip archive's parts are changed inside and packed again; changed outside it would only be a broken archive.
fn changed(seed: &[u8], dice: &mut Dice, others: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    if !seed.starts_with(b"PK") || dice.below(5) == 0 {
        change(&mut bytes, dice, others);
        return bytes;
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(seed)) else { return bytes };
    let chosen = dice.below(archive.len());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let telling = name == "content.xml" || name.contains("sheet") || name.contains("sharedStrings");
        if index == chosen || (telling && dice.below(2) == 0) {
            change(&mut content, dice, others);
        }
        zip.start_file(name, options).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn seeds() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("intake")).unwrap().map(|e| e.unwrap().path()).collect();
    files.push(folder.join("lishui-2021/schedule.xlsx"));
    files.push(folder.join("zstu-2021/schedule.xlsx"));
    let name = |p: &Path| p.file_name().unwrap().to_string_lossy().into_owned();
    let sheets = files.into_iter().filter(|p| p.is_file() && !name(p).ends_with(".json") && !name(p).ends_with(".md"));
    sheets.map(|p| (name(&p), std::fs::read(&p).unwrap())).collect()
}

fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|a| a != name).nth(1)
}

fn status_kib(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|l| l.strip_prefix(line)).and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// What looking at one file took.
struct Looked {
    /// The slowest way of reading it.
    slowest: (&'static str, Duration),
    /// All of them together.
    all: Duration,
    /// More memory than before, KiB, where the system tells.
    kib: u64,
    /// Its sheets could be read.
    read: bool,
}

/// Reads the file in every way.
fn look(name: &str, bytes: &[u8], mut told: impl FnMut(&str, Duration)) -> Looked {
    // The peak begins anew; elsewhere than on Linux it is not known.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = status_kib("VmRSS:");
    let since = Instant::now();
    let begun = hostile::spent(since);
    let mut slowest = ("", Duration::ZERO);
    let mut timed = |way: &'static str, read: &dyn Fn() -> bool| {
        let start = hostile::spent(since);
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or(false);
        let took = hostile::spent(since).saturating_sub(start);
        told(way, took);
        if took > slowest.1 {
            slowest = (way, took);
        }
        done
    };
    let read = timed("sheets", &|| {
        let opened = opening::grids(bytes);
        if opened == Err(SheetError::Damaged("the reader gave up".to_owned())) {
            CAUGHT.fetch_add(1, Ordering::Relaxed);
            // calamine's own panics are known and end in a sentence; in our readers there are to be none.
            if !bytes.starts_with(b"PK") {
                PANICS.fetch_add(1, Ordering::Relaxed);
            }
        }
        opened.is_ok()
    });
    for (way, sort) in [("schedule", Sort::Schedule), ("roster", Sort::Roster), ("marks", Sort::Marks), ("log", Sort::Log)] {
        timed(way, &|| intake::look(&Day::default(), sort, name, bytes, &Manner::default()).is_ok());
    }
    Looked { slowest, all: hostile::spent(since).saturating_sub(begun), kib: status_kib("VmHWM:").saturating_sub(before), read }
}

/// Looks at one file and prints every part.
fn tell(name: &str, bytes: &[u8]) {
    let looked = look(name, bytes, |way, took| println!("  {way:<10} {:>9.1} ms", took.as_secs_f64() * 1e3));
    println!("{name}, {} bytes: {:.1} ms, {} MiB", bytes.len(), looked.all.as_secs_f64() * 1e3, looked.kib >> 10);
}

fn main() {
    let minutes: f64 = argument("--minutes").and_then(|m| m.parse().ok()).unwrap_or(1.0);
    let seed: u64 = argument("--seed").and_then(|s| s.parse().ok()).unwrap_or(1);
    let out = argument("--out").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz"), PathBuf::from);
    if let Some(file) = argument("--file") {
        return tell(&file, &std::fs::read(&file).unwrap());
    }
    if std::env::args().any(|a| a == "--hostile") {
        return hostile::sheets(1).iter().for_each(|(name, text)| tell(name, text.as_bytes()));
    }
    let of = argument("--of").unwrap_or_default();
    let seeds: BTreeMap<String, Vec<u8>> = seeds().into_iter().filter(|(name, _)| name.contains(&of)).collect();
    let all: Vec<Vec<u8>> = seeds.values().cloned().collect();
    let names: Vec<&String> = seeds.keys().collect();
    let made = |number: u64| {
        let mut dice = Dice::of(seed, number);
        let at = dice.below(all.len());
        (names[at].as_str(), changed(&all[at], &mut dice, &all))
    };
    let keep = |number: u64, name: &str, bytes: &[u8]| {
        let path = out.join(format!("{seed}-{number}-{name}"));
        std::fs::write(&path, bytes).unwrap();
        path
    };
    if let Some(only) = argument("--only") {
        for number in only.split(',').filter_map(|n| n.parse().ok()) {
            let (name, bytes) = made(number);
            tell(&keep(number, name, &bytes).display().to_string(), &bytes);
        }
        return;
    }
    std::panic::set_hook(Box::new(|info| {
        let count = PANICS.fetch_add(1, Ordering::Relaxed);
        if count < 20 {
            eprintln!("panic: {info}");
        }
    }));
    let until = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let (mut runs, mut read, mut slowest, mut most, mut kept) = (0u64, 0u64, Duration::ZERO, 0u64, 0u64);
    while Instant::now() < until {
        runs += 1;
        let (name, bytes) = made(runs);
        let before = PANICS.load(Ordering::Relaxed);
        let looked = look(name, &bytes, |_, _| {});
        read += u64::from(looked.read);
        let (way, took) = looked.slowest;
        if PANICS.load(Ordering::Relaxed) > before || took > LONGEST || looked.kib > MOST_KIB {
            kept += 1;
            if kept <= 20 {
                let path = keep(runs, name, &bytes);
                eprintln!("{}: {way} {took:?}, {} MiB", path.display(), looked.kib >> 10);
            }
        }
        most = most.max(looked.kib);
        slowest = slowest.max(took);
    }
    let panics = PANICS.load(Ordering::Relaxed);
    println!(
        "{runs} files in {minutes} min, {read} of them read; {panics} panics, {} caught; {kept} slow or large, slowest {slowest:?}, most memory of one {} MiB",
        CAUGHT.load(Ordering::Relaxed),
        most >> 10
    );
    std::process::exit(i32::from(panics > 0));
}
