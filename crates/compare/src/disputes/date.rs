//! Dates: two days for one event. In: pairs of statements that surely state one claim. Out:
//! disputes where each names one day alone, the days differ, and all else is the same: two days with
//! little else in common are two events, which is what news tells most often.

use jiff::civil::Date;
use model::{ClaimIx, DisputeKind, Mention, Precision, Tag, Token, When};

use super::phrase::Phrase;
use super::{Found, FoundSide, Ground};
use crate::lexicon::{is_one_of, lexicon};
use crate::nearby::quotes_near;
use crate::terms::Said;

/// Each statement must hold this much of the other's content, its date left out. Without
/// it, what is found is two events, or one evening and its morning.
const ALIKE: f32 = 0.6;

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found: Vec<(Option<ClaimIx>, Found)> = Vec::new();
    for pair in ground.relations.pairs() {
        let (a, b) = (
            &ground.terms.said[pair.a as usize],
            &ground.terms.said[pair.b as usize],
        );
        if a.article == b.article || !pair.relation.is_one_claim() {
            continue;
        }
        let (Some(one), Some(other)) = (single_day(ground, a), single_day(ground, b)) else {
            continue;
        };
        // What was not done on one day can have been done on another.
        if one.agrees(&other) || a.negated != b.negated {
            continue;
        }
        if loosely_one(ground, a, b, [&one, &other])
            || each_its_news(ground, a, b, [&one, &other])
            || !alike_otherwise(ground, a, b)
        {
            continue;
        }
        let claim = ground.claim_of(pair.a);
        if claim.is_some() && found.iter().any(|(known, _)| *known == claim) {
            continue;
        }
        let side = |said: &Said| FoundSide {
            mentions: vec![Mention {
                article: said.article,
                span: said.span,
            }],
            held_by: ground.holder_of(said).into_iter().collect(),
        };
        let when = |said: &Said| {
            let doc = ground.docs[said.article];
            doc.dates[doc.dates_in(said.span)]
                .iter()
                .map(|date| Mention {
                    article: said.article,
                    span: date.span,
                })
                .next()
        };
        let (early, late) = if one.start <= other.start {
            (a, b)
        } else {
            (b, a)
        };
        found.push((
            claim,
            Found {
                kind: DisputeKind::Date,
                question: [when(early), when(late)].into_iter().flatten().collect(),
                sides: vec![side(early), side(late)],
            },
        ));
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// Days by which "today" and "Friday" can differ and still be one: texts are dated by their last
/// change, and by another clock.
const CLOCKS: i32 = 1;

/// Whether both name the day by its distance from their own dates, and mean one day however each
/// was resolved: one weekday ("Saturday", "Saturday afternoon": never set against another Saturday), or
/// days so near each other that the two texts' dates can be at fault.
fn loosely_one(ground: &Ground<'_>, a: &Said, b: &Said, days: [&When; 2]) -> bool {
    let words = |said: &Said| {
        let doc = ground.docs[said.article];
        let date = doc.dates[doc.dates_in(said.span)].first()?;
        date.relative.map(|_| doc.get(date.span).to_lowercase())
    };
    let (Some(one), Some(other)) = (words(a), words(b)) else {
        return false;
    };
    let apart = days[0].start.until(days[1].start);
    let known = lexicon(ground.docs[a.article]);
    let near = apart.is_ok_and(|span| span.get_days().abs() <= CLOCKS);
    let named = |words: &str| words.contains("day") && !known.deictic.contains(&words);
    let weekday = |words: &str| known.weekdays.iter().position(|day| words.contains(*day));
    let same = one == other || weekday(&one).is_some() && weekday(&one) == weekday(&other);
    same || near && !(named(&one) && named(&other))
}

/// Days between an event and the article that tells it as news.
const NEWS: i32 = 3;

/// Whether each statement tells what was news when its own article appeared, days apart: two events.
fn each_its_news(ground: &Ground<'_>, a: &Said, b: &Said, days: [&When; 2]) -> bool {
    let published = |said: &Said| ground.docs[said.article].article.published;
    let (Some(one), Some(other)) = (published(a), published(b)) else {
        return false;
    };
    let within = |from: Date, to: Date| {
        let apart = from.until(to);
        apart.is_ok_and(|span| span.get_days().abs() <= NEWS)
    };
    within(days[0].start, one.date)
        && within(days[1].start, other.date)
        && !(within(days[0].start, other.date) && within(days[1].start, one.date))
}

/// Whether two statements do the same (a verb in common) and say the same but for their dates.
fn alike_otherwise(ground: &Ground<'_>, a: &Said, b: &Said) -> bool {
    let phrase = |said: &Said| {
        let doc = ground.docs[said.article];
        let dates = &doc.dates[doc.dates_in(said.span)];
        let inside = |token: &Token| dates.iter().any(|date| date.span.contains(token.span));
        Phrase::of_tokens(
            doc,
            ground.terms,
            doc.tokens[doc.tokens_in(said.span)]
                .iter()
                .filter(|token| !inside(token)),
        )
    };
    let (one, other) = (phrase(a), phrase(b));
    a.verbs.iter().any(|verb| b.verbs.contains(verb))
        && one.held_by(&other) >= ALIKE
        && other.held_by(&one) >= ALIKE
}

/// The one day on which a statement puts its event.
fn single_day(ground: &Ground<'_>, said: &Said) -> Option<When> {
    let [day] = said.days.as_slice() else {
        return None;
    };
    if day.precision < Precision::Day {
        return None;
    }
    let doc = ground.docs[said.article];
    let [date] = &doc.dates[doc.dates_in(said.span)] else {
        return None;
    };
    // People speak on many days: the day of a report is none of what is reported.
    let of_report = quotes_near(doc, said.span).iter().any(|quote| {
        quote.cue.is_some_and(|cue| said.span.contains(cue))
            && !quote.parts.iter().any(|part| part.contains(date.span))
    });
    if of_report {
        return None;
    }
    let tokens = doc.tokens_in(date.span);
    let label =
        doc.tokens.get(tokens.end).is_some_and(|next| {
            matches!(next.tag, Tag::Noun) && next.span.start() < said.span.end()
        }) && tokens.start > 0
            && doc.tokens[tokens.start - 1].tag == Tag::Det;
    let against = doc.tokens[tokens.start.saturating_sub(3)..tokens.start]
        .iter()
        .any(|token| is_one_of(doc, token, &lexicon(doc).against));
    (!label && !against).then_some(*day)
}
