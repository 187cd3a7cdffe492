#![doc = include_str!("../README.md")]

mod diagnostic;
mod document;
mod edit;
mod json;
mod keys;
mod node;
pub mod pointer;
mod source;
mod write;
mod yaml;

pub use diagnostic::Diagnostic;
pub use document::Document;
pub use edit::{Edit, NotEdited};
pub use json::json;
pub use node::{Key, Node, Pos, Value};
pub use source::{Source, parse, read_dir, read_file};
pub use yaml::{yaml, yaml_part};

/// How many arrays and objects may be nested. Deeper texts are refused, so that a walk over a tree
/// can use recursion without fear for the stack.
pub const MAX_DEPTH: usize = 200;
