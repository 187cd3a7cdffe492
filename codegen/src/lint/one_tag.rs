//! One file, one resource, one tag.

use std::collections::HashMap;

use super::index::Index;
use super::names::is_module_name;
use super::report::{Report, Rule};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "one-tag",
    summary: "An operation has exactly one tag: the one that its file declares and is named for.",
    pitfall: "each tag becomes a handle, and an operation with two tags would be made twice",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let mut declared = HashMap::new();
    let tags = index.document.root().get("tags");
    for tag in tags.into_iter().flat_map(Node::items) {
        let Some((_, name)) = tag.entry("name") else {
            report.at(tag.pos, "a tag without a name", "add name");
            continue;
        };
        let text = name.as_str().unwrap_or_default();
        declared.insert(text, (name.pos, false));
        let stem = stem(index.document.file(name.pos));
        if !is_module_name(text) {
            report.at(
                name.pos,
                format!("the tag {text:?} is no name for a Rust module"),
                "write the resource in snake case and plural, such as bill_profiles",
            );
        } else if text != stem {
            report.at(
                name.pos,
                format!("the tag {text} is declared in the file {stem}"),
                format!("move it to {text}.yaml, or rename it to {stem}"),
            );
        }
    }
    for operation in &index.operations {
        let pos = operation.pos_of("tags");
        let name = &operation.name;
        let Some(tag) = operation.tag() else {
            let count = operation
                .node
                .get("tags")
                .map_or(0, |tags| tags.items().len());
            report.at(pos, format!("{name} has {count} tags"), "write exactly one");
            continue;
        };
        match declared.get_mut(tag) {
            None => report.at(
                pos,
                format!("{name} has the tag {tag}, which no file declares"),
                "add it to tags in the resource's own file",
            ),
            Some((_, used)) => *used = true,
        }
        let file = index.document.file(operation.method.pos);
        if stem(file) != tag {
            report.at(
                pos,
                format!("{name} has the tag {tag} but stands in {file}"),
                format!("move it to {tag}.yaml"),
            );
        }
    }
    for (tag, (pos, used)) in declared {
        if !used {
            report.at(
                pos,
                format!("the tag {tag} has no operation"),
                "remove the tag, or give it to its operations",
            );
        }
    }
}

/// The name of a file without folders and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}
