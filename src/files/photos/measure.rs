//! What a picture measures: brightness, sharpness, background, and a hash of how it looks. No judgement.

use super::decode::{Pixels, Samples};

/// Rows and columns of the version that is measured, at most.
const HIGH: usize = 640;
const WIDE: usize = 1_280;

/// One sample a pixel, orientation applied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plane {
    /// Pixels wide.
    pub width: usize,
    /// Pixels high.
    pub height: usize,
    /// Row by row.
    pub data: Vec<u8>,
}

/// A small version of a picture, as seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Small {
    /// Brightness.
    pub luma: Plane,
    /// The other two samples a pixel, where there are such.
    pub colour: Option<[Plane; 2]>,
    rgb: bool,
}

/// Shrinks to at most 640 rows and 1,280 columns by whole factors and turns by the EXIF orientation.
pub fn shrink(pixels: &Pixels, turned: u8) -> Small {
    let (columns, rows) = if matches!(turned, 5..=8) { (pixels.height, pixels.width) } else { (pixels.width, pixels.height) };
    let factor = rows.div_ceil(HIGH).max(columns.div_ceil(WIDE)).max(1);
    let plane = |sample: usize| turn(means(pixels, factor, sample), turned);
    match pixels.samples {
        Samples::Luma => Small { luma: plane(0), colour: None, rgb: false },
        Samples::YCbCr => {
            // Of the colours only means over large stretches are wanted: some pixels give the same as all.
            let [blue, red] = [1, 2].map(|sample| turn(some(pixels, factor * 4, sample), turned));
            Small { luma: plane(0), colour: Some([blue, red]), rgb: false }
        }
        Samples::Rgb => {
            let [r, g, b] = [0, 1, 2].map(plane);
            let grey = |((r, g), b): ((&u8, &u8), &u8)| ((77 * u32::from(*r) + 150 * u32::from(*g) + 29 * u32::from(*b)) >> 8) as u8;
            let data = r.data.iter().zip(&g.data).zip(&b.data).map(grey).collect();
            let luma = Plane { data, ..r };
            Small { luma, colour: Some([r, b]), rgb: true }
        }
    }
}

/// The brightness alone, shrunk by a whole factor to at most `longest` pixels a side; not turned.
pub fn grey(pixels: &Pixels, longest: usize) -> Plane {
    let factor = pixels.width.max(pixels.height).div_ceil(longest.max(1)).max(1);
    // Green is nearly all of it.
    means(pixels, factor, usize::from(pixels.samples == Samples::Rgb))
}

/// One sample, a mean over squares of `factor` pixels.
fn means(pixels: &Pixels, factor: usize, sample: usize) -> Plane {
    let factor = factor.min(pixels.width).min(pixels.height).max(1);
    let (width, height) = (pixels.width / factor, pixels.height / factor);
    let data = if pixels.samples == Samples::Luma { sums::<1>(pixels, factor, 0) } else { sums::<3>(pixels, factor, sample.min(2)) };
    Plane { width, height, data }
}

fn sums<const DEPTH: usize>(pixels: &Pixels, factor: usize, sample: usize) -> Vec<u8> {
    let value = |p: &[u8; DEPTH]| p.get(sample).copied().unwrap_or(0);
    let (cells, _) = pixels.data.as_chunks::<DEPTH>();
    if factor == 1 {
        return cells.iter().map(value).collect();
    }
    let area = (factor * factor) as u32;
    let mut data = Vec::with_capacity((pixels.width / factor) * (pixels.height / factor));
    let mut sums = vec![0u32; pixels.width / factor];
    for rows in cells.chunks_exact(pixels.width * factor) {
        sums.fill(0);
        for row in rows.chunks_exact(pixels.width) {
            for (sum, cell) in sums.iter_mut().zip(row.chunks_exact(factor)) {
                *sum += cell.iter().map(|p| u32::from(value(p))).sum::<u32>();
            }
        }
        data.extend(sums.iter().map(|s| (s / area) as u8));
    }
    data
}

/// One sample of every `step`-th pixel of every `step`-th row.
fn some(pixels: &Pixels, step: usize, sample: usize) -> Plane {
    let depth = pixels.depth();
    let step = step.min(pixels.width).min(pixels.height).max(1);
    let rows = pixels.data.chunks_exact(pixels.width * depth).step_by(step);
    let data: Vec<u8> = rows.flat_map(|row| row.iter().skip(sample).step_by(step * depth).copied()).collect();
    Plane { width: pixels.width.div_ceil(step), height: pixels.height.div_ceil(step), data }
}

