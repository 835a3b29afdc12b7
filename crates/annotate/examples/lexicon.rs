//! Rebuilds `data/en/lexicon.bin`: reads words from standard input, one a line, and writes the
//! lexicon to the file named. `data/en/lexicon.md` gives the whole command.

use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut words = String::new();
    std::io::stdin().read_to_string(&mut words)?;
    let Some(out) = std::env::args().nth(1) else {
        return Err(std::io::Error::other("name the file to write: lexicon.bin"));
    };
    std::fs::write(out, annotate::spelling::build(&words))
}
