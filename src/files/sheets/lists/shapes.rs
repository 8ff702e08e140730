//! What a column holds, seen from its values alone: where headers fail, and to doubt a header that contradicts them.

use std::collections::HashSet;

use crate::domain::person::{IdCheck, check_id};
use crate::domain::width;
pub use crate::domain::width::is_han;

use super::super::columns::Column;

/// Fewest values from which a shape is told.
const FEWEST: usize = 3;
/// Most values that are looked at.
pub const SAMPLE: usize = 200;

/// Surnames of one character, the frequent ones first.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由竹邴朗须";
/// Surnames of two characters.
const DOUBLE: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "皇甫", "令狐", "东方", "夏侯", "尉迟", "慕容", "司徒", "公孙", "长孙", "轩辕", "宇文", "端木", "南宫",
    "百里", "呼延",
];

/// The column that values look like, and how surely, in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What the values look like; `Dropped` for telephone numbers, gender, 民族 and the like.
    pub column: Column,
    /// Share of the values that do, in per cent.
    pub percent: u8,
}

/// What a person's name looks like: two to four Chinese characters with a known surname, or parts with a middle dot.
pub fn is_name(text: &str) -> bool {
    let key = width::key(text);
    let chars: Vec<char> = key.chars().collect();
    if let Some(parts) = dotted(&key) {
        return parts && chars.len() <= 30;
    }
    if !(2..=4).contains(&chars.len()) || !chars.iter().all(|c| is_han(*c)) {
        return false;
    }
    let double = DOUBLE.iter().any(|d| key.starts_with(d));
    double || (chars.len() <= 3 && chars.first().is_some_and(|c| SURNAMES.contains(*c)))
}

/// `阿卜杜·热合曼`: `Some(true)` where all parts are Chinese characters, `None` without a dot.
fn dotted(key: &str) -> Option<bool> {
    let parts: Vec<&str> = key.split(['·', '•', '・', '‧', '∙', '●']).collect();
    (parts.len() > 1).then(|| parts.iter().all(|p| !p.is_empty() && p.chars().all(is_han)))
}

/// A mainland document number that proves itself: 18 characters with check character, or 15 digits with a birth date.
pub fn is_id(text: &str) -> bool {
    let key = width::key(text);
    check_id(&key) == IdCheck::Right && (key.len() == 18 || old_birth(&key).is_some())
}

/// Birth date of an old 15-digit number (`YYMMDD` of the last century from its 7th digit).
pub fn old_birth(id: &str) -> Option<chrono::NaiveDate> {
    let part = |from: usize| id.get(from..from + 2).and_then(|t| t.parse::<u32>().ok());
    chrono::NaiveDate::from_ymd_opt(1900 + i32::try_from(part(6)?).ok()?, part(8)?, part(10)?)
}

/// What could be a 学号: 6 to 14 letters and digits, digits at least in half and four of them.
pub fn is_number(text: &str) -> bool {
    let key = width::key(text);
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    (6..=14).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric()) && digits >= 4 && digits * 2 >= key.len()
}

