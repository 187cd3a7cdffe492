//! From elements to JSON, by the types of the table; the typed messages are read from that.
//!
//! Numbers stay text on the way. What the table doesn't have goes to the extras of the structure it was found in.

use std::io::Write;

use super::document::Element;
use super::malformed::Malformed;
use super::secrets;
use super::settings::Settings;
use super::table::{Field, Kind, Structure};
use crate::types::{Money, RevioDateTime};

/// JSON being written.
pub(super) type Json = Vec<u8>;

/// A whole structure.
pub(super) fn structure(
    element: Element<'_>,
    structure: &Structure,
    settings: &Settings,
) -> Result<Json, Malformed> {
    let mut out = Json::new();
    Decoder { settings }.structure(element, structure, &[], &mut out)?;
    Ok(out)
}

/// An item of a list.
pub(super) fn item(
    element: Element<'_>,
    structure: &Structure,
    settings: &Settings,
    out: &mut Json,
) -> Result<(), Malformed> {
    Decoder { settings }.structure(element, structure, &[], out)
}

/// A scalar or a part.
pub(super) fn value(
    element: Element<'_>,
    kind: &Kind,
    settings: &Settings,
    out: &mut Json,
) -> Result<(), Malformed> {
    Decoder { settings }.value(element, kind, out)
}

/// The name under which extras are kept.
pub(super) const EXTRAS: &str = "#extras";

/// Adds the key of a JSON field, with a comma unless it is the first.
pub(super) fn key(name: &str, out: &mut Json) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    string_or(name, out);
    out.push(b':');
}

/// What an element holds: its text, or its markup if there are elements in it.
pub(super) fn content(element: Element<'_>) -> String {
    if element.has_children() {
        element.markup()
    } else {
        element.text().to_owned()
    }
}

/// Text has always a JSON form; nothing is written where it hasn't.
pub(super) fn string_or<T: serde::Serialize + ?Sized>(value: &T, out: &mut Json) {
    match serde_json::to_vec(value) {
        Ok(text) => out.extend(text),
        Err(_) => out.extend(b"null"),
    }
}

struct Decoder<'s> {
    settings: &'s Settings,
}

