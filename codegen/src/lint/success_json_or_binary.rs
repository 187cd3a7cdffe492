//! A success carries JSON or a file.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::{follow, kind};
use super::vocabulary::{BINARY, JSON};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "success-json-or-binary",
    summary: "A success has one media type: application/json with a schema, or application/octet-stream \
              with format binary.",
    pitfall: "other JSON media types silently become untyped bytes, and two media types panic",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        for (status, response) in &operation.successes {
            let what = format!("{} of {}", status.name, operation.name);
            let content = response.get("content");
            let media: Vec<_> = content.into_iter().flat_map(Node::entries).collect();
            match media.as_slice() {
                [] => {
                    if status.name != "204" {
                        report.at(
                            status.pos,
                            format!("{what} has no content"),
                            "declare the JSON it answers with, or use 204 when the body is empty",
                        );
                    }
                }
                [(name, media)] => {
                    let schema = media.get("schema");
                    match name.name.as_str() {
                        JSON if schema.is_none() => report.at(
                            name.pos,
                            format!("{what} is JSON without a schema"),
                            "add one; an unknown shape is $ref: '#/components/schemas/FreeForm'",
                        ),
                        JSON => {}
                        BINARY => {
                            let schema = schema.and_then(|it| follow(index.document, it));
                            let is_file = schema.is_some_and(|schema| {
                                kind(schema) == Some("string")
                                    && schema.get("format").and_then(|it| it.as_str())
                                        == Some("binary")
                            });
                            if !is_file {
                                report.at(
                                    name.pos,
                                    format!("{what} is a file without a binary schema"),
                                    "write schema: {type: string, format: binary}",
                                );
                            }
                        }
                        other => report.at(
                            name.pos,
                            format!("{what} has the media type {other}"),
                            format!("declare JSON as {JSON}, whatever its spelling on the wire, and files as {BINARY}"),
                        ),
                    }
                }
                [_, others @ ..] => {
                    for (name, _) in others {
                        report.at(
                            name.pos,
                            format!("{what} has a second media type {}", name.name),
                            "keep one",
                        );
                    }
                }
            }
        }
    }
}
