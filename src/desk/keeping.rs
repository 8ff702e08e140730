//! Columns that nothing of the day needs and a person chooses to keep: which they are, and which they could be.

use super::door::Desk;
use super::error::Error;
use super::prepared::{Basis, Manner, Prepared};
use super::rereading;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::kept::COLUMNS_MAX;
use crate::domain::relist;
use crate::domain::width;
use crate::files::sheets::columns::{Column, header_key};
use crate::files::sheets::lists::mapping::{self, Columns, Given, Guess};
use crate::files::sheets::lists::roster_in;
use crate::files::sheets::opening::{self, Opened};

/// What a person types of columns to be kept, once or several times: `手机,民族`.
///
/// # Errors
/// [`Error::Usage`] for more than eight.
pub fn names(typed: &[String]) -> Result<Vec<String>, Error> {
    let mut names: Vec<String> = Vec::new();
    for name in typed.iter().flat_map(|t| t.split([',', '，', '、', ';', '；'])).map(str::trim).filter(|n| !n.is_empty()) {
        if !names.iter().any(|known| is(known, name)) {
            names.push(name.to_owned());
        }
    }
    few(names.len())?;
    Ok(names)
}

fn is(name: &str, header: &str) -> bool {
    header_key(name) == header_key(header)
}

fn few(columns: usize) -> Result<(), Error> {
    if columns > COLUMNS_MAX { Err(Error::Usage("keep_many".to_owned(), String::new())) } else { Ok(()) }
}

fn columns(basis: &Basis, opened: &Opened, manner: &Manner) -> Vec<Columns> {
    roster_in::columns_of_opened(opened, &basis.options(manner))
}

/// Every name is a column of one of these files: what is said to mean something, and what is to be kept and would not be taken otherwise.
///
/// # Errors
/// [`Error::Word`] with those that there are, or could be kept; what keeps a file from being read.
pub fn check(basis: &Basis, files: &[(String, Vec<u8>)], manner: &Manner) -> Result<(), Error> {
    let (mut there, mut could): (Vec<Guess>, Vec<String>) = (Vec::new(), Vec::new());
    let mut headless = false;
    for (name, bytes) in files.iter().filter(|_| !manner.keep.is_empty() || !manner.columns.is_empty()) {
        let opened = opening::open(bytes, name, manner.sheet.as_deref())?;
        for sheet in columns(basis, &opened, manner) {
            let more: Vec<String> = sheet.keepable().filter(|c| !could.iter().any(|known| is(known, c))).map(str::to_owned).collect();
            could.extend(more);
            headless |= sheet.list.is_empty();
            there.extend(sheet.list);
        }
    }
    if let Some(stranger) = manner.keep.iter().find(|name| !could.iter().any(|c| is(name, c))) {
        return Err(Error::Word("column to keep", stranger.clone(), could));
    }
    let is_there = |place: &str| there.iter().any(|g| is(place, &g.header) || width::key(place) == g.letter);
    match manner.columns.iter().find(|given| !is_there(&given.place)) {
        Some(stranger) if !headless => {
            let mut names: Vec<String> = there.iter().map(|g| g.place().to_owned()).collect();
            names.dedup();
            Err(Error::Word("column", stranger.place.clone(), names))
        }
        _ => Ok(()),
    }
}

/// What is said of the columns of a file, with those that are to be kept.
///
/// # Errors
/// [`Error::Usage`] where these are more than eight.
pub fn given(basis: &Basis, opened: &Opened, manner: &Manner) -> Result<Vec<Given>, Error> {
    if manner.keep.is_empty() && manner.columns.is_empty() {
        return Ok(Vec::new());
    }
    let sheets = columns(basis, opened, manner);
    let mut given: Vec<Given> = Vec::new();
    for place in sheets.iter().flat_map(Columns::keepable).filter(|place| manner.keep.iter().any(|name| is(name, place))) {
        if !given.iter().any(|g| is(&g.place, place)) {
            given.push(Given { place: place.to_owned(), column: Column::Kept });
        }
    }
    given.extend(manner.columns.iter().cloned());
    for sheet in &sheets {
        // With those that were kept before of sheets with the same headers.
        few(mapping::given_of(&sheet.key, &given, &basis.remembered).iter().filter(|g| g.column == Column::Kept).count())?;
    }
    Ok(given)
}

/// True where a class list that was taken before says something now in columns that were not kept then.
pub fn is_open(day: &Day, prepared: &Prepared) -> bool {
    let Ask::TakeLists(lists) = &prepared.ask else { return false };
    // Read anew it is taken whole.
    if rereading::is_anew(day, prepared) {
        return false;
    }
    day.has_taken(&prepared.hash) && lists.iter().any(|list| relist::kept_since(day.roster(), list).is_some())
}

/// Takes only that; true where it was anything.
pub fn take(desk: &mut Desk, prepared: &mut Prepared) -> Result<bool, Error> {
    if !is_open(desk.day(), prepared) {
        return Ok(false);
    }
    for said in prepared.said.drain(..) {
        desk.submit(said)?;
    }
    desk.submit(prepared.ask.clone())?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_typed_in_one_or_in_several_and_eight_are_enough() {
        let typed = |texts: &[&str]| names(&texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>());
        assert_eq!(typed(&["手机,民族", "宿 舍", "手 机：,"]).unwrap(), ["手机", "民族", "宿 舍"]);
        assert_eq!(typed(&["a,b,c,d", "e、f；g，h"]).unwrap().len(), 8);
        assert!(matches!(typed(&["a,b,c,d,e,f,g,h,i"]), Err(Error::Usage(..))));
    }
}
