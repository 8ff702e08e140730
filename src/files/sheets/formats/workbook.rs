//! An xlsx workbook: its sheets, styles and shared texts; the cells of each sheet are read by [`super::worksheet`].

use std::collections::HashMap;
use std::io::Read;

use super::super::error::SheetError;
use super::super::grid::{CELL_MAX, Grid, Noted, cell_place};
use super::super::watch::{ROWS_BETWEEN, Watch};
use super::csv_text::tidy;
use super::parts::{Part, Parts};
use super::tags::{self, Piece, Tags};
use super::values::{Budget, Rows, Shape};
use super::worksheet::{self, Shared};
use super::xml;
use crate::domain::text::Text;

/// Most shared texts of a workbook.
const STRINGS_MAX: usize = 2_000_000;
/// Most bytes of them together.
const STRINGS_BYTES: usize = 64 << 20;
/// Most sheets, styles and relations.
const LISTED_MAX: usize = 100_000;

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    part: String,
}

/// Reads all work sheets.
pub fn read(mut parts: Parts<'_>, watch: &mut Watch<'_>) -> Result<Vec<Grid>, SheetError> {
    let main = main_part(&mut parts)?;
    let relations = relations(&mut parts, &main)?;
    let of_kind = |kind: &str| relations.values().find(|(k, _)| k == kind).map(|(_, part)| part.as_str());
    let mut shared = Shared::default();
    if let Some(part) = parts.part(of_kind("styles").unwrap_or("xl/styles.xml"))? {
        (shared.shapes, shared.struck) = shapes(part)?;
    }
    if let Some(part) = parts.part(of_kind("sharedStrings").unwrap_or("xl/sharedStrings.xml"))? {
        shared.texts = part.ahead(|part| texts(part, watch))?;
    }
    let sheets = sheets(&mut parts, &main, &relations, &mut shared)?;
    let mut left = Budget::default();
    let mut grids = Vec::new();
    for sheet in sheets {
        let part = parts.part(&sheet.part)?.ok_or_else(|| xml::damaged("a sheet is missing"))?;
        let mut rows = Rows::default();
        let beside = part.ahead(|part| worksheet::read(part, &shared, &mut rows, &mut left, watch))?;
        let comments = comments(&mut parts, &sheet.part)?;
        grids.push(Grid {
            sheet: tidy(&sheet.name).into_owned(),
            hidden: sheet.hidden,
            struck: beside.struck,
            comments,
            rows: rows.finish(&beside.merged, &mut left)?,
            valueless: beside.valueless,
            hidden_rows: beside.hidden_rows,
            hidden_columns: beside.hidden_columns,
            ..Grid::default()
        });
    }
    Ok(grids)
}

/// Hears of every element that begins.
fn each(part: impl Read, mut hear: impl FnMut(tags::Tag<'_>) -> Result<(), SheetError>) -> Result<(), SheetError> {
    let mut tags = Tags::new(part);
    while let Some(piece) = tags.piece()? {
        if let Piece::Start(tag) = piece {
            hear(tag)?;
        }
    }
    Ok(())
}

/// The part that lists the sheets.
fn main_part(parts: &mut Parts<'_>) -> Result<String, SheetError> {
    let relations = relations(parts, "")?;
    let main = relations.into_values().find(|(kind, _)| kind == "officeDocument");
    Ok(main.map_or_else(|| "xl/workbook.xml".to_owned(), |(_, part)| part))
}

/// What a part refers to: by id, the last word of the kind and the part.
pub fn relations(parts: &mut Parts<'_>, of: &str) -> Result<HashMap<String, (String, String)>, SheetError> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let inside = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    let mut found = HashMap::new();
    let Some(part) = parts.part(&inside(&format!("_rels/{name}.rels")))? else { return Ok(found) };
    each(part, |tag| {
        let value = |name| tag.attribute(name).unwrap_or_default();
        if tag.name == b"Relationship" && found.len() < LISTED_MAX {
            let target = value("Target");
            let part = target.strip_prefix('/').map_or_else(|| inside(&target), str::to_owned);
            let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
            found.insert(value("Id"), (kind, plain_path(&part)));
        }
        Ok(())
    })?;
    Ok(found)
}

/// `xl/../docs/./a.xml` as `docs/a.xml`.
pub fn plain_path(path: &str) -> String {
    let mut plain: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(plain.pop()),
            step => plain.push(step),
        }
    }
    plain.join("/")
}

