//! What is odd about the sheet itself or about one cell of it: values, captions, formulas, hidden rows.

use super::Lang;
use crate::domain::intake::IntakeCode;

/// The sentence; `first` and `kind` are the first two arguments, `say` puts arguments into one.
pub(super) fn message(code: IntakeCode, [first, kind]: [&str; 2], say: impl Fn(&[usize], &str, &str) -> String) -> String {
    match code {
        IntakeCode::CaptionUnclear => {
            say(&[0, 1], "看不出“#”是哪个班，下面 # 人没有班级", "no class was read from \"#\": the # people below have none")
        }
        IntakeCode::ColumnOdd if first == "shifted" => say(
            &[1, 2, 3, 4],
            "# 个学号后面写的是名单上别人的名字（如 # 原来是 #，这里写 #）：整列姓名可能错了一行",
            "# numbers stand beside names of others on the list (# was # and is # here): the column of names may have slipped by a row",
        ),
        IntakeCode::ColumnOdd => say(&[0, 1], "表头写“#”的这一列，内容却像“#”", "the column headed \"#\" holds what looks like \"#\""),
        IntakeCode::FormulaCell => say(
            &[0],
            "# 个格子没有值：公式没有算出结果，或者只有错误值",
            "# cells have no value: formulas without a result, or error values",
        ),
        IntakeCode::HiddenSheet => say(&[1], "表里有 # 行是隐藏的，也一起取了", "# rows of the sheet are hidden; they were taken too"),
        IntakeCode::MissingColumn if kind == "lying" => say(
            &[0],
            "表是横排的：“#”写在最左边，每人占一列，没有导入",
            "the table lies on its side: \"#\" stands at the left and everybody has a column; it was not taken",
        ),
        IntakeCode::MissingColumn if kind == "marks" => say(
            &[0],
            "缺少“#”这一列，也没有“姓名”加“班级”两列",
            "the column \"#\" is missing, and there are no columns with name and class either",
        ),
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

/// A column that is not taken.
pub(super) fn column(kind: &str, say: impl Fn(&[usize], &str, &str) -> String) -> String {
    match kind {
        "twin" => say(&[2, 0, 4, 3], "# 列“#”没有取，取的是 # 列“#”", "column # \"#\" was not taken, column # \"#\" was"),
        "tells" => {
            say(&[0, 2, 3], "“#”这一列没有用到，里面写着“#”（共 # 格）", "column \"#\" was not used; it says \"#\" (cells like it: #)")
        }
        "beyond" => say(
            &[0, 2, 3],
            "表头右边的 # 列没有用到，里面写着“#”（共 # 格）",
            "column #, beyond the headers, was not used; it says \"#\" (cells like it: #)",
        ),
        "whom" => say(
            &[0],
            "“#”这一列没有取，这些时段就没写是谁的：人人都会看到全部时间",
            "column \"#\" was not taken, so the slots are nobody's: everybody is told all of them",
        ),
        "places" => say(
            &[0],
            "“#”这一列像是采集点，没有读进来：几处的时段都算成一处",
            "column \"#\" seems to hold rooms and was not read: the slots of all of them are taken for one room",
        ),
        "people" => say(
            &[0],
            "“#”这一列下面是班级，表头看不懂，这些班没有读进来",
            "column \"#\" holds classes under a head that is not known: none of them was read",
        ),
        _ => say(&[0], "不认识的列“#”", "column \"#\" is not known"),
    }
}

/// What to do about a column that is not taken.
pub(super) fn column_hint(lang: Lang, kind: &str) -> &'static str {
    match kind {
        "twin" => lang.pick(
            "该取另一列就在导入时指明（如 班级=E），或删掉不用的一列",
            "if it should be the other, say so when importing (--columns), or delete the one that is not wanted",
        ),
        "tells" => lang.pick(
            "要算数就把表头改成“备注”，写成“不参加”“休学”这样的词，或在导入时指明（如 备注=D）；无关就不用管",
            "if it counts, head it as remarks and use plain words, or say so when importing (--columns); leave it otherwise",
        ),
        "beyond" => lang.pick(
            "看看这一行是不是多了一个逗号、错了一列；要算数就补上表头（如 备注）",
            "see whether the row has a comma too many or has slipped by a column; if it counts, give it a header",
        ),
        "whom" => lang.pick(
            "在表里写明每个时段是哪些班（或哪个学院），再导",
            "name the classes of each slot, or its college, in the sheet and import again",
        ),
        "places" => lang.pick(
            "把表头改成“地点”，或在命令行导入时指明（如 地点=C），再导",
            "head it as the place, or say so when importing (--columns), and import again",
        ),
        "people" => lang.pick(
            "表头是班级就写“班级”，是采集点就写成“采集点一”这样，或在命令行导入时指明（如 班级=C），再导",
            "head it as classes, or as the room that it is, or say which it is when importing (--columns), and import again",
        ),
        _ => lang.pick("没有用到这一列；若它有用，把表头改成常见写法", "it was not used; if it matters, give it a usual header"),
    }
}

fn value(kind: &str, say: impl Fn(&[usize], &str, &str) -> String) -> String {
    match kind {
        "letter" => {
            say(&[1, 2, 3], "“#”# 和别人的写法不一样，夹着字母或横线，像是 #", "\"#\" # is written otherwise than the others, it may be #")
        }
        "void" => say(&[1, 2], "“#”这张表也取了（# 人）", "sheet \"#\" was taken too (# people)"),
        "example" => {
            say(&[1, 2], "第一个人像是填表的例子：# #，也一起取了", "the first one seems to be an example: # #, taken all the same")
        }
        "length" => say(&[1, 2, 3], "“#”# 有 # 位，别人的都不是这么长", "\"#\" # has # digits, unlike all the others"),
        "masked" => say(
            &[1, 2],
            "“#”是打了星号的（共 # 格），没有当号码取，只用来核对",
            "\"#\" is hidden in part (# cells): taken for no numbers, only checked",
        ),
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
        "struck" => say(
            &[1, 2],
            "“#”等 # 个格子划了删除线，也一起取了",
            "cells are struck through and were taken all the same: the first \"#\", # in all",
        ),
        "comment" => say(&[1, 2], "批注写着“#”（共 # 条批注），没有用到", "a comment says \"#\" (# comments), it was not used"),
        "aside" => say(&[1, 2, 3, 4], "“#”写的是“#”，按“#”记，另有“#”", "\"#\" says \"#\", taken as \"#\", note: #"),
        "words" => say(&[1, 2], "“#”写的是“#”，不是号码，没有取", "\"#\" says \"#\", which is no number and was not taken"),
        "same" => say(&[1, 2, 3], "“#”写的是 #，和“#”一样", "\"#\" says #, the same as \"#\""),
        "double" => say(
            &[1, 2],
            "“#”里有一个异体编码的字：“#”，看着一样，按常用字搜不到",
            "\"#\" holds a character of another code that looks the same: \"#\" is not found by typing it",
        ),
        "day" => say(
            &[1, 2],
            "“#”变成了日期：“#”，像是表格软件把 1-2 这样的班改成了日期",
            "\"#\" has become a day: \"#\"; a spreadsheet may have made it out of a class such as 1-2",
        ),
        _ => say(&[1, 2], "“#”这一格不像：“#”", "this is no likely \"#\": \"#\""),
    }
}
