//! Words of marks: what a cell in a column for marks says, and what a remark or a title says by itself.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::Marks;
use crate::domain::text::Text;
use crate::domain::width;

use super::super::columns::{Column, Header, header_key};
use super::super::grid::{Grid, Row};
use super::statements::{self, Matter};

/// True for a column that holds marks.
pub fn is_mark(column: Column) -> bool {
    use Column::{Abroad, Batch, Checked, Code, Document, Exempt, NotTakingPart, Paid, Remark, Status, TakingPart};
    matches!(column, Paid | Code | Checked | Exempt | NotTakingPart | TakingPart | Status | Remark | Batch | Abroad | Document)
}

/// The marks of a row; a mark cell that says something else is reported and left out.
pub fn marks(grid: &Grid, row: &Row, headers: &[Header], findings: &mut Vec<IntakeFinding>) -> Marks {
    let mut marks = Marks::default();
    for header in headers {
        let Some(cell) = row.cell(header.col).filter(|c| !c.text.trim().is_empty()) else { continue };
        let Some(column) = header.column.filter(|c| is_mark(*c)) else { continue };
        let understood = match column {
            Column::Remark => {
                let said = statements::of_remark(&cell.text);
                marks.overlay(&said.marks);
                if !said.open.is_empty() {
                    let args = vec!["remark".to_owned(), header.text.clone(), cell.text.replace('\n', " ")];
                    let place = Some(row.name(header.col));
                    findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), place, args));
                }
                true
            }
            Column::Status => {
                let said = status_asked(&header.text, &cell.text);
                let known = said.is_some() || is_status(&width::key(&cell.text));
                match said {
                    Some(status) => marks.status = status.map(Text::from).or(marks.status),
                    // 状态 alone may be anything: what it says must be a word of 学籍.
                    None if known || header.text.contains("学籍") => marks.status = Some(cell.text.replace('\n', " ").into()),
                    None => {}
                }
                known
            }
            Column::Batch => {
                marks.batch = batch(&cell.text).map(Text::from);
                marks.batch.is_some()
            }
            Column::Document => {
                let key = width::key(&cell.text);
                let usual = key.contains("身份证") && !key.contains("外国");
                marks.document = (!usual).then(|| cell.text.replace('\n', " ").into());
                usual || key.chars().any(char::is_alphabetic)
            }
            _ => {
                let said = yes(&cell.text, column);
                if let Some(yes) = said {
                    set(&mut marks, column, yes);
                }
                said.is_some() || in_words(&cell.text, column, &mut marks)
            }
        };
        if !understood {
            let args = vec![header.text.clone(), cell.text.replace('\n', " ")];
            let place = Some(row.name(header.col));
            findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Warning, Some(row.number), place, args));
        }
    }
    marks
}

/// 休学 or 免采 under 是否参加: it says by itself what is so. False where it does not.
fn in_words(text: &str, column: Column, marks: &mut Marks) -> bool {
    if !matches!(column, Column::TakingPart | Column::NotTakingPart | Column::Exempt) {
        return false;
    }
    let said = statements::of_remark(text);
    let fee = [Matter::Paid, Matter::Code, Matter::Checked].iter().any(|m| said.speaks_of(*m));
    if fee || said.unclear || said.marks.is_empty() {
        return false;
    }
    marks.overlay(&said.marks);
    true
}

/// A yes or no under 学籍状态 or 是否休学: the status that it means, if any; `None` where the cell is no yes or no.
fn status_asked(header: &str, text: &str) -> Option<Option<String>> {
    let yes = tick(text)?;
    let key = header_key(header);
    if let Some(asked) = key.strip_prefix("是否") {
        let status = || statements::of_remark(asked).marks.status.map_or_else(|| asked.to_owned(), String::from);
        return Some(yes.then(status));
    }
    let word = if yes { "有学籍" } else { "无学籍" };
    (key.contains("学籍") && matches!(text.trim(), "有" | "无")).then(|| Some(word.to_owned()))
}

