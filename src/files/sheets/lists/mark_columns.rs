//! Columns of a mark list: what each asks or states, and what the cells of one row say together.

use std::collections::HashMap;

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

use super::super::columns::{Column, Header, header_key, header_text};
use super::super::grid::{Cell, Grid, Row};
use super::contrary;
use super::keys;
use super::legends;
use super::mark_answers::{Answer, Answers, By, refused, settle};
use super::mark_headers::{Role, bare_key, column_for, is_other_fee, matter_of, role};
use super::mark_words;
use super::statements::{self, Matter};

pub use super::mark_headers::meaning;

/// A column of marks.
#[derive(Debug, Clone)]
struct MarkColumn {
    header: Header,
    role: Role,
    /// Somebody has a tick here.
    ticked: bool,
    /// Something stands here at all.
    filled: bool,
    /// 1, 2, 3: a code that nobody explains, in which 1 is no yes.
    coded: bool,
    /// Rings beside crosses, and no ticks: a ring says yes.
    ringed: bool,
}

impl MarkColumn {
    /// True where ticks or crosses stand in it.
    fn ticks(&self) -> bool {
        self.filled && matches!(self.role, Role::Asks(_) | Role::States(..) | Role::When | Role::Is)
    }
}

/// The columns of marks of a sheet.
#[derive(Debug, Clone, Default)]
pub struct MarkColumns {
    list: Vec<MarkColumn>,
}

impl MarkColumns {
    /// Of these headers; `below` is what stands under each (`grid::by_column`). On a list about the fee (`fee`) 状态 is the state of the payment.
    pub fn of(headers: &[Header], below: &HashMap<u32, Vec<&str>>, fee: bool) -> Self {
        let one = |h: &Header| {
            let role = if fee && h.text.trim() == "状态" { Some(Role::Asks(Column::Paid)) } else { role(h) }?;
            let held = below.get(&h.col);
            // 类型 is of a payment only where one went back.
            if role == Role::Refund && !h.text.contains('退') && !held.is_some_and(|texts| texts.iter().any(|t| is_back(t))) {
                return None;
            }
            let ticked = held.is_some_and(|texts| texts.iter().any(|t| mark_words::tick(t) == Some(true)));
            let filled = held.is_some_and(|texts| texts.iter().any(|t| !t.trim().is_empty()));
            let code = |t: &&str| matches!(t.trim().as_bytes(), [b'2'..=b'9']);
            let coded = held.is_some_and(|texts| texts.iter().any(code));
            let any = |fits: &dyn Fn(&str) -> bool| held.is_some_and(|texts| texts.iter().any(|t| fits(t)));
            let ringed = any(&mark_words::is_ring) && !any(&|t| mark_words::tick(t) == Some(true)) && any(&|t| mark_words::is_cross(t));
            Some(MarkColumn { header: h.clone(), role, ticked: ticked || ringed, filled, coded, ringed })
        };
        Self { list: headers.iter().filter_map(one).collect() }
    }

    /// True where some column answers for itself: remarks and documents do not.
    pub fn any(&self) -> bool {
        let aside = |r| {
            matches!(
                r,
                Role::Words(Column::Remark | Column::Document)
                    | Role::Reason(..)
                    | Role::Due
                    | Role::Reduced
                    | Role::Refund
                    | Role::Verdict
                    | Role::Purpose
            )
        };
        self.list.iter().any(|c| c.filled && !aside(c.role))
    }

    /// True where there is a column at all.
    pub fn some(&self) -> bool {
        !self.list.is_empty()
    }

    /// True for a column of marks.
    pub fn has(&self, col: u32) -> bool {
        self.list.iter().any(|c| c.header.col == col)
    }

    /// True where no other column answers of the same.
    fn is_alone(&self, one: &MarkColumn) -> bool {
        let same = |c: &&MarkColumn| c.filled && matter_of(c.role) == matter_of(one.role);
        self.list.iter().filter(same).count() == 1
    }

