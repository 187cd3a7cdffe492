//! Formats: a text of each, and what a validator has to know about them.

use serde_json::{Value, json};

/// The text with which values of a format start; nothing where any text will do.
pub(super) fn sample(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-02-29T12:00:00Z",
        "date" => "2024-02-29",
        "time" => "12:00:00Z",
        "duration" => "P1D",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "email" => "a@example.com",
        "hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "YWFh",
        "uri" | "url" | "iri" => "https://example.com/",
        _ => return None,
    })
}

/// Whether a text of the format may be made longer at its end.
pub(super) fn grows(format: &str) -> bool {
    matches!(format, "uri" | "url" | "iri")
}

/// The format as keywords that a validator understands. Nothing where it allows everything, or where
/// nobody defines what it allows.
pub(super) fn exported(format: &str) -> Option<Value> {
    let whole = |low: i64, high: u64| Some(json!({ "minimum": low, "maximum": high }));
    match format {
        "int8" => whole(i64::from(i8::MIN), 127),
        "int16" => whole(i64::from(i16::MIN), 32_767),
        "int32" => whole(i64::from(i32::MIN), 2_147_483_647),
        "int64" => whole(i64::MIN, 9_223_372_036_854_775_807),
        "uint8" => whole(0, 255),
        "uint16" => whole(0, 65_535),
        "uint32" | "uint" => whole(0, 4_294_967_295),
        "uint64" => whole(0, u64::MAX),
        "float" => Some(json!({ "minimum": f32::MIN, "maximum": f32::MAX })),
        "ip" => Some(json!({ "anyOf": [{ "format": "ipv4" }, { "format": "ipv6" }] })),
        "byte" => Some(json!({ "pattern": "^[A-Za-z0-9+/]*={0,2}$" })),
        "date-time" | "date" | "time" | "duration" | "uuid" | "email" | "hostname" | "ipv4"
        | "ipv6" | "uri" | "iri" => Some(json!({ "format": format })),
        _ => None,
    }
}

/// Numbers beyond what formats allow.
pub(super) const BEYOND: [u64; 8] = [
    1 << 7,
    1 << 15,
    1 << 31,
    1 << 63,
    1 << 8,
    1 << 16,
    1 << 32,
    u64::MAX,
];
