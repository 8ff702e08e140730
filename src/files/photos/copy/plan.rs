//! What is to be copied to which name: worked out and refused before anything is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::{Collision, CopyError, Lack};
use super::manifest::{self, MANIFEST};
use super::name::{Fields, Template, Unfit, folded, suffix_of};
use crate::domain::person::mask;

/// A picture that may leave, and whose it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The original on disk.
    pub source: PathBuf,
    /// The same as it is called everywhere else: path below the folder that was read, with `/`.
    pub photo: String,
    /// What its name can be made of.
    pub fields: Fields,
    /// 依据 in the words of the report.
    pub method: String,
    /// 把握: posterior, 0–1.
    pub posterior: Option<f64>,
    /// 状态 in the words of the report.
    pub status: String,
    /// SHA-256 of the original as it was looked at, hex, where it was: another one now is refused.
    pub sha256: Option<String>,
}

impl Row {
    /// By what the person is named in refusals: 学号, else the number, else the picture.
    pub fn who(&self) -> String {
        let known = [&self.fields.student_no, &self.fields.token].into_iter().flatten().find(|k| !k.trim().is_empty());
        known.unwrap_or(&self.photo).clone()
    }
}

/// One picture of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The original on disk.
    pub source: PathBuf,
    /// Its new path below the folder, with `/`.
    pub file: String,
    /// SHA-256 that it must have, hex, where known.
    pub sha256: Option<String>,
    /// Its line of the manifest; the hash is found out when it is copied.
    pub line: manifest::Line,
}

/// What is to be copied, every name distinct and safe.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The pictures in the order of the rows.
    items: Vec<Item>,
    /// Folders that are read for photographs: no copy may lie in one.
    pub(super) read: Vec<PathBuf>,
    /// Which copy this is: equal where the same pictures get the same names.
    identity: String,
}

impl Plan {
    /// The same plan, to lie in none of these folders: the next reading would take the copies for new pictures.
    #[must_use]
    pub fn away_from(mut self, read: impl IntoIterator<Item = PathBuf>) -> Self {
        self.read = read.into_iter().collect();
        self
    }

