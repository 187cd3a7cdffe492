//! Names can be said in Rust.

use super::index::{Index, components};
use super::names::{is_identifier, is_type_name, setter, snake};
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "identifiers-valid",
    summary: "Schemas are named like Rust types, and properties and parameters so that a field name can be \
              made of them.",
    pitfall: "names of nothing but punctuation panic the generator, and others come out different from what \
              the schema says",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for (key, _) in index.components() {
        if !is_type_name(&key.name) {
            report.at(
                key.pos,
                format!("the schema name {:?} is no Rust type name", key.name),
                "write it like BillProfile, acronyms too: DidNumber",
            );
        }
    }
    for kind in ["parameters", "responses"] {
        for (key, _) in components(index.document, kind) {
            if !is_type_name(&key.name) {
                report.at(
                    key.pos,
                    format!(
                        "{:?} in components/{kind} isn't written like a type name",
                        key.name
                    ),
                    "write it like PageSize",
                );
            }
        }
    }
    for schema in &index.schemas {
        if let Some(key) = schema.property()
            && !is_identifier(&snake(&key.name))
        {
            report.at(
                key.pos,
                format!(
                    "no field name can be made of {:?} in {}",
                    key.name, schema.label
                ),
                "leave the property out; raw requests can read it",
            );
        }
    }
    for schema in index.schemas.iter().filter(|it| it.in_request) {
        if let Some(key) = schema.property()
            && snake(&key.name) == "new"
        {
            report.at(
                key.pos,
                format!("{} takes the name of the constructor", schema.label),
                "leave the property out; raw requests can send it",
            );
        }
    }
    for parameter in &index.parameters {
        if !is_identifier(&setter(parameter.name)) {
            report.at(
                parameter.pos,
                format!("no setter name can be made of {:?}", parameter.name),
                "leave the parameter out; callers can send it with filter()",
            );
        }
    }
}
