//! Reads the schema: files into trees that keep order, digits as written, and the place of every node.
//!
//! [`Input::read`] and [`read_dir`] are the only functions of the generator that touch the disk.
//! Everything after them is text in, values out. [`bundle`] makes one `OpenAPI` document of `openapi.yaml` and the resource
//! fragments; [`json`] reads one JSON text into the same kind of tree.

mod bundle;
mod document;
mod input;
mod json;
mod keys;
mod node;
mod source;
mod write;
mod yaml;
mod yaml_scalar;

pub use bundle::bundle;
pub use document::Document;
pub use input::Input;
pub use json::json;
pub use node::{Key, Node, Pos, Value};
pub use source::{Source, read_dir};
pub use yaml::yaml;

/// How many arrays and objects may be nested. Deeper texts are refused, so that a walk over a tree
/// can use recursion without fear for the stack.
pub const MAX_DEPTH: usize = 200;
