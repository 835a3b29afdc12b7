//! Several stores to one. In: stores, in any order. Out: one store with all their articles and versions, as if they had
//! come to it in the order in which they were fetched; its stories are drawn anew. Ids of their stories lead to the new
//! ones; their searches, watched feeds and what was learnt of outlets are in it too. Refuses a store that holds anything
//! else. Stopped, the same merge goes on where it was.

use std::collections::{BTreeMap, BTreeSet};

use crossread::{Page, Progress, Recurring, Shelf, Stage};
use sha2::{Digest, Sha256};
use store::{Batch, Came, Reader};

use crate::desk::{Desk, Given};
use crate::error::Error;

/// The store's setting that says which merge is going on in it, and how many versions it has taken in.
const MERGE: &str = "merge";

/// What stands there in place of a number when all is taken in.
const OVER: &str = "over";

/// Versions that are taken in together.
const TOGETHER: usize = 512;

/// A version, and which of the stores has it.
type From = (Came, usize);

impl Desk {
    /// Takes in all that several stores have; gives how many versions were new here. `at` is the time now, seconds since
    /// 1970. Stories wait to be drawn ([`Desk::redraw`]).
    ///
    /// # Errors
    /// [`Error::Occupied`] where this store holds something that is not of this merge; those of the stores.
    pub fn merge(
        &mut self,
        stores: &[Reader],
        at: i64,
        progress: &dyn Progress,
    ) -> Result<usize, Error> {
        let order = in_order(stores)?;
        let which = identity(&order);
        let begun = self.store().setting(MERGE)?;
        let mut done = match begun.as_deref().and_then(|begun| begun.split_once(' ')) {
            Some((of, OVER)) if of == which => return Ok(0),
            Some((of, done)) if of == which => done.parse().unwrap_or(0),
            None if begun.is_none() && self.store().arrived()? == 0 => 0,
            _ => return Err(Error::Occupied(self.store().path().to_owned())),
        };
        progress.begin(Stage::Page, Some(order.len()));
        progress.advance(done);
        let mut new = 0;
        while done < order.len() {
            let some = together(&order[done..]);
            let given = some.iter().map(|from| given(stores, from));
            let given: Vec<Given> = given.collect::<Result<_, Error>>()?;
            let last = some.last().map_or(at, |(came, _)| came.fetched);
            let after = done + some.len();
            let note = |batch: &Batch<'_>| Ok(batch.set(MERGE, &format!("{which} {after}"))?);
            let added = self.take(given, last, &note)?;
            new += added.new.len() + added.changed.len();
            progress.advance(some.len());
            done = after;
        }
        self.take_beside(stores, &which)?;
        Ok(new)
    }

    /// What stores have beside their articles, all at once; with it the merge is over.
    fn take_beside(&self, stores: &[Reader], which: &str) -> Result<(), Error> {
        let own = self.store();
        let arrived = own.arrived()?;
        let batch = own.batch()?;
        let mut there = own.searches()?;
        let mut searches = Vec::new();
        for store in stores {
            searches.extend(store.searches()?);
        }
        searches.sort_by(|a, b| (&a.name, &a.words, a.made).cmp(&(&b.name, &b.words, b.made)));
        for mut search in searches {
            // What came before the merge was told of where it came.
            (search.told, search.posted) = (arrived, arrived);
            there.extend(batch.take_search(&search, &there)?);
        }
        let (mut feeds, mut pages) = (BTreeMap::new(), BTreeMap::new());
        let mut shelves: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
        for store in stores {
            for feed in store.feeds()? {
                // The one that was looked at last says what is known.
                let of = feeds
                    .entry(feed.url.clone())
                    .or_insert_with(|| feed.clone());
                if (feed.next, &feed.etag) > (of.next, &of.etag) {
                    *of = feed;
                }
            }
            for page in store.watched_pages()? {
                let of = pages
                    .entry(page.url.clone())
                    .or_insert_with(|| page.clone());
                if (page.at, &page.stamp) > (of.at, &of.stamp) {
                    *of = page;
                }
            }
            for outlet in store.shelved()? {
                let bytes = store.shelf(&outlet)?.unwrap_or_default();
                shelves.entry(outlet).or_default().push(bytes);
            }
        }
        feeds.values().try_for_each(|feed| batch.feed(feed))?;
        pages.values().try_for_each(|page| batch.page(page))?;
        for (outlet, mut learnt) in shelves {
            // The same whichever store is named first.
            learnt.sort();
            let mut shelf = Shelf::default();
            let learnt = learnt.iter().map(|bytes| Shelf::from_bytes(bytes));
            learnt.for_each(|learnt| shelf.join(learnt));
            batch.set_shelf(&outlet, &shelf.to_bytes())?;
        }
        // In order of time, whichever store is named first.
        let mut marks = Vec::new();
        for store in stores {
            marks.extend(store.marks()?);
        }
        marks.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        for mark in &marks {
            batch.mark(mark)?;
        }
        let lead = self.lead_on(stores)?;
        for (id, now) in &lead {
            if id != now && !batch.is_story(id)? {
                batch.alias(id, now)?;
            }
        }
        let mut followers = Vec::new();
        for store in stores {
            followers.extend(store.followers()?);
        }
        // In order of time, whichever store is named first.
        followers.sort_by(|a, b| (a.since, &a.story, &a.hook).cmp(&(b.since, &b.story, &b.hook)));
        for mut follower in followers {
            if let Some(now) = lead.get(&follower.story) {
                follower.story.clone_from(now);
            }
            batch.take_follower(&follower)?;
        }
        batch.set(MERGE, &format!("{which} {OVER}"))?;
        batch.commit()?;
        Ok(())
    }

