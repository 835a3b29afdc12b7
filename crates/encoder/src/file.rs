//! The model file. In: parameters as they were published, or bytes. Out: bytes, or parameters as the network
//! runs them. Refuses bytes that are damaged, of another version, or no model.
//!
//! The file: `CREN`, version, layers; the vocabulary; the words' vectors; positions; a norm; the layers;
//! then the XXH3 hash of all before it. Numbers are little-endian, rows of weights as [`crate::rows`] has them.
//! Version 1 has a vocabulary of WordPiece and rows of 10 bits. Version 2 says behind its layers which
//! vocabulary and which rows it has, then what the model is ([`About`]) and the centre of its vectors; with the
//! vocabulary stand its scores, where it has any.

use xxhash_rust::xxh3::xxh3_64;

use crate::about::About;
use crate::error::ModelError;
use crate::rows::{Coding, Packed, Published, Rows};
use crate::unigram::Unigram;
use crate::vocabulary::Vocabulary;
use crate::wordpiece::WordPieces;
use crate::{INNER, POSITIONS, VERSION, WIDTH};

/// The version that knows WordPiece and 10 bits alone.
const FIRST: u8 = 1;

const MAGIC: &[u8; 4] = b"CREN";
/// Most layers that a file may have.
const MOST_LAYERS: u8 = 24;
/// Kinds of vocabulary, as the file has them.
const WORD_PIECE: u8 = 0;
const UNIGRAM: u8 = 1;

/// The parameters of a network, as they were published; `W` are its weights.
#[derive(Clone, Debug, Default)]
pub struct Draft<W = Vec<f32>> {
    /// Pieces, one a line.
    pub vocabulary: String,
    /// A row of [`WIDTH`] for each piece.
    pub words: W,
    /// A row of [`WIDTH`] for each of the first [`POSITIONS`] places.
    pub positions: Vec<f32>,
    /// Behind the sum of both.
    pub norm: Norm<Vec<f32>>,
    /// The layers in order.
    pub layers: Vec<Layer<W>>,
    /// What a model is beside the one that ships.
    pub beside: Option<Beside>,
}

/// What a model needs that is not the one that ships: its file is of version 2.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What it is.
    pub about: About,
    /// A score for each piece: the vocabulary is of unigram pieces.
    pub scores: Vec<f32>,
    /// The mean of its vectors, which is taken from each: [`WIDTH`], or none.
    pub centre: Vec<f32>,
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

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) struct Parameters {
    pub about: About,
    pub vocabulary: Vocabulary,
    pub words: Packed,
    pub positions: Vec<f32>,
    pub norm: Norm<Vec<f32>>,
    pub layers: Vec<Layer<Rows>>,
    /// What is taken from each vector; nothing where it is empty.
    pub centre: Vec<f32>,
}

/// Writes a model file. Refuses parameters whose sizes do not fit together.
pub fn write<W: Published>(draft: &Draft<W>) -> Result<Vec<u8>, ModelError> {
    let count = draft.vocabulary.lines().count();
    fits(draft.words.count(), count * WIDTH, "words and vocabulary")?;
    fits(draft.positions.len(), POSITIONS * WIDTH, "positions")?;
    let mut out = Vec::new();
    out.extend(MAGIC);
    match &draft.beside {
        None if draft.words.code() == Coding::Ten.code() => {
            out.extend([FIRST, draft.layers.len() as u8]);
            text(&draft.vocabulary, &mut out);
        }
        None => return Err(ModelError::Malformed("it does not say what it is")),
        Some(beside) => {
            out.extend([VERSION, draft.layers.len() as u8]);
            out.extend([UNIGRAM, draft.words.code()]);
            text(&beside.about.written(), &mut out);
            out.extend((beside.centre.len() as u32).to_le_bytes());
            floats(&beside.centre, &mut out);
            text(&draft.vocabulary, &mut out);
            fits(beside.scores.len(), count, "scores and vocabulary")?;
            floats(&beside.scores, &mut out);
        }
    }
    out.extend((count as u32).to_le_bytes());
    draft.words.put(WIDTH, &mut out);
    floats(&draft.positions, &mut out);
    write_norm(&draft.norm, &mut out)?;
    for layer in &draft.layers {
        for (matrix, count, length) in [
            (&layer.attend, 3 * WIDTH, WIDTH),
            (&layer.gather, WIDTH, WIDTH),
            (&layer.widen, INNER, WIDTH),
            (&layer.narrow, WIDTH, INNER),
        ] {
            fits(matrix.weights.count(), count * length, "weights")?;
            fits(matrix.shift.len(), count, "shifts")?;
            floats(&matrix.shift, &mut out);
            matrix.weights.put(length, &mut out);
        }
        write_norm(&layer.attended, &mut out)?;
        write_norm(&layer.done, &mut out)?;
    }
    out.extend(xxh3_64(&out).to_le_bytes());
    Ok(out)
}

fn fits(found: usize, expected: usize, what: &'static str) -> Result<(), ModelError> {
    match found == expected {
        true => Ok(()),
        false => Err(ModelError::Malformed(what)),
    }
}