/// Words of 学籍状态, alone or as a part (`休学一年`).
fn is_status(key: &str) -> bool {
    const WORDS: [&str; 29] = [
        "在籍",
        "在学",
        "在册",
        "应届",
        "在校",
        "在读",
        "正常",
        "注册",
        "有学籍",
        "休学",
        "退学",
        "复学",
        "转专业",
        "转学",
        "转入",
        "转出",
        "延长学制",
        "延期",
        "延毕",
        "结业",
        "肄业",
        "保留",
        "入伍",
        "参军",
        "往届",
        "降级",
        "留级",
        "毕业",
        "开除",
    ];
    WORDS.iter().any(|w| key.contains(w)) || matches!(key, "交流" | "交换" | "出国" | "死亡" | "取消学籍" | "无学籍" | "有效")
}

/// `6月`, `2021年12月`, `十一月`, `2021-06`: a month, with the year where it says so.
fn batch(text: &str) -> Option<String> {
    let mut key = width::key(text).replace("毕业", "").replace("批次", "").replace('批', "");
    for (word, digits) in [
        ("十二", "12"),
        ("十一", "11"),
        ("十", "10"),
        ("一", "1"),
        ("二", "2"),
        ("三", "3"),
        ("四", "4"),
        ("五", "5"),
        ("六", "6"),
        ("七", "7"),
        ("八", "8"),
        ("九", "9"),
    ] {
        key = key.replace(word, digits);
    }
    let rest: String = key.chars().filter(|c| !c.is_ascii_digit()).collect();
    let numbers: Vec<&str> = key.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let plain = matches!(rest.as_str(), "" | "月" | "年月" | "月份" | "年月份" | "-" | "/" | "." | "届月");
    let month = |m: &str| m.parse::<u32>().ok().filter(|m| (1..=12).contains(m));
    match numbers.as_slice() {
        [m] if plain && m.len() <= 2 => month(m).map(|m| format!("{m}月")),
        [ym] if plain && ym.len() == 6 && ym.starts_with("20") => month(&ym[4..]).map(|m| format!("{}年{m}月", &ym[..4])),
        [y, m] if plain && y.len() == 4 && y.starts_with("20") => month(m).map(|m| format!("{y}年{m}月")),
        _ => None,
    }
}

fn set(marks: &mut Marks, column: Column, yes: bool) {
    if let Some((matter, as_asked)) = asked(column) {
        marks.overlay(&matter.mark(yes == as_asked));
    }
}

/// What a column asks about, and whether its yes is the mark's yes: 是 under 是否参加 is no 不参加.
pub fn asked(column: Column) -> Option<(Matter, bool)> {
    Some(match column {
        Column::Paid => (Matter::Paid, true),
        Column::Code => (Matter::Code, true),
        Column::Checked => (Matter::Checked, true),
        Column::Exempt => (Matter::Exempt, true),
        Column::NotTakingPart => (Matter::NotTakingPart, true),
        Column::TakingPart => (Matter::NotTakingPart, false),
        Column::Abroad => (Matter::Abroad, true),
        _ => return None,
    })
}

/// A cell as its words are compared; 否（参军）: the reason behind the word is not ours, unless it takes back what the word says.
fn cell_key(text: &str) -> String {
    let key = without_option(width::key(text));
    let Some((word, behind)) = key.split_once('(') else { return key };
    let turns = ["未", "不", "没", "退", "欠", "免", "取消", "待"].iter().any(|w| behind.contains(w));
    if turns || statements::of_remark(behind).open.contains(&Matter::Paid) { key } else { word.to_owned() }
}

/// `B.不参加`: what was chosen in a form, without its letter.
fn without_option(key: String) -> String {
    let mut chars = key.chars();
    let lettered = matches!((chars.next(), chars.next()), (Some('A'..='H'), Some('.' | '、'))) && key.chars().count() > 2;
    if lettered { chars.collect() } else { key }
}

