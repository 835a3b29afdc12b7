//! Pages to what people read: `cargo run --example report -- samples/* > report.md`
//!
//! `report::json`, `report::html` and `report::text` take the same report.
//!
//! On the samples it prints, among others:
//!
//! ```text
//! # Crossread
//! 14 articles, 3 stories.
//! ```

use std::error::Error;

use crossread::{Engine, Limits, Options, Silent, Source, inputs, report};

fn main() -> Result<(), Box<dyn Error>> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        let source = Source::from(std::fs::read(&path)?);
        pages.extend(inputs(&path, source, Limits::default()));
    }
    let findings = Engine::new(Options::default())?.read(pages, &Silent);
    let report = report::assemble(&findings);
    print!("{}", report::markdown(&report));
    Ok(())
}
