//! Holds the shape of the program: arrows between the five boxes, no circles, known places, files of a size one can read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Path below the repository (`src/ui/mod.rs`) → text.
type Tree = BTreeMap<String, String>;
/// A module or item path from the crate's root.
type Name = Vec<String>;

/// Each box and what it may import beside itself.
const BOXES: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("journal", &["domain"]),
    ("files", &["domain"]),
    ("desk", &["domain", "journal", "files"]),
    ("ui", &["domain", "desk"]),
];

/// What may stand at the top of the repository, dotfiles excepted.
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "sample-data",
    "tests",
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "CHANGELOG.md",
    "benches",
    "docs",
    "examples",
    "target",
];

/// Words that say nothing about the trade.
const EMPTY_WORDS: &[&str] = &["utils", "util", "common", "helpers", "helper", "manager", "app", "handler", "handlers"];

/// Longest file in lines, up to its tests.
const LINES: usize = 500;

/// Who may ask what time it is, and why.
const CLOCKS: &[(&str, &str)] = &[("src/desk/clock.rs", "the clock itself")];

#[test]
fn the_program_keeps_its_shape() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tree = Tree::new();
    collect(root, &root.join("src"), &mut tree);
    assert!(tree.len() > 20, "the sources were not found");
    let mut faults = faults(&tree);
    let top: Vec<String> = fs::read_dir(root).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    faults.extend(strangers_at_top(&top));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn collect(root: &Path, folder: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, tree);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let text = if name.ends_with(".rs") { fs::read_to_string(&path).unwrap() } else { String::new() };
            tree.insert(name, text);
        }
    }
}

fn faults(tree: &Tree) -> Vec<String> {
    let sources: Vec<Source> = tree.iter().filter(|(path, _)| path.ends_with(".rs")).map(|(path, text)| Source::read(path, text)).collect();
    let crossings = crossings(&sources);
    [
        crossings,
        circles(&sources),
        strangers(tree),
        long_files(tree),
        tests_in_odd_places(&sources),
        empty_words(tree),
        untitled(tree),
        clocks(&sources),
    ]
    .concat()
}

// --- (a) arrows -----------------------------------------------------------------------------------------------------------

fn crossings(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        if source.odd_includes {
            faults.push(format!("{}: takes in a file by #[path] or include!, where nobody looks for it", source.path));
        }
        let Some((own, allowed)) = BOXES.iter().find(|(name, _)| source.module.first().is_some_and(|m| m == name)) else { continue };
        for import in &source.imports {
            match import.first() {
                None => faults.push(format!("{}: imports the whole crate, so that nobody sees what it takes", source.path)),
                Some(target) if target == own || !BOXES.iter().any(|(name, _)| name == target) => {}
                Some(target) if allowed.contains(&target.as_str()) => {}
                Some(_) => faults.push(format!("{}: {own} may not import {}", source.path, import.join("::"))),
            }
        }
    }
    faults
}

// --- (b) circles ----------------------------------------------------------------------------------------------------------

fn circles(sources: &[Source]) -> Vec<String> {
    let files: BTreeMap<&Name, &Source> = sources.iter().map(|s| (&s.module, s)).collect();
    let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let to = source.imports.iter().filter_map(|import| file_of(&files, import, 0));
        let reexported: BTreeSet<&str> = source
            .reexports
            .values()
            .filter(|to| to.starts_with(&source.module))
            .filter_map(|to| file_of(&files, to, 0))
            .map(|s| s.path.as_str())
            .collect();
        // A mod.rs that hands on what its children hold does not need them.
        let arrows = arrows.entry(&source.path).or_default();
        arrows.extend(to.map(|s| s.path.as_str()).filter(|to| *to != source.path && !(source.is_mod() && reexported.contains(to))));
    }
    let mut faults = BTreeSet::new();
    for start in arrows.keys() {
        if let Some(circle) = way_back(&arrows, start) {
            // One circle is told once, from its first file.
            if circle.iter().all(|file| start <= file) {
                faults.insert(format!("circle: {} → {start}", circle.join(" → ")));
            }
        }
    }
    faults.into_iter().collect()
}

