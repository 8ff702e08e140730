//! What to do about a fault of a sheet, in words.

use super::Lang;
use super::odd_sheet;
use super::unclear_mark;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

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
        IntakeCode::DuplicateStudentNo if finding.args.first().is_some_and(|a| a == "copies") => {
            lang.pick("不用管；本该是两个人，就改好号码再导", "nothing to do; if two people are meant, correct the numbers")
        }
        IntakeCode::PeopleLack if finding.args.first().is_some_and(|a| a == "学号") => lang.pick(
            "没有号码，当天只能按姓名找：号码在别的列里就在导入时指明（如 学号=B），或换一份带学号的名单",
            "without numbers people are found by typing only: say which column holds them (--columns), or take a list that has them",
        ),
        IntakeCode::PeopleLack => lang.pick(
            "没有班级就按班叫不到人，没有姓名就认不出人：班级写在哪里，改成一列再导",
            "without a class nobody is called by class, without a name nobody is known: put the class into a column",
        ),
        IntakeCode::PrintedTwice => lang.pick(
            "两个人一个号，照片就对不上：问发名单的人谁是这个号，改好再导",
            "two people with one number cannot be told apart: ask whose it is and correct the list",
        ),
        IntakeCode::SlotsMoved => {
            lang.pick("看看改得对不对；通知已经发出的，告诉这些班", "see that it is right; tell these classes where notices are out")
        }
        IntakeCode::SlotsReplaced => lang.pick(
            "一间屋一天只认最后一份安排：几个学院各给一份的，先并成一张表再导；真是换了安排就不用管",
            "a room's day follows its last schedule: put the tables of several colleges into one; leave it if the plan has changed",
        ),
        IntakeCode::SameClassTwice => {
            lang.pick("分两批拍就不用管；写重了就改好原表", "in two parts, leave it; written twice by mistake, correct the sheet")
        }
        IntakeCode::DateIncomplete if finding.args.get(1).is_some_and(|a| a == "period") => lang.pick(
            "几天连着写，看不出哪一天：每一天写一行，或写成“8日、9日”",
            "a period is no day: write a row for each day, or name the days one by one",
        ),
        IntakeCode::DateIncomplete if finding.args.get(1).is_some_and(|a| a == "nth") => {
            lang.pick("写明是几月几日再导", "write the date itself and import again")
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
        IntakeCode::UnknownColumn => odd_sheet::column_hint(lang, finding.args.get(1).map_or("", String::as_str)),
        IntakeCode::DroppedColumn if finding.args.get(1).is_some_and(|a| a == "makeup") => lang.pick(
            "补拍没有排成时段；要排，就在表里另写一行",
            "make-up times are no slots: write a row of their own for them if they should be",
        ),
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
        IntakeCode::MissingColumn if finding.args.get(1).is_some_and(|a| a == "lying") => lang.pick(
            "在表格软件里复制整张表，选择性粘贴、勾“转置”，每人一行再导",
            "copy the table in a spreadsheet, paste it transposed so that everybody has a row, and import again",
        ),
        IntakeCode::MissingColumn if finding.args.get(1).is_some_and(|a| a == "marks") => lang.pick(
            "每人一行，写上“学号”一列；没有学号就写“姓名”和“班级”两列",
            "one row for each, with a column for the number, or two for name and class",
        ),
        IntakeCode::MissingColumn => lang.pick(
            "在原表加上这一列，或在导入时指明哪一列是它（如 学号=B），或换一个文件",
            "add the column, or say which one it is when importing (--columns), or take another file",
        ),
        IntakeCode::RowNotUnderstood if finding.args.get(2).is_some_and(|a| a == "days") => lang.pick(
            "从一天写到了另一天：每一天写一行，写明那天几点到几点",
            "it goes from one day to another: write a row a day, with its hours",
        ),
        IntakeCode::RowNotUnderstood => lang.pick("改好这一格再导", "correct this cell and import again"),
        IntakeCode::FormulaCell | IntakeCode::HiddenSheet if finding.args.len() > 1 => odd_sheet::hint(lang, finding.code),
        IntakeCode::FormulaCell => {
            lang.pick("取的是上次算出的结果；不放心就粘贴为数值再导", "the last result was taken; to be sure, paste as values")
        }
        IntakeCode::ColumnsRemembered => lang.pick("和上次说的一样；不对就重新说一次", "as said the last time; say it anew if it is wrong"),
        IntakeCode::LikelySamePerson if finding.severity == Severity::Error => lang.pick(
            "好几个人同名、号码却都变了：看原件问清，是同一批人就按同一人处理，真是另外的人就说明是另外的人；照样导入，这几行不取，别的人照取",
            "several come again under other numbers: if they are the same people say so (--same), if they are others say that (--others); taken as it is, these rows are left out",
        ),
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
        IntakeCode::ColumnOdd if finding.args.first().is_some_and(|a| a == "shifted") => lang.pick(
            "对着原件看姓名和学号是不是同一个人，多半是排序时只动了一列；名单确实没错，就按同一人处理；照样导入，这几行不取，别的人照取",
            "hold names and numbers against the source, one column may have been sorted alone; if it is right, say that they are the same people; taken as it is, these rows are left out, the others are taken",
        ),
        IntakeCode::ColumnOdd if finding.args.first().is_some_and(|a| a == "numbers") => lang.pick(
            "对着原件看号码是不是本人的，多半是排序时只动了一列；确实没错，就按同一人处理；照样导入，这几行的这个号码不取，别的照取",
            "hold the numbers against the source, one column may have been sorted alone; if they are right, say that they are the same people; taken as it is, these rows keep the number known before",
        ),
        IntakeCode::MarksStay => lang.pick(
            "真取消了，就另导一份标记名单写明（如“是否免拍”一列写“否”）；没变就不用管",
            "if it holds no longer, import a list of marks that says so (exempt: no); leave it otherwise",
        ),
        IntakeCode::ColumnOdd => lang.pick(
            "两列的表头可能写反或错位；改好原表，或在导入时指明（如 学号=B）",
            "headers may be swapped or shifted: correct the sheet, or say what the column is when importing (--columns)",
        ),
        IntakeCode::NoteInName => {
            lang.pick("这些字没有算进姓名；要紧就写进备注", "the note was left out of the name; if it matters, put it into the remarks")
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
        IntakeCode::DateOutsideCampaign => lang.pick(
            "日期写错了就改好原表再导；真在这一天拍，把它加进批次的日期（设置）",
            "correct the sheet if the date is wrong; if it is right, add the day to the campaign's dates (settings)",
        ),
        IntakeCode::MajorForClass => of_majors(lang, finding.args.first().map_or("", String::as_str)),
        IntakeCode::LinesPaired => lang.pick(
            "看看对不对：若是每个班都拍这几个时段，把每一行拆成一行一格再导",
            "see whether that is right; if each class has all these times, write one row for each and import again",
        ),
        IntakeCode::MemoElsewhere => {
            lang.pick("要用这一列，就在原系统里另存为表格文件再导", "to use it export the table from its system as a workbook")
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
        IntakeCode::ValueOdd if finding.args.first().is_some_and(|a| a == "void") => lang.pick(
            "不要就删掉这张表再导，或只导别的表（指明表名）；要的就不用管",
            "if it is not wanted delete the sheet, or import the others by name (--sheet); leave it otherwise",
        ),
        IntakeCode::ValueOdd if finding.args.first().is_some_and(|a| a == "example") => {
            lang.pick("是例子就删掉这一行再导；真有这个人就不用管", "delete the row if it is an example; leave it if it is somebody")
        }
        IntakeCode::CaptionUnclear | IntakeCode::ValueOdd => odd_sheet::hint(lang, finding.code),
        IntakeCode::KeyMissing => lang.pick(
            "补上号码再导；没有号码，当天只能按姓名找",
            "add the number and import again; without it only the name can be searched for",
        ),
        IntakeCode::MarkFitsNobody => lang.pick(
            "核对姓名、班级、学号的写法；改成学号最稳妥，名单还没导就先导名单",
            "compare name, class and number with the list; the student number is safest; import the class list first if it is missing",
        ),
        IntakeCode::MarkUnclear | IntakeCode::MarkContradicts => unclear_mark::hint(lang, finding),
        IntakeCode::NoClass => lang.pick(
            "写了学院的，该学院没有自己时段的班都算在这一时段；没写学院的到时由现场安排；要按班排队就在表里写明班级",
            "the classes of its college that have no slot of their own have this one; to queue by class, name them in the sheet",
        ),
        IntakeCode::CollegeWithoutRoster => lang.pick(
            "核对学院写法；像的可以采用改法，安排表跟着名单改",
            "see how the college is written; what it may be can be accepted as a repair (--repair all)",
        ),
        IntakeCode::NothingAgrees => lang.pick(
            "是别的学院的安排就不用管；写法不同，把一边改成和另一边一样再导",
            "fine if it is another college's schedule; if only written otherwise, make both the same and import again",
        ),
        IntakeCode::SlotOfNobody if finding.args.get(2).is_some_and(|a| a == "rest") => lang.pick(
            "合并的格子存成文本会丢班级：写明班级再导；真是给其余的人的就不用管",
            "merged cells lose the class in a csv: write it and import again, or leave it if it is for the rest",
        ),
        IntakeCode::SlotOfNobody => lang.pick(
            "在表里加一列班级（或学院）再导；照样导入，这些时段谁也不叫，到时由现场安排",
            "add a column with classes or colleges; taken as it is, nobody is called to these slots",
        ),
        IntakeCode::ClassWithoutRoster => lang
            .pick("核对班名写法，或补导这个班的名单", "see whether the name is written as on the list, or import the list of this class"),
    };
    hint.to_owned()
}

fn of_majors(lang: Lang, why: &str) -> &'static str {
    match why {
        "column" | "classes" => lang.pick(
            "看看是不是这些班；不是就在表里加一列“班级”，写明再导",
            "see whether these are the classes; if not, add a column of classes, write them there and import again",
        ),
        "likely" => lang.pick(
            "是这些班就采用改法；不是就在表里写明班级再导",
            "accept the repair if these are the classes; else write the classes into the sheet and import again",
        ),
        _ => lang.pick(
            "在表里写明班级再导；一个班分开拍的，当天按人叫",
            "write the classes into the sheet and import again; call the people of a parted class one by one",
        ),
    }
}
