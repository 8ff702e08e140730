//! What a header means: the spellings that schools use, in Chinese and as pinyin initials, and what we have no business taking.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::domain::width;

use super::grid::Row;

/// Most characters of a header that are kept: no known one is as long.
const SHOWN: usize = 120;

/// A column we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// 学号
    StudentNo,
    /// 考生号
    ExamNo,
    /// 姓名
    Name,
    /// 身份证号 or another document
    IdNo,
    /// 学院
    College,
    /// 专业
    Major,
    /// 班级
    Class,
    /// 层次
    Level,
    /// 拍摄序号
    Token,
    /// 序号: counts rows, never a card, except in a scan log
    RowNumber,
    /// 签名
    Signature,
    /// 缴费
    Paid,
    /// 采集码: whether there is one
    Code,
    /// 信息核对: whether they have checked
    Checked,
    /// 免拍
    Exempt,
    /// 不参加
    NotTakingPart,
    /// 是否参加
    TakingPart,
    /// 学籍状态
    Status,
    /// 毕业批次
    Batch,
    /// 境外
    Abroad,
    /// 证件类型
    Document,
    /// 人数
    Headcount,
    /// 时间段, 拍摄时间: a window, or the day; the cells below decide
    Time,
    /// 开始时间
    Start,
    /// 结束时间
    End,
    /// 日期
    Date,
    /// 地点
    Place,
    /// 机组, 组
    Unit,
    /// 备注
    Remark,
    /// 动作
    Action,
    /// 数值
    Value,
    /// Kept as it stands, because a person chose so
    Kept,
    /// Personal data we have no use for: dropped and said
    Dropped,
}

