//! The corpus of odd sheets in `sample-data/intake`: each file is read as the intake reads it and compared with its `.expected.json`.
//!
//! `DUIHAO_BLESS=1` writes what was read; look at it before it is kept. A new file is read as its name begins (`roster-…`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use duihao::desk::Error;
use duihao::desk::intake::{self, Manner, Rows, Sort};
use duihao::domain::day::Day;
use duihao::domain::intake::IntakeFinding;
use serde_json::{Map, Value, json};

const SORTS: [(&str, Sort); 4] = [("schedule", Sort::Schedule), ("roster", Sort::Roster), ("marks", Sort::Marks), ("log", Sort::Log)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/intake")
}

/// Files of the corpus by name.
fn files() -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path());
    let named = entries.filter(|p| p.is_file()).map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), p));
    named.filter(|(name, _)| !name.ends_with(".expected.json") && !name.ends_with(".md")).collect()
}

fn expected_path(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
    file.with_file_name(format!("{stem}.expected.json"))
}

/// `code severity sheet!cell`, the row where no cell is to blame, `-` where not even that.
fn said(f: &IntakeFinding) -> String {
    let of = |v: Value| v.as_str().unwrap().to_owned();
    let place = f.cell.clone().or(f.row.map(|r| r.to_string())).unwrap_or_else(|| "-".to_owned());
    let sheet = if f.sheet.is_empty() { String::new() } else { format!("{}!", f.sheet) };
    format!("{} {} {sheet}{place}", of(serde_json::to_value(f.code).unwrap()), of(serde_json::to_value(f.severity).unwrap()))
}

/// The rows as `import --json` gives them.
fn rows(rows: &Rows) -> Vec<Value> {
    match rows {
        Rows::Schedule(rows) => rows
            .iter()
            .map(|r| {
                let (start, end) = (r.start.format("%H:%M").to_string(), r.end.format("%H:%M").to_string());
                json!({
                    "room": r.room, "date": r.date, "start": start, "end": end, "college": r.college, "classes": r.classes,
                    "headcount": r.headcount, "sheet": r.sheet, "row": r.row,
                })
            })
            .collect(),
        Rows::Roster(lists) => lists.iter().flat_map(|l| &l.rows).map(|r| serde_json::to_value(r).unwrap()).collect(),
        Rows::Marks(lists) => {
            let rows = lists.iter().flat_map(|l| &l.rows);
            rows.map(|r| json!({"row": r.row, "key": r.key, "marks": r.marks})).collect()
        }
        Rows::Log(rows) => rows
            .iter()
            .map(|r| {
                json!({
                    "row": r.row, "date": r.time.date, "time": r.time.time.map(|t| t.format("%H:%M:%S").to_string()), "room": r.room,
                    "action": r.action.word(), "student": r.student, "token": r.token, "value": r.value, "note": r.note,
                })
            })
            .collect(),
    }
}

/// The kind of an unreadable file: the name of its fault in `snake_case`.
fn kind(error: &Error) -> String {
    let Error::Sheet(fault) = error else { panic!("no fault of a sheet: {error:?}") };
    let name: String = format!("{fault:?}").chars().take_while(char::is_ascii_alphanumeric).collect();
    let parts = name.char_indices().map(|(i, c)| if c.is_uppercase() && i > 0 { format!("_{c}") } else { c.to_string() });
    parts.collect::<String>().to_lowercase()
}

fn wish<T: std::str::FromStr>(expected: &Value, key: &str) -> Option<T> {
    expected.get(key).and_then(Value::as_str).and_then(|t| t.parse().ok())
}

/// What a file gives, in the form of its expected file; what that one asks for (kind, date, sheet) is kept.
fn read(name: &str, bytes: &[u8], expected: &Value) -> Value {
    let read_as = wish::<String>(expected, "read_as").unwrap_or_else(|| name.split(['-', '.']).next().unwrap().to_owned());
    let sort = SORTS.iter().find(|(word, _)| *word == read_as).unwrap_or_else(|| panic!("{name}: read as what?")).1;
    let manner = Manner { sheet: wish(expected, "sheet"), date: wish(expected, "date"), ..Manner::default() };
    let mut got = Map::new();
    got.insert("read_as".to_owned(), read_as.into());
    for key in ["date", "sheet"] {
        if let Some(value) = expected.get(key) {
            got.insert(key.to_owned(), value.clone());
        }
    }
    match intake::look(&Day::default(), sort, name, bytes, &manner) {
        Ok(taken) => {
            got.insert("rows".to_owned(), rows(&taken.rows).into());
            got.insert("findings".to_owned(), taken.findings.iter().map(said).collect::<Vec<_>>().into());
        }
        Err(error) => {
            got.insert("error".to_owned(), kind(&error).into());
        }
    }
    Value::Object(got)
}

/// One line a row: the file is read by people.
fn printed(value: &Value) -> String {
    let Value::Object(map) = value else { panic!("no object") };
    let field = |(key, value): (&String, &Value)| match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(|i| format!("    {i}")).collect();
            format!("  \"{key}\": [\n{}\n  ]", items.join(",\n"))
        }
        other => format!("  \"{key}\": {other}"),
    };
    format!("{{\n{}\n}}\n", map.iter().map(field).collect::<Vec<_>>().join(",\n"))
}

#[test]
fn every_sheet_of_the_corpus_gives_its_rows_and_findings() {
    let bless = std::env::var_os("DUIHAO_BLESS").is_some();
    let mut faults = Vec::new();
    let files = files();
    assert!(!files.is_empty());
    for (name, path) in &files {
        let wanted = expected_path(path);
        let expected: Value = fs::read_to_string(&wanted).ok().map_or(Value::Null, |t| serde_json::from_str(&t).unwrap());
        let got = read(name, &fs::read(path).unwrap(), &expected);
        if got == expected {
            continue;
        }
        if bless {
            fs::write(&wanted, printed(&got)).unwrap();
        } else {
            faults.push(format!("{name}: wanted {}\ngot {}", printed_or_nothing(&expected), printed(&got)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn printed_or_nothing(value: &Value) -> String {
    if value.is_object() { printed(value) } else { "nothing".to_owned() }
}

#[test]
fn no_sheet_of_the_corpus_is_large_and_none_lacks_its_expected_file() {
    let files = files();
    for (name, path) in &files {
        assert!(fs::metadata(path).unwrap().len() <= 16 << 10, "{name} is too large");
        assert!(expected_path(path).exists(), "{name} has no expected file");
    }
    let stems: std::collections::BTreeSet<PathBuf> = files.values().map(|p| expected_path(p)).collect();
    assert_eq!(stems.len(), files.len(), "two files share one expected file");
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let unsaid: Vec<&String> = files.keys().filter(|name| !readme.contains(&format!("`{name}`"))).collect();
    assert!(unsaid.is_empty(), "not in the README: {unsaid:?}");
}
