//! What the screens of the evening before remember.

use std::path::{Path, PathBuf};

use super::keys::KEYS;
use crate::desk::export::Only;
use crate::desk::print_pack::{self, PrintPlan};
use crate::desk::{Desk, Error};
use crate::domain::evening::Point;
use crate::ui::words::{Lang, eve};

/// What 明天 remembers.
#[derive(Debug, Clone, Default)]
pub struct Eve {
    /// The row the arrows stand on.
    pub at: usize,
    /// What lists and schedule tell, looked at once a change.
    pub points: Vec<Point>,
    /// Free space in MB, where the system tells.
    pub free: Option<u64>,
    /// Where the print pack goes.
    pub out: String,
    /// Sheets written, of how many.
    pub printing: Option<(usize, usize)>,
    /// The room that the board shows, by its place.
    pub room: Option<usize>,
}

/// When to do what, with the keys that the table has for it.
pub fn at_a_glance(lang: Lang) -> Vec<(String, String)> {
    eve::at_a_glance(lang, |name| keys_of(lang, name).unwrap_or_default())
}

// `Desk.Register` becomes `F9（Ctrl+R）`.
fn keys_of(lang: Lang, name: &str) -> Option<String> {
    let (screen, task) = name.split_once('.')?;
    let key = KEYS.iter().find(|k| format!("{:?}", k.task) == task && k.screens.iter().any(|s| format!("{s:?}") == screen))?;
    Some(eve::either_key(lang, &key.name(), &key.ctrl_name())).filter(|keys| !keys.is_empty())
}

/// The print pack of the day as it stands.
///
/// # Errors
/// As [`print_pack::plan`].
pub fn pack(desk: &Desk, lang: Lang, folder: &Path) -> Result<PrintPlan, Error> {
    print_pack::plan(desk.day(), desk.now(), &Only::default(), at_a_glance(lang), folder)
}

/// Where it goes: into the folder this user likes, else beside the database; a day without a file has nowhere else than the folder for
/// what is not to last.
pub fn pack_folder(desk: &Desk, lang: Lang, liked: &str) -> PathBuf {
    let folder = if liked.is_empty() { desk.folder().unwrap_or_else(std::env::temp_dir) } else { PathBuf::from(liked) };
    folder.join(eve::pack_folder(lang))
}

/// A line opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// What.
    pub title: String,
    /// What it means and what to do.
    pub text: Vec<String>,
    /// Who or what.
    pub who: Vec<String>,
    /// The row the arrows stand on.
    pub at: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn the_cheat_sheet_names_no_key_but_those_of_the_table() {
        for lang in [Lang::Zh, Lang::En] {
            let asked = RefCell::new(Vec::new());
            let bare = eve::at_a_glance(lang, |name| {
                asked.borrow_mut().push(name.to_owned());
                String::new()
            });
            let text: String = bare.into_iter().map(|(when, how)| format!("{when} {how}\n")).collect();
            let own = text.contains("Ctrl") || text.as_bytes().windows(2).any(|w| w[0] == b'F' && w[1].is_ascii_digit());
            assert!(!own, "a key of its own: {text}");
            assert!(asked.borrow().len() > 10);
            for name in asked.into_inner() {
                assert!(keys_of(lang, &name).is_some(), "{name} has no key in the table");
            }
        }
    }

    #[test]
    fn a_key_stands_there_as_the_table_has_it() {
        let all = |lang| at_a_glance(lang).into_iter().map(|(_, how)| how).collect::<Vec<_>>();
        let register = KEYS.iter().find(|k| k.task == super::super::keys::Task::Register).unwrap();
        let named = format!("{}（{}）", register.name(), register.ctrl_name());
        assert!(all(Lang::Zh).contains(&format!("{named} 登记，照发号牌")), "{:?}", all(Lang::Zh));
        assert!(all(Lang::En).iter().any(|how| how.starts_with("Ctrl+Z undoes")));
        assert!(all(Lang::Zh).iter().chain(&all(Lang::En)).all(|how| !how.contains(['{', '}'])));
    }
}