/// A word of a decision, whatever was decided on; `None` for every other text.
pub fn verdict(text: &str) -> Option<bool> {
    match width::key(text).as_str() {
        "通过" | "同意" | "合格" | "符合" | "批准" | "已批准" | "已通过" | "有效" | "属实" => Some(true),
        "不通过" | "未通过" | "不同意" | "不合格" | "不符合" | "未批准" | "不批准" | "不予" | "驳回" | "退回" | "待审" | "待审核"
        | "无效" | "待定" | "取消" | "作废" | "已取消" | "未到账" => Some(false),
        _ => None,
    }
}

/// A sign or word that says yes or no of whatever is asked.
pub fn tick(text: &str) -> Option<bool> {
    match cell_key(text).as_str() {
        "是" | "是的" | "√" | "✓" | "✔" | "✅" | "☑" | "■" | "对" | "Y" | "YES" | "OK" | "TRUE" | "有" | "1" | "PAID" | "V" => {
            Some(true)
        }
        "否" | "×" | "✗" | "✘" | "✕" | "✖" | "╳" | "❌" | "X" | "N" | "NO" | "FALSE" | "无" | "没" | "没有" | "0" | "UNPAID" | "-"
        | "/" | "☐" | "□" => Some(false),
        _ => None,
    }
}

/// True for a ring: yes to some, nothing at all to others. Beside crosses, and where nobody ticks, it is the yes.
pub fn is_ring(text: &str) -> bool {
    matches!(text.trim(), "○" | "〇" | "◯" | "⭕")
}

/// True for a cross in one of its shapes.
pub fn is_cross(text: &str) -> bool {
    matches!(cell_key(text).as_str(), "×" | "✗" | "✘" | "✕" | "✖" | "╳" | "❌" | "X")
}

/// True for a sign that leaves a place empty rather than say no.
pub fn is_blank(text: &str) -> bool {
    matches!(cell_key(text).as_str(), "" | "-" | "/" | "☐" | "□" | "—" | "--")
}

fn yes(text: &str, column: Column) -> Option<bool> {
    tick(text).or_else(|| word(text, column))
}

/// `￥20.00`, `20元`: how much.
pub fn amount(text: &str) -> Option<f64> {
    let key = cell_key(text).replace(',', "");
    let bare = key.trim_start_matches(['￥', '¥', '欠']).trim_end_matches(['元', '圆']);
    bare.parse::<f64>().ok().filter(|n| n.is_finite() && (0.0..1e5).contains(n))
}

/// `-20`, `-￥20.00`: money that went back.
pub fn is_refund(text: &str) -> bool {
    let key = cell_key(text).replace(['￥', '¥'], "");
    key.strip_prefix(['-', '−', '－']).is_some_and(|rest| amount(rest).is_some_and(|n| n > 0.0))
}

/// A day or a time of day.
pub fn is_date(text: &str) -> bool {
    let key = width::fold(text);
    let parts = key.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).count();
    let whole = key.len() == 8 && key.starts_with("20") && key.bytes().all(|b| b.is_ascii_digit());
    let sign = key.contains(['-', '/', '.', '月', ':', '年']);
    // 30/60 is half of what is due, and no day.
    let numbers: Vec<u32> = key.split(|c: char| !c.is_ascii_digit()).filter_map(|p| p.parse().ok()).collect();
    if let ([first, second], false) = (numbers.as_slice(), key.contains(['月', ':', '年']))
        && !((1..=12).contains(first) && (1..=31).contains(second) || *first > 1900)
    {
        return false;
    }
    whole || (sign && parts >= 2 && key.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-/.:年月日时分秒T".contains(c)))
}

