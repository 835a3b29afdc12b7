//! In: a model file, then sentences. Out: labels. Refuses files that are damaged, of another
//! version, or not models.
//!
//! The file: `CRTG`, version, task, bits, labels, known words, packed weights; then the XXH3 hash of
//! all before it. All numbers little-endian.

use crate::codec::{Reader, pack, unpack};
use crate::feature::{Features, START, Task};
use crate::word::Word;

/// Version of the file and of the features behind it.
pub const VERSION: u8 = 1;

const MAGIC: &[u8; 4] = b"CRTG";

/// Most labels that a model has: a row of weights is one step of the processor's vectors.
pub(crate) const MOST_LABELS: usize = 32;

/// Most bits of a table: 4 million rows.
const MOST_BITS: u8 = 22;

/// Why a model file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// It does not begin as a model file does.
    #[error("not a model file; build one with `cargo xtask train`")]
    NotAModel,
    /// Another version of the program made it.
    #[error(
        "the model file has version {found}, this program reads {VERSION}; build it anew with \
         `cargo xtask train`"
    )]
    Version {
        /// As the file says.
        found: u8,
    },
    /// Its bytes are not those that were written.
    #[error("the model file is damaged (its checksum does not match); restore or rebuild it")]
    Damaged,
    /// Its checksum is right, its inside is not.
    #[error("the model file is malformed: {0}; rebuild it with `cargo xtask train`")]
    Malformed(&'static str),
}

/// A trained tagger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    task: Task,
    labels: Vec<String>,
    bits: u8,
    /// For each label, the labels that may stand before it, one bit each; the last bit is the
    /// start of a sentence.
    allowed: Vec<u64>,
    /// Words that always have one label, by their hash, sorted.
    known: Vec<(u64, u8)>,
    /// Rows of `stride` weights.
    weights: Vec<i8>,
    stride: usize,
}

impl Model {
    /// Puts a model together. `weights` has `labels.len()` weights a row, `1 << bits` rows.
    pub(crate) fn new(
        task: Task,
        labels: Vec<String>,
        bits: u8,
        mut known: Vec<(u64, u8)>,
        weights: &[i8],
    ) -> Result<Self, ModelError> {
        let width = labels.len();
        if width == 0 || width > MOST_LABELS {
            return Err(ModelError::Malformed("too few or too many labels"));
        }
        if bits == 0 || bits > MOST_BITS || weights.len() != width << bits {
            return Err(ModelError::Malformed("the table does not have its size"));
        }
        if known.iter().any(|(_, label)| usize::from(*label) >= width) {
            return Err(ModelError::Malformed(
                "a word has a label that is not there",
            ));
        }
        known.sort_unstable();
        known.dedup_by_key(|(word, _)| *word);
        let stride = if width <= 16 { 16 } else { MOST_LABELS };
        let mut rows = vec![0; stride << bits];
        for (row, packed) in rows
            .chunks_exact_mut(stride)
            .zip(weights.chunks_exact(width))
        {
            row[..width].copy_from_slice(packed);
        }
        let allowed = (0..width).map(|label| may_follow(&labels, label)).collect();
        Ok(Self {
            task,
            labels,
            bits,
            allowed,
            known,
            weights: rows,
            stride,
        })
    }

    /// Reads a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader(bytes);
        if reader.take(4) != Some(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let found = reader.byte().ok_or(ModelError::Damaged)?;
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(ModelError::Damaged)?;
        if xxhash_rust::xxh3::xxh3_64(body) != u64::from_le_bytes(*sum) {
            return Err(ModelError::Damaged);
        }
        let mut reader = Reader(&body[5..]);
        Self::read(&mut reader).ok_or(ModelError::Malformed("it ends early"))?
    }

    fn read(reader: &mut Reader) -> Option<Result<Self, ModelError>> {
        let Some(task) = Task::of(reader.byte()?) else {
            return Some(Err(ModelError::Malformed("an unknown task")));
        };
        let bits = reader.byte()?;
        let mut labels = Vec::new();
        for _ in 0..reader.byte()? {
            let len = usize::from(reader.byte()?);
            labels.push(String::from_utf8(reader.take(len)?.to_vec()).ok()?);
        }
        let mut known = Vec::new();
        for _ in 0..reader.number()? {
            known.push((reader.long()?, reader.byte()?));
        }
        if bits > MOST_BITS || labels.len() > MOST_LABELS {
            return Some(Err(ModelError::Malformed("the table is too large")));
        }
        let weights = unpack(reader.0, labels.len() << bits)?;
        Some(Self::new(task, labels, bits, known, &weights))
    }

