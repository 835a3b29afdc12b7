//! In: the sources. Out: a breach for each set of a crate's modules that need each other, with what needs what: none of
//! them can be understood, tested or moved without the others. A module and those inside it may name each other.
//! Refuses to guess: a name that reaches a module by a glob, a macro or its parent's `use` is not followed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Breach, File};

/// The modules of a crate (`quotes::unit`), each with those that it needs.
type Needs = BTreeMap<String, BTreeSet<String>>;

/// Every circle of every crate.
pub fn all(files: &[File]) -> Vec<Breach> {
    let mut crates: BTreeMap<&str, BTreeMap<String, &File>> = BTreeMap::new();
    for file in files {
        if let Some((krate, inside)) = file.path.split_once("/src/")
            && let Some(module) = module(inside)
        {
            crates.entry(krate).or_default().insert(module, file);
        }
    }
    let mut breaches = Vec::new();
    for modules in crates.values() {
        let needs = needs(modules);
        breaches.extend(circles(&needs).iter().map(|circle| Breach {
            at: modules[circle[0]].path.clone(),
            what: told(circle, &needs),
            warning: false,
        }));
    }
    breaches
}

/// The module that a file of `src` is; none for the root of a crate, which is around all others.
fn module(inside: &str) -> Option<String> {
    let path = inside.strip_suffix(".rs")?;
    let path = path.strip_suffix("/mod").unwrap_or(path);
    let root = matches!(path, "lib" | "main") || path.starts_with("bin/");
    (!root).then(|| path.replace('/', "::"))
}

/// What each module needs, but for those around it and inside it.
fn needs(modules: &BTreeMap<String, &File>) -> Needs {
    let of = |(module, file): (&String, &&File)| {
        let code = code(file.text.as_deref().unwrap_or_default());
        let needs = named(&code)
            .iter()
            .map(|path| leads_to(path, module, |name| modules.contains_key(name)))
            .filter(|other| !is_around(other, module) && !is_around(module, other))
            .collect();
        (module.clone(), needs)
    };
    modules.iter().map(of).collect()
}

/// Whether a module is another or holds it; the root, without a name, holds all.
fn is_around(outer: &str, inner: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    outer.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// A source without comments and without what is there for tests alone. An item ends, as rustfmt has it, on the first
/// line that is indented as its first one is and closes something.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut tests: Option<usize> = None;
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default().trim_end();
        let indent = line.len() - line.trim_start().len();
        if line.trim_start() == "#[cfg(test)]" {
            tests = Some(indent);
        } else if tests.is_none() {
            code.push_str(line);
            code.push('\n');
        } else if tests == Some(indent) && line.ends_with([';', ',', '}']) {
            tests = None;
        }
    }
    code
}

/// The paths in a source that begin at its crate, its module or the one around it.
fn named(code: &str) -> Vec<Vec<&str>> {
    let words = words(code);
    let mut paths = Vec::new();
    for at in 0..words.len() {
        let begins = matches!(words[at..], ["crate" | "super" | "self", "::", ..]);
        if begins && (at == 0 || words[at - 1] != "::") {
            read(&words[at..], Vec::new(), &mut paths);
        }
    }
    paths
}

/// The words and marks of a source; `::` is one mark.
fn words(code: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let len = match word.unwrap_or(rest.len()) {
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            len => len,
        };
        words.push(&rest[..len]);
        rest = rest[len..].trim_start();
    }
    words
}

/// Reads a path, or where it ends in braces each path in them, behind what leads there; gives what follows.
fn read<'w, 'c>(
    mut words: &'w [&'c str],
    mut path: Vec<&'c str>,
    paths: &mut Vec<Vec<&'c str>>,
) -> &'w [&'c str] {
    while let [word, "::", rest @ ..] = words {
        path.push(word);
        words = rest;
    }
    let ["{", inside @ ..] = words else {
        path.extend(words.first());
        paths.push(path);
        return words.get(1..).unwrap_or_default();
    };
    words = inside;
    while !matches!(words, [] | ["}", ..]) {
        words = read(words, path.clone(), paths);
        // Behind `as`, what it is called here.
        let ends = words.iter().position(|word| matches!(*word, "," | "}"));
        words = &words[ends.unwrap_or(words.len())..];
        words = words.strip_prefix(&[","]).unwrap_or(words);
    }
    words.get(1..).unwrap_or_default()
}