const SPELLINGS: &[(Column, &[&str])] = &[
    (Column::StudentNo, &["学号", "XH", "学生学号", "校内学号", "学生编号", "学工号", "STUDENTNO", "STUDENT_NO", "STUDENTID"]),
    (Column::ExamNo, &["考生号", "KSH", "考号", "EXAMNO", "EXAM_NO"]),
    (Column::Name, &["姓名", "XM", "学生姓名", "考生姓名", "毕业生姓名", "名字", "NAME"]),
    (
        Column::IdNo,
        &[
            "身份证号",
            "身份证号码",
            "身份证",
            "证件号码",
            "证件号",
            "SFZH",
            "SFZ",
            "公民身份号码",
            "公民身份证号",
            "ZJHM",
            "护照号码",
            "护照号",
            "身份证件号",
            "SFZJH",
            "身份证件号码",
            "有效证件号",
            "有效证件号码",
            "IDNO",
            "ID_NO",
        ],
    ),
    (
        Column::College,
        &[
            "学院",
            "二级学院",
            "院系",
            "院系名称",
            "系部",
            "系(院)",
            "院(系)",
            "系",
            "系别",
            "系科",
            "教学系",
            "分院",
            "分校",
            "学部",
            "书院",
            "教学点",
            "函授站",
            "院别",
            "培养单位",
            "教学单位",
            "学院名称",
            "学院名",
            "XYMC",
            "所属学院",
            "所在学院",
            "所在院系",
            "二级单位",
            "部门",
            "院系所",
            "院部",
            "学院(系)",
            "学院(部)",
            "二级学院(部)",
            "单位",
            "YXMC",
            "XY",
            "FYMC",
            "COLLEGE",
        ],
    ),
    (Column::Major, &["专业", "专业名称", "ZYMC", "ZY", "所学专业", "MAJOR"]),
    (
        Column::Class,
        &[
            "班级",
            "班级名称",
            "班级简称",
            "班别",
            "行政班",
            "行政班级",
            "现班级",
            "拍摄人员班级",
            "拍摄班级",
            "毕业班级",
            "毕业班",
            "专业班级",
            "专业/班级",
            "专业(班级)",
            "年级班级",
            "班",
            "所在班级",
            "BJDM",
            "BJMC",
            "BJ",
            "CLASS",
        ],
    ),
    (Column::Level, &["层次", "培养层次", "学历类别", "学历层次", "CC", "PYCC", "LEVEL"]),
    (
        Column::Token,
        &[
            "拍摄序号",
            "拍摄号",
            "拍照序号",
            "序号牌",
            "号牌",
            "号牌号",
            "拍摄序号牌",
            "拍摄号牌",
            "顺序号",
            "照片编号",
            "采集序号",
            "TOKEN",
        ],
    ),
    (Column::RowNumber, &["序号", "编号", "NO", "NO.", "序", "#", "行号"]),
    (Column::Signature, &["签名", "签字", "学生签名", "学生签字", "本人签名", "本人签字", "签到"]),
    (
        Column::Paid,
        &[
            "缴费",
            "交费",
            "是否缴费",
            "是否交费",
            "缴费情况",
            "交费情况",
            "缴费状态",
            "交费状态",
            "缴费与否",
            "缴费金额",
            "实缴金额",
            "金额",
            "支付金额",
            "交易金额",
            "支付状态",
            "交易状态",
            "订单状态",
            "支付情况",
            "PAID",
        ],
    ),
    (
        Column::Code,
        &[
            "采集码",
            "有无采集码",
            "是否有采集码",
            "采集码情况",
            "采集码状态",
            "图像采集码",
            "采集码获取",
            "采集码获取情况",
            "是否获取采集码",
            "是否已获取采集码",
            "采集码截图",
        ],
    ),
    (
        Column::Checked,
        &[
            "核对",
            "信息核对",
            "是否核对",
            "核对情况",
            "核对状态",
            "信息核对情况",
            "是否完成核对",
            "是否已核对",
            "信息是否核对",
            "是否核对信息",
            "信息确认",
            "是否确认信息",
            "信息是否确认",
            "学籍信息核对",
            "学信网核对",
        ],
    ),
    (Column::Exempt, &["免拍", "是否免拍", "免采", "免采集", "是否免采", "是否免采集", "EXEMPT"]),
    (Column::NotTakingPart, &["不参加", "是否不参加", "不参加采集", "不参加拍摄", "放弃"]),
    (Column::TakingPart, &["是否参加", "参加", "参加采集", "是否参加采集", "是否参加拍摄", "参加拍摄", "参加情况"]),
    (Column::Status, &["学籍状态", "状态", "学籍", "学生状态", "学籍情况", "学籍异动", "XJZT", "STATUS"]),
    (Column::Batch, &["毕业批次", "批次", "预计毕业批次", "毕业月份", "BYPC"]),
    (Column::Abroad, &["境外", "是否境外", "在境外", "是否在境外", "海外", "是否海外", "境内外"]),
    (Column::Document, &["证件类型", "证件种类", "证件类别", "身份证件类型", "有效证件类型", "ZJLX", "SFZJLX"]),
    (
        Column::Headcount,
        &[
            "人数",
            "采集人数",
            "拍摄人数",
            "班级人数",
            "学生人数",
            "毕业生人数",
            "学生数",
            "毕业生数",
            "实有人数",
            "合计人数",
            "总人数",
            "合计",
            "RS",
        ],
    ),
    (
        Column::Time,
        &[
            "时间",
            "时间段",
            "拍摄时间",
            "采集时间",
            "拍照时间",
            "拍照时段",
            "拍摄时段",
            "采集时段",
            "时段",
            "集合时间",
            "拍摄时间段",
            "采集时间段",
            "时间安排",
            "具体时间",
            "起止",
            "起止时间",
            "起讫",
            "起讫时间",
            "TIME",
        ],
    ),
    (Column::Start, &["开始时间", "起始时间", "开始", "起时", "时间(起)", "采集开始", "拍摄开始"]),
    (Column::End, &["结束时间", "终止时间", "截止时间", "结束", "止时", "时间(止)", "采集结束", "拍摄结束"]),
    (Column::Date, &["日期", "拍摄日期", "采集日期", "拍照日期", "日程", "DATE"]),
    (
        Column::Place,
        &[
            "地点",
            "拍摄地点",
            "采集地点",
            "具体地点",
            "拍照地点",
            "教室",
            "拍摄教室",
            "采集教室",
            "采集点",
            "拍摄点",
            "机位",
            "房间",
            "PLACE",
            "ROOM",
        ],
    ),
    (Column::Unit, &["机组", "组", "组别", "分组", "小组", "拍摄组"]),
    (Column::Remark, &["备注", "BZ", "说明", "NOTE", "REMARK"]),
    (Column::Action, &["动作", "操作", "ACTION"]),
    (Column::Value, &["数值", "值", "VALUE"]),
];

/// Parts of headers of columns that are dropped and said.
const DROPPED: &[&str] = &[
    "民族",
    "政治面貌",
    "籍贯",
    "家庭",
    "手机",
    "电话",
    "LXDH",
    "住址",
    "地址",
    "邮箱",
    "EMAIL",
    "E-MAIL",
    "QQ",
    "微信",
    "生源",
    "户口",
    "宗教",
    "婚姻",
    "父亲",
    "母亲",
    "家长",
    "紧急联系",
    "性别",
    "XB",
    "XBMC",
    "XBDM",
    "出生",
    "CSRQ",
    "年级",
    "NJ",
    "学制",
    "XZ",
    "学习形式",
    "XXXS",
    "办学类型",
    "入学",
    "毕业日期",
    "毕业时间",
    "导师",
    "辅导员",
    "班主任",
    "银行",
    "MZ",
    "ZZMM",
    "JG",
    "SJH",
    "曾用名",
    "宿舍",
    "邮编",
    "联系方式",
    "学习年限",
    "国籍",
];

