//! People who do not exist: student numbers, document numbers with a right check character, marks, and the lists they stand on.

use std::collections::BTreeSet;
use std::ops::Range;

use super::names::{self, Name};
use super::plans::Plan;
use super::seed::Seed;
use crate::domain::person::{ListRow, Marks, id_check_character};

/// One synthetic person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Everything a class list says, with the row it stands in.
    pub row: ListRow,
    /// 男 or 女.
    pub gender: &'static str,
}

impl Person {
    /// 学号
    pub fn student_no(&self) -> &str {
        self.row.student_no.as_deref().unwrap_or_default()
    }

    /// 免拍
    pub fn is_exempt(&self) -> bool {
        self.row.marks.exempt == Some(true)
    }

    /// False only where the list says 否.
    pub fn has_paid(&self) -> bool {
        self.row.marks.paid != Some(false)
    }
}

/// One sheet of a roster workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Name of the workbook (`商学院.xlsx`).
    pub source: String,
    /// Name of the sheet: the class, or one for all.
    pub sheet: String,
    /// A line above the header, on some sheets.
    pub title: Option<String>,
    /// The slot these people belong to, as an index into the plan's slots.
    pub slot: usize,
    /// The people, as indices, in list order.
    pub people: Range<usize>,
}

/// Abbreviations in class names and the majors they stand for; a class name that begins with none is its own major.
const MAJORS: [(&str, &str); 26] = [
    ("建工", "建筑工程技术"),
    ("社工", "社会工作"),
    ("学前", "学前教育"),
    ("体教", "体育教育"),
    ("小教全科", "小学教育（全科）"),
    ("小教", "小学教育"),
    ("艺术设计", "艺术设计"),
    ("财务", "财务管理"),
    ("电商", "电子商务"),
    ("国贸", "国际经济与贸易"),
    ("国商", "国际商务"),
    ("旅游", "旅游管理"),
    ("化工", "化学工程与工艺"),
    ("应化", "应用化学"),
    ("视传", "视觉传达设计"),
    ("陶艺", "陶瓷艺术设计"),
    ("电信", "电子信息工程"),
    ("机自", "机械设计制造及其自动化"),
    ("数学", "数学与应用数学"),
    ("土木", "土木工程"),
    ("光源", "光源与照明"),
    ("汉语言文学", "汉语言文学"),
    ("汉语言学", "汉语言"),
    ("音乐学", "音乐学"),
    ("英语", "英语"),
    ("美术学", "美术学"),
];

/// Colleges of Lishui in the order of their codes in student numbers.
const LISHUI_COLLEGES: [&str; 7] = ["商学院", "生态学院", "工学院", "民族学院", "教师教育学院", "中国青瓷学院", "职业技术学院"];

/// First six digits of document numbers: mostly Zhejiang.
const REGIONS: [&str; 34] = [
    "331102", "331121", "331122", "331123", "331124", "331125", "331126", "331127", "331181", "330102", "330106", "330302", "330326",
    "330327", "330381", "330382", "330521", "330602", "330683", "330702", "330782", "330802", "331002", "331081", "330183", "330281",
    "341204", "360121", "411381", "421127", "430181", "532128", "510105", "610112",
];
const REGIONS_DOTTED: [&str; 4] = ["653101", "652901", "653201", "650102"];

/// People of 电商171 by their place in the class, so that the pictures of the manual show the same faces under any seed.
const MANUAL: [(usize, &str, bool); 10] = [
    (2, "周涛", false),
    (11, "陈博文", false),
    (13, "王思远", false),
    (14, "吴桐", false),
    (15, "谢宇航", false),
    (16, "李佳琪", true),
    (17, "徐敏", true),
    (18, "杨子轩", false),
    (19, "赵磊", false),
    (20, "刘洋", false),
];

/// Document and admission numbers already given out.
#[derive(Default)]
struct Given(BTreeSet<String>);

impl Given {
    fn once(&mut self, mut draw: impl FnMut() -> String) -> String {
        loop {
            let number = draw();
            if self.0.insert(number.clone()) {
                return number;
            }
        }
    }

    fn document(&mut self, seed: &mut Seed, name: &Name, years: (i64, i64)) -> String {
        self.once(|| {
            let region = if name.dotted { seed.pick(&REGIONS_DOTTED) } else { seed.pick(&REGIONS) };
            let (year, month, day) = (seed.between(years.0, years.1), seed.between(1, 12), seed.between(1, 28));
            // The 17th digit is odd for men, even for women.
            let order = seed.between(0, 49) * 10 + seed.between(0, 4) * 2 + i64::from(!name.female);
            let first17 = format!("{region}{year}{month:02}{day:02}{order:03}");
            let check = id_check_character(&first17).unwrap_or('X');
            format!("{first17}{check}")
        })
    }

