//! In: groups of statements that state one claim. Out: claims, with who states them, how many
//! origins they can have, whose text lacks them, and what that comes to. Fragments that carry no
//! information of their own make no claim.

use std::collections::{BTreeMap, HashSet};

use model::{
    Claim, ClaimReading, Document, Mention, NonEmpty, ReasonKind, SignKind, Span, Stance, Story,
    TokenClass, Verdict, Warning,
};

use crate::origins;
use crate::pair::{Pair, Sharing, days, numbers};
use crate::terms::{MOST_STATEMENTS, Number, Said, Terms};
use crate::thresholds::Rules;
use crate::told::{STATES, Told};

/// An article counts as lacking a claim where none of its statements matches a reading with this
/// score: low, because "absent" is an accusation.
const ABSENT_BELOW: f32 = 0.12;
/// Mean score with the claim's other passages that a passage must have to corroborate it, or to stand
/// for it. At 0, .4, .5
/// and .6 the gold's claims of one origin are not called corroborated in .77, .81, .81 and .81 of cases,
/// those of two are in .80 (by words .77 .78 .81 .84, and .80 .76 .68 .64).
const CORE: f32 = 0.4;
/// Score with the claim's clearest passage below which another only comes near it, as one that does not
/// stand for it does. In the comparison gold, of the passages with .4 to .5, .5 to .6 and .6 to .7 there
/// .52, .48 and .80 state what the clearest does, and of those that are left beside it .94 (.96
/// where it must also tell most of it).
const FIRM: f32 = 0.6;
/// Part of a rewrite's statements that an article must have for the rewrite to be one of it, perhaps. In the
/// samples the page that was translated and back shares 14 of 19 with its source and 4 with another report
/// of the event; in the seeds the rewrite shares 7 of 37 at most.
const MADE_OVER: f32 = 0.5;
/// What being stated by another origin counts for beside being like the others, for what stands for a claim.
const CONFIRMED: i64 = 3;
/// A statement is a report where one part in so many of it, or more, is what was said.
const REPORTED: usize = 3;
/// A claim of one article alone needs so many content words, and a name, number, date or quote.
const LEAST_CONTENT: usize = 5;

/// Quote marks and brackets, in bytes, that can stand before a sentence's first word.
const OPENING_MARKS: usize = 6;

/// A claim together with the statements it was made from.
pub(crate) struct Judged {
    /// The claim.
    pub claim: Claim,
    /// Its statements, indices into `Terms.said`, in the order of `claim.readings`.
    pub said: Vec<u32>,
}

