//! Writes elements as text: the envelope of both versions, with the prefixes that a server may use.

use std::fmt::Write as _;

use super::failure::SoapFault;
use super::node::{Node, XSI};
use super::settings::SoapVersion;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// The namespace of the envelope.
pub(crate) fn envelope_namespace(version: SoapVersion) -> &'static str {
    match version {
        SoapVersion::V1_1 => "http://schemas.xmlsoap.org/soap/envelope/",
        SoapVersion::V1_2 => "http://www.w3.org/2003/05/soap-envelope",
    }
}

/// The prefixes of namespaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Prefixes {
    /// `soap:` for the envelope, none for the payload.
    #[default]
    Usual,
    /// `s:` and `t:`.
    Other,
    /// No prefixes.
    None,
}

/// The style of a document.
#[derive(Clone, Copy)]
pub(crate) struct Style<'a> {
    pub(crate) version: SoapVersion,
    pub(crate) namespace: &'a str,
    pub(crate) prefixes: Prefixes,
    /// Adds attributes, comments and processing instructions without a meaning.
    pub(crate) is_noisy: bool,
}

impl Style<'_> {
    /// A document with a payload.
    pub(crate) fn document(&self, payload: &Node) -> String {
        let mut inside = String::new();
        let prefix = match self.prefixes {
            Prefixes::Other => "t:",
            _ => "",
        };
        let declaration = match self.prefixes {
            Prefixes::Other => format!(" xmlns:t=\"{}\"", escape(self.namespace)),
            _ => format!(" xmlns=\"{}\"", escape(self.namespace)),
        };
        self.write(payload, prefix, &declaration, &mut inside);
        self.envelope(&inside)
    }

    /// A document with a fault.
    pub(crate) fn fault(&self, fault: &SoapFault) -> String {
        let prefix = self.envelope_prefix();
        let message = escape(&fault.message);
        let inside = match self.version {
            SoapVersion::V1_1 => {
                let none = if prefix.is_empty() { " xmlns=\"\"" } else { "" };
                let code = fault.code.code_1_1();
                format!(
                    "<{prefix}Fault><faultcode{none}>{prefix}{code}</faultcode><faultstring{none}>{message}</faultstring><detail{none} /></{prefix}Fault>"
                )
            }
            SoapVersion::V1_2 => {
                let code = fault.code.code_1_2();
                format!(
                    "<{prefix}Fault><{prefix}Code><{prefix}Value>{prefix}{code}</{prefix}Value></{prefix}Code><{prefix}Reason><{prefix}Text xml:lang=\"en\">{message}</{prefix}Text></{prefix}Reason></{prefix}Fault>"
                )
            }
        };
        self.envelope(&inside)
    }

    fn envelope_prefix(&self) -> &'static str {
        match self.prefixes {
            Prefixes::Usual => "soap:",
            Prefixes::Other => "s:",
            Prefixes::None => "",
        }
    }

    fn envelope(&self, inside: &str) -> String {
        let prefix = self.envelope_prefix();
        let colon = if prefix.is_empty() { "" } else { ":" };
        let bare = prefix.trim_end_matches(':');
        let namespace = envelope_namespace(self.version);
        let noise = if self.is_noisy {
            "<!-- noise --><?noise a?>"
        } else {
            ""
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>{noise}<{prefix}Envelope xmlns{colon}{bare}=\"{namespace}\" xmlns:xsi=\"{XSI}\" xmlns:xsd=\"{XSD}\"><{prefix}Body>{inside}</{prefix}Body></{prefix}Envelope>"
        )
    }

    fn write(&self, node: &Node, prefix: &str, declaration: &str, out: &mut String) {
        let foreign = node
            .namespace
            .as_deref()
            .map(|namespace| format!(" xmlns=\"{}\"", escape(namespace)));
        let (prefix, declaration) = match &foreign {
            Some(foreign) => ("", foreign.as_str()),
            None => (prefix, declaration),
        };
        // Writing to a String can't fail.
        let _ = write!(out, "<{prefix}{}{declaration}", node.name);
        if node.nil {
            out.push_str(" xsi:nil=\"true\"");
        }
        if self.is_noisy {
            out.push_str(" xsi:type=\"noise\" noise=\"1\"");
        }
        if node.text.is_empty() && node.children.is_empty() {
            out.push_str(" />");
            return;
        }
        out.push('>');
        out.push_str(&escape(&node.text));
        for child in &node.children {
            if self.is_noisy {
                out.push_str("\r\n  <!-- noise --><?noise a?>");
            }
            self.write(child, prefix, "", out);
        }
        let _ = write!(out, "</{prefix}{}>", node.name);
    }
}

/// Escapes text and attribute values.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser would read a bare one as a line feed.
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap::node::parse;

    fn style(version: SoapVersion, prefixes: Prefixes, is_noisy: bool) -> Style<'static> {
        Style {
            version,
            namespace: "urn:x",
            prefixes,
            is_noisy,
        }
    }

    #[test]
    fn every_style_has_the_same_content() {
        let payload = Node::holding(
            "A",
            vec![
                Node::text("B", "<&>\"\r"),
                Node {
                    nil: true,
                    ..Node::new("C")
                },
            ],
        );
        for version in [SoapVersion::V1_1, SoapVersion::V1_2] {
            for prefixes in [Prefixes::Usual, Prefixes::Other, Prefixes::None] {
                for is_noisy in [false, true] {
                    let text = style(version, prefixes, is_noisy).document(&payload);
                    let read = parse(text.as_bytes()).expect("well formed");
                    assert_eq!(read.namespace.as_deref(), Some(envelope_namespace(version)));
                    let a = read
                        .child("Body")
                        .and_then(|body| body.child("A"))
                        .expect("the payload");
                    assert_eq!(a.namespace.as_deref(), Some("urn:x"));
                    assert_eq!(
                        a.child("B").map(|b| b.text.trim_end_matches(' ')),
                        Some("<&>\"\r")
                    );
                    assert!(a.child("C").is_some_and(|c| c.nil));
                }
            }
        }
    }

    #[test]
    fn faults_can_be_read_in_every_style() {
        let fault = SoapFault::client("no & no");
        for prefixes in [Prefixes::Usual, Prefixes::Other, Prefixes::None] {
            let old = parse(
                style(SoapVersion::V1_1, prefixes, false)
                    .fault(&fault)
                    .as_bytes(),
            )
            .expect("XML");
            let fault_node = old
                .child("Body")
                .and_then(|body| body.child("Fault"))
                .expect("a fault");
            let text = fault_node.child("faultstring").expect("a text");
            assert_eq!(
                (text.text.as_str(), text.namespace.as_deref()),
                ("no & no", Some(""))
            );
            let new = parse(
                style(SoapVersion::V1_2, prefixes, false)
                    .fault(&fault)
                    .as_bytes(),
            )
            .expect("XML");
            let fault_node = new
                .child("Body")
                .and_then(|body| body.child("Fault"))
                .expect("a fault");
            let reason = fault_node
                .child("Reason")
                .and_then(|reason| reason.child("Text"));
            assert_eq!(reason.map(|text| text.text.as_str()), Some("no & no"));
        }
    }
}
