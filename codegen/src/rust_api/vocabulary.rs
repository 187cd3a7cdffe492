//! What the vendor keywords of this schema mean: `x-revio-*`, and `x-xml-*` of the legacy operations.

use api_schema_diff::finding::{Finding, Wire};
use api_schema_diff::rules::Rule;
use api_schema_diff::vocabulary::{Entry, Judgement, Meaning, Vocabulary, written};
use api_schema_text::Node;

use super::revision::{LEGACY, REST};
use crate::annotation;
use crate::model::Effect;

api_schema_diff::rules! { RULES;
    OP_EFFECT_CHANGED = "op.effect.changed":
        "What a call does, and with it whether it may be repeated, is described differently."
        "Callers that repeat what they were allowed to may act twice: breaking when the effect grew, compatible when it shrank.";
    OP_CONTENT_TYPE_CHANGED = "op.content-type.changed": "The media type in which a body is sent changed."
        "Old callers send the other one: breaking."
        by "accepting both media types";
    OP_RECORD_CHANGED = "op.record.changed": "The record of an operation changed."
        "It isn't sent: silent.";
    SCHEMA_ID_TYPE_CHANGED = "schema.id-type.changed": "The typed id of a value changed."
        "It isn't sent: silent.";
    SCHEMA_RUST_TYPE_CHANGED = "schema.rust-type.changed": "The Rust type of a value changed."
        "It isn't sent: silent.";
    SCHEMA_LENIENT_CHANGED = "schema.lenient.changed":
        "Whether a value may come as a string as well as a number changed."
        "Where it may now, callers know one of the two: undecided in responses. Else compatible."
        decodes Always;
    SCHEMA_ROLE_CHANGED = "schema.role.changed": "What a value stands for in generated code changed."
        "It isn't sent: silent.";
    SCHEMA_SENSITIVE_CHANGED = "schema.sensitive.changed": "Whether a value is hidden in logs changed."
        "It isn't sent: silent.";
    SCHEMA_ENUM_NAME_CHANGED = "schema.enum-name.changed": "An enum was renamed, or lost its name."
        "Names aren't sent: silent."
        by "keeping the name";
    DOC_SOURCES_CHANGED = "doc.sources.changed": "The sources of a statement changed."
        "Nothing of it is sent: silent.";
    EVIDENCE_CHANGED = "evidence.changed": "How well something is known changed."
        "It isn't sent: silent.";
    XML_NAME_CHANGED = "xml.name.changed": "A message of the legacy interface is serialized differently."
        "Old callers send and read the old form: breaking."
        by "accepting both forms" decodes Always;
    XML_ORDER_CHANGED = "xml.order.changed": "The elements of a message are in another order."
        "A strict reader takes one order only: undecided."
        by "keeping the order";
    XML_PREAMBLE_CHANGED = "xml.preamble.changed": "A message starts with other elements."
        "Old callers send the old ones: breaking."
        by "keeping the elements";
    XML_OTHER_CHANGED = "xml.other.changed": "A message of the legacy interface is described differently."
        "It may change what is sent: undecided.";
}

/// The vocabulary of this project's schema.
#[derive(Clone, Copy, Debug, Default)]
pub struct Revio;

impl Vocabulary for Revio {
    fn rules(&self) -> &'static [&'static Rule] {
        RULES
    }

    fn keyword(&self, key: &str, old: Option<&Node>, new: Option<&Node>) -> Option<Meaning> {
        let judgement = match key {
            annotation::VALUES => return Some(Meaning::KnownValues),
            annotation::EFFECT => effect(old, new),
            annotation::LENIENT => lenient(new),
            _ => not_sent(key).or_else(|| sent(key))?,
        };
        Some(Meaning::Fact(judgement))
    }

    fn is_reference(&self, key: &str) -> bool {
        key == annotation::PREAMBLE
    }

    fn entry<'n>(&self, root: &'n Node) -> Option<Entry<'n>> {
        let text = |key: &str| root.get(key).and_then(Node::as_str);
        let entry = Entry {
            operation: text(annotation::OPERATION),
            request: text(annotation::REQUEST),
            response: text(annotation::RESPONSE),
            only_definitions: root.get(annotation::VOCABULARY).is_some(),
        };
        (entry != Entry::default()).then_some(entry)
    }

    /// The resource whose file states it, or the legacy document.
    fn group(&self, finding: &Finding) -> Option<String> {
        let place = finding.new.as_ref().or(finding.old.as_ref())?;
        if let Some((_, file)) = place.file.split_once("/resources/") {
            return Some(file.split('.').next().unwrap_or(file).to_owned());
        }
        let is_legacy = place.document.starts_with(LEGACY);
        is_legacy.then(|| place.document.clone())
    }

    fn is_main_document(&self, name: &str) -> bool {
        name == REST
    }
}

