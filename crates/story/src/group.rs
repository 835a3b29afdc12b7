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
    /// How much of what an article has in common with many stories is taken off its score with one.
    pub contrast_join: f32,
    /// The same of the score of two stories.
    pub contrast_merge: f32,
    /// How much more a gap costs where it is crowded.
    pub contrast_gap: f32,
    /// The nearest others after which the next tells how crowded it is: fewer would be the parts that its own
    /// event is still in.
    pub crowd: u32,
    /// How close news is to other news by chance.
    pub chance: f32,
    /// Part of its members' closeness to each other that two groups must reach to be one story.
    pub apart: f32,
}

/// One setting for all sets, by `cargo xtask eval stories`: the values were moved one to three at a time, some
/// six hundred times, and kept where the B-cubed F1 of the crowded sets (allsides, neus) rose and no other lost
/// more than .01. Without contrast allsides has .798 (.646 without time) and neus .605; with it .869, .780
/// and .738. A step of `contrast_merge` (.7, 1.1) costs neus or giveme5w .01, of `join` (.28, .32) giveme5w;
/// `own_counts` of .3 instead of .7 costs the crowded sets .01 to .02.
impl Default for Settings {
    fn default() -> Self {
        Self {
            join: 0.3,
            merge: 0.16,
            chain: 0.1,
            leave: 0.12,
            title_in_all: 1.5,
            title: 0.2,
            names: 0.05,
            nearest: 0.6,
            gap: 0.02,
            gap_days: 200.0,
            own_counts: 0.7,
            short: 1.7,
            contrast_join: 0.4,
            contrast_merge: 0.9,
            contrast_gap: 20.0,
            crowd: 5,
            chance: 0.02,
            apart: 0.6,
        }
    }
}

/// Terms kept of a story's sum.
const STORY_TERMS: usize = 400;
const STORY_TITLE_TERMS: usize = 100;
const STORY_NAME_TERMS: usize = 160;

/// How crowded it is around an article or a story, by how close it is to others, the closest first: 0
/// where nobody else writes about its matter. A topic that never rests has many stories that are all
/// like each other; within it only what is more than that tells that two are one (local scaling, as
/// for nearest neighbours in dense regions: Zelnik-Manor & Perona 2004; Conneau et al. 2018).
pub(crate) fn crowd(mut closest_first: impl Iterator<Item = f32>, settings: &Settings) -> f32 {
    let last = closest_first.nth(settings.crowd as usize);
    last.map_or(0.0, |close| (close - settings.chance).max(0.0))
}

/// Different words of a text from which its cosines are those of a text.
pub(crate) const FEW_TERMS: f32 = 40.0;

/// From how much of a text an article lacks it is as good as a headline beside texts.
const HEADLINE: f32 = 0.5;
/// Words of a headline that a story of whole texts must have for the headline to join it. Asked of headlines among
/// headlines too it would cost uci-headlines .04 of its F1.
const TOLD_WORDS: usize = 3;

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

    /// What the days between the two cost beside, where it is crowded.
    pub(crate) fn restless(&self, other: &Bags, crowd: f32, settings: &Settings) -> f32 {
        let days = self.silence(other).min(settings.gap_days);
        settings.gap * settings.contrast_gap * crowd * (1.0 + days).log2()
    }

    /// Whether a story of whole texts tells enough of what headlines say for them to be about it: one or two words
    /// agree by chance.
    pub(crate) fn told_by(&self, story: &Bags) -> bool {
        let texts = 1.0 - story.short / story.members.max(1.0);
        if self.short / self.members.max(1.0) * texts < HEADLINE {
            return true;
        }
        let known = |term: u32| {
            story
                .all
                .binary_search_by_key(&term, |entry| entry.0)
                .is_ok()
        };
        self.all.iter().filter(|entry| known(entry.0)).count() >= TOLD_WORDS
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
    /// Whether it is an article about several events: nothing but its copies joins it.
    pub(crate) apart: bool,
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
