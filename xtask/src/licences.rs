//! The licences of what is given away. In: the crates that it is built from, the cards of the models. Out:
//! `THIRD-PARTY.md`, a line for each crate and model; for packages, the words of the licences as each crate has them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::cargo;
use crate::crates::{Crate, crates};

/// Writes the licences of all crates and models that ship.
#[derive(clap::Args)]
pub struct Args {
    /// Also the words of the licences, into this file
    #[arg(long, value_name = "FILE")]
    texts: Option<std::path::PathBuf>,
}

/// Where the list stands.
const FILE: &str = "THIRD-PARTY.md";

/// What a model's card calls its licence.
const LICENCE: [&str; 2] = ["Licence of this file", "Licence"];

/// The model that does not ship: whoever wants it adds it.
const ADDED: &str = "multilingual";

/// Lists that came from elsewhere, as they say themselves.
const LISTS: [(&str, &str); 2] = [
    (
        "crates/annotate/data/places.txt",
        "LGPL 2.1 or later (iso-codes); CC BY 4.0 (GeoNames, geonames.org)",
    ),
    (
        "crates/annotate/data/en/lexicon.md",
        "SCOWL's own: use, copying, modification and distribution are free; the words are in that file",
    ),
];

/// How the names of files of licences begin.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"];

/// Writes the list.
pub fn run(args: Args) -> Result<ExitCode> {
    let root = cargo::root();
    let crates = crates()?;
    fs::write(root.join(FILE), list(&root, &crates)?)
        .with_context(|| format!("cannot write {FILE}"))?;
    if let Some(file) = args.texts {
        fs::write(&file, texts(&crates)?).with_context(|| format!("cannot write {file:?}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The list as it was last written.
pub fn written(root: &Path) -> Result<String> {
    fs::read_to_string(root.join(FILE)).with_context(|| format!("cannot read {FILE}"))
}

/// The list of these crates and of the models beside them.
pub fn list(root: &Path, crates: &[Crate]) -> Result<String> {
    let mut list = "# What Crossread is built from, and under which licences\n\n\
        Written by `cargo xtask licences`. Crossread itself is licensed under Apache-2.0 or MIT, as you choose. The words of \
        the licences of the crates below are in `THIRD-PARTY-LICENCES.txt` of each package.\n\n\
        ## Models and lists\n\n| file | licence | card |\n|---|---|---|\n"
        .to_owned();
    for (model, licence) in models(root)? {
        let _ = writeln!(list, "| {model} | {licence} | `models/{model}.md` |");
    }
    for (file, licence) in LISTS {
        ensure!(root.join(file).exists(), "there is no {file}");
        let _ = writeln!(list, "| {file} | {licence} | |");
    }
    list.push_str("\n## Crates\n\n| crate | version | licence | made at |\n|---|---|---|---|\n");
    for one in crates.iter().filter(|one| one.ships) {
        let (name, version, licence, place) =
            (&one.name, &one.version, &one.licence, &one.repository);
        let _ = writeln!(list, "| {name} | {version} | {licence} | {place} |");
    }
    Ok(list)
}

/// Each model that ships, and the licence that its card gives.
fn models(root: &Path) -> Result<BTreeMap<String, String>> {
    let mut models = BTreeMap::new();
    for entry in fs::read_dir(root.join("models")).context("cannot list the models")? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.extension().is_none_or(|end| end != "md") || name == ADDED {
            continue;
        }
        let card = fs::read_to_string(&path).with_context(|| format!("cannot read {path:?}"))?;
        let rows = card.lines().filter_map(|line| {
            line.strip_prefix("| ")?
                .strip_suffix(" |")?
                .split_once(" | ")
        });
        let licence = rows.into_iter().find(|(key, _)| LICENCE.contains(key));
        let (_, licence) = licence.with_context(|| format!("{path:?} says no licence"))?;
        models.insert(name, licence.to_owned());
    }
    ensure!(!models.is_empty(), "there are no models");
    Ok(models)
}

/// The words of the crates' licences, each once, with the crates that have them.
pub fn texts(crates: &[Crate]) -> Result<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut bare = Vec::new();
    for one in crates.iter().filter(|one| one.ships) {
        let named = format!("{} {} ({})", one.name, one.version, one.licence);
        let mut found = false;
        let entries =
            fs::read_dir(&one.folder).with_context(|| format!("cannot list {:?}", one.folder))?;
        for entry in entries {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            if !path.is_file() || !NAMES.iter().any(|begins| name.starts_with(begins)) {
                continue;
            }
            let bytes = fs::read(&path).with_context(|| format!("cannot read {path:?}"))?;
            let words = String::from_utf8_lossy(&bytes)
                .replace("\r\n", "\n")
                .trim()
                .to_owned();
            let of = texts.entry(words).or_default();
            if !of.contains(&named) {
                of.push(named.clone());
            }
            found = true;
        }
        if !found {
            bare.push(named);
        }
    }
    let mut all: Vec<(Vec<String>, String)> =
        texts.into_iter().map(|(words, of)| (of, words)).collect();
    all.sort();
    let line = "=".repeat(80);
    let mut out =
        "The licences of the crates that Crossread is built from, in their own words.\n".to_owned();
    if !bare.is_empty() {
        let _ = writeln!(out, "\nWithout a file of their own: {}.", bare.join(", "));
    }
    for (of, words) in all {
        let _ = writeln!(out, "\n{line}\n{}\n{line}\n\n{words}", of.join("\n"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_that_of_what_ships() {
        let root = cargo::root();
        let crates = crates().expect("crates");
        assert!(crates.iter().filter(|one| one.ships).count() > 100);
        let list = list(&root, &crates).expect("a list");
        assert!(
            list.contains("| encoder | Apache-2.0, as the weights it was made from |"),
            "{list}"
        );
        // A line that does not belong there is as wrong as one that lacks.
        assert!(
            written(&root).expect("written") == list,
            "run `cargo xtask licences`"
        );
        let texts = texts(&crates).expect("texts");
        assert!(texts.contains("Permission is hereby granted") && texts.contains("Apache License"));
    }
}
