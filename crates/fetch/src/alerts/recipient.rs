//! Who is told by a hook: a saved search's, or a follower's of a story. In: the store. Out: what waits for it, and how far
//! it was told.

use store::{ArticleRow, Follower, Reader, SavedSearch, Writer};

use crate::bulletin::{self, Bulletin};

/// Versions that are looked through at one time, and so articles of one message at most.
const TOGETHER: u32 = 1_000;
/// News of one message at most.
const NEWS: u32 = 100;

/// Who is told.
#[derive(Clone, Debug)]
pub enum Recipient {
    Search(SavedSearch),
    Follower(Follower),
}

/// What waits for a hook.
pub struct Waiting {
    pub told: Bulletin,
    /// Up to which version, or piece of news, it tells.
    pub to: i64,
}

impl Recipient {
    /// All that have a hook.
    pub fn all(store: &Reader) -> Result<Vec<Self>, store::Error> {
        let searches = store.searches()?.into_iter().map(Self::Search);
        let followers = store.followers()?.into_iter().map(Self::Follower);
        let all = searches.chain(followers);
        Ok(all.filter(|one| one.hook().is_some()).collect())
    }

    pub fn hook(&self) -> Option<&str> {
        match self {
            Self::Search(search) => search.hook.as_deref(),
            Self::Follower(follower) => follower.hook.as_deref(),
        }
    }

    pub fn form(&self) -> Option<&str> {
        match self {
            Self::Search(search) => search.form.as_deref(),
            Self::Follower(follower) => follower.form.as_deref(),
        }
    }

    pub fn secret(&self) -> Option<&str> {
        match self {
            Self::Search(search) => search.secret.as_deref(),
            Self::Follower(follower) => follower.secret.as_deref(),
        }
    }

    pub fn every(&self) -> i64 {
        match self {
            Self::Search(search) => search.every,
            Self::Follower(follower) => follower.every,
        }
    }

    pub fn failures(&self) -> u32 {
        match self {
            Self::Search(search) => search.failures,
            Self::Follower(follower) => follower.failures,
        }
    }

    pub fn due(&self) -> i64 {
        match self {
            Self::Search(search) => search.due,
            Self::Follower(follower) => follower.due,
        }
    }

    /// Whether it is the same that was sent to, told no further since.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Search(a), Self::Search(b)) => {
                (&a.name, a.made, a.posted) == (&b.name, b.made, b.posted)
            }
            (Self::Follower(a), Self::Follower(b)) => (a.n, a.posted) == (b.n, b.posted),
            _ => false,
        }
    }

    /// Notes how its hook fares; where it took what was sent, up to where that told.
    pub fn fares(&mut self, taken: Option<i64>, failures: u32, due: i64) {
        match self {
            Self::Search(search) => {
                search.posted = taken
                    .and_then(|to| u32::try_from(to).ok())
                    .unwrap_or(search.posted);
                (search.failures, search.due) = (failures, due);
            }
            Self::Follower(follower) => {
                follower.posted = taken.unwrap_or(follower.posted);
                (follower.failures, follower.due) = (failures, due);
            }
        }
    }

    /// Whether something may wait for it.
    pub fn waits(&self, store: &Reader, arrived: u32) -> Result<bool, store::Error> {
        Ok(match self {
            Self::Search(search) => search.posted < arrived,
            Self::Follower(one) => !store.news_after(&one.story, one.posted, 1)?.is_empty(),
        })
    }

    /// What waits for it; what came and is nothing to it is passed over.
    pub fn waiting(
        &mut self,
        store: &Writer,
        arrived: u32,
        desk: Option<&str>,
    ) -> Result<Option<Waiting>, store::Error> {
        match self {
            Self::Search(search) => {
                while search.posted < arrived {
                    let to = next(search.posted, arrived);
                    let rows = store.arrivals(search, search.posted..to)?;
                    if !rows.is_empty() {
                        return Ok(Some(Waiting {
                            told: bulletin::of_search(search, &rows, desk),
                            to: to.into(),
                        }));
                    }
                    (search.posted, search.failures, search.due) = (to, 0, 0);
                    self::keep_search(store, search)?;
                }
                Ok(None)
            }
            Self::Follower(one) => {
                let rows = store.news_after(&one.story, one.posted, NEWS)?;
                let Some(last) = rows.last() else {
                    return Ok(None);
                };
                let title = store.story(&one.story)?.and_then(|row| row.title);
                let title = title.unwrap_or_else(|| one.story.clone());
                Ok(Some(Waiting {
                    told: bulletin::of_story(one, &title, &rows, desk),
                    to: last.n,
                }))
            }
        }
    }

    /// Keeps how far it was told.
    pub fn keep(&self, store: &Writer) -> Result<(), store::Error> {
        match self {
            Self::Search(search) => keep_search(store, search),
            Self::Follower(follower) => {
                let batch = store.batch()?;
                batch.follower_told(follower)?;
                batch.commit()
            }
        }
    }
}

/// What a search finds of what came since people were told, some at a time; it is told of them then.
pub fn untold(
    store: &Writer,
    search: &mut SavedSearch,
    arrived: u32,
) -> Result<Vec<ArticleRow>, store::Error> {
    let to = next(search.told, arrived);
    let rows = store.arrivals(search, search.told..to)?;
    search.told = to;
    Ok(rows)
}

pub fn keep_search(store: &Writer, search: &SavedSearch) -> Result<(), store::Error> {
    let batch = store.batch()?;
    batch.told(search)?;
    batch.commit()
}

/// Where looking through what came stops for a message, from a version on.
fn next(from: u32, arrived: u32) -> u32 {
    arrived.min(from.saturating_add(TOGETHER))
}
