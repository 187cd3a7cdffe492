//! What the service says it understood of a request, without the secrets that it may repeat.

use secrecy::ExposeSecret;

use super::document::{Document, Element, HIDDEN};
use super::parse;
use super::settings::Settings;
use super::table::{Kind, Structure};
use crate::generated::legacy::wire::WIRES;

/// The echo as markup. It comes as elements, or as markup in a text.
pub(super) fn redacted(element: Element<'_>, settings: &Settings) -> String {
    let is_secret = |name: &str| is_secret(settings, name);
    if element.has_children() {
        return element.markup_without(&is_secret);
    }
    match in_text(element, settings) {
        Some(document) => document
            .root()
            .map_or_else(String::new, |root| root.markup_without(&is_secret)),
        None => without_values(element.text(), settings),
    }
}

/// The document that an element's text is.
pub(super) fn in_text(element: Element<'_>, settings: &Settings) -> Option<Document> {
    let text = element.text().trim();
    // An outer element of our own, since there may be several.
    let wrapped = format!("<{OUTER}>{text}</{OUTER}>");
    parse::parse(text.as_bytes(), settings.max_elements)
        .or_else(|_| parse::parse(wrapped.as_bytes(), settings.max_elements))
        .ok()
        .filter(|document| document.root().is_some_and(Element::has_children))
}

const OUTER: &str = "Echo";

/// Whether an element of this name holds a secret of the login.
pub(super) fn is_secret(settings: &Settings, name: &str) -> bool {
    let part = |structure: &'static Structure| {
        structure
            .fields
            .iter()
            .any(|field| field.sensitive && settings.names.element(structure, field) == name)
    };
    WIRES
        .iter()
        .flat_map(|wire| wire.preamble.fields)
        .any(|field| match field.kind {
            Kind::One(structure) => part(structure),
            _ => false,
        })
}

/// A text without the values of the login, for an echo of no known form.
fn without_values(text: &str, settings: &Settings) -> String {
    let login = &settings.login;
    let mut secrets = vec![login.password.expose_secret(), login.user.as_str()];
    secrets.extend(
        login
            .impersonation_key
            .as_ref()
            .map(ExposeSecret::expose_secret),
    );
    secrets
        .into_iter()
        .fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN))
}
