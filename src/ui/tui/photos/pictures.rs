//! Small pictures for the terminal: asked for once, kept as long as they are near, drawn as half-blocks or by the terminal's own graphics.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use image::{DynamicImage, RgbImage, imageops};
use ratatui::layout::Size;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::Protocol;
use ratatui_image::{FilterType, FontSize, Resize};

use crate::desk::pictures::{Small, Wanted};
use crate::domain::photo::Fault;
use crate::domain::review::Review;

/// Most pictures kept.
const KEPT: usize = 64;
/// Pixels of a cell that are asked for where it is drawn as two halves: twice what is shown.
const HALVES: FontSize = FontSize { width: 2, height: 4 };

/// The file of a photograph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The folder that was read.
    pub folder: String,
    /// Path below it.
    pub path: String,
    /// EXIF orientation, 1–8.
    pub turned: u8,
}

impl Source {
    /// Of a photograph of the album; `None` where its folder is not known.
    pub fn of(review: &Review, place: usize) -> Option<Self> {
        let photo = review.album.photos.get(place)?;
        let folder = review.album.folders.get(&photo.id.reading)?.clone();
        Some(Self { folder, path: photo.id.path.clone(), turned: photo.picture.turned })
    }
}

/// A picture, ready to draw.
pub struct Drawn {
    /// For a terminal that shows colours or graphics.
    pub protocol: Protocol,
    /// For one without.
    pub image: RgbImage,
}

/// What is known of a picture.
pub enum Kept {
    /// Asked for.
    Awaited,
    /// Here.
    Here(Box<Drawn>),
    /// There is none to show.
    Fault(Fault),
}

/// The pictures.
pub struct Pictures {
    picker: Picker,
    kept: BTreeMap<Wanted, (Kept, Size)>,
    /// Oldest first.
    order: VecDeque<Wanted>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self { picker: Picker::halfblocks(), kept: BTreeMap::new(), order: VecDeque::new() }
    }
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pictures").field("kept", &self.kept.len()).finish_non_exhaustive()
    }
}

impl Pictures {
    /// Drawn that way, where a cell has so many pixels.
    pub fn drawn_as(protocol: ProtocolType, cell: (u16, u16)) -> Self {
        #[allow(deprecated)] // Asking the terminal itself would swallow keys: a scan is never lost.
        let mut picker = Picker::from_fontsize(FontSize { width: cell.0.max(1), height: cell.1.max(1) });
        picker.set_protocol_type(protocol);
        Self { picker, ..Self::default() }
    }

    /// How they are drawn.
    pub fn protocol(&self) -> ProtocolType {
        self.picker.protocol_type()
    }

    /// The word of a way of drawing, as `DUIHAO_PICTURES` has it.
    pub fn word(protocol: ProtocolType) -> &'static str {
        match protocol {
            ProtocolType::Halfblocks => "halfblocks",
            ProtocolType::Sixel => "sixel",
            ProtocolType::Kitty => "kitty",
            ProtocolType::Iterm2 => "iterm2",
        }
    }

    /// The way of drawing that a word means.
    pub fn of_word(word: &str) -> Option<ProtocolType> {
        let all = [ProtocolType::Halfblocks, ProtocolType::Sixel, ProtocolType::Kitty, ProtocolType::Iterm2];
        all.into_iter().find(|p| Self::word(*p) == word.trim().to_ascii_lowercase())
    }

    /// How a photograph of the album is asked for, to be shown in so many cells; `None` where its folder is not known.
    pub fn wanted(&self, review: &Review, place: usize, cells: Size) -> Option<Wanted> {
        Some(self.in_cells(&Source::of(review, place)?, cells))
    }

    /// How a file is asked for, to be shown in so many cells.
    pub fn in_cells(&self, source: &Source, cells: Size) -> Wanted {
        let cell = if self.protocol() == ProtocolType::Halfblocks { HALVES } else { self.picker.font_size() };
        Wanted {
            folder: source.folder.clone(),
            path: source.path.clone(),
            turned: source.turned,
            width: u32::from(cells.width) * u32::from(cell.width),
            height: u32::from(cells.height) * u32::from(cell.height),
        }
    }

    /// What is known of it.
    pub fn get(&self, wanted: &Wanted) -> Option<&Kept> {
        self.kept.get(wanted).map(|(kept, _)| kept)
    }

    /// True where nobody has asked for it yet; it counts as asked for from now on.
    pub fn ask(&mut self, wanted: &Wanted, cells: Size) -> bool {
        if self.kept.contains_key(wanted) {
            return false;
        }
        while self.order.len() >= KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.kept.remove(&oldest);
            }
        }
        self.order.push_back(wanted.clone());
        self.kept.insert(wanted.clone(), (Kept::Awaited, cells));
        true
    }

    /// Takes one in. One that was forgotten meanwhile is not wanted any more.
    pub fn take(&mut self, wanted: &Wanted, small: Small) {
        let Some((kept, cells)) = self.kept.get_mut(wanted) else { return };
        *kept = match small {
            Err(fault) => Kept::Fault(fault),
            Ok(image) => {
                let (picture, size) = fitted(&image, *cells, self.picker.font_size());
                match self.picker.new_protocol(picture, size, Resize::Fit(None)) {
                    Ok(protocol) => Kept::Here(Box::new(Drawn { protocol, image })),
                    Err(_) => Kept::Fault(Fault::Damaged),
                }
            }
        };
    }

    /// Forgets them all: the files may have changed.
    pub fn forget(&mut self) {
        self.kept.clear();
        self.order.clear();
    }

    /// How many are awaited.
    pub fn awaited(&self) -> usize {
        self.kept.values().filter(|(k, _)| matches!(k, Kept::Awaited)).count()
    }
}

/// The picture stretched by less than half a cell, so that it fills whole cells: what is left over would be drawn black.
fn fitted(image: &RgbImage, cells: Size, font: FontSize) -> (DynamicImage, Size) {
    let (width, height) = (f64::from(image.width().max(1)), f64::from(image.height().max(1)));
    let (fw, fh) = (f64::from(font.width), f64::from(font.height));
    let scale = (f64::from(cells.width) * fw / width).min(f64::from(cells.height) * fh / height);
    let columns = ((width * scale / fw).round() as u16).clamp(1, cells.width.max(1));
    let rows = ((height * scale / fh).round() as u16).clamp(1, cells.height.max(1));
    let (to_w, to_h) = (u32::from(columns) * u32::from(font.width), u32::from(rows) * u32::from(font.height));
    let filled = imageops::resize(image, to_w, to_h, FilterType::Triangle);
    (DynamicImage::ImageRgb8(filled), Size { width: columns, height: rows })
}
