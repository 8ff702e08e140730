//! Remarks that say the opposite of what a title or a header says of everybody: `需拍摄` among 免拍学生, `参加` among 不参加学生.
//!
//! Words of refusal turn whatever is stated, others turn one matter. A word with a 不 or 未 before it is another word.

use crate::domain::person::Marks;
use crate::domain::width;

use super::keys;
use super::mark_words;
use super::statements::{self, Matter};

/// Words that take somebody off any list.
const TAKES_BACK: [&str; 28] = [
    "划掉",
    "删掉",
    "去掉",
    "剔除",
    "作废",
    "撤销",
    "撤回",
    "撤单",
    "取消",
    "误报",
    "错报",
    "误填",
    "误登",
    "误标",
    "填错",
    "报错",
    "搞错",
    "移出",
    "移除",
    "不符合",
    "不合格",
    "不属实",
    "不同意",
    "不通过",
    "未通过",
    "未批准",
    "驳回",
    "退回",
];
/// The same where they are the whole remark.
const ALONE: [&str; 8] = ["误", "错", "有误", "错误", "无效", "删", "删除", "待定"];
/// What makes another word of the one behind it.
const NEGATES: [&str; 13] = ["不", "未", "没", "无", "免", "勿", "非", "难以", "拒", "暂缓", "停", "放弃", "待"];
/// What puts it off to a day to come.
const LATER: [&str; 6] = ["预计", "拟", "将", "计划", "以后", "之后"];
/// Reasons of which everybody knows what they mean on a list of people who do not come.
pub(super) const REASONS: [&str; 22] = [
    "实习",
    "支教",
    "考研",
    "考试",
    "复试",
    "面试",
    "就业",
    "工作",
    "病",
    "伤",
    "事假",
    "请假",
    "个人原因",
    "外地",
    "外出",
    "比赛",
    "竞赛",
    "集训",
    "家中",
    "手术",
    "住院",
    "怀孕",
];

/// Why somebody need not come.
const EXEMPT: [&str; 9] = ["照片", "图像", "已采集", "已拍", "已参加", "外籍", "无需", "不需", "不用"];
/// How somebody paid.
const PAID: [&str; 8] = ["微信", "支付宝", "现金", "转账", "刷卡", "银行", "一卡通", "成功"];
/// Where somebody is, or as what.
const ABROAD: [&str; 14] = ["交换", "留学", "交流", "访学", "日本", "美国", "英国", "德国", "法国", "韩国", "俄", "澳", "加拿大", "新加坡"];

/// True where a remark says the opposite of a mark.
pub fn denies(mark: &Marks, remark: &str) -> bool {
    let key = width::key(remark);
    if keys::is_nothing(remark) || key.is_empty() {
        return false;
    }
    let alone = ALONE.contains(&key.trim_end_matches(['。', '!', '.']));
    // 取消学籍 and 资格取消 are a status.
    let back = TAKES_BACK.iter().any(|w| key.contains(w) && !(matches!(*w, "取消") && (key.contains("学籍") || key.contains("资格"))));
    // 未到账 says just that among those who have not paid.
    let refused = mark_words::verdict(remark) == Some(false) && mark.paid != Some(false);
    if alone || back || refused || mark_words::comes_after_all(remark) {
        return true;
    }
    key.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).any(|part| of_part(mark, part))
}

