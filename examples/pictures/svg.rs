//! Cells of a screen as SVG: each character at its own cell, blocks and rules as rectangles, so that nothing drifts in any font.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

/// Width of a cell.
const WIDE: u32 = 9;
/// Height of a cell.
const HIGH: u32 = 19;
/// Air around the screen.
const EDGE: u32 = 10;
const GROUND: &str = "#16181d";
const TEXT: &str = "#d8dbe2";

/// The picture with this title.
pub fn of(buffer: &Buffer, title: &str) -> String {
    let (columns, rows) = (u32::from(buffer.area.width), u32::from(buffer.area.height));
    let (width, height) = (columns * WIDE + 2 * EDGE, rows * HIGH + 2 * EDGE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"'Sarasa Mono SC','Noto Sans Mono CJK SC','Microsoft YaHei',monospace\" font-size=\"17\">\n"
    );
    for y in 0..buffer.area.height {
        ground(&mut out, buffer, y);
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let cells = cell.symbol().width().max(1) as u16;
            draw(&mut out, cell, u32::from(x) * WIDE + EDGE, u32::from(y) * HIGH + EDGE, u32::from(cells) * WIDE);
            x += cells;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

// Text and ground of a cell.
fn colours(cell: &Cell) -> (String, String) {
    let (fg, bg) = (colour(cell.fg, TEXT), colour(cell.bg, GROUND));
    if cell.modifier.contains(Modifier::REVERSED) { (bg, fg) } else { (fg, bg) }
}

// The grounds of a row, one rectangle a run.
fn ground(out: &mut String, buffer: &Buffer, y: u16) {
    // The second half of a wide character stands on the ground of its first.
    let mut grounds: Vec<String> = Vec::new();
    for x in 0..buffer.area.width {
        if grounds.len() == usize::from(x) {
            let cell = &buffer[(x, y)];
            grounds.extend(vec![colours(cell).1; cell.symbol().width().max(1)]);
        }
    }
    let mut from = 0;
    for run in grounds.chunk_by(|a, b| a == b) {
        if run[0] != GROUND {
            rect(out, (from * WIDE + EDGE, u32::from(y) * HIGH + EDGE, run.len() as u32 * WIDE, HIGH), &run[0]);
        }
        from += run.len() as u32;
    }
}

fn draw(out: &mut String, cell: &Cell, x: u32, y: u32, width: u32) {
    let (fg, _) = colours(cell);
    let half = HIGH.div_ceil(2);
    match cell.symbol() {
        " " | "" => {}
        "█" => rect(out, (x, y, width, HIGH), &fg),
        "▀" => rect(out, (x, y, width, half), &fg),
        "▄" => rect(out, (x, y + HIGH - half, width, half), &fg),
        "─" => rect(out, (x, y + HIGH / 2, width, 1), &fg),
        "│" => rect(out, (x + width / 2, y, 1, HIGH), &fg),
        symbol => {
            let weight = if cell.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
            let _ = writeln!(out, "<text x=\"{x}\" y=\"{}\" fill=\"{fg}\"{weight}>{}</text>", y + HIGH - 4, escape(symbol));
        }
    }
}

fn rect(out: &mut String, (x, y, width, height): (u32, u32, u32, u32), fill: &str) {
    let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

// The 256 colours as every terminal computes them.
fn colour(color: Color, reset: &str) -> String {
    match color {
        Color::Indexed(n @ 16..=231) => {
            let step = |v: u8| if v == 0 { 0 } else { 55 + 40 * u32::from(v) };
            let n = n - 16;
            format!("#{:02x}{:02x}{:02x}", step(n / 36), step(n / 6 % 6), step(n % 6))
        }
        Color::Indexed(n @ 232..) => {
            let grey = 8 + 10 * u32::from(n - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        _ => reset.to_owned(),
    }
}