fn write_norm(norm: &Norm<Vec<f32>>, out: &mut Vec<u8>) -> Result<(), ModelError> {
    fits(norm.scale.len(), WIDTH, "norm")?;
    fits(norm.shift.len(), WIDTH, "norm")?;
    floats(&norm.scale, out);
    floats(&norm.shift, out);
    Ok(())
}

fn text(text: &str, out: &mut Vec<u8>) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

fn floats(values: &[f32], out: &mut Vec<u8>) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

/// What a file says before its parameters.
struct Head<'a> {
    layers: u8,
    vocabulary: u8,
    about: About,
    /// Behind it.
    reader: Reader<'a>,
}

/// What a model is, by its file; its parameters are not unpacked.
pub fn about(bytes: &[u8]) -> Result<About, ModelError> {
    Ok(head(bytes)?.about)
}

/// Whether a file is whole, and what stands before its parameters.
fn head(bytes: &[u8]) -> Result<Head<'_>, ModelError> {
    if bytes.get(..4) != Some(MAGIC) {
        return Err(ModelError::NotAModel);
    }
    let &[version, layers] = bytes.get(4..6).ok_or(ModelError::Damaged)? else {
        return Err(ModelError::Damaged);
    };
    if !(FIRST..=VERSION).contains(&version) {
        return Err(ModelError::Version { found: version });
    }
    let (body, sum) = bytes.split_last_chunk::<8>().ok_or(ModelError::Damaged)?;
    if xxh3_64(body).to_le_bytes() != *sum {
        return Err(ModelError::Damaged);
    }
    if layers > MOST_LAYERS {
        return Err(ModelError::Malformed("too many layers"));
    }
    let mut reader = Reader {
        rest: body.get(6..).ok_or(ModelError::Damaged)?,
        coding: Coding::Ten,
    };
    let (mut about, mut vocabulary) = (About::shipped(), WORD_PIECE);
    if version > FIRST {
        let short = ModelError::Malformed("it ends too early");
        let &[kind, coding] = reader.take(2)? else {
            return Err(short);
        };
        vocabulary = kind;
        reader.coding = Coding::of(coding).ok_or(ModelError::Malformed("rows of no kind"))?;
        let written = reader.text()?;
        about = About::read(written).ok_or(ModelError::Malformed("it does not say what it is"))?;
    }
    about.version = version;
    about.size = bytes.len() as u64;
    about.hash = u64::from_le_bytes(*sum);
    Ok(Head {
        layers,
        vocabulary,
        about,
        reader,
    })
}

/// Reads a model file.
pub(crate) fn read(bytes: &[u8]) -> Result<Parameters, ModelError> {
    let Head {
        layers,
        vocabulary: kind,
        about,
        mut reader,
    } = head(bytes)?;
    let mut centre = Vec::new();
    if about.version > FIRST {
        let length = reader.number()?;
        if ![0, WIDTH].contains(&length) {
            return Err(ModelError::Malformed("its centre"));
        }
        centre = reader.floats(length)?;
    }
    let list = reader.text()?;
    let vocabulary = match kind {
        WORD_PIECE => WordPieces::read(list).map(Vocabulary::WordPiece),
        UNIGRAM => {
            let scores = reader.floats(list.lines().count())?;
            Unigram::read(list, &scores).map(Vocabulary::Unigram)
        }
        _ => return Err(ModelError::Malformed("a vocabulary of no kind")),
    };
    let vocabulary = vocabulary.ok_or(ModelError::Malformed("the vocabulary lacks its marks"))?;
    let words = reader.number()?;
    if words != list.lines().count() {
        return Err(ModelError::Malformed("words and vocabulary"));
    }
    let words = reader.packed(words, WIDTH)?;
    let positions = reader.floats(POSITIONS * WIDTH)?;
    let norm = reader.norm()?;
    let layers = (0..layers)
        .map(|_| reader.layer())
        .collect::<Result<_, _>>()?;
    if !reader.rest.is_empty() {
        return Err(ModelError::Malformed("bytes are left over"));
    }
    Ok(Parameters {
        about,
        vocabulary,
        words,
        positions,
        norm,
        layers,
        centre,
    })
}

struct Reader<'a> {
    rest: &'a [u8],
    coding: Coding,
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

    fn text(&mut self) -> Result<&'a str, ModelError> {
        let length = self.number()?;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map_err(|_| ModelError::Malformed("a text is none"))
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

    fn packed(&mut self, count: usize, length: usize) -> Result<Packed, ModelError> {
        let scales = match self.coding {
            Coding::Ten => self.floats(count)?,
            Coding::Four => Vec::new(),
        };
        Ok(Packed {
            coding: self.coding,
            bytes: self.take(self.coding.size(count, length)?)?.to_vec(),
            scales,
        })
    }

    fn matrix(&mut self, count: usize, length: usize) -> Result<Matrix<Rows>, ModelError> {
        let shift = self.floats(count)?;
        let weights = Rows::of(&self.packed(count, length)?, length);
        Ok(Matrix { weights, shift })
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
            beside: None,
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
