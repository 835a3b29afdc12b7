//! The tests of what is given away. In: tarball and Debian package, built as tests are, and the container's recipe. Out:
//! whether what they hold is whole and runs where it is unpacked, and whether hadolint has something against the recipe. What a machine has no tool for is said, and the rest is looked at.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::outside::{self, Outcome, answers};
use crate::{cargo, dist};

/// What a tree holds, wherever it is unpacked.
const WHOLE: [&str; 7] = [
    "bin/crossread",
    "share/man/man1/crossread.1",
    "share/man/man1/crossread-read.1",
    "share/bash-completion/completions/crossread",
    "share/fish/vendor_completions.d/crossread.fish",
    "share/doc/crossread/LICENSE-MIT",
    "share/doc/crossread/THIRD-PARTY-LICENCES.txt",
];

/// Builds, unpacks, looks and runs.
pub fn run(root: &Path) -> Result<Outcome> {
    if !answers("tar") || !answers("sha256sum") {
        return Ok(outside::missing("PACKAGE", "they need tar and sha256sum"));
    }
    let deb = answers("dpkg-deb");
    let out = cargo::target().join("dist-tried");
    let _ = std::fs::remove_dir_all(&out);
    let wanted: &[&str] = if deb {
        &["tarball", "deb"]
    } else {
        &["tarball"]
    };
    let made = dist::build(&out, wanted, true)?;
    let ends = |end: &str| {
        made.iter()
            .find(|file| file.to_string_lossy().ends_with(end))
    };
    let mut faults = recipe(root);
    let tarball = ends(".tar.gz").context("no tarball was made")?;
    let unpacked = out.join("unpacked");
    std::fs::create_dir_all(&unpacked)?;
    run_tool(
        Command::new("tar")
            .arg("-xzf")
            .arg(tarball)
            .arg("-C")
            .arg(&unpacked),
    )?;
    let mut trees: Vec<PathBuf> = std::fs::read_dir(&unpacked)?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    if let Some(package) = ends(".deb") {
        let installed = out.join("installed");
        run_tool(
            Command::new("dpkg-deb")
                .arg("-x")
                .arg(package)
                .arg(&installed),
        )?;
        faults.extend(units(&installed));
        trees.push(installed.join("usr"));
    } else {
        eprintln!("   there is no dpkg-deb here: the Debian package was not built");
    }
    for tree in &trees {
        faults.extend(tried(tree, root)?);
    }
    for fault in &faults {
        eprintln!("FAIL {fault}");
    }
    Ok(match faults.is_empty() {
        true => Outcome::Holds,
        false => Outcome::Fails,
    })
}

fn run_tool(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("cannot start {name}"))?;
    anyhow::ensure!(status.success(), "{name} failed");
    Ok(())
}

/// Whether a tree is whole, and its program reads the samples.
fn tried(tree: &Path, root: &Path) -> Result<Vec<String>> {
    let lacks = WHOLE.iter().filter(|place| !tree.join(place).is_file());
    let mut faults: Vec<String> = lacks
        .map(|place| format!("{} lacks {place}", tree.display()))
        .collect();
    if faults.is_empty() {
        let read = Command::new(tree.join("bin/crossread"))
            .args(["read", "--quiet"])
            .arg(root.join("samples"))
            .stderr(Stdio::null())
            .output()
            .context("cannot start the unpacked program")?;
        if !read.status.success() || read.stdout.is_empty() {
            faults.push(format!("the program of {} does not read", tree.display()));
        }
    }
    Ok(faults)
}

/// What hadolint has against the container's recipe, where it is there: beside the tests in Python.
fn recipe(root: &Path) -> Vec<String> {
    let own = root.join("tests/python/.venv/bin/hadolint");
    let lint = if own.exists() { own } else { "hadolint".into() };
    let asked = Command::new(lint)
        .arg("--no-color")
        .arg(root.join("Dockerfile"))
        .output();
    let Ok(told) = asked else {
        eprintln!("   there is no hadolint here: the Dockerfile was not looked at");
        return Vec::new();
    };
    let lines = [told.stdout, told.stderr].concat();
    let lines = String::from_utf8_lossy(&lines);
    lines.lines().map(str::to_owned).collect()
}

/// What systemd has against the units, where it is there; the program that they start is not installed here.
fn units(installed: &Path) -> Vec<String> {
    let folder = installed.join("usr/lib/systemd/system");
    let named =
        ["crossread-serve.service", "crossread-watch.service"].map(|unit| folder.join(unit));
    let mut faults: Vec<String> = named
        .iter()
        .filter(|unit| !unit.is_file())
        .map(|unit| format!("{} is not there", unit.display()))
        .collect();
    if faults.is_empty() && answers("systemd-analyze") {
        let asked = Command::new("systemd-analyze")
            .args(["--man=no", "verify"])
            .args(&named)
            .output();
        let told = asked.map(|told| String::from_utf8_lossy(&told.stderr).into_owned());
        let against =
            |line: &&str| line.contains("crossread-") && !line.contains("is not executable");
        faults.extend(
            told.unwrap_or_default()
                .lines()
                .filter(against)
                .map(str::to_owned),
        );
    }
    faults
}
