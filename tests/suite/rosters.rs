//! Class lists and marks in every layout that offices invent: columns corrected by a person, every row accounted for.

use std::collections::BTreeSet;

use duihao::domain::intake::{IntakeCode, Nobody, Severity};
use duihao::domain::person::Marks;
use duihao::domain::roster::{Roster, Sources};
use duihao::files::sheets::columns::Column;
use duihao::files::sheets::lists::mapping::{Given, Reason};
use duihao::files::sheets::lists::marks_in::{self, MarksOptions};
use duihao::files::sheets::lists::roster_in::{self, RosterOptions};
use duihao::files::sheets::lists::shapes;
use duihao::files::sheets::opening;
use proptest::prelude::*;

fn corrected(text: &str) -> RosterOptions {
    RosterOptions { columns: Given::parse(text).unwrap(), ..RosterOptions::default() }
}

#[test]
fn columns_are_told_with_reasons_and_a_correction_is_remembered_by_the_header_set() {
    let text = "工号,称呼,地方,电话\nA1001,阿强,一区,1\nA1002,阿珍,一区,2\n";
    let columns = &roster_in::columns(text.as_bytes(), "x.csv", &RosterOptions::default()).unwrap()[0];
    assert_eq!((columns.header_row, columns.key.as_str()), (None, ""));
    let given = corrected("学号=工号,姓名=称呼,班级=C");
    let columns = &roster_in::columns(text.as_bytes(), "x.csv", &given).unwrap()[0];
    assert_eq!((columns.header_row, columns.key.as_str()), (Some(1), "工号|称呼|地方|电话"));
    let told: Vec<_> = columns.list.iter().map(|g| (g.letter.as_str(), g.column, g.reason)).collect();
    let wanted = [
        ("A", Some(Column::StudentNo), Reason::Given),
        ("B", Some(Column::Name), Reason::Given),
        ("C", Some(Column::Class), Reason::Given),
        ("D", Some(Column::Dropped), Reason::Header),
    ];
    assert_eq!(told, wanted);
    assert_eq!(columns.list[1].values, ["阿强", "阿珍"]);
    // What was decided is said again by itself.
    let again = RosterOptions { columns: columns.given(), ..RosterOptions::default() };
    let draft = roster_in::read(text.as_bytes(), "x.csv", &again).unwrap();
    let rows: Vec<_> = draft.content[0].rows.iter().map(|r| (r.student_no.as_deref(), r.name.as_deref(), r.class.as_deref())).collect();
    assert_eq!(rows, [(Some("A1001"), Some("阿强"), Some("一区")), (Some("A1002"), Some("阿珍"), Some("一区"))]);
}

#[test]
fn a_list_that_nobody_could_read_is_asked_about_and_read_once_explained() {
    let text = "2017010101,王芳,李雷\n2017010102,李雷,韩梅梅\n2017010103,韩梅梅,赵敏\n";
    let asked = roster_in::read(text.as_bytes(), "x.csv", &RosterOptions::default()).unwrap();
    let error = asked.findings.iter().find(|f| f.severity == Severity::Error).unwrap();
    assert_eq!((error.code, error.args.as_slice()), (IntakeCode::MissingColumn, ["姓名".to_owned()].as_slice()));
    let told = roster_in::read(text.as_bytes(), "x.csv", &corrected("学号=A,姓名=B,不取=C")).unwrap();
    assert!(told.findings.iter().all(|f| f.severity == Severity::Info), "{:?}", told.findings);
    assert_eq!(told.content[0].rows[2].name.as_deref(), Some("韩梅梅"));
}

