//! The network. In: sentences. Out: for each its pieces, and a vector for every piece. Each sentence is
//! computed as if it were alone, whatever is given beside it.

use crate::about::About;
use crate::error::ModelError;
use crate::file::{Matrix, Parameters, read};
use crate::kernel::{products, widely};
use crate::math::{dot, gelu, largest, normalise, softmax};
use crate::passage::Encoded;
use crate::piece::Piece;
use crate::rows::Rows;
use crate::{HEADS, INNER, POSITIONS, WIDTH};

/// Greatest activation: 12 bits with the sign.
const MOST: f32 = 2047.0;
/// Length of the part of a vector that one head looks at.
const HEAD: usize = WIDTH / HEADS;
/// Pieces that go through the network together: weights are loaded once for all of them, and their
/// activations still fit the second cache.
const TOGETHER: usize = 256;

/// The model that ships.
#[cfg(feature = "shipped")]
static SHIPPED: &[u8] = include_bytes!("../../../models/encoder.bin");

/// A network that is ready to run.
#[derive(Clone, Debug)]
pub struct Encoder {
    parameters: Parameters,
}

/// A part of a sentence that is read at once.
struct Part {
    sentence: usize,
    pieces: Vec<Piece>,
}

/// Rows as whole numbers, each with what they are multiplied by, and the sums of their products.
#[derive(Default)]
struct Rounded {
    whole: Vec<i16>,
    scales: Vec<f32>,
    sums: Vec<i32>,
}

/// Room for the values between the steps.
#[derive(Default)]
struct Room {
    rounded: Rounded,
    /// Queries, keys and values.
    attend: Vec<f32>,
    gathered: Vec<f32>,
    wide: Vec<f32>,
    out: Vec<f32>,
    shares: Vec<f32>,
}

impl Encoder {
    /// Unpacks the model that ships.
    #[cfg(feature = "shipped")]
    pub fn shipped() -> Result<Self, ModelError> {
        Self::from_bytes(SHIPPED)
    }

    /// What the model that ships is.
    #[cfg(feature = "shipped")]
    pub fn shipped_about() -> Result<About, ModelError> {
        crate::file::about(SHIPPED)
    }

    /// Unpacks a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let parameters = read(bytes)?;
        Ok(Self { parameters })
    }

    /// What it is.
    pub fn about(&self) -> &About {
        &self.parameters.about
    }

    /// Reads sentences.
    pub fn encode(&self, sentences: &[&str]) -> Vec<Encoded> {
        let mut encoded = vec![Encoded::default(); sentences.len()];
        self.each_part(sentences, |part, rows| {
            encoded[part.sentence].add(&part.pieces, rows);
        });
        encoded
    }

    /// The mean of all vectors of some sentences, [`WIDTH`] long: what their model takes for its centre.
    pub fn centre(&self, sentences: &[&str]) -> Vec<f32> {
        let mut sums = vec![0f64; WIDTH];
        let mut count = 0.0f64;
        self.each_part(sentences, |_, rows| {
            for row in rows.chunks_exact(WIDTH) {
                sums.iter_mut()
                    .zip(row)
                    .for_each(|(sum, x)| *sum += f64::from(*x));
                count += 1.0;
            }
        });
        sums.iter()
            .map(|sum| (sum / count.max(1.0)) as f32)
            .collect()
    }

    /// Takes sentences through the network, and gives each part of one with its rows.
    fn each_part(&self, sentences: &[&str], mut give: impl FnMut(&Part, &[f32])) {
        let vocabulary = &self.parameters.vocabulary;
        let mut parts: Vec<Part> = Vec::new();
        for (sentence, text) in sentences.iter().enumerate() {
            let pieces = vocabulary.pieces(text);
            for part in pieces.chunks(POSITIONS - 2) {
                parts.push(Part {
                    sentence,
                    pieces: part.to_vec(),
                });
            }
        }
        let mut room = Room::default();
        let mut rest = parts.as_slice();
        while !rest.is_empty() {
            let mut size = 0;
            let fits = rest.iter().take_while(|part| {
                size += part.pieces.len() + 2;
                size <= TOGETHER
            });
            let (now, later) = rest.split_at(fits.count().max(1));
            self.run(now, &mut room, &mut give);
            rest = later;
        }
    }

    /// Takes parts through the network.
    fn run(&self, parts: &[Part], room: &mut Room, give: &mut impl FnMut(&Part, &[f32])) {
        let model = &self.parameters;
        let sizes: Vec<usize> = parts.iter().map(|part| part.pieces.len() + 2).collect();
        let count: usize = sizes.iter().sum();
        let mut x = vec![0f32; count * WIDTH];
        let mut rows = x.chunks_exact_mut(WIDTH);
        for part in parts {
            let (begin, end) = model.vocabulary.ends();
            let inside = part.pieces.iter().map(|piece| piece.id);
            let ids = std::iter::once(begin).chain(inside).chain([end]);
            for ((id, place), row) in ids.zip(0..).zip(&mut rows) {
                row.copy_from_slice(&model.positions[place * WIDTH..(place + 1) * WIDTH]);
                model.words.add_row(id as usize, row);
                normalise(row, &model.norm.scale, &model.norm.shift);
            }
        }
        for layer in &model.layers {
            let Room {
                rounded,
                attend,
                gathered,
                wide,
                out,
                shares,
            } = &mut *room;
            multiply(&layer.attend, &x, WIDTH, rounded, attend);
            look_around(attend, &sizes, shares, gathered);
            multiply(&layer.gather, gathered, WIDTH, rounded, out);
            add(&mut x, out, &layer.attended.scale, &layer.attended.shift);
            multiply(&layer.widen, &x, WIDTH, rounded, wide);
            bend(wide);
            multiply(&layer.narrow, wide, INNER, rounded, out);
            add(&mut x, out, &layer.done.scale, &layer.done.shift);
        }
        if !model.centre.is_empty() {
            for row in x.chunks_exact_mut(WIDTH) {
                row.iter_mut().zip(&model.centre).for_each(|(x, y)| *x -= y);
            }
        }
        let mut start = 0;
        for (part, size) in parts.iter().zip(sizes) {
            let rows = &x[(start + 1) * WIDTH..(start + size - 1) * WIDTH];
            give(part, rows);
            start += size;
        }
    }
}

