//! Malformed responses: applies a form to a response that is otherwise correct.

use super::form::SoapForm;
use super::node::Node;
use super::response::{Payload, Rows, SoapResponse};
use super::settings::{SoapLayout, SoapSettings};
use super::table::{ElementKind, Field, Structure};

/// A namespace that no client knows.
const FOREIGN: &str = "urn:revio-sandbox:unknown";

/// The date where a form needs one and the record has none.
const SOME_DAY: &str = "2024-03-01T00:00:00";

/// Applies a form to a response.
pub(crate) fn apply(
    response: &mut SoapResponse<'_>,
    form: SoapForm,
    success: &str,
    settings: &SoapSettings,
) {
    match form {
        SoapForm::MissingHeader => response.header = None,
        SoapForm::MissingSuccess => {
            if let Some(header) = &mut response.header {
                header.children.retain(|child| child.name != success);
            }
        }
        SoapForm::ExtraElements => add_extra_elements(response),
        _ => {}
    }
    match &mut response.payload {
        Payload::Nothing => {}
        Payload::Value(value) => match form {
            SoapForm::OtherNames => *value = Node::holding("Thing", vec![value.clone()]),
            SoapForm::UnknownLayout => "Identifier".clone_into(&mut value.name),
            SoapForm::WrongKind => "many".clone_into(&mut value.text),
            SoapForm::NilValues => value.nil = true,
            SoapForm::EmptyValues => value.text.clear(),
            SoapForm::AbsentList => response.payload = Payload::Nothing,
            _ => {}
        },
        Payload::Rows(rows) => {
            if form == SoapForm::AbsentList {
                response.payload = Payload::Nothing;
            } else {
                apply_to_rows(rows, form, settings);
            }
        }
    }
}

fn apply_to_rows(rows: &mut Rows<'_>, form: SoapForm, settings: &SoapSettings) {
    let shape = rows.shape;
    match form {
        SoapForm::EmptyList => rows.all.clear(),
        SoapForm::BareRows => rows.layout = SoapLayout::Bare,
        SoapForm::NestedRows => rows.layout = SoapLayout::Nested,
        SoapForm::OtherNames => {
            "Container".clone_into(&mut rows.container);
            for row in &mut rows.all {
                "Thing".clone_into(&mut row.name);
            }
        }
        SoapForm::UnknownLayout => {
            for row in &mut rows.all {
                for child in &mut row.children {
                    child.name.insert(0, 'X');
                }
            }
        }
        _ => {}
    }
    for row in &mut rows.all {
        match form {
            SoapForm::NilValues => each_value(row, shape, settings, &mut |_, node| {
                node.text.clear();
                node.nil = true;
            }),
            SoapForm::EmptyValues => {
                each_value(row, shape, settings, &mut |_, node| node.text.clear());
            }
            SoapForm::NumberBooleans => each_value(row, shape, settings, &mut |field, node| {
                if matches!(field.kind, ElementKind::Bool) {
                    let digit = if node.text == "true" { "1" } else { "0" };
                    digit.clone_into(&mut node.text);
                }
            }),
            SoapForm::NegativeRates => each_value(row, shape, settings, &mut |field, node| {
                if matches!(field.kind, ElementKind::Decimal) && !node.text.starts_with('-') {
                    node.text.insert(0, '-');
                }
            }),
            SoapForm::WrongKind => each_value(row, shape, settings, &mut |field, node| {
                if matches!(field.kind, ElementKind::Int | ElementKind::Decimal) {
                    "many".clone_into(&mut node.text);
                }
            }),
            SoapForm::OffsetDates => {
                each_date(row, shape, settings, &|date| format!("{date}-05:00"));
            }
            SoapForm::FractionDates => {
                each_date(row, shape, settings, &|date| format!("{date}.1234567"));
            }
            SoapForm::DayDates => each_date(row, shape, settings, &|date| {
                date.chars().take(10).collect()
            }),
            SoapForm::YearOneDates => {
                each_date(row, shape, settings, &|_| "0001-01-01T00:00:00".to_owned());
            }
            SoapForm::FullRows => complete(row, shape, settings),
            SoapForm::StrayAllowances => {
                complete(row, shape, settings);
                move_strays(row, shape, settings);
            }
            _ => {}
        }
    }
}

