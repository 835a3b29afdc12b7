//! One JSON object a line, for programs that read a stage's own results: `extract`, `annotate` and
//! `group`. Offsets are code points of the record's own text, as in the report.

use std::collections::HashMap;

use model::{Across, BlockKind, Copy, CopyKind, Direction, Document, Quotation, Span, Story};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assemble;
use crate::offsets::CodePoints;
use crate::wire::{
    self, Confidence, Damage, DateKind, Form, Hedge, Mention, NameKind, QuantityKind, Resolution,
};

/// A line of `crossread annotate`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Annotated {
    /// The article's id.
    pub article: String,
    /// Sentences, as half-open ranges.
    pub sentences: Vec<[u32; 2]>,
    /// Names, in order.
    pub names: Vec<NameHere>,
    /// Quotations, by start.
    pub quotes: Vec<QuoteHere>,
    /// Expressions of time, in order.
    pub dates: Vec<DateHere>,
    /// Numbers with what they count, in order.
    pub quantities: Vec<QuantityHere>,
    /// Broken words, in order.
    pub damage: Vec<Damage>,
}

/// A name in an article.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NameHere {
    /// What it names.
    pub kind: NameKind,
    /// The name.
    pub text: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Roles and titles given to it here.
    pub roles: Vec<Mention>,
    /// Names with the same number are the same thing; null where it could be two.
    pub entity: Option<u32>,
}

/// A quotation in an article.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct QuoteHere {
    /// The content from its first letter to its last.
    pub mention: Mention,
    /// Words all in quote marks, some, or none.
    pub form: Form,
    /// The content part by part.
    pub parts: Vec<Mention>,
    /// The words that report it.
    pub cue: Option<Mention>,
    /// The words for who said it.
    pub source: Option<Mention>,
    /// The clearest name of the speaker in this article; null where it does not say.
    pub speaker: Option<Mention>,
    /// How the speaker was found.
    pub resolution: Resolution,
    /// How sure that is.
    pub confidence: Confidence,
    /// The rule that found it.
    pub rule: String,
    /// Whom the speaker quotes within it, word for word.
    pub nested: Vec<QuoteHere>,
}

/// An expression of time in an article.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DateHere {
    /// Its words.
    pub text: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// ISO 8601; null where the text does not let one resolve it.
    pub value: Option<String>,
    /// What it expresses.
    pub kind: DateKind,
    /// The rule that found it.
    pub rule: String,
}

/// A number with what it counts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct QuantityHere {
    /// All of it: "at least 25 people".
    pub text: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// What sort of number it is.
    pub kind: QuantityKind,
    /// How exact it claims to be.
    pub hedge: Hedge,
    /// Its value, `million` and the like multiplied out; the lower end of a range.
    pub value: f64,
    /// The upper end of a range; null where it is none.
    pub high: Option<f64>,
    /// The words for what it counts or measures; null where they are left out.
    pub unit: Option<Mention>,
}

/// What `crossread group` calls a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// One event.
    #[default]
    Story,
    /// An event with those that it grew out of: the id is that of the first.
    Chain,
}

/// A line of `crossread group`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Grouped {
    /// The article's id.
    pub article: String,
    /// The story's id.
    pub story: String,
    /// Id of the article that it copies, rewrites or excerpts; null where it does not.
    pub copy_of: Option<String>,
}

/// A line of `crossread extract`.
pub fn article(article: &model::Article) -> wire::Article {
    let points = CodePoints::new(article.text.as_str());
    let blocks = article.blocks.iter().map(|block| wire::Block {
        kind: kind(block.kind),
        start: points.of_byte(block.span.start()),
        end: points.of_byte(block.span.end()),
        time: match block.kind {
            BlockKind::Entry(time) => Some(time.to_string()),
            _ => None,
        },
    });
    wire::Article {
        blocks: blocks.collect(),
        captions: article.about.captions.clone(),
        ..assemble::article(article)
    }
}

fn kind(kind: BlockKind) -> wire::BlockKind {
    match kind {
        BlockKind::Paragraph => wire::BlockKind::Paragraph,
        BlockKind::Heading => wire::BlockKind::Subheading,
        BlockKind::ListItem => wire::BlockKind::ListItem,
        BlockKind::Quote => wire::BlockKind::Quote,
        BlockKind::Note => wire::BlockKind::Note,
        BlockKind::Standfirst => wire::BlockKind::Standfirst,
        BlockKind::Post => wire::BlockKind::Post,
        BlockKind::Table => wire::BlockKind::Table,
        BlockKind::Entry(_) => wire::BlockKind::Entry,
    }
}

