//! How the parts of a form are encoded: as they say, or as goes without saying.

use super::Comparison;
use super::extensions::same_or_absent;
use crate::canonical::text::short;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Tree};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;

/// The keywords that say how one part is encoded.
const KEYS: [&str; 5] = [
    "contentType",
    "style",
    "explode",
    "allowReserved",
    "headers",
];

impl<'a> Comparison<'a> {
    /// Compares the encodings under one media type. They mean nothing but in the body of a form.
    pub(super) fn encoding(&mut self, pair: Pair, old: At<'a>, new: At<'a>, is_form: bool) {
        let (before, after) = (old.child("encoding"), new.child("encoding"));
        if same_or_absent(before, after) {
            return;
        }
        let entries = before.into_iter().chain(after).flat_map(At::entries);
        let mut names: Vec<&'a str> = entries.map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let own = |at: Option<At<'a>>| at.and_then(|it| it.child(name));
            let (was, is) = (own(before), own(after));
            for key in KEYS {
                let (old_text, new_text) = (
                    effective(&self.old, old, was, name, key),
                    effective(&self.new, new, is, name, key),
                );
                if old_text == new_text {
                    continue;
                }
                let (wire, why) = match key {
                    _ if !is_form => (Wire::Silent, "only the parts of a form are encoded"),
                    "headers" => (
                        Wire::Undecided,
                        "whether the parts need other headers isn't said",
                    ),
                    _ => (
                        Wire::Breaking,
                        "the parts of the body are serialized in another way",
                    ),
                };
                let message = format!("the part `{name}` of `{{}}` is encoded in another way");
                let fact = Fact::judged(rules::MEDIA_ENCODING_CHANGED, wire, why, message)
                    .places(was.or(Some(old)), is.or(Some(new)))
                    .values(old_text, new_text)
                    .named(format!("{name} {key}"));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }
}

/// What holds for one part: what is said, or what goes without saying.
fn effective<'a>(
    tree: &Tree<'a>,
    medium: At<'a>,
    own: Option<At<'a>>,
    part: &str,
    key: &str,
) -> Option<String> {
    let said = own.and_then(|it| it.child(key));
    let form = own.and_then(|it| it.str("style")).unwrap_or("form") == "form";
    let default = match key {
        "contentType" => content_type(tree, medium, part)?.to_owned(),
        "style" => "form".to_owned(),
        "explode" => form.to_string(),
        "allowReserved" => "false".to_owned(),
        _ => return said.map(|it| short(it.node)),
    };
    let text = |at: At<'a>| match at.node.as_str() {
        Some(text) => text.replace(", ", ","),
        None => short(at.node),
    };
    Some(said.map_or(default, text))
}

/// The media type of a part that says none: that of its type, or of the items of a list.
fn content_type<'a>(tree: &Tree<'a>, medium: At<'a>, part: &str) -> Option<&'static str> {
    let view = View::of(tree, &[medium.child("schema")?]);
    let mut schemas = tree.shape(view.core).member(part)?.schemas.clone();
    for _ in 0..2 {
        let shape = tree.shape(View::of(tree, &schemas).core);
        let binary = shape.formats.iter().any(|(format, _)| *format == "binary");
        let types = shape.types & !Types::NULL;
        if types == Types::ARRAY && !shape.items.is_empty() {
            schemas.clone_from(&shape.items);
            continue;
        }
        return match types {
            Types::OBJECT => Some("application/json"),
            Types::STRING if binary => Some("application/octet-stream"),
            _ if (Types::STRING | Types::NUMBER | Types::BOOLEAN).contains(types) => {
                Some("text/plain")
            }
            _ => None,
        };
    }
    None
}
