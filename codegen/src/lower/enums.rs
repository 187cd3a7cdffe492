//! Strings marked `x-revio-enum` become open enums of our own.

use super::visit::{components, every_schema, extension, placeholder, point_at};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "hoist-enums",
    why: "generated enums are closed and one is made for each place; ours are open and shared",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut names = Vec::new();
    every_schema(&mut lowered.api, &mut |schema| {
        if let Some(name) = extension(schema, "x-revio-enum").map(str::to_owned) {
            point_at(schema, &name);
            names.push(name);
        }
    });
    for name in &names {
        components(&mut lowered.api)
            .schemas
            .entry(name.clone())
            .or_insert_with(placeholder);
        lowered.replacements.insert(name.clone(), name.clone());
    }
    names.len()
}
