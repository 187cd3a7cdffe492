//! Where the schema states what an item of the surface is made of, and what mentions it.

use std::collections::{BTreeMap, BTreeSet};

use api_schema_text::pointer;

use super::surface::Origin;
use api_schema_diff::side::Side;
use api_schema_text::Node;

/// A node of one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) document: String,
    pub(super) pointer: String,
}

/// An index of one side.
pub(super) struct Places<'s> {
    documents: Vec<(&'s str, &'s Node)>,
    /// Nodes that refer to a component, by its key: `schemas/Customer`.
    references: BTreeMap<String, Vec<Spot>>,
    /// Nodes with a mark, by the name of the typed id or list of values.
    marks: BTreeMap<String, Vec<Spot>>,
    /// Operations by id.
    operations: BTreeMap<String, Spot>,
    /// Operations of a tag, and the tag's own entry.
    tags: BTreeMap<String, Vec<Spot>>,
}

impl<'s> Places<'s> {
    pub(super) fn of(side: &'s Side) -> Self {
        let documents = side.documents.iter();
        let documents = documents.map(|named| (named.name.as_str(), named.document.root()));
        let mut places = Self {
            documents: documents.collect(),
            references: BTreeMap::new(),
            marks: BTreeMap::new(),
            operations: BTreeMap::new(),
            tags: BTreeMap::new(),
        };
        for (document, root) in places.documents.clone() {
            places.walk(document, root, &mut String::new());
            places.list_operations(document, root);
        }
        places
    }

    fn walk(&mut self, document: &str, node: &Node, pointer: &mut String) {
        let spot = |pointer: &str| Spot {
            document: document.to_owned(),
            pointer: pointer.to_owned(),
        };
        if let Some(key) = node.get("$ref").and_then(Node::as_str).and_then(component) {
            self.references.entry(key).or_default().push(spot(pointer));
        }
        for key in ["x-revio-id", "x-revio-enum"] {
            if let Some(name) = node.get(key).and_then(Node::as_str) {
                self.marks
                    .entry(name.to_owned())
                    .or_default()
                    .push(spot(pointer));
            }
        }
        let length = pointer.len();
        for (key, child) in node.entries() {
            pointer::push(pointer, &key.name);
            self.walk(document, child, pointer);
            pointer.truncate(length);
        }
        for (at, child) in node.items().enumerate() {
            pointer::push(pointer, &at.to_string());
            self.walk(document, child, pointer);
            pointer.truncate(length);
        }
    }

    fn list_operations(&mut self, document: &str, root: &Node) {
        let spot = |pointer: String| Spot {
            document: document.to_owned(),
            pointer,
        };
        for (at, tag) in root
            .get("tags")
            .into_iter()
            .flat_map(Node::items)
            .enumerate()
        {
            if let Some(name) = tag.get("name").and_then(Node::as_str) {
                let spots = self.tags.entry(name.to_owned()).or_default();
                spots.push(spot(format!("/tags/{at}")));
            }
        }
        for (path, item) in root.get("paths").into_iter().flat_map(Node::entries) {
            for (method, operation) in item.entries() {
                let mut pointer = "/paths".to_owned();
                pointer::push(&mut pointer, &path.name);
                pointer::push(&mut pointer, &method.name);
                let tags = operation.get("tags").into_iter().flat_map(Node::items);
                for tag in tags.filter_map(Node::as_str) {
                    self.tags
                        .entry(tag.to_owned())
                        .or_default()
                        .push(spot(pointer.clone()));
                }
                if let Some(id) = operation.get("operationId").and_then(Node::as_str) {
                    self.operations.insert(id.to_owned(), spot(pointer));
                }
            }
        }
    }

