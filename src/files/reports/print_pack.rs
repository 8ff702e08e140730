//! What is printed the evening before: sign-in sheets, class order, an empty log for emergencies, the door's numbers, keys at a glance.

use chrono::NaiveDate;

use super::form::{Form, FormColumn, FormRow};

/// Heights of a row that is signed: a class up to the second count still fits one page, if closely.
const SIGN_ROWS: [(usize, f64); 3] = [(30, 7.2), (36, 6.0), (40, 5.5)];
/// Numbers in a row of the door's sheet.
const DOOR_ROW: u32 = 10;
/// Empty rows for emergencies.
const EMPTY_ROWS: usize = 30;
/// Empty rows of a class without a list.
const UNLISTED_ROWS: usize = 31;
/// The words of the log.
const ACTIONS: &str = "签到 签名 发号 进场 拍摄 重拍 补记 过号 让位 插入 换号 作废 补发 交号 缺号 改号 登记 认领 暂缓 返回 调班 更正 计数 对时 试拍 换卡 换相机 暂停 恢复 缴费";

/// Someone on a sign-in sheet; no document number ever stands there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signer {
    /// 学号
    pub student_no: String,
    /// 姓名
    pub name: String,
    /// The number, where it is known before the day.
    pub token: String,
    /// Why nothing is to be signed (`免拍`, `不参加`).
    pub excused: Option<&'static str>,
}

/// A class in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignClass {
    /// 班级
    pub class: String,
    /// 学院
    pub college: String,
    /// `9:25–9:55`, several where it has several slots here.
    pub slot: String,
    /// Where else and when it is expected.
    pub elsewhere: Vec<String>,
    /// Its people in queue order; empty where no list names it.
    pub people: Vec<Signer>,
    /// People the schedule states, where no list says it.
    pub stated: Option<u32>,
}

/// One room on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRoom {
    /// 采集点 as shown; empty for those without a slot.
    pub room: String,
    /// The day, where it is known.
    pub date: Option<NaiveDate>,
    /// Classes in the order of their slots.
    pub classes: Vec<SignClass>,
    /// The numbers to come, as printed.
    pub numbers: Vec<String>,
    /// Minutes before its slot at which a class gathers.
    pub gather_min: u16,
}

impl SignClass {
    fn expected(&self) -> usize {
        self.people.iter().filter(|p| p.excused.is_none()).count()
    }

    /// `36（免 2）`
    fn count(&self) -> String {
        match (self.people.len() - self.expected(), self.people.is_empty()) {
            (_, true) => self.stated.map(|n| n.to_string()).unwrap_or_default(),
            (0, _) => self.expected().to_string(),
            (out, _) => format!("{}（免 {out}）", self.expected()),
        }
    }

    /// How many, and who is outside that number.
    pub fn heads(&self) -> String {
        if self.people.is_empty() {
            return self.stated.map_or_else(|| "应到 ＿＿".to_owned(), |n| format!("应到 {n}（安排表人数）"));
        }
        match self.people.len() - self.expected() {
            0 => format!("应到 {}", self.expected()),
            out => format!("应到 {}（另免拍、不参加 {out}）", self.expected()),
        }
    }
}

impl PrintRoom {
    fn place(&self) -> String {
        let date = self.date.map(|d| d.to_string()).unwrap_or_default();
        let room = if self.room.is_empty() { "未排时段" } else { &self.room };
        format!("采集点 {room}　{date}").trim_end().to_owned()
    }
}

/// 签到表: a form a class.
pub fn signatures(room: &PrintRoom) -> Vec<Form> {
    room.classes.iter().map(|class| sign_in(room, class)).collect()
}

fn sign_in(room: &PrintRoom, class: &SignClass) -> Form {
    let mut rows: Vec<FormRow> = (1..)
        .zip(&class.people)
        .map(|(n, p): (usize, _)| FormRow {
            cells: vec![n.to_string(), p.student_no.clone(), p.name.clone(), p.token.clone(), p.excused.unwrap_or("").to_owned()],
            grey: p.excused.is_some(),
        })
        .collect();
    let mut notes = vec!["本人签名；号牌发一张填一张，人没来就空着。暂缓、没带证件等请写在签名格里。".to_owned()];
    if class.people.is_empty() {
        let count = class.stated.map_or(UNLISTED_ROWS, |n| (n as usize).clamp(1, 200));
        rows = (1..=count)
            .map(|n| FormRow { cells: vec![n.to_string(), String::new(), String::new(), String::new(), String::new()], grey: false })
            .collect();
        notes.insert(0, "本班没有名单：请当场填学号和姓名，事后补录。".to_owned());
    }
    let mut facts =
        vec![format!("{}　{}", room.place(), class.slot).trim_end().to_owned(), format!("{}　{}", class.college, class.heads())];
    if !class.elsewhere.is_empty() {
        facts.push(format!("本班另有时段：{}", class.elsewhere.join("、")));
    }
    let row_mm = SIGN_ROWS.iter().find(|(most, _)| rows.len() <= *most).map_or(SIGN_ROWS[0].1, |(_, mm)| *mm);
    Form {
        name: class.class.clone(),
        title: format!("签到表　{}", class.class),
        facts,
        columns: vec![
            FormColumn::middle("序号", 13.0),
            FormColumn::left("学号", 38.0),
            FormColumn::left("姓名", 52.0),
            FormColumn::middle("号牌", 32.0),
            FormColumn::middle("签名", 55.0),
        ],
        rows,
        row_mm,
        notes,
        signs: vec!["登记员", "实签人数"],
    }
}

