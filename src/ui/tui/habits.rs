//! What this computer's user is used to: signs of the screen, and what is done most, kept from run to run.

use super::glyphs;
use super::keys::{KEYS, Task};
use super::stage::Stage;

/// When something was done so often, everything is halved: what is done these days goes before what was done once.
const OFTEN: u32 = 1_000;

impl Stage {
    /// Signs and the order of the list as they were left the last time; `ascii` asks for plain signs whatever was left.
    pub fn with_habits(mut self, ascii: bool) -> Self {
        if let Some(home) = &self.home {
            self.ui.plain_signs = glyphs::plain(ascii, home);
            self.ui.used = home.used().into_iter().filter_map(|(name, times)| Some((task(&name)?, times))).collect();
        } else {
            self.ui.plain_signs = ascii;
        }
        self
    }

    /// Writes down what was done how often, where anything was; called at the end, never while somebody waits.
    pub fn keep_habits(&self) {
        let Some(home) = &self.home else { return };
        let times: Vec<(String, u32)> = halved(&self.ui.used).into_iter().map(|(task, times)| (name(task), times)).collect();
        // What a window opened beside this one wrote meanwhile goes: it is a convenience.
        if home.used() != times {
            home.remember_used(&times);
        }
    }
}

fn halved(used: &[(Task, u32)]) -> Vec<(Task, u32)> {
    let most = used.iter().map(|(_, times)| *times).max().unwrap_or(0);
    let halves = (0..32).find(|n| most >> n <= OFTEN).unwrap_or(0);
    used.iter().map(|(task, times)| (*task, times >> halves)).filter(|(_, times)| *times > 0).collect()
}

// Names of the program's own: they change with no language. A name that no task bears any more is dropped.
fn name(task: Task) -> String {
    format!("{task:?}")
}

fn task(written: &str) -> Option<Task> {
    KEYS.iter().map(|k| k.task).find(|t| name(*t) == written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_found_by_its_name() {
        for key in KEYS {
            assert_eq!(task(&name(key.task)), Some(key.task));
        }
        assert_eq!(task("Levitate"), None);
    }

    #[test]
    fn counts_are_bounded_and_keep_their_order() {
        let kept = halved(&[(Task::Undo, 5_000), (Task::Board, 1_300), (Task::Help, 3)]);
        assert_eq!(kept, [(Task::Undo, 625), (Task::Board, 162)]);
        assert_eq!(halved(&[(Task::Help, 3)]), [(Task::Help, 3)]);
    }
}
