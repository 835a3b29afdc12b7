//! In: what articles say of a sentence, story by story. Out: one answer as programs read it, `crossread.answer/1`, and
//! as a person reads it at a terminal. Refuses to say that a sentence is false: nobody here states it, or somebody
//! states what cannot be true with it.

use std::collections::BTreeSet;

use model::{ArticleIx, ClaimReading, Document, NameIx, Published, Story};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::because::{outlet_of, phrase};
use crate::clean::{one_line, quoted};
use crate::offsets::CodePoints;
use crate::text::{Paper, Style, TextOptions, dispute_word};
use crate::view::count;
use crate::{assemble, wire};

/// The name of this version, the value of `schema` in every answer.
pub const SCHEMA: &str = "crossread.answer/1";

/// Passages of a kind that are shown at a terminal.
const SHOWN: usize = 8;

/// What many news pages say of a sentence. Nothing in it says that the sentence is true or false.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Crossread answer, version 1")]
pub struct Answer {
    /// Always "crossread.answer/1".
    pub schema: String,
    /// What all offsets count: always "code-point".
    pub offsets: String,
    /// The sentence that was asked about.
    pub says: String,
    /// What the answer rests on.
    pub rests_on: RestsOn,
    /// What is said of each statement of the sentence, in its order.
    pub statements: Vec<Asked>,
}

/// What an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RestsOn {
    /// Articles that were looked through.
    pub articles: u64,
    /// The first day of publication among them; null where no page says.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
    /// Articles of them that were read closely: those with the rarest words of the sentence.
    pub read: u32,
}

/// What is said of one statement.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Asked {
    /// The statement, in the words of the sentence.
    pub text: String,
    /// Who states it, the earliest first. Empty: nobody here states it.
    pub states: Vec<Passage>,
    /// Who says what cannot be true with it.
    pub contradicts: Vec<Contradiction>,
    /// Who comes near it, and says neither that it is so nor that it is not.
    pub near: Vec<Passage>,
    /// How many outlets state it.
    pub outlets: u32,
    /// Of how many independent origins they can be; null where nobody states it.
    pub origins: Option<wire::Origins>,
}

/// A passage of an article, with what one needs to cite it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AnswerPassage")]
pub struct Passage {
    /// The passage.
    pub mention: wire::Mention,
    /// The words of it that meet the statement best; null where that is not known.
    pub carried: Option<wire::Mention>,
    /// Who published it: the outlet, else the name of the file.
    pub outlet: String,
    /// The headline; null where there is none.
    pub title: Option<String>,
    /// The address; null where it is not known.
    pub url: Option<String>,
    /// When it was published; null where the page does not say.
    pub published: Option<String>,
    /// Who is given as its source, in the article's words: then it is the source that states it, not the outlet. Null
    /// where the outlet speaks for itself.
    pub source: Option<String>,
    /// The story that the article is in; null where there is no store.
    pub story: Option<String>,
}

/// A passage that cannot be true with a statement.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Contradiction {
    /// The passage.
    #[serde(flatten)]
    pub passage: Passage,
    /// In what they differ.
    pub kind: wire::DisputeKind,
}

/// What the articles of one story say of a sentence, one of them being the sentence.
#[derive(Clone, Copy, Debug)]
pub struct InStory<'a> {
    /// The articles.
    pub documents: &'a [Document],
    /// Them as a story.
    pub story: &'a Story,
    /// What they say of each statement.
    pub answers: &'a [model::Answer],
    /// The name that their story has in a store.
    pub id: Option<&'a str>,
}

