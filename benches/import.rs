//! A roster of 1,000, 10,000 and 100,000 rows, from the file to the journal: read, checked, durable; beside the least that any
//! program must do for it: the same cells by calamine into one SQLite transaction.
//!
//! `cargo bench --bench import` prints seconds, their ratio and the peak memory of a process that does nothing else, then the parts
//! of the largest roster one by one, and how long it takes to refuse a sheet of more cells than any list has.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use calamine::{DataRef, Reader as _, Xlsx};
use duihao::desk::clock::Wall;
use duihao::desk::intake::{self, Basis, Manner, Sort, Watch};
use duihao::desk::rehearsal;
use duihao::desk::{Desk, Mode};
use duihao::domain::command::Ask;
use duihao::domain::day::Day;
use rusqlite::Connection;
use rust_xlsxwriter::Workbook;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const RUNS: usize = 5;
const HEADERS: [&str; 9] = ["序号", "学号", "姓名", "身份证号", "考生号", "学院", "专业", "班级", "层次"];

/// A roster as a school exports it; every document number is right, some names come twice.
fn roster(rows: usize, path: &Path) {
    let surnames: Vec<char> = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗".chars().collect();
    let given: Vec<char> = "思远佳琪子轩雨涵浩然欣怡梓涵宇航诗琪俊杰雅婷志强晓东明喆文博静怡".chars().collect();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    for (col, header) in (0u16..).zip(HEADERS) {
        sheet.write(0, col, header).unwrap();
    }
    for n in 0..rows {
        let row = u32::try_from(n + 1).unwrap();
        let class = n / 40;
        let name: String = [surnames[n % 20], given[n / 20 % given.len()], given[n / 7 % given.len()]].iter().collect();
        let born = format!("1999{:02}{:02}", n / 28 % 12 + 1, n % 28 + 1);
        let id = with_check(&format!("330102{born}{:03}", n / 336 % 1000));
        sheet.write(row, 0, row).unwrap();
        let texts = [
            format!("2017{:04}{:02}{}", class, n % 40, n % 7),
            name,
            format!("{}{}", &id[..17], &id[17..]),
            format!("21331102{n:06}"),
            format!("学院{}", class % 20),
            format!("专业{}", class % 80),
            format!("专业{}17{}", class % 80, class / 80),
            "本科".to_owned(),
        ];
        for (col, text) in (1u16..).zip(texts) {
            sheet.write(row, col, text).unwrap();
        }
    }
    book.save(path).unwrap();
}

