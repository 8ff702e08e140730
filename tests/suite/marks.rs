//! Mark lists: what titles, captions, columns and remarks say of people, and that nothing is guessed of anybody.

use duihao::domain::intake::{Draft, Severity};
use duihao::domain::person::{MarkList, Marks};
use duihao::files::sheets::lists::marks_in::{self, MarksOptions};
use proptest::prelude::*;

fn read(text: &str, name: &str) -> Draft<Vec<MarkList>> {
    marks_in::read(text.as_bytes(), name, &MarksOptions::default()).unwrap()
}

fn word(m: &Marks) -> String {
    let pairs = [
        (m.paid, "缴", "欠"),
        (m.code, "码", "无码"),
        (m.checked, "核", "未核"),
        (m.exempt, "免", "不免"),
        (m.not_taking_part, "不来", "来"),
        (m.abroad, "外", "内"),
    ];
    let mut words: Vec<String> = pairs.into_iter().filter_map(|(v, yes, no)| Some(if v? { yes } else { no }.to_owned())).collect();
    words.extend(m.status.clone().map(String::from));
    words.extend(m.batch.clone().map(String::from));
    words.join("+")
}

/// `1001 缴 1002 欠`, then findings above info (`!code` errors, `?code` warnings).
fn told(text: &str, name: &str) -> String {
    let draft = read(text, name);
    let rows = draft.content.iter().flat_map(|l| &l.rows).map(|r| format!("{} {}", r.key, word(&r.marks)));
    let loud = draft.findings.iter().filter(|f| f.severity > Severity::Info).map(|f| {
        let sign = if f.severity == Severity::Error { "!" } else { "?" };
        format!("{sign}{} {}", serde_json::to_value(f.code).unwrap().as_str().unwrap(), f.args.first().map_or("", String::as_str))
    });
    rows.chain(loud).collect::<Vec<_>>().join(" ")
}

fn all(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(told(&text.replace(" / ", "\n"), "m.csv"), *wanted, "{text}");
    }
}

#[test]
fn a_caption_says_what_holds_for_those_below_it_until_the_next() {
    all(&[
        (
            "缴费统计,, / 学号,姓名,班级 / 已缴费：,, / 2001,王芳,电商171 / 2002,李雷,电商171 / 未缴费：,, / 2003,赵敏,电商171",
            "2001 缴 2002 缴 2003 欠",
        ),
        ("未缴费学生, / 学号,姓名 / 2001,王芳 / 已缴费学生, / 学号,姓名 / 2002,李雷", "2001 欠 2002 缴"),
        ("序号,学号,姓名 / 一、已缴费（1人）,, / 1,2001,王芳 / 二、未缴费（1人）,, / 1,2002,李雷", "2001 缴 2002 欠"),
        ("一、休学, / 学号,姓名 / 2001,王芳 / 二、出国, / 学号,姓名 / 2002,李雷", "2001 休学 2002 外"),
        // The title holds for all, and the captions say one thing more.
        ("免拍学生名单, / 学号,姓名 / 已缴费, / 2001,王芳 / 未缴费, / 2002,李雷", "2001 缴+免 2002 欠+免"),
        // What a caption leaves open is asked, and no title further up answers for it.
        ("已缴费学生, / 学号,姓名 / 2001,王芳 / 需补缴费, / 2002,李雷", "2001 缴 !mark_unclear title"),
        // A note below the people is about nobody, and a heading may stand over nobody.
        ("已缴费学生, / 学号,姓名 / 2001,王芳 / 未缴费学生请于9月10日前到财务处缴费,", "2001 缴"),
        ("已缴费学生, / 学号,姓名 / 2001,王芳 / 合计,1人 / 未缴费：0人,", "2001 缴"),
        // Others are others, and how those below 其他 are is asked.
        ("学号,姓名 / 未缴费：, / 2001,王芳 / 其余同学：, / 2002,李雷", "2001 欠"),
        ("学号,姓名 / 未缴费：, / 2001,王芳 / 其他：, / 2002,李雷", "2001 欠 !mark_unclear title"),
        ("学号,姓名 / 已缴费：, / 2001,王芳 / 已缴费小计：1人, / 未缴费：, / 2002,李雷", "2001 缴 2002 欠"),
        // A mark alone in a row is somebody whose key is missing, not a caption.
        ("学号,姓名,缴费,备注 / 2001,王芳,是, / ,,,未缴费 / 2002,李雷,是,", "2001 缴 2002 缴 !row_not_understood 学号"),
    ]);
}