fn add_extra_elements(response: &mut SoapResponse<'_>) {
    let foreign = Node {
        namespace: Some(FOREIGN.to_owned()),
        ..Node::holding("Unknown", vec![Node::text("Inside", "1")])
    };
    let ours = Node::text("BrandNew", "2");
    response.extras = vec![foreign.clone()];
    if let Some(header) = &mut response.header {
        header.children.insert(0, ours.clone());
        header.children.push(foreign.clone());
    }
    if let Payload::Rows(rows) = &mut response.payload {
        for row in &mut rows.all {
            row.children.insert(0, foreign.clone());
            row.children.push(ours.clone());
        }
    }
}

/// Changes every plain value that isn't required; only the id of a row is required.
fn each_value(
    node: &mut Node,
    shape: &Structure,
    settings: &SoapSettings,
    change: &mut impl FnMut(&Field, &mut Node),
) {
    for field in shape.fields.iter().filter(|field| !field.required) {
        let name = settings.element(&shape.name, field);
        let Some(child) = node.child_mut(name) else {
            continue;
        };
        if !matches!(field.kind, ElementKind::Object(_) | ElementKind::List(_)) {
            change(field, child);
        }
    }
}

fn each_date(
    node: &mut Node,
    shape: &Structure,
    settings: &SoapSettings,
    change: &dyn Fn(&str) -> String,
) {
    for field in shape
        .fields
        .iter()
        .filter(|field| matches!(field.kind, ElementKind::Date))
    {
        let name = settings.element(&shape.name, field);
        if node.child(name).is_none_or(|child| child.nil) {
            node.children.retain(|child| child.name != name);
            node.children.push(Node::text(name, SOME_DAY));
        }
        if let Some(child) = node.child_mut(name) {
            child.text = change(&child.text);
        }
    }
}

/// Adds missing fields, at every depth.
fn complete(node: &mut Node, shape: &Structure, settings: &SoapSettings) {
    let mut children = Vec::new();
    for field in &shape.fields {
        let name = settings.element(&shape.name, field);
        let there = node.child(name).filter(|child| !child.nil);
        let is_empty = |child: &&Node| {
            child.children.is_empty()
                && matches!(field.kind, ElementKind::Object(_) | ElementKind::List(_))
        };
        match (there.cloned(), &field.kind) {
            (Some(mut child), ElementKind::Object(inner)) => {
                complete(&mut child, inner, settings);
                children.push(child);
            }
            (Some(child), _) if !is_empty(&&child) => children.push(child),
            (_, kind) => children.push(sample(name, kind, settings)),
        }
    }
    node.children = children;
}

/// An element with sample content.
fn sample(name: &str, kind: &ElementKind, settings: &SoapSettings) -> Node {
    let text = match kind {
        ElementKind::Int => "7",
        ElementKind::Decimal => "1.5000",
        ElementKind::Bool => "true",
        ElementKind::Date => SOME_DAY,
        ElementKind::Text | ElementKind::Markup => "text",
        ElementKind::Object(shape) => {
            let mut node = Node::new(name);
            complete(&mut node, shape, settings);
            return node;
        }
        ElementKind::List(list) => {
            let item = match &*list.item {
                ElementKind::Object(shape) => sample(
                    settings.item(&shape.name, &shape.item),
                    &list.item,
                    settings,
                ),
                kind => sample("item", kind, settings),
            };
            return Node::holding(name, vec![item]);
        }
    };
    Node::text(name, text)
}

/// Moves fields that may be beside an item out of the items, in every list of such items.
fn move_strays(node: &mut Node, shape: &Structure, settings: &SoapSettings) {
    for field in &shape.fields {
        let Some(child) = node.child_mut(settings.element(&shape.name, field)) else {
            continue;
        };
        match &field.kind {
            ElementKind::Object(inner) => move_strays(child, inner, settings),
            ElementKind::List(list) => {
                let ElementKind::Object(inner) = &*list.item else {
                    continue;
                };
                let mut moved = Vec::new();
                for item in &mut child.children {
                    let stray = inner.stray.iter();
                    let stray: Vec<&str> = stray.map(|it| settings.element_of(inner, it)).collect();
                    let strays = |node: &Node| stray.contains(&node.name.as_str());
                    moved.extend(item.children.iter().filter(|node| strays(node)).cloned());
                    item.children.retain(|node| !strays(node));
                }
                child.children.extend(moved);
            }
            _ => {}
        }
    }
}
