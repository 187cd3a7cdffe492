//! Dates keep what was sent, and say what it means only when that is sure.

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use revio_api::types::{RevioDate, RevioDateTime};

fn read(text: &str) -> RevioDateTime {
    serde_json::from_value(serde_json::Value::from(text)).expect("any text is a date")
}

#[test]
fn every_form_reads_as_written() {
    for (text, naive, offset) in [
        ("2024-01-31", "2024-01-31 00:00:00", None),
        ("2024-01-31T08:30:00", "2024-01-31 08:30:00", None),
        ("2024-01-31T08:30", "2024-01-31 08:30:00", None),
        ("2024-01-31 08:30:00", "2024-01-31 08:30:00", None),
        ("2024-01-31T08:30:00.123", "2024-01-31 08:30:00.123", None),
        (
            "2024-01-31T08:30:00.1234567",
            "2024-01-31 08:30:00.123456700",
            None,
        ),
        ("2024-01-31T08:30:00Z", "2024-01-31 08:30:00", Some(0)),
        (
            "2024-01-31T08:30:00.5-05:00",
            "2024-01-31 08:30:00.500",
            Some(-5 * 3600),
        ),
        (
            "2024-02-29T23:59:59+13:45",
            "2024-02-29 23:59:59",
            Some(13 * 3600 + 45 * 60),
        ),
    ] {
        let date = read(text);
        assert_eq!(
            date.naive().map(|naive| naive.to_string()).as_deref(),
            Some(naive),
            "{text}"
        );
        assert_eq!(
            date.offset().map(|offset| offset.local_minus_utc()),
            offset,
            "{text}"
        );
        assert_eq!(date.date().unwrap().to_string(), naive[..10], "{text}");
        assert!(!date.is_none(), "{text}");
    }
}

#[test]
fn the_year_one_is_no_date() {
    for text in [
        "0001-01-01",
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T05:00:00-05:00",
        "",
        " ",
    ] {
        let date = read(text);
        assert!(date.is_none(), "{text:?}");
        assert_eq!(
            (date.naive(), date.date(), date.offset()),
            (None, None, None),
            "{text:?}"
        );
        assert_eq!(
            serde_json::to_string(&date).unwrap(),
            format!("{text:?}"),
            "kept as sent"
        );
    }
}

#[test]
fn garbage_is_kept_and_means_nothing() {
    for text in [
        "soon",
        "31/01/2024",
        "2024-13-01",
        "2023-02-29",
        "2024-01-31T25:00:00",
        "2024-01-31T08:30:00 PST",
    ] {
        let date = read(text);
        assert_eq!(
            (date.naive(), date.date(), date.offset(), date.is_none()),
            (None, None, None, false),
            "{text}"
        );
        assert_eq!(date.as_str(), text);
        text.parse::<RevioDateTime>().expect_err(text);
        text.parse::<RevioDate>().expect_err(text);
    }
}

#[test]
fn own_dates_are_written_without_a_zone() {
    let day = NaiveDate::from_ymd_opt(2024, 1, 31).unwrap();
    assert_eq!(RevioDate::from(day).as_str(), "2024-01-31");
    assert_eq!(RevioDateTime::from(day).as_str(), "2024-01-31");
    assert_eq!(
        RevioDateTime::from(day.and_hms_opt(8, 30, 0).unwrap()).to_string(),
        "2024-01-31T08:30:00"
    );
    assert_eq!(
        RevioDateTime::from(day.and_hms_milli_opt(8, 30, 0, 250).unwrap()).as_str(),
        "2024-01-31T08:30:00.250"
    );
    assert_eq!(
        format!("{:?}", RevioDate::from(day)),
        "RevioDate(2024-01-31)"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_goes_out_as_it_came_in(text in "\\PC*|[-0-9T:.Z+ ]{0,30}") {
        let date = read(&text);
        let _ = (date.naive(), date.date(), date.offset(), date.is_none());
        let back: String = serde_json::from_str(&serde_json::to_string(&date).unwrap()).unwrap();
        prop_assert_eq!(back, text);
    }

    #[test]
    fn any_moment_reads_back(seconds in -62_000_000_000i64..253_000_000_000, nanos in 0u32..1_000_000_000) {
        let moment: NaiveDateTime = chrono::DateTime::from_timestamp(seconds, nanos).unwrap().naive_utc();
        prop_assert_eq!(RevioDateTime::from(moment).naive(), Some(moment));
    }
}
