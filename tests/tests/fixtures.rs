//! Every component schema that has a Rust type: a full fixture comes through digit for digit, and keeps coming through
//! when a key is missing, null, unlisted or unknown. Only a lost id of a record's own, or what a body requires, is an
//! error, and the error names the field. None of them prints secrets or personal data.

use std::collections::BTreeSet;

use revio_tests::fixtures::{Roundtrip, full, sites, survives, unchanged, unprinted};
use revio_tests::generated::roundtrips::ROUNDTRIPS;
use revio_tests::spec::{Spec, complaints};

/// Object schemas without a Rust type of their own.
const NO_TYPE: [(&str, &str); 9] = [
    ("AddressParts", "a part of the two address schemas"),
    ("RecordEnvelope", "stands around a record and is taken off"),
    ("Link", "in the envelope of a record"),
    ("PageEnvelope", "a part of every page"),
    ("Created", "written by hand, with a typed id"),
    ("Acknowledged", "says nothing that isn't an error otherwise"),
    ("JsonPatch", "written by hand, with typed fields"),
    ("JsonPatchOperation", "an item of a patch"),
    ("ErrorBody", "read leniently into an error's message"),
];

/// Runs a check for every type and fails with all the complaints.
fn for_each_type(check: impl Fn(&Spec, &str, Roundtrip) -> Vec<String>) {
    let spec = Spec::read();
    let mut failed = Vec::new();
    for (component, roundtrip) in ROUNDTRIPS {
        let complaints = check(&spec, component, *roundtrip);
        failed.extend(
            complaints
                .into_iter()
                .map(|complaint| format!("{component}{complaint}")),
        );
    }
    assert!(
        failed.is_empty(),
        "{} problems:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn every_object_schema_has_a_type_or_a_reason() {
    let spec = Spec::read();
    let typed: BTreeSet<&str> = ROUNDTRIPS.iter().map(|(component, _)| *component).collect();
    assert_eq!(typed.len(), ROUNDTRIPS.len(), "a component is listed twice");
    let known: BTreeSet<&str> = spec.schemas().map(|(name, _)| name).collect();
    let excused: BTreeSet<&str> = NO_TYPE.iter().map(|(name, _)| *name).collect();
    let missing: Vec<&str> = spec
        .schemas()
        .filter(|(_, schema)| spec.is_object(schema))
        .map(|(name, _)| name)
        .filter(|name| !typed.contains(name) && !excused.contains(name))
        .collect();
    assert!(missing.is_empty(), "no roundtrip for {missing:?}");
    let strangers: Vec<&&str> = typed
        .union(&excused)
        .filter(|name| !known.contains(*name))
        .collect();
    assert!(strangers.is_empty(), "no schema called {strangers:?}");
    let both: Vec<&&str> = typed.intersection(&excused).collect();
    assert!(both.is_empty(), "{both:?} have a type after all");
}

#[test]
fn fixtures_are_valid() {
    for_each_type(|spec, component, _| {
        let fixture = full(spec, component);
        complaints(spec, spec.schema(component), &fixture)
    });
}

#[test]
fn fixtures_come_through_digit_for_digit() {
    for_each_type(unchanged);
}

#[test]
fn fixtures_survive_what_servers_do() {
    for_each_type(survives);
}

#[test]
fn no_type_prints_what_is_sensitive() {
    for_each_type(unprinted);
}

#[test]
fn nothing_but_what_is_required_is_enough() {
    for_each_type(|spec, component, roundtrip| {
        let mut least = full(spec, component);
        let properties = spec.properties(spec.schema(component));
        if let Some(members) = least.as_object_mut() {
            members.retain(|name, _| {
                properties
                    .iter()
                    .any(|property| property.required && property.name == name)
            });
        }
        roundtrip(&least.to_string())
            .err()
            .into_iter()
            .map(|error| format!(": {error}"))
            .collect()
    });
}

#[test]
fn records_require_nothing_but_their_own_id() {
    let spec = Spec::read();
    let bodies: BTreeSet<String> = spec
        .operations()
        .iter()
        .filter_map(|operation| operation.body()?.get("$ref")?.as_str())
        .filter_map(|reference| reference.rsplit('/').next())
        .map(str::to_owned)
        .collect();
    let mut lossy = 0;
    for (component, _) in ROUNDTRIPS {
        let fixture = full(&spec, component);
        for site in sites(&spec, component, &fixture) {
            let is_page = component.ends_with("Page") && site.pointer() == "/records";
            assert!(
                !site.required || site.own_id || is_page || bodies.contains(*component),
                "{component}{} is required",
                site.pointer()
            );
            assert!(
                !site.own_id || site.required,
                "{component}{} may be lost",
                site.pointer()
            );
            lossy += usize::from(site.required);
        }
    }
    assert!(lossy > 150, "only {lossy} required properties were found");
}
