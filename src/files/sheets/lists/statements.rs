//! What a title, a caption, a header or a remark states of people: a small grammar that would rather ask than guess.
//!
//! A text is cut into parts at brackets, commas and blanks. A part that speaks of a matter must be made of known words to its last
//! character: statements (`未缴费`, `不参加`), matters without a statement (`缴费`), words of registers (`情况`, `登记`) and words that
//! turn nothing (`学生`, `名单`, college, class, dates). One word more (`取消免拍`, `拟退学`), two matters joined by 及, or two statements
//! that differ, and nothing is sure.

use super::statement_hints::hints;
use super::statement_words::{TURNS_ALL, Word, matters, next, usual, without_place};
use crate::domain::person::Marks;
use crate::domain::width;

pub use super::statement_words::Matter;

/// What a text states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// What surely holds.
    pub marks: Marks,
    /// Matters that it speaks of without stating anything.
    pub open: Vec<Matter>,
    /// It speaks of them in words that are not understood: nothing may be concluded from it, and from nothing further away either.
    pub unclear: bool,
    /// It is called a register (登记表, 情况, 统计): of everybody, not of those concerned.
    pub register: bool,
}

impl Said {
    /// True where it states something of that matter, or leaves it open.
    pub fn speaks_of(&self, matter: Matter) -> bool {
        self.open.contains(&matter) || !matter.of(&self.marks).is_empty()
    }

    /// True where it speaks of no matter.
    pub fn is_silent(&self) -> bool {
        self.marks.is_empty() && self.open.is_empty()
    }
}

/// What a title, a caption or a sheet's name states.
pub fn of_title(text: &str) -> Said {
    let key = folded(text);
    // 注：未缴费学生请于9月10日前缴费 is a note, not the name of the list.
    let note = ["注", "备注", "说明", "温馨提示", "提示", "附注"]
        .iter()
        .any(|w| key.strip_prefix(w).is_some_and(|r| r.starts_with([':', '1', '.', ' '])));
    if note { Said::default() } else { read(&key, false) }
}

/// What a file's name states.
pub fn of_file(name: &str) -> Said {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    of_title(stem)
}

/// What a remark states of the one in whose row it stands.
pub fn of_remark(text: &str) -> Said {
    let key = folded(text);
    // 转专业至软件2302: where to is not ours.
    let to = ["转专业", "转学"].iter().find_map(|w| key.find(w).map(|at| at + w.len()));
    let (head, tail) = key.split_at(to.unwrap_or(key.len()));
    // 2021.9-2022.9休学: over by now, or not yet.
    let years = key.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4 && run.starts_with("20")).count();
    if years > 1 && ["休学", "入伍", "参军", "出国", "交流"].iter().any(|w| key.contains(w)) {
        return Said { open: matters(&key), unclear: true, ..Said::default() };
    }
    let away = tail.starts_with(['至', '到', '入', '去', '进', '-', '→', '>', ':', ' ']) && matters(tail).is_empty();
    read(if away { head } else { &key }, true)
}

