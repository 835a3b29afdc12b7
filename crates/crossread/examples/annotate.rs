//! Articles to sentences, names, quotations, dates: `cargo run --example annotate -- samples/*`
//!
//! On the samples it prints, among others:
//!
//! ```text
//! Person: Viktor Maurer
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
    for doc in engine.annotate(articles, &Silent) {
        for name in &doc.names {
            println!("{:?}: {}", name.kind, doc.get(name.span));
        }
        for quote in &doc.quotes {
            let source = quote.source.map_or("nobody", |source| doc.get(source));
            println!("{source} said: {}", doc.get(quote.content()));
        }
        for date in &doc.dates {
            println!("{} is {:?}", doc.get(date.span), date.value);
        }
    }
    Ok(())
}
