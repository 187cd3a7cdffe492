//! What all operations share: namespace, versions, actions, address.

use super::description::{Binding, Description};
use super::difference::Report;
use crate::soap::{Service, Wire};

/// Compares, and gives the namespace that the service's elements are in.
pub(super) fn compare<'a>(wire: &Wire, found: &Description<'a>, report: &mut Report) -> &'a str {
    let service = &wire.service;
    let named = wire.operations.iter().filter_map(|operation| {
        let messages = found.operations.get(operation.name.as_str())?;
        Some(messages.input?.0)
    });
    let namespaces: Vec<&str> = named.collect();
    let namespace = namespaces.first().copied().unwrap_or_default();
    if namespaces.iter().any(|other| *other != namespace) {
        report.problem("the operations are in several namespaces; the client knows one");
    }
    if !namespaces.is_empty() && namespace != service.namespace.value {
        report.setting(
            format!(".namespace({namespace:?})"),
            format!("the tables say {:?}", service.namespace.value),
        );
    }
    if !found.is_qualified {
        report.problem("elements inside of others are in no namespace (elementFormDefault is not \"qualified\"); the client writes and reads all of them in the service's");
    }
    bindings(wire, found, namespace, report);
    namespace
}

fn bindings(wire: &Wire, found: &Description<'_>, namespace: &str, report: &mut Report) {
    let service = &wire.service;
    let of = |version: &str| {
        found
            .bindings
            .iter()
            .find(|binding| binding.version == version)
    };
    let default = service.soap_version.value.as_str();
    let other = if default == "1.1" { "1.2" } else { "1.1" };
    let Some(binding) = of(default).or(of(other)) else {
        report.problem(
            "there is no binding to SOAP, so neither versions nor actions can be compared",
        );
        return;
    };
    if binding.version != default {
        let name = if binding.version == "1.1" {
            "Soap11"
        } else {
            "Soap12"
        };
        report.setting(
            format!(".soap_version(SoapVersion::{name})"),
            format!("there is no binding to SOAP {default}"),
        );
    }
    if !binding.is_document_literal {
        report
            .problem("the binding is not document/literal, the only style that the client speaks");
    }
    actions(wire, binding, namespace, report);
    if let Some(address) = binding.address {
        endpoint(service, address, report);
    }
}

fn actions(wire: &Wire, binding: &Binding<'_>, namespace: &str, report: &mut Report) {
    let expected = wire.service.action.trim_matches('"');
    let mut templates: Vec<String> = Vec::new();
    for operation in &wire.operations {
        let Some(action) = binding.actions.get(operation.name.as_str()) else {
            continue;
        };
        let wanted = expected
            .replace("{namespace}", namespace)
            .replace("{operation}", &operation.name);
        if *action != wanted {
            let template = action
                .replace(&operation.name, "{operation}")
                .replace(namespace, "{namespace}");
            if !templates.contains(&template) {
                templates.push(template);
            }
        }
    }
    match templates.as_slice() {
        [] => {}
        [template] => {
            let template = format!("\"{template}\"");
            report.setting(format!(".action_template({template:?})"), format!("the tables say {:?}", wire.service.action));
        }
        several => report.problem(format!(
            "the actions follow no one pattern ({}); the client has one template for all operations",
            several.join(", ")
        )),
    }
}

/// Addresses in descriptions are often those behind a gateway, with another scheme, so they count for little.
fn endpoint(service: &Service, address: &str, report: &mut Report) {
    let plain = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.to_ascii_lowercase()
    };
    let known = std::iter::once(&service.endpoint.value).chain(&service.endpoint.candidates);
    let is_known = known.map(|url| plain(url)).any(|url| url == plain(address));
    let place = plain(address);
    let host = place.split(['/', ':']).next().unwrap_or_default();
    let is_here = matches!(host, "127.0.0.1" | "localhost" | "[");
    if is_known || is_here {
        return;
    }
    let line = format!(
        ".endpoint({:?})",
        format!(
            "https://{}",
            address.split_once("://").map_or(address, |(_, rest)| rest)
        )
    );
    report.setting(
        line,
        format!(
            "the tables say {:?}; if you downloaded the description from there, leave this out",
            service.endpoint.value
        ),
    );
}
