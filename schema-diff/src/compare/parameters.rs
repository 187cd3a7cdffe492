//! Parameters: which there are, and whether they have to be sent.

use super::Comparison;
use super::calls::Call;
use super::lifecycle::SunsetStatus;
use super::media::Carrier;
use super::obligation::Obligation;
use super::spelling::is_any_text;
use crate::canonical::At;
use crate::canonical::text::short;
use crate::canonical::view::View;
use crate::fact::{Fact, Guard, Pair};
use crate::finding::{Effect, Wire};
use crate::rules;

/// Keywords of a parameter or header that aren't notes.
pub(super) const STRUCTURE: &[&str] = &[
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
                None => self.lost(inputs, (old, new), parameter),
            }
        }
        for parameter in after {
            self.gained(inputs, (old, new), parameter);
        }
    }

    fn renamed(&mut self, pair: Pair, old: Used<'a>, new: Used<'a>) {
        let (was, is) = (old.name(), new.name());
        let message = format!("the path parameter `{was}` of `{{}}` is called `{is}`");
        let why = "only its position in the path is sent";
        let fact = Fact::judged(rules::PARAM_PATH_RENAMED, Wire::Silent, why, message)
            .places(Some(old.own), Some(new.own))
            .values(Some(was.to_owned()), Some(is.to_owned()))
            .detail(format!(" path {was}"));
        self.found(pair, Guard::OPEN, fact);
    }

    fn relocated(&mut self, pair: Pair, old: Used<'a>, new: Used<'a>) {
        let (was, is) = (old.place(), new.place());
        let name = old.name();
        let message = format!("`{name}` of `{{}}` moved from {was} to {is}");
        let why = "old callers send it where the service no longer looks";
        let fact = Fact::judged(rules::PARAM_MOVED, Wire::Breaking, why, message)
            .places(Some(old.at), Some(new.at))
            .values(Some(was.to_owned()), Some(is.to_owned()))
            .detail(old.suffix());
        self.found(pair, Guard::OPEN, fact);
    }

    fn lost(&mut self, pair: Pair, calls: (&Call<'a>, &Call<'a>), old: Used<'a>) {
        let (was, is) = (calls.0.placeholders(), calls.1.placeholders());
        if old.place() == "path" && is.len() == was.len() && was.contains(&old.name()) {
            // The template still has it, so that callers go on sending it.
            if let Some(value) = old.own.child("schema") {
                let owners = (old.at, calls.1.at);
                self.schema_on_one_side(pair, Carrier::Parameter, Some(value), None, owners);
            }
            return;
        }
        let message = format!(
            "the {} parameter `{}` of `{{}}` is gone",
            old.place(),
            old.name()
        );
        let (wire, why) = match self.sunset_status(old.own) {
            SunsetStatus::Passed => (
                Wire::Compatible,
                "it was deprecated, and the day until which it was to work has passed",
            ),
            SunsetStatus::Ahead => (Wire::Breaking, "callers were promised that it works longer"),
            _ if calls.1.is_reversed && old.is_required() => {
                (Wire::Breaking, "callers rely on getting it")
            }
            _ if calls.1.is_reversed => (Wire::Undecided, "callers may use it where it is sent"),
            SunsetStatus::Nothing | SunsetStatus::SomeDay => (
                Wire::Undecided,
                "the service may ignore what old callers send, or refuse it",
            ),
        };
        let fact = Fact::judged(rules::PARAM_REMOVED, wire, why, message)
            .places(Some(old.at), None)
            .values(Some(short(old.own.node)), None)
            .detail(old.suffix());
        self.found(pair, Guard::OPEN, fact);
    }

    fn gained(&mut self, pair: Pair, calls: (&Call<'a>, &Call<'a>), new: Used<'a>) {
        let (was, is) = (calls.0.placeholders(), calls.1.placeholders());
        let in_template = is.contains(&new.name());
        if new.place() == "path" && is.len() == was.len() && in_template {
            self.described(pair, new);
            return;
        }
        let (rule, wire, why, kind) = if !new.is_required() {
            (
                rules::PARAM_OPTIONAL_ADDED,
                Wire::Compatible,
                "old callers needn't send it",
                "optional",
            )
        } else if calls.1.is_reversed {
            (
                rules::PARAM_REQUIRED_ADDED,
                Wire::Compatible,
                "callers skip what they don't know",
                "required",
            )
        } else if new.place() == "path" && !in_template {
            (
                rules::PARAM_REQUIRED_ADDED,
                Wire::Undecided,
                "the template of the path has no place for it",
                "required",
            )
        } else {
            (
                rules::PARAM_REQUIRED_ADDED,
                Wire::Breaking,
                "old callers don't send it",
                "required",
            )
        };
        let message = format!(
            "`{{}}` has the new {kind} {} parameter `{}`",
            new.place(),
            new.name()
        );
        let fact = Fact::judged(rule, wire, why, message)
            .places(None, Some(new.at))
            .values(None, Some(short(new.own.node)))
            .detail(new.suffix());
        self.found(pair, Guard::OPEN, fact);
    }

    /// A part of the path that the template had before, without a word about what fills it.
    fn described(&mut self, pair: Pair, new: Used<'a>) {
        let value = new.own.child("schema");
        let any = value.is_none_or(|value| {
            let view = View::of(&self.new, &[value]);
            self.new.shape(view.core).is_anything() || is_any_text(&self.new, &view)
        });
        let message = format!(
            "what fills `{}` in the path of `{{}}` is described",
            new.name()
        );
        let fact = if any {
            let why = "what old callers put there wasn't said";
            Fact::judged(rules::PARAM_SCHEMA_ADDED, Wire::Undecided, why, message)
        } else {
            Fact::by_variance(rules::PARAM_SCHEMA_ADDED, Effect::Narrows, message)
        };
        let fact = fact
            .places(None, Some(new.at))
            .values(None, Some(short(new.own.node)))
            .detail(new.suffix());
        self.found(pair, Guard::OPEN, fact);
    }

    /// Compares two parameters.
    pub(super) fn parameter(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let Some((pair, old, new)) = self.enter(from, old, new) else {
            return;
        };
        let is_path = new.str("in") == Some("path");
        if !is_path {
            let rules = Obligation {
                required: (rules::PARAM_BECAME_REQUIRED, "`{}` is required now"),
                optional: (rules::PARAM_BECAME_OPTIONAL, "`{}` may be left out now"),
            };
            self.obligation(pair, old, new, &rules);
        }
        self.spelling(pair, old, new, rules::PARAM_STYLE_CHANGED);
        self.content(pair, old, new);
        // A parameter of the path has to be there, whatever is said about it.
        let structure: Vec<&str> = STRUCTURE
            .iter()
            .copied()
            .filter(|key| !(is_path && *key == "required"))
            .collect();
        self.notes(pair, old, new, &structure);
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