/// 班级顺序: who comes when, with room to write when they began and ended.
pub fn order(room: &PrintRoom) -> Form {
    let row = |(n, class): (usize, &SignClass)| FormRow {
        cells: vec![n.to_string(), class.slot.clone(), class.class.clone(), class.count(), String::new(), String::new()],
        grey: false,
    };
    let people: usize = room.classes.iter().map(|c| if c.people.is_empty() { c.stated.unwrap_or(0) as usize } else { c.expected() }).sum();
    Form {
        name: "班级顺序".into(),
        title: "班级顺序".into(),
        facts: vec![format!("{}　{} 个班　{people} 人　各班提前 {} 分钟到", room.place(), room.classes.len(), room.gather_min)],
        columns: vec![
            FormColumn::middle("顺序", 13.0),
            FormColumn::middle("时间", 34.0),
            FormColumn::left("班级", 57.0),
            FormColumn::left("应到", 40.0),
            FormColumn::middle("实拍", 18.0),
            FormColumn::left("备注", 28.0),
        ],
        rows: (1..).zip(&room.classes).map(row).collect(),
        row_mm: 7.5,
        notes: vec!["排队按班级、班内按学号。叫下一个班之前先在入场口报一次张数。".into()],
        signs: vec!["登记员"],
    }
}

/// 空白应急表: the columns of `import log`.
pub fn emergency(room: &PrintRoom) -> Form {
    let mut cells = vec![String::new(); 7];
    cells[1].clone_from(&room.room);
    Form {
        name: "空白应急表".into(),
        title: "应急记录表（停电、电脑坏了时手写）".into(),
        facts: vec![format!("{}　按发生的先后一行一件，写时间", room.place())],
        columns: vec![
            FormColumn::middle("时间", 22.0),
            FormColumn::middle("采集点", 24.0),
            FormColumn::middle("动作", 20.0),
            FormColumn::middle("学号", 38.0),
            FormColumn::middle("序号", 24.0),
            FormColumn::middle("数值", 20.0),
            FormColumn::left("备注", 42.0),
        ],
        rows: vec![FormRow { cells, grey: false }; EMPTY_ROWS],
        row_mm: 6.7,
        notes: vec![
            format!("动作只写这些词：{ACTIONS}"),
            "最要紧的三样：发号（学号＋序号）、拍摄（序号）、计数（相机张数写在数值）。换号写学号和新序号；对时的数值写相机上的时间。"
                .into(),
            "恢复后照样打进表格，用 duihao import log 导入。".into(),
        ],
        signs: vec!["登记员"],
    }
}

/// 门口号表: numbers to tick, no names.
pub fn door(room: &PrintRoom) -> Form {
    let rows = room.numbers.chunks(DOOR_ROW as usize).map(|ten| {
        let mut cells: Vec<String> = ten.to_vec();
        cells.resize(DOOR_ROW as usize, String::new());
        FormRow { cells, grey: false }
    });
    Form {
        name: "门口号表".into(),
        title: "门口号表".into(),
        facts: vec![format!("{}　进去一个划一个；跳过的圈出来，旁边写时间", room.place())],
        columns: (0..DOOR_ROW).map(|_| FormColumn::middle("", WIDE)).collect(),
        rows: rows.collect(),
        row_mm: 8.5,
        notes: vec!["不够时接着手写。重拍在号旁写“重”，作废写“废”，补记写“补”。".into()],
        signs: vec!["入场口"],
    }
}

const WIDE: f64 = 19.0;

/// 一页速查: what is done when, with the keys as this program has them now.
pub fn at_a_glance(room: &PrintRoom, keys: &[(String, String)]) -> Form {
    let row = |(when, what): &(String, String)| FormRow { cells: vec![when.clone(), what.clone()], grey: false };
    Form {
        name: "一页速查".into(),
        title: "一页速查".into(),
        facts: vec![room.place()],
        columns: vec![FormColumn::left("什么时候", 62.0), FormColumn::left("怎么做", 128.0)],
        rows: keys.iter().map(row).collect(),
        row_mm: 7.6,
        notes: vec![
            "拿不准：按 F1，打几个字（如“过号”或 guohao）就找得到。记错了：Ctrl+Z 撤销。电脑不行了：用空白应急表接着写，队不停。".into(),
        ],
        signs: Vec::new(),
    }
}
