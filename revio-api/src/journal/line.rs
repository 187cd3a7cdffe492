//! One line of the file.

use std::borrow::Cow;
use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Intent,
    Sending,
    Answered,
    NotSent,
    Unknown,
    Resolved,
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line<'a> {
    pub(super) id: Cow<'a, str>,
    #[serde(with = "rfc3339")]
    pub(super) time: SystemTime,
    pub(super) state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
}

impl<'a> Line<'a> {
    pub(super) fn new(id: &'a str, time: SystemTime, state: State) -> Self {
        Self {
            id: id.into(),
            time,
            state,
            operation: None,
            note: None,
            status: None,
        }
    }

    /// Reads a line; `None` if it isn't one, because it was cut short.
    pub(super) fn read(text: &[u8]) -> Option<Line<'static>> {
        serde_json::from_slice(text).ok()
    }

    /// The line with its end.
    pub(super) fn to_text(&self) -> Vec<u8> {
        // Texts, numbers and a date that is written by hand: nothing of that can fail.
        let mut text = serde_json::to_vec(self).unwrap_or_default();
        text.push(b'\n');
        text
    }
}

/// Times as text, in UTC.
mod rfc3339 {
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    use super::{Cow, DateTime, Deserialize, SecondsFormat, SystemTime, Utc};

    pub(super) fn serialize<S: Serializer>(
        time: &SystemTime,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let time = DateTime::<Utc>::from(*time);
        serializer.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<SystemTime, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let time = DateTime::parse_from_rfc3339(&text).map_err(D::Error::custom)?;
        Ok(time.into())
    }
}
