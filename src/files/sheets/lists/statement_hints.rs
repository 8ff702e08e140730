//! Words of remarks and notes that tell something of somebody and mark nobody: they are said.

use super::statement_words::{Matter, matters};

/// What a remark says of somebody beside these, in words that mark nobody.
const HINTS: [(&str, Matter); 62] = [
    ("已拍", Matter::Exempt),
    ("已采集", Matter::Exempt),
    ("不需要", Matter::Exempt),
    ("自拍", Matter::Exempt),
    ("实习", Matter::NotTakingPart),
    ("支教", Matter::NotTakingPart),
    ("待定", Matter::NotTakingPart),
    ("交了", Matter::Paid),
    ("已付", Matter::Paid),
    ("出走", Matter::Status),
    ("借读", Matter::Status),
    ("死亡", Matter::Status),
    ("去世", Matter::Status),
    ("转出", Matter::Status),
    ("转入", Matter::Status),
    ("删除", Matter::Status),
    ("不在校", Matter::Status),
    ("不来", Matter::NotTakingPart),
    ("已有照片", Matter::Exempt),
    ("已有图像", Matter::Exempt),
    ("自行采集", Matter::NotTakingPart),
    ("自行拍", Matter::NotTakingPart),
    ("劝退", Matter::Status),
    ("注销学籍", Matter::Status),
    ("病故", Matter::Status),
    ("服兵役", Matter::Status),
    ("服役", Matter::Status),
    ("暂缓毕业", Matter::Status),
    ("学籍异常", Matter::Status),
    ("除名", Matter::Status),
    ("减少", Matter::Status),
    ("转走", Matter::Status),
    ("请假", Matter::NotTakingPart),
    ("有照片", Matter::Exempt),
    ("照片已有", Matter::Exempt),
    ("上传", Matter::Exempt),
    ("已自拍", Matter::Exempt),
    ("新华社", Matter::Exempt),
    ("已散拍", Matter::Exempt),
    ("已补拍", Matter::Exempt),
    ("不用拍", Matter::Exempt),
    ("不到场", Matter::NotTakingPart),
    ("缺席", Matter::NotTakingPart),
    ("事假", Matter::NotTakingPart),
    ("病假", Matter::NotTakingPart),
    ("自己去拍", Matter::NotTakingPart),
    ("另行采集", Matter::NotTakingPart),
    ("单独采集", Matter::NotTakingPart),
    ("校外采集", Matter::NotTakingPart),
    ("自行去", Matter::NotTakingPart),
    ("赴美", Matter::Abroad),
    ("赴英", Matter::Abroad),
    ("赴日", Matter::Abroad),
    ("退伍", Matter::Status),
    ("延期", Matter::Status),
    ("下届", Matter::Status),
    ("下一届", Matter::Status),
    ("转到外校", Matter::Status),
    ("失联", Matter::Status),
    ("推迟毕业", Matter::Status),
    ("不毕业", Matter::Status),
    ("未达毕业", Matter::Status),
];

/// The matters of which a remark gives a hint, and no more.
pub fn hints(remark: &str) -> Vec<Matter> {
    // `休` and `退` alone are half a word of the office.
    let half = matches!(remark.trim(), "休" | "退").then_some(Matter::Status);
    let money = (remark.contains('欠') || remark.contains("减免") || remark.contains("免费")).then_some(Matter::Paid);
    HINTS.iter().filter(|(w, _)| remark.contains(w)).map(|(_, m)| *m).chain(half).chain(money).collect()
}

/// True for a note that tells something of people: 退学, 转入, 免拍.
pub fn speaks_of_somebody(text: &str) -> bool {
    !matters(text).is_empty() || !hints(text).is_empty()
}