    /// The columns about the fee alone, where they hold more than 已缴费 or an amount: then what was paid is told by all of them.
    pub fn of_fee(headers: &[Header], below: &HashMap<u32, Vec<&str>>) -> Option<Self> {
        let fee = |c: &MarkColumn| matter_of(c.role) == Some(Matter::Paid) || matches!(c.role, Role::Due | Role::Reduced | Role::Refund);
        let list: Vec<MarkColumn> = Self::of(headers, below, false).list.into_iter().filter(fee).collect();
        let more = list.iter().any(|c| matches!(c.role, Role::Due | Role::Owed | Role::Refund));
        let paid = list.iter().any(|c| matches!(c.role, Role::Amount | Role::Owed | Role::Asks(_)));
        (more && paid).then_some(Self { list })
    }

    /// True where one of these headers is about a fee beyond 已缴费 and an amount.
    pub fn tells_of_fee(headers: &[Header]) -> bool {
        headers.iter().any(|h| matches!(role(h), Some(Role::Due | Role::Owed | Role::Refund)))
    }

    /// True where a column that is not left empty answers of that matter.
    pub fn answers(&self, matter: Matter) -> bool {
        self.list.iter().any(|c| c.filled && matter_of(c.role) == Some(matter))
    }

    /// A header that gives ticks another meaning, under which there are ticks.
    pub fn turned(&self) -> Option<&Header> {
        self.list.iter().find(|c| c.ticks() && legends::turns_ticks(&c.header.text)).map(|c| &c.header)
    }

