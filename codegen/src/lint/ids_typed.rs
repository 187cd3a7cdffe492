//! Ids have types.

use std::collections::HashSet;

use super::index::Index;
use super::names::{camel, is_type_name};
use super::report::{Report, Rule};
use super::shape::{follow, kind};
use super::vocabulary::admits_doubt;
use crate::load::{Node, Pos};

pub(super) const RULE: Rule = Rule {
    id: "ids-typed",
    summary: "x-revio-id names the id of a record, a path or a create, like CustomerId, stands on integers, and isn't \
              forgotten where the name tells it.",
    pitfall: "a misspelt name makes a second type for the same id; on a list or text the value can't be read",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let introduced = introduced(index);
    let mut uses: Vec<(&Node, &str, &Node)> = Vec::new();
    for schema in &index.schemas {
        uses.push((schema.node, &schema.label, schema.node));
    }
    for parameter in &index.parameters {
        // A list sends each of its items as one value.
        let schema = parameter.node.get("schema");
        let schema = schema
            .and_then(|it| follow(index.document, it))
            .unwrap_or(parameter.node);
        let value = match kind(schema) {
            Some("array") => schema.get("items").unwrap_or(schema),
            _ => schema,
        };
        uses.push((parameter.node, &parameter.label, value));
    }
    for (holder, label, value) in uses {
        let Some((key, id)) = holder.entry("x-revio-id") else {
            continue;
        };
        named(id, key.pos, label, &introduced, report);
        if kind(value) == Some("array") {
            report.at(
                key.pos,
                format!("{label} is a list with x-revio-id"),
                "put x-revio-id on its items",
            );
        } else if kind(value) != Some("integer") {
            report.at(
                key.pos,
                format!("{label} has x-revio-id but isn't an integer"),
                "write type: integer, or remove x-revio-id",
            );
        }
    }
    forgotten(index, &introduced, report);
    for operation in &index.operations {
        if let Some((key, id)) = operation.node.entry("x-revio-id") {
            named(id, key.pos, &operation.name, &introduced, report);
        }
    }
}

/// Integers that are named for an id type but don't have it.
fn forgotten(index: &Index<'_>, introduced: &HashSet<&str>, report: &mut Report<'_>) {
    let schemas = index.schemas.iter().filter_map(|it| {
        let key = it.property()?;
        Some((key.name.as_str(), it.node, it.node, key.pos, &it.label))
    });
    let parameters = index.parameters.iter().filter_map(|it| {
        let schema = follow(index.document, it.node.get("schema")?)?;
        let value = schema.get("items").unwrap_or(schema);
        Some((it.name, it.node, value, it.pos, &it.label))
    });
    for (name, holder, schema, pos, label) in schemas.chain(parameters) {
        if kind(schema) != Some("integer") || holder.get("x-revio-id").is_some() {
            continue;
        }
        let id = camel(name.strip_prefix("search.").unwrap_or(name));
        let is_one = introduced.contains(id.as_str()) && id.ends_with("Id");
        if is_one && !admits_doubt(holder) {
            report.at(
                pos,
                format!("{label} is named for {id}, but is a plain integer"),
                format!(
                    "add x-revio-id: {id}, or say in the description why it isn't certain to be one"
                ),
            );
        }
    }
    for parameter in index.parameters.iter().filter(|it| it.place == "path") {
        let schema = parameter.node.get("schema");
        let is_integer = schema.and_then(kind) == Some("integer");
        if is_integer && parameter.node.get("x-revio-id").is_none() {
            report.at(
                parameter.pos,
                format!("{} is a plain integer", parameter.label),
                "add x-revio-id with the id type of the resource, such as BillId",
            );
        }
    }
}

/// The id types of records, of paths and of what is created, and the names of the records themselves:
/// others may point to one whose own id isn't known.
fn introduced<'d>(index: &Index<'d>) -> HashSet<&'d str> {
    let own = index.schemas.iter().map(|it| it.node);
    let own = own.filter(|node| node.get("x-revio-own-id").is_some());
    let paths = index.parameters.iter().filter(|it| it.place == "path");
    let creates = index.operations.iter().map(|it| it.node);
    own.chain(paths.map(|it| it.node))
        .chain(creates)
        .filter_map(|node| node.get("x-revio-id")?.as_str())
        .chain(
            index
                .operations
                .iter()
                .filter_map(|it| it.text("x-revio-record")),
        )
        .collect()
}

fn named(id: &Node, pos: Pos, label: &str, introduced: &HashSet<&str>, report: &mut Report<'_>) {
    let name = id.as_str().unwrap_or_default();
    if !is_type_name(name) || !name.ends_with("Id") || name == "Id" {
        report.at(
            pos,
            format!("the id type {name:?} of {label} doesn't look like one"),
            "write it like CustomerId",
        );
    } else if !introduced.contains(name) && !introduced.contains(name.trim_end_matches("Id")) {
        report.at(
            pos,
            format!("the id type {name} of {label} belongs to no resource"),
            "correct its name, or remove x-revio-id: the id stays a plain integer",
        );
    }
}
