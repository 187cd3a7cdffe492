//! What the service says it understood of a request, without the secrets that it may repeat.

use super::document::{Document, Element};
use super::parse;
use super::secrets;
use super::settings::Settings;

/// The echo as markup. It comes as elements, or as markup in a text.
pub(super) fn redacted(element: Element<'_>, settings: &Settings) -> String {
    let is_secret = |name: &str| secrets::is_secret(settings, name);
    if element.has_children() {
        return element.markup_without(&is_secret);
    }
    match in_text(element, settings) {
        Some(document) => document
            .root()
            .map_or_else(String::new, |root| root.markup_without(&is_secret)),
        None => secrets::hide(element.text(), settings),
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
