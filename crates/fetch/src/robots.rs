//! What hosts allow, by their robots.txt (RFC 9309). In: a page's address. Out: whether it may be asked for,
//! and the pause that its host wants. A host that has none allows everything; one that fails is asked again
//! later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use texting_robots::Robot;
use url::Url;

use crate::client::{Client, Outcome};

/// How long what a host says holds, in seconds.
const HOLD: u64 = 24 * 3_600;

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
    robot: Option<Arc<Robot>>,
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
                        Robot::new(&self.agent, &fetched.bytes).ok().map(Arc::new)
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
                    known.insert(host, rules);
                }
                robot
            }
        };
        let Some(robot) = robot else {
            return (Ok(()), None);
        };
        let pause = robot.delay.map(Duration::from_secs_f32);
        match robot.allowed(url.as_str()) {
            true => (Ok(()), pause),
            false => {
                let why = "robots.txt of its host does not allow it".to_owned();
                (Err(Outcome::Never(why)), pause)
            }
        }
    }
}