fn sheets(
    parts: &mut Parts<'_>,
    main: &str,
    relations: &HashMap<String, (String, String)>,
    shared: &mut Shared,
) -> Result<Vec<Listed>, SheetError> {
    let part = parts.part(main)?.ok_or_else(|| xml::damaged("the list of its sheets is missing"))?;
    let mut sheets = Vec::new();
    each(part, |tag| {
        let value = |name| tag.attribute(name);
        match tag.name {
            // An extension has an element of the same name without it.
            b"workbookPr" => shared.is_1904 |= matches!(value("date1904").as_deref(), Some("1" | "true")),
            b"sheet" if sheets.len() < LISTED_MAX => {
                let id = value("id").unwrap_or_default();
                let (kind, part) = relations.get(&id).ok_or_else(|| xml::damaged("a sheet leads nowhere"))?;
                if kind == "worksheet" {
                    let hidden = matches!(value("state").as_deref(), Some("hidden" | "veryHidden"));
                    sheets.push(Listed { name: value("name").unwrap_or_default(), hidden, part: part.clone() });
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(sheets)
}

/// How the styles of cells show numbers, and which are struck through.
fn shapes(part: Part<'_>) -> Result<(Vec<Shape>, Vec<bool>), SheetError> {
    let mut own: HashMap<u16, Shape> = HashMap::new();
    let (mut shapes, mut struck) = (Vec::new(), Vec::new());
    // Whether each font strikes its text through.
    let mut fonts: Vec<bool> = Vec::new();
    // Cells point into one of several lists of the same elements, and so does what is shown on a condition only.
    let (mut of_cells, mut of_fonts) = (false, false);
    let mut tags = Tags::new(part);
    while let Some(piece) = tags.piece()? {
        match piece {
            Piece::Start(tag) => {
                let number = |name: &str| tag.attribute(name).and_then(|id| id.parse::<u16>().ok());
                match tag.name {
                    b"numFmt" => {
                        if let Some((id, code)) = number("numFmtId").zip(tag.attribute("formatCode")) {
                            own.insert(id, Shape::of(&code));
                        }
                    }
                    b"fonts" => of_fonts = !tag.empty,
                    b"font" if of_fonts && fonts.len() < LISTED_MAX => fonts.push(false),
                    b"strike" if of_fonts => {
                        let off = matches!(tag.attribute("val").as_deref(), Some("0" | "false"));
                        fonts.last_mut().into_iter().for_each(|font| *font = !off);
                    }
                    b"cellXfs" => of_cells = !tag.empty,
                    b"xf" if of_cells && shapes.len() < LISTED_MAX => {
                        let shape = number("numFmtId").map(|id| own.get(&id).copied().unwrap_or_else(|| Shape::built_in(id)));
                        shapes.push(shape.unwrap_or_default());
                        struck.push(number("fontId").and_then(|font| fonts.get(usize::from(font))) == Some(&true));
                    }
                    _ => {}
                }
            }
            Piece::End(b"cellXfs") => of_cells = false,
            Piece::End(b"fonts") => of_fonts = false,
            _ => {}
        }
    }
    Ok((shapes, struck))
}

/// Most comments of a sheet that are read.
const COMMENTS_MAX: usize = 1_000;

/// What is written beside the cells of a sheet. The first line of a comment is often its writer's name and a colon.
fn comments(parts: &mut Parts<'_>, sheet: &str) -> Result<Vec<Noted>, SheetError> {
    let relations = relations(parts, sheet)?;
    let Some((_, name)) = relations.values().find(|(kind, _)| kind == "comments") else { return Ok(Vec::new()) };
    let Some(part) = parts.part(name)? else { return Ok(Vec::new()) };
    let (mut tags, mut text) = (Tags::new(part), worksheet::Rich::default());
    let (mut found, mut at) = (Vec::new(), None);
    while let Some(piece) = tags.piece()? {
        match piece {
            Piece::Start(tag) if tag.name == b"comment" => {
                text.clear();
                at = tag.attribute("ref").and_then(|place| cell_place(place.as_bytes()));
            }
            Piece::End(b"comment") => {
                let said = text.said().trim();
                let said = said.split_once([':', '：']).filter(|(who, _)| who.chars().count() <= 12).map_or(said, |(_, said)| said.trim());
                found.extend(at.take().filter(|_| !said.is_empty()).map(|at| (at, tidy(said).into_owned())));
            }
            piece => text.hear(&piece)?,
        }
        if found.len() >= COMMENTS_MAX {
            break;
        }
    }
    Ok(found)
}

/// A shared text as cells show it. One too long for a cell is refused where a cell shows it, and not looked at closely before.
fn tidied(said: &str) -> Text {
    if said.len() > CELL_MAX { said.into() } else { tidy(said).into() }
}

/// The shared texts.
fn texts(part: Part<'_>, watch: &mut Watch<'_>) -> Result<Vec<Text>, SheetError> {
    let mut tags = Tags::new(part);
    let mut texts = Vec::new();
    let mut text = worksheet::Rich::default();
    let mut bytes = 0;
    while let Some(piece) = tags.piece()? {
        match piece {
            Piece::Start(tag) if tag.name == b"si" && tag.empty => texts.push(Text::default()),
            Piece::End(b"si") => {
                bytes += text.said().len();
                texts.push(tidied(text.said()));
                text.clear();
                if texts.len().is_multiple_of(ROWS_BETWEEN) {
                    watch.unpacked(tags.source().far(), 0)?;
                }
            }
            piece => text.hear(&piece)?,
        }
        if texts.len() > STRINGS_MAX {
            return Err(SheetError::TooLarge { what: "shared texts", limit: STRINGS_MAX as u64 });
        }
        if bytes > STRINGS_BYTES {
            return Err(SheetError::TooLarge { what: "shared texts, bytes", limit: STRINGS_BYTES as u64 });
        }
    }
    Ok(texts)
}
