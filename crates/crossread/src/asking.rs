//! In: a sentence and documents that may have to do with it. Out: who states it, who comes near it, who contradicts it.
//! Only what has words in common with the sentence is read closely: an answer takes a fraction of a second.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use model::{
    Answer, Article, ArticleId, ArticleIx, Block, BlockKind, Document, DocumentIx, Sentence, Story,
    Text, TokenClass,
};

use crate::Engine;

/// Bytes of a sentence that is asked about at most.
const LONGEST: usize = 1_000;
/// Sentences of an article that are read closely: those with most words of the question.
const CLOSE: usize = 8;

/// Why nothing can be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// It states nothing.
    #[error(
        "nothing is stated there: ask with a sentence that could stand in a report, such as \"The bridge reopened on Monday\""
    )]
    States,
    /// It is no sentence any more.
    #[error("it is longer than {LONGEST} bytes: ask with one sentence")]
    Long,
}

/// What the articles of one story say of a sentence.
#[derive(Debug)]
pub struct Asked {
    /// The articles, the sentence among them.
    pub documents: Vec<Document>,
    /// Them as a story.
    pub story: Story,
    /// Which of the story's articles the sentence is.
    pub asked: ArticleIx,
    /// What they say, for each statement of the sentence.
    pub answers: Vec<Answer>,
}

impl Engine {
    /// A sentence as it can be asked about, in a language (ISO 639-1) where it is known.
    ///
    /// # Errors
    /// [`AskError`] where it states nothing, or is too long.
    pub fn question(&self, says: &str, language: Option<&str>) -> Result<Document, AskError> {
        let says = says.split_whitespace().collect::<Vec<_>>().join(" ");
        if says.len() > LONGEST {
            return Err(AskError::Long);
        }
        let closed = says.ends_with(['.', '!', '?', '…', '"', '”', '»', '。']);
        let end = if closed { "\n" } else { ".\n" };
        let text = Text::new(&format!("{says}{end}"));
        let words = text.span(0..text.as_str().len() - 1);
        let block = words.ok().map(|span| Block {
            span,
            kind: BlockKind::Paragraph,
        });
        let article = Article {
            id: ArticleId::new(""),
            language: Some(language.unwrap_or("en").to_owned()),
            blocks: block.into_iter().collect(),
            text,
            ..Article::nothing()
        };
        let doc = self.annotator.annotate(article);
        match doc.statements.is_empty() {
            true => Err(AskError::States),
            false => Ok(doc),
        }
    }

    /// What documents of one story say of a question. `None` where none of them has a word in common with it.
    pub fn ask(&self, question: &Document, docs: Vec<Document>) -> Option<Asked> {
        let words = words(question);
        let mut docs: Vec<Document> = docs
            .into_iter()
            .filter_map(|doc| narrowed(doc, &words))
            .collect();
        if docs.is_empty() {
            return None;
        }
        docs.push(question.clone());
        let asked = DocumentIx::new(docs.len() - 1);
        self.pool.install(|| {
            let sketches: Vec<_> = docs.iter().map(story::sketch).collect();
            let grouping = story::Grouping::whole(&docs, &sketches, &story::Settings::default());
            let mut story = grouping.story(&docs, 0)?;
            let of = story.documents(&docs);
            self.options.aliases.join(&mut story, &of);
            let asked = story.articles.iter().position(|at| *at == asked)?;
            let asked = ArticleIx::new(asked);
            let sentences = self.stated_sentences(&of);
            let thresholds = &self.options.thresholds;
            let answers = compare::ask(&story, &of, asked, sentences.as_ref(), thresholds);
            Some(Asked {
                story,
                asked,
                answers,
                documents: docs,
            })
        })
    }
}

/// The documents that have most of a question's words, rare ones before all: the best first, so many at most.
pub fn nearest(question: &Document, docs: &[Document], most: usize) -> Vec<DocumentIx> {
    let wanted = words(question);
    let has: Vec<HashSet<u64>> = docs
        .iter()
        .map(|doc| {
            let stems = doc.tokens.iter().map(|token| token.stem);
            stems.filter(|stem| wanted.contains(stem)).collect()
        })
        .collect();
    let mut count: HashMap<u64, usize> = HashMap::new();
    has.iter()
        .flatten()
        .for_each(|stem| *count.entry(*stem).or_default() += 1);
    let worth = |stems: &HashSet<u64>| -> u64 {
        let rare = |stem: &u64| (1e6 * (1.0 + docs.len() as f64 / count[stem] as f64).ln()) as u64;
        stems.iter().map(rare).sum()
    };
    let ranked = DocumentIx::all()
        .zip(&has)
        .filter(|(_, stems)| !stems.is_empty());
    let mut ranked: Vec<(Reverse<u64>, DocumentIx)> = ranked
        .map(|(at, stems)| (Reverse(worth(stems)), at))
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().take(most).map(|(_, at)| at).collect()
}

/// The stems of a text's content words, and its numbers.
fn words(doc: &Document) -> HashSet<u64> {
    let content = doc
        .tokens
        .iter()
        .filter(|token| token.class != TokenClass::Mark && !token.stop);
    content.map(|token| token.stem).collect()
}

/// A document of which only those sentences state something that have most words of a question; `None` where none has
/// one.
fn narrowed(mut doc: Document, words: &HashSet<u64>) -> Option<Document> {
    let shared = |sentence: &Sentence| {
        let tokens = &doc.tokens[doc.tokens_in(sentence.span)];
        let own: HashSet<u64> = tokens.iter().map(|token| token.stem).collect();
        own.intersection(words).count()
    };
    let mut sentences: Vec<(Reverse<usize>, u32)> = (0u32..)
        .zip(&doc.sentences)
        .map(|(at, sentence)| (Reverse(shared(sentence)), at))
        .filter(|(shared, _)| shared.0 > 0)
        .collect();
    sentences.sort_unstable();
    sentences.truncate(CLOSE);
    let close: HashSet<u32> = sentences.into_iter().map(|(_, at)| at).collect();
    doc.statements
        .retain(|statement| close.contains(&statement.sentence));
    (!doc.statements.is_empty()).then_some(doc)
}
