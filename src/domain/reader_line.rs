//! What an ID reader types: a whole line, `姓名,性别,民族,出生,住址,身份证号,…`, fields in an order of its own (screens.md, law 9).

use super::width;

/// The line of a reader: whose document lay on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderLine {
    /// The first field that reads like a name.
    pub name: Option<String>,
    /// The 18 characters of the document.
    pub document: String,
}

/// The line of a reader; nothing for a bare document number, and for everything else.
pub fn of(text: &str) -> Option<ReaderLine> {
    let text = width::clean(text, false);
    let fields: Vec<&str> = text.split([',', '，', ';', '；', '|', '\t', '^']).map(str::trim).filter(|f| !f.is_empty()).collect();
    if fields.len() < 2 {
        return None;
    }
    let document =
        fields.iter().find_map(|field| width::document_in(&width::as_key(field)).filter(|id| id.len() == width::key(field).len()))?;
    // 男, 女 and 汉 are one character long, which hardly any name is.
    let name =
        fields.iter().find(|f| f.chars().count() > 1 && !f.ends_with('族') && f.chars().all(|c| width::is_han(c) || "·•".contains(c)));
    Some(ReaderLine { name: name.map(|n| (*n).to_owned()), document })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_name_and_document_in_whatever_order_its_fields_stand() {
        let read = |text: &str| of(text).map(|l| (l.name.unwrap_or_default(), l.document));
        let told = Some(("李四".to_owned(), "332501199801010034".to_owned()));
        assert_eq!(read("李四,男,汉,19980101,浙江省丽水市,332501199801010034,丽水市公安局"), told);
        assert_eq!(read("332501199801010034|李四|男|汉族"), told);
        assert_eq!(read("男，汉族，李四，332501199801010034"), told);
        assert_eq!(read("33250119980101003x,MUHAMMAD"), Some((String::new(), "33250119980101003X".to_owned())));
        for other in ["332501199801010034", "李四,男", "李四", "", "A123,332501199801010034999"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
