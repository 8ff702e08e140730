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

/// What to ask and offer. The sheet comes with its title and foot. Every row names what it writes, and says of what was asked only what
/// holds still: whoever was given a card since holds another one than is noted.
pub fn differs(ui: &Ui, day: &Day, (said, asked): (u32, u32), mut sheet: Sheet) -> Sheet {
    let hand = in_hand(ui, day, said, asked);
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
    let set = (say::set_next(lang, &form.print(hand)), Answer::SetNext);
    let given_since = next != asked;
    let newest = last.first().map(|(n, _)| *n);
    if hand > next {
        if !given_since {
            sheet.rows.push((say::missing(lang, &screen, &form.print(hand - 1)), Answer::Missing));
        }
        // Whoever was given one since is not where it began, but for the first of them.
        for (n, name) in last.iter().filter(|(n, _)| *n <= asked) {
            let really = form.print(n.saturating_add(hand - next));
            let row = if Some(*n) == newest { say::holds(lang, name, &really) } else { say::from_on(lang, name, &really) };
            sheet.rows.push((row, Answer::Ahead(form.print(*n))));
        }
        if !given_since || last.is_empty() {
            sheet.rows.push(set);
        }
    } else if last.iter().all(|(n, _)| *n < hand) {
        // Nobody has the cards between: they were skipped.
        sheet.rows.push(set);
    } else if hand + 1 == next {
        // One card is left over: the last one went without, or somebody before and everybody since holds the one before theirs.
        for (n, name) in last.iter().filter(|(n, _)| *n < asked) {
            let (row, answer) = if Some(*n) == newest {
                (say::not_taken(lang, name), Answer::Given)
            } else {
                (say::left_without(lang, name, &form.print(hand)), Answer::Behind(form.print(*n)))
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
    // What was just said of the number typed stands where it was typed.
    let typed = sheet.fields.first().map(|(_, field)| field.text()).unwrap_or_default();
    let taken = ui.room.as_ref().and_then(|room| {
        let given = day.form(room).parse(&typed).map(|n| day.form(room).print(n))?;
        let other = day.holders(room, &given).first().cloned()?;
        Some(say::somebodys(lang, &given, &people::name(day, &other)))
    });
    sheet.text.extend(taken.filter(|said| ui.ack.as_ref().is_some_and(|ack| ack.what == *said)));
    sheet.foot = say::foot(lang).to_owned();
    sheet
}

/// The device gave a later number.
pub fn jump(ui: &Ui, day: &Day, proposed: &str, given: &str, mut sheet: Sheet) -> Sheet {
    let lang = ui.words.lang;
    let form = ui.room.as_ref().map(|room| day.form(room));
    let last = form.and_then(|form| Some(form.print(form.parse(given)?.checked_sub(1)?))).unwrap_or_else(|| proposed.to_owned());
    sheet.text = vec![say::jumped(lang, proposed, given)];
    let [void, unscanned, back] = say::jumps(lang, proposed, &last);
    sheet.rows = vec![(void, Answer::Yes), (unscanned, Answer::No), (back, Answer::Given)];
    sheet
}
