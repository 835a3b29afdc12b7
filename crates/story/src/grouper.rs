//! Stories in a stream: each article is placed when it comes, by what came before it.
//!
//! In: sketches, in order of arrival. Out: for each the story that it belongs to and the earlier
//! articles that it shares text with; on demand, repairs. Articles and stories are numbers here, in
//! order of arrival; the caller knows their names. Late articles are placed like others: what
//! counts is how far their days lie from a story's.
//!
//! An article meets the stories that share its heaviest words (capped postings, a dozen candidates),
//! is scored against each by title, by all its words and by names, and joins the best one or opens a
//! new one. What the first reports could not know is mended by `repair`.
//!
//! Memory: some 30 bytes an article and 500 for its shingles while they are looked for; 2 KB for
//! the bags of an article of an open story that is no near-copy; 6 KB an open story. [`Grouper::close`]
//! lets go of all but the 30 bytes.

use serde::{Deserialize, Serialize};

use crate::copies::Postings;
use crate::group::{Bags, Open, Settings, crowd};
use crate::index::{Heads, Index, head};
use crate::sketch::Sketch;
use crate::terms::Terms;
use crate::weights::{Counts, Elsewhere};

/// Of the candidates, the stories whose members are looked at one by one.
const FINALISTS: usize = 3;

/// Members that a story is compared by one by one: its latest.
const REPRESENTATIVES: usize = 6;

/// Where an article was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The article's number.
    pub article: u32,
    /// The story's number.
    pub story: u32,
    /// The earlier article that it nearly repeats.
    pub repeats: Option<u32>,
    /// Earlier articles, of any story, that it shares text with, most first; a few at most.
    pub shares: Vec<u32>,
}

/// What is kept of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The first of the near-copies that it belongs to: itself where there is none.
    pub(crate) leader: u32,
    /// The story of a leader.
    pub(crate) story: u32,
    /// Stories that were named after it.
    pub(crate) namesakes: u32,
    /// A leader's bags, while its story is open.
    pub(crate) bags: Option<Box<Bags>>,
}

/// A stream of articles on their way into stories.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Grouper {
    pub(crate) settings: Settings,
    pub(crate) articles: Vec<Kept>,
    pub(crate) stories: Vec<Open>,
    counts: Counts,
    postings: Postings,
    /// Open stories by what their articles brought, for the next article.
    pub(crate) index: Index,
    /// Open stories by what weighs most in them, for each other.
    pub(crate) heads: Heads,
    /// Stories that have changed since the last repair, rising, none twice.
    pub(crate) changed: Vec<u32>,
    /// The latest day of publication so far.
    today: Option<i32>,
    /// Later days are mistakes.
    #[serde(skip)]
    latest: Option<i32>,
    /// The day by which stories were last closed, and after how much silence.
    closed: Option<(i32, i32)>,
}

impl Grouper {
    /// A stream that nothing has come in yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// Says until when articles can have been published, in days since 1970: one that gives a later day must
    /// not close the stories of all days before it.
    pub fn published_until(&mut self, day: i32) {
        self.latest = Some(day);
    }

    /// Says what other streams see of the same news in all: a word is as common here as in the whole.
    pub fn beside(&mut self, elsewhere: Elsewhere) {
        self.counts.beside(elsewhere);
    }

    /// Says how many texts other streams have seen before the next article.
    pub fn passed(&mut self, texts: u32) {
        self.counts.passed(texts);
    }

    /// Places another version of an earlier article. Where its story has closed it is still the place of all
    /// its versions.
    pub fn add_version(&mut self, sketch: &Sketch, earlier: u32) -> Placed {
        let of = self.articles.get(earlier as usize).cloned();
        let closed = of.as_ref().and_then(|of| {
            let leader = self.articles.get(of.leader as usize)?;
            leader.bags.is_none().then_some(leader.story)
        });
        let (Some(of), Some(story)) = (of, closed) else {
            return self.add(sketch);
        };
        let article = self.articles.len() as u32;
        self.postings.add(&sketch.shingles, |_| true);
        self.articles.push(Kept {
            leader: of.leader,
            story,
            namesakes: 0,
            bags: None,
        });
        Placed {
            article,
            story,
            repeats: Some(earlier),
            shares: Vec::new(),
        }
    }

    /// Whether articles can join a story.
    pub fn is_open(&self, story: u32) -> bool {
        let open = self.stories.get(story as usize);
        open.is_some_and(|open| !open.members.is_empty())
    }

    /// Places the next article.
    pub fn add(&mut self, sketch: &Sketch) -> Placed {
        let article = self.articles.len() as u32;
        let day = match (sketch.day, self.latest) {
            (Some(day), Some(latest)) => Some(day.min(latest)),
            (day, _) => day,
        };
        self.today = self.today.max(day);
        // What tells of several events repeats none that tells of one, and the other way round.
        let (articles, stories) = (&self.articles, &self.stories);
        let alike = |other: u32| {
            let leader = &articles[articles[other as usize].leader as usize];
            stories[leader.story as usize].apart == sketch.apart
        };
        let found = self.postings.add(&sketch.shingles, alike);
        let leader = found.repeats.map(|of| self.articles[of as usize].leader);
        // A copy of what a closed story told opens a new one.
        let leader = leader.filter(|&leader| self.articles[leader as usize].bags.is_some());
        let kept = match leader {
            Some(leader) => Kept {
                leader,
                story: self.articles[leader as usize].story,
                namesakes: 0,
                bags: None,
            },
            None => self.place(article, sketch),
        };
        let story = kept.story;
        self.articles.push(kept);
        self.stories[story as usize].touch(self.today);
        Placed {
            article,
            story,
            repeats: found.repeats,
            shares: found.shares.into_iter().map(|(other, _)| other).collect(),
        }
    }

