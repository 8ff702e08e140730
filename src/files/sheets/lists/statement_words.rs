//! The words of which titles, captions, headers and remarks are made.

use crate::domain::person::Marks;

/// What a list can say of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// 缴费
    Paid,
    /// 采集码
    Code,
    /// 信息核对
    Checked,
    /// 免拍
    Exempt,
    /// 不参加
    NotTakingPart,
    /// 学籍状态
    Status,
    /// 境外
    Abroad,
}

impl Matter {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Paid, Self::Code, Self::Checked, Self::Exempt, Self::NotTakingPart, Self::Status, Self::Abroad];

    /// The mark that says yes or no of it; nothing of 学籍状态, which is a word.
    pub fn mark(self, yes: bool) -> Marks {
        let said = Some(yes);
        let nothing = Marks::default();
        match self {
            Self::Paid => Marks { paid: said, ..nothing },
            Self::Code => Marks { code: said, ..nothing },
            Self::Checked => Marks { checked: said, ..nothing },
            Self::Exempt => Marks { exempt: said, ..nothing },
            Self::NotTakingPart => Marks { not_taking_part: said, ..nothing },
            Self::Abroad => Marks { abroad: said, ..nothing },
            Self::Status => nothing,
        }
    }

    /// What these marks say of it.
    pub fn of(self, marks: &Marks) -> Marks {
        let said = match self {
            Self::Paid => marks.paid,
            Self::Code => marks.code,
            Self::Checked => marks.checked,
            Self::Exempt => marks.exempt,
            Self::NotTakingPart => marks.not_taking_part,
            Self::Abroad => marks.abroad,
            Self::Status => return Marks { status: marks.status.clone(), ..Marks::default() },
        };
        said.map(|yes| self.mark(yes)).unwrap_or_default()
    }
}

/// One word of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It is so, or it is not.
    States(Matter, bool),
    /// Of 学籍.
    Status(&'static str),
    /// A matter, and nothing of it.
    Speaks(Matter),
    /// 登记, 情况.
    Register,
    /// 及, 、
    And,
    /// 因
    Because,
    /// What turns nothing.
    Nothing,
}

const NOT: [&str; 22] = [
    "还没有完成",
    "还没有",
    "还没",
    "还未完成",
    "还未",
    "尚未完成",
    "尚未",
    "暂未",
    "没有完成",
    "没完成",
    "没有",
    "没",
    "逾期未",
    "至今未",
    "仍未",
    "未完成",
    "未按时",
    "未及时",
    "未能",
    "未",
    "待",
    "漏",
];
const DONE: [&str; 11] = ["均已", "都已", "已经完成", "已经", "已全部", "已全额", "已按时", "已完成", "已经全部", "已", "完成"];
const PAY: [&str; 16] =
    ["缴纳", "缴费", "交费", "缴清", "交清", "缴齐", "交齐", "付清", "缴款", "交款", "付费", "付款", "支付", "交钱", "缴", "交"];
