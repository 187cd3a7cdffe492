//! Findings as a tree: group, what they are about, what happened to it.

use std::collections::BTreeMap;

use super::words::group;
use crate::diff::finding::Finding;

/// Findings by group and by the operation or schema they are about, in order of name.
pub(super) type Tree<'f> = BTreeMap<String, BTreeMap<&'f str, Vec<&'f Finding>>>;

/// Sorts findings into a tree.
pub(super) fn tree<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Tree<'f> {
    let mut tree = Tree::new();
    for finding in findings {
        let owners = tree.entry(group(finding)).or_default();
        owners
            .entry(owner(&finding.subject))
            .or_default()
            .push(finding);
    }
    for owners in tree.values_mut() {
        for findings in owners.values_mut() {
            findings.sort_by_key(|it| (it.subject.as_str(), it.id, it.fingerprint.as_str()));
        }
    }
    tree
}

/// The operation or schema of a subject: `Customer` of `Customer.status`, `bills_list` of
/// `bills_list?status`, all of `GET /a.b/c`.
pub(in crate::diff) fn owner(subject: &str) -> &str {
    if subject.contains(' ') {
        return subject.split('?').next().unwrap_or(subject);
    }
    let end = subject.find(['.', '?']).unwrap_or(subject.len());
    if end == 0 { subject } else { &subject[..end] }
}

/// What a subject adds to its owner: `.status`, `?status`, nothing.
pub(super) fn part(subject: &str) -> &str {
    &subject[owner(subject).len()..]
}

#[cfg(test)]
mod tests {
    use super::{owner, part};

    #[test]
    fn subjects_have_an_owner_and_a_part() {
        for (subject, parts) in [
            ("Customer.status", ("Customer", ".status")),
            ("bills_list?status", ("bills_list", "?status")),
            ("payments_create", ("payments_create", "")),
            ("GET /a.b/c", ("GET /a.b/c", "")),
            ("GET /a?limit", ("GET /a", "?limit")),
            (".odd", (".odd", "")),
            ("", ("", "")),
        ] {
            assert_eq!((owner(subject), part(subject)), parts);
        }
    }
}
