//! Compares the fields of one structure with the elements that the description has in its place.

use super::comparison::{Comparison, listed, plain};
use super::types::{Content, Particle};
use crate::soap::{Field, Kind, Structure};

/// Which way a structure travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What stands in front of every request.
    Preamble,
    /// An operation's own fields, or parts of them.
    Request,
    /// What comes back.
    Answer,
}

/// One structure in comparison.
pub(super) struct Fields<'f, 'c, 'a> {
    comparison: &'f mut Comparison<'c, 'a>,
    structure: &'f Structure,
    side: Side,
    /// Structures that contain each other are compared once.
    depth: usize,
}

impl<'f, 'c, 'a> Fields<'f, 'c, 'a> {
    pub(super) fn new(
        comparison: &'f mut Comparison<'c, 'a>,
        structure: &'f Structure,
        side: Side,
    ) -> Self {
        Self {
            comparison,
            structure,
            side,
            depth: 0,
        }
    }

    pub(super) fn compare(&mut self, found: &[Particle<'a>]) {
        const MAX_DEPTH: usize = 8;
        if self.depth > MAX_DEPTH {
            return;
        }
        let mut places = Vec::new();
        let mut missing = Vec::new();
        let mut plain_ones = Vec::new();
        for field in &self.structure.fields {
            let exact = found.iter().position(|it| it.name == field.element);
            let similar = || {
                found
                    .iter()
                    .position(|it| plain(it.name) == plain(&field.element))
            };
            match exact.or_else(similar) {
                Some(place) => {
                    places.push(place);
                    let particle = found[place];
                    self.comparison.report.elements += 1;
                    if particle.name != field.element {
                        self.renamed(field, particle.name);
                    }
                    if self.side == Side::Request && !field.required && is_scalar(&field.kind) {
                        plain_ones.push(self.pair(&particle).is_none());
                    }
                    self.value(field, &particle);
                }
                None => missing.push(field),
            }
        }
        let extra: Vec<&Particle<'a>> = found
            .iter()
            .enumerate()
            .filter(|(place, _)| !places.contains(place))
            .map(|(_, particle)| particle)
            .collect();
        self.unmatched(&missing, &extra);
        self.order(&places, found);
        self.style(&plain_ones);
    }

    fn owner(&self) -> &str {
        &self.structure.name
    }

    fn renamed(&mut self, field: &Field, name: &str) {
        let line = format!(
            ".element_name({:?}, {name:?})",
            format!("{}.{}", self.owner(), field.name)
        );
        let reason = format!(
            "the tables spell it {}; the service would drop that without a word",
            field.element
        );
        self.comparison.report.setting(line, reason);
    }

    /// Fields without an element, and elements without a field.
    fn unmatched(&mut self, missing: &[&Field], extra: &[&Particle<'a>]) {
        let names: Vec<&str> = extra.iter().map(|particle| particle.name).collect();
        for field in missing {
            let place = format!("{}.{}", self.owner(), field.name);
            let mut alike = extra.iter().filter(|particle| fits(&field.kind, particle));
            let guess = match (alike.next(), alike.next(), missing.len()) {
                (Some(only), None, 1) => {
                    format!("; perhaps .element_name({place:?}, {:?})", only.name)
                }
                _ if names.is_empty() => String::new(),
                _ => format!("; what the tables don't have there is {}", listed(&names)),
            };
            match self.side {
                Side::Answer if field.required => {
                    let problem = format!(
                        "{place}: the service's rows have no element {}, by which they are recognised{guess}",
                        field.element
                    );
                    self.comparison.report.problem(problem);
                }
                Side::Answer => {
                    let remark = format!(
                        "{place} is not among what the service answers; it will always be empty{guess}"
                    );
                    self.comparison.report.remark(remark);
                }
                Side::Preamble | Side::Request => {
                    let problem = format!(
                        "{place}: the service has no element {}, and drops it without a word{guess}",
                        field.element
                    );
                    self.comparison.report.problem(problem);
                }
            }
        }
        if missing.is_empty() && !names.is_empty() {
            let remark = format!(
                "{} knows more than the tables: {}",
                self.owner(),
                listed(&names)
            );
            self.comparison.report.remark(remark);
        }
    }

    /// Whether the fields come in the order of the tables.
    fn order(&mut self, places: &[usize], found: &[Particle<'a>]) {
        if self.side == Side::Answer || places.is_sorted() {
            return;
        }
        let mut sorted = places.to_vec();
        sorted.sort_unstable();
        let names: Vec<&str> = sorted.iter().map(|place| found[*place].name).collect();
        let problem = format!(
            "{}: the service has its elements in another order ({}); correct x-xml-order in schema/legacy/{}.json",
            self.owner(),
            names.join(", "),
            self.comparison.operation.module
        );
        self.comparison.report.problem(problem);
    }

    /// Whether fields are written plainly or as pairs.
    fn style(&mut self, plain_ones: &[bool]) {
        if self.structure.name != self.comparison.operation.request || plain_ones.is_empty() {
            return;
        }
        let operation = self.comparison.operation;
        let assumed_plain = operation.value_style.value == "plain";
        let all_plain = plain_ones.iter().all(|plain| *plain);
        if !all_plain && plain_ones.iter().any(|plain| *plain) {
            let problem = format!(
                "{}: some fields are pairs of Updated and Value and some are not; the client writes all of an operation in one style",
                operation.name
            );
            self.comparison.report.problem(problem);
        } else if all_plain != assumed_plain {
            let style = if all_plain { "Plain" } else { "UpdatedPairs" };
            let line = format!(".update_style({:?}, UpdateStyle::{style})", operation.name);
            let reason = if all_plain {
                "its fields hold their values themselves"
            } else {
                "its fields hold pairs of Updated and Value"
            };
            self.comparison.report.setting(line, reason);
        }
    }

    /// The value of a pair.
    fn pair(&self, particle: &Particle<'a>) -> Option<Particle<'a>> {
        let children = self.comparison.types.children(particle);
        let child = |name: &str| children.iter().find(|child| child.name == name).copied();
        child("Updated")?;
        child("Value")
    }

    fn value(&mut self, field: &Field, particle: &Particle<'a>) {
        let place = format!("{}.{}", self.owner(), field.name);
        let pair = self.pair(particle);
        let particle = match pair {
            Some(value) if self.side == Side::Request && is_scalar(&field.kind) => value,
            _ => *particle,
        };
        if let Content::Unknown(kind) = particle.content {
            let problem = format!("{place}: its type {kind} isn't in the description");
            self.comparison.report.problem(problem);
            return;
        }
        match &field.kind {
            Kind::One(name) => self.inside(name, &particle),
            Kind::Wrapped(name) => self.list(field, name, &particle),
            Kind::Repeated(kind) => {
                if !particle.repeats {
                    let problem = format!(
                        "{place}: it doesn't repeat; the client repeats the element for each of several values"
                    );
                    self.comparison.report.problem(problem);
                }
                self.scalar(&place, kind, field, &particle);
            }
            kind => {
                if particle.repeats {
                    let problem =
                        format!("{place}: it is a list; the tables say that there is one");
                    self.comparison.report.problem(problem);
                }
                self.scalar(&place, kind, field, &particle);
            }
        }
    }

    fn inside(&mut self, name: &str, particle: &Particle<'a>) {
        let wire = self.comparison.wire;
        let children = self.comparison.types.children(particle);
        if let Some(structure) = wire.structures.get(name) {
            let mut inner = Fields {
                comparison: &mut *self.comparison,
                structure,
                side: self.side,
                depth: self.depth + 1,
            };
            inner.compare(&children);
        }
    }

    fn list(&mut self, field: &Field, name: &str, particle: &Particle<'a>) {
        let place = format!("{}.{}", self.owner(), field.name);
        let children = self.comparison.types.children(particle);
        let mut items = children.iter().filter(|child| child.repeats);
        let (Some(item), None) = (items.next(), items.next()) else {
            let problem = format!("{place}: it is no element around the items of one list");
            self.comparison.report.problem(problem);
            return;
        };
        let assumed = self
            .comparison
            .structure(name)
            .and_then(|structure| structure.item.value.clone());
        if assumed.as_deref().unwrap_or(name) != item.name {
            let line = format!(".item_name({place:?}, {:?})", item.name);
            let reason = format!(
                "the tables call an item {}",
                assumed.as_deref().unwrap_or(name)
            );
            self.comparison.report.setting(line, reason);
        }
        let item = *item;
        self.inside(name, &item);
    }

    fn scalar(&mut self, place: &str, kind: &Kind, field: &Field, particle: &Particle<'a>) {
        let Content::Simple(found) = particle.content else {
            if !matches!(kind, Kind::Markup) {
                let problem = format!("{place}: it holds elements; the tables say {}", word(kind));
                self.comparison.report.problem(problem);
            }
            return;
        };
        match kind {
            Kind::Date if found == "date" && self.side == Side::Answer => {}
            Kind::Date if found == "date" => {
                self.comparison.report.setting(
                    ".date_format(\"YYYY-MM-DD\")".to_owned(),
                    "dates have no time",
                );
            }
            kind if !is_written_alike(kind, found) => {
                let problem = format!(
                    "{place}: its type is {found}; the tables say {}",
                    word(kind)
                );
                self.comparison.report.problem(problem);
            }
            _ => {}
        }
        let is_value = !matches!(kind, Kind::Text | Kind::Markup);
        if self.side != Side::Request || field.required || !is_value || !particle.needed {
            return;
        }
        if particle.nillable {
            if self.comparison.wire.service.null_style.value != "xsi:nil" {
                let line = format!(".null_style_of({place:?}, NullStyle::Nil)");
                self.comparison
                    .report
                    .setting(line, "it may be nil, but not be left out");
            }
        } else if !matches!(field.kind, Kind::Repeated(_)) {
            let remark = format!(
                "{}: numbers, booleans and dates have no null there, so the service takes what is left out for 0, false or no date",
                self.comparison.operation.name
            );
            self.comparison.report.remark(remark);
        }
    }
}

/// Whether an element could be a field of this kind.
fn fits(kind: &Kind, particle: &Particle<'_>) -> bool {
    match (kind, particle.content) {
        (Kind::One(_) | Kind::Wrapped(_), content) => matches!(content, Content::Complex(_)),
        (Kind::Repeated(kind), _) => particle.repeats && fits(kind, particle),
        (kind, Content::Simple(found)) => is_written_alike(kind, found),
        (_, _) => false,
    }
}

fn is_scalar(kind: &Kind) -> bool {
    !matches!(kind, Kind::One(_) | Kind::Wrapped(_) | Kind::Repeated(_))
}

/// The type of XML Schema that the tables say.
fn word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Int => "int",
        Kind::Decimal => "decimal",
        Kind::Bool => "boolean",
        Kind::Date => "dateTime",
        Kind::Text => "string",
        Kind::Markup => "markup",
        Kind::One(_) | Kind::Wrapped(_) | Kind::Repeated(_) => "elements",
    }
}

/// Whether values of both types look the same.
fn is_written_alike(kind: &Kind, found: &str) -> bool {
    match kind {
        Kind::Int => matches!(found, "int" | "integer" | "long" | "short" | "unsignedInt"),
        Kind::Text => !matches!(found, "int" | "decimal" | "boolean" | "dateTime" | "date"),
        Kind::Markup => true,
        kind => word(kind) == found,
    }
}
