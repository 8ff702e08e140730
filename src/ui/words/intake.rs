//! Findings of an import as sentences: what is wrong in the sheet, what was made of it, what to do.
//!
//! What `args` hold per code is documented where they are raised: the schedule's own rules and the readers of sheets.

use super::Lang;
use super::label;
use super::odd_sheet;
use crate::domain::intake::{IntakeCode, IntakeFinding};

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

/// What to do.
pub fn hint(lang: Lang, finding: &IntakeFinding) -> String {
    let hint = match finding.code {
        IntakeCode::EndBeforeStart => {
            lang.pick("问清时间，改好原表再导；照样导入则按先后颠倒处理", "ask for the right times, correct the sheet and import it again")
        }
        IntakeCode::SlotOverlap => lang.pick(
            "两个时段的班会一起到：通知错开，或改好原表再导",
            "both would come at once: tell one to come later, or correct the sheet",
        ),
        IntakeCode::SlotGap => lang.pick("中间空几分钟，多半是写错了；真是休息就不用管", "probably a slip; if it is a break, leave it"),
        IntakeCode::PaceOutlier => lang.pick("人数或时间可能写错，核对一下", "people or time may be wrong, have a look"),
        IntakeCode::SumDiffers => lang.pick("数一数是哪一行的人数写错了", "find the row whose figure is wrong"),
        IntakeCode::ClassNameOdd => {
            lang.pick("看看这样理解对不对；不对就改好原表再导", "see whether it was understood rightly; if not, correct the sheet")
        }
        IntakeCode::CollegeInSeveralRooms => {
            lang.pick("秘书只有一位的话，请各班班长先到各点带队", "with one secretary only, have class monitors lead the others")
        }
        IntakeCode::PeopleLack => lang.pick(
            "没有班级就按班叫不到人，没有姓名就认不出人：班级写在哪里，改成一列再导",
            "without a class nobody is called by class, without a name nobody is known: put the class into a column",
        ),
        IntakeCode::SlotsReplaced => lang.pick(
            "一间屋一天只认最后一份安排：几个学院各给一份的，先并成一张表再导；真是换了安排就不用管",
            "a room's day follows its last schedule: put the tables of several colleges into one; leave it if the plan has changed",
        ),
        IntakeCode::SameClassTwice => {
            lang.pick("分两批拍就不用管；写重了就改好原表", "in two parts, leave it; written twice by mistake, correct the sheet")
        }
        IntakeCode::DateIncomplete => lang.pick("导入时另外写明日期", "name the date when importing"),
        IntakeCode::BadIdChecksum => {
            lang.pick("看证件原件核对；照片按它归档，错一位就对不上", "compare with the document itself: pictures are filed under it")
        }
        IntakeCode::DigitsLost => lang.pick(
            "后几位已被表格软件改坏：向来源重要一份，把这一列设为文本再填",
            "the last digits are gone: ask for the list anew, with this column set to text",
        ),
        IntakeCode::LeadingZeroLost => lang.pick("核对是否少了开头的 0", "see whether a leading zero is missing"),
        IntakeCode::DuplicateStudentNo | IntakeCode::DuplicateIdNo => {
            lang.pick("核对是一个人写了两行，还是号码写错", "see whether it is one person twice or a wrong number")
        }
        IntakeCode::SameName => lang.pick("两位同名：当天一律用学号，不要只看名字", "two of one name: go by the student number on the day"),
        IntakeCode::SpaceInName => {
            lang.pick("不用管；证件上如果真有空格请告诉我们", "nothing to do, unless the document has the space too")
        }
        IntakeCode::ClassNotInSchedule => lang.pick("问教务处这个班几点拍，补进安排表", "ask the office when this class is due and add it"),
        IntakeCode::HeadcountDiffers => {
            lang.pick("相差不大不用管；差得多要看名单全不全", "a few do not matter; many mean that the list is incomplete")
        }
        IntakeCode::UnknownColumn => {
            lang.pick("没有用到这一列；若它有用，把表头改成常见写法", "it was not used; if it matters, give it a usual header")
        }
        IntakeCode::DroppedColumn => lang.pick(
            "与采集无关，没有存下来；要用就在导入时保留",
            "it has nothing to do with the day and was not kept; to keep it say so when importing (--keep)",
        ),
        IntakeCode::KeptColumn => lang.pick("照您说的保留；遮住的要在学生卡片上看", "kept as chosen; what is masked is shown on the card"),
        IntakeCode::NotKept => {
            lang.pick("要保留就把这一格改短、设为文本，再导", "to keep it shorten the cell, or set it to text, and import again")
        }
        IntakeCode::MissingColumn if finding.args.first().is_some_and(|a| a == "时间") => lang.pick(
            "时间要写成钟点，如 8:30-8:55；只写节次、批次的，换成钟点再导",
            "write times as 8:30-8:55; periods and batches must be clock times",
        ),
        IntakeCode::MissingColumn if finding.args.first().is_some_and(|a| a == "采集点") => lang.pick(
            "只有一个采集点就不用管；有几个，在表里写明地点",
            "leave it if there is one room only; else write the place into the sheet",
        ),
        IntakeCode::MissingColumn => lang.pick(
            "在原表加上这一列，或在导入时指明哪一列是它（如 学号=B），或换一个文件",
            "add the column, or say which one it is when importing (--columns), or take another file",
        ),
        IntakeCode::RowNotUnderstood => lang.pick("改好这一格再导", "correct this cell and import again"),
        IntakeCode::FormulaCell | IntakeCode::HiddenSheet if finding.args.len() > 1 => odd_sheet::hint(lang, finding.code),
        IntakeCode::FormulaCell => {
            lang.pick("取的是上次算出的结果；不放心就粘贴为数值再导", "the last result was taken; to be sure, paste as values")
        }
        IntakeCode::ColumnsRemembered => lang.pick("和上次说的一样；不对就重新说一次", "as said the last time; say it anew if it is wrong"),
        IntakeCode::LikelySamePerson => lang.pick(
            "看原件问清：是同一个人就按同一人处理，旧号码和当天的记录都跟着走",
            "ask: if it is the same person say so, and everything of the day stays theirs",
        ),
        IntakeCode::GoneFromList => lang.pick(
            "补充名单就不用管；是新名单就按新名单处理，不再算应到，当天有记录的人会单独列出",
            "leave it if this list only adds people; if it replaces the old one say so: they are expected no longer",
        ),
        IntakeCode::HiddenSheet => {
            lang.pick("隐藏的表没有导；要用就取消隐藏，或指明表名", "it was not taken; unhide it or name it to do so")
        }
        IntakeCode::ColumnGuessed => lang.pick(
            "看几行对不对；不对就在导入时指明这一列是什么（如 学号=B）",
            "look at some rows; if it is wrong, say what the column is when importing (--columns)",
        ),
        IntakeCode::ColumnOdd => lang.pick(
            "两列的表头可能写反或错位；改好原表，或在导入时指明（如 学号=B）",
            "headers may be swapped or shifted: correct the sheet, or say what the column is when importing (--columns)",
        ),
        IntakeCode::NoteInName => {
            lang.pick("括号里的话没有算进姓名；要紧就写进备注", "the note was left out of the name; if it matters, put it into the remarks")
        }
        IntakeCode::FilledDown => {
            lang.pick("像是合并单元格；不是的话把每一格填满再导", "it looks like merged cells; if not, fill every cell and import again")
        }
        IntakeCode::IdContradicts => {
            lang.pick("两处有一处写错：看证件原件核对", "one of the two is wrong: compare with the document itself")
        }
        IntakeCode::DeletedRow => lang
            .pick("删掉的人没有导；要用就在原系统里恢复，再导出一次", "they were not taken; restore them in their system and export again"),
        IntakeCode::TimeAssumed => lang.pick(
            "问清起止时间，写进原表再导；照样导入就按这样算",
            "ask for the times and write them into the sheet; as it is, these count",
        ),
        IntakeCode::HeadersGuessed => lang
            .pick("看看各列理解得对不对；加上一行表头就不用猜", "see whether the columns are right; with a header row nothing is guessed"),
        IntakeCode::WeekdayDiffers => {
            lang.pick("日期和星期总有一个写错了，问清再导", "either the date or the day of the week is wrong: ask before importing")
        }
        IntakeCode::OddHour => {
            lang.pick("多半漏写了“下午”，改好原表再导", "the afternoon was probably left out: correct the sheet and import it again")
        }
        IntakeCode::OverCapacity => {
            lang.pick("排队会拖到后面：分到别的采集点，或多留时间", "the queue will run late: use another room, or more time")
        }
        IntakeCode::RowPassedOver => lang.pick(
            "里面要是有时段或学生，移进表格里再导；只是说明就不用管",
            "if a slot or somebody is in it, move it into the table and import again; a note may stay",
        ),
        IntakeCode::CaptionUnclear | IntakeCode::ValueOdd => odd_sheet::hint(lang, finding.code),
        IntakeCode::KeyMissing => lang.pick(
            "补上号码再导；没有号码，当天只能按姓名找",
            "add the number and import again; without it only the name can be searched for",
        ),
        IntakeCode::MarkFitsNobody => lang.pick(
            "核对姓名、班级、学号的写法；改成学号最稳妥，名单还没导就先导名单",
            "compare name, class and number with the list; the student number is safest; import the class list first if it is missing",
        ),
        IntakeCode::MarkUnclear => match finding.args.first().map(String::as_str) {
            Some("remark") => lang.pick(
                "要标记就写成“休学”“出国”“未缴费”这样的词；与采集无关就不用管",
                "to mark somebody use a plain word; otherwise leave it",
            ),
            Some("legend") => lang.pick(
                "把打勾的一列改成“已缴”“未缴”这样的字，删掉这句说明再导",
                "write words instead of ticks, drop the legend and import again",
            ),
            Some("ticks") => lang.pick(
                "把表头写清楚，如“已缴费”“免拍”；与标记无关就在导入时指明不取这一列",
                "give it a plain header; if it marks nobody, import with --columns DROP=HEADER",
            ),
            _ => lang.pick(
                "把标题写清楚，如“未缴费名单”“已缴费名单”；或者加一列“是否缴费”，每人写是或否",
                "say plainly in the title what holds for all, or add a column that says it of each",
            ),
        },
        IntakeCode::MarkContradicts => match finding.args.first().map(String::as_str) {
            Some("number") => {
                lang.pick("号码改对再导；照样导入，这个人不会有标记", "correct the number: as it is, this person is not marked")
            }
            Some("title") => lang.pick("这几行按列里写的标；不对就改好再导", "the column was believed; if it is wrong, correct the list"),
            Some("person") => lang.pick(
                "核对学号和姓名，改好再导：照样导入会标到学号那个人",
                "compare number and name: as it is, whoever bears the number is marked",
            ),
            Some("titles") => lang.pick("改成一致的说法再导", "make them say the same and import again"),
            _ => lang.pick("问清是哪一个，改好再导", "ask which is right, correct the list and import again"),
        },
        IntakeCode::NoClass => lang.pick(
            "这一时段没有班级，照样留着：到时由现场安排；要按班排队就在表里写明班级",
            "the slot is kept without classes; to queue by class, name them in the sheet",
        ),
        IntakeCode::ClassWithoutRoster => lang
            .pick("核对班名写法，或补导这个班的名单", "see whether the name is written as on the list, or import the list of this class"),
    };
    hint.to_owned()
}

