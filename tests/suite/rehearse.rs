//! The practice: the corridor plays itself, answers are scored, and nothing of it is kept.

use std::fs;

use crossterm::event::{KeyCode, KeyModifiers};
use duihao::desk::Desk;
use duihao::desk::clock::Wall;
use duihao::desk::ground::Ground;
use duihao::desk::practice::{self, Practice};
use duihao::desk::rehearsal::drill::{self, Guest, Kind, Severity, Slip, Terms};
use duihao::desk::settings::Home;
use duihao::domain::finding::Code;
use duihao::ui::tui::Start;
use duihao::ui::words::{Lang, drill_screen};

use super::harness::{Hand, NINE, Play, expect_screen};

/// 9:25 in the room.
const BEGIN: i64 = NINE + 25 * 60_000;

/// Choices of the red screen in their order.
const CHOICES: [Kind; 6] = [Kind::Jumped, Kind::Unscanned, Kind::LetAhead, Kind::Absent, Kind::Swapped, Kind::Consent];

struct Rehearsal {
    play: Play,
    slips: Vec<Slip>,
}

impl Rehearsal {
    fn of(terms: Terms, lang: Lang) -> Self {
        Self::playing(practice::open(terms).unwrap(), lang)
    }

    fn playing(practice: Practice, lang: Lang) -> Self {
        let Practice { mut desk, room, drill } = practice;
        let clock = Hand::at(BEGIN);
        desk.set_clock(Box::new(clock.clone()));
        let mut play = Play::of((desk, clock), Start::Door(room), lang, (80, 24));
        let slips = drill.cues.iter().filter_map(|c| c.slip.clone()).collect();
        let at = play.at;
        play.stage.begin_drill(drill, at);
        Self { play, slips }
    }

    /// Only the people in order before the first slip of that kind, and this slip.
    fn with(kind: Kind) -> Self {
        Self::playing(Self::practice(kind), Lang::Zh)
    }

    fn practice(kind: Kind) -> Practice {
        let terms = |seed| Terms { severity: Severity::Hard, seed, ..Terms::default() };
        // Which kind comes first does not depend on the people.
        let people: Vec<Guest> = (0..200).map(|n| Guest { token: n.to_string(), ..Guest::default() }).collect();
        let first = |seed| drill::drill(terms(seed), &people, 100).cues.into_iter().find_map(|c| c.slip).unwrap().kind;
        let seed = (0..).find(|seed| first(*seed) == kind).unwrap();
        let mut practice = practice::open(terms(seed)).unwrap();
        let cues = &mut practice.drill.cues;
        let at = cues.iter().position(|c| c.slip.is_some()).unwrap();
        // Who comes after it, until the next slip, shows whether the line is in order.
        let next = cues.iter().skip(at + 1).position(|c| c.slip.is_some()).unwrap();
        cues.truncate(at + 1 + next);
        practice
    }

    fn screen(&mut self) -> String {
        self.play.screen()
    }

    /// Time goes by until the screen shows that.
    fn until(&mut self, text: &str) -> String {
        for _ in 0..200 {
            let screen = self.play.screen();
            if screen.contains(text) {
                return screen;
            }
            self.play.wait(1_000);
        }
        panic!("never {text} in\n{}", self.play.screen());
    }

    fn until_said(&mut self, n: usize) -> String {
        let slip = self.slips[n].clone();
        let said = drill_screen::said(Lang::Zh, &slip);
        let begin: String = if slip.kind == Kind::Counter { "摄影师：报张数".to_owned() } else { said };
        self.until(&begin)
    }

    fn alt(&mut self, digit: char) {
        self.play.wait(1_000);
        self.play.raw(KeyCode::Char(digit), KeyModifiers::ALT);
    }

    fn choose(&mut self, kind: Kind) {
        let row = CHOICES.iter().position(|k| *k == kind).unwrap();
        self.alt(char::from_digit(row as u32 + 1, 10).unwrap());
    }

    /// The right answer to the n-th.
    fn answer(&mut self, n: usize) {
        let slip = self.slips[n].clone();
        let screen = self.until_said(n);
        match slip.kind {
            Kind::DoubleFlash => self.play.f(6),
            Kind::Stray => self.play.f(8),
            Kind::Counter => {
                let at = screen.find("文件号 ").unwrap() + "文件号 ".len();
                self.play.f(7);
                self.play.type_slowly(&screen[at..at + 4]);
                self.play.press(KeyCode::Enter);
            }
            Kind::Repeated => {}
            Kind::NoCode => {
                self.play.f(2);
                self.until(&slip.who.student_no);
                self.play.f(6);
                self.play.press(KeyCode::Down);
                self.play.press(KeyCode::Enter);
            }
            Kind::Back => {
                self.play.f(2);
                self.play.type_slowly(&slip.who.student_no[6..]);
                self.play.press(KeyCode::Enter);
            }
            Kind::Unlisted => {
                self.play.f(2);
                self.until("名单");
                self.play.wait(1_000);
                self.play.f(9);
                self.play.type_slowly(&slip.who.name);
                for _ in 0..3 {
                    self.play.press(KeyCode::Enter);
                }
            }
            kind => self.choose(kind),
        }
        self.until("✓ 对");
        if slip.kind.at_desk() {
            self.play.f(2);
        }
    }

