//! Drawn people before the blue cloth: nobody's likeness, each made from a seed and told apart by hair, face, glasses and clothes.

use duihao::desk::rehearsal::seed::Seed;

use super::canvas::{Canvas, Colour, FINE, Oval};
use super::jpeg::Pixels;

/// Pixels of an upright picture.
pub const SIZE: (i32, i32) = (60, 80);

/// Points of an upright picture.
const WIDE: i32 = SIZE.0 * FINE;
const HIGH: i32 = SIZE.1 * FINE;

const SKINS: [Colour; 6] = [[252, 222, 196], [247, 209, 178], [240, 198, 164], [230, 184, 148], [218, 168, 130], [255, 230, 210]];
const HAIRS: [Colour; 9] =
    [[24, 22, 26], [34, 28, 28], [48, 34, 28], [66, 44, 32], [92, 58, 38], [120, 76, 46], [150, 96, 54], [84, 36, 36], [58, 58, 66]];
const CLOTHES: [Colour; 16] = [
    [245, 245, 248],
    [32, 36, 48],
    [196, 44, 52],
    [240, 196, 72],
    [58, 132, 84],
    [236, 132, 60],
    [122, 80, 156],
    [228, 140, 168],
    [140, 96, 66],
    [98, 108, 118],
    [28, 64, 118],
    [188, 210, 160],
    [250, 226, 190],
    [16, 112, 120],
    [150, 24, 72],
    [206, 206, 214],
];

/// How the hair is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hair {
    #[default]
    Short,
    Spiky,
    Parted,
    Swept,
    Curly,
    Shaved,
    Bob,
    Long,
    Bun,
    Tail,
    Braids,
}

/// What is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Dress {
    #[default]
    Round,
    Shirt,
    Suit,
    Hood,
    Striped,
    Deep,
    Roll,
}

/// How somebody looks on every picture of theirs.
#[derive(Debug, Clone)]
pub struct Look {
    skin: Colour,
    hair: Colour,
    worn: Hair,
    fringe: i32,
    parting: i32,
    face: (i32, i32),
    jaw: i32,
    eyes: (i32, i32, i32),
    brow: (i32, i32),
    nose: i32,
    mouth: (i32, i32, i32),
    blush: bool,
    mole: Option<(i32, i32)>,
    glasses: Option<(i32, bool, Colour)>,
    dress: Dress,
    cloth: Colour,
    second: Colour,
    shoulders: (i32, i32),
    place: (i32, i32),
    clip: Option<Colour>,
}

impl Look {
    /// The look of a person; `woman` only chooses among ways to wear the hair.
    pub fn new(seed: &mut Seed, woman: bool) -> Self {
        use Hair::{Bob, Braids, Bun, Curly, Long, Parted, Shaved, Short, Spiky, Swept, Tail};
        let mut n = |low: i32, high: i32| seed.between(i64::from(low), i64::from(high)) as i32;
        let men = [Short, Short, Spiky, Parted, Swept, Curly, Shaved];
        let women = [Bob, Long, Long, Bun, Tail, Braids, Swept, Curly];
        let worn = if woman { women[n(0, 7) as usize] } else { men[n(0, 6) as usize] };
        let frames = [[30, 30, 34], [150, 40, 44], [90, 70, 50], [200, 170, 90], [60, 80, 130]];
        let clips = [[240, 80, 110], [250, 210, 70], [90, 200, 180]];
        let cloth = n(0, 15);
        Self {
            skin: SKINS[n(0, 5) as usize],
            hair: HAIRS[n(0, 8) as usize],
            worn,
            fringe: n(10, 34),
            parting: n(-20, 20),
            face: (n(33, 44), n(46, 57)),
            jaw: n(0, 14),
            eyes: (n(14, 19), n(4, 7), n(4, 8)),
            brow: (n(1, 4), n(-1, 3)),
            nose: n(3, 6),
            mouth: (n(8, 16), n(4, 9), n(0, 2)),
            blush: n(0, 2) == 0,
            mole: (n(0, 4) == 0).then(|| (n(-24, 24), n(8, 30))),
            glasses: (n(0, 9) < 4).then(|| (n(11, 15), n(0, 1) == 0, frames[n(0, 4) as usize])),
            dress: [Dress::Round, Dress::Shirt, Dress::Suit, Dress::Hood, Dress::Striped, Dress::Deep, Dress::Roll][n(0, 6) as usize],
            cloth: CLOTHES[cloth as usize],
            second: CLOTHES[((cloth + n(1, 15)) % 16) as usize],
            shoulders: (n(64, 88), n(46, 70)),
            place: (n(-12, 12), n(-10, 12)),
            clip: (woman && n(0, 3) == 0).then(|| clips[n(0, 2) as usize]),
        }
    }
}

