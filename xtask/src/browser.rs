//! The browser's tests. In: the program, Node.js and a Chromium, installed where they are missing and can be.
//! Out: whether a reader can use the pages. Where they cannot be had this says so loudly, and with `CI` set it
//! is a failure.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::cargo;

/// What became of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They hold.
    Holds,
    /// One does not.
    Fails,
    /// They could not be run.
    Missing,
}

/// Runs them.
pub fn run(root: &Path) -> Result<Outcome> {
    let build = cargo::cargo()
        .args(["build", "--quiet", "-p", "crossread-cli"])
        .status()
        .context("cannot start cargo")?;
    if !build.success() {
        return Ok(Outcome::Fails);
    }
    let folder = root.join("tests/browser");
    let Some(chromium) = ready(&folder) else {
        let loud = "\n   !! THE BROWSER TESTS DID NOT RUN: they need Node.js 20 with npm, and Chromium.\n   !! On Debian: apt-get install nodejs npm chromium\n";
        eprintln!("{loud}");
        return Ok(match std::env::var_os("CI") {
            Some(_) => Outcome::Fails,
            None => Outcome::Missing,
        });
    };
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let status = Command::new("node")
        .current_dir(&folder)
        .arg("run.mjs")
        .arg("--program")
        .arg(target.join("debug/crossread"))
        .arg("--chromium")
        .arg(chromium)
        .status()
        .context("cannot start node")?;
    Ok(match status.success() {
        true => Outcome::Holds,
        false => Outcome::Fails,
    })
}

/// Makes sure that all is there; gives the Chromium.
fn ready(folder: &Path) -> Option<PathBuf> {
    if !answers("node") || !answers("npm") {
        install(&["nodejs", "npm"]);
    }
    if chromium().is_none() {
        install(&["chromium"]);
    }
    if !folder.join("node_modules/playwright-core").exists() {
        let installed = Command::new("npm")
            .current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .status();
        if !installed.is_ok_and(|status| status.success()) {
            return None;
        }
    }
    chromium().filter(|_| answers("node"))
}

fn answers(program: &str) -> bool {
    let asked = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

fn chromium() -> Option<PathBuf> {
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .into_iter()
    .map(PathBuf::from)
    .find(|path| path.exists())
}

/// Installs Debian packages, where this is Debian and the user may.
fn install(packages: &[&str]) {
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
