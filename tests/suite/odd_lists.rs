//! Class lists and marks as real offices write them: headers of two rows, two columns of one meaning, words beside the table, classes named
//! below their people. Each is read, or said.

use duihao::domain::intake::{Draft, IntakeCode, Severity};
use duihao::domain::person::{ClassList, Marks};
use duihao::files::sheets::lists::marks_in::{self, MarksOptions};
use duihao::files::sheets::lists::roster_in::{self, RosterOptions};

fn read(text: &str, name: &str) -> Draft<Vec<ClassList>> {
    roster_in::read(text.replace(" / ", "\n").as_bytes(), name, &RosterOptions::default()).unwrap()
}

fn word(m: &Marks) -> String {
    let pairs = [(m.paid, "缴", "欠"), (m.exempt, "免", "不免"), (m.not_taking_part, "不来", "来"), (m.abroad, "外", "内")];
    let mut words: Vec<String> = pairs.into_iter().filter_map(|(v, yes, no)| Some(if v? { yes } else { no }.to_owned())).collect();
    words.extend(m.status.clone().map(String::from));
    words.join("+")
}

/// Findings above info: `?code cell kind`, errors with `!`.
fn loud<T>(draft: &Draft<T>) -> Vec<String> {
    let loud = draft.findings.iter().filter(|f| f.severity > Severity::Info);
    loud.map(|f| {
        let sign = if f.severity == Severity::Error { "!" } else { "?" };
        let code = serde_json::to_value(f.code).unwrap().as_str().unwrap().to_owned();
        let place = f.cell.clone().or(f.row.map(|r| r.to_string())).unwrap_or_default();
        format!("{sign}{code} {place}")
    })
    .collect()
}

/// `2001 王芳 电商171 休学`, a person each, then the findings above info.
fn told(text: &str, name: &str) -> Vec<String> {
    let draft = read(text, name);
    let one = |part: Option<&str>| part.unwrap_or("-").to_owned();
    let people = draft.content.iter().flat_map(|l| &l.rows).map(|r| {
        let said = [one(r.student_no.as_deref()), one(r.name.as_deref()), one(r.class.as_deref()), word(&r.marks)].join(" ");
        said.trim_end().to_owned()
    });
    people.chain(loud(&draft)).collect()
}

fn all(cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(told(text, "a.csv"), *wanted, "{text}");
    }
}

/// `2001 缴`, a mark each, then the findings above info.
fn marked(text: &str, name: &str) -> Vec<String> {
    let draft = marks_in::read(text.replace(" / ", "\n").as_bytes(), name, &MarksOptions::default()).unwrap();
    let rows = draft.content.iter().flat_map(|l| &l.rows).map(|r| format!("{} {}", r.key, word(&r.marks)));
    rows.chain(loud(&draft)).collect()
}

#[test]
fn a_first_header_row_that_is_merged_down_beside_the_keys_is_read() {
    all(&[
        (
            "序号,学生信息,,班级,备注 / ,学号,姓名,, / 1,2017010101,王芳,电商171, / 2,2017010102,李雷,电商171,休学",
            &["2017010101 王芳 电商171", "2017010102 李雷 电商171 休学"],
        ),
        // A row of labels above the header names nobody's column.
        (
            "学院,商学院,,专业,电商 / 学号,姓名,班级,, / 2017010101,王芳,电商171,, / 2017010102,李雷,电商171,,",
            &["2017010101 王芳 电商171", "2017010102 李雷 电商171"],
        ),
        (
            "学院：,外国语学院,班级：,电商171,人数：,1 / 学号,姓名,性别 / 2017010101,王芳,女 /  / 学院：,外国语学院,班级：,电商172,人数：,1 / 学号,姓名,性别 / 2017010201,李雷,男",
            &["2017010101 王芳 电商171", "2017010201 李雷 电商172"],
        ),
        // Groups over columns that have headers of their own change nothing.
        ("基本信息,,学籍信息 / 学号,姓名,班级 / 2017010101,王芳,电商171", &["2017010101 王芳 电商171"]),
    ]);
}

#[test]
fn of_two_columns_of_one_meaning_the_plainer_one_is_taken_and_the_other_named() {
    all(&[
        ("学号,姓名,拍摄班级,所在班级 / 2017010101,王芳,拍摄1组,电商171", &["2017010101 王芳 电商171", "?unknown_column C1"]),
        (
            "学号,姓名,班级,班级,学号 / 2017010101,王芳,电商旧班,电商171,2016010101",
            &["2017010101 王芳 电商旧班", "?unknown_column D1", "?unknown_column E1"],
        ),
        // Their parents are no second person with the same number.
        (
            "学号,姓名,班级,身份证号,姓名,身份证号 / 2017010101,王芳,电商171,330102200302020076,王大,33010219700917600X",
            &["2017010101 王芳 电商171", "?unknown_column E1", "?unknown_column F1"],
        ),
        // The code of a class beside its name, and two columns that say the same, are no news.
        ("XH,XM,BJDM,BJDM_DISPLAY / 2017010101,王芳,20179001,电商171", &["2017010101 王芳 电商171"]),
        ("学号,姓名,班级,行政班级 / 2017010101,王芳,电商171,电商171", &["2017010101 王芳 电商171"]),
    ]);
}

