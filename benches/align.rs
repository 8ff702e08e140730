//! Aligning: one session of 8,000, 80,000 and 800,000 people (about a million frames), and whole days and single rooms one after the other.
//!
//! `cargo bench --bench align` prints processor time a frame, whether it stays linear, and the memory a frame takes on top of the problem.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Instant;

use duihao::desk::rehearsal::camera::{CameraDay, Kind, day, usual_day};
use duihao::domain::align::align;

/// Peak of the process's memory in bytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok());
    line.unwrap_or(0) * 1024
}

fn main() {
    println!("{:<28} {:>10} {:>12} {:>12} {:>8}", "one session, good day", "frames", "µs a frame", "B a frame", "right");
    for people in [8_000, 80_000, 800_000] {
        let sample = day(Kind::Good, people, 5);
        let before = peak();
        let start = Instant::now();
        let answer = align(&sample.problem);
        let took = start.elapsed().as_secs_f64();
        let frames = sample.problem.frames.len();
        let right = answer.shots.iter().zip(&sample.picture).filter(|(placed, truth)| placed.used == **truth).count();
        println!(
            "{:<28} {frames:>10} {:>12.1} {:>12} {:>7.2}%",
            format!("{people} people"),
            took * 1e6 / frames as f64,
            (peak() - before) / frames as u64,
            100.0 * right as f64 / people as f64
        );
    }
    for kind in [Kind::Clean, Kind::Good, Kind::Rough, Kind::Hostile] {
        days(&format!("12 {} days", kind.name()), &|seed| usual_day(kind, seed));
    }
    // A room's day is done while somebody waits: weighing rival clocks costs it most.
    for people in [60, 120, 240] {
        days(&format!("12 rooms of {people} people"), &|seed| day(Kind::Good, people, seed));
    }
}

/// Days one after the other, a line for all of them; a day is asked to take no more than 20 µs a frame.
fn days(name: &str, made: &dyn Fn(u64) -> CameraDay) {
    let days: Vec<CameraDay> = (0..12).map(made).collect();
    let frames: usize = days.iter().map(|d| d.problem.frames.len()).sum();
    let start = Instant::now();
    let used: usize = days.iter().map(|d| align(&d.problem).shots.iter().filter(|s| s.used.is_some()).count()).sum();
    let took = start.elapsed().as_secs_f64();
    println!("{name:<28} {frames:>10} {:>12.1} {:>12} {used:>8}", took * 1e6 / frames as f64, "");
}