impl Decoder<'_> {
    /// A structure, with fields that stood beside it.
    fn structure<'d>(
        &self,
        element: Element<'d>,
        structure: &Structure,
        stray: &[Element<'d>],
        out: &mut Json,
    ) -> Result<(), Malformed> {
        let names = &self.settings.names;
        let mut found: Vec<Vec<Element<'d>>> = vec![Vec::new(); structure.fields.len()];
        let mut unknown: Vec<(String, Element<'d>)> = Vec::new();
        for child in element.children().chain(stray.iter().copied()) {
            let is_ours = child.namespace() == Some(self.settings.namespace.as_str());
            let field = structure
                .fields
                .iter()
                .position(|field| is_ours && names.element(structure, field) == child.name());
            match field {
                Some(at) => found[at].push(child),
                None => unknown.push((child.name().to_owned(), child)),
            }
        }
        out.push(b'{');
        for (field, elements) in structure.fields.iter().zip(found) {
            self.field(element, structure, field, &elements, &mut unknown, out)
                .map_err(|malformed| malformed.inside(field.name))?;
        }
        if !unknown.is_empty() {
            let extras: Vec<(&str, String)> = unknown
                .iter()
                .map(|(name, element)| (name.as_str(), content(*element)))
                .collect();
            key(EXTRAS, out);
            string_or(&extras, out);
        }
        out.push(b'}');
        Ok(())
    }

    fn field<'d>(
        &self,
        parent: Element<'d>,
        structure: &Structure,
        field: &Field,
        elements: &[Element<'d>],
        unknown: &mut Vec<(String, Element<'d>)>,
        out: &mut Json,
    ) -> Result<(), Malformed> {
        if let Kind::Repeated(kind) = &field.kind {
            if elements.is_empty() {
                return Ok(());
            }
            key(field.name, out);
            return list(
                elements.iter().filter(|element| !element.is_void()),
                out,
                |element, out| self.value(*element, kind, out),
            );
        }
        let Some((element, others)) = elements.split_first() else {
            return Ok(());
        };
        if !others.is_empty() {
            return Err(Malformed::whole("the element is there more than once"));
        }
        if let Kind::Wrapped(item) = &field.kind
            && !element.is_nil()
        {
            return self.list(parent, structure, field, item, *element, unknown, out);
        }
        if is_absent(*element, &field.kind) {
            return Ok(());
        }
        key(field.name, out);
        self.value(*element, &field.kind, out)
    }

    /// The items of a list that has an element of its own.
    #[expect(
        clippy::too_many_arguments,
        reason = "what belongs to one field of one structure"
    )]
    fn list<'d>(
        &self,
        parent: Element<'d>,
        structure: &Structure,
        field: &Field,
        item: &'static Structure,
        wrapper: Element<'d>,
        unknown: &mut Vec<(String, Element<'d>)>,
        out: &mut Json,
    ) -> Result<(), Malformed> {
        let expected = self.settings.names.item(structure, field, item);
        let (items, others): (Vec<_>, Vec<_>) = wrapper
            .children()
            .partition(|child| child.name() == expected || self.looks_like(*child, item));
        let mut stray = Vec::new();
        if let (Some(known), [only]) = (&item.stray, items.as_slice()) {
            let is_stray = |place: &str, element: &Element<'_>| {
                let field = known.fields.iter().find(|name| **name == element.name());
                let missing = |name: &&str| only.child(&self.settings.namespace, name).is_none();
                known.parents.contains(&place) && field.is_some_and(missing)
            };
            stray.extend(others.iter().copied().filter(|it| is_stray(field.name, it)));
            let beside = unknown.iter().map(|(_, element)| *element);
            stray.extend(beside.filter(|it| is_stray(parent.name(), it)));
        }
        // Of two for one field the first one is meant, as far as anything is.
        let mut names = std::collections::HashSet::new();
        stray.retain(|element| names.insert(element.name()));
        let is_taken =
            |element: &Element<'_>| stray.iter().any(|taken| taken.index() == element.index());
        unknown.retain(|(_, element)| !is_taken(element));
        let left = others.into_iter().filter(|element| !is_taken(element));
        unknown.extend(left.map(|element| (format!("{}/{}", field.name, element.name()), element)));
        key(field.name, out);
        list(items.iter().enumerate(), out, |(at, element), out| {
            self.structure(*element, item, &stray, out)
                .map_err(|malformed| malformed.inside(&format!("[{at}]")))
        })
    }

    /// Whether an element that isn't called like an item is one all the same.
    fn looks_like(&self, element: Element<'_>, item: &Structure) -> bool {
        let names = &self.settings.names;
        element.children().any(|child| {
            item.fields
                .iter()
                .any(|field| names.element(item, field) == child.name())
        })
    }

    fn value(&self, element: Element<'_>, kind: &Kind, out: &mut Json) -> Result<(), Malformed> {
        if let Kind::One(structure) = kind {
            return self.structure(element, structure, &[], out);
        }
        if matches!(kind, Kind::Markup) {
            string_or(&secrets::redacted_echo(element, self.settings), out);
            return Ok(());
        }
        if element.has_children() {
            return Err(Malformed::whole(
                "there are elements in it, where a value is expected",
            ));
        }
        let text = element.text();
        let word = text.trim();
        match kind {
            Kind::Int => {
                let number: i32 = word
                    .parse()
                    .map_err(|_| Malformed::whole("it is no whole number of 32 bits"))?;
                // A vector takes everything.
                let _ = write!(out, "{number}");
            }
            Kind::Decimal => {
                let number: Money = word.parse().map_err(|_| {
                    Malformed::whole("it is no decimal number of at most 28 digits")
                })?;
                string_or(&number.to_string(), out);
            }
            Kind::Bool => match word {
                "true" | "1" => out.extend(b"true"),
                "false" | "0" => out.extend(b"false"),
                _ => return Err(Malformed::whole("it is none of true, false, 1 and 0")),
            },
            Kind::Date => string_or(word, out),
            Kind::Text | Kind::Markup | Kind::One(_) | Kind::Repeated(_) | Kind::Wrapped(_) => {
                string_or(text, out);
            }
        }
        Ok(())
    }
}

/// Whether an element says that there is no value.
fn is_absent(element: Element<'_>, kind: &Kind) -> bool {
    let is_no_date = || {
        let date: Result<RevioDateTime, _> = element.text().trim().parse();
        date.is_ok_and(|date| date.is_none())
    };
    element.is_void() || matches!(kind, Kind::Date) && is_no_date()
}

fn list<T>(
    items: impl Iterator<Item = T>,
    out: &mut Json,
    mut write: impl FnMut(T, &mut Json) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    out.push(b'[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(item, out)?;
    }
    out.push(b']');
    Ok(())
}