widely! {
/// The step between the halves of a layer.
fn bend(values: &mut [f32]) {
    for x in values {
        *x = gelu(*x);
    }
}
}

widely! {
/// Adds what a step found to what went in, and normalises.
fn add(x: &mut [f32], found: &[f32], scale: &[f32], shift: &[f32]) {
    for (row, found) in x.chunks_exact_mut(WIDTH).zip(found.chunks_exact(WIDTH)) {
        row.iter_mut().zip(found).for_each(|(x, y)| *x += y);
        normalise(row, scale, shift);
    }
}
}

/// Rows times a matrix.
fn multiply(
    by: &Matrix<Rows>,
    rows: &[f32],
    length: usize,
    room: &mut Rounded,
    out: &mut Vec<f32>,
) {
    debug_assert_eq!(by.weights.length, length);
    to_whole(rows, length, room);
    let outputs = by.shift.len();
    room.sums.clear();
    room.sums.resize(room.scales.len() * outputs, 0);
    products(&room.whole, &by.weights.values, length, &mut room.sums);
    to_floats(by, room, out);
}

widely! {
/// Sums of products as what they stand for.
fn to_floats(by: &Matrix<Rows>, room: &Rounded, out: &mut Vec<f32>) {
    let outputs = by.shift.len();
    out.resize(room.sums.len(), 0.0);
    let rows = out.chunks_exact_mut(outputs);
    for ((sums, scale), row) in room.sums.chunks_exact(outputs).zip(&room.scales).zip(rows) {
        for at in 0..outputs {
            row[at] = sums[at] as f32 * (scale * by.weights.scales[at]) + by.shift[at];
        }
    }
}
}

widely! {
/// Rows as whole numbers, each row with its own scale.
fn to_whole(rows: &[f32], length: usize, room: &mut Rounded) {
    // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
    const ROUND: f32 = 12_582_912.0;
    room.whole.resize(rows.len(), 0);
    room.scales.clear();
    let whole = room.whole.chunks_exact_mut(length);
    for (row, whole) in rows.chunks_exact(length).zip(whole) {
        let most = largest(row).max(f32::MIN_POSITIVE);
        room.scales.push(most / MOST);
        let fit = MOST / most;
        for (whole, x) in whole.iter_mut().zip(row) {
            *whole = ((x * fit + ROUND) - ROUND) as i32 as i16;
        }
    }
}
}

widely! {
/// Attention: each piece looks at the pieces of its own sentence.
fn look_around(attend: &[f32], sizes: &[usize], shares: &mut Vec<f32>, out: &mut Vec<f32>) {
    let by = 1.0 / (HEAD as f32).sqrt();
    let row = |at: usize, part: usize, head: usize| {
        let start = at * 3 * WIDTH + part * WIDTH + head * HEAD;
        &attend[start..start + HEAD]
    };
    out.clear();
    out.resize(sizes.iter().sum::<usize>() * WIDTH, 0.0);
    let mut start = 0;
    for &size in sizes {
        for head in 0..HEADS {
            for at in start..start + size {
                let query = row(at, 0, head);
                shares.clear();
                shares.extend((start..start + size).map(|k| dot(query, row(k, 1, head)) * by));
                softmax(shares);
                let to = at * WIDTH + head * HEAD;
                let to = &mut out[to..to + HEAD];
                for (k, &share) in (start..).zip(shares.iter()) {
                    for (to, value) in to.iter_mut().zip(row(k, 2, head)) {
                        *to += share * value;
                    }
                }
            }
        }
        start += size;
    }
}
}
