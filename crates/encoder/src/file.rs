//! The model file. In: parameters as floats, or bytes. Out: bytes, or parameters as the network runs
//! them. Refuses bytes that are damaged, of another version, or no model.
//!
//! The file: `CREN`, version, layers; the vocabulary; the words' vectors; positions; a norm; the layers;
//! then the XXH3 hash of all before it. Numbers are little-endian. A row of weights is its scale and
//! its values in 10 bits each, four in five bytes.

use xxhash_rust::xxh3::xxh3_64;

use crate::pieces::Vocabulary;
use crate::{INNER, POSITIONS, WIDTH};

/// Version of the file and of the arithmetic behind it.
pub const VERSION: u8 = 1;

const MAGIC: &[u8; 4] = b"CREN";
/// Greatest weight, and what is added to make weights positive.
const MOST: i32 = 511;
const ZERO: i32 = 512;
/// Four values are this many bytes.
const FOUR: usize = 5;
/// Most layers that a file may have.
const MOST_LAYERS: u8 = 24;

/// Why a model file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// It does not begin as an encoder's file does.
    #[error("not an encoder's model file; build one with `cargo xtask encoder`")]
    NotAModel,
    /// Another version of the program made it.
    #[error(
        "the encoder's file has version {found}, this program reads {VERSION}; build it anew with \
         `cargo xtask encoder`"
    )]
    Version {
        /// As the file says.
        found: u8,
    },
    /// Its bytes are not those that were written.
    #[error("the encoder's file is damaged (its checksum does not match); restore or rebuild it")]
    Damaged,
    /// Its checksum is right, its inside is not.
    #[error("the encoder's file is malformed: {0}; rebuild it with `cargo xtask encoder`")]
    Malformed(&'static str),
}

/// The parameters of a network, as they were published.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Pieces, one a line.
    pub vocabulary: String,
    /// A row of [`WIDTH`] for each piece.
    pub words: Vec<f32>,
    /// A row of [`WIDTH`] for each of the first [`POSITIONS`] places.
    pub positions: Vec<f32>,
    /// Behind the sum of both.
    pub norm: Norm<Vec<f32>>,
    /// The layers in order.
    pub layers: Vec<Layer<Vec<f32>>>,
}

/// Scale and shift of a normalised row.
#[derive(Clone, Debug, Default)]
pub struct Norm<T> {
    /// [`WIDTH`] factors.
    pub scale: T,
    /// [`WIDTH`] addends.
    pub shift: T,
}

/// A matrix, and what is added to its products. `W` are its weights, a row for each output.
#[derive(Clone, Debug, Default)]
pub struct Matrix<W> {
    /// Weights.
    pub weights: W,
    /// An addend for each output.
    pub shift: Vec<f32>,
}

/// One layer of the network.
#[derive(Clone, Debug, Default)]
pub struct Layer<W> {
    /// Queries, keys and values: 3 [`WIDTH`] of [`WIDTH`].
    pub attend: Matrix<W>,
    /// What attention found: [`WIDTH`] of [`WIDTH`].
    pub gather: Matrix<W>,
    /// Behind the attention.
    pub attended: Norm<Vec<f32>>,
    /// [`INNER`] of [`WIDTH`].
    pub widen: Matrix<W>,
    /// [`WIDTH`] of [`INNER`].
    pub narrow: Matrix<W>,
    /// Behind the layer.
    pub done: Norm<Vec<f32>>,
}

/// Rows of small whole numbers, each with its scale.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The numbers, row by row.
    pub(crate) values: Vec<i16>,
    /// By what a row's numbers are multiplied.
    pub(crate) scales: Vec<f32>,
    /// Numbers in a row.
    pub(crate) length: usize,
}

/// Rows as the file has them: unpacked one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

