//! Headers of a mark list: which matter each asks about or states, also those that other lists do not know.

use super::super::columns::{Column, Header, column_of, header_key};
use super::mark_words;
use super::statements::{self, Matter, Said};

/// How a column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// 是否缴费: yes, no, or words of its own.
    Asks(Column),
    /// 未缴费: a tick says that it is so.
    States(Matter, bool),
    /// 实缴金额
    Amount,
    /// 应缴金额
    Due,
    /// 减免金额
    Reduced,
    /// 欠费金额
    Owed,
    /// 退费金额, 是否退费, 交易类型: money that went back was not paid.
    Refund,
    /// 缴费时间: a day says that it was paid.
    When,
    /// 未缴费原因: whoever has a reason has not paid.
    Reason(Matter, bool),
    /// 备注, 学籍状态, 批次, 证件类型
    Words(Column),
    /// 审核意见: whoever is refused gets none of what was asked for.
    Verdict,
    /// 收费项目: what is paid for.
    Purpose,
    /// 休学: a tick says that it is so.
    Is,
}

/// Fees that are not for pictures.
const OTHER_FEES: [&str; 18] = [
    "学费",
    "学杂费",
    "住宿费",
    "宿舍费",
    "书费",
    "书本费",
    "教材费",
    "保险",
    "党费",
    "班费",
    "体检费",
    "校服费",
    "网费",
    "水电费",
    "水费",
    "电费",
    "军训费",
    "学位服",
];

/// True for a text about another fee than that of the pictures: 学费欠费, 住宿费.
pub(super) fn is_other_fee(text: &str) -> bool {
    let picture = ["采集", "图像", "图象", "拍摄", "拍照", "照相", "照片", "摄影"].iter().any(|w| text.contains(w));
    !picture && OTHER_FEES.iter().any(|w| text.contains(w))
}

/// Columns whose headers the other lists do not know.
const HEADERS: &[(Role, &[&str])] = &[
    (
        Role::Asks(Column::Paid),
        &[
            "是否已缴费",
            "是否已交费",
            "是否已缴",
            "是否缴纳",
            "是否缴清",
            "缴费标记",
            "缴费登记",
            "缴费确认",
            "缴费结果",
            "缴纳情况",
            "收费状态",
            "收费情况",
            "收缴情况",
            "已缴未缴",
            "SFJF",
        ],
    ),
    (Role::Amount, &["已缴金额", "已交金额", "实收金额", "实收", "实缴", "实交", "实付金额", "已缴费金额", "到账金额", "缴费额"]),
    (Role::Due, &["应缴金额", "应收金额", "应交金额", "应缴", "应交", "应收", "应缴费用"]),
    (Role::Reduced, &["减免金额", "免缴金额"]),
    (Role::Owed, &["欠费金额", "未缴金额", "未交金额", "欠缴金额", "尚欠金额", "欠费额", "欠款"]),
    (
        Role::Refund,
        &[
            "退费金额",
            "退款金额",
            "是否退费",
            "是否退款",
            "退费情况",
            "退款状态",
            "类型",
            "交易类型",
            "收支类型",
            "业务类型",
            "费用类型",
            "订单类型",
            "收支",
        ],
    ),
    (Role::When, &["缴费时间", "缴费日期", "交费时间", "交费日期", "付款时间", "支付时间", "到账时间"]),
    (Role::Words(Column::Status), &["异动类型", "异动情况", "异动类别", "学籍异动类型", "学籍变动", "毕业结论", "毕结业结论"]),
    (
        Role::Verdict,
        &[
            "审核意见",
            "审核结果",
            "审核状态",
            "审批意见",
            "审批结果",
            "审批状态",
            "学院意见",
            "学院审核",
            "学院审核意见",
            "学校意见",
            "学校审核",
            "教务处意见",
            "是否同意",
            "是否批准",
            "审核",
        ],
    ),
    (Role::Words(Column::Remark), &["原因", "事由", "异动说明"]),
    (
        Role::Purpose,
        &[
            "收费项目",
            "缴费项目",
            "交费项目",
            "费用项目",
            "收费名称",
            "费用名称",
            "项目名称",
            "商品名称",
            "缴费事项",
            "缴费名称",
            "支付项目",
            "收费内容",
        ],
    ),
    (Role::Asks(Column::Checked), &["核对结果", "信息核对结果", "SFHD"]),
    (Role::Asks(Column::Code), &["采集码是否获取", "采集码是否领取", "是否领取采集码", "采集码获取状态", "采集码领取情况", "CJM"]),
    (Role::Asks(Column::Abroad), &["出国", "是否出国", "是否出国境", "出国境"]),
    (Role::Asks(Column::Exempt), &["已采集", "是否已采集", "图像采集状态", "采集状态", "是否已采集图像"]),
];

