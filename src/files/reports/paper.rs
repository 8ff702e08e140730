//! What printed sheets with pictures share: A4 upright, one box a page, pictures inside the file, the lines to sign on.

use std::fmt::Write as _;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Image, Worksheet, XlsxError};

use super::page::escape;
use super::table::Heading;
use super::workbook::header_text;

/// Font of printed sheets in workbooks.
const FONT: &str = "宋体";
const PAPER_A4: u8 = 9;
/// A page is a box of its own, so that no picture is ever cut; on the screen it lies on grey like a sheet of paper.
const STYLE: &str = "@page{size:A4 portrait;margin:9mm 10mm}*{box-sizing:border-box}\
body{font:9pt/1.3 SimSun,\"Noto Serif CJK SC\",\"Songti SC\",serif;color:#000;margin:0;-webkit-print-color-adjust:exact;print-color-adjust:exact}\
p,h1,h2,figure{margin:0}.page{width:190mm;height:278mm;display:flex;flex-direction:column;break-after:page;overflow:hidden}\
.page:last-of-type{break-after:auto}.top{display:flex;justify-content:space-between;align-items:baseline;border-bottom:1.5pt solid #000;padding-bottom:1mm}\
h1{font-size:15pt;line-height:1.2}.of{font-size:9pt;text-align:right}.facts{display:flex;justify-content:space-between;margin-top:1mm}\
.hint{font-size:8.5pt;color:#222}.rest{flex:1;min-height:0}.foot{display:flex;justify-content:space-between;align-items:flex-end;height:9mm;font-size:10pt}\
.line{display:inline-block;border-bottom:.6pt solid #000;width:32mm;height:5mm;vertical-align:bottom;margin:0 4mm 0 1mm}\
.pic{border:.6pt solid #555;overflow:hidden;display:flex;align-items:center;justify-content:center;background:#fff}\
.pic img{width:100%;height:100%;object-fit:contain;display:block}.pic.none{border:.8pt dashed #000;color:#000;font-size:9pt}\
@media screen{body{background:#888}.page{background:#fff;margin:6mm auto;padding:9mm 10mm;width:210mm;height:297mm;box-shadow:0 0 3mm #333}}";

/// Begins a page of HTML that needs nothing else.
pub(super) fn open(title: &str, style: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}{style}</style></head>\n<body>\n"
    )
}

/// Ends it.
pub(super) fn close(mut out: String) -> Vec<u8> {
    out.push_str("</body></html>\n");
    out.into_bytes()
}

/// Begins a sheet of paper: what it is, and whose.
pub(super) fn begin(out: &mut String, heading: &Heading, title: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, "<section class=\"page\"><div class=\"top\"><h1>{}</h1>", escape(title));
    let _ = writeln!(out, "<p class=\"of\">{}　制表 {}</p></div>", escape(&heading.school), escape(&heading.made));
}

/// Ends a sheet of paper: lines to sign on, and which page of how many it is.
pub(super) fn end(out: &mut String, signs: &[&str], page: usize, pages: usize) {
    out.push_str("<div class=\"foot\"><span>");
    signs.iter().for_each(|sign| {
        let _ = write!(out, "{sign}<span class=\"line\"></span>");
    });
    let _ = writeln!(out, "</span><span>第 {page}/{pages} 页</span></div></section>");
}

/// A picture in its frame; an empty frame with `otherwise` in it where there is none that can be shown.
pub(super) fn picture(out: &mut String, jpeg: Option<&[u8]>, alt: &str, otherwise: &str) {
    let _ = match jpeg.and_then(|bytes| Some((bytes, media_type(bytes)?))) {
        Some((bytes, kind)) => {
            out.push_str("<div class=\"pic\"><img alt=\"");
            out.push_str(&escape(alt));
            let _ = write!(out, "\" src=\"data:{kind};base64,");
            base64(out, bytes);
            writeln!(out, "\"></div>")
        }
        None => writeln!(out, "<div class=\"pic none\"><span>{}</span></div>", escape(otherwise)),
    };
}

/// The picture for a workbook, at most so many pixels wide and high; `None` where it cannot be shown.
pub(super) fn image(jpeg: Option<&[u8]>, width: f64, height: f64, alt: &str) -> Option<Image> {
    let bytes = jpeg.filter(|bytes| media_type(bytes).is_some())?;
    let image = Image::new_from_buffer(bytes).ok()?;
    let real = |n: f64| n.is_finite() && n >= 1.0;
    (real(image.width()) && real(image.height())).then(|| image.set_scale_to_size(width, height, true).set_alt_text(alt))
}

/// Sets a worksheet to A4 upright at full size: what is placed by the millimetre stays there.
pub(super) fn set_page(ws: &mut Worksheet, signs: &str) {
    ws.set_paper_size(PAPER_A4).set_portrait().set_print_scale(100).set_print_center_horizontally(true).set_screen_gridlines(false);
    ws.set_margins(0.35, 0.35, 0.35, 0.6, 0.2, 0.25);
    // A space after every font size: a digit that follows it would be read as part of the size.
    let signs = header_text(signs, 120);
    ws.set_footer(format!("&L&\"{FONT},Regular\"&11 {signs}&R&\"{FONT},Regular\"&9 第 &P/&N 页"));
}

/// The look of a cell of text on a printed sheet.
pub(super) fn text(size: f64, align: FormatAlign) -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_charset(134)
        .set_font_size(size)
        .set_num_format("@")
        .set_align(align)
        .set_align(FormatAlign::VerticalCenter)
        .set_shrink()
}

/// The look of a cell whose text takes several lines; it must not shrink too.
pub(super) fn wrapped(size: f64) -> Format {
    Format::new().set_font_name(FONT).set_font_charset(134).set_font_size(size).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

/// A cell as a part of a frame that runs over several rows.
pub(super) fn framed(format: &Format, border: FormatBorder, top: bool, bottom: bool) -> Format {
    let format = format.clone().set_border_left(border).set_border_right(border);
    let format = if border == FormatBorder::Thin { format.set_border_color(0x80_80_80) } else { format };
    let format = if top { format.set_border_top(border) } else { format };
    if bottom { format.set_border_bottom(border) } else { format }
}

/// Writes text over the columns `from..=to` of a row.
///
/// # Errors
/// Where the library refuses.
pub(super) fn across(ws: &mut Worksheet, row: u32, from: u16, to: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if from == to {
        ws.write_string_with_format(row, from, text, format)?;
    } else {
        ws.merge_range(row, from, row, to, text, format)?;
    }
    Ok(())
}

/// What a browser is told of the bytes; `None` where they are no picture it could show.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        _ => None,
    }
}

/// Appends bytes as base64 (RFC 4648).
fn base64(out: &mut String, bytes: &[u8]) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0_u32, |bits, (i, b)| bits | u32::from(*b) << (16 - 8 * i));
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= three.len() { char::from(letter) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64_as_the_standard_shows() {
        let coded = |text: &str| {
            let mut out = String::new();
            base64(&mut out, text.as_bytes());
            out
        };
        for (plain, code) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(coded(plain), code);
        }
        let mut out = String::new();
        base64(&mut out, &[0xfb, 0xff, 0xfe]);
        assert_eq!(out, "+//+");
    }

    #[test]
    fn what_is_no_picture_leaves_an_empty_frame() {
        let mut out = String::new();
        picture(&mut out, Some(b"<script>"), "x", "照片打不开");
        assert!(out.contains("照片打不开") && !out.contains("script"));
        assert!(image(Some(b"\xff\xd8\xff"), 10.0, 10.0, "x").is_none());
        assert!(image(None, 10.0, 10.0, "x").is_none());
    }
}
