//! Holds the objects of a file against the grammar.

use super::grammar::{self, Holds, Keyword, Shape, When};
use super::{COMMON, File, Legacy};
use crate::annotation::{EFFECT, ENUM, EVIDENCE};
use crate::lint::names::nearest_keyword;
use crate::lint::vocabulary::one_of;
use crate::lint::{
    effect_known, evidence_known, evidence_present, extension_known, keyword_known,
    keyword_missing, keyword_type,
};
use crate::load::{Key, Node, Pos, Value};
use crate::soap;
use api_schema_text::Diagnostic;

pub(super) fn check(legacy: &Legacy<'_>, file: &File<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut walk = Walk {
        legacy,
        file,
        diagnostics,
    };
    let root = file.document.root();
    let is_common = file.stem == COMMON;
    let shape = if is_common {
        &grammar::COMMON
    } else {
        &grammar::FILE
    };
    if root.as_object().is_none() {
        walk.wrong_type(root.pos, shape.what, root, Holds::Object(shape));
        return;
    }
    walk.object(root, root.pos, shape, None);
    if is_common {
        walk.vocabulary(root);
    }
}

struct Walk<'w, 'd> {
    legacy: &'w Legacy<'d>,
    file: &'w File<'d>,
    diagnostics: &'w mut Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    fn at(&mut self, pos: Pos, rule: &'static str, message: String, help: impl Into<String>) {
        let document = self.file.document;
        self.diagnostics
            .push(document.diagnostic_at(pos, rule, message, help));
    }

    fn wrong_type(&mut self, pos: Pos, name: &str, value: &Node, holds: Holds) {
        let rule = match name {
            _ if matches!(holds, Holds::Evidence) => evidence_known::RULE.id,
            EFFECT => effect_known::RULE.id,
            _ if name.starts_with("x-") => extension_known::RULE.id,
            _ => keyword_type::RULE.id,
        };
        let found = match &value.value {
            Value::String(text) => format!("{text:?}"),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(digits) => digits.clone(),
            other => other.kind().to_owned(),
        };
        self.at(
            pos,
            rule,
            format!("{name} is {found}"),
            format!("write {}", holds.describe()),
        );
    }

    /// An object that stands at `pos`, in a definition or outside of all.
    fn object(&mut self, node: &Node, pos: Pos, shape: &'static Shape, within: Option<&str>) {
        for (key, value) in node.entries() {
            let keyword = shape.keywords.iter().find(|it| it.name == key.name);
            match keyword.filter(|it| self.reads(it, within)) {
                Some(keyword) => self.value(key, value, keyword, within),
                None => self.unknown(key, shape, within),
            }
        }
        for keyword in shape.keywords {
            let name = keyword.name;
            if keyword.is_required && self.reads(keyword, within) && node.get(name).is_none() {
                let rule = match name {
                    EVIDENCE => evidence_present::RULE.id,
                    EFFECT => effect_known::RULE.id,
                    _ => keyword_missing::RULE.id,
                };
                let help = match keyword.holds.words() {
                    Some(words) => format!("add {name}: {}", one_of(words)),
                    None => format!("add {name}"),
                };
                self.at(pos, rule, format!("{} has no {name}", shape.what), help);
            }
        }
    }

    fn reads(&self, keyword: &Keyword, within: Option<&str>) -> bool {
        within.is_none_or(|definition| self.legacy.reads(definition, keyword.when))
    }

    /// A keyword that nobody reads here.
    fn unknown(&mut self, key: &Key, shape: &Shape, within: Option<&str>) {
        let name = key.name.as_str();
        let rule = if name.to_ascii_lowercase().starts_with("x-") {
            extension_known::RULE.id
        } else {
            keyword_known::RULE.id
        };
        let places = places(name);
        if !places.is_empty() {
            let message = format!("{name} has no effect in {}", shape.what);
            let help = format!("remove it, or put it into {}", one_of(&places));
            return self.at(key.pos, rule, message, help);
        }
        let here: Vec<&str> = (shape.keywords.iter())
            .filter(|it| self.reads(it, within))
            .map(|it| it.name)
            .collect();
        let help = if let Some(meant) = nearest_keyword(name, here.iter().copied()) {
            format!("write {meant} if that was meant, or remove it")
        } else if let Some(meant) = nearest_keyword(name, grammar::annotations()) {
            let places = self::places(meant);
            format!("write {meant} in {}, or remove it", one_of(&places))
        } else {
            format!("write {} instead, or remove it", one_of(&here))
        };
        self.at(
            key.pos,
            rule,
            format!("{} has no keyword {name:?}", shape.what),
            help,
        );
    }

    fn value(&mut self, key: &Key, value: &Node, keyword: &Keyword, within: Option<&str>) {
        let name = keyword.name;
        if !keyword.holds.allows(value) {
            return self.wrong_type(key.pos, name, value, keyword.holds);
        }
        match keyword.holds {
            Holds::Object(shape) => self.object(value, key.pos, shape, within),
            Holds::Objects(shape) => {
                for item in value.items() {
                    self.inner(item, item.pos, name, shape, within);
                }
            }
            Holds::Map(shape) => {
                for (key, value) in value.entries() {
                    self.inner(value, key.pos, &key.name, shape, within);
                }
            }
            Holds::Definitions => {
                for (key, value) in value.entries() {
                    let is_enum = [ENUM, "enum"].iter().any(|it| value.get(it).is_some())
                        || value.get("type").and_then(Node::as_str) == Some("string");
                    let shape = if is_enum {
                        &grammar::ENUMERATION
                    } else {
                        &grammar::MESSAGE
                    };
                    self.inner(value, key.pos, &key.name, shape, Some(&key.name));
                }
            }
            Holds::Settings => {
                for (key, value) in value.entries() {
                    let shape = if key.name == "session-operation" {
                        &grammar::SESSION
                    } else {
                        &grammar::SETTING
                    };
                    self.inner(value, key.pos, &key.name, shape, None);
                }
            }
            _ => {}
        }
    }

    /// An object of a list or map.
    fn inner(
        &mut self,
        value: &Node,
        pos: Pos,
        name: &str,
        shape: &'static Shape,
        within: Option<&str>,
    ) {
        if value.as_object().is_some() {
            self.object(value, pos, shape, within);
        } else {
            self.at(
                pos,
                keyword_type::RULE.id,
                format!("{name} is {}, not {}", value.value.kind(), shape.what),
                "write an object, or remove it",
            );
        }
    }

    /// The vocabulary explains what is read, and nothing else.
    fn vocabulary(&mut self, root: &Node) {
        let Some((key, vocabulary)) = root.entry(crate::annotation::VOCABULARY) else {
            return;
        };
        let rule = extension_known::RULE.id;
        let read = |name: &str| name == "xml" || grammar::annotations().any(|it| it == name);
        for (key, _) in vocabulary.entries().filter(|(key, _)| !read(&key.name)) {
            let help = match nearest_keyword(&key.name, grammar::annotations()) {
                Some(meant) => format!("write {meant} if that was meant, or remove it"),
                None => "remove it".to_owned(),
            };
            let message = format!("x-vocabulary explains {}, which nobody reads", key.name);
            self.at(key.pos, rule, message, help);
        }
        let missing: std::collections::BTreeSet<&str> = grammar::annotations()
            .filter(|name| *name != crate::annotation::VOCABULARY)
            .filter(|name| vocabulary.get(name).is_none())
            .collect();
        for name in missing {
            let message = format!("x-vocabulary doesn't explain {name}");
            self.at(key.pos, rule, message, "say there what it means");
        }
    }
}

