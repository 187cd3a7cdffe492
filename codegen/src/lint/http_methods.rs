//! The methods that the client speaks.

use super::index::Index;
use super::report::{Report, Rule};
use super::vocabulary::METHODS;

pub(super) const RULE: Rule = Rule {
    id: "http-methods",
    summary: "Operations use GET, POST, PUT, PATCH and DELETE; a path item has nothing beside them but parameters.",
    pitfall: "TRACE gives code that does not compile, and servers or summaries of a path are dropped in silence",
    check,
};

const USED: &[&str] = &["get", "post", "put", "patch", "delete"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for (path, item) in &index.paths {
        if item.as_object().is_none() {
            report.at(
                path.pos,
                format!("the path {} is {}", path.name, item.value.kind()),
                "write its operations under their methods",
            );
        }
        for (key, _) in item.entries() {
            let name = key.name.as_str();
            // parameter-style speaks about references.
            if USED.contains(&name) || name == "parameters" || name == "$ref" {
                continue;
            }
            if METHODS.contains(&name) {
                report.at(
                    key.pos,
                    format!("{} has the method {}", path.name, name.to_uppercase()),
                    "remove it; the client sends GET, POST, PUT, PATCH and DELETE",
                );
            } else {
                report.at(
                    key.pos,
                    format!("{} has {name:?}, which nothing reads", path.name),
                    "write it on each operation, or remove it",
                );
            }
        }
    }
}
