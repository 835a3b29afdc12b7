//! Names, quotations and claims as W3C Web Annotations (JSON-LD, <https://www.w3.org/TR/annotation-model/>),
//! one a line. In: a store. Out: for each passage an annotation with a TextQuoteSelector and a
//! TextPositionSelector; quotations are schema.org's.

use std::collections::HashMap;
use std::io::{self, Write};

use crossread::report::wire;
use serde_json::{Value, json};
use store::Reader;

use super::{Chosen, ExportError, articles_of};

/// Code points before and after a passage that tell it from others of its words.
const AROUND: usize = 32;

/// The text of an article and where it is found.
struct Target {
    text: Vec<char>,
    source: String,
}

impl Target {
    fn of(article: &wire::Article) -> Self {
        let url = article.url.clone();
        Self {
            text: article.text.chars().collect(),
            source: url.unwrap_or_else(|| format!("urn:crossread:{}", article.id)),
        }
    }

    fn select(&self, mention: &wire::Mention) -> Value {
        let (start, end) = (mention.start as usize, mention.end as usize);
        let slice = |from: usize, to: usize| -> String {
            self.text
                .get(from..to.min(self.text.len()))
                .map(String::from_iter)
                .unwrap_or_default()
        };
        json!({
            "source": self.source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": mention.text,
                    "prefix": slice(start.saturating_sub(AROUND), start),
                    "suffix": slice(end, end + AROUND),
                },
                { "type": "TextPositionSelector", "start": start, "end": end },
            ],
        })
    }
}

/// Writes every annotation of the stories chosen.
///
/// # Errors
/// Those of the store and of `out`.
pub fn annotations(
    store: &Reader,
    chosen: &Chosen,
    out: &mut dyn Write,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    chosen.each_story(store, seen, |n, story| {
        let articles = articles_of(store, n)?;
        let targets: HashMap<&str, Target> = articles
            .iter()
            .map(|article| (article.id.as_str(), Target::of(article)))
            .collect();
        let mut write = |id: String, motivation: &str, body: Value, mention: &wire::Mention| {
            let Some(target) = targets.get(mention.article.as_str()) else {
                return Ok(());
            };
            let annotation = json!({
                "@context": ["http://www.w3.org/ns/anno.jsonld", { "schema": "https://schema.org/" }],
                "id": format!("urn:crossread:{}:{id}", story.id),
                "type": "Annotation",
                "motivation": motivation,
                "body": body,
                "target": target.select(mention),
            });
            serde_json::to_writer(&mut *out, &annotation).map_err(io::Error::from)?;
            out.write_all(b"\n")
        };
        for name in &story.names {
            let kind = match name.kind {
                wire::NameKind::Person => "schema:Person",
                wire::NameKind::Organisation => "schema:Organization",
                wire::NameKind::Place => "schema:Place",
                wire::NameKind::Other => "schema:Thing",
            };
            let body = json!({
                "type": kind,
                "schema:name": name.name,
                "schema:alternateName": name.variants,
            });
            for (at, mention) in name.mentions.iter().enumerate() {
                write(
                    format!("{}:{at}", name.id),
                    "identifying",
                    body.clone(),
                    mention,
                )?;
            }
        }
        for quote in &story.quotes {
            for (at, reading) in quote.readings.iter().enumerate() {
                let speaker = reading.speaker.as_ref();
                let speaker = story.names.iter().find(|name| Some(&name.id) == speaker);
                let body = json!({
                    "type": "schema:Quotation",
                    "schema:text": reading.parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" "),
                    "schema:spokenByCharacter": speaker.map(|name| name.name.as_str()),
                });
                write(
                    format!("{}:{at}", quote.id),
                    "tagging",
                    body,
                    &reading.mention,
                )?;
            }
        }
        for claim in &story.claims {
            let body = json!({
                "type": "schema:Claim",
                "schema:text": claim.text,
                "value": claim.verdict,
                "origins": [claim.origins.low, claim.origins.high],
            });
            // Who only comes near it says nothing of it.
            let stated = claim.readings.iter().enumerate().filter(|(_, r)| !r.near);
            for (at, reading) in stated {
                write(
                    format!("{}:{at}", claim.id),
                    "assessing",
                    body.clone(),
                    &reading.mention,
                )?;
            }
        }
        Ok(())
    })
}
