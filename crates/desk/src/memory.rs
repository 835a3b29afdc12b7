//! In: the stream as the store keeps it. Out: the stream in memory, as it was after the last batch. Where
//! it cannot be had again as it was (another program, a damaged state, a story that would come out
//! otherwise), every version is grouped anew.

use crossread::model::Article;
use crossread::{Engine, Grouper, Settings};
use store::{Reached, Stream, Writer};

use crate::error::Error;

/// What a state is made with: a state of another program may go on otherwise.
pub(crate) const MADE: &str = concat!("crossread ", env!("CARGO_PKG_VERSION"));

/// While pages come in, a state is kept when the versions since the last are this part of all and
/// [`SINCE`] at least: each costs a second a hundred thousand articles, and all of them together must cost
/// little beside the articles themselves.
const PART: u32 = 4;
const SINCE: u32 = 10_000;
/// When no more pages come, one is kept after this part and so many: to read them again takes some .3
/// milliseconds each.
const PART_AT_END: u32 = 100;
const SINCE_AT_END: u32 = 500;

/// Takes a batch that came at a time (seconds since 1970) into a stream, and closes the stories that are over.
pub(crate) fn take<T>(
    engine: &Engine,
    grouper: &mut Grouper,
    at: i64,
    take: impl FnOnce(&mut Grouper) -> T,
) -> T {
    // A day ahead: it is tomorrow in the east.
    let today = i32::try_from(at.div_euclid(86_400)).unwrap_or(i32::MAX);
    grouper.published_until(today.saturating_add(1));
    let taken = take(grouper);
    let silence = engine.options().silence;
    grouper.close(silence.days, silence.open);
    taken
}

/// The stream in memory.
pub(crate) struct Memory {
    pub grouper: Grouper,
    /// How many versions the last kept state covers.
    pub covered: u32,
    /// Whether the stories in the store are not those of this stream, and have to be put in their place.
    pub anew: bool,
    /// How far the store's stream had come when it was the same.
    pub reached: Reached,
}

impl Memory {
    /// Whether it is time to keep a state, while pages come in or when no more do.
    pub fn is_due(&self, at_end: bool) -> bool {
        let (since, part) = match at_end {
            true => (SINCE_AT_END, PART_AT_END),
            false => (SINCE, PART),
        };
        let len = self.grouper.len() as u32;
        len.saturating_sub(self.covered) > since.max(len / part)
    }

    /// Takes in what another program added meanwhile; whether it is the store's stream again.
    pub fn catch_up(&mut self, engine: &Engine, store: &Writer) -> Result<bool, Error> {
        let reached = store.reached()?;
        if reached == self.reached {
            return Ok(true);
        }
        if reached.grouped != self.reached.grouped || reached.batch < self.reached.batch {
            return Ok(false);
        }
        let from = self.grouper.len() as u32;
        for batch in store.batches_after(self.reached.batch)? {
            replay(engine, store, &mut self.grouper, batch)?;
        }
        self.reached = reached;
        agrees(&self.grouper, store, from)
    }
}

/// The stream after the store's last batch.
pub(crate) fn recall(engine: &Engine, store: &Writer) -> Result<Memory, Error> {
    let kept = store.stream()?;
    let reached = store.reached()?;
    if let Some(grouper) = gone_on(engine, store, &kept)? {
        return Ok(Memory {
            grouper,
            covered: kept.covers,
            anew: false,
            reached,
        });
    }
    let mut grouper = Grouper::new(Settings::default());
    for batch in store.batches()? {
        replay(engine, store, &mut grouper, batch)?;
    }
    Ok(Memory {
        grouper,
        covered: 0,
        anew: true,
        reached,
    })
}

/// The kept state with the batches since; `None` where that is not what it was.
fn gone_on(engine: &Engine, store: &Writer, kept: &Stream) -> Result<Option<Grouper>, Error> {
    let mut grouper = match kept.state.is_empty() {
        true => Grouper::new(Settings::default()),
        false => match Grouper::restore(&kept.state) {
            Ok(grouper) => grouper,
            Err(_) => return Ok(None),
        },
    };
    if kept.batches.is_empty() {
        return Ok((grouper.len() as u32 == kept.len).then_some(grouper));
    }
    if kept.covers > 0 && kept.made != MADE {
        return Ok(None);
    }
    for &batch in &kept.batches {
        replay(engine, store, &mut grouper, batch)?;
    }
    Ok(agrees(&grouper, store, 0)?.then_some(grouper))
}

/// Whether a stream has the articles in the stories that the store has them in, from a version on.
fn agrees(grouper: &Grouper, store: &Writer, from: u32) -> Result<bool, Error> {
    let same = |&(seq, story): &(u32, u32)| grouper.story_of(seq) == Some(story);
    Ok(store.placed(from)?.iter().all(same))
}

/// Takes a batch in again. Of versions that were taken out only the number is left.
fn replay(
    engine: &Engine,
    store: &Writer,
    grouper: &mut Grouper,
    (first, last, at): (u32, u32, i64),
) -> Result<(), Error> {
    let mut earlier = vec![None; (last - first + 1) as usize];
    for (seq, before) in store.earlier_versions(first, last)? {
        earlier[(seq - first) as usize] = Some(before);
    }
    let mut versions = store.versions_between(first, last)?.into_iter().peekable();
    let articles: Vec<Article> = (first..=last)
        .map(|seq| {
            let version = versions.next_if(|version| version.seq == seq);
            version.map_or_else(Article::nothing, |version| version.article)
        })
        .collect();
    take(engine, grouper, at, |grouper| {
        engine.place(grouper, &articles, &earlier)
    });
    Ok(())
}
