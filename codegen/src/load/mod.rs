//! Reads the files of `schema/`, and makes one `OpenAPI` document of `openapi.yaml` and the resource
//! fragments.
//!
//! [`Input::read`] and [`read_dir`] are the only functions of the generator that touch the disk. The
//! readers of JSON and YAML are a crate of their own, `api-schema-text`.

mod bundle;
mod input;

pub use api_schema_text::{
    Document, Key, MAX_DEPTH, Node, Pos, Source, Value, json, parse, read_dir, yaml,
};
pub use bundle::bundle;
pub use input::Input;
