//! Articles that are added over HTTP: one thread holds the desk, and takes in what it is given, in order.

use std::sync::Mutex;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use desk::{Added, Desk};
use engine::{Engine, Input, Silent};
use fetch::{Alerts, ClientOptions};
use tokio::sync::oneshot;

use crate::app::Refusal;
use crate::times::now;
use crate::{Error, Options};

/// Pages with whom to tell what came of them.
type Order = (Vec<Input>, oneshot::Sender<Result<Added, String>>);

/// The thread that adds.
pub struct Taking {
    orders: Mutex<Option<Sender<Order>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Taking {
    pub fn start(options: &Options) -> Result<Self, Error> {
        let engine = Engine::new(options.engine.clone())?;
        let mut desk = Desk::open(engine, &options.db, now())?;
        let alerts = Alerts::new(&ClientOptions::default());
        let (orders, taken) = mpsc::channel::<Order>();
        let thread = thread::spawn(move || {
            for (inputs, tell) in taken {
                let inputs = inputs.into_iter().map(Ok);
                let added = desk.add(inputs, "http", &now, &Silent);
                let _ = tell.send(added.map_err(|error| error.to_string()));
                // A failure stays to be mended by the next; the articles are kept.
                let _ = desk.redraw(u64::MAX, &Silent);
                let _ = alerts.tell(desk.store(), now(), &mut |_| {});
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
        told.await.map_err(|_| stopped())?.map_err(Refusal::Inside)
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
