//! Hours of misbehaving feeds, readers and posts at one server. In: minutes. Out: whether anything was lost that was
//! given whole or acknowledged, how long readers and the poster waited, and how memory went.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::chance::Chance;
use super::news;
use super::site::{self, held};
use super::{Row, World};
use crate::http::{self, millis, percentile};
use crate::serving::{Server, on, told};

/// Feeds, and readers.
const FEEDS: u8 = 50;
const READERS: u64 = 50;
/// How often a feed is looked at, and how long a request of the watch may take.
const EVERY: &str = "45s";
const PATIENCE: &str = "4s";
/// How often memory is looked at.
const SAMPLE: Duration = Duration::from_secs(10);
/// How long a reader reads on average, and how long the poster waits between two posts.
const READS: u64 = 2_000;
const POSTS: Duration = Duration::from_millis(2_500);
/// How long what was fetched last may take into the store.
const LAST: Duration = Duration::from_secs(30);
/// The letter of what is posted.
const POSTED: char = 'p';
/// What memory may grow by in an hour while the store grows, in MB: what an index over a day's articles takes.
const GROWS: f64 = 60.0;

/// What readers and the poster saw.
#[derive(Default)]
struct Seen {
    reads: Mutex<Vec<f64>>,
    posts: Mutex<Vec<f64>>,
    troubles: Mutex<Vec<String>>,
    failed: AtomicU64,
    acknowledged: Mutex<HashSet<String>>,
    over: AtomicBool,
}

impl Seen {
    fn trouble(&self, what: String) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        let mut troubles = held(&self.troubles);
        if troubles.len() < 20 {
            troubles.push(what);
        }
    }
}

/// A look at the server's memory: seconds since the start, all of it, and what it holds for itself, in MB.
type Sample = (f64, f64, f64);

/// Soaks.
pub fn run(world: &World, minutes: f64) -> Result<Vec<Row>> {
    let db = world.fresh("soak.db");
    let sites = site::start(FEEDS)?;
    let mut words = vec![
        "--token-file",
        world.tokens(),
        "--allow-private",
        "--every",
        EVERY,
        "--pause",
        "1s",
        "--timeout",
        PATIENCE,
        "--most",
        "2",
    ];
    for feed in &sites.feeds {
        words.extend(["--watch", feed]);
    }
    let mut server = Server::start(&db, &words)?;
    let seen = Seen::default();
    let until = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let log = world.folder.join("soak-memory.csv");
    let samples = std::thread::scope(|scope| {
        for reader in 0..READERS {
            let (seen, address) = (&seen, server.address);
            scope.spawn(move || reads(address, reader, seen));
        }
        let (poster, address) = (&seen, server.address);
        scope.spawn(move || posts(address, poster));
        let samples = sampled(&mut server, until, &log);
        seen.over.store(true, Ordering::Relaxed);
        samples
    })?;
    sites.done.calm.store(true, Ordering::Relaxed);
    std::thread::sleep(LAST);
    let alive = !server.ended();
    let rows = held(&sites.done.whole).clone();
    server.stop(Duration::from_secs(120))?;
    let (code, checked, why) = told(&mut on(&db, &["check"]))?;
    ensure!(code == Some(0), "check: {checked}{why}");
    let (_, all, _) = told(&mut on(&db, &["export", "--quiet", "--format", "jsonl"]))?;
    let kept_of_feeds = news::marks_in(&all, site::SOURCE);
    let kept_of_posts = news::marks_in(&all, POSTED);
    let acknowledged = held(&seen.acknowledged).clone();
    let mut lost: Vec<&String> = rows.difference(&kept_of_feeds).collect();
    lost.extend(acknowledged.difference(&kept_of_posts));
    lost.sort();
    let (start, end, slope) = slope(&samples);
    let faults: u64 = held(&sites.done.faults).values().sum();
    let failed = seen.failed.load(Ordering::Relaxed);
    let mut result = format!(
        "{} pages given whole and {} posts acknowledged, {} lost",
        rows.len(),
        acknowledged.len(),
        lost.len()
    );
    for (what, times) in [("reads", &seen.reads), ("posts", &seen.posts)] {
        let mut times = held(times);
        let [p50, p95, p99] = [50, 95, 99].map(|part| percentile(&mut times, part));
        let _ = write!(
            result,
            "; {} {what}, p50 {p50:.0}, p95 {p95:.0}, p99 {p99:.0} ms",
            times.len()
        );
    }
    let _ = write!(
        result,
        "; {failed} errors; memory {start:.0} to {end:.0} MB, {slope:+.1} MB an hour in the second half; {}",
        checked.lines().last().unwrap_or_default()
    );
    for trouble in held(&seen.troubles).iter() {
        eprintln!("   {trouble}");
    }
    lost.iter()
        .take(20)
        .for_each(|lost| eprintln!("   lost: {lost}"));
    eprintln!(
        "   what feeds and pages did wrong: {:?}",
        held(&sites.done.faults)
    );
    Ok(vec![Row {
        attack: format!(
            "Soak: {FEEDS} feeds that misbehave in turn, {READERS} readers, one poster"
        ),
        amount: format!(
            "{minutes} min, {} looks at feeds, {faults} answers with a fault, {} articles changed",
            sites.done.looks.load(Ordering::Relaxed),
            sites.done.edits.load(Ordering::Relaxed)
        ),
        command: format!("cargo xtask attack --only soak --minutes {minutes}"),
        whole: alive && lost.is_empty() && failed == 0 && (minutes < 30.0 || slope <= GROWS),
        result,
    }])
}

