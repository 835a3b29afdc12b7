//! Who acts, and what they may. In: a request's headers, the address that it comes from, the tokens that the server was
//! started with. Out: a name, or why not. A name that a proxy gives counts from trusted addresses alone.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::app::{App, READS};
use crate::refusal::Refusal;
use crate::tokens::{ALONE, Right};

/// The header by which a trusted proxy says whom it let in.
const REMOTE_USER: &str = "remote-user";
/// Letters of a name, at most.
const NAME: usize = 100;

/// Somebody who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// What the proxy calls them, else what the tokens file does.
    pub name: String,
}

/// The address that a request comes from: a reader's, or a proxy's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Peer(pub Option<IpAddr>);

impl Who {
    /// What they are called: a token that stands for nobody is called what who uses it says.
    pub fn called(&self, by: &str) -> String {
        match self.name == ALONE {
            true => by.trim().to_owned(),
            false => self.name.clone(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map(|peer| peer.0.ip().to_canonical())))
    }
}

/// The only value of a header; none where it is missing, given twice, or no words.
pub fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let (value, another) = (values.next()?, values.next());
    let words = std::str::from_utf8(value.as_bytes()).ok()?.trim();
    (another.is_none() && !words.is_empty()).then_some(words)
}

/// The token that a request's header gives. The scheme has no case (RFC 9110, 11.1).
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

impl App {
    /// Whether anybody may change something.
    pub fn changes(&self) -> bool {
        self.options.tokens.is_some()
    }

    /// Whether what this address says of a request's origin counts.
    pub fn trusts(&self, peer: Peer) -> bool {
        let trusted = |ip: &IpAddr| self.options.trusted.iter().any(|net| net.contains(ip));
        peer.0.as_ref().is_some_and(trusted)
    }

    /// Who a trusted proxy says it let in.
    fn let_in<'h>(&self, headers: &'h HeaderMap, peer: Peer) -> Option<&'h str> {
        let name = only(headers, REMOTE_USER).filter(|_| self.trusts(peer))?;
        let words = name.chars().count() <= NAME && !name.chars().any(char::is_control);
        words.then_some(name)
    }

    /// Who sends a request, where they have the right: by its bearer token, or by the name that a trusted proxy gives.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] where it says nothing of who sends it, [`Refusal::Forbidden`] where they may not.
    pub fn who(&self, headers: &HeaderMap, peer: Peer, right: Right) -> Result<Who, Refusal> {
        self.who_by(bearer(headers), headers, peer, right)
    }

    /// The same with a token that a form brings in a field; where it is empty, the header's.
    ///
    /// # Errors
    /// As [`Self::who`].
    pub fn who_by(
        &self,
        token: Option<&str>,
        headers: &HeaderMap,
        peer: Peer,
        right: Right,
    ) -> Result<Who, Refusal> {
        let tokens = self.options.tokens.as_ref();
        let tokens = tokens.ok_or(Refusal::Forbidden(READS))?;
        let let_in = self.let_in(headers, peer);
        let token = token.map(str::trim).filter(|token| !token.is_empty());
        let token = token.or_else(|| bearer(headers));
        let (name, rights) = match (token, let_in) {
            (Some(token), let_in) => {
                let (name, rights) = tokens
                    .of_token(token)
                    .ok_or(Refusal::Forbidden("the token is wrong"))?;
                (let_in.unwrap_or(name), rights)
            }
            (None, Some(name)) => (name, tokens.of_person(name)),
            (None, None) => return Err(Refusal::Unauthorized("the token is missing")),
        };
        match rights.have(right) {
            true => Ok(Who {
                name: name.to_owned(),
            }),
            false => Err(Refusal::Forbidden(match right {
                Right::Read => "who asks has no right to read",
                Right::Add => "who asks has no right to add",
                Right::Mark => "who asks has no right to mark",
            })),
        }
    }
}
