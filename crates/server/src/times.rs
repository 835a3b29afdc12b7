//! Days and seconds since 1970 as people and programs write them.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// A day since 1970, ISO 8601.
pub fn day(day: i64) -> Option<String> {
    let date = Date::constant(1970, 1, 1).checked_add(day.days()).ok()?;
    Some(date.to_string())
}

/// An ISO day as days since 1970.
pub fn days(date: &str) -> Option<i64> {
    let date: Date = date.parse().ok()?;
    let since = Date::constant(1970, 1, 1).until(date).ok()?;
    Some(i64::from(since.get_days()))
}

/// Seconds since 1970, RFC 3339 in UTC.
pub fn instant(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .unwrap_or_default()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_there_and_back() {
        assert_eq!(day(19_434).as_deref(), Some("2023-03-18"));
        assert_eq!(days("2023-03-18"), Some(19_434));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(instant(0), "1970-01-01T00:00:00Z");
    }
}
