//! In: pages as they come. Out: the store with them. A batch that cannot be kept is not taken in at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossread::model::{Article, ArticleId, Decided, Document, Skipped};
use crossread::report::{self, wire};
use crossread::{
    Drafted, Engine, Grouper, Input, Named, Page, Progress, Repair, Shelf, Shelves, Silent, Stage,
    story_id,
};
use store::{Batch, Drawn, Mark, NewVersion, StoryRow, Writer, pack, record};

use crate::arrival::{self, Added, Arrival};
use crate::draw::{self, Part};
use crate::error::Error;
use crate::memory::{self, MADE, Memory};

/// Pages in memory at one time: so many, or so many bytes. What comes together is kept together.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 64 << 20;

/// Stories that are drawn together, and that are listed to be drawn: between lists others may write.
const DRAWN: usize = 256;
const LISTED: u32 = 512;

/// Between batches the store is let go for so long: whoever waits to write looks more often than that.
const BREATH: Duration = Duration::from_millis(10);

/// The store's setting that says what claims were last lined up by.
pub const ALIGN: &str = "align";
/// The store's setting that says which encoders, by name and hash, read for it; a blank between two.
pub const ENCODERS: &str = "encoders";

/// Engine and store together; the only writer of its store while it is awake. Between batches it lets others write.
pub struct Desk {
    engine: Arc<Engine>,
    store: Writer,
    memory: Memory,
    /// Whether the memory holds what the store does not.
    ahead: bool,
}

/// A page that is given, with how it came.
pub(crate) struct Given {
    pub page: Page,
    /// What brought it.
    pub source: Arc<str>,
    /// When it was fetched, seconds since 1970.
    pub fetched: i64,
}

/// A page on its way in.
struct Coming {
    original: Vec<u8>,
    arrival: Arrival,
    source: Arc<str>,
    fetched: i64,
}

impl Coming {
    /// The number in the stream of the version before it.
    fn earlier(&self) -> Option<u32> {
        match &self.arrival {
            Arrival::Changed { known } => Some(known.seq),
            _ => None,
        }
    }
}

impl Desk {
    /// Opens a store, made where there is none, and recalls its stream.
    ///
    /// # Errors
    /// Those of the store.
    pub fn open(engine: impl Into<Arc<Engine>>, path: &Path, at: i64) -> Result<Self, Error> {
        let engine = engine.into();
        let store = Writer::open(path)?;
        let memory = memory::recall(&engine, &store)?;
        let mut desk = Self {
            engine,
            store,
            memory,
            ahead: false,
        };
        if desk.memory.anew {
            desk.regroup(at)?;
        }
        Ok(desk)
    }

    /// Lets other programs write to the store until it is woken.
    ///
    /// # Errors
    /// Those of the store.
    pub fn rest(&self) -> Result<(), Error> {
        Ok(self.store.rest()?)
    }

    /// Takes the store to write again, with what others added meanwhile.
    ///
    /// # Errors
    /// Those of the store; one that is busy among them.
    pub fn wake(&mut self) -> Result<(), Error> {
        self.store.wake()?;
        let caught_up = self.catch_up();
        if caught_up.is_err() {
            // Who cannot go on keeps nobody out.
            self.rest()?;
        }
        caught_up
    }

    /// Takes in what others added since it rested. Until that is done the memory is not the store's stream.
    fn catch_up(&mut self) -> Result<(), Error> {
        let ahead = std::mem::replace(&mut self.ahead, true);
        if ahead || !self.memory.catch_up(&self.engine, &self.store)? {
            self.memory = memory::recall(&self.engine, &self.store)?;
            if self.memory.anew {
                let last = self.store.batches_after(self.memory.reached.batch - 1)?;
                self.regroup(last.last().map_or(0, |&(_, _, at)| at))?;
            }
        }
        self.ahead = false;
        Ok(())
    }

    /// Lets others write for a moment, between two batches.
    fn give_way(&mut self) -> Result<(), Error> {
        self.rest()?;
        thread::sleep(BREATH);
        self.wake()
    }