/// Makes the claims; disputes are not known yet, so that no verdict is [`Verdict::Disputed`].
pub(crate) fn judge(
    story: &Story,
    docs: &[&Document],
    pairs: &[Pair],
    utterances: &[model::Utterance],
    groups: Vec<Vec<u32>>,
    rules: &Rules,
    told: &Told<'_>,
) -> Vec<Judged> {
    let terms = told.terms;
    let nearest = Nearest::of(terms, pairs);
    let made_over = made_over(story, terms, &nearest);
    let ties = origins::Ties::of(story, docs, utterances, made_over, rules.whole_copy);
    let mut claims: Vec<(Judged, Vec<i64>)> = groups
        .into_iter()
        .filter(|group| {
            let said = |one: &u32| &terms.said[*one as usize];
            let alone = group
                .iter()
                .all(|one| said(one).article == said(&group[0]).article);
            !alone || group.iter().any(|one| worth_telling(docs, said(one)))
        })
        .filter_map(|group| {
            let said: Vec<&Said> = group.iter().map(|&one| &terms.said[one as usize]).collect();
            let readings: Vec<ClaimReading> =
                said.iter().map(|one| reading(story, docs, one)).collect();
            let readings = NonEmpty::new(readings)?;
            let voices = origins::outlets(docs, &readings);
            // A passage that only widens the claim does not confirm it, however like one other it is;
            // nor does one that denies it, foresees it, asks whether it is so, tells only a part of it, or
            // gives another figure or day (claims of one origin not called corroborated .83 without this,
            // .88 with it; of two that are .83, .79).
            let core = core(&group, &nearest);
            let confirms = |one: usize, other: usize| {
                let (a, b) = (said[one], said[other]);
                core[one]
                    && core[other]
                    && !(a.conditional || b.conditional)
                    && a.whether == b.whether
                    && a.negated == b.negated
                    && a.modality == b.modality
                    && numbers(a, b) != Sharing::Differs
                    && days(a, b) != Sharing::Differs
                    && has_figures_of(b, a)
                    && nearest.score(group[one], group[other]) >= rules.corroborates
                    && told.tells(group[one], group[other], &rules.confirms)
            };
            let (origins, apart) = ties.origins(&readings, &said, confirms);
            let verdict = match (voices, apart.contains(&true)) {
                (1, _) => Verdict::OnlyHere,
                (_, true) => Verdict::Corroborated,
                _ => Verdict::SingleOrigin,
            };
            let claim = Claim {
                clearest: 0,
                absent_from: absent(docs, terms, &group, &nearest),
                outlets: voices,
                origins,
                verdict,
                readings,
            };
            // What is shown as corroborated is what another origin surely states, too, before all else.
            let stands = core.iter().zip(apart);
            let stands =
                stands.map(|(core, apart)| i64::from(*core) + CONFIRMED * i64::from(apart));
            Some((Judged { claim, said: group }, stands.collect()))
        })
        .collect();
    // Best attested first; then as the articles tell it.
    claims.sort_by_key(|(judged, _)| {
        let first = judged.claim.readings.first().mention;
        (std::cmp::Reverse(judged.claim.outlets), first)
    });
    // A passage stands for one claim, and so do its words in a copy: where they state two, the second
    // shows another reading.
    let mut shown = Shown::default();
    for (Judged { claim, said }, stands) in &mut claims {
        let all: Vec<&Said> = said.iter().map(|&s| &terms.said[s as usize]).collect();
        let shows = clearest(story, docs, terms, &all, stands, &shown);
        shown.push(all[shows]);
        for (at, reading) in claim.readings.iter_mut().enumerate() {
            let firm = stands[at] > 0
                && nearest.score(said[shows], said[at]) >= FIRM
                && told.tells(said[shows], said[at], &STATES)
                && all[shows].negated == all[at].negated
                && tells_figures(all[at], all[shows]);
            reading.near = at != shows && !firm;
        }
        claim.clearest = shows as u32;
        // The verdict is on what is shown.
        if claim.verdict == Verdict::Corroborated && stands[shows] < CONFIRMED {
            claim.verdict = Verdict::SingleOrigin;
            for reason in &mut claim.origins.because {
                if reason.kind == ReasonKind::NoSharedOriginFound {
                    reason.kind = ReasonKind::LooseMatch;
                }
            }
        }
    }
    claims.into_iter().map(|(judged, _)| judged).collect()
}

/// Whether a statement has every figure of another: "the rope broke" does not tell that it broke in two places.
/// (Lengths of time are let be: with them two of the gold's 24 claims of two origins are not found.)
fn has_figures_of(one: &Said, other: &Said) -> bool {
    let has = |number: &Number| {
        let mut own = one.numbers.iter();
        own.any(|own| own.kind == number.kind && own.tells(number))
    };
    other.numbers.iter().all(has)
}

/// Whether no figure of a statement that speaks of the same as one of another's leaves that open: who says "at
/// least nine" does not say "twelve".
fn tells_figures(one: &Said, other: &Said) -> bool {
    other.numbers.iter().all(|number| {
        let alike = |own: &&Number| {
            own.kind == number.kind && (own.unit == number.unit || own.agrees(number))
        };
        let mut alike = one.numbers.iter().filter(alike).peekable();
        alike.peek().is_none() || alike.any(|own| own.tells(number))
    })
}

/// Rewrites of something that is not at hand, each with an article that has much of what it states: it may have
/// been made from that one.
fn made_over(story: &Story, terms: &Terms, nearest: &Nearest) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for rewrite in &story.rewrites {
        let from = terms.starts[rewrite.article as usize];
        let own = terms.of_article(rewrite.article).len();
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        for one in from..from + own as u32 {
            let near = nearest.of_statement(one).iter();
            let mut with: Vec<u32> = near
                .filter(|(_, score)| *score >= FIRM)
                .map(|(other, _)| terms.said[*other as usize].article)
                .collect();
            with.sort_unstable();
            with.dedup();
            with.into_iter()
                .for_each(|other| *shared.entry(other).or_default() += 1);
        }
        let much = |count: usize| count as f32 >= MADE_OVER * own as f32;
        let of = shared
            .into_iter()
            .filter(|(other, count)| *other != rewrite.article && much(*count));
        found.extend(of.map(|(other, _)| (rewrite.article, other)));
    }
    found
}

