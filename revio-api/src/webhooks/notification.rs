//! What a receiver is sent once it is active.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::enums::WebhookEventType;
use crate::types::{Json, JsonError};

/// A notification, kept as it came: the names of its members [aren't documented](super#what-isnt-known).
///
/// `Debug` shows the length only.
///
/// ```
/// use revio_api::webhooks::Notification;
///
/// /// The names are made up: put those in that your account receives.
/// #[derive(serde::Deserialize)]
/// struct Event {
///     kind: String,
/// }
///
/// let notification = Notification::parse(br#"{"kind": "INVENTORY_UNASSIGNED"}"#)?;
/// assert_eq!(notification.decode::<Event>()?.kind, "INVENTORY_UNASSIGNED");
/// # Ok::<_, revio_api::types::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    json: Json,
}

impl Notification {
    /// Reads the body of a request. Any JSON will do; a byte order mark in front of it is passed over.
    ///
    /// Limit the length of bodies in your web framework: this one is in memory already.
    ///
    /// # Errors
    /// When the body isn't JSON in UTF-8, or is empty.
    pub fn parse(body: &[u8]) -> Result<Self, JsonError> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        Json::from_slice(body).map(|json| Self { json })
    }

    /// The notification as it came.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// Reads the notification into a type of your own.
    ///
    /// # Errors
    /// When it doesn't fit the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        self.json.decode()
    }

    /// Whether the text of this event type is one of the values in the notification, under whatever name and however
    /// deep.
    ///
    /// A text that a person wrote could be the same by chance: take it as a hint where to look. It is `false` for JSON
    /// that is nested deeper than 127 levels.
    ///
    /// ```
    /// use revio_api::enums::WebhookEventType;
    /// use revio_api::webhooks::Notification;
    ///
    /// let notification = Notification::parse(br#"[{"a": {"b": "INVENTORY_UNASSIGNED"}}]"#)?;
    /// assert!(notification.mentions(&WebhookEventType::InventoryUnassigned));
    /// assert!(!notification.mentions(&WebhookEventType::Unknown("BILL_CREATED".to_owned())));
    /// # Ok::<_, revio_api::types::JsonError>(())
    /// ```
    pub fn mentions(&self, event_type: &WebhookEventType) -> bool {
        self.decode()
            .is_ok_and(|value: Value| holds(&value, event_type.as_str()))
    }
}

fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found == text,
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(members) => members.values().any(|member| holds(member, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Notification;
    use crate::enums::WebhookEventType::{InventoryUnassigned, Unknown};

    #[test]
    fn a_notification_is_kept_as_it_came() {
        let text = "{\"b\": 1.50,\n \"a\": [\"planted\"]}";
        let notification = Notification::parse(format!("\u{feff}{text}").as_bytes()).unwrap();
        assert_eq!(notification.json().as_str(), text);
        assert!(!format!("{notification:?}").contains("planted"));
    }

    #[test]
    fn what_is_no_json_is_an_error_without_the_content() {
        for body in ["", " ", "planted", "{\"planted\":", "{} planted"] {
            let error = Notification::parse(body.as_bytes())
                .unwrap_err()
                .to_string();
            assert!(!error.contains("planted"), "{error}");
        }
        assert!(Notification::parse(b"\"\xff\"").is_err());
    }

    #[test]
    fn only_whole_values_are_mentions() {
        let mentions = |text: &str| {
            let notification = Notification::parse(text.as_bytes()).unwrap();
            notification.mentions(&InventoryUnassigned)
        };
        assert!(mentions(r#""INVENTORY_UNASSIGNED""#));
        assert!(mentions(r#"{"x":[null,1,{"y":"INVENTORY_UNASSIGNED"}]}"#));
        assert!(!mentions(r#"{"INVENTORY_UNASSIGNED":"x"}"#));
        assert!(!mentions(r#"{"x":"no INVENTORY_UNASSIGNED here"}"#));
        assert!(!mentions("null"));
    }

    #[test]
    fn types_that_nobody_has_seen_yet_can_be_looked_for() {
        let notification = Notification::parse(br#"{"x":"SOMETHING_NEW"}"#).unwrap();
        assert!(notification.mentions(&Unknown("SOMETHING_NEW".to_owned())));
    }

    #[test]
    fn deep_nesting_neither_mentions_nor_overflows() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        if let Ok(notification) = Notification::parse(deep.as_bytes()) {
            assert!(!notification.mentions(&InventoryUnassigned));
        }
    }
}
