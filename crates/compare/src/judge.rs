//! In: groups of statements that state one claim. Out: claims, with who states them, how many
//! origins they can have, whose text lacks them, and what that comes to. Every statement is in one:
//! with those that state the same, or as what its article alone has.
//!
//! Who only comes near a claim is listed with it and counts for nothing in it: neither its outlets, its
//! origins nor its verdict; what such a passage does state is a claim of its own.

use std::collections::BTreeMap;

use model::{
    ArticleIx, Claim, ClaimReading, Dispute, DisputeIx, DisputeKind, Document, Genre, Mention,
    NonEmpty, Origins, ReadingIx, Reason, ReasonKind, SignKind, Story, Verdict, Warning,
};

use crate::alone;
use crate::clearest::{Shown, clearest};
use crate::judged::Judged;
use crate::numbers::Number;
use crate::origins;
use crate::relation::{Relations, STATES};
use crate::shared::{Sharing, days};
use crate::terms::{MOST_STATEMENTS, Said, Terms};
use crate::thresholds::Rules;

/// Mean score with the claim's other passages that a passage must have to corroborate it, or to stand
/// for it.
const CORE: f32 = 0.4;
/// Part of a rewrite's statements that an article must have for the rewrite to be one of it, perhaps. Two reports
/// of one event share far fewer.
const MADE_OVER: f32 = 0.5;
/// What being stated by another origin counts for beside being like the others, for what stands for a claim.
const CONFIRMED: i64 = 3;
/// A statement is a report where one part in so many of it, or more, is what was said.
const REPORTED: usize = 3;
/// What passages of one group state beside its claim is looked for so often at most.
const ROUNDS: usize = 3;

/// The claims with what the outlets make of each, disputes considered. Where only the speaker is in dispute, what
/// was said is not.
pub(crate) fn verdicts(judged: Vec<Judged>, disputes: &[Dispute]) -> Vec<Claim> {
    let mut disputed: Vec<Vec<DisputeIx>> = vec![Vec::new(); judged.len()];
    for (index, dispute) in DisputeIx::all().zip(disputes) {
        let of_matter = dispute.kind != DisputeKind::Attribution;
        let sides = dispute.sides.iter().filter(|_| of_matter);
        for claim in sides.flat_map(|side| &side.claims) {
            disputed[claim.at()].push(index);
        }
    }
    let claims = judged.into_iter().zip(disputed);
    let claims = claims.map(|(judged, disputes)| Claim {
        verdict: match (NonEmpty::new(disputes), judged.confirmed) {
            (Some(disputes), _) => Verdict::Disputed { disputes },
            (None, Some(other)) => Verdict::Corroborated {
                apart: [judged.clearest, other],
            },
            (None, None) if judged.outlets > 1 => Verdict::SingleOrigin,
            (None, None) => Verdict::OnlyHere,
        },
        clearest: judged.clearest,
        readings: judged.readings,
        outlets: judged.outlets,
        origins: judged.origins,
        absent_from: judged.absent_from,
    });
    claims.collect()
}

/// Makes the claims out of groups of statements, and of what is left.
pub(crate) fn judge(
    story: &Story,
    docs: &[&Document],
    utterances: &[model::Utterance],
    groups: Vec<Vec<u32>>,
    rules: &Rules,
    relations: &Relations<'_>,
) -> Vec<Judged> {
    let terms = relations.terms;
    let judging = Judging::new(story, docs, utterances, rules, relations);
    let mut drafts: Vec<Draft<'_>> = groups
        .iter()
        .filter(|group| {
            let said = |one: &u32| &terms.said[*one as usize];
            let several = |one| said(one).article != said(&group[0]).article;
            // What something hangs on is not stated, however many say it.
            group.iter().any(several) && !group.iter().all(|one| said(one).conditional)
        })
        .filter_map(|group| judging.draft(group))
        .collect();
    // Best attested first; then as the articles tell it.
    drafts.sort_by_key(|draft| {
        let outlets = origins::outlets(docs, &draft.readings);
        (std::cmp::Reverse(outlets), draft.readings.first().mention)
    });
    // A passage stands for one claim, and so do its words in a copy: where they state two, the second
    // shows another reading.
    let mut shown = Shown::default();
    let mut stated = vec![false; terms.said.len()];
    // For what only comes near a claim, the passage that stands for it.
    let mut similar: BTreeMap<u32, u32> = BTreeMap::new();
    let mut claims = Vec::new();
    for draft in &drafts {
        let (judged, shows) = judging.claim(draft, None, &mut shown, &mut stated);
        let near = judged.said.iter().filter(|one| !stated[**one as usize]);
        near.for_each(|one| {
            similar.entry(*one).or_insert(shows);
        });
        claims.push(judged);
    }
    for draft in &drafts {
        for _ in 0..ROUNDS {
            let rest: Vec<u32> = draft
                .group
                .iter()
                .copied()
                .filter(|one| !stated[*one as usize])
                .collect();
            let article = |one: &u32| terms.said[*one as usize].article;
            if rest.iter().all(|one| article(one) == article(&rest[0])) {
                break;
            }
            let Some(of_rest) = judging.draft(&rest) else {
                break;
            };
            let like = similar.get(&rest[0]).copied();
            claims.push(judging.claim(&of_rest, like, &mut shown, &mut stated).0);
        }
    }
    for (one, span) in alone::passages(docs, &terms.said, &stated) {
        // What it comes near was found for the statement alone.
        let whole = terms.said[one as usize].span;
        let like = similar.get(&one).copied().filter(|_| span == whole);
        claims.extend(judging.alone(one, span, like));
    }
    claims.sort_by_key(|judged| {
        let first = judged.readings.first().mention;
        (std::cmp::Reverse(judged.outlets), first)
    });
    claims
}

