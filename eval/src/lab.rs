//! In: the folder of sets and an engine. Out: records, lines and files of the sets, and the stages
//! that run on them. A set that is not there is named in the error.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use crossread::model::{Article, ComparedStory, Document, Findings, Skipped, Story};
use crossread::{Align, Engine, Input, Options, Silent};
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;

/// What every scorer works with.
pub struct Lab {
    /// The folder of sets.
    pub data: PathBuf,
    /// The stages.
    pub engine: Engine,
    /// Only sets whose name contains this.
    pub only: Option<String>,
}

impl Lab {
    /// Whether a set was asked for.
    pub fn wants(&self, set: &str) -> bool {
        self.only.as_deref().is_none_or(|only| set.contains(only))
    }

    /// The same sets, with claims lined up by words alone.
    pub fn by_words(&self) -> Result<Lab> {
        self.with(Options {
            align: Align::Words,
            ..Options::default()
        })
    }

    /// The same sets, where all articles that are read are one story.
    pub fn of_one_story(&self) -> Result<Lab> {
        self.with(Options {
            one_story: true,
            ..Options::default()
        })
    }

    fn with(&self, options: Options) -> Result<Lab> {
        let multilingual = self.engine.options().multilingual.clone();
        let engine = Engine::new(Options {
            multilingual,
            ..options
        })?;
        Ok(Lab {
            data: self.data.clone(),
            engine,
            only: self.only.clone(),
        })
    }

    /// The bytes of a file, unpacked where its name ends in `.gz`.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let place = self.data.join(path);
        let bytes = fs::read(&place)
            .with_context(|| format!("the set {path} is not in {}", self.data.display()))?;
        if !path.ends_with(".gz") {
            return Ok(bytes);
        }
        let mut plain = Vec::new();
        GzDecoder::new(&bytes[..])
            .read_to_end(&mut plain)
            .with_context(|| format!("{path} is not gzip"))?;
        Ok(plain)
    }

    /// The text of a file, without a byte order mark.
    pub fn text(&self, path: &str) -> Result<String> {
        let text =
            String::from_utf8(self.bytes(path)?).with_context(|| format!("{path} is not UTF-8"))?;
        Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text))
    }

    /// The records of a JSONL file.
    pub fn records<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>> {
        self.text(path)?
            .lines()
            .filter(|line| !line.trim().is_empty())
            .enumerate()
            .map(|(number, line)| {
                serde_json::from_str(line)
                    .with_context(|| format!("{path}:{}: not the record expected", number + 1))
            })
            .collect()
    }
}

impl Lab {
    /// Pages to articles.
    pub fn articles(&self, inputs: Vec<Input>) -> (Vec<Article>, Vec<Skipped>) {
        self.engine.articles(inputs.into_iter().map(Ok), &Silent)
    }

    /// Articles to documents.
    pub fn annotate(&self, articles: Vec<Article>) -> Vec<Document> {
        self.engine.annotate(articles, &Silent)
    }

    /// Documents to stories.
    pub fn group(&self, docs: &[Document]) -> Vec<Story> {
        self.engine.group(docs, &Silent)
    }

    /// Articles to stories and copies, across stories too.
    pub fn sort_out(&self, articles: Vec<Article>) -> crossread::Grouped {
        self.engine.sort_out(articles, &Silent)
    }

    /// Stories to comparisons.
    pub fn compare(&self, docs: &[Document], stories: Vec<Story>) -> Vec<ComparedStory> {
        self.engine.compare(docs, stories, &Silent)
    }

    /// The whole flow.
    pub fn read(&self, inputs: Vec<Input>) -> Findings {
        self.engine.read(inputs.into_iter().map(Ok), &Silent)
    }
}

/// For each code point of a text the byte where it starts, and the text's length at the end:
/// offsets of the sets are code points, ours are bytes.
pub fn bytes_of_code_points(text: &str) -> Vec<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect()
}
