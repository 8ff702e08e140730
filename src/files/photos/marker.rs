//! QR cards in pictures: looked for on a small version first, since a card before the camera is large.

use rqrr::PreparedImage;

use super::decode::Pixels;
use super::finder_pattern;
use super::measure::{self, Plane};
use crate::files::quiet::quietly;

/// Longest text taken from a code, in bytes.
const TEXT_MAX: usize = 200;
/// Longest side of the second, larger version.
const LARGE: usize = 1_280;

/// The text of a QR code in the picture, control characters stripped. `small` is its version of at most 640 rows,
/// `whole` the picture itself, looked at (1,280 pixels a side at most) only where the small one shows no code.
pub fn code(small: &Plane, whole: &Pixels) -> Option<String> {
    if let Some(text) = find(small) {
        return Some(text);
    }
    // Turned or not is all the same to a code.
    let large = measure::grey(whole, LARGE);
    (large.width.max(large.height) > small.width.max(small.height)).then(|| find(&large)).flatten()
}

/// Nearly no picture shows a code: those that cannot are passed over. A terminal without colours on a light ground
/// shows the code as its own negative.
fn find(picture: &Plane) -> Option<String> {
    let suspected = finder_pattern::suspect(picture);
    let printed = suspected.printed.then(|| read(picture, 0)).flatten();
    printed.or_else(|| suspected.negative.then(|| read(picture, 0xff)).flatten())
}

fn read(picture: &Plane, turned_over: u8) -> Option<String> {
    let text = quietly(|| {
        let light = |x: usize, y: usize| picture.data[y * picture.width + x] ^ turned_over;
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

    /// A number of 0 to 1 that follows from a seed.
    fn roll(state: &mut u64) -> f32 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) as f32 / (1u64 << 31) as f32
    }

    /// A card anywhere in the picture, of any size, turned, aslant, unevenly lit, blurred and noisy, perhaps as a negative.
    fn snapshot(state: &mut u64) -> Plane {
        let code = QrCode::new(Marker::Next(format!("{:04}B", (roll(state) * 9_999.0) as u32)).text()).unwrap();
        let (modules, colours) = (code.width() as f32, code.to_colors());
        let (width, height) = if roll(state) < 0.5 { (240, 320) } else { (320, 240) };
        let module = 1.2 + 5.0 * roll(state).powi(2);
        let (sine, cosine) = (roll(state) * std::f32::consts::TAU).sin_cos();
        let slant = 0.6 + 0.4 * roll(state);
        let (left, top) = (width as f32 * (0.3 + 0.4 * roll(state)), height as f32 * (0.3 + 0.4 * roll(state)));
        let (paper, ink, ground) = (130.0 + 120.0 * roll(state), 5.0 + 70.0 * roll(state), 30.0 + 200.0 * roll(state));
        let (shade, noise, negative) = (0.5 * roll(state), 20.0 * roll(state) * roll(state), roll(state) < 0.3);
        let sharp = GrayImage::from_fn(width, height, |x, y| {
            let (dx, dy) = (x as f32 - left, y as f32 - top);
            let u = (dx * cosine + dy * sine) / module / slant + modules / 2.0;
            let v = (dy * cosine - dx * sine) / module + modules / 2.0;
            let on_paper = u > -4.0 && v > -4.0 && u < modules + 4.0 && v < modules + 4.0;
            let inside = u >= 0.0 && v >= 0.0 && u < modules && v < modules;
            let dark = inside && colours[v as usize * modules as usize + u as usize] == Color::Dark;
            let plain = if dark {
                ink
            } else if on_paper {
                paper
            } else {
                ground
            };
            let light = plain * (1.0 - shade * x as f32 / width as f32) + noise * (roll(state) - 0.5);
            Luma([if negative { 255 - light as u8 } else { light as u8 }])
        });
        let blurred = image::imageops::blur(&sharp, 0.4 + module * 0.4 * roll(state));
        Plane { width: width as usize, height: height as usize, data: blurred.into_raw() }
    }

    #[test]
    fn no_code_that_can_be_read_is_passed_over() {
        let mut state = 20_261_129;
        let mut read_at_all = 0;
        for n in 0..150 {
            let picture = snapshot(&mut state);
            let suspected = finder_pattern::suspect(&picture);
            for (turned_over, seen) in [(0, suspected.printed), (0xff, suspected.negative)] {
                let text = read(&picture, turned_over);
                read_at_all += usize::from(text.is_some());
                assert!(text.is_none() || seen, "card {n}: {text:?} {suspected:?}");
            }
        }
        assert!(read_at_all > 20, "{read_at_all} of 150");
    }

    #[test]
    fn portraits_stripes_and_noise_are_hardly_ever_taken_for_a_code() {
        let mut state = 7;
        let mut suspects = 0;
        for n in 0..20 {
            let (stripe, noise) = (2 + n % 30, 15.0 * roll(&mut state));
            let picture = GrayImage::from_fn(480, 640, |x, y| {
                let (u, v) = (x as f32 / 480.0 - 0.5, y as f32 / 640.0 - 0.4);
                let face = u * u / 0.03 + v * v / 0.05 < 1.0;
                let eye = (u.abs() - 0.07).powi(2) + (v + 0.02).powi(2) < 0.0004;
                let shirt = v > 0.3 && u.abs() < 0.42;
                let light = if eye {
                    30.0
                } else if face {
                    190.0
                } else if shirt && (x / stripe) % 2 == 0 {
                    40.0
                } else {
                    150.0
                };
                Luma([(light + noise * (roll(&mut state) - 0.5)) as u8])
            });
            let seen = finder_pattern::suspect(&Plane { width: 480, height: 640, data: picture.into_raw() });
            suspects += usize::from(seen != finder_pattern::Suspected::default());
        }
        assert!(suspects <= 4, "{suspects} of 20");
    }
}
