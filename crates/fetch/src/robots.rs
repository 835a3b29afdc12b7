//! What hosts allow, by their robots.txt (RFC 9309). In: a page's address. Out: whether it may be asked for,
//! and the pause that its host wants. A host that has none allows everything; one that fails is asked again
//! later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use url::Url;

use crate::client::{Client, Outcome};

/// How long what a host says holds, in seconds.
const HOLD: u64 = 24 * 3_600;

/// A host's pause at most, whatever its robots.txt asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Hosts whose rules are remembered.
const REMEMBERED: usize = 10_000;

/// What a file says to a crawler of a name.
fn rules(file: &[u8], agent: &str) -> robotxt::Robots {
    robotxt::Robots::parse(file, agent)
}

/// The pause that a file asks for, as far as anybody waits.
fn pause_of(rules: &robotxt::Robots) -> Option<Duration> {
    let asked = rules.crawl_delay().filter(|pause| !pause.is_zero())?;
    Some(asked.min(LONGEST_PAUSE))
}

/// A host with its port: what is asked by one at a time.
pub fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    format!("{host}:{}", url.port_or_known_default().unwrap_or(0))
}

/// What hosts allow, by their robots.txt (RFC 9309).
pub struct Robots {
    agent: String,
    known: Mutex<HashMap<String, Rules>>,
}

/// What one host's says, and since when that is known; all is allowed where there is none.
#[derive(Clone)]
struct Rules {
    at: Instant,
    robot: Option<Arc<robotxt::Robots>>,
}

impl Robots {
    pub fn new(agent: &str) -> Self {
        let name = agent.split(['/', ' ']).next().unwrap_or(agent);
        Self {
            agent: name.to_owned(),
            known: Mutex::default(),
        }
    }

    /// Whether a page may be asked for, and the pause that its host wants.
    pub fn allow(&self, client: &Client, url: &Url) -> (Result<(), Outcome>, Option<Duration>) {
        let host = host_of(url);
        let known = self
            .known
            .lock()
            .ok()
            .and_then(|known| known.get(&host).cloned());
        let robot = match known {
            Some(rules) if rules.at.elapsed().as_secs() < HOLD => rules.robot,
            _ => {
                let robot = match url
                    .join("/robots.txt")
                    .map(|at| client.get(&at, None, None))
                {
                    Ok(Outcome::Here(fetched)) => {
                        Some(Arc::new(rules(&fetched.bytes, &self.agent)))
                    }
                    // A host that fails says nothing; it is asked again with the page.
                    Ok(Outcome::Later(why, wait)) => return (Err(Outcome::Later(why, wait)), None),
                    // None there: all is allowed.
                    _ => None,
                };
                if let Ok(mut known) = self.known.lock() {
                    let rules = Rules {
                        at: Instant::now(),
                        robot: robot.clone(),
                    };
                    if known.len() >= REMEMBERED {
                        known.clear();
                    }
                    known.insert(host, rules);
                }
                robot
            }
        };
        let Some(robot) = robot else {
            return (Ok(()), None);
        };
        let pause = pause_of(&robot);
        match robot.is_url_allowed(url) {
            true => (Ok(()), pause),
            false => {
                let why = "robots.txt of its host does not allow it".to_owned();
                (Err(Outcome::Never(why)), pause)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the lines of a case of `tests/robots/cases.txt` that begin so say.
    fn file(case: &str) -> String {
        let lines = case.lines().filter_map(|line| line.strip_prefix('|'));
        let told = |line: &str| {
            let line = line.strip_prefix(' ').unwrap_or(line);
            let line = line.replace("\\r", "\r").replace("\\0", "\0");
            line.replace("\\u{feff}", "\u{feff}") + "\n"
        };
        lines.map(told).collect()
    }

    #[test]
    fn what_hosts_allow() {
        let cases = include_str!("../tests/robots/cases.txt");
        let mut asked = 0;
        for case in cases.split("\n== ").skip(1) {
            let rules = rules(file(case).as_bytes(), "Crossread");
            let name = case.lines().next().unwrap_or_default();
            for line in case.lines().skip(1) {
                let Some((what, value)) = line.split_once(' ') else {
                    continue;
                };
                let url = |path: &str| {
                    Url::parse("https://a.example")
                        .and_then(|url| url.join(path))
                        .expect("an address")
                };
                let found = match what {
                    "yes" | "no" => match rules.is_url_allowed(&url(value)) {
                        true => "yes".to_owned(),
                        false => "no".to_owned(),
                    },
                    "delay" => match pause_of(&rules) {
                        Some(pause) => format!("delay {}", pause.as_secs_f64()),
                        None => "delay none".to_owned(),
                    },
                    _ => continue,
                };
                asked += 1;
                let expected = if what == "delay" { line } else { what };
                assert_eq!(found, expected, "{name}: {line}");
            }
        }
        assert!(asked > 80, "{asked}");
    }
}
