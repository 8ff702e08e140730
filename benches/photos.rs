//! Reading folders of photographs: both passes against the least that any program must read.
//!
//! `cargo bench --bench photos [-- FOLDER]` prints, for files cold (where the system lets caches be dropped) and warm, the first
//! pass over 5,000 JPEGs against reading the first 4 KiB of each, and the second pass against reading every file once. Beside the second pass stand
//! hashing alone and strict decoding alone by two threads: less than their sum no program can take that does both.
//! FOLDER is where the pictures are made (and removed again), to choose the disk; about 2 GB.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use duihao::domain::digest;
use duihao::domain::photo::Picture;
use duihao::domain::zone::Zone;
use duihao::files::photos::{check, decode, pair, read};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

const ROUNDS: usize = 7;

/// Exif as a camera writes it: times first, then long maker's notes, then the serial number.
fn exif(frame: u32, notes: usize) -> Vec<u8> {
    let second = 8 * 3600 + frame * 12;
    let time = format!("2020:09:13 {:02}:{:02}:{:02}\0", second / 3600 % 24, second / 60 % 60, second % 60);
    let mut far: Vec<u8> = Vec::new();
    let mut entries: Vec<u8> = Vec::new();
    let exif_at = 8 + 2 + 3 * 12 + 4 + 20;
    let far_at = exif_at + 2 + 4 * 12 + 4;
    let mut put = |tag: u16, kind: u16, bytes: &[u8]| {
        entries.extend(tag.to_le_bytes());
        entries.extend(kind.to_le_bytes());
        entries.extend((bytes.len() as u32).to_le_bytes());
        if bytes.len() <= 4 {
            entries.extend([bytes, &[0; 4][bytes.len()..]].concat());
        } else {
            entries.extend((far_at as u32 + far.len() as u32).to_le_bytes());
            far.extend(bytes);
        }
    };
    put(0x9003, 2, time.as_bytes());
    put(0x927c, 7, &vec![7; notes]);
    put(0x9291, 2, format!("{:02}\0", frame % 100).as_bytes());
    put(0xa431, 2, b"3001234\0");
    let mut out = b"II*\0\x08\0\0\0\x03\0".to_vec();
    for (tag, kind, count, value) in
        [(0x010fu16, 2u16, 20u32, 8u32 + 2 + 3 * 12 + 4), (0x0112, 3, 1, 1), (0x8769, 4, 1, u32::try_from(exif_at).unwrap())]
    {
        out.extend([&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat());
    }
    out.extend(0u32.to_le_bytes());
    out.extend(b"DAHUA IMAGING C100 \0");
    out.extend(4u16.to_le_bytes());
    out.extend(entries);
    out.extend(0u32.to_le_bytes());
    out.extend(far);
    out
}

fn with_exif(plain: &[u8], block: &[u8]) -> Vec<u8> {
    let length = u16::try_from(block.len() + 8).unwrap().to_be_bytes();
    [&b"\xff\xd8\xff\xe1"[..], &length, b"Exif\0\0", block, &plain[2..]].concat()
}

/// A drawn portrait with the noise of a sensor.
fn portrait(width: u32, height: u32, seed: u32, quality: u8) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let noise = (state % 17) as f32 - 8.0;
        let (u, v) = (x as f32 / width as f32 - 0.5, y as f32 / height as f32 - 0.4);
        let face = u * u / 0.03 + v * v / 0.05 < 1.0;
        let body = v > 0.3 - 0.05 * (u * 9.0).cos() && u.abs() < 0.42;
        let [r, g, b] = if face {
            [225.0, 185.0, 160.0]
        } else if body {
            [70.0, 70.0, 80.0]
        } else {
            [67.0, 142.0, 219.0]
        };
        Rgb([r, g, b].map(|c: f32| (c + noise + 12.0 * (u * 40.0).sin() * (v * 30.0).cos()).clamp(0.0, 255.0) as u8))
    });
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality).encode_image(&picture).unwrap();
    out
}