    /// A column of reasons or remarks in which this row says something.
    pub fn words_of<'r>(&self, row: &'r Row, block: &[Header]) -> Option<(&Header, &'r str)> {
        let words = self.list.iter().filter(|c| matches!(c.role, Role::Words(Column::Remark) | Role::Reason(..)));
        let mine = words.filter(|c| block.iter().any(|h| h.col == c.header.col));
        mine.map(|c| (&c.header, row.own(c.header.col).trim())).find(|(_, text)| !text.is_empty() && !keys::is_nothing(text))
    }

    /// What was due of a person and what they paid, in hundredths.
    pub fn fee(&self, row: &Row, block: &[Header]) -> Option<(u64, u64)> {
        let number = |role: Role| {
            let column = self.list.iter().find(|c| c.role == role && block.iter().any(|h| h.col == c.header.col))?;
            mark_words::amount(&row.cell(column.header.col)?.text)
        };
        // 关闭 beside it, or a refund: nothing is added up.
        let told = |c: &&MarkColumn| {
            let of_fee = matches!(c.role, Role::Owed | Role::Refund)
                || (matches!(c.role, Role::Asks(_) | Role::States(..)) && matter_of(c.role) == Some(Matter::Paid));
            of_fee && !row.text(c.header.col).trim().is_empty() && block.iter().any(|h| h.col == c.header.col)
        };
        if self.list.iter().any(|c| told(&c)) {
            return None;
        }
        let due = number(Role::Due)? - number(Role::Reduced).unwrap_or_default();
        let hundredths = |n: f64| (n.is_finite() && n >= 0.0).then(|| (n * 100.0).round() as u64);
        hundredths(due).zip(hundredths(number(Role::Amount)?))
    }

    /// True where some column is read by its ticks.
    pub fn ticks(&self) -> bool {
        self.list.iter().any(MarkColumn::ticks)
    }

    /// A column of amounts or days that is the same for everybody and stands alone: what was paid, or what is to be paid?
    pub fn doubtful(&self, held: &HashMap<u32, Vec<&str>>) -> Option<&Header> {
        let fee: Vec<&MarkColumn> = self.list.iter().filter(|c| c.filled && matter_of(c.role) == Some(Matter::Paid)).collect();
        let [only] = fee.as_slice() else { return None };
        let plain = ["缴费金额", "交费金额", "金额", "支付金额", "缴费额"].contains(&bare_key(&header_key(&only.header.text)));
        let telling = match only.role {
            // What goes back was paid.
            Role::Amount => !plain || self.list.iter().any(|c| matches!(c.role, Role::Due | Role::Refund)),
            Role::When => false,
            _ => true,
        };
        let texts = held.get(&only.header.col)?;
        let same = texts.len() > 1 && texts.iter().all(|t| t.trim() == texts[0].trim());
        let counts = texts.first().is_some_and(|t| mark_words::amount(t).is_some_and(|n| n > 0.0) || mark_words::is_date(t));
        (!telling && same && counts).then_some(&only.header)
    }

    /// What a row says in the columns of a block. On a register of everybody an empty place under a ticked 已缴费 says 未缴费; never
    /// the other way round, so that no empty place lets anybody pass.
    pub fn of_row(&self, grid: &Grid, row: &Row, block: &[Header], register: &[Matter], findings: &mut Vec<IntakeFinding>) -> Answers {
        let mut answers = Answers::default();
        let mut said: Vec<Answer> = Vec::new();
        // Matters that a column is asked about and answers in words that are not understood.
        let mut open: Vec<Matter> = Vec::new();
        let mut refusal: Option<String> = None;
        let mut denied: Vec<(Matter, String, String, String)> = Vec::new();
        let mut refund: Option<(By, String, String)> = None;
        let mut purpose: Option<(String, String)> = None;
        let mine = || self.list.iter().filter(|c| block.iter().any(|h| h.col == c.header.col));
        let number = |role: Role| {
            let cell = mine().find(|c| c.role == role).and_then(|c| row.cell(c.header.col));
            cell.and_then(|c| mark_words::amount(&c.text))
        };
        for column in mine() {
            let header = &column.header;
            let cell = row.cell(header.col).filter(|c| !c.text.trim().is_empty());
            let by = || By::Column(header.text.clone());
            if let Role::Words(_) | Role::Reason(..) = column.role {
                if let (Role::Reason(matter, yes), Some(cell)) = (column.role, cell)
                    && !keys::is_nothing(&cell.text)
                    && !contrary::denies(&matter.mark(yes), &cell.text)
                {
                    said.push(Answer {
                        matter,
                        yes,
                        strength: 0,
                        by: by(),
                        text: cell.text.to_string(),
                        cell: row.name(header.col),
                        denies: true,
                    });
                }
                if let Some(text) = cell.map(|c| c.text.as_str()) {
                    answers.hear(text, &header.text, row.name(header.col));
                    // 参加 under 不参加原因: no reason, and no mark.
                    if let Role::Reason(matter, yes) = column.role
                        && contrary::denies(&matter.mark(yes), text)
                    {
                        denied.push((matter, row.name(header.col), text.replace('\n', " "), header.text.clone()));
                    }
                }
                let marks = mark_words::marks(grid, row, &[with_meaning(header, column.role)], findings);
                answers.by.extend(marks.each().into_iter().map(|one| (one, by())));
                answers.marks.overlay(&marks);
                continue;
            }
            if column.role == Role::Is {
                let ticked = cell.and_then(|c| mark_words::tick(&c.text));
                if ticked == Some(true) {
                    let marks = statements::of_title(&header.text).marks;
                    answers.by.push((marks.clone(), by()));
                    answers.marks.overlay(&marks);
                } else if let (None, Some(cell)) = (ticked, cell) {
                    let args = vec![header.text.clone(), cell.text.replace('\n', " ")];
                    let place = Some(row.name(header.col));
                    findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Warning, Some(row.number), place, args));
                }
                continue;
            }
            if column.role == Role::Purpose {
                let text = cell.map_or("", |c| c.text.as_str());
                purpose = purpose.or(is_other_fee(text).then(|| (row.name(header.col), text.replace('\n', " "))));
                continue;
            }
            if column.role == Role::Verdict {
                let text = cell.map_or("", |c| c.text.as_str());
                let refused = mark_words::verdict(text) == Some(false) || mark_words::tick(text) == Some(false);
                let waits = ["不同意", "不通过", "未通过", "不予", "驳回", "退回", "未审"].iter().any(|w| text.contains(w));
                let waits = waits || (text.contains('待') && text.contains('审'));
                refusal = refusal.or((refused || waits).then(|| text.replace('\n', " ")));
                continue;
            }
            let Some(cell) = cell.filter(|c| !(matches!(column.role, Role::States(..)) && mark_words::is_blank(&c.text))) else {
                let blank = match column.role {
                    Role::States(matter @ (Matter::Paid | Matter::Code | Matter::Checked), true) if column.ticked => Some(matter),
                    // A register with the day on which each has paid, and nothing else.
                    Role::When if column.filled && self.is_alone(column) => Some(Matter::Paid),
                    _ => None,
                };
                if let Some(matter) = blank.filter(|m| register.contains(m)) {
                    let by = By::Blank(header.text.clone());
                    said.push(Answer {
                        matter,
                        yes: false,
                        strength: 0,
                        by,
                        text: String::new(),
                        cell: row.name(header.col),
                        denies: false,
                    });
                }
                continue;
            };
            let code = column.coded && matches!(cell.text.trim().as_bytes(), [b'0'..=b'9']);
            let read = match column.role {
                Role::Asks(_) | Role::States(..) if code => None,
                Role::Due | Role::Reduced => continue,
                Role::Refund => {
                    let back = mark_words::amount(&cell.text).map_or_else(|| is_back(&cell.text), |n| n > 0.0);
                    refund = refund.or(back.then(|| (by(), cell.text.replace('\n', " "), row.name(header.col))));
                    continue;
                }
                Role::Amount if mark_words::is_refund(&cell.text) => {
                    refund = refund.or(Some((by(), cell.text.replace('\n', " "), row.name(header.col))));
                    continue;
                }
                Role::Asks(asks) => {
                    let ring = column.ringed && mark_words::is_ring(&cell.text);
                    let yes = if ring { Some(true) } else { mark_words::tick(&cell.text) };
                    let yes = yes.or_else(|| mark_words::word(&cell.text, asks));
                    mark_words::asked(asks).zip(yes).map(|((matter, as_asked), yes)| (matter, yes == as_asked, 3))
                }
                Role::States(matter, states) if column.ringed && mark_words::is_ring(&cell.text) => Some((matter, states, 3)),
                // `已缴` with a sum beside `应缴`: half of it is not all.
                Role::States(Matter::Paid, true) if number(Role::Due).is_some() && mark_words::amount(&cell.text).is_some() => {
                    let due = number(Role::Due).unwrap_or_default() - number(Role::Reduced).unwrap_or_default();
                    mark_words::amount(&cell.text).map(|n| (Matter::Paid, n >= due, 3))
                }
                Role::States(matter, states) => stated(cell, matter, states).map(|yes| (matter, yes, 3)),
                Role::Owed => mark_words::amount(&cell.text).map(|n| (Matter::Paid, n == 0.0, 2)),
                Role::Amount => {
                    let due = number(Role::Due).map(|due| due - number(Role::Reduced).unwrap_or_default());
                    let yes = mark_words::amount(&cell.text).map(|n| if let Some(due) = due { n >= due } else { n > 0.0 });
                    yes.or_else(|| mark_words::tick(&cell.text))
                        .or_else(|| mark_words::word(&cell.text, Column::Paid))
                        .map(|yes| (Matter::Paid, yes, 1))
                }
                Role::When if mark_words::is_date(&cell.text) => Some((Matter::Paid, true, 0)),
                Role::When => {
                    let yes = mark_words::tick(&cell.text).or_else(|| mark_words::word(&cell.text, Column::Paid));
                    yes.map(|yes| (Matter::Paid, yes, 0))
                }
                Role::Words(_) | Role::Reason(..) | Role::Verdict | Role::Purpose | Role::Is => None,
            };
            match read {
                Some((matter, yes, strength)) => {
                    // 缴费金额 beside 否 is what is to be paid.
                    let owed = column.role == Role::Amount && yes && !["实", "已", "到账"].iter().any(|w| header.text.contains(w));
                    let (text, cell) = (cell.text.replace('\n', " "), row.name(header.col));
                    said.push(Answer { matter, yes, strength, by: by(), text, cell, denies: !owed });
                }
                None => {
                    open.extend(matter_of(column.role).filter(|_| matches!(column.role, Role::Asks(_) | Role::States(..))));
                    let args = vec![header.text.clone(), cell.text.replace('\n', " ")];
                    let place = Some(row.name(header.col));
                    findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Warning, Some(row.number), place, args));
                }
            }
        }
        // 已关闭 beside the day of a payment: what is only told beside says no yes then.
        said.retain(|a| !(a.yes && a.strength < 2 && open.contains(&a.matter)));
        answers.blocked.extend(open);
        // `缴费 40 │ 退费 20`: what was kept is all, or nobody can tell.
        let due = number(Role::Due).map(|due| due - number(Role::Reduced).unwrap_or_default());
        let back = refund.as_ref().and_then(|(_, text, _)| mark_words::amount(text));
        let kept = number(Role::Amount).zip(back).map(|(paid, back)| paid - back.abs()).filter(|kept| *kept > 0.0);
        if let (Some(kept), Some((by, text, cell))) = (kept, &refund) {
            said.retain(|a| a.matter != Matter::Paid);
            let (by, text, cell) = (by.clone(), text.clone(), cell.clone());
            match due {
                Some(due) => said.push(Answer { matter: Matter::Paid, yes: kept >= due, strength: 3, by, text, cell, denies: true }),
                None => {
                    answers.blocked.push(Matter::Paid);
                    let args = vec!["remark".to_owned(), by.text().to_owned(), text];
                    findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), Some(cell), args));
                }
            }
        } else if let Some((by, text, cell)) = refund {
            said.retain(|a| a.matter != Matter::Paid);
            said.push(Answer { matter: Matter::Paid, yes: false, strength: 3, by, text, cell, denies: true });
        }
        // Whoever owes 学费 owes nothing for the picture, and whoever paid it has paid nothing.
        if let Some((cell, text)) = purpose {
            said.retain(|a| a.matter != Matter::Paid);
            answers.blocked.push(Matter::Paid);
            let args = vec!["purpose".to_owned(), text];
            findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), Some(cell), args));
        }
        settle(grid, row, said, &mut answers, findings);
        for (matter, cell, text, header) in denied {
            answers.blocked.push(matter);
            if matter.of(&answers.marks).is_empty() {
                let args = vec!["against".to_owned(), text, header];
                findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Error, Some(row.number), Some(cell), args));
            }
        }
        if let Some(text) = refusal {
            refused(grid, row, text, &mut answers, findings);
        }
        answers
    }
}

