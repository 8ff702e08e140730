//! The header rows of schedules: one or two rows anywhere, columns with names, and columns that are a room, a day or a time themselves.

use chrono::NaiveTime;

use crate::domain::width;

use super::super::columns::{Column, Header, column_of, header_key, header_text};
use super::super::grid::{Grid, Row};
use super::captions;
use super::times::{self, Day, Half};

/// Longest header text in characters.
const HEADER_MAX: usize = 18;

/// What the head of a column says of every cell below it: `7-115教室`, `9月13日上午`, `8:30-9:00`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Says {
    /// Room, 教室 dropped.
    pub room: Option<String>,
    /// The room is none that could be a class as well (`软件2101`).
    pub sure: bool,
    /// Letter of the unit.
    pub series: Option<String>,
    /// Day.
    pub day: Option<Day>,
    /// Day of the week, 0 for Monday, where no day is named.
    pub weekday: Option<u32>,
    /// Half of the day.
    pub half: Option<Half>,
    /// Window.
    pub window: Option<(NaiveTime, NaiveTime)>,
    /// Start, where no window is written and nothing else stands there: `8:30`.
    pub start: Option<NaiveTime>,
    /// College, where the text ends as one does.
    pub college: Option<String>,
}

impl Says {
    /// What a text says; `None` where it says nothing of the kind.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 40 {
            return None;
        }
        let window = match times::windows(text, None).as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let alone = window.is_none() && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ":：".contains(c));
        let start = alone.then(|| times::start(text, None)).flatten();
        let day = times::only_day(text);
        let weekday = day.is_none().then(|| times::only_weekday(text)).flatten();
        let half = times::half(text);
        let caption = captions::read(text).filter(captions::Caption::places);
        let room = caption.as_ref().and_then(|c| c.room.clone());
        let place = room.or_else(|| {
            (day.is_none() && weekday.is_none() && half.is_none() && window.is_none() && start.is_none())
                .then(|| captions::place_word(text))
                .flatten()
        });
        let college = (place.is_none() && width::key(text).ends_with("学院")).then(|| text.replace('\n', ""));
        let sure = place.is_none() || caption.as_ref().is_some_and(|c| c.certain) || captions::room_alone(text).is_some();
        let says = Self { room: place, sure, series: caption.and_then(|c| c.series), day, weekday, half, window, start, college };
        (says != Self { sure, ..Self::default() }).then_some(says)
    }

    /// This with what another says, where this says nothing.
    pub fn or(self, other: &Self) -> Self {
        Self {
            room: self.room.or_else(|| other.room.clone()),
            sure: self.sure && other.sure,
            series: self.series.or_else(|| other.series.clone()),
            day: self.day.or(other.day),
            weekday: self.weekday.or(other.weekday),
            half: self.half.or(other.half),
            window: self.window.or(other.window),
            start: self.start.or(other.start),
            college: self.college.or_else(|| other.college.clone()),
        }
    }
}

/// The head of one or several tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Index of its first row.
    pub first: usize,
    /// Index of its last row.
    pub last: usize,
    /// Columns with a name, known or not.
    pub headers: Vec<Header>,
    /// Columns whose head says something of its cells.
    pub content: Vec<(u32, Says)>,
}

/// The heads of a sheet, top down.
pub fn heads(grid: &Grid) -> Vec<Head> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < grid.rows.len() {
        let two = joins(grid, at).then(|| by_periods(by_cells(grid, combined(grid, at)))).filter(|h| is_head(grid, h));
        let one = || grid.rows.get(at).map(|row| by_periods(by_cells(grid, single(row, at)))).filter(|h| is_head(grid, h));
        match two.or_else(one) {
            Some(head) => {
                at = head.last + 1;
                found.push(head);
            }
            None => at += 1,
        }
    }
    found
}

