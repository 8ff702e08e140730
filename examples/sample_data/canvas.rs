//! A surface to draw on, three points to a pixel, with whole numbers only.

use super::jpeg::Pixels;

/// Red, green, blue.
pub type Colour = [u8; 3];

/// Points to a pixel, each way.
pub const FINE: i32 = 3;

/// A surface of points; the origin is above left.
pub struct Canvas {
    width: i32,
    height: i32,
    points: Vec<Colour>,
}

/// A box of points: left, top, right, bottom, the last two included.
pub type Area = (i32, i32, i32, i32);

/// An ellipse: centre and half axes in points.
#[derive(Debug, Clone, Copy)]
pub struct Oval {
    /// Centre.
    pub x: i32,
    /// Centre.
    pub y: i32,
    /// Half its width.
    pub rx: i32,
    /// Half its height.
    pub ry: i32,
}

impl Oval {
    /// An oval about a centre.
    pub fn new(x: i32, y: i32, rx: i32, ry: i32) -> Self {
        Self { x, y, rx: rx.max(1), ry: ry.max(1) }
    }

    /// True where the point lies inside.
    pub fn holds(&self, x: i32, y: i32) -> bool {
        let (dx, dy) = (i64::from(x - self.x), i64::from(y - self.y));
        let (rx, ry) = (i64::from(self.rx), i64::from(self.ry));
        dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry
    }

    /// The box about it.
    pub fn area(&self) -> Area {
        (self.x - self.rx, self.y - self.ry, self.x + self.rx, self.y + self.ry)
    }

    /// As wide and high by so much more.
    pub fn grown(&self, by: i32) -> Self {
        Self::new(self.x, self.y, self.rx + by, self.ry + by)
    }
}

impl Canvas {
    /// An empty surface of so many pixels.
    pub fn new(width: i32, height: i32) -> Self {
        let (width, height) = (width * FINE, height * FINE);
        Self { width, height, points: vec![[0; 3]; (width * height) as usize] }
    }

    /// Gives every point of the area that is inside the shape its colour.
    pub fn shade(&mut self, area: Area, inside: impl Fn(i32, i32) -> bool, colour: impl Fn(i32, i32) -> Colour) {
        for y in area.1.max(0)..=area.3.min(self.height - 1) {
            for x in area.0.max(0)..=area.2.min(self.width - 1) {
                if inside(x, y) {
                    self.points[(y * self.width + x) as usize] = colour(x, y);
                }
            }
        }
    }

    /// A shape of one colour.
    pub fn paint(&mut self, area: Area, colour: Colour, inside: impl Fn(i32, i32) -> bool) {
        self.shade(area, inside, |_, _| colour);
    }

    /// A filled ellipse.
    pub fn oval(&mut self, oval: Oval, colour: Colour) {
        self.paint(oval.area(), colour, |x, y| oval.holds(x, y));
    }

    /// A filled box.
    pub fn area(&mut self, area: Area, colour: Colour) {
        self.paint(area, colour, |_, _| true);
    }

    /// The line of an ellipse, drawn inwards.
    pub fn ring(&mut self, oval: Oval, thick: i32, colour: Colour) {
        let hole = oval.grown(-thick);
        self.paint(oval.area(), colour, |x, y| oval.holds(x, y) && !hole.holds(x, y));
    }

    /// The lower half of a ring: a smile, a closed eye.
    pub fn bow(&mut self, oval: Oval, thick: i32, colour: Colour) {
        let hole = Oval::new(oval.x, oval.y - thick, oval.rx, oval.ry);
        let (left, _, right, bottom) = oval.area();
        self.paint((left, oval.y, right, bottom), colour, |x, y| oval.holds(x, y) && !hole.holds(x, y));
    }

    /// A triangle.
    pub fn triangle(&mut self, corners: [(i32, i32); 3], colour: Colour) {
        let [a, b, c] = corners;
        let side = |p: (i32, i32), q: (i32, i32), x: i32, y: i32| (q.0 - p.0) * (y - p.1) - (q.1 - p.1) * (x - p.0);
        let xs = corners.map(|p| p.0);
        let ys = corners.map(|p| p.1);
        let ends = |of: [i32; 3]| (of.iter().copied().min().unwrap_or(0), of.iter().copied().max().unwrap_or(0));
        let ((left, right), (top, bottom)) = (ends(xs), ends(ys));
        self.paint((left, top, right, bottom), colour, |x, y| {
            let turns = [side(a, b, x, y), side(b, c, x, y), side(c, a, x, y)];
            turns.iter().all(|t| *t >= 0) || turns.iter().all(|t| *t <= 0)
        });
    }

    /// The pixels: the mean of each pixel's points.
    pub fn pixels(&self) -> Pixels {
        let (width, height) = (self.width / FINE, self.height / FINE);
        let mut rgb = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            for x in 0..width {
                let mut sums = [0_u32; 3];
                for i in 0..FINE * FINE {
                    let at = (y * FINE + i / FINE) * self.width + x * FINE + i % FINE;
                    for (sum, value) in sums.iter_mut().zip(self.points[at as usize]) {
                        *sum += u32::from(value);
                    }
                }
                rgb.extend(sums.map(|sum| ((sum + 4) / 9) as u8));
            }
        }
        Pixels { width: width as usize, height: height as usize, rgb }
    }
}
