//! Findings of an import as sentences: what is wrong in the sheet, what was made of it, what to do.
//!
//! What `args` hold per code is documented where they are raised: the schedule's own rules and the readers of sheets.

use super::Lang;
pub use super::intake_hint::hint;
use super::label;
use super::odd_sheet;
use super::unclear_mark;
use crate::domain::intake::{IntakeCode, IntakeFinding};

/// Most majors or classes in one sentence.
const MAJORS: usize = 12;

/// Where it stands: sheet and cell, else row.
pub fn place(lang: Lang, finding: &IntakeFinding) -> String {
    let mut parts = Vec::new();
    if !finding.sheet.is_empty() {
        parts.push(label::clean(&finding.sheet));
    }
    match (&finding.cell, finding.row, lang) {
        (Some(cell), ..) => parts.push(label::clean(cell)),
        (None, Some(row), Lang::Zh) => parts.push(format!("第 {row} 行")),
        (None, Some(row), Lang::En) => parts.push(format!("row {row}")),
        (None, None, _) => {}
    }
    parts.join(" ")
}

/// The sentence, without the place.
pub fn message(lang: Lang, finding: &IntakeFinding) -> String {
    Teller { lang, finding }.message()
}

struct Teller<'a> {
    lang: Lang,
    finding: &'a IntakeFinding,
}