/// A word that says yes or no of what the column asks, whatever its header is.
pub fn word(text: &str, column: Column) -> Option<bool> {
    let key = cell_key(text);
    match column {
        // The amount paid says it too, and so does the day.
        Column::Paid if key.starts_with('欠') => amount(text).map_or(Some(false), |n| Some(n == 0.0)),
        // 2, 3: a code, no sum.
        Column::Paid if matches!(key.as_bytes(), [b'2'..=b'9']) => None,
        // 已缴60: the word, and how much; with 余 or 欠 behind it nothing is sure.
        Column::Paid if key.starts_with("已缴") || key.starts_with("已交") => {
            let rest = key.trim_start_matches(['已', '缴', '交', '费', '清', ':']);
            (rest.is_empty() || amount(rest).is_some_and(|n| n > 0.0)).then_some(true)
        }
        Column::Paid => paid(&key).or_else(|| amount(text).map(|n| n > 0.0)).or_else(|| is_date(text).then_some(true)),
        // The code itself says that there is one; it is dropped here.
        Column::Code => match key.as_str() {
            "没有" | "未" | "未获取" | "未领取" | "未下载" | "未生成" | "未上传" | "未收到" | "未提交" | "无效" | "失效" | "已失效"
            | "过期" | "已过期" | "未激活" => Some(false),
            "已" | "已获取" | "已领取" | "已下载" | "已生成" | "已上传" | "已收到" | "已提交" | "有效" | "已激活" => {
                Some(true)
            }
            code => (code.len() >= 6 && code.bytes().all(|b| b.is_ascii_graphic())).then_some(true),
        },
        Column::Checked => match key.as_str() {
            "已" | "已核对" | "已确认" | "已完成" | "完成" | "正确" | "核对无误" | "无误" => Some(true),
            "未" | "未核对" | "未确认" | "未完成" | "待核对" | "有误" | "错误" | "不正确" => Some(false),
            _ => None,
        },
        Column::Exempt => match key.as_str() {
            "免拍" | "免" | "免采" | "免采集" | "无需拍摄" | "已采集" | "已拍" => Some(true),
            "不免" | "需拍" | "需拍摄" | "不免拍" | "未采集" | "未拍" => Some(false),
            // What was decided on whoever asked for it; 待审 decides nothing.
            "同意" | "批准" | "已批准" | "已同意" | "准" | "准予" | "可" | "可以" | "通过" | "已通过" | "审核通过" | "同意免拍"
            | "准予免拍" | "同意免采" | "符合" | "合格" => Some(true),
            "不同意" | "不批准" | "未批准" | "不准" | "不准予" | "不予" | "不予批准" | "不予免拍" | "不同意免拍" | "不可" | "不可以"
            | "不通过" | "未通过" | "审核未通过" | "审核不通过" | "驳回" | "已驳回" | "退回" | "不符合" | "不合格" => {
                Some(false)
            }
            _ => None,
        },
        Column::NotTakingPart => match key.as_str() {
            "不参加" | "放弃" => Some(true),
            "参加" => Some(false),
            _ => None,
        },
        Column::Abroad => match key.as_str() {
            "境外" | "国外" | "海外" | "在境外" | "在国外" | "出国" => Some(true),
            "境内" | "国内" | "在校" | "在国内" => Some(false),
            _ => None,
        },
        Column::TakingPart => match key.as_str() {
            "参加" | "需要" | "需要拍摄" | "需拍摄" | "能" | "能到场" | "能参加" | "现场" | "现场采集" | "现场拍摄" | "统一拍摄"
            | "统一采集" | "集中采集" | "集中拍摄" => Some(true),
            "不参加" | "放弃" | "不需要" | "不需要拍摄" | "不能" | "不能到场" | "不能参加" | "不到场" | "不拍" | "不拍摄" | "不采集" => {
                Some(false)
            }
            _ => None,
        },
        _ => None,
    }
}

