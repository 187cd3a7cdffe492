//! Compares a description with the tables, operation by operation.

use super::comparison::{Comparison, listed, plain};
use super::description::Description;
use super::difference::Report;
use super::fields::{Fields, Side};
use super::types::{Content, Particle};
use super::{result, service};
use crate::soap::{Operation, Structure, Wire};

/// Everything that differs.
pub(super) fn compare(wire: &Wire, found: &Description<'_>) -> Report {
    let mut report = Report::default();
    let namespace = service::compare(wire, found, &mut report);
    for operation in &wire.operations {
        let Some(messages) = found.operations.get(operation.name.as_str()) else {
            report.problem(missing(operation, found));
            continue;
        };
        report.operations += 1;
        let expected = |path: &[String]| -> Vec<String> {
            let path = path.iter();
            path.map(|name| name.replace("{operation}", &operation.name))
                .collect()
        };
        let mut comparison = Comparison {
            wire,
            types: &found.types,
            operation,
            report: &mut report,
        };
        let path = expected(&wire.service.request_path);
        if let Some(holder) = comparison.descend(namespace, messages.input, &path) {
            comparison.request(&holder);
        }
        let path = expected(&wire.service.response_path);
        if let Some(holder) = comparison.descend(namespace, messages.output, &path) {
            comparison.response(&holder);
        }
    }
    report
}

/// That an operation isn't there, and what there is instead.
fn missing(operation: &Operation, found: &Description<'_>) -> String {
    let name = operation.name.to_ascii_lowercase();
    let similar = found.operations.keys().find(|other| {
        let other = other.to_ascii_lowercase();
        other == name || plain(&other) == plain(&name)
    });
    match similar {
        Some(other) => format!(
            "the operation {} isn't there, but {other} is; correct x-xml-operation in schema/legacy/{}.json",
            operation.name, operation.module
        ),
        None => format!(
            "the operation {} isn't there; the service offers {} others",
            operation.name,
            found.operations.len()
        ),
    }
}

impl<'a> Comparison<'_, 'a> {
    pub(super) fn structure(&self, name: &str) -> Option<&Structure> {
        self.wire.structures.get(name)
    }

    /// From the element of a message down the path of the tables.
    fn descend(
        &mut self,
        namespace: &str,
        element: Option<(&str, &str)>,
        path: &[String],
    ) -> Option<Particle<'a>> {
        let (outer, inside) = path.split_first()?;
        let name = &self.operation.name;
        let Some((_, element)) = element else {
            self.report.problem(format!(
                "{name}: its message has no element, as document/literal has it"
            ));
            return None;
        };
        if element != outer.as_str() {
            self.report.problem(format!(
                "{name}: the body holds <{element}>, not <{outer}>; correct the paths of x-xml-service in schema/legacy/common.json"
            ));
            return None;
        }
        let Some(mut holder) = self.types.element(namespace, element) else {
            let known = self.types.element_names().count();
            self.report.problem(format!(
                "{name}: the element {element} isn't among the {known} that the description has"
            ));
            return None;
        };
        for wanted in inside {
            let children = self.types.children(&holder);
            let Some(child) = children.iter().find(|child| child.name == wanted.as_str()) else {
                let names: Vec<&str> = children.iter().map(|child| child.name).collect();
                self.report.problem(format!(
                    "{name}: <{}> holds {}, not <{wanted}>; correct the paths of x-xml-service in schema/legacy/common.json",
                    holder.name,
                    listed(&names)
                ));
                return None;
            };
            holder = *child;
        }
        if let Content::Unknown(kind) = holder.content {
            self.report.problem(format!(
                "{name}: the type {kind} of <{}> isn't in the description",
                holder.name
            ));
            return None;
        }
        Some(holder)
    }

    fn request(&mut self, holder: &Particle<'a>) {
        let operation = self.operation;
        let (Some(preamble), Some(request)) = (
            self.wire.structures.get(&operation.preamble),
            self.wire.structures.get(&operation.request),
        ) else {
            return;
        };
        let all = self.types.children(holder);
        let (before, mut own): (Vec<Particle<'a>>, Vec<Particle<'a>>) =
            all.into_iter().partition(|child| {
                preamble
                    .fields
                    .iter()
                    .any(|field| plain(&field.element) == plain(child.name))
            });
        Fields::new(self, preamble, Side::Preamble).compare(&before);
        let is_known = |child: &Particle<'_>| {
            request
                .fields
                .iter()
                .any(|field| plain(&field.element) == plain(child.name))
        };
        let mut wrapper = None;
        if !own.iter().any(is_known) && !request.fields.is_empty() {
            // Nothing that is known stands there itself: the fields may be in an element of their own.
            let inside = own.iter().find_map(|child| {
                let inside = self.types.children(child);
                inside.iter().any(is_known).then_some((child.name, inside))
            });
            if let Some((name, inside)) = inside {
                wrapper = Some(name);
                own = inside;
            }
        }
        if wrapper != operation.wrapper.value.as_deref() {
            let reason = match wrapper {
                Some(name) => format!("the fields of the request stand in <{name}>"),
                None => "the fields of the request stand in no element of their own".to_owned(),
            };
            let line = format!(
                ".request_wrapper({:?}, {:?})",
                operation.name,
                wrapper.unwrap_or_default()
            );
            self.report.setting(line, reason);
        }
        Fields::new(self, request, Side::Request).compare(&own);
    }

    fn response(&mut self, holder: &Particle<'a>) {
        let Some(response) = self.wire.structures.get(&self.operation.response) else {
            return;
        };
        let children = self.types.children(holder);
        let plain_fields = response
            .fields
            .iter()
            .filter(|field| field.signature.is_none());
        let mut structure = response.clone();
        structure.fields = plain_fields.cloned().collect();
        let (known, payload): (Vec<Particle<'a>>, Vec<Particle<'a>>) =
            children.into_iter().partition(|child| {
                structure
                    .fields
                    .iter()
                    .any(|field| plain(&field.element) == plain(child.name))
            });
        Fields::new(self, &structure, Side::Answer).compare(&known);
        for field in response
            .fields
            .iter()
            .filter(|field| field.signature.is_some())
        {
            result::compare(self, response, field, &payload);
        }
    }
}
