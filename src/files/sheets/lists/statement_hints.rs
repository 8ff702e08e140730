//! Words of remarks and notes that tell something of somebody and mark nobody: they are said.

use super::statement_words::{Matter, matters};

/// What a remark says of somebody beside these, in words that mark nobody.
const HINTS: [(&str, Matter); 24] = [
    ("已拍", Matter::Exempt),
    ("已采集", Matter::Exempt),
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
];

/// The matters of which a remark gives a hint, and no more.
pub fn hints(remark: &str) -> Vec<Matter> {
    HINTS.iter().filter(|(w, _)| remark.contains(w)).map(|(_, m)| *m).collect()
}

/// True for a note that tells something of people: 退学, 转入, 免拍.
pub fn speaks_of_somebody(text: &str) -> bool {
    !matters(text).is_empty() || !hints(text).is_empty()
}
