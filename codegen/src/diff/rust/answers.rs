//! Calls that hardly look at their answer: what changes there breaks no crate that is already published.

use std::collections::BTreeMap;

use super::reads;
use super::surface::{Origin, Surface};
use crate::diff::finding::{Decode, Direction, Finding};
use crate::generate::Output;

/// Corrects the verdicts on answers that the old code takes whatever they are.
pub(super) fn tell(findings: &mut [Finding], old: &Output) {
    let mut known = Known {
        code: old,
        outputs: BTreeMap::new(),
    };
    for finding in findings {
        let answers =
            finding.direction == Direction::Response || finding.id.starts_with("response.");
        if finding.decode == Decode::Breaks
            && answers
            && !finding.reach.is_empty()
            && finding.reach.iter().all(|reach| {
                is_error(reach.status.as_deref()) || known.takes(&reach.operation, finding.id)
            })
        {
            finding.decode = Decode::Safe;
        }
    }
}

fn is_error(status: Option<&str>) -> bool {
    status.is_some_and(|status| status.starts_with(['4', '5']))
}

/// What calls answer, as far as it was asked for.
struct Known<'c> {
    code: &'c Output,
    outputs: BTreeMap<String, Option<String>>,
}

impl Known<'_> {
    /// Whether the old code of an operation takes any answer that differs in what the rule is about.
    fn takes(&mut self, operation: &str, rule: &str) -> bool {
        if !self.outputs.contains_key(operation) {
            let output = self.look_up(operation);
            self.outputs.insert(operation.to_owned(), output);
        }
        match self.outputs[operation].as_deref() {
            Some("FileBody") => true,
            // Any JSON will do, or none.
            Some("()" | "Json") => !rule.starts_with("response.media."),
            _ => false,
        }
    }

    fn look_up(&self, operation: &str) -> Option<String> {
        let quoted = format!("{operation:?}");
        let files = self.code.rust();
        let file =
            files.filter(|(path, text)| path.ends_with("/requests.rs") && text.contains(&quoted));
        let surface = Surface::read(file).ok()?;
        let wanted = Origin::Operation(operation.to_owned());
        let mut items = surface.items().filter(|(_, item)| item.origin == wanted);
        items.find_map(|(_, item)| reads::output(item).map(str::to_owned))
    }
}
