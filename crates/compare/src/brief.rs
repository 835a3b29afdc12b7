//! In: the claims, best attested first. Out: three to eight sentences, each taken whole from an
//! article, that together tell what most outlets tell, none twice. Prefers sentences that stand
//! alone, from undamaged articles, and the original over its rewrite.

use model::{
    BriefSentence, CopyKind, Direction, Document, Form, Mention, Span, Stance, Story, Tag,
    TokenClass,
};

use crate::judge::Judged;
use crate::terms::{Said, Terms, quotes_near};

/// Sentences at most.
const MOST: usize = 8;
/// Sentences wanted even where few claims have several outlets.
const FEWEST: usize = 3;
/// A sentence that shares this much of its terms with one already taken says it again.
const AGAIN: f32 = 0.45;
/// Length of a readable sentence, in bytes: what lies outside counts against it.
const READABLE: std::ops::RangeInclusive<usize> = 60..=270;
/// A sentence from a page that a machine made over gives way to any other that says the same: more
/// than all else can weigh together.
const MADE_OVER: i64 = 400;

/// A caption or heading gives way to any sentence.
const NO_SENTENCE: i64 = 400;

/// So does one whose quote marks stand around it and others: alone it would look like the outlet's word.
const WITHOUT_MARKS: i64 = 400;

/// One whose words are those of "it" or "he", who was named before it, gives way to most.
const UNNAMED: i64 = 200;

/// A sentence that could stand in the brief.
struct Candidate {
    article: u32,
    sentence: u32,
    /// Claims it carries, indices into the claims.
    claims: Vec<u32>,
    value: i64,
}

/// Chooses the sentences, in the order in which articles tell them.
pub(crate) fn brief(
    story: &Story,
    docs: &[&Document],
    terms: &Terms,
    claims: &[Judged],
) -> Vec<BriefSentence> {
    let mut candidates = candidates(story, docs, terms, claims);
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.value), c.article, c.sentence));
    let attested = claims
        .iter()
        .filter(|judged| judged.claim.outlets > 1)
        .count();
    let wanted = attested.div_ceil(2).clamp(FEWEST, MOST);
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if chosen.len() == wanted {
            break;
        }
        let told = |claim: &u32| chosen.iter().any(|c| c.claims.contains(claim));
        // Its best attested claim is the one that it is shown for, and that no other tells yet.
        let new = candidate
            .claims
            .iter()
            .min()
            .is_some_and(|claim| !told(claim));
        if new && !chosen.iter().any(|c| says_again(terms, c, &candidate)) {
            chosen.push(candidate);
        }
    }
    chosen.sort_by_key(|c| (place(terms, claims, c), c.article, c.sentence));
    chosen
        .into_iter()
        .filter_map(|c| sentence(docs, claims, &c))
        .collect()
}

fn candidates(
    story: &Story,
    docs: &[&Document],
    terms: &Terms,
    claims: &[Judged],
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (index, judged) in claims.iter().enumerate() {
        let readings = judged.said.iter().zip(&judged.claim.readings);
        for (&said, _) in readings.filter(|(_, reading)| !reading.near) {
            let said = &terms.said[said as usize];
            let same = found
                .iter_mut()
                .find(|c| (c.article, c.sentence) == (said.article, said.sentence));
            match same {
                Some(known) if known.claims.contains(&(index as u32)) => {}
                Some(known) => known.claims.push(index as u32),
                None => found.push(Candidate {
                    article: said.article,
                    sentence: said.sentence,
                    claims: vec![index as u32],
                    value: 0,
                }),
            }
        }
    }
    for candidate in &mut found {
        candidate.value = value(story, docs, claims, candidate);
    }
    found
}