fn folded(text: &str) -> String {
    let text = width::fold(text.trim()).to_uppercase().replace("(境)", "境");
    // 免 拍 名 单: spaces that only spread the letters.
    let spread = text.split_whitespace().all(|word| word.chars().count() == 1);
    text.chars().filter(|c| !(spread && c.is_whitespace())).map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

fn read(key: &str, remark: bool) -> Said {
    let cut = |c: char| !(c.is_alphanumeric() || c == '、');
    let mut said = Said::default();
    // 免拍？
    let mut turned = key.contains('?');
    for part in key.split(cut).filter(|p| !p.is_empty()) {
        let part = if remark { part } else { without_place(part) };
        let speaks = matters(part);
        turned |= TURNS_ALL.iter().any(|w| part.contains(w) && !part.contains("开除"));
        if speaks.is_empty() {
            continue;
        }
        // 2021届（含延期毕业）学生名单 mentions them beside others.
        if part.starts_with('含') && speaks.iter().all(|m| matches!(m, Matter::Status | Matter::Abroad)) {
            continue;
        }
        let one = of_part(part, remark).unwrap_or(Said { open: speaks, unclear: true, ..Said::default() });
        join(&mut said, one);
    }
    let speaks: Vec<Matter> = Matter::ALL.into_iter().filter(|m| said.speaks_of(*m)).collect();
    // 出国学生缴费名单: what of the fee?
    let besides = said.open.iter().any(|m| m.of(&said.marks).is_empty()) && !said.marks.is_empty();
    if !speaks.is_empty() && (said.unclear || turned || besides || said.register) {
        let unclear = said.unclear || turned || besides;
        return Said { marks: Marks::default(), open: speaks, unclear, register: said.register };
    }
    said.open.retain(|m| m.of(&said.marks).is_empty());
    match hints(key) {
        hinted if remark && said.is_silent() && !hinted.is_empty() => Said { open: hinted, unclear: true, ..Said::default() },
        _ => said,
    }
}

fn join(said: &mut Said, one: Said) {
    let differs = Matter::ALL.iter().any(|m| {
        let (mine, theirs) = (m.of(&said.marks), m.of(&one.marks));
        !mine.is_empty() && !theirs.is_empty() && mine != theirs
    });
    said.unclear |= one.unclear || differs;
    said.register |= one.register;
    said.marks.overlay(&one.marks);
    said.open.extend(one.open);
}

/// A part word by word; `None` where one is not known, or two things are joined.
fn of_part(part: &str, remark: bool) -> Option<Said> {
    let calls = ["请", "望", "务必"].iter().find_map(|w| part.strip_prefix(w));
    if let Some(rest) = calls
        && matters(rest) == [Matter::Paid]
        && !["未", "没", "不", "勿", "已", "免", "退"].iter().any(|w| rest.contains(w))
    {
        return Some(Said { open: vec![Matter::Paid], ..Said::default() });
    }
    let mut words = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let (len, word) = next(rest, remark)?;
        words.push(word);
        rest = rest.get(len..).unwrap_or_default();
    }
    let mut said = Said::default();
    let (mut joined, mut because) = (false, false);
    for word in words {
        let one = match word {
            Word::States(matter, yes) => Said { marks: matter.mark(yes), ..Said::default() },
            // 因休学、退学不参加: why is told by each one's own row.
            Word::Status(_) if because => continue,
            Word::Status(word) => Said { marks: Marks { status: Some(usual(word).into()), ..Marks::default() }, ..Said::default() },
            Word::Speaks(matter) => Said { open: vec![matter], ..Said::default() },
            Word::Register => {
                said.register = true;
                continue;
            }
            Word::And => {
                joined = !said.is_silent();
                continue;
            }
            Word::Because => {
                because = true;
                continue;
            }
            Word::Nothing => continue,
        };
        because = false;
        // 未缴费及不参加: the ones, the others, or who is both?
        if joined && said.marks != one.marks {
            return None;
        }
        join(&mut said, one);
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(said: &Said) -> String {
        let word = |(marks, yes, no): (Option<bool>, &str, &str)| marks.map(|m| if m { yes.to_owned() } else { no.to_owned() });
        let m = &said.marks;
        let all = [
            (m.paid, "已缴", "未缴"),
            (m.code, "有码", "无码"),
            (m.checked, "已核对", "未核对"),
            (m.exempt, "免拍", "不免"),
            (m.not_taking_part, "不参加", "参加"),
            (m.abroad, "境外", "境内"),
        ];
        let mut words: Vec<String> = all.into_iter().filter_map(word).collect();
        words.extend(m.status.clone().map(String::from));
        match (said.is_silent(), words.is_empty(), said.unclear) {
            (true, ..) => "-".to_owned(),
            (false, true, true) => "??".to_owned(),
            (false, true, false) => "?".to_owned(),
            _ => words.join("+"),
        }
    }

    #[test]
    fn a_title_states_only_what_it_surely_says() {
        for (title, wanted) in [
            ("已缴费名单", "已缴"),
            ("一、已缴费学生（4人）", "已缴"),
            ("完成缴费学生", "已缴"),
            ("未缴费名单", "未缴"),
            ("截止9月10日未缴费学生名单（请各班长督促）", "未缴"),
            ("待缴费学生名单", "未缴"),
            ("催缴费名单", "未缴"),
            ("没缴费的", "未缴"),
            ("没交钱的", "未缴"),
            ("还没有交费的学生", "未缴"),
            ("以下同学还未缴费，请尽快缴费", "未缴"),
            ("尚未完成缴费学生", "未缴"),
            ("未完成缴费名单", "未缴"),
            ("漏缴费", "未缴"),
            ("逾期未交", "未缴"),
            ("欠费学生名单", "未缴"),
            ("2026届毕业生图像采集缴费名单（未缴）", "未缴"),
            ("参加采集未缴费学生名单", "未缴"),
            ("经信学院会计2301班未缴费学生", "未缴"),
            ("缴费成功名单", "已缴"),
            ("护理2201全部已缴费", "已缴"),
            ("全部未缴费", "未缴"),
            ("采集码已收", "有码"),
            ("采集码已收费", "??"),
            ("缴费名单", "?"),
            ("缴费提醒", "?"),
            ("缴费通知", "?"),
            ("请以下同学尽快缴费", "?"),
            ("图像采集费缴费情况登记表", "?"),
            ("未缴费情况统计", "?"),
            ("不缴费学生名单", "??"),
            ("拒绝缴费学生名单", "??"),
            ("需要补缴费学生名单", "??"),
            ("应缴费学生名单", "??"),
            ("免缴费学生", "??"),
            ("除以下学生外均已缴费", "??"),
            ("除以下学生外，均已缴费", "??"),
            ("已缴费同学请勿重复缴费", "??"),
            ("未缴费及不参加采集学生名单", "??"),
            ("已缴费、未缴费学生名单", "??"),
            ("出国学生缴费名单", "??"),
            ("不参加采集学生退费名单", "??"),
            ("2024届免于拍摄（已有图像）学生名单", "免拍"),
            ("已采集过图像、本次免拍学生名单", "免拍"),
            ("非免拍学生名单", "??"),
            ("申请免拍未通过学生", "??"),
            ("取消免拍", "??"),
            ("免拍审核表", "?"),
            ("自愿放弃图像采集学生名单", "不参加"),
            ("因休学、退学不参加采集学生名单", "不参加"),
            ("取消不参加", "??"),
            ("放弃免拍学生名单", "??"),
            ("不参加毕业照拍摄", "??"),
            ("免采集费用学生名单", "??"),
            ("免拍名单（待审核）", "??"),
            ("免拍名单？", "??"),
            ("未交照片学生名单", "??"),
            ("已交信息表名单", "??"),
            ("已确认参加学生名单", "-"),
            ("退学费用名单", "??"),
            ("疑似2301班未缴费", "??"),
            ("不参加采集情况统计", "?"),
            ("2026届出国（境）交流学生名单（不参加现场采集，自行上传照片）", "不参加+境外"),
            ("未领采集码", "无码"),
            ("采集码已获取学生", "有码"),
            ("采集码未激活", "??"),
            ("已完成信息核对学生名单", "已核对"),
            ("信息未核对学生名单", "未核对"),
            ("国际教育学院出国学生名单", "境外"),
            ("海外教育学院名单", "-"),
            ("不出国学生", "??"),
            ("休学学生名单", "休学"),
            ("二、退学", "退学"),
            ("已复学（原休学）学生", "??"),
            ("休学期满复学名单", "??"),
            ("休学学生（不含已复学）", "??"),
            ("退学警告学生", "??"),
            ("拟退学学生", "??"),
            ("结业换证学生", "??"),
            ("2021届（含延期毕业）学生名单", "-"),
            ("2026届毕业生图像采集名单", "-"),
            ("注：未缴费学生请于9月10日前缴费", "-"),
        ] {
            assert_eq!(told(&of_title(title)), wanted, "{title}");
        }
    }

    #[test]
    fn a_remark_is_understood_in_the_words_of_offices_and_smells_of_a_status_where_not() {
        for (remark, wanted) in [
            ("出国", "境外"),
            ("已退学", "退学"),
            ("休学中", "休学"),
            ("2024年9月休学", "休学"),
            ("转专业至软件2302", "转专业"),
            ("转专业（转入商学院）", "转专业"),
            ("当兵/入伍", "入伍"),
            ("结业（6月）", "结业"),
            ("9月已缴", "已缴"),
            (" 免 拍", "免拍"),
            ("不参加", "不参加"),
            ("拟退学", "??"),
            ("免拍申请未通过", "??"),
            ("学费未缴清", "??"),
            ("不拍", "不参加"),
            ("已拍", "??"),
            ("转出", "??"),
            ("死亡", "??"),
            ("家在外地", "-"),
            ("专升本", "-"),
            ("已在外校采集", "-"),
        ] {
            assert_eq!(told(&of_remark(remark)), wanted, "{remark}");
        }
    }

    proptest! {
        /// Whatever stands before a statement and is no name of a place, nobody is marked by it.
        #[test]
        fn a_word_that_is_not_known_before_a_statement_leaves_nothing_sure(
            strange in "[拟曾疑误伪停改撤缓驳恢]{1,2}",
            of in prop::sample::select(vec!["已缴费", "未缴费", "免拍", "不参加", "休学", "出国"]),
            tail in prop::sample::select(vec!["", "名单", "学生名单", "的学生"]),
        ) {
            let title = format!("{strange}{of}{tail}");
            prop_assert!(of_title(&title).marks.is_empty(), "{}", title);
        }

        #[test]
        fn no_text_is_too_odd_to_be_read(text in "\\PC{0,40}") {
            let _ = (of_title(&text), of_remark(&text), of_file(&text));
        }
    }
}
