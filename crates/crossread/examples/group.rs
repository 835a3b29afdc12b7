//! Articles to stories and copies: `cargo run --example group -- samples/*`
//!
//! On the samples it prints, among others:
//!
//! ```text
//! s-a-46150df4a279: 6 articles
//! Copy of Some("Meridian Press") and Some("The Harbour Gazette"): Unknown
//! ```

use std::error::Error;

use crossread::{Engine, Limits, Options, Silent, Source, inputs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        let source = Source::from(std::fs::read(&path)?);
        pages.extend(inputs(&path, source, Limits::default()));
    }
    let engine = Engine::new(Options::default())?;
    let (articles, _) = engine.articles(pages, &Silent);
    let grouped = engine.sort_out(articles, &Silent);
    for story in &grouped.stories {
        let docs = story.documents(&grouped.documents);
        println!("{}: {} articles", story.id, docs.len());
        for copy in &story.copies {
            let [a, b] = [copy.a, copy.b].map(|article| docs[article].article.outlet.as_deref());
            println!("{:?} of {a:?} and {b:?}: {:?}", copy.kind, copy.direction);
        }
    }
    Ok(())
}
