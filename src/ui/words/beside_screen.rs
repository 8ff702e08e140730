//! Words of what is looked at while files wait: choices, a row beside what was understood of it, columns.

use super::{Lang, label, mark, relist};
use crate::desk::beside::{Column, Guess, Reason};
use crate::desk::intake::Understood;
use crate::domain::person::{ListRow, Marks, mask};
use crate::domain::relist::{Gone, Likely, Why, named_by_class};
use crate::domain::text::Text;

/// Most names in one choice.
const NAMES: usize = 5;

/// A repair to be accepted.
pub fn repair(lang: Lang, text: &str) -> String {
    match lang {
        Lang::Zh => format!("改：{text}"),
        Lang::En => format!("repair: {text}"),
    }
}

/// A row that may be somebody known.
pub fn same(lang: Lang, likely: &Likely) -> String {
    let (was, is) = (relist::who(&likely.was), relist::who(&likely.is));
    let (row, why) = (likely.place.1, why_same(lang, likely.why));
    match lang {
        Lang::Zh => format!("第 {row} 行 {is} 就是原来的 {was}（{why}）"),
        Lang::En => format!("row {row} {is} is {was}, who is known ({why})"),
    }
}

fn why_same(lang: Lang, why: Why) -> &'static str {
    match why {
        Why::SameNumber => lang.pick("号码相同", "one number"),
        Why::NameAndClass => lang.pick("同班同名", "one name and class"),
        Why::NearNumber => lang.pick("同名，学号只差一位", "one name, numbers nearly alike"),
        Why::OthersName => lang.pick("号码没变，姓名是名单上别人的", "the same numbers, and the name of somebody else on the list"),
        Why::OthersStudentNo => lang.pick("学号是名单上别人的", "the student number is somebody else's on the list"),
        Why::OthersDocument => lang.pick("证件号是名单上别人的", "the document is somebody else's on the list"),
    }
}

/// Whoever is not said to be somebody known is somebody else.
pub fn apart(lang: Lang) -> &'static str {
    lang.pick("上面没选中的，都是另外的人，另算", "whoever is not chosen above is somebody else")
}

/// Whoever is not on the list.
pub fn gone(lang: Lang, gone: &[Gone]) -> String {
    let names: Vec<String> = named_by_class(gone).iter().take(NAMES).map(|name| label::clean(name)).collect();
    let (all, came) = (gone.len(), gone.iter().filter(|g| g.came).count());
    let names = label::listed(lang, &names);
    let tail = match (came, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!("；其中 {n} 人当天已有记录，会留着并列为异常"),
        (n, Lang::En) => format!("; {n} of them came and stay, as findings"),
    };
    match lang {
        Lang::Zh => format!("这是新名单，不在上面的 {all} 人不再算应到：{names}{tail}"),
        Lang::En => format!("it replaces the old list, {all} not on it are expected no longer: {names}{tail}"),
    }
}

/// So many choices were not made; among them rows or numbers that are left out.
pub fn undecided(lang: Lang, n: usize, slipped: bool) -> String {
    match lang {
        Lang::Zh if slipped => format!("? {n} 处等您定；不定的：说不准的行或号码不取，不在名单上的照样算应到"),
        Lang::En if slipped => {
            format!("? {n} to decide; else rows and numbers in doubt are left out, and whoever is not on it stays expected")
        }
        Lang::Zh => format!("? {n} 处等您定；不定就照原样：疑似的按两个人，不在名单上的照样算应到"),
        Lang::En => format!("? {n} to decide; else they are two people, and whoever is not on it stays expected"),
    }
}

/// More of them.
pub fn more(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("…… 还有 {n} 人"),
        Lang::En => format!("… {n} more"),
    }
}

/// Text of a cell as published, in one line; document numbers masked.
pub fn cell(text: &str) -> String {
    label::code(&text.replace('\n', "⏎"))
}

/// Heading of the sheet as published.
pub fn beside_title(lang: Lang, file: &str, sheet: &str) -> String {
    let name = [label::clean(file), label::clean(sheet)].iter().filter(|t| !t.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    match lang {
        Lang::Zh => format!("{name}：上面是原表，→ 后面是读成的样子"),
        Lang::En => format!("{name}: as published, and after → as understood"),
    }
}

/// Its keys.
pub fn beside_keys(lang: Lang) -> &'static str {
    lang.pick("↑↓ 滚动   ← 或 Esc 返回", "arrows scroll   ← or Esc back")
}

/// The row was not taken.
pub fn not_taken(lang: Lang) -> &'static str {
    lang.pick("没有取", "not taken")
}

