//! What the aligner is given: the shots of one session in queue order, the frames of its cameras, and whatever ties the two together.
//!
//! All times are milliseconds since 1970 UTC. A camera knows no zone: its local time is read as campaign-zone time, and the clock
//! difference to the log is found out here (`offset` = camera − log).

use crate::domain::ids::Millis;

/// One session.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// Who sat down, in queue order. A sitting that was voided but exposed a frame is one of them.
    pub shots: Vec<Shot>,
    /// The frames of all cameras, in any order.
    pub frames: Vec<Frame>,
    /// 对时, 计数, 试拍, 换卡 and the like, in queue order.
    pub ties: Vec<Tie>,
    /// What people decided; it holds whatever the times say. Of two rulings on one frame or shot the later in the list counts.
    pub rulings: Vec<Ruling>,
    /// Frames per person by plan: 1, 2, or 0 for 不定.
    pub frames_per_person: u8,
    /// Largest expected share of wrong pictures among `sure` rows (campaign `max_wrong`).
    pub max_wrong: f64,
}

impl Problem {
    /// The same without what people said of whose frame is whose.
    pub fn without_faces(&self) -> Self {
        let kept = |ruling: &Ruling| !matches!(ruling, Ruling::Use { .. } | Ruling::Shows { .. });
        Self { rulings: self.rulings.iter().copied().filter(kept).collect(), ..self.clone() }
    }
}

/// One sitting before the camera.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shot {
    /// When the log has it; `None` where the order is known and the time is not (补记).
    pub at: Option<Millis>,
    /// What that time is the time of.
    pub timing: Timing,
    /// 重拍 written in the log: so many more frames than planned.
    pub retakes: u8,
    /// The sitting was voided after a frame was exposed: its frames are nobody's to use.
    pub void: bool,
    /// Class; a change of it is a likely break, a marker may name it.
    pub group: u32,
    /// Something else says a person must look (chair order against number order, two sittings of one person): never `sure`.
    pub show: bool,
}

/// What a shot's time is the time of; each kind has a lag of its own before the shutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Timing {
    /// 拍摄: sits down (some 5–15 s before the first frame).
    #[default]
    Seated,
    /// 进场: called to the chair.
    Called,
    /// Only the moment the number was handed out is known (minutes before): time cannot decide.
    Handed,
}

/// One picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// Which camera body; each has a clock and a counter of its own.
    pub camera: u16,
    /// The counter in the file name (`DSC_0417` = 417), as it stands there: it wraps, it may start anew with a card.
    pub counter: Option<u32>,
    /// Number of the camera's own folder (`101NIKON` = 101), where every frame of the session lies in one and no two have one number.
    pub folder: Option<u32>,
    /// Capture time by the camera's clock, to whole seconds or better. Processed pictures have none.
    pub taken: Option<Millis>,
    /// The shot whose person the file name or its folder names, with the chance (0–1) that such a name is right.
    pub named: Option<(usize, f64)>,
    /// The class that its folder names, as [`Shot::group`].
    pub folder_group: Option<u32>,
    /// A marker frame (QR card before the camera) was read: everything before the shot of this index was taken before this frame, everything
    /// from it on after. No picture of a person. A shift cannot cross it.
    pub marker: Option<usize>,
    /// A picture of a clock or board taken on purpose: no picture of a person.
    pub sync: bool,
}

/// What ties log and camera together.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // each variant's sentence names its fields
pub enum Tie {
    /// 对时: at `at` by the log the camera's clock showed `camera`, to about a second. `None` of a camera: the one in use.
    Clock { camera: Option<u16>, at: Millis, shown: Millis },
    /// 报张数 after the first `after` shots: the counter showed `value` (it wraps 9999→1 and 9999→0; only differences count; it may be the number
    /// of frames taken or the last file number).
    Count { after: usize, value: u32 },
    /// 试拍 after the first `after` shots: so many frames of nobody.
    Tests { after: usize, frames: u32 },
    /// 换卡 / 换相机 / 暂停 / 恢复 after the first `after` shots, `at` by the log where known.
    Card { after: usize, at: Option<Millis> },
    /// See [`Tie::Card`].
    Camera { after: usize, at: Option<Millis> },
    /// See [`Tie::Card`].
    Pause { after: usize, at: Option<Millis> },
    /// See [`Tie::Card`].
    Resume { after: usize, at: Option<Millis> },
    /// A person has looked at an offset (camera − log, ms) and says it is right to about `within` ms; found anew within that.
    Offset { camera: u16, offset: Millis, within: Millis },
}

/// What a person decided. Indexes into `frames` and `shots`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // each variant's sentence names its fields
pub enum Ruling {
    /// This frame shows this shot's person and is the one to use.
    Use { frame: usize, shot: usize },
    /// This frame shows this shot's person; which frame of theirs is used stays as it is worked out.
    Shows { frame: usize, shot: usize },
    /// This frame is of nobody who is expected.
    Nobody { frame: usize },
    /// This frame does not show this shot's person.
    Not { frame: usize, shot: usize },
    /// This shot has no frame.
    NoFrame { shot: usize },
}

impl Ruling {
    /// The frame of which it says whose it is, where there is one.
    pub fn frame(self) -> Option<usize> {
        match self {
            Self::Use { frame, .. } | Self::Shows { frame, .. } | Self::Nobody { frame } => Some(frame),
            Self::Not { .. } | Self::NoFrame { .. } => None,
        }
    }
}
