//! A create answers with the id of what it made.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::component;
use super::vocabulary::schema::CREATED;

pub(super) const RULE: Rule = Rule {
    id: "create-shape",
    summary: "A create is a POST that answers 201 with Created and a Location header, and names the type of the new \
              id in x-revio-id; nothing else does.",
    pitfall: "the new id would be a bare number, usable as the id of anything",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let name = &operation.name;
        // operation-id-form and one-tag speak about operations without a verb.
        let Some(verb) = operation.verb() else {
            continue;
        };
        let is_create = verb == "create" || verb.starts_with("create_");
        let reply = operation.reply();
        let is_created = reply.is_some_and(|(_, schema)| component(schema) == Some(CREATED));
        if !is_create {
            if is_created {
                report.at(
                    operation.pos_of("operationId"),
                    format!("{name} answers {CREATED}, but isn't called create"),
                    "name it for the verb create, or answer something else",
                );
            }
            if operation.node.get("x-revio-id").is_some() {
                report.at(
                    operation.pos_of("x-revio-id"),
                    format!("{name} has x-revio-id, but creates nothing"),
                    "remove it",
                );
            }
            continue;
        }
        if operation.method.name != "post" {
            report.at(
                operation.method.pos,
                format!("{name} is a {}", operation.method.name.to_uppercase()),
                "use POST or another verb",
            );
        }
        if !is_created {
            report.at(
                reply.map_or(operation.pos_of("responses"), |(_, schema)| schema.pos),
                format!("{name} doesn't answer {CREATED}"),
                format!("write $ref: '#/components/schemas/{CREATED}'"),
            );
        }
        for (status, response) in &operation.successes {
            if status.name != "201" {
                report.at(
                    status.pos,
                    format!("{name} answers {}", status.name),
                    "write '201'",
                );
            }
            if response
                .get("headers")
                .and_then(|it| it.get("Location"))
                .is_none()
            {
                report.at(
                    status.pos,
                    format!("{name} has no Location header"),
                    "add headers: {Location: {description: ..., schema: {type: string}}}",
                );
            }
        }
        if operation.node.get("x-revio-id").is_none() {
            report.at(
                operation.method.pos,
                format!("{name} doesn't say whose id it answers"),
                "add x-revio-id, such as CustomerId",
            );
        }
    }
}
