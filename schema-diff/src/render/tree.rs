//! Findings as a tree: group, what they are about, what happened to it.

use std::collections::BTreeMap;

use crate::report::Judged;

/// Findings by group and by the operation or schema they are about, in order of name.
pub(super) type Tree<'f> = BTreeMap<String, BTreeMap<&'f str, Vec<&'f Judged>>>;

/// Sorts findings into a tree.
pub(super) fn tree<'f>(findings: impl IntoIterator<Item = &'f Judged>) -> Tree<'f> {
    let mut tree = Tree::new();
    for finding in findings {
        let owners = tree.entry(finding.group.clone()).or_default();
        owners
            .entry(finding.subject.owner.as_str())
            .or_default()
            .push(finding);
    }
    for owners in tree.values_mut() {
        for findings in owners.values_mut() {
            findings.sort_by_cached_key(|it| {
                (it.subject.to_string(), it.rule.id, it.fingerprint.clone())
            });
        }
    }
    tree
}
