//! Keywords that only one type of value obeys.

use super::Definition;
use crate::annotation::{ADVISED, VERBATIM};
use crate::lint::{extension_known, keyword_fits_type};
use crate::load::Node;
use api_schema_text::Diagnostic;

/// Keywords of values, and the types that obey them.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("pattern", &["string"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("minimum", &["integer", "number"]),
    ("items", &["array"]),
    (VERBATIM, &["string"]),
];

/// The format that each type can have.
const FORMATS: &[(&str, &str)] = &[
    ("int32", "integer"),
    ("decimal", "number"),
    ("date-time", "string"),
];

pub(super) fn check(definition: &Definition<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (key, property) in definition.properties() {
        let label = format!("{}.{}", definition.name(), key.name);
        value(definition, property, property, &label, diagnostics);
        if let Some(items) = property.get("items") {
            let label = format!("items of {label}");
            value(definition, items, items, &label, diagnostics);
        }
        if let Some(advised) = property.get(ADVISED) {
            value(definition, advised, property, &label, diagnostics);
        }
    }
}

/// The keywords of `node` against the type of `typed`.
fn value(
    definition: &Definition<'_>,
    node: &Node,
    typed: &Node,
    label: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let kind = typed.get("type").and_then(Node::as_str).unwrap_or("object");
    for (key, value) in node.entries() {
        let name = key.name.as_str();
        let obeys = KEYWORDS.iter().find(|(keyword, _)| *keyword == name);
        let fits = match obeys {
            // A date is no markup.
            Some((_, kinds)) => {
                kinds.contains(&kind) && (name != VERBATIM || typed.get("format").is_none())
            }
            None if name == "format" => FORMATS
                .iter()
                .all(|(format, of)| value.as_str() != Some(format) || *of == kind),
            None => true,
        };
        if fits {
            continue;
        }
        let rule = if name == VERBATIM {
            extension_known::RULE.id
        } else {
            keyword_fits_type::RULE.id
        };
        diagnostics.push(definition.report(
            key.pos,
            rule,
            format!("{name} has no effect on {label}, which is of the type {kind}"),
            "remove it, or correct the type",
        ));
    }
}