    fn node(&self, spot: &Spot) -> Option<&'s Node> {
        let (_, root) = self
            .documents
            .iter()
            .find(|(name, _)| *name == spot.document)?;
        root.pointer(&spot.pointer)
    }

    /// The component or definition of a name.
    pub(super) fn schema(&self, name: &str) -> Option<Spot> {
        ["/components/schemas", "/definitions"]
            .iter()
            .find_map(|above| {
                let mut pointer = (*above).to_owned();
                pointer::push(&mut pointer, name);
                let mut documents = self.documents.iter();
                let (document, _) = documents.find(|(_, root)| root.pointer(&pointer).is_some())?;
                Some(Spot {
                    document: (*document).to_owned(),
                    pointer,
                })
            })
    }

    /// The nodes that state what `origin` names.
    pub(super) fn spots(&self, origin: &Origin) -> Vec<Spot> {
        match origin {
            Origin::Operation(id) => self.operations.get(id).cloned().into_iter().collect(),
            Origin::Parameter(id, name) => self.parameter(id, name),
            Origin::Body(id) => {
                let operation = self.operations.get(id).cloned();
                operation
                    .map(|spot| below(&spot, "requestBody"))
                    .into_iter()
                    .collect()
            }
            Origin::Schema(name) => self.schema(name).into_iter().collect(),
            Origin::Property(schema, name) => self.properties(schema, name),
            Origin::PatchPath(record, path) => self.patch_path(record, path),
            Origin::Mark(name) | Origin::Value(name, _) => {
                let marked = self.marks.get(name).cloned().unwrap_or_default();
                marked.into_iter().chain(self.schema(name)).collect()
            }
            Origin::Tag(name) => self.tags.get(name).cloned().unwrap_or_default(),
            Origin::Whole => Vec::new(),
        }
    }

    /// A parameter of an operation: where it is written out, and where it is referred to.
    fn parameter(&self, id: &str, name: &str) -> Vec<Spot> {
        let Some(operation) = self.operations.get(id) else {
            return Vec::new();
        };
        let path = operation
            .pointer
            .rsplit_once('/')
            .map_or("", |(path, _)| path);
        let path = Spot {
            pointer: path.to_owned(),
            ..operation.clone()
        };
        let mut spots = Vec::new();
        for above in [below(operation, "parameters"), below(&path, "parameters")] {
            let Some(list) = self.node(&above) else {
                continue;
            };
            for (at, parameter) in list.items().enumerate() {
                let reference = parameter.get("$ref").and_then(Node::as_str);
                let target = reference
                    .and_then(|it| it.strip_prefix('#'))
                    .map(|pointer| Spot {
                        document: above.document.clone(),
                        pointer: pointer.to_owned(),
                    });
                let stated = target
                    .as_ref()
                    .and_then(|spot| self.node(spot))
                    .unwrap_or(parameter);
                if stated.get("name").and_then(Node::as_str) == Some(name) {
                    spots.push(below(&above, &at.to_string()));
                    spots.extend(target);
                }
            }
        }
        spots
    }

    /// A property of a schema or of one of its parts.
    fn properties(&self, schema: &str, name: &str) -> Vec<Spot> {
        let mut open: Vec<Spot> = self.schema(schema).into_iter().collect();
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(spot) = open.pop() {
            if !seen.insert(spot.clone()) {
                continue;
            }
            let Some(node) = self.node(&spot) else {
                continue;
            };
            let own = below(&below(&spot, "properties"), name);
            if self.node(&own).is_some() {
                found.push(own);
            }
            open.extend(self.target(&spot, node));
            for (at, _) in node
                .get("allOf")
                .into_iter()
                .flat_map(Node::items)
                .enumerate()
            {
                open.push(below(&below(&spot, "allOf"), &at.to_string()));
            }
        }
        found
    }

    /// The component that a node is a reference to, alone or in an `allOf` of one part.
    fn target(&self, spot: &Spot, node: &Node) -> Option<Spot> {
        let key = node
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(component)?;
        let (kind, name) = key.split_once('/')?;
        match kind {
            "schemas" | "definitions" => self.schema(name),
            _ => Some(Spot {
                document: spot.document.clone(),
                pointer: format!("/components/{key}"),
            }),
        }
    }

    /// Every property on the way of a patch's path.
    fn patch_path(&self, record: &str, path: &str) -> Vec<Spot> {
        let mut schema = record.to_owned();
        let mut spots = Vec::new();
        for name in pointer::keys(path) {
            let found = self.properties(&schema, &name);
            let next = found.iter().find_map(|spot| {
                let node = self.node(spot)?;
                let part = node.get("allOf").and_then(|parts| parts.items().next());
                let key = part
                    .unwrap_or(node)
                    .get("$ref")?
                    .as_str()
                    .and_then(component)?;
                key.split_once('/').map(|(_, name)| name.to_owned())
            });
            // The last one first: it is what the path is about.
            spots.splice(0..0, found);
            match next {
                Some(next) => schema = next,
                None => break,
            }
        }
        spots
    }

    /// Every node that mentions the type of this name, or that is needed by what does.
    pub(super) fn mentions(&self, name: &str) -> BTreeSet<Spot> {
        let mut open = vec![format!("schemas/{name}"), format!("definitions/{name}")];
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        let mut found = BTreeSet::new();
        let mut take = |spots: &[Spot], open: &mut Vec<String>| {
            for spot in spots {
                found.insert(spot.clone());
                if let Some(key) = component(&format!("#{}", spot.pointer))
                    && seen.insert(key.clone())
                {
                    open.push(key);
                }
            }
        };
        take(self.marks.get(name).map_or(&[], Vec::as_slice), &mut open);
        while let Some(key) = open.pop() {
            take(
                self.references.get(&key).map_or(&[], Vec::as_slice),
                &mut open,
            );
        }
        found
    }
}

/// `schemas/Customer` of `#/components/schemas/Customer` and of anything below that.
fn component(reference: &str) -> Option<String> {
    let (_, pointer) = reference.split_once('#')?;
    if let Some(rest) = pointer.strip_prefix("/components/") {
        let mut parts = rest.split('/');
        return Some(format!("{}/{}", parts.next()?, parts.next()?));
    }
    let name = pointer.strip_prefix("/definitions/")?.split('/').next()?;
    Some(format!("definitions/{name}"))
}

fn below(spot: &Spot, key: &str) -> Spot {
    Spot {
        document: spot.document.clone(),
        pointer: pointer::join(&spot.pointer, key),
    }
}
