//! Which articles are about one event: one pass in order of time, then repair.
//!
//! In: sketches and who nearly repeats whom. Out: groups of articles. Each article meets the
//! stories that share its heaviest words (capped postings, a dozen candidates), is scored against
//! each by title, by all its words and by names, and joins the best one or opens a new one. What
//! the first reports could not know is mended afterwards (`repair`).
//!
//! The score is linear in the two sides' vectors, so a story's mean similarity to an article is
//! one scalar product with the sum of its members' vectors, and so is that of two stories: no pass
//! here compares members pairwise. Cost per article: `PROBES × POSTINGS` additions and
//! `CANDIDATES × (REPRESENTATIVES + 1)` products of sparse vectors, whatever came before.

use crate::background;
use crate::index::{Index, head};
use crate::sketch::Sketch;
use crate::terms::{HashKeyed, Terms, add, dot, heaviest, unit};

/// Everything that decides how articles are grouped. One setting serves all kinds of batches; the
/// figures are those of `cargo xtask eval stories`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Score from which an article joins a story.
    pub join: f32,
    /// Score from which two stories are one.
    pub merge: f32,
    /// Score below which a member leaves its story.
    pub leave: f32,
    /// Weight of the title's words beside the body's in the bag of all words.
    pub title_in_all: f32,
    /// Share of the title's cosine in the score.
    pub title: f32,
    /// Share of the names' cosine in the score.
    pub names: f32,
    /// Share of the best member beside the mean of all.
    pub nearest: f32,
    /// Taken off the score for each doubling of the days between an article and a story.
    pub gap: f32,
    /// Days of silence after which a gap costs no more.
    pub gap_days: f32,
    /// How much the batch's own counts say about how common a word is, beside the background's.
    pub own_counts: f32,
    /// What is added to the score of two headlines without text, as a part of it: few words make
    /// low cosines.
    pub short: f32,
    /// Part of its members' closeness to each other that two groups must reach to be one story.
    pub apart: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            join: 0.3,
            merge: 0.17,
            leave: 0.12,
            title_in_all: 1.5,
            title: 0.15,
            names: 0.1,
            nearest: 0.5,
            gap: 0.025,
            gap_days: 200.0,
            own_counts: 0.3,
            short: 1.0,
            apart: 0.6,
        }
    }
}

/// Of these, the stories whose members are looked at one by one.
const FINALISTS: usize = 3;

/// Members that a story is compared by one by one: its latest.
const REPRESENTATIVES: usize = 6;

/// Terms kept of a story's sum.
const STORY_TERMS: usize = 400;

/// Different words of a text from which its cosines are those of a text.
const FEW_TERMS: f32 = 40.0;

/// One article or one story as bags of words. An article's bags have length 1; a story's are the
/// sums of its members'.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bags {
    pub(crate) all: Terms,
    pub(crate) title: Terms,
    pub(crate) names: Terms,
    /// In how many members each word stands.
    pub(crate) seen: Terms,
    /// Members that have a title, and that have names.
    pub(crate) members: f32,
    pub(crate) titled: f32,
    pub(crate) named: f32,
    /// How much of a text they lack: 1 for a headline alone, 0 from [`FEW_TERMS`] on.
    pub(crate) short: f32,
    /// First and last of their days; `None` where no day is known.
    pub(crate) days: Option<(i32, i32)>,
}

impl Bags {
    /// Adds a member, or the members of another story.
    pub(crate) fn add(&mut self, other: &Bags) {
        let keep = |terms| heaviest(terms, STORY_TERMS);
        self.all = keep(add(&self.all, &other.all, 1.0));
        self.title = keep(add(&self.title, &other.title, 1.0));
        self.names = keep(add(&self.names, &other.names, 1.0));
        self.seen = keep(add(&self.seen, &other.seen, 1.0));
        self.members += other.members;
        self.titled += other.titled;
        self.named += other.named;
        self.short += other.short;
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }

    /// How well the members of the two fit: their similarity, less what the days between them cost.
    pub(crate) fn closeness(&self, other: &Bags, settings: &Settings) -> f32 {
        let days = self.silence(other).min(settings.gap_days);
        self.similarity(other, settings) - settings.gap * (1.0 + days).log2()
    }

    /// Days between the last of the earlier and the first of the later.
    pub(crate) fn silence(&self, other: &Bags) -> f32 {
        let (Some(a), Some(b)) = (self.days, other.days) else {
            return 0.0;
        };
        let between = i64::max(
            i64::from(a.0) - i64::from(b.1),
            i64::from(b.0) - i64::from(a.1),
        );
        between.max(0) as f32
    }

    /// Mean similarity of the members of the two, 0 to 1. Parts that one side lacks do not count.
    pub(crate) fn similarity(&self, other: &Bags, settings: &Settings) -> f32 {
        self.mean(other, settings, |own, sum, members, others| {
            (dot(own, sum), members * others)
        })
    }

    /// Mean similarity of one article to the other members of its story, whose sums are given.
    pub(crate) fn similarity_to_others(&self, story: &Bags, settings: &Settings) -> f32 {
        self.mean(story, settings, |own, sum, members, others| {
            (dot(own, sum) - dot(own, own), members * (others - members))
        })
    }

