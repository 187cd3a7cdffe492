//! The media types that bodies, responses and parameters have, and what stands under each.

use super::Comparison;
use super::spelling::is_any_text;
use crate::canonical::text::short;
use crate::canonical::view::View;
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::{Effect, Wire};
use crate::rules;
use crate::rules::Decodes;

/// A media type and what stands under it.
type Named<'a> = (&'a str, At<'a>);

/// What a medium is the content of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carrier {
    /// A request body.
    Body,
    /// A response.
    Response,
    /// A parameter or header.
    Parameter,
}

impl<'a> Comparison<'a> {
    /// Compares media types. `what` says what has them: `body.media`, `response.media`, `param.media`.
    pub(super) fn media(
        &mut self,
        pair: Pair,
        old: Option<At<'a>>,
        new: Option<At<'a>>,
        owners: (At<'a>, At<'a>),
        carrier: Carrier,
    ) {
        let entries = |at: Option<At<'a>>| -> Vec<Named<'a>> {
            at.into_iter().flat_map(At::entries).collect()
        };
        let (before, after) = (entries(old), entries(new));
        let (at_old, at_new) = (old.or(Some(owners.0)), new.or(Some(owners.1)));
        let same = |list: &[Named<'a>], name: &str| {
            list.iter()
                .position(|(other, _)| normal(other) == normal(name))
        };
        let mut met = vec![false; after.len()];
        let mut lost = Vec::new();
        for &(name, at) in &before {
            match same(&after, name) {
                Some(partner) => {
                    met[partner] = true;
                    self.medium(pair, (name, at), after[partner].1, carrier);
                }
                None => lost.push((name, at)),
            }
        }
        for old in lost {
            // The same type with other parameters.
            let renamed = (0..after.len()).find(|&it| !met[it] && base(after[it].0) == base(old.0));
            if let Some(partner) = renamed {
                met[partner] = true;
                self.medium(pair, old, after[partner].1, carrier);
                self.medium_renamed(pair, old, after[partner]);
                continue;
            }
            let wider = after.iter().position(|(other, _)| covers(other, old.0));
            if let Some(partner) = wider {
                self.medium(pair, old, after[partner].1, carrier);
                // Part of a range that there was before, or of one that is new.
                if !met[partner] && same(&before, after[partner].0).is_none() {
                    self.range(pair, true, old, after[partner]);
                }
                met[partner] = true;
                continue;
            }
            let narrower: Vec<usize> = (0..after.len())
                .filter(|&it| !met[it] && covers(old.0, after[it].0))
                .collect();
            for &partner in &narrower {
                met[partner] = true;
                self.medium(pair, old, after[partner].1, carrier);
            }
            if let Some(&first) = narrower.first() {
                self.range(pair, false, old, after[first]);
                continue;
            }
            let (rule, request, response, why) = match carrier {
                Carrier::Body => (
                    rules::BODY_MEDIA_REMOVED,
                    Wire::Breaking,
                    Wire::Compatible,
                    "callers that send this media type are refused; those who get it still read it",
                ),
                Carrier::Response => (
                    rules::RESPONSE_MEDIA_REMOVED,
                    Wire::Breaking,
                    Wire::Breaking,
                    "callers that rely on this media type have nothing to send or accept",
                ),
                Carrier::Parameter => (
                    rules::PARAM_MEDIA_REMOVED,
                    Wire::Breaking,
                    Wire::Breaking,
                    "callers that rely on this media type have nothing to send or accept",
                ),
            };
            let message = format!("`{{}}` is no longer {}", old.0);
            let mut fact = Fact::judged(rule, request, why, message)
                .with_verdict(request, response, why)
                .places(Some(old.1), at_new)
                .values(Some(old.0.to_owned()), None)
                .named(old.0);
            if carrier == Carrier::Response {
                // JSON by another name is still read as JSON, and is what callers read if they can.
                let json = after.iter().find(|(other, _)| is_json(other));
                let json = json.filter(|_| is_json(old.0));
                if let Some(&(_, partner)) = json {
                    self.medium(pair, old, partner, carrier);
                }
                let another = !is_json(old.0) && before.iter().any(|(it, _)| is_json(it));
                if json.is_some() || another {
                    fact = fact.decoded(Decodes::Strictly);
                }
            }
            self.found(pair, Guard::OPEN, fact);
        }
        for (index, &(name, at)) in after.iter().enumerate() {
            if met[index] {
                continue;
            }
            let (rule, response, why) = match carrier {
                // Nobody asks those who are called what they can read.
                Carrier::Body => (
                    rules::BODY_MEDIA_ADDED,
                    Wire::Breaking,
                    "callers go on with the media types that they know; who is called may not know it",
                ),
                Carrier::Response => (
                    rules::RESPONSE_MEDIA_ADDED,
                    Wire::Undecided,
                    "callers that don't say what they accept may get it",
                ),
                Carrier::Parameter => (
                    rules::PARAM_MEDIA_ADDED,
                    Wire::Compatible,
                    "old callers go on with the media types that they know",
                ),
            };
            let message = format!("`{{}}` may be {name} now");
            let fact = Fact::judged(rule, Wire::Compatible, why, message)
                .with_verdict(Wire::Compatible, response, why)
                .places(at_old, Some(at))
                .values(None, Some(name.to_owned()))
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
    }

    fn medium_renamed(&mut self, pair: Pair, old: Named<'a>, new: Named<'a>) {
        let why = "most readers skip the parameters of a media type, some don't";
        let message = format!("the media type of `{{}}` is {} instead of {}", new.0, old.0);
        let fact = Fact::judged(
            rules::MEDIA_PARAMETERS_CHANGED,
            Wire::Undecided,
            why,
            message,
        )
        .places(Some(old.1), Some(new.1))
        .values(Some(old.0.to_owned()), Some(new.0.to_owned()));
        self.found(pair, Guard::OPEN, fact);
    }

    /// A media type became a range that holds it, or the other way round.
    fn range(&mut self, pair: Pair, wider: bool, old: Named<'a>, new: Named<'a>) {
        let (rule, effect) = if wider {
            (rules::MEDIA_RANGE_WIDENED, Effect::Widens)
        } else {
            (rules::MEDIA_RANGE_NARROWED, Effect::Narrows)
        };
        let message = format!("the media type of `{{}}` is {} instead of {}", new.0, old.0);
        let fact = Fact::by_variance(rule, effect, message)
            .places(Some(old.1), Some(new.1))
            .values(Some(old.0.to_owned()), Some(new.0.to_owned()));
        self.found(pair, Guard::OPEN, fact);
    }

    /// Compares what stands under one media type.
    fn medium(&mut self, pair: Pair, (name, old): Named<'a>, new: At<'a>, carrier: Carrier) {
        if equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return;
        }
        match (old.child("schema"), new.child("schema")) {
            (None, None) => {}
            (Some(before), Some(after)) => self.schemas(pair, Guard::OPEN, &[before], &[after]),
            (before, after) => {
                self.schema_on_one_side(pair, carrier, before, after, (old, new));
            }
        }
        self.encoding(pair, old, new, carrier == Carrier::Body && is_form(name));
        self.notes(pair, old, new, &["schema", "encoding"]);
    }

