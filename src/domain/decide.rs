//! Decides what a command writes. May refuse; what it returns will be committed and then never fails to apply.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::act;
use super::album::Album;
use super::campaign::{Campaign, DEFAULT_ID, Step};
use super::cards;
use super::command::{Ask, Command, LogRow, PhotoAsk, Place, Refusal};
use super::day::Day;
use super::digest;
use super::event::{Act, Entry, Event, Fact, Same, Whole};
use super::forgetting;
use super::ids::{CommandId, EntryId, Millis, PersonId, RoomKey, SessionKey, StationId, Who};
use super::lookup::{self, Meant};
use super::person::{ClassList, MarkList};
use super::photo::Picture;
use super::relist::kept_since;
use super::repair::{self, Edit, Repair};
use super::reread;
use super::review::{self, Review};
use super::running;
use super::schedule::ScheduleTable;
use super::settle;
use super::visit::State;

/// Where the review of a session's photographs comes from: working it out takes longer than all the rest.
pub type Reviews<'a> = &'a dyn Fn(&SessionKey) -> Arc<Review>;

/// What the command writes, in order. Nothing, where everything asked is a fact already.
pub fn decide(day: &Day, command: &Command) -> Result<Vec<Event>, Refusal> {
    decide_with(day, command, &|key| Arc::new(review::review(day, key)))
}

/// As [`decide`], with reviews of this very day that somebody has at hand.
pub fn decide_with(day: &Day, command: &Command, reviews: Reviews<'_>) -> Result<Vec<Event>, Refusal> {
    let now = command.now;
    match &command.ask {
        Ask::Declare(campaign) => declare(day, campaign, now),
        Ask::TakeLists(lists) => {
            let new =
                |l: &Arc<ClassList>| if day.has_taken(&l.hash) { kept_since(day.roster(), l).map(Arc::new) } else { Some(Arc::clone(l)) };
            Ok(lists.iter().filter_map(new).map(|list| Event::whole(now, Whole::List { list })).collect())
        }
        Ask::Relist { lists, same, gone } => relist(day, lists, same, gone, now),
        Ask::ReadAnew { lists, marks, gone } => Ok(read_anew(day, lists, marks, gone, now)),
        Ask::SayColumns { headers, columns } if day.columns().get(headers).is_some_and(|known| known == columns) => Ok(Vec::new()),
        Ask::SayColumns { headers, columns } => {
            Ok(vec![Event::whole(now, Whole::Columns { headers: headers.clone(), columns: columns.clone() })])
        }
        Ask::TakeMarks(lists) => {
            Ok(lists.iter().filter(|l| !day.has_taken(&l.hash)).map(|l| Event::whole(now, Whole::Marks { list: l.clone() })).collect())
        }
        Ask::TakeSchedule(table) => Ok(schedule(day, table, now)),
        Ask::Repair { table, repairs } => repaired(day, table, repairs, now),
        Ask::Act(row) => {
            let when = act::When { now, live: row.row == 0, carried: None, date: None };
            act::row(day, row, &when).map(|events| cards::in_place(day, now, events))
        }
        Ask::Register(row) => register(day, row, now),
        Ask::TakeLog { hash, .. } if day.has_taken_log(hash) => Ok(Vec::new()),
        Ask::TakeLog { source, hash, rows, date } => {
            let taken = Whole::Log { source: source.clone(), hash: hash.clone(), rows: rows.len() as u32 };
            let mut events = vec![Event::whole(now, taken)];
            events.extend(log(day, rows, *date, now)?);
            Ok(events)
        }
        Ask::Scan { room, place, code } => scan(day, room, *place, code, now),
        Ask::Bind { room, place, code, person } => bound(day, room, *place, code, *person, now),
        Ask::Run { room, ask } => running::decide(day, room, ask, now).map(|events| cards::in_place(day, now, events)),
        Ask::Reveal { room, person } => reveal(day, room, *person, now),
        Ask::Undo { command: named, room } => undo(day, command.station, *named, room.as_ref(), now),
        Ask::Redo => redo(day, command.station, now),
        Ask::Settle { finding, choice } => settle::settle(day, finding, choice, now).map(|events| cards::in_place(day, now, events)),
        Ask::Photos { session, ask } => photos(day, session, ask, now, reviews),
        Ask::ForgetPerson(person) => Ok(removed(forgetting::of_person(day, *person), now)),
        Ask::ForgetSource(name) => match forgetting::of_source(day, name) {
            removal if removal.entries.is_empty() => Err(Refusal::NothingCalled(name.clone())),
            removal => Ok(removed(removal, now)),
        },
        Ask::Forget(entries) => {
            let unknown = entries.iter().find(|id| !day.heads().get(&id.station).is_some_and(|last| (1..=*last).contains(&id.seq)));
            let structural = |e: &&Entry| {
                entries.contains(&e.id) && matches!(&e.event.fact, Fact::Whole(Whole::Undone { .. } | Whole::Forgotten { .. }))
            };
            match (unknown, day.entries().find(structural)) {
                (Some(id), _) => Err(Refusal::NoCommand(format!("{}:{}", id.station, id.seq))),
                // Without its undo a command would count again.
                (None, Some(entry)) => Err(Refusal::MustRemember(format!("{}:{}", entry.id.station, entry.id.seq))),
                (None, None) => Ok(vec![Event::whole(now, Whole::Forgotten { entries: entries.clone() })]),
            }
        }
    }
}

