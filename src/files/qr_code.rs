//! QR codes to be photographed or printed: squares, dark and light.

use std::fmt::Write as _;
use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};

/// White around the code in modules; readers need four.
const QUIET: usize = 4;
/// Pixels of one module in the picture for workbooks.
const MODULE: u32 = 12;

/// How much of a code may be lost; less makes it smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// 15 %: a clean screen.
    Seventh,
    /// 25 %: paper that is held and folded.
    Quarter,
}

/// A code as rows of dark (true) and light modules, white around it included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// The code of a text; `None` where it is too long for any.
    pub fn of(text: &str, loss: Loss) -> Option<Self> {
        let level = match loss {
            Loss::Seventh => EcLevel::M,
            Loss::Quarter => EcLevel::Q,
        };
        let code = QrCode::with_error_correction_level(text, level).ok()?;
        let (inner, side) = (code.width(), code.width() + 2 * QUIET);
        let mut dark = vec![false; side * side];
        for (at, color) in code.to_colors().into_iter().enumerate() {
            dark[(at / inner + QUIET) * side + at % inner + QUIET] = color == Color::Dark;
        }
        Some(Self { side, dark })
    }

    /// Modules a side, the white around included.
    pub fn side(&self) -> usize {
        self.side
    }

    /// True for a dark module; outside of the code it is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }

    /// As SVG: one path, a rectangle for every run of dark modules in a row.
    pub fn svg(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.dark.chunks(self.side).enumerate() {
            let mut x = 0;
            while x < self.side {
                let run = row[x..].iter().take_while(|dark| **dark).count();
                if run > 0 {
                    // Writing to a String cannot fail.
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
                }
                x += run.max(1);
            }
        }
        let side = self.side;
        format!(
            "<svg viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
        )
    }

    /// As a PNG picture.
    pub fn png(&self) -> Option<Vec<u8>> {
        let side = u32::try_from(self.side).ok()?;
        let shade = |x: u32, y: u32| {
            let dark = self.is_dark((x / MODULE) as usize, (y / MODULE) as usize);
            Luma([if dark { 0_u8 } else { 255 }])
        };
        let picture = GrayImage::from_fn(side * MODULE, side * MODULE, shade);
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).ok()?;
        Some(bytes.into_inner())
    }
}
