//! What happened: the append-only journal in SQLite.
