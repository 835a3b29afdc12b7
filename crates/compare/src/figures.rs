//! In: the sentences of a story as the encoder read them. Out: pairs of figures of one sort (numbers, lengths of
//! time, times of day) that differ, in sentences of different articles that are near each other; each with what speaks
//! for it that both are of one thing. Nothing where the encoder was not run.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use encoder::Passage;
use model::{ArticleIx, Document, QuantityKind, Span};

use crate::contrary::{CLOCK_SLACK, is_other_length, minutes};
use crate::numbers::Number;
use crate::passages::{ALL, both_ways, near_pairs};
use crate::relation::Relations;
use crate::terms::Said;

/// How many features a pair of figures has.
pub const FEATURES: usize = 7;

/// What the features are, in order: for the fitter's table.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    // How alike the encoder reads the two figures.
    "figures",
    // The same of the AROUND pieces on either side of them.
    "around",
    // The same of the whole sentences.
    "sentences",
    // How many times one is the other, as a logarithm up to FAR: of far apart figures, two things are counted.
    "apart",
    // The likeness of the sentences beside that of the likest that either has in the other's article.
    "best",
    // Of the two, those that the other's article has elsewhere.
    "known",
    // Other figures of the sort in either sentence.
    "several",
];

const AROUND: usize = 3;
const FAR: f32 = 2.0;
/// Beside a figure of nought.
const TINY: f64 = 1e-6;
/// Part of a sentence that the other must say, of one of the two, for the pair to be looked at.
const LEAST: f32 = 0.35;
/// The nearest sentences with figures that are looked at for each, by the mean of their pieces; below this cosine none.
const NEAREST: usize = 48;
const LEAST_COSINE: f32 = 0.2;
/// Tokens before a figure among which a bracket tells that it stands there for another.
const BRACKET: usize = 3;

/// A figure as something to look up.
pub(crate) type Value = (Option<QuantityKind>, u64);

/// What a figure is of: figures are set against each other within one sort.
#[derive(Clone, Copy)]
pub(crate) enum Sort {
    Number(Number),
    /// Seconds, and whether it is hedged.
    Length(f64, bool),
    /// Minutes from midnight.
    Clock(i64),
}

impl Sort {
    fn comparable(&self, other: &Self) -> bool {
        match (self, other) {
            // Of what is counted there are many names ("people", "civilians"), of a measure one.
            (Self::Number(one), Self::Number(other)) => {
                one.kind == other.kind
                    && (one.kind == QuantityKind::Count || one.unit == other.unit)
            }
            (Self::Length(..), Self::Length(..)) | (Self::Clock(_), Self::Clock(_)) => true,
            _ => false,
        }
    }

    /// The unit of what is measured; none of what is counted or paid.
    pub(crate) fn measure(&self) -> Option<u64> {
        match self {
            Self::Number(number) if number.kind == QuantityKind::Measure => Some(number.unit),
            _ => None,
        }
    }

    /// What it comes to, hedges aside.
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Number(number) => (Some(number.kind), number.value.to_bits()),
            Self::Length(seconds, _) => (None, seconds.to_bits()),
            Self::Clock(minutes) => (None, minutes.unsigned_abs()),
        }
    }

    /// Whether both can be one figure.
    fn agrees(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Number(one), Self::Number(other)) => one.agrees(&other),
            (Self::Length(one, hedged), Self::Length(other, too)) => {
                !is_other_length(one, other, hedged || too)
            }
            (Self::Clock(one), Self::Clock(other)) => (one - other).abs() <= CLOCK_SLACK,
            _ => false,
        }
    }

    /// Whether it is one figure.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.comparable(other) && self.agrees(other)
    }

    /// How much it is; a time of day is no more than another.
    pub(crate) fn size(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number.value.abs()),
            Self::Length(seconds, _) => Some(*seconds),
            Self::Clock(_) => None,
        }
    }
}

/// A figure and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) sort: Sort,
    /// Its statement, an index into `Terms.said`.
    pub(crate) said: u32,
    /// Its words.
    pub(crate) span: Span,
}

