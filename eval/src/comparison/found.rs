//! In: a gold story and the engine. Out: what the program found in its articles, with every
//! mention as a passage of the gold's own text.

use std::collections::{BTreeSet, HashMap};

use engine::Input;
use engine::model::{
    ArticleId, ComparedStory, CopyKind, Document, Findings, Mention, NameKind, StoryName, Text,
    Verdict,
};

use super::gold::{Gold, Page, Place};
use super::map::Map;
use crate::documents::{Given, article, in_order, published};
use crate::lab::Lab;

/// How a story's articles are given to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As JSONL records: outlet, title, date and text, furniture and all.
    Records,
    /// The same, with claims lined up by words alone.
    Words,
    /// As plain text files: the text's bytes, nothing else.
    Text,
    /// As `page` would give them if it made no mistake: the gold's furniture taken out. Tells what
    /// the later stages do by themselves.
    Clean,
}

impl Mode {
    /// All, the default first.
    pub const ALL: [(Mode, &str); 4] = [
        (Mode::Records, "records"),
        (Mode::Words, "by words"),
        (Mode::Text, "text files"),
        (Mode::Clean, "clean text"),
    ];
}

/// A quotation's reading that was found.
pub struct QuoteReading {
    /// Where its content stands, from its first part to its last.
    pub place: Place,
    /// Every way in which the story writes its speaker; empty where none was found.
    pub speaker: Vec<String>,
    /// The words there for who said it.
    pub source: String,
}

