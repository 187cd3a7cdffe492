//! Parameters, and response headers, which are described like them.

use super::super::canonical::text::short;
use super::super::canonical::{At, equal};
use super::super::fact::{Fact, Guard, Pair};
use super::super::finding::{Effect, Wire};
use super::Comparison;
use super::calls::Call;

/// Keywords of a parameter that aren't notes.
const STRUCTURE: &[&str] = &[
    "$ref",
    "name",
    "in",
    "required",
    "schema",
    "content",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
];

/// A parameter in effect.
#[derive(Clone, Copy)]
struct Used<'a> {
    /// As the operation has it.
    at: At<'a>,
    /// As it is defined.
    own: At<'a>,
}

impl<'a> Used<'a> {
    fn place(self) -> &'a str {
        self.own.str("in").unwrap_or_default()
    }

    fn name(self) -> &'a str {
        self.own.str("name").unwrap_or_default()
    }

    fn is_required(self) -> bool {
        self.place() == "path" || self.own.flag("required") == Some(true)
    }

    /// `?status` for a query parameter.
    fn suffix(self) -> String {
        match self.place() {
            "query" => format!("?{}", self.name()),
            place => format!(" {place} {}", self.name()),
        }
    }
}

impl<'a> Comparison<'a> {
    /// Compares the parameters in effect. `pair` is the operation, `inputs` what callers send.
    pub(super) fn parameters(&mut self, pair: Pair, inputs: Pair, old: &Call<'a>, new: &Call<'a>) {
        let used = |list: Vec<(At<'a>, At<'a>)>| -> Vec<Used<'a>> {
            list.into_iter().map(|(at, own)| Used { at, own }).collect()
        };
        let before = used(old.parameters(&self.old));
        let mut after = used(new.parameters(&self.new));
        let (was, is) = (old.placeholders(), new.placeholders());
        let mut lost = Vec::new();
        for parameter in before {
            let partner = after.iter().position(|other| {
                other.place() == parameter.place() && same_name(parameter, *other, &was, &is)
            });
            match partner {
                Some(partner) => {
                    let partner = after.remove(partner);
                    self.parameter(inputs, parameter.at, partner.at);
                    if parameter.name() != partner.name() && parameter.place() == "path" {
                        self.renamed(pair, parameter, partner);
                    }
                }
                None => lost.push(parameter),
            }
        }
        for parameter in lost {
            let partner = after
                .iter()
                .position(|other| other.name() == parameter.name());
            match partner {
                Some(partner) => {
                    let partner = after.remove(partner);
                    self.relocated(inputs, parameter, partner);
                }
                None => self.lost(inputs, old, parameter),
            }
        }
        for parameter in after {
            self.gained(inputs, new, parameter);
        }
    }

    fn renamed(&mut self, pair: Pair, old: Used<'a>, new: Used<'a>) {
        let (was, is) = (old.name(), new.name());
        let message = format!("the path parameter `{was}` of `{{}}` is called `{is}`");
        let why = "only its position in the path is sent";
        let fact = Fact::judged("param.path.renamed", Wire::Silent, why, message)
            .places(Some(old.own), Some(new.own))
            .values(Some(was.to_owned()), Some(is.to_owned()))
            .named(format!(" path {was}"));
        self.found(pair, Guard::OPEN, fact);
    }

    fn relocated(&mut self, pair: Pair, old: Used<'a>, new: Used<'a>) {
        let (was, is) = (old.place(), new.place());
        let name = old.name();
        let message = format!("`{name}` of `{{}}` moved from {was} to {is}");
        let why = "old callers send it where the service no longer looks";
        let fact = Fact::judged("param.moved", Wire::Breaking, why, message)
            .places(Some(old.at), Some(new.at))
            .values(Some(was.to_owned()), Some(is.to_owned()))
            .named(old.suffix());
        self.found(pair, Guard::OPEN, fact);
    }

    fn lost(&mut self, pair: Pair, call: &Call<'a>, old: Used<'a>) {
        let message = format!(
            "the {} parameter `{}` of `{{}}` is gone",
            old.place(),
            old.name()
        );
        let why = "the service may ignore what old callers send, or refuse it";
        let fact = Fact::judged("param.removed", Wire::Undecided, why, message)
            .places(Some(old.at), Some(call.at))
            .values(Some(short(old.own.node)), None)
            .named(old.suffix());
        self.found(pair, Guard::OPEN, fact);
    }

    fn gained(&mut self, pair: Pair, call: &Call<'a>, new: Used<'a>) {
        let (id, wire, why, kind) = if new.is_required() {
            (
                "param.required.added",
                Wire::Breaking,
                "old callers don't send it",
                "required",
            )
        } else {
            (
                "param.optional.added",
                Wire::Compatible,
                "old callers needn't send it",
                "optional",
            )
        };
        let message = format!(
            "`{{}}` has the new {kind} {} parameter `{}`",
            new.place(),
            new.name()
        );
        let fact = Fact::judged(id, wire, why, message)
            .places(Some(call.at), Some(new.at))
            .values(None, Some(short(new.own.node)))
            .named(new.suffix());
        self.found(pair, Guard::OPEN, fact);
    }

    /// Compares two parameters.
    pub(super) fn parameter(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        let (pair, first) = self.pair(old, new);
        self.graph.connect(from, pair, Guard::OPEN);
        if !first {
            return;
        }
        if equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return;
        }
        let is_path = new.str("in") == Some("path");
        let required = |at: At<'a>| at.flag("required") == Some(true);
        if required(old) != required(new) && !is_path {
            let (id, effect, message) = if required(new) {
                (
                    "param.became.required",
                    Effect::Narrows,
                    "`{}` is required now",
                )
            } else {
                (
                    "param.became.optional",
                    Effect::Widens,
                    "`{}` may be left out now",
                )
            };
            let at = |it: At<'a>| it.child("required").unwrap_or(it);
            let text = |it: At<'a>| Some(required(it).to_string());
            let fact = Fact::by_law(id, effect, message)
                .places(Some(at(old)), Some(at(new)))
                .values(text(old), text(new))
                .named("required");
            self.found(pair, Guard::OPEN, fact);
        }
        self.spelling(pair, old, new, "param.style.changed");
        self.content(pair, old, new);
        // A parameter of the path has to be there, whatever is said about it.
        let structure: Vec<&str> = STRUCTURE
            .iter()
            .copied()
            .filter(|key| !(is_path && *key == "required"))
            .collect();
        self.notes(pair, old, new, &structure);
    }

    /// Compares two response headers.
    pub(super) fn header(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        let (pair, first) = self.pair(old, new);
        self.graph.connect(from, pair, Guard::OPEN);
        if first {
            self.header_pair(pair, old, new);
        }
    }

    pub(super) fn header_pair(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        if equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return;
        }
        let required = |at: At<'a>| at.flag("required") == Some(true);
        if required(old) != required(new) {
            let (id, effect, message) = if required(new) {
                (
                    "response.header.became.required",
                    Effect::Narrows,
                    "`{}` is always sent now",
                )
            } else {
                (
                    "response.header.became.optional",
                    Effect::Widens,
                    "`{}` may be left out now",
                )
            };
            let text = |it: At<'a>| Some(required(it).to_string());
            let fact = Fact::by_law(id, effect, message)
                .places(Some(old), Some(new))
                .values(text(old), text(new));
            self.found(pair, Guard::OPEN, fact);
        }
        self.spelling(pair, old, new, "response.header.style.changed");
        self.content(pair, old, new);
        self.notes(pair, old, new, STRUCTURE);
    }

    /// How values are spelled in the URL or in a header.
    fn spelling(&mut self, pair: Pair, old: At<'a>, new: At<'a>, id: &'static str) {
        let style = |at: At<'a>| {
            let form = matches!(at.str("in"), Some("query" | "cookie"));
            at.str("style")
                .unwrap_or(if form { "form" } else { "simple" })
        };
        let flag = |at: At<'a>, key: &str, default: bool| at.flag(key).unwrap_or(default);
        let explode = |at: At<'a>| flag(at, "explode", style(at) == "form");
        let fact = |id, key: &str, was: String, is: String, effect, why| {
            let message = format!("{key} of `{{}}` was {was}, now it is {is}");
            let mut fact = Fact::by_law(id, effect, message)
                .places(
                    Some(old.child(key).unwrap_or(old)),
                    Some(new.child(key).unwrap_or(new)),
                )
                .values(Some(was), Some(is))
                .named(key);
            fact.reason = Some(why);
            fact
        };
        let why = "values are taken apart in another way than they were put together";
        let mut facts = Vec::new();
        if style(old) != style(new) {
            let (was, is) = (style(old).to_owned(), style(new).to_owned());
            facts.push(fact(id, "style", was, is, Effect::Replaces, why));
        }
        if explode(old) != explode(new) {
            let (was, is) = (explode(old).to_string(), explode(new).to_string());
            facts.push(fact(id, "explode", was, is, Effect::Replaces, why));
        }
        let (was, is) = (
            flag(old, "allowEmptyValue", false),
            flag(new, "allowEmptyValue", false),
        );
        if was != is {
            let effect = if is { Effect::Widens } else { Effect::Narrows };
            let why = "the parameter may or may not be sent without a value";
            let id = "param.empty.changed";
            facts.push(fact(
                id,
                "allowEmptyValue",
                was.to_string(),
                is.to_string(),
                effect,
                why,
            ));
        }
        let (was, is) = (
            flag(old, "allowReserved", false),
            flag(new, "allowReserved", false),
        );
        if was != is {
            let why = "services differ in how they read characters that aren't encoded";
            let id = "param.reserved.changed";
            let effect = Effect::Unknown;
            facts.push(fact(
                id,
                "allowReserved",
                was.to_string(),
                is.to_string(),
                effect,
                why,
            ));
        }
        for fact in facts {
            self.found(pair, Guard::OPEN, fact);
        }
    }

    /// The schema of a parameter or header, or its content.
    fn content(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        match (old.child("schema"), new.child("schema")) {
            (Some(before), Some(after)) => self.schemas(pair, Guard::OPEN, &[before], &[after]),
            (None, None) => {}
            (before, after) => {
                if old.child("content").is_none() && new.child("content").is_none() {
                    self.schema_on_one_side(pair, "param", before, after, (old, new));
                }
            }
        }
        match (old.child("content"), new.child("content")) {
            (None, None) => {}
            (Some(before), Some(after)) => self.media(pair, before, after, "param.media"),
            (before, after) => {
                let message =
                    "`{}` is described as content on one side and as a schema on the other";
                let why = "the same value is spelled in another way";
                let fact = Fact::by_law("param.content.changed", Effect::Replaces, message)
                    .with_verdict(Wire::Breaking, Wire::Breaking, why)
                    .places(before.or(Some(old)), after.or(Some(new)));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }
}

/// Whether two parameters of the same place are the same one.
fn same_name(old: Used<'_>, new: Used<'_>, was: &[&str], is: &[&str]) -> bool {
    match old.place() {
        "path" => {
            let position = |names: &[&str], name: &str| names.iter().position(|it| *it == name);
            match (position(was, old.name()), position(is, new.name())) {
                (Some(a), Some(b)) => a == b,
                _ => old.name() == new.name(),
            }
        }
        "header" => old.name().eq_ignore_ascii_case(new.name()),
        _ => old.name() == new.name(),
    }
}