#[test]
fn a_heading_that_leaves_open_how_people_are_is_a_question_and_marks_nobody() {
    for heading in ["待定：", "五、其他", "新增：", "补充名单", "以下待定", "另：", "待核实：", "转入：", "已毕业："]
    {
        all(&[
            (&format!("不参加采集学生名单, / 学号,姓名 / 2001,王芳 / {heading}, / 2002,李雷"), "2001 不来 !mark_unclear title"),
            (&format!("一、休学, / 学号,姓名 / 2001,王芳 / {heading}, / 2002,李雷"), "2001 休学 !mark_unclear title"),
        ]);
    }
    // What divides the people of a title turns nothing of it, and why they do not come neither.
    for heading in ["第一组：", "研究生：", "二组", "一、考研", "因实习："] {
        all(&[(&format!("不参加采集学生名单, / 学号,姓名 / 2001,王芳 / {heading}, / 2002,李雷"), "2001 不来 2002 不来")]);
    }
}

#[test]
fn a_heading_over_people_side_by_side_holds_for_its_block() {
    all(&[
        ("缴费情况统计,,,, / 已缴费,,,未缴费, / 学号,姓名,,学号,姓名 / 2001,王芳,,2003,赵敏 / 2002,李雷,,,", "2001 缴 2003 欠 2002 缴"),
        ("学号,姓名,,学号,姓名 / 已缴费,,,未缴费, / 2001,王芳,,2003,赵敏", "2001 缴 2003 欠"),
        ("已缴费,,,未缴费,, / 班级,学号,姓名,班级,学号,姓名 / 电商171,2001,王芳,电商172,2003,赵敏", "2001 缴 2003 欠"),
        // Two headings over one block: which is whose?
        ("已缴费,未缴费,,, / 学号,姓名,,学号,姓名 / 2001,王芳,,2003,赵敏", "!mark_unclear title"),
    ]);
}

#[test]
fn a_column_that_answers_is_believed_before_any_title() {
    all(&[
        // A register: nobody is paid because of its title.
        ("图像采集费缴费情况登记表,, / 学号,姓名,已缴费 / 2001,王芳,√ / 2002,李雷,", "2001 缴 2002 欠"),
        ("缴费情况登记表,, / 学号,姓名,确认 / 2001,王芳,√ / 2002,李雷,", "!mark_unclear ticks"),
        ("缴费情况登记表, / 学号,姓名 / 2001,王芳", "!mark_unclear title"),
        // An empty place never lets anybody pass.
        ("未缴费情况登记表,, / 学号,姓名,未缴费 / 2001,王芳,√ / 2002,李雷,", "2001 欠"),
        ("已缴费名单,, / 学号,姓名,是否缴费 / 2001,王芳,是 / 2002,李雷,", "2001 缴"),
        ("免拍名单,, / 学号,姓名,免拍 / 2001,王芳,是 / 2002,李雷,", "2001 免"),
        ("未缴费名单,, / 学号,姓名,已缴费 / 2001,王芳,√ / 2002,李雷,", "2001 缴 2002 欠 ?mark_contradicts title"),
        // A column nobody filled in answers nothing.
        ("未缴费名单,, / 学号,姓名,缴费时间 / 2001,王芳, / 2002,李雷,", "2001 欠 2002 欠"),
        ("学号,姓名,已缴费,未缴费 / 2001,王芳,√, / 2002,李雷,,√ / 2003,赵敏,√,√", "2001 缴 2002 欠 !mark_contradicts columns"),
        ("学号,姓名,未缴费 / 2001,王芳,√ / 2002,李雷,否 / 2003,赵敏,已缴 / 2004,孙立,- / 2005,钱多,20", "2001 欠 2002 缴 2003 缴 2005 欠"),
        // 有 for most and 无 for one: what the column means decides, and nobody knows it.
        ("本次免拍学生名单,, / 学号,姓名,学信网是否已有照片 / 2001,王芳,有 / 2002,李雷,无", "!mark_unclear ticks"),
        ("不参加采集学生名单,, / 学号,姓名,不参加原因 / 2001,王芳,休学 / 2002,李雷,不需要", "2001 不来+休学 2002 不来"),
        ("学号,姓名,未缴费原因 / 2001,王芳,家庭困难 / 2002,李雷,", "2001 欠"),
    ]);
}

