//! The bytes of a text as text: UTF-8, UTF-16 or GB18030, each strictly; what is none of them is refused, not guessed.

use std::borrow::Cow;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::super::error::SheetError;

/// Bytes from the start that are looked at for the pattern of UTF-16.
const HEAD: usize = 64 << 10;

/// Decodes a text file; a byte-order mark is believed, and never part of the text.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return clean(std::str::from_utf8(rest).ok().map(Cow::Borrowed));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return clean(strictly(UTF_16LE, rest));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return clean(strictly(UTF_16BE, rest));
    }
    if bytes.contains(&0) {
        let text = utf_16_without_mark(bytes).and_then(|encoding| strictly(encoding, bytes));
        return text.filter(|t| is_lines(t)).ok_or(SheetError::OtherFile("a binary file"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    if looks_like_big5(bytes) {
        return Err(SheetError::Big5);
    }
    strictly(GB18030, bytes).filter(|t| !t.contains(is_private)).ok_or(SheetError::NotUtf8)
}

/// Decodes by a label found in the file itself (`charset=gb2312`); `None` where the label or a byte is wrong.
pub fn decode_as<'a>(label: &str, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    // A page that says GB2312 is written in GBK or GB18030.
    let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
    strictly(encoding, bytes).filter(|t| !t.contains(['\0', '\u{fffd}']))
}

/// A byte string of an old program: GB18030 where it can be that, else by its code page.
pub fn by_code_page(page: u16, bytes: &[u8]) -> String {
    let encoding = match page {
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        950 => BIG5,
        936 | 10_008 | 54_936 => GB18030,
        _ => match strictly(GB18030, bytes) {
            Some(text) => return text.into_owned(),
            None => encoding_rs::WINDOWS_1252,
        },
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

// A NUL in a text means that it was none, whatever decoded it.
fn clean(text: Option<Cow<'_, str>>) -> Result<Cow<'_, str>, SheetError> {
    match text {
        Some(text) if text.contains('\0') => Err(SheetError::OtherFile("a binary file")),
        Some(text) => Ok(text),
        None => Err(SheetError::NotUtf8),
    }
}

fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Digits, separators and line ends have a zero byte in UTF-16, always on the same side.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    let enough = |n: usize| n * 50 >= head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, high) if enough(high) => Some(UTF_16LE),
        (high, 0) if enough(high) => Some(UTF_16BE),
        _ => None,
    }
}

// Without a mark, only what has lines and nothing but characters is a text.
fn is_lines(text: &str) -> bool {
    text.contains(['\n', '\r']) && !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Nearly every byte pair of Big5 is also one of GB18030, but a rare character there; what is read decides.
fn looks_like_big5(bytes: &[u8]) -> bool {
    const SIMPLE: &str = "学号姓名班级院系专业性别时间备注日期年月人数的一地点教";
    const TRADITIONAL: &str = "學號姓名班級院系專業性別時間備註日期年月人數的一地點教";
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // Cut at a line, so that no character is cut.
    let head = head.iter().rposition(|b| *b == b'\n').filter(|_| bytes.len() > HEAD).map_or(head, |at| &head[..at]);
    let Some(as_big5) = strictly(BIG5, head) else { return false };
    // Whole words of the trade are no accident: no Big5 text reads so.
    const WORDS: [&str; 12] = ["学号", "姓名", "班级", "身份证", "学院", "专业", "考生号", "时间", "日期", "地点", "缴费", "采集"];
    if strictly(GB18030, head).is_some_and(|text| WORDS.iter().any(|w| text.contains(w))) {
        return false;
    }
    let hits = |text: &str, of: &str| text.chars().filter(|c| of.contains(*c)).count();
    let (traditional, simple) = (hits(&as_big5, TRADITIONAL), strictly(GB18030, head).map_or(0, |t| hits(&t, SIMPLE)));
    traditional > simple || (traditional == simple && rare_in_gbk(head) * 5 > as_big5.chars().filter(|c| !c.is_ascii()).count())
}

/// Pairs whose second byte lies outside GB2312: they are rare in GBK, and two fifths of Big5.
fn rare_in_gbk(bytes: &[u8]) -> usize {
    let (mut count, mut at) = (0, 0);
    while let Some(first) = bytes.get(at) {
        if first.is_ascii() {
            at += 1;
        } else {
            count += usize::from(bytes.get(at + 1).is_some_and(|second| *second < 0xa1));
            at += 2;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIST: &str = "学号,姓名,班级\n2017010101,王思远,电商171\n2017010102,欧阳明喆,电商171\n";

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_that_schools_use_gives_the_same_text() {
        let gbk = GB18030.encode(LIST).0.into_owned();
        let marked = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
        for bytes in [
            LIST.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", LIST.as_bytes().to_vec()),
            gbk,
            marked(b"\xff\xfe", utf_16(LIST, true)),
            marked(b"\xfe\xff", utf_16(LIST, false)),
            utf_16(LIST, true),
            utf_16(LIST, false),
        ] {
            assert_eq!(decode(&bytes).unwrap(), LIST);
        }
    }

    proptest! {
        /// By its bytes alone about one small list in fifty looked like Big5.
        #[test]
        fn a_list_of_any_names_in_gbk_is_read_as_it_is_written(names in prop::collection::vec("[\\x{4e00}-\\x{9fa5}]{2,3}", 1..12)) {
            for head in ["学号,姓名,班级,缴费金额（元）", "姓名,班级", "序号,考生号,姓名"] {
                let rows: String = names.iter().map(|n| format!("\n20230401,{n},{n}2301")).collect();
                let text = format!("{head}{rows}");
                let (bytes, _, lossy) = GB18030.encode(&text);
                prop_assume!(!lossy);
                prop_assert_eq!(decode(&bytes).unwrap().into_owned(), text.as_str());
            }
        }
    }

    #[test]
    fn rare_names_in_gbk_stay_and_big5_is_told_apart() {
        for name in ["朱镕喆", "䶮", "冼玥", "㛃"] {
            let text = format!("学号,姓名\n1,{name}\n");
            assert_eq!(decode(&GB18030.encode(&text).0).unwrap(), text);
        }
        let big5 = BIG5.encode("學號,姓名,班級\n2017010101,王思遠,電商171\n").0.into_owned();
        assert_eq!(decode(&big5), Err(SheetError::Big5));
        let names_only = BIG5.encode("陳怡君\n林志豪\n黃雅婷\n").0.into_owned();
        assert_eq!(decode(&names_only), Err(SheetError::Big5));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\xff\xff\xff,1\n"), Err(SheetError::NotUtf8));
        assert_eq!(decode(b"\xef\xbb\xbf\xff"), Err(SheetError::NotUtf8));
        assert_eq!(decode(b"\xff\xfe\x00\x00"), Err(SheetError::OtherFile("a binary file")));
        for bytes in [&b"\0\0\0\0\0\0"[..], &[0, 1, 2, 3], b"\x01\x02\x00junk\xff"] {
            assert_eq!(decode(bytes), Err(SheetError::OtherFile("a binary file")));
        }
        // A character of the private use area was made by one school's own font: nobody else can read it.
        assert_eq!(decode(b"\xaa\xa1\n"), Err(SheetError::NotUtf8));
    }

    #[test]
    fn a_label_is_believed_only_where_every_byte_agrees() {
        assert_eq!(decode_as("gb2312", &GB18030.encode("喆").0).unwrap(), "喆");
        assert_eq!(decode_as("utf-8", b"\xd5\xc5"), None);
        assert_eq!(decode_as("nonsense", b"a"), None);
    }
}
