//! The two published schedules and what the two schools decided, as in their notices; wrong times stay wrong.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::campaign::{Campaign, RoomPlan, Route, SelfService, Source, Step};
use crate::domain::schedule::ScheduleRow;
use crate::domain::token::TokenForm;

/// Name of the sheet that holds a schedule.
pub const SCHEDULE_SHEET: &str = "安排表";

/// Seconds of published slot time per person by which the head counts of Zhejiang Sci-Tech are chosen: its table gives none.
/// 820 slot minutes × 60 ÷ 26 is about 1,900 people, and a person every 26 seconds is what its slots leave room for.
pub const ZSTU_SECONDS_A_PERSON: u32 = 26;

/// One published slot: room, times, college, head count, classes.
struct Row(usize, &'static str, &'static str, &'static str, u32, &'static [&'static str]);

#[rustfmt::skip]
const LISHUI: [Row; 37] = [
    Row(0, "08:30", "08:55", "职业技术学院", 49, &["建工181高"]),
    Row(0, "08:55", "09:25", "职业技术学院", 63, &["社工181高", "社工182高"]),
    Row(0, "09:20", "09:55", "职业技术学院", 74, &["文秘181高", "文秘182高"]),
    Row(0, "09:55", "10:40", "职业技术学院", 93, &["学前181高", "学前182高"]),
    Row(0, "10:40", "11:30", "职业技术学院", 96, &["学前183高", "学前184高"]),
    Row(0, "12:30", "13:25", "教师教育学院", 54, &["体教17"]),
    Row(0, "13:25", "13:55", "教师教育学院", 68, &["小教全科171", "小教全科172"]),
    Row(0, "13:55", "14:15", "教师教育学院", 45, &["小教17"]),
    Row(0, "14:15", "15:00", "教师教育学院", 94, &["小教173", "小教174"]),
    Row(0, "15:00", "15:45", "教师教育学院", 95, &["小教175", "小教176"]),
    Row(0, "15:45", "16:25", "教师教育学院", 87, &["学前17", "学前专升本19"]),
    Row(0, "16:25", "16:55", "中国青瓷学院", 57, &["艺术设计（青瓷、石雕）19高"]),
    Row(1, "08:30", "09:25", "商学院", 116, &["财务171", "财务172", "财务173"]),
    Row(1, "09:25", "10:55", "商学院", 68, &["电商171", "电商172"]),
    Row(1, "10:55", "10:20", "商学院", 65, &["国贸171", "国贸172"]),
    Row(1, "10:25", "10:50", "商学院", 54, &["国商171", "国商172"]),
    Row(1, "10:50", "11:20", "商学院", 66, &["旅游17", "旅游专升本19"]),
    Row(1, "11:20", "11:30", "商学院", 17, &["农村区域发展17"]),
    Row(1, "12:30", "12:55", "生态学院", 54, &["化工171", "化工172"]),
    Row(1, "12:55", "13:20", "生态学院", 55, &["环境工程17", "生态学17"]),
    Row(1, "13:20", "13:55", "生态学院", 74, &["生物制药171", "生物制药172"]),
    Row(1, "13:55", "14:40", "生态学院", 85, &["应化17", "应化专升本19"]),
    Row(1, "14:40", "15:15", "生态学院", 70, &["园林171", "园林172"]),
    Row(1, "15:15", "16:10", "生态学院", 112, &["园艺17", "园艺专升本191", "园艺专升本192"]),
    Row(1, "16:10", "16:40", "中国青瓷学院", 66, &["视传17", "摄影17", "陶艺17"]),
    Row(2, "08:30", "09:00", "工学院", 65, &["电信171", "电信172"]),
    Row(2, "09:00", "09:40", "工学院", 88, &["机自171", "机自172", "机自173"]),
    Row(2, "09:40", "10:20", "工学院", 83, &["数学171", "数学172"]),
    Row(2, "10:20", "10:50", "工学院", 60, &["土木17", "物理学17"]),
    Row(2, "10:50", "11:20", "工学院", 48, &["光源17", "自动化17"]),
    Row(2, "12:30", "12:55", "民族学院", 55, &["汉语国际教育17", "民族学17"]),
    Row(2, "12:55", "13:40", "民族学院", 80, &["汉语言学17", "汉语言学172"]),
    Row(2, "13:40", "14:15", "民族学院", 87, &["汉语言文学专升本191", "汉语言文学专升本192"]),
    Row(2, "14:15", "15:00", "民族学院", 91, &["音乐学171", "音乐学172", "音乐学专升本19"]),
    Row(2, "15:00", "15:25", "民族学院", 50, &["英语17"]),
    Row(2, "15:25", "16:05", "中国青瓷学院", 81, &["工业设计17", "环境设计17"]),
    Row(2, "16:05", "16:45", "中国青瓷学院", 78, &["美术学17", "美术学172"]),
];

#[rustfmt::skip]
const ZSTU: [Row; 15] = [
    Row(0, "09:00", "10:30", "纺织科学与工程学院（国际丝绸学院）", 0, &[]),
    Row(0, "10:30", "11:40", "材料科学与工程学院", 0, &[]),
    Row(0, "11:40", "12:40", "服装学院", 0, &[]),
    Row(0, "13:00", "14:15", "信息学院", 0, &[]),
    Row(0, "14:15", "14:50", "建筑工程学院", 0, &[]),
    Row(0, "14:50", "15:30", "经济管理学院", 0, &[]),
    Row(0, "15:30", "16:05", "MBA教育中心", 0, &[]),
    Row(0, "16:05", "16:10", "新闻与传播学院", 0, &[]),
    Row(1, "09:00", "10:30", "理学院", 0, &[]),
    Row(1, "10:30", "11:40", "艺术与设计学院", 0, &[]),
    Row(1, "11:40", "12:30", "生命科学与医药学院", 0, &[]),
    Row(1, "13:00", "15:25", "机械与自动控制学院", 0, &[]),
    Row(1, "15:25", "15:40", "马克思主义学院", 0, &[]),
    Row(1, "15:40", "15:50", "外国语学院", 0, &[]),
    Row(1, "15:50", "16:20", "法政学院", 0, &[]),
];

/// One school's day before anybody came.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What the school decided.
    pub campaign: Campaign,
    /// The day.
    pub date: NaiveDate,
    /// The slots as published, in published order.
    pub slots: Vec<ScheduleRow>,
    /// People in each slot's classes (one figure for a slot without classes), in the order of `slots`.
    pub heads: Vec<Vec<u32>>,
}

fn clock(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap_or_default()
}

/// Splits a head count over classes evenly; the first classes take what is left over.
fn split(heads: u32, classes: u32) -> Vec<u32> {
    let classes = classes.max(1);
    (0..classes).map(|i| heads / classes + u32::from(i < heads % classes)).collect()
}

fn slots(rows: &[Row], rooms: &[(&str, &str)], date: NaiveDate, sheet_row: impl Fn(usize) -> u32) -> Vec<ScheduleRow> {
    rows.iter()
        .enumerate()
        .map(|(i, Row(room, start, end, college, heads, classes))| {
            let (name, series) = rooms.get(*room).copied().unwrap_or_default();
            ScheduleRow {
                room: name.to_owned(),
                series: (!series.is_empty()).then(|| series.to_owned()),
                date: Some(date),
                start: clock(start),
                end: clock(end),
                college: (*college).to_owned(),
                classes: classes.iter().map(|c| (*c).to_owned()).collect(),
                headcount: (*heads > 0).then_some(*heads),
                sheet: SCHEDULE_SHEET.to_owned(),
                row: sheet_row(i),
            }
        })
        .collect()
}

fn room(name: &str, series: &str, source: Source) -> RoomPlan {
    RoomPlan {
        name: name.to_owned(),
        series: Some(series.to_owned()),
        source,
        token: Some(TokenForm::of_series(series)),
        frames_per_person: 1,
        markers: false,
    }
}

fn route(fields: &[(&str, &str)]) -> Route {
    Route { fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect() }
}

/// 丽水学院 2021届 undergraduates, 2020-09-13: three rooms, 37 slots, 73 classes, 2,643 people.
pub fn lishui() -> Plan {
    let date = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap_or_default();
    // The three tables stand on one sheet; a row of the sheet is counted as a spreadsheet shows it.
    let slots = slots(&LISHUI, &[("11B-103", "A"), ("11B105", "B"), ("11B107", "C")], date, |i| match i {
        0..12 => 3 + i as u32,
        12..25 => 20 + (i as u32 - 12),
        _ => 37 + (i as u32 - 25),
    });
    let heads = slots.iter().map(|s| split(s.headcount.unwrap_or(0), s.classes.len() as u32)).collect();
    let campaign = Campaign {
        id: "lishui-2021".to_owned(),
        name: "丽水学院".to_owned(),
        code: "10352".to_owned(),
        kind: "普通高校".to_owned(),
        cohort: "2021届".to_owned(),
        dates: vec![date],
        rooms: vec![room("11B-103", "A", Source::Roster), room("11B105", "B", Source::Roster), room("11B107", "C", Source::Roster)],
        steps: vec![Step::Arrive, Step::Sign, Step::Issue, Step::Shoot],
        return_tokens: false,
        gather_min: 15,
        fee: Some("20元/人".to_owned()),
        self_service: Some(SelfService {
            name: "散拍".to_owned(),
            address: "杭州或北京（一切费用由学生本人承担）".to_owned(),
            ..SelfService::default()
        }),
        routes: vec![route(&[("name", "学校补拍"), ("when", "2021年5月"), ("fee", "本次不参加采集的毕业生也需缴费")])],
        ..Campaign::default()
    };
    Plan { campaign, date, slots, heads }
}

/// 浙江理工大学 2021届 graduate students, 2020-12-21: two rooms, 15 slots by college, about 1,900 people.
pub fn zstu() -> Plan {
    let date = NaiveDate::from_ymd_opt(2020, 12, 21).unwrap_or_default();
    // Two tables side by side under two header rows: both begin in row 3.
    let slots = slots(&ZSTU, &[("7-115", ""), ("7-119", "")], date, |i| 3 + (if i < 8 { i } else { i - 8 }) as u32);
    let heads = slots.iter().map(|s| vec![(s.end - s.start).num_seconds().unsigned_abs() as u32 / ZSTU_SECONDS_A_PERSON]).collect();
    let campaign = Campaign {
        id: "zstu-2021".to_owned(),
        name: "浙江理工大学".to_owned(),
        code: "10338".to_owned(),
        kind: "普通高校".to_owned(),
        address: "杭州下沙高教园区二号大街 928 号".to_owned(),
        postcode: "310018".to_owned(),
        cohort: "2021届".to_owned(),
        dates: vec![date],
        rooms: vec![room("7-115 教室", "A", Source::Queue), room("7-119 教室", "B", Source::Queue)],
        steps: vec![Step::Arrive, Step::Sign, Step::Issue, Step::Enter, Step::Shoot, Step::Return],
        return_tokens: true,
        gather_min: 10,
        fee: Some("20元/人".to_owned()),
        self_service: Some(SelfService {
            name: "新华社浙江分社图像采集室".to_owned(),
            address: "杭州体育场路499号".to_owned(),
            deadline: "2021年1月前".to_owned(),
            bring: "身份证；学校名称、代码、所在院别、学校地址、邮编；本人联系方式".to_owned(),
            ..SelfService::default()
        }),
        routes: vec![route(&[
            ("name", "当地新华社"),
            ("who", "在外地、不能参加学校组织采集的研究生"),
            ("note", "就近在当地新华社进行图像信息采集"),
        ])],
        ..Campaign::default()
    };
    Plan { campaign, date, slots, heads }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sums_come_out() {
        let plan = lishui();
        let sum =
            |letter: &str| -> u32 { plan.slots.iter().filter(|s| s.series.as_deref() == Some(letter)).filter_map(|s| s.headcount).sum() };
        assert_eq!((sum("A"), sum("B"), sum("C")), (875, 902, 866));
        assert_eq!(plan.heads.iter().flatten().count(), 73);
        assert_eq!(plan.heads.iter().flatten().sum::<u32>(), 2643);
    }

    #[test]
    fn a_head_count_is_split_without_losing_anybody() {
        assert_eq!(split(116, 3), [39, 39, 38]);
        assert_eq!(split(49, 1), [49]);
    }
}