/// The innermost module that a path written in a module leads to.
fn leads_to(path: &[&str], module: &str, is_module: impl Fn(&str) -> bool) -> String {
    let mut place: Vec<&str> = module.split("::").collect();
    for word in path {
        match *word {
            "crate" => place.clear(),
            "super" => drop(place.pop()),
            "self" => {}
            name => {
                place.push(name);
                if !is_module(&place.join("::")) {
                    place.pop();
                    break;
                }
            }
        }
    }
    place.join("::")
}

/// The sets of modules in which each needs, in the end, each.
fn circles(needs: &Needs) -> Vec<Vec<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = needs
        .keys()
        .map(|module| (module.as_str(), reached(module, needs)))
        .collect();
    let mut circles: Vec<Vec<&str>> = Vec::new();
    for (module, there) in &reach {
        let mutual = there.iter().filter(|other| reach[*other].contains(module));
        let circle: Vec<&str> = mutual.copied().collect();
        // Each is found from every module in it.
        if circle.first() == Some(module) {
            circles.push(circle);
        }
    }
    circles
}

/// What a module needs, and what that needs, and so on.
fn reached<'n>(module: &str, needs: &'n Needs) -> BTreeSet<&'n str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = needs[module].iter().map(String::as_str).collect();
    while let Some(other) = next.pop() {
        if reached.insert(other) {
            next.extend(needs[other].iter().map(String::as_str));
        }
    }
    reached
}

/// A circle in words, with all that closes it.
fn told(circle: &[&str], needs: &Needs) -> String {
    let mut edges = Vec::new();
    for module in circle {
        let inside = needs[*module]
            .iter()
            .filter(|other| circle.contains(&other.as_str()));
        edges.extend(inside.map(|other| format!("{module} needs {other}")));
    }
    format!(
        "modules in a circle ({}): move what closes it to the lower of two, or to a file of its own",
        edges.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sources: &[(&str, &str)]) -> Vec<(String, String)> {
        let file = |(path, text): &(&str, &str)| File {
            path: format!("crates/mill/src/{path}"),
            text: Some((*text).to_owned()),
        };
        let files: Vec<File> = sources.iter().map(file).collect();
        all(&files).into_iter().map(|b| (b.at, b.what)).collect()
    }

    #[test]
    fn a_circle_is_told_with_what_closes_it() {
        let found = found(&[
            ("lib.rs", "mod river;\nmod sack;\nmod stone;\nmod wheel;\n"),
            (
                "wheel.rs",
                "use crate::{river::Water, stone::{self, Grain as G}};\n",
            ),
            (
                "stone.rs",
                "fn grind() {\n    super::sack::seam::sew();\n}\n",
            ),
            ("sack/mod.rs", "mod seam;\n"),
            ("sack/seam.rs", "use super::super::wheel::Turn;\n"),
            ("river.rs", "pub struct Water;\n"),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "crates/mill/src/sack/seam.rs");
        let edges = "(sack::seam needs wheel, stone needs sack::seam, wheel needs stone)";
        assert!(found[0].1.contains(edges), "{}", found[0].1);
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        let found = found(&[
            (
                "wheel.rs",
                "use crate::stone::Grain;\nuse self::spoke::Spoke;\n",
            ),
            ("wheel/spoke.rs", "use super::Wheel;\n"),
            (
                "stone.rs",
                "//! Used by [`crate::wheel`].\n// crate::wheel::turn()\n#[cfg(test)]\nuse crate::wheel::Wheel;\n\n\
                 pub struct Grain;\n\n#[cfg(test)]\nmod tests {\n    use crate::wheel::Wheel;\n}\n",
            ),
            ("stones.rs", "use crate::wheel::Wheel;\n"),
        ]);
        assert_eq!(found, []);
    }
}
