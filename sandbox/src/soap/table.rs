//! The tables of the legacy operations, read from `schema/legacy`: name, order and type of every
//! element, and the settings of the service. No other code in this module repeats them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::rules::Rules;
use crate::schema::SchemaError;

/// The files of `schema/legacy` at build time.
const FILES: [(&str, &str); 6] = [
    (COMMON, include_str!("../../../schema/legacy/common.json")),
    (
        "customer_products_query.json",
        include_str!("../../../schema/legacy/customer_products_query.json"),
    ),
    (
        "customer_products_update.json",
        include_str!("../../../schema/legacy/customer_products_update.json"),
    ),
    (
        "products_create.json",
        include_str!("../../../schema/legacy/products_create.json"),
    ),
    (
        "products_query.json",
        include_str!("../../../schema/legacy/products_query.json"),
    ),
    (
        "products_update.json",
        include_str!("../../../schema/legacy/products_update.json"),
    ),
];

const COMMON: &str = "common.json";

/// All operations, and the header that they share.
pub(crate) struct Tables {
    pub(crate) operations: Vec<SoapOperation>,
    /// The header of every response.
    pub(crate) header: Arc<Structure>,
    files: BTreeMap<&'static str, Value>,
}

/// One operation.
pub(crate) struct SoapOperation {
    pub(crate) name: String,
    pub(crate) summary: String,
    pub(crate) request: Arc<Structure>,
    pub(crate) response: Arc<Structure>,
    pub(crate) rules: Rules,
}

/// An object, with its elements in the order of the wire.
#[derive(Debug)]
pub(crate) struct Structure {
    /// Name of the definition.
    pub(crate) name: String,
    /// Name of the element as an item of a list.
    pub(crate) item: String,
    pub(crate) fields: Vec<Field>,
    /// Fields before those of the operation: credentials, session, debug.
    pub(crate) preamble: Vec<String>,
    /// Fields of an item that may be beside it instead of inside.
    pub(crate) stray: Vec<String>,
}

/// One element of an object.
#[derive(Debug)]
pub(crate) struct Field {
    /// Name of the property.
    pub(crate) name: String,
    /// Name of the element.
    pub(crate) element: String,
    pub(crate) kind: ElementKind,
    pub(crate) required: bool,
}

/// The type of an element.
#[derive(Debug)]
pub(crate) enum ElementKind {
    Int,
    Decimal,
    Bool,
    Text,
    Date,
    /// Markup, unchanged.
    Markup,
    Object(Arc<Structure>),
    List(List),
}

/// A list.
#[derive(Debug)]
pub(crate) struct List {
    /// Whether an element encloses the items.
    pub(crate) wrapped: bool,
    pub(crate) item: Box<ElementKind>,
}

impl Structure {
    /// The field with exactly this name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The operation's own fields, without the preamble.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| !self.preamble.contains(&field.name))
    }
}

impl Tables {
    /// The tables at build time.
    pub(crate) fn bundled() -> Result<Self, SchemaError> {
        Self::read(FILES)
    }

    /// The tables of these files.
    pub(crate) fn read<'t>(
        texts: impl IntoIterator<Item = (&'static str, &'t str)>,
    ) -> Result<Self, SchemaError> {
        let mut files = BTreeMap::new();
        for (name, text) in texts {
            let file = serde_json::from_str(text)
                .map_err(|error| SchemaError::new(format!("schema/legacy/{name}: {error}")))?;
            files.insert(name, file);
        }
        let reader = SchemaReader { files: &files };
        let mut operations = Vec::new();
        for (name, file) in &files {
            if file.get("x-xml-operation").is_some() {
                operations.push(reader.operation(name, file)?);
            }
        }
        let header = reader.shape(COMMON, "#/definitions/Header")?;
        Ok(Self {
            operations,
            header,
            files,
        })
    }

    /// The list in the response of an operation, and the shape of its rows.
    pub(crate) fn rows(operation: &SoapOperation) -> Option<(&Field, &Structure)> {
        operation
            .response
            .fields
            .iter()
            .find_map(|field| match &field.kind {
                ElementKind::List(list) => match &*list.item {
                    ElementKind::Object(shape) => Some((field, &**shape)),
                    _ => None,
                },
                _ => None,
            })
    }

    /// The operation with a name.
    pub(crate) fn operation(&self, name: &str) -> Option<&SoapOperation> {
        self.operations
            .iter()
            .find(|operation| operation.name == name)
    }

    /// The value of a setting of the service.
    fn setting(&self, name: &str) -> Option<&Value> {
        self.files
            .get(COMMON)?
            .get("x-xml-service")?
            .get(name)?
            .get("value")
    }

    /// A setting that is a string; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.setting(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// A setting that is a list of strings.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        let values = self.setting(name).and_then(Value::as_array);
        values
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}