/// `学院 | 拍摄单位` with classes below the second: that one names the classes.
fn by_cells(grid: &Grid, mut head: Head) -> Head {
    let colleges: Vec<u32> = head.headers.iter().filter(|h| h.column == Some(Column::College)).map(|h| h.col).collect();
    if colleges.len() < 2 || head.headers.iter().any(|h| h.column == Some(Column::Class)) {
        return head;
    }
    let below = grid.rows.get(head.last + 1..).unwrap_or_default().iter().take(3);
    let classes = |col: u32| below.clone().map(|r| r.own(col)).filter(|t| !t.is_empty()).all(super::content::are_classes);
    let filled = |col: u32| below.clone().any(|r| !r.own(col).is_empty());
    let named: Vec<u32> = colleges.iter().copied().filter(|col| filled(*col) && classes(*col)).collect();
    if named.len() < colleges.len() {
        head.headers.iter_mut().filter(|h| named.contains(&h.col)).for_each(|h| h.column = Some(Column::Class));
    }
    head
}

/// A column of periods (节次) says when, where no other does.
fn by_periods(mut head: Head) -> Head {
    let timed = head.headers.iter().any(|h| matches!(h.column, Some(Column::Time | Column::Start)));
    let periods = |h: &&mut Header| h.column.is_none() && ["节次", "节数", "课次"].iter().any(|w| header_key(&h.text).ends_with(w));
    if let Some(header) = head.headers.iter_mut().find(periods).filter(|_| !timed) {
        header.column = Some(Column::Time);
    }
    head
}

/// The meaning of a header in a schedule: as anywhere, or by the word that it holds.
pub fn schedule_column(text: &str) -> Option<Column> {
    let key = header_key(text);
    // What a person leaves out.
    if key.starts_with("不取") {
        return Some(Column::Dropped);
    }
    // `下一组`, `候场班级`: who comes after the slot is not whom it is for.
    if ["下一", "上一", "下组", "上组", "后一", "前一"].iter().any(|w| key.starts_with(w)) {
        return Some(Column::Dropped);
    }
    if let Some((_, column)) = IN_SCHEDULES.iter().find(|(words, _)| words.contains(&key.as_str())) {
        return Some(*column);
    }
    // `专业年级班级`: what stands before tells of which.
    let of_which = key.strip_suffix("班级").map(|rest| OF_CLASSES.iter().fold(rest.to_owned(), |rest, w| rest.replace(w, "")));
    if of_which.is_some_and(|rest| rest.is_empty()) {
        return Some(Column::Class);
    }
    if let Some(column) = column_of(text) {
        return Some(column);
    }
    // `拍摄班级及人数` holds the classes, and figures beside them.
    let counted = ["及人数", "和人数", "与人数", "、人数", "/人数", "人数", "名单"].iter().find_map(|w| key.strip_suffix(w));
    if let Some(column) =
        counted.filter(|k| !k.is_empty()).and_then(schedule_column).filter(|c| matches!(c, Column::Class | Column::College))
    {
        return Some(column).filter(|c| *c == Column::Class || key.ends_with("及人数") || key.ends_with("和人数"));
    }
    let key = key.split_once('(').filter(|(base, _)| !base.is_empty()).map_or(key.as_str(), |(base, _)| base).to_owned();
    // `班级1`, `班级2`
    let counted = key.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六".contains(c));
    if counted.len() < key.len() && column_of(counted) == Some(Column::Class) {
        return Some(Column::Class);
    }
    let length = key.chars().count();
    if length == 0 || length > 12 || text.contains(['：', ':']) || key.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    // `时间\地点` names what stands below it first.
    if let Some((first, _)) = key.split_once(['\\', '|', '、', '—']) {
        return schedule_column(first);
    }
    // `图像采集时间安排`: one of the words, and around it only what says for what.
    let only = |word: &str| {
        // Asked of every cell of a sheet, and nearly none holds a word.
        if !key.contains(word) {
            return false;
        }
        let mut rest = key.replacen(word, "", 1);
        // `信息学院` is a college, no name of a column.
        let fillers = if matches!(word, "学院" | "院系" | "部门" | "单位") { OF_COLLEGES } else { FILLERS };
        for filler in fillers {
            rest = rest.replace(filler, "");
        }
        rest.is_empty()
    };
    WORDS.iter().find(|(_, words)| words.iter().any(|w| only(w))).map(|(column, _)| *column)
}