    /// One side says what the value is like and the other doesn't.
    pub(super) fn schema_on_one_side(
        &mut self,
        pair: Pair,
        carrier: Carrier,
        old: Option<At<'a>>,
        new: Option<At<'a>>,
        owners: (At<'a>, At<'a>),
    ) {
        let (rule, effect, message) = match (carrier, new.is_some()) {
            (Carrier::Parameter, true) => (
                rules::PARAM_SCHEMA_ADDED,
                Effect::Narrows,
                "`{}` says what its value is like now",
            ),
            (Carrier::Parameter, false) => (
                rules::PARAM_SCHEMA_REMOVED,
                Effect::Widens,
                "`{}` no longer says what its value is like",
            ),
            (_, true) => (
                rules::MEDIA_SCHEMA_ADDED,
                Effect::Narrows,
                "`{}` says what its content is like now",
            ),
            (_, false) => (
                rules::MEDIA_SCHEMA_REMOVED,
                Effect::Widens,
                "`{}` no longer says what its content is like",
            ),
        };
        let tree = if new.is_some() { &self.new } else { &self.old };
        let empty = new.or(old).is_some_and(|at| {
            let view = View::of(tree, &[at]);
            tree.shape(view.core).is_anything()
                || carrier == Carrier::Parameter && is_any_text(tree, &view)
        });
        let effect = if empty { Effect::Equal } else { effect };
        let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
        let fact = Fact::by_variance(rule, effect, message)
            .places(old.or(Some(owners.0)), new.or(Some(owners.1)))
            .values(text(old), text(new));
        self.found(pair, Guard::OPEN, fact);
    }
}

/// Media types are the same in any case, with any spaces.
fn normal(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    lower
        .split(';')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(";")
}

/// A media type without its parameters.
fn base(name: &str) -> String {
    let name = normal(name);
    name.split(';').next().unwrap_or_default().to_owned()
}

fn is_json(name: &str) -> bool {
    let base = base(name);
    base.ends_with("/json") || base.ends_with("+json")
}

/// Whether a range holds a media type, or a smaller range.
fn covers(range: &str, name: &str) -> bool {
    let (range, name) = (base(range), base(name));
    match range.strip_suffix('*') {
        _ if range == name => false,
        Some("*/") => true,
        Some(kind) if kind.ends_with('/') => name.starts_with(kind),
        _ => false,
    }
}

/// Whether a body of this media type has parts that are encoded one by one.
fn is_form(name: &str) -> bool {
    let base = base(name);
    base.starts_with("multipart/") || base == "application/x-www-form-urlencoded"
}
