//! Pages to what is disputed, who is quoted, and what happened when: `cargo run --example disputes -- samples/*`
//!
//! On the samples it prints, among others:
//!
//! ```text
//! Number
//!   Norlund’s navy says it has stopped a dozen boats since January, most of them registered in Sarenne. ()
//! 2016: The last visit by a foreign minister of Norlund was in 2016.
//! ```

use std::error::Error;

use crossread::view::Name;
use crossread::{Engine, Limits, Options, Silent, Source, inputs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        let source = Source::from(std::fs::read(&path)?);
        pages.extend(inputs(&path, source, Limits::default()));
    }
    let findings = Engine::new(Options::default())?.read(pages, &Silent);
    for story in findings.stories() {
        for dispute in story.disputes() {
            println!("{:?}", dispute.kind());
            for side in dispute.sides() {
                let holders: Vec<&str> = side.held_by().map(Name::text).collect();
                println!("  {} ({})", side.text(), holders.join(", "));
            }
        }
        for quote in story.quotes() {
            let speaker = quote.speaker().map_or("?", Name::text);
            for reading in quote.readings() {
                println!("{speaker}: {}", reading.text());
            }
        }
        for event in story.timeline() {
            for passage in event.passages() {
                println!("{}: {}", event.when().iso(), passage.text());
            }
        }
    }
    Ok(())
}
