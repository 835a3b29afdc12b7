//! Searches that are kept in a store. In: a name and words. Out: the search in the store, the list of them,
//! and what they find of what comes.

use std::process::ExitCode;

use crossread::report::{self, one_line};
use fetch::{Alert, Alerts, ClientOptions};
use serde_json::json;
use store::{Reader, SavedSearch, Writer};

use crate::args::{self, Plain};
use crate::inputs;
use crate::output::Output;

/// Articles of a search that are named on the terminal; the rest are counted.
const NAMED: usize = 20;

/// Keeps a search.
pub fn save(args: &args::Search, name: &str) -> anyhow::Result<()> {
    let search = SavedSearch {
        name: name.to_owned(),
        words: words(&args.words),
        outlet: args.outlet.clone(),
        hook: args.hook.clone(),
        made: fetch::now(),
        ..SavedSearch::default()
    };
    if let Some(fault) = search.fault() {
        anyhow::bail!(fault);
    }
    if let Some(fault) = search.hook.as_deref().and_then(fetch::address_fault) {
        anyhow::bail!("the hook: {fault}");
    }
    store::save(&args.db.db, &search)?;
    say!(
        "crossread: kept as {name}; what comes from now on and fits is named by watch and add, shown at /searches, and in the feed /feeds/searches/{}.atom",
        report::site::escape(name)
    );
    Ok(())
}

/// The words of a command line: those that the shell was told to keep together stand side by side.
pub fn words(given: &[String]) -> String {
    let one = |word: &String| match word.contains(char::is_whitespace) && !word.contains('"') {
        true => format!("\"{word}\""),
        false => word.clone(),
    };
    given.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// `searches`.
pub fn searches(args: &args::Searches) -> anyhow::Result<ExitCode> {
    let mut missed = false;
    for name in &args.forget {
        let gone = store::forget(&args.db.db, name)?;
        missed |= !gone;
        let name = inputs::printable(name);
        match gone {
            true => say!("crossread: {name} is let go"),
            false => say!("crossread: no search is called {name}"),
        }
    }
    let store = Reader::open(&args.db.db)?;
    let arrived = store.arrived()?;
    let searches = store.searches()?;
    let mut output = Output::new(None)?;
    for search in &searches {
        let from = match search.hook {
            Some(_) => search.posted,
            None => search.told,
        };
        let waiting = store.arrivals(search, from..arrived)?.len();
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
        say!("crossread: no search is kept; `crossread search WORD… --save NAME` keeps one");
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
    alerts.tell(store, fetch::now(), &mut |alert| say(&alert))?;
    alerts.finish(store, fetch::now(), fetch::PATIENCE, &mut |alert| {
        say(&alert);
    })?;
    Ok(())
}

/// Says an alert to people.
pub fn say(alert: &Alert<'_>) {
    match alert {
        Alert::Came(search, rows) => {
            for row in rows.iter().take(NAMED) {
                let title = row.title.as_deref().unwrap_or(&row.id);
                let by = row.outlet.as_deref().or(row.url.as_deref());
                let by = by.map_or_else(String::new, |by| format!(" ({})", one_line(by)));
                say!("{}: {}{by}", search.name, one_line(title));
            }
            if rows.len() > NAMED {
                let more = report::count(rows.len() - NAMED, "more article");
                say!("{}: and {more}", search.name);
            }
        }
        Alert::Refused(hook, why) => {
            let (hook, why) = (
                inputs::printable(&fetch::short(hook)),
                inputs::printable(why),
            );
            say!("{hook}: {why}; it is tried again, and what it was to be posted waits");
        }
    }
}
