//! The bundle stands on its own.

use super::index::Index;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "no-external-ref",
    summary: "Every $ref starts with # and points into the bundle.",
    pitfall: "references to files and addresses can't be read by the generator nor by users of the bundle",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for it in &index.references {
        if let Some(text) = it.text.as_str().filter(|text| !text.starts_with('#')) {
            report.at(
                it.key.pos,
                format!("{text:?} points outside the document"),
                "fragments share one bundle: write '#/components/schemas/' and the name",
            );
        }
    }
}
