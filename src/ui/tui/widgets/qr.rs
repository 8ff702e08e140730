//! A QR code in half-blocks: dark on light whatever the theme, since cameras want it so.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};

use crate::desk::clock_code::Modules;

/// White and black of the 256 colours: those of the first sixteen are anybody's grey.
const LIGHT: Color = Color::Indexed(231);
const DARK: Color = Color::Indexed(16);

/// Columns and rows that it takes where a module is `scale` columns wide.
pub fn size(code: &Modules, scale: u16) -> (u16, u16) {
    let side = (code.side() as u16).saturating_mul(scale);
    (side, side.div_ceil(2))
}

/// Draws it at the top left of an area. `plain` is a terminal without colours: light is drawn, dark is its ground.
pub fn draw(buf: &mut Buffer, area: Rect, code: &Modules, scale: u16, plain: bool) {
    let (width, height) = size(code, scale);
    let dark = |x: u16, y: u16| code.is_dark(usize::from(x / scale), usize::from(y / scale));
    for y in 0..height {
        for x in 0..width {
            let (upper, lower) = (dark(x, 2 * y), dark(x, 2 * y + 1));
            let symbol = match (upper, lower) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            };
            // Where glyphs leave seams between the rows, a light cell is light behind its block too.
            let ground = if upper || lower { DARK } else { LIGHT };
            let style = if plain { Style::new() } else { Style::new().fg(LIGHT).bg(ground) };
            let at = Position { x: area.x + x, y: area.y + y };
            if area.contains(at)
                && let Some(cell) = buf.cell_mut(at)
            {
                cell.set_char(symbol).set_style(style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::clock_code;

    #[test]
    fn every_module_is_as_wide_as_it_is_high_at_every_scale() {
        let code = clock_code::of(1_599_958_800_000).unwrap();
        for scale in 1..=3 {
            let (width, height) = size(&code, scale);
            let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
            draw(&mut buf, Rect::new(0, 0, width, height), &code, scale, false);
            for y in 0..height * 2 {
                for x in 0..width {
                    let symbol = buf[(x, y / 2)].symbol();
                    let light = symbol == "█" || symbol == if y % 2 == 0 { "▀" } else { "▄" };
                    assert_eq!(light, !code.is_dark(usize::from(x / scale), usize::from(y / scale)), "{scale} {x} {y}");
                }
            }
        }
    }

    #[test]
    fn a_window_that_is_too_small_cuts_it_and_nothing_breaks() {
        let code = clock_code::of(0).unwrap();
        let mut buf = Buffer::empty(Rect::new(0, 0, 5, 3));
        draw(&mut buf, Rect::new(2, 1, 2, 1), &code, 1, true);
        assert_eq!(buf[(0, 0)].symbol(), " ");
        assert_eq!(buf[(2, 1)].symbol(), "█");
    }
}