    /// Places an article that repeats none.
    fn place(&mut self, article: u32, sketch: &Sketch) -> Kept {
        self.counts.count(sketch);
        let bags = self.counts.bags(sketch, &self.settings);
        if sketch.apart {
            return self.set_apart(article, bags);
        }
        let own_head = head(&bags.all);
        let joined = self.best(&bags, &own_head);
        let story = joined.unwrap_or_else(|| {
            self.stories.push(Open::new(article));
            self.stories.len() as u32 - 1
        });
        let open = &mut self.stories[story as usize];
        open.members.push(article);
        open.bags.add(&bags);
        self.index.post(story, &own_head);
        if let Err(at) = self.changed.binary_search(&story) {
            self.changed.insert(at, story);
        }
        Kept {
            leader: article,
            story,
            namesakes: u32::from(joined.is_none()),
            bags: Some(Box::new(bags)),
        }
    }

    /// A story for an article about several events alone. It is listed nowhere, so that no article and no story
    /// finds it.
    fn set_apart(&mut self, article: u32, bags: Bags) -> Kept {
        let story = self.stories.len() as u32;
        self.stories.push(Open {
            members: vec![article],
            bags: bags.clone(),
            apart: true,
            ..Open::new(article)
        });
        Kept {
            leader: article,
            story,
            namesakes: 1,
            bags: Some(Box::new(bags)),
        }
    }

    /// The open story that an article fits best, if one fits.
    fn best(&mut self, own: &Bags, own_head: &[(u32, f32)]) -> Option<u32> {
        let (settings, stories) = (&self.settings, &self.stories);
        let mut means: Vec<(f32, u32)> = self
            .index
            .latest(own_head, |story| {
                !stories[story as usize].members.is_empty()
            })
            .into_iter()
            .map(|story| {
                let bags = &stories[story as usize].bags;
                (own.closeness(bags, settings), story)
            })
            .collect();
        means.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let crowd = crowd(means.iter().map(|mean| mean.0), settings);
        let mut best: Option<(f32, u32)> = None;
        for (mean, candidate) in means.into_iter().take(FINALISTS) {
            let restless = own.restless(&stories[candidate as usize].bags, crowd, settings);
            let score =
                self.score(own, mean, candidate) - settings.contrast_join * crowd - restless;
            let told = own.told_by(&stories[candidate as usize].bags);
            if score >= settings.join && told && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, candidate));
            }
        }
        best.map(|(_, story)| story)
    }

    /// How well an article fits a story to whose members it is on average `mean` close.
    fn score(&self, own: &Bags, mean: f32, story: u32) -> f32 {
        let settings = &self.settings;
        let nearest = self.stories[story as usize]
            .members
            .iter()
            .rev()
            .take(REPRESENTATIVES)
            .map(|&member| own.closeness(self.bags(member), settings))
            .fold(mean, f32::max);
        settings.nearest * nearest + (1.0 - settings.nearest) * mean
    }

    /// The bags of a member of an open story.
    pub(crate) fn bags(&self, member: u32) -> &Bags {
        static NONE: std::sync::LazyLock<Bags> = std::sync::LazyLock::new(Bags::default);
        let kept = self.articles.get(member as usize);
        kept.and_then(|kept| kept.bags.as_deref()).unwrap_or(&NONE)
    }

    /// Closes the stories that nothing has joined for more than so many days, counted by the days
    /// of publication, the longest silent first, as long as more articles than
    /// `keep` are in open stories; gives their numbers. A closed story takes no article and is not repaired.
    pub fn close(&mut self, silence: i32, keep: u32) -> Vec<u32> {
        // What was not silent for long enough by a day is not by the same day.
        let Some(today) = self
            .today
            .filter(|&today| self.closed != Some((today, silence)))
        else {
            return Vec::new();
        };
        self.closed = Some((today, silence));
        let mut open: usize = self.stories.iter().map(|story| story.members.len()).sum();
        let mut silent: Vec<(i32, u32)> = (0..)
            .zip(&self.stories)
            .filter(|(_, story)| !story.members.is_empty())
            .filter_map(|(number, story)| Some((story.last?, number)))
            .filter(|(last, _)| today.saturating_sub(*last) > silence)
            .collect();
        silent.sort_unstable();
        let mut closed = Vec::new();
        for (_, story) in silent {
            if open <= keep as usize {
                break;
            }
            let of_story = &mut self.stories[story as usize];
            open -= of_story.members.len();
            for member in of_story.members.drain(..) {
                self.articles[member as usize].bags = None;
            }
            of_story.bags = Bags::default();
            self.heads.set(story, &of_story.head, &Terms::new());
            of_story.head = Terms::new();
            closed.push(story);
        }
        let open = self.articles.iter().position(|kept| kept.bags.is_some());
        self.postings
            .forget(open.unwrap_or(self.articles.len()) as u32);
        closed
    }

    /// How many articles have come.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The story that an article is in now.
    pub fn story_of(&self, article: u32) -> Option<u32> {
        let kept = self.articles.get(article as usize)?;
        Some(self.articles.get(kept.leader as usize)?.story)
    }

    /// The article that a story's name is made from, and how many stories before it were named after
    /// the same one.
    pub fn name_of(&self, story: u32) -> Option<(u32, u32)> {
        let open = self.stories.get(story as usize)?;
        Some((open.founder, open.nth))
    }

    pub(crate) fn postings(&self) -> &Postings {
        &self.postings
    }

    /// The bags that a sketch has by the counts so far.
    pub(crate) fn weigh(&self, sketch: &Sketch) -> Bags {
        self.counts.bags(sketch, &self.settings)
    }
}
