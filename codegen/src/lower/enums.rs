//! Strings marked `x-revio-enum` become open enums of our own.

use super::visit::extension;
use super::{Lowered, Pass, own_types};
use crate::annotation;

pub(super) const PASS: Pass = Pass {
    name: "hoist-enums",
    why: "generated enums are closed and one is made for each place; ours are open and shared",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    own_types::replace(lowered, |schema| {
        extension(schema, annotation::ENUM).map(str::to_owned)
    })
}
