//! Rules between crates: a stage depends on `model` and small leaves alone, only the outer crates
//! touch disk, network or clock, and the nouns are not serialised.

use super::{Breach, File};

/// The stages: none may depend on another.
const STAGES: [&str; 5] = ["page", "annotate", "story", "compare", "report"];
/// The crates around the stages: a stage that depended on one would close a loop.
const OUTER: [&str; 8] = [
    "crossread",
    "store",
    "desk",
    "fetch",
    "cli",
    "server",
    "eval",
    "train",
];
/// Where disk, network and clock may be touched.
const TOUCHING: [&str; 8] = [
    "crates/cli/",
    "crates/store/",
    "crates/server/",
    "crates/fetch/",
    "crates/python/",
    "eval/",
    "train/",
    "xtask/",
];

/// What touches the outside, in pieces so that this file does not hold it.
fn touches() -> Vec<String> {
    [
        ["std::", "fs"],
        ["std::", "net"],
        ["std::", "env::var"],
        ["Instant::", "now"],
        ["SystemTime::", "now"],
        ["std::", "process"],
        ["std::thread::", "spawn"],
    ]
    .iter()
    .map(|parts| parts.concat())
    .collect()
}

/// Every breach of these rules.
pub fn all(files: &[File]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in files {
        let Some(text) = &file.text else { continue };
        let Some((krate, inside)) = file
            .path
            .strip_prefix("crates/")
            .and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        if inside == "Cargo.toml" {
            breaches.extend(depends(&file.path, krate, text));
        }
        if inside.starts_with("src/") && inside.ends_with(".rs") {
            breaches.extend(pure(&file.path, text));
            if krate == "model" {
                breaches.extend(plain_nouns(&file.path, text));
            }
        }
    }
    breaches
}

fn breach(at: String, what: String) -> Breach {
    Breach {
        at,
        what,
        warning: false,
    }
}

/// A stage depends on no stage and on nothing around the stages; `model` on none of ours.
fn depends(path: &str, krate: &str, manifest: &str) -> Vec<Breach> {
    let stage = STAGES.contains(&krate);
    if !stage && krate != "model" {
        return Vec::new();
    }
    let mut breaches = Vec::new();
    let mut section = "";
    for (number, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            section = line;
            continue;
        }
        // A test may look at more than the code it tests may.
        if section != "[dependencies]" {
            continue;
        }
        let Some(on) = line
            .split(['.', '=', ' '])
            .next()
            .filter(|name| !name.is_empty())
        else {
            continue;
        };
        let forbidden = STAGES.contains(&on)
            || OUTER.contains(&on)
            || (krate == "model" && ["serde", "serde_json", "rayon"].contains(&on));
        if forbidden {
            breaches.push(breach(
                format!("{path}:{}", number + 1),
                format!("`{krate}` may not depend on `{on}`: stages meet in `crossread` alone"),
            ));
        }
    }
    breaches
}

/// Stages touch neither disk nor network nor clock. What stands in tests (behind the first
/// `#[cfg(test)]` of a file) may.
fn pure(path: &str, text: &str) -> Vec<Breach> {
    if TOUCHING.iter().any(|place| path.starts_with(place)) {
        return Vec::new();
    }
    let touches = touches();
    let mut breaches = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim() == "#[cfg(test)]" {
            break;
        }
        if line.trim_start().starts_with("//") {
            continue;
        }
        for word in &touches {
            if line.contains(word.as_str()) {
                breaches.push(breach(
                    format!("{path}:{}", number + 1),
                    format!("{word}: only cli, store, server and the fetcher touch the outside"),
                ));
            }
        }
    }
    breaches
}

/// The nouns are not serialised: wire types live in `report`, disk records in `store`.
fn plain_nouns(path: &str, text: &str) -> Vec<Breach> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| {
            !line.trim_start().starts_with("//")
                && (line.contains("Serialize") || line.contains("Deserialize"))
        })
        .map(|(number, _)| {
            breach(
                format!("{path}:{}", number + 1),
                "nouns are not serialised: make a wire type in `report`".to_owned(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_depends_on_no_stage() {
        let manifest = "[dependencies]\nmodel.workspace = true\nstory = { path = \"x\" }\n\
                        [dev-dependencies]\npage.workspace = true\n";
        let found = depends("crates/compare/Cargo.toml", "compare", manifest);
        assert_eq!(found.len(), 1);
        assert!(found[0].at.ends_with(":3"));
        assert!(depends("crates/crossread/Cargo.toml", "crossread", manifest).is_empty());
        assert_eq!(
            depends("m", "model", "[dependencies]\nserde.workspace = true\n").len(),
            1
        );
    }

    #[test]
    fn stages_are_pure_and_doors_are_not() {
        let text = [
            "//! std::",
            "fs\nuse std::",
            "fs;\n#[cfg(test)]\nuse std::",
            "net;\n",
        ]
        .concat();
        assert_eq!(pure("crates/page/src/read.rs", &text).len(), 1);
        assert!(pure("crates/cli/src/main.rs", &text).is_empty());
    }

    #[test]
    fn nouns_stay_plain() {
        assert_eq!(
            plain_nouns("m", "/// not Serialize\n#[derive(Serialize)]\n").len(),
            1
        );
    }
}
