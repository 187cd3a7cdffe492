//! Queries: records that match the filters, as rows of a response.

use serde_json::{Map, Value};

use super::mapping::{Relation, follow};
use super::node::Node;
use super::settings::{SoapNulls, SoapSettings};
use super::table::{ElementKind, Field, Structure};
use super::value;
use crate::store::Store;

/// The records that match all filters, ordered by id.
pub(crate) fn find(
    store: &Store,
    relation: Relation<'_>,
    filters: &Map<String, Value>,
) -> Vec<Value> {
    let record = relation.text("record");
    let ids = store
        .table(record)
        .into_iter()
        .flat_map(|table| table.ids(0));
    ids.filter_map(|id| store.find(record, id).map(Value::Object))
        .filter(|record| {
            relation.object("filters").all(|(name, rule)| {
                let wanted = filters.get(name).unwrap_or(&Value::Null);
                wanted.is_null() || matches(store, record, rule, wanted)
            })
        })
        .collect()
}

fn matches(store: &Store, record: &Value, rule: &Value, wanted: &Value) -> bool {
    let Some(path) = rule.get("from").and_then(Value::as_str) else {
        return true;
    };
    let found = follow(store, record, path);
    if let Some(dropped) = rule.get("drops") {
        return *wanted != Value::Bool(false) || found != *dropped;
    }
    let member = rule.get("member").and_then(Value::as_str);
    let found: Vec<&Value> = match &found {
        Value::Null => Vec::new(),
        Value::Array(items) => {
            let item = |item| member.map_or(Some(item), |member| Value::get(item, member));
            items.iter().filter_map(item).collect()
        }
        one => vec![one],
    };
    if found.is_empty() {
        return rule.get("empty").is_some();
    }
    let wanted = wanted
        .as_array()
        .map_or(std::slice::from_ref(wanted), Vec::as_slice);
    found
        .iter()
        .any(|found| wanted.iter().any(|wanted| same(found, wanted)))
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one.eq_ignore_ascii_case(other),
        _ => one == other,
    }
}

/// Builds rows.
pub(crate) struct RowBuilder<'a> {
    pub(crate) store: &'a Store,
    pub(crate) settings: &'a SoapSettings,
}

impl RowBuilder<'_> {
    /// The row of one record.
    pub(crate) fn row(&self, shape: &Structure, rules: &Value, record: &Value) -> Node {
        let children = shape
            .fields
            .iter()
            .filter_map(|field| {
                let rule = rules.get(&field.name)?;
                let name = self.settings.element(&shape.name, field);
                self.element(field, name, rule, record)
            })
            .collect();
        Node::holding(self.settings.item(&shape.name, &shape.item), children)
    }

    fn element(&self, field: &Field, name: &str, rule: &Value, record: &Value) -> Option<Node> {
        match &field.kind {
            ElementKind::Object(shape) => rule.get("row").map(|rules| Node {
                name: name.to_owned(),
                ..self.row(shape, rules, record)
            }),
            ElementKind::List(list) => {
                let each = rule.get("each").and_then(Value::as_str)?;
                let (rules, ElementKind::Object(shape)) = (rule.get("row")?, &*list.item) else {
                    return None;
                };
                let items = follow(self.store, record, each);
                let items = items.as_array().into_iter().flatten();
                let rows = items.map(|item| self.row(shape, rules, item)).collect();
                Some(Node::holding(name, rows))
            }
            kind => {
                let value = match rule.get("fixed") {
                    Some(fixed) => fixed.clone(),
                    None => follow(self.store, record, rule.get("from")?.as_str()?),
                };
                match value::write(kind, &value, self.settings.dates) {
                    Some(text) => Some(Node::text(name, text)),
                    None => (self.settings.nulls == SoapNulls::Nil).then(|| Node {
                        nil: true,
                        ..Node::new(name)
                    }),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn filters_of_every_kind() {
        let store = crate::soap::tests::store();
        let record = json!({"id": 1, "class": "business", "ids": [3, 4], "none": [],
            "fields": [{"label": "Color", "value": "red"}], "once": true});
        let holds = |rule: Value, wanted: Value| matches(&store, &record, &rule, &wanted);
        assert!(
            holds(json!({"from": "id"}), json!(1)) && holds(json!({"from": "id"}), json!([2, 1]))
        );
        assert!(!holds(json!({"from": "id"}), json!([2])));
        assert!(holds(json!({"from": "class"}), json!("Business")));
        assert!(
            holds(json!({"from": "ids"}), json!(4)) && !holds(json!({"from": "ids"}), json!(5))
        );
        assert!(holds(json!({"from": "none", "empty": "fits"}), json!(4)));
        assert!(
            !holds(json!({"from": "none"}), json!(4))
                && !holds(json!({"from": "missing"}), json!(4))
        );
        assert!(holds(
            json!({"from": "fields", "member": "value"}),
            json!("red")
        ));
        assert!(!holds(
            json!({"from": "fields", "member": "label"}),
            json!("red")
        ));
        assert!(!holds(json!({"from": "once", "drops": true}), json!(false)));
        assert!(holds(json!({"from": "once", "drops": true}), json!(true)));
        assert!(holds(json!({"note": "nothing"}), json!(1)));
    }
}
