//! Where a request was sent to, before proxies. In: its headers, the address it comes from. Out: the host and the root of
//! the site as its reader sees them; whether a page of another site sent it. What proxies say counts from trusted
//! addresses alone.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method, header};
use ipnet::IpNet;

use crate::app::App;
use crate::clients::InProgress;
use crate::who::{Peer, bearer, only};

const FORWARDED_HOST: &str = "x-forwarded-host";
const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";
const FETCH_SITE: &str = "sec-fetch-site";

/// A host's name without its port and brackets.
fn name(host: &str) -> &str {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    name.trim_start_matches('[').trim_end_matches(']')
}

/// For whom a proxy asks: the last of its list that is no trusted proxy itself. What stands before that anybody can have
/// written.
fn client(headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let lists = headers.get_all(FORWARDED_FOR).iter().rev();
    let mut addresses = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.rsplit(','))
        .map_while(|address| address.trim().parse().ok())
        .map(|ip: IpAddr| ip.to_canonical());
    addresses.find(|ip| !trusted.iter().any(|net| net.contains(ip)))
}

impl App {
    /// The host that a trusted proxy was asked for.
    fn forwarded_host<'h>(&self, headers: &'h HeaderMap, peer: Peer) -> Option<&'h str> {
        only(headers, FORWARDED_HOST).filter(|_| self.trusts(peer))
    }

    /// The host that a reader asked for, with its port.
    fn host<'h>(&self, headers: &'h HeaderMap, peer: Peer) -> Option<&'h str> {
        self.forwarded_host(headers, peer)
            .or_else(|| only(headers, header::HOST.as_str()))
    }

    /// Whether a request names this machine, and a proxy's word of it too.
    pub fn is_ours(&self, headers: &HeaderMap, peer: Peer) -> bool {
        only(headers, header::HOST.as_str()).is_some_and(|host| self.is_named(host))
            && self
                .forwarded_host(headers, peer)
                .is_none_or(|host| self.is_named(host))
    }

    fn is_named(&self, host: &str) -> bool {
        let plain = name(host);
        let own = self.address.ip();
        plain.eq_ignore_ascii_case("localhost")
            || plain
                .parse()
                .is_ok_and(|ip: std::net::IpAddr| ip == own || ip.is_loopback())
            || own.is_unspecified() && plain.parse::<std::net::IpAddr>().is_ok()
            || self
                .options
                .hosts
                .iter()
                .any(|host| host.eq_ignore_ascii_case(plain))
    }

    /// The address of the site as its readers have it, without a slash at its end: `https://desk.example.org/crossread`.
    pub fn root(&self, headers: &HeaderMap, peer: Peer) -> String {
        let proto = only(headers, FORWARDED_PROTO).filter(|_| self.trusts(peer));
        let scheme = match proto {
            Some(proto) if proto.eq_ignore_ascii_case("https") => "https",
            _ => "http",
        };
        let host = self.host(headers, peer).unwrap_or("localhost");
        format!("{scheme}://{host}{}", self.options.base)
    }

    /// Counts a request that a trusted proxy hands on.
    ///
    /// # Errors
    /// Where its client has too many in progress.
    pub fn in_progress(
        &self,
        headers: &HeaderMap,
        peer: Peer,
    ) -> Result<Option<InProgress<'_>>, ()> {
        let client = client(headers, &self.options.trusted).filter(|_| self.trusts(peer));
        match client {
            None => Ok(None),
            Some(of) => self.clients.count(of).map(Some).ok_or(()),
        }
    }

    /// Whether a page of another site sent a request that changes something. What browsers say of it is believed
    /// (`Sec-Fetch-Site`, which they send where TLS or this machine is, else `Origin`); who says nothing is no browser. A
    /// token in a header is a program's own word: no page of another site can send one.
    pub fn is_foreign(&self, method: &Method, headers: &HeaderMap, peer: Peer) -> bool {
        if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
            || bearer(headers).is_some()
        {
            return false;
        }
        if let Some(site) = headers.get(FETCH_SITE) {
            return !matches!(site.as_bytes(), b"same-origin" | b"none");
        }
        match headers.get(header::ORIGIN) {
            None => false,
            Some(origin) => {
                let origin = origin.to_str().ok().and_then(|o| o.split_once("://"));
                let Some((origin, host)) = origin.map(|o| o.1).zip(self.host(headers, peer)) else {
                    return true;
                };
                // A proxy may tell the host without its port.
                let bare = name(host).eq_ignore_ascii_case(host);
                !(origin.eq_ignore_ascii_case(host)
                    || bare && name(origin).eq_ignore_ascii_case(host))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_who_is_no_proxy_is_the_client() {
        let trusted = ["10.0.0.0/8".parse().expect("a network")];
        let told = |lists: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for list in lists {
                headers.append(FORWARDED_FOR, (*list).parse().expect("a header"));
            }
            client(&headers, &trusted).map(|ip| ip.to_string())
        };
        let reader = Some("192.0.2.7".to_owned());
        assert_eq!(told(&["192.0.2.7"]), reader);
        assert_eq!(told(&["203.0.113.1, 192.0.2.7, 10.0.0.2"]), reader);
        assert_eq!(told(&["203.0.113.1", "::ffff:192.0.2.7"]), reader);
        assert_eq!(told(&["192.0.2.7, nonsense, 10.0.0.2"]), None);
        assert_eq!(told(&[]), None);
    }
}
