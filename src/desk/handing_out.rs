//! 导出: the sheets that leave for the office, the class teachers and the photographer, written one after the other into one folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::Error;
use super::export::{self, Only, Photographs, What};
use super::sheets::{self, SheetKind};
use super::{closing, print_pack};
use crate::domain::day::Day;
use crate::domain::ids::Millis;
use crate::domain::review::{Review, ReviewCause};

/// A sheet that somebody is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handout {
    /// 汇总
    Summary,
    /// 未拍名单
    NoShows,
    /// 照片对应表
    Mapping,
    /// 照片对应表 with small pictures.
    Pictures,
    /// 班级对照页
    Contact,
    /// 证明页
    Proof,
    /// 《图像采集人数确认单》
    Closing,
    /// 需更正学籍信息名单
    Corrections,
    /// What the classes are told.
    Notices,
    /// 摄影师用表
    Pack,
}

impl Handout {
    /// All of them, those asked for most first.
    pub const ALL: [Self; 10] = [
        Self::Summary,
        Self::NoShows,
        Self::Mapping,
        Self::Closing,
        Self::Corrections,
        Self::Contact,
        Self::Proof,
        Self::Pictures,
        Self::Notices,
        Self::Pack,
    ];

    /// True where it tells how the photographs stand.
    pub fn tells_of_photographs(self) -> bool {
        self == Self::Mapping || self.needs_photographs()
    }

    /// True where there is nothing to write before a folder of photographs was read.
    pub fn needs_photographs(self) -> bool {
        matches!(self, Self::Contact | Self::Proof | Self::Pictures)
    }
}

/// Says a cause in a sentence and an example, in one language.
pub type SayCause = fn(&Day, &Review, &ReviewCause) -> (String, String);

/// The day as it stood, and what of it is to be written.
#[derive(Debug, Clone)]
pub struct HandoutPlan {
    /// The day: a copy, so that it can be written while the next people are scanned.
    pub day: Day,
    /// When that was.
    pub now: Millis,
    /// How the photographs stand.
    pub reviews: Vec<Arc<Review>>,
    /// Who says a cause.
    pub say: SayCause,
    /// What, and the name of its file; the suffix decides the format.
    pub wanted: Vec<(Handout, String)>,
    /// The folder.
    pub out: PathBuf,
}

impl HandoutPlan {
    /// Writes one file after the other; each replaces one of its name in one step. `told` hears how many of how many are there, and ends the
    /// work by answering false: what is written by then stays.
    ///
    /// # Errors
    /// What [`export::save`] says of a file that cannot be written; those before it are there.
    pub fn write(&self, told: &mut dyn FnMut(usize, usize) -> bool) -> Result<usize, Error> {
        std::fs::create_dir_all(&self.out).map_err(|why| Error::File(self.out.clone(), why))?;
        for (done, (what, name)) in self.wanted.iter().enumerate() {
            if !told(done, self.wanted.len()) {
                return Ok(done);
            }
            self.write_one(*what, &self.out.join(name))?;
        }
        Ok(self.wanted.len())
    }

    fn write_one(&self, what: Handout, out: &Path) -> Result<(), Error> {
        let (day, now, only) = (&self.day, self.now, Only::default());
        let photographs = Photographs { reviews: self.reviews.clone(), say: &self.say };
        let table = |what| export::report(day, now, what, &only, &photographs);
        let report = match what {
            Handout::Summary => table(What::Summary)?,
            Handout::NoShows => table(What::NoShows)?,
            Handout::Mapping => table(What::Mapping)?,
            Handout::Closing => closing::report(day, now, &only)?,
            Handout::Corrections => print_pack::corrections(day, now, &only)?,
            Handout::Notices => return print_pack::write_notices(day, now, &only, None, out).map(drop),
            Handout::Contact => return self.sheet(SheetKind::Contact, &only, &photographs, out),
            Handout::Proof => return self.sheet(SheetKind::Proof, &only, &photographs, out),
            Handout::Pictures => return self.sheet(SheetKind::Mapping, &only, &photographs, out),
            Handout::Pack => return self.sheet(SheetKind::Pack, &only, &photographs, out),
        };
        export::save(&report, None, out).map(drop)
    }

    fn sheet(&self, kind: SheetKind, only: &Only, photographs: &Photographs<'_>, out: &Path) -> Result<(), Error> {
        sheets::write(&self.day, self.now, kind, only, photographs, None, out).map(drop)
    }
}
