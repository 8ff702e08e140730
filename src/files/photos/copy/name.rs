//! Name templates (`{class}/{id_no}.jpg`): read once, filled for every person, safe on every disk.

use chrono::NaiveDate;

use super::error::CopyError;
use crate::domain::width;

/// Longest name of one file or folder in bytes; Linux takes 255.
const LONGEST_NAME: usize = 200;
/// Longest path below the folder in UTF-16 units; Windows takes 260 with the folder.
const LONGEST_PATH: usize = 200;
/// Names that Windows keeps for devices, whatever the suffix.
const DEVICES: [&str; 7] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

/// What a name can be made of; `None` or empty where it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// 身份证号
    pub id_no: Option<String>,
    /// 学号
    pub student_no: Option<String>,
    /// 拍摄序号
    pub token: Option<String>,
    /// 姓名
    pub name: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// 学院
    pub college: Option<String>,
    /// 采集点 as shown.
    pub room: Option<String>,
    /// Day of the session.
    pub date: Option<NaiveDate>,
}

/// A field of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    IdNo,
    StudentNo,
    Token,
    Name,
    Class,
    College,
    Room,
    Date,
}

impl Field {
    const ALL: [Self; 8] = [Self::IdNo, Self::StudentNo, Self::Token, Self::Name, Self::Class, Self::College, Self::Room, Self::Date];

    fn word(self) -> &'static str {
        match self {
            Self::IdNo => "id_no",
            Self::StudentNo => "student_no",
            Self::Token => "token",
            Self::Name => "name",
            Self::Class => "class",
            Self::College => "college",
            Self::Room => "room",
            Self::Date => "date",
        }
    }

    /// The value with only signs that a name may hold; `None` where nothing of it is left.
    fn value(self, fields: &Fields) -> Option<String> {
        let text = match self {
            Self::IdNo => fields.id_no.as_deref(),
            Self::StudentNo => fields.student_no.as_deref(),
            Self::Token => fields.token.as_deref(),
            Self::Name => fields.name.as_deref(),
            Self::Class => fields.class.as_deref(),
            Self::College => fields.college.as_deref(),
            Self::Room => fields.room.as_deref(),
            Self::Date => return fields.date.map(|d| d.to_string()),
        }?;
        let safe: String = width::clean(text, false).trim().chars().map(|c| if is_forbidden(c) { '_' } else { c }).collect();
        // Dots alone would name the folder itself or the one above.
        (!safe.chars().all(|c| c == '.' || c.is_whitespace())).then_some(safe)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

/// A template as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Folders and, last, the file.
    levels: Vec<Vec<Piece>>,
    /// The file's name brings its own suffix.
    has_suffix: bool,
}

/// Why a name could not be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// This field is not known.
    Lacks(&'static str),
    /// The name is longer than disks take; its beginning.
    TooLong(String),
}

impl Template {
    /// Reads a template: text, `{field}` and `/` between folders.
    ///
    /// # Errors
    /// [`CopyError::UnknownField`], [`CopyError::Brace`], [`CopyError::Sign`] or [`CopyError::Outside`].
    pub fn read(text: &str) -> Result<Self, CopyError> {
        if text.chars().count() > 2 * LONGEST_PATH {
            return Err(CopyError::Outside(text.chars().take(40).chain(['…']).collect()));
        }
        let mut levels = Vec::new();
        // No field holds a slash, so the folders can be told apart first.
        for level in text.split('/') {
            let pieces = pieces(level)?;
            let only_text = pieces.iter().all(|p| matches!(p, Piece::Text(_)));
            let blank = level.chars().all(|c| c == '.' || c.is_whitespace());
            if pieces.is_empty() || only_text && blank {
                return Err(CopyError::Outside(width::clean(text, false)));
            }
            levels.push(pieces);
        }
        let has_suffix = match levels.last().and_then(|l| l.last()) {
            Some(Piece::Text(tail)) => has_suffix(tail),
            _ => false,
        };
        Ok(Self { levels, has_suffix })
    }

