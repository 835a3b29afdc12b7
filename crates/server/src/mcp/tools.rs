//! The tools: what each takes, what it gives, and how. In: a tool's name and arguments. Out: its answer; a refusal in
//! words that say what to do, as the tool's own error.

use std::collections::BTreeMap;
use std::sync::Arc;

use crossread::report::{self, answer, wire};
use crossread::{Engine, Grouper, Named, Settings, Silent};
use rmcp::model::{CallToolResult, ContentBlock, ErrorData, JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Reader;

use super::quoted::{Quoted, told};
use crate::answers::{self, Found, Person};
use crate::app::App;
use crate::pages::{self, Sought};
use crate::refusal::Refusal;

/// Bytes of the words of a search or a name, at most.
const WORDS: usize = 400;
/// Bytes of a page that is compared with another, at most.
const PAGE: usize = 300_000;
/// Of a story, the claims, quotations, names and copies that are told, at most, and passages of each name and copy.
const CLAIMS: usize = 60;
const QUOTES: usize = 40;
const NAMES: usize = 40;
const COPIES: usize = 40;
const PASSAGES: usize = 4;
/// Stories and utterances of a person.
const STORIES: u32 = 50;
const SAID: u32 = 50;

/// A sentence to ask about.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ask {
    /// The sentence, as it could stand in a report: "Two firefighters died in Hallowmere".
    says: String,
    /// Its language, ISO 639-1; English where it is not given.
    language: Option<String>,
}

/// Words to search for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    /// Words that all have to stand in an article; "two words" side by side, word* begins so.
    words: String,
    /// Only of this outlet.
    outlet: Option<String>,
    /// Only from this day on, 2023-03-18.
    from: Option<String>,
    /// Only up to this day.
    to: Option<String>,
    /// The `next` of another answer.
    before: Option<i64>,
}

/// Which story.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// Its id, as answers give it.
    id: String,
}

/// Which two pages.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Two {
    /// The id of the one article.
    a: String,
    /// The id of the other.
    b: String,
}

/// Which name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Called {
    /// Its words, or the id that answers give it.
    name: String,
}

/// A story, its longest lists cut.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Told {
    /// The story.
    story: wire::Story,
    /// The articles that its passages stand in.
    articles: Vec<Article>,
    /// How many of each list are left out.
    left_out: BTreeMap<String, u64>,
}

/// An article, to be cited.
#[derive(Debug, Serialize, JsonSchema)]
struct Article {
    /// Its id.
    id: String,
    /// Its outlet.
    outlet: Option<String>,
    /// Its headline.
    title: Option<String>,
    /// When it was published.
    published: Option<String>,
    /// Its address.
    url: Option<String>,
}

/// The tools, in the order in which an assistant needs them.
pub fn all() -> Vec<Tool> {
    vec![
        tool::<Ask, answer::Answer>(
            "ask",
            "Who states it",
            "Who states a sentence, who comes near it, who contradicts it, each by a passage with its outlet, day and \
             address, and of how many origins those who state it can be. Nothing found does not say that it is false.",
        ),
        tool::<Search, Found>(
            "search",
            "Search articles",
            "Stored articles that have all of some words, the last added first, and names that have them.",
        ),
        tool::<Which, Told>(
            "story",
            "A story",
            "What the articles on one event say together and apart: claims with who states them, disputes with their \
             sides, quotations, copies.",
        ),
        tool::<Two, wire::Report>(
            "compare_pages",
            "Compare two pages",
            "Two stored articles beside each other: what both state, what only one has, where they differ, what one \
             has from the other.",
        ),
        tool::<Called, Person>(
            "person",
            "A person",
            "What a person, an organisation or a place said, and which stories name them.",
        ),
    ]
}

