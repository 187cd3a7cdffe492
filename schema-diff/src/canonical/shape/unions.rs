//! Unions: what they allow together, and those that are enums in disguise.

use super::super::text::canonical;
use super::super::types::Types;
use super::super::view::{UNIONS, View, is_annotation, is_null, only_variant};
use super::super::{At, Tree};
use super::{Shape, Union};
use api_schema_text::Value;

impl<'a> Shape<'a> {
    /// Takes a union in.
    pub(super) fn union(&mut self, tree: &Tree<'a>, part: At<'a>, key: &str, value: At<'a>) {
        let all: Vec<_> = value.items().collect();
        let variants: Vec<_> = all
            .iter()
            .copied()
            .filter(|&it| !is_null(tree, it))
            .collect();
        if variants.len() < 2 {
            return;
        }
        let exclusive = key == "oneOf";
        if let Some((values, nullable)) = one_value_each(tree, &variants) {
            let null = nullable || all.len() > variants.len();
            let nodes = values.into_iter().map(|(_, at)| at).collect();
            self.listed(value, nodes, false);
            if null {
                self.types = self.types | Types::NULL;
            }
            return;
        }
        let mut types = Types::NONE;
        for &variant in &all {
            types = types | types_of(tree, variant, &mut Vec::new());
        }
        self.types = self.types & types;
        self.unions.push(Union {
            exclusive,
            at: value,
            null: all.len() > variants.len(),
            variants,
            discriminator: part.child("discriminator"),
        });
    }
}

/// The values of variants that each list values and say nothing else, and whether one may be null.
fn one_value_each<'a>(
    tree: &Tree<'a>,
    variants: &[At<'a>],
) -> Option<(Vec<(String, At<'a>)>, bool)> {
    let mut values: Vec<(String, At<'a>)> = Vec::new();
    let mut nullable = false;
    for &variant in variants {
        let view = View::of(tree, &[variant]);
        nullable |= view.nullable;
        let (mut types, mut list) = (Types::ALL, None);
        for part in &*tree.parts(view.core) {
            for (key, value) in part.entries() {
                let listed = match key {
                    "type" => {
                        types = types & Types::listed(value.node);
                        continue;
                    }
                    "enum" => value.items().collect(),
                    "const" => vec![value],
                    // These are unwrapped, and what they hold is among the parts.
                    "$ref" | "allOf" | "nullable" => continue,
                    key if UNIONS.contains(&key) && only_variant(tree, value).is_some() => continue,
                    key if is_annotation(key) => continue,
                    _ => return None,
                };
                if list.replace(listed).is_some() {
                    return None;
                }
            }
        }
        for value in list? {
            let text = canonical(value.node);
            let fits = types.contains(Types::of(value.node));
            if !fits || values.iter().any(|(known, _)| *known == text) {
                return None;
            }
            values.push((text, value));
        }
    }
    Some((values, nullable))
}

/// The types that a schema allows, as far as its types, lists and unions say.
fn types_of<'a>(tree: &Tree<'a>, at: At<'a>, open: &mut Vec<usize>) -> Types {
    let at = tree.follow(at);
    if open.contains(&at.address()) {
        return Types::NONE;
    }
    if let Value::Bool(accepts) = at.node.value {
        return if accepts { Types::ALL } else { Types::NONE };
    }
    open.push(at.address());
    let nullable = at.flag("nullable") == Some(true);
    let mut types = Types::ALL;
    if let Some(listed) = at.child("type") {
        types = Types::listed(listed.node);
    }
    if let Some(values) = at.child("enum") {
        let listed = values.items().map(|value| Types::of(value.node));
        types = types & listed.fold(Types::NONE, |all, one| all | one);
    }
    if let Some(value) = at.child("const") {
        types = types & Types::of(value.node);
    }
    for part in at
        .child("allOf")
        .into_iter()
        .flat_map(|all| all.items().collect::<Vec<_>>())
    {
        if !open.contains(&tree.follow(part).address()) {
            types = types & types_of(tree, part, open);
        }
    }
    for key in UNIONS {
        if let Some(variants) = at.child(key) {
            let each = variants
                .items()
                .map(|variant| types_of(tree, variant, open));
            types = types & each.fold(Types::NONE, |all, one| all | one);
        }
    }
    open.pop();
    if nullable { types | Types::NULL } else { types }
}
