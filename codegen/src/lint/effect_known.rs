//! What a call does decides whether it may be sent again.

use super::index::Index;
use super::report::{Report, Rule};
use super::vocabulary::{EFFECTS, one_of};

pub(super) const RULE: Rule = Rule {
    id: "effect-known",
    summary: "x-revio-effect is there and fits the method: GET is read and only GET is, and POST and PATCH \
              are never idempotent.",
    pitfall: "the client sends read and idempotent calls again after a failure: a wrong word can pay twice",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let name = &operation.name;
        let pos = operation.pos_of("x-revio-effect");
        let effect = operation.text("x-revio-effect");
        let Some(effect) = effect.filter(|word| EFFECTS.contains(word)) else {
            let message = match operation.node.get("x-revio-effect") {
                None => format!("{name} has no effect"),
                Some(_) => format!("the effect of {name} isn't a known word"),
            };
            report.at(
                pos,
                message,
                format!("write x-revio-effect: {}", one_of(EFFECTS)),
            );
            continue;
        };
        let method = operation.method.name.to_uppercase();
        let help = match (operation.method.name.as_str(), effect) {
            ("get" | "head", "read") => continue,
            ("get" | "head", _) => "write read; if the call changes something its method is wrong",
            (_, "read") => "write unsafe: only GET is known to change nothing",
            ("post" | "patch", "idempotent") => {
                "write unsafe or money: the method doesn't promise that a second call has no effect"
            }
            _ => continue,
        };
        report.at(
            pos,
            format!("{name} is a {method} with the effect {effect}"),
            help,
        );
    }
}
