//! A picture decoded whole: strictly first, so that what is missing is noticed, else as far as it goes.

use std::io::Cursor;

use image::{ImageDecoder as _, ImageFormat, ImageReader, Limits};
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;
use zune_jpeg::{JpegDecoder, errors::DecodeErrors};

use super::kind::{self, Kind};
use crate::domain::photo::Fault;
use crate::files::quiet::quietly;

/// Most pixels that are decoded; larger than any camera's that a school hires.
const PIXELS_MAX: u64 = 120_000_000;
/// Longest side that is decoded.
const SIDE_MAX: usize = 20_000;

/// How the samples of a pixel are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Samples {
    /// One sample: brightness.
    Luma,
    /// Brightness, blue and red difference, as JPEG stores them.
    YCbCr,
    /// Red, green, blue.
    Rgb,
}

/// A picture as stored, orientation not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels wide.
    pub width: usize,
    /// Pixels high.
    pub height: usize,
    /// What `data` holds.
    pub samples: Samples,
    /// Samples, row by row without gaps.
    pub data: Vec<u8>,
}

impl Pixels {
    /// Samples a pixel.
    pub fn depth(&self) -> usize {
        if self.samples == Samples::Luma { 1 } else { 3 }
    }
}

/// Decodes a JPEG or PNG and says what is wrong with it. A damaged one is decoded as far as it goes; one that cannot be
/// decoded at all, or that is larger than any camera's, gives no pixels.
pub fn decode(bytes: &[u8]) -> (Option<Pixels>, Option<Fault>) {
    if bytes.is_empty() {
        return (None, Some(Fault::Empty));
    }
    quietly(|| match kind::of("", bytes) {
        Kind::Jpeg => whole_jpeg(bytes),
        Kind::Png => whole_png(bytes),
        Kind::Foreign => (None, Some(Fault::ForeignFormat)),
        Kind::Other => (None, Some(Fault::NotAPicture)),
    })
    .unwrap_or((None, Some(Fault::Damaged)))
}

fn whole_jpeg(bytes: &[u8]) -> (Option<Pixels>, Option<Fault>) {
    match jpeg(bytes, true) {
        Ok(pixels) if ends(bytes) => (pixels, None),
        Ok(pixels) => (pixels, Some(Fault::Truncated)),
        Err(_) => {
            let fault = if ends(bytes) { Fault::Damaged } else { Fault::Truncated };
            (quietly(|| jpeg(bytes, false).ok().flatten()).flatten(), Some(fault))
        }
    }
}

/// True where an end-of-image marker stands in the last bytes. Cameras write previews behind the picture and
/// editors fill up with zeros, both after such a marker; a file that was cut off or recovered half ends in neither.
fn ends(bytes: &[u8]) -> bool {
    let used = bytes.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    if bytes[..used].ends_with(b"\xff\xd9") {
        return true;
    }
    // Behind the picture's own data only: an embedded thumbnail in front of it has such a marker too.
    scan_start(bytes).is_some_and(|from| bytes[from..used].windows(2).any(|pair| pair == b"\xff\xd9"))
}

/// Where the compressed data begins.
fn scan_start(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let &[0xff, code] = bytes.get(at..at + 2)? else { return None };
        match code {
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xda => return Some(at),
            _ => at += 2 + usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?])).max(2),
        }
    }
}

fn jpeg(bytes: &[u8], strict: bool) -> Result<Option<Pixels>, DecodeErrors> {
    let options = DecoderOptions::default().set_strict_mode(strict).set_max_width(SIDE_MAX).set_max_height(SIDE_MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers()?;
    let (width, height) = decoder.dimensions().unwrap_or((0, 0));
    if width == 0 || height == 0 || (width as u64) * (height as u64) > PIXELS_MAX {
        return Ok(None);
    }
    // As stored, so that no time goes into turning colours that are averaged anyway.
    let (space, samples) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, Samples::Luma),
        Some(ColorSpace::YCbCr) => (ColorSpace::YCbCr, Samples::YCbCr),
        _ => (ColorSpace::RGB, Samples::Rgb),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let data = decoder.decode()?;
    let pixels = Pixels { width, height, samples, data };
    Ok((pixels.data.len() == width * height * pixels.depth()).then_some(pixels))
}

fn whole_png(bytes: &[u8]) -> (Option<Pixels>, Option<Fault>) {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXELS_MAX * 4);
    reader.limits(limits);
    let Ok(decoder) = reader.into_decoder() else { return (None, Some(Fault::Damaged)) };
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return (None, None);
    }
    match image::DynamicImage::from_decoder(decoder) {
        Ok(picture) => {
            let data = picture.into_rgb8().into_raw();
            (Some(Pixels { width: width as usize, height: height as usize, samples: Samples::Rgb, data }), None)
        }
        Err(_) => (None, Some(if bytes.ends_with(b"IEND\xae\x42\x60\x82") { Fault::Damaged } else { Fault::Truncated })),
    }
}