    fn admission(&mut self, seed: &mut Seed, grade: u32, region: &str) -> String {
        self.once(|| format!("{:02}{region}{:06}", grade % 100, seed.between(110_001, 159_999)))
    }
}

/// `财务171` → 财务, 2017; `社工181高` → 社工, 2018; `旅游专升本19` → 旅游, 2019.
fn grade_of(class: &str) -> u32 {
    let digits: String = class.chars().skip_while(|c| !c.is_ascii_digit()).take(2).collect();
    2000 + digits.parse::<u32>().unwrap_or(17)
}

fn major_of(class: &str) -> String {
    let body: String = class.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let body = body.trim_end_matches("专升本");
    MAJORS.iter().find(|(short, _)| body.starts_with(short)).map_or_else(|| body.to_owned(), |(_, major)| (*major).to_owned())
}

fn level_of(class: &str) -> &'static str {
    match () {
        () if class.contains("专升本") => "专升本",
        () if class.ends_with('高') => "专科",
        () => "本科",
    }
}

/// Everyday names, then some of them replaced on purpose: repeated, rare, with a middle dot, with a compound surname.
fn names_of(seed: &mut Seed, sizes: &[usize]) -> Vec<Name> {
    let total: usize = sizes.iter().sum();
    let mut names: Vec<Name> = (0..total).map(|_| names::everyday(seed)).collect();
    let mut places: Vec<usize> = (0..total).collect();
    seed.shuffle(&mut places);
    let mut places = places.into_iter();
    let some = total / 130;
    for (nth, place) in places.by_ref().take(some.max(8)).enumerate() {
        names[place] = names::rare(seed, nth);
    }
    for place in places.by_ref().take(some) {
        names[place] = names::dotted(seed);
    }
    for (nth, place) in places.by_ref().take(some).enumerate() {
        names[place] = names::compound(seed, nth);
    }
    for place in places.by_ref().take(some) {
        let other = seed.below(total);
        names[place] = names[other].clone();
    }
    // Two of one name in one class, in every sixth class.
    let mut first = 0;
    for (nth, size) in sizes.iter().enumerate() {
        if nth % 6 == 1 && *size > 12 {
            names[first + size - 2] = names[first + 4].clone();
        }
        first += size;
    }
    names
}

/// The classes of Lishui, with 免拍 (about 1 %) and unpaid (about 1.5 %) people among them.
pub fn lishui(number: u64, plan: &Plan) -> (Vec<Person>, Vec<List>) {
    let mut seed = Seed::new(number, "lishui people");
    let classes: Vec<(usize, &str, usize)> = plan
        .slots
        .iter()
        .zip(&plan.heads)
        .enumerate()
        .flat_map(|(i, (slot, heads))| slot.classes.iter().zip(heads).map(move |(class, n)| (i, class.as_str(), *n as usize)))
        .collect();
    let mut names = names_of(&mut seed, &classes.iter().map(|c| c.2).collect::<Vec<_>>());
    let mut given = Given::default();
    let (mut people, mut lists) = (Vec::new(), Vec::<List>::new());
    for (slot, class, size) in classes {
        let first = people.len();
        if class == "电商171" {
            for (place, text, female) in MANUAL {
                names[first + place] = Name { text: text.to_owned(), female, dotted: false };
            }
        }
        let college = plan.slots[slot].college.clone();
        let source = format!("{college}.xlsx");
        let code = LISHUI_COLLEGES.iter().position(|c| *c == college).unwrap_or(0) + 1;
        let nth = lists.iter().filter(|l| l.source == source).count() + 1;
        let title = (lists.len() % 3 == 0).then(|| format!("{college} {class} 名单"));
        let head = if title.is_some() { 3 } else { 2 };
        let (grade, level) = (grade_of(class), level_of(class));
        for place in 0..size {
            let name = &names[first + place];
            let years = match level {
                "专升本" => (1996, 1998),
                "专科" => (1998, 1999),
                _ => (1997, 1999),
            };
            let document = given.document(&mut seed, name, years);
            // Exempt 专升本 students would be doubtful, which is not planted.
            let exempt = seed.chance(11) && level != "专升本";
            let paid = !seed.chance(15) || exempt;
            people.push(Person {
                row: ListRow {
                    row: (head + place) as u32,
                    student_no: Some(format!("{grade}{code:02}{nth:02}{:02}", place + 1).into()),
                    exam_no: Some(given.admission(&mut seed, grade, &document[..6]).into()),
                    name: Some(name.text.as_str().into()),
                    id_no: Some(document.into()),
                    college: Some(college.as_str().into()),
                    major: Some(major_of(class).into()),
                    class: Some(class.into()),
                    level: Some(level.into()),
                    marks: Marks { exempt: exempt.then_some(true), paid: Some(paid), ..Marks::default() },
                    ..ListRow::default()
                },
                gender: if name.female { "女" } else { "男" },
            });
        }
        lists.push(List { source, sheet: class.to_owned(), title, slot, people: first..people.len() });
    }
    (people, lists)
}

