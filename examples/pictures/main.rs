//! Pictures of the program for README and manual, drawn from its own cells: `cargo run --release --example pictures`.
//!
//! The sample day at 9:41 is opened, keys are pressed, and what stands in the cells becomes `docs/pictures/*.svg`. The clock stands
//! still, so that the same program draws the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod svg;

use std::fs;
use std::path::Path;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use duihao::desk::clock::Fixed;
use duihao::desk::sample;
use duihao::domain::ids::RoomKey;
use duihao::ui::tui::{Stage, Start};
use duihao::ui::words::Lang;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// Columns and rows.
const SIZE: (u16, u16) = (100, 28);
/// Milliseconds between two keys of a person.
const TYPED: i64 = 300;

struct Player {
    stage: Stage,
    at: i64,
}

impl Player {
    fn open(start: Start) -> Self {
        let mut desk = sample::morning().unwrap();
        let now = desk.now();
        // Whole seconds: the clock of the sample day runs while it is being made ready.
        desk.set_clock(Box::new(Fixed(now - now.rem_euclid(60_000) + 12_000)));
        let mut stage = Stage::new(desk, Lang::Zh, start);
        stage.step(&Event::Resize(SIZE.0, SIZE.1), 0);
        let mut player = Self { stage, at: 10_000 };
        player.press(KeyCode::Esc);
        player
    }

    fn key(&mut self, code: KeyCode, after: i64) {
        self.at += after;
        self.stage.step(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)), self.at);
        self.stage.tick(self.at);
    }

    fn press(&mut self, code: KeyCode) {
        self.key(code, 1_000);
    }

    fn type_slowly(&mut self, text: &str) {
        text.chars().for_each(|c| self.key(KeyCode::Char(c), TYPED));
    }

    fn scan(&mut self, code: &str) {
        self.at += 5_000;
        code.chars().for_each(|c| self.key(KeyCode::Char(c), 8));
        self.key(KeyCode::Enter, 8);
    }

    fn draw(&mut self, folder: &Path, name: &str) {
        let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
        let frame = self.stage.draw(&mut terminal).unwrap();
        let picture = svg::of(frame.buffer, &format!("对号 {name}"));
        let path = folder.join(format!("{name}.svg"));
        fs::write(&path, picture).unwrap();
        println!("{}", path.display());
    }
}

/// 学号 of the first person of a class who has not come yet.
fn absent(player: &Player, class: &str) -> String {
    let day = player.stage.desk().day();
    let people = day.roster().class(class).iter().filter_map(|id| day.roster().person(*id));
    let came = |p: &&duihao::domain::roster::Person| day.state(&duihao::domain::visit::Subject::Person(p.id)).is_none();
    people.filter(came).find(|p| !p.excused()).and_then(|p| p.student_no.as_deref()).unwrap().to_owned()
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    fs::create_dir_all(&folder).unwrap();
    let room = RoomKey::of("11B105");
    Player::open(Start::Dashboard).draw(&folder, "总览");

    let mut desk = Player::open(Start::Desk(room.clone()));
    desk.type_slowly("wsy");
    desk.draw(&folder, "查人");
    desk.press(KeyCode::Esc);
    let code = absent(&desk, "电商172");
    desk.scan(&code);
    desk.draw(&folder, "签到台");

    let mut door = Player::open(Start::Door(room));
    door.draw(&folder, "入场口");
    door.scan("0156B");
    door.draw(&folder, "顺序不对");
}
