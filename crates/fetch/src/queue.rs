//! What waits to be asked for. In: tasks, each with its host and the time from which on it may be asked for. Out: the next
//! whose host is free. Each host has a queue of its own and one place in the order of all, so that a task costs the
//! same whether ten wait beside it or a hundred thousand.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Instant;

/// Hosts that are remembered though nothing of theirs waits.
const REMEMBERED: usize = 10_000;

/// A task with its time; of two with one time the older goes first.
struct Waiting<T> {
    at: Instant,
    number: u64,
    task: T,
}

impl<T> Waiting<T> {
    fn key(&self) -> Reverse<(Instant, u64)> {
        Reverse((self.at, self.number))
    }
}

impl<T> PartialEq for Waiting<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<T> Eq for Waiting<T> {}

impl<T> PartialOrd for Waiting<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Waiting<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

struct Host<T> {
    busy: bool,
    free: Instant,
    tasks: BinaryHeap<Waiting<T>>,
    /// Its place in the order of all.
    listed: Option<Instant>,
}

/// Tasks by host.
pub struct Queue<T> {
    hosts: HashMap<String, Host<T>>,
    /// Hosts by the time from which on they can be asked. A host's older places stay until they come up, and count
    /// for nothing.
    order: BinaryHeap<Reverse<(Instant, String)>>,
    waiting: usize,
    numbered: u64,
}

impl<T> Queue<T> {
    /// Nothing waits.
    pub fn new() -> Self {
        Self {
            hosts: HashMap::new(),
            order: BinaryHeap::new(),
            waiting: 0,
            numbered: 0,
        }
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.waiting
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.waiting == 0
    }

    /// Adds a task that may be asked for from a time on.
    pub fn push(&mut self, host: &str, at: Instant, task: T) {
        self.numbered += 1;
        self.waiting += 1;
        let waiting = Waiting {
            at,
            number: self.numbered,
            task,
        };
        self.host(host).tasks.push(waiting);
        self.list(host);
    }

    /// The task whose time has come, with its host, which is busy until it is [`Self::done`].
    pub fn pop(&mut self, now: Instant) -> Option<(String, T)> {
        self.settle();
        let Reverse((at, _)) = self.order.peek()?;
        if *at > now {
            return None;
        }
        let Reverse((_, name)) = self.order.pop()?;
        let host = self.hosts.get_mut(&name)?;
        host.listed = None;
        host.busy = true;
        let waiting = host.tasks.pop()?;
        self.waiting -= 1;
        Some((name, waiting.task))
    }

    /// The task that comes next, and when.
    pub fn next(&mut self) -> Option<(Instant, &T)> {
        self.settle();
        let Reverse((at, name)) = self.order.peek()?;
        let waiting = self.hosts.get(name)?.tasks.peek()?;
        Some((*at, &waiting.task))
    }

    /// A host has answered and is left alone until a time.
    pub fn done(&mut self, host: &str, free: Instant) {
        self.host(host).busy = false;
        self.rest(host, free);
    }

    /// A host is left alone until a time: it was asked on behalf of another.
    pub fn rest(&mut self, host: &str, free: Instant) {
        let known = self.host(host);
        known.free = known.free.max(free);
        self.list(host);
        if self.hosts.len() > REMEMBERED + self.waiting {
            let now = Instant::now();
            self.hosts
                .retain(|_, host| host.busy || !host.tasks.is_empty() || host.free > now);
        }
    }

    fn host(&mut self, name: &str) -> &mut Host<T> {
        self.hosts.entry(name.to_owned()).or_insert_with(|| Host {
            busy: false,
            free: Instant::now(),
            tasks: BinaryHeap::new(),
            listed: None,
        })
    }

    /// Gives a host its place in the order.
    fn list(&mut self, name: &str) {
        let Some(host) = self.hosts.get_mut(name) else {
            return;
        };
        let at = match host.tasks.peek() {
            Some(next) if !host.busy => next.at.max(host.free),
            _ => return,
        };
        if host.listed != Some(at) {
            host.listed = Some(at);
            self.order.push(Reverse((at, name.to_owned())));
        }
    }

    /// Takes places away that no longer count.
    fn settle(&mut self) {
        while let Some(Reverse((at, name))) = self.order.peek() {
            let host = self.hosts.get(name);
            if host.is_some_and(|host| host.listed == Some(*at)) {
                return;
            }
            self.order.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_host_is_asked_by_one_at_a_time_and_the_oldest_first() {
        let start = Instant::now();
        let later = |seconds| start + Duration::from_secs(seconds);
        let mut queue = Queue::new();
        queue.push("a", start, 1);
        queue.push("a", start, 2);
        queue.push("a", later(60), 3);
        queue.push("b", later(5), 4);
        assert_eq!(queue.len(), 4);
        let now = later(1);
        assert_eq!(queue.pop(now), Some(("a".to_owned(), 1)));
        // The host is busy; the other's time has not come.
        assert_eq!(queue.pop(now), None);
        assert_eq!(
            queue.next().map(|(at, task)| (at, *task)),
            Some((later(5), 4))
        );
        queue.done("a", later(3));
        assert_eq!(queue.pop(now), None);
        assert_eq!(queue.pop(later(3)), Some(("a".to_owned(), 2)));
        // It was asked on behalf of another.
        queue.rest("b", later(9));
        assert_eq!(queue.pop(later(8)), None);
        assert_eq!(queue.pop(later(9)), Some(("b".to_owned(), 4)));
        queue.done("a", later(4));
        queue.done("b", later(10));
        assert_eq!(
            queue.next().map(|(at, task)| (at, *task)),
            Some((later(60), 3))
        );
        // What comes before goes first.
        queue.push("a", later(20), 5);
        assert_eq!(queue.pop(later(99)), Some(("a".to_owned(), 5)));
        queue.done("a", later(21));
        assert_eq!(queue.pop(later(99)), Some(("a".to_owned(), 3)));
        assert!(queue.is_empty() && queue.next().is_none());
    }

    #[test]
    fn a_hundred_thousand_that_wait_cost_nothing() {
        let start = Instant::now();
        let mut queue = Queue::new();
        for number in 0..100_000 {
            queue.push(&format!("h{}", number % 100), start, number);
        }
        for host in 0..100 {
            queue.rest(&format!("h{host}"), start + Duration::from_secs(3_600));
        }
        // What 30 days of looking cost at two looks a second.
        let began = Instant::now();
        for _ in 0..5_000_000 {
            assert!(queue.pop(start).is_none());
        }
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{:?}",
            began.elapsed()
        );
        assert_eq!(queue.len(), 100_000);
    }
}
