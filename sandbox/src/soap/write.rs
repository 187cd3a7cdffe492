//! Creates and updates: writes the fields of a request to a REST record.

use serde_json::{Map, Value, json};

use super::failure::{Refusal, SoapError};
use super::mapping::{RecordAction, Relation};
use super::table::{ElementKind, SoapOperation};
use crate::failure::Failure;
use crate::operations::store;
use crate::record_rules::Write;
use crate::schema::Record;
use crate::store::{Fields, blank};
use crate::world::World;

/// Fills in fields that a request leaves out, as types without null do: numbers are 0, booleans
/// false, strings and lists empty. A change keeps those fields, so it fills nothing.
pub(crate) fn fill(
    operation: &SoapOperation,
    action: RecordAction,
    keeps: bool,
    values: &mut Map<String, Value>,
) {
    let fills = match action {
        RecordAction::Create => true,
        RecordAction::Update => !keeps,
        RecordAction::Change | RecordAction::Query => false,
    };
    if !fills {
        return;
    }
    for field in operation.request.own() {
        let empty = match field.kind {
            ElementKind::Int | ElementKind::Decimal => json!(0),
            ElementKind::Bool => json!(false),
            _ => Value::Null,
        };
        values.entry(&field.name).or_insert(empty);
    }
}

/// Creates a record and returns its id.
pub(crate) fn create(
    world: &mut World,
    relation: Relation<'_>,
    values: &Map<String, Value>,
) -> Result<i64, SoapError> {
    let api = world.api.clone();
    let record = record(&api, relation)?;
    let id = world.store.next_id(&record.name);
    let mut fields = blank(record);
    assign(relation, values, &mut fields);
    let stored = world.transact(|world| store(world, record, id, fields, Write::Create));
    stored.map(|()| id).map_err(refused)
}

/// Updates an existing record.
pub(crate) fn update(
    world: &mut World,
    relation: Relation<'_>,
    values: &Map<String, Value>,
) -> Result<(), SoapError> {
    let api = world.api.clone();
    let record = record(&api, relation)?;
    let id = values
        .get(relation.text("id"))
        .and_then(Value::as_i64)
        .unwrap_or(0);
    let mut fields = world
        .store
        .get(record, id)
        .ok_or_else(|| Refusal::new(format!("There is no {} with the id {id}.", record.name)))?;
    assign(relation, values, &mut fields);
    let stored = world.transact(|world| store(world, record, id, fields, Write::Action));
    stored.map_err(refused)
}

fn record<'a>(api: &'a crate::schema::Api, relation: Relation<'_>) -> Result<&'a Record, Refusal> {
    let name = relation.text("record");
    api.record(name)
        .ok_or_else(|| Refusal::new(format!("This sandbox's schema has no {name}.")))
}

fn refused(failure: Failure) -> SoapError {
    Refusal::new(failure.message).into()
}

/// Sets the fields of a REST record; values without a REST field are dropped.
fn assign(relation: Relation<'_>, values: &Map<String, Value>, fields: &mut Fields) {
    for (name, rule) in relation.fields() {
        let (Some(to), Some(value)) = (rule.get("to").and_then(Value::as_str), values.get(name))
        else {
            continue;
        };
        let value = match (rule.get("members").and_then(Value::as_object), value) {
            (Some(members), Value::Array(items)) => {
                let items = items.iter().map(|item| {
                    let pairs = members.iter().filter_map(|(from, to)| {
                        let value = item.get(from).cloned().unwrap_or_default();
                        Some((to.as_str()?.to_owned(), value))
                    });
                    Value::Object(pairs.collect())
                });
                items.collect()
            }
            (_, value) => value.clone(),
        };
        fields.insert(to.to_owned(), value);
    }
}