fn tool<T: JsonSchema, R: JsonSchema>(
    name: &'static str,
    title: &'static str,
    about: &'static str,
) -> Tool {
    let annotations = ToolAnnotations::with_title(title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    let (takes, gives) = (
        SchemaSettings::draft2020_12(),
        SchemaSettings::draft2020_12(),
    );
    Tool::new(name, about, schema::<T>(takes.for_deserialize()))
        .with_title(title)
        .with_raw_output_schema(schema::<Quoted<R>>(gives.for_serialize()))
        .with_annotations(annotations)
}

fn schema<T: JsonSchema>(settings: SchemaSettings) -> Arc<JsonObject> {
    let schema = settings.into_generator().into_root_schema_for::<T>();
    match schema.to_value() {
        Value::Object(schema) => Arc::new(schema),
        _ => Arc::default(),
    }
}

/// Does what a tool is asked for.
///
/// # Errors
/// Where there is no such tool. What a tool refuses is its answer.
pub async fn call(
    app: &Arc<App>,
    name: &str,
    arguments: JsonObject,
) -> Result<CallToolResult, ErrorData> {
    let done = match name {
        "ask" => run(app, arguments, ask).await,
        "search" => {
            run(app, arguments, |_, store, asked: Search| {
                search(store, asked)
            })
            .await
        }
        "story" => {
            run(app, arguments, |_, store, asked: Which| {
                story(store, &asked.id)
            })
            .await
        }
        "compare_pages" => run(app, arguments, compared).await,
        "person" => {
            run(app, arguments, |_, store, asked: Called| {
                person(store, &asked.name)
            })
            .await
        }
        _ => {
            let words = "there is no such tool; tools/list names them";
            return Err(ErrorData::invalid_params(words, None));
        }
    };
    Ok(done
        .unwrap_or_else(|refusal| CallToolResult::error(vec![ContentBlock::text(refusal.words())])))
}

async fn run<T: DeserializeOwned + Send + 'static, R: Serialize>(
    app: &Arc<App>,
    arguments: JsonObject,
    tool: impl FnOnce(&Engine, &Reader, T) -> Result<R, Refusal> + Send + 'static,
) -> Result<CallToolResult, Refusal> {
    let asked: T = serde_json::from_value(Value::Object(arguments))
        .map_err(|error| Refusal::Bad(error.to_string()))?;
    let own = Arc::clone(app);
    app.read(move |store| Ok(told(tool(&own.engine, store, asked)?)))
        .await
}

fn ask(engine: &Engine, store: &Reader, asked: Ask) -> Result<answer::Answer, Refusal> {
    let language = asked.language.as_deref();
    Ok(desk::ask(engine, store, &asked.says, language)?)
}

fn short(words: &str) -> Result<(), Refusal> {
    match words.len() > WORDS {
        true => Err(Refusal::Bad(format!("give at most {WORDS} bytes of words"))),
        false => Ok(()),
    }
}

fn search(store: &Reader, asked: Search) -> Result<Found, Refusal> {
    short(&asked.words)?;
    let sought = Sought {
        q: asked.words,
        outlet: asked.outlet,
        from: asked.from,
        to: asked.to,
        before: asked.before,
    };
    answers::found(store, &sought)
}

fn person(store: &Reader, name: &str) -> Result<Person, Refusal> {
    short(name)?;
    let id = match store.name(name)? {
        Some(known) => known.id,
        None => {
            let called = store.names_called(name, 1)?.into_iter().next();
            called.ok_or(Refusal::NotFound("name"))?.id
        }
    };
    answers::person(store, &id, STORIES, SAID)
}

/// A story, its longest lists cut.
pub fn story(store: &Reader, id: &str) -> Result<Told, Refusal> {
    let (row, mut story) = pages::compared(store, id)?;
    story.later = store
        .later(&row.id)?
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let mut left_out = BTreeMap::new();
    cut(&mut story.claims, CLAIMS, "claims", &mut left_out);
    cut(&mut story.quotes, QUOTES, "quotes", &mut left_out);
    cut(&mut story.names, NAMES, "names", &mut left_out);
    cut(&mut story.copies, COPIES, "copies", &mut left_out);
    for name in &mut story.names {
        cut(
            &mut name.mentions,
            PASSAGES,
            "mentions of names",
            &mut left_out,
        );
    }
    for copy in &mut story.copies {
        cut(
            &mut copy.passages,
            PASSAGES,
            "passages of copies",
            &mut left_out,
        );
    }
    let mut articles = Vec::with_capacity(story.articles.len());
    for id in &story.articles {
        if let Some(row) = store.article(id)? {
            articles.push(Article {
                id: row.id,
                outlet: row.outlet,
                title: row.title,
                published: row.published,
                url: row.url,
            });
        }
    }
    Ok(Told {
        story,
        articles,
        left_out,
    })
}

fn cut<T>(list: &mut Vec<T>, most: usize, name: &str, left_out: &mut BTreeMap<String, u64>) {
    let more = list.len().saturating_sub(most) as u64;
    list.truncate(most);
    if more > 0 {
        *left_out.entry(name.to_owned()).or_insert(0) += more;
    }
}

fn compared(engine: &Engine, store: &Reader, asked: Two) -> Result<wire::Report, Refusal> {
    if asked.a == asked.b {
        return Err(Refusal::Bad("a and b are one article".to_owned()));
    }
    let mut articles = Vec::with_capacity(2);
    for id in [&asked.a, &asked.b] {
        let mut article = store
            .newest(id)?
            .ok_or(Refusal::NotFound("article"))?
            .article;
        if article.text.len() > PAGE {
            let words = format!("one of them is longer than {PAGE} bytes; read its story instead");
            return Err(Refusal::Bad(words));
        }
        engine.known(&mut article);
        articles.push(article);
    }
    let docs = engine.annotate(articles, &Silent);
    let named = Named {
        id: "two-pages".to_owned(),
        earlier: None,
        decided: Default::default(),
    };
    let findings = engine.draw(&Grouper::new(Settings::default()), docs, named);
    Ok(report::assemble(&findings))
}
