//! Which column of a schedule table is what, by its head and by what stands below it.

use super::super::columns::{Column, Header, find, header_key};
use super::super::grid::{Row, by_column};
use super::classes;
use super::content;
use super::heads::{self, Says};
use super::slot_words::{is_half_day, is_note, number};
use super::student_numbers;
use super::table::Table;
use super::times;

/// Longest header in characters that may be a place.
const PLACE_MAX: usize = 14;

/// Which column of the table is what.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Windows.
    pub time: Option<u32>,
    /// Start and end in columns of their own.
    pub start_end: Option<(u32, u32)>,
    /// Starts without ends.
    pub start: Option<u32>,
    /// Minutes.
    pub duration: Option<u32>,
    /// Days and halves of days.
    pub days: Vec<u32>,
    /// Days that are not those of the pictures: `补拍日期`, `通知日期` beside another column of days.
    pub aside: Vec<u32>,
    /// 学院
    pub college: Option<u32>,
    /// 班级
    pub class: Option<u32>,
    /// More columns of classes: `班级1 | 班级2`.
    pub classes: Vec<u32>,
    /// 年级 or 届
    pub cohort: Option<u32>,
    /// 层次
    pub level: Option<u32>,
    /// 专业: for classes that are only numbers, and in the place of classes.
    pub major: Option<u32>,
    /// Ranges of 学号, in one column or from one to another.
    pub numbers: Option<(u32, Option<u32>)>,
    /// The class column's head says that figures in brackets are head counts (`班级（人数）`).
    pub counted: bool,
    /// 人数
    pub headcount: Option<u32>,
    /// 地点
    pub place: Option<u32>,
    /// The building of that place, in a column of its own.
    pub building: Option<u32>,
    /// A second column of whole rooms, which is not where the pictures are made, or may be.
    pub other_rooms: Option<u32>,
    /// 校区
    pub campus: Option<u32>,
    /// The head of the column of times names a place too (`时间及地点`).
    pub place_in_time: bool,
    /// The head of the class column names a place too (`班级（地点）`).
    pub place_in_class: bool,
    /// 备注, where it is none of the others.
    pub remark: Option<u32>,
    /// 机组
    pub unit: Option<u32>,
    /// Columns of whole slots, and what their heads say.
    pub content: Vec<(u32, Says)>,
    /// Columns of head counts beside those of slots: (slot, head count).
    pub counts: Vec<(u32, u32)>,
    /// The column of times writes them loosely (`8.30-8.55`).
    pub loose: bool,
}

impl Layout {
    /// Columns that are read although their heads are none of a schedule's own.
    pub fn said(&self) -> impl Iterator<Item = u32> {
        let more = [self.duration, self.campus, self.building, self.cohort, self.level, self.headcount];
        let numbers = self.numbers.filter(|_| self.class.is_none());
        let whom = [self.major.filter(|_| self.class.is_none()), numbers.map(|(col, _)| col), numbers.and_then(|(_, to)| to)];
        more.into_iter().chain(whom).flatten().chain(self.classes.clone())
    }

    /// The column to blame where a time cannot be read.
    pub fn time_column(&self) -> Option<u32> {
        self.time.or(self.start_end.map(|(start, _)| start)).or(self.start)
    }
}

/// True for a header that says when or where people only come together.
fn gathers(header: &Header) -> bool {
    ["集合", "候", "报到", "签到", "到场", "入场", "进场", "到达"].iter().any(|w| header.text.contains(w))
}

/// True for a header that says when or where the pictures are made.
fn of_pictures(header: &Header) -> bool {
    ["拍摄", "采集", "拍照", "照相", "摄影"].iter().any(|w| header.text.contains(w)) && !gathers(header)
}

/// True for a cell that is a whole room: `A201`, `教一301`.
fn is_whole_room(text: &str) -> bool {
    let text = text.trim();
    let house = text.trim_end_matches(|c: char| c.is_ascii_digit());
    !house.is_empty() && text.len() - house.len() >= 3 && text.chars().count() <= 16
}

/// True for a header of days on which other things happen, or the pictures of those who were not there.
fn is_aside(header: &Header) -> bool {
    const OTHER: [&str; 17] = [
        "补拍", "补采", "补照", "备用", "备选", "雨天", "候补", "通知", "发布", "公布", "报名", "报到", "签到", "缴费", "彩排", "截止",
        "原",
    ];
    header.column != Some(Column::Time) && OTHER.iter().any(|w| header.text.contains(w))
}