/// The file that an import means: through re-exports to where the item stands, else the deepest module on the path.
fn file_of<'a>(files: &BTreeMap<&Name, &'a Source>, import: &Name, depth: usize) -> Option<&'a Source> {
    let length = (1..=import.len()).rev().find(|n| files.contains_key(&import[..*n].to_vec()))?;
    let file = *files.get(&import[..length].to_vec())?;
    match import.get(length).and_then(|item| file.reexports.get(item)) {
        Some(target) if depth < 8 => file_of(files, &[target.as_slice(), &import[length + 1..]].concat(), depth + 1).or(Some(file)),
        _ => Some(file),
    }
}

/// The shortest way from a file back to itself.
fn way_back<'a>(arrows: &BTreeMap<&'a str, BTreeSet<&'a str>>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut ways: Vec<Vec<&str>> = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in arrows.get(way.last().copied().unwrap_or(start)).into_iter().flatten() {
                if *next == start {
                    return Some(way);
                }
                if seen.insert(*next) {
                    longer.push([way.clone(), vec![*next]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

// --- (c) places -----------------------------------------------------------------------------------------------------------

fn strangers(tree: &Tree) -> Vec<String> {
    let known = |path: &str| {
        let rest = path.strip_prefix("src/").unwrap_or(path);
        matches!(rest, "lib.rs" | "main.rs")
            || rest.split_once('/').is_some_and(|(folder, _)| BOXES.iter().any(|(name, _)| *name == folder))
    };
    tree.keys().filter(|path| !known(path)).map(|path| format!("{path}: only the five boxes, lib.rs and main.rs stand in src")).collect()
}

fn strangers_at_top(top: &[String]) -> Vec<String> {
    let strange = top.iter().filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str()));
    strange.map(|name| format!("{name}: does not belong at the top of the repository")).collect()
}

// --- (d) size -------------------------------------------------------------------------------------------------------------

fn long_files(tree: &Tree) -> Vec<String> {
    let lines = |text: &str| text.lines().take_while(|l| l.trim() != "#[cfg(test)]").count();
    let long = tree.iter().filter(|(_, text)| lines(text) > LINES);
    long.map(|(path, text)| format!("{path}: {} lines, more than {LINES}", lines(text))).collect()
}

// --- (e) tests ------------------------------------------------------------------------------------------------------------

fn tests_in_odd_places(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        let Source { path, tokens, .. } = source;
        if matches!(source.module.last().map(String::as_str), Some("tests" | "test")) {
            faults.push(format!("{path}: tests stand in the file they test, or in tests/suite"));
        }
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let marks: Vec<usize> = (0..words.len()).filter(|at| words[*at] == "cfg" && condition(&words[*at..]).contains(&"test")).collect();
        match marks.as_slice() {
            [] => {}
            [mark] => {
                // `# [ cfg ( test ) ]`, further attributes, `mod tests {` … `}`, end.
                let mut rest = &words[(mark + 5).min(words.len())..];
                while let ["#", "[", after @ ..] = rest {
                    let end = after.iter().position(|w| *w == "]").map_or(after.len(), |p| p + 1);
                    rest = &after[end..];
                }
                let last = matches!(rest, ["mod", _, "{", body @ ..] if closing(body) + 1 == body.len());
                if words.get(*mark..mark + 5) != Some(&["cfg", "(", "test", ")", "]"][..]) || !last {
                    faults.push(format!("{path}: #[cfg(test)] marks one module with its body, at the end of the file"));
                }
            }
            _ => faults.push(format!("{path}: #[cfg(test)] stands {} times, once is enough", marks.len())),
        }
    }
    faults
}

/// What stands in the brackets after a word.
fn condition<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    match words.iter().take(3).position(|w| *w == "(") {
        Some(open) => {
            let mut depth = 0;
            let end = words[open..].iter().position(|w| {
                depth += i32::from(*w == "(") - i32::from(*w == ")");
                depth == 0
            });
            &words[open..open + end.unwrap_or(0)]
        }
        None => &[],
    }
}

/// Where the bracket closes whose body this is.
fn closing(body: &[&str]) -> usize {
    let mut depth = 1;
    let close = body.iter().position(|w| {
        depth += i32::from(*w == "{") - i32::from(*w == "}");
        depth == 0
    });
    close.unwrap_or(body.len())
}