/// How much a sentence is worth in the brief: how well attested its claims are, how early it
/// stands, how well it stands alone.
fn value(story: &Story, docs: &[&Document], claims: &[Judged], candidate: &Candidate) -> i64 {
    let doc = docs[candidate.article as usize];
    let Some(sentence) = doc.sentences.get(candidate.sentence as usize) else {
        return i64::MIN;
    };
    let mut attested: Vec<i64> = candidate
        .claims
        .iter()
        .map(|&claim| {
            let claim = &claims[claim as usize].claim;
            let asserted = claim.readings.iter().any(|r| r.stance == Stance::Asserts);
            30 * i64::from(claim.outlets.min(8))
                + 8 * i64::from(claim.origins.high.min(4))
                + 5 * i64::from(asserted)
        })
        .collect();
    attested.sort_unstable();
    let best = attested.pop().unwrap_or_default();
    let more: i64 = attested.iter().rev().take(2).sum::<i64>() / 4;
    let lead = 40 - 2 * i64::from(candidate.sentence.min(20));
    let words = doc.get(sentence.span);
    let length = sentence.span.len();
    let unreadable = if READABLE.contains(&length) {
        0
    } else {
        15 + (length.saturating_sub(*READABLE.end()) / 8) as i64
    };
    let damaged = doc.damage.iter().any(|d| sentence.span.overlaps(d.span));
    let rewritten = story.copies.iter().any(|copy| {
        let taken = match copy.direction {
            Direction::AFromB => copy.a,
            Direction::BFromA => copy.b,
            Direction::Unknown => return false,
        };
        copy.kind != CopyKind::SharedSource && taken == candidate.article
    });
    let made_over = !doc.damage.is_empty()
        || story
            .rewrites
            .iter()
            .any(|rewrite| rewrite.article == candidate.article);
    let told_elsewhere = candidate.claims.iter().any(|&claim| {
        let readings = &claims[claim as usize].claim.readings;
        readings
            .iter()
            .any(|reading| reading.mention.article != candidate.article)
    });
    // The passage that states its best attested claim most clearly comes before any other of it.
    let clearest = candidate.claims.iter().min().is_some_and(|&claim| {
        let claim = &claims[claim as usize].claim;
        claim
            .readings
            .get(claim.clearest as usize)
            .is_some_and(|r| {
                r.mention.article == candidate.article && sentence.span.overlaps(r.mention.span)
            })
    });
    let named = doc.names_in(sentence.span).len().min(4) as i64;
    best + more + lead + 4 * named + 25 * i64::from(clearest)
        - unreadable
        - 60 * i64::from(damaged)
        - MADE_OVER * i64::from(made_over && told_elsewhere)
        - 25 * i64::from(rewritten)
        - 60 * i64::from(!stands_alone(doc, sentence, words))
        - UNNAMED * i64::from(of_a_pronoun(doc, sentence))
        - NO_SENTENCE * i64::from(!tells(doc, sentence))
        - WITHOUT_MARKS * i64::from(within_quotes(doc, sentence))
}

/// Whether a sentence says that anything is so: captions and headings often do not, and an agency's
/// picture from its files shows another day.
fn tells(doc: &Document, sentence: &model::Sentence) -> bool {
    const FROM_THE_FILES: &str = "FILE";
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let tokens = doc.tokens.get(tokens).unwrap_or_default();
    let verb = |token: &model::Token| matches!(token.tag, Tag::Verb | Tag::Aux);
    let first = tokens.first().map(|token| doc.get(token.span));
    tokens.iter().any(verb) && first.is_none_or(|word| !word.eq_ignore_ascii_case(FROM_THE_FILES))
}

/// Whether a sentence lies within words in quote marks, and the marks do not lie within it.
fn within_quotes(doc: &Document, sentence: &model::Sentence) -> bool {
    quotes_near(doc, sentence.span)
        .iter()
        .filter(|quote| quote.form == Form::Direct)
        .any(|quote| quote.parts.iter().any(|part| part.contains(sentence.span)))
}

/// Whether a sentence is somebody's words, with only a pronoun behind them for who: "…, it added."
fn of_a_pronoun(doc: &Document, sentence: &model::Sentence) -> bool {
    const PRONOUNS: [&str; 4] = ["he", "she", "it", "they"];
    quotes_near(doc, sentence.span).iter().any(|quote| {
        quote.source.is_some_and(|source| {
            sentence.span.contains(source)
                && quote.content().start() < source.start()
                && PRONOUNS
                    .iter()
                    .any(|word| doc.get(source).eq_ignore_ascii_case(word))
        })
    })
}

