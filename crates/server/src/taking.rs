//! Articles that are added over HTTP: one thread holds the desk while it is given something, in order, and lets it
//! go when nothing comes, so that others may write to the store.

use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossread::{Engine, Input, Silent};
use desk::{Added, Desk};
use fetch::{Alerts, ClientOptions, now};
use store::{Reader, Writer};
use tokio::sync::oneshot;

use crate::refusal::Refusal;
use crate::{Error, Options};

/// Pages with whom to tell what came of them.
type Order = (Vec<Input>, oneshot::Sender<Result<Added, Refusal>>);

/// The desk is let go when nothing came for so long: others may write to the store meanwhile.
const IDLE: Duration = Duration::from_secs(5);

/// The thread that adds.
pub struct Taking {
    orders: Mutex<Option<Sender<Order>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Taking {
    pub fn start(options: &Options) -> Result<Self, Error> {
        let mut place = Place {
            options: options.clone(),
            engine: Some(Engine::new(options.engine.clone())?),
            desk: None,
            alerts: Alerts::new(&ClientOptions::default()),
        };
        // A store is made where there is none; one that another writes to is there.
        match Writer::open(&options.db) {
            Ok(_) | Err(store::Error::Busy(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let (orders, taken) = mpsc::channel::<Order>();
        let thread = thread::spawn(move || {
            loop {
                match taken.recv_timeout(IDLE) {
                    Ok((inputs, tell)) => place.add(inputs, tell),
                    Err(RecvTimeoutError::Timeout) => place.rest(),
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Ok(Self {
            orders: Mutex::new(Some(orders)),
            thread: Mutex::new(Some(thread)),
        })
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

/// Where articles are added: a desk while there is something to do.
struct Place {
    options: Options,
    engine: Option<Engine>,
    desk: Option<Desk>,
    alerts: Alerts,
}

impl Place {
    fn desk(&mut self) -> Result<&mut Desk, Error> {
        if self.desk.is_none() {
            let engine = match self.engine.take() {
                Some(engine) => engine,
                None => Engine::new(self.options.engine.clone())?,
            };
            self.desk = Some(Desk::open(engine, &self.options.db, now())?);
        }
        self.desk
            .as_mut()
            .ok_or_else(|| Error::Io(std::io::ErrorKind::NotFound.into()))
    }

    fn add(&mut self, inputs: Vec<Input>, tell: oneshot::Sender<Result<Added, Refusal>>) {
        let desk = match self.desk() {
            Ok(desk) => desk,
            Err(error) => {
                let _ = tell.send(Err(refused(error)));
                return;
            }
        };
        let inputs = inputs.into_iter().map(Ok);
        let added = desk.add(inputs, "http", &now, &Silent);
        let _ = tell.send(added.map_err(|error| refused(error.into())));
        // A failure stays to be mended by the next; the articles are kept.
        let _ = desk.redraw(u64::MAX, &Silent);
        if let Some(desk) = &self.desk {
            let _ = self.alerts.post_all(desk.store(), now(), &mut |_| {});
        }
    }

    /// Lets the desk go, and posts what a hook did not take, where its time has come.
    fn rest(&mut self) {
        if let Some(desk) = self.desk.take() {
            self.engine = Some(desk.close());
        }
        let due = Reader::open(&self.options.db).and_then(|store| Alerts::are_due(&store, now()));
        if due.unwrap_or(false)
            && let Ok(store) = Writer::open(&self.options.db)
        {
            let _ = self.alerts.post_all(&store, now(), &mut |_| {});
        }
    }
}

fn refused(error: Error) -> Refusal {
    match error {
        Error::Store(store::Error::Busy(_)) | Error::Desk(desk::Error::Store(store::Error::Busy(_))) => {
            Refusal::Busy(
                "another crossread writes to this store, such as a watch; it takes nothing else meanwhile".to_owned(),
            )
        }
        other => Refusal::Inside(other.to_string()),
    }
}
