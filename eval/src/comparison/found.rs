//! In: a gold story and the engine. Out: what the program found in its articles, with every
//! mention as a passage of the gold's own text.

use std::collections::{BTreeSet, HashMap};

use crossread::model::{
    ArticleIx, ComparedStory, CopyKind, Document, Mention, NameKind, StoryName, Text, Verdict,
};

use super::gold::{Gold, Place};
use super::reading::{Mode, Reading};
use crate::lab::Lab;

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
    let reading = Reading::of(lab, gold, mode);
    let mut found = Found {
        kept: gold
            .pages
            .iter()
            .zip(&reading.maps)
            .map(|(page, map)| map.as_ref().map(|map| map.kept(&page.text)))
            .collect(),
        ..Found::default()
    };
    for (number, story) in reading.findings.stories.iter().enumerate() {
        let view = View {
            reading: &reading,
            story,
        };
        view.add_to(number, &mut found);
    }
    found
}

/// One compared story, seen from the gold.
struct View<'a> {
    reading: &'a Reading,
    story: &'a ComparedStory,
}

impl View<'_> {
    fn document(&self, article: ArticleIx) -> Option<&Document> {
        self.reading.document(&self.story.story, article)
    }

    fn index(&self, article: ArticleIx) -> Option<usize> {
        self.reading.index(&self.story.story, article)
    }

    fn place(&self, mention: &Mention) -> Option<Place> {
        self.reading.place(&self.story.story, mention)
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
        for article in ArticleIx::of(story.articles.len()) {
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
                let speaker = reading.speaker.and_then(|index| names.get(index.at()));
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