    /// The path below the folder for this person, with `/`; `suffix` is the original's (`JPG`), taken where the template has none.
    ///
    /// # Errors
    /// [`Unfit`] where a field is not known or the name gets too long.
    pub fn fill(&self, fields: &Fields, suffix: Option<&str>) -> Result<String, Unfit> {
        let mut path = String::new();
        for (at, level) in self.levels.iter().enumerate() {
            let mut name = String::new();
            for piece in level {
                match piece {
                    Piece::Text(text) => name.push_str(text),
                    Piece::Field(field) => name.push_str(&field.value(fields).ok_or(Unfit::Lacks(field.word()))?),
                }
            }
            if at + 1 == self.levels.len()
                && !self.has_suffix
                && let Some(suffix) = suffix
            {
                name = format!("{}.{suffix}", name.trim_end_matches(['.', ' ']));
            }
            let name = safe(&name);
            if name.len() > LONGEST_NAME {
                return Err(Unfit::TooLong(name.chars().take(40).collect()));
            }
            if at > 0 {
                path.push('/');
            }
            path.push_str(&name);
        }
        if path.encode_utf16().count() > LONGEST_PATH {
            return Err(Unfit::TooLong(path.chars().take(40).collect()));
        }
        Ok(path)
    }
}

/// A name as disks compare it that do not tell capital from small letters.
pub fn folded(file: &str) -> String {
    file.to_uppercase().to_lowercase()
}

/// The suffix of an original, where it has a plausible one.
pub fn suffix_of(name: &str) -> Option<&str> {
    let (stem, suffix) = name.rsplit_once('.')?;
    (!stem.is_empty() && is_suffix(suffix)).then_some(suffix)
}

fn pieces(level: &str) -> Result<Vec<Piece>, CopyError> {
    let mut pieces = Vec::new();
    let mut rest = level;
    while !rest.is_empty() {
        let Some(brace) = rest.find(['{', '}']) else {
            pieces.push(literal(rest)?);
            break;
        };
        if brace > 0 {
            pieces.push(literal(&rest[..brace])?);
        }
        let from = &rest[brace..];
        let unpaired = || CopyError::Brace(width::clean(from, false));
        let inner = from.strip_prefix('{').ok_or_else(unpaired)?;
        let end = inner.find(['{', '}']).filter(|i| inner[*i..].starts_with('}')).ok_or_else(unpaired)?;
        let word = inner[..end].trim();
        let field = Field::ALL.into_iter().find(|f| f.word() == word);
        pieces.push(Piece::Field(field.ok_or_else(|| CopyError::UnknownField(width::clean(word, false)))?));
        rest = &inner[end + 1..];
    }
    Ok(pieces)
}

fn literal(text: &str) -> Result<Piece, CopyError> {
    match text.chars().find(|c| is_forbidden(*c) || width::clean(&c.to_string(), false).is_empty()) {
        Some(c) => Err(CopyError::Sign(c)),
        None => Ok(Piece::Text(text.to_owned())),
    }
}

fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '\u{2028}' | '\u{2029}')
}

fn has_suffix(tail: &str) -> bool {
    tail.rsplit_once('.').is_some_and(|(_, suffix)| is_suffix(suffix))
}

