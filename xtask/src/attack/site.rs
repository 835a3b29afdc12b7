//! Fifty sites on one machine, each an address of its own, whose feeds misbehave in turn, and their pages too. In: how
//! many. Out: their addresses; what was given whole, by its word, and how often what was done wrong.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::news::{self, Article};

/// The letter of what feeds give.
pub const SOURCE: char = 'f';
/// Entries that a feed names.
const NAMED: usize = 20;
/// How long a slow answer is drawn out at most.
const SLOW: Duration = Duration::from_secs(20);
/// Bytes of an endless answer at most, so that it ends where nobody ends it.
const ENDLESS: u64 = 64 << 20;

/// What can be wrong with an answer.
const FAULTS: [&str; 15] = [
    "cut",
    "short",
    "long",
    "trickle",
    "500",
    "circle",
    "bomb",
    "charset",
    "endless",
    "304",
    "retry-after",
    "half-closed",
    "empty",
    "silent",
    "garbage",
];

/// A site.
#[derive(Default)]
struct Site {
    looks: u64,
    /// Numbers of its articles, with the version that they are in.
    articles: Vec<(u64, u64)>,
    /// How often each page was asked for.
    asked: BTreeMap<u64, u64>,
}

/// What the sites did.
#[derive(Default)]
pub struct Done {
    /// Words of what was given whole.
    pub whole: Mutex<HashSet<String>>,
    /// How often what was done wrong.
    pub faults: Mutex<BTreeMap<&'static str, u64>>,
    /// Looks at feeds.
    pub looks: AtomicU64,
    /// Articles so far.
    pub articles: AtomicU64,
    /// Articles that were changed, the feed saying so or not.
    pub edits: AtomicU64,
    /// Whether the sites have become good, and name nothing new.
    pub calm: AtomicBool,
}

/// What another thread broke stays as it is.
pub fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The sites.
pub struct Sites {
    /// Addresses of their feeds.
    pub feeds: Vec<String>,
    /// What they did.
    pub done: Arc<Done>,
}

/// Starts them; they serve until the process ends.
pub fn start(count: u8) -> Result<Sites> {
    let done = Arc::new(Done::default());
    let bomb: Arc<[u8]> = bomb()?.into();
    let first = TcpListener::bind((Ipv4Addr::new(127, 0, 1, 1), 0)).context("no port is free")?;
    let port = first.local_addr()?.port();
    let mut listeners = vec![first];
    for at in 2..=count {
        listeners.push(TcpListener::bind((Ipv4Addr::new(127, 0, 1, at), port))?);
    }
    let mut feeds = Vec::new();
    for (nth, listener) in listeners.into_iter().enumerate() {
        feeds.push(format!("http://{}/feed", listener.local_addr()?));
        let (done, bomb) = (Arc::clone(&done), Arc::clone(&bomb));
        let site = Arc::new(Mutex::new(Site::default()));
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (done, bomb, site) = (Arc::clone(&done), Arc::clone(&bomb), Arc::clone(&site));
                std::thread::spawn(move || {
                    // Who asks may go whenever they like.
                    let _ = talk(connection, nth as u64, &site, &done, &bomb);
                });
            }
        });
    }
    Ok(Sites { feeds, done })
}

/// 64 MiB of nothing, packed.
fn bomb() -> Result<Vec<u8>> {
    let mut gzip = Command::new("gzip")
        .arg("-9")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("gzip is needed")?;
    let mut into = gzip.stdin.take().context("gzip takes nothing")?;
    let fed = std::thread::spawn(move || into.write_all(&vec![b' '; 64 << 20]));
    let packed = gzip.wait_with_output()?.stdout;
    let _ = fed.join();
    Ok(packed)
}

