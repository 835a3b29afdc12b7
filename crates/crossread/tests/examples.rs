//! Every example is run on the samples and prints what its head says; the one in the README is one of them, to the
//! letter.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder, in order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The lines that the head of an example says it prints.
fn promised(source: &str) -> Vec<&str> {
    let head = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = head.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let block = lines.skip_while(|line| *line != "```text").skip(1);
    block.take_while(|line| *line != "```").collect()
}

/// What an example prints, run on the samples. They were built before, into a folder beside that of the
/// tests.
fn printed(name: &str) -> String {
    let test = std::env::current_exe().expect("the test's own file");
    let built = test.ancestors().nth(2).expect("a folder of builds");
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let mut example = Command::new(built.join("examples").join(&file));
    let samples = files(&root().join("samples"));
    let names = samples.iter().filter_map(|path| path.file_name());
    example.current_dir(root());
    example.args(names.map(|name| Path::new("samples").join(name)));
    let output = example.output();
    let output = output.unwrap_or_else(|error| {
        panic!("{file}: {error}; `cargo build -p crossread --examples` builds it")
    });
    assert!(output.status.success(), "{file}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn each_prints_what_its_head_says() {
    for path in files(&root().join("crates/crossread/examples")) {
        let source = text(&path);
        let promised = promised(&source);
        assert!(!promised.is_empty(), "{} says nothing", path.display());
        let name = path.file_stem().and_then(|name| name.to_str());
        let printed = printed(name.expect("a name"));
        for line in promised {
            let told = printed.lines().any(|printed| printed == line);
            assert!(told, "{} does not print {line:?}", path.display());
        }
    }
}

#[test]
fn the_readme_shows_one_of_them() {
    let readme = text(&root().join("README.md"));
    let (_, behind) = readme.split_once("```rust\n").expect("Rust in the README");
    let (shown, _) = behind.split_once("```").expect("an end");
    let source = text(&root().join("crates/crossread/examples/compare.rs"));
    let code = source
        .lines()
        .skip_while(|line| line.starts_with("//!") || line.is_empty());
    let code: Vec<&str> = code.collect();
    let shown: Vec<&str> = shown.lines().collect();
    assert_eq!(
        shown, code,
        "the README shows another `examples/compare.rs`"
    );
}
