//! What each kind of fact does to Rust code, as far as the rule alone can say: the columns that the
//! catalogue of the comparison doesn't have.

use api_schema_diff::consumer::Level::{self, Major, Minor, None};
use api_schema_diff::rules::{self, Rule};

use super::vocabulary;

api_schema_diff::rules! { GENERATED;
    // What only generated code shows: the documents mean the same to every other reader.
    ARGUMENT_ORDER = "rust.argument.order": "The arguments of a constructor or method were reordered."
        "The order of properties isn't sent: silent."
        by "keeping the order, with what is new at the end";
    MODULE_CHANGED = "rust.module.changed": "A schema moved to the file of another resource."
        "Files aren't sent: silent."
        by "leaving it in its file";
}

/// What a kind of fact does to Rust code.
#[derive(Clone, Copy, Debug)]
pub struct Effect {
    /// The kind of fact.
    pub rule: &'static Rule,
    /// Before the generated code is looked at, for this project's crate.
    pub ours: Level,
    /// For a crate that typify generates by default.
    pub typify: Level,
    /// In words.
    pub text: &'static str,
}

/// Every rule that a comparison of this schema knows: those of the comparison, of the vocabulary, and
/// of the generated code.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let own = [vocabulary::RULES, GENERATED];
    rules::all().chain(own.into_iter().flatten().copied())
}

/// What a rule does to Rust code; nothing for a rule that isn't listed.
pub fn effect(rule: &Rule) -> Option<Effect> {
    let row = EFFECTS.iter().find(|row| row.0 == rule);
    row.map(|&(rule, ours, typify, text)| Effect {
        rule,
        ours,
        typify,
        text,
    })
}

/// How many rules have a row in the table.
pub fn rows() -> usize {
    EFFECTS.len()
}

