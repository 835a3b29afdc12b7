//! Rules about single files: how they open, how long they are, what they are called, which words
//! they never hold, and that the code map names only what exists.

use std::path::Path;

use super::{Breach, File};

/// A file of more lines is an error: it is two rooms.
const LONGEST: usize = 800;
/// A file of more lines is worth a look.
const LONG: usize = 400;
/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 8] = [
    "utils", "util", "helpers", "helper", "manager", "common", "misc", "stuff",
];

/// Words that no source may hold, in pieces so that this file does not hold them either.
fn forbidden_words() -> Vec<(String, &'static str)> {
    vec![
        (["todo", "!("].concat(), "finish it"),
        (["unimplemented", "!("].concat(), "finish it"),
        (["dbg", "!("].concat(), "take it out"),
    ]
}

/// Traces of one machine that mean nothing on another.
fn traces() -> Vec<String> {
    [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["/var/", "lib/"],
        ["/tmp/ba", "sh_"],
    ]
    .iter()
    .map(|parts| parts.concat())
    .collect()
}

/// Every breach of these rules.
pub fn all(root: &Path, files: &[File]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in files {
        breaches.extend(name(&file.path));
        let Some(text) = &file.text else { continue };
        breaches.extend(machine_traces(&file.path, text));
        if file.path.ends_with(".rs") {
            breaches.extend(opening(&file.path, text));
            breaches.extend(length(&file.path, text));
            breaches.extend(words(&file.path, text));
        }
        if file.path == "ARCHITECTURE.md" {
            breaches.extend(map(&file.path, text, |path| root.join(path).exists()));
        }
        if file.path == "Cargo.toml" {
            breaches.extend(reasons(&file.path, text));
        }
        if file.path == "Cargo.lock" {
            breaches.extend(registries(&file.path, text));
        }
    }
    breaches
}

fn breach(at: String, what: impl Into<String>) -> Breach {
    Breach {
        at,
        what: what.into(),
        warning: false,
    }
}

/// No part of a path has an empty name.
fn name(path: &str) -> Vec<Breach> {
    let hollow = path
        .split('/')
        .map(|part| part.split('.').next().unwrap_or(part).to_lowercase())
        .find(|stem| EMPTY_NAMES.contains(&stem.as_str()));
    hollow
        .map(|stem| {
            breach(
                path.to_owned(),
                format!("\"{stem}\" says nothing: name what it does"),
            )
        })
        .into_iter()
        .collect()
}

/// A Rust file says first what comes in, what goes out, what it refuses.
fn opening(path: &str, text: &str) -> Vec<Breach> {
    let opens = text.lines().map(str::trim).find(|line| !line.is_empty());
    match opens {
        Some(line) if line.starts_with("//!") => Vec::new(),
        _ => vec![breach(
            format!("{path}:1"),
            "open with `//!`: what comes in, what goes out",
        )],
    }
}

/// A file is one room.
fn length(path: &str, text: &str) -> Vec<Breach> {
    let lines = text.lines().count();
    if lines <= LONG {
        return Vec::new();
    }
    let what = format!("{lines} lines: most files have 100 to {LONG}, none over {LONGEST}; split");
    vec![Breach {
        at: path.to_owned(),
        what,
        warning: lines <= LONGEST,
    }]
}

/// Nothing is left half done.
fn words(path: &str, text: &str) -> Vec<Breach> {
    let forbidden = forbidden_words();
    let mut breaches = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (word, advice) in &forbidden {
            if line.contains(word.as_str()) {
                breaches.push(breach(
                    format!("{path}:{}", number + 1),
                    format!("{word}: {advice}"),
                ));
            }
        }
    }
    breaches
}

/// No path of somebody's machine.
fn machine_traces(path: &str, text: &str) -> Vec<Breach> {
    // Pages of the sample corpus and of tests may mention what they like.
    if path.starts_with("samples/") || path.starts_with("tests/") {
        return Vec::new();
    }
    let traces = traces();
    let mut breaches = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for trace in &traces {
            let before = |at: usize| line[..at].chars().next_back();
            let stands_alone = line
                .match_indices(trace.as_str())
                .any(|(at, _)| before(at).is_none_or(|c| !c.is_alphanumeric() && c != '.'));
            if stands_alone {
                let what = format!("{trace} is a path of one machine: take it out");
                breaches.push(breach(format!("{path}:{}", number + 1), what));
            }
        }
    }
    breaches
}

