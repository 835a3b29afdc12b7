//! Posts, pages and questions while a watch runs. In: a store. Out: how long they take.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::{Row, row};
use crate::attack::{TOKEN, bearer, feed, news};
use crate::http::{ask, get, millis, percentile, timed, words};
use crate::serving::Server;

/// What is posted, what is read of each sort, what is asked, how many pages the watch has to fetch.
const POSTS: u64 = 60;
const READS: usize = 200;
const ASKED: usize = 40;
const PAGES: u64 = 2_000;
/// The letters of what is posted, and of what the watch finds.
const POSTED: char = 'p';
const FED: char = 'w';

/// Measures.
pub fn run(db: &Path) -> Result<Vec<Row>> {
    let feed = feed::start(FED, PAGES)?;
    let tokens = db.with_extension("tokens");
    std::fs::write(&tokens, format!("bench all {TOKEN}\n"))?;
    let file = tokens.display().to_string();
    let watch = ["--watch", &feed, "--allow-private", "--pause", "0s"];
    let server = Server::start(db, &[&["--token-file", &file][..], &watch].concat())?;
    let address = server.address;
    // It has begun when it has looked at its feed.
    std::thread::sleep(Duration::from_secs(3));
    let listed = get(address, "/api/v1/stories?limit=500&articles=2")?.json();
    let all = listed["stories"].as_array().cloned().unwrap_or_default();
    ensure!(!all.is_empty(), "the store has no stories");
    let of = |at: usize, key: &str| {
        all[at * 7 % all.len()][key]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let (mut pages, mut questions) = (Vec::new(), Vec::new());
    let mut posts = std::thread::scope(|scope| -> Result<Vec<f64>> {
        let posting = scope.spawn(|| -> Result<Vec<f64>> {
            let mut times = Vec::new();
            for number in 0..POSTS {
                let article = news::article(POSTED, number, 0);
                let path = format!("/api/v1/articles?url=https://post.example{}", article.path);
                let began = Instant::now();
                let answer = ask(address, "POST", &path, &bearer(), article.html().as_bytes())?;
                ensure!(
                    answer.done(),
                    "a post: HTTP {} {}",
                    answer.status,
                    answer.text()
                );
                times.push(millis(began.elapsed()));
                std::thread::sleep(Duration::from_millis(200));
            }
            Ok(times)
        });
        for at in 0..READS {
            pages.push(timed(address, &format!("/stories/{}", of(at, "id")))?);
            pages.push(timed(
                address,
                &format!("/search?q={}", words(&of(at, "title"))),
            )?);
            if at % (READS / ASKED) == 0 {
                let says = words(&of(at, "title"));
                questions.push(timed(address, &format!("/api/v1/ask?says={says}"))?);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let posted = posting.join();
        posted.map_err(|_| anyhow::anyhow!("the poster broke"))?
    })?;
    // Whoever measures beside a watch that does nothing measures nothing.
    let found = get(address, "/api/v1/search?q=wk9v0z")?.text();
    ensure!(found.contains("wk9v0z"), "the watch brought nothing");
    let of = |times: &mut Vec<f64>, part| percentile(times, part);
    Ok(vec![
        row(
            "a post while a watch runs, p50, ms",
            of(&mut posts, 50),
            500.0,
            true,
        ),
        row(
            "a post while a watch runs, p95, ms",
            of(&mut posts, 95),
            1_500.0,
            true,
        ),
        row(
            "a page while a watch runs, p50, ms",
            of(&mut pages, 50),
            40.0,
            true,
        ),
        row(
            "a page while a watch runs, p95, ms",
            of(&mut pages, 95),
            150.0,
            true,
        ),
        row(
            "a sentence asked about meanwhile, p50, ms",
            of(&mut questions, 50),
            300.0,
            true,
        ),
        row(
            "a sentence asked about meanwhile, p95, ms",
            of(&mut questions, 95),
            600.0,
            true,
        ),
    ])
}
