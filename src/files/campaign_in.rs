//! Campaign files (TOML) in: every key known or refused with its line.
//!
//! The keys that say how the day runs (`steps scan return_tokens late gather_min photo max_wrong fee
//! frames_per_person markers`) may stand at the top or inside `[steps]`; both mean the same.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::campaign_fault::{CampaignError, Fault, Kind};
use crate::domain::campaign::{Campaign, Late, PhotoRules, RoomPlan, Route, SelfService, Source, Step};
use crate::domain::ids::RoomKey;
use crate::domain::token::TokenForm;
use crate::domain::width;
use crate::domain::zone::Zone;

/// Largest campaign file in bytes.
const SIZE_MAX: usize = 1 << 20;
/// Most characters of one value.
const VALUE_MAX: usize = 2_000;

type Value<'i> = Spanned<DeValue<'i>>;
type Result<T> = std::result::Result<T, CampaignError>;

/// Reads a campaign file.
pub fn read(text: &str) -> Result<Campaign> {
    if text.len() > SIZE_MAX {
        return Err(CampaignError { line: None, fault: Fault::TooLarge(SIZE_MAX) });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = File { text };
    let table = DeTable::parse(text).map_err(|e| {
        let line = e.span().map(|s| file.line(s.start));
        CampaignError { line, fault: Fault::Syntax(width::clean(e.message(), false)) }
    })?;
    file.campaign(table.get_ref())
}

/// The text, for line numbers.
struct File<'i> {
    text: &'i str,
}

/// What rooms take over where they say nothing themselves.
#[derive(Default)]
struct RoomDefaults {
    frames: Option<u8>,
    markers: Option<bool>,
}