    /// The pictures in the order of the rows.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Which copy this is: equal where the same pictures get the same names.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// How many pictures.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True where there is nothing to copy.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// Gives every picture its name by the template.
///
/// # Errors
/// The template's own, [`CopyError::Lacks`], [`CopyError::TooLong`], [`CopyError::SharedPicture`] and [`CopyError::Collides`], with all who are concerned.
pub fn plan(rows: &[Row], template: &str) -> Result<Plan, CopyError> {
    let template = Template::read(template)?;
    if let Some(shared) = several(rows.iter().map(|r| (picture_key(&r.source), r.photo.clone(), r.who()))) {
        return Err(CopyError::SharedPicture(shared));
    }
    let mut items = Vec::with_capacity(rows.len());
    let mut lacks = Vec::new();
    for row in rows {
        let name = row.source.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        match template.fill(&row.fields, suffix_of(&name)) {
            Ok(file) => items.push(item(row, file)),
            Err(Unfit::Lacks(field)) => lacks.push(Lack { who: row.who(), field }),
            Err(Unfit::TooLong(file)) => return Err(CopyError::TooLong { who: row.who(), file }),
        }
    }
    if !lacks.is_empty() {
        return Err(CopyError::Lacks(lacks));
    }
    let named = items.iter().zip(rows).map(|(i, r)| (folded(&i.file), i.file.clone(), r.who()));
    // The manifest has its name, and no folder may take it either.
    let own = items.iter().zip(rows).filter(|(i, _)| is_ours(&i.file)).map(|(i, r)| (folded(MANIFEST), i.file.clone(), r.who()));
    let reserved = std::iter::once((folded(MANIFEST), MANIFEST.to_owned(), MANIFEST.to_owned()));
    if let Some(collisions) = several(named.filter(|(key, _, _)| !is_ours(key)).chain(reserved).chain(own)) {
        // One person twice is no matter of names.
        let same = |c: &Collision| c.who.iter().all(|who| *who == c.who[0]);
        if collisions.iter().all(same) {
            let place =
                |r: &Row| [r.fields.room.clone(), r.fields.date.map(|d| d.to_string())].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let rooms = |who: &str| rows.iter().filter(|r| r.who() == who).map(place).collect::<Vec<_>>();
            let twice = |c: Collision| Collision { who: rooms(&c.who[0]), file: c.who[0].clone() };
            return Err(CopyError::TwoRooms(collisions.into_iter().map(twice).collect()));
        }
        return Err(CopyError::Collides(collisions));
    }
    let identity = manifest::identity(items.iter().map(|i| (i.line.photo.as_str(), i.file.as_str())));
    Ok(Plan { items, read: Vec::new(), identity })
}

fn item(row: &Row, file: String) -> Item {
    let line = manifest::Line {
        hash: String::new(),
        photo: row.photo.clone(),
        student_no: row.fields.student_no.clone(),
        name: row.fields.name.clone(),
        id_no: row.fields.id_no.as_deref().map(mask),
        file: file.clone(),
        method: row.method.clone(),
        posterior: row.posterior,
        status: row.status.clone(),
    };
    Item { source: row.source.clone(), file, sha256: row.sha256.clone(), line }
}

fn is_ours(file: &str) -> bool {
    folded(file.split('/').next().unwrap_or("")) == folded(MANIFEST)
}

fn picture_key(source: &Path) -> String {
    // Not folded: two originals may well differ in case alone.
    source.to_string_lossy().into_owned()
}

/// The keys that several have: key, what is shown, who.
fn several(named: impl Iterator<Item = (String, String, String)>) -> Option<Vec<Collision>> {
    let mut by_key: BTreeMap<String, Collision> = BTreeMap::new();
    for (key, file, who) in named {
        by_key.entry(key).or_insert_with(|| Collision { file, who: Vec::new() }).who.push(who);
    }
    let several: Vec<Collision> = by_key.into_values().filter(|c| c.who.len() > 1).collect();
    (!several.is_empty()).then_some(several)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(photo: &str, student_no: &str) -> Row {
        let fields = Fields { student_no: Some(student_no.into()), token: Some("0001A".into()), ..Fields::default() };
        Row { source: Path::new("/p").join(photo), photo: photo.into(), fields, ..Row::default() }
    }

    #[test]
    fn two_people_never_get_one_name_whatever_the_case() {
        let rows = [row("1.jpg", "ab1"), row("2.jpg", "AB1"), row("3.jpg", "c")];
        let Err(CopyError::Collides(found)) = plan(&rows, "{student_no}") else { panic!() };
        assert_eq!(found, [Collision { file: "ab1.jpg".into(), who: vec!["ab1".into(), "AB1".into()] }]);
        let Err(CopyError::Collides(found)) = plan(&rows, "same.jpg") else { panic!() };
        assert_eq!(found[0].who.len(), 3);
        let names: Vec<String> = plan(&rows[1..], "x/{student_no}").unwrap().items().iter().map(|i| i.file.clone()).collect();
        assert_eq!(names, ["x/AB1.jpg", "x/c.jpg"]);
    }

    #[test]
    fn one_person_with_a_picture_in_two_rooms_is_named_with_both() {
        let mut rows = [row("1.jpg", "ab1"), row("2.jpg", "ab1"), row("3.jpg", "c")];
        (rows[0].fields.room, rows[1].fields.room) = (Some("101".into()), Some("102".into()));
        let Err(CopyError::TwoRooms(found)) = plan(&rows, "{student_no}") else { panic!() };
        assert_eq!(found, [Collision { file: "ab1".into(), who: vec!["101".into(), "102".into()] }]);
    }

    #[test]
    fn nobody_takes_the_name_of_the_manifest() {
        for template in ["清单.csv", "清单.CSV/{token}.jpg"] {
            assert!(matches!(plan(&[row("1.jpg", "a")], template), Err(CopyError::Collides(_))), "{template}");
        }
    }

    #[test]
    fn one_picture_never_leaves_as_two_peoples() {
        let rows = [row("1.jpg", "a"), row("1.jpg", "b")];
        let Err(CopyError::SharedPicture(shared)) = plan(&rows, "{student_no}") else { panic!() };
        assert_eq!(shared, [Collision { file: "1.jpg".into(), who: vec!["a".into(), "b".into()] }]);
    }

    #[test]
    fn whoever_lacks_a_field_is_named_by_number_and_all_are() {
        let mut rows = vec![row("1.jpg", "a"), row("2.jpg", "b"), row("3.jpg", "")];
        rows[0].fields.id_no = Some("1".into());
        let Err(CopyError::Lacks(lacks)) = plan(&rows, "{id_no}.jpg") else { panic!() };
        assert_eq!(lacks, [Lack { who: "b".into(), field: "id_no" }, Lack { who: "0001A".into(), field: "id_no" }]);
    }

    #[test]
    fn the_same_copy_has_the_same_identity_and_another_has_not() {
        let rows = [row("1.jpg", "a"), row("2.jpg", "b")];
        let id = |rows: &[Row], t: &str| plan(rows, t).unwrap().identity().to_owned();
        let turned = [rows[1].clone(), rows[0].clone()];
        assert_eq!(id(&rows, "{student_no}.jpg"), id(&turned, "{student_no}"));
        assert_ne!(id(&rows, "{student_no}"), id(&rows, "x{student_no}"));
        assert_ne!(id(&rows, "{student_no}"), id(&rows[..1], "{student_no}"));
    }
}
