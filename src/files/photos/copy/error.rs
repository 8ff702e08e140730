//! Why pictures could not be copied, or a copy not be undone.

use std::io;
use std::path::PathBuf;

use thiserror::Error as ThisError;

use crate::files::reports::error::ReportError;

/// Two or more people whose pictures would get one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The name below the folder, with `/`; for one picture used twice, the picture.
    pub file: String,
    /// 学号 of the people, else their number, else their picture.
    pub who: Vec<String>,
}

/// Someone whose name cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// 学号, else the number, else the picture.
    pub who: String,
    /// The field of the template that is unknown of them (`id_no`).
    pub field: &'static str,
}

/// Why pictures could not be copied, or a copy not be undone. Nothing is ever half copied: what stands under its name is whole.
#[derive(Debug, ThisError)]
pub enum CopyError {
    /// No field of names is called that.
    #[error("no field is called {{{0}}}: use id_no, student_no, token, name, class, college, room or date")]
    UnknownField(String),
    /// A brace that is not closed, or closes nothing; the text from there on.
    #[error("the brace at {0} has no partner")]
    Brace(String),
    /// The template holds a sign that no file name may hold.
    #[error("a file name may not hold {0}")]
    Sign(char),
    /// The template leaves the folder or names none in between (`..`, a leading `/`, `a//b`), or is empty.
    #[error("{0} does not name a file inside the folder")]
    Outside(String),
    /// People of whom a field is not known, all of them.
    #[error("{} people lack what the name needs, first {}: {}", .0.len(), first_who(.0), first_field(.0))]
    Lacks(Vec<Lack>),
    /// A name longer than disks take.
    #[error("the name of {who} is too long: {file}")]
    TooLong {
        /// 学号, else the number, else the picture.
        who: String,
        /// The beginning of the name.
        file: String,
    },
    /// Names that several people would get, all of them; capital and small letters are one.
    #[error("{} names would be given twice, first {}", .0.len(), first_file(.0))]
    Collides(Vec<Collision>),
    /// People who would have two pictures, one of each room: 学号 and the rooms.
    #[error("{} people have a picture in two rooms, first {}", .0.len(), first_file(.0))]
    TwoRooms(Vec<Collision>),
    /// Pictures that stand for several people, all of them.
    #[error("{} pictures stand for two people, first {}", .0.len(), first_file(.0))]
    SharedPicture(Vec<Collision>),
    /// The folder holds something else.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// The folder holds a copy of other pictures or under other names.
    #[error("{0} holds another copy")]
    OtherCopy(PathBuf),
    /// The folder lies among the originals, where the next reading would take the copies for new pictures.
    #[error("{0} lies among the originals")]
    AmongOriginals(PathBuf),
    /// Another program is copying into the folder.
    #[error("another program is copying to {0}")]
    Busy(PathBuf),
    /// A file or link stands where a folder is needed, or a folder where a picture should go.
    #[error("{0} is in the way")]
    InTheWay(PathBuf),
    /// An original cannot be read.
    #[error("{photo} could not be read: {source}")]
    Original {
        /// The picture as it was read, below its folder.
        photo: String,
        /// What the system said.
        source: io::Error,
    },
    /// An original leads out of the folder that was read.
    #[error("{0} leads out of the folder that was read")]
    OriginalOutside(String),
    /// An original is no longer the picture that was looked at.
    #[error("{0} has changed since it was read")]
    OriginalChanged(String),
    /// An original is larger than any photograph.
    #[error("{0} is too large to be a photograph")]
    TooLarge(String),
    /// What was read back is not what was written.
    #[error("{0} reads back differently than it was written")]
    ReadBack(PathBuf),
    /// Trouble with the disk that is written to; no space left is [`ReportError::DiskFull`].
    #[error(transparent)]
    Disk(#[from] ReportError),
    /// Stopped on request; the same copy goes on where it stopped.
    #[error("stopped after {done} of {of}")]
    Cancelled {
        /// Pictures that are in place.
        done: usize,
        /// All of them.
        of: usize,
    },
    /// There is no manifest: the folder is no finished copy.
    #[error("{0} holds no finished copy")]
    NoCopy(PathBuf),
    /// The manifest is not one of ours, or damaged.
    #[error("{0} cannot be read as a manifest")]
    Manifest(PathBuf),
}

impl CopyError {
    /// True where another template, folder or choice of rows is all that is needed (wrong usage rather than disk trouble).
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Disk(e) => e.is_usage(),
            Self::Original { .. } | Self::OriginalChanged(_) | Self::ReadBack(_) | Self::Busy(_) | Self::Cancelled { .. } => false,
            _ => true,
        }
    }
}

fn first_who(lacks: &[Lack]) -> &str {
    lacks.first().map_or("", |l| &l.who)
}

fn first_field(lacks: &[Lack]) -> &str {
    lacks.first().map_or("", |l| l.field)
}

fn first_file(collisions: &[Collision]) -> &str {
    collisions.first().map_or("", |c| &c.file)
}