    /// The store.
    pub fn store(&self) -> &Writer {
        &self.store
    }

    /// Takes pages in, batch by batch; what a batch gave is told when it is kept. `now` is asked for the
    /// time, seconds since 1970, once a batch.
    ///
    /// # Errors
    /// Those of the store: batches that were told are kept, the one at hand is not.
    pub fn add(
        &mut self,
        inputs: impl IntoIterator<Item = Result<Input, Skipped>>,
        source: &str,
        now: &dyn Fn() -> i64,
        progress: &dyn Progress,
    ) -> Result<Added, Error> {
        self.add_knowing(inputs, source, now, progress, &mut |_| {})
    }

    /// The same, where something is known of pages that they do not say themselves: `know` is given each article that was
    /// read, and may add to what it says.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn add_knowing(
        &mut self,
        inputs: impl IntoIterator<Item = Result<Input, Skipped>>,
        source: &str,
        now: &dyn Fn() -> i64,
        progress: &dyn Progress,
        know: &mut dyn FnMut(&mut Article),
    ) -> Result<Added, Error> {
        progress.begin(Stage::Page, None);
        let mut inputs = inputs.into_iter().peekable();
        let mut all = Added::default();
        let source: Arc<str> = source.into();
        while inputs.peek().is_some() {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while batch.len() < BATCH && bytes < BATCH_BYTES {
                match inputs.next() {
                    Some(Ok(input)) => {
                        bytes += input.bytes.len();
                        batch.push(input);
                    }
                    Some(Err(skip)) => all.skipped.push(skipped(&skip)),
                    None => break,
                }
            }
            let mut pages = Vec::new();
            let drafts = self.engine.drafts(&batch);
            let mut shelves = self.shelves(&drafts)?;
            for page in self.engine.pages(drafts, &mut shelves) {
                match page {
                    Ok(mut page) => {
                        let outlet = page.article.outlet.clone();
                        know(&mut page.article);
                        if page.article.outlet != outlet {
                            self.engine.note_owner(&mut page.article);
                        }
                        pages.push(page);
                    }
                    Err(skip) => all.skipped.push(skipped(&skip)),
                }
            }
            drop(batch);
            arrival::tell_apart(&mut pages);
            while !pages.is_empty() {
                let some = self.next_part(&mut pages);
                let count = some.len();
                let fetched = now();
                let some = some.into_iter().map(|page| Given {
                    page,
                    source: source.clone(),
                    fetched,
                });
                all.join(self.take(some.collect(), fetched, &|_| Ok(()))?);
                progress.advance(count);
            }
            self.keep_shelves(&shelves)?;
            if inputs.peek().is_some() {
                self.give_way()?;
            }
        }
        Ok(all)
    }

    /// What the store knows of the outlets of pages.
    fn shelves(&self, drafts: &[Result<Drafted, Skipped>]) -> Result<Shelves, Error> {
        let mut shelves = Shelves::new();
        for outlet in drafts
            .iter()
            .flatten()
            .filter_map(|page| page.draft.outlet())
        {
            if !shelves.contains_key(outlet) {
                let bytes = self.store.shelf(outlet)?.unwrap_or_default();
                shelves.insert(outlet.to_owned(), Shelf::from_bytes(&bytes));
            }
        }
        Ok(shelves)
    }

    /// Keeps what was learnt. A stop before it costs nothing: pages that come again are counted once.
    fn keep_shelves(&self, shelves: &Shelves) -> Result<(), Error> {
        let batch = self.store.batch()?;
        for (outlet, shelf) in shelves {
            batch.set_shelf(outlet, &shelf.to_bytes())?;
        }
        batch.commit()?;
        Ok(())
    }

    /// Compares every story anew, as the engine now would: with other lists of the user's, thresholds, or by
    /// another way to line claims up. Stopped, it goes on with the next [`Self::redraw`].
    ///
    /// # Errors
    /// Those of the store.
    pub fn recompare(&mut self, progress: &dyn Progress) -> Result<u64, Error> {
        let batch = self.store.batch()?;
        batch.all_stale()?;
        batch.commit()?;
        self.redraw(u64::MAX, progress)
    }

    /// The first pages, none of which is a version of another.
    fn next_part(&self, pages: &mut Vec<Page>) -> Vec<Page> {
        let mut names = BTreeSet::new();
        let mut count = 0;
        for page in pages.iter().take(BATCH) {
            let article = &page.article;
            let fresh =
                names.insert(crossread::page_of(article)) && names.insert(article.id.to_string());
            if !fresh && count > 0 {
                break;
            }
            count += 1;
        }
        let rest = pages.split_off(count);
        std::mem::replace(pages, rest)
    }

    /// Takes a batch in: all of it or nothing. What `note` writes is kept with it.
    pub(crate) fn take(
        &mut self,
        given: Vec<Given>,
        at: i64,
        note: &dyn Fn(&Batch<'_>) -> Result<(), Error>,
    ) -> Result<Added, Error> {
        if self.ahead {
            return Err(Error::Ahead);
        }
        let mut added = Added::default();
        let mut coming: Vec<(Article, Coming)> = Vec::new();
        for Given {
            mut page,
            source,
            fetched,
        } in given
        {
            let arrival = arrival::tell(&self.store, &self.engine, &mut page)?;
            let Page {
                mut article,
                original,
                ..
            } = page;
            match &arrival {
                Arrival::Known { id } => {
                    added.known.push(id.clone());
                    continue;
                }
                Arrival::New { .. } => added.new.push(article.id.to_string()),
                Arrival::Changed { known } => {
                    article.id = ArticleId::new(&known.id);
                    added.changed.push(known.id.clone());
                }
            }
            let coming_in = Coming {
                original,
                arrival,
                source,
                fetched,
            };
            coming.push((article, coming_in));
        }
        if coming.is_empty() {
            let batch = self.store.batch()?;
            note(&batch)?;
            batch.commit()?;
            return Ok(added);
        }
        coming.sort_by_cached_key(|(article, _)| crossread::order(article));
        let (articles, coming): (Vec<Article>, Vec<Coming>) = coming.into_iter().unzip();
        let docs = self.engine.annotate(articles, &Silent);
        let first = self.memory.grouper.len() as u32;
        self.ahead = true;
        let earlier: Vec<Option<u32>> = coming.iter().map(Coming::earlier).collect();
        // One thread finds their stories while the others pack them.
        let (engine, grouper) = (&self.engine, &mut self.memory.grouper);
        let both: Vec<(&Document, &Coming)> = docs.iter().zip(&coming).collect();
        let (packed, repairs) = engine.each_beside(
            &both,
            |(doc, coming)| packed(doc, coming),
            || {
                memory::take(engine, grouper, at, |grouper| {
                    engine.take_in(grouper, &docs, &earlier).1
                })
            },
        );
        self.keep(&docs, &coming, &packed, &repairs, first, at, note)?;
        self.memory.reached = self.store.reached()?;
        self.ahead = false;
        if self.memory.is_due(false) {
            self.keep_state()?;
        }
        Ok(added)
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one batch's parts, used here alone"
    )]
    fn keep(
        &self,
        docs: &[Document],
        coming: &[Coming],
        packed: &[[Vec<u8>; 3]],
        repairs: &[Repair],
        first: u32,
        at: i64,
        note: &dyn Fn(&Batch<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let grouper = &self.memory.grouper;
        let batch = self.store.batch()?;
        let mut touched: BTreeSet<u32> = stories_of(repairs).collect();
        let mut joined: Vec<(u32, &str, &str)> = Vec::new();
        for (((doc, coming), [original, record, layers]), seq) in
            docs.iter().zip(coming).zip(packed).zip(first..)
        {
            let story = grouper.story_of(seq).unwrap_or_default();
            let new = NewVersion {
                article: &doc.article,
                seq,
                story,
                source: &coming.source,
                fetched: coming.fetched,
                original,
                record,
                layers,
            };
            let id = doc.article.id.as_str();
            match &coming.arrival {
                Arrival::New { page } => {
                    batch.add(page, &new)?;
                    joined.push((story, "joined", id));
                }
                Arrival::Changed { known } => {
                    batch.change(known.n, known.versions + 1, &new)?;
                    touched.insert(known.story);
                    joined.push((story, "changed", id));
                }
                Arrival::Known { .. } => {}
            }
            touched.insert(story);
        }
        let last = first + docs.len() as u32 - 1;
        batch.came(first, last, at)?;
        self.settle(&batch, touched, repairs, &joined, at)?;
        note(&batch)?;
        batch.commit()?;
        Ok(())
    }

    /// Moves articles whose story the repairs changed, counts the stories touched, and notes what happened.
    fn settle(
        &self,
        batch: &Batch<'_>,
        mut touched: BTreeSet<u32>,
        repairs: &[Repair],
        joined: &[(u32, &str, &str)],
        at: i64,
    ) -> Result<(), Error> {
        let grouper = &self.memory.grouper;
        let mut reached = BTreeSet::new();
        for &story in &touched {
            for (n, seq) in batch.members(story)? {
                let now = grouper.story_of(seq).unwrap_or(story);
                if now != story {
                    batch.move_to(n, now)?;
                    reached.insert(now);
                }
            }
        }
        touched.extend(reached);
        // Ids before any story goes, so that those that go on elsewhere are found.
        let mut ids: BTreeMap<u32, (String, bool)> = BTreeMap::new();
        for &story in &touched {
            let known = self.store.story_id_of(story)?;
            let new = known.is_none();
            let id = match known {
                Some(id) => id,
                None => self.name(batch, story, &ids)?,
            };
            ids.insert(story, (id, new));
        }
        for (&story, (id, new)) in &ids {
            let articles = batch.touch(story, id, at)?;
            if articles > 0 && *new {
                batch.event(id, at, "opened", None, None)?;
            }
        }
        for (story, kind, article) in joined {
            if let Some((id, _)) = ids.get(story) {
                batch.event(id, at, kind, Some(article), None)?;
            }
        }
        let id = |story: &u32| ids.get(story).map(|(id, _)| id.as_str());
        for repair in repairs {
            let (kind, of, other) = match repair {
                // One that began in this batch nobody has heard of.
                Repair::Merged { from, .. } if ids.get(from).is_some_and(|(_, new)| *new) => {
                    continue;
                }
                Repair::Merged { from, into, .. } => ("merged", into, from),
                Repair::Split { from, to, .. } => ("split", from, to),
                Repair::Left { from, to, .. } => ("left", from, to),
            };
            if let (Some(of), Some(other)) = (id(of), id(other)) {
                batch.event(of, at, kind, None, Some(other))?;
                if kind == "merged" {
                    batch.alias(other, of)?;
                }
            }
        }
        Ok(())
    }

    /// A name for a new story, after the article that it began with.
    fn name(
        &self,
        batch: &Batch<'_>,
        story: u32,
        given: &BTreeMap<u32, (String, bool)>,
    ) -> Result<String, Error> {
        let (founder, nth) = self.memory.grouper.name_of(story).unwrap_or((story, 0));
        let founder = batch.id_of(founder)?;
        let founder = founder.unwrap_or_else(|| format!("story-{story}"));
        let founder = ArticleId::new(&founder);
        // Two versions of one article may each have begun a story.
        let mut names = (nth..).map(|nth| story_id(&founder, nth));
        loop {
            let Some(name) = names.next() else {
                return Ok(format!("s-story-{story}"));
            };
            let taken = given.values().any(|(id, _)| *id == name) || batch.is_story(&name)?;
            if !taken {
                return Ok(name);
            }
        }
    }

    fn keep_state(&mut self) -> Result<(), Error> {
        self.memory.covered = self.state()?.unwrap_or(self.memory.covered);
        Ok(())
    }

    /// Keeps the stream's state; gives how many versions it covers.
    fn state(&self) -> Result<Option<u32>, Error> {
        let len = self.memory.grouper.len() as u32;
        let Ok(state) = self.memory.grouper.save() else {
            return Ok(None);
        };
        let batch = self.store.batch()?;
        batch.state(len, MADE, &state)?;
        batch.commit()?;
        Ok(Some(len))
    }

    /// Puts the stories of a stream that was grouped anew in the place of those that the store has. Their ids
    /// lead on to the new ones.
    fn regroup(&mut self, at: i64) -> Result<(), Error> {
        let before = self.store.members_by_story_id()?;
        let state = self.memory.grouper.save().unwrap_or_default();
        let grouper: &Grouper = &self.memory.grouper;
        let batch = self.store.batch()?;
        batch.clear_stories()?;
        let mut touched = BTreeSet::new();
        for members in before.values() {
            for &(n, seq) in members {
                let story = grouper.story_of(seq).unwrap_or_default();
                batch.move_to(n, story)?;
                touched.insert(story);
            }
        }
        self.settle(&batch, touched, &[], &[], at)?;
        for (id, members) in &before {
            let mut most: BTreeMap<u32, usize> = BTreeMap::new();
            for &(_, seq) in members {
                *most
                    .entry(grouper.story_of(seq).unwrap_or_default())
                    .or_default() += 1;
            }
            let most = most
                .into_iter()
                .max_by_key(|&(story, count)| (count, std::cmp::Reverse(story)));
            let now = match most {
                Some((story, _)) => self.store.story_id_of(story)?,
                None => None,
            };
            if let Some(now) = now.filter(|now| now != id) {
                batch.alias(id, &now)?;
            }
        }
        batch.state(grouper.len() as u32, MADE, &state)?;
        batch.commit()?;
        self.memory.covered = self.memory.grouper.len() as u32;
        self.memory.reached = self.store.reached()?;
        self.memory.anew = false;
        Ok(())
    }

    /// Draws the stories anew whose articles changed, the longest waiting first; so many at most. Gives how
    /// many. Also keeps the stream's state where many articles came: opening the store need not read them again.
    ///
    /// # Errors
    /// Those of the store; what was drawn before is kept.
    pub fn redraw(&mut self, most: u64, progress: &dyn Progress) -> Result<u64, Error> {
        let waiting = self.store.stale_count()?.min(most);
        let state = self.memory.is_due(true);
        if waiting == 0 {
            if state {
                self.keep_state()?;
            }
            return Ok(0);
        }
        progress.begin(Stage::Compare, Some(waiting as usize));
        self.note_align()?;
        let (mut done, mut covered) = (0, None);
        while done < waiting {
            if done > 0 {
                self.give_way()?;
            }
            let links = self.memory.grouper.links().into_iter();
            let links: BTreeMap<u32, u32> = links.map(|link| (link.story, link.earlier)).collect();
            let some = u32::try_from(waiting - done).unwrap_or(LISTED).min(LISTED);
            let mut stories = self.store.stale(some)?;
            // The largest first: one that begins last keeps a thread busy while the others wait.
            for some in stories.chunks_mut(DRAWN) {
                some.sort_by_key(|story| (std::cmp::Reverse(story.articles), story.n));
            }
            if stories.is_empty() {
                break;
            }
            // While some are drawn those before them are kept, and with the first the state.
            let mut drawn = (&stories[..0], Vec::new());
            for some in stories.chunks(DRAWN) {
                let parts = self.parts(some, &links)?;
                let (engine, grouper) = (&self.engine, &self.memory.grouper);
                let draw = |part: &Part| draw::draw(engine, grouper, part);
                let (next, kept) = engine.each_beside(&parts, draw, || {
                    if state && covered.is_none() {
                        covered = self.state()?;
                    }
                    self.keep_drawn(drawn)
                });
                progress.advance(kept?);
                drawn = (some, next);
            }
            progress.advance(self.keep_drawn(drawn)?);
            done += stories.len() as u64;
        }
        self.memory.covered = covered.unwrap_or(self.memory.covered);
        Ok(done)
    }

    /// Notes what the store's claims are lined up by, so that whoever draws next can do it alike.
    fn note_align(&self) -> Result<(), Error> {
        let align = self.engine.options().align.name();
        let encoders = self.engine.encoders().join(" ");
        for (key, value) in [(ALIGN, align), (ENCODERS, &encoders)] {
            if self.store.setting(key)?.as_deref() != Some(value) {
                let batch = self.store.batch()?;
                batch.set(key, value)?;
                batch.commit()?;
            }
        }
        Ok(())
    }

    /// What stories are drawn from.
    fn parts(&self, stories: &[StoryRow], links: &BTreeMap<u32, u32>) -> Result<Vec<Part>, Error> {
        let part = |story: &StoryRow| {
            let earlier = match links.get(&story.n) {
                Some(&earlier) => self.store.story_id_of(earlier)?,
                // What a story goes on from is told while both are open, and stays.
                None if !self.memory.grouper.is_open(story.n) => story.earlier.clone(),
                None => None,
            };
            Ok(Part {
                story: story.n,
                named: Named {
                    id: story.id.clone(),
                    earlier,
                    decided: Decided::default(),
                },
                versions: self.store.of_story(story.n)?,
                marks: self.store.marks_of(story.n)?,
            })
        };
        stories.iter().map(part).collect()
    }

    /// Keeps what was drawn of stories; gives how many.
    fn keep_drawn(
        &self,
        (stories, drawn): (&[StoryRow], Vec<Option<Drawn>>),
    ) -> Result<usize, Error> {
        if stories.is_empty() {
            return Ok(0);
        }
        let batch = self.store.batch()?;
        for (story, drawn) in stories.iter().zip(drawn) {
            batch.draw(story.n, &drawn.unwrap_or_default())?;
        }
        batch.commit()?;
        Ok(stories.len())
    }

    /// Keeps what a reader decided or noted; whether it is new. The stories of its articles wait to be drawn anew.
    ///
    /// # Errors
    /// Those of the store.
    pub fn mark(&mut self, mark: &Mark) -> Result<bool, Error> {
        let batch = self.store.batch()?;
        let new = batch.mark(mark)?;
        batch.commit()?;
        Ok(new)
    }

    /// Takes a mark back, by whom and when (seconds since 1970); whether there was one that held.
    ///
    /// # Errors
    /// Those of the store.
    pub fn undo(&mut self, id: &str, by: &str, at: i64) -> Result<bool, Error> {
        let batch = self.store.batch()?;
        let undone = batch.undo(id, by, at)?;
        batch.commit()?;
        Ok(undone)
    }

    /// Takes articles out, with all their versions; gives the ids of those that were there. Their stories
    /// wait to be drawn anew.
    ///
    /// # Errors
    /// Those of the store; nothing is taken out then.
    pub fn remove(&mut self, ids: &[String], at: i64) -> Result<Vec<String>, Error> {
        // What is taken out cannot be read again, so the stream is kept as it is.
        self.keep_state()?;
        let batch = self.store.batch()?;
        let mut gone = Vec::new();
        for id in ids {
            if let Some(story) = batch.remove(id, at)? {
                let name = self.store.story_id_of(story)?.unwrap_or_default();
                batch.touch(story, &name, at)?;
                gone.push(id.clone());
            }
        }
        batch.commit()?;
        Ok(gone)
    }
}

/// A page's bytes, record and annotations, packed.
fn packed(doc: &Document, coming: &Coming) -> [Vec<u8>; 3] {
    [
        pack(&coming.original),
        pack(&record::write(&doc.article)),
        pack(report::document_line(doc).trim_end().as_bytes()),
    ]
}

/// The stories that repairs speak of.
fn stories_of(repairs: &[Repair]) -> impl Iterator<Item = u32> {
    repairs.iter().flat_map(|repair| match *repair {
        Repair::Merged { from, into, .. } => [from, into],
        Repair::Left { from, to, .. } | Repair::Split { from, to, .. } => [from, to],
    })
}

fn skipped(skip: &Skipped) -> wire::Skipped {
    wire::Skipped {
        path: skip.path.clone(),
        reason: skip.reason.to_string(),
    }
}
