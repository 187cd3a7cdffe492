//! Reads a request. Like .NET, it silently drops elements whose name, case or namespace isn't exact,
//! and repeated elements. A number, boolean or date that can't be read is a fault.

use serde_json::{Map, Value};

use super::failure::SoapFault;
use super::node::Node;
use super::settings::{SoapNulls, SoapSettings};
use super::table::{ElementKind, Field, SoapOperation, Structure};
use super::value;

/// A request after it was read.
#[derive(Debug)]
pub(crate) struct ParsedRequest {
    /// The fields before those of the operation: credentials, session, debug.
    pub(crate) preamble: Map<String, Value>,
    /// The operation's own fields, by their names in the tables. Null stands for nil.
    pub(crate) values: Map<String, Value>,
    /// Paths of elements that were dropped.
    pub(crate) dropped: Vec<String>,
    /// The elements that were read.
    pub(crate) echo: Vec<Node>,
}

/// Reads the element in the body. `path` leads from it to the element with the fields.
pub(crate) fn read_request(
    operation: &SoapOperation,
    settings: &SoapSettings,
    namespace: &str,
    body: &Node,
    path: &[String],
) -> Result<ParsedRequest, SoapFault> {
    let mut node = body;
    for name in path {
        let next = node
            .children
            .iter()
            .find(|child| child.name == *name && child.namespace.as_deref() == Some(namespace));
        // The message of .NET for a missing parameter.
        node = next.ok_or_else(|| {
            SoapFault::server("Server was unable to process request. ---> Object reference not set to an instance of an object.")
        })?;
    }
    let shape = &operation.request;
    let mut reader = RequestReader {
        settings,
        namespace,
        dropped: Vec::new(),
    };
    let pairs = settings.pairs.contains(&operation.name);
    let whole = Part {
        fields: shape.fields.iter().collect(),
        owner: &shape.name,
        order: settings.orders.get(&operation.name).map(Vec::as_slice),
        pairs,
    };
    let (mut all, echo) = if let Some(wrapper) = settings.wrappers.get(&operation.name) {
        let (before, own): (Vec<&Field>, Vec<&Field>) = whole
            .fields
            .into_iter()
            .partition(|field| shape.preamble.contains(&field.name));
        let outside = Part {
            fields: before,
            order: None,
            pairs: false,
            ..whole
        };
        let (mut all, mut echo) = reader.members(&outside, node, "", Some(wrapper))?;
        if let Some(inner) = node.child(wrapper) {
            let inside = Part {
                fields: own,
                ..whole
            };
            let (values, nodes) = reader.members(&inside, inner, wrapper, None)?;
            all.extend(values);
            echo.push(Node::holding(wrapper, nodes));
        }
        (all, echo)
    } else {
        reader.members(&whole, node, "", None)?
    };
    let mut preamble = Map::new();
    for name in &shape.preamble {
        if let Some(value) = all.remove(name) {
            preamble.insert(name.clone(), value);
        }
    }
    Ok(ParsedRequest {
        preamble,
        values: all,
        dropped: reader.dropped,
        echo,
    })
}

/// The fields that one element can have.
#[derive(Clone)]
struct Part<'a> {
    fields: Vec<&'a Field>,
    /// The definition of the fields, for names in the settings.
    owner: &'a str,
    order: Option<&'a [String]>,
    pairs: bool,
}

struct RequestReader<'a> {
    settings: &'a SoapSettings,
    namespace: &'a str,
    dropped: Vec<String>,
}

