//! In: what several threads want of one desk. Out: each of them done, one after the other; between two of them other
//! programs may write to the store.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossread::{Engine, Silent};
use store::Writer;

use crate::{Desk, Error};

/// A turn that draws stories takes about so long, so that others wait no longer; after it they come first.
const TURN: Duration = Duration::from_millis(400);
const BREATH: Duration = Duration::from_millis(5);
/// Stories drawn in the first turn, and in any.
const FIRST: u64 = 8;
const MOST: u64 = 256;

/// A desk that several threads share.
pub struct Turns {
    path: PathBuf,
    engine: Arc<Engine>,
    now: fn() -> i64,
    /// Opened when it is first needed, and anew where a turn did not end.
    desk: Mutex<Option<Desk>>,
    /// How many stories a turn draws.
    some: AtomicU64,
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
            some: AtomicU64::new(FIRST),
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
        let some = self.some.load(Ordering::Relaxed);
        let began = Instant::now();
        let drawn = self.take(|desk| desk.redraw(some, &Silent))?;
        let took = began.elapsed();
        let next = match (took > TURN, took < TURN / 2 && drawn == some) {
            (true, _) => some / 2,
            (_, true) => some * 2,
            _ => some,
        };
        self.some.store(next.clamp(1, MOST), Ordering::Relaxed);
        if drawn > 0 {
            thread::sleep(BREATH);
        }
        Ok(drawn == some)
    }
}
