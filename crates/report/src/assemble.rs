//! In: [`Findings`]. Out: the wire report: ids given, bytes turned into code points, reasons put
//! in words. An index that points nowhere is left out rather than guessed.

use std::collections::{BTreeSet, HashMap};

use model::{
    ArticleIx, ClaimIx, ComparedStory, Document, DocumentIx, Findings, Mention, NameIx, Published,
    QuoteReadingIx, Reason, Span, Subject, Warning,
};

use crate::because::{file_name, phrase};
use crate::lasting;
use crate::offsets::CodePoints;
use crate::wire;

/// A title made from an article's own first words is cut after so many code points.
const MADE_TITLE: usize = 120;

/// The whole report.
pub fn report(findings: &Findings) -> wire::Report {
    let points: Vec<CodePoints<'_>> = findings
        .documents
        .iter()
        .map(|doc| CodePoints::new(doc.article.text.as_str()))
        .collect();
    let mut later: HashMap<&str, Vec<String>> = HashMap::new();
    for compared in &findings.stories {
        if let Some(earlier) = &compared.story.earlier {
            let after = later.entry(earlier.as_str()).or_default();
            after.push(compared.story.id.clone());
        }
    }
    wire::Report {
        schema: wire::SCHEMA.into(),
        offsets: "code-point".into(),
        articles: findings
            .documents
            .iter()
            .zip(&points)
            .map(|(doc, points)| document(doc, points))
            .collect(),
        skipped: findings
            .skipped
            .iter()
            .map(|skip| wire::Skipped {
                path: skip.path.clone(),
                reason: skip.reason.to_string(),
            })
            .collect(),
        stories: findings
            .stories
            .iter()
            .map(|compared| story(compared, findings, &points, &later))
            .collect(),
    }
}

/// An article alone, its words not examined.
pub fn article(article: &model::Article) -> wire::Article {
    wire::Article {
        id: article.id.to_string(),
        path: article.path.clone(),
        url: article.url.clone(),
        sha256: article.sha256.to_string(),
        outlet: article.outlet.clone(),
        title: article.title.clone(),
        authors: article.authors.clone(),
        published: article.published.as_ref().map(Published::rfc3339),
        modified: article.about.modified.as_ref().map(Published::rfc3339),
        section: article.about.section.clone(),
        keywords: article.about.keywords.clone(),
        free: article.about.free,
        found_in: article
            .about
            .found
            .iter()
            .map(|(field, origin)| (field.to_string(), origin.to_string()))
            .collect(),
        language: article.language.clone(),
        genre: article.genre().map(Into::into),
        text: article.text.as_str().to_owned(),
        credits: distinct(article.credits.iter().map(|credit| credit.name.as_str())),
        warnings: distinct(article.warnings.iter().map(ToString::to_string)),
        signs: article
            .signs
            .iter()
            .map(|sign| wire::Sign {
                kind: sign.kind.into(),
                line: sign.line.clone(),
            })
            .collect(),
        blocks: Vec::new(),
        captions: Vec::new(),
        reviews: article.about.reviews.iter().map(review).collect(),
        damage: None,
    }
}

/// A claim that an article says it checked.
fn review(review: &model::ClaimReview) -> wire::ClaimReview {
    let model::Rating {
        name,
        value,
        best,
        worst,
    } = review.rating.clone();
    wire::ClaimReview {
        claim: review.claim.clone(),
        by: review.by.clone(),
        by_url: review.by_url.clone(),
        url: review.url.clone(),
        published: review.published.as_ref().map(Published::rfc3339),
        rating: wire::Rating {
            name,
            value,
            best,
            worst,
        },
        claimants: review.claimants.clone(),
        claimed: review.claimed.as_ref().map(Published::rfc3339),
        appearances: review.appearances.clone(),
        found_in: review.found.to_string(),
    }
}

/// An article with its damaged words.
fn document(doc: &Document, points: &CodePoints<'_>) -> wire::Article {
    let mut wire = article(&doc.article);
    let count = doc.damage.len();
    if count > 0 {
        // The words counted here are the ones listed; a count that the page stage gave yields.
        let mut warnings = doc.article.warnings.clone();
        warnings.retain(|warning| !matches!(warning, Warning::DamagedWords { .. }));
        warnings.push(Warning::DamagedWords { count });
        wire.warnings = distinct(warnings.iter().map(ToString::to_string));
    }
    wire.damage = Some(
        doc.damage
            .iter()
            .map(|damage| wire::Damage {
                mention: mention(doc, points, damage.span),
                repair: damage.repair.clone(),
                kind: damage.kind.into(),
            })
            .collect(),
    );
    wire
}

