//! A request body is declared as JSON; what is really sent stands beside it.

use super::index::Index;
use super::report::{Report, Rule};
use super::vocabulary::{JSON, JSON_PATCH};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "request-one-media-type",
    summary: "A request body is declared as application/json only; another JSON media type goes to \
              x-revio-content-type.",
    pitfall: "other media types are generator errors, and two of them a panic",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let name = &operation.name;
        if let Some(sent) = operation.node.get("x-revio-content-type") {
            let pos = operation.pos_of("x-revio-content-type");
            if operation.body.is_none() {
                report.at(
                    pos,
                    format!("{name} has x-revio-content-type but no request body"),
                    "remove it, or add the requestBody",
                );
            } else if sent.as_str() != Some(JSON_PATCH) {
                report.at(
                    pos,
                    format!("{name} is sent as a media type that the client doesn't write"),
                    format!("write {JSON_PATCH}, or remove it when the body is sent as {JSON}"),
                );
            }
        }
        let Some(body) = operation.body else { continue };
        let content = body.get("content");
        let media: Vec<_> = content.into_iter().flat_map(Node::entries).collect();
        if media.is_empty() {
            report.at(
                operation.pos_of("requestBody"),
                format!("the request body of {name} has no content"),
                format!("declare it under {JSON}"),
            );
        }
        for (key, media) in media {
            if key.name != JSON {
                report.at(
                    key.pos,
                    format!("the request body of {name} has the media type {}", key.name),
                    format!(
                        "declare it under {JSON}; what is really sent goes to x-revio-content-type"
                    ),
                );
            } else if media.get("schema").is_none() {
                report.at(
                    key.pos,
                    format!("the request body of {name} has no schema"),
                    "add one; unknown fields are $ref: '#/components/schemas/FreeForm'",
                );
            }
        }
    }
}
