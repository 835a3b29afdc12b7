//! A story to its comparison: pair · align · judge · timeline · wording · brief.
//!
//! In: a story and its documents. Out: what is corroborated and by how many origins, what is
//! disputed, what only one outlet has, when each thing happened, and who is quoted how.
//!
//! What two statements are to each other is asked of one type, `relation::Relation`; words come from `data/`, a file for each
//! language; what weights and cuts were measured on is told by `models/claims.md`.

mod align;
mod alone;
mod ask;
mod brief;
mod clearest;
mod concerns;
mod contrary;
mod days;
mod decided;
mod disputes;
pub mod features;
pub mod figures;
mod judge;
mod judged;
mod lexicon;
mod listed;
mod nearby;
mod numbers;
mod origins;
mod pair;
mod passages;
mod phrase;
mod quotes;
mod relation;
mod reprints;
mod sequence;
mod shared;
mod slots;
mod spelling;
mod terms;
mod thresholds;
mod timeline;
pub mod weights;
mod wording;

pub use ask::ask;
use model::{ArticleIx, Comparison, Dispute, Document, Mention, Story, Utterance};
pub use passages::{Read, Sentences};
use relation::Relations;
pub use terms::MOST_STATEMENTS;
use thresholds::Rules;
pub use thresholds::Thresholds;
use weights::Weights;

/// Compares a story's articles. `docs[i]` is the document of `story.articles[i]`, `sentences[i]` its
/// sentences as the encoder read them; none where words alone line up the claims.
pub fn compare(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
    thresholds: &Thresholds,
) -> Comparison {
    related(story, docs, sentences, thresholds, |read| {
        let Related {
            quotes,
            days,
            relations,
            found,
            mut judged,
            ..
        } = read;
        let terms = relations.terms;
        let found = found.into_iter();
        let mut disputes: Vec<Dispute> = found
            .filter_map(|one| disputes::finish(&judged, one))
            .collect();
        listed::in_disputes(&terms.reprints, &mut disputes);
        let timeline = timeline::timeline(docs, terms, days, &judged);
        listed::with_claims(&terms.reprints, docs, &mut judged);
        let brief = brief::brief(story, docs, terms, &judged, &disputes);
        let claims = judge::verdicts(judged, &disputes);
        let wording = wording::find(story, docs, &quotes, &claims);
        Comparison {
            quotes,
            claims,
            disputes,
            timeline,
            wording,
            brief,
            checks: Vec::new(),
        }
    })
}

/// What a story's statements are to each other, before anything is made of it.
struct Related<'r> {
    quotes: Vec<Utterance>,
    days: &'r days::Days,
    rules: Rules,
    relations: &'r Relations<'r>,
    /// What is in dispute.
    found: Vec<disputes::Found>,
    /// The claims, disputes considered.
    judged: Vec<judged::Judged>,
}

/// Reads a story's statements and sets them beside each other.
fn related<T>(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
    thresholds: &Thresholds,
    then: impl FnOnce(Related<'_>) -> T,
) -> T {
    let reader = sentences.map(|read| passages::Reader::new(docs, &read.own));
    let days = days::Days::of(story, docs);
    let quotes = quotes::utterances(story, docs, &days, reader.as_ref());
    let terms = terms::read(story, docs, &days);
    let passages = read(docs, sentences, reader.as_ref(), &terms);
    let weights = thresholds.weights(weights::of(passages.is_some()));
    let decisions = decided::Decisions::of(&story.decided, &terms);
    let mut pairs = pair::pairs(&terms, passages.as_ref(), &weights);
    relation::settle(&decisions, &mut pairs);
    let groups = decisions.grouped(align::align(terms.said.len(), &pairs, &weights));
    let mut relations = Relations::new(docs, &terms, passages.as_ref(), reader.as_ref(), pairs);
    relations.hold_to(decisions);
    let rules = thresholds.rules(&weights);
    let quoted = quotes::by_article(docs.len(), &quotes);
    let judge = |relations: &Relations<'_>| {
        judge::judge(story, docs, &quotes, groups.clone(), &rules, relations)
    };
    let mut judged = judge(&relations);
    let found = disputes::find(&disputes::Ground {
        story,
        docs,
        terms: &terms,
        claim_of: disputes::claims_by_statement(&judged),
        relations: &relations,
        utterances: &quotes,
        quoted: &quoted,
    });
    let sides = disputes::sides(&terms, &found);
    if !sides.is_empty() {
        // What stands on two sides of a dispute is not stated by both: judged anew with what is known now.
        relations.oppose(sides);
        judged = judge(&relations);
    }
    then(Related {
        quotes,
        days: &days,
        rules,
        relations: &relations,
        found,
        judged,
    })
}

/// What the encoders read of a story's statements, where they were run.
fn read(
    docs: &[&Document],
    sentences: Option<&Sentences>,
    reader: Option<&passages::Reader<'_>>,
    terms: &terms::Terms,
) -> Option<passages::Passages> {
    let (sentences, reader) = sentences.zip(reader)?;
    Some(passages::Passages::of(docs, sentences, reader, &terms.said))
}

