//! All files of the sample data by their path, in memory.

use duihao::desk::rehearsal::{self, Day};

use super::{campaign, log, readme, roster, schedule, truth};

/// A path below the sample folder (`/` between folders) and the bytes of the file.
pub type File = (String, Vec<u8>);

/// Every file that this seed gives.
pub fn files(seed: u64) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    let (lishui, zstu) = (rehearsal::lishui(seed), rehearsal::zstu(seed));
    let mut files = vec![("README.md".to_owned(), readme::text(seed, &lishui, &zstu).into_bytes())];
    files.extend(folder("lishui-2021", &lishui, schedule::lishui()?, roster::Columns::School)?);
    files.extend(folder("zstu-2021", &zstu, schedule::zstu()?, roster::Columns::Graduates)?);
    Ok(files)
}

fn folder(name: &str, day: &Day, schedule: Vec<u8>, columns: roster::Columns) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    let mut files = vec![
        (format!("{name}/campaign.toml"), campaign::text(&day.campaign).into_bytes()),
        (format!("{name}/schedule.xlsx"), schedule),
        (format!("{name}/scan-log.csv"), log::csv(day)?),
        (format!("{name}/truth.json"), truth::json(day)?),
    ];
    for (source, bytes) in roster::workbooks(day, columns)? {
        files.push((format!("{name}/rosters/{source}"), bytes));
    }
    Ok(files)
}
