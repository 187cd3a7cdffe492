//! Every schema says what it is.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::{Role, Site};
use super::shape::kind;
use super::vocabulary::one_of;
use super::vocabulary::schema::{ERROR_BODY, FREE_FORM, JSON_PATCH_OPERATION};

pub(super) const RULE: Rule = Rule {
    id: "type-stated",
    summary: "A schema has a type, a reference, allOf or oneOf; a list has items and an object properties. What may \
              be anything refers to FreeForm.",
    pitfall: "a forgotten type turns a field into raw JSON text, and nobody notices",
    check,
};

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let has = |keyword: &str| schema.node.get(keyword).is_some();
        if let Some(value) = schema.node.get("type")
            && !value.as_str().is_some_and(|word| TYPES.contains(&word))
        {
            report.at(
                schema.pos_of("type"),
                format!("{} has an unknown type", schema.label),
                format!("write {}; null is said by nullable: true", one_of(TYPES)),
            );
            continue;
        }
        let is_said = ["type", "$ref", "allOf", "oneOf", "anyOf", "not"]
            .iter()
            .any(|it| has(it));
        if !is_said && !may_be_anything(schema) {
            report.at(
                schema.pos,
                format!("{} has no type", schema.label),
                "add type, or refer to FreeForm when it may be anything",
            );
        }
        match kind(schema.node) {
            Some("array") if !has("items") => report.at(
                schema.pos_of("type"),
                format!("{} is a list of nothing in particular", schema.label),
                "add items",
            ),
            Some("object")
                if !has("properties")
                    && !has("allOf")
                    && !has("additionalProperties")
                    && schema.owner != Some(ERROR_BODY)
                    && !matches!(schema.role, Role::Part) =>
            {
                report.at(
                    schema.pos_of("type"),
                    format!("{} is an object without properties", schema.label),
                    "add them, or refer to FreeForm when they are unknown",
                );
            }
            _ => {}
        }
    }
}

fn may_be_anything(schema: &Site<'_>) -> bool {
    match schema.role {
        Role::Component => schema.owner == Some(FREE_FORM),
        Role::Property(key) => schema.owner == Some(JSON_PATCH_OPERATION) && key.name == "value",
        // no-extra-catch-all speaks about it.
        Role::CatchAll => true,
        _ => false,
    }
}
