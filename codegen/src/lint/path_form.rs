//! Paths are plain and different from each other.

use std::collections::HashMap;

use super::index::Index;
use super::path_parameters_declared::placeholders;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-form",
    summary: "A path starts with a slash, ends without one, has no empty or dot segments, and differs from \
              others in more than the names of its parameters.",
    pitfall: "URLs fold dot segments, so that the call goes to another path; equal templates hide each other",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let mut seen = HashMap::new();
    for (path, _) in &index.paths {
        let name = path.name.as_str();
        let Some(names) = placeholders(name) else {
            report.at(
                path.pos,
                format!("the braces of the path {name:?} don't match"),
                "write each parameter as {name}",
            );
            continue;
        };
        if let Some(defect) = defect(name) {
            report.at(
                path.pos,
                format!("the path {name:?} {defect}"),
                "write it like /BillProfiles/{id}",
            );
        }
        let bare = names.iter().fold(name.to_owned(), |path, name| {
            path.replace(&format!("{{{name}}}"), "{}")
        });
        if let Some((other, pos)) = seen.insert(bare, (name, path.pos)) {
            report.at(
                path.pos,
                format!(
                    "the path {name} is the same as {other} in {}",
                    report.place(pos)
                ),
                "put the operations of both under one of them",
            );
        }
    }
}

fn defect(path: &str) -> Option<&'static str> {
    let Some(segments) = path.strip_prefix('/') else {
        return Some("doesn't start with a slash");
    };
    if segments.is_empty() || segments.ends_with('/') {
        return Some("ends with a slash");
    }
    if segments.split('/').any(str::is_empty) {
        return Some("has an empty segment");
    }
    if segments.split('/').any(|it| it == "." || it == "..") {
        return Some("has a dot segment");
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-._~{}".contains(c);
    let in_names = placeholders(path)?.concat();
    let outside = path.chars().filter(|c| !is_plain(*c)).count();
    let inside = in_names.chars().filter(|c| !is_plain(*c)).count();
    (outside > inside).then_some("has characters that a URL would escape")
}
