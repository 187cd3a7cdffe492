//! Descriptions survive the trip through Markdown and rustdoc.

use super::index::Index;
use super::prose;
use super::report::{Report, Rule};
use super::walk;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "description-safe",
    summary: "Descriptions, summaries and titles hold no HTML, stray brackets, bare addresses, indented or fenced \
              code, unbalanced backticks and hidden characters; addresses of pages are https.",
    pitfall: "rustdoc warns, hides text, or compiles what stands in a code block as an example",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    walk::objects(index.document.root(), &mut |object| {
        for keyword in ["description", "summary", "title"] {
            let Some((key, value)) = object.node.entry(keyword) else {
                continue;
            };
            // keyword-type speaks about what is no text.
            for defect in value.as_str().map(prose::defects).unwrap_or_default() {
                report.at(
                    key.pos,
                    format!("the {keyword} {}", defect.what),
                    defect.help,
                );
            }
        }
        if object.under == "externalDocs" {
            let url = object
                .node
                .get("url")
                .and_then(Node::as_str)
                .unwrap_or_default();
            let is_plain = |c: char| c.is_ascii_graphic() && !"<>\"`[]()\\{}".contains(c);
            if !url.starts_with("https://") || !url.chars().all(is_plain) {
                report.at(
                    object.node.pos,
                    format!("externalDocs has the address {url:?}"),
                    "write the full https address, with special characters escaped",
                );
            }
        }
    });
}