/// A telephone number: eleven digits that begin as those of mobile telephones do.
pub fn is_phone(key: &str) -> bool {
    let digits = key.strip_prefix("+86").unwrap_or(key);
    let bytes = digits.as_bytes();
    matches!(bytes, [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
}

fn is_class(key: &str) -> bool {
    let chars = key.chars().count();
    let digits = key.chars().filter(char::is_ascii_digit).count();
    let han = key.chars().filter(|c| is_han(*c)).count();
    let other = ["人", "元", "月", "年", "日", "省", "市", "县", "路", "室", "楼", "分"].iter().any(|w| key.ends_with(w));
    (2..=24).contains(&chars) && han >= 1 && !other && ((1..=8).contains(&digits) || key.ends_with('班'))
}

fn is_college(key: &str) -> bool {
    let chars = key.chars().count();
    ["学院", "系", "书院", "研究院", "研究所"].iter().any(|s| key.ends_with(s) && key.len() > s.len()) && chars <= 24
}

fn is_level(key: &str) -> bool {
    ["本科", "专科", "高职", "专升本", "硕士", "博士", "研究生", "本科生", "专科生", "硕士研究生", "博士研究生", "普通本科", "高职高专"]
        .contains(&key)
}

fn is_private(key: &str) -> bool {
    matches!(key, "男" | "女" | "男性" | "女性" | "群众" | "党员" | "团员" | "共青团员" | "中共党员" | "预备党员" | "中共预备党员")
        || (key.ends_with('族') && (2..=5).contains(&key.chars().count()))
}

/// The shape of a column's values (those that are not empty); `None` where they are too few or look like nothing we know.
pub fn of_column<'a>(values: impl Iterator<Item = &'a str>) -> Option<Shape> {
    let keys: Vec<String> = values.map(width::key).filter(|k| !k.is_empty()).take(SAMPLE).collect();
    let count = keys.len();
    if count < FEWEST {
        return None;
    }
    let share = |is: &dyn Fn(&str) -> bool| keys.iter().filter(|k| is(k)).count() * 100 / count;
    let distinct = keys.iter().collect::<HashSet<_>>().len() * 100 / count;
    let shape = |column, percent: usize| Some(Shape { column, percent: u8::try_from(percent.min(99)).unwrap_or(99) });
    let ids = share(&is_id);
    if ids >= 60 {
        return shape(Column::IdNo, ids);
    }
    if share(&is_private) >= 90 {
        return shape(Column::Dropped, share(&is_private));
    }
    let phones = share(&is_phone);
    // 学号 of a list share their beginnings, telephone numbers do not.
    let heads = keys.iter().filter_map(|k| k.get(..5)).collect::<HashSet<_>>().len();
    if phones >= 80 && heads * 2 > count {
        return shape(Column::Dropped, phones);
    }
    if counts_up(&keys) {
        return shape(Column::RowNumber, 95);
    }
    let levels = share(&is_level);
    if levels >= 80 {
        return shape(Column::Level, levels);
    }
    let names = share(&is_name);
    if names >= 75 && distinct >= 60 {
        return shape(Column::Name, names);
    }
    let numbers = share(&is_number);
    if numbers >= 80 && distinct >= 95 {
        let usual = keys.iter().map(String::len).max_by_key(|l| keys.iter().filter(|k| k.len() == *l).count()).unwrap_or(0);
        let even = keys.iter().filter(|k| k.len() == usual).count() * 100 / count;
        if even >= 80 && !keys.iter().all(|k| is_date(k)) {
            return shape(Column::StudentNo, numbers.min(even));
        }
    }
    let colleges = share(&is_college);
    if colleges >= 80 {
        return shape(Column::College, colleges);
    }
    let classes = share(&is_class);
    if classes >= 80 && distinct <= 60 {
        return shape(Column::Class, classes);
    }
    None
}

/// `19990131`: eight digits that are a day are no 学号.
fn is_date(key: &str) -> bool {
    key.len() == 8 && chrono::NaiveDate::parse_from_str(key, "%Y%m%d").is_ok_and(|d| (1970..=2015).contains(&chrono::Datelike::year(&d)))
}

/// 1, 2, 3 …, perhaps beginning anew.
fn counts_up(keys: &[String]) -> bool {
    let numbers: Vec<u32> = keys.iter().filter(|k| k.len() <= 5).filter_map(|k| k.parse().ok()).collect();
    let steps = numbers.windows(2).filter(|w| w[1] == w[0] + 1 || w[1] == 1).count();
    numbers.len() == keys.len() && steps * 10 >= (keys.len() - 1) * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(values: &[&str]) -> Option<Column> {
        of_column(values.iter().copied()).map(|s| s.column)
    }

    #[test]
    fn columns_are_told_from_their_values() {
        assert_eq!(told(&["2017010101", "2017010102", "2017010201", "2017010310"]), Some(Column::StudentNo));
        assert_eq!(told(&["17010101101", "17010101102", "17010101103", "17010101104"]), Some(Column::StudentNo));
        assert_eq!(told(&["13812345678", "15988887777", "17705551234", "18612340987"]), Some(Column::Dropped));
        assert_eq!(told(&["王芳", "欧阳修远", "阿卜杜·热合曼", "李 雷"]), Some(Column::Name));
        assert_eq!(told(&["电商171", "电商171", "电商171", "国贸172"]), Some(Column::Class));
        assert_eq!(told(&["商学院", "商学院", "工学院"]), Some(Column::College));
        assert_eq!(told(&["1", "2", "3", "1", "2", "3"]), Some(Column::RowNumber));
        assert_eq!(told(&["男", "女", "女"]), Some(Column::Dropped));
        assert_eq!(told(&["19990131", "19981204", "20000101"]), None);
        assert_eq!(told(&["金融学", "金融学", "金融学", "会计学"]), None);
        assert_eq!(told(&["王芳", "李雷"]), None);
    }

    #[test]
    fn an_old_number_needs_a_birth_date_to_be_known() {
        assert!(is_id("110105491231002") && !is_id("110105491331002"));
        assert!(is_id("11010519491231002x") && !is_id("110105194912310021"));
    }
}