/// Two figures that differ, the one that the story has earlier first.
pub(crate) struct Pair {
    pub(crate) figures: [Figure; 2],
    /// As in [`FEATURE_NAMES`].
    pub(crate) features: [f32; FEATURES],
}

/// A figure and its pieces in its sentence.
struct Placed {
    figure: Figure,
    pieces: Range<usize>,
}

/// A sentence with figures.
struct Sentence {
    article: ArticleIx,
    /// Index into the passages of sentences.
    passage: usize,
    figures: Vec<Placed>,
}

/// Two sentences of different articles that are near enough to be looked at.
struct Near {
    sentences: (usize, usize),
    /// How alike they are.
    alike: f32,
}

/// Hands on every pair.
pub(crate) fn each(relations: &Relations<'_>, mut take: impl FnMut(Pair)) {
    let Some(passages) = relations.sentences() else {
        return;
    };
    let sentences = sentences(relations);
    let read: Vec<Passage> = sentences
        .iter()
        .map(|s| passages[s.passage].clone())
        .collect();
    let mut room = Vec::new();
    let near = near(&read, &sentences, &mut room);
    // By a sentence and another article, how alike the likest there is.
    let mut best: HashMap<(usize, ArticleIx), f32> = HashMap::new();
    for one in &near {
        let (a, b) = one.sentences;
        for key in [(a, sentences[b].article), (b, sentences[a].article)] {
            let best = best.entry(key).or_default();
            *best = best.max(one.alike);
        }
    }
    let mut of_article: BTreeMap<ArticleIx, Vec<Sort>> = BTreeMap::new();
    for sentence in &sentences {
        let all = of_article.entry(sentence.article).or_default();
        all.extend(sentence.figures.iter().map(|placed| placed.figure.sort));
    }
    let has = |article: ArticleIx, sort: &Sort| {
        of_article[&article].iter().any(|other| sort.is_same(other))
    };
    for Near {
        sentences: (a, b),
        alike,
    } in near
    {
        let (one, other) = (&sentences[a], &sentences[b]);
        let most = best[&(a, other.article)].max(best[&(b, one.article)]);
        let meeting = read[a].meet(&read[b], &mut room);
        for (first, second) in differing(one, other) {
            let sorts = [first.figure.sort, second.figure.sort];
            let known = [(other.article, sorts[0]), (one.article, sorts[1])];
            let known = known.iter().filter(|(article, sort)| has(*article, sort));
            let several = one.beside(&sorts[0]) + other.beside(&sorts[0]);
            take(Pair {
                figures: [first.figure, second.figure],
                features: [
                    meeting.alike(&first.own(), &second.own()),
                    meeting.alike(&first.around(&read[a]), &second.around(&read[b])),
                    alike,
                    apart(&sorts).min(FAR),
                    alike / most.max(f32::MIN_POSITIVE),
                    known.count() as f32,
                    several as f32,
                ],
            });
        }
    }
}

impl Placed {
    fn own(&self) -> Vec<usize> {
        self.pieces.clone().collect()
    }

    fn around(&self, passage: &Passage) -> Vec<usize> {
        let from = self.pieces.start.saturating_sub(AROUND);
        let to = (self.pieces.end + AROUND).min(passage.len());
        (from..to).filter(|at| !self.pieces.contains(at)).collect()
    }
}

impl Sentence {
    /// Its figures that can be set against one of this sort.
    fn comparable(&self, sort: Sort) -> impl Iterator<Item = &Placed> {
        let figures = self.figures.iter();
        figures.filter(move |placed| sort.comparable(&placed.figure.sort))
    }

    fn has(&self, sort: &Sort) -> bool {
        self.figures
            .iter()
            .any(|placed| sort.is_same(&placed.figure.sort))
    }

    /// How many figures of a sort it has beside one.
    fn beside(&self, sort: &Sort) -> usize {
        self.comparable(*sort).count() - 1
    }
}

