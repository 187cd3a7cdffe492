//! Keywords that start with `x-`: this project's own, and a few that others agree on.

use super::super::canonical::text::{canonical, short};
use super::super::canonical::{At, equal};
use super::super::fact::{Fact, Guard, Pair};
use super::super::finding::{Rust, Wire};
use super::Comparison;
use super::annotations::Change;

/// What a caller may do with a call, from harmless to costly.
const EFFECTS: [&str; 4] = ["read", "idempotent", "unsafe", "money"];

impl<'a> Comparison<'a> {
    pub(super) fn extension(&mut self, pair: Pair, change: &Change<'a>) {
        match change.key {
            "x-revio-values" => self.known_values(pair, change),
            "x-xml-preamble" => self.preamble(pair, change),
            "x-sunset" => self.sunset(pair, change),
            "x-stability-level" => self.stability(pair, change),
            _ => {
                let fact = change.placed(fact(change));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    /// The values of an open list that are known.
    fn known_values(&mut self, pair: Pair, change: &Change<'a>) {
        let list = |at: Option<At<'a>>| -> Vec<(String, At<'a>)> {
            let items = at.into_iter().flat_map(|it| it.items().collect::<Vec<_>>());
            items.map(|it| (canonical(it.node), it)).collect()
        };
        let (old, new) = (list(change.before), list(change.after));
        let missing = |from: &[(String, At<'a>)], within: &[(String, At<'a>)]| {
            let known = |text: &String| within.iter().any(|(it, _)| it == text);
            let others = from.iter().filter(|(text, _)| !known(text));
            others.cloned().collect::<Vec<_>>()
        };
        let (at_old, at_new) = (
            change.before.or(change.at_old),
            change.after.or(change.at_new),
        );
        let why = "the list is open: other values were always possible";
        let mut any = false;
        for (text, at) in missing(&old, &new) {
            let message = format!("{text} is no longer a known value of `{{}}`");
            let fact = Fact::judged("schema.known-value.removed", Wire::Silent, why, message)
                .places(Some(at), at_new)
                .values(Some(text.clone()), None)
                .named(text);
            self.found(pair, Guard::OPEN, fact);
            any = true;
        }
        for (text, at) in missing(&new, &old) {
            let message = format!("{text} is a known value of `{{}}` now");
            let fact = Fact::judged("schema.known-value.added", Wire::Silent, why, message)
                .places(at_old, Some(at))
                .values(None, Some(text.clone()))
                .named(text);
            self.found(pair, Guard::OPEN, fact);
            any = true;
        }
        if !any {
            let message = "the known values of `{}` are in another order";
            let fact = Fact::judged("schema.known-value.order", Wire::Silent, why, message);
            self.found(pair, Guard::OPEN, change.placed(fact));
        }
    }

    /// The elements that stand before all others of a request, named like a reference.
    fn preamble(&mut self, pair: Pair, change: &Change<'a>) {
        let target = |this: &Self, at: Option<At<'a>>, is_old: bool| {
            let at = at?;
            let tree = if is_old { &this.old } else { &this.new };
            tree.resolve(at, at.node.as_str()?)
        };
        let old = target(self, change.before, true);
        let new = target(self, change.after, false);
        if let (Some(old), Some(new)) = (old, new) {
            self.schemas(pair, Guard::OPEN, &[old], &[new]);
        }
        let why = "requests start with other elements";
        let message = "the elements before those of `{}` are others";
        let fact = Fact::judged("xml.preamble.changed", Wire::Breaking, why, message);
        self.found(pair, Guard::OPEN, change.placed(fact));
    }
}

fn fact<'a>(change: &Change<'a>) -> Fact<'a> {
    let silent = |id, message: &str, rust| {
        Fact::judged(id, Wire::Silent, "it isn't sent", message).in_rust(rust)
    };
    match change.key {
        "x-revio-effect" => effect(change),
        "x-revio-content-type" => Fact::judged(
            "op.content-type.changed",
            Wire::Breaking,
            "old callers send the other media type",
            "the body of `{}` is sent as another media type",
        ),
        "x-revio-evidence" => silent(
            "evidence.changed",
            "how well `{}` is known changed",
            Rust::None,
        ),
        "x-revio-sensitive" => silent(
            "schema.sensitive.changed",
            "whether `{}` is hidden in logs changed",
            Rust::None,
        ),
        "x-revio-id" | "x-revio-own-id" => silent(
            "schema.id-type.changed",
            "`{}` is another typed id",
            Rust::Major,
        ),
        "x-revio-enum" => silent(
            "schema.enum-name.changed",
            "the list of values of `{}` has another name",
            Rust::Major,
        ),
        "x-revio-lenient" => lenient(change),
        "x-revio-unit" => silent(
            "schema.rust-type.changed",
            "`{}` is read as another type",
            Rust::Major,
        ),
        "x-revio-label" | "x-revio-entity" | "x-revio-row-field" => silent(
            "schema.role.changed",
            "what `{}` stands for changed",
            Rust::Minor,
        ),
        "x-revio-record" => silent(
            "op.record.changed",
            "`{}` works on another record",
            Rust::Major,
        ),
        "x-revio-sources" => silent(
            "doc.sources.changed",
            "the sources of `{}` are others",
            Rust::None,
        ),
        "x-extensible-enum" => Fact::judged(
            "schema.extensible-enum.changed",
            Wire::Undecided,
            "the list is open for answers, and may be closed for requests",
            "the known values of `{}` are others",
        ),
        "x-xml-order" => Fact::judged(
            "xml.order.changed",
            Wire::Undecided,
            "a strict reader of XML takes elements in one order only",
            "the elements of `{}` are in another order",
        ),
        "x-xml-wrapper" | "x-xml-operation" | "x-xml-request" | "x-xml-response"
        | "x-xml-element" | "x-xml-name" | "x-xml-namespace" | "x-xml-attribute" => Fact::judged(
            "xml.name.changed",
            Wire::Breaking,
            "requests or answers are spelled differently",
            "`{}` is spelled differently in XML",
        ),
        key if key.starts_with("x-xml-")
            && !key.contains("evidence")
            && !key.contains("candidates") =>
        {
            Fact::judged(
                "xml.other.changed",
                Wire::Undecided,
                "it may change how requests or answers are spelled",
                "how `{}` is spelled in XML changed",
            )
        }
        _ => {
            let message = format!("{} of `{{}}` is another", change.key);
            Fact::judged("extension.changed", Wire::Silent, "it isn't sent", message)
        }
    }
}