/// What the face does at the moment of the shot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pose {
    /// Eyes open: the picture to use.
    Ready,
    /// Eyes closed.
    Blink,
    /// Looks away, mouth open.
    Away,
}

fn darker(colour: Colour, percent: u32) -> Colour {
    colour.map(|c| (u32::from(c) * (100 - percent) / 100) as u8)
}

/// The blue cloth, a little lighter towards one side, as lamps make it.
fn cloth(canvas: &mut Canvas, seed: &mut Seed) {
    let (slope, light) = (seed.between(-4, 4) as i32, seed.between(-4, 4) as i32);
    let colour = move |x: i32, y: i32| -> Colour {
        let lit = light + slope * (x - WIDE / 2) / WIDE - y * 6 / HIGH;
        [64, 140, 214].map(|c: i32| (c + lit).clamp(0, 255) as u8)
    };
    canvas.shade((0, 0, WIDE, HIGH), |_, _| true, colour);
}

/// A portrait; `seed` moves the head a little, differently for each frame.
pub fn portrait(look: &Look, pose: Pose, seed: &mut Seed) -> Pixels {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1);
    cloth(&mut canvas, seed);
    let (mut x, y) = (WIDE / 2 + look.place.0 + seed.between(-2, 2) as i32, 108 + look.place.1 + seed.between(-2, 2) as i32);
    if pose == Pose::Away {
        x += seed.between(5, 9) as i32;
    }
    let (rx, ry) = look.face;
    let head = Oval::new(x, y, rx, ry);
    behind(&mut canvas, look, head);
    body(&mut canvas, look, head);
    for side in [-1, 1] {
        canvas.oval(Oval::new(x + side * (rx - 1), y + 5, 7, 10), darker(look.skin, 8));
    }
    canvas.oval(head, look.skin);
    canvas.oval(Oval::new(x, y + ry / 3, rx - 6 + look.jaw / 2, ry - ry / 3 + 1), look.skin);
    features(&mut canvas, look, pose, head);
    before(&mut canvas, look, head);
    canvas.pixels()
}

/// Hair that falls behind face and shoulders.
fn behind(canvas: &mut Canvas, look: &Look, head: Oval) {
    let Oval { x, y, rx, ry } = head;
    let (hair, dark) = (look.hair, darker(look.hair, 25));
    match look.worn {
        Hair::Bob => canvas.oval(Oval::new(x, y + 8, rx + 13, ry + 6), dark),
        Hair::Long => {
            canvas.oval(Oval::new(x, y, rx + 13, ry + 10), dark);
            canvas.area((x - rx - 13, y, x + rx + 13, y + ry + 50), dark);
        }
        Hair::Bun => canvas.oval(Oval::new(x, y - ry - 12, 20, 18), hair),
        Hair::Tail => canvas.oval(Oval::new(x + rx + 8, y + 22, 14, 44), dark),
        Hair::Braids => {
            for side in [-1, 1] {
                for knot in 0..5 {
                    canvas.oval(Oval::new(x + side * (rx + 7), y + 14 + knot * 15, 10, 10), if knot % 2 == 0 { hair } else { dark });
                }
            }
        }
        Hair::Short | Hair::Spiky | Hair::Parted | Hair::Swept | Hair::Curly | Hair::Shaved => {}
    }
}

