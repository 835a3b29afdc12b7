//! What is new in a story. In: what its report had, by lasting keys, and its report now. Out: what was not there, each by
//! passages as they stand. Labels are fixed words; every other word is of an article.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::clean::one_line;
use crate::json::word;
use crate::lasting::{key, of_claim, of_dispute, of_quote};
use crate::view;
use crate::wire::{Article, Claim, Form, Mention, Report, Story, Verdict};

/// Passages of one piece of news: of a claim, of each side of a dispute, of a quotation.
const PASSAGES: usize = 4;

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Another story turned out to be this one.
    Merged,
    /// A dispute that was not there.
    Dispute,
    /// A claim has more or surer origins.
    Gained,
    /// A claim has fewer or less sure origins.
    Lost,
    /// An outlet changed its page.
    Changed,
    /// Somebody said something that was not there.
    Said,
    /// An article joined.
    Joined,
    /// An article is in the story no more.
    Left,
    /// An article that a search finds.
    Found,
}

impl Kind {
    /// How it is labelled.
    pub fn label(self) -> &'static str {
        match self {
            Self::Merged => "Story merged",
            Self::Dispute => "New dispute",
            Self::Gained => "Gained corroboration",
            Self::Lost => "Lost corroboration",
            Self::Changed => "Page changed",
            Self::Said => "New quotation",
            Self::Joined => "New article",
            Self::Left => "Article left the story",
            Self::Found => "Found by a search",
        }
    }
}

/// A piece of news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// What kind.
    pub kind: Kind,
    /// What lasts of the claim, dispute or quotation; of the others the id of the article or the other story.
    pub key: String,
    /// How the claim stood and stands; the first is none where it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<(Option<Standing>, Standing)>,
    /// What it rests on.
    pub passages: Vec<Passage>,
    /// Passages that are left out.
    #[serde(default)]
    pub more: usize,
}

/// What the outlets together make of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What it comes to.
    pub verdict: Verdict,
    /// At least so many origins.
    pub low: u32,
    /// At most so many.
    pub high: u32,
}

/// A passage as it stands, with who says it and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The words, to the letter.
    pub text: String,
    /// The words that report it, where it stands in no quote marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// Who is given as its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The outlet.
    pub outlet: String,
    /// The day of publication.
    pub day: Option<String>,
    /// The article's id.
    pub article: String,
    /// The address of its page.
    pub url: Option<String>,
    /// Of a page that changed: whether it stood there or stands there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<bool>,
}

/// What a story's report had, by lasting keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Had {
    /// Its articles, and which version of each.
    pub articles: BTreeMap<String, u32>,
    /// How many stories had turned out to be this one.
    pub merged: usize,
    claims: Vec<(Vec<String>, Standing)>,
    disputes: BTreeSet<String>,
    quotes: BTreeSet<String>,
}

impl Standing {
    fn of(claim: &Claim) -> Self {
        Self {
            verdict: claim.verdict,
            low: claim.origins.low,
            high: claim.origins.high,
        }
    }

    /// Corroborated before not, then by origins.
    fn strength(self) -> (bool, u32, u32) {
        (self.verdict == Verdict::Corroborated, self.low, self.high)
    }

    /// The verdict and the range, in fixed words.
    pub fn words(self) -> String {
        let verdict = word(&self.verdict).replace('-', " ");
        match self.low == self.high {
            true => format!("{verdict}, {}", view::count(self.low, "origin")),
            false => format!("{verdict}, {} to {} origins", self.low, self.high),
        }
    }
}

impl Passage {
    /// A passage of an article.
    pub fn of(article: &Article, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            outlet: view::outlet(article),
            day: article
                .published
                .as_deref()
                .and_then(|at| at.get(..10))
                .map(str::to_owned),
            article: article.id.clone(),
            url: article.url.clone(),
            ..Self::default()
        }
    }

    /// Its words on one line, in quote marks or behind what reports them.
    pub fn words(&self) -> String {
        let words = match &self.cue {
            Some(cue) => format!("{}: {}", one_line(cue), one_line(&self.text)),
            None => crate::clean::quoted(&one_line(&self.text)).into_owned(),
        };
        match self.gone {
            Some(true) => format!("was: {words}"),
            Some(false) => format!("is: {words}"),
            None => words,
        }
    }

    /// Who says it, where and when.
    pub fn by(&self) -> String {
        let parts = [
            self.speaker.as_deref(),
            Some(self.outlet.as_str()),
            self.day.as_deref(),
        ];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        let parts: Vec<_> = parts.map(one_line).collect();
        parts.join(", ")
    }
}

impl News {
    /// Its label, with how the claim stood and stands.
    pub fn label(&self) -> String {
        let label = self.kind.label();
        match &self.stands {
            Some((Some(before), now)) => format!("{label}: {} → {}", before.words(), now.words()),
            Some((None, now)) => format!("{label}: {}", now.words()),
            None => label.to_owned(),
        }
    }
}

/// What a story's report has. `made_of`: its articles' versions; `merged`: how many stories turned out to be this one.
pub fn had(story: &Story, made_of: &[(String, u32)], merged: usize) -> Had {
    let claims = story.claims.iter().map(|claim| {
        let keys = of_claim(claim).map(|mention| key('c', mention));
        (keys.collect(), Standing::of(claim))
    });
    let disputes = story.disputes.iter().flat_map(of_dispute);
    let quotes = story.quotes.iter().flat_map(of_quote);
    Had {
        articles: made_of.iter().cloned().collect(),
        merged,
        claims: claims.collect(),
        disputes: disputes.map(|mention| key('d', mention)).collect(),
        quotes: quotes.map(|mention| key('q', mention)).collect(),
    }
}

