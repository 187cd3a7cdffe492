//! Rules that the schema must keep, one a file.
//!
//! A rule exists where a schema author could trip: because the generators behind us panic or go wrong
//! without a word, because callers would, or because the schema's own conventions were left. Messages
//! name the line, what is wrong and how to mend it. `tests/lint` has a small bad schema for every rule.
//!
//! What is known to go wrong with progenitor and typify, and what keeps it from happening here:
//!
//! | pitfall | rule or pass |
//! |---|---|
//! | success statuses or error types that differ panic | `one-success-status`, `errors-4xx-5xx` |
//! | an operation without declared errors has an error type of its own | `errors-4xx-5xx` |
//! | a status that isn't declared loses the body, HTML loses the status | lowering pass `errors`: the runtime reads every failure |
//! | errors print whole bodies | post pass `calls`: the runtime's own error |
//! | `api-version` is sent with every call | post pass `calls` drops the header |
//! | request media types: two panic, others are refused | `request-one-media-type`, `patch-shape`; an optional body: `body-required` |
//! | reply media types: `text/json` becomes bytes, two panic | `success-json-or-binary` |
//! | numbers become binary floats | `money-needs-decimal`, then lowering pass `exact-numbers` |
//! | a minimum changes the integer type, the size is chosen freely | lowering pass `strip-bounds`, `integer-format` |
//! | dates without an offset fail | lowering pass `dates`; other formats: `string-format` |
//! | enums are closed, made once a place, and panic on odd values | `enum-needs-name`, `enum-same-values`, `enum-variants`, `enum-null`, then lowering pass `hoist-enums` |
//! | unions get made-up variants | `no-closed-union`, then lowering pass `text-or-number` |
//! | a required field that is missing or null fails the reply | `record-optional`, `own-id`, `required-known` |
//! | a default in a body is always sent | `no-body-default`; on parameters lowering pass `strip-bounds` |
//! | null for a list that isn't nullable fails | `record-optional`, then lowering pass `optional-arrays` |
//! | catch-alls lose digits and collide with a field `extra` | `no-extra-catch-all` |
//! | the pagination extension drops filters | `extension-known`: it is not in the vocabulary; `list-shape` |
//! | `explode: false`, other styles, cookies, path items by reference | `parameter-style` |
//! | parameters, fields, schemas that are equal once they are Rust names | `parameter-names-unique`, `field-names-unique`, `type-names-unique` |
//! | names that the transport uses, or that give no identifier | `parameter-names-free`, `identifiers-valid` |
//! | null can't be sent for a field that isn't nullable | `replace-nullable` |
//! | a missing or double operationId, several tags | `operation-id-form`, `one-tag` |
//! | path parameters that don't match the template, dangling references panic | `path-parameters-declared`, `refs-resolve`, `no-external-ref` |
//! | `TRACE` does not compile; servers and security of an operation are dropped | `http-methods`, `operation-keywords`, `security-scheme` |
//! | `.` and `..` in a path change the request | `path-form` for templates, the runtime for values |
//! | keys beside `$ref` are dropped | `ref-alone` |
//! | compositions are copied for each use | `get-shape`, `list-shape`, `create-shape`, `shape-needs-name`, then lowering passes `answers` and `merge-all-of` |
//! | examples in rustdoc are ignored, HTML warns | `description-safe`, `description-present`, `summary-form` |
//! | retries look at the status, not at the method | `effect-known` |
//! | exact numbers can't be read inside unions and catch-alls | `no-money-in-union` |
//! | a JSON Patch loses `value: null` | `patch-shape`, then lowering pass `typed-patches` |
//! | what isn't `OpenAPI` is refused without a line | `keyword-type`, `keyword-missing`; a misspelt key does nothing: `keyword-known` |
//! | a keyword of another type, or a type beside `allOf`, makes a schema of any shape | `keyword-fits-type` |
//! | a schema made of itself has no end | `no-component-cycle`, and the nesting limit of the loader |
//! | unbounded base URLs, timeouts, versions of the generators | not the schema's: the client's builder and exact pins |
//!
//! `schema/legacy/` has the rules of [`LEGACY_RULES`], under the same ids.
//!
//! The other rules keep the schema's own promises: `openapi-version`, `type-stated`,
//! `unused-component`; where knowledge comes from: `evidence-known`, `evidence-present`,
//! `candidate-is-explained`; what ids and labels mean: `ids-typed`, `ids-agree`, `record-named`,
//! `label-one`, `entity-unique`; what must never be printed: `sensitive-marked`.