fn with_check(first: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    format!("{first}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// Ours: what `duihao import roster` does, without starting the program.
fn ours(file: &Path, folder: &Path) -> Duration {
    let sample = rehearsal::lishui(rehearsal::DEFAULT_SEED);
    let mut desk = Desk::open(&folder.join("day.db"), &folder.join("home"), Mode::Write, Box::new(Wall)).unwrap();
    desk.submit(Ask::Declare(Box::new(sample.campaign.clone()))).unwrap();
    let start = Instant::now();
    let bytes = intake::bytes(file).unwrap();
    let manner = Manner { yes: true, ..Manner::default() };
    let prepared = intake::prepare(&Basis::of(desk.day()), Sort::Roster, "roster.xlsx", &bytes, &manner).unwrap();
    drop(bytes);
    let taken = intake::take_prepared(&mut desk, prepared, &manner).unwrap();
    let took = start.elapsed();
    assert!(taken.taken);
    took
}

/// The parts of ours one after another: milliseconds of each, and the peak so far in MiB.
fn parts(file: &Path, folder: &Path) {
    let sample = rehearsal::lishui(rehearsal::DEFAULT_SEED);
    let mut desk = Desk::open(&folder.join("day.db"), &folder.join("home"), Mode::Write, Box::new(Wall)).unwrap();
    desk.submit(Ask::Declare(Box::new(sample.campaign.clone()))).unwrap();
    let manner = Manner { yes: true, ..Manner::default() };
    let watch = &mut Watch::nobody();
    let mut start = Instant::now();
    let told = |part: &str, took: Duration| println!("{part:<28} {:>8.1} ms {:>8.1} MiB", took.as_secs_f64() * 1e3, peak_mib());
    let bytes = intake::bytes(file).unwrap();
    let opened = intake::open("roster.xlsx", &bytes, &manner, watch).unwrap();
    told("unpack and read cells", start.elapsed());
    start = Instant::now();
    let prepared = intake::understand(&Basis::of(desk.day()), Sort::Roster, opened, &manner, watch).unwrap();
    told("understand and check rows", start.elapsed());
    drop(bytes);
    start = Instant::now();
    let taken = intake::take_prepared(&mut desk, prepared, &manner).unwrap();
    assert!(taken.taken);
    let whole = start.elapsed();
    let peak = peak_mib();
    let entries: Vec<_> = desk.day().entries().cloned().collect();
    start = Instant::now();
    let day = Day::replay(entries);
    let fold = start.elapsed();
    assert_eq!(day.roster().len(), desk.day().roster().len());
    println!("{:<28} {:>8.1} ms {peak:>8.1} MiB", "body, hash, commit, sync", whole.saturating_sub(fold).as_secs_f64() * 1e3);
    println!("{:<28} {:>8.1} ms {:>8}", "fold into the day", fold.as_secs_f64() * 1e3, "");
}

/// 2.4 million cells: refused at the limit of cells.
fn hostile(file: &Path) -> Duration {
    let start = Instant::now();
    let refused = intake::look(&Day::default(), Sort::Roster, "wide.xlsx", &intake::bytes(file).unwrap(), &Manner::default());
    assert!(matches!(refused, Err(duihao::desk::Error::Sheet(_))), "{refused:?}");
    start.elapsed()
}

fn wide(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    for row in 0..8_000u32 {
        for col in 0..300u16 {
            sheet.write(row, col, format!("{row}格{col}")).unwrap();
        }
    }
    book.save(path).unwrap();
}

/// The floor: cells into rows, rows into a table, one transaction, synced.
fn floor(file: &Path, folder: &Path) -> Duration {
    let mut db = Connection::open(folder.join("floor.db")).unwrap();
    db.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE people(a,b,c,d,e,f,g,h,i)").unwrap();
    let start = Instant::now();
    let bytes = std::fs::read(file).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).unwrap();
    let transaction = db.transaction().unwrap();
    {
        let mut insert = transaction.prepare("INSERT INTO people VALUES(?,?,?,?,?,?,?,?,?)").unwrap();
        let mut row: Vec<String> = vec![String::new(); HEADERS.len()];
        let mut number = 0;
        while let Some(cell) = cells.next_cell().unwrap() {
            let (at, col) = cell.get_position();
            if at != number {
                insert.execute(rusqlite::params_from_iter(&row)).unwrap();
                row.iter_mut().for_each(String::clear);
                number = at;
            }
            match cell.get_value() {
                DataRef::SharedString(s) => row[col as usize].push_str(s),
                DataRef::String(s) => row[col as usize].push_str(s),
                DataRef::Float(n) => row[col as usize] = n.to_string(),
                other => row[col as usize] = format!("{other:?}"),
            }
        }
        insert.execute(rusqlite::params_from_iter(&row)).unwrap();
    }
    transaction.commit().unwrap();
    start.elapsed()
}

fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or(f64::NAN) / 1024.0
}

/// Runs one side in a process of its own.
fn alone(side: &str, file: &Path) -> String {
    let out = Command::new(std::env::current_exe().unwrap()).args(["--side", side]).arg(file).output().unwrap();
    assert!(out.status.success(), "{side}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// The same: milliseconds and peak MiB.
fn apart(side: &str, file: &Path) -> (f64, f64) {
    let text = alone(side, file);
    let mut numbers = text.split_whitespace().map(|n| n.parse::<f64>().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

/// Milliseconds and MiB of ours and of the floor, one after the other.
type Pair = ((f64, f64), (f64, f64));

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let folder = tempfile::tempdir().unwrap();
    if let Some(at) = args.iter().position(|a| a == "--side") {
        let file = PathBuf::from(&args[at + 2]);
        let took = match args[at + 1].as_str() {
            "ours" => ours(&file, folder.path()),
            "hostile" => hostile(&file),
            "parts" => return parts(&file, folder.path()),
            _ => floor(&file, folder.path()),
        };
        println!("{} {}", took.as_secs_f64() * 1e3, peak_mib());
        return;
    }
    println!("{:>8} {:>10} {:>10} {:>7} {:>12} {:>12}", "rows", "ours ms", "floor ms", "ratio", "ours MiB", "floor MiB");
    for rows in SIZES {
        let file = folder.path().join(format!("{rows}.xlsx"));
        roster(rows, &file);
        // In turns, so that both see the same machine.
        let runs: Vec<_> = (0..RUNS).map(|_| (apart("ours", &file), apart("floor", &file))).collect();
        let column = |pick: fn(&Pair) -> f64| median(runs.iter().map(pick).collect());
        let (ours, floor) = (column(|r| r.0.0), column(|r| r.1.0));
        let ratio = column(|r| r.0.0 / r.1.0);
        println!("{rows:>8} {ours:>10.1} {floor:>10.1} {ratio:>7.2} {:>12.1} {:>12.1}", column(|r| r.0.1), column(|r| r.1.1));
    }
    println!("\nthe parts of {} rows, each with the peak so far:", SIZES[SIZES.len() - 1]);
    print!("{}", alone("parts", &folder.path().join(format!("{}.xlsx", SIZES[SIZES.len() - 1]))));
    let file = folder.path().join("wide.xlsx");
    wide(&file);
    let (ms, mib) = apart("hostile", &file);
    println!("\n2.4 million cells refused after {ms:.0} ms with {mib:.1} MiB");
}