const GET: [&str; 14] = ["收到", "收齐", "收", "获取", "领取", "领到", "取得", "拿到", "下载", "生成", "获得", "领", "取", "有"];
const CHECK: [&str; 3] = ["核对", "确认信息", "核实信息"];
const PLAIN: [(&str, Matter, bool); 53] = [
    ("缴费成功", Matter::Paid, true),
    ("交费成功", Matter::Paid, true),
    ("支付成功", Matter::Paid, true),
    ("付款成功", Matter::Paid, true),
    ("欠费", Matter::Paid, false),
    ("欠缴", Matter::Paid, false),
    ("催缴费", Matter::Paid, false),
    ("催缴", Matter::Paid, false),
    ("无采集码", Matter::Code, false),
    ("缺采集码", Matter::Code, false),
    ("缺少采集码", Matter::Code, false),
    ("没有采集码", Matter::Code, false),
    ("没采集码", Matter::Code, false),
    ("有采集码", Matter::Code, true),
    ("核对无误", Matter::Checked, true),
    ("确认无误", Matter::Checked, true),
    ("信息未确认", Matter::Checked, false),
    ("信息已确认", Matter::Checked, true),
    ("免拍摄", Matter::Exempt, true),
    ("免拍照", Matter::Exempt, true),
    ("免拍", Matter::Exempt, true),
    ("免采集", Matter::Exempt, true),
    ("免采", Matter::Exempt, true),
    ("免于拍摄", Matter::Exempt, true),
    ("免于拍照", Matter::Exempt, true),
    ("免于采集", Matter::Exempt, true),
    ("免于图像采集", Matter::Exempt, true),
    ("免予拍摄", Matter::Exempt, true),
    ("免予拍照", Matter::Exempt, true),
    ("免予采集", Matter::Exempt, true),
    ("免予图像采集", Matter::Exempt, true),
    ("无需拍摄", Matter::Exempt, true),
    ("无需拍照", Matter::Exempt, true),
    ("无需采集", Matter::Exempt, true),
    ("不需拍摄", Matter::Exempt, true),
    ("不需采集", Matter::Exempt, true),
    ("不用拍摄", Matter::Exempt, true),
    ("不用拍", Matter::Exempt, true),
    ("无法参加", Matter::NotTakingPart, true),
    ("不能参加", Matter::NotTakingPart, true),
    ("无法到场", Matter::NotTakingPart, true),
    ("不能到场", Matter::NotTakingPart, true),
    ("来不了", Matter::NotTakingPart, true),
    ("弃拍", Matter::NotTakingPart, true),
    ("不拍摄", Matter::NotTakingPart, true),
    ("不拍照", Matter::NotTakingPart, true),
    ("不拍", Matter::NotTakingPart, true),
    ("不采集", Matter::NotTakingPart, true),
    ("自愿不参加", Matter::NotTakingPart, true),
    ("不参加", Matter::NotTakingPart, true),
    ("不参与", Matter::NotTakingPart, true),
    ("自愿放弃", Matter::NotTakingPart, true),
    ("放弃", Matter::NotTakingPart, true),
];
const ABROAD: [&str; 12] = ["在境外", "在国外", "在海外", "赴境外", "赴国外", "出国出境", "出国境", "出国", "出境", "境外", "国外", "海外"];
const STATUS: [&str; 26] = [
    "应征入伍",
    "当兵入伍",
    "参军入伍",
    "入伍",
    "参军",
    "当兵",
    "保留入学资格",
    "保留学籍",
    "延长学制",
    "延期毕业",
    "延毕",
    "转专业",
    "转学",
    "开除学籍",
    "取消学籍",
    "休学",
    "退学",
    "复学",
    "结业",
    "肄业",
    "降级",
    "留级",
    "往届",
    "在籍",
    "开除",
    "无学籍",
];
const SPEAKS: [(&str, Matter); 24] = [
    ("缴费", Matter::Paid),
    ("交费", Matter::Paid),
    ("缴纳", Matter::Paid),
    ("收缴", Matter::Paid),
    ("收费", Matter::Paid),
    ("付费", Matter::Paid),
    ("付款", Matter::Paid),
    ("退费", Matter::Paid),
    ("交钱", Matter::Paid),
    ("未交", Matter::Paid),
    ("没交", Matter::Paid),
    ("已交", Matter::Paid),
    ("缴", Matter::Paid),
    ("欠费", Matter::Paid),
    ("采集码", Matter::Code),
    ("核对", Matter::Checked),
    ("信息确认", Matter::Checked),
    ("信息未确认", Matter::Checked),
    ("信息已确认", Matter::Checked),
    ("确认信息", Matter::Checked),
    ("免拍", Matter::Exempt),
    ("免采", Matter::Exempt),
    ("放弃", Matter::NotTakingPart),
    ("不参", Matter::NotTakingPart),
];
const REGISTER: [&str; 22] = [
    "登记", "统计", "情况", "审核", "核查", "审批", "申请", "公示", "调查", "摸底", "意愿", "状态", "状况", "进度", "发放", "通知", "提醒",
    "须知", "公告", "台账", "记录", "收集",
];
/// Words that turn nothing.
const NOTHING: [&str; 85] = [
    "全部",
    "全体",
    "毕业生",
    "研究生",
    "本科生",
    "专科生",
    "学生",
    "同学",
    "人员",
    "名单",
    "名册",
    "花名册",
    "清单",
    "一览",
    "汇总",
    "明细",
    "列表",
    "图像信息",
    "图像",
    "图象",
    "信息",
    "数据",
    "采集费用",
    "采集费",
    "费用",
    "采集",
    "拍摄",
    "拍照",
    "照片",
    "照相",
    "摄影",
    "毕业",
    "应届",
    "本科",
    "专科",
    "学籍",
    "学信网",
    "新华社",
    "现场",
    "集中",
    "统一",
    "参加",
    "参与",
    "交流",
    "交换",
    "留学",
    "学习",
    "实习",
    "项目",
    "截止",
    "截至",
    "目前",
    "今年",
    "本次",
    "此次",
    "本人",
    "以下",
    "如下",
    "上述",
    "名字",
    "姓名",
    "附件",
    "附表",
    "已采集过",
    "已采集",
    "已有",
    "各班",
    "全院",
    "全校",
    "时间",
    "日期",
    "新",
    "最终",
    "最新",
    "更新",
    "补充",
    "副本",
    "版",
    "表",
    "的",
    "为",
    "共",
    "计",
    "人",
    "名",
];
/// The same, one character each: of numbers and dates, of `会计2301班`.
const SMALL: &str = "年月日届级班号生等位元共计至第一二三四五六七八九十";
/// What a college, a class or a teacher ends in.
const PLACES: [&str; 13] = ["学院", "大学", "学校", "学部", "书院", "研究院", "系", "专业", "班", "级", "届", "老师", "校区"];
/// What may turn a statement that follows: no part of the name of a college or class.
const TURNS: [&str; 26] = [
    "疑", "误", "未", "没", "不", "非", "待", "免", "已", "除", "取消", "撤销", "拟", "曾", "应缴", "应交", "需", "须", "补", "催", "漏",
    "欠", "拒", "申请", "放弃", "缴",
];
/// What turns other parts too: 除以下学生外，均已缴费.
pub const TURNS_ALL: [&str; 27] = [
    "除",
    "以外",
    "之外",
    "不含",
    "不包括",
    "取消",
    "作废",
    "撤销",
    "其余",
    "其他",
    "待审",
    "待定",
    "待核实",
    "未审",
    "未通过",
    "不通过",
    "不同意",
    "未批准",
    "不予",
    "驳回",
    "退回",
    "拟",
    "疑似",
    "候选",
    "申请",
    "存疑",
    "有误",
];
/// Words of remarks alone.
const IN_REMARKS: [(&str, Word); 33] = [
    ("延期", Word::Status("延期")),
    ("放弃", Word::States(Matter::NotTakingPart, true)),
    ("不需拍摄", Word::States(Matter::Exempt, true)),
    ("已支付", Word::States(Matter::Paid, true)),
    ("已", Word::Nothing),
    ("现已", Word::Nothing),
    ("现", Word::Nothing),
    ("在", Word::Nothing),
    ("中", Word::Nothing),
    ("期间", Word::Nothing),
    ("两年", Word::Nothing),
    ("半年", Word::Nothing),
    ("因病", Word::Nothing),
    ("办理", Word::Nothing),
    ("去", Word::Nothing),
    ("于", Word::Nothing),
    ("微信", Word::Nothing),
    ("支付宝", Word::Nothing),
    ("现金", Word::Nothing),
    ("起", Word::Nothing),
    ("上半年", Word::Nothing),
    ("下半年", Word::Nothing),
    ("春季", Word::Nothing),
    ("秋季", Word::Nothing),
    ("处理", Word::Nothing),
    ("手续", Word::Nothing),
    ("国", Word::Nothing),
    ("英", Word::Nothing),
    ("德", Word::Nothing),
    ("美", Word::Nothing),
    ("法", Word::Nothing),
    ("日本", Word::Nothing),
    ("韩", Word::Nothing),
];

