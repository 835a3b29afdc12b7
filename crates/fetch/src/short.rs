//! Addresses in messages. In: an address of any length. Out: one that fits on a line: what stands in the middle is
//! left out, for its host and its end tell more.

use std::borrow::Cow;

/// Letters of an address that are shown.
const SHOWN: usize = 100;

/// An address as messages show it.
pub fn short(address: &str) -> Cow<'_, str> {
    short_to(address, SHOWN)
}

/// An address in so many letters at most, of which the last third is its end.
pub fn short_to(address: &str, most: usize) -> Cow<'_, str> {
    let length = address.chars().count();
    if length <= most {
        return Cow::Borrowed(address);
    }
    let end = most / 3;
    let start: String = address.chars().take(most.saturating_sub(end + 1)).collect();
    let end: String = address.chars().skip(length - end).collect();
    Cow::Owned(format!("{start}…{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_address_is_cut_in_its_middle() {
        assert_eq!(short("https://a.example/b"), "https://a.example/b");
        let long = format!("https://a.example/{}/ende.html", "ä".repeat(5_000));
        let cut = short(&long);
        assert_eq!(cut.chars().count(), SHOWN);
        assert!(cut.starts_with("https://a.example/ä") && cut.ends_with("/ende.html"));
        assert!(cut.contains('…'));
        assert_eq!(short_to(&long, 1), "…");
    }
}
