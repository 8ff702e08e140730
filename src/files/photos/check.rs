//! Second pass over a folder of photographs: content hash, strict decoding and measures of every picture.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::decode;
use super::error::PhotoError;
use super::listing;
use super::marker;
use super::measure;
use super::pair::{self, Progress};
use crate::domain::digest;
use crate::domain::photo::{Checked, Fault, Picture};

/// Largest file that is checked, in bytes.
const BYTES_MAX: u64 = 256 << 20;

/// Checks the pictures that can be shown; those with other faults are left out. `known` is what an earlier pass gave,
/// each with the picture as it was then: what has the same path, size and time of writing is not opened again. With
/// `codes` QR cards are looked for. `progress` returning false stops.
///
/// # Errors
/// [`PhotoError::Cancelled`]; a picture that cannot be read is told as its fault.
pub fn check(
    dir: &Path,
    pictures: &[Picture],
    known: &[(Picture, Checked)],
    codes: bool,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Vec<Checked>, PhotoError> {
    let before: HashMap<&str, &(Picture, Checked)> = known.iter().map(|k| (k.0.path.as_str(), k)).collect();
    let due: Vec<&Picture> = pictures.iter().filter(|p| p.fault.is_none_or(Fault::shows)).collect();
    let files = listing::locate_all(dir, due.iter().map(|p| p.path.as_str()));
    pair::work(&due, 4, progress, &|picture| {
        if let Some((then, checked)) = before.get(picture.path.as_str())
            && picture.modified.is_some()
            && (then.bytes, then.modified) == (picture.bytes, picture.modified)
        {
            return checked.clone();
        }
        match files.get(picture.path.as_str()).map(|file| whole(file)) {
            Some(Ok(bytes)) => Checked { path: picture.path.clone(), ..of_bytes(&bytes, picture.turned, codes) },
            _ => Checked { path: picture.path.clone(), fault: Some(Fault::Unreadable), ..Checked::default() },
        }
    })
}

fn whole(file: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(file)?;
    let length = file.metadata()?.len().min(BYTES_MAX);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Measures one picture from its bytes; the path stays empty.
pub fn of_bytes(bytes: &[u8], turned: u8, codes: bool) -> Checked {
    let mut checked = Checked { hash: digest::of_file(bytes), ..Checked::default() };
    let (pixels, fault) = decode::decode(bytes);
    checked.fault = fault;
    let Some(pixels) = pixels else { return checked };
    let small = measure::shrink(&pixels, turned);
    let (width, height) = (u32::try_from(pixels.width).unwrap_or(0), u32::try_from(pixels.height).unwrap_or(0));
    (checked.width, checked.height) = if matches!(turned, 5..=8) { (height, width) } else { (width, height) };
    checked.look = digest::hex(&measure::look(&small.luma));
    checked.light = measure::light(&small.luma);
    checked.sharp = measure::sharpness(&small.luma);
    (checked.back, checked.uneven) = measure::background(&small);
    if codes {
        checked.code = marker::code(&small.luma, &pixels);
    }
    checked
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Cursor;

    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageFormat, Rgb, RgbImage, imageops};

    use super::super::thumb;
    use super::*;

    /// A drawn person before blue: hair, face, eyes, perhaps glasses, mouth and clothes by seed.
    fn person(seed: u32) -> RgbImage {
        let mut state = u64::from(seed) * 0x9e37_79b9 + 12_345;
        let mut roll = |n: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as u32 % n
        };
        let hair = [[25, 20, 20], [60, 40, 25], [20, 22, 40], [90, 60, 40]][roll(4) as usize];
        let clothes = [[245, 245, 245], [40, 40, 45], [120, 30, 40], [30, 70, 60], [200, 190, 150]][roll(5) as usize];
        let (wide, high) = (0.15 + roll(40) as f32 / 1000.0, 0.19 + roll(40) as f32 / 1000.0);
        let (left, up) = (0.48 + roll(40) as f32 / 1000.0, 0.37 + roll(40) as f32 / 1000.0);
        let (fringe, long) = (0.02 + roll(90) as f32 / 1000.0, roll(3) as f32 * 0.09);
        let (eyes, glasses, parting) = (0.055 + roll(25) as f32 / 1000.0, roll(3) == 0, roll(3) as f32 * 0.06 - 0.06);
        RgbImage::from_fn(240, 320, |x, y| {
            let noise = (x * 7 + y * 13 + x * y % 11) % 7;
            let (u, v) = (x as f32 / 240.0 - left, y as f32 / 320.0 - up);
            let oval = |w: f32, h: f32| (u / w).powi(2) + (v / h).powi(2) < 1.0;
            let eye = (u.abs() - eyes).powi(2) + (v + 0.01).powi(2);
            let colour = if oval(wide, high) && v > -high + fringe + (u - parting).abs() * 0.5 {
                if eye < 0.0003 || (glasses && (eye - 0.0016).abs() < 0.0004) {
                    [20, 20, 20]
                } else if (v - 0.11).abs() < 0.008 && u.abs() < 0.05 {
                    [190, 90, 90]
                } else {
                    [228, 190, 165]
                }
            } else if oval(wide * 1.2, high * 1.15) && v < 0.02 + long || (u.abs() < wide * 1.25 && v > 0.0 && v < long) {
                hair
            } else if v > high * 0.9 && (u.abs() < 0.07 || v > high + 0.05 + u.abs() * 0.15) {
                clothes
            } else {
                [67, 142, 219]
            };
            Rgb(colour.map(|c: u8| c.saturating_add(noise as u8)))
        })
    }

    fn encoded(picture: &RgbImage, quality: u8) -> Vec<u8> {
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, quality).encode_image(picture).unwrap();
        out
    }

    fn measured(picture: &RgbImage) -> Checked {
        of_bytes(&encoded(picture, 85), 1, false)
    }

    #[test]
    fn the_same_picture_looks_the_same_and_other_people_do_not() {
        let people: Vec<Checked> = (0..40).map(|n| measured(&person(n))).collect();
        for n in 0..10 {
            let again = imageops::resize(&person(n), 180, 240, imageops::FilterType::Triangle);
            for copy in [of_bytes(&encoded(&person(n), 40), 1, false), of_bytes(&encoded(&again, 90), 1, false)] {
                assert!(people[n as usize].looks_like(&copy), "{:?}\n{copy:?}", people[n as usize]);
            }
        }
        let mut alike = 0;
        for (n, a) in people.iter().enumerate() {
            alike += people[n + 1..].iter().filter(|b| a.looks_like(b)).count();
        }
        assert_eq!(alike, 0, "of {} pairs", 40 * 39 / 2);
    }

    #[test]
    fn light_sharpness_and_background_are_measured() {
        let good = measured(&person(1));
        assert!((80..200).contains(&good.light), "{good:?}");
        for (got, want) in good.back.iter().zip([70u8, 145, 222]) {
            assert!(got.abs_diff(want) <= 3, "{good:?}");
        }
        assert!(good.uneven <= 4, "{good:?}");
        let blurred = measured(&imageops::blur(&person(1), 2.0));
        assert!(blurred.sharp * 3 < good.sharp, "{blurred:?} {good:?}");
        let mut dim = person(1);
        dim.pixels_mut().for_each(|p| p.0 = p.0.map(|c| c / 5));
        let dark = measured(&dim);
        assert!(dark.light < 50);
        let mut shaded = person(1);
        shaded.enumerate_pixels_mut().for_each(|(x, _, p)| p.0 = p.0.map(|c| c / 2 + (u32::from(c) * x / 480) as u8));
        assert!(measured(&shaded).uneven > 15, "{:?}", measured(&shaded));
    }

    #[test]
    fn a_turned_picture_measures_as_it_is_seen() {
        let seen = person(3);
        let straight = measured(&seen);
        for (turned, stored) in [
            (2, imageops::flip_horizontal(&seen)),
            (3, imageops::rotate180(&seen)),
            (4, imageops::flip_vertical(&seen)),
            (5, imageops::flip_horizontal(&imageops::rotate90(&seen))),
            (6, imageops::rotate270(&seen)),
            (7, imageops::flip_horizontal(&imageops::rotate270(&seen))),
            (8, imageops::rotate90(&seen)),
        ] {
            let bytes = encoded(&stored, 85);
            let checked = of_bytes(&bytes, turned, false);
            assert!(checked.looks_like(&straight), "{turned} {checked:?} {straight:?}");
            assert_eq!((checked.width, checked.height), (240, 320));
            let small = thumb::thumb(&bytes, turned, 60, 80).unwrap();
            assert_eq!(small.dimensions(), (60, 80));
            // The background is blue above, the clothes are below.
            assert!(small.get_pixel(2, 2).0[2] > 180, "{turned}");
        }
    }

    #[test]
    fn damage_that_only_decoding_finds_is_told_and_the_rest_is_measured() {
        let whole = encoded(&person(5), 85);
        assert_eq!(of_bytes(&whole, 1, false).fault, None);
        for part in [2, 3, 10] {
            let half = of_bytes(&whole[..whole.len() - whole.len() / part], 1, false);
            assert_eq!(half.fault, Some(Fault::Truncated), "{part}");
            assert!(!half.look.is_empty());
        }
        assert_eq!(of_bytes(&whole[..whole.len() - 2], 1, false).fault, Some(Fault::Truncated));
        let mut zeros = whole[..whole.len() / 2].to_vec();
        zeros.resize(whole.len(), 0);
        assert_eq!(of_bytes(&zeros, 1, false).fault, Some(Fault::Truncated));
        // A preview behind the picture is no damage.
        let mut trailed = whole.clone();
        trailed.extend([1, 2, 3, 4]);
        assert_eq!(of_bytes(&trailed, 1, false).fault, None);

        let mut png = Cursor::new(Vec::new());
        person(5).write_to(&mut png, ImageFormat::Png).unwrap();
        let png = png.into_inner();
        assert_eq!(of_bytes(&png, 1, false).fault, None);
        assert_eq!(of_bytes(&png[..png.len() / 2], 1, false).fault, Some(Fault::Truncated));
        assert_eq!(of_bytes(b"", 1, false).fault, Some(Fault::Empty));
        assert_eq!(of_bytes(b"names", 1, false).fault, Some(Fault::NotAPicture));
    }

    #[test]
    fn bytes_turned_at_random_never_stop_the_check() {
        let whole = encoded(&imageops::thumbnail(&person(6), 48, 64), 70);
        let mut state = 7u64;
        for _ in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let place = (state >> 33) as usize % bytes.len();
                // A picture said to be enormous is another test's business.
                bytes[place] ^= 1 << (state >> 60 & 7);
            }
            of_bytes(&bytes, 1, state.is_multiple_of(16));
            thumb::thumb(&bytes, 6, 20, 20);
        }
    }

    #[test]
    fn a_folder_is_checked_in_order_and_known_pictures_are_not_opened_again() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..9 {
            fs::write(dir.path().join(format!("{n}.jpg")), encoded(&imageops::thumbnail(&person(n), 96, 128), 80)).unwrap();
        }
        let picture =
            |n: u32, fault| Picture { path: format!("{n}.jpg"), bytes: 1, modified: Some(1), turned: 1, fault, ..Picture::default() };
        let mut pictures: Vec<Picture> = (0..9).map(|n| picture(n, None)).collect();
        pictures.push(picture(10, None));
        pictures.push(picture(11, Some(Fault::ForeignFormat)));
        let checked = check(dir.path(), &pictures, &[], false, &mut |_| true).unwrap();
        assert_eq!(checked.len(), 10);
        assert!(checked.iter().zip(&pictures).all(|(c, p)| c.path == p.path));
        assert_eq!(checked[9].fault, Some(Fault::Unreadable));
        assert_eq!(checked[3].hash, digest::of_file(&fs::read(dir.path().join("3.jpg")).unwrap()));
        fs::remove_file(dir.path().join("3.jpg")).unwrap();
        let known: Vec<(Picture, Checked)> = pictures.iter().cloned().zip(checked.iter().cloned()).collect();
        assert_eq!(check(dir.path(), &pictures, &known, false, &mut |_| true).unwrap(), checked);
        assert!(matches!(check(dir.path(), &pictures, &[], false, &mut |_| false), Err(PhotoError::Cancelled)));
    }
}
