//! From the documents to the structures that the operations' messages reach.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{self, Rules};
use super::service;
use super::text::{candidates, one_of, owned, strings, target, text, wrong};
use super::words::{EFFECTS, EVIDENCE, STYLES};
use super::{Field, Kind, Named, Operation, Signature, Stray, Structure, Wire};
use crate::annotation;
use crate::load::{Document, Node};
use crate::model::{Effect, Evidence};
use api_schema_text::Diagnostic;

/// Everything, or the first thing that is wrong.
pub(super) fn wire(documents: &[(String, Document)]) -> Result<Option<Wire>, Diagnostic> {
    let mut nodes = BTreeMap::new();
    for (_, document) in documents {
        for (key, node) in document
            .root()
            .get("definitions")
            .into_iter()
            .flat_map(Node::entries)
        {
            nodes.insert(key.name.as_str(), (node, document));
        }
    }
    let mut operations = Vec::new();
    for (module, document) in documents {
        operations.extend(operation(module, document, &nodes)?);
    }
    let described = documents
        .iter()
        .find(|(_, document)| document.root().get(annotation::SERVICE).is_some());
    let Some((_, document)) = described.filter(|_| !operations.is_empty()) else {
        return Ok(None);
    };
    let service = service::read(document)?;
    let mut open: Vec<String> = vec!["Header".to_owned()];
    for operation in &operations {
        open.extend(
            [&operation.request, &operation.response, &operation.preamble].map(Clone::clone),
        );
    }
    let mut structures = BTreeMap::new();
    while let Some(name) = open.pop() {
        let Some((node, document)) = nodes.get(name.as_str()) else {
            continue;
        };
        if structures.contains_key(&name) {
            continue;
        }
        let made = structure(&name, node, document, &nodes)?;
        open.extend(made.fields.iter().filter_map(|field| match &field.kind {
            Kind::One(name) | Kind::Wrapped(name) => Some(name.clone()),
            _ => None,
        }));
        structures.insert(name, made);
    }
    Ok(Some(Wire {
        service,
        operations,
        structures,
    }))
}

/// Definitions of all files by name.
type Nodes<'n> = BTreeMap<&'n str, (&'n Node, &'n Document)>;

fn operation(
    module: &str,
    document: &Document,
    nodes: &Nodes<'_>,
) -> Result<Option<Operation>, Diagnostic> {
    let root = document.root();
    let Some(name) = root.get(annotation::OPERATION).and_then(Node::as_str) else {
        return Ok(None);
    };
    let reference = |key: &str| {
        let found = root.get(key).and_then(Node::as_str).and_then(target);
        found
            .filter(|name| nodes.contains_key(name))
            .map(str::to_owned)
            .ok_or_else(|| {
                wrong(
                    document,
                    root.get(key).unwrap_or(root),
                    format!("the operation has no {key} that leads to a definition"),
                )
            })
    };
    let (request, response) = (
        reference(annotation::REQUEST)?,
        reference(annotation::RESPONSE)?,
    );
    let (node, _) = nodes[request.as_str()];
    let preamble = node
        .get(annotation::PREAMBLE)
        .and_then(Node::as_str)
        .and_then(target);
    let preamble = preamble
        .filter(|name| nodes.contains_key(name))
        .ok_or_else(|| {
            wrong(
                document,
                node.get(annotation::PREAMBLE).unwrap_or(node),
                "the request has no x-xml-preamble that leads to a definition",
            )
        })?;
    let wrapper = node.get(annotation::WRAPPER);
    let style = node.get(annotation::VALUE_STYLE);
    let style_name = style
        .and_then(|style| text(style, "style"))
        .unwrap_or_else(|| "plain".to_owned());
    if !STYLES.contains(&style_name.as_str()) {
        let node = style.unwrap_or(node);
        return Err(wrong(
            document,
            node,
            format!("{style_name:?} is no style of values"),
        ));
    }
    let effect = one_of(document, root, annotation::EFFECT, EFFECTS, Effect::parse)?;
    let evidence = one_of(
        document,
        root,
        annotation::EVIDENCE,
        EVIDENCE,
        Evidence::parse,
    )?;
    Ok(Some(Operation {
        name: name.to_owned(),
        module: module.to_owned(),
        summary: text(root, "summary").unwrap_or_default(),
        effect,
        evidence,
        request,
        response,
        preamble: preamble.to_owned(),
        wrapper: Named {
            value: wrapper.and_then(|it| text(it, "name")),
            candidates: wrapper.map(candidates).unwrap_or_default(),
        },
        value_style: Named {
            value: style_name,
            candidates: style.map(candidates).unwrap_or_default(),
        },
    }))
}