impl Packed {
    /// Adds a row to `out`, which has [`WIDTH`] values.
    pub(crate) fn add_row(&self, row: usize, out: &mut [f32]) {
        let size = WIDTH / 4 * FOUR;
        let scale = self.scales[row];
        let bytes = &self.bytes[row * size..(row + 1) * size];
        for (four, out) in bytes.chunks_exact(FOUR).zip(out.chunks_exact_mut(4)) {
            for (x, value) in out.iter_mut().zip(unpacked(four)) {
                *x += f32::from(value) * scale;
            }
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) struct Parameters {
    pub vocabulary: Vocabulary,
    pub words: Packed,
    pub positions: Vec<f32>,
    pub norm: Norm<Vec<f32>>,
    pub layers: Vec<Layer<Rows>>,
}

/// Writes a model file. Refuses parameters whose sizes do not fit together.
pub fn write(draft: &Draft) -> Result<Vec<u8>, ModelError> {
    let count = draft.vocabulary.lines().count();
    let fits = |found: usize, expected: usize, what| {
        if found == expected {
            Ok(())
        } else {
            Err(ModelError::Malformed(what))
        }
    };
    fits(draft.words.len(), count * WIDTH, "words and vocabulary")?;
    fits(draft.positions.len(), POSITIONS * WIDTH, "positions")?;
    let mut out = Vec::new();
    out.extend(MAGIC);
    out.push(VERSION);
    out.push(draft.layers.len() as u8);
    out.extend((draft.vocabulary.len() as u32).to_le_bytes());
    out.extend(draft.vocabulary.as_bytes());
    out.extend((count as u32).to_le_bytes());
    rows(&draft.words, WIDTH, &mut out);
    floats(&draft.positions, &mut out);
    let norm = |norm: &Norm<Vec<f32>>, out: &mut Vec<u8>| {
        fits(norm.scale.len(), WIDTH, "norm")?;
        fits(norm.shift.len(), WIDTH, "norm")?;
        floats(&norm.scale, out);
        floats(&norm.shift, out);
        Ok(())
    };
    norm(&draft.norm, &mut out)?;
    for layer in &draft.layers {
        for (matrix, count, length) in [
            (&layer.attend, 3 * WIDTH, WIDTH),
            (&layer.gather, WIDTH, WIDTH),
            (&layer.widen, INNER, WIDTH),
            (&layer.narrow, WIDTH, INNER),
        ] {
            fits(matrix.weights.len(), count * length, "weights")?;
            fits(matrix.shift.len(), count, "shifts")?;
            floats(&matrix.shift, &mut out);
            rows(&matrix.weights, length, &mut out);
        }
        norm(&layer.attended, &mut out)?;
        norm(&layer.done, &mut out)?;
    }
    out.extend(xxh3_64(&out).to_le_bytes());
    Ok(out)
}

/// Reads a model file.
pub(crate) fn read(bytes: &[u8]) -> Result<Parameters, ModelError> {
    if bytes.get(..4) != Some(MAGIC) {
        return Err(ModelError::NotAModel);
    }
    let &[version, count] = bytes.get(4..6).ok_or(ModelError::Damaged)? else {
        return Err(ModelError::Damaged);
    };
    if version != VERSION {
        return Err(ModelError::Version { found: version });
    }
    let (body, sum) = bytes.split_last_chunk::<8>().ok_or(ModelError::Damaged)?;
    if xxh3_64(body).to_le_bytes() != *sum {
        return Err(ModelError::Damaged);
    }
    if count > MOST_LAYERS {
        return Err(ModelError::Malformed("too many layers"));
    }
    let mut reader = Reader { rest: &body[6..] };
    let length = reader.number()?;
    let list = std::str::from_utf8(reader.take(length)?)
        .map_err(|_| ModelError::Malformed("the vocabulary is no text"))?;
    let vocabulary =
        Vocabulary::read(list).ok_or(ModelError::Malformed("the vocabulary lacks its marks"))?;
    let words = reader.number()?;
    if words != list.lines().count() {
        return Err(ModelError::Malformed("words and vocabulary"));
    }
    let words = Packed {
        scales: reader.floats(words)?,
        bytes: reader.take(packed_size(words, WIDTH)?)?.to_vec(),
    };
    let positions = reader.floats(POSITIONS * WIDTH)?;
    let norm = reader.norm()?;
    let layers = (0..count)
        .map(|_| reader.layer())
        .collect::<Result<_, _>>()?;
    if !reader.rest.is_empty() {
        return Err(ModelError::Malformed("bytes are left over"));
    }
    Ok(Parameters {
        vocabulary,
        words,
        positions,
        norm,
        layers,
    })
}

fn packed_size(count: usize, length: usize) -> Result<usize, ModelError> {
    let size = count.checked_mul(length / 4 * FOUR);
    size.ok_or(ModelError::Malformed("too many rows"))
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let short = ModelError::Malformed("it ends too early");
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(short)?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize, ModelError> {
        let bytes = self.take(4)?.try_into().unwrap_or_default();
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let size = count.saturating_mul(4);
        let bytes = self.take(size)?.chunks_exact(4);
        let values: Vec<f32> = bytes
            .map(|four| f32::from_le_bytes(four.try_into().unwrap_or_default()))
            .collect();
        if values.iter().all(|value| value.is_finite()) {
            Ok(values)
        } else {
            Err(ModelError::Malformed("a number is not finite"))
        }
    }

    fn norm(&mut self) -> Result<Norm<Vec<f32>>, ModelError> {
        Ok(Norm {
            scale: self.floats(WIDTH)?,
            shift: self.floats(WIDTH)?,
        })
    }

    fn matrix(&mut self, count: usize, length: usize) -> Result<Matrix<Rows>, ModelError> {
        let shift = self.floats(count)?;
        let scales = self.floats(count)?;
        let bytes = self.take(packed_size(count, length)?)?;
        let values = bytes.chunks_exact(FOUR).flat_map(unpacked).collect();
        Ok(Matrix {
            weights: Rows {
                values,
                scales,
                length,
            },
            shift,
        })
    }

    fn layer(&mut self) -> Result<Layer<Rows>, ModelError> {
        Ok(Layer {
            attend: self.matrix(3 * WIDTH, WIDTH)?,
            gather: self.matrix(WIDTH, WIDTH)?,
            widen: self.matrix(INNER, WIDTH)?,
            narrow: self.matrix(WIDTH, INNER)?,
            attended: self.norm()?,
            done: self.norm()?,
        })
    }
}

fn floats(values: &[f32], out: &mut Vec<u8>) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

/// Writes rows: all scales, then all values.
fn rows(values: &[f32], length: usize, out: &mut Vec<u8>) {
    let scale = |row: &[f32]| {
        let most = row.iter().fold(0f32, |most, x| most.max(x.abs()));
        most.max(f32::MIN_POSITIVE) / MOST as f32
    };
    let scales: Vec<f32> = values.chunks_exact(length).map(scale).collect();
    floats(&scales, out);
    for (row, scale) in values.chunks_exact(length).zip(&scales) {
        for four in row.chunks_exact(4) {
            let packed = four.iter().enumerate().fold(0u64, |packed, (at, x)| {
                let value = ((x / scale).round() as i32).clamp(-MOST, MOST) + ZERO;
                packed | (value as u64) << (10 * at)
            });
            out.extend(&packed.to_le_bytes()[..FOUR]);
        }
    }
}

/// Four values from five bytes.
fn unpacked(bytes: &[u8]) -> [i16; 4] {
    let mut eight = [0u8; 8];
    eight[..FOUR].copy_from_slice(bytes);
    let packed = u64::from_le_bytes(eight);
    std::array::from_fn(|at| ((packed >> (10 * at)) & 0x3ff) as i16 - ZERO as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let norm = Norm {
            scale: vec![1.0; WIDTH],
            shift: vec![0.0; WIDTH],
        };
        let words = 3 * WIDTH;
        Draft {
            vocabulary: "[UNK]\n[CLS]\n[SEP]\n".to_owned(),
            words: (0..words)
                .map(|at| at as f32 / words as f32 - 0.5)
                .collect(),
            positions: vec![0.0; POSITIONS * WIDTH],
            norm,
            layers: Vec::new(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let draft = draft();
        let read = read(&write(&draft).unwrap()).unwrap();
        let mut row = vec![0.0; WIDTH];
        read.words.add_row(2, &mut row);
        for (x, exact) in row.iter().zip(&draft.words[2 * WIDTH..]) {
            assert!((x - exact).abs() < 0.001, "{x} {exact}");
        }
    }

    #[test]
    fn a_file_that_is_no_good_is_refused() {
        let good = write(&draft()).unwrap();
        assert_eq!(read(b"CRTG").unwrap_err(), ModelError::NotAModel);
        let mut other = good.clone();
        other[4] = VERSION + 1;
        let found = VERSION + 1;
        assert_eq!(read(&other).unwrap_err(), ModelError::Version { found });
        let mut damaged = good.clone();
        damaged[100] ^= 1;
        assert_eq!(read(&damaged).unwrap_err(), ModelError::Damaged);
        assert_eq!(
            read(&good[..good.len() - 1]).unwrap_err(),
            ModelError::Damaged
        );
        assert_eq!(read(&good[..5]).unwrap_err(), ModelError::Damaged);
        // Sound by its checksum, and short.
        let mut short = good[..good.len() - 40].to_vec();
        short.extend(xxh3_64(&short).to_le_bytes());
        assert!(matches!(
            read(&short).unwrap_err(),
            ModelError::Malformed(_)
        ));
    }

    #[test]
    fn parameters_that_do_not_fit_are_refused() {
        let mut wrong = draft();
        wrong.words.pop();
        assert!(matches!(write(&wrong), Err(ModelError::Malformed(_))));
    }
}
