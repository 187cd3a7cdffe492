//! Operations: by method and template without names, then by their ids.

use std::collections::HashMap;

use crate::compare::calls::Call;

/// What belongs together, and what is on one side only. By index.
#[derive(Debug, Default)]
pub(crate) struct Matched {
    pub(crate) pairs: Vec<(usize, usize)>,
    /// The same id at another place.
    pub(crate) moved: Vec<(usize, usize)>,
    pub(crate) removed: Vec<usize>,
    pub(crate) added: Vec<usize>,
}

/// Matches the operations of two documents.
pub(crate) fn matched(old: &[Call<'_>], new: &[Call<'_>]) -> Matched {
    let mut result = Matched::default();
    let mut by_key: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (index, call) in new.iter().enumerate() {
        by_key.entry(call.key()).or_default().push(index);
    }
    let mut taken = vec![false; new.len()];
    let mut left = Vec::new();
    for (index, call) in old.iter().enumerate() {
        let candidates = by_key.get(&call.key()).map_or(&[][..], Vec::as_slice);
        let free = |it: &&usize| !taken[**it];
        // Templates that differ in names only: the one that is written the same goes first.
        let exact = candidates
            .iter()
            .filter(free)
            .find(|it| new[**it].path == call.path);
        match exact.or_else(|| candidates.iter().find(free)) {
            Some(&partner) => {
                taken[partner] = true;
                result.pairs.push((index, partner));
            }
            None => left.push(index),
        }
    }
    for index in left {
        let id = old[index].id;
        let partner = (0..new.len()).find(|&it| !taken[it] && id.is_some() && new[it].id == id);
        match partner {
            Some(partner) => {
                taken[partner] = true;
                result.moved.push((index, partner));
            }
            None => result.removed.push(index),
        }
    }
    result.added = (0..new.len()).filter(|&it| !taken[it]).collect();
    result
}