    /// Ends it and tells what the result says.
    fn end(&mut self) -> String {
        self.play.ctrl('q');
        self.play.ctrl('q');
        self.screen()
    }
}

#[test]
fn every_slip_is_caught_by_its_right_answer_and_leaves_the_line_in_order() {
    for kind in Kind::ALL.into_iter().filter(|k| *k != Kind::Back) {
        let mut rehearsal = Rehearsal::with(kind);
        assert!(rehearsal.slips[0].kind == kind);
        rehearsal.answer(0);
        // The rest of the line comes without a fault, and then it is over.
        let screen = rehearsal.until("演练结果");
        assert!(screen.contains("出了 1 个状况，处理对 1 个") && screen.contains("记错 0 次"), "{kind:?}\n{screen}");
        let open: Vec<Code> = rehearsal.play.stage.desk().findings().iter().map(|f| f.code).collect();
        assert!(open.iter().all(|c| *c == Code::NotOnRoster), "{kind:?}: {open:?}");
    }
}

#[test]
fn what_nobody_answers_in_time_is_missed_and_put_right() {
    for kind in Kind::ALL.into_iter().filter(|k| !matches!(k, Kind::Back | Kind::Repeated)) {
        let mut rehearsal = Rehearsal::with(kind);
        rehearsal.until_said(0);
        let screen = rehearsal.until("已替您记上");
        assert!(screen.contains("✗ 应该："), "{screen}");
        let screen = rehearsal.until("演练结果");
        assert!(screen.contains("出了 1 个状况，处理对 0 个") && screen.contains("没处理"), "{kind:?}\n{screen}");
        let open: Vec<Code> = rehearsal.play.stage.desk().findings().iter().map(|f| f.code).collect();
        assert!(open.iter().all(|c| *c == Code::NotOnRoster), "{kind:?}: {open:?}");
    }
}

#[test]
fn a_wrong_answer_is_counted_and_can_be_undone_and_made_right() {
    let mut rehearsal = Rehearsal::with(Kind::Unscanned);
    rehearsal.until_said(0);
    rehearsal.choose(Kind::Jumped);
    rehearsal.until("不是这样：Ctrl+Z 撤销再选");
    rehearsal.play.ctrl('z');
    rehearsal.play.press(KeyCode::Enter);
    // The red screen stands there again: the second choice.
    let screen = rehearsal.screen();
    assert!(screen.contains("▶1 请该生归队"), "{screen}");
    rehearsal.play.press(KeyCode::Down);
    rehearsal.play.press(KeyCode::Enter);
    rehearsal.until("✓ 对");
    let screen = rehearsal.end();
    assert!(screen.contains("处理对 1 个") && screen.contains("记错 1 次") && screen.contains("记成了："), "{screen}");
}

#[test]
fn a_card_held_out_twice_is_caught_by_doing_nothing_and_lost_by_a_retake() {
    let mut rehearsal = Rehearsal::with(Kind::Repeated);
    rehearsal.until_said(0);
    rehearsal.play.f(6);
    let screen = rehearsal.until("演练结果");
    assert!(screen.contains("处理对 0 个") && screen.contains("应该：什么都不用做"), "{screen}");
}

#[test]
fn what_nobody_said_is_taken_back_and_told() {
    let mut rehearsal = Rehearsal::of(Terms::default(), Lang::Zh);
    let before = rehearsal.play.stage.desk().day().len();
    // Enter at the door says that the one due was shot; nobody has come.
    rehearsal.play.press(KeyCode::Enter);
    let screen = rehearsal.screen();
    assert!(screen.contains("现在没人这样说"), "{screen}");
    assert!(rehearsal.play.stage.desk().day().len() > before, "the journal only grows");
    let screen = rehearsal.end();
    assert!(screen.contains("记错 1 次"), "{screen}");
}

#[test]
fn people_wait_at_the_door_while_nobody_is_there() {
    let mut rehearsal = Rehearsal::of(Terms::default(), Lang::Zh);
    rehearsal.play.f(2);
    let facts = rehearsal.play.facts();
    let screen = rehearsal.until("门口有人等着扫码");
    assert!(screen.contains("F2 回入场口"), "{screen}");
    assert_eq!(rehearsal.play.facts(), facts);
    rehearsal.play.f(2);
    rehearsal.play.wait(1_000);
    assert!(rehearsal.play.facts() > facts);
}

