//! Sheets in: schedules, class lists, marks and scan logs as schools write them.
