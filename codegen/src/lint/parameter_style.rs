//! Parameters are written in the one way that the client writes.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::{follow, kind, reference};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "parameter-style",
    summary: "Parameters go to path or query, have a schema that is no object, and the default style; lists \
              repeat the key.",
    pitfall: "explode: false is ignored without a word; other styles, places and path items behind a reference \
              are refused",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for (path, item) in &index.paths {
        if reference(item).is_some() {
            report.at(
                path.pos,
                format!("the path item {} is a reference", path.name),
                "write its operations here",
            );
        }
    }
    for parameter in &index.parameters {
        let label = &parameter.label;
        let pos_of = |key| {
            parameter
                .node
                .entry(key)
                .map_or(parameter.pos, |(key, _)| key.pos)
        };
        let style = match parameter.place {
            "path" => "simple",
            "query" => "form",
            other => {
                let message = format!("{label} goes to {other:?}");
                let help = "use path or query; the client writes the headers itself";
                report.at(pos_of("in"), message, help);
                continue;
            }
        };
        if let Some(other) = parameter.node.get("style")
            && other.as_str() != Some(style)
        {
            let help = format!("remove style: it is {style} in the {}", parameter.place);
            report.at(
                pos_of("style"),
                format!("{label} has another style than {style}"),
                help,
            );
        }
        let explode = parameter.node.get("explode").and_then(Node::as_bool);
        if parameter.place == "query" && explode == Some(false) {
            let help = "remove it: the key is repeated for each value";
            report.at(
                pos_of("explode"),
                format!("{label} has explode: false"),
                help,
            );
        }
        for keyword in ["allowReserved", "allowEmptyValue", "content"] {
            if parameter.node.get(keyword).is_some() {
                let message = format!("{label} uses {keyword}");
                report.at(pos_of(keyword), message, "describe it with a plain schema");
            }
        }
        match parameter.node.get("schema") {
            None => {
                if parameter.node.get("content").is_none() {
                    report.at(parameter.pos, format!("{label} has no schema"), "add one");
                }
            }
            Some(schema) => {
                if follow(index.document, schema).and_then(kind) == Some("object") {
                    let help = "make each of its properties a parameter";
                    report.at(pos_of("schema"), format!("{label} is an object"), help);
                }
            }
        }
    }
}
