//! Compares a service's own description (WSDL) with the tables of `schema/legacy`.
//!
//! What isn't published about the legacy operations is a setting of the client with an assumed default. One description,
//! downloaded by somebody who has an account, settles all of them: what differs comes out as the lines to configure the
//! client with.

mod compare;
mod comparison;
mod description;
mod difference;
mod fields;
mod result;
mod service;
mod types;

use std::fmt;

pub use self::difference::{Difference, Report};
use crate::soap::Wire;

/// Compares the text of a description with the tables.
///
/// # Errors
/// When the text is no description that could be compared.
///
/// ```
/// use revio_codegen::soap::wsdl::{Unreadable, check};
/// # use revio_codegen::load::Source;
/// # let read = |name: &str, text: &str| Source { path: name.to_owned(), text: text.to_owned() };
/// # let sources = [
/// #     read("common.json", include_str!("../../../../schema/legacy/common.json")),
/// #     read("products_update.json", include_str!("../../../../schema/legacy/products_update.json")),
/// # ];
/// # let wire = revio_codegen::soap::read(&sources).unwrap().unwrap();
/// let page = "<html><body>Sign in</body></html>";
/// assert_eq!(check(&wire, page).unwrap_err(), Unreadable::NoDescription("html".to_owned()));
/// ```
pub fn check(wire: &Wire, text: &str) -> Result<Report, Unreadable> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        ..roxmltree::ParsingOptions::default()
    };
    let text = text.trim_start_matches('\u{feff}');
    let document =
        roxmltree::Document::parse_with_options(text, options).map_err(|error| match error {
            roxmltree::Error::DtdDetected => Unreadable::Doctype,
            error => Unreadable::BrokenXml(error.to_string()),
        })?;
    let description = description::read(&document)?;
    Ok(compare::compare(wire, &description))
}

/// Why a text can't be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// It isn't XML.
    BrokenXml(String),
    /// It has a document type declaration, which no description needs and no reader should follow.
    Doctype,
    /// It is XML of another kind, with this root.
    NoDescription(String),
    /// Its types are in another file, at this address.
    TypesElsewhere(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BrokenXml(problem) => write!(
                f,
                "it isn't well-formed XML: {problem}; download it again, from the service's address with ?WSDL behind it"
            ),
            Self::Doctype => f.write_str(
                "it has a DOCTYPE, which no service description has; it may be a sign-in or error page",
            ),
            Self::NoDescription(root) => write!(
                f,
                "it is no WSDL 1.1: its root is <{root}>, not <definitions> of http://schemas.xmlsoap.org/wsdl/; download it from the service's address with ?WSDL behind it"
            ),
            Self::TypesElsewhere(place) => write!(
                f,
                "its types are in another file, {place}; download the description as one file, with ?singleWsdl behind the service's address"
            ),
        }
    }
}

impl std::error::Error for Unreadable {}
