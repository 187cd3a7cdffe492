//! How the legacy SOAP operations look on the wire: the `x-xml-` annotations of `schema/legacy/` as
//! values.
//!
//! The table of the Rust crate is made of this, with the same names; [`wsdl`] compares a description of
//! the service that somebody downloads with it.

mod read;
mod rules;
mod service;
mod text;
mod words;
pub mod wsdl;

use std::collections::BTreeMap;

use crate::load::{self, Document, Source};
use crate::model::{Effect, Evidence};
use api_schema_text::Diagnostic;

pub use self::rules::{Limit, Rules};
pub use self::service::Service;
pub(crate) use self::text::target;
pub(crate) use self::words::{EFFECTS, EVIDENCE, STYLES};

/// Everything that the annotations say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wire {
    /// What all operations share.
    pub service: Service,
    /// The operations in order of their files.
    pub operations: Vec<Operation>,
    /// What their messages are made of, by the name of the definition.
    pub structures: BTreeMap<String, Structure>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name on the wire: `Products_Query`.
    pub name: String,
    /// The stem of its file: `products_query`.
    pub module: String,
    /// One line about it.
    pub summary: String,
    /// What a call does; money is moved by none.
    pub effect: Effect,
    /// How it is known; none is a mere candidate.
    pub evidence: Evidence,
    /// The structure of its request.
    pub request: String,
    /// The structure of its answer.
    pub response: String,
    /// The structure of what stands before the request's own fields.
    pub preamble: String,
    /// An element around the request's own fields, and other names that it may have.
    pub wrapper: Named<Option<String>>,
    /// `plain` or `updated-pair`.
    pub value_style: Named<String>,
}

/// A choice of the wire, with the others that are possible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named<T> {
    /// What is taken by default.
    pub value: T,
    /// What the service may turn out to want instead.
    pub candidates: Vec<String>,
}

/// An element with elements in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    /// The name of its definition, and of its Rust type.
    pub name: String,
    /// The name of its element as the item of a list.
    pub item: Named<Option<String>>,
    /// What it holds, in wire order.
    pub fields: Vec<Field>,
    /// What a request must fulfil.
    pub rules: Rules,
    /// Fields that may stand beside it instead of inside it.
    pub stray: Option<Stray>,
}

/// Fields of an item that may stand in one of the elements around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Their names.
    pub fields: Vec<String>,
    /// The elements around the item, from the inside.
    pub parents: Vec<String>,
}

/// A field of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the schema.
    pub name: String,
    /// The name of its element.
    pub element: String,
    /// Its type.
    pub kind: Kind,
    /// Whether a request must have it.
    pub required: bool,
    /// Whether its value must never be shown.
    pub sensitive: bool,
    /// What its value must fulfil.
    pub limits: Vec<Limit>,
    /// What its value should fulfil.
    pub advised: Vec<Limit>,
    /// The field of the answered rows that repeats this filter's value.
    pub row_field: Option<String>,
    /// How it is found in an answer whose layout isn't known.
    pub signature: Option<Signature>,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `xsd:int`
    Int,
    /// `xsd:decimal`
    Decimal,
    /// `xsd:boolean`
    Bool,
    /// `xsd:string`
    Text,
    /// `xsd:dateTime`
    Date,
    /// Markup, kept as text.
    Markup,
    /// A structure.
    One(String),
    /// The field's element repeated, each with a scalar.
    Repeated(Box<Kind>),
    /// The field's element around structures.
    Wrapped(String),
}

/// Direct children by which an element is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// All of these.
    pub all: Vec<String>,
    /// And one of these, if there are any.
    pub any: Vec<String>,
}

/// Reads the annotations of the files of `schema/legacy/`; `None` when no operation has any.
///
/// # Errors
/// What can't be put into the table, with file and line.
///
/// ```
/// use revio_codegen::load::Source;
///
/// let file = Source { path: "schema/legacy/common.json".to_owned(), text: "{}".to_owned() };
/// assert_eq!(revio_codegen::soap::read(&[file]).unwrap(), None);
/// ```
pub fn read(sources: &[Source]) -> Result<Option<Wire>, Vec<Diagnostic>> {
    of_documents(&documents(sources)?)
}

/// Every file with its stem, in the order of the stems.
///
/// # Errors
/// What is no JSON, of all files.
pub(crate) fn documents(sources: &[Source]) -> Result<Vec<(String, Document)>, Vec<Diagnostic>> {
    let mut documents = Vec::new();
    let mut complaints = Vec::new();
    for source in sources {
        let file = source.path.rsplit('/').next().unwrap_or(&source.path);
        match load::json(source) {
            Ok(document) => documents.push((file.trim_end_matches(".json").to_owned(), document)),
            Err(found) => complaints.extend(found),
        }
    }
    documents.sort_by(|(a, _), (b, _)| a.cmp(b));
    if complaints.is_empty() {
        Ok(documents)
    } else {
        Err(complaints)
    }
}

/// The same of documents that are read, each with the stem of its file.
pub(crate) fn of_documents(
    documents: &[(String, Document)],
) -> Result<Option<Wire>, Vec<Diagnostic>> {
    read::wire(documents).map_err(|diagnostic| vec![diagnostic])
}
