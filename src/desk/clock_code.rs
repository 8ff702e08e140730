//! The laptop's time as a code to be photographed: a picture of it tells the camera's clock.

use crate::domain::ids::Millis;
use crate::domain::photo::Marker;
use crate::files::qr_code::Loss;
pub use crate::files::qr_code::Modules;

/// The code of a moment, to the whole second: what a camera writes down is no finer.
pub fn of(now: Millis) -> Option<Modules> {
    Modules::of(&Marker::Clock(now - now.rem_euclid(1_000)).text(), Loss::Seventh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_any_moment_is_of_one_size_and_fits_the_smallest_window() {
        for now in [0, 1_599_958_800_123, 4_102_444_800_000] {
            let code = of(now).unwrap();
            assert!(code.side() <= 33 && !code.is_dark(3, 3) && code.is_dark(4, 4), "{now}: {}", code.side());
        }
        assert_eq!(of(1_599_958_800_000), of(1_599_958_800_999));
        assert_ne!(of(1_599_958_800_000), of(1_599_958_801_000));
    }
}