/// For each document of a story, whether it is compared beyond the words that it has in common with others: of
/// thousands of reprints that change a sentence each some hundreds are. Of the rest no sentence need be read.
pub fn compared(docs: &[&Document]) -> Vec<bool> {
    let reprints = reprints::Reprints::of(docs, MOST_STATEMENTS);
    ArticleIx::of(docs.len())
        .map(|article| !reprints.is_uncompared(article))
        .collect()
}

/// Two passages of a claim, and what speaks for and against that they say the same.
#[derive(Clone, Debug)]
pub struct Match {
    /// Places in the passages asked about.
    pub passages: (usize, usize),
    /// The chance that both state one claim, 0 to 1.
    pub score: f32,
    /// Each feature's name, value, and what it adds to the logarithm of the odds; weightiest first.
    pub parts: Vec<(&'static str, f32, f32)>,
}

/// How passages that a comparison found to be one claim match, and by which weights: those of the
/// highest score first.
pub fn matches(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
    claim: &[Mention],
    thresholds: &Thresholds,
) -> (Vec<Match>, Weights) {
    let terms = terms::read(story, docs, &days::Days::of(story, docs));
    let reader = sentences.map(|read| passages::Reader::new(docs, &read.own));
    let passages = read(docs, sentences, reader.as_ref(), &terms);
    let weights = thresholds.weights(weights::of(passages.is_some()));
    let place = |said: u32| {
        let mention = terms.mention(said);
        claim.iter().position(|one| *one == mention)
    };
    let mut found = Vec::new();
    pair::each(&terms, passages.as_ref(), |a, b, features| {
        let (Some(one), Some(other)) = (place(a), place(b)) else {
            return;
        };
        let across = passages
            .as_ref()
            .is_some_and(|read| read.across(a, b).is_some());
        let weights = if across {
            &weights::MULTILINGUAL
        } else {
            &weights
        };
        let weighted = features.iter().zip(&weights.pair);
        let mut parts: Vec<(&str, f32, f32)> = features::FEATURE_NAMES
            .iter()
            .zip(weighted)
            // The bias is the same for every pair.
            .skip(1)
            .map(|(name, (value, weight))| (*name, *value, value * weight))
            .filter(|part| part.2 != 0.0)
            .collect();
        parts.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
        found.push(Match {
            passages: (one.min(other), one.max(other)),
            score: pair::score(features, weights),
            parts,
        });
    });
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(a.passages.cmp(&b.passages))
    });
    (found, weights)
}

/// Every candidate pair of statements with its features: what the weights are fitted on.
pub fn candidates(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
) -> Vec<(Mention, Mention, [f32; features::FEATURES])> {
    let terms = terms::read(story, docs, &days::Days::of(story, docs));
    let reader = sentences.map(|read| passages::Reader::new(docs, &read.own));
    let passages = read(docs, sentences, reader.as_ref(), &terms);
    let mut found = Vec::new();
    pair::each(&terms, passages.as_ref(), |a, b, features| {
        found.push((terms.mention(a), terms.mention(b), *features));
    });
    found
}

/// Two figures of different articles that differ, and what speaks for it that both are of one thing.
#[derive(Clone, Copy, Debug)]
pub struct FigurePair {
    /// Where they stand.
    pub mentions: [Mention; 2],
    /// As in [`figures::FEATURE_NAMES`].
    pub features: [f32; figures::FEATURES],
}

/// Every candidate pair of figures with its features: what the weights of disputed figures are fitted on. None
/// where the encoder was not run.
pub fn figures(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
) -> Vec<FigurePair> {
    let terms = terms::read(story, docs, &days::Days::of(story, docs));
    let reader = sentences.map(|read| passages::Reader::new(docs, &read.own));
    let passages = read(docs, sentences, reader.as_ref(), &terms);
    let none = Vec::new();
    let relations = Relations::new(docs, &terms, passages.as_ref(), reader.as_ref(), none);
    let mut found = Vec::new();
    figures::each(&relations, |pair| {
        let mentions = pair.figures.map(|figure| Mention {
            article: terms.said[figure.said as usize].article,
            span: figure.span,
        });
        found.push(FigurePair {
            mentions,
            features: pair.features,
        });
    });
    found
}

/// Groups of statements that state one claim, under other weights: for the fitter.
pub fn align_with(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
    weights: &Weights,
) -> Vec<Vec<Mention>> {
    let terms = terms::read(story, docs, &days::Days::of(story, docs));
    let reader = sentences.map(|read| passages::Reader::new(docs, &read.own));
    let passages = read(docs, sentences, reader.as_ref(), &terms);
    let pairs = pair::pairs(&terms, passages.as_ref(), weights);
    align::align(terms.said.len(), &pairs, weights)
        .into_iter()
        .map(|group| group.into_iter().map(|one| terms.mention(one)).collect())
        .collect()
}
