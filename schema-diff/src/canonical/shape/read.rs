//! Reads the shape of a schema out of its parts.

use super::super::number::Number;
use super::super::text::canonical;
use super::super::types::Types;
use super::super::view::{UNIONS, is_annotation};
use super::super::{At, Tree};
use super::idle::{accepts_all, is_idle};
use super::{Additional, Bound, Limit, Member, Shape, Values};
use api_schema_text::Value;

impl<'a> Shape<'a> {
    /// The shape of nodes that hold together, as [`super::view::View`] found them.
    pub(in crate::canonical) fn of(tree: &Tree<'a>, parts: &[At<'a>]) -> Self {
        let Some(&first) = parts.first() else {
            unreachable!("a schema has at least one part");
        };
        let mut shape = Self {
            at: first,
            types: Types::ALL,
            types_at: None,
            whole_only: false,
            values: None,
            bounds: Vec::new(),
            formats: Vec::new(),
            patterns: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Anything,
            items: Vec::new(),
            prefix: Vec::new(),
            unions: Vec::new(),
            opaque: Vec::new(),
            exact: true,
            loose_items: false,
        };
        for &part in parts {
            shape.part(tree, part);
        }
        shape.finish(tree, parts);
        shape
    }

    fn part(&mut self, tree: &Tree<'a>, part: At<'a>) {
        if let Value::Bool(accepts) = part.node.value {
            if !accepts {
                self.types = Types::NONE;
                self.types_at = Some(part);
            }
            return;
        }
        let mut types = Types::ALL;
        let nullable = part.flag("nullable") == Some(true);
        let others = std::mem::replace(&mut self.types, Types::ALL);
        for (key, value) in part.entries() {
            match key {
                "type" => {
                    let listed = Types::listed(value.node);
                    let null = if nullable { Types::NULL } else { Types::NONE };
                    types = types & (listed | null);
                    self.types_at.get_or_insert(value);
                }
                "enum" => self.listed(value, value.items().collect(), false),
                "const" => self.listed(value, vec![value], true),
                "format" => self
                    .formats
                    .extend(value.node.as_str().map(|it| (it, value))),
                "pattern" => self
                    .patterns
                    .extend(value.node.as_str().map(|it| (it, value))),
                "properties" => {
                    for (name, schema) in value.entries() {
                        self.member_of(name, schema);
                    }
                }
                "required" => {
                    let names = value.items();
                    self.required
                        .extend(names.filter_map(|it| it.node.as_str().map(|name| (name, it))));
                }
                "additionalProperties" => self.additionally(value),
                "items" => match value.node.value {
                    Value::Array(_) => {
                        self.prefix.extend(value.items());
                        self.loose_items |= tree.is_old_dialect(part.document);
                    }
                    _ if part.node.get("prefixItems").is_none() || !accepts_all(value.node) => {
                        self.items.push(value);
                    }
                    _ => {}
                },
                "prefixItems" => self.prefix.extend(value.items()),
                "additionalItems" => {
                    if matches!(part.node.get("items"), Some(node) if node.as_array().is_some()) {
                        self.items.push(value);
                    }
                }
                key if UNIONS.contains(&key) => self.union(tree, part, key, value),
                "$ref" | "allOf" | "nullable" | "discriminator" | "exclusiveMinimum"
                | "exclusiveMaximum" => {}
                key if Limit::ALL.iter().any(|limit| limit.keyword() == key) => {}
                key if is_annotation(key) || is_idle(part.node, key, value.node) => {}
                "not" if accepts_all(value.node) => {
                    types = Types::NONE;
                    self.types_at.get_or_insert(value);
                }
                key => self.opaque.push((key, value)),
            }
        }
        if let Some(reference) = part.child("$ref")
            && tree.leads_nowhere(part, reference)
        {
            self.opaque.push(("$ref", reference));
        }
        self.types = self.types & types;
        if nullable {
            // Beside a list or a union it is meant to add null, whatever the specification makes of it.
            self.types = self.types | Types::NULL;
        }
        self.types = self.types & others;
        for limit in Limit::ALL {
            self.limit(part, limit);
        }
    }

    fn member_of(&mut self, name: &'a str, schema: At<'a>) {
        match self.properties.iter_mut().find(|it| it.name == name) {
            Some(member) => member.schemas.push(schema),
            None => self.properties.push(Member {
                name,
                schemas: vec![schema],
            }),
        }
    }

    pub(super) fn additionally(&mut self, value: At<'a>) {
        let this = match &value.node.value {
            Value::Bool(false) => Additional::Nothing(value),
            _ if accepts_all(value.node) => return,
            _ => Additional::Each(value),
        };
        self.additional = match (self.additional, this) {
            (Additional::Anything, this) => this,
            (Additional::Nothing(at), _) | (_, Additional::Nothing(at)) => Additional::Nothing(at),
            (first, _) => {
                self.exact = false;
                first
            }
        };
    }

    /// Takes a enum in; several lists leave what they have in common.
    pub(super) fn listed(&mut self, at: At<'a>, values: Vec<At<'a>>, constant: bool) {
        let null = values.iter().any(|it| matches!(it.node.value, Value::Null));
        let mut kinds = Types::NONE;
        let mut list = Vec::new();
        for value in values {
            if !matches!(value.node.value, Value::Null) {
                kinds = kinds | Types::of(value.node);
                list.push((canonical(value.node), value));
            }
        }
        list.sort_by(|a, b| a.0.cmp(&b.0));
        list.dedup_by(|a, b| a.0 == b.0);
        if null {
            kinds = kinds | Types::NULL;
        }
        self.types = self.types & kinds;
        match &mut self.values {
            Some(known) => known
                .list
                .retain(|(text, _)| list.iter().any(|(it, _)| it == text)),
            None => self.values = Some(Values { at, constant, list }),
        }
    }

    fn limit(&mut self, part: At<'a>, limit: Limit) {
        let read = |key: &str| {
            let node = part.child(key)?;
            match &node.node.value {
                Value::Number(digits) => Some((Number::read(digits)?, node)),
                Value::Bool(true) if key == "uniqueItems" => Some((Number::whole(1), node)),
                _ => None,
            }
        };
        let exclusive_key = match limit {
            Limit::Minimum => "exclusiveMinimum",
            Limit::Maximum => "exclusiveMaximum",
            _ => "",
        };
        let plain = read(limit.keyword()).map(|(value, at)| Bound {
            limit,
            value,
            exclusive: part.flag(exclusive_key) == Some(true),
            at,
        });
        let strict = read(exclusive_key).map(|(value, at)| Bound {
            limit,
            value,
            exclusive: true,
            at,
        });
        for bound in plain.into_iter().chain(strict) {
            let nothing = match limit {
                Limit::MinLength | Limit::MinItems | Limit::MinProperties => {
                    bound.value <= Number::whole(0)
                }
                _ => false,
            };
            if nothing {
                continue;
            }
            let known = self.bounds.iter_mut().find(|it| it.limit == limit);
            match known {
                None => self.bounds.push(bound),
                Some(known) if limit == Limit::MultipleOf => {
                    if bound.value.is_multiple_of(known.value) == Some(true) {
                        *known = bound;
                    } else if known.value.is_multiple_of(bound.value) != Some(true) {
                        self.exact = false;
                    }
                }
                Some(known) => {
                    let tighter = if limit.is_upper() {
                        bound.cut() < known.cut()
                    } else {
                        bound.cut() > known.cut()
                    };
                    if tighter {
                        *known = bound;
                    }
                }
            }
        }
    }

    /// Sorts, and says what whole numbers make of exclusive bounds.
    fn finish(&mut self, tree: &Tree<'a>, parts: &[At<'a>]) {
        self.properties.sort_by_key(|member| member.name);
        self.required.sort_by_key(|(name, _)| *name);
        self.required.dedup_by_key(|(name, _)| *name);
        for texts in [&mut self.formats, &mut self.patterns, &mut self.opaque] {
            texts.sort_by_key(|(text, _)| *text);
        }
        self.formats.dedup_by_key(|(text, _)| *text);
        self.patterns.dedup_by_key(|(text, _)| *text);
        self.fractions();
        if let Some(values) = &mut self.values {
            let types = self.types;
            values
                .list
                .retain(|(_, at)| types.contains(Types::of(at.node)));
            let rest = types & !Types::NULL;
            let said_by_type =
                rest == Types::NONE || rest == Types::BOOLEAN && values.list.len() == 2;
            if said_by_type {
                self.values = None;
            }
        }
        self.unevaluated(tree, parts);
        let closed = parts.len() > 1
            && parts.iter().any(|part| {
                let keys = ["additionalProperties", "prefixItems", "items"];
                let foreign = |key: &&str| {
                    let others = parts.iter().filter(|it| it.address() != part.address());
                    match *key {
                        "additionalProperties" => others.into_iter().any(|it| {
                            let names = it.child("properties").into_iter();
                            names.flat_map(At::entries).any(|(name, _)| {
                                part.child("properties")
                                    .and_then(|own| own.child(name))
                                    .is_none()
                            })
                        }),
                        _ => others.into_iter().any(|it| it.node.get(key).is_some()),
                    }
                };
                keys.iter()
                    .filter(|key| part.node.get(key).is_some_and(|node| !accepts_all(node)))
                    .any(foreign)
            });
        self.exact &= !closed && !self.closed_by_what_holds();
    }

    /// Whether what no part names is refused, and which parts hold depends on the value.
    fn closed_by_what_holds(&self) -> bool {
        let has = |keys: &[&str]| self.opaque.iter().any(|(key, _)| keys.contains(key));
        let closed = has(&["unevaluatedProperties", "unevaluatedItems"]);
        closed && (!self.unions.is_empty() || has(&["if", "dependentSchemas", "contains"]))
    }
}
