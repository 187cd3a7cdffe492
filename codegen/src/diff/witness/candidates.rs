//! Values that may tell two schemas apart: what one of them is content with, and what is just beyond
//! the limits of the other.

use serde_json::{Map, Value, json};

use super::super::canonical::number::Number;
use super::super::canonical::shape::{Additional, Limit, Member, Shape};
use super::super::canonical::types::Types;
use super::super::canonical::view::View;
use super::super::canonical::{At, Schema, Tree};
use super::super::pattern::{Fuel, Inclusion, Texts};
use super::super::subset::texts::texts as shape_texts;
use super::export::data;

/// How deep values go.
const DEPTH: usize = 6;

/// How many values are tried.
const MANY: usize = 16;

/// Longest text or list that is built.
const LONG: i128 = 2_000;

/// Values that the first schema may accept and the second may refuse. `hint` is what the fact names:
/// a field, or a value.
pub(super) fn candidates(
    accepts: (&Tree<'_>, Schema),
    refuses: (&Tree<'_>, Schema),
    hint: &str,
) -> Vec<Value> {
    let (yes, no) = (accepts.0.shape(accepts.1), refuses.0.shape(refuses.1));
    let mut values = Vec::new();
    values.extend(serde_json::from_str(hint).ok());
    if let Some(list) = &yes.values {
        values.extend(list.list.iter().filter_map(|(_, at)| data(at.node)));
    }
    if yes.types.meets(Types::NULL) {
        values.push(Value::Null);
    }
    let mut kinds: Vec<Types> = Types::EACH
        .into_iter()
        .filter(|it| yes.types.meets(*it))
        .collect();
    // Types that the other doesn't have tell the two apart at once.
    kinds.sort_by_key(|kind| no.types.meets(*kind));
    for kind in kinds {
        match kind {
            Types::OBJECT => objects(accepts.0, &yes, &no, hint, &mut values),
            Types::ARRAY => lists(accepts.0, &yes, &no, &mut values),
            Types::STRING => texts(&yes, &no, &mut values),
            Types::INTEGER | Types::FRACTION => numbers(&yes, &no, &mut values),
            Types::BOOLEAN => values.extend([json!(true), json!(false)]),
            _ => {}
        }
    }
    for variant in yes.unions.iter().flat_map(|union| &union.variants) {
        let view = View::of(accepts.0, &[*variant]);
        values.extend(simple(accepts.0, view.core, DEPTH));
    }
    values.truncate(MANY);
    values
}

/// One value that the schema should be content with.
fn simple(tree: &Tree<'_>, schema: Schema, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let shape = tree.shape(schema);
    if let Some(list) = &shape.values {
        return list.list.first().and_then(|(_, at)| data(at.node));
    }
    if let Some(variant) = shape
        .unions
        .first()
        .and_then(|union| union.variants.first())
    {
        let view = View::of(tree, &[*variant]);
        if shape.properties.is_empty() {
            return simple(tree, view.core, depth);
        }
    }
    let kind = [
        Types::OBJECT,
        Types::ARRAY,
        Types::STRING,
        Types::INTEGER,
        Types::FRACTION,
        Types::BOOLEAN,
        Types::NULL,
    ];
    let kind = kind.into_iter().find(|kind| shape.types.meets(*kind))?;
    let mut found = Vec::new();
    match kind {
        Types::OBJECT => return object(tree, &shape, &[], depth).map(Value::Object),
        Types::ARRAY => {
            let size = size(&shape, Limit::MinItems).unwrap_or(0);
            return list(tree, &shape, size, depth);
        }
        Types::STRING => texts(&shape, &shape, &mut found),
        Types::INTEGER | Types::FRACTION => numbers(&shape, &shape, &mut found),
        Types::BOOLEAN => found.push(json!(true)),
        _ => found.push(Value::Null),
    }
    found.into_iter().next()
}

fn size(shape: &Shape<'_>, limit: Limit) -> Option<i128> {
    let size = shape.bound(limit)?.value.rounded(true)?;
    (0..=LONG).contains(&size).then_some(size)
}

/// The required fields, and others by name.
fn object<'a>(
    tree: &Tree<'a>,
    shape: &Shape<'a>,
    besides: &[&Member<'a>],
    depth: usize,
) -> Option<Map<String, Value>> {
    let mut map = Map::new();
    for (name, _) in &shape.required {
        let value = match shape.member(name) {
            Some(member) => field(tree, member, depth)?,
            None => json!("a"),
        };
        map.insert((*name).to_owned(), value);
    }
    for member in besides {
        map.insert(member.name.to_owned(), field(tree, member, depth)?);
    }
    Some(map)
}

fn field<'a>(tree: &Tree<'a>, member: &Member<'a>, depth: usize) -> Option<Value> {
    simple_of(tree, &member.schemas, depth)
}

fn simple_of<'a>(tree: &Tree<'a>, nodes: &[At<'a>], depth: usize) -> Option<Value> {
    let view = View::of(tree, nodes);
    simple(tree, view.core, depth)
}

fn objects<'a>(
    tree: &Tree<'a>,
    yes: &Shape<'a>,
    no: &Shape<'_>,
    hint: &str,
    values: &mut Vec<Value>,
) {
    let named = yes.member(hint);
    if let Some(member) = named {
        values.extend(object(tree, yes, &[member], DEPTH).map(Value::Object));
    }
    let Some(least) = object(tree, yes, &[], DEPTH) else {
        return;
    };
    values.push(Value::Object(least.clone()));
    let mut other = least.clone();
    other.insert("another".to_owned(), json!("a"));
    if let Additional::Each(each) = yes.additional
        && let Some(value) = simple_of(tree, &[each], DEPTH)
    {
        other.insert("another".to_owned(), value);
    }
    values.push(Value::Object(other));
    for member in yes.properties.iter().take(12) {
        if no.member(member.name).is_none() {
            values.extend(object(tree, yes, &[member], DEPTH).map(Value::Object));
        }
    }
    if let Some(size) = size(no, Limit::MaxProperties).or(size(yes, Limit::MinProperties)) {
        let mut many = least;
        for index in 0..=size {
            many.insert(format!("another{index}"), json!("a"));
        }
        values.push(Value::Object(many));
    }
}

