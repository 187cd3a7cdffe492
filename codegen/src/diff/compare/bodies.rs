//! Request bodies, and the media types that bodies and answers have.

use super::super::canonical::text::short;
use super::super::canonical::{At, equal};
use super::super::fact::{Fact, Guard, Pair};
use super::super::finding::{Effect, Wire};
use super::Comparison;
use super::calls::Call;

impl<'a> Comparison<'a> {
    pub(super) fn bodies(&mut self, inputs: Pair, old: &Call<'a>, new: &Call<'a>) {
        let before = old.at.child("requestBody");
        let after = new.at.child("requestBody");
        match (before, after) {
            (None, None) => {}
            (Some(before), Some(after)) => self.body(inputs, before, after),
            (Some(before), None) => {
                let message = "`{}` no longer takes a body";
                let why = "the body that old callers send is ignored or refused";
                let fact = Fact::judged("body.removed", Wire::Breaking, why, message)
                    .places(Some(before), Some(new.at))
                    .values(Some(short(before.node)), None);
                self.found(inputs, Guard::OPEN, fact);
            }
            (None, Some(after)) => {
                let own = self.new.follow(after);
                let (id, wire, why, kind) = if own.flag("required") == Some(true) {
                    (
                        "body.required.added",
                        Wire::Breaking,
                        "old callers don't send one",
                        "needs",
                    )
                } else {
                    (
                        "body.optional.added",
                        Wire::Compatible,
                        "old callers needn't send one",
                        "may have",
                    )
                };
                let fact = Fact::judged(id, wire, why, format!("`{{}}` {kind} a body now"))
                    .places(Some(old.at), Some(after))
                    .values(None, Some(short(own.node)));
                self.found(inputs, Guard::OPEN, fact);
            }
        }
    }

    /// Compares two request bodies.
    pub(super) fn body(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
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
        let required = |at: At<'a>| at.flag("required") == Some(true);
        if required(old) != required(new) {
            let (id, effect, message) = if required(new) {
                (
                    "body.became.required",
                    Effect::Narrows,
                    "`{}` needs a body now",
                )
            } else {
                (
                    "body.became.optional",
                    Effect::Widens,
                    "`{}` needs no body now",
                )
            };
            let text = |it: At<'a>| Some(required(it).to_string());
            let fact = Fact::by_law(id, effect, message)
                .places(Some(old), Some(new))
                .values(text(old), text(new));
            self.found(pair, Guard::OPEN, fact);
        }
        if let (Some(before), Some(after)) = (old.child("content"), new.child("content")) {
            self.media(pair, before, after, "body.media");
        }
        self.notes(pair, old, new, &["$ref", "required", "content"]);
    }

