//! References lead somewhere.

use super::index::{Index, components};
use super::names::nearest;
use super::report::{Report, Rule};
use super::shape::{follow, reference};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "refs-resolve",
    summary: "A $ref names an existing component of the kind that its place needs; a security requirement names \
              an existing scheme.",
    pitfall: "the generator panics on a dangling reference without saying where",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for it in &index.references {
        let Some(text) = it.text.as_str() else {
            report.at(
                it.key.pos,
                format!("$ref is {}", it.text.value.kind()),
                "write a text like '#/components/schemas/Bill'",
            );
            continue;
        };
        // no-external-ref and parameter-style speak about the others.
        if !text.starts_with('#') || it.under == "paths" {
            continue;
        }
        let kind = needed(it.under);
        let wanted = format!("#/components/{kind}/");
        let is_component = text
            .strip_prefix(&wanted)
            .is_some_and(|name| !name.is_empty() && !name.contains('/'));
        if !is_component {
            report.at(
                it.key.pos,
                format!("{text} is no component of the kind that stands here"),
                format!("write {wanted} and a name"),
            );
        } else if index.document.resolve(text).is_none() {
            let names = components(index.document, kind).map(|(key, _)| key.name.as_str());
            report.at(
                it.key.pos,
                format!("{text} doesn't exist"),
                match nearest(text.trim_start_matches(&wanted), names) {
                    Some(name) => format!("define it, or write {name} if that was meant"),
                    None => format!("define it under components/{kind}"),
                },
            );
        } else if follow(index.document, it.holder).is_none() && reference(it.holder).is_some() {
            report.at(
                it.key.pos,
                format!("{text} leads to another reference that ends nowhere"),
                "refer to the component itself",
            );
        }
    }
    security(index, report);
}

/// The kind of component that a place needs.
fn needed(under: &str) -> &'static str {
    match under {
        "parameters" => "parameters",
        "responses" => "responses",
        "requestBody" | "requestBodies" => "requestBodies",
        "headers" => "headers",
        "examples" => "examples",
        "links" => "links",
        "callbacks" => "callbacks",
        "securitySchemes" => "securitySchemes",
        _ => "schemas",
    }
}

fn security(index: &Index<'_>, report: &mut Report<'_>) {
    let requirements = index.document.root().get("security");
    for requirement in requirements.into_iter().flat_map(Node::items) {
        for (scheme, _) in requirement.entries() {
            let name = format!("#/components/securitySchemes/{}", scheme.name);
            if index.document.resolve(&name).is_none() {
                report.at(
                    scheme.pos,
                    format!("the security scheme {} doesn't exist", scheme.name),
                    "define it under components/securitySchemes",
                );
            }
        }
    }
}
