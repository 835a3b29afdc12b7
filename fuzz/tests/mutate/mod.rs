//! Mutations. In: bytes, and numbers by chance. Out: other bytes.

/// Numbers by chance, the same in every run.
pub struct Chance(u64);

impl Chance {
    /// A sequence of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ seed.wrapping_mul(0xbf58_476d_1ce4_e5b9))
    }

    pub fn below(&mut self, bound: usize) -> usize {
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

pub fn mutated(data: &[u8], chance: &mut Chance) -> Vec<u8> {
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
