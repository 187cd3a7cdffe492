//! Makes one `OpenAPI` document of `openapi.yaml` and the resource fragments.
//!
//! The readers of JSON and YAML are a crate of their own, `api-schema-text`.

mod bundle;

pub use api_schema_text::{
    Document, Key, MAX_DEPTH, Node, Pos, Source, Value, json, parse, read_dir, yaml,
};
pub use bundle::bundle;
