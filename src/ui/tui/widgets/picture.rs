//! A picture in its box: by the terminal's graphics or half-blocks, by shades where there are no colours, in words where there is none.

use image::RgbImage;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget as _;
use ratatui_image::Image;

use super::super::photos::pictures::Kept;
use super::cells;

/// Dark to bright.
const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];
/// Width of a cell by its height.
const CELL: f64 = 0.5;

/// Draws it at the top left of its box. `words` stand in a frame where there is no picture; `plain` is a terminal without colours.
pub fn draw(buf: &mut Buffer, area: Rect, kept: Option<&Kept>, plain: bool, words: &str, style: Style) {
    let area = area.intersection(buf.area);
    match kept {
        Some(Kept::Here(drawn)) if plain => shades(buf, area, &drawn.image, style),
        // One that is a cell too large would not be drawn, and nobody told.
        Some(Kept::Here(drawn)) if drawn.protocol.size().width <= area.width && drawn.protocol.size().height <= area.height => {
            Image::new(&drawn.protocol).render(area, buf);
        }
        _ => frame(buf, area, words, style),
    }
}

fn shades(buf: &mut Buffer, area: Rect, image: &RgbImage, style: Style) {
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    if width < 1.0 || height < 1.0 || area.is_empty() {
        return;
    }
    let scale = (f64::from(area.width) / width).min(f64::from(area.height) / (height * CELL));
    let (columns, rows) = ((width * scale).round().max(1.0) as u16, (height * CELL * scale).round().max(1.0) as u16);
    for y in 0..rows.min(area.height) {
        for x in 0..columns.min(area.width) {
            let at = |n: u16, of: u16, all: u32| (u32::from(n) * all + all / 2) / u32::from(of.max(1));
            let (px, py) = (at(x, columns, image.width()), at(y, rows, image.height()));
            let Some(pixel) = image.get_pixel_checked(px.min(image.width() - 1), py.min(image.height() - 1)) else { continue };
            let [r, g, b] = pixel.0.map(u32::from);
            let light = (2126 * r + 7152 * g + 722 * b) / 10_000;
            let shade = SHADES[(light as usize * SHADES.len() / 256).min(SHADES.len() - 1)];
            if let Some(cell) = buf.cell_mut(Position { x: area.x + x, y: area.y + y }) {
                cell.set_char(shade).set_style(style);
            }
        }
    }
}

fn frame(buf: &mut Buffer, area: Rect, words: &str, style: Style) {
    if area.width < 4 || area.height < 3 {
        cells::put(buf, area, 0, 0, &[(words, style)]);
        return;
    }
    let line = "─".repeat(usize::from(area.width - 2));
    cells::put(buf, area, 0, 0, &[("┌", style), (&line, style), ("┐", style)]);
    for y in 1..area.height - 1 {
        cells::put(buf, area, 0, y, &[("│", style)]);
        cells::put(buf, area, area.width - 1, y, &[("│", style)]);
    }
    cells::put(buf, area, 0, area.height - 1, &[("└", style), (&line, style), ("┘", style)]);
    let inner = Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 };
    let lines = cells::wrap(words, usize::from(inner.width));
    let first = inner.height.saturating_sub(lines.len() as u16) / 2;
    for (n, text) in lines.iter().take(usize::from(inner.height)).enumerate() {
        let x = inner.width.saturating_sub(cells::width(text) as u16) / 2;
        cells::put(buf, inner, x, first + n as u16, &[(text, style)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_bright_and_dark_are_told_by_shades() {
        let image = RgbImage::from_fn(4, 4, |x, _| if x < 2 { image::Rgb([0, 0, 0]) } else { image::Rgb([255, 255, 255]) });
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 2));
        shades(&mut buf, Rect::new(0, 0, 4, 2), &image, Style::new());
        let row: String = (0..4).map(|x| buf[(x, 0)].symbol()).collect();
        assert_eq!(row, "  ██");
    }

    #[test]
    fn where_there_is_no_picture_its_frame_says_why() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 4));
        draw(&mut buf, Rect::new(0, 0, 10, 4), None, false, "空文件", Style::new());
        let symbols: String = (0..10).map(|x| buf[(x, 1)].symbol()).collect();
        assert!(symbols.contains('空') && symbols.starts_with('│'), "{symbols}");
    }
}
