//! What a check of the day must find, and who must be on the list of those without a picture.

use duihao::desk::rehearsal::Day;
use serde_json::json;

/// The file's bytes.
pub fn json(day: &Day) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let findings: Vec<_> = day
        .truth
        .iter()
        .map(|p| {
            json!({
                "code": p.code().as_str(),
                "room": p.room,
                "date": p.date.to_string(),
                "token": p.token,
                "student_no": p.student_no,
            })
        })
        .collect();
    let c = day.counts;
    let counts = json!({
        "people": c.people,
        "slots": c.slots,
        "classes": c.classes,
        "exempt": c.exempt,
        "unpaid": c.unpaid,
        "expected": c.expected,
        "shot": c.shot,
        "shot_unlisted": c.shot_unlisted,
        "no_shows": c.no_shows,
        "frames": c.frames,
        "retakes": c.retakes,
        "issued": c.issued,
        "log_rows": c.log_rows,
    });
    let mut bytes = serde_json::to_vec_pretty(&json!({ "findings": findings, "no_shows": day.no_shows, "counts": counts }))?;
    bytes.push(b'\n');
    Ok(bytes)
}
