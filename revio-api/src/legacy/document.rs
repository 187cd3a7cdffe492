//! A small tree of a whole response, kept in three flat lists.
//!
//! The layout of a response isn't published, so an element can be identified only once everything inside it is known. The tree
//! keeps names once, text in one piece, and elements as numbers: 24 bytes an element and no recursion.

use std::ops::Range;

/// The namespace of `xsi:nil`.
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A read document.
#[derive(Default)]
pub(super) struct Document {
    pub(super) nodes: Vec<Node>,
    pub(super) names: Vec<Box<str>>,
    pub(super) text: String,
}

/// One element. Names are places in the list of names, and links are places in the list of nodes; 0 is none there, since
/// the root is nobody's child.
pub(super) struct Node {
    pub(super) name: u32,
    /// `u32::MAX` for none.
    pub(super) namespace: u32,
    pub(super) text: Range<u32>,
    pub(super) first_child: u32,
    pub(super) next: u32,
    pub(super) nil: bool,
}

impl Document {
    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element {
            document: self,
            index: 0,
        })
    }

    /// The element of this number.
    pub(super) fn at(&self, index: u32) -> Element<'_> {
        Element {
            document: self,
            index,
        }
    }
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(super) struct Element<'d> {
    document: &'d Document,
    index: u32,
}

impl<'d> Element<'d> {
    /// Its number, by which it is found again.
    pub(super) fn index(self) -> u32 {
        self.index
    }

    /// Its name without prefix.
    pub(super) fn name(self) -> &'d str {
        self.document
            .names
            .get(self.node().name as usize)
            .map_or("", |name| name)
    }

    /// Its namespace, if it has one.
    pub(super) fn namespace(self) -> Option<&'d str> {
        self.document
            .names
            .get(self.node().namespace as usize)
            .map(|name| &**name)
    }

    /// Whether this is its namespace and name.
    pub(super) fn is(self, namespace: &str, name: &str) -> bool {
        self.name() == name && self.namespace() == Some(namespace)
    }

    /// The text right inside it.
    pub(super) fn text(self) -> &'d str {
        let Range { start, end } = self.node().text;
        self.document
            .text
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// Whether it says that there is no value, or is empty.
    pub(super) fn is_void(self) -> bool {
        self.node().nil || (!self.has_children() && self.text().trim().is_empty())
    }

    /// Whether it says that it is null.
    pub(super) fn is_nil(self) -> bool {
        self.node().nil
    }

    pub(super) fn has_children(self) -> bool {
        self.node().first_child != 0
    }

    /// The elements right inside it.
    pub(super) fn children(self) -> Children<'d> {
        Children {
            document: self.document,
            next: self.node().first_child,
        }
    }

    /// The first of its children that is called this.
    pub(super) fn child(self, namespace: &str, name: &str) -> Option<Element<'d>> {
        self.children().find(|child| child.is(namespace, name))
    }

    /// What is inside it, as markup without namespaces.
    pub(super) fn markup(self) -> String {
        let mut out = String::new();
        self.inner(&mut out, &|_| false);
        out
    }

    /// The same with the text of some elements replaced.
    pub(super) fn markup_without(self, is_secret: &dyn Fn(&str) -> bool) -> String {
        let mut out = String::new();
        self.inner(&mut out, is_secret);
        out
    }

    fn inner(self, out: &mut String, is_secret: &dyn Fn(&str) -> bool) {
        out.push_str(&quick_xml::escape::minimal_escape(self.text()));
        for child in self.children() {
            let name = child.name();
            if child.is_void() {
                out.extend(["<", name, "/>"]);
                continue;
            }
            out.extend(["<", name, ">"]);
            if is_secret(name) {
                out.push_str(HIDDEN);
            } else {
                child.inner(out, is_secret);
            }
            out.extend(["</", name, ">"]);
        }
    }

    fn node(self) -> &'d Node {
        &self.document.nodes[self.index as usize]
    }
}

/// What stands in place of a secret.
pub(super) const HIDDEN: &str = "(hidden)";

/// The children of an element.
pub(super) struct Children<'d> {
    document: &'d Document,
    next: u32,
}

impl<'d> Iterator for Children<'d> {
    type Item = Element<'d>;

    fn next(&mut self) -> Option<Element<'d>> {
        if self.next == 0 {
            return None;
        }
        let element = self.document.at(self.next);
        self.next = element.node().next;
        Some(element)
    }
}
