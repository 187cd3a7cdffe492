//! What is obviously personal or secret is marked.

use super::index::Index;
use super::names::snake;
use super::report::{Report, Rule};
use super::shape::{follow, is_true, kind};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "sensitive-marked",
    summary: "Texts named for a person, an address, a way to reach somebody or a secret have x-revio-sensitive.",
    pitfall: "unmarked fields appear in Debug output, and so in the logs of every user",
    check,
};

/// Words, or words in a row, of the names of secrets.
const SECRETS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "pin",
    "cvv",
    "ssn",
    "card_number",
    "routing_number",
    "credential",
    "credentials",
    "session",
    "session_key",
    "session_id",
    "impersonation_key",
    "api_key",
    "access_key",
    "private_key",
    "subscription_key",
    "security_code",
];

/// The same of what is personal.
const NAMES: &[&str] = &[
    "email",
    "phone",
    "fax",
    "mobile",
    "ein",
    "tax_id",
    "federal_id",
    "birth",
    "dob",
    "first_name",
    "middle_name",
    "middle_initial",
    "last_name",
    "full_name",
    "company_name",
    "line_1",
    "line_2",
    "city",
    "postal_code",
    "zip",
    "iban",
    "last_4",
    "last_four",
    "authorization_code",
    "registration_code",
    "login",
    "username",
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        if let Some(key) = schema.property()
            && is_telling(&key.name)
            && kind(schema.node) == Some("string")
            && schema.node.get("format").is_none()
            && !is_true(schema.node, "x-revio-sensitive")
        {
            report.at(
                key.pos,
                format!(
                    "{} sounds personal or secret, but isn't marked",
                    schema.label
                ),
                "add x-revio-sensitive: true",
            );
        }
    }
    for parameter in &index.parameters {
        let schema = parameter.node.get("schema");
        let schema = schema.and_then(|it| follow(index.document, it));
        if is_telling(parameter.name)
            && schema.and_then(kind) == Some("string")
            && schema
                .and_then(|it| it.get("format"))
                .and_then(Node::as_str)
                .is_none()
            && !is_true(parameter.node, "x-revio-sensitive")
        {
            report.at(
                parameter.pos,
                format!(
                    "{} sounds personal or secret, but isn't marked",
                    parameter.label
                ),
                "add x-revio-sensitive: true",
            );
        }
    }
}

/// Whether what has this name is secret or personal, judged by the name alone.
pub(super) fn is_telling(name: &str) -> bool {
    is_secret(name) || has_words(name, NAMES)
}

/// Whether what has this name is secret even when it is a number.
pub(super) fn is_secret(name: &str) -> bool {
    has_words(name, SECRETS)
}

/// Whether some of the words follow each other in the name, with or without something between them.
fn has_words(name: &str, all: &[&str]) -> bool {
    let words = format!("_{}_", snake(name));
    let squeezed = words.replace('_', "");
    all.iter()
        .any(|known| words.contains(&format!("_{known}_")) || squeezed == known.replace('_', ""))
}
