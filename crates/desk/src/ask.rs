//! In: a sentence and a store. Out: what the store's articles say of it. The store finds what may have to do with it,
//! by its rarer words; the engine reads that closely, story by story.

use std::collections::BTreeMap;

use crossread::model::{Article, Document, TokenClass};
use crossread::report::answer::{self, Answer, InStory, RestsOn};
use crossread::{Asked, Engine, Silent};
use jiff::ToSpan;
use jiff::civil::Date;
use store::Reader;

use crate::error::Error;

/// Articles that the store gives, and of these that are read closely; and stories that they are of.
const FOUND: u32 = 60;
const READ: usize = 24;
const STORIES: usize = 8;

/// What is read closely, by story: those that have the sentence's rarest words come first.
struct Close<S, A> {
    stories: Vec<(S, Vec<A>)>,
    read: u32,
}

impl<S, A> Default for Close<S, A> {
    fn default() -> Self {
        Self {
            stories: Vec::new(),
            read: 0,
        }
    }
}

impl<S: PartialEq, A> Close<S, A> {
    /// Whether there is room for an article more of a story.
    fn takes(&self, story: &S) -> bool {
        let known = self.stories.iter().any(|(id, _)| id == story);
        (self.read as usize) < READ && (known || self.stories.len() < STORIES)
    }

    /// Takes an article of a story where there is room.
    fn add(&mut self, story: S, article: impl FnOnce() -> A) {
        if !self.takes(&story) {
            return;
        }
        self.read += 1;
        match self.stories.iter_mut().find(|(id, _)| *id == story) {
            Some((_, of)) => of.push(article()),
            None => self.stories.push((story, vec![article()])),
        }
    }
}

/// What documents say of a sentence, stories found among them as `read` finds them.
///
/// # Errors
/// [`crossread::AskError`] where nothing is stated there.
pub fn ask_of(
    engine: &Engine,
    docs: Vec<Document>,
    says: &str,
    language: Option<&str>,
) -> Result<Answer, crossread::AskError> {
    let question = engine.question(says, language)?;
    let days = || {
        docs.iter()
            .filter_map(|doc| doc.article.published.as_ref())
            .map(|p| p.date)
    };
    let mut rests_on = RestsOn {
        articles: docs.len() as u64,
        first: days().min().map(|day| day.to_string()),
        last: days().max().map(|day| day.to_string()),
        read: 0,
    };
    let stories = engine.group(&docs, &Silent);
    let mut close = Close::default();
    for at in crossread::nearest(&question, &docs, FOUND as usize) {
        let story = stories
            .iter()
            .position(|story| story.articles.contains(&at));
        if let (Some(story), Some(doc)) = (story, docs.get(at.at())) {
            close.add(story, || doc.clone());
        }
    }
    rests_on.read = close.read;
    let told = close.stories.into_iter();
    let told: Vec<Asked> = told
        .filter_map(|(_, docs)| engine.ask(&question, docs))
        .collect();
    let told: Vec<InStory<'_>> = told.iter().map(|asked| in_story(asked, None)).collect();
    Ok(made(&question, says, rests_on, &told))
}

/// What a store's articles say of a sentence, in a language (ISO 639-1) where it is known.
///
/// # Errors
/// Those of the store; [`Error::Asked`] where nothing is stated there.
pub fn ask(
    engine: &Engine,
    store: &Reader,
    says: &str,
    language: Option<&str>,
) -> Result<Answer, Error> {
    let question = engine.question(says, language)?;
    let (articles, days) = store.extent()?;
    let day = |day: i64| {
        Some(
            Date::constant(1970, 1, 1)
                .checked_add(day.days())
                .ok()?
                .to_string(),
        )
    };
    let mut rests_on = RestsOn {
        articles,
        first: days.and_then(|(first, _)| day(first)),
        last: days.and_then(|(_, last)| day(last)),
        read: 0,
    };
    let mut close: Close<String, Article> = Close::default();
    for row in store.nearest(&content(&question), FOUND)? {
        let story = row.story.unwrap_or_default();
        if !close.takes(&story) {
            continue;
        }
        let Some(version) = store.newest(&row.id)? else {
            continue;
        };
        close.add(story, || {
            let mut article = version.article;
            engine.known(&mut article);
            article
        });
    }
    rests_on.read = close.read;
    let stories = close.stories;
    let ids: Vec<String> = stories.iter().map(|(id, _)| id.clone()).collect();
    let counts: Vec<usize> = stories.iter().map(|(_, of)| of.len()).collect();
    let all: Vec<Article> = stories.into_iter().flat_map(|(_, of)| of).collect();
    let mut docs = engine.annotate(all, &Silent).into_iter();
    let mut of_story: BTreeMap<usize, Asked> = BTreeMap::new();
    for (at, count) in counts.into_iter().enumerate() {
        let docs: Vec<Document> = docs.by_ref().take(count).collect();
        if let Some(asked) = engine.ask(&question, docs) {
            of_story.insert(at, asked);
        }
    }
    let told: Vec<InStory<'_>> = of_story
        .iter()
        .map(|(at, asked)| {
            in_story(
                asked,
                ids.get(*at).map(String::as_str).filter(|id| !id.is_empty()),
            )
        })
        .collect();
    Ok(made(&question, says, rests_on, &told))
}

/// What one story says, for a report.
fn in_story<'a>(asked: &'a Asked, id: Option<&'a str>) -> InStory<'a> {
    InStory {
        documents: &asked.documents,
        story: &asked.story,
        answers: &asked.answers,
        id,
    }
}

/// The answer, which has each statement of the question even where nobody says anything of it.
fn made(question: &Document, says: &str, rests_on: RestsOn, told: &[InStory<'_>]) -> Answer {
    let mut made = answer::answer(says, rests_on, told);
    if made.statements.is_empty() {
        let statements = question.statements.iter();
        made.statements = statements
            .map(|statement| answer::nobody(question.get(statement.span)))
            .collect();
    }
    made
}

/// The words of a question by which articles are found: names and what it says of them.
fn content(question: &Document) -> Vec<&str> {
    let tokens = question.tokens.iter();
    let content = tokens.filter(|token| token.class != TokenClass::Mark && !token.stop);
    content.map(|token| question.get(token.span)).collect()
}
