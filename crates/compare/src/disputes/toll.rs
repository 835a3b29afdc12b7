//! Tolls: how many were killed or hurt. In: statements that give a toll of the story's event. Out:
//! a dispute where articles give figures that cannot both be right: "at least nine" and "twelve" can,
//! and a higher figure that was published later is the toll as it rose; so are two figures that one outlet gives,
//! one after the other. Parts ("three of them"), additions ("two more") and tolls of other years are left out.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{ArticleIx, DisputeKind, Mention, Modality, NameIx, QuantityKind};

use super::{Found, FoundSide, Ground};
use crate::lexicon::{is_one_of, lexicon};
use crate::numbers::Number;
use crate::terms::Said;

/// Words between a figure and the word that makes it a toll, at most.
const REACH: usize = 8;

/// A toll that a statement gives.
struct Toll {
    said: u32,
    number: Number,
    dead: bool,
}

/// The tolls of a story.
pub(super) struct Tolls {
    all: Vec<Toll>,
    /// Figures in whose place some outlet has put a higher one: of the dead or the hurt, as bits.
    revised: HashSet<(bool, u64)>,
}

impl Tolls {
    /// Reads them.
    pub(super) fn of(ground: &Ground<'_>) -> Self {
        let all: Vec<Toll> = (0..ground.terms.said.len() as u32)
            .flat_map(|said| tolls_in(ground, said))
            .collect();
        // By outlet and kind, the highest figure of each holder.
        let mut highest: HashMap<(&str, bool), BTreeMap<Option<NameIx>, f64>> = HashMap::new();
        let outlet = |toll: &Toll| {
            let article = ground.terms.said[toll.said as usize].article;
            ground.docs[article].article.outlet.as_deref()
        };
        for toll in &all {
            let Some(outlet) = outlet(toll) else { continue };
            let of = highest.entry((outlet, toll.dead)).or_default();
            let most = of.entry(ground.holder(toll.said)).or_insert(0.0);
            *most = most.max(toll.number.value);
        }
        // What two others say is no revision.
        let revised = all.iter().filter(|toll| {
            let Some(outlet) = outlet(toll) else {
                return false;
            };
            let holder = ground.holder(toll.said);
            let mut of = highest.get(&(outlet, toll.dead)).into_iter().flatten();
            of.any(|(other, most)| {
                let two = holder.is_some() && other.is_some() && holder != *other;
                !two && *most > toll.number.value
            })
        });
        let revised = revised.map(|toll| (toll.dead, toll.number.value.to_bits()));
        Self {
            revised: revised.collect(),
            all,
        }
    }

    fn is_revised(&self, dead: bool, number: &Number) -> bool {
        self.revised.contains(&(dead, number.value.to_bits()))
    }
}

/// The disputes over tolls; `known` ones (two figures of one claim) are not told again.
pub(super) fn find(ground: &Ground<'_>, tolls: &Tolls, known: &[Found]) -> Vec<Found> {
    let mut found = Vec::new();
    for dead in [true, false] {
        let mut of_kind: Vec<&Toll> = tolls.all.iter().filter(|toll| toll.dead == dead).collect();
        of_kind
            .sort_by(|a, b| (a.number.value.total_cmp(&b.number.value)).then(a.said.cmp(&b.said)));
        found.extend(dispute(ground, tolls, &of_kind));
    }
    let told = |one: &Found| {
        known.iter().any(|other| {
            other.kind == DisputeKind::Number
                && one.sides.iter().all(|side| {
                    let beside = |m: &Mention| other.sides.iter().any(|s| s.mentions.contains(m));
                    side.mentions.iter().any(beside)
                })
        })
    };
    found.retain(|one| !told(one));
    found
}

/// Sides by figure, of tolls that another with another figure is likely to speak of.
fn dispute(ground: &Ground<'_>, all: &Tolls, tolls: &[&Toll]) -> Option<Found> {
    let tied = |a: &Toll, b: &Toll| {
        let relation = ground.relations.between(a.said, b.said);
        relation.is_one_matter()
    };
    let article = |toll: &Toll| ground.terms.said[toll.said as usize].article;
    // The lower comes first.
    let differs = |a: &Toll, b: &Toll| {
        let (low, high) = (article(a), article(b));
        let rose = came_later(ground, low, high) || all.is_revised(a.dead, &a.number);
        low != high && !a.number.agrees(&b.number) && !rose
    };
    // The two figures whose statements are tied; what gives either joins its side.
    let (one, other) = tolls.iter().enumerate().find_map(|(at, a)| {
        let b = tolls[at + 1..]
            .iter()
            .find(|b| differs(a, b) && tied(a, b))?;
        Some((*a, *b))
    })?;
    let side = |first: &Toll| -> FoundSide {
        let mut said = vec![first.said];
        said.extend(
            tolls
                .iter()
                .filter(|toll| toll.number.value == first.number.value && toll.said != first.said)
                .map(|toll| toll.said),
        );
        said.dedup();
        FoundSide {
            mentions: said.iter().map(|&s| ground.terms.mention(s)).collect(),
            held_by: said.iter().filter_map(|&s| ground.holder(s)).collect(),
        }
    };
    let words = |toll: &Toll| Mention {
        article: article(toll),
        span: toll.number.span,
    };
    let (low, high) = (side(one), side(other));
    Some(Found {
        kind: DisputeKind::Number,
        question: vec![words(one), words(other)],
        sides: vec![low, high],
    })
}

