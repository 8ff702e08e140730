//! 纸质点收: who of a slot should stand on its sheet, and who an answer says is missing there.

use super::people;
use crate::domain::campaign::Step;
use crate::domain::command::Place;
use crate::domain::day::Day;
use crate::domain::ids::{Millis, PersonId, SessionKey};
use crate::domain::lookup;
use crate::domain::visit::Subject;
use crate::ui::words::{Lang, refusal, running as words};

/// True where signatures are wanted and no scan gives them: they are on paper.
pub fn is_used(day: &Day) -> bool {
    let campaign = day.campaign();
    campaign.wants(Step::Sign) && !campaign.scan.contains(&Step::Sign)
}

/// `电商171、172`
pub fn classes(day: &Day, slot: usize) -> String {
    day.plan().slots().get(slot).map(|s| people::classes(&s.row.classes)).unwrap_or_default()
}

/// Those of a slot who came to that session, in list order.
pub fn came(day: &Day, key: &SessionKey, slot: usize) -> Vec<PersonId> {
    let visit = |id: &PersonId| day.state(&Subject::Person(*id)).and_then(|s| s.visits.get(key));
    let here = |id: &PersonId| visit(id).is_some_and(|v| v.arrived.is_some() || v.issued.is_some());
    lookup::slot_people(day, slot).into_iter().filter(here).collect()
}

/// The people of an answer, parted by commas or blanks.
///
/// # Errors
/// A sentence that says who is not meant, or that they are not so many.
pub fn missing(
    day: &Day,
    lang: Lang,
    (key, slot): (&SessionKey, usize),
    text: &str,
    wanted: usize,
    now: Millis,
) -> Result<Vec<PersonId>, String> {
    let came = came(day, key, slot);
    let mut out: Vec<PersonId> = Vec::new();
    for part in text.split(['、', ',', '，', ';', '；', ' ', '\u{3000}']).filter(|p| !p.is_empty()) {
        let meant = lookup::meant(day, &key.room, Place::Desk, now, part).map_err(|why| refusal::say(lang, &why).0)?;
        match day.subject(&key.room, &meant.who).person().filter(|id| came.contains(id)) {
            Some(id) if !out.contains(&id) => out.push(id),
            Some(_) => {}
            None => return Err(words::paper_stranger(lang, part)),
        }
    }
    if out.len() == wanted { Ok(out) } else { Err(words::paper_so_many(lang, out.len(), wanted)) }
}