mod body_required;
mod candidate_is_explained;
mod create_shape;
mod description_present;
mod description_safe;
mod effect_known;
mod entity_unique;
mod enum_needs_name;
mod enum_null;
mod enum_same_values;
mod enum_variants;
mod errors_4xx_5xx;
mod evidence_known;
mod evidence_present;
mod extension_known;
mod field_names_unique;
mod get_shape;
mod http_methods;
mod identifiers_valid;
mod ids_agree;
mod ids_typed;
mod index;
mod integer_format;
mod keyword_fits_type;
mod keyword_known;
mod keyword_missing;
mod keyword_type;
mod label_one;
mod legacy;
mod list_shape;
mod money_needs_decimal;
mod names;
mod no_body_default;
mod no_closed_union;
mod no_component_cycle;
mod no_external_ref;
mod no_extra_catch_all;
mod no_money_in_union;
mod one_success_status;
mod one_tag;
mod openapi_version;
mod operation_id_form;
mod operation_keywords;
mod own_id;
mod parameter_names_free;
mod parameter_names_unique;
mod parameter_style;
mod patch_shape;
mod path_form;
mod path_parameters_declared;
mod prose;
mod record_named;
mod record_optional;
mod ref_alone;
mod refs_resolve;
mod replace_nullable;
mod report;
mod request_one_media_type;
mod required_known;
mod schemas;
mod security_scheme;
mod sensitive_marked;
mod shape;
mod shape_needs_name;
mod string_format;
mod success_json_or_binary;
mod summary_form;
mod type_names_unique;
mod type_stated;
mod unused_component;
mod vocabulary;
mod walk;

use crate::load::Document;
use api_schema_text::Diagnostic;
use index::Index;
use report::Report;

pub use legacy::{LEGACY_RULES, legacy};
pub use report::Rule;

/// All rules, in the order of their ids.
pub const RULES: &[Rule] = &[
    body_required::RULE,
    candidate_is_explained::RULE,
    create_shape::RULE,
    description_present::RULE,
    description_safe::RULE,
    effect_known::RULE,
    entity_unique::RULE,
    enum_needs_name::RULE,
    enum_null::RULE,
    enum_same_values::RULE,
    enum_variants::RULE,
    errors_4xx_5xx::RULE,
    evidence_known::RULE,
    evidence_present::RULE,
    extension_known::RULE,
    field_names_unique::RULE,
    get_shape::RULE,
    http_methods::RULE,
    identifiers_valid::RULE,
    ids_agree::RULE,
    ids_typed::RULE,
    integer_format::RULE,
    keyword_fits_type::RULE,
    keyword_known::RULE,
    keyword_missing::RULE,
    keyword_type::RULE,
    label_one::RULE,
    list_shape::RULE,
    money_needs_decimal::RULE,
    no_body_default::RULE,
    no_closed_union::RULE,
    no_component_cycle::RULE,
    no_external_ref::RULE,
    no_extra_catch_all::RULE,
    no_money_in_union::RULE,
    one_success_status::RULE,
    one_tag::RULE,
    openapi_version::RULE,
    operation_id_form::RULE,
    operation_keywords::RULE,
    own_id::RULE,
    parameter_names_free::RULE,
    parameter_names_unique::RULE,
    parameter_style::RULE,
    patch_shape::RULE,
    path_form::RULE,
    path_parameters_declared::RULE,
    record_named::RULE,
    record_optional::RULE,
    ref_alone::RULE,
    refs_resolve::RULE,
    replace_nullable::RULE,
    request_one_media_type::RULE,
    required_known::RULE,
    security_scheme::RULE,
    sensitive_marked::RULE,
    shape_needs_name::RULE,
    string_format::RULE,
    success_json_or_binary::RULE,
    summary_form::RULE,
    type_names_unique::RULE,
    type_stated::RULE,
    unused_component::RULE,
];

/// Runs every rule. The messages are sorted by file and line.
///
/// ```
/// use revio_codegen::{lint, load};
///
/// let source = |path: &str, text: &str| load::Source { path: path.to_owned(), text: text.to_owned() };
/// let document = load::bundle(&source("openapi.yaml", "openapi: '3.1.0'\n"), &[]).unwrap();
/// let first = lint::run(&document).remove(0);
/// assert_eq!(first.rule, "openapi-version");
/// ```
pub fn run(document: &Document) -> Vec<Diagnostic> {
    let index = Index::new(document);
    let mut diagnostics = Vec::new();
    for rule in RULES {
        let mut report = Report::new(document, rule.id);
        (rule.check)(&index, &mut report);
        diagnostics.append(&mut report.into_diagnostics());
    }
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}