fn of_part(mark: &Marks, part: &str) -> bool {
    let negated = |at: usize| NEGATES.iter().any(|w| part[..at].contains(w));
    let plain = |words: &[&str]| words.iter().any(|w| part.match_indices(w).any(|(at, _)| !negated(at)));
    let has = |words: &[&str]| words.iter().any(|w| part.contains(w));
    let back_again = || has(&["回校", "返校", "到校", "回国", "返回", "归国", "回来"]) && has(&["已", "现"]) && plain(&["校", "国", "回"]);
    match mark {
        // 已参加6月采集 is why somebody is exempt.
        Marks { exempt: Some(true), .. } => {
            let due = plain(&["需", "须", "要", "应", "重", "补", "改", "可"]) && has(&["拍", "采集", "参加"]);
            due || comes(part) || plain(&["不免"]) || has(&["不免"])
        }
        Marks { exempt: Some(false), .. } => has(&["免拍", "免采", "无需", "不需", "不用"]),
        Marks { not_taking_part: Some(true), .. } => comes(part) || back_again(),
        Marks { not_taking_part: Some(false), .. } => has(&["不参加", "放弃", "不拍", "不来"]),
        Marks { paid: Some(true), .. } => has(&[
            "失败",
            "冲正",
            "退款",
            "退费",
            "未到账",
            "未缴",
            "未交",
            "未付",
            "没缴",
            "没交",
            "未成功",
            "不成功",
            "关闭",
            "超时",
            "欠",
            "少缴",
            "少交",
            "不足",
            "待缴",
            "待支付",
            "拒付",
        ]),
        Marks { paid: Some(false), .. } => {
            // 说要补缴费, 需补缴 have not paid yet.
            let due = ["要补", "需补", "须补", "应补", "会补", "请补"].iter().any(|w| part.contains(w));
            !due && plain(&[
                "已缴",
                "已交",
                "已付",
                "已补",
                "已转",
                "补缴",
                "补交",
                "缴了",
                "交了",
                "付了",
                "缴清",
                "交清",
                "到账",
                "缴费成功",
            ]) || has(&["免缴", "免交", "减免"])
        }
        Marks { code: Some(true), .. } => has(&["未", "没", "失效", "过期", "无码"]),
        Marks { code: Some(false), .. } => {
            plain(&["已补", "已领", "已获", "已取", "已收", "已下载", "已有", "已生成", "补领", "领到", "收到"])
        }
        Marks { checked: Some(true), .. } => has(&[
            "有误",
            "错误",
            "有错",
            "写错",
            "待核",
            "待改",
            "未核",
            "未确认",
            "不符",
            "不一致",
            "不对",
            "不正确",
            "更正",
            "修改",
            "改为",
        ]),
        Marks { checked: Some(false), .. } => plain(&["已核", "已确认", "已补", "已改", "无误"]) || has(&["核对无误", "确认无误"]),
        Marks { abroad: Some(true), .. } => {
            back_again() || plain(&["在国内", "国内", "境内", "在校"]) || matches!(part, "回国" | "返校" | "回校")
        }
        Marks { abroad: Some(false), .. } => plain(&["境外", "国外", "出国", "海外"]),
        Marks { status: Some(status), .. } => {
            // 预计2027年9月复学 is to come, and 返校 of whoever does not study says that they do.
            let later = has(&LATER);
            let ends = plain(&["复学", "返校", "回校", "恢复", "在读", "在校", "期满", "到期"]) && !status.contains("复学");
            let usual = plain(&["正常", "按期", "按时", "如期", "已毕业"]) && !status.contains("在籍");
            !later && (ends || usual)
        }
        _ => false,
    }
}

/// `参加`, `12月9日参加`, `可到场`, `能来`; 参加比赛 and 已参加往年采集 are reasons.
fn comes(part: &str) -> bool {
    if NEGATES.iter().any(|w| part.contains(w)) || part.contains('已') && !part.contains("现") {
        return false;
    }
    let of_picture = ["参加", "参拍", "到场", "拍摄", "采集", "拍照", "来", "到"].iter().any(|w| part.ends_with(w));
    let named =
        ["参加采集", "参加拍摄", "参加本次", "参加现场", "参加图像", "参加拍照", "参加集中", "参加统一"].iter().any(|w| part.contains(w));
    let own =
        ["自行", "自己", "另行", "单独", "校外", "散", "他校", "原学校", "往年", "上次", "去年", "外地"].iter().any(|w| part.contains(w));
    (of_picture || named) && !own
}