/// A passage of a document.
pub fn mention(doc: &Document, points: &CodePoints<'_>, span: Span) -> wire::Mention {
    wire::Mention {
        article: doc.article.id.to_string(),
        start: points.of_byte(span.start()),
        end: points.of_byte(span.end()),
        text: doc.get(span).to_owned(),
    }
}

/// The items once each, in order of first appearance.
fn distinct<T: Into<String>>(items: impl Iterator<Item = T>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for item in items.map(Into::into) {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

/// `n1`, `q1`, …: positions counted from 1, for those that exist.
fn id(letter: char, index: usize, len: usize) -> Option<String> {
    (index < len).then(|| format!("{letter}{}", index + 1))
}

/// What a story's indices point into.
struct Context<'f> {
    docs: Vec<&'f Document>,
    points: Vec<&'f CodePoints<'f>>,
    names: usize,
    claims: usize,
    quotes: usize,
}

impl Context<'_> {
    fn mention(&self, mention: &Mention) -> Option<wire::Mention> {
        let index = mention.article.at();
        let (doc, points) = (self.docs.get(index)?, self.points.get(index)?);
        Some(self::mention(doc, points, mention.span))
    }

    fn mentions<'m>(&self, mentions: impl IntoIterator<Item = &'m Mention>) -> Vec<wire::Mention> {
        mentions
            .into_iter()
            .filter_map(|m| self.mention(m))
            .collect()
    }

    fn words(&self, mention: &Mention) -> String {
        self.docs
            .get(mention.article.at())
            .map(|doc| doc.get(mention.span).to_owned())
            .unwrap_or_default()
    }

    fn article(&self, at: ArticleIx) -> String {
        self.docs
            .get(at.at())
            .map(|doc| doc.article.id.to_string())
            .unwrap_or_default()
    }

    fn because(&self, reasons: &[Reason]) -> Vec<String> {
        distinct(reasons.iter().map(|reason| phrase(reason, &self.docs)))
    }

    fn name(&self, at: NameIx) -> Option<String> {
        id('n', at.at(), self.names)
    }

    fn claim(&self, at: ClaimIx) -> Option<String> {
        id('c', at.at(), self.claims)
    }

    fn names(&self, all: &[NameIx]) -> Vec<String> {
        all.iter().filter_map(|&at| self.name(at)).collect()
    }

    fn claims(&self, all: &[ClaimIx]) -> Vec<String> {
        all.iter().filter_map(|&at| self.claim(at)).collect()
    }
}

fn story<'f>(
    compared: &'f ComparedStory,
    findings: &'f Findings,
    points: &'f [CodePoints<'f>],
    later: &HashMap<&str, Vec<String>>,
) -> wire::Story {
    let (story, comparison) = (&compared.story, &compared.comparison);
    let present: Vec<DocumentIx> = story
        .articles
        .iter()
        .copied()
        .filter(|at| at.at() < findings.documents.len())
        .collect();
    let at = Context {
        docs: present.iter().map(|&at| &findings.documents[at]).collect(),
        points: present.iter().map(|at| &points[at.at()]).collect(),
        names: story.names.len(),
        claims: comparison.claims.len(),
        quotes: comparison.quotes.len(),
    };
    let mut story = wire::Story {
        id: story.id.clone(),
        earlier: story.earlier.clone(),
        later: later.get(story.id.as_str()).cloned().unwrap_or_default(),
        title: title(story, &at),
        articles: story.ids.iter().map(ToString::to_string).collect(),
        first: story.days.map(|days| days.start.to_string()),
        last: story.days.map(|days| days.end.to_string()),
        outlets: {
            let named = at.docs.iter().filter_map(|doc| doc.article.outlet.clone());
            let outlets: BTreeSet<String> = named.collect();
            outlets.into_iter().collect()
        },
        place: story.place.and_then(|name| at.name(name)),
        keywords: at.mentions(&story.keywords),
        names: story
            .names
            .iter()
            .enumerate()
            .map(|(index, name)| self::name(index, name, &at))
            .collect(),
        copies: story
            .copies
            .iter()
            .enumerate()
            .map(|(index, copy)| self::copy(index, copy, &at))
            .collect(),
        rewrites: story
            .rewrites
            .iter()
            .filter(|rewrite| rewrite.article.at() < at.docs.len())
            .map(|rewrite| wire::Rewrite {
                article: at.article(rewrite.article),
                because: at.because(&rewrite.because),
            })
            .collect(),
        quotes: comparison
            .quotes
            .iter()
            .enumerate()
            .map(|(index, quote)| utterance(index, quote, &at))
            .collect(),
        claims: comparison
            .claims
            .iter()
            .enumerate()
            .map(|(index, claim)| wire::Claim {
                checked: checked(&comparison.checks, ClaimIx::new(index), &at),
                ..self::claim(index, claim, &at)
            })
            .collect(),
        disputes: comparison
            .disputes
            .iter()
            .enumerate()
            .map(|(index, dispute)| self::dispute(index, dispute, &at))
            .collect(),
        timeline: comparison
            .timeline
            .iter()
            .map(|event| wire::Event {
                when: event.when.iso(),
                until: (event.when.precision == model::Precision::Day
                    && event.when.start != event.when.end)
                    .then(|| event.when.end.to_string()),
                precision: event.when.precision.into(),
                mentions: at.mentions(&event.mentions),
                claims: at.claims(&event.claims),
            })
            .collect(),
        wording: comparison
            .wording
            .iter()
            .filter_map(|w| wording(w, &at))
            .collect(),
        brief: comparison
            .brief
            .iter()
            .map(|sentence| wire::BriefSentence {
                text: at.words(&sentence.mention),
                mentions: at.mentions(std::iter::once(&sentence.mention).chain(&sentence.also)),
                claims: at.claims(&sentence.claims),
            })
            .collect(),
    };
    lasting::name(&mut story);
    story
}