/// What was understood.
pub fn understood(lang: Lang, understood: &Understood) -> String {
    match understood {
        Understood::Slot(r) => {
            let date = r.date.map(|d| d.format("%m-%d ").to_string()).unwrap_or_default();
            let people = match (r.headcount, lang) {
                (Some(n), Lang::Zh) => format!(" {n} 人"),
                (Some(n), Lang::En) => format!(" {n} people"),
                (None, _) => String::new(),
            };
            let classes: Vec<String> = r.classes.iter().map(|c| label::clean(c)).collect();
            let (start, end) = (r.start.format("%H:%M"), r.end.format("%H:%M"));
            let (room, college) = (label::clean(&r.room), label::clean(&r.college));
            format!("{room} {date}{start}–{end} {college} {}{people}", classes.join(" ")).trim().to_owned()
        }
        Understood::Person(r) => person(lang, r),
        Understood::Mark(r) => format!("{} {}", label::code(&r.key), marks(lang, &r.marks)),
        Understood::Log(r) => {
            let time = r.time.time.map(|t| t.format("%H:%M:%S").to_string()).unwrap_or_default();
            let rest = [&r.student, &r.token, &r.value, &r.note];
            let rest: Vec<String> = rest.into_iter().flatten().map(|t| label::code(t)).collect();
            format!("{time} {} {} {}", label::clean(&r.room), r.action.word(), rest.join(" ")).trim().to_owned()
        }
    }
}

fn person(lang: Lang, row: &ListRow) -> String {
    let plain = |t: &Option<Text>| t.as_deref().map(label::clean).unwrap_or_default();
    let id = row.id_no.as_deref().map(mask).unwrap_or_default();
    let parts = [
        plain(&row.student_no),
        plain(&row.name),
        id,
        plain(&row.exam_no),
        plain(&row.college),
        plain(&row.major),
        plain(&row.class),
        plain(&row.level),
        plain(&row.token),
        marks(lang, &row.marks),
    ];
    parts.into_iter().chain(label::kept(&row.kept, false)).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn marks(lang: Lang, marks: &Marks) -> String {
    mark::said(lang, marks).join(" ")
}

/// Heading of the columns.
pub fn columns_title(lang: Lang, sheet: &str) -> String {
    let sheet = label::clean(sheet);
    match lang {
        Lang::Zh => format!("各列读成什么 {sheet}").trim().to_owned(),
        Lang::En => format!("What the columns mean {sheet}").trim().to_owned(),
    }
}

/// What can be done.
pub fn columns_hint(lang: Lang) -> &'static str {
    lang.pick(
        "用 ←→ 改；不取的列有用就改成“保留”（最多 8 列）；同样表头的以后都照此读",
        "←→ corrects, or keeps a column left out (8 at most); same headers follow",
    )
}

/// Its keys.
pub fn columns_keys(lang: Lang) -> &'static str {
    lang.pick("↑↓ 选列   ←→ 改含义   回车 照此重读   Esc 返回", "arrows choose   ←→ change   Enter reads it so   Esc back")
}

/// What a column means.
pub fn meaning(lang: Lang, column: Option<Column>) -> String {
    match (column, lang) {
        (None, _) => "?".to_owned(),
        (Some(Column::Dropped), Lang::En) => "left out".to_owned(),
        (Some(Column::Kept), Lang::En) => "kept".to_owned(),
        (Some(column), Lang::Zh) => column.word().to_owned(),
        (Some(column), Lang::En) => english(column).to_owned(),
    }
}

fn english(column: Column) -> &'static str {
    match column {
        Column::StudentNo => "stud. no.",
        Column::Name => "name",
        Column::IdNo => "document",
        Column::ExamNo => "exam no.",
        Column::College => "college",
        Column::Major => "major",
        Column::Class => "class",
        Column::Level => "level",
        Column::Token => "card",
        Column::RowNumber => "row no.",
        Column::Paid => "fee",
        Column::Code => "code",
        Column::Checked => "checked",
        Column::Exempt => "exempt",
        Column::NotTakingPart => "absent",
        Column::Status => "status",
        _ => "other",
    }
}

/// A person changed it.
pub fn changed(lang: Lang) -> &'static str {
    lang.pick("您改的", "yours")
}

/// Read as a mark by its header, which says more than the column's name (未缴费 turns its ticks).
pub fn as_mark(lang: Lang) -> &'static str {
    lang.pick("按表头取作标记", "a mark, by header")
}

/// Why it was taken so.
pub fn why(lang: Lang, guess: &Guess) -> String {
    match guess.reason {
        Reason::Given => lang.pick("您说的", "as said").to_owned(),
        Reason::Header => lang.pick("按表头", "by header").to_owned(),
        Reason::Shape => match lang {
            Lang::Zh => format!("看内容 {}%", guess.confidence),
            Lang::En => format!("by values {}%", guess.confidence),
        },
        Reason::Unknown => lang.pick("不认识", "unknown").to_owned(),
    }
}