impl RequestReader<'_> {
    fn members(
        &mut self,
        part: &Part<'_>,
        node: &Node,
        path: &str,
        known: Option<&String>,
    ) -> Result<(Map<String, Value>, Vec<Node>), SoapFault> {
        let mut values: Map<String, Value> = Map::new();
        let mut kept = Vec::new();
        let mut position = 0;
        for child in &node.children {
            let here = join(path, &child.name);
            let is_ours = child.namespace.as_deref() == Some(self.namespace);
            if is_ours && known == Some(&child.name) {
                continue;
            }
            let field = part
                .fields
                .iter()
                .find(|field| is_ours && self.settings.element(part.owner, field) == child.name);
            let Some(field) = field else {
                self.dropped.push(here);
                continue;
            };
            if let Some(next) = part.order.and_then(|order| position_in(order, &child.name)) {
                if next < position {
                    self.dropped.push(here);
                    continue;
                }
                position = next;
            }
            let pair = part.pairs && !field.required && !is_structure(&field.kind);
            let (value, echo) = match &field.kind {
                ElementKind::List(list) if !list.wrapped => {
                    let (item, echo) = self.value(&list.item, child, &here)?;
                    let items = values
                        .entry(&field.name)
                        .or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(items) = items {
                        items.push(item);
                    }
                    kept.push(echo);
                    continue;
                }
                _ if values.contains_key(&field.name) => {
                    self.dropped.push(here);
                    continue;
                }
                kind if pair => match self.pair(kind, child, &here)? {
                    Some(found) => found,
                    None => continue,
                },
                kind => self.value(kind, child, &here)?,
            };
            values.insert(field.name.clone(), value);
            kept.push(echo);
        }
        Ok((values, kept))
    }

    /// The value of an `Updated` and `Value` pair; none where it isn't to be updated.
    fn pair(
        &mut self,
        kind: &ElementKind,
        node: &Node,
        path: &str,
    ) -> Result<Option<(Value, Node)>, SoapFault> {
        let inside = |name: &str| {
            node.children.iter().find(|child| {
                child.name == name && child.namespace.as_deref() == Some(self.namespace)
            })
        };
        let updated = match inside("Updated") {
            Some(updated) => value::boolean(&updated.text).ok_or_else(unreadable)?,
            None => false,
        };
        let value = inside("Value").cloned();
        let (true, Some(value)) = (updated, value) else {
            self.dropped.push(path.to_owned());
            return Ok(None);
        };
        let (value, echo) = self.value(kind, &value, path)?;
        let pair = vec![Node::text("Updated", "true"), echo];
        Ok(Some((value, Node::holding(&node.name, pair))))
    }

    fn value(
        &mut self,
        kind: &ElementKind,
        node: &Node,
        path: &str,
    ) -> Result<(Value, Node), SoapFault> {
        let echo = Node {
            nil: node.nil,
            ..Node::text(&node.name, &node.text)
        };
        if node.nil {
            let holds_null = matches!(
                kind,
                ElementKind::Text | ElementKind::Object(_) | ElementKind::List(_)
            );
            return if holds_null || self.settings.nulls == SoapNulls::Nil {
                Ok((Value::Null, echo))
            } else {
                Err(unreadable())
            };
        }
        match kind {
            ElementKind::Object(shape) => {
                let (members, nodes) = self.object(shape, node, path)?;
                Ok((Value::Object(members), Node::holding(&node.name, nodes)))
            }
            ElementKind::List(list) => {
                let wanted = match &*list.item {
                    ElementKind::Object(shape) => self.settings.item(&shape.name, &shape.item),
                    kind => value::item_name(kind),
                };
                let wanted = wanted.to_owned();
                let (mut items, mut nodes) = (Vec::new(), Vec::new());
                for child in &node.children {
                    let here = join(path, &child.name);
                    if child.name == wanted && child.namespace.as_deref() == Some(self.namespace) {
                        let (item, echo) = self.value(&list.item, child, &here)?;
                        items.push(item);
                        nodes.push(echo);
                    } else {
                        self.dropped.push(here);
                    }
                }
                Ok((Value::Array(items), Node::holding(&node.name, nodes)))
            }
            _ => {
                let value =
                    value::read(kind, &node.text, self.settings.dates).ok_or_else(unreadable)?;
                Ok((value, echo))
            }
        }
    }

    fn object(
        &mut self,
        shape: &Structure,
        node: &Node,
        path: &str,
    ) -> Result<(Map<String, Value>, Vec<Node>), SoapFault> {
        let part = Part {
            fields: shape.fields.iter().collect(),
            owner: &shape.name,
            order: None,
            pairs: false,
        };
        self.members(&part, node, path, None)
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}/{name}")
    }
}

fn position_in(order: &[String], name: &str) -> Option<usize> {
    order.iter().position(|other| other == name)
}

fn is_structure(kind: &ElementKind) -> bool {
    matches!(kind, ElementKind::Object(_) | ElementKind::List(_))
}

