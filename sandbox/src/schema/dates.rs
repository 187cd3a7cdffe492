//! Dates in the formats that working clients send: `2024-03-01`, `2024-03-01T08:30:00`, and the
//! latter with a fraction or an offset.
//!
//! The vendor's time zone isn't known, so offsets are ignored in comparisons.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// The moment of a string, or none when it is no date.
pub(crate) fn parse(text: &str) -> Option<NaiveDateTime> {
    // chrono accepts signs and years of any length; the API has neither.
    if !text.is_ascii() || text.len() < 10 || !text.as_bytes()[..4].iter().all(u8::is_ascii_digit) {
        return None;
    }
    if text.len() == 10 {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        return Some(date.and_time(NaiveTime::MIN));
    }
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
        .or_else(|_| DateTime::parse_from_rfc3339(text).map(|moment| moment.naive_local()))
        .ok()
}

/// The moment of a date in a query. Beside the formats of bodies it accepts mistakes that clients
/// make: a space between day and time, and a space instead of an unencoded plus sign.
pub(crate) fn parse_query_date(text: &str) -> Option<NaiveDateTime> {
    parse(text).or_else(|| {
        let (day, rest) = text.split_once(' ')?;
        parse(&format!("{day}T{}", rest.replacen(' ', "+", 1)))
            .filter(|_| is_day(day))
            .or_else(|| parse(&text.replacen(' ', "+", 1)))
    })
}

/// Whether a string is a date or a date with a time.
pub(crate) fn is_date(text: &str) -> bool {
    parse(text).is_some()
}

/// Whether a string is a date without a time.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == 10 && is_date(text)
}

/// The format that the sandbox writes.
pub(crate) fn text(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_of_bodies() {
        for good in [
            "2024-03-01",
            "0001-01-01T00:00:00",
            "2024-03-01T08:30",
            "2024-03-01T08:30:00",
            "2024-03-01T08:30:00.123",
            "2024-03-01T08:30:00Z",
            "2024-03-01T08:30:00-05:00",
        ] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "soon",
            "2024-13-01",
            "2024-02-30",
            "+024-01-01",
            "2024-3-1",
            "01/31/2024",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn reads_dates_of_queries() {
        let moment = parse("2024-03-01T08:30:00");
        for good in [
            "2024-03-01T08:30:00",
            "2024-03-01T08:30:00+00:00",
            "2024-03-01T08:30:00 00:00",
            "2024-03-01 08:30:00",
            "2024-03-01 08:30:00+00:00",
            "2024-03-01 08:30:00 00:00",
        ] {
            assert_eq!(parse_query_date(good), moment, "{good}");
        }
        for bad in [
            "",
            " ",
            "2024-03-01 ",
            "2024-03-01  08:30:00",
            "soon 08:30:00",
        ] {
            assert_eq!(parse_query_date(bad), None, "{bad}");
        }
        assert!(!is_date("2024-03-01 08:30:00"), "bodies have a T");
    }

    #[test]
    fn day_is_before_its_hours() {
        assert!(parse("2024-03-01") < parse("2024-03-01T00:00:01"));
        assert!(is_day("2024-03-01") && !is_day("2024-03-01T00:00:00"));
    }
}