/// What claims are judged by.
pub(crate) struct Judging<'a> {
    story: &'a Story,
    docs: &'a [&'a Document],
    terms: &'a Terms,
    relations: &'a Relations<'a>,
    rules: &'a Rules,
    ties: origins::Ties<'a>,
}

/// A group of statements before it is known which of them stands for it.
struct Draft<'a> {
    group: Vec<u32>,
    said: Vec<&'a Said>,
    readings: NonEmpty<ClaimReading>,
    /// What each is worth as the one that stands for the group; 0 where it is not like the others.
    stands: Vec<i64>,
    /// For each one of another origin that surely states the same.
    confirmed_by: Vec<Option<usize>>,
    /// Of how many origins all of them can be.
    origins: Origins,
}

impl<'a> Judging<'a> {
    /// Lays out what all claims of a story are judged by.
    pub(crate) fn new(
        story: &'a Story,
        docs: &'a [&'a Document],
        utterances: &[model::Utterance],
        rules: &'a Rules,
        relations: &'a Relations<'a>,
    ) -> Self {
        let made_over = made_over(story, relations);
        Self {
            story,
            docs,
            terms: relations.terms,
            relations,
            rules,
            ties: origins::Ties::of(story, docs, utterances, made_over, rules.whole_copy),
        }
    }

    /// Whether who states `other` is listed as stating `one`: all of it that counts, and nothing against it.
    pub(crate) fn states(&self, one: u32, other: u32) -> bool {
        let (a, b) = (
            &self.terms.said[one as usize],
            &self.terms.said[other as usize],
        );
        self.relations.between(one, other).is_firm()
            && self.relations.tells(one, other, &STATES)
            && tells_figures(b, a)
            && !self.relations.contrary(one, other)
    }

    /// Of how many origins some statements are.
    pub(crate) fn origins_of(&self, readings: &[ClaimReading], said: &[u32]) -> Origins {
        let of: Vec<&Said> = said
            .iter()
            .map(|one| &self.terms.said[*one as usize])
            .collect();
        let confirms = |one: usize, other: usize| self.confirms(said, one, other);
        self.ties.origins(readings, &of, confirms).0
    }

    fn draft(&self, group: &[u32]) -> Option<Draft<'a>> {
        let said: Vec<&Said> = group
            .iter()
            .map(|&one| &self.terms.said[one as usize])
            .collect();
        let readings: Vec<ClaimReading> = said.iter().map(|one| self.reading(one)).collect();
        let readings = NonEmpty::new(readings)?;
        let core = core(group, self.relations);
        let confirms =
            |one: usize, other: usize| core[one] && core[other] && self.confirms(group, one, other);
        let (origins, confirmed_by) = self.ties.origins(&readings, &said, confirms);
        // What is shown as corroborated is what another origin surely states, too, before all else.
        let stands = core.iter().zip(&confirmed_by);
        let stands =
            stands.map(|(core, by)| i64::from(*core) + CONFIRMED * i64::from(by.is_some()));
        Some(Draft {
            group: group.to_vec(),
            stands: stands.collect(),
            confirmed_by,
            said,
            readings,
            origins,
        })
    }

    /// Whether who states the second surely states the first as well. A passage that only widens the claim does not
    /// confirm it, however like one other it is; nor does one that is contrary to it, foresees it, asks whether it
    /// is so, tells only a part of it, or lacks one of its figures; nor one of whose language nobody can tell whether it
    /// denies.
    fn confirms(&self, group: &[u32], one: usize, other: usize) -> bool {
        let (one, other) = (group[one], group[other]);
        let (a, b) = (
            &self.terms.said[one as usize],
            &self.terms.said[other as usize],
        );
        !(a.conditional || b.conditional)
            && a.whether == b.whether
            && a.facts.polar
            && b.facts.polar
            && !self.docs[a.article].article.is(Genre::Opinion)
            && !self.docs[b.article].article.is(Genre::Opinion)
            && a.modality == b.modality
            && days(a, b) != Sharing::Differs
            && has_figures_of(b, a)
            && self.relations.between(one, other).same >= self.rules.corroborates
            && self.relations.tells(one, other, &self.rules.confirms)
            && !self.relations.contrary(one, other)
    }

    /// Makes a group's claim and marks what states it; gives the statement that stands for it as well. `like` only
    /// comes near it.
    fn claim(
        &self,
        draft: &Draft<'a>,
        like: Option<u32>,
        shown: &mut Shown<'a>,
        stated: &mut [bool],
    ) -> (Judged, u32) {
        let (docs, terms) = (self.docs, self.terms);
        let shows = clearest(self.story, docs, terms, &draft.said, &draft.stands, shown);
        shown.push(draft.said[shows]);
        let mut readings = draft.readings.clone();
        let mut firm: Vec<usize> = Vec::new();
        for (at, reading) in readings.iter_mut().enumerate() {
            let states = draft.stands[at] > 0 && self.states(draft.group[shows], draft.group[at]);
            reading.near = at != shows && !states;
            if !reading.near {
                firm.push(at);
                stated[draft.group[at] as usize] = true;
            }
        }
        let (outlets, mut origins) = self.counted(draft, &firm);
        let confirmed = draft.confirmed_by[shows].filter(|_| outlets > 1);
        self.mark_carried(draft, shows, confirmed, &mut readings);
        if confirmed.is_none() {
            // Who does not surely say the same is not forced apart by speaking for himself.
            origins.low = 1;
            for reason in &mut origins.because {
                if reason.kind == ReasonKind::NoSharedOriginFound {
                    reason.kind = ReasonKind::LooseMatch;
                }
            }
        }
        let article = |at: &usize| draft.said[*at].article;
        let unknown = firm.iter().filter(|at| !draft.said[**at].facts.polar);
        let opinions = firm
            .iter()
            .filter(|at| docs[article(at)].article.is(Genre::Opinion));
        for (kind, articles) in [
            (
                ReasonKind::UnknownDenial,
                unknown.map(article).collect::<Vec<ArticleIx>>(),
            ),
            (ReasonKind::Opinion, opinions.map(article).collect()),
        ] {
            if outlets > 1 && confirmed.is_none() && !articles.is_empty() {
                let because = &mut origins.because;
                because.retain(|reason| reason.kind != ReasonKind::LooseMatch);
                because.push(Reason {
                    kind,
                    articles,
                    words: None,
                });
            }
        }
        // What was only found, in another language, comes near and says nothing of the claim.
        let found = (0..draft.group.len())
            .filter(|at| self.relations.across(draft.group[shows], draft.group[*at]));
        let found: Vec<ArticleIx> = found
            .filter(|at| *at != shows)
            .map(|at| article(&at))
            .collect();
        if confirmed.is_none() && !found.is_empty() {
            origins.because.push(Reason {
                kind: ReasonKind::AcrossLanguages,
                articles: found,
                words: None,
            });
        }
        let mut said = draft.group.clone();
        let readings = with_like(self, readings, like, &mut said);
        let place = |at: usize| {
            let place = said.iter().position(|one| *one == draft.group[at]);
            ReadingIx::new(place.unwrap_or(at))
        };
        let judged = Judged {
            clearest: place(shows),
            confirmed: confirmed.map(place),
            absent_from: absent(self.relations, &draft.group),
            outlets,
            origins,
            readings,
            said,
        };
        (judged, draft.group[shows])
    }

    /// Tells of each reading which of its words carry the claim.
    fn mark_carried(
        &self,
        draft: &Draft<'a>,
        shows: usize,
        confirmed: Option<usize>,
        readings: &mut NonEmpty<ClaimReading>,
    ) {
        let stood_by = |at: &usize| {
            let same = self
                .relations
                .between(draft.group[shows], draft.group[*at])
                .same;
            (!readings[*at].near, (same * 1e6) as u32)
        };
        let others = (0..draft.group.len()).filter(|at| *at != shows);
        let beside = confirmed.or_else(|| others.max_by_key(stood_by));
        for (at, reading) in readings.iter_mut().enumerate() {
            let beside = if at == shows { beside } else { Some(shows) };
            reading.carried = beside
                .and_then(|other| self.relations.carried(draft.group[at], draft.group[other]));
        }
    }

    /// How many outlets and origins the passages have that state a claim.
    fn counted(&self, draft: &Draft<'a>, firm: &[usize]) -> (u32, Origins) {
        if firm.len() == draft.group.len() {
            let outlets = origins::outlets(self.docs, &draft.readings);
            return (outlets, draft.origins.clone());
        }
        let readings: Vec<ClaimReading> =
            firm.iter().map(|&at| draft.readings[at].clone()).collect();
        let said: Vec<&Said> = firm.iter().map(|&at| draft.said[at]).collect();
        let outlets = origins::outlets(self.docs, &readings);
        // What is surely stated apart was found out for all of them.
        let confirms = |one: usize, _| draft.confirmed_by[firm[one]].is_some();
        (outlets, self.ties.origins(&readings, &said, confirms).0)
    }

    /// A claim that one article alone states, in this passage; `like` only comes near it.
    fn alone(&self, one: u32, span: model::Span, like: Option<u32>) -> Option<Judged> {
        let said = &self.terms.said[one as usize];
        let mut reading = self.reading(said);
        reading.mention.span = span;
        let readings = NonEmpty::one(reading);
        let mut group = vec![one];
        let (origins, _) = self.ties.origins(&readings, &[said], |_, _| false);
        let absent_from = absent(self.relations, &group);
        let readings = with_like(self, readings, like, &mut group);
        let clearest = readings.iter().position(|reading| !reading.near)?;
        Some(Judged {
            clearest: ReadingIx::new(clearest),
            confirmed: None,
            absent_from,
            outlets: 1,
            origins,
            readings,
            said: group,
        })
    }

    /// A statement as one article's reading.
    pub(crate) fn reading(&self, said: &Said) -> ClaimReading {
        let doc = self.docs[said.article];
        let statement = &doc.statements[said.statement as usize];
        let quote = statement
            .quote
            .and_then(|quote| doc.quotes.get(quote as usize))
            .or_else(|| reported(doc, said.span));
        let attributed_to = quote
            .and_then(|quote| quote.speaker)
            .and_then(|entity| crate::terms::name_of(self.story, said.article, entity))
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
            carried: None,
            near: false,
        }
    }
}