struct SchemaReader<'a> {
    files: &'a BTreeMap<&'static str, Value>,
}

impl SchemaReader<'_> {
    fn operation(&self, file: &str, root: &Value) -> Result<SoapOperation, SchemaError> {
        let text = |key: &str| {
            root.get(key)
                .and_then(Value::as_str)
                .ok_or_else(|| SchemaError::new(format!("schema/legacy/{file}: {key} is missing")))
        };
        Ok(SoapOperation {
            name: text("x-xml-operation")?.to_owned(),
            summary: text("summary")?.to_owned(),
            request: self.shape(file, text("x-xml-request")?)?,
            rules: self.rules(file, text("x-xml-request")?)?,
            response: self.shape(file, text("x-xml-response")?)?,
        })
    }

    fn rules(&self, file: &str, reference: &str) -> Result<Rules, SchemaError> {
        let (file, request) = self.follow(file, reference)?;
        let resolve = |reference: &str| self.get(file, reference).map(|(_, schema)| schema);
        Ok(Rules::read(request, &resolve))
    }

    /// The object that a reference in a file resolves to.
    fn shape(&self, file: &str, reference: &str) -> Result<Arc<Structure>, SchemaError> {
        let (file, schema) = self.follow(file, reference)?;
        let name = reference.rsplit('/').next().unwrap_or(reference);
        let mut properties = Properties::default();
        self.properties(file, schema, &mut properties)?;
        let mut preamble = Vec::new();
        if let Some(reference) = schema.get("x-xml-preamble").and_then(Value::as_str) {
            let (file, schema) = self.follow(file, reference)?;
            self.properties(file, schema, &mut properties)?;
            preamble = order(schema)?;
        }
        let fields = order(schema)?
            .into_iter()
            .map(|field| {
                let property = properties.0.remove(&field).ok_or_else(|| {
                    SchemaError::new(format!(
                        "x-xml-order of {name} names {field}, which is no property"
                    ))
                })?;
                Ok(Field {
                    name: field,
                    ..property
                })
            })
            .collect::<Result<_, SchemaError>>()?;
        if let Some(left) = properties.0.keys().next() {
            return Err(SchemaError::new(format!(
                "x-xml-order of {name} leaves out {left}"
            )));
        }
        Ok(Arc::new(Structure {
            name: name.to_owned(),
            item: element(schema, name),
            fields,
            preamble,
            stray: texts(
                schema
                    .get("x-xml-stray")
                    .and_then(|stray| stray.get("fields")),
            ),
        }))
    }

    fn properties(
        &self,
        file: &str,
        schema: &Value,
        into: &mut Properties,
    ) -> Result<(), SchemaError> {
        let required = schema.get("required").and_then(Value::as_array);
        let required = |name: &str| {
            required.is_some_and(|names| names.iter().any(|required| required == name))
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let field = Field {
                name: name.clone(),
                element: element(property, name),
                kind: self.kind(file, property)?,
                required: required(name),
            };
            into.0.insert(name.clone(), field);
        }
        Ok(())
    }

    fn kind(&self, file: &str, schema: &Value) -> Result<ElementKind, SchemaError> {
        let reference = schema
            .get("$ref")
            .or_else(|| schema.get("allOf")?.get(0)?.get("$ref"))
            .and_then(Value::as_str);
        if let Some(reference) = reference {
            let (home, target) = self.follow(file, reference)?;
            return if target.get("properties").is_some() {
                Ok(ElementKind::Object(self.shape(file, reference)?))
            } else {
                self.kind(home, target)
            };
        }
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        Ok(match (text("type"), text("format")) {
            (Some("integer"), _) => ElementKind::Int,
            (Some("number"), _) => ElementKind::Decimal,
            (Some("boolean"), _) => ElementKind::Bool,
            (Some("string"), Some("date-time")) => ElementKind::Date,
            (Some("string"), _) if schema.get("x-xml-verbatim") == Some(&Value::Bool(true)) => {
                ElementKind::Markup
            }
            (Some("string"), _) => ElementKind::Text,
            (Some("array"), _) => ElementKind::List(List {
                wrapped: xml(schema, "wrapped") == Some(&Value::Bool(true)),
                item: Box::new(self.kind(file, schema.get("items").unwrap_or(&Value::Null))?),
            }),
            (kind, _) => {
                let message = format!("schema/legacy/{file} has an unsupported type: {kind:?}");
                return Err(SchemaError::new(message));
            }
        })
    }

    /// The file and the definition that a reference resolves to.
    fn follow(&self, file: &str, reference: &str) -> Result<(&str, &Value), SchemaError> {
        self.get(file, reference).ok_or_else(|| {
            let message =
                format!("schema/legacy/{file} refers to {reference}, which doesn't exist");
            SchemaError::new(message)
        })
    }

    fn get(&self, file: &str, reference: &str) -> Option<(&str, &Value)> {
        let (target, pointer) = reference.split_once('#')?;
        let (name, root) =
            self.files
                .get_key_value(if target.is_empty() { file } else { target })?;
        Some((name, root.pointer(pointer)?))
    }
}

