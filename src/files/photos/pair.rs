//! Work on many files by two threads, told about as it goes on and stopped where it is asked.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::error::PhotoError;

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files in all; 0 while they are still being found.
    pub total: usize,
}

const THREADS: usize = 2;

/// `work` on each item, in `step`s, by two threads; the results in the order of the items.
///
/// # Errors
/// [`PhotoError::Cancelled`] where `progress` says false.
pub fn work<T: Sync, U: Send>(
    items: &[T],
    step: usize,
    progress: &mut dyn FnMut(Progress) -> bool,
    work: &(dyn Fn(&T) -> U + Sync),
) -> Result<Vec<U>, PhotoError> {
    let step = step.max(1);
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut parts: Vec<(usize, Vec<U>)> = Vec::new();
    let mut done = 0;
    thread::scope(|scope| {
        let (send, receive) = mpsc::channel::<(usize, Vec<U>)>();
        for _ in 0..THREADS.min(items.len().div_ceil(step)) {
            let send = send.clone();
            let (next, stop) = (&next, &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let from = next.fetch_add(step, Ordering::Relaxed);
                    let Some(part) = items.get(from..items.len().min(from + step)).filter(|p| !p.is_empty()) else { break };
                    // The receiver is gone only where the whole reading is.
                    if send.send((from, part.iter().map(work).collect())).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        for (from, part) in receive {
            done += part.len();
            parts.push((from, part));
            if !stop.load(Ordering::Relaxed) && !progress(Progress { done, total: items.len() }) {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    if stop.load(Ordering::Relaxed) {
        return Err(PhotoError::Cancelled);
    }
    parts.sort_unstable_by_key(|(from, _)| *from);
    Ok(parts.into_iter().flat_map(|(_, part)| part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items_and_a_stop_is_heard() {
        let items: Vec<usize> = (0..1_000).collect();
        let mut last = 0;
        let doubled = work(&items, 7, &mut |p| (last = p.done, true).1, &|n| n * 2).unwrap();
        assert!(doubled.iter().enumerate().all(|(n, d)| n * 2 == *d));
        assert_eq!(last, 1_000);
        assert!(matches!(work(&items, 1, &mut |_| false, &|n| *n), Err(PhotoError::Cancelled)));
        assert!(work(&[] as &[usize], 1, &mut |_| false, &|n| *n).unwrap().is_empty());
    }
}
