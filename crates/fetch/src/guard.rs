//! Where nothing is fetched from: this machine, its network, and what has no place on the web. In: an
//! address's numbers, each time a name is resolved and for every redirect, and the connection is then made
//! to these numbers alone, so that a name that changes its answer (DNS rebinding) gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// What is said of an address that is not allowed.
pub const NOT_PUBLIC: &str =
    "it is an address of this machine or its network; --allow-private would fetch it";

/// Resolves names to public addresses alone.
#[derive(Debug, Default)]
pub struct Public {
    names: DefaultResolverDebug,
    /// Whether private ones are allowed too.
    all: bool,
}

impl Public {
    /// A resolver that gives private addresses too where `all` is set.
    pub fn new(all: bool) -> Self {
        Self {
            all,
            ..Self::default()
        }
    }
}

#[derive(Default)]
struct DefaultResolverDebug(DefaultResolver);

impl std::fmt::Debug for DefaultResolverDebug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DefaultResolver")
    }
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.0.resolve(uri, config, timeout)?;
        if self.all {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        match public.is_empty() {
            true => Err(ureq::Error::Other(NOT_PUBLIC.into())),
            false => Ok(public),
        }
    }
}

/// Whether an address is one of the public internet's (IANA's special-purpose registries, 2024).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded(ip) {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        // Carriers' own, protocol assignments, benchmarks, reserved.
        || a == 100 && (64..128).contains(&b)
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || a == 198 && (18..20).contains(&b)
        || a >= 240;
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // All that was ever given out for the internet begins with these three bits.
    let global = a & 0xe000 == 0x2000;
    // Protocols' own, Teredo and its like among them; documentation, twice.
    let special = a == 0x2001 && (b < 0x0200 || b == 0x0db8) || a == 0x3fff;
    global && !special
}

/// The IPv4 address that an IPv6 one stands for: mapped, compatible, translated (`::ffff:0:a.b.c.d`,
/// 64:ff9b::/96), 6to4, ISATAP. A Teredo address is not public at all, nor one of 64:ff9b:1::/48, which networks
/// translate to their own.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = ip.segments();
    let four = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        [0, 0, 0, 0, 0, 0xffff, high, low] => four(high, low),
        [0, 0, 0, 0, 0, 0, high, low] if (high, low) > (0, 1) => four(high, low),
        [0, 0, 0, 0, 0xffff, 0, high, low] => four(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => four(high, low),
        [0x2002, high, low, ..] => four(high, low),
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => four(high, low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.7",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::3",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::10.0.0.1",
            "fec0::1",
            "::ffff:0:127.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b:1::7f00:1",
            "64:ff9b:1::808:808",
            "64:ff9b::a9fe:a9fe",
            "2001:0:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2002:a9fe:a9fe::1",
            "2606:4700::5efe:127.0.0.1",
            "5f00::1",
            "100::1",
            "4000::1",
        ] {
            assert!(
                !is_public(private.parse().expect("an address")),
                "{private}"
            );
        }
        for public in [
            "8.8.8.8",
            "1.1.1.1",
            "93.184.216.34",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "::ffff:0:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "2a00:1450:4001::1",
        ] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
    }
}
