//! Roster workbooks, one a college, as a school would write them: every cell is text, so that no digit is lost.

use duihao::desk::rehearsal::{Day, Person};
use duihao::domain::text::Text;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Which columns the school gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// 序号 学号 姓名 性别 身份证号 考生号 学院 专业 班级 层次 是否缴费 备注
    School,
    /// 学号 姓名 证件号码 学院 专业 层次
    Graduates,
}

impl Columns {
    fn header(self) -> &'static [&'static str] {
        match self {
            Self::School => &["序号", "学号", "姓名", "性别", "身份证号", "考生号", "学院", "专业", "班级", "层次", "是否缴费", "备注"],
            Self::Graduates => &["学号", "姓名", "证件号码", "学院", "专业", "层次"],
        }
    }

    fn cells(self, place: usize, person: &Person) -> Vec<String> {
        let row = &person.row;
        let said = |field: &Option<Text>| field.as_deref().unwrap_or_default().to_owned();
        match self {
            Self::School => vec![
                place.to_string(),
                said(&row.student_no),
                said(&row.name),
                person.gender.to_owned(),
                said(&row.id_no),
                said(&row.exam_no),
                said(&row.college),
                said(&row.major),
                said(&row.class),
                said(&row.level),
                if person.has_paid() { "是" } else { "否" }.to_owned(),
                if person.is_exempt() { "免拍" } else { "" }.to_owned(),
            ],
            Self::Graduates => {
                vec![said(&row.student_no), said(&row.name), said(&row.id_no), said(&row.college), said(&row.major), said(&row.level)]
            }
        }
    }
}

/// A workbook whose bytes do not depend on the moment it is written.
pub fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2020, 9, 5)?));
    Ok(book)
}

/// A class name as a sheet name: without the characters that Excel forbids, 31 UTF-16 units at most.
pub fn sheet_name(class: &str) -> String {
    let mut units = 0;
    let kept: String = class
        .chars()
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { '_' } else { c })
        .take_while(|c| {
            units += c.len_utf16();
            units <= 31
        })
        .collect();
    kept.trim_matches('\'').to_owned()
}

/// File names and bytes, in the order in which the colleges come up in the schedule.
pub fn workbooks(day: &Day, columns: Columns) -> Result<Vec<(String, Vec<u8>)>, XlsxError> {
    let mut sources: Vec<&str> = Vec::new();
    for list in &day.lists {
        if !sources.contains(&list.source.as_str()) {
            sources.push(&list.source);
        }
    }
    let mut out = Vec::new();
    for source in sources {
        let mut book = workbook()?;
        for list in day.lists.iter().filter(|l| l.source == source) {
            let sheet = book.add_worksheet();
            sheet.set_name(sheet_name(&list.sheet))?;
            fill(sheet, list.title.as_deref(), columns, &day.people[list.people.clone()])?;
        }
        out.push((source.to_owned(), book.save_to_buffer()?));
    }
    Ok(out)
}

fn fill(sheet: &mut Worksheet, title: Option<&str>, columns: Columns, people: &[Person]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center);
    // 文本 as the number format: a spreadsheet leaves such cells alone when they are edited.
    let text = Format::new().set_num_format("@");
    let header = columns.header();
    let mut line = 0;
    if let Some(title) = title {
        sheet.merge_range(0, 0, 0, header.len() as u16 - 1, title, &bold)?;
        line = 1;
    }
    for (col, word) in (0..).zip(header) {
        sheet.write_string_with_format(line, col, *word, &bold)?;
        let wide = match *word {
            "身份证号" | "证件号码" => 21,
            "学院" | "专业" => 22,
            "学号" | "姓名" | "考生号" | "班级" => 16,
            _ => 8,
        };
        sheet.set_column_width(col, wide)?;
    }
    for (place, person) in people.iter().enumerate() {
        line += 1;
        for (col, cell) in (0..).zip(columns.cells(place + 1, person)) {
            if !cell.is_empty() {
                sheet.write_string_with_format(line, col, cell, &text)?;
            }
        }
    }
    Ok(())
}
