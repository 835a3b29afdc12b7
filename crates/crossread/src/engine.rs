//! In: inputs. Out: what each stage gives for all of them, in an order that does not depend on the
//! order of the inputs or on threads.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use annotate::Annotator;
use container::Input;
use model::{
    Across, Article, ArticleId, ComparedStory, Document, DocumentIx, Findings, SkipReason, Skipped,
    Story,
};
use page::{Draft, Recurring, Shelves};
use rayon::prelude::*;
use story::{Grouper, Named, Placed, Repair, Sketch};

use crate::options::{Align, Options};
use crate::sentences::Reader;
use crate::{Error, Progress, Stage};

/// Inputs in memory at one time: so many, or so many bytes, whichever comes first.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 64 << 20;

/// An article with the bytes that it was read from.
#[derive(Clone, Debug)]
pub struct Page {
    /// The article.
    pub article: Article,
    /// Its bytes: those whose hash is `article.sha256`.
    pub original: Vec<u8>,
    /// What recurs at its outlet.
    pub recurring: Recurring,
}

/// A page that was read alone, with the bytes that it was read from.
#[derive(Debug)]
pub struct Drafted {
    /// The page.
    pub draft: Draft,
    original: Vec<u8>,
}

/// What recurs at the outlets of pages; nothing for what gave none.
fn learnt(read: &[Result<Draft, Skipped>], shelves: &mut Shelves) -> Vec<Recurring> {
    let drafts: Vec<&Draft> = read.iter().flatten().collect();
    let mut learnt = page::learn(&drafts, shelves).into_iter();
    let each = read.iter().map(|page| match page {
        Ok(_) => learnt.next().unwrap_or_default(),
        Err(_) => Recurring::default(),
    });
    each.collect()
}

/// The stages, ready to run. Made once, used for any number of readings.
pub struct Engine {
    pub(crate) options: Options,
    pub(crate) annotator: Annotator,
    sentences: Reader,
    pub(crate) pool: rayon::ThreadPool,
}

