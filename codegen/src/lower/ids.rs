//! Integers marked `x-revio-id` become typed ids.

use super::visit::extension;
use super::{Lowered, Pass, own_types};
use crate::annotation;

pub(super) const PASS: Pass = Pass {
    name: "typed-ids",
    why: "an id of one resource must not be usable as the id of another",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    own_types::replace(lowered, |schema| {
        extension(schema, annotation::ID).map(str::to_owned)
    })
}
