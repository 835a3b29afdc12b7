//! In: a claim's readings. Out: a range of how many independent origins it can have, with the
//! reason for every merge. Copying can be shown, independence cannot: where nothing ties two
//! voices, that is said, and the low end stays at what the evidence forces apart.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{
    ArticleIx, ClaimReading, Copy, CopyKind, Document, NameIx, Origins, Passage, QuoteIx, Reason,
    ReasonKind, Span, Story, TokenClass, Utterance,
};

use crate::nearby::quotes_near;
use crate::sequence::longest_run;
use crate::terms::{Said, name_of};

/// A reading quotes an utterance where one part in so many of the shorter of the two, or more, is
/// common to both.
const PART: usize = 3;
/// Runs of equal words that do not arise twice: in two reports, and in what both quote.
const RUN: usize = 9;
const QUOTED_RUN: usize = 5;

/// How many outlets the readings come from; an article whose outlet is unknown counts as its own.
pub(crate) fn outlets<'r>(
    docs: &[&Document],
    readings: impl IntoIterator<Item = &'r ClaimReading>,
) -> u32 {
    let (mut named, mut unnamed) = (HashSet::new(), HashSet::new());
    for reading in readings {
        let article = reading.mention.article;
        match docs[article].article.outlet.as_deref() {
            Some(outlet) => named.insert(outlet.to_ascii_lowercase()),
            None => unnamed.insert(article),
        };
    }
    (named.len() + unnamed.len()) as u32
}

fn same_outlet(docs: &[&Document], a: ArticleIx, b: ArticleIx) -> bool {
    if a == b {
        return true;
    }
    let outlet = |article: ArticleIx| docs[article].article.outlet.as_deref();
    match (outlet(a), outlet(b)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    }
}

/// What can tie two articles of a story, laid out once for all its claims.
pub(crate) struct Ties<'a> {
    story: &'a Story,
    docs: &'a [&'a Document],
    /// For each article the readings of utterances in it, with the utterance.
    quoted: Vec<Vec<(Span, QuoteIx)>>,
    /// The copies by their two articles, the lower first.
    copies: HashMap<(ArticleIx, ArticleIx), &'a Copy>,
    /// For each article whether its text came from another outlet, or from an agency that it
    /// credits.
    taken_over: Vec<bool>,
    /// Rewrites, with what they may be rewrites of.
    made_over: Vec<(ArticleIx, ArticleIx)>,
    /// The part of an article that another has too from which they are of one origin throughout.
    whole_copy: f64,
}

/// What one article has of a claim.
struct Voice<'a> {
    article: ArticleIx,
    spans: Vec<Span>,
    /// Stems of its readings' words in order, with whether they are quoted.
    words: Vec<(&'a [u64], bool)>,
    /// Utterances that its readings quote, sorted.
    utterances: Vec<QuoteIx>,
    /// Named speakers, sorted.
    speakers: Vec<NameIx>,
    /// Named speakers of whom some words stand in its readings, sorted.
    heard: Vec<NameIx>,
    /// Sources that are no name of the story: their words, and the stems of these.
    sources: Vec<(Span, Vec<u64>)>,
    /// Whether it states the claim in its own voice as well.
    own: bool,
}