/// The matters that a text smells of.
pub fn matters(text: &str) -> Vec<Matter> {
    let mut found: Vec<Matter> = SPEAKS.iter().filter(|(w, _)| text.contains(w)).map(|(_, m)| *m).collect();
    found.extend(PLAIN.iter().filter(|(w, ..)| text.contains(w)).map(|(_, m, _)| *m));
    found.extend(STATUS.iter().any(|w| text.contains(w)).then_some(Matter::Status));
    found.extend(ABROAD.iter().any(|w| text.contains(w)).then_some(Matter::Abroad));
    found.sort();
    found.dedup();
    found
}

/// A part without the college, class or teacher before the first matter.
pub fn without_place(part: &str) -> &str {
    let ends = PLACES.iter().flat_map(|p| part.match_indices(p).map(|(at, p)| at + p.len()));
    let digits = part.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at + 1);
    let name = |end: &usize| {
        let head = &part[..*end];
        !TURNS.iter().any(|w| head.contains(w)) && matters(head).iter().all(|m| *m == Matter::Abroad)
    };
    let end = ends.chain(digits).filter(name).max().unwrap_or(0);
    let rest = &part[end..];
    // 海外教育学院名单 is a college's list, 境外班学生 are students abroad.
    if matters(&part[..end]).is_empty() || part[..end].ends_with("学院") { rest } else { part }
}

