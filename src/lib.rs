//! duihao (对号) keeps the order of the queue, proves which photograph is whose, and follows up whoever has none.
//!
//! Five boxes, arrows down (`tests/suite/architecture.rs` holds them):
//!
//! ```text
//!         ui        what people see          tui/ and cli/
//!          │
//!        desk       the one door             command → decide → write → fold
//!        ╱   ╲
//!   journal  files  what happened │ what crosses the disk
//!        ╲   ╱
//!       domain      what is true             pure: no files, no clock, no SQL, no screen
//! ```

pub mod desk;
pub mod domain;
pub mod files;
pub mod journal;
pub mod ui;

// A day is millions of small pieces of memory: glibc's allocator takes a fifth longer over all of an opening.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;
