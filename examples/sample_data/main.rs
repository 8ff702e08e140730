//! Writes the sample data: `cargo run --example sample_data [-- --seed N --out DIR]`; the same seed gives the same bytes.

mod campaign;
mod canvas;
mod exif;
mod faces;
mod jpeg;
mod log;
mod pack;
mod photos;
mod readme;
mod roster;
mod schedule;
mod shutter;
mod truth;

use std::path::{Path, PathBuf};

use duihao::desk::rehearsal::DEFAULT_SEED;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut seed, mut out) = (DEFAULT_SEED, PathBuf::from("sample-data"));
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let value = args.next().ok_or_else(|| format!("{arg} needs a value"))?;
        match arg.as_str() {
            "--seed" => seed = value.parse()?,
            "--out" => out = PathBuf::from(value),
            _ => return Err(format!("unknown option {arg}: --seed N, --out DIR").into()),
        }
    }
    for (path, bytes) in pack::files(seed)?.into_iter().chain(photos::files(seed)?) {
        write(&out.join(&path), &bytes)?;
        println!("{:>8}  {path}", bytes.len());
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)
}