/// True for a cell that says that money went back: 退费, 已退款, 是.
fn is_back(text: &str) -> bool {
    let denied = ["未退", "不退", "没退", "无退"].iter().any(|w| text.contains(w));
    let back = text.trim() == "退" || ["退费", "退款", "退还", "已退"].iter().any(|w| text.contains(w));
    mark_words::tick(text).unwrap_or(back && !denied)
}

/// A cell under a header that is a statement: a word of its own counts as it is, a tick as the header says.
fn stated(cell: &Cell, matter: Matter, states: bool) -> Option<bool> {
    let column = Some(column_for(matter)).filter(|c| *c != Column::Status)?;
    let relative = |yes: bool| yes == states;
    let whole = !cell.text.trim_start().starts_with('欠');
    let owed = || mark_words::amount(&cell.text).filter(|_| matter == Matter::Paid && whole).map(|n| relative(n > 0.0));
    mark_words::tick(&cell.text).map(relative).or_else(owed).or_else(|| mark_words::word(&cell.text, column))
}

fn with_meaning(header: &Header, role: Role) -> Header {
    let column = match role {
        Role::Words(column) => Some(column),
        Role::Reason(..) => Some(Column::Remark),
        _ => header.column,
    };
    Header { column, ..header.clone() }
}

/// A second header row of answers (`是否缴费` over `是 │ 否`): its columns, each stating what stands over it.
pub fn answers_below(grid: &Grid, head: usize, headers: &[Header]) -> Option<Vec<Header>> {
    let (above, below) = (grid.rows.get(head)?, grid.rows.get(head + 1)?);
    let own: Vec<&Cell> = below.written().collect();
    let keys_empty = headers.iter().filter(|h| super::list_rows::is_key(h)).all(|h| below.own(h.col).is_empty());
    if own.len() < 2 || !keys_empty || above.number + 1 != below.number {
        return None;
    }
    let mut found = Vec::new();
    for cell in own {
        let group = headers.iter().filter(|h| h.col <= cell.col).max_by_key(|h| h.col)?;
        let Some(Role::Asks(column)) = role(group) else { return None };
        let yes = mark_words::tick(&cell.text).or_else(|| mark_words::word(&cell.text, column))?;
        let (matter, as_asked) = mark_words::asked(column)?;
        let text = match (matter, yes == as_asked) {
            (Matter::Paid, true) => "已缴费",
            (Matter::Paid, false) => "未缴费",
            (Matter::Code, true) => "有采集码",
            (Matter::Code, false) => "无采集码",
            (Matter::Checked, true) => "已核对",
            (Matter::Checked, false) => "未核对",
            (Matter::NotTakingPart, true) => "不参加",
            (Matter::Exempt, true) => "免拍",
            (Matter::Abroad, true) => "境外",
            // A tick under 否 says nothing then that a title would not say.
            _ => continue,
        };
        found.push(Header { col: cell.col, column: None, text: header_text(text) });
    }
    (!found.is_empty()).then_some(found)
}
