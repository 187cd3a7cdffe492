//! What several tests share.

#![allow(dead_code, reason = "each test uses its own part")]

pub(crate) mod compared;
pub(crate) mod dice;

use std::fs;
use std::path::Path;

use api_schema_text::Source;
use serde_json::Value;

/// A text with a name.
pub(crate) fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// A description of some size: that of the workspace's own API.
pub(crate) fn own() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/openapi.json");
    let text = fs::read_to_string(path).expect("readable");
    serde_json::from_str(&text).expect("JSON")
}
