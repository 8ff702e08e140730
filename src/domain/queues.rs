//! Which slots of a schedule share a room, a day or a college, as numbers: every two slots of a file may be compared. Pure.

use std::collections::HashMap;
use std::hash::Hash;

use super::schedule::{ScheduleRow, SlotCells};
use super::width;

/// Of each slot, by its place: equal numbers, equal things. They hold while nothing but times, head counts and classes change.
#[derive(Debug, Clone, Default)]
pub struct Queues {
    /// Its room.
    pub room: Vec<u32>,
    /// Its room on its day: where the day makes no date, the day as written.
    pub queue: Vec<u32>,
    /// Its college on its day; `None` without a college.
    pub college: Vec<Option<u32>>,
    /// True where the room has a name.
    pub named: Vec<bool>,
}

impl Queues {
    /// Of all slots; `cells` may be fewer, then no day is known as written.
    pub fn of(rows: &[ScheduleRow], cells: &[SlotCells]) -> Self {
        let mut found = Self::default();
        let (mut rooms, mut queues, mut colleges) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (at, row) in rows.iter().enumerate() {
            let key = row.key();
            let written = cells.get(at).and_then(|c| c.day.as_deref()).filter(|_| row.date.is_none());
            found.named.push(!key.is_empty());
            let room = number(&mut rooms, key);
            found.room.push(room);
            found.queue.push(number(&mut queues, (room, row.date, written)));
            let college = (!row.college.is_empty()).then(|| (row.date, written, width::key(&row.college)));
            found.college.push(college.map(|key| number(&mut colleges, key)));
        }
        found
    }

    /// Of some of the slots, in that order.
    pub fn part(&self, places: &[usize]) -> Self {
        fn of<T: Copy + Default>(all: &[T], places: &[usize]) -> Vec<T> {
            places.iter().map(|at| all.get(*at).copied().unwrap_or_default()).collect()
        }
        Self {
            room: of(&self.room, places),
            queue: of(&self.queue, places),
            college: of(&self.college, places),
            named: of(&self.named, places),
        }
    }

    /// For each slot the next one of its queue.
    pub fn next(&self) -> Vec<Option<usize>> {
        let mut last: HashMap<u32, usize> = HashMap::new();
        let mut next: Vec<Option<usize>> = (0..self.queue.len()).rev().map(|at| last.insert(self.queue[at], at)).collect();
        next.reverse();
        next
    }
}

fn number<K: Eq + Hash>(known: &mut HashMap<K, u32>, key: K) -> u32 {
    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
    *known.entry(key).or_insert(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(room: &str, college: &str) -> ScheduleRow {
        ScheduleRow {
            room: room.to_owned(),
            series: None,
            date: None,
            start: chrono::NaiveTime::MIN,
            end: chrono::NaiveTime::MIN,
            college: college.to_owned(),
            classes: Vec::new(),
            headcount: None,
            sheet: String::new(),
            row: 1,
        }
    }

    #[test]
    fn spellings_of_one_room_are_one_queue_unless_the_day_is_written_otherwise() {
        let rows = [slot("7-115 教室", "商学院"), slot("7115", ""), slot("7-119", "商 学 院"), slot("7-115", "商学院")];
        let cells = [None, None, None, Some("14日".to_owned())].map(|day| SlotCells { day, ..SlotCells::default() });
        let all = Queues::of(&rows, &cells);
        assert_eq!((all.room[0], all.room[1] == all.room[0], all.room[2] == all.room[0]), (0, true, false));
        assert_eq!([all.queue[1] == all.queue[0], all.queue[3] == all.queue[0]], [true, false]);
        assert_eq!([all.college[1], all.college[2]], [None, all.college[0]]);
        assert_eq!(all.next(), [Some(1), None, None, None]);
        assert_eq!(all.part(&[3, 1]).queue, [all.queue[3], all.queue[0]]);
    }
}
