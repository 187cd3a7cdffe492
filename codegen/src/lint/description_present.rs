//! Everything that becomes an item in Rust is described.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::Role;
use crate::load::{Node, Pos};

pub(super) const RULE: Rule = Rule {
    id: "description-present",
    summary: "Tags, operations, parameters, component schemas and properties have a description with words in it.",
    pitfall: "it becomes the rustdoc of a handle, method, setter, type or field, which must not be empty",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let tags = index.document.root().get("tags");
    for tag in tags.into_iter().flat_map(Node::items) {
        let name = tag.get("name").and_then(Node::as_str).unwrap_or_default();
        described(
            tag,
            tag.pos,
            &format!("the tag {name}"),
            "what the resource is",
            report,
        );
    }
    for operation in &index.operations {
        let what = "what a caller must know: units, effects, limits";
        described(
            operation.node,
            operation.method.pos,
            &operation.name,
            what,
            report,
        );
    }
    for parameter in &index.parameters {
        let what = "what it selects or sets";
        described(
            parameter.node,
            parameter.pos,
            &parameter.label,
            what,
            report,
        );
    }
    for schema in &index.schemas {
        let what = match schema.role {
            Role::Component => "what one of these is",
            Role::Property(_) => "what it holds, with its unit where it has one",
            _ => continue,
        };
        // A reference can't have one; its target does.
        if schema.node.get("$ref").is_none() {
            described(schema.node, schema.pos, &schema.label, what, report);
        }
    }
}

fn described(node: &Node, pos: Pos, label: &str, what: &str, report: &mut Report<'_>) {
    match node.entry("description") {
        None => report.at(
            pos,
            format!("{label} has no description"),
            format!("add description: {what}"),
        ),
        Some((key, text)) => {
            let text = text.as_str().unwrap_or_default();
            if !text.chars().any(char::is_alphabetic) {
                report.at(
                    key.pos,
                    format!("the description of {label} says nothing"),
                    format!("write {what}"),
                );
            }
        }
    }
}