/// One word for what has several names.
pub fn usual(status: &'static str) -> &'static str {
    if ["入伍", "参军", "当兵"].iter().any(|w| status.contains(w)) { "入伍" } else { status }
}

/// True where what follows a statement may follow it: 未交 of a list is the fee's, 未交照片 is not, and neither is 免采集费用 of pictures.
fn may_follow(matter: Matter, statement: &str, rest: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|w| rest.starts_with(w));
    let people = ["的", "名单", "名册", "学生", "同学", "人员", "毕业生", "者", "、", "及", "和", "与", "或"];
    match matter {
        // 放弃免拍, 不参加毕业照.
        Matter::NotTakingPart => {
            let picture = ["采集", "图像", "图象", "信息采集", "拍", "照相", "摄影", "现场", "集中", "统一", "本次", "此次", "新华社"];
            rest.is_empty() || begins(&people) || begins(&picture)
        }
        Matter::Paid if statement.ends_with(['缴', '交']) => {
            let fee = ["费", "款", "钱", "图像采集费", "采集费"];
            rest.is_empty() || begins(&people) || begins(&fee) || rest.starts_with(|c: char| c.is_ascii_digit())
        }
        Matter::Paid | Matter::Checked => !begins(&["照片", "图片", "信息表", "数据", "表", "材料", "姓名", "名字"]),
        Matter::Exempt | Matter::Status | Matter::Abroad => !begins(&["费", "码", "学费"]),
        Matter::Code => !begins(&["费", "款"]),
    }
}

/// The longest word at the beginning.
pub fn next(text: &str, remark: bool) -> Option<(usize, Word)> {
    let mut found: Vec<(usize, Word)> = Vec::new();
    let starts = |w: &&&str| text.starts_with(**w);
    for (verbs, matter) in [(&PAY[..], Matter::Paid), (&CHECK[..], Matter::Checked)] {
        for (before, yes) in [(&NOT[..], false), (&DONE[..], true)] {
            for head in before.iter().filter(starts) {
                let rest = text.get(head.len()..).unwrap_or_default();
                let bare = rest.strip_prefix("信息").filter(|_| matter == Matter::Checked).unwrap_or(rest);
                let verb = verbs.iter().filter(|v| bare.starts_with(**v)).map(|v| v.len()).max();
                found.extend(verb.map(|v| (text.len() - bare.len() + v, Word::States(matter, yes))));
            }
        }
    }
    // 未获取采集码, 采集码未获取.
    let after = text.strip_prefix("采集码");
    let body = after.unwrap_or(text);
    for (before, yes) in [(&NOT[..], false), (&DONE[..], true)] {
        for head in before.iter().filter(|w| body.starts_with(**w)) {
            let rest = body.get(head.len()..).unwrap_or_default();
            for verb in GET.iter().filter(|v| rest.starts_with(**v)) {
                let rest = rest.get(verb.len()..).unwrap_or_default();
                let rest = if after.is_some() { Some(rest) } else { rest.trim_start_matches(['到', '的']).strip_prefix("采集码") };
                found.extend(rest.map(|r| (text.len() - r.len(), Word::States(Matter::Code, yes))));
            }
        }
    }
    found.extend(PLAIN.iter().filter(|(w, ..)| text.starts_with(w)).map(|(w, m, yes)| (w.len(), Word::States(*m, *yes))));
    found.extend(STATUS.iter().filter(starts).map(|w| (w.len(), Word::Status(w))));
    found.extend(
        STATUS.iter().filter(|w| text.strip_prefix('已').is_some_and(|r| r.starts_with(**w))).map(|w| (w.len() + 3, Word::Status(w))),
    );
    found.extend(ABROAD.iter().filter(starts).map(|w| (w.len(), Word::States(Matter::Abroad, true))));
    let topics = ["缴费", "交费", "缴纳", "收缴", "收费", "付费", "采集码", "核对", "信息确认"];
    found.extend(SPEAKS.iter().filter(|(w, _)| topics.contains(w) && text.starts_with(w)).map(|(w, m)| (w.len(), Word::Speaks(*m))));
    found.extend(REGISTER.iter().filter(starts).map(|w| (w.len(), Word::Register)));
    found.extend(["以及", "及", "和", "与", "或", "、"].iter().filter(starts).map(|w| (w.len(), Word::And)));
    found.extend(text.starts_with('因').then_some(('因'.len_utf8(), Word::Because)));
    found.extend(NOTHING.iter().filter(starts).map(|w| (w.len(), Word::Nothing)));
    if remark {
        found.extend(IN_REMARKS.iter().filter(|(w, _)| text.starts_with(w)).map(|(w, word)| (w.len(), word.clone())));
    }
    let small = |c: &char| c.is_ascii_alphanumeric() || SMALL.contains(*c);
    found.extend(text.chars().next().filter(small).map(|c| (c.len_utf8(), Word::Nothing)));
    let best = found.into_iter().max_by_key(|(len, word)| (*len, *word != Word::Nothing))?;
    let (statement, rest) = text.split_at(best.0);
    let matter = match best.1 {
        Word::States(matter, _) => matter,
        Word::Status(_) => Matter::Status,
        _ => return Some(best),
    };
    may_follow(matter, statement, rest).then_some(best)
}