impl File<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
    }

    fn wrong<T>(&self, value: &Value<'_>, fault: Fault) -> Result<T> {
        Err(CampaignError { line: Some(self.line(value.span().start)), fault })
    }

    /// Entries of a table in the order written.
    fn entries<'t, 'i>(&self, table: &'t DeTable<'i>) -> Vec<(&'t str, usize, &'t Value<'i>)> {
        let mut entries: Vec<_> = table.iter().map(|(k, v)| (k.get_ref().as_ref(), k.span().start, v)).collect();
        entries.sort_by_key(|(_, at, _)| *at);
        entries
    }

    fn unknown<T>(&self, key: &str, at: usize) -> Result<T> {
        Err(CampaignError { line: Some(self.line(at)), fault: Fault::UnknownKey(width::clean(key, false)) })
    }

    fn campaign(&self, table: &DeTable<'_>) -> Result<Campaign> {
        let mut campaign = Campaign::default();
        let mut defaults = RoomDefaults::default();
        let mut rooms: Option<&Value<'_>> = None;
        let mut usual: Option<&Value<'_>> = None;
        for (key, at, value) in self.entries(table) {
            match key {
                "id" => campaign.id = self.filled(key, value)?,
                "name" => campaign.name = self.words(key, value)?,
                "code" => campaign.code = self.words(key, value)?,
                "kind" => campaign.kind = self.words(key, value)?,
                "address" => campaign.address = self.words(key, value)?,
                "postcode" => campaign.postcode = self.words(key, value)?,
                "cohort" => campaign.cohort = self.words(key, value)?,
                "zone" => campaign.zone = self.zone(value)?,
                "dates" | "date" => campaign.dates = self.dates(value)?,
                "room" | "rooms" => rooms = Some(value),
                "usual_room" => usual = Some(value),
                "self_service" => campaign.self_service = Some(self.self_service(value)?),
                "route" | "routes" => campaign.routes = self.routes(key, value)?,
                "steps" if value.get_ref().is_table() => self.steps_table(&mut campaign, &mut defaults, value)?,
                _ => {
                    if !self.day_key(&mut campaign, &mut defaults, key, value)? {
                        return self.unknown(key, at);
                    }
                }
            }
        }
        // Rooms last: the defaults may stand below them.
        if let Some(value) = rooms {
            campaign.rooms = self.rooms(value, &defaults)?;
        }
        campaign.usual_room = usual.map(|value| self.plan("usual_room", value, &defaults)).transpose()?;
        Ok(campaign)
    }

    /// `[steps]` holds the list itself under `steps`, `list` or one key per word, and any key of the day.
    fn steps_table(&self, campaign: &mut Campaign, defaults: &mut RoomDefaults, value: &Value<'_>) -> Result<()> {
        for (key, at, value) in self.entries(self.table("steps", value)?) {
            if let Some(step) = step(key) {
                let wanted = self.bool(key, value)?;
                campaign.steps.retain(|s| *s != step);
                if wanted {
                    campaign.steps.push(step);
                    campaign.steps.sort();
                }
            } else if key == "list" {
                campaign.steps = self.steps(key, value)?;
            } else if !self.day_key(campaign, defaults, key, value)? {
                return self.unknown(&format!("steps.{key}"), at);
            }
        }
        Ok(())
    }

    /// The keys that may stand in both places; false for another key.
    fn day_key(&self, campaign: &mut Campaign, defaults: &mut RoomDefaults, key: &str, value: &Value<'_>) -> Result<bool> {
        match key {
            "steps" => campaign.steps = self.steps(key, value)?,
            "scan" => campaign.scan = self.steps(key, value)?,
            "return_tokens" => campaign.return_tokens = self.bool(key, value)?,
            "late" => {
                campaign.late = match self.words(key, value)?.as_str() {
                    "class_end" => Late::ClassEnd,
                    "day_end" => Late::DayEnd,
                    "front" => Late::Front,
                    other => return self.wrong(value, Fault::NoneOf(key.to_owned(), "class_end day_end front", other.to_owned())),
                }
            }
            "gather_min" => campaign.gather_min = self.number(key, value, 24 * 60)?,
            "photo" => campaign.photo = self.photo(value)?,
            "max_wrong" => campaign.max_wrong = self.share(key, value)?,
            "fee" => campaign.fee = self.fee(value)?,
            "frames_per_person" => defaults.frames = Some(self.frames(key, value)?),
            "markers" => defaults.markers = Some(self.bool(key, value)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn rooms(&self, value: &Value<'_>, defaults: &RoomDefaults) -> Result<Vec<RoomPlan>> {
        let mut rooms: Vec<RoomPlan> = Vec::new();
        for value in self.list("room", value)? {
            let room = self.room(value, defaults)?;
            let key = RoomKey::of(&room.name);
            if rooms.iter().any(|r| RoomKey::of(&r.name) == key) {
                return self.wrong(value, Fault::RoomTwice(room.name));
            }
            if room.series.is_some() && rooms.iter().any(|r| r.series == room.series) {
                return self.wrong(value, Fault::SeriesTwice(room.name));
            }
            rooms.push(room);
        }
        Ok(rooms)
    }

    fn room(&self, value: &Value<'_>, defaults: &RoomDefaults) -> Result<RoomPlan> {
        let room = self.plan("room", value, defaults)?;
        if RoomKey::of(&room.name).is_empty() {
            return self.wrong(value, Fault::Kind("name".to_owned(), Kind::Filled));
        }
        Ok(room)
    }

    /// A room; the usual one has neither name nor letter.
    fn plan(&self, table: &str, value: &Value<'_>, defaults: &RoomDefaults) -> Result<RoomPlan> {
        let named = table == "room";
        let mut room = RoomPlan::default();
        room.frames_per_person = defaults.frames.unwrap_or(room.frames_per_person);
        room.markers = defaults.markers.unwrap_or(room.markers);
        let mut token = None;
        for (key, at, value) in self.entries(self.table(table, value)?) {
            match key {
                "name" if named => room.name = self.filled(key, value)?,
                "series" if named => {
                    let series = width::key(&self.words(key, value)?);
                    if !(1..=2).contains(&series.len()) || !series.bytes().all(|b| b.is_ascii_uppercase()) {
                        return self.wrong(value, Fault::Kind(key.to_owned(), Kind::Letter));
                    }
                    room.series = Some(series);
                }
                "source" => {
                    room.source = match self.words(key, value)?.as_str() {
                        "roster" => Source::Roster,
                        "preprinted" => Source::Preprinted,
                        "queue" => Source::Queue,
                        "reader" => Source::Reader,
                        other => {
                            return self.wrong(value, Fault::NoneOf(key.to_owned(), "roster preprinted queue reader", other.to_owned()));
                        }
                    }
                }
                "token" => token = Some(value),
                "frames_per_person" => room.frames_per_person = self.frames(key, value)?,
                "markers" => room.markers = self.bool(key, value)?,
                _ => return self.unknown(&format!("{table}.{key}"), at),
            }
        }
        room.token = token.map(|t| self.token(t, room.series.as_deref())).transpose()?;
        Ok(room)
    }

    /// A form that only names its first number is the room's usual one (`0001` + series); any other is literal.
    fn token(&self, value: &Value<'_>, series: Option<&str>) -> Result<TokenForm> {
        let entries = self.entries(self.table("token", value)?);
        let starts_only = entries.iter().all(|(key, _, _)| *key == "start");
        let mut form = series.filter(|_| starts_only).map_or_else(TokenForm::default, TokenForm::of_series);
        for (key, at, value) in entries {
            match key {
                "prefix" => form.prefix = self.affix(key, value)?,
                "suffix" => form.suffix = self.affix(key, value)?,
                "digits" => form.digits = self.number(key, value, 9)?,
                "start" => form.start = self.number(key, value, 999_999_999)?,
                _ => return self.unknown(&format!("token.{key}"), at),
            }
        }
        Ok(form)
    }

    fn affix(&self, key: &str, value: &Value<'_>) -> Result<String> {
        let text = self.words(key, value)?;
        if text.chars().count() > 16 {
            return self.wrong(value, Fault::TooLong(key.to_owned(), 16));
        }
        Ok(text)
    }

    fn photo(&self, value: &Value<'_>) -> Result<PhotoRules> {
        let mut photo = PhotoRules::default();
        for (key, at, value) in self.entries(self.table("photo", value)?) {
            match key {
                "width" => photo.width = self.number(key, value, 100_000)?,
                "height" => photo.height = self.number(key, value, 100_000)?,
                "bytes_min" => photo.bytes_min = self.number(key, value, 1 << 40)?,
                "bytes_max" => photo.bytes_max = self.number(key, value, 1 << 40)?,
                "light_min" => photo.looks.light_min = self.number(key, value, 255)?,
                "light_max" => photo.looks.light_max = self.number(key, value, 255)?,
                "sharp_min" => photo.looks.sharp_min = self.number(key, value, 1 << 30)?,
                "blue" => photo.looks.blue = self.bool(key, value)?,
                "uneven_max" => photo.looks.uneven_max = self.number(key, value, 255)?,
                _ => return self.unknown(&format!("photo.{key}"), at),
            }
        }
        if photo.bytes_min > photo.bytes_max {
            return self.wrong(value, Fault::BytesTurned);
        }
        Ok(photo)
    }

    /// `fee = "20元/人"`, `fee = 20`, or `[fee] amount = 20` with any further words.
    fn fee(&self, value: &Value<'_>) -> Result<Option<String>> {
        let DeValue::Table(table) = value.get_ref() else { return self.amount("fee", value).map(Some) };
        let mut amount = None;
        let mut further = Vec::new();
        for (key, _, value) in self.entries(table) {
            if matches!(key, "amount" | "text" | "words") {
                amount = Some(self.amount(key, value)?);
            } else {
                further.push(format!("{key} {}", self.scalar(key, value)?));
            }
        }
        let parts: Vec<String> = amount.into_iter().chain(further).collect();
        Ok((!parts.is_empty()).then(|| parts.join("，")))
    }

    fn amount(&self, key: &str, value: &Value<'_>) -> Result<String> {
        let text = self.scalar(key, value)?;
        Ok(if value.get_ref().is_str() { text } else { format!("{text}元/人") })
    }

    fn self_service(&self, value: &Value<'_>) -> Result<SelfService> {
        let mut studio = SelfService::default();
        for (key, at, value) in self.entries(self.table("self_service", value)?) {
            let field = match key {
                "name" => &mut studio.name,
                "address" => &mut studio.address,
                "postcode" => &mut studio.postcode,
                "deadline" => &mut studio.deadline,
                "bring" => &mut studio.bring,
                _ => return self.unknown(&format!("self_service.{key}"), at),
            };
            *field = match value.get_ref() {
                DeValue::Array(items) => items.iter().map(|v| self.scalar(key, v)).collect::<Result<Vec<_>>>()?.join("、"),
                _ => self.scalar(key, value)?,
            };
        }
        Ok(studio)
    }

    fn routes(&self, key: &str, value: &Value<'_>) -> Result<Vec<Route>> {
        let route = |value| {
            let fields = self.entries(self.table(key, value)?);
            let field = |(key, _, value): (&str, usize, &Value<'_>)| Ok((width::clean(key, false), self.scalar(key, value)?));
            Ok(Route { fields: fields.into_iter().map(field).collect::<Result<_>>()? })
        };
        self.list(key, value)?.into_iter().map(route).collect()
    }

    fn steps(&self, key: &str, value: &Value<'_>) -> Result<Vec<Step>> {
        let mut steps = Vec::new();
        for value in self.list(key, value)? {
            let word = self.words(key, value)?;
            match step(&word) {
                Some(step) if !steps.contains(&step) => steps.push(step),
                Some(_) => {}
                None => return self.wrong(value, Fault::NoneOf(key.to_owned(), "签到 签名 发号 进场 拍摄 交号", word)),
            }
        }
        Ok(steps)
    }

    fn dates(&self, value: &Value<'_>) -> Result<Vec<NaiveDate>> {
        let values = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut dates = values.into_iter().map(|v| self.date(v)).collect::<Result<Vec<_>>>()?;
        dates.sort();
        dates.dedup();
        Ok(dates)
    }

    fn date(&self, value: &Value<'_>) -> Result<NaiveDate> {
        let found = match value.get_ref() {
            DeValue::Datetime(d) if d.time.is_none() => {
                d.date.and_then(|d| NaiveDate::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day)))
            }
            DeValue::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match found {
            Some(date) => Ok(date),
            None => self.wrong(value, Fault::Kind("dates".to_owned(), Kind::Date)),
        }
    }

    fn zone(&self, value: &Value<'_>) -> Result<Zone> {
        let name = self.words("zone", value)?;
        match Zone::named(&name) {
            Some(zone) => Ok(zone),
            None => self.wrong(value, Fault::UnknownZone(name)),
        }
    }

    fn table<'t, 'i>(&self, key: &str, value: &'t Value<'i>) -> Result<&'t DeTable<'i>> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(table),
            _ => self.wrong(value, Fault::Kind(key.to_owned(), Kind::Table)),
        }
    }

    fn list<'t, 'i>(&self, key: &str, value: &'t Value<'i>) -> Result<Vec<&'t Value<'i>>> {
        match value.get_ref() {
            DeValue::Array(items) => Ok(items.iter().collect()),
            // `[room]` where `[[room]]` is meant: one of them.
            DeValue::Table(_) => Ok(vec![value]),
            _ => self.wrong(value, Fault::Kind(key.to_owned(), Kind::List)),
        }
    }

    /// Text, or a number where people leave out the quotes (`code = 10338`).
    fn words(&self, key: &str, value: &Value<'_>) -> Result<String> {
        match value.get_ref() {
            DeValue::String(_) | DeValue::Integer(_) => self.scalar(key, value),
            _ => self.wrong(value, Fault::Kind(key.to_owned(), Kind::Text)),
        }
    }

    fn filled(&self, key: &str, value: &Value<'_>) -> Result<String> {
        let text = self.words(key, value)?;
        if text.trim().is_empty() { self.wrong(value, Fault::Kind(key.to_owned(), Kind::Filled)) } else { Ok(text) }
    }

    fn scalar(&self, key: &str, value: &Value<'_>) -> Result<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => width::clean(text, false).trim().to_owned(),
            DeValue::Integer(n) => n.to_string(),
            DeValue::Float(n) => n.as_str().to_owned(),
            DeValue::Boolean(b) => b.to_string(),
            DeValue::Datetime(d) => d.to_string(),
            DeValue::Array(_) | DeValue::Table(_) => return self.wrong(value, Fault::Kind(key.to_owned(), Kind::Text)),
        };
        if text.chars().count() > VALUE_MAX {
            return self.wrong(value, Fault::TooLong(key.to_owned(), VALUE_MAX));
        }
        Ok(text)
    }

    fn bool(&self, key: &str, value: &Value<'_>) -> Result<bool> {
        match value.get_ref() {
            DeValue::Boolean(b) => Ok(*b),
            _ => self.wrong(value, Fault::Kind(key.to_owned(), Kind::Switch)),
        }
    }

    fn number<T: TryFrom<u64>>(&self, key: &str, value: &Value<'_>, most: u64) -> Result<T> {
        let number = match value.get_ref() {
            DeValue::Integer(n) => u64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        match number.filter(|n| *n <= most).and_then(|n| T::try_from(n).ok()) {
            Some(n) => Ok(n),
            None => self.wrong(value, Fault::Kind(key.to_owned(), Kind::Whole(most))),
        }
    }

    fn frames(&self, key: &str, value: &Value<'_>) -> Result<u8> {
        self.number(key, value, 2)
    }

    fn share(&self, key: &str, value: &Value<'_>) -> Result<f64> {
        let share = match value.get_ref() {
            DeValue::Float(n) => n.as_str().parse().ok(),
            DeValue::Integer(n) => n.as_str().parse().ok(),
            _ => None,
        };
        match share.filter(|s: &f64| (0.0..=1.0).contains(s)) {
            Some(share) => Ok(share),
            None => self.wrong(value, Fault::Kind(key.to_owned(), Kind::Share)),
        }
    }
}

fn step(word: &str) -> Option<Step> {
    let word = width::clean(word, false);
    Step::ALL.into_iter().find(|step| step.word() == word.trim())
}