fn talk(mut to: TcpStream, nth: u64, site: &Mutex<Site>, done: &Done, bomb: &[u8]) -> Result<()> {
    to.set_read_timeout(Some(SLOW))?;
    to.set_write_timeout(Some(SLOW))?;
    let mut head = String::new();
    let mut from = BufReader::new(to.try_clone()?);
    while from.read_line(&mut head).is_ok_and(|read| read > 2) {}
    let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
    let head = head.to_lowercase();
    if path == "/robots.txt" {
        to.write_all(&ok(
            "text/plain",
            "",
            b"User-agent: *\nDisallow: /private/\n",
        ))?;
        return Ok(());
    }
    if path == "/feed" {
        let (body, tag, fault) = look(nth, site, done);
        if fault.is_none() && head.contains(&format!("if-none-match: {tag}")) {
            to.write_all(&status("304 Not Modified", ""))?;
            return Ok(());
        }
        let tag = format!("ETag: {tag}\r\n");
        return match fault {
            None => Ok(to.write_all(&ok("application/rss+xml", &tag, &body))?),
            Some(fault) => wrong(to, fault, "/feed", &body, bomb).map(drop),
        };
    }
    let number = path
        .rsplit(SOURCE)
        .next()
        .and_then(|number| number.parse::<u64>().ok());
    let Some((article, version, times)) = number.and_then(|number| asked(number, site)) else {
        to.write_all(&status("404 Not Found", ""))?;
        return Ok(());
    };
    let tag = format!("\"{version}\"");
    if head.contains(&format!("if-none-match: {tag}")) {
        to.write_all(&status("304 Not Modified", ""))?;
        return Ok(());
    }
    let page = article.html().into_bytes();
    // Half of the pages are not had at the first try; pages that moved are had where they are.
    let number = number.unwrap_or(0);
    let fault = FAULTS[(number / 2 % FAULTS.len() as u64) as usize];
    let calm = done.calm.load(Ordering::Relaxed);
    let mends = !matches!(
        fault,
        "circle" | "bomb" | "endless" | "304" | "empty" | "garbage" | "short"
    );
    if !calm && number % 2 == 1 && times == 1 && mends && !path.starts_with("/moved") {
        *held(&done.faults).entry(fault).or_default() += 1;
        let given = wrong(to, fault, &path, &page, bomb)?;
        if given {
            held(&done.whole).insert(article.mark);
        }
        return Ok(());
    }
    if number % 10 == 4 && !path.starts_with("/moved") {
        let moved = format!("Location: /moved{path}\r\n");
        to.write_all(&status("301 Moved Permanently", &moved))?;
        return Ok(());
    }
    to.write_all(&ok("text/html", &format!("ETag: {tag}\r\n"), &page))?;
    to.shutdown(Shutdown::Write)?;
    // It was had where the other side ends without complaint.
    if to.read(&mut [0; 16]).is_ok_and(|read| read == 0) {
        held(&done.whole).insert(article.mark);
    }
    Ok(())
}

/// A look at a feed: what it names, its tag, and what is to be wrong with it.
fn look(nth: u64, site: &Mutex<Site>, done: &Done) -> (Vec<u8>, String, Option<&'static str>) {
    let mut site = held(site);
    let calm = done.calm.load(Ordering::Relaxed);
    done.looks.fetch_add(1, Ordering::Relaxed);
    site.looks += 1;
    let looks = site.looks;
    // Every second look is at a good feed.
    let fault = (!calm && looks.is_multiple_of(2))
        .then(|| FAULTS[((nth + looks / 2) % FAULTS.len() as u64) as usize]);
    if let Some(fault) = fault {
        *held(&done.faults).entry(fault).or_default() += 1;
    } else if !calm {
        let number = done.articles.fetch_add(1, Ordering::Relaxed);
        site.articles.push((number, 0));
        // Another article changes: now the feed says so, by a new time, now it does not.
        if looks % 6 == 5
            && let Some(at) = site.articles.len().checked_sub(3)
        {
            site.articles[at].1 += 1;
            done.edits.fetch_add(1, Ordering::Relaxed);
        }
    }
    let said = |number: u64, version: u64| match number % 2 {
        0 => version,
        _ => 0,
    };
    let from = site.articles.len().saturating_sub(NAMED);
    let items: String = site.articles[from..]
        .iter()
        .map(|&(number, version)| {
            let article = news::article(SOURCE, number, version);
            format!(
                "<item><title>{}</title><link>{}</link><pubDate>{}</pubDate></item>",
                article.title,
                article.path,
                day(said(number, version)),
            )
        })
        .collect();
    let tag = format!(
        "\"{}-{}\"",
        site.articles.len(),
        site.articles.iter().map(|a| a.1).sum::<u64>()
    );
    let body = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Site {nth}</title><link>/</link><description>n</description>{items}</channel></rss>"
    );
    (body.into_bytes(), tag, fault)
}

