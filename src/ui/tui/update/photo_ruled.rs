//! A decision about photographs was taken: it is said, and whoever is next stands there, at once or when what comes of it is worked out.

use super::super::model::{Mark, Ui};
use super::super::msg::Effect;
use super::super::people;
use super::super::photos::facing::Facing;
use super::super::photos::seen::Seen;
use super::photos::prove;
use crate::desk::Receipt;
use crate::domain::day::Day;
use crate::domain::event::{Act, Fact};
use crate::domain::ids::SessionKey;
use crate::domain::ruling::RulingWord;
use crate::domain::visit::Subject;
use crate::ui::words::{photo, photo_screen as say};

/// A session was worked out anew.
pub fn seen(ui: &mut Ui, sessions: Vec<SessionKey>, seen: Option<Seen>) -> Option<Effect> {
    ui.table.take(sessions, seen);
    if let Some(word) = ui.table.decided.take() {
        go_on(ui, Some(word));
    }
    None
}

/// A decision was taken: say it, and go to whoever is next.
pub fn ruled(ui: &mut Ui, day: &Day, receipt: &Receipt) {
    match receipt.entries.first() {
        Some(first) => ui.say(Mark::Right, format!("{} · {}", ui.words.done, people::entries(day, ui.words, &[first])), ""),
        None => ui.say(Mark::Note, ui.words.again, ""),
    }
    note_spoilt(ui, receipt);
    match ruled_word(receipt).filter(|_| ui.table.matching.is_some()) {
        // What comes of it is being worked out: who is next is known then.
        Some(word) => ui.table.decided = Some(word),
        None => go_on(ui, ruled_word(receipt)),
    }
}

// To whoever is next after a decision.
fn go_on(ui: &mut Ui, word: Option<RulingWord>) {
    if ui.table.facing.is_none() && word == Some(RulingWord::Shift) {
        ui.table.go_on();
    }
    let (Some(seen), Some(facing)) = (&ui.table.seen, ui.table.facing.clone()) else { return };
    if facing.proof && word == Some(RulingWord::Deny) {
        // Whose it is instead, and which one is theirs, the pictures before and behind it tell.
        if let Some(subject) = &facing.subject {
            let now = Facing { proof: true, doubt: None, later: facing.later, ..Facing::with(seen, subject) };
            ui.table.facing = Some(now);
        }
        return;
    }
    if facing.proof {
        let said = ui.ack.take();
        prove(ui, facing.later);
        ui.ack = ui.ack.take().or(said);
        return;
    }
    let still = |s: &&Subject| facing.doubt.is_none() || seen.doubts().any(|p| p.subject == **s);
    let same = facing.subject.as_ref().filter(still);
    let next = || {
        let at = facing.doubt?.min(seen.doubts().count().checked_sub(1)?);
        seen.doubts().nth(at).map(|p| &p.subject)
    };
    ui.table.facing = same.or_else(next).map(|s| Facing { doubt: facing.doubt, ..Facing::with(seen, s) });
}

fn ruled_word(receipt: &Receipt) -> Option<RulingWord> {
    match receipt.entries.first().map(|entry| &entry.event.fact)? {
        Fact::InRoom { act: Act::PicturesRuled { word, .. }, .. } => Some(*word),
        _ => None,
    }
}

// Whoever confirms a picture that was cut off is told so.
fn note_spoilt(ui: &mut Ui, receipt: &Receipt) {
    let lang = ui.words.lang;
    let Some(seen) = &ui.table.seen else { return };
    let Some(Fact::InRoom { act: Act::PicturesRuled { rulings, .. }, .. }) = receipt.entries.first().map(|entry| &entry.event.fact) else {
        return;
    };
    let spoilt = seen.review.spoilt_by(rulings).map(|fault| say::damaged(lang, photo::fault(lang, fault)));
    if let (Some(said), Some(ack)) = (spoilt, &mut ui.ack) {
        (ack.mark, ack.hint) = (Mark::Check, said);
    }
}
