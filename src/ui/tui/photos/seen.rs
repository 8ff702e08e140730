//! Everything worked out about a session's photographs, once per change and not while drawing.

use std::sync::Arc;

use crate::desk::copying::{self, Known};
use crate::domain::day::Day;
use crate::domain::ids::Millis;
use crate::domain::mapping;
use crate::domain::review::looks::{Look, looks};
use crate::domain::review::{Review, RowPhoto, RowStatus, Stretch};
use crate::domain::visit::Subject;

/// Someone of the session with their picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    /// Who.
    pub subject: Subject,
    /// Their number.
    pub token: Option<String>,
    /// Name, else the bare code.
    pub name: String,
    /// Class, as written.
    pub class: Option<String>,
    /// When they sat down, by the log.
    pub shot_at: Option<Millis>,
    /// Their picture.
    pub photo: RowPhoto,
}

/// Everything worked out about a session, once per change and not while drawing.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The review.
    pub review: Arc<Review>,
    /// Everyone with a row, in the order of their numbers.
    pub people: Vec<Sitting>,
    /// What the pictures show.
    pub looks: Vec<Look>,
    /// Stretches of which nothing is sure for one reason.
    pub stretches: Vec<Stretch>,
    /// Places in the album, in capture order.
    pub order: Vec<usize>,
    /// The last copy of its pictures.
    pub copied: Option<Known>,
    /// Files that could not be opened.
    pub unopened: usize,
}

impl Seen {
    /// Works it out.
    pub fn of(day: &Day, now: Millis, review: Arc<Review>) -> Self {
        let rows = mapping::rows_with(day, now, [&*review]).into_iter().filter(|r| r.room == review.key.room && r.date == review.key.date);
        let people = rows.filter_map(|r| {
            let photo = review.row(&r.subject)?;
            Some(Sitting { subject: r.subject, token: r.token, name: r.name, class: r.class, shot_at: r.shot_at, photo })
        });
        let people = people.collect();
        let looks = if review.is_read() { looks(&review, &day.campaign().photo) } else { Vec::new() };
        let (order, stretches) = (review.in_order(), review.stretches());
        let copied = copying::last(day, &review.key);
        let unopened = review.unopened();
        Self { people, looks, stretches, order, copied, unopened, review }
    }

    /// Someone's row.
    pub fn of_subject(&self, subject: &Subject) -> Option<&Sitting> {
        self.people.iter().find(|p| p.subject == *subject)
    }

    /// How many stand so.
    pub fn count(&self, status: RowStatus) -> usize {
        self.people.iter().filter(|p| p.photo.status == status).count()
    }

    /// Those whom a person must look at, in order.
    pub fn doubts(&self) -> impl Iterator<Item = &Sitting> {
        self.people.iter().filter(|p| p.photo.status == RowStatus::Doubt)
    }

    /// The faces that are left to confirm, most telling first, block after block.
    pub fn faces(&self) -> Vec<&Subject> {
        let of = |shot: &usize| self.review.setup.sitters.get(*shot).map(|s| &s.subject);
        self.review.alignment.proofs.iter().flat_map(|p| &p.faces).filter_map(of).collect()
    }

    /// Nothing is left to look at.
    pub fn is_proven(&self) -> bool {
        let whole = self.unopened == 0 && self.review.strangers.is_empty() && self.review.setup.unordered.is_empty();
        whole && self.review.is_read() && self.review.refused().is_none() && self.faces().is_empty() && self.doubts().next().is_none()
    }
}
