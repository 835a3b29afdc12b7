//! One request with its redirects. In: an address, and what was known of it. Out: its bytes, that nothing
//! changed, or why it cannot be had. Refuses schemes but http and https, names and passwords in addresses,
//! addresses that are not public, bodies over the limit, and waits no longer than told.

use std::time::Duration;

use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::guard::{NOT_PUBLIC, Public, is_public};

/// The header that carries a signature.
pub const SIGNATURE: &str = "X-Crossread-Signature";
/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// How requests are made.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// What the client calls itself.
    pub agent: String,
    /// How long a request may take, from its first byte to the last of the answer.
    pub patience: Duration,
    /// Bytes of an answer at most, unpacked.
    pub most: u64,
    /// Whether addresses of this machine and its network are fetched.
    pub allow_private: bool,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            agent: format!("Crossread/{}", env!("CARGO_PKG_VERSION")),
            patience: Duration::from_secs(30),
            most: 16 << 20,
            allow_private: false,
        }
    }
}

/// Makes requests.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    options: ClientOptions,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Where it came from in the end.
    pub url: Url,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its tag, for the next request.
    pub etag: Option<String>,
    /// When it was modified, for the next request.
    pub modified: Option<String>,
}

/// What became of a request.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is here.
    Here(Box<Fetched>),
    /// It is as it was.
    Unchanged,
    /// It is there, and there is nothing at it.
    Nothing,
    /// It cannot be had; perhaps later, after so many seconds where the server says so.
    Later(String, Option<i64>),
    /// It cannot be had, and asking again would not help.
    Never(String),
}

impl Client {
    /// A client.
    pub fn new(options: ClientOptions) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(options.patience))
            .timeout_connect(Some(options.patience.min(Duration::from_secs(10))))
            .user_agent(options.agent.as_str())
            // One answer a connection: a server that is asked once in seconds gains nothing from more.
            .max_idle_connections(0)
            .proxy(None)
            .build();
        let public = Public::new(options.allow_private);
        let agent = Agent::with_parts(config, DefaultConnector::default(), public);
        Self { agent, options }
    }

    /// Asks for an address; `etag` and `modified` are those of what is known of it.
    pub fn get(&self, url: &Url, etag: Option<&str>, modified: Option<&str>) -> Outcome {
        self.get_where(url, etag, modified, &mut |_| Ok(()))
    }

    /// The same, where `may` is asked before each request: for the address, and for each that it redirects to.
    pub(crate) fn get_where(
        &self,
        url: &Url,
        etag: Option<&str>,
        modified: Option<&str>,
        may: &mut dyn FnMut(&Url) -> Result<(), Outcome>,
    ) -> Outcome {
        let mut url = url.clone();
        for _ in 0..=REDIRECTS {
            if let Err(why) = self.allowed(&url) {
                return Outcome::Never(why);
            }
            if let Err(outcome) = may(&url) {
                return outcome;
            }
            let mut request = self.agent.get(url.as_str()).header(
                "Accept",
                "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
            );
            if let Some(etag) = etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(modified) = modified {
                request = request.header("If-Modified-Since", modified);
            }
            let mut answer = match request.call() {
                Ok(answer) => answer,
                Err(error) => return failed(&error),
            };
            let header = |name: &str| -> Option<String> {
                let value = answer.headers().get(name)?.to_str().ok()?;
                Some(value.to_owned())
            };
            let status = answer.status().as_u16();
            match status {
                200 | 203 => {
                    let (etag, modified) = (header("etag"), header("last-modified"));
                    let body = answer.body_mut().with_config().limit(self.options.most);
                    return match body.read_to_vec() {
                        Ok(bytes) => Outcome::Here(Box::new(Fetched {
                            url,
                            bytes,
                            etag,
                            modified,
                        })),
                        Err(ureq::Error::BodyExceedsLimit(_)) => {
                            let most = self.options.most >> 20;
                            Outcome::Never(format!("it is larger than {most} MiB"))
                        }
                        Err(error) => failed(&error),
                    };
                }
                204 | 205 => return Outcome::Nothing,
                304 => return Outcome::Unchanged,
                301 | 302 | 303 | 307 | 308 => {
                    let to = header("location").and_then(|to| url.join(&to).ok());
                    match to {
                        Some(to) => url = to,
                        None => return Outcome::Never("it redirects to nowhere".to_owned()),
                    }
                }
                404 | 410 => return Outcome::Never(format!("it is not there (HTTP {status})")),
                429 | 503 => {
                    let wait = header("retry-after").and_then(|wait| wait.trim().parse().ok());
                    return Outcome::Later(
                        format!("the server asks to wait (HTTP {status})"),
                        wait,
                    );
                }
                400..=499 => return Outcome::Never(format!("the server refuses (HTTP {status})")),
                _ => return Outcome::Later(format!("the server fails (HTTP {status})"), None),
            }
        }
        Outcome::Never(format!("it redirects more than {REDIRECTS} times"))
    }

    /// Posts JSON to an address, with its signature where it has one; gives why it could not.
    ///
    /// # Errors
    /// What went wrong, for people.
    pub fn post(&self, url: &Url, json: &str, signature: Option<&str>) -> Result<(), String> {
        self.allowed(url)?;
        let mut request = self
            .agent
            .post(url.as_str())
            .header("Content-Type", "application/json");
        if let Some(signature) = signature {
            request = request.header(SIGNATURE, signature);
        }
        let sent = request.send(json);
        match sent {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("it answers HTTP {}", answer.status().as_u16())),
            Err(error) => match failed(&error) {
                Outcome::Later(why, _) | Outcome::Never(why) => Err(why),
                _ => Err(error.to_string()),
            },
        }
    }

    fn allowed(&self, url: &Url) -> Result<(), String> {
        sound(url)?;
        // Numbers in the address itself; names are looked at when they are resolved.
        let ip = match url.host() {
            Some(url::Host::Ipv4(ip)) => Some(ip.into()),
            Some(url::Host::Ipv6(ip)) => Some(ip.into()),
            Some(url::Host::Domain(_)) => None,
            None => return Err("it names no host".to_owned()),
        };
        match ip.is_some_and(|ip| !is_public(ip)) && !self.options.allow_private {
            true => Err(NOT_PUBLIC.to_owned()),
            false => Ok(()),
        }
    }
}

/// Whether an address can be asked at all, wherever it leads.
fn sound(url: &Url) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("{}: is neither http nor https", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a name or password stands in the address".to_owned());
    }
    Ok(())
}

/// Why something is no address of a page or a hook, for people; nothing where it is one.
pub fn address_fault(address: &str) -> Option<String> {
    match Url::parse(address) {
        Ok(url) => sound(&url).err(),
        Err(_) => Some("it is no address: give http://… or https://…".to_owned()),
    }
}

fn failed(error: &ureq::Error) -> Outcome {
    match error {
        ureq::Error::Other(inside) if inside.to_string() == NOT_PUBLIC => {
            Outcome::Never(NOT_PUBLIC.to_owned())
        }
        ureq::Error::Timeout(_) => Outcome::Later("it takes too long".to_owned(), None),
        ureq::Error::HostNotFound => Outcome::Later("there is no such host".to_owned(), None),
        ureq::Error::ConnectionFailed => Outcome::Later("it cannot be reached".to_owned(), None),
        ureq::Error::Io(error) => {
            let why = match error.kind() {
                std::io::ErrorKind::ConnectionRefused => "nobody listens there".to_owned(),
                kind => format!("the connection failed ({kind})"),
            };
            Outcome::Later(why, None)
        }
        other => Outcome::Later(other.to_string(), None),
    }
}