/// True for a header of buildings.
pub fn is_building(header: &str) -> bool {
    matches!(header_key(header).as_str(), "楼宇" | "楼宇名称" | "教学楼" | "楼栋" | "楼号" | "楼名" | "楼" | "建筑" | "建筑物")
}

/// Headers that mean something in a schedule only: elsewhere they are somebody's address, or nothing at all.
const IN_SCHEDULES: &[(&[&str], Column)] = &[
    (&["地址", "考场", "采集地址", "拍摄地址", "房间号", "教室号", "房号", "室", "楼", "楼宇", "楼栋", "楼号", "教学楼"], Column::Place),
    (&["起", "自", "始", "时间起", "起时间", "时间(起)", "开始拍摄时间", "开始采集时间", "起拍时间", "进场时间"], Column::Start),
    (&["止", "至", "终", "时间止", "止时间", "时间(止)", "结束拍摄时间", "结束采集时间"], Column::End),
    (&["VENUE", "ROOM", "PLACE", "LOCATION", "DD", "PSDD", "CJDD"], Column::Place),
    (&["SCHOOL", "COLLEGE", "FACULTY"], Column::College),
    (&["HEADCOUNT", "STUDENTS", "NUMBEROFSTUDENTS", "NUMBER", "COUNT", "NO.OFSTUDENTS"], Column::Headcount),
    (&["专业、班级", "班级、专业", "班次", "班号", "人员", "班级(专业)"], Column::Class),
];

/// Words by which a column is known in a schedule, the more telling ones first.
const WORDS: &[(Column, &[&str])] = &[
    (Column::Headcount, &["人数", "人次", "数量"]),
    (Column::Start, &["开始时间", "起始时间", "到场时间", "入场时间", "候场时间", "开始时刻", "报到时间", "开始"]),
    (Column::End, &["结束时间", "终止时间", "截止时间", "离场时间", "完成时间", "结束时刻", "结束"]),
    (Column::Date, &["日期", "月日"]),
    (Column::Place, &["地点", "教室", "机位", "场地", "场所", "区域", "采集室", "摄影室", "位置", "采集点", "拍摄点", "房间"]),
    (Column::Time, &["时间段", "时间", "时段", "时刻"]),
    (Column::Unit, &["机组", "组别", "机号", "通道", "分组"]),
    (Column::Class, &["班级", "班别", "采集对象", "拍摄对象", "拍照对象", "对象", "参拍人员", "拍摄人员", "采集人员"]),
    (Column::College, &["学院", "院系", "部门", "单位"]),
];

/// Words beside them that change nothing.
const FILLERS: &[&str] = &[
    "毕业生",
    "毕业班",
    "学生",
    "图像",
    "照片",
    "电子",
    "信息",
    "采集",
    "拍摄",
    "拍照",
    "照相",
    "摄影",
    "具体",
    "安排",
    "集合",
    "计划",
    "预计",
    "参加",
    "参拍",
    "应拍",
    "实际",
    "本次",
    "所在",
    "所属",
    "二级",
    "使用",
    "名称",
    "各",
    "及",
    "的",
    "应",
    "总",
    "年月",
    "年",
    "(",
    ")",
    "到",
    "签",
    "专业",
    "行政",
];
const OF_COLLEGES: &[&str] = &["毕业生", "毕业", "学生", "参加", "参拍", "拍摄", "采集", "所在", "所属", "二级", "名称", "各", "的"];

