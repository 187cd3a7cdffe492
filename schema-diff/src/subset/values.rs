//! Whether a schema accepts one value.

use super::{Answer, Sided};
use crate::canonical::number::Number;
use crate::canonical::shape::{Limit, Shape};
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Tree};
use crate::pattern::{Fuel, Inclusion, Texts};
use api_schema_text::{Node, Value};

/// Whether the schema accepts the value, whose canonical text is known.
pub(super) fn accepts(
    fuel: &mut Fuel,
    tree: &Tree<'_>,
    schema: Sided,
    value: &Node,
    text: &str,
) -> Answer {
    if schema.2 && matches!(value.value, Value::Null) {
        return Answer::Yes;
    }
    one(fuel, tree, &tree.shape(schema.1), value, text, 0)
}

fn one<'a>(
    fuel: &mut Fuel,
    tree: &Tree<'a>,
    shape: &Shape<'a>,
    value: &Node,
    text: &str,
    depth: usize,
) -> Answer {
    if !shape.types.contains(Types::of(value)) {
        return Answer::No;
    }
    if matches!(value.value, Value::Null) {
        return Answer::Yes;
    }
    if let Some(values) = &shape.values
        && !values.list.iter().any(|(it, _)| it == text)
    {
        return Answer::No;
    }
    let mut answer = Answer::Yes;
    for bound in &shape.bounds {
        let size = match (&value.value, bound.limit) {
            (Value::Number(digits), Limit::Minimum | Limit::Maximum) => Number::read(digits),
            (Value::Number(digits), Limit::MultipleOf) => {
                let fits = Number::read(digits).and_then(|it| it.is_multiple_of(bound.value));
                answer = answer.and(match fits {
                    Some(true) => Answer::Yes,
                    Some(false) => Answer::No,
                    None => Answer::Unknown,
                });
                continue;
            }
            (Value::String(text), Limit::MinLength | Limit::MaxLength) => {
                i128::try_from(text.chars().count()).ok().map(Number::whole)
            }
            (Value::Array(_), _) if bound.limit.types() == Types::ARRAY => None,
            (Value::Object(_), _) if bound.limit.types() == Types::OBJECT => None,
            _ => continue,
        };
        answer = answer.and(match size {
            None => Answer::Unknown,
            Some(size) => {
                let fits = if bound.limit.is_upper() {
                    size < bound.value || (size == bound.value && !bound.exclusive)
                } else {
                    size > bound.value || (size == bound.value && !bound.exclusive)
                };
                if fits { Answer::Yes } else { Answer::No }
            }
        });
    }
    let is_nested = matches!(value.value, Value::Array(_) | Value::Object(_));
    if let Value::String(text) = &value.value
        && !shape.patterns.is_empty()
    {
        answer = answer.and(matches(fuel, shape, text));
    }
    let is_text = matches!(value.value, Value::String(_));
    if !shape.opaque.is_empty() || !shape.exact || is_nested || is_text && !shape.formats.is_empty()
    {
        answer = answer.and(Answer::Unknown);
    }
    for union in &shape.unions {
        if depth > 8 {
            return answer.and(Answer::Unknown);
        }
        let each = union.variants.iter().map(|&variant: &At<'a>| {
            let view = View::of(tree, &[variant]);
            one(fuel, tree, &tree.shape(view.core), value, text, depth + 1)
        });
        let each: Vec<Answer> = each.collect();
        let yes = each.iter().filter(|it| **it == Answer::Yes).count();
        let unknown = each.iter().filter(|it| **it == Answer::Unknown).count();
        answer = answer.and(match (union.exclusive, yes, unknown) {
            (_, 0, 0) | (true, 2.., _) => Answer::No,
            (false, 1.., _) | (true, 1, 0) => Answer::Yes,
            _ => Answer::Unknown,
        });
    }
    answer
}

fn matches(fuel: &mut Fuel, shape: &Shape<'_>, text: &str) -> Answer {
    let one = Texts {
        listed: Some(vec![text]),
        ..Texts::default()
    };
    let allowed = Texts {
        patterns: shape.patterns.iter().map(|(text, _)| *text).collect(),
        ..Texts::default()
    };
    match fuel.within(&one, &allowed) {
        Inclusion::All => Answer::Yes,
        Inclusion::Not(_) => Answer::No,
        Inclusion::Unknown => Answer::Unknown,
    }
}
