//! The schema as the sandbox uses it: operations, records and compiled validators.

pub(crate) mod dates;
mod document;
mod error;
mod json_schema;
mod operation;
mod property;
mod record;
mod validate;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use document::Document;
pub use error::SchemaError;
pub use operation::Operation;
pub(crate) use operation::{Verb, bare};
pub(crate) use property::{Kind, Property};
pub(crate) use record::Record;
pub(crate) use validate::Check;

/// The schema at build time.
const BUNDLED: &str = include_str!("../../../schema/openapi.json");

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

/// An API, read from its `OpenAPI` document.
pub struct Api {
    operations: Vec<Operation>,
    records: BTreeMap<String, Record>,
    base_path: String,
    text: Cow<'static, str>,
}

impl Api {
    /// The API of the schema that this crate was built with.
    pub fn bundled() -> Result<Self, SchemaError> {
        Self::read(Cow::Borrowed(BUNDLED))
    }

    /// Reads an `OpenAPI` 3.0 document in JSON.
    ///
    /// # Errors
    ///
    /// Fails when the text is no such document, or when an operation lacks a part that the sandbox
    /// needs; the message has the location.
    pub fn parse(text: impl Into<String>) -> Result<Self, SchemaError> {
        Self::read(Cow::Owned(text.into()))
    }

    fn read(text: Cow<'static, str>) -> Result<Self, SchemaError> {
        let document = Document::parse(&text)?;
        let mut operations: Vec<Operation> = Vec::new();
        let paths = document.section("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            for method in METHODS {
                if let Some(item) = item.get(method) {
                    let operation =
                        Operation::read(&document, path, method, item).map_err(|error| {
                            error.inside(format!("{} {path}", method.to_uppercase()))
                        })?;
                    operations.push(operation);
                }
            }
        }
        if operations.is_empty() {
            return Err(SchemaError::new("the schema has no operations"));
        }
        let records = read_records(&document, &operations)?;
        Ok(Self {
            base_path: base_path(&document),
            operations,
            records,
            text,
        })
    }

    /// The text of the document.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// All operations, in the schema's order.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation with an `operationId`.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The path in front of all paths of operations, such as `/v1`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Checks a JSON response against the schema of an operation: the success schema for a 2xx
    /// status, the error schema otherwise. Returns the problem, if there is one.
    ///
    /// # Errors
    ///
    /// Fails when the operation doesn't exist or its schema can't be compiled.
    pub fn reply_problem(
        &self,
        operation: &str,
        status: u16,
        body: &Value,
    ) -> Result<Option<String>, SchemaError> {
        let operation = self
            .operation(operation)
            .ok_or_else(|| SchemaError::new(format!("there is no operation {operation}")))?;
        let check = if (200..300).contains(&status) {
            if status != operation.success {
                return Ok(Some(format!(
                    "the status is {status}, not {}",
                    operation.success
                )));
            }
            &operation.response_check
        } else {
            &operation.error_check
        };
        match check {
            Some(check) => check.problem(body),
            None => Ok(None),
        }
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    pub(crate) fn record(&self, name: &str) -> Option<&Record> {
        self.records.get(name)
    }

    /// The record whose own id has a type. `CustomerId` prefers the schema `Customer`, since the own
    /// id of some records is that of another record.
    pub(crate) fn record_of_id(&self, id_type: &str) -> Option<&Record> {
        let stem = id_type.strip_suffix("Id").unwrap_or(id_type);
        self.records.get(stem).or_else(|| {
            self.records()
                .find(|record| record.id_type.as_deref() == Some(id_type))
        })
    }

    /// The record of an operation: the one that it names, the one whose id is in its path, or the one
    /// of its tag, whose shape isn't known.
    pub(crate) fn record_for(&self, operation: &Operation) -> Option<&Record> {
        let named = operation
            .record
            .as_deref()
            .and_then(|name| self.record(name));
        let by_path = || self.record_of_id(operation.path_id.as_deref()?);
        named
            .or_else(by_path)
            .or_else(|| self.record(&operation.tag))
    }
}