#[test]
fn a_remark_or_a_verdict_takes_back_what_a_title_says_of_somebody() {
    all(&[
        ("免拍名单,, / 学号,姓名,审核结果 / 2001,王芳,通过 / 2002,李雷,不通过", "!mark_unclear ticks"),
        ("免拍名单,, / 学号,姓名,备注 / 2001,王芳, / 2002,李雷,不同意", "2001 免 !mark_unclear against"),
        ("已缴费名单,, / 学号,姓名,备注 / 2001,王芳, / 2002,李雷,已退费", "2001 缴 ?mark_unclear remark"),
        // What is not understood of an unpaid one leaves them unpaid.
        ("未缴费名单,, / 学号,姓名,备注 / 2001,王芳, / 2002,李雷,说要补缴费", "2001 欠 2002 欠 ?mark_unclear remark"),
        ("学号,姓名,缴费 / 2001,王芳,已缴（欠10元） / 2002,李雷,已缴（微信）", "2002 缴 ?row_not_understood 缴费"),
    ]);
}

#[test]
fn ticks_to_which_the_sheet_gives_another_meaning_are_asked_and_codes_are_no_yes() {
    all(&[
        ("注：打√为未缴费,, / 学号,姓名,缴费 / 2001,王芳,√ / 2002,李雷,", "!mark_unclear legend"),
        ("学号,姓名,缴费 / 2001,王芳,√ / 2002,李雷, / 注：√表示未缴费，×表示已缴费,,", "!mark_unclear legend"),
        ("学号,姓名,缴费（未缴打√） / 2001,王芳,√ / 2002,李雷,", "!mark_unclear legend"),
        ("学号,姓名,缴费（打√） / 2001,王芳,√ / 2002,李雷,×", "2001 缴 2002 欠"),
        ("学号,姓名,缴费状态 / 2001,王芳,1 / 2002,李雷,0", "2001 缴 2002 欠"),
        ("学号,姓名,缴费状态 / 2001,王芳,1 / 2002,李雷,2", "?row_not_understood 缴费状态 ?row_not_understood 缴费状态 !mark_unclear none"),
    ]);
}

#[test]
fn what_may_be_due_or_paid_is_asked() {
    all(&[
        ("学号,姓名,缴费金额 / 2001,王芳,20 / 2002,李雷,20", "!mark_unclear amounts"),
        ("未缴费名单,, / 学号,姓名,缴费金额 / 2001,王芳,20 / 2002,李雷,20", "!mark_unclear amounts"),
        ("学号,姓名,缴费时间 / 2001,王芳,2025-09-10 / 2002,李雷,2025-09-10", "!mark_unclear amounts"),
        ("已缴费名单,, / 学号,姓名,缴费金额 / 2001,王芳,20 / 2002,李雷,20", "2001 缴 2002 缴"),
        ("学号,姓名,缴费金额 / 2001,王芳,20 / 2002,李雷,0", "2001 缴 2002 欠"),
        // A title that its column denies throughout is about something else.
        ("未缴费名单,, / 学号,姓名,是否缴费 / 2001,王芳,是 / 2002,李雷,是", "2001 缴 2002 缴 !mark_contradicts title"),
        ("2026届名单（已缴费15人）, / 学号,姓名 / 2001,王芳 / 2002,李雷", "2001 缴 2002 缴 !mark_contradicts count"),
        ("一、已缴费（1人）, / 学号,姓名 / 2001,王芳 / 二、未缴费（1人）, / 2002,李雷", "2001 缴 2002 欠"),
    ]);
}

#[test]
fn an_export_of_the_finance_office_is_read_by_its_best_column() {
    let head = "学号,姓名,应缴金额,已缴金额,减免金额,欠费金额,缴费状态";
    all(&[
        (
            &format!("{head} / 2001,王芳,20,20,0,0,已缴清 / 2002,李雷,20,0,0,20,未缴 / 2003,赵敏,20,0,20,0,已减免"),
            "2001 缴 2002 欠 2003 缴",
        ),
        (&format!("{head} / 2001,王芳,20,10,0,10,部分缴费"), "2001 欠 ?row_not_understood 缴费状态"),
        (&format!("{head} / 2001,王芳,20,0,0,20,已缴清"), "!mark_contradicts columns"),
        ("学号,应缴金额,实缴金额 / 2001,20,20 / 2002,20,10", "2001 缴 2002 欠"),
        ("学号,姓名,缴费时间,备注 / 2001,王芳,2023-09-05, / 2002,李雷,未缴, / 2003,赵敏,, / 2004,孙立,9月8日,", "2001 缴 2002 欠 2004 缴"),
    ]);
}

