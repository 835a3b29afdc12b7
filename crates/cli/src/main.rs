//! In: the command line of the process. Out: its exit code. All else is in the library.

use std::process::ExitCode;

/// Many threads allocate many small things at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::program(std::env::args_os())
}