#[test]
fn a_hidden_column_never_wins_over_a_visible_one() {
    use duihao::files::sheets::grid::{Cell, Grid, Row};
    use duihao::files::sheets::lists::{mapping, same_columns};
    let row = |number, texts: &[&str]| {
        let cells = (1..).zip(texts).map(|(col, text)| Cell { col, ..Cell::of((*text).into()) });
        Row { number, cells: cells.collect() }
    };
    let rows = vec![row(1, &["学号", "身份证号", "身份证号"]), row(2, &["2017010101", "330102200302020076", "330102200303030145"])];
    for (hidden, taken) in [(vec![], 2), (vec![2], 3), (vec![3], 2)] {
        let grid = Grid { rows: rows.clone(), hidden_columns: hidden, ..Grid::default() };
        let mut plan = mapping::plan(&grid, &[]);
        same_columns::settle(&grid, &mut plan);
        let found: Vec<u32> = plan.twins.iter().map(|(_, taken)| *taken).collect();
        assert_eq!(found, [taken]);
    }
}

#[test]
fn what_stands_beside_the_table_or_under_an_unknown_header_and_keeps_somebody_away_is_read_or_said() {
    all(&[
        (
            "学号,姓名,班级, / 2017010101,王芳,电商171,休学 / 2017010102,李雷,电商171,",
            &["2017010101 王芳 电商171 休学", "2017010102 李雷 电商171", "?column_guessed D1"],
        ),
        (
            "学号,姓名,班级,异动情况 / 2017010101,王芳,电商171,退学 / 2017010102,李雷,电商171,删除",
            &["2017010101 王芳 电商171 退学", "2017010102 李雷 电商171", "?column_guessed D1", "?mark_unclear D3"],
        ),
        (
            "操作,学号,姓名,班级 / 删,2017010101,王芳,电商171 / ,2017010102,李雷,电商171",
            &["2017010101 王芳 电商171", "2017010102 李雷 电商171", "?unknown_column A2"],
        ),
        (
            "学号,姓名,班级,拍摄 / 2017010101,王芳,电商171,是 / 2017010102,李雷,电商171,否",
            &["2017010101 王芳 电商171", "2017010102 李雷 电商171", "?unknown_column D3"],
        ),
        (
            "学号,姓名,班级,不参加原因 / 2017010101,王芳,电商171,在外地实习 / 2017010102,李雷,电商171,",
            &["2017010101 王芳 电商171", "2017010102 李雷 电商171", "?unknown_column D2"],
        ),
        // Whoever is not yet photographed is expected.
        ("学号,姓名,班级,是否已采集 / 2017010101,王芳,电商171,否", &["2017010101 王芳 电商171"]),
        // Where somebody will be is no word of the day, and neither is a contract that was handed in.
        ("学号,姓名,班级,毕业去向,三方协议 / 2017010101,王芳,电商171,出国,已交", &["2017010101 王芳 电商171"]),
        // A field more than the header has.
        (
            "学号,姓名,班级 / 2017010101,Smith, John,电商171 / 2017010102,李雷,电商171",
            &["2017010101 Smith John", "2017010102 李雷 电商171", "?unknown_column D2"],
        ),
    ]);
}

#[test]
fn questions_of_forms_are_columns_with_their_answers() {
    all(&[
        (
            "1. 姓名,2、您的学号（请填写10位）：,3. 您所在的班级【下拉】,5. 是否参加拍摄 / 王芳,2017010101,电商171,A.参加 / 李雷,2017010102,电商171,B.不参加",
            &["2017010101 王芳 电商171 来", "2017010102 李雷 电商171 不来"],
        ),
        (
            "学号,姓名,班级,是否需要拍摄（单选） / 2017010101,王芳,电商171,不需要（已在校外拍摄） / 2017010102,李雷,电商171,休学",
            &["2017010101 王芳 电商171 不来", "2017010102 李雷 电商171 休学"],
        ),
        (
            "学号,姓名,班级,是否延期,是否参军,学籍状态 / 2017010101,王芳,电商171,是,否,有 / 2017010102,李雷,电商171,否,是, / 2017010103,赵敏,电商171,否,否,有",
            &["2017010101 王芳 电商171 有学籍", "2017010102 李雷 电商171 入伍", "2017010103 赵敏 电商171 有学籍"],
        ),
        // A form sent twice is somebody twice, not a column that nobody knows.
        (
            "1、您的姓名：,2、您的学号：,3、您的班级： / 王芳,2017010101,电商171 / 王芳,2017010101,电商172",
            &["2017010101 王芳 电商171", "!duplicate_student_no B2"],
        ),
    ]);
}

