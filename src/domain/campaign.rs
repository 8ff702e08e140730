//! A collection campaign (采集批次): one school, one cohort, its rooms, steps, limits and routes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::token::TokenForm;
use super::zone::Zone;

/// The id of a campaign nobody declared; it matches every other.
pub const DEFAULT_ID: &str = "default";

/// Everything the school decided before the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Campaign {
    /// Declared identity, [`DEFAULT_ID`] where none was declared.
    pub id: String,
    /// School name (学校名称).
    pub name: String,
    /// School code (学校代码, `10338`).
    pub code: String,
    /// Kind of school in the words of the capture centre (所在院别, `普通高校`).
    pub kind: String,
    /// School address.
    pub address: String,
    /// School postcode.
    pub postcode: String,
    /// Graduating cohort (`2021届`).
    pub cohort: String,
    /// Time zone of every time in sheets, logs and photographs.
    pub zone: Zone,
    /// Collection dates.
    pub dates: Vec<NaiveDate>,
    /// Declared rooms, in order.
    pub rooms: Vec<RoomPlan>,
    /// What a room is like that nobody declared and a schedule or log names; its name and letter are its own. `{series}` in the
    /// card's suffix stands for the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual_room: Option<RoomPlan>,
    /// Steps whose absence before a shot is a finding.
    pub steps: Vec<Step>,
    /// What one scan at the desk writes.
    pub scan: Vec<Step>,
    /// Whether cards are collected after the shot.
    pub return_tokens: bool,
    /// Where late people go.
    pub late: Late,
    /// How many minutes before its slot a class gathers.
    pub gather_min: u16,
    /// What a picture must be.
    pub photo: PhotoRules,
    /// Largest expected share of wrong pictures among `sure` rows.
    pub max_wrong: f64,
    /// Fee in words (`20元/人`), if any.
    pub fee: Option<String>,
    /// The way for those who were not shot.
    pub self_service: Option<SelfService>,
    /// Further routes (make-up round, counter, online).
    pub routes: Vec<Route>,
}

impl Default for Campaign {
    fn default() -> Self {
        Self {
            id: DEFAULT_ID.to_owned(),
            name: String::new(),
            code: String::new(),
            kind: String::new(),
            address: String::new(),
            postcode: String::new(),
            cohort: String::new(),
            zone: Zone::default(),
            dates: Vec::new(),
            rooms: Vec::new(),
            usual_room: None,
            steps: vec![Step::Arrive, Step::Sign, Step::Issue, Step::Enter, Step::Shoot],
            scan: vec![Step::Arrive, Step::Sign, Step::Issue],
            return_tokens: false,
            late: Late::default(),
            gather_min: 15,
            photo: PhotoRules::default(),
            max_wrong: 0.0001,
            fee: None,
            self_service: None,
            routes: Vec::new(),
        }
    }
}

impl Campaign {
    /// The only collection date, where there is exactly one.
    pub fn only_date(&self) -> Option<NaiveDate> {
        match self.dates.as_slice() {
            [date] => Some(*date),
            _ => None,
        }
    }

    /// True where the two ids can be one campaign: equal, or one of them undeclared.
    pub fn ids_match(a: &str, b: &str) -> bool {
        a == b || a == DEFAULT_ID || b == DEFAULT_ID
    }

    /// True where the campaign asks for that step.
    pub fn wants(&self, step: Step) -> bool {
        self.steps.contains(&step)
    }
}

/// A step of a student through the day, by its word in the scan log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Step {
    /// 签到
    #[serde(rename = "签到")]
    Arrive,
    /// 签名
    #[serde(rename = "签名")]
    Sign,
    /// 发号
    #[serde(rename = "发号")]
    Issue,
    /// 进场
    #[serde(rename = "进场")]
    Enter,
    /// 拍摄
    #[serde(rename = "拍摄")]
    Shoot,
    /// 交号
    #[serde(rename = "交号")]
    Return,
}

impl Step {
    /// All of them, in the order of the day.
    pub const ALL: [Self; 6] = [Self::Arrive, Self::Sign, Self::Issue, Self::Enter, Self::Shoot, Self::Return];

    /// Its word in the scan log and in campaign files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Arrive => "签到",
            Self::Sign => "签名",
            Self::Issue => "发号",
            Self::Enter => "进场",
            Self::Shoot => "拍摄",
            Self::Return => "交号",
        }
    }
}

/// Where late people go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Late {
    /// To the end of their class.
    #[default]
    ClassEnd,
    /// To the end of the day.
    DayEnd,
    /// To the front.
    Front,
}

/// Where a room's numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The next card to the next person present, in list order.
    #[default]
    Roster,
    /// Printed beside the name beforehand.
    Preprinted,
    /// In order of arrival.
    Queue,
    /// The vendor's device gives it.
    Reader,
}

/// A room as the campaign declares it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomPlan {
    /// Name as published.
    pub name: String,
    /// Series letter; the next free one where absent.
    pub series: Option<String>,
    /// Where its numbers come from.
    pub source: Source,
    /// How its cards look; `0001` + series where absent.
    pub token: Option<TokenForm>,
    /// Frames per person: 1, 2, or 0 for 不定.
    pub frames_per_person: u8,
    /// Whether the photographer agreed to marker frames.
    pub markers: bool,
}

impl Default for RoomPlan {
    fn default() -> Self {
        Self { name: String::new(), series: None, source: Source::default(), token: None, frames_per_person: 1, markers: false }
    }
}

/// What a delivered picture must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhotoRules {
    /// Pixels wide.
    pub width: u32,
    /// Pixels high.
    pub height: u32,
    /// Least bytes.
    pub bytes_min: u64,
    /// Most bytes.
    pub bytes_max: u64,
    /// What the picture itself should be.
    #[serde(skip_serializing_if = "LookRules::are_usual")]
    pub looks: LookRules,
}

/// Limits beyond which a picture is shown to a person; never a rejection by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LookRules {
    /// Least mean brightness, 0–255.
    pub light_min: u8,
    /// Largest mean brightness, 0–255.
    pub light_max: u8,
    /// Least sharpness (variance of the Laplacian).
    pub sharp_min: u32,
    /// Whether the background has to be blue.
    pub blue: bool,
    /// Largest standard deviation of the background's brightness, 0–255.
    pub uneven_max: u8,
}

impl LookRules {
    fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for LookRules {
    fn default() -> Self {
        Self { light_min: 60, light_max: 225, sharp_min: 20, blue: true, uneven_max: 40 }
    }
}

impl Default for PhotoRules {
    fn default() -> Self {
        Self { width: 480, height: 640, bytes_min: 10_240, bytes_max: 61_440, looks: LookRules::default() }
    }
}

/// The studio where a student can be photographed on their own (新华社图像采集室).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SelfService {
    /// Name of the studio.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its postcode.
    pub postcode: String,
    /// Last day, as the notice words it (`2021年1月前`).
    pub deadline: String,
    /// What to bring.
    pub bring: String,
}

/// Another way to a picture (make-up round, counter, online): free fields, in the order written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Route {
    /// Key and value pairs as the campaign file holds them.
    pub fields: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_word_in_the_journal_and_in_campaign_files() {
        for step in Step::ALL {
            assert_eq!(serde_json::to_string(&step).unwrap(), format!("\"{}\"", step.word()));
        }
    }
}