fn unreadable() -> SoapFault {
    SoapFault::client(
        "Server was unable to read request. ---> There is an error in XML document. ---> Input string was not in a correct format.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap::node::parse;
    use crate::soap::settings::SoapDates;
    use crate::soap::table::Tables;
    use serde_json::json;

    fn outcome(
        operation: &str,
        settings: &SoapSettings,
        fields: &str,
    ) -> Result<ParsedRequest, SoapFault> {
        let tables = Tables::bundled().expect("the tables");
        outcome_of(&tables, operation, settings, fields)
    }

    fn outcome_of(
        tables: &Tables,
        operation: &str,
        settings: &SoapSettings,
        fields: &str,
    ) -> Result<ParsedRequest, SoapFault> {
        let body = format!(
            "<{operation} xmlns='n' xmlns:o='other' xmlns:xsi='{}'><Request>{fields}</Request></{operation}>",
            super::super::node::XSI
        );
        let body = parse(body.as_bytes()).expect("XML");
        let operation = tables.operation(operation).expect("an operation");
        read_request(operation, settings, "n", &body, &["Request".to_owned()])
    }

    fn values(operation: &str, settings: &SoapSettings, fields: &str) -> (Value, Vec<String>) {
        let parsed = outcome(operation, settings, fields).expect("parsed");
        (Value::Object(parsed.values), parsed.dropped)
    }

    #[test]
    fn reads_a_field_by_the_element_that_the_schema_names() {
        let tables = crate::soap::table::tests::renamed();
        let sent = "<Zip xmlns='n'>1</Zip><ZipCode xmlns='n'>98101</ZipCode>";
        let settings = SoapSettings::default();
        let parsed = outcome_of(&tables, "Products_Query", &settings, sent).expect("parsed");
        assert_eq!(Value::Object(parsed.values), json!({"Zip": "98101"}));
        assert_eq!(parsed.dropped, ["Zip"]);
        let named = settings.element_name("ProductsQueryRequest.Zip", "PostCode");
        let sent = "<PostCode xmlns='n'>98101</PostCode>";
        let parsed = outcome_of(&tables, "Products_Query", &named, sent);
        assert_eq!(parsed.expect("parsed").values.len(), 1);
    }

    #[test]
    fn drops_unknown_and_repeated_elements() {
        let (found, dropped) = values(
            "Products_Create",
            &SoapSettings::default(),
            "<CarrierId>1</CarrierId><o:Rate>2</o:Rate><Rate> -1.50 </Rate><Rate>3</Rate><CreatesOrder>1</CreatesOrder>
             <Fields><Field><FieldID>5</FieldID><value>x</value></Field><CustomField/></Fields>",
        );
        assert_eq!(
            found.to_string(),
            r#"{"Rate":-1.50,"CreatesOrder":true,"Fields":[{"FieldID":5}]}"#
        );
        assert_eq!(
            dropped,
            [
                "CarrierId",
                "Rate",
                "Rate",
                "Fields/Field/value",
                "Fields/CustomField"
            ]
        );
    }

    #[test]
    fn lists_of_numbers_repeat_their_element() {
        let fields = "<CustomerID>1</CustomerID><ID>3</ID><CustomerID>2</CustomerID>";
        let (found, _) = values("CustomerProducts_Query", &SoapSettings::default(), fields);
        assert_eq!(found, json!({"CustomerID": [1, 2], "ID": [3]}));
    }

    #[test]
    fn unreadable_values_are_faults() {
        let plain = SoapSettings::default();
        for bad in [
            "<Quantity/>",
            "<Quantity>1.0</Quantity>",
            "<Rate>1e3</Rate>",
            "<Rate>1_0</Rate>",
            "<DoNotProrateFlag>True</DoNotProrateFlag>",
            "<ActivatedDate>soon</ActivatedDate>",
            "<Rate xsi:nil='true'/>",
        ] {
            assert!(
                outcome("CustomerProducts_Update", &plain, bad).is_err(),
                "{bad}"
            );
        }
        let day = SoapSettings::default().dates(SoapDates::Day);
        let time = SoapSettings::default().dates(SoapDates::Time);
        let with_time = "<ActivatedDate>2024-03-01T00:00:00</ActivatedDate>";
        let without = "<ActivatedDate>2024-03-01</ActivatedDate>";
        for (settings, good, bad) in [(day, without, with_time), (time, with_time, without)] {
            assert!(outcome("CustomerProducts_Update", &settings, good).is_ok());
            assert!(outcome("CustomerProducts_Update", &settings, bad).is_err());
        }
    }

    #[test]
    fn settings_change_names_and_order() {
        let settings = SoapSettings::default()
            .wrapper("Products_Create", "Product")
            .element_name("ProductsCreateRequest.Code1", "USOC")
            .item_name("ProductCustomField", "CustomField")
            .element_order("Products_Create", ["USOC", "Rate"])
            .pairs("CustomerProducts_Update")
            .nulls(SoapNulls::Nil);
        let fields = "<Debug>true</Debug><Rate>1</Rate><Product><Rate>2</Rate><USOC>x</USOC><Cost xsi:nil='1'/>
            <Fields><CustomField><Value>v</Value></CustomField></Fields></Product>";
        let parsed = outcome("Products_Create", &settings, fields).expect("parsed");
        assert_eq!(
            parsed.preamble,
            *json!({"Debug": true}).as_object().expect("an object")
        );
        assert_eq!(
            parsed.values,
            *json!({"Rate": 2, "Cost": null, "Fields": [{"Value": "v"}]})
                .as_object()
                .expect("an object")
        );
        assert_eq!(parsed.dropped, ["Rate", "Product/USOC"]);

        let pairs =
            "<ID>1</ID><Rate><Updated>true</Updated><Value>2</Value></Rate><Code1>x</Code1>";
        let (found, dropped) = values("CustomerProducts_Update", &settings, pairs);
        assert_eq!(found, json!({"ID": 1, "Rate": 2}));
        assert_eq!(dropped, ["Code1"]);
    }
}
