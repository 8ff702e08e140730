//! The kinds of day of the table and what goes wrong on each.

/// A kind of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Nothing goes wrong.
    Clean,
    /// What an orderly day is like.
    Good,
    /// A hurried day.
    Rough,
    /// The camera's clock jumps by minutes and every eighth person is not in the log.
    Hostile,
    /// Outside of what a model is likely to hold: long tails, a lag that changes at lunch, strays before the shot.
    Harsher,
}

impl Kind {
    /// All kinds, easiest first.
    pub const ALL: [Self; 5] = [Self::Clean, Self::Good, Self::Rough, Self::Hostile, Self::Harsher];

    /// As it is called on the command line and in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Good => "good",
            Self::Rough => "rough",
            Self::Hostile => "hostile",
            Self::Harsher => "harsher",
        }
    }
}

/// Where strays fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strays {
    /// At any moment, evenly in time.
    Anywhere,
    /// Not within 6 s after a person's last frame and not before their first.
    Apart,
    /// Half before the first frame, a quarter 2–12 s after the last, a quarter anywhere.
    Beside,
}

/// How often what goes wrong; all shares are of people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// Shot again at least once.
    pub retake: f64,
    /// Of those shot again, shot once more.
    pub again: f64,
    /// Logged, seated, not photographed.
    pub missed: f64,
    /// Photographed and not in the log.
    pub unlogged: f64,
    /// Frames of nobody.
    pub stray: f64,
    /// Scanned late: 20–120 s, or right before the next.
    pub late: f64,
    /// Sat down before the one ahead; the log has the order of the chair.
    pub swap: f64,
    /// Written in afterwards without a time.
    pub forgotten: f64,
    /// Sittings voided after a frame was exposed.
    pub void: f64,
    /// Fewest and most jumps of the camera's clock in a session, each 30–400 s.
    pub jumps: (i64, i64),
    /// Share of sessions in which the camera is changed.
    pub changed: f64,
    /// Where strays fall.
    pub strays: Strays,
    /// Frames a person by plan: 1, 2, or 0 for one to three as the photographer likes.
    pub planned: u8,
    /// Long tails, lunch, overtaking scans, runs of forgotten ones.
    pub harsh: bool,
}

impl Recipe {
    /// What goes wrong on this kind of day (figures of the table).
    pub fn of(kind: Kind, strays: Strays) -> Self {
        let none = Self {
            retake: 0.0,
            again: 0.2,
            missed: 0.0,
            unlogged: 0.0,
            stray: 0.0,
            late: 0.0,
            swap: 0.0,
            forgotten: 0.0,
            void: 0.0,
            jumps: (0, 0),
            changed: 0.1,
            strays,
            planned: 1,
            harsh: false,
        };
        match kind {
            Kind::Clean => none,
            Kind::Good => Self {
                retake: 0.10,
                missed: 0.003,
                unlogged: 0.005,
                stray: 0.003,
                late: 0.01,
                swap: 0.003,
                forgotten: 0.001,
                void: 0.0005,
                ..none
            },
            Kind::Rough => Self {
                retake: 0.25,
                missed: 0.02,
                unlogged: 0.03,
                stray: 0.02,
                late: 0.05,
                swap: 0.01,
                forgotten: 0.003,
                void: 0.002,
                changed: 0.2,
                ..none
            },
            Kind::Hostile => Self {
                retake: 0.40,
                missed: 0.05,
                unlogged: 0.12,
                stray: 0.04,
                late: 0.05,
                swap: 0.01,
                forgotten: 0.005,
                void: 0.002,
                jumps: (1, 2),
                changed: 0.2,
                ..none
            },
            Kind::Harsher => Self { jumps: (0, 1), strays: Strays::Beside, harsh: true, ..Self::of(Kind::Rough, strays) },
        }
    }
}
