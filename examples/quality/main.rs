//! The quality of the alignment on simulated days whose truth is known: `cargo run --release --example quality -- [--people N] [--day good]
//! [--source first|second] [--strays anywhere|apart|beside] [--seed N] [--dump N [--above P]]`. Two sources of days, written apart from each other.

mod bodies;
mod chair;
mod curve;
mod dice;
mod directed;
mod first;
mod limit;
mod log;
mod neighbourhood;
mod recipe;
mod score;
mod second;
mod table;
mod trial;
mod truth;

use directed::{Directed, Door, Twice};
use recipe::{Kind, Recipe, Strays};
use score::Score;
use second::Wish;
use trial::Length;

/// What the command line asks for.
struct Asked {
    length: Length,
    day: Option<String>,
    source: Option<String>,
    strays: Strays,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = read(std::env::args().skip(1))?;
    let played = play(&asked);
    if played.is_empty() {
        return Err(
            "no such row: --day clean|good|rough|hostile|harsher|apart|planned|short|named|handed|directed, --source first|second".into()
        );
    }
    table::head();
    played.iter().for_each(|(day, source, score)| table::row(day, source, score));
    println!();
    table::curve_head();
    played.iter().for_each(|(day, source, score)| table::curve(day, source, score));
    println!();
    played.iter().for_each(|(day, source, score)| table::notes(day, source, score));
    Ok(())
}

fn read(mut args: impl Iterator<Item = String>) -> Result<Asked, Box<dyn std::error::Error>> {
    let length = Length { people: 20_000, seed: 1, dump: 0, above: None };
    let mut asked = Asked { length, day: None, source: None, strays: Strays::Anywhere };
    while let Some(arg) = args.next() {
        let value = args.next().ok_or_else(|| format!("{arg} needs a value"))?;
        match (arg.as_str(), value.as_str()) {
            ("--people", n) => asked.length.people = n.parse()?,
            ("--seed", n) => asked.length.seed = n.parse()?,
            ("--above", p) => asked.length.above = Some(p.parse()?),
            ("--dump", n) => asked.length.dump = n.parse()?,
            ("--day", _) => asked.day = Some(value),
            ("--source", "first" | "second") => asked.source = Some(value),
            ("--strays", "anywhere") => asked.strays = Strays::Anywhere,
            ("--strays", "apart") => asked.strays = Strays::Apart,
            ("--strays", "beside") => asked.strays = Strays::Beside,
            _ => return Err(format!("unknown: {arg} {value}").into()),
        }
    }
    Ok(asked)
}

