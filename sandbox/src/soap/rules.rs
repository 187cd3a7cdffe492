//! The rules of a request beyond names and types: required fields, limits, fields that exclude or
//! require each other.

use serde_json::{Map, Value, json};

use super::failure::Refusal;
use crate::schema::{Check, SchemaError};

/// The rules for the fields of one operation.
pub(crate) struct Rules {
    check: Check,
    /// Fields that exclude each other.
    exclusive: Vec<Vec<String>>,
    /// A field, and a field that it requires.
    needs: Vec<(String, String)>,
}

impl Rules {
    /// Reads the definition of a request; `resolve` resolves its references.
    pub(crate) fn read<'v>(
        request: &'v Value,
        resolve: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Self {
        let properties = request.get("properties").and_then(Value::as_object);
        let properties: Map<String, Value> = properties
            .into_iter()
            .flatten()
            .map(|(name, property)| (name.clone(), plain(property, resolve)))
            .collect();
        let mut flat = json!({"type": "object", "properties": properties});
        if let Some(required) = request.get("required") {
            flat["required"] = required.clone();
        }
        let texts = |list: &Value| -> Vec<String> {
            let list = list.as_array().into_iter().flatten();
            list.filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        let all_of = request.get("allOf").and_then(Value::as_array);
        let exclusive = all_of
            .into_iter()
            .flatten()
            .filter_map(|rule| Some(texts(rule.get("not")?.get("required")?)))
            .collect();
        let dependencies = request.get("dependencies").and_then(Value::as_object);
        let needs = dependencies
            .into_iter()
            .flatten()
            .flat_map(|(name, others)| texts(others).into_iter().map(|other| (name.clone(), other)))
            .collect();
        Self {
            check: Check::new(&flat),
            exclusive,
            needs,
        }
    }

    /// The refusal of a request that breaks a rule.
    pub(crate) fn refuse(
        &self,
        values: &Map<String, Value>,
    ) -> Result<Option<Refusal>, SchemaError> {
        let given = |name: &String| values.get(name).is_some_and(|value| !value.is_null());
        let present: Map<String, Value> = values
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if let Some(problem) = self.check.problem(&Value::Object(present))? {
            return Ok(Some(Refusal::new(problem)));
        }
        let both = self.exclusive.iter().find(|names| names.iter().all(given));
        let both = both.map(|names| format!("{} can't be given together", names.join(" and ")));
        let missing = self
            .needs
            .iter()
            .find(|(name, other)| given(name) && !given(other));
        let missing = missing.map(|(name, other)| format!("{name} needs {other}"));
        Ok(both.or(missing).map(Refusal::new))
    }
}

/// The rules of a property, with its reference resolved.
fn plain<'v>(property: &'v Value, resolve: &dyn Fn(&str) -> Option<&'v Value>) -> Value {
    let reference = property
        .get("$ref")
        .or_else(|| property.get("allOf")?.get(0)?.get("$ref"))
        .and_then(Value::as_str);
    let schema = reference.and_then(resolve).unwrap_or(property);
    let mut out = Map::new();
    for key in [
        "type",
        "format",
        "enum",
        "pattern",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
    ] {
        if let Some(value) = schema.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_name_the_broken_rule() {
        let request = json!({"type": "object", "required": ["A"],
            "properties": {"A": {"type": "integer"}, "B": {"type": "string", "pattern": "^[0-9]{5}$"},
                           "C": {"$ref": "#/x"}},
            "allOf": [{"not": {"required": ["B", "C"]}}, {"not": {"required": ["ID"]}}],
            "dependencies": {"C": ["D"]}});
        let words = json!({"type": "string", "enum": ["x"]});
        let rules = Rules::read(&request, &|_| Some(&words));
        let refused = |values: Value| {
            let values = values.as_object().expect("an object").clone();
            rules
                .refuse(&values)
                .expect("a schema")
                .map(|refusal| refusal.message)
        };
        assert_eq!(refused(json!({"A": 1, "B": "01234"})), None);
        assert_eq!(
            refused(json!({"A": null})).as_deref(),
            Some("/A is required")
        );
        assert!(refused(json!({"A": 1, "B": "1234"})).is_some());
        assert_eq!(
            refused(json!({"A": 1, "C": "y"})).as_deref(),
            Some("/C must be one of x")
        );
        assert_eq!(
            refused(json!({"A": 1, "C": "x"})).as_deref(),
            Some("C needs D")
        );
        assert_eq!(
            refused(json!({"A": 1, "B": "01234", "C": "x", "D": 1})).as_deref(),
            Some("B and C can't be given together")
        );
    }
}
