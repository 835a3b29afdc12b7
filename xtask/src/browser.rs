//! The browser's tests. In: the program, Node.js and a Chromium, installed where they are missing and can be.
//! Out: whether a reader can use the pages. Where they cannot be had this says so loudly, and with `CI` set it
//! is a failure.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo;
use crate::outside::{self, Outcome, answers, install};

/// Runs them.
pub fn run(root: &Path) -> Result<Outcome> {
    let Some(program) = cargo::program()? else {
        return Ok(Outcome::Fails);
    };
    let folder = root.join("tests/browser");
    let Some(chromium) = ready(&folder) else {
        return Ok(outside::missing(
            "BROWSER",
            "they need Node.js 20 with npm, and Chromium.\n   !! On Debian: apt-get install nodejs npm chromium",
        ));
    };
    let status = Command::new("node")
        .current_dir(&folder)
        .arg("run.mjs")
        .arg("--program")
        .arg(program)
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
