//! In: the claims, best attested first, and the disputes. Out: three to eight sentences, each taken whole
//! from an article, that together tell what most outlets tell, none twice: with the story's day, its
//! figure, and both sides of what is disputed. Prefers sentences that stand alone, from undamaged
//! articles, and the original over its rewrite.

mod form;

use jiff::ToSpan;
use model::{
    ArticleIx, BriefSentence, ClaimIx, ClaimReading, CopyKind, Direction, Dispute, DisputeKind,
    Document, Mention, QuantityKind, Span, Stance, Story,
};

use crate::judged::Judged;
use crate::numbers::Number;
use crate::terms::{Said, Terms};
use form::{behind_dateline, of_a_pronoun, stands_alone, tells, within_quotes};

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
    article: ArticleIx,
    sentence: u32,
    span: Span,
    /// Claims it carries.
    claims: Vec<ClaimIx>,
    value: i64,
}

/// A passage is a sentence as a whole from so many tenths of it on: what is left out is who said it, or a mark.
const WHOLE: usize = 8;

/// Disputes of which both sides stand in the brief.
const DISPUTES: usize = 2;

/// What happened lies so many days before the first report of it, at most.
const BEFORE: i32 = 7;

/// Chooses the sentences, in the order in which articles tell them.
pub(crate) fn brief(
    story: &Story,
    docs: &[&Document],
    terms: &Terms,
    claims: &[Judged],
    disputes: &[Dispute],
) -> Vec<BriefSentence> {
    let mut candidates = candidates(story, docs, terms, claims);
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.value), c.article, c.sentence));
    let attested = claims.iter().filter(|judged| judged.outlets > 1).count();
    let wanted = attested.div_ceil(2).clamp(FEWEST, MOST);
    let mut chosen: Vec<&Candidate> = candidates.iter().take(1).collect();
    // What a reader must not miss comes before more of what most outlets tell.
    let said_by = |c: &Candidate| said_in(terms, c);
    // Where only the speaker is in dispute, both sides say the same.
    let disputes = disputes
        .iter()
        .filter(|dispute| dispute.kind != DisputeKind::Attribution);
    for side in disputes.take(DISPUTES).flat_map(|d| d.sides.iter()) {
        let holds = |c: &Candidate| {
            let mut passages = said_by(c).map(|said| said.span);
            passages.any(|span| {
                let mut mentions = side.mentions.iter();
                mentions.any(|m| m.article == c.article && m.span.overlaps(span))
            })
        };
        // Two sides share most of their words, and neither says the other again.
        add(&mut chosen, &candidates, holds, |_| false);
    }
    let again = |chosen: &[&Candidate], one: &Candidate| {
        chosen.iter().any(|known| {
            says_again(terms, known, one)
                || comes_near(claims, known, one)
                || comes_near(claims, one, known)
        })
    };
    if let Some(figure) = figure(terms, claims) {
        let gives = |c: &Candidate| said_by(c).any(|said| gives(said, &figure));
        let known = chosen.clone();
        add(&mut chosen, &candidates, gives, |c| again(&known, c));
    }
    if let Some(day) = day(story, terms) {
        let on = |c: &Candidate| said_by(c).any(|said| said.days.iter().any(|d| d.start == day));
        let known = chosen.clone();
        add(&mut chosen, &candidates, on, |c| again(&known, c));
    }
    for candidate in &candidates {
        if chosen.len() >= wanted {
            break;
        }
        let told = |claim: &ClaimIx| chosen.iter().any(|c| c.claims.contains(claim));
        // Its best attested claim is the one that it is shown for, and that no other tells yet.
        let new = candidate
            .claims
            .iter()
            .min()
            .is_some_and(|claim| !told(claim));
        if new && !again(&chosen, candidate) {
            chosen.push(candidate);
        }
    }
    chosen.sort_by_key(|c| (place(terms, claims, c), c.article, c.sentence));
    chosen
        .into_iter()
        .filter_map(|c| sentence(docs, claims, c))
        .collect()
}

/// Adds the best sentence that `has` what is wanted, where none has it yet, there is room, and one can be
/// shown.
fn add<'c>(
    chosen: &mut Vec<&'c Candidate>,
    candidates: &'c [Candidate],
    has: impl Fn(&Candidate) -> bool,
    again: impl Fn(&Candidate) -> bool,
) {
    if chosen.len() >= MOST || chosen.iter().any(|c| has(c)) {
        return;
    }
    let mut shown = candidates.iter().filter(|c| c.value > 0);
    chosen.extend(shown.find(|c| has(c) && !again(c)));
}