/// What was found, in the gold's terms.
#[derive(Default)]
pub struct Found {
    /// For each gold article, which of its bytes were kept; `None` where it was not read.
    pub kept: Vec<Option<Vec<bool>>>,
    /// For each article read, the story it is in.
    pub story_of: Vec<usize>,
    /// Every sentence of the articles.
    pub sentences: Vec<Place>,
    /// Each claim's readings.
    pub claims: Vec<Vec<Place>>,
    /// The same without those that only come near it.
    pub firm_claims: Vec<Vec<Place>>,
    /// Each claim's origins, least and most, and whether it is called corroborated.
    pub origins: Vec<(u32, u32, bool)>,
    /// Each utterance's readings.
    pub quotes: Vec<Vec<QuoteReading>>,
    /// Each dispute's sides' passages, with what it is.
    pub disputes: Vec<(String, Vec<Vec<Place>>)>,
    /// Pairs of articles, the lower first, and what sort of copy.
    pub copies: Vec<((usize, usize), &'static str)>,
    /// Each event's time and passages.
    pub timeline: Vec<(String, Vec<Place>)>,
    /// Each name's kind and every way it is written, with how often.
    pub names: Vec<(NameKind, Vec<(String, usize)>)>,
}

/// Runs the program on a story.
pub fn run(lab: &Lab, gold: &Gold, mode: Mode) -> Found {
    let (findings, index_of) = match mode {
        Mode::Records | Mode::Words | Mode::Text => pages(lab, gold, mode),
        Mode::Clean => clean(lab, gold),
    };
    let mut maps: Vec<Option<Map>> = gold.pages.iter().map(|_| None).collect();
    for doc in &findings.documents {
        if let Some(&index) = index_of.get(&doc.article.id) {
            maps[index] = Some(Map::new(&doc.article, &gold.pages[index].text));
        }
    }
    let mut found = Found {
        kept: gold
            .pages
            .iter()
            .zip(&maps)
            .map(|(page, map)| map.as_ref().map(|map| map.kept(&page.text)))
            .collect(),
        ..Found::default()
    };
    for (number, story) in findings.stories.iter().enumerate() {
        let view = View {
            findings: &findings,
            story,
            index_of: &index_of,
            maps: &maps,
        };
        view.add_to(number, &mut found);
    }
    found
}

type Indices = HashMap<ArticleId, usize>;

/// Through `page`: every article a file of its own.
fn pages(lab: &Lab, gold: &Gold, mode: Mode) -> (Findings, Indices) {
    let name = |id: &str| match mode {
        Mode::Text => format!("{id}.txt"),
        _ => format!("{id}.jsonl"),
    };
    let inputs = gold
        .ids
        .iter()
        .zip(&gold.pages)
        .map(|(id, page)| Input {
            path: name(id),
            bytes: bytes(id, page, mode),
        })
        .collect();
    let findings = lab.read(inputs);
    let index_of = findings
        .documents
        .iter()
        .filter_map(|doc| {
            let path = &doc.article.path;
            let index = gold.ids.iter().position(|id| {
                // A container's articles are named FILE:LINE.
                path.strip_prefix(&name(id))
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
            })?;
            Some((doc.article.id.clone(), index))
        })
        .collect();
    (findings, index_of)
}

fn bytes(id: &str, page: &Page, mode: Mode) -> Vec<u8> {
    if mode == Mode::Text {
        return page.text.clone().into_bytes();
    }
    let record = serde_json::json!({
        "id": id,
        "outlet": page.outlet,
        "title": page.title,
        "published": page.date,
        "text": page.text,
    });
    format!("{record}\n").into_bytes()
}

/// Past `page`: the gold's furniture and the lines that repeat the title taken out.
fn clean(lab: &Lab, gold: &Gold) -> (Findings, Indices) {
    let mut articles = Vec::new();
    let mut index_of = Indices::new();
    for (index, (id, page)) in gold.ids.iter().zip(&gold.pages).enumerate() {
        let mut keep = vec![true; page.text.len()];
        for (place, _) in gold
            .furniture
            .iter()
            .filter(|(place, _)| place.article == index)
        {
            keep[place.range()].fill(false);
        }
        let mut text = String::new();
        let mut runs = Vec::new();
        let mut at = 0;
        for line in page.text.split_inclusive('\n') {
            let title = page
                .title
                .as_deref()
                .is_some_and(|title| title.trim() == line.trim());
            for (offset, c) in line.char_indices() {
                if keep[at + offset] && !title {
                    runs.push((text.len(), at + offset, c.len_utf8()));
                    text.push(c);
                }
            }
            // A line of which nothing is left must not join its neighbours.
            if !text.is_empty() && !text.ends_with('\n') && line.ends_with('\n') {
                text.push('\n');
            }
            at += line.len();
        }
        let mut one = article(Given {
            id: id.clone(),
            title: page.title.clone(),
            outlet: page.outlet.clone(),
            published: page.date.as_deref().and_then(published),
            language: "en".to_owned(),
            text,
        });
        one.source = join(runs);
        index_of.insert(one.id.clone(), index);
        articles.push(one);
    }
    in_order(&mut articles);
    let documents = lab.annotate(articles);
    let stories = lab.group(&documents);
    let stories = lab.compare(&documents, stories);
    (
        Findings {
            documents,
            skipped: Vec::new(),
            stories,
        },
        index_of,
    )
}

/// Neighbouring stretches as one.
fn join(runs: Vec<(usize, usize, usize)>) -> Vec<engine::model::SourceRun> {
    let mut joined: Vec<engine::model::SourceRun> = Vec::new();
    for (text, source, len) in runs {
        let (text, source, len) = (text as u32, source as u32, len as u32);
        match joined.last_mut() {
            Some(last) if last.text + last.len == text && last.source + last.len == source => {
                last.len += len;
            }
            _ => joined.push(engine::model::SourceRun { text, source, len }),
        }
    }
    joined
}

/// One compared story, seen from the gold.
struct View<'a> {
    findings: &'a Findings,
    story: &'a ComparedStory,
    index_of: &'a Indices,
    maps: &'a [Option<Map>],
}

