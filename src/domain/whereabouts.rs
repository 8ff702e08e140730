//! Where somebody stands in the day, in one word, and who stands beside them in the queue.

use super::day::Day;
use super::guard;
use super::ids::SessionKey;
use super::roster::Person;
use super::sitting::Rank;
use super::visit::{State, Subject};

/// Where somebody stands. The order is that of a list sorted by it: whoever needs something first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whereabouts {
    /// 暂缓
    SetAside,
    /// 过号
    PassedOver,
    /// 在队: holds a number.
    InLine,
    /// 已签到: has come, holds no number.
    Arrived,
    /// 未到
    NotHere,
    /// 已拍
    Shot,
    /// 免拍
    Exempt,
    /// 不参加
    Excused,
}

impl Whereabouts {
    /// Of a subject with what happened to it, and with the person it is.
    pub fn of(state: Option<&State>, person: Option<&Person>) -> Self {
        match state {
            Some(s) if s.shot() => Self::Shot,
            Some(s) if s.set_aside().is_some() => Self::SetAside,
            Some(s) if s.passed_over() => Self::PassedOver,
            Some(s) if s.live().next().is_some() => Self::InLine,
            Some(s) if s.arrived() => Self::Arrived,
            _ if person.is_some_and(|p| p.marks.exempt == Some(true)) => Self::Exempt,
            _ if person.is_some_and(Person::excused) => Self::Excused,
            _ => Self::NotHere,
        }
    }

    /// Of a subject now.
    pub fn of_subject(day: &Day, subject: &Subject) -> Self {
        Self::of(day.state(subject), subject.person().and_then(|id| day.roster().person(id)))
    }
}

/// Somebody who holds a number of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub subject: Subject,
    /// Their number as printed.
    pub token: String,
}

/// The holder and at most `each` before and after them, in number order; nobody where they hold no number of that session.
pub fn neighbours(day: &Day, key: &SessionKey, subject: &Subject, each: usize) -> Vec<Holder> {
    let mut holders: Vec<(Option<Rank>, Holder)> = Vec::new();
    for (other, state) in day.members(key) {
        for held in state.live().filter(|h| h.session == *key) {
            holders.push((day.rank(&key.room, other, Some(&held.token)), Holder { subject: other.clone(), token: held.token.clone() }));
        }
    }
    // A number printed beside the name needs no handing out: whoever waits with one is here as well.
    for waiting in guard::line(day, key) {
        if !holders.iter().any(|(_, h)| h.subject == waiting.subject) {
            holders.push((Some(waiting.rank), Holder { subject: waiting.subject, token: waiting.token }));
        }
    }
    holders.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.subject.cmp(&y.subject)));
    let Some(at) = holders.iter().position(|(_, h)| h.subject == *subject) else { return Vec::new() };
    let first = at.saturating_sub(each);
    holders.into_iter().skip(first).take(at - first + each + 1).map(|(_, h)| h).collect()
}
