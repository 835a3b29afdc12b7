//! `watch`: feeds into a store. In: addresses, files of OPML. Out: what goes on, a line a step; counts in a
//! file where machines look.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use crossread::report;
use crossread::{Align, Engine};
use desk::Turns;
use fetch::{Alert, News, Tally, WatchOptions, short, short_to};
use serde_json::json;

use crate::args::{self, Plain};
use crate::{alerting, inputs, output, serving, sources};

/// `watch`.
pub fn watch(args: &args::Watch) -> anyhow::Result<ExitCode> {
    let sources = sources::given(&args.feeds)?;
    let options = sources::options(&args.fetching);
    let options = WatchOptions {
        once: args.once,
        alerts: alerting::alerts(&args.alerting, options.client.clone())?,
        ..options
    };
    let comparing = crate::comparing_in(&args.db, &args.comparing, Align::Encoder)?;
    let engine = Engine::new(comparing).context("cannot start")?;
    let desk = Turns::new(engine, &args.db.db, fetch::now)?;
    let stop = Arc::new(AtomicBool::new(false));
    stop_when_told(Arc::clone(&stop))?;
    let mut voice = Voice {
        format: args.format,
        status: args.format == Plain::Text && std::io::stderr().is_terminal(),
        metrics: args.metrics.as_deref(),
        seen: Tally::default(),
        lost: None,
    };
    if let Some(file) = voice.metrics {
        let name = inputs::printable(&file.display().to_string());
        write_counts(file, &voice.seen).with_context(|| format!("cannot write {name}"))?;
    }
    let tally = fetch::watch(&desk, &sources, &options, &stop, &mut |news| {
        voice.tell(&news);
        // Nobody reads on: what was fetched is kept, and no more is.
        if voice.lost.is_some() {
            stop.store(true, Ordering::Relaxed);
        }
    })?;
    voice.end(&tally);
    if let Some(lost) = voice.lost {
        return Err(lost).context(output::CANNOT);
    }
    let failed = tally.feeds > 0 && tally.pages == 0 && tally.unchanged == 0 && tally.failed > 0;
    Ok(match failed && args.once {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// Sets the flag when the program is asked to stop.
fn stop_when_told(stop: Arc<AtomicBool>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot wait for signals")?;
    std::thread::spawn(move || {
        runtime.block_on(serving::stopped());
        stop.store(true, Ordering::Relaxed);
        say!("crossread: stopping when what was fetched is kept");
    });
    Ok(())
}

/// Says what goes on.
struct Voice<'a> {
    format: Plain,
    /// Whether a line is kept up to date at the bottom.
    status: bool,
    metrics: Option<&'a Path>,
    seen: Tally,
    /// Why standard output takes no more.
    lost: Option<std::io::Error>,
}

impl Voice<'_> {
    fn tell(&mut self, news: &News<'_>) {
        match news {
            News::Feed(..) => self.seen.feeds += 1,
            News::Trouble(..) => self.seen.failed += 1,
            News::Added(added) => {
                self.seen.new += added.new.len() as u64;
                self.seen.changed += added.changed.len() as u64;
            }
            News::Alert(Alert::Refused(..)) => self.seen.failed += 1,
            News::Alert(_) | News::Waiting(..) => {}
        }
        match self.format {
            Plain::Json => self.line(news),
            Plain::Text => self.words(news),
        }
        if let Some(file) = self.metrics {
            let _ = write_counts(file, &self.seen);
        }
    }

    fn line(&mut self, news: &News<'_>) {
        let value = match news {
            News::Feed(url, entries) => json!({ "feed": url, "new": entries }),
            News::Trouble(url, why) => json!({ "trouble": url, "why": why }),
            News::Added(added) => json!({ "added": added }),
            News::Alert(Alert::Came(search, rows)) => {
                let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
                json!({ "search": search.name, "articles": ids })
            }
            News::Alert(Alert::News(row, news)) => json!({ "story": row.story, "news": news }),
            News::Alert(Alert::Refused(url, why)) => json!({ "trouble": url, "why": why }),
            News::Waiting(url, at) => json!({ "waiting": url, "until": moment(*at) }),
        };
        self.put(&value);
    }

    /// Writes a line of JSON.
    fn put(&mut self, value: &serde_json::Value) {
        let mut out = std::io::stdout().lock();
        let written = out.write_all(report::line(value).as_bytes());
        if let Err(error) = written.and_then(|()| out.flush()) {
            self.lost.get_or_insert(error);
        }
    }

    fn words(&self, news: &News<'_>) {
        if self.status {
            say_on!("\r\u{1b}[K");
        }
        match news {
            News::Feed(url, entries) if *entries > 0 => {
                say!("{}: {entries} new", inputs::printable(&short(url)));
            }
            News::Trouble(url, why) => {
                let (url, why) = (inputs::printable(&short(url)), inputs::printable(why));
                say!("{url}: {why}");
            }
            News::Added(added) => {
                let (new, changed) = (added.new.len(), added.changed.len());
                if new + changed > 0 {
                    let new = report::count(new, "new article");
                    say!("kept {new}, {changed} changed");
                }
            }
            News::Alert(alert) => alerting::say(alert),
            _ => {}
        }
        if self.status {
            let seen = &self.seen;
            let waiting = match news {
                News::Waiting(url, at) => {
                    // The line has to fit in one.
                    let url = inputs::printable(&short_to(url, 40));
                    format!(" · next {} {url}", moment(*at))
                }
                _ => String::new(),
            };
            say_on!(
                "{} looks · {} new · {} changed · {} failed{waiting}",
                seen.feeds,
                seen.new,
                seen.changed,
                seen.failed
            );
            let _ = std::io::stderr().flush();
        }
    }

    fn end(&mut self, tally: &Tally) {
        if self.status {
            say_on!("\r\u{1b}[K");
        }
        if let Some(file) = self.metrics {
            let _ = write_counts(file, tally);
        }
        let told = json!({
            "feeds": tally.feeds, "unchanged": tally.unchanged, "pages": tally.pages, "again": tally.again,
            "new": tally.new, "changed": tally.changed, "failed": tally.failed, "bytes": tally.bytes,
        });
        match self.format {
            Plain::Json => self.put(&json!({ "done": told })),
            Plain::Text => say!(
                "feeds looked at: {}; pages: {}; articles: {} new, {} changed, {} failed",
                tally.feeds,
                tally.pages,
                tally.new,
                tally.changed,
                tally.failed
            ),
        }
    }
}

/// A time in seconds since 1970, as RFC 3339 writes it.
fn moment(at: i64) -> String {
    jiff::Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

/// Puts the counts into a file that is whole at any moment.
fn write_counts(file: &Path, tally: &Tally) -> std::io::Result<()> {
    let mut text = String::new();
    for (name, help, value) in [
        ("feeds", "Looks at feeds.", tally.feeds),
        ("pages", "Pages fetched.", tally.pages),
        (
            "again",
            "Pages looked at again though their feed named no change.",
            tally.again,
        ),
        ("new", "New articles.", tally.new),
        ("changed", "Changed articles.", tally.changed),
        ("failed", "Requests that failed.", tally.failed),
        ("bytes", "Bytes fetched.", tally.bytes),
    ] {
        let _ = writeln!(
            text,
            "# HELP crossread_watch_{name}_total {help}\n# TYPE crossread_watch_{name}_total counter\ncrossread_watch_{name}_total {value}"
        );
    }
    let part = file.with_extension("part");
    std::fs::write(&part, text)?;
    std::fs::rename(&part, file)
}
