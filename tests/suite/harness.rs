//! Drives the screens as a terminal does: keys in with their times, text out; a small campaign in memory and a clock that is told.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{NaiveDate, NaiveTime};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use duihao::desk::Desk;
use duihao::desk::clock::Clock;
use duihao::domain::campaign::{Campaign, RoomPlan};
use duihao::domain::command::{Action, Ask, LogRow, LogTime};
use duihao::domain::ids::RoomKey;
use duihao::domain::person::{ClassList, ListRow, Marks};
use duihao::domain::schedule::{ScheduleRow, ScheduleTable};
use duihao::ui::tui::{Stage, Start};
use duihao::ui::words::Lang;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr as _;

/// 2020-09-13 9:00:00 in Shanghai.
pub const NINE: i64 = 1_599_958_800_000;

/// A clock that the test moves.
#[derive(Clone)]
pub struct Hand(Arc<AtomicI64>);

impl Hand {
    /// A clock that stands at this instant.
    pub fn at(now: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now)))
    }
}

impl Clock for Hand {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Names of 电商171 and 电商172, in list order; 周涛 is exempt, 陈博文 has not paid, two are called 张伟.
pub const NAMES: [&str; 12] =
    ["王思远", "吴桐", "周涛", "谢宇航", "李佳琪", "陈博文", "徐敏", "杨子轩", "赵磊", "张伟", "张伟", "阿卜杜拉·买买提·艾合买提江·吐尔逊"];

/// 学号 of the n-th of them.
pub fn number(n: usize) -> String {
    format!("20170104{n:02}")
}

/// A stage under test.
pub struct Play {
    pub stage: Stage,
    pub terminal: Terminal<TestBackend>,
    clock: Hand,
    /// Milliseconds of the loop's clock.
    pub at: i64,
}

fn campaign(rooms: &[&str]) -> Campaign {
    Campaign {
        id: "trial".to_owned(),
        name: "丽水学院".to_owned(),
        cohort: "2021届".to_owned(),
        dates: vec![NaiveDate::from_ymd_opt(2020, 9, 13).unwrap()],
        rooms: rooms
            .iter()
            .zip(["B", "A", "C"])
            .map(|(name, series)| RoomPlan { name: (*name).to_owned(), series: Some(series.to_owned()), ..RoomPlan::default() })
            .collect(),
        ..Campaign::default()
    }
}

fn slot(room: &str, start: &str, end: &str, college: &str, classes: &[&str], row: u32) -> ScheduleRow {
    let time = |t: &str| NaiveTime::parse_from_str(t, "%H:%M").unwrap();
    ScheduleRow {
        room: room.to_owned(),
        series: None,
        date: NaiveDate::from_ymd_opt(2020, 9, 13),
        start: time(start),
        end: time(end),
        college: college.to_owned(),
        classes: classes.iter().map(|c| (*c).to_owned()).collect(),
        headcount: None,
        sheet: String::new(),
        row,
    }
}

fn list() -> ClassList {
    let person = |(n, name): (usize, &&str)| ListRow {
        row: n as u32 + 2,
        student_no: Some(number(n + 1).into()),
        name: Some((*name).into()),
        id_no: Some(format!("33010219980101{:04}", 1200 + n).into()),
        college: Some("商学院".into()),
        class: Some(if n < 10 { "电商171" } else { "电商172" }.into()),
        marks: Marks { exempt: (n == 2).then_some(true), paid: Some(n != 5), ..Marks::default() },
        ..ListRow::default()
    };
    let mut rows: Vec<ListRow> = NAMES.iter().enumerate().map(person).collect();
    for (n, (name, college, class)) in
        [("何静", "商学院", "国贸171"), ("刘洋", "医学院", "护理17"), ("孙悦", "工学院", "土木171")].iter().enumerate()
    {
        rows.push(ListRow {
            row: 40 + n as u32,
            student_no: Some(format!("20170205{n:02}").into()),
            name: Some((*name).into()),
            college: Some((*college).into()),
            class: Some((*class).into()),
            ..ListRow::default()
        });
    }
    ClassList { source: "名单.xlsx".to_owned(), hash: "list".to_owned(), sheet: String::new(), rows }
}

/// A desk with the small campaign; all rooms have slots.
pub fn desk(rooms: &[&str], now: i64) -> (Desk, Hand) {
    desk_of(campaign(rooms), rooms, now)
}

fn desk_of(campaign: Campaign, rooms: &[&str], now: i64) -> (Desk, Hand) {
    let clock = Hand::at(now);
    let mut desk = Desk::in_memory(Box::new(clock.clone())).unwrap();
    fill(&mut desk, campaign, rooms);
    (desk, clock)
}

/// The same desk on a file in this folder.
pub fn kept_desk(folder: &std::path::Path, rooms: &[&str]) -> Desk {
    let clock = Box::new(Hand::at(NINE));
    let mut desk = Desk::open(&folder.join("day.db"), &folder.join("home"), duihao::desk::Mode::Write, clock).unwrap();
    fill(&mut desk, campaign(rooms), rooms);
    desk
}

fn fill(desk: &mut Desk, campaign: Campaign, rooms: &[&str]) {
    desk.submit(Ask::Declare(Box::new(campaign))).unwrap();
    let mut rows = vec![
        slot(rooms[0], "9:00", "9:30", "商学院", &["电商171", "电商172"], 2),
        slot(rooms[0], "9:30", "9:55", "商学院", &["国贸171"], 3),
    ];
    if let [_, second, third, ..] = rooms {
        rows.push(slot(second, "9:00", "9:40", "医学院", &["护理17"], 4));
        rows.push(slot(third, "10:00", "10:40", "工学院", &["土木171"], 5));
    }
    let table = ScheduleTable { source: "时段.xlsx".to_owned(), hash: "plan".to_owned(), rows };
    desk.submit(Ask::TakeSchedule(table)).unwrap();
    desk.submit(Ask::TakeLists(vec![list().into()])).unwrap();
}

impl Play {
    /// One room, at its desk, 开场 put off.
    pub fn at_desk() -> Self {
        let mut play = Self::new(&["11B105"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
        play.wait(160);
        play.press(KeyCode::Esc);
        play
    }

    /// One room at its desk, 开场 answered by Enter alone after so many steps through the roles.
    pub fn opened(steps: usize) -> Self {
        let mut play = Self::new(&["11B105"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
        (0..steps).for_each(|_| play.press(KeyCode::Right));
        (0..6).for_each(|_| play.press(KeyCode::Enter));
        play
    }

    /// One room, at its door, with the first `n` students (周涛 left out) holding numbers.
    pub fn at_door(n: usize) -> Self {
        let mut play = Self::at_desk();
        for person in [1, 2, 4, 5, 7, 8, 9, 10].into_iter().take(n) {
            play.scan(&number(person));
        }
        play.f(2);
        play
    }

    /// One room at its door, in a campaign that collects the cards.
    pub fn where_cards_come_back() -> Self {
        let rooms = ["11B105"];
        let desk = desk_of(Campaign { return_tokens: true, ..campaign(&rooms) }, &rooms, NINE);
        let mut play = Self::of(desk, Start::Door(RoomKey::of(rooms[0])), Lang::Zh, (80, 24));
        play.press(KeyCode::Esc);
        play
    }

    /// One room at its desk, with numbers from elsewhere than the list; printed ones are those of the list's order.
    pub fn with_numbers(source: duihao::domain::campaign::Source) -> Self {
        let rooms = ["11B105"];
        let mut campaign = campaign(&rooms);
        campaign.rooms[0].source = source;
        let (mut desk, clock) = desk_of(campaign, &rooms, NINE);
        if source == duihao::domain::campaign::Source::Preprinted {
            let mut list = list();
            list.hash = "printed".to_owned();
            list.rows.iter_mut().enumerate().for_each(|(n, row)| row.token = Some(format!("{:04}B", n + 1).into()));
            desk.submit(Ask::TakeLists(vec![list.into()])).unwrap();
        }
        let mut play = Self::of((desk, clock), Start::Desk(RoomKey::of(rooms[0])), Lang::Zh, (80, 24));
        play.wait(160);
        play.press(KeyCode::Esc);
        play
    }

    /// One room at its desk whose numbers are printed beside the names of a list that has none.
    pub fn printed_without_numbers() -> Self {
        let rooms = ["11B105"];
        let mut campaign = campaign(&rooms);
        campaign.rooms[0].source = duihao::domain::campaign::Source::Preprinted;
        let mut play = Self::of(desk_of(campaign, &rooms, NINE), Start::Desk(RoomKey::of(rooms[0])), Lang::Zh, (80, 24));
        play.wait(160);
        play.press(KeyCode::Esc);
        play
    }

    /// One room at its desk, in a campaign whose signatures are on paper.
    pub fn where_people_sign_on_paper() -> Self {
        use duihao::domain::campaign::Step;
        let rooms = ["11B105"];
        let desk = desk_of(Campaign { scan: vec![Step::Arrive, Step::Issue], ..campaign(&rooms) }, &rooms, NINE);
        let mut play = Self::of(desk, Start::Desk(RoomKey::of(rooms[0])), Lang::Zh, (80, 24));
        play.press(KeyCode::Esc);
        play
    }

    /// Any stage.
    pub fn new(rooms: &[&str], start: Start, lang: Lang, size: (u16, u16)) -> Self {
        Self::of(desk(rooms, NINE), start, lang, size)
    }

    /// A stage on a desk that was made ready.
    pub fn of((desk, clock): (Desk, Hand), start: Start, lang: Lang, size: (u16, u16)) -> Self {
        let mut play =
            Self { stage: Stage::new(desk, lang, start), terminal: Terminal::new(TestBackend::new(size.0, size.1)).unwrap(), clock, at: 0 };
        play.resize(size);
        play
    }

    /// The stage made another one, as `with_theme` does.
    pub fn on(&mut self, change: impl FnOnce(Stage) -> Stage) {
        let spare = Stage::new(Desk::in_memory(Box::new(self.clock.clone())).unwrap(), Lang::Zh, Start::Dashboard);
        self.stage = change(std::mem::replace(&mut self.stage, spare));
    }

    /// Another size of the window.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.terminal.backend_mut().resize(size.0, size.1);
        self.stage.step(&Event::Resize(size.0, size.1), self.at);
    }

    /// Time goes by, on both clocks.
    pub fn wait(&mut self, ms: i64) {
        self.at += ms;
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
        self.stage.tick(self.at);
    }

    fn event(&mut self, event: &Event) {
        self.stage.step(event, self.at);
    }

    /// Sets the laptop's clock back.
    pub fn set_back(&mut self, ms: i64) {
        self.clock.0.fetch_sub(ms, Ordering::SeqCst);
    }

    /// A key right now.
    pub fn raw(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        self.event(&Event::Key(KeyEvent::new(code, modifiers)));
    }

    /// A key after a second of thought.
    pub fn press(&mut self, code: KeyCode) {
        self.wait(1_000);
        self.raw(code, KeyModifiers::NONE);
    }

    /// A function key.
    pub fn f(&mut self, n: u8) {
        self.press(KeyCode::F(n));
    }

    /// A key with Ctrl.
    pub fn ctrl(&mut self, c: char) {
        self.wait(1_000);
        self.raw(KeyCode::Char(c), KeyModifiers::CONTROL);
    }

    /// Fingers.
    pub fn type_slowly(&mut self, text: &str) {
        for c in text.chars() {
            self.wait(160);
            self.raw(KeyCode::Char(c), KeyModifiers::NONE);
        }
    }

    /// F7 and a reading of the camera's counter.
    pub fn count(&mut self, reading: &str) {
        self.f(7);
        self.type_slowly(reading);
        self.press(KeyCode::Enter);
    }

    /// A gun, five seconds after whatever was before.
    pub fn scan(&mut self, code: &str) {
        self.wait(5_000);
        self.burst(code);
    }

    /// A gun right now: keys 8 ms apart, then CR and LF as raw terminals hand them over.
    pub fn burst(&mut self, code: &str) {
        for c in code.chars() {
            self.at += 8;
            self.raw(KeyCode::Char(c), KeyModifiers::NONE);
        }
        self.at += 8;
        self.raw(KeyCode::Enter, KeyModifiers::NONE);
        self.at += 8;
        self.raw(KeyCode::Char('j'), KeyModifiers::CONTROL);
    }

    /// Text that comes at once, as the terminal marks it.
    pub fn paste(&mut self, text: &str) {
        self.event(&Event::Paste(text.to_owned()));
    }

    /// A click.
    pub fn click(&mut self, column: u16, row: u16) {
        self.wait(1_000);
        let kind = MouseEventKind::Down(MouseButton::Left);
        self.event(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
    }

    /// The screen as text, a line a row, right ends trimmed.
    pub fn screen(&mut self) -> String {
        // A terminal clears the second half of a wide character with its first; the backend of tests keeps what stood there.
        self.terminal.clear().unwrap();
        self.stage.draw(&mut self.terminal).unwrap();
        text(self.terminal.backend().buffer())
    }

    /// The screen as it was drawn, cell by cell.
    pub fn buffer(&mut self) -> Buffer {
        self.stage.draw(&mut self.terminal).unwrap().buffer.clone()
    }

    /// Where the real cursor stands.
    pub fn cursor(&mut self) -> (u16, u16) {
        self.stage.draw(&mut self.terminal).unwrap();
        use ratatui::backend::Backend as _;
        let at = self.terminal.backend_mut().get_cursor_position().unwrap();
        (at.x, at.y)
    }

    /// The column and row where a text begins.
    pub fn find(&mut self, wanted: &str) -> (u16, u16) {
        let screen = self.screen();
        let (row, line) =
            screen.lines().enumerate().find(|(_, l)| l.contains(wanted)).unwrap_or_else(|| panic!("no {wanted} in\n{screen}"));
        (line[..line.find(wanted).unwrap()].width() as u16, row as u16)
    }

    /// Facts in the journal.
    pub fn facts(&self) -> usize {
        self.stage.desk().day().len()
    }

    /// A row of the log, as another laptop would write it.
    pub fn act(&mut self, action: Action, student: Option<&str>, token: Option<&str>, value: Option<&str>) {
        let own = |t: Option<&str>| t.map(str::to_owned);
        let row = LogRow {
            row: 0,
            time: LogTime::default(),
            room: self.stage.desk().day().rooms().iter().next().unwrap().name.clone(),
            action,
            student: own(student),
            token: own(token),
            with: None,
            value: own(value),
            note: None,
        };
        self.stage.desk_mut().submit(Ask::Act(row)).unwrap();
    }
}

/// A buffer as text: the cells behind a wide character are skipped.
pub fn text(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in 0..buffer.area.height {
        let (mut line, mut x) = (String::new(), 0);
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += symbol.width().max(1) as u16;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n") + "\n"
}

/// Compares a screen with the expected one under `tests/screens`; `DUIHAO_BLESS=1` writes it anew.
pub fn expect_screen(name: &str, screen: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(format!("{name}.txt"));
    if std::env::var_os("DUIHAO_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, screen).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(expected == screen, "{name} differs\n--- expected\n{expected}\n--- shown\n{screen}");
}