#[test]
fn people_side_by_side_are_several_lists_so_that_nobody_shares_an_identity() {
    let text = "学号,姓名,学号,姓名\n2017010101,王芳,2017010102,李雷\n2017010103,韩梅梅,2017010101,赵敏\n";
    let draft = roster_in::read(text.as_bytes(), "x.csv", &RosterOptions::default()).unwrap();
    let names: Vec<&str> = draft.content.iter().map(|l| l.sheet.as_str()).collect();
    assert_eq!(names, ["", "!C"]);
    let twice = draft.findings.iter().find(|f| f.code == IntakeCode::DuplicateStudentNo).unwrap();
    assert_eq!((twice.cell.as_deref(), twice.others.as_slice()), (Some("A2"), ["3".to_owned()].as_slice()));
    let ids: BTreeSet<_> = draft.content.iter().flat_map(|l| l.rows.iter().map(|r| l.person(r))).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_mark_by_name_and_class_reaches_the_one_person_and_never_one_of_two() {
    let list = "学号,姓名,班级\n1001,王芳,电商171\n1002,李雷,电商171\n1003,李雷,电商171\n1004,王芳,国贸171\n";
    let lists = roster_in::read(list.as_bytes(), "l.csv", &RosterOptions::default()).unwrap().content;
    let marks = "姓名,班级,免拍\n王 芳,电商 171班,是\n李雷,电商171,是\n".as_bytes();
    let marks = marks_in::read(marks, "m.csv", &MarksOptions::default()).unwrap().content;
    let roster = Roster::of(&Sources { lists: lists.iter().collect(), marks: marks.iter().collect(), ..Sources::default() });
    let exempt: Vec<_> = roster.people().filter(|p| p.marks.exempt == Some(true)).map(|p| p.student_no.as_deref().unwrap()).collect();
    assert_eq!(exempt, ["1001"]);
}

#[test]
fn marks_say_batch_abroad_and_document_and_report_what_they_cannot_read() {
    let text = "学号,毕业批次,境外,证件类型,学籍状态\n1001,2021年12月,是,护照,延长学制一年\n1002,待定,国内,居民身份证,奇怪\n";
    let draft = marks_in::read(text.as_bytes(), "m.csv", &MarksOptions::default()).unwrap();
    let first = Marks {
        batch: Some("2021年12月".into()),
        abroad: Some(true),
        document: Some("护照".into()),
        status: Some("延长学制一年".into()),
        ..Marks::default()
    };
    let second = Marks { abroad: Some(false), status: Some("奇怪".into()), ..Marks::default() };
    assert_eq!(draft.content[0].rows.iter().map(|r| r.marks.clone()).collect::<Vec<_>>(), [first, second]);
    let said: Vec<_> = draft.findings.iter().map(|f| format!("{:?} {}", f.code, f.cell.clone().unwrap())).collect();
    assert_eq!(said, ["RowNotUnderstood B3", "RowNotUnderstood E3"]);
}

/// Cells of real lists, and things that stand between people.
fn cell() -> impl Strategy<Value = String> {
    let pieces = [
        "",
        "",
        "",
        "学号",
        "姓名",
        "班级",
        "序号",
        "身份证号",
        "王芳",
        "李雷",
        "张三（休学）",
        "王 芳",
        "2017010101",
        "2017010102",
        "Z2017A01",
        "330102199901010026",
        "3.3E+17",
        "电商171",
        "电商171班（32人）",
        "商学院",
        "合计",
        "合计：32人",
        "共32人",
        "注：以上",
        "制表人：王芳",
        "第1页",
        "男",
        "是",
        "免拍",
        "1",
        "2",
        "〃",
        "同上",
        "无",
        "2017010102 李雷 电商171 学号姓名都写在同一格里面了",
        "班级：",
        "说明",
        "〇",
        "阿卜杜·热合曼",
        "13812345678",
        "JOHN",
        "-",
    ];
    proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn every_row_of_a_list_is_somebody_or_reported_or_plainly_nobody(
        head in proptest::sample::select(vec!["学号,姓名,班级", "序号,学号,姓名,学号,姓名", "姓名,身份证号", "班级,学号,姓名,备注"]),
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 1..6), 0..14),
    ) {
        let text = std::iter::once(head.to_owned()).chain(rows.iter().map(|r| r.join(","))).collect::<Vec<_>>().join("\n");
        let draft = roster_in::read(text.as_bytes(), "x.csv", &RosterOptions::default()).unwrap();
        let account = &draft.account;
        let grid = &opening::grids(text.as_bytes()).unwrap()[0];
        let taken: BTreeSet<u32> = draft.content.iter().flat_map(|l| l.rows.iter().map(|r| r.row)).collect();
        let said: BTreeSet<u32> = draft.findings.iter().flat_map(|f| f.row.into_iter().chain(f.others.iter().filter_map(|o| o.parse().ok()))).collect();
        let nobody: BTreeSet<u32> = account.skipped.iter().map(|s| s.row).collect();
        let copies: BTreeSet<u32> = account.skipped.iter().filter(|s| s.why == Nobody::Copy).map(|s| s.row).collect();
        let first = roster_in::columns_of(grid, &[]).header_row.unwrap();
        for row in grid.rows.iter().filter(|r| r.number > first) {
            prop_assert!(taken.contains(&row.number) || said.contains(&row.number) || nobody.contains(&row.number), "row {} of\n{text}\n{draft:?}", row.number);
            // Whoever is nobody has no number that could be a key, unless they stand on another row too.
            if nobody.contains(&row.number) && !copies.contains(&row.number) {
                prop_assert!(!row.cells.iter().any(|c| shapes::is_id(&c.text) || c.text.starts_with("2017")), "row {} of\n{text}", row.number);
            }
        }
        prop_assert_eq!(account.taken, taken.len());
    }
}

