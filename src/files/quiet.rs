//! Runs readers of untrusted bytes so that a panic inside a library is one more damaged file and nothing reaches the terminal.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What `read` gives; `None` where it panicked.
pub fn quietly<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    QUIET.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_panics_gives_nothing_and_the_next_one_still_reads() {
        assert_eq!(quietly(|| -> u8 { panic!("bad picture") }), None);
        assert_eq!(quietly(|| 7), Some(7));
        assert!(!QUIET.get());
    }
}
