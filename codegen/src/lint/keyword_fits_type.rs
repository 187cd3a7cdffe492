//! Keywords belong to the type that they stand beside.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::Site;
use super::shape::kind;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "keyword-fits-type",
    summary: "A schema is of one type or made of parts: maxLength stands on strings, items on lists, whole limits on \
              integers, and no type or properties beside allOf and oneOf.",
    pitfall: "a keyword that doesn't fit turns the field into raw JSON text, and nobody notices",
    check,
};

/// What each type alone has.
const TYPES: &[(&str, &[&str])] = &[
    (
        "string",
        &["format", "enum", "minLength", "maxLength", "pattern"],
    ),
    ("integer", NUMERIC),
    ("number", NUMERIC),
    ("boolean", &[]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("object", OBJECT),
];

const NUMERIC: &[&str] = &[
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

const OBJECT: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
];

/// Ways to put schemas together; one of them makes the whole schema.
const COMPOSED: &[&str] = &["allOf", "oneOf", "anyOf", "not"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let composed = COMPOSED.iter().find(|it| schema.node.get(it).is_some());
        let own: &[&str] = match (composed, kind(schema.node)) {
            (None, Some(name)) => match TYPES.iter().find(|(it, _)| *it == name) {
                Some((_, own)) => own,
                // type-stated speaks about it.
                None => continue,
            },
            // type-stated speaks about it.
            (None, None) => continue,
            (Some(_), _) => &[],
        };
        for (key, _) in schema.node.entries() {
            let name = key.name.as_str();
            let is_bound = name == "type" && composed.is_some()
                || TYPES.iter().any(|(_, keywords)| keywords.contains(&name))
                || composed.is_some_and(|it| *it != name) && COMPOSED.contains(&name);
            if !is_bound || own.contains(&name) {
                continue;
            }
            let (message, help) = match composed {
                Some(composed) => (
                    format!("{} has {name} beside {composed}", schema.label),
                    "move it into one of the parts",
                ),
                None => (
                    format!(
                        "{} has {name}, but is of type {}",
                        schema.label,
                        kind(schema.node).unwrap_or_default()
                    ),
                    "remove it, or correct the type",
                ),
            };
            report.at(key.pos, message, help);
        }
        limits(schema, report);
    }
}

/// The limits of integers are read as integers.
fn limits(schema: &Site<'_>, report: &mut Report<'_>) {
    if kind(schema.node) != Some("integer") {
        return;
    }
    for keyword in ["minimum", "maximum", "multipleOf"] {
        let limit = schema.node.get(keyword);
        if limit.is_some_and(|limit| Node::as_i64(limit).is_none()) {
            report.at(
                schema.pos_of(keyword),
                format!(
                    "{keyword} of {} is no whole number of 64 bits",
                    schema.label
                ),
                "write whole digits, or leave it out",
            );
        }
    }
}