/// Whether a sentence can be read without the one before: it does not open with a word that points
/// back, its quote marks are paired and it ends.
fn stands_alone(doc: &Document, sentence: &model::Sentence, words: &str) -> bool {
    const POINTS_BACK: [&str; 26] = [
        "he",
        "she",
        "it",
        "they",
        "this",
        "that",
        "these",
        "those",
        "but",
        "and",
        "however",
        "meanwhile",
        "so",
        "his",
        "her",
        "their",
        "its",
        "also",
        "then",
        "both",
        "such",
        "instead",
        "after",
        "while",
        "i",
        "we",
    ];
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let first = doc
        .tokens
        .get(tokens)
        .and_then(|tokens| tokens.iter().find(|t| t.class != TokenClass::Mark))
        .map(|token| doc.get(token.span));
    let points_back =
        first.is_none_or(|word| POINTS_BACK.iter().any(|w| word.eq_ignore_ascii_case(w)));
    let count = |mark: char| words.chars().filter(|c| *c == mark).count();
    let paired = count('"') % 2 == 0 && count('“') == count('”');
    let ends = words
        .trim_end_matches(['"', '”', '’', '\''])
        .ends_with(['.', '!', '?']);
    !points_back && paired && ends
}

/// Where the articles tell a sentence's claims, in thousandths of the way through.
fn place(terms: &Terms, claims: &[Judged], candidate: &Candidate) -> u32 {
    let mut places: Vec<u32> = candidate
        .claims
        .iter()
        .flat_map(|&claim| &claims[claim as usize].said)
        .map(|&said| (terms.said[said as usize].place * 1000.0) as u32)
        .collect();
    places.sort_unstable();
    places.get(places.len() / 2).copied().unwrap_or_default()
}

fn says_again(terms: &Terms, one: &Candidate, other: &Candidate) -> bool {
    let of = |c: &Candidate| -> Vec<&Said> {
        terms
            .of_article(c.article)
            .iter()
            .filter(|said| said.sentence == c.sentence)
            .collect()
    };
    let stems = |said: Vec<&Said>| -> Vec<(u64, f32)> {
        let mut stems: Vec<u64> = said
            .iter()
            .flat_map(|s| s.content.iter().copied())
            .collect();
        stems.sort_unstable();
        stems.dedup();
        stems
            .into_iter()
            .map(|stem| (stem, terms.stem_weight(stem)))
            .collect()
    };
    let (one, other) = (stems(of(one)), stems(of(other)));
    let mass = |stems: &[(u64, f32)]| stems.iter().map(|s| s.1).sum::<f32>();
    let shared: f32 = one
        .iter()
        .filter(|s| other.binary_search_by_key(&s.0, |o| o.0).is_ok())
        .map(|s| s.1)
        .sum();
    shared / mass(&one).min(mass(&other)).max(f32::MIN_POSITIVE) > AGAIN
}

/// A sentence without the dash that a dateline left before it.
fn without_dash(doc: &Document, sentence: &model::Sentence) -> Span {
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let words = doc.tokens.get(tokens).unwrap_or_default();
    let dash = |span: Span| matches!(doc.get(span), "—" | "–" | "-" | "--");
    words
        .iter()
        .map(|token| token.span)
        .skip_while(|span| dash(*span))
        .reduce(Span::hull)
        .unwrap_or(sentence.span)
}

fn sentence(docs: &[&Document], claims: &[Judged], candidate: &Candidate) -> Option<BriefSentence> {
    let doc = docs[candidate.article as usize];
    let span = without_dash(doc, doc.sentences.get(candidate.sentence as usize)?);
    let mut also: Vec<Mention> = candidate
        .claims
        .iter()
        .flat_map(|&claim| claims[claim as usize].claim.readings.iter())
        .map(|reading| reading.mention)
        .filter(|m| m.article != candidate.article || !span.contains(m.span))
        .collect();
    also.sort();
    also.dedup();
    let mut claims = candidate.claims.clone();
    claims.sort_unstable();
    Some(BriefSentence {
        mention: Mention {
            article: candidate.article,
            span,
        },
        also,
        claims,
    })
}
