//! Connections. In: a socket, the router. Out: requests, each with the address it comes from; an end within a given time
//! whatever clients do. Bounds: the time and bytes of a request's head, connections in all and of one address. Where there
//! is no place for another, one that waits for a head gives its own up, the one that has waited longest: half heads shut
//! out half heads, not readers.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::app::App;
use crate::finish;
use crate::who::Peer;

/// A head is whole after so long, and so is the next one of a connection that is kept.
const HEAD: Duration = Duration::from_secs(10);
/// Bytes of a head, at most; browsers send some 2 KB, with cookies of others on the same host some 10.
const HEAD_BYTES: usize = 32 << 10;
/// Connections at once: below the 1,024 files that systems let a program open, with room for the store's.
const MOST: usize = 768;
/// Those of one address that is no proxy's. A browser opens six.
const SHARE: usize = 256;
/// A request that was answered so long ago and is still not taken may give its place up: longer than one may take.
const STALLED: Duration = Duration::from_secs(90);
/// How long requests in progress may go on when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(3);
/// Between two tries to take a connection where the system has none to give.
const PAUSE: Duration = Duration::from_millis(100);

/// A connection that has a place.
struct Held {
    from: IpAddr,
    /// When it began to wait for a head, or to be answered.
    since: Instant,
    answered: bool,
    cut: Arc<Notify>,
}

/// The places that there are.
pub struct Places {
    held: Mutex<(u64, HashMap<u64, Held>)>,
    most: usize,
    share: usize,
}

/// One of them, until it is dropped.
struct Place {
    places: Arc<Places>,
    number: u64,
    cut: Arc<Notify>,
}

impl Places {
    fn new(most: usize, share: usize) -> Arc<Self> {
        Arc::new(Self {
            held: Mutex::default(),
            most,
            share,
        })
    }

    /// A place for a connection; none where all are taken by requests that are being answered.
    fn take(self: &Arc<Self>, from: IpAddr, proxy: bool) -> Option<Place> {
        let mut guard = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, held) = &mut *guard;
        let own = held.values().filter(|one| one.from == from).count();
        if !proxy && own >= self.share {
            free(held, Some(from))?;
        }
        if held.len() >= self.most {
            free(held, None)?;
        }
        *last += 1;
        let cut = Arc::new(Notify::new());
        held.insert(
            *last,
            Held {
                from,
                since: Instant::now(),
                answered: false,
                cut: Arc::clone(&cut),
            },
        );
        Some(Place {
            places: Arc::clone(self),
            number: *last,
            cut,
        })
    }
}

/// Cuts a connection, of an address where one is given: one of whoever has most, that which has waited longest; none where
/// all are being answered.
fn free(held: &mut HashMap<u64, Held>, from: Option<IpAddr>) -> Option<()> {
    let mut counts: HashMap<IpAddr, usize> = HashMap::new();
    for one in held.values() {
        *counts.entry(one.from).or_default() += 1;
    }
    let waits = |one: &Held| !one.answered || one.since.elapsed() > STALLED;
    let (number, _) = held
        .iter()
        .filter(|(_, one)| from.is_none_or(|ip| one.from == ip) && waits(one))
        .min_by_key(|(number, one)| {
            let most = std::cmp::Reverse(counts.get(&one.from).copied());
            (one.answered, most, one.since, **number)
        })?;
    let number = *number;
    // Its entry goes at once: what is counted are connections that may stay.
    held.remove(&number)?.cut.notify_one();
    Some(())
}

impl Place {
    fn answered(&self, answered: bool) {
        let mut guard = self
            .places
            .held
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = guard.1.get_mut(&self.number) {
            held.answered = answered;
            held.since = Instant::now();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut guard = self
            .places
            .held
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        guard.1.remove(&self.number);
    }
}

/// A body whose connection waits for the next head when it was sent.
struct Sent {
    body: Body,
    place: Arc<Place>,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.place.answered(false);
    }
}

/// Takes connections until `stop` is done, then gives requests in progress [`GRACE`], and cuts what is left.
pub async fn serve(
    listener: TcpListener,
    app: &Arc<App>,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let places = Places::new(MOST, SHARE);
    let (stopping, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let site = (Arc::clone(app), router);
    let mut stop = pin!(stop);
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            Some(_) = connections.join_next() => continue,
            () = stop.as_mut() => break,
        };
        let Ok((stream, from)) = taken else {
            // The system is out of files, or the client is gone already.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let ip = from.ip().to_canonical();
        // A connection without a place is closed.
        if let Some(place) = places.take(ip, app.trusts(Peer(Some(ip)))) {
            let _ = stream.set_nodelay(true);
            connections.spawn(attend(stream, from, place, site.clone(), stopped.clone()));
        }
    }
    drop(listener);
    let _ = stopping.send(true);
    let ended = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(GRACE, ended).await;
}

/// Answers the requests of one connection.
async fn attend(
    stream: TcpStream,
    from: SocketAddr,
    place: Place,
    (app, router): (Arc<App>, Router),
    mut stopped: watch::Receiver<bool>,
) {
    let place = Arc::new(place);
    let service = TowerToHyperService::new(router);
    let answer = service_fn(|request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        place.answered(true);
        let answered = match finish::enter(&app.options.base, &mut request) {
            Some(answer) => Err(answer),
            None => Ok(service.call(request)),
        };
        let place = Arc::clone(&place);
        async move {
            let answer = match answered {
                Err(answer) => answer,
                Ok(answered) => answered.await?,
            };
            Ok::<_, std::convert::Infallible>(answer.map(|body| Sent { body, place }))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), answer);
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = place.cut.notified() => return,
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        _ = connection => {}
        () = place.cut.notified() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(last: u8) -> IpAddr {
        [10, 0, 0, last].into()
    }

    #[test]
    fn who_waits_gives_way_and_who_is_answered_does_not() {
        let places = Places::new(4, 2);
        let first = places.take(ip(1), false).expect("a place");
        let second = places.take(ip(1), false).expect("a place");
        first.answered(true);
        let third = places.take(ip(1), false).expect("the second's place");
        assert_eq!(places.held.lock().expect("held").1.len(), 2);
        drop(second);
        third.answered(true);
        assert!(places.take(ip(1), false).is_none(), "its share is taken");
        // Another address, and a proxy, have their own.
        let others: Vec<_> = (0..2).map(|_| places.take(ip(2), true)).collect();
        assert!(others.iter().all(Option::is_some));
        // All places are taken: the address with the most of them that wait gives one up.
        assert!(places.take(ip(3), false).is_some());
        drop((first, third, others));
        assert_eq!(places.held.lock().expect("held").1.len(), 0);
    }
}