// --- (f) names, (g) titles ------------------------------------------------------------------------------------------------

fn empty_words(tree: &Tree) -> Vec<String> {
    let empty = |path: &str| path.trim_end_matches(".rs").split('/').any(|part| EMPTY_WORDS.contains(&part));
    tree.keys().filter(|path| empty(path)).map(|path| format!("{path}: say what it is in the words of the trade")).collect()
}

fn untitled(tree: &Tree) -> Vec<String> {
    let untitled = tree.iter().filter(|(path, text)| path.ends_with(".rs") && !text.starts_with("//! "));
    untitled.map(|(path, _)| format!("{path}: opens without a //! sentence")).collect()
}

// --- (h) time -------------------------------------------------------------------------------------------------------------

fn clocks(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources.iter().filter(|s| !CLOCKS.iter().any(|(path, _)| *path == s.path)) {
        let is_clock = |word: &str| {
            let named = source.renamed.get(word).map_or(word, String::as_str);
            matches!(named, "SystemTime" | "Instant" | "Utc" | "Local")
        };
        let asks = source.tokens.windows(3).any(|w| is_clock(&w[0]) && w[1] == "::" && w[2] == "now");
        if asks {
            faults.push(format!("{}: only the clock asks what time it is", source.path));
        }
    }
    faults
}

// --- reading sources ------------------------------------------------------------------------------------------------------

/// A source file as far as its shape is concerned.
struct Source {
    path: String,
    /// Where it stands: `src/ui/words/mod.rs` is `ui::words`.
    module: Name,
    /// Everything it names outside itself, from the crate's root.
    imports: BTreeSet<Name>,
    /// Names it hands on, and where they come from.
    reexports: BTreeMap<String, Name>,
    /// New names of imported things.
    renamed: BTreeMap<String, String>,
    odd_includes: bool,
    tokens: Vec<String>,
}

impl Source {
    fn read(path: &str, text: &str) -> Self {
        let module = module_of(path);
        let tokens = tokens(text);
        let odd_includes = tokens.windows(3).any(|w| w[0] == "#" && w[1] == "[" && w[2] == "path" || w[0] == "include" && w[1] == "!");
        let mut source = Self {
            path: path.to_owned(),
            module,
            imports: BTreeSet::new(),
            reexports: BTreeMap::new(),
            renamed: BTreeMap::new(),
            odd_includes,
            tokens: Vec::new(),
        };
        source.walk(&tokens);
        source.tokens = tokens;
        source
    }

    fn is_mod(&self) -> bool {
        self.path.ends_with("/mod.rs")
    }

