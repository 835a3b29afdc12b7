//! In: a story's documents. Out: for each statement what it says in terms that can be compared
//! across articles: weighted words and names, numbers, days, polarity, voice. Refuses nothing: a
//! statement without a layer (no names, no tags) is compared by the words it has.
//!
//! A name is one term whatever its spelling: its mentions, and descriptions that are its alone in
//! the story ("the defense secretary"), count as the same `StoryName`.

use std::collections::HashMap;

use crate::contrary::{Contrary, Facts};
use crate::days::Days;
use crate::lexicon::{has_word, is_one_of, lexicon};
use crate::nearby::quotes_near;
use crate::numbers::{Number, numbers_in};
use crate::reprints::Reprints;
use crate::sequence::neighbour_pairs;
use model::{
    ArticleIx, Document, EntityIx, Form, Mention, Modality, Name, NameIx, NameKind, Span, Stance,
    Story, Tag, Token, TokenClass, When,
};

/// So many statements of an article are compared, from its beginning: a book, or a program taken for a
/// text, would hold up the story for hours. The longest reports have some hundreds.
pub const MOST_STATEMENTS: usize = 2_000;

/// Weight of the single words of a name beside the name itself: they carry the match where the
/// name was not resolved, and must not count twice where it was.
const WORD_OF_A_NAME: f32 = 0.35;
/// Weight of whoever is quoted, where the statement is quoted speech: it is a part of the claim
/// ("X says that P"), though not of P.
const SPEAKER: f32 = 0.4;
/// Weight of a function word's or auxiliary's stem.
const FUNCTION_WORD: f32 = 0.12;

/// One statement of one article in comparable terms.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// Its article.
    pub article: ArticleIx,
    /// Index into `Document.statements`.
    pub statement: u32,
    /// Index into `Document.sentences`.
    pub sentence: u32,
    /// Its words.
    pub span: Span,
    /// Weighted terms, by term.
    pub terms: Vec<(u32, f32)>,
    /// Sum of the weights.
    pub mass: f32,
    /// Euclidean length of the weights.
    pub norm: f32,
    /// Its words in order, as stems: for runs of equal words.
    pub sequence: Vec<u64>,
    /// Stems of its content words in order.
    pub content: Vec<u64>,
    /// Stems of its content words outside names, with their weights, sorted.
    pub plain: Vec<(u64, f32)>,
    /// Its neighbouring pairs of stems, sorted, repeats kept.
    pub pairs: Vec<(u64, u64)>,
    /// Story names mentioned, sorted, with their kind.
    pub names: Vec<(NameIx, NameKind)>,
    /// Numbers.
    pub numbers: Vec<Number>,
    /// Days it speaks of.
    pub days: Vec<When>,
    /// Stems of its verbs, sorted.
    pub verbs: Vec<u64>,
    /// What it pins down: what another passage can be contrary to it in.
    pub facts: Facts,
    /// Whether it says that its matter is not so.
    pub negated: bool,
    /// Who is quoted.
    pub speaker: Option<NameIx>,
    /// How it is quoted, where it is.
    pub form: Option<Form>,
    /// Whether it asserts.
    pub stance: Stance,
    /// How real it is said to be.
    pub modality: Modality,
    /// Whether it only says who spoke, when and to whom, and nothing of what was said.
    pub frame: bool,
    /// Whether it only says on what something hangs ("if both agree").
    pub conditional: bool,
    /// Whether it speaks of whether a thing is so.
    pub whether: bool,
    /// Whether it only denies what was said before ("Harl denied the claim."): of another charge the same words say
    /// something else.
    pub points_back: bool,
    /// Where it stands in its article: 0 first, 1 last.
    pub place: f32,
}

/// Every statement of a story in comparable terms, by article and place; reprints are left out.
pub(crate) struct Terms {
    /// The statements.
    pub said: Vec<Said>,
    /// How many sentences of the story hold each term.
    pub document_frequency: Vec<u32>,
    /// Weight of each stem.
    stem_weights: HashMap<u64, f32>,
    /// Where each article's statements begin in `said`; one more entry than articles.
    pub starts: Vec<u32>,
    /// The statements that are not there: they only repeat others.
    pub reprints: Reprints,
    /// For each article the first that is in its language, where that is known.
    languages: Vec<Option<ArticleIx>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Term {
    Name(NameIx),
    Stem(u64),
    Number(u64),
}

impl Terms {
    /// How much a stem says in this story: rare ones more.
    pub(crate) fn stem_weight(&self, stem: u64) -> f32 {
        self.stem_weights.get(&stem).copied().unwrap_or_default()
    }

