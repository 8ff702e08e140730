//! Copying a day's pictures and verifying them, against `cp -r`, `sync` and reading everything back.
//!
//! `cargo bench --bench copy` prints both, taken in turn in one folder, for processed pictures and for camera originals, and the ratio.
//! `COPY_DIR` names a folder on the disk to measure (default: the system's folder for temporary files).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use duihao::files::photos::copy::{Fields, Row, plan, run};

const ROUNDS: usize = 5;

/// Pictures of so many bytes that no disk can shorten.
fn originals(folder: &Path, count: usize, bytes: usize) -> Vec<Row> {
    fs::create_dir_all(folder).unwrap();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut row = |n: usize| {
        let mut content = Vec::with_capacity(bytes + 8);
        while content.len() < bytes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            content.extend(state.to_le_bytes());
        }
        let photo = format!("DSC_{n:04}.JPG");
        fs::write(folder.join(&photo), content).unwrap();
        let fields = Fields { student_no: Some(format!("2017{n:06}")), class: Some(format!("电商17{}", n / 36)), ..Fields::default() };
        Row { source: folder.join(&photo), photo, fields, ..Row::default() }
    };
    (0..count).map(&mut row).collect()
}

fn shell(program: &str, args: &[&Path]) {
    assert!(Command::new(program).args(args).stdout(Stdio::null()).status().unwrap().success(), "{program}");
}

fn sync() {
    shell("sync", &[]);
}

/// What no program that copies, makes safe and verifies can do without.
fn floor(from: &Path, to: &Path) -> Duration {
    let start = Instant::now();
    shell("cp", &[Path::new("-r"), from, to]);
    sync();
    let mut files: Vec<PathBuf> = fs::read_dir(to).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    shell("cat", &files);
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn measure(folder: &Path, count: usize, bytes: usize) {
    let from = folder.join("originals");
    let rows = originals(&from, count, bytes);
    let (mut floors, mut copies, mut again) = (vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        let (plain, ours) = (folder.join(format!("plain{round}")), folder.join(format!("ours{round}")));
        sync();
        floors.push(floor(&from, &plain));
        fs::remove_dir_all(&plain).unwrap();
        sync();
        let start = Instant::now();
        let plan = plan(&rows, "{class}/{student_no}").unwrap();
        let done = run(&plan, &ours, &mut |_| true).unwrap();
        copies.push(start.elapsed());
        assert_eq!((done.copied, done.kept), (count, 0));
        let start = Instant::now();
        assert_eq!(run(&plan, &ours, &mut |_| true).unwrap().kept, count);
        again.push(start.elapsed());
        fs::remove_dir_all(&ours).unwrap();
    }
    fs::remove_dir_all(&from).unwrap();
    let (floor, copy, again) = (median(floors), median(copies), median(again));
    println!(
        "{count} pictures of {:>5} KiB: cp + sync + cat {:>7.0} ms   copied and verified {:>7.0} ms   ratio {:.2}   looked through again {:>6.0} ms",
        bytes / 1024,
        floor * 1e3,
        copy * 1e3,
        copy / floor,
        again * 1e3
    );
}

fn main() {
    let folder = match std::env::var_os("COPY_DIR") {
        Some(dir) => tempfile::tempdir_in(dir).unwrap(),
        None => tempfile::tempdir().unwrap(),
    };
    measure(folder.path(), 2643, 35 * 1024);
    measure(folder.path(), 2643, 400 * 1024);
    measure(folder.path(), 500, 5 * 1024 * 1024);
}
