//! A campaign as the TOML file that `duihao new` reads.

use std::fmt::Write as _;

use duihao::domain::campaign::{Campaign, Late, Source, Step};

fn quoted(text: &str) -> String {
    // None of our texts holds a control character; TOML escapes the rest as JSON does.
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn steps(list: &[Step]) -> String {
    let words: Vec<String> = list.iter().map(|s| quoted(s.word())).collect();
    format!("[{}]", words.join(", "))
}

/// The file's text.
pub fn text(campaign: &Campaign) -> String {
    let mut out = String::new();
    let said = [
        ("id", &campaign.id),
        ("name", &campaign.name),
        ("code", &campaign.code),
        ("kind", &campaign.kind),
        ("address", &campaign.address),
        ("postcode", &campaign.postcode),
        ("cohort", &campaign.cohort),
    ];
    for (key, value) in said.into_iter().filter(|(_, v)| !v.is_empty()) {
        let _ = writeln!(out, "{key} = {}", quoted(value));
    }
    let _ = writeln!(out, "zone = {}", quoted(campaign.zone.name()));
    let dates: Vec<String> = campaign.dates.iter().map(|d| quoted(&d.to_string())).collect();
    let _ = writeln!(out, "dates = [{}]", dates.join(", "));
    let _ = writeln!(out, "steps = {}", steps(&campaign.steps));
    let _ = writeln!(out, "scan = {}", steps(&campaign.scan));
    let _ = writeln!(out, "return_tokens = {}", campaign.return_tokens);
    let late = match campaign.late {
        Late::ClassEnd => "class_end",
        Late::DayEnd => "day_end",
        Late::Front => "front",
    };
    let _ = writeln!(out, "late = {}", quoted(late));
    let _ = writeln!(out, "gather_min = {}", campaign.gather_min);
    let photo = campaign.photo;
    let _ = writeln!(
        out,
        "photo = {{ width = {}, height = {}, bytes_min = {}, bytes_max = {} }}",
        photo.width, photo.height, photo.bytes_min, photo.bytes_max
    );
    let _ = writeln!(out, "max_wrong = {}", campaign.max_wrong);
    if let Some(fee) = &campaign.fee {
        let _ = writeln!(out, "fee = {}", quoted(fee));
    }
    for room in &campaign.rooms {
        let source = match room.source {
            Source::Roster => "roster",
            Source::Preprinted => "preprinted",
            Source::Queue => "queue",
            Source::Reader => "reader",
        };
        let _ = writeln!(out, "\n[[room]]\nname = {}", quoted(&room.name));
        if let Some(series) = &room.series {
            let _ = writeln!(out, "series = {}", quoted(series));
        }
        let _ = writeln!(out, "source = {}", quoted(source));
        if let Some(token) = &room.token {
            let _ = writeln!(
                out,
                "token = {{ prefix = {}, digits = {}, suffix = {}, start = {} }}",
                quoted(&token.prefix),
                token.digits,
                quoted(&token.suffix),
                token.start
            );
        }
        let _ = writeln!(out, "frames_per_person = {}\nmarkers = {}", room.frames_per_person, room.markers);
    }
    if let Some(way) = &campaign.self_service {
        let _ = writeln!(out, "\n[self_service]");
        let said = [
            ("name", &way.name),
            ("address", &way.address),
            ("postcode", &way.postcode),
            ("deadline", &way.deadline),
            ("bring", &way.bring),
        ];
        for (key, value) in said.into_iter().filter(|(_, v)| !v.is_empty()) {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
    for route in &campaign.routes {
        let _ = writeln!(out, "\n[[route]]");
        for (key, value) in &route.fields {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
    out
}
