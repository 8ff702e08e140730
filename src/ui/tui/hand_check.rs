//! 号牌核对: the card in hand, or the number of the device, is not the one the screen would give. Whom it can concern, and what happened.

use super::dialog::Sheet;
use super::model::{Answer, Ui};
use super::people;
use crate::domain::day::Day;
use crate::ui::words::hand_check as say;

/// So many of the last people are named.
const LAST: usize = 20;
/// So many of them are named in the line above.
const NAMED: usize = 4;

/// The number in hand now: with every card that was given since it was said, hand and screen went on by one.
pub fn in_hand(ui: &Ui, day: &Day, said: u32, screen: u32) -> u32 {
    let next = ui.room.as_ref().and_then(|room| day.form(room).parse(&day.next_token(room))).unwrap_or(screen);
    said.saturating_add_signed(i32::try_from(i64::from(next) - i64::from(screen)).unwrap_or(0))
}

/// What to ask and offer. The sheet comes with its title and foot.
pub fn differs(ui: &Ui, day: &Day, hand: u32, mut sheet: Sheet) -> Sheet {
    let (words, lang) = (ui.words, ui.words.lang);
    let Some(room) = &ui.room else { return sheet };
    let form = day.form(room);
    let screen = day.next_token(room);
    sheet.text = vec![words.hand(&screen, &form.print(hand))];
    let next = form.parse(&screen).unwrap_or(0);
    // Fewer cards are gone than were given on the screen, or more: it can only be one of the last.
    let first = next.saturating_sub(LAST as u32).min(hand);
    let last: Vec<_> = (first..next)
        .rev()
        // A number that was given up is in nobody's hand.
        .filter_map(|n| Some((n, day.holders(room, &form.print(n)).into_iter().next()?)))
        .take(LAST)
        .map(|(n, holder)| (n, people::number_and_name(day, room, &holder)))
        .collect();
    if !last.is_empty() {
        let names: Vec<&str> = last.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
        sheet.text.push(format!("{}{}{}", words.hand_people, words.colon, names.join("、")));
        sheet.text.push(say::look(lang).to_owned());
    }
    if hand > next {
        sheet.rows.push((words.hand_missing.to_owned(), Answer::Missing));
        for (place, (n, name)) in last.iter().enumerate() {
            let really = form.print(n.saturating_add(hand - next));
            let row = if place == 0 { say::holds(lang, name, &really) } else { say::from_on(lang, name, &really) };
            sheet.rows.push((row, Answer::Ahead(form.print(*n))));
        }
        sheet.rows.push((words.hand_set.to_owned(), Answer::SetNext));
    } else if last.iter().all(|(n, _)| *n < hand) {
        // Nobody has the cards between: they were skipped.
        sheet.rows.push((words.hand_set.to_owned(), Answer::SetNext));
    } else if hand + 1 == next {
        // One card is left over: the last one went without, or somebody before and everybody since holds the one before theirs.
        for (place, (n, name)) in last.iter().enumerate() {
            let (row, answer) = if place == 0 {
                (say::not_taken(lang, name), Answer::Given)
            } else {
                (say::left_without(lang, name), Answer::Behind(form.print(*n)))
            };
            sheet.rows.push((row, answer));
        }
    } else {
        sheet.text.push(say::several(lang).to_owned());
    }
    sheet.rows.push((words.hand_later.to_owned(), Answer::No));
    sheet
}

/// 设备给号: the number proposed, for whom.
pub fn device(ui: &Ui, day: &Day, token: &str, mut sheet: Sheet) -> Sheet {
    let lang = ui.words.lang;
    let holder = ui.room.as_ref().and_then(|room| day.holder(room, token));
    sheet.text = vec![say::proposed(lang, &holder.map(|h| people::name(day, &h)).unwrap_or_default(), token)];
    sheet.foot = say::foot(lang).to_owned();
    sheet
}

/// The device gave a later number.
pub fn jump(ui: &Ui, proposed: &str, given: &str, mut sheet: Sheet) -> Sheet {
    let lang = ui.words.lang;
    sheet.text = vec![say::jumped(lang, proposed, given)];
    let [void, unscanned, back] = say::jumps(lang);
    sheet.rows = vec![(void.to_owned(), Answer::Yes), (unscanned.to_owned(), Answer::No), (back.to_owned(), Answer::Given)];
    sheet
}
