//! What a camera writes into its files beside the picture: an APP1 segment with a small TIFF directory, little-endian.

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;

/// What is said of one exposure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// Maker of the camera.
    pub make: &'a str,
    /// Its model.
    pub model: &'a str,
    /// Serial number of the body.
    pub serial: &'a str,
    /// How the picture must be turned to stand upright, 1–8.
    pub turned: u16,
    /// Capture time by the camera's clock, `2020:09:13 08:33:40`.
    pub taken: &'a str,
    /// Hundredths of a second after it, two digits.
    pub hundredths: &'a str,
}

/// Fields of one directory: tag, kind, number of values, bytes.
type Fields = Vec<(u16, u16, u32, Vec<u8>)>;

fn text(tag: u16, text: &str) -> (u16, u16, u32, Vec<u8>) {
    let mut bytes = text.as_bytes().to_vec();
    bytes.push(0);
    (tag, ASCII, bytes.len() as u32, bytes)
}

/// A directory that begins at `start` of the TIFF part: the entries, then whatever is longer than four bytes.
fn directory(start: usize, fields: &Fields) -> Vec<u8> {
    let head = 2 + fields.len() * 12 + 4;
    let (mut entries, mut data) = (Vec::new(), Vec::new());
    for (tag, kind, count, bytes) in fields {
        entries.extend(tag.to_le_bytes());
        entries.extend(kind.to_le_bytes());
        entries.extend(count.to_le_bytes());
        if bytes.len() <= 4 {
            entries.extend(bytes);
            entries.resize(entries.len() + 4 - bytes.len(), 0);
        } else {
            entries.extend(((start + head + data.len()) as u32).to_le_bytes());
            data.extend(bytes);
            // Values begin at even places.
            data.resize(data.len().next_multiple_of(2), 0);
        }
    }
    let mut out = (fields.len() as u16).to_le_bytes().to_vec();
    out.extend(entries);
    out.extend([0; 4]);
    out.extend(data);
    out
}

/// The whole segment, marker and length included.
pub fn segment(said: &Said) -> Vec<u8> {
    let first = |next: usize| -> Fields {
        vec![
            text(0x010f, said.make),
            text(0x0110, said.model),
            (0x0112, SHORT, 1, said.turned.to_le_bytes().to_vec()),
            (0x8769, LONG, 1, (next as u32).to_le_bytes().to_vec()),
        ]
    };
    let second: Fields =
        vec![(0x9000, 7, 4, b"0232".to_vec()), text(0x9003, said.taken), text(0x9291, said.hundredths), text(0xa431, said.serial)];
    let next = 8 + directory(8, &first(0)).len();
    let mut tiff = b"II\x2a\0\x08\0\0\0".to_vec();
    tiff.extend(directory(8, &first(next)));
    tiff.extend(directory(next, &second));
    let mut out = vec![0xff, 0xe1];
    out.extend(((tiff.len() + 8) as u16).to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(tiff);
    out
}
