//! The help of the command line. The Chinese sentence of a command or option stands with its definition; here are the English one of
//! each, by command and option, and the headings of both.

use super::Lang;

/// Headings of a page: usage, commands, arguments, options; then what `--help` and `--version` do.
pub fn headings(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Zh => ["用法：", "命令", "参数", "选项", "打印帮助", "打印版本"],
        Lang::En => ["Usage: ", "Commands", "Arguments", "Options", "print help", "print the version"],
    }
}

/// The English sentence of a command (`photos read`, the program itself: empty) or of what can be typed after it.
pub fn english(command: &str, option: &str) -> Option<&'static str> {
    let text = match (command, option) {
        (_, "db") => "the database (otherwise $DUIHAO_DB, the campaign used last, duihao.db)",
        (_, "lang") => "language: zh or en",
        (_, "json") => "exactly one JSON document on standard output",
        (_, "yes") => "take it in spite of errors",
        (_, "view") => "open read-only: look, write nothing",
        (_, "ascii") => "lines and marks of the screens in ASCII (old Windows consoles)",
        (command, "") => about(command)?,
        ("demo", option) => match option {
            "headless" => "without the screen",
            "out" => "export into this folder",
            _ => return None,
        },
        ("rehearse", option) => match option {
            "severity" => "how much goes wrong: light, usual, hard",
            "speed" => "how fast: 1 to 4 times",
            "seed" => "the same number, the same day; otherwise another one each time",
            "minutes" => "for so many minutes",
            _ => return None,
        },
        ("new", "campaign") => "the campaign file (TOML)",
        ("import", option) => import(option)?,
        ("act", option) => act(option)?,
        ("settle", "finding") => "id of the finding (see check)",
        ("settle", "choice") => "one of its choices (see check); 认领 is written 认领:NUMBER",
        ("undo", "command") => "STATION:SEQ; otherwise the last one of this computer",
        ("undo" | "forget", "dry_run") => "only say what would be done",
        ("status", "room") => "of this room",
        ("status", "college") => "of this college",
        ("status", "class") => "of this class",
        ("log", "last") => "so many of the last entries",
        ("export", option) => export(option)?,
        ("photos read", option) => match option {
            "dir" => "folder with photographs",
            "room" => "room",
            "date" => "date; otherwise the only day on which that room has shots",
            "offset" => "camera clock minus log, in seconds",
            _ => return None,
        },
        ("photos review", option) => match option {
            "room" => "room",
            "date" => "date",
            "all" => "list everybody",
            _ => return None,
        },
        ("photos settle", option) => ruling(option)?,
        ("photos copy", option) => copying(option)?,
        ("backup", "path") => "the backup: a file",
        ("forget", "targets") => "name of a list, student number, document, unique name, or STATION:SEQ; several are possible",
        _ => return None,
    };
    Some(text)
}

fn about(command: &str) -> Option<&'static str> {
    Some(match command {
        "" => "duihao keeps the order of the queue, proves whose photograph is whose, and follows up whoever has none",
        "demo" => "the sample day on the screen; with --headless the whole job and its exports",
        "rehearse" => "practice: ten minutes in which things go wrong, in memory only, with a score",
        "new" => "create the database of a campaign file",
        "import" => "take a schedule, class lists, marks (exempt, paid) or a scan log",
        "act" => "record one thing that happened (a row of the scan log)",
        "settle" => "settle a finding",
        "undo" => "undo",
        "redo" => "take the last undo back",
        "status" => "counts of rooms, colleges and classes",
        "check" => "all findings",
        "log" => "who did what when",
        "verify" => "check the chain of the journal",
        "export" => {
            "export: mapping, no-shows, summary, contact-sheet, evidence, pack (for the photographer), signatures, tokens (number cards), notices, corrections, closing, checklist (everything to print)"
        }
        "photos" => "photographs: read a folder, review, settle, copy by name",
        "photos read" => "read a folder of photographs (once per camera; originals are never touched)",
        "photos review" => "whose each photograph is, how sure that is, and where it slips",
        "photos settle" => "decide: confirm pair gap drop retake swap shift apply class offset withdraw",
        "photos copy" => "copy what may be used into a new folder, named by document, number or name",
        "backup" => "back the database up",
        "doctor" => "self-check: disk, clock, database; the text can be sent to somebody",
        "forget" => "remove a list, a person or entries for good",
        _ => return None,
    })
}

