//! Counts of requests. In: each request's status and how long it took. Out: the counts, with those of the store, in
//! Prometheus' text format (version 0.0.4).

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::StatusCode;

/// Upper ends of the classes of how long requests take, in seconds.
const BOUNDS: [f64; 7] = [0.005, 0.01, 0.025, 0.06, 0.1, 0.5, 2.0];

/// Counts of requests.
#[derive(Debug, Default)]
pub struct Metrics {
    /// By the first digit of the answer's status.
    answers: [AtomicU64; 6],
    posted: AtomicU64,
    classes: [AtomicU64; BOUNDS.len()],
    micros: AtomicU64,
}

impl Metrics {
    /// Counts a request.
    pub fn request(&self, status: StatusCode, posted: bool, took: Duration) {
        let class = usize::from(status.as_u16() / 100).min(self.answers.len() - 1);
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        self.posted.fetch_add(u64::from(posted), Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
        for (bound, count) in BOUNDS.iter().zip(&self.classes) {
            if took.as_secs_f64() <= *bound {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Writes them. `counts`: articles, versions and stories in the store; `waiting`: stories to be compared.
    pub fn write(&self, counts: [u64; 3], waiting: u64) -> String {
        let mut out = String::new();
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let mut gauge = |name: &str, help: &str, value: u64| {
            let _ = writeln!(
                out,
                "# HELP crossread_{name} {help}\n# TYPE crossread_{name} gauge\ncrossread_{name} {value}"
            );
        };
        gauge("articles", "Articles in the store.", counts[0]);
        gauge("versions", "Versions of articles in the store.", counts[1]);
        gauge("stories", "Stories in the store.", counts[2]);
        gauge(
            "stories_waiting",
            "Stories that wait to be compared.",
            waiting,
        );
        out.push_str("# HELP crossread_requests_total Requests answered, by class of status.\n# TYPE crossread_requests_total counter\n");
        for (class, count) in self.answers.iter().enumerate().skip(1) {
            let _ = writeln!(
                out,
                "crossread_requests_total{{status=\"{class}xx\"}} {}",
                get(count)
            );
        }
        let _ = writeln!(
            out,
            "# HELP crossread_posts_total Requests to add articles.\n# TYPE crossread_posts_total counter\ncrossread_posts_total {}",
            get(&self.posted)
        );
        out.push_str("# HELP crossread_request_seconds How long requests took.\n# TYPE crossread_request_seconds histogram\n");
        for (bound, count) in BOUNDS.iter().zip(&self.classes) {
            let _ = writeln!(
                out,
                "crossread_request_seconds_bucket{{le=\"{bound}\"}} {}",
                get(count)
            );
        }
        let all: u64 = self.answers.iter().map(get).sum();
        let seconds = get(&self.micros) as f64 / 1e6;
        let _ = writeln!(
            out,
            "crossread_request_seconds_bucket{{le=\"+Inf\"}} {all}\ncrossread_request_seconds_sum {seconds}\ncrossread_request_seconds_count {all}"
        );
        out
    }
}
