//! Pages that somebody asks for by their addresses, as a browser would ask: once, now. In: an address. Out: the page, or
//! why it cannot be had. What a watch does not fetch is not fetched here either: other schemes, addresses of this
//! machine and its network, answers without an end. What robots.txt says is for programs that go about on their own.

use crossread::Input;
use crossread::model::{SkipReason, Skipped};
use url::Url;

use crate::client::{Client, Outcome};

/// Whether something names a page of the web.
pub fn is_address(name: &str) -> bool {
    let begins = |scheme: &str| {
        name.get(..scheme.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    begins("http://") || begins("https://")
}

impl Client {
    /// Fetches a page.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub fn page(&self, address: &str) -> Result<Input, Skipped> {
        let address = address.trim();
        let outcome = match Url::parse(address) {
            Ok(url) => self.get(&url, None, None),
            Err(_) => Outcome::Never("it is no address".to_owned()),
        };
        let why = match outcome {
            Outcome::Here(fetched) => {
                return Ok(Input {
                    path: fetched.url.to_string(),
                    bytes: fetched.bytes,
                    ..Input::default()
                });
            }
            Outcome::Nothing => "there is nothing at it (HTTP 204)".to_owned(),
            Outcome::Unchanged => "the server says that nothing changed".to_owned(),
            Outcome::Later(why, _) | Outcome::Never(why) => why,
        };
        Err(Skipped {
            path: address.to_owned(),
            reason: SkipReason::Unreadable(why),
        })
    }
}
