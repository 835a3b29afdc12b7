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

/// Builds the program, for tests that run it; gives where it is, or nothing where it does not build.
pub fn program() -> Result<Option<PathBuf>> {
    let build = cargo()
        .args(["build", "--quiet", "-p", "crossread-cli"])
        .status()
        .context("cannot start cargo")?;
    let program = format!("debug/crossread{}", std::env::consts::EXE_SUFFIX);
    Ok(build.success().then(|| target().join(program)))
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Runs a binary of the workspace, built in release, where the user stands, so that paths on the
/// command line mean what they mean there; gives its exit code.
pub fn run_release(package: &str, bin: &str, args: &[String]) -> Result<ExitCode> {
    let mut command = cargo();
    command.current_dir(std::env::current_dir().context("cannot tell the current folder")?);
    command.args(["run", "--quiet", "--release", "--package", package]);
    command.args(["--bin", bin, "--manifest-path"]);
    command.arg(root().join("Cargo.toml")).arg("--").args(args);
    let status = command.status().context("cannot start cargo")?;
    Ok(ExitCode::from(
        u8::try_from(status.code().unwrap_or(1)).unwrap_or(1),
    ))
}
