//! Attacks that stand in the tests. In: nothing. Out: each of them run, and how many tests it has.

use anyhow::{Context, Result};

use super::Row;
use crate::cargo;

/// An attack: what is done, what must come of it, and the words of `cargo test` that run it.
struct Known {
    attack: &'static str,
    result: &'static str,
    words: &'static [&'static str],
}

const KNOWN: [Known; 17] = [
    Known {
        attack: "Bombs: archives that swell, lie one over the other, nest without end, hold ten thousand files",
        result: "refused by name, and what lies beside them is read",
        words: &["crossread-container", "--test", "kinds", "archives"],
    },
    Known {
        attack: "Web archives with wrong lengths, heads without end, damaged records",
        result: "one record is lost, no other",
        words: &["crossread-container", "--test", "kinds", "web"],
    },
    Known {
        attack: "Every way in (11), mutated",
        result: "no panic, no hang, and what is promised of an output holds",
        words: &["crossread-fuzz", "--test", "corpus"],
    },
    Known {
        attack: "Pages that are made to cost: nesting, tags, bytes, regular expressions",
        result: "read in part within time and memory; no other page is lost",
        words: &["crossread-cli", "--test", "program", "bounds"],
    },
    Known {
        attack: "Files that are no pages, torn pages, mails of many parts, nesting PDFs",
        result: "named with a reason",
        words: &["crossread-page", "--test", "hostile"],
    },
    Known {
        attack: "Empty, binary and huge files, wrong charsets, bad records on the command line",
        result: "named with a reason; the rest is read",
        words: &["crossread-cli", "--test", "program", "bad_input"],
    },
    Known {
        attack: "Hostile markup and control letters in every word of a page",
        result: "inert in HTML, Markdown, JSON and on the terminal; formulas inert in tables",
        words: &["crossread-report", "--test", "report", "hostile"],
    },
    Known {
        attack: "Hostile markup on the server's pages",
        result: "nothing on them runs; nothing is fetched from elsewhere",
        words: &[
            "crossread-server",
            "--test",
            "http",
            "every_page_is_there_and_nothing_on_it_runs",
        ],
    },
    Known {
        attack: "Servers that do everything wrong: circles, bombs, silence, cut answers, private addresses behind redirects",
        result: "what can be had is kept, the rest is named",
        words: &["crossread-fetch", "--test", "watch", "faults"],
    },
    Known {
        attack: "Addresses of this machine and its network, also as numbers and within IPv6",
        result: "not asked for",
        words: &["crossread-fetch", "--lib", "guard"],
    },
    Known {
        attack: "Lists without end, delays beyond reason, what robots.txt forbids",
        result: "not asked for; lists come to an end",
        words: &["crossread-fetch", "--test", "watch", "polite"],
    },
    Known {
        attack: "Half a head, a head without end, clients that never go",
        result: "nobody is shut out; the server ends in time",
        words: &["crossread-server", "--test", "http", "connections"],
    },
    Known {
        attack: "A foreign Host (DNS rebinding), forms of other sites",
        result: "refused",
        words: &["crossread-server", "--test", "http", "refused"],
    },
    Known {
        attack: "Missing and wrong tokens, names that a stranger claims",
        result: "refused",
        words: &["crossread-server", "--test", "http", "rights"],
    },
    Known {
        attack: "Stores that are damaged, exports that lie",
        result: "the fault is named, and nothing that does not hold is taken",
        words: &["crossread-desk", "--test", "held"],
    },
    Known {
        attack: "A hundred kills of add, kills while a store is made",
        result: "nothing is lost",
        words: &["crossread-cli", "--test", "program", "kill"],
    },
    Known {
        attack: "Places that cannot be written, /dev/full, pipes, a store as its own output",
        result: "told with an exit code; nothing is written over",
        words: &["crossread-cli", "--test", "program", "unwritable"],
    },
];

/// Runs them.
pub fn run() -> Result<Vec<Row>> {
    KNOWN.iter().map(row).collect()
}

fn row(known: &Known) -> Result<Row> {
    let words = known.words.join(" ");
    eprintln!("   cargo test -p {words}");
    let output = cargo::cargo()
        .args(["test", "-p"])
        .args(known.words)
        .output()
        .context("cannot start cargo")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let passed = passed(&said);
    let whole = output.status.success() && passed > 0;
    if !whole {
        eprintln!("{said}{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(Row {
        attack: known.attack.to_owned(),
        amount: format!("{passed} tests"),
        result: known.result.to_owned(),
        command: format!("cargo test -p {words}"),
        whole,
    })
}

/// How many tests passed, by what cargo says.
fn passed(said: &str) -> u64 {
    let counts = said.lines().filter_map(|line| {
        let (_, counts) = line.split_once("test result: ok. ")?;
        counts.split(' ').next()?.parse::<u64>().ok()
    });
    counts.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted() {
        let said = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\n\
                    test result: ok. 3 passed; 0 failed\ntest result: FAILED. 1 passed; 1 failed";
        assert_eq!(passed(said), 5);
    }
}
