//! Makes an answer odd: what each form of the script does to elements that are otherwise right.

use super::answer::{Answer, Payload, Rows};
use super::form::SoapForm;
use super::node::Node;
use super::settings::{SoapLayout, SoapSettings};
use super::table::{Field, Kind, Structure};

/// A namespace that nobody knows.
const FOREIGN: &str = "urn:revio-sandbox:unknown";

/// The date where a form needs one and the record has none.
const SOME_DAY: &str = "2024-03-01T00:00:00";

/// Gives an answer the form that is due.
pub(crate) fn disguise(
    answer: &mut Answer<'_>,
    form: SoapForm,
    success: &str,
    settings: &SoapSettings,
) {
    match form {
        SoapForm::MissingHeader => answer.header = None,
        SoapForm::MissingSuccess => {
            if let Some(header) = &mut answer.header {
                header.children.retain(|child| child.name != success);
            }
        }
        SoapForm::ExtraElements => extra(answer),
        _ => {}
    }
    match &mut answer.payload {
        Payload::Nothing => {}
        Payload::Value(value) => match form {
            SoapForm::OtherNames => *value = Node::holding("Thing", vec![value.clone()]),
            SoapForm::UnknownLayout => "Identifier".clone_into(&mut value.name),
            SoapForm::WrongKind => "many".clone_into(&mut value.text),
            SoapForm::NilValues => value.nil = true,
            SoapForm::EmptyValues => value.text.clear(),
            SoapForm::AbsentList => answer.payload = Payload::Nothing,
            _ => {}
        },
        Payload::Rows(rows) => {
            if form == SoapForm::AbsentList {
                answer.payload = Payload::Nothing;
            } else {
                rows_in(rows, form, settings);
            }
        }
    }
}

fn rows_in(rows: &mut Rows<'_>, form: SoapForm, settings: &SoapSettings) {
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
                if matches!(field.kind, Kind::Bool) {
                    let digit = if node.text == "true" { "1" } else { "0" };
                    digit.clone_into(&mut node.text);
                }
            }),
            SoapForm::NegativeRates => each_value(row, shape, settings, &mut |field, node| {
                if matches!(field.kind, Kind::Decimal) && !node.text.starts_with('-') {
                    node.text.insert(0, '-');
                }
            }),
            SoapForm::WrongKind => each_value(row, shape, settings, &mut |field, node| {
                if matches!(field.kind, Kind::Int | Kind::Decimal) {
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
                stray(row, shape, settings);
            }
            _ => {}
        }
    }
}

fn extra(answer: &mut Answer<'_>) {
    let foreign = Node {
        namespace: Some(FOREIGN.to_owned()),
        ..Node::holding("Unknown", vec![Node::text("Inside", "1")])
    };
    let ours = Node::text("BrandNew", "2");
    answer.extras = vec![foreign.clone()];
    if let Some(header) = &mut answer.header {
        header.children.insert(0, ours.clone());
        header.children.push(foreign.clone());
    }
    if let Payload::Rows(rows) = &mut answer.payload {
        for row in &mut rows.all {
            row.children.insert(0, foreign.clone());
            row.children.push(ours.clone());
        }
    }
}

/// Does something to every plain value that isn't required, which the row's id is.
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
        if !matches!(field.kind, Kind::Object(_) | Kind::List(_)) {
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
        .filter(|field| matches!(field.kind, Kind::Date))
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

/// Adds every field that the element doesn't have, at every depth.
fn complete(node: &mut Node, shape: &Structure, settings: &SoapSettings) {
    let mut children = Vec::new();
    for field in &shape.fields {
        let name = settings.element(&shape.name, field);
        let there = node.child(name).filter(|child| !child.nil);
        let is_hollow = |child: &&Node| {
            child.children.is_empty() && matches!(field.kind, Kind::Object(_) | Kind::List(_))
        };
        match (there.cloned(), &field.kind) {
            (Some(mut child), Kind::Object(inner)) => {
                complete(&mut child, inner, settings);
                children.push(child);
            }
            (Some(child), _) if !is_hollow(&&child) => children.push(child),
            (_, kind) => children.push(sample(name, kind, settings)),
        }
    }
    node.children = children;
}

/// An element with something in it.
fn sample(name: &str, kind: &Kind, settings: &SoapSettings) -> Node {
    let text = match kind {
        Kind::Int => "7",
        Kind::Decimal => "1.5000",
        Kind::Bool => "true",
        Kind::Date => SOME_DAY,
        Kind::Text | Kind::Markup => "text",
        Kind::Object(shape) => {
            let mut node = Node::new(name);
            complete(&mut node, shape, settings);
            return node;
        }
        Kind::List(list) => {
            let item = match &*list.item {
                Kind::Object(shape) => sample(
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

/// Moves the fields that may stand beside an item there, wherever a list has such items.
fn stray(node: &mut Node, shape: &Structure, settings: &SoapSettings) {
    for field in &shape.fields {
        let Some(child) = node.child_mut(settings.element(&shape.name, field)) else {
            continue;
        };
        match &field.kind {
            Kind::Object(inner) => stray(child, inner, settings),
            Kind::List(list) => {
                let Kind::Object(inner) = &*list.item else {
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
