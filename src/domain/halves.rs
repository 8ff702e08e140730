//! Many things worked out on two threads: what comes of them is the same, and in the same order.

use std::panic;
use std::thread;

/// Fewer are not worth a thread.
const FEW: usize = 64;

/// Two things worked out at once where they have `many` items to go through, else one after the other.
pub fn both<A: Send, B: Send>(many: usize, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    if many < FEW {
        return (one(), other());
    }
    thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), joined(other))
    })
}

// A fault of ours is ours on whichever thread it shows.
fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|fault| panic::resume_unwind(fault))
}

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
        done.extend(joined(other));
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_come_back_in_their_order() {
        for n in [0, 1, FEW - 1, FEW, FEW + 1, 1_001] {
            assert_eq!(both(n, || n, || n + 1), (n, n + 1));
            assert!(map((0..n).collect(), |i| i * 2).into_iter().eq((0..n).map(|i| i * 2)), "{n}");
        }
    }
}
