//! What the aligner says: per shot a picture and how sure, per frame its role, where and why order broke, and what it does not know.

use crate::domain::ids::Millis;

/// The result for one session.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// One per camera that has capture times, by camera number.
    pub clocks: Vec<Clock>,
    /// One per shot of the problem.
    pub shots: Vec<Placed>,
    /// One per frame of the problem.
    pub frames: Vec<Used>,
    /// Where and why "the n-th picture is the n-th person's" breaks, in queue order.
    pub causes: Vec<Cause>,
    /// Why no row of this session is sure, where that is so.
    pub refused: Option<Refusal>,
    /// Stretches of shots (first, last) in which the model has lost its way: nothing there is sure.
    pub lost: Vec<(usize, usize)>,
    /// Mean of 1 − posterior over the sure rows.
    pub expected_wrong: f64,
    /// The groups of faces a person is to look at, one per block between anchors that holds a doubt.
    pub proofs: Vec<Proof>,
    /// Shots whose confirmed faces are not clearly where the times have them.
    pub contradicted: Vec<usize>,
}

/// A camera's clock against the log.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clock {
    /// Which camera.
    pub camera: u16,
    /// Camera − log in ms, in the middle of the session. Without 对时 the mean lag between log and shutter cannot be told from the offset; a
    /// usual lag is taken off.
    pub offset: Millis,
    /// How much the camera's clock gains, parts per million.
    pub drift_ppm: f64,
    /// Jumps of its clock: the frame from which on, and by how many ms.
    pub jumps: Vec<(usize, Millis)>,
    /// Likelihood of the best offset against the second best, natural log; large is good.
    pub margin: f64,
    /// The second best offset, where one comes near.
    pub rival: Option<Millis>,
    /// The offset that a person gave, where the day itself contradicts it and was followed.
    pub overruled: Option<Millis>,
    /// The offset is half a day or more away from any that a person or a 对时 confirmed: is it the right day's folder?
    pub confirm: bool,
    /// Share of shots whose rhythm fits, 0–1.
    pub fit: f64,
}

/// What is known of one shot's picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placed {
    /// The frame to use: the last whose most probable owner is this shot.
    pub used: Option<usize>,
    /// Posterior that this very frame shows this person and is the last that does, 0–1; of having no frame where `used` is `None`.
    pub posterior: f64,
    /// Other frames that may show them, likeliest first, with their posteriors (at most 8, above 0.001).
    pub others: Vec<(usize, f64)>,
    /// How it stands.
    pub standing: Standing,
    /// What the picture rests on.
    pub method: Method,
    /// Why a person must look, where it is a doubt.
    pub why: Vec<Why>,
}

/// May the picture be used?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Standing {
    /// Yes.
    Sure,
    /// A person must look.
    #[default]
    Doubt,
    /// A person has looked (a ruling).
    Confirmed,
    /// No frame: most probably never exposed.
    NoPhoto,
}

/// What a picture rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Method {
    /// The name of the file.
    Name,
    /// The order alone.
    #[default]
    Order,
    /// Capture times.
    Time,
    /// Marker frames.
    Marker,
    /// A person.
    Person,
}

/// Why a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The whole session, or this stretch of it, is refused.
    Refused,
    /// Two owners compete for the frame.
    Ambiguous,
    /// The last frame may be a stray.
    MaybeStray,
    /// This one has no frame, and a neighbour has one too many.
    GapBesideExtra,
    /// A forgotten scan beside a missed shot.
    ForgottenBesideMissed,
    /// Within ten minutes of a jump of the camera's clock.
    NearJump,
    /// A file number is missing inside this person's frames.
    CounterGap,
    /// The name of the file contradicts order or time.
    NameContradicts,
    /// Order alone never makes a picture sure.
    OrderOnly,
    /// Only the name of the file speaks for it.
    NameOnly,
    /// Something in the log asks for it ([`super::problem::Shot::show`]).
    Asked,
    /// Far longer or shorter from scan to shutter than on the rest of the day.
    LagOff,
    /// A frame of theirs, or one beside theirs, has no capture time or one that cannot be.
    NoTime,
    /// A frame of theirs, or one beside theirs, says another place by its capture time than by its number.
    OutOfOrder,
    /// Another person has the same picture.
    Twin,
    /// Their picture is a file that cannot be read.
    Broken,
    /// Frames of nobody stand where theirs would be.
    FramesUnclaimed,
    /// The log has a retake of theirs, and there are fewer frames.
    RetakeMissing,
    /// Their last frames were taken in one second and have no numbers: nothing tells which came last.
    SameMoment,
    /// Their class begins and ends as if everybody's scan were one person off.
    OneAhead,
    /// People around them were scanned together and photographed one after the other.
    ScannedTogether,
    /// Somebody said of a picture here that it is not the one's whose it seemed, and how far that reaches is not known yet.
    Denied,
}