#[test]
fn two_header_rows_may_hold_the_answers() {
    all(&[
        ("学号,姓名,是否缴费, / ,,是,否 / 2001,王芳,√, / 2002,李雷,,√", "2001 缴 2002 欠"),
        ("学号,姓名,缴费情况, / ,,已缴,未缴 / 2001,王芳,√, / 2002,李雷,,√", "2001 缴 2002 欠"),
    ]);
}

#[test]
fn title_sheet_and_file_must_not_contradict_each_other() {
    let list = "学号,姓名\n2001,王芳\n";
    assert_eq!(told(list, "未缴费名单.csv"), "2001 欠");
    assert_eq!(told(&format!("缴费名单,\n{list}"), "未缴费名单.csv"), "2001 欠");
    assert_eq!(told(&format!("已缴费名单,\n{list}"), "未缴费名单.csv"), "!mark_contradicts titles");
    assert_eq!(told(&format!("取消免拍,\n{list}"), "免拍名单.csv"), "!mark_unclear title");
    assert_eq!(told(list, "缴费名单.csv"), "!mark_unclear title");
}

#[test]
fn nothing_marked_is_an_error_and_never_a_list_that_was_taken() {
    all(&[
        ("学号,姓名,备注 / 2001,王芳, / 2002,李雷,本人不来了", "?mark_unclear remark !mark_unclear none"),
        ("学号,姓名,备注 / 2001,王芳,拟退学", "?mark_unclear remark !mark_unclear none"),
        ("学号,姓名,心情,备注 / 2001,王芳,好, / 2002,李雷,坏,", "!mark_unclear none"),
        ("学号,姓名 / 2001,王芳", "!missing_column 标记"),
    ]);
}

#[test]
fn what_stands_beside_an_answer_makes_no_yes_of_a_no_and_takes_the_yes_that_it_denies() {
    all(&[
        ("学号,是否缴费,缴费时间 / 2001,否,2026-05-02 / 2002,是,2026-05-02", "2001 欠 2002 缴 ?mark_unclear beside_no"),
        ("学号,是否缴费,实缴金额 / 2001,是,0 / 2002,否,60 / 2003,是,60", "2002 欠 2003 缴 ?mark_unclear beside ?mark_unclear beside_no"),
        ("学号,是否缴费,缴费时间 / 2001,是,未缴 / 2002,是,5月1日", "2002 缴 ?mark_unclear beside"),
        // Words that are not understood are no answer, and a date beside them is none either.
        ("学号,缴费状态,缴费时间 / 2001,处理中,2026-05-02 / 2002,已关闭,2026-05-02", "2002 欠 ?row_not_understood 缴费状态"),
        // What is to be paid, a payment given back, and a fee waived contradict nothing.
        ("学号,是否缴费,缴费金额 / 2001,否,60 / 2002,是,60", "2001 欠 2002 缴"),
        ("学号,缴费状态,缴费时间 / 2001,已退款,2026-05-02 / 2002,已支付,2026-05-02", "2001 欠 2002 缴"),
        ("学号,缴费状态,实缴金额 / 2001,免缴,0 / 2002,已支付,60", "2001 缴 2002 缴"),
    ]);
}

#[test]
fn a_ring_is_a_yes_beside_crosses_only() {
    all(&[
        ("学号,是否缴费 / 2001,○ / 2002,× / 2003,〇", "2001 缴 2002 欠 2003 缴"),
        ("学号,是否缴费 / 2001,○ / 2002,√", "2002 缴 ?row_not_understood 是否缴费"),
        ("学号,是否缴费 / 2001,○ / 2002,是", "2002 缴 ?row_not_understood 是否缴费"),
    ]);
}

#[test]
fn one_person_twice_with_opposite_words_is_an_error() {
    all(&[
        ("学号,姓名,是否缴费 / 2001,王芳,是 / 2001,王芳,否", "!mark_contradicts twice"),
        ("学号,姓名,是否缴费 / 2001,王芳,是 / 2001,王芳,是", "2001 缴 2001 缴"),
        ("学号,姓名,异动类型 / 2001,王芳,休学 / 2001,王芳,复学", "!mark_contradicts twice"),
        ("学号,姓名,异动类型 / 2001,王芳,休学 / 2001,王芳,延长学制", "2001 休学 2001 延长学制"),
        ("学号,异动类型,异动日期 / 2001,复学,2025.9.1 / 2001,休学,2024年9月1日", "2001 复学"),
    ]);
}