fn fill(dir: &Path, count: u32, originals: &[Vec<u8>], notes: usize, padding: usize) {
    fs::create_dir_all(dir).unwrap();
    let padding: Vec<u8> = (0..padding).map(|n| (n * 31 % 253) as u8).collect();
    for frame in 0..count {
        let mut bytes = with_exif(&originals[frame as usize % originals.len()], &exif(frame, notes));
        bytes.extend(&padding);
        fs::write(dir.join(format!("DSC_{:04}.JPG", frame + 1)), bytes).unwrap();
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn drop_caches() -> bool {
    let _ = std::process::Command::new("sync").status();
    fs::write("/proc/sys/vm/drop_caches", "3").is_ok()
}

fn timed(work: &dyn Fn()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Both in turn; medians and their ratio.
fn compare(what: &str, limit: f64, ours: &dyn Fn(), floor: &dyn Fn(), rounds: usize) {
    for cold in [true, false] {
        if cold && !drop_caches() {
            println!("{what:<44} cold  not measured: caches may not be dropped here");
            continue;
        }
        let (mut own, mut least) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            // Who comes second might profit from what the first left behind.
            for first in [round % 2 == 0, round % 2 != 0] {
                if cold {
                    drop_caches();
                }
                if first { own.push(timed(ours)) } else { least.push(timed(floor)) }
            }
        }
        own.sort_unstable();
        least.sort_unstable();
        let (own, least) = (own[rounds / 2].as_secs_f64() * 1e3, least[rounds / 2].as_secs_f64() * 1e3);
        let when = if cold { "cold" } else { "warm" };
        println!("{what:<44} {when}  {own:>9.1} ms   floor {least:>9.1} ms   ratio {:.2} (to reach {limit})", own / least);
    }
}

fn first_pass(dir: &Path) -> Vec<Picture> {
    let zone = Zone::default();
    let reading = read(dir, &[], &move |local| zone.instant(local.date(), local.time()), &mut |_| true).unwrap();
    assert!(
        reading.pictures.iter().all(|p| p.fault.is_none() && p.taken.is_some() && p.body.as_deref().is_some_and(|b| b.contains("3001234")))
    );
    reading.pictures
}

fn heads(dir: &Path) {
    let mut head = [0u8; 4096];
    for file in files(dir) {
        let got = File::open(file).unwrap().read(&mut head).unwrap();
        assert!(got > 0);
    }
}

fn whole(dir: &Path) {
    let mut bytes = Vec::new();
    for file in files(dir) {
        bytes.clear();
        File::open(file).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(!bytes.is_empty());
    }
}

/// One part of the second pass over all files, by as many threads as the pass has.
fn part_alone(dir: &Path, work: &(dyn Fn(&[u8]) + Sync)) {
    pair::work(&files(dir), 4, &mut |_| true, &|file: &PathBuf| work(&fs::read(file).unwrap())).unwrap();
}

/// Reading and hashing, reading and decoding: files warm, medians in ms.
fn parts(dir: &Path, rounds: usize) {
    let median = |work: &(dyn Fn(&[u8]) + Sync)| {
        let mut times: Vec<Duration> = (0..rounds).map(|_| timed(&|| part_alone(dir, work))).collect();
        times.sort_unstable();
        times[rounds / 2].as_secs_f64() * 1e3
    };
    let hash = median(&|bytes| assert!(!digest::of_file(bytes).is_empty()));
    let decode = median(&|bytes| assert!(decode::decode(bytes).1.is_none()));
    println!("{:<44} warm  hashing alone {hash:.1} ms   strict decoding alone {decode:.1} ms", "");
}

fn second_pass(dir: &Path, pictures: &[Picture], codes: bool) {
    let checked = check::check(dir, pictures, &[], codes, &mut |_| true).unwrap();
    assert!(checked.iter().all(|c| c.fault.is_none() && !c.look.is_empty()));
}

fn main() {
    let chosen = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let folder = chosen.map_or_else(tempfile::tempdir, tempfile::tempdir_in).unwrap();
    let small: Vec<Vec<u8>> = (0..8).map(|n| portrait(480, 640, n + 1, 80)).collect();
    let large: Vec<Vec<u8>> = (0..4).map(|n| portrait(3000, 4000, n + 1, 88)).collect();

    for (name, notes, padding) in
        [("5,000 JPEGs of 340 KB, Exif of 30 KB", 30_000, 260_000), ("5,000 JPEGs of 50 KB, Exif of 2 KB", 1_500, 0)]
    {
        let dir = folder.path().join("first");
        fill(&dir, 5_000, &small, notes, padding);
        let kb = fs::metadata(dir.join("DSC_0001.JPG")).unwrap().len() / 1000;
        assert_eq!(first_pass(&dir).len(), 5_000);
        compare(&format!("{name} ({kb})"), 2.0, &|| drop(first_pass(&dir)), &|| heads(&dir), ROUNDS);
        fs::remove_dir_all(&dir).unwrap();
    }
    for (name, count, originals, notes) in [("check of 480×640", 1_000, &small, 1_500), ("check of 12 MP", 24, &large, 30_000)] {
        let dir = folder.path().join("second");
        fill(&dir, count, originals, notes, 0);
        let bytes: u64 = files(&dir).iter().map(|f| fs::metadata(f).unwrap().len()).sum();
        let pictures = first_pass(&dir);
        for codes in [false, true] {
            let what = format!("{name}, {} files of {} KB{}", count, bytes / u64::from(count) / 1000, if codes { ", codes" } else { "" });
            compare(&what, 1.2, &|| second_pass(&dir, &pictures, codes), &|| whole(&dir), 3);
        }
        parts(&dir, 3);
        fs::remove_dir_all(&dir).unwrap();
    }
}