/// Figures of two sentences that can be set against each other and are not in both.
fn differing<'s>(
    one: &'s Sentence,
    other: &'s Sentence,
) -> impl Iterator<Item = (&'s Placed, &'s Placed)> {
    let first = one.figures.iter();
    let first = first.filter(|placed| !other.has(&placed.figure.sort));
    first.flat_map(move |first| {
        let second = other.comparable(first.figure.sort);
        let second = second.filter(|placed| !one.has(&placed.figure.sort));
        second.map(move |second| (first, second))
    })
}

/// How many times one figure is another, as a logarithm.
fn apart(sorts: &[Sort; 2]) -> f32 {
    match (sorts[0].size(), sorts[1].size()) {
        (Some(a), Some(b)) => ((a + TINY) / (b + TINY)).ln().abs() as f32,
        _ => 0.0,
    }
}

/// Sentences that are near each other and have figures that differ.
fn near(read: &[Passage], sentences: &[Sentence], room: &mut Vec<i32>) -> Vec<Near> {
    let mut near = Vec::new();
    let apart = |a: usize, b: usize| sentences[a].article != sentences[b].article;
    for (a, b) in near_pairs(read, NEAREST, LEAST_COSINE, apart) {
        let (a, b) = (a as usize, b as usize);
        let differ = |placed: &Placed| {
            let sort = placed.figure.sort;
            sentences[b]
                .comparable(sort)
                .any(|other| !sort.agrees(&other.figure.sort))
        };
        if !sentences[a].figures.iter().any(differ) {
            continue;
        }
        let said = read[a].said_in(&read[b], room)[ALL];
        if said.0.max(said.1) < LEAST {
            continue;
        }
        near.push(Near {
            sentences: (a, b),
            alike: both_ways(said),
        });
    }
    near
}

/// The story's sentences that were read and have figures.
fn sentences(relations: &Relations<'_>) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let mut last = None;
    for (said, one) in (0u32..).zip(&relations.terms.said) {
        let Some(passage) = relations.sentence_of(said) else {
            continue;
        };
        let doc = relations.docs[one.article];
        let figures: Vec<Placed> = figures(doc, one)
            .filter_map(|(sort, span, words)| {
                Some(Placed {
                    figure: Figure { sort, said, span },
                    pieces: relations.pieces(one, words)?,
                })
            })
            .collect();
        if figures.is_empty() {
            continue;
        }
        if last.replace(passage) == Some(passage)
            && let Some(sentence) = found.last_mut()
        {
            sentence.figures.extend(figures);
            continue;
        }
        found.push(Sentence {
            article: one.article,
            passage,
            figures,
        });
    }
    found
}

/// The figures of a statement: what each is, all of its words, and the words of the figure alone.
fn figures<'a>(doc: &'a Document, said: &'a Said) -> impl Iterator<Item = (Sort, Span, Span)> + 'a {
    let facts = &said.facts;
    let numbers = facts.numbers.iter();
    let numbers =
        numbers.filter(|n| n.kind != QuantityKind::Ordinal && !is_converted(doc, said, n));
    let lengths = facts.lengths.iter();
    let clocks = facts.clocks.iter();
    numbers
        .map(|n| (Sort::Number(*n), n.span, n.figure))
        .chain(lengths.map(|&(seconds, hedged, span)| (Sort::Length(seconds, hedged), span, span)))
        .chain(clocks.filter_map(|(when, span)| Some((Sort::Clock(minutes(when)?), *span, *span))))
}

/// Whether a figure only gives the one before it in another unit: "550 km (341 miles)".
pub(crate) fn is_converted(doc: &Document, said: &Said, number: &Number) -> bool {
    let first = doc.tokens_in(number.span).start;
    let open = doc.tokens[first.saturating_sub(BRACKET)..first]
        .iter()
        .any(|token| doc.get(token.span) == "(");
    let mut numbers = said.numbers.iter();
    open && numbers.any(|other| other.span.end() <= number.span.start())
}
