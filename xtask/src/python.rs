//! The tests in Python. In: the program, and a Python with what opens tables and builds the package, put into an
//! environment of its own. Out: whether others read the tables as they are declared, and whether the package, built and
//! installed there, does what it says; on Spark too. Where they cannot be had this says so loudly, and with `CI` set it is a failure.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::outside::{self, Outcome};
use crate::{cargo, dist};

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
        return Ok(no_python("requirements.txt"));
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
    Ok(outcome(tables && assistant))
}

/// Builds, installs and tests the package, but for what needs Spark.
pub fn wheel(root: &Path) -> Result<Outcome> {
    package(
        root,
        "requirements.txt",
        &["--ignore=tests/test_spark.py", "tests"],
    )
}

/// Builds and installs the package, and tests archives on a local cluster of two workers.
pub fn spark(root: &Path) -> Result<Outcome> {
    if !outside::answers("java") {
        outside::install(&["default-jre-headless"]);
    }
    if !outside::answers("java") {
        return Ok(outside::missing("SPARK", "they need Java 17 or newer"));
    }
    package(root, "spark.txt", &["tests/test_spark.py"])
}

fn package(root: &Path, pinned: &str, tests: &[&str]) -> Result<Outcome> {
    let folder = root.join("tests/python");
    let Some(python) = ready(&folder).filter(|python| installed(python, &folder, pinned)) else {
        return Ok(no_python(pinned));
    };
    let pytest = ["-m", "pytest", "--quiet", "-p", "no:cacheprovider"];
    let mut run = Command::new(&python);
    run.current_dir(root.join("crates/python"));
    run.args(pytest).args(tests);
    Ok(outcome(install(&python, root)? && holds(&mut run)?))
}

fn no_python(pinned: &str) -> Outcome {
    let needs = format!(
        "they need Python 3.10 or newer with venv, and a way to the packages of tests/python/{pinned}.\n   \
         !! On Debian: apt-get install python3-venv"
    );
    outside::missing("PYTHON", &needs)
}

fn outcome(holds: bool) -> Outcome {
    match holds {
        true => Outcome::Holds,
        false => Outcome::Fails,
    }
}

fn holds(command: &mut Command) -> Result<bool> {
    let status = command.status().context("cannot start Python")?;
    Ok(status.success())
}

/// Builds the wheel as cargo builds tests, and installs it.
fn install(python: &Path, root: &Path) -> Result<bool> {
    let folder = cargo::target().join("wheels-of-tests");
    std::fs::create_dir_all(&folder)?;
    let wheel = dist::wheel(root, &folder, "dev", &python.with_file_name("maturin"))?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    holds(
        Command::new(python)
            .args(pip)
            .args(["--force-reinstall", "--no-deps"])
            .arg(wheel),
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
    installed(&python, folder, "requirements.txt").then_some(python)
}

/// Installs what a file pins.
fn installed(python: &Path, folder: &Path, pinned: &str) -> bool {
    let pip = Command::new(python)
        .current_dir(folder)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["-r", pinned])
        .status();
    pip.is_ok_and(|status| status.success())
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