impl<'a> Ties<'a> {
    /// Lays the utterances out by article.
    pub(crate) fn of(
        story: &'a Story,
        docs: &'a [&'a Document],
        utterances: &[Utterance],
        made_over: Vec<(ArticleIx, ArticleIx)>,
        whole_copy: f64,
    ) -> Ties<'a> {
        let quoted = crate::quotes::by_article(docs.len(), utterances);
        let mut taken_over: Vec<bool> = docs
            .iter()
            .map(|doc| !doc.article.credits.is_empty())
            .collect();
        for copy in &story.copies {
            if copy.kind != CopyKind::SharedSource && !same_outlet(docs, copy.a, copy.b) {
                taken_over[copy.a.at()] = true;
                taken_over[copy.b.at()] = true;
            }
        }
        let pair = |copy: &Copy| (copy.a.min(copy.b), copy.a.max(copy.b));
        Ties {
            story,
            docs,
            quoted,
            copies: story.copies.iter().map(|copy| (pair(copy), copy)).collect(),
            taken_over,
            made_over,
            whole_copy,
        }
    }

    fn is_whole(&self, copy: &Copy) -> bool {
        let share = copy.share_a.max(copy.share_b);
        copy.kind != CopyKind::SharedSource && share >= self.whole_copy
    }

    fn voice(&self, article: ArticleIx, readings: &[ClaimReading], said: &[&'a Said]) -> Voice<'a> {
        let doc = self.docs[article];
        let mut voice = Voice {
            article,
            spans: Vec::new(),
            words: Vec::new(),
            utterances: Vec::new(),
            speakers: Vec::new(),
            heard: Vec::new(),
            sources: Vec::new(),
            own: false,
        };
        let here = readings.iter().zip(said);
        for (reading, said) in here.filter(|(r, _)| r.mention.article == article) {
            let span = reading.mention.span;
            voice.spans.push(span);
            voice.words.push((&said.sequence, said.form.is_some()));
            for (quoted, utterance) in &self.quoted[article.at()] {
                if quoted.overlap(span) * PART >= span.len().min(quoted.len()) {
                    voice.utterances.push(*utterance);
                }
            }
            voice.speakers.extend(&reading.attributed_to);
            voice.heard.extend(
                quotes_near(doc, span)
                    .iter()
                    .filter(|quote| quote.content().overlaps(span))
                    .filter_map(|quote| name_of(self.story, article, quote.speaker?)),
            );
            match reading.source {
                Some(source) if reading.attributed_to.is_empty() => {
                    let tokens = &doc.tokens[doc.tokens_in(source.span)];
                    let stems = tokens
                        .iter()
                        .filter(|t| t.class == TokenClass::Word && !t.stop)
                        .map(|t| t.stem)
                        .collect();
                    voice.sources.push((source.span, stems));
                }
                None if reading.attributed_to.is_empty() => voice.own = true,
                _ => {}
            }
        }
        voice.utterances.sort_unstable();
        voice.speakers.sort_unstable();
        voice.heard.sort_unstable();
        voice
    }

    /// Counts the origins of a claim; `said[i]` is what `readings[i]` says, `confirms(i, j)` whether
    /// who states `j` surely states `i` as well. Gives as well for each reading one of another origin that
    /// surely states it, apart from it: voices of which one may be the other's source do not.
    pub(crate) fn origins(
        &self,
        readings: &[ClaimReading],
        said: &[&'a Said],
        confirms: impl Fn(usize, usize) -> bool,
    ) -> (Origins, Vec<Option<usize>>) {
        let mut articles: Vec<ArticleIx> = readings.iter().map(|r| r.mention.article).collect();
        articles.sort_unstable();
        articles.dedup();
        let voices: Vec<Voice> = articles
            .iter()
            .map(|&article| self.voice(article, readings, said))
            .collect();
        let mut groups = Groups::of(articles.len());
        let mut because: Vec<Reason> = Vec::new();
        for (i, a) in voices.iter().enumerate() {
            for (j, b) in voices.iter().enumerate().skip(i + 1) {
                if let Some(reason) = self.tie(a, b) {
                    because.push(reason);
                    groups.join(i, j);
                }
            }
        }
        let high = groups.count();
        let low = forced_apart(readings, &articles, &groups.0).clamp(1, high);
        let mut apart = groups.clone();
        for (i, a) in voices.iter().enumerate() {
            for (j, b) in voices.iter().enumerate().skip(i + 1) {
                if groups.0[i] != groups.0[j]
                    && let Some(reason) = self.may_be_one(a, b)
                {
                    because.push(reason);
                    apart.join(i, j);
                }
            }
        }
        let group_of = |reading: usize| {
            let at = articles.binary_search(&readings[reading].mention.article);
            at.ok().map(|at| apart.0[at])
        };
        let mut stated_apart: Vec<Option<usize>> = vec![None; readings.len()];
        for one in 0..readings.len() {
            for other in one + 1..readings.len() {
                if group_of(one) != group_of(other) {
                    for (one, other) in [(one, other), (other, one)] {
                        if stated_apart[one].is_none() && confirms(one, other) {
                            stated_apart[one] = Some(other);
                        }
                    }
                }
            }
        }
        if apart.count() > 1 {
            because.push(Reason {
                kind: if stated_apart.iter().any(Option::is_some) {
                    ReasonKind::NoSharedOriginFound
                } else {
                    ReasonKind::LooseMatch
                },
                articles: articles.clone(),
                words: None,
            });
        }
        let because = merged(because);
        (Origins { low, high, because }, stated_apart)
    }

    /// Why two voices that nothing ties may still be one: one was made over, perhaps from the other; their
    /// outlets belong to one house; or both only report, and one does not name
    /// its source.
    fn may_be_one(&self, a: &Voice, b: &Voice) -> Option<Reason> {
        let of_both = |(rewrite, of): &&(ArticleIx, ArticleIx)| {
            [(a.article, b.article), (b.article, a.article)].contains(&(*rewrite, *of))
        };
        if let Some((made, _)) = self.made_over.iter().find(of_both) {
            let rewrite = self.story.rewrites.iter().find(|one| one.article == *made);
            return rewrite.map(|rewrite| rewrite.because.first().clone());
        }
        let owner = |voice: &Voice| self.docs[voice.article].article.owner.as_deref();
        if let (Some(one), Some(other)) = (owner(a), owner(b))
            && one == other
        {
            return Some(Reason {
                kind: ReasonKind::SameOwner,
                articles: vec![a.article, b.article],
                words: Some(one.to_owned()),
            });
        }
        let unnamed = [a, b].into_iter().find(|voice| !voice.sources.is_empty())?;
        if a.own || b.own {
            return None;
        }
        // "He" tells a reader nothing.
        let told = unnamed.sources.iter().find(|(_, stems)| !stems.is_empty());
        let doc = self.docs[unnamed.article];
        Some(Reason {
            kind: ReasonKind::UnnamedSource,
            articles: vec![a.article, b.article],
            words: told.map(|(span, _)| doc.get(*span).to_owned()),
        })
    }

    /// Why two articles' readings of one claim come from one origin, if anything shows it.
    fn tie(&self, a: &Voice, b: &Voice) -> Option<Reason> {
        let (story, docs) = (self.story, self.docs);
        let reason = |kind, words| {
            Some(Reason {
                kind,
                articles: vec![a.article, b.article],
                words,
            })
        };
        let touches = |span: Span, voice: &Voice| voice.spans.iter().any(|s| s.overlaps(span));
        if let Some(copy) = self.copies.get(&(a.article, b.article)) {
            let touched = |passage: &Passage| {
                let (of_a, of_b) = if copy.a == a.article {
                    (passage.a.span, passage.b.span)
                } else {
                    (passage.b.span, passage.a.span)
                };
                touches(of_a, a) && touches(of_b, b)
            };
            if copy.passages.iter().any(touched) || self.is_whole(copy) {
                let kind = match copy.kind {
                    CopyKind::SharedSource => ReasonKind::SharedStatement,
                    _ => ReasonKind::SharedPassages,
                };
                return reason(kind, None);
            }
        }
        if meet(&a.utterances, &b.utterances).is_some() {
            return reason(ReasonKind::SharedStatement, None);
        }
        // Whoever lets him speak has what is his from him.
        let name = meet(&a.speakers, &b.speakers)
            .or_else(|| meet(&a.speakers, &b.heard))
            .or_else(|| meet(&a.heard, &b.speakers));
        if let Some(name) = name {
            let words = story.names.get(name.at()).and_then(|name| {
                let doc = docs.get(name.clearest.article.at())?;
                Some(doc.get(name.clearest.span).to_owned())
            });
            return reason(ReasonKind::SameSpeaker, words);
        }
        if let Some(source) = same_source(a, b) {
            let words = docs[a.article].get(source).to_owned();
            return reason(ReasonKind::SameSpeaker, Some(words));
        }
        if same_words(a, b) {
            return reason(ReasonKind::SameWords, None);
        }
        self.credit(a.article, b.article)
    }

    /// A credit or an outlet that two articles have in common.
    fn credit(&self, a: ArticleIx, b: ArticleIx) -> Option<Reason> {
        let docs = self.docs;
        let reason = |kind, words| {
            Some(Reason {
                kind,
                articles: vec![a, b],
                words,
            })
        };
        let credits = |article: ArticleIx| &docs[article].article.credits;
        let shared = credits(a).iter().find(|one| {
            credits(b)
                .iter()
                .any(|other| one.name.eq_ignore_ascii_case(&other.name))
        });
        if let Some(credit) = shared {
            return reason(ReasonKind::Credit, Some(credit.name.clone()));
        }
        // One names the other as where it has its text from.
        let outlet = |article: ArticleIx| docs[article].article.outlet.as_deref();
        let credited = |by: ArticleIx, of: ArticleIx| {
            credits(by)
                .iter()
                .find(|credit| outlet(of).is_some_and(|o| o.eq_ignore_ascii_case(&credit.name)))
        };
        if let Some(credit) = credited(a, b).or_else(|| credited(b, a)) {
            return reason(ReasonKind::Credit, Some(credit.name.clone()));
        }
        // What an outlet took over from elsewhere does not have its origin there.
        if same_outlet(docs, a, b) && !self.taken_over[a.at()] && !self.taken_over[b.at()] {
            return reason(ReasonKind::SameOutlet, docs[a].article.outlet.clone());
        }
        None
    }
}

/// Which voices belong together: the group of each.
#[derive(Clone)]
struct Groups(Vec<usize>);

impl Groups {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn join(&mut self, one: usize, other: usize) {
        let (to, from) = (self.0[one], self.0[other]);
        if to == from {
            return;
        }
        self.0
            .iter_mut()
            .filter(|g| **g == from)
            .for_each(|g| *g = to);
    }

    fn count(&self) -> u32 {
        let mut groups = self.0.clone();
        groups.sort_unstable();
        groups.dedup();
        groups.len().max(1) as u32
    }
}

/// The first value that two sorted lists share.
fn meet<T: Ord + std::marker::Copy>(a: &[T], b: &[T]) -> Option<T> {
    a.iter().copied().find(|one| b.binary_search(one).is_ok())
}

/// A source of `a` that `b` names in the same words or fewer ("the Slidell police", "police").
fn same_source(a: &Voice, b: &Voice) -> Option<Span> {
    let within =
        |one: &[u64], other: &[u64]| !one.is_empty() && one.iter().all(|stem| other.contains(stem));
    a.sources
        .iter()
        .find(|(_, one)| {
            b.sources
                .iter()
                .any(|(_, other)| within(one, other) || within(other, one))
        })
        .map(|(span, _)| *span)
}

/// Whether so long a run of words stands in both that it did not arise twice.
fn same_words(a: &Voice, b: &Voice) -> bool {
    a.words.iter().any(|(one, one_quoted)| {
        b.words.iter().any(|(other, other_quoted)| {
            let least = if *one_quoted && *other_quoted {
                QUOTED_RUN
            } else {
                RUN
            };
            one.len().min(other.len()) >= least && longest_run(one, other) >= least
        })
    })
}

/// Groups that different named speakers stand behind, each for itself, in all their readings.
fn forced_apart(readings: &[ClaimReading], articles: &[ArticleIx], group: &[usize]) -> u32 {
    let mut speakers: Vec<(usize, &[NameIx])> = Vec::new();
    for reading in readings {
        let Ok(at) = articles.binary_search(&reading.mention.article) else {
            continue;
        };
        speakers.push((group[at], &reading.attributed_to));
    }
    let mut forced: Vec<NameIx> = Vec::new();
    let mut groups: Vec<usize> = speakers.iter().map(|s| s.0).collect();
    groups.sort_unstable();
    groups.dedup();
    for one in groups {
        let mut named = speakers.iter().filter(|s| s.0 == one).map(|s| s.1);
        let Some(&[first]) = named.next() else {
            continue;
        };
        if named.all(|other| other == [first]) && !forced.contains(&first) {
            forced.push(first);
        }
    }
    forced.len() as u32
}

/// Joins reasons of one kind and words; without words, those that tie chains of articles.
pub(crate) fn merged(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut alike: BTreeMap<(ReasonKind, Option<String>), Vec<Vec<ArticleIx>>> = BTreeMap::new();
    for reason in reasons {
        let key = (reason.kind, reason.words);
        alike.entry(key).or_default().push(reason.articles);
    }
    let mut merged = Vec::new();
    for ((kind, words), lists) in alike {
        let mut articles: Vec<ArticleIx> = lists.iter().flatten().copied().collect();
        articles.sort_unstable();
        articles.dedup();
        let mut groups = Groups::of(articles.len());
        let place = |article: &ArticleIx| articles.binary_search(article).unwrap_or_default();
        let first = lists.iter().flatten().next();
        for list in &lists {
            let with = if words.is_some() { first } else { list.first() };
            if let Some(with) = with {
                list.iter()
                    .for_each(|one| groups.join(place(with), place(one)));
            }
        }
        let mut chains: BTreeMap<usize, Vec<ArticleIx>> = BTreeMap::new();
        for (article, group) in articles.iter().zip(&groups.0) {
            chains.entry(*group).or_default().push(*article);
        }
        merged.extend(chains.into_values().map(|articles| Reason {
            kind,
            articles,
            words: words.clone(),
        }));
    }
    merged.sort();
    merged
}