/// Turns by the EXIF orientation 1–8 (Exif 2.32, tag 0x0112).
fn turn(plane: Plane, turned: u8) -> Plane {
    if !(2..=8).contains(&turned) || plane.data.is_empty() {
        return plane;
    }
    let (w, h) = (plane.width, plane.height);
    let (width, height) = if turned >= 5 { (h, w) } else { (w, h) };
    let line = w as isize;
    let end = plane.data.len() as isize - 1;
    // Where the first pixel seen stands, and how far it is to the next one right and below.
    let (first, right, below) = match turned {
        2 => (line - 1, -1, line),
        3 => (end, -1, -line),
        4 => (end + 1 - line, 1, -line),
        5 => (0, line, 1),
        6 => (end + 1 - line, -line, 1),
        7 => (end, -line, -1),
        _ => (line - 1, line, -1),
    };
    let mut data = Vec::with_capacity(plane.data.len());
    for y in 0..height as isize {
        let start = first + y * below;
        data.extend((0..width as isize).map(|x| plane.data[(start + x * right) as usize]));
    }
    Plane { width, height, data }
}

/// Mean brightness, 0–255.
pub fn light(luma: &Plane) -> u8 {
    let sum: u64 = luma.data.iter().map(|v| u64::from(*v)).sum();
    (sum / luma.data.len().max(1) as u64) as u8
}

/// Variance of the Laplacian, rounded: a blurred picture has little.
pub fn sharpness(luma: &Plane) -> u32 {
    let (w, h) = (luma.width, luma.height);
    if w < 3 || h < 3 {
        return 0;
    }
    let (mut sum, mut squares) = (0i64, 0i64);
    for y in 1..h - 1 {
        let (above, line, below) = (&luma.data[(y - 1) * w..y * w], &luma.data[y * w..(y + 1) * w], &luma.data[(y + 1) * w..(y + 2) * w]);
        let (mut row, mut row_squares) = (0i32, 0i32);
        for ((((up, down), left), here), right) in above[1..].iter().zip(&below[1..]).zip(line).zip(&line[1..]).zip(&line[2..]) {
            let l = i32::from(*up) + i32::from(*down) + i32::from(*left) + i32::from(*right) - 4 * i32::from(*here);
            row += l;
            // 1,280 columns of 1,020² fit.
            row_squares += l * l;
        }
        sum += i64::from(row);
        squares += i64::from(row_squares);
    }
    let n = ((w - 2) * (h - 2)) as f64;
    let mean = sum as f64 / n;
    (squares as f64 / n - mean * mean).round().max(0.0) as u32
}

/// Where nothing but background is seen in a portrait: beside the head and above it, in parts of the sides
/// (left, right, top, bottom).
const BACKGROUND: [(f32, f32, f32, f32); 3] = [(0.02, 0.14, 0.03, 0.42), (0.86, 0.98, 0.03, 0.42), (0.14, 0.86, 0.01, 0.05)];

/// Mean colour of the background (red, green, blue) and the standard deviation of its brightness, 0–255 each.
///
/// ```text
/// ┌─┬──────┬─┐  strips that are looked at;
/// │ │ head │ │  the shoulders begin below
/// │ ├──────┤ │
/// └ shoulders┘
/// ```
pub fn background(small: &Small) -> ([u8; 3], u8) {
    let (y, uneven) = strips(&small.luma);
    let clamp = |v: f64| v.round().clamp(0.0, 255.0) as u8;
    let colour = match &small.colour {
        None => [clamp(y); 3],
        Some([r, b]) if small.rgb => {
            let (r, b) = (strips(r).0, strips(b).0);
            [clamp(r), clamp((y * 256.0 - 77.0 * r - 29.0 * b) / 150.0), clamp(b)]
        }
        Some([cb, cr]) => {
            // A mean of colours is the colour of the means (JFIF 1.02).
            let (cb, cr) = (strips(cb).0 - 128.0, strips(cr).0 - 128.0);
            [clamp(y + 1.402 * cr), clamp(y - 0.344_136 * cb - 0.714_136 * cr), clamp(y + 1.772 * cb)]
        }
    };
    (colour, clamp(uneven))
}

