//! Articles to stories as they come, one by one: `cargo run --example stream -- samples/*`
//!
//! On the samples it prints, among others:
//!
//! ```text
//! samples/sarenne-today.html opens story 0
//! ```

use std::error::Error;

use crossread::{Engine, Grouper, Limits, Options, Settings, Silent, Source, inputs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        let source = Source::from(std::fs::read(&path)?);
        pages.extend(inputs(&path, source, Limits::default()));
    }
    let engine = Engine::new(Options::default())?;
    let (articles, _) = engine.articles(pages, &Silent);
    let mut stream = Grouper::new(Settings::default());
    let mut stories = 0;
    for article in articles {
        let path = article.path.clone();
        let (placed, _) = engine.place(&mut stream, &[article], &[None]);
        for one in placed {
            let what = if one.story < stories {
                "joins"
            } else {
                "opens"
            };
            println!("{path} {what} story {}", one.story);
            stories = stories.max(one.story + 1);
        }
    }
    Ok(())
}