fn import(option: &str) -> Option<&'static str> {
    Some(match option {
        "sort" => "what it is: schedule, roster, marks, log",
        "files" => "files or folders",
        "sheet" => "only this sheet",
        "date" => "the date, where the sheet does not say all of it",
        "dry_run" => "look, take nothing",
        "columns" => "what columns mean, e.g. 学号=B,姓名=XM (header or letter); kept for lists with the same headers",
        "keep" => "columns of a list that are kept as they are, by header (several times, at most 8)",
        "repair" => "take these repairs: all, or numbers 1,3 (see --dry-run)",
        "same" => "a list that comes again: whoever may be the same person is",
        "others" => "a list that comes again: known names under other numbers are other people",
        "replace" => "a list that comes again: whoever is not on it is expected no longer",
        _ => return None,
    })
}

fn act(option: &str) -> Option<&'static str> {
    Some(match option {
        "action" => {
            "签到 sign-in, 签名 signature, 发号 number, 进场 called in, 拍摄 shot, 重拍 retake, 补记 backfill, 过号 passed over, 让位 gave way, 插入 inserted, 换号 exchange, 作废 void, 补发 new card, 交号 card back, 缺号 missing, 改号 next card, 登记 register, 认领 claim, 暂缓 set aside, 返回 came back, 调班 move, 更正 correct, 计数 counter, 对时 clock, 试拍 test, 换卡 new card, 换相机 new camera, 暂停 pause, 恢复 resume, 缴费 paid"
        }
        "room" => "room",
        "student" => "student number, document, exam number or name",
        "token" => "number of the card, or a range 0422B-0431B",
        "with" => "the other person",
        "value" => "value",
        "at" => "time: 09:41:07 or 2020-09-13T09:41:07",
        "note" => "remark",
        _ => return None,
    })
}

fn export(option: &str) -> Option<&'static str> {
    Some(match option {
        "what" => "mapping, no-shows, summary, contact-sheet, evidence, pack, signatures, tokens, notices, corrections, closing, checklist",
        "college" => "only this college",
        "room" => "only this room",
        "class" => "only this class",
        "date" => "only this day",
        "thumbs" => "small pictures in the mapping (xlsx only)",
        "range" => "only these number cards, e.g. 0001A-0120A",
        "format" => "xlsx, csv, html or json; otherwise by the suffix of --out, else xlsx",
        "out" => "where to: a file (checklist: a folder)",
        _ => return None,
    })
}

fn ruling(option: &str) -> Option<&'static str> {
    Some(match option {
        "what" => "confirm pair gap drop retake swap shift apply class offset withdraw",
        "room" => "room",
        "date" => "date",
        "photo" => "photograph: path below the folder, or file name",
        "student" => "student number or name",
        "token" => "number of the card; for shift the first",
        "with" => "the other one; for shift the last",
        "by" => "shift by so many",
        "cause" => "id of the cause (see review)",
        "class" => "class",
        "value" => "offset in seconds; otherwise the one worked out is confirmed",
        "camera" => "of which camera: model or number",
        "folder" => "the folder to withdraw",
        _ => return None,
    })
}

fn copying(option: &str) -> Option<&'static str> {
    Some(match option {
        "dir" => "a new folder",
        "name" => "how files are named, e.g. {class}/{id_no}.jpg",
        "college" => "only this college",
        "class" => "only this class",
        "room" => "only this room",
        "date" => "only this day",
        "doubts" => "also those that are still to be looked at",
        "skip_lacking" => "leave out whoever lacks what the name needs",
        "undo" => "take back: delete the pictures that were copied into this folder",
        _ => return None,
    })
}
