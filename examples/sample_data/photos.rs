//! The camera's folders of one room, drawn, and which picture is whose.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use duihao::desk::rehearsal::queue::advance;
use duihao::desk::rehearsal::seed::Seed;
use duihao::desk::rehearsal::{self, Day};
use duihao::domain::command::Action;
use serde_json::{Value, json};

use super::exif::{self, Said};
use super::faces::{self, Look, Pose};
use super::jpeg;
use super::shutter::{self, Exposure, Film, Moment, ROOM, Slip, Subject};

/// A path below the sample folder (`/` between folders) and the bytes of the file.
pub type File = (String, Vec<u8>);

/// The camera's clock is so much ahead of the log in the morning, in ms.
const AHEAD: i64 = (3 * 60 + 17) * 1000;
/// And gains so much on it.
const DRIFT_PPM: i64 = 12;
/// File numbers are the log's counter and so much: the photographer reads the counter of frames, files are numbered on from the card before.
const NUMBERED_ON: u32 = 7282;
/// Of [`jpeg::file`].
const QUALITY: u32 = 62;

/// Every photograph of the room and the truth about them.
pub fn files(seed: u64) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    let day = rehearsal::lishui(seed);
    let film = shutter::film(&day, seed)?;
    let date = day.campaign.dates.first().copied().ok_or("no date")?;
    let women: BTreeSet<&str> = day.people.iter().filter(|p| p.gender == "女").map(|p| p.student_no()).collect();
    let names = names(&film);
    let mut files = Vec::new();
    for (nth, (exposure, name)) in film.exposures.iter().zip(&names).enumerate() {
        let mut jitter = Seed::new(seed, &format!("frame {nth}"));
        let person = |sitting: usize, pose: Pose, jitter: &mut Seed| {
            let student = film.sittings[sitting].student.as_str();
            let look = Look::new(&mut Seed::new(seed, &format!("look {student}")), women.contains(student));
            faces::portrait(&look, pose, jitter)
        };
        let upright = match exposure.of {
            Subject::Person(sitting) => person(sitting, Pose::Ready, &mut jitter),
            Subject::Early(sitting) => {
                let slip = film.planted.iter().any(|p| p.slip == Slip::Retake && p.at == sitting);
                let pose = if slip || jitter.chance(700) { Pose::Blink } else { Pose::Away };
                person(sitting, pose, &mut jitter)
            }
            Subject::Card => faces::grey_card(&mut jitter),
            Subject::Chair => faces::empty_chair(&mut jitter),
        };
        let (pixels, turned) = held(upright, exposure.at);
        let shown = shown(date, &film, exposure)?;
        let said = Said {
            make: "DUIHAO",
            model: "DHC-1",
            serial: "20210107",
            turned,
            taken: &shown.format("%Y:%m:%d %H:%M:%S").to_string(),
            hundredths: &format!("{:02}", shown.and_utc().timestamp_subsec_millis() / 10),
        };
        files.push((format!("lishui-2021/photos/{ROOM}/{name}"), jpeg::file(&pixels, QUALITY, &exif::segment(&said))));
    }
    files.push(("lishui-2021/photos-truth.json".to_owned(), truth(&day, &film, &names, date)?));
    Ok(files)
}

/// `101DHCAM/DHC_9752.JPG`: after 9999 comes 0001, in the next folder.
fn names(film: &Film) -> Vec<String> {
    let mut counter = advance(film.start.1, NUMBERED_ON);
    let (mut folder, mut names) = (101, Vec::new());
    for _ in &film.exposures {
        let next = advance(counter, 1);
        folder += u32::from(next < counter);
        counter = next;
        names.push(format!("{folder}DHCAM/DHC_{counter:04}.JPG"));
    }
    names
}

