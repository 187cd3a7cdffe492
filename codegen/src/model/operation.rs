//! One operation: how it is called and what it answers.

use heck::ToSnakeCase;
use openapiv3::{
    OpenAPI, Operation as Source, Parameter as SourceParameter, ParameterSchemaOrContent,
    ReferenceOr, Schema, SchemaKind, StatusCode, Type,
};
use serde_json::Value;

use super::facts::{Effect, Evidence};
use super::schema::constraints;
use crate::annotation;
use crate::fault::{Fault, Subject};
use crate::lower::{component_name, page_item};

/// One operation of the schema.
pub struct Operation {
    /// `<tag>_<verb>`.
    pub id: String,
    /// The handle it belongs to.
    pub tag: String,
    /// The method's name on the handle.
    pub verb: String,
    /// Upper case.
    pub method: String,
    /// Template with `{placeholders}`.
    pub path: String,
    /// One imperative line.
    pub summary: String,
    /// What a caller must know.
    pub description: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// What it does.
    pub effect: Effect,
    /// The request's media type where there is a body.
    pub content_type: Option<String>,
    /// The vendor's page.
    pub page: Option<String>,
    /// Path parameters in the order of the path, then the query.
    pub parameters: Vec<Parameter>,
    /// Component name of the body.
    pub body: Option<String>,
    /// What a success carries.
    pub answer: Answer,
    /// The record that it reads or writes.
    pub record: Option<String>,
}

impl Operation {
    /// The generated constant, e.g. `CUSTOMERS_LIST`.
    pub fn constant(&self) -> String {
        self.id.to_uppercase()
    }

    /// The generated request type, e.g. `CustomersList`.
    pub fn request(&self) -> String {
        heck::ToUpperCamelCase::to_upper_camel_case(self.id.as_str())
    }
}

/// What a success carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A typed value, named by the transport's signature.
    Value,
    /// One page of a list.
    Page,
    /// Nothing but the fact.
    Done,
    /// Bytes.
    File,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Behind the question mark.
    Query,
}

/// A parameter.
pub struct Parameter {
    /// As sent.
    pub name: String,
    /// As a Rust setter: without the optional `search.` prefix.
    pub setter: String,
    /// Where it goes.
    pub place: Place,
    /// Whether the constructor takes it.
    pub required: bool,
    /// What it does, with its limits.
    pub description: String,
    /// How well it is known.
    pub evidence: Evidence,
}