    /// For each id of a story of the stores, the story here that has most of its articles.
    fn lead_on(&self, stores: &[Reader]) -> Result<BTreeMap<String, String>, Error> {
        let mut votes: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        let mut former = Vec::new();
        for store in stores {
            for (story, members) in store.members_by_story_id()? {
                let votes = votes.entry(story).or_default();
                for (_, seq) in members {
                    if let Some(now) = self.story_here(store, seq)? {
                        *votes.entry(now).or_default() += 1;
                    }
                }
            }
            former.extend(store.aliases()?);
        }
        let most = |votes: &BTreeMap<String, usize>| {
            let best = votes
                .iter()
                .max_by_key(|(id, count)| (**count, std::cmp::Reverse(*id)));
            best.map(|(id, _)| id.clone())
        };
        let mut lead: BTreeMap<String, String> = votes
            .iter()
            .filter_map(|(story, votes)| Some((story.clone(), most(votes)?)))
            .collect();
        for (id, now) in former {
            if let Some(now) = lead.get(&now).cloned() {
                lead.entry(id).or_insert(now);
            }
        }
        lead.remove("");
        Ok(lead)
    }

    /// The id of the story here that a version of another store is in.
    fn story_here(&self, store: &Reader, seq: u32) -> Result<Option<String>, Error> {
        let Some(version) = store.versions_between(seq, seq)?.pop() else {
            return Ok(None);
        };
        let page = crossread::page_of(&version.article);
        let known = match self.store().page(&page)? {
            Some(known) => Some(known),
            None => self
                .store()
                .with_bytes(version.article.sha256, &version.article.path)?,
        };
        match known {
            Some(known) => Ok(self.store().story_id_of(known.story)?),
            None => Ok(None),
        }
    }
}

/// All versions of all stores, in the order in which they came; what several have of one page at one time stands
/// together, whichever store is named first.
fn in_order(stores: &[Reader]) -> Result<Vec<From>, Error> {
    let mut order = Vec::new();
    for (at, store) in stores.iter().enumerate() {
        order.extend(store.came_in()?.into_iter().map(|came| (came, at)));
    }
    order.sort();
    // The same bytes from the same place at the same time are one version.
    order.dedup_by(|(one, _), (other, _)| {
        (one.fetched, &one.page, one.sha256, &one.path)
            == (other.fetched, &other.page, other.sha256, &other.path)
    });
    Ok(order)
}

/// Tells a merge from others: the same stores as they are, in any order.
fn identity(order: &[From]) -> String {
    let mut hash = Sha256::new();
    for (came, _) in order {
        hash.update(format!("{} {} {}\n", came.fetched, came.page, came.sha256));
    }
    hash.finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The first versions, none of a page that another of them is of.
fn together(rest: &[From]) -> &[From] {
    let mut pages = BTreeSet::new();
    let fresh = rest
        .iter()
        .take(TOGETHER)
        .take_while(|(came, _)| pages.insert(&came.page));
    &rest[..fresh.count()]
}

fn given(stores: &[Reader], (came, of): &From) -> Result<Given, Error> {
    let store = &stores[*of];
    let lost = || store::Error::Damaged {
        path: store.path().to_owned(),
        what: format!("version {}", came.seq),
    };
    let version = store
        .versions_between(came.seq, came.seq)?
        .pop()
        .ok_or_else(lost)?;
    Ok(Given {
        page: Page {
            article: version.article,
            original: store.original(came.seq)?,
            recurring: Recurring::default(),
        },
        source: version.source.into(),
        fetched: version.fetched,
    })
}
