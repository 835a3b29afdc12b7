//! In: what several threads want of one desk. Out: each of them done, one after the other; between two of them other
//! programs may write to the store.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossread::{Engine, Silent};
use store::Writer;

use crate::{Desk, Error};

/// Stories that are drawn in one turn have so many articles, and are so many, at most; one is drawn however large it is.
/// With the encoder that takes about half a second, for which others wait.
const ARTICLES: u32 = 12;
const SOME: u32 = 16;
/// After such a turn others come first.
const BREATH: Duration = Duration::from_millis(5);

/// A desk that several threads share.
pub struct Turns {
    path: PathBuf,
    engine: Arc<Engine>,
    now: fn() -> i64,
    /// Opened when it is first needed, and anew where a turn did not end.
    desk: Mutex<Option<Desk>>,
}

impl Turns {
    /// Over a store, made where there is none. `now` gives seconds since 1970.
    ///
    /// # Errors
    /// Those of the store, but for one that is busy.
    pub fn new(engine: Engine, path: &Path, now: fn() -> i64) -> Result<Self, Error> {
        if !path.exists() {
            drop(Writer::open(path)?);
        }
        Ok(Self {
            path: path.to_owned(),
            engine: Arc::new(engine),
            now,
            desk: Mutex::new(None),
        })
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes a turn, when those before have had theirs.
    ///
    /// # Errors
    /// Those of the store: one that another program keeps for too long is busy. Those of the turn.
    pub fn take<T, E: From<Error>>(
        &self,
        turn: impl FnOnce(&mut Desk) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut held = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut desk = match held.take() {
            Some(mut desk) => match desk.wake() {
                Ok(()) => desk,
                Err(error) => {
                    *held = Some(desk);
                    return Err(error.into());
                }
            },
            None => Desk::open(Arc::clone(&self.engine), &self.path, (self.now)())?,
        };
        let done = turn(&mut desk);
        desk.rest()?;
        *held = Some(desk);
        done
    }

    /// Draws some of the stories that wait to be; whether others wait.
    ///
    /// # Errors
    /// Those of the store.
    pub fn draw(&self) -> Result<bool, Error> {
        let (drawn, more) = self.take(|desk| {
            let waiting = desk.store().stale(SOME)?;
            let mut articles = waiting.first().map_or(0, |story| story.articles);
            let fit = waiting.iter().skip(1).take_while(|story| {
                articles += story.articles;
                articles < ARTICLES
            });
            let some = fit.count() + usize::from(!waiting.is_empty());
            let drawn = desk.redraw(some as u64, &Silent)?;
            Ok::<_, Error>((
                drawn,
                waiting.len() > some || waiting.len() == SOME as usize,
            ))
        })?;
        if drawn > 0 {
            thread::sleep(BREATH);
        }
        Ok(more)
    }
}
