//! Pages to what is corroborated, and what only one outlet has: `cargo run --example compare -- samples/*`
//!
//! On the samples it prints, among others:
//!
//! ```text
//! corroborated: He has lost 14 men in a year.
//!   Meridian Press, 1052..1107: “There are no smugglers’ depots on the soil of Sarenne.
//! ```

use std::error::Error;

use crossread::{Engine, Limits, Options, Silent, Source, inputs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        let source = Source::from(std::fs::read(&path)?);
        pages.extend(inputs(&path, source, Limits::default()));
    }
    let findings = Engine::new(Options::default())?.read(pages, &Silent);
    for story in findings.stories() {
        for claim in story.claims() {
            println!("{}: {}", claim.verdict(), claim.text());
            for reading in claim.readings() {
                let outlet = reading.article().outlet().unwrap_or("?");
                println!("  {outlet}, {:?}: {}", reading.offsets(), reading.text());
            }
        }
    }
    Ok(())
}
