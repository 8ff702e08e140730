//! Synthetic days: people who do not exist, on a day with planted faults.
