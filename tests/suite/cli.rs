//! The real program driven from outside, sentence by sentence of its command line and its formats.

mod acts;
mod again;
mod campaigns;
mod codes;
mod columns;
mod doctor;
mod exports;
mod fitting;
mod folding;
mod forgetting;
mod intake;
mod keeping;
mod letter;
pub mod photos;
mod rehearse;
mod relisting;
mod repairing;
mod schedules;
mod settling;
mod speed;
mod stations;
mod usage;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a home and a database of its own, in which the program is run.
pub struct Scene {
    folder: TempDir,
}

/// What a run left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as the one JSON document it must be.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("not one JSON document ({e}): {:?} {}", self.out, self.err))
    }

    /// The exit code is this one, or the output is shown.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self
    }
}

/// Ten people of 电商171 and two of 国贸171, in list order.
pub const ROSTER: &str = "学号,姓名,身份证号,学院,班级\n\
2017010401,徐敏,,商学院,电商171\n2017010402,杨子轩,,商学院,电商171\n2017010403,赵磊,,商学院,电商171\n\
2017010404,李佳琪,,商学院,电商171\n2017010405,陈思远,,商学院,电商171\n2017010406,王雨桐,,商学院,电商171\n\
2017010407,周浩然,,商学院,电商171\n2017010408,吴欣怡,,商学院,电商171\n2017010409,郑凯文,,商学院,电商171\n\
2017010410,孙悦,,商学院,电商171\n2017010501,马晓东,,商学院,国贸171\n2017010502,朱丽,,商学院,国贸171\n";

/// One room, one day long past: every session is over.
pub const CAMPAIGN: &str = "id = \"test-2021\"\nname = \"测试大学\"\ncohort = \"2021届\"\ndates = [\"2020-09-13\"]\n\
steps = [\"签到\", \"签名\", \"发号\", \"拍摄\"]\n[[room]]\nname = \"R1\"\nseries = \"A\"\n";

impl Scene {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// With the usual campaign and people.
    pub fn usual() -> Self {
        Self::of(CAMPAIGN, ROSTER)
    }

    /// With this campaign and these people.
    pub fn of(campaign: &str, roster: &str) -> Self {
        let scene = Self::empty();
        scene.file("campaign.toml", campaign);
        scene.file("roster.csv", roster);
        scene.run(&["new", "campaign.toml"]).exits(0);
        let taken = scene.run(&["import", "roster", "roster.csv", "--yes"]);
        assert!(taken.code < 2, "{taken:?}");
        scene
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program itself, told nothing but its home.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duihao"));
        command.current_dir(self.folder()).env("DUIHAO_HOME", self.path("home")).env_remove("DUIHAO_DB");
        command
    }

    /// Runs it on the scene's database.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.bare(&[&["--db", "day.db"], args].concat())
    }

    /// Runs it with exactly these arguments.
    pub fn bare(&self, args: &[&str]) -> Ran {
        ran(self.program().args(args))
    }

    /// Runs it with `--json`.
    pub fn json(&self, args: &[&str]) -> (i32, Value) {
        let ran = self.run(&[args, &["--json"]].concat());
        (ran.code, ran.json())
    }

    /// Takes a scan log of these rows; `HH:MM:SS` alone is of the sample date.
    pub fn log(&self, rows: &[&str]) -> Ran {
        let mut text = "时间,采集点,动作,学号,序号,数值,备注\n".to_owned();
        for row in rows {
            text.push_str(row);
            text.push('\n');
        }
        let name = format!("log{}.csv", rows.len());
        self.file(&name, text);
        self.run(&["import", "log", &name])
    }

    /// All findings as `check --json` tells them.
    pub fn findings(&self) -> Vec<Value> {
        self.json(&["check"]).1["findings"].as_array().unwrap().clone()
    }

    /// Their codes.
    pub fn codes(&self) -> Vec<String> {
        self.findings().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
    }

    /// The number of entries in the journal.
    pub fn entries(&self) -> i64 {
        self.sql("SELECT count(*) FROM entries")
    }

    /// One number out of the database.
    pub fn sql(&self, query: &str) -> i64 {
        rusqlite::Connection::open(self.path("day.db")).unwrap().query_row(query, [], |r| r.get(0)).unwrap()
    }

    /// One column out of the database.
    pub fn column(&self, query: &str) -> Vec<String> {
        let db = rusqlite::Connection::open(self.path("day.db")).unwrap();
        let mut statement = db.prepare(query).unwrap();
        let rows = statement.query_map([], |r| r.get::<_, Option<String>>(0)).unwrap();
        rows.map(|r| r.unwrap().unwrap_or_default()).collect()
    }

    /// The rows of a mapping as JSON.
    pub fn mapping(&self) -> Vec<Value> {
        self.run(&["export", "mapping", "--format", "json", "--out", "mapping.json"]).exits(0);
        let text = std::fs::read_to_string(self.path("mapping.json")).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["rows"].as_array().unwrap().clone()
    }
}

/// Runs a command; nothing it prints may hold a control character.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    for c in out.chars().chain(err.chars()) {
        assert!(c == '\n' || !c.is_control(), "control character {c:?} in {out:?} {err:?}");
    }
    Ran { code: output.status.code().unwrap(), out, err }
}

/// The rows that bring someone to the chair: 签到 签名 发号 at one time.
pub fn came(time: &str, student: &str, token: &str) -> Vec<String> {
    vec![format!("{time},R1,签到,{student},,,"), format!("{time},R1,签名,{student},,,"), format!("{time},R1,发号,{student},{token},,")]
}

/// Everybody of the usual list up to `n` has arrived, signed and has a number; then these rows.
pub fn queue_of(n: usize, rows: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = (1..=n)
        .flat_map(|i| {
            let student = if i <= 10 { format!("20170104{i:02}") } else { format!("20170105{:02}", i - 10) };
            came("2020-09-13 08:00:00", &student, &format!("{i:04}A"))
        })
        .collect();
    all.extend(rows.iter().map(|r| (*r).to_owned()));
    all
}

/// As `&str`s.
pub fn strs(rows: &[String]) -> Vec<&str> {
    rows.iter().map(String::as_str).collect()
}
