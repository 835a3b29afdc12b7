//! Every target on every file of its corpus, and on mutations of it: the same ones in every run.

use std::path::Path;

/// Mutations of a file. A conversation and a store take a thousand times as long as a page.
const MANY: usize = 400;
const FEW: usize = 20;

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Pieces by which formats begin, end and nest.
const PIECES: [&[u8]; 12] = [
    b"<",
    b">",
    b"<!--",
    b"<p>",
    b"\"",
    b"{",
    b"]",
    b"\n\n",
    b"\xff\xfe",
    b"\0\0",
    b"\xe2\x80\x9c",
    b"99999999999",
];

fn mutated(data: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut data = data.to_vec();
    for _ in 0..1 + chance.below(6) {
        let at = chance.below(data.len());
        let end = (at + 1 + chance.below(40)).min(data.len());
        match chance.below(5) {
            0 if !data.is_empty() => data[at] ^= 1 << chance.below(8),
            1 => drop(data.drain(at.min(end)..end)),
            2 => drop(data.splice(at..at, PIECES[chance.below(PIECES.len())].iter().copied())),
            3 => {
                let piece = data[at.min(end)..end].to_vec();
                let to = chance.below(data.len());
                data.splice(to..to, piece.repeat(1 + chance.below(20)));
            }
            _ => data.truncate(data.len() - chance.below(data.len() / 2 + 1)),
        }
    }
    data
}

#[test]
fn no_way_in_breaks() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, run) in fuzz::TARGETS {
        let mut files: Vec<_> = std::fs::read_dir(corpus.join(name))
            .expect(name)
            .map(|entry| entry.expect("a file").path())
            .collect();
        files.sort();
        assert!(!files.is_empty(), "{name} has no corpus");
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        for file in files {
            let data = std::fs::read(&file).expect("read");
            run(&data);
            let count = if matches!(name, "mcp" | "store") {
                FEW
            } else {
                MANY
            };
            for nth in 0..count {
                let other = mutated(&data, &mut chance);
                let tried = std::panic::catch_unwind(|| run(&other));
                assert!(
                    tried.is_ok(),
                    "{name}: mutation {nth} of {file:?}: {:?}",
                    String::from_utf8_lossy(&other)
                );
            }
        }
    }
}