/// What a column is about.
pub(super) fn matter_of(role: Role) -> Option<Matter> {
    match role {
        Role::Asks(column) => mark_words::asked(column).map(|(matter, _)| matter),
        Role::States(matter, _) => Some(matter),
        Role::Amount | Role::Owed | Role::When => Some(Matter::Paid),
        Role::Words(Column::Status) => Some(Matter::Status),
        Role::Due | Role::Reduced | Role::Refund | Role::Reason(..) | Role::Words(_) | Role::Verdict | Role::Purpose => None,
        Role::Is => Some(Matter::Status),
    }
}

/// The column of marks that a header stands for, which other lists do not know.
pub fn meaning(text: &str) -> Option<Column> {
    let header = Header { col: 1, column: column_of(text), text: text.into() };
    match role(&header).filter(|_| header.column.is_none())? {
        Role::Asks(column) | Role::Words(column) => Some(column),
        Role::States(matter, _) => Some(column_for(matter)),
        Role::Amount | Role::Due | Role::Reduced | Role::Owed | Role::Refund | Role::When | Role::Purpose => Some(Column::Paid),
        Role::Reason(..) | Role::Verdict => Some(Column::Remark),
        Role::Is => Some(Column::Status),
    }
}

/// The column that asks about a matter.
pub(super) fn column_for(matter: Matter) -> Column {
    match matter {
        Matter::Paid => Column::Paid,
        Matter::Code => Column::Code,
        Matter::Checked => Column::Checked,
        Matter::Exempt => Column::Exempt,
        Matter::NotTakingPart => Column::NotTakingPart,
        Matter::Abroad => Column::Abroad,
        Matter::Status => Column::Status,
    }
}

/// A header without what stands in brackets behind it.
pub(super) fn bare_key(whole: &str) -> &str {
    match whole.find(['(', '[', '【']) {
        Some(at) if at > 0 => &whole[..at],
        _ => whole,
    }
}

/// How a column with that header is read.
pub(super) fn role(header: &Header) -> Option<Role> {
    let whole = header_key(&header.text);
    let key = bare_key(&whole);
    // What a person said of a column holds.
    if header.column.is_none() && is_other_fee(&whole) {
        return None;
    }
    match header.column {
        Some(Column::Paid) if key.contains("金额") => return Some(Role::Amount),
        Some(column @ (Column::Remark | Column::Status | Column::Batch | Column::Document)) => return Some(Role::Words(column)),
        Some(column) if mark_words::is_mark(column) => return Some(Role::Asks(column)),
        Some(_) => return None,
        None => {}
    }
    let known = HEADERS.iter().find(|(_, words)| words.contains(&key) || words.contains(&whole.as_str())).map(|(role, _)| *role);
    let asks = ["是否", "有无", "情况", "状态", "与否"].iter().any(|w| key.contains(w));
    let reason = ["原因", "理由"].iter().find_map(|w| key.strip_suffix(w));
    if let Some(of) = reason.filter(|_| known.is_none()) {
        return Some(stating(&statements::of_title(of)).map_or(Role::Words(Column::Remark), |(matter, yes)| Role::Reason(matter, yes)));
    }
    known.or_else(|| {
        let bare = key.replace("是否", "");
        let said = statements::of_title(&bare);
        let states = stating(&said);
        let asked = match said.open.as_slice() {
            [Matter::Code] => Some(Column::Code),
            [Matter::Checked] => Some(Column::Checked),
            _ => None,
        };
        match (states, asked) {
            // 采集码是否已获取 asks; 未获取采集码 states.
            (Some((Matter::Code, true)), _) if asks => Some(Role::Asks(Column::Code)),
            (Some((Matter::Checked, true)), _) if asks => Some(Role::Asks(Column::Checked)),
            (Some((matter, yes)), _) => Some(Role::States(matter, yes)),
            (None, Some(column)) if asks && !said.unclear => Some(Role::Asks(column)),
            _ if !asks && !said.unclear && said.marks == Matter::Status.of(&said.marks) && !said.marks.is_empty() => Some(Role::Is),
            _ => None,
        }
    })
}

/// The one yes or no that a text surely states.
fn stating(said: &Said) -> Option<(Matter, bool)> {
    let of = |m: &Matter| [true, false].into_iter().find(|yes| !said.marks.is_empty() && m.mark(*yes) == said.marks).map(|yes| (*m, yes));
    Matter::ALL.iter().find_map(of)
}
