//! Where a response's result is: by what it holds, since the names around it aren't published.

use super::document::Element;
use super::malformed::Malformed;
use super::settings::Settings;
use super::table::{Field, Kind, Signature, Structure, Wire};

/// What was found of a list.
pub(super) struct Rows<'d> {
    pub(super) rows: Vec<Element<'d>>,
    /// What stands beside them, with the names of the elements around it.
    pub(super) others: Vec<(String, Element<'d>)>,
}

/// Looks into a result element.
pub(super) struct Layout<'s> {
    pub(super) settings: &'s Settings,
    pub(super) wire: &'s Wire,
}

impl Layout<'_> {
    /// The children of the result that could belong to the payload: all but those that the response has fields for.
    fn payload<'d>(&self, result: Element<'d>) -> Vec<Element<'d>> {
        let known = |child: &Element<'_>| {
            self.wire.response.fields.iter().any(|field| {
                field.signature.is_none()
                    && child.is(
                        &self.settings.namespace,
                        self.settings.names.element(self.wire.response, field),
                    )
            })
        };
        result.children().filter(|child| !known(child)).collect()
    }

    /// What a result holds beside what the response has fields for.
    pub(super) fn beside<'d>(&self, result: Element<'d>) -> Vec<(String, Element<'d>)> {
        let others = self.payload(result).into_iter().filter(|element| {
            let is_scalar = |field: &&Field| {
                field.signature.is_some()
                    && self.settings.names.element(self.wire.response, field) == element.name()
            };
            !self
                .wire
                .response
                .fields
                .iter()
                .any(|field| is_scalar(&field))
        });
        others
            .map(|element| (element.name().to_owned(), element))
            .collect()
    }

    /// The items of a list.
    pub(super) fn rows<'d>(
        &self,
        result: Element<'d>,
        field: &Field,
        item: &Structure,
    ) -> Result<Rows<'d>, Malformed> {
        let Some(signature) = field.signature else {
            return Ok(Rows {
                rows: Vec::new(),
                others: Vec::new(),
            });
        };
        let payload = self.payload(result);
        let mut found = Rows {
            rows: Vec::new(),
            others: Vec::new(),
        };
        if let Some(path) = self.settings.names.result_path(self.wire) {
            self.follow(&payload, path, &mut found);
        } else {
            self.search(&payload, &signature, item, "", &mut found);
        }
        // An empty list of the expected name is what it says.
        let own = self.settings.names.element(self.wire.response, field);
        found
            .others
            .retain(|(_, element)| !(element.name() == own && element.is_void()));
        if found.rows.is_empty() && !found.others.is_empty() {
            return Err(Malformed::at(
                result.name(),
                "the layout of the result is not recognised; the setting `result_path` says where its rows are",
            ));
        }
        Ok(found)
    }

    /// Takes what stands at the end of a path.
    fn follow<'d>(&self, payload: &[Element<'d>], path: &[String], found: &mut Rows<'d>) {
        let mut level = payload.to_vec();
        for (at, name) in path.iter().enumerate() {
            let (fits, others): (Vec<_>, Vec<_>) = level
                .into_iter()
                .partition(|it| it.is(&self.settings.namespace, name));
            found
                .others
                .extend(others.into_iter().map(|it| (it.name().to_owned(), it)));
            if at + 1 == path.len() {
                found.rows = fits;
                return;
            }
            level = fits.into_iter().flat_map(Element::children).collect();
        }
    }

    /// Takes every element with the signature. Whether anything was taken.
    fn search<'d>(
        &self,
        level: &[Element<'d>],
        signature: &Signature,
        item: &Structure,
        path: &str,
        found: &mut Rows<'d>,
    ) -> bool {
        let rows: Vec<&str> = level
            .iter()
            .filter(|it| self.has(**it, signature, item))
            .map(|it| it.name())
            .collect();
        let mut any = !rows.is_empty();
        for element in level {
            let place = format!("{path}{}", element.name());
            // One that is called like a row and isn't complete is a row with a fault, not something else.
            if rows.contains(&element.name()) {
                found.rows.push(*element);
                continue;
            }
            let before = found.others.len();
            let children: Vec<_> = element.children().collect();
            if self.search(&children, signature, item, &format!("{place}/"), found) {
                any = true;
            } else {
                found.others.truncate(before);
                found.others.push((place, *element));
            }
        }
        any
    }

    /// Whether an element has the signature.
    fn has(&self, element: Element<'_>, signature: &Signature, item: &Structure) -> bool {
        let has = |name: &&str| {
            let name = item
                .field(name)
                .map_or(*name, |field| self.settings.names.element(item, field));
            element.child(&self.settings.namespace, name).is_some()
        };
        signature.all.iter().all(has) && (signature.any.is_empty() || signature.any.iter().any(has))
    }

    /// The element of a scalar, which may stand in the result itself or in what it holds.
    pub(super) fn scalar<'d>(
        &self,
        result: Element<'d>,
        field: &Field,
    ) -> Result<Element<'d>, Malformed> {
        let name = self.settings.names.element(self.wire.response, field);
        let namespace = &self.settings.namespace;
        let payload = self.payload(result);
        let mut found: Vec<Element<'d>> = Vec::new();
        if let Some(path) = self.settings.names.result_path(self.wire) {
            let mut rows = Rows {
                rows: Vec::new(),
                others: Vec::new(),
            };
            self.follow(&payload, path, &mut rows);
            found = rows.rows;
        } else {
            let mut open = payload;
            while let Some(element) = open.pop() {
                if element.is(namespace, name) {
                    found.push(element);
                } else {
                    open.extend(element.children());
                }
            }
        }
        match found.as_slice() {
            [only] if !only.is_void() => Ok(*only),
            [] | [_] => Err(Malformed::at(field.name, "the element is missing")),
            _ => Err(Malformed::at(
                field.name,
                "the element is there more than once",
            )),
        }
    }
}

/// The field of a response that is a list found by its signature, and the structure of its items.
pub(super) fn list_field(
    response: &'static Structure,
) -> Option<(&'static Field, &'static Structure)> {
    response.fields.iter().find_map(|field| match field.kind {
        Kind::Wrapped(item) if field.signature.is_some() => Some((field, item)),
        _ => None,
    })
}
