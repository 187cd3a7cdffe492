//! A value has one shape.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::kind;
use super::vocabulary::schema::ERROR_BODY;

pub(super) const RULE: Rule = Rule {
    id: "no-closed-union",
    summary: "oneOf means integer or string, in this order, and nothing else; anyOf, not and discriminator \
              aren't used.",
    pitfall: "unions become enums with made-up variants that fail on every shape not listed",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        if schema.owner == Some(ERROR_BODY) {
            continue;
        }
        for keyword in ["anyOf", "not", "discriminator"] {
            if schema.node.get(keyword).is_some() {
                report.at(
                    schema.pos_of(keyword),
                    format!("{} uses {keyword}", schema.label),
                    "describe the one shape it has, or $ref FreeForm when it varies",
                );
            }
        }
        let Some(variants) = schema.node.get("oneOf") else {
            continue;
        };
        let kinds: Vec<_> = variants.items().map(kind).collect();
        if kinds != [Some("integer"), Some("string")] {
            report.at(
                schema.pos_of("oneOf"),
                format!("{} is a union other than integer or string", schema.label),
                "write oneOf: [{type: integer, format: int32}, {type: string}], or $ref FreeForm when it varies more",
            );
        }
    }
}