    fn walk(&mut self, tokens: &[String]) {
        let children: BTreeSet<&str> = tokens.windows(3).filter(|w| w[0] == "mod" && w[2] == ";").map(|w| w[1].as_str()).collect();
        // Inline modules around the token, with the depth of braces at which each closes.
        let (mut inside, mut depth): (Vec<(String, usize)>, usize) = (Vec::new(), 0);
        let mut at = 0;
        while at < tokens.len() {
            let word = tokens[at].as_str();
            let next = |n: usize| tokens.get(at + n).map(String::as_str);
            let here: Name = self.module.iter().cloned().chain(inside.iter().map(|(name, _)| name.clone())).collect();
            match word {
                "{" => depth += 1,
                "}" => {
                    depth = depth.saturating_sub(1);
                    if inside.last().is_some_and(|(_, closes)| *closes == depth) {
                        inside.pop();
                    }
                }
                "mod" if next(2) == Some("{") => {
                    inside.push((tokens[at + 1].clone(), depth));
                    depth += 1;
                    at += 2;
                }
                "use" => {
                    let end = tokens[at..].iter().position(|t| t == ";").map_or(tokens.len(), |p| at + p);
                    let public = is_public(&tokens[..at]);
                    let mut leaves = Vec::new();
                    use_tree(&tokens[at + 1..end], &mut Vec::new(), &mut leaves);
                    for (path, new_name) in leaves {
                        self.take_use(&here, path, new_name, public && inside.is_empty(), &children);
                    }
                    at = end;
                }
                "crate" | "super" | "self" | "duihao" if next(1) == Some("::") && !after_path(tokens, at) => {
                    let path = path_at(&tokens[at..]);
                    at += 2 * (path.len() - 1);
                    self.imports.extend(resolve(&here, &path));
                }
                child if children.contains(child) && next(1) == Some("::") && !after_path(tokens, at) => {
                    let path = path_at(&tokens[at..]);
                    at += 2 * (path.len() - 1);
                    self.imports.insert([self.module.clone(), path].concat());
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn take_use(&mut self, here: &Name, mut path: Name, new_name: Option<String>, public: bool, children: &BTreeSet<&str>) {
        if path.first().is_some_and(|p| children.contains(p.as_str())) {
            path.insert(0, "self".to_owned());
        }
        let whole = path.last().is_some_and(|l| l == "self" || l == "*");
        let glob = path.last().is_some_and(|l| l == "*");
        if whole && path.len() > 1 {
            path.pop();
        }
        let last = path.last().cloned().unwrap_or_default();
        let name = new_name.clone().unwrap_or_else(|| last.clone());
        if let Some(new_name) = new_name {
            self.renamed.insert(new_name, last);
        }
        let Some(target) = resolve(here, &path) else { return };
        // `use super::*` in the tests of a file means that file.
        if glob && target == self.module {
            return;
        }
        if public && !glob {
            self.reexports.insert(name, target.clone());
        }
        self.imports.insert(target);
    }
}

fn module_of(path: &str) -> Name {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    if matches!(inner, "lib" | "main") { Vec::new() } else { inner.split('/').map(str::to_owned).collect() }
}

/// A path from the crate's root; `None` where it leads into another crate.
fn resolve(here: &Name, path: &[String]) -> Option<Name> {
    let mut name = here.clone();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" | "duihao" => {
            name.clear();
            rest = &path[1..];
        }
        "self" => rest = &path[1..],
        "super" => {}
        _ => return None,
    }
    while let Some((first, more)) = rest.split_first()
        && (first == "super" || first == "self")
    {
        if first == "super" {
            name.pop();
        }
        rest = more;
    }
    Some([name, rest.to_vec()].concat())
}

/// `a::b::c` from here on.
fn path_at(tokens: &[String]) -> Name {
    let mut path = vec![tokens[0].clone()];
    let mut at = 0;
    while tokens.get(at + 1).is_some_and(|t| t == "::") && tokens.get(at + 2).is_some_and(|t| is_word(t)) {
        path.push(tokens[at + 2].clone());
        at += 2;
    }
    path
}

// `x::self::…` does not begin here, nor does the path in `pub(in crate::x)`.
fn after_path(tokens: &[String], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|i| tokens.get(i)).map(String::as_str);
    before(1) == Some("::") && before(2).is_some_and(is_word) || before(1) == Some("in") && before(2) == Some("(")
}

fn is_public(before: &[String]) -> bool {
    let mut words = before.iter().rev().map(String::as_str);
    match words.next() {
        Some("pub") => true,
        Some(")") => words.take(6).any(|w| w == "pub"),
        _ => false,
    }
}

/// Every path of a `use`, with its new name where it has one.
fn use_tree(tokens: &[String], prefix: &mut Name, leaves: &mut Vec<(Name, Option<String>)>) {
    let mut path = prefix.clone();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "::" => {}
            "{" => {
                let (mut depth, mut from) = (0, at + 1);
                for (i, token) in tokens.iter().enumerate().skip(at) {
                    match token.as_str() {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        _ => {}
                    }
                    if depth == 1 && token == "," || depth == 0 {
                        if from < i {
                            use_tree(&tokens[from..i], &mut path.clone(), leaves);
                        }
                        from = i + 1;
                    }
                    if depth == 0 {
                        break;
                    }
                }
                return;
            }
            "as" => {
                leaves.push((path, tokens.get(at + 1).cloned()));
                return;
            }
            word => path.push(word.to_owned()),
        }
        at += 1;
    }
    leaves.push((path, None));
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Words and signs of a source, without comments, strings and characters; `::` is one sign, `r#x` is `x`.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        if c == '/' && next == '/' {
            at += chars[at..].iter().position(|c| *c == '\n').unwrap_or(chars.len() - at);
        } else if c == '/' && next == '*' {
            at = after_comment(&chars, at);
        } else if c == '"' {
            at = after_string(&chars, at + 1);
        } else if c == '\'' {
            at = after_quote(&chars, at);
        } else if c.is_alphanumeric() || c == '_' {
            let end = (at..chars.len()).find(|i| !(chars[*i].is_alphanumeric() || chars[*i] == '_')).unwrap_or(chars.len());
            let word: String = chars[at..end].iter().collect();
            let sign = chars.get(end).copied().unwrap_or(' ');
            at = end;
            match (word.as_str(), sign) {
                ("b" | "c", '"') => at = after_string(&chars, end + 1),
                ("r" | "br" | "cr", '"' | '#') => match after_raw_string(&chars, end) {
                    Some(after) => at = after,
                    // A raw word: the sign goes, the word comes next.
                    None => at = end + 1,
                },
                _ => tokens.push(word),
            }
        } else if c == ':' && next == ':' {
            tokens.push("::".to_owned());
            at += 2;
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            at += 1;
        }
    }
    tokens
}