/// The headline of the article named for it; failing that, the first headline there is; failing
/// that, the first words of the first article; failing that, its file's name.
fn title(story: &model::Story, at: &Context<'_>) -> String {
    let named = at.docs.get(story.title_from.at()).into_iter();
    let headline = named
        .chain(&at.docs)
        .filter_map(|doc| doc.article.title.as_deref().map(str::trim))
        .find(|title| !title.is_empty());
    if let Some(title) = headline {
        return title.to_owned();
    }
    let Some(first) = at.docs.first() else {
        return story.id.clone();
    };
    let line = first
        .article
        .text
        .as_str()
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty());
    match line {
        Some(line) => match line.char_indices().nth(MADE_TITLE) {
            Some((cut, _)) => {
                let words = &line[..cut];
                let end = words.rfind(char::is_whitespace).unwrap_or(cut);
                format!("{}…", words[..end].trim_end())
            }
            None => line.to_owned(),
        },
        None => file_name(&first.article.path).to_owned(),
    }
}

fn name(index: usize, name: &model::StoryName, at: &Context<'_>) -> wire::Name {
    let clearest = at.words(&name.clearest);
    let mut count: HashMap<&str, usize> = HashMap::new();
    let mentions = at.mentions(&name.mentions);
    for mention in &mentions {
        *count.entry(&mention.text).or_default() += 1;
    }
    let mut variants: Vec<(&str, usize)> = count
        .into_iter()
        .filter(|(text, _)| *text != clearest)
        .collect();
    variants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    wire::Name {
        id: format!("n{}", index + 1),
        kind: name.kind.into(),
        variants: variants
            .into_iter()
            .map(|(text, _)| text.to_owned())
            .collect(),
        roles: distinct(name.roles.iter().map(|role| at.words(role))),
        name: clearest,
        mentions,
    }
}

/// Shares are given to four places: more would be noise.
fn share(value: f64) -> f64 {
    let value = if value.is_finite() {
        value.clamp(0.0, 1.0)
    } else {
        0.0
    };
    (value * 10_000.0).round() / 10_000.0
}

fn copy(index: usize, copy: &model::Copy, at: &Context<'_>) -> wire::Copy {
    wire::Copy {
        id: format!("copy{}", index + 1),
        a: at.article(copy.a),
        b: at.article(copy.b),
        kind: copy.kind.into(),
        direction: copy.direction.into(),
        share_a: share(copy.share_a),
        share_b: share(copy.share_b),
        because: at.because(&copy.because),
        passages: copy
            .passages
            .iter()
            .filter_map(|passage| {
                Some(wire::Passage {
                    a: at.mention(&passage.a)?,
                    b: at.mention(&passage.b)?,
                })
            })
            .collect(),
    }
}

