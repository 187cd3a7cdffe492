//! One record, one type of id.

use super::index::{Index, Operation};
use super::report::{Report, Rule};
use super::shape::{Shape, is_true};

pub(super) const RULE: Rule = Rule {
    id: "ids-agree",
    summary: "The id at the end of a path and the id of what a create makes have the type of the record's own id.",
    pitfall: "a line copied from another resource would make callers pass the wrong id, and it would compile",
    check,
};

/// Verbs whose path ends with the id of the record.
const BY_ID: &[&str] = &["get", "replace", "patch", "delete"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let (Some(verb), Some(record)) = (operation.verb(), operation.text("x-revio-record"))
        else {
            continue;
        };
        let Some(own) = own_id(index, record) else {
            continue;
        };
        let (pos, found, what) = if BY_ID.contains(&verb) {
            let Some(parameter) = last_of_path(operation) else {
                continue;
            };
            let id = parameter.node.entry("x-revio-id");
            let pos = id.map_or(parameter.pos, |(key, _)| key.pos);
            (pos, id, parameter.label.clone())
        } else if verb.starts_with("create") {
            let id = operation.node.entry("x-revio-id");
            (operation.pos_of("x-revio-id"), id, operation.name.clone())
        } else {
            continue;
        };
        // ids-typed and create-shape speak about ids without a type.
        let Some(found) = found.and_then(|(_, id)| id.as_str()) else {
            continue;
        };
        if found != own {
            report.at(
                pos,
                format!("{what} is a {found}, but the own id of {record} is a {own}"),
                format!("write x-revio-id: {own}, or correct x-revio-record"),
            );
        }
    }
}

/// The type of the record's own id.
fn own_id<'d>(index: &Index<'d>, record: &str) -> Option<&'d str> {
    let name = format!("#/components/schemas/{record}");
    let shape = Shape::of(index.document, index.document.resolve(&name)?);
    let mut properties = shape.properties.into_iter();
    let (_, own) = properties.find(|(_, property)| is_true(property, "x-revio-own-id"))?;
    own.get("x-revio-id")?.as_str()
}

/// The parameter that the path ends with.
fn last_of_path<'i, 'd>(operation: &'i Operation<'d>) -> Option<&'i super::index::Parameter<'d>> {
    operation.parameters.iter().find(|parameter| {
        let end = format!("/{{{}}}", parameter.name);
        parameter.place == "path" && operation.path.name.ends_with(&end)
    })
}
