//! Walking and building schemas.

use openapiv3::{
    AdditionalProperties, Components, IntegerType, MediaType, OpenAPI, Operation, Parameter,
    ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody, Response, Schema, SchemaData,
    SchemaKind, Type,
};

/// What the reference to a component starts with.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// The component name that a schema reference points to.
///
/// ```
/// use revio_codegen::lower::component_name;
///
/// assert_eq!(component_name("#/components/schemas/Bill"), Some("Bill"));
/// assert_eq!(component_name("#/components/parameters/Page"), None);
/// ```
pub fn component_name(reference: &str) -> Option<&str> {
    reference.strip_prefix(SCHEMAS)
}

/// The reference to the component `name`.
pub fn reference<T>(name: &str) -> ReferenceOr<T> {
    ReferenceOr::Reference {
        reference: format!("{SCHEMAS}{name}"),
    }
}

/// The names that stand behind `prefix` at the start of a text in `json`.
///
/// Serialising is the one walk that can't forget a place where a reference may stand.
pub(crate) fn mentioned(json: &str, prefix: &str) -> Vec<String> {
    let opening = format!("\"{prefix}");
    let rests = json.split(opening.as_str()).skip(1);
    rests
        .filter_map(|rest| rest.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// A placeholder component; the type that replaces it is what counts.
pub(crate) fn placeholder() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::Integer(IntegerType::default())),
    })
}

/// Turns `schema` into a reference to `name`, keeping nullability and description.
pub(crate) fn point_at(schema: &mut Schema, name: &str) {
    schema.schema_kind = SchemaKind::AllOf {
        all_of: vec![reference(name)],
    };
    schema.schema_data.default = None;
    schema.schema_data.extensions.clear();
}

/// A string-valued extension.
pub(crate) fn extension<'a>(schema: &'a Schema, name: &str) -> Option<&'a str> {
    schema.schema_data.extensions.get(name)?.as_str()
}

/// The components, created when absent.
pub(crate) fn components(api: &mut OpenAPI) -> &mut Components {
    api.components.get_or_insert_with(Components::default)
}

/// Every operation of a path item.
pub(crate) fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.patch,
        &mut item.head,
        &mut item.options,
        &mut item.trace,
    ]
    .into_iter()
    .filter_map(Option::as_mut)
}

/// Every operation of the document.
pub(crate) fn every_operation(api: &mut OpenAPI, mut visit: impl FnMut(&mut Operation)) {
    for item in api.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = item {
            operations_mut(item).for_each(&mut visit);
        }
    }
}

/// Every inline schema of the document, children before parents.
pub(crate) fn every_schema(api: &mut OpenAPI, visit: &mut dyn FnMut(&mut Schema)) {
    for item in api.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = item {
            item.parameters
                .iter_mut()
                .for_each(|parameter| in_parameter(parameter, visit));
            for operation in operations_mut(item) {
                operation
                    .parameters
                    .iter_mut()
                    .for_each(|parameter| in_parameter(parameter, visit));
                if let Some(ReferenceOr::Item(body)) = &mut operation.request_body {
                    in_body(body, visit);
                }
                for response in operation.responses.responses.values_mut() {
                    in_response(response, visit);
                }
            }
        }
    }
    if let Some(components) = &mut api.components {
        components
            .parameters
            .values_mut()
            .for_each(|parameter| in_parameter(parameter, visit));
        components
            .responses
            .values_mut()
            .for_each(|response| in_response(response, visit));
        components
            .schemas
            .values_mut()
            .for_each(|schema| in_slot(schema, visit));
    }
}

fn in_parameter(parameter: &mut ReferenceOr<Parameter>, visit: &mut dyn FnMut(&mut Schema)) {
    let ReferenceOr::Item(
        Parameter::Query { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. },
    ) = parameter
    else {
        return;
    };
    if let ParameterSchemaOrContent::Schema(schema) = &mut parameter_data.format {
        in_slot(schema, visit);
    }
}

fn in_body(body: &mut RequestBody, visit: &mut dyn FnMut(&mut Schema)) {
    body.content
        .values_mut()
        .for_each(|media| in_media(media, visit));
}

fn in_response(response: &mut ReferenceOr<Response>, visit: &mut dyn FnMut(&mut Schema)) {
    if let ReferenceOr::Item(response) = response {
        response
            .content
            .values_mut()
            .for_each(|media| in_media(media, visit));
    }
}

fn in_media(media: &mut MediaType, visit: &mut dyn FnMut(&mut Schema)) {
    if let Some(schema) = &mut media.schema {
        in_slot(schema, visit);
    }
}

/// A place that holds a schema or a reference to one. A schema that a visitor turned into a bare
/// reference becomes one, so that the generators see the plain spelling.
fn in_slot(slot: &mut ReferenceOr<Schema>, visit: &mut dyn FnMut(&mut Schema)) {
    if let ReferenceOr::Item(schema) = slot {
        in_schema(schema, visit);
        if let Some(reference) = bare_reference(schema) {
            *slot = ReferenceOr::Reference { reference };
        }
    }
}

fn in_boxed(slot: &mut ReferenceOr<Box<Schema>>, visit: &mut dyn FnMut(&mut Schema)) {
    if let ReferenceOr::Item(schema) = slot {
        in_schema(schema, visit);
        if let Some(reference) = bare_reference(schema) {
            *slot = ReferenceOr::Reference { reference };
        }
    }
}

fn bare_reference(schema: &Schema) -> Option<String> {
    if schema.schema_data.nullable {
        return None;
    }
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => match all_of.as_slice() {
            [ReferenceOr::Reference { reference }] => Some(reference.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn in_schema(schema: &mut Schema, visit: &mut dyn FnMut(&mut Schema)) {
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object
                .properties
                .values_mut()
                .for_each(|property| in_boxed(property, visit));
            if let Some(AdditionalProperties::Schema(schema)) = &mut object.additional_properties {
                in_slot(schema, visit);
            }
        }
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(items) = &mut array.items {
                in_boxed(items, visit);
            }
        }
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => {
            for part in parts {
                in_slot(part, visit);
            }
        }
        SchemaKind::Not { not } => in_slot(not, visit),
        SchemaKind::Type(_) | SchemaKind::Any(_) => {}
    }
    visit(schema);
}
