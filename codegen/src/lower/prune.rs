//! Components that nothing uses any more are dropped.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;

use super::visit::components;
use super::write_only::SUFFIX;
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "prune",
    why: "every component would be generated, the envelopes included",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut removed = 0;
    loop {
        let used = used_components(&lowered.api);
        let schemas = &mut components(&mut lowered.api).schemas;
        let before = schemas.len();
        schemas.retain(|name, _| used.contains(name) || name.ends_with(SUFFIX));
        if schemas.len() == before {
            return removed;
        }
        removed += before - schemas.len();
    }
}

/// Names that are referred to from anywhere.
fn used_components(api: &OpenAPI) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    // Serialising is the one walk that cannot forget a place where a reference may stand.
    if let Ok(text) = serde_json::to_string(api) {
        for rest in text.split("\"#/components/schemas/").skip(1) {
            if let Some(end) = rest.find('"') {
                used.insert(rest[..end].to_owned());
            }
        }
    }
    used
}
