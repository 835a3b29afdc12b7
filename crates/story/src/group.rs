//! How alike two articles are, an article and a story, or two stories.
//!
//! In: bags of weighed words. Out: a score. It is linear in the two sides' vectors, so a story's mean
//! similarity to an article is one scalar product with the sum of its members' vectors, and so is
//! that of two stories: nothing here compares members pairwise.

use serde::{Deserialize, Serialize};

use crate::terms::{Terms, add, dot, gather, heaviest};

/// Everything that decides how articles are grouped. One setting serves all kinds of batches; the
/// figures are those of `cargo xtask eval stories`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// Score from which an article joins a story.
    pub join: f32,
    /// Score from which two stories are one.
    pub merge: f32,
    /// Score from which a story goes on from an earlier one.
    pub chain: f32,
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

/// One setting for all sets, by `cargo xtask eval stories`: each value was moved both ways, and the
/// B-cubed F1 of giveme5w (.958), ecbplus (.944), uci-headlines (.78), wikinews without time (.816) and
/// dated (.868) stood at or near their best together. A step either way of `join` (.28, .32), `names`
/// (.05, .15), `title` (.1, .2) or `nearest` (.4, .6) costs the one or the other up to .012; of `merge`
/// (.155, .185) up to .02 in precision or recall of giveme5w; `own_counts` of 0 costs all of them .01
/// to .02; `short` from 1.0 gives uci and ecbplus .003 to .006; `apart` of .7 costs giveme5w .02.
impl Default for Settings {
    fn default() -> Self {
        Self {
            join: 0.3,
            merge: 0.17,
            chain: 0.1,
            leave: 0.12,
            title_in_all: 1.5,
            title: 0.15,
            names: 0.1,
            nearest: 0.5,
            gap: 0.025,
            gap_days: 200.0,
            own_counts: 0.3,
            short: 1.3,
            apart: 0.6,
        }
    }
}

/// Terms kept of a story's sum.
const STORY_TERMS: usize = 400;
const STORY_TITLE_TERMS: usize = 100;
const STORY_NAME_TERMS: usize = 160;

/// Different words of a text from which its cosines are those of a text.
pub(crate) const FEW_TERMS: f32 = 40.0;

/// One article or one story as bags of words. An article's bags have length 1; a story's are the
/// sums of its members'.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Bags {
    pub(crate) all: Terms,
    pub(crate) title: Terms,
    pub(crate) names: Terms,
    /// In how many members each word stands; empty for an article, whose words are those of `all`.
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
        self.all = heaviest(add(&self.all, &other.all, 1.0), STORY_TERMS);
        self.title = heaviest(add(&self.title, &other.title, 1.0), STORY_TITLE_TERMS);
        self.names = heaviest(add(&self.names, &other.names, 1.0), STORY_NAME_TERMS);
        let ones;
        let seen = if other.seen.is_empty() {
            ones = other.all.iter().map(|&(term, _)| (term, 1.0)).collect();
            &ones
        } else {
            &other.seen
        };
        self.seen = heaviest(add(&self.seen, seen, 1.0), STORY_TERMS);
        self.count(other);
    }

    /// Adds all but the words.
    fn count(&mut self, other: &Bags) {
        self.members += other.members;
        self.titled += other.titled;
        self.named += other.named;
        self.short += other.short;
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }

    /// The bags of several articles together: as by [`Bags::add`], in one go.
    pub(crate) fn sum<'b>(members: impl Iterator<Item = &'b Bags>) -> Self {
        let mut sum = Self::default();
        let (mut all, mut title, mut names) = (Terms::new(), Terms::new(), Terms::new());
        for member in members {
            all.extend_from_slice(&member.all);
            title.extend_from_slice(&member.title);
            names.extend_from_slice(&member.names);
            sum.count(member);
        }
        let ones = all.iter().map(|&(term, _)| (term, 1.0)).collect();
        sum.seen = heaviest(gather(ones), STORY_TERMS);
        sum.all = heaviest(gather(all), STORY_TERMS);
        sum.title = heaviest(gather(title), STORY_TITLE_TERMS);
        sum.names = heaviest(gather(names), STORY_NAME_TERMS);
        sum
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

/// A story that articles can still join; one without members has been merged or closed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Open {
    /// Its members that are no near-copies.
    pub(crate) members: Vec<u32>,
    pub(crate) bags: Bags,
    /// How many members it had when it was last looked at for members that do not belong.
    pub(crate) checked: u32,
    /// What other stories find it by, as of the last repair.
    pub(crate) head: Terms,
    /// The article that it is named after, and how many stories before it were.
    pub(crate) founder: u32,
    pub(crate) nth: u32,
    /// The latest day known when its last article came.
    pub(crate) last: Option<i32>,
}

impl Open {
    /// A story named after an article, without members yet.
    pub(crate) fn new(founder: u32) -> Self {
        Self {
            founder,
            ..Self::default()
        }
    }

    /// Notes that an article came.
    pub(crate) fn touch(&mut self, today: Option<i32>) {
        self.last = self.last.max(today);
    }
}
