//! What a description demands of a request.
//!
//! What it doesn't mention is ignored: other query names, other headers, a body where none is wanted.

use revio_test_server::{Request, decode};
use serde_json::Value;

use super::answers::{Answer, answers};
use super::{Description, Way};
use crate::spec::{Operation, Parameter, Spec, Strictness, validator};

impl Description for Spec {
    fn way(&self, request: &Request) -> Way {
        let all = self.operations();
        let paths: Vec<String> = servers(self)
            .filter_map(|url| request.path().strip_prefix(&site(url)).map(str::to_owned))
            .collect();
        let here = all
            .iter()
            .filter(|operation| paths.iter().any(|path| fits(operation.path(), path)));
        let mut same_method = here
            .clone()
            .filter(|operation| operation.method() == request.method);
        let Some(operation) = same_method.next() else {
            return Way::Nowhere(if here.count() == 0 { 404 } else { 405 });
        };
        // A path that is written out goes before one with a placeholder.
        let placeholders = |operation: &&Operation<'_>| operation.path().matches('{').count();
        let operation = same_method
            .chain([operation])
            .min_by_key(placeholders)
            .unwrap_or(operation);
        match refusal(self, operation, request) {
            Some((status, why)) => Way::Refused(status, format!("{}: {why}", operation.id())),
            None => Way::To(operation.id().to_owned()),
        }
    }

    fn answers(&self, operation: &str, accept: &str) -> Vec<Answer> {
        let all = self.operations().into_iter();
        let named = all.filter(|it| it.id() == operation);
        named
            .flat_map(|operation| answers(self, &operation, accept))
            .collect()
    }
}

/// The addresses of a service.
pub fn servers(spec: &Spec) -> impl Iterator<Item = &str> {
    let servers = spec.document()["servers"].as_array();
    servers
        .into_iter()
        .flatten()
        .filter_map(|server| server["url"].as_str())
}

/// The path that stands for an address on this machine: `/https/host/path`.
pub(super) fn site(url: &str) -> String {
    format!("/{}", url.replacen("://", "/", 1))
}

fn fits(template: &str, path: &str) -> bool {
    let (wanted, sent) = (template.split('/'), path.split('/'));
    wanted.clone().count() == sent.clone().count()
        && wanted.zip(sent).all(|(wanted, sent)| {
            (wanted.starts_with('{') && !sent.is_empty()) || decode(sent) == wanted
        })
}

/// Why an operation doesn't accept a request.
fn refusal(spec: &Spec, operation: &Operation<'_>, request: &Request) -> Option<(u16, String)> {
    if !lets_in(spec, operation, request) {
        return Some((401, "the credentials aren't those that it wants".to_owned()));
    }
    let query = request.query();
    for parameter in operation.parameters("query") {
        let sent = query.iter().filter(|(name, _)| name == parameter.name);
        let sent: Vec<&str> = sent.map(|(_, value)| value.as_str()).collect();
        if let Some(why) = misfit(spec, parameter, &sent) {
            return Some((400, format!("query parameter {why}")));
        }
    }
    for parameter in operation.parameters("header") {
        let sent: Vec<&str> = request
            .header(&parameter.name.to_lowercase())
            .into_iter()
            .collect();
        if let Some(why) = misfit(spec, parameter, &sent) {
            return Some((400, format!("header {why}")));
        }
    }
    let sent: Vec<String> = request.path().split('/').map(decode).collect();
    let template: Vec<&str> = operation.path().split('/').collect();
    for parameter in operation.parameters("path") {
        let name = format!("{{{}}}", parameter.name);
        let from_end = template.iter().rev().position(|part| *part == name);
        let value = from_end.and_then(|at| sent.iter().rev().nth(at));
        let sent: Vec<&str> = value.map(String::as_str).into_iter().collect();
        if let Some(why) = misfit(spec, parameter, &sent) {
            return Some((400, format!("path parameter {why}")));
        }
    }
    body(spec, operation, request)
}

/// What is wrong with the values of a parameter.
fn misfit(spec: &Spec, parameter: Parameter<'_>, sent: &[&str]) -> Option<String> {
    let name = parameter.name;
    if sent.is_empty() {
        return parameter.required.then(|| format!("{name} is missing"));
    }
    let is_list = parameter.schema["type"] == "array";
    if sent.len() > 1 && !is_list {
        return Some(format!("{name} comes {} times", sent.len()));
    }
    let schema = if is_list {
        &parameter.schema["items"]
    } else {
        parameter.schema
    };
    let valid = validator(spec, schema, Strictness::Literal);
    let wrong = sent.iter().find(|text| {
        let typed = match spec.plain(schema).get("type").and_then(Value::as_str) {
            Some("string") | None => Value::from(**text),
            _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(**text)),
        };
        !valid.is_valid(&typed)
    });
    wrong.map(|value| format!("{name} can't be {value}"))
}

fn body(spec: &Spec, operation: &Operation<'_>, request: &Request) -> Option<(u16, String)> {
    let wanted = spec.resolve(operation.node().get("requestBody")?);
    if request.body.is_empty() {
        let required = wanted.get("required") == Some(&Value::Bool(true));
        return required.then(|| (400, "the body is missing".to_owned()));
    }
    let sent_as = request.only_header("content-type").unwrap_or_default();
    let sent_as = sent_as.split(';').next().unwrap_or_default().trim();
    let content = wanted["content"].as_object()?;
    let found = content.iter().find(|(media_type, _)| {
        let is_json = media_type.as_str() == "application/json";
        let stated = operation.text("x-revio-content-type").filter(|_| is_json);
        sent_as == stated.unwrap_or(media_type)
    });
    let Some((_, found)) = found else {
        return Some((415, format!("a body of {sent_as} isn't wanted")));
    };
    if !sent_as.ends_with("json") {
        return None;
    }
    let Ok(sent) = serde_json::from_slice::<Value>(&request.body) else {
        return Some((400, "the body is no JSON".to_owned()));
    };
    let valid = validator(spec, &found["schema"], Strictness::Literal);
    let error = valid.iter_errors(&sent).next()?;
    Some((
        400,
        format!("the body is refused: {}: {error}", error.instance_path()),
    ))
}

/// Whether a caller proves enough. Which values are right isn't looked at.
fn lets_in(spec: &Spec, operation: &Operation<'_>, request: &Request) -> bool {
    let document = spec.document();
    let ways = operation
        .node()
        .get("security")
        .unwrap_or(&document["security"]);
    let Some(ways) = ways.as_array().filter(|ways| !ways.is_empty()) else {
        return true;
    };
    let proves = |name: &str| {
        let scheme = spec.resolve(&document["components"]["securitySchemes"][name]);
        let text = |key: &str| scheme[key].as_str().unwrap_or_default();
        match (text("type"), text("in")) {
            ("http", _) => request
                .only_header("authorization")
                .and_then(|sent| sent.split(' ').next())
                .is_some_and(|sent| sent.eq_ignore_ascii_case(text("scheme"))),
            ("apiKey", "header") => request.only_header(&text("name").to_lowercase()).is_some(),
            ("apiKey", "query") => request.query().iter().any(|(name, _)| name == text("name")),
            _ => false,
        }
    };
    ways.iter().any(|way| {
        let schemes = way.as_object().into_iter().flatten();
        schemes.map(|(name, _)| name).all(|name| proves(name))
    })
}
