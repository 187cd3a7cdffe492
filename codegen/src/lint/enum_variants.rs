//! Every value gives a variant of its own.

use std::collections::HashMap;

use super::index::Index;
use super::names::{is_identifier, variant};
use super::report::{Report, Rule};
use crate::load::Value;

pub(super) const RULE: Rule = Rule {
    id: "enum-variants",
    summary: "The values of a list are texts that give different Rust variants, none of them Unknown.",
    pitfall: "empty, colliding and purely symbolic values panic the generator or do not compile",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let label = &schema.label;
        for keyword in ["enum", "x-revio-values"] {
            let Some(list) = schema.node.get(keyword) else {
                continue;
            };
            let mut variants: HashMap<String, &str> = HashMap::new();
            if list.items().all(|value| value.value == Value::Null) {
                report.at(
                    schema.pos_of(keyword),
                    format!("{label} has an empty list of values"),
                    "write at least one value, or remove the list",
                );
            }
            for value in list.items() {
                let text = match &value.value {
                    Value::String(text) => text.as_str(),
                    // enum-null speaks about it.
                    Value::Null => continue,
                    other => {
                        report.at(
                            value.pos,
                            format!("a value of {label} is {}, not a text", other.kind()),
                            "quote it",
                        );
                        continue;
                    }
                };
                let variant = variant(text);
                if !is_identifier(&variant) {
                    report.at(
                        value.pos,
                        format!("the value {text:?} of {label} gives no Rust variant"),
                        "remove the list and name the values in the description",
                    );
                } else if variant == "Unknown" {
                    report.at(
                        value.pos,
                        format!("the value {text:?} of {label} takes the name of the variant for unlisted values"),
                        "leave it out: it is read and written all the same",
                    );
                } else if let Some(other) = variants.insert(variant.clone(), text) {
                    report.at(
                        value.pos,
                        format!(
                            "the values {other:?} and {text:?} of {label} both become {variant}"
                        ),
                        "keep one of the two; the other is read and written all the same",
                    );
                }
            }
        }
    }
}
