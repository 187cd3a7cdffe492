//! Schemas that refer to each other in circles are compared once each, and end.

use super::lifecycle::Calendar;
use crate::side::Side;
use crate::vocabulary::Plain;
use api_schema_text::Source;

fn side(text: String) -> Side {
    let path = "circles.json".to_owned();
    Side::document("circles", &Source { path, text }).expect("a document")
}

fn document(schemas: &str) -> Side {
    side(format!(
        r##"{{"openapi": "3.1.0",
        "paths": {{"/x": {{"get": {{"responses": {{"200": {{"content": {{"application/json": {{
            "schema": {{"$ref": "#/components/schemas/S0"}}}}}}}}}}}}}}}},
        "components": {{"schemas": {{{schemas}}}}}}}"##
    ))
}

/// Schemas that each refer to ten others, all of them in one circle, with a field of some type.
fn knot(count: usize, kind: &str) -> Side {
    let one = |index: usize| {
        let others = (1..=10).map(|step| {
            let to = (index * 7 + step * step) % count;
            format!(r##""f{step}": {{"$ref": "#/components/schemas/S{to}"}}"##)
        });
        let next = (index + 1) % count;
        let others: Vec<String> = others.collect();
        format!(
            r##""S{index}": {{"type": "object", "properties": {{
                "own": {{"type": "{kind}"}},
                "next": {{"$ref": "#/components/schemas/S{next}"}}, {}}}}}"##,
            others.join(", ")
        )
    };
    document(&(0..count).map(one).collect::<Vec<_>>().join(",\n"))
}

#[test]
fn five_thousand_schemas_in_a_knot_are_compared_once_each() {
    const COUNT: usize = 5_000;
    let (old, new) = (knot(COUNT, "string"), knot(COUNT, "integer"));
    let comparison = super::run(&old, &new, Calendar::default(), &Plain);
    assert_eq!(comparison.facts.len(), COUNT);
    // Each schema, and the field in it.
    assert_eq!(comparison.compared, 2 * COUNT);
    let reached = comparison.graph.solve();
    for fact in &comparison.facts {
        let (roots, _) = reached.by(&fact.owners);
        assert_eq!(roots.len(), 1, "{}", fact.message);
    }
}

#[test]
fn a_knot_that_stays_the_same_is_not_compared_at_all() {
    let (old, new) = (knot(500, "string"), knot(500, "string"));
    let comparison = super::run(&old, &new, Calendar::default(), &Plain);
    assert_eq!((comparison.compared, comparison.facts.len()), (0, 0));
}

#[test]
fn circles_through_choices_parts_and_lists_end() {
    for (name, circle) in [
        (
            "allOf",
            r##""S0": {"allOf": [{"$ref": "#/components/schemas/S0"}, {"type": "KIND"}]}"##,
        ),
        (
            "anyOf",
            r##""S0": {"anyOf": [{"$ref": "#/components/schemas/S0"}, {"type": "KIND"}]}"##,
        ),
        (
            "oneOf",
            r##""S0": {"oneOf": [{"$ref": "#/components/schemas/S1"}, {"type": "KIND"}]},
            "S1": {"oneOf": [{"$ref": "#/components/schemas/S0"}, {"type": "boolean"}]}"##,
        ),
        (
            "items",
            r##""S0": {"type": "array", "items": {"$ref": "#/components/schemas/S1"}},
            "S1": {"type": ["KIND", "array"], "items": {"$ref": "#/components/schemas/S0"}}"##,
        ),
        (
            "not",
            r##""S0": {"type": "KIND", "not": {"$ref": "#/components/schemas/S0"}}"##,
        ),
        (
            "values",
            r##""S0": {"type": "object",
            "additionalProperties": {"anyOf": [{"$ref": "#/components/schemas/S0"}, {"type": "KIND"}]}}"##,
        ),
        (
            "alone",
            r##""S0": {"$ref": "#/components/schemas/S0", "type": "KIND"}"##,
        ),
    ] {
        let (old, new) = (
            circle.replace("KIND", "string"),
            circle.replace("KIND", "integer"),
        );
        let (old, new) = (document(&old), document(&new));
        let comparison = super::run(&old, &new, Calendar::default(), &Plain);
        assert!(!comparison.facts.is_empty(), "{name}");
    }
}