#[test]
fn remarks_are_read_in_the_words_of_offices_also_beyond_the_last_header() {
    all(&[
        (
            "学号,姓名,备注 / 2001,王芳,2024年9月休学 / 2002,李雷,转专业至软件2302 / 2003,赵敏,当兵 / 2004,孙立,结业（6月） / 2005,钱多,出国",
            "2001 休学 2002 转专业 2003 入伍 2004 结业 2005 外",
        ),
        ("学号,姓名,缴费 / 2001,王芳,是,休学 / 2002,李雷,是,", "2001 缴+休学 2002 缴"),
        ("学号,姓名,缴费,备注 / 2001,王芳,是,申请免拍未通过", "2001 缴 ?mark_unclear remark"),
    ]);
}

#[test]
fn name_and_class_do_where_the_number_is_missing_and_the_class_may_stand_in_a_caption() {
    all(&[
        ("未缴费名单,, / 学号,姓名,班级 / ,王芳,电商171 / 2002,李雷,电商171", "王芳@电商171 欠 2002 欠"),
        ("未缴费名单, / 姓名,备注 / 电商171, / 王芳, / 电商172, / 李雷,", "王芳@电商171 欠 李雷@电商172 欠"),
        ("电商171班名单, / 姓名,缴费 / 王芳,已缴 / 李雷,未缴", "王芳@电商171班 缴 李雷@电商171班 欠"),
    ]);
}

proptest! {
    /// However ticks and blanks fall, a column of 已缴费 marks nobody paid who has no tick, and one of 未缴费 nobody who has one.
    #[test]
    fn nobody_is_paid_without_a_tick(
        title in prop::sample::select(vec!["", "已缴费学生名单", "缴费情况登记表", "未缴费学生名单", "缴费名单"]),
        header in prop::sample::select(vec!["已缴费", "未缴费", "是否缴费", "缴费确认"]),
        ticks in prop::collection::vec(prop::sample::select(vec!["√", "", "×", "-"]), 1..8),
    ) {
        let rows: String = ticks.iter().enumerate().map(|(n, t)| format!("{},某人,{t}\n", 20_230_001 + n)).collect();
        let draft = read(&format!("{title},,\n学号,姓名,{header}\n{rows}"), "m.csv");
        prop_assume!(ticks.iter().any(|t| !t.is_empty()));
        for row in draft.content.iter().flat_map(|l| &l.rows) {
            let tick = ticks[row.key.parse::<usize>().unwrap() - 20_230_001];
            let may = if header == "未缴费" { tick == "×" } else { tick == "√" };
            prop_assert!(row.marks.paid != Some(true) || may, "{title} {header} {tick}");
        }
    }
}

#[test]
fn names_and_numbers_in_lines_without_a_table_are_marked_as_the_lines_say() {
    let marked = |text: &str, name: &str| {
        let draft = read(&text.replace(" / ", "\n"), name);
        let rows = draft.content.iter().flat_map(|l| &l.rows).map(|r| format!("{} {} {}", r.row, r.key, word(&r.marks)));
        rows.collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(
        marked("护理2201未缴费：何春、李泽 / 护理2202班未缴费：王远、欧阳娜", "名单.txt"),
        "1 何春@护理2201 欠 / 1 李泽@护理2201 欠 / 2 王远@护理2202班 欠 / 2 欧阳娜@护理2202班 欠"
    );
    assert_eq!(marked("免拍学号：2022120101，2022120102", "a.txt"), "1 2022120101 免 / 1 2022120102 免");
    assert_eq!(marked("免拍名单 / 护理2201：何春", "a.txt"), "2 何春@护理2201 免");
    assert_eq!(marked("护理2201：何春,李泽", "免拍名单.csv"), "1 何春@护理2201 免 / 1 李泽@护理2201 免");
    // A line that leaves anything open takes nothing.
    for text in [
        "未缴费：何春、李泽",
        "护理2201：何春",
        "护理2201未缴费：何春等5人",
        "护理2201拟退学：何春",
        "护理2201未缴费：何春 / 联系人：王老师",
    ] {
        assert_eq!(marked(text, "名单.txt"), "", "{text}");
    }
}