/// Keywords that nothing on the wire depends on.
fn not_sent(key: &str) -> Option<Judgement> {
    let (rule, message) = match key {
        annotation::EVIDENCE => (EVIDENCE_CHANGED, "how well `{}` is known changed"),
        annotation::SENSITIVE => (
            SCHEMA_SENSITIVE_CHANGED,
            "whether `{}` is hidden in logs changed",
        ),
        annotation::ID | annotation::OWN_ID => {
            (SCHEMA_ID_TYPE_CHANGED, "the typed id of `{}` changed")
        }
        annotation::ENUM => (SCHEMA_ENUM_NAME_CHANGED, "the enum of `{}` was renamed"),
        annotation::UNIT => (SCHEMA_RUST_TYPE_CHANGED, "the Rust type of `{}` changed"),
        annotation::LABEL | annotation::ENTITY | annotation::ROW_FIELD => {
            (SCHEMA_ROLE_CHANGED, "what `{}` stands for changed")
        }
        annotation::RECORD => (OP_RECORD_CHANGED, "the record of `{}` changed"),
        annotation::SOURCES => (DOC_SOURCES_CHANGED, "the sources of `{}` changed"),
        _ => return None,
    };
    Some(Judgement::silent(rule, message))
}

/// Keywords that say how something is sent.
fn sent(key: &str) -> Option<Judgement> {
    let (rule, wire, reason, message) = match key {
        annotation::CONTENT_TYPE => (
            OP_CONTENT_TYPE_CHANGED,
            Wire::Breaking,
            "old callers send the other media type",
            "the body of `{}` is sent as another media type",
        ),
        annotation::PREAMBLE => (
            XML_PREAMBLE_CHANGED,
            Wire::Breaking,
            "requests start with other elements",
            "the elements before those of `{}` changed",
        ),
        annotation::ORDER => (
            XML_ORDER_CHANGED,
            Wire::Undecided,
            "a strict reader of XML takes elements in one order only",
            "the elements of `{}` are in another order",
        ),
        annotation::WRAPPER
        | annotation::OPERATION
        | annotation::REQUEST
        | annotation::RESPONSE
        | "x-xml-element"
        | "x-xml-name"
        | "x-xml-namespace"
        | "x-xml-attribute" => (
            XML_NAME_CHANGED,
            Wire::Breaking,
            "requests or responses are serialized differently",
            "`{}` is serialized differently in XML",
        ),
        key if key.starts_with("x-xml-")
            && !key.contains("evidence")
            && !key.contains("candidates") =>
        {
            (
                XML_OTHER_CHANGED,
                Wire::Undecided,
                "it may change how requests or responses are sent",
                "how `{}` is serialized in XML changed",
            )
        }
        _ => return None,
    };
    Some(Judgement::both(rule, wire, reason, message))
}

/// Whether the JSON type is known to vary between string and number.
fn lenient(new: Option<&Node>) -> Judgement {
    let rule = SCHEMA_LENIENT_CHANGED;
    if new.and_then(Node::as_bool) == Some(true) {
        let reason = "sources disagree about the type, and callers know one of the two";
        let message = "`{}` may come as a string or as a number";
        Judgement {
            response: Wire::Undecided,
            ..Judgement::both(rule, Wire::Compatible, reason, message)
        }
    } else {
        let reason = "who reads both goes on reading both";
        let message = "`{}` no longer comes as a string or as a number";
        Judgement::both(rule, Wire::Compatible, reason, message)
    }
}

/// Whether a call may be repeated.
fn effect(old: Option<&Node>, new: Option<&Node>) -> Judgement {
    let parse = |node: Option<&Node>| node.and_then(Node::as_str).and_then(Effect::parse);
    let message = format!("`{{}}` was {}, now it is {}", written(old), written(new));
    let (wire, reason) = match (parse(old), parse(new)) {
        (Some(was), Some(is)) if is <= was => (
            Wire::Compatible,
            "callers are more careful than they have to be",
        ),
        (Some(_), Some(_)) => (
            Wire::Breaking,
            "callers that repeat a call as they were allowed to may act twice",
        ),
        _ => (
            Wire::Undecided,
            "it isn't known on one side whether a call may be repeated",
        ),
    };
    Judgement::both(OP_EFFECT_CHANGED, wire, reason, message)
}
