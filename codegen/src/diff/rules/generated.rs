//! What only generated code shows: the documents mean the same to every other reader.

use super::super::finding::Rust;
use super::{Decodes, Rule};

pub(in crate::diff) const ARGUMENT_ORDER: &str = "rust.argument.order";
pub(in crate::diff) const MODULE_CHANGED: &str = "rust.module.changed";

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: ARGUMENT_ORDER,
        meaning: "What a constructor or method requires stands in another order.",
        law: "The order of properties isn't sent: silent.",
        rust: "Arguments are in the order of the description: major, and where their types are the same the compiler doesn't see it.",
        compatible_by: Some("keeping the order, with what is new at the end"),
        decodes: Decodes::Never,
        ours: Rust::Major,
        typify: Rust::None,
    },
    Rule {
        id: MODULE_CHANGED,
        meaning: "A schema stands in the file of another resource.",
        law: "Files aren't sent: silent.",
        rust: "Its type moves to the module of that resource: major.",
        compatible_by: Some("leaving it in its file"),
        decodes: Decodes::Never,
        ours: Rust::Major,
        typify: Rust::None,
    },
];
