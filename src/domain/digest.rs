//! SHA-256 over parts, each prefixed by its length, so that no two lists of parts share a digest by accident.

use sha2::{Digest, Sha256};

/// SHA-256 of length-prefixed text parts.
pub fn of(parts: &[&str]) -> [u8; 32] {
    let bytes: Vec<&[u8]> = parts.iter().map(|p| p.as_bytes()).collect();
    of_bytes(&bytes)
}

/// SHA-256 of length-prefixed byte parts (length as u64, big-endian).
pub fn of_bytes(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// SHA-256 of a file's bytes as lower-case hex: the content hash of a list.
pub fn of_file(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
