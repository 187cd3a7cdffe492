//! The ways to sign in that the client knows.

use super::index::{Index, components};
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "security-scheme",
    summary: "A security scheme is basic authentication or a key in a named header.",
    pitfall: "the client signs in in these two ways only, and the generator refuses what is no scheme at all",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for (name, scheme) in components(index.document, "securitySchemes") {
        let text = |key: &str| scheme.get(key).and_then(|value| value.as_str());
        let is_basic = text("type") == Some("http") && text("scheme") == Some("basic");
        let is_key = text("type") == Some("apiKey")
            && text("in") == Some("header")
            && text("name").is_some_and(|name| !name.is_empty());
        if !is_basic && !is_key {
            report.at(
                name.pos,
                format!("{} is no way to sign in that the client knows", name.name),
                "write {type: http, scheme: basic}, or {type: apiKey, in: header, name: ...}",
            );
        }
    }
}
