//! Walks the objects that `OpenAPI` defines, leaving out maps of names and free values.

use crate::load::Node;

/// An object of the description and the keyword it stands under: `properties` for a property, `get`
/// for an operation, `allOf` for a part.
#[derive(Clone, Copy)]
pub(super) struct Object<'d> {
    pub(super) node: &'d Node,
    pub(super) under: &'d str,
}

/// Keywords whose value maps names to objects. (`parameters` is a list in operations.)
const MAPS: &[&str] = &[
    "properties",
    "patternProperties",
    "responses",
    "headers",
    "examples",
    "schemas",
    "parameters",
    "requestBodies",
    "securitySchemes",
    "links",
    "callbacks",
    "paths",
    "content",
    "encoding",
    "variables",
];

/// Keywords whose value is data, not description.
const DATA: &[&str] = &[
    "example", "default", "enum", "value", "security", "required", "mapping",
];

/// Calls `visit` for every object, outer ones first, in the order of the document.
pub(super) fn objects<'d>(root: &'d Node, visit: &mut impl FnMut(Object<'d>)) {
    walk(root, "", visit);
}

fn walk<'d>(node: &'d Node, under: &'d str, visit: &mut impl FnMut(Object<'d>)) {
    for item in node.items() {
        walk(item, under, visit);
    }
    if node.as_object().is_none() {
        return;
    }
    visit(Object { node, under });
    for (key, value) in node.entries() {
        let name = key.name.as_str();
        if name.starts_with("x-") || DATA.contains(&name) {
            continue;
        }
        if MAPS.contains(&name) && value.as_object().is_some() {
            for (_, value) in value.entries() {
                walk(value, name, visit);
            }
        } else {
            walk(value, name, visit);
        }
    }
}
