//! Undo: a command counts unless a counting undo names it, evaluated from newest to oldest. Nothing is removed.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::ids::{CommandId, FoldKey};

/// Which commands were undone by which.
#[derive(Debug, Clone, Default)]
pub struct UndoBook {
    /// target → undos naming it, by their place in fold order.
    by_target: HashMap<CommandId, BTreeMap<FoldKey, CommandId>>,
    /// undo → what it names.
    targets: BTreeMap<CommandId, Vec<CommandId>>,
}

impl UndoBook {
    /// Takes note of an undo; it may name commands that have not been received yet.
    pub fn note(&mut self, key: FoldKey, undo: CommandId, commands: &[CommandId]) {
        for target in commands {
            self.by_target.entry(*target).or_default().insert(key, undo);
        }
        self.targets.entry(undo).or_default().extend_from_slice(commands);
    }

    /// Takes back what an undo said whose body was removed for good.
    pub fn forget(&mut self, key: FoldKey, undo: CommandId) {
        for undos in self.by_target.values_mut() {
            undos.remove(&key);
        }
        self.targets.remove(&undo);
    }

    /// True where the command counts.
    pub fn counts(&self, command: CommandId) -> bool {
        // Nearly every command was never named by an undo.
        !self.by_target.contains_key(&command) || self.counting_undos(command).is_empty()
    }

    /// The counting undos of a command; redo names them all.
    pub fn counting_undos(&self, command: CommandId) -> Vec<CommandId> {
        let mut path = BTreeSet::from([command]);
        self.counting_along(command, &mut path)
    }

    /// True where the command is an undo (or a redo, which is one).
    pub fn is_undo(&self, command: CommandId) -> bool {
        self.targets.contains_key(&command)
    }

    /// What an undo names.
    pub fn named_by(&self, undo: CommandId) -> &[CommandId] {
        self.targets.get(&undo).map_or(&[], Vec::as_slice)
    }

    /// Every command whose standing can change with this one: what it names, and what those name in turn.
    pub fn reach(&self, undo: CommandId) -> BTreeSet<CommandId> {
        let mut reached = BTreeSet::new();
        let mut open = vec![undo];
        while let Some(next) = open.pop() {
            for target in self.named_by(next) {
                if reached.insert(*target) {
                    open.push(*target);
                }
            }
        }
        reached
    }

    // A station names only commands it has seen, so the graph has no circle; `path` guards against a forged one.
    fn counting_along(&self, command: CommandId, path: &mut BTreeSet<CommandId>) -> Vec<CommandId> {
        let Some(undos) = self.by_target.get(&command) else { return Vec::new() };
        let mut counting = Vec::new();
        for undo in undos.values() {
            if path.insert(*undo) {
                if self.counting_along(*undo, path).is_empty() {
                    counting.push(*undo);
                }
                path.remove(undo);
            }
        }
        counting
    }
}