/// True where a remark beside a mark is understood: it says something of the list, or why somebody does not come, or nothing at all.
pub fn is_harmless(mark: &Marks, remark: &str) -> bool {
    let key = width::key(remark);
    let said = statements::of_remark(remark);
    // Figures, days, telephones.
    let bare = !key.chars().any(|c| c.is_alphabetic() && !"年月日时分号元".contains(c));
    let matter = Matter::ALL.into_iter().find(|m| !m.of(mark).is_empty());
    let agrees = !said.is_silent() && !said.marks.contradicts(mark);
    let tells = |said: Option<bool>, words: &[&str]| said == Some(true) && words.iter().any(|w| key.contains(w));
    let reason = is_reason(mark, remark) || tells(mark.paid, &PAID) || tells(mark.abroad, &ABROAD);
    let ticked = mark_words::tick(remark) == Some(true) || mark_words::verdict(remark) == Some(true);
    keys::is_nothing(remark) || bare || agrees || reason || ticked || matter.is_none()
}

/// True for a mark of whoever does not come.
fn away(mark: &Marks) -> bool {
    mark.not_taking_part == Some(true) || mark.exempt == Some(true)
}

/// True for a remark that only says why those of the mark do not come: `实习` among 不参加学生 leaves nothing open.
pub fn is_reason(mark: &Marks, remark: &str) -> bool {
    let key = width::key(remark);
    let exempt = mark.exempt == Some(true) && EXEMPT.iter().any(|w| key.contains(w));
    !denies(mark, remark) && (exempt || away(mark) && REASONS.iter().any(|w| key.contains(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_that_says_the_opposite_is_told_from_a_reason() {
        let yes = |matter: Matter| matter.mark(true);
        let status = |word: &str| Marks { status: Some(word.into()), ..Marks::default() };
        for (mark, texts) in [
            (yes(Matter::Exempt), &["已取消，需拍摄", "不符合条件", "照片不合格需重拍", "仍需拍摄", "改为参加", "参加"][..]),
            (yes(Matter::NotTakingPart), &["已回校，可参加", "参加", "撤销", "12月9日参加", "误报", "误", "改为参加", "现已返校"]),
            (yes(Matter::Paid), &["交易失败", "支付失败", "已冲正", "撤单", "未到账"]),
            (Matter::Paid.mark(false), &["已补缴", "昨天交了", "已转账"]),
            (yes(Matter::Abroad), &["已回国", "在国内", "已返校"]),
            (Matter::Code.mark(false), &["已补领", "已领", "12.1已领"]),
            (yes(Matter::Checked), &["姓名有误", "身份证错误", "待核", "未核对"]),
            (status("延期毕业"), &["已按期毕业", "正常毕业"]),
            (status("休学"), &["2026年9月返校", "误", "已恢复学籍", "已复学"]),
        ] {
            for text in texts {
                assert!(denies(&mark, text), "{text}");
            }
        }
        for (mark, texts) in [
            (yes(Matter::Exempt), &["学信网已有照片", "已参加6月采集", "不需拍摄", "无需重拍", "已在他校拍摄", "外籍", "免拍"][..]),
            (yes(Matter::NotTakingPart), &["实习", "参加比赛", "参加考研复试", "无法返校", "12月20日返校", "自行拍摄", "不参加", "参军"]),
            (yes(Matter::Paid), &["微信", "12月1日", "20元", "现金已付"]),
            (Matter::Paid.mark(false), &["未到账", "没交", "联系不上", "说要补缴费", "需补缴"]),
            (yes(Matter::Abroad), &["交换生", "未回国", "暂不返校", "日本"]),
            (status("休学"), &["因病", "预计2027年9月复学", "未返校", "一年"]),
            (status("退学"), &["取消学籍", "2025年9月"]),
        ] {
            for text in texts {
                assert!(!denies(&mark, text), "{text}");
            }
        }
    }
}