    /// Writes a model file. The same model gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend([
            VERSION,
            self.task.number(),
            self.bits,
            self.labels.len() as u8,
        ]);
        for label in &self.labels {
            out.push(label.len() as u8);
            out.extend(label.as_bytes());
        }
        out.extend((self.known.len() as u32).to_le_bytes());
        for (word, label) in &self.known {
            out.extend(word.to_le_bytes());
            out.push(*label);
        }
        let width = self.labels.len();
        let rows: Vec<i8> = self
            .weights
            .chunks_exact(self.stride)
            .flat_map(|row| &row[..width])
            .copied()
            .collect();
        pack(&rows, &mut out);
        let sum = xxhash_rust::xxh3::xxh3_64(&out);
        out.extend(sum.to_le_bytes());
        out
    }

    /// The labels; a word's label is an index into them.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// What it labels.
    pub fn task(&self) -> Task {
        self.task
    }

    /// Labels the words of one sentence: clears `out` and puts one label a word into it.
    pub fn tag(&self, words: &[Word], out: &mut Vec<u8>) {
        if self.stride == 16 {
            self.decode::<16>(words, out)
        } else {
            self.decode::<32>(words, out)
        }
    }

    fn decode<const STRIDE: usize>(&self, words: &[Word], out: &mut Vec<u8>) {
        out.clear();
        let mut features = Features::new(u32::from(self.bits));
        let mut before = [START, START];
        let (rows, _) = self.weights.as_chunks::<STRIDE>();
        for (at, word) in words.iter().enumerate() {
            let label = match self.known(word) {
                Some(label) => label,
                None => {
                    features.fill(self.task, words, at, before);
                    // Two bytes hold the sum: see `MOST`. The rows lie anywhere in a table larger
                    // than a processor's nearest memory; the less work there is for each, the more
                    // of them are on their way at once.
                    let mut scores = [0i16; STRIDE];
                    for &place in features.places() {
                        let Some(row) = rows.get(place as usize) else {
                            continue;
                        };
                        for (score, weight) in scores.iter_mut().zip(row) {
                            *score += i16::from(*weight);
                        }
                    }
                    best(&scores.map(i32::from), &self.allowed, before[0])
                }
            };
            out.push(label);
            before = [label, before[0]];
        }
    }

    fn known(&self, word: &Word) -> Option<u8> {
        if self.known.is_empty() {
            return None;
        }
        let at = self
            .known
            .binary_search_by_key(&word.exact, |(hash, _)| *hash)
            .ok()?;
        Some(self.known[at].1)
    }
}

/// The allowed label with the highest score; the first of equals.
pub(crate) fn best(scores: &[i32], allowed: &[u64], before: u8) -> u8 {
    let bit = 1u64 << before.min(63);
    let (mut winner, mut high) = (0, i32::MIN);
    for (label, (score, allowed)) in scores.iter().zip(allowed).enumerate() {
        if *score > high && allowed & bit != 0 {
            (winner, high) = (label, *score);
        }
    }
    winner as u8
}

/// Which labels may stand before a label: `I-x` only behind `B-x` and `I-x`, any other anywhere.
pub(crate) fn may_follow(labels: &[String], label: usize) -> u64 {
    let Some(kind) = labels[label].strip_prefix("I-") else {
        return u64::MAX;
    };
    labels
        .iter()
        .enumerate()
        .filter(|(_, before)| before.strip_prefix("B-").or(before.strip_prefix("I-")) == Some(kind))
        .fold(0, |bits, (before, _)| bits | 1 << before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Model {
        let labels: Vec<String> = ["O", "B-x", "I-x"].map(String::from).to_vec();
        let weights: Vec<i8> = (0..3 << 6).map(|i| (i % 7) as i8 - 3).collect();
        Model::new(Task::Names, labels, 6, vec![(7, 1)], &weights).unwrap()
    }

    #[test]
    fn a_model_survives_its_file() {
        assert_eq!(Model::from_bytes(&small().to_bytes()), Ok(small()));
    }

    #[test]
    fn bad_files_are_refused() {
        let good = small().to_bytes();
        assert_eq!(Model::from_bytes(b""), Err(ModelError::NotAModel));
        assert_eq!(Model::from_bytes(b"GIF89a"), Err(ModelError::NotAModel));
        let mut old = good.clone();
        old[4] = VERSION - 1;
        assert_eq!(
            Model::from_bytes(&old),
            Err(ModelError::Version { found: VERSION - 1 })
        );
        for at in 5..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_eq!(
                Model::from_bytes(&bad),
                Err(ModelError::Damaged),
                "byte {at}"
            );
        }
        for len in 5..good.len() {
            assert_eq!(
                Model::from_bytes(&good[..len]),
                Err(ModelError::Damaged),
                "{len} bytes"
            );
        }
    }

    #[test]
    fn a_file_with_a_right_sum_and_a_wrong_inside_is_refused() {
        let good = small().to_bytes();
        for cut in 6..good.len() - 8 {
            let mut bad = good[..cut].to_vec();
            bad.extend(xxhash_rust::xxh3::xxh3_64(&bad).to_le_bytes());
            assert!(
                matches!(Model::from_bytes(&bad), Err(ModelError::Malformed(_))),
                "{cut}"
            );
        }
    }

    #[test]
    fn inside_follows_begin() {
        let model = small();
        let words: Vec<Word> = ["a", "B", "c", "D", "e"]
            .iter()
            .map(|word| Word::new(word, 0))
            .collect();
        let mut labels = Vec::new();
        model.tag(&words, &mut labels);
        assert_eq!(labels.len(), words.len());
        assert!(labels.windows(2).all(|two| two[1] != 2 || two[0] != 0) && labels[0] != 2);
    }
}