fn read_records(
    document: &Document,
    operations: &[Operation],
) -> Result<BTreeMap<String, Record>, SchemaError> {
    let mut records = BTreeMap::new();
    let schemas: BTreeMap<&String, &Value> = document.schemas().collect();
    for operation in operations {
        let Some(name) = &operation.record else {
            continue;
        };
        if records.contains_key(name) {
            continue;
        }
        let schema = schemas.get(name).ok_or_else(|| {
            SchemaError::new(format!("{}: there is no schema {name}", operation.id))
        })?;
        let flat = document
            .flatten(schema)
            .map_err(|error| error.inside(name))?;
        let path = collection(operations, operation);
        records.insert(name.clone(), Record::read(name, path, &flat));
    }
    // The record of a resource isn't always known.
    for operation in operations {
        if operation.record.is_none() && operation.verb == Verb::Create {
            let path = collection(operations, operation);
            let id_type = operation.created_id.as_deref();
            let record = Record::unknown(&operation.tag, path, id_type, operation.body_members());
            records.insert(operation.tag.clone(), record);
        }
    }
    find_parts(&mut records);
    Ok(records)
}

/// Finds objects inside records that are records of another table: they have the own id of that
/// record under the same name, and only fields of that record.
fn find_parts(records: &mut BTreeMap<String, Record>) {
    let part_of = |records: &BTreeMap<String, Record>, property: &Property| {
        let Kind::Object(members) = &property.kind else {
            return None;
        };
        let whole = records.values().find(|record| {
            record.own_id().is_some_and(|own| {
                members
                    .iter()
                    .any(|member| member.name == own.name && member.id == own.id)
            })
        })?;
        let fits = members
            .iter()
            .all(|member| whole.property(&member.name).is_some());
        fits.then(|| whole.name.clone())
    };
    let mut parts = Vec::new();
    for record in records.values() {
        for (index, property) in record.properties.iter().enumerate() {
            if let Some(part) = part_of(records, property) {
                parts.push((record.name.clone(), index, part));
            }
        }
    }
    for (record, index, part) in parts {
        if let Some(record) = records.get_mut(&record) {
            record.properties[index].part = Some(part);
        }
    }
}

/// The collection path of a resource: the path of its list, else the shortest of its paths.
fn collection<'a>(operations: &'a [Operation], operation: &'a Operation) -> &'a str {
    let siblings = || operations.iter().filter(|other| other.tag == operation.tag);
    siblings()
        .find(|other| other.verb == Verb::List)
        .or_else(|| siblings().min_by_key(|other| other.path.len()))
        .map_or(operation.path.as_str(), |other| other.path.as_str())
}

/// The path in the URL of the first server.
fn base_path(document: &Document) -> String {
    let url = document
        .section("servers")
        .and_then(|servers| servers.pointer("/0/url"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .map_or("", |start| rest[start..].trim_end_matches('/'))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_schema_can_be_served() {
        let api = Api::bundled().expect("the bundled schema");
        assert_eq!(api.base_path(), "/v1");
        for operation in api.operations() {
            let tableless = matches!(operation.verb, Verb::Other);
            assert!(
                tableless || api.record_for(operation).is_some(),
                "{}",
                operation.id()
            );
        }
        let customer = api.record("Customer").expect("customers");
        let part = |name| {
            customer
                .property(name)
                .and_then(|property| property.part.as_deref())
        };
        assert_eq!(part("billing_address"), Some("Address"));
        assert_eq!(part("auto_debit"), None);
        assert_eq!(
            api.record_of_id("InventoryItemId")
                .map(|record| record.name.as_str()),
            Some("InventoryItem")
        );
    }

    #[test]
    fn errors_have_a_location() {
        let no_success = r#"{"openapi":"3.0.3","paths":{"/A":{"get":{"operationId":"a_list","tags":["a"],"responses":{}}}}}"#;
        let error = Api::parse(no_success).err().expect("an error").to_string();
        assert_eq!(error, "GET /A: the operation has no success response");
    }
}