/// True for a header of times at which those come who were not there.
pub(super) fn is_makeup(header: &Header) -> bool {
    let when = ["时间", "时段", "日期"].iter().any(|w| header.text.contains(w));
    when && ["补拍", "补采", "补照", "备用", "备选", "雨天", "候补"].iter().any(|w| header.text.contains(w))
}

/// The column of that meaning; where or when people only gather counts while nothing says where and when they are photographed.
fn of_the_shot(headers: &[Header], column: Column) -> Option<u32> {
    let called = headers.iter().filter(|h| h.column == Some(column));
    called.min_by_key(|h| (gathers(h), heads::is_building(&h.text))).map(|h| h.col)
}

/// The column of buildings beside one of rooms: `楼宇 | 教室`.
fn building(headers: &[Header]) -> Option<u32> {
    let place = of_the_shot(headers, Column::Place)?;
    let named = |h: &&Header| h.col != place && !gathers(h) && (h.column == Some(Column::Place) || heads::is_building(&h.text));
    headers.iter().find(named).map(|h| h.col)
}

fn is_cohort(header: &str) -> bool {
    matches!(header_key(header).as_str(), "年级" | "届" | "届别" | "级别" | "年级届别" | "所在年级" | "入学年级" | "入学年份" | "NJ")
}

/// A column of head counts by words that mean sums elsewhere, where no other is one.
fn counts(headers: &[Header]) -> Option<u32> {
    let named = |h: &&Header| h.column.is_none() && matches!(header_key(&h.text).as_str(), "总数" | "小计" | "应到" | "计数");
    headers.iter().find(named).map(|h| h.col)
}

/// The column of ranges of 学号, or those of their first and last: `起始学号 | 终止学号`; `mostly` tells what the cells of a column hold.
fn numbers(headers: &[Header], mostly: impl Fn(u32, &dyn Fn(&str) -> bool) -> bool) -> Option<(u32, Option<u32>)> {
    let called: Vec<&Header> = headers.iter().filter(|h| h.text.contains("学号")).collect();
    let ranged = |t: &str| student_numbers::ranges(t, true).is_some() || student_numbers::is_part(t);
    if let Some(one) = called.iter().find(|h| mostly(h.col, &ranged)) {
        return Some((one.col, None));
    }
    let has = |h: &&&Header, words: &[&str]| words.iter().any(|w| h.text.contains(w));
    let first = called.iter().find(|h| has(h, &["起", "始", "首", "从"]))?;
    let last = called.iter().find(|h| h.col != first.col && has(h, &["止", "终", "末", "尾", "结束", "到"]))?;
    let figures = |t: &str| t.chars().filter(char::is_ascii_digit).count() >= 5;
    (mostly(first.col, &figures) && mostly(last.col, &figures)).then_some((first.col, Some(last.col)))
}

/// The columns of classes right of one: with the same name and a number, or without a name of their own.
fn more_classes(table: &Table, class: u32, fits: impl Fn(u32) -> bool) -> Vec<u32> {
    let header = |col: u32| table.headers.iter().find(|h| h.col == col);
    let more = |col: &u32| match header(*col) {
        Some(h) => h.column == Some(Column::Class),
        None => *col < table.end && *col < class + 16 && fits(*col),
    };
    (class + 1..).take_while(more).collect()
}