/// What may stand before 班级.
const OF_CLASSES: &[&str] =
    &["专业", "年级", "学生", "毕业", "拍摄", "采集", "拍照", "行政", "所在", "参加", "应拍", "届", "及", "、", "/", "和", "("];

/// True for a text short enough and without figures, as headers are.
fn wordy(text: &str) -> bool {
    text.chars().count() <= HEADER_MAX && !width::fold(text).chars().any(|c| c.is_ascii_digit()) && !text.contains(['。', '：'])
}

fn header(col: u32, text: &str) -> Header {
    Header { col, column: schedule_column(text), text: header_text(text) }
}

fn single(row: &Row, at: usize) -> Head {
    let mut head = Head { first: at, last: at, headers: Vec::new(), content: Vec::new() };
    for cell in row.cells.iter().filter(|c| !c.merged) {
        let header = header(cell.col, &cell.text);
        match header.column.is_none().then(|| Says::read(&cell.text)).flatten() {
            Some(says) => head.content.push((cell.col, says)),
            None => head.headers.push(header),
        }
    }
    settle(head)
}

/// One column that is called by a kind of place beside names of people is a column of places: `班级 | 人数 | 摄影棚`.
fn settle(mut head: Head) -> Head {
    amended(&mut head.headers);
    let people = head.headers.iter().any(|h| matches!(h.column, Some(Column::College | Column::Class)));
    if let ([(col, says)], true) = (head.content.as_slice(), people)
        && let Some(room) =
            says.room.clone().filter(|r| says.day.is_none() && says.window.is_none() && !r.chars().any(|c| c.is_ascii_digit()))
    {
        head.headers.push(Header { col: *col, column: Some(Column::Place), text: room });
        head.headers.sort_by_key(|h| h.col);
        head.content.clear();
    }
    head
}

/// `原时间 | 调整后时间`: of what was changed, what is said after it counts.
fn amended(headers: &mut [Header]) {
    const BEFORE: [&str; 8] = ["原定", "原来", "原", "调整前", "变更前", "更改前", "修改前", "改前"];
    const AFTER: [&str; 11] = ["调整后", "变更后", "更改后", "修改后", "改后", "调整为", "改为", "现定", "现在", "现", "新"];
    let behind = |words: &[&str], key: &str| {
        let what = words.iter().find_map(|w| key.strip_prefix(w))?.trim_start_matches('的').to_owned();
        Some((schedule_column(&what)?, what))
    };
    let keys: Vec<String> = headers.iter().map(|h| header_key(&h.text)).collect();
    for at in 0..keys.len() {
        let Some((column, what)) = behind(&AFTER, &keys[at]) else { continue };
        let is_outdone = |key: &String| *key == what || behind(&BEFORE, key).is_some_and(|(before, _)| before == column);
        let outdone: Vec<usize> = (0..keys.len()).filter(|i| is_outdone(&keys[*i])).collect();
        if !outdone.is_empty() {
            headers[at].column = Some(column);
        }
        outdone.into_iter().for_each(|i| headers[i].column = Some(Column::Dropped));
    }
}

/// True where the row below continues a header row: it holds names of columns, or what stands under a name that covers several.
fn joins(grid: &Grid, at: usize) -> bool {
    let (Some(upper), Some(below)) = (grid.rows.get(at), grid.rows.get(at + 1)) else { return false };
    let named = |row: &Row, col: u32| schedule_column(row.own(col)).is_some();
    let own = |row: &Row| row.cells.iter().filter(|c| !c.merged).map(|c| c.col).collect::<Vec<_>>();
    let upper_ok = own(upper).iter().any(|c| named(upper, *c)) && own(upper).iter().all(|c| upper.own(*c).chars().count() <= 40);
    let covered = own(upper).into_iter().filter(|c| named(upper, *c)).collect::<Vec<_>>();
    let fits = |col: &u32| {
        let text = below.own(*col);
        let word = wordy(text) && named(below, *col);
        word || (Says::read(text).is_some_and(|s| s.college.is_none()) && !covered.contains(col))
    };
    let lower = own(below);
    // A name nobody knows (`负责人`) among names of columns is one more of them.
    let fit = lower.iter().filter(|c| fits(c)).count();
    let strange = |col: &u32| fits(col) || (wordy(below.own(*col)) && below.own(*col).chars().count() <= 6);
    upper_ok && !lower.is_empty() && (fit == lower.len() || (fit >= 2 && fit * 2 > lower.len() && lower.iter().all(strange)))
}

