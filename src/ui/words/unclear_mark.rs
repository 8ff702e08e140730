//! Marks that are not sure: what a list leaves open of people, and where it says the opposite of itself.

use super::Lang;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

/// The sentence; `kind` is the first argument, `say` puts arguments into one.
pub(super) fn message(code: IntakeCode, kind: &str, say: impl Fn(&[usize], &str, &str) -> String) -> String {
    if code == IntakeCode::MarkContradicts {
        return contradicts(kind, say);
    }
    match kind {
        "title" => {
            say(&[1], "“#”没有说清这些人是怎样的，没有标", "\"#\" does not say what holds for these people, nobody was marked by it")
        }
        "others" => say(&[1, 2], "“#”下面 # 人照常，没有标", "\"#\": the # people below are like everybody, none was marked"),
        "ticks" => say(
            &[1, 2],
            "“#”这一列有的写着“#”，看不出是什么意思，没有标",
            "column \"#\" says \"#\" of some, and nothing says what that means: nobody was marked",
        ),
        "parts" => say(&[1, 2], "# 分 # 次缴，加起来够了，标为已缴", "# paid in # parts that make up what was due: marked as paid"),
        "amounts" => say(
            &[1, 2],
            "“#”这一列人人都是“#”，看不出是已缴还是应缴，没有标",
            "column \"#\" is \"#\" for everybody: paid, or to be paid? Nobody was marked",
        ),
        "note" => say(&[1], "表下的“#”说到某个人，没有照它标", "the note \"#\" speaks of somebody, nobody was marked by it"),
        "purpose" => say(
            &[1],
            "“#”说的不是图像采集费，没有照它标缴费",
            "\"#\" is about another fee than that of the pictures: nobody was marked by it",
        ),
        "as_list" => {
            say(&[1], "标题写着“#”，导的是名单，没有照它标", "the title says \"#\"; this is taken as a class list, nobody was marked by it")
        }
        "as_list_file" => say(
            &[1],
            "文件名写着“#”，导的是名单，没有照它标",
            "the file is called \"#\"; this is taken as a class list, nobody was marked by it",
        ),
        "as_list_tab" => say(
            &[1],
            "表名写着“#”，导的是名单，没有照它标",
            "the sheet is called \"#\"; this is taken as a class list, nobody was marked by it",
        ),
        "colour" => {
            say(&[1], "“#”用颜色标人，颜色读不出来，没有照它标", "\"#\" marks people by colour, which is not read: nobody was marked by it")
        }
        "legend" => say(&[1], "“#”给打勾定了别的意思，没有标", "\"#\" gives ticks a meaning of its own, nobody was marked"),
        "against" => say(&[1, 2], "备注写着“#”，没有照“#”标这个人", "the remark says \"#\": this person was not marked by \"#\""),
        "marked" => say(
            &[1, 2, 3],
            "备注写着“#”，看不出是不是相反的意思，还是照“#”标了；这样的备注 # 处",
            "the remark says \"#\": nobody can tell whether it is the opposite; marked by \"#\" all the same, # such remarks",
        ),
        "beside" => say(
            &[1, 2, 3, 4],
            "“#”写着“#”，“#”却写着“#”：没有标这个人",
            "\"#\" says \"#\", but \"#\" says \"#\": this person was not marked",
        ),
        "beside_no" => {
            say(&[1, 2, 3, 4], "“#”写着“#”，“#”却写着“#”：按前一个标的", "\"#\" says \"#\", but \"#\" says \"#\": the first was believed")
        }
        "remark" => say(&[1, 2], "“#”写着“#”，没有当作标记", "\"#\" says \"#\", which was taken for no mark"),
        _ => say(&[], "没有读到任何标记", "no mark was found"),
    }
}

fn contradicts(kind: &str, say: impl Fn(&[usize], &str, &str) -> String) -> String {
    match kind {
        "newer" => {
            say(&[1, 2], "# 前后写了不止一次，按日期最新的“#”标", "# stands in several rows of different days: the newest holds, \"#\"")
        }
        "twice" => {
            say(&[1, 2], "# 出现不止一次，说法相反（另见第 # 行）", "# occurs more than once and is said to be the opposite (row #)")
        }
        "columns" => say(&[1, 2], "“#”和“#”两列说法相反，没有标", "columns \"#\" and \"#\" contradict each other, nothing was marked"),
        "count" => say(&[1, 2, 3], "“#”写的是 # 人，照它标的是 # 人", "\"#\" says #, and holds for #"),
        "titles" => say(&[1, 2], "“#”和“#”说法相反", "\"#\" and \"#\" contradict each other"),
        "number" => say(&[1, 3, 2], "名单上没有 #，# 的号码是 #", "# is on no list; the number of # is #"),
        "person" => say(&[1, 2, 3], "号码 # 在名单上是 #，这一行写的却是 #", "number # is # on the list, and # in this row"),
        _ => say(&[1, 2, 3], "“#”之外，列里另有说法：# 人（共 # 人）", "\"#\", but a column says otherwise of # (of #)"),
    }
}

