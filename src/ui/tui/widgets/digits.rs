//! Numbers large enough to be read from two metres: a font of 3 × 5 points in half blocks.

/// One row of points per entry, the left point in bit 2.
fn points(c: char) -> [u8; 5] {
    match c.to_ascii_uppercase() {
        '0' => [7, 5, 5, 5, 7],
        '1' => [6, 2, 2, 2, 7],
        '2' => [7, 1, 7, 4, 7],
        '3' => [7, 1, 7, 1, 7],
        '4' => [5, 5, 7, 1, 1],
        '5' => [7, 4, 7, 1, 7],
        '6' => [7, 4, 7, 5, 7],
        '7' => [7, 1, 1, 1, 1],
        '8' => [7, 5, 7, 5, 7],
        '9' => [7, 5, 7, 1, 7],
        'A' => [7, 5, 7, 5, 5],
        'B' => [6, 5, 6, 5, 6],
        'C' => [7, 4, 4, 4, 7],
        'D' => [6, 5, 5, 5, 6],
        'E' => [7, 4, 6, 4, 7],
        'F' => [7, 4, 6, 4, 4],
        'G' => [7, 4, 5, 5, 7],
        'H' => [5, 5, 7, 5, 5],
        'I' => [7, 2, 2, 2, 7],
        'J' => [1, 1, 1, 5, 7],
        'K' => [5, 5, 6, 5, 5],
        'L' => [4, 4, 4, 4, 7],
        'M' => [5, 7, 7, 5, 5],
        'N' => [7, 5, 5, 5, 5],
        'O' => [2, 5, 5, 5, 2],
        'P' => [7, 5, 7, 4, 4],
        'Q' => [7, 5, 5, 7, 1],
        'R' => [7, 5, 6, 5, 5],
        'S' => [3, 4, 2, 1, 6],
        'T' => [7, 2, 2, 2, 2],
        'U' => [5, 5, 5, 5, 7],
        'V' => [5, 5, 5, 5, 2],
        'W' => [5, 5, 7, 7, 5],
        'X' => [5, 5, 2, 5, 5],
        'Y' => [5, 5, 2, 2, 2],
        'Z' => [7, 1, 2, 4, 7],
        '-' => [0, 0, 7, 0, 0],
        ':' => [0, 2, 0, 2, 0],
        _ => [0, 0, 0, 0, 0],
    }
}

/// The text in rows of half blocks: 3 rows high at `scale` 1, 5 at 2; each character `3 × scale` cells and a gap.
pub fn rows(text: &str, scale: usize) -> Vec<String> {
    let scale = scale.max(1);
    let points: Vec<[u8; 5]> = text.chars().map(points).collect();
    let lit = |glyph: &[u8; 5], x: usize, y: usize| glyph.get(y / scale).is_some_and(|row| row & (4 >> (x / scale)) != 0);
    (0..(5 * scale).div_ceil(2))
        .map(|row| {
            let mut line = String::new();
            for (n, glyph) in points.iter().enumerate() {
                if n > 0 {
                    line.push_str(&" ".repeat(scale));
                }
                for x in 0..3 * scale {
                    line.push(match (lit(glyph, x, row * 2), lit(glyph, x, row * 2 + 1)) {
                        (true, true) => '█',
                        (true, false) => '▀',
                        (false, true) => '▄',
                        (false, false) => ' ',
                    });
                }
            }
            line
        })
        .collect()
}

/// Cells that the text takes at a scale.
pub fn cells(text: &str, scale: usize) -> u16 {
    (text.chars().count() * 4 * scale).saturating_sub(scale) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_three_rows_of_equal_width() {
        let rows = rows("0131B", 1);
        assert_eq!(rows, ["█▀█ ▀█  ▀▀█ ▀█  █▀▄", "█ █  █  ▀▀█  █  █▀▄", "▀▀▀ ▀▀▀ ▀▀▀ ▀▀▀ ▀▀ "]);
        assert_eq!(cells("0131B", 1), 19);
    }

    #[test]
    fn no_two_letters_or_digits_look_alike_but_zero_and_nothing() {
        let all: Vec<char> = ('0'..='9').chain('A'..='Z').collect();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                assert_ne!(points(*a), points(*b), "{a} {b}");
            }
        }
    }
}