#[test]
fn a_row_of_somebodys_number_is_no_sum_whatever_stands_behind_it() {
    let text = "学号,姓名,班级\n说明,学号\n2017010102 李雷 电商171 学号姓名都写在同一格里面了,班级：,共32人\n";
    let draft = roster_in::read(text.as_bytes(), "x.csv", &RosterOptions::default()).unwrap();
    assert!(draft.findings.iter().any(|f| f.row == Some(3)), "{:?}", draft.findings);
    assert!(draft.account.skipped.iter().all(|s| s.row != 3), "{:?}", draft.account);
}

mod workbooks {
    use rust_xlsxwriter::{Format, Workbook};

    fn save(mut book: Workbook, name: &str) {
        let bytes = book.save_to_buffer().unwrap();
        std::fs::write(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/intake").join(name), bytes).unwrap();
    }

    #[test]
    #[ignore = "writes the workbooks of the corpus that only a program can write"]
    fn write_the_workbooks_of_the_corpus() {
        let plain = Format::new();
        let mut book = Workbook::new();
        for (class, people) in [("电商171", ["2017010101 王芳", "2017010102 李雷"]), ("国贸171班", ["2017010201 赵敏", "2017010202 孙立"])]
        {
            let sheet = book.add_worksheet().set_name(class).unwrap();
            sheet.merge_range(0, 0, 0, 2, "商学院毕业生名单", &plain).unwrap();
            sheet.write_row(1, 0, ["序号", "学号", "姓名"]).unwrap();
            for (at, person) in (2u32..).zip(people) {
                let (number, name) = person.split_once(' ').unwrap();
                sheet.write(at, 0, at - 1).unwrap().write(at, 1, number).unwrap().write(at, 2, name).unwrap();
            }
            sheet.merge_range(4, 0, 4, 2, "班主任签字：", &plain).unwrap();
        }
        save(book, "roster-sheet-per-class.xlsx");

        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["学院", "班级", "学号", "姓名"]).unwrap();
        sheet.merge_range(1, 0, 4, 0, "商学院", &plain).unwrap();
        sheet.merge_range(1, 1, 2, 1, "电商171", &plain).unwrap();
        sheet.merge_range(3, 1, 4, 1, "国贸171", &plain).unwrap();
        for (at, (number, name)) in
            (1u32..).zip([(2_017_010_101u32, "王芳"), (2_017_010_102, "李雷"), (2_017_010_201, "赵敏"), (2_017_010_202, "孙立")])
        {
            sheet.write(at, 2, number).unwrap().write(at, 3, name).unwrap();
        }
        save(book, "roster-merged-down.xlsx");

        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("名单").unwrap();
        let zeros = Format::new().set_num_format("0000000000");
        sheet.write_row(0, 0, ["学号", "姓名", "身份证号"]).unwrap();
        sheet.write_with_format(1, 0, 117_010_101, &zeros).unwrap().write(1, 1, "王芳").unwrap().write(1, 2, "330102199901010026").unwrap();
        sheet.write(2, 0, "0117010102").unwrap().write(2, 1, "李雷").unwrap().write(2, 2, 330_102_199_901_010_034_f64).unwrap();
        save(book, "roster-numbers-by-excel.xlsx");

        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("电商171").unwrap();
        sheet.merge_range(0, 0, 0, 3, "学生信息", &plain).unwrap().merge_range(0, 4, 0, 5, "采集信息", &plain).unwrap();
        sheet.write_row(1, 0, ["序号", "学号", "姓名", "性别", "缴费", "签名"]).unwrap();
        sheet.write_row(2, 0, ["1", "2017010101", "王芳", "女", "√", ""]).unwrap();
        sheet.merge_range(3, 0, 3, 5, "以下为延期毕业学生", &plain).unwrap();
        sheet.write_row(4, 0, ["2", "2016010199", "李雷", "男", "", ""]).unwrap();
        save(book, "roster-grouped-header.xlsx");
    }
}

#[test]
fn people_side_by_side_each_have_the_class_of_their_own_block() {
    let list =
        "班级,学号,姓名,班级,学号,姓名\n电商171,2017010101,王芳,电商172,2017010201,李雷\n电商171,2017010102,赵敏,电商172,2017010202,孙立\n";
    let draft = roster_in::read(list.as_bytes(), "a.csv", &RosterOptions::default()).unwrap();
    let said: Vec<_> =
        draft.content.iter().flat_map(|l| &l.rows).map(|r| (r.name.as_deref().unwrap(), r.class.as_deref().unwrap())).collect();
    assert_eq!(said, [("王芳", "电商171"), ("赵敏", "电商171"), ("李雷", "电商172"), ("孙立", "电商172")]);
}
