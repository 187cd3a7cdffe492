//! Calls that hardly look at the response: what changes there breaks no crate that is already published.

use std::collections::BTreeMap;

use super::reads;
use super::surface::{Origin, Surface};
use crate::generate::Output;
use api_schema_diff::finding::Finding;
use api_schema_diff::rules::Rule;

/// What the old code of operations returns, as far as it was asked for.
pub(super) struct Responses<'c> {
    code: &'c Output,
    outputs: BTreeMap<String, Option<String>>,
}

impl<'c> Responses<'c> {
    pub(super) fn of(code: &'c Output) -> Self {
        Self {
            code,
            outputs: BTreeMap::new(),
        }
    }

    /// Whether the old code takes every response that a finding concerns, whatever it is about.
    pub(super) fn take_any(&mut self, finding: &Finding) -> bool {
        let mut reach = finding.reach.iter().peekable();
        reach.peek().is_some()
            && reach
                .all(|it| is_error(it.status.as_deref()) || self.takes(&it.operation, finding.rule))
    }

    /// Whether the old code of an operation takes any answer that differs in what the rule is about.
    fn takes(&mut self, operation: &str, rule: &Rule) -> bool {
        if !self.outputs.contains_key(operation) {
            let output = self.look_up(operation);
            self.outputs.insert(operation.to_owned(), output);
        }
        match self.outputs[operation].as_deref() {
            Some("FileBody") => true,
            // Any JSON will do, or none.
            Some("()" | "Json") => !rule.is_about_media(),
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

fn is_error(status: Option<&str>) -> bool {
    status.is_some_and(|status| status.starts_with(['4', '5']))
}
