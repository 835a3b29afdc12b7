//! `serve` and `demo`: the reader's pages of a store, until the program is told to stop.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::Context;
use crossread::{Align, Engine, Input, Options};
use desk::Desk;

use crate::{alerting, args, inputs, progress, sources};

/// `serve`.
pub fn serve(args: &args::Serve) -> anyhow::Result<ExitCode> {
    let watch = match &args.watch {
        None => None,
        Some(feeds) => {
            // It may stand alone, for what readers add.
            let feeds: Vec<String> = feeds
                .iter()
                .filter(|feed| !feed.is_empty())
                .cloned()
                .collect();
            Some(server::Watching {
                sources: sources::given(&feeds)?,
                options: sources::options(&args.fetching),
            })
        }
    };
    let engine = crate::comparing_in(&args.db, &args.comparing, Align::Encoder)?;
    let mut options = server::Options::new(args.db.db.clone(), args.listen, engine);
    options.hosts.clone_from(&args.host);
    anyhow::ensure!(
        !args.closed || args.token_file.is_some(),
        "with --closed nobody could read; say who may with --token-file FILE"
    );
    options.closed = args.closed;
    options.base.clone_from(&args.base);
    options.trusted.clone_from(&args.trust_proxy);
    if let Some(file) = &args.token_file {
        options.tokens = Some(tokens(file)?);
    }
    options.watch = watch;
    options.alerts = alerting::alerts(&args.alerting, sources::options(&args.fetching).client)?;
    run(options, false)?;
    Ok(ExitCode::SUCCESS)
}

/// `mcp`.
pub fn mcp(args: &args::Mcp) -> anyhow::Result<ExitCode> {
    let engine = crate::comparing_in(&args.db, &args.comparing, Align::Encoder)?;
    let options = server::Options::new(args.db.db.clone(), ([127, 0, 0, 1], 0).into(), engine);
    server::assist(options, stopped())?;
    Ok(ExitCode::SUCCESS)
}

fn tokens(file: &Path) -> anyhow::Result<server::Tokens> {
    let name = inputs::printable(&file.display().to_string());
    let words = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    server::Tokens::read(&words).with_context(|| format!("{name} gives nobody rights"))
}

fn run(options: server::Options, open: bool) -> anyhow::Result<()> {
    let base = options.base.clone();
    let ready = |address: std::net::SocketAddr| {
        let site = format!("http://{address}{base}/");
        say!("crossread: reading pages at {site} (Ctrl-C stops)");
        if open {
            show(&site);
        }
    };
    server::serve(options, ready, stopped())?;
    say!("crossread: stopped");
    Ok(())
}

/// Done when the program is asked to stop, by the terminal or by the system.
pub async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}

/// Opens an address in the browser, where there is one.
fn show(address: &str) {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let _ = Command::new(opener)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

/// The samples, a part of the program.
const SAMPLES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// `demo`.
pub fn demo(args: &args::Demo) -> anyhow::Result<ExitCode> {
    let bar = progress::Bar::new(false);
    let engine = Engine::new(Options::default()).context("cannot start")?;
    let mut desk = Desk::open(engine, &args.db, fetch::now())?;
    let pages = SAMPLES.iter().map(|(name, bytes)| {
        Ok(Input {
            path: format!("samples/{name}"),
            bytes: bytes.to_vec(),
            ..Input::default()
        })
    });
    let added = desk.add(pages, "demo", &fetch::now, &bar)?;
    desk.redraw(u64::MAX, &bar)?;
    let [articles, _, stories] = desk.store().counts()?;
    drop(desk);
    bar.finish();
    let name = inputs::printable(&args.db.display().to_string());
    say!(
        "crossread: {name} holds {articles} articles in {stories} stories ({} new)",
        added.new.len()
    );
    if args.fill_only {
        return Ok(ExitCode::SUCCESS);
    }
    let options = server::Options::new(args.db.clone(), args.listen, Options::default());
    run(options, !args.no_browser)?;
    Ok(ExitCode::SUCCESS)
}