/// Memory until the time has come, also as a table for who wants to see how it went.
fn sampled(server: &mut Server, until: Instant, log: &Path) -> Result<Vec<Sample>> {
    let (began, mut samples) = (Instant::now(), Vec::new());
    let mut table = "seconds,rss_mb,anonymous_mb\n".to_owned();
    while Instant::now() < until {
        std::thread::sleep(SAMPLE.min(until.saturating_duration_since(Instant::now())));
        if server.ended() {
            anyhow::bail!("the server ended by itself");
        }
        let sample = (
            began.elapsed().as_secs_f64(),
            server.memory("VmRSS"),
            server.memory("RssAnon"),
        );
        let _ = writeln!(table, "{:.0},{:.1},{:.1}", sample.0, sample.1, sample.2);
        std::fs::write(log, &table).context("the samples cannot be written")?;
        samples.push(sample);
    }
    Ok(samples)
}

/// Memory that the server holds for itself, at the end of the first tenth and at the end, and how it grows in an hour,
/// by least squares over the second half.
fn slope(samples: &[Sample]) -> (f64, f64, f64) {
    let at = |nth: usize| samples.get(nth).map_or(0.0, |sample| sample.2);
    let (start, end) = (at(samples.len() / 10), at(samples.len().saturating_sub(1)));
    let half = &samples[samples.len() / 2..];
    let count = half.len().max(1) as f64;
    let mean = |of: fn(&Sample) -> f64| half.iter().map(of).sum::<f64>() / count;
    let (when, how) = (mean(|s| s.0), mean(|s| s.2));
    let (mut both, mut own) = (0.0, 0.0);
    for sample in half {
        both += (sample.0 - when) * (sample.2 - how);
        own += (sample.0 - when) * (sample.0 - when);
    }
    let grows = if own > 0.0 { both / own * 3_600.0 } else { 0.0 };
    (start, end, grows)
}

/// One reader: the front page, a story, an article, a search, a list of the API, a feed, a question.
fn reads(address: std::net::SocketAddr, reader: u64, seen: &Seen) {
    let mut chance = Chance::new(reader);
    let (mut story, mut article, mut title) =
        (None::<String>, None::<String>, "reporters".to_owned());
    while !seen.over.load(Ordering::Relaxed) {
        let path = match chance.below(12) {
            0 | 1 => "/".to_owned(),
            2 | 3 => story
                .clone()
                .map_or("/".to_owned(), |id| format!("/stories/{id}")),
            4 => story
                .clone()
                .map_or("/".to_owned(), |id| format!("/api/v1/stories/{id}")),
            5 => article
                .clone()
                .map_or("/".to_owned(), |id| format!("/articles/{id}")),
            6 | 7 => format!(
                "/search?q={}",
                ["ferry", "million", "bridge+statement"][chance.below(3) as usize]
            ),
            8 => "/api/v1/stories?limit=40".to_owned(),
            9 => "/feeds/stories.atom".to_owned(),
            10 => "/api/v1/search?q=reporters".to_owned(),
            _ => format!("/api/v1/ask?says={}", http::words(&title)),
        };
        let began = Instant::now();
        match http::ask(address, "GET", &path, "", b"") {
            Ok(answer) if answer.status == 200 => {
                held(&seen.reads).push(millis(began.elapsed()));
                let told = answer.json();
                let some = |list: &serde_json::Value, key: &str, chance: &mut Chance| {
                    let list = list.as_array().filter(|list| !list.is_empty())?;
                    Some(chance.of(list)[key].as_str()?.to_owned())
                };
                story = some(&told["stories"], "id", &mut chance).or(story);
                if let Some(found) = some(&told["stories"], "title", &mut chance) {
                    title = found;
                }
                article = some(&told["articles"], "id", &mut chance)
                    .or_else(|| some(&told["found"], "id", &mut chance))
                    .or(article);
            }
            // A story that came has no report yet, and says so.
            Ok(answer) if answer.status == 404 && answer.text().contains(" yet") => {}
            Ok(answer) => seen.trouble(format!("{path}: HTTP {} {}", answer.status, answer.text())),
            Err(error) => seen.trouble(format!("{path}: {error:#}")),
        }
        std::thread::sleep(Duration::from_millis(READS / 2 + chance.below(READS)));
    }
}

/// The poster: an article, then another; now and then one that it posted before, changed.
fn posts(address: std::net::SocketAddr, seen: &Seen) {
    let mut number = 0;
    while !seen.over.load(Ordering::Relaxed) {
        let article = match number % 10 {
            9 => news::article(POSTED, number - 5, 1),
            _ => news::article(POSTED, number, 0),
        };
        number += 1;
        let path = format!("/api/v1/articles?url=https://post.example{}", article.path);
        let began = Instant::now();
        match http::ask(
            address,
            "POST",
            &path,
            &super::bearer(),
            article.html().as_bytes(),
        ) {
            Ok(answer) if answer.done() => {
                held(&seen.posts).push(millis(began.elapsed()));
                held(&seen.acknowledged).insert(article.mark);
            }
            Ok(answer) => seen.trouble(format!("post: HTTP {} {}", answer.status, answer.text())),
            Err(error) => seen.trouble(format!("post: {error:#}")),
        }
        std::thread::sleep(POSTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_of_what_grows_and_of_what_does_not() {
        let grows: Vec<Sample> = (0..100)
            .map(|at| (f64::from(at) * 10.0, 0.0, 100.0 + f64::from(at)))
            .collect();
        let (start, end, slope) = slope(&grows);
        assert_eq!((start, end), (110.0, 199.0));
        assert!((slope - 360.0).abs() < 0.01);
        let flat: Vec<Sample> = grows.iter().map(|s| (s.0, 0.0, 5.0)).collect();
        assert_eq!(super::slope(&flat), (5.0, 5.0, 0.0));
        assert_eq!(super::slope(&[]), (0.0, 0.0, 0.0));
    }
}
