//! A baseline JPEG of few bytes: 4:2:0, one table of steps, codes fitted to each picture. Integers only, so that a seed gives the same
//! bytes on every machine.
//!
//! ```text
//! pixels → Y Cb Cr → blocks of 8 × 8 → cosines → steps → symbols → codes → bits
//! ```

/// A picture: three bytes a pixel, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels wide.
    pub width: usize,
    /// Pixels high.
    pub height: usize,
    /// Red, green and blue of each.
    pub rgb: Vec<u8>,
}

/// The places of a block in the order of the bits.
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56,
    57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Steps for brightness as the standard proposes them (ITU-T T.81, table K.1).
const STEPS: [u32; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22,
    37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// cos((2x + 1) u π / 16) / 2, times √½ where u is 0, in 1/8192.
const COSINES: [[i64; 8]; 8] = [
    [2896, 2896, 2896, 2896, 2896, 2896, 2896, 2896],
    [4017, 3406, 2276, 799, -799, -2276, -3406, -4017],
    [3784, 1567, -1567, -3784, -3784, -1567, 1567, 3784],
    [3406, -799, -4017, -2276, 2276, 4017, 799, -3406],
    [2896, -2896, -2896, 2896, 2896, -2896, -2896, 2896],
    [2276, -4017, 799, 3406, -3406, -799, 4017, -2276],
    [1567, -3784, 3784, -1567, -1567, 3784, -3784, 1567],
    [799, -2276, 3406, -4017, 4017, -3406, 2276, -799],
];

type Block = [i64; 64];

/// One of the three planes.
struct Plane {
    width: usize,
    height: usize,
    values: Vec<i64>,
}

impl Plane {
    /// The block at a place, the last row and column repeated beyond the edge; 128 is taken off.
    fn block(&self, left: usize, top: usize) -> Block {
        std::array::from_fn(|i| {
            let (x, y) = ((left + i % 8).min(self.width - 1), (top + i / 8).min(self.height - 1));
            self.values[y * self.width + x] - 128
        })
    }

    /// Half as wide and high.
    fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let at = |x: usize, y: usize| self.values[y.min(self.height - 1) * self.width + x.min(self.width - 1)];
        let values = (0..width * height)
            .map(|i| {
                let (x, y) = (i % width * 2, i / width * 2);
                (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1) + 2) / 4
            })
            .collect();
        Self { width, height, values }
    }
}

fn planes(pixels: &Pixels) -> [Plane; 3] {
    let plane = |of: [i64; 3], zero: i64| {
        let values = pixels.rgb.chunks_exact(3).map(|p| {
            let sum: i64 = p.iter().zip(of).map(|(value, part)| i64::from(*value) * part).sum();
            ((sum + 32_768) >> 16) + zero
        });
        Plane { width: pixels.width, height: pixels.height, values: values.collect() }
    };
    [plane([19_595, 38_470, 7_471], 0), plane([-11_059, -21_709, 32_768], 128).halved(), plane([32_768, -27_439, -5_329], 128).halved()]
}

/// Rounded to the nearest, halves away from zero.
fn rounded(value: i64, by: i64) -> i64 {
    (value.abs() + by / 2) / by * value.signum()
}

fn cosines(block: &Block) -> Block {
    let mut rows = [0; 64];
    for (i, out) in rows.iter_mut().enumerate() {
        *out = (0..8).map(|x| block[i / 8 * 8 + x] * COSINES[i % 8][x]).sum();
    }
    std::array::from_fn(|i| rounded((0..8).map(|y| rows[y * 8 + i % 8] * COSINES[i / 8][y]).sum(), 1 << 26))
}

/// Steps of a quality from 1 to 100, in the order of the bits.
fn steps(quality: u32) -> [u8; 64] {
    let percent = if quality < 50 { 5000 / quality.max(1) } else { 200 - 2 * quality.min(100) };
    std::array::from_fn(|i| ((STEPS[ZIGZAG[i]] * percent + 50) / 100).clamp(1, 255) as u8)
}

/// A symbol of the coded picture and the bits that follow its code.
#[derive(Debug, Clone, Copy)]
struct Symbol {
    table: usize,
    value: u8,
    extra: (u32, u32),
}

/// How many bits a number takes, and those bits.
fn bits(value: i64) -> (u32, u32) {
    let size = 64 - value.unsigned_abs().leading_zeros();
    let low = if value < 0 { value - 1 } else { value };
    (size, (low & ((1 << size) - 1)) as u32)
}

fn symbols(block: &[i64; 64], before: i64, out: &mut Vec<Symbol>) {
    let (size, low) = bits(block[0] - before);
    out.push(Symbol { table: 0, value: size as u8, extra: (size, low) });
    let mut zeros = 0;
    for value in &block[1..] {
        if *value == 0 {
            zeros += 1;
            continue;
        }
        while zeros > 15 {
            out.push(Symbol { table: 1, value: 0xf0, extra: (0, 0) });
            zeros -= 16;
        }
        let (size, low) = bits(*value);
        out.push(Symbol { table: 1, value: (zeros << 4) | size as u8, extra: (size, low) });
        zeros = 0;
    }
    if zeros > 0 {
        out.push(Symbol { table: 1, value: 0, extra: (0, 0) });
    }
}

