//! Reports out: mapping, no-shows, summary.