/// The answer to a sentence from what each story says of it.
pub fn answer(says: &str, rests_on: RestsOn, stories: &[InStory<'_>]) -> Answer {
    let mut statements: Vec<(usize, Asked)> = Vec::new();
    for of in stories {
        let at = At::new(of);
        for told in of.answers {
            let start = told.asked.span.start();
            let found = statements.iter().position(|(place, _)| *place == start);
            let found = found.unwrap_or_else(|| {
                let text = at.docs[told.asked.article.at()].get(told.asked.span);
                statements.push((start, nobody(text)));
                statements.len() - 1
            });
            at.add(told, &mut statements[found].1);
        }
    }
    statements.sort_by_key(|(start, _)| *start);
    for (_, asked) in &mut statements {
        let day = |passage: &Passage| {
            (
                passage.published.clone(),
                passage.mention.article.clone(),
                passage.mention.start,
            )
        };
        asked.states.sort_by_cached_key(day);
        asked.near.sort_by_cached_key(day);
        asked
            .contradicts
            .sort_by_cached_key(|one| day(&one.passage));
        let outlets: BTreeSet<&str> = asked.states.iter().map(|one| one.outlet.as_str()).collect();
        asked.outlets = outlets.len() as u32;
    }
    let statements = statements.into_iter().map(|(_, asked)| asked).collect();
    Answer {
        schema: SCHEMA.to_owned(),
        offsets: "code-point".to_owned(),
        says: says.to_owned(),
        rests_on,
        statements,
    }
}

/// A statement that nobody says anything of.
pub fn nobody(text: &str) -> Asked {
    Asked {
        text: text.to_owned(),
        states: Vec::new(),
        contradicts: Vec::new(),
        near: Vec::new(),
        outlets: 0,
        origins: None,
    }
}

/// The articles of one story.
struct At<'a> {
    docs: Vec<&'a Document>,
    points: Vec<CodePoints<'a>>,
    of: &'a InStory<'a>,
}

impl<'a> At<'a> {
    fn new(of: &'a InStory<'a>) -> Self {
        let docs = of.story.documents(of.documents);
        let points = docs
            .iter()
            .map(|doc| CodePoints::new(doc.article.text.as_str()));
        Self {
            points: points.collect(),
            docs,
            of,
        }
    }

    fn add(&self, told: &model::Answer, asked: &mut Asked) {
        asked
            .states
            .extend(told.states.iter().filter_map(|one| self.passage(one)));
        asked
            .near
            .extend(told.near.iter().filter_map(|one| self.passage(one)));
        asked
            .contradicts
            .extend(told.contradicts.iter().filter_map(|one| {
                Some(Contradiction {
                    passage: self.passage(&one.reading)?,
                    kind: one.kind.into(),
                })
            }));
        let Some(origins) = &told.origins else { return };
        let because = origins
            .because
            .iter()
            .map(|reason| phrase(reason, &self.docs));
        match &mut asked.origins {
            // What ties two stories is not looked for: those of one may be those of the other.
            Some(all) => {
                all.low = all.low.max(origins.low);
                all.high += origins.high;
                all.because.extend(because);
            }
            None => {
                asked.origins = Some(wire::Origins {
                    low: origins.low,
                    high: origins.high,
                    because: because.collect(),
                });
            }
        }
    }

    fn mention(&self, article: ArticleIx, span: model::Span) -> Option<wire::Mention> {
        let (doc, points) = (self.docs.get(article.at())?, self.points.get(article.at())?);
        Some(assemble::mention(doc, points, span))
    }

    fn passage(&self, reading: &ClaimReading) -> Option<Passage> {
        let place = reading.mention;
        let article = &self.docs.get(place.article.at())?.article;
        Some(Passage {
            mention: self.mention(place.article, place.span)?,
            carried: reading
                .carried
                .and_then(|span| self.mention(place.article, span)),
            outlet: outlet_of(article).to_owned(),
            title: article.title.clone(),
            url: article.url.clone(),
            published: article.published.as_ref().map(Published::rfc3339),
            source: self.source(reading),
            story: self.of.id.map(str::to_owned),
        })
    }

    fn source(&self, reading: &ClaimReading) -> Option<String> {
        let words = reading.source.and_then(|source| {
            let doc = self.docs.get(source.article.at())?;
            Some(doc.get(source.span).to_owned())
        });
        // "She" tells a reader nothing where it is known who that is.
        let name = |name: &NameIx| {
            let clearest = self.of.story.names.get(name.at())?.clearest;
            let doc = self.docs.get(clearest.article.at())?;
            Some(doc.get(clearest.span).to_owned())
        };
        reading.attributed_to.first().and_then(name).or(words)
    }
}

