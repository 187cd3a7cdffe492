//! Unions within unions.

use crate::canonical::At;
use crate::canonical::shape::{Additional, Union};
use crate::canonical::view::View;
use crate::subset::disjoint::apart;
use crate::subset::{Side, Trees, is_only_a_union, tree};

/// How deep unions are unfolded.
const DEPTH: usize = 4;

/// The union with the variants of variants that are nothing but unions, where that is the same.
pub(crate) fn flattened<'a>(trees: Trees<'_, 'a>, side: Side, union: &Union<'a>) -> Union<'a> {
    let mut flat = union.clone();
    // Tags stand for the variants as they are written.
    if union.discriminator.is_none() {
        flat.variants = leaves(trees, side, union, DEPTH);
    }
    flat
}

fn leaves<'a>(trees: Trees<'_, 'a>, side: Side, union: &Union<'a>, depth: usize) -> Vec<At<'a>> {
    let mut found = Vec::new();
    for &variant in &union.variants {
        match inner(trees, side, union, variant) {
            Some(inner) if depth > 0 => found.extend(leaves(trees, side, &inner, depth - 1)),
            _ => found.push(variant),
        }
    }
    found
}

/// The union that a variant is, if its variants may as well be those of the outer one.
fn inner<'a>(
    trees: Trees<'_, 'a>,
    side: Side,
    outer: &Union<'a>,
    variant: At<'a>,
) -> Option<Union<'a>> {
    let view = View::of(tree(trees, side), &[variant]);
    let shape = tree(trees, side).shape(view.core);
    let inner = shape
        .unions
        .first()
        .filter(|inner| inner.discriminator.is_none())?;
    let plain = is_only_a_union(&shape) && matches!(shape.additional, Additional::Anything);
    // Of variants that overlap, two hold at once: for `anyOf` alone that is the same as one.
    let same = !outer.exclusive && !inner.exclusive || apart(trees, side, inner);
    (plain && same).then(|| inner.clone())
}
