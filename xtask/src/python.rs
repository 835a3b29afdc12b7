//! The tests in Python. In: the program, and a Python with what opens tables and builds the package, put into an
//! environment of its own. Out: whether others read the tables as they are declared, and whether the package, built and
//! installed there, does what it says. Where they cannot be had this says so loudly, and with `CI` set it is a failure.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::cargo;
use crate::outside::{self, Outcome};

/// What makes an environment, the first that is there: with packages of its own, since one that is short of `pip`
/// helps nobody.
const MAKERS: [&[&str]; 4] = [
    &["python3", "-m", "venv"],
    &["python", "-m", "venv"],
    &["virtualenv"],
    &["uv", "venv", "--seed"],
];

/// Runs them.
pub fn run(root: &Path) -> Result<Outcome> {
    let Some(program) = cargo::program()? else {
        return Ok(Outcome::Fails);
    };
    let folder = root.join("tests/python");
    let Some(python) = ready(&folder) else {
        return Ok(outside::missing(
            "PYTHON",
            "they need Python 3.10 or newer with venv, and a way to the packages of tests/python/requirements.txt.\n   \
             !! On Debian: apt-get install python3-venv",
        ));
    };
    let tables = holds(
        Command::new(&python)
            .arg(folder.join("tables.py"))
            .arg("--program")
            .arg(&program),
    )?;
    let assistant = holds(
        Command::new(&python)
            .arg(folder.join("assistant.py"))
            .arg("--program")
            .arg(&program),
    )?;
    // The wheel takes as long to build as all else: it is tested where that is asked for.
    let asked = std::env::var_os("CROSSREAD_WHEEL").is_some();
    if !asked {
        eprintln!("   the package is not built and tested: CROSSREAD_WHEEL=1 does it");
    }
    let tested =
        tables && assistant && (!asked || package_holds(&python, &root.join("crates/python"))?);
    Ok(match tested {
        true => Outcome::Holds,
        false => Outcome::Fails,
    })
}

/// Builds, installs and tests the package.
fn package_holds(python: &Path, package: &Path) -> Result<bool> {
    let pytest = ["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "tests"];
    Ok(install(python, package)? && holds(Command::new(python).current_dir(package).args(pytest))?)
}

fn holds(command: &mut Command) -> Result<bool> {
    let status = command.status().context("cannot start Python")?;
    Ok(status.success())
}

/// Builds the wheel as cargo builds tests, and installs it.
fn install(python: &Path, package: &Path) -> Result<bool> {
    let wheels = cargo::target().join("wheels-of-tests");
    // What an earlier version left would be installed beside it.
    let _ = std::fs::remove_dir_all(&wheels);
    let build = Command::new(python)
        .current_dir(package)
        .args(["-m", "maturin", "build", "--quiet", "--profile", "dev"])
        .args(["--out", &wheels.to_string_lossy()])
        .status()
        .context("cannot start maturin")?;
    let Some(wheel) = std::fs::read_dir(&wheels)
        .ok()
        .and_then(|mut built| built.next())
        .filter(|_| build.success())
    else {
        return Ok(false);
    };
    holds(
        Command::new(python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .args(["--force-reinstall", "--no-deps"])
            .arg(wheel?.path()),
    )
}

/// Makes sure that all is there; gives the environment's Python.
fn ready(folder: &Path) -> Option<PathBuf> {
    let place = folder.join(".venv");
    let python = match cfg!(windows) {
        true => place.join("Scripts/python.exe"),
        false => place.join("bin/python"),
    };
    let works = || {
        has_pip(&python)
            || MAKERS
                .iter()
                .any(|maker| make(maker, &place) && has_pip(&python))
    };
    if !works() {
        outside::install(&["python3", "python3-venv"]);
        if !works() {
            return None;
        }
    }
    let pinned = Command::new(&python)
        .current_dir(folder)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["-r", "requirements.txt"])
        .status();
    pinned
        .is_ok_and(|status| status.success())
        .then_some(python)
}

/// Makes the environment anew: one that was begun by something else is in the way.
fn make(maker: &[&str], place: &Path) -> bool {
    let Some((program, arguments)) = maker.split_first() else {
        return false;
    };
    if !outside::answers(program) {
        return false;
    }
    if place.exists() && std::fs::remove_dir_all(place).is_err() {
        return false;
    }
    let made = Command::new(program)
        .args(arguments)
        .arg(place)
        .stdout(Stdio::null())
        .status();
    made.is_ok_and(|status| status.success())
}

fn has_pip(python: &Path) -> bool {
    let asked = Command::new(python)
        .args(["-m", "pip", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}
