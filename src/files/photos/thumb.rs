//! Small pictures to be shown: the embedded thumbnail where it is large enough, else the picture itself, shrunk.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{RgbImage, imageops};

use super::capture;
use super::decode::{self, Pixels, Samples};
use super::kind;
use super::window::Window;
use crate::files::quiet::quietly;

/// The picture as seen (orientation applied), at most `max_w` × `max_h` pixels and never larger than it is; `None` where
/// there is nothing to show.
pub fn thumb(bytes: &[u8], turned: u8, max_w: u32, max_h: u32) -> Option<RgbImage> {
    let (wide, high) = if matches!(turned, 5..=8) { (max_h, max_w) } else { (max_w, max_h) };
    let picture = embedded(bytes, wide, high).or_else(|| decode::decode(bytes).0.and_then(rgb))?;
    Some(turn(fit(picture, wide, high), turned))
}

/// JPEG bytes of a small picture; empty for one without pixels. `quality` is 1–100.
pub fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    if picture.width() == 0 || picture.height() == 0 {
        return bytes;
    }
    match JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100)).encode_image(picture) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}

/// The embedded thumbnail without the bars that cameras put above and below, where it fills the box asked for.
fn embedded(bytes: &[u8], wide: u32, high: u32) -> Option<RgbImage> {
    let capture = quietly(|| {
        let mut window = Window::open(Cursor::new(bytes)).ok()?;
        let kind = kind::of("", window.head());
        Some(capture::read(&mut window, kind, true))
    })??;
    let (from, length) = capture.thumbnail?;
    let from = usize::try_from(from).ok()?;
    let (pixels, fault) = decode::decode(bytes.get(from..from.checked_add(length)?)?);
    if fault.is_some() {
        return None;
    }
    let picture = without_bars(rgb(pixels?)?, capture.width, capture.height);
    (picture.width() >= wide || picture.height() >= high).then_some(picture)
}

/// Cuts a thumbnail to the shape of its picture: 160 × 120 of a 3:2 picture has black bars.
fn without_bars(picture: RgbImage, width: u32, height: u32) -> RgbImage {
    let (w, h) = (picture.width(), picture.height());
    if width == 0 || height == 0 {
        return picture;
    }
    let high = (u64::from(w) * u64::from(height)).div_ceil(u64::from(width));
    let wide = (u64::from(h) * u64::from(width)).div_ceil(u64::from(height));
    let (cut_w, cut_h) = (w.min(u32::try_from(wide).unwrap_or(w)).max(1), h.min(u32::try_from(high).unwrap_or(h)).max(1));
    // A row more or less is rounding, no bar.
    if w - cut_w <= 2 && h - cut_h <= 2 {
        return picture;
    }
    imageops::crop_imm(&picture, (w - cut_w) / 2, (h - cut_h) / 2, cut_w, cut_h).to_image()
}

fn fit(picture: RgbImage, wide: u32, high: u32) -> RgbImage {
    let (w, h) = (u64::from(picture.width()), u64::from(picture.height()));
    let (wide, high) = (u64::from(wide.max(1)), u64::from(high.max(1)));
    if w <= wide && h <= high {
        return picture;
    }
    let (to_w, to_h) = if w * high > h * wide { (wide, (h * wide / w).max(1)) } else { ((w * high / h).max(1), high) };
    imageops::thumbnail(&picture, u32::try_from(to_w).unwrap_or(1), u32::try_from(to_h).unwrap_or(1))
}

fn turn(picture: RgbImage, turned: u8) -> RgbImage {
    match turned {
        2 => imageops::flip_horizontal(&picture),
        3 => imageops::rotate180(&picture),
        4 => imageops::flip_vertical(&picture),
        5 => imageops::flip_horizontal(&imageops::rotate90(&picture)),
        6 => imageops::rotate90(&picture),
        7 => imageops::flip_horizontal(&imageops::rotate270(&picture)),
        8 => imageops::rotate270(&picture),
        _ => picture,
    }
}