/// Every path that the code map names exists. Paths stand in backticks, from the root; a `*` or a
/// `{` in them, or a space, means that it is no path.
fn map(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for quoted in line.split('`').skip(1).step_by(2) {
            let looks_like_a_path = (quoted.contains('/') || quoted.ends_with(".md"))
                && !quoted.contains(['*', '{', ' ', ':', '<', '(', '…'])
                && !quoted.starts_with(['/', '.', '-'])
                && quoted.starts_with(char::is_alphanumeric);
            if looks_like_a_path && !exists(quoted.trim_end_matches('/')) {
                let what = format!("{quoted} does not exist (paths are given from the root)");
                breaches.push(breach(format!("{path}:{}", number + 1), what));
            }
        }
    }
    breaches
}

/// Every outside crate has its reason, on its line or the line above.
fn reasons(path: &str, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut inside = false;
    let mut comment_above = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            inside = line == "[workspace.dependencies]";
        } else if inside && line.contains('=') && !line.starts_with('#') {
            let ours = line.contains("path =");
            if !ours && !line.contains('#') && !comment_above {
                breaches.push(breach(
                    format!("{path}:{}", number + 1),
                    "say in a comment on this line why the project needs this crate",
                ));
            }
        }
        comment_above = line.starts_with('#');
    }
    breaches
}

/// Every crate comes from the public registry.
fn registries(path: &str, text: &str) -> Vec<Breach> {
    let public = "registry+https://github.com/rust-lang/crates.io-index";
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with("source = ") && !line.contains(public))
        .map(|(number, line)| {
            breach(
                format!("{path}:{}", number + 1),
                format!("{line}: take it from crates.io"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(breaches: Vec<Breach>) -> Vec<String> {
        breaches.into_iter().map(|b| b.at).collect()
    }

    #[test]
    fn hollow_names_are_refused_wherever_they_stand() {
        assert_eq!(name("crates/page/src/utils.rs").len(), 1);
        assert_eq!(name("crates/common/src/lib.rs").len(), 1);
        assert!(name("crates/page/src/commonplace.rs").is_empty());
    }

    #[test]
    fn a_file_opens_with_what_it_does() {
        assert!(opening("a.rs", "\n//! In: x.\n").is_empty());
        assert_eq!(opening("a.rs", "use std::fmt;\n").len(), 1);
        assert_eq!(opening("a.rs", "").len(), 1);
    }

    #[test]
    fn length_warns_first_and_then_refuses() {
        assert!(length("a.rs", &"x\n".repeat(400)).is_empty());
        assert!(length("a.rs", &"x\n".repeat(401))[0].warning);
        assert!(!length("a.rs", &"x\n".repeat(801))[0].warning);
    }

    #[test]
    fn unfinished_work_is_found_on_its_line() {
        let text = ["fn a() {\n    ", "todo", "!()\n}\n"].concat();
        assert_eq!(at(words("a.rs", &text)), ["a.rs:2"]);
    }

    #[test]
    fn machine_paths_are_found_and_addresses_are_not() {
        let path = ["see /wo", "rk/here"].concat();
        assert_eq!(at(machine_traces("a.md", &path)), ["a.md:1"]);
        let address = ["https://example.org/wo", "rk/here"].concat();
        assert!(machine_traces("a.md", &address).is_empty());
    }

    #[test]
    fn the_map_names_only_what_exists() {
        let text = "`crates/page` and `crates/gone/src`\n`a span` `crates/*` `GET /x`";
        assert_eq!(at(map("A.md", text, |p| p == "crates/page")), ["A.md:1"]);
    }

    #[test]
    fn a_crate_without_reason_is_named() {
        let text = "[workspace.dependencies]\nown = { path = \"x\" }\ngood = \"1\" # because\n\
                    # above\nalso = \"1\"\nbad = \"1\"\n[other]\nfree = \"1\"\n";
        assert_eq!(at(reasons("Cargo.toml", text)), ["Cargo.toml:6"]);
    }

    #[test]
    fn crates_come_from_the_public_registry() {
        let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n\
                    source = \"git+https://example.org/x\"\n";
        assert_eq!(at(registries("Cargo.lock", lock)), ["Cargo.lock:2"]);
    }
}