fn after_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn after_string(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn after_raw_string(chars: &[char], at: usize) -> Option<usize> {
    let marks = chars[at..].iter().take_while(|c| **c == '#').count();
    if chars.get(at + marks) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', marks)).collect();
    let body = at + marks + 1;
    (body..chars.len()).find(|i| chars[*i..].starts_with(&end)).map(|i| i + end.len()).or(Some(chars.len()))
}

// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn after_quote(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), _) => (at + 3..chars.len()).find(|i| chars[*i] == '\'').map_or(chars.len(), |i| i + 1),
        (Some(_), Some('\'')) => at + 3,
        _ => at + 1,
    }
}

// --- the checker itself ---------------------------------------------------------------------------------------------------

/// A small tree in which everything is right, with these files put over it.
fn fake(files: &[(&str, &str)]) -> Tree {
    let sound = [
        ("src/lib.rs", "//! Lib.\npub mod domain;\nuse crate::ui::screen;\n"),
        ("src/main.rs", "//! Main.\nfn main() { duihao::ui::screen::run() }\n"),
        ("src/domain/mod.rs", "//! D.\npub mod ids;\npub mod day;\npub use ids::Id;\n"),
        ("src/domain/ids.rs", "//! I.\npub struct Id;\n"),
        ("src/domain/day.rs", "//! D.\nuse super::ids::Id;\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n"),
        ("src/journal/mod.rs", "//! J.\npub mod ledger;\n"),
        ("src/journal/ledger.rs", "//! L.\nuse crate::domain::{Id, day};\n"),
        ("src/files/mod.rs", "//! F.\nuse crate::domain::ids;\n"),
        ("src/desk/mod.rs", "//! K.\npub mod clock;\npub mod door;\npub use door::Desk;\npub use crate::journal::ledger;\n"),
        ("src/desk/clock.rs", "//! C.\nfn now() { SystemTime::now(); }\n"),
        ("src/desk/door.rs", "//! D.\nuse super::clock;\nuse crate::files::X;\n"),
        ("src/ui/mod.rs", "//! U.\npub mod screen;\n"),
        ("src/ui/screen.rs", "//! S.\nuse crate::desk::Desk;\n"),
    ];
    sound.iter().chain(files).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[track_caller]
fn finds(files: &[(&str, &str)], wanted: &[&str]) {
    let faults = faults(&fake(files));
    assert_eq!(faults.len(), wanted.len(), "{faults:#?}");
    for (fault, want) in faults.iter().zip(wanted) {
        assert!(fault.contains(want), "{fault}\n  is not about\n{want}");
    }
}

#[test]
fn a_tree_in_order_raises_no_fault() {
    finds(&[], &[]);
}

#[test]
fn an_upward_or_sideways_import_is_found_in_any_spelling() {
    let cases = [
        ("src/domain/ids.rs", "use crate::desk::Desk;"),
        ("src/domain/ids.rs", "use crate::{domain::day::{self, Day}, journal as j};"),
        ("src/domain/ids.rs", "fn f() -> Vec<crate::files::X> { todo!() }"),
        ("src/domain/ids.rs", "mod inner { mod more { use super::super::super::super::journal::ledger; } }"),
        ("src/domain/ids.rs", "fn f() { duihao::ui::screen::run() }"),
        ("src/domain/ids.rs", "fn f<'a>(x: &'a str) { let c = '\"'; crate::ui::go(c) }"),
        ("src/domain/ids.rs", "#[cfg(test)]\nmod tests { use crate::journal::ledger::Ledger; }"),
        ("src/journal/ledger.rs", "pub(crate) use super::super::files::X;"),
        ("src/journal/ledger.rs", "use ::duihao::desk::Desk;"),
        ("src/files/mod.rs", "fn f() { let _ = r#\"\\\"#; super::journal::open() }"),
        ("src/desk/door.rs", "use crate::ui::*;"),
        ("src/ui/screen.rs", "fn f() { crate::journal::open() }"),
        ("src/ui/screen.rs", "macro_rules! m { () => { $crate::files::read() } }"),
    ];
    for (path, text) in cases {
        let tree = fake(&[(path, &format!("//! X.\n{text}\n"))]);
        let sources: Vec<Source> = tree.iter().map(|(path, text)| Source::read(path, text)).collect();
        let faults = crossings(&sources);
        assert!(matches!(faults.as_slice(), [one] if one.starts_with(path) && one.contains("may not import")), "{text}: {faults:#?}");
    }
}

#[test]
fn the_whole_crate_under_another_name_is_found() {
    for text in ["use crate as c;", "use crate::*;", "use super::super::{self as root};", "use duihao as d;"] {
        finds(&[("src/ui/screen.rs", &format!("//! X.\n{text}\n"))], &["imports the whole crate"]);
    }
}

#[test]
fn comments_strings_and_other_crates_are_no_imports() {
    let text = "//! See [`crate::ui`].\n/* use crate::ui::A; /* crate::desk */ */\nuse std::fmt::{self, Write as _};\n\
                const A: &str = \"crate::ui::x \\\" crate::desk\";\nconst B: &str = r##\"crate::ui \"# crate::ui\"##;\npub(in crate::domain) fn f() { x::crate_::ui() }\n";
    finds(&[("src/domain/ids.rs", text)], &[]);
}

#[test]
fn a_file_taken_in_by_another_way_is_found() {
    finds(&[("src/ui/screen.rs", "//! X.\n#[path = \"../journal/ledger.rs\"]\nmod l;\n")], &["#[path]"]);
    finds(&[("src/ui/screen.rs", "//! X.\ninclude!(\"../journal/ledger.rs\");\n")], &["include!"]);
}

#[test]
fn a_circle_between_files_is_found_once() {
    finds(
        &[("src/domain/ids.rs", "//! I.\nuse super::day::Day;\npub struct Id;\n")],
        &["circle: src/domain/day.rs → src/domain/ids.rs → src/domain/day.rs"],
    );
}

#[test]
fn a_circle_through_a_third_file_is_found() {
    let files = [
        ("src/domain/ids.rs", "//! I.\nuse super::more::M;\npub struct Id;\n"),
        ("src/domain/more.rs", "//! M.\nfn m() { crate::domain::day::go() }\n"),
    ];
    finds(&files, &["circle: src/domain/day.rs → src/domain/ids.rs → src/domain/more.rs → src/domain/day.rs"]);
}

#[test]
fn a_circle_behind_a_re_export_is_found() {
    let files = [("src/desk/clock.rs", "//! C.\nuse super::Desk;\nfn now() { SystemTime::now(); }\n")];
    finds(&files, &["circle: src/desk/clock.rs → src/desk/door.rs → src/desk/clock.rs"]);
}

#[test]
fn a_mod_rs_that_uses_a_child_which_uses_it_back_is_a_circle() {
    let files = [
        ("src/ui/mod.rs", "//! U.\npub mod screen;\npub struct Ui;\nfn f() { screen::run() }\n"),
        ("src/ui/screen.rs", "//! S.\nuse super::Ui;\n"),
    ];
    finds(&files, &["circle: src/ui/mod.rs → src/ui/screen.rs → src/ui/mod.rs"]);
}

#[test]
fn children_may_use_a_mod_rs_that_only_declares_and_hands_them_on() {
    let files = [
        ("src/ui/mod.rs", "//! U.\npub mod screen;\npub use screen::Screen;\npub enum Lang { Zh }\n"),
        ("src/ui/screen.rs", "//! S.\nuse super::Lang;\npub struct Screen;\n"),
    ];
    finds(&files, &[]);
}

#[test]
fn a_sixth_box_is_found() {
    finds(&[("src/net/mod.rs", "//! N.\n")], &["only the five boxes"]);
    finds(&[("src/day.rs", "//! N.\n")], &["only the five boxes"]);
}

#[test]
fn something_strange_at_the_top_is_found() {
    let top = ["src", "build.rs", ".gitignore", "target", "scripts"].map(str::to_owned);
    assert_eq!(strangers_at_top(&top).len(), 2);
}

#[test]
fn a_long_file_is_found_and_its_tests_do_not_count() {
    let body = "fn f() {}\n".repeat(500);
    finds(&[("src/domain/ids.rs", &format!("//! I.\n{body}"))], &["501 lines"]);
    let tests = format!("//! I.\n#[cfg(test)]\nmod tests {{\n{body}}}\n");
    finds(&[("src/domain/ids.rs", &tests)], &[]);
}

#[test]
fn tests_in_odd_places_are_found() {
    let own = "#[cfg(test)]\nmod tests {}\n";
    finds(&[("src/domain/ids.rs", &format!("//! I.\n{own}fn after() {{}}\n"))], &["at the end of the file"]);
    finds(&[("src/domain/ids.rs", "//! I.\n#[cfg(test)]\nmod tests;\n")], &["at the end of the file"]);
    finds(&[("src/domain/ids.rs", "//! I.\n#[cfg(test)]\nfn only_for_tests() {}\n")], &["at the end of the file"]);
    finds(&[("src/domain/ids.rs", &format!("//! I.\n#[cfg(test)]\nuse std::fmt;\n{own}"))], &["2 times"]);
    finds(&[("src/domain/ids.rs", "//! I.\nfn f() { if cfg!(test) {} }\n")], &["at the end of the file"]);
    finds(&[("src/domain/tests.rs", "//! T.\n")], &["tests/suite"]);
}

#[test]
fn a_test_module_may_carry_further_marks_and_a_string_is_none() {
    let text = "//! I.\nconst A: &str = \"#[cfg(test)]\";\n#[cfg(windows)]\nfn f() {}\n#[cfg(test)]\n#[allow(unused)]\nmod tests { fn f() { {} } }\n";
    finds(&[("src/domain/ids.rs", text)], &[]);
}

#[test]
fn names_that_say_nothing_are_found() {
    finds(&[("src/domain/utils.rs", "//! U.\n")], &["words of the trade"]);
    finds(&[("src/ui/app/mod.rs", "//! A.\n")], &["words of the trade"]);
    finds(&[("src/ui/apply.rs", "//! A.\n")], &[]);
}

#[test]
fn a_file_without_a_title_is_found() {
    finds(&[("src/domain/ids.rs", "use std::fmt;\n")], &["opens without"]);
    finds(&[("src/domain/ids.rs", "// I.\n//! I.\n")], &["opens without"]);
}

#[test]
fn asking_the_time_anywhere_but_at_the_clock_is_found_under_any_name() {
    for text in ["fn f() { Instant::now(); }", "fn f() { chrono::Utc::now() }", "use std::time::SystemTime as S;\nfn f() { S::now(); }"] {
        finds(&[("src/ui/screen.rs", &format!("//! X.\n{text}\n"))], &["only the clock"]);
    }
    finds(&[("src/ui/screen.rs", "//! X.\nfn f(clock: &dyn Clock) { clock.now(); }\n")], &[]);
    assert!(CLOCKS.iter().all(|(path, why)| path.starts_with("src/") && !why.is_empty()));
}
