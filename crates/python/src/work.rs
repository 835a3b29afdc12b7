//! Work that takes a while. In: what is to be done, and the function of Python that hears how far it is. Out: what it
//! gives, or the exception that ended it: Ctrl-C, or one of the function's own.
//!
//! The work has a thread of its own. The calling thread, the only one that Python's signals reach, wakes now and then,
//! tells how far the work is and asks for signals. Work that is to end unwinds where it next tells how far it is: what
//! it had in hand is dropped as it is after any return, so that a store keeps whole batches alone.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crossread::{Progress, Stage};
use pyo3::prelude::*;

use crate::error::Error;

/// How often the calling thread wakes.
const WAKE: Duration = Duration::from_millis(50);

/// How far the work is: stage, items done, items in all where that is known.
type Far = (Stage, usize, Option<usize>);

/// What the working thread writes and the calling thread reads.
#[derive(Default)]
struct State {
    far: Mutex<Option<Far>>,
    stop: AtomicBool,
}

/// What work unwinds with that is to end.
struct Stopped;

impl State {
    fn update(&self, change: impl FnOnce(&mut Option<Far>)) {
        if self.stop.load(Ordering::Relaxed) {
            resume_unwind(Box::new(Stopped));
        }
        if let Ok(mut far) = self.far.lock() {
            change(&mut far);
        }
    }
}

impl Progress for State {
    fn begin(&self, stage: Stage, total: Option<usize>) {
        self.update(|far| *far = Some((stage, 0, total)));
    }

    fn advance(&self, items: usize) {
        self.update(|far| {
            if let Some((_, done, _)) = far {
                *done += items;
            }
        });
    }
}

/// The stage as the package calls it.
fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Page => "pages",
        Stage::Annotate => "annotate",
        Stage::Story => "stories",
        Stage::Compare => "compare",
    }
}

/// Does the work; `heard` is called with stage, items done and items in all.
pub(crate) fn run<T: Send>(
    py: Python<'_>,
    heard: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&dyn Progress) -> T + Send,
) -> PyResult<T> {
    let state = State::default();
    std::thread::scope(|scope| {
        let (done, wait) = channel();
        let wait = Mutex::new(wait);
        let at = &state;
        scope.spawn(move || {
            let made = catch_unwind(AssertUnwindSafe(|| work(at)));
            // Nobody waits any more only where the calling thread has gone.
            let _ = done.send(made);
        });
        let mut ended: PyResult<()> = Ok(());
        let mut told = None;
        let made = loop {
            match py.detach(|| next(&wait)) {
                Ok(made) => break Some(made),
                Err(RecvTimeoutError::Disconnected) => break None,
                Err(RecvTimeoutError::Timeout) if ended.is_ok() => {
                    ended = py
                        .check_signals()
                        .and_then(|()| tell(&state, &mut told, heard));
                    state.stop.store(ended.is_err(), Ordering::Relaxed);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        ended?;
        match made {
            Some(Ok(made)) => {
                tell(&state, &mut told, heard)?;
                Ok(made)
            }
            _ => Err(Error::new_err(
                "the program failed within itself: please report it with what was read",
            )),
        }
    })
}

/// What the work gave, where that comes before it is time to wake.
fn next<T>(wait: &Mutex<Receiver<T>>) -> Result<T, RecvTimeoutError> {
    match wait.lock() {
        Ok(wait) => wait.recv_timeout(WAKE),
        Err(_) => Err(RecvTimeoutError::Disconnected),
    }
}

/// Tells how far the work is, where that is news.
fn tell(state: &State, told: &mut Option<Far>, heard: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    let Some(heard) = heard else { return Ok(()) };
    let far = state.far.lock().ok().and_then(|far| *far);
    if let Some((stage, done, total)) = far.filter(|_| far != *told) {
        *told = far;
        heard.call1((name(stage), done, total))?;
    }
    Ok(())
}
