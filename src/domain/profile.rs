//! A person as all facts together tell: what lists say one after another, and what was corrected.

use super::event::Field;
use super::ids::PersonId;
use super::kept::Kept;
use super::person::{ListRow, Marks};
use super::text::Text;
use super::width;

/// Fewest characters of a 学号 at 登记: fewer are the last ones of it.
pub const SHORTEST_KEY: usize = 6;

/// True where what was given as 学号 is the number of an identity card.
fn is_document(code: &str) -> bool {
    let key = width::key(code);
    width::document_in(&key).is_some_and(|id| id == key)
}

/// One person as all facts together tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The id that speaks for them.
    pub id: PersonId,
    /// 学号
    pub student_no: Option<Text>,
    /// 姓名
    pub name: Text,
    /// Document.
    pub id_no: Option<Text>,
    /// 考生号
    pub exam_no: Option<Text>,
    /// 学院
    pub college: Option<Text>,
    /// 专业
    pub major: Option<Text>,
    /// 班级
    pub class: Option<Text>,
    /// 层次
    pub level: Option<Text>,
    /// Number printed beside the name.
    pub printed: Option<Text>,
    /// 免拍, 缴费 …
    pub marks: Marks,
    /// What lists say of them in columns that are kept.
    pub kept: Kept,
    /// On a list; false for someone only registered, or gone from the lists.
    pub listed: bool,
    /// Was on a list, and a person said that they are on it no longer.
    pub gone: bool,
    /// Position in list order.
    pub place: usize,
}

/// How 更正 writes whether something holds of a person.
pub(super) const YES: &str = "是";
pub(super) const NO: &str = "否";

/// What such a word says.
pub(super) fn said(word: &str) -> Option<bool> {
    match word {
        YES => Some(true),
        NO => Some(false),
        _ => None,
    }
}

impl Person {
    /// True where the person is outside 应到.
    pub fn excused(&self) -> bool {
        self.marks.exempt == Some(true) || self.marks.not_taking_part == Some(true)
    }

    /// By what they are called into a room: their class, or their major where no list tells a class.
    pub fn unit(&self) -> Option<&Text> {
        self.class.as_ref().or(self.major.as_ref())
    }

    /// Takes over whatever a list says.
    pub(super) fn overlay(&mut self, row: &ListRow) {
        let take = |slot: &mut Option<Text>, value: &Option<Text>| {
            if value.is_some() {
                slot.clone_from(value);
            }
        };
        take(&mut self.student_no, &row.student_no);
        take(&mut self.id_no, &row.id_no);
        take(&mut self.exam_no, &row.exam_no);
        take(&mut self.college, &row.college);
        take(&mut self.major, &row.major);
        take(&mut self.class, &row.class);
        take(&mut self.level, &row.level);
        take(&mut self.printed, &row.token);
        if let Some(name) = &row.name {
            self.name.clone_from(name);
        }
        self.marks.overlay(&row.marks);
        self.kept.overlay(&row.kept);
        self.listed = true;
    }

    /// What this one says, as a list would.
    pub fn as_row(&self) -> ListRow {
        ListRow {
            row: 0,
            student_no: self.student_no.clone(),
            name: Some(self.name.clone()).filter(|n| !n.is_empty()),
            id_no: self.id_no.clone(),
            exam_no: self.exam_no.clone(),
            college: self.college.clone(),
            major: self.major.clone(),
            class: self.class.clone(),
            level: self.level.clone(),
            token: self.printed.clone(),
            marks: self.marks.clone(),
            kept: self.kept.clone(),
        }
    }

    /// Changes one attribute.
    pub(super) fn correct(&mut self, field: Field, new: &str) {
        let value = (!new.is_empty()).then(|| Text::from(new));
        match field {
            Field::StudentNo => self.student_no = value,
            Field::Name => self.name = new.into(),
            Field::IdNo => self.id_no = value,
            Field::ExamNo => self.exam_no = value,
            Field::Class => self.class = value,
            Field::Exempt => self.marks.exempt = said(new).or(self.marks.exempt),
        }
    }

    /// The value of a field that can be corrected.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::StudentNo => self.student_no.as_deref().unwrap_or(""),
            Field::Name => &self.name,
            Field::IdNo => self.id_no.as_deref().unwrap_or(""),
            Field::ExamNo => self.exam_no.as_deref().unwrap_or(""),
            Field::Class => self.class.as_deref().unwrap_or(""),
            Field::Exempt => self.marks.exempt.map_or("", |exempt| if exempt { YES } else { NO }),
        }
    }

    /// Someone on no list, as registered.
    pub(super) fn registered(id: PersonId, code: Option<&str>, name: &str, class: Option<&str>, place: usize) -> Self {
        Self {
            id,
            place,
            name: name.into(),
            // Fewer characters than that are the last ones of a number, no key.
            student_no: code.filter(|c| c.chars().count() >= SHORTEST_KEY && !is_document(c)).map(|c| width::key(c).into()),
            id_no: code.filter(|c| is_document(c)).map(|c| width::key(c).into()),
            class: class.map(Text::from),
            ..Person::default()
        }
    }
}