/// Whether a figure is a toll of any kind, and a higher one of an article that came later: it rose.
pub(super) fn rose(
    ground: &Ground<'_>,
    tolls: &Tolls,
    low: (&Said, &Number),
    high: (&Said, &Number),
) -> bool {
    let counts = |(said, number): (&Said, &Number)| {
        let doc = ground.docs[said.article];
        let (all, own) = (doc.tokens_in(said.span), doc.tokens_in(number.span));
        let near = own.start.saturating_sub(REACH).max(all.start)..all.end.min(own.end + REACH);
        let toll = |t: &model::Token| {
            is_one_of(doc, t, &lexicon(doc).dead) || is_one_of(doc, t, &lexicon(doc).hurt)
        };
        doc.tokens[near].iter().any(toll)
    };
    let revised = |dead| tolls.is_revised(dead, low.1);
    let rose =
        || came_later(ground, low.0.article, high.0.article) || revised(true) || revised(false);
    counts(low) && counts(high) && rose()
}

/// Whether the second article was published after the first.
fn came_later(ground: &Ground<'_>, first: ArticleIx, second: ArticleIx) -> bool {
    let when = |article: ArticleIx| {
        let published = ground.docs[article].article.published;
        published.map(|published| published.order())
    };
    when(first)
        .zip(when(second))
        .is_some_and(|(first, second)| first < second)
}

/// Days before the first of a story's articles from which on a toll is another event's.
const PAST: i32 = 60;

/// Whether a statement speaks of days long before the story.
fn past(ground: &Ground<'_>, said: &Said) -> bool {
    let Some(days) = ground.story.days else {
        return false;
    };
    !said.days.is_empty()
        && said.days.iter().all(|when| {
            let apart = when.end.until(days.start);
            apart.is_ok_and(|span| span.get_days() > PAST)
        })
}

/// The tolls that a statement puts forward as a whole and as of now.
fn tolls_in(ground: &Ground<'_>, said: u32) -> Vec<Toll> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    if !ground.asserts(said) || one.modality != Modality::Fact || one.negated || past(ground, one) {
        return Vec::new();
    }
    let all = doc.tokens_in(one.span);
    let mut tolls: Vec<Toll> = Vec::new();
    for number in &one.numbers {
        let own = doc.tokens_in(number.span);
        // "Dozens" and "hundreds" are no figures that another could contradict.
        let figure = number.kind == QuantityKind::Count
            && number.value >= 2.0
            && !doc.get(number.figure).ends_with('s');
        let counted = figure && {
            number.unit == 0
                || own
                    .clone()
                    .any(|at| is_one_of(doc, &doc.tokens[at], &lexicon(doc).people))
        };
        if !counted {
            continue;
        }
        let beside = own.start.saturating_sub(1).max(all.start)..all.end.min(own.end + 1);
        let part = doc.tokens[beside]
            .iter()
            .any(|t| is_one_of(doc, t, &lexicon(doc).parts));
        // What another figure stands before is that one's: "three locals were among the 84 killed".
        let next = one.numbers.iter().map(|other| other.span.start());
        let next = next.filter(|&start| start >= number.span.end()).min();
        let after = doc.tokens[own.start..all.end.min(own.end + REACH)]
            .iter()
            .take_while(|token| next.is_none_or(|next| token.span.start() < next));
        let before = own.start.saturating_sub(REACH * 2).max(all.start)..own.start;
        let before = &doc.tokens[before];
        // The nearest word on either side decides: "killing nine people and injuring 25".
        let word = |t: &&model::Token| {
            is_one_of(doc, t, &lexicon(doc).dead) || is_one_of(doc, t, &lexicon(doc).hurt)
        };
        let mark = |t: &model::Token| is_one_of(doc, t, &[",", ";", "and"]);
        let behind = before
            .iter()
            .rev()
            .take(REACH)
            .take_while(|t| !mark(t))
            .find(word);
        let ahead = after.take_while(|t| !mark(t)).find(word);
        // "The number of people killed ... has risen to 12": the toll is the subject.
        let risen = before
            .iter()
            .rev()
            .take(2)
            .any(|t| is_one_of(doc, t, &["to", "at"]))
            && before
                .iter()
                .any(|t| is_one_of(doc, t, &lexicon(doc).stands_at));
        let subject = doc.tokens[all.start..own.start]
            .iter()
            .find(word)
            .filter(|_| risen);
        let Some(word) = behind.or(ahead).or(subject).filter(|_| !part) else {
            continue;
        };
        tolls.push(Toll {
            said,
            number: *number,
            dead: is_one_of(doc, word, &lexicon(doc).dead),
        });
    }
    tolls
}
