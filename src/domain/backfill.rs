//! 补记 of a row of numbers: who of it sat down for certain, and of whom that has to be asked.

use super::command::{Doubt, Refusal};
use super::day::Day;
use super::guard;
use super::ids::{RoomKey, SessionKey};
use super::lookup;
use super::token;
use super::visit::{State, Subject};
use super::width;

/// Most people of one 补记 or cards of one 缺号.
pub const RANGE: u32 = 500;

/// Signs from which on bare digits are a 学号.
const NUMBER: usize = 8;

/// True where the text is a row of numbers and not one.
pub fn is_row(text: &str) -> bool {
    width::fold(text).contains(token::parts)
}

/// True where bare digits are a number on a card: a 学号 is longer.
pub fn is_short(text: &str) -> bool {
    text.chars().count() < NUMBER
}

/// The people of a row of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Who stood in line, in number order.
    pub in_line: Vec<Subject>,
    /// Who did not, and why; a number that was never handed out is nobody's.
    pub doubtful: Vec<(Subject, Doubt)>,
    /// Who was scanned as they sat down: of them nothing is missing.
    pub scanned: Vec<Subject>,
    /// Who holds a card of another room and was not moved here: they sat down here for nobody.
    pub strangers: Vec<Subject>,
}

impl Row {
    /// Everybody but those who were scanned and those of another room, in number order.
    pub fn everybody(&self, day: &Day, cards: &RoomKey) -> Vec<Subject> {
        let mut all: Vec<&Subject> = self.in_line.iter().chain(self.doubtful.iter().map(|(s, _)| s)).collect();
        let shown = |subject: &Subject| if let Subject::Token(_, token) = subject { Some(token.clone()) } else { None };
        all.sort_by_key(|subject| day.rank(cards, subject, shown(subject).as_deref()));
        all.into_iter().cloned().collect()
    }

    /// The numbers of it that were never handed out, one after the other as one row.
    fn never_given(&self, day: &Day, cards: &RoomKey) -> Vec<(u32, u32)> {
        let form = day.form(cards);
        let mut rows: Vec<(u32, u32)> = Vec::new();
        for number in self.doubtful.iter().filter(|(_, why)| *why == Doubt::NeverGiven).filter_map(|(s, _)| form.parse(s.bare()?)) {
            match rows.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => rows.push((number, number)),
            }
        }
        rows
    }
}

/// Whose cards a text means, and which: a row of numbers or one, also of another room where the text says so and whoever holds them was moved
/// here.
pub fn numbers(day: &Day, key: &SessionKey, text: &str) -> Option<(RoomKey, (u32, u32))> {
    let within = |(first, last): &(u32, u32)| first <= last && last - first < RANGE;
    // Bare digits as long as a 学号 are no number.
    let short = is_short(text) || is_row(text);
    if let Some(numbers) = day.form(&key.room).parse_range(text).filter(|_| short) {
        return Some(numbers).filter(within).map(|numbers| (key.room.clone(), numbers));
    }
    let folded = width::fold(text);
    let first = folded.split(token::parts).next()?;
    let other = day.rooms().of_token(first.trim()).filter(|room| room.key != key.room)?;
    let (first, last) = other.form.parse_range(text).filter(within)?;
    let mut holders = (first..=last).filter_map(|n| day.holder(&other.key, &other.form.print(n)));
    holders.any(|subject| guard::is_moved_to(day, key, &subject)).then(|| (other.key.clone(), (first, last)))
}

/// Those who hold the numbers from `first` to `last` of the room whose `cards` these are, and sat down in that session.
pub fn row(day: &Day, key: &SessionKey, cards: &RoomKey, (first, last): (u32, u32)) -> Row {
    let form = day.form(cards);
    let mut row = Row::default();
    for number in first..=last {
        let token = form.print(number);
        let Some(subject) = day.holder(cards, &token) else {
            // What was put aside as missing or void is nobody's for certain.
            let known = day.stack(cards).is_some_and(|stack| stack.is_known(number));
            row.doubtful.extend((!known).then(|| (Subject::Token(cards.clone(), token), Doubt::NeverGiven)));
            continue;
        };
        match doubt(day, key, &subject) {
            _ if day.state(&subject).is_some_and(State::shot) => row.scanned.push(subject),
            _ if *cards != key.room && !guard::is_moved_to(day, key, &subject) => row.strangers.push(subject),
            Some(why) => row.doubtful.push((subject, why)),
            None => row.in_line.push(subject),
        }
    }
    row
}

/// What a row of the log would write down of whom nobody knows whether they sat down: in those words.
pub fn open(day: &Day, key: &SessionKey, text: &str) -> Vec<(String, Doubt)> {
    let Some((cards, numbers)) = numbers(day, key, text) else { return Vec::new() };
    let row = row(day, key, &cards, numbers);
    let never = open_numbers(day, &row, &cards).into_iter().map(|numbers| (numbers, Doubt::NeverGiven));
    let people = row.doubtful.iter().filter(|(_, why)| *why != Doubt::NeverGiven);
    let told = people.map(|(subject, why)| (label(day, &cards, subject), *why));
    told.chain(never).collect()
}

/// The question whose the first of the room's own numbers is with which somebody was moved here as well.
pub fn whose(day: &Day, key: &SessionKey, (cards, (first, last)): (&RoomKey, (u32, u32))) -> Option<Refusal> {
    let form = day.form(cards);
    if *cards != key.room {
        return None;
    }
    (first..=last).find_map(|number| lookup::whose(day, key, &form.print(number)))
}

/// Whom a row of the log leaves out, by card and name: those who were scanned already, and those of another room who were not moved here.
pub fn left_out(day: &Day, key: &SessionKey, text: &str) -> (Vec<String>, Vec<String>) {
    let Some((cards, numbers)) = numbers(day, key, text) else { return (Vec::new(), Vec::new()) };
    // One number that is written down means whoever holds it, whatever was scanned.
    if cards == key.room && numbers.0 == numbers.1 {
        return (Vec::new(), Vec::new());
    }
    let row = row(day, key, &cards, numbers);
    let told = |people: &[Subject]| people.iter().map(|subject| label(day, &cards, subject)).collect();
    (told(&row.scanned), told(&row.strangers))
}

/// Somebody by the card of that room and their name.
pub fn label(day: &Day, cards: &RoomKey, subject: &Subject) -> String {
    let name = subject.person().and_then(|id| day.roster().person(id)).map(|p| p.name.to_string());
    day.token_of(cards, subject).into_iter().chain(name).collect::<Vec<_>>().join(" ")
}

/// The numbers of a row that were never handed out, as printed: `0008A–0012A`.
pub fn open_numbers(day: &Day, row: &Row, cards: &RoomKey) -> Vec<String> {
    let form = day.form(cards);
    let print = |(first, last): (u32, u32)| match (form.print(first), form.print(last)) {
        (a, _) if first == last => a,
        (a, b) => format!("{a}–{b}"),
    };
    row.never_given(day, cards).into_iter().map(print).collect()
}

fn doubt(day: &Day, key: &SessionKey, subject: &Subject) -> Option<Doubt> {
    let never = guard::is_preprinted(day, &key.room).then_some(Doubt::NeverCame);
    let Some(state) = day.state(subject) else { return never };
    if state.set_aside().is_some() {
        Some(Doubt::SetAside)
    } else if state.passed_over() {
        Some(Doubt::PassedOver)
    } else {
        never.filter(|_| state.visits.get(key).is_none_or(|v| v.arrived.is_none()))
    }
}
