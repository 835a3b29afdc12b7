//! Pages to articles without furniture: `cargo run --example extract -- samples/*`
//!
//! On the samples it prints, among others:
//!
//! ```text
//! Alpenbote: At least nine dead as cable car falls on Mount Ordin
//! samples/harbour-gazette-front.html: no article in it: a list of links
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
    let (articles, skipped) = engine.articles(pages, &Silent);
    for article in &articles {
        let outlet = article.outlet.as_deref().unwrap_or("?");
        println!("{outlet}: {}", article.title.as_deref().unwrap_or("?"));
        println!("{}", article.text.as_str());
    }
    for page in &skipped {
        println!("{}: {}", page.path, page.reason);
    }
    Ok(())
}
