//! Searches that are kept in a store. In: a name and words. Out: the search in the store, the list of them,
//! and what they find of what comes.

use std::process::ExitCode;

use engine::report::{self, one_line};
use fetch::{Alert, Alerts, ClientOptions, Url};
use serde_json::json;
use store::{Reader, SavedSearch, Writer};

use crate::args::{self, Plain};
use crate::inputs;
use crate::newsroom::now;
use crate::output::Output;

/// Articles of a search that are named on the terminal; the rest are counted.
const NAMED: usize = 20;

/// Keeps a search.
pub fn save(args: &args::Search, name: &str) -> anyhow::Result<()> {
    let search = SavedSearch {
        name: name.to_owned(),
        words: args.words.join(" "),
        outlet: args.outlet.clone(),
        hook: args.hook.clone(),
        made: now(),
        ..SavedSearch::default()
    };
    if let Some(fault) = search.fault() {
        anyhow::bail!(fault);
    }
    if let Some(hook) = &search.hook {
        let address = Url::parse(hook).ok();
        anyhow::ensure!(
            address.is_some_and(|url| matches!(url.scheme(), "http" | "https")),
            "{} is no address: give http://… or https://…",
            inputs::printable(hook)
        );
    }
    store::save(&args.db.db, &search)?;
    anstream::eprintln!(
        "crossread: kept as {name}; what comes from now on and fits is told by watch, add and serve, and in the feed /feeds/searches/{}.atom",
        report::site::escape(name)
    );
    Ok(())
}

/// `searches`.
pub fn searches(args: &args::Searches) -> anyhow::Result<ExitCode> {
    let mut missed = false;
    for name in &args.forget {
        if !store::forget(&args.db.db, name)? {
            missed = true;
            anstream::eprintln!("crossread: no search is called {}", inputs::printable(name));
        }
    }
    let store = Reader::open(&args.db.db)?;
    let arrived = store.arrived()?;
    let searches = store.searches()?;
    let mut output = Output::new(None)?;
    for search in &searches {
        let waiting = store.arrivals(search, search.told..arrived)?.len();
        output.write(&match args.format {
            Plain::Json => report::line(&json!({
                "name": search.name, "words": search.words, "outlet": search.outlet,
                "hook": search.hook, "waiting": waiting, "failures": search.failures,
            })),
            Plain::Text => line(search, waiting),
        })?;
    }
    output.finish()?;
    if searches.is_empty() {
        anstream::eprintln!(
            "crossread: no search is kept; `crossread search WORD… --save NAME` keeps one"
        );
    }
    Ok(match missed {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

fn line(search: &SavedSearch, waiting: usize) -> String {
    let mut line = format!("{}: {}", search.name, one_line(&search.words));
    if let Some(outlet) = &search.outlet {
        line.push_str(&format!(" · only {}", one_line(outlet)));
    }
    if let Some(hook) = &search.hook {
        line.push_str(&format!(" · posted to {}", one_line(hook)));
    }
    if waiting > 0 {
        line.push_str(&format!(
            " · {} to be told",
            report::count(waiting, "article")
        ));
    }
    if search.failures > 0 {
        let times = report::count(search.failures, "time");
        line.push_str(&format!(" · its hook failed {times} in a row"));
    }
    line + "\n"
}

/// Tells what saved searches find of what came.
pub fn tell(store: &Writer) -> anyhow::Result<()> {
    let alerts = Alerts::new(&ClientOptions::default());
    alerts.tell(store, now(), &mut |alert| say(&alert))?;
    Ok(())
}

/// Says an alert to people.
pub fn say(alert: &Alert<'_>) {
    match alert {
        Alert::Came(search, rows) => {
            for row in rows.iter().take(NAMED) {
                let title = row.title.as_deref().unwrap_or(&row.id);
                let outlet = row.outlet.as_deref().unwrap_or_default();
                anstream::eprintln!(
                    "{}: {} ({})",
                    search.name,
                    one_line(title),
                    one_line(outlet)
                );
            }
            if rows.len() > NAMED {
                let more = report::count(rows.len() - NAMED, "more article");
                anstream::eprintln!("{}: and {more}", search.name);
            }
        }
        Alert::Refused(hook, why) => {
            let (hook, why) = (inputs::printable(hook), inputs::printable(why));
            anstream::eprintln!("{hook}: {why}; what it was to be told waits");
        }
    }
}