/// Reads the layout of a table.
pub fn layout(table: &Table, body: &[Row]) -> Layout {
    let cells = by_column(body);
    let count = |col: u32, holds: &dyn Fn(&str) -> bool| cells.get(&col).map_or(0, |own| own.iter().filter(|t| holds(t)).count());
    let filled = |col: u32| count(col, &|t| !t.trim().is_empty());
    let named = |wanted: &[Column]| {
        table.headers.iter().filter(|h| h.column.is_some_and(|c| wanted.contains(&c))).map(|h| h.col).collect::<Vec<u32>>()
    };
    let windows = |col: u32| count(col, &|t| !is_note(t) && !times::windows(t, None).is_empty());
    let timed = named(&[Column::Time, Column::Date]);
    // 拍摄时间 goes before 时间, and either before 签到时间.
    let head = |col: u32, is: &dyn Fn(&Header) -> bool| table.headers.iter().any(|h| h.col == col && is(h));
    let best = |columns: &[u32]| {
        let most = columns.iter().map(|c| windows(*c)).max().unwrap_or(0);
        let called = |c: u32| (!head(c, &gathers), head(c, &of_pictures) && windows(c) * 2 >= most, windows(c));
        columns.iter().copied().filter(|c| windows(*c) > 0).rev().max_by_key(|c| called(*c))
    };
    let singles = |col: u32| count(col, &|t| times::in_column(t, None).is_some());
    // `拍摄时间 | 结束时间`
    let gathering = |col: u32| table.headers.iter().any(|h| h.col == col && (gathers(h) || is_makeup(h)));
    let timed_start = || timed.iter().copied().filter(|c| windows(*c) == 0 && singles(*c) * 2 > filled(*c)).min_by_key(|c| gathering(*c));
    let end = find(&table.headers, Column::End).filter(|c| singles(*c) > 0);
    let start_end = of_the_shot(&table.headers, Column::Start).zip(find(&table.headers, Column::End)).or_else(|| timed_start().zip(end));
    // `东校区 | 西校区` over classes are two places.
    let told =
        |t: &str| content::entries(t, None).iter().any(|e| content::is_college(&e.college) || (!e.classes.is_empty() && e.room.is_none()));
    let peopled = |col: u32| {
        let fitting = count(col, &|t| told(t) && classes::looks_like_classes(&t.replace(['人', '\n'], "")));
        fitting > 0 && fitting * 10 >= filled(col) * 6
    };
    let mut of_shots: Vec<u32> = timed.iter().copied().filter(|c| !table.headers.iter().any(|h| h.col == *c && is_makeup(h))).collect();
    // Where another column of times stands, nobody is photographed when they sign in.
    let of_times = |c: &u32| !head(*c, &gathers) && head(*c, &|h| h.column == Some(Column::Time)) && windows(*c) + singles(*c) > 0;
    let gathered = of_shots.iter().any(of_times);
    of_shots.retain(|c| !(gathered && head(*c, &gathers)));
    let mut found = Layout {
        time: best(&of_shots).or_else(|| if gathered { None } else { best(&timed) }),
        start_end,
        college: find(&table.headers, Column::College),
        class: find(&table.headers, Column::Class),
        headcount: find(&table.headers, Column::Headcount).or_else(|| counts(&table.headers)),
        counted: table.headers.iter().any(|h| h.column == Some(Column::Class) && h.text.contains("人数")),
        major: table.headers.iter().find(|h| h.column != Some(Column::Class) && h.text.contains("专业")).map(|h| h.col),
        place: of_the_shot(&table.headers, Column::Place),
        unit: find(&table.headers, Column::Unit),
        building: building(&table.headers),
        numbers: numbers(&table.headers, |col, holds| filled(col) > 0 && count(col, holds) * 10 >= filled(col) * 6),
        campus: table.headers.iter().find(|h| h.text.contains("校区") && !peopled(h.col)).map(|h| h.col),
        cohort: table.headers.iter().find(|h| is_cohort(&h.text)).map(|h| h.col),
        level: find(&table.headers, Column::Level),
        duration: table.headers.iter().find(|h| ["时长", "用时"].iter().any(|w| h.text.contains(w))).map(|h| h.col),
        content: table.content.clone(),
        ..Layout::default()
    };
    // 教室 beside 拍摄地点, each a room of its own: they are no house and a room in it.
    let whole = |c: u32| filled(c) > 0 && count(c, &is_whole_room) * 2 > filled(c);
    if let (Some(place), Some(house)) = (found.place, found.building)
        && whole(place)
        && whole(house)
    {
        let of_pictures = named(&[Column::Place]).into_iter().find(|c| head(*c, &of_pictures) && whole(*c));
        found.place = of_pictures.or(found.place);
        found.building = None;
        found.other_rooms = [place, house].into_iter().find(|c| Some(*c) != found.place);
    }
    if found.time.is_none() && found.start_end.is_none() && !found.content.is_empty() {
        // `采集点 │ A101 │ A102` over times and classes: what stands in the corner names the heads, not the times below it.
        let corner = |c: &u32| windows(*c) * 2 > filled(*c) && found.content.iter().all(|(o, _)| o != c);
        if let Some(col) = table.headers.iter().map(|h| h.col).find(corner) {
            found.time = Some(col);
            for slot in [&mut found.college, &mut found.class, &mut found.headcount, &mut found.place, &mut found.unit] {
                *slot = slot.filter(|c| *c != col);
            }
        }
    }
    if found.time.is_none() && found.start_end.is_none() {
        let columns = named(&[Column::Time]);
        let loose = |col: u32| count(col, &|t| !times::loose_windows(t, None).is_empty());
        let single = |col: u32| count(col, &|t| times::start(t, None).is_some());
        let called = |c: &u32| !(gathered && head(*c, &gathers));
        if let Some(col) = columns.iter().copied().find(|c| called(c) && loose(*c) * 2 > filled(*c)) {
            (found.time, found.loose) = (Some(col), true);
        } else {
            let mut starts = named(&[Column::Start, Column::Time]);
            starts.sort_by_key(|c| table.headers.iter().any(|h| h.col == *c && gathers(h)));
            found.start = starts.into_iter().find(|c| single(*c) * 2 > filled(*c) && found.content.is_empty());
        }
    }
    if found.time.is_none() && found.start_end.is_none() && found.start.is_none() && found.content.is_empty() {
        // Whole slots in the cells of one column, whatever it is called.
        let any: Vec<u32> = table.headers.iter().map(|h| h.col).collect();
        let placed = found.college.is_some() || found.class.is_some();
        if let Some(col) = best(&any).filter(|c| placed && found.college != Some(*c) && found.class != Some(*c)) {
            found.time = Some(col);
        } else if let Some(col) = best(&any) {
            found.content = vec![(col, Says::default())];
            for slot in [&mut found.college, &mut found.class, &mut found.headcount, &mut found.place] {
                *slot = slot.filter(|c| *c != col);
            }
        }
    }
    // A column of times that holds more than times, where nothing else names a college or class.
    if let Some(col) = found.time.filter(|_| found.content.is_empty() && found.college.is_none() && found.class.is_none()) {
        let more = |t: &str| {
            let left = times::without_times(t, None);
            !times::windows(t, None).is_empty()
                && left.chars().filter(|c| c.is_alphabetic()).count() > 1
                && times::days(&left).list.is_empty()
        };
        if count(col, &more) * 2 > windows(col) {
            (found.time, found.content) = (None, vec![(col, Says::default())]);
        }
    }
    let whom = found.class.is_some() || found.major.is_some() || found.numbers.is_some();
    if found.college.is_none() && !whom && found.time_column().is_some() {
        // `体育馆甲 | 体育馆乙`: several columns of classes beside one of times are called after their places.
        let unknown = |h: &&Header| h.column.is_none() && h.text.chars().count() <= PLACE_MAX && peopled(h.col);
        let places: Vec<&Header> =
            table.headers.iter().filter(unknown).filter(|h| found.content.iter().all(|(c, _)| *c != h.col)).collect();
        let rooms = !found.content.is_empty() && found.content.iter().all(|(_, s)| s.room.is_some());
        if places.len() > 1 || (rooms && !places.is_empty()) {
            let says = |h: &&Header| (h.col, Says { room: Some(h.text.clone()), sure: true, ..Says::default() });
            found.content.extend(places.iter().map(says));
            found.content.sort_by_key(|(col, _)| *col);
        }
    }
    if found.content.is_empty() && found.college.is_none() && !whom && found.time_column().is_some() {
        // `学院及人数`: whatever the column is called, its cells are colleges or classes.
        let open = table.headers.iter().filter(|h| h.column.is_none() || h.column == Some(Column::Remark)).map(|h| h.col);
        let best = open.map(|c| (count(c, &told), c)).filter(|(n, c)| n * 10 >= filled(*c) * 6 && *n > 0).max_by_key(|(n, _)| *n);
        found.content.extend(best.map(|(_, c)| (c, Says::default())));
    }
    found.class = found.class.or_else(|| {
        // Lishui's third table heads its classes 备注.
        let remark = find(&table.headers, Column::Remark).filter(|c| found.content.iter().all(|(o, _)| o != c))?;
        let filled = filled(remark);
        let fitting = count(remark, &|t| classes::looks_like_classes(t));
        (filled > 0 && fitting * 10 >= filled * 6).then_some(remark)
    });
    // Columns without a head, left of those that are a room or a day themselves.
    let first_content = table.content.iter().map(|(c, _)| *c).min().unwrap_or(0);
    let headless: Vec<u32> =
        (1..first_content.min(16)).filter(|c| table.headers.iter().all(|h| h.col != *c || h.column.is_none())).collect();
    if found.time_column().is_none() {
        found.time = best(&headless);
    }
    if found.place.is_none() && table.content.iter().all(|(_, s)| s.room.is_none()) {
        let placed = |col: u32| count(col, &|t| Says::read(t).is_some_and(|s| s.room.is_some()));
        found.place = headless.iter().copied().find(|c| Some(*c) != found.time && placed(*c) * 2 > filled(*c));
    }
    for (n, (col, _)) in found.content.iter().enumerate() {
        let next = found.content.get(n + 1).map_or(u32::MAX, |(c, _)| *c);
        let beside = table.headers.iter().find(|h| h.column == Some(Column::Headcount) && (*col + 1..next).contains(&h.col));
        found.counts.extend(beside.map(|h| (*col, h.col)));
    }
    if found.counts.len() > 1 {
        found.headcount = None;
    }
    if let Some(class) = found.class {
        let classes = |c: u32| {
            let plain = |t: &str| times::windows(t, None).is_empty() && times::days(t).list.is_empty() && number(t).is_none();
            let fitting = count(c, &|t| classes::looks_like_classes(t) && plain(t));
            fitting > 0 && fitting * 10 >= filled(c) * 6
        };
        found.classes = more_classes(table, class, classes);
    }
    found.place_in_time = found.time.is_some_and(|time| {
        let names = |h: &Header| ["地点", "教室", "场地", "位置"].iter().any(|w| h.text.contains(w));
        table.headers.iter().any(|h| h.col == time && names(h))
    });
    found.place_in_class = found.place.is_none()
        && found.class.is_some_and(|class| {
            let names = |h: &Header| ["地点", "教室", "场地"].iter().any(|w| h.text.contains(w));
            let placed = |t: &str| content::class_and_place(t).is_some_and(|(_, place)| content::in_a_house(place));
            table.headers.iter().any(|h| h.col == class && names(h)) || (filled(class) > 0 && count(class, &placed) == filled(class))
        });
    found.remark = find(&table.headers, Column::Remark).filter(|c| found.class != Some(*c) && found.content.iter().all(|(o, _)| o != c));
    let taken = |col: u32, l: &Layout| {
        if l.said().any(|c| c == col) {
            return true;
        }
        let single = [l.time_column(), l.start_end.map(|(_, e)| e), l.college, l.class, l.headcount, l.place, l.unit, l.duration];
        single.contains(&Some(col)) || l.content.iter().any(|(c, _)| *c == col)
    };
    let dated = |col: u32| {
        count(col, &|t| {
            !times::days_of_cell(t).list.is_empty()
                || times::only_weekday(t).is_some()
                || (times::half(t).is_some() && times::windows(t, None).is_empty())
        })
    };
    let days = table.headers.iter().filter(|h| !taken(h.col, &found)).filter(|h| {
        let known = matches!(h.column, Some(Column::Time | Column::Date));
        let open = known || h.column.is_none();
        // Figures that make no day (`11月1O日`) are told as such.
        let figures = || h.column == Some(Column::Date) && count(h.col, &|t| t.chars().any(|c| c.is_ascii_digit())) * 2 > filled(h.col);
        let makeup = matches!(h.column, None | Some(Column::Time)) && is_makeup(h);
        // 1-15号 under 学号范围 counts people.
        let numbers = h.column.is_none() && ["学号", "号段", "范围", "编号", "名单号"].iter().any(|w| h.text.contains(w));
        open && !makeup && !numbers && (dated(h.col) > 0 || figures()) && (known || dated(h.col) * 2 > filled(h.col))
    });
    let days: Vec<&Header> = days.collect();
    let (aside, own): (Vec<&Header>, Vec<&Header>) = days.iter().partition(|h| is_aside(h));
    if !own.is_empty() {
        found.aside = aside.iter().map(|h| h.col).collect();
    }
    found.days = days.iter().map(|h| h.col).filter(|c| !found.aside.contains(c)).collect();
    let more: Vec<u32> = headless.iter().copied().filter(|c| !taken(*c, &found) && dated(*c) > 0).collect();
    found.days.extend(more);
    found.days.sort_unstable();
    if found.time_column().is_none() && found.content.is_empty() {
        // Nothing but 上午 and 下午, or the caption's time: whoever wrote the column meant it.
        let dayless = |col: u32| count(col, &|t| !times::days_of_cell(t).list.is_empty() && !is_half_day(t)) == 0;
        found.time = named(&[Column::Time]).into_iter().rev().find(|c| filled(*c) > 0 && dayless(*c));
        found.days.retain(|c| Some(*c) != found.time);
    }
    found
}
