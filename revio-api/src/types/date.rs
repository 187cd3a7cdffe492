//! Dates as the vendor sends them: without a zone, sometimes without a time, and with the year 1 for "no date".

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that isn't a date.
///
/// ```
/// let error = "31/01/2024".parse::<revio_api::types::RevioDate>().unwrap_err();
/// assert_eq!(error.to_string(), "not a date; expected YYYY-MM-DD, with an optional Thh:mm:ss and offset");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseDateError(());

impl fmt::Display for ParseDateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date; expected YYYY-MM-DD, with an optional Thh:mm:ss and offset")
    }
}

impl std::error::Error for ParseDateError {}

/// What a text says when it is a date.
#[derive(Clone, Copy)]
struct Parsed {
    date: NaiveDate,
    time: Option<NaiveTime>,
    offset: Option<FixedOffset>,
}

impl Parsed {
    fn new(text: &str) -> Option<Self> {
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self {
                date,
                time: None,
                offset: None,
            });
        }
        // RFC 3339 first: it is the only form with an offset.
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            let naive = moment.naive_local();
            return Some(Self {
                date: naive.date(),
                time: Some(naive.time()),
                offset: Some(*moment.offset()),
            });
        }
        let naive = [
            "%Y-%m-%dT%H:%M:%S%.f",
            "%Y-%m-%d %H:%M:%S%.f",
            "%Y-%m-%dT%H:%M",
        ]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
        Some(Self {
            date: naive.date(),
            time: Some(naive.time()),
            offset: None,
        })
    }

    /// The year 1 is how the vendor writes "no date".
    fn is_none(self) -> bool {
        self.date.year() <= 1
    }
}

/// Declares one date type over the text that was sent.
macro_rules! date_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text as it came, or as it goes out.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the server says that there is no date: the year 1, or an empty text.
            pub fn is_none(&self) -> bool {
                self.0.trim().is_empty() || Parsed::new(&self.0).is_some_and(Parsed::is_none)
            }

            /// The calendar date as written; `None` when there is no date or the text isn't one.
            pub fn date(&self) -> Option<NaiveDate> {
                self.parsed().map(|parsed| parsed.date)
            }

            fn parsed(&self) -> Option<Parsed> {
                Parsed::new(&self.0).filter(|parsed| !parsed.is_none())
            }
        }

        impl From<NaiveDate> for $name {
            fn from(date: NaiveDate) -> Self {
                Self(date.format("%Y-%m-%d").to_string().into())
            }
        }

        impl FromStr for $name {
            type Err = ParseDateError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Parsed::new(text).map(|_| Self(text.into())).ok_or(ParseDateError(()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            // Any text is taken: one unusual date must not lose the whole record.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Box::<str>::deserialize(deserializer).map(Self)
            }
        }
    };
}

date_type! {
    /// A point in time as the vendor writes it, kept as text.
    ///
    /// The vendor sends no zone and documents none, so none is assumed: [`naive`](Self::naive) is the time as
    /// written, and [`offset`](Self::offset) is there only if the text has one. Two values are equal when their texts
    /// are; there is no order, since texts with and without an offset can't be compared.
    ///
    /// ```
    /// use revio_api::types::RevioDateTime;
    ///
    /// let sent: RevioDateTime = serde_json::from_str(r#""2024-01-31T08:30:00""#)?;
    /// assert_eq!(sent.naive().unwrap().to_string(), "2024-01-31 08:30:00");
    /// assert_eq!(sent.offset(), None);
    ///
    /// let none: RevioDateTime = serde_json::from_str(r#""0001-01-01T00:00:00""#)?;
    /// assert!(none.is_none());
    /// assert_eq!(none.naive(), None);
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    RevioDateTime
}

date_type! {
    /// A calendar date as the vendor writes it, kept as text.
    ///
    /// ```
    /// use revio_api::types::RevioDate;
    ///
    /// let date: RevioDate = "2024-01-31".parse()?;
    /// assert_eq!(date.date().unwrap().to_string(), "2024-01-31");
    /// # Ok::<_, revio_api::types::ParseDateError>(())
    /// ```
    RevioDate
}

impl RevioDateTime {
    /// Date and time as written, without the offset; midnight when only a date was sent.
    ///
    /// `None` when there is no date or the text isn't one.
    pub fn naive(&self) -> Option<NaiveDateTime> {
        self.parsed()
            .map(|parsed| parsed.date.and_time(parsed.time.unwrap_or_default()))
    }

    /// The offset from UTC, if the text has one.
    pub fn offset(&self) -> Option<FixedOffset> {
        self.parsed().and_then(|parsed| parsed.offset)
    }
}

/// Written as `YYYY-MM-DDThh:mm:ss`, with a fraction only if there is one.
impl From<NaiveDateTime> for RevioDateTime {
    fn from(moment: NaiveDateTime) -> Self {
        Self(moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string().into())
    }
}
