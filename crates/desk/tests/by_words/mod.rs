//! An engine that lines claims up by words, for tests that need no encoder.

use crossread::{Align, Engine, Options};

pub fn engine() -> Engine {
    let options = Options {
        threads: Some(2),
        align: Align::Words,
        ..Options::default()
    };
    Engine::new(options).expect("an engine")
}