/// What a report of one story has that it had not, but for what became of its pages.
pub fn news(had: &Had, report: &Report) -> Vec<News> {
    let Some(story) = report.stories.first() else {
        return Vec::new();
    };
    let teller = Teller {
        story,
        articles: report.articles.iter().map(|a| (a.id.as_str(), a)).collect(),
    };
    let mut news = teller.disputes(had);
    news.extend(teller.claims(had));
    news.extend(teller.said(had));
    for article in &report.articles {
        if !had.articles.contains_key(&article.id) {
            news.push(of_article(Kind::Joined, article));
        }
    }
    news.sort_by_key(|one| one.kind);
    news
}

/// News that an article is the subject of, by its headline.
pub fn of_article(kind: Kind, article: &Article) -> News {
    let title = article.title.as_deref().unwrap_or(&article.id);
    News {
        kind,
        key: article.id.clone(),
        stands: None,
        passages: vec![Passage::of(article, title)],
        more: 0,
    }
}

struct Teller<'r> {
    story: &'r Story,
    articles: HashMap<&'r str, &'r Article>,
}

impl Teller<'_> {
    fn passage(&self, mention: &Mention, names: &[String]) -> Option<Passage> {
        let article = self.articles.get(mention.article.as_str())?;
        let speaker = names.first().and_then(|id| view::name(self.story, id));
        Some(Passage {
            speaker: speaker.map(|name| name.name.clone()),
            ..Passage::of(article, &mention.text)
        })
    }

    fn disputes(&self, had: &Had) -> Vec<News> {
        let new = self.story.disputes.iter().filter(|dispute| {
            of_dispute(dispute).all(|mention| !had.disputes.contains(&key('d', mention)))
        });
        let told = new.map(|dispute| {
            let shown = dispute.sides.iter().flat_map(|side| {
                let shown = side.mentions.iter().take(PASSAGES);
                shown.filter_map(|mention| self.passage(mention, &side.held_by))
            });
            let passages: Vec<Passage> = shown.collect();
            News {
                kind: Kind::Dispute,
                key: dispute.key.clone(),
                stands: None,
                more: of_dispute(dispute).count() - passages.len(),
                passages,
            }
        });
        told.collect()
    }

    fn claims(&self, had: &Had) -> Vec<News> {
        let mut before: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (keys, _)) in had.claims.iter().enumerate() {
            for key in keys {
                before.entry(key).or_default().push(at);
            }
        }
        // What each claim was, and what became of each that was: a sentence may be read as two claims.
        let mut best: Vec<Option<&Claim>> = vec![None; had.claims.len()];
        let mut news = Vec::new();
        for claim in &self.story.claims {
            let keys: Vec<String> = of_claim(claim).map(|mention| key('c', mention)).collect();
            let was: HashSet<usize> = keys
                .iter()
                .filter_map(|key| before.get(key.as_str()))
                .flatten()
                .copied()
                .collect();
            for &at in &was {
                let stronger =
                    |held: &&Claim| Standing::of(held).strength() >= Standing::of(claim).strength();
                if let Some(slot) = best.get_mut(at)
                    && slot.as_ref().is_none_or(|held| !stronger(held))
                {
                    *slot = Some(claim);
                }
            }
            let now = Standing::of(claim);
            let standings = was.iter().filter_map(|&at| had.claims.get(at));
            let was = standings
                .map(|(_, was)| *was)
                .max_by_key(|was| was.strength());
            let gained = match was {
                Some(was) => now.strength() > was.strength(),
                None => now.verdict == Verdict::Corroborated,
            };
            if gained {
                news.push(self.claim(Kind::Gained, claim, was));
            }
        }
        for ((_, was), best) in had.claims.iter().zip(best) {
            if let Some(claim) = best
                && Standing::of(claim).strength() < was.strength()
            {
                let lost = self.claim(Kind::Lost, claim, Some(*was));
                if !news.contains(&lost) {
                    news.push(lost);
                }
            }
        }
        news
    }

    fn claim(&self, kind: Kind, claim: &Claim, was: Option<Standing>) -> News {
        let stated = claim.readings.iter().filter(|reading| !reading.near);
        let shown = stated.clone().take(PASSAGES);
        let shown = shown.filter_map(|one| self.passage(&one.mention, &one.attributed_to));
        let passages: Vec<Passage> = shown.collect();
        News {
            kind,
            key: claim.key.clone(),
            stands: Some((was, Standing::of(claim))),
            more: stated.count() - passages.len(),
            passages,
        }
    }

    fn said(&self, had: &Had) -> Vec<News> {
        let new = self.story.quotes.iter().filter(|quote| {
            quote.speaker.is_some()
                && of_quote(quote).all(|mention| !had.quotes.contains(&key('q', mention)))
        });
        let told = new.map(|quote| {
            let shown = quote.readings.iter().take(PASSAGES).filter_map(|reading| {
                let mention = &reading.mention;
                let cue = reading
                    .cue
                    .as_ref()
                    .filter(|cue| reading.form != Form::Direct && cue.start < mention.start);
                Some(Passage {
                    cue: cue.map(|cue| cue.text.clone()),
                    speaker: view::speaker(self.story, quote),
                    ..self.passage(mention, &[])?
                })
            });
            let passages: Vec<Passage> = shown.collect();
            News {
                kind: Kind::Said,
                key: quote.key.clone(),
                stands: None,
                more: quote.readings.len() - passages.len(),
                passages,
            }
        });
        told.collect()
    }
}
