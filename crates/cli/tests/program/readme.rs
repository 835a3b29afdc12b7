//! What the README shows of the samples is what the program says of them.

use crate::run::{program, run};

#[test]
fn the_readme_shows_the_samples_to_the_letter() {
    let readme = include_str!("../../../../README.md");
    let (_, rest) = readme
        .split_once("to the letter:\n\n```\n")
        .expect("an excerpt");
    let (excerpt, _) = rest.split_once("```").expect("its end");
    let told = run(program().args(["read", "samples"]), b"").stdout;
    // "…" stands for what is left out.
    for part in excerpt.split("…\n") {
        assert!(
            told.contains(part.trim()),
            "the samples say otherwise:\n{part}"
        );
    }
}
