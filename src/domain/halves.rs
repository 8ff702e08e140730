//! Many things worked out on two threads: what comes of them is the same, and in the same order.

use std::panic;
use std::thread;

/// Fewer are not worth a thread.
const FEW: usize = 64;

/// What `one` makes of every item.
pub fn map<T: Send, R: Send>(mut items: Vec<T>, one: impl Fn(T) -> R + Sync) -> Vec<R> {
    if items.len() < FEW {
        return items.into_iter().map(one).collect();
    }
    let rest = items.split_off(items.len() / 2);
    let one = &one;
    thread::scope(|scope| {
        let other = scope.spawn(move || rest.into_iter().map(one).collect::<Vec<R>>());
        let mut done = Vec::with_capacity(2 * items.len() + 1);
        done.extend(items.into_iter().map(one));
        match other.join() {
            Ok(more) => done.extend(more),
            // A fault of ours is ours on whichever thread it shows.
            Err(fault) => panic::resume_unwind(fault),
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_come_back_in_their_order() {
        for n in [0, 1, FEW - 1, FEW, FEW + 1, 1_001] {
            assert!(map((0..n).collect(), |i| i * 2).into_iter().eq((0..n).map(|i| i * 2)), "{n}");
        }
    }
}