/// Today, and so many minutes, as feeds write it.
fn day(minutes: u64) -> String {
    static TODAY: LazyLock<String> = LazyLock::new(|| {
        let told = Command::new("date").args(["-u", "+%a, %d %b %Y"]).output();
        let told = told.map(|told| String::from_utf8_lossy(&told.stdout).trim().to_owned());
        told.unwrap_or_default()
    });
    format!("{} 00:{:02}:00 +0000", *TODAY, minutes % 60)
}

/// A page that is asked for: the article with its version, and the how manieth time it is.
fn asked(number: u64, site: &Mutex<Site>) -> Option<(Article, u64, u64)> {
    let mut site = held(site);
    let version = site.articles.iter().find(|(own, _)| *own == number)?.1;
    let times = site.asked.entry(number).or_default();
    *times += 1;
    Some((news::article(SOURCE, number, version), version, *times))
}

fn ok(kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{more}Connection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    out.extend_from_slice(body);
    out
}

fn status(line: &str, more: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}

/// An answer with a fault; whether it was whole all the same.
fn wrong(mut to: TcpStream, fault: &str, path: &str, body: &[u8], bomb: &[u8]) -> Result<bool> {
    let head = |length: usize| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        )
    };
    let half = &body[..body.len() / 2];
    match fault {
        "cut" | "long" => {
            let more = if fault == "cut" { 0 } else { 1_000 };
            to.write_all(head(body.len() + more).as_bytes())?;
            to.write_all(if fault == "cut" { half } else { body })?;
        }
        "short" => {
            to.write_all(head(half.len()).as_bytes())?;
            to.write_all(body)?;
        }
        "trickle" => {
            to.write_all(head(body.len()).as_bytes())?;
            let began = Instant::now();
            for byte in body {
                if began.elapsed() > SLOW {
                    return Ok(false);
                }
                to.write_all(&[*byte])?;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "500" => to.write_all(&status("500 Internal Server Error", ""))?,
        "circle" => to.write_all(&status("302 Found", &format!("Location: {path}\r\n")))?,
        "bomb" => to.write_all(&ok("text/xml", "Content-Encoding: gzip\r\n", bomb))?,
        "charset" => {
            let said = String::from_utf8_lossy(body)
                .replacen("utf-8", "shift_jis", 1)
                .replacen(
                    "version=\"1.0\"",
                    "version=\"1.0\" encoding=\"shift_jis\"",
                    1,
                );
            to.write_all(&ok("text/html; charset=iso-8859-1", "", said.as_bytes()))?;
            to.shutdown(Shutdown::Write)?;
            return Ok(to.read(&mut [0; 16]).is_ok_and(|read| read == 0));
        }
        "endless" => {
            to.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")?;
            to.write_all(body)?;
            let (piece, mut sent) = (b"<item><title>x</title></item>\n".repeat(1_000), 0);
            while sent < ENDLESS {
                to.write_all(&piece)?;
                sent += piece.len() as u64;
            }
        }
        "304" => to.write_all(&status("304 Not Modified", ""))?,
        "retry-after" => {
            to.write_all(&status("503 Service Unavailable", "Retry-After: 2\r\n"))?;
        }
        "half-closed" => {
            to.write_all(b"HTTP/1.1 200 OK\r\nContent-Le")?;
            to.shutdown(Shutdown::Write)?;
            let _ = to.read(&mut [0; 16]);
        }
        "empty" => to.write_all(&ok("text/xml", "", b""))?,
        "silent" => std::thread::sleep(SLOW),
        _ => to.write_all(b"\xff\xfe\0\0 no HTTP \r\n\r\n\r\n")?,
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_good_at_every_second_look_and_names_what_it_has() {
        let (site, done) = (Mutex::new(Site::default()), Done::default());
        let mut wrong = HashSet::new();
        for at in 1..=60 {
            let (body, _, fault) = look(3, &site, &done);
            assert_eq!(fault.is_none(), at % 2 == 1);
            wrong.extend(fault);
            assert!(String::from_utf8_lossy(&body).contains("/a/f0"), "{at}");
            if at > 30 {
                break;
            }
        }
        assert_eq!(wrong.len(), FAULTS.len());
        done.calm.store(true, Ordering::Relaxed);
        let before = held(&site).articles.len();
        assert!(look(3, &site, &done).2.is_none() && look(3, &site, &done).2.is_none());
        assert_eq!(held(&site).articles.len(), before);
        assert!(done.edits.load(Ordering::Relaxed) > 1);
    }
}
