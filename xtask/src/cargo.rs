//! In: what cargo is to do. Out: whether it did, as an exit code. Refuses nothing; what cannot be
//! started is an error that says so.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// The repository's root.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// A cargo command that runs at the root, with the cargo that started this program.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a binary of the workspace, built in release; gives its exit code.
pub fn run_release(package: &str, bin: &str, args: &[String]) -> Result<ExitCode> {
    let mut command = cargo();
    command.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        package,
        "--bin",
        bin,
        "--",
    ]);
    command.args(args);
    // Paths on the command line mean what they mean where the user stands.
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    command
        .env("CROSSREAD_CALLED_FROM", here)
        .env("CROSSREAD_ROOT", root());
    let status = command.status().context("cannot start cargo")?;
    Ok(ExitCode::from(
        u8::try_from(status.code().unwrap_or(1)).unwrap_or(1),
    ))
}

/// Does the work in a release build: this program runs itself again in one, with the same
/// arguments and in the same folder, where it is not one yet.
pub fn in_release(work: impl FnOnce() -> Result<ExitCode>) -> Result<ExitCode> {
    if !cfg!(debug_assertions) {
        return work();
    }
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "xtask",
        "--manifest-path",
    ]);
    command
        .arg(root().join("Cargo.toml"))
        .arg("--")
        .args(std::env::args_os().skip(1));
    let status = command.status().context("cannot start cargo")?;
    Ok(ExitCode::from(
        u8::try_from(status.code().unwrap_or(1)).unwrap_or(1),
    ))
}