/// Which statements of a group match the others well enough to stand for it.
fn core(group: &[u32], nearest: &Nearest) -> Vec<bool> {
    (0..group.len())
        .map(|at| {
            let others = group.iter().enumerate().filter(|(other, _)| *other != at);
            let sum: f32 = others
                .map(|(_, other)| nearest.score(group[at], *other))
                .sum();
            sum >= CORE * (group.len() - 1) as f32
        })
        .collect()
}

/// Scores of each statement's pairs, both ways.
pub(crate) struct Nearest {
    scores: Vec<Vec<(u32, f32)>>,
}

impl Nearest {
    pub(crate) fn of(terms: &Terms, pairs: &[Pair]) -> Self {
        let mut scores = vec![Vec::new(); terms.said.len()];
        for pair in pairs {
            scores[pair.a as usize].push((pair.b, pair.score));
            scores[pair.b as usize].push((pair.a, pair.score));
        }
        Self { scores }
    }

    /// The score of two statements; 0 where they are no candidates.
    pub(crate) fn score(&self, one: u32, other: u32) -> f32 {
        let near = self.of_statement(one).iter();
        near.filter(|(said, _)| *said == other)
            .map(|(_, score)| *score)
            .fold(0.0, f32::max)
    }

    pub(crate) fn of_statement(&self, said: u32) -> &[(u32, f32)] {
        self.scores.get(said as usize).map_or(&[], Vec::as_slice)
    }
}

fn reading(story: &Story, docs: &[&Document], said: &Said) -> ClaimReading {
    let doc = docs[said.article as usize];
    let statement = &doc.statements[said.statement as usize];
    let quote = statement
        .quote
        .and_then(|quote| doc.quotes.get(quote as usize))
        .or_else(|| reported(doc, said.span));
    let attributed_to = quote
        .and_then(|quote| quote.speaker)
        .and_then(|entity| crate::terms::name_of(story, said.article, entity))
        .into_iter()
        .collect();
    ClaimReading {
        mention: Mention {
            article: said.article,
            span: said.span,
        },
        stance: statement.stance,
        attributed_to,
        source: quote.and_then(|quote| quote.source).map(|span| Mention {
            article: said.article,
            span,
        }),
        near: false,
    }
}

/// The quotation that a statement reports, cue and all, where that is what it mainly does: what it
/// says is then its speaker's word, not the article's. A clause that only says who spoke, when and
/// to whom is attributed as what it introduces is.
fn reported(doc: &Document, span: model::Span) -> Option<&model::Quotation> {
    doc.quotes
        .iter()
        .take_while(|quote| quote.span().start() < span.end())
        .filter(|quote| quote.cue.is_some_and(|cue| span.contains(cue)))
        .map(|quote| (quote.content().overlap(span), quote))
        .filter(|(inside, _)| *inside == 0 || inside * REPORTED >= span.len())
        .max_by_key(|(inside, _)| *inside)
        .map(|(_, quote)| quote)
}

/// Whether a statement that nothing matches says something: enough content, and something to hold
/// on to.
fn worth_telling(docs: &[&Document], said: &Said) -> bool {
    let doc = docs[said.article as usize];
    let tokens = &doc.tokens[doc.tokens_in(said.span)];
    let content = tokens
        .iter()
        .filter(|t| t.class != TokenClass::Mark && !t.stop)
        .count();
    let held = !said.names.is_empty()
        || !said.numbers.is_empty()
        || !said.days.is_empty()
        || said.form.is_some()
        || !doc.names_in(said.span).is_empty()
        || !doc.dates_in(said.span).is_empty();
    content >= LEAST_CONTENT && held && is_whole(doc, said)
}

/// Whether a statement can be read by itself: a sentence that ends as sentences do (a menu line or
/// a byline does not), or a clause of one that does not open with a word that hangs on another.
pub(crate) fn is_whole(doc: &Document, said: &Said) -> bool {
    const HANGING: [&str; 30] = [
        "and", "but", "or", "nor", "so", "yet", "that", "who", "whom", "whose", "which", "where",
        "when", "while", "whereas", "before", "after", "since", "until", "till", "because", "as",
        "if", "unless", "although", "though", "than", "whether", "once", "lest",
    ];
    let Some(sentence) = doc.sentences.get(said.sentence as usize) else {
        return false;
    };
    let words = doc.get(sentence.span);
    let ends = words
        .trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»“)]".contains(c))
        .ends_with([
            '.', '!', '?', '…', ':', ';', ',', '。', '！', '？', '؟', '।',
        ]);
    let first = doc.tokens[doc.tokens_in(said.span)]
        .iter()
        .find(|token| token.class != TokenClass::Mark);
    let hangs = first.is_some_and(|token| {
        let word = doc.get(token.span);
        let opens = token.span.start() <= sentence.span.start() + OPENING_MARKS;
        !opens && HANGING.iter().any(|w| word.eq_ignore_ascii_case(w))
    });
    let notice = words.contains(" | ") || words.contains('©') || {
        let mut words = words.split_whitespace();
        words
            .next()
            .is_some_and(|w| w.eq_ignore_ascii_case("copyright"))
    };
    ends && !hangs && !notice
}

