//! Objects have the keys that they can't do without.

use super::index::Index;
use super::report::{Report, Rule};
use super::vocabulary::METHODS;
use super::walk;

pub(super) const RULE: Rule = Rule {
    id: "keyword-missing",
    summary: "Operations have responses, responses a description, headers a schema, servers a url.",
    pitfall: "the generator refuses the whole document without a line",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    walk::objects(index.document.root(), &mut |object| {
        if object.node.get("$ref").is_some() {
            return;
        }
        // Other rules speak about parameters and tags.
        let (what, keyword) = match object.under {
            "" => ("the document", "paths"),
            "responses" => ("a response", "description"),
            "headers" => ("a header", "schema"),
            "license" => ("a licence", "name"),
            "servers" => ("a server", "url"),
            method if METHODS.contains(&method) => ("an operation", "responses"),
            _ => return,
        };
        if object.node.get(keyword).is_none() {
            report.at(
                object.node.pos,
                format!("{what} has no {keyword}"),
                format!("add {keyword}"),
            );
        }
    });
}