/// Neck, shoulders and what is worn.
fn body(canvas: &mut Canvas, look: &Look, head: Oval) {
    let Oval { x, y, rx, ry } = head;
    let chin = y + ry;
    let top = chin + 14;
    let (wide, tall) = look.shoulders;
    let trunk = Oval::new(x, top + tall, wide, tall);
    let (main, second, shadow) = (look.cloth, look.second, darker(look.cloth, 28));
    match look.dress {
        Dress::Striped => canvas.shade(
            (0, top, WIDE, HIGH),
            |px, py| trunk.holds(px, py) || (py > trunk.y && (px - x).abs() <= wide),
            |_, py| if (py - top) / 11 % 2 == 0 { main } else { second },
        ),
        _ => canvas.paint((0, top, WIDE, HIGH), main, |px, py| trunk.holds(px, py) || (py > trunk.y && (px - x).abs() <= wide)),
    }
    if look.dress == Dress::Hood {
        canvas.oval(Oval::new(x, top + 10, rx + 12, 22), shadow);
    }
    let neck = rx / 2 + 2;
    canvas.area((x - neck, y + ry / 2, x + neck, top + 8), darker(look.skin, 12));
    canvas.oval(Oval::new(x, top + 8, neck, 9), darker(look.skin, 12));
    match look.dress {
        Dress::Round | Dress::Striped => canvas.bow(Oval::new(x, top + 6, neck + 5, 16), 5, shadow),
        Dress::Shirt => {
            canvas.triangle([(x, top + 30), (x - neck - 10, top - 2), (x - neck + 6, top + 34)], darker(main, 12));
            canvas.triangle([(x, top + 30), (x + neck + 10, top - 2), (x + neck - 6, top + 34)], darker(main, 12));
            canvas.area((x - 1, top + 30, x + 1, HIGH), shadow);
        }
        Dress::Suit => {
            canvas.triangle([(x - neck - 4, top), (x + neck + 4, top), (x, HIGH + 30)], [246, 246, 250]);
            canvas.oval(Oval::new(x, top + 4, neck - 2, 9), darker(look.skin, 12));
            canvas.triangle([(x - 8, top + 14), (x + 8, top + 14), (x, top + 26)], second);
            canvas.triangle([(x, top + 18), (x - 8, HIGH), (x + 8, HIGH)], second);
        }
        Dress::Hood => {
            for side in [-1, 1] {
                canvas.area((x + side * 12 - 1, top + 26, x + side * 12 + 1, top + 52), [240, 240, 240]);
            }
        }
        Dress::Deep => {
            canvas.triangle([(x - neck - 2, top + 4), (x + neck + 2, top + 4), (x, top + 36)], darker(look.skin, 6));
        }
        Dress::Roll => {
            canvas.area((x - neck - 4, chin + 4, x + neck + 4, top + 12), shadow);
            canvas.oval(Oval::new(x, chin + 5, neck + 4, 5), darker(look.cloth, 10));
        }
    }
}

/// Eyes, brows, nose, mouth, glasses.
fn features(canvas: &mut Canvas, look: &Look, pose: Pose, head: Oval) {
    let Oval { x, y, .. } = head;
    let (apart, wide, tall) = look.eyes;
    let line = darker(look.skin, 45);
    let glance = if pose == Pose::Away { 3 } else { 0 };
    if look.blush {
        for side in [-1, 1] {
            canvas.oval(Oval::new(x + side * (apart + 7), y + 19, 8, 5), [246, 160, 150]);
        }
    }
    for side in [-1, 1] {
        let (ex, ey) = (x + side * apart, y + 2);
        if pose == Pose::Blink {
            canvas.bow(Oval::new(ex, ey, wide + 3, 5), 3, [40, 30, 30]);
        } else {
            canvas.oval(Oval::new(ex, ey, wide + 2, tall), [252, 252, 252]);
            canvas.oval(Oval::new(ex + glance, ey, wide - 1, tall), [36, 26, 24]);
            canvas.oval(Oval::new(ex + glance + 1, ey - 2, 1, 1), [255, 255, 255]);
        }
        let (thick, slope) = look.brow;
        let brow = y - tall - 7;
        let lift = move |px: i32| brow + side * slope * (px - ex) / 10;
        canvas.paint((ex - wide - 4, brow - 9, ex + wide + 4, brow + 9), darker(look.hair, 10), |px, py| (py - lift(px)).abs() <= thick);
    }
    canvas.bow(Oval::new(x, y + 14, look.nose, 5), 3, line);
    let (half, deep, kind) = look.mouth;
    let mouth = y + 27;
    let red = [196, 78, 78];
    match (pose, kind) {
        (Pose::Away, _) => canvas.oval(Oval::new(x + 3, mouth + 3, 7, 6), [120, 40, 44]),
        (_, 0) => canvas.area((x - half, mouth, x + half, mouth + 3), red),
        (_, 1) => canvas.bow(Oval::new(x, mouth - 2, half, deep + 2), 4, red),
        _ => {
            canvas.bow(Oval::new(x, mouth - 1, half, deep + 4), deep + 3, red);
            canvas.area((x - half + 3, mouth - 1, x + half - 3, mouth + 1), [250, 250, 250]);
        }
    }
    if let Some((dx, dy)) = look.mole {
        canvas.oval(Oval::new(x + dx, y + dy, 2, 2), [96, 60, 48]);
    }
    if let Some((size, round, frame)) = look.glasses {
        let ring = |side: i32| Oval::new(x + side * (apart + 1), y + 3, size, if round { size } else { size - 3 });
        for side in [-1, 1] {
            let rim = ring(side);
            if round {
                canvas.ring(rim, 3, frame);
            } else {
                let (left, top, right, bottom) = rim.area();
                canvas.paint(rim.area(), frame, |px, py| px < left + 3 || px > right - 3 || py < top + 4 || py > bottom - 3);
            }
        }
        canvas.area((x - apart - 1 + size, y, x + apart + 1 - size, y + 2), frame);
    }
}

