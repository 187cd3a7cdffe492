//! From responses to the typed response, as JSON on the way.

use std::collections::HashSet;

use super::decode::{self, Json};
use super::document::Element;
use super::exchange::Exchanged;
use super::fields::Fields;
use super::guard;
use super::layout::{Layout, list_field};
use super::malformed::Malformed;
use super::settings::Settings;
use super::table::{Field, Kind, Wire};

/// The response to a call, or to several whose rows belong together.
pub(super) struct ResponseBuilder<'s> {
    settings: &'s Settings,
    wire: &'static Wire,
    /// Rows as JSON, with commas.
    rows: Json,
    /// Ids of rows, if several responses may hold the same.
    seen: Option<HashSet<String>>,
    /// Of everything but rows, from the last response.
    fields: Json,
    extras: Vec<(String, String)>,
}

/// Why a response can't be used.
pub(super) enum Unusable {
    Malformed(Malformed),
    /// Its rows don't fit this filter.
    FilterIgnored(&'static str),
}

impl From<Malformed> for Unusable {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl<'s> ResponseBuilder<'s> {
    pub(super) fn new(settings: &'s Settings, wire: &'static Wire, calls: usize) -> Self {
        Self {
            settings,
            wire,
            rows: Json::new(),
            seen: (calls > 1).then(HashSet::new),
            fields: Json::new(),
            extras: Vec::new(),
        }
    }

    /// Takes a response to a call with these fields.
    pub(super) fn take(&mut self, exchanged: &Exchanged, given: &Fields) -> Result<(), Unusable> {
        let result = exchanged.response.result();
        let layout = Layout {
            settings: self.settings,
            wire: self.wire,
        };
        let mut fields = vec![b'{'];
        for field in self.wire.response.fields {
            match (&field.kind, field.signature) {
                (Kind::Wrapped(_), Some(_)) => self.take_rows(&layout, result, given)?,
                (kind, Some(_)) => {
                    let element = layout.scalar(result, field)?;
                    decode::key(field.name, &mut fields);
                    decode::value(element, kind, self.settings, &mut fields)
                        .map_err(|malformed| malformed.inside(field.name))?;
                }
                (kind, None) => self.part(result, field, kind, &mut fields)?,
            }
        }
        if list_field(self.wire.response).is_none() {
            self.keep(layout.beside(result));
        }
        self.fields = fields;
        Ok(())
    }

    /// A part that stands right in the result: the header, the echo.
    fn part(
        &self,
        result: Element<'_>,
        field: &Field,
        kind: &Kind,
        out: &mut Json,
    ) -> Result<(), Malformed> {
        let name = self.settings.names.element(self.wire.response, field);
        let Some(element) = result
            .child(&self.settings.namespace, name)
            .filter(|it| !it.is_void())
        else {
            return Ok(());
        };
        decode::key(field.name, out);
        decode::value(element, kind, self.settings, out)
            .map_err(|malformed| malformed.inside(field.name))
    }

    fn take_rows(
        &mut self,
        layout: &Layout<'_>,
        result: Element<'_>,
        given: &Fields,
    ) -> Result<(), Unusable> {
        let Some((field, item)) = list_field(self.wire.response) else {
            return Ok(());
        };
        let found = layout.rows(result, field, item)?;
        if self.settings.filter_guard
            && let Some(filter) =
                guard::ignored_filter(self.settings, self.wire, item, &found.rows, given)
        {
            return Err(Unusable::FilterIgnored(filter));
        }
        for (at, row) in found.rows.iter().enumerate() {
            if let Some(seen) = &mut self.seen {
                let id = field.signature.and_then(|signature| signature.all.first());
                let id = id.and_then(|name| row.child(&self.settings.namespace, name));
                if id.is_some_and(|id| !seen.insert(id.text().trim().to_owned())) {
                    continue;
                }
            }
            if !self.rows.is_empty() {
                self.rows.push(b',');
            }
            decode::item(*row, item, self.settings, &mut self.rows)
                .map_err(|malformed| malformed.inside(&format!("{}[{at}]", field.name)))?;
        }
        self.keep(found.others);
        Ok(())
    }

    fn keep(&mut self, others: Vec<(String, Element<'_>)>) {
        self.extras.extend(
            others
                .into_iter()
                .map(|(name, element)| (name, decode::content(element))),
        );
    }

    /// The response as JSON.
    pub(super) fn into_json(self) -> Json {
        let mut out = if self.fields.is_empty() {
            vec![b'{']
        } else {
            self.fields
        };
        if let Some((field, _)) = list_field(self.wire.response) {
            decode::key(field.name, &mut out);
            out.push(b'[');
            out.extend(self.rows);
            out.push(b']');
        }
        if !self.extras.is_empty() {
            decode::key(decode::EXTRAS, &mut out);
            decode::string_or(&self.extras, &mut out);
        }
        out.push(b'}');
        out
    }
}