#[test]
fn a_caption_holds_until_the_next_whatever_that_says() {
    all(&[
        (
            "学号,姓名,班级 / 不参加拍摄： / 2017010101,王芳,电商171 / 新增： / 2017010102,李雷,电商171",
            &["2017010101 王芳 电商171 不来", "2017010102 李雷 电商171"],
        ),
        (
            "学号,姓名,班级 / 以下不参加 / 2017010101,王芳,电商171 / 以下参加 / 2017010102,李雷,电商171",
            &["2017010101 王芳 电商171 不来", "2017010102 李雷 电商171", "?row_passed_over A4"],
        ),
    ]);
}

#[test]
fn classes_and_cohorts_are_read_where_offices_write_them() {
    all(&[
        (
            "学号,姓名 / 2017010101,王芳 / 2017010102,李雷 / 以上为电商171班，共2人 / 2017010201,赵敏 / 电商172班合计,1人",
            &["2017010101 王芳 电商171班", "2017010102 李雷 电商171班", "2017010201 赵敏 电商172班"],
        ),
        ("电商171班共3人 / 学号,姓名 / 2017010101,王芳", &["2017010101 王芳 电商171班", "?sum_differs 1"]),
        // A sum over its people stays a caption.
        (
            "学号,姓名 / 电商171班合计1人 / 2017010101,王芳 / 电商172班合计1人 / 2017010201,赵敏",
            &["2017010101 王芳 电商171班", "2017010201 赵敏 电商172班"],
        ),
        (
            "学号,姓名,班级 / 2022级 / 2022010101,王芳,软件1班 / 2021级 / 2021010101,李雷,软件1班",
            &["2022010101 王芳 2022级软件1班", "2021010101 李雷 2021级软件1班", "?class_name_odd C3", "?class_name_odd C5"],
        ),
        (
            "学院,班级,学号,姓名 / 商学院,1班,2017010101,王芳 / 工学院,1班,2017020101,李雷",
            &["2017010101 王芳 商学院1班", "2017020101 李雷 工学院1班", "?class_name_odd B2", "?class_name_odd B3"],
        ),
        ("专业,班号,学号,姓名 / 电商,1,2017010101,王芳", &["2017010101 王芳 电商1", "?class_name_odd B2"]),
        (
            "学号,姓名,班级 / 2017010101,王芳,电商171（休学） / 2017010102,李雷,会计171（专升本）",
            &["2017010101 王芳 电商171 休学", "2017010102 李雷 会计171（专升本）", "?value_odd C2"],
        ),
    ]);
    let of_file = |name: &str| read("学号,姓名 / 2017010101,王芳", name).content[0].rows[0].class.clone().unwrap().to_string();
    assert_eq!(of_file("附件1：电商171班.csv"), "电商171班");
    assert_eq!(of_file("电商171（终版）10.8.csv"), "电商171");
}

#[test]
fn a_value_that_belongs_elsewhere_is_set_right_or_named() {
    all(&[
        // One cell is missing, and the document number stands under 班级.
        (
            "学号,姓名,班级,身份证号 / 2017010101,王芳,330102200302020076 / 2017010102,李雷,电商171,330102200303030145",
            &["2017010101 王芳 -", "2017010102 李雷 电商171", "?value_odd C2"],
        ),
        ("学号,姓名,班级,身份证号 / 2017010101,王芳,330102200302020076,电商171", &["2017010101 王芳 电商171", "?value_odd C2"]),
        ("学号,姓名,班级 / 2017010101,电商171,电商171", &["2017010101 电商171 电商171", "?value_odd B2"]),
        ("学号,姓名,班级,身份证号 / 2017010101,王芳,电商171,13800000001", &["2017010101 王芳 电商171", "?value_odd D2"]),
        ("学号,姓名,班级,身份证号 / 2017010101,王芳,电商171,2017010101", &["2017010101 王芳 电商171", "?value_odd D2"]),
        ("学号,姓名,班级,身份证号 / 2017010101,王芳,电商171,电商172班", &["2017010101 王芳 电商171", "?value_odd D2"]),
        ("学号,姓名,班级 / 2017010101*,王芳,电商171", &["2017010101 王芳 电商171", "?value_odd A2"]),
        ("学号,姓名,班级 / 2017010101（转专业）,王芳,电商171", &["2017010101 王芳 电商171 转专业", "?value_odd A2"]),
        (
            "学号,姓名,班级 / 2017010101,王芳,2022-01-02 / 2017010102,李雷,2022-01-02",
            &["2017010101 王芳 2022-01-02", "2017010102 李雷 2022-01-02", "?value_odd C2"],
        ),
        ("学号,姓名,班级 / 2017010101,\u{f9e1}雷,电商171", &["2017010101 \u{f9e1}雷 电商171", "?value_odd B2"]),
        // A note below the people marks nobody, and is not passed over in silence.
        ("学号,姓名,班级 / 2017010101,王芳,电商171 / 注：2017010101王芳已退学", &["2017010101 王芳 电商171", "?mark_unclear A3"]),
    ]);
}

