//! From the bytes of a response to a [`Document`], with limits on all that could grow.

use std::collections::HashMap;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::document::{Document, Node, XSI};
use super::malformed::Malformed;

/// How far elements may be nested. Responses have ten levels.
pub(super) const MAX_DEPTH: usize = 64;

/// How many elements a document may have, whatever its size in bytes is limited to.
pub(super) const MAX_ELEMENTS: usize = 2_000_000;

/// Reads a document that has no more than so many elements.
pub(super) fn parse(bytes: &[u8], max_elements: usize) -> Result<Document, Malformed> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed::whole("it is not UTF-8"))?;
    // So that every place fits the document's numbers.
    if u32::try_from(text.len()).is_err() {
        return Err(Malformed::whole("it is longer than 4 GiB"));
    }
    let mut builder = Builder {
        document: Document::default(),
        known: HashMap::new(),
        open: Vec::new(),
        max_elements,
    };
    let mut reader = NsReader::from_str(text);
    loop {
        let event = reader
            .read_event()
            .map_err(|_| Malformed::whole("it is not well-formed XML"))?;
        match event {
            Event::Start(start) => {
                let nil = is_nil(&reader, &start)?;
                builder.start(
                    namespace_of(&reader, &start)?,
                    start.local_name().into_inner(),
                    nil,
                )?;
            }
            Event::Empty(start) => {
                let nil = is_nil(&reader, &start)?;
                builder.start(
                    namespace_of(&reader, &start)?,
                    start.local_name().into_inner(),
                    nil,
                )?;
                builder.end();
            }
            Event::End(_) => builder.end(),
            Event::Text(text) => builder.text(&text.xml10_content())?,
            Event::CData(text) => builder.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => builder.text(&resolve(&reference)?)?,
            Event::Decl(declaration) => {
                let encoding = declaration.encoding();
                let known = match &encoding {
                    None => true,
                    Some(Ok(name)) => {
                        ["utf-8", "us-ascii"].contains(&name.to_ascii_lowercase().as_str())
                    }
                    Some(Err(_)) => false,
                };
                if !known {
                    return Err(Malformed::whole("it is not UTF-8"));
                }
            }
            // A document type can define entities that grow without end, and has no place in SOAP.
            Event::DocType(_) => {
                return Err(Malformed::whole("it has a document type, which is refused"));
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    builder.finish()
}

fn namespace_of<'r>(
    reader: &'r NsReader<&[u8]>,
    start: &BytesStart<'_>,
) -> Result<Option<&'r str>, Malformed> {
    match reader.resolver().resolve_element(start.name()).0 {
        ResolveResult::Bound(namespace) => Ok(Some(namespace.into_inner())),
        ResolveResult::Unbound => Ok(None),
        ResolveResult::Unknown(_) => Err(Malformed::whole(
            "it uses a prefix that it does not declare",
        )),
    }
}

fn is_nil(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<bool, Malformed> {
    let mut nil = false;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Malformed::whole("it is not well-formed XML"))?;
        let (namespace, name) = reader.resolver().resolve_attribute(attribute.key);
        if name.into_inner() == "nil"
            && matches!(namespace, ResolveResult::Bound(namespace) if namespace.into_inner() == XSI)
        {
            nil = matches!(attribute.value.trim(), "true" | "1");
        }
    }
    Ok(nil)
}

/// The text of a reference: a character, or one of the five that XML itself knows.
fn resolve(reference: &BytesRef<'_>) -> Result<String, Malformed> {
    let unknown = || Malformed::whole("it refers to a character or an entity that there isn't");
    if let Some(character) = reference.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(character.to_string());
    }
    resolve_xml_entity(reference)
        .map(str::to_owned)
        .ok_or_else(unknown)
}

struct Builder {
    document: Document,
    known: HashMap<Box<str>, u32>,
    open: Vec<Open>,
    max_elements: usize,
}

/// An element that hasn't ended.
struct Open {
    node: u32,
    last_child: u32,
    text: String,
}

impl Builder {
    fn start(&mut self, namespace: Option<&str>, name: &str, nil: bool) -> Result<(), Malformed> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Malformed::whole(format!(
                "its elements are nested deeper than {MAX_DEPTH} levels"
            )));
        }
        if self.document.nodes.len() >= self.max_elements {
            return Err(Malformed::whole(format!(
                "it has more than {} elements",
                self.max_elements
            )));
        }
        let index = number(self.document.nodes.len())?;
        if self.open.is_empty() && index > 0 {
            return Err(Malformed::whole("it has more than one outermost element"));
        }
        let name = self.name(name)?;
        let namespace = namespace.map_or(Ok(u32::MAX), |namespace| self.name(namespace))?;
        self.document.nodes.push(Node {
            name,
            namespace,
            text: 0..0,
            first_child: 0,
            next: 0,
            nil,
        });
        if let Some(parent) = self.open.last_mut() {
            let (before, link) = (parent.last_child, &mut self.document.nodes);
            if before == 0 {
                link[parent.node as usize].first_child = index;
            } else {
                link[before as usize].next = index;
            }
            parent.last_child = index;
        }
        self.open.push(Open {
            node: index,
            last_child: 0,
            text: String::new(),
        });
        Ok(())
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        // White space between elements only makes them readable.
        if open.last_child != 0 && open.text.trim().is_empty() {
            return;
        }
        let start = self.document.text.len();
        self.document.text.push_str(&open.text);
        // No longer than the document, which fits.
        if let (Ok(start), Ok(end)) = (
            u32::try_from(start),
            u32::try_from(self.document.text.len()),
        ) {
            self.document.nodes[open.node as usize].text = start..end;
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Malformed> {
        if !text.chars().all(is_allowed) {
            return Err(Malformed::whole(
                "it has a character that XML does not allow",
            ));
        }
        match self.open.last_mut() {
            Some(open) => open.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(Malformed::whole("it has text outside of its elements")),
        }
        Ok(())
    }

    fn name(&mut self, name: &str) -> Result<u32, Malformed> {
        if let Some(number) = self.known.get(name) {
            return Ok(*number);
        }
        let index = number(self.document.names.len())?;
        self.document.names.push(name.into());
        self.known.insert(name.into(), index);
        Ok(index)
    }

    fn finish(self) -> Result<Document, Malformed> {
        if !self.open.is_empty() {
            return Err(Malformed::whole("it ends too early"));
        }
        if self.document.nodes.is_empty() {
            return Err(Malformed::whole("it is empty"));
        }
        Ok(self.document)
    }
}

fn number(length: usize) -> Result<u32, Malformed> {
    u32::try_from(length).map_err(|_| Malformed::whole("it has too many elements"))
}

/// Whether XML 1.0 has this character.
pub(super) fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
