//! What a request must fulfil before it is sent.

use super::text::{owned, strings};
use crate::annotation;
use crate::load::Node;

/// What holds between the fields of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Pairs of fields that exclude each other.
    pub exclusive: Vec<(String, String)>,
    /// Fields that need another one: the second.
    pub needs: Vec<(String, String)>,
    /// Whether one field at least must be there, unless the caller says otherwise.
    pub one_at_least: bool,
    /// Fields that should be there.
    pub advised: Vec<String>,
}

/// What a value must fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many digits and nothing else.
    Digits(u32),
    /// Text without this character, and not empty.
    Without(char),
    /// So many characters at least.
    MinLength(u32),
    /// So many characters at most.
    MaxLength(u32),
    /// So much at least.
    Minimum(i64),
}

/// The rules of a structure.
pub(super) fn of_structure(node: &Node) -> Result<Rules, String> {
    let mut rules = Rules::default();
    let has = |name: &str| {
        let properties = node.get("properties");
        properties.is_some_and(|properties| properties.get(name).is_some())
    };
    for part in node.get("allOf").into_iter().flat_map(Node::items) {
        let Some(not) = part.get("not") else {
            continue;
        };
        match owned(not.get("required")).as_slice() {
            [one, other] if has(one) && has(other) => {
                rules.exclusive.push((one.clone(), other.clone()));
            }
            // What is no property can't be set either.
            [absent] if !has(absent) => {}
            _ => {
                return Err(
                    "a `not` is neither about two properties nor about one that isn't there"
                        .to_owned(),
                );
            }
        }
    }
    for (key, needed) in node.get("dependencies").into_iter().flat_map(Node::entries) {
        for needed in strings(Some(needed)) {
            if !has(&key.name) || !has(needed) {
                return Err(format!(
                    "the dependency of {} on {needed} names no property",
                    key.name
                ));
            }
            rules.needs.push((key.name.clone(), needed.to_owned()));
        }
    }
    if let Some(advised) = node.get(annotation::ADVISED) {
        rules.one_at_least = advised.get("minProperties").is_some();
        rules.advised = owned(advised.get("required"));
    }
    Ok(rules)
}

/// The limits that the keywords of a property, or of its advice, set.
pub(super) fn of_value(node: &Node) -> Result<Vec<Limit>, String> {
    let mut limits = Vec::new();
    if let Some(pattern) = node.get("pattern").and_then(Node::as_str) {
        limits.push(
            of_pattern(pattern)
                .ok_or_else(|| format!("the pattern {pattern:?} is of no known form"))?,
        );
    }
    for (keyword, limit) in [
        ("minLength", Limit::MinLength as fn(u32) -> Limit),
        ("maxLength", Limit::MaxLength),
    ] {
        if let Some(length) = node.get(keyword) {
            let length = length
                .as_i64()
                .and_then(|length| u32::try_from(length).ok());
            limits.push(limit(
                length.ok_or_else(|| format!("{keyword} is no length"))?,
            ));
        }
    }
    if let Some(minimum) = node.get("minimum") {
        let minimum = minimum.as_i64().ok_or("minimum is no whole number")?;
        limits.push(Limit::Minimum(minimum));
    }
    Ok(limits)
}

/// `^[0-9]{5}$` and `^[^@]+$`: a whole language of patterns is more than these messages need.
fn of_pattern(pattern: &str) -> Option<Limit> {
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    if let Some(count) = inner
        .strip_prefix("[0-9]{")
        .and_then(|rest| rest.strip_suffix('}'))
    {
        return Some(Limit::Digits(count.parse().ok()?));
    }
    let mut characters = inner.strip_prefix("[^")?.strip_suffix("]+")?.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) if character != '\\' => Some(Limit::Without(character)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, of_pattern};

    #[test]
    fn patterns_of_two_forms_are_understood() {
        for (pattern, limit) in [
            ("^[0-9]{5}$", Some(Limit::Digits(5))),
            ("^[^@]+$", Some(Limit::Without('@'))),
            ("[0-9]{5}", None),
            ("^[0-9]{5,}$", None),
            ("^[^ab]+$", None),
            ("^[^\\]+$", None),
            ("^a$", None),
        ] {
            assert_eq!(of_pattern(pattern), limit, "{pattern}");
        }
    }
}