impl Column {
    /// Its usual header: the word for mappings that people see and type.
    pub fn word(self) -> &'static str {
        if self == Self::Kept {
            return "保留";
        }
        let usual = SPELLINGS.iter().find(|(column, _)| *column == self).and_then(|(_, spellings)| spellings.first());
        usual.copied().unwrap_or("不取")
    }

    /// The column of that word, in any spelling of its header; `不取` leaves a column out, `保留` keeps it as it stands.
    pub fn of_word(word: &str) -> Option<Self> {
        match header_key(word).as_str() {
            "不取" | "不要" | "-" | "DROP" | "NONE" => Some(Self::Dropped),
            "保留" | "KEEP" => Some(Self::Kept),
            key => known(key),
        }
    }
}

/// A header as a key: folded, without white space, stars and colons.
pub fn header_key(text: &str) -> String {
    width::key(text).chars().filter(|c| !is_ornament(*c)).collect()
}

fn is_ornament(c: char) -> bool {
    matches!(c, '*' | ':' | '★' | '※')
}

/// A header as the name of a column that is kept: as a key, in the letters it is written in.
pub fn header_name(text: &str) -> String {
    let folded = width::clean(&width::fold(text), false);
    folded.chars().filter(|c| !(c.is_whitespace() || is_ornament(*c))).collect()
}

/// The column that a header names; brackets (`身份证号(18位)`) count only where the header is known with them.
pub fn column_of(header: &str) -> Option<Column> {
    let whole = header_key(header);
    if whole.is_empty() || whole.chars().count() > 24 {
        return None;
    }
    let bare = match whole.find(['(', '[', '【', '/']) {
        Some(at) if at > 0 => whole[..at].to_owned(),
        _ => whole.clone(),
    };
    let signed = || ["签名", "签字", "签到"].iter().any(|w| bare.ends_with(w)).then_some(Column::Signature);
    let chinese = || chinese_of(&bare).and_then(|key| known(&key));
    known(&whole).or_else(|| known(&bare)).or_else(chinese).or_else(signed).or_else(|| dropped(&bare))
}

/// `日期DATE`: the Chinese half of a header in two languages.
fn chinese_of(key: &str) -> Option<String> {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '\'' | '-' | '&');
    let bare = key.trim_matches(latin);
    let two = bare.len() < key.len() && bare.chars().count() >= 2 && !bare.contains(latin);
    (two && key.chars().filter(char::is_ascii_alphabetic).count() >= 2).then(|| bare.to_owned())
}

fn known(key: &str) -> Option<Column> {
    // Asked of every cell of a schedule, several times over.
    static KNOWN: LazyLock<HashMap<&str, Column>> = LazyLock::new(|| {
        let all = SPELLINGS.iter().rev().flat_map(|(column, spellings)| spellings.iter().map(|s| (*s, *column)));
        all.collect()
    });
    KNOWN.get(key).copied()
}

/// False where no part of a dropped header can begin anywhere in the key: so it is for nearly every cell.
fn may_hold_dropped(key: &str) -> bool {
    static FIRSTS: LazyLock<HashSet<char>> = LazyLock::new(|| DROPPED.iter().filter_map(|d| d.chars().next()).collect());
    key.chars().any(|c| FIRSTS.contains(&c))
}

fn dropped(key: &str) -> Option<Column> {
    // Two letters of pinyin are too short to be looked for inside a header.
    let hit = may_hold_dropped(key) && DROPPED.iter().any(|d| if d.is_ascii() && d.len() < 4 { key == *d } else { key.contains(d) });
    hit.then_some(Column::Dropped)
}

/// One header cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// 1-based column.
    pub col: u32,
    /// What it means, where known.
    pub column: Option<Column>,
    /// As written.
    pub text: String,
}

/// A header as findings repeat it, row after row.
pub fn header_text(text: &str) -> String {
    text.chars().filter(|c| *c != '\n').take(SHOWN).collect()
}

/// The headers of a row; copies of cells merged across are no headers of their own.
pub fn headers(row: &Row) -> Vec<Header> {
    let own = row.cells.iter().filter(|c| !c.merged);
    own.map(|c| Header { col: c.col, column: column_of(&c.text), text: header_text(&c.text) }).collect()
}

/// The first column of that meaning.
pub fn find(headers: &[Header], column: Column) -> Option<u32> {
    headers.iter().find(|h| h.column == Some(column)).map(|h| h.col)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_their_spellings() {
        for (text, column) in [
            ("学 院", Column::College),
            ("系（院）", Column::College),
            ("身份证号(18位)", Column::IdNo),
            ("ｘｈ", Column::StudentNo),
            ("xm", Column::Name),
            ("*学号：", Column::StudentNo),
            ("拍摄人员\n班级", Column::Class),
            ("序号", Column::RowNumber),
            ("政治面貌", Column::Dropped),
            ("本人手机号码", Column::Dropped),
            ("日期 Date", Column::Date),
            ("Student ID 学号", Column::StudentNo),
        ] {
            assert_eq!(column_of(text), Some(column), "{text}");
        }
        assert_eq!(column_of("绩点"), None);
        assert_eq!(column_of("丽水学院2021届毕业生图像信息采集时间安排表"), None);
    }
}
