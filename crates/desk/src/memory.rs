//! In: the stream as the store keeps it. Out: the stream in memory, as it was after the last batch. Where
//! it cannot be had again as it was (another program, a damaged state, a story that would come out
//! otherwise), every version is grouped anew.

use engine::model::Article;
use engine::{Engine, Grouper, Settings};
use store::{Stream, Writer};

use crate::desk::Error;

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

/// The stream in memory.
pub(crate) struct Memory {
    pub grouper: Grouper,
    /// How many versions the last kept state covers.
    pub covered: u32,
    /// Whether the stories in the store are not those of this stream, and have to be put in their place.
    pub anew: bool,
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
}

/// The stream after the store's last batch.
pub(crate) fn recall(engine: &Engine, store: &Writer) -> Result<Memory, Error> {
    let kept = store.stream()?;
    if let Some(grouper) = gone_on(engine, store, &kept)? {
        return Ok(Memory {
            grouper,
            covered: kept.covers,
            anew: false,
        });
    }
    let mut grouper = Grouper::new(Settings::default());
    for (first, last, _) in store.batches()? {
        replay(engine, store, &mut grouper, first, last)?;
    }
    Ok(Memory {
        grouper,
        covered: 0,
        anew: true,
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
    for &(first, last) in &kept.batches {
        replay(engine, store, &mut grouper, first, last)?;
    }
    let stories = store.placed()?;
    let same = |&(seq, story): &(u32, u32)| grouper.story_of(seq) == Some(story);
    Ok(stories.iter().all(same).then_some(grouper))
}

/// Takes a batch in again. Of versions that were taken out only the number is left.
fn replay(
    engine: &Engine,
    store: &Writer,
    grouper: &mut Grouper,
    first: u32,
    last: u32,
) -> Result<(), Error> {
    let mut versions = store.versions_between(first, last)?.into_iter().peekable();
    let articles: Vec<Article> = (first..=last)
        .map(|seq| {
            let version = versions.next_if(|version| version.seq == seq);
            version.map_or_else(Article::nothing, |version| version.article)
        })
        .collect();
    engine.place(grouper, &articles);
    Ok(())
}
