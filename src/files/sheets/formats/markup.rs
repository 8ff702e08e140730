//! Pieces of HTML as programs write it: tags, attributes and text, unclosed and odd as they are; nothing is an error.

/// One piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `<td rowspan=2>`
    Open(Tag<'a>),
    /// `</td>`
    Close(&'a str),
    /// Text with its references resolved.
    Text(&'a str),
}

/// A tag with its attributes as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// True where it has that name in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, as written; empty where it has none.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.rest;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').filter(|at| *at > 0);
            let end = end.unwrap_or(if rest.starts_with('=') { 1 } else { rest.len() });
            let (key, after) = rest.split_at(end);
            let value = after.trim_start().strip_prefix('=').map(str::trim_start);
            let (value, after) = match value {
                None => ("", after),
                Some(value) => match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        let inner = &value[1..];
                        inner.split_once(quote).unwrap_or((inner, ""))
                    }
                    _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
                },
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after;
        }
    }

    /// A number as attribute, 1 where there is none.
    pub fn span(&self, name: &str, most: u32) -> u32 {
        let digits = self.attribute(name).map(str::trim).unwrap_or_default();
        digits.parse::<u32>().unwrap_or(1).clamp(1, most)
    }
}

/// Elements whose inside is no text of the page.
const SILENT: &[&str] = &["script", "style", "title", "noscript", "textarea", "template"];

/// The pieces of a page, comments and scripts left out.
pub struct Pieces<'a> {
    left: &'a str,
}

/// Takes a page apart.
pub fn pieces(page: &str) -> Pieces<'_> {
    Pieces { left: page }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.left.is_empty() {
                return None;
            }
            let Some(rest) = self.left.strip_prefix('<') else {
                let end = self.left.find('<').unwrap_or(self.left.len());
                let (text, left) = self.left.split_at(end);
                self.left = left;
                return Some(Piece::Text(text));
            };
            match rest.bytes().next() {
                Some(b'!' | b'?') => {
                    // A comment that never ends takes the rest, as in a browser.
                    let end = if rest.starts_with("!--") { "-->" } else { ">" };
                    self.left = rest.split_once(end).map_or("", |(_, left)| left);
                }
                Some(b'/') => {
                    let (inside, left) = rest.get(1..).unwrap_or_default().split_once('>').unwrap_or_default();
                    self.left = left;
                    return Some(Piece::Close(inside.trim()));
                }
                Some(c) if c.is_ascii_alphabetic() => return Some(self.open(rest)),
                _ => {
                    // A `<` of the text: 人数<30.
                    let (text, left) = self.left.split_at(1);
                    self.left = left;
                    return Some(Piece::Text(text));
                }
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn open(&mut self, rest: &'a str) -> Piece<'a> {
        let end = end_of_tag(rest);
        let (inside, left) = rest.split_at(end);
        self.left = left.strip_prefix('>').unwrap_or(left);
        let name = inside.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default();
        let tag = Tag { name, rest: inside.get(name.len()..).unwrap_or_default() };
        if SILENT.iter().any(|s| tag.is(s)) && !inside.ends_with('/') {
            self.left = after_close(self.left, name);
        }
        Piece::Open(tag)
    }
}

/// Where the tag ends: a `>` inside quotes is part of a value.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, c) in rest.bytes().enumerate() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(c),
            (None, b'>') => return at,
            _ => {}
        }
        after_equals = c == b'=' || (after_equals && c.is_ascii_whitespace());
    }
    // A quote that is never closed: the tag ends where it first could.
    rest.find('>').unwrap_or(rest.len())
}

fn after_close<'a>(text: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|t| t.find("</")) {
        let start = from + at + 2;
        let found = text.get(start..start + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if found {
            return text.get(start..).and_then(|t| t.split_once('>')).map_or("", |(_, left)| left);
        }
        from = start;
    }
    ""
}

const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ensp", " "),
    ("emsp", "\u{3000}"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("radic", "√"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
];

/// Appends text with white space folded to one space and references resolved; an unknown one stays as written.
pub fn append(text: &str, to: &mut String) {
    let mut left = text;
    while let Some(c) = left.chars().next() {
        if c == '&'
            && let Some((meant, after)) = reference(left)
        {
            to.push_str(&meant);
            left = after;
        } else {
            left = left.get(c.len_utf8()..).unwrap_or_default();
            if !c.is_ascii_whitespace() {
                to.push(c);
            } else if !to.ends_with([' ', '\n']) {
                to.push(' ');
            }
        }
    }
}

fn reference(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix('&')?;
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(rest.len()).min(12);
    let (name, after) = rest.split_at_checked(length)?;
    let after = after.strip_prefix(';').unwrap_or(after);
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((char::from_u32(code).filter(|c| *c != '\0')?.to_string(), after));
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, meant)| ((*meant).to_owned(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let Some(Piece::Open(tag)) = pieces("<TD class=xl25 style='mso-number-format:\"\\@\"' nowrap ROWSPAN = \"2\" x:num=3>a > b").next()
        else {
            panic!()
        };
        assert!(tag.is("td"));
        assert_eq!(tag.attribute("style"), Some("mso-number-format:\"\\@\""));
        assert_eq!(tag.span("rowspan", 100), 2);
        assert_eq!(tag.attribute("nowrap"), Some(""));
        assert_eq!(tag.attribute("x:num"), Some("3"));
        assert_eq!(tag.attribute("colspan"), None);
    }

    #[test]
    fn comments_and_scripts_are_no_text_and_a_bare_sign_is() {
        let page = "<!--[if mso]><td>x</td><![endif]--><script>if (a < b) { '<td>' }</script>人数<30&nbsp;&amp;&#23398;&x<br>";
        let mut text = String::new();
        for piece in pieces(page) {
            if let Piece::Text(t) = piece {
                append(t, &mut text);
            }
        }
        assert_eq!(text, "人数<30\u{a0}&学&x");
    }
}