pub(super) fn read(
    api: &OpenAPI,
    path: &str,
    method: &str,
    source: &Source,
) -> Result<Operation, Fault> {
    let id = source.operation_id.clone().ok_or_else(|| {
        let subject = Subject::Path(path.to_owned());
        Fault::new(subject, format!("has a {method} without an operationId"))
    })?;
    let fault = |message: &str| Fault::operation(&id, message);
    let [tag] = source.tags.as_slice() else {
        return Err(fault("needs exactly one tag"));
    };
    let verb = id
        .strip_prefix(tag.as_str())
        .and_then(|rest| rest.strip_prefix('_'))
        .ok_or_else(|| fault(&format!("must start with its tag {tag} and an underscore")))?;
    let text = |key: &str| source.extensions.get(key).and_then(Value::as_str);
    let evidence = text(annotation::EVIDENCE)
        .and_then(Evidence::parse)
        .ok_or_else(|| fault("has no x-revio-evidence"))?;
    let effect = text(annotation::EFFECT)
        .and_then(Effect::parse)
        .ok_or_else(|| fault("has no x-revio-effect"))?;
    let mut parameters = source
        .parameters
        .iter()
        .map(|parameter| read_parameter(api, &id, evidence, parameter))
        .collect::<Result<Vec<_>, _>>()?;
    // Path parameters first, as they stand in the path: constructors take them in that order.
    parameters.sort_by_key(|parameter| match parameter.place {
        Place::Path => path.find(&format!("{{{}}}", parameter.name)),
        Place::Query => Some(usize::MAX),
    });
    let body = match &source.request_body {
        None => None,
        Some(ReferenceOr::Item(body)) => body
            .content
            .get("application/json")
            .and_then(|media| media.schema.as_ref())
            .and_then(|schema| match schema {
                ReferenceOr::Reference { reference } => component_name(reference),
                ReferenceOr::Item(_) => None,
            })
            .map(str::to_owned)
            .ok_or_else(|| fault("has a body that is no reference to a schema"))
            .map(Some)?,
        Some(ReferenceOr::Reference { .. }) => {
            return Err(fault("has a body by reference; write it here"));
        }
    };
    let content_type = body.as_ref().map(|_| {
        text(annotation::CONTENT_TYPE)
            .unwrap_or("application/json")
            .to_owned()
    });
    Ok(Operation {
        verb: verb.to_owned(),
        tag: tag.clone(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: source.summary.clone().unwrap_or_default(),
        description: source.description.clone().unwrap_or_default(),
        evidence,
        effect,
        content_type,
        page: source.external_docs.as_ref().map(|docs| docs.url.clone()),
        parameters,
        body,
        answer: read_answer(api, source),
        record: text(annotation::RECORD).map(str::to_owned),
        id,
    })
}

fn read_answer(api: &OpenAPI, source: &Source) -> Answer {
    let schemas = api
        .components
        .as_ref()
        .map(|components| &components.schemas);
    let is_page = |name| schemas.is_some_and(|schemas| page_item(name, schemas).is_some());
    let success = source
        .responses
        .responses
        .iter()
        .find(|(status, _)| matches!(status, StatusCode::Code(200..=299)));
    let Some((_, ReferenceOr::Item(response))) = success else {
        return Answer::Done;
    };
    match response.content.first() {
        None => Answer::Done,
        Some((name, _)) if name != "application/json" => Answer::File,
        Some((_, media)) => match &media.schema {
            Some(ReferenceOr::Reference { reference }) => match component_name(reference) {
                Some("Acknowledged") => Answer::Done,
                Some(name) if is_page(name) => Answer::Page,
                _ => Answer::Value,
            },
            _ => Answer::Value,
        },
    }
}

fn read_parameter(
    api: &OpenAPI,
    operation: &str,
    known: Evidence,
    source: &ReferenceOr<SourceParameter>,
) -> Result<Parameter, Fault> {
    let source = match source {
        ReferenceOr::Item(parameter) => parameter,
        ReferenceOr::Reference { reference } => reference
            .strip_prefix("#/components/parameters/")
            .and_then(|name| api.components.as_ref()?.parameters.get(name))
            .and_then(ReferenceOr::as_item)
            .ok_or_else(|| {
                Fault::operation(operation, format!("has no parameter at {reference}"))
            })?,
    };
    let place = match source {
        SourceParameter::Query { .. } => Place::Query,
        SourceParameter::Path { .. } => Place::Path,
        _ => {
            let message = "takes something that is neither in the path nor in the query";
            return Err(Fault::operation(operation, message));
        }
    };
    let data = source.parameter_data_ref();
    let evidence = data
        .extensions
        .get(annotation::EVIDENCE)
        .and_then(Value::as_str)
        .and_then(Evidence::parse)
        // What stands in the path is known as well as the path.
        .unwrap_or(known);
    let mut description = data.description.clone().unwrap_or_default();
    if let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &data.format {
        description.push_str(&constraints(schema));
        if is_array(schema) && !description.contains("repeat") {
            description.push_str(" Several values are sent by repeating the key.");
        }
    }
    let bare = data.name.strip_prefix("search.").unwrap_or(&data.name);
    Ok(Parameter {
        setter: bare.to_snake_case(),
        name: data.name.clone(),
        place,
        required: data.required,
        description,
        evidence,
    })
}

fn is_array(schema: &Schema) -> bool {
    matches!(schema.schema_kind, SchemaKind::Type(Type::Array(_)))
}