impl Teller<'_> {
    fn message(&self) -> String {
        let said = self.of_code();
        let below = self.finding.code == IntakeCode::MarkUnclear && self.arg(0) == "title";
        match (self.finding.others.len(), self.lang) {
            (more, Lang::Zh) if more > 0 && below => format!("{said}（下面 {more} 人）"),
            (more, Lang::En) if more > 0 && below => format!("{said} ({more} people below)"),
            (more, Lang::Zh) if more > 0 && self.finding.code.of_a_row() => format!("{said}（后面还有 {more} 行一样）"),
            (more, Lang::En) if more > 0 && self.finding.code.of_a_row() => format!("{said} (and so in {more} more rows)"),
            _ => said,
        }
    }

    fn of_code(&self) -> String {
        match self.finding.code {
            IntakeCode::EndBeforeStart => self.say(&[0, 1, 2], "# 的时段 #–# 结束早于开始", "#: the slot #-# ends before it begins"),
            IntakeCode::SlotOverlap => {
                let later = self.groups(3);
                let head = self.say(&[0, 1, 2], "# 的时段 #–# 与后面的重叠", "#: the slot #-# reaches into later ones");
                self.with(head, later)
            }
            IntakeCode::SlotGap => self.say(
                &[0, 1, 2, 3],
                "# 上一时段 # 结束，下一时段 # 才开始，空 # 分钟",
                "#: one slot ends at #, the next begins at #, # minutes later",
            ),
            IntakeCode::PaceOutlier if !self.finding.others.is_empty() => self.say(
                &[0, 1, 2, 3, 4],
                "# 同一时段写了几行，合起来 # 人 # 分钟，每分钟 # 人，一般是 # 人",
                "#: several rows of one time, # people in # minutes together, # a minute where # is usual",
            ),
            IntakeCode::PaceOutlier => self.say(
                &[0, 1, 2, 3, 4],
                "# 这一时段 # 人 # 分钟，每分钟 # 人，一般是 # 人",
                "#: # people in # minutes, # a minute where # is usual",
            ),
            IntakeCode::SumDiffers => self.say(&[0, 1, 2], "# 写的是 # 人，各行加起来是 # 人", "# says #, the rows add up to #"),
            IntakeCode::ClassNameOdd if self.arg(0) == self.arg(1) => {
                self.say(&[0], "班级写法特别：“#”，拆不开，当作一个班", "odd class name \"#\", it cannot be taken apart: taken as one class")
            }
            IntakeCode::ClassNameOdd => self.say(&[0, 1], "班级写法特别：“#”，理解为：#", "odd class name \"#\", understood as: #"),
            IntakeCode::CollegeInSeveralRooms => {
                let head = self.say(&[0], "# 同一时间在几个采集点", "# is in several rooms at once");
                self.with(head, self.groups(1))
            }
            IntakeCode::DuplicateStudentNo if self.arg(0) == "copies" => self.say(
                &[1],
                "# 行和别的行是同一个人，写的都一样，只算一次",
                "# rows say of somebody what another row says: counted once",
            ),
            IntakeCode::PeopleLack => {
                let (what, lack, all) = (self.column(0), self.arg(1), self.arg(2));
                match (lack == all, self.lang) {
                    (true, Lang::Zh) => format!("名单上 {all} 人都没有“{what}”"),
                    (true, Lang::En) => format!("none of the {all} people on the list has \"{what}\""),
                    (false, Lang::Zh) => format!("名单上 {all} 人里有 {lack} 人没有“{what}”"),
                    (false, Lang::En) => format!("of {all} people on the list {lack} have no \"{what}\""),
                }
            }
            IntakeCode::SlotsReplaced => {
                let names: Vec<String> = self.finding.args.iter().skip(3).map(|n| label::clean(n)).collect();
                self.with(
                    self.say(
                        &[0, 1, 2],
                        "# # 原来已有别的 # 个时段，导入后就没有了",
                        "# # already has # other slots, which are gone after this import",
                    ),
                    names,
                )
            }
            IntakeCode::PrintedTwice => {
                self.say(&[0, 1, 2], "拍摄序号 # 印给了两个人：# 和 #", "the number # is printed beside two people: # and #")
            }
            IntakeCode::SlotsMoved => {
                let moved: Vec<String> = self.finding.args.iter().skip(1).map(|n| label::clean(n)).collect();
                let head = self.say(&[0], "时段和以前不同的 # 处", "# slots differ from the earlier schedule");
                self.with(head, moved)
            }
            IntakeCode::SameClassTwice if !self.arg(2).is_empty() => {
                let more = match (self.arg(1).as_str(), self.lang) {
                    ("" | "0", _) => String::new(),
                    (n, Lang::Zh) => format!(" 等另 {n} 个"),
                    (n, Lang::En) => format!(" and {n} more"),
                };
                let (who, place) = (self.finding.args.first().map(|n| label::clean(n)).unwrap_or_default(), self.arg(2));
                self.lang.pick(
                    format!("{who}{more}在以前导入的安排表里还有时段（{place}），导入后两处都算：改期、换地点的话，先撤销以前那份"),
                    format!("{who}{more}: an earlier schedule has a slot too ({place}) and both will count; if they were moved, undo the earlier import first"),
                )
            }
            IntakeCode::SameClassTwice => self.say(&[0], "# 出现在不止一个时段", "# has more than one slot"),
            IntakeCode::DateIncomplete if self.arg(0).is_empty() => self.say(&[], "表里没写日期", "the sheet has no date"),
            IntakeCode::DateIncomplete => self.say(&[0], "日期不完整：“#”", "the date is not complete: \"#\""),
            IntakeCode::BadIdChecksum => self.say(
                &[0],
                "证件号 # 的位数、日期或校验位不对，可能抄错了",
                "length, date or check digit of # is wrong, it may be miscopied",
            ),
            IntakeCode::DigitsLost => {
                self.say(&[0, 1], "“#”这一格只剩 #，后几位丢了", "column \"#\" holds only #, the last digits are lost")
            }
            // Where the others of the list still have their zeros the number is told with its own.
            IntakeCode::LeadingZeroLost if self.arg(3) == "list" => self.say(
                &[0, 1, 2],
                "“#”写着 #，同一份名单里别的号码以 0 开头：多半是 #",
                "column \"#\" holds #, others of the list begin with 0: probably #",
            ),
            IntakeCode::LeadingZeroLost => self.say(
                &[0, 1, 2],
                "“#”存的是 #，显示为 #，可能丢了开头的 0",
                "column \"#\" holds #, shown as #: a leading zero may be lost",
            ),
            IntakeCode::DuplicateStudentNo => self.say(&[0], "学号 # 出现不止一次", "student number # occurs more than once"),
            IntakeCode::DuplicateIdNo => self.say(&[0], "证件号 # 出现不止一次", "document number # occurs more than once"),
            IntakeCode::SameName => self.say(&[0, 1], "# 同名（#）", "more than one # in #"),
            IntakeCode::SpaceInName => self.say(&[0, 1], "姓名“#”里有空格，按“#”记", "the name \"#\" holds spaces, taken as \"#\""),
            IntakeCode::ClassNotInSchedule if !self.arg(2).is_empty() => {
                self.say(&[0, 1, 2], "# 有 # 人，安排表里没有这个班，像是 #", "#, # people, is not in the schedule; it may be #")
            }
            IntakeCode::ClassNotInSchedule => self.say(&[0, 1], "# 有 # 人，安排表里没有这个班", "#, # people, is not in the schedule"),
            IntakeCode::HeadcountDiffers => {
                self.say(&[0, 1, 2, 3], "# # 的时段写 # 人，名单上是 # 人", "#, slot at #: # in the schedule, # on the lists")
            }
            IntakeCode::UnknownColumn => odd_sheet::column(&self.arg(1), |args, zh, en| self.say(args, zh, en)),
            IntakeCode::DroppedColumn => self.say(&[0], "“#”这一列没有取", "column \"#\" was left out"),
            IntakeCode::KeptColumn => self.say(&[0], "保留“#”这一列", "column \"#\" is kept"),
            IntakeCode::NotKept if self.arg(1) == "digits" => {
                self.say(&[0], "“#”这一格没有保留：数字已被表格软件改坏", "this cell of \"#\" was not kept: its last digits are gone")
            }
            IntakeCode::NotKept => {
                self.say(&[0, 2], "“#”这一格没有保留：超过 # 个字", "this cell of \"#\" was not kept: it is longer than # characters")
            }
            IntakeCode::MissingColumn => self.missing(),
            IntakeCode::RowNotUnderstood => self.say(&[0, 1], "“#”看不懂：“#”", "\"#\" cannot be understood: \"#\""),
            IntakeCode::FormulaCell | IntakeCode::HiddenSheet if self.finding.args.len() > 1 => self.of_sheet(),
            IntakeCode::FormulaCell => self.say(&[0], "# 个格子里是公式", "# cells hold formulas"),
            IntakeCode::ColumnsRemembered => {
                let said: Vec<String> = self.finding.args.iter().map(|n| label::clean(n)).collect();
                self.with(self.lang.pick("列按上次说的取", "columns as said before").to_owned(), said)
            }
            IntakeCode::DeletedRow => self.say(&[0], "表里有 # 行已标为删除", "# rows of the table are marked as deleted"),
            IntakeCode::TimeAssumed => self.say(&[0, 1, 2], "时间只写了“#”，按 #–# 算", "the time says only \"#\", taken as #-#"),
            IntakeCode::HeadersGuessed => self.say(&[0], "没有表头，按内容理解各列：#", "no header row, columns by what they hold: #"),
            IntakeCode::WeekdayDiffers => {
                self.say(&[0, 1], "“#”与星期不符（按 # 算）", "\"#\": the day of the week is another (taken as #)")
            }
            IntakeCode::DateOutsideCampaign => {
                let dates: Vec<String> = self.finding.args.get(2..).unwrap_or_default().iter().map(|d| label::clean(d)).collect();
                let head = if self.arg(1).is_empty() {
                    self.say(&[0], "# 不在批次的日期里", "# is none of the campaign's dates")
                } else {
                    self.say(&[0, 1], "# 不在批次的日期里，可能是 #", "# is none of the campaign's dates, it may be #")
                };
                self.with(head, dates)
            }
            IntakeCode::MajorForClass => {
                let named: Vec<String> = self.finding.args.iter().skip(2).take(MAJORS).map(|m| label::clean(m)).collect();
                let head = match self.arg(0).as_str() {
                    "classes" => self.say(&[1], "# 按名单是这些班，时段照这样算", "by the lists # are these classes, and the slot is theirs"),
                    "across" => self.say(
                        &[1],
                        "# 只是这些班里的一部分人，没有照它排，这些班还没有时段",
                        "# are only some of the people of these classes: they have no slot by it",
                    ),
                    "likely" => self.say(&[1], "# 可能是这些班，没有照它排", "# may be these classes: they have no slot by it"),
                    "range" => self.say(&[1], "# 名单上没有整班在这一段里的，叫不到人", "no class on the lists lies within #: nobody is called"),
                    "part" => self.say(
                        &[1],
                        "“#”一列没有照着分：写了班级的时段，整班都算在里面",
                        "column \"#\" parts no class: the whole class has the slot that names it",
                    ),
                    _ => self.say(
                        &[1],
                        "“#”一列当班级取了：有名单的，按名单的专业找班",
                        "column \"#\" is taken for classes: which they are the majors on the lists tell",
                    ),
                };
                self.with(head, named)
            }
            IntakeCode::LinesPaired => self.say(
                &[],
                "时间和班级两格各有几行，按第一行对第一行、第二行对第二行理解",
                "times and classes stand in several lines of a cell each, which were taken line by line",
            ),
            IntakeCode::MemoElsewhere => self.say(
                &[0],
                "“#”一列的内容存在另一个备注文件里，没有读到；其他各列照常",
                "column \"#\" keeps its text in a memo file of its own and was not read; the other columns were",
            ),
            IntakeCode::OddHour => self.say(&[0, 1, 2], "# 的时段 #–# 在半夜", "#: the slot #-# is in the night"),
            IntakeCode::OverCapacity => self.say(
                &[0, 1, 2, 3],
                "# 这一时段 # 人 # 分钟，按写明的速度只够 # 人",
                "#: # people in # minutes, the stated pace is enough for #",
            ),
            IntakeCode::ClassWithoutRoster if !self.arg(1).is_empty() => {
                self.say(&[0, 1], "#：名单上没有这个班，像是 #", "# is on no list; it may be #")
            }
            IntakeCode::ClassWithoutRoster => self.say(&[0], "#：名单上没有这个班", "# is on no list"),
            IntakeCode::CollegeWithoutRoster if !self.arg(1).is_empty() => {
                self.say(&[0, 1], "#：名单上没有这个学院，像是 #", "the college # is on no list; it may be #")
            }
            IntakeCode::CollegeWithoutRoster => self.say(&[0], "#：名单上没有这个学院", "the college # is on no list"),
            IntakeCode::NothingAgrees if self.arg(0) == "college" => self.say(
                &[1, 2, 3, 4],
                "安排表里的 # 个学院（如 #）名单上一个也没有，名单上的 # 个（如 #）安排表里也没有：一个人也叫不到",
                "none of the # colleges of the schedule (as #) is on a list, none of the # listed ones (as #) in the schedule: nobody is called",
            ),
            IntakeCode::NothingAgrees => self.say(
                &[1, 2, 3, 4],
                "安排表里的 # 个班（如 #）名单上一个也没有，名单上的 # 个班（如 #）安排表里也没有",
                "none of the # classes of the schedule (as #) is on a list, and none of the # listed ones (as #) in the schedule",
            ),
            IntakeCode::SlotOfNobody if self.arg(2) == "rest" => self.say(
                &[],
                "这个时段没写是哪个班、哪个学院的：没有自己时段的人都算在里面",
                "this slot says neither class nor college: whoever has no slot of their own is called to it",
            ),
            IntakeCode::SlotOfNobody => self.say(
                &[1],
                "# 个时段没写是哪个班、哪个学院的：谁该什么时候来，程序不知道",
                "# slots say neither class nor college: nobody can be told when to come",
            ),
            IntakeCode::LikelySamePerson => self.likely(),
            IntakeCode::GoneFromList => {
                let came =
                    if self.arg(1) == "0" { "" } else { self.lang.pick("（其中 # 人当天已有记录）", " (# of them came)") };
                let head = match self.lang {
                    Lang::Zh => format!("原名单里的 # 人不在这份名单里{came}"),
                    Lang::En => format!("# people listed before are not on this list{came}"),
                };
                let names: Vec<String> = self.finding.args.get(2..).unwrap_or_default().iter().map(|n| label::clean(n)).collect();
                self.with(self.say(&[0, 1], &head, &head), names)
            }
            IntakeCode::HiddenSheet => self.say(&[0], "工作表“#”是隐藏的", "sheet \"#\" is hidden"),
            IntakeCode::ColumnGuessed => {
                self.say(&[0, 1], "“#”这一列看内容像“#”，按它取了", "column \"#\" looks like \"#\" by its values and was taken so")
            }
            IntakeCode::ColumnOdd if self.arg(0) == "numbers" => self.numbers(),
            IntakeCode::MarksStay => {
                let names: Vec<String> = self.finding.args.iter().skip(1).map(|n| label::clean(n)).collect();
                let head = self.say(
                    &[0],
                    "# 人以前的名单上写着免拍、休学、未缴费等，这份没写：照旧算数",
                    "# people were exempt, on leave, unpaid or the like by an earlier list; this one does not say so, and it stays",
                );
                self.with(head, names)
            }
            IntakeCode::NoteInName => {
                self.say(&[0, 1, 2], "姓名“#”里带着话，按“#”记，另有“#”", "the name \"#\" holds a note, taken as \"#\", note: #")
            }
            IntakeCode::FilledDown => {
                self.say(&[0, 1], "“#”这一列空着的 # 格，按上面一格填", "column \"#\": # empty cells were filled from above")
            }
            IntakeCode::RowPassedOver => self.say(&[0], "这一行没有用到：“#”", "this row was not used: \"#\""),
            IntakeCode::CaptionUnclear | IntakeCode::ValueOdd | IntakeCode::ColumnOdd => self.of_sheet(),
            IntakeCode::KeyMissing if self.lang == Lang::Zh => self.say(&[0, 1], "#没有#", ""),
            IntakeCode::KeyMissing => format!("{}: no {}", self.arg(0), self.column(1)),
            IntakeCode::MarkFitsNobody => match self.arg(0).as_str() {
                "two" => {
                    self.say(&[1], "# 同班同名不止一人，没有标到任何人", "#: more than one of that name in the class, nobody was marked")
                }
                "class" if !self.arg(3).is_empty() => self.say(
                    &[1, 3, 2],
                    "名单上没有“#”这个班，像是 #：按姓名和班级写的 # 行没有标到人",
                    "class # is on no list, it may be #: # rows by name and class marked nobody",
                ),
                "class" => self.say(
                    &[1, 2],
                    "名单上没有“#”这个班：按姓名和班级写的 # 行没有标到人",
                    "class # is on no list: # rows by name and class marked nobody",
                ),
                "number" => self.say(&[2, 1], "# 个号码不在任何名单里，如 #", "# numbers are on no list, such as #"),
                _ => self.say(&[1], "名单上没有 #，没有标到任何人", "# is on no list, nobody was marked"),
            },
            IntakeCode::MarkUnclear | IntakeCode::MarkContradicts => {
                unclear_mark::message(self.finding.code, &self.arg(0), |args, zh, en| self.say(args, zh, en))
            }
            IntakeCode::NoClass => self.say(&[0], "“#”不是班级", "\"#\" is no class"),
            IntakeCode::IdContradicts => self.say(&[0, 1], "“#”与证件号 # 不符", "\"#\" and the document number # contradict each other"),
        }
    }

    fn of_sheet(&self) -> String {
        odd_sheet::message(self.finding.code, [&self.arg(0), &self.arg(1)], |args, zh, en| self.say(args, zh, en))
    }

    fn likely(&self) -> String {
        // The row is told first, then whom the list knows.
        let args = &[3, 4, 1, 2];
        match self.arg(0).as_str() {
            "number" => self.say(args, "# # 与名单上的 # # 号码相同，名字不同", "# # and # # on the list: one number, two names"),
            "others" => self.say(
                &[2, 1, 3],
                "# 在名单上是 #，这里写 #，是名单上别人的名字：整列姓名可能错了一行",
                "# is # on the list and # here, which is somebody else's name: the column of names may have slipped by a row",
            ),
            "near" => self.say(args, "# # 与名单上的 # # 同名，学号只差一位", "# # and # # on the list: one name, numbers nearly alike"),
            _ => self.say(args, "# # 与名单上的 # # 同班同名，学号不同", "# # and # # on the list: one name and class, two numbers"),
        }
    }

    fn numbers(&self) -> String {
        let (many, column, name, whose) = (self.arg(1), self.column(2), self.arg(3), self.arg(4));
        match self.lang {
            Lang::Zh => format!("{many} 人的{column}变成了名单上别人的（如 {name} 这里写的是 {whose} 的）：整列可能错了一行"),
            Lang::En => format!("{many} people have the {column} of others on the list ({name} that of {whose}): it may have slipped"),
        }
    }

    /// A column by its usual header.
    fn column(&self, at: usize) -> String {
        let zh = self.arg(at);
        let known = match (self.lang, zh.as_str()) {
            (Lang::En, "学号") => "student number",
            (Lang::En, "身份证号") => "document number",
            (Lang::En, "考生号") => "exam number",
            (Lang::En, "姓名") => "name",
            (Lang::En, "班级") => "class",
            (Lang::En, "时间") => "time",
            (Lang::En, "采集点") => "room",
            (Lang::En, "动作") => "action",
            (Lang::En, "免拍") => "exempt",
            (_, other) => other,
        };
        known.to_owned()
    }

    fn missing(&self) -> String {
        let known = self.column(0);
        if known == "标记" {
            let zh = "没有写着缴费、免拍、不参加、学籍状态的列，标题、表名、文件名也没有说";
            return self.lang.pick(zh, "no column says paid, exempt, taking part or status, and neither does a title").to_owned();
        }
        if known.is_empty() || !self.arg(1).is_empty() {
            return self.of_sheet();
        }
        match self.lang {
            Lang::Zh => format!("缺少“{known}”这一列"),
            Lang::En => format!("the column \"{known}\" is missing"),
        }
    }

    fn arg(&self, at: usize) -> String {
        self.finding.args.get(at).map(|t| label::code(t)).unwrap_or_default()
    }

    /// The rest of the arguments in threes: places and times, or times and minutes.
    fn groups(&self, from: usize) -> Vec<String> {
        let rest = self.finding.args.get(from..).unwrap_or_default();
        let stroke = self.lang.pick("–", "-");
        rest.chunks(3)
            .map(|group| match (group, self.finding.code, self.lang) {
                ([start, end, minutes], IntakeCode::SlotOverlap, Lang::Zh) => format!("{start}{stroke}{end}（{minutes} 分钟）"),
                ([start, end, minutes], IntakeCode::SlotOverlap, Lang::En) => format!("{start}{stroke}{end} ({minutes} minutes)"),
                ([more], IntakeCode::SlotOverlap, Lang::Zh) => format!("另外 {more} 个"),
                ([more], IntakeCode::SlotOverlap, Lang::En) => format!("{more} more"),
                ([room, start, end], ..) => format!("{} {start}{stroke}{end}", label::clean(room)),
                _ => label::listed(self.lang, group),
            })
            .collect()
    }

    fn with(&self, head: String, list: Vec<String>) -> String {
        match (list.is_empty(), self.lang) {
            (true, _) => head,
            (false, Lang::Zh) => format!("{head}：{}", label::listed(self.lang, &list)),
            (false, Lang::En) => format!("{head}: {}", label::listed(self.lang, &list)),
        }
    }

    fn say(&self, args: &[usize], zh: &str, en: &str) -> String {
        let mut args = args.iter().map(|at| self.arg(*at));
        let mut said = String::new();
        for (i, part) in self.lang.pick(zh, en).split('#').enumerate() {
            if i > 0 {
                said.push_str(&args.next().unwrap_or_default());
            }
            said.push_str(part);
        }
        said.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::Severity;

    fn finding(code: IntakeCode, args: &[&str]) -> IntakeFinding {
        let args = args.iter().map(|a| (*a).to_owned()).collect();
        IntakeFinding { code, severity: Severity::Warning, sheet: String::new(), cell: None, row: Some(7), others: Vec::new(), args }
    }

    /// One of every code, with arguments as the readers give them (ASCII ones, so that either language shows its own words only).
    fn all() -> Vec<IntakeFinding> {
        use IntakeCode::*;
        let args: &[(IntakeCode, &[&str])] = &[
            (EndBeforeStart, &["11B105", "09:25", "09:05"]),
            (SlotOverlap, &["11B105", "09:25", "09:55", "09:50", "10:20", "5", "09:52", "10:10", "3"]),
            (SlotGap, &["11B105", "09:25", "09:30", "5"]),
            (PaceOutlier, &["11B105", "116", "20", "5.80", "2.20"]),
            (SumDiffers, &["7", "386", "374"]),
            (ClassNameOdd, &["171-3", "171;172;173"]),
            (ClassNameOdd, &["171-3", "171-3"]),
            (CollegeInSeveralRooms, &["7", "11B103", "09:25", "09:55", "11B105", "09:30", "10:00"]),
            (PeopleLack, &["班级", "7", "39"]),
            (PeopleLack, &["班级", "39", "39"]),
            (SlotsReplaced, &["11B105", "2020-09-13", "3", "171", "172"]),
            (PrintedTwice, &["0011B", "7", "9"]),
            (SlotsMoved, &["1", "171"]),
            (SameClassTwice, &["171"]),
            (DateIncomplete, &["9.13"]),
            (DateIncomplete, &["9.13", "period"]),
            (DateIncomplete, &["9.13", "nth"]),
            (BadIdChecksum, &["3310**********1234"]),
            (DigitsLost, &["7", "331002199901011000"]),
            (LeadingZeroLost, &["7", "17010418", "017010418"]),
            (DuplicateStudentNo, &["2017010418"]),
            (DuplicateIdNo, &["3310**********1234"]),
            (SameName, &["7", "171"]),
            (SpaceInName, &["7 7", "77"]),
            (ClassNotInSchedule, &["171", "39"]),
            (HeadcountDiffers, &["11B105", "09:25", "116", "118"]),
            (UnknownColumn, &["7"]),
            (UnknownColumn, &["7", "twin", "D", "8", "E"]),
            (UnknownColumn, &["7", "tells", "8", "3"]),
            (UnknownColumn, &["D", "beyond", "8", "3"]),
            (UnknownColumn, &["7", "whom"]),
            (UnknownColumn, &["7", "people"]),
            (UnknownColumn, &["7", "places"]),
            (MissingColumn, &["7", "lying"]),
            (MissingColumn, &["7", "marks"]),
            (DroppedColumn, &["7"]),
            (DroppedColumn, &["7", "makeup"]),
            (MissingColumn, &["7"]),
            (RowNotUnderstood, &["7", "331002199901011234"]),
            (FormulaCell, &["3"]),
            (FormulaCell, &["3", "7"]),
            (HiddenSheet, &["7"]),
            (HiddenSheet, &["", "7"]),
            (LikelySamePerson, &["class", "7", "2017010418", "7", "2017010419", "171"]),
            (LikelySamePerson, &["number", "7", "2017010418", "8", "2017010418", "171"]),
            (LikelySamePerson, &["near", "7", "2017010418", "7", "2017010419", "171"]),
            (ColumnsRemembered, &["7=B"]),
            (GoneFromList, &["3", "1", "7", "8", "9"]),
            (ColumnGuessed, &["7", "B"]),
            (ColumnOdd, &["7", "B"]),
            (ColumnOdd, &["shifted", "3", "2017010418", "7", "8"]),
            (ColumnOdd, &["numbers", "3", "学号", "7", "8"]),
            (MarksStay, &["3", "7", "8"]),
            (DuplicateStudentNo, &["copies", "3"]),
            (PeopleLack, &["学号", "3", "3"]),
            (ValueOdd, &["void", "7", "8"]),
            (ValueOdd, &["example", "7", "8"]),
            (NoteInName, &["7 (7)", "7", "7"]),
            (FilledDown, &["7", "3"]),
            (IdContradicts, &["7", "3310**********1234"]),
            (DeletedRow, &["3"]),
            (DateOutsideCampaign, &["2026-07-09", "", "2026-06-01"]),
            (DateOutsideCampaign, &["2025-06-01", "2026-06-01", "2026-06-01"]),
            (MemoElsewhere, &["7"]),
            (LinesPaired, &[]),
            (MajorForClass, &["column", "7", "8"]),
            (MajorForClass, &["classes", "7", "171"]),
            (MajorForClass, &["across", "7", "171"]),
            (MajorForClass, &["likely", "7", "171"]),
            (MajorForClass, &["range", "7"]),
            (MajorForClass, &["part", "7"]),
            (LeadingZeroLost, &["7", "17010418", "017010418", "list"]),
            (TimeAssumed, &["08:30", "08:30", "09:00"]),
            (HeadersGuessed, &["A 7"]),
            (WeekdayDiffers, &["9.13", "2020-09-13"]),
            (OddHour, &["11B105", "02:00", "02:30"]),
            (OverCapacity, &["11B105", "90", "30", "60"]),
            (ClassWithoutRoster, &["171", "172"]),
            (CollegeWithoutRoster, &["7", "8"]),
            (CollegeWithoutRoster, &["7"]),
            (NothingAgrees, &["class", "3", "171", "2", "172"]),
            (NothingAgrees, &["college", "3", "7", "2", "8"]),
            (SlotOfNobody, &["11B105", "4"]),
            (SlotOfNobody, &["11B105", "1", "rest"]),
            (RowPassedOver, &["8:30-9:00 7"]),
            (CaptionUnclear, &["7", "3"]),
            (ValueOdd, &["", "7", "8"]),
            (ValueOdd, &["letter", "7", "8", "9"]),
            (ValueOdd, &["length", "7", "8", "9"]),
            (ValueOdd, &["decimal", "7", "8", "9"]),
            (ValueOdd, &["masked", "7", "8"]),
            (ValueOdd, &["swapped", "7", "8"]),
            (ValueOdd, &["struck", "7", "8"]),
            (ValueOdd, &["comment", "7", "8"]),
            (ValueOdd, &["number", "7", "8"]),
            (ValueOdd, &["aside", "7", "8", "9", "10"]),
            (ValueOdd, &["words", "7", "8"]),
            (ValueOdd, &["same", "7", "8", "9"]),
            (ValueOdd, &["day", "7", "8"]),
            (ValueOdd, &["double", "7", "8"]),
            (ValueOdd, &["rooms", "7"]),
            (ValueOdd, &["remark", "7"]),
            (ValueOdd, &["held", "7", "8"]),
            (ValueOdd, &["several", "7"]),
            (ValueOdd, &["off", "7"]),
            (ValueOdd, &["counts", "7", "8", "9"]),
            (ValueOdd, &["below", "7"]),
            (ValueOdd, &["note", "7"]),
            (ValueOdd, &["spelt", "7", "8"]),
            (ValueOdd, &["repeats", "7", "8"]),
            (MissingColumn, &["7", "8:00-8:40", "8:00-9:00"]),
            (KeyMissing, &["7", "B"]),
            (MarkFitsNobody, &["name", "7 171", "1"]),
            (MarkFitsNobody, &["two", "7 171", "1"]),
            (MarkFitsNobody, &["number", "2017010418", "3"]),
            (MarkFitsNobody, &["class", "171", "3"]),
            (MarkFitsNobody, &["class", "171", "3", "172"]),
            (NoClass, &["2022"]),
            (MarkUnclear, &["title", "7", "3"]),
            (MarkUnclear, &["others", "7", "3"]),
            (MarkUnclear, &["ticks", "7", "8"]),
            (MarkUnclear, &["parts", "2017010418", "2"]),
            (MarkContradicts, &["newer", "2017010418", "7"]),
            (MarkUnclear, &["remark", "7", "8"]),
            (MarkUnclear, &["amounts", "7", "20"]),
            (MarkUnclear, &["against", "7", "8"]),
            (MarkUnclear, &["marked", "7", "8", "3"]),
            (MarkUnclear, &["legend", "7"]),
            (MarkUnclear, &["colour", "7"]),
            (MarkUnclear, &["purpose", "7"]),
            (MarkUnclear, &["as_list", "7"]),
            (MarkUnclear, &["as_list_file", "7"]),
            (MarkUnclear, &["as_list_tab", "7"]),
            (MarkUnclear, &["note", "7"]),
            (MarkUnclear, &["beside", "7", "1", "8", "0"]),
            (MarkUnclear, &["beside_no", "7", "0", "8", "9.13"]),
            (MarkContradicts, &["count", "7", "15", "20"]),
            (MarkUnclear, &["none"]),
            (MarkContradicts, &["twice", "2017010418", "9"]),
            (MarkContradicts, &["columns", "7", "8"]),
            (MarkContradicts, &["titles", "7", "8"]),
            (MarkContradicts, &["person", "2017010418", "7", "8"]),
            (MarkContradicts, &["number", "2017010418", "2017010419", "7"]),
            (MarkContradicts, &["title", "7", "1", "9"]),
            (KeptColumn, &["7"]),
            (NotKept, &["7", "long", "60"]),
            (NotKept, &["7", "digits", "60"]),
        ];
        args.iter().flat_map(|(code, args)| [finding(*code, args), finding(*code, &[])]).collect()
    }

    #[test]
    fn every_fault_of_a_sheet_is_said_in_either_language_and_only_in_it() {
        for finding in all() {
            for text in [message(Lang::En, &finding), hint(Lang::En, &finding)] {
                assert!(!text.is_empty() && text.is_ascii() && !text.contains(['{', '}', '#']), "{text}");
            }
            for text in [message(Lang::Zh, &finding), hint(Lang::Zh, &finding)] {
                assert!(!text.is_ascii() && !text.contains(['{', '}', '#']), "{text}");
                assert!(!text.split(|c: char| !c.is_ascii_alphabetic()).any(|w| w.len() > 2), "{text}");
            }
        }
    }

    #[test]
    fn a_document_number_in_a_cell_is_masked() {
        for finding in all() {
            assert!(!message(Lang::Zh, &finding).contains("19990101"), "{}", message(Lang::Zh, &finding));
        }
    }

    #[test]
    fn overlapping_slots_are_each_named_with_their_minutes() {
        let finding = finding(IntakeCode::SlotOverlap, &["11B105", "09:25", "09:55", "09:50", "10:20", "5", "09:52", "10:10", "3"]);
        assert_eq!(message(Lang::Zh, &finding), "11B105 的时段 09:25–09:55 与后面的重叠：09:50–10:20（5 分钟）、09:52–10:10（3 分钟）");
    }

    #[test]
    fn the_place_is_the_cell_where_one_is_to_blame_and_else_the_row() {
        let mut finding = finding(IntakeCode::SlotGap, &[]);
        assert_eq!(place(Lang::Zh, &finding), "第 7 行");
        finding.sheet = "A".to_owned();
        finding.cell = Some("B7".to_owned());
        assert_eq!(place(Lang::En, &finding), "A B7");
    }

    #[test]
    fn the_manual_explains_every_fault_of_a_sheet() {
        let manual = include_str!("../../../docs/手册.md");
        for finding in all() {
            let code = serde_json::to_value(finding.code).unwrap();
            assert!(manual.contains(&format!("`{}`", code.as_str().unwrap())), "{code}");
        }
    }
}
