//! In: inputs. Out: what each stage gives for all of them, in an order that does not depend on the
//! order of the inputs or on threads.

use std::cmp::Reverse;
use std::collections::HashMap;

use annotate::Annotator;
use model::{Article, ComparedStory, Document, Findings, SkipReason, Skipped, Story};
use rayon::prelude::*;

use crate::{Progress, Stage};

/// Inputs in memory at one time: so many, or so many bytes, whichever comes first.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 64 << 20;

/// A page or a container of pages, in memory.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where the bytes are from, as the user named it.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// How the engine works.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Threads; all cores where not given. No result depends on it.
    pub threads: Option<usize>,
    /// How pages are read.
    pub page: page::Options,
}

/// What can go wrong when an engine is made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The threads could not be started.
    #[error("cannot start {threads:?} threads: {source}; try --threads 1")]
    Threads {
        /// As asked for.
        threads: Option<usize>,
        /// What the system says.
        source: rayon::ThreadPoolBuildError,
    },
}

/// The stages, ready to run. Made once, used for any number of readings.
pub struct Engine {
    options: Options,
    annotator: Annotator,
    pool: rayon::ThreadPool,
}

impl Engine {
    /// Loads the models and starts the threads.
    pub fn new(options: Options) -> Result<Self, Error> {
        let threads = options.threads;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.unwrap_or(0))
            // Deeply nested pages are walked by recursion in places; 10,000 levels fit.
            .stack_size(16 << 20)
            .build()
            .map_err(|source| Error::Threads { threads, source })?;
        Ok(Self {
            options,
            annotator: Annotator::new(),
            pool,
        })
    }

    /// Pages to articles, by time, then id; what gave none, by path. An input that could not be
    /// had is given as its `Skipped`. Bytes are held only for as long as their batch is read.
    pub fn articles(
        &self,
        inputs: impl IntoIterator<Item = Result<Input, Skipped>>,
        progress: &dyn Progress,
    ) -> (Vec<Article>, Vec<Skipped>) {
        progress.begin(Stage::Page, None);
        let mut inputs = inputs.into_iter().peekable();
        let mut read = Vec::new();
        while inputs.peek().is_some() {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while batch.len() < BATCH && bytes < BATCH_BYTES {
                let Some(input) = inputs.next() else { break };
                match input {
                    Ok(input) => {
                        bytes += input.bytes.len();
                        batch.push(input);
                    }
                    Err(skip) => read.push(Err(skip)),
                }
            }
            let options = &self.options.page;
            let pages: Vec<Vec<_>> = self.pool.install(|| {
                batch
                    .par_iter()
                    .map(|input| {
                        let pages = page::read(&input.path, &input.bytes, options);
                        progress.advance(pages.len());
                        pages
                    })
                    .collect()
            });
            read.extend(pages.into_iter().flatten());
        }
        in_order(read)
    }

    /// Articles to documents, in the same order.
    pub fn annotate(&self, articles: Vec<Article>, progress: &dyn Progress) -> Vec<Document> {
        progress.begin(Stage::Annotate, Some(articles.len()));
        self.pool.install(|| {
            articles
                .into_par_iter()
                .map(|article| {
                    let doc = self.annotator.annotate(article);
                    progress.advance(1);
                    doc
                })
                .collect()
        })
    }

    /// Documents (by time, then id) to stories.
    pub fn group(&self, docs: &[Document], progress: &dyn Progress) -> Vec<Story> {
        progress.begin(Stage::Story, Some(docs.len()));
        let stories = self.pool.install(|| {
            let sketches: Vec<_> = docs.par_iter().map(story::sketch).collect();
            let grouping = story::Grouping::new(docs, &sketches, &story::Settings::default());
            let stories = (0..grouping.len())
                .into_par_iter()
                .filter_map(|at| grouping.story(at))
                .collect();
            story::in_order(stories)
        });
        progress.advance(docs.len());
        stories
    }

    /// Stories to comparisons.
    pub fn compare(
        &self,
        docs: &[Document],
        stories: Vec<Story>,
        progress: &dyn Progress,
    ) -> Vec<ComparedStory> {
        progress.begin(Stage::Compare, Some(stories.len()));
        // The largest stories first, each a task of its own: work grows with more than a story's
        // size, and one that begins last keeps a single thread busy while the others wait.
        let mut order: Vec<(usize, Story)> = stories.into_iter().enumerate().collect();
        order.sort_by_key(|(at, story)| (Reverse(story.articles.len()), *at));
        let mut compared: Vec<(usize, ComparedStory)> = self.pool.install(|| {
            order
                .into_par_iter()
                .with_max_len(1)
                .map(|(at, story)| {
                    let docs: Vec<&Document> = story
                        .articles
                        .iter()
                        .map(|&index| &docs[index as usize])
                        .collect();
                    let comparison = compare::compare(&story, &docs);
                    progress.advance(1);
                    (at, ComparedStory { story, comparison })
                })
                .collect()
        });
        compared.sort_by_key(|(at, _)| *at);
        compared.into_iter().map(|(_, story)| story).collect()
    }

    /// The whole flow, pages to comparison.
    pub fn read(
        &self,
        inputs: impl IntoIterator<Item = Result<Input, Skipped>>,
        progress: &dyn Progress,
    ) -> Findings {
        let (articles, skipped) = self.articles(inputs, progress);
        let documents = self.annotate(articles, progress);
        let stories = self.group(&documents, progress);
        let stories = self.compare(&documents, stories, progress);
        Findings {
            documents,
            skipped,
            stories,
        }
    }
}

/// Orders articles by time, then id; of articles with one id keeps the one whose path sorts first
/// and lists the others as duplicates.
fn in_order(read: Vec<Result<Article, Skipped>>) -> (Vec<Article>, Vec<Skipped>) {
    let (mut articles, mut skipped) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(article) => articles.push(article),
            Err(skip) => skipped.push(skip),
        }
    }
    articles.sort_by(|a: &Article, b: &Article| (&a.path, a.sha256).cmp(&(&b.path, b.sha256)));
    let mut first = HashMap::new();
    let mut kept = Vec::with_capacity(articles.len());
    for (at, article) in articles.iter().enumerate() {
        let known = *first.entry(&article.id).or_insert(at);
        kept.push(known == at);
        if known == at {
            continue;
        }
        // A given id may stand before another text, and that is no copy.
        let of = articles[known].path.clone();
        let reason = if articles[known].text.as_str() == article.text.as_str() {
            SkipReason::Duplicate { of }
        } else {
            SkipReason::BadRecord(format!("its id is that of {of}"))
        };
        skipped.push(Skipped {
            path: article.path.clone(),
            reason,
        });
    }
    let mut kept = kept.into_iter();
    articles.retain(|_| kept.next().unwrap_or_default());
    articles.sort_by_cached_key(|article| {
        (
            article.published.map_or(i64::MAX, |p| p.order()),
            article.id.clone(),
        )
    });
    skipped.sort();
    skipped.dedup();
    (articles, skipped)
}