// Lists and the decision about who is on them: one command, so that undo takes both.
fn relist(day: &Day, lists: &[Arc<ClassList>], same: &[Same], gone: &[PersonId], now: Millis) -> Result<Vec<Event>, Refusal> {
    let Some(hash) = lists.first().map(|l| l.hash.clone()) else { return Ok(Vec::new()) };
    let known = day.has_taken(&hash);
    let stranger = same.iter().map(|s| s.was).chain(gone.iter().copied()).find(|id| day.roster().person(*id).is_none());
    if let Some(id) = stranger {
        return Err(Refusal::Unknown(id.to_string()));
    }
    let mut events = Vec::new();
    if !known {
        events.extend(lists.iter().map(|l| Event::whole(now, Whole::List { list: Arc::clone(l) })));
    }
    let speaker = |id| day.roster().speaker(id);
    let same: Vec<Same> = same.iter().filter(|s| !known || speaker(s.was) != speaker(s.is)).copied().collect();
    let gone: Vec<PersonId> = gone.iter().filter(|id| day.roster().person(**id).is_some_and(|p| p.listed)).copied().collect();
    if !same.is_empty() || !gone.is_empty() {
        events.push(Event::whole(now, Whole::Relisted { hash, same, gone }));
    }
    Ok(events)
}

fn read_anew(day: &Day, lists: &[Arc<ClassList>], marks: &[MarkList], gone: &[PersonId], now: Millis) -> Vec<Event> {
    let listed = reread::lists(day, lists).into_iter().map(|list| Whole::List { list });
    let marked = reread::marks(day, marks).into_iter().map(|list| Whole::Marks { list });
    let mut events: Vec<Event> = listed.chain(marked).map(|whole| Event::whole(now, whole)).collect();
    let gone: Vec<PersonId> = gone.iter().filter(|id| day.roster().person(**id).is_some_and(|p| p.listed)).copied().collect();
    if let Some(first) = lists.first().filter(|_| !gone.is_empty()) {
        events.push(Event::whole(now, Whole::Relisted { hash: first.hash.clone(), same: Vec::new(), gone }));
    }
    events
}

fn removed(removal: forgetting::Removal, now: Millis) -> Vec<Event> {
    if removal.entries.is_empty() {
        return Vec::new();
    }
    let forgotten = Whole::Forgotten { entries: removal.entries };
    [forgotten].into_iter().chain(removal.instead).map(|whole| Event::whole(now, whole)).collect()
}