struct Teller<'a> {
    lang: Lang,
    finding: &'a IntakeFinding,
}

impl Teller<'_> {
    fn message(&self) -> String {
        let said = self.of_code();
        match (self.finding.others.len(), self.lang) {
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
            IntakeCode::PaceOutlier => self.say(
                &[0, 1, 2, 3, 4],
                "# 这一时段 # 人 # 分钟，每分钟 # 人，一般是 # 人",
                "#: # people in # minutes, # a minute where # is usual",
            ),
            IntakeCode::SumDiffers => self.say(&[0, 1, 2], "# 写的是 # 人，各行加起来是 # 人", "# says #, the rows add up to #"),
            IntakeCode::ClassNameOdd => self.say(&[0, 1], "班级写法特别：“#”，理解为：#", "odd class name \"#\", understood as: #"),
            IntakeCode::CollegeInSeveralRooms => {
                let head = self.say(&[0], "# 同一时间在几个采集点", "# is in several rooms at once");
                self.with(head, self.groups(1))
            }
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
            IntakeCode::UnknownColumn => self.say(&[0], "不认识的列“#”", "column \"#\" is not known"),
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
            IntakeCode::ColumnOdd => {
                self.say(&[0, 1], "表头写“#”的这一列，内容却像“#”", "the column headed \"#\" holds what looks like \"#\"")
            }
            IntakeCode::NoteInName => {
                self.say(&[0, 1, 2], "姓名“#”里带着话，按“#”记，另有“#”", "the name \"#\" holds a note, taken as \"#\", note: #")
            }
            IntakeCode::FilledDown => {
                self.say(&[0, 1], "“#”这一列空着的 # 格，按上面一格填", "column \"#\": # empty cells were filled from above")
            }
            IntakeCode::RowPassedOver => self.say(&[0], "这一行没有用到：“#”", "this row was not used: \"#\""),
            IntakeCode::CaptionUnclear | IntakeCode::ValueOdd => self.of_sheet(),
            IntakeCode::KeyMissing if self.lang == Lang::Zh => self.say(&[0, 1], "#没有#", ""),
            IntakeCode::KeyMissing => format!("{}: no {}", self.arg(0), self.column(1)),
            IntakeCode::MarkFitsNobody => match self.arg(0).as_str() {
                "two" => {
                    self.say(&[1], "# 同班同名不止一人，没有标到任何人", "#: more than one of that name in the class, nobody was marked")
                }
                "number" => self.say(&[2, 1], "# 个号码不在任何名单里，如 #", "# numbers are on no list, such as #"),
                _ => self.say(&[1], "名单上没有 #，没有标到任何人", "# is on no list, nobody was marked"),
            },
            IntakeCode::MarkUnclear => match self.arg(0).as_str() {
                "title" => self.say(
                    &[1],
                    "“#”没有说清这些人是怎样的，没有标",
                    "\"#\" does not say what holds for these people, nobody was marked by it",
                ),
                "ticks" => self.say(
                    &[1],
                    "“#”这一列有的打了勾，看不出是什么意思，没有标",
                    "column \"#\" has ticks, and nothing says what they mean: nobody was marked",
                ),
                "amounts" => self.say(
                    &[1, 2],
                    "“#”这一列人人都是“#”，看不出是已缴还是应缴，没有标",
                    "column \"#\" is \"#\" for everybody: paid, or to be paid? Nobody was marked",
                ),
                "legend" => self.say(&[1], "“#”给打勾定了别的意思，没有标", "\"#\" gives ticks a meaning of its own, nobody was marked"),
                "against" => {
                    self.say(&[1, 2], "备注写着“#”，没有照“#”标这个人", "the remark says \"#\": this person was not marked by \"#\"")
                }
                "remark" => self.say(&[1, 2], "“#”写着“#”，没有当作标记", "\"#\" says \"#\", which was taken for no mark"),
                _ => self.say(&[], "没有读到任何标记", "no mark was found"),
            },
            IntakeCode::MarkContradicts => match self.arg(0).as_str() {
                "twice" => self.say(
                    &[1, 2],
                    "# 出现不止一次，说法相反（另见第 # 行）",
                    "# occurs more than once and is said to be the opposite (row #)",
                ),
                "columns" => {
                    self.say(&[1, 2], "“#”和“#”两列说法相反，没有标", "columns \"#\" and \"#\" contradict each other, nothing was marked")
                }
                "count" => self.say(&[1, 2, 3], "“#”写的是 # 人，照它标的是 # 人", "\"#\" says #, and holds for #"),
                "titles" => self.say(&[1, 2], "“#”和“#”说法相反", "\"#\" and \"#\" contradict each other"),
                "number" => self.say(&[1, 3, 2], "名单上没有 #，# 的号码是 #", "# is on no list; the number of # is #"),
                "person" => self.say(&[1, 2, 3], "号码 # 在名单上是 #，这一行写的却是 #", "number # is # on the list, and # in this row"),
                _ => self.say(&[1, 2, 3], "“#”之外，列里另有说法：# 人（共 # 人）", "\"#\", but a column says otherwise of # (of #)"),
            },
            IntakeCode::NoClass => self.say(&[0], "“#”不是班级", "\"#\" is no class"),
            IntakeCode::IdContradicts => self.say(&[0, 1], "“#”与证件号 # 不符", "\"#\" and the document number # contradict each other"),
        }
    }

    fn of_sheet(&self) -> String {
        odd_sheet::message(self.finding.code, &self.arg(0), |args, zh, en| self.say(args, zh, en))
    }

    fn likely(&self) -> String {
        let args = &[1, 2, 3, 4];
        match self.arg(0).as_str() {
            "number" => self.say(args, "# # 与名单上的 # # 号码相同，名字不同", "# # and # # on the list: one number, two names"),
            "near" => self.say(args, "# # 与名单上的 # # 同名，学号只差一位", "# # and # # on the list: one name, numbers nearly alike"),
            _ => self.say(args, "# # 与名单上的 # # 同班同名，学号不同", "# # and # # on the list: one name and class, two numbers"),
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
            (CollegeInSeveralRooms, &["7", "11B103", "09:25", "09:55", "11B105", "09:30", "10:00"]),
            (PeopleLack, &["班级", "7", "39"]),
            (PeopleLack, &["班级", "39", "39"]),
            (SlotsReplaced, &["11B105", "2020-09-13", "3", "171", "172"]),
            (SameClassTwice, &["171"]),
            (DateIncomplete, &["9.13"]),
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
            (DroppedColumn, &["7"]),
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
            (NoteInName, &["7 (7)", "7", "7"]),
            (FilledDown, &["7", "3"]),
            (IdContradicts, &["7", "3310**********1234"]),
            (DeletedRow, &["3"]),
            (TimeAssumed, &["08:30", "08:30", "09:00"]),
            (HeadersGuessed, &["A 7"]),
            (WeekdayDiffers, &["9.13", "2020-09-13"]),
            (OddHour, &["11B105", "02:00", "02:30"]),
            (OverCapacity, &["11B105", "90", "30", "60"]),
            (ClassWithoutRoster, &["171", "172"]),
            (RowPassedOver, &["8:30-9:00 7"]),
            (CaptionUnclear, &["7", "3"]),
            (ValueOdd, &["", "7", "8"]),
            (ValueOdd, &["letter", "7", "8", "9"]),
            (ValueOdd, &["length", "7", "8", "9"]),
            (ValueOdd, &["decimal", "7", "8", "9"]),
            (ValueOdd, &["swapped", "7", "8"]),
            (ValueOdd, &["number", "7", "8"]),
            (ValueOdd, &["rooms", "7"]),
            (ValueOdd, &["remark", "7"]),
            (MissingColumn, &["7", "8:00-8:40", "8:00-9:00"]),
            (KeyMissing, &["7", "B"]),
            (MarkFitsNobody, &["name", "7 171", "1"]),
            (MarkFitsNobody, &["two", "7 171", "1"]),
            (MarkFitsNobody, &["number", "2017010418", "3"]),
            (NoClass, &["2022"]),
            (MarkUnclear, &["title", "7"]),
            (MarkUnclear, &["ticks", "7"]),
            (MarkUnclear, &["remark", "7", "8"]),
            (MarkUnclear, &["amounts", "7", "20"]),
            (MarkUnclear, &["against", "7", "8"]),
            (MarkUnclear, &["legend", "7"]),
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