#[test]
fn every_screen_says_that_it_is_a_practice() {
    for lang in Lang::ALL {
        let mut rehearsal = Rehearsal::of(Terms::default(), lang);
        let word = drill_screen::name(lang);
        for key in [KeyCode::F(2), KeyCode::F(3), KeyCode::F(5), KeyCode::F(4), KeyCode::F(12), KeyCode::F(1)] {
            rehearsal.play.press(key);
            let screen = rehearsal.screen();
            assert!(screen.lines().nth(22).unwrap().contains(word), "{key:?}\n{screen}");
        }
        rehearsal.play.press(KeyCode::Esc);
        rehearsal.play.resize((40, 10));
        let screen = rehearsal.screen();
        assert!(screen.lines().next().unwrap().contains(word), "{screen}");
    }
}

#[test]
fn the_red_screen_of_a_practice_says_what_the_corridor_says() {
    let mut rehearsal = Rehearsal::with(Kind::Unscanned);
    rehearsal.until_said(0);
    let screen = rehearsal.screen();
    assert!(screen.lines().nth(22).unwrap().contains("演练") && screen.contains("✗ 顺序不对"), "{screen}");
    expect_screen("rehearse_red", &screen);
}

#[test]
fn a_whole_hard_practice_answered_rightly_is_all_caught() {
    let terms = Terms { severity: Severity::Hard, minutes: 20, speed: 2, ..Terms::default() };
    let mut rehearsal = Rehearsal::of(terms, Lang::Zh);
    let many = 25.min(rehearsal.slips.len());
    for n in 0..many {
        rehearsal.answer(n);
    }
    let open: Vec<Code> = rehearsal.play.stage.desk().findings().iter().map(|f| f.code).collect();
    assert!(open.iter().all(|c| *c == Code::NotOnRoster), "{open:?}");
    let screen = rehearsal.end();
    assert!(screen.contains(&format!("出了 {many} 个状况，处理对 {many} 个")) && screen.contains("记错 0 次"), "{screen}");
    expect_screen("rehearse_result", &screen);
    rehearsal.play.press(KeyCode::Esc);
    assert!(rehearsal.play.stage.is_over());
}

#[test]
fn what_is_open_when_the_minutes_are_over_is_played_to_its_end_and_counts() {
    let mut practice = Rehearsal::practice(Kind::Jumped);
    practice.drill.terms.minutes = 1;
    let last = practice.drill.cues.iter().position(|c| c.slip.is_some()).unwrap();
    practice.drill.cues[..last].iter_mut().for_each(|c| c.after = 100);
    practice.drill.cues[last].after = 57_000 - 1_000 * last as i64;
    let mut rehearsal = Rehearsal::playing(practice, Lang::Zh);
    rehearsal.until_said(0);
    rehearsal.play.wait(4_000);
    assert!(!rehearsal.screen().contains("演练结果"), "{}", rehearsal.screen());
    let screen = rehearsal.until("演练结果");
    assert!(screen.contains("出了 1 个状况，处理对 0 个"), "{screen}");
}

#[test]
fn whoever_leaves_while_something_is_open_has_not_caught_it() {
    let mut rehearsal = Rehearsal::with(Kind::Jumped);
    rehearsal.until_said(0);
    rehearsal.play.ctrl('q');
    rehearsal.play.ctrl('q');
    let screen = rehearsal.screen();
    assert!(screen.contains("出了 1 个状况，处理对 0 个"), "{screen}");
}

#[test]
fn from_the_welcome_and_back_nothing_is_written_anywhere() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::in_memory(Box::new(Wall)).unwrap();
    let mut play = Play::of((desk, Hand::at(NINE)), Start::Welcome, Lang::Zh, (80, 24));
    let (home, user) = (dir.path().join("home"), dir.path().join("user"));
    fs::create_dir_all(&user).unwrap();
    let ground = Ground::at(Home::at(&home), &user, || Box::new(Wall));
    play.on(|stage| stage.on_ground(ground).with_home(Home::at(&home)));
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    let watch = duihao::desk::clock::Stopwatch::start();
    while !play.screen().contains("入场口") {
        assert!(watch.ms() < 60_000 && play.stage.wait(std::time::Duration::from_secs(1), watch));
    }
    assert!(play.screen().contains("演练"), "{}", play.screen());
    // A new campaign would be a file: not from here.
    play.f(1);
    play.type_slowly("xjpc");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("演练中不导入"), "{}", play.screen());
    play.ctrl('q');
    play.ctrl('q');
    assert!(play.screen().contains("演练结果"), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert!(!play.stage.is_over() && play.screen().contains("样例日"), "{}", play.screen());
    assert!(!home.exists() && fs::read_dir(&user).unwrap().next().is_none());
}