/// Codes of one table: how many of each length from 1 to 16, the symbols by length, and each symbol's length and code.
struct Codes {
    lengths: [u8; 16],
    symbols: Vec<u8>,
    of: Vec<(u32, u32)>,
}

/// The shortest codes for these symbols (ITU-T T.81, annex K.2).
fn codes(counts: &[u32; 256]) -> Codes {
    // One symbol more, so that no code is all ones.
    let mut sizes = [0_usize; 257];
    let mut groups: Vec<(u32, Vec<usize>)> = (0..256).filter(|s| counts[*s] > 0).map(|s| (counts[s], vec![s])).collect();
    groups.push((0, vec![256]));
    while groups.len() > 1 {
        // The rarest two, of equals the later symbol first.
        groups.sort_by_key(|(count, members)| std::cmp::Reverse((*count, std::cmp::Reverse(members.iter().max().copied()))));
        let (Some(a), Some(b)) = (groups.pop(), groups.pop()) else { break };
        let members: Vec<usize> = a.1.into_iter().chain(b.1).collect();
        for member in &members {
            sizes[*member] += 1;
        }
        groups.push((a.0 + b.0, members));
    }
    let longest = sizes.iter().copied().max().unwrap_or(0).max(16);
    let mut many = vec![0_usize; longest + 1];
    for size in sizes.iter().filter(|s| **s > 0) {
        many[*size] += 1;
    }
    for size in (17..=longest).rev() {
        while many[size] > 0 {
            let shorter = (1..size - 1).rev().find(|s| many[*s] > 0).unwrap_or(1);
            many[size] -= 2;
            many[size - 1] += 1;
            many[shorter + 1] += 2;
            many[shorter] -= 1;
        }
    }
    if let Some(last) = (1..=16).rev().find(|s| many[*s] > 0) {
        many[last] -= 1;
    }
    let mut order: Vec<usize> = (0..256).filter(|s| sizes[*s] > 0).collect();
    order.sort_by_key(|s| sizes[*s]);
    let mut of = vec![(0, 0); 256];
    let (mut code, mut next) = (0, 0);
    for (size, many) in (1_u32..).zip(&many[1..=16]) {
        for symbol in &order[next..next + many] {
            of[*symbol] = (size, code);
            code += 1;
        }
        next += many;
        code <<= 1;
    }
    Codes { lengths: std::array::from_fn(|i| many[i + 1] as u8), symbols: order.iter().map(|s| *s as u8).collect(), of }
}

/// Bits one after the other, a zero byte after each `ff`.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    fn put(&mut self, (size, value): (u32, u32)) {
        self.held = (self.held << size) | u64::from(value);
        self.count += size;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.held >> self.count) as u8;
            self.out.push(byte);
            if byte == 0xff {
                self.out.push(0);
            }
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.put(((8 - self.count % 8) % 8, (1 << ((8 - self.count % 8) % 8)) - 1));
        self.out
    }
}

fn marked(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    out.extend([0xff, marker]);
    out.extend((body.len() as u16 + 2).to_be_bytes());
    out.extend(body);
}

/// The file's bytes: the given segment, then the picture at a quality from 1 to 100.
pub fn file(pixels: &Pixels, quality: u32, segment: &[u8]) -> Vec<u8> {
    let steps = steps(quality);
    let [light, blue, red] = planes(pixels);
    let mut coded = Vec::new();
    let mut before = [0; 3];
    for top in (0..pixels.height).step_by(16) {
        for left in (0..pixels.width).step_by(16) {
            let parts = [(0, 0), (8, 0), (0, 8), (8, 8)].map(|(x, y)| (0, light.block(left + x, top + y)));
            for (plane, block) in parts.into_iter().chain([(1, blue.block(left / 2, top / 2)), (2, red.block(left / 2, top / 2))]) {
                let waves = cosines(&block);
                let kept = std::array::from_fn(|i| rounded(waves[ZIGZAG[i]], i64::from(steps[i])));
                symbols(&kept, before[plane], &mut coded);
                before[plane] = kept[0];
            }
        }
    }
    let tables: [Codes; 2] = std::array::from_fn(|table| {
        let mut counts = [0; 256];
        coded.iter().filter(|s| s.table == table).for_each(|s| counts[usize::from(s.value)] += 1);
        codes(&counts)
    });
    let mut bits = Bits::default();
    for symbol in coded {
        bits.put(tables[symbol.table].of[usize::from(symbol.value)]);
        bits.put(symbol.extra);
    }
    let mut out = vec![0xff, 0xd8];
    out.extend(segment);
    marked(&mut out, 0xdb, &[&[0], steps.as_slice()].concat());
    let [high, wide] = [pixels.height, pixels.width].map(|n| (n as u16).to_be_bytes());
    let parts = [1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
    marked(&mut out, 0xc0, &[&[8], high.as_slice(), &wide, &[3], &parts].concat());
    let huffman: Vec<u8> =
        [0_u8, 0x10].iter().zip(&tables).flat_map(|(id, t)| [&[*id], t.lengths.as_slice(), &t.symbols].concat()).collect();
    marked(&mut out, 0xc4, &huffman);
    marked(&mut out, 0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    out.extend(bits.end());
    out.extend([0xff, 0xd9]);
    out
}