type Row = (String, &'static str, Score);

fn play(asked: &Asked) -> Vec<Row> {
    let wanted = |day: &str, source: &str| {
        asked.day.as_deref().is_none_or(|d| day == d || day.split(':').next() == Some(d))
            && asked.source.as_deref().is_none_or(|s| s == source)
    };
    let mut played: Vec<Row> = Vec::new();
    for kind in Kind::ALL {
        if wanted(kind.name(), "first") {
            let score = trial::run(&format!("first {}", kind.name()), &asked.length, |seed| first::session(kind, seed));
            played.push((kind.name().to_owned(), "first", score));
        }
        if wanted(kind.name(), "second") {
            played.push(second_row(kind.name(), &Recipe::of(kind, asked.strays), &Wish::default(), asked));
        }
    }
    for (day, recipe, wish) in further(asked.strays).into_iter().chain(directed(asked.strays)) {
        if wanted(day, "second") {
            played.push(second_row(day, &recipe, &wish, asked));
        }
    }
    played
}

type Further = (&'static str, Recipe, Wish);

/// The rows below the days: strays that keep apart from the shots, more frames than one a person, short sessions, names, and logs that have
/// only the moment when the number was handed out.
fn further(strays: Strays) -> [Further; 15] {
    let day = |kind| Recipe::of(kind, strays);
    let apart = |kind| Recipe::of(kind, Strays::Apart);
    let (clean, good, rough, hostile) = (day(Kind::Clean), day(Kind::Good), day(Kind::Rough), day(Kind::Hostile));
    let usual = Wish::default();
    let short = Wish { people: (30, 60), ..usual };
    let (plain, with) = (Wish { clock: Some(false), ..short }, Wish { clock: Some(true), ..short });
    let handed = Wish { handed: true, ..usual };
    let marked = Wish { markers: true, ..handed };
    [
        ("apart: good", apart(Kind::Good), usual),
        ("apart: rough", apart(Kind::Rough), usual),
        ("apart: hostile", apart(Kind::Hostile), usual),
        ("planned: good, two frames a person", Recipe { planned: 2, ..good }, usual),
        ("planned: good, one to three frames", Recipe { planned: 0, ..good }, usual),
        ("short: clean without 对时", clean, plain),
        ("short: clean with 对时", clean, with),
        ("short: good without 对时", good, plain),
        ("short: good with 对时", good, with),
        ("short: rough without 对时", rough, plain),
        ("short: rough with 对时", rough, with),
        ("named: hostile, names in 30 %", hostile, Wish { named: 0.3, ..usual }),
        ("handed: good", good, handed),
        ("handed: clean, marker every class", clean, marked),
        ("handed: good, marker every class", good, marked),
    ]
}

/// Days with a class that counting does not show to be otherwise, and others that were once wrong.
fn directed(strays: Strays) -> Vec<Further> {
    let (clean, good) = (Recipe::of(Kind::Clean, strays), Recipe::of(Kind::Good, strays));
    let otherwise = |door, twice, classes| Wish { directed: Some(Directed { door, twice, classes }), ..Wish::default() };
    let doors = [
        ("directed: ahead", Door::Ahead, Twice::Nobody, 1),
        ("directed: ahead, first twice", Door::Ahead, Twice::First, 1),
        ("directed: ahead, first twice slowly", Door::Ahead, Twice::FirstSlowly, 1),
        ("directed: ahead, first twice hidden", Door::AheadAfterFirst, Twice::FirstSlowly, 1),
        ("directed: ahead after the first", Door::AheadAfterFirst, Twice::Nobody, 1),
        ("directed: ahead, last twice", Door::Ahead, Twice::Last, 1),
        ("directed: ahead, last twice slowly", Door::Ahead, Twice::LastSlowly, 1),
        ("directed: ahead, last twice minutes later", Door::Ahead, Twice::LastLater, 1),
        ("directed: ahead over a pause", Door::AheadOverPause, Twice::Nobody, 1),
        ("directed: ahead over a pause, last twice later", Door::AheadOverPause, Twice::LastLater, 1),
        ("directed: ahead in two classes", Door::Ahead, Twice::LastLater, 2),
        ("directed: ahead from the middle on", Door::AheadFromMiddle, Twice::Nobody, 1),
        ("directed: behind from the middle on", Door::BehindFromMiddle, Twice::Nobody, 1),
        ("directed: behind", Door::Behind, Twice::Nobody, 1),
        ("directed: behind, first twice slowly", Door::Behind, Twice::FirstSlowly, 1),
        ("directed: behind, last twice", Door::Behind, Twice::Last, 1),
        ("directed: behind, last twice slowly", Door::Behind, Twice::LastSlowly, 1),
        ("directed: in time, first twice slowly", Door::InTime, Twice::FirstSlowly, 1),
        ("directed: in time, last twice slowly", Door::InTime, Twice::LastSlowly, 1),
        ("directed: in time, last twice minutes later", Door::InTime, Twice::LastLater, 1),
    ];
    let jump = Recipe { jumps: (1, 1), ..clean };
    let mut rows: Vec<Further> =
        doors.iter().map(|(day, door, twice, classes)| (*day, clean, otherwise(*door, *twice, *classes))).collect();
    rows.extend([
        ("directed: good, ahead, first twice slowly", good, otherwise(Door::Ahead, Twice::FirstSlowly, 1)),
        ("directed: good, ahead, last twice minutes later", good, otherwise(Door::Ahead, Twice::LastLater, 1)),
        ("directed: clean, clock jumps", jump, Wish::default()),
        ("directed: clean, bursts", clean, otherwise(Door::InTime, Twice::Bursts, 1)),
        ("directed: good, bursts", good, otherwise(Door::InTime, Twice::Bursts, 1)),
    ]);
    rows
}

fn second_row(day: &str, recipe: &Recipe, wish: &Wish, asked: &Asked) -> Row {
    let score = trial::run(&format!("second {day}"), &asked.length, |seed| second::session(recipe, wish, seed));
    (day.to_owned(), "second", score)
}
