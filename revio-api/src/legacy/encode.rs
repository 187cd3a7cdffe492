//! From the fields of a request to elements, in the order and the style of the table.

use chrono::{Datelike, NaiveTime};
use quick_xml::escape::minimal_escape;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;
use serde_json::value::RawValue;

use super::fields::{self, Fields};
use super::overrides::NullStyle;
use super::settings::Settings;
use super::table::{Field, Kind, Structure, Wire};
use super::validate::Unsendable;
use crate::types::RevioDateTime;

/// Elements being written.
pub(super) struct Out(Writer<Vec<u8>>);

impl Out {
    pub(super) fn new() -> Self {
        Self(Writer::new(Vec::new()))
    }

    pub(super) fn event(&mut self, event: Event<'_>) -> Result<(), Unsendable> {
        self.0.write_event(event).map_err(|_| Unsendable {
            field: None,
            detail: "the request could not be written".to_owned(),
        })
    }

    pub(super) fn start(&mut self, name: &str) -> Result<(), Unsendable> {
        self.event(Event::Start(BytesStart::new(name)))
    }

    pub(super) fn end(&mut self, name: &str) -> Result<(), Unsendable> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    /// An element with text.
    pub(super) fn leaf(&mut self, name: &str, text: &str) -> Result<(), Unsendable> {
        self.start(name)?;
        // A reader turns a bare carriage return into a line feed.
        let text = minimal_escape(text).replace('\r', "&#13;");
        self.event(Event::Text(BytesText::from_escaped(text)))?;
        self.end(name)
    }

    fn nil(&mut self, name: &str) -> Result<(), Unsendable> {
        let element = BytesStart::new(name).with_attributes([("xsi:nil", "true")]);
        self.event(Event::Empty(element))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

/// Writes an operation's own fields.
pub(super) fn request(
    out: &mut Out,
    settings: &Settings,
    wire: &Wire,
    given: &Fields,
) -> Result<(), Unsendable> {
    let encoder = Encoder {
        settings,
        pairs: settings.names.updated_pairs(wire),
        nulls: true,
    };
    let wrapper = settings.names.wrapper(wire);
    if let Some(name) = wrapper {
        out.start(name)?;
    }
    encoder.structure(out, wire.request, given, "")?;
    match wrapper {
        Some(name) => out.end(name),
        None => Ok(()),
    }
}

struct Encoder<'s> {
    settings: &'s Settings,
    /// Whether fields that aren't required are pairs.
    pairs: bool,
    /// Whether fields that aren't set may be nil.
    nulls: bool,
}

impl Encoder<'_> {
    fn structure(
        &self,
        out: &mut Out,
        structure: &Structure,
        given: &Fields,
        path: &str,
    ) -> Result<(), Unsendable> {
        for field in structure.fields {
            let element = self.settings.names.element(structure, field);
            let path = if path.is_empty() {
                field.name.to_owned()
            } else {
                format!("{path}.{}", field.name)
            };
            match given.get(field.name) {
                Some(value) => self.field(out, structure, field, element, value, &path)?,
                None if self.is_nil(structure, field) => out.nil(element)?,
                None => {}
            }
        }
        Ok(())
    }

    /// Whether a field that isn't set is written as nil. A list without items is no null.
    fn is_nil(&self, structure: &Structure, field: &Field) -> bool {
        let is_list = matches!(field.kind, Kind::Repeated(_) | Kind::Wrapped(_));
        let style = self.settings.names.null_style(structure, field);
        self.nulls && !is_list && style.unwrap_or(self.settings.null_style) == NullStyle::Nil
    }

    fn field(
        &self,
        out: &mut Out,
        structure: &Structure,
        field: &Field,
        element: &str,
        value: &RawValue,
        path: &str,
    ) -> Result<(), Unsendable> {
        if self.pairs && !field.required {
            out.start(element)?;
            out.leaf("Updated", "true")?;
            self.value(out, structure, field, "Value", value, path)?;
            return out.end(element);
        }
        self.value(out, structure, field, element, value, path)
    }

    fn value(
        &self,
        out: &mut Out,
        structure: &Structure,
        field: &Field,
        element: &str,
        value: &RawValue,
        path: &str,
    ) -> Result<(), Unsendable> {
        let inner = Encoder {
            settings: self.settings,
            pairs: false,
            nulls: false,
        };
        match &field.kind {
            Kind::One(part) => {
                let given: Fields = serde_json::from_str(value.get())
                    .map_err(|_| Unsendable::field(path, "has no fields"))?;
                out.start(element)?;
                inner.structure(out, part, &given, path)?;
                out.end(element)
            }
            Kind::Wrapped(item) => {
                let items: Vec<Fields> = serde_json::from_str(value.get())
                    .map_err(|_| Unsendable::field(path, "is no list"))?;
                let name = self.settings.names.item(structure, field, item);
                out.start(element)?;
                for (at, given) in items.iter().enumerate() {
                    out.start(name)?;
                    inner.structure(out, item, given, &format!("{path}[{at}]"))?;
                    out.end(name)?;
                }
                out.end(element)
            }
            Kind::Repeated(kind) => {
                for text in fields::scalars(value) {
                    self.scalar(out, kind, element, &text, path)?;
                }
                Ok(())
            }
            kind => {
                let text =
                    fields::scalar(value).ok_or_else(|| Unsendable::field(path, "has no text"))?;
                self.scalar(out, kind, element, &text, path)
            }
        }
    }

    fn scalar(
        &self,
        out: &mut Out,
        kind: &Kind,
        element: &str,
        text: &str,
        path: &str,
    ) -> Result<(), Unsendable> {
        if matches!(kind, Kind::Date) {
            let date = write_date(text, &self.settings.date_format);
            return out.leaf(
                element,
                &date.map_err(|problem| Unsendable::field(path, problem))?,
            );
        }
        out.leaf(element, text)
    }
}

/// A date in the form of a template such as `YYYY-MM-DDT00:00:00`.
///
/// The service's dates are calendar dates, whatever time the wire adds to them. What is written is the date as it stands
/// in the value: an offset doesn't move it, and a time of day that would be lost is an error.
fn write_date(text: &str, template: &str) -> Result<String, &'static str> {
    let value: RevioDateTime = text.parse().map_err(|_| "is no date")?;
    let moment = value.naive().ok_or("is the year 1, which means no date")?;
    if moment.time() != NaiveTime::MIN {
        return Err(
            "has a time of day, which this service's dates don't keep; give the date alone",
        );
    }
    Ok(template
        .replace("YYYY", &format!("{:04}", moment.year()))
        .replace("MM", &format!("{:02}", moment.month()))
        .replace("DD", &format!("{:02}", moment.day())))
}

/// Whether a template has all parts of a date, each once.
pub(super) fn is_date_template(template: &str) -> bool {
    ["YYYY", "MM", "DD"]
        .iter()
        .all(|part| template.matches(part).count() == 1)
}