/// Hair over the brow.
fn before(canvas: &mut Canvas, look: &Look, head: Oval) {
    let Oval { x, y, rx, ry } = head;
    let hair = look.hair;
    let line = y - ry + look.fringe;
    let cap = Oval::new(x, y - 4, rx + 6, ry + 8);
    let inner = Oval::new(x, y + 6, rx - 2, ry);
    let area = (x - rx - 8, y - ry - 14, x + rx + 8, y + 6);
    let edge = x + look.parting;
    match look.worn {
        Hair::Shaved => {
            let stubble: [u8; 3] = std::array::from_fn(|i| ((u32::from(hair[i]) + u32::from(look.skin[i])) / 2) as u8);
            let close = Oval::new(x, y, rx + 1, ry + 2);
            canvas.paint(area, stubble, |px, py| close.holds(px, py) && py < line + (px - x).pow(2) / 90);
        }
        Hair::Short => canvas.paint(area, hair, |px, py| cap.holds(px, py) && (py < line || (!inner.holds(px, py) && py < y - 6))),
        Hair::Spiky => {
            canvas.paint(area, hair, |px, py| cap.holds(px, py) && (py < line || (!inner.holds(px, py) && py < y - 6)));
            for at in -3..=3 {
                let (px, base) = (x + at * (rx / 3), y - ry + at * at * 3 + 4);
                canvas.triangle([(px - 8, base), (px + 8, base), (px + at * 2, base - 22)], hair);
            }
        }
        Hair::Curly => {
            for at in -5_i32..=5 {
                let (px, py) = (x + at * (rx + 4) / 5, y - ry + 4 + at * at * ry / 40);
                canvas.oval(Oval::new(px, py, 12, 12), if at % 2 == 0 { hair } else { darker(hair, 22) });
            }
            canvas.paint(area, hair, |px, py| cap.holds(px, py) && py < line - 6);
        }
        Hair::Parted | Hair::Tail | Hair::Bun | Hair::Braids => {
            canvas.paint(area, hair, |px, py| {
                cap.holds(px, py) && (py < line - 8 + (px - edge).abs() / 2 || (!inner.holds(px, py) && py < y))
            });
        }
        Hair::Swept => {
            let way = if look.parting < 0 { -1 } else { 1 };
            canvas.paint(area, hair, |px, py| cap.holds(px, py) && (py < line + way * (px - x) / 3 || (!inner.holds(px, py) && py < y)));
        }
        Hair::Bob | Hair::Long => {
            let low = (area.0, area.1, area.2, y + ry - 6);
            canvas.paint(low, hair, |px, py| {
                let part = if look.parting.abs() < 8 { line } else { line - 10 + (px - edge).abs() * 2 / 3 };
                (cap.holds(px, py) && py < part) || ((px - x).abs() > rx - 5 && (px - x).abs() < rx + 7 && py > y - ry / 2)
            });
        }
    }
    if let Some(clip) = look.clip {
        canvas.area((x + rx - 12, y - ry / 2 - 4, x + rx + 2, y - ry / 2 + 2), clip);
    }
}

/// A grey card held before the cloth, to set the colours by.
pub fn grey_card(seed: &mut Seed) -> Pixels {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1);
    cloth(&mut canvas, seed);
    let (left, top) = (30 + seed.between(-6, 6) as i32, 70 + seed.between(-6, 6) as i32);
    canvas.oval(Oval::new(left + 60, top + 128, 15, 40), SKINS[2]);
    canvas.area((left, top, left + 120, top + 100), [128, 128, 128]);
    canvas.area((left, top + 78, left + 40, top + 100), [244, 244, 244]);
    canvas.area((left + 80, top + 78, left + 120, top + 100), [18, 18, 18]);
    canvas.oval(Oval::new(left + 60, top + 100, 13, 9), SKINS[2]);
    canvas.pixels()
}

/// The chair with nobody on it.
pub fn empty_chair(seed: &mut Seed) -> Pixels {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1);
    cloth(&mut canvas, seed);
    let x = WIDE / 2 + seed.between(-4, 4) as i32;
    let wood = [142, 98, 58];
    for side in [-1, 1] {
        canvas.area((x + side * 44 - 5, 150, x + side * 44 + 5, HIGH), wood);
    }
    for bar in 0..3 {
        canvas.area((x - 48, 152 + bar * 30, x + 48, 164 + bar * 30), darker(wood, 10 * bar as u32));
    }
    canvas.pixels()
}