/// Readings with one more that only comes near, in their order.
fn with_like(
    judging: &Judging<'_>,
    readings: NonEmpty<ClaimReading>,
    like: Option<u32>,
    said: &mut Vec<u32>,
) -> NonEmpty<ClaimReading> {
    let Some(like) = like.filter(|like| !said.contains(like)) else {
        return readings;
    };
    let mut near = judging.reading(&judging.terms.said[like as usize]);
    near.near = true;
    let at = readings.partition_point(|reading| reading.mention < near.mention);
    let mut all: Vec<ClaimReading> = readings.iter().cloned().collect();
    all.insert(at, near);
    said.insert(at, like);
    NonEmpty::new(all).unwrap_or(readings)
}

/// Whether a statement has every figure of another: "the rope broke" does not tell that it broke in two places.
/// (Lengths of time are let be: they are told too roughly.)
pub(crate) fn has_figures_of(one: &Said, other: &Said) -> bool {
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
fn made_over(story: &Story, relations: &Relations<'_>) -> Vec<(ArticleIx, ArticleIx)> {
    let terms = relations.terms;
    let mut found = Vec::new();
    for rewrite in &story.rewrites {
        let from = terms.starts[rewrite.article.at()];
        let own = terms.of_article(rewrite.article).len();
        let mut shared: BTreeMap<ArticleIx, usize> = BTreeMap::new();
        for one in from..from + own as u32 {
            let firm = relations.near(one).filter(|(_, to)| to.is_firm());
            let mut with: Vec<ArticleIx> = firm
                .map(|(other, _)| terms.said[other as usize].article)
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
fn core(group: &[u32], relations: &Relations<'_>) -> Vec<bool> {
    (0..group.len())
        .map(|at| {
            let others = group.iter().enumerate().filter(|(other, _)| *other != at);
            let sum: f32 = others
                .map(|(_, other)| relations.between(group[at], *other).same)
                .sum();
            sum >= CORE * (group.len() - 1) as f32
        })
        .collect()
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

/// Articles of which no statement comes near the claim. A text that breaks off may have had it, and so may
/// what is not compared.
fn absent(relations: &Relations<'_>, group: &[u32]) -> Vec<ArticleIx> {
    let (docs, terms) = (relations.docs, relations.terms);
    let mut near = vec![false; docs.len()];
    for &one in group {
        let others = relations.near(one).filter(|(_, to)| to.is_near());
        for said in std::iter::once(one).chain(others.map(|other| other.0)) {
            let place = terms.mention(said);
            near[place.article.at()] = true;
            for again in terms.reprints.again(place) {
                near[again.article.at()] = true;
            }
        }
    }
    ArticleIx::of(docs.len())
        .filter(|&article| {
            let read = !terms.reprints.is_uncompared(article);
            read && !near[article.at()] && !breaks_off(docs[article])
        })
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
