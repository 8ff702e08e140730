//! Sheets as large as they are let in, each made to be as slow as it can: rooms in which every slot overlaps every other one, cells of
//! nothing but times, heads in every row, a thousand columns over rows of one cell, people without end.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Time that this thread has used, not those beside it; where the system does not tell, since then.
pub fn spent(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|n| n.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// A sheet: what it is, and its text.
pub type Sheet = (&'static str, String);

/// All of them, with one row in `share` (1 for as many as are let in).
pub fn sheets(share: usize) -> Vec<Sheet> {
    [schedules(share), cells_of_schedules(share), lists(share)].concat()
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, n| {
        let _ = writeln!(text, "{}", line(n));
        text
    })
}

fn clock(minute: usize) -> String {
    format!("{}:{:02}", minute / 60 % 24, minute % 60)
}

fn window(from: usize, minutes: usize) -> String {
    format!("{}-{}", clock(from), clock(from + minutes))
}

fn schedules(share: usize) -> Vec<Sheet> {
    let wide = |cells: &[&str]| (0..500).flat_map(|_| cells.iter().copied()).collect::<Vec<_>>().join(",");
    let head = "时间,学院,班级,人数,地点\n";
    vec![
        (
            "every slot overlaps every other one",
            head.to_owned()
                + &lines(4_900 / share, |n| format!("{},商学院,电商{n},{},7-115", window(480 + n % 300, 20 + n % 100), n % 70 + 1)),
        ),
        (
            "one college in thousands of rooms",
            head.to_owned() + &lines(4_900 / share, |n| format!("{},商学院,电商{n},{},7-{n}", window(480 + n % 300, 20), n % 70 + 1)),
        ),
        (
            "a room of contradictions",
            head.to_owned()
                + &lines(390 / share.min(3), |n| {
                    format!("{},商学院,,{},7-115", window(480 + n * 5 % 600, if n % 40 == 0 { 410 } else { 10 }), n % 70 + 1)
                }),
        ),
        (
            "some contradictions among thousands of slots",
            head.to_owned()
                + &lines(4_900 / share, |n| {
                    let slip = if n % 1_200 == 600 { 400 } else { 10 };
                    format!("{},学院{},,{},7-{}", window(480 + n % 12 * 10, slip), n / 300, n % 70 + 1, n / 12)
                }),
        ),
        (
            "sums that many figures explain",
            head.to_owned()
                + &lines(390 / share.min(3), |n| {
                    if n % 10 == 9 { ",小计,,99,".to_owned() } else { format!("8:00-9:00,学{}院,,10,7-{n}", n / 10) }
                }),
        ),
        ("a head over every row", lines(12_000 / share, |_| "时间,学院\n8:00-9:00,商学院".to_owned())),
        ("a caption over every head", lines(9_000 / share, |n| format!("第{n}教室\n时间,学院\n8:00-9:00,商学院"))),
        (
            "heads of a thousand columns",
            lines((24 / share).max(2), |_| format!("{}\n{}", wide(&["时间", "学院"]), wide(&["8:00-9:00", "商学院"]))),
        ),
        ("words where names of columns might stand", lines(16_000 / share, |n| format!("商学院,电商{},国贸", "甲".repeat(n % 5)))),
        (
            "a thousand rooms over rows of one cell",
            format!("时间,{}\n", (0..1_000).map(|n| format!("7-{n}教室")).collect::<Vec<_>>().join(","))
                + &lines(30_000 / share, |n| if n % 2 == 0 { "8:00-9:00".to_owned() } else { "9:00-9:30,商学院".to_owned() }),
        ),
        (
            "tables that lie on their side",
            lines(5_000 / share, |_| "时间,8:00-9:00,9:00-10:00\n学院,商学院,工学院\n地点,甲,乙\n说明".to_owned()),
        ),
    ]
}

fn cells_of_schedules(share: usize) -> Vec<Sheet> {
    let rows = (30 / share).max(2);
    let days = (0..1_300).map(|i| format!("{}年{}月{}日、", 2_000 + i, i % 12 + 1, i % 28 + 1)).collect::<String>();
    let month = (1..29).map(|day| format!("9月{day}日")).collect::<Vec<_>>().join("、");
    let times = (0..600).map(|i| window(480 + i, 1)).collect::<Vec<_>>().join("\n");
    let classes = (0..900).map(|i| format!("电商{i}")).collect::<Vec<_>>().join("、");
    let ranges = (1..600).map(|i| format!("{i}-{}班", i + 29)).collect::<Vec<_>>().join("、");
    vec![
        (
            "cells of nothing but times",
            "时间,学院,地点\n".to_owned() + &lines(rows, |n| format!("{},商学院,7-{n}", "8点-9点".repeat(2_500))),
        ),
        ("cells of nothing but days", "时间,日期,学院\n".to_owned() + &lines(rows, |_| format!("8:00-9:00,{days},商学院"))),
        ("days times windows times classes", "时间,日期,班级\n".to_owned() + &lines(rows, |_| format!("\"{times}\",{month},{classes}"))),
        (
            "ranges of classes with a long name",
            "时间,班级,地点\n".to_owned() + &lines(rows, |n| format!("8:00-9:00,{}{ranges},7-{n}", "思想政治".repeat(20))),
        ),
        (
            "cells of nothing but blanks",
            "时间,学院,地点\n".to_owned() + &lines(rows, |n| format!("8:00-9:00,商{}院,7-{n}", " ".repeat(32_000))),
        ),
    ]
}

fn lists(share: usize) -> Vec<Sheet> {
    let people = 199_000 / share;
    vec![
        (
            "rows of which each has two faults",
            "学号,姓名,身份证号\n".to_owned() + &lines(people, |n| format!("2017{n:07},王 芳,33010219990101{:04}", n % 10_000)),
        ),
        ("rows that cannot be understood", "学号,姓名,班级\n".to_owned() + &lines(people, |n| format!("合{n},,电商{}x", n % 9))),
        ("marks that say nothing", "姓名,班级,免拍\n".to_owned() + &lines(people, |n| format!("王{n},电商,什么"))),
        ("a log of no times", "时间,动作,学号\n".to_owned() + &lines(people, |n| format!("x{n},签到,{n}"))),
        ("one person over and over", "学号,姓名,班级\n".to_owned() + &"2017010101,王芳,电商171\n".repeat(people)),
        (
            "people side by side without end",
            "学号,姓名".to_owned() + &",学号,姓名".repeat(499) + "\n" + &lines(people, |n| format!("2017{n:07}")),
        ),
        ("a head over everybody", lines(99_000 / share, |n| format!("学号,姓名,班级\n{},王芳,电商{}", 20_170_000 + n % 3_000, n % 9))),
        ("names with blanks in them", "学号,姓名\n".to_owned() + &lines(900 / share, |n| format!("2017{n:05},王{}芳", " ".repeat(32_000)))),
    ]
}
