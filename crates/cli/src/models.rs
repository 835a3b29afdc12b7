//! Models that the user added. In: a folder, a model file. Out: the models that ship and those that are there; a file
//! copied into the folder, whole or not at all. Refuses files that are no whole model, and fetches nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use crossread::{Encoder, Model, Multilingual};

use crate::args::{self, ModelsStep};
use crate::inputs::printable;
use crate::output::{self, Output};

/// The model that is used where it was added.
const MULTILINGUAL: &str = "multilingual";
/// How a model's file is called behind its name.
const ENDING: &str = "bin";

/// `models`.
pub fn models(args: &args::Models) -> anyhow::Result<ExitCode> {
    let folder = folder(args.models.as_deref())?;
    match &args.step {
        None => Output::new(None)?.print(&list(&folder)?)?,
        Some(ModelsStep::Add { name, file }) => {
            let model = add(&folder, name, file)?;
            output::line(&format!("added {}", told(&model)))?;
        }
        Some(ModelsStep::Remove { name }) => {
            let place = place(&folder, name)?;
            match fs::remove_file(&place) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
                    "no model {} was added; `crossread models` lists them",
                    printable(name)
                ),
                done => done.with_context(|| format!("cannot remove {}", shown(&place)))?,
            }
            output::line(&format!("removed {name}"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The multilingual encoder, where it was added.
///
/// # Errors
/// It was, and its file cannot be read or is no whole model.
pub fn multilingual(named: Option<&Path>) -> anyhow::Result<Option<Multilingual>> {
    // Without a folder of the user's nothing was added.
    let Ok(folder) = folder(named) else {
        return Ok(None);
    };
    let place = place(&folder, MULTILINGUAL)?;
    match fs::read(&place) {
        Ok(bytes) => Ok(Some(Multilingual::new(bytes).with_context(|| {
            format!("{}: add the model anew, or remove it", shown(&place))
        })?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", shown(&place))),
    }
}

/// A model, its size, licence, version and hash, what it was made from and for.
fn told(model: &Model) -> String {
    format!(
        "{:<13} {:>5.1} MB  {:<10}  version {}  {:016x}  {}  {}",
        model.name,
        model.size as f64 / 1e6,
        model.licence,
        model.version,
        model.hash,
        model.languages.join(" "),
        model.source
    )
}

fn list(folder: &Path) -> anyhow::Result<String> {
    let mut lines = format!("{}  (ships)\n", told(&Encoder::shipped_about()?));
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(lines),
        entries => entries.with_context(|| format!("cannot read {}", shown(folder)))?,
    };
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<PathBuf>>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == ENDING));
    files.sort();
    for file in files {
        let read = fs::read(&file).with_context(|| format!("cannot read {}", shown(&file)))?;
        lines += &match Multilingual::new(read) {
            Ok(model) => format!("{}  {}\n", told(model.about()), shown(&file)),
            Err(error) => format!("{}: {error}\n", shown(&file)),
        };
    }
    Ok(lines)
}

/// Copies a model's file into the folder, whole or not at all.
fn add(folder: &Path, name: &str, file: &Path) -> anyhow::Result<Model> {
    if name != MULTILINGUAL {
        bail!(
            "there is no use for a model {}; there is for {MULTILINGUAL}",
            printable(name)
        );
    }
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", shown(file)))?;
    // Unpacked as well: what is added works.
    let model = Encoder::from_bytes(&bytes)
        .with_context(|| shown(file))?
        .about()
        .clone();
    if model.name != name {
        bail!(
            "{}: this is the model {}, not {name}",
            shown(file),
            model.name
        );
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", shown(folder)))?;
    let place = place(folder, name)?;
    let unfinished = folder.join(format!("{name}.{}.part", std::process::id()));
    let written = fs::File::create(&unfinished).and_then(|mut part| {
        part.write_all(&bytes)?;
        part.sync_all()?;
        fs::rename(&unfinished, &place)
    });
    if written.is_err() {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("cannot write {}", shown(&place)))?;
    Ok(model)
}

/// Where a model lies.
fn place(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        bail!("{} is no name of a model", printable(name));
    }
    Ok(folder.join(format!("{name}.{ENDING}")))
}

/// The folder of models: the one that is named, else in what the system has for the user's data.
fn folder(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let from = |variable: &str| {
        let value = std::env::var_os(variable).map(PathBuf::from);
        value.filter(|path| path.is_absolute())
    };
    let data = if cfg!(windows) {
        from("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local/share")))
    };
    let data = data.context("the user has no folder for data; name one with --models DIR")?;
    Ok(data.join("crossread").join("models"))
}

fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}