/// The answer for a person at a terminal.
pub fn text(answer: &Answer, options: TextOptions) -> String {
    let mut paper = Paper::new(options.width, options.colour);
    for asked in &answer.statements {
        paper.gap();
        paper.item(
            0,
            (Style::Heading, ""),
            &[(Style::Strong, &quoted(&asked.text))],
        );
        paper.line(0, &[(Style::Plain, &verdict(asked))]);
        if let Some(origins) = asked.origins.as_ref().filter(|_| asked.states.len() > 1) {
            for because in &origins.because {
                paper.item(
                    2,
                    (Style::Faint, "because "),
                    &[(Style::Faint, &one_line(because))],
                );
            }
        }
        passages(
            &mut paper,
            "STATES IT",
            &asked.states.iter().collect::<Vec<_>>(),
            |_| None,
        );
        let against: Vec<&Passage> = asked.contradicts.iter().map(|one| &one.passage).collect();
        let kinds: Vec<&str> = asked
            .contradicts
            .iter()
            .map(|one| dispute_word(one.kind))
            .collect();
        passages(&mut paper, "CONTRADICTS IT", &against, |at| {
            kinds.get(at).copied()
        });
        passages(
            &mut paper,
            "COMES NEAR IT",
            &asked.near.iter().collect::<Vec<_>>(),
            |_| None,
        );
    }
    paper.gap();
    paper.line(0, &[(Style::Faint, &rests_on(&answer.rests_on))]);
    paper.into_string()
}

/// What is made of a statement, in one line.
pub fn verdict(asked: &Asked) -> String {
    let states = match (&asked.origins, asked.outlets) {
        (None, _) | (_, 0) => "Nobody here states it".to_owned(),
        (Some(_), 1) => "Stated by one outlet".to_owned(),
        (Some(origins), outlets) => {
            let range = match origins.low == origins.high {
                true => count(origins.high as usize, "origin"),
                false => format!("{} to {} origins", origins.low, origins.high),
            };
            format!("Stated by {} of {range}", count(outlets as usize, "outlet"))
        }
    };
    let against: BTreeSet<&str> = asked
        .contradicts
        .iter()
        .map(|one| one.passage.outlet.as_str())
        .collect();
    match against.len() {
        0 => format!("{states}."),
        1 => format!("{states}; one outlet says what cannot be true with it."),
        many => format!("{states}; {many} outlets say what cannot be true with it."),
    }
}

/// What an answer rests on, in one line.
pub fn rests_on(rests_on: &RestsOn) -> String {
    let days = match (&rests_on.first, &rests_on.last) {
        (Some(first), Some(last)) if first == last => format!(" of {first}"),
        (Some(first), Some(last)) => format!(" of {first} to {last}"),
        _ => String::new(),
    };
    format!(
        "Looked through {}{days}, read {} closely.",
        count(rests_on.articles as usize, "article"),
        rests_on.read
    )
}

fn passages(
    paper: &mut Paper,
    heading: &str,
    passages: &[&Passage],
    kind: impl Fn(usize) -> Option<&'static str>,
) {
    if passages.is_empty() {
        return;
    }
    paper.gap();
    paper.line(
        0,
        &[
            (Style::Heading, heading),
            (Style::Faint, &format!(" {}", passages.len())),
        ],
    );
    for (at, passage) in passages.iter().take(SHOWN).enumerate() {
        let day = passage.published.as_deref().and_then(|day| day.get(..10));
        let source = passage
            .source
            .as_deref()
            .map(|source| format!("from {}", one_line(source)));
        let about = [
            Some(one_line(&passage.outlet).into_owned()),
            day.map(str::to_owned),
            source,
            kind(at).map(str::to_owned),
        ];
        let about: Vec<String> = about.into_iter().flatten().collect();
        paper.item(
            2,
            (Style::Plain, ""),
            &[(Style::Plain, &quoted(&passage.mention.text))],
        );
        paper.item(4, (Style::Faint, ""), &[(Style::Faint, &about.join(" · "))]);
        if let Some(url) = &passage.url {
            paper.item(4, (Style::Faint, ""), &[(Style::Faint, &one_line(url))]);
        }
    }
    if let Some(more) = passages.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        paper.line(
            2,
            &[(
                Style::Faint,
                &format!("and {more} more; --format json has all"),
            )],
        );
    }
}
