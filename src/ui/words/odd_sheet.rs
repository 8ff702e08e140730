//! What is odd about the sheet itself or about one cell of it: values, captions, formulas, hidden rows.

use super::Lang;
use crate::domain::intake::IntakeCode;

/// The sentence; `first` is the first argument, `say` puts arguments into one.
pub(super) fn message(code: IntakeCode, first: &str, say: impl Fn(&[usize], &str, &str) -> String) -> String {
    match code {
        IntakeCode::CaptionUnclear => {
            say(&[0, 1], "看不出“#”是哪个班，下面 # 人没有班级", "no class was read from \"#\": the # people below have none")
        }
        IntakeCode::FormulaCell => say(
            &[0],
            "# 个格子没有值：公式没有算出结果，或者只有错误值",
            "# cells have no value: formulas without a result, or error values",
        ),
        IntakeCode::HiddenSheet => say(&[1], "表里有 # 行是隐藏的，也一起取了", "# rows of the sheet are hidden; they were taken too"),
        IntakeCode::MissingColumn if first.is_empty() => say(&[], "表里没有一个人", "there is nobody in the sheet"),
        IntakeCode::MissingColumn => say(
            &[1, 2],
            "两张表同一时间都有时段（# 和 #），都没写采集点",
            "two tables hold slots at one time (# and #), and neither names a room",
        ),
        _ => value(first, say),
    }
}

/// What to do.
pub(super) fn hint(lang: Lang, code: IntakeCode) -> &'static str {
    match code {
        IntakeCode::CaptionUnclear => lang.pick(
            "把班级写进这一行（如 班级：软件2201），或在每个人那一行写明班级",
            "write the class into this row, or a class beside everybody",
        ),
        IntakeCode::FormulaCell => {
            lang.pick("用表格软件打开，等公式算出来，粘贴为数值再导", "open it in a spreadsheet, let it calculate, and paste as values")
        }
        IntakeCode::HiddenSheet => {
            lang.pick("不要的行删掉再导；要的就不用管", "delete the rows that are not wanted and import again; leave it otherwise")
        }
        _ => lang.pick("改好这一格再导；没写错就不用管", "correct this cell and import again; leave it if it is right"),
    }
}

fn value(kind: &str, say: impl Fn(&[usize], &str, &str) -> String) -> String {
    match kind {
        "letter" => {
            say(&[1, 2, 3], "“#”# 里夹着字母，别人的都是数字，像是 #", "\"#\" # holds letters where others hold digits, it may be #")
        }
        "length" => say(&[1, 2, 3], "“#”# 有 # 位，别人的都不是这么长", "\"#\" # has # digits, unlike all the others"),
        "decimal" => say(&[1, 2, 3], "“#”写成 #，按 # 记", "\"#\" is written #, taken as #"),
        "swapped" => say(&[1, 2], "“#”和“#”这两格填反了，已换过来", "\"#\" and \"#\" stand in each other's place, exchanged"),
        "held" => say(&[1, 2], "“#”里只取了“#”", "of \"#\" only \"#\" was taken"),
        "several" => say(
            &[1],
            "“#”里不止一个时间或日期，看不出哪个算数，全取了",
            "several times or days in \"#\"; which of them holds cannot be told, all were taken",
        ),
        "off" => say(&[1], "“#”：这一行没有取消，时段照样留着", "\"#\": the slot was kept all the same"),
        "counts" => say(
            &[1, 2, 3],
            "“#”里的人数合起来是 #，人数一栏写着 #，按人数一栏算",
            "the figures in \"#\" make #, the column says #: that one was taken",
        ),
        "below" => say(&[1], "“#”：下面的时段照这一行取", "\"#\": the slots below were taken by this row"),
        "note" => say(&[1], "“#”：看不懂，时段没有照它改", "\"#\" cannot be understood: no slot was changed by it"),
        "spelt" => say(&[1, 2], "采集点“#”和“#”像是同一处，分开排了", "the rooms \"#\" and \"#\" may be one, taken as different rooms"),
        "repeats" => say(
            &[1, 2],
            "“#”表的 # 个时段在别的表里都有，只取一次",
            "sheet \"#\": all of its # slots stand on other sheets too, taken once",
        ),
        "rooms" => say(&[1], "一格里写了几个采集点：“#”，当作一个", "several rooms in one cell: \"#\", taken as one"),
        "remark" => say(&[1], "备注写着“#”，时段没有照它改", "the remark says \"#\": the slot was not changed by it"),
        "number" => say(&[1, 2], "姓名“#”带着编号或数字，按“#”记", "the name \"#\" is counted, taken as \"#\""),
        _ => say(&[1, 2], "“#”这一格不像：“#”", "this is no likely \"#\": \"#\""),
    }
}