/// What an annotation or keyword can stand in.
fn places(name: &str) -> Vec<&'static str> {
    let mut places = Vec::new();
    for shape in grammar::SHAPES {
        for keyword in shape.keywords.iter().filter(|it| it.name == name) {
            let is_property = std::ptr::eq(*shape, &raw const grammar::PROPERTY);
            places.push(match (keyword.when, is_property) {
                (When::Always, _) => shape.what,
                (When::Request, true) => "a property of a request",
                (When::Request, false) => "the definition of a request",
                (When::Sent, true) => "a property that a request holds",
                (When::Sent, false) => "a definition that a request holds",
                (When::Received, true) => "a property that a response holds",
                (When::Received, false) => "a definition that a response holds",
            });
        }
    }
    places
}

impl Holds {
    fn words(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Evidence => Some(soap::EVIDENCE),
            Self::OneOf(words) => Some(words),
            _ => None,
        }
    }

    fn allows(self, value: &Node) -> bool {
        let is_text = |node: &Node| node.as_str().is_some_and(|text| !text.trim().is_empty());
        let are_texts = |node: &Node| {
            node.as_array()
                .is_some_and(|items| items.iter().all(is_text))
        };
        let all = |are: &dyn Fn(&Node) -> bool| {
            value.as_object().is_some() && value.entries().all(|(_, value)| are(value))
        };
        match self {
            Self::Text => is_text(value),
            Self::TextOrNull => is_text(value) || value.value == Value::Null,
            Self::Texts => are_texts(value),
            Self::True => value.as_bool() == Some(true),
            Self::Bool => value.as_bool().is_some(),
            Self::Count => value.as_i64().is_some_and(|count| count >= 0),
            Self::Integer => value.as_i64().is_some(),
            Self::Evidence | Self::OneOf(_) => value
                .as_str()
                .is_some_and(|word| self.words().is_some_and(|words| words.contains(&word))),
            Self::Reference => value.as_str().and_then(soap::target).is_some(),
            Self::List | Self::Objects(_) => value.as_array().is_some(),
            Self::Anything => true,
            Self::Object(_) | Self::Map(_) | Self::Definitions | Self::Settings => {
                value.as_object().is_some()
            }
            Self::TextMap => all(&is_text),
            Self::TextsMap => all(&are_texts),
        }
    }

    /// What to write.
    fn describe(self) -> String {
        match self {
            Self::Text => "a string that isn't empty",
            Self::TextOrNull => "a string, or null for none",
            Self::Texts => "a list of strings",
            Self::True => "true, or leave it out",
            Self::Bool => "true or false",
            Self::Count => "a whole number of 0 or more",
            Self::Integer => "a whole number",
            Self::Evidence | Self::OneOf(_) => return one_of(self.words().unwrap_or_default()),
            Self::Reference => "a pointer such as #/definitions/Name",
            Self::List => "a list",
            Self::Objects(_) => "a list of objects",
            Self::Anything
            | Self::Object(_)
            | Self::Map(_)
            | Self::Definitions
            | Self::Settings => "an object",
            Self::TextMap => "an object that holds strings",
            Self::TextsMap => "an object that holds lists of strings",
        }
        .to_owned()
    }
}
