//! The crates from outside. In: what Cargo resolved. Out: each with its licence, where its sources lie, and whether it is a
//! part of what is given away.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cargo;

/// What is given away: the crates of which something ships.
const GIVEN: [&str; 2] = ["crossread-cli", "crossread-python"];

/// The machine for which crates are listed: those of others are built by nobody here.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// A crate from outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, an SPDX expression or nearly.
    pub licence: String,
    /// Where it is made.
    pub repository: String,
    /// The folder of its sources.
    pub folder: PathBuf,
    /// Whether it is a part of what is given away.
    pub ships: bool,
}

/// The crates that Cargo resolved.
pub fn crates() -> Result<Vec<Crate>> {
    let told = cargo::cargo()
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            TARGET,
        ])
        .output()
        .context("cannot start cargo")?;
    ensure!(
        told.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&told.stderr)
    );
    let told: Value = serde_json::from_slice(&told.stdout).context("cargo metadata")?;
    Ok(listed(&told))
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn listed(told: &Value) -> Vec<Crate> {
    let ships = shipped(told);
    let outside = list(told, "packages").filter(|package| package["source"].is_string());
    let mut crates: Vec<Crate> = outside
        .map(|package| Crate {
            name: text(package, "name"),
            version: text(package, "version"),
            licence: text(package, "license"),
            repository: text(package, "repository"),
            folder: Path::new(&text(package, "manifest_path"))
                .parent()
                .map(Path::to_owned)
                .unwrap_or_default(),
            ships: ships.contains(&text(package, "id")),
        })
        .collect();
    crates.sort();
    crates
}

/// The ids of what is given away and of all that it is built from or by; what tests alone need is not.
fn shipped(told: &Value) -> BTreeSet<String> {
    let named = list(told, "packages").filter(|package| GIVEN.contains(&&*text(package, "name")));
    let mut open: Vec<String> = named.map(|package| text(package, "id")).collect();
    let nodes: BTreeMap<String, &Value> = list(&told["resolve"], "nodes")
        .map(|node| (text(node, "id"), node))
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        let Some(node) = nodes.get(&id) else { continue };
        if !reached.insert(id) {
            continue;
        }
        let needed = list(node, "deps").filter(|dep| {
            list(dep, "dep_kinds").any(|kind| kind["kind"].is_null() || kind["kind"] == "build")
        });
        open.extend(needed.map(|dep| text(dep, "pkg")));
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_alone_need_does_not_ship() {
        let told = serde_json::json!({
            "packages": [
                {"id": "cli", "name": "crossread-cli", "source": null},
                {"id": "a", "name": "a", "version": "1.0.0", "license": "MIT", "source": "x", "manifest_path": "/a/Cargo.toml"},
                {"id": "b", "name": "b", "version": "1.0.0", "license": "MIT", "source": "x", "manifest_path": "/b/Cargo.toml"},
            ],
            "resolve": {"nodes": [
                {"id": "cli", "deps": [
                    {"pkg": "a", "dep_kinds": [{"kind": "build"}]},
                    {"pkg": "b", "dep_kinds": [{"kind": "dev"}]},
                ]},
                {"id": "a", "deps": []},
            ]},
        });
        let ships: Vec<bool> = listed(&told).iter().map(|one| one.ships).collect();
        assert_eq!(ships, [true, false]);
    }
}
