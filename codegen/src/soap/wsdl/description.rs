//! Reads a description of a service: which operations, by which messages, where and how.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::Unreadable;
use super::types::{Types, XSD, qualified};

const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const SOAP_11: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
const SOAP_12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";

/// What a description says.
pub(super) struct Description<'a> {
    pub(super) types: Types<'a>,
    pub(super) operations: BTreeMap<&'a str, Messages<'a>>,
    pub(super) bindings: Vec<Binding<'a>>,
    /// Whether elements inside of others are in the namespace.
    pub(super) is_qualified: bool,
}

/// The elements of an operation, each with its namespace.
#[derive(Clone, Copy, Default)]
pub(super) struct Messages<'a> {
    pub(super) input: Option<(&'a str, &'a str)>,
    pub(super) output: Option<(&'a str, &'a str)>,
}

/// One way to call the service.
pub(super) struct Binding<'a> {
    /// `1.1` or `1.2`.
    pub(super) version: &'static str,
    pub(super) actions: BTreeMap<&'a str, &'a str>,
    /// Whether bodies are what the types say, without more around or inside.
    pub(super) is_document_literal: bool,
    pub(super) address: Option<&'a str>,
}

/// Reads a description, or says why it is none.
pub(super) fn read<'a>(document: &'a Document<'a>) -> Result<Description<'a>, Unreadable> {
    let root = document.root_element();
    if !is(&root, WSDL, "definitions") {
        return Err(Unreadable::NoDescription(root.tag_name().name().to_owned()));
    }
    let elsewhere = document
        .descendants()
        .filter(|node| {
            is(node, XSD, "import") || is(node, XSD, "include") || is(node, WSDL, "import")
        })
        .find_map(|node| {
            node.attribute("schemaLocation")
                .or(node.attribute("location"))
        });
    if let Some(place) = elsewhere {
        return Err(Unreadable::TypesElsewhere(place.to_owned()));
    }
    let schemas: Vec<Node<'a, 'a>> = children(root, WSDL, "types")
        .flat_map(|types| children(types, XSD, "schema"))
        .collect();
    let messages = messages(root);
    let mut operations = BTreeMap::new();
    for port_type in children(root, WSDL, "portType") {
        for operation in children(port_type, WSDL, "operation") {
            let element = |kind: &str| {
                let message = children(operation, WSDL, kind)
                    .next()?
                    .attribute("message")?;
                let (_, local) = qualified(operation, message);
                messages.get(local).copied().flatten()
            };
            if let Some(name) = operation.attribute("name") {
                let found = Messages {
                    input: element("input"),
                    output: element("output"),
                };
                operations.entry(name).or_insert(found);
            }
        }
    }
    let is_qualified = schemas
        .iter()
        .filter(|schema| schema.has_children())
        .all(|schema| schema.attribute("elementFormDefault") == Some("qualified"));
    Ok(Description {
        types: Types::collect(schemas.into_iter()),
        operations,
        bindings: bindings(root),
        is_qualified,
    })
}

/// The element of every message that has one.
fn messages<'a>(root: Node<'a, 'a>) -> BTreeMap<&'a str, Option<(&'a str, &'a str)>> {
    let named = children(root, WSDL, "message").filter_map(|message| {
        let mut parts = children(message, WSDL, "part");
        let element = parts.find_map(|part| Some(qualified(part, part.attribute("element")?)));
        Some((message.attribute("name")?, element))
    });
    named.collect()
}

fn bindings<'a>(root: Node<'a, 'a>) -> Vec<Binding<'a>> {
    let mut found = Vec::new();
    for binding in children(root, WSDL, "binding") {
        let own =
            [(SOAP_11, "1.1"), (SOAP_12, "1.2")]
                .into_iter()
                .find_map(|(namespace, version)| {
                    Some((
                        namespace,
                        version,
                        children(binding, namespace, "binding").next()?,
                    ))
                });
        let Some((namespace, version, own)) = own else {
            continue;
        };
        let mut actions = BTreeMap::new();
        let mut is_document_literal = own.attribute("style").unwrap_or("document") == "document";
        for operation in children(binding, WSDL, "operation") {
            for detail in children(operation, namespace, "operation") {
                is_document_literal &=
                    detail.attribute("style").unwrap_or("document") == "document";
                if let (Some(name), Some(action)) =
                    (operation.attribute("name"), detail.attribute("soapAction"))
                {
                    actions.insert(name, action);
                }
            }
            let mut bodies = operation
                .descendants()
                .filter(|node| is(node, namespace, "body"));
            is_document_literal &= bodies.all(|body| body.attribute("use") != Some("encoded"));
        }
        found.push(Binding {
            version,
            actions,
            is_document_literal,
            address: binding
                .attribute("name")
                .and_then(|name| address(root, namespace, name)),
        });
    }
    found
}

/// The address of the port of a binding.
fn address<'a>(root: Node<'a, 'a>, namespace: &'static str, binding: &str) -> Option<&'a str> {
    let ports = children(root, WSDL, "service").flat_map(|service| children(service, WSDL, "port"));
    let mut ports = ports.filter(|port| {
        let named = port
            .attribute("binding")
            .map(|name| qualified(*port, name).1);
        named == Some(binding)
    });
    let place = children(ports.next()?, namespace, "address").next()?;
    place.attribute("location")
}

fn children<'a>(
    node: Node<'a, 'a>,
    namespace: &'static str,
    name: &str,
) -> impl Iterator<Item = Node<'a, 'a>> + use<'a> {
    let name = name.to_owned();
    node.children()
        .filter(move |child| is(child, namespace, &name))
}

fn is(node: &Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.is_element()
        && node.tag_name().namespace() == Some(namespace)
        && node.tag_name().name() == name
}
