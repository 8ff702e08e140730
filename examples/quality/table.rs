//! Prints the table and the calibration curves.

use super::score::Score;

/// Heads of the table.
pub fn head() {
    println!(
        "| day | source | people | sessions (refused) | sure | at best | any wrong /10k | person /10k | expected /10k | shown | pictures missed /10k | slipped sessions | µs a frame |"
    );
    println!("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
}

/// One row of it.
pub fn row(day: &str, source: &str, score: &Score) {
    let rows = score.rows.max(1) as f64;
    let refused: usize = score.refused.values().sum();
    let at_best = if score.at_best == 0 { "–".to_owned() } else { percent(score.at_best as f64 / rows) };
    println!(
        "| {day} | {source} | {} | {} ({refused}) | {} | {at_best} | {:.2} | {:.2} | {:.2} | {} | {:.1} | {} | {:.1} |",
        score.rows,
        score.sessions,
        percent(score.sure as f64 / rows),
        score.per_10_000(score.any() as f64),
        score.per_10_000(score.wrong[0] as f64),
        score.per_10_000(score.expected),
        percent(1.0 - score.sure as f64 / rows),
        score.per_10_000(score.lost_picture as f64),
        score.slipped,
        score.took.as_secs_f64() * 1e6 / score.frames.max(1) as f64,
    );
}

/// What the row has no room for: what the wrong ones are, why sessions were refused.
pub fn notes(day: &str, source: &str, score: &Score) {
    let [person, stray, earlier] = score.wrong;
    println!("{day} · {source}: wrong among sure: {person} another person, {stray} stray, {earlier} an earlier frame");
    if score.confirmed > 0 {
        println!("  offsets confirmed by a person: {}", score.confirmed);
    }
    for (why, [all, right, surely]) in &score.doubts {
        println!("  doubts {why}: {all}, {right} of them right, {surely} by a posterior that is high enough");
    }
    for (refusal, sessions) in &score.refused {
        println!("  refused {refusal:?}: {sessions} sessions");
    }
}

/// Heads of the curves.
pub fn curve_head() {
    println!("| day | source | 0.5–0.9 | 0.9–0.99 | 0.99–0.999 | 0.999–0.9999 | ≥ 0.9999 |");
    println!("|---|---|---:|---:|---:|---:|---:|");
}

/// How many said, share right, and the mean that was said.
pub fn curve(day: &str, source: &str, score: &Score) {
    print!("| {day} | {source} |");
    for (said, right, promised) in score.curve.bins() {
        if said == 0 {
            print!(" – |");
        } else {
            print!(" {said}: {right:.5} (said {promised:.5}) |");
        }
    }
    println!();
}

fn percent(share: f64) -> String {
    format!("{:.2} %", 100.0 * share)
}