/// Majors of the colleges of Zhejiang Sci-Tech, in the order of its slots.
const ZSTU_MAJORS: [&[&str]; 15] = [
    &["纺织科学与工程", "纺织工程", "材料与化工"],
    &["材料科学与工程", "化学", "材料与化工"],
    &["设计学", "艺术设计", "服装设计与工程"],
    &["计算机科学与技术", "软件工程", "电子信息"],
    &["土木工程", "建筑学"],
    &["应用经济学", "工商管理", "会计"],
    &["工商管理（MBA）"],
    &["新闻传播学"],
    &["数学", "物理学", "化学", "心理学"],
    &["设计学", "艺术设计", "美术学"],
    &["生物学", "药学", "生物与医药"],
    &["机械工程", "控制科学与工程", "动力工程"],
    &["马克思主义理论"],
    &["外国语言文学", "翻译"],
    &["公共管理", "法律"],
];

/// Two students from abroad, by the slot of their college: name, passport, 女.
const FOREIGN: [(usize, &str, &str, bool); 2] = [(0, "KHAN MUHAMMAD BILAL", "AB5501273", false), (8, "TRAN THI MAI", "C7304418", true)];

/// The graduate students of Zhejiang Sci-Tech: one list a college, no classes, nothing said of payment.
pub fn zstu(number: u64, plan: &Plan) -> (Vec<Person>, Vec<List>) {
    let mut seed = Seed::new(number, "zstu people");
    let sizes: Vec<usize> = plan.heads.iter().map(|h| h.iter().sum::<u32>() as usize).collect();
    let names = names_of(&mut seed, &sizes);
    let mut given = Given::default();
    let (mut people, mut lists) = (Vec::new(), Vec::new());
    for (slot, size) in sizes.into_iter().enumerate() {
        let first = people.len();
        let college = plan.slots[slot].college.clone();
        let majors = ZSTU_MAJORS.get(slot).copied().unwrap_or_default();
        let foreign = FOREIGN.iter().find(|f| f.0 == slot);
        // Doctors come first on the list; a college of few people has none.
        let doctors = if size > 60 && majors.len() > 1 { size / 12 } else { 0 };
        for place in 0..size {
            let guest = foreign.filter(|_| place + 1 == size);
            let name = match guest {
                Some((_, text, _, female)) => Name { text: (*text).to_owned(), female: *female, dotted: false },
                None => names[first + place].clone(),
            };
            let doctor = place < doctors;
            let (from, of) = if doctor { (place, doctors) } else { (place - doctors, size - doctors) };
            let major = from * majors.len() / of.max(1);
            let student_no = match () {
                () if guest.is_some() => format!("LX2018{:02}{:03}", slot + 1, 1),
                () if majors.len() == 1 && college.starts_with("MBA") => format!("2018MBA{:03}", place + 1),
                () => {
                    format!("{}{:02}{}{:02}{:03}", if doctor { 2017 } else { 2018 }, slot + 1, u8::from(!doctor) + 1, major + 1, place + 1)
                }
            };
            let id_no = match guest {
                Some((_, _, passport, _)) => (*passport).to_owned(),
                None => given.document(&mut seed, &name, if doctor { (1989, 1994) } else { (1993, 1997) }),
            };
            people.push(Person {
                row: ListRow {
                    row: (place + 2) as u32,
                    student_no: Some(student_no.into()),
                    name: Some(name.text.as_str().into()),
                    id_no: Some(id_no.into()),
                    college: Some(college.as_str().into()),
                    major: majors.get(major).map(|m| (*m).into()),
                    level: Some(if doctor { "博士研究生" } else { "硕士研究生" }.into()),
                    ..ListRow::default()
                },
                gender: if name.female { "女" } else { "男" },
            });
        }
        lists.push(List {
            source: format!("{college}.xlsx"), sheet: "研究生".to_owned(), title: None, slot, people: first..people.len()
        });
    }
    (people, lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_name_says_grade_major_and_level() {
        assert_eq!((grade_of("社工181高"), major_of("社工181高").as_str(), level_of("社工181高")), (2018, "社会工作", "专科"));
        assert_eq!((grade_of("旅游专升本19"), major_of("旅游专升本19").as_str(), level_of("旅游专升本19")), (2019, "旅游管理", "专升本"));
        assert_eq!(major_of("艺术设计（青瓷、石雕）19高"), "艺术设计");
        assert_eq!((grade_of("农村区域发展17"), major_of("农村区域发展17").as_str()), (2017, "农村区域发展"));
    }
}
