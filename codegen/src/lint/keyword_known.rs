//! Keywords are spelt as the generator reads them.

use super::index::Index;
use super::names::nearest;
use super::report::{Report, Rule};
use super::vocabulary::METHODS;
use super::walk::{self, Object};

pub(super) const RULE: Rule = Rule {
    id: "keyword-known",
    summary: "Every key is one that OpenAPI 3.0 defines for its place and that somebody reads: no links, encodings and \
              lists of examples.",
    pitfall: "a misspelt key has no effect: `nulable: true` leaves the field as it was",
    check,
};

const ROOT: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "paths",
    "components",
    "externalDocs",
];

const COMPONENTS: &[&str] = &["schemas", "responses", "parameters", "securitySchemes"];

const INFO: &[&str] = &[
    "title",
    "version",
    "description",
    "termsOfService",
    "contact",
    "license",
];

const SERVER: &[&str] = &["url", "description"];

const CONTACT: &[&str] = &["name", "url", "email"];

const LICENSE: &[&str] = &["name", "url"];

const TAG: &[&str] = &["name", "description", "externalDocs"];

const EXTERNAL_DOCS: &[&str] = &["url", "description"];

const OPERATION: &[&str] = &[
    "operationId",
    "tags",
    "summary",
    "description",
    "externalDocs",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
];

const PARAMETER: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "style",
    "explode",
    "allowReserved",
    "schema",
    "example",
    "content",
];

const BODY: &[&str] = &["description", "content", "required"];

const RESPONSE: &[&str] = &["description", "headers", "content"];

const HEADER: &[&str] = &["description", "required", "deprecated", "schema", "example"];

const MEDIA_TYPE: &[&str] = &["schema", "example"];

const SCHEMA: &[&str] = &[
    "title",
    "description",
    "type",
    "format",
    "nullable",
    "enum",
    "default",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "discriminator",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "readOnly",
    "writeOnly",
    "deprecated",
    "example",
    "externalDocs",
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    walk::objects(index.document.root(), &mut |object| {
        let Some((what, keywords)) = keywords(object) else {
            return;
        };
        for (key, _) in object.node.entries() {
            let name = key.name.as_str();
            // ref-alone and extension-known speak about the others.
            if keywords.contains(&name) || name == "$ref" || name.starts_with("x-") {
                continue;
            }
            let help = match nearest(name, keywords.iter().copied()) {
                Some(keyword) => format!("write {keyword} if that was meant"),
                None => "remove it, or move it to where it belongs".to_owned(),
            };
            report.at(key.pos, format!("{what} has no key {name:?}"), help);
        }
    });
}

/// What the object is, and the keys it can have.
fn keywords(object: Object<'_>) -> Option<(&'static str, &'static [&'static str])> {
    Some(match object.under {
        "" => ("the document", ROOT),
        "info" => ("info", INFO),
        "contact" => ("contact", CONTACT),
        "license" => ("license", LICENSE),
        "servers" => ("a server", SERVER),
        "tags" => ("a tag", TAG),
        "components" => ("components", COMPONENTS),
        "externalDocs" => ("externalDocs", EXTERNAL_DOCS),
        "parameters" => ("a parameter", PARAMETER),
        "requestBody" | "requestBodies" => ("a request body", BODY),
        "responses" => ("a response", RESPONSE),
        "headers" => ("a header", HEADER),
        "content" => ("a media type", MEDIA_TYPE),
        "schemas"
        | "properties"
        | "schema"
        | "items"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "not"
        | "additionalProperties" => ("a schema", SCHEMA),
        method if METHODS.contains(&method) => ("an operation", OPERATION),
        _ => return None,
    })
}
