//! The names that the schema and the generator agree on.

use crate::load::Node;
use crate::model::{Effect, Evidence};

/// How well something is known; the words of `x-revio-evidence`.
pub(super) const EVIDENCE: &[&str] = Evidence::WORDS;

/// What a call does; the words of `x-revio-effect`.
pub(super) const EFFECTS: &[&str] = Effect::WORDS;

/// HTTP methods that an `OpenAPI` path item can have.
pub(super) const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The media type of every JSON body, request or reply.
pub(super) const JSON: &str = "application/json";

/// The media type under which files are declared.
pub(super) const BINARY: &str = "application/octet-stream";

/// The real media type of JSON Patch, given in `x-revio-content-type`.
pub(super) const JSON_PATCH: &str = "application/json-patch+json";

/// Shared schemas that the generator knows by name.
pub(super) mod schema {
    /// Any JSON value: kept as text.
    pub(in crate::lint) const FREE_FORM: &str = "FreeForm";
    /// The body of an error, the only union of many shapes.
    pub(in crate::lint) const ERROR_BODY: &str = "ErrorBody";
    /// What surrounds a single record.
    pub(in crate::lint) const RECORD_ENVELOPE: &str = "RecordEnvelope";
    /// What surrounds a page of records.
    pub(in crate::lint) const PAGE_ENVELOPE: &str = "PageEnvelope";
    /// Reply to a create.
    pub(in crate::lint) const CREATED: &str = "Created";
    /// Reply that has nothing to say.
    pub(in crate::lint) const ACKNOWLEDGED: &str = "Acknowledged";
    /// Body of a patch.
    pub(in crate::lint) const JSON_PATCH: &str = "JsonPatch";
    /// One operation of a patch; its `value` may be anything.
    pub(in crate::lint) const JSON_PATCH_OPERATION: &str = "JsonPatchOperation";
    /// All of them: the runtime has types of its own for these.
    pub(in crate::lint) const ALL: &[&str] = &[
        FREE_FORM,
        ERROR_BODY,
        RECORD_ENVELOPE,
        PAGE_ENVELOPE,
        CREATED,
        ACKNOWLEDGED,
        JSON_PATCH,
        JSON_PATCH_OPERATION,
    ];
}

/// The shared error response.
pub(super) const ERROR_RESPONSE: &str = "#/components/responses/Error";

/// Words with which a description says that something isn't certain.
const DOUBT: &[&str] = &[
    "assum",
    "candidate",
    "conclu",
    "confirm",
    "guess",
    "infer",
    "isn't documented",
    "not been seen",
    "not certain",
    "not documented",
    "not known",
    "not published",
    "not seen",
    "uncertain",
    "undocumented",
    "unknown",
    "verif",
    "with the vendor",
];

/// Whether the description of the object says that something about it isn't certain.
pub(super) fn admits_doubt(node: &Node) -> bool {
    let description = node.get("description").and_then(Node::as_str);
    let description = description.unwrap_or_default().to_lowercase();
    DOUBT.iter().any(|word| description.contains(word))
}

/// `a, b or c`, for messages.
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
