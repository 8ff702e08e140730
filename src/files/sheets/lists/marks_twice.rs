//! One person in several rows of mark lists: where they say the opposite, neither is believed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{MarkList, MarkRow, Marks};
use crate::domain::width;

use super::super::columns::Header;
use super::super::grid::Row;
use super::mark_reading::{Reading, Witness};

/// Words of those who study, and come.
const HERE: [&str; 8] = ["复学", "在籍", "在读", "在校", "在学", "正常", "注册", "恢复学籍"];
/// Words of those who do not.
const AWAY: [&str; 14] =
    ["休学", "退学", "保留", "入伍", "参军", "开除", "取消学籍", "注销", "转学", "转出", "结业", "肄业", "死亡", "无学籍"];

/// True where one word of 学籍 says that somebody studies, and the other that they do not.
fn turns(one: &Marks, other: &Marks) -> bool {
    let is = |marks: &Marks, words: &[&str]| marks.status.as_deref().is_some_and(|s| words.iter().any(|w| s.contains(w)));
    let here = |m: &Marks| is(m, &HERE) && !is(m, &AWAY);
    here(one) && is(other, &AWAY) || here(other) && is(one, &AWAY)
}

/// The columns that say on which day something became so.
pub struct Days(Vec<u32>);

impl Days {
    /// Of these headers: 异动日期, and not 出生日期.
    pub fn of(headers: &[Header]) -> Self {
        let other = ["出生", "入学", "毕业", "打印", "导出", "缴", "付", "预计", "拟"];
        let day = |h: &&Header| ["日期", "时间"].iter().any(|w| h.text.contains(w)) && !other.iter().any(|w| h.text.contains(w));
        match headers.iter().filter(day).map(|h| h.col).collect::<Vec<_>>().as_slice() {
            [only] => Self(vec![*only]),
            _ => Self(Vec::new()),
        }
    }

    /// The day of a row, year first; none where it is not whole.
    pub fn day(&self, row: &Row) -> Option<String> {
        let text = width::fold(row.own(*self.0.first()?));
        let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
        match parts.as_slice() {
            [whole] if whole.len() == 8 && whole.starts_with("20") => Some((*whole).to_owned()),
            [year, month, day, ..] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => Some(format!("{year}{month:0>2}{day:0>2}")),
            [year, month] if year.len() == 4 && month.len() <= 2 => Some(format!("{year}{month:0>2}00")),
            _ => None,
        }
    }
}

/// `应收 20 │ 实收 10`, twice: what one person paid in parts is added up.
pub fn in_parts(lists: &mut [MarkList], reading: &mut Reading, findings: &mut Vec<IntakeFinding>) {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, witness) in reading.witnesses.iter().enumerate().filter(|(_, w)| w.fee.is_some()) {
        by_key.entry(width::key(&witness.key)).or_default().push(at);
    }
    for rows in by_key.into_values().filter(|rows| rows.len() > 1) {
        let of: Vec<&Witness> = rows.iter().filter_map(|at| reading.witnesses.get(*at)).collect();
        let fees: Vec<(u64, u64)> = of.iter().filter_map(|w| w.fee).collect();
        let Some((due, _)) = fees.first().copied() else { continue };
        let parts = fees.iter().all(|(one, paid)| *one == due && *paid > 0 && *paid < due);
        if !parts || fees.iter().map(|(_, paid)| paid).sum::<u64>() < due {
            continue;
        }
        let places: HashSet<(String, u32, String)> = of.iter().map(|w| (w.sheet.clone(), w.row, w.key.clone())).collect();
        let (first, others) = (of.first().map(|w| (w.sheet.clone(), w.row, shown(&w.key))), of.iter().skip(1).map(|w| w.row.to_string()));
        let others: Vec<String> = others.collect();
        let Some((sheet, row, key)) = first else { continue };
        let mut whole = true;
        for list in lists.iter_mut() {
            let of_it = |r: &&mut MarkRow| places.contains(&(list.sheet.clone(), r.row, r.key.clone()));
            for row in list.rows.iter_mut().filter(of_it) {
                whole &= row.marks.paid == Some(false);
                row.marks.paid = row.marks.paid.map(|_| true);
            }
        }
        if !whole {
            continue;
        }
        for at in rows {
            let Some(counted) = reading.witnesses.get(at).map(|w| w.counted.clone()) else { continue };
            let anew = counted.into_iter().map(|n| match reading.counted.get_mut(n) {
                Some(one) if one.mark.paid == Some(false) => {
                    one.people = one.people.saturating_sub(1);
                    let (mark, by) = (Marks { paid: Some(true), ..Marks::default() }, one.by.clone());
                    reading.count(mark, by)
                }
                _ => n,
            });
            let anew: Vec<usize> = anew.collect();
            if let Some(witness) = reading.witnesses.get_mut(at) {
                witness.counted = anew;
            }
        }
        let args = vec!["parts".to_owned(), key, (others.len() + 1).to_string()];
        findings.push(IntakeFinding {
            code: IntakeCode::MarkUnclear,
            severity: Severity::Warning,
            sheet,
            cell: None,
            row: Some(row),
            others,
            args,
        });
    }
}