fn is_suffix(suffix: &str) -> bool {
    (1..=5).contains(&suffix.len()) && suffix.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A name that every disk takes as it stands.
fn safe(name: &str) -> String {
    // Windows drops dots and blanks at the end, others hide what begins with a dot, and a spreadsheet hides an apostrophe at the front.
    let mut name = name.trim_end_matches(['.', ' ', '\u{a0}', '\u{3000}']).trim_start().to_owned();
    if name.starts_with(['.', '\'']) {
        name.replace_range(..1, "_");
    }
    let stem = name.split('.').next().unwrap_or("");
    if is_device(stem.trim_end()) {
        let end = stem.len();
        name.insert(end, '_');
    }
    name
}

fn is_device(stem: &str) -> bool {
    let stem = stem.to_uppercase();
    let numbered = ["COM", "LPT"].iter().find_map(|d| stem.strip_prefix(d));
    DEVICES.contains(&stem.as_str())
        || numbered.is_some_and(|n| matches!(n, "¹" | "²" | "³") || n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Fields {
        Fields {
            id_no: Some("33252219990101123x".into()),
            student_no: Some("20171234".into()),
            token: Some("0001A".into()),
            name: Some("张三".into()),
            class: Some("电商171班".into()),
            college: Some("商学院".into()),
            room: Some("7-115".into()),
            date: NaiveDate::from_ymd_opt(2020, 9, 13),
        }
    }

    fn filled(template: &str, fields: &Fields) -> String {
        Template::read(template).unwrap().fill(fields, Some("JPG")).unwrap()
    }

    #[test]
    fn every_field_has_its_word() {
        assert_eq!(filled("{class}/{id_no}.jpg", &person()), "电商171班/33252219990101123x.jpg");
        assert_eq!(
            filled("{college}/{room}/{date}/{token}_{student_no}-{name}.jpg", &person()),
            "商学院/7-115/2020-09-13/0001A_20171234-张三.jpg"
        );
    }

    #[test]
    fn the_suffix_is_the_originals_where_the_template_has_none() {
        assert_eq!(filled("{student_no}", &person()), "20171234.JPG");
        assert_eq!(filled("{class}/v1.{student_no}", &person()), "电商171班/v1.20171234.JPG");
        assert_eq!(Template::read("{token}").unwrap().fill(&person(), None).unwrap(), "0001A");
        assert_eq!(suffix_of("DSC_0001.JPG"), Some("JPG"));
        assert_eq!(suffix_of(".jpg"), None);
        assert_eq!(suffix_of("a.b c"), None);
    }

    #[test]
    fn a_wrong_template_says_what_is_wrong() {
        let error = |t: &str| Template::read(t).unwrap_err().to_string();
        assert!(error("{idno}.jpg").contains("{idno}"));
        assert!(error("{id_no.jpg").contains("{id_no.jpg"));
        assert!(error("id_no}.jpg").contains("}.jpg"));
        assert!(error("{{id_no}}").contains("{{id_no}}"));
        assert!(error("{}.jpg").contains("{}"));
        assert!(matches!(Template::read("a:b"), Err(CopyError::Sign(':'))));
        assert!(matches!(Template::read("a\\{name}"), Err(CopyError::Sign('\\'))));
        for outside in ["", "/{name}", "../{name}", "a//{name}", "{class}/", " /{name}", "{class}/./x"] {
            assert!(matches!(Template::read(outside), Err(CopyError::Outside(_))), "{outside}");
        }
    }

    #[test]
    fn names_are_safe_on_every_disk() {
        let with = |name: &str| filled("{name}", &Fields { name: Some(name.into()), ..Fields::default() });
        assert_eq!(with("a/b\\c:d*e?f\"g<h>i|j"), "a_b_c_d_e_f_g_h_i_j.JPG");
        assert_eq!(with("../../etc"), "_._.._etc.JPG");
        assert_eq!(with("con"), "con_.JPG");
        assert_eq!(with("NUL.txt"), "NUL_.txt.JPG");
        assert_eq!(with("LPT9"), "LPT9_.JPG");
        assert_eq!(with("com10"), "com10.JPG");
        assert_eq!(with("尾点. ."), "尾点.JPG");
        assert_eq!(with("换\n行\u{1b}[31m\u{202e}"), "换行[31m.JPG");
        assert_eq!(with("'=1"), "_=1.JPG");
        let folder =
            |class: &str| filled("{class}/{name}.jpg", &Fields { class: Some(class.into()), name: Some("x".into()), ..Fields::default() });
        assert_eq!(folder("电商 171. "), "电商 171/x.jpg");
        assert_eq!(folder("aux"), "aux_/x.jpg");
    }

    #[test]
    fn what_is_not_known_and_what_is_too_long_is_refused() {
        let template = Template::read("{class}/{id_no}.jpg").unwrap();
        assert_eq!(template.fill(&Fields { class: Some("c".into()), ..Fields::default() }, None), Err(Unfit::Lacks("id_no")));
        assert_eq!(
            template.fill(&Fields { class: Some(" .. ".into()), id_no: Some("1".into()), ..person() }, None),
            Err(Unfit::Lacks("class"))
        );
        let long = Fields { class: Some("纺".repeat(70)), ..person() };
        assert!(matches!(template.fill(&long, None), Err(Unfit::TooLong(_))));
    }
}