/// Two rows as one head: the lower text counts, the upper one where there is none.
fn combined(grid: &Grid, at: usize) -> Head {
    let mut head = Head { first: at, last: at + 1, headers: Vec::new(), content: Vec::new() };
    let (Some(upper), Some(lower)) = (grid.rows.get(at), grid.rows.get(at + 1)) else { return head };
    let mut columns: Vec<u32> = upper.cells.iter().chain(&lower.cells).map(|c| c.col).collect();
    columns.sort_unstable();
    columns.dedup();
    // In text files only the first of the columns below a common name carries it.
    let mut over: Option<Says> = None;
    for col in columns {
        let (above, below) = (upper.own(col), lower.own(col));
        if !above.is_empty() {
            over = Says::read(above).filter(|_| schedule_column(above).is_none());
        }
        let text = if below.is_empty() { above } else { below };
        if text.is_empty() {
            continue;
        }
        let header = header(col, text);
        let says = header.column.is_none().then(|| Says::read(text)).flatten();
        match (says, &over, below.is_empty()) {
            (Some(says), Some(over), false) => head.content.push((col, says.or(over))),
            (Some(says), ..) => head.content.push((col, says)),
            (None, ..) => head.headers.push(header),
        }
    }
    // Rooms over named columns are captions of their blocks, no columns.
    let named = lower.cells.iter().rev().find(|c| schedule_column(&c.text).is_some()).map_or(0, |c| c.col);
    head.content.retain(|(col, _)| !lower.own(*col).is_empty() || *col > named);
    amended(&mut head.headers);
    head
}

/// A header row names a time and at least one more thing, or things beside columns that are rooms, days or times themselves.
fn is_head(grid: &Grid, head: &Head) -> bool {
    let known: Vec<(u32, Column)> = head.headers.iter().filter_map(|h| h.column.map(|c| (h.col, c))).collect();
    let is_time = |c: Column| matches!(c, Column::Time | Column::Start);
    let is_other = |c: Column| {
        matches!(c, Column::College | Column::Class | Column::Headcount | Column::Place | Column::Unit | Column::Major | Column::Date)
    };
    let timed = known.iter().any(|(_, c)| is_time(*c));
    let other = known.iter().any(|(_, c)| is_other(*c));
    let any = timed || other;
    // `拍摄时间：| 3月11日 | 拍摄地点：| 图书馆301` is a caption in cells.
    let first_content = head.content.first().map(|(col, _)| *col);
    let last_known = known.iter().filter(|(_, c)| is_time(*c) || is_other(*c)).map(|(col, _)| *col).max();
    // Several hours side by side are no values of labels: `日期 | 8:00-9:40 | 10:00-11:40 | 地点`.
    let side_by_side = head.content.len() > 1
        && head.content.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0)
        && head.content.iter().all(|(_, s)| s.window.is_some());
    let labels = are_label_rows(grid, head)
        || first_content.zip(last_known).is_some_and(|(content, known)| content < known && !side_by_side)
        || head.headers.iter().any(|h| h.text.trim_end().ends_with(['：', ':']));
    if labels && !(timed && other && below(grid, head)) {
        return false;
    }
    match (head.content.len(), timed && other) {
        (0, true) => true,
        (_, true) => !labels || below(grid, head),
        (0, false) if timed && is_matrix(grid, head) => true,
        (0, false) => {
            any && head.headers.len() >= 2 && head.headers.iter().all(|h| wordy(&h.text)) && (below(grid, head) || above(grid, head))
        }
        (1, false) => any && below(grid, head),
        (_, false) => {
            let places = head.content.iter().all(|(_, s)| s.sure && (s.room.is_some() || s.series.is_some()));
            let timed = |s: &Says| s.window.is_some() || s.start.is_some();
            let times = head.content.iter().all(|(_, s)| timed(s));
            let days = head.content.iter().all(|(_, s)| s.day.is_some() || s.weekday.is_some());
            // Days or rooms over a row of names are captions of their blocks.
            let named =
                grid.rows.get(head.last + 1).is_some_and(|row| row.cells.iter().filter(|c| schedule_column(&c.text).is_some()).count() > 1);
            // What stands in the corner names the rows at most: `节次`, `批次`.
            let cornered = head.headers.len() <= 1 && head.headers.iter().all(|h| Some(h.col) < first_content && wordy(&h.text));
            let corner = first_content.is_some_and(|c| c > 1) && cornered && (places || times || days) && !named;
            // Heads across are of one kind; a window beside a class is a row of somebody's table.
            let all = |holds: fn(&Says) -> bool| head.content.iter().all(|(_, s)| holds(s));
            let alike = all(|s| s.room.is_some() || s.series.is_some())
                || all(|s| s.day.is_some() || s.weekday.is_some())
                || all(|s| s.half.is_some())
                || all(timed)
                || all(|s| s.college.is_some());
            alike && (any || corner) && (head.content.iter().any(|(_, s)| timed(s)) || below(grid, head))
        }
    }
}