/// Whether the JSON type is known to vary between text and number.
fn lenient<'a>(change: &Change<'a>) -> Fact<'a> {
    let id = "schema.lenient.changed";
    if change.after.and_then(|at| at.node.as_bool()) == Some(true) {
        let why = "sources disagree about the type, and callers know one of the two";
        let message = "`{}` may come as a text or as a number";
        Fact::judged(id, Wire::Compatible, why, message).with_verdict(
            Wire::Compatible,
            Wire::Undecided,
            why,
        )
    } else {
        let why = "who reads both goes on reading both";
        let message = "`{}` no longer comes as a text or as a number";
        Fact::judged(id, Wire::Compatible, why, message)
    }
}

/// Whether a call may be repeated.
fn effect<'a>(change: &Change<'a>) -> Fact<'a> {
    let rank = |at: Option<At<'a>>| {
        let word = at.and_then(|it| it.node.as_str())?;
        EFFECTS.iter().position(|it| *it == word)
    };
    let text = |at: Option<At<'a>>| at.map_or_else(|| "nothing".to_owned(), |it| short(it.node));
    let message = format!(
        "`{{}}` was {}, now it is {}",
        text(change.before),
        text(change.after)
    );
    match (rank(change.before), rank(change.after)) {
        (Some(was), Some(is)) if is <= was => Fact::judged(
            "op.effect.changed",
            Wire::Compatible,
            "callers are more careful than they have to be",
            message,
        ),
        (Some(_), Some(_)) => Fact::judged(
            "op.effect.changed",
            Wire::Breaking,
            "callers that repeat a call as they were allowed to may act twice",
            message,
        ),
        _ => Fact::judged(
            "op.effect.changed",
            Wire::Undecided,
            "it isn't known on one side whether a call may be repeated",
            message,
        ),
    }
}

/// Whether two nodes are the same, or both absent.
pub(super) fn same_or_absent(old: Option<At<'_>>, new: Option<At<'_>>) -> bool {
    match (old, new) {
        (Some(a), Some(b)) => equal::same(a.node, b.node),
        (None, None) => true,
        _ => false,
    }
}