impl Engine {
    /// Loads the models and starts the threads.
    ///
    /// # Errors
    /// [`Error::Threads`] where the system does not give as many threads as were asked for.
    pub fn new(options: Options) -> Result<Self, Error> {
        let threads = options.threads;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.unwrap_or(0))
            // Deeply nested pages are walked by recursion in places; 10,000 levels fit.
            .stack_size(16 << 20)
            .build()
            .map_err(|error| Error::Threads {
                threads,
                why: error.to_string(),
            })?;
        Ok(Self {
            annotator: Annotator::new(),
            sentences: Reader::of(&options),
            options,
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
                        let pages = page::drafts(&input.path, &input.bytes, &input.from, options);
                        progress.advance(pages.len());
                        pages
                    })
                    .collect()
            });
            read.extend(pages.into_iter().flatten());
        }
        let learnt = learnt(&read, &mut Shelves::new());
        let read: Vec<Result<Article, Skipped>> = self.pool.install(|| {
            let both = read.into_par_iter().zip(learnt);
            both.map(|(draft, known)| draft.map(|draft| draft.knowing(&known)))
                .collect()
        });
        let (mut articles, skipped) = in_order(read);
        for article in &mut articles {
            self.options.owners.note(article);
        }
        (articles, skipped)
    }

    /// Pages to drafts with their bytes, and what gave none, in the order of the inputs.
    pub fn drafts(&self, inputs: &[Input]) -> Vec<Result<Drafted, Skipped>> {
        let options = &self.options.page;
        let read = |input: &Input| -> Vec<Result<Drafted, Skipped>> {
            let drafts = page::drafts(&input.path, &input.bytes, &input.from, options);
            let originals = page::Originals::new(&input.path, &input.bytes, &input.from);
            let keep = |draft: Draft| {
                let original = originals.of(&draft.article).to_vec();
                Drafted { draft, original }
            };
            drafts.into_iter().map(|draft| draft.map(keep)).collect()
        };
        let pages: Vec<Vec<_>> = self.each(inputs, read);
        pages.into_iter().flatten().collect()
    }

    /// Drafts to articles, each without what recurs at its outlet. `shelves` has what is known of their outlets,
    /// and knows of these pages afterwards.
    pub fn pages(
        &self,
        drafts: Vec<Result<Drafted, Skipped>>,
        shelves: &mut Shelves,
    ) -> Vec<Result<Page, Skipped>> {
        let (drafts, originals): (Vec<_>, Vec<_>) = drafts
            .into_iter()
            .map(|page| match page {
                Ok(Drafted { draft, original }) => (Ok(draft), original),
                Err(skip) => (Err(skip), Vec::new()),
            })
            .unzip();
        let known = learnt(&drafts, shelves);
        self.pool.install(|| {
            let all = drafts.into_par_iter().zip(originals).zip(known);
            let page = |draft: Draft, original, recurring: Recurring| {
                let mut article = draft.knowing(&recurring);
                self.options.owners.note(&mut article);
                Page {
                    article,
                    original,
                    recurring,
                }
            };
            all.map(|((draft, original), known)| draft.map(|draft| page(draft, original, known)))
                .collect()
        })
    }

    /// Notes the house of an article whose outlet is told by another than its page.
    pub fn note_owner(&self, article: &mut Article) {
        self.options.owners.note(article);
    }

    /// An article from its own bytes, as a page of an outlet of which so much is known: what a version that was read
    /// before would be today. `None` where the bytes give no article any more.
    pub fn read_again(&self, path: &str, original: &[u8], known: &Recurring) -> Option<Article> {
        let from = model::Locator::default();
        let drafts = page::drafts(path, original, &from, &self.options.page);
        drafts
            .into_iter()
            .next()?
            .ok()
            .map(|draft| draft.knowing(known))
    }

    /// What sentences are read by, each model by its name and hash; none where claims are lined up by words.
    pub fn encoders(&self) -> Vec<String> {
        match self.options.align {
            Align::Words => Vec::new(),
            #[cfg(feature = "encoder")]
            Align::Encoder => self.sentences.models(),
        }
    }

    /// The same of one story.
    #[cfg(feature = "report")]
    pub(crate) fn read_by(&self, sentences: Option<&compare::Sentences>) -> Vec<String> {
        let Some(sentences) = sentences else {
            return Vec::new();
        };
        let count = 1 + usize::from(sentences.common.is_some());
        self.encoders().into_iter().take(count).collect()
    }

    /// How the engine works.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// An article as the user's lists have it now: of another house, where they say so.
    pub fn known(&self, article: &mut Article) {
        if !self.options.owners.is_empty() {
            self.options.owners.note(article);
        }
    }

    /// Does one thing to each of many, on all threads; what it gives, in their order.
    pub fn each<'a, T: Sync, R: Send>(
        &self,
        items: &'a [T],
        each: impl Fn(&'a T) -> R + Sync,
    ) -> Vec<R> {
        self.pool.install(|| items.par_iter().map(&each).collect())
    }

    /// The same, while this thread does something else.
    pub fn each_beside<'a, T: Sync, R: Send, U>(
        &self,
        items: &'a [T],
        each: impl Fn(&'a T) -> R + Sync,
        meanwhile: impl FnOnce() -> U,
    ) -> (Vec<R>, U) {
        let mut done = Vec::new();
        let other = self.pool.in_place_scope(|scope| {
            let (done, each) = (&mut done, &each);
            // One by one: what one thread is left with the others cannot help with.
            let items = items.par_iter().with_max_len(1);
            scope.spawn(move |_| *done = items.map(each).collect());
            meanwhile()
        });
        (done, other)
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
            let grouping = match self.options.one_story {
                true => story::Grouping::whole,
                false => story::Grouping::new,
            };
            let grouping = grouping(docs, &sketches, &story::Settings::default());
            drawn_up(&grouping, docs)
        });
        progress.advance(docs.len());
        stories
    }

    /// Articles (by time, then id) to stories and copies, and no more: only what shares text with
    /// another is annotated in full. Copies are found across stories too.
    pub fn sort_out(&self, articles: Vec<Article>, progress: &dyn Progress) -> Grouped {
        progress.begin(Stage::Story, Some(articles.len()));
        self.pool.install(|| {
            let mut docs: Vec<Document> = articles
                .into_par_iter()
                .map(|article| self.annotator.segment(article))
                .collect();
            let sketches: Vec<_> = docs.par_iter().map(story::sketch).collect();
            let grouping = story::Grouping::new(&docs, &sketches, &story::Settings::default());
            let across = grouping.across(&docs);
            let mut shares: HashSet<DocumentIx> = (0..grouping.len())
                .into_par_iter()
                .flat_map_iter(|at| grouping.sharing(&docs, at))
                .collect();
            shares.extend(across.iter().flat_map(|&(one, other)| [one, other]));
            docs.par_iter_mut().enumerate().for_each(|(at, doc)| {
                if shares.contains(&DocumentIx::new(at)) {
                    *doc = self.annotator.annotate(doc.article.clone());
                }
                progress.advance(1);
            });
            let stories = drawn_up(&grouping, &docs);
            let mut across: Vec<Across> = across
                .into_par_iter()
                .filter_map(|(article, of)| {
                    let copy = grouping.pair(&docs[article], &docs[of])?;
                    Some(Across { article, of, copy })
                })
                .collect();
            across.sort_by_key(|found| (found.article, found.of));
            Grouped {
                documents: docs,
                stories,
                across,
            }
        })
    }

    /// What stories are found by, of each article: a few kilobytes that any stream places ([`Grouper::add`]).
    pub fn sketches(&self, articles: &[Article]) -> Vec<Sketch> {
        self.each(articles, |article| {
            story::sketch(&self.annotator.segment(article.clone()))
        })
    }

    /// Places articles, in the order given, into the stories of a stream, and mends the stories that
    /// they changed. While one part of them is placed the next is read. `earlier[i]` is the number of the
    /// article that the `i`th is another version of.
    pub fn place(
        &self,
        stream: &mut Grouper,
        articles: &[Article],
        earlier: &[Option<u32>],
    ) -> (Vec<Placed>, Vec<Repair>) {
        let sketches = |part: &[Article]| -> Vec<Sketch> {
            part.par_iter()
                .map(|article| story::sketch(&self.annotator.segment(article.clone())))
                .collect()
        };
        self.pool.install(|| {
            let mut parts = articles.chunks(BATCH);
            let mut ready = parts.next().map(sketches).unwrap_or_default();
            let mut placed = Vec::with_capacity(articles.len());
            while !ready.is_empty() {
                let next = parts.next().unwrap_or_default();
                let ((), then) = rayon::join(
                    || place_all(stream, &ready, earlier, &mut placed),
                    || sketches(next),
                );
                ready = then;
            }
            (placed, stream.repair())
        })
    }

    /// Places documents, in the order given, into the stories of a stream, and mends the stories that
    /// they changed. `earlier` as in [`Self::place`].
    pub fn take_in(
        &self,
        stream: &mut Grouper,
        docs: &[Document],
        earlier: &[Option<u32>],
    ) -> (Vec<Placed>, Vec<Repair>) {
        let sketches = self.each(docs, story::sketch);
        let mut placed = Vec::with_capacity(docs.len());
        place_all(stream, &sketches, earlier, &mut placed);
        (placed, stream.repair())
    }

    /// One story of a stream from its documents, compared: what a reading of these articles alone would
    /// give, but for what the stream knows of other stories. The documents are put in order of time, then
    /// id; without any there is no story.
    pub fn draw(&self, stream: &Grouper, mut docs: Vec<Document>, named: Named) -> Findings {
        docs.sort_by_cached_key(|doc| order(&doc.article));
        let of: Vec<&Document> = docs.iter().collect();
        let stories = stream
            .draw(&of, named)
            .map(|story| self.compared(story, &of));
        Findings {
            stories: stories.into_iter().collect(),
            documents: docs,
            skipped: Vec::new(),
        }
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
                    let docs = story.documents(docs);
                    let compared = self.compared(story, &docs);
                    progress.advance(1);
                    (at, compared)
                })
                .collect()
        });
        compared.sort_by_key(|(at, _)| *at);
        compared.into_iter().map(|(_, story)| story).collect()
    }

    /// A story, its names as the user knows them, with its comparison.
    fn compared(&self, mut story: Story, docs: &[&Document]) -> ComparedStory {
        self.options.aliases.join(&mut story, docs);
        let sentences = self.sentences_of(docs);
        let mut comparison =
            compare::compare(&story, docs, sentences.as_ref(), &self.options.thresholds);
        comparison.checks = self.checks(&story, docs, &comparison);
        ComparedStory { story, comparison }
    }

    /// The sentences of a story's documents as the encoder reads them, where claims are lined up by it
    /// and there is more than one article to line up.
    pub fn sentences_of(&self, docs: &[&Document]) -> Option<compare::Sentences> {
        let wanted = self.options.align != Align::Words && docs.len() > 1;
        wanted.then(|| self.sentences.read(docs)).flatten()
    }

    /// The same of sentences that state something alone.
    pub(crate) fn stated_sentences(&self, docs: &[&Document]) -> Option<compare::Sentences> {
        let wanted = self.options.align != Align::Words && docs.len() > 1;
        wanted.then(|| self.sentences.read_stated(docs)).flatten()
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

/// Which articles are about one event, and who has whose text.
#[derive(Debug)]
pub struct Grouped {
    /// The documents, by time, then id.
    pub documents: Vec<Document>,
    /// Their stories, largest first.
    pub stories: Vec<Story>,
    /// Pairs of articles in different stories that share text, by the later one.
    pub across: Vec<Across>,
}

/// The stories of a grouping, each a task of its own.
fn drawn_up(grouping: &story::Grouping<'_>, docs: &[Document]) -> Vec<Story> {
    let stories = (0..grouping.len())
        .into_par_iter()
        .filter_map(|at| grouping.story(docs, at))
        .collect();
    story::in_order(stories)
}

/// The order of articles: by time, then id.
pub fn order(article: &Article) -> (i64, ArticleId) {
    let at = article.published.map_or(i64::MAX, |p| p.order());
    (at, article.id.clone())
}

/// Orders articles by time, then id; of articles with one id keeps the one whose path sorts first
/// and lists the others as duplicates. The same content at two addresses is two pages: the one whose
/// page is first by name keeps its content's id.
fn in_order(read: Vec<Result<Article, Skipped>>) -> (Vec<Article>, Vec<Skipped>) {
    let (mut articles, mut skipped) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(article) => articles.push(article),
            Err(skip) => skipped.push(skip),
        }
    }
    articles.sort_by(|a: &Article, b: &Article| (&a.path, a.sha256).cmp(&(&b.path, b.sha256)));
    let elsewhere = |a: &Article, b: &Article| a.url != b.url || a.outlet != b.outlet;
    let mut ids: HashMap<ArticleId, Vec<usize>> = HashMap::new();
    for (at, article) in articles.iter().enumerate() {
        ids.entry(article.id.clone()).or_default().push(at);
    }
    for (id, several) in ids
        .iter()
        .filter(|(id, of)| of.len() > 1 && page::is_derived(id))
    {
        let first = several
            .iter()
            .copied()
            .min_by_key(|&at| page::page_of(&articles[at]));
        for &at in several {
            if first.is_some_and(|first| elsewhere(&articles[first], &articles[at])) {
                articles[at].id = page::id_beside(id, &page::page_of(&articles[at]));
            }
        }
    }
    let mut first = HashMap::new();
    let mut kept = Vec::with_capacity(articles.len());
    for (at, article) in articles.iter().enumerate() {
        let known = *first.entry(&article.id).or_insert(at);
        kept.push(known == at);
        if known == at {
            continue;
        }
        // A given id may stand before another text, or another page, and that is no copy.
        let other = &articles[known];
        let of = other.path.clone();
        let same = other.text.as_str() == article.text.as_str() && !elsewhere(other, article);
        let reason = match same {
            true => SkipReason::Duplicate { of },
            false => SkipReason::BadRecord(format!("its id is that of {of}")),
        };
        skipped.push(Skipped {
            path: article.path.clone(),
            reason,
        });
    }
    let mut kept = kept.into_iter();
    articles.retain(|_| kept.next().unwrap_or_default());
    articles.sort_by_cached_key(order);
    skipped.sort();
    skipped.dedup();
    (articles, skipped)
}

/// Places sketches after those that are placed already, in order: what comes first decides what the next
/// joins.
fn place_all(
    stream: &mut Grouper,
    sketches: &[Sketch],
    earlier: &[Option<u32>],
    placed: &mut Vec<Placed>,
) {
    for sketch in sketches {
        let earlier = earlier.get(placed.len()).copied().flatten();
        placed.push(match earlier {
            Some(earlier) => stream.add_version(sketch, earlier),
            None => stream.add(sketch),
        });
    }
}
