//! Articles that are added over HTTP: one thread takes turns at the desk, in the order in which they came, and draws
//! the stories that changed while nothing comes.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossread::{Input, Silent};
use desk::{Added, Turns};
use fetch::{Alerts, now};
use store::Reader;
use tokio::sync::oneshot;

use crate::refusal::Refusal;

/// Pages with whom to tell what came of them.
type Order = (Vec<Input>, oneshot::Sender<Result<Added, Refusal>>);

/// How often it is looked whether a hook that failed is to be tried again.
const IDLE: Duration = Duration::from_secs(5);

/// The thread that adds.
pub struct Taking {
    orders: Mutex<Option<Sender<Order>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Taking {
    /// `draws` where nobody else draws stories: a watch does it beside its fetching.
    pub fn start(desk: Arc<Turns>, alerts: Arc<Alerts>, draws: bool) -> Self {
        let (orders, taken) = mpsc::channel::<Order>();
        let thread = thread::spawn(move || {
            // Whether stories wait to be drawn.
            let mut waits = draws;
            loop {
                let patience = if waits { Duration::ZERO } else { IDLE };
                match taken.recv_timeout(patience) {
                    Ok((inputs, tell)) => {
                        let inputs = inputs.into_iter().map(Ok);
                        let added = desk.take(|desk| desk.add(inputs, "http", &now, &Silent));
                        let _ = tell.send(added.map_err(refused));
                        waits = draws;
                    }
                    // A failure stays to be mended by the next; the articles are kept.
                    Err(RecvTimeoutError::Timeout) if waits => {
                        waits = desk.draw().unwrap_or(false);
                        if !waits {
                            let _ = post(&desk, &alerts);
                        }
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        let _ = post(&desk, &alerts);
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self {
            orders: Mutex::new(Some(orders)),
            thread: Mutex::new(Some(thread)),
        }
    }

    /// Gives pages to the thread, and waits until they are kept.
    pub async fn take(&self, inputs: Vec<Input>) -> Result<Added, Refusal> {
        let stopped = || Refusal::Inside("the server is stopping".to_owned());
        let (tell, told) = oneshot::channel();
        let sent = match self.orders.lock() {
            Ok(orders) => orders.as_ref().map(|orders| orders.send((inputs, tell))),
            Err(_) => None,
        };
        if !matches!(sent, Some(Ok(()))) {
            return Err(stopped());
        }
        told.await.map_err(|_| stopped())?
    }

    /// Takes no more, and waits for what was taken.
    pub fn close(&self) {
        if let Ok(mut orders) = self.orders.lock() {
            orders.take();
        }
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

/// Keeps what is new in stories that are followed, and posts what a hook did not take yet, where its time has come.
fn post(desk: &Turns, alerts: &Alerts) -> Result<(), desk::Error> {
    let reader = Reader::open(desk.path())?;
    if !alerts.are_due(&reader, now())? {
        return Ok(());
    }
    // Nobody waits while it is looked for.
    let noticed = desk::follow::notice(&reader)?;
    desk.take(|desk| {
        Alerts::keep_news(desk.store(), &noticed, now())?;
        Ok(alerts.post_all(desk.store(), now(), &mut |_| {})?)
    })
}

fn refused(error: desk::Error) -> Refusal {
    match error {
        desk::Error::Store(store::Error::Busy(_)) => Refusal::Busy(
            "another crossread has been writing to this store for long; try again".to_owned(),
        ),
        other => Refusal::Inside(other.to_string()),
    }
}
