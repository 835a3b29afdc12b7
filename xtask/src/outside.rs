//! In: what a step needs that is no part of the workspace. Out: whether it is there, installed where this is Debian
//! and the user may; and what became of a step that could not do without it.

use std::process::{Command, Stdio};

/// What became of tests that need more than Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They hold.
    Holds,
    /// One does not.
    Fails,
    /// They could not be run.
    Missing,
}

/// Says loudly that tests did not run; with `CI` set that is a failure.
pub fn missing(what: &str, needs: &str) -> Outcome {
    eprintln!("\n   !! THE {what} TESTS DID NOT RUN: {needs}\n");
    match std::env::var_os("CI") {
        Some(_) => Outcome::Fails,
        None => Outcome::Missing,
    }
}

/// Whether a program can be started.
pub fn answers(program: &str) -> bool {
    let asked = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

/// Installs Debian packages, where this is Debian and the user may.
pub fn install(packages: &[&str]) {
    let apt = |arguments: &[&str]| {
        let run = Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(arguments)
            .stdout(Stdio::null())
            .status();
        run.is_ok_and(|status| status.success())
    };
    let mut wanted = vec!["install", "-y", "-qq", "--no-install-recommends"];
    wanted.extend(packages);
    eprintln!("   installing {}", packages.join(", "));
    if !apt(&wanted) && apt(&["update", "-qq"]) {
        apt(&wanted);
    }
}