fn list<'a>(tree: &Tree<'a>, shape: &Shape<'a>, size: i128, depth: usize) -> Option<Value> {
    let mut items = Vec::new();
    for index in 0..usize::try_from(size).ok()? {
        let nodes = shape
            .prefix
            .get(index)
            .map_or(shape.items.clone(), |at| vec![*at]);
        let item = if nodes.is_empty() {
            json!(index)
        } else {
            simple_of(tree, &nodes, depth)?
        };
        items.push(item);
    }
    Some(Value::Array(items))
}

fn lists<'a>(tree: &Tree<'a>, yes: &Shape<'a>, no: &Shape<'_>, values: &mut Vec<Value>) {
    let least = size(yes, Limit::MinItems).unwrap_or(0);
    let sizes = [
        Some(least),
        size(no, Limit::MaxItems).map(|it| it + 1),
        size(no, Limit::MinItems).map(|it| it - 1),
        Some(least.max(1)),
        Some(least.max(2)),
    ];
    for size in sizes.into_iter().flatten() {
        values.extend(list(tree, yes, size, DEPTH));
    }
    if yes.items.is_empty() {
        values.extend([json!([{}]), json!(["a"]), json!([1]), json!([true])]);
    }
}

fn texts(yes: &Shape<'_>, no: &Shape<'_>, values: &mut Vec<Value>) {
    let stated = yes.formats.iter().find_map(|(format, _)| match *format {
        "date-time" => Some("2024-02-29T12:00:00Z"),
        "date" => Some("2024-02-29"),
        "uuid" => Some("00000000-0000-4000-8000-000000000000"),
        "email" => Some("a@example.com"),
        "uri" | "url" => Some("https://example.com/"),
        _ => None,
    });
    values.extend(stated.map(|text| json!(text)));
    if !(yes.patterns.is_empty() && no.patterns.is_empty()) {
        let mut fuel = Fuel::default();
        for others in [shape_texts(no), Texts::none()] {
            if let Inclusion::Not(text) = fuel.within(&shape_texts(yes), &others) {
                values.push(Value::String(text));
            }
        }
    }
    let least = size(yes, Limit::MinLength).unwrap_or(0);
    let most = size(yes, Limit::MaxLength).unwrap_or(LONG);
    let lengths = [
        Some(least.max(1).min(most)),
        size(no, Limit::MaxLength).map(|it| it + 1),
        size(no, Limit::MinLength).map(|it| it - 1),
        Some(least),
    ];
    for length in lengths.into_iter().flatten() {
        if (least..=most).contains(&length) {
            let text = "a".repeat(usize::try_from(length).unwrap_or(0));
            values.push(Value::String(text));
        }
    }
    for text in ["", "0", "A", "another"] {
        values.push(json!(text));
    }
}

fn numbers(yes: &Shape<'_>, no: &Shape<'_>, values: &mut Vec<Value>) {
    let mut stops: Vec<i128> = Vec::new();
    for shape in [no, yes] {
        for limit in [Limit::Minimum, Limit::Maximum, Limit::MultipleOf] {
            if let Some(value) = shape
                .bound(limit)
                .and_then(|bound| bound.value.rounded(false))
            {
                stops.extend([value - 1, value, value + 1]);
            }
        }
    }
    stops.extend([0, 1, -1]);
    let fits = |value: i128| {
        let value = Number::whole(value);
        let low = yes.bound(Limit::Minimum);
        let high = yes.bound(Limit::Maximum);
        low.is_none_or(|low| value > low.value || value == low.value && !low.exclusive)
            && high.is_none_or(|high| value < high.value || value == high.value && !high.exclusive)
    };
    let whole = stops.iter().filter(|value| fits(**value));
    let whole = whole.filter_map(|value| i64::try_from(*value).ok());
    values.extend(whole.map(|value| json!(value)));
    if yes.types.contains(Types::FRACTION) {
        values.extend([json!(0.5), json!(1.5)]);
    }
}
