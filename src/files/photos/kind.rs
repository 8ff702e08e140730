//! What kind of file it is: by its first bytes, and by its name only where they say nothing.

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A picture of a kind that is not read (HEIC, RAW …).
    Foreign,
    /// Something else.
    Other,
}

/// Suffixes of what lies beside photographs and is none: never opened.
const BESIDE: &[&str] = &[
    "db",
    "ini",
    "txt",
    "xmp",
    "xml",
    "csv",
    "xls",
    "xlsx",
    "doc",
    "docx",
    "pdf",
    "htm",
    "html",
    "json",
    "md",
    "log",
    "zip",
    "rar",
    "7z",
    "exe",
    "lnk",
    "url",
    "inf",
    "mov",
    "mp4",
    "avi",
    "mts",
    "m2ts",
    "m4v",
    "mpg",
    "wav",
    "mp3",
    "thm",
    "lrv",
    "ctg",
    "dsc",
    "aae",
    "ind",
    "bdm",
    "mpl",
    "cpi",
    "bak",
    "tmp",
    "part",
    "crdownload",
    "lrcat",
    "cos",
    "pp3",
    "on1",
    "dop",
    "sidecar",
];
/// Suffixes of pictures that are read.
const READ: &[&str] = &["jpg", "jpeg", "jpe", "jfif", "png"];
/// Suffixes of pictures that are not read.
const FOREIGN: &[&str] = &[
    "heic", "heif", "hif", "avif", "cr2", "cr3", "crw", "nef", "nrw", "arw", "sr2", "srf", "dng", "raf", "orf", "rw2", "rwl", "pef", "srw",
    "x3f", "3fr", "fff", "iiq", "erf", "kdc", "dcr", "mrw", "mos", "raw", "tif", "tiff", "gif", "bmp", "webp", "psd", "jp2", "jxl", "mpo",
];

/// The suffix in lower case, without the dot; empty where there is none.
pub fn suffix(name: &str) -> String {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or_else(String::new, |(_, s)| s.to_ascii_lowercase())
}

/// True where the name alone says that this is nothing to look into.
pub fn is_beside(name: &str) -> bool {
    BESIDE.contains(&suffix(name).as_str())
}

/// True where the name promises a picture, so that it is worth saying that it is none.
pub fn promises_a_picture(name: &str) -> bool {
    READ.contains(&suffix(name).as_str())
}

/// The kind of a file with this name and these first bytes.
pub fn of(name: &str, head: &[u8]) -> Kind {
    if head.starts_with(b"\xff\xd8\xff") || head == b"\xff\xd8" {
        return Kind::Jpeg;
    }
    // A PNG that ends inside its signature is still meant as one.
    if head.starts_with(b"\x89PNG") {
        return Kind::Png;
    }
    if is_foreign(head) || FOREIGN.contains(&suffix(name).as_str()) { Kind::Foreign } else { Kind::Other }
}

fn is_foreign(head: &[u8]) -> bool {
    const STARTS: &[&[u8]] = &[
        b"II*\0",
        b"MM\0*",
        b"IIU\0",
        b"IIRO",
        b"IIRS",
        b"MMOR",
        b"FUJIFILMCCD-RAW",
        b"FOVb",
        b"\0MRM",
        b"GIF8",
        b"8BPS",
        b"\xff\x0a",
        b"\0\0\0\x0cJXL ",
        b"\0\0\0\x0cjP  ",
    ];
    const BRANDS: &[&[u8]] = &[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"crx "];
    let brand = head.get(8..12).filter(|_| head.get(4..8) == Some(b"ftyp"));
    let web = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    // "BM" alone begins many a text: a bitmap's reserved bytes are zero.
    let bitmap = head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]);
    web || bitmap || brand.is_some_and(|b| BRANDS.contains(&b)) || STARTS.iter().any(|s| head.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_the_name_only_where_it_is_silent() {
        assert_eq!(of("a.jpg", b"\x89PNG\r\n\x1a\n"), Kind::Png);
        assert_eq!(of("a.png", b"\xff\xd8\xff\xe0"), Kind::Jpeg);
        assert_eq!(of("a.JPG", b"hello"), Kind::Other);
        assert_eq!(of("a.jpg", b"\0\0\0\x18ftypheic"), Kind::Foreign);
        assert_eq!(of("DSC_0001.NEF", b"??"), Kind::Foreign);
        assert_eq!(of("a", b"II*\0\x10\0\0\0CR"), Kind::Foreign);
        assert_eq!(of("a.jpg", b"BMW is a car"), Kind::Other);
        assert!(is_beside("Thumbs.db") && !is_beside("a.JPG") && promises_a_picture("x.y.JPEG"));
    }
}
