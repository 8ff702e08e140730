//! QR cards in pictures: looked for on a small version first, since a card before the camera is large.

use rqrr::PreparedImage;

use super::decode::Pixels;
use super::measure::{self, Plane};
use crate::files::quiet::quietly;

/// Longest text taken from a code, in bytes.
const TEXT_MAX: usize = 200;
/// Longest side of the second, larger version.
const LARGE: usize = 1_280;

/// The text of a QR code in the picture, control characters stripped. `small` is its version of at most 640 rows,
/// `whole` the picture itself, looked at (1,280 pixels a side at most) only where the small one shows no code.
pub fn code(small: &Plane, whole: &Pixels) -> Option<String> {
    if let Some(text) = find(small, false) {
        return Some(text);
    }
    // Turned or not is all the same to a code.
    let large = || {
        let large = measure::grey(whole, LARGE);
        (large.width.max(large.height) > small.width.max(small.height)).then(|| find(&large, false)).flatten()
    };
    // A terminal without colours on a light ground shows the code as its own negative.
    large().or_else(|| find(small, true))
}

fn find(picture: &Plane, negative: bool) -> Option<String> {
    let text = quietly(|| {
        let light = |x: usize, y: usize| picture.data[y * picture.width + x] ^ if negative { 0xff } else { 0 };
        let mut prepared = PreparedImage::prepare_from_greyscale(picture.width, picture.height, light);
        prepared.detect_grids().into_iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
    })??;
    let text = crate::domain::width::clean(&text, false);
    (!text.is_empty() && text.len() <= TEXT_MAX).then_some(text)
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};
    use qrcode::{Color, QrCode};

    use super::super::decode::Samples;
    use super::super::measure::shrink;
    use super::*;
    use crate::domain::photo::Marker;

    /// A grey picture with a card whose code takes `part` of its width, slightly uneven light.
    fn card(text: &str, width: u32, height: u32, part: f32) -> Pixels {
        let code = QrCode::new(text).unwrap();
        let modules = code.width() as u32;
        let colours = code.to_colors();
        let size = ((width as f32 * part) as u32 / modules).max(1) * modules;
        let (left, top) = ((width - size) / 2, height / 2);
        let picture = GrayImage::from_fn(width, height, |x, y| {
            let light = 200 + (x * 30 / width) as u8;
            let quiet = size / modules * 4;
            if x + quiet < left || x >= left + size + quiet || y + quiet < top || y >= top + size + quiet {
                return Luma([110 + (y % 7) as u8]);
            }
            let inside = x >= left && x < left + size && y >= top && y < top + size;
            let cell = inside.then(|| colours[((y - top) * modules / size * modules + (x - left) * modules / size) as usize]);
            Luma([if cell == Some(Color::Dark) { light / 6 } else { light }])
        });
        Pixels { width: width as usize, height: height as usize, samples: Samples::Luma, data: picture.into_raw() }
    }

    #[test]
    fn a_card_before_the_camera_is_read_large_and_small_and_turned() {
        let text = Marker::Next("0413B".to_owned()).text();
        for (width, height, part) in [(480, 640, 0.4), (480, 640, 0.25), (1500, 2000, 0.3), (1500, 2000, 0.12)] {
            let picture = card(&text, width, height, part);
            for turned in [1, 6, 3] {
                assert_eq!(code(&shrink(&picture, turned).luma, &picture), Some(text.clone()), "{width}×{height} {part} {turned}");
            }
        }
    }

    #[test]
    fn a_picture_without_a_code_has_none() {
        let plain = Pixels { width: 480, height: 640, samples: Samples::Luma, data: (0..480 * 640).map(|n| (n % 255) as u8).collect() };
        assert_eq!(code(&shrink(&plain, 1).luma, &plain), None);
    }
}
