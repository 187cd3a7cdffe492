//! Evidence is one of four words.

use super::index::Index;
use super::report::{Report, Rule};
use super::vocabulary::{EVIDENCE, one_of};
use super::walk;

pub(super) const RULE: Rule = Rule {
    id: "evidence-known",
    summary: "x-revio-evidence is documented, observed, inferred or candidate.",
    pitfall: "what is generated behind the feature `unverified` hangs on this word",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    walk::objects(index.document.root(), &mut |object| {
        let Some((key, value)) = object.node.entry("x-revio-evidence") else {
            return;
        };
        let word = value.as_str();
        if !word.is_some_and(|word| EVIDENCE.contains(&word)) {
            let what = word.map_or_else(
                || value.value.kind().to_owned(),
                |word| format!("the unknown word {word:?}"),
            );
            report.at(
                key.pos,
                format!("x-revio-evidence is {what}"),
                format!("write {}", one_of(EVIDENCE)),
            );
        }
    });
}
