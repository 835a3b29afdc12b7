//! Searches that are kept in a store. In: a name and words. Out: the search in the store, the list of them.

use std::process::ExitCode;

use crossread::report::{self, one_line};
use serde_json::json;
use store::{Reader, SavedSearch};

use crate::args::{self, Plain};
use crate::output::Output;
use crate::{alerting, inputs};

/// Keeps a search.
pub fn save(args: &args::Search, name: &str) -> anyhow::Result<()> {
    let mut search = SavedSearch {
        name: name.to_owned(),
        words: words(&args.words),
        outlet: args.outlet.clone(),
        made: fetch::now(),
        ..SavedSearch::default()
    };
    if let Some(fault) = search.fault() {
        anyhow::bail!(fault);
    }
    let hook = alerting::hook(&args.hooked)?;
    (search.hook, search.form) = (hook.hook, hook.form);
    (search.secret, search.every) = (hook.secret, hook.every);
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
                "hook": search.hook, "as": search.form, "secret": search.secret, "every": search.every, "waiting": waiting, "failures": search.failures,
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