fn photos(day: &Day, session: &SessionKey, ask: &PhotoAsk, now: Millis, reviews: Reviews<'_>) -> Result<Vec<Event>, Refusal> {
    let acts = match ask {
        PhotoAsk::Read { folder, pictures, offset } => {
            let album = Album::of(day, session);
            let reading = album.reading_like(pictures).unwrap_or_else(|| reading(session, folder, pictures));
            let set = offset.iter().flat_map(|offset| bodies(pictures).into_iter().map(|body| Act::OffsetSet { body, offset: *offset }));
            // The same pictures in another folder are a folder that was moved: from now on they are looked for there.
            let known = album.folders.get(&reading) == Some(folder)
                && album.photos.iter().filter(|p| p.id.reading == reading).map(|p| &p.picture).eq(pictures.iter());
            let read = (!known).then(|| Act::PicturesRead { reading, folder: folder.clone(), pictures: pictures.clone() });
            read.into_iter().chain(set).collect()
        }
        PhotoAsk::Check { reading, checked } => vec![Act::PicturesChecked { reading: reading.clone(), checked: checked.clone() }],
        PhotoAsk::Offsets(said) => said.iter().map(|(body, offset)| Act::OffsetSet { body: body.clone(), offset: *offset }).collect(),
        // The same reading again replaces it: by nothing.
        PhotoAsk::Withdraw { reading } => {
            let folder = Album::of(day, session).folders.get(reading).cloned();
            folder.map(|folder| Act::PicturesRead { reading: reading.clone(), folder, pictures: Vec::new() }).into_iter().collect()
        }
        PhotoAsk::Rule(ask) => {
            let rulings = review::settle::rulings(day, &reviews(session), ask, now)?;
            vec![Act::PicturesRuled { word: ask.word, rulings }]
        }
        PhotoAsk::Copied { folder, template, files } => {
            vec![Act::PicturesCopied { folder: folder.clone(), template: template.clone(), files: *files }]
        }
    };
    Ok(acts.into_iter().map(|act| Event::in_room(&session.room, session.date, Some(now), act)).collect())
}