impl View<'_> {
    fn document(&self, article: u32) -> Option<&Document> {
        let index = *self.story.story.articles.get(article as usize)?;
        self.findings.documents.get(index as usize)
    }

    fn index(&self, article: u32) -> Option<usize> {
        self.index_of
            .get(&self.document(article)?.article.id)
            .copied()
    }

    fn place(&self, mention: &Mention) -> Option<Place> {
        let article = self.index(mention.article)?;
        let range = self.maps[article].as_ref()?.to_gold(mention.span.range())?;
        Some(Place {
            article,
            start: range.start,
            end: range.end,
        })
    }

    fn places(&self, mentions: &[Mention]) -> Vec<Place> {
        mentions
            .iter()
            .filter_map(|mention| self.place(mention))
            .collect()
    }

    fn text(&self, mention: &Mention) -> &str {
        let text: Option<&Text> = self.document(mention.article).map(|doc| &doc.article.text);
        text.map(|text| text.get(mention.span)).unwrap_or_default()
    }

    fn surfaces(&self, name: &StoryName) -> Vec<(String, usize)> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for mention in &name.mentions {
            *counts
                .entry(super::speaker::plain(self.text(mention)))
                .or_default() += 1;
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort();
        counts
    }

    fn add_to(&self, number: usize, found: &mut Found) {
        let (story, comparison) = (&self.story.story, &self.story.comparison);
        found.story_of.extend(story.articles.iter().map(|_| number));
        for article in 0..story.articles.len() as u32 {
            let sentences = self.document(article).map(|doc| &doc.sentences);
            let spans = sentences
                .into_iter()
                .flatten()
                .map(|sentence| sentence.span);
            let places = spans.filter_map(|span| self.place(&Mention { article, span }));
            found.sentences.extend(places);
        }
        for claim in &comparison.claims {
            let readings = claim.readings.iter();
            let places: Vec<(bool, Place)> = readings
                .filter_map(|r| Some((r.near, self.place(&r.mention)?)))
                .collect();
            let firm = places.iter().filter(|(near, _)| !near);
            found
                .firm_claims
                .push(firm.map(|one| one.1.clone()).collect());
            found
                .claims
                .push(places.into_iter().map(|one| one.1).collect());
            let corroborated = matches!(claim.verdict, Verdict::Corroborated { .. });
            let origins = &claim.origins;
            found
                .origins
                .push((origins.low, origins.high, corroborated));
        }
        let names: Vec<Vec<(String, usize)>> =
            story.names.iter().map(|name| self.surfaces(name)).collect();
        for utterance in &comparison.quotes {
            let readings = utterance.readings.iter().filter_map(|reading| {
                let speaker = reading.speaker.and_then(|index| names.get(index as usize));
                Some(QuoteReading {
                    place: self.place(&reading.mention)?,
                    speaker: speaker
                        .map(|surfaces| surfaces.iter().map(|(text, _)| text.clone()).collect())
                        .unwrap_or_default(),
                    source: reading
                        .source
                        .map(|m| self.text(&m).to_owned())
                        .unwrap_or_default(),
                })
            });
            found.quotes.push(readings.collect());
        }
        for dispute in &comparison.disputes {
            let sides = dispute
                .sides
                .iter()
                .map(|side| self.places(&side.mentions))
                .collect();
            found
                .disputes
                .push((format!("{:?}", dispute.kind).to_lowercase(), sides));
        }
        for copy in &story.copies {
            if let (Some(a), Some(b)) = (self.index(copy.a), self.index(copy.b)) {
                found.copies.push(((a.min(b), a.max(b)), kind(copy.kind)));
            }
        }
        for event in &comparison.timeline {
            found
                .timeline
                .push((event.when.iso(), self.places(&event.mentions)));
        }
        for (name, surfaces) in story.names.iter().zip(names) {
            found.names.push((name.kind, surfaces));
        }
    }
}

fn kind(kind: CopyKind) -> &'static str {
    match kind {
        CopyKind::Copy => "copy",
        CopyKind::Rewrite => "rewrite",
        CopyKind::Excerpt => "excerpt",
        CopyKind::SharedSource => "shared-source",
    }
}

impl Found {
    /// Share of the gold's articles that lie in the largest story.
    pub fn together(&self, articles: usize) -> f64 {
        let stories: BTreeSet<usize> = self.story_of.iter().copied().collect();
        let largest = stories
            .iter()
            .map(|story| self.story_of.iter().filter(|one| *one == story).count())
            .max();
        crate::measure::share(largest.unwrap_or(0), articles)
    }
}
