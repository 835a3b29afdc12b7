//! What the program is built from. In: the crates that Cargo resolved, and `deny.toml`. Out: whether each crate's licence
//! is one of those named there, none is there twice but those named there, and the list of licences that ships is that of
//! these crates. Where `cargo deny` is installed and has a database of advisories, they are looked through too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use spdx::{Expression, ParseMode};

use crate::crates::{Crate, crates};
use crate::outside::Outcome;
use crate::{cargo, licences};

/// Checks all of it.
pub fn run(root: &Path) -> Result<Outcome> {
    let crates = crates()?;
    let rules = std::fs::read_to_string(root.join("deny.toml")).context("cannot read deny.toml")?;
    let mut faults = faults(&crates, &rules)?;
    if licences::written(root)? != licences::list(root, &crates)? {
        faults.push(
            "THIRD-PARTY.md is not of these crates and models: `cargo xtask licences` writes it"
                .to_owned(),
        );
    }
    for fault in &faults {
        eprintln!("   FAIL {fault}");
    }
    let advised = advisories(root)?;
    Ok(match faults.is_empty() && advised {
        true => Outcome::Holds,
        false => Outcome::Fails,
    })
}

/// Looks advisories through, where that can be done without the network; whether there is none.
fn advisories(root: &Path) -> Result<bool> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home =
        home.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let kept = home.is_some_and(|home| home.join("advisory-dbs").is_dir());
    let answers = cargo::cargo().args(["deny", "--version"]).output();
    if !kept || !answers.is_ok_and(|told| told.status.success()) {
        eprintln!("   advisories: not looked at, for `cargo deny` or its database is not here");
        return Ok(true);
    }
    let mut deny = cargo::cargo();
    deny.current_dir(root)
        .args(["deny", "--offline", "check", "advisories"]);
    Ok(deny.status().context("cannot start cargo")?.success())
}

/// What of the crates is not as the rules have it.
fn faults(crates: &[Crate], rules: &str) -> Result<Vec<String>> {
    let rules: toml::Table = toml::from_str(rules).context("deny.toml")?;
    let strings = |value: Option<&toml::Value>| -> Vec<String> {
        let strings = value.and_then(toml::Value::as_array).into_iter().flatten();
        strings
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect()
    };
    let section = |name: &str, key: &str| rules.get(name).and_then(|section| section.get(key));
    let allowed = strings(section("licenses", "allow"));
    let named = |value: Option<&toml::Value>| -> Vec<(String, Vec<String>)> {
        let tables = value.and_then(toml::Value::as_array).into_iter().flatten();
        let named = tables.filter_map(|one| {
            Some((
                one.get("crate")?.as_str()?.to_owned(),
                strings(one.get("allow")),
            ))
        });
        named.collect()
    };
    let exceptions: BTreeMap<_, _> = named(section("licenses", "exceptions"))
        .into_iter()
        .collect();
    let mut faults = Vec::new();
    for one in crates {
        let more = exceptions.get(&one.name).filter(|_| !one.ships);
        let fits = |licence: &str| {
            allowed
                .iter()
                .chain(more.into_iter().flatten())
                .any(|name| name == licence)
        };
        let licence = Expression::parse_mode(&one.licence, ParseMode::LAX);
        let good = licence.is_ok_and(|licence| licence.evaluate(|need| fits(&need.to_string())));
        if !good {
            faults.push(format!(
                "{} {}: its licence “{}” is none that deny.toml allows",
                one.name, one.version, one.licence
            ));
        }
    }
    let skipped: Vec<String> = named(section("bans", "skip"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    faults.extend(doubles(crates, &skipped));
    Ok(faults)
}

/// Crates that are there in two versions and not named, and names that are needed no more.
fn doubles(crates: &[Crate], skipped: &[String]) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in crates {
        versions.entry(&one.name).or_default().push(&one.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let of = |skip: &String, name: &str, version: &str| {
        let (skipped, begins) = skip.split_once('@').unwrap_or((skip, ""));
        let rest = version.strip_prefix(begins);
        skipped == name && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let mut faults = Vec::new();
    for (name, versions) in &versions {
        let unnamed = versions
            .iter()
            .filter(|version| !skipped.iter().any(|skip| of(skip, name, version)));
        if unnamed.count() > 1 {
            faults.push(format!("{name} is there in the versions {}: one will do, or deny.toml says whose the other is", versions.join(", ")));
        }
    }
    for skip in skipped {
        let needed = versions
            .iter()
            .any(|(name, versions)| versions.iter().any(|version| of(skip, name, version)));
        if !needed {
            faults.push(format!(
                "{skip} is there once or not at all: take it out of deny.toml"
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [licenses]
        allow = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]
        exceptions = [{ crate = "measure", allow = ["MPL-2.0"] }]
        [bans]
        skip = [{ crate = "old@1", reason = "another's" }]
    "#;

    fn one(name: &str, version: &str, licence: &str, ships: bool) -> Crate {
        Crate {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            repository: String::new(),
            folder: PathBuf::new(),
            ships,
        }
    }

    #[test]
    fn licences_are_held_to_the_list() {
        let good = [
            one("a", "1.0.0", "MIT/Apache-2.0", true),
            one("b", "1.0.0", "GPL-3.0 OR MIT", true),
            one("c", "1.0.0", "Apache-2.0 WITH LLVM-exception", true),
            one("measure", "1.0.0", "MPL-2.0", false),
            one("old", "1.4.0", "MIT", true),
            one("old", "2.0.0", "MIT", true),
        ];
        assert_eq!(faults(&good, RULES).expect("rules"), [""; 0]);
        for (bad, licence) in [
            ("d", "GPL-3.0"),
            ("e", "MIT AND GPL-3.0"),
            ("f", ""),
            ("measure", "MPL-2.0"),
        ] {
            let mut crates = good.to_vec();
            crates.push(one(bad, "1.0.0", licence, true));
            let found = faults(&crates, RULES).expect("rules").join("\n");
            assert!(found.contains(&format!("{bad} 1.0.0")), "{bad}: {found}");
        }
    }

    #[test]
    fn two_versions_are_told_and_so_is_a_name_that_is_not_needed() {
        let crates = [
            one("old", "1.4.0", "MIT", true),
            one("new", "1.0.0", "MIT", true),
            one("new", "2.0.0", "MIT", true),
        ];
        let found = faults(&crates, RULES).expect("rules");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].contains("new is there") && found[1].contains("old@1"),
            "{found:?}"
        );
    }
}