    /// The score of the sums and numbers of pairs that `sum` gives for each kind of bag.
    fn mean(
        &self,
        other: &Bags,
        settings: &Settings,
        sum: impl Fn(&Terms, &Terms, f32, f32) -> (f32, f32),
    ) -> f32 {
        let mean = |(sum, pairs): (f32, f32)| (pairs > 0.0).then(|| sum / pairs);
        let all = mean(sum(&self.all, &other.all, self.members, other.members)).unwrap_or(0.0);
        let title = mean(sum(&self.title, &other.title, self.titled, other.titled)).unwrap_or(all);
        let names = mean(sum(&self.names, &other.names, self.named, other.named)).unwrap_or(all);
        let rest = 1.0 - settings.title - settings.names;
        let short = self.short * other.short / (self.members * other.members).max(1.0);
        let score = rest * all + settings.title * title + settings.names * names;
        score * (1.0 + settings.short * short)
    }
}

/// A story that articles can still join.
#[derive(Clone, Debug, Default)]
pub(crate) struct Open {
    /// Its members that are no near-copies, in order.
    pub(crate) members: Vec<u32>,
    pub(crate) bags: Bags,
}

/// Weighs every article's words by how rare they are: in the background, and among the batch's
/// texts (near-copies counted once), whose counts weigh less because a large story makes its own
/// words common.
pub(crate) fn weigh(sketches: &[Sketch], leaders: &[u32], settings: &Settings) -> Vec<Bags> {
    // For each term, the texts that hold it and the last one counted.
    let mut counts: HashKeyed<u32, (f32, u32)> = HashKeyed::default();
    let mut texts = 0.0;
    for (at, sketch) in (0..).zip(sketches) {
        if leaders[at as usize] != at {
            continue;
        }
        texts += 1.0;
        for (term, _) in sketch.title.iter().chain(&sketch.body) {
            let count = counts.entry(*term).or_insert((0.0, u32::MAX));
            if count.1 != at {
                *count = (count.0 + 1.0, at);
            }
        }
    }
    let own = settings.own_counts;
    let total = background::documents() as f32 + own * texts;
    let idf = |term: u32| {
        let seen = own * counts.get(&term).map_or(0.0, |c| c.0);
        ((total + 1.0) / (background::frequency(term) as f32 + seen + 0.5))
            .ln()
            .max(0.05)
    };
    let weighed = |terms: &Terms| -> Terms {
        terms
            .iter()
            .map(|&(term, count)| (term, count * idf(term)))
            .collect()
    };
    sketches
        .iter()
        .map(|sketch| {
            let (title, body) = (weighed(&sketch.title), weighed(&sketch.body));
            let all = add(
                &unit(body),
                &unit(title.clone()),
                settings.title_in_all / 4.0,
            );
            Bags {
                seen: all.iter().map(|&(term, _)| (term, 1.0)).collect(),
                all: unit(all),
                titled: f32::from(!title.is_empty()),
                named: f32::from(!sketch.names.is_empty()),
                title: unit(title),
                names: unit(weighed(&sketch.names)),
                members: 1.0,
                short: (1.0 - sketch.body.len() as f32 / FEW_TERMS).max(0.0),
                days: sketch.day.map(|day| (day, day)),
            }
        })
        .collect()
}

/// The stories that the leaders form, in the order in which they began.
pub(crate) fn stream(
    bags: &[Bags],
    leaders: &[u32],
    order: &[u32],
    settings: &Settings,
) -> Vec<Open> {
    let mut stories: Vec<Open> = Vec::new();
    let mut index = Index::default();
    for &article in order.iter().filter(|&&a| leaders[a as usize] == a) {
        let own = &bags[article as usize];
        let own_head = head(&own.all);
        let mut means: Vec<(f32, u32)> = index
            .latest(&own_head)
            .into_iter()
            .map(|candidate| {
                let story = &stories[candidate as usize];
                (own.closeness(&story.bags, settings), candidate)
            })
            .collect();
        means.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: Option<(f32, u32)> = None;
        for (mean, candidate) in means.into_iter().take(FINALISTS) {
            let score = score(own, mean, &stories[candidate as usize], bags, settings);
            if score >= settings.join && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, candidate));
            }
        }
        let story = match best {
            Some((_, story)) => story,
            None => {
                stories.push(Open::default());
                stories.len() as u32 - 1
            }
        };
        let open = &mut stories[story as usize];
        open.members.push(article);
        open.bags.add(own);
        index.post(story, &own_head);
    }
    stories
}

/// How well an article fits a story to whose members it is on average `mean` close.
fn score(own: &Bags, mean: f32, story: &Open, bags: &[Bags], settings: &Settings) -> f32 {
    let nearest = story
        .members
        .iter()
        .rev()
        .take(REPRESENTATIVES)
        .map(|&member| own.closeness(&bags[member as usize], settings))
        .fold(mean, f32::max);
    settings.nearest * nearest + (1.0 - settings.nearest) * mean
}
