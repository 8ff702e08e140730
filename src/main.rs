//! The program: hands over to the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(duihao::ui::cli::run(std::env::args_os()))
}
