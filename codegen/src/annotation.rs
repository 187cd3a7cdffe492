//! The names of the schema's annotations. Readers look for these constants, and the lint knows no others.

/// How well something is known.
pub(crate) const EVIDENCE: &str = "x-revio-evidence";
/// Where the knowledge comes from.
pub(crate) const SOURCES: &str = "x-revio-sources";
/// What a call does.
pub(crate) const EFFECT: &str = "x-revio-effect";
/// The media type that is really sent.
pub(crate) const CONTENT_TYPE: &str = "x-revio-content-type";
/// The record that an operation reads or writes.
pub(crate) const RECORD: &str = "x-revio-record";
/// The typed id.
pub(crate) const ID: &str = "x-revio-id";
/// The record's own id.
pub(crate) const OWN_ID: &str = "x-revio-own-id";
/// The record as an integration entity type.
pub(crate) const ENTITY: &str = "x-revio-entity";
/// What names the record in a list.
pub(crate) const LABEL: &str = "x-revio-label";
/// The Rust name of an enum.
pub(crate) const ENUM: &str = "x-revio-enum";
/// Known values of an enum that isn't complete.
pub(crate) const VALUES: &str = "x-revio-values";
/// What a decimal counts.
pub(crate) const UNIT: &str = "x-revio-unit";
/// Read from strings and numbers.
pub(crate) const LENIENT: &str = "x-revio-lenient";
/// Secret or personal.
pub(crate) const SENSITIVE: &str = "x-revio-sensitive";
/// What a careful caller keeps to.
pub(crate) const ADVISED: &str = "x-revio-advised";
/// The field of the rows that repeats a filter's value.
pub(crate) const ROW_FIELD: &str = "x-revio-row-field";

/// What each annotation of `schema/legacy/` means, for readers of the files.
pub(crate) const VOCABULARY: &str = "x-vocabulary";
/// Wire settings of all operations.
pub(crate) const SERVICE: &str = "x-xml-service";
/// The name of an operation.
pub(crate) const OPERATION: &str = "x-xml-operation";
/// Where the request is defined.
pub(crate) const REQUEST: &str = "x-xml-request";
/// Where the response is defined.
pub(crate) const RESPONSE: &str = "x-xml-response";
/// Where that is defined which stands before the request's own fields.
pub(crate) const PREAMBLE: &str = "x-xml-preamble";
/// Element names in wire order.
pub(crate) const ORDER: &str = "x-xml-order";
/// How well the order is known.
pub(crate) const ORDER_EVIDENCE: &str = "x-xml-order-evidence";
/// An element around the request's own fields.
pub(crate) const WRAPPER: &str = "x-xml-wrapper";
/// How fields are written.
pub(crate) const VALUE_STYLE: &str = "x-xml-value-style";
/// How well the place of an element is known.
pub(crate) const PLACE_EVIDENCE: &str = "x-xml-place-evidence";
/// How a field is found in a response.
pub(crate) const SIGNATURE: &str = "x-xml-signature";
/// Fields that may stand beside their item.
pub(crate) const STRAY: &str = "x-xml-stray";
/// A value that is markup.
pub(crate) const VERBATIM: &str = "x-xml-verbatim";
/// Other values that are possible.
pub(crate) const CANDIDATES: &str = "x-xml-candidates";