/// The statements of a sentence.
fn said_in<'t>(
    terms: &'t Terms,
    candidate: &Candidate,
) -> impl Iterator<Item = &'t Said> + use<'t> {
    let sentence = candidate.sentence;
    terms
        .of_article(candidate.article)
        .iter()
        .filter(move |said| said.sentence == sentence)
}

/// Whether a statement gives a figure.
fn gives(said: &Said, figure: &Number) -> bool {
    said.numbers.iter().any(|own| same_figure(own, figure))
}

fn same_figure(one: &Number, other: &Number) -> bool {
    one.kind == other.kind && one.unit == other.unit && one.value == other.value
}

/// The story's figure: what most outlets state that has one, the first where several do.
fn figure(terms: &Terms, claims: &[Judged]) -> Option<Number> {
    let several = claims.iter().filter(|judged| judged.outlets > 1);
    let figures = several.flat_map(|judged| {
        let firm = judged.said.iter().zip(&judged.readings);
        let firm = firm.filter(|(_, reading)| !reading.near);
        let numbers = firm.flat_map(|(&said, _)| &terms.said[said as usize].numbers);
        numbers.map(|number| (judged.outlets, number))
    });
    figures
        .filter(|(_, number)| number.kind != QuantityKind::Ordinal && number.unit != 0)
        .reduce(|best, one| if one.0 > best.0 { one } else { best })
        .map(|(_, number)| *number)
}

/// The story's day: of those on which it was published or shortly before, the one of which most articles
/// speak, the first where several do.
fn day(story: &Story, terms: &Terms) -> Option<jiff::civil::Date> {
    let days = story.days?;
    let from = days.start.checked_sub(BEFORE.days()).ok()?;
    let mut told: Vec<(jiff::civil::Date, ArticleIx)> = terms
        .said
        .iter()
        .flat_map(|said| said.days.iter().map(|day| (day, said.article)))
        .filter(|(day, _)| day.start == day.end && (from..=days.end).contains(&day.start))
        .map(|(day, article)| (day.start, article))
        .collect();
    told.sort_unstable();
    told.dedup();
    let by_day = told.chunk_by(|a, b| a.0 == b.0);
    let best = by_day.reduce(|best, one| if one.len() > best.len() { one } else { best })?;
    Some(best[0].0)
}