/// The passages that stand for a claim already, and their words.
#[derive(Default)]
struct Shown<'a> {
    words: HashSet<&'a [u64]>,
    passages: BTreeMap<u32, Vec<Span>>,
}

impl<'a> Shown<'a> {
    fn push(&mut self, said: &'a Said) {
        self.words.insert(&said.content);
        self.passages
            .entry(said.article)
            .or_default()
            .push(said.span);
    }

    fn holds(&self, said: &Said) -> bool {
        let here = self.passages.get(&said.article);
        self.words.contains(&said.content[..])
            || here.is_some_and(|spans| spans.iter().any(|span| span.overlaps(said.span)))
    }
}

/// The reading that stands best alone: asserted, undamaged, a whole sentence, neither
/// clipped nor endless.
fn clearest(
    story: &Story,
    docs: &[&Document],
    terms: &Terms,
    said: &[&Said],
    stands: &[i64],
    shown: &Shown<'_>,
) -> usize {
    // The words that the readings share are what the claim says; one that holds more of them, and
    // little else, is the clearest.
    let central = |one: &Said| -> i64 {
        let (mut held, mut mass) = (0.0, 0.0);
        for &stem in &one.content {
            let others = said
                .iter()
                .filter(|other| other.content.contains(&stem))
                .count()
                - 1;
            let weight = terms.stem_weight(stem);
            held += weight * others as f32 / (said.len().max(2) - 1) as f32;
            mass += weight;
        }
        (40.0 * held / f32::max(mass, f32::MIN_POSITIVE)) as i64
    };
    // A machine's words stand for a claim where there are no others.
    let made_over = |article: u32| story.rewrites.iter().any(|one| one.article == article);
    let value = |at: usize, one: &Said| -> i64 {
        let doc = docs[one.article as usize];
        let whole = doc
            .sentences
            .get(one.sentence as usize)
            .is_some_and(|sentence| one.span.len() * 10 >= sentence.span.len() * 8);
        let named = one.names.len().min(3) as i64;
        let length = (one.span.len() as i64 - 160).abs() / 20;
        let damaged = doc.damage.iter().any(|d| one.span.overlaps(d.span));
        let again = shown.holds(one);
        40 * i64::from(one.stance == Stance::Asserts)
            + 20 * i64::from(whole)
            + 6 * named
            + central(one)
            + 100 * stands[at]
            + 40 * i64::from(is_whole(doc, one))
            - 1_000 * i64::from(again)
            - 500 * i64::from(made_over(one.article))
            - length
            - 30 * i64::from(damaged)
            - (doc.damage.len().min(10) as i64)
    };
    said.iter()
        .enumerate()
        .max_by_key(|(at, one)| (value(*at, one), std::cmp::Reverse(*at)))
        .map_or(0, |(at, _)| at)
}

/// Articles of which no statement comes near the claim. A text that breaks off may have had it, and so may
/// what is not compared.
fn absent(docs: &[&Document], terms: &Terms, group: &[u32], nearest: &Nearest) -> Vec<u32> {
    let mut near = vec![false; docs.len()];
    for &one in group {
        near[terms.said[one as usize].article as usize] = true;
        for &(other, score) in nearest.of_statement(one) {
            if score >= ABSENT_BELOW {
                near[terms.said[other as usize].article as usize] = true;
            }
        }
    }
    (0..docs.len() as u32)
        .filter(|&article| !near[article as usize] && !breaks_off(docs[article as usize]))
        .collect()
}

fn breaks_off(doc: &Document) -> bool {
    doc.statements.len() > MOST_STATEMENTS
        || doc
            .article
            .signs
            .iter()
            .any(|sign| sign.kind == SignKind::Truncated)
        || doc.article.warnings.contains(&Warning::Truncated)
}
