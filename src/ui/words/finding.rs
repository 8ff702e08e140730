//! Findings of the day as sentences: who, which number, what to do. For a teacher in a noisy corridor.
//!
//! What `args` of a finding hold, in order:
//!
//! | code | args |
//! |---|---|
//! | `wrong_token` | the person's own number, if any |
//! | `token_gap` | last number of the gap |
//! | `wrong_room` | the rooms planned |
//! | `wrong_slot` | the windows planned |
//! | `count_mismatch` | frames expected, frames counted, counter before, counter after |
//! | `conflict` | `person` and what two share · `one_letter`, letter, room, room · `two_letters`, room, letter, letter · `settled`, finding |
//! | `fork` | station, number there |

use super::Lang;
use super::label;
use crate::domain::day::Day;
use crate::domain::finding::{Code, Finding};
use crate::domain::ids::RoomKey;
use crate::domain::visit::Subject;

/// The sentence: who, which number, what is wrong.
pub fn message(lang: Lang, day: &Day, finding: &Finding) -> String {
    Teller { lang, day, finding }.message()
}

/// What to do now, as one teacher would tell another.
pub fn hint(lang: Lang, day: &Day, finding: &Finding) -> String {
    let teller = Teller { lang, day, finding };
    teller.special_hint().unwrap_or_else(|| advice(lang, finding.code).to_owned())
}

/// The heading of a code.
pub fn title(lang: Lang, code: Code) -> &'static str {
    match code {
        Code::OutOfOrder => lang.pick("顺序不对", "Out of order"),
        Code::LeftBehind => lang.pick("掉队", "Left behind"),
        Code::WrongToken => lang.pick("号牌不是本人的", "Someone else's card"),
        Code::DuplicateToken => lang.pick("一号两人", "One number, two people"),
        Code::TwoTokens => lang.pick("一人两号", "Two numbers, one person"),
        Code::TokenGap => lang.pick("号牌没发出", "Number never handed out"),
        Code::NotOnRoster => lang.pick("不在名单上", "Not on the list"),
        Code::ExemptShot => lang.pick("免拍的拍了", "Exempt, yet photographed"),
        Code::ExemptDoubtful => lang.pick("免拍存疑", "Exemption in doubt"),
        Code::ShotTwice => lang.pick("拍了两次", "Photographed twice"),
        Code::WrongRoom => lang.pick("走错采集点", "Wrong room"),
        Code::WrongSlot => lang.pick("不在本人时段", "Wrong time"),
        Code::ShotWithoutToken => lang.pick("没有号牌就拍了", "Photographed without a number"),
        Code::ShotWithoutSignature => lang.pick("没签名就拍了", "Photographed without a signature"),
        Code::ShotWithoutArrival => lang.pick("没签到就拍了", "Photographed without check-in"),
        Code::UnpaidShot => lang.pick("未缴费已拍", "Photographed, not paid"),
        Code::CountMismatch => lang.pick("张数不符", "Picture count differs"),
        Code::TokenNotReturned => lang.pick("号牌没交回", "Card not given back"),
        Code::Conflict => lang.pick("说法不一", "Two contradicting statements"),
        Code::Fork => lang.pick("记录出现两个版本", "Two versions of one record"),
    }
}

