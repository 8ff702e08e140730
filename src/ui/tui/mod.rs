//! The screen.

use crate::desk::{Desk, Error};
use crate::ui::words::Lang;

/// Opens the screen.
pub fn run(_desk: Desk, _lang: Lang) -> Result<(), Error> {
    Ok(())
}