/// `拍摄时间 │ 12月8日` and `地点 │ 体育馆` above a head: labels with their values, and no head of two rows.
fn are_label_rows(grid: &Grid, head: &Head) -> bool {
    let known = |row: &Row| row.cells.iter().filter(|c| !c.merged && schedule_column(&c.text).is_some()).count();
    let pair = |row: &Row| {
        let own: Vec<_> = row.written().collect();
        matches!(own.as_slice(), [label, value] if schedule_column(&label.text).is_some()
            && schedule_column(&value.text).is_none() && Says::read(&value.text).is_some())
    };
    let rows = grid.rows.get(head.first..=head.last).unwrap_or_default();
    let next = grid.rows.get(head.last + 1);
    rows.iter().all(pair) && next.is_some_and(|row| known(row) >= 2 || pair(row))
}

/// True for a column of times beside two or more that nobody knows, with classes below them: `时间 | 1号点 | 2号点`.
fn is_matrix(grid: &Grid, head: &Head) -> bool {
    let Some(row) = grid.rows.get(head.last + 1) else { return false };
    let unknown = || head.headers.iter().filter(|h| h.column.is_none());
    let timed = head.headers.iter().filter(|h| h.column == Some(Column::Time)).any(|h| !times::windows(row.own(h.col), None).is_empty());
    let classes = |h: &&Header| !row.own(h.col).is_empty() && super::content::are_classes(row.own(h.col));
    timed && unknown().count() > 1 && unknown().all(|h| h.text.chars().count() <= HEADER_MAX) && unknown().filter(classes).count() > 1
}

/// True where a window stands in one of the next rows.
fn below(grid: &Grid, head: &Head) -> bool {
    let next = grid.rows.iter().skip(head.last + 1).take(3);
    next.flat_map(|r| &r.cells).any(|c| !times::windows(&c.text, None).is_empty())
}

/// True where a caption over the head names the time of the whole table.
fn above(grid: &Grid, head: &Head) -> bool {
    let rows = grid.rows.get(head.first.saturating_sub(3)..head.first).unwrap_or_default();
    let alone = |row: &&Row| row.cells.iter().filter(|c| !c.merged).count() <= 2;
    rows.iter().filter(alone).flat_map(|r| &r.cells).any(|c| !times::windows(&c.text, None).is_empty())
}
