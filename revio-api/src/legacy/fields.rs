//! A request as a set of fields, on its way from the typed message to the wire.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

/// The fields of a message that are set, each with its value as JSON text, digit for digit.
pub(super) type Fields = BTreeMap<String, Box<RawValue>>;

/// The fields of a message.
pub(super) fn of<T: Serialize>(message: &T) -> Result<Fields, serde_json::Error> {
    let text = serde_json::to_string(message)?;
    serde_json::from_str(&text)
}

/// The text of a scalar: what a string holds, and of everything else what is written.
pub(super) fn scalar(value: &RawValue) -> Option<String> {
    let text = value.get();
    match text.bytes().next()? {
        b'"' => serde_json::from_str(text).ok(),
        b'{' | b'[' => None,
        _ if text == "null" => None,
        _ => Some(text.to_owned()),
    }
}

/// The scalars of a list; of a scalar, itself.
pub(super) fn scalars(value: &RawValue) -> Vec<String> {
    match serde_json::from_str::<Vec<Box<RawValue>>>(value.get()) {
        Ok(items) => items.iter().filter_map(|item| scalar(item)).collect(),
        Err(_) => scalar(value).into_iter().collect(),
    }
}
