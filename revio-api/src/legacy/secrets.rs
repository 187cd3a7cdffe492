//! Texts without the secrets that the service may repeat in them.
//!
//! Every response carries the key of its session, and an echo the whole login. What a caller can get at in an error or an
//! echo has neither.

use quick_xml::escape::minimal_escape;
use secrecy::ExposeSecret;

use super::document::{Document, Element, HIDDEN};
use super::parse;
use super::settings::Settings;
use super::table::Kind;
use crate::generated::legacy::wire::WIRES;

/// Whether an element of this name holds a secret of the login or the session.
pub(super) fn is_secret(settings: &Settings, name: &str) -> bool {
    // The service has variants of its own, such as an encoded key.
    names(settings)
        .iter()
        .any(|secret| name.starts_with(secret))
}

/// The text without the values of elements that hold a secret, in markup and in markup within text, and without the
/// password wherever it stands.
pub(super) fn hide(text: &str, settings: &Settings) -> String {
    hide_all([text], settings).concat()
}

/// The same for texts that belong together: what is a secret in one of them is hidden in those behind it, too.
pub(super) fn hide_all<const N: usize>(texts: [&str; N], settings: &Settings) -> [String; N] {
    let login = &settings.login;
    let own = [Some(&login.password), login.impersonation_key.as_ref()];
    let mut known: Vec<String> = Vec::new();
    for secret in own.into_iter().flatten().map(ExposeSecret::expose_secret) {
        known.extend([secret.to_owned(), minimal_escape(secret).into_owned()]);
    }
    texts.map(|text| {
        let mut text = text.to_owned();
        for name in names(settings) {
            text = hide_element(&text, name, &mut known);
        }
        known
            .iter()
            .fold(text, |text, secret| text.replace(secret, HIDDEN))
    })
}

/// The elements of the login and the session that the schema marks as sensitive.
fn names(settings: &Settings) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for field in WIRES.iter().flat_map(|wire| wire.preamble.fields) {
        if let Kind::One(part) = field.kind {
            let secret = part.fields.iter().filter(|field| field.sensitive);
            names.extend(secret.map(|field| settings.names.element(part, field)));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn hide_element(text: &str, name: &str, known: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = rest.split_at(at + name.len());
        out.push_str(before);
        rest = after;
        let opens = before[..at].ends_with(['<', ':']) || before[..at].ends_with("&lt;");
        let Some(start) = opens.then(|| end_of_tag(after)).flatten() else {
            continue;
        };
        let content = &after[start..];
        let end = [content.find('<'), content.find("&lt;")]
            .into_iter()
            .flatten()
            .min();
        let end = end.unwrap_or(content.len());
        out.push_str(&after[..start]);
        let secret = content[..end].trim();
        if !secret.is_empty() && secret != HIDDEN {
            // A short one would turn up in the middle of other words.
            if secret.len() >= 6 {
                known.push(secret.to_owned());
            }
            out.push_str(HIDDEN);
        }
        rest = &content[end..];
    }
    out.push_str(rest);
    out
}

/// Where the content behind a tag's name starts; nothing if the element is empty.
fn end_of_tag(after: &str) -> Option<usize> {
    let ends = [(">", 1), ("&gt;", 4)];
    let (at, length) = ends
        .iter()
        .filter_map(|(end, length)| Some((after.find(end)?, length)))
        .min()?;
    (!after[..at].ends_with('/')).then_some(at + length)
}

/// The echo as markup. It comes as elements, or as markup in a text.
pub(super) fn redacted_echo(element: Element<'_>, settings: &Settings) -> String {
    let is_secret = |name: &str| is_secret(settings, name);
    if element.has_children() {
        return element.markup_without(&is_secret);
    }
    match echo_in_text(element, settings) {
        Some(document) => document
            .root()
            .map_or_else(String::new, |root| root.markup_without(&is_secret)),
        None => hide(element.text(), settings),
    }
}

/// The document that an element's text is.
pub(super) fn echo_in_text(element: Element<'_>, settings: &Settings) -> Option<Document> {
    let text = element.text().trim();
    // An outer element of our own, since there may be several.
    let wrapped = format!("<{OUTER}>{text}</{OUTER}>");
    parse::parse(text.as_bytes(), settings.max_elements)
        .or_else(|_| parse::parse(wrapped.as_bytes(), settings.max_elements))
        .ok()
        .filter(|document| document.root().is_some_and(Element::has_children))
}

const OUTER: &str = "Echo";
