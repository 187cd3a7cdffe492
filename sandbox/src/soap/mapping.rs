//! Reads `mapping.json`, which maps the elements of legacy operations to fields of REST records.

use serde_json::{Map, Value};

use crate::schema::SchemaError;
use crate::store::Store;

const TEXT: &str = include_str!("mapping.json");

/// The mappings of all operations.
pub(crate) struct Mapping(Map<String, Value>);

/// The mapping of one operation.
#[derive(Clone, Copy)]
pub(crate) struct Relation<'a> {
    all: &'a Mapping,
    members: &'a Map<String, Value>,
}

/// What an operation does to records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordAction {
    Query,
    Create,
    /// Fields that the request leaves out are emptied.
    Update,
    /// Fields that the request leaves out stay.
    Change,
}

impl Mapping {
    pub(crate) fn bundled() -> Result<Self, SchemaError> {
        let read = serde_json::from_str(TEXT)
            .map_err(|error| SchemaError::new(format!("mapping.json: {error}")))?;
        Ok(Self(read))
    }

    /// The mapping of an operation.
    pub(crate) fn of(&self, operation: &str) -> Option<Relation<'_>> {
        let members = self.0.get(operation)?.as_object()?;
        Some(Relation { all: self, members })
    }

    /// The name of an element in a message that all operations share.
    pub(crate) fn shared(&self, message: &str, part: &str) -> &str {
        let message = self
            .0
            .get("service")
            .and_then(|service| service.get(message));
        let name = message.and_then(|message| message.get(part));
        name.and_then(Value::as_str).unwrap_or_default()
    }
}

impl<'a> Relation<'a> {
    pub(crate) fn text(&self, key: &str) -> &'a str {
        self.members
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn object(
        &self,
        key: &str,
    ) -> impl Iterator<Item = (&'a String, &'a Value)> + Clone + use<'a> {
        self.members
            .get(key)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
    }

    pub(crate) fn action(&self) -> RecordAction {
        match self.text("does") {
            "create" => RecordAction::Create,
            "update" => RecordAction::Update,
            "change" => RecordAction::Change,
            _ => RecordAction::Query,
        }
    }

    /// The fields that are written, and their rules.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a String, &'a Value)> + Clone + use<'a> {
        let other = self.all.of(self.text("fields_of"));
        other.unwrap_or(*self).object("fields")
    }

    /// The rules of the rows of a response.
    pub(crate) fn row(&self) -> Option<&'a Value> {
        self.members.get("row")
    }
}

/// The value at a path such as `product_id > Product.provider_id`, starting at the fields of a
/// record. A single dot is the value itself.
pub(crate) fn follow(store: &Store, start: &Value, path: &str) -> Value {
    let mut steps = path.split('>').map(str::trim);
    let first = steps.next().unwrap_or_default();
    let mut value = if first == "." {
        start.clone()
    } else {
        start.get(first).cloned().unwrap_or_default()
    };
    for step in steps {
        let next = step.split_once('.').and_then(|(record, field)| {
            let record = store.find(record, value.as_i64()?)?;
            record.get(field).cloned()
        });
        value = next.unwrap_or_default();
    }
    value
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::schema::Api;
    use crate::soap::table::{ElementKind, Structure, Tables};

    fn names<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<&'a str> {
        names.map(String::as_str).collect()
    }

    /// Every step of a path names a field of the REST schema.
    fn check_path(api: &Api, record: &str, path: &str) {
        let mut record = record.to_owned();
        for (index, step) in path.split('>').map(str::trim).enumerate() {
            let (table, field) = match step.split_once('.') {
                Some((table, field)) if index > 0 => (table.to_owned(), field),
                _ => (record.clone(), step),
            };
            if field.is_empty() {
                continue;
            }
            let shape = api
                .record(&table)
                .unwrap_or_else(|| panic!("{path}: no record {table}"));
            assert!(
                shape.property(field).is_some(),
                "{path}: {table} has no {field}"
            );
            record = table;
        }
    }

    fn check_row(api: &Api, record: &str, shape: &Structure, row: &Value) {
        let row = row.as_object().expect("an object");
        assert_eq!(
            names(row.keys()),
            names(shape.fields.iter().map(|field| &field.name)),
            "{}",
            shape.name
        );
        for (name, rule) in row {
            if let Some(path) = rule
                .get("from")
                .or(rule.get("each"))
                .and_then(Value::as_str)
                && !path.starts_with('.')
            {
                check_path(api, record, path);
            }
            if let Some(inner) = rule.get("row") {
                let shape = match &shape.field(name).expect("a field").kind {
                    ElementKind::Object(shape) => shape,
                    ElementKind::List(list) => match &*list.item {
                        ElementKind::Object(shape) => shape,
                        other => panic!("{name} lists {other:?}"),
                    },
                    other => panic!("{name} is {other:?}"),
                };
                check_row(api, record, shape, inner);
            }
        }
    }

    #[test]
    fn every_element_is_mapped_and_every_field_exists() {
        let (api, tables) = (
            Api::bundled().expect("the schema"),
            Tables::bundled().expect("the tables"),
        );
        let mapping = Mapping::bundled().expect("the mapping");
        assert_eq!(mapping.0.len(), tables.operations.len() + 2);
        let shared = mapping.0["service"]["header"]
            .as_object()
            .expect("an object");
        assert_eq!(
            shared
                .values()
                .filter_map(Value::as_str)
                .collect::<BTreeSet<_>>(),
            names(tables.header.fields.iter().map(|field| &field.name))
        );
        for operation in &tables.operations {
            let relation = mapping.of(&operation.name).expect("a relation");
            let record = relation.text("record");
            let id = relation.text("id");
            let written = relation.fields().chain(relation.object("filters"));
            let mut known = names(written.clone().map(|(name, _)| name));
            if !id.is_empty() {
                known.insert(id);
            }
            assert_eq!(
                known,
                names(operation.request.own().map(|field| &field.name)),
                "{}",
                operation.name
            );
            for (_, rule) in written {
                if let Some(path) = rule.get("to").or(rule.get("from")).and_then(Value::as_str) {
                    check_path(&api, record, path);
                }
            }
            if let Some(row) = relation.row() {
                let list = operation
                    .response
                    .field(relation.text("rows"))
                    .expect("a list");
                let ElementKind::List(list) = &list.kind else {
                    panic!("{list:?}");
                };
                let ElementKind::Object(shape) = &*list.item else {
                    panic!("{list:?}");
                };
                check_row(&api, record, shape, row);
            }
        }
    }
}
