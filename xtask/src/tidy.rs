//! In: the working tree. Out: every breach of the house's order that neither rustfmt nor clippy
//! sees, a line each (`path:line: what, and what to do`). Walls and sizes are errors; a file that
//! grows long is a warning.

mod circles;
mod rules;
mod walls;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::cargo;

/// Checks what neither rustfmt nor clippy looks at.
#[derive(clap::Args)]
pub struct Args {}

/// A file of the tree, read.
struct File {
    /// Its path from the root, with forward slashes.
    path: String,
    /// Its text; `None` where it is not UTF-8.
    text: Option<String>,
}

/// A breach.
struct Breach {
    /// Path and line.
    at: String,
    /// What is wrong and what to do.
    what: String,
    /// Whether it only warns.
    warning: bool,
}

/// What is never looked into: outputs of tools, and what lies beside the project.
const SKIPPED: [&str; 5] = [".git", "target", "node_modules", "shared", ".venv"];

/// Prints the breaches.
pub fn run(_args: Args) -> Result<ExitCode> {
    Ok(if check()? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints the breaches; whether there was none but warnings.
pub fn check() -> Result<bool> {
    let root = cargo::root();
    let mut files = Vec::new();
    read_tree(&root, &root, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut breaches = rules::all(&root, &files);
    breaches.extend(walls::all(&files));
    breaches.extend(circles::all(&files));
    breaches.sort_by(|a, b| (a.warning, &a.at).cmp(&(b.warning, &b.at)));
    for breach in &breaches {
        let kind = if breach.warning { "warning: " } else { "" };
        eprintln!("{}: {kind}{}", breach.at, breach.what);
    }
    let wrong = breaches.iter().filter(|b| !b.warning).count();
    if wrong > 0 {
        eprintln!("tidy: {wrong} to mend in {} files", files.len());
    }
    Ok(wrong == 0)
}

/// Reads every file below a folder.
fn read_tree(root: &Path, folder: &Path, into: &mut Vec<File>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {folder:?}"))?;
    for entry in entries {
        let entry = entry?;
        let path: PathBuf = entry.path();
        let name = entry.file_name();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !SKIPPED.iter().any(|skip| name == *skip) {
                read_tree(root, &path, into)?;
            }
        } else if kind.is_file() && name != ".git" {
            let from_root = path.strip_prefix(root).unwrap_or(&path);
            let bytes = fs::read(&path).with_context(|| format!("cannot read {path:?}"))?;
            into.push(File {
                path: from_root.to_string_lossy().replace('\\', "/"),
                text: String::from_utf8(bytes).ok(),
            });
        }
    }
    Ok(())
}