fn utterance(index: usize, quote: &model::Utterance, at: &Context<'_>) -> wire::Quote {
    let name = |name: Option<NameIx>| name.and_then(|name| at.name(name));
    wire::Quote {
        id: format!("q{}", index + 1),
        key: String::new(),
        speaker: name(quote.speaker),
        speaker_text: quote.speaker_text.as_ref().map(|mention| at.words(mention)),
        speaker_mention: quote
            .speaker_text
            .as_ref()
            .and_then(|mention| at.mention(mention)),
        readings: quote
            .readings
            .iter()
            .filter_map(|reading| {
                Some(wire::QuoteReading {
                    mention: at.mention(&reading.mention)?,
                    form: reading.form.into(),
                    parts: at.mentions(&reading.parts),
                    cue: reading.cue.as_ref().and_then(|cue| at.mention(cue)),
                    source: reading
                        .source
                        .as_ref()
                        .and_then(|source| at.mention(source)),
                    speaker: name(reading.speaker),
                    resolution: reading.resolution.into(),
                    confidence: reading.confidence.into(),
                    rule: reading.rule.to_owned(),
                })
            })
            .collect(),
        differences: quote
            .differences
            .iter()
            .filter(|difference| {
                difference
                    .readings
                    .iter()
                    .all(|reading| reading.at() < quote.readings.len())
            })
            .map(|difference| {
                let words = |side: &Option<Mention>| {
                    side.as_ref()
                        .map_or_else(|| "—".to_owned(), |mention| at.words(mention))
                };
                let [a, b] = &difference.sides;
                wire::Difference {
                    kind: difference.kind.into(),
                    readings: difference.readings.map(QuoteReadingIx::number),
                    text: format!("{} ↔ {}", words(a), words(b)),
                    mentions: [a, b].map(|side| side.as_ref().and_then(|m| at.mention(m))),
                }
            })
            .collect(),
    }
}

fn claim(index: usize, claim: &model::Claim, at: &Context<'_>) -> wire::Claim {
    let clearest = claim
        .readings
        .get(claim.clearest.at())
        .unwrap_or(claim.readings.first());
    let clearest_index = if claim.clearest.at() < claim.readings.len() {
        claim.clearest.number()
    } else {
        0
    };
    wire::Claim {
        id: format!("c{}", index + 1),
        key: String::new(),
        text: at.words(&clearest.mention),
        clearest: clearest_index,
        readings: claim
            .readings
            .iter()
            .filter_map(|reading| {
                Some(wire::ClaimReading {
                    mention: at.mention(&reading.mention)?,
                    stance: reading.stance.into(),
                    attributed_to: at.names(&reading.attributed_to),
                    source: reading
                        .source
                        .as_ref()
                        .and_then(|source| at.mention(source)),
                    carried: reading.carried.and_then(|span| {
                        let article = reading.mention.article;
                        at.mention(&model::Mention { article, span })
                    }),
                    near: reading.near,
                })
            })
            .collect(),
        outlets: claim.outlets,
        origins: wire::Origins {
            low: claim.origins.low,
            high: claim.origins.high,
            because: at.because(&claim.origins.because),
        },
        verdict: (&claim.verdict).into(),
        absent_from: claim
            .absent_from
            .iter()
            .filter(|article| article.at() < at.docs.len())
            .map(|&article| at.article(article))
            .collect(),
        checked: Vec::new(),
    }
}

/// What articles say that they checked, of one claim.
fn checked(checks: &[model::Check], claim: ClaimIx, at: &Context<'_>) -> Vec<wire::Checked> {
    let own = checks.iter().filter(|check| check.claim == claim);
    let there = own.filter(|check| check.article.at() < at.docs.len());
    there
        .map(|check| wire::Checked {
            article: at.article(check.article),
            review: check.review.number(),
        })
        .collect()
}

fn dispute(index: usize, dispute: &model::Dispute, at: &Context<'_>) -> wire::Dispute {
    wire::Dispute {
        id: format!("d{}", index + 1),
        key: String::new(),
        kind: dispute.kind.into(),
        question: distinct(dispute.question.iter().map(|mention| at.words(mention))).join(" · "),
        question_mentions: at.mentions(&dispute.question),
        sides: dispute
            .sides
            .iter()
            .map(|side| wire::Side {
                label: at.words(&side.label),
                label_mention: at.mention(&side.label),
                claims: at.claims(&side.claims),
                mentions: at.mentions(&side.mentions),
                held_by: at.names(&side.held_by),
            })
            .collect(),
    }
}

fn wording(wording: &model::Wording, at: &Context<'_>) -> Option<wire::Wording> {
    let about = match wording.about {
        Subject::Name(name) => at.name(name)?,
        Subject::Claim(claim) => at.claim(claim)?,
        Subject::Quote(quote) => id('q', quote.at(), at.quotes)?,
    };
    let choices = wording
        .choices
        .iter()
        .map(|choice| {
            let mentions = at.mentions(&choice.mentions);
            wire::Choice {
                term: at.words(choice.mentions.first()),
                articles: distinct(mentions.iter().map(|mention| mention.article.as_str())),
                mentions,
            }
        })
        .collect();
    Some(wire::Wording { about, choices })
}
