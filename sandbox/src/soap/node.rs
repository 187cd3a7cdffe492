//! XML elements: requests are read into them, responses are built from them.

use super::failure::SoapFault;

/// Deepest nesting in a request; no message of the service is as deep.
const MAX_DEPTH: usize = 64;

/// Most elements in a request.
const MAX_NODES: u32 = 200_000;

/// One element with its namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// None for the namespace of the service.
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
    pub(crate) nil: bool,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// An element without content.
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self {
            namespace: None,
            name: name.into(),
            nil: false,
            text: String::new(),
            children: Vec::new(),
        }
    }

    /// An element that holds a text.
    pub(crate) fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::new(name)
        }
    }

    /// An element that holds others.
    pub(crate) fn holding(name: impl Into<String>, children: Vec<Node>) -> Self {
        Self {
            children,
            ..Self::new(name)
        }
    }

    /// The first child with a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first child with a name, mutable.
    pub(crate) fn child_mut(&mut self, name: &str) -> Option<&mut Node> {
        self.children.iter_mut().find(|child| child.name == name)
    }
}

/// Parses a document.
pub(crate) fn parse(bytes: &[u8]) -> Result<Node, SoapFault> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| SoapFault::client("the request is not UTF-8"))?
        .trim_start_matches('\u{feff}');
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        SoapFault::client(format!("Server was unable to read request. ---> {error}"))
    })?;
    read(document.root_element(), 0)
}

fn read(element: roxmltree::Node<'_, '_>, depth: usize) -> Result<Node, SoapFault> {
    if depth == MAX_DEPTH {
        return Err(SoapFault::client("the request is nested too deep"));
    }
    let nil = element.attribute((XSI, "nil"));
    let mut node = Node {
        namespace: Some(
            element
                .tag_name()
                .namespace()
                .unwrap_or_default()
                .to_owned(),
        ),
        nil: matches!(nil, Some("true" | "1")),
        ..Node::new(element.tag_name().name())
    };
    for child in element.children() {
        if child.is_element() {
            node.children.push(read(child, depth + 1)?);
        } else if child.is_text() {
            node.text.push_str(child.text().unwrap_or_default());
        }
    }
    Ok(node)
}

/// The namespace of the attribute `nil`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_in_their_namespaces() {
        let node =
            parse(b"\xef\xbb\xbf<p:a xmlns:p='x' xmlns='y'><b>1<!-- no -->2</b><p:c/></p:a>")
                .expect("read");
        assert_eq!(
            (node.name.as_str(), node.namespace.as_deref()),
            ("a", Some("x"))
        );
        assert_eq!(node.children[0].namespace.as_deref(), Some("y"));
        assert_eq!(node.children[0].text, "12");
        assert_eq!(
            node.child("c").and_then(|c| c.namespace.as_deref()),
            Some("x")
        );
    }

    #[test]
    fn refuses_malformed_deep_and_foreign_documents() {
        let deep = "<a>".repeat(80) + &"</a>".repeat(80);
        for bad in ["", "<a>", "no", "<!DOCTYPE a><a/>", "\u{1}", deep.as_str()] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(parse(b"<a>\xff</a>").is_err());
    }
}