/// A line of `crossread annotate`.
pub fn document(doc: &Document) -> Annotated {
    let points = CodePoints::new(doc.article.text.as_str());
    let mention = |span| assemble::mention(doc, &points, span);
    Annotated {
        article: doc.article.id.to_string(),
        sentences: doc
            .sentences
            .iter()
            .map(|s| [points.of_byte(s.span.start()), points.of_byte(s.span.end())])
            .collect(),
        names: doc
            .names
            .iter()
            .map(|name| {
                let Mention {
                    text, start, end, ..
                } = mention(name.span);
                NameHere {
                    kind: name.kind.into(),
                    text,
                    start,
                    end,
                    roles: name.roles.iter().map(|&role| mention(role)).collect(),
                    entity: name.entity,
                }
            })
            .collect(),
        quotes: quotes_here(doc, &doc.quotes, &mention),
        dates: doc
            .dates
            .iter()
            .map(|date| {
                let Mention {
                    text, start, end, ..
                } = mention(date.span);
                DateHere {
                    text,
                    start,
                    end,
                    value: date.value.clone(),
                    kind: date.kind.into(),
                    rule: date.rule.to_owned(),
                }
            })
            .collect(),
        quantities: doc
            .quantities
            .iter()
            .map(|quantity| {
                let Mention {
                    text, start, end, ..
                } = mention(quantity.span);
                QuantityHere {
                    text,
                    start,
                    end,
                    kind: quantity.kind.into(),
                    hedge: quantity.hedge.into(),
                    value: quantity.value,
                    high: quantity.high,
                    unit: quantity.unit.map(mention),
                }
            })
            .collect(),
        damage: doc
            .damage
            .iter()
            .map(|damage| Damage {
                mention: mention(damage.span),
                repair: damage.repair.clone(),
                kind: damage.kind.into(),
            })
            .collect(),
    }
}

fn quotes_here(
    doc: &Document,
    quotes: &[Quotation],
    mention: &impl Fn(Span) -> Mention,
) -> Vec<QuoteHere> {
    let here = |quote: &Quotation| QuoteHere {
        mention: mention(quote.content()),
        form: quote.form.into(),
        parts: quote.parts.iter().map(|&part| mention(part)).collect(),
        cue: quote.cue.map(mention),
        source: quote.source.map(mention),
        speaker: quote
            .speaker
            .and_then(|index| doc.entities.get(index as usize))
            .and_then(|entity| doc.names.get(entity.clearest as usize))
            .map(|name| mention(name.span)),
        resolution: quote.resolution.into(),
        confidence: quote.confidence.into(),
        rule: quote.rule.to_owned(),
        nested: quotes_here(doc, &quote.nested, mention),
    };
    quotes.iter().map(here).collect()
}

/// The lines of `crossread group`, in the order of the documents.
pub fn groups(
    docs: &[Document],
    stories: &[Story],
    across: &[Across],
    level: Level,
) -> Vec<Grouped> {
    // For each article, the best copy of it that has an original: the larger share wins, then the
    // earlier original.
    let mut original: Vec<Option<(f64, u32)>> = vec![None; docs.len()];
    let mut take = |copy: &Copy, a: u32, b: u32| {
        let Some((from, to, share)) = taken(copy, a, b) else {
            return;
        };
        let known = (from as usize) < docs.len() && from != to;
        if let Some(slot) = original.get_mut(to as usize).filter(|_| known) {
            let better = slot
                .is_none_or(|(best, head)| share.total_cmp(&best).then(head.cmp(&from)).is_gt());
            if better {
                *slot = Some((share, from));
            }
        }
    };
    for story in stories {
        for copy in &story.copies {
            let at = |index: u32| story.articles.get(index as usize).copied();
            if let (Some(a), Some(b)) = (at(copy.a), at(copy.b)) {
                take(copy, a, b);
            }
        }
    }
    for found in across {
        take(&found.copy, found.article, found.of);
    }
    let earlier: HashMap<&str, &str> = match level {
        Level::Story => HashMap::new(),
        Level::Chain => stories
            .iter()
            .filter_map(|story| Some((story.id.as_str(), story.earlier.as_deref()?)))
            .collect(),
    };
    let mut lines: Vec<Option<Grouped>> = vec![None; docs.len()];
    for story in stories {
        let id = first_of(&story.id, &earlier);
        for (&index, article) in story.articles.iter().zip(&story.ids) {
            let Some(line) = lines.get_mut(index as usize) else {
                continue;
            };
            let head = original[index as usize].map(|(_, head)| &docs[head as usize].article.id);
            *line = Some(Grouped {
                article: article.to_string(),
                story: id.to_owned(),
                copy_of: head.map(ToString::to_string),
            });
        }
    }
    lines.into_iter().flatten().collect()
}

/// The story that a chain of stories began with. A chain without end, which grouping does not make,
/// ends where it has been walked as far as there are stories.
fn first_of<'s>(story: &'s str, earlier: &HashMap<&'s str, &'s str>) -> &'s str {
    let mut first = story;
    for _ in 0..earlier.len() {
        match earlier.get(first) {
            Some(before) => first = before,
            None => break,
        }
    }
    first
}

/// Which of two documents was taken from which, and what part of it; `None` where nothing says so
/// or both quote the same source.
fn taken(copy: &Copy, a: u32, b: u32) -> Option<(u32, u32, f64)> {
    match (copy.kind, copy.direction) {
        (CopyKind::SharedSource, _) => None,
        (_, Direction::AFromB) => Some((b, a, copy.share_a)),
        (_, Direction::BFromA) => Some((a, b, copy.share_b)),
        // Nobody can say which came first: the later in order points at the earlier, so that a
        // group of copies has one head.
        (CopyKind::Copy, Direction::Unknown) if a < b => Some((a, b, copy.share_b)),
        (CopyKind::Copy, Direction::Unknown) => Some((b, a, copy.share_a)),
        (_, Direction::Unknown) => None,
    }
}