fn paid(key: &str) -> Option<bool> {
    match key {
        "已" | "已完成" | "完成" | "已缴" | "已交" | "已缴费" | "已交费" | "已缴清" | "已交清" | "缴清" | "交清" | "已付" | "已付款"
        | "已支付" | "交易成功" | "支付成功" | "成功" | "缴费成功" | "SUCCESS" | "TRADE_SUCCESS" | "缴" | "交" | "缴费" | "微信"
        | "支付宝" | "现金" | "已收" | "免缴" | "免交" | "减免" | "已减免" => Some(true),
        "未" | "未完成" | "未缴" | "未交" | "未缴费" | "未交费" | "未缴清" | "未交清" | "未付" | "未付款" | "未支付" | "待支付"
        | "待缴" | "待交" | "待缴费" | "未收" | "没有" | "没缴" | "没交" | "已退款" | "退款" | "已退费" | "退费" | "交易关闭"
        | "已关闭" | "交易已关闭" | "CLOSED" | "TRADE_CLOSED" | "FAILED" | "FAIL" | "支付失败" | "交易失败" | "已取消" | "欠费" => {
            Some(false)
        }
        _ => None,
    }
}

/// `改参加`, `现参加拍摄`: a remark by which somebody comes after all.
pub fn comes_after_all(text: &str) -> bool {
    let key = width::key(text);
    let anew = ["改", "已改", "现改", "现", "现已", "恢复", "重新", "又", "还是", "仍"].iter().any(|w| key.starts_with(w));
    let comes = ["参加", "拍摄", "采集", "参拍"].iter().any(|w| key.contains(w));
    anew && comes && !["不", "未", "没", "免", "放弃"].iter().any(|w| key.contains(w))
}

/// What a remark says of the one in whose row it stands; what only smells of it says nothing.
pub fn remark(text: &str) -> Marks {
    statements::of_remark(text).marks
}

/// True where a title, a sheet or a file is called after marks. A class list may mention 学籍 and 境外 beside its people
/// (含延期毕业生): here the title is about nobody else.
pub fn speaks_of_marks(title: &str) -> bool {
    let said = statements::of_title(title);
    let says = |words: &[&str]| words.iter().any(|w| title.contains(w));
    let about = says(&["名单", "学生", "人员", "名册"]) && !says(&["含", "毕业生", "学院名单", "班"]);
    let weak = |m: &Matter| matches!(m, Matter::Status | Matter::Abroad);
    Matter::ALL.iter().any(|m| said.speaks_of(*m) && (!weak(m) || (about && !said.unclear)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_in_their_words() {
        let yes_of = |text: &str, column| yes(text, column);
        assert_eq!(yes_of("已缴费", Column::Paid), Some(true));
        assert_eq!(yes_of("20", Column::Paid), Some(true));
        assert_eq!(yes_of("0", Column::Paid), Some(false));
        assert_eq!(yes_of("√", Column::Exempt), Some(true));
        assert_eq!(yes_of("看情况", Column::Exempt), None);
        assert_eq!(remark("休学").status.as_deref(), Some("休学"));
        assert_eq!(remark(" 免 拍").exempt, Some(true));
        assert!(remark("家在外地").is_empty());
        assert_eq!(
            ["6月", "2021年12月毕业", "十一月", "2021-06", "202109"].map(|t| batch(t).unwrap()),
            ["6月", "2021年12月", "11月", "2021年6月", "2021年9月"]
        );
        assert_eq!((batch("第一批"), batch("13月"), batch("待定")), (None, None, None));
        for (text, said) in
            [("￥20.00", true), ("2025-09-01", true), ("9月8日", true), ("微信", true), ("欠20", false), ("待缴", false), ("□", false)]
        {
            assert_eq!(yes_of(text, Column::Paid), Some(said), "{text}");
        }
        for (text, said) in [("已", true), ("未", false), ("已缴60", true), ("✖", false), ("60.00", true), ("0.00", false), ("9/8", true)]
        {
            assert_eq!(yes_of(text, Column::Paid), Some(said), "{text}");
        }
        for open in ["部分缴费", "30/60", "已缴一半", "已缴30欠30", "缓缴", "○"] {
            assert_eq!(yes_of(open, Column::Paid), None, "{open}");
        }
        assert!(speaks_of_marks("休学学生名单") && speaks_of_marks("缴费情况登记表"));
        assert!(!speaks_of_marks("2021届（含延期毕业）学生名单") && !speaks_of_marks("海外教育学院名单"));
    }
}