    /// Where a statement stands.
    pub(crate) fn mention(&self, said: u32) -> Mention {
        let said = &self.said[said as usize];
        Mention {
            article: said.article,
            span: said.span,
        }
    }

    /// In what two statements cannot both be true, if they speak of one matter; nothing where they are in two
    /// languages, whose words for it nobody has set against each other.
    pub(crate) fn against(&self, one: u32, other: u32) -> Option<Contrary> {
        let (a, b) = (&self.said[one as usize], &self.said[other as usize]);
        let language = |said: &Said| self.languages.get(said.article.at()).copied().flatten();
        let two = language(a).zip(language(b));
        let comparable = two.is_none_or(|(one, other)| one == other);
        comparable.then(|| a.facts.against(&b.facts)).flatten()
    }

    /// The statements of one article.
    pub(crate) fn of_article(&self, article: ArticleIx) -> &[Said] {
        let from = self.starts.get(article.at()).copied().unwrap_or(0) as usize;
        let to = self.starts.get(article.at() + 1).copied().unwrap_or(0) as usize;
        self.said.get(from..to.max(from)).unwrap_or_default()
    }
}

/// Reads every statement of a story.
pub(crate) fn read(story: &Story, docs: &[&Document], days: &Days) -> Terms {
    let reprints = Reprints::of(docs, MOST_STATEMENTS);
    let roles = Roles::of(story, docs);
    let mut ids: HashMap<Term, u32> = HashMap::new();
    let mut said = Vec::new();
    let mut starts = vec![0];
    let mut raw: Vec<Vec<(u32, f32)>> = Vec::new();
    for (article, doc) in ArticleIx::all().zip(docs) {
        let count = doc.statements.len().clamp(2, MOST_STATEMENTS) - 1;
        for (index, statement) in doc.statements.iter().take(MOST_STATEMENTS).enumerate() {
            if reprints.leaves_out(article, index as u32) {
                continue;
            }
            let mut one = one_statement(story, doc, days, article, index);
            one.place = index as f32 / count as f32;
            let mut terms: Vec<(u32, f32)> = Vec::new();
            let mut add = |term: Term, weight: f32| {
                let next = ids.len() as u32;
                terms.push((*ids.entry(term).or_insert(next), weight));
            };
            let tokens = doc.tokens_in(statement.span);
            let names = doc.names_in(statement.span);
            for described in roles.in_tokens(doc, tokens.clone()) {
                if let Err(at) = one.names.binary_search_by_key(&described.0, |n| n.0) {
                    one.names.insert(at, described);
                }
            }
            let mut name = names.start;
            for token in &doc.tokens[tokens] {
                while name < names.end && doc.names[name].span.end() <= token.span.start() {
                    name += 1;
                }
                // Only a name that the story knows stands for its words.
                let named = doc.names.get(name).is_some_and(|found| {
                    name < names.end
                        && found.span.contains(token.span)
                        && found
                            .entity
                            .and_then(|e| name_of(story, article, e))
                            .is_some()
                });
                let weight = match token.class {
                    TokenClass::Mark => continue,
                    _ if named => WORD_OF_A_NAME,
                    _ if token.stop || token.tag == Tag::Aux => FUNCTION_WORD,
                    _ => 1.0,
                };
                add(Term::Stem(token.stem), weight);
            }
            for (name, _) in &one.names {
                add(Term::Name(*name), 1.0);
            }
            if let Some(speaker) = one.speaker {
                add(Term::Name(speaker), SPEAKER);
            }
            for number in &one.numbers {
                add(Term::Number(number.value.to_bits()), 1.0);
            }
            terms.sort_by(|a, b| (a.0, b.1.to_bits()).cmp(&(b.0, a.1.to_bits())));
            // A repeated word says no more than one: its greatest weight stands.
            terms.dedup_by_key(|t| t.0);
            raw.push(terms);
            said.push(one);
        }
        starts.push(said.len() as u32);
    }
    let mut document_frequency = vec![0u32; ids.len()];
    for terms in &raw {
        for (term, _) in terms {
            document_frequency[*term as usize] += 1;
        }
    }
    let total = said.len().max(1) as f32;
    for (one, terms) in said.iter_mut().zip(raw) {
        one.terms = terms
            .into_iter()
            .map(|(term, weight)| {
                let frequency = document_frequency[term as usize] as f32;
                (term, weight * (1.0 + total / frequency).ln())
            })
            .collect();
        one.mass = one.terms.iter().map(|t| t.1).sum();
        one.norm = one.terms.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt();
    }
    let stem_weights: HashMap<u64, f32> = ids
        .iter()
        .filter_map(|(term, id)| match term {
            Term::Stem(stem) => {
                let frequency = document_frequency[*id as usize] as f32;
                Some((*stem, (1.0 + total / frequency).ln()))
            }
            _ => None,
        })
        .collect();
    for word in said.iter_mut().flat_map(|one| one.plain.iter_mut()) {
        word.1 = stem_weights.get(&word.0).copied().unwrap_or_default();
    }
    Terms {
        said,
        document_frequency,
        stem_weights,
        starts,
        reprints,
        languages: languages(docs),
    }
}

/// For each article the first that is in its language; none where nobody knows it.
fn languages(docs: &[&Document]) -> Vec<Option<ArticleIx>> {
    let codes: Vec<Option<&str>> = docs.iter().map(|doc| doc.article.main_language()).collect();
    let first = |code: &Option<&str>| {
        code.as_ref()?;
        let place = codes.iter().position(|other| other == code)?;
        Some(ArticleIx::new(place))
    };
    codes.iter().map(first).collect()
}

fn one_statement(
    story: &Story,
    doc: &Document,
    days: &Days,
    article: ArticleIx,
    index: usize,
) -> Said {
    let statement = &doc.statements[index];
    let span = statement.span;
    let tokens = &doc.tokens[doc.tokens_in(span)];
    let mut names: Vec<(NameIx, NameKind)> = doc.names[doc.names_in(span)]
        .iter()
        .filter_map(|name| name_of(story, article, name.entity?))
        .map(|name| (name, story.names[name].kind))
        .collect();
    names.sort_unstable();
    names.dedup();
    let quote = statement
        .quote
        .and_then(|quote| doc.quotes.get(quote as usize));
    let mut verbs: Vec<u64> = tokens
        .iter()
        .filter(|t| t.tag == Tag::Verb)
        .map(|t| t.stem)
        .collect();
    verbs.sort_unstable();
    verbs.dedup();
    let sequence: Vec<u64> = tokens
        .iter()
        .filter(|t| t.class != TokenClass::Mark)
        .map(|t| t.stem)
        .collect();
    Said {
        article,
        statement: index as u32,
        sentence: statement.sentence,
        span,
        terms: Vec::new(),
        mass: 0.0,
        norm: 0.0,
        pairs: neighbour_pairs(&sequence),
        sequence,
        plain: plain_words(doc, span),
        content: tokens
            .iter()
            .filter(|t| t.class != TokenClass::Mark && !t.stop)
            .map(|t| t.stem)
            .collect(),
        names,
        numbers: numbers_in(doc, span),
        days: days
            .in_span(article, doc, span)
            .map(|(_, when)| when)
            .collect(),
        verbs,
        facts: Facts::of(doc, days, article, &[span], statement.negated),
        negated: statement.negated == Some(true),
        speaker: quote
            .and_then(|q| q.speaker)
            .and_then(|entity| name_of(story, article, entity)),
        form: quote.map(|q| q.form),
        stance: statement.stance,
        modality: statement.modality,
        frame: is_frame(doc, span),
        conditional: statement.conditional,
        whether: statement.whether,
        points_back: points_back(doc, span),
        place: 0.0,
    }
}

/// Whether a stretch denies something and names nothing that it denies.
fn points_back(doc: &Document, span: Span) -> bool {
    let (words, names) = (lexicon(doc), &doc.names[doc.names_in(span)]);
    let mut denies = false;
    let telling = |token: &&Token| matches!(token.tag, Tag::Verb | Tag::Noun | Tag::Adj | Tag::Num);
    let own = doc.tokens[doc.tokens_in(span)].iter();
    own.filter(|token| is_plain(token, names))
        .filter(telling)
        .all(|token| {
            let denial = is_one_of(doc, token, &words.denies);
            denies |= denial;
            denial || is_one_of(doc, token, &words.anaphors)
        })
        && denies
}

/// The stems of the content words outside names, each once, sorted; weights come later.
fn plain_words(doc: &Document, span: Span) -> Vec<(u64, f32)> {
    let names = &doc.names[doc.names_in(span)];
    let mut stems: Vec<(u64, f32)> = doc.tokens[doc.tokens_in(span)]
        .iter()
        .filter(|token| is_plain(token, names))
        .map(|token| (token.stem, 0.0))
        .collect();
    stems.sort_by_key(|s| s.0);
    stems.dedup_by_key(|s| s.0);
    stems
}

/// Whether a stretch has a cue ("told reporters in Kuwait"), no other verb, and nothing of the quotation;
/// or is the signature of a post ("Ada Lorne (@adalorne) March 18, 2023").
fn is_frame(doc: &Document, span: Span) -> bool {
    let mut verbs = doc.tokens[doc.tokens_in(span)]
        .iter()
        .filter(|token| token.tag == Tag::Verb);
    let cues: Vec<Span> = quotes_near(doc, span)
        .iter()
        .filter(|quote| quote.cue.is_some_and(|cue| span.contains(cue)))
        .filter_map(|quote| {
            let said = quote.content().overlaps(span);
            (!said).then_some(quote.cue).flatten()
        })
        .collect();
    if cues.is_empty() {
        return doc.get(span).contains("(@") && verbs.next().is_none();
    }
    verbs.all(|verb| cues.iter().any(|cue| cue.contains(verb.span)))
}

/// Whether a token is a content word outside these names.
pub(crate) fn is_plain(token: &Token, names: &[Name]) -> bool {
    token.class != TokenClass::Mark
        && !token.stop
        && token.tag != Tag::Aux
        && !names.iter().any(|name| name.full.contains(token.span))
}

/// The story's name for an article's entity.
pub(crate) fn name_of(story: &Story, article: ArticleIx, entity: EntityIx) -> Option<NameIx> {
    let name = *story.name_of.get(article.at())?.get(entity.at())?;
    name.filter(|name| name.at() < story.names.len())
}

/// Descriptions that belong to one name alone in the story: "the defense secretary".
struct Roles {
    /// Stems of a role in order, and whose it is; sorted, ambiguous ones left out.
    roles: Vec<(Vec<u64>, NameIx)>,
}

impl Roles {
    fn of(story: &Story, docs: &[&Document]) -> Self {
        let mut roles: Vec<(Vec<u64>, NameIx)> = Vec::new();
        for (name, entry) in NameIx::all().zip(&story.names) {
            for role in &entry.roles {
                let Some(doc) = docs.get(role.article.at()) else {
                    continue;
                };
                let stems: Vec<u64> = doc.tokens[doc.tokens_in(role.span)]
                    .iter()
                    .filter(|t| t.class == TokenClass::Word)
                    .map(|t| t.stem)
                    .collect();
                if !stems.is_empty() {
                    roles.push((stems, name));
                }
            }
        }
        roles.sort();
        roles.dedup();
        let ambiguous: Vec<Vec<u64>> = roles
            .windows(2)
            .filter(|pair| pair[0].0 == pair[1].0)
            .map(|pair| pair[0].0.clone())
            .collect();
        roles.retain(|role| ambiguous.binary_search(&role.0).is_err());
        Self { roles }
    }

    /// The names that these tokens describe without naming them.
    fn in_tokens(&self, doc: &Document, tokens: std::ops::Range<usize>) -> Vec<(NameIx, NameKind)> {
        let mut found = Vec::new();
        if self.roles.is_empty() {
            return found;
        }
        let tokens = &doc.tokens[tokens];
        for (at, token) in tokens.iter().enumerate() {
            let word = doc.get(token.span);
            if !has_word(&lexicon(doc).determiners, word) {
                continue;
            }
            let rest = &tokens[at + 1..];
            let longest = self
                .roles
                .iter()
                .filter(|(stems, _)| {
                    stems.len() <= rest.len() && stems.iter().zip(rest).all(|(s, t)| *s == t.stem)
                })
                .max_by_key(|(stems, _)| stems.len());
            if let Some((_, name)) = longest {
                found.push((*name, NameKind::Person));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
