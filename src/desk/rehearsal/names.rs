//! Names of people who do not exist: frequent and rare surnames, surnames with several readings, names with a middle dot.

use super::seed::Seed;

/// Surnames, the more frequent ones in the earlier tiers; a tier is as likely as its weight says.
const SURNAMES: [(usize, &str); 4] = [
    (430, "王李张刘陈杨黄赵吴周"),
    (320, "徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"),
    (200, "傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武戚莫孔向汤应章季麻蓝雷项练阙占饶柳季吕洪"),
    // Surnames whose everyday reading is not the surname's: a search by pinyin must know them.
    (50, "单曾仇解查盖区尉朴缪覃乐员任华翟"),
];

/// Surnames of two characters.
const COMPOUND: [&str; 10] = ["欧阳", "司马", "诸葛", "上官", "夏侯", "尉迟", "皇甫", "令狐", "慕容", "司徒"];

/// Given names that many parents chose.
const GIVEN_F: [&str; 60] = [
    "佳琪", "雨欣", "梦婷", "思雨", "静怡", "欣怡", "婷婷", "敏", "静", "雪", "丹", "莹", "洁", "璐", "倩", "颖", "琳", "佳怡", "晓雯",
    "梦瑶", "雅婷", "紫涵", "可欣", "诗琪", "若曦", "慧敏", "嘉欣", "晨曦", "佩珊", "晓燕", "丽君", "雨晴", "舒婷", "怡君", "文静", "思思",
    "梦洁", "佳慧", "丹丹", "晓彤", "琪", "燕", "玲", "芳", "悦", "薇", "瑶", "萍", "露", "艳", "雯雯", "子涵", "依婷", "方圆", "心怡",
    "天娇", "美玲", "海燕", "春燕", "秋月",
];
const GIVEN_M: [&str; 60] = [
    "子轩", "思远", "宇航", "博文", "浩然", "俊杰", "伟", "磊", "涛", "鹏", "洋", "杰", "超", "强", "凯", "浩", "鑫", "宇", "斌", "峰",
    "志强", "建华", "文杰", "子豪", "天宇", "明哲", "家豪", "嘉诚", "昊天", "泽宇", "一鸣", "振宇", "海涛", "晓东", "旭东", "志远", "俊豪",
    "永康", "国栋", "伟杰", "帆", "桐", "勇", "军", "亮", "辉", "龙", "翔", "晨", "睿", "健", "晓峰", "金鑫", "宏伟", "立群", "家俊",
    "承志", "梓涵", "文涛", "少华",
];
const CHARS_F: &str = "婷雅静怡欣佳梦雨思晓文慧丽玉秀芸菲琳瑶璇琪颖莹洁露薇蓉萱妍娜媛蕾诗语涵若依可心悦彤";
const CHARS_M: &str = "伟杰明志强宇浩天文俊鹏飞海涛建国家豪子轩泽一鸣博凯昊晨旭东永康振华立成嘉诚睿哲铭远";

/// Long names with a middle dot and the region that their document numbers begin with.
const DOTTED_F: [&str; 6] =
    ["阿依努尔·买买提", "古丽米热·艾合买提江", "迪丽努尔·阿卜杜外力", "热孜万古丽·吐尔逊", "米热古丽·图尔荪", "帕提古丽·阿布都热西提"];
const DOTTED_M: [&str; 6] =
    ["艾力·吐尔逊", "阿卜杜热合曼·阿布都克热木", "阿卜杜萨拉木·阿卜杜热西提江", "买买提江·艾山", "努尔艾力·阿不都外力", "叶尔兰·赛力克"];

/// Given names with characters outside the everyday fonts.
const RARE: [&str; 8] = ["𬱖", "㛃", "䶮", "子䶮", "𬱖然", "㛃琳", "𬭎宇", "䴖"];

/// A drawn name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As on the list.
    pub text: String,
    /// True for 女.
    pub female: bool,
    /// True where the name has a middle dot: the document begins with a region of Xinjiang.
    pub dotted: bool,
}

fn draw_char(seed: &mut Seed, text: &str) -> String {
    let count = text.chars().count();
    text.chars().nth(seed.below(count)).map(String::from).unwrap_or_default()
}

fn surname(seed: &mut Seed) -> String {
    if seed.chance(8) {
        return seed.pick(&COMPOUND).to_owned();
    }
    let total: usize = SURNAMES.iter().map(|(w, _)| w).sum();
    let mut at = seed.below(total);
    for (weight, tier) in SURNAMES {
        if at < weight {
            return draw_char(seed, tier);
        }
        at -= weight;
    }
    String::new()
}

/// An everyday name: two or three characters, now and then a compound surname.
pub fn everyday(seed: &mut Seed) -> Name {
    let female = seed.chance(520);
    let surname = surname(seed);
    let (whole, chars) = if female { (&GIVEN_F, CHARS_F) } else { (&GIVEN_M, CHARS_M) };
    let given = if seed.chance(450) {
        seed.pick(whole).to_owned()
    } else if seed.chance(110) {
        draw_char(seed, chars)
    } else {
        draw_char(seed, chars) + &draw_char(seed, chars)
    };
    Name { text: surname + &given, female, dotted: false }
}

/// A name with a middle dot.
pub fn dotted(seed: &mut Seed) -> Name {
    let female = seed.chance(500);
    let text = if female { seed.pick(&DOTTED_F) } else { seed.pick(&DOTTED_M) };
    Name { text: text.to_owned(), female, dotted: true }
}

/// The `nth` name with a rare character; the characters come in turn so that each is there.
pub fn rare(seed: &mut Seed, nth: usize) -> Name {
    let given = RARE.get(nth % RARE.len()).copied().unwrap_or_default();
    Name { text: surname(seed) + given, female: seed.chance(500), dotted: false }
}

/// The `nth` name with a compound surname, in turn.
pub fn compound(seed: &mut Seed, nth: usize) -> Name {
    let female = seed.chance(500);
    let given = if female { seed.pick(&GIVEN_F) } else { seed.pick(&GIVEN_M) };
    let surname = COMPOUND.get(nth % COMPOUND.len()).copied().unwrap_or_default();
    Name { text: surname.to_owned() + given, female, dotted: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_never_a_bare_surname_and_hold_only_letters_and_the_dot() {
        let mut seed = Seed::new(3, "names");
        for nth in 0..2000 {
            for name in [everyday(&mut seed), dotted(&mut seed), rare(&mut seed, nth), compound(&mut seed, nth)] {
                assert!(name.text.chars().count() >= 2, "{}", name.text);
                assert!(name.text.chars().all(|c| c == '·' || c.is_alphabetic()), "{}", name.text);
            }
        }
    }
}
