//! The scan log as csv: UTF-8 with a byte order mark, as a spreadsheet saves it.

use duihao::desk::rehearsal::Day;

/// The columns of a scan log.
pub const HEADER: [&str; 7] = ["时间", "采集点", "动作", "学号", "序号", "数值", "备注"];

/// The file's bytes.
pub fn csv(day: &Day) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEADER)?;
    for row in &day.log {
        let time = row.time.date.zip(row.time.time).map(|(d, t)| format!("{d} {t}")).unwrap_or_default();
        let said = |field: &Option<String>| field.clone().unwrap_or_default();
        writer.write_record([
            time,
            row.room.clone(),
            row.action.word().to_owned(),
            said(&row.student),
            said(&row.token),
            said(&row.value),
            said(&row.note),
        ])?;
    }
    Ok(writer.into_inner()?)
}
