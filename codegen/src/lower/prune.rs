//! Components that nothing uses any more are dropped.

use std::collections::BTreeSet;

use super::visit::{SCHEMAS, components, mentioned};
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
        let json = serde_json::to_string(&lowered.api).unwrap_or_default();
        let used: BTreeSet<String> = mentioned(&json, SCHEMAS).into_iter().collect();
        let schemas = &mut components(&mut lowered.api).schemas;
        let before = schemas.len();
        schemas.retain(|name, _| used.contains(name) || name.ends_with(SUFFIX));
        if schemas.len() == before {
            return removed;
        }
        removed += before - schemas.len();
    }
}