#[test]
fn a_table_on_its_side_is_refused_in_a_sentence() {
    let lying = "学号,2017010101,2017010102,2017010103 / 姓名,王芳,李雷,赵敏 / 班级,电商171,电商171,电商171";
    for draft in [loud(&read(lying, "a.csv")), marked(lying, "免拍名单.csv")] {
        assert_eq!(draft, ["!missing_column 1"]);
    }
}

#[test]
fn a_list_of_whom_nobody_has_a_class_says_so() {
    let text = format!(
        "学号,姓名{}",
        (1..=9).map(|n| format!(" / 201701010{n},王芳{}", "一二三四五六七八九".chars().nth(n - 1).unwrap())).collect::<String>()
    );
    let lacks = |text: &str| read(text, "a.csv").findings.iter().filter(|f| f.code == IntakeCode::PeopleLack).count();
    assert_eq!(lacks(&text), 1);
    // A handful without that column are additions.
    assert_eq!(lacks("学号,姓名 / 2017010101,王芳 / 2017010102,李雷"), 0);
    let few = read("学号,姓名,班级 / 2017010101,王芳,电商171 / 2017010102,李雷,", "a.csv");
    assert!(few.findings.iter().any(|f| f.cell.as_deref() == Some("C3")), "{:?}", few.findings);
}

#[test]
fn what_was_paid_is_read_from_all_columns_of_a_payment_in_class_lists_too() {
    let text = "学号,姓名,班级,应缴金额,实缴金额,欠费金额 / 2017010101,王芳,电商171,20,20,0 / 2017010102,李雷,电商171,20,10,10";
    assert_eq!(told(text, "a.csv"), ["2017010101 王芳 电商171 缴", "2017010102 李雷 电商171 欠"]);
}

#[test]
fn money_that_went_back_was_not_paid() {
    for (text, wanted) in [
        ("学号,是否缴费,是否退费 / 2001,是,否 / 2002,是,是", &["2001 缴", "2002 欠"][..]),
        ("学号,缴费金额,退费金额 / 2001,20,0 / 2002,20,20", &["2001 缴", "2002 欠"]),
        ("学号,金额,类型 / 2001,20,缴费 / 2001,-20,退费 / 2002,20,缴费", &["2002 缴", "!mark_contradicts 2"]),
        ("学号,金额,交易类型 / 2001,20,收入 / 2001,20,退款 / 2002,15,收入", &["2002 缴", "!mark_contradicts 2"]),
        // 类型 of a list about something else is no payment.
        ("学号,类型,是否缴费 / 2001,退学,是", &["2001 缴"]),
        // A register of days: who has none has not paid.
        ("学号,姓名,缴费日期 / 2001,王芳,2025-10-20 / 2002,李雷,", &["2001 缴", "2002 欠"]),
    ] {
        assert_eq!(marked(text, "缴费情况.csv"), wanted, "{text}");
    }
}

#[test]
fn a_remark_by_which_somebody_comes_after_all_takes_the_title_back() {
    let text = "不参加拍摄名单 / 学号,姓名,备注 / 2001,王芳, / 2002,李雷,改参加";
    assert_eq!(marked(text, "a.csv"), ["2001 不来", "!mark_unclear 4"]);
}

#[test]
fn the_usual_words_of_somebody_who_studies_are_understood_and_so_are_the_columns_of_another_system() {
    for status in ["在学", "在册", "应届", "有效", "在籍在校"] {
        let draft =
            read(&format!("学号,姓名,班级,学籍状态 / 2022010101,何春,软件2201,{status} / 2022010102,李泽,软件2201,{status}"), "名单.csv");
        assert_eq!(loud(&draft), Vec::<String>::new(), "{status}");
    }
    let draft = read("学号,姓名,所属院系,所属专业,所在班级 / 2022010101,何春,信息学院,软件工程,软件2201", "名单.csv");
    let row = &draft.content[0].rows[0];
    assert_eq!((row.college.as_deref(), row.major.as_deref(), loud(&draft).len()), (Some("信息学院"), Some("软件工程"), 0));
}