fn structure(
    name: &str,
    node: &Node,
    document: &Document,
    nodes: &Nodes<'_>,
) -> Result<Structure, Diagnostic> {
    let properties = node.get("properties");
    let order: Vec<&str> = strings(node.get(annotation::ORDER));
    let preamble = node
        .get(annotation::PREAMBLE)
        .and_then(Node::as_str)
        .and_then(target);
    let preamble = preamble
        .and_then(|name| nodes.get(name))
        .map(|(node, _)| *node);
    let stands_before = |name: &str| {
        preamble.is_some_and(|it| {
            it.get("properties")
                .is_some_and(|all| all.get(name).is_some())
        })
    };
    let required: BTreeSet<&str> = strings(node.get("required")).into_iter().collect();
    let mut fields = Vec::new();
    for name in &order {
        let found = properties.and_then(|all| all.get(name));
        match found {
            Some(property) => fields.push(field(
                name,
                property,
                required.contains(name),
                document,
                nodes,
            )?),
            None if stands_before(name) => {}
            None => {
                return Err(wrong(
                    document,
                    node,
                    format!("x-xml-order names {name}, which is no property"),
                ));
            }
        }
    }
    let unordered = properties.into_iter().flat_map(Node::entries);
    for (key, property) in unordered {
        if !order.contains(&key.name.as_str()) {
            return Err(wrong(
                document,
                property,
                format!("{} isn't in x-xml-order", key.name),
            ));
        }
    }
    let rules: Rules =
        rules::of_structure(node).map_err(|message| wrong(document, node, message))?;
    Ok(Structure {
        name: name.to_owned(),
        item: Named {
            value: node.get("xml").and_then(|xml| text(xml, "name")),
            candidates: candidates(node),
        },
        fields,
        rules,
        stray: node.get(annotation::STRAY).map(|stray| Stray {
            fields: owned(stray.get("fields")),
            parents: owned(stray.get("parents")),
        }),
    })
}

fn field(
    name: &str,
    node: &Node,
    required: bool,
    document: &Document,
    nodes: &Nodes<'_>,
) -> Result<Field, Diagnostic> {
    let kind = kind(node, nodes).ok_or_else(|| {
        wrong(
            document,
            node,
            format!("{name} has a type that the wire doesn't know"),
        )
    })?;
    let limits = rules::of_value(node).map_err(|message| wrong(document, node, message))?;
    let advised = node
        .get(annotation::ADVISED)
        .map_or(Ok(Vec::new()), rules::of_value);
    let xml = node.get("xml");
    Ok(Field {
        name: name.to_owned(),
        element: xml
            .and_then(|xml| text(xml, "name"))
            .unwrap_or_else(|| name.to_owned()),
        kind,
        required,
        sensitive: node.get(annotation::SENSITIVE).and_then(Node::as_bool) == Some(true),
        limits,
        advised: advised.map_err(|message| wrong(document, node, message))?,
        row_field: text(node, annotation::ROW_FIELD),
        signature: node.get(annotation::SIGNATURE).map(|signature| Signature {
            all: owned(signature.get("all")),
            any: owned(signature.get("any")),
        }),
    })
}

fn kind(node: &Node, nodes: &Nodes<'_>) -> Option<Kind> {
    let part = node.get("allOf").and_then(|parts| parts.items().next());
    let reference = node.get("$ref").or_else(|| part?.get("$ref"));
    if let Some(reference) = reference {
        let name = target(reference.as_str()?)?;
        let (definition, _) = nodes.get(name)?;
        let is_word = definition.get(annotation::ENUM).is_some();
        return Some(if is_word {
            Kind::Text
        } else {
            Kind::One(name.to_owned())
        });
    }
    let is_markup = node.get(annotation::VERBATIM).and_then(Node::as_bool) == Some(true);
    match (
        text(node, "type")?.as_str(),
        text(node, "format").as_deref(),
    ) {
        ("integer", _) => Some(Kind::Int),
        ("number", Some("decimal")) => Some(Kind::Decimal),
        ("boolean", _) => Some(Kind::Bool),
        ("string", Some("date-time")) => Some(Kind::Date),
        ("string", None) if is_markup => Some(Kind::Markup),
        ("string", None) => Some(Kind::Text),
        ("array", _) => {
            let is_wrapped = node.get("xml")?.get("wrapped")?.as_bool()?;
            match (kind(node.get("items")?, nodes)?, is_wrapped) {
                (Kind::One(name), true) => Some(Kind::Wrapped(name)),
                (Kind::One(_) | Kind::Wrapped(_) | Kind::Repeated(_) | Kind::Markup, _)
                | (_, true) => None,
                (scalar, false) => Some(Kind::Repeated(Box::new(scalar))),
            }
        }
        _ => None,
    }
}