/// The picture as the sensor has it: the camera lies on its side, on the other side after lunch. With the turn that sets it upright.
fn held(upright: jpeg::Pixels, at: Moment) -> (jpeg::Pixels, u16) {
    let (wide, high) = (upright.width, upright.height);
    let morning = at < 12 * 3_600_000;
    let mut rgb = Vec::with_capacity(upright.rgb.len());
    for i in 0..wide * high {
        // Row and column of the sensor.
        let (row, column) = (i / high, i % high);
        let (x, y) = if morning { (wide - 1 - row, column) } else { (row, high - 1 - column) };
        let from = (y * wide + x) * 3;
        rgb.extend(&upright.rgb[from..from + 3]);
    }
    (jpeg::Pixels { width: high, height: wide, rgb }, if morning { 6 } else { 8 })
}

/// What the camera's clock showed.
fn shown(date: NaiveDate, film: &Film, exposure: &Exposure) -> Result<chrono::NaiveDateTime, &'static str> {
    let gained = (exposure.at - film.start.0) * DRIFT_PPM / 1_000_000;
    let midnight = date.and_hms_opt(0, 0, 0).ok_or("no midnight")?;
    midnight.checked_add_signed(Duration::milliseconds(exposure.at + AHEAD + gained)).ok_or("a moment beyond time")
}

/// The file's bytes: the picture of every 学号, who has none, the frames of nobody, and what the log does not know.
fn truth(day: &Day, film: &Film, names: &[String], date: NaiveDate) -> Result<Vec<u8>, serde_json::Error> {
    let (mut photos, mut early) = (BTreeMap::new(), BTreeMap::<&str, Vec<&str>>::new());
    let (mut tests, mut strays) = (Vec::new(), Vec::new());
    for (exposure, name) in film.exposures.iter().zip(names) {
        match exposure.of {
            Subject::Person(sitting) => {
                let student = film.sittings[sitting].student.as_str();
                // Who sat down twice is to have the later picture.
                if let Some(before) = photos.insert(student, name.as_str()) {
                    early.entry(student).or_default().push(before);
                }
            }
            Subject::Early(sitting) => early.entry(film.sittings[sitting].student.as_str()).or_default().push(name),
            Subject::Card => tests.push(name),
            Subject::Chair => strays.push(name),
        }
    }
    let none: Vec<&str> = film.sittings.iter().map(|s| s.student.as_str()).filter(|s| !photos.contains_key(s)).collect();
    let sat: BTreeSet<&str> = film.sittings.iter().map(|s| s.student.as_str()).collect();
    let issued = day.log.iter().filter(|r| r.room == ROOM && r.action == Action::Issue).filter_map(|r| r.student.as_deref());
    let never_sat: BTreeSet<&str> = issued.filter(|s| !sat.contains(s)).collect();
    let causes: Vec<Value> = film
        .planted
        .iter()
        .map(|planted| {
            let sitting = &film.sittings[planted.at];
            let student = sitting.student.as_str();
            let frames: Vec<&str> = match planted.slip {
                Slip::Retake => early.get(student).into_iter().flatten().chain(photos.get(student)).copied().collect(),
                Slip::Missed => Vec::new(),
                Slip::Extra => strays.iter().map(|s| s.as_str()).collect(),
            };
            let kind = match planted.slip {
                Slip::Retake => "retake",
                Slip::Missed => "missed",
                Slip::Extra => "extra",
            };
            json!({
                "kind": kind,
                "token": sitting.token,
                "student_no": student,
                "photos": frames,
                "from_token": planted.stretch.map(|(from, _, _)| &film.sittings[from].token),
                "to_token": planted.stretch.map(|(_, to, _)| &film.sittings[to].token),
                "shift": planted.stretch.map_or(0, |(_, _, shift)| shift),
            })
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&json!({
        "room": ROOM,
        "date": date.to_string(),
        "camera": { "offset_s": AHEAD / 1000, "drift_ppm": DRIFT_PPM },
        "counts": { "frames": names.len(), "sittings": film.sittings.len(), "photos": photos.len() },
        "photos": photos,
        "early": early,
        "none": none,
        "never_sat": never_sat,
        "tests": tests,
        "strays": strays,
        "causes": causes,
    }))?;
    bytes.push(b'\n');
    Ok(bytes)
}
