//! Finds the part of a schema that progenitor or typify choke on: neither of them says.
//!
//! Each part is tried alone, with what it refers to. That takes a while, and only happens after a
//! failure.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::mentioned;

/// The part that makes `fails` true with as little as possible around it.
///
/// `parts` are names with their JSON; a mention of another part is its name behind `prefix`.
pub(super) fn smallest(
    parts: &BTreeMap<String, String>,
    prefix: &str,
    fails: impl Fn(&BTreeSet<String>) -> bool,
) -> Option<String> {
    let mut candidates: Vec<_> = parts
        .keys()
        .map(|name| (reach(parts, prefix, [name.clone()]), name))
        .collect();
    candidates.sort_by_key(|(reached, name)| (reached.len(), *name));
    candidates
        .into_iter()
        .find(|(reached, _)| fails(reached))
        .map(|(_, name)| name.clone())
}

/// Everything that `from` mention, directly or not, themselves included.
pub(super) fn reach(
    parts: &BTreeMap<String, String>,
    prefix: &str,
    from: impl IntoIterator<Item = String>,
) -> BTreeSet<String> {
    let mut open: Vec<String> = from.into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(json) = parts.get(&name)
            && found.insert(name)
        {
            open.extend(mentioned(json, prefix));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> BTreeMap<String, String> {
        [
            ("Page", r##"{"$ref": "#/x/Row"}"##),
            ("Row", r##"[{"$ref": "#/x/Cell"}, {"$ref": "#/x/Row"}]"##),
            ("Cell", "{}"),
            ("Other", "{}"),
        ]
        .map(|(name, json)| (name.to_owned(), json.to_owned()))
        .into()
    }

    #[test]
    fn the_smallest_part_that_fails_is_named() {
        let fails_with = |culprit: &'static str| {
            smallest(&parts(), "#/x/", move |names| names.contains(culprit))
        };
        assert_eq!(fails_with("Row").as_deref(), Some("Row"));
        assert_eq!(fails_with("Cell").as_deref(), Some("Cell"));
        assert_eq!(fails_with("Missing"), None);
    }

    #[test]
    fn a_part_that_mentions_itself_ends() {
        let reached = reach(&parts(), "#/x/", ["Page".to_owned()]);
        assert_eq!(
            reached.into_iter().collect::<Vec<_>>(),
            ["Cell", "Page", "Row"]
        );
    }
}
