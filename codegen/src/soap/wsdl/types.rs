//! The part of XML Schema that descriptions of such services use: elements, sequences, named types, extensions.

use std::collections::BTreeMap;

use roxmltree::Node;

pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// Types that extend each other further than this do so in a circle.
const MAX_DEPTH: usize = 32;

/// Namespace and name.
type Name<'a> = (&'a str, &'a str);

/// The elements and types of a description.
pub(super) struct Types<'a> {
    elements: BTreeMap<Name<'a>, Node<'a, 'a>>,
    types: BTreeMap<Name<'a>, Node<'a, 'a>>,
}

/// An element that may stand in another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Particle<'a> {
    pub(super) name: &'a str,
    /// Whether it may come more than once.
    pub(super) repeats: bool,
    /// Whether it has to be there.
    pub(super) needed: bool,
    pub(super) nillable: bool,
    pub(super) content: Content<'a>,
}

/// What an element holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'a> {
    /// A type of XML Schema itself, such as `int`.
    Simple(&'a str),
    /// Elements.
    Complex(Node<'a, 'a>),
    /// A type that isn't in the description.
    Unknown(&'a str),
}

impl<'a> Types<'a> {
    /// Collects what stands directly in the schemas.
    pub(super) fn collect(schemas: impl Iterator<Item = Node<'a, 'a>>) -> Self {
        let mut found = Self {
            elements: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        for schema in schemas {
            let namespace = schema.attribute("targetNamespace").unwrap_or_default();
            for child in schema.children().filter(|child| is_xsd(child)) {
                let Some(name) = child.attribute("name") else {
                    continue;
                };
                match child.tag_name().name() {
                    "element" => found.elements.insert((namespace, name), child),
                    "complexType" | "simpleType" => found.types.insert((namespace, name), child),
                    _ => None,
                };
            }
        }
        found
    }

    /// An element that stands directly in a schema.
    pub(super) fn element(&self, namespace: &str, name: &str) -> Option<Particle<'a>> {
        let element = self.elements.get(&(namespace, name))?;
        Some(self.particle(*element))
    }

    /// Names of elements that stand directly in a schema.
    pub(super) fn element_names(&self) -> impl Iterator<Item = &'a str> {
        self.elements.keys().map(|(_, name)| *name)
    }

    /// The elements that may stand in an element, in their order.
    pub(super) fn children(&self, particle: &Particle<'a>) -> Vec<Particle<'a>> {
        let mut found = Vec::new();
        if let Content::Complex(node) = particle.content {
            self.walk(node, 0, &mut found);
        }
        found
    }

    fn walk(&self, node: Node<'a, 'a>, depth: usize, found: &mut Vec<Particle<'a>>) {
        if depth > MAX_DEPTH {
            return;
        }
        for child in node.children().filter(is_xsd) {
            match child.tag_name().name() {
                "element" => found.push(self.particle(child)),
                "extension" => {
                    // What the type that is extended has comes first.
                    if let Some(base) = child
                        .attribute("base")
                        .and_then(|base| self.named(child, base))
                    {
                        self.walk(base, depth + 1, found);
                    }
                    self.walk(child, depth + 1, found);
                }
                "sequence" | "all" | "choice" | "complexContent" => {
                    self.walk(child, depth + 1, found);
                }
                _ => {}
            }
        }
    }

    fn particle(&self, node: Node<'a, 'a>) -> Particle<'a> {
        let most = node.attribute("maxOccurs").unwrap_or("1");
        let repeats = most == "unbounded" || most.parse().is_ok_and(|most: u64| most > 1);
        let needed = node.attribute("minOccurs") != Some("0");
        let referred = node
            .attribute("ref")
            .map(|name| qualified(node, name))
            .and_then(|name| self.elements.get(&name));
        let declared = referred.copied().unwrap_or(node);
        let name = declared.attribute("name").or(declared.attribute("ref"));
        Particle {
            name: name.unwrap_or_default(),
            repeats,
            needed,
            nillable: matches!(declared.attribute("nillable"), Some("true" | "1")),
            content: self.content(declared),
        }
    }

    fn content(&self, node: Node<'a, 'a>) -> Content<'a> {
        let inline = node
            .children()
            .find(|child| is_xsd(child) && child.tag_name().name().ends_with("Type"));
        match (node.attribute("type"), inline) {
            (Some(name), _) => self.of_type(node, name, 0),
            (None, Some(inline)) => self.of_node(inline, 0),
            (None, None) => Content::Unknown("anyType"),
        }
    }

    fn of_type(&self, at: Node<'a, 'a>, name: &'a str, depth: usize) -> Content<'a> {
        let (namespace, local) = qualified(at, name);
        if namespace == XSD {
            return Content::Simple(local);
        }
        match self.types.get(&(namespace, local)) {
            Some(node) if depth <= MAX_DEPTH => self.of_node(*node, depth),
            _ => Content::Unknown(name),
        }
    }

    fn of_node(&self, node: Node<'a, 'a>, depth: usize) -> Content<'a> {
        if node.tag_name().name() == "complexType" {
            return Content::Complex(node);
        }
        // A list of words, or a type with limits, is written like the type below it.
        let base = node
            .children()
            .find(|child| is_xsd(child) && child.tag_name().name() == "restriction")
            .and_then(|restriction| Some((restriction, restriction.attribute("base")?)));
        match base {
            Some((restriction, base)) => self.of_type(restriction, base, depth + 1),
            None => Content::Simple("string"),
        }
    }

    fn named(&self, at: Node<'a, 'a>, name: &'a str) -> Option<Node<'a, 'a>> {
        self.types.get(&qualified(at, name)).copied()
    }
}

/// Namespace and local name of a name with a prefix.
pub(super) fn qualified<'a>(at: Node<'a, 'a>, name: &'a str) -> Name<'a> {
    let (prefix, local) = match name.split_once(':') {
        Some((prefix, local)) => (Some(prefix), local),
        None => (None, name),
    };
    (at.lookup_namespace_uri(prefix).unwrap_or_default(), local)
}

fn is_xsd(node: &Node<'_, '_>) -> bool {
    node.is_element() && node.tag_name().namespace() == Some(XSD)
}
