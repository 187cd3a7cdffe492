//! Extensions say something that the generator hears.

use super::index::Index;
use super::names::nearest_keyword;
use super::report::{Report, Rule};
use super::schemas::Site;
use super::shape::{is_page, kind};
use super::vocabulary::{METHODS, one_of, schema};
use super::walk::{self, Object};
use crate::annotation;
use crate::load::{Node, Value};

pub(super) const RULE: Rule = Rule {
    id: "extension-known",
    summary: "Every x- key is one of the vocabulary, stands where it is read, and has a value of the right type.",
    pitfall: "a misspelt or misplaced extension has no effect: a secret is printed, a call is repeated",
    check,
};

/// Where an extension can stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Operation,
    Parameter,
    Property,
    Component,
    /// The schema of a parameter, or the items of a list.
    Inner,
}

/// What an extension holds.
#[derive(Clone, Copy)]
enum Holds {
    Word,
    /// `true`; `false` is said by leaving it out.
    True,
    Words,
    /// What another rule looks at.
    Checked,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

use Holds::{Checked, OneOf, True, Word, Words};
use Place::{Component, Inner, Operation, Parameter, Property};

const VOCABULARY: &[(&str, Holds, &[Place])] = &[
    (
        annotation::EVIDENCE,
        Checked,
        &[Operation, Parameter, Property],
    ),
    (annotation::EFFECT, Checked, &[Operation]),
    (annotation::SOURCES, Words, &[Operation]),
    (annotation::CONTENT_TYPE, Word, &[Operation]),
    (annotation::RECORD, Word, &[Operation]),
    (
        annotation::ID,
        Word,
        &[Operation, Parameter, Property, Inner],
    ),
    (annotation::SENSITIVE, True, &[Parameter, Property]),
    (annotation::ENUM, Word, &[Property, Inner]),
    (annotation::VALUES, Checked, &[Property, Inner]),
    (annotation::UNIT, OneOf(&["quantity"]), &[Property, Inner]),
    (annotation::LENIENT, True, &[Property]),
    (annotation::LABEL, True, &[Property]),
    (annotation::OWN_ID, True, &[Property]),
    (annotation::ENTITY, Word, &[Component]),
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    walk::objects(index.document.root(), &mut |object| {
        let extensions = object
            .node
            .entries()
            .filter(|(key, _)| key.name.starts_with("x-"));
        for (key, value) in extensions {
            let known = VOCABULARY.iter().find(|(name, ..)| *name == key.name);
            let Some((name, holds, places)) = known else {
                let names = VOCABULARY.iter().map(|(name, ..)| *name);
                let help = match nearest_keyword(&key.name, names) {
                    Some(name) => format!("write {name} if that was meant"),
                    None => "remove it; the vocabulary is in the README of the schema".to_owned(),
                };
                report.at(key.pos, format!("{} is unknown", key.name), help);
                continue;
            };
            if !place(object).is_some_and(|place| places.contains(&place)) {
                let places: Vec<_> = places.iter().map(|place| place.name()).collect();
                report.at(
                    key.pos,
                    format!("{name} has no effect here"),
                    format!("put it on {}", one_of(&places)),
                );
            }
            if let Some(help) = holds.mend(value) {
                report.at(
                    key.pos,
                    format!("{name} holds {}", value.value.kind()),
                    format!("write {help}"),
                );
            }
        }
    });
    for site in &index.schemas {
        if site.property().is_some() {
            of_records(index, site, report);
        }
    }
    records_exist(index, report);
}

/// Properties of what surrounds records, and of what is only sent, are no properties of records.
fn of_records(index: &Index<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    let owner = site.owner.unwrap_or_default();
    let is_ours = schema::ALL.contains(&owner);
    let is_page = || is_page(index.document, owner);
    let is_scalar = match kind(site.node) {
        Some("string") => site.node.get("format").is_none(),
        Some("integer") => site.node.get(annotation::OWN_ID).is_none(),
        _ => false,
    };
    for (name, is_read, help) in [
        (
            annotation::SENSITIVE,
            !is_page(),
            "put it on the properties of the record",
        ),
        (
            annotation::LENIENT,
            is_scalar && !is_ours,
            "put it on a string without a format or an integer of a record",
        ),
        (
            annotation::LABEL,
            site.in_reply && !is_ours && !is_page(),
            "put it on a property of a record",
        ),
        (
            annotation::ID,
            !is_ours,
            "put it on the operation or on a property of a record",
        ),
    ] {
        if let Some((key, _)) = site.node.entry(name).filter(|_| !is_read) {
            let message = format!("{name} has no effect on {}", site.label);
            report.at(key.pos, message, help);
        }
    }
}

fn place(object: Object<'_>) -> Option<Place> {
    Some(match object.under {
        "parameters" => Parameter,
        "properties" => Property,
        "schemas" => Component,
        "schema" | "items" => Inner,
        // A path item has its methods by name, while a property named `get` is found above.
        method if METHODS.contains(&method) && object.node.get("responses").is_some() => Operation,
        method if METHODS.contains(&method) => Operation,
        _ => return None,
    })
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Operation => "an operation",
            Parameter => "a parameter",
            Property => "a property",
            Component => "a component schema",
            Inner => "the schema of a parameter or the items of a list",
        }
    }
}

impl Holds {
    /// What to write instead, when the value is wrong.
    fn mend(self, value: &Node) -> Option<String> {
        let is_word = |node: &Node| node.as_str().is_some_and(|word| !word.trim().is_empty());
        match self {
            Checked => None,
            Word if is_word(value) => None,
            Word => Some("one word".to_owned()),
            True if value.value == Value::Bool(true) => None,
            True => Some("true, or leave it out".to_owned()),
            Words
                if value
                    .as_array()
                    .is_some_and(|words| words.iter().all(is_word)) =>
            {
                None
            }
            Words => Some("a list of words".to_owned()),
            OneOf(words) if value.as_str().is_some_and(|it| words.contains(&it)) => None,
            OneOf(words) => Some(one_of(words)),
        }
    }
}

fn records_exist(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let Some(record) = operation.text(annotation::RECORD) else {
            continue;
        };
        let name = format!("#/components/schemas/{record}");
        if index.document.resolve(&name).is_none() {
            report.at(
                operation.pos_of(annotation::RECORD),
                format!(
                    "{} names the record {record}, which doesn't exist",
                    operation.name
                ),
                "write the name of the schema that it reads or writes",
            );
        }
    }
}
