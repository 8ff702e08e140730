//! The README of the sample data: how it was made, and what was chosen where the notices say nothing.

use duihao::desk::rehearsal::{Counts, Day, plans};

/// The file's text.
pub fn text(seed: u64, lishui: &Day, zstu: &Day) -> String {
    let minutes: i64 = zstu.slots.iter().map(|s| (s.end - s.start).num_minutes()).sum();
    let row = |what: &str, of: fn(&Counts) -> String| format!("| {what} | {} | {} |\n", of(&lishui.counts), of(&zstu.counts));
    let rows: String = [
        row("slots", |c| c.slots.to_string()),
        row("classes", |c| c.classes.to_string()),
        row("people on the lists", |c| c.people.to_string()),
        row("exempt (免拍)", |c| c.exempt.to_string()),
        row("not paid", |c| c.unpaid.to_string()),
        row("expected (all but the exempt)", |c| c.expected.to_string()),
        row("people on the lists who were shot", |c| c.shot.to_string()),
        row("expected and not shot", |c| c.no_shows.to_string()),
        row("frames, test frames and 重拍 among them", |c| c.frames.to_string()),
        row("rows of the scan log", |c| c.log_rows.to_string()),
    ]
    .concat();
    format!(
        "# Sample data

Made by `cargo run --example sample_data -- --seed {seed}`; the same seed gives the same bytes on every machine, another seed
another two days with the same kinds of fault. **Every person is synthetic**: names, student numbers and document numbers are
drawn, check characters are right, and no list of real people was used. The schedules are published facts.

| | lishui-2021 | zstu-2021 |
|---|---|---|
{rows}
Each folder holds `campaign.toml`, `schedule.xlsx`, `rosters/` (one workbook a college), `scan-log.csv` and `truth.json`: the findings
that a check of the log must give (no more and no fewer), and the 学号 of everybody expected and not shot.

## lishui-2021
- `schedule.xlsx` is 丽水学院's table as published: three groups on one sheet, the caption of A below its table, overlaps, an inverted slot
  and typos kept.
- The notice gives a head count for each slot. It is split evenly over the slot's classes, the first classes taking what is left over
  (116 over three classes: 39, 39, 38). Head counts include the exempt.
- 学号 is grade (4), college (2), class in the college (2), place in the class (2).
- About 1 % are exempt (none of them 专升本), 1.5 % have not paid, nearly 3 % more stay away. But for the planted ones none of these is shot.
- A class begins at its slot's published time (the earlier of the two where they are inverted) or when the class before is done, whichever
  is later; a person takes 22 to 28 seconds.
- Planted: a queue jump (open at 9:41:07 in 11B105, room of 电商171、172), swapped cards, two numbers, a second shot, a wrong room,
  a missing signature, a straggler, someone on no list, a latecomer in a wrong slot, a counter read one too high, one number for two people, an
  exempt and an unpaid person shot, a skipped number, a shot without number, a number never shot, a shot without 签到.
- Not to be found: 重拍, 试拍, 换卡, 过号, 暂缓 and 返回, 换号, 作废 and 补发, 补记, 缺号, 调班, 插入, 让位.

### photos/11B107
What the photographer of that room would bring: camera originals in `101DHCAM` and `102DHCAM`, some 870 files of about 1 KB. **They are
drawn**: no face in them is anybody's likeness. `photos-truth.json` says whose picture each is.
- The camera is invented: DUIHAO DHC-1, 60 × 80 pixels, held on one side in the morning and on the other after noon (EXIF
  orientation 6, then 8), hundredths of a second in the EXIF.
- The camera's clock is 3 min 17 s ahead of the log at the first 计数 and gains 12 ppm. From 拍摄 in the log to the shutter it takes 8 ± 2.5 s,
  never below 3 s; a 重拍 follows 3 to 6 s after the frame before.
- File numbers are the log's 计数 and 7282, all day; after `DHC_9999` comes `DHC_0001` in the next folder.
- Planted beside the log, in two classes that otherwise go by the book. Morning: somebody with closed eyes is taken again 4 s later and the log
  has one shot; near the end of the class the shutter does not go off for somebody. Between the two the n-th picture is the person's before.
  After noon: somebody is missed, and near the end of the class the empty chair is taken 12 s after a picture; between the two the n-th picture
  is the next person's. Since each class gains and loses one frame, no 计数 shows it.
- `photos-truth.json`: `photos` (学号 → picture to use), `early` (frames of theirs before it; for the second shot the first one), `none` (shot by the
  log, no frame), `never_sat` (has a number, was never shot), `tests` and `strays` (frames of nobody), `causes` (what was planted, and from whom
  to whom counting pictures is off because of it).

## zstu-2021
- `schedule.xlsx` is 浙江理工大学's table: two rooms side by side, colleges without classes and without head counts.
- Since no head count is published, each slot holds one person for every {pace} seconds of its published time: {minutes} slot minutes × 60 ÷ {pace},
  rounded down by slot, is {people} people. That is the pace at which the slots can be kept.
- Numbers are given in order of arrival (`0001A`, `0001B`) and collected after the shot. Two students come from abroad with passports.
- Planted: a queue jump, a straggler, a card not given back, a missing signature.
",
        pace = plans::ZSTU_SECONDS_A_PERSON,
        people = zstu.counts.people,
    )
}