/// What to do.
pub(super) fn hint(lang: Lang, finding: &IntakeFinding) -> &'static str {
    let kind = finding.args.first().map(String::as_str);
    if finding.code == IntakeCode::MarkContradicts {
        return contradiction_hint(lang, kind, finding.severity);
    }
    match kind {
        Some("note") => lang.pick("要算数就写进这个人那一行的“备注”", "if it counts, write it into the remarks of that person's row"),
        Some("remark") => lang.pick(
            "要标记就写成“休学”“出国”“未缴费”这样的词；与采集无关就不用管",
            "to mark somebody use a plain word; otherwise leave it",
        ),
        Some("marked") => lang.pick(
            "逐个看一遍；有不该标的，把那一行删掉再导",
            "look at each; where somebody should not be marked, take the row out and import again",
        ),
        Some("against") => lang.pick(
            "问清是哪一个：要标就改掉备注，不要标就删掉这一行；照样导入，这个人不标",
            "ask which is right: change the remark or take the row out; taken as it is, this person is not marked",
        ),
        Some("beside" | "beside_no") => {
            lang.pick("问清是哪一个，改好这一行再导", "ask which is right, correct this row and import again")
        }
        Some("as_list" | "as_list_file" | "as_list_tab") => lang.pick(
            "要标记就当标记名单再导一次（免拍、缴费）；不是就不用管",
            "import the file as a mark list too if these people are to be marked; else leave it",
        ),
        Some("purpose") => lang.pick(
            "是别的费用就不用管；是图像采集费就在标题或收费项目里写明再导",
            "leave it if it is another fee; else say so in the title or the column and import again",
        ),
        Some("colour") => lang.pick(
            "在这些人那一行的“备注”里写明（如“休学”），再导；不是说人的就不用管",
            "write it into the remarks of those people and import again; leave it if it is not about people",
        ),
        Some("legend") => lang.pick(
            "把打勾的一列改成“已缴”“未缴”这样的字，删掉这句说明再导",
            "write words instead of ticks, drop the legend and import again",
        ),
        Some("parts") => lang.pick(
            "同一笔记了两次就不够数：核对一下，多记的删掉再导",
            "one payment written twice would not be enough: have a look, and take out what is written twice",
        ),
        Some("ticks") => lang.pick(
            "把表头写清楚，如“已缴费”“免拍”，或在导入时指明（如 免拍=E）；与标记无关就在导入时指明不取这一列",
            "give it a plain header; if it marks nobody, import with --columns DROP=HEADER",
        ),
        Some("others") => lang.pick("没写错就不用管；要标就写明，如“不参加：”", "leave it if it is right; else say plainly what holds for them"),
        _ => lang.pick(
            "把标题写清楚，如“未缴费名单”“休学学生”，或者每人加一列写明；照样导入，下面这些人不标，别的人照标",
            "say plainly in the title what holds for all, or in a column of each; taken as it is, these people are not marked, the others are",
        ),
    }
}

fn contradiction_hint(lang: Lang, kind: Option<&str>, severity: Severity) -> &'static str {
    match kind {
        Some("number") => lang.pick("号码改对再导；照样导入，这个人不会有标记", "correct the number: as it is, this person is not marked"),
        Some("title") => lang.pick("这几行按列里写的标；不对就改好再导", "the column was believed; if it is wrong, correct the list"),
        Some("person") if severity == Severity::Error => lang.pick(
            "核对学号和姓名，改好再导：照样导入，这一行谁也不标",
            "compare number and name, correct the list: as it is, nobody is marked by this row",
        ),
        Some("twice") => lang.pick(
            "问清是哪一个，改好再导：照样导入，这个人不标",
            "ask which is right, correct the list: as it is, this person is not marked",
        ),
        Some("person") => lang.pick(
            "核对学号和姓名，改好再导：照样导入会标到学号那个人",
            "compare number and name: as it is, whoever bears the number is marked",
        ),
        Some("newer") => lang.pick("日期写错了就改好再导；没错就不用管", "correct the day if it is wrong; leave it otherwise"),
        Some("titles") => lang.pick("改成一致的说法再导", "make them say the same and import again"),
        _ => lang.pick("问清是哪一个，改好再导", "ask which is right, correct the list and import again"),
    }
}