// Two stations that read one folder give it one name.
fn reading(session: &SessionKey, folder: &str, pictures: &[Picture]) -> String {
    let mut parts = vec![session.room.as_str().to_owned(), session.date.to_string()];
    match pictures.first() {
        Some(first) => parts.extend([first.path.clone(), first.bytes.to_string(), first.taken.unwrap_or_default().to_string()]),
        None => parts.push(folder.to_owned()),
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    digest::hex(&digest::of(&parts)[..4])
}

// An offset said while a folder is read is that of the cameras of this folder; where files do not name theirs, of every camera.
fn bodies(pictures: &[Picture]) -> BTreeSet<Option<String>> {
    let named: BTreeSet<Option<String>> = pictures.iter().filter(|p| p.taken.is_some()).map(|p| p.body.clone()).collect();
    if named.is_empty() || named.contains(&None) { BTreeSet::from([None]) } else { named }
}

fn declare(day: &Day, campaign: &Campaign, now: Millis) -> Result<Vec<Event>, Refusal> {
    let known = &day.campaign().id;
    if known != DEFAULT_ID && *known == campaign.id {
        return if day.campaign() == campaign { Ok(Vec::new()) } else { Err(Refusal::AlreadyDeclared(known.clone())) };
    }
    if !Campaign::ids_match(known, &campaign.id) {
        return Err(Refusal::OtherCampaign(known.clone(), campaign.id.clone()));
    }
    Ok(vec![Event::whole(now, Whole::Campaign { campaign: Box::new(campaign.clone()) })])
}

fn schedule(day: &Day, table: &ScheduleTable, now: Millis) -> Vec<Event> {
    if day.has_taken(&table.hash) {
        return Vec::new();
    }
    let mut events = Vec::new();
    let (mut known, mut taken): (Vec<RoomKey>, Vec<String>) = (Vec::new(), Vec::new());
    for row in &table.rows {
        let key = row.key();
        if !key.is_empty() && day.rooms().get(&key).is_none() && !known.contains(&key) {
            events.push(Event::whole(now, day.rooms().added(&row.room, row.series.as_deref(), &mut taken)));
            known.push(key);
        }
    }
    events.push(Event::whole(now, Whole::Schedule { table: table.clone() }));
    events
}

// Whoever is registered at the desk has come, and signs where a scan signs.
fn register(day: &Day, row: &LogRow, now: Millis) -> Result<Vec<Event>, Refusal> {
    let mut events = act::row(day, row, &act::When { now, live: true, carried: None, date: None })?;
    let signed = |who: &Who, key: &SessionKey| {
        let state = day.state(&day.subject(&key.room, who));
        state.and_then(|s| s.visits.get(key)).is_some_and(|v| v.signed.is_some())
    };
    let sign = events.iter().find_map(|event| match &event.fact {
        Fact::InRoom { room, day, act: Act::Issued { who, .. } } => {
            let key = SessionKey { room: room.clone(), date: *day };
            (!signed(who, &key)).then(|| Event::in_room(room, *day, event.happened, Act::Signed { who: who.clone() }))
        }
        _ => None,
    });
    events.extend(sign.filter(|_| day.campaign().scan.contains(&Step::Sign)));
    Ok(events)
}

// All rows or none: each is decided on a day that has the rows before it.
// Each repair is a fact of its own beside the published table; one command, so that undo takes them with it.
fn repaired(day: &Day, table: &ScheduleTable, repairs: &[Repair], now: Millis) -> Result<Vec<Event>, Refusal> {
    let mut events = schedule(day, table, now);
    let mut rows = table.rows.clone();
    let known: Vec<&[Edit]> = day.repairs(&table.hash).collect();
    for edit in known.iter().flat_map(|edits| edits.iter()) {
        repair::apply_to(&mut rows, edit);
    }
    for one in repairs.iter().filter(|r| !known.contains(&r.edits.as_slice())) {
        if !repair::apply_all(&mut rows, one) {
            let odd = one.edits.first();
            return Err(Refusal::NotAsPublished(odd.map_or(0, |e| e.row.row), odd.map(|e| e.published.clone()).unwrap_or_default()));
        }
        events.push(Event::whole(now, Whole::Repaired { hash: table.hash.clone(), edits: one.edits.clone(), why: one.why }));
    }
    Ok(events)
}

fn log(day: &Day, rows: &[LogRow], date: Option<NaiveDate>, now: Millis) -> Result<Vec<Event>, Refusal> {
    let mut scratch = day.clone();
    let tick = day.tick() + 1;
    let mut events: Vec<Event> = Vec::new();
    let mut carried = None;
    for (index, row) in rows.iter().enumerate() {
        // A row without time stands between its neighbours: the one before it says the date, else the next that has one.
        let following = || rows[index..].iter().find_map(|r| r.time.date);
        let when = act::When { now, live: false, carried: carried.or_else(following), date };
        let written = act::row(&scratch, row, &when).map_err(|why| Refusal::Row(row.row, Box::new(why)))?;
        for event in written {
            if let Fact::InRoom { day, .. } = &event.fact {
                carried = Some(*day);
            }
            let seq = events.len() as u64 + 1;
            scratch.apply(Entry { id: EntryId { station: StationId(0), seq }, cmd: 1, tick, at: now, event: event.clone() });
            events.push(event);
        }
    }
    Ok(events)
}

fn scan(day: &Day, room: &RoomKey, place: Place, code: &str, now: Millis) -> Result<Vec<Event>, Refusal> {
    Ok(steps(day, room, place, &lookup::meant(day, room, place, now, code)?, now))
}

// Whose a code is, and their scan: one command, so that undo takes both.
fn bound(day: &Day, room: &RoomKey, place: Place, code: &str, person: PersonId, now: Millis) -> Result<Vec<Event>, Refusal> {
    let person = day.roster().person(person).ok_or_else(|| Refusal::Unknown(person.to_string()))?.id;
    let known = day.bound_to(code) == Some(person);
    let bound = (!known).then(|| Event::whole(now, Whole::Bound { code_hash: day.code_hash(code), person }));
    let meant = Meant { who: Who::Person(person), shown: None };
    Ok(bound.into_iter().chain(steps(day, room, place, &meant, now)).collect())
}

fn steps(day: &Day, room: &RoomKey, place: Place, meant: &Meant, now: Millis) -> Vec<Event> {
    let subject = day.subject(room, &meant.who);
    let state = day.state(&subject);
    let key = SessionKey { room: room.clone(), date: day.date(now) };
    let visit = state.and_then(|s| s.visits.get(&key));
    let mut acts = Vec::new();
    if place != Place::Exit && state.is_some_and(State::is_away) {
        acts.push(Act::CameBack { who: meant.who.clone() });
    }
    let campaign = day.campaign();
    let mut steps = match place {
        Place::Door => Vec::new(),
        Place::Exit => vec![Step::Return],
        Place::Desk | Place::Both => campaign.scan.clone(),
    };
    if matches!(place, Place::Door | Place::Both) && !steps.contains(&Step::Shoot) {
        steps.push(Step::Shoot);
    }
    for step in steps {
        let who = meant.who.clone();
        match step {
            Step::Arrive if visit.is_none_or(|v| v.arrived.is_none()) => acts.push(Act::Arrived { who }),
            Step::Sign if visit.is_none_or(|v| v.signed.is_none()) => acts.push(Act::Signed { who }),
            // Whoever waits with a card of another room keeps it: moved here they sit down with it, else they came to the wrong desk.
            Step::Issue if state.is_none_or(|s| s.token_in(room).is_none() && !waits_elsewhere(s, &key)) => {
                // A card printed beside the name that is lost is nobody's any more.
                let printed = day.token_of(room, &subject).filter(|token| !day.is_missing(room, token));
                let token = printed.unwrap_or_else(|| day.next_token(room));
                acts.push(Act::Issued { who, token });
            }
            Step::Enter if visit.is_none_or(|v| v.shots == 0) => acts.push(Act::Entered { who, shown: meant.shown.clone() }),
            Step::Shoot if visit.is_none_or(|v| v.shots == 0 || v.entered_only) => acts.push(Act::Shot { who, shown: meant.shown.clone() }),
            // Where cards are collected one comes back whether or not its bearer was shot; elsewhere only on the way out.
            Step::Return if visit.is_none_or(|v| !v.returned) && (place == Place::Exit || visit.is_some_and(|v| v.shots > 0)) => {
                acts.push(Act::Returned { who, token: meant.shown.clone() });
            }
            _ => {}
        }
    }
    // Someone scanned again with nothing left to do only shows the card.
    acts.into_iter().map(|act| Event::in_room(room, key.date, Some(now), act)).collect()
}

fn waits_elsewhere(state: &State, key: &SessionKey) -> bool {
    !state.shot() && state.live().any(|held| held.room != key.room && held.session.date == key.date)
}

fn reveal(day: &Day, room: &RoomKey, person: PersonId, now: Millis) -> Result<Vec<Event>, Refusal> {
    match day.roster().person(person) {
        Some(p) => Ok(vec![Event::in_room(room, day.date(now), Some(now), Act::Revealed { who: Who::Person(p.id) })]),
        None => Err(Refusal::Unknown(person.to_string())),
    }
}

fn undo(day: &Day, station: StationId, named: Option<CommandId>, room: Option<&RoomKey>, now: Millis) -> Result<Vec<Event>, Refusal> {
    let book = day.undo();
    let in_room = |c: &CommandId| {
        room.is_none_or(|room| day.command(*c).iter().any(|e| matches!(&e.event.fact, Fact::InRoom { room: r, .. } if r == room)))
    };
    let command = match named {
        Some(command) if day.command(command).is_empty() => return Err(Refusal::NoCommand(command.to_string())),
        Some(command) if !book.counts(command) => return Err(Refusal::AlreadyUndone),
        Some(command) if is_removal(day, command) => return Err(Refusal::RemovedForGood(command.to_string())),
        Some(command) => command,
        None => last_counting(day, station, in_room).ok_or(Refusal::NothingToUndo)?,
    };
    Ok(vec![Event::whole(now, Whole::Undone { commands: vec![command] })])
}

/// This station's last counting command that is no undo itself and did something: what Ctrl+Z would take. That a document was
/// shown cannot be taken back, nor a removal.
pub fn last_counting(day: &Day, station: StationId, fits: impl Fn(&CommandId) -> bool) -> Option<CommandId> {
    let only_shown = |c: &CommandId| day.command(*c).iter().all(|e| e.event.fact.is_reveal());
    day.commands(station)
        .rev()
        .find(|c| day.undo().counts(*c) && !day.undo().is_undo(*c) && !only_shown(c) && !is_removal(day, *c) && fits(c))
}

// Lists written again without somebody stand in the same command: without them the others would be gone too.
fn is_removal(day: &Day, command: CommandId) -> bool {
    day.command(command).iter().any(|e| matches!(e.event.fact, Fact::Whole(Whole::Forgotten { .. })))
}

/// What a redo of this station brings back: the command that its last undo took.
pub fn redo_target(day: &Day, station: StationId) -> Option<CommandId> {
    let book = day.undo();
    let undone = day.commands(station).rev().filter(|c| book.is_undo(*c) && book.counts(*c));
    undone.flat_map(|c| book.named_by(c)).find(|target| !book.is_undo(**target) && !book.counts(**target)).copied()
}

fn is_log_taken_again(day: &Day, entry: &super::event::Entry) -> bool {
    matches!(&entry.event.fact, Fact::Whole(Whole::Log { hash, .. }) if day.has_taken_log(hash))
}

fn redo(day: &Day, station: StationId, now: Millis) -> Result<Vec<Event>, Refusal> {
    match redo_target(day, station) {
        // The same rows would have happened twice.
        Some(target) if day.command(target).iter().any(|e| is_log_taken_again(day, e)) => Err(Refusal::TakenAgain),
        Some(target) => Ok(vec![Event::whole(now, Whole::Undone { commands: day.undo().counting_undos(target) })]),
        None => Err(Refusal::NothingToRedo),
    }
}