/// Mean and standard deviation over the strips.
fn strips(plane: &Plane) -> (f64, f64) {
    let (mut n, mut sum, mut squares) = (0u64, 0u64, 0u64);
    for (left, right, top, bottom) in BACKGROUND {
        let cut = |part: f32, length: usize| (part * length as f32) as usize;
        for y in cut(top, plane.height)..cut(bottom, plane.height).max(cut(top, plane.height) + 1).min(plane.height) {
            let line = &plane.data[y * plane.width..(y + 1) * plane.width];
            for v in line.get(cut(left, plane.width)..cut(right, plane.width)).unwrap_or(&[]) {
                let v = u64::from(*v);
                (n, sum, squares) = (n + 1, sum + v, squares + v * v);
            }
        }
    }
    let n = n.max(1) as f64;
    let mean = sum as f64 / n;
    (mean, (squares as f64 / n - mean * mean).max(0.0).sqrt())
}

/// A hash of how the face looks, 256 bits: signs of its low frequencies (pHash). The same picture, scaled or compressed
/// anew, differs in few bits.
pub fn look(luma: &Plane) -> [u8; 32] {
    const N: usize = CELLS;
    const LOW: usize = 16;
    let mut hash = [0; LOW * LOW / 8];
    if luma.data.is_empty() {
        return hash;
    }
    let cells = cells(luma);
    let wave: Vec<f32> =
        (0..LOW * N).map(|n| (std::f32::consts::PI / N as f32 * ((n % N) as f32 + 0.5) * (n / N + 1) as f32).cos()).collect();
    // Rows first, then columns; the frequency 0 is brightness, which says nothing of who it is.
    let mut rows = vec![0f32; LOW * N];
    for y in 0..N {
        for u in 0..LOW {
            rows[u * N + y] = dot(&cells[y * N..(y + 1) * N], &wave[u * N..(u + 1) * N]);
        }
    }
    let mut low = [0f32; LOW * LOW];
    for u in 0..LOW {
        for v in 0..LOW {
            low[v * LOW + u] = dot(&rows[u * N..(u + 1) * N], &wave[v * N..(v + 1) * N]);
        }
    }
    let mut sorted = low;
    sorted.sort_unstable_by(f32::total_cmp);
    let median = (sorted[LOW * LOW / 2 - 1] + sorted[LOW * LOW / 2]) / 2.0;
    for (n, v) in low.iter().enumerate() {
        hash[n / 8] |= u8::from(*v > median) << (n % 8);
    }
    hash
}

/// Sum of products, in eight strands that do not wait for each other.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut strands = [0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for (strand, (a, b)) in strands.iter_mut().zip(a.iter().zip(b)) {
            *strand += a * b;
        }
    }
    strands.iter().sum()
}

/// Squares a side that the looks are made of.
const CELLS: usize = 32;
/// Where the face is, in parts of the sides (left, right, top, bottom): background and clothes are alike in all
/// portraits of a day.
const FACE: (f32, f32, f32, f32) = (0.2, 0.8, 0.1, 0.75);

/// Sums of brightness over a grid on the face; the grid's lines may cut through pixels, so that a scaled version of a
/// picture gives the same.
fn cells(luma: &Plane) -> Vec<f32> {
    let (left, right, top, bottom) = FACE;
    let lines =
        |from: f32, to: f32, length: usize| (0..=CELLS).map(move |n| (from + (to - from) * n as f32 / CELLS as f32) * length as f32);
    let columns: Vec<f32> = lines(left, right, luma.width).collect();
    let rows: Vec<f32> = lines(top, bottom, luma.height).collect();
    let mut out = vec![0f32; CELLS * CELLS];
    // Whole numbers add up faster than broken ones and come to the same.
    let mut sums = vec![0u32; luma.width + 1];
    let mut cell = 0;
    for (y, line) in luma.data.chunks_exact(luma.width.max(1)).enumerate() {
        let (above, below) = (y as f32, y as f32 + 1.0);
        if below <= rows[0] || above >= rows[CELLS] {
            continue;
        }
        let mut sum = 0;
        for (v, upto) in line.iter().zip(&mut sums[1..]) {
            sum += u32::from(*v);
            *upto = sum;
        }
        let upto = |x: f32| {
            let whole = (x as usize).min(luma.width - 1);
            sums[whole] as f32 + f32::from(line[whole]) * (x - whole as f32)
        };
        let strip: Vec<f32> = columns.windows(2).map(|c| upto(c[1]) - upto(c[0])).collect();
        while cell < CELLS {
            let part = below.min(rows[cell + 1]) - above.max(rows[cell]);
            for (sum, v) in out[cell * CELLS..(cell + 1) * CELLS].iter_mut().zip(&strip) {
                *sum += v * part.max(0.0);
            }
            if rows[cell + 1] > below {
                break;
            }
            cell += 1;
        }
    }
    out
}