/// What a code asks for, whoever it concerns.
fn advice(lang: Lang, code: Code) -> &'static str {
    match code {
        Code::OutOfOrder => lang.pick(
            "先看前面几位在不在：在就请该生归队；已经拍了就补记；不在就过号。",
            "Look for the ones before: if they are here, send this one back; if they were photographed, say so; if they are gone, pass them over.",
        ),
        Code::LeftBehind => lang.pick(
            "叫一声：人在就马上拍；已拍漏扫就补记；不在就过号或暂缓。",
            "Call them: here, photograph now; photographed and not scanned, say so; gone, pass over or set aside.",
        ),
        Code::WrongToken => lang.pick(
            "当面核对两人手里的号牌：拿错了就互换登记；扫错了就撤销重扫。",
            "Compare the cards in both hands: mixed up, exchange the numbers; wrongly scanned, undo and scan again.",
        ),
        Code::DuplicateToken => lang.pick(
            "看号牌在谁手里：给另一位补发新号。",
            "See who holds the card: the other one gets a new number.",
        ),
        Code::TwoTokens => lang.pick("收回没有用的那张，作废。", "Take back the one not used and make it void."),
        Code::TokenGap => lang.pick(
            "看看手里那叠号牌：没有这几张就登记缺号；还在手里就照发；已经发给人了就补登记。",
            "Look at the stack of cards: not there, record them as missing; still there, hand them out; given to someone, record to whom.",
        ),
        Code::NotOnRoster => lang.pick(
            "问清姓名和学号：在名单上就认领；不在就报教务处补名单。",
            "Ask for name and student number: if they are on the list, claim them; if not, have the office add them.",
        ),
        Code::ExemptShot => lang.pick(
            "问一下为什么拍：名单标错了、旧照片不能用，就算应到；本人自愿，还是免拍。",
            "Ask why: marked by mistake or an old picture of no use, and they are expected; at their own wish, and they stay exempt.",
        ),
        Code::ExemptDoubtful => lang.pick(
            "旧照片只算旧学籍：请本人登录学信网看看，没有就今天来拍。",
            "The old picture belongs to the old student record: let them look on the national site and come today if there is none.",
        ),
        Code::ShotTwice => lang.pick(
            "同一次多拍一张选重拍；前一次记错了选作废；要换新照片也选作废。",
            "One more picture of the same sitting is a retake; if an earlier entry was wrong, or the new picture is to count, make it void.",
        ),
        Code::WrongRoom => lang.pick(
            "说好了改在这里就登记调班；不然请回原采集点，并告诉那边。",
            "If it was agreed, record the move; otherwise send them to their own room and tell the people there.",
        ),
        Code::WrongSlot => lang.pick("说好了改时间就登记调班。", "If it was agreed, record the move."),
        Code::ShotWithoutToken => lang.pick(
            "马上补发一个号，写在签名表上；还没拍就请该生归队，先到签到台领号。",
            "Give them a number now and write it on the signature sheet; not photographed yet, send them back to the desk.",
        ),
        Code::ShotWithoutSignature => lang.pick("请本人回来补签名。", "Have them come back and sign."),
        Code::ShotWithoutArrival => lang.pick("确认是本人来的，补签到。", "Make sure it was they who came, then check them in."),
        Code::UnpaidShot => lang.pick("收到费用就记已缴费；没有就交给财务跟进。", "Once they paid, record it; otherwise the office follows up."),
        Code::CountMismatch => lang.pick(
            "趁刚拍完，请摄影师往回翻照片，对上一次报张数之后的人：谁多拍了、谁漏扫了，当场记下。",
            "Now, while it is fresh: go back through the pictures with the photographer to the last count and note who was taken twice or not scanned.",
        ),
        Code::TokenNotReturned => lang.pick("出门前请把号牌收回；已经交了就记已交。", "Collect the card at the way out; if it was given back, record it."),
        Code::Conflict => lang.pick("两边商量好以哪个为准，再记为已核对。", "Agree with the other side which one holds, then mark it as checked."),
        Code::Fork => lang.pick(
            "先不要删任何文件：两份都留好备份，请管理员来看。这台电脑之后的记录暂不合并。",
            "Delete nothing: keep a backup of both and ask the person in charge. Later records of that computer are not merged for now.",
        ),
    }
}

struct Teller<'a> {
    lang: Lang,
    day: &'a Day,
    finding: &'a Finding,
}