impl Why {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Ambiguous => "ambiguous",
            Self::MaybeStray => "maybe_stray",
            Self::GapBesideExtra => "gap_beside_extra",
            Self::ForgottenBesideMissed => "forgotten_beside_missed",
            Self::NearJump => "near_jump",
            Self::CounterGap => "counter_gap",
            Self::NameContradicts => "name_contradicts",
            Self::OrderOnly => "order_only",
            Self::NameOnly => "name_only",
            Self::Asked => "asked",
            Self::LagOff => "lag_off",
            Self::NoTime => "no_time",
            Self::OutOfOrder => "out_of_order",
            Self::Twin => "twin",
            Self::Broken => "broken",
            Self::FramesUnclaimed => "frames_unclaimed",
            Self::RetakeMissing => "retake_missing",
            Self::SameMoment => "same_moment",
            Self::OneAhead => "one_ahead",
            Self::ScannedTogether => "scanned_together",
            Self::Denied => "denied",
        }
    }
}

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Role {
    /// The picture to use of its owner.
    Used,
    /// Another frame of its owner.
    Retake,
    /// Of nobody expected: stray, test, voided.
    #[default]
    Extra,
    /// Clock or board.
    Sync,
    /// Marker.
    Marker,
    /// Very likely of a person whom the log does not have.
    Unclaimed,
}

/// What is known of one frame.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Used {
    /// Its role.
    pub role: Role,
    /// Whom it most probably shows.
    pub owner: Option<usize>,
    /// Posterior of role and owner, 0–1.
    pub posterior: f64,
    /// Place in capture order over all cameras, from 0.
    pub place: usize,
}

/// A place where counting pictures goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// What happened.
    pub kind: CauseKind,
    /// The shot at which it happened: who was shot twice, who was missed, after whom the stranger came.
    pub at: usize,
    /// The frames concerned (the surplus ones, the contradicting ones).
    pub frames: Vec<usize>,
    /// First and last shot that get another's picture by counting, because of this and all causes before it, until the next one.
    pub from: usize,
    /// See `from`.
    pub to: usize,
    /// By how many pictures counting is off there: +1 where every person gets the picture of the one before.
    pub shift: i32,
    /// A shot of the stretch and whose picture counting gives it (`None`: a frame of nobody).
    pub example: Option<(usize, Option<usize>)>,
    /// Seconds to the frame before it, for a retake or stray.
    pub gap_s: Option<f64>,
    /// The shots whose frame it may as well be, so near is one of theirs: time cannot tell.
    pub maybe: Vec<usize>,
    /// How likely it is, 0–1.
    pub confidence: f64,
}

/// What can make counting go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CauseKind {
    /// More frames of one person than the log says.
    Retake,
    /// Logged and not photographed.
    Missed,
    /// A frame of nobody.
    Extra,
    /// Someone was photographed whom the log does not have.
    Unlogged,
    /// The camera's clock jumped.
    ClockJump,
    /// The file's name says another person than order and time.
    NameContradicts,
}

/// Why nothing of a session is sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Refusal {
    /// No frames were read.
    NoFrames,
    /// Nobody was shot by the log.
    NoShots,
    /// All capture times are equal, or far too few differ.
    TimesUseless,
    /// No offset fits the rhythm.
    NoRhythm,
    /// Two offsets fit about as well.
    TwoOffsets,
    /// The offset is days away and nobody has confirmed it.
    OffsetUnconfirmed,
    /// No way through: too many missed, or positions drift from the log.
    Lost,
    /// More frames than people by half and more.
    TooManyFrames,
    /// The rhythm fits, and most people have no frame: another card or camera was not read.
    TooFewFrames,
    /// Only the moment the number was handed out is known.
    HandedOnly,
    /// No capture times: order and counts only.
    NoTimes,
    /// Class after class begins with someone without a frame and ends with one too many, or the other way round.
    OneAhead,
    /// Most were scanned at once with others and photographed one after the other.
    ScannedTogether,
}

impl Refusal {
    /// How likely a picture proposed all the same is right, at the most: the share that was right on simulated days refused so, where the
    /// posteriors said 0.94 to 0.999.
    pub fn at_most(self) -> f64 {
        match self {
            // Counting and order, whatever they rest on.
            Self::NoFrames | Self::NoShots | Self::NoTimes => 1.0,
            Self::Lost | Self::OffsetUnconfirmed | Self::TooFewFrames => 0.9,
            Self::TwoOffsets | Self::ScannedTogether => 0.75,
            Self::NoRhythm | Self::TooManyFrames | Self::TimesUseless => 0.5,
            Self::OneAhead | Self::HandedOnly => 0.1,
        }
    }

    /// True where confirmed faces can end it; elsewhere the question is another one: which folder, which day, how people were scanned.
    pub fn ends_by_faces(self) -> bool {
        matches!(self, Self::TwoOffsets | Self::OneAhead | Self::NoTimes)
    }

    /// True where the times are there and not believed, so that nothing they say of anybody is.
    pub fn doubts_times(self) -> bool {
        !matches!(self, Self::NoFrames | Self::NoShots | Self::NoTimes | Self::HandedOnly)
    }
}

/// The faces whose confirmation proves a block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// First and last shot of the block.
    pub block: (usize, usize),
    /// The shots whose used picture a person is to confirm, most telling first.
    pub faces: Vec<usize>,
    /// About how many more the answers will ask for: where counts differ, where they do is found by halves.
    pub more: usize,
}
