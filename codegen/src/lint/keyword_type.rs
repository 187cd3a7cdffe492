//! Keywords hold what they are made for.

use super::index::Index;
use super::report::{Report, Rule};
use super::walk;
use crate::load::{Node, Value};

pub(super) const RULE: Rule = Rule {
    id: "keyword-type",
    summary: "The value of every keyword has the type that OpenAPI 3.0 gives it: nullable is true or false, maxLength \
              a whole number, required a list in a schema and true or false elsewhere.",
    pitfall: "the generator refuses the whole document without a line; `yes` is a text in YAML 1.2",
    check,
};

#[derive(Clone, Copy)]
enum Holds {
    Bool,
    Text,
    Number,
    Count,
    List,
    Texts,
    Object,
    ObjectOrBool,
}

const KEYWORDS: &[(Holds, &[&str])] = &[
    (
        Holds::Bool,
        &[
            "nullable",
            "readOnly",
            "writeOnly",
            "deprecated",
            "uniqueItems",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "explode",
            "allowReserved",
            "allowEmptyValue",
        ],
    ),
    (
        Holds::Text,
        &[
            "format",
            "pattern",
            "title",
            "description",
            "summary",
            "operationId",
            "name",
            "in",
            "style",
            "url",
            "email",
            "termsOfService",
        ],
    ),
    (Holds::Number, &["minimum", "maximum", "multipleOf"]),
    (
        Holds::Count,
        &[
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
        ],
    ),
    (
        Holds::List,
        &["enum", "allOf", "oneOf", "anyOf", "servers", "security"],
    ),
    (
        Holds::Object,
        &[
            "items",
            "properties",
            "not",
            "schema",
            "content",
            "responses",
            "headers",
            "requestBody",
            "info",
            "paths",
            "components",
            "schemas",
            "securitySchemes",
            "externalDocs",
            "discriminator",
            "contact",
            "license",
        ],
    ),
    (Holds::ObjectOrBool, &["additionalProperties"]),
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    numbers(index.document.root(), report);
    let requirements = index.document.root().get("security");
    for requirement in requirements.into_iter().flat_map(Node::items) {
        for (scheme, scopes) in requirement.entries() {
            if !Holds::Texts.allows(scopes) {
                report.at(
                    scopes.pos,
                    format!("the scopes of {} are {}", scheme.name, scopes.value.kind()),
                    "write an empty list: []",
                );
            }
        }
    }
    walk::objects(index.document.root(), &mut |object| {
        for (key, value) in object.node.entries() {
            let holds = match (key.name.as_str(), object.under) {
                // openapi-version speaks about these.
                ("title" | "version", "info") => continue,
                // Tags have names at the top and are names on operations.
                ("parameters", "components") => Holds::Object,
                ("tags", "") | ("parameters", _) => Holds::List,
                ("required", "parameters" | "requestBody" | "requestBodies" | "headers") => {
                    Holds::Bool
                }
                ("tags" | "required", _) => Holds::Texts,
                (name, _) => match KEYWORDS.iter().find(|(_, names)| names.contains(&name)) {
                    Some((holds, _)) => *holds,
                    None => continue,
                },
            };
            if !holds.allows(value) {
                report.at(
                    value.pos,
                    format!("{} is {}", key.name, value.value.kind()),
                    format!("write {}", holds.name()),
                );
            }
        }
        // Entries of maps of names, and items of lists, are objects too.
        for map in [
            "properties",
            "schemas",
            "responses",
            "headers",
            "content",
            "parameters",
            "allOf",
            "oneOf",
            "anyOf",
            "servers",
            "security",
            "securitySchemes",
        ] {
            let Some(map) = object.node.get(map) else {
                continue;
            };
            let entries = map.entries().map(|(_, value)| value);
            for value in entries.chain(map.items()) {
                if value.as_object().is_none() {
                    report.at(
                        value.pos,
                        format!("{} where an object belongs", value.value.kind()),
                        "write an object, or remove it",
                    );
                }
            }
        }
    });
}

/// Every number can be read, wherever it stands.
fn numbers(node: &Node, report: &mut Report<'_>) {
    if let Value::Number(digits) = &node.value
        && !digits.parse::<f64>().is_ok_and(f64::is_finite)
    {
        report.at(
            node.pos,
            format!("the number {digits} is too large"),
            "quote it, or leave it out",
        );
    }
    let values = node.entries().map(|(_, value)| value);
    for inner in node.items().chain(values) {
        numbers(inner, report);
    }
}

impl Holds {
    fn allows(self, value: &Node) -> bool {
        match (self, &value.value) {
            (Self::Bool | Self::ObjectOrBool, Value::Bool(_))
            | (Self::Text, Value::String(_))
            | (Self::Number, Value::Number(_))
            | (Self::List, Value::Array(_))
            | (Self::Object | Self::ObjectOrBool, Value::Object(_)) => true,
            (Self::Count, Value::Number(_)) => value.as_i64().is_some_and(|count| count >= 0),
            (Self::Texts, Value::Array(items)) => items.iter().all(|item| item.as_str().is_some()),
            _ => false,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Text => "a text, in quotes if it looks like something else",
            Self::Number => "a number",
            Self::Count => "a whole number",
            Self::List => "a list",
            Self::Texts => "a list of texts",
            Self::Object => "an object",
            Self::ObjectOrBool => "an object, or remove it",
        }
    }
}