impl Teller<'_> {
    fn message(&self) -> String {
        let (who, others) = (self.who(), self.others());
        let at = self.finding.at.map(|at| label::clock(self.day, at));
        match self.finding.code {
            Code::OutOfOrder if others.is_empty() => self.say(&[&who], "# 来得太早，插到前面拍了", "# was photographed too early"),
            Code::OutOfOrder => self.say(
                &[&who, &others],
                "# 排在 # 之前拍了；若不登记，后面照片将全部错位",
                "# was photographed before #; unless this is recorded, all later pictures go to the wrong people",
            ),
            Code::LeftBehind if others.is_empty() => self.say(
                &[&who],
                "# 领了号一直没拍，后面的号已经拍过去了",
                "# took a number and was never photographed; later numbers have passed",
            ),
            Code::LeftBehind => self.say(&[&who, &others], "# 掉队了：# 先拍了", "# fell behind: # went first"),
            Code::WrongToken => self.wrong_token(&others),
            Code::DuplicateToken => {
                let token = self.token();
                let heads = label::heads(self.lang, self.finding.others.len());
                self.say(&[&token, &heads, &others], "# 同时在 #手里：#", "# is held by #: #")
            }
            Code::TwoTokens => {
                let tokens: Vec<String> = self.finding.others.iter().chain(&self.finding.token).map(|t| label::clean(t)).collect();
                self.say(&[&self.full(), &label::listed(self.lang, &tokens)], "# 手里有几个号：#", "# holds more than one number: #")
            }
            Code::TokenGap => self.gap(),
            Code::NotOnRoster => self.not_on_roster(),
            Code::ExemptShot => self.say(&[&who], "# 名单上是免拍，却拍了", "# is exempt on the list, yet was photographed"),
            Code::ExemptDoubtful => self.say(
                &[&self.full()],
                "# 标着免拍，但换过学籍，旧照片可能不算",
                "# is marked exempt, but has a new student record: the old picture may not count",
            ),
            Code::ShotTwice => match at {
                Some(at) => self.say(&[&who, &at], "# 已经拍过，# 又拍了一次", "# had been photographed and was again at #"),
                None => self.say(&[&who], "# 拍了两次", "# was photographed twice"),
            },
            Code::WrongRoom => {
                let planned: Vec<String> = self.finding.args.iter().map(|r| label::clean(r)).collect();
                self.say(
                    &[&who, &label::listed(self.lang, &planned), &self.room()],
                    "# 应在 # 拍，却在 # 拍了",
                    "# belongs to # and was photographed in #",
                )
            }
            Code::WrongSlot => {
                let planned: Vec<String> = self.finding.args.iter().map(|w| self.window(w)).collect();
                let planned = label::listed(self.lang, &planned);
                let at = at.unwrap_or_else(|| self.lang.pick("别的时间", "another time").to_owned());
                self.say(&[&who, &planned, &at], "# 的时段是 #，却在 # 拍了", "# was due #, and was photographed at #")
            }
            Code::ShotWithoutToken => self.say(&[&self.full()], "# 没有号牌就拍了", "# was photographed without a number"),
            Code::ShotWithoutSignature => self.say(&[&who], "# 没签名就拍了", "# was photographed without a signature"),
            Code::ShotWithoutArrival => self.say(&[&who], "# 没签到就拍了", "# was photographed without checking in"),
            Code::UnpaidShot => self.say(&[&who], "# 名单上未缴费，已经拍了", "# has not paid according to the list, and was photographed"),
            Code::CountMismatch => self.count(),
            Code::TokenNotReturned => self.say(&[&who], "# 拍完没交回号牌", "# did not give the card back"),
            Code::Conflict => self.conflict(),
            Code::Fork => self.say(
                &[&self.arg(1), &self.arg(0)],
                "第 # 条记录有两个不同的版本（电脑 #）",
                "record # exists in two different versions (station #)",
            ),
        }
    }

    /// Sentences that depend on more than the code.
    fn special_hint(&self) -> Option<String> {
        let lang = self.lang;
        let hint = match self.finding.code {
            Code::NotOnRoster if self.finding.person.is_some_and(|id| self.day.roster().person(id).is_none()) => lang.pick(
                "删去的就记为已核对；名单撤销错了就再导一次。",
                "Removed on purpose: mark it as checked; a list undone by mistake: import it again.",
            ),
            Code::NotOnRoster if self.is_bare_number() => lang.pick(
                "问拿这张号牌的人是谁，给他补发号；扫错了就撤销。",
                "Ask who holds this card and record the number for them; if it was a wrong scan, undo it.",
            ),
            Code::Conflict => match self.finding.args.first().map(String::as_str) {
                Some("person") => lang.pick(
                    "看证件：是一个人就更正姓名；是两个人就更正写错的号码。",
                    "Look at the document: one person, correct the name; two people, correct the wrong number.",
                ),
                Some("one_letter" | "two_letters") => lang.pick(
                    "已经发出的号牌照旧有效，不要重发；两边商量以后用哪个字母。",
                    "Cards already handed out stay good, do not reissue them; agree which letter to use from now on.",
                ),
                _ => return None,
            },
            _ => return None,
        };
        Some(hint.to_owned())
    }

    // Fills the gaps of the sentence one after another; what comes from outside is never searched again.
    fn say(&self, values: &[&str], zh: &str, en: &str) -> String {
        let mut values = values.iter();
        let mut said = String::new();
        for (i, part) in self.lang.pick(zh, en).split('#').enumerate() {
            if i > 0 {
                said.push_str(values.next().unwrap_or(&""));
            }
            said.push_str(part);
        }
        // A gap at the beginning that had nothing to fill it leaves its space; a Chinese bracket brings its own.
        said.trim().replace("） ", "）").replace("（）", "")
    }

    fn arg(&self, at: usize) -> String {
        self.finding.args.get(at).map(|t| label::clean(t)).unwrap_or_default()
    }

    fn token(&self) -> String {
        self.finding.token.as_deref().map(label::clean).unwrap_or_default()
    }

    fn room(&self) -> String {
        let unknown = || self.lang.pick("别的采集点", "another room").to_owned();
        self.finding.room.as_ref().map_or_else(unknown, |r| label::room(self.day, r))
    }

    fn room_called(&self, key: &str) -> String {
        label::room(self.day, &RoomKey::of(key))
    }

    /// `9:25–9:55` with a stroke that any terminal of that language shows.
    fn window(&self, text: &str) -> String {
        label::clean(text).replace('–', self.lang.pick("–", "-"))
    }

    /// A number whose holder nobody knows.
    fn is_bare_number(&self) -> bool {
        self.finding.person.is_none() && self.finding.bare_code.is_some() && self.finding.bare_code == self.finding.token
    }

    /// `0134B 赵磊`, `徐敏（2017010418 电商171）` where there is no number, the bare code where there is nobody.
    fn who(&self) -> String {
        match (self.finding.person, self.token()) {
            (Some(id), token) if !token.is_empty() => format!("{token} {}", label::name(self.lang, self.day, &Subject::Person(id))),
            _ => self.full(),
        }
    }

    /// As [`Self::who`], but with 学号 and class even where there is a number.
    fn full(&self) -> String {
        match (self.finding.person, &self.finding.bare_code) {
            (Some(id), _) => label::person(self.lang, self.day, id),
            (None, Some(bare)) => label::code(bare),
            (None, None) if self.finding.token.is_some() => self.token(),
            (None, None) => self.lang.pick("某人", "someone").to_owned(),
        }
    }

    fn others(&self) -> String {
        let finding = self.finding;
        let paired = finding.others.len() == finding.other_people.len();
        let names: Vec<String> = match finding.code {
            // The others are people here, given by whatever tells them apart.
            Code::WrongToken | Code::DuplicateToken | Code::Conflict if paired || finding.code == Code::Conflict => {
                finding.other_people.iter().map(|id| label::person(self.lang, self.day, *id)).collect()
            }
            Code::WrongToken | Code::DuplicateToken => finding.others.iter().map(|o| label::code(o)).collect(),
            _ => (0..finding.others.len()).map(|i| self.other(i, paired)).collect(),
        };
        label::people(self.lang, &names)
    }

    fn other(&self, at: usize, paired: bool) -> String {
        let token = &self.finding.others[at];
        match self.finding.other_people.get(at) {
            Some(id) if paired => {
                format!("{} {}", label::clean(token), label::name(self.lang, self.day, &Subject::Person(*id))).trim().to_owned()
            }
            _ => label::card(self.lang, self.day, self.finding.room.as_ref(), token),
        }
    }

    fn wrong_token(&self, others: &str) -> String {
        let (who, token, own) = (self.full(), self.token(), self.arg(0));
        match own.is_empty() {
            false => self.say(
                &[&who, &token, others, &own],
                "# 拿的是 #，那是 # 的号；本人的号是 #",
                "# came with #, which belongs to #; their own number is #",
            ),
            true => self.say(&[&who, &token, others], "# 拿的是 #，那是 # 的号", "# came with #, which belongs to #"),
        }
    }

    fn gap(&self) -> String {
        let (first, last, room) = (self.token(), self.arg(0), self.room());
        if self.finding.others.is_empty() {
            return self.say(
                &[&room, &first],
                "# 的 # 没有发出，前后的号都发了",
                "#: # was never handed out, though the numbers around it were",
            );
        }
        self.say(
            &[&room, &first, &last],
            "# 的 # 到 # 没有发出，前后的号都发了",
            "#: # to # were never handed out, though the numbers around them were",
        )
    }

    fn not_on_roster(&self) -> String {
        let (who, room) = (self.who(), self.finding.room.as_ref().map(|_| self.room()).unwrap_or_default());
        match (self.finding.person, self.is_bare_number()) {
            (Some(id), _) if self.day.roster().person(id).is_none() => self.say(
                &[&self.token(), &room],
                "# 这一位的名单撤销了，或已永久删除（#）",
                "the list of whoever holds # was undone, or they were removed for good (#)",
            ),
            (Some(id), _) if self.day.roster().person(id).is_some_and(|p| self.day.roster().end_of(p).is_some()) => {
                let full = format!("{} {}", self.token(), self.full());
                self.say(&[full.trim(), &room], "# 不在名单上，已登记（#）", "# is on no list, registered in #")
            }
            (Some(_), _) => self.say(&[&who, &room], "# 不在名单上，已登记（#）", "# is on no list, registered in #"),
            (None, true) => {
                self.say(&[&who, &room], "号牌 # 没有发给任何人，却用上了（#）", "card # was handed to nobody, yet was used in #")
            }
            (None, false) => {
                self.say(&[&who, &room], "扫到的 # 不是名单上任何人的（#）", "the code # scanned in # is nobody's on the list")
            }
        }
    }

    fn count(&self) -> String {
        let number = |at| self.finding.args.get(at).and_then(|n: &String| n.parse::<i64>().ok()).unwrap_or_default();
        let (expected, counted) = (number(0), number(1));
        let pictures = |n| label::sheets(self.lang, n, ("", "picture"));
        let (should, did, differ) = (pictures(expected), pictures(counted), pictures((counted - expected).abs()));
        let (before, after, room) = (self.arg(2), self.arg(3), self.room());
        let more = counted > expected;
        let values: [&str; 6] = [&room, &before, &after, &did, &should, &differ];
        let classes: Vec<String> = self.finding.args.iter().skip(4).cloned().collect();
        let of = if classes.is_empty() {
            String::new()
        } else {
            self.lang.pick(format!("（{}）", label::people(self.lang, &classes)), format!(" ({})", label::people(self.lang, &classes)))
        };
        let said = match more {
            true => self.say(
                &values,
                "# 相机从 # 到 # 拍了 #，按登记应是 #，多 #",
                "#: the camera went from # to #, that is #; recorded are #, so # too many",
            ),
            false => self.say(
                &values,
                "# 相机从 # 到 # 拍了 #，按登记应是 #，少 #",
                "#: the camera went from # to #, that is #; recorded are #, so # too few",
            ),
        };
        said + &of
    }

    fn conflict(&self) -> String {
        match self.finding.args.first().map(String::as_str) {
            Some("person") => {
                let shared = self.finding.args.get(1).map(|k| label::code(k)).unwrap_or_default();
                self.say(
                    &[&self.full(), &self.others(), &shared],
                    "# 和 # 名字不同，号码却一样：#",
                    "# and # have different names and one number: #",
                )
            }
            Some("one_letter") => {
                let (a, b) = (self.room_called(&self.arg(2)), self.room_called(&self.arg(3)));
                self.say(&[&a, &b, &self.arg(1)], "# 和 # 的号牌都用了字母 #", "# and # both use the letter # on their cards")
            }
            Some("two_letters") => {
                let room = self.room_called(&self.arg(1));
                self.say(&[&room, &self.arg(2), &self.arg(3)], "# 的号牌有两个字母：# 和 #", "# has two letters on its cards: # and #")
            }
            Some("settled") => {
                let what = self.arg(1);
                self.say(&[&what], "两台电脑对同一条异常的处理不一样（#）", "two computers settled the same finding differently (#)")
            }
            _ => self.say(&[], "两台电脑的记录说法不一", "the records of two computers contradict each other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Entry, Event, Fact, Whole};
    use crate::domain::ids::{EntryId, PersonId, StationId};
    use crate::domain::person::{ClassList, ListRow};

    const ALL: [Code; 20] = [
        Code::OutOfOrder,
        Code::LeftBehind,
        Code::WrongToken,
        Code::DuplicateToken,
        Code::TwoTokens,
        Code::TokenGap,
        Code::NotOnRoster,
        Code::ExemptShot,
        Code::ExemptDoubtful,
        Code::ShotTwice,
        Code::WrongRoom,
        Code::WrongSlot,
        Code::ShotWithoutToken,
        Code::ShotWithoutSignature,
        Code::ShotWithoutArrival,
        Code::UnpaidShot,
        Code::CountMismatch,
        Code::TokenNotReturned,
        Code::Conflict,
        Code::Fork,
    ];

    /// A day that knows three people by these names.
    fn day(names: [&str; 3], class: &str) -> (Day, Vec<PersonId>) {
        let row = |i: usize| ListRow {
            row: i as u32 + 2,
            student_no: Some(format!("201701041{}", i + 7).into()),
            name: Some(names[i].into()),
            id_no: Some(format!("33100219990101123{i}").into()),
            class: Some(class.into()),
            ..ListRow::default()
        };
        let list = ClassList { source: String::new(), hash: "h".to_owned(), sheet: String::new(), rows: (0..3).map(row).collect() };
        let ids = list.rows.iter().map(|r| list.person(r)).collect();
        let event = Event { happened: None, fact: Fact::Whole(Whole::List { list: list.into() }) };
        let id = EntryId { station: StationId(1), seq: 1 };
        (Day::replay([Entry { id, cmd: 1, tick: 1, at: 0, event }]), ids)
    }

    fn blank(code: Code) -> Finding {
        Finding::of(code, &["0"])
    }

    /// One finding of every kind, with everything that the judge fills in and with nothing of it.
    fn findings(ids: &[PersonId]) -> Vec<Finding> {
        let mut all = Vec::new();
        for code in ALL {
            all.push(blank(code));
            let args: &[&[&str]] = match code {
                Code::WrongToken => &[&["0132B"]],
                Code::TokenGap => &[&["0135B"]],
                Code::WrongRoom => &[&["11B103"]],
                Code::WrongSlot => &[&["9:25–9:55"]],
                Code::CountMismatch => &[&["18", "19", "0131", "0150"], &["19", "18", "0131", "0149"]],
                Code::Fork => &[&["00000000000000a1", "7"]],
                Code::Conflict => &[
                    &["person", "331002199901011230"],
                    &["one_letter", "B", "11B105", "11B107"],
                    &["two_letters", "11B105", "B", "C"],
                    &["settled", "0123456789"],
                ],
                _ => &[&[]],
            };
            for args in args {
                let mut finding = blank(code);
                finding.room = Some(RoomKey::of("11B105"));
                finding.token = Some("0134B".to_owned());
                finding.person = Some(ids[2]);
                finding.at = Some(1_599_961_432_000);
                finding.others = vec!["0132B".to_owned(), "0133B".to_owned()];
                finding.other_people = ids[..2].to_vec();
                finding.args = args.iter().map(|a| (*a).to_owned()).collect();
                all.push(finding.clone());
                finding.person = None;
                finding.bare_code = Some("331002199901011238".to_owned());
                all.push(finding);
            }
        }
        all
    }

    fn is_chinese(c: char) -> bool {
        matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
    }

    #[test]
    fn every_finding_is_a_whole_sentence_and_a_hint_in_english() {
        let (day, ids) = day(["Xu Min", "Yang Zixuan", "Zhao Lei"], "171");
        for finding in findings(&ids) {
            for text in [message(Lang::En, &day, &finding), hint(Lang::En, &day, &finding), title(Lang::En, finding.code).to_owned()] {
                assert!(!text.is_empty() && !text.contains(['{', '}', '#']), "{text}");
                assert!(!text.chars().any(is_chinese), "{text}");
            }
        }
    }

    #[test]
    fn every_finding_is_a_whole_sentence_and_a_hint_in_chinese() {
        let (day, ids) = day(["徐敏", "杨子轩", "赵磊"], "电商171");
        for finding in findings(&ids) {
            for text in [message(Lang::Zh, &day, &finding), hint(Lang::Zh, &day, &finding), title(Lang::Zh, finding.code).to_owned()] {
                assert!(text.chars().any(is_chinese) && !text.contains(['{', '}', '#']), "{text}");
                // Numbers have one letter or two; a word has more.
                let longest = text.split(|c: char| !c.is_ascii_alphabetic()).map(str::len).max();
                assert!(longest <= Some(2), "{text}");
            }
        }
    }

    #[test]
    fn no_sentence_holds_a_whole_document_number() {
        let (day, ids) = day(["徐敏", "杨子轩", "赵磊"], "电商171");
        for finding in findings(&ids) {
            for lang in Lang::ALL {
                let text = message(lang, &day, &finding) + &hint(lang, &day, &finding);
                assert!(!text.contains("19990101"), "{text}");
            }
        }
    }

    #[test]
    fn someone_out_of_order_is_named_with_everyone_they_overtook() {
        let (day, ids) = day(["徐敏", "杨子轩", "赵磊"], "电商171");
        let mut finding = blank(Code::OutOfOrder);
        finding.token = Some("0134B".to_owned());
        finding.person = Some(ids[2]);
        finding.others = vec!["0132B".to_owned(), "0133B".to_owned()];
        finding.other_people = ids[..2].to_vec();
        let said = message(Lang::Zh, &day, &finding);
        assert_eq!(said, "0134B 赵磊 排在 0132B 徐敏、0133B 杨子轩 之前拍了；若不登记，后面照片将全部错位");
    }

    #[test]
    fn a_name_that_holds_a_gap_sign_or_an_escape_changes_no_sentence() {
        let (day, ids) = day(["#徐\u{1b}[2J敏", "杨子轩", "赵磊"], "电商171");
        let mut finding = blank(Code::ShotTwice);
        finding.person = Some(ids[0]);
        finding.at = Some(1_599_961_432_000);
        let said = message(Lang::Zh, &day, &finding);
        assert_eq!(said, "#徐[2J敏（2017010417 电商171）已经拍过，9:43:52 又拍了一次");
    }

    #[test]
    fn one_picture_too_many_and_one_too_few_are_told_apart() {
        let (day, _) = day(["徐敏", "杨子轩", "赵磊"], "电商171");
        let mut finding = blank(Code::CountMismatch);
        finding.room = Some(RoomKey::of("11B105"));
        finding.args = ["18", "19", "0131", "0150"].map(str::to_owned).to_vec();
        assert_eq!(message(Lang::Zh, &day, &finding), "11B105 相机从 0131 到 0150 拍了 19 张，按登记应是 18 张，多 1 张");
        finding.args = ["19", "18", "0131", "0149"].map(str::to_owned).to_vec();
        assert!(message(Lang::En, &day, &finding).ends_with("so 1 picture too few"));
    }

    #[test]
    fn the_manual_explains_every_finding_and_every_choice() {
        let manual = include_str!("../../../docs/手册.md");
        for code in ALL {
            let head = format!("| {} `{}` {} |", title(Lang::Zh, code), code.as_str(), label::severity(Lang::Zh, code.severity()));
            let line = manual.lines().find(|l| l.starts_with(&head)).unwrap_or_else(|| panic!("{head}"));
            let choices: Vec<&str> = code.choices().iter().map(|c| c.word()).collect();
            let said = if choices.is_empty() { "—".to_owned() } else { choices.join(" ") };
            assert!(line.ends_with(&format!("| {said} |")), "{line}\n{said}");
        }
    }
}