    /// Compares the media types of a body or an answer.
    pub(super) fn media(&mut self, pair: Pair, old: At<'a>, new: At<'a>, what: &str) {
        let mut after: Vec<(&'a str, At<'a>)> = new.entries().collect();
        let mut lost = Vec::new();
        for (name, at) in old.entries() {
            let exact = after
                .iter()
                .position(|(other, _)| normal(other) == normal(name));
            match exact {
                Some(partner) => {
                    let (_, partner) = after.remove(partner);
                    self.medium(pair, at, partner);
                }
                None => lost.push((name, at)),
            }
        }
        for (name, at) in lost {
            // The same type with other parameters.
            let base = |name: &str| normal(name).split(';').next().map(str::to_owned);
            let partner = after
                .iter()
                .position(|(other, _)| base(other) == base(name));
            if let Some(partner) = partner {
                let (other, partner) = after.remove(partner);
                self.medium(pair, at, partner);
                self.medium_renamed(pair, (name, at), (other, partner));
                continue;
            }
            let why = "callers that rely on this media type have nothing to send or accept";
            let message = format!("`{{}}` is no longer {name}");
            let fact = Fact::judged(media_id(what, false), Wire::Breaking, why, message)
                .places(Some(at), Some(new))
                .values(Some(name.to_owned()), None)
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
        for (name, at) in after {
            let (wire, why) = if what == "response.media" {
                (
                    Wire::Undecided,
                    "callers that don't say what they accept may get it",
                )
            } else {
                (
                    Wire::Compatible,
                    "old callers go on with the media types that they know",
                )
            };
            let message = format!("`{{}}` may be {name} now");
            let fact = Fact::judged(media_id(what, true), wire, why, message)
                .places(Some(old), Some(at))
                .values(None, Some(name.to_owned()))
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
    }

    fn medium_renamed(&mut self, pair: Pair, old: (&'a str, At<'a>), new: (&'a str, At<'a>)) {
        let why = "most readers skip the parameters of a media type, some don't";
        let message = format!("the media type of `{{}}` is {} instead of {}", new.0, old.0);
        let fact = Fact::judged("media.parameters.changed", Wire::Undecided, why, message)
            .places(Some(old.1), Some(new.1))
            .values(Some(old.0.to_owned()), Some(new.0.to_owned()));
        self.found(pair, Guard::OPEN, fact);
    }

    /// Compares what stands under one media type.
    fn medium(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        if equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return;
        }
        match (old.child("schema"), new.child("schema")) {
            (None, None) => {}
            (Some(before), Some(after)) => self.schemas(pair, Guard::OPEN, &[before], &[after]),
            (before, after) => {
                self.schema_on_one_side(pair, "media", before, after, (old, new));
            }
        }
        let encoding = |at: At<'a>| at.child("encoding");
        if !super::extensions::same_or_absent(encoding(old), encoding(new)) {
            let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
            let why = "the parts of the body are spelled in another way";
            let message = "the parts of `{}` are encoded in another way";
            let fact = Fact::judged("media.encoding.changed", Wire::Breaking, why, message)
                .places(encoding(old).or(Some(old)), encoding(new).or(Some(new)))
                .values(text(encoding(old)), text(encoding(new)));
            self.found(pair, Guard::OPEN, fact);
        }
        self.notes(pair, old, new, &["schema", "encoding"]);
    }

    /// One side says what the value is like and the other doesn't.
    pub(super) fn schema_on_one_side(
        &mut self,
        pair: Pair,
        what: &str,
        old: Option<At<'a>>,
        new: Option<At<'a>>,
        owners: (At<'a>, At<'a>),
    ) {
        let (id, effect, message) = match (what, new.is_some()) {
            ("param", true) => (
                "param.schema.added",
                Effect::Narrows,
                "`{}` says what its value is like now",
            ),
            ("param", false) => (
                "param.schema.removed",
                Effect::Widens,
                "`{}` no longer says what its value is like",
            ),
            (_, true) => (
                "media.schema.added",
                Effect::Narrows,
                "`{}` says what its content is like now",
            ),
            (_, false) => (
                "media.schema.removed",
                Effect::Widens,
                "`{}` no longer says what its content is like",
            ),
        };
        let tree = if new.is_some() { &self.new } else { &self.old };
        let empty = new.or(old).is_some_and(|at| {
            let view = super::super::canonical::view::View::of(tree, &[at]);
            tree.shape(view.core).is_anything()
        });
        let effect = if empty { Effect::Equal } else { effect };
        let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
        let fact = Fact::by_law(id, effect, message)
            .places(old.or(Some(owners.0)), new.or(Some(owners.1)))
            .values(text(old), text(new));
        self.found(pair, Guard::OPEN, fact);
    }
}

/// The id for a media type that came or went.
fn media_id(what: &str, added: bool) -> &'static str {
    match (what, added) {
        ("body.media", true) => "body.media.added",
        ("body.media", false) => "body.media.removed",
        ("response.media", true) => "response.media.added",
        ("response.media", false) => "response.media.removed",
        (_, true) => "param.media.added",
        (_, false) => "param.media.removed",
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
