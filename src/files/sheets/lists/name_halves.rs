//! Names in two columns: the family name in one, the given name in the other.

use super::super::columns::{Column, Header, header_key};

/// `Surname | Given Name`, `姓 | 名`: the column of the family name, where the name is in two.
pub fn family_name(headers: &[Header]) -> Option<u32> {
    let name = headers.iter().find(|h| h.column == Some(Column::Name))?;
    let given = GIVEN_NAMES.contains(&header_key(&name.text).as_str());
    let family = headers.iter().find(|h| h.column.is_none() && FAMILY_NAMES.contains(&header_key(&h.text).as_str()));
    family.filter(|_| given).map(|h| h.col)
}

/// Headers of the two halves of a name.
pub const FAMILY_NAMES: [&str; 7] = ["SURNAME", "FAMILYNAME", "LASTNAME", "姓", "姓氏", "护照姓", "英文姓"];
/// The same of the other half.
pub const GIVEN_NAMES: [&str; 7] = ["GIVENNAME", "GIVENNAMES", "FIRSTNAME", "名", "护照名", "英文名", "FORENAME"];
