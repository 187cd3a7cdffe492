//! Finds the payload of an answer in the description, as the client finds it in an answer: by what it holds.

use super::comparison::{Comparison, listed, plain};
use super::fields::{Fields, Side};
use super::types::Particle;
use crate::soap::{Field, Kind, Signature, Structure};

/// Deeper than any container of rows.
const MAX_DEPTH: usize = 6;

/// More elements than any answer describes.
const MAX_PLACES: usize = 20_000;

/// An element and the names down to it.
type Place<'a> = (Vec<&'a str>, Particle<'a>);

/// Compares a field of an answer whose place isn't published.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'_, 'a>,
    response: &Structure,
    field: &Field,
    payload: &[Particle<'a>],
) {
    let Some(signature) = &field.signature else {
        return;
    };
    let wire = comparison.wire;
    match &field.kind {
        Kind::Wrapped(name) => {
            let Some(item) = wire.structures.get(name) else {
                return;
            };
            let assumed = [
                field.element.as_str(),
                item.item.value.as_deref().unwrap_or(name),
            ];
            rows(comparison, item, signature, &assumed, payload);
        }
        _ => value(comparison, response, field, payload),
    }
}

fn rows<'a>(
    comparison: &mut Comparison<'_, 'a>,
    item: &Structure,
    signature: &Signature,
    assumed: &[&str],
    payload: &[Particle<'a>],
) {
    let operation = &comparison.operation.name;
    let mut places = Vec::new();
    search(comparison, payload, &[], &mut places);
    let holds = |particle: &Particle<'a>, alike: &dyn Fn(&str, &str) -> bool| {
        let children = comparison.types.children(particle);
        let there = |wanted: &String| children.iter().any(|child| alike(child.name, wanted));
        signature.all.iter().all(there)
            && (signature.any.is_empty() || signature.any.iter().any(there))
    };
    let exact = places
        .iter()
        .find(|(_, it)| it.repeats && holds(it, &|a, b| a == b));
    let similar = || {
        places
            .iter()
            .find(|(_, it)| it.repeats && holds(it, &|a, b| plain(a) == plain(b)))
    };
    // Whatever repeats and has most of the fields that a row should have.
    let likely = || {
        let known = |particle: &Particle<'a>| {
            let children = comparison.types.children(particle);
            let fields = item.fields.iter();
            fields
                .filter(|field| {
                    children
                        .iter()
                        .any(|child| plain(child.name) == plain(&field.element))
                })
                .count()
        };
        let repeating = places
            .iter()
            .filter(|(_, it)| it.repeats && known(it) * 2 > item.fields.len());
        repeating.max_by_key(|(_, it)| known(it))
    };
    let Some((path, row)) = exact.or_else(similar).or_else(likely).cloned() else {
        let names: Vec<&str> = payload.iter().map(|particle| particle.name).collect();
        let problem = format!(
            "{operation}: no list of its answer looks like {}; it holds {}",
            item.name,
            listed(&names)
        );
        comparison.report.problem(problem);
        return;
    };
    if path != assumed {
        let line = format!(".result_path({operation:?}, {path:?})");
        let reason = format!(
            "the tables say {assumed:?}; without this the rows are looked for by what they hold"
        );
        comparison.report.setting(line, reason);
    }
    let children = comparison.types.children(&row);
    Fields::new(comparison, item, Side::Answer).compare(&children);
}

fn value<'a>(
    comparison: &mut Comparison<'_, 'a>,
    response: &Structure,
    field: &Field,
    payload: &[Particle<'a>],
) {
    let operation = &comparison.operation.name;
    let mut places = Vec::new();
    search(comparison, payload, &[], &mut places);
    let exact = places.iter().find(|(_, it)| it.name == field.element);
    let similar = || {
        places
            .iter()
            .find(|(_, it)| plain(it.name) == plain(&field.element))
    };
    let Some((path, found)) = exact.or_else(similar).cloned() else {
        let names: Vec<&str> = payload.iter().map(|particle| particle.name).collect();
        let problem = format!(
            "{operation}: its answer has no {}; it holds {}",
            field.element,
            listed(&names)
        );
        comparison.report.problem(problem);
        return;
    };
    if path.len() > 1 {
        let line = format!(".result_path({operation:?}, {path:?})");
        let reason = format!("the tables have {} beside the header", field.element);
        comparison.report.setting(line, reason);
    }
    let mut alone = response.clone();
    alone.fields.retain(|other| other.name == field.name);
    Fields::new(comparison, &alone, Side::Answer).compare(&[found]);
}

/// Every element below, with the names down to it, the nearest first.
fn search<'a>(
    comparison: &Comparison<'_, 'a>,
    level: &[Particle<'a>],
    above: &[&'a str],
    places: &mut Vec<Place<'a>>,
) {
    if above.len() == MAX_DEPTH || places.len() > MAX_PLACES {
        return;
    }
    let path = |particle: &Particle<'a>| {
        let mut path = above.to_vec();
        path.push(particle.name);
        path
    };
    places.extend(level.iter().map(|particle| (path(particle), *particle)));
    for particle in level {
        let inside = comparison.types.children(particle);
        search(comparison, &inside, &path(particle), places);
    }
}