/// Rule, level for this project's crate, level for a crate by typify, and why.
#[rustfmt::skip]
const EFFECTS: &[(&Rule, Level, Level, &str)] = &[
    // operations
    (rules::OP_REMOVED, Major, Major, "The method and its request type are gone: major."),
    (rules::OP_ADDED, Minor, Minor, "A new method: minor."),
    (rules::OP_PATH_CHANGED, None, None, "No signature changes; only a new release calls the new path."),
    (rules::OP_METHOD_CHANGED, None, None, "No signature changes; only a new release sends the new method."),
    (rules::OP_ID_CHANGED, Major, Major, "The method is renamed: major."),
    (rules::OP_TAGS_CHANGED, Major, None, "Here the first tag is the module and the handle of the method, so that it moves: major. Generators without modules change nothing."),
    (rules::OP_DEPRECATED, None, None, "At most an attribute that warns: none."),
    (rules::OP_UNDEPRECATED, None, None, "At most an attribute less: none."),
    (vocabulary::OP_EFFECT_CHANGED, None, None, "The constant of the operation changes, no signature: none."),
    (vocabulary::OP_CONTENT_TYPE_CHANGED, None, None, "No signature changes; only a new release sends the new one."),
    (vocabulary::OP_RECORD_CHANGED, Major, Major, "The types of the method may change: major."),
    (rules::WEBHOOK_ADDED, Minor, Minor, "Perhaps new types: minor."),
    (rules::WEBHOOK_REMOVED, Major, Major, "Perhaps fewer types: major."),
    (rules::DOCUMENT_ADDED, Minor, Minor, "New items: minor."),
    (rules::DOCUMENT_REMOVED, Major, Major, "All its items are gone: major."),
    (rules::DOCUMENT_VERSION_CHANGED, None, None, "At most a constant: none."),
    (rules::SERVER_ADDED, None, None, "None."),
    (rules::SERVER_REMOVED, None, None, "None, unless it is the default address of the crate."),
    (rules::SERVER_STATED, None, None, "None."),
    (rules::SERVER_VARIABLE_CHANGED, None, None, "None."),
    (rules::SERVER_DEFAULT_CHANGED, None, None, "None."),
    // lifecycle
    (rules::LIFECYCLE_SUNSET_ADDED, None, None, "None."),
    (rules::LIFECYCLE_SUNSET_SHORT, None, None, "None."),
    (rules::LIFECYCLE_SUNSET_MISSING, None, None, "None."),
    (rules::LIFECYCLE_SUNSET_LATER, None, None, "None."),
    (rules::LIFECYCLE_SUNSET_EARLIER, None, None, "None."),
    (rules::LIFECYCLE_SUNSET_REMOVED, None, None, "None."),
    (rules::LIFECYCLE_SUNSET_UNREADABLE, None, None, "None."),
    (rules::LIFECYCLE_STABILITY_RAISED, None, None, "None."),
    (rules::LIFECYCLE_STABILITY_LOWERED, None, None, "None."),
    (rules::LIFECYCLE_STABILITY_UNREADABLE, None, None, "None."),
    // parameters
    (rules::PARAM_REQUIRED_ADDED, Major, Major, "Where parameters are arguments, one more of them: major. Here required parameters are arguments."),
    (rules::PARAM_OPTIONAL_ADDED, Minor, Major, "Where parameters are arguments, one more of them: major. With setters: minor."),
    (rules::PARAM_REMOVED, Major, Major, "The argument or setter is gone: major."),
    (rules::PARAM_BECAME_REQUIRED, Major, Major, "The argument's type changes, or the setter becomes an argument: major."),
    (rules::PARAM_BECAME_OPTIONAL, Major, Major, "The argument's type changes, or the argument becomes a setter: major."),
    (rules::PARAM_MOVED, None, None, "No signature changes; only a new release sends it at the new place."),
    (rules::PARAM_PATH_RENAMED, None, Major, "Arguments by position stay; a setter is renamed: major there."),
    (rules::PARAM_STYLE_CHANGED, None, None, "No signature changes; only a new release spells them in the new way."),
    (rules::PARAM_EMPTY_CHANGED, None, None, "None."),
    (rules::PARAM_RESERVED_CHANGED, None, None, "None."),
    (rules::PARAM_UNTYPED, Major, Major, "The argument's type changes: major."),
    (rules::PARAM_TYPED, Major, Major, "The argument's type changes: major."),
    (rules::PARAM_CONTENT_CHANGED, Major, Major, "The argument's type may change: major."),
    (rules::PARAM_MEDIA_ADDED, None, None, "None."),
    (rules::PARAM_MEDIA_REMOVED, Major, Major, "The argument's type may change: major."),
    (rules::PARAM_SCHEMA_ADDED, Major, Major, "The argument's type changes: major."),
    (rules::PARAM_SCHEMA_REMOVED, Major, Major, "The argument's type changes: major."),
    // bodies
    (rules::BODY_REQUIRED_ADDED, Major, Major, "The method has one more argument: major."),
    (rules::BODY_OPTIONAL_ADDED, Major, Major, "The method has one more argument: major."),
    (rules::BODY_REMOVED, Major, Major, "The argument is gone: major."),
    (rules::BODY_BECAME_REQUIRED, None, None, "None where the generator always asks for a body."),
    (rules::BODY_BECAME_OPTIONAL, None, None, "None where the generator always asks for a body."),
    (rules::BODY_MEDIA_ADDED, None, None, "None, unless the generator chooses it."),
    (rules::BODY_MEDIA_REMOVED, Major, Major, "Major when it is the one that the generator chose."),
    (rules::RESPONSE_MEDIA_ADDED, None, None, "None, unless the generator chooses it."),
    (rules::RESPONSE_MEDIA_REMOVED, Major, Major, "Major when it is the one that the generator chose."),
    (rules::MEDIA_PARAMETERS_CHANGED, None, None, "None."),
    (rules::MEDIA_RANGE_WIDENED, None, None, "None, unless the generator chose it."),
    (rules::MEDIA_RANGE_NARROWED, None, None, "None, unless the generator chose it."),
    (rules::MEDIA_SCHEMA_ADDED, Major, Major, "A free value becomes a type: major."),
    (rules::MEDIA_SCHEMA_REMOVED, Major, Major, "A type becomes a free value: major."),
    (rules::MEDIA_ENCODING_CHANGED, None, None, "None."),
    // responses
    (rules::RESPONSE_STATUS_ADDED, None, Major, "The types of response or error may change: major when they do."),
    (rules::RESPONSE_STATUS_REMOVED, None, Major, "The types of response or error may change: major when they do."),
    (rules::RESPONSE_STATUS_SPLIT, None, Major, "The types of error may change: major when they do."),
    (rules::RESPONSE_STATUS_MERGED, None, Major, "The types of error may change: major when they do."),
    (rules::RESPONSE_RANGE_ADDED, None, Major, "The types of error may change: major when they do."),
    (rules::RESPONSE_RANGE_REMOVED, None, Major, "The types of error may change: major when they do."),
    (rules::RESPONSE_BODY_ADDED, Major, Major, "The method returns something else: major."),
    (rules::RESPONSE_BODY_REMOVED, Major, Major, "The method returns something else: major."),
    (rules::RESPONSE_LINKS_CHANGED, None, None, "None."),
    (rules::RESPONSE_HEADER_ADDED, None, None, "None while headers aren't typed."),
    (rules::RESPONSE_HEADER_REMOVED, None, None, "None while headers aren't typed."),
    (rules::RESPONSE_HEADER_BECAME_REQUIRED, None, None, "None while headers aren't typed."),
    (rules::RESPONSE_HEADER_BECAME_OPTIONAL, None, None, "None while headers aren't typed."),
    (rules::RESPONSE_HEADER_STYLE_CHANGED, None, None, "None."),
    // properties
    (rules::SCHEMA_PROPERTY_ADDED, Minor, Major, "Structs that anybody may build: major. With `#[non_exhaustive]` or builders: minor."),
    (rules::SCHEMA_PROPERTY_REQUIRED_ADDED, Major, Major, "A field more that callers have to set: major; in responses as for an optional one."),
    (rules::SCHEMA_PROPERTY_REMOVED, Major, Major, "The field is gone: major."),
    (rules::SCHEMA_PROPERTY_REQUIRED_REMOVED, Major, Major, "The field is gone: major."),
    (rules::SCHEMA_PROPERTY_BECAME_REQUIRED, Major, Major, "The field is no longer an `Option`: major. Fields of our responses stay optional."),
    (rules::SCHEMA_PROPERTY_BECAME_OPTIONAL, Major, Major, "The field becomes an `Option`: major. Fields of our responses are optional already."),
    (rules::SCHEMA_ADDITIONAL_CLOSED, None, None, "Other fields are refused when the type says so; the struct stays: none."),
    (rules::SCHEMA_ADDITIONAL_OPENED, Minor, Minor, "A map for other fields may come: minor."),
    (rules::SCHEMA_ADDITIONAL_TYPED, Major, Major, "The type of the map changes: major."),
    (rules::SCHEMA_ADDITIONAL_UNTYPED, Major, Major, "The type of the map changes: major."),
    (rules::SCHEMA_READ_ONLY_SET, Minor, Minor, "None, unless requests and responses have types of their own."),
    (rules::SCHEMA_READ_ONLY_UNSET, Minor, Minor, "None, unless requests and responses have types of their own."),
    (rules::SCHEMA_WRITE_ONLY_SET, Minor, Minor, "None, unless requests and responses have types of their own."),
    (rules::SCHEMA_WRITE_ONLY_UNSET, Minor, Minor, "None, unless requests and responses have types of their own."),
    // types
    (rules::SCHEMA_TYPE_CHANGED, Major, Major, "The type changes: major."),
    (rules::SCHEMA_TYPE_WIDENED, Major, Major, "The type changes: major."),
    (rules::SCHEMA_TYPE_NARROWED, Major, Major, "The type changes: major."),
    (rules::SCHEMA_NULLABLE_ADDED, None, Major, "The field becomes an `Option`, unless it is one: major."),
    (rules::SCHEMA_NULLABLE_REMOVED, None, Major, "The field is no longer an `Option`, unless it may be left out: major."),
    (rules::SCHEMA_FORMAT_ADDED, Major, Major, "Major when the format has a type of its own, else none."),
    (rules::SCHEMA_FORMAT_REMOVED, Major, Major, "Major when the format has a type of its own, else none."),
    (rules::SCHEMA_FORMAT_CHANGED, Major, Major, "Major when one of them has a type of its own, else none."),
    (rules::SCHEMA_REF_CHANGED, Major, Major, "The type is renamed: major."),
    (rules::SCHEMA_EXTRACTED, Major, Major, "Major when a named type appears, else none."),
    (rules::SCHEMA_INLINED, Major, Major, "Major when a named type goes, else none."),
    (rules::SCHEMA_RENAMED, Major, Major, "The type is renamed: major."),
    (rules::SCHEMA_ADDED, Minor, Minor, "A new type: minor."),
    (rules::SCHEMA_REMOVED, Major, Major, "The type is gone: major."),
    (rules::COMPONENT_ADDED, None, None, "None."),
    (rules::COMPONENT_REMOVED, None, None, "None."),
    (rules::REFERENCE_MENDED, None, None, "What the description makes of it; before, nothing could be generated."),
    (rules::COMPONENT_CHANGED, None, None, "None."),
    (vocabulary::SCHEMA_ID_TYPE_CHANGED, Major, Major, "The type changes: major."),
    (vocabulary::SCHEMA_RUST_TYPE_CHANGED, Major, Major, "The type changes: major."),
    (vocabulary::SCHEMA_LENIENT_CHANGED, None, None, "What is read into the type changes, not the type: none."),
    (vocabulary::SCHEMA_ROLE_CHANGED, Minor, Minor, "Helpers come or go: minor."),
    (vocabulary::SCHEMA_SENSITIVE_CHANGED, None, None, "Only what `Debug` shows: none."),
    (rules::SCHEMA_XML_CHANGED, None, None, "None."),
    // values
    (rules::SCHEMA_ENUM_VALUE_ADDED, Minor, Major, "A new variant: major for an enum that is matched exhaustively, minor for an open one."),
    (rules::SCHEMA_ENUM_VALUE_REMOVED, Major, Major, "The variant is gone: major."),
    (rules::SCHEMA_ENUM_ADDED, Major, Major, "A string becomes an enum: major."),
    (rules::SCHEMA_ENUM_REMOVED, Major, Major, "An enum becomes a string: major."),
    (rules::SCHEMA_CONST_CHANGED, Major, Major, "The variant is renamed: major."),
    (rules::SCHEMA_KNOWN_VALUE_ADDED, Minor, None, "A new variant of an open enum: minor."),
    (rules::SCHEMA_KNOWN_VALUE_REMOVED, Major, None, "The variant is gone: major."),
    (rules::SCHEMA_KNOWN_VALUE_ORDER, None, None, "None: variants are in order of the list, but have no order themselves."),
    (vocabulary::SCHEMA_ENUM_NAME_CHANGED, Major, Major, "The enum is renamed: major."),
    (rules::SCHEMA_EXTENSIBLE_ENUM_CHANGED, None, None, "Minor, or none."),
    (rules::SCHEMA_DEFAULT_ADDED, None, Major, "An `Option` may become a plain value: major. Here defaults are words only: none."),
    (rules::SCHEMA_DEFAULT_CHANGED, None, None, "Behaviour changes, no signature: none."),
    (rules::SCHEMA_DEFAULT_REMOVED, None, Major, "A plain value may become an `Option`: major. Here defaults are words only: none."),
    // constraints
    (rules::SCHEMA_CONSTRAINT_ADDED, None, Major, "Numbers: none, apart from types that are never zero. Texts: a type of their own appears: major."),
    (rules::SCHEMA_CONSTRAINT_REMOVED, None, Major, "Numbers: none. Texts: a type of their own goes: major."),
    (rules::SCHEMA_CONSTRAINT_TIGHTENED, None, None, "At most a check: none."),
    (rules::SCHEMA_CONSTRAINT_RELAXED, None, None, "At most a check: none."),
    (rules::SCHEMA_CONSTRAINT_CHANGED, None, None, "At most a check: none."),
    (rules::SCHEMA_PATTERN_ADDED, None, Major, "A type of its own appears: major."),
    (rules::SCHEMA_PATTERN_REMOVED, None, Major, "A type of its own goes: major."),
    (rules::SCHEMA_PATTERN_CHANGED, None, None, "At most a check: none."),
    (rules::SCHEMA_PATTERN_TIGHTENED, None, None, "At most a check: none."),
    (rules::SCHEMA_PATTERN_RELAXED, None, None, "At most a check: none."),
    (rules::SCHEMA_ITEMS_ADDED, Major, Major, "The type of the items changes: major."),
    (rules::SCHEMA_ITEMS_REMOVED, Major, Major, "The type of the items changes: major."),
    (rules::SCHEMA_CONDITION_ADDED, None, None, "Generators skip conditions: none."),
    (rules::SCHEMA_CONDITION_REMOVED, None, None, "Generators skip conditions: none."),
    (rules::SCHEMA_CONDITION_CHANGED, None, None, "Generators skip conditions: none."),
    (rules::SCHEMA_DEPENDENT_ADDED, None, None, "Generators skip conditions: none."),
    (rules::SCHEMA_DEPENDENT_REMOVED, None, None, "Generators skip conditions: none."),
    (rules::SCHEMA_DEPENDENT_CHANGED, None, None, "Generators skip conditions: none."),
    (rules::SCHEMA_PATTERN_PROPERTY_ADDED, Major, Major, "The type of the other fields may change: major."),
    (rules::SCHEMA_PATTERN_PROPERTY_REMOVED, Major, Major, "The type of the other fields may change: major."),
    // composition
    (rules::SCHEMA_VARIANT_ADDED, Major, Major, "A new variant: major for an enum that is matched exhaustively."),
    (rules::SCHEMA_VARIANT_REMOVED, Major, Major, "The variant is gone: major."),
    (rules::SCHEMA_UNION_ADDED, Major, Major, "The type changes: major."),
    (rules::SCHEMA_UNION_REMOVED, Major, Major, "The type changes: major."),
    (rules::SCHEMA_UNION_CHANGED, Major, Major, "The type may change: major."),
    (rules::SCHEMA_UNION_KIND_CHANGED, None, None, "None."),
    (rules::SCHEMA_UNION_OVERLAP, None, None, "None."),
    (rules::SCHEMA_ALL_OF_UNCLEAR, None, None, "None."),
    (rules::SCHEMA_DISCRIMINATOR_ADDED, None, Major, "The way to decode changes, perhaps the type: major."),
    (rules::SCHEMA_DISCRIMINATOR_REMOVED, None, Major, "The way to decode changes, perhaps the type: major."),
    (rules::SCHEMA_DISCRIMINATOR_CHANGED, Major, Major, "The way to decode changes: major."),
    (rules::SCHEMA_DISCRIMINATOR_MAPPING_ADDED, Minor, Major, "A new variant may come: major."),
    (rules::SCHEMA_DISCRIMINATOR_MAPPING_REMOVED, Major, Major, "A variant may go: major."),
    (rules::SCHEMA_DISCRIMINATOR_MAPPING_CHANGED, Major, Major, "The way to decode changes: major."),
    // security
    (rules::SECURITY_ALTERNATIVE_ADDED, None, None, "None while credentials aren't typed by operation."),
    (rules::SECURITY_ALTERNATIVE_REMOVED, None, None, "None while credentials aren't typed by operation."),
    (rules::SECURITY_ALTERNATIVE_REDUNDANT, None, None, "None."),
    (rules::SECURITY_REQUIREMENT_ADDED, None, None, "None while credentials aren't typed by operation."),
    (rules::SECURITY_REQUIREMENT_REMOVED, None, None, "None."),
    (rules::SECURITY_ANONYMOUS_REMOVED, None, None, "None while credentials aren't typed by operation."),
    (rules::SECURITY_SCOPE_ADDED, None, None, "None."),
    (rules::SECURITY_SCOPE_OFFERED, None, None, "None."),
    (rules::SECURITY_SCOPE_REMOVED, None, None, "None."),
    (rules::SECURITY_FLOW_ADDED, None, None, "None."),
    (rules::SECURITY_FLOW_REMOVED, None, None, "None."),
    (rules::SECURITY_FLOW_CHANGED, None, None, "None."),
    (rules::SECURITY_SCHEME_ADDED, None, None, "None."),
    (rules::SECURITY_SCHEME_REMOVED, None, None, "None."),
    (rules::SECURITY_SCHEME_RENAMED, None, None, "None."),
    (rules::SECURITY_SCHEME_CHANGED, None, None, "Major when credentials are typed by scheme, else none."),
    (rules::SECURITY_SCHEME_UNUSED_CHANGED, None, None, "None."),
    // notes
    (rules::DOC_TEXT_CHANGED, None, None, "Documentation only: none."),
    (rules::DOC_EXAMPLE_CHANGED, None, None, "None."),
    (rules::DOC_LINK_CHANGED, None, None, "Documentation only: none."),
    (rules::DOC_TAG_ADDED, None, None, "Documentation of a module: none."),
    (rules::DOC_TAG_REMOVED, None, None, "Documentation of a module: none."),
    (vocabulary::DOC_SOURCES_CHANGED, None, None, "None."),
    (rules::DOC_KEYWORD_CHANGED, None, None, "None."),
    (rules::DOC_DEPRECATED, None, None, "At most an attribute that warns: none."),
    (rules::DOC_UNDEPRECATED, None, None, "At most an attribute less: none."),
    (vocabulary::EVIDENCE_CHANGED, None, None, "Operations that are only candidates are behind a feature, so that a method may move: none by rule."),
    (rules::EXTENSION_CHANGED, None, None, "By what the generator makes of it: none by rule."),
    (vocabulary::XML_NAME_CHANGED, None, None, "No signature changes: none."),
    (vocabulary::XML_ORDER_CHANGED, None, None, "The order in which fields are written: none."),
    (vocabulary::XML_PREAMBLE_CHANGED, None, None, "None."),
    (vocabulary::XML_OTHER_CHANGED, None, None, "None."),
    // generated
    (ARGUMENT_ORDER, Major, None, "Arguments are in the order of the description: major, and where their types are the same the compiler doesn't see it."),
    (MODULE_CHANGED, Major, None, "Its type moves to the module of that resource: major."),
];
