//! Tables with known content: the integration systems and entity types of key links.
//!
//! The vendor's linking page gives two ids: system SALESFORCE is 4 and entity type CUSTOMER is 2.
//! The other entity type names are the vendor's, their ids here are made up; the other systems are
//! made up altogether. Key links and webhooks start empty: they are what an integration creates.

use serde_json::{Map, Value, json};

use crate::schema::{Api, Record};

/// Made up, but for the fourth.
const SYSTEMS: [(i64, &str); 4] = [
    (1, "SANDBOX_CRM"),
    (2, "SANDBOX_LEDGER"),
    (3, "SANDBOX_TICKETS"),
    (4, "SALESFORCE"),
];

/// The one entity type whose id is known.
const KNOWN_ENTITY: (&str, i64) = ("CUSTOMER", 2);

/// Records that have no computed seed data.
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

/// The records that a table starts with, by id.
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

/// The schema's entity names in capitals, numbered alphabetically around the one known id.
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
    fn ids_of_the_linking_page() {
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