fn candidates(
    story: &Story,
    docs: &[&Document],
    terms: &Terms,
    claims: &[Judged],
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (index, judged) in ClaimIx::all().zip(claims) {
        let readings = judged.said.iter().zip(&judged.readings);
        for (&said, _) in readings.filter(|(_, reading)| !reading.near) {
            let said = &terms.said[said as usize];
            let same = found
                .iter_mut()
                .find(|c| (c.article, c.sentence) == (said.article, said.sentence));
            match same {
                Some(known) if known.claims.contains(&index) => {}
                Some(known) => known.claims.push(index),
                None => found.push(Candidate {
                    article: said.article,
                    sentence: said.sentence,
                    span: docs[said.article]
                        .sentences
                        .get(said.sentence as usize)
                        .map_or(said.span, |sentence| sentence.span),
                    claims: vec![index],
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
    let doc = docs[candidate.article];
    let Some(sentence) = doc.sentences.get(candidate.sentence as usize) else {
        return i64::MIN;
    };
    let mut attested: Vec<i64> = candidate
        .claims
        .iter()
        .map(|&claim| {
            let claim = &claims[claim.at()];
            let asserted = claim.readings.iter().any(|r| r.stance == Stance::Asserts);
            30 * i64::from(claim.outlets.min(8))
                + 8 * i64::from(claim.origins.high.min(4))
                + 5 * i64::from(asserted)
        })
        .collect();
    attested.sort_unstable();
    // All of a sentence is shown, with one verdict: what only one outlet has weighs on it.
    let weakest = attested.first().copied().unwrap_or_default();
    let best = attested.pop().unwrap_or_default();
    let more: i64 = attested.iter().rev().take(2).sum::<i64>() / 4;
    let lead = 40 - 2 * i64::from(candidate.sentence.min(20));
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
        let readings = &claims[claim.at()].readings;
        readings
            .iter()
            .any(|reading| reading.mention.article != candidate.article)
    });
    // The passage that states its best attested claim most clearly comes before any other of it.
    let clearest = candidate.claims.iter().min().is_some_and(|&claim| {
        let claim = &claims[claim.at()];
        claim.readings.get(claim.clearest.at()).is_some_and(|r| {
            r.mention.article == candidate.article && sentence.span.overlaps(r.mention.span)
        })
    });
    let named = doc.names_in(sentence.span).len().min(4) as i64;
    (best + weakest) / 2 + more + lead + 4 * named + 25 * i64::from(clearest)
        - unreadable
        - 60 * i64::from(damaged)
        - MADE_OVER * i64::from(made_over && told_elsewhere)
        - 25 * i64::from(rewritten)
        - 60 * i64::from(!stands_alone(doc, sentence))
        - UNNAMED * i64::from(of_a_pronoun(doc, sentence))
        - NO_SENTENCE * i64::from(!tells(doc, sentence))
        - WITHOUT_MARKS * i64::from(within_quotes(doc, sentence))
}

/// Where the articles tell a sentence's claims, in thousandths of the way through.
fn place(terms: &Terms, claims: &[Judged], candidate: &Candidate) -> u32 {
    let mut places: Vec<u32> = candidate
        .claims
        .iter()
        .flat_map(|&claim| &claims[claim.at()].said)
        .map(|&said| (terms.said[said as usize].place * 1000.0) as u32)
        .collect();
    places.sort_unstable();
    places.get(places.len() / 2).copied().unwrap_or_default()
}

fn says_again(terms: &Terms, one: &Candidate, other: &Candidate) -> bool {
    let stems = |c: &Candidate| -> Vec<(u64, f32)> {
        let mut stems: Vec<u64> = said_in(terms, c)
            .flat_map(|s| s.content.iter().copied())
            .collect();
        stems.sort_unstable();
        stems.dedup();
        stems
            .into_iter()
            .map(|stem| (stem, terms.stem_weight(stem)))
            .collect()
    };
    let (one, other) = (stems(one), stems(other));
    let mass = |stems: &[(u64, f32)]| stems.iter().map(|s| s.1).sum::<f32>();
    let shared: f32 = one
        .iter()
        .filter(|s| other.binary_search_by_key(&s.0, |o| o.0).is_ok())
        .map(|s| s.1)
        .sum();
    shared / mass(&one).min(mass(&other)).max(f32::MIN_POSITIVE) > AGAIN
}

/// Whether a sentence comes near a claim of another: it tells the same event in other words.
fn comes_near(claims: &[Judged], one: &Candidate, other: &Candidate) -> bool {
    one.claims.iter().any(|&claim| {
        let readings = claims[claim.at()].readings.iter();
        let mut near = readings.filter(|reading| reading.near);
        near.any(|reading| {
            reading.mention.article == other.article && other.span.overlaps(reading.mention.span)
        })
    })
}

/// The sentence with who else states all of it: an article that states one part of it and not the other
/// does not, nor does one that only comes near, or that denies it.
fn sentence(docs: &[&Document], claims: &[Judged], candidate: &Candidate) -> Option<BriefSentence> {
    let doc = docs[candidate.article];
    let whole = doc.sentences.get(candidate.sentence as usize)?;
    let own = |reading: &&ClaimReading| {
        let mention = reading.mention;
        mention.article == candidate.article && whole.span.overlaps(mention.span)
    };
    let of = |claim: &ClaimIx| -> Vec<Mention> {
        let readings = &claims[claim.at()].readings;
        let Some(here) = readings.iter().find(|r| own(r) && !r.near) else {
            return Vec::new();
        };
        // Who gives the words to another does not state the sentence, which says whose they are.
        let of_another = |r: &ClaimReading| {
            let (a, b) = (&here.attributed_to, &r.attributed_to);
            !a.is_empty() && !b.is_empty() && !a.iter().any(|name| b.contains(name))
        };
        let same = readings
            .iter()
            .filter(|r| !r.near && r.stance == here.stance && !own(r) && !of_another(r));
        same.map(|reading| reading.mention).collect()
    };
    // Where all of it is one claim, its parts need no telling apart.
    let shown = candidate.claims.iter().find(|&&claim| {
        let claim = &claims[claim.at()];
        let clearest = claim.readings.get(claim.clearest.at());
        clearest.is_some_and(|r| own(&r) && r.mention.span.len() * 10 >= whole.span.len() * WHOLE)
    });
    let stated: Vec<Vec<Mention>> = match shown {
        Some(claim) => vec![of(claim)],
        None => candidate.claims.iter().map(of).collect(),
    };
    let all = |mention: &Mention| {
        let mut each = stated.iter();
        each.all(|by| by.iter().any(|m| m.article == mention.article))
    };
    let mut also: Vec<Mention> = stated.iter().flatten().copied().filter(all).collect();
    also.sort();
    also.dedup();
    let mut claims = candidate.claims.clone();
    claims.sort_unstable();
    Some(BriefSentence {
        mention: Mention {
            article: candidate.article,
            span: behind_dateline(doc, whole),
        },
        also,
        claims,
    })
}
