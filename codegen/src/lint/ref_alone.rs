//! A reference stands alone.

use super::index::Index;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ref-alone",
    summary: "$ref has no other keys beside it.",
    pitfall: "in OpenAPI 3.0 everything beside $ref is dropped in silence: nullable, description and evidence",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for it in &index.references {
        let beside = it.holder.entries().find(|(key, _)| key.name != "$ref");
        if let (Some((key, _)), Some(text)) = (beside, it.text.as_str()) {
            report.at(
                key.pos,
                format!("{} beside $ref has no effect", key.name),
                format!(
                    "write allOf: [{{$ref: '{text}'}}] and keep {} beside it",
                    key.name
                ),
            );
        }
    }
}