/// 复学 of a day after 休学: the newer row holds. The older ones, by sheet and row.
pub fn superseded(lists: &[MarkList], reading: &Reading, findings: &mut Vec<IntakeFinding>) -> BTreeSet<(String, u32)> {
    let days: HashMap<(&str, u32), &str> =
        reading.witnesses.iter().filter_map(|w| Some(((w.sheet.as_str(), w.row), w.day.as_deref()?))).collect();
    let mut known: BTreeMap<String, Vec<(&str, &MarkRow)>> = BTreeMap::new();
    if days.is_empty() {
        return BTreeSet::new();
    }
    for (list, row) in lists.iter().flat_map(|l| l.rows.iter().map(move |r| (l, r))).filter(|(_, r)| r.marks.status.is_some()) {
        known.entry(width::key(&row.key)).or_default().push((&list.sheet, row));
    }
    let mut older = BTreeSet::new();
    for rows in known.into_values().filter(|rows| rows.len() > 1) {
        let turned = rows.iter().any(|(_, one)| rows.iter().any(|(_, other)| turns(&one.marks, &other.marks)));
        let alone = rows.iter().all(|(_, row)| row.marks.each().len() == 1);
        let mut dated: Vec<(&str, &(&str, &MarkRow))> = rows.iter().filter_map(|r| Some((*days.get(&(r.0, r.1.row))?, r))).collect();
        dated.sort_by_key(|(day, _)| *day);
        let [rest @ .., (last_day, newest)] = dated.as_slice() else { continue };
        if !turned || !alone || dated.len() != rows.len() || rest.last().is_some_and(|(day, _)| day == last_day) {
            continue;
        }
        older.extend(rest.iter().map(|(_, (sheet, row))| ((*sheet).to_owned(), row.row)));
        let status = newest.1.marks.status.as_deref().unwrap_or_default().to_owned();
        findings.push(IntakeFinding {
            code: IntakeCode::MarkContradicts,
            severity: Severity::Info,
            sheet: newest.0.to_owned(),
            cell: None,
            row: Some(newest.1.row),
            others: rest.iter().map(|(_, (_, row))| row.row.to_string()).collect(),
            args: vec!["newer".to_owned(), shown(&newest.1.key), status],
        });
    }
    older
}

/// The keys of those of whom two rows say the opposite, so that neither is believed; `older` rows, which a newer one has superseded, say
/// nothing any more.
pub fn twice(lists: &[MarkList], older: &BTreeSet<(String, u32)>, findings: &mut Vec<IntakeFinding>) -> HashSet<String> {
    let mut known: HashMap<String, Vec<(&str, &MarkRow)>> = HashMap::new();
    for (list, row) in lists.iter().flat_map(|l| l.rows.iter().map(move |r| (l, r))) {
        if older.is_empty() || !older.contains(&(list.sheet.clone(), row.row)) {
            known.entry(width::key(&row.key)).or_default().push((&list.sheet, row));
        }
    }
    let mut found: BTreeMap<(usize, u32), IntakeFinding> = BTreeMap::new();
    let mut keys = HashSet::new();
    for (key, rows) in known.iter().filter(|(_, rows)| rows.len() > 1) {
        let Some((first, rest)) = rows.split_first() else { continue };
        let place = |(sheet, row): &(&str, &MarkRow)| if *sheet == first.0 { row.row.to_string() } else { format!("{sheet}!{}", row.row) };
        let opposite = |(_, row): &&(&str, &MarkRow)| row.marks.contradicts(&first.1.marks) || turns(&row.marks, &first.1.marks);
        let against: Vec<String> = rest.iter().filter(opposite).map(place).collect();
        if against.is_empty() {
            continue;
        }
        keys.insert(key.clone());
        let others = rest.iter().map(place).collect();
        let args = vec!["twice".to_owned(), shown(&first.1.key), against.join("、")];
        let at = lists.iter().position(|l| l.sheet == first.0).unwrap_or(0);
        let finding = IntakeFinding {
            code: IntakeCode::MarkContradicts,
            severity: Severity::Error,
            sheet: first.0.to_owned(),
            cell: None,
            row: Some(first.1.row),
            others,
            args,
        };
        found.insert((at, first.1.row), finding);
    }
    findings.extend(found.into_values());
    keys
}

/// A key as people read it.
fn shown(key: &str) -> String {
    key.replace('@', " ")
}
