//! What a fetching thread does. In: tasks with their addresses. Out: what came of each, whatever happens: a task that
//! makes the program fail is given back like any other, and the thread goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use url::Url;

use crate::client::{Client, Outcome};
use crate::robots::{Robots, host_of};

/// Hosts that were asked, with the pause that each wants.
pub type Asked = Vec<(String, Option<Duration>)>;

/// What is said where the program fails on an address.
const FAULT: &str = "the program failed on it, which is its own fault: please report it";

/// A task for a thread that fetches.
pub struct Ask<T> {
    pub task: T,
    pub url: Url,
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// What came of it.
pub struct Got<T> {
    pub task: T,
    /// The task's host.
    pub host: String,
    pub outcome: Outcome,
    /// The hosts that were asked, each with the pause that it wants.
    pub asked: Asked,
}

/// Works until there are no more tasks.
pub fn work<T>(
    asked: &Mutex<Receiver<Ask<T>>>,
    give: &Sender<Got<T>>,
    fetch: &dyn Fn(&Ask<T>) -> (Outcome, Asked),
) {
    loop {
        let next = asked.lock().ok().and_then(|asked| asked.recv().ok());
        let Some(ask) = next else { return };
        let done = catch_unwind(AssertUnwindSafe(|| fetch(&ask)));
        let (outcome, asked) =
            done.unwrap_or_else(|_| (Outcome::Later(FAULT.to_owned(), None), Vec::new()));
        let got = Got {
            host: host_of(&ask.url),
            task: ask.task,
            outcome,
            asked,
        };
        if give.send(got).is_err() {
            return;
        }
    }
}

/// Asks for an address, if the robots.txt of its host allows it, and of each host that it redirects to.
pub fn fetch<T>(client: &Client, robots: &Robots, ask: &Ask<T>) -> (Outcome, Asked) {
    let mut asked = Vec::new();
    let mut may = |url: &Url| {
        let (allowed, pause) = robots.allow(client, url);
        asked.push((host_of(url), pause));
        allowed
    };
    let (etag, modified) = (ask.etag.as_deref(), ask.modified.as_deref());
    let outcome = client.get_where(&ask.url, etag, modified, &mut may);
    (outcome, asked)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_task_that_makes_the_program_fail_comes_back() {
        let (ask, asked) = mpsc::channel();
        let (give, given) = mpsc::channel();
        for task in 0..3 {
            let url = Url::parse("https://a.example/").expect("an address");
            let (etag, modified) = (None, None);
            let sent = ask.send(Ask {
                task,
                url,
                etag,
                modified,
            });
            assert!(sent.is_ok());
        }
        drop(ask);
        let fails = |ask: &Ask<i32>| match ask.task {
            1 => panic!("on purpose"),
            _ => (Outcome::Nothing, Vec::new()),
        };
        work(&Mutex::new(asked), &give, &fails);
        drop(give);
        let came: Vec<_> = given.iter().map(|got| (got.task, got.outcome)).collect();
        assert!(matches!(
            &came[..],
            [(0, Outcome::Nothing), (1, Outcome::Later(why, None)), (2, Outcome::Nothing)] if why == FAULT
        ));
    }
}
