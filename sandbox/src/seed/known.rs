//! Tables with known content: the integration systems and entity types of key links.
//!
//! The vendor's page about links gives two ids: system SALESFORCE is 4 and entity type CUSTOMER is 2.
//! The names of the other entity types are the vendor's, their ids are made up. The other systems
//! are made up. Key links and webhooks start empty, since integrations create them.

use serde_json::{Map, Value, json};

use crate::schema::{Api, Record};

/// All but the fourth are made up.
const SYSTEMS: [(i64, &str); 4] = [
    (1, "SANDBOX_CRM"),
    (2, "SANDBOX_LEDGER"),
    (3, "SANDBOX_TICKETS"),
    (4, "SALESFORCE"),
];

/// The only entity type whose id is known.
const KNOWN_ENTITY: (&str, i64) = ("CUSTOMER", 2);

/// Whether a table has no computed records.
pub(super) fn starts_without_seed(record: &Record) -> bool {
    let by_hand = [
        "IntegrationSystem",
        "IntegrationEntityType",
        "IntegrationKeyLink",
    ];
    by_hand.contains(&record.name.as_str())
        || record.name.starts_with("Webhook")
        || record.name.starts_with("webhook_")
}

/// The initial records of a table, by id.
pub(crate) fn known_records(api: &Api, record: &str) -> Vec<(i64, Map<String, Value>)> {
    match record {
        "IntegrationSystem" => SYSTEMS
            .iter()
            .map(|(id, name)| {
                (
                    *id,
                    object(json!({"integration_system_id": id, "system_name": name})),
                )
            })
            .collect(),
        "IntegrationEntityType" => entity_types(api)
            .into_iter()
            .map(|(id, name)| {
                (
                    id,
                    object(json!({"integration_entity_type_id": id, "entity_type_name": name})),
                )
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The entity names of the schema in capitals, numbered in alphabetical order, except the known id.
fn entity_types(api: &Api) -> Vec<(i64, String)> {
    let (known, known_id) = KNOWN_ENTITY;
    let mut names: Vec<String> = api
        .records()
        .filter_map(|record| record.entity.as_deref())
        .map(str::to_uppercase)
        .collect();
    names.sort();
    let has_known = names.iter().any(|name| name == known);
    names.retain(|name| name != known);
    let free = (1..).filter(|id| *id != known_id);
    let mut types: Vec<(i64, String)> = free.zip(names).collect();
    if has_known {
        types.push((known_id, known.to_owned()));
    }
    types.sort();
    types
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_ids_are_used() {
        let api = Api::bundled().expect("the schema");
        let types = entity_types(&api);
        assert!(types.contains(&(2, "CUSTOMER".to_owned())), "{types:?}");
        assert_eq!(types.len(), 12);
        let systems = known_records(&api, "IntegrationSystem");
        assert!(
            systems
                .iter()
                .any(|(id, system)| *id == 4 && system["system_name"] == "SALESFORCE")
        );
    }
}
