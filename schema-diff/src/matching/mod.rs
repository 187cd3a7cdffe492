//! Finds what belongs together on both sides.

pub(super) mod nested;
pub(super) mod operations;
pub(super) mod variants;

use crate::canonical::{At, equal};

/// Schemas that are on one side only, paired when they say the same.
///
/// References to a schema by its own old or new name are taken to be the same.
pub(crate) fn renamed<'a>(
    removed: &[(&'a str, At<'a>)],
    added: &[(&'a str, At<'a>)],
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut taken = vec![false; added.len()];
    for (index, (name, old)) in removed.iter().enumerate() {
        let partner = added.iter().enumerate().find(|(other, (new_name, new))| {
            !taken[*other]
                && equal::size(old.node, 4) == equal::size(new.node, 4)
                && equal::same_but_for(old.node, new.node, name, new_name)
        });
        if let Some((other, _)) = partner {
            taken[other] = true;
            pairs.push((index, other));
        }
    }
    pairs
}