/// Fields by name.
#[derive(Default)]
struct Properties(BTreeMap<String, Field>);

fn order(schema: &Value) -> Result<Vec<String>, SchemaError> {
    let names = schema.get("x-xml-order");
    if names.is_none() {
        return Err(SchemaError::new(
            "an object of schema/legacy has no x-xml-order",
        ));
    }
    Ok(texts(names))
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

/// The name of an element: what `xml` says, else that of the property or definition.
fn element(schema: &Value, name: &str) -> String {
    let named = xml(schema, "name").and_then(Value::as_str);
    named.unwrap_or(name).to_owned()
}

fn xml<'v>(schema: &'v Value, key: &str) -> Option<&'v Value> {
    schema.get("xml")?.get(key)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The tables, with `products_query.json` edited so that the element of `Zip` is `ZipCode`.
    pub(crate) fn renamed() -> Tables {
        let from = "\"pattern\": \"^[0-9]{5}$\",";
        let to = format!("{from} \"xml\": {{\"name\": \"ZipCode\"}},");
        let edited = |text: &str| text.replacen(from, &to, 1);
        let texts: Vec<(&'static str, String)> = FILES
            .iter()
            .map(|(name, text)| match *name {
                "products_query.json" => (*name, edited(text)),
                _ => (*name, (*text).to_owned()),
            })
            .collect();
        Tables::read(texts.iter().map(|(name, text)| (*name, text.as_str()))).expect("the tables")
    }

    #[test]
    fn a_field_has_the_element_that_the_schema_names() {
        let tables = renamed();
        let query = tables.operation("Products_Query").expect("an operation");
        let zip = query.request.field("Zip").expect("a field");
        assert_eq!(
            (zip.name.as_str(), zip.element.as_str()),
            ("Zip", "ZipCode")
        );
    }

    #[test]
    fn reads_the_bundled_tables() {
        let tables = Tables::bundled().expect("the tables");
        assert_eq!(tables.operations.len(), 5);
        assert_eq!(tables.text("namespace"), "http://api.myh2o.com/v20");
        assert_eq!(tables.texts("success-path"), ["Header", "Success"]);
        assert_eq!(tables.header.fields.len(), 6);
        let create = tables.operation("Products_Create").expect("an operation");
        assert_eq!(create.request.preamble, ["Credentials", "Session", "Debug"]);
        let own: Vec<&str> = create
            .request
            .own()
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(own[..2], ["CarrierID", "ProductTypeID"]);
        let fields = create.request.field("Fields").expect("a field");
        let ElementKind::List(List {
            wrapped: true,
            item,
        }) = &fields.kind
        else {
            panic!("{fields:?}");
        };
        assert!(matches!(&**item, ElementKind::Object(shape) if shape.item == "Field"));
        let query = tables
            .operation("CustomerProducts_Query")
            .expect("an operation");
        let ids = query.request.field("CustomerID").expect("a field");
        assert!(
            matches!(&ids.kind, ElementKind::List(List { wrapped: false, item }) if matches!(**item, ElementKind::Int))
        );
        assert!(Tables::rows(query).is_some() && Tables::rows(create).is_none());
    }
}