fn rgb(pixels: Pixels) -> Option<RgbImage> {
    let (width, height) = (u32::try_from(pixels.width).ok()?, u32::try_from(pixels.height).ok()?);
    let data = match pixels.samples {
        Samples::Rgb => pixels.data,
        Samples::Luma => pixels.data.iter().flat_map(|v| [*v; 3]).collect(),
        Samples::YCbCr => pixels.data.chunks_exact(3).flat_map(colour).collect(),
    };
    RgbImage::from_raw(width, height, data)
}

/// JFIF 1.02 in 16-bit fixed point.
fn colour(p: &[u8]) -> [u8; 3] {
    let &[y, cb, cr] = p else { return [0; 3] };
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    let clamp = |v: i32| ((v + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [clamp(y + 91_881 * cr), clamp(y - 22_554 * cb - 46_802 * cr), clamp(y + 116_130 * cb)]
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    fn plain(width: u32, height: u32, colour: [u8; 3]) -> RgbImage {
        RgbImage::from_pixel(width, height, Rgb(colour))
    }

    /// A red picture that carries this thumbnail.
    fn carrying(thumbnail: &RgbImage, width: u32, height: u32) -> Vec<u8> {
        let (whole, small) = (jpeg(&plain(width, height, [220, 30, 30]), 80), jpeg(thumbnail, 80));
        let mut block = b"II*\0\x08\0\0\0\0\0\x0e\0\0\0\x02\0".to_vec();
        for (tag, value) in [(0x0201u16, 44u32), (0x0202, small.len() as u32)] {
            block.extend([&tag.to_le_bytes()[..], &4u16.to_le_bytes(), &1u32.to_le_bytes(), &value.to_le_bytes()].concat());
        }
        block.extend([0; 4]);
        block.extend(small);
        let length = (block.len() as u16 + 8).to_be_bytes();
        [&b"\xff\xd8\xff\xe1"[..], &length, b"Exif\0\0", &block, &whole[2..]].concat()
    }

    fn is_green(picture: &RgbImage) -> bool {
        picture.pixels().all(|p| p.0[1] > 150 && p.0[0] < 100)
    }

    #[test]
    fn the_embedded_thumbnail_is_used_where_it_is_large_enough() {
        let bytes = carrying(&plain(160, 120, [30, 200, 30]), 600, 450);
        let small = thumb(&bytes, 1, 80, 80).unwrap();
        assert_eq!(small.dimensions(), (80, 60));
        assert!(is_green(&small));
        let standing = thumb(&bytes, 6, 60, 80).unwrap();
        assert_eq!(standing.dimensions(), (60, 80));
        let large = thumb(&bytes, 1, 300, 300).unwrap();
        assert_eq!(large.dimensions(), (300, 225));
        assert!(large.get_pixel(9, 9).0[0] > 150);
        assert_eq!(thumb(&bytes, 1, 5_000, 5_000).unwrap().dimensions(), (600, 450), "never larger than it is");
    }

    #[test]
    fn the_bars_of_a_thumbnail_are_cut_off() {
        let mut barred = plain(160, 120, [0, 0, 0]);
        imageops::replace(&mut barred, &plain(160, 106, [30, 200, 30]), 0, 7);
        let small = thumb(&carrying(&barred, 600, 400), 1, 160, 160).unwrap();
        assert_eq!(small.dimensions(), (160, 107));
        assert!(small.get_pixel(80, 3).0[1] > 120, "{:?}", small.get_pixel(80, 3));
    }

    #[test]
    fn what_is_no_picture_has_no_thumbnail_and_half_a_picture_has() {
        assert_eq!(thumb(b"names", 1, 80, 80), None);
        assert_eq!(thumb(b"", 1, 80, 80), None);
        let whole = jpeg(&plain(480, 640, [10, 90, 200]), 80);
        assert!(thumb(&whole[..whole.len() / 2], 1, 80, 80).is_some());
        assert!(jpeg(&RgbImage::new(0, 0), 80).is_empty());
    }
}
